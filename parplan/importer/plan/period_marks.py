"""Reads columns of months or quarters in which a mark says when something is due."""

from __future__ import annotations

import re

from parplan.importer.columns import YEAR_BEHIND, Heading, simplify_heading
from parplan.importer.grid import Row
from parplan.importer.plan.printed import MARKS, PERIOD_HEADINGS, RawPart
from parplan.problem import N_

OTHER_PERIOD = N_("the date is not of the month or quarter in whose column it stands")
REMARK_DAY = N_("the remark names a day of its own")
PERIOD_MONTHS = {f"tháng {month}": (month,) for month in range(1, 13)} | {
    f"quý {roman}": range(3 * number - 2, 3 * number + 1)
    for number, roman in enumerate(("I", "II", "III", "IV"), 1)
}
# "Trước 20", "ngày 5" in the column of a month; a number alone may count something else.
_DAY = re.compile(
    r"(?:(?:trước|chậm nhất|xong trước)\s+(?:ngày\s+)?|ngày\s+)[0-9]{1,2}", re.IGNORECASE
)
_REMARK = re.compile(
    r"\bngày\s+[0-9]{1,2}\s+(?:hằng|hàng|mỗi)\b|\b(?:trước|chậm nhất)\s+(?:ngày\s+)?[0-9]{1,2}\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b[0-9]{1,2}/([0-9]{1,2})\b")
# "3", "3, 6, 9", "4 - 5" under "Tháng", and "I, II" under "Quý".
_BARE = re.compile(
    r"(?:[0-9]{1,2}|[IV]{1,3})(?:\s*(?:[,;&+–-]|và|đến)\s*(?:[0-9]{1,2}|[IV]{1,3}))*"
)
_NAMES = {"thang": "Tháng", "quy": "Quý"}
_WHEN = re.compile(r"(thang|quy)(?: (?:thuc hien|hoan thanh|trien khai))?")
_MONTH = re.compile(r"tháng [0-9]{1,2}(/20[0-9]{2})?")


def with_name(text: str, heading: str) -> str:
    """Return ``text`` with the word for a month or quarter where ``heading`` alone says it.

    >>> with_name("3, 6", "Tháng"), with_name("II", "Quý thực hiện"), with_name("3", "Thời gian")
    ('Tháng 3, 6', 'Quý II', '3')
    """
    name = _WHEN.fullmatch(simplify_heading(heading))
    return f"{_NAMES[name[1]]} {text}" if name and _BARE.fullmatch(text) else text


def marked_periods(heading: Heading, row: Row) -> RawPart | None:
    """Return the periods that ``row`` marks, as words of a deadline; None where it marks none.

    A mark over several columns is one time from the first to the last.  Anything else in such
    a column stays beside its period, to be looked at.
    """
    cells: dict[int, list[int]] = {}
    for column in heading.of("period"):
        cell = row.cell(column)
        if cell is not None and cell.text.strip():
            cells.setdefault(id(cell), []).append(column)
    if not cells:
        return None
    texts = [row.text(columns[0]).strip() for columns in cells.values()]
    # All columns under one cell: a deadline in words, or a section over the whole row.
    names = [_name(heading, columns) for columns in cells.values()]
    if all(text in MARKS for text in texts):
        words = ", ".join(names)
    elif len(texts) == 1 and len(next(iter(cells.values()))) > 1:
        words = texts[0]
    else:
        words = "; ".join(map(_in_period, names, texts))
    first = next(iter(cells.values()))[0]
    doubt = OTHER_PERIOD if any(map(_is_outside, names, texts)) else ""
    if any(_REMARK.search(row.text(column)) for column in heading.of("remark")):
        doubt = REMARK_DAY
    return RawPart(words[:1].upper() + words[1:], row.place.at(first), doubt)


def _is_outside(name: str, text: str) -> bool:
    """Tell whether ``text`` holds a date that is not of the period ``name``, the column's."""
    months = PERIOD_MONTHS.get(name.partition("/")[0], range(1, 13))
    return any(int(match[1]) not in months for match in _DATE.finditer(text))


def _in_period(name: str, text: str) -> str:
    """Return what ``text`` says in the column of the period ``name``."""
    if text in MARKS:
        return name
    if _DAY.fullmatch(text) and _MONTH.fullmatch(name):
        return f"{text} {name}"
    return f"{name}: {text}"


def _name(heading: Heading, columns: list[int]) -> str:
    first, last = (_period(heading.texts[column]) for column in (columns[0], columns[-1]))
    return first if first == last else f"{first} đến {last}"


def _period(heading: str) -> str:
    """Return the period that the lowest words of ``heading`` name, with a year behind them."""
    bare = simplify_heading(heading)
    year = YEAR_BEHIND.search(bare)
    words = YEAR_BEHIND.sub("", bare).split(" ")
    names = (" ".join(words[-count:]) for count in (2, 1))
    period = next(PERIOD_HEADINGS[name] for name in names if name in PERIOD_HEADINGS)
    return f"{period}/{year[1]}" if year else period

"""Shows a stored number as Excel does: as a number, a per cent, or a date with its parts.

A date typed as "6/2025" is stored as 1 June; only its format tells that no day was
meant, so the day is left out again.  Words of a format are part of what the cell shows:
"Trước ngày "dd/mm/yyyy.  Formats: ISO/IEC 29500-1, 18.8.30; struck-out fonts: 18.8.37.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

import msgspec

from parplan.importer.office.guard import Package, attribute_number, damaged_error, is_on
from parplan.text import whole_number

SYSTEM_DATE = "dd/mm/yyyy;system"
"""The format for which each computer has its own order of day and month."""

_PART = "xl/styles.xml"
_BUILT_IN = {
    9: "0%",
    10: "0.00%",
    14: SYSTEM_DATE,
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    22: f"{SYSTEM_DATE} hh:mm",
}
# Parts of a format that are no letters of a date: "ngày", \-, [Red], _).
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_MONTH_FIRST = re.compile(r"m{1,2}[^dmy]+d{1,2}([^dmy]|$)")
DIGITS = 8
"""Digits of a number that counts something in a workbook; the last row, 1048576, has 7."""
_LONGEST_NUMBER = 40
_LONGEST_FORMAT = 255  # Excel's own limit
_LAST_DAY = 2_958_465  # 31 December 9999


class CellStyle(msgspec.Struct, frozen=True):
    """The number format of a cell, its font, and whether that is struck out."""

    form: str = ""
    struck: bool = False
    font: str = ""


def read_cell_styles(package: Package) -> list[CellStyle]:
    """Return every cell style of the workbook, by its number."""
    parser = _DateStylesParser(package)
    if package.has(_PART):
        package.walk(_PART, parser.start, parser.end)
    return parser.styles


class _DateStylesParser:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.styles: list[CellStyle] = []
        self.custom: dict[int, str] = {}
        self.fonts: list[CellStyle] = []
        self.inside = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        number = attribute_number(attributes.get("numFmtId", ""), DIGITS)
        if name == "numFmt":
            self.custom[number] = attributes.get("formatCode", "")
            if len(self.custom[number]) > _LONGEST_FORMAT:
                raise damaged_error(self.package.path)
        elif name in ("cellXfs", "fonts"):
            self.inside = name
        elif name == "font" and self.inside == "fonts":
            self.fonts.append(CellStyle())
        elif name == "strike" and self.inside == "fonts" and self.fonts:
            self.fonts[-1] = msgspec.structs.replace(self.fonts[-1], struck=is_on(attributes))
        elif name == "name" and self.inside == "fonts" and self.fonts:
            name = attributes.get("val", "")
            self.fonts[-1] = msgspec.structs.replace(self.fonts[-1], font=name)
        elif name == "xf" and self.inside == "cellXfs":
            index = attribute_number(attributes.get("fontId", ""), DIGITS)
            font = self.fonts[index] if index < len(self.fonts) else CellStyle()
            form = self.custom.get(number) or _BUILT_IN.get(number, "")
            self.styles.append(msgspec.structs.replace(font, form=form))

    def end(self, name: str) -> None:
        if name == self.inside:
            self.inside = ""


def display_number(value: str, form: str, from_1904: bool = False) -> str:
    """Return the stored number ``value`` as a cell of the format ``form`` shows it.

    >>> display_number("45838", "dd/mm/yyyy"), display_number("45809", "mmm-yy")
    ('30/06/2025', '06/2025')
    >>> display_number("46183", '"Trước ngày "dd/mm/yyyy'), display_number("1", "0%")
    ('Trước ngày 10/06/2026', '100%')
    """
    if len(value) > _LONGEST_NUMBER:
        return value
    try:
        number = Decimal(value)
        if not number.is_finite() or not -(10**15) < number < 10**15:
            return value
    except InvalidOperation:
        return value
    # Only the first section counts: the others are for negative numbers, zero and text.
    form = _first_section(form)
    letters = _QUOTED.sub("", form).lower()
    if "%" in letters:
        return f"{_display_plain(number * 100)}%"
    if re.search("[dy]", letters) or "mmm" in letters:
        day = _day(number, from_1904)
        if day is None:
            return _display_plain(number)
        return _in_words(day, form) if _has_words(form) else _display_date(day, letters)
    return _display_plain(number)


def _first_section(form: str) -> str:
    """Return ``form`` up to the first semicolon outside quotes.

    >>> _first_section('"Tháng 6; "dd;@')
    '"Tháng 6; "dd'
    """
    match = re.match(r'(?:"[^"]*"|\\.|[^;"\\])*', form)
    return match[0] if match else form


def _has_words(form: str) -> bool:
    """Tell whether letters or digits stand between the parts of ``form``, or around them."""
    return any(map(str.isalnum, "".join(_literal(part) for part in _QUOTED.findall(form))))


def _literal(part: str) -> str:
    """Return what a part of a format that is no code shows: nothing for a colour or a space."""
    if part.startswith('"'):
        return part[1:-1]
    return part[1:] if part.startswith("\\") else ""


def _in_words(day: dt.date, form: str) -> str:
    """Return ``day`` in the places that ``form`` has for its parts, with the words around them."""
    pieces = []
    for part in re.findall(r'"[^"]*"|\\.|\[[^\]]*\]|_.|[dmy]+|.', form, re.IGNORECASE | re.DOTALL):
        if _QUOTED.fullmatch(part):
            pieces.append(_literal(part))
        elif part[0] in "dD":
            pieces.append(f"{day.day:02}" if len(part) < 3 else "")
        elif part[0] in "mM":
            pieces.append(f"{day.month:02}")
        elif part[0] in "yY":
            pieces.append(str(day.year))
        else:
            pieces.append(part)
    return "".join(pieces).strip()


def shows_month_first(text: str, form: str) -> bool:
    """Tell whether ``form`` shows the month before the day, and ``text`` could be read either way.

    >>> shows_month_first("06/10/2026", "m/d/yyyy"), shows_month_first("25/10/2026", "m/d/yyyy")
    (True, False)
    """
    letters = _QUOTED.sub("", _first_section(form)).lower()
    day, _slash, rest = text.partition("/")
    return (
        bool(_MONTH_FIRST.search(letters)) and rest[:2] != day and (whole_number(day) or 13) <= 12
    )


def may_be_swapped(text: str, form: str) -> bool:
    """Tell whether ``text``, shown in ``form``, is a date that Excel may have typed in wrongly.

    An Excel set to American dates takes 5/6 for 6 May; no trace of that is left in the file.

    >>> may_be_swapped("05/06/2026", SYSTEM_DATE), may_be_swapped("30/06/2026", SYSTEM_DATE)
    (True, False)
    """
    day, _slash, rest = text.partition("/")
    return form.startswith(SYSTEM_DATE) and rest[:2] != day and (whole_number(day) or 13) <= 12


def _display_plain(number: Decimal) -> str:
    """Return ``number`` as Excel shows it: at most 11 digits, none for nothing."""
    rounded = f"{float(number):.11g}"
    return rounded.replace(".", ",") if "e" not in rounded else str(number)


def _day(number: Decimal, from_1904: bool) -> dt.date | None:
    days = int(number) + (1462 if from_1904 else 0)
    if not 60 < days <= _LAST_DAY:  # before March 1900 Excel counts a day that never was
        return None
    return dt.date(1899, 12, 30) + dt.timedelta(days=days)


def _display_date(day: dt.date, letters: str) -> str:
    if "d" in letters and "y" not in letters:
        return f"{day.day:02}/{day.month:02}"
    if "d" in letters:
        return f"{day.day:02}/{day.month:02}/{day.year}"
    return f"{day.month:02}/{day.year}" if "m" in letters else str(day.year)

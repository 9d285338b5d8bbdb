"""Tells rows that head a section, and rows below the tasks that are none."""

from __future__ import annotations

import re

from parplan.importer.clean import join_broken_lines, tidy
from parplan.importer.columns import Heading, simplify_heading
from parplan.importer.grid import Cell, Row
from parplan.importer.plan.groups import lacks_deadline
from parplan.importer.plan.printed import PARTS

_OUTER = r"[IVXL]{1,7}|[A-ZĐ]"
_NAME = r"(?:(?:PHẦN|Phần|MỤC|Mục|NHÓM|Nhóm)\s+)?"
_SECTION_NUMBER = re.compile(rf"{_NAME}({_OUTER})\s*[.)/:]*")
_SECTION = re.compile(rf"{_NAME}({_OUTER}|[0-9]{{1,2}})\s*[.)/:–-]\s*(\S.*)", re.DOTALL)
# "Ghi chú", "Tổng cộng", "Cộng mục I", "Cộng: 5 nhiệm vụ"; "Công tác cán bộ" is none.
_NO_TASK = (["ghi", "chu"], ["tong", "cong"], ["tong", "so"])
_TOTAL = re.compile(r"(cong|tong)( muc| phan)?( [ivx]+| [a-z])?( [0-9].*)?")


def section_row(
    heading: Heading,
    row: Row,
    below: Row | None,
    number: str,
    number_below: str,
    *,
    at_top: bool,
    has_no_numbers: bool,
) -> tuple[str, str] | None:
    """Return number and title where ``row`` heads a section, else None.

    ``at_top`` tells that a table or page begins with it, where a row split in two may go on;
    ``has_no_numbers`` that the section above has none, as this one may have none.
    """
    cells = [cell for cell in row.different() if tidy(cell.text)]
    title = heading.of("title")[0]
    if len(cells) == 1:
        alone = cells[0] is row.cell(title) and not at_top
        alike = has_no_numbers and bool(number_below)
        return _whole_row(
            heading, row, cells[0], below is not None, alone, alike or number_below == "1"
        )
    where = heading.of("number")
    others = [cell for cell in cells if not where or cell is not row.cell(where[0])]
    if not where or not tidy(row.text(where[0])) or not others:
        return None
    match = _SECTION_NUMBER.fullmatch(tidy(row.text(where[0])))
    if len(others) > 1:
        # Who leads may stand beside a section's title; only its tasks have deadlines.
        is_above = match is not None and match[1] != "I" and number_below.strip(".)") == "I"
        is_above = is_above or number_below[:1].isdigit()
        heads = match and is_above and lacks_deadline(heading, row)
        return (match[1], join_broken_lines(row.text(title))) if match and heads else None
    wide = _is_wide(heading, row, others[0])
    if others[0] is not row.cell(title) and not wide:
        return None
    if match:
        return match[1], join_broken_lines(others[0].text)
    return (number, join_broken_lines(others[0].text)) if wide else None


def _whole_row(
    heading: Heading, row: Row, cell: Cell, has_below: bool, alone: bool, heads: bool
) -> tuple[str, str] | None:
    """Read a row with one text: a section's if it is wide, or numbered like one."""
    printed = join_broken_lines(cell.text)
    if is_total(printed):
        return None
    match = _SECTION.fullmatch(printed)
    wide = _is_wide(heading, row, cell)
    if match and (wide or re.fullmatch(_OUTER, match[1])):
        return match[1], match[2]
    if not has_below or not printed[:1].isupper():
        return None
    bold = all(paragraph.bold for paragraph in cell.paragraphs if paragraph.text)
    heads = heads or (bold and bool(cell.paragraphs)) or printed.isupper()
    return ("", printed) if wide or (alone and heads) else None


def _is_wide(heading: Heading, row: Row, cell: Cell) -> bool:
    """Tell whether ``cell`` is merged over the titles and what stands beside them."""
    columns = [column for part in PARTS for column in heading.of(part)]
    covered = [column for column in columns if row.cell(column) is cell]
    return len(covered) > len(heading.of("title")) and len(covered) > 1


def is_total(title: str) -> bool:
    """Tell whether a row with this title only adds up others, or explains them.

    >>> is_total("Cộng: 5 nhiệm vụ"), is_total("Công tác cán bộ"), is_total("Ghi chú: …")
    (True, False, True)
    """
    if not title[:1].isupper():  # the rest of a sentence above
        return False
    words = simplify_heading(title)
    return _TOTAL.fullmatch(words) is not None or words.split(" ")[:2] in _NO_TASK

"""Reads the tasks that the appendix of a plan lists, section by section.

Rows of tables in, tasks as printed out, each part with its place.  Section rows,
headings repeated on each page, rows split over two pages, merged cells, several tables
and restarted numbering are told apart here; what is neither is handed back as unread.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from parplan.importer.clean import join_broken_lines, tidy
from parplan.importer.columns import Heading, counts_columns, simplify_heading
from parplan.importer.grid import Cell, Row, Table
from parplan.importer.plan.groups import GroupRow, group_row, is_child, with_lost_zero
from parplan.importer.plan.period_marks import marked_periods
from parplan.importer.plan.printed import (
    PARTS,
    RawAppendix,
    RawPart,
    RawSection,
    RawTask,
    is_heading_of_list,
    left_out,
    other_heading,
    task_heading,
)
from parplan.importer.plan.section_rows import is_total, section_row
from parplan.problem import N_

_ROMAN = r"[IVXL]{1,7}"
# "1", "1.2", "3a", "PL1-2", "IV", "(5)", with the dot or bracket behind it.
_NUMBER = re.compile(
    r"(?:\(\s*)?((?:PL)?[0-9]{1,4}(?:[.\-][0-9]{1,3})*[a-zđ]?|[a-zđ]|[A-ZĐ]|[IVXLivxl]{1,7})"
    r"\s*[.)/:]*"
)
ANOTHER_LIST = N_("another list begins here, whose columns are not those of tasks")
_DASH = frozenset("-–—+•*")


def read_appendix(tables: Sequence[Table], fresh: Collection[int] = ()) -> RawAppendix:
    """Return what the tables of tasks among ``tables`` say, in their order.

    A table without a heading goes on with the one before it, where it is as wide; so
    does one with the same heading, unless it is ``fresh``: an appendix of its own.  One that
    begins with headings of another list ends it.
    """
    appendix = RawAppendix()
    reader: _TaskReader | None = None
    for index, table in enumerate(tables):
        heading = task_heading(table)
        if heading is not None:
            reader = _TaskReader(appendix, heading, index, None if index in fresh else reader)
            appendix.headings = appendix.headings or _heading_texts(table, heading)
            appendix.left_out += [
                title for title in left_out(heading) if title not in appendix.left_out
            ]
        elif reader is None or table.width != len(reader.heading.texts) or table.width < 3:
            continue
        elif (other := other_heading(table)) is not None:
            appendix.unread.append((ANOTHER_LIST, _printed(other), other.place))
            reader = None
            continue
        appendix.tables.append(table.place)
        reader.table(table, heading.last + 1 if heading else 0)
    return appendix


def _printed(row: Row) -> str:
    return " | ".join(tidy(cell.text) for cell in row.different() if cell.text)


def _heading_texts(table: Table, heading: Heading) -> tuple[str, ...]:
    cells = table.rows[heading.last].different()
    left = [
        next(i for i, c in enumerate(table.rows[heading.last].cells) if c is cell) for cell in cells
    ]
    return tuple(join_broken_lines(heading.texts[column]).replace("\n", " ") for column in left)


class _TaskReader:
    """Takes the rows of one table of tasks, and of those that go on with it."""

    def __init__(
        self, appendix: RawAppendix, heading: Heading, index: int, before: _TaskReader | None
    ) -> None:
        self.appendix = appendix
        self.heading = heading
        self.index = index
        same = before is not None and before.heading.texts == heading.texts
        self.section: RawSection | None = before.section if before and same else None
        self.task: RawTask | None = (
            self.section.tasks[-1] if self.section and self.section.tasks else None
        )
        self.outer: tuple[str, str] | None = None
        self.by_value: dict[str, RawSection] = {}  # where a column names the sections
        self.number = ""
        self.after_section = False
        self.group: Cell | None = None  # in a column that names the section of each row
        self.at_top = True  # of a table or page: a row split there may go on

    def table(self, table: Table, first: int) -> None:
        """Read the rows of ``table`` from ``first`` on."""
        rows = table.rows[first:]
        above: Row | None = None
        self.at_top = True
        for position, row in enumerate(rows):
            below = rows[position + 1] if position + 1 < len(rows) else None
            if not any(cell.text for cell in row.cells):
                continue
            if counts_columns(row) or self.heading.repeated_in(row):
                self.at_top = True
                continue
            if is_heading_of_list(row):
                self._unread(row, ANOTHER_LIST)
                return
            self._row(row, above, below)
            above, self.at_top = row, False

    def _row(self, row: Row, above: Row | None, below: Row | None) -> None:
        number = self._number(row)
        number_below = self._number(below) if below else ""
        group = group_row(self.heading, row, below, number, number_below)
        # A section first: its row may also look like one that goes on with the task above.
        section = section_row(self.heading, row, below, number, number_below, self.at_top)
        if group is not None:
            self._begin_group(row, group)
        elif section is not None:
            self._begin_section(row, *section)
        elif is_total(self._texts(row, "title")) or is_total(self._texts(row, "number")):
            self._unread(row, N_("the row is no task"))
        elif self._is_step(row, above, number):
            self._begin_step(row)
        elif self._is_more(row, above, number):
            assert self.task is not None
            self._add(self.task, row, splits=not number)
        elif not tidy(self._texts(row, "title")):
            self._unread(row, N_("the row has no task"))
        else:
            self._begin_task(row, number)
        self.number = number or self.number

    def _unread(self, row: Row, why: str) -> None:
        self.appendix.unread.append((why, _printed(row), row.place))

    def _texts(self, row: Row, part: str) -> str:
        return " ".join(filter(None, (row.text(column) for column in self.heading.of(part))))

    def _number(self, row: Row) -> str:
        """Return the number printed in ``row``, without dots and brackets."""
        where = self.heading.of("number")
        printed = tidy(row.text(where[0])).replace("\n", " ") if where else ""
        if row.place.sheet or row.place.line:
            printed = with_lost_zero(printed, self.number)
        match = _NUMBER.fullmatch(printed)
        return match[1] if match else printed if printed and len(printed) < 12 else ""

    def _begin_group(self, row: Row, group: GroupRow) -> None:
        """Begin the section that a row without a deadline makes of the rows below it."""
        if group.lost:
            self._unread(row, N_("the row heads those below it and has no deadline of its own"))
        outer = self._section_of(group.number)
        number = ".".join(filter(None, (outer.number if outer else "", group.number)))
        title = ": ".join(filter(None, (outer.title if outer else "", group.title)))
        if outer is not None and outer.group:
            number = group.number
        self.section = RawSection(
            number, title, row.place, self.index, group=group.number, outer=outer
        )
        self.appendix.sections.append(self.section)
        self.after_section, self.task = False, None

    def _section_of(self, number: str) -> RawSection | None:
        """Return the section that a row with ``number`` belongs to: the group, or one around it."""
        section = self.section
        while section is not None and section.group and not is_child(section.group, number):
            section = section.outer
        return section

    def _begin_section(self, row: Row, number: str, title: str) -> None:
        last = self.section
        if (
            self.after_section
            and last is not None
            and _numbering_style(last.number) != _numbering_style(number)
        ):
            # Two headings of different numbering in a row, A over I: the outer one goes into the
            # titles of the inner ones, for a plan has one level of sections.
            self.outer = (last.number, last.title)
            self.appendix.sections.remove(last)
        elif self.outer and _numbering_style(number) == _numbering_style(self.outer[0]):
            self.outer = None
        if self.outer:
            number = ".".join(filter(None, (self.outer[0], number)))
            title = f"{self.outer[1]}: {title}"
        self.section = RawSection(number, title, row.place, self.index)
        self.appendix.sections.append(self.section)
        self.after_section, self.task = True, None

    def _begin_task(self, row: Row, number: str) -> None:
        where = self.heading.of("section")
        cell = row.cell(where[0]) if where else None
        value = join_broken_lines(cell.text) if cell is not None else ""
        if cell is not self.group and value:
            self.group = cell
            key = simplify_heading(value)
            if key not in self.by_value:
                self._begin_section(row, "", value)
                assert self.section is not None
                self.by_value[key] = self.section
            self.section = self.by_value[key]
        section = self._section_of(number)
        if section is not None and section is not self.section and not section.tasks:
            # After a group that stands first in it: as printed.
            self.appendix.sections.remove(section)
            self.appendix.sections.append(section)
        self.section = section
        if self.section is None or (self.section.table != self.index and not self.task):
            self.section = RawSection("", "", row.place, self.index)
            self.appendix.sections.append(self.section)
        self.task = RawTask("" if number in _DASH else number, row.place, {})
        self.section.tasks.append(self.task)
        self.after_section = False
        self._add(self.task, row)

    def _is_step(self, row: Row, above: Row | None, number: str) -> bool:
        """Tell whether ``row`` is a step under the number above, with a deadline of its own."""
        if self.task is None or above is None:
            return False
        where = self.heading.of("number")
        shares = bool(where) and row.cell(where[0]) is above.cell(where[0])
        titles = self._own(row, above, "title")
        if not shares and (number or titles or self.at_top):
            return False
        others = [*self._own(row, above, "requirement"), *self._own(row, above, "units")]
        dates = self._own(row, above, "deadline")
        if not dates or not (others or titles):
            return False
        # Without merged cells, a row cut in two by a page looks alike: its pieces go on.
        return shares or all(map(_stands_alone, [*dates, *others]))

    def _own(self, row: Row, above: Row, part: str) -> list[str]:
        """Return what ``row`` says in ``part`` that is not merged with the row above."""
        columns = [c for c in self.heading.of(part) if row.cell(c) is not above.cell(c)]
        return [text for column in columns if (text := tidy(row.text(column)))]

    def _begin_step(self, row: Row) -> None:
        before = self.task
        assert before is not None
        assert self.section is not None
        before.step = before.step or 1
        self.task = RawTask(before.number, row.place, {}, step=before.step + 1)
        self.section.tasks.append(self.task)
        self._add(self.task, row)
        if not self.task.text("title"):
            self.task.parts["title"] = before.parts.get("title", [])

    def _is_more(self, row: Row, above: Row | None, number: str) -> bool:
        """Tell whether ``row`` goes on with the task above: split over a page, or merged."""
        if self.task is None:
            return False
        where = self.heading.of("number")
        if above is not None and where and row.cell(where[0]) is above.cell(where[0]):
            return True
        title = tidy(self._texts(row, "title"))
        if number:
            return False
        merged = above is not None and all(
            row.cell(column) is above.cell(column) for column in self.heading.of("title")
        )
        alone = not any(tidy(self._texts(row, part)) for part in ("deadline", "units"))
        # A title that begins small goes on with the sentence above, cut in two by a page.
        return merged or not title or title[0].islower() or (alone and bool(where))

    def _add(self, task: RawTask, row: Row, splits: bool = False) -> None:
        """Add what ``row`` says to ``task``; a merged cell counts once."""
        for part in PARTS:
            where = self.heading.of(part)
            for column in where:
                cell = row.cell(column)
                seen = task.cells.setdefault(part, [])
                if cell is None or id(cell) in seen:
                    continue
                seen.append(id(cell))
                text = self._labelled(tidy(cell.text), part, column)
                if not text:
                    continue
                place = row.place.at(column)
                parts = task.parts.setdefault(part, [])
                if splits and parts and not _stands_alone(text):
                    parts[-1].text = f"{parts[-1].text} {text}"
                    parts[-1].doubt = parts[-1].doubt or cell.doubt
                else:
                    parts.append(RawPart(text, place, cell.doubt))
        periods = marked_periods(self.heading, row)
        if periods is not None and not task.text("deadline"):
            task.parts["deadline"] = [periods]

    def _labelled(self, text: str, part: str, column: int) -> str:
        """Name the column where several hold one part: when it begins, when it ends."""
        several = part in ("deadline", "requirement") and len(self.heading.of(part)) > 1
        return f"{tidy(self.heading.texts[column])}: {text}" if several and text else text


def _stands_alone(text: str) -> bool:
    return text[0] in _DASH or text[:1].isupper()


def _numbering_style(number: str) -> str:
    if not number:
        return ""
    return "roman" if re.fullmatch(_ROMAN, number) else "digit" if number.isdigit() else "letter"

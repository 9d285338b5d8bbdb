"""Reads the tasks that the appendix of a plan lists, section by section.

Rows of tables in, tasks as printed out, each part with its place.  Section rows,
headings repeated on each page, rows split over two pages, merged cells, several tables
and restarted numbering are told apart here; what is neither is handed back as unread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parplan.importer.clean import DASHES, join_broken_lines, tidy
from parplan.importer.columns import Heading, counts_columns, simplify_heading
from parplan.importer.grid import Block, Cell, Paragraph, Place, Row, Table
from parplan.importer.office.marks import without_footnotes
from parplan.importer.office.numbering import format_numeral
from parplan.importer.plan.blocks import rows_above, tables_with_titles
from parplan.importer.plan.continued import (
    is_more,
    is_step,
    may_head,
    says_as_above,
    stands_alone,
    texts,
)
from parplan.importer.plan.finished import (
    FINISHED,
    FinishedSection,
    doubt_done_days,
    lists_finished,
)
from parplan.importer.plan.groups import group_row, is_child, says_more, with_lost_zero
from parplan.importer.plan.lost_rows import OTHER_TABLE, first_task_row
from parplan.importer.plan.period_marks import marked_periods, with_name
from parplan.importer.plan.printed import (
    NOTHING_ABOVE,
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
from parplan.importer.plan.table_end import BELOW, last_task_row, stands_below
from parplan.importer.plan.unit_marks import marked_units
from parplan.problem import N_

_ROMAN = r"[IVXL]{1,7}"
# "1", "1.2", "3a", "PL1-2", "IV", "(5)", with the dot or bracket behind it.
_NUMBER = re.compile(
    r"(?:\(\s*)?((?:PL)?[0-9]{1,4}(?:[.\-][0-9]{1,3})*[a-zđ]?|[a-zđ]|[A-ZĐ]|[IVXLivxl]{1,7})"
    r"\s*[.)/:]*"
)
_STARS = re.compile(r"(?<=[0-9])(\*+|\[[0-9]\])$")
ANOTHER_LIST = N_("another list begins here, whose columns are not those of tasks")


def read_appendix(blocks: Sequence[Block]) -> RawAppendix:
    """Return what the tables of tasks among ``blocks`` say, in their order.

    A table without a heading goes on with the one before it, where it is as wide; so does one
    with the same heading, unless text stands above it, or it is a sheet: an appendix of its own.
    One that begins with headings of another list ends it.  Lists of what is done hold no tasks.
    """
    appendix = RawAppendix()
    reader: _TaskReader | None = None
    for index, (table, titles) in enumerate(tables_with_titles(blocks)):
        heading = task_heading(table)
        if heading is not None and _is_of_finished(table, heading, titles):
            row = table.rows[heading.last]
            appendix.unread.append((FINISHED, _printed(row), row.place))
            reader = None
            continue
        if heading is not None:
            doubt_done_days(table, heading)
            is_fresh = bool(titles or table.place.sheet)
            reader = _TaskReader(appendix, heading, index, None if is_fresh else reader)
            appendix.headings = appendix.headings or _heading_texts(table, heading)
            appendix.left_out += [
                title for title in left_out(heading) if title not in appendix.left_out
            ]
        elif reader is None or table.width != len(reader.heading.texts) or table.width < 3:
            if (lost := first_task_row(table)) is not None:
                appendix.unread.append((OTHER_TABLE, _printed(lost), lost.place))
            continue
        elif (other := other_heading(table)) is not None:
            appendix.unread.append((ANOTHER_LIST, _printed(other), other.place))
            reader = None
            continue
        appendix.tables.append(table)
        reader.table(table, heading.last + 1 if heading else 0)
    return appendix


def _is_of_finished(table: Table, heading: Heading, titles: Sequence[str]) -> bool:
    """Tell whether what stands above ``table``, names it or its column of tasks says: done."""
    above = [row.text for row in rows_above(table, heading) if isinstance(row, Paragraph)]
    columns = [heading.texts[column] for column in heading.of("title")]
    return any(map(lists_finished, [*titles, *above, table.place.sheet, *columns]))


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
        self.above = RawTask("", Place(), {})  # what a ditto mark in the next row stands for
        self.by_field: dict[str, RawSection] = {}  # where a column names the sections
        self.field = ""  # what that column says of this row
        self.number = ""
        self.finished = FinishedSection()
        self.after_section = False
        self.at_top = True  # of a table or page: a row split there may go on

    def table(self, table: Table, first: int) -> None:
        """Read the rows of ``table`` from ``first`` on."""
        rows = table.rows[first:]
        last_task = last_task_row(self.heading, rows)
        above: Row | None = None
        line = table.rows[first - 1].place.row if first else 0
        counts = bool(self.heading.of("number"))
        self.at_top = True
        for position, row in enumerate(rows):
            table.budget.check_clock()
            below = rows[position + 1] if position + 1 < len(rows) else None
            if not any(cell.text for cell in row.cells):
                continue
            if counts_columns(row) or self.heading.repeated_in(row):
                self.at_top = True
                continue
            if is_heading_of_list(row):
                self._unread(row, ANOTHER_LIST)
                return
            # What has no number and stands below a blank row of a sheet is something else.
            is_apart = counts and bool(row.place.sheet) and row.place.row > line + 1
            if position > last_task and (is_apart or stands_below(row)):
                self._unread(row, BELOW)
                self.appendix.below += rows[position:]
                return
            self._row(row, above, below)
            above, self.at_top, line = row, False, row.place.row

    def _row(self, row: Row, above: Row | None, below: Row | None) -> None:
        number = self._number(row)
        number_below = self._number(below) if below else ""
        group = group_row(self.heading, row, below, number, number_below)
        # A section first: its row may also look like one that goes on with the task above.
        at_top = self.at_top and self.task is not None
        section = section_row(
            *(self.heading, row, below, number, number_below),
            at_top=at_top,
            has_no_numbers=bool(self.section and self.section.title and not self.section.number),
        )
        if section is not None and self.finished.take(_numbering_style(section[0]), section[1]):
            self._unread(row, FINISHED)
        if self.finished.is_open:
            self.above = RawTask("", row.place, {})
        elif group is not None:
            self._begin_group(row, *group)
        elif section is not None:
            self.by_field, self.field = {}, ""
            self._begin_section(*section)
            self._tell_of_more(row)
        elif any(is_total(texts(self.heading, row, part)) for part in ("title", "number")):
            self._unread(row, N_("the row is no task"))
        elif self.task and above and is_step(self.heading, row, above, number, self.at_top):
            self._begin_step(row)
        elif self.task and number_below and may_head(self.heading, row, above, at_top):
            self._unread(row, N_("it has no number and may head the rows below"))
        elif self.task and is_more(self.heading, row, above, number):
            self._add(self.task, row, self.task, splits=not number)
        elif not tidy(texts(self.heading, row, "title")):
            self._unread(row, N_("the row has no task"))
            self.above = self._as_task(row)
        else:
            self._begin_task(row, number)
        self.number = number or self.number

    def _unread(self, row: Row, why: str) -> None:
        self.appendix.unread.append((why, _printed(row), row.place))

    def _tell_of_more(self, row: Row) -> None:
        """Tell what a row says that heads others, besides its title."""
        if says_more(self.heading, row):
            heads = self._as_task(row)
            heads.parts = self.above.parts | heads.parts  # its empty cells are none of a task
            self.above = heads
            self._unread(row, N_("the row heads those below it and has no deadline of its own"))

    def _as_task(self, row: Row) -> RawTask:
        """Return what the cells of ``row`` say, of which a ditto mark below may speak."""
        task = RawTask("", row.place, {})
        self._add(task, row, self.above)
        return task

    def _number(self, row: Row) -> str:
        """Return the number printed in ``row``, without dots and brackets."""
        where = self.heading.of("number")
        printed = tidy(row.text(where[0])).replace("\n", " ") if where else ""
        printed = _STARS.sub("", without_footnotes(printed))
        if row.place.sheet or row.place.line:
            printed = with_lost_zero(printed, self.number)
        match = _NUMBER.fullmatch(printed)
        return match[1] if match else printed if printed and len(printed) < 12 else ""

    def _begin_group(self, row: Row, group: str, heading: str) -> None:
        """Begin the section that a row without a deadline makes of the rows below it."""
        self._tell_of_more(row)
        self._enter_field(row)
        outer = self._section_of(group)
        number = ".".join(filter(None, (outer.number if outer else "", group)))
        title = ": ".join(filter(None, (outer.title if outer else "", heading)))
        if outer is not None and outer.group:
            number = group
        self.section = RawSection(number, title, self.index, group=group, outer=outer)
        self.appendix.sections.append(self.section)
        self.after_section, self.task = False, None

    def _section_of(self, number: str) -> RawSection | None:
        """Return the section that a row with ``number`` belongs to: the group, or one around it."""
        section = self.section
        while section is not None and section.group and not is_child(section.group, number):
            section = section.outer
        return section

    def _begin_section(self, number: str, title: str) -> None:
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
        self.section = RawSection(number, title, self.index)
        self.appendix.sections.append(self.section)
        self.after_section, self.task = True, None

    def _enter_field(self, row: Row) -> None:
        """Go to the section that the column of fields names; a row below a group stays in it."""
        where = self.heading.of("section")
        value = join_broken_lines(row.text(where[0])) if where else ""
        key = simplify_heading(value)
        if not key or key == self.field:
            return
        if key not in self.by_field:
            is_inner = self.after_section or self.outer
            number = "" if is_inner else format_numeral(len(self.by_field) + 1, "upperRoman")
            self._begin_section(number, value)
            assert self.section is not None
            self.by_field[key] = self.section
        self.section, self.field = self.by_field[key], key

    def _begin_task(self, row: Row, number: str) -> None:
        self._enter_field(row)
        section = self._section_of(number)
        if section is not None and section is not self.section and not section.tasks:
            # After a group that stands first in it: as printed.
            self.appendix.sections.remove(section)
            self.appendix.sections.append(section)
        self.section = section
        if self.section is None or (self.section.table != self.index and not self.task):
            self.section = RawSection("", "", self.index)
            self.appendix.sections.append(self.section)
        self.task = RawTask("" if number in DASHES else number, row.place, {})
        self.section.tasks.append(self.task)
        self.after_section = False
        self._add(self.task, row, self.above)
        self.above = self.task

    def _begin_step(self, row: Row) -> None:
        before = self.task
        assert before is not None
        assert self.section is not None
        before.step = before.step or 1
        self.task = RawTask(before.number, row.place, {}, step=before.step + 1)
        self.section.tasks.append(self.task)
        self._add(self.task, row, before)
        self.above = self.task
        if not self.task.text("title"):
            self.task.parts["title"] = before.parts.get("title", [])

    def _add(self, task: RawTask, row: Row, above: RawTask, splits: bool = False) -> None:
        """Add what ``row`` says to ``task``; a merged cell counts once.

        ``above`` is what stands above the row: ``task`` itself where it goes on with that.
        """
        units = marked_units(self.heading, row)
        for part, names in (units or {}).items():
            task.parts[part] = [RawPart(names, row.place)]
        for part in (*PARTS, "start"):
            if units is not None and part in units:
                continue
            for column in self.heading.of(part):
                cell = row.cell(column)
                seen = task.cells.setdefault(part, [])
                if cell is None or id(cell) in seen:
                    continue
                seen.append(id(cell))
                said = self._said(cell, part, row.place.at(column), above)
                if not said.text:
                    continue
                parts = task.parts.setdefault(part, [])
                if splits and parts and not stands_alone(said.text):
                    parts[-1].text = f"{parts[-1].text} {said.text}"
                    parts[-1].doubt = parts[-1].doubt or said.doubt
                else:
                    parts.append(said)
        periods = marked_periods(self.heading, row)
        if periods is not None and not task.text("deadline"):
            task.parts["deadline"] = [periods]

    def _said(self, cell: Cell, part: str, place: Place, above: RawTask) -> RawPart:
        """Return what ``cell`` says; a ditto mark says what the one ``above`` it does."""
        if not says_as_above(cell.text):
            text = self._labelled(tidy(cell.text), part, place.column - 1)
            return RawPart(text, place, cell.doubt)
        pieces = [p for p in above.parts.get(part, ()) if p.place.column == place.column]
        if not pieces:
            return RawPart(tidy(cell.text), place, NOTHING_ABOVE)
        doubt = next((piece.doubt for piece in pieces if piece.doubt), "")
        return RawPart("\n".join(piece.text for piece in pieces), place, doubt)

    def _labelled(self, text: str, part: str, column: int) -> str:
        """Name the column where several hold one part, and the period that it alone names."""
        several = part in ("deadline", "requirement") and len(self.heading.of(part)) > 1
        if part == "deadline" and not several:
            return with_name(text, self.heading.texts[column])
        return f"{tidy(self.heading.texts[column])}: {text}" if several and text else text


def _numbering_style(number: str) -> str:
    if not number:
        return ""
    return "roman" if re.fullmatch(_ROMAN, number) else "digit" if number.isdigit() else "letter"

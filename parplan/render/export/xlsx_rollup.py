"""Many offices as an Excel workbook: a row an office, a row a task, and what is overdue."""

from __future__ import annotations

from collections.abc import Callable

from parplan.i18n import _, date, problem_line
from parplan.problem import N_
from parplan.render import words
from parplan.render.export.columns import Value, WorkbookColumn
from parplan.render.export.workbook import Book, table
from parplan.rollup.figures import Figures
from parplan.rollup.join import JoinedRow, Rollup
from parplan.rollup.tally import Late, OfficeRow, Request


def render(rollup: Rollup, request: Request) -> bytes:
    """Return the workbook of ``rollup``, which was asked for by task.

    Raises UserError where a sheet would be too long.
    """
    title = _("Standing of many offices")
    book = Book(title, "parplan", request.as_of)
    day = _("as of %(day)s") % {"day": date(request.as_of)}
    total = OfficeRow("", _("Total"), figures=rollup.total)
    table(book, _("Offices"), _OFFICES, [*rollup.rows, total], day)
    table(book, _("Tasks"), _TASKS, list(rollup.groups.values()), day)
    table(book, _("Overdue"), _LATE, rollup.overdue, day)
    return book.bytes()


def _column(
    title: str, number: Callable[[Figures], Value]
) -> WorkbookColumn[OfficeRow | JoinedRow]:
    """Return a column of numbers, empty where an office has no figures."""

    def value(row: OfficeRow | JoinedRow) -> Value:
        return number(row.figures) if row.figures else None

    return WorkbookColumn(title, "number", 9, value)


def _problem(row: OfficeRow) -> str:
    return problem_line(row.problem) if row.problem else ""


_FIGURES: tuple[WorkbookColumn[OfficeRow | JoinedRow], ...] = (
    _column(N_("All occurrences"), lambda figures: figures.counts.wanted),
    _column(N_("Due by now"), lambda figures: figures.due),
    _column(N_("Done"), lambda figures: figures.counts.done),
    _column(N_("Early"), lambda figures: figures.early),
    _column(N_("Late"), lambda figures: figures.counts.late),
    _column(N_("Overdue"), lambda figures: figures.counts.overdue),
    _column(N_("Not yet due"), lambda figures: figures.not_reached),
    _column(N_("Unread"), lambda figures: figures.unread),
    _column(N_("No date"), lambda figures: figures.no_deadline),
    _column(N_("Done, %"), lambda figures: figures.counts.share(figures.counts.done)),
)
_OFFICES: tuple[WorkbookColumn[OfficeRow], ...] = (
    WorkbookColumn(N_("Office"), "text", 30, lambda row: row.office or row.folder),
    WorkbookColumn(N_("Folder"), "text", 24, lambda row: row.folder),
    *_FIGURES,
    WorkbookColumn(
        N_("Last record"), "date", 11, lambda row: row.last_record and row.last_record.date()
    ),
    WorkbookColumn(N_("Next report"), "date", 11, lambda row: row.next_report),
    WorkbookColumn(N_("Problem"), "text", 40, _problem),
)
_TASKS: tuple[WorkbookColumn[JoinedRow], ...] = (
    WorkbookColumn(N_("No."), "short", 6, lambda row: row.number),
    WorkbookColumn(N_("Task"), "text", 45, lambda row: row.title),
    WorkbookColumn(N_("Deadlines as issued"), "text", 40, lambda row: "\n".join(row.deadlines)),
    WorkbookColumn(N_("Offices"), "number", 8, lambda row: row.offices),
    *_FIGURES,
)
_LATE: tuple[WorkbookColumn[Late], ...] = (
    WorkbookColumn(N_("Office"), "text", 30, lambda row: row.office),
    WorkbookColumn(N_("Folder"), "text", 24, lambda row: row.folder),
    WorkbookColumn(N_("Ref"), "short", 13, lambda row: row.ref),
    WorkbookColumn(N_("Task"), "text", 45, lambda row: row.short),
    WorkbookColumn(N_("Occurrence"), "text", 14, lambda row: row.label),
    WorkbookColumn(N_("Due"), "date", 11, lambda row: row.due),
    WorkbookColumn(N_("Days late"), "number", 8, lambda row: -row.days_left),
    WorkbookColumn(N_("State"), "short", 12, lambda row: words.state(row.state)),
    WorkbookColumn(N_("% done"), "percent", 7, lambda row: row.percent),
    WorkbookColumn(N_("Units"), "text", 25, lambda row: ", ".join(row.units)),
)

"""What an import read, row by row, as a workbook: to lay beside the file and tick off."""

from __future__ import annotations

from collections.abc import Iterator

from parplan.i18n import _, date
from parplan.importer.places import place_in_words
from parplan.importer.plan.assemble import ImportedPlan
from parplan.importer.plan.text import note_in_words
from parplan.problem import N_
from parplan.render.export.workbook import Book, put

_COLUMNS = (
    (N_("Place in the file"), 22),
    (N_("No."), 9),
    (N_("Task"), 45),
    (N_("Deadline as printed"), 28),
    (N_("Days due"), 24),
    (N_("Units"), 28),
    (N_("Look at"), 45),
)


def render(imported: ImportedPlan) -> bytes:
    """Return the workbook: a sheet of tasks with places and dates, one of what is no task."""
    book = Book(_("Import"), imported.plan.issuer, imported.plan.effective_from)
    tasks = list(_task_rows(imported))
    _sheet(book, _("Tasks"), _COLUMNS, tasks)
    others = [[note_in_words(note)] for note in imported.notes if not note.task]
    if others:
        _sheet(book, _("Other places"), ((N_("Look at"), 100),), others)
    return book.bytes()


def _sheet(
    book: Book, title: str, columns: tuple[tuple[str, int], ...], rows: list[list[str]]
) -> None:
    sheet = book.sheet(title, len(rows) + 1)
    for column, (heading, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        put(sheet, 0, column, _(heading), book.heading())
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            put(sheet, number, column, text, book.cell("text"))


def _task_rows(imported: ImportedPlan) -> Iterator[list[str]]:
    plan = imported.plan
    for _section, task in plan.tasks():
        notes = [note_in_words(note) for note in imported.notes if note.task == task.id]
        days = [date(occurrence.due) for occurrence in plan.occurrences(task)]
        without = _("left open") if not task.schedule else _("no fixed day")
        yield [
            place_in_words(imported.places[task.id]),
            task.id,
            task.title,
            task.deadline_text,
            "; ".join(days) or without,
            "; ".join(task.units),
            "\n".join(notes),
        ]

"""Statistical forms as a table: every row with its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parplan.agenda.updates import Rejection
from parplan.forms.doubts import FigureDoubt
from parplan.forms.entry import NO_FIGURE, FigureEntry
from parplan.forms.figures import ComparedFigure, FilledForms
from parplan.i18n import _, fill, ngettext
from parplan.importer.forms import FigureRow
from parplan.importer.places import place_in_words
from parplan.render import figures, words
from parplan.render.terminal.table import Span, Style, TerminalTable, TextColumn


def forms_table(
    filled: FilledForms, lines: Sequence[ComparedFigure], doubtful: Sequence[FigureDoubt]
) -> TerminalTable:
    """Return ``lines`` of the forms, form by form; ``doubtful`` is what is wrong in them."""
    columns = (
        TextColumn(_("Row")),
        TextColumn(_("Indicator"), flexible=True),
        TextColumn(_("Unit of count"), most=12),
        TextColumn(_("Figure"), right=True),
        TextColumn(_("Before"), right=True),
        TextColumn(_("A year before"), right=True),
    )
    rows = list(_rows(filled, lines))
    return TerminalTable(
        figures.heading(filled), columns, rows, figures.notes(filled, lines, doubtful)
    )


def entries_table(outcomes: Sequence[tuple[FigureRow, FigureEntry | Rejection]]) -> TerminalTable:
    """Return what becomes of each row of filled-in sheets, in their order."""
    columns = (
        TextColumn(_("Place"), most=26),
        TextColumn(_("Ref")),
        TextColumn(_("Figure"), right=True),
        TextColumn(_("Remarks"), flexible=True),
    )
    rejected = sum(isinstance(outcome, Rejection) for _row, outcome in outcomes)
    parts = [
        ngettext("%(n)s to record", "%(n)s to record", len(outcomes) - rejected),
        ngettext("%(n)s not understood", "%(n)s not understood", rejected),
    ]
    return TerminalTable(", ".join(parts), columns, [_entry_row(*pair) for pair in outcomes])


def _entry_row(row: FigureRow, outcome: FigureEntry | Rejection) -> list[Span]:
    place, ref = Span(place_in_words(row.place)), Span(str(row.typed.ref))
    if isinstance(outcome, Rejection):
        return [place, ref, Span(""), Span(fill(outcome.text, outcome.values), "bad")]
    value = NO_FIGURE if outcome.value is None else words.figure(outcome.value)
    return [place, ref, Span(value), Span(outcome.text)]


def _rows(filled: FilledForms, lines: Sequence[ComparedFigure]) -> Iterator[list[Span]]:
    for form in filled.forms.forms:
        of_form = [line for line in lines if line.form is form]
        if of_form:
            yield [Span(text, "head") for text in (form.id, form.title, "", "", "", "")]
        yield from map(_row, of_form)


def _row(line: ComparedFigure) -> list[Span]:
    style: Style = "head" if line.is_heading else ""
    return [
        Span(line.key, style),
        Span(line.row.title, style),
        Span(line.row.unit, "dim"),
        Span("…", "warn") if line.is_asked else Span(figures.value(line.cell)),
        Span(figures.value(line.before), "dim"),
        Span(figures.value(line.year_before), "dim"),
    ]

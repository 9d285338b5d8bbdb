"""Statistical forms as a table: every row with its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parplan.agenda.updates import Rejection
from parplan.forms.doubts import Doubt
from parplan.forms.entry import NO_FIGURE, Entry
from parplan.forms.figures import FilledForms, Line
from parplan.i18n import _, fill, ngettext
from parplan.importer.forms import FigureRow
from parplan.importer.places import place_in_words
from parplan.render import figures, words
from parplan.render.terminal.table import Column, Span, Style, Table


def forms_table(filled: FilledForms, lines: Sequence[Line], doubtful: Sequence[Doubt]) -> Table:
    """Return ``lines`` of the forms, form by form; ``doubtful`` is what is wrong in them."""
    columns = (
        Column(_("Row")),
        Column(_("Indicator"), flexible=True),
        Column(_("Unit of count"), most=12),
        Column(_("Figure"), right=True),
        Column(_("Before"), right=True),
        Column(_("A year before"), right=True),
    )
    rows = list(_rows(filled, lines))
    return Table(figures.heading(filled), columns, rows, figures.notes(filled, lines, doubtful))


def entries_table(outcomes: Sequence[tuple[FigureRow, Entry | Rejection]]) -> Table:
    """Return what becomes of each row of filled-in sheets, in their order."""
    columns = (
        Column(_("Place"), most=26),
        Column(_("Ref")),
        Column(_("Figure"), right=True),
        Column(_("Remarks"), flexible=True),
    )
    rejected = sum(isinstance(outcome, Rejection) for _row, outcome in outcomes)
    parts = [
        ngettext("%(n)s to record", "%(n)s to record", len(outcomes) - rejected),
        ngettext("%(n)s not understood", "%(n)s not understood", rejected),
    ]
    return Table(", ".join(parts), columns, [_entry_row(*pair) for pair in outcomes])


def _entry_row(row: FigureRow, outcome: Entry | Rejection) -> list[Span]:
    place, ref = Span(place_in_words(row.place)), Span(str(row.typed.ref))
    if isinstance(outcome, Rejection):
        return [place, ref, Span(""), Span(fill(outcome.text, outcome.values), "bad")]
    value = NO_FIGURE if outcome.value is None else words.figure(outcome.value)
    return [place, ref, Span(value), Span(outcome.text)]


def _rows(filled: FilledForms, lines: Sequence[Line]) -> Iterator[list[Span]]:
    for form in filled.forms.forms:
        of_form = [line for line in lines if line.form is form]
        if of_form:
            yield [Span(text, "head") for text in (form.id, form.title, "", "", "", "")]
        yield from map(_row, of_form)


def _row(line: Line) -> list[Span]:
    style: Style = "head" if line.is_heading else ""
    return [
        Span(line.key, style),
        Span(line.row.title, style),
        Span(line.row.unit, "dim"),
        Span("…", "warn") if line.is_asked else Span(figures.value(line.cell)),
        Span(figures.value(line.before), "dim"),
        Span(figures.value(line.year_before), "dim"),
    ]

"""The answer of ``forms``.  Figures are text, so that no digit is lost."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import msgspec

from parplan.forms.figures import ComparedFigure, FilledForms, Source
from parplan.render.answers.answer import JsonAnswer


class FigureRecord(msgspec.Struct, frozen=True):
    """A row of a form with its figures; a heading has none."""

    row: str
    form: str
    no: str
    title: str
    unit: str
    heading: bool
    value: str | None
    source: Source | None
    before: str | None
    year_before: str | None
    note: str
    lacks: list[str]

    @classmethod
    def of(cls, line: ComparedFigure) -> FigureRecord:
        """Return ``line`` as text."""
        cell = line.cell
        return cls(
            row=line.key,
            form=line.form.id,
            no=line.row.id,
            title=line.row.title,
            unit=line.row.unit,
            heading=line.is_heading,
            value=_text(cell.value),
            source=cell.source,
            before=_text(line.before.value),
            year_before=_text(line.year_before.value),
            note=cell.record.text if cell.record else "",
            lacks=[period.name for period in cell.lacks],
        )


class FormsAnswer(JsonAnswer, frozen=True):
    """The statistical forms of a period."""

    as_of: dt.date
    period: str
    before: str | None
    year_before: str
    until: dt.date
    title: str
    example: bool
    items: list[FigureRecord]

    @classmethod
    def of(cls, filled: FilledForms, as_of: dt.date) -> FormsAnswer:
        """Return ``filled``, as of that day."""
        return cls(
            as_of=as_of,
            period=filled.period.name,
            before=filled.before.name if filled.before else None,
            year_before=filled.year_before.name,
            until=filled.window.last,
            title=filled.forms.title,
            example=bool(filled.forms.example),
            items=[FigureRecord.of(line) for line in filled.lines],
        )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"

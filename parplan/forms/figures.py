"""What stands in each row of the forms for a period, and where does it come from?

What was recorded counts first; sums and shares follow from other rows wherever they can be
told; what the plan answers stands where nobody recorded anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

from parplan.forms.formula import read_formula
from parplan.forms.model import Form, FormRow, Forms
from parplan.forms.recorded import RecordedFigures, cover, is_figure, lacking
from parplan.journal.record import Figure
from parplan.schedule import periods
from parplan.schedule.periods import Period

Source: TypeAlias = Literal["recorded", "added-up", "computed", "plan"]
"""Where a figure comes from: a record, shorter periods, other rows, the plan."""


class FigureCell(msgspec.Struct, frozen=True):
    """The figure of a row in a period.

    ``value`` is None where there is none, ``record`` what was recorded for the period.  ``added``
    is what happened in the period itself, where ``value`` counts from 1 January.  ``lacks`` are
    the periods without which it cannot be added up.
    """

    value: Decimal | None = None
    source: Source | None = None
    record: Figure | None = None
    added: Decimal | None = None
    lacks: tuple[Period, ...] = ()

    @property
    def is_dash(self) -> bool:
        """Whether somebody recorded that there is no figure."""
        return self.value is None and self.record is not None and self.record.value is None

    @property
    def is_open(self) -> bool:
        """Whether a figure is lacking."""
        return self.value is None and not self.is_dash


NO_CELL = FigureCell()

_DEEPEST = 20
"""Rows that follow from rows that follow from rows … more often are no honest form."""


class PeriodFigures:
    """The figures of ``period``; ``plan`` are those that the plan answers, by row."""

    def __init__(
        self, forms: Forms, recorded: RecordedFigures, period: Period, plan: Mapping[str, Decimal]
    ) -> None:
        self.period = period
        self._recorded = recorded
        self._plan = plan
        self._rows = {form.key(row): (form, row) for form, row in forms.rows()}
        self._cells: dict[str, FigureCell] = {}
        self._computing: list[str] = []

    def cell(self, key: str) -> FigureCell:
        """Return the figure of the row that records call ``key``, none where there is no row."""
        follows_from_itself = key in self._computing or len(self._computing) > _DEEPEST
        if key not in self._rows or follows_from_itself:
            return NO_CELL
        if key not in self._cells:
            self._computing.append(key)
            self._cells[key] = self._cell(*self._rows[key])
            self._computing.pop()
        return self._cells[key]

    def _cell(self, form: Form, row: FormRow) -> FigureCell:
        key = form.key(row)
        if form.is_heading(row):
            return NO_CELL
        computed = self.computed(form, row)
        if computed is not None:
            return FigureCell(computed, "computed", self._recorded.of(key).get(self.period))
        cell = self._from_records(key, row)
        if cell.value is None and cell.record is None and key in self._plan:
            return FigureCell(self._plan[key], "plan")
        return cell

    def computed(self, form: Form, row: FormRow) -> Decimal | None:
        """Return what the formula of ``row`` gives, None where it has none or cannot be told."""
        formula = read_formula(row.formula)
        if formula is None:
            return None
        return formula.of([self.cell(f"{form.id}/{other}").value for other in formula.rows])

    def _from_records(self, key: str, row: FormRow) -> FigureCell:
        if row.counts == "moment":
            record = self._recorded.at_the_end(key, self.period)
        else:
            record = self._recorded.of(key).get(self.period)
        if row.adds_up:
            return self._added_up(key, row, record)
        if record is None:
            return NO_CELL
        is_usable = record.value is not None and is_figure(record.value)
        return FigureCell(record.value if is_usable else None, "recorded", record)

    def _added_up(self, key: str, row: FormRow, record: Figure | None) -> FigureCell:
        values, period = self._recorded.values(key), self.period
        added = _total(values, period)
        if row.counts == "year-to-date":
            since = periods.days(periods.year(period.year).first, period.last)
            value = _total(values, since)
        else:
            since, value = period, added
        if value is None:
            within = [other for other in values if since.covers(other)]
            lacks = lacking(within, since.first, since.last) if within else []
            return FigureCell(None, None, record, added, tuple(lacks))
        is_recorded = period in values and value == values[period]
        return FigureCell(value, "recorded" if is_recorded else "added-up", record, added)


def _total(values: Mapping[Period, Decimal], period: Period) -> Decimal | None:
    """Return the sum of ``values`` over the days of ``period``, None where some are left out."""
    if period in values:
        return values[period]
    covering = cover(values, period.first, period.last)
    return None if covering is None else sum((values[part] for part in covering), Decimal(0))


class ComparedFigure(msgspec.Struct, frozen=True):
    """A row with its figure, and those of the period before and of a year before."""

    form: Form
    row: FormRow
    cell: FigureCell
    before: FigureCell
    year_before: FigureCell

    @property
    def key(self) -> str:
        """What records call the row."""
        return self.form.key(self.row)

    @property
    def is_heading(self) -> bool:
        """Whether no figure belongs here."""
        return self.form.is_heading(self.row)

    @property
    def is_asked(self) -> bool:
        """Whether somebody must still record a figure here; what is computed comes by itself."""
        return self.cell.is_open and not (self.row.formula or self.is_heading)


class FilledForms(msgspec.Struct, frozen=True):
    """The forms of ``period`` with their figures; ``before`` is None where none is of its kind.

    ``window`` are the days whose data of the plan they take.
    """

    forms: Forms
    period: Period
    window: Period
    before: Period | None
    year_before: Period
    lines: list[ComparedFigure]

    def of(self, form: Form) -> list[ComparedFigure]:
        """Return the lines of ``form``."""
        return [line for line in self.lines if line.form is form]


def period_before(period: Period) -> Period | None:
    """Return the month, quarter or half before ``period``; None where the year begins with it.

    >>> period_before(periods.of("quarter", 2026, 1)).name, period_before(periods.year(2026))
    ('2025-Q4', None)
    """
    if period.kind not in ("month", "quarter", "half"):
        return None
    each = [*periods.each(period.kind, period.year - 1), *periods.each(period.kind, period.year)]
    return each[each.index(period) - 1]


def year_before(period: Period) -> Period:
    """Return the same period of the year before; ``period`` is one that figures are of."""
    assert period.kind != "day"
    assert period.kind != "range"
    return periods.of(period.kind, period.year - 1, period.number)


def lines(
    forms: Forms, current: PeriodFigures, before: PeriodFigures | None, last_year: PeriodFigures
) -> Iterator[ComparedFigure]:
    """Yield every row with its figures of three periods."""
    for form, row in forms.rows():
        key = form.key(row)
        yield ComparedFigure(
            form,
            row,
            current.cell(key),
            before.cell(key) if before else NO_CELL,
            last_year.cell(key),
        )

"""What may be recorded for a row, and what somebody typed into a sheet asks for.

A figure is read as officials write it: a point parts thousands, a comma decimals, "-" is none.
Nothing is guessed; what does not fit its row is refused with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec
from msgspec.structs import asdict

from parplan.agenda.updates import Rejection
from parplan.forms.doubts import HEADING, fault
from parplan.forms.figures import FigureCell, PeriodFigures
from parplan.forms.model import Form, FormRow, Forms
from parplan.forms.recorded import KINDS
from parplan.problem import N_, UserError, params
from parplan.schedule import periods, typed
from parplan.schedule.periods import Period
from parplan.schedule.reference import Ref
from parplan.schedule.typed_day import Ambiguous
from parplan.text import one_line
from parplan.yamlfile.validate import nearest

NO_FIGURE = "-"
"""What is written where there is no figure."""

_DASHES = {"-", "–", "—"}
# 125,712: a thousand and more in English, in Vietnamese a part of one.
_EITHER_WAY = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")


class FigureEntry(msgspec.Struct, frozen=True):
    """What is to be recorded of ``row`` in ``period``; ``value`` None says that there is none."""

    row: str
    period: Period
    value: Decimal | None
    text: str


class Typed(msgspec.Struct, frozen=True):
    """What a row of a sheet says; ``base`` is as ``base_of``.  None is what the sheet has not."""

    ref: Ref
    value: str
    text: str | None = None
    base: str | None = None


def find_row(forms: Forms, key: str) -> tuple[Form, FormRow]:
    """Return the row that is called ``key``, '3/3.1.1'; raises UserError where there is none."""
    rows = {form.key(row): (form, row) for form, row in forms.rows()}
    if key in rows:
        return rows[key]
    near = nearest(key, list(rows))
    text = (
        N_("the forms have no row %(name)s; did you mean %(near)s?")
        if near
        else N_("the forms have no row %(name)s; a row is named by form and number: 3/3.1.1")
    )
    raise UserError(text, params(name=key, near=near))


def period_named(ref: Ref) -> Period:
    """Return the period of ``ref``; raises UserError unless figures are of such a one."""
    period = periods.parse(ref.period or "")
    if period is None or period.kind not in KINDS:
        text = N_("write the period behind the row: %(row)s@Q1, @6 (month), @H1, @9M or @2025")
        raise UserError(text, params(row=ref.task))
    return period


def read_figure(form: Form, row: FormRow, text: str) -> Decimal | None:
    """Return the figure that ``text`` writes for ``row``, None for "-".

    Raises UserError where it writes none, or none that the row can have.
    """
    written = one_line(text)
    if form.is_heading(row):
        raise UserError(HEADING, params(name=form.key(row)))
    if written in _DASHES:
        return None
    number = typed.read_share(written)
    if isinstance(number, Ambiguous) and not row.is_share:
        number = Decimal(number.numbers[0])
    if isinstance(number, Ambiguous) or (_EITHER_WAY.fullmatch(written) and not row.is_share):
        text = N_("'%(text)s' can be read in two ways; write it without a point or comma")
        raise UserError(text, params(text=written))
    if number is None:
        text = N_("'%(value)s' is no figure; write one such as 1.250 or 98,5, or '-' for none")
        raise UserError(text, params(value=written))
    wrong = fault(form, row, number)
    if wrong:
        raise UserError(*wrong)
    return number


def entry_of(forms: Forms, figures: PeriodFigures, key: str, value: str, text: str) -> FigureEntry:
    """Return what is to be recorded where somebody gives ``value`` for the row ``key``.

    Raises UserError where the row takes no such figure, or is computed from others.
    """
    form, row = find_row(forms, key)
    figure = read_figure(form, row, value)
    computed = figures.computed(form, row)
    if computed is not None:
        reason = N_("row %(name)s is computed: %(formula)s gives %(value)s; record those rows")
        raise UserError(reason, params(name=key, formula=row.formula, value=computed))
    return FigureEntry(key, figures.period, figure, text)


def fields_of(entry: FigureEntry) -> dict[str, Any]:
    """Return the fields of the record that says what ``entry`` asks for."""
    return {**asdict(entry), "period": entry.period.name}


def entry_text(cell: FigureCell) -> str:
    """Return what stands for the period itself, as a plain number; "-" for none, empty if open."""
    if cell.is_dash:
        return NO_FIGURE
    value = cell.value if cell.added is None else cell.added
    return "" if value is None else f"{value:f}"


def base_of(cell: FigureCell) -> str:
    """Return what a sheet keeps of a row as it was written: the record's id, figure and remark."""
    record = cell.record
    return "|".join((record.id if record else "", entry_text(cell), record.text if record else ""))


def planned(
    forms: Forms, figures_of: Callable[[Period], PeriodFigures], row: Typed
) -> FigureEntry | Rejection | None:
    """Return what ``row`` of a sheet asks for, None where nothing was typed into it.

    Rejected where that cannot be, or where somebody recorded since the sheet was written.
    """
    try:
        return _entry_typed(forms, figures_of, row)
    except UserError as error:
        return Rejection(error.text, error.values)


def _entry_typed(
    forms: Forms, figures_of: Callable[[Period], PeriodFigures], row: Typed
) -> FigureEntry | None:
    if not (row.value or row.text):
        return None
    period = period_named(row.ref)
    figures = figures_of(period)
    find_row(forms, row.ref.task)
    cell = figures.cell(row.ref.task)
    recorded, *_now = _parts(base_of(cell))
    base, before, remark = _parts(base_of(cell) if row.base is None else row.base)
    has_new_text = row.text is not None and one_line(row.text) != one_line(remark)
    if not row.value and has_new_text:
        raise UserError(N_("write the figure beside the remark, or '-' where there is none"))
    if not row.value or (_same(row.value, before) and not has_new_text):
        return None
    if base != recorded:
        text = N_("somebody recorded %(value)s since the sheet was written; write a new sheet")
        raise UserError(text, params(value=entry_text(cell) or NO_FIGURE))
    return entry_of(forms, figures, row.ref.task, row.value, row.text or "")


def _parts(base: str) -> tuple[str, str, str]:
    """Return the three parts of ``base_of``; somebody may have written into the hidden column."""
    record, _bar, rest = base.partition("|")
    figure, _bar, remark = rest.partition("|")
    return record, figure, remark


def _same(typed_text: str, before: str) -> bool:
    """Tell whether ``typed_text`` is the number ``before``, which the sheet was written with."""
    if not before or typed_text in _DASHES or before == NO_FIGURE:
        return typed_text in _DASHES and before == NO_FIGURE
    number = typed.read_share(typed_text)
    if isinstance(number, Ambiguous):
        number = Decimal(number.numbers[0])
    try:
        return number == Decimal(before)
    except InvalidOperation:  # somebody wrote into the hidden column
        return False

"""Which recorded figures can be no figures of their row, or contradict others?

A count in a row of per cent, a part above its whole, a share that is not what its parts give, a
longer period with less than a shorter one inside it.  A figure that was replaced is not asked
about; a row that only heads others has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from parplan.forms.figures import PeriodFigures
from parplan.forms.formula import Formula, read_formula
from parplan.forms.model import Form, FormRow, Forms
from parplan.forms.recorded import RecordedFigures, cover, is_figure, period_of
from parplan.journal.active import active
from parplan.journal.record import Figure, Record
from parplan.problem import N_, Values, params
from parplan.schedule.periods import Period

HEADING = N_("row %(name)s only heads others: no figure belongs there")
"""Why a heading has no figure."""

_MOST_SHARE = Decimal(100)


class FigureDoubt(msgspec.Struct, frozen=True):
    """What is wrong with the figure of ``record``."""

    record: Figure
    text: str
    values: Values
    code: str = "bad-figure"


def doubts(forms: Forms | None, records: Iterable[Record]) -> list[FigureDoubt]:
    """Return what is wrong with the figures that ``records``, oldest first, hold of ``forms``."""
    every_record = list(records)
    if forms is None:
        return list(_strays((), every_record))
    recorded = RecordedFigures(every_record)
    keys = {form.key(row): (form, row) for form, row in forms.rows()}
    result = list(_strays(keys, every_record))
    for key in recorded.rows():
        if key in keys:
            form, row = keys[key]
            for record in recorded.of(key).values():
                result += _impossible(form, row, record)
            if row.adds_up:
                result += _falling(recorded, key)
    every = {period for key in recorded.rows() if key in keys for period in recorded.of(key)}
    for period in sorted(every, key=lambda period: (period.first, period.last)):
        result += _contradictions(forms, recorded, period)
        result += _counts_beside(forms, recorded, period)
    return result


def _strays(keys: Iterable[str], records: Iterable[Record]) -> Iterator[FigureDoubt]:
    rows = set(keys)
    for record in active(records):
        if not isinstance(record, Figure):
            continue
        if period_of(record) is None:
            text = N_("'%(period)s' is no month, quarter, half, nine months or year")
            yield FigureDoubt(record, text, params(period=record.period))
        elif record.row not in rows:
            text = N_("the statistical forms have no row %(name)s")
            yield FigureDoubt(record, text, params(name=record.row), "unknown-row")


def _impossible(form: Form, row: FormRow, record: Figure) -> Iterator[FigureDoubt]:
    value = record.value
    if value is None:
        return
    says = fault(form, row, value)
    if says:
        text, values = says
        yield FigureDoubt(record, text, values)


def fault(form: Form, row: FormRow, value: Decimal) -> tuple[str, Values] | None:
    """Return why ``value`` can be no figure of ``row``, None where it can be one."""
    key = form.key(row)
    if form.is_heading(row):
        return HEADING, params(name=key)
    if not is_figure(value):
        text = N_("%(value)s is no figure: it is below 0, too large, or has too many decimals")
        return text, params(value=str(value))
    if row.codes and value not in row.codes:
        text = N_("row %(name)s takes one of %(codes)s, not %(value)s")
        codes = ", ".join(str(code) for code in row.codes)
        return text, params(name=key, codes=codes, value=value)
    if row.is_share and value > _MOST_SHARE:
        text = N_("row %(name)s is in %%, and %(value)s is more than 100: is it a count?")
        return text, params(name=key, value=value)
    return None


def _counts_beside(
    forms: Forms, recorded: RecordedFigures, period: Period
) -> Iterator[FigureDoubt]:
    """Ask about whole numbers in rows of per cent beside one that holds a count."""
    for form in forms.forms:
        shares = [
            (row, record, record.value)
            for row in form.rows
            if row.is_share and not row.formula
            if (record := recorded.of(form.key(row)).get(period))
            if record.value is not None and is_figure(record.value)
        ]
        counts = {_above(row) for row, _record, value in shares if value > _MOST_SHARE}
        for row, record, value in shares:
            if _above(row) in counts and value < _MOST_SHARE and value == value.to_integral_value():
                text = N_(
                    "row %(name)s is in %%, and the row beside it holds a count: is this one?"
                )
                yield FigureDoubt(record, text, params(name=form.key(row)))


def _above(row: FormRow) -> str:
    return row.id.rpartition(".")[0]


def _falling(recorded: RecordedFigures, key: str) -> Iterator[FigureDoubt]:
    """A longer period has no less than those inside it, and as much as those that fill it."""
    values = recorded.values(key)
    for period, value in values.items():
        inside = {part: values[part] for part in values if part != period and period.covers(part)}
        parts = cover(inside, period.first, period.last)
        more = max(inside, key=lambda part: inside[part], default=None)
        named = params(name=key, value=value)
        if parts is not None and (added := sum(map(inside.__getitem__, parts))) != value:
            text = N_("row %(name)s: %(value)s, and the periods inside add up to %(sum)s")
            yield FigureDoubt(recorded.of(key)[period], text, (*named, *params(sum=added)))
        elif parts is None and more is not None and inside[more] > value:
            text = N_("row %(name)s: %(value)s is less than the %(more)s of %(period)s inside it")
            values_of = params(more=inside[more], period=more.name)
            yield FigureDoubt(recorded.of(key)[period], text, (*named, *values_of))


def _contradictions(
    forms: Forms, recorded: RecordedFigures, period: Period
) -> Iterator[FigureDoubt]:
    """A part is not above its whole, and what was recorded is what its formula gives."""
    figures = PeriodFigures(forms, recorded, period, {})
    for form, row in forms.rows():
        formula = read_formula(row.formula)
        computed = figures.computed(form, row)
        if formula is None or computed is None:
            continue
        stated = recorded.of(form.key(row)).get(period)
        involved = [*_records_of(form, formula, recorded, period), *([stated] if stated else [])]
        if formula.kind == "share" and computed > _MOST_SHARE and involved:
            yield _above_its_whole(form, formula, figures, involved[0], stated)
        elif stated and stated.value is not None and _differs(stated.value, computed):
            text = N_("row %(name)s: %(value)s was recorded, and %(formula)s gives %(computed)s")
            named = params(name=form.key(row), value=stated.value)
            yield FigureDoubt(
                stated, text, (*named, *params(formula=row.formula, computed=computed))
            )


def _records_of(
    form: Form, formula: Formula, recorded: RecordedFigures, period: Period
) -> Iterator[Figure]:
    """Yield what was recorded in ``period`` for the rows of ``formula``, and for theirs."""
    rows = {row.id: row for row in form.rows}
    reached = set(formula.rows)
    ahead = list(formula.rows)
    while ahead:
        name = ahead.pop(0)
        record = recorded.of(f"{form.id}/{name}").get(period)
        if record is not None:
            yield record
        inner = read_formula(rows[name].formula) if name in rows else None
        new = [other for other in (inner.rows if inner else ()) if other not in reached]
        reached.update(new)
        ahead += new


def _above_its_whole(
    form: Form, formula: Formula, figures: PeriodFigures, record: Figure, stated: Figure | None
) -> FigureDoubt:
    part, whole = formula.rows
    values = [figures.cell(f"{form.id}/{name}").value for name in (part, whole)]
    named = params(part=f"{form.id}/{part}", whole=whole, more=values[0], less=values[1])
    turned = formula.of(values[::-1])
    if stated and stated.value is not None and turned and not _differs(stated.value, turned):
        text = N_(
            "row %(part)s (%(more)s) is more than row %(whole)s (%(less)s); the share %(share)s "
            "fits them the other way round: are they in each other's row?"
        )
        return FigureDoubt(record, text, (*named, *params(share=stated.value)))
    text = N_(
        "row %(part)s (%(more)s) is more than row %(whole)s (%(less)s), of which it is a part"
    )
    return FigureDoubt(record, text, named)


def _differs(stated: Decimal, computed: Decimal) -> bool:
    """Tell whether ``stated`` is not ``computed``, rounded to as many decimals."""
    exponent = stated.as_tuple().exponent
    if not isinstance(exponent, int):
        return True
    step = Decimal((0, (1,), max(min(exponent, 0), -2)))
    return computed.quantize(step, ROUND_HALF_UP) != stated

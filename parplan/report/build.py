"""What does a report say?  Every number of it is computed here, once.

A plan, what was recorded and a period in; one ``Report`` out, which every template
and renderer gets.  Nothing is worded here but what people wrote; a gap that the
office must fill is a ``None`` or an empty text, and the template marks it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from parplan.agenda.counts import count
from parplan.agenda.items import Item, Keep, every_task, has_no_date, items, state_of_all, undated
from parplan.journal.progress import NOTHING, Progress, progress_by_ref
from parplan.journal.record import Cancel, Done, News, Record, Reopen
from parplan.plan.assignments import Amended
from parplan.plan.model import Plan, Reporting, Section, Task, in_force
from parplan.report.model import Due, Field, Kind, Report, Row, Sentence, Totals
from parplan.schedule import period as periods
from parplan.schedule.period import Period
from parplan.schedule.reference import Ref
from parplan.schedule.rules import Continuous
from parplan.text import fold


def kind_of(period: Period) -> Kind:
    """Return the kind of a report on ``period``: its length, 'thematic' for a range or a day."""
    match period.kind:
        case "day" | "range":
            return "thematic"
        case length:
            return length


def reporting_for(plan: Plan, period: Period) -> Reporting | None:
    """Return what the plan says of reports on periods such as ``period``."""
    kind = kind_of(period)
    return next((rule for rule in plan.reporting if rule.every == kind), None)


def window_of(rule: Reporting | None, period: Period, as_of: dt.date) -> Period:
    """Return the days whose data a report on ``period`` takes, ended by the day of drafting.

    The window may end before it begins: then the period has not begun.
    """
    first, last = period.first, period.last
    if rule is not None and rule.data_from is not None:
        first = periods.day_of_month(first.year, first.month - 1, rule.data_from)
    if rule is not None and rule.data_until is not None:
        last = periods.day_of_month(last.year, last.month, rule.data_until)
    last = min(last, as_of)
    return periods.days(first, last)


def following(period: Period) -> Period:
    """Return the period of the same length that comes next.

    >>> following(periods.quarter(2025, 4)).name
    '2026-Q1'
    """
    kind = kind_of(period)
    start = period.last + dt.timedelta(days=1)
    if kind == "9-months":
        return periods.quarter(period.last.year, 4)
    if kind == "thematic":
        last = period.last + (period.last - period.first) + dt.timedelta(days=1)
        return periods.days(start, last)
    year = start.isocalendar().year if kind == "week" else start.year
    return next(one for one in periods.each(kind, year) if one.first == start)


def build(
    plan: Plan,
    records: Sequence[Record],
    period: Period,
    as_of: dt.date,
    keep: Keep = every_task,
) -> Report:
    """Return the report on ``period`` that ``records`` give on the day ``as_of``."""
    rule = reporting_for(plan, period)
    window = window_of(rule, period, as_of)
    progress = progress_by_ref(records, window.last)
    every = list(items(plan, progress, window.last, keep))
    # What was closed since the data ended is not to be closed again.
    today = (
        items(plan, progress_by_ref(records, as_of), as_of, keep) if window.last < as_of else every
    )
    counted = [item for item in every if _counts(item, window)]
    after = following(period)
    by_due = sorted(every, key=lambda one: one.due)
    rows = _rows(plan, every, progress, window, keep)
    fields = [_field(section, rows) for section in plan.sections]
    return Report(
        plan=plan,
        period=period,
        following=after,
        kind=kind_of(period),
        name=rule.name if rule else "",
        recipient=_recipient(plan, rule, min(as_of, period.last)),
        recipients=list(rule.recipients) if rule else [],
        window=window,
        as_of=as_of,
        fields=[field for field in fields if field.rows],
        totals=_totals(counted, len(undated(plan, {item.task.id for item in every}, window, keep))),
        items=[Due(item) for item in by_due if _counts(item, window)],
        upcoming=[
            Due(item) for item in by_due if item.is_open and window.last < item.due <= after.last
        ],
        proposals=_proposals(progress, rows, every, window),
        serves=_serves(rule, period, today),
        records=sum(len(one.records) for one in progress.values()),
    )


def _recipient(plan: Plan, rule: Reporting | None, day: dt.date) -> str:
    superior = in_force(plan.superior, day)
    return (rule.recipient if rule else "") or (superior.name if superior else "")


def _rows(
    plan: Plan, every: list[Item], progress: Mapping[str, Progress], window: Period, keep: Keep
) -> dict[str, Row]:
    items_of: dict[str, list[Item]] = {}
    for item in every:
        items_of.setdefault(item.task.id, []).append(item)
    recorded_of: dict[str, list[Progress]] = {}
    for ref, of_ref in progress.items():
        recorded_of.setdefault(Ref.parse(ref).task, []).append(of_ref)
    amended = Amended(plan)
    return {
        task.id: _row(
            assigned,
            items_of.get(task.id, []),
            recorded_of.get(task.id, []),
            progress.get(task.id, NOTHING),
            window,
        )
        for section, task in plan.tasks()
        if task.is_in_force(window.first, window.last)
        and keep(section, assigned := amended.on(task, window.last))
    }


def _counts(item: Item, window: Period) -> bool:
    """Tell whether ``item`` fell due in the window, or earlier and was not done before it."""
    if item.due in window:
        return True
    closed_on = item.progress.done_on
    if item.state == "cancelled":
        closed_on = next(
            record.day for record in reversed(item.progress.records) if isinstance(record, Cancel)
        )
    return item.due < window.first and not (closed_on and closed_on < window.first)


def _totals(counted: list[Item], no_deadline: int) -> Totals:
    counts = count(counted)
    return Totals(
        due=counts.wanted,
        done=counts.done,
        open=counts.open,
        on_time=counts.on_time,
        late=counts.late,
        overdue=counts.overdue,
        due_today=counts.due_soon + counts.upcoming,
        cancelled=counts.cancelled,
        no_deadline=no_deadline,
    )


def _field(section: Section, rows: Mapping[str, Row]) -> Field:
    of_section = [rows[task.id] for task in section.tasks if task.id in rows]
    leads = fold(section.title).startswith("cong tac chi dao")
    return Field(section.id, section.title, of_section, leads)


def _row(
    task: Task,
    every: list[Item],
    recorded: list[Progress],
    whole: Progress,
    window: Period,
) -> Row:
    labels = {item.occurrence.ref: item.occurrence.label for item in every}
    asked = [item for item in every if _counts(item, window)]
    records = sorted((r for one in recorded for r in one.records), key=_by_day)
    standing = sorted((r for one in recorded for r in _standing(one.records)), key=_by_day)
    sentences = [_sentence(one, task.name, labels) for one in standing if one.day in window]
    latest = next((item for item in asked if item.is_open), asked[-1] if asked else None)
    values = [record.value for record in records if record.value is not None]
    continuous = has_no_date(task) and not asked
    return Row(
        task=task.id,
        title=task.title,
        name=task.name,
        requirement=task.requirement,
        target=task.target,
        deadline_text=task.deadline_text,
        units=task.units,
        sentences=[one for one in sentences if _says_something(one)],
        due=[Due(item) for item in asked],
        state=latest.state if latest else (state_of_all(every) if every else whole.state),
        timing=latest.timing if latest else ("no-deadline" if continuous else None),
        percent=latest.progress.percent if latest else whole.percent,
        value=values[-1] if values else None,
        evidence=list(dict.fromkeys(one for record in records for one in record.evidence)),
        wants_news=not sentences and (bool(asked) or _is_continuous(task)),
    )


def _by_day(record: News) -> tuple[dt.date, dt.datetime, str]:
    return record.day, record.at, record.id


def _standing(records: Sequence[News]) -> list[News]:
    """Return ``records`` of one occurrence without a completion or cancellation taken back.

    A report must not say that something was done, or why it will not be, once it was reopened.
    """
    standing: list[News] = []
    for record in records:
        if isinstance(record, Reopen):
            standing = [earlier for earlier in standing if not isinstance(earlier, Done | Cancel)]
        standing.append(record)
    return standing


def _is_continuous(task: Task) -> bool:
    return any(isinstance(rule, Continuous) for rule in task.schedule)


def _says_something(sentence: Sentence) -> bool:
    return bool(
        sentence.text
        or sentence.evidence
        or sentence.finishes
        or sentence.percent is not None
        or sentence.value is not None
    )


def _sentence(record: News, name: str, labels: Mapping[str, str], text: str = "") -> Sentence:
    return Sentence(
        name=name,
        text=text or record.text,
        day=record.day,
        ref=record.ref,
        label=labels.get(record.ref, ""),
        evidence=list(record.evidence),
        percent=record.percent,
        value=record.value,
        finishes=isinstance(record, Done),
    )


def _proposals(
    progress: Mapping[str, Progress], rows: Mapping[str, Row], every: list[Item], window: Period
) -> list[Sentence]:
    labels = {item.occurrence.ref: item.occurrence.label for item in every}
    news = (r for one in progress.values() for r in one.records if r.task in rows)
    return [
        _sentence(one, rows[one.task].name, labels, one.proposal)
        for one in sorted(news, key=_by_day)
        if one.proposal and one.day in window
    ]


def _serves(rule: Reporting | None, period: Period, every: Iterable[Item]) -> list[Due]:
    served = {entry.task: entry.every for entry in rule.serves} if rule else {}
    return [
        Due(item)
        for item in every
        if item.is_open
        and item.occurrence.period.last == period.last
        and kind_of(item.occurrence.period) in served.get(item.task.id, ())
    ]

"""What does a report say?  Every number of it is computed here, once.

A plan, what was recorded and a period in; one ``Report`` out, which every template
and renderer gets.  Nothing is worded here but what people wrote; a gap that the
office must fill is a ``None`` or an empty text, and the template marks it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from parplan.agenda.counts import count, count_tasks
from parplan.agenda.items import (
    Item,
    Keep,
    Standing,
    Timing,
    every_task,
    has_no_date,
    items,
    standings,
    state_of_all,
    undated,
)
from parplan.journal.active import active
from parplan.journal.progress import NOTHING, Progress, progress_by_ref
from parplan.journal.record import Cancel, Directive, Done, News, Pause, Record, Reopen
from parplan.plan.assignments import Amended, waits_for
from parplan.plan.model import Plan, Reporting, Section, Task, in_force
from parplan.report.model import Due, Field, Kind, Report, Row, Sentence, Totals, reason_of
from parplan.report.outline import outline_text
from parplan.schedule import periods
from parplan.schedule.periods import Period
from parplan.schedule.reference import Ref
from parplan.schedule.rules import Continuous
from parplan.text import fold

_ONE_DAY = dt.timedelta(days=1)


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


def window_of(
    rule: Reporting | None,
    period: Period,
    as_of: dt.date,
    previous_end: dt.date | None = None,
    until: dt.date | None = None,
) -> Period:
    """Return the days whose data a report on ``period`` takes, ended by the day of drafting.

    It begins after ``previous_end``, the last day that the report before it took, or where
    there is none as the plan's rule says; it ends with ``until`` instead of the rule's day.  So
    each day is in one report, whenever they were drafted.  The window may end before it
    begins: then the period has not begun.
    """
    first, last = period.first, until or period.last
    if previous_end is not None:
        first = previous_end + _ONE_DAY
    elif rule is not None and rule.data_from is not None:
        first = data_start(rule, period)
    if until is None and rule is not None and rule.data_until is not None:
        last = periods.day_of_month(last.year, last.month, rule.data_until)
    return periods.days(first, min(last, as_of))


def data_start(rule: Reporting, period: Period) -> dt.date:
    """Return the first day of the data of ``period`` by the plan's ``rule``.

    The day after the last one of the period before, where both have a rule: the 31st in a
    shorter month neither leaves a day out nor counts one twice.
    """
    month = period.first.year, period.first.month - 1
    if rule.data_until is not None and rule.data_from == rule.data_until + 1:
        return periods.day_of_month(*month, rule.data_until) + _ONE_DAY
    assert rule.data_from is not None
    return periods.day_of_month(*month, rule.data_from)


def previous(period: Period) -> Period | None:
    """Return the period of the report that ended where that on ``period`` begins; None for days.

    Reports on 6 months, 9 months and a year all begin with the year: before them stands the
    report on the year before.

    >>> previous(periods.month(2026, 1)).name, previous(periods.nine_months(2026)).name
    ('2025-12', '2025')
    """
    match kind_of(period):
        case "thematic":
            return None
        case "half" if period.number == 2:
            return periods.half(period.year, 1)
        case "half" | "9-months" | "year":
            return periods.year(period.year - 1)
        case kind:
            day = period.first - _ONE_DAY
            year = day.isocalendar().year if kind == "week" else day.year
            return next(candidate for candidate in periods.each(kind, year) if day in candidate)


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
    return next(candidate for candidate in periods.each(kind, year) if candidate.first == start)


def build(
    plan: Plan,
    records: Sequence[Record],
    period: Period,
    as_of: dt.date,
    keep: Keep = every_task,
    *,
    window: Period | None = None,
    earlier: tuple[Plan, Sequence[Record]] | None = None,
) -> Report:
    """Return the report on ``period`` that ``records`` give on the day ``as_of``.

    ``window`` are the days of its data, by default as ``window_of`` says.  ``earlier`` is the
    plan of the year before with its records, for a window that begins in it.
    """
    rule = reporting_for(plan, period)
    window = window or window_of(rule, period, as_of)
    progress = progress_by_ref(records, window.last)
    every = list(items(plan, progress, window.last, keep))
    # What was closed since the data ended is not to be closed again.
    today = (
        items(plan, progress_by_ref(records, as_of), as_of, keep) if window.last < as_of else every
    )
    before, old_rows, old_proposals = _earlier(earlier, window, keep)
    counted = [item for item in (*before, *every) if _counts(item, window)]
    after = following(period)
    by_due = sorted(every, key=lambda item: item.due)
    rows = _rows(plan, every, progress, window, keep)
    fields = [_field(section, rows) for section in plan.sections]
    ids = {record.id for of_ref in progress.values() for record in of_ref.records}
    # As written, so that a correction is as new as it is, and not as old as what it corrects.
    written = (record for record in records if isinstance(record, News) and record.id in ids)
    recorded = sorted(written, key=lambda record: (record.at, record.id))
    fields = [field for field in fields if field.rows]
    dues = [Due(item) for item in sorted(counted, key=lambda item: item.due)]
    upcoming = [
        Due(item) for item in by_due if item.is_open and window.last < item.due <= after.last
    ]
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
        fields=fields,
        earlier=old_rows,
        totals=_totals(
            counted, window, len(undated(plan, {item.task.id for item in every}, window, keep))
        ),
        tasks=count_tasks(_in_force(plan, progress, window, keep), window.last),
        outline=outline_text(plan, fields, dues, upcoming),
        items=dues,
        upcoming=upcoming,
        proposals=old_proposals + _proposals(progress, rows, every, window),
        serves=[Due(item) for item in serves(rule, period, today) if item.is_open],
        after_window=_after(records, window, as_of, rows),
        records=len(recorded),
        recorded=recorded,
    )


def _in_force(
    plan: Plan, progress: Mapping[str, Progress], window: Period, keep: Keep
) -> Iterator[Standing]:
    """Yield how the tasks stand at the window's end that are in force then."""
    for standing in standings(plan, progress, window.last, keep):
        if standing.task.is_in_force(window.last, window.last):
            yield standing


def _earlier(
    earlier: tuple[Plan, Sequence[Record]] | None, window: Period, keep: Keep
) -> tuple[list[Item], list[Row], list[Sentence]]:
    """Return what of last year's plan belongs into ``window``: items, rows, proposals."""
    if earlier is None:
        return [], [], []
    plan, records = earlier
    progress = progress_by_ref(records, window.last)
    every = [item for item in items(plan, progress, window.last, keep) if _counts(item, window)]
    rows = _rows(plan, every, progress, window, keep)
    reported = [row for row in rows.values() if row.sentences or row.due]
    return every, reported, _proposals(progress, rows, every, window)


def _after(
    records: Sequence[Record], window: Period, as_of: dt.date, rows: Mapping[str, Row]
) -> list[Sentence]:
    """Return what was recorded of days after ``window`` until ``as_of``, by day."""
    later = [
        record
        for record in active(records)
        if isinstance(record, News) and window.last < record.day <= as_of and record.task in rows
    ]
    return [_sentence(record, rows[record.task].name, {}) for record in sorted(later, key=_by_day)]


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
    replaced_by = {task.replaces: task.id for _section, task in plan.tasks() if task.replaces}
    return {
        task.id: _row(
            assigned,
            items_of.get(task.id, []),
            recorded_of.get(task.id, []),
            progress.get(task.id, NOTHING),
            window,
            waited_for=waits_for(plan, task, window.last),
            replaced_by=replaced_by.get(task.id, ""),
        )
        for section, task in plan.tasks()
        if task.is_in_force(window.first, window.last)
        and keep(section, assigned := amended.on(task, window.last))
    }


def _counts(item: Item, window: Period) -> bool:
    """Tell whether ``item`` was closed in the window, or is due by its end and not closed before.

    What is done before its due day counts where it was done, and not once more where it is due.
    """
    closed_on = item.progress.done_on if item.state == "done" else None
    if item.state == "cancelled":
        closed_on = next(
            record.day for record in reversed(item.progress.records) if isinstance(record, Cancel)
        )
    if closed_on is not None:
        return closed_on in window
    return item.due <= window.last


def _totals(counted: list[Item], window: Period, no_deadline: int) -> Totals:
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
        early=sum(item.state == "done" and item.due > window.last for item in counted),
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
    *,
    waited_for: list[str],
    replaced_by: str,
) -> Row:
    labels = {item.occurrence.ref: item.occurrence.label for item in every}
    asked = [item for item in every if _counts(item, window)]
    records = sorted((r for recorded_item in recorded for r in recorded_item.records), key=_by_day)
    standing = sorted(
        (r for recorded_item in recorded for r in _standing(recorded_item.records)), key=_by_day
    )
    sentences = [
        _sentence(record, task.name, labels)
        for record in standing
        # A directive is an order, and no result.
        if record.day in window and not isinstance(record, Directive)
    ]
    telling = [sentence for sentence in sentences if _says_something(sentence)]
    stopped = any(isinstance(record, Cancel | Pause) and record.day in window for record in records)
    due_by_now = [item for item in asked if item.due <= window.last]
    latest = next(
        (item for item in due_by_now if item.is_open), due_by_now[-1] if due_by_now else None
    )
    values = [record.value for record in records if record.value is not None]
    has_no_due_day = has_no_date(task) and not every
    current = latest.progress if latest else every[-1].progress if every else whole
    undated: Timing | None = "no-deadline" if has_no_due_day else None
    if undated and task.unread_deadline:
        undated = "unread"
    return Row(
        task=task.id,
        title=task.title,
        name=task.name,
        requirement=task.requirement,
        target=task.target,
        deadline_text=task.deadline_text,
        units=task.units,
        sentences=telling,
        due=[Due(item) for item in asked],
        state=latest.state if latest else (state_of_all(every) if every else whole.state),
        timing=latest.timing if latest else undated,
        percent=latest.progress.percent if latest else whole.percent,
        value=values[-1] if values else None,
        evidence=list(
            dict.fromkeys(evidence for record in records for evidence in record.evidence)
        ),
        wants_news=not (telling or stopped) and (bool(asked) or _is_continuous(task)),
        waits_for=waited_for if has_no_due_day else [],
        reason=_row_reason(task, current, records),
        last_day=task.until if task.until and task.until < window.last else None,
        replaced_by=replaced_by,
    )


def _row_reason(task: Task, current: Progress, records: Sequence[News]) -> str:
    """Return why ``task`` is paused or cancelled, or misses its target: told with its last value.

    Or later; ``records`` are in the order of their days.
    """
    if current.state in ("paused", "cancelled"):
        return reason_of(current)
    measured = [i for i, record in enumerate(records) if record.value is not None]
    value = records[measured[-1]].value if measured else None
    if value is None or task.target is None or task.target.is_met(value):
        return ""
    since = records[measured[-1] :]
    return next((record.reason for record in reversed(since) if record.reason), "")


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
    news = (
        record
        for of_ref in progress.values()
        for record in _unanswered(of_ref)
        if record.task in rows
    )
    return [
        _sentence(record, rows[record.task].name, labels, record.proposal)
        for record in sorted(news, key=_by_day)
        if record.proposal and record.day in window
    ]


def _unanswered(progress: Progress) -> list[News]:
    """Return the records of ``progress`` since it was closed, all of what is open.

    What was proposed before that is of no use any more.
    """
    records = progress.records
    if progress.state not in ("done", "cancelled"):
        return records
    closing = [i for i, record in enumerate(records) if isinstance(record, Done | Cancel)]
    return records[closing[-1] :]


def serves(rule: Reporting | None, period: Period, every: Iterable[Item]) -> Iterator[Item]:
    """Yield the occurrences among ``every`` that a report on ``period`` settles by the ``rule``."""
    served = {entry.task: entry.every for entry in rule.serves} if rule else {}
    for item in every:
        kinds = served.get(item.task.id, ())
        if item.occurrence.period.last == period.last and kind_of(item.occurrence.period) in kinds:
            yield item

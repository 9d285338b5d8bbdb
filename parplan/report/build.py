"""What does a report say?  Every number of it is computed here, once.

A plan, what was recorded and a period in; one ``Report`` out, which every template
and renderer gets.  Nothing is worded here but what people wrote; a gap that the
office must fill is a ``None`` or an empty text, and the template marks it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from parplan.agenda.counts import count, count_tasks
from parplan.agenda.items import Item, Keep, every_task, items, without_date
from parplan.agenda.reports import serves
from parplan.agenda.standings import Standing, standings
from parplan.journal.active import active
from parplan.journal.progress import Progress, progress_by_ref
from parplan.journal.record import Cancel, Done, News, Record
from parplan.plan.model import Plan, Reporting, Section, superior_on
from parplan.report.model import Due, Report, ReportRow, ReportSection, Sentence, Totals
from parplan.report.outline import outline_text
from parplan.report.rows import YearData, by_day, rows_of, sentence_of
from parplan.report.window import following, kind_of, reporting_for, window_of
from parplan.schedule.periods import Period
from parplan.text import fold


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
    data = YearData.of(plan, records, window or window_of(rule, period, as_of), keep)
    window, after = data.window, following(period)
    last_year = _last_year(earlier, window, keep)
    rows = rows_of(data)
    fields = [field for section in plan.sections if (field := _field(section, rows)).rows]
    counted = [*last_year.items, *data.counted()]
    dues = _dues(counted)
    upcoming = _dues(
        item for item in data.items if item.is_open and window.last < item.due <= after.last
    )
    recorded = _recorded(records, data)
    return Report(
        plan=plan,
        period=period,
        following=after,
        kind=kind_of(period),
        name=rule.name if rule else "",
        recipient=(rule.recipient if rule else "") or superior_on(plan, min(as_of, period.last)),
        recipients=list(rule.recipients) if rule else [],
        window=window,
        as_of=as_of,
        fields=fields,
        earlier=last_year.rows,
        totals=_totals(counted, data),
        tasks=count_tasks(_in_force(data), window.last),
        outline=outline_text(plan, fields, dues, upcoming),
        items=dues,
        upcoming=upcoming,
        proposals=last_year.proposals + _proposals(data, rows),
        serves=_open_served(rule, period, as_of, data, records),
        after_window=_after(records, window, as_of, rows),
        records=len(recorded),
        recorded=recorded,
    )


class _LastYear(msgspec.Struct, frozen=True):
    """What of last year's plan belongs into the window."""

    items: list[Item] = []
    rows: list[ReportRow] = []
    proposals: list[Sentence] = []


def _last_year(
    earlier: tuple[Plan, Sequence[Record]] | None, window: Period, keep: Keep
) -> _LastYear:
    if earlier is None:
        return _LastYear()
    data = YearData.of(*earlier, window, keep)
    data = msgspec.structs.replace(data, items=data.counted())
    rows = rows_of(data)
    reported = [row for row in rows.values() if row.sentences or row.due]
    return _LastYear(data.items, reported, _proposals(data, rows))


def _dues(items: Iterable[Item]) -> list[Due]:
    return [Due(item) for item in sorted(items, key=lambda item: item.due)]


def _recorded(records: Sequence[Record], data: YearData) -> list[News]:
    """Return those of ``records`` that hold at the end of the window, as they were written.

    So a correction is as new as it is, and not as old as what it corrects.
    """
    ids = {record.id for of_ref in data.progress.values() for record in of_ref.records}
    valid = (record for record in records if isinstance(record, News) and record.id in ids)
    return sorted(valid, key=lambda record: (record.at, record.id))


def _open_served(
    rule: Reporting | None,
    period: Period,
    as_of: dt.date,
    data: YearData,
    records: Sequence[Record],
) -> list[Due]:
    """Return what the report settles and is open on the day ``as_of``.

    What was closed since the data ended is not to be closed again.
    """
    today: Iterable[Item] = data.items
    if data.window.last < as_of:
        today = items(data.plan, progress_by_ref(records, as_of), as_of, data.keep)
    return [Due(item) for item in serves(rule, period, today) if item.is_open]


def _in_force(data: YearData) -> Iterator[Standing]:
    """Yield how the tasks stand at the window's end that are in force then."""
    last = data.window.last
    for standing in standings(data.plan, data.progress, last, data.keep):
        if standing.task.is_in_force(last, last):
            yield standing


def _after(
    records: Sequence[Record], window: Period, as_of: dt.date, rows: Mapping[str, ReportRow]
) -> list[Sentence]:
    """Return what was recorded of days after ``window`` until ``as_of``, by day."""
    later = [
        record
        for record in active(records)
        if isinstance(record, News) and window.last < record.day <= as_of and record.task in rows
    ]
    return [sentence_of(record, rows[record.task].name, {}) for record in sorted(later, key=by_day)]


def _totals(counted: list[Item], data: YearData) -> Totals:
    counts, window = count(counted), data.window
    dated = {item.task.id for item in data.items}
    others = without_date(data.plan, data.progress, dated, window, data.keep)
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
        no_deadline=len(others.no_deadline),
    )


def _field(section: Section, rows: Mapping[str, ReportRow]) -> ReportSection:
    of_section = [rows[task.id] for task in section.tasks if task.id in rows]
    leads = fold(section.title).startswith("cong tac chi dao")
    return ReportSection(section.id, section.title, of_section, leads)


def _proposals(data: YearData, rows: Mapping[str, ReportRow]) -> list[Sentence]:
    labels = data.labels()
    news = (
        record
        for of_ref in data.progress.values()
        for record in _unanswered(of_ref)
        if record.task in rows
    )
    return [
        sentence_of(record, rows[record.task].name, labels, record.proposal)
        for record in sorted(news, key=by_day)
        if record.proposal and record.day in data.window
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

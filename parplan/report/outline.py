"""What a longer report tells, point by point of the plan's outline.

A month's report tells each record; one on a quarter or more tells each duty once: how often it
was done of how many times, how it stands last, what lacks and why.  What is left out of the text
stands in the report's appendix.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from parplan.agenda.items import Item
from parplan.plan.model import Plan
from parplan.plan.outline import OutlinePoint
from parplan.report.model import (
    Chapter,
    Delay,
    Direction,
    Due,
    DutySeries,
    OutlineText,
    Passage,
    ReportRow,
    ReportSection,
    Sentence,
    TaskResult,
)
from parplan.schedule.periods import Period
from parplan.schedule.rules import Days, Every

MOST_SENTENCES = 2
"""How many records of one occurrence, or of a task without any, the text tells: the last ones."""
MOST_ROWS = 3
"""How many occurrences of one duty have a row each in the table of what comes next."""


def outline_text(
    plan: Plan, fields: Sequence[ReportSection], items: Sequence[Due], upcoming: Sequence[Due]
) -> OutlineText:
    """Return the text of a longer report whose ``fields`` hold the rows of its tasks.

    ``items`` are the occurrences that count in it, ``upcoming`` those of the time after it.
    """
    rows = {row.task: row for field in fields for row in field.rows}
    leading, chapters = _placed(plan, fields, rows)
    important = [due for due in upcoming if not is_routine(due.item)]
    return OutlineText(
        leading=leading,
        chapters=chapters,
        delays=_delays(items),
        unmet=[row for row in rows.values() if _is_met(row) is False],
        met=[row for row in rows.values() if _is_met(row)],
        upcoming=_rows(upcoming),
        directions=_directions(fields, important),
        routine=_series(due for due in upcoming if is_routine(due.item)),
    )


def is_routine(item: Item) -> bool:
    """Tell whether ``item`` comes again within the year: a duty of each week, month, quarter …"""
    period, label = item.occurrence.period, item.occurrence.label
    return period.kind != "year" and any(
        _recurs(rule, period)
        for rule in item.task.schedule
        if isinstance(rule, (Every, Days)) and rule.label == label
    )


def _recurs(rule: Every | Days, period: Period) -> bool:
    if isinstance(rule, Every):
        return rule.every == period.kind
    return any(day == period for day, _due in rule.due_dates(period.last.year))


def result_of(row: ReportRow) -> TaskResult:
    """Return what the text tells of ``row``: its recurring duties once, the rest by its last news.

    >>> row = ReportRow("8", "", "", "", None, "", [], [], [], "done", None, None, None, [], False)
    >>> result_of(row).news
    []
    """
    series = [group for group in _series(row.due) if group.total > 1]
    finished = {due.ref for group in series for due in group.dues if due.state == "done"}
    by_ref: dict[str, list[Sentence]] = {}
    for sentence in row.sentences:
        if sentence.ref not in finished:
            by_ref.setdefault(sentence.ref, []).append(sentence)
    return TaskResult(
        row=row,
        series=[_with_latest(group, row.sentences) for group in series],
        news=[_last(of_ref) for of_ref in by_ref.values()],
        values=[sentence for sentence in row.sentences if sentence.value is not None],
    )


def _placed(
    plan: Plan, fields: Sequence[ReportSection], rows: Mapping[str, ReportRow]
) -> tuple[list[Passage], list[Chapter]]:
    """Return parts I and II: as the plan's outline says, and by section what it does not name."""
    outline = plan.outline
    placed: set[str] = set()
    told = _told(rows)
    replaces = {task.replaces: task.id for _section, task in plan.tasks() if task.replaces}

    def passage(point: OutlinePoint) -> Passage:
        numbers = [
            number
            for task in point.tasks
            for number in (task, replaces.get(task, ""))
            if number in rows and not (replaces.get(number) in rows and _is_empty(rows[number]))
        ]
        placed.update(point.tasks, numbers)
        return _passage(point.title, [rows[number] for number in numbers], told, point.counts)

    leading = [passage(point) for point in outline.leading] if outline else []
    chapters = [
        Chapter(field.title, [passage(point) for point in field.points])
        for field in (outline.fields if outline else ())
    ]
    for field in fields:
        rest = [row for row in field.rows if row.task not in placed]
        if rest and field.leads:
            leading.append(_passage("", rest, told))
        elif rest:
            _add(chapters, field.title, _passage("", rest, told))
    return leading, chapters


def _passage(
    title: str, rows: Sequence[ReportRow], told: Set[str], counts: bool = False
) -> Passage:
    """Return what the text tells of ``rows``; of one with a new deadline the newest is silent."""
    numbers = {row.task for row in rows}
    silent = [row for row in rows if row.task not in told and row.replaced_by not in numbers]
    return Passage(title, [result_of(row) for row in rows], counts, silent)


def _told(rows: Mapping[str, ReportRow]) -> set[str]:
    """Return the tasks of which the text tells something, with those they replaced or became.

    To the reader a task with a new deadline is one task: the number of its row is new.
    """
    after = {row.task: row.replaced_by for row in rows.values() if row.replaced_by}
    before = {later: task for task, later in after.items()}
    told: set[str] = set()
    for links in (after, before):
        passed: set[str] = set()  # by mistake tasks may replace each other in a circle
        for row in rows.values():
            number = row.task if row.sentences or row.wants_news else ""
            while number and number not in passed:
                passed.add(number)
                number = links.get(number, "")
        told |= passed
    return told


def _is_empty(row: ReportRow) -> bool:
    return not (row.sentences or row.due)


def _add(chapters: list[Chapter], title: str, passage: Passage) -> None:
    """Put ``passage`` at the end of the chapter called ``title``, a new one where there is none."""
    chapter = next((chapter for chapter in chapters if chapter.title == title), None)
    if chapter is None:
        chapters.append(Chapter(title, [passage]))
    else:
        chapter.passages.append(passage)


def _last(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the last of ``sentences``, which are of one occurrence or of a task without any.

    A completion says all; before one without words stands what was written last.
    """
    last = sentences[-1]
    if last.finishes:
        texts = [sentence for sentence in sentences if sentence.text]
        return [*texts[-1:], last] if not last.text else [last]
    if last.value is not None:
        return [last]
    return list(sentences[-MOST_SENTENCES:])


def _series(dues: Iterable[Due]) -> list[DutySeries]:
    """Return ``dues`` by task and label, each group a series by due date."""
    groups: dict[tuple[str, str], list[Due]] = {}
    for due in dues:
        if due.state != "cancelled":
            groups.setdefault((due.task, due.label), []).append(due)
    return [DutySeries(group, None) for group in groups.values()]


def _rows(upcoming: Sequence[Due]) -> list[DutySeries]:
    """Return ``upcoming``, one by one; what comes more than ``MOST_ROWS`` times as one series."""
    often = {series.dues[0].ref: series for series in _series(upcoming) if series.total > MOST_ROWS}
    told = {due.ref for series in often.values() for due in series.dues[1:]}
    return [often.get(due.ref, DutySeries([due], None)) for due in upcoming if due.ref not in told]


def _with_latest(series: DutySeries, sentences: Sequence[Sentence]) -> DutySeries:
    refs = {due.ref for due in series.dues if due.state == "done"}
    done = [sentence for sentence in sentences if sentence.finishes and sentence.ref in refs]
    return DutySeries(series.dues, done[-1] if done else None)


def _delays(items: Sequence[Due]) -> list[Delay]:
    """Return what was late or is overdue, each duty once with the causes that were recorded."""
    groups: dict[tuple[str, str], list[Due]] = {}
    for due in items:
        if due.timing in ("late", "overdue"):
            groups.setdefault((due.task, due.label), []).append(due)
    return [
        Delay(group, list(dict.fromkeys(due.reason for due in group if due.reason)))
        for group in groups.values()
    ]


def _is_met(row: ReportRow) -> bool | None:
    """Tell whether the value measured last reaches the target; None where one of them lacks."""
    if row.value is None or row.target is None:
        return None
    return row.target.is_met(row.value)


def _directions(fields: Sequence[ReportSection], upcoming: Sequence[Due]) -> list[Direction]:
    """Return what comes next, field by field, each by due date."""
    section_of = {row.task: field.title for field in fields for row in field.rows}
    by_field: dict[str, list[Due]] = {}
    for due in upcoming:
        by_field.setdefault(section_of.get(due.task, ""), []).append(due)
    order = [field.title for field in fields]
    return [Direction(title, by_field[title]) for title in order if title in by_field]

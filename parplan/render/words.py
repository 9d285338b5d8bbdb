"""How are states, timings and targets said to a person?"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from parplan.agenda.counts import TaskCounts
from parplan.agenda.items import Item, Timing
from parplan.agenda.standings import Standing
from parplan.deadlines.waiting import bodies, events
from parplan.i18n import Language, _, date, language, ngettext, number, period_name
from parplan.journal.progress import State
from parplan.journal.record import (
    SHOWN_ID,
    Directive,
    Evidence,
    Figure,
    Kind,
    News,
    Record,
    Score,
    Undo,
)
from parplan.plan.model import Plan, Target, Task
from parplan.problem import N_
from parplan.render.terminal.table import Span, Style
from parplan.schedule import periods
from parplan.text import one_line

STATE_WORDS: Mapping[State, str] = {
    "not-started": N_("not started"),
    "in-progress": N_("in progress"),
    "done": N_("done"),
    "paused": N_("paused"),
    "cancelled": N_("cancelled"),
}
TIMING_WORDS: Mapping[Timing, str] = {
    "upcoming": N_("upcoming"),
    "due-soon": N_("due soon"),
    "overdue": N_("overdue"),
    "on-time": N_("on time"),
    "late": N_("late"),
    "no-deadline": N_("no deadline"),
    "unread": N_("deadline not read"),
}
KIND_WORDS: Mapping[Kind, str] = {
    "note": N_("note"),
    "start": N_("start"),
    "done": N_("completion"),
    "pause": N_("pause"),
    "cancel": N_("cancellation"),
    "reopen": N_("reopening"),
    "directive": N_("directive"),
    "undo": N_("retraction"),
    "score": N_("self-score"),
    "figure": N_("figure"),
}


def no_calendar() -> str:
    """Return what is said wherever working days are counted for a plan without a calendar."""
    return _("the plan has no calendar: Monday to Friday are counted, holidays too")


def without_calendar(plan: Plan, items: Iterable[Item | Task]) -> list[str]:
    """Return what must be said of ``items`` whose working days were counted without a calendar."""
    if plan.has_calendar or not any(item.counts_workdays for item in items):
        return []
    return [f"{_('Working days')}: {no_calendar()}"]


_STYLES: Mapping[Timing | None, Style] = {
    "overdue": "bad",
    "due-soon": "warn",
    "on-time": "good",
    "late": "warn",
    "unread": "warn",
    None: "dim",
}


def state(name: State) -> str:
    """Return the work state ``name`` in words."""
    return _(STATE_WORDS[name])


def timing(name: Timing | None) -> str:
    """Return the timing ``name`` in words; a cancelled item has none."""
    return _(TIMING_WORDS[name]) if name else _(STATE_WORDS["cancelled"])


def kind(name: Kind) -> str:
    """Return the kind of a record in words."""
    return _(KIND_WORDS[name])


def period(name: str) -> str:
    """Return the period called ``name`` as people say it; templates have its name in hand."""
    period = periods.parse(name)
    return period_name(period) if period else name


def age(day: dt.date, as_of: dt.date) -> str:
    """Return how long before ``as_of`` the day was: 'today', '19 days ago, 01/06/2025'."""
    days = (as_of - day).days
    if days < 2:
        return _("yesterday") if days == 1 else _("today")
    ago = ngettext("%(n)s day ago", "%(n)s days ago", days)
    return f"{ago}, {date(day)}"


def content(record: Record) -> str:
    """Return all that a record says, in one text."""
    parts = (record.text, details(record))
    return "; ".join(filter(None, parts[::-1] if isinstance(record, Figure) else parts))


def details(record: Record) -> str:
    """Return what a record says beside its text."""
    return "; ".join(_details(record))


def _details(record: Record) -> Iterator[str]:
    if isinstance(record, Score):
        yield from _result(record)
    if isinstance(record, News) and record.percent is not None:
        yield f"{record.percent}%"
    if isinstance(record, Figure):
        yield figure(record.value) or "-"
    elif not isinstance(record, Undo) and record.value is not None:
        yield _("value %(value)s") % {"value": with_decimal_mark(str(record.value))}
    if isinstance(record, Directive):
        if record.due is not None:
            yield _("due %(day)s") % {"day": date(record.due)}
        if record.authority:
            yield _("by %(authority)s") % {"authority": record.authority}
    if record.evidence:
        yield _("evidence: %(list)s") % {"list": evidence(record.evidence)}
    if record.reason:
        yield _("reason: %(text)s") % {"text": record.reason}
    if isinstance(record, News) and record.proposal:
        yield _("proposal: %(text)s") % {"text": record.proposal}
    if isinstance(record, Undo) and record.retracts:
        yield _("takes back %(id)s") % {"id": record.retracts[:SHOWN_ID]}


def _result(record: Score) -> Iterator[str]:
    if record.points is not None:
        yield _("%(points)s points") % {"points": points(record.points)}
    if record.grade:
        yield _("grade: %(grade)s") % {"grade": record.grade}
    if record.not_applicable:
        yield _("not applicable")


def evidence(every: Iterable[Evidence]) -> str:
    """Return evidence as a list in words."""
    return ", ".join(" ".join(filter(None, (evidence.number, evidence.file))) for evidence in every)


def units(task: Task) -> str:
    """Return who does ``task``, and who helps."""
    lead, helpers = ", ".join(task.units), ", ".join(task.supporting)
    return (
        _("%(units)s; with %(helpers)s") % {"units": lead, "helpers": helpers} if helpers else lead
    )


def plan_gaps() -> str:
    """Return which command writes the number and the date of the plan into it."""
    command = "parplan amend document --number 41 --date 20/3"
    return _("number and date of the plan, once known: %(command)s") % {"command": command}


def doers(task: Task) -> str:
    """Return the units that do ``task``, and in brackets the officers."""
    officers = ", ".join(task.officers)
    return f"{units(task)} ({officers})".strip() if officers else units(task)


def standing(item: Item) -> Span:
    """Return in a few words how ``item`` stands: 'quá hạn 3 ngày, đang làm'."""
    progress = item.progress
    return _standing(item.timing, item.days_left, progress.state, progress.percent, language())


@functools.lru_cache(maxsize=4096)  # thousands of rows say the same few things
def _standing(
    timing: Timing | None,
    days_left: int,
    progress_state: State,
    percent: int | None,
    _language: Language,
) -> Span:
    words = [_timing_words(timing, days_left, progress_state)]
    if progress_state not in ("done", "cancelled"):
        if progress_state != "not-started":
            words.append(state(progress_state))
        if percent is not None:
            words.append(f"{percent}%")
    return Span(", ".join(words), _STYLES.get(timing, ""))


def standing_of_task(task_standing: Standing) -> Span:
    """Return in a few words how a whole task stands: as its next open item does."""
    if task_standing.next_item:
        return standing(task_standing.next_item)
    if task_standing.is_dropped:
        return Span(_("dropped"), "dim")
    if task_standing.items:
        return Span(state(task_standing.state), "good")
    if task_standing.timing == "unread" and task_standing.state != "done":
        return unread_deadline(task_standing.task)
    if task_standing.state == "not-started":
        return Span(without_date(task_standing.waits_for), "dim")
    return Span(_("no deadline, %(state)s") % {"state": state(task_standing.state)})


def unread_deadline(task: Task) -> Span:
    """Return that nobody has read the deadline of ``task`` yet, with its words."""
    words = _("deadline not read: “%(words)s”") % {"words": one_line(task.unread_deadline)}
    return Span(words, "warn")


def standing_words(item: Item) -> str:
    """Return how ``item`` stands against its due date: 'quá hạn 3 ngày', 'đúng hạn'."""
    return _timing_words(item.timing, item.days_left, item.state)


def _timing_words(timing: Timing | None, days_left: int, progress_state: State) -> str:
    if timing is None:
        return state(progress_state)
    if timing == "overdue":
        return ngettext("%(n)s day overdue", "%(n)s days overdue", -days_left)
    if timing in ("due-soon", "upcoming"):
        if days_left == 0:
            return _("due today")
        return ngettext("%(n)s day left", "%(n)s days left", days_left)
    return _(TIMING_WORDS[timing])


def tasks_counted(counts: TaskCounts) -> str:
    """Return how many tasks stand in which way: '35 nhiệm vụ: xong 6, đang làm 24.'."""
    parts = [
        _(text) % {"n": number}
        for text, number in (
            (N_("done %(n)s"), counts.done),
            (N_("in progress %(n)s"), counts.in_progress),
            (N_("not started %(n)s"), counts.not_started),
            (N_("their time is to come %(n)s"), counts.not_reached),
            (N_("waiting for a directive %(n)s"), counts.waiting),
        )
        if number
    ]
    text = ngettext("%(n)s task: %%(parts)s.", "%(n)s tasks: %%(parts)s.", counts.total)
    return text % {"parts": ", ".join(parts)}


def without_date(waited_for: Sequence[str]) -> str:
    """Return how a task without a date stands: 'không có hạn', 'chờ UBND quận', 'khi cần'."""
    if not waited_for:
        return _("no deadline")
    parts = [_("waits: %(event)s") % {"event": event} for event in events(waited_for)]
    if names := bodies(waited_for):
        parts.insert(0, _("waits for %(body)s") % {"body": ", ".join(names)})
    return "; ".join(parts)


def target(aim: Target) -> str:
    """Return a target in words: 'ít nhất 2 lần mỗi năm'."""
    if aim.at_least is not None:
        text = N_("at least %(value)s %(unit)s")
        value = aim.at_least
    elif aim.at_most is not None:
        text, value = N_("at most %(value)s %(unit)s"), aim.at_most
    else:
        return aim.unit
    phrase = (_(text) % {"value": with_decimal_mark(str(value)), "unit": aim.unit}).strip()
    phrase = phrase.replace(" %", "%")
    return _("%(target)s a year") % {"target": phrase} if aim.per == "year" else phrase


def with_decimal_mark(digits: str) -> str:
    """Return the decimal number ``digits`` as the language writes it: 98,5 or 98.5."""
    return digits.replace(".", ",") if language() == "vi" else digits


def figure(value: Decimal | None) -> str:
    """Return a figure as officials write it, thousands apart: 1.250 or 98,5; nothing for None."""
    if value is None:
        return ""
    digits, mark = number(value), "," if language() == "vi" else "."
    return digits.rstrip("0").rstrip(mark) if mark in digits and "E" not in digits else digits


def points(value: Decimal | None) -> str:
    """Return a score without zeros that say nothing: 7,06, 3,5 or 4; nothing for None."""
    if value is None:
        return ""
    digits = f"{value:f}"
    return with_decimal_mark(digits.rstrip("0").rstrip(".") if "." in digits else digits)


def measured(aim: Target | None, value: Decimal | None) -> str:
    """Return a measured value beside what is wanted: '98,5 (ít nhất 100%: chưa đạt)'."""
    if value is None:
        return ""
    phrase = with_decimal_mark(str(value))
    if aim is None:
        return phrase
    met = _("met") if aim.is_met(value) else _("not met")
    values = {"value": phrase, "target": target(aim), "verdict": met}
    return _("%(value)s (%(target)s: %(verdict)s)") % values

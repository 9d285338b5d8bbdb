"""The text of a plan that was begun from another year's, and what is left to do in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from parplan import i18n
from parplan.agenda.items import Item
from parplan.i18n import _, date, ngettext, period_name
from parplan.plan.holidays import YearOff, about_calendar, days_off
from parplan.plan.model import Plan
from parplan.plan.next_year import NextPlan
from parplan.plan.write import PLAN_GUIDE, flow_text, write_plan
from parplan.problem import DataPath
from parplan.schedule import periods

_MOST_REFS = 3
_LEAP_DAY = dt.date(2000, 2, 29)


def plan_text(old: Plan, moved: NextPlan, off: YearOff | None, open_items: list[Item]) -> str:
    """Return the file of ``moved``, which was begun from ``old``, in the language of ``old``.

    ``off`` is what is known of the new year's holidays; ``open_items`` are left unfinished.
    """
    with i18n.speaking(old.language):
        heading = list(_heading(old, moved))
        comments = _comments(old, moved, off, open_items)
        return write_plan(moved.plan, heading, comments)


def _heading(old: Plan, moved: NextPlan) -> Iterator[str]:
    values = {"year": moved.plan.year, "old": old.year}
    yield _("Plan of %(year)s, begun from that of %(old)s by 'parplan new'.") % values
    yield _("Years in titles, wordings and rules were moved; look through every task.")
    if moved.dropped:
        numbers = ", ".join(moved.dropped)
        yield _("Left out, because they ended in %(old)s: %(numbers)s.") % {
            **values,
            "numbers": numbers,
        }
    for text in moved.kept_years:
        yield _("A year was left as it was in: %(text)s") % {"text": text}


def _comments(
    old: Plan, moved: NextPlan, off: YearOff | None, open_items: list[Item]
) -> dict[DataPath, list[str]]:
    comments: dict[DataPath, list[str]] = {key: list(v) for key, v in PLAN_GUIDE.items()}
    comments["document", "number"] = [_("Blank until it is issued.")]
    comments["effective_from",] = [_("Not known yet: the day of issue, once there is one.")]
    if moved.plan.bases:
        comments["bases",] = [
            _("From %(old)s: put this year's documents in their place.") % {"old": old.year}
        ]
    comments["calendar",] = list(about_calendar(moved.plan.year, off))
    waiting: dict[str, list[Item]] = {}
    for item in open_items:
        waiting.setdefault(item.task.id, []).append(item)
    for number, section in enumerate(moved.plan.sections):
        for index, task in enumerate(section.tasks):
            lines = []
            if task.id in waiting:
                lines.append(_unfinished(old.year, waiting[task.id]))
            if task.id in moved.unmoved:
                lines.append(_("The wording no longer says what the schedule says: correct it."))
            lines += [_lacking(moved.plan.year, *pair) for pair in moved.lacking.get(task.id, ())]
            if lines:
                comments["sections", number, "tasks", index] = lines
    return comments


def _unfinished(year: int, waiting: list[Item]) -> str:
    lines = [
        f"{item.occurrence.ref} ({date(item.due)}"
        + (f", {item.progress.percent}%)" if item.progress.percent is not None else ")")
        for item in waiting[:_MOST_REFS]
    ]
    more = len(waiting) - len(lines)
    if more:
        lines.append(ngettext("%(n)s more", "%(n)s more", more))
    return _("Not finished in %(year)s: %(list)s") % {"year": year, "list": ", ".join(lines)}


def facts(moved: NextPlan, off: YearOff | None, open_items: list[Item]) -> Iterator[str]:
    """Yield what the new plan holds and what a person must look at, a sentence each.

    ``off`` and ``open_items`` as in ``plan_text``.
    """
    plan = moved.plan
    count = sum(len(section.tasks) for section in plan.sections)
    yield ngettext("%(n)s task", "%(n)s tasks", count)
    if unfinished := len({item.task.id for item in open_items}):
        yield ngettext(
            "%(n)s task is not finished; it is marked in the file",
            "%(n)s tasks are not finished; they are marked in the file",
            unfinished,
        )
    if moved.dropped:
        yield _("left out: %(list)s") % {"list": ", ".join(moved.dropped)}
    if moved.unmoved:
        yield _("wording to correct: %(list)s") % {"list": ", ".join(moved.unmoved)}
    yield from about_calendar(plan.year, off)
    for number, pairs in moved.lacking.items():
        for pair in pairs:
            values = {"task": number, "said": _lacking(plan.year, *pair)}
            yield _("task %(task)s: %(said)s") % values
    for text in moved.kept_years:
        yield _("A year was left as it was in: %(text)s") % {"text": text}
    if moved.former:
        sentence = _("still named in the text or among the recipients: %(list)s")
        yield sentence % {"list": ", ".join(moved.former)}
    yield _("To fill in: number and date, legal bases, the day it takes effect.")


def _lacking(year: int, name: str, instead: str) -> str:
    """Return that ``year`` has no period of that name, and what stands in the plan ``instead``."""
    values = {"year": year, "date": _in_words(name), "instead": _in_words(instead)}
    return _("%(year)s has no %(date)s: %(instead)s stands for it; decide the date") % values


def _in_words(name: str) -> str:
    """Return the period called ``name``, of which its year may lack an end, as people say it."""
    start, _dots, stop = name.partition("..")
    if not stop:
        return _end_in_words(start)
    values = {"start": _end_in_words(start), "stop": _end_in_words(stop)}
    return _("%(start)s to %(stop)s") % values


def _end_in_words(name: str) -> str:
    period = periods.parse(name)
    if period is not None:
        return date(period.first) if period.kind == "day" else period_name(period)
    year, _dash, rest = name.partition("-")
    if rest == "W53":
        return _("week %(number)s of %(year)s") % {"number": 53, "year": year}
    return date(_LEAP_DAY).replace(str(_LEAP_DAY.year), year)


def skeleton(year: int) -> bytes:
    """Return the empty plan that ``init`` makes for ``year``, with the holidays of that year."""
    from parplan.render.template.markdown_values import render

    off = days_off(year)
    with i18n.speaking("vi"):  # the skeleton's language
        about = list(about_calendar(year, off))
    names = {
        "year": year,
        "about_calendar": about,
        "holidays": [flow_text(holiday) for holiday in off.calendar.holidays] if off else [],
        "swaps": [flow_text(swap) for swap in off.calendar.swaps] if off else [],
    }
    return render("plan.yaml.j2", names).encode()

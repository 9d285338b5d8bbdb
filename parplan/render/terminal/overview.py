"""What waits today, or how to begin, in the manner of ``git status``: facts, then commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from parplan.agenda.items import SOON_DAYS, Item
from parplan.agenda.reports import ExpectedReport
from parplan.i18n import _, long_date, ngettext, period_name
from parplan.journal.diff import AddedRecords
from parplan.plan.model import Plan
from parplan.render.terminal import paint
from parplan.render.terminal.agenda import items_lines, overdue_before
from parplan.render.terminal.table import Line, Span, TextColumn, paragraph, without_head
from parplan.report.overview import Overview
from parplan.workspace.changes import say_recorded

_MOST_ITEMS = 10
_MOST_FILES = 5
_COMMANDS = 3
_REPORT_DAYS = 10
"""From so many days before its last day on, the draft of a report is proposed."""


class OpenDraft(msgspec.Struct, frozen=True):
    """A draft with so many places that are still to be filled."""

    name: str
    places: int


class Waiting(msgspec.Struct, frozen=True):
    """All that waits.

    ``copies`` are files that are not read, each with what it looks like a copy of;
    ``uncommitted`` is None where git keeps no history.
    """

    plan: Plan
    overview: Overview
    overdue_last_year: int
    drafts: list[OpenDraft]
    copies: list[tuple[str, str]]
    uncommitted: AddedRecords | None


def waiting_lines(waiting: Waiting) -> list[Line]:
    """Return what waits today, and three commands that fit."""
    screen = paint.screen_width()
    values = {"day": long_date(waiting.overview.as_of), "year": waiting.plan.year}
    lines = paragraph(_("Today is %(day)s; plan of %(year)s") % values, screen, "head")
    lines += [[], *_urgent(waiting, screen), []]
    for fact in _facts(waiting):
        lines += paragraph(fact, screen)
    return lines + _commands(islice(_fitting(waiting), _COMMANDS), screen)


def beginning(folder: str, year: int) -> list[Line]:
    """Return how to begin in ``folder``, which lies in no workspace."""
    screen = paint.screen_width()
    ways = [
        ("parplan init --sample", _("a sample plan to try everything on")),
        ("parplan import …", _("read your plan from a Word, Excel or CSV file")),
        (f"parplan init --year {year}", _("an empty plan")),
    ]
    text = _("There is no plan in %(folder)s or above it. To begin in this folder:")
    last = _("If the plan is in another folder, go there with 'cd'. The guide: parplan help")
    commands = _commands(ways, screen)
    return [*paragraph(text % {"folder": folder}, screen), *commands, [], *paragraph(last, screen)]


def _urgent(waiting: Waiting, screen: int) -> list[Line]:
    late, soon = waiting.overview.overdue, waiting.overview.soon
    counts = [
        ngettext("%(n)s overdue", "%(n)s overdue", len(late)) if late else _("none overdue"),
        _("%(n)s due within %(days)s days") % {"n": len(soon), "days": SOON_DAYS},
    ]
    lines = paragraph("; ".join(counts), screen, "head")
    items = _most_urgent(late, soon)
    if items:
        lines += items_lines(items, screen)
    more = len(late) + len(soon) - len(items)
    if more:
        lines += paragraph(_("… and %(n)s more") % {"n": more}, screen, "dim")
    return lines


def _most_urgent(late: list[Item], soon: list[Item]) -> list[Item]:
    """Return the items to show: what is late leaves half of the room to what can be in time."""
    room = _MOST_ITEMS - min(len(soon), _MOST_ITEMS // 2)
    first = late[:room]
    return first + soon[: _MOST_ITEMS - len(first)]


def _facts(waiting: Waiting) -> Iterator[str]:
    for path, original in waiting.copies[:_MOST_FILES]:
        text = _("Not read: %(path)s, which looks like a copy of %(other)s")
        yield text % {"path": path, "other": original}
    if waiting.overdue_last_year:
        yield overdue_before(waiting.plan.year - 1, waiting.overdue_last_year)
    for report in waiting.overview.reports:
        left = (report.due - waiting.overview.as_of).days
        values = {
            "name": report.rule.name,
            "period": period_name(report.period),
            "day": long_date(report.due),
            "left": ngettext("%(n)s day left", "%(n)s days left", left),
        }
        yield _("Next report: %(name)s, %(period)s, by %(day)s (%(left)s)") % values
    for draft in waiting.drafts[:_MOST_FILES]:
        places = ngettext("%(n)s place to fill", "%(n)s places to fill", draft.places)
        yield _("Open draft: %(path)s, %(places)s") % {"path": draft.name, "places": places}
    more = len(waiting.drafts) - _MOST_FILES
    if more > 0:
        yield ngettext("%(n)s open draft more", "%(n)s open drafts more", more)
    if waiting.uncommitted is None:
        return
    if waiting.uncommitted.counts:
        yield _("Not committed: %(records)s") % {"records": say_recorded(waiting.uncommitted)}
    else:
        yield _("All records are committed.")


def _fitting(waiting: Waiting) -> Iterator[tuple[str, str]]:
    """Yield commands that fit what waits with what each is for, the most fitting first."""
    view, year = waiting.overview, waiting.plan.year
    if view.as_of.year > year:
        text = _("begin the plan of %(year)s")
        yield f"parplan new {view.as_of.year}", text % {"year": view.as_of.year}
    if waiting.copies:
        yield "parplan check", _("what is in the copies, and what to do")
    urgent = _most_urgent(view.overdue, view.soon)
    if urgent:
        yield f"parplan done {urgent[0].occurrence.ref}", _("record that it is done")
    if waiting.uncommitted and waiting.uncommitted.counts:
        yield "parplan commit", _("commit what was recorded")
    yield from _drafting(view.reports, waiting)
    if urgent:
        yield "parplan due", _("all that is due this month")
    yield "parplan status", _("the whole year on one screen")
    if not waiting.copies:
        yield "parplan check", _("look for mistakes")
    yield "parplan help", _("the guide")


def _drafting(reports: Iterable[ExpectedReport], waiting: Waiting) -> Iterator[tuple[str, str]]:
    for report in reports:
        if (report.due - waiting.overview.as_of).days <= _REPORT_DAYS:
            yield f"parplan report {report.period.name}", _("write the draft, or renew it")


def _commands(pairs: Iterable[tuple[str, str]], screen: int) -> list[Line]:
    rows = [[Span(command), Span(f"# {purpose}", "dim")] for command, purpose in pairs]
    lines = without_head((TextColumn(""), TextColumn("", flexible=True)), rows, screen - 2)
    return [[], *([Span("  "), *line] for line in lines)]

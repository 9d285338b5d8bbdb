"""``parplan new``: next year's plan, begun from this year's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import click
import typer

from parplan import i18n
from parplan.agenda.items import Item, items
from parplan.cli.options import Shared, SuccessionOptions
from parplan.cli.output import dashed, show_lines
from parplan.cli.params import Number
from parplan.cli.recording import clean
from parplan.cli.session import Session, open_session
from parplan.i18n import _, date, ngettext
from parplan.plan.holidays import YearOff, days_off
from parplan.plan.lookup import require_unit
from parplan.plan.model import Calendar, Plan
from parplan.plan.next_year import NextPlan, NextYearOptions, move_to_year
from parplan.plan.write import PLAN_GUIDE, write_plan
from parplan.problem import N_, DataPath, UserError, params
from parplan.render.terminal import paint
from parplan.workspace import files

EXAMPLES = (
    "parplan new 2026",
    'parplan new 2026 --superior "UBND thành phố Hà Nội" --map-unit "Một cửa=Trung tâm"',
)

_MOST_REFS = 3


def new(
    wanted: Annotated[
        int,
        typer.Argument(
            parser=Number(1900, 2999), metavar=N_("YEAR"), help=N_("Year of the new plan.")
        ),
    ],
    *,
    options: SuccessionOptions,
    shared: Shared,
) -> None:
    """Write a plan for the year; what only the office knows is left blank."""
    session = open_session(shared, options.old_year)
    if wanted <= session.plan.year:
        text = N_("%(year)s is not after %(old)s, the year of the plan to begin from")
        raise UserError(text, params(year=wanted, old=session.plan.year))
    off = days_off(wanted)
    calendar = off.calendar if off else Calendar()
    moved = move_to_year(session.plan, wanted, calendar, _options(session.plan, options))
    open_items = [
        item
        for item in items(session.plan, session.progress(), session.as_of)
        if item.is_open and item.task.id not in moved.dropped
    ]
    with i18n.speaking(session.plan.language):
        heading = list(_heading(session.plan, moved))
        comments = _comments(session.plan, moved, off, open_items)
        text = write_plan(moved.plan, heading, comments)
    path = files.inside(session.workspace.root, session.workspace.plan_path(wanted))
    if not files.create(path, text.encode()):
        shown = session.workspace.shown(path)
        raise UserError(N_("%(path)s is there already"), params(path=shown))
    _tell(session, moved, off, open_items)


def _options(plan: Plan, options: SuccessionOptions) -> NextYearOptions:
    units: dict[str, str] = {}
    for pair in options.unit_map:
        old, equals, new_name = (part.strip() for part in clean(pair).partition("="))
        if not (old and equals and new_name):
            text = N_("'%(value)s' should be OLD=NEW, such as 'Một cửa=Trung tâm'")
            raise UserError(text, params(value=pair))
        require_unit(plan, old)
        units[old] = new_name
    return NextYearOptions(superior=clean(options.superior or ""), units=units)


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
    found: dict[DataPath, list[str]] = {key: list(v) for key, v in PLAN_GUIDE.items()}
    found["document", "number"] = [_("Blank until it is issued.")]
    found["effective_from",] = [_("Not known yet: the day of issue, once there is one.")]
    if moved.plan.bases:
        found["bases",] = [
            _("From %(old)s: put this year's documents in their place.") % {"old": old.year}
        ]
    found["calendar",] = list(_about_calendar(moved.plan.year, off))
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
            if lines:
                found["sections", number, "tasks", index] = lines
    return found


def _about_calendar(year: int, off: YearOff | None) -> Iterator[str]:
    if off is None:
        yield _("The holidays of %(year)s are not known to parplan; fill them in.") % {"year": year}
        return
    yield _("Public holidays; compare them with the official notice.")
    if off.unsure:
        days = ", ".join(map(i18n.short_date, off.unsure))
        yield _("Reckoned, not announced yet: %(days)s; swapped days are missing.") % {"days": days}
    else:
        yield _("All of them are named by the law or were announced.")


def _unfinished(year: int, waiting: list[Item]) -> str:
    shown = [
        f"{item.occurrence.ref} ({date(item.due)}"
        + (f", {item.progress.percent}%)" if item.progress.percent is not None else ")")
        for item in waiting[:_MOST_REFS]
    ]
    more = len(waiting) - len(shown)
    if more:
        shown.append(ngettext("%(n)s more", "%(n)s more", more))
    return _("Not finished in %(year)s: %(list)s") % {"year": year, "list": ", ".join(shown)}


def _tell(session: Session, moved: NextPlan, off: YearOff | None, open_items: list[Item]) -> None:
    plan = moved.plan
    click.echo(_("written  %(path)s") % {"path": f"plan/{plan.year}.yaml"})
    count = sum(len(section.tasks) for section in plan.sections)
    facts = [ngettext("%(n)s task", "%(n)s tasks", count)]
    tasks = len({item.task.id for item in open_items})
    if tasks:
        facts.append(
            ngettext(
                "%(n)s task is not finished; it is marked in the file",
                "%(n)s tasks are not finished; they are marked in the file",
                tasks,
            )
        )
    if moved.dropped:
        facts.append(_("left out: %(list)s") % {"list": ", ".join(moved.dropped)})
    if moved.unmoved:
        facts.append(_("wording to correct: %(list)s") % {"list": ", ".join(moved.unmoved)})
    facts += _about_calendar(plan.year, off)
    facts += [
        _("A year was left as it was in: %(text)s") % {"text": one} for one in moved.kept_years
    ]
    if moved.former:
        text = _("still named in the text or among the recipients: %(list)s")
        facts.append(text % {"list": ", ".join(moved.former)})
    facts.append(_("To fill in: number and date, legal bases, the day it takes effect."))
    for fact in facts:
        show_lines(list(dashed(fact, paint.screen_width())))
    click.echo(_("Now try: %(command)s") % {"command": f"parplan check --year {plan.year}"})


CALLBACKS = {"new": new}

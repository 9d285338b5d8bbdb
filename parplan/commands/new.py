"""``parplan new``: next year's plan, begun from this year's."""

from __future__ import annotations

from typing import Annotated

import click
import typer

from parplan.agenda.items import Item, items
from parplan.cli.options import Shared, SuccessionOptions
from parplan.cli.output import show_lines
from parplan.cli.params import Number
from parplan.cli.recording import clean
from parplan.cli.session import Session, open_session
from parplan.i18n import _, ngettext
from parplan.plan.holidays import YearOff, days_off
from parplan.plan.lookup import require_unit
from parplan.plan.model import Calendar, Plan
from parplan.plan.next_year import NextPlan, NextYearOptions, move_to_year
from parplan.problem import N_, UserError, params
from parplan.render.new_plan import about_calendar, plan_text
from parplan.render.terminal import paint
from parplan.render.terminal.table import dashed
from parplan.workspace import files

EXAMPLES = (
    "parplan new 2026",
    'parplan new 2026 --superior "UBND thành phố Hà Nội" --map-unit "Một cửa=Trung tâm"',
)


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
    text = plan_text(session.plan, moved, off, open_items)
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
    facts += about_calendar(plan.year, off)
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

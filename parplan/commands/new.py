"""``parplan new``: next year's plan, begun from this year's."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from parplan.agenda.items import items
from parplan.cli.options import Shared
from parplan.cli.output import show_lines
from parplan.cli.params import YEAR
from parplan.cli.recording import clean
from parplan.cli.session import open_session
from parplan.cli.streams import say
from parplan.i18n import _
from parplan.plan.holidays import days_off
from parplan.plan.lookup import require_unit
from parplan.plan.model import Calendar, Plan
from parplan.plan.next_year import NextYearOptions, move_to_year
from parplan.problem import N_, UserError, params
from parplan.render.new_plan import facts, plan_text
from parplan.render.terminal import paint
from parplan.render.terminal.table import dashed
from parplan.workspace import files

EXAMPLES = (
    "parplan new 2026",
    'parplan new 2026 --superior "UBND thành phố Hà Nội" --map-unit "Một cửa=Trung tâm"',
)


class SuccessionOptions(msgspec.Struct, frozen=True):
    """What the plan of another year takes over."""

    old_year: Annotated[
        int | None,
        typer.Option(
            "--from",
            parser=YEAR,
            help=N_("Year of the plan to begin from; the newest by default."),
            metavar=N_("YEAR"),
        ),
    ] = None
    superior: Annotated[
        str | None, typer.Option(help=N_("Superior body of the new year."), metavar=N_("NAME"))
    ] = None
    unit_map: Annotated[
        tuple[str, ...],
        typer.Option(
            "--map-unit",
            help=N_("A unit and who follows it; may be repeated."),
            metavar=N_("OLD=NEW"),
        ),
    ] = ()


def new(
    new_year: Annotated[
        int,
        typer.Argument(parser=YEAR, metavar=N_("YEAR"), help=N_("Year of the new plan.")),
    ],
    *,
    options: SuccessionOptions,
    shared: Shared,
) -> None:
    """Write a plan for the year; what only the office knows is left blank."""
    session = open_session(shared, options.old_year)
    plan, workspace = session.plan, session.workspace
    if new_year <= plan.year:
        text = N_("%(year)s is not after %(old)s, the year of the plan to begin from")
        raise UserError(text, params(year=new_year, old=plan.year))
    off = days_off(new_year)
    calendar = off.calendar if off else Calendar()
    moved = move_to_year(plan, new_year, calendar, _options(plan, options))
    open_items = [
        item
        for item in items(plan, session.progress(), session.as_of)
        if item.is_open and item.task.id not in moved.dropped
    ]
    path = files.inside(workspace.root, workspace.plan_path(new_year))
    if not files.create(path, plan_text(plan, moved, off, open_items).encode()):
        raise UserError(N_("%(path)s is there already"), params(path=workspace.shown(path)))
    say(_("written  %(path)s") % {"path": f"plan/{new_year}.yaml"})
    for fact in facts(moved, off, open_items):
        show_lines(list(dashed(fact, paint.screen_width())))
    say(_("Now try: %(command)s") % {"command": f"parplan check --year {new_year}"})


def _options(plan: Plan, options: SuccessionOptions) -> NextYearOptions:
    units: dict[str, str] = {}
    for pair in options.unit_map:
        old, equals, new_name = (part.strip() for part in clean(pair).partition("="))
        if not (old and equals and new_name):
            text = N_("'%(value)s' should be OLD=NEW, such as 'Một cửa=Trung tâm'")
            raise UserError(text, params(value=pair))
        units[require_unit(plan, old).name] = new_name
    return NextYearOptions(superior=clean(options.superior or ""), units=units)


CALLBACKS = {"new": new}

"""``parplan export``: the plan and its progress for other programs."""

from __future__ import annotations

from typing import Annotated

import click
import typer

from parplan.cli.delivery import deliver, part_name
from parplan.cli.options import FilterOptions, OutputOptions, Shared
from parplan.cli.session import open_session, task_filter
from parplan.cli.streams import say
from parplan.i18n import _, ngettext
from parplan.problem import N_
from parplan.render.export.content import Export, build
from parplan.render.export.formats import FORMATS, ics
from parplan.render.words import without_calendar

EXAMPLES = (
    "parplan export xlsx",
    "parplan export ics --unit tu-phap",
    "parplan export csv -o ke-hoach.csv",
    "parplan export json -o -",
)


def run(
    form: Annotated[
        str,
        typer.Argument(
            metavar="|".join(FORMATS),
            parser=click.Choice(tuple(FORMATS)),
            help=N_("Format of the file."),
        ),
    ],
    todo: Annotated[
        bool,
        typer.Option(
            "--todo",
            help=N_("With ics: to-dos; they know their state, but fewer calendars take them."),
        ),
    ] = False,
    *,
    filters: FilterOptions,
    output: OutputOptions,
    shared: Shared,
) -> None:
    """Write the file."""
    if todo and form != "ics":
        raise click.UsageError(_("--todo goes with ics"))
    session = open_session(shared)
    plan = session.plan
    content = build(
        plan,
        session.read_and_complain().records,
        session.as_of,
        task_filter(plan, filters),
        filters.unit or "",
        filters.section or "",
    )
    name = f"parplan-{plan.year}{part_name(filters)}.{form}"
    data = ics(content, todo=True) if todo else FORMATS[form](content)
    deliver(data, session.workspace.root, name, output)
    if output.output != "-":
        _tell(content, undated=form == "ics")


def _tell(content: Export, *, undated: bool) -> None:
    """Say what the file cannot: of what working days it counts, and which tasks are not in it."""
    for note in without_calendar(content.plan, [row.item for row in content.rows if row.item]):
        say(note)
    if undated:
        _tell_undated(content)


def _tell_undated(content: Export) -> None:
    undated = sum(row.item is None for row in content.rows)
    if undated:
        text = ngettext(
            "%(n)s task without a deadline is not in the calendar",
            "%(n)s tasks without a deadline are not in the calendar",
            undated,
        )
        say(text)


CALLBACKS = {"export": run}

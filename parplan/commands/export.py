"""``parplan export``: the plan and its progress for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import click
import msgspec
import typer

from parplan.cli.delivery import deliver, part_name, put
from parplan.cli.options import FilterOptions, OutputOptions, Shared
from parplan.cli.session import officer_named, open_session, task_filter
from parplan.cli.streams import say
from parplan.i18n import _, ngettext
from parplan.problem import N_
from parplan.render.export import formats
from parplan.render.export.content import Export, build
from parplan.render.export.formats import FORMATS
from parplan.render.words import without_calendar
from parplan.workspace import files

EXAMPLES = (
    "parplan export xlsx",
    "parplan export ics --unit tu-phap",
    "parplan export ics --unit tu-phap --update parplan-2025-tu-phap.ics",
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
    update: Annotated[
        str | None,
        typer.Option(
            "--update",
            parser=click.Path(dir_okay=False),
            metavar=N_("FILE"),
            help=N_(
                "With ics: bring up to date the calendar in FILE; what fell away is cancelled."
            ),
        ),
    ] = None,
    *,
    filters: FilterOptions,
    output: OutputOptions,
    shared: Shared,
) -> None:
    """Write the file."""
    if form != "ics" and (todo or update is not None):
        raise click.UsageError(_("--todo and --update go with ics"))
    session = open_session(shared)
    plan = session.plan
    content = build(
        plan,
        session.read_and_complain().records,
        session.as_of,
        task_filter(session, filters),
        unit=filters.unit or "",
        section=filters.section or "",
        officer=officer_named(session, filters) or "",
    )
    root, name = session.workspace.root, f"parplan-{plan.year}{part_name(filters)}.{form}"
    if update is not None:
        _update(content, update, root, output, todo=todo)
    else:
        data = formats.ics(content, todo=True) if todo else FORMATS[form](content)
        deliver(data, root, name, output)
    if output.output != "-":
        _tell(content, in_calendar=form == "ics")


def _update(content: Export, path: str, root: Path, output: OutputOptions, *, todo: bool) -> None:
    """Write the calendar that follows the one in the file ``path``, in its place or to ``-o``."""
    from parplan.render.export import ics, ics_update  # icalendar takes its time

    before = files.read_bytes(Path(path))
    sent = ics_update.read(before, path)
    ics.require_earlier(content, sent, todo=todo)
    components = ics.updated(content, sent, todo=todo)
    data = ics.to_bytes(content, components)
    if output.output is not None:
        deliver(data, root, path, output)
    else:
        put(data, root, path, path, old=before)
        say(_("written  %(path)s") % {"path": path})
    if output.output != "-":
        counts = ics_update.counts(components, sent)
        text = _("since %(path)s: %(new)s new, %(changed)s changed, %(cancelled)s cancelled")
        say(text % {"path": path, **msgspec.structs.asdict(counts)})


def _tell(content: Export, *, in_calendar: bool) -> None:
    """Say what the file cannot: of what working days it counts, and which tasks are not in it."""
    for note in without_calendar(content.plan, [row.item for row in content.rows if row.item]):
        say(note)
    absent = sum(row.item is None for row in content.rows) if in_calendar else 0
    if absent:
        text = ngettext(
            "%(n)s task without a deadline is not in the calendar",
            "%(n)s tasks without a deadline are not in the calendar",
            absent,
        )
        say(text)


CALLBACKS = {"export": run}

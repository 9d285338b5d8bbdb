"""``parplan edit``: put a record right, by a new one that takes its place."""

from __future__ import annotations

import contextlib
from typing import Annotated, Any

import click
import typer

from parplan.cli import candidates
from parplan.cli.correcting import changes_in_the_editor, find_named, move_records, write_correction
from parplan.cli.options import ProgressOptions, RecordOptions, Shared, Yes
from parplan.cli.positionals import refuse_slips
from parplan.cli.recording import clean, given_fields
from parplan.cli.session import Session, open_session
from parplan.cli.streams import say
from parplan.doctor.mentions import mentions
from parplan.i18n import _
from parplan.problem import N_
from parplan.text import one_line

EXAMPLES = (
    'parplan edit 7k3f9ab --evidence "TB 13/TB-UBND"',
    'parplan edit 4@6 "Đã họp tại hội trường" --on 19/6/2025',
    "parplan edit 7k3f9ab",
    "parplan edit --move 7=9 --move 9=7",
)


def edit(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("[ID|TASK[@PERIOD]]"),
            help=N_("Record, as 'parplan log' shows it, or the latest one of an occurrence."),
            autocompletion=candidates.records,
        ),
    ] = None,
    text: Annotated[
        str | None,
        typer.Argument(metavar=N_("[TEXT]"), help=N_("What to write in place of its text.")),
    ] = None,
    move: Annotated[
        tuple[str, ...],
        typer.Option(
            help=N_("Task with another number now: its records go there; may be repeated."),
            metavar=N_("OLD=NEW"),
        ),
    ] = (),
    yes: Yes = False,
    *,
    progress: ProgressOptions,
    options: RecordOptions,
    shared: Shared,
) -> None:
    """Record the correction; without text or values, the editor is opened with the record."""
    refuse_slips([text or ""])
    session = open_session(shared)
    changes = _changes(session, text, progress, options)
    if move:
        if name is not None or changes:
            raise click.UsageError(_("--move takes no record, and no values of one"))
        _say_mentions(session, move_records(session, move, options.author))
        return
    if name is None:
        raise click.UsageError(_("name a record: its id, or the occurrence that it is about"))
    records = session.read_and_complain().records
    record = find_named(session, records, name)
    with (
        contextlib.nullcontext(changes) if changes else changes_in_the_editor(session, record)
    ) as asked:
        write_correction(session, records, record, asked, options.author, yes=yes)


def _say_mentions(session: Session, moved: dict[str, str]) -> None:
    """Say which files still name a task by a number that was ``moved`` to another."""
    for mention in mentions(session.workspace, session.plan, list(moved)):
        text = _(
            "%(path)s names task %(old)s too (%(places)s): where the task that is %(new)s now is "
            "meant, change the number there"
        )
        places = ", ".join(map(one_line, mention.places))
        numbers = {"old": mention.task, "new": moved[mention.task]}
        say(text % {"path": mention.path, "places": places, **numbers})


def _changes(
    session: Session, text: str | None, progress: ProgressOptions, options: RecordOptions
) -> dict[str, Any]:
    """Return the fields that the command line names."""
    fields = given_fields(session, options)
    changes = {
        "text": None if text is None else clean(text),
        "on": fields["on"] if options.on else None,
        "evidence": fields["evidence"] if options.evidence or options.files else None,
        "percent": progress.percent,
        "value": progress.value,
        "reason": None if progress.reason is None else clean(progress.reason),
        "proposal": None if progress.proposal is None else clean(progress.proposal),
    }
    return {name: value for name, value in changes.items() if value is not None}


CALLBACKS = {"edit": edit}

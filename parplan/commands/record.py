"""``parplan record``: many updates at once, from filled-in sheets or lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import click
import typer

from parplan.agenda.updates import Outcome, Recorded, Rejection, Step, plan_steps
from parplan.cli.confirm import agrees
from parplan.cli.options import Author, Shared
from parplan.cli.output import show
from parplan.cli.recording import author, write_all
from parplan.cli.session import Session, open_session
from parplan.cli.streams import say
from parplan.i18n import _, fill, ngettext, short_date
from parplan.importer.places import place_in_words
from parplan.importer.updates.read import UpdateFile, read_update_file
from parplan.importer.updates.rows import UpdateRow
from parplan.problem import N_, UserError
from parplan.render import words
from parplan.render.terminal.table import Column, Span, Style, Table

EXAMPLES = (
    "parplan record phieu-tu-phap.xlsx",
    "parplan record phieu-*.xlsx --yes",
    "parplan record ghi-chep.txt --author 'Văn phòng'",
)


def record(
    paths: Annotated[
        tuple[str, ...],
        typer.Argument(
            metavar=N_("FILE..."),
            help=N_("Sheets (.xlsx, .csv) or lines of text (.txt, '-' for the input)."),
        ),
    ],
    yes: Annotated[bool, typer.Option("--yes", help=N_("Record without asking."))] = False,
    author: Author = None,
    *,
    shared: Shared,
) -> None:
    """Show what the files ask for, then record it."""
    session = open_session(shared)
    files = [read_update_file(path, session.as_of) for path in paths]
    outcomes = _outcomes(session, files)
    show(_table(files, outcomes, several=len(paths) > 1))
    steps = _count(outcomes, Step)
    agreed = yes or not steps or agrees(_question(steps))
    if steps and agreed:
        if _outcomes(session, files) != outcomes:
            raise UserError(N_("somebody recorded meanwhile; nothing was recorded, try again"))
        _record(session, files, outcomes, author)
    if not agreed or _count(outcomes, Rejection):
        raise click.exceptions.Exit(1)


def _question(steps: int) -> str:
    return ngettext("Record %(n)s update?", "Record these %(n)s updates?", steps)


def _outcomes(session: Session, files: Sequence[UpdateFile]) -> list[Outcome]:
    """Return what becomes of each row of ``files``, in their order."""
    rows = [row for file in files for row in file.rows]
    readable = [row.update for row in rows if not isinstance(row.update, Rejection)]
    planned = plan_steps(session.plan, session.progress(), readable, session.as_of)
    return [row.update if isinstance(row.update, Rejection) else next(planned) for row in rows]


def _count(outcomes: Sequence[Outcome], kind: type[Outcome]) -> int:
    return sum(isinstance(outcome, kind) for outcome in outcomes)


def _record(
    session: Session, files: Sequence[UpdateFile], outcomes: Sequence[Outcome], named: str | None
) -> None:
    """Append a record for each step in one write, by the name in its file, else by ``named``."""
    authors = [file.author or named for file in files for _row in file.rows]
    steps = [
        (outcome.record, author(session, by))
        for outcome, by in zip(outcomes, authors, strict=True)
        if isinstance(outcome, Step)
    ]
    records = write_all(session, steps)
    text = ngettext("Recorded %(n)s update.", "Recorded %(n)s updates.", len(records))
    say(text)


def _table(files: Sequence[UpdateFile], outcomes: Sequence[Outcome], *, several: bool) -> Table:
    columns = (
        Column(_("Place"), most=26),
        Column(_("Ref")),
        Column(_("What"), most=14),
        Column(_("Content"), flexible=True),
    )
    pairs = [(file, row) for file in files for row in file.rows]
    rows = [
        [Span(_place(file, row, several)), *_cells(row, outcome)]
        for (file, row), outcome in zip(pairs, outcomes, strict=True)
    ]
    parts = [
        ngettext("%(n)s to record", "%(n)s to record", _count(outcomes, Step)),
        ngettext("%(n)s not understood", "%(n)s not understood", _count(outcomes, Rejection)),
    ]
    if already := _count(outcomes, Recorded):
        parts.append(ngettext("%(n)s recorded before", "%(n)s recorded before", already))
    return Table(", ".join(parts), columns, rows)


def _place(file: UpdateFile, row: UpdateRow, several: bool) -> str:
    place = place_in_words(row.place)
    return f"{file.name}, {place}" if several else place


def _cells(row: UpdateRow, outcome: Outcome) -> list[Span]:
    if isinstance(outcome, Rejection):
        text = fill(outcome.text, outcome.values)
        return [Span(row.ref), Span(_("not recorded"), "bad"), Span(text, "bad")]
    if isinstance(outcome, Recorded):
        text = _("recorded on %(day)s by %(author)s") % {
            "day": short_date(outcome.record.day),
            "author": outcome.record.by,
        }
        return [Span(outcome.record.ref), Span(_("recorded before"), "dim"), Span(text, "dim")]
    said = words.content(outcome.record)
    if outcome.newer:
        latest = outcome.newer[-1]
        said += " " + _("(%(author)s recorded since: %(text)s)") % {
            "author": latest.by,
            "text": words.content(latest) or words.kind(latest.kind),
        }
    style: Style = "warn" if outcome.newer else ""
    return [Span(outcome.target.ref), Span(words.kind(outcome.record.kind)), Span(said, style)]


CALLBACKS = {"record": record}

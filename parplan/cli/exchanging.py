"""What ``sync`` and ``exchange`` ask and say: which version holds, what came and what went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import click
import typer

from parplan.cli.confirm import choose, is_somebody_there
from parplan.cli.diagnostics import complain
from parplan.cli.params import OneOf
from parplan.cli.streams import say
from parplan.i18n import _
from parplan.problem import N_, UserError
from parplan.sync.counts import say_counts
from parplan.sync.merge import Conflict, Place, Side
from parplan.sync.remote import Choose, Exchange
from parplan.text import one_line

Take = Annotated[
    Side | None,
    typer.Option(
        parser=OneOf({"here": "ở-đây", "there": "ở-kia"}),
        help=N_("Where both sides changed the same thing, take this desk's version, or theirs."),
    ),
]

_UNDECIDED = N_(
    "both sides changed the same thing; nothing was taken in, and nothing is lost: type the "
    "command again with '--take here' for this desk's version, with '--take there' for theirs"
)


def chooser(take: Side | None) -> Choose:
    """Return what chooses: ``take`` everywhere, else whoever sits at the terminal.

    It raises UserError with both versions where nobody can be asked, and
    click.exceptions.Exit where the answer is neither.
    """

    def chosen(conflicts: Sequence[Conflict]) -> Mapping[Place, Side]:
        if take is not None:
            return {conflict.place: take for conflict in conflicts}
        if not is_somebody_there():
            for conflict in conflicts:
                path, _data_path = conflict.place
                say("\n  ".join([one_line(path), *_versions(conflict)]), error=True)
            raise UserError(_UNDECIDED)
        return {conflict.place: _ask(conflict) for conflict in conflicts}

    return chosen


def _ask(conflict: Conflict) -> Side:
    path, _data_path = conflict.place
    heading = _("Both sides changed the same thing in %(path)s:") % {"path": one_line(path)}
    sides: tuple[Side, Side] = ("here", "there")
    return sides[choose(heading, _versions(conflict))]


def _versions(conflict: Conflict) -> list[str]:
    here, there = "; ".join(conflict.here), "; ".join(conflict.there)
    return [
        _("here: %(version)s") % {"version": here or _("the file as it is here")},
        _("there: %(version)s") % {"version": there or _("the file as it was sent")},
    ]


def show_exchange(exchange: Exchange) -> None:
    """Say in one line what came and went; end with 1 where mistakes keep it from going."""
    came, went = say_counts(exchange.received), say_counts(exchange.sent)
    say(_("received: %(came)s; sent: %(went)s") % {"came": came, "went": went})
    for name in exchange.aside:
        say(_("the version that was not taken: %(path)s") % {"path": one_line(name)})
    if exchange.problems:
        complain(exchange.problems, "")
        text = _(
            "the changes of both sides make these mistakes together; mend the plan, then type the "
            "command again: until then nothing is sent"
        )
        say(text, error=True)
        raise click.exceptions.Exit(1)

"""Which version holds where two desks changed the same thing: asked, or said beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import click
import typer

from parplan.cli.confirm import choose, is_somebody_there
from parplan.i18n import _
from parplan.problem import N_, UserError, params
from parplan.sync.desk import Choose
from parplan.sync.merge import Conflict, Place, Side

Take = Annotated[
    Side | None,
    typer.Option(
        parser=click.Choice(("here", "there")),
        help=N_("Where both sides changed the same thing, take this desk's version, or theirs."),
    ),
]


def chooser(take: Side | None) -> Choose:
    """Return what chooses: ``take`` everywhere, else whoever sits at the terminal.

    It raises UserError with both versions where nobody can be asked, and
    click.exceptions.Exit where the answer is neither.
    """

    def chosen(conflicts: Sequence[Conflict]) -> Mapping[Place, Side]:
        if take is not None:
            return {conflict.place: take for conflict in conflicts}
        if not is_somebody_there():
            text = N_(
                "both sides changed the same thing, and nothing was lost or taken in: %(places)s; "
                "'--take here' keeps this desk's version, '--take there' takes theirs"
            )
            places = "; ".join(_one_line(conflict) for conflict in conflicts)
            raise UserError(text, params(places=places))
        return {conflict.place: _ask(conflict) for conflict in conflicts}

    return chosen


def _ask(conflict: Conflict) -> Side:
    path, _data_path = conflict.place
    heading = _("Both sides changed the same thing in %(path)s:") % {"path": path}
    sides: tuple[Side, Side] = ("here", "there")
    return sides[choose(heading, _versions(conflict))]


def _versions(conflict: Conflict) -> list[str]:
    here, there = "; ".join(conflict.here), "; ".join(conflict.there)
    return [
        _("here: %(version)s") % {"version": here or _("the file as it is here")},
        _("there: %(version)s") % {"version": there or _("the file as it was sent")},
    ]


def _one_line(conflict: Conflict) -> str:
    return f"{conflict.place[0]} ({', '.join(_versions(conflict))})"

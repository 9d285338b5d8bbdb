"""``parplan score gaps``: the criteria that lack a result, evidence or an explanation."""

from __future__ import annotations

from parplan.cli.options import Format, Shared
from parplan.cli.output import emit
from parplan.cli.scores import scored
from parplan.cli.session import open_session
from parplan.render.answers.score import GapsAnswer
from parplan.render.terminal.score import gaps_table

EXAMPLES = ("parplan score gaps", "parplan score gaps --format json")


def gaps(*, format: Format = "table", shared: Shared) -> None:
    """Print the criteria that are not ready to be handed in."""
    score = scored(open_session(shared))
    emit(format, lambda: GapsAnswer.of(score), lambda: gaps_table(score))


CALLBACKS = {"score gaps": gaps}

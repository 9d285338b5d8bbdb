"""``parplan score risk``: the open tasks that carry the most points."""

from __future__ import annotations

from parplan.cli.options import Format, Shared
from parplan.cli.output import emit
from parplan.cli.scores import basis
from parplan.cli.session import open_session
from parplan.render.answers.score import RiskAnswer
from parplan.render.terminal.score import risk_table
from parplan.score.total import risks, score

EXAMPLES = ("parplan score risk", "parplan score risk --format csv")


def risk(*, format: Format = "table", shared: Shared) -> None:
    """Print what the best total loses if one task alone stays undone."""
    session = open_session(shared)
    base = basis(session)
    self_score = score(base)
    listed = risks(base, self_score)
    emit(
        format,
        lambda: RiskAnswer.of(session.as_of, session.plan.year, listed, base.tasks),
        lambda: risk_table(self_score, listed, base.tasks),
    )


CALLBACKS = {"score risk": risk}

"""``parplan score``: the self-score by the index, beside last year's, with its forecast."""

from __future__ import annotations

from parplan.cli.options import Format, Shared
from parplan.cli.output import emit
from parplan.cli.scores import scored
from parplan.cli.session import open_session
from parplan.render.answers.score import ScoreAnswer
from parplan.render.terminal.score import score_table

EXAMPLES = (
    "parplan score",
    "parplan score --as-of 2025-12-01 --format json",
    'parplan score set 1.3 --points 1.5 --why "Có văn bản, chưa có ảnh"',
    "parplan score risk",
    "parplan score gaps",
)


def run(*, format: Format = "table", shared: Shared) -> None:
    """Print every criterion with its points."""
    score = scored(open_session(shared))
    emit(format, lambda: ScoreAnswer.of(score), lambda: score_table(score))


CALLBACKS = {"score": run}

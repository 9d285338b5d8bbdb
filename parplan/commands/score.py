"""``parplan score``: the self-score by the index, beside last year's, with its forecast."""

from __future__ import annotations

from collections.abc import Sequence

from parplan.cli.options import Format, Shared
from parplan.cli.output import Table, emit
from parplan.cli.scores import scored
from parplan.cli.session import open_session
from parplan.i18n import _
from parplan.render import scores, words
from parplan.render.terminal.table import Column, Span, Style
from parplan.score.model import LeafScore, PartScore, Score
from parplan.score.total import score_lines

EXAMPLES = (
    "parplan score",
    "parplan score --as-of 2025-12-01 --format json",
    'parplan score set 1.3 --points 1.5 --why "Có văn bản, chưa có ảnh"',
    "parplan score risk",
    "parplan score gaps",
)


def run(*, format: Format = "table", shared: Shared) -> None:
    """Print every criterion with its points."""
    found = scored(open_session(shared)).score
    emit(format, lambda: scores.score_record(found), lambda: _table(found))


def _table(score: Score) -> Table:
    columns = (
        Column(_("No.")),
        Column(_("Criterion"), flexible=True),
        Column(_("Score"), right=True, most=12),
        Column(_("Last year"), right=True, most=6),
        Column(_("Target"), right=True, most=8),
        Column(_("Year's end"), right=True, most=9),
    )
    rows = [_row(level, one) for level, one in score_lines(score)]
    return Table(scores.heading(score), columns, rows, scores.notes(score))


def _row(level: int, one: PartScore | LeafScore) -> Sequence[Span]:
    if isinstance(one, LeafScore):
        return _leaf_row(one)
    return _sum_row(one, "head" if level == 0 else "")


def _sum_row(one: PartScore, style: Style) -> Sequence[Span]:
    if not one.counts:
        return [Span(text, style) for text in (one.part.id, one.part.title, *[""] * 4)]
    texts = [
        one.part.id,
        one.part.title,
        scores.out_of(words.points(one.outlook.now), one.most),
        words.points(one.last_year),
        words.points(one.target),
        scores.outlook(one.outlook),
    ]
    return [Span(text, style) for text in texts]


def _leaf_row(one: LeafScore) -> Sequence[Span]:
    criterion = one.criterion
    style: Style = "" if one.counts else "dim"
    reached = criterion.target is not None and one.outlook.now >= criterion.target
    texts = [
        criterion.id,
        criterion.title,
        scores.out_of(scores.earned(one), criterion.points) if one.counts else scores.earned(one),
        words.points(criterion.last_year),
        words.points(criterion.target),
        scores.outlook(one.outlook) if one.counts else "",
    ]
    row = [Span(text, style) for text in texts]
    if one.counts and reached:
        row[2] = Span(texts[2], "good")
    return row


CALLBACKS = {"score": run}

"""``parplan score gaps``: which criteria lack a result, evidence or an explanation."""

from __future__ import annotations

from typing import Any

from parplan.cli.options import Format, Shared
from parplan.cli.output import Table, emit
from parplan.cli.scores import scored
from parplan.cli.session import open_session
from parplan.i18n import _, ngettext
from parplan.render import scores
from parplan.render.terminal.table import Column, Span
from parplan.score.model import LeafScore, Score

EXAMPLES = ("parplan score gaps", "parplan score gaps --format json")


def gaps(*, format: Format = "table", shared: Shared) -> None:
    """Print the criteria that are not ready to be handed in."""
    found = scored(open_session(shared)).score
    lacking = [one for one in found.leaves if one.lacks]
    emit(format, lambda: _payload(found, lacking), lambda: _table(found, lacking))


def _payload(score: Score, lacking: list[LeafScore]) -> dict[str, Any]:
    return {
        "as_of": score.as_of,
        "year": score.index.year,
        "items": [scores.leaf_record(one) for one in lacking],
    }


def _table(score: Score, lacking: list[LeafScore]) -> Table:
    columns = (
        Column(_("No.")),
        Column(_("Criterion"), flexible=True),
        Column(_("Score"), right=True),
        Column(_("Lacks"), most=20),
        Column(_("Wants as evidence"), most=20),
    )
    text = ngettext(
        "%(n)s criterion lacks something", "%(n)s criteria lack something", len(lacking)
    )
    notes = [_('To explain: parplan score set NUMBER --why "…"')] if lacking else []
    return Table(text, columns, [_row(one) for one in lacking], [*notes, *scores.warnings(score)])


def _row(one: LeafScore) -> list[Span]:
    explained = "explanation" not in one.lacks
    return [
        Span(one.criterion.id),
        Span(one.criterion.title),
        Span(scores.earned(one)),
        Span(scores.lacks(one), "dim" if explained else "warn"),
        Span("; ".join(one.criterion.evidence)),
    ]


CALLBACKS = {"score gaps": gaps}

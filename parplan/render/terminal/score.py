"""The self-score as tables: every criterion, what lacks something, what is at risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parplan.agenda.standings import Standing
from parplan.i18n import _, date, ngettext
from parplan.render import scores, words
from parplan.render.terminal.table import Span, Style, TerminalTable, TextColumn
from parplan.score.model import LeafScore, PartScore, Risk, SelfScore
from parplan.score.total import score_lines


def score_table(score: SelfScore) -> TerminalTable:
    """Return every field, group and criterion with its points."""
    columns = (
        TextColumn(_("No.")),
        TextColumn(_("Criterion"), flexible=True),
        TextColumn(_("Score"), right=True, most=12),
        TextColumn(_("Last year"), right=True, most=6),
        TextColumn(_("Target"), right=True, most=8),
        TextColumn(_("Year's end"), right=True, most=9),
    )
    rows = [
        _leaf_row(line) if isinstance(line, LeafScore) else _sum_row(line, level)
        for level, line in score_lines(score)
    ]
    return TerminalTable(scores.heading(score), columns, rows, scores.notes(score))


def _sum_row(part: PartScore, level: int) -> Sequence[Span]:
    style: Style = "head" if level == 0 else ""
    if not part.counts:
        return [Span(text, style) for text in (part.part.id, part.part.title, *[""] * 4)]
    texts = [
        part.part.id,
        part.part.title,
        scores.out_of(words.points(part.outlook.now), part.most),
        words.points(part.last_year),
        words.points(part.target),
        scores.outlook(part.outlook),
    ]
    return [Span(text, style) for text in texts]


def _leaf_row(leaf: LeafScore) -> Sequence[Span]:
    criterion = leaf.criterion
    earned = scores.earned(leaf)
    texts = [
        criterion.id,
        criterion.title,
        scores.out_of(earned, criterion.points) if leaf.counts else earned,
        words.points(criterion.last_year),
        words.points(criterion.target),
        scores.outlook(leaf.outlook) if leaf.counts else "",
    ]
    row = [Span(text, "" if leaf.counts else "dim") for text in texts]
    if leaf.counts and criterion.target is not None and leaf.outlook.now >= criterion.target:
        row[2] = Span(texts[2], "good")
    return row


def gaps_table(score: SelfScore) -> TerminalTable:
    """Return the criteria that lack a result, evidence or an explanation."""
    columns = (
        TextColumn(_("No.")),
        TextColumn(_("Criterion"), flexible=True),
        TextColumn(_("Score"), right=True),
        TextColumn(_("Lacks"), most=20),
        TextColumn(_("Wants as evidence"), most=20),
    )
    lacking = score.lacking()
    heading = ngettext(
        "%(n)s criterion lacks something", "%(n)s criteria lack something", len(lacking)
    )
    notes = [_('To explain: parplan score set NUMBER --why "…"')] if lacking else []
    rows = [_gap_row(leaf) for leaf in lacking]
    return TerminalTable(heading, columns, rows, [*notes, *scores.warnings(score)])


def _gap_row(leaf: LeafScore) -> list[Span]:
    is_explained = "explanation" not in leaf.lacks
    return [
        Span(leaf.criterion.id),
        Span(leaf.criterion.title),
        Span(scores.earned(leaf)),
        Span(scores.lacks(leaf), "dim" if is_explained else "warn"),
        Span("; ".join(leaf.criterion.evidence)),
    ]


def risk_table(
    score: SelfScore, risks: Sequence[Risk], tasks: Mapping[str, Standing]
) -> TerminalTable:
    """Return the open tasks by the points that they put at risk; ``tasks`` by their number."""
    columns = (
        TextColumn(_("No.")),
        TextColumn(_("At risk"), right=True),
        TextColumn(_("Next due")),
        TextColumn(_("Standing"), most=16),
        TextColumn(_("Task"), flexible=True),
        TextColumn(_("Criteria"), most=12),
    )
    heading = ngettext(
        "%(n)s open task with points at risk", "%(n)s open tasks with points at risk", len(risks)
    )
    rows = [_risk_row(tasks[risk.task], risk) for risk in risks]
    note = _("At risk: what the best total loses if this task alone stays undone.")
    return TerminalTable(heading, columns, rows, [note, *scores.notes(score)])


def _risk_row(standing: Standing, risk: Risk) -> list[Span]:
    item = standing.next_item
    return [
        Span(risk.task),
        Span(words.points(risk.points), "head"),
        Span(date(item.due) if item else ""),
        words.standing(item) if item else Span(_("no deadline"), "dim"),
        Span(standing.task.name),
        Span(", ".join(risk.criteria)),
    ]

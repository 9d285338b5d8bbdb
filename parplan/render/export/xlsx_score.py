"""The self-assessment (bảng tự đánh giá, chấm điểm) as an Excel workbook."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from parplan.i18n import _, date
from parplan.plan.model import Plan
from parplan.render import scores, words
from parplan.render.export.columns import Kind, Value
from parplan.render.export.workbook import (
    LINE,
    Book,
    fit_height,
    print_on_a4,
    put,
    set_widths,
    write_above,
)
from parplan.score.index import Group
from parplan.score.model import LeafScore, PartScore, SelfScore
from parplan.score.total import score_lines

_WIDTHS = (8, 46, 10, 10, 10, 30, 36)
_KINDS: tuple[Kind, ...] = ("short", "text", "number", "number", "number", "text", "text")
_TO_EXPLAIN = {"bg_color": "#FFFF00"}


def render(score: SelfScore, plan: Plan) -> bytes:
    """Return ``score`` as an xlsx file, a row for each line of the index."""
    title = _("SELF-ASSESSMENT OF THE PAR INDEX, %(year)s") % {"year": score.index.year}
    book = Book(title, plan.issuer, score.as_of)
    lines = list(score_lines(score))
    sheet = book.sheet(_("Self-assessment"), len(lines) + 8)
    set_widths(sheet, _WIDTHS)
    texts = [title, plan.issuer, scores.heading(score), *scores.warnings(score)]
    heading = row = write_above(book, sheet, texts, len(_WIDTHS))
    for column, text in enumerate(_titles(score)):
        put(sheet, row, column, text, book.heading())
    sheet.set_row(row, 3 * LINE)
    for level, part in lines:
        row += 1
        if isinstance(part, LeafScore):
            _leaf(book, sheet, row, part)
        else:
            _row(book, sheet, row, _sums(part), {"bold": level == 0, "italic": level > 0})
    _row(book, sheet, row + 1, _total(score), {"bold": True})
    sheet.freeze_panes(heading + 1, 2)
    print_on_a4(sheet, heading, "", f"{plan.issuer}, {date(score.as_of)}")
    return book.bytes()


def _titles(score: SelfScore) -> Sequence[str]:
    return (
        _("No."),
        _("Field, criterion, sub-criterion"),
        _("Highest score"),
        _("Score of %(year)s") % {"year": score.index.year - 1},
        _("Self-score"),
        _("Evidence"),
        _("Explanation"),
    )


def _leaf(book: Book, sheet: Worksheet, row: int, leaf: LeafScore) -> None:
    criterion = leaf.criterion
    to_explain = "explanation" in leaf.lacks
    explanations = [scores.explanation(leaf), _("[to be explained]") if to_explain else ""]
    values: list[Value] = [
        criterion.id,
        criterion.title,
        criterion.points,
        criterion.last_year,
        leaf.outlook.now if leaf.counts and leaf.status != "waiting" else None,
        words.evidence(leaf.evidence),
        " ".join(filter(None, explanations)),
    ]
    _row(book, sheet, row, values, {}, _TO_EXPLAIN if to_explain else {})


def _sums(sums: PartScore) -> list[Value]:
    part = sums.part
    most = part.ceiling if isinstance(part, Group) else part.points
    score = sums.outlook.now if sums.counts else None
    return [part.id, part.title, most, sums.last_year, score, "", ""]


def _total(score: SelfScore) -> list[Value]:
    heading = _("Total of the self-score")
    if score.left_out:
        heading = _("Total of the self-score (rescaled)")
    now: Decimal | None = score.total.now if score.total else None
    return ["", heading, score.most, score.last_year, now, "", ""]


def _row(
    book: Book,
    sheet: Worksheet,
    row: int,
    values: Sequence[Value],
    look: dict[str, Any],
    last_look: dict[str, Any] | None = None,
) -> None:
    for column, (kind, value) in enumerate(zip(_KINDS, values, strict=True)):
        more = last_look or {} if column == len(values) - 1 else {}
        put(sheet, row, column, value, book.cell(kind, **look, **more))
    fit_height(sheet, row, list(zip(values, _WIDTHS, strict=True)), LINE)

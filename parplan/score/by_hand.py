"""Checks a score that the office sets itself: what its criterion allows, and what it must say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from parplan.problem import N_, UserError, params
from parplan.score.index import Criterion
from parplan.score.rules import CENT, Grades, Survey, plain
from parplan.text import fold


class Result(msgspec.Struct, frozen=True):
    """What the office says of a criterion: at most one of these."""

    points: Decimal | None = None
    value: Decimal | None = None
    grade: str | None = None
    not_applicable: bool = False


def score_fields(
    criterion: Criterion, result: Result, reason: str, *, has_evidence: bool
) -> dict[str, Any]:
    """Return the fields of the record that sets the score of ``criterion``.

    Raises UserError where its rule does not allow ``result``, or where nothing explains it.
    """
    if isinstance(criterion.rule, Survey):
        text = N_("%(name)s is scored by a survey; the office does not score it itself")
        raise UserError(text, params(name=criterion.id))
    parts = msgspec.structs.astuple(result)
    filled = sum(part is not None and part is not False for part in parts)
    if filled > 1:
        raise UserError(N_("give one of --points, --value, --grade and --not-applicable"))
    _check_points(criterion, result.points)
    if result.value is not None and not (criterion.rule and criterion.rule.TAKES_VALUE):
        text = N_("the rule of %(name)s takes no value; use --points with --why")
        raise UserError(text, params(name=criterion.id))
    grade = "" if result.grade is None else _proper_grade(criterion, result.grade)
    if (result.points is not None or result.not_applicable) and not reason:
        raise UserError(N_("say why: a score that is set by hand needs --why"))
    if not (filled or reason or has_evidence):
        raise UserError(
            N_("nothing to record: give --points, --value, --grade, --why or --evidence")
        )
    fields = msgspec.structs.asdict(result)
    return fields | {"criterion": criterion.id, "grade": grade, "reason": reason}


def _check_points(criterion: Criterion, points: Decimal | None) -> None:
    if points is None:
        return
    if not 0 <= points <= criterion.points:
        text = N_("%(points)s is not between 0 and %(most)s, the highest score of %(name)s")
        raise UserError(text, params(points=points, most=criterion.points, name=criterion.id))
    if points != plain(points, CENT):
        raise UserError(N_("points have at most two decimals"))


def _proper_grade(criterion: Criterion, grade: str) -> str:
    """Return ``grade`` as the rule writes it; accents and capitals do not matter."""
    if not isinstance(criterion.rule, Grades):
        text = N_("the rule of %(name)s takes no grade; use --points with --why")
        raise UserError(text, params(name=criterion.id))
    names = [each.grade for each in criterion.rule.grades]
    for name in names:
        if fold(name) == fold(grade):
            return name
    text = N_("no grade '%(grade)s'; there are: %(known)s")
    raise UserError(text, params(grade=grade, known=", ".join(names)))

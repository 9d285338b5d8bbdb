"""``parplan score set``: what the office says of a criterion itself, with its reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import typer

from parplan.cli import candidates as complete
from parplan.cli.options import RecordOptions, Shared
from parplan.cli.params import Value
from parplan.cli.recording import clean, given_fields, write
from parplan.cli.scores import announce, find_leaf
from parplan.cli.session import Session, open_session
from parplan.journal.record import Score
from parplan.problem import N_, UserError, params
from parplan.score.index import Criterion
from parplan.score.rules import CENT, Grades, Survey, plain
from parplan.text import fold

EXAMPLES = (
    'parplan score set 1.3 --points 1.5 --why "Có văn bản, chưa có ảnh"',
    'parplan score set 3.1 --value "72,25" --evidence "BC 45/BC-UBND"',
    'parplan score set 5.1 --grade "Tốt" --evidence "QĐ 12/QĐ-UBND"',
    'parplan score set 4.1 --not-applicable --why "Phường không có nhiệm vụ này"',
    'parplan score set 2.1 --why "Báo cáo đang chờ ký"',
)


def set_score(
    criterion: Annotated[
        str,
        typer.Argument(
            metavar=N_("CRITERION"),
            help=N_("Number of the criterion: 1.3."),
            autocompletion=complete.criteria,
        ),
    ],
    points: Annotated[
        Decimal | None,
        typer.Option(parser=Value(), metavar=N_("POINTS"), help=N_("Points, with --why.")),
    ] = None,
    value: Annotated[
        Decimal | None,
        typer.Option(parser=Value(), metavar=N_("VALUE"), help=N_("Measured value, for its rule.")),
    ] = None,
    grade: Annotated[
        str | None, typer.Option(metavar=N_("GRADE"), help=N_("Grade that was given."))
    ] = None,
    not_applicable: Annotated[
        bool, typer.Option("--not-applicable", help=N_("It does not apply here, with --why."))
    ] = False,
    why: Annotated[
        str | None, typer.Option(metavar=N_("TEXT"), help=N_("The explanation."))
    ] = None,
    *,
    options: RecordOptions,
    shared: Shared,
) -> None:
    """Record the score, the explanation or the evidence of a criterion."""
    session = open_session(shared)
    one = _scored_by_the_office(session, criterion)
    given = [points is not None, value is not None, grade is not None, not_applicable]
    if sum(given) > 1:
        raise UserError(N_("give one of --points, --value, --grade and --not-applicable"))
    fields = given_fields(session, options) | _fields(one, points, value, grade)
    fields |= {"not_applicable": not_applicable, "reason": clean(why or "").strip()}
    _refuse_unexplained(fields, any(given))
    records = session.read_and_complain().records
    written = write(session, options.author, Score, fields)
    announce(session, written, [*records, written])


def _fields(
    one: Criterion, points: Decimal | None, value: Decimal | None, grade: str | None
) -> dict[str, Any]:
    return {
        "criterion": one.id,
        "points": _points(one, points),
        "value": _value(one, value),
        "grade": _grade(one, grade),
    }


def _scored_by_the_office(session: Session, number: str) -> Criterion:
    one = find_leaf(session, number).criterion
    if isinstance(one.rule, Survey):
        text = N_("%(name)s is scored by a survey; the office does not score it itself")
        raise UserError(text, params(name=one.id))
    return one


def _points(one: Criterion, points: Decimal | None) -> Decimal | None:
    if points is None:
        return None
    if not 0 <= points <= one.points:
        text = N_("%(points)s is not between 0 and %(most)s, the highest score of %(name)s")
        raise UserError(text, params(points=points, most=one.points, name=one.id))
    if points != plain(points, CENT):
        raise UserError(N_("points have at most two decimals"))
    return points


def _value(one: Criterion, value: Decimal | None) -> Decimal | None:
    if value is not None and not (one.rule and one.rule.TAKES_VALUE):
        text = N_("the rule of %(name)s takes no value; use --points with --why")
        raise UserError(text, params(name=one.id))
    return value


def _grade(one: Criterion, grade: str | None) -> str:
    if grade is None:
        return ""
    if not isinstance(one.rule, Grades):
        text = N_("the rule of %(name)s takes no grade; use --points with --why")
        raise UserError(text, params(name=one.id))
    known = [each.grade for each in one.rule.grades]
    for name in known:
        if fold(name) == fold(grade):
            return name
    text = N_("no grade '%(grade)s'; there are: %(known)s")
    raise UserError(text, params(grade=grade, known=", ".join(known)))


def _refuse_unexplained(fields: dict[str, Any], has_result: bool) -> None:
    judged = fields["points"] is not None or fields["not_applicable"]
    if judged and not fields["reason"]:
        raise UserError(N_("say why: a score that is set by hand needs --why"))
    if not (has_result or fields["reason"] or fields["evidence"]):
        raise UserError(
            N_("nothing to record: give --points, --value, --grade, --why or --evidence")
        )


CALLBACKS = {"score set": set_score}

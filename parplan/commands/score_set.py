"""``parplan score set``: a score that the office sets itself, with its reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import typer

from parplan.cli import candidates
from parplan.cli.options import RecordOptions, Shared
from parplan.cli.params import Value
from parplan.cli.recording import clean, given_fields, write
from parplan.cli.scores import announce, find_leaf
from parplan.cli.session import open_session
from parplan.journal.record import Score
from parplan.problem import N_
from parplan.score.by_hand import Result, score_fields

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
            autocompletion=candidates.criteria,
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
    leaf = find_leaf(session, criterion).criterion
    fields = given_fields(session, options)
    result = Result(points, value, grade, not_applicable)
    reason, has_evidence = clean(why or "").strip(), bool(fields["evidence"])
    fields |= score_fields(leaf, result, reason, has_evidence=has_evidence)
    records = session.read_and_complain().records
    record = write(session, options.author, Score, fields)
    announce(session, record, [*records, record])


CALLBACKS = {"score set": set_score}

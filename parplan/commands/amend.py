"""``parplan amend``: change a plan in mid-year; what held before stays in it, with its dates.

Facts that it lacked, such as its number, are filled in.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec
import typer

from parplan.cli import candidates
from parplan.cli.amending import amend_plan, write_amendment
from parplan.cli.options import Author, DraftOptions, Shared
from parplan.cli.params import DAY_OF_MONTH, Date, OneOf
from parplan.cli.recording import author_of, clean
from parplan.cli.session import open_session
from parplan.plan.amendment import Change
from parplan.plan.facts import Facts
from parplan.problem import N_, UserError

EXAMPLES = (
    'parplan amend superior --to "UBND thành phố Hà Nội" --from 1/7/2025 --by "NQ 1656"',
    'parplan amend unit "Văn phòng UBND" --to "Trung tâm Phục vụ hành chính công" --from 1/7/2025',
    'parplan amend task 7 --to "Một cửa" --from 1/7/2025',
    'parplan amend task "giao ban" --to "tư pháp" --from 1/7/2025',
    'parplan amend task 7 --officer "Nguyễn Thị Lan"',
    'parplan amend task 20 --drop --from 1/7/2025 --by "QĐ 15/QĐ-UBND"',
    'parplan amend task 4 --deadline "Tháng 12/2025" --from 1/7/2025',
    'parplan amend task 4 --deadline "Tháng 12" --from 1/7/2025 --by "QĐ 15/QĐ-UBND" --draft',
    "parplan amend document --number 41 --date 20/3/2025",
    "parplan amend report tháng --data-from 15 --data-until 14",
    'parplan amend task VII.1 --deadline "Trước ngày 15/12"',
)


_WHAT = {
    "superior": "cấp-trên",
    "unit": "bộ-phận",
    "task": "nhiệm-vụ",
    "document": "văn-bản",
    "report": "báo-cáo",
}


class AmendmentOptions(msgspec.Struct, frozen=True):
    """What changes in the plan in mid-year."""

    start: Annotated[
        dt.date | None,
        typer.Option(
            "--from",
            parser=Date("deadline", says=True),
            help=N_("First day on which the change holds."),
        ),
    ] = None
    successors: Annotated[
        tuple[str, ...],
        typer.Option(
            "--to",
            help=N_("Who takes over; may be repeated for a task."),
            metavar=N_("NAME"),
            autocompletion=candidates.units,
        ),
    ] = ()
    officers: Annotated[
        tuple[str, ...],
        typer.Option(
            "--officer",
            help=N_("Officer who has the task in hand; may be repeated."),
            metavar=N_("NAME"),
            autocompletion=candidates.officers,
        ),
    ] = ()
    drop: Annotated[bool, typer.Option("--drop", help=N_("The task ends."))] = False
    deadline: Annotated[
        str | None,
        typer.Option(
            help=N_(
                "Deadline of a task that replaces this one, or of one whose deadline is unread."
            ),
            metavar=N_("PHRASE"),
        ),
    ] = None
    number: Annotated[
        str | None,
        typer.Option(
            help=N_("Number of the document, or of the task that replaces one."),
            metavar=N_("NUMBER"),
        ),
    ] = None
    by: Annotated[
        str | None, typer.Option(help=N_("Document that decides it."), metavar=N_("NUMBER"))
    ] = None
    draft: Annotated[
        bool,
        typer.Option(
            "--draft", help=N_("Also draft that document, with all changes that name it.")
        ),
    ] = False


class FactOptions(msgspec.Struct, frozen=True):
    """What the plan's document says, or which days a report tells of."""

    date: Annotated[
        dt.date | None,
        typer.Option(parser=Date(says=True), help=N_("Day on which the plan was issued.")),
    ] = None
    effective: Annotated[
        dt.date | None,
        typer.Option(
            parser=Date(says=True), help=N_("Day before which nothing of the plan falls due.")
        ),
    ] = None
    signer: Annotated[str | None, typer.Option(help=N_("Who signs."), metavar=N_("NAME"))] = None
    position: Annotated[
        str | None, typer.Option(help=N_("As what he or she signs."), metavar=N_("TEXT"))
    ] = None
    recipients: Annotated[
        tuple[str, ...],
        typer.Option(
            "--recipient",
            help=N_("A line of 'Nơi nhận'; repeated, all lines from now on."),
            metavar=N_("TEXT"),
        ),
    ] = ()
    data_from: Annotated[
        int | None,
        typer.Option(
            parser=DAY_OF_MONTH,
            help=N_("First day of a report's data, in the month before."),
            metavar="1-31",
        ),
    ] = None
    data_until: Annotated[
        int | None,
        typer.Option(
            parser=DAY_OF_MONTH,
            help=N_("Last day of a report's data, in its last month."),
            metavar="1-31",
        ),
    ] = None


def amend(
    what: Annotated[
        str,
        typer.Argument(parser=OneOf(_WHAT), metavar="|".join(_WHAT), help=N_("What is changed.")),
    ],
    name: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("[NAME]"),
            help=N_("Which unit, task or report: its name or number, or words of its name."),
            autocompletion=candidates.amendable,
        ),
    ] = None,
    author: Author = None,
    *,
    options: AmendmentOptions,
    facts: FactOptions,
    shared: Shared,
) -> None:
    """Write a change into the plan."""
    session = open_session(shared)
    change = Change(
        what,
        name,
        options.start,
        [clean(successor) for successor in options.successors],
        [clean(officer) for officer in options.officers],
        options.drop,
        None if options.deadline is None else clean(options.deadline),
        None if options.number is None else clean(options.number),
        clean(options.by or ""),
        Facts(
            facts.date,
            facts.effective,
            facts.signer if facts.signer is None else clean(facts.signer),
            facts.position if facts.position is None else clean(facts.position),
            tuple(map(clean, facts.recipients)),
            facts.data_from,
            facts.data_until,
        ),
    )
    if options.draft and change.start is None:
        raise UserError(N_("say from which day the change holds: --from 1/7/2025"))
    amend_plan(session, change, author_of(session, author))
    if options.draft:
        write_amendment(open_session(shared), change.by, DraftOptions())


CALLBACKS = {"amend": amend}

"""``parplan amend``: change a plan in mid-year; what held before stays in it, with its dates.

Facts that it lacked, such as its number, are filled in.
"""

from __future__ import annotations

from typing import Annotated

import typer

from parplan.cli import candidates
from parplan.cli.amending import write_amendment
from parplan.cli.options import AmendmentOptions, Author, DraftOptions, FactOptions, Shared
from parplan.cli.params import OneOf
from parplan.cli.recording import author_of, clean
from parplan.cli.session import Session, Unreadable, open_session
from parplan.cli.streams import say
from parplan.i18n import _
from parplan.plan.amendment import Change
from parplan.plan.amendment import amend as amend_text
from parplan.plan.diff import compare_plans
from parplan.plan.facts import Facts
from parplan.plan.file import read_plan
from parplan.problem import N_, UserError, params
from parplan.workspace import files
from parplan.workspace.changes import say_change

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
        options.number,
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
    write(session, change, author_of(session, author))
    if options.draft:
        write_amendment(open_session(shared), change.by, DraftOptions())


def write(session: Session, change: Change, by: str) -> None:
    """Put the ``change`` of ``by`` into the plan's file, unless it would then have new mistakes."""
    plan, path = session.plan, session.reading.path
    old = files.read_bytes(session.workspace.plan_path(plan.year))
    if read_plan(path, old).value != plan:  # the change is not for it
        raise UserError(files.CHANGED_MEANWHILE, params(path=path))
    text, new = amend_text(plan, path, old.decode("utf-8"), change)
    if new.value is None:
        raise Unreadable(new.text, new.problems)
    if text.encode() == old:
        say(_("nothing changes: %(path)s says so already") % {"path": path})
        return
    session.workspace.rewrite_plan(plan.year, old, text.encode(), by)
    for difference in compare_plans(plan, new.value):
        say(say_change(difference))
    say(_("written  %(path)s") % {"path": path})


CALLBACKS = {"amend": amend}

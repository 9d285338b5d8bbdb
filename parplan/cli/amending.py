"""Writes amendments into the plan, and drafts the document that decides them."""

from __future__ import annotations

from parplan.cli.drafts import write
from parplan.cli.options import DraftOptions
from parplan.cli.session import Session, usable
from parplan.cli.streams import say
from parplan.i18n import _, date, fill
from parplan.plan.amendment import Change, amend
from parplan.plan.decided import decided_by, deciding_documents
from parplan.plan.diff import compare_plans
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from parplan.problem import N_, UserError, params
from parplan.render.document import decision
from parplan.workspace import files

MOST_DAYS = 12
"""How many deadlines of a new task are said: a year's months, not its weeks."""


def amend_plan(session: Session, change: Change, by: str) -> None:
    """Put the ``change`` of ``by`` into the plan's file, unless it would then have new mistakes."""
    plan, path = session.plan, session.reading.path
    old = files.read_bytes(session.workspace.plan_path(plan.year))
    if read_plan(path, old).value != plan:  # the change is not for it
        raise UserError(files.CHANGED_MEANWHILE, params(path=path))
    text, new = amend(plan, path, old.decode("utf-8"), change)
    amended = usable(new)
    if text.encode() == old:
        say(_("nothing changes: %(path)s says so already") % {"path": path})
        return
    session.workspace.rewrite_plan(plan.year, old, text.encode(), by)
    for difference in compare_plans(plan, amended):
        say(fill(difference.text, difference.values))
    _say_new_deadlines(plan, amended)
    say(_("written  %(path)s") % {"path": path})


def _say_new_deadlines(old: Plan, new: Plan) -> None:
    """Say when the tasks are due that only ``new`` has: how their wording was read is seen so."""
    known = {task.id for _section, task in old.tasks()}
    for _section, task in new.tasks():
        days = [date(occurrence.due) for occurrence in new.occurrences(task)]
        if task.id not in known and days:
            more = [_("%(count)s in all") % {"count": len(days)}] if len(days) > MOST_DAYS else []
            values = {"task": task.id, "days": ", ".join([*days[:MOST_DAYS], *more])}
            say(_("task %(task)s: due %(days)s") % values)


def write_amendment(session: Session, by: str, options: DraftOptions) -> None:
    """Write the draft of the document ``by``, with every change of the plan that names it.

    Raises UserError where none does.
    """
    plan = session.plan
    decisions = decided_by(plan, by)
    if not decisions:
        names = ", ".join(filter(None, deciding_documents(plan)))
        text = N_("no change of the plan names '%(by)s'; changes name: %(names)s")
        if not names:
            text = N_("no change of the plan names '%(by)s'; 'parplan amend' writes one")
        raise UserError(text, params(by=by, names=names))
    name = decision.draft_name(plan, by)
    write(
        session.workspace.root,
        name,
        options,
        lambda: decision.amendment(plan, by, decisions, session.as_of),
    )

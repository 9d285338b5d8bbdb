"""Drafts the document that decides amendments of the plan."""

from __future__ import annotations

from parplan.cli.drafts import write
from parplan.cli.options import DraftOptions
from parplan.cli.session import Session
from parplan.plan.decided import decided_by, deciding_documents
from parplan.problem import N_, UserError, params
from parplan.render.document import decision


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

"""``parplan document``: the plan itself, as the official document that was issued."""

from __future__ import annotations

from parplan.cli.drafts import write
from parplan.cli.options import DraftOptions, Shared
from parplan.cli.session import open_session
from parplan.render.document import official

EXAMPLES = ("parplan document", "parplan document --format md -o -")


def document(options: DraftOptions, shared: Shared) -> None:
    """Write the plan's text and its appendix."""
    session = open_session(shared)
    plan = session.plan
    write(session, f"plan-{plan.year}", options, lambda: official.plan_document(plan))


CALLBACKS = {"document": document}

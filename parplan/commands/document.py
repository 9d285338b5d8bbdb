"""``parplan document``: the plan itself, as the official document that was issued."""

from __future__ import annotations

from parplan import i18n
from parplan.cli.drafts import Request, write
from parplan.cli.options import DraftOptions, Shared
from parplan.cli.session import open_session
from parplan.commands.report import common
from parplan.plan.model import in_force
from parplan.render.template import markdown_values as template

EXAMPLES = ("parplan document", "parplan document --format md -o -")


def document(options: DraftOptions, shared: Shared) -> None:
    """Write the plan's text and its appendix."""
    session = open_session(shared)
    plan = session.plan
    request = Request(session, f"plan-{plan.year}", options.template or "document.md.j2", options)
    superior = in_force(plan.superior, plan.effective_from)
    context = {
        **common(plan),
        "plan": plan,
        "superior": superior.name if superior else "",
        "columns": plan.columns,
    }
    folder = session.workspace.root / "templates"

    def text() -> str:
        with i18n.speaking(plan.language):
            return template.render(request.template, context, folder)

    write(request, text)


CALLBACKS = {"document": document}

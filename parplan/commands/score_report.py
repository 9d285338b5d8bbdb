"""``parplan score report``: the self-assessment (bảng tự đánh giá, chấm điểm) as a draft."""

from __future__ import annotations

from parplan import i18n
from parplan.cli.drafts import Request, write
from parplan.cli.options import DraftOptions, Shared
from parplan.cli.scores import scored
from parplan.cli.session import Session, open_session
from parplan.commands.report import common, with_digest
from parplan.plan.model import in_force
from parplan.render.template import markdown_values as template
from parplan.score.total import score_lines

EXAMPLES = ("parplan score report", "parplan score report --docx-only")


def report(options: DraftOptions, shared: Shared) -> None:
    """Write the draft."""
    session = open_session(shared)
    name = options.template or "score.md.j2"
    request = Request(session, f"score-{session.plan.year}", name, options)
    write(request, lambda: _text(session, name))


def _text(session: Session, name: str) -> str:
    records = session.read_and_complain().records
    score = scored(session, records).score
    superior = in_force(session.plan.superior, session.as_of)
    context = {
        **common(session.plan),
        **{key: getattr(score, key) for key in score.__struct_fields__},
        "plan": session.plan,
        "superior": superior.name if superior else "",
        "leaves": score.leaves,
        "lines": list(score_lines(score)),
        "records": sum(record.day <= session.as_of for record in records),
    }
    with i18n.speaking(session.plan.language):
        return with_digest(template.render(name, context, session.workspace.root / "templates"))


CALLBACKS = {"score report": report}

"""``parplan score report``: the self-assessment (bảng tự đánh giá, chấm điểm) as a draft."""

from __future__ import annotations

from parplan.cli.drafts import write
from parplan.cli.options import DraftOptions, Shared
from parplan.cli.scores import scored
from parplan.cli.session import Session, open_session
from parplan.render.document import official
from parplan.render.document.official import Official

EXAMPLES = ("parplan score report", "parplan score report --docx-only")


def report(options: DraftOptions, shared: Shared) -> None:
    """Write the draft."""
    session = open_session(shared)
    write(session.workspace.root, f"score-{session.plan.year}", options, lambda: _document(session))


def _document(session: Session) -> Official:
    records = session.read_and_complain().records
    score = scored(session, records)
    counted = sum(record.day <= session.as_of for record in records)
    return official.self_assessment(session.plan, score, counted)


CALLBACKS = {"score report": report}

"""``parplan evidence``: every document that proves something, and what is wrong with it."""

from __future__ import annotations

from parplan.cli.options import Format, Shared
from parplan.cli.output import emit
from parplan.cli.session import missing_files, open_session
from parplan.render.answers.score import EvidenceAnswer
from parplan.render.terminal.evidence import evidence_table
from parplan.score.evidence import cited_documents, disagreements

EXAMPLES = ("parplan evidence", "parplan evidence --format csv")


def evidence(*, format: Format = "table", shared: Shared) -> None:
    """Print the documents with the tasks and criteria that they serve."""
    session = open_session(shared)
    records = session.read_and_complain().records
    documents = cited_documents(records, session.as_of, session.index_or_none())
    missing = missing_files(session, records)
    differing = disagreements(documents)
    emit(
        format,
        lambda: EvidenceAnswer.of(session.as_of, session.plan.year, documents, missing, differing),
        lambda: evidence_table(documents, missing, differing),
    )


CALLBACKS = {"evidence": evidence}

"""``parplan evidence``: every document that proves something, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from parplan.cli.options import Format, Shared
from parplan.cli.output import Table, emit
from parplan.cli.recording import SHOWN_ID
from parplan.cli.session import missing_files, open_session
from parplan.i18n import _, ngettext
from parplan.problem import N_
from parplan.render.terminal.table import Column, Span, Style
from parplan.score.evidence import (
    CitedDocument,
    Disagreement,
    DisagreementKind,
    cited_documents,
    disagreements,
)

EXAMPLES = ("parplan evidence", "parplan evidence --format csv")

_KINDS: Mapping[DisagreementKind, str] = {
    "numbers": N_("the file %(what)s is cited under several numbers: %(variants)s (%(records)s)"),
    "files": N_("the number %(what)s is cited for several files: %(variants)s (%(records)s)"),
    "spelling": N_("one number is written in several ways: %(variants)s (%(records)s)"),
}


def evidence(*, format: Format = "table", shared: Shared) -> None:
    """Print the documents with the tasks and criteria that they serve."""
    session = open_session(shared)
    records = session.read_and_complain().records
    found = cited_documents(records, session.as_of, session.index_or_none())
    missing = missing_files(session, records)
    wrong = disagreements(found)
    emit(
        format,
        lambda: {
            "as_of": session.as_of,
            "year": session.plan.year,
            "items": [_record(one, missing) for one in found],
            "disagreements": wrong,
        },
        lambda: _table(found, missing, wrong),
    )


def _record(one: CitedDocument, missing: set[str]) -> dict[str, Any]:
    return {
        "number": one.number,
        "file": one.file,
        "missing": one.file in missing,
        "refs": one.refs,
        "criteria": one.criteria,
        "records": one.records,
    }


def _table(
    found: Sequence[CitedDocument], missing: set[str], wrong: Sequence[Disagreement]
) -> Table:
    columns = (
        Column(_("Number")),
        Column(_("File"), flexible=True),
        Column(_("Tasks"), most=20),
        Column(_("Criteria"), most=16),
    )
    heading = ngettext("%(n)s document", "%(n)s documents", len(found))
    gone = sum(one.file in missing for one in found)
    notes = [ngettext("%(n)s file is not there", "%(n)s files are not there", gone)] if gone else []
    return Table(
        heading,
        columns,
        [_row(one, missing) for one in found],
        [*notes, *map(_said, wrong)],
    )


def _row(one: CitedDocument, missing: set[str]) -> list[Span]:
    gone = one.file in missing
    style: Style = "bad" if gone else ""
    file = _("%(file)s (not there)") % {"file": one.file} if gone else one.file
    return [
        Span(one.number),
        Span(file, style),
        Span(", ".join(one.refs)),
        Span(", ".join(one.criteria)),
    ]


def _said(one: Disagreement) -> str:
    values = {
        "what": one.what,
        "variants": "; ".join(one.variants),
        "records": ", ".join(record[:SHOWN_ID] for record in one.records),
    }
    return _(_KINDS[one.kind]) % values


CALLBACKS = {"evidence": evidence}

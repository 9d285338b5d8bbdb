"""Cited documents as a table, with what is wrong with them below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from parplan.i18n import _, ngettext
from parplan.journal.record import SHOWN_ID
from parplan.problem import N_
from parplan.render.terminal.table import Span, Style, TerminalTable, TextColumn
from parplan.score.evidence import CitedDocument, Disagreement, DisagreementKind

_KINDS: Mapping[DisagreementKind, str] = {
    "numbers": N_("the file %(what)s is cited under several numbers: %(variants)s (%(records)s)"),
    "files": N_("the number %(what)s is cited for several files: %(variants)s (%(records)s)"),
    "spelling": N_("one number is written in several ways: %(variants)s (%(records)s)"),
}


def evidence_table(
    documents: Sequence[CitedDocument], missing: Set[str], disagreements: Sequence[Disagreement]
) -> TerminalTable:
    """Return the table of ``documents``; ``missing`` are the files that are not there."""
    columns = (
        TextColumn(_("Number")),
        TextColumn(_("File"), flexible=True),
        TextColumn(_("Tasks"), most=20),
        TextColumn(_("Criteria"), most=16),
    )
    heading = ngettext("%(n)s document", "%(n)s documents", len(documents))
    absent = sum(document.file in missing for document in documents)
    notes = [_sentence(disagreement) for disagreement in disagreements]
    if absent:
        notes.insert(0, ngettext("%(n)s file is not there", "%(n)s files are not there", absent))
    return TerminalTable(
        heading, columns, [_row(document, missing) for document in documents], notes
    )


def _row(document: CitedDocument, missing: Set[str]) -> list[Span]:
    is_absent = document.file in missing
    style: Style = "bad" if is_absent else ""
    file = _("%(file)s (not there)") % {"file": document.file} if is_absent else document.file
    return [
        Span(document.number),
        Span(file, style),
        Span(", ".join(document.refs)),
        Span(", ".join(document.criteria)),
    ]


def _sentence(disagreement: Disagreement) -> str:
    values = {
        "what": disagreement.what,
        "variants": "; ".join(disagreement.variants),
        "records": ", ".join(record[:SHOWN_ID] for record in disagreement.records),
    }
    return _(_KINDS[disagreement.kind]) % values

"""A record as a form in the editor: labelled lines, then the text; and what was changed in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parplan.agenda.updates import Rejection, Update
from parplan.i18n import _, date
from parplan.importer.grid import Place
from parplan.importer.updates.rows import read_row
from parplan.journal.record import News
from parplan.problem import N_, UserError, params
from parplan.render import words
from parplan.schedule.reference import Ref
from parplan.schedule.typed_day import TypedContext
from parplan.text import one_line

_LABELS: Mapping[str, str] = {
    "on": N_("Day"),
    "percent": N_("% done"),
    "value": N_("Measured"),
    "evidence": N_("Document numbers"),
    "reason": N_("Reason for delay"),
    "proposal": N_("Proposal"),
    "text": N_("Result"),
}
"""The lines of the form, as the columns of a sheet are called; the text is the last."""


def form(record: News) -> str:
    """Return the form of ``record`` for the editor."""
    heading = _("Change it, save and close. An empty line is nothing; files stay as they are.")
    about = f"{words.kind(record.kind)} {record.ref} ({record.by})"
    lines = [f"# {heading}", f"# {about}"]
    for name, value in _values(record).items():
        separator = "\n" if name == "text" else " "
        lines.append(f"{_(_LABELS[name])}:{separator}{value}")
    return "\n".join(lines) + "\n"


def changes(record: News, text: str, context: TypedContext) -> dict[str, Any]:
    """Return the fields of ``record`` that were changed in its form, which is ``text`` now.

    Short forms are read by ``context``.  Raises UserError where a line is not understood.
    """
    before, typed = _values(record), _read(text)
    changed = {name: value for name, value in typed.items() if value != before[name]}
    row = read_row({"ref": record.ref, **changed}, Place(line=1), {}, context)
    update = row.update if row is not None else Update(Ref.parse(record.ref))
    if isinstance(update, Rejection):
        raise UserError(update.text, update.values)
    fields = {name: getattr(update, name) for name in changed}
    if "evidence" in fields:
        files = [entry for entry in record.evidence if entry.file and not entry.number]
        fields["evidence"] = (*fields["evidence"], *files)
    return fields


def _values(record: News) -> dict[str, str]:
    """Return what the form says of ``record``, by field, in the order of its lines."""
    return {
        "on": date(record.day),
        "percent": "" if record.percent is None else f"{record.percent}%",
        "value": "" if record.value is None else str(record.value).replace(".", ","),
        "evidence": "; ".join(entry.number for entry in record.evidence if entry.number),
        "reason": one_line(record.reason),
        "proposal": one_line(record.proposal),
        "text": record.text.strip(),
    }


def _read(text: str) -> dict[str, str]:
    """Return what stands behind each label; a line without one belongs to the text below."""
    labels = {_(label): name for name, label in _LABELS.items()}
    read: dict[str, str] = {}
    lines = text.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines):
        label, colon, value = line.partition(":")
        name = labels.get(label.strip()) if colon else None
        if name == "text":
            read[name] = "\n".join([value, *lines[number + 1 :]]).strip()
            break
        if name:
            read[name] = value.strip()
        elif line.strip() and not line.startswith("#"):
            reason = N_("line %(line)s of the form is not understood: '%(text)s'")
            raise UserError(reason, params(line=number + 1, text=line.strip()))
    return read

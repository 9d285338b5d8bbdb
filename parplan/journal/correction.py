"""A record that puts another right: it says all that the other said, but for what changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from parplan.journal.record import SHOWN_ID, News, Note, Record
from parplan.problem import N_, UserError, params

_SAID = ("text", "percent", "value", "evidence", "reason", "proposal")


def correct(record: Record, changes: Mapping[str, Any]) -> News:
    """Return the correction of ``record`` with the fields ``changes``.

    Its id, time and author are still those of ``record``.  Raises UserError where that is no
    news of a task, where nothing changes, or where a note would say nothing any more.
    """
    values = params(id=record.id[:SHOWN_ID])
    if not isinstance(record, News):
        text = N_("%(id)s is no record of progress; 'parplan undo %(id)s' takes it back")
        raise UserError(text, values)
    new = msgspec.structs.replace(record, **{"on": record.day, **changes}, replaces=record.id)
    if msgspec.structs.replace(new, replaces=record.replaces, on=record.on) == record and (
        new.day == record.day
    ):
        raise UserError(N_("record %(id)s says that already; nothing was recorded"), values)
    if isinstance(new, Note) and all(getattr(new, field) in ("", None, ()) for field in _SAID):
        text = N_("nothing would be left of record %(id)s; 'parplan undo %(id)s' takes it back")
        raise UserError(text, values)
    return new

"""Writes an imported plan as a file, with what was not understood marked in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from parplan import i18n
from parplan.i18n import _, fill
from parplan.importer.places import place_in_words
from parplan.importer.plan.assemble import ImportedPlan, ImportNote
from parplan.plan.file import read_plan
from parplan.plan.holidays import about_calendar, days_off
from parplan.plan.write import PLAN_GUIDE, UNREAD, write_plan
from parplan.problem import N_, UserError, params
from parplan.text import one_line


def imported_plan_text(path: Path, imported: ImportedPlan) -> str:
    """Return the YAML text, its comments in the plan's language, read back once to be sure."""
    with i18n.speaking(imported.plan.language):
        heading = [
            _("Plan of %(year)s, read from %(file)s by 'parplan import'.")
            % {"year": imported.plan.year, "file": path.name},
            _("Look for the comments 'CHƯA ĐỌC' and fill in what is missing there, then type:"),
            "  parplan check",
        ]
        comments: dict[Any, list[str]] = {key: list(lines) for key, lines in PLAN_GUIDE.items()}
        year = imported.plan.year
        comments["calendar",] = list(about_calendar(year, days_off(year)))
        for place, notes in imported.comments.items():
            mark = UNREAD if imported.is_open(place) else ""
            comments[place] = [mark + fill(text, values) for text, values in notes]
    text = write_plan(imported.plan, heading, comments)
    reading = read_plan("", text.encode())
    if reading.value != imported.plan:  # a text that no form of YAML keeps
        raise UserError(N_("%(path)s holds characters that cannot be kept"), params(path=path))
    return text


def document_title(imported: ImportedPlan) -> str:
    """Return how the document is cited: its type, number and title."""
    document = imported.plan.document
    symbol = (
        "" if document.symbol.startswith("[") else f"{document.number or '…'}/{document.symbol}"
    )
    parts = (document.type, symbol, document.title)
    return one_line(" ".join(part for part in parts if part))


def note_in_words(note: ImportNote) -> str:
    """Return what was not understood, with its task and its place in the file."""
    sentence = fill(note.text, note.values)
    if note.task:
        sentence = _("task %(task)s: %(said)s") % {"task": note.task, "said": sentence}
    return f"{place_in_words(note.place)}: {sentence}"

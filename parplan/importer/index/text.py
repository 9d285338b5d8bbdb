"""Writes an imported index as a file, with what was not understood marked in it."""

from __future__ import annotations

from pathlib import Path

from parplan.i18n import _, fill
from parplan.importer.index.build import ImportedIndex
from parplan.importer.places import place_in_words
from parplan.problem import N_, DataPath, UserError, params
from parplan.score.index_file import read_index
from parplan.score.index_write import write_index


def index_text(path: Path, imported: ImportedIndex) -> str:
    """Return the YAML text, read back once to be sure."""
    heading = [
        _("Index of %(year)s, read from %(file)s by 'parplan score import'.")
        % {"year": imported.index.year, "file": path.name},
        _("How each criterion is scored stands in 'rule_text' as printed; write its 'rule' and"),
        _("'tasks' after the example ('parplan score example' in another folder), then type:"),
        "  parplan check",
    ]
    comments: dict[DataPath, list[str]] = {
        where: [
            f"CHƯA ĐỌC: {place_in_words(note.place)}: {fill(note.text, note.values)}"
            for note in notes
        ]
        for where, notes in imported.comments.items()
    }
    text = write_index(imported.index, heading, comments)
    if read_index("", text.encode()).value != imported.index:  # a text that YAML cannot keep
        raise UserError(N_("%(path)s holds characters that cannot be kept"), params(path=path))
    return text

"""Writes an example that parplan ships as a file of a workspace, with the schema for editors."""

from __future__ import annotations

from pathlib import Path

from parplan.cli.session import Session
from parplan.cli.streams import say
from parplan.i18n import _
from parplan.problem import N_, UserError, params
from parplan.workspace import files
from parplan.workspace.workspace import packaged_file

_YEAR = "\nyear: 2025\n"


def write_example(session: Session, path: Path, example: str, schema: str) -> None:
    """Write the shipped ``example`` as ``path``, for the plan's year, and ``schema`` beside it.

    Raises UserError where ``path`` is there already; a schema that is there stays as it is.
    """
    name = session.workspace.shown(path)
    text = packaged_file(example).read_text(encoding="utf-8")
    text = text.replace(_YEAR, f"\nyear: {session.plan.year}\n", 1)
    if not files.create(path, text.encode()):
        raise UserError(N_("%(path)s is there already; nothing was written"), params(path=name))
    say(_("made  %(name)s") % {"name": name})
    if files.create(session.workspace.root / schema, packaged_file(schema).read_bytes()):
        say(_("made  %(name)s") % {"name": schema})

"""``parplan score example`` and ``forms example``: files to begin with, marked as examples."""

from __future__ import annotations

from pathlib import Path

from parplan.cli.options import Shared
from parplan.cli.session import Session, open_session
from parplan.cli.streams import say
from parplan.i18n import _
from parplan.problem import N_, UserError, params
from parplan.workspace import files
from parplan.workspace.workspace import FORMS_SCHEMA, INDEX_SCHEMA, packaged_file

EXAMPLES = ("parplan score example", "parplan forms example")

_YEAR = "\nyear: 2025\n"


def score_example(shared: Shared) -> None:
    """Write the example as the year's index; one that is there stays as it is."""
    session = open_session(shared)
    path = session.workspace.index_path(session.plan.year)
    _write(session, path, "plan/example.index.yaml", INDEX_SCHEMA)
    say(_("It is an example, not an official set; its tasks are those of the sample plan."))
    say(_("Now try: %(command)s") % {"command": "parplan score"})


def forms_example(shared: Shared) -> None:
    """Write the example as the year's forms; those that are there stay as they are."""
    session = open_session(shared)
    path = session.workspace.forms_path(session.plan.year)
    _write(session, path, "plan/example.forms.yaml", FORMS_SCHEMA)
    say(_("They are a province's forms, as an example: change the rows to those of your office."))
    say(_("Now try: %(command)s") % {"command": "parplan forms"})


def _write(session: Session, path: Path, example: str, schema: str) -> None:
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


CALLBACKS = {"score example": score_example, "forms example": forms_example}

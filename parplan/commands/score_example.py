"""``parplan score example``: an index to try things out with, marked as an example."""

from __future__ import annotations

from parplan.cli.options import Shared
from parplan.cli.session import open_session
from parplan.cli.streams import say
from parplan.i18n import _
from parplan.problem import N_, UserError, params
from parplan.workspace import files
from parplan.workspace.workspace import INDEX_SCHEMA, packaged_file

EXAMPLES = ("parplan score example",)

_YEAR = "\nyear: 2025\n"


def example(shared: Shared) -> None:
    """Write the example as the year's index; one that is there stays as it is."""
    session = open_session(shared)
    root = session.workspace.root
    path = session.workspace.index_path(session.plan.year)
    name = session.workspace.shown(path)
    text = packaged_file("plan/example.index.yaml").read_text(encoding="utf-8")
    text = text.replace(_YEAR, f"\nyear: {session.plan.year}\n", 1)
    if not files.create(path, text.encode()):
        raise UserError(N_("%(path)s is there already; nothing was written"), params(path=name))
    say(_("made  %(name)s") % {"name": name})
    if files.create(root / INDEX_SCHEMA, packaged_file(INDEX_SCHEMA).read_bytes()):
        say(_("made  %(name)s") % {"name": INDEX_SCHEMA})
    say(_("It is an example, not an official set; its tasks are those of the sample plan."))
    say(_("Now try: %(command)s") % {"command": "parplan score"})


CALLBACKS = {"score example": example}

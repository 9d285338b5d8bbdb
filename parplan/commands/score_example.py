"""``parplan score example``: an index to try things out with, marked as an example."""

from __future__ import annotations

from parplan.cli.examples import write_example
from parplan.cli.options import Shared
from parplan.cli.session import open_session
from parplan.cli.streams import say
from parplan.i18n import _
from parplan.workspace.workspace import INDEX_SCHEMA

EXAMPLES = ("parplan score example",)


def example(shared: Shared) -> None:
    """Write the example as the year's index; one that is there stays as it is."""
    session = open_session(shared)
    path = session.workspace.index_path(session.plan.year)
    write_example(session, path, "plan/example.index.yaml", INDEX_SCHEMA)
    say(_("It is an example, not an official set; its tasks are those of the sample plan."))
    say(_("Now try: %(command)s") % {"command": "parplan score"})


CALLBACKS = {"score example": example}

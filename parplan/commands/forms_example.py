"""``parplan forms example``: statistical forms to begin with, marked as an example."""

from __future__ import annotations

from parplan.cli.examples import write_example
from parplan.cli.options import Shared
from parplan.cli.session import open_session
from parplan.cli.streams import say
from parplan.i18n import _
from parplan.workspace.workspace import FORMS_SCHEMA

EXAMPLES = ("parplan forms example",)


def example(shared: Shared) -> None:
    """Write the example as the year's forms; those that are there stay as they are."""
    session = open_session(shared)
    path = session.workspace.forms_path(session.plan.year)
    write_example(session, path, "plan/example.forms.yaml", FORMS_SCHEMA)
    say(_("They are a province's forms, as an example: change the rows to those of your office."))
    say(_("Now try: %(command)s") % {"command": "parplan forms"})


CALLBACKS = {"forms example": example}

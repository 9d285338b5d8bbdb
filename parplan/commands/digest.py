"""``parplan digest``: messages to units or officers, and to the head of the office."""

from __future__ import annotations

from typing import Annotated

import typer

from parplan.cli.options import Shared
from parplan.cli.session import open_session
from parplan.cli.streams import say
from parplan.i18n import _
from parplan.problem import N_
from parplan.report.digests import officers, units

EXAMPLES = (
    "parplan digest",
    "parplan digest --as-of 23/6/2025",
    "parplan digest --each-officer",
)


def digest(
    each_officer: Annotated[
        bool, typer.Option("--each-officer", help=N_("To the officers in place of the units."))
    ] = False,
    *,
    shared: Shared,
) -> None:
    """Write the messages."""
    from parplan.cli import digests  # icalendar and XlsxWriter take their time
    from parplan.render.export import mail

    session = open_session(shared)
    plan = session.plan
    recipients = digests.write(session, officers(plan) if each_officer else units(plan))
    if not recipients:
        say(_("Nothing is overdue or due soon: no message is needed."))
        return
    say(_("Open the .eml files in a mail program and send them; parplan sends nothing."))
    nameless = [mail.addressee(recipient) for recipient in recipients if not recipient.email]
    if nameless:
        path = session.workspace.shown(session.workspace.plan_path(plan.year))
        text = _("without an address: %(names)s; write 'email' in %(path)s")
        if each_officer:
            text = _(
                "without an address: %(names)s; write 'name' and 'email' of each under 'officers' "
                "in %(path)s"
            )
        say(text % {"names": ", ".join(nameless), "path": path})


CALLBACKS = {"digest": digest}

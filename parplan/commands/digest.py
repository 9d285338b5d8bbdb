"""``parplan digest``: messages to the units, and to the head of the office, ready to send."""

from __future__ import annotations

from typing import Annotated

import typer

from parplan.cli.options import Shared
from parplan.cli.session import open_session
from parplan.cli.streams import say
from parplan.i18n import _
from parplan.problem import N_

EXAMPLES = ("parplan digest", "parplan digest --as-of 23/6/2025", "parplan digest --each-officer")


def digest(
    each_officer: Annotated[
        bool, typer.Option("--each-officer", help=N_("One message to each officer instead."))
    ] = False,
    *,
    shared: Shared,
) -> None:
    """Write the messages."""
    from parplan.cli import digests  # icalendar and XlsxWriter take their time
    from parplan.render.export import mail
    from parplan.report.digests import officers, recipients

    session = open_session(shared)
    everybody = (officers if each_officer else recipients)(session.plan)
    told = digests.write(session, everybody)
    if not told:
        say(_("Nothing is overdue or due soon: no message is needed."))
        return
    say(_("Open the .eml files in a mail program and send them; parplan sends nothing."))
    nameless = [mail.addressee(recipient) for recipient in told if not recipient.email]
    if each_officer:
        say(_("Fill in the address of each; the plan has none of officers."))
    elif nameless:
        path = session.workspace.shown(session.workspace.plan_path(session.plan.year))
        text = _("without an address: %(names)s; write 'email' in %(path)s")
        say(text % {"names": ", ".join(nameless), "path": path})


CALLBACKS = {"digest": digest}

"""``parplan digest``: messages to the units, and to the head of the office, ready to send."""

from __future__ import annotations

from parplan.cli.options import Shared
from parplan.cli.session import open_session
from parplan.cli.streams import say
from parplan.i18n import _

EXAMPLES = ("parplan digest", "parplan digest --as-of 23/6/2025")


def digest(*, shared: Shared) -> None:
    """Write the messages."""
    from parplan.cli import digests  # icalendar and XlsxWriter take their time
    from parplan.render.export import mail

    session = open_session(shared)
    recipients = digests.write(session)
    if not recipients:
        say(_("Nothing is overdue or due soon: no message is needed."))
        return
    say(_("Open the .eml files in a mail program and send them; parplan sends nothing."))
    nameless = [mail.addressee(recipient) for recipient in recipients if not recipient.email]
    if nameless:
        path = session.workspace.shown(session.workspace.plan_path(session.plan.year))
        text = _("without an address: %(names)s; write 'email' in %(path)s")
        say(text % {"names": ", ".join(nameless), "path": path})


CALLBACKS = {"digest": digest}

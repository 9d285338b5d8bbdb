"""A digest as a message that a mail program opens ready to send (RFC 5322, MIME).

``X-Unsent`` is what Outlook and Thunderbird open so.  There is no sender and no date, which the
program puts in when it is sent; no clock and no chance: the same data give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from email import message_from_bytes, policy
from email.charset import QP, Charset
from email.encoders import encode_base64
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from html import escape

import msgspec

from parplan.agenda.items import SOON_DAYS, Item
from parplan.i18n import _, date, long_date, ngettext
from parplan.plan.model import Plan
from parplan.render import words
from parplan.report.digests import Digest, Recipient
from parplan.text import one_line, printable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ICS = "text/calendar"

_STAMP = b"X-Parplan-Digest"

_UTF_8 = Charset("utf-8")
_UTF_8.body_encoding = QP  # read without a program, if need be


class Attachment(msgspec.Struct, frozen=True):
    """A file that goes with the message."""

    name: str
    kind: str
    data: bytes


class MailPart(msgspec.Struct, frozen=True):
    """A heading with the items under it."""

    heading: str
    items: Sequence[Item]


def render(plan: Plan, digest: Digest, attachments: Sequence[Attachment]) -> bytes:
    """Return the message to the recipient of ``digest``."""
    recipient = digest.recipient
    bodies = MIMEMultipart("alternative")
    for kind, lines in (("plain", _text), ("html", _html)):
        body = MIMENonMultipart("text", kind)
        body.set_payload("\n".join([*lines(plan, digest, attachments), ""]), _UTF_8)
        bodies.attach(body)
    message = MIMEMultipart("mixed", policy=policy.compat32.clone(linesep="\r\n"))
    message["X-Unsent"] = "1"
    if recipient.email:
        address = f"<{recipient.email.strip()}>"
        message["To"] = f"{_encoded('To', addressee(recipient))}\n {address}"
    message["Subject"] = _encoded("Subject", printable(one_line(_subject(plan, digest))))
    message.attach(bodies)
    for attachment in attachments:
        main, _slash, sub = attachment.kind.partition("/")
        part = MIMEBase(main, sub)
        part.set_payload(attachment.data)
        encode_base64(part)
        part.add_header("Content-Disposition", "attachment", filename=attachment.name)
        message.attach(part)
    _bound(message)
    return _stamped(message.as_bytes())


def _stamped(data: bytes) -> bytes:
    """Return the message ``data`` with a header that tells whether anybody changed it since."""
    return b"%b: %b\r\n%b" % (_STAMP, hashlib.sha256(data).hexdigest()[:32].encode(), data)


def is_as_written(data: bytes) -> bool:
    """Tell whether a message is as ``render`` wrote it: nobody changed a byte of it."""
    return data == _stamped(data.partition(b"\r\n")[2])


def carries(data: bytes, attachment: bytes) -> bool:
    """Tell whether a message that is as written has ``attachment`` among its own."""
    return is_as_written(data) and any(
        part.get_payload(decode=True) == attachment for part in message_from_bytes(data).walk()
    )


def _encoded(header: str, text: str) -> str:
    """Return ``text`` as encoded words (RFC 2047), folded.

    By the older class: what folds in ``email.policy`` loses spaces of long ones (Python 3.11).
    """
    return Header(text, "utf-8", header_name=header).encode()


def _bound(message: Message) -> None:
    """Part the message by lines that follow from what it says; no encoded line holds '=_'."""
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            texts = (inner.get_payload() for inner in part.walk() if not inner.is_multipart())
            digest = hashlib.sha256("\n".join(map(str, texts)).encode()).hexdigest()
            part.set_boundary(f"=_parplan-{number}-{digest[:32]}")


def addressee(recipient: Recipient) -> str:
    """Return what to call ``recipient`` in a letter."""
    name = printable(one_line(recipient.name))
    return name if recipient.id else _("the head of %(office)s") % {"office": name}


def _subject(plan: Plan, digest: Digest) -> str:
    overdue, soon = len(digest.overdue), len(digest.due_soon)
    counts = [
        ngettext("%(n)s task overdue", "%(n)s tasks overdue", overdue) if overdue else "",
        ngettext("%(n)s task due soon", "%(n)s tasks due soon", soon) if soon else "",
    ]
    news = ", ".join(filter(None, counts)) or _("the calendar has changed")
    values = {"plan": f"{plan.document.type} {plan.year}", "told": news}
    return _("%(plan)s: %(told)s (%(day)s)") % {**values, "day": date(digest.asked.as_of)}


def _parts(digest: Digest) -> Iterator[MailPart]:
    if digest.overdue:
        yield MailPart(_("Overdue"), digest.overdue)
    if digest.due_soon:
        heading = ngettext("Due within %(n)s day", "Due within %(n)s days", SOON_DAYS)
        yield MailPart(heading, digest.due_soon)


def _opening(plan: Plan, digest: Digest) -> str:
    document = plan.document
    text = _("On the work of %(plan)s (%(title)s), as it stands on %(day)s:")
    return text % {
        "plan": f"{document.type} {plan.year}",
        "title": printable(one_line(document.title)),
        "day": long_date(digest.asked.as_of),
    }


def _asked(digest: Digest, attachments: Iterable[Attachment]) -> Iterator[str]:
    """Yield what the recipient is asked to do."""
    is_theirs = bool(digest.recipient.id)
    if is_theirs and digest.overdue:
        yield _("Finish what is overdue, and say why it is late and when it will be done.")
    if is_theirs and digest.due_soon:
        yield _("Finish in time what is due, and send the documents that prove it.")
    for attachment in attachments:
        if attachment.kind == XLSX:
            text = _("Fill in the sheet %(file)s (white cells only) and send it back.")
        else:
            text = _("Open %(file)s so that your calendar shows the deadlines as they are now.")
        yield text % {"file": attachment.name}


def _cells(item: Item) -> tuple[str, str, str, str, str]:
    """Return due day, work, standing, requirement and units of ``item``."""
    label = item.occurrence.label
    title = f"{item.task.title} – {label}" if label else item.task.title
    cells = (
        date(item.due),
        f"{title} ({item.occurrence.ref})",
        words.standing(item).text,
        item.task.requirement,
        words.units(item.task),
    )
    due, work, standing, requirement, units = (printable(one_line(cell)) for cell in cells)
    return due, work, standing, requirement, units


def _text(plan: Plan, digest: Digest, attachments: Iterable[Attachment]) -> Iterator[str]:
    yield from (_greeting(digest), "", _opening(plan, digest), "")
    for part in _parts(digest):
        yield from (f"{part.heading.upper()} ({len(part.items)})", "")
        for number, item in enumerate(part.items, 1):
            due, work, standing, requirement, units = _cells(item)
            yield f"{number}. {work}"
            yield _("   Due: %(day)s, %(standing)s") % {"day": due, "standing": standing}
            if requirement:
                yield _("   Requirement: %(text)s") % {"text": requirement}
            yield _("   Units: %(units)s") % {"units": units}
        yield ""
    if lines := list(_asked(digest, attachments)):
        yield from (_request().upper(), "", *(f"- {line}" for line in lines), "")
    yield from _closing(plan)


def _html(plan: Plan, digest: Digest, attachments: Iterable[Attachment]) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield '<html><head><meta charset="utf-8"></head><body style="font-family: sans-serif">'
    yield f"<p>{escape(_greeting(digest))}</p><p>{escape(_opening(plan, digest))}</p>"
    headings = (_("Due"), _("Task"), _("Standing"), _("Requirement"), _("Units"))
    for part in _parts(digest):
        yield f"<h3>{escape(part.heading)} ({len(part.items)})</h3>"
        yield '<table border="1" cellpadding="4" style="border-collapse: collapse">'
        yield _row("th", headings)
        yield from (_row("td", _cells(item)) for item in part.items)
        yield "</table>"
    if lines := list(_asked(digest, attachments)):
        yield f"<h3>{escape(_request())}</h3><ul>"
        yield from (f"<li>{escape(line)}</li>" for line in lines)
        yield "</ul>"
    yield f"<p>{'<br>'.join(map(escape, _closing(plan)))}</p></body></html>"


def _row(cell: str, texts: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{cell}>{escape(text)}</{cell}>' for text in texts)}</tr>"


def _greeting(digest: Digest) -> str:
    return _("To: %(name)s") % {"name": addressee(digest.recipient)}


def _request() -> str:
    return _("What is asked of you")


def _closing(plan: Plan) -> tuple[str, str]:
    return _("With respect,"), printable(one_line(plan.issuer))

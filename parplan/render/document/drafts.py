"""What does a Markdown draft hold: its header, its body, and the places still to fill?

A draft begins with a header between two lines of ``---``: who writes to whom, number,
date, title, signature.  It is written from one ``Header``; the clerk may change all of
it, and a mistake there is reported with its place.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta
from msgspec.structs import force_setattr

from parplan.i18n import _, ngettext
from parplan.plan.document import Model, Signer, bare_number, require_date
from parplan.problem import N_, Location, Problem
from parplan.render.template.markdown_values import yaml
from parplan.yamlfile.parse import YamlError, load_yaml
from parplan.yamlfile.reading import Shape, convert, number_as_text

_FENCE = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


class Data(Model, frozen=True):
    """Which data the draft was made from; parplan's own note.

    ``digest`` is of the body as generated, ``newest`` when the newest record was written.
    """

    period: str
    from_: str = msgspec.field(name="from")
    until: str
    records: int
    digest: str = ""
    newest: str = ""


class Header(Model, frozen=True, kw_only=True):
    """What stands around the text of an official document."""

    type: Annotated[str, Meta(description="Type of document: 'Báo cáo'; empty for a letter.")]
    number: Annotated[str, Meta(description="Number; empty until it is issued.")] = ""
    symbol: Annotated[str, Meta(description="Symbol after the number: 'BC-UBND'.")]
    superior: Annotated[str, Meta(description="Superior body, above the issuer.")] = ""
    issuer: Annotated[str, Meta(description="Body that issues it, written out.")]
    place: Annotated[str, Meta(description="Place in the date line.")]
    date: Annotated[
        str,
        Meta(
            pattern="^([12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?)?$",
            description="Date, as far as it is known: 2025-06-20, 2025-06.",
        ),
    ] = ""
    title: Annotated[str, Meta(description="Subject.")]
    to: Annotated[tuple[str, ...], Meta(description="'Kính gửi'.")] = ()
    recipients: Annotated[tuple[str, ...], Meta(description="'Nơi nhận', line by line.")] = ()
    signer: Signer | None = None
    data: Data | None = None

    def __post_init__(self) -> None:
        require_date(self.date)
        force_setattr(self, "number", bare_number(self.number, self.symbol))


class Draft(msgspec.Struct, frozen=True):
    """A draft that was read, or is to be written."""

    path: str
    header: Header
    body: str


class DraftError(Exception):
    """Carries what is wrong in a draft's header."""

    def __init__(self, problems: list[Problem], text: str) -> None:
        super().__init__()
        self.problems = problems
        self.text = text


def read(path: str, text: str) -> Draft:
    """Return the draft that ``text`` holds; raises DraftError where its header is wrong."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    match = _FENCE.match(text)
    if match is None:
        problem = Problem(
            Location(path, 1, 1), "no-header", N_("the draft has no header between '---' lines")
        )
        raise DraftError([problem], text)
    above = "\n" + match[1]  # so that lines count as in the file
    try:
        content = load_yaml(path, above)
    except YamlError as error:
        raise DraftError([error.problem], text) from error
    reading = convert(path, above, content, Shape(Header, number_as_text))
    if reading.value is None:
        raise DraftError(reading.problems, text)
    return Draft(path, reading.value, text[match.end() :])


def begins_with_header(text: str) -> bool:
    """Tell whether ``text`` has lines between ``---`` above its body."""
    return _FENCE.match(text) is not None


def split(text: str) -> tuple[str, str]:
    """Return the lines between ``---`` and the body of a draft that has a header."""
    match = _FENCE.match(text)
    assert match is not None
    return match[1], text[match.end() :]


def digest(body: str) -> str:
    """Return what tells one body from another."""
    return hashlib.blake2b(body.encode(), digest_size=8).hexdigest()


def write(draft: Draft, plain: Collection[str]) -> str:
    """Return the file of ``draft``, which ``read`` reads back the same.

    ``plain`` are keys of the header whose values are parplan's own words: they stand there
    as a person writes them, all others in quotes.
    """
    lines = []
    keys = msgspec.to_builtins(draft.header)
    if signer := keys["signer"]:
        keys["signer"] = {"authority": signer.pop("authority"), **signer}  # as on paper
    for key, value in keys.items():
        if isinstance(value, dict):
            lines += [f"{key}:", *(f"  {name}: {yaml(inner)}" for name, inner in value.items())]
        elif value is not None and (value or key != "to"):
            lines.append(f"{key}: {_plain(value) if key in plain else yaml(value)}")
    return "\n".join(["---", *lines, "---", draft.body])


def _plain(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else f"[{', '.join(map(yaml, value))}]"


def changes_since(old: Data | None, new: Data | None) -> str:
    """Return in one line what changed in the data since the draft of ``old`` was written."""
    if old is None or new is None:
        return _("the draft does not say which data it was made from")
    if old == new or (old.digest and old.digest == new.digest):
        return _("the data have not changed since the draft was written")
    parts = []
    if old.records != new.records:
        more = new.records - old.records
        if more > 0:
            parts.append(ngettext("%(n)s record more", "%(n)s records more", more))
        else:
            parts.append(ngettext("%(n)s record fewer", "%(n)s records fewer", -more))
    if (old.from_, old.until) != (new.from_, new.until):
        window = {"start": new.from_, "stop": new.until}
        parts.append(_("data from %(start)s to %(stop)s") % window)
    if not parts:
        parts.append(_("a record or the plan was changed"))
    return _("since the draft was written: %(changes)s") % {"changes": ", ".join(parts)}


def date_in_words(date: str) -> str:
    """Return the date line, with blanks for what is not known yet.

    Days below 10 and months 1 and 2 have a leading zero (Nghị định 30/2020, Phụ lục I, mục II.4).
    """
    year, month, day = [*date.split("-"), "", "", ""][:3]
    if month:
        month = month if int(month) <= 2 else str(int(month))
    return f"ngày {day or '     '} tháng {month or '     '} năm {year or '       '}"

"""How do new data come into a draft that is there, and what is said of it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from parplan.cli.session import Unreadable
from parplan.cli.streams import say
from parplan.i18n import _, date, ngettext
from parplan.journal.record import News
from parplan.problem import N_, UserError, params
from parplan.render import words
from parplan.render.document import draft_merge, drafts
from parplan.render.document.draft_merge import DraftConflict, Renewed
from parplan.render.document.drafts import Data, Draft
from parplan.render.document.official import Filled
from parplan.text import one_line, visible
from parplan.workspace import draft_files, files

_SHOWN_LETTERS = 100


def parse(name: str, text: str) -> Draft:
    """Return the draft that ``text`` holds; raises Unreadable where its header is wrong."""
    try:
        return drafts.read(name, text)
    except drafts.DraftError as error:
        raise Unreadable(error.text, error.problems) from error


def read_text(path: Path, name: str) -> str:
    """Return the text of a file, line ends as ``\\n``; raises UserError where it is no text."""
    return decoded(files.read_bytes(path), name)


def decoded(data: bytes, name: str) -> str:
    """Return the text of a file's ``data``; raises as ``read_text``."""
    try:
        return data.decode("utf-8").lstrip("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise UserError(N_("%(path)s is not UTF-8 text"), params(path=name)) from error


def renew(root: Path, name: str, path: Path, draft_name: str, fresh: Filled) -> Filled:
    """Write the draft ``path`` with what is new in ``fresh``; say what that is.

    What the clerk changed stays.  Raises UserError, and changes nothing, where it cannot be
    told what the clerk changed.
    """
    data = files.read_bytes(path)
    text = decoded(data, draft_name)
    old, new = parse(draft_name, text), fresh.draft or parse(draft_name, fresh.text)
    _tell_news(old.header.data, new.header.data, fresh.recorded)
    base = base_of(root, name, old)
    if old.header.data is None or new.header.data is None or base == "":
        text = N_(
            "%(path)s is there already and stays as it is; --new writes beside it, --force in its "
            "place (the old one is kept), --docx-only makes the docx from it"
        )
        raise UserError(text, params(path=draft_name))
    renewed = draft_merge.renew(base, text, fresh.text)
    if old.header.data != new.header.data:
        keep_generated(root, name, new, fresh.text)
        files.replace(path, renewed.text.encode(), data)
        draft_files.drop_generated(root, name, new.header.data.digest)
        _tell_merge(draft_name, renewed)
        text = renewed.text
    return Filled(text)


def keep_generated(root: Path, name: str, draft: Draft, text: str) -> None:
    """Keep ``text``, the file of ``draft`` as generated, where that tells its data."""
    if draft.header.data is not None:
        draft_files.keep_generated(root, name, draft.header.data.digest, text.encode())


def base_of(root: Path, name: str, draft: Draft) -> str | None:
    """Return ``draft`` as it was generated, None where its body is; empty where nobody knows."""
    digest = draft.header.data.digest if draft.header.data else ""
    generated = draft_files.read_generated(root, name, digest)
    if generated is not None:
        text = generated.decode("utf-8", "replace").replace("\r\n", "\n")
        if drafts.begins_with_header(text) and drafts.digest(drafts.split(text)[1]) == digest:
            return text
    return None if drafts.digest(draft.body) == digest else ""


def _tell_news(old: Data | None, new: Data | None, recorded: Sequence[News]) -> None:
    """Say what changed in the data since the draft was written, record by record."""
    say(drafts.changes_since(old, new))
    if old is None or new is None:
        return
    try:
        newest = dt.datetime.fromisoformat(old.newest)
    except ValueError:  # an older parplan's draft, or one that somebody changed
        return
    for record in recorded:
        if newest.tzinfo and record.at > newest:
            what = one_line(record.text or record.reason or record.proposal)
            values = {
                "day": date(record.day),
                "kind": words.kind(record.kind),
                "ref": record.ref,
                "text": _short(what),
            }
            say(visible("  {day}  {kind} {ref}: {text}".format(**values)).rstrip(": "))


def _tell_merge(name: str, renewed: Renewed) -> None:
    """Say how many lines are new, and where the clerk and the data changed the same."""
    lines = ngettext("%(n)s line is new", "%(n)s lines are new", renewed.updated)
    say(f"{name}: {lines}")
    conflicts: list[DraftConflict] = [*renewed.header_conflicts, *renewed.conflicts]
    for conflict in conflicts:
        _tell_conflict(name, renewed.text, conflict)


def _tell_conflict(name: str, text: str, conflict: DraftConflict) -> None:
    place = f"{name}:{draft_merge.line_of(text, conflict)}"
    if not conflict.edited:
        message = _("%(place)s: removed by hand and stays so; by the new data: %(fresh)s")
    else:
        message = _("%(place)s: changed by hand and stays so; by the new data: %(fresh)s")
    say(message % {"place": place, "fresh": _short(one_line(conflict.fresh))})


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN_LETTERS else f"{text[:_SHOWN_LETTERS]}…"

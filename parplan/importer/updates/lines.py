"""Reads updates from lines of plain text: ``4@6: đã gửi giấy mời; 50%; TB 12/TB-UBND``.

Parts stand between semicolons, in any order: a share, a measured value (``98,5%``), a state, a
day, the number of a document; whatever is none of these is the result.  A line that begins with
``#`` is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parplan.agenda.updates import Rejection
from parplan.importer.budget import ROW, Budget
from parplan.importer.grid import Place
from parplan.importer.updates.rows import UpdateRow, read_row
from parplan.journal.states import read_state
from parplan.problem import N_, UserError, params
from parplan.schedule import typed
from parplan.schedule.typed_day import TypedContext, read_day

_LINE = re.compile(r"\s*(?:[-*]\s+)?([^\s:][^:]*):(.*)", re.DOTALL)
_LOST = re.compile(r"(?<![^\s:;])[A-Za-z?]*\?[A-Za-z]")  # no address of a page
_MARKS = re.compile('["“”]')
# "TB 12/TB-UBND", "Quyết định số 5/QĐ-UBND ngày 3/6/2025", "41-KH/ĐU": short, with a number,
# a slash or dash, and the symbol of a document.
_DOCUMENT = re.compile(
    r"(?:\S+\s+){0,4}?[0-9]{1,5}\s?[/-]\s?[A-ZĐ][\w/.-]*(?:\s+ngày\s+[0-9/.-]+)?"
)


def require_letters(text: str) -> None:
    """Raise UserError where ``text`` has question marks in place of letters with accents.

    PowerShell 5.1 writes them into what it hands to a program, unless it is told otherwise.
    """
    if text.isascii() and _LOST.search(text):
        reason = N_(
            "'?' stands in the middle of words, as PowerShell writes Vietnamese letters into a "
            "pipe; type first: $OutputEncoding = [Text.Encoding]::UTF8"
        )
        raise UserError(reason)


def read_lines(data: bytes, context: TypedContext, budget: Budget) -> list[UpdateRow]:
    """Return the updates of the text ``data``; raises UserError where it is not UTF-8.

    Short forms are read by ``context``.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        reason = N_("%(path)s:%(line)s: not UTF-8 text; save it as UTF-8")
        raise UserError(reason, params(path=budget.path, line=line)) from error
    return list(_rows(text, context, budget))


def _rows(text: str, context: TypedContext, budget: Budget) -> Iterator[UpdateRow]:
    for number, raw in enumerate(text.splitlines(), 1):
        if not raw.strip() or raw.lstrip().startswith("#"):
            continue
        budget.spend(cells=ROW)
        place = Place(line=number)
        match = _LINE.fullmatch(budget.text(raw))
        if match is None:
            reason = N_("write the reference and a colon first: 4@6: đã gửi giấy mời")
            yield UpdateRow(place, "", Rejection(reason))
            continue
        parts = [part.strip() for part in match[2].split(";") if part.strip()]
        ref = _MARKS.sub("", match[1]).strip()
        row = read_row({"ref": ref, **_by_role(parts, context)}, place, {}, context)
        if row is None:
            row = UpdateRow(place, ref, Rejection(N_("the line says nothing")))
        yield row


def _by_role(parts: list[str], context: TypedContext) -> dict[str, str]:
    """Return ``parts`` by what they are; a second share, value, state or day is text."""
    roles: dict[str, str] = {}
    texts: list[str] = []
    documents: list[str] = []
    for part in parts:
        role = _role(part, context)
        if role == "evidence":
            documents.append(part)
        elif role and role not in roles:
            roles[role] = part
        else:
            texts.append(part)
    return {**roles, "text": "; ".join(texts), "evidence": "; ".join(documents)}


def _role(part: str, context: TypedContext) -> str:
    if part.endswith("%") and typed.read_share(part) is not None:
        return "percent" if part[:-1].strip().isdigit() else "value"
    if not part or read_state(part):
        return "state"
    if read_day(part, context, "past") is not None:
        return "on"
    return "evidence" if _DOCUMENT.fullmatch(part) else ""

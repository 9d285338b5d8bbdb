"""How do values look in a template whose text is Markdown?

Every value is written as text that Markdown shows as it is, unless a filter says
otherwise.  ``sandbox`` fills the template and tells what is wrong with it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
from markupsafe import Markup

from parplan.i18n import date
from parplan.journal.record import Evidence
from parplan.render import scores, words
from parplan.render.places import MISSING
from parplan.render.template import sandbox
from parplan.render.template.markdown import BREAK
from parplan.render.template.markdown import text as markdown_text
from parplan.render.template.sandbox import Form
from parplan.text import escape_json, sentence


class Raw(Markup):
    """Text that is Markdown already; what is joined to it is written as text."""

    @classmethod
    def escape(cls, s: Any, /) -> Raw:
        """Return ``s`` as Markdown that shows it as it is."""
        return cls(s) if isinstance(s, Markup) else cls(markdown_text(_plain(s)))


def render(name: str, context: Mapping[str, object], folder: Path | None = None) -> str:
    """Return the Markdown template ``name`` filled with ``context``, as ``sandbox.render``."""
    return sandbox.render(name, context, folder, Form(_finalize, FILTERS, NAMES))


def _finalize(value: object) -> Markup:
    if isinstance(value, Markup):
        return value
    return Markup("" if value is None else markdown_text(_plain(value)))


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return date(value)
    if isinstance(value, Decimal):
        return words.number(str(value))
    return str(value)


def missing(what: str) -> Raw:
    """Return the mark of a place that the clerk must fill."""
    return Raw(f"[{MISSING}: {markdown_text(what)}]")


def yaml(value: Any) -> Markup:
    """Return ``value`` as YAML in one line, quoted."""
    return Markup(escape_json(msgspec.json.encode(value).decode()))


def _long_date(day: dt.date) -> str:
    """Return the date as documents write it (Nghị định 30/2020, Phụ lục I, mục II.4)."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _evidence(every: Iterable[Evidence]) -> str:
    return words.evidence(every)


def full_name(body: str) -> str:
    """Return the name of a body written out: 'UBND phường …' is 'Ủy ban nhân dân phường …'."""
    return re.sub(r"^UBND\b", "Ủy ban nhân dân", body)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "yaml": yaml,
    "long_date": _long_date,
    "period": words.period,
    "state": words.state,
    "timing": words.timing,
    "target": words.target,
    "evidence": _evidence,
    "sentence": sentence,
    "full_name": full_name,
    "points": words.points,
    "earned": scores.earned,
    "explanation": scores.explanation,
    "lacks": lambda leaf: scores.lacks(leaf, leave_out=("explanation",)),
    "lower_first": lambda text: text[:1].lower() + text[1:],
}
"""What templates can apply to a value; documented in docs/templates.md."""

NAMES = {"missing": missing, "br": Raw(BREAK)}

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

from parplan.deadlines.waiting import bodies, events
from parplan.journal.record import Evidence
from parplan.plan.model import Target
from parplan.render import figures, scores, words
from parplan.render.places import MISSING
from parplan.render.template import sandbox
from parplan.render.template.markdown import BREAK, escape
from parplan.render.template.sandbox import OutputFormat
from parplan.text import escape_json, lower_first, sentence

_ALL = 100
_ONE_DIGIT = re.compile(r"(?<![0-9,])([1-9])(?![0-9,%])")


class Raw(Markup):
    """Text that is Markdown already; what is joined to it is written as text."""

    @classmethod
    def escape(cls, s: Any, /) -> Raw:
        """Return ``s`` as Markdown that shows it as it is."""
        return cls(s) if isinstance(s, Markup) else cls(escape(_plain(s)))


def render(name: str, context: Mapping[str, object], folder: Path | None = None) -> str:
    """Return the Markdown template ``name`` filled with ``context``, as ``sandbox.render``."""
    return sandbox.render(name, context, folder, OutputFormat(_finalize, FILTERS, NAMES))


def _finalize(value: object) -> Markup:
    if isinstance(value, Markup):
        return value
    return Markup("" if value is None else escape(_plain(value)))


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return official_date(value)
    if isinstance(value, Decimal):
        return words.with_decimal_mark(str(value))
    return str(value)


def missing(what: str) -> Raw:
    """Return the mark of a place that the clerk must fill."""
    return Raw(f"[{MISSING}: {escape(what)}]")


def yaml(value: Any) -> Markup:
    """Return ``value`` as YAML in one line, quoted."""
    return Markup(escape_json(msgspec.json.encode(value).decode()))


def official_date(day: dt.date) -> str:
    """Return the date in figures as documents write it: 09/6/2025, 24/12/2025, 05/01/2025.

    A zero stands before days under 10 and before January and February (Nghị định 30/2020,
    Phụ lục I, mục II.4).
    """
    return f"{day.day:02}/{_month(day)}/{day.year}"


def _month(day: dt.date) -> str:
    return f"{day.month:02}" if day.month <= 2 else str(day.month)


def _long_date(day: dt.date) -> str:
    """Return the date as documents write it (Nghị định 30/2020, Phụ lục I, mục II.4)."""
    return f"ngày {day.day:02} tháng {_month(day)} năm {day.year}"


def _documents(every: Iterable[Evidence]) -> str:
    """Return the documents among ``every`` by their numbers; a file says nothing on paper."""
    return ", ".join(evidence.number for evidence in every if evidence.number)


def _two_digits(number: int) -> str:
    """Return ``number`` as reports write it: 02, 35, 1.250."""
    return f"{number:02}" if number < 10 else f"{number:,}".replace(",", ".")


def _target(aim: Target) -> str:
    """Return a target as reports write it: 100%, ít nhất 02 lần mỗi năm."""
    if aim.unit == "%" and aim.at_least == _ALL and not aim.per:
        return f"{_ALL}%"
    return _ONE_DIGIT.sub(r"0\1", words.target(aim))


def full_name(body: str) -> str:
    """Return the name of a body written out: 'UBND phường …' is 'Ủy ban nhân dân phường …'."""
    return re.sub(r"^UBND\b", "Ủy ban nhân dân", body)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "yaml": yaml,
    "long_date": _long_date,
    "period": words.period,
    "state": words.state,
    "timing": words.timing,
    "target": _target,
    "official_date": official_date,
    "evidence": words.evidence,
    "documents": _documents,
    "two_digits": _two_digits,
    "sentence": sentence,
    "full_name": full_name,
    "points": words.points,
    "figure": figures.value,
    "earned": scores.earned,
    "explanation": scores.explanation,
    "lacks": lambda leaf: scores.lacks(leaf, leave_out=("explanation",)),
    "lower_first": lower_first,
    "bodies": bodies,
    "events": events,
}
"""What templates can apply to a value; documented in docs/templates.md."""

NAMES = {"missing": missing, "br": Raw(BREAK)}

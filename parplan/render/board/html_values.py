"""How do values look in a template whose text is HTML?

As plain text in the user's language: dates as people write them, control and direction
characters shown and not obeyed.  Jinja escapes the result.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from parplan.i18n import _, date, ngettext, problem_line, short_date
from parplan.problem import Problem
from parplan.render import scores, status_marks, words
from parplan.render.board import chart
from parplan.render.template.sandbox import OutputFormat
from parplan.text import one_line, visible


def write(value: object) -> object:
    """Return ``value`` as text, or as it is where it is HTML already."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return date(value)
    if isinstance(value, Decimal):
        return words.with_decimal_mark(str(value))
    return visible(str(value))


def percent(share: Decimal | None) -> str:
    """Return a share as it is written: '37,5%'; a dash of nothing."""
    return "–" if share is None else f"{words.with_decimal_mark(str(share))}%"


def problem(fault: Problem) -> str:
    """Return a problem as ``check`` prints it, without the source line."""
    return one_line(problem_line(fault))


FILTERS: Mapping[str, Callable[..., Any]] = {
    "tasks_counted": words.tasks_counted,
    "state": words.state,
    "timing": words.timing,
    "standing": words.standing_words,
    "standing_all": lambda item: words.standing(item).text,
    "kind": words.kind,
    "content": words.content,
    "mark": status_marks.kind_of,
    "pieces": chart.bar,
    "letter": status_marks.letter,
    "word": status_marks.word,
    "month": status_marks.month,
    "percent": percent,
    "day": date,
    "short_date": short_date,
    "period": words.period,
    "problem": problem,
    "one_line": one_line,
    "points": words.points,
    "out_of": scores.out_of,
    "outlook": scores.outlook,
    "score_total": scores.total,
    "score_notes": scores.notes,
}
FORM = OutputFormat(write, FILTERS, {"_": _, "ngettext": ngettext})

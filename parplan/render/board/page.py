"""What stands on the board: the year on one page that needs nothing else.

A ``Summary`` in, HTML out.  Texts of people are escaped by the template; a content
security policy in the page itself forbids every request and every script but ours.  In
a very large plan the page keeps to what matters now and says what it leaves out.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from markupsafe import Markup

from parplan import i18n
from parplan.agenda.items import Item
from parplan.agenda.year import Summary, YearGroup, YearRow
from parplan.journal.record import News
from parplan.problem import Problem
from parplan.render import status_marks, words
from parplan.render.board import chart, html_values
from parplan.render.template import sandbox
from parplan.score.model import SelfScore

PAGE = "board/page.html.j2"
MISTAKE = "board/mistake.html.j2"
OFFICES = "board/offices.html.j2"
_SCRIPTS = {PAGE: ["board/filter.js"], OFFICES: ["board/offices.js"]}
AHEAD = 30
"""How many days ahead the board looks."""

MOST_ROWS = 400
MOST_LISTED = 150
"""Above these, the page keeps the most urgent tasks, and the first of a list."""


class Mark(msgspec.Struct, frozen=True):
    """One occurrence in the year's table: its symbol, its day, and all of it in words."""

    symbol: str
    day: int
    description: str


class BoardLine(msgspec.Struct, frozen=True):
    """One task in the year's table, its marks by month."""

    row: YearRow
    section: int
    units: str
    marks: dict[int, list[Mark]]
    news: News | None


class Listed(msgspec.Struct, frozen=True):
    """An item in a list, with the numbers of its section and units for the filter."""

    item: Item
    section: int
    units: str


def page(
    summary: Summary,
    problems: Sequence[Problem] = (),
    folder: Path | None = None,
    version: str = "",
    score: SelfScore | None = None,
) -> str:
    """Return the page in the language in use.

    ``score`` is the office's self-score, where it has an index; ``problems`` are what was
    wrong in the journal; ``folder`` is the workspace's template folder.  A page with a
    ``version`` is served, and asks its server now and then whether that is still the
    newest.  Raises UserError when a template of the workspace is wrong.
    """
    places = _places(summary)
    lines = _lines(summary, places)
    context: dict[str, Any] = {
        "plan": summary.plan,
        "summary": summary,
        "as_of": summary.as_of,
        "without_calendar": words.without_calendar(
            summary.plan, [task for _section, task in summary.plan.tasks()]
        ),
        "now": summary.as_of.month if summary.as_of.year == summary.plan.year else -1,
        "kinds": list(status_marks.LOOKS),
        "groups": _grouped(summary.sections, lines),
        "left_out": len(summary.rows) - len(lines),
        "months": [month.number for month in summary.months],
        "overdue": _list(summary.overdue, places),
        "overdue_all": len(summary.overdue),
        "coming": _list(summary.coming(AHEAD), places),
        "coming_all": len(summary.coming(AHEAD)),
        "ahead": AHEAD,
        "notes": _notes(summary, places),
        "chart": chart.draw(summary.curve, summary.as_of),
        "by_month": [
            (month, *summary.by_end_of(month.number))
            for month in summary.months
            if month.is_of_year
        ],
        "problems": problems[:MOST_LISTED],
        "score": score,
    }
    return fill(PAGE, context, folder, version)


def mistake(message: str, problems: Sequence[Problem], version: str) -> str:
    """Return the page that stands in for the board while it cannot be made.

    It says why: ``message`` in one sentence, or ``problems`` with their places.
    """
    context = {"said": message, "problems": problems[:MOST_LISTED]}
    return fill(MISTAKE, context, None, version)


def fill(
    name: str, context: Mapping[str, Any], folder: Path | None = None, version: str = ""
) -> str:
    """Return the page of the template ``name``, with the style and scripts that it needs."""
    style = _inline("board/style.css", folder)
    names = [*_SCRIPTS.get(name, []), *(["board/live.js"] if version else [])]
    scripts = [_inline(script, folder) for script in names]
    values = {
        "language": i18n.language(),
        "version": version,
        "policy": policy(style, scripts, live=bool(version)),
        "style": Markup(style),
        "scripts": [Markup(script) for script in scripts],
    }
    return sandbox.render(name, {**context, **values}, folder, html_values.FORM)


def _inline(name: str, folder: Path | None) -> str:
    """Return a style or script that cannot end the element it stands in."""
    return sandbox.source(name, folder).replace("</", "<\\/")


def policy(style: str, scripts: Iterable[str], *, live: bool) -> str:
    """Return the content security policy: nothing but this style and these scripts.

    A ``live`` page may also ask its own server whether something changed.
    """
    allowed = " ".join(map(_hash, scripts))
    reach = "; connect-src 'self'" if live else ""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {allowed}; "
        f"base-uri 'none'; form-action 'none'{reach}"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


class _Places(msgspec.Struct, frozen=True):
    """The numbers by which the filter knows sections and units."""

    sections: Mapping[str, int]
    units: Mapping[str, int]
    rows: Mapping[str, YearRow]

    def of(self, row: YearRow) -> tuple[int, str]:
        """Return the numbers of the section and of the units of ``row``."""
        units = " ".join(str(self.units[unit]) for unit in row.units or [""])
        return self.sections[row.section], units


def _places(summary: Summary) -> _Places:
    return _Places(
        {group.id: number for number, group in enumerate(summary.sections)},
        {group.id: number for number, group in enumerate(summary.units)},
        {row.task.id: row for row in summary.rows},
    )


def _list(items: Iterable[Item], places: _Places) -> list[Listed]:
    first = list(items)[:MOST_LISTED]
    return [Listed(item, *places.of(places.rows[item.task.id])) for item in first]


def _notes(summary: Summary, places: _Places) -> list[tuple[News, YearRow, int, str]]:
    rows = ((record, places.rows[record.task]) for record in summary.latest)
    return [(record, row, *places.of(row)) for record, row in rows]


def _lines(summary: Summary, places: _Places) -> list[BoardLine]:
    rows = summary.rows
    if len(rows) > MOST_ROWS:
        task_ids = {row.task.id for row in sorted(rows, key=_urgency)[:MOST_ROWS]}
        rows = [row for row in rows if row.task.id in task_ids]
    return [
        BoardLine(
            row,
            *places.of(row),
            {number: [_mark(item) for item in items] for number, items in row.months.items()},
            next(iter(row.standing.records()), None),
        )
        for row in rows
    ]


def _urgency(row: YearRow) -> tuple[int, int]:
    """Order tasks: longest overdue first, then by the next due day; closed ones last."""
    left = [item.days_left for items in row.months.values() for item in items if item.is_open]
    return (0, min(left)) if left else (1, 0)


def _mark(item: Item) -> Mark:
    kind = status_marks.kind_of(item)
    state = item.state if item.is_open and item.state != "not-started" else ""
    occurrence = item.occurrence
    named = f"{occurrence.label} ({occurrence.ref})" if occurrence.label else occurrence.ref
    values = {"name": named, "day": i18n.date(item.due), "standing": words.standing(item).text}
    phrase = i18n._("%(name)s, due %(day)s: %(standing)s") % values
    return Mark(f"{kind}-{state}" if state else kind, item.due.day, phrase)


def _grouped(
    sections: Sequence[YearGroup], lines: Sequence[BoardLine]
) -> list[tuple[YearGroup, list[BoardLine]]]:
    by_section: dict[int, list[BoardLine]] = {}
    for line in lines:
        by_section.setdefault(line.section, []).append(line)
    return [(sections[number], lines) for number, lines in sorted(by_section.items())]

"""Many offices as tables: a row an office or what they have in common, and what is late."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from parplan.i18n import _, date, ngettext, period_name, problem_line, short_date
from parplan.problem import N_
from parplan.render.terminal.table import GAP, Span, Style, TerminalTable, TextColumn
from parplan.rollup.figures import Figures
from parplan.rollup.join import JoinedRow, Rollup, renumbered
from parplan.rollup.tally import By, Late, OfficeRow, Request
from parplan.text import width

_MOST_NAME = 18
_LEAST_NAME = 16
"""Columns that a name gets at least; where less is left, columns of lesser weight go."""


class FigureColumn(NamedTuple):
    """A column of numbers; one that ``may_go`` is left out where all its numbers are 0."""

    title: str
    number: Callable[[Figures], int]
    style: Style = ""
    may_go: bool = True


FIGURES = (
    FigureColumn(N_("Due by now"), lambda figures: figures.due, may_go=False),
    FigureColumn(N_("Done"), lambda figures: figures.counts.done, may_go=False),
    FigureColumn(N_("Early"), lambda figures: figures.early),
    FigureColumn(N_("Late"), lambda figures: figures.counts.late, "warn"),
    FigureColumn(N_("Overdue"), lambda figures: figures.counts.overdue, "bad", may_go=False),
    FigureColumn(N_("Not yet due"), lambda figures: figures.not_reached, may_go=False),
    FigureColumn(N_("Unread"), lambda figures: figures.unread, "warn"),
    FigureColumn(N_("No date"), lambda figures: figures.no_deadline),
)


class _Dated(NamedTuple):
    """A column of days."""

    title: str
    day: Callable[[OfficeRow], dt.date | None]


_DATES = (
    _Dated(N_("Last record"), lambda row: row.last_record and row.last_record.date()),
    _Dated(N_("Next report"), lambda row: row.next_report),
)
_DAY = 5
"""How wide a day without its year is."""


def offices_table(rollup: Rollup, request: Request, screen: int | None) -> TerminalTable:
    """Return a row an office and a total, for a ``screen`` of so many columns or for paper."""
    dated = [entry for entry in _DATES if any(map(entry.day, rollup.rows))]
    shown, dates = _fitting(rollup.total, [*_shown(rollup.total)], [*dated], screen)
    columns = (
        TextColumn(_("Office"), flexible=True),
        *_number_columns(shown, rollup.total),
        *(TextColumn(_(entry.title), most=_DAY) for entry in dates),
    )
    names = rollup.names
    rows = [
        _office_row(row, name, shown, dates) for row, name in zip(rollup.rows, names, strict=True)
    ]
    rows.append([*_total(rollup, shown), *([Span("")] * len(dates))])
    gone = [_(figure.title) for figure in _shown(rollup.total) if figure not in shown]
    gone += [_(entry.title) for entry in dated if entry not in dates]
    notes = _notes(rollup)
    if gone:
        text = _("Left out on a narrow screen: %(columns)s (--format csv has them)")
        notes.insert(0, text % {"columns": ", ".join(gone)})
    return TerminalTable(_heading(rollup, request), columns, rows, notes)


def _fitting(
    total: Figures, figures: list[FigureColumn], dates: list[_Dated], screen: int | None
) -> tuple[list[FigureColumn], list[_Dated]]:
    """Return the columns that leave room for a name; first dates go, then lesser numbers."""
    while screen is not None:
        widths = [*(_width(figure, total) for figure in figures), *([_DAY] * len(dates))]
        lesser = [figure for figure in figures if figure.may_go]
        if _LEAST_NAME + sum(widths) + GAP * len(widths) <= screen or not (dates or lesser):
            break
        if dates:
            dates.pop()
        else:
            figures.remove(lesser[-1])
    return figures, dates


def _width(figure: FigureColumn, total: Figures) -> int:
    """Return how wide a column of numbers is: its title wraps between words, no number does."""
    return max(width(word) for word in (*_(figure.title).split(), str(figure.number(total))))


def joined_table(rollup: Rollup, request: Request, by: By) -> TerminalTable:
    """Return a row a unit, section or task that offices have in common, and a total."""
    shown = _shown(rollup.total)
    groups = list(rollup.groups.values())
    again = set(renumbered(groups)) if by == "task" else set()
    columns = (
        *([] if by == "unit" else [TextColumn(_("No."), most=6)]),
        TextColumn(_(_TITLES[by]), flexible=True),
        TextColumn(_("Offices"), right=True, most=6),
        *_number_columns(shown, rollup.total),
    )
    rows = [
        [
            *(
                []
                if by == "unit"
                else [Span(group.number, "warn" if group.number in again else "")]
            ),
            Span(group.title or _("(no unit)")),
            Span(str(group.offices)),
            *_numbers(group.figures, shown),
        ]
        for group in groups
    ]
    if by != "unit":  # a task of two units counts for both
        rows.append([Span(""), *_total(rollup, shown, more=1)])
    notes = [*_differences(groups, again), *_notes(rollup)]
    return TerminalTable(_heading(rollup, request), columns, rows, notes)


_TITLES: Mapping[By, str] = {"unit": N_("Unit"), "section": N_("Section"), "task": N_("Task")}


def overdue_table(rollup: Rollup, request: Request) -> TerminalTable:
    """Return a row for all that is overdue, longest first."""
    columns = (
        TextColumn(_("Office"), most=_MOST_NAME),
        TextColumn(_("Ref")),
        TextColumn(_("Due")),
        TextColumn(_("Days late"), right=True, most=5),
        TextColumn(_("Task"), flexible=True),
    )
    names = dict(zip((row.folder for row in rollup.rows), rollup.names, strict=True))
    rows = [_overdue_row(item, names[item.folder]) for item in rollup.overdue]
    return TerminalTable(_heading(rollup, request), columns, rows, _notes(rollup))


def _shown(total: Figures) -> list[FigureColumn]:
    return [figure for figure in FIGURES if figure.number(total) or not figure.may_go]


def _number_columns(shown: Iterable[FigureColumn], total: Figures) -> list[TextColumn]:
    return [TextColumn(_(figure.title), right=True, most=_width(figure, total)) for figure in shown]


def _numbers(figures: Figures, shown: Iterable[FigureColumn]) -> list[Span]:
    numbers = ((figure.number(figures), figure.style) for figure in shown)
    return [Span(str(number), style if number else "") for number, style in numbers]


def _office_row(
    row: OfficeRow, name: str, shown: Sequence[FigureColumn], dates: Sequence[_Dated]
) -> list[Span]:
    if row.figures is None:
        blank = [Span("")] * (len(shown) + len(dates))
        return [Span(_("%(name)s: cannot be read") % {"name": name}, "bad"), *blank]
    days = (entry.day(row) for entry in dates)
    return [
        Span(name),
        *_numbers(row.figures, shown),
        *(Span(short_date(day) if day else "") for day in days),
    ]


def _total(rollup: Rollup, shown: Sequence[FigureColumn], more: int = 0) -> list[Span]:
    texts = [_("Total"), *[""] * more, *(str(figure.number(rollup.total)) for figure in shown)]
    return [Span(text, "head") for text in texts]


def _overdue_row(item: Late, name: str) -> list[Span]:
    title = f"{item.short} – {item.label}" if item.label else item.short
    days = Span(str(-item.days_left), "bad")
    return [Span(name), Span(item.ref), Span(date(item.due)), days, Span(title)]


def _heading(rollup: Rollup, request: Request) -> str:
    offices = ngettext("%(n)s office", "%(n)s offices", len(rollup.rows))
    values = {"offices": offices, "day": date(request.as_of)}
    heading = _("%(offices)s, as of %(day)s") % values
    if request.period:
        values = {"offices": offices, "day": date(request.as_of)}
        values["period"] = period_name(request.period)
        heading = _("%(offices)s in %(period)s, as of %(day)s") % values
    late = rollup.total.counts.overdue
    parts = [ngettext("%(n)s overdue", "%(n)s overdue", late) if late else _("none overdue")]
    if rollup.unreadable:
        number = len(rollup.unreadable)
        parts.append(ngettext("%(n)s cannot be read", "%(n)s cannot be read", number))
    return f"{heading}: {', '.join(parts)}"


def _notes(rollup: Rollup) -> list[str]:
    years = Counter(row.year for row in rollup.rows if row.year is not None)
    notes = []
    if len(years) > 1:
        parts = (f"{year}: {offices}" for year, offices in sorted(years.items()))
        text = _("These are plans of several years (%(years)s); --year YEAR takes one year's")
        notes.append(text % {"years": ", ".join(parts)})
    plans: dict[tuple[str, str, int | None], list[str]] = {}
    for row in rollup.rows:
        if row.figures:
            plans.setdefault((row.office, row.plan, row.year), []).append(row.folder)
    text = _("The same office and plan, of which each counts: %(folders)s")
    notes += [text % {"folders": ", ".join(same)} for same in plans.values() if len(same) > 1]
    return notes + [problem_line(row.problem) for row in rollup.rows if row.problem]


def _differences(groups: Sequence[JoinedRow], again: Iterable[str]) -> list[str]:
    notes = []
    if again:
        numbers = ", ".join(sorted(again))
        notes.append(
            _("The same number, other words in other offices: %(list)s") % {"list": numbers}
        )
    for group in groups:
        if len(group.deadlines) > 1:
            wordings = "; ".join(f"“{text}” ({n})" for text, n in group.deadlines.items())
            values = {"task": group.number, "list": wordings}
            notes.append(_("Task %(task)s has different deadlines: %(list)s") % values)
    return notes

"""The picture of the year, or of a period, on one screen: lines of text with colours."""

from __future__ import annotations

from parplan.agenda.counts import Counts
from parplan.agenda.year import Summary, YearGroup
from parplan.i18n import _, date, ngettext, period_name
from parplan.render import status_marks, words
from parplan.render.board import html_values
from parplan.render.terminal import paint, strips
from parplan.render.terminal.agenda import items_lines
from parplan.render.terminal.table import Line, Span, TextColumn, paragraph, without_head
from parplan.schedule import periods
from parplan.text import one_line, pad, visible, width, wrap

AHEAD = 30
"""Days ahead whose items are listed."""

_MOST_LATE, _MOST_NEXT = 5, 8
_NARROW = 60


def picture(summary: Summary) -> list[Line]:
    """Return the whole picture, as wide as the screen."""
    screen = paint.screen_width()
    lines = paragraph(_heading(summary), screen, "head")
    if summary.period is None:
        lines += paragraph(words.tasks_counted(summary.task_counts), screen)
    lines += paragraph(_headline(summary), screen)
    lines += [[], *paragraph(strips.legend(), screen, "dim")]
    lines += [[], [Span(_("By section"), "head")]]
    for group in summary.sections:
        lines += _bar(group, screen)
    lines += [[], [Span(_("By month"), "head")], *_months(summary, screen)]
    return lines + _next(summary, screen)


def _heading(summary: Summary) -> str:
    period = summary.period or periods.year(summary.plan.year)
    values = {"period": period_name(period), "day": date(summary.as_of)}
    return _("Standing of %(period)s, as of %(day)s") % values


def _headline(summary: Summary) -> str:
    counts, fallen = summary.counts, summary.fallen_due
    parts = [
        _("%(n)s to do, %(fallen)s fallen due") % {"n": counts.wanted, "fallen": fallen.wanted},
        _("done %(done)s (%(late)s late)") % {"done": counts.done, "late": counts.late},
        ngettext("%(n)s overdue", "%(n)s overdue", counts.overdue)
        if counts.overdue
        else _("none overdue"),
    ]
    if counts.paused:
        parts.append(_("paused %(n)s") % {"n": counts.paused})
    if counts.cancelled:
        parts.append(_("cancelled %(n)s") % {"n": counts.cancelled})
    if summary.no_deadline:
        count = len(summary.no_deadline)
        parts.append(ngettext("%(n)s without a deadline", "%(n)s without a deadline", count))
    if summary.unread:
        count = len(summary.unread)
        parts.append(ngettext("%(n)s deadline not read", "%(n)s deadlines not read", count))
    return "; ".join(parts) + "."


def _bar(group: YearGroup, screen: int) -> list[Line]:
    """Return a section with its bar beside its title, or below it on a narrow screen."""
    counts = group.counts
    is_narrow = screen < _NARROW
    room = 12 if is_narrow else 20
    letters = strips.apportion(status_marks.numbers(counts, cancelled=False), room)
    blank = Span(" " * (room - sum(letters.values())))
    share = html_values.percent(counts.share(counts.done))
    figures = f"  {counts.done:>3}/{counts.wanted:<3} {share:>6}"
    bar: Line = [*strips.strip(letters), blank, Span(figures)]
    if counts.overdue:
        bar.append(Span(f"  {strips.sign('overdue')} {counts.overdue}", "bad"))
    title = visible(one_line(f"{group.id}. {group.title}"))
    if is_narrow:
        return [*paragraph(title, screen), [Span("  "), *bar]]
    left = screen - room - width(figures) - 9
    first, *others = wrap(title, left)
    return [
        [Span(pad(first, left + 2)), *bar],
        *([Span("   " + line)] for line in others),
    ]


def _months(summary: Summary, screen: int) -> list[Line]:
    room = screen - 12
    most = max((month.counts.every for month in summary.months), default=0)
    lines: list[Line] = []
    for month in summary.months:
        counts = month.counts
        if summary.period and not counts.every:
            continue
        name = status_marks.month(month.number)
        if counts.every:
            heading = Span(f"{pad(name, 5)}{counts.every:>5}  ")
            lines.append([heading, *strips.strip(_letters(counts, most, room))])
        else:
            lines.append([Span(name, "dim")])
    if most > room:
        lines.append([Span(_("(a letter stands for several)"), "dim")])
    return lines


def _letters(counts: Counts, most: int, room: int) -> dict[status_marks.Kind, int]:
    numbers = status_marks.numbers(counts)
    if most <= room:
        return numbers
    kinds = sum(map(bool, numbers.values()))
    return strips.apportion(numbers, max(counts.every * room // most, kinds))


def _next(summary: Summary, screen: int) -> list[Line]:
    late, coming = summary.overdue, summary.coming(AHEAD)
    lines: list[Line] = []
    for heading, items, most in (
        (_("Overdue"), late, _MOST_LATE),
        (ngettext("Next %(n)s day", "Next %(n)s days", AHEAD), coming, _MOST_NEXT),
    ):
        lines += [[], [Span(f"{heading}: {len(items)}", "head")]]
        if items:
            lines += items_lines(items[:most], screen)
        if items is coming and summary.unread:
            lines += _unread(summary, screen)
        if len(items) > most:
            more = _("… and %(n)s more; 'parplan due' lists them") % {"n": len(items) - most}
            lines += paragraph(more, screen, "dim")
    for note in words.without_calendar(summary.plan, [item.task for item in (*late, *coming)]):
        lines += [[], *paragraph(note, screen, "dim")]
    return lines


def _unread(summary: Summary, screen: int) -> list[Line]:
    columns = (TextColumn(""), TextColumn("", most=40), TextColumn("", flexible=True))
    rows = [
        [Span(task.id), words.unread_deadline(task), Span(task.name)] for task in summary.unread
    ]
    return without_head(columns, rows, screen)

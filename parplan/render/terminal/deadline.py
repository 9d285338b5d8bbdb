"""What a deadline's wording means, as lines."""

from __future__ import annotations

from collections.abc import Mapping

from parplan.deadlines.read import DeadlineKind, DeadlineReading
from parplan.deadlines.write import deadline_wording
from parplan.i18n import _, date
from parplan.problem import N_
from parplan.render.terminal import paint
from parplan.render.terminal.table import Line, Span, paragraph
from parplan.render.words import no_calendar
from parplan.schedule.workdays import Workdays

_KINDS: Mapping[DeadlineKind, str] = {
    "dated": N_("with a deadline"),
    "continuous": N_("goes on all the time, without a deadline"),
    "directed": N_("waits for somebody's word or an event; no date before that"),
    "dated+directed": N_("with a deadline, and also on request"),
    "unread": N_("not understood; nothing is guessed"),
}


def deadline_lines(
    phrase: str, reading: DeadlineReading, year: int, workdays: Workdays, *, before_included: bool
) -> list[Line]:
    """Return how ``phrase`` was read, and its days in the plan of ``year``.

    ``before_included`` is how that plan means 'trước'.
    """
    screen = paint.screen_width()
    lines = paragraph(phrase, screen, "head")
    facts = [(_("Kind"), _(_KINDS[reading.kind]))]
    if reading.unread:
        facts.append((_("Not understood"), reading.unread))
    if reading.reason:
        facts.append((_("Reason"), _(reading.reason)))
    for rule in reading.rules:
        facts.append((_("Means"), deadline_wording([rule], before_included=before_included)))
    due = reading.due_dates(year, workdays)
    if due:
        facts.append((_("Due in the plan of %(year)s") % {"year": year}, ", ".join(map(date, due))))
    if not workdays.off and any(rule.counts_workdays for rule in reading.rules):
        facts.append((_("Working days"), no_calendar()))
    for name, value in facts:
        lines += paragraph(f"{name}: {value}", screen, indent=2)
    if reading.unread:
        hint = _("Write the date plainly, or give the task its schedule in the plan by hand.")
        lines += [[Span("")], *paragraph(hint, screen, "dim")]
    return lines

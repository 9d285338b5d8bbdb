"""One task on the screen: as issued, and what was recorded about it."""

from __future__ import annotations

from collections.abc import Iterator

from parplan.agenda.items import Standing
from parplan.i18n import _, date
from parplan.plan.model import Plan, Task
from parplan.render import words
from parplan.render.terminal import paint
from parplan.render.terminal.table import Line, paragraph


def as_issued(plan: Plan, found: Standing) -> list[Line]:
    """Return the row of the appendix and what was decided on it since."""
    task, section = found.task, found.section
    screen = paint.screen_width()
    lines = paragraph(f"{task.id}. {task.title}", screen, "head")
    facts = [
        (_("Section"), f"{section.id}. {section.title}"),
        (_("Requirement"), task.requirement),
        (_("Target"), words.target(task.target) if task.target else ""),
        (_("Measured"), words.measured(task.target, found.latest_value)),
        (_("Deadline as issued"), task.deadline_text),
        (_("Units"), ", ".join(task.units)),
        (_("Supporting units"), ", ".join(task.supporting)),
        (_("Waits for"), ", ".join(dict.fromkeys(found.waits_for))),
        *_amendments(plan, task),
    ]
    for name, value in facts:
        if value:
            lines += paragraph(f"{name}: {value}", screen, indent=2)
    return [*lines, []]


def _amendments(plan: Plan, task: Task) -> Iterator[tuple[str, str]]:
    """Yield what was decided on the task in mid-year."""
    if task.from_:
        yield _("In the plan from"), _with_authority(date(task.from_), task.by)
    if task.until:
        yield _("In the plan until"), _with_authority(date(task.until), task.by)
    for one in task.handed_over:
        values = {"units": ", ".join(one.units), "day": date(one.from_)}
        yield (
            _("Handed over"),
            _with_authority(_("to %(units)s from %(day)s") % values, one.by),
        )
    if task.replaces:
        yield _("Replaces task"), task.replaces
    for _section, other in plan.tasks():
        if other.replaces == task.id:
            yield _("Replaced by task"), other.id


def _with_authority(said: str, by: str) -> str:
    return f"{said} ({by})" if by else said


def history(found: Standing) -> list[Line]:
    """Return what was recorded about the task and its occurrences, newest first."""
    records = found.records()
    if not records:
        return []
    screen = paint.screen_width()
    lines: list[Line] = [[], *paragraph(_("History, newest first:"), screen, "head")]
    for one in records:
        head = f"{date(one.day)}  {one.ref}  {words.kind(one.kind)}  {one.by}"
        lines += paragraph(head, screen, "dim", indent=2)
        for text in filter(None, (one.text, words.details(one))):
            lines += paragraph(text, screen, indent=4)
    return lines

"""``parplan explain``: what a deadline's wording means, and on which days it falls due."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import click
import typer

from parplan.cli.options import ReportFormat, Shared
from parplan.cli.output import show_lines
from parplan.cli.session import find_workspace, open_session, today
from parplan.deadlines.read import DeadlineKind, DeadlineReading, read_deadline
from parplan.deadlines.write import deadline_wording
from parplan.i18n import _, date
from parplan.problem import N_
from parplan.render import data, records
from parplan.render.terminal import paint
from parplan.render.terminal.table import Line, Span, paragraph
from parplan.workspace.workspace import find_workspace_above

EXAMPLES = (
    'parplan explain "Trước ngày 25 hàng tháng"',
    'parplan explain "Lần 1: tháng 6 Lần 2 tháng 11" --year 2026 --format json',
)

_KINDS: dict[DeadlineKind, str] = {
    "dated": N_("with a deadline"),
    "continuous": N_("goes on all the time, without a deadline"),
    "directed": N_("waits for somebody's word or an event; no date before that"),
    "dated+directed": N_("with a deadline, and also on request"),
    "unread": N_("not understood; nothing is guessed"),
}


def explain(
    text: Annotated[
        tuple[str, ...],
        typer.Argument(metavar=N_("PHRASE..."), help=N_("Wording of a deadline, as issued.")),
    ],
    *,
    format: ReportFormat = "table",
    shared: Shared,
) -> None:
    """Print the rules that the wording stands for; exit 1 where it is not understood."""
    said = " ".join(text)
    year, before_included = _year_and_setting(shared)
    found = read_deadline(said, year, before_included=before_included)
    if format == "json":
        click.echo(data.to_json(_payload(said, found, year)), nl=False)
    else:
        show_lines(_lines(said, found, year, before_included))
    if found.kind == "unread":
        raise click.exceptions.Exit(1)


def _year_and_setting(shared: Shared) -> tuple[int, bool]:
    """Return the plan's year and how it reads "trước"; outside a workspace, the defaults."""
    asked = shared.year
    workspace = (
        find_workspace(shared)
        if shared.folder
        else find_workspace_above(Path(os.curdir).absolute())
    )
    if workspace is None or (asked is not None and asked not in workspace.years()):
        return asked or today(shared).year, False
    plan = open_session(shared).plan
    return plan.year, plan.before_included


def _payload(said: str, found: DeadlineReading, year: int) -> dict[str, Any]:
    return {
        "phrase": said,
        "kind": found.kind,
        "rules": [records.rule_record(rule) for rule in found.rules],
        "due": found.due_dates(year),
        "unread": found.unread,
        "year": year,
        "wording": deadline_wording(found.rules),
    }


def _lines(said: str, found: DeadlineReading, year: int, before_included: bool) -> list[Line]:
    screen = paint.screen_width()
    lines = paragraph(said, screen, "head")
    facts = [(_("Kind"), _(_KINDS[found.kind]))]
    if found.unread:
        facts.append((_("Not understood"), found.unread))
    for rule in found.rules:
        facts.append((_("Means"), deadline_wording([rule], before_included=before_included)))
    due = found.due_dates(year)
    if due:
        facts.append((_("Due in the plan of %(year)s") % {"year": year}, ", ".join(map(date, due))))
    for name, value in facts:
        lines += paragraph(f"{name}: {value}", screen, indent=2)
    if found.unread:
        hint = _("Write the date plainly, or give the task its schedule in the plan by hand.")
        lines += [[Span("")], *paragraph(hint, screen, "dim")]
    return lines


CALLBACKS = {"explain": explain}

"""``parplan doctor``: what is wrong with the workspace, git's set-up and this machine.

It works where other commands cannot: without a plan, with a broken one.  What is safe to
mend it mends when asked to, and says first what that will be.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import click
import typer

from parplan import i18n
from parplan.cli.confirm import agrees
from parplan.cli.diagnostics import problem_record
from parplan.cli.options import ReportFormat, Shared
from parplan.cli.output import show_lines
from parplan.cli.session import require_year
from parplan.doctor.examine import examine
from parplan.doctor.fix import DESCRIPTIONS, apply_fix
from parplan.doctor.model import Diagnostic, Fix
from parplan.i18n import _, ngettext
from parplan.problem import N_, UserError
from parplan.render.terminal import paint
from parplan.render.terminal.table import Line, Span, Style, paragraph
from parplan.text import one_line, visible
from parplan.workspace.workspace import Workspace, find_workspace_above

EXAMPLES = (
    "parplan doctor",
    "parplan doctor --fix",
    "parplan doctor --fix --yes --format json",
)


def doctor(
    fix: Annotated[
        bool, typer.Option("--fix", help=N_("Mend what is safe to mend, after asking."))
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help=N_("Mend without asking."))] = False,
    *,
    format: ReportFormat = "table",
    shared: Shared,
) -> None:
    """Print what is wrong; exit 1 if a fault is left, or what was to be mended."""
    folder = Path(shared.folder or os.curdir).absolute()
    workspace = find_workspace_above(folder)
    if workspace is not None and shared.year is not None:
        require_year(workspace, shared.year)
    screen = paint.screen_width() if sys.stdout.isatty() else 0
    found = examine(workspace, folder, shared.year, screen)
    fixes = list(dict.fromkeys(one.fix for one in found if one.fix is not None))
    as_json = format == "json"
    if not as_json:
        _show(found, fixing=fix)
    applied: list[Fix] = []
    failed = False
    if fix and workspace is not None and fixes:
        if not as_json:
            _announce(fixes)
        if yes or (not as_json and agrees(_("Do this?"))):
            applied = _apply(workspace, fixes, silent=as_json)
            failed = applied != fixes
            found = examine(workspace, folder, shared.year, screen)
            if not as_json:
                _show_rest(found)
    if as_json:
        _print_json(found, applied)
    if failed or any(one.level == "fault" for one in found):
        raise click.exceptions.Exit(1)


# What is shown.


def _show(found: list[Diagnostic], *, fixing: bool) -> None:
    lines: list[Line] = []
    for one in found:
        lines += _told(one)
    if lines:
        lines.append([])
    screen = paint.screen_width()
    for text in _summary(found, fixing):
        lines += paragraph(text, screen, "head")
    show_lines(lines)


def _show_rest(found: list[Diagnostic]) -> None:
    show_lines([[]])
    _show(found, fixing=True)


def _told(one: Diagnostic) -> list[Line]:
    """Return the lines of one finding; wrapped on a terminal, one line elsewhere."""
    problem = one.problem
    place = f"{problem.where}: " if problem.where.path else ""
    note = _("remark: ") if one.level == "hint" else ""
    said = visible(one_line(i18n.message(problem)))
    style: Style = "bad" if one.level == "fault" else "warn"
    if not sys.stdout.isatty():
        return [[Span(f"{visible(place)}{note}{said} [{problem.code}]")]]
    text = f"{place}{note}{said} [{problem.code}]"
    return _listed("• ", text, style)


def _listed(mark: str, text: str, style: Style = "") -> list[Line]:
    """Return ``text`` after a ``mark`` of two columns, as wide as the screen."""
    first, *rest = paragraph(text, paint.screen_width() - 2)
    return [[Span(mark, style), *first], *([Span("  "), *line] for line in rest)]


def _summary(found: list[Diagnostic], fixing: bool) -> Iterator[str]:
    faults = sum(one.level == "fault" for one in found)
    hints = len(found) - faults
    fixes = {one.fix for one in found if one.fix is not None}
    if not found:
        yield _("All is well.")
        return
    said = [ngettext("%(n)s fault", "%(n)s faults", faults)] if faults else [_("no faults")]
    if hints:
        said.append(ngettext("%(n)s remark", "%(n)s remarks", hints))
    yield ", ".join(said)
    if fixes and not fixing:
        yield ngettext(
            "%(n)s thing can be mended here: parplan doctor --fix",
            "%(n)s things can be mended here: parplan doctor --fix",
            len(fixes),
        )


def _announce(fixes: list[Fix]) -> None:
    lines: list[Line] = [[], *paragraph(_("What will be done:"), paint.screen_width(), "head")]
    for one in fixes:
        lines += _listed("- ", _description(one))
    show_lines(lines)


def _description(fix: Fix) -> str:
    values = {"path": fix.path, "content": fix.content}
    return visible(_(DESCRIPTIONS[fix.kind]) % values)


def _apply(workspace: Workspace, fixes: list[Fix], *, silent: bool) -> list[Fix]:
    """Return which ``fixes`` were applied; what fails is told, and the others go on."""
    done: list[Fix] = []
    for one in fixes:
        try:
            apply_fix(workspace.root, one)
            done.append(one)
        except UserError as refusal:
            said = i18n.fill(refusal.text, refusal.values)
            click.echo(f"parplan: {visible(said)}", err=True)
        else:
            if not silent:
                show_lines(_listed("✓ ", _("done: ") + _description(one), "good"))
    return done


def _print_json(found: list[Diagnostic], applied: list[Fix]) -> None:
    from parplan.render import data

    items = [_record(one) for one in found]
    sys.stdout.write(
        data.to_json({"items": items, "mended": [_description(one) for one in applied]})
    )


def _record(one: Diagnostic) -> dict[str, Any]:
    fix = None if one.fix is None else _description(one.fix)
    return {**problem_record(one.problem), "level": one.level, "remedy": fix}


CALLBACKS = {"doctor": doctor}

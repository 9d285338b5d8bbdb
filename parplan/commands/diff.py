"""``parplan diff``: what changed, in the plan's terms and not in lines."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from parplan.cli.options import ReportFormat, Shared
from parplan.cli.output import show_lines
from parplan.cli.session import Session, open_session
from parplan.i18n import _
from parplan.problem import N_, UserError
from parplan.render.terminal import paint
from parplan.render.terminal.table import Line, paragraph
from parplan.workspace import git
from parplan.workspace.changes import Changes, all_years, changes_between, say_lost, say_recorded

EXAMPLES = ("parplan diff", "parplan diff HEAD~3", "parplan diff v1 v2")

Revision = Annotated[
    str | None,
    typer.Argument(metavar=N_("[REVISION]"), help=N_("A commit; the last one by default.")),
]
Later = Annotated[
    str | None,
    typer.Argument(metavar=N_("[LATER]"), help=N_("A later commit; the files now by default.")),
]


def diff(
    old: Revision = None,
    new: Later = None,
    *,
    format: ReportFormat = "table",
    shared: Shared,
) -> None:
    """Print the changes between two commits, or from one to the files now."""
    session = open_session(shared)
    root = session.workspace.root
    git.require_work_tree(root)
    if not git.has_commits(root):
        raise UserError(N_("nothing was committed yet; 'parplan commit' begins the history"))
    earlier = git.resolve(root, old or "HEAD")
    later = git.resolve(root, new) if new else None
    found = changes_between(
        session.workspace, _years(session, shared.year, earlier, later), earlier, later
    )
    if format == "json":
        _print_json(found)
        return
    screen = paint.screen_width()
    lines = [line for one in found for line in _lines(one, screen)]
    show_lines(lines or paragraph(_("No changes in the plan or the progress."), screen))


def _years(session: Session, year: int | None, *revisions: str | None) -> list[int]:
    return [year] if year else all_years(session.workspace, *revisions)


def _lines(one: Changes, screen: int) -> list[Line]:
    lines = paragraph(_("Plan of %(year)s:") % {"year": one.year}, screen, "head")
    for sentence in one.plan:
        lines += paragraph(f"- {sentence}", screen, indent=2)
    if one.recorded.counts:
        progress = _("progress: %(counts)s") % {"counts": say_recorded(one.recorded)}
        lines += paragraph(f"- {progress}", screen, indent=2)
    if lost := say_lost(one.recorded):
        lines += paragraph(f"- {lost}", screen, "bad", indent=2)
    return lines


def _print_json(found: list[Changes]) -> None:
    import sys

    from parplan.render import data

    items: list[dict[str, Any]] = [
        {
            "year": one.year,
            "plan": one.plan,
            "recorded": one.recorded.counts,
            "done": one.recorded.done,
            "lost": one.recorded.lost,
        }
        for one in found
    ]
    sys.stdout.write(data.to_json({"items": items}))


CALLBACKS = {"diff": diff}

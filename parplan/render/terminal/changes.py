"""What changed between two revisions, as lines."""

from __future__ import annotations

from collections.abc import Sequence

from parplan.i18n import _
from parplan.render.terminal import paint
from parplan.render.terminal.table import Line, paragraph
from parplan.workspace.changes import Changes, say_lost, say_recorded


def changes_lines(changes: Sequence[Changes]) -> list[Line]:
    """Return what changed year by year, or that nothing did."""
    screen = paint.screen_width()
    if not changes:
        return paragraph(_("No changes in the plan or the progress."), screen)
    return [line for change in changes for line in _of_year(change, screen)]


def _of_year(change: Changes, screen: int) -> list[Line]:
    lines = paragraph(_("Plan of %(year)s:") % {"year": change.year}, screen, "head")
    for sentence in change.plan:
        lines += paragraph(f"- {sentence}", screen, indent=2)
    for sentence in change.renumbered:
        lines += paragraph(f"- {sentence}", screen, "bad", indent=2)
    if change.recorded.counts:
        progress = _("progress: %(counts)s") % {"counts": say_recorded(change.recorded)}
        lines += paragraph(f"- {progress}", screen, indent=2)
    if lost := say_lost(change.recorded):
        lines += paragraph(f"- {lost}", screen, "bad", indent=2)
    return lines

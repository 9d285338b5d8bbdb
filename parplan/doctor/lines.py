"""Diagnostics and fixes as lines on the screen, and as the JSON answer of ``doctor``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from parplan import i18n
from parplan.doctor.fix import DESCRIPTIONS
from parplan.doctor.model import Diagnostic, Fix, Level
from parplan.i18n import _, ngettext
from parplan.render.answers.answer import JsonAnswer
from parplan.render.answers.problems import ProblemRecord, problem_fields
from parplan.render.terminal import paint
from parplan.render.terminal.table import Line, Span, Style, paragraph
from parplan.text import one_line, visible


class DiagnosticRecord(ProblemRecord, frozen=True):
    """A diagnostic; ``remedy`` is what ``--fix`` would do, or None."""

    level: Level
    remedy: str | None


class DoctorAnswer(JsonAnswer, frozen=True):
    """What is wrong, and what was fixed."""

    items: list[DiagnosticRecord]
    mended: list[str]

    @classmethod
    def of(cls, diagnostics: Sequence[Diagnostic], applied: Sequence[Fix]) -> DoctorAnswer:
        """Return ``diagnostics``, and the fixes that were ``applied``."""
        items = [
            DiagnosticRecord(
                *problem_fields(diagnostic.problem),
                diagnostic.level,
                description(diagnostic.fix) if diagnostic.fix else None,
            )
            for diagnostic in diagnostics
        ]
        return cls(items, [description(fix) for fix in applied])


def description(fix: Fix) -> str:
    """Return what ``fix`` does, in words."""
    values = {"path": fix.path, "content": fix.content}
    return visible(_(DESCRIPTIONS[fix.kind]) % values)


def diagnostic_lines(diagnostics: Sequence[Diagnostic], *, fixing: bool) -> list[Line]:
    """Return ``diagnostics`` with their number, and how to fix them unless ``fixing``."""
    lines: list[Line] = []
    for diagnostic in diagnostics:
        lines += _diagnostic(diagnostic)
    if lines:
        lines.append([])
    for text in _summary(diagnostics, fixing):
        lines += paragraph(text, paint.screen_width(), "head")
    return lines


def _diagnostic(diagnostic: Diagnostic) -> list[Line]:
    """Return the lines of one diagnostic; wrapped on a terminal, one line elsewhere."""
    problem = diagnostic.problem
    place = f"{problem.where}: " if problem.where.path else ""
    note = _("remark: ") if diagnostic.level == "hint" else ""
    message = visible(one_line(i18n.message(problem)))
    if not sys.stdout.isatty():
        return [[Span(f"{visible(place)}{note}{message} [{problem.code}]")]]
    style: Style = "bad" if diagnostic.level == "fault" else "warn"
    return _marked("• ", f"{place}{note}{message} [{problem.code}]", style)


def _summary(diagnostics: Sequence[Diagnostic], fixing: bool) -> Iterator[str]:
    if not diagnostics:
        yield _("All is well.")
        return
    faults = sum(diagnostic.level == "fault" for diagnostic in diagnostics)
    hints = len(diagnostics) - faults
    counts = [ngettext("%(n)s fault", "%(n)s faults", faults)] if faults else [_("no faults")]
    if hints:
        counts.append(ngettext("%(n)s remark", "%(n)s remarks", hints))
    yield ", ".join(counts)
    fixes = {diagnostic.fix for diagnostic in diagnostics if diagnostic.fix is not None}
    if fixes and not fixing:
        yield ngettext(
            "%(n)s thing can be mended here: parplan doctor --fix",
            "%(n)s things can be mended here: parplan doctor --fix",
            len(fixes),
        )


def intended_lines(fixes: Sequence[Fix]) -> list[Line]:
    """Return what will be done."""
    lines: list[Line] = [[], *paragraph(_("What will be done:"), paint.screen_width(), "head")]
    for fix in fixes:
        lines += _marked("- ", description(fix))
    return lines


def applied_lines(fix: Fix) -> list[Line]:
    """Return that ``fix`` was applied."""
    return _marked("✓ ", _("done: ") + description(fix), "good")


def _marked(mark: str, text: str, style: Style = "") -> list[Line]:
    """Return ``text`` after a ``mark`` of two columns, as wide as the screen."""
    first, *rest = paragraph(text, paint.screen_width() - 2)
    return [[Span(mark, style), *first], *([Span("  "), *line] for line in rest)]

"""Asks the offices that the commands around ``rollup`` are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from parplan.cli.context import typing_context
from parplan.cli.options import OfficeOptions, PartOptions, PeriodOptions, Shared
from parplan.cli.periods import chosen_period, named_year
from parplan.cli.progress_bar import tracked
from parplan.cli.session import today
from parplan.cli.streams import say
from parplan.i18n import _, ngettext, problem_line
from parplan.problem import N_, UserError, params
from parplan.rollup.gather import gather
from parplan.rollup.join import Rollup
from parplan.rollup.sources import OfficeSource, find_sources
from parplan.rollup.tally import By, Request


class Asked(msgspec.Struct, frozen=True):
    """What was asked of many offices, and what they answered."""

    request: Request
    rollup: Rollup

    def end(self) -> None:
        """End the command, with status 1 where an office could not be read."""
        if self.rollup.unreadable:
            raise click.exceptions.Exit(1)


def ask(
    offices: OfficeOptions,
    period_options: PeriodOptions,
    filters: PartOptions,
    shared: Shared,
    by: By | None = None,
    *,
    late: bool = False,
) -> Asked:
    """Ask the offices, and show on a terminal how far that has come.

    With ``late``, what is overdue is named, too.  Raises UserError where there are no offices,
    or none of them has what the filters name.
    """
    sources = find_offices(offices, shared)
    as_of = today(shared)
    year = typing_context(click.get_current_context()).year
    period = chosen_period(offices.period, period_options, year, as_of)
    year_asked = shared.year or named_year(offices.period, period_options)
    request = Request(as_of, year_asked, period, filters.unit, filters.section, by, late)
    rollup = gather(sources, request, _tracked)
    named = filters.unit or filters.section
    if named and not rollup.has_tasks and len(rollup.unreadable) < len(rollup.rows):
        raise UserError(N_("no office has tasks of '%(wanted)s'"), params(wanted=named))
    return Asked(request, rollup)


def fill_database(path: Path, offices: OfficeOptions, shared: Shared) -> None:
    """Let the database ``path`` say what the offices do, and say what was read for it.

    Ends with status 1 where an office could not be read.
    """
    from parplan.rollup.database import update  # needs SQLite, which takes its time

    sources = find_offices(offices, shared)
    as_of = today(shared)
    outcome = update(path, sources, as_of, shared.year, _tracked)
    number = ngettext("%(n)s office", "%(n)s offices", outcome.offices)
    read = ngettext("%(n)s was read", "%(n)s were read", outcome.read)
    say(f"{_('written  %(path)s') % {'path': path}} ({number}, {read})")
    for problem in outcome.problems:
        say(problem_line(problem), error=True)
    if outcome.problems:
        raise click.exceptions.Exit(1)


def _tracked(work: Sequence[Callable[[], Any]]) -> Iterable[Callable[[], Any]]:
    return tracked(work, _("Reading the offices"))


def find_offices(offices: OfficeOptions, shared: Shared) -> list[OfficeSource]:
    """Return the offices below the folders that were named; raises UserError where none is."""
    folders = offices.folders or (shared.folder or ".",)
    sources = find_sources(folders)
    if not sources:
        text = N_("no workspace and no export of one lies below %(folders)s")
        raise UserError(text, params(folders=", ".join(folders)))
    return sources

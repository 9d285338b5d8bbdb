"""The rules for a workspace, besides those for plans, and the list of all rules of ``doctor``.

Each rule is named for what holds and yields what breaks it, with the fix where one is
safe.  The tuple ``CHECKS`` is the specification, with git's and the machine's rules.  Facts
in, diagnostics out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from parplan.doctor import git_rules, machine_rules
from parplan.doctor.model import (
    JOURNAL,
    Diagnostic,
    Fix,
    FolderEntry,
    Level,
    Observations,
    diagnose,
)
from parplan.journal.file import ZERO_TAIL, without_zero_tail
from parplan.problem import N_, Location, Marked, params
from parplan.workspace.filenames import proper_name, same_elsewhere, why_not_on_windows
from parplan.workspace.workspace import NO_PLAN

_SETTLED_SECONDS = 600  # longer than any command takes to write a file
_CLOCK_SECONDS = 60  # clocks of two machines that share a folder differ by less
_MARKER = re.compile(rb"^(<<<<<<<|>>>>>>>) ", re.MULTILINE)
# 'check' looks at these, and doctor says what it says.
_CHECKED = re.compile(r"plan/[12][0-9]{3}(\.journal|\.index|\.forms)?\.yaml")


def there_is_a_plan(facts: Observations) -> Iterator[Diagnostic]:
    """The folder, or one above it, has a plan."""
    if not facts.has_plan:
        yield diagnose("fault", "no-plan", NO_PLAN, values=params(folder=facts.folder))


def files_can_be_read(facts: Observations) -> Iterator[Diagnostic]:
    """Every file opens."""
    for entry in facts.entries:
        if entry.refused:
            where = Location(entry.path, 1, 1)
            text = N_("the file cannot be read: %(reason)s")
            yield diagnose("fault", "unreadable", text, where, values=params(reason=entry.refused))


def texts_are_utf8(facts: Observations) -> Iterator[Diagnostic]:
    """Templates and drafts are UTF-8; plans and journals are looked at by 'check'."""
    for entry, data in _texts(facts):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            start = data.rfind(b"\n", 0, error.start) + 1
            column = len(data[start : error.start].decode("utf-8", "replace")) + 1
            where = Location(entry.path, data.count(b"\n", 0, error.start) + 1, column)
            text = N_("not UTF-8 text: save the file again as UTF-8")
            yield diagnose("fault", "not-utf8", text, where)


def no_conflict_is_left(facts: Observations) -> Iterator[Diagnostic]:
    """No other text has a conflict of git in it."""
    for entry, data in _texts(facts):
        match = _MARKER.search(data)
        if match:
            where = Location(entry.path, data.count(b"\n", 0, match.start()) + 1, 1)
            text = N_("git left a conflict here: keep what is right and delete git's lines")
            yield diagnose("fault", "conflict", text, where)


def _texts(facts: Observations) -> Iterator[tuple[FolderEntry, bytes]]:
    for entry in facts.entries:
        if entry.data is not None and not _CHECKED.fullmatch(entry.path):
            yield entry, entry.data


def folders_can_be_written(facts: Observations) -> Iterator[Diagnostic]:
    """Plans, drafts and records have a place to go."""
    for folder in facts.refused_folders:
        text = N_("nothing can be written in this folder: no permission, or a read-only disk")
        yield diagnose("fault", "not-writable", text, Location(folder, 1, 1))
    if facts.lock:
        text = N_("the lock cannot be taken (%(reason)s): nothing can be recorded")
        yield diagnose(
            "fault",
            "no-lock",
            text,
            Location(".parplan/lock", 1, 1),
            values=params(reason=facts.lock),
        )


def nothing_half_written_is_left(facts: Observations) -> Iterator[Diagnostic]:
    """No killed parplan left a file; one of the last minutes may be in the making."""
    for entry in facts.entries:
        if entry.is_leftover and entry.age_seconds > _SETTLED_SECONDS:
            text = N_("a parplan that was killed left this half-written file")
            fix = Fix("remove", entry.path)
            yield diagnose("fault", "leftover", text, Location(entry.path, 1, 1), fix)


def schemas_are_of_this_version(facts: Observations) -> Iterator[Diagnostic]:
    """Editors know the keys that this parplan knows."""
    for path, content in facts.shipped:
        entry = facts.entry(path)
        where, fix = Location(path, 1, 1), Fix("write", path, content)
        if entry is None:
            text = N_("the schema is missing: an editor cannot help with the keys")
            yield diagnose("hint", "no-schema", text, where, fix)
        elif entry.data is not None and entry.data.replace(b"\r\n", b"\n") != content.encode():
            text = N_("not the schema of this parplan: an editor may call right keys wrong")
            yield diagnose("hint", "old-schema", text, where, fix)


def journals_end_their_last_line(facts: Observations) -> Iterator[Diagnostic]:
    """A line that git or a person puts below the last one is a line of its own."""
    for entry in facts.entries:
        if not (JOURNAL.fullmatch(entry.path) and entry.data) or entry.data.endswith(b"\n"):
            continue
        where = Location(entry.path, entry.data.count(b"\n") + 1, 1)
        if without_zero_tail(entry.data) != entry.data:
            fix = Fix("cut-zeros", entry.path)
            yield diagnose("fault", "zero-tail", ZERO_TAIL, where, fix)
        else:
            text = N_("the last line has no end: what is put below would run into it")
            yield diagnose("fault", "no-line-end", text, where, Fix("end-line", entry.path))


def names_can_be_had_everywhere(facts: Observations) -> Iterator[Diagnostic]:
    """The workspace can be copied to Windows and macOS."""
    named = sorted({entry.path for entry in facts.entries} | facts.evidence)
    for path in named:
        why = why_not_on_windows(path)
        if why:
            text = N_("Windows cannot have this name: %(reason)s")
            values = params(reason=Marked(why))
            yield diagnose("fault", "windows-name", text, Location(path, 1, 1), values=values)
    for path, other in same_elsewhere(named):
        text = N_("Windows and macOS take this name and %(other)s for one")
        yield diagnose("fault", "same-name", text, Location(path, 1, 1), values=params(other=other))


def names_are_those_that_are_read(facts: Observations) -> Iterator[Diagnostic]:
    """What looks like a plan, a journal, an index or forms has the name by which it is found."""
    for entry in facts.entries:
        expected = proper_name(entry.path)
        if expected:
            level: Level = "hint" if facts.entry(expected) else "fault"
            text = N_("parplan does not read this name; it reads %(other)s")
            yield diagnose(
                level,
                "not-read",
                text,
                Location(entry.path, 1, 1),
                values=params(other=expected),
            )


def links_stay_inside(facts: Observations) -> Iterator[Diagnostic]:
    """No link makes parplan read or write what is not the workspace's."""
    for entry in facts.entries:
        if entry.outside:
            text = N_("this link leads out of the workspace, to %(target)s")
            where = Location(entry.path, 1, 1)
            yield diagnose("hint", "outside-link", text, where, values=params(target=entry.outside))


def the_clock_goes_on(facts: Observations) -> Iterator[Diagnostic]:
    """No record was written later than now."""
    for record in facts.last:
        if (record.at - facts.now).total_seconds() > _CLOCK_SECONDS:
            text = N_("the last record is of %(at)s and the clock says %(now)s: one is wrong")
            times = {"at": record.at, "now": facts.now.astimezone(record.at.tzinfo)}
            values = {name: f"{time:%Y-%m-%d %H:%M}" for name, time in times.items()}
            yield diagnose("fault", "clock-behind", text, record.where, values=params(**values))


CHECKS: tuple[Callable[[Observations], Iterator[Diagnostic]], ...] = (
    there_is_a_plan,
    files_can_be_read,
    texts_are_utf8,
    no_conflict_is_left,
    folders_can_be_written,
    nothing_half_written_is_left,
    schemas_are_of_this_version,
    journals_end_their_last_line,
    names_can_be_had_everywhere,
    names_are_those_that_are_read,
    links_stay_inside,
    the_clock_goes_on,
    *git_rules.CHECKS,
    *machine_rules.CHECKS,
)

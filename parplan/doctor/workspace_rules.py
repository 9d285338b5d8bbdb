"""Which rules must a workspace keep, besides those of the plans?

Each rule is named for what holds and yields what breaks it, with the remedy where one is
safe.  The tuple ``CHECKS`` is the specification, with git's and the machine's rules.  Facts
in, signs out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from parplan.doctor import git_rules as gitsigns
from parplan.doctor import machine_rules as machine
from parplan.doctor.model import Entry, Facts, Level, Remedy, Sign, sign
from parplan.problem import N_, Location, Marked, params
from parplan.workspace.filenames import meant, same_elsewhere, why_not_on_windows

_SETTLED_SECONDS = 600
_CLOCK_SECONDS = 60
_MARKER = re.compile(rb"^(<<<<<<<|>>>>>>>) ", re.MULTILINE)
_CHECKED = re.compile(r"plan/[12][0-9]{3}(\.journal|\.index)?\.yaml")
_JOURNAL = re.compile(r"plan/[12][0-9]{3}\.journal\.yaml")


def read(facts: Facts) -> list[Sign]:
    """Return everything that is wrong or worth a hint, faults first, file by file."""
    found = [one for rule in CHECKS for one in rule(facts)]
    return in_order(found)


def in_order(signs: list[Sign]) -> list[Sign]:
    """Return ``signs`` with the faults first, those of one file together."""
    return sorted(signs, key=lambda one: (one.level != "fault", one.problem))


def there_is_a_plan(facts: Facts) -> Iterator[Sign]:
    """The folder, or one above it, has a plan."""
    if not facts.has_plan:
        text = N_(
            "no plan found in %(folder)s or above it; 'parplan init --sample' makes a folder "
            "with a sample plan, --dir names another folder"
        )
        yield sign("fault", "no-plan", text, values=params(folder=facts.folder))


def files_can_be_read(facts: Facts) -> Iterator[Sign]:
    """Every file opens."""
    for one in facts.entries:
        if one.refused:
            where = Location(one.path, 1, 1)
            text = N_("the file cannot be read: %(reason)s")
            yield sign("fault", "unreadable", text, where, values=params(reason=one.refused))


def texts_are_utf8(facts: Facts) -> Iterator[Sign]:
    """Templates and drafts are UTF-8; plans and journals are looked at by 'check'."""
    for one, data in _texts(facts):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            start = data.rfind(b"\n", 0, error.start) + 1
            column = len(data[start : error.start].decode("utf-8", "replace")) + 1
            where = Location(one.path, data.count(b"\n", 0, error.start) + 1, column)
            text = N_("not UTF-8 text: save the file again as UTF-8")
            yield sign("fault", "not-utf8", text, where)


def no_conflict_is_left(facts: Facts) -> Iterator[Sign]:
    """No other text has a conflict of git in it."""
    for one, data in _texts(facts):
        found = _MARKER.search(data)
        if found:
            where = Location(one.path, data.count(b"\n", 0, found.start()) + 1, 1)
            text = N_("git left a conflict here: keep what is right and delete git's lines")
            yield sign("fault", "conflict", text, where)


def _texts(facts: Facts) -> Iterator[tuple[Entry, bytes]]:
    for one in facts.entries:
        if one.data is not None and not _CHECKED.fullmatch(one.path):
            yield one, one.data


def folders_can_be_written(facts: Facts) -> Iterator[Sign]:
    """Plans, drafts and records have a place to go."""
    for folder in facts.refused_folders:
        text = N_("nothing can be written in this folder: no permission, or a read-only disk")
        yield sign("fault", "not-writable", text, Location(folder, 1, 1))
    if facts.lock:
        text = N_("the lock cannot be taken (%(reason)s): nothing can be recorded")
        yield sign(
            "fault",
            "no-lock",
            text,
            Location(".parplan/lock", 1, 1),
            values=params(reason=facts.lock),
        )


def nothing_half_written_is_left(facts: Facts) -> Iterator[Sign]:
    """No killed parplan left a file; one of the last minutes may be in the making."""
    for one in facts.entries:
        if one.is_leftover and one.age_seconds > _SETTLED_SECONDS:
            text = N_("a parplan that was killed left this half-written file")
            remedy = Remedy("remove", one.path)
            yield sign("fault", "leftover", text, Location(one.path, 1, 1), remedy)


def schemas_are_of_this_version(facts: Facts) -> Iterator[Sign]:
    """Editors know the keys that this parplan knows."""
    for path, content in facts.shipped:
        found = facts.entry(path)
        where, remedy = Location(path, 1, 1), Remedy("write", path, content)
        if found is None:
            text = N_("the schema is missing: an editor cannot help with the keys")
            yield sign("hint", "no-schema", text, where, remedy)
        elif found.data is not None and found.data.replace(b"\r\n", b"\n") != content.encode():
            text = N_("not the schema of this parplan: an editor may call right keys wrong")
            yield sign("hint", "old-schema", text, where, remedy)


def journals_end_their_last_line(facts: Facts) -> Iterator[Sign]:
    """A line that git or a person puts below the last one is a line of its own."""
    for one in facts.entries:
        if _JOURNAL.fullmatch(one.path) and one.data and not one.data.endswith(b"\n"):
            where = Location(one.path, one.data.count(b"\n") + 1, 1)
            text = N_("the last line has no end: what is put below would run into it")
            yield sign("fault", "no-line-end", text, where, Remedy("end-line", one.path))


def names_can_be_had_everywhere(facts: Facts) -> Iterator[Sign]:
    """The workspace can be copied to Windows and macOS."""
    named = sorted({one.path for one in facts.entries} | facts.evidence)
    for path in named:
        why = why_not_on_windows(path)
        if why:
            text = N_("Windows cannot have this name: %(reason)s")
            yield sign(
                "fault",
                "windows-name",
                text,
                Location(path, 1, 1),
                values=params(reason=Marked(why)),
            )
    for path, other in same_elsewhere(named):
        text = N_("Windows and macOS take this name and %(other)s for one")
        yield sign("fault", "same-name", text, Location(path, 1, 1), values=params(other=other))


def names_are_those_that_are_read(facts: Facts) -> Iterator[Sign]:
    """What looks like a plan, a journal or an index has the name by which it is found."""
    for one in facts.entries:
        wanted = meant(one.path)
        if wanted:
            level: Level = "hint" if facts.entry(wanted) else "fault"
            text = N_("parplan does not read this name; it reads %(other)s")
            yield sign(
                level, "not-read", text, Location(one.path, 1, 1), values=params(other=wanted)
            )


def links_stay_inside(facts: Facts) -> Iterator[Sign]:
    """No link makes parplan read or write what is not the workspace's."""
    for one in facts.entries:
        if one.outside:
            text = N_("this link leads out of the workspace, to %(target)s")
            where = Location(one.path, 1, 1)
            yield sign("hint", "outside-link", text, where, values=params(target=one.outside))


def the_clock_goes_on(facts: Facts) -> Iterator[Sign]:
    """No record was written later than now."""
    for one in facts.last:
        if (one.at - facts.now).total_seconds() > _CLOCK_SECONDS:
            text = N_("the last record is of %(at)s and the clock says %(now)s: one is wrong")
            times = {"at": one.at, "now": facts.now.astimezone(one.at.tzinfo)}
            said = {name: f"{time:%Y-%m-%d %H:%M}" for name, time in times.items()}
            yield sign("fault", "clock-behind", text, one.where, values=params(**said))


CHECKS: tuple[Callable[[Facts], Iterator[Sign]], ...] = (
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
    *gitsigns.CHECKS,
    *machine.CHECKS,
)

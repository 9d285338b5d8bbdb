"""How does a record come about?

What every recording command shares: ask for the occurrence meant, check that the step is
possible, write the line, say in one line what was recorded and how things stand.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import os
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from parplan.agenda.doubts import early_completion, early_day
from parplan.agenda.items import goes_on
from parplan.agenda.standings import standings
from parplan.agenda.target import RecordTarget
from parplan.cli.confirm import settle
from parplan.cli.editor import NOTHING_TO_RECORD, typed_text
from parplan.cli.options import ProgressOptions, RecordOptions
from parplan.cli.session import Session
from parplan.cli.streams import say
from parplan.cli.targets import find_target, refuse_number_of_two_years
from parplan.cli.user_settings import read_settings
from parplan.i18n import _, date, long_date
from parplan.journal.file import Journal
from parplan.journal.progress import CHANGES, NOTHING, Progress, add
from parplan.journal.record import (
    SHOWN_ID,
    Cancel,
    Directive,
    Done,
    Evidence,
    Figure,
    News,
    Note,
    Record,
    Score,
    Undo,
)
from parplan.problem import N_, UserError, params
from parplan.render import words
from parplan.schedule.bounds import LATEST
from parplan.schedule.reference import Ref
from parplan.workspace import files, git, links
from parplan.workspace.filenames import require_utf8
from parplan.workspace.workspace import Check

MEANWHILE = N_("somebody recorded meanwhile; nothing was recorded, try again")

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: no i, l, o, u to misread
_ID_LENGTH = 12


def record(
    session: Session,
    kind: type[News],
    refs: Sequence[Ref],
    text: str | None,
    progress_options: ProgressOptions,
    options: RecordOptions,
    *,
    yes: bool,
) -> None:
    """Record a step of each of the occurrences ``refs``, with what the options say.

    A note of nothing is typed in the user's editor, after all else was looked at.  A completion
    that may be a slip is asked about, unless ``yes`` was said.
    """
    fields = given_fields(session, options)
    fields["percent"] = progress_options.percent
    fields["value"] = progress_options.value
    fields["reason"] = clean(progress_options.reason or "")
    fields["proposal"] = clean(progress_options.proposal or "")
    targets = _targets(session, kind, refs, session.progress())
    if kind is Done:
        early = [early_completion(target, fields["on"]) for target in targets]
        settle([doubt for doubt in early if doubt], yes=yes)
    by = author_of(session, options.author)
    is_bare = kind is Note and all(fields[name] in _EMPTY for name in fields.keys() - {"on"})
    with _typed(session) if is_bare and text is None else contextlib.nullcontext(text) as typed:
        fields["text"] = clean(typed) if typed and typed.strip() else ""
        if is_bare and not fields["text"]:
            raise UserError(NOTHING_TO_RECORD)
        _write_steps(session, kind, targets, by, fields)


def _typed(session: Session) -> contextlib.AbstractContextManager[str]:
    with session.workspace.writing():  # nobody types for a lock that cannot be had
        return typed_text(session.workspace.root)


def _write_steps(
    session: Session,
    kind: type[News],
    targets: Sequence[RecordTarget],
    by: str,
    fields: dict[str, Any],
) -> None:
    """Write a record for each of ``targets``; say how each then stands."""
    unwritten = [
        kind(task=target.task.id, period=target.period, by=by, **UNWRITTEN, **fields)
        for target in targets
    ]
    progress: dict[str, Progress] = {}

    def check(recorded: Journal) -> None:
        progress.update(session.progress_after(recorded.records))
        for target in targets:
            _refuse_impossible(kind, target, progress)

    for written in write_all(session, unwritten, check):
        add(progress, written)
        announce(session, written, progress)


_EMPTY = ("", None, ())
UNWRITTEN: Mapping[str, Any] = {"id": "", "at": LATEST}
"""The name and the time of a record, as long as it is not written."""


def _targets(
    session: Session, kind: type[News], refs: Sequence[Ref], progress: dict[str, Progress]
) -> list[RecordTarget]:
    """Return what ``refs`` mean, each once; raises UserError where one of them cannot be."""
    targets: dict[str, RecordTarget] = {}
    for ref in refs:
        target = find_target(session, ref, kind.kind, progress)
        if ref.period is None and kind in (Done, Cancel):
            refuse_number_of_two_years(session, target, kind.kind)
        _refuse_impossible(kind, target, progress)
        targets[target.ref] = target
    return list(targets.values())


def _refuse_impossible(
    kind: type[News], about: RecordTarget, progress: Mapping[str, Progress]
) -> None:
    if kind is Note:
        return
    if kind is Done and not about.period and goes_on(about.task):
        text = N_("task %(task)s is continuous: it is never done; 'parplan note' records its news")
        raise UserError(text, params(task=about.task.id))
    allowed, _state = CHANGES[kind.kind]
    state = progress.get(about.ref, NOTHING).state
    if state not in allowed:
        text = N_("%(ref)s is %(state)s: '%(command)s' changes nothing; nothing was recorded")
        raise UserError(text, params(ref=about.ref, state=words.state(state), command=kind.kind))


def given_fields(session: Session, options: RecordOptions) -> dict[str, Any]:
    """Return what the options of every record say: the day and the evidence."""
    on = options.on or session.as_of
    refuse_day(session, on)
    numbers = filter(None, map(clean, options.evidence))
    evidence = [Evidence(number=number) for number in numbers]
    evidence += [Evidence(file=_inside(session, path)) for path in options.files]
    return {"on": on, "evidence": tuple(evidence)}


def refuse_day(session: Session, on: dt.date) -> None:
    """Raise UserError where nothing can have happened ``on`` that day: too early, or to come."""
    if on > session.as_of:
        raise UserError(N_("%(day)s is in the future"), params(day=on))
    if on < session.plan.first_record:
        text = N_(
            "%(day)s is long before the plan of %(year)s; look at the clock of this machine, or "
            "at --on; nothing was recorded"
        )
        raise UserError(text, params(day=on, year=session.plan.year))


def _inside(session: Session, file: str) -> str:
    """Return the path of an evidence file as the journal keeps it: from the workspace's folder."""
    root = session.workspace.root.resolve()
    outside = N_("%(path)s is not in the folder %(folder)s; copy it there first")
    try:
        if _leads_out(session.workspace.root, Path(file)):
            raise UserError(outside, params(path=file, folder=root))
        slashed = file if Path(file).exists() else file.replace("\\", "/")
        path = (Path.cwd() / slashed).resolve()
        is_there = path.is_file()
    except (OSError, RuntimeError):  # too long a name, or links in a circle
        is_there = False
    if not is_there:
        raise UserError(N_("no file %(path)s"), params(path=file))
    if not path.is_relative_to(root):
        raise UserError(outside, params(path=file, folder=root))
    if files.is_hidden(root, path):
        text = N_("%(path)s is hidden, with a dot in front; copy it to another name first")
        raise UserError(text, params(path=file))
    return require_utf8(path.relative_to(root).as_posix(), file)


def _leads_out(root: Path, path: Path) -> bool:
    """Tell whether ``path`` begins in ``root`` and a link in it leads elsewhere."""
    whole = os.path.abspath(path)  # noqa: PTH100 - resolve() would follow the link
    begins_here = any(Path(whole).is_relative_to(place) for place in (root, root.resolve()))
    return begins_here and not links.stays(root, path)


def clean(text: str) -> str:
    """Return ``text`` as the journal keeps it: composed letters, line ends as ``\\n``.

    Raises UserError when it holds bytes that are no text.
    """
    try:  # where the locale knows ASCII only, other bytes of what was typed come as surrogates
        text = text.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError as error:
        raise UserError(N_("the text is not valid UTF-8")) from error
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", unified).rstrip("\n")


def author_of(session: Session, named: str | None) -> str:
    """Return who records: who is ``named``, or set, else git's user, else the machine's."""
    default = named or read_settings().author
    return clean(default or git.user_name(session.workspace.root) or _login())


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user in this environment
        return "?"


_Kind = TypeVar("_Kind", bound=News | Undo | Score | Figure)


def write(
    session: Session,
    named: str | None,
    kind: type[_Kind],
    fields: dict[str, Any],
    check: Check | None = None,
) -> _Kind:
    """Append a record to the journal and return it; it is on the disk then.

    Its author is who is ``named``, as ``author_of`` says.  ``check`` is that of
    ``Workspace.append``.
    """
    unwritten = kind(by=author_of(session, named), **UNWRITTEN, **fields)
    return write_all(session, [unwritten], check)[0]


def write_all(session: Session, unwritten: Sequence[_Kind], check: Check | None) -> list[_Kind]:
    """Append the records, which have no id and time yet, in one write.

    ``check`` is that of ``Workspace.append``.
    """
    makers = [functools.partial(_written, record) for record in unwritten]
    return session.workspace.append(session.plan.year, makers, check)


def _written(record: _Kind, now: dt.datetime) -> _Kind:
    return msgspec.structs.replace(record, id=_new_id(), at=now)


def _new_id() -> str:
    number = int.from_bytes(os.urandom(8)) >> 4
    return "".join(_DIGITS[number >> 5 * place & 31] for place in range(_ID_LENGTH))


def announce(session: Session, written: News | Undo, progress: dict[str, Progress]) -> None:
    """Print in one line what was recorded and how its occurrence now stands."""
    # A day that was typed is said with its weekday, for the eye to compare.
    is_today = written.day == session.as_of
    ref = written.ref if is_today else f"{written.ref}, {long_date(written.day)}"
    say_recorded(written, ref, _standing(session, written, progress))
    if early_day(session.plan, written.day):
        text = _("mind that %(day)s is before the year of the plan; 'parplan undo' retracts it")
        say(text % {"day": date(written.day)}, error=True)


def say_recorded(written: Record, ref: str, standing: str) -> None:
    """Print in one line what was recorded of ``ref``, and how that now stands."""
    short_id, kind = written.id[:SHOWN_ID], words.kind(written.kind)
    values = {"id": short_id, "kind": kind, "ref": ref, "standing": standing}
    say(_("Recorded %(id)s: %(kind)s %(ref)s; now %(standing)s") % values)


def _standing(session: Session, written: News | Undo, progress: dict[str, Progress]) -> str:
    for standing in standings(
        session.plan, progress, session.as_of, lambda _section, task: task.id == written.task
    ):
        for item in standing.items:
            if item.occurrence.ref == written.ref:
                day = long_date(item.due) if isinstance(written, Directive) else date(item.due)
                due = _("due %(day)s") % {"day": day}
                phrases = [words.state(item.state), words.standing_words(item)]
                return f"{', '.join(dict.fromkeys(phrases))} ({due})"
        if written.period:
            return _("no such occurrence any more")
        return _("no deadline") if standing.state == "not-started" else words.state(standing.state)
    return ""

"""Many offices as an SQLite database, for questions that no command answers.

``schema.sql`` has the tables and views.  A second run writes anew the offices whose files have
changed since, takes out those that are gone, and leaves the rest as it is; all in one
transaction, so that whoever reads meanwhile sees the one or the other.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from parplan.agenda.items import Item, items, without_date
from parplan.agenda.occurrences import directed
from parplan.agenda.reports import expected_reports, is_sent
from parplan.i18n import problem_line
from parplan.journal.active import active
from parplan.journal.record import Record
from parplan.plan.model import Plan
from parplan.problem import N_, Problem, UserError, params
from parplan.rollup.cache import place_of, stamp_of
from parplan.rollup.gather import FEW
from parplan.rollup.office import Office, Unusable, read_content, summed_up, year_of
from parplan.rollup.parallel import Track, in_parts, untracked
from parplan.rollup.sources import OfficeSource
from parplan.schedule import periods
from parplan.workspace import files

APPLICATION = 0x70617270
"""What SQLite's ``application_id`` says in a database of ours: 'parp'."""

FORMAT = 1
_SCHEMA = Path(__file__).with_name("schema.sql")
_CHILDREN = ("report", "section", "task", "task_unit", "occurrence", "record", "evidence")

Cells: TypeAlias = tuple[Any, ...]


class OfficeRows(msgspec.Struct, frozen=True):
    """An office that is to be written: its own row but for the number, and those of its tables."""

    office: dict[str, Any]
    rows: dict[str, list[Cells]] = {}
    problem: Problem | None = None
    """Why it cannot be read, or the first problem of its journal."""


class Outcome(msgspec.Struct, frozen=True):
    """What a run did: how many offices there are, how many were read, which could not be."""

    offices: int
    read: int
    problems: list[Problem]


def update(
    path: Path,
    sources: Sequence[OfficeSource],
    as_of: dt.date,
    year: int | None,
    track: Track = untracked,
) -> Outcome:
    """Let the database ``path`` say what ``sources`` say on ``as_of``; make it where there is none.

    ``year`` is that of the plans, None for the one that each office works by.  Raises UserError
    where the file is no database of ours, or cannot be written: then it stays as it was.
    """
    fill = functools.partial(_update, sources=sources, as_of=as_of, year=year, track=track)
    try:
        if path.exists():
            with _opened(path) as database:
                _require_ours(database, path)
                return fill(database)
        with files.refusing(path), files.temporary(path, b"") as new_file:
            with _opened(new_file) as database:
                _make(database)
                outcome = fill(database)
            files.rename(new_file, path)
            files.sync_folder(path.parent)
        return outcome
    except sqlite3.Error as error:
        text = N_("cannot write %(path)s: %(reason)s")
        raise UserError(text, params(path=path, reason=error)) from error


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the database for one transaction, which counts where the block ends well."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA foreign_keys = ON")
        yield database
        database.execute("COMMIT")


def _make(database: sqlite3.Connection) -> None:
    """Make the tables and views; a new file needs no journal, it counts as a whole or not."""
    database.execute("PRAGMA journal_mode = OFF")
    database.execute(f"PRAGMA application_id = {APPLICATION}")
    database.execute(f"PRAGMA user_version = {FORMAT}")
    database.execute("BEGIN IMMEDIATE")
    for statement in _SCHEMA.read_text(encoding="utf-8").split(";"):
        database.execute(statement)


def _require_ours(database: sqlite3.Connection, path: Path) -> None:
    """Begin the transaction; raises UserError where the file is no database of ours."""
    text = N_("%(path)s is there already and is no database of 'rollup --sqlite'")
    try:
        marks = [
            database.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version")
        ]
    except sqlite3.OperationalError:  # somebody else is writing
        raise
    except sqlite3.DatabaseError as error:
        raise UserError(text, params(path=path)) from error
    if marks != [APPLICATION, FORMAT]:
        raise UserError(text, params(path=path))
    database.execute("BEGIN IMMEDIATE")


def _update(
    database: sqlite3.Connection,
    sources: Sequence[OfficeSource],
    as_of: dt.date,
    year: int | None,
    track: Track,
) -> Outcome:
    database.execute("DELETE FROM about")
    database.execute("INSERT INTO about VALUES (?, ?)", (FORMAT, as_of.isoformat()))
    places = {place_of(source) for source in sources}
    for (place,) in database.execute("SELECT DISTINCT place FROM office").fetchall():
        if place not in places:
            database.execute("DELETE FROM office WHERE place = ?", (place,))
    changed = [source for source in sources if not _is_current(database, source, as_of, year)]
    problems: list[Problem] = []
    for change in _changes(changed, as_of, year, track):
        _write(database, change)
        problems += [change.problem] if change.problem else []
    return Outcome(len(sources), len(changed), problems)


def _is_current(
    database: sqlite3.Connection, source: OfficeSource, as_of: dt.date, year: int | None
) -> bool:
    """Tell whether the database has the office as its files are, and as it stands on ``as_of``."""
    try:
        chosen = year_of(source, year, as_of)
    except Unusable:
        return False
    query = (
        "SELECT 1 FROM office WHERE place = ? AND stamp = ? AND problem = '' "
        "AND holds_from <= ? AND ? < holds_before AND ? IN (0, year)"
    )
    stamp = stamp_of(source, chosen)
    day = as_of.isoformat()
    values = (place_of(source), stamp, day, day, chosen)
    return stamp is not None and database.execute(query, values).fetchone() is not None


def _changes(
    sources: Sequence[OfficeSource], as_of: dt.date, year: int | None, track: Track
) -> Iterator[OfficeRows]:
    read = functools.partial(_read_all, as_of, year)
    parts = [read(sources)] if len(sources) <= FEW else in_parts(read, sources, track)
    for changes in parts:
        yield from changes


def _read_all(
    as_of: dt.date, year: int | None, sources: Sequence[OfficeSource]
) -> list[OfficeRows]:
    return [_read(source, as_of, year) for source in sources]


def _read(source: OfficeSource, as_of: dt.date, year: int | None) -> OfficeRows:
    """Return all that the files of an office say."""
    try:
        chosen = year_of(source, year, as_of)
        stamp = stamp_of(source, chosen)
        content = read_content(source, year, as_of)
    except Unusable as unusable:
        number = year or (source.years[-1] if source.years else 0)
        return OfficeRows(_office_row(source, number), {}, unusable.problem)
    plan, records = content.plan, content.journal.records
    office = summed_up(content, as_of)
    every = list(items(plan, office.progress, as_of))
    row = _office_row(source, plan.year) | {
        "name": plan.issuer,
        "plan": plan.document.title,
        "effective_from": plan.effective_from.isoformat(),
        "last_record": _moment(office.last_record) if office.last_record else None,
        "stamp": stamp or "",
        "holds_from": office.first.isoformat(),
        "holds_before": office.end.isoformat(),
    }
    rows: dict[str, list[Cells]] = {
        "report": [
            (report.rule.name, report.period.name, report.due.isoformat(), is_sent(report, every))
            for report in expected_reports(plan)
        ],
        "section": [(section.id, section.title) for section in plan.sections],
        **_task_rows(plan, office),
        "occurrence": _occurrence_rows(every),
        **_record_rows(records, as_of),
    }
    return OfficeRows(row, rows, office.problem)


def _office_row(source: OfficeSource, year: int) -> dict[str, Any]:
    """Return the row of an office of which nothing is known yet."""
    return {
        "place": place_of(source),
        "name": "",
        "plan": "",
        "year": year,
        "effective_from": None,
        "last_record": None,
        "problem": "",
        "stamp": "",
        "holds_from": "",
        "holds_before": "",
    }


def _task_rows(plan: Plan, office: Office) -> dict[str, list[Cells]]:
    dated = directed(office.progress).keys()
    year = periods.year(plan.year)
    others = without_date(plan, office.progress, dated, year)
    without = {task.id for task in others.no_deadline}
    not_read = {task.id for task in others.unread}
    tasks = [
        (
            *(task.id, section.id, task.title, task.name, task.requirement, task.deadline_text),
            *(task.id in without, task.id in not_read),
        )
        for section, task in plan.tasks()
    ]
    units = [
        (task.id, unit, supports)
        for _section, task in plan.tasks()
        for supports, names in ((False, task.units), (True, task.supporting))
        for unit in names
    ]
    return {"task": tasks, "task_unit": units}


def _occurrence_rows(every: Iterable[Item]) -> list[Cells]:
    return [
        (
            item.occurrence.ref,
            item.task.id,
            item.occurrence.period.name,
            item.occurrence.label,
            item.due.isoformat(),
            item.last_working_day.isoformat(),
            item.state,
            item.progress.percent,
            _text(item.progress.value),
            _text(item.progress.done_on),
            item.progress.reason,
        )
        for item in every
    ]


def _record_rows(records: Sequence[Record], as_of: dt.date) -> dict[str, list[Cells]]:
    counting = {record.id for record in active(records) if record.day <= as_of}
    rows: list[Cells] = []
    for record in records:
        rows.append(
            (
                *(record.id, _moment(record.at), record.by, record.kind, record.ref),
                *(record.day.isoformat(), record.text, getattr(record, "percent", None)),
                *(_text(getattr(record, "value", None)), record.reason),
                *(getattr(record, "proposal", ""), _text(getattr(record, "due", None))),
                *(getattr(record, "authority", ""), getattr(record, "retracts", "")),
                record.id in counting,
            )
        )
    evidence = [
        (record.id, place, one.number, one.file)
        for record in records
        for place, one in enumerate(record.evidence, 1)
    ]
    return {"record": rows, "evidence": evidence}


def _write(database: sqlite3.Connection, change: OfficeRows) -> None:
    """Put an office in place of what the database had of it; an export has one year alone."""
    office = change.office | {"problem": problem_line(change.problem) if change.problem else ""}
    names = ", ".join(office)
    gaps = ", ".join("?" * len(office))
    new = ", ".join(f"{name} = excluded.{name}" for name in office)
    # The names are our own columns and tables; all that people wrote goes into the gaps.
    statement = (
        f"INSERT INTO office ({names}) VALUES ({gaps}) "  # noqa: S608
        f"ON CONFLICT (place, year) DO UPDATE SET {new} RETURNING office"
    )
    (number,) = database.execute(statement, tuple(office.values())).fetchone()
    for table in reversed(_CHILDREN):
        database.execute(f"DELETE FROM {table} WHERE office = ?", (number,))  # noqa: S608
    for table in _CHILDREN:
        rows = change.rows.get(table)
        if rows:
            gaps = ", ".join("?" * (1 + len(rows[0])))
            # A plan that 'check' complains about may have a number twice.
            statement = f"INSERT OR IGNORE INTO {table} VALUES ({gaps})"  # noqa: S608
            database.executemany(statement, ((number, *row) for row in rows))


def _moment(at: dt.datetime) -> str:
    """Return ``at`` in UTC, so that moments sort as texts do."""
    try:
        return at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    except OverflowError:  # within hours of the year 1 or 9999
        return at.isoformat(timespec="microseconds")


def _text(value: object) -> str | None:
    """Return a day or an exact number as text, which SQLite has no types for."""
    return None if value is None else str(value)

"""Which columns have the occurrences and the journal in a spreadsheet?

The same for CSV and xlsx: a title, a value of its own kind, and a width in characters.
In CSV dates stand as 2025-06-30, which a spreadsheet takes for a date in any country.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Generic, Literal, NamedTuple, TypeAlias, TypeVar

import msgspec

from parplan.i18n import _, period_name
from parplan.journal.record import News, Undo
from parplan.problem import N_
from parplan.render import data, words
from parplan.render.export.content import Export, ExportRow, JournalEntry

Value: TypeAlias = str | int | Decimal | dt.datetime | dt.date | None
Kind: TypeAlias = Literal["text", "short", "timing", "date", "moment", "percent", "number"]
"""``text`` may need several lines, ``short`` and ``timing`` do not; ``percent`` is 0 to 100."""

T_contra = TypeVar("T_contra", contravariant=True)


class WorkbookColumn(NamedTuple, Generic[T_contra]):
    """One column; ``title`` is a marked text."""

    title: str
    kind: Kind
    width: int
    value: Callable[[T_contra], Value]


class SheetColumn(msgspec.Struct, frozen=True):
    """A column of a sheet in which somebody types: its role, its marked title, kind, width."""

    role: str
    title: str
    kind: Kind
    width: int
    explanation: str | None = None
    """What to type, as Excel shows it beside the cell; None where nothing is typed."""


def label(row: ExportRow) -> str:
    """Return what the occurrence is called: 'Lần 1'."""
    return row.item.occurrence.label if row.item else ""


def _period(row: ExportRow) -> str:
    return period_name(row.item.occurrence.period) if row.item else ""


def _days_left(row: ExportRow) -> int | None:
    return row.item.days_left if row.item and row.item.is_open else None


def _last_working_day(row: ExportRow) -> dt.date | None:
    return row.item.last_working_day if row.item else None


def _target(row: ExportRow) -> str:
    return words.target(row.task.target) if row.task.target else ""


def _remark(entry: JournalEntry) -> str:
    if isinstance(entry.record, Undo) and entry.record.retracts:
        return _("takes back %(id)s") % {"id": entry.record.retracts}
    if not entry.counts:
        return _("retracted or corrected")
    replaced = entry.record.replaces if isinstance(entry.record, News) else ""
    return _("corrects %(id)s") % {"id": replaced} if replaced else ""


def _field(name: str, absent: str | None = None) -> Callable[[JournalEntry], Value]:
    """Return what finds the field ``name`` of a record, ``absent`` for a kind that has none."""
    return lambda entry: getattr(entry.record, name, absent)


def latest_note(row: ExportRow) -> str:
    """Return the text that was recorded last."""
    return next((record.text for record in reversed(row.progress.records) if record.text), "")


OCCURRENCES: tuple[WorkbookColumn[ExportRow], ...] = (
    WorkbookColumn(N_("Ref"), "short", 13, lambda row: row.ref),
    WorkbookColumn(N_("No."), "short", 5, lambda row: row.task.id),
    WorkbookColumn(N_("Section"), "short", 6, lambda row: row.section.id),
    WorkbookColumn(N_("Task"), "text", 27, lambda row: row.task.name),
    WorkbookColumn(N_("Occurrence"), "text", 12, label),
    WorkbookColumn(N_("Due"), "date", 11, lambda row: row.item.due if row.item else None),
    WorkbookColumn(N_("Last working day"), "date", 11, _last_working_day),
    WorkbookColumn(N_("State"), "short", 11, lambda row: words.state(row.state)),
    WorkbookColumn(N_("Timing"), "timing", 12, lambda row: words.timing(row.timing)),
    WorkbookColumn(N_("Days left"), "number", 6, _days_left),
    WorkbookColumn(N_("% done"), "percent", 6, lambda row: row.progress.percent),
    WorkbookColumn(N_("Done on"), "date", 11, lambda row: row.progress.done_on),
    WorkbookColumn(N_("Measured"), "number", 9, lambda row: row.progress.value),
    WorkbookColumn(N_("Units"), "text", 18, lambda row: words.units(row.task)),
    WorkbookColumn(N_("Officers"), "text", 14, lambda row: ", ".join(row.task.officers)),
    WorkbookColumn(N_("Evidence"), "text", 15, lambda row: words.evidence(row.progress.evidence)),
    WorkbookColumn(N_("Reason for delay"), "text", 15, lambda row: row.progress.reason),
    WorkbookColumn(N_("Latest note"), "text", 24, latest_note),
)

_CSV_ONLY: tuple[WorkbookColumn[ExportRow], ...] = (
    WorkbookColumn(N_("Period"), "text", 0, _period),
    WorkbookColumn(N_("Title of the section"), "text", 0, lambda row: row.section.title),
    WorkbookColumn(N_("Task as issued"), "text", 0, lambda row: row.task.title),
    WorkbookColumn(N_("Requirement"), "text", 0, lambda row: row.task.requirement),
    WorkbookColumn(N_("Target"), "text", 0, _target),
    WorkbookColumn(N_("Deadline as issued"), "text", 0, lambda row: row.task.deadline_text),
)
"""What the appendix has for these rows in xlsx."""

JOURNAL: tuple[WorkbookColumn[JournalEntry], ...] = (
    WorkbookColumn(N_("Day"), "date", 11, lambda entry: entry.record.day),
    WorkbookColumn(N_("Ref"), "short", 13, lambda entry: entry.record.ref),
    WorkbookColumn(N_("What"), "short", 11, lambda entry: words.kind(entry.record.kind)),
    WorkbookColumn(N_("Content"), "text", 38, lambda entry: entry.record.text),
    WorkbookColumn(N_("% done"), "percent", 6, _field("percent")),
    WorkbookColumn(N_("Measured"), "number", 9, _field("value")),
    WorkbookColumn(N_("Evidence"), "text", 17, lambda entry: words.evidence(entry.record.evidence)),
    WorkbookColumn(N_("Reason for delay"), "text", 17, lambda entry: entry.record.reason),
    WorkbookColumn(N_("Proposal"), "text", 17, _field("proposal", "")),
    WorkbookColumn(N_("New deadline"), "date", 11, _field("due")),
    WorkbookColumn(N_("By authority of"), "text", 14, _field("authority", "")),
    WorkbookColumn(N_("Author"), "text", 17, lambda entry: entry.record.by),
    WorkbookColumn(
        N_("Written at"), "moment", 15, lambda entry: entry.record.at.replace(tzinfo=None)
    ),
    WorkbookColumn(N_("Id"), "short", 14, lambda entry: entry.record.id),
    WorkbookColumn(N_("Remark"), "text", 13, _remark),
)


def to_csv(export: Export) -> bytes:
    """Return a line for each row of ``export`` as CSV that Excel opens with Vietnamese letters."""
    columns = (*OCCURRENCES, *_CSV_ONLY)
    titles = [_(column.title) for column in columns]
    records = [_record(titles, columns, row) for row in export.rows]
    return data.to_csv(records, "\r\n").encode("utf-8-sig")


def _record(
    titles: Sequence[str], columns: Sequence[WorkbookColumn[ExportRow]], row: ExportRow
) -> dict[str, str | int | None]:
    plain = (_plain(column.value(row)) for column in columns)
    return dict(zip(titles, plain, strict=True))


def _plain(value: Value) -> str | int | None:
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value

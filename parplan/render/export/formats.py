"""The formats of an export, by the ending of their files; each is imported when it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from parplan.render.export.content import Export


def csv(export: Export) -> bytes:
    """Return the export as CSV."""
    from parplan.render.export import columns

    return columns.to_csv(export)


def xlsx(export: Export) -> bytes:
    """Return the export as an Excel workbook."""
    from parplan.render.export import xlsx

    return xlsx.render(export)


def ics(export: Export, *, todo: bool = False) -> bytes:
    """Return the export as a calendar, of to-dos or else of events."""
    from parplan.render.export import ics

    return ics.to_bytes(export, ics.updated(export, todo=todo))


def json(export: Export) -> bytes:
    """Return the export as JSON."""
    from parplan.render.export import json_file

    return json_file.render(export)


FORMATS: Mapping[str, Callable[[Export], bytes]] = {
    "xlsx": xlsx,
    "ics": ics,
    "csv": csv,
    "json": json,
}

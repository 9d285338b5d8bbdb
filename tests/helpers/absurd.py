"""An office with absurd values in its files, and what check says of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.helpers.office import JOURNAL, Office
from tests.helpers.running import ROOT, clean_environment

GOOD = {
    "id": "g00d",
    "at": "2025-06-10T08:00:00+07:00",
    "by": "An",
    "kind": "note",
    "task": "4",
    "period": "2025-06",
}


def line(number: int, values: dict[str, Any]) -> str:
    record = {**GOOD, "id": f"absurd{number}", **values}
    return f"- {json.dumps({key: value for key, value in record.items() if value is not None})}\n"


def office_with(folder: Path, *records: dict[str, Any]) -> Office:
    (folder / "plan").mkdir(parents=True, exist_ok=True)
    for name, source in (("2025.yaml", "2025.yaml"), ("2025.index.yaml", "example.index.yaml")):
        (folder / "plan" / name).write_bytes((ROOT / "plan" / source).read_bytes())
    text = "".join(line(number, values) for number, values in enumerate([GOOD, *records]))
    (folder / JOURNAL).write_text(text, encoding="utf-8")
    return Office(folder, clean_environment())


def findings(office: Office) -> list[tuple[int, str]]:
    """Return line and code of each finding in the journal."""
    answer = json.loads(office.run("check", "--format", "json").stdout)
    return [(one["line"], one["code"]) for one in answer["items"] if one["path"] == JOURNAL]

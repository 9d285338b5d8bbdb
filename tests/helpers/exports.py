"""An export whose every text is one, and the texts that each format gives back."""

from __future__ import annotations

import csv
import importlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from parplan.journal.record import Evidence
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from parplan.render.export import content as export
from parplan.render.export.formats import FORMATS
from parplan.text import printable, visible
from tests.helpers.calendar_checker import read as read_calendar
from tests.helpers.office import made
from tests.helpers.running import ROOT
from tests.helpers.schemas import mistakes

openpyxl: Any = importlib.import_module("openpyxl")  # it has no types of its own


def _with_one_task() -> Plan:
    plan = read_plan("2025.yaml", (ROOT / "plan" / "2025.yaml").read_bytes()).value
    assert plan is not None
    first = plan.sections[0]
    section = msgspec.structs.replace(first, tasks=[t for t in first.tasks if t.id == "4"])
    return msgspec.structs.replace(plan, sections=[section])


PLAN = _with_one_task()
"""The plan of 2025 with its task 4 alone."""


def hostile_plan(text: str) -> Plan:
    """Return that plan with ``text`` in every place where a person writes."""
    data = msgspec.to_builtins(PLAN)
    task = data["sections"][0]["tasks"][0]
    for key in ("title", "short", "requirement", "deadline_text"):
        task[key] = text
    task["schedule"][0]["label"] = text
    task["units"], task["supporting"] = [text], [text]
    task["target"] = {"at_least": "2", "unit": text}
    data["sections"][0]["title"] = data["issuer"] = data["document"]["title"] = text
    data["appendix"] |= {"title": text, "reference": text, "columns": [text] * 5}
    data["units"].append({"id": "x", "name": text})
    return msgspec.convert(data, Plan)


def hostile(text: str) -> export.Export:
    records = [
        made(
            1,
            "directive",
            "4@2025-06",
            text=text,
            by=text,
            reason=text,
            proposal=text,
            authority=text,
            evidence=(Evidence(text, text),),
        )
    ]
    return export.build(hostile_plan(text), records, made().day, unit=text, section=text)


def rendered(form: str, text: str) -> bytes:
    return FORMATS[form](hostile(text))


def xlsx_texts(data: bytes) -> Iterator[str]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:
        assert not sheet._hyperlinks
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in "nsd", cell.value  # never a formula or an error
                if cell.data_type == "s":
                    yield cell.value


def ics_texts(data: bytes) -> Iterator[str]:
    for part in read_calendar(data).parts:
        yield part.text("SUMMARY").rpartition(" (")[0].partition(" – ")[0]
        for line in part.text("DESCRIPTION").split("\n"):
            yield line.partition(": ")[2]


def csv_texts(data: bytes) -> Iterator[str]:
    csv.field_size_limit(1 << 20)
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        for cell in row:
            assert not cell.lstrip().startswith(tuple("=+@＝＋－＠")), cell
            yield cell


def json_texts(data: bytes) -> Iterator[str]:
    assert not set(data.decode()) & set("\x1b\x9b\u202e\u2028\ufeff")
    loaded = json.loads(data)
    assert mistakes("export", loaded) == []
    yield loaded["journal"][0]["text"]
    yield loaded["plan"]["issuer"]
    yield next(one["title"] for one in loaded["tasks"] if one["task"] == "4")


READERS: Mapping[str, tuple[Callable[[bytes], Iterator[str]], Callable[[str], set[str]]]] = {
    "xlsx": (xlsx_texts, lambda text: {printable(text), f"{printable(text)} "}),
    "ics": (ics_texts, lambda text: {printable(text), printable(text).split("\n")[0]}),
    "csv": (csv_texts, lambda text: {visible(text), f"'{visible(text)}"}),
    "json": (json_texts, lambda text: {text}),
}

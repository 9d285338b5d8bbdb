"""The JSON Schema that helps an editor: fresh, true to the plan, strict and explained."""

from __future__ import annotations

import copy
import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from parplan import schema
from parplan.plan.file import read_plan
from parplan.yamlfile.parse import load_yaml
from tests.helpers.rules import ENTRIES
from tests.helpers.schemas import mistakes, plain

FOLDER = Path(__file__).parent.parent / "plan"
PLAN = FOLDER / "2025.yaml"
FIRST_LINE = "# yaml-language-server: $schema=plan.schema.json"

if TYPE_CHECKING:
    from tests.conftest import Run

jsonschema: Any = importlib.import_module("jsonschema")  # it has no types of its own


def real_data() -> Any:
    return plain(load_yaml(PLAN.name, PLAN.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", schema.SCHEMAS)
def test_the_shipped_schema_is_fresh(name: str) -> None:
    """``python docs/generate.py`` makes it so."""
    answer = f"docs/schema/{name.replace(' ', '-')}.json"
    file = f"plan/{name.removesuffix(' file')}.schema.json"
    shipped = answer if name in schema.ANSWERS else file

    assert (FOLDER.parent / shipped).read_text(encoding="utf-8") == schema.schema_text(name)


@pytest.mark.parametrize("name", schema.SCHEMAS)
def test_it_is_a_schema(name: str) -> None:
    rules = json.loads(schema.schema_text(name))

    jsonschema.validators.validator_for(rules).check_schema(rules)
    assert rules["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", schema.SCHEMAS)
def test_the_program_prints_it(name: str, run: Run) -> None:
    ended = run("schema", *name.split())

    assert (ended.stdout, ended.stderr) == (schema.schema_text(name), "")


def test_a_name_without_a_schema_is_refused_with_those_that_are_there(run: Run) -> None:
    ended = run("schema", "score", "gapz", "--lang", "en")

    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("parplan: there is no schema 'score gapz'; there are: plan, ")


def test_the_plan_names_it_in_its_first_line() -> None:
    first = PLAN.read_text(encoding="utf-8").partition("\n")[0]

    assert first == FIRST_LINE
    assert (PLAN.parent / first.partition("$schema=")[2]).is_file()


def test_the_real_plan_is_right() -> None:
    assert mistakes("plan", real_data()) == []


def task(data: Any, row: int = 0) -> Any:
    return data["sections"][0]["tasks"][row]


Change = Callable[[Any], object]

MISTAKES: dict[str, Change] = {
    "unknown-key": lambda data: data.update(isuer="x"),
    "unknown-key-of-a-task": lambda data: task(data).update(unit=["x"]),
    "missing-year": lambda data: data.pop("year"),
    "missing-title-of-a-task": lambda data: task(data).pop("title"),
    "missing-schedule": lambda data: task(data).pop("schedule"),
    "later-format": lambda data: data.update(schema=2),
    "year-in-quotes": lambda data: data.update(year="2025"),
    "task-number-without-quotes": lambda data: task(data).update(id=1),
    "empty-title": lambda data: task(data).update(title=""),
    "title-of-nothing": lambda data: task(data).update(title=None),
    "one-unit-without-a-list": lambda data: task(data).update(units="Một cửa"),
    "no-such-day": lambda data: data.update(effective_from="2025-02-30"),
    "day-in-another-order": lambda data: data.update(effective_from="18/3/2025"),
    "no-such-language": lambda data: data.update(language="fr"),
    "unit-id-with-accents": lambda data: data["units"][0].update(id="Văn phòng"),
    "target-in-words": lambda data: task(data).update(target={"at_least": "nhiều"}),
    "target-per-month": lambda data: task(data).update(target={"per": "month"}),
    "schedule-of-nothing": lambda data: task(data).update(schedule=[{}]),
    "schedule-of-a-word": lambda data: task(data).update(schedule=["month"]),
    "misspelt-kind": lambda data: task(data).update(schedule=[{"evry": "month"}]),
    "unknown-unit-of-time": lambda data: task(data).update(schedule=[{"every": "fortnight"}]),
    "day-32": lambda data: task(data).update(schedule=[{"every": "month", "before": 32}]),
    "day-0": lambda data: task(data).update(schedule=[{"every": "month", "by": 0}]),
    "in-a-number": lambda data: task(data).update(schedule=[{"in": 2025}]),
    "by-no-such-day": lambda data: task(data).update(schedule=[{"by": "2025-06-31"}]),
    "not-continuous": lambda data: task(data).update(schedule=[{"continuous": False}]),
    "within-no-time": lambda data: task(data).update(
        schedule=[{"on_directive": "UBND", "within": "soon"}]
    ),
    "two-kinds-in-one": lambda data: task(data).update(
        schedule=[{"every": "month", "continuous": True}]
    ),
    "key-of-ours": lambda data: task(data).update(schedule=[{"rule": "every", "every": "month"}]),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_typical_mistakes_are_marked(name: str) -> None:
    data = real_data()
    MISTAKES[name](data)

    assert mistakes("plan", data) != []


@pytest.mark.parametrize("name", MISTAKES)
def test_the_plan_file_refuses_them_too(name: str) -> None:
    data = copy.deepcopy(real_data())
    MISTAKES[name](data)

    assert read_plan(PLAN.name, json.dumps(data).encode()).value is None


CORRECT: dict[str, Change] = {
    "nothing-after-a-key": lambda data: data.update(closing=None, units=None, signer=None),
    "decimal-target": lambda data: task(data).update(target={"at_least": 98.5, "unit": "%"}),
    "every-kind-of-rule": lambda data: task(data).update(
        schedule=[
            {"every": "9-months", "by": 5, "of": "next-month", "label": "Chín tháng"},
            {"every": "week", "before": 6},
            {"in": "2025-Q4..2026-Q2"},
            {"by": "2025-11-30"},
            {"before": "2025-12-15", "label": None},
            {"continuous": True},
            {"on_directive": "UBND", "within": "5 working days"},
            *(plain(load_yaml("", f"{{{entry}}}")) for entry in ENTRIES.values()),
        ]
    ),
    "reorganised-in-mid-year": lambda data: data.update(
        superior=[
            {"name": "UBND quận Hà Đông", "until": "2025-06-30"},
            {"name": "UBND thành phố Hà Nội", "from": "2025-07-01"},
        ]
    ),
}


@pytest.mark.parametrize("name", CORRECT)
def test_what_is_right_is_not_marked(name: str) -> None:
    data = real_data()
    CORRECT[name](data)

    assert mistakes("plan", data) == []


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param(rules, id=f"{block}.{name}")
        for block, definition in json.loads(schema.schema_text("plan"))["$defs"].items()
        for name, rules in definition.get("properties", {}).items()
    ],
)
def test_every_property_is_explained(rules: dict[str, Any]) -> None:
    """At the property, or at the one of its choices that is not null."""
    places = [rules, *rules.get("anyOf", ())]
    texts = [place["description"] for place in places if "description" in place]

    assert len(texts) == 1
    assert texts[0].endswith(".")


def test_every_block_is_explained() -> None:
    blocks = json.loads(schema.schema_text("plan"))["$defs"]

    assert [name for name, block in blocks.items() if not block.get("description")] == []
    assert [name for name, block in blocks.items() if block["additionalProperties"]] == []

"""Files of a workspace are read alike by other programs, whether they know YAML 1.1 or 1.2.

PyYAML's own loader stands for 1.1, as Ruby and Go's yaml.v2 have it, ruamel.yaml for 1.2.
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given

from parplan.journal.file import to_line
from parplan.journal.record import KEYS, Note
from parplan.plan.file import read_plan
from parplan.plan.model import Plan, Swap
from parplan.plan.write import write_plan
from parplan.schema import index_schema, plan_schema
from parplan.yamlfile.parse import load_yaml, means_more
from tests.helpers.any_plans import plans
from tests.helpers.running import ROOT

ruamel: Any = importlib.import_module("ruamel.yaml")  # its types are of another mypy's making

Reader = Callable[[str], Any]


def by_yaml_1_1(text: str) -> Any:
    return yaml.load(text, yaml.SafeLoader)


def by_yaml_1_2(text: str) -> Any:
    reader = ruamel.YAML(typ="safe", pure=True)
    assert reader.version in (None, (1, 2))
    return reader.load(text)


READERS = (by_yaml_1_1, by_yaml_1_2)


def plain(data: Any) -> Any:
    """Return ``data`` with dates and decimals as any reader could have them."""
    if isinstance(data, dict):
        assert all(isinstance(key, str) for key in data), data
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    if isinstance(data, dt.date):
        return data.isoformat()
    return data if data is None or isinstance(data, str | bool) else float(data)


def journal_of(text: str) -> str:
    day = dt.datetime(2025, 6, 9, 8, tzinfo=dt.UTC)
    note = Note(id="a1", at=day, by="An", on=day.date(), task="4", text=text)
    return to_line(note)


FILES = {
    "plan": (ROOT / "plan" / "2025.yaml").read_text(encoding="utf-8"),
    "index": (ROOT / "plan" / "example.index.yaml").read_text(encoding="utf-8"),
    "journal": (ROOT / "tests" / "data" / "report.journal.yaml").read_text(encoding="utf-8"),
    "journal-of-traps": "".join(
        map(journal_of, ("no", "12:30", "a: b #c", "\x85\u2028\ufeff☃", ""))
    ),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", FILES)
def test_a_file_is_to_others_what_it_is_to_us(name: str, reader: Reader) -> None:
    assert plain(reader(FILES[name])) == plain(load_yaml(name, FILES[name]))


@given(plans)
def test_any_plan_that_is_written_is_read_alike(plan: Plan) -> None:
    text = write_plan(plan)

    data = plain(load_yaml("", text))
    assert [plain(reader(text)) == data for reader in READERS] == [True, True]


TEXTS = (
    *("no", "Off", "y", "N", "12:30", "1:2:3.5", "1_000", "0o17", "0x1F", "1e3", "1.5E+3", ".inf"),
    *("=", "<<", "2025-06", "2025", "08", "quý II", "-", "~", "giờ: 8"),
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_stays_text_to_all(text: str) -> None:
    plan = read_plan("plan/2025.yaml", FILES["plan"].encode()).value
    assert plan is not None

    written = write_plan(msgspec.structs.replace(plan, closing=text, recipients=[text]))

    for reader in READERS:
        data = reader(written)
        assert (data["closing"], data["recipients"]) == (text, [text])


def words_of(rules: Any) -> Iterator[str]:
    """Yield the keys that a JSON Schema allows, and the words that it allows as values."""
    if isinstance(rules, dict):
        yield from rules.get("properties", ())
        yield from (word for word in rules.get("enum", ()) if isinstance(word, str))
        for inner in rules.values():
            yield from words_of(inner)
    elif isinstance(rules, list):
        for inner in rules:
            yield from words_of(inner)


def test_no_key_or_word_of_ours_is_anything_but_text() -> None:
    """But 'on' of the journal, which stands in quotes there, as all of a line's keys do."""
    words = {word for make in (plan_schema, index_schema) for word in words_of(make())}

    assert {"day_off", "effective_from", "month", "mondays"} <= words
    assert {word for word in words if means_more(word)} == set()
    assert {key for key in KEYS if means_more(key)} == {"on"}


def test_the_old_key_of_a_day_off_is_read_on() -> None:
    old = FILES["plan"].replace("day_off: 2025-05-02", "off: 2025-05-02")
    assert old != FILES["plan"]

    plan = read_plan("plan/2025.yaml", old.encode()).value

    assert plan is not None
    assert plan.calendar.swaps == [Swap(work=dt.date(2025, 4, 26), day_off=dt.date(2025, 5, 2))]
    both = old.replace("off: 2025-05-02", "off: 2025-05-02, day_off: 2025-05-02")
    (problem,) = read_plan("plan/2025.yaml", both.encode()).problems
    line = both[: both.index("off: 2025-05-02")].count("\n") + 1
    assert (problem.code, problem.where.line) == ("unknown-key", line)

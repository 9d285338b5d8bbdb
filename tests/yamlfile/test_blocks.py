"""A file read block by block is the file read whole, or it is not read block by block at all."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.plan.file import PlanReader, read_plan
from parplan.yamlfile.blocks import SharedBlocks, split_blocks
from parplan.yamlfile.parse import YamlError, load_yaml
from tests.helpers.running import ROOT

PLAN = (ROOT / "plan" / "2025.yaml").read_bytes()


def whole(text: str) -> object:
    try:
        return load_yaml("", text)
    except YamlError:
        return None


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb:\n  - x\n  - {y: z}\n",
        "# c\n\na: 1\n# d\nb: |\n  text: x\n\n  more\nc: end",
        "a:\n- 1\n- 2\nb: 'x\n  y'\n",
        "a: x\n  y\nb: >-\n  z\n\n\nc:\n",
        "a: 1\r\nb: 2\r\n",
    ],
)
def test_what_is_split_is_the_whole(text: str) -> None:
    assert SharedBlocks(lambda _data: None).load(text) == whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2\n",
        "a: 'x\nb: y'\n",
        "a: [1,\nb: 2]\n",
        "a: [1,\n  2\n]\n",
        "---\na: 1\n",
        "a: 1\n---\nb: 2\n",
        '"a": 1\nb: 2\n',
        "a: &x 1\nb: *x\n",
        "  a: 1\nb: 2\n",
        "A: 1\n",
        "- a\n",
        "a: 1\n\tb: 2\n",
        "",
        "# nothing\n",
    ],
)
def test_what_is_not_certain_is_left(text: str) -> None:
    assert SharedBlocks(lambda _data: None).load(text) is None


LINES = st.sampled_from(
    [
        *("a: 1", "b: x", "c:", "d: |", "e: 'x", "f: [1,", "g: {x: 1", "  h: 2", "  - 3", "- 4"),
        *("}", "]", "'", "  x'", "# c", "", "  ", "...", "---", "? a", ": b", "a: *x", "i: >+"),
        *("  text: y", '"k": 1', "\tz", "%YAML 1.2"),
    ]
)


@given(st.lists(LINES, max_size=9).map("\n".join))
def test_no_text_is_read_otherwise_than_whole(text: str) -> None:
    read = SharedBlocks(lambda _data: None).load(text)

    assert read is None or read == whole(text)


def test_blocks_are_kept_and_the_oldest_go() -> None:
    asked: list[object] = []
    blocks = SharedBlocks(asked.append)
    for number in range(blocks.MOST):
        blocks.load(f"a: {number}\nshared: 1\n")
    assert asked.count({"shared": 1}) == 1
    blocks.load("a: 0\n")
    assert asked.count({"a": 0}) == 2


def test_plans_of_a_district_are_those_read_one_by_one() -> None:
    reader = PlanReader()
    other = PLAN.replace("phường Phú La".encode(), "phường Yên Nghĩa".encode())
    for data in (PLAN, other, PLAN):
        assert reader.read("x", data).value == read_plan("x", data).value
    assert split_blocks(PLAN.decode()) is not None


@pytest.mark.parametrize(
    "data",
    [
        PLAN + b"colour: red\n",
        PLAN.replace(b"year: 2025", b"year: x"),
        PLAN.replace(b"schedule:", b"schedule: 1 #"),
        PLAN[:900],
        PLAN + b"\xff",
        PLAN.decode().encode("utf-16"),
        b"",
    ],
)
def test_a_faulty_plan_has_the_same_problems(data: bytes) -> None:
    assert PlanReader().read("x", data) == read_plan("x", data)


def test_a_shared_block_is_not_changed_by_whoever_reads_it() -> None:
    reader = PlanReader()
    first = reader.read("x", PLAN).value
    assert first is not None
    before = msgspec.json.encode(first)
    assert reader.read("x", PLAN).value is not None
    assert msgspec.json.encode(first) == before

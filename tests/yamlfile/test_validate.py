"""A plan with mistakes: every one is reported with its place, whatever was written."""

from __future__ import annotations

import copy
import datetime as dt
import functools
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from parplan.agenda import items as agenda
from parplan.plan.checks import check_plan
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from parplan.problem import CODES, DataPath, Problem
from parplan.schedule import periods
from parplan.yamlfile.parse import load_yaml
from parplan.yamlfile.reading import FileReading
from parplan.yamlfile.validate import nearest

PLAN = Path(__file__).parents[2] / "plan" / "2025.yaml"
NAME = "plan/2025.yaml"

MINIMAL = """\
schema: 1
year: 2025
document: {type: Kế hoạch, symbol: KH-UBND, title: Một kế hoạch, place: Phú La}
issuer: UBND phường Phú La
effective_from: 2025-03-18
sections:
  - id: I
    title: Chỉ đạo
    tasks:
      - {id: "1", title: Báo cáo, schedule: [{every: month}]}
"""
"""The shortest plan with a task; each test below changes one line of it."""


def read(text: str) -> FileReading[Plan]:
    return read_plan(NAME, text.encode())


def placed(problems: list[Problem]) -> list[str]:
    """Return ``LINE:COLUMN CODE`` of each problem."""
    return [f"{problem.where.line}:{problem.where.column} {problem.code}" for problem in problems]


def with_task(task: str) -> str:
    """Return the minimal plan with ``task`` for its task, which stands in line 10."""
    return MINIMAL[: MINIMAL.index("      - {id")] + f"      - {task}\n"


def with_schedule(entry: str) -> str:
    """Return the minimal plan with one schedule entry, which begins in column 46 of line 10."""
    return with_task(f'{{id: "1", title: Báo cáo, schedule: [{entry}]}}')


def test_the_minimal_plan_is_right() -> None:
    reading = read(MINIMAL)

    assert reading.problems == []
    assert reading.value is not None
    assert [
        occurrence.ref
        for _, task in reading.value.tasks()
        for occurrence in reading.value.occurrences(task)
    ][:2] == ["1@2025-03", "1@2025-04"]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param("just words", ["1:1 wrong-type"], id="no-block-at-all"),
        pytest.param("- 1\n", ["1:1 wrong-type"], id="a-list"),
        pytest.param(MINIMAL + "year: 2026\n", ["11:1 repeated-key"], id="key-twice"),
        pytest.param(
            MINIMAL.replace("year: 2025", "year: '2025'"), ["2:7 wrong-type"], id="number-in-quotes"
        ),
        pytest.param(
            MINIMAL.replace("year: 2025", "year: 25"), ["2:7 out-of-range"], id="year-too-small"
        ),
        pytest.param(
            MINIMAL.replace("year: 2025", "year: true"), ["2:7 wrong-type"], id="true-is-no-number"
        ),
        pytest.param(
            MINIMAL.replace("year: 2025", "year: 2025.0"), ["2:7 wrong-type"], id="decimal-year"
        ),
        pytest.param(
            MINIMAL.replace("year: 2025\n", ""), ["1:1 missing-key"], id="key-that-is-missing"
        ),
        pytest.param(
            MINIMAL.replace("year: 2025", "year:"), ["1:1 missing-key"], id="nothing-after-a-key"
        ),
        pytest.param(
            MINIMAL.replace("issuer:", "isuer:"),
            ["1:1 missing-key", "4:1 unknown-key"],
            id="misspelt-key",
        ),
        pytest.param(
            MINIMAL.replace("schema: 1", "schema: 2"), ["1:9 not-one-of"], id="later-format"
        ),
        pytest.param(
            MINIMAL.replace("schema: 1", "schema: true"), ["1:9 not-one-of"], id="true-is-not-1"
        ),
        pytest.param(
            MINIMAL.replace("issuer: UBND phường Phú La", "issuer: 5"),
            ["4:9 wrong-type"],
            id="number-for-text",
        ),
        pytest.param(
            MINIMAL.replace("issuer: UBND phường Phú La", "issuer: ''"),
            ["4:9 out-of-range"],
            id="empty-text",
        ),
        pytest.param(
            MINIMAL.replace("issuer: UBND phường Phú La", "issuer: [UBND]"),
            ["4:9 wrong-type"],
            id="list-for-text",
        ),
        pytest.param(
            MINIMAL.replace("2025-03-18", "2025-02-30"), ["5:17 impossible-date"], id="no-such-day"
        ),
        pytest.param(
            MINIMAL.replace("2025-03-18", "18/3/2025"), ["5:17 impossible-date"], id="other-order"
        ),
        pytest.param(
            MINIMAL.replace("2025-03-18", "2025-3-18"), ["5:17 impossible-date"], id="no-zero"
        ),
        pytest.param(
            MINIMAL.replace("2025-03-18", "20250318"), ["5:17 impossible-date"], id="no-dashes"
        ),
        pytest.param(
            MINIMAL.replace("2025-03-18", "２０２５-03-18"),
            ["5:17 impossible-date"],
            id="full-width-digits",
        ),
        pytest.param(
            MINIMAL + "language: fr\n", ["11:11 not-one-of"], id="language-that-is-not-spoken"
        ),
        pytest.param(
            MINIMAL.replace("{type: Kế hoạch, ", "{"), ["3:11 missing-key"], id="inside-a-block"
        ),
        pytest.param(
            MINIMAL.replace("place: Phú La}", "place: Phú La, date: 3/2025}"),
            ["3:87 out-of-range"],
            id="date-that-is-not-known-yet",
        ),
        pytest.param(MINIMAL + "units: {a: b}\n", ["11:8 wrong-type"], id="block-for-a-list"),
        pytest.param(MINIMAL + "units: [a]\n", ["11:9 wrong-type"], id="text-for-a-block"),
        pytest.param(
            MINIMAL + "units: [{id: Văn phòng, name: x}]\n",
            ["11:14 out-of-range"],
            id="unit-id-with-accents",
        ),
        pytest.param(
            MINIMAL + "recipients:\n  - UBND quận\n  - 5\n  -\n",
            ["13:5 wrong-type", "14:4 wrong-type"],
            id="items-of-a-list",
        ),
    ],
)
def test_mistakes_in_a_plan(text: str, problems: list[str]) -> None:
    reading = read(text)

    assert reading.value is None
    assert placed(reading.problems) == problems


@pytest.mark.parametrize(
    ("entry", "problems"),
    [
        pytest.param("{every: month, before: 25, by: 24}", ["10:46 bad-rule"], id="before-and-by"),
        pytest.param("{every: week, by: 8}", ["10:46 bad-rule"], id="day-8-of-a-week"),
        pytest.param("{every: month, of: next-month}", ["10:46 bad-rule"], id="of-without-a-day"),
        pytest.param("{in: 2025-13}", ["10:46 bad-rule"], id="in-month-13"),
        pytest.param("{in: 2025}", ["10:51 wrong-type"], id="year-without-quotes"),
        pytest.param("{by: 2025-06-31}", ["10:51 impossible-date"], id="by-no-such-day"),
        pytest.param("{by: 2025-06-30, before: 2025-07-01}", ["10:46 bad-rule"], id="two-dates"),
        pytest.param("{every: fortnight}", ["10:54 not-one-of"], id="unknown-unit"),
        pytest.param("{every: [month]}", ["10:54 not-one-of"], id="list-of-units"),
        pytest.param("{every: month, by: 32}", ["10:65 out-of-range"], id="day-32"),
        pytest.param("{every: month, by: 0}", ["10:65 out-of-range"], id="day-0"),
        pytest.param("{every: month, by: '5'}", ["10:65 wrong-type"], id="day-in-quotes"),
        pytest.param("{every: month, on: 5}", ["10:61 unknown-key"], id="unknown-key"),
        pytest.param("{evry: month}", ["10:47 unknown-key"], id="misspelt-kind"),
        pytest.param("{}", ["10:46 bad-rule"], id="nothing-in-it"),
        pytest.param("{label: Lần 1}", ["10:46 bad-rule"], id="only-a-label"),
        pytest.param("{rule: every, every: month}", ["10:47 unknown-key"], id="key-of-ours"),
        pytest.param("month", ["10:46 wrong-type"], id="a-word"),
        pytest.param("{continuous: false}", ["10:59 not-one-of"], id="not-continuous"),
        pytest.param("{continuous: yes}", ["10:59 not-one-of"], id="yes-is-text"),
        pytest.param("{on_directive: ''}", ["10:61 out-of-range"], id="directive-of-nobody"),
        pytest.param(
            "{on_directive: UBND, within: soon}", ["10:75 out-of-range"], id="within-no-time"
        ),
    ],
)
def test_mistakes_in_a_schedule(entry: str, problems: list[str]) -> None:
    reading = read(with_schedule(entry))

    assert reading.value is None
    assert placed(reading.problems) == problems


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        pytest.param("at_least: nhiều", "wrong-type", id="words"),
        pytest.param("at_least: '98,5'", "wrong-type", id="comma"),
        pytest.param("at_least: 100%", "wrong-type", id="percent-sign"),
        pytest.param("at_least: true", "wrong-type", id="true"),
        pytest.param("at_least: [1]", "wrong-type", id="list"),
        pytest.param("at_least: .nan", "wrong-type", id="no-number"),
        pytest.param("at_least: 'NaN'", "wrong-type", id="no-number-in-quotes"),
        pytest.param("at_least: 'Infinity'", "wrong-type", id="infinity-in-quotes"),
        pytest.param("per: month", "not-one-of", id="per-month"),
        pytest.param("at_leest: 2", "unknown-key", id="misspelt"),
    ],
)
def test_mistakes_in_a_target(target: str, problem: str) -> None:
    reading = read(with_task(f'{{id: "1", title: x, schedule: [], target: {{{target}}}}}'))

    assert [fault.code for fault in reading.problems] == [problem]


@pytest.mark.parametrize(
    ("target", "value"),
    [
        pytest.param("100", Decimal(100), id="whole"),
        pytest.param("98.5", Decimal("98.5"), id="decimal"),
        pytest.param("0.1", Decimal("0.1"), id="exact"),
        pytest.param("-1", Decimal(-1), id="negative"),
    ],
)
def test_a_target_is_an_exact_number(target: str, value: Decimal) -> None:
    plan = read(
        with_task(f'{{id: "1", title: x, schedule: [], target: {{at_least: {target}}}}}')
    ).value

    assert plan is not None
    (task,) = [task for _, task in plan.tasks()]
    assert task.target is not None
    assert task.target.at_least == value


FIVE = """\
schema: 1
year: twenty
document: {type: Kế hoạch, symbol: KH-UBND, title: Một kế hoạch, place: 7}
issuer: UBND phường Phú La
effective_from: 2025-02-29
sections:
  - id: I
    title: Chỉ đạo
    tasks:
      - {id: "1", title: Báo cáo, schedule: [{every: month, by: 40}], unit: [Một cửa]}
"""


DAY, ISSUED = "2025-06-30", "2025-03-18, 2025-03 or 2025"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (MINIMAL.replace("place: Phú La}", "place: Phú La, date: 20/3/2025}"), ISSUED),
        (MINIMAL.replace("place: Phú La}", "place: Phú La, date: 2025-02-30}"), ISSUED),
        (MINIMAL.replace("2025-03-18", "18/3/2025"), DAY),
        (MINIMAL + "superior: [{name: a, until: 30/6/2025}]\n", DAY),
        (MINIMAL + "bases: [{text: a, date: 2025-6-30}]\n", DAY),
        (MINIMAL + "units: [{id: a, name: a, from: tháng 6}]\n", DAY),
        (MINIMAL + "calendar: {holidays: [{date: 30/4/2025}]}\n", DAY),
        (MINIMAL + "calendar: {swaps: [{work: 3/5, day_off: 2025-05-02}]}\n", DAY),
        (with_task("{id: a, title: a, schedule: [{by: 30/6/2025}]}"), DAY),
        (with_task("{id: a, title: a, schedule: [{before: 30/6/2025}]}"), DAY),
        (with_task("{id: a, title: a, from: 1/7/2025, schedule: [{every: month}]}"), DAY),
        (with_task("{id: a, title: a, until: 1.7, schedule: [{every: month}]}"), DAY),
        (
            with_task(
                "{id: a, title: a, schedule: [{every: month}], "
                "handed_over: [{from: 1/7/2025, units: [a]}]}"
            ),
            DAY,
        ),
    ],
)
def test_every_date_says_how_it_is_written_there(text: str, form: str) -> None:
    (problem,) = read(text).problems

    assert f"write it as {form}" in problem.text


def test_five_mistakes_are_five_problems_in_the_order_of_the_file() -> None:
    reading = read(FIVE)

    assert reading.value is None
    assert placed(reading.problems) == [
        "2:7 wrong-type",
        "3:73 wrong-type",
        "5:17 impossible-date",
        "10:65 out-of-range",
        "10:71 unknown-key",
    ]


def test_five_findings_of_the_checks_are_in_the_order_of_the_file() -> None:
    text = MINIMAL.replace("[{every: month}]", "[], units: [A, B]") + (
        '      - {id: "1", title: x, schedule: [{by: 2025-01-01}]}\n'
        "calendar: {swaps: [{work: 2025-06-30, off: 2025-07-01}]}\n"
    )
    reading = read(text)
    assert reading.value is not None

    problems = reading.locate(check_plan(reading.value, NAME))

    assert placed(problems) == [
        "10:45 no-schedule",
        "10:57 unknown-unit",
        "10:60 unknown-unit",
        "11:14 repeated-id",
        "11:40 never-due",
        "12:20 bad-swap",
    ]


def test_a_blank_counts_as_absent_where_it_may_be_absent() -> None:
    reading = read(MINIMAL + "language:\nunits:\ncalendar:\nsigner:\nclosing:\n")

    assert reading.problems == []
    assert reading.value is not None
    assert (reading.value.language, reading.value.units, reading.value.closing) == ("vi", [], "")


@pytest.mark.parametrize(
    ("word", "near"),
    [
        pytest.param("shedule", "schedule", id="letter-left-out"),
        pytest.param("titel", "title", id="letters-swapped"),
        pytest.param("deadline", "deadline_text", id="only-its-start"),
        pytest.param("xyz", "", id="nothing-like-it"),
    ],
)
def test_nearest(word: str, near: str) -> None:
    assert nearest(word, ["title", "schedule", "deadline_text"]) == near


# Laws: random mistakes in the real plan.


@functools.cache
def real_data() -> Any:
    """Return the data of the real plan, most of its lines left out so that each is hit often."""
    data = load_yaml(NAME, PLAN.read_text(encoding="utf-8"))
    for key in ("bases", "text", "recipients", "units"):
        del data[key][1:]
    del data["text"][0]["items"][1:], data["calendar"]["holidays"][1:]
    data["sections"] = [data["sections"][0], data["sections"][4]]
    data["sections"][0]["tasks"] = [data["sections"][0]["tasks"][row] for row in (0, 3, 7)]
    data["sections"][1]["tasks"] = data["sections"][1]["tasks"][1:2]
    data["sections"][1]["tasks"][0]["schedule"].append({"by": "2025-11-30"})
    return data


def paths(data: Any, here: DataPath = ()) -> list[DataPath]:
    """Return the path of every value inside ``data``."""
    inside: list[tuple[str | int, Any]] = []
    if isinstance(data, dict):
        inside = list(data.items())
    elif isinstance(data, list):
        inside = list(enumerate(data))
    here_paths = [(*here, step) for step, _ in inside]
    return here_paths + [path for step, part in inside for path in paths(part, (*here, step))]


STRANGE = st.one_of(
    st.sampled_from(
        [
            None,
            True,
            False,
            0,
            -1,
            1,
            32,
            99999,
            "",
            " ",
            "x",
            "2025",
            "2025-06-31",
            "２０２５-06-30",
        ]
    ),
    st.sampled_from(["0001-01-01", "9999-12-31", "NaN", "1e9", "%s", "%(value)s", "\x1b[31m", "@"]),
    st.sampled_from(["every", "before", "continuous", "Một cửa", "2025-Q4..2026-Q2", "rule"]),
    st.just([]).map(copy.copy),
    st.just({}).map(copy.copy),
    st.just([None]).map(copy.copy),
    st.just({"id": "1"}).map(copy.copy),
    st.dates(dt.date(1, 1, 1)).map(str),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
)
KEYS = st.one_of(
    st.sampled_from(["rule", "id", "title", "by", "before", "every", "in", "of", "from", "x", ""]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5),
)


DATES = st.one_of(
    st.sampled_from(
        ["2025-06-31", "２０２５-06-30", "0001-01-01", "9999-12-31", "2025-6-3", "2025"]
    ),
    st.from_regex(r"\d{4}-\d\d-\d\d", fullmatch=True),  # in the digits of any script
    st.dates().map(str),
)


def is_date(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is not None


def spoil(draw: st.DrawFn, data: Any) -> str:
    """Put one random mistake into ``data`` and say which."""
    change = draw(st.sampled_from(["delete", "replace", "date", "rename", "add", "double"]))
    places = [path for path in paths(data) if change != "date" or is_date(value_at(data, path))]
    if not places:
        return "nothing left to spoil"
    path = draw(st.sampled_from(places))
    block, last = value_at(data, path[:-1]), path[-1]
    new: object = ""
    if change == "delete":
        del block[last]
    elif change in ("replace", "date"):
        new = block[last] = draw(DATES if change == "date" else STRANGE)
    elif isinstance(block, list):
        block.append(copy.deepcopy(value_at(data, path)))
    elif change == "rename":
        new = draw(KEYS)
        block[new] = block.pop(last)
    else:
        new = draw(KEYS)
        block[new] = draw(STRANGE)
    return f"{change} {path}: {new!r}"


def value_at(data: Any, path: DataPath) -> Any:
    for step in path:
        data = data[step]
    return data


class Spoilt:
    """A plan file with random mistakes, which alone are shown when a test fails."""

    def __init__(self, changes: list[str], data: bytes) -> None:
        self.changes = changes
        self.data = data

    def __repr__(self) -> str:
        return f"<plan with {self.changes}>"


@st.composite
def spoilt_plans(draw: st.DrawFn) -> Spoilt:
    """Return the real plan with one to three random mistakes."""
    data = copy.deepcopy(real_data())
    changes = [spoil(draw, data) for _ in range(draw(st.integers(1, 3)))]
    dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text = yaml.dump(data, Dumper=dumper, allow_unicode=True, sort_keys=False)
    return Spoilt(changes, text.encode())


@pytest.mark.slow
@settings(max_examples=300)
@given(spoilt_plans())
def test_a_spoilt_plan_has_problems_with_a_place_or_can_be_followed(spoilt: Spoilt) -> None:
    reading = read_plan(NAME, spoilt.data)

    assert (reading.value is None) is bool(reading.problems)
    assert reading.problems == sorted(reading.problems)
    assert all(
        problem.where.path == NAME and problem.where.line >= 1 for problem in reading.problems
    )
    assert all(problem.where.column >= 1 and problem.code in CODES for problem in reading.problems)
    if reading.value is None:
        return
    problems = reading.locate(check_plan(reading.value, NAME))
    june = agenda.agenda(reading.value, {}, periods.month(2025, 6), dt.date(2025, 6, 10))

    assert all(problem.where.line >= 1 and problem.code in CODES for problem in problems)
    assert [item.due for item in june.items] == sorted(item.due for item in june.items)


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param("{by: 0001-01-01}", id="by-the-first-day-there-is"),
        pytest.param("{before: 0001-01-01}", id="before-the-first-day-there-is"),
        pytest.param("{by: 9999-12-31}", id="by-the-last-day-there-is"),
        pytest.param("{in: 2999-12}", id="in-the-last-month-there-is"),
        pytest.param("{in: 1000-01..2999}", id="in-a-very-long-range"),
    ],
)
def test_dates_at_the_ends_of_the_calendar_can_be_checked(entry: str) -> None:
    reading = read(with_schedule(entry))
    codes = [problem.code for problem in reading.problems]
    if reading.value is not None:
        codes = [problem.code for problem in check_plan(reading.value, NAME)]
        agenda.agenda(reading.value, {}, periods.month(2025, 6), dt.date(2025, 6, 10))

    assert set(codes) <= {"never-due", "impossible-date", "bad-rule", "out-of-range"}


@given(st.lists(st.sampled_from(range(6)), unique=True))
def test_each_mistake_is_one_problem_more(chosen: list[int]) -> None:
    """Mistakes in different places are reported side by side; none hides another."""
    mistakes = [
        ("schema: 1", "schema: 2"),
        ("year: 2025", "year: x"),
        ("place: Phú La", "place: [1]"),
        ("2025-03-18", "2025-03-32"),
        ("id: I", "id: ''"),
        ("every: month", "every: moon"),
    ]
    text = MINIMAL
    for number in chosen:
        text = text.replace(*mistakes[number])

    assert len(read(text).problems) == len(chosen)


@given(st.binary(max_size=200))
def test_no_bytes_are_too_strange(data: bytes) -> None:
    reading = read_plan(NAME, data)

    assert (reading.value is None) is bool(reading.problems)
    assert all(problem.where.line >= 1 for problem in reading.problems)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(b"", "1:1 empty-file", id="nothing"),
        pytest.param(b"\xef\xbb\xbf", "1:1 empty-file", id="only-a-byte-order-mark"),
        pytest.param(b"# comment\n", "1:1 empty-file", id="only-a-comment"),
        pytest.param("issuer: Phú La".encode("cp1258"), "1:11 not-utf8", id="windows-1258"),
        pytest.param("# Kế hoạch\nissuer: x\xff".encode("utf-16"), "1:1 not-utf8", id="utf-16"),
        pytest.param("# Kế hoạch\na: ".encode() + b"\xff\n", "2:4 not-utf8", id="bad-byte"),
        pytest.param("# Kế ".encode() + b"\xff\n", "1:6 not-utf8", id="columns-count-characters"),
        pytest.param("a: ế".encode()[:-1], "1:4 not-utf8", id="cut-in-a-letter"),
    ],
)
def test_files_that_are_no_text(data: bytes, problem: str) -> None:
    reading = read_plan(NAME, data)

    assert reading.value is None
    assert placed(reading.problems) == [problem]


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_plan(NAME, b"\xef\xbb\xbf" + MINIMAL.encode()).value == read(MINIMAL).value


def test_windows_line_ends_do_no_harm() -> None:
    assert read(MINIMAL.replace("\n", "\r\n")).value == read(MINIMAL).value
    assert placed(read(FIVE.replace("\n", "\r\n")).problems) == placed(read(FIVE).problems)


@pytest.mark.parametrize(
    ("value", "shown"), [("0", "0"), ("12", "12"), ("false", "false"), ("true", "true")]
)
def test_a_wrong_value_is_shown_as_it_was_written(value: str, shown: str) -> None:
    problem = read(MINIMAL.replace("year: 2025", f"year: {value}")).problems[0]

    assert dict(problem.values)["value"] == shown


@pytest.mark.parametrize("days", ["every: week, by: 10", "every: month, by: 10, before: 12"])
def test_a_report_is_sent_on_a_day_that_there_is(days: str) -> None:
    reporting = f"reporting:\n  - {{{days}, name: Báo cáo}}\n"

    assert placed(read(MINIMAL + reporting).problems) == ["12:5 bad-rule"]

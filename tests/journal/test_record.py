"""A record is one line that comes back the same, whatever stands around it."""

from __future__ import annotations

import datetime as dt
import json
import random
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parplan.journal.active import active
from parplan.journal.file import Journal, read_journal, to_line, without_markers
from parplan.journal.record import (
    KEYS,
    KINDS,
    Directive,
    Evidence,
    Figure,
    Kind,
    Note,
    Record,
    Score,
    Undo,
    every_field,
)
from tests.helpers.office import JOURNAL, lines, made

RECORDED = Path(__file__).parents[1] / "data" / "report.journal.yaml"

# What ends a line for somebody, what is no text to YAML or a terminal, what needs quoting.
NASTY = (
    "\0\a\b\t\n\v\f\r\x1b\x1c\x1d\x1e\x1f\x7f\x80\x85\x9b\x9f\xa0\u061c\u200b\u200e\u2028\u2029"
    "\u202e\u2066\ufeff\ufffd\ufffe\uffff\U0001f600\U0010ffff\"'\\/:#&*!|>%@`{}[]-?,=~ éệ\u0301"
)
letters = st.sampled_from(NASTY) | st.characters(exclude_categories=["Cs"])
texts = st.text(letters)
numbers = st.text(letters.filter(lambda one: one != "@" and not one.isspace()), min_size=1)
words = texts.filter(bool)
days = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))
zones = st.integers(-14 * 60, 14 * 60).map(lambda late: dt.timezone(dt.timedelta(minutes=late)))
moments = st.datetimes(
    dt.datetime(2000, 1, 1),  # noqa: DTZ001 (Hypothesis adds the zone)
    dt.datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=zones,
)
common = {
    "id": words,
    "at": moments,
    "by": texts,
    "on": st.none() | days,
    "text": texts,
    "evidence": st.lists(st.builds(Evidence, number=texts, file=texts), max_size=2).map(tuple),
    "reason": texts,
}
values = (
    st.none()
    | st.decimals(-(10**9), 10**9, places=9)
    | st.sampled_from(["999999999999999", "-1E-18", "1E+14", "-0"]).map(Decimal)
)
news = {
    **common,
    "task": numbers,
    "period": texts,
    "percent": st.none() | st.integers(0, 100),
    "value": values,
    "proposal": texts,
    "replaces": texts,
}
directives = {**news, "due": st.none() | days, "authority": texts}
scores = {
    **common,
    "criterion": words,
    "value": values,
    "points": values,
    "grade": texts,
    "not_applicable": st.booleans(),
}
of_task = {"task": words, "period": texts}
undone = {**common, "retracts": texts}
of_kind: dict[Kind, st.SearchStrategy[Record]] = {
    **{
        kind: st.builds(KINDS[kind], **news)
        for kind in KINDS
        if kind not in ("directive", "undo", "score", "figure")
    },
    "directive": st.builds(Directive, **directives),
    "undo": st.builds(Undo, **undone, **of_task)
    | st.builds(Undo, **undone, criterion=words)
    | st.builds(Undo, **undone, row=words, period=texts),
    "score": st.builds(Score, **scores),
    "figure": st.builds(Figure, **common, row=words, period=words, value=values),
}
records = st.one_of(list(of_kind.values()))


def ids(found: Journal) -> list[str]:
    return [record.id for record in found.records]


def places(found: Journal) -> list[tuple[int, str]]:
    return [(problem.where.line, problem.code) for problem in found.problems]


@settings(max_examples=400)
@given(records)
@example(made(text=NASTY))
def test_a_record_is_one_line_and_comes_back_the_same(record: Record) -> None:
    line = to_line(record)

    assert line.splitlines(keepends=True) == [line]
    assert read_journal(JOURNAL, line.encode()) == Journal([record], [], {record.id: 1})


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_a_record_of_each_kind_keeps_its_place_and_order(kind: Kind, data: st.DataObject) -> None:
    """The kind stands behind the author, and every other key where it always stood."""
    record = data.draw(of_kind[kind])

    written = json.loads(to_line(record)[2:])

    assert list(written) == [key for key in KEYS if key in written]
    assert list(written)[:4] == ["id", "at", "by", "kind"]
    assert (record.kind, written["kind"]) == (kind, kind)


def test_every_key_has_its_place() -> None:
    fields = {name for kind in KINDS.values() for name in kind.__struct_fields__}

    assert {*fields, "kind"} == set(KEYS)
    assert len(KEYS) == len(set(KEYS))
    assert tuple(KINDS) == get_args(Kind)


def test_a_journal_that_is_there_comes_back_byte_for_byte() -> None:
    """But for keys that a person put in another order."""
    for line in RECORDED.read_text(encoding="utf-8").splitlines(keepends=True):
        (record,) = read_journal(JOURNAL, line.encode()).records
        fields = json.loads(line[2:])

        in_order = {key: fields[key] for key in KEYS if key in fields}

        expected = json.dumps(in_order, ensure_ascii=False, separators=(",", ":"))
        assert to_line(record) == f"- {expected}\n"


STRANGE = [
    pytest.param("note", '"due":"2025-07-01","authority":"CV 1"', True, id="deadline-in-a-note"),
    pytest.param("done", '"points":"1.5","grade":"A","not_applicable":true', True, id="points"),
    pytest.param("start", '"criterion":"","retracts":""', True, id="empty-keys"),
    pytest.param("undo", '"percent":50,"value":"1","proposal":"x"', True, id="news-in-an-undo"),
    pytest.param("note", '"due":"2025-07-32"', False, id="no-date"),
    pytest.param("note", '"points":{}', False, id="no-number"),
    pytest.param("done", '"not_applicable":"yes"', False, id="neither-true-nor-false"),
    pytest.param("undo", '"percent":101', False, id="more-than-all"),
]


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize(("kind", "fields", "is_one"), STRANGE)
def test_a_key_of_another_kind_is_passed_over_but_must_be_right(
    kind: Kind, fields: str, is_one: bool, alone: bool
) -> None:
    """Such a line counted when a record could have any key."""
    record = made(1, kind)
    line = to_line(record).replace("}", f",{fields}}}")

    found = read_journal(JOURNAL, (line if alone else line.replace("- ", "-  ")).encode())

    assert found.records == ([record] if is_one else [])
    assert [one.code for one in found.problems] == ([] if is_one else ["damaged-record"])


@given(st.lists(records, max_size=4))
@example([made(text=NASTY), made(2, value=Decimal("98.5"), on=dt.date(2025, 6, 1))])
def test_other_yaml_readers_see_the_same_data(written: list[Record]) -> None:
    text = "".join(map(to_line, written))

    data = [json.loads(line[2:]) for line in text.splitlines()]

    assert (yaml.safe_load(text) or []) == data
    assert (yaml.load(text, yaml.CSafeLoader) or []) == data


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param("\x85", id="next-line"),
        pytest.param("\u2028", id="line-separator"),
        pytest.param("\ufeff", id="byte-order-mark"),
        pytest.param("\x9b", id="control-sequence"),
        pytest.param("\x1b", id="escape"),
        pytest.param("\0", id="null"),
    ],
)
def test_no_character_is_in_the_file_that_an_editor_might_obey(hidden: str) -> None:
    line = to_line(made(by=f"An{hidden}", text=f"trước{hidden}sau"))

    assert hidden not in line
    assert "trước" in line  # letters stay letters


def test_a_line_has_what_was_given_and_no_more() -> None:
    record = made(
        evidence=(Evidence(number="BC 1"), Evidence(file="bc.pdf")), value=Decimal("98.50")
    )

    assert to_line(record) == (
        '- {"id":"r00000000001","at":"2025-06-01T08:01:00+07:00","by":"Nguyễn Thị Lan",'
        '"kind":"note","task":"4","period":"2025-06","value":"98.50",'
        '"evidence":[{"number":"BC 1"},{"file":"bc.pdf"}]}\n'
    )


def with_field(field: str) -> bytes:
    """Return a record's line with ``field`` in place of its text."""
    line = lines(made(text="T"))
    assert b'"text":"T"' in line
    return line.replace(b'"text":"T"', field.encode())


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize(
    ("field", "is_one"),
    [
        pytest.param('"percent":0', True, id="nothing-yet"),
        pytest.param('"percent":100', True, id="all"),
        pytest.param('"percent":-1', False, id="less-than-nothing"),
        pytest.param('"percent":101', False, id="more-than-all"),
        pytest.param('"colour":"red"', False, id="unknown-key"),
        pytest.param(
            '"evidence":[{"number":"BC 1","page":1}]', False, id="unknown-key-of-evidence"
        ),
        pytest.param('"evidence":[{}]', True, id="empty-evidence"),
        pytest.param('"text":""', True, id="empty-text"),
    ],
)
def test_a_field_of_a_record(field: str, is_one: bool, alone: bool) -> None:
    found = read_journal(JOURNAL, (b"" if alone else b"# x\n") + with_field(field))

    assert bool(found.records) == is_one
    assert bool(found.problems) != is_one


def test_what_a_line_does_not_say_is_empty() -> None:
    line = b'- {"id":"a","at":"2025-06-20T09:00:00+07:00","by":"Lan","kind":"note","task":"4"}\n'
    (record,) = read_journal(JOURNAL, line).records

    said = {"id": "a", "at": record.at, "by": "Lan", "kind": "note", "task": "4"}
    nothing = dict.fromkeys(["on", "percent", "value", "due", "points"])
    texts = ("period", "text", "reason", "proposal", "authority")
    names = ("retracts", "replaces", "criterion", "grade", "row")
    empty = {"evidence": (), "not_applicable": False, **dict.fromkeys([*texts, *names], "")}
    assert every_field(record) == {**said, **nothing, **empty}
    assert (record.ref, str(record.day)) == ("4", "2025-06-20")


@pytest.mark.parametrize("alone", [True, False])
def test_a_record_without_a_name_is_none(alone: bool) -> None:
    line = lines(made()).replace(b'"id":"r00000000001"', b'"id":""')

    assert not read_journal(JOURNAL, (b"" if alone else b"# x\n") + line).records


# What stands between the records.

rubbish = st.builds(
    lambda start, rest: start + b"rubbish" + rest.replace(b"\n", b""),
    st.sampled_from([b"- {", b'- {"id":"', b"- ", b"-", b"  ", b"", b"}", b'"text":', b"\xff\xfe"]),
    st.binary(max_size=12),
)


@given(st.binary())
@example(b"- " + b"[" * 50_000)
@example(b"- {" + b'"a":{' * 50_000)
@example(b'- {"evidence":' + b"[" * 50_000)
@example(b"- {id: a, at: 2025-06-01T08:00:00Z, by: b, kind: note, task: '4', value: 1e999999999}")
@example(b"- &a [*a]\n- !!python/object/apply:os.system [ls]\n")
@example(b'- \xed\xa0\x80\n- "\\ud800"\n- \x00\n\t-\n---\n...\n? !\n')
def test_no_bytes_at_all_raise(data: bytes) -> None:
    read_journal(JOURNAL, data)


@given(records, st.randoms(use_true_random=False))
def test_no_damage_to_a_line_raises_or_goes_unsaid(record: Record, chance: random.Random) -> None:
    line = bytearray(to_line(record).encode())
    where = chance.randrange(len(line) - 1)
    line[where : where + chance.randrange(3)] = chance.randbytes(chance.randrange(3))

    found = read_journal(JOURNAL, bytes(line))

    assert found.records or found.problems or not line.strip() or line.startswith(b"#")


@given(st.lists(st.one_of(rubbish, st.just(b"good")), max_size=9))
def test_good_records_between_rubbish_count_and_rubbish_has_its_line(drawn: list[bytes]) -> None:
    """Rubbish that runs over several lines has its first line said."""
    written = [made(number) for number, line in enumerate(drawn) if line == b"good"]
    following = iter(written)
    data = b"".join(lines(next(following)) if line == b"good" else line + b"\n" for line in drawn)

    found = read_journal(JOURNAL, data)

    bad = {number for number, line in enumerate(drawn, 1) if line != b"good"}
    said = {line for line, _code in places(found)}
    assert found.records == written
    assert {number for number in bad if number - 1 not in bad} <= said <= bad
    assert {code for _line, code in places(found)} <= {"damaged-record"}


FIRST = lines(made(1))
LAST = lines(made(9))
BLOCK = b"""\
- id: bbbb
  at: 2025-06-01T08:05:00+07:00
  by: Lan
  kind: note
  task: "4"
  period: 2025-06
  on: 2025-06-01
  text: "x\xc3\xb4ng"
  value: 98.5
"""
FLOW = b"""\
- {id: ffff, at: "2025-06-01T08:06:00+07:00", by: Lan, kind: note, task: '14', text: "a: b"}
"""
TEXT = b'  text: "x\xc3\xb4ng"\n'
HALF = lines(made(5, text="é")).replace("é".encode(), b"\xc3")
LITERAL = BLOCK.replace(b'text: "x\xc3\xb4ng"', b"text: |\n    a\n\n    b")
R1, R9 = made(1).id, made(9).id


@pytest.mark.parametrize(
    ("data", "expected", "problems"),
    [
        pytest.param(b"", [], [], id="empty"),
        pytest.param(b"\n\n# nothing yet\n", [], [], id="blank-and-comment"),
        pytest.param(FIRST + LAST, [R1, R9], [], id="two"),
        pytest.param(FIRST + LAST.rstrip(b"\n"), [R1, R9], [], id="last-line-end-missing"),
        pytest.param(
            FIRST + b"\n \n# a remark\n\n" + LAST, [R1, R9], [], id="blank-and-comment-between"
        ),
        pytest.param(b"\xef\xbb\xbf" + FIRST + LAST, [R1, R9], [], id="byte-order-mark"),
        pytest.param(
            (FIRST + BLOCK + b"# x\n\n" + LAST).replace(b"\n", b"\r\n"),
            [R1, "bbbb", R9],
            [],
            id="crlf",
        ),
        pytest.param(FIRST + BLOCK + LAST, [R1, "bbbb", R9], [], id="block-between"),
        pytest.param(BLOCK + FIRST, [R1, "bbbb"], [], id="block-first"),
        pytest.param(FIRST + BLOCK.rstrip(b"\n"), [R1, "bbbb"], [], id="block-last-no-line-end"),
        pytest.param(FIRST + FLOW + BLOCK + LAST, [R1, "bbbb", "ffff", R9], [], id="flow"),
        pytest.param(
            FIRST.replace(b",", b", ").replace(b'":"', b'": "') + LAST, [R1, R9], [], id="spaced"
        ),
        pytest.param(FIRST + FIRST + LAST + FIRST, [R1, R9], [], id="repeated"),
        pytest.param(
            FIRST + FIRST.replace(b" ", b"  ", 1), [R1], [], id="repeated-otherwise-spaced"
        ),
        pytest.param(
            FIRST + LAST + FIRST.replace(b'"note"', b'"done"'),
            [R1, R9],
            [(3, "repeated-record")],
            id="one-id-two-records",
        ),
        pytest.param(
            (FIRST + LAST).decode().encode("utf-16"), [], [(1, "not-utf8")], id="saved-as-utf16"
        ),
        pytest.param(
            ("\ufeff" + (FIRST + LAST).decode()).encode("utf-16-be"),
            [],
            [(1, "not-utf8")],
            id="saved-as-utf16-big-endian",
        ),
        pytest.param(
            b"\xff\xfe" + FIRST + LAST, [R9], [(1, "damaged-record")], id="bytes-before-the-first"
        ),
        pytest.param(b"- \0\n" + LAST, [R9], [(1, "damaged-record")], id="nul"),
        pytest.param(FIRST + b"- {\n" + LAST, [R1, R9], [(2, "damaged-record")], id="torn-line"),
        pytest.param(
            FIRST + b"- " + LAST[20:] + LAST, [R1, R9], [(2, "damaged-record")], id="beginning-lost"
        ),
        pytest.param(FIRST + b"torn\n" + LAST, [R1, R9], [(2, "damaged-record")], id="stray-word"),
        pytest.param(b"torn\n" + LAST, [R9], [(1, "damaged-record")], id="stray-word-first"),
        pytest.param(
            FIRST + b"- just a list item\n- 5\n- {a: 1}\n-\n",
            [R1],
            [(line, "damaged-record") for line in (2, 3, 4, 5)],
            id="other-yaml",
        ),
        pytest.param(
            FIRST + b"- [\xff]\n" + LAST, [R1, R9], [(2, "damaged-record")], id="not-utf8"
        ),
        pytest.param(
            FIRST + FLOW.replace(b"Lan", b"Lan, colour: red") + LAST,
            [R1, R9],
            [(2, "damaged-record")],
            id="unknown-key",
        ),
        pytest.param(
            FIRST + BLOCK.replace(b"+07:00", b"") + LAST,
            [R1, R9],
            [(2, "damaged-record")],
            id="time-without-zone",
        ),
        pytest.param(
            FIRST + BLOCK.replace(b"98.5", b"98.5\n  percent: 101") + LAST,
            [R1, R9],
            [(2, "damaged-record")],
            id="percent-out-of-range",
        ),
        pytest.param(
            FIRST + LAST.replace(b'"task":"4",', b""),
            [R1],
            [(2, "damaged-record")],
            id="one-about-nothing",
        ),
        pytest.param(
            FIRST + HALF + LAST,
            [R1, R9],
            [(2, "damaged-record")],
            id="half-a-letter",
        ),
        pytest.param(
            FIRST + FLOW.replace(b", by", b",\n   by") + LAST,
            [R1, "ffff", R9],
            [],
            id="flow-over-two-lines",
        ),
        pytest.param(
            FIRST
            + BLOCK.replace(b"- id: bbbb\n", b"- text: a}\n  id: bbbb\n").replace(TEXT, b"")
            + LAST,
            [R1, "bbbb", R9],
            [],
            id="block-whose-first-line-ends-in-a-brace",
        ),
        pytest.param(b"  " + FIRST + b"  " + LAST, [R1, R9], [], id="indented"),
        pytest.param(b"\t" + FIRST + b"\t" + LAST, [R1, R9], [], id="indented-with-tabs"),
        pytest.param(
            b"- half\n  " + FIRST + b" " + LAST,
            [R1, R9],
            [(1, "damaged-record")],
            id="indented-below-a-damaged-line",
        ),
        pytest.param(
            BLOCK.replace(TEXT, b'  evidence:\n    - {"number": "12"}\n') + b" " + LAST,
            ["bbbb", R9],
            [],
            id="indented-below-a-block",
        ),
        pytest.param(FIRST + b"# " + LAST[2:], [R1], [], id="commented-out"),
        pytest.param(b"# " + FIRST[2:], [], [], id="all-commented-out"),
        pytest.param(
            FIRST + b"x " + LAST[2:], [R1], [(2, "damaged-record")], id="a-letter-for-the-dash"
        ),
        pytest.param(b"\n- {\n" + LAST, [R9], [(2, "damaged-record")], id="after-a-blank-line"),
        pytest.param(FIRST + LITERAL + LAST, [R1, "bbbb", R9], [], id="block-with-a-blank-line"),
        pytest.param(
            FIRST + BLOCK.replace(b"  task", b"# who?\n  task") + LAST,
            [R1, "bbbb", R9],
            [],
            id="block-with-a-comment",
        ),
    ],
)
def test_lines_around_records(
    data: bytes, expected: list[str], problems: list[tuple[int, str]]
) -> None:
    found = read_journal(JOURNAL, data)

    assert (ids(found), places(found)) == (expected, problems)
    assert {(one.where.path, one.where.column) for one in found.problems} <= {(JOURNAL, 1)}


def test_a_record_made_by_hand_means_what_it_says() -> None:
    (found,) = read_journal(JOURNAL, BLOCK).records

    assert found == Note(
        id="bbbb",
        at=dt.datetime(2025, 6, 1, 1, 5, tzinfo=dt.UTC),
        by="Lan",
        task="4",
        period="2025-06",
        on=dt.date(2025, 6, 1),
        text="xông",
        value=Decimal("98.5"),
    )
    assert read_journal(JOURNAL, LITERAL).records[0].text == "a\n\nb\n"


def plain(record: Record) -> dict[str, Any]:
    data: dict[str, Any] = msgspec.to_builtins(record)
    return data


@given(records)
def test_a_record_in_block_style_comes_back_the_same(record: Record) -> None:
    flat = msgspec.structs.replace(
        record, **{name: "".join(getattr(record, name).split()) for name in ("text", "reason")}
    )
    text = yaml.safe_dump([plain(flat)], sort_keys=False)

    if "\n\n" not in text:  # the table above has the blank lines
        assert read_journal(JOURNAL, FIRST + text.encode() + LAST).records == sorted(
            [made(1), flat, made(9)], key=lambda one: (one.at, one.id)
        )


# However the lines are read.

tasks = st.sampled_from(["4", "14", '4"', "IV.4", "é", "\u200b"])
sly = st.sampled_from(['"task":"4"', '- {"id":"x"', "}\n- {", "id: x", "<<<<<<<", "#", ""])


@st.composite
def pieces(draw: st.DrawFn, number: int) -> bytes:
    """Draw a piece of a journal: a record as parplan or a person writes it, or none."""
    record = made(number, ref=draw(tasks), text=draw(sly) + draw(texts))
    data = plain(record)
    way = draw(st.sampled_from(["line", "line", "line", "spaced", "flow", "block", "none"]))
    if way == "line":
        return lines(record)
    if way == "spaced":
        return b"- " + json.dumps(data).encode() + b"\n"
    if way == "flow":
        text = yaml.safe_dump([data], default_flow_style=True, width=10**6)[1:-2]
        return f"- {text}\n".encode() if "\n" not in text else b""
    if way == "block":
        return yaml.safe_dump([{**data, "text": draw(sly)}], sort_keys=False).encode()
    return draw(st.sampled_from([b"\n", b"- {\n", b"<<<<<<< HEAD\n", lines(made(0)), b"x\n"]))


@given(st.data(), st.integers(0, 6))
def test_a_comment_before_it_all_changes_nothing_but_the_places(
    data: st.DataObject, count: int
) -> None:
    """A journal that parplan alone wrote is read in another way than one with a comment."""
    text = b"".join(data.draw(pieces(number)) for number in range(count))

    found = read_journal(JOURNAL, text)
    commented = read_journal(JOURNAL, b"# x\n" + text)

    assert commented.records == found.records
    assert places(commented) == [(line + 1, code) for line, code in places(found)]


@given(st.data(), st.integers(0, 6))
def test_every_record_that_somebody_wrote_is_found(data: st.DataObject, count: int) -> None:
    texts_ = [data.draw(pieces(number)) for number in range(1, count + 1)]

    found = read_journal(JOURNAL, b"".join(texts_))

    alone = [record for text in texts_ for record in read_journal(JOURNAL, text).records]
    assert {one.id for one in found.records} == {one.id for one in alone}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(FIRST.rstrip() + FIRST[2:], id="two-in-a-line"),
        pytest.param(FIRST.rstrip() + LAST[2:] + b"- {\n- {}}\n", id="two-and-one-torn"),
        pytest.param(FIRST.replace(b',"', b',\n"', 1) + LAST, id="one-in-two-lines"),
        pytest.param(FIRST + LAST[2:], id="without-its-dash"),
        pytest.param(FIRST + b"\n" + LAST, id="empty-line"),
        pytest.param(FIRST + FIRST, id="twice"),
    ],
)
def test_lines_that_are_not_plain_are_read_one_by_one(data: bytes) -> None:
    found, commented = read_journal(JOURNAL, data), read_journal(JOURNAL, b"# x\n" + data)

    assert found.records == commented.records
    assert len(found.problems) == len(commented.problems)


def test_two_records_of_one_id_are_told_with_the_id() -> None:
    (told,) = read_journal(JOURNAL, FIRST + FIRST.replace(b'"note"', b'"done"')).problems
    (torn,) = read_journal(JOURNAL, b"- {\n").problems

    assert told.text % dict(told.values) == (
        f"two different records have the id {R1}; the first one counts"
    )
    assert torn.values == ()


RETRACTS = b'"retracts":"' + R1.encode() + b'"'


def test_only_an_undo_retracts() -> None:
    data = lines(made(2, text="T")).replace(b'"text":"T"', RETRACTS)
    (note,) = read_journal(JOURNAL, data).records
    first, undo = made(1), made(3, "undo", retracts=R1)

    assert active([first, note]) == [first, note]
    assert active([first, note, undo]) == [note]


def test_what_a_record_is_about() -> None:
    assert [made(ref=ref).ref for ref in ("4@2025-06", "8")] == ["4@2025-06", "8"]
    assert made(1, "score", "", criterion="1.3").ref == "1.3"


# Conflicts.

OURS, THEIRS, BASE = (lines(made(number), made(number + 1)) for number in (3, 5, 7))
CONFLICT = b"<<<<<<< HEAD\n" + OURS + b"=======\n" + THEIRS + b">>>>>>> nhanh-khac\n"
DIFF3 = (
    b"<<<<<<< HEAD\n"
    + OURS
    + b"||||||| 1a2b3c4\n"
    + BASE
    + b"=======\n"
    + THEIRS
    + b">>>>>>> nhanh-khac\n"
)


@pytest.mark.parametrize(
    ("conflict", "markers", "both"),
    [
        pytest.param(CONFLICT, [2, 5, 8], [3, 4, 5, 6], id="merge"),
        pytest.param(DIFF3, [2, 5, 8, 11], [3, 4, 5, 6, 7, 8], id="diff3"),
        pytest.param(CONFLICT.replace(b"\n", b"\r\n"), [2, 5, 8], [3, 4, 5, 6], id="crlf"),
        pytest.param(CONFLICT.rstrip(b"\n"), [2, 5, 8], [3, 4, 5, 6], id="no-line-end"),
    ],
)
def test_conflict_markers_are_reported_and_go_with_nothing_else(
    conflict: bytes, markers: list[int], both: list[int]
) -> None:
    data = FIRST + conflict
    expected = [made(number).id for number in (1, *both)]

    found = read_journal(JOURNAL, data)
    joined = without_markers(data)

    assert places(found) == [(line, "conflict") for line in markers]
    assert ids(found) == expected  # both sides count already
    assert places(read_journal(JOURNAL, joined)) == []
    assert ids(read_journal(JOURNAL, joined)) == expected
    assert without_markers(joined) == joined


@given(st.lists(records, unique_by=lambda one: one.id, max_size=6), st.randoms())
def test_both_sides_of_any_conflict_are_kept(written: list[Record], chance: random.Random) -> None:
    cuts = sorted(chance.randrange(len(written) + 1) for _ in range(3))
    base, ours = lines(*written[: cuts[0]]), lines(*written[cuts[0] : cuts[1]])
    theirs, rest = lines(*written[cuts[1] : cuts[2]]), lines(*written[cuts[2] :])
    data = base + b"<<<<<<< HEAD\n" + ours + b"=======\n" + theirs + b">>>>>>> x\n" + rest

    assert without_markers(data) == base + ours + theirs + rest
    assert without_markers(lines(*written)) == lines(*written)


@given(st.lists(records, unique_by=lambda one: one.id, max_size=6), st.randoms())
def test_records_stand_by_time_then_id_whatever_the_order_of_lines(
    written: list[Record], chance: random.Random
) -> None:
    shuffled = list(written)
    chance.shuffle(shuffled)

    found = read_journal(JOURNAL, lines(*shuffled)).records

    assert found == sorted(written, key=lambda one: (one.at, one.id))


def test_one_moment_is_one_moment_in_every_zone() -> None:
    early = made(1, at=dt.datetime(2025, 6, 1, 9, tzinfo=dt.timezone(dt.timedelta(hours=7))))
    late = made(2, at=dt.datetime(2025, 6, 1, 3, tzinfo=dt.UTC))

    assert read_journal(JOURNAL, lines(late, early)).records == [early, late]


@pytest.mark.parametrize(
    ("data", "name", "line"),
    [
        pytest.param(FIRST + LAST, R9, 2, id="line"),
        pytest.param(FIRST + BLOCK, "bbbb", 2, id="block"),
        pytest.param(FIRST + FLOW, "ffff", 2, id="flow"),
        pytest.param(FLOW.replace(b"ffff", b"fffff") + FLOW, "ffff", 2, id="beginning-of-another"),
        pytest.param(lines(made(1, "undo", retracts=R9)) + LAST, R9, 2, id="named-by-an-undo"),
        pytest.param(b"\n" + FIRST, R1, 2, id="after-a-blank-line"),
    ],
)
def test_line_of_a_record(data: bytes, name: str, line: int) -> None:
    assert read_journal(JOURNAL, data).lines[name] == line


@pytest.mark.parametrize(
    ("fields", "is_one"),
    [
        pytest.param('"kind":"score","criterion":"1.3","points":"1.5"', True, id="score"),
        pytest.param('"kind":"undo","criterion":"1.3","retracts":"b"', True, id="score-undone"),
        pytest.param('"kind":"figure","row":"1/2","period":"2025-Q1"', True, id="figure"),
        pytest.param('"kind":"figure","row":"1/2"', False, id="figure-of-no-period"),
        pytest.param('"kind":"undo","row":"1/2","retracts":"b"', True, id="figure-undone"),
        pytest.param('"kind":"undo","row":"1/2","task":"1"', False, id="undo-of-two-things"),
        pytest.param('"kind":"note","task":"4"', True, id="note"),
        pytest.param('"kind":"score","points":"1.5"', False, id="score-of-nothing"),
        pytest.param('"kind":"score","task":"4"', False, id="score-of-a-task"),
        pytest.param('"kind":"score","task":"4","criterion":"1.3"', False, id="score-of-both"),
        pytest.param('"kind":"note","criterion":"1.3"', False, id="note-on-a-criterion"),
        pytest.param('"kind":"note"', False, id="note-on-nothing"),
    ],
)
@pytest.mark.parametrize("alone", [True, False])
def test_a_record_is_about_a_task_or_a_score_about_a_criterion(
    fields: str, is_one: bool, alone: bool
) -> None:
    """The same whether parplan alone wrote the journal or a person left a comment in it."""
    line = f'- {{"id":"a","at":"2025-06-20T09:00:00+07:00","by":"Lan",{fields}}}\n'
    found = read_journal(JOURNAL, f"{'' if alone else '# của Lan'}\n{line}".lstrip("\n").encode())

    assert bool(found.records) == is_one
    assert [one.code for one in found.problems] == ([] if is_one else ["damaged-record"])

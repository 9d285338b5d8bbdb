"""One edit of the plan, and what ``diff`` says of it."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from parplan.journal.diff import compare_records
from parplan.journal.record import Record
from parplan.plan.diff import Difference, compare_plans
from parplan.plan.document import Clause, Document
from parplan.plan.file import read_plan
from parplan.plan.model import Calendar, Handover, Officer, Plan, Section, Target, Task
from parplan.schedule.rules import In
from tests.helpers.office import made

PLAN = Path(__file__).parents[2] / "plan" / "2025.yaml"


@functools.cache
def text() -> str:
    return PLAN.read_text(encoding="utf-8")


def read(edited: str) -> Plan:
    reading = read_plan(PLAN.name, edited.encode())
    assert reading.problems == []
    assert reading.value is not None
    return reading.value


def edit(old: str, new: str) -> Plan:
    """Return the plan with ``new`` in place of ``old``, which stands in it once."""
    assert text().count(old) == 1
    return read(text().replace(old, new))


def said(changes: Iterable[Difference]) -> list[str]:
    """Return the sentences in English."""
    return [
        change.text % {name: str(value) for name, value in change.values}
        if change.values
        else change.text
        for change in changes
    ]


TASK_6 = """\
      - id: "6"
        title: Tham gia các lớp bồi dưỡng công tác CCHC
        short: Tham gia lớp bồi dưỡng CCHC
        deadline_text: Tháng 8/2025
        schedule:
          - {in: 2025-08}
        units: [Công chức phường]
"""
TASK_7 = '      - id: "7"\n'
SECTION_2 = "    title: Cải cách thể chế\n    tasks:\n"
IN_AUGUST = "- {in: 2025-08}"


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        # The document.
        pytest.param(
            'number: ""  #',
            'number: "25"  #',
            ["the plan's number is '25'"],
            id="number",
        ),
        pytest.param(
            "date: 2025-03  #",
            "date: 2025-03-20  #",
            ["the plan was issued on 2025-03-20, no longer on 2025-03"],
            id="date",
        ),
        pytest.param(
            "issuer: UBND phường Phú La\n",
            "issuer: UBND phường Hà Đông\n",
            ["the issuing body changed"],
            id="issuer",
        ),
        pytest.param(
            "- {name: UBND quận Hà Đông}",
            "- {name: UBND quận Hà Đông, until: 2025-06-30}\n"
            "  - {name: UBND thành phố Hà Nội, from: 2025-07-01}",
            [
                "'UBND quận Hà Đông' is the superior until 2025-06-30",
                "'UBND thành phố Hà Nội' is the superior from 2025-07-01",
            ],
            id="superior",
        ),
        pytest.param(
            "- {name: UBND quận Hà Đông}",
            "- {name: UBND thị xã}",
            ["'UBND quận Hà Đông' is no superior any more", "'UBND thị xã' is the superior"],
            id="superior-replaced",
        ),
        pytest.param(
            "- {name: UBND quận Hà Đông}",
            "- {name: UBND quận Hà Đông, by: NQ 5}",
            ["the entry of the superior 'UBND quận Hà Đông' changed"],
            id="superior-decided",
        ),
        pytest.param(
            "number: 139/KH-UBND", "number: 140/KH-UBND", ["the legal bases changed"], id="bases"
        ),
        pytest.param(
            "Để tiếp tục duy trì, phát huy",
            "Để phát huy",
            ["the preamble was reworded"],
            id="preamble",
        ),
        pytest.param(
            "Trên đây là Kế hoạch", "Đây là Kế hoạch", ["the closing was reworded"], id="closing"
        ),
        pytest.param("  - Phòng Nội vụ quận;\n", "", ["the recipients changed"], id="recipients"),
        pytest.param(
            "name: Phan Cao Đăng", "name: Nguyễn Văn A", ["the signer changed"], id="signer"
        ),
        pytest.param(
            "signer: {position: CHỦ TỊCH, name: Phan Cao Đăng}\n",
            "",
            ["the signer changed"],
            id="no-signer",
        ),
        pytest.param(
            "Bộ phận thực hiện]", "Đơn vị]", ["the heading of the appendix changed"], id="appendix"
        ),
        pytest.param(
            "    - {date: 2025-09-01, name: Quốc khánh (ngày liền kề)}\n",
            "",
            ["the calendar of holidays changed"],
            id="calendar",
        ),
        pytest.param("language: vi", "language: en", ["the language changed"], id="language"),
        pytest.param(
            "effective_from: 2025-03-18",
            "effective_from: 2025-03-25",
            [
                "the plan takes effect on 2025-03-25, no longer on 2025-03-18",
                "1@2025-03 removed; it was due 2025-03-24",
            ],
            id="effective-from",
        ),
        # The text.
        pytest.param(
            "        title: Mục đích\n",
            "        title: Mục tiêu\n",
            ["part I.1 of the text was changed"],
            id="part",
        ),
        pytest.param(
            "title: TỔ CHỨC THỰC HIỆN\n",
            "title: THỰC HIỆN\n",
            ["part III of the text was changed"],
            id="part-heading",
        ),
        pytest.param(
            "    remark: (Các nhiệm vụ cụ thể chi tiết tại Phụ lục kèm Kế hoạch)\n",
            "",
            ["part II of the text was changed"],
            id="part-remark",
        ),
        pytest.param(
            "\nclosing: >-\n",
            "\n  - {number: IV, title: HIỆU LỰC}\n\nclosing: >-\n",
            ["part IV of the text was changed"],
            id="part-added",
        ),
        # The units.
        pytest.param(
            "  - id: tai-chinh-ke-toan\n",
            "  - {id: cong-an, name: Công an phường}\n  - id: tai-chinh-ke-toan\n",
            ["unit 'Công an phường' added"],
            id="unit-added",
        ),
        pytest.param(
            "    name: Bộ phận Tài chính – Kế toán\n",
            "    name: Tài chính\n",
            ["unit 'Tài chính' changed"],
            id="unit-renamed",
        ),
        pytest.param(
            "aliases: [Một cửa]",
            "aliases: [Một cửa], until: 2025-06-30".replace(", u", "\n    u"),
            ["unit 'Bộ phận Tiếp nhận và Trả kết quả (Một cửa)' until 2025-06-30"],
            id="unit-until",
        ),
        pytest.param(
            "aliases: [Một cửa]",
            "aliases: [Một cửa]\n    until: 2025-06-30\n    successor: tu-phap",
            [
                "unit 'Bộ phận Tiếp nhận và Trả kết quả (Một cửa)' until 2025-06-30, then "
                "'Bộ phận Tư pháp – Hộ tịch'"
            ],
            id="unit-succeeded",
        ),
        # A task's wording.
        pytest.param(
            "title: Tham gia các lớp bồi dưỡng công tác CCHC",
            "title: Tham gia bồi dưỡng",
            [
                "task 6: title reworded from 'Tham gia các lớp bồi dưỡng công tác CCHC' "
                "to 'Tham gia bồi dưỡng'"
            ],
            id="title",
        ),
        pytest.param(
            "short: Tham gia lớp bồi dưỡng CCHC\n",
            "short: Bồi dưỡng\n",
            ["task 6: short name changed from 'Tham gia lớp bồi dưỡng CCHC' to 'Bồi dưỡng'"],
            id="short",
        ),
        pytest.param(
            "requirement: Khảo sát đúng đối tượng, báo cáo đầy đủ, kịp thời",
            "requirement: Khảo sát 100 người",
            [
                "task 3: requirement reworded from 'Khảo sát đúng đối tượng, báo cáo đầy đủ, "
                "kịp thời' to 'Khảo sát 100 người'"
            ],
            id="requirement",
        ),
        pytest.param(
            "        requirement: Có ít nhất 02 sáng kiến gửi quận\n",
            "",
            ["task 9: requirement reworded from 'Có ít nhất 02 sáng kiến gửi quận' to ''"],
            id="requirement-removed",
        ),
        pytest.param(
            "deadline_text: Tháng 8/2025",
            "deadline_text: Trong tháng 8",
            ["task 6: deadline reworded from 'Tháng 8/2025' to 'Trong tháng 8'"],
            id="deadline-text",
        ),
        pytest.param(
            "target: {at_least: 2, unit: sáng kiến}",
            "target: {at_least: 3, unit: sáng kiến}",
            ["task 9: target changed"],
            id="target",
        ),
        pytest.param(
            "units: [Một cửa]",
            "units: [Văn phòng UBND, Một cửa]",
            ["task 3: units changed from 'Một cửa' to 'Văn phòng UBND, Một cửa'"],
            id="units",
        ),
        pytest.param(
            "units: [Một cửa]",
            "units: [Một cửa]\n        supporting: [Văn phòng UBND]",
            ["task 3: supporting unit now 'Văn phòng UBND'"],
            id="supporting",
        ),
        pytest.param(
            "100% kiến nghị được trả lời",
            "100% %(x)s %s kiến nghị được trả lời",
            [
                "task 18: requirement reworded from '100% kiến nghị được trả lời, xử lý, công khai "
                "đúng quy định' to '100% %(x)s %s kiến nghị được trả lời, xử lý, công khai "
                "đúng quy định'"
            ],
            id="percent-signs",
        ),
        # Tasks that come, go and move.
        pytest.param(
            TASK_6, "", ["task 6 removed: Tham gia lớp bồi dưỡng CCHC"], id="task-removed"
        ),
        pytest.param(
            TASK_7,
            '      - {id: "36", title: Họp dân, schedule: [{in: 2025-09}]}\n' + TASK_7,
            ["task 36 added: Họp dân"],
            id="task-added",
        ),
        # A deadline.
        pytest.param(
            "- {every: month, before: 25, label: Báo cáo tháng}",
            "- {every: month, before: 20, label: Báo cáo tháng}",
            [
                f"1@2025-{month:02}: deadline moved from 2025-{month:02}-24 to 2025-{month:02}-19"
                for month in range(3, 13)
            ],
            id="deadlines-moved",
        ),
        pytest.param(
            "- {every: year, before: 10, label: Báo cáo năm}",
            "- {every: year, by: 15, label: Báo cáo năm}",
            ["1@2025: deadline moved from 2025-12-09 to 2025-12-15"],
            id="deadline-moved",
        ),
        pytest.param(
            IN_AUGUST,
            f"{IN_AUGUST}\n          - {{in: 2025-10}}",
            ["6@2025-10 added, due 2025-10-31"],
            id="occurrence-added",
        ),
        pytest.param(
            "          - {in: 2025-10, label: Lần 2}\n",
            "",
            ["5@2025-10 removed; it was due 2025-10-31"],
            id="occurrence-removed",
        ),
        pytest.param(
            IN_AUGUST,
            "- {continuous: true}",
            ["6@2025-08 removed; it was due 2025-08-31"],
            id="deadline-dropped",
        ),
        pytest.param(
            "- {in: 2025-11, label: Lần 2}",
            "- {in: 2025-11, label: Lần hai}",
            ["task 4: schedule rewritten, same dates"],
            id="label",
        ),
        pytest.param(
            "- {every: quarter, before: 10, label: Báo cáo quý}",
            "- {every: quarter, by: 9, label: Báo cáo quý}",
            ["task 1: schedule rewritten, same dates"],
            id="same-dates",
        ),
        # Nothing.
        pytest.param("# Phường đối chiếu", "# Đối chiếu", [], id="comment"),
        pytest.param(
            "short: Tham gia lớp bồi dưỡng CCHC\n",
            'short: "Tham gia lớp bồi dưỡng CCHC"\n',
            [],
            id="quotes",
        ),
        pytest.param(
            "{at_least: 2, unit: sáng kiến}",
            "{unit: sáng kiến, at_least: 2}",
            [],
            id="order-of-keys",
        ),
    ],
)
def test_one_edit(old: str, new: str, sentences: list[str]) -> None:
    assert said(compare_plans(read(text()), edit(old, new))) == sentences


def test_a_single_deadline_that_moves_is_one_sentence() -> None:
    (sentence,) = said(compare_plans(read(text()), edit(IN_AUGUST, "- {in: 2025-09}")))

    assert "deadline moved from 2025-08-31 to 2025-09-30" in sentence


def other(value: object) -> object:
    """Return a value of the kind of ``value`` that differs from it."""
    if isinstance(value, list):
        return value[:-1]
    if isinstance(value, dt.date):
        return value + dt.timedelta(days=30)
    if isinstance(value, str):
        return {"vi": "en"}.get(value, f"{value}x")
    if isinstance(value, int):
        return value + 1
    if isinstance(value, Document):
        return msgspec.structs.replace(value, number="25")
    return Calendar() if isinstance(value, Calendar) else None


FULL_TASK = Task(
    id="1",
    title="a",
    schedule=[In("2025-06"), In("2025-07")],
    short="b",
    requirement="c",
    target=Target(unit="d"),
    deadline_text="e",
    units=["f"],
    supporting=["g"],
    officers=["h"],
    from_=dt.date(2025, 1, 1),
    until=dt.date(2025, 10, 1),
    handed_over=[Handover(from_=dt.date(2025, 5, 1), units=["f"])],
)
FULL_CLAUSE = Clause("1", "a", "b", ["c"], [Clause("2")], "d")


@pytest.mark.parametrize("name", [name for name in Plan.__struct_fields__ if name != "schema"])
def test_every_field_of_a_plan_is_compared(name: str) -> None:
    old = msgspec.structs.replace(read(text()), officers=[Officer("a")])
    new = msgspec.structs.replace(old, **{name: other(getattr(old, name))})

    assert new != old
    assert said(compare_plans(old, new)) != []


@pytest.mark.parametrize("name", Section.__struct_fields__)
def test_every_field_of_a_section_is_compared(name: str) -> None:
    old = Section("I", "a", [FULL_TASK])
    new = msgspec.structs.replace(old, **{name: other(getattr(old, name))})
    plan = read(text())

    assert said(
        compare_plans(
            msgspec.structs.replace(plan, sections=[old]),
            msgspec.structs.replace(plan, sections=[new]),
        )
    )


@pytest.mark.parametrize("name", Task.__struct_fields__)
def test_every_field_of_a_task_is_compared(name: str) -> None:
    new = msgspec.structs.replace(FULL_TASK, **{name: other(getattr(FULL_TASK, name))})
    plan = read(text())

    assert said(
        compare_plans(
            msgspec.structs.replace(plan, sections=[Section("I", "a", [FULL_TASK])]),
            msgspec.structs.replace(plan, sections=[Section("I", "a", [new])]),
        )
    )


@pytest.mark.parametrize("name", Clause.__struct_fields__)
def test_every_field_of_a_part_is_compared(name: str) -> None:
    new = msgspec.structs.replace(FULL_CLAUSE, **{name: other(getattr(FULL_CLAUSE, name))})
    plan = read(text())

    assert said(
        compare_plans(
            msgspec.structs.replace(plan, text=[FULL_CLAUSE]),
            msgspec.structs.replace(plan, text=[new]),
        )
    )


def test_a_task_that_moves_to_another_section() -> None:
    moved = text().replace(TASK_6, "").replace(SECTION_2, SECTION_2 + TASK_6)

    assert said(compare_plans(read(text()), read(moved))) == ["task 6 moved from section I to II"]


def test_parts_without_a_number_are_told_apart() -> None:
    old = msgspec.structs.replace(read(text()), text=[Clause(text="a"), Clause(text="b")])
    new = msgspec.structs.replace(old, text=[Clause(text="x"), Clause(text="b")])

    assert len(compare_plans(old, new)) == 1


def test_several_edits_stand_in_the_order_of_the_plan() -> None:
    edited = (
        text()
        .replace("units: [Một cửa]", "units: [Văn phòng UBND]")
        .replace("issuer: UBND phường Phú La\n", "issuer: X\n")
        .replace("target: {at_least: 2, unit: sáng kiến}", "target: {at_least: 3, unit: x}")
        .replace("name: Bộ phận Tài chính – Kế toán", "name: Tài chính")
        .replace("        title: Mục đích\n", "        title: Mục tiêu\n")
    )

    assert said(compare_plans(read(text()), read(edited))) == [
        "the issuing body changed",
        "part I.1 of the text was changed",
        "unit 'Tài chính' changed",
        "task 3: units changed from 'Một cửa' to 'Văn phòng UBND'",
        "task 9: target changed",
    ]


UNDO = made(2, "undo", retracts=made(1).id)
AGAIN = made(3, "undo", retracts=UNDO.id)
EDIT = made(4, "done", text="x", replaces=made(1).id)


@pytest.mark.parametrize(
    ("old", "new", "counts", "done", "lost"),
    [
        pytest.param([], [], {}, [], 0, id="nothing"),
        pytest.param([made(1)], [made(1)], {}, [], 0, id="same"),
        pytest.param(
            [], [made(1), made(2), made(3, "start")], {"note": 2, "start": 1}, [], 0, id="gained"
        ),
        pytest.param(
            [made(1)],
            [
                made(1),
                made(2, "done"),
                made(3, "done", "5@2025-06"),
                made(4, "undo", retracts=made(1).id),
            ],
            {"done": 2, "undo": 1},
            ["4@2025-06", "5@2025-06"],
            0,
            id="done",
        ),
        pytest.param([made(1), made(2)], [made(2), made(3)], {"note": 1}, [], 1, id="lost"),
        pytest.param([], [made(1, "done"), UNDO], {}, [], 0, id="withdrawn"),
        pytest.param([], [made(1, "done"), UNDO, AGAIN], {"done": 1}, ["4@2025-06"], 0, id="back"),
        pytest.param(
            [made(1, "done"), UNDO],
            [made(1, "done"), UNDO, AGAIN],
            {"undo": 1},
            [],
            0,
            id="back-later",
        ),
        pytest.param([made(1, "done")], [made(1, "done"), UNDO, AGAIN], {}, [], 0, id="no-change"),
        pytest.param([made(1, "done")], [made(1, "done"), EDIT], {"edit": 1}, [], 0, id="edited"),
        pytest.param([], [made(1, "done"), EDIT], {"done": 1}, ["4@2025-06"], 0, id="edited-new"),
    ],
)
def test_records_gained_and_lost(
    old: list[Record], new: list[Record], counts: dict[str, int], done: list[str], lost: int
) -> None:
    changes = compare_records(old, new)

    assert (changes.counts, changes.done, changes.lost) == (counts, done, lost)

"""The picture of the year: a small plan counted by hand, and laws that hold for any journal."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parplan.agenda import items as agenda
from parplan.agenda.counts import Counts, count
from parplan.agenda.year import EARLIER, LATER, Summary, YearGroup, summarize
from parplan.journal.progress import progress_by_ref
from parplan.journal.record import Record
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from tests.helpers.plans import REFS, day, days, journals, names, period, the_plan, told

SMALL = """\
schema: 1
year: 2025
document: {type: Kế hoạch, symbol: KH-UBND, title: Nhỏ, place: Phú La}
issuer: UBND phường
effective_from: 2025-01-01
units:
  - {id: van-phong, name: Văn phòng, aliases: [VP]}
  - {id: tu-phap, name: Tư pháp}
  - {id: nghi, name: Không có việc}
sections:
  - id: A
    title: Phần một
    tasks:
      - {id: "1", title: Báo cáo, schedule: [{every: quarter, by: 10}],
         units: [Văn phòng, Tư pháp, VP]}
      - {id: "2", title: Họp, schedule: [{in: 2025-06}], units: [Tư pháp]}
      - {id: "3", title: Tiếp dân, schedule: [{continuous: true}], units: [VP]}
  - id: B
    title: Phần hai
    tasks:
      - {id: "4", title: Tổng kết, schedule: [{in: 2025-Q4..2026-Q1}]}
      - {id: "5", title: Chuyên đề, schedule: [{on_directive: UBND quận}], units: [Lạ]}
      - {id: "6", title: Kế hoạch, schedule: [{by: 2025-02-28}], units: [Tư pháp],
         supporting: [Văn phòng]}
"""

RECORDS = (
    told(1, "note", "6@2025-02-28", "03-01", reason="chờ văn bản"),
    told(2, "done", "1@2025-Q1", "03-10"),
    told(3, "directive", "5@2025-05-20", "05-02", due=day("05-20"), authority="CV 9"),
    told(4, "done", "5@2025-05-20", "05-25", reason="thiếu số liệu"),
    told(5, "start", "1@2025-Q2", "06-01"),
    told(6, "note", "2@2025-06", "06-02", percent=40),
    told(7, "pause", "1@2025-Q2", "06-03"),
    told(8, "cancel", "1@2025-Q4", "06-04"),
    told(9, "note", "3", "06-05", text="thường xuyên"),
    told(10, "note", "99", "06-05", text="việc không có trong kế hoạch"),
    told(11, "done", "2@2025-06", "06-06"),
)
"""The last one tells of the day after the picture."""


def small() -> Plan:
    plan = read_plan("2025.yaml", SMALL.encode()).value
    assert plan is not None
    return plan


def pictured(
    plan: Plan,
    records: Sequence[Record],
    as_of: dt.date,
    keep: agenda.Keep = agenda.every_task,
    name: str = "",
) -> Summary:
    asked = period(name) if name else None
    return summarize(plan, progress_by_ref(records, as_of), as_of, keep, asked)


def hand_worked(name: str = "") -> Summary:
    return pictured(small(), RECORDS, day("06-05"), name=name)


def test_headline() -> None:
    found = hand_worked()

    assert found.counts == Counts(
        on_time=1,
        late=1,
        overdue=1,
        due_soon=1,
        upcoming=3,
        cancelled=1,
        paused=1,
        in_progress=1,
    )
    assert (found.counts.done, found.counts.open, found.counts.wanted) == (2, 5, 7)
    assert found.fallen_due == Counts(on_time=1, late=1, overdue=1)
    assert [task.id for task in found.no_deadline] == ["3"]


def test_sections() -> None:
    assert hand_worked().sections == [
        YearGroup(
            "A",
            "Phần một",
            tasks=3,
            no_deadline=1,
            counts=Counts(on_time=1, due_soon=1, upcoming=2, cancelled=1, paused=1, in_progress=1),
        ),
        YearGroup("B", "Phần hai", 3, 0, Counts(late=1, overdue=1, upcoming=1)),
    ]


def test_units_count_what_they_share() -> None:
    """Helping counts; a unit under two names counts once; a unit without work is left out."""
    assert hand_worked().units == [
        YearGroup(
            "van-phong",
            "Văn phòng",
            tasks=3,
            no_deadline=1,
            counts=Counts(on_time=1, overdue=1, due_soon=1, upcoming=1, cancelled=1, paused=1),
        ),
        YearGroup(
            "tu-phap",
            "Tư pháp",
            tasks=3,
            no_deadline=0,
            counts=Counts(
                on_time=1,
                overdue=1,
                due_soon=1,
                upcoming=2,
                cancelled=1,
                paused=1,
                in_progress=1,
            ),
        ),
        YearGroup("", "", 1, 0, Counts(upcoming=1)),
        YearGroup("Lạ", "Lạ", 1, 0, Counts(late=1)),
    ]


def test_months() -> None:
    found = {one.number: one.counts for one in hand_worked().months}

    assert list(found) == [*range(1, 13), LATER]
    assert {number: counts for number, counts in found.items() if counts.every} == {
        2: Counts(overdue=1),
        3: Counts(on_time=1),
        5: Counts(late=1),
        6: Counts(due_soon=1, upcoming=1, paused=1, in_progress=1),
        9: Counts(upcoming=1),
        12: Counts(cancelled=1),
        LATER: Counts(upcoming=1),
    }


def test_rows() -> None:
    found = {
        row.task.id: {
            number: [item.occurrence.ref for item in items] for number, items in row.months.items()
        }
        for row in hand_worked().rows
    }

    assert found == {
        "1": {3: ["1@2025-Q1"], 6: ["1@2025-Q2"], 9: ["1@2025-Q3"], 12: ["1@2025-Q4"]},
        "2": {6: ["2@2025-06"]},
        "3": {},
        "4": {LATER: ["4@2025-Q4..2026-Q1"]},
        "5": {5: ["5@2025-05-20"]},
        "6": {2: ["6@2025-02-28"]},
    }


def test_curve() -> None:
    assert [(f"{one.day:%m-%d}", one.due, one.done) for one in hand_worked().curve] == [
        ("01-01", 0, 0),
        ("02-28", 1, 0),
        ("03-10", 2, 1),
        ("05-20", 3, 1),
        ("05-25", 3, 2),
        ("06-05", 3, 2),
        ("06-10", 4, None),
        ("06-30", 5, None),
        ("09-10", 6, None),
        ("12-31", 6, None),
    ]


def test_lists() -> None:
    found = hand_worked()

    assert [(one.occurrence.ref, one.progress.reason) for one in found.overdue] == [
        ("6@2025-02-28", "chờ văn bản")
    ]
    assert [one.occurrence.ref for one in found.coming(30)] == ["1@2025-Q2", "2@2025-06"]
    assert [one.occurrence.ref for one in found.coming(5)] == ["1@2025-Q2"]
    assert [one.occurrence.ref for one in found.coming(4)] == []
    assert [one.ref for one in found.latest] == [
        *("3", "1@2025-Q4", "1@2025-Q2", "2@2025-06", "1@2025-Q2"),
        *("5@2025-05-20", "5@2025-05-20", "1@2025-Q1", "6@2025-02-28"),
    ]


def test_no_more_notes_than_the_latest() -> None:
    many = [told(number, "note", "2@2025-06", "06-02", text="x") for number in range(50)]

    found = pictured(small(), many, day("06-05"))

    assert [one.id for one in found.latest] == [f"r{number:011}" for number in range(49, 39, -1)]


def test_a_period_has_what_due_lists_for_it() -> None:
    found = hand_worked("2025-05")

    assert [one.occurrence.ref for one in found.items] == ["6@2025-02-28", "5@2025-05-20"]
    assert found.counts == Counts(late=1, overdue=1)


def test_due_in_an_earlier_year() -> None:
    """A directive may move a deadline to before the plan's year."""
    moved = told(1, "directive", "2@2025-06", "01-02", due=day("2024-12-30"), authority="CV 1")

    found = pictured(small(), [moved], day("06-05"))

    assert found.months[0].number == EARLIER
    assert found.months[0].counts == Counts(overdue=1)
    assert (found.curve[0].day, found.curve[0].due) == (day("01-01"), 1)


def test_a_day_after_the_year() -> None:
    """What is done in January is no point of the year's curve, and the curve ends with the year."""
    late = told(1, "done", "1@2025-Q4", "2026-01-05")

    found = pictured(small(), [late], day("2026-02-01"))

    assert found.curve[-1].day == day("12-31")
    assert (found.curve[-1].due, found.curve[-1].done) == (6, 0)


@settings(max_examples=100)
@given(records=journals(), as_of=days, name=st.one_of(st.just(""), names))
def test_sums_agree(records: list[Record], as_of: dt.date, name: str) -> None:
    found = pictured(the_plan(), records, as_of, name=name)
    whole = added([found.counts])

    assert added([one.counts for one in found.months]) == whole
    assert added([one.counts for one in found.sections]) == whole
    assert sum(one.tasks for one in found.sections) == len(found.rows)
    assert sum(one.no_deadline for one in found.sections) == len(found.no_deadline)
    assert whole == added(count([item]) for item in found.items)
    assert found.counts.every == len(found.items)
    assert found.counts.overdue == found.fallen_due.overdue == len(found.overdue)


def added(several: Iterable[Counts]) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in several:
        total.update({name: getattr(one, name) for name in one.__struct_fields__})
    return total


@settings(max_examples=100)
@given(records=journals(), as_of=days)
def test_every_occurrence_is_in_one_cell(records: list[Record], as_of: dt.date) -> None:
    found = pictured(the_plan(), records, as_of)
    cells = [
        (number, item)
        for row in found.rows
        for number, items in row.months.items()
        for item in items
    ]

    assert sorted(item.occurrence.ref for _number, item in cells) == sorted(REFS)
    assert all(item.due.month == number for number, item in cells if item.due.year == 2025)


@settings(max_examples=100)
@given(records=journals(), as_of=days)
def test_the_curve_ends_at_the_headline(records: list[Record], as_of: dt.date) -> None:
    found = pictured(the_plan(), records, as_of)
    due = [one.due for one in found.curve]
    done = [one.done for one in found.curve if one.done is not None]

    assert due == sorted(due)
    assert done == sorted(done)
    assert [one.day for one in found.curve if one.done is not None][-1] == as_of
    assert due[-1] == sum(item.timing is not None and item.due.year <= 2025 for item in found.items)
    assert done[-1] == found.counts.done


@settings(max_examples=50)
@given(records=journals(), as_of=days, section=st.sampled_from(["I", "IV", "VIII"]))
def test_a_filter_takes_its_part_of_the_whole(
    records: list[Record], as_of: dt.date, section: str
) -> None:
    whole = pictured(the_plan(), records, as_of)
    part = pictured(the_plan(), records, as_of, lambda held, _task: held.id == section)

    assert part.sections == [one for one in whole.sections if one.id == section]
    assert part.counts == part.sections[0].counts


@pytest.mark.parametrize(
    ("name", "as_of"), [("2025-06", "06-20"), ("2025-Q2", "07-05"), ("2025-06-20", "06-20")]
)
def test_a_period_agrees_with_due(name: str, as_of: str) -> None:
    found = pictured(the_plan(), RECORDS[1:3], day(as_of), name=name)
    progress = progress_by_ref(RECORDS[1:3], day(as_of))
    listed = agenda.agenda(the_plan(), progress, period(name), day(as_of))

    assert found.items == listed.items

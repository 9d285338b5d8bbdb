"""What a report counts, over which days, and what it says.

Windows and counts are held against tables worked out by hand from the plan of 2025, and
against laws that hold whatever was recorded; whole drafts against golden files.
"""

from __future__ import annotations

import datetime as dt
import re
import shlex
import shutil
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from parplan.agenda.items import Timing
from parplan.journal.record import Evidence, Kind, Record
from parplan.plan.model import Plan, Section, Task
from parplan.report.build import build
from parplan.report.model import Report, ReportRow, Totals
from parplan.report.window import following, reporting_for, window_of
from tests.conftest import Golden
from tests.helpers.office import JOURNAL, Office, made
from tests.helpers.plans import REFS, day, days, journals, names, period, the_plan, told

RECORDED = Path(__file__).parents[1] / "data" / "report.journal.yaml"


def built(
    name: str, as_of: str, records: Sequence[Record] = (), plan: Plan | None = None
) -> Report:
    return build(plan or the_plan(), records, period(name), day(as_of))


def row_of(found: Report, task: str) -> ReportRow:
    (row,) = [row for field in found.fields for row in field.rows if row.task == task]
    return row


# The days whose data a report takes.


@pytest.mark.parametrize(
    ("name", "as_of", "first", "last"),
    [
        pytest.param("2025-06", "06-20", "05-15", "06-14", id="month"),
        pytest.param("2025-01", "01-20", "2024-12-15", "01-14", id="january-begins-last-year"),
        pytest.param("2025-03", "03-20", "02-15", "03-14", id="march-begins-in-a-short-month"),
        pytest.param("2025-12", "2026-02-01", "11-15", "12-14", id="long-after"),
        pytest.param("2025-06", "06-14", "05-15", "06-14", id="on-the-last-day"),
        pytest.param("2025-06", "06-13", "05-15", "06-13", id="before-the-last-day"),
        pytest.param("2025-06", "05-15", "05-15", "05-15", id="on-the-first-day"),
        pytest.param("2025-Q1", "03-20", "2024-12-15", "03-14", id="quarter-1"),
        pytest.param("2025-Q2", "06-20", "03-15", "06-14", id="quarter"),
        pytest.param("2025-Q2", "06-08", "03-15", "06-08", id="quarter-sent-before-the-10th"),
        pytest.param("2025-H1", "06-20", "2024-12-15", "06-14", id="half"),
        pytest.param("2025-H2", "12-08", "06-15", "12-08", id="second-half"),
        pytest.param("2025-9M", "09-20", "2024-12-15", "09-14", id="nine-months"),
        pytest.param("2025", "12-09", "2024-12-15", "12-09", id="year"),
        pytest.param("2025", "2026-01-05", "2024-12-15", "12-14", id="year-afterwards"),
        pytest.param("2025-W23", "06-20", "06-02", "06-08", id="week-has-no-rule"),
        pytest.param("2025-03-18..2025-06-30", "07-02", "03-18", "06-30", id="theme"),
        pytest.param("2025-03-18..2025-06-30", "06-02", "03-18", "06-02", id="theme-not-over"),
        pytest.param("2025-06-05", "06-20", "06-05", "06-05", id="one-day"),
    ],
)
def test_data_window(name: str, as_of: str, first: str, last: str) -> None:
    rule = reporting_for(the_plan(), period(name))

    window = window_of(rule, period(name), day(as_of))

    assert (window.first, window.last) == (day(first), day(last))


@pytest.mark.parametrize(
    ("name", "kind", "title"),
    [
        pytest.param("2025-06", "month", "Báo cáo tháng", id="month"),
        pytest.param("2025-Q2", "quarter", "Báo cáo quý", id="quarter"),
        pytest.param("2025-H1", "half", "Báo cáo 6 tháng", id="half"),
        pytest.param("2025-9M", "9-months", "Báo cáo 9 tháng", id="nine-months"),
        pytest.param("2025", "year", "Báo cáo năm", id="year"),
        pytest.param("2025-W23", "week", "", id="week"),
        pytest.param("2025-01..2025-04", "thematic", "", id="range"),
        pytest.param("2025-06-05", "thematic", "", id="day"),
    ],
)
def test_kind_of_report(name: str, kind: str, title: str) -> None:
    found = built(name, "2025-12-31")

    assert (found.kind, found.name) == (kind, title)
    assert found.recipient == "UBND quận Hà Đông"


@pytest.mark.parametrize(
    ("name", "next_name", "last"),
    [
        pytest.param("2025-06", "2025-07", "07-31", id="month"),
        pytest.param("2025-12", "2026-01", "2026-01-31", id="december"),
        pytest.param("2025-Q2", "2025-Q3", "09-30", id="quarter"),
        pytest.param("2025-Q4", "2026-Q1", "2026-03-31", id="last-quarter"),
        pytest.param("2025-H1", "2025-H2", "12-31", id="half"),
        pytest.param("2025-H2", "2026-H1", "2026-06-30", id="second-half"),
        pytest.param("2025-9M", "2025-Q4", "12-31", id="nine-months-end-before-quarter-4"),
        pytest.param("2025", "2026", "2026-12-31", id="year"),
        pytest.param("2025-W23", "2025-W24", "06-15", id="week"),
        pytest.param("2025-W52", "2026-W01", "2026-01-04", id="last-week"),
        pytest.param("2025-06-01..2025-06-10", "2025-06-11..2025-06-20", "06-20", id="range"),
    ],
)
def test_following_period(name: str, next_name: str, last: str) -> None:
    found = following(period(name))

    assert (found.name, found.last) == (next_name, day(last))
    assert found.first == period(name).last + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("words", "as_of", "first"),
    [
        pytest.param(["--month", "7"], "2025-06-14", "2025-06-15", id="month"),
        pytest.param(["2025-Q3"], "2025-06-14", "2025-06-15", id="quarter"),
        pytest.param(["--year-report"], "2024-12-14", "2024-12-15", id="year"),
        pytest.param(["2025-07-01..2025-07-09"], "2025-06-30", "2025-07-01", id="theme"),
    ],
)
def test_too_early_for_a_report(words: list[str], as_of: str, first: str, office: Office) -> None:
    said = office.refuse("report", *words, "--year", "2025", "--as-of", as_of)

    assert f"begin on {first}: it is too early" in said
    assert not (office.root / "reports").exists()


def test_the_first_day_of_the_data_is_early_enough(office: Office) -> None:
    said = drafted(office, "--month", "7", "--as-of", "2025-06-15")

    assert "số liệu từ ngày 15/6/2025 đến ngày 15/6/2025" in said


# The counts.

SCENARIO = (
    # Done before the window of June (15 May to 14 June): in none of its counts.
    told(1, "done", "1@2025-03", "03-24"),
    told(2, "done", "23@2025-03", "03-31"),
    told(3, "done", "23@2025-Q1", "04-02"),
    told(4, "done", "1@2025-04", "05-14"),
    # Cancelled before it.
    told(5, "cancel", "23@2025-04", "05-05"),
    # In it: done on the due day; done late; done early; still open since March.
    told(6, "done", "1@2025-05", "05-24"),
    told(7, "done", "23@2025-05", "06-04", reason="thiếu phiếu"),
    told(8, "done", "1@2025-Q2", "06-02"),
    told(9, "note", "24@2025-Q1", "05-20", reason="chưa có hướng dẫn"),
    # A directive gives a date to task 12, and another to task 20, which is cancelled.
    told(10, "directive", "12@2025-06-14", "05-16", due=day("06-14"), authority="CV 9"),
    told(11, "directive", "20@2025-06-01", "05-16", due=day("06-01"), authority="CV 9"),
    told(12, "cancel", "20@2025-06-01", "05-30"),
    # A directive moves what is due on 30 June to 5 June, and another to 15 July.
    told(13, "directive", "4@2025-06", "05-18", due=day("06-05"), authority="CV 7"),
    told(14, "directive", "5@2025-06", "05-18", due=day("07-15"), authority="CV 7"),
    # After it: not known yet.
    told(15, "done", "24@2025-Q1", "06-15"),
    told(16, "done", "4@2025-06", "06-16"),
)

JUNE: Sequence[tuple[str, str, Timing | None]] = (
    ("24@2025-Q1", "03-31", "overdue"),
    ("1@2025-05", "05-24", "on-time"),
    ("23@2025-05", "05-31", "late"),
    ("20@2025-06-01", "06-01", None),
    ("4@2025-06", "06-05", "overdue"),
    ("1@2025-Q2", "06-09", "on-time"),
    ("12@2025-06-14", "06-14", "due-soon"),
)


def test_what_counts_in_june() -> None:
    found = built("2025-06", "2025-06-20", SCENARIO)

    assert [(one.ref, one.due, one.timing) for one in found.items] == [
        (ref, day(due), timing) for ref, due, timing in JUNE
    ]


def test_the_counts_of_june() -> None:
    totals = built("2025-06", "2025-06-20", SCENARIO).totals

    assert msgspec.structs.asdict(totals) | {"no_deadline": None} == {
        "due": 6,
        "done": 3,
        "open": 3,
        "on_time": 2,
        "late": 1,
        "overdue": 2,
        "due_today": 1,
        "cancelled": 1,
        "no_deadline": None,
        "early": 0,
    }
    assert [str(totals.share(part)) for part in (0, 1, 2, 3, 6)] == [
        "0.0",
        "16.7",
        "33.3",
        "50.0",
        "100.0",
    ]


def test_how_late_and_why() -> None:
    found = built("2025-06", "2025-06-20", SCENARIO).items

    late = [one for one in found if one.timing in ("overdue", "late")]
    assert [(one.ref, one.days_late, one.reason) for one in late] == [
        ("24@2025-Q1", 75, "chưa có hướng dẫn"),
        ("23@2025-05", 4, "thiếu phiếu"),
        ("4@2025-06", 9, ""),
    ]


def test_what_is_on_time_or_cancelled_is_no_day_late() -> None:
    found = built("2025-06", "2025-06-20", SCENARIO).items

    others = {one.ref: one.days_late for one in found if one.timing not in ("overdue", "late")}
    assert set(others.values()) == {0}, others


def test_what_a_directive_moved_is_upcoming_on_its_new_day() -> None:
    found = built("2025-06", "2025-06-20", SCENARIO).upcoming

    assert [(one.ref, one.due.isoformat()[5:]) for one in found] == [
        ("1@2025-06", "06-24"),
        ("23@2025-06", "06-30"),
        ("23@2025-Q2", "06-30"),
        ("24@2025-Q2", "06-30"),
        ("5@2025-06", "07-15"),
        ("1@2025-07", "07-24"),
        ("23@2025-07", "07-31"),
    ]


def test_nothing_recorded() -> None:
    """Eight tasks of the year 2025 fell due by 14 June, counted in the plan's table of due dates:

    1@03, 1@04, 1@05, 1@Q2, 23@03, 23@Q1, 23@04, 23@05 and 24@Q1.
    """
    totals = built("2025-06", "2025-06-20").totals

    assert (totals.due, totals.open, totals.overdue, totals.done) == (9, 9, 9, 0)
    assert totals.no_deadline == 7  # 8, 12, 15, 17, 18, 20, 21


def test_a_task_that_a_directive_gave_a_date_is_not_without_deadline() -> None:
    """It is due, so it is no longer in the class beside: 'due --all' lists it so too."""
    totals = built("2025-06", "2025-06-20", SCENARIO).totals

    assert totals.no_deadline == 5  # 8, 15, 17, 18, 21; no longer 12 and 20


def test_what_was_cancelled_in_the_window_is_told_though_due_before_it() -> None:
    """It was overdue in the last report; in this one it may not vanish without a word."""
    records = [told(1, "cancel", "23@2025-03", "06-03", reason="gộp vào quý")]
    may, june = built("2025-05", "2025-05-20", records), built("2025-06", "2025-06-20", records)

    assert (may.totals.overdue, may.totals.cancelled) == (6, 0)
    assert (june.totals.overdue, june.totals.cancelled) == (8, 1)


@pytest.mark.parametrize(
    ("due", "count", "share"),
    [
        pytest.param(3, 1, "33.3", id="down"),
        pytest.param(3, 2, "66.7", id="up"),
        pytest.param(16, 1, "6.3", id="half-goes-up"),
        pytest.param(80, 1, "1.3", id="half-goes-up-to-odd"),
        pytest.param(400, 1, "0.3", id="a-quarter-per-cent"),
        pytest.param(7, 7, "100.0", id="all"),
        pytest.param(7, 0, "0.0", id="none"),
        pytest.param(0, 0, None, id="of-nothing"),
    ],
)
def test_share(due: int, count: int, share: str | None) -> None:
    totals = Totals(due, 0, 0, 0, 0, 0, 0, 0, 0)

    assert totals.share(count) == (None if share is None else Decimal(share))


# Laws, whatever was recorded.

DUE = {one.ref: one.due for _, task in the_plan().tasks() for one in the_plan().occurrences(task)}


@settings(max_examples=100)
@given(records=journals(), name=names, as_of=days)
def test_sums(records: list[Record], name: str, as_of: dt.date) -> None:
    found = build(the_plan(), records, period(name), as_of)
    assume(found.window.first <= found.window.last)  # the command refuses another one
    totals, timings = found.totals, [one.timing for one in found.items]

    assert totals.done + totals.open == totals.due
    assert totals.on_time + totals.late == totals.done
    assert totals.overdue + totals.due_today == totals.open
    assert totals.due + totals.cancelled == len(found.items)
    assert totals.cancelled == timings.count(None)
    assert totals.overdue == timings.count("overdue")
    today = [one for one in found.items if one.timing in ("due-soon", "upcoming")]
    assert totals.due_today == len(today)
    assert totals.early == sum(
        one.due > found.window.last and one.timing == "on-time" for one in found.items
    )
    assert {one.due for one in today} <= {found.window.last}


@settings(max_examples=100)
@given(records=journals(), name=names, as_of=days)
def test_each_item_counts_once_and_in_one_place(
    records: list[Record], name: str, as_of: dt.date
) -> None:
    found = build(the_plan(), records, period(name), as_of)
    assume(found.window.first <= found.window.last)
    refs = [one.ref for one in found.items]

    assert len(refs) == len(set(refs))
    rows = [due.ref for field in found.fields for row in field.rows for due in row.due]
    assert sorted(rows) == sorted(refs)
    assert all(
        one.due <= found.window.last or one.timing in ("on-time", None) for one in found.items
    )
    assert all(found.window.last < one.due <= found.following.last for one in found.upcoming)


def month_of(on: dt.date) -> int:
    """Return the month whose report takes the data of the day ``on``: from the 15th, the next."""
    return on.month + (on.day > 14)


@settings(max_examples=60)
@given(
    finished=st.dictionaries(st.sampled_from(REFS), days, max_size=20),
    drafted=st.integers(14, 28),
)
def test_months_lose_and_double_nothing(finished: dict[str, dt.date], drafted: int) -> None:
    """Overdue in each report until it is done, done in one, early or late, and then gone."""
    records = [
        told(number, "done", ref, on.isoformat())
        for number, (ref, on) in enumerate(sorted(finished.items(), key=lambda one: one[1]))
    ]
    seen: dict[str, dict[int, Timing | None]] = {ref: {} for ref in REFS}
    for month in range(1, 13):
        found = built(f"2025-{month:02}", f"2025-{month:02}-{drafted}", records)
        for one in found.items:
            seen[one.ref][month] = one.timing

    for ref, due in DUE.items():
        done = finished.get(ref)
        counted = month_of(done) if done else 13
        expected: dict[int, Timing | None] = {
            month: "due-soon" if due == day(f"{month:02}-14") else "overdue"
            for month in range(month_of(due), min(counted, 13))
        }
        if done and counted <= 12:
            expected[counted] = "late" if done > due else "on-time"
        assert seen[ref] == expected, ref


# What a report settles.


@pytest.mark.parametrize(
    ("name", "refs"),
    [
        pytest.param("2025-06", ["1@2025-06"], id="month"),
        pytest.param("2025-Q2", ["1@2025-Q2"], id="quarter"),
        pytest.param("2025-H1", ["1@2025-Q2"], id="half-serves-quarter-2"),
        pytest.param("2025-9M", ["1@2025-Q3"], id="nine-months-serve-quarter-3"),
        pytest.param("2025-H2", ["1@2025-Q4"], id="second-half-serves-quarter-4"),
        pytest.param("2025", ["1@2025-Q4", "1@2025"], id="year-serves-quarter-4-and-itself"),
        pytest.param("2025-12", ["1@2025-12"], id="december-serves-itself-only"),
        pytest.param("2025-01", [], id="before-the-plan"),
        pytest.param("2025-04-01..2025-06-30", [], id="theme"),
    ],
)
def test_what_a_report_settles(name: str, refs: list[str]) -> None:
    assert [one.ref for one in built(name, "2025-12-31").serves] == refs


def test_what_is_done_is_not_settled_again() -> None:
    records = [told(1, "done", "1@2025-Q4", "12-05")]

    assert [one.ref for one in built("2025", "2025-12-09", records).serves] == ["1@2025"]


def test_what_was_done_after_the_data_ended_is_not_settled_again() -> None:
    records = [told(1, "done", "1@2025-03", "03-24")]

    assert built("2025-03", "2025-03-26", records).serves == []


def test_the_done_commands_that_are_offered_can_be_typed(office: Office) -> None:
    said = office.say("report", "--year-report", "--as-of", "2025-12-09", "--format", "md")
    offered = [line for line in said.splitlines() if line.startswith("  parplan done")]
    assert len(offered) == 2
    assert all("--evidence 'BC …/BC-UBND'" in line for line in offered)

    for line in offered:
        office.say(*shlex.split(line, comments=True)[1:], "--as-of", "2025-12-09")

    shown = office.items("show", "1", "--as-of", "2025-12-09")
    states = {one["ref"]: one["state"] for one in shown}
    assert (states["1@2025"], states["1@2025-Q4"]) == ("done", "done")


def test_a_theme_offers_nothing(office: Office) -> None:
    said = office.say(
        "report", "--month", "6", "--section", "I", "--as-of", "2025-06-20", "--format", "md"
    )

    assert "parplan done" not in said


# What was recorded about each task.


def test_what_was_recorded_becomes_sentences_in_the_order_of_their_days() -> None:
    document = Evidence("TB 12/TB-UBND")
    records = [
        told(1, "note", "5@2025-06", "05-14", text="trước kỳ", evidence=(Evidence("A"),)),
        told(2, "note", "5@2025-06", "06-10", text="sau", percent=50, evidence=(document,)),
        told(3, "note", "5@2025-06", "06-11", text="trước", on=day("05-15")),
        told(4, "note", "5", "06-12", text="cả nhiệm vụ", value=Decimal("98.5")),
        told(5, "note", "5@2025-06", "06-14", evidence=(document,)),
        told(6, "start", "5@2025-10", "06-14"),
        told(7, "note", "5@2025-06", "06-15", text="sau kỳ"),
    ]
    row = row_of(built("2025-06", "2025-06-20", records), "5")

    assert [(one.text, one.day, one.label) for one in row.sentences] == [
        ("trước", day("05-15"), "Lần 1"),
        ("sau", day("06-10"), "Lần 1"),
        ("cả nhiệm vụ", day("06-12"), ""),
        ("", day("06-14"), "Lần 1"),
    ]
    assert row.evidence == [Evidence("A"), document]
    assert (row.value, row.state) == (Decimal("98.5"), "in-progress")
    assert not row.wants_news


@pytest.mark.parametrize(
    ("task", "wants_news"),
    [
        pytest.param("1", True, id="fell-due"),
        pytest.param("8", True, id="continuous"),
        pytest.param("4", False, id="due-later"),
        pytest.param("12", False, id="waits-for-a-directive"),
    ],
)
def test_which_silence_is_a_gap(task: str, wants_news: bool) -> None:
    assert row_of(built("2025-06", "2025-06-20"), task).wants_news is wants_news


def test_a_retracted_record_is_not_told() -> None:
    records = [
        told(1, "note", "5@2025-06", "06-10", text="nhầm", proposal="nhầm"),
        told(2, "undo", "5@2025-06", "06-10", retracts=made(1).id),
    ]
    found = built("2025-06", "2025-06-20", records)

    assert (row_of(found, "5").sentences, found.proposals, found.records) == ([], [], 0)


@pytest.mark.parametrize(
    ("closing", "said"),
    [
        pytest.param({"kind": "done"}, [], id="done"),
        pytest.param({"kind": "done", "text": "đã họp"}, [], id="done-with-words"),
        pytest.param({"kind": "cancel", "text": "không phải làm"}, [], id="cancelled"),
        pytest.param({"kind": "pause", "text": "chờ kinh phí"}, ["chờ kinh phí"], id="paused"),
    ],
)
def test_what_was_reopened_is_not_told_as_closed(closing: dict[str, Any], said: list[str]) -> None:
    records = [
        told(1, ref="5@2025-06", written="06-10", **closing),
        told(2, "reopen", "5@2025-06", "06-11"),
    ]

    assert [one.text for one in row_of(built("2025-06", "2025-06-20", records), "5").sentences] == (
        said
    )


def test_what_was_closed_again_is_told_once() -> None:
    records = [
        told(1, "done", "5@2025-06", "05-20"),
        told(2, "reopen", "5@2025-06", "06-10"),
        told(3, "done", "5@2025-06", "06-12"),
    ]

    before, after = (
        row_of(built("2025-06", as_of, records), "5").sentences
        for as_of in ("2025-06-09", "2025-06-20")
    )

    assert [(one.day, one.finishes) for one in before] == [(day("05-20"), True)]
    assert [one.day for one in after if one.finishes] == [day("06-12")]


def test_a_proposal_in_a_draft_names_its_task(office: Office) -> None:
    office.say("note", "5@2025-06", "--proposal", "lùi sang tháng 7", "--as-of", "2025-06-10")

    said = drafted(office, "--month", "6", "--as-of", "2025-06-12")

    assert "- Đối thoại với người dân về TTHC – Lần 1: Lùi sang tháng 7.\n" in said


def test_a_measure_without_words_begins_its_cell(office: Office) -> None:
    office.say("note", "17", "--value", "97.8", "--as-of", "2025-06-10")

    said = drafted(office, "--month", "6", "--as-of", "2025-06-12")

    assert "| Số đo 97,8 (chưa đạt) |" in said


def test_proposals_of_the_window() -> None:
    records = [
        told(1, "note", "5", "05-14", proposal="trước kỳ"),
        told(2, "note", "8", "06-01", proposal="thứ hai"),
        told(3, "note", "5@2025-06", "05-15", text="x", proposal="thứ nhất"),
    ]
    found = built("2025-06", "2025-06-20", records)

    assert [(one.text, one.ref) for one in found.proposals] == [
        ("thứ nhất", "5@2025-06"),
        ("thứ hai", "8"),
    ]


@pytest.mark.parametrize(("kind", "count"), [("done", 1), ("cancel", 1), ("pause", 2)])
def test_what_was_proposed_before_it_was_closed_is_of_no_use(kind: Kind, count: int) -> None:
    records = [
        told(1, "note", "5@2025-06", "05-20", proposal="cử đại diện"),
        told(2, kind, "5@2025-06", "06-05", proposal="tăng thời gian đối thoại"),
    ]

    proposals = built("2025-06", "2025-06-20", records).proposals

    assert [one.text for one in proposals][-1] == "tăng thời gian đối thoại"
    assert len(proposals) == count


def in_part(section: Section, task: Task) -> bool:
    return section.id == "V" and task.id != "23"


def test_proposals_of_a_part_of_the_plan() -> None:
    records = [
        told(1, "note", "5@2025-06", "06-10", proposal="của nhiệm vụ 5"),
        told(2, "note", "24@2025-Q2", "06-10", proposal="của nhiệm vụ 24"),
    ]
    found = build(the_plan(), records, period("2025-06"), day("06-20"), in_part)

    assert [one.ref for one in found.proposals] == ["24@2025-Q2"]


@pytest.mark.parametrize(
    ("task", "records", "state"),
    [
        pytest.param("9", [told(1, "done", "9@2025", "06-05")], "done", id="its-only-one-is-done"),
        pytest.param("9", [told(1, "cancel", "9@2025", "06-05")], "cancelled", id="cancelled"),
        pytest.param("9", [told(1, "start", "9@2025", "06-05")], "in-progress", id="begun"),
        pytest.param("9", [told(1, "pause", "9@2025", "06-05")], "paused", id="paused"),
        pytest.param("9", [told(1, "done", "9@2025", "06-15")], "not-started", id="done-later"),
        pytest.param("4", [told(1, "done", "4@2025-06", "06-05")], "in-progress", id="one-of-two"),
        pytest.param("8", [told(1, "start", "8", "06-05")], "in-progress", id="task-as-a-whole"),
    ],
)
def test_state_of_a_task_of_which_nothing_fell_due(
    task: str, records: list[Record], state: str
) -> None:
    assert row_of(built("2025-06", "2025-06-20", records), task).state == state


def test_a_directive_is_an_order_and_no_result() -> None:
    records = [
        told(
            1, "directive", "12@2025-06-10", "06-01", due=day("06-10"), text="Quận yêu cầu báo cáo"
        )
    ]
    row = row_of(built("2025-06", "2025-06-20", records), "12")

    assert row.sentences == []
    assert [one.ref for one in row.due] == ["12@2025-06-10"]


def test_what_a_directive_dates_later_is_not_without_deadline() -> None:
    records = [told(1, "directive", "12@2025-11-15", "06-01", due=day("11-15"))]
    row = row_of(built("2025-06", "2025-06-20", records), "12")

    assert (row.timing, row.waits_for) == (None, [])


@pytest.mark.parametrize(("task", "bodies"), [("12", ["UBND quận"]), ("15", []), ("9", [])])
def test_who_is_waited_for(task: str, bodies: list[str]) -> None:
    assert row_of(built("2025-06", "2025-06-20"), task).waits_for == bodies


@pytest.mark.parametrize(
    ("kind", "fields", "reason"),
    [
        ("pause", {"text": "Chờ kinh phí"}, "Chờ kinh phí"),
        ("pause", {"text": "Tạm dừng", "reason": "Chờ kinh phí"}, "Chờ kinh phí"),
        ("cancel", {"text": "Quận không mở lớp"}, "Quận không mở lớp"),
        ("note", {"text": "Đang làm", "reason": "Thiếu người"}, "Thiếu người"),
        ("note", {"text": "Đang làm"}, ""),
    ],
)
def test_the_reason_of_a_pause_answers_why_it_is_late(
    kind: Kind, fields: dict[str, str], reason: str
) -> None:
    records = [told(1, kind, "1@2025-Q2", "06-10", **fields)]
    row = row_of(built("2025-06", "2025-06-20", records), "1")

    (quarter,) = [one for one in row.due if one.ref == "1@2025-Q2"]
    assert quarter.reason == reason


def test_a_part_of_the_plan() -> None:
    found = build(the_plan(), SCENARIO, period("2025-06"), day("06-20"), in_part)

    assert [field.id for field in found.fields] == ["V"]
    assert [row.task for row in found.fields[0].rows] == ["22", "24", "25", "26"]
    assert [one.ref for one in found.items] == ["24@2025-Q1"]
    assert (found.totals.due, found.totals.no_deadline) == (1, 0)


def test_the_recipient_is_the_superior_body_of_the_day_or_of_the_period_when_late() -> None:
    plan = msgspec.convert(
        {
            **msgspec.to_builtins(the_plan()),
            "superior": [
                {"name": "UBND quận Hà Đông", "until": "2025-06-30"},
                {"name": "UBND thành phố Hà Nội", "from": "2025-07-01"},
            ],
        },
        Plan,
    )

    assert built("2025-06", "2025-06-30", plan=plan).recipient == "UBND quận Hà Đông"
    assert built("2025-06", "2025-12-31", plan=plan).recipient == "UBND quận Hà Đông"
    assert built("2025-07", "2025-07-01", plan=plan).recipient == "UBND thành phố Hà Nội"


# Whole drafts.


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    return Office(workspace, environment)


@pytest.fixture
def at_work(office: Office) -> Office:
    """Return an office whose journal is the one that was written by hand for these tests."""
    shutil.copy(RECORDED, office.root / JOURNAL)
    return office


DRAFTS = [
    pytest.param("report-june", ["--month", "6"], "2025-06-16", id="june"),
    pytest.param("report-q2", ["--quarter", "2"], "2025-06-08", id="quarter-2"),
    pytest.param("report-h1", ["--half", "1"], "2025-06-09", id="half-1"),
    pytest.param("report-9m", ["--nine-months"], "2025-09-08", id="nine-months"),
    pytest.param("report-year", ["--year-report"], "2025-12-08", id="year"),
    pytest.param(
        "report-theme", ["2025-03-18..2025-06-30", "--section", "V"], "2025-07-02", id="theme"
    ),
]


@pytest.mark.parametrize(("name", "words", "as_of"), DRAFTS)
def test_draft(name: str, words: list[str], as_of: str, at_work: Office, golden: Golden) -> None:
    golden(f"{name}.md", drafted(at_work, *words, "--as-of", as_of))


def drafted(office: Office, *words: str) -> str:
    """Return the draft that ``parplan report WORDS`` writes."""
    office.say("report", *words, "--format", "md", "-o", "draft.md")
    return (office.root / "draft.md").read_text(encoding="utf-8")


def test_the_draft_says_each_number_that_was_counted(at_work: Office) -> None:
    """Worked out by hand from tests/data/report.journal.yaml for 15 May to 14 June.

    Due: 23@Q1 and 24@Q1 (both open), 1@05 (24 May, on time), 23@05 (late on 4 June), 1@Q2 (on
    time); done before or cancelled: 1@03, 23@03, 1@04, 23@04.  9 was done early: due in December.
    """
    said = drafted(at_work, "--month", "6", "--as-of", "2025-06-16")

    assert (
        "Số việc đến hạn hoặc đã xong trong kỳ, tính đến ngày 14/6/2025: **06**, trong đó hoàn "
        "thành **04** (66,7%), chưa hoàn thành **02** (33,3%).\n"
        "\n"
        "- Hoàn thành đúng hạn: 03 (50,0%), trong đó 01 việc xong trước hạn (hạn sau ngày "
        "14/6/2025).\n"
        "- Hoàn thành trễ hạn: 01 (16,7%).\n"
        "- Quá hạn chưa hoàn thành: 02 (33,3%).\n"
        "- Nhiệm vụ không có thời hạn (thường xuyên hoặc chờ chỉ đạo): 07.\n"
    ) in said


def test_every_gap_is_marked_and_nothing_is_invented(at_work: Office) -> None:
    said = drafted(at_work, "--month", "6", "--as-of", "2025-06-16")

    assert re.findall(r"\[cần bổ sung: (.*?)\]", said) == [
        "số kế hoạch",
        "ngày ban hành kế hoạch",
        "kết quả thực hiện nhiệm vụ 15",
        "kết quả thực hiện nhiệm vụ 18",
        "nguyên nhân chậm 23@2025-Q1",
    ]


def test_the_draft_is_in_the_language_of_the_office_whatever_the_messages_speak(
    at_work: Office,
) -> None:
    words = ("--month", "6", "--as-of", "2025-06-16", "--force")

    assert drafted(at_work, *words, "--lang", "en") == drafted(at_work, *words, "--lang", "vi")


def test_a_theme_says_in_words_until_when_it_looks_ahead(at_work: Office) -> None:
    said = drafted(at_work, "2025-03-18..2025-06-30", "--as-of", "2025-07-02")

    assert "đến hết từ" not in said


def test_a_theme_names_its_file_after_its_part(at_work: Office) -> None:
    words = ("report", "2025-03-18..2025-06-30", "--as-of", "2025-07-02", "--format", "md")
    at_work.say(*words, "--section", "V")
    at_work.say(*words, "--task", "4", "--task", "23")
    at_work.say(*words, "--unit", "tu-phap")

    assert sorted(path.name for path in (at_work.root / "reports").glob("*.md")) == [
        "2025-03-18_2025-06-30-4-23.md",
        "2025-03-18_2025-06-30-V.md",
        "2025-03-18_2025-06-30-tu-phap.md",
    ]


def test_a_report_needs_a_period(office: Office) -> None:
    assert "name the period" in office.refuse("report")

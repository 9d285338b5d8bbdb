"""Each day of data is in one report of its chain, whenever the drafts were made."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.plan.model import Reporting
from parplan.report.window import following, previous, reporting_for, window_of
from parplan.schedule import periods
from parplan.schedule.periods import Period
from tests.helpers.office import Office, made
from tests.helpers.plans import day, period, the_plan

ONE_DAY = dt.timedelta(days=1)


def chain(first: Period, count: int) -> list[Period]:
    """Return ``count`` periods of one length from ``first`` on."""
    periods_in_turn = [first]
    while len(periods_in_turn) < count:
        periods_in_turn.append(following(periods_in_turn[-1]))
    return periods_in_turn


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2025-06", "2025-05"),
        ("2025-01", "2024-12"),
        ("2025-Q2", "2025-Q1"),
        ("2025-Q1", "2024-Q4"),
        ("2025-W01", "2024-W52"),
        ("2025-H2", "2025-H1"),
        ("2025-H1", "2024"),
        ("2025-9M", "2024"),
        ("2025", "2024"),
    ],
)
def test_which_report_stands_before(name: str, expected: str) -> None:
    before = previous(period(name))

    assert before is not None
    assert before.name == expected


@pytest.mark.parametrize("name", ["2025-06-05", "2025-03-18..2025-06-30"])
def test_before_a_theme_stands_none(name: str) -> None:
    assert previous(period(name)) is None


@given(
    first=st.sampled_from(["2025-01", "2024-02", "2025-Q1", "2025-W50"]),
    lags=st.lists(st.integers(-9, 20), min_size=2, max_size=14),
)
def test_drafts_made_on_any_day_leave_no_day_out(first: str, lags: list[int]) -> None:
    """Each begins where the one before really ended: drafted before its cut-off, or after it."""
    end: dt.date | None = None
    days: list[dt.date] = []
    for one, lag in zip(chain(period(first), len(lags)), lags, strict=True):
        rule = reporting_for(the_plan(), one)
        drafted = window_of(rule, one, dt.date.max).last + lag * ONE_DAY
        window = window_of(rule, one, drafted, end)
        if window.last < window.first:  # too early for a report, which the command says
            continue
        days += [window.first + n * ONE_DAY for n in range((window.last - window.first).days + 1)]
        end = window.last

    assert days == [days[0] + n * ONE_DAY for n in range(len(days))]


@given(
    until=st.integers(1, 30),
    year=st.integers(2023, 2028),
    length=st.sampled_from(["month", "quarter"]),
)
def test_a_cut_off_at_the_end_of_a_month(until: int, year: int, length: str) -> None:
    """The 29th to the 31st of shorter months, in leap years too, by the rules alone."""
    rule = Reporting(every=length, name="x", data_from=until + 1, data_until=until)  # type: ignore[arg-type]
    windows = [
        window_of(rule, one, dt.date.max)
        for one in chain(periods.of(length, year), 13)  # type: ignore[arg-type]
    ]

    for before, after in itertools.pairwise(windows):
        assert after.first == before.last + ONE_DAY
    assert all(window.first <= window.last for window in windows)


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    return Office(workspace, environment)


def told(office: Office, name: str) -> str:
    """Return the draft called ``name``."""
    return (office.root / "reports" / f"{name}.md").read_text(encoding="utf-8")


def test_a_quarter_begins_where_the_draft_before_it_ended(office: Office) -> None:
    """Drafted on the 5th for the 10th: what happens from the 6th to the 14th is not lost."""
    office.write(made(1, text="Việc ngày 9", on=day("06-09")))
    office.say("report", "--quarter", "2", "--format", "md", "--as-of", "2025-06-05")
    office.say("report", "--quarter", "3", "--format", "md", "--as-of", "2025-09-20")

    assert "Việc ngày 9" not in told(office, "2025-Q2")
    assert "Việc ngày 9" in told(office, "2025-Q3")
    assert "từ ngày 06/6/2025 đến ngày 14/9/2025" in told(office, "2025-Q3")


def test_records_after_the_cut_off_are_named_and_can_be_taken_in(office: Office) -> None:
    office.write(
        made(1, text="Việc ngày 14", on=day("06-14")),
        made(2, text="Việc ngày 15", on=day("06-15")),
        made(3, "note", "8", text="Việc ngày 18", on=day("06-18")),
    )
    printed = office.say("report", "--month", "6", "--format", "md")

    assert "2 bản ghi sau ngày 14/06/2025 chưa tính vào kỳ này: 4@2025-06, 8" in printed
    assert "--data-until 18/06/2025" in printed
    assert "Việc ngày 15" not in told(office, "2025-06")

    until = ("--data-until", "16/6/2025")
    printed = office.say("report", "--month", "6", "--format", "md", "--force", *until)
    assert "1 bản ghi sau ngày 16/06/2025 chưa tính vào kỳ này: 8" in printed
    assert "Việc ngày 15" in told(office, "2025-06")

    office.say("report", "--month", "7", "--format", "md", "--as-of", "2025-07-20")
    assert "từ ngày 17/6/2025 đến ngày 14/7/2025" in told(office, "2025-07")
    assert "Việc ngày 18" in told(office, "2025-07")
    assert "Việc ngày 15" not in told(office, "2025-07")


def test_january_tells_what_december_left(office: Office) -> None:
    """Recorded in the old year's journal after its last report, and due in its last days."""
    plan = office.root / "plan" / "2025.yaml"
    shutil.copy(plan, office.root / "plan" / "2026.yaml")
    text = (office.root / "plan" / "2026.yaml").read_text(encoding="utf-8")
    (office.root / "plan" / "2026.yaml").write_text(
        text.replace("\nyear: 2025\n", "\nyear: 2026\n"), encoding="utf-8", newline="\n"
    )
    office.write(
        made(1, text="Trước kỳ", on=day("12-14")),
        made(2, "done", "11@2025", text="Đã tự chấm điểm", on=day("12-20")),
        made(3, "done", "10@2025", text="Đã thanh tra", on=dt.date(2026, 1, 5)),
    )
    office.say("report", "2026-01", "--format", "md", "--as-of", "2026-01-20")
    january = told(office, "2026-01")

    assert "từ ngày 15/12/2025 đến ngày 14/01/2026" in january
    assert "Việc thuộc kế hoạch năm 2025" in january
    assert "Đã tự chấm điểm" in january
    assert "Đã thanh tra" in january
    assert "Trước kỳ" not in january


def test_what_is_done_early_counts_once_where_it_was_done(office: Office) -> None:
    """Due on 30 June, done on 10 June: in the report on June, which ends on the 14th."""
    office.write(made(1, "done", "4@2025-06", text="Đã họp", on=day("06-10")))
    office.say("report", "--month", "6", "--format", "md")
    office.say("report", "--month", "7", "--format", "md", "--as-of", "2025-07-20")

    assert "1 việc xong trước hạn (hạn sau ngày 14/6/2025)" in told(office, "2025-06")
    july = told(office, "2025-07")
    assert "Đã họp" not in july.partition("# Phụ lục")[0]
    assert "xong trước hạn" not in july

"""Facts of a plan filled in by a command: the file stays as it was typed but for them."""

from __future__ import annotations

import datetime as dt

import pytest

from parplan.plan.amendment import Change, amend
from parplan.plan.diff import compare_plans
from parplan.plan.facts import Facts
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from parplan.problem import UserError
from tests.helpers.running import ROOT

PATH = "plan/2025.yaml"
TEXT = (ROOT / PATH).read_text(encoding="utf-8")


def read(text: str) -> Plan:
    plan = read_plan(PATH, text.encode()).value
    assert plan is not None
    return plan


def changed(change: Change, text: str = TEXT) -> tuple[Plan, list[tuple[str, str]]]:
    """Return the plan with ``change``, and its lines that differ: each before and after."""
    new, reading = amend(read(text), PATH, text, change)
    assert reading.value is not None, reading.problems
    before, after = text.splitlines(), new.splitlines()
    assert len(before) == len(after)
    pairs = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    return reading.value, pairs


def test_number_and_date_are_filled_in_and_comments_stay() -> None:
    facts = Facts(date=dt.date(2025, 3, 20), effective=dt.date(2025, 3, 21))

    plan, lines = changed(Change("document", None, None, number="041", facts=facts))

    assert (plan.document.number, plan.document.date) == ("041", "2025-03-20")
    assert plan.effective_from == dt.date(2025, 3, 21)
    assert lines == [
        ('  number: ""  # bản gốc chưa ghi số', '  number: "041"  # bản gốc chưa ghi số'),
        (
            '  date: 2025-03  # bản gốc để trống ngày: "ngày      /3/2025"',
            '  date: 2025-03-20  # bản gốc để trống ngày: "ngày      /3/2025"',
        ),
        ("effective_from: 2025-03-18", "effective_from: 2025-03-21"),
    ]


@pytest.mark.parametrize("empty", ['  number: ""', "  number:", "  number: # chưa có", "  type: a"])
def test_a_number_goes_where_nothing_stands_too(empty: str) -> None:
    line = '  number: ""  # bản gốc chưa ghi số'
    text = TEXT.replace(line, empty if "type" not in empty else "  # trống", 1)

    new, reading = amend(read(text), PATH, text, Change("document", None, None, number="7: a #b"))

    assert reading.value is not None
    assert reading.value.document.number == "7: a #b"
    assert new.count("#") == text.count("#") + 1


def test_who_signs_is_changed_or_added() -> None:
    facts = Facts(signer="Lê: An", position="KT. CHỦ TỊCH")
    plan, lines = changed(Change("document", None, None, facts=facts))
    assert plan.signer is not None
    assert (plan.signer.name, plan.signer.position) == ("Lê: An", "KT. CHỦ TỊCH")
    assert len(lines) == 1

    text = TEXT.replace("signer: {position: CHỦ TỊCH, name: Phan Cao Đăng}\n", "", 1)
    _new, reading = amend(read(text), PATH, text, Change("document", None, None, facts=facts))
    assert reading.value is not None
    assert reading.value.signer == plan.signer
    with pytest.raises(UserError, match="position of who signs"):
        amend(read(text), PATH, text, Change("document", None, None, facts=Facts(signer="An")))


def test_recipients_are_replaced_unless_comments_would_be_lost() -> None:
    change = Change("document", None, None, facts=Facts(recipients=["Như trên;", "Lưu: VT."]))

    new, reading = amend(read(TEXT), PATH, TEXT, change)

    assert reading.value is not None
    assert reading.value.recipients == ["Như trên;", "Lưu: VT."]
    assert '\nrecipients:\n  - Như trên;\n  - "Lưu: VT."\n\nsigner:' in new
    remarked = TEXT.replace("  - Phòng Nội vụ quận;", "  # hai bản\n  - Phòng Nội vụ quận;")
    with pytest.raises(UserError, match="edit it by hand"):
        amend(read(remarked), PATH, remarked, change)
    for old in ("recipients: [a, b]\n", "recipients: []\n", "recipients:\n", ""):
        start, end = TEXT.index("recipients:\n"), TEXT.index("\nsigner: {")
        text = TEXT[:start] + old + TEXT[end:]
        _new, reading = amend(read(text), PATH, text, change)
        assert reading.value is not None
        assert reading.value.recipients == ["Như trên;", "Lưu: VT."], old


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        (Facts(data_until=20), (21, 20)),
        (Facts(data_from=21), (21, 20)),
        (Facts(data_from=26, data_until=25), (26, 25)),
    ],
)
def test_the_other_day_of_the_data_goes_with_one(facts: Facts, days: tuple[int, int]) -> None:
    plan, _lines = changed(Change("report", "tháng", None, facts=facts))

    assert [(r.data_from, r.data_until) for r in plan.reporting if r.every == "month"] == [days]


@pytest.mark.parametrize(
    ("name", "reports"),
    [
        ("tháng", ["month"]),
        ("month", ["month"]),
        ("Báo cáo 9 tháng", ["9-months"]),
        ("quy", ["quarter"]),
        (None, ["month", "quarter", "half", "9-months", "year"]),
    ],
)
def test_the_days_of_a_reports_data_are_changed(name: str | None, reports: list[str]) -> None:
    facts = Facts(data_from=21, data_until=20)

    plan, lines = changed(Change("report", name, None, facts=facts))

    assert [report.every for report in plan.reporting if report.data_until == 20] == reports
    assert len(lines) == 2 * len(reports)
    said = compare_plans(read(TEXT), plan)
    assert [change.text for change in said] == [said[0].text] * len(reports)


@pytest.mark.parametrize(
    ("name", "report"),
    [
        ("tháng", ("month", "Báo cáo tháng")),
        ("quy", ("quarter", "Báo cáo quý")),
        ("báo cáo 6 tháng", ("half", "Báo cáo 6 tháng")),
        ("9-months", ("9-months", "Báo cáo 9 tháng")),
        ("year", ("year", "Báo cáo năm")),
        ("tuần", ("week", "Báo cáo tuần")),
    ],
)
def test_a_report_that_the_plan_does_not_name_is_added(name: str, report: tuple[str, str]) -> None:
    start, end = TEXT.index("reporting:\n"), TEXT.index("outline:\n")
    text = TEXT[:start] + TEXT[end:]
    facts = Facts(data_from=21, recipients=["UBND huyện"])

    _new, reading = amend(read(text), PATH, text, Change("report", name, None, facts=facts))

    assert reading.value is not None, reading.problems
    (added,) = reading.value.reporting
    assert (added.every, added.name) == report
    assert (added.data_from, added.data_until, added.recipients) == (21, 20, ["UBND huyện"])
    change = Change("report", None, None, facts=facts)
    with pytest.raises(UserError, match="say which"):
        amend(read(text), PATH, text, change)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(Change("document", None, None), "say what the plan's", id="nothing"),
        pytest.param(Change("document", "4", None, number="1"), "options alone", id="name"),
        pytest.param(
            Change("document", None, dt.date(2025, 7, 1), number="1"), "whole year", id="dated"
        ),
        pytest.param(
            Change("document", None, None, facts=Facts(data_until=1)), "a report's", id="days"
        ),
        pytest.param(Change("report", None, None), "say what a report", id="no-days"),
        pytest.param(
            Change("report", "3", None, facts=Facts(data_until=1)), "not one report", id="unknown"
        ),
        pytest.param(
            Change("task", "4", dt.date(2025, 7, 1), drop=True, facts=Facts(signer="a")),
            "go with 'amend document'",
            id="task",
        ),
    ],
)
def test_what_is_not_clear_is_refused(change: Change, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        amend(read(TEXT), PATH, TEXT, change)

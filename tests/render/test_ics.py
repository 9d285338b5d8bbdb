"""The calendar: right by RFC 5545, the same bytes each time, and updated by a second import."""

from __future__ import annotations

import datetime as dt
import importlib
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.journal.record import Evidence, Kind
from parplan.render.export import content as export
from parplan.render.export import ics
from parplan.text import printable
from tests.helpers.calendar_checker import Part, read
from tests.helpers.exports import PLAN
from tests.helpers.office import Office, made
from tests.helpers.running import run_process

vobject: Any = importlib.import_module("vobject")  # it has no types of its own

AT = dt.datetime(2025, 6, 5, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    return Office(workspace, environment)


def calendar(office: Office, *args: str, env: dict[str, str] | None = None) -> Part:
    return read(written(office, *args, env=env))


def written(office: Office, *args: str, env: dict[str, str] | None = None) -> bytes:
    target = office.root / "out.ics"
    office.say("export", "ics", "-o", "out.ics", "--force", *args, env=env)
    return target.read_bytes()


def by_ref(found: Part) -> dict[str, Part]:
    return {part.text("SUMMARY").rpartition(" (")[2].rstrip(")"): part for part in found.parts}


def test_june_as_the_plan_asks(office: Office) -> None:
    days = {ref: part.values["DTSTART"] for ref, part in by_ref(calendar(office)).items()}

    june = {ref: day for ref, day in days.items() if day.startswith("202506")}
    assert june == {
        "1@2025-Q2": "20250609",
        "1@2025-06": "20250624",
        "4@2025-06": "20250630",
        "5@2025-06": "20250630",
        "23@2025-06": "20250630",
        "23@2025-Q2": "20250630",
        "24@2025-Q2": "20250630",
    }
    assert len(days) == len(office.items("due", "--year-report", "--as-of", "2025-01-01"))


def test_an_event_lasts_the_whole_day_and_takes_nobodys_time(office: Office) -> None:
    event = by_ref(calendar(office))["1@2025-06"]

    assert event.name == "VEVENT"
    assert event.values["DTEND"] == "20250625"
    assert event.values["TRANSP"] == "TRANSPARENT"
    assert event.text("SUMMARY") == "Báo cáo CCHC định kỳ, đột xuất – Báo cáo tháng (1@2025-06)"
    assert event.text("DESCRIPTION").split("\n")[-2:] == [
        "Bộ phận thực hiện: Các bộ phận chuyên môn, Văn phòng tổng hợp",
        "Tình trạng: chưa làm",
    ]


STATES: dict[str, tuple[Kind, str, str, str, str | None]] = {
    "4@2025-06": ("done", "CONFIRMED", "COMPLETED", "✓ ", "100"),
    "5@2025-06": ("note", "CONFIRMED", "IN-PROCESS", "", "30"),
    "6@2025-08": ("cancel", "CANCELLED", "CANCELLED", "✗ ", None),
    "9@2025": ("pause", "CONFIRMED", "NEEDS-ACTION", "", None),
    "24@2025-Q2": ("start", "CONFIRMED", "IN-PROCESS", "", None),
}


def record_states(office: Office) -> None:
    office.write(
        *(
            made(number, kind, ref, at=AT, percent=30 if kind == "note" else None)
            for number, (ref, (kind, *_rest)) in enumerate(STATES.items(), 1)
        )
    )


@pytest.mark.parametrize("ref", STATES)
def test_state_in_events_and_todos(ref: str, office: Office) -> None:
    record_states(office)
    _kind, of_event, of_todo, mark, percent = STATES[ref]

    event, todo = by_ref(calendar(office))[ref], by_ref(calendar(office, "--todo"))[ref]

    assert (event.name, event.values["STATUS"]) == ("VEVENT", of_event)
    assert (todo.name, todo.values["STATUS"]) == ("VTODO", of_todo)
    assert todo.values.get("PERCENT-COMPLETE") == percent
    assert event.text("SUMMARY").startswith(mark)
    assert (event.text("SUMMARY")[0] in "✓✗") is bool(mark)
    assert event.values["UID"] == todo.values["UID"]


def test_a_done_todo_says_when(office: Office) -> None:
    office.write(made(1, "done", "4@2025-06", at=AT, on=dt.date(2025, 6, 4)))

    todo = by_ref(calendar(office, "--todo"))["4@2025-06"]

    assert todo.values["COMPLETED"] == "20250604T050000Z"  # noon in Việt Nam
    assert todo.values["DUE"] == "20250630"


ALARMS = {
    # due on Monday 30 June; three working days before is Wednesday the 25th
    ("5@2025-06", "2025-06-20"): ["-P4DT16H", "PT8H"],
    ("5@2025-06", "2025-06-25"): ["-P4DT16H", "PT8H"],
    ("5@2025-06", "2025-06-26"): ["PT8H"],
    ("5@2025-06", "2025-06-30"): ["PT8H"],
    ("5@2025-06", "2025-07-01"): [],
    # due on Sunday 30 November: the last working day is Friday the 28th
    ("4@2025-11", "2025-06-20"): ["-P4DT16H", "-P1DT16H"],
    # due on Tuesday 30 September, over the weekend: Thursday the 25th
    ("23@2025-Q3", "2025-06-20"): ["-P4DT16H", "PT8H"],
    # done
    ("4@2025-06", "2025-06-20"): [],
}


@pytest.mark.parametrize(("ref", "day"), ALARMS)
def test_alarms_on_working_mornings(ref: str, day: str, office: Office) -> None:
    office.write(made(1, "done", "4@2025-06", at=AT))
    wanted = ALARMS[ref, day]

    for args in ((), ("--todo",)):
        part = by_ref(calendar(office, *args, "--as-of", day))[ref]
        assert [alarm.values["TRIGGER"] for alarm in part.parts] == wanted
        assert {alarm.values["ACTION"] for alarm in part.parts} <= {"DISPLAY"}


def test_alarms_pass_over_holidays(office: Office) -> None:
    """2 May is off for 26 April, 30 April and 1 May are holidays: before 5 May comes 29 April."""
    office.say("directive", "12", "--due", "6/5/2025", "--by", "x", "--as-of", "2025-04-01")

    part = by_ref(calendar(office, "--as-of", "2025-04-02"))["12@2025-05-06"]

    # Tuesday 6 May; Monday the 5th, Tuesday 29 and Monday 28 April
    assert [alarm.values["TRIGGER"] for alarm in part.parts] == ["-P7DT16H", "PT8H"]


def test_a_second_import_updates_and_doubles_nothing(office: Office) -> None:
    office.write(made(1, "note", "5@2025-06", at=AT))
    first = by_ref(calendar(office))
    later = AT + dt.timedelta(days=1)
    office.write(
        made(1, "note", "5@2025-06", at=AT),
        made(2, "done", "5@2025-06", at=later),
        made(3, "undo", "5@2025-06", at=later + dt.timedelta(hours=1), retracts="r00000000002"),
    )
    second = by_ref(calendar(office))

    assert {ref: part.values["UID"] for ref, part in first.items()} == {
        ref: part.values["UID"] for ref, part in second.items()
    }
    assert len({part.values["UID"] for part in second.values()}) == len(second)
    changed = [ref for ref in first if first[ref].values != second[ref].values]
    assert changed == ["5@2025-06"]
    # also what took a record back is a change, though the state is as it was
    assert [one["5@2025-06"].values["SEQUENCE"] for one in (first, second)] == [
        "536002",  # the 536th day since records may begin, and one record
        "536004",
    ]
    assert [one["5@2025-06"].values["DTSTAMP"] for one in (first, second)] == [
        "20250605T023000Z",
        "20250606T033000Z",
    ]
    assert second["4@2025-06"].values["SEQUENCE"] == "536001"
    assert second["4@2025-06"].values["DTSTAMP"] == "20250318T000000Z"


def test_a_moved_deadline_moves_the_event(office: Office) -> None:
    before = by_ref(calendar(office))["6@2025-08"]
    office.say("directive", "6@2025-08", "--due", "15/9/2025", "--by", "CV 1")
    after = by_ref(calendar(office))["6@2025-08"]

    assert (before.values["DTSTART"], after.values["DTSTART"]) == ("20250831", "20250915")
    assert before.values["UID"] == after.values["UID"]
    assert int(before.values["SEQUENCE"]) < int(after.values["SEQUENCE"])


def test_the_same_data_give_the_same_bytes_anywhere(office: Office, tmp_path: Path) -> None:
    record_states(office)
    one = written(office)
    elsewhere = tmp_path / "another" / "folder"
    shutil.copytree(office.root / "plan", elsewhere / "plan")
    moved = Office(elsewhere, {**office.env, "PYTHONHASHSEED": "7"}, run_process)

    assert written(moved, env={"TZ": "EST5"}) == one


def test_uids_tell_plans_apart(office: Office) -> None:
    mine = {part.values["UID"] for part in calendar(office).parts}
    office.edit_plan("issuer: UBND phường Phú La", "issuer: UBND phường Hà Cầu")
    other_issuer = {part.values["UID"] for part in calendar(office).parts}
    office.edit_plan('  number: ""  #', '  number: "45"  #')
    other_number = {part.values["UID"] for part in calendar(office).parts}

    assert not mine & other_issuer
    assert not other_issuer & other_number


def test_uids_do_not_depend_on_the_title(office: Office) -> None:
    mine = [part.values["UID"] for part in calendar(office).parts]
    office.edit_plan("    Cải thiện, nâng cao Chỉ số", "    Nâng cao Chỉ số")

    assert [part.values["UID"] for part in calendar(office).parts] == mine


def test_accents_and_capitals_of_the_issuer_keep_the_uids(office: Office) -> None:
    mine = calendar(office).parts[0].values["UID"]
    office.edit_plan("issuer: UBND phường Phú La", "issuer: UBND PHƯỜNG PHÚ LA")

    assert calendar(office).parts[0].values["UID"] == mine


def test_a_unit_has_its_own_calendar_with_the_same_uids(office: Office) -> None:
    everything = by_ref(calendar(office))
    own = calendar(office, "--unit", "tu-phap")

    assert set(by_ref(own)) == {"10@2025", "13@2025", "14@2025"}
    assert all(
        part.values["UID"] == everything[ref].values["UID"] for ref, part in by_ref(own).items()
    )
    assert own.text("NAME") == own.text("X-WR-CALNAME")
    assert own.text("NAME") == "Kế hoạch 2025 – UBND phường Phú La – Bộ phận Tư pháp – Hộ tịch"


def test_tasks_without_a_date_are_told(office: Office) -> None:
    told = office.say("export", "ics")

    assert told == ("đã ghi   parplan-2025.ics\n7 nhiệm vụ không có hạn nên không có trong lịch\n")


def test_no_calendar_of_nothing(office: Office) -> None:
    office.edit_plan("  - id: II\n", "  - id: XX\n")
    complaint = office.refuse("export", "ics", "--section", "IV")

    assert "nothing here has a date" in complaint
    assert not (office.root / "parplan-2025-IV.ics").exists()


def test_another_library_reads_the_same(office: Office) -> None:
    record_states(office)
    data = written(office)
    ours = by_ref(read(data))

    theirs = list(vobject.readComponents(data.decode(), validate=True))

    (found,) = theirs
    events = {str(event.uid.value): event for event in found.vevent_list}
    assert len(events) == len(ours)
    for part in ours.values():
        event = events[part.values["UID"]]
        assert event.summary.value == part.text("SUMMARY")
        assert event.description.value == part.text("DESCRIPTION")
        assert event.dtstart.value == dt.date.fromisoformat(part.values["DTSTART"])
        assert event.dtend.value - event.dtstart.value == dt.timedelta(days=1)
        assert len(event.contents.get("valarm", [])) == len(part.parts)


@given(text=st.text(), evidence=st.text(min_size=1), todo=st.booleans())
def test_any_text_stays_inside_its_property(text: str, evidence: str, todo: bool) -> None:
    records = [
        made(1, "note", "4@2025-06", text=text, value=Decimal("1.5")),
        made(2, "note", "4@2025-06", evidence=(Evidence(evidence),), reason=text),
    ]
    found = export.build(PLAN, records, dt.date(2025, 6, 20))

    part = by_ref(read(ics.to_bytes(found, ics.updated(found, todo=todo))))["4@2025-06"]

    assert printable(text) in part.text("DESCRIPTION")
    assert printable(evidence) in part.text("DESCRIPTION")

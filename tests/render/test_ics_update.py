"""A calendar that goes out again: what moved is moved, what fell away is cancelled, no more."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.helpers.calendar_checker import Part, read
from tests.helpers.calendar_program import Program, by_icalendar, by_vobject
from tests.helpers.office import Office, made

DAYS = ("2025-06-20", "2025-06-21", "2025-06-22", "2025-06-23")


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    return Office(workspace, environment)


class Sending:
    """Calendars of ``args`` that go out day by day, and the program that takes them."""

    def __init__(self, office: Office, *args: str) -> None:
        self.office, self.args = office, args
        self.program, self.other = Program(by_icalendar), Program(by_vobject)
        self.path = office.root / f"lich{''.join(args)}.ics"
        self._days = iter(DAYS)

    def send(self) -> dict[str, Part]:
        """Send it out, take it in twice, and return its events by reference."""
        how = "--update" if self.path.exists() else "-o"
        day = ("--as-of", next(self._days))
        self.office.say("export", "ics", how, str(self.path), *self.args, *day)
        for program in (self.program, self.other):
            program.take(self.path.read_bytes())
            shown = program.shown()
            program.take(self.path.read_bytes())
            assert program.shown() == shown
        assert self.other.shown() == self.program.shown()
        parts = read(self.path.read_bytes()).parts
        return {part.text("SUMMARY").rpartition("(")[2][:-1]: part for part in parts}

    def due(self) -> list[tuple[str, dt.date]]:
        """Return what the plan asks for, as ``due`` lists it."""
        items = self.office.items("due", "--year-report", *self.args, "--as-of", "2025-01-01")
        days = [(item["ref"], dt.date.fromisoformat(item["due"])) for item in items]
        return sorted(days)


def revision(part: Part) -> tuple[int, str]:
    return int(part.values["SEQUENCE"]), part.values["DTSTAMP"]


def test_what_says_the_same_keeps_its_revision(office: Office) -> None:
    sending = Sending(office)
    before = sending.send()
    first = sending.path.read_bytes()
    after = sending.send()

    assert {ref: part.values for ref, part in after.items()} == {
        ref: part.values for ref, part in before.items()
    }
    assert sending.path.read_bytes() == first


def test_a_record_raises_its_own_event_alone(office: Office) -> None:
    sending = Sending(office)
    before = sending.send()
    office.write(made(1, "done", "5@2025-06"))
    after = sending.send()

    raised = [ref for ref in before if revision(after[ref]) != revision(before[ref])]
    assert raised == ["5@2025-06"]
    assert revision(after["5@2025-06"]) > revision(before["5@2025-06"])


MOVED = [
    pytest.param("month, before: 25,", "month, before: 21,", 10, id="in-its-period"),
    pytest.param("{in: 2025-08}", "{in: 2025-09}", 0, id="to-another-period"),
    pytest.param("        units: [Công chức phường]\n      - id: \"7\"",
                 "        units: [Một cửa]\n      - id: \"7\"", 1, id="to-another-unit"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "raised"), MOVED)
def test_a_plan_edited_by_hand_raises_what_it_moved(
    old: str, new: str, raised: int, office: Office
) -> None:
    sending = Sending(office)
    before = sending.send()
    office.edit_plan(old, new)
    after = sending.send()

    assert sending.program.shown() == sending.due()
    live = [ref for ref in before if after[ref].values["STATUS"] == "CONFIRMED"]
    higher = [ref for ref in live if revision(after[ref]) != revision(before[ref])]
    assert len(higher) == raised
    assert all(revision(after[ref]) > revision(before[ref]) for ref in higher)
    assert all(after[ref].values["UID"] == before[ref].values["UID"] for ref in before)


def test_what_fell_away_stays_cancelled_until_it_comes_back(office: Office) -> None:
    sending = Sending(office)
    before = sending.send()["6@2025-08"]
    office.edit_plan("{in: 2025-08}", "{in: 2025-09}")
    gone = sending.send()["6@2025-08"]
    still = sending.send()["6@2025-08"]
    office.edit_plan("{in: 2025-09}", "{in: 2025-08}")
    back = sending.send()["6@2025-08"]

    assert gone.values["STATUS"] == "CANCELLED"
    assert gone.text("SUMMARY") == "✗ Tham gia lớp bồi dưỡng CCHC (6@2025-08)"
    assert (gone.parts, gone.values["DTSTART"]) == ([], before.values["DTSTART"])
    assert still.values == gone.values
    assert revision(before) < revision(gone) < revision(back)
    assert {part.values["UID"] for part in (before, gone, back)} == {before.values["UID"]}
    assert sending.program.shown() == sending.due()


def test_a_directive_that_was_taken_back_leaves_no_event(office: Office) -> None:
    sending = Sending(office)
    sending.send()
    office.say("directive", "12", "--due", "20/11/2025", "--by", "CV 1", "--as-of", "2025-06-20")
    assert "12@2025-11-20" in sending.send()
    office.say("undo", "--yes")
    sending.send()

    assert sending.program.shown() == sending.due()


def test_a_task_that_was_dropped_leaves_no_event(office: Office) -> None:
    sending = Sending(office)
    sending.send()
    office.say("amend", "task", "4", "--drop", "--from", "2025-07-01", "--by", "QĐ 1")
    after = sending.send()

    assert after["4@2025-11"].values["STATUS"] == "CANCELLED"
    assert after["4@2025-06"].values["STATUS"] == "CONFIRMED"
    assert sending.program.shown() == sending.due()


def test_a_task_that_another_unit_has_now(office: Office) -> None:
    """Each unit's own calendar is right, and so is one that took in both."""
    old = Sending(office, "--unit", "cong-chuc")
    new = Sending(office, "--unit", "mot-cua")
    both = Program(by_vobject)
    for sending in (old, new):
        sending.send()
        both.take(sending.path.read_bytes())
    office.edit_plan(
        '        units: [Công chức phường]\n      - id: "7"',
        '        units: [Một cửa]\n      - id: "7"',
    )
    for sending in (old, new):
        sending.send()

    assert old.program.shown() == old.due()
    assert new.program.shown() == new.due()
    both.take(new.path.read_bytes())
    both.take(old.path.read_bytes())  # whichever comes last
    assert ("6@2025-08", dt.date(2025, 8, 31)) in both.shown()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("    Cải thiện, nâng cao Chỉ số", "    Nâng cao Chỉ số", id="title"),
        pytest.param('  number: ""  #', '  number: "45"  #', id="number"),
    ],
)
def test_a_plan_that_is_called_otherwise_now(old: str, new: str, office: Office) -> None:
    sending = Sending(office)
    sending.send()
    office.edit_plan(old, new)
    sending.send()

    assert sending.program.shown() == sending.due()


def test_the_file_is_brought_up_to_date_in_its_place(office: Office) -> None:
    office.say("export", "ics", "-o", "lich.ics")
    office.write(made(1, "done", "5@2025-06"))
    office.edit_plan("{in: 2025-08}", "{in: 2025-09}")

    told = office.say("export", "ics", "--update", "lich.ics")

    assert told == (
        "đã ghi   lich.ics\n"
        "so với lich.ics: 1 sự kiện mới, 1 sửa, 1 hủy\n"
        "7 nhiệm vụ không có hạn nên không có trong lịch\n"
    )
    assert [path.name for path in office.root.iterdir() if path.suffix == ".ics"] == ["lich.ics"]


def test_or_another_file_follows_it(office: Office) -> None:
    office.say("export", "ics", "-o", "lich.ics")
    before = (office.root / "lich.ics").read_bytes()
    office.edit_plan("{in: 2025-08}", "{in: 2025-09}")
    office.say("export", "ics", "--update", "lich.ics", "-o", "sau.ics")

    assert (office.root / "lich.ics").read_bytes() == before
    assert b"STATUS:CANCELLED" in (office.root / "sau.ics").read_bytes()


REFUSED = [
    pytest.param(("--unit", "tu-phap"), "is the calendar 'Kế hoạch 2025", id="another-part"),
    pytest.param(("--todo",), "holds to-dos and this one events, or the other", id="todo"),
]


@pytest.mark.parametrize(("args", "complaint"), REFUSED)
def test_another_calendar_is_refused(args: tuple[str, ...], complaint: str, office: Office) -> None:
    office.say("export", "ics", "-o", "lich.ics")
    before = (office.root / "lich.ics").read_bytes()

    assert complaint in office.refuse("export", "ics", "--update", "lich.ics", *args)
    assert (office.root / "lich.ics").read_bytes() == before


def test_a_calendar_of_another_plan_is_refused(office: Office) -> None:
    office.edit_plan('  number: ""  #', '  number: "45"  #')
    office.say("export", "ics", "-o", "lich.ics")
    office.edit_plan('  number: "45"  #', '  number: "46"  #')

    refused = office.refuse("export", "ics", "--update", "lich.ics")

    assert "is a calendar of another plan" in refused


NO_CALENDARS = (
    b"", b"\xff\x00", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n",
    b"BEGIN:VCALENDAR\r\nNAME:x\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    b"BEGIN:VCALENDAR\r\nNAME:x\r\nBEGIN:VEVENT\r\nUID:x\r\nSUMMARY:x\r\nSTATUS:CONFIRMED\r\n"
    b"SEQUENCE:one\r\nDTSTAMP:never\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    b"BEGIN:VEVENT\r\n" * 5000,
)  # fmt: skip


@pytest.mark.parametrize("data", NO_CALENDARS, ids=range(len(NO_CALENDARS)))
def test_a_file_that_is_none_is_refused(data: bytes, office: Office) -> None:
    (office.root / "lich.ics").write_bytes(data)

    refused = office.refuse("export", "ics", "--update", "lich.ics")

    assert "lich.ics is no calendar that 'parplan export ics' wrote" in refused
    assert (office.root / "lich.ics").read_bytes() == data


def test_a_file_that_is_not_there(office: Office) -> None:
    assert "cannot read lich.ics" in office.refuse("export", "ics", "--update", "lich.ics")
    assert "go with ics" in office.refuse("export", "csv", "--update", "lich.ics")

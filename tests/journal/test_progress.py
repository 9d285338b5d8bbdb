"""Records leave each occurrence in a state, as of a day; the agenda and the lists show it."""

from __future__ import annotations

import datetime as dt
import functools
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.agenda import items as agenda
from parplan.journal.active import active
from parplan.journal.progress import CHANGES, Progress, State, progress_by_ref
from parplan.journal.record import Evidence, Kind, Record
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from parplan.schedule import periods
from tests.helpers.office import MORNING, Office, made

if TYPE_CHECKING:
    from collections.abc import Mapping

PLAN = Path(__file__).parents[2] / "plan" / "2025.yaml"
REF = "4@2025-06"
LATER = dt.date(2025, 12, 31)
KINDS: tuple[Kind, ...] = ("note", "start", "done", "pause", "cancel", "reopen", "directive")


@functools.cache
def the_plan() -> Plan:
    plan = read_plan(PLAN.name, PLAN.read_bytes()).value
    assert plan is not None
    return plan


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def of(*records: Record, as_of: dt.date = LATER, ref: str = REF) -> Progress:
    """Return the progress of ``ref`` after ``records``."""
    return progress_by_ref(records, as_of).get(ref, Progress())


def in_state(state: State) -> list[Record]:
    """Return the records after which the occurrence is in ``state``."""
    kinds: Mapping[State, Kind] = {
        "in-progress": "start",
        "done": "done",
        "paused": "pause",
        "cancelled": "cancel",
    }
    return [] if state == "not-started" else [made(1, kinds[state])]


# Which step leads where.  Two branches may have recorded the same step, so that every kind can
# come in every state once they are merged.

STEPS = """
from           note         start        done  pause   cancel     reopen       directive
not-started    not-started  in-progress  done  paused  cancelled  in-progress  not-started
in-progress    in-progress  in-progress  done  paused  cancelled  in-progress  in-progress
done           done         in-progress  done  paused  cancelled  in-progress  done
paused         paused       in-progress  done  paused  cancelled  in-progress  paused
cancelled      cancelled    in-progress  done  paused  cancelled  in-progress  cancelled
"""
HEAD, *ROWS = (line.split() for line in STEPS.strip().splitlines())


@pytest.mark.parametrize(
    ("state", "kind", "expected"),
    [
        pytest.param(row[0], kind, after, id=f"{row[0]}-{kind}")
        for row in ROWS
        for kind, after in zip(HEAD[1:], row[1:], strict=True)
    ],
)
def test_each_kind_from_each_state(state: State, kind: Kind, expected: State) -> None:
    assert of(*in_state(state)).state == state
    fields: dict[str, Any] = {"due": day("2025-07-01")} if kind == "directive" else {}
    assert of(*in_state(state), made(2, kind, **fields)).state == expected


# Which step a command refuses.

POSSIBLE = """
start   not-started paused
done    not-started in-progress paused
pause   not-started in-progress
cancel  not-started in-progress paused
reopen  done paused cancelled
"""


def test_possible_steps() -> None:
    assert {kind: " ".join(states) for kind, (states, _after) in CHANGES.items()} == dict(
        line.split(maxsplit=1) for line in re.sub(" +", " ", POSSIBLE).strip().splitlines()
    )


# What else a record changes.


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param([made(1)], {"state": "not-started", "percent": None}, id="note"),
        pytest.param(
            [made(1, percent=30)], {"state": "in-progress", "percent": 30}, id="percent-starts"
        ),
        pytest.param(
            [made(1, percent=0)], {"state": "not-started", "percent": 0}, id="nothing-is-no-start"
        ),
        pytest.param(
            [made(1, percent=100)],
            {"state": "in-progress", "percent": 100, "done_on": None},
            id="all-of-it-is-not-done",
        ),
        pytest.param(
            [made(1, "pause"), made(2, percent=50)],
            {"state": "paused", "percent": 50},
            id="percent-does-not-resume",
        ),
        pytest.param(
            [made(1, percent=60), made(2, percent=40)], {"percent": 40}, id="last-percent-counts"
        ),
        pytest.param([made(1, percent=60), made(2, text="x")], {"percent": 60}, id="percent-stays"),
        pytest.param(
            [made(1, percent=60), made(2, "done", on=day("2025-06-12"))],
            {"state": "done", "percent": 100, "done_on": day("2025-06-12")},
            id="done",
        ),
        pytest.param(
            [made(1, percent=60), made(2, "done"), made(3, "reopen")],
            {"state": "in-progress", "percent": None, "done_on": None},
            id="reopened",
        ),
        pytest.param(
            [made(1, "done"), made(2, "reopen", percent=80)],
            {"state": "in-progress", "percent": 80, "done_on": None},
            id="reopened-with-percent",
        ),
        pytest.param(
            [made(1, percent=60), made(2, "cancel"), made(3, "reopen")],
            {"state": "in-progress", "percent": 60},
            id="reopened-after-cancelling",
        ),
        pytest.param(
            [made(1, value=Decimal("97.5")), made(2, value=Decimal("98.5")), made(3)],
            {"value": Decimal("98.5")},
            id="last-value-counts",
        ),
        pytest.param(
            [made(1, reason="mưa"), made(2, reason="bão"), made(3)], {"reason": "bão"}, id="reason"
        ),
        pytest.param(
            [
                made(1, "directive", due=day("2025-07-01")),
                made(2, "directive", due=day("2025-08-01")),
            ],
            {"due": day("2025-08-01"), "state": "not-started"},
            id="last-directive-counts",
        ),
        pytest.param([made(1, ref="4@2025-11"), made(2, ref="4")], {"records": []}, id="another"),
    ],
)
def test_what_a_record_changes(records: list[Record], expected: dict[str, Any]) -> None:
    found = of(*records)

    assert {name: getattr(found, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"text": "đã họp"}, "in-progress"),
        ({"value": Decimal(3)}, "in-progress"),
        ({"evidence": (Evidence(number="TB 1"),)}, "in-progress"),
        ({"percent": 1}, "in-progress"),
        ({"percent": 0, "text": "chưa làm được"}, "not-started"),
        ({"reason": "thiếu người"}, "not-started"),
        ({"proposal": "thêm người"}, "not-started"),
    ],
)
def test_a_note_that_tells_of_work_begins_it(fields: dict[str, Any], state: State) -> None:
    (progress,) = progress_by_ref([made(1, **fields)], dt.date(2025, 6, 20)).values()

    assert progress.state == state


def test_evidence_is_listed_once_in_order() -> None:
    one, two = Evidence(number="BC 45"), Evidence(number="BC 46", file="a.pdf")

    found = of(made(1, evidence=(one, two)), made(2, evidence=(one,)))

    assert found.evidence == [one, two]


# As of a day.


def told(on: str | None, at: str) -> Record:
    """Return a completion of the day ``on``, written at ``at``."""
    return made(1, "done", on=on and day(on), at=dt.datetime.fromisoformat(at))


@pytest.mark.parametrize(
    ("record", "as_of", "state"),
    [
        pytest.param(
            told("2025-06-10", "2025-06-20T08:00+07:00"), "2025-06-09", "not-started", id="before"
        ),
        pytest.param(
            told("2025-06-10", "2025-06-20T08:00+07:00"), "2025-06-10", "done", id="written-later"
        ),
        pytest.param(
            told("2025-06-10", "2025-06-01T08:00+07:00"),
            "2025-06-09",
            "not-started",
            id="written-before",
        ),
        pytest.param(
            told(None, "2025-06-10T23:59+07:00"), "2025-06-09", "not-started", id="no-day-before"
        ),
        pytest.param(
            told(None, "2025-06-10T23:59+07:00"), "2025-06-10", "done", id="no-day-late-evening"
        ),
        pytest.param(
            told(None, "2025-06-10T00:30+07:00"), "2025-06-10", "done", id="no-day-after-midnight"
        ),
    ],
)
def test_the_day_told_of_decides_not_the_time_of_writing(
    record: Record, as_of: str, state: State
) -> None:
    assert of(record, as_of=day(as_of)).state == state


def test_records_fold_in_the_order_of_writing() -> None:
    """Whoever writes later knew more, whatever day the record tells of."""
    done = made(1, "done", on=day("2025-06-12"))
    reopened = made(2, "reopen", on=day("2025-06-10"))

    assert of(done, reopened).state == "in-progress"


# Taking back.


def undo(number: int, record: Record) -> Record:
    return made(number, "undo", ref=record.ref, retracts=record.id)


DONE = made(1, "done")
UNDONE = undo(2, DONE)
NAMELESS = made(3, "undo", retracts="nobody")


@pytest.mark.parametrize(
    ("records", "state", "left"),
    [
        pytest.param([DONE], "done", 1, id="nothing-undone"),
        pytest.param([DONE, UNDONE], "not-started", 0, id="undone"),
        pytest.param([UNDONE, DONE], "not-started", 0, id="undone-whatever-the-order"),
        pytest.param([DONE, UNDONE, undo(3, UNDONE)], "done", 1, id="undo-undone"),
        pytest.param(
            [DONE, UNDONE, undo(3, UNDONE), undo(4, undo(3, UNDONE))],
            "not-started",
            0,
            id="undo-of-undo-undone",
        ),
        pytest.param([DONE, UNDONE, undo(3, DONE)], "not-started", 0, id="undone-twice"),
        pytest.param(
            [DONE, UNDONE, undo(3, DONE), undo(4, UNDONE)], "not-started", 0, id="one-of-two-undone"
        ),
        pytest.param([DONE, NAMELESS], "done", 1, id="undo-of-nothing"),
    ],
)
def test_undo(records: list[Record], state: State, left: int) -> None:
    assert of(*records).state == state
    assert len(active(records)) == left


refs = st.sampled_from([REF, "4@2025-11", "8"])


@st.composite
def histories(draw: st.DrawFn) -> list[Record]:
    """Draw records in the order of writing, each undo about one that was written before."""
    found: list[Record] = []
    for number in range(draw(st.integers(1, 10))):
        if found and draw(st.integers(0, 3)) == 0:
            found.append(undo(number, draw(st.sampled_from(found))))
        else:
            kind = draw(st.sampled_from(KINDS))
            percent = draw(st.none() | st.integers(0, 100))
            due = {"due": day("2025-07-01")} if kind == "directive" else {}
            on = MORNING.date() + dt.timedelta(days=draw(st.integers(0, 5)))
            found.append(made(number, kind, draw(refs), percent=percent, on=on, **due))
    return found


as_ofs = st.integers(-1, 6).map(lambda days: MORNING.date() + dt.timedelta(days=days))


@given(histories(), as_ofs, st.data())
def test_undo_takes_a_record_away_and_its_undo_brings_it_back(
    records: list[Record], as_of: dt.date, data: st.DataObject
) -> None:
    counting = active(records)
    if not counting:
        return
    wanted = data.draw(st.sampled_from(counting))
    first = undo(100, wanted)
    second = undo(101, first)

    assert active([*records, first]) == [one for one in counting if one != wanted]
    assert progress_by_ref([*records, first], as_of) == progress_by_ref(
        [one for one in counting if one != wanted], as_of
    )
    assert progress_by_ref([*records, first, second], as_of) == progress_by_ref(records, as_of)


@given(histories(), as_ofs)
def test_records_of_later_days_make_no_difference(records: list[Record], as_of: dt.date) -> None:
    known = [one for one in active(records) if one.day <= as_of]

    assert progress_by_ref(records, as_of) == progress_by_ref(known, LATER)


# In the agenda.


def june(*records: Record, as_of: str = "2025-06-20") -> agenda.Agenda:
    progress = progress_by_ref(records, day(as_of))
    return agenda.agenda(the_plan(), progress, periods.month(2025, 6), day(as_of))


def item(found: agenda.Agenda, ref: str) -> agenda.Item:
    (one,) = [one for one in [*found.items, *found.running] if one.occurrence.ref == ref]
    return one


@pytest.mark.parametrize(
    ("kind", "on", "timing"),
    [
        pytest.param("note", "2025-06-20", "upcoming", id="open"),
        pytest.param("done", "2025-06-20", "on-time", id="before"),
        pytest.param("done", "2025-06-30", "on-time", id="on-the-due-day"),
        pytest.param("done", "2025-07-01", "late", id="a-day-late"),
        pytest.param("pause", "2025-06-20", "upcoming", id="paused-is-still-owed"),
        pytest.param("cancel", "2025-06-20", None, id="cancelled-has-none"),
    ],
)
def test_timing(kind: Kind, on: str, timing: agenda.Timing | None) -> None:
    as_of = max("2025-06-20", on)

    assert item(june(made(1, kind, on=day(on)), as_of=as_of), REF).timing == timing


def test_what_is_done_late_was_overdue_before() -> None:
    late = made(1, "done", on=day("2025-07-03"))

    assert item(june(late, as_of="2025-07-02"), REF).timing == "overdue"
    assert item(june(late, as_of="2025-07-03"), REF).timing == "late"


def test_a_directive_moves_an_occurrence() -> None:
    moved = made(1, "directive", due=day("2025-07-15"), on=day("2025-06-10"))

    before, after = june(moved, as_of="2025-06-09"), june(moved, as_of="2025-06-10")

    assert item(before, REF).due == day("2025-06-30")
    assert REF not in [one.occurrence.ref for one in after.items]
    done = made(2, "done", on=day("2025-07-10"))
    found = agenda.agenda(
        the_plan(), progress_by_ref([moved, done], LATER), periods.month(2025, 7), day("2025-07-20")
    )
    assert (item(found, REF).due, item(found, REF).timing) == (day("2025-07-15"), "on-time")


def test_a_directive_gives_a_date_to_a_task_that_waits() -> None:
    given_ = made(1, "directive", "12@2025-06-25", due=day("2025-06-25"))

    before, after = june(), june(given_)

    assert "12" in [task.id for task in before.no_deadline]
    assert "12" not in [task.id for task in after.no_deadline]
    assert item(after, "12@2025-06-25").timing == "due-soon"


def test_a_directive_adds_a_report_beside_the_regular_ones() -> None:
    asked = made(1, "directive", "1@2025-06-27", due=day("2025-06-27"))

    added = item(june(asked), "1@2025-06-27")

    assert added.occurrence.label == "Báo cáo chuyên đề, đột xuất"
    assert len(june(asked).items) == len(june().items) + 1


def test_a_directive_that_is_taken_back_leaves_the_plan_as_it_was() -> None:
    given_ = made(1, "directive", "12@2025-06-25", due=day("2025-06-25"))
    moved = made(2, "directive", due=day("2025-06-05"))

    assert june(given_, moved, undo(3, given_), undo(4, moved)) == june()


# As the lists show it.


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    return Office(workspace, environment)


@pytest.mark.parametrize(
    ("ref", "values", "value", "shown"),
    [
        pytest.param("17", ["98.5"], "98.5", "98,5 (ít nhất 100%: chưa đạt)", id="below"),
        pytest.param("17", ["98.5", "100"], "100", "100 (ít nhất 100%: đạt)", id="reached"),
        pytest.param("9@2025", ["3"], "3", "3 (ít nhất 2 sáng kiến: đạt)", id="above"),
        pytest.param("25@2025", ["0"], "0", "0 (không quá 0 người: đạt)", id="none-allowed"),
        pytest.param("25@2025", ["1"], "1", "1 (không quá 0 người: chưa đạt)", id="one-too-many"),
        pytest.param("2@2025", ["7.25"], "7.25", "7,25", id="no-target"),
    ],
)
def test_measured_value_against_the_target(
    office: Office, ref: str, values: list[str], value: str, shown: str
) -> None:
    office.write(*(made(number, ref=ref, value=Decimal(one)) for number, one in enumerate(values)))
    task = ref.partition("@")[0]

    (listed,) = [one for one in office.items("list") if one["task"] == task]

    assert listed["value"] == value == office.json("show", task)["value"]
    assert shown in office.say("show", task)
    assert shown in office.say("list", env={"COLUMNS": "200"})


def test_percent_stands_in_every_list(office: Office) -> None:
    office.write(made(1, percent=40), made(2, ref="8", percent=70))

    listed = {one["task"]: one for one in office.items("list")}

    assert (listed["4"]["percent"], listed["4"]["state"]) == (40, "in-progress")
    assert (listed["8"]["percent"], listed["8"]["state"]) == (70, "in-progress")
    assert office.item(REF)["percent"] == 40
    (due,) = [one for one in office.items("due", "--month", "6") if one["ref"] == REF]
    assert (due["percent"], due["state"], due["timing"]) == (40, "in-progress", "upcoming")
    assert "40%" in office.say("due", "--month", "6")


# What recording commands go by.


def test_a_step_is_judged_by_the_day_that_counts_as_today(office: Office) -> None:
    office.say("done", REF, "--as-of", "2025-06-25")

    office.say("start", REF, "--as-of", "2025-06-20")

    assert f"{REF} is in progress" in office.refuse("start", REF, "--as-of", "2025-06-25")


def test_what_git_brings_in_is_seen_at_once(office: Office) -> None:
    office.begin()
    office.say("note", "8", "x")
    office.say("commit")
    office.git("checkout", "--quiet", "-b", "khac", "HEAD~1")
    office.say("done", REF)
    office.say("commit")
    office.git("checkout", "--quiet", "-")
    office.say("start", REF)
    office.say("undo")
    office.say("commit")

    office.git("merge", "--quiet", "--no-edit", "khac")

    assert f"{REF} is done" in office.refuse("done", REF)
    office.say("reopen", REF)


def test_what_an_older_parplan_left_in_its_folder_is_no_harm(office: Office) -> None:
    """Once, the state of the journal was kept there."""
    office.say("done", REF)
    (office.root / ".parplan" / "2025.snapshot").write_bytes(b"\x95\xa50.1.0")

    assert f"{REF} is done" in office.refuse("done", REF)
    office.say("reopen", REF)

    assert office.item(REF)["state"] == "in-progress"
    assert "2025.snapshot" not in office.run("doctor").stdout

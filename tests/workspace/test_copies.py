"""Files that look like ours and are not read: named, and records of a journal's copy taken over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from parplan.journal.file import read_journal
from parplan.workspace.filenames import copied_from
from tests.helpers.office import JOURNAL, MORNING, NO_LINKS, Office, lines, made

ENGLISH = {"PARPLAN_LANG": "en"}
ONEDRIVE = "plan/2025.journal-MAY2.yaml"
SYNCTHING = "plan/2025.journal.sync-conflict-20250620-101500-ABCDEFG.yaml"

COPIES = [
    ("plan/2025 - Copy.yaml", "plan/2025.yaml"),
    ("plan/2025 - Copy (2).yaml", "plan/2025.yaml"),
    ("plan/2025 (1).yaml", "plan/2025.yaml"),
    ("plan/2025(1).yaml", "plan/2025.yaml"),
    ("plan/2025 copy.yaml", "plan/2025.yaml"),
    ("plan/2025_1.yaml", "plan/2025.yaml"),
    ("plan/Copy of 2025.yaml", "plan/2025.yaml"),
    ("plan/Bản sao của 2025.yaml", "plan/2025.yaml"),
    ("plan/Ba\u0309n sao cu\u0309a 2025.yaml", "plan/2025.yaml"),  # as macOS writes it
    ("plan/2025-MAY2.yaml", "plan/2025.yaml"),
    ("plan/2025-MAY2-2.yml", "plan/2025.yaml"),
    ("plan/2025.index (1).yaml", "plan/2025.index.yaml"),
    ("plan/2025.journal - Copy.yaml", JOURNAL),
    (ONEDRIVE, JOURNAL),
    (SYNCTHING, JOURNAL),
    ("plan/2025.journal (MAY2's conflicted copy 2025-06-20).yaml", JOURNAL),
    ("plan/2025.journal (Bản sao xung đột của Lan 2025-06-20).yaml", JOURNAL),
    ("plan/2025.sync-conflict-20250620-101500-ABCDEFG.yaml", "plan/2025.yaml"),
]
OTHERS = [
    *("plan/2025.yaml", JOURNAL, "plan/2025.index.yaml", "plan/2025.YAML", "plan/2025.yml"),
    *("plan/2025.yaml.txt", "plan/20255.yaml", "plan/2025.notes.yaml", "plan/x/2025 (1).yaml"),
    *("plan/2025 (1).docx", "plan/.2025.yaml.4711.tmp", "reports/2025-06.yaml", "plan/0025-a.yaml"),
]


@pytest.mark.parametrize(("name", "original"), COPIES)
def test_a_copy_is_known_by_its_name(name: str, original: str) -> None:
    assert copied_from(name) == original


@pytest.mark.parametrize("name", OTHERS)
def test_no_other_name_is_a_copy(name: str) -> None:
    assert copied_from(name) == ""


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office in a folder that two machines share: each has a record of its own."""
    office = Office(workspace, environment)
    office.journal.write_bytes(lines(made(1), made(2)))
    (workspace / ONEDRIVE).write_bytes(lines(made(1), made(3, "done", on=dt.date(2025, 6, 2))))
    return office


def ids(office: Office) -> list[str]:
    return [record.id for record in read_journal("", office.journal.read_bytes()).records]


def test_records_of_a_copy_are_taken_over_each_once(office: Office) -> None:
    (office.root / SYNCTHING).write_bytes(lines(made(0), made(3, "done", on=dt.date(2025, 6, 2))))
    before = office.run("check", env=ENGLISH)
    fixed = office.run("check", "--fix-journal", env=ENGLISH)
    after = office.journal.read_bytes()
    again = office.run("check", "--fix-journal", env=ENGLISH)

    assert before.returncode == 1
    assert (
        f"{ONEDRIVE}:1:1: a copy of {JOURNAL} with records that count nowhere, 1" in before.stderr
    )
    assert f"{SYNCTHING}:1:1: a copy of {JOURNAL} with records that count nowhere, 2" in (
        before.stderr
    )
    assert f"{ONEDRIVE}: 1 record taken over\n{SYNCTHING}: 1 record taken over\n" in fixed.stdout
    assert ids(office) == [made(number).id for number in range(4)]  # by time, and each once
    assert after.startswith(lines(made(1), made(2)))  # nothing is moved
    assert office.journal.read_bytes() == after
    assert "taken over" not in again.stdout
    assert again.stderr.count("which has all its records: it can be deleted [copy]") == 2
    state = {item["ref"]: item["state"] for item in office.items("due", "--month", "6")}
    assert state["4@2025-06"] == "done"
    for name in (ONEDRIVE, SYNCTHING):
        (office.root / name).unlink()
    assert office.run("check").returncode == 0


def test_a_copy_where_no_journal_is_becomes_one(office: Office) -> None:
    office.journal.unlink()

    office.run("check", "--fix-journal")

    assert ids(office) == [made(1).id, made(3).id]


def test_a_last_line_without_its_end_stays_a_line(office: Office) -> None:
    office.journal.write_bytes(lines(made(1), made(2))[:-1])

    office.run("check", "--fix-journal")

    assert ids(office) == [made(1).id, made(2).id, made(3).id]


def test_what_is_no_record_stays_in_the_copy(office: Office) -> None:
    damaged = b"- {\xff}\n" + lines(made(4))
    (office.root / ONEDRIVE).write_bytes(damaged)

    office.run("check", "--fix-journal")

    assert ids(office) == [made(1).id, made(2).id, made(4).id]
    assert (office.root / ONEDRIVE).read_bytes() == damaged


@pytest.mark.posix(reason=NO_LINKS)
def test_a_copy_that_links_outside_is_not_read(
    office: Office, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.yaml"
    outside.write_bytes(lines(made(9)))
    (office.root / SYNCTHING).symlink_to(outside)

    assert "leads out of the folder" in office.run("check", "--fix-journal", env=ENGLISH).stderr
    assert made(9).id not in ids(office)


def test_a_plans_copy_is_named_by_check_doctor_and_alone(office: Office) -> None:
    (office.root / ONEDRIVE).unlink()
    plan = (office.root / "plan" / "2025.yaml").read_bytes()
    (office.root / "plan" / "2025 - Copy.yaml").write_bytes(plan)
    named = "plan/2025 - Copy.yaml:1:1: looks like a copy of plan/2025.yaml and is not read"

    checked = office.run("check", env=ENGLISH)
    examined = office.run("doctor", env=ENGLISH)
    alone = office.say(env=ENGLISH)

    assert (checked.returncode, checked.stderr.count(named)) == (1, 1)
    assert examined.stdout.count(named) == 1
    assert "Not read: plan/2025 - Copy.yaml, which looks like a copy of plan/2025.yaml" in alone
    assert alone.count("  parplan check ") == 1


def test_another_years_copy_is_no_business_of_a_year(office: Office) -> None:
    (office.root / ONEDRIVE).rename(office.root / "plan" / "2024.journal-MAY2.yaml")

    assert office.run("check").returncode == 0
    assert office.run("check", "--fix-journal").returncode == 0
    assert ids(office) == [made(1).id, made(2).id]


def test_a_commit_is_checked_without_what_is_not_in_it(office: Office) -> None:
    office.git("init", "-q")
    office.git("add", "plan/2025.yaml", JOURNAL)

    assert office.run("check", "--hook").returncode == 0
    office.git("add", ONEDRIVE)
    assert office.run("check", "--hook").returncode == 1


def test_where_only_a_copy_is_left_its_name_is_told(office: Office) -> None:
    (office.root / "plan" / "2025.yaml").rename(office.root / "plan" / "2025 (1).yaml")
    (office.root / ONEDRIVE).unlink()
    office.journal.unlink()

    said = office.refuse("due")

    assert said.endswith(
        "plan/2025 (1).yaml is a name that is not read; call the file plan/2025.yaml\n"
    )


def test_times_stay_as_they_were(office: Office) -> None:
    office.run("check", "--fix-journal")

    records = read_journal("", office.journal.read_bytes()).records
    assert [record.at for record in records] == [
        MORNING + dt.timedelta(minutes=number) for number in (1, 2, 3)
    ]

"""``parplan`` alone: what waits today, at any width; how to begin elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from parplan.text import width
from tests.conftest import Golden
from tests.helpers.office import Office, made
from tests.helpers.office import lines as journal_lines

ENGLISH = {"PARPLAN_LANG": "en"}


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office whose plan is committed, with a record and a draft that are not."""
    office = Office(workspace, environment)
    office.git("init", "-q")
    office.say("commit")
    office.journal.write_bytes(journal_lines(made(1), made(2, "done", "1@2025-03")))
    (workspace / "reports").mkdir()
    draft = "---\ntype: Báo cáo\n---\n[cần bổ sung: số liệu] và [cần bổ sung: kiến nghị]\n"
    (workspace / "reports" / "2025-06.md").write_text(draft, encoding="utf-8")
    return office


def commands(said: str) -> list[str]:
    """Return the commands that are proposed."""
    lines = [line.strip() for line in said.splitlines() if line.startswith("  parplan")]
    return [line.partition("#")[0].strip() for line in lines]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("columns", ["80", "40"])
def test_what_waits(columns: str, language: str, office: Office, golden: Golden) -> None:
    said = office.say("--lang", language, env={"COLUMNS": columns})

    assert max(map(width, said.splitlines())) <= int(columns)
    golden(f"overview-{columns}.{language}.txt", said)


def test_the_rest_is_counted(office: Office) -> None:
    said = office.say(env={"PARPLAN_TODAY": "2025-12-25", **ENGLISH})
    rows = [line for line in said.splitlines() if "@2025" in line and line[0].isdigit()]
    late, soon = (int(words.split()[0]) for words in said.splitlines()[2].split("; "))

    assert len(rows) == 10
    assert sum("overdue" in row for row in rows) == 5  # of the half that is left to them
    assert f"… and {late + soon - 10} more" in said


def test_what_is_committed_is_said(office: Office) -> None:
    office.say("commit")

    said = office.say(env=ENGLISH)

    assert "All records are committed." in said
    assert "parplan commit" not in said


def test_nothing_is_said_of_git_where_there_is_none(workspace: Path, office: Office) -> None:
    (workspace / ".git").rename(workspace / "git")

    assert "ommitted" not in office.say(env=ENGLISH)
    assert "ommitted" not in office.say(env={"PATH": "", **ENGLISH})


def test_drafts_without_gaps_replaced_and_unreadable_ones_are_no_open_drafts(
    office: Office,
) -> None:
    folder = office.root / "reports"
    gap = "[cần bổ sung: số]"
    (folder / "2025-05.md").write_text("xong", encoding="utf-8")
    (folder / "2025-06.old-1.md").write_text(gap, encoding="utf-8")
    (folder / "link.md").symlink_to("/etc/hostname")
    (folder / "folder.md").mkdir()
    for number in range(6):
        (folder / f"2025-0{number}-V.md").write_text(gap, encoding="utf-8")

    drafts = [line for line in office.say(env=ENGLISH).splitlines() if "draft" in line]

    assert drafts == [
        *(f"Open draft: reports/2025-0{number}-V.md, 1 place to fill" for number in range(5)),
        "2 open drafts more",
        "  parplan report 2025-06   # write the draft, or renew it",
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-03-18", ["parplan done 1@2025-03", "parplan commit", "parplan report 2025-03"]),
        ("2025-04-01", ["parplan done 1@2025-03", "parplan commit", "parplan due"]),
        ("2026-01-02", ["parplan new 2026", "parplan done 23@2025-03", "parplan commit"]),
    ],
)
def test_three_commands_fit(day: str, expected: list[str], office: Office) -> None:
    office.journal.write_bytes(journal_lines(made(2, "done", "1@2025-03")))
    if day == "2025-03-18":
        office.journal.write_bytes(journal_lines(made(1)))

    assert commands(office.say(env={"PARPLAN_TODAY": day})) == expected


def test_a_quiet_day_has_commands_too(office: Office) -> None:
    office.say("commit")

    said = office.say(env={"PARPLAN_TODAY": "2025-03-01", **ENGLISH})

    assert commands(said) == ["parplan status", "parplan check", "parplan help"]


def test_what_is_late_of_last_year_is_said(office: Office) -> None:
    plan = (office.root / "plan" / "2025.yaml").read_text(encoding="utf-8")
    text = plan.replace("\nyear: 2025", "\nyear: 2026").replace("2025-", "2026-")
    (office.root / "plan" / "2026.yaml").write_text(text, encoding="utf-8")

    said = office.say(env={"PARPLAN_TODAY": "2026-01-02", **ENGLISH})

    assert "In the plan of 2025: " in said
    assert "parplan new" not in said


@pytest.mark.parametrize("columns", ["80", "40"])
def test_how_to_begin(
    columns: str, tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]
) -> None:
    office = Office(tmp_path_factory.mktemp("empty"), environment)

    said = office.say(env={"COLUMNS": columns, "PARPLAN_DIR": ".", **ENGLISH})

    assert max(map(width, said.splitlines())) <= int(columns)
    assert commands(said) == [
        "parplan init --sample",
        "parplan import …",
        "parplan init --year 2025",
    ]
    for way in ("--sample", "--year"):
        assert way in office.say("init", "--help")


def test_a_plan_with_faults_is_told_as_elsewhere(office: Office) -> None:
    (office.root / "plan" / "2025.yaml").write_text("schema: 2\n", encoding="utf-8")

    assert office.refuse() == office.refuse("due")


def test_a_folder_that_is_not_there_is_no_place_to_begin(office: Office) -> None:
    assert "there is no folder nowhere" in office.refuse(env={"PARPLAN_DIR": "nowhere"})


def test_an_unknown_command_is_still_refused(office: Office) -> None:
    assert "No such command 'duw'" in office.refuse("duw")

"""A plan that two desks edited comes together task by task; what both changed is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.desks import ENGLISH, begin, join
from tests.helpers.office import Office, on_terminal
from tests.helpers.running import run_process

pytestmark = pytest.mark.slow

PLAN = "plan/2025.yaml"
SHORT = "short: Giao ban BCĐ CCHC, CĐS, Đề án 06"
AUGUST = (
    "Tháng 8/2025\n        schedule:\n          - {in: 2025-08}",
    "Tháng %s/2025\n        schedule:\n          - {in: 2025-%s}",
)


@pytest.fixture
def desks(
    workspace: Path, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Office, Office]:
    """Return two desks that have the same."""
    first, shared = begin(workspace, environment, tmp_path_factory.mktemp("desks"))
    return first, join(first, shared, "bàn hai")


def month(number: str) -> tuple[str, str]:
    """Return the edit that moves task 6 to another month."""
    return AUGUST[0], AUGUST[1] % (number.lstrip("0"), number)


def text(desk: Office) -> str:
    return (desk.root / PLAN).read_text(encoding="utf-8")


def test_edits_of_both_are_in_and_other_bytes_stay(desks: tuple[Office, Office]) -> None:
    here, there = desks
    before = text(here)
    edits = [(SHORT, "short: Giao ban # mới"), ("issuer: UBND phường Phú La\n", "issuer: UBND A\n")]
    here.edit_plan(*edits[0])
    there.edit_plan(*edits[1])
    there.edit_plan(*month("09"))
    there.say("sync")

    assert here.say("sync", env=ENGLISH) == (
        "received: 3 changes of the plan; sent: 1 change of the plan\n"
    )
    there.say("sync")

    expected = before
    for old, new in [*edits, month("09")]:
        expected = expected.replace(old, new)
    assert text(here) == text(there) == expected


def test_tasks_that_both_added_are_in(desks: tuple[Office, Office]) -> None:
    for desk, number, name in zip(desks, ("36", "37"), ("một", "hai"), strict=True):
        start = text(desk).index('      - id: "6"')
        end = text(desk).index('      - id: "7"')
        task = text(desk)[start:end].replace('"6"', f'"{number}"').replace("Tham gia các lớp", name)
        (desk.root / PLAN).write_text(text(desk)[:end] + task + text(desk)[end:], encoding="utf-8")
        desk.say("sync")
    desks[0].say("sync")

    assert text(desks[0]) == text(desks[1])
    tasks = [item["task"] for item in desks[0].items("list")]
    assert sorted(tasks[tasks.index("6") + 1 :][:2]) == ["36", "37"]


def clash(desks: tuple[Office, Office]) -> tuple[Office, Office]:
    """Let both move the deadline of task 6, and each change something else."""
    here, there = desks
    there.edit_plan(*month("10"))
    there.edit_plan("issuer: UBND phường Phú La\n", "issuer: UBND A\n")
    there.say("sync")
    here.edit_plan(*month("09"))
    here.edit_plan(SHORT, "short: Giao ban")
    return here, there


CLASH = """\
plan/2025.yaml
  here: task 6: deadline reworded from 'Tháng 8/2025' to 'Tháng 9/2025'; \
task 6: deadline moved from 2025-08-31 to 2025-09-30
  there: task 6: deadline reworded from 'Tháng 8/2025' to 'Tháng 10/2025'; \
task 6: deadline moved from 2025-08-31 to 2025-10-31
parplan: both sides changed the same thing; nothing was taken in, and nothing is lost: type the \
command again with '--take here' for this desk's version, with '--take there' for theirs
"""


@pytest.mark.parametrize(("side", "number"), [("here", "09"), ("there", "10")])
def test_what_both_changed_is_told_in_the_plan_s_words(
    side: str, number: str, desks: tuple[Office, Office]
) -> None:
    here, there = clash(desks)
    before = text(here)

    done = here.run("sync", env=ENGLISH)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", CLASH)
    assert text(here) == before
    assert here.git("status", "--porcelain") == ""

    here.say("sync", "--take", side)
    there.say("sync")
    assert text(here) == text(there)
    assert month(number)[1] in text(here)
    assert "issuer: UBND A\n" in text(here)
    assert "short: Giao ban\n" in text(here)


@pytest.mark.parametrize(("typed", "number"), [("1", "09"), ("2", "10"), ("", "09")])
def test_at_a_terminal_it_is_asked(typed: str, number: str, desks: tuple[Office, Office]) -> None:
    here, _there = clash(desks)
    desk = Office(here.root, here.env, run_process)
    desk.env.update(here.env)

    status, shown = on_terminal(desk, "sync", env=ENGLISH, typed=typed)

    assert "Both sides changed the same thing in plan/2025.yaml:" in shown
    assert "1. here: task 6: deadline reworded" in shown
    assert (status, month(number)[1] in text(here)) == (0 if typed else 1, True)
    assert here.git("status", "--porcelain") == ""


def test_a_task_that_one_dropped_and_the_other_edited_is_asked(
    desks: tuple[Office, Office],
) -> None:
    here, there = desks
    start, end = (text(here).index(f'      - id: "{number}"') for number in ("6", "7"))
    (here.root / PLAN).write_text(text(here)[:start] + text(here)[end:], encoding="utf-8")
    there.edit_plan(*month("10"))
    there.say("sync")

    message = here.run("sync", env=ENGLISH).stderr

    assert "here: task 6 removed" in message
    assert "there: task 6: deadline reworded" in message
    here.say("sync", "--take", "there")
    assert month("10")[1] in text(here)


def test_a_task_that_one_moved_to_another_section_takes_the_edits_along(
    desks: tuple[Office, Office],
) -> None:
    here, there = desks
    plan = text(here)
    start, end = (plan.index(f'      - id: "{number}"') for number in ("6", "7"))
    rest, place = plan[:start] + plan[end:], '      - id: "20"'
    (here.root / PLAN).write_text(
        rest.replace(place, plan[start:end] + place), encoding="utf-8", newline="\n"
    )
    moved = text(here)
    there.edit_plan(*month("10"))
    there.say("sync")

    here.say("sync")
    there.say("sync")

    assert text(here) == text(there) == moved.replace(*month("10"))


def test_mistakes_that_both_make_together_are_told_and_not_sent(
    desks: tuple[Office, Office],
) -> None:
    here, there = desks
    there.edit_plan("units: [Công chức phường]", "units: [Một cửa]")
    there.say("sync")
    plan = text(here)
    here.edit_plan("short: Giao ban BCĐ", "short: Họp BCĐ")
    head = there.git("rev-parse", "HEAD")
    added = plan[plan.index('      - id: "6"') : plan.index('      - id: "7"')]
    for desk, section in ((here, '      - id: "9"'), (there, '      - id: "20"')):
        place = text(desk).index(section)
        task = added.replace('"6"', '"50"')
        new = text(desk)[:place] + task + text(desk)[place:]
        (desk.root / PLAN).write_text(new, encoding="utf-8")
    there.say("sync")

    done = here.run("sync", env=ENGLISH)

    assert done.returncode == 1
    assert "[repeated-id]" in done.stderr
    assert "until then nothing is sent" in done.stderr
    assert there.git("rev-parse", "HEAD") != head
    assert here.git("rev-list", "--count", "@{upstream}..HEAD") != "0\n"


def test_a_plan_that_cannot_be_merged_by_its_parts_is_chosen_whole(
    desks: tuple[Office, Office],
) -> None:
    here, there = desks
    index = here.root / "plan" / "2025.index.yaml"
    for desk, name in ((here, "A"), (there, "B")):
        (desk.root / "plan" / "2025.index.yaml").write_text(f"- {name}\n", encoding="utf-8")
    there.say("sync")

    assert "plan/2025.index.yaml\n  here: the file as it is here\n" in (
        here.run("sync", env=ENGLISH).stderr
    )
    here.say("sync", "--take", "there")
    assert index.read_text(encoding="utf-8") == "- B\n"

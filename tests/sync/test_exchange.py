"""Desks that exchange by a folder have the same in the end, without git."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from parplan.journal.record import Evidence
from tests.helpers.desks import ENGLISH
from tests.helpers.office import JOURNAL, Office, lines, made

PLAN = "plan/2025.yaml"
SHORT = "short: Giao ban BCĐ CCHC, CĐS, Đề án 06"


@pytest.fixture
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty folder."""
    return tmp_path_factory.mktemp("thẻ nhớ")


@pytest.fixture
def desks(
    workspace: Path, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Office, Office]:
    """Return two desks with the same plan, and with no git."""
    other = tmp_path_factory.mktemp("bàn hai")
    shutil.copytree(workspace / "plan", other / "plan")
    return Office(workspace, environment), Office(other, environment)


def exchange(desk: Office, stick: Path, *more: str) -> str:
    return desk.say("exchange", str(stick), *more, env=ENGLISH)


def text(desk: Office) -> str:
    return (desk.root / PLAN).read_text(encoding="utf-8")


def test_what_both_recorded_and_edited_is_at_both(
    desks: tuple[Office, Office], stick: Path
) -> None:
    here, there = desks
    assert exchange(here, stick) == "received: nothing; sent: 1 other file\n"
    here.say("note", "8", "ở đây")
    there.say("note", "9", "ở kia")
    here.edit_plan(SHORT, "short: Giao ban # mới")
    there.edit_plan("position: CHỦ TỊCH, name", "position: A, name")

    assert exchange(there, stick, "--take", "here").startswith("received: nothing; sent: 1 record")
    assert exchange(here, stick) == (
        "received: 1 record, 1 change of the plan; sent: 1 record, 1 change of the plan\n"
    )
    assert exchange(there, stick) == "received: 1 record, 1 change of the plan; sent: nothing\n"
    assert exchange(there, stick) == "received: nothing; sent: nothing\n"

    assert here.records() == there.records()
    assert text(here) == text(there) == (stick / PLAN).read_text(encoding="utf-8")
    assert "short: Giao ban # mới" in text(here)
    assert "position: A, name" in text(here)


def test_drafts_and_evidence_travel_and_nothing_is_deleted(
    desks: tuple[Office, Office], stick: Path
) -> None:
    here, there = desks
    for name in ("reports/2025-06.md", "tài liệu/BC 45.pdf", "thừa.txt"):
        (here.root / name).parent.mkdir(exist_ok=True)
        (here.root / name).write_text(name, encoding="utf-8")
    here.write(made(1, ref="8", evidence=(Evidence(file="tài liệu/BC 45.pdf"),)))
    exchange(here, stick)

    exchange(there, stick)
    (there.root / "reports" / "2025-06.md").unlink()
    exchange(there, stick)

    assert (there.root / "reports" / "2025-06.md").exists()
    assert (there.root / "tài liệu" / "BC 45.pdf").read_text(encoding="utf-8")
    assert not (there.root / "thừa.txt").exists()


def test_what_both_changed_is_chosen(desks: tuple[Office, Office], stick: Path) -> None:
    here, there = desks
    exchange(here, stick)
    exchange(there, stick)
    here.edit_plan(SHORT, "short: A")
    there.edit_plan(SHORT, "short: B")
    here.say("note", "8", "x")
    exchange(there, stick)
    before = text(here)

    done = here.run("exchange", str(stick), env=ENGLISH)

    assert done.returncode == 2
    assert "here: task 4: short name changed from" in done.stderr
    assert text(here) == before
    assert not (stick / JOURNAL).exists()
    exchange(here, stick, "--take", "there")
    assert "short: B" in text(here)


@pytest.mark.parametrize("take", ["here", "there"])
def test_the_file_that_was_not_chosen_stays_beside_the_other(
    take: str, desks: tuple[Office, Office], stick: Path
) -> None:
    """There is no history to look it up in, and its writer was not asked."""
    here, there = desks
    name = "reports/2025-06.md"
    for desk, words in ((here, "của bàn một"), (there, "của bàn hai")):
        (desk.root / "reports").mkdir()
        (desk.root / name).write_text(words, encoding="utf-8")
    exchange(there, stick)

    answer = exchange(here, stick, "--take", take)
    exchange(there, stick)

    assert answer.endswith("the version that was not taken: reports/2025-06.other-1.md\n")
    for desk in desks:
        texts = {path.read_text(encoding="utf-8") for path in (desk.root / "reports").iterdir()}
        assert texts == {"của bàn một", "của bàn hai"}
    assert exchange(here, stick) == "received: nothing; sent: nothing\n"


def test_a_name_with_a_line_end_makes_no_line_of_its_own(
    desks: tuple[Office, Office], stick: Path
) -> None:
    for desk in desks:
        (desk.root / "reports").mkdir()
        (desk.root / "reports/a\nreceived: 9.md").write_text(str(desk.root), encoding="utf-8")
    exchange(desks[0], stick)

    done = desks[1].run("exchange", str(stick), env=ENGLISH)

    assert (done.returncode, "\nreceived" in done.stderr) == (2, False)


def test_an_old_copy_of_the_folder_takes_nothing_back(
    desks: tuple[Office, Office], stick: Path
) -> None:
    """Somebody made a copy of the stick, and another desk goes on with that."""
    here, there = desks
    exchange(here, stick)
    exchange(there, stick)
    old = stick.parent / f"{stick.name} cũ"
    shutil.copytree(stick, old)
    here.edit_plan(SHORT, "short: mới")
    exchange(here, stick)
    there.edit_plan("position: CHỦ TỊCH, name", "position: A, name")
    exchange(there, old)

    assert exchange(here, old) == "received: 1 change of the plan; sent: 1 change of the plan\n"
    assert "short: mới" in text(here)
    assert "position: A, name" in text(here)


def test_where_the_common_state_is_lost_it_is_asked(
    desks: tuple[Office, Office], stick: Path
) -> None:
    here, there = desks
    exchange(here, stick)
    exchange(there, stick)
    for root in (here.root, stick):
        shutil.rmtree(root / ".parplan")
    here.edit_plan(SHORT, "short: A")
    there.edit_plan("position: CHỦ TỊCH, name", "position: A, name")
    exchange(there, stick)
    shutil.rmtree(stick / ".parplan")

    assert here.run("exchange", str(stick)).returncode == 2
    exchange(here, stick, "--take", "here")
    assert "short: A" in text(here)


def test_mistakes_of_both_together_stay_here(desks: tuple[Office, Office], stick: Path) -> None:
    here, there = desks
    exchange(here, stick)
    exchange(there, stick)
    added = text(here)[text(here).index('      - id: "6"') : text(here).index('      - id: "7"')]
    for desk, mark in ((here, '      - id: "9"'), (there, '      - id: "20"')):
        place = text(desk).index(mark)
        new = text(desk)[:place] + added.replace('"6"', '"50"') + text(desk)[place:]
        (desk.root / PLAN).write_text(new, encoding="utf-8")
    exchange(there, stick)
    before = (stick / PLAN).read_bytes()

    done = here.run("exchange", str(stick), env=ENGLISH)

    assert (done.returncode, "[repeated-id]" in done.stderr) == (1, True)
    assert (stick / PLAN).read_bytes() == before


@pytest.mark.parametrize(
    ("folder", "sentence"),
    [
        pytest.param("không có", "there is no folder", id="absent"),
        pytest.param(".", "is this workspace itself, or in it", id="itself"),
        pytest.param("plan", "is this workspace itself, or in it", id="inside"),
        pytest.param("..", "is this workspace itself, or in it", id="above"),
    ],
)
def test_a_folder_that_cannot_be(folder: str, sentence: str, desks: tuple[Office, Office]) -> None:
    assert sentence in desks[0].refuse("exchange", folder)


def test_a_link_in_the_folder_leads_nowhere(desks: tuple[Office, Office], stick: Path) -> None:
    here, _there = desks
    private = stick.parent / f"{stick.name}-riêng"
    private.mkdir()
    (private / "2025.journal.yaml").write_bytes(lines(made(1)))
    (stick / "plan").symlink_to(private)
    here.write(made(2))

    here.refuse("exchange", str(stick))

    assert (private / "2025.journal.yaml").read_bytes() == lines(made(1))
    assert sorted(path.name for path in private.iterdir()) == ["2025.journal.yaml"]

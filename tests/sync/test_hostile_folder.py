"""What somebody put into the folder that desks exchange by harms no desk and draws nothing out."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from parplan.journal.record import Evidence
from tests.helpers.desks import ENGLISH
from tests.helpers.office import JOURNAL, Office, lines, made, tree

PLAN = "plan/2025.yaml"
HIDDEN = (
    *(".env", ".git/config", ".GIT/config", ".git/hooks/post-commit", ".parplan/x", "tài liệu/.ẩn"),
    *("plan/../.git/config", "./.env", "reports/../.env"),
)
PROGRAMS = ("parplan.cmd", "git.EXE", "tài liệu/BC.pdf.lnk", "x.bat ")


@pytest.fixture
def stick(tmp_path_factory: pytest.TempPathFactory, office: Office) -> Path:
    """Return a folder that the desk exchanged by."""
    folder = tmp_path_factory.mktemp("thẻ nhớ")
    office.say("exchange", str(folder))
    return folder


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return a desk, with no git."""
    return Office(workspace, environment)


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", [*HIDDEN, *PROGRAMS])
def test_no_record_makes_hidden_files_and_programs_travel(
    name: str, office: Office, stick: Path
) -> None:
    (stick / JOURNAL).write_bytes(lines(made(1, ref="8", evidence=(Evidence(file=name),))))
    put(stick, name, "của kẻ lạ")

    office.say("exchange", str(stick))

    assert len(office.records()) == 1
    assert not (office.root / name).exists()
    (stick / name).unlink()
    put(office.root, name, "mật khẩu")
    office.say("exchange", str(stick))
    assert not any("mật khẩu".encode() in data for data in tree(stick).values())


def test_no_walk_leads_out_of_either_folder(
    office: Office, stick: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    private = tmp_path_factory.mktemp("riêng")
    for number in range(3):
        put(private, f"{number}/a.md", "mật")
    for root in (office.root, stick):
        shutil.rmtree(root / "reports", ignore_errors=True)
        (root / "reports").symlink_to(private)
    walked: list[str] = []
    walk = os.walk

    def watched(top: Path) -> object:
        walked.append(os.path.realpath(top))
        return walk(top)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "walk", watched)
        office.say("exchange", str(stick))

    assert str(private) not in walked


@pytest.mark.parametrize("name", [PLAN, JOURNAL])
@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_what_is_no_file_is_named_as_what_it_is(
    kind: str, name: str, office: Office, stick: Path
) -> None:
    office.write(made(1, ref="8"))
    before = tree(office.root, leave_out=[".parplan"])
    (stick / name).unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(stick / name)
    else:
        (stick / name).mkdir()

    refusal = office.run("exchange", str(stick), env=ENGLISH)

    assert refusal.returncode == 2
    assert refusal.stderr.startswith(f"parplan: cannot read {stick / name}: ")
    assert tree(office.root, leave_out=[".parplan"]) == before


def test_a_name_of_other_letters_is_told_before_anything_is_written(
    office: Office, stick: Path
) -> None:
    (stick / "reports").mkdir(exist_ok=True)
    (stick / os.fsdecode(b"reports/\xff.md")).write_bytes(b"x")
    (stick / "reports" / "a.md").write_bytes(b"x")

    assert "is not UTF-8; rename the file first" in office.refuse(
        "exchange", str(stick), env=ENGLISH
    )
    assert not (office.root / "reports" / "a.md").exists()


@pytest.mark.parametrize("take", ["here", "there"])
def test_the_folder_of_another_office_is_not_mixed(
    take: str, office: Office, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("văn quán")
    text = (office.root / PLAN).read_text(encoding="utf-8")
    put(other, PLAN, text.replace("phường Phú La", "phường Văn Quán"))
    (other / JOURNAL).write_bytes(lines(made(1, ref="8")))
    before = tree(other, leave_out=[".parplan"])

    refusal = office.refuse("exchange", str(other), "--take", take, env=ENGLISH)

    assert "is one of UBND phường Văn Quán, the plan here one of UBND phường Phú La" in refusal
    assert not office.journal.exists()
    assert tree(other, leave_out=[".parplan"]) == before


def test_a_copy_that_ended_in_the_middle_adds_no_line(office: Office, stick: Path) -> None:
    office.write(made(1, ref="8"), made(2, ref="9", text="Đã họp"))
    office.say("exchange", str(stick))
    whole = office.journal.read_bytes()
    for end in (1, 2, 20, 60, len(whole) // 2 + 20):
        (stick / JOURNAL).write_bytes(whole[:-end])

        office.say("exchange", str(stick))

        assert office.journal.read_bytes() == whole
        assert (stick / JOURNAL).read_bytes() == whole

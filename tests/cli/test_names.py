"""Vietnamese names of commands and of values, with accents and without."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from parplan.cli.command_table import COMMANDS, english_name
from parplan.cli.group import build
from parplan.text import fold
from tests.helpers.office import Office, made
from tests.helpers.office import lines as journal_lines

NAMES = [
    ("han", "due", ["hạn", "Hạn"]),
    ("ghi", "note", ["GHI"]),
    ("xong", "done", ["Xong"]),
    ("luu", "commit", ["lưu"]),
    ("dongbo", "sync", ["đồngbộ", "ĐồngBộ"]),
    ("baocao", "report", ["báocáo"]),
    ("tinhhinh", "status", ["tìnhhình"]),
    ("soat", "check", ["soát"]),
    ("sua", "edit", ["sửa"]),
]
STATES = [
    ("in-progress", ["đang-làm", "dang-lam", "Đang làm", "đang_làm", "in progress", "in-progress"]),
    ("not-started", ["chưa-làm", "chua-lam", "chưa thực hiện"]),
    ("done", ["hoàn-thành", "hoan-thanh", "xong"]),
    ("paused", ["tạm-dừng", "tam dung"]),
    ("cancelled", ["đã-hủy", "huy", "hủy"]),
]


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office with a record."""
    office = Office(workspace, environment)
    office.journal.write_bytes(journal_lines(made(1, "start", "9")))
    return office


def test_every_vietnamese_name_is_in_the_table_above() -> None:
    named = [(one.vietnamese, name) for name, one in COMMANDS.items() if one.vietnamese]

    assert sorted(named) == sorted((name, english) for name, english, _accents in NAMES)
    assert all(fold(name) == name not in COMMANDS for name, _english in named)


@pytest.mark.parametrize(("name", "english", "accents"), NAMES)
def test_each_name_is_the_command(
    name: str, english: str, accents: list[str], office: Office
) -> None:
    assert [english_name(one) for one in (name, english, *accents)] == [english] * (
        2 + len(accents)
    )
    usage = office.say(english, "--help")

    assert f"Tên tiếng Việt: parplan {name}\n" in usage
    assert office.say(name, "--help") == usage.replace(
        f"Cách dùng: parplan {english} ", f"Cách dùng: parplan {name} "
    )
    assert f"  {english}, {name} " in office.say("--help")


def test_a_vietnamese_name_does_what_the_english_one_does(office: Office) -> None:
    assert office.say("hạn", "6", "--section", "I") == office.say("due", "6", "--section", "I")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["xog", "4"], "did you mean 'xong'?"),
        (["--month", "6", "han"], "stands after the command: parplan han --month"),
    ],
)
def test_slips_know_the_vietnamese_names(words: list[str], hint: str, office: Office) -> None:
    assert hint in office.refuse(*words)


def test_no_subcommand_has_the_name_of_a_command(office: Office) -> None:
    assert "No such command" in office.refuse("score", "han") + office.refuse("score", "due")


def test_the_shell_completes_both(office: Office) -> None:
    def answers(line: str) -> str:
        words = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
        return office.say(env={"_PARPLAN_COMPLETE": "bash_complete", **words})

    assert answers("parplan b") == "plain,board\nplain,baocao\n"
    assert answers("parplan han --mo") == "plain,--month\n"
    assert answers("parplan list --state đa") == "plain,'đang-làm'\nplain,'đã-hủy'\n"
    assert answers("parplan list --state da") == "plain,dang-lam\nplain,da-huy\n"


@pytest.mark.parametrize(("state", "typed"), STATES)
def test_states_are_typed_in_either_language(state: str, typed: list[str], office: Office) -> None:
    expected = office.say("list", "--state", state)

    assert [office.say("list", "--state", one) for one in typed] == [expected] * len(typed)


def test_what_is_no_state_is_refused(office: Office) -> None:
    assert "'sắp xong' is not one of 'not-started'" in office.refuse("list", "--state", "sắp xong")


def test_click_knows_no_other_command() -> None:
    group = build()
    assert isinstance(group, click.Group)

    assert group.get_command(click.Context(group), "") is None

"""``parplan help``: the guide in the terminal and in the browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest

from parplan.cli.command_table import COMMANDS
from parplan.render.guide import PAGES, read_sections
from tests.helpers.office import Office, on_terminal
from tests.helpers.running import ROOT

ENGLISH = {"PARPLAN_LANG": "en"}
SECTIONS = read_sections(*((ROOT / name).read_text(encoding="utf-8") for name in PAGES))


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Office:
    """Return an office whose folder is empty: help needs no plan."""
    return Office(tmp_path_factory.mktemp("empty"), environment)


def test_all_sections_are_listed(office: Office) -> None:
    said = office.say("help", env=ENGLISH)

    assert [one.title for one in SECTIONS if one.title not in said] == []
    assert said.endswith("'parplan help 5', or words of it. All commands: 'parplan --help'.\n")


def test_a_section_is_read_by_words_or_number(office: Office) -> None:
    said = office.say("help", "doc", "bang")

    assert said.startswith("4. Đọc bảng\n\nCột")
    assert office.say("help", "4") == said


def test_several_sections_are_listed_with_their_lines(office: Office) -> None:
    said = office.say("help", "giao ban", env=ENGLISH)

    assert said.count("giao ban") > 2
    assert "To read one: parplan help " in said


def test_what_the_guide_does_not_say_is_said(office: Office) -> None:
    assert "nothing of 'xyz'; 'parplan help' lists" in office.refuse("help", "xyz")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_usage_and_its_place_in_the_guide(name: str, office: Office) -> None:
    said = office.say("help", *name.split(), env=ENGLISH)

    assert said.startswith(f"Usage: parplan {name} ")
    assert "The guide tells of it in:" in said


def test_a_terminal_that_is_too_low_gets_a_pager(office: Office) -> None:
    pager = {"PAGER": "sed s/^/|/", "LINES": "5", "COLUMNS": "80"}

    _status, long = on_terminal(office, "help", env=pager)
    _status, short = on_terminal(office, "help", env={**pager, "LINES": "500"})

    assert "|1     Cài đặt" in long
    assert "|" not in short


def test_the_browser_gets_one_page(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)

    said = office.say("help", "--browser", env={"TMPDIR": str(office.root), **ENGLISH})

    (page,) = office.root.glob("parplan-*.html")
    assert (opened, said) == ([page.as_uri()], f"the guide is at {page}\n")
    assert "<h2 id=" in Path(page).read_text(encoding="utf-8")

"""Settings of a user: option before environment before settings before the plan and git."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from parplan.cli.user_settings import settings_path
from tests.helpers.office import Office

ENGLISH = {"PARPLAN_LANG": "en"}


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office whose clerk has set nothing yet, in no variable either."""
    office = Office(workspace, environment)
    office.env["XDG_CONFIG_HOME"] = str(workspace / "home" / "config")
    del office.env["PARPLAN_AUTHOR"]
    office.git("init", "-q")
    office.git("config", "user.name", "Git")
    return office


def stored(office: Office) -> dict[str, str]:
    path = Path(office.env["XDG_CONFIG_HOME"], "parplan", "settings.json")
    content: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return content


def recorded_by(office: Office, *options: str, env: dict[str, str] | None = None) -> str:
    office.say("note", "8", "x", *options, env=env)
    author: str = office.items("log")[0]["by"]
    return author


def elsewhere(office: Office) -> Path:
    folder = office.root.parent / f"{office.root.name}-elsewhere"
    folder.mkdir()
    return folder


def test_the_author_comes_from_the_nearest_source(office: Office) -> None:
    environment = {"PARPLAN_AUTHOR": "Môi trường"}
    without = recorded_by(office)
    office.say("settings", "author", "Nguyễn Thị Lan")

    assert without == "Git"
    assert recorded_by(office) == "Nguyễn Thị Lan"
    assert recorded_by(office, env=environment) == "Môi trường"
    assert recorded_by(office, "--author", "Tùy chọn", env=environment) == "Tùy chọn"


def test_the_language_comes_from_the_nearest_source(office: Office) -> None:
    office.say("settings", "language", "en")

    assert office.say("due").startswith("Due in")
    assert office.say("--help").startswith("Usage:")
    assert office.say("due", env={"PARPLAN_LANG": "vi"}).startswith("Đến hạn")
    assert office.say("due", "--lang", "vi").startswith("Đến hạn")


def test_a_workspace_is_found_from_anywhere_but_the_one_around_comes_first(office: Office) -> None:
    folder = elsewhere(office)
    refused = office.run("due", cwd=folder)
    office.say("settings", "workspace", "plan")  # in the workspace, not at its top

    assert refused.returncode == 2
    assert stored(office) == {"workspace": str(office.root.resolve())}
    assert office.run("due", cwd=folder).stdout == office.say("due")
    assert office.run("note", "8", "y", cwd=folder).returncode == 0
    assert office.run("explain", "hàng", "tháng", cwd=folder).stdout == office.say(
        "explain", "hàng tháng"
    )
    (folder / "plan").mkdir()
    (folder / "plan" / "2031.yaml").write_bytes((office.root / "plan" / "2025.yaml").read_bytes())
    assert "plan/2031.yaml" in office.run("check", cwd=folder).stdout
    assert office.run("due", "--dir", str(office.root), cwd=folder).returncode == 0
    assert office.run("due", cwd=folder, env={"PARPLAN_DIR": str(office.root)}).returncode == 0


def test_the_shell_completes_from_anywhere_and_is_silent_where_settings_are_wrong(
    office: Office,
) -> None:
    folder = elsewhere(office)
    office.say("settings", "workspace", ".")
    words = {"COMP_WORDS": "parplan show 3", "COMP_CWORD": "2"}
    asked = {"_PARPLAN_COMPLETE": "bash_complete", **words}

    assert "plain,35\n" in office.run(cwd=folder, env=asked).stdout
    settings = Path(office.env["XDG_CONFIG_HOME"], "parplan", "settings.json")
    settings.write_text("{", encoding="utf-8")
    silent = office.run(cwd=folder, env=asked)
    assert (silent.returncode, silent.stdout, silent.stderr) == (0, "", "")


def test_settings_are_shown_with_their_sources_and_taken_out(office: Office) -> None:
    office.say("settings", "author", "  Nguyễn Thị Lan ")
    office.say("settings", "language", "vi")
    said = office.say("settings", env=ENGLISH)

    table = said.partition("\nSetting")[2].splitlines()
    rows = [line.split("  ") for line in table[1:4]]
    assert [(row[0], row[-1].strip()) for row in rows] == [
        ("author", "settings.json"),
        ("language", "PARPLAN_LANG"),
        ("workspace", "looked for upwards from the working folder"),
    ]
    assert office.say("settings", "author") == "Nguyễn Thị Lan\n"  # for a script to read
    assert office.say("settings", "workspace") == "\n"
    office.say("settings", "author", "")
    assert stored(office) == {"language": "vi"}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["language", "fr"], "'fr' is no language of parplan; there are: vi, en"),
        (["workspace", "/"], "there is no plan in /"),
        (["name", "x"], "'name' is not one of"),
    ],
)
def test_what_cannot_be_set_is_refused(words: list[str], why: str, office: Office) -> None:
    assert why in office.refuse("settings", *words)
    assert not Path(office.env["XDG_CONFIG_HOME"]).exists()


def test_what_notepad_saved_is_read(office: Office) -> None:
    path = Path(office.env["XDG_CONFIG_HOME"], "parplan", "settings.json")
    path.parent.mkdir(parents=True)
    path.write_text('{"author": "Lan"}', encoding="utf-8-sig")

    assert recorded_by(office) == "Lan"


@pytest.mark.parametrize(
    "content", ["{", '{"author": 5}', '{"autor": "x"}', '{"language": "fr"}', "[]", "\udcff"]
)
def test_a_wrong_file_is_said_and_not_written_over(content: str, office: Office) -> None:
    path = Path(office.env["XDG_CONFIG_HOME"], "parplan", "settings.json")
    path.parent.mkdir(parents=True)
    data = content.encode("utf-8", "surrogateescape")
    path.write_bytes(data)

    said = office.refuse("settings", "author", "x")

    assert said.startswith(f"parplan: cannot read the settings in {path}: ")
    assert path.read_bytes() == data
    assert office.say("--help", env=ENGLISH)  # needs none


def test_a_workspace_that_is_gone_is_said(office: Office) -> None:
    folder = elsewhere(office)
    office.say("settings", "workspace", ".")
    (office.root / "plan" / "2025.yaml").unlink()

    ended = office.run("due", cwd=folder, env=ENGLISH)

    assert ended.returncode == 2
    assert "which 'parplan settings' has as workspace" in ended.stderr


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_CONFIG_HOME": "/c"}, "/c/parplan/settings.json"),
        ("linux", {"HOME": "/h", "APPDATA": "/a"}, "/h/.config/parplan/settings.json"),
        ("darwin", {"HOME": "/h", "XDG_CONFIG_HOME": ""}, "/h/.config/parplan/settings.json"),
        ("win32", {"APPDATA": "/a", "XDG_CONFIG_HOME": "/c"}, "/a/parplan/settings.json"),
    ],
)
def test_where_settings_are_kept(
    platform: str, variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
        if name == "HOME":  # which Windows calls so
            monkeypatch.setenv("USERPROFILE", value)
    monkeypatch.setattr(sys, "platform", platform)

    assert settings_path() == Path(expected)


def test_the_tests_have_no_settings(environment: dict[str, str]) -> None:
    assert environment["XDG_CONFIG_HOME"] == os.devnull

"""Recording commands as a clerk runs them: what is written, what is said, what is refused."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import json
import os
import re
import shlex
import stat
import subprocess
import sys
import tempfile
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parplan.cli.editor import typed_text
from parplan.cli.recording import clean
from parplan.journal.progress import State
from parplan.journal.record import Directive, Done, Evidence, Kind, Note, Record, Undo
from parplan.workspace.workspace import Workspace, workspace_lock
from tests.helpers.attacks import FORMS
from tests.helpers.office import AUTHOR, JOURNAL, NO_LINKS, Office, lines, made, on_terminal, tree
from tests.helpers.running import PATIENCE

ENGLISH = {"PARPLAN_LANG": "en"}
IN_STATE: dict[State, Kind] = {
    "in-progress": "start",
    "done": "done",
    "paused": "pause",
    "cancelled": "cancel",
}


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    return Office(workspace, environment)


def in_state(state: State, ref: str = "4@2025-06") -> list[Record]:
    """Return the records after which ``ref`` is in ``state``."""
    return [made(1, IN_STATE[state], ref)] if state in IN_STATE else []


# The answer in one line, and what the lists say afterwards.


@pytest.mark.parametrize(
    ("before", "words", "answer", "ref", "standing"),
    [
        pytest.param(
            [],
            ["note", "4@2025-06", "Đã gửi giấy mời"],
            "note 4@2025-06; now in progress, 10 days left (due 2025-06-30)",
            "4@2025-06",
            ("in-progress", "upcoming"),
            id="note",
        ),
        pytest.param(
            [],
            ["note", "4@2025-06", "--percent", "50"],
            "note 4@2025-06; now in progress, 10 days left (due 2025-06-30)",
            "4@2025-06",
            ("in-progress", "upcoming"),
            id="percent",
        ),
        pytest.param(
            [],
            ["note", "1@2025-Q2", "chờ số liệu", "--reason", "mất điện"],
            "note 1@2025-Q2; now in progress, 11 days overdue (due 2025-06-09)",
            "1@2025-Q2",
            ("in-progress", "overdue"),
            id="overdue",
        ),
        pytest.param(
            [],
            ["start", "9"],
            "start 9@2025; now in progress, 194 days left (due 2025-12-31)",
            "9@2025",
            ("in-progress", "upcoming"),
            id="start",
        ),
        pytest.param(
            [],
            ["done", "4@2025-06", "--on", "18/6/2025"],
            "completion 4@2025-06, Wednesday 2025-06-18; now done, on time (due 2025-06-30)",
            "4@2025-06",
            ("done", "on-time"),
            id="done",
        ),
        pytest.param(
            [],
            ["done", "1@2025-Q2", "--on", "2025-06-10"],
            "completion 1@2025-Q2, Tuesday 2025-06-10; now done, late (due 2025-06-09)",
            "1@2025-Q2",
            ("done", "late"),
            id="done-late",
        ),
        pytest.param(
            [],
            ["done", "1@2025-Q2", "--on", "2025-06-09"],
            "completion 1@2025-Q2, Monday 2025-06-09; now done, on time (due 2025-06-09)",
            "1@2025-Q2",
            ("done", "on-time"),
            id="done-on-the-last-day",
        ),
        pytest.param(
            [],
            ["pause", "9", "Chờ kinh phí"],
            "pause 9@2025; now paused, 194 days left (due 2025-12-31)",
            "9@2025",
            ("paused", "upcoming"),
            id="pause",
        ),
        pytest.param(
            [],
            ["cancel", "6", "Quận không mở lớp"],
            "cancellation 6@2025-08; now cancelled (due 2025-08-31)",
            "6@2025-08",
            ("cancelled", None),
            id="cancel",
        ),
        pytest.param(
            in_state("done"),
            ["reopen", "4@2025-06"],
            "reopening 4@2025-06; now in progress, 10 days left (due 2025-06-30)",
            "4@2025-06",
            ("in-progress", "upcoming"),
            id="reopen",
        ),
        pytest.param(
            [],
            ["directive", "12", "--due", "2025-11-15", "--by", "CV 123/UBND-NV"],
            "directive 12@2025-11-15; now not started, 148 days left (due Saturday 2025-11-15)",
            "12@2025-11-15",
            ("not-started", "upcoming"),
            id="directive",
        ),
        pytest.param(
            in_state("done"),
            ["undo", "--yes"],
            "retraction 4@2025-06; now not started, 10 days left (due 2025-06-30)",
            "4@2025-06",
            ("not-started", "upcoming"),
            id="undo",
        ),
    ],
)
def test_each_command_says_what_it_recorded_and_the_lists_agree(
    office: Office,
    before: list[Record],
    words: list[str],
    answer: str,
    ref: str,
    standing: tuple[State, str | None],
) -> None:
    office.write(*before)

    said = office.say(*words, env=ENGLISH)

    new = office.last()
    task = ref.partition("@")[0]
    due = {one["ref"]: one for one in office.items("due", "2025")}
    listed = {one["task"]: one for one in office.items("list")}
    assert said.endswith(f"Recorded {new.id[:7]}: {answer}\n")
    assert said.count("\n") == (2 if words[0] == "undo" else 1)
    assert office.records()[:-1] == before
    for one in (office.item(ref), due[ref]):
        assert (one["state"], one["timing"]) == standing
    assert listed[task]["state"] == office.json("show", task)["state"]
    assert office.items("log")[0]["id"] == new.id
    assert [one["id"] for one in office.json("show", task)["history"]] == (
        [] if words[0] == "undo" else [new.id, *(one.id for one in before)]
    )


def test_a_record_holds_all_that_was_said(office: Office) -> None:
    (office.root / "bb.pdf").touch()

    office.say(
        "done", "4@2025-06", "Họp tại hội trường", "--on", "2025-06-18",
        "--percent", "90", "--value", "98,5", "--evidence", "BC 45/BC-UBND 20/6/2025",
        "--evidence", "TB 12", "--file", "bb.pdf", "--reason", "mưa bão",
        "--proposal", "cấp thêm kinh phí", "--author", "Trần Văn Ba",
    )  # fmt: skip

    written = office.last()
    assert written == Done(
        id=written.id,
        at=written.at,
        by="Trần Văn Ba",
        task="4",
        period="2025-06",
        on=dt.date(2025, 6, 18),
        text="Họp tại hội trường",
        percent=90,
        value=Decimal("98.5"),
        evidence=(
            Evidence(number="BC 45/BC-UBND 20/6/2025"),
            Evidence(number="TB 12"),
            Evidence(file="bb.pdf"),
        ),
        reason="mưa bão",
        proposal="cấp thêm kinh phí",
    )
    assert re.fullmatch("[0-9a-hjkmnp-tv-z]{12}", written.id)
    assert written.at.utcoffset() == dt.timedelta(hours=7)
    (logged,) = office.items("log")
    assert logged == {
        "ref": "4@2025-06",
        "id": written.id,
        "at": written.at.isoformat(),
        "by": "Trần Văn Ba",
        "kind": "done",
        "task": "4",
        "period": "2025-06",
        "on": "2025-06-18",
        "text": "Họp tại hội trường",
        "percent": 90,
        "value": "98.5",
        "evidence": [
            {"number": "BC 45/BC-UBND 20/6/2025", "file": ""},
            {"number": "TB 12", "file": ""},
            {"number": "", "file": "bb.pdf"},
        ],
        "reason": "mưa bão",
        "proposal": "cấp thêm kinh phí",
        "due": None,
        "authority": "",
        "retracts": "",
        "replaces": "",
        "criterion": "",
        "points": None,
        "grade": "",
        "not_applicable": False,
        "row": "",
        "retracted": False,
    }


# Which occurrence is meant.


@pytest.mark.parametrize(
    ("before", "words", "ref"),
    [
        pytest.param([], ["note", "9", "x"], "9@2025", id="the-only-one"),
        pytest.param(in_state("done"), ["note", "4", "x"], "4@2025-11", id="the-open-one"),
        pytest.param(in_state("cancelled"), ["start", "4"], "4@2025-11", id="cancelled-is-closed"),
        pytest.param([], ["note", "4@2025-11", "x"], "4@2025-11", id="named"),
        pytest.param(in_state("done"), ["note", "4@2025-06", "x"], "4@2025-06", id="named-closed"),
        pytest.param([], ["note", "8", "x"], "8", id="continuous"),
        pytest.param([], ["note", "12", "x"], "12", id="waiting-for-a-directive"),
        pytest.param(
            [made(1, "directive", "12@2025-11-15", due=dt.date(2025, 11, 15))],
            ["done", "12"],
            "12@2025-11-15",
            id="given-by-a-directive",
        ),
        pytest.param(
            in_state("done", "9@2025"), ["reopen", "9"], "9@2025", id="reopen-the-only-one"
        ),
        pytest.param(in_state("done"), ["reopen", "4"], "4@2025-06", id="reopen-the-closed-one"),
        pytest.param(
            in_state("paused", "9@2025"), ["reopen", "9"], "9@2025", id="reopen-a-paused-one"
        ),
    ],
)
def test_which_occurrence_a_reference_means(
    office: Office, before: list[Record], words: list[str], ref: str
) -> None:
    office.write(*before)

    office.say(*words)

    assert office.last().ref == ref


BOTH_OPEN = """\
parplan: task 4 has 2 open occurrences; name the one you mean:
  parplan note 4@2025-06     # due 2025-06-30, in progress
  parplan note 4@2025-11     # due 2025-11-30, not started
"""
NONE_OPEN = """\
parplan: task 4 has no open occurrence; name the one you mean:
  parplan note 4@2025-06     # due 2025-06-30, done
  parplan note 4@2025-11     # due 2025-11-30, cancelled
"""


@pytest.mark.parametrize(
    ("before", "words", "complaint"),
    [
        pytest.param(in_state("in-progress"), ["note", "4", "x"], BOTH_OPEN, id="both-open"),
        pytest.param(
            [*in_state("done"), made(2, "cancel", "4@2025-11")],
            ["note", "4", "x"],
            NONE_OPEN,
            id="none-open",
        ),
        pytest.param(
            [],
            ["note", "99", "x"],
            "parplan: no task '99' in the plan of 2025; 'parplan list' shows them all\n",
            id="no-such-task",
        ),
        pytest.param(
            [],
            ["note", "4@2025-07", "x"],
            "parplan: task 4 has no occurrence 4@2025-07; it has: 4@2025-06, 4@2025-11\n",
            id="no-such-occurrence",
        ),
        pytest.param(
            [],
            ["note", "8@2025-06", "x"],
            "parplan: task 8 has no occurrence 8@2025-06; it has: none\n",
            id="continuous-has-none",
        ),
        pytest.param(
            [],
            ["done", "8"],
            "parplan: task 8 is continuous: it is never done; 'parplan note' records its news\n",
            id="continuous-is-never-done",
        ),
    ],
)
def test_what_no_occurrence_is_meant_by(
    office: Office, before: list[Record], words: list[str], complaint: str
) -> None:
    office.write(*before)

    assert office.refuse(*words) == complaint


@pytest.mark.parametrize(
    ("before", "words"),
    [
        pytest.param([], ["start", "4"], id="open"),
        pytest.param(
            [*in_state("done"), made(2, "cancel", "4@2025-11")], ["reopen", "4"], id="closed"
        ),
        pytest.param([], ["done", "1"], id="many"),
    ],
)
def test_the_commands_that_a_complaint_lists_work(
    office: Office, before: list[Record], words: list[str]
) -> None:
    office.write(*before)
    complaint = office.refuse(*words)

    commands = re.findall(r"^  parplan (\S+) (\S+)((?: --yes)?) ", complaint, re.MULTILINE)

    assert len(commands) >= 2
    for command, ref, yes in commands:
        office.say(command, ref, *yes.split())
        assert (office.last().kind, office.last().ref) == (words[0], ref)


def test_where_nothing_can_be_opened_again_no_command_is_offered(office: Office) -> None:
    office.write(*in_state("in-progress"))

    assert "parplan reopen" not in office.refuse("reopen", "4")


def test_the_complaint_about_several_is_vietnamese_by_default(office: Office) -> None:
    done = office.run("note", "4", "x")

    assert done.stderr == (
        "parplan: nhiệm vụ 4 có 2 kỳ đang mở; hãy nêu rõ kỳ nào:\n"
        "  parplan note 4@2025-06     # hạn 30/06/2025, chưa làm\n"
        "  parplan note 4@2025-11     # hạn 30/11/2025, chưa làm\n"
    )


@pytest.mark.parametrize("kind", ["start", "done", "pause", "cancel", "reopen"])
@pytest.mark.parametrize("state", get_args(State))
def test_a_step_that_changes_nothing_is_refused(office: Office, state: State, kind: Kind) -> None:
    possible = {
        "start": ("not-started", "paused"),
        "done": ("not-started", "in-progress", "paused"),
        "pause": ("not-started", "in-progress"),
        "cancel": ("not-started", "in-progress", "paused"),
        "reopen": ("done", "paused", "cancelled"),
    }
    office.write(*in_state(state))

    if state in possible[kind]:
        office.say(kind, "4@2025-06")
        assert office.last().kind == kind
    else:
        said = office.refuse(kind, "4@2025-06")
        words = state.replace("-", " ")
        assert said == (
            f"parplan: 4@2025-06 is {words}: '{kind}' changes nothing; nothing was recorded\n"
        )


# Somebody else's record, between the look at the state and the lock.


@pytest.mark.parametrize(
    ("words", "other", "complaint"),
    [
        (["done", "4@2025-06"], made(5, "done"), "4@2025-06 is done: 'done' changes nothing"),
        (["start", "4@2025-06"], made(5, "start"), "is in progress: 'start' changes nothing"),
        (["pause", "4@2025-06"], made(5, "pause"), "is paused: 'pause' changes nothing"),
        (["cancel", "4@2025-06"], made(5, "cancel"), "is cancelled: 'cancel' changes nothing"),
        (["reopen", "5@2025-06"], made(5, "reopen", "5@2025-06"), "'reopen' changes nothing"),
        (
            ["undo", "--author", "Lan", "--yes"],
            made(5, "undo", "5@2025-06", retracts=made(1).id),
            "is retracted already",
        ),
        (["record", "a.txt", "--yes"], made(5, "done"), "somebody recorded meanwhile"),
        (
            ["directive", "12", "--due", "2025-11-15"],
            made(5, "directive", "12@2025-11-15", due=dt.date(2025, 11, 15)),
            "12@2025-11-15 is there already",
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_what_another_records_at_the_last_moment_counts(
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    other: Record,
    complaint: str,
) -> None:
    before = made(1, "done", "5@2025-06", by="Lan")
    office.write(before)
    (office.root / "a.txt").write_text("4@2025-06: xong\n", encoding="utf-8")

    def lock(root: Path) -> contextlib.AbstractContextManager[None]:
        office.write(before, other)
        return workspace_lock(root)

    monkeypatch.setattr("parplan.workspace.workspace.workspace_lock", lock)

    done = office.run(*words, env=ENGLISH)

    assert done.returncode == 2
    assert complaint in done.stderr
    assert office.records() == [before, other]


@pytest.mark.slow
def test_of_eight_at_once_one_is_recorded(office: Office) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "parplan", "done", "4@2025-06"],
            cwd=office.root,
            env={**office.env, **ENGLISH},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for _ in range(8)
    ]
    ends = [process.communicate(timeout=PATIENCE) for process in running]

    assert sorted(process.returncode for process in running) == [0] + [2] * 7
    assert sum("'done' changes nothing" in error for _out, error in ends) == 7
    assert len(office.records()) == 1


# The text: from the argument, the input, the editor.


@pytest.mark.parametrize("word", ["5@6", "A.5", "b.2@Q3", "8.1@15/5", "I.2a", "họp@quý 2"])
def test_a_reference_is_never_recorded_as_text(office: Office, word: str) -> None:
    """Whatever is numbered so in some office's plan: it names a second occurrence."""
    done = office.run("done", "4@6", word, "--yes")

    written = office.records() if office.journal.exists() else []
    assert [getattr(record, "text", "") for record in written] == [""] * len(written)
    assert (done.returncode, len(written)) in ((0, 2), (2, 0))


def test_a_number_with_a_point_is_a_task_where_the_plan_has_it(office: Office) -> None:
    for old, new in (("9", "8.1"), ("10", "NV-10")):
        office.edit_plan(f'- id: "{old}"', f'- id: "{new}"')

    office.say("note", "8", "98.5")
    office.say("done", "8.1", "NV-10", "--yes")

    recorded = [(item["task"], item["text"]) for item in office.items("log")]
    assert sorted(recorded) == [("8", "98.5"), ("8.1", ""), ("NV-10", "")]


def test_text_from_the_input(office: Office) -> None:
    done = office.run("note", "8", "-", stdin="\ufeffdòng một\r\n\r\ndòng hai\r\n".encode())

    assert (done.returncode, done.stderr) == (0, "")
    assert office.last().text == "dòng một\n\ndòng hai"


@pytest.mark.parametrize(
    ("words", "prefix"), [(["note", "8", "-"], ""), (["record", "-", "--yes"], "8: ")]
)
@pytest.mark.parametrize(
    ("text", "is_lost"),
    [
        ("?? g?i gi?y m?i", True),
        ("h?p giao ban", True),
        ("đã gửi g?iấy", False),
        ("xong? co", False),
        ("xem http://a.vn/b?c=1", False),
    ],
)
def test_letters_that_powershell_lost_are_told(
    words: list[str], prefix: str, text: str, is_lost: bool, office: Office
) -> None:
    """PowerShell 5.1 pipes as ASCII unless it is told otherwise: a question mark for each."""
    done = office.run(*words, stdin=f"{prefix}{text}\r\n".encode(), env=ENGLISH)

    assert ("$OutputEncoding" in done.stderr) is is_lost, done.stderr
    assert done.returncode == (2 if is_lost else 0)
    assert office.journal.exists() is not is_lost


def test_any_character_goes_in_and_comes_out(office: Office) -> None:
    text = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA1), 0x2028, 0xFEFF, 0xFFFF, 0x1F600]))

    done = office.run("note", "8", "-", stdin=f"a{text}z".encode())

    assert (done.returncode, done.stderr) == (0, "")
    (logged,) = office.items("log")
    assert logged["text"] == f"a{text}z".replace("\r", "\n")


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        pytest.param(["note", "8"], b"", id="no-text-and-no-terminal"),
        pytest.param(["note", "8", ""], b"", id="empty-argument"),
        pytest.param(["note", "8", "\n"], b"", id="line-ends-only"),
        pytest.param(["note", "8", "-"], b"", id="empty-input"),
        pytest.param(["note", "8", "-"], b"\n\r\n", id="blank-input"),
    ],
)
def test_a_note_of_nothing_is_refused(office: Office, words: list[str], stdin: bytes) -> None:
    done = office.run(*words, stdin=stdin, env=ENGLISH)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "parplan: nothing to record: give a text, --percent, --value or --evidence\n"
    )
    assert not office.journal.exists()


text_there = pytest.mark.posix(reason="words of a command line are text on Windows")


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        pytest.param(["note", "8", "-"], b"caf\xe9", id="input"),
        pytest.param([b"note", b"8", b"caf\xe9"], b"", id="argument", marks=text_there),
        pytest.param(
            [b"note", b"8", b"x", b"--evidence", b"\xff"], b"", id="evidence", marks=text_there
        ),
        pytest.param(
            [b"note", b"8", b"x", b"--reason", b"\xff"], b"", id="reason", marks=text_there
        ),
        pytest.param(
            [b"note", b"8", b"x", b"--author", b"\xff"], b"", id="author", marks=text_there
        ),
        pytest.param([b"note", b"8", b"x", b"--file", b"\xff"], b"", id="file", marks=text_there),
        pytest.param([b"note", b"\xff", b"x"], b"", id="task", marks=text_there),
    ],
)
def test_what_is_no_utf8_is_refused(office: Office, words: list[str | bytes], stdin: bytes) -> None:
    done = office.run(*words, stdin=stdin, env=ENGLISH)

    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"parplan: .*\n", done.stderr)
    assert not office.journal.exists()


def with_editor(office: Office, script: str, *words: str) -> tuple[int, str]:
    """Run parplan on a terminal where the editor is a shell script; ``$1`` is its file."""
    editor = office.root.parent / f"{office.root.name}-editor.sh"
    editor.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    return on_terminal(
        office,
        *words,
        env={**ENGLISH, "EDITOR": shlex.quote(str(editor)), "VISUAL": "", "TMPDIR": "/tmp"},
    )


def test_text_from_the_editor(office: Office) -> None:
    status, shown = with_editor(office, "printf 'dòng một\\r\\n\\r\\nhai\\n' > \"$1\"", "note", "8")

    assert (status, office.last().text) == (0, "dòng một\n\nhai")
    assert list(office.root.glob("note-*")) == []
    assert shown == f"Recorded {office.last().id[:7]}: note 8; now in progress\r\n"


def test_the_editor_is_not_opened_where_there_is_something_to_record(office: Office) -> None:
    status, _shown = with_editor(office, "exit 1", "note", "8", "--percent", "5")

    assert (status, office.items("log")[0]["percent"]) == (0, 5)


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        pytest.param("true", "nothing to record", id="nothing-saved"),
        pytest.param(': > "$1"', "nothing to record", id="saved-empty"),
        pytest.param("exit 1", "the editor did not end well", id="failed"),
        pytest.param('rm "$1"', "the editor did not end well", id="file-removed"),
        pytest.param("printf '\\377' > \"$1\"", "the text is not valid UTF-8", id="not-utf8"),
    ],
)
def test_an_editor_that_gives_no_text(office: Office, script: str, complaint: str) -> None:
    status, shown = with_editor(office, script, "note", "8")

    assert "Traceback" not in shown
    assert complaint in shown
    assert status == 2
    assert not office.journal.exists()
    assert [path.read_bytes() for path in office.root.glob("note-*")] in ([], [b"\xff"])


TYPES = "printf 'đã gõ lâu' > \"$1\""


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        pytest.param("exit 1", "the editor did not end well", id="failed"),
        pytest.param("printf '\\377' >> \"$1\"", "the text is not valid UTF-8", id="not-utf8"),
        pytest.param("mkdir plan/2025.journal.yaml", "cannot write", id="no-journal"),
        pytest.param("printf '\\0' > plan/2025.journal.yaml", "ends in zero bytes", id="zeros"),
        pytest.param("rm -r .parplan; : > .parplan", "cannot lock", id="no-lock"),
    ],
)
def test_a_typed_text_that_cannot_be_recorded_is_kept(
    office: Office, script: str, complaint: str
) -> None:
    (office.root / "note-1.txt").write_text("của người khác", encoding="utf-8")

    status, shown = with_editor(office, f"{TYPES}; {script}", "note", "8")

    assert status == 2
    assert complaint in shown
    path = office.root / "note-2.txt"
    assert f"what you typed is kept in {path}\r\n" in shown
    assert "đã gõ lâu" in path.read_text(encoding="utf-8", errors="replace")
    assert (office.root / "note-1.txt").read_text(encoding="utf-8") == "của người khác"


def test_a_typed_text_is_kept_when_the_user_breaks_off(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parplan.cli.editor.is_terminal", lambda _stream: True)
    monkeypatch.setenv("EDITOR", sys.executable)
    monkeypatch.setattr("click.edit", lambda filename, **_: Path(filename).write_bytes(b"x"))

    with pytest.raises(KeyboardInterrupt), typed_text(office.root):
        raise KeyboardInterrupt

    assert (office.root / "note-1.txt").read_bytes() == b"x"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        pytest.param(["note", "99"], "99", id="no-such-task"),
        pytest.param(["note", "4@2025-13"], "2025-13", id="no-such-occurrence"),
        pytest.param(["note", "8", "--on", "2025-12-31"], "in the future", id="day"),
    ],
)
def test_the_editor_is_opened_for_what_can_be_recorded_only(
    office: Office, words: list[str], complaint: str
) -> None:
    status, shown = with_editor(office, "touch opened", *words)

    assert status == 2
    assert complaint in shown
    assert not (office.root / "opened").exists()


def test_the_editor_is_not_opened_for_a_lock_that_cannot_be_had(office: Office) -> None:
    (office.root / ".parplan").touch()

    status, shown = with_editor(office, "touch opened", "note", "8")

    assert status == 2
    assert "cannot lock" in shown
    assert not (office.root / "opened").exists()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_clean_text_is_composed_with_plain_line_ends(text: str) -> None:
    kept = clean(text)

    assert "\r" not in kept
    assert unicodedata.is_normalized("NFC", kept)
    assert clean(kept) == kept
    assert kept.split() == unicodedata.normalize("NFC", text).split()
    if "\r" not in text and not text.endswith("\n") and unicodedata.is_normalized("NFC", text):
        assert kept == text


def test_decomposed_letters_are_stored_composed(office: Office) -> None:
    written = "Đã họp lần một"
    apart = unicodedata.normalize("NFD", written)

    office.say(
        "note", "8", apart, "--evidence", apart, "--reason", apart, "--proposal", apart,
        "--author", apart,
    )  # fmt: skip
    office.say("directive", "12", apart, "--due", "2025-11-15", "--by", apart)

    assert apart != written
    assert apart.encode() not in office.journal.read_bytes()
    note, directive = office.records()
    assert isinstance(note, Note)
    assert (note.text, note.reason, note.proposal, note.by) == (written,) * 4
    assert note.evidence == (Evidence(number=written),)
    assert isinstance(directive, Directive)
    assert (directive.text, directive.authority) == (written, written)


# What is shown of it.


def test_line_ends_of_a_note_are_line_ends_in_show(office: Office) -> None:
    office.say("note", "8", "dòng một\n\ndòng ba\r\ndòng bốn")

    assert "\n    dòng một\n\n    dòng ba\n    dòng bốn\n" in office.say("show", "8")


EVIL = "\x1b[2J\x1b]0;tên\x07\x9b31m\x08\x7f\u202egiả\u2066"
SHOWN = r"\x1b[2J\x1b]0;tên\x07\x9b31m\x08\x7f\u202egiả\u2066"
MARKUP = "[bold red]đậm[/bold red] :smile: [/] [link=file:///x]y[/link]"
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def haunted(office: Office) -> None:
    """Write records that try to drive a terminal, in every field that holds text."""
    office.write(
        made(1, "directive", text=EVIL, due=dt.date(2025, 6, 25), authority=EVIL, by=EVIL),
        made(2, text=f"{EVIL} {MARKUP}", reason=EVIL, proposal=EVIL, percent=5, by=EVIL),
        made(3, evidence=(Evidence(number=EVIL, file=EVIL),), ref="8", text=MARKUP),
        made(4, ref="8", id=f"{EVIL}aaaa"),
        made(5, "undo", ref="8", retracts=f"{EVIL}aaaa"),
    )


LISTS = {
    "log": (["log"], True),
    "show": (["show", "4"], True),
    "due": (["due", "--month", "6"], False),
    "list": (["list"], False),
    "check": (["check"], True),
    "diff": (["diff"], False),
}
"""Commands that list, and whether they show a record's text."""


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("colour", ["", "1"])
def test_text_cannot_drive_a_terminal(office: Office, name: str, colour: str) -> None:
    words, shows_text = LISTS[name]
    if name == "diff":
        office.begin()
    haunted(office)
    environment = {"FORCE_COLOR": colour, "COLUMNS": "1000"}

    done = office.run(*words, env=environment)

    # The colours are parplan's own: none of the records' texts holds one in this form.
    plain = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
    assert FORBIDDEN.findall(plain) == []
    assert (SHOWN in plain) is shows_text
    if shows_text and words != ["check"]:
        assert MARKUP in plain


@pytest.mark.parametrize(("name", "form"), [(name, form) for name in LISTS for form in FORMS[name]])
def test_no_form_of_output_drives_a_terminal(office: Office, name: str, form: str) -> None:
    if name == "diff":
        office.begin()
    haunted(office)

    done = office.run(*LISTS[name][0], "--format", form, env={"FORCE_COLOR": "1"})

    plain = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
    assert FORBIDDEN.findall(plain) == []


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["note", "4\x1b]0;x\x07", "x"], id="task"),
        pytest.param(["note", "4@2025-06\x1b]0;x\x07", "x"], id="occurrence"),
        pytest.param(["note", "8", "--file", "\x1b]0;x\x07"], id="file"),
        pytest.param(["note", "8", "--on", "\x1b]0;x\x07"], id="date"),
        pytest.param(["undo", "\x1b]0;x\x07"], id="record"),
        pytest.param(["diff", "\x1b]0;x\x07"], id="revision"),
        pytest.param(["undo", "--author", "\x1b]0;x\x07"], id="author"),
        pytest.param(["due", "--unit", "\x1b]0;x\x07"], id="unit"),
    ],
)
def test_no_complaint_drives_a_terminal(office: Office, words: list[str]) -> None:
    if "diff" in words:
        office.begin()

    status, shown = on_terminal(office, *words)

    assert status == 2
    assert FORBIDDEN.findall(re.sub(r"\x1b\[[0-9;]*m", "", shown).replace("\r\n", "\n")) == []


def test_json_and_csv_give_the_text_as_it_is(office: Office) -> None:
    text = f'{MARKUP}, "dẫn"; dòng\nhai'
    office.say("note", "8", text)

    (row,) = csv.DictReader(io.StringIO(office.say("log", "--format", "csv")))

    assert row["text"] == text
    assert office.items("log")[0]["text"] == text


# Evidence.


def file_at(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF")
    return path


@pytest.mark.parametrize(
    ("name", "given_", "kept"),
    [
        pytest.param("bb.pdf", "bb.pdf", "bb.pdf", id="here"),
        pytest.param("tai-lieu/6/bb.pdf", "tai-lieu/6/bb.pdf", "tai-lieu/6/bb.pdf", id="below"),
        pytest.param("a/bb.pdf", "a/../a//./bb.pdf", "a/bb.pdf", id="roundabout"),
        pytest.param("a/bb.pdf", "{root}/a/bb.pdf", "a/bb.pdf", id="absolute"),
        pytest.param("a/b/bb.pdf", r"a\b\bb.pdf", "a/b/bb.pdf", id="backslashes"),
        pytest.param(
            "tài liệu/Biên bản (1) số 2.pdf",
            "tài liệu/Biên bản (1) số 2.pdf",
            "tài liệu/Biên bản (1) số 2.pdf",
            id="spaces-and-accents",
        ),
    ],
)
def test_an_evidence_file_is_kept_from_the_workspace_on(
    office: Office, name: str, given_: str, kept: str
) -> None:
    file_at(office.root / name)

    office.say("note", "8", "--file", given_.format(root=office.root))

    assert office.last().evidence == (Evidence(file=kept),)
    assert office.run("check").returncode == 0


def test_an_evidence_file_is_given_from_where_the_clerk_stands(office: Office) -> None:
    file_at(office.root / "reports" / "6.pdf")

    first = office.run("note", "8", "--file", "6.pdf", cwd=office.root / "reports")
    second = office.run(
        "note", "8", "--file", str(office.root / "reports" / "6.pdf"), "--dir", str(office.root),
        cwd=office.root.parent,
    )  # fmt: skip

    assert (first.returncode, second.returncode) == (0, 0)
    assert [one.evidence for one in office.records()] == [(Evidence(file="reports/6.pdf"),)] * 2


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Biên bản.pdf", id="composed"),
        pytest.param(unicodedata.normalize("NFD", "Biên bản.pdf"), id="decomposed"),
    ],
)
def test_an_evidence_file_is_found_again_whatever_its_name(office: Office, name: str) -> None:
    file_at(office.root / name)

    office.say("note", "8", "--file", name)

    assert (office.root / office.last().evidence[0].file).is_file()
    assert office.run("check").returncode == 0


linked = pytest.mark.posix(reason=NO_LINKS)


def outside(office: Office) -> Path:
    """Return a file beside the workspace, with links to it and its folder inside."""
    secret = file_at(office.root.parent / f"{office.root.name}-outside" / "bb.pdf")
    (office.root / "link.pdf").symlink_to(secret)
    (office.root / "linked").symlink_to(secret.parent)
    (office.root / "dangling.pdf").symlink_to(secret.parent / "none")
    return secret


@pytest.mark.parametrize(
    ("given_", "complaint"),
    [
        pytest.param("{outside}", "is not in the folder", id="outside"),
        pytest.param("../{folder}/bb.pdf", "is not in the folder", id="outside-relative"),
        pytest.param("link.pdf", "is not in the folder", id="link-to-outside", marks=linked),
        pytest.param(
            "linked/bb.pdf", "is not in the folder", id="folder-link-to-outside", marks=linked
        ),
        pytest.param("dangling.pdf", "is not in the folder", id="dangling-link", marks=linked),
        pytest.param("none.pdf", "no file", id="missing"),
        pytest.param("plan", "no file", id="folder"),
        pytest.param("", "no file", id="empty"),
        pytest.param("plan/2025.yaml/x", "no file", id="below-a-file"),
        pytest.param("x" * 5000, "no file", id="too-long-a-name"),
    ],
)
def test_an_evidence_file_must_be_in_the_workspace(
    office: Office, given_: str, complaint: str
) -> None:
    secret = outside(office)
    path = given_.format(outside=secret, folder=secret.parent.name)

    assert complaint in office.refuse("note", "8", "--file", path)


@linked
def test_a_link_inside_the_workspace_is_followed(office: Office) -> None:
    file_at(office.root / "bb.pdf")
    (office.root / "link.pdf").symlink_to("bb.pdf")

    office.say("note", "8", "--file", "link.pdf")

    assert office.last().evidence == (Evidence(file="bb.pdf"),)


@linked
def test_a_workspace_behind_a_link_takes_its_own_files(office: Office) -> None:
    file_at(office.root / "bb.pdf")
    link = office.root.parent / f"{office.root.name}-link"
    link.symlink_to(office.root)

    done = office.run("note", "8", "--file", "bb.pdf", "--dir", str(link))

    assert (done.returncode, done.stderr) == (0, "")
    assert office.last().evidence == (Evidence(file="bb.pdf"),)


# Values, percentages, days.


@pytest.mark.parametrize(
    ("given_", "value"),
    [
        pytest.param("98.5", "98.5", id="point"),
        pytest.param("98,5", "98.5", id="comma"),
        pytest.param("100", "100", id="whole"),
        pytest.param("0", "0", id="zero"),
        pytest.param("-2,25", "-2.25", id="negative"),
        pytest.param("123456789012345.123456789", "123456789012345.123456789", id="exact"),
    ],
)
def test_values(office: Office, given_: str, value: str) -> None:
    office.say("note", "17", f"--value={given_}")

    assert f'"value":"{value}"' in office.journal.read_text(encoding="utf-8")
    assert office.items("log")[0]["value"] == value


@pytest.mark.parametrize(
    ("option", "value", "complaint"),
    [
        pytest.param("--value", "98%%", "'98%%' is no number", id="value-with-signs"),
        pytest.param("--value", "1e3", "'1e3' is no number", id="value-exponent"),
        pytest.param("--value", "1.234,5.6", "'1.234,5.6' is no number", id="value-thousands"),
        pytest.param(
            "--value",
            "1.250",
            "'1.250' can be read in two ways; write 1250 or 1,250",
            id="value-thousand-or-one",
        ),
        pytest.param("--value", "NaN", "'NaN' is no number", id="value-nan"),
        pytest.param("--value", "٣", "'٣' is no number", id="value-other-digits"),
        pytest.param("--value", "", "'' is no number", id="value-empty"),
        pytest.param("--value", "1\n", "is no number", id="value-line-end"),
        pytest.param(
            "--percent", "101", "'101' is no whole number from 0 to 100", id="percent-101"
        ),
        pytest.param(
            "--percent", "-1", "'-1' is no whole number from 0 to 100", id="percent-minus"
        ),
        pytest.param(
            "--percent", "5.5", "'5.5' is no whole number from 0 to 100", id="percent-part"
        ),
        pytest.param("--percent", "50,5%", "'50,5%' is no whole number", id="percent-part-sign"),
        pytest.param("--percent", "٥", "'٥' is no whole number", id="percent-other-digits"),
        pytest.param("--on", "2025-06-31", "'2025-06-31' is no day", id="impossible-day"),
        pytest.param("--on", "31/6/2025", "'31/6/2025' is no day", id="impossible-day-vi"),
        pytest.param("--on", "hôm nào", "'hôm nào' is no day", id="words"),
        pytest.param("--on", "2025-06-21", "2025-06-21 is in the future", id="tomorrow"),
        pytest.param("--on", "21/6/2025", "2025-06-21 is in the future", id="tomorrow-vi"),
    ],
)
def test_bad_values_are_refused(office: Office, option: str, value: str, complaint: str) -> None:
    said = office.refuse("note", "8", "x", f"{option}={value}")

    assert complaint in said
    assert not office.journal.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="names are text elsewhere")
def test_a_file_whose_name_is_no_text(office: Office) -> None:
    """As an old archive from Windows leaves it, unpacked elsewhere."""
    name = os.fsencode(office.root) + b"/B\xe1o c\xe1o.pdf"
    with open(name, "xb"):  # noqa: PTH123  # bytes, which no Path has
        pass

    said = office.refuse("note", "8", b"--file=" + name)

    assert "is not UTF-8; rename the file first" in said
    assert not office.journal.exists()


EARLY = "2023-12-31 is long before the plan of 2025"


def test_a_clock_that_begins_anew_makes_no_late_work_punctual(office: Office) -> None:
    """A machine whose battery is empty says 1980 or 2009; so does a year mistyped."""
    for words in (("done", "1@2025-05"), ("note", "8", "x"), ("directive", "12", "--due=1/9/2025")):
        assert EARLY in office.refuse(*words, env={"PARPLAN_TODAY": "2023-12-31"})
        assert EARLY in office.refuse(*words, "--on=31/12/2023")
    assert not office.journal.exists()


@pytest.mark.parametrize(
    ("on", "is_told"),
    [("2024-01-01", True), ("2024-12-31", True), ("2025-01-01", False), ("2025-03-17", False)],
)
def test_a_day_of_the_year_before_is_told(office: Office, on: str, is_told: bool) -> None:
    """Last year's number is what a hand writes in January; work may have begun then, too."""
    done = office.run("done", "1@2025-05", "--on", on, "--yes", env={"PARPLAN_LANG": "en"})

    assert done.returncode == 0
    said = f"mind that {on} is before the year of the plan; 'parplan undo' retracts it\n"
    assert done.stderr == (said if is_told else "")


def test_early_records_are_found(office: Office) -> None:
    """Those that a person, a merge or an older parplan put there, each in its place."""
    days = [dt.date(2009, 1, 1), dt.date(2023, 12, 31), dt.date(2024, 1, 1)]
    office.journal.write_bytes(lines(*(made(n, ref="8", on=day) for n, day in enumerate(days))))

    said = office.run("check", env={"PARPLAN_LANG": "en"})

    assert said.returncode == 1
    assert [line.split()[0] for line in said.stderr.splitlines()] == [
        f"{JOURNAL}:1:1:",
        f"{JOURNAL}:2:1:",
    ]
    assert said.stderr.count("[early-record]") == 2


@pytest.mark.parametrize(
    ("on", "day"),
    [
        pytest.param([], "2025-06-20", id="today"),
        pytest.param(["--on", "2025-06-20"], "2025-06-20", id="today-named"),
        pytest.param(["--on", "1/6/2025"], "2025-06-01", id="earlier"),
        pytest.param(["--on", "01.06.2025"], "2025-06-01", id="dots"),
        pytest.param(["--on", "1-6-2025"], "2025-06-01", id="hyphens"),
        pytest.param(["--as-of", "2025-06-25"], "2025-06-25", id="as-of-is-today"),
    ],
)
def test_the_day_it_happened(office: Office, on: list[str], day: str) -> None:
    office.say("note", "8", "x", *on)

    assert office.last().on == dt.date.fromisoformat(day)


# Who records.


@pytest.mark.parametrize(
    ("words", "variables", "configured", "expected"),
    [
        pytest.param(["--author", "Ba"], {"PARPLAN_AUTHOR": "Tư"}, "Năm", "Ba", id="option"),
        pytest.param([], {"PARPLAN_AUTHOR": "Tư"}, "Năm", "Tư", id="variable"),
        pytest.param([], {"PARPLAN_AUTHOR": ""}, "Năm", "Năm", id="git"),
        pytest.param([], {"PARPLAN_AUTHOR": "", "LOGNAME": "sau"}, "", "sau", id="login"),
        pytest.param(
            [], {"PARPLAN_AUTHOR": "", "LOGNAME": "sau", "PATH": "/none"}, "Năm", "sau", id="no-git"
        ),
    ],
)
def test_author(
    office: Office,
    words: list[str],
    variables: dict[str, str],
    configured: str,
    expected: str,
) -> None:
    office.git("init", "--quiet")
    if configured:
        office.git("config", "user.name", configured)

    office.say("note", "8", "x", *words, env=variables)

    assert office.last().by == expected


# Taking back.


def test_undo_takes_back_the_last_of_this_author(office: Office) -> None:
    office.write(made(1), made(2, ref="8"), made(3, ref="9@2025", by="Ba"))

    office.say("undo", "--yes")
    office.say("undo", "--yes")
    said = office.refuse("undo", "--yes")

    retracted = [one.retracts for one in office.records() if isinstance(one, Undo)]
    assert retracted == [made(2).id, made(1).id]
    assert said == f"parplan: there is no record of {AUTHOR} to retract\n"
    assert [(one["ref"], one["retracted"]) for one in office.items("log")] == [
        ("4@2025-06", False),
        ("8", False),
        ("9@2025", False),
        ("8", True),
        ("4@2025-06", True),
    ]


AGES = [
    pytest.param("2025-06-20", 0, "(written today)", id="today"),
    pytest.param("2025-06-19", 2, "(written yesterday)", id="yesterday"),
    pytest.param("2025-06-01", 2, "(written 19 days ago, 2025-06-01)", id="older"),
]


@pytest.mark.parametrize(("day", "status", "age"), AGES)
def test_undo_says_what_it_takes_back_and_asks_where_that_is_old(
    office: Office, day: str, status: int, age: str
) -> None:
    at = dt.datetime.fromisoformat(f"{day}T08:00+07:00")
    office.write(made(1, "done", text="đã họp", at=at))
    ended = office.run("undo", env=ENGLISH)

    assert ended.returncode == status
    assert f"takes back completion 4@2025-06: đã họp {age}" in ended.stdout + ended.stderr
    assert len(office.records()) == (2 if status == 0 else 1)
    if status:
        assert "--yes" in ended.stderr
        office.say("undo", office.records()[0].id)  # whoever names it means it


def test_undo_of_an_undo_brings_the_record_back(office: Office) -> None:
    office.say("done", "4@2025-06")
    office.say("undo")
    assert office.item("4@2025-06")["state"] == "not-started"

    office.say("undo", office.last().id)

    assert office.item("4@2025-06")["state"] == "done"
    assert [one["retracted"] for one in office.items("log")] == [False, False, False]


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        pytest.param("abcd1", None, id="beginning"),
        pytest.param("abcd11111111", None, id="whole"),
        pytest.param("zzzz", None, id="four-characters"),
        pytest.param(
            "abcd", "'abcd' is the beginning of several records; write more of it", id="ambiguous"
        ),
        pytest.param("zzz", "no record 'zzz'; 'parplan log' shows them", id="too-short"),
        pytest.param("none", "no record 'none'; 'parplan log' shows them", id="unknown"),
        pytest.param("gone", "record gone111 is retracted already", id="retracted"),
        pytest.param("undo2", "record undo222 is retracted already", id="retracted-undo"),
    ],
)
def test_undo_of_a_named_record(office: Office, name: str, complaint: str | None) -> None:
    office.write(
        made(1, id="abcd11111111", by="Ba"),
        made(2, id="abcd22222222"),
        made(3, id="zzzz11111111"),
        made(4, id="gone11111111"),
        made(5, "undo", id="undo11111111", retracts="gone11111111"),
        made(6, ref="8", id="here11111111"),
        made(7, "undo", ref="8", id="undo22222222", retracts="here11111111"),
        made(8, "undo", ref="8", id="undo33333333", retracts="undo22222222"),
    )

    if complaint:
        assert office.refuse("undo", name) == f"parplan: {complaint}\n"
    else:
        office.say("undo", name)
        last = office.last()
        assert isinstance(last, Undo)
        assert last.retracts.startswith(name)
        assert last.by == AUTHOR


# Directives.


def test_a_directive_gives_a_date_to_a_task_that_waits(office: Office) -> None:
    office.say(
        "directive", "12", "Tổng kết 5 năm", "--due", "15/11/2025", "--by", "CV 123/UBND-NV",
        "--on", "2025-06-10",
    )  # fmt: skip

    written = office.last()
    assert isinstance(written, Directive)
    assert (written.ref, written.due) == ("12@2025-11-15", dt.date(2025, 11, 15))
    assert (written.authority, written.text) == ("CV 123/UBND-NV", "Tổng kết 5 năm")
    assert office.item("12@2025-11-15")["due"] == "2025-11-15"
    assert "12" not in office.json("due", "--month", "6")["no_deadline"]
    assert "12@2025-11-15" in [one["ref"] for one in office.items("due", "--month", "11")]
    assert "12" in office.json("due", "--as-of", "2025-06-09")["no_deadline"]


def test_a_second_date_for_a_task_that_waited_is_a_choice(office: Office) -> None:
    office.say("directive", "12", "--due", "2025-11-15")

    said = office.refuse("directive", "12", "--due", "2025-12-01")

    assert said == (
        "parplan: 12@2025-11-15 is open, due 2025-11-15; "
        "to move it: parplan directive 12@2025-11-15 --due 2025-12-01; "
        "for another occurrence: parplan directive 12@2025-12-01 --due 2025-12-01\n"
    )
    move, add = re.findall(r"parplan (directive \S+ --due [0-9-]+)", said)
    office.say(*move.split())
    assert {one["ref"]: one["due"] for one in office.items("show", "12")} == {
        "12@2025-11-15": "2025-12-01"
    }
    office.say("undo")
    office.say(*add.split())
    assert {one["ref"]: one["due"] for one in office.items("show", "12")} == {
        "12@2025-11-15": "2025-11-15",
        "12@2025-12-01": "2025-12-01",
    }


def test_a_directive_may_follow_one_that_is_done(office: Office) -> None:
    office.say("directive", "12", "--due", "2025-06-15")
    office.say("done", "12")

    office.say("directive", "12", "--due", "2025-12-01")

    assert office.last().ref == "12@2025-12-01"


@pytest.mark.parametrize(
    ("words", "ref", "due"),
    [
        pytest.param(["6@2025-08", "--due", "15/9/2025"], "6@2025-08", "2025-09-15", id="named"),
        pytest.param(["6", "--due", "2025-09-15"], "6@2025-08", "2025-09-15", id="the-only-one"),
        pytest.param(["1@2025-06", "--due", "2025-06-26"], "1@2025-06", "2025-06-26", id="of-many"),
        pytest.param(["1", "--due", "2025-07-10"], "1@2025-07-10", "2025-07-10", id="ad-hoc"),
        pytest.param(["8", "--due", "2025-07-10"], "8@2025-07-10", "2025-07-10", id="continuous"),
        pytest.param(
            ["1@2025-07-10", "--due", "2025-07-10"], "1@2025-07-10", "2025-07-10", id="ad-hoc-named"
        ),
    ],
)
def test_a_directive_moves_or_adds(office: Office, words: list[str], ref: str, due: str) -> None:
    office.say("directive", *words)

    assert office.last().ref == ref
    assert office.item(ref)["due"] == due
    assert office.run("check").returncode == 0
    office.say("done", ref, "--yes")
    assert office.item(ref)["timing"] == "on-time"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        pytest.param(
            ["12"],
            "give the deadline with --due, or the day of the event with --event",
            id="no-day",
        ),
        pytest.param(
            ["12", "--due", "2025-11-15", "--event", "2025-11-01"],
            "give the deadline with --due, or the day of the event with --event",
            id="both-days",
        ),
        pytest.param(
            ["12", "--event", "2025-11-01"],
            "task 12 has no 'within' in the plan; give the deadline with --due",
            id="no-within",
        ),
        pytest.param(
            ["4", "--due", "2025-07-15"],
            "task 4 has 2 open occurrences; name the one you mean:",
            id="several",
        ),
        pytest.param(
            ["1@2025-07-10", "--due", "2025-07-11"],
            "task 1 has no occurrence 1@2025-07-10",
            id="another-day-than-named",
        ),
        pytest.param(
            ["4@2025-07-15", "--due", "2025-07-15"],
            "task 4 has no occurrence 4@2025-07-15",
            id="none-is-directed",
        ),
        pytest.param(
            ["99", "--due", "2025-07-15"], "no task '99' in the plan of 2025", id="no-such-task"
        ),
        pytest.param(["12", "--due", "2025-11-31"], "'2025-11-31' is no day", id="no-such-day"),
        pytest.param(
            ["12", "--due", "2025-11-15", "--on", "2025-06-21"],
            "2025-06-21 is in the future",
            id="tomorrow",
        ),
    ],
)
def test_a_directive_that_says_too_little_or_too_much(
    office: Office, words: list[str], complaint: str
) -> None:
    assert complaint in office.refuse("directive", *words)


@pytest.mark.parametrize(
    ("within", "event", "due"),
    [
        pytest.param("20 days", "2025-06-10", "2025-06-30", id="days"),
        pytest.param("2 weeks", "2025-06-10", "2025-06-24", id="weeks"),
        pytest.param("1 months", "2025-05-31", "2025-06-30", id="months"),
        pytest.param("5 working days", "2025-06-13", "2025-06-20", id="working-days"),
        pytest.param("1 working days", "2025-08-29", "2025-09-03", id="over-a-holiday"),
    ],
)
def test_a_deadline_counted_from_an_event(
    office: Office, within: str, event: str, due: str
) -> None:
    """The day of the event does not count."""
    office.edit_plan(
        "title: Tổ chức tổng kết công tác CCHC giai đoạn 2021 – 2025\n"
        "        short: Tổng kết CCHC giai đoạn 2021 – 2025\n"
        "        requirement: Báo cáo đầy đủ, kịp thời\n"
        "        deadline_text: Theo chỉ đạo của quận\n"
        "        schedule:\n"
        "          - {on_directive: UBND quận}",
        "title: Tổng kết\n"
        "        schedule:\n"
        f"          - {{on_directive: UBND quận, within: {within}}}",
    )

    office.say("directive", "12", "--event", event)

    last = office.last()
    assert isinstance(last, Directive)
    assert (last.due, last.ref) == (dt.date.fromisoformat(due), f"12@{due}")


# The log.


def busy(office: Office) -> None:
    """Write records of two people about several tasks and days."""
    days = [dt.date(2025, month, 10) for month in (3, 4, 5, 6, 6)]
    office.write(
        made(1, ref="1@2025-03", on=days[0]),
        made(2, "start", ref="9@2025", on=days[1], by="Trần Văn Ba"),
        made(3, ref="4@2025-06", on=days[2], text="mời họp"),
        made(4, "done", ref="4@2025-06", on=days[3], by="Trần Văn Ba"),
        made(5, ref="34@2025", on=days[4], value=Decimal("12.5")),
    )


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        pytest.param([], [5, 4, 3, 2, 1], id="all-newest-first"),
        pytest.param(["4"], [4, 3], id="task"),
        pytest.param(["4@2025-06"], [4, 3], id="occurrence"),
        pytest.param(["4@2025-11"], [], id="another-occurrence"),
        pytest.param(["3"], [], id="not-a-beginning"),
        pytest.param(["--unit", "van-phong"], [4, 3, 1], id="unit"),
        pytest.param(["--unit", "TAI CHINH"], [5], id="unit-without-accents"),
        pytest.param(["--section", "VIII"], [5], id="section"),
        pytest.param(["--section", "chi dao"], [4, 3, 2, 1], id="section-by-title"),
        pytest.param(["--month", "6"], [5, 4], id="month"),
        pytest.param(["--quarter", "2"], [5, 4, 3, 2], id="quarter"),
        pytest.param(["--half", "2"], [], id="half"),
        pytest.param(["--author", "trần văn ba"], [4, 2], id="author"),
        pytest.param(["--author", "ba"], [4, 2], id="author-in-part"),
        pytest.param(["-n", "2"], [5, 4], id="newest-two"),
        pytest.param(["--number", "1", "4"], [4], id="newest-of-a-task"),
        pytest.param(["4", "--month", "5", "--author", "lan"], [3], id="several-filters"),
    ],
)
def test_log_filters(office: Office, words: list[str], numbers: list[int]) -> None:
    busy(office)

    assert [one["id"] for one in office.items("log", *words)] == [
        made(number).id for number in numbers
    ]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        pytest.param(["--unit", "nobody"], "no unit 'nobody'", id="unit"),
        pytest.param(["--section", "XX"], "no section 'XX'", id="section"),
        pytest.param(["-n", "0"], "'--number' / '-n'", id="number"),
        pytest.param(["--month", "6", "--quarter", "2"], "one period only", id="two-periods"),
    ],
)
@pytest.mark.parametrize("begun", [True, False])
def test_log_refuses_filters_that_mean_nothing(
    office: Office, words: list[str], complaint: str, begun: bool
) -> None:
    if begun:
        busy(office)

    assert complaint in office.refuse("log", *words)


def test_log_is_the_authors_own_choice_of_filter_only(office: Office) -> None:
    """``PARPLAN_AUTHOR`` says who records, not whose records to show."""
    busy(office)

    assert len(office.json("log", env={"PARPLAN_AUTHOR": "Trần Văn Ba"})["items"]) == 5


def test_log_as_a_table(office: Office) -> None:
    office.write(
        made(1, "start", text="bắt đầu"),
        made(2, percent=50, value=Decimal("98.5"), reason="mưa", proposal="thêm người"),
        made(3, evidence=(Evidence(number="BC 45"), Evidence(file="a/b.pdf")), ref="8"),
        made(4, "undo", retracts=made(1).id),
        made(5, "directive", "12@2025-11-15", due=dt.date(2025, 11, 15), authority="CV 1"),
    )

    shown = office.say("log", env={"COLUMNS": "120"})

    assert shown.splitlines() == [
        "5 bản ghi, mới nhất trước",
        "",
        "Mã       Ngày        Kỳ             Loại     Nội dung",
        f"r000000  01/06/2025  12@2025-11-15  chỉ đạo  hạn 15/11/2025; theo CV 1 ({AUTHOR})",
        f"r000000  01/06/2025  4@2025-06      rút lại  rút lại r000000 ({AUTHOR})",
        f"r000000  01/06/2025  8              ghi chú  kiểm chứng: BC 45, a/b.pdf ({AUTHOR})",
        "r000000  01/06/2025  4@2025-06      ghi chú  50%; số đo 98,5; lý do: mưa; "
        f"kiến nghị: thêm người ({AUTHOR})",
        f"r000000  01/06/2025  4@2025-06      bắt đầu  (đã rút lại) bắt đầu ({AUTHOR})",
    ]


def test_log_as_csv_and_markdown(office: Office) -> None:
    busy(office)

    rows = list(csv.DictReader(io.StringIO(office.say("log", "--format", "csv"))))
    markdown = office.say("log", "-n", "1", "--format", "md")

    assert [row["ref"] for row in rows] == [
        "34@2025",
        "4@2025-06",
        "4@2025-06",
        "9@2025",
        "1@2025-03",
    ]
    assert (rows[0]["value"], rows[2]["text"], rows[1]["by"]) == ("12.5", "mời họp", "Trần Văn Ba")
    assert (
        markdown.splitlines()[2]
        == f"| r000000 | 10/06/2025 | 34@2025 | ghi chú | số đo 12,5 ({AUTHOR}) |"
    )


def test_a_record_of_a_task_that_is_gone_from_the_plan_is_in_the_log(office: Office) -> None:
    office.write(made(1, ref="99@2025-06"), made(2))

    assert [one["ref"] for one in office.items("log")] == ["4@2025-06", "99@2025-06"]


# One writer, in order.


@pytest.mark.parametrize(
    "lines_since", [pytest.param(1, id="just-before"), pytest.param(600, id="long-ago")]
)
def test_a_record_follows_those_of_a_clock_that_is_ahead(office: Office, lines_since: int) -> None:
    """A colleague's clock was a year fast; git put other lines after that one."""
    ahead = made(
        1, "done", on=dt.date(2025, 6, 10), at=dt.datetime.now(dt.UTC) + dt.timedelta(days=365)
    )
    office.write(ahead, *(made(number, ref="8") for number in range(2, 2 + lines_since)))

    said = office.say("reopen", "4@2025-06", env=ENGLISH)

    assert "now in progress" in said
    assert office.item("4@2025-06")["state"] == "in-progress"


def test_a_record_follows_one_of_a_clock_that_is_ahead_written_by_hand(office: Office) -> None:
    ahead = "2099-01-01T08:00:00+07:00"
    office.journal.write_text(
        f"- id: tay\n  at: '{ahead}'\n  by: Lan\n  kind: note\n  task: '8'\n  text: trước\n",
        encoding="utf-8",
    )

    office.say("note", "8", "sau")

    assert office.records()[-1].text == "sau"
    assert office.records()[-1].at > dt.datetime.fromisoformat(ahead)


def test_a_record_follows_the_last_line_whatever_the_clock_says(office: Office) -> None:
    ahead = made(
        1, "done", on=dt.date(2025, 6, 10), at=dt.datetime.now(dt.UTC) + dt.timedelta(days=365)
    )
    office.write(ahead)

    office.say("reopen", "4@2025-06")

    assert [one.kind for one in office.records()] == ["done", "reopen"]
    assert office.item("4@2025-06")["state"] == "in-progress"


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(b"", id="empty"),
        pytest.param(lines(made(1)).rstrip(b"\n"), id="no-line-end"),
        pytest.param(lines(made(1)).replace(b"\n", b"\r\n"), id="crlf"),
        pytest.param(lines(made(1)) + b'- {"id":"torn', id="torn-line"),
        pytest.param(b"\xef\xbb\xbf" + lines(made(1)), id="byte-order-mark"),
        pytest.param(lines(made(1)) + b"\n\n# x\n\n", id="blank-lines"),
        pytest.param(lines(made(1, text="x" * 200_000)), id="very-long-line"),
        pytest.param(
            b"- id: bbbb\n  at: 2025-06-01T08:00:00+07:00\n  by: x\n  kind: note\n  task: '4'",
            id="block",
        ),
    ],
)
def test_a_record_goes_on_a_line_of_its_own_after_what_is_there(
    office: Office, before: bytes
) -> None:
    office.journal.write_bytes(before)

    office.run("note", "8", "x")

    after = office.journal.read_bytes()
    added = after.removeprefix(before).removeprefix(b"\n")
    assert after.startswith(before)
    assert re.fullmatch(rb"- \{[^\n]*\}\n", added)
    assert len(office.items("log", "8") if b"torn" not in before else [1]) == 1


times = st.one_of(
    st.datetimes().map(dt.datetime.isoformat),
    st.datetimes(timezones=st.just(dt.UTC)).map(dt.datetime.isoformat),
    st.sampled_from(["9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00+14:00"]),
    st.text("0123456789-:.TZ+", max_size=30),
)


@given(st.lists(times.map(lambda at: f'- {{"id":"x","at":"{at}","by"'.encode()), max_size=3))
@example([b'- {"id":"x","at":"9999-12-31T23:59:59.999999Z"'])
@example([b'- {"id":"x","at":"2025-06-01T08:00:00"'])
def test_no_time_in_the_file_stands_in_the_way(tails: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        path = workspace.journal_path(2025)
        path.parent.mkdir()
        before = b"\n".join(tails)
        path.write_bytes(before)

        (written,) = workspace.append(2025, [lambda now: made(1, at=now)])

        end = b"\n" if before else b""
        assert path.read_bytes() == before + end + lines(written)


def test_a_damaged_line_is_complained_about_with_its_place_and_the_rest_counts(
    office: Office,
) -> None:
    office.journal.write_bytes(lines(made(1)) + lines(made(2)).replace(b'"by"', b'"buy"'))

    for words in (["note", "4@2025-06", "x"], ["show", "4"], ["log", "4"], ["list"]):
        done = office.run(*words, env=ENGLISH)
        assert done.returncode == 0
        assert done.stderr == (
            f"{JOURNAL}:2:1: this is no record; the other records still count [damaged-record]\n"
        )
    done = office.run("log", "--format", "json")
    assert len(json.loads(done.stdout)["items"]) == 2


# Who writes, and where.


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["due", "--month", "6"], id="due"),
        pytest.param(["due", "--all", "--format", "json"], id="due-json"),
        pytest.param(["list"], id="list"),
        pytest.param(["show", "4"], id="show"),
        pytest.param(["log"], id="log"),
        pytest.param(["log", "--revisions"], id="revisions"),
        pytest.param(["check"], id="check"),
        pytest.param(["check", "--hook"], id="hook"),
        pytest.param(["diff"], id="diff"),
        pytest.param(["diff", "HEAD", "HEAD"], id="diff-two"),
        pytest.param(["--help"], id="help"),
        pytest.param(["note", "--help"], id="note-help"),
        pytest.param(["commit", "--no-such-option"], id="refused-commit"),
        pytest.param(["undo", "none"], id="refused-undo"),
    ],
)
def test_what_only_reads_leaves_every_file_as_it_is(
    workspace: Path, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory,
    words: list[str],
) -> None:  # fmt: skip
    home = tmp_path_factory.mktemp("home")
    office = Office(workspace, {**environment, "HOME": str(home), "TMPDIR": str(home)})
    office.begin()
    office.write(made(1), made(2, ref="8"))
    before = tree(workspace, home, leave_out=[".parplan"])

    office.run(*words)

    assert tree(workspace, home, leave_out=[".parplan"]) == before


def test_recording_writes_the_journal_and_nothing_else(
    workspace: Path, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    office = Office(workspace, {**environment, "HOME": str(home), "TMPDIR": str(home)})
    before = tree(workspace, home)

    office.say("note", "8", "x")

    after = tree(workspace, home)
    new = {name for name in after if after[name] != before.get(name)}
    assert {Path(name).relative_to(workspace).as_posix() for name in new} >= {JOURNAL}
    assert all(
        Path(name).relative_to(workspace).parts[0] == ".parplan" or name == str(office.journal)
        for name in new
    )
    assert set(before) <= set(after)
    kept = tree(workspace, home, leave_out=[".parplan"])
    for words in (["note", "99", "x"], ["done", "8"], ["reopen", "4"], ["undo", "none"]):
        office.refuse(*words)
    assert tree(workspace, home, leave_out=[".parplan"]) == kept

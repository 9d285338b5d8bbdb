"""The command line as a user meets it: real processes, their output, status and manners."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import parplan
from parplan.cli.command_table import COMMANDS
from parplan.text import width
from tests.helpers.attacks import FORMS
from tests.helpers.running import PATIENCE

if TYPE_CHECKING:
    from tests.conftest import Golden, Run

LOCALE = Path(parplan.__file__).parent / "locale"
ANSI = re.compile("\x1b\\[[0-9;]*m")
AS_OF = ("--as-of", "2025-06-10")
LANGUAGES = [
    pytest.param("en", id="en"),
    pytest.param(
        "vi",
        id="vi",
        marks=pytest.mark.skipif(not (LOCALE / "vi").exists(), reason="no Vietnamese catalogue"),
    ),
]
ANSWERS = {
    "due-june": ("due", "--month", "6"),
    "due-june-all": ("due", "--month", "6", "--all"),
    "due-unit": ("due", "2025-Q4", "--unit", "tu-phap"),
    "due-day": ("due", "2025-06-11"),
    "list": ("list",),
    "list-section": ("list", "--section", "V"),
    "list-nothing": ("list", "nothing", "like", "this"),
    "show-1": ("show", "1"),
    "show-8": ("show", "8"),
    "check": ("check",),
}
FORMATS = FORMS["due"]


def formats_of(name: str) -> tuple[str, ...]:
    return FORMS[ANSWERS[name][0]]


def options_of(name: str) -> tuple[str, ...]:
    return () if name == "check" else AS_OF


def load(run: Run, *args: str) -> Any:
    """Return the JSON answer to ``parplan ARGS``."""
    ended = run(*args, "--lang", "en", "--format", "json")
    assert (ended.returncode, ended.stderr) == (0, "")
    return json.loads(ended.stdout)


# What is printed.


@pytest.fixture
def reviewed(request: pytest.FixtureRequest) -> None:
    """Skip Vietnamese until its golden files are made: ``--update-golden -k vi``."""
    language = request.getfixturevalue("language")
    made = list((Path(__file__).parents[1] / "golden").glob(f"*.{language}.*"))
    if not made and not request.config.getoption("--update-golden"):
        pytest.skip(f"no golden files for '{language}' yet")


@pytest.mark.usefixtures("reviewed")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ANSWERS)
def test_answers_for_the_eye(name: str, language: str, run: Run, golden: Golden) -> None:
    ended = run(*ANSWERS[name], *options_of(name), "--lang", language)

    assert (ended.returncode, ended.stderr) == (0, "")
    golden(f"{name}.{language}.txt", ended.stdout)


@pytest.mark.usefixtures("reviewed")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in ANSWERS if name not in ("check", "show-8")])
def test_answers_as_markdown(name: str, language: str, run: Run, golden: Golden) -> None:
    ended = run(*ANSWERS[name], *options_of(name), "--lang", language, "--format", "md")

    assert (ended.returncode, ended.stderr) == (0, "")
    golden(f"{name}.{language}.md", ended.stdout)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "form"),
    [(name, form) for name in ANSWERS for form in formats_of(name) if form in ("json", "csv")],
)
def test_answers_for_programs_are_the_same_in_every_language(
    name: str, form: str, language: str, run: Run, golden: Golden
) -> None:
    ended = run(*ANSWERS[name], *options_of(name), "--lang", language, "--format", form)

    assert (ended.returncode, ended.stderr) == (0, "")
    golden(f"{name}.{form}", ended.stdout)


@pytest.mark.parametrize("args", [("show", "8"), ("list", "nothing", "like", "this")])
def test_markdown_is_a_table_or_nothing(args: tuple[str, ...], run: Run) -> None:
    lines = run(*args, *AS_OF, "--lang", "en", "--format", "md").stdout.splitlines()

    assert not lines or (
        re.fullmatch(r"\|( [^|]+ \|)+", lines[0]) and re.fullmatch(r"\|(---\|)+", lines[1])
    )


def test_due_keeps_its_promise_to_programs(run: Run) -> None:
    answer = load(run, "due", "--month", "6", *AS_OF)

    assert {"as_of", "period", "items", "running", "no_deadline"} <= set(answer)
    assert (answer["as_of"], answer["period"]) == ("2025-06-10", "2025-06")
    named = {
        *("ref", "task", "section", "title", "label", "period", "due", "last_working_day"),
        *("days_left", "state", "timing", "units", "requirement", "percent"),
    }
    assert all(named <= set(item) for item in answer["items"])
    assert [(item["due"], int(item["task"])) for item in answer["items"]] == sorted(
        (item["due"], int(item["task"])) for item in answer["items"]
    )


def test_june_is_what_the_plan_asks_for(run: Run) -> None:
    answer = load(run, "due", "--month", "6", "--as-of", "2025-03-18")

    assert [(item["ref"], item["due"]) for item in answer["items"]] == [
        ("1@2025-Q2", "2025-06-09"),
        ("1@2025-06", "2025-06-24"),
        ("4@2025-06", "2025-06-30"),
        ("5@2025-06", "2025-06-30"),
        ("23@2025-06", "2025-06-30"),
        ("23@2025-Q2", "2025-06-30"),
        ("24@2025-Q2", "2025-06-30"),
    ]
    assert len(answer["running"]) == 24
    assert answer["no_deadline"] == ["8", "12", "15", "17", "18", "20", "21"]


def test_list_keeps_its_promise_to_programs(run: Run) -> None:
    items = load(run, "list", *AS_OF)["items"]
    named = {
        *("task", "section", "title", "short", "requirement", "target", "deadline_text"),
        *("schedule", "units", "state", "timing", "next_due"),
    }

    assert [item["task"] for item in items] == [str(number) for number in range(1, 36)]
    assert all(named <= set(item) for item in items)
    assert items[0]["schedule"][0] == {"every": "month", "before": 25, "label": "Báo cáo tháng"}
    assert (items[0]["next_due"], items[7]["next_due"]) == ("2025-03-24", None)


@pytest.mark.parametrize(
    ("args", "period"),
    [
        pytest.param(("2025-Q2",), "2025-Q2", id="name"),
        pytest.param(("--month", "6"), "2025-06", id="month"),
        pytest.param(("--quarter", "2"), "2025-Q2", id="quarter"),
        pytest.param(("--half", "1"), "2025-H1", id="half"),
        pytest.param(("--nine-months",), "2025-9M", id="nine-months"),
        pytest.param(("--year-report",), "2025", id="year"),
        pytest.param(("--week", "23"), "2025-W23", id="week"),
        pytest.param(("--within", "14"), "2025-06-10..2025-06-24", id="within"),
        pytest.param(("--within", "0"), "2025-06-10..2025-06-10", id="within-today"),
        pytest.param((), "2025-06", id="this-month-by-default"),
        pytest.param(("2025-W01",), "2025-W01", id="week-begins-in-the-year-before"),
    ],
)
def test_ways_to_name_a_period(args: tuple[str, ...], period: str, run: Run) -> None:
    assert load(run, "due", *args, *AS_OF)["period"] == period


@pytest.mark.parametrize(
    ("words", "tasks"),
    [
        pytest.param("bao cao quy", {"1"}, id="without-accents"),
        pytest.param("Báo cáo QUÝ", {"1"}, id="with-accents-and-capitals"),
        pytest.param("doi thoai", {"5"}, id="d-without-its-stroke"),
        pytest.param("giao ban", {"4"}, id="two-words"),
    ],
)
def test_words_find_tasks(words: str, tasks: set[str], run: Run) -> None:
    items = load(run, "list", *words.split(), *AS_OF)["items"]

    assert tasks <= {item["task"] for item in items}
    assert len(items) < 5


@pytest.mark.parametrize(
    ("option", "value", "tasks"),
    [
        pytest.param("--unit", "tu-phap", "10 13 14 15", id="unit-by-id"),
        pytest.param("--unit", "Tư pháp hộ tịch", "10 13 14 15", id="unit-by-an-alias"),
        pytest.param("--unit", "tu phap ho tich", "10 13 14 15", id="unit-without-accents"),
        pytest.param("--unit", "mot cua", "3", id="unit-of-one-task"),
        pytest.param("--section", "V", "22 23 24 25 26", id="section-by-number"),
        pytest.param("--section", "v", "22 23 24 25 26", id="section-in-small-letters"),
        pytest.param("--section", "cong vu", "22 23 24 25 26", id="section-by-words"),
        pytest.param("--section", "VI", "27 28", id="section-number-is-not-a-beginning"),
    ],
)
def test_filters(option: str, value: str, tasks: str, run: Run) -> None:
    items = load(run, "list", option, value, *AS_OF)["items"]

    assert [item["task"] for item in items] == tasks.split()


def test_two_filters_narrow_each_other(run: Run) -> None:
    items = load(run, "list", "--section", "I", "--unit", "mot-cua", *AS_OF)["items"]

    assert [item["task"] for item in items] == ["3"]


def test_an_answer_can_stand_in_the_environment(run: Run) -> None:
    asked = run("due", *AS_OF, "--lang", "en")
    known = run("due", env={"PARPLAN_TODAY": "2025-06-10", "PARPLAN_LANG": "en"})

    assert known.stdout == asked.stdout


def test_a_workspace_is_found_from_below_and_from_elsewhere(
    run: Run, workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    below, elsewhere = workspace / "a" / "b", tmp_path_factory.mktemp("elsewhere")
    below.mkdir(parents=True)
    asked = run("due", *AS_OF, "--lang", "en").stdout

    assert run("due", *AS_OF, "--lang", "en", cwd=below).stdout == asked
    assert (
        run("due", *AS_OF, "--lang", "en", "--dir", str(workspace), cwd=elsewhere).stdout == asked
    )
    variable = {"PARPLAN_DIR": str(workspace)}
    assert run("due", *AS_OF, "--lang", "en", cwd=elsewhere, env=variable).stdout == asked


def test_a_misspelt_folder_is_not_the_one_around_it(run: Run, workspace: Path) -> None:
    """Else the records of one office went into the journal of another."""
    before = sorted(workspace.rglob("*"))
    for command in (("due",), ("note", "8", "x"), ("check",), ("explain", "Tháng 6")):
        named = run(*command, "--lang", "en", "--dir", "phuong-b")
        kept = run(*command, "--lang", "en", env={"PARPLAN_DIR": "phuong-b/plan"})

        assert (named.returncode, named.stdout) == (2, "")
        assert named.stderr == "parplan: there is no folder phuong-b\n"
        assert kept.stderr == "parplan: there is no folder phuong-b/plan\n"
    told = run("doctor", "--lang", "en", "--dir", "phuong-b")
    assert "phuong-b" in told.stdout
    assert "[no-plan]" in told.stdout
    assert sorted(workspace.rglob("*")) == before


# How it ends.


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        pytest.param(("due", *AS_OF), 0, "", id="due"),
        pytest.param(("due", *AS_OF, "--fail-on-overdue"), 1, "", id="due-when-overdue-must-fail"),
        pytest.param(
            ("due", "--as-of", "2025-03-18", "--fail-on-overdue"), 0, "", id="due-nothing-overdue"
        ),
        pytest.param(("list",), 0, "", id="list"),
        pytest.param(("show", "4"), 0, "", id="show"),
        pytest.param(("check",), 0, "", id="check"),
        pytest.param(("--version",), 0, "", id="version"),
        pytest.param(("check", "--year", "2024"), 2, "2025", id="check-another-year"),
        pytest.param(("due", "--year", "2024"), 2, "2025", id="due-another-year"),
        pytest.param(("due", "2026-06"), 2, "2025", id="period-of-another-year"),
        pytest.param(("due", "--unit", "nobody"), 2, "Một cửa", id="unknown-unit"),
        pytest.param(("due", "--section", "IX"), 2, "VIII", id="unknown-section"),
        pytest.param(("show", "99"), 2, "99", id="unknown-task"),
        pytest.param(("show",), 2, "TASK", id="no-task"),
        pytest.param(("due", "June"), 2, "June", id="no-period"),
        pytest.param(("due", "2025-Q2", "--month", "6"), 2, "one period", id="two-periods"),
        pytest.param(("due", "--month", "13"), 2, "13", id="month-13"),
        pytest.param(("due", "--week", "53"), 2, "2025", id="week-53-of-52"),
        pytest.param(("due", "--as-of", "2025-02-30"), 2, "2025-02-30", id="no-such-day"),
        pytest.param(
            ("due", "--as-of", "9999-12-31", "--within", "1"), 2, "", id="past-the-last-day"
        ),
        pytest.param(("due", "--format", "xml"), 2, "xml", id="unknown-format"),
        pytest.param(("due", "--nothing"), 2, "--nothing", id="unknown-option"),
        pytest.param(("nothing",), 2, "nothing", id="unknown-command"),
        pytest.param(("check", "--format", "csv"), 2, "csv", id="check-has-two-formats"),
    ],
)
def test_exit_status(args: tuple[str, ...], status: int, said: str, run: Run) -> None:
    ended = run(*args, env={"PARPLAN_LANG": "en"})

    assert "Traceback" not in ended.stderr
    assert ended.returncode == status
    assert said in ended.stderr
    if status < 2:
        assert (ended.stdout != "", ended.stderr) == (True, "")
    else:
        assert (ended.stdout, ended.stderr != "") == ("", True)


def test_a_daily_reminder_is_quiet_where_nothing_is_open(run: Run) -> None:
    quiet, one_more = (
        run("due", "--within", days, "--fail-on-overdue", "--as-of", "2025-03-18")
        for days in ("5", "6")
    )

    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")
    assert (one_more.returncode, "1@2025-03" in one_more.stdout) == (0, True)


def test_no_plan_found(run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = tmp_path_factory.mktemp("empty")

    ended = run("due", "--lang", "en", cwd=empty)

    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith(f"parplan: no plan found in {empty}")


@pytest.mark.parametrize("command", [("due",), ("list",), ("show", "1"), ("check",)])
def test_a_plan_that_cannot_be_opened(command: tuple[str, ...], run: Run, workspace: Path) -> None:
    (workspace / "plan" / "2025.yaml").unlink()
    (workspace / "plan" / "2025.yaml").mkdir()

    ended = run(*command, "--lang", "en")

    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("parplan: cannot read ")
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", [("due",), ("list",), ("show", "1")])
def test_a_plan_with_mistakes_is_not_used(
    command: tuple[str, ...], run: Run, workspace: Path
) -> None:
    (workspace / "plan" / "2025.yaml").write_text(
        many_tasks(2).replace("in: 2025-06", "in: 2025-6"), encoding="utf-8"
    )

    ended = run(*command, "--lang", "en")
    checked = run("check", "--lang", "en")

    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == checked.stderr
    assert checked.returncode == 1
    assert [line.split()[0] for line in ended.stderr.splitlines()] == [
        "plan/2025.yaml:10:51:",
        "plan/2025.yaml:11:51:",
    ]


def test_findings_for_programs(run: Run, workspace: Path) -> None:
    plan = workspace / "plan" / "2025.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("units: [Một cửa]", "units: [Hai cửa]"), encoding="utf-8")

    ended = run("check", "--lang", "en", "--format", "json")

    assert (ended.returncode, ended.stderr) == (1, "")
    found = json.loads(ended.stdout)["items"]
    assert {"path", "line", "column", "code", "message"} <= set(found[0])
    assert {one["code"] for one in found} == {"unknown-unit"}
    assert {one["path"] for one in found} == {"plan/2025.yaml"}


def test_a_complaint_is_one_line_whatever_the_value(run: Run, workspace: Path) -> None:
    plan = workspace / "plan" / "2025.yaml"
    faked = 'language: "x\\nplan/2025.yaml:1:1: all is well\\t\\e[2J"'
    plan.write_text(plan.read_text(encoding="utf-8").replace("language: vi", faked), "utf-8")

    ended = run("check", "--lang", "en")

    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1
    assert ended.stderr.endswith("[not-one-of]\n")
    assert "\x1b" not in ended.stderr


def test_check_looks_at_every_year(run: Run, workspace: Path) -> None:
    plan = (workspace / "plan" / "2025.yaml").read_text(encoding="utf-8")
    (workspace / "plan" / "2026.yaml").write_text(plan, encoding="utf-8")

    ended = run("check", "--lang", "en")
    one = run("check", "--lang", "en", "--year", "2025")

    assert (ended.returncode, one.returncode) == (1, 0)
    assert "[wrong-year]" in ended.stderr
    assert ended.stderr.startswith("plan/2026.yaml:")
    assert one.stderr == ""


def test_the_newest_plan_is_used_where_this_year_has_none(run: Run, workspace: Path) -> None:
    plan = (workspace / "plan" / "2025.yaml").read_text(encoding="utf-8")
    older = plan.replace("year: 2025", "year: 2023", 1)
    (workspace / "plan" / "2023.yaml").write_text(older, encoding="utf-8")

    assert load(run, "list", "--as-of", "2030-01-01")["year"] == 2025
    assert load(run, "list", "--as-of", "2023-01-01")["year"] == 2023
    assert load(run, "list", "--as-of", "2025-01-01", "--year", "2023")["year"] == 2023


# Pipes, signals, terminals.


def many_tasks(count: int) -> str:
    """Return a plan whose agenda of June is far longer than a pipe holds."""
    rows = [
        f'      - {{id: "{number}", title: Báo cáo số {number}, schedule: [{{in: 2025-06}}]}}\n'
        for number in range(1, count + 1)
    ]
    head = """\
schema: 1
year: 2025
document: {type: Kế hoạch, symbol: KH-UBND, title: Nhiều việc, place: Phú La}
issuer: UBND phường Phú La
effective_from: 2025-01-01
sections:
  - id: I
    title: Chỉ đạo
    tasks:
"""
    return head + "".join(rows)


POSIX = pytest.mark.posix(reason="needs a POSIX shell, pipes or terminals")
PARPLAN = f"{shlex.quote(sys.executable)} -m parplan"


@POSIX
@pytest.mark.parametrize("colour", ["", "1"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_reader_may_stop_early(
    form: str, colour: str, workspace: Path, environment: dict[str, str]
) -> None:
    (workspace / "plan" / "2025.yaml").write_text(many_tasks(3000), encoding="utf-8")
    command = f"{PARPLAN} due --all --as-of 2025-06-10 --lang en --format {form}"

    ended = subprocess.run(
        ["sh", "-c", f"{{ {command}; echo $? > status; }} | head -1"],
        cwd=workspace,
        env={**environment, "COLUMNS": "80", "FORCE_COLOR": colour},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=True,
    )

    assert ended.stderr == ""
    assert len(ended.stdout.splitlines()) == 1
    assert (workspace / "status").read_text(encoding="utf-8").strip() in ("0", "141")


@POSIX
@pytest.mark.parametrize(
    "ending",
    [
        pytest.param(">&-", id="standard-output-closed"),
        pytest.param("2>&-", id="standard-error-closed"),
        pytest.param(
            ">/dev/full",
            id="disk-full",
            marks=pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device"),
        ),
    ],
)
@pytest.mark.parametrize("command", ["due --as-of 2025-06-10", "show 99"])
def test_no_traceback_when_output_goes_nowhere(
    command: str, ending: str, workspace: Path, environment: dict[str, str]
) -> None:
    ended = subprocess.run(
        ["sh", "-c", f"exec {PARPLAN} {command} --lang en {ending}"],
        cwd=workspace,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )

    assert "Traceback" not in ended.stderr
    assert "Error" not in ended.stderr
    assert ended.returncode in (0, 1, 2)


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize(
    ("command", "status", "answered"),
    [
        ("due --as-of 2025-06-10", 0, True),
        ("check", 0, True),
        ("show 99", 2, False),
        ("due --month 13", 2, False),
        ("nothing", 2, False),
    ],
)
def test_a_complaint_that_no_disk_takes(
    command: str, status: int, answered: bool, workspace: Path, environment: dict[str, str]
) -> None:
    """As of a scheduler whose log has filled the disk: the status still tells what happened."""
    for streams in ("2>/dev/full", ">/dev/full 2>&1"):
        ended = subprocess.run(
            ["sh", "-c", f"exec {PARPLAN} {command} --lang en {streams}"],
            cwd=workspace,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

        assert ended.returncode == (status if streams.startswith("2") else 2)
        assert (ended.stdout != "") is (answered and streams.startswith("2"))


@POSIX
def test_no_traceback_when_the_working_folder_is_gone(
    workspace: Path, environment: dict[str, str]
) -> None:
    script = f"mkdir gone && cd gone && rmdir ../gone && exec {PARPLAN} due --lang en"
    ended = subprocess.run(
        ["sh", "-c", script],
        cwd=workspace,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )

    assert "Traceback" not in ended.stderr
    assert ended.returncode == 2


@POSIX
def test_ctrl_c(workspace: Path, environment: dict[str, str]) -> None:
    """Another process holds the lock, so that this one is waiting when the signal comes."""
    import fcntl

    lock = workspace / ".parplan" / "lock"
    lock.parent.mkdir()
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with subprocess.Popen(
            [sys.executable, "-m", "parplan", "note", "8", "x", "--author", "Lan", "--lang", "en"],
            cwd=workspace,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        ) as process:
            wait_until_open(lock, process)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=PATIENCE)

    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert err.strip() in ("", "stopped")


# Presses Ctrl-C as soon as a module is asked for.
PRESSING = """
import os, signal, sys
wanted = sys.argv.pop(1)
class Finder:
    def find_spec(name, *rest):
        if name == wanted:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder)
from parplan.__main__ import main
main()
"""


@POSIX
@pytest.mark.parametrize(
    "module", ["msgspec", "click", "typer", "parplan.agenda.items", "parplan.commands.due"]
)
def test_ctrl_c_while_parplan_is_starting(
    module: str, workspace: Path, environment: dict[str, str]
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PRESSING, module, "due"],
        cwd=workspace,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert (ended.returncode in (-signal.SIGINT, 130), ended.stdout) == (True, "")
    assert ended.stderr.strip() in ("", "đã dừng")


def wait_until_open(path: Path, process: subprocess.Popen[str]) -> None:
    """Wait until ``process`` has opened the file ``path``."""
    handles = Path(f"/proc/{process.pid}/fd")
    for _ in range(6000):
        assert process.poll() is None, f"parplan ended: {process.communicate()}"
        with contextlib.suppress(OSError):
            if any(os.path.realpath(one) == str(path.resolve()) for one in handles.iterdir()):
                return
        time.sleep(0.01)
    pytest.fail("parplan never opened the lock")


def on_a_terminal(
    args: tuple[str, ...], workspace: Path, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Return what parplan shows on a terminal."""
    import pty  # not on Windows

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "parplan", *args],
        cwd=workspace,
        env={**environment},
        stdin=follower,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    shown = b"".join(read_all(leader))
    os.close(leader)
    status = process.wait(timeout=PATIENCE)
    text = shown.decode("utf-8").replace("\r\n", "\n")
    return subprocess.CompletedProcess(args, status, text, "")


def read_all(leader: int) -> Iterator[bytes]:
    """Yield what comes from a terminal until nobody holds its other end."""
    while True:
        try:
            data = os.read(leader, 65536)
        except OSError:  # Linux says so with an error, macOS with nothing
            return
        if not data:
            return
        yield data


@POSIX
@pytest.mark.parametrize(
    ("variables", "colour"),
    [
        pytest.param({}, True, id="colour"),
        pytest.param({"NO_COLOR": "1"}, False, id="no-color"),
        pytest.param({"TERM": "dumb"}, False, id="dumb-terminal"),
        pytest.param({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, id="no-color-wins"),
    ],
)
@pytest.mark.parametrize("command", ["due", "list", "show"])
def test_on_a_terminal(
    command: str,
    variables: dict[str, str],
    colour: bool,
    run: Run,
    workspace: Path,
    environment: dict[str, str],
) -> None:
    args = (command, *(["1"] if command == "show" else []), *AS_OF, "--lang", "en")
    plain = run(*args).stdout
    shown = on_a_terminal(args, workspace, {**environment, "COLUMNS": "80", **variables})

    assert shown.returncode == 0
    assert ("\x1b" in shown.stdout) is colour
    assert ANSI.sub("", shown.stdout) == plain


@POSIX
def test_on_a_terminal_a_complaint_shows_the_place(
    workspace: Path, environment: dict[str, str]
) -> None:
    plan = workspace / "plan" / "2025.yaml"
    plan.write_text("schema: 1\nnăm:   hai nghìn: không trăm\n", encoding="utf-8")
    variables = {**environment, "COLUMNS": "80", "NO_COLOR": "1"}

    shown = on_a_terminal(("check", "--lang", "en"), workspace, variables)

    assert shown.stdout.splitlines()[:3] == [
        "plan/2025.yaml:2:17: mapping values are not allowed in this context [not-yaml]",
        "    năm:   hai nghìn: không trăm",
        "                    ^",
    ]


@pytest.mark.parametrize("command", ["due", "list", "show"])
def test_force_color_into_a_pipe(command: str, run: Run) -> None:
    args = (command, *(["1"] if command == "show" else []), *AS_OF, "--lang", "en")
    plain = run(*args)
    coloured = run(*args, env={"FORCE_COLOR": "1"})

    assert "\x1b" not in plain.stdout
    assert "\x1b[" in coloured.stdout
    assert ANSI.sub("", coloured.stdout) == plain.stdout
    assert run(*args, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout == plain.stdout


@pytest.mark.parametrize("columns", ["0", "-1", "1", "x", "100000000"])
def test_in_colour_on_a_screen_without_a_size(columns: str, run: Run) -> None:
    """As a serial console or an editor's shell has it: the answer is there all the same."""
    plain = run("due", *AS_OF, env={"COLUMNS": columns})
    coloured = run("due", *AS_OF, env={"COLUMNS": columns, "LINES": "0", "FORCE_COLOR": "1"})

    assert "1@2025-Q2" in plain.stdout
    assert ANSI.sub("", coloured.stdout) == plain.stdout


@pytest.mark.parametrize("form", ["json", "csv", "md"])
def test_no_colour_for_programs(form: str, run: Run) -> None:
    args = ("due", *AS_OF, "--lang", "en", "--format", form)

    assert run(*args, env={"FORCE_COLOR": "1"}).stdout == run(*args).stdout


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("columns", [200, 80, 60, 40, 20])
@pytest.mark.parametrize("name", ["due-june-all", "list", "show-1"])
def test_no_line_is_wider_than_the_screen(name: str, columns: int, language: str, run: Run) -> None:
    ended = run(*ANSWERS[name], *options_of(name), "--lang", language, columns=columns)

    assert ended.stdout
    assert [line for line in ended.stdout.splitlines() if width(line) > columns] == []


@pytest.mark.parametrize("columns", [80, 60, 40, 20])
def test_no_reference_or_date_is_lost_on_a_narrow_screen(columns: int, run: Run) -> None:
    items = load(run, "due", "--month", "6", *AS_OF)["items"]
    shown = run("due", "--month", "6", *AS_OF, "--lang", "en", columns=columns).stdout.split()

    assert {item["ref"] for item in items} <= set(shown)
    assert {item["due"] for item in items} <= set(shown)


@pytest.mark.parametrize(
    "variables",
    [
        pytest.param({"LANG": "C"}, id="lang-c"),
        pytest.param({"LC_ALL": "C", "PYTHONUTF8": "0"}, id="no-utf-8-mode"),
        pytest.param({"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"}, id="no-coercion"),
        pytest.param({"PYTHONIOENCODING": "latin-1"}, id="latin-1"),
        pytest.param({"PYTHONIOENCODING": "ascii:strict"}, id="strict-ascii"),
        pytest.param({"LANG": "en_US.ISO-8859-1", "LANGUAGE": "fr"}, id="another-language"),
    ],
)
@pytest.mark.parametrize("form", ["table", "json"])
def test_output_is_utf_8_whatever_the_locale(
    form: str, variables: dict[str, str], run: Run, process: Run
) -> None:
    args = ("list", *AS_OF, "--lang", "en", "--format", form)

    ended = process(*args, env=variables)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == run(*args).stdout
    assert "Văn phòng UBND" in ended.stdout


def test_complaints_are_utf_8_whatever_the_locale(process: Run) -> None:
    ended = process("due", "--unit", "nobody", "--lang", "en", env={"PYTHONIOENCODING": "ascii"})

    assert "Văn phòng UBND phường" in ended.stderr


# Help.


Imported = Callable[..., set[str]]


@pytest.fixture
def imported(workspace: Path, environment: dict[str, str]) -> Imported:
    """Return the function that tells which modules ``parplan ARGS`` has imported at its end."""
    return functools.partial(modules_at_the_end, workspace, environment)


def modules_at_the_end(workspace: Path, environment: dict[str, str], *args: str) -> set[str]:
    tell = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr))"
    ended = subprocess.run(
        [sys.executable, "-c", f"{tell}; from parplan.cli.app import main; main()", *args],
        cwd=workspace,
        env={**environment, "PARPLAN_LANG": "en"},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=True,
    )
    return set(ended.stderr.split())


BUILT_ON = {
    "sync": ["commit"],
    "score set": ["score"],
    "score risk": ["score"],
    "score gaps": ["score"],
    "score report": ["score"],
    "score xlsx": ["score"],
    "score import": ["score"],
    "score example": ["score"],
    "rollup due": ["rollup"],
    "rollup xlsx": ["rollup"],
    "rollup board": ["rollup"],
    "rollup report": ["rollup"],
    "forms set": ["forms"],
    "forms sheet": ["forms"],
    "forms record": ["forms"],
    "forms report": ["forms"],
    "forms xlsx": ["forms"],
    "forms example": ["forms"],
}
"""Commands that use another one's module; a command inside another needs that one's."""

ALL_COMMANDS = {f"parplan.commands.{entry.module}" for entry in COMMANDS.values()}


def test_the_help_of_all_imports_no_command(imported: Imported) -> None:
    modules = imported("--help")

    assert not modules & ALL_COMMANDS
    assert {name for name in modules if name.startswith("parplan.cli.")} <= {
        "parplan.cli.app",
        "parplan.cli.candidates",
        "parplan.cli.clock",
        "parplan.cli.command_table",
        "parplan.cli.completion",
        "parplan.cli.diagnostics",
        "parplan.cli.group",
        "parplan.cli.options",
        "parplan.cli.params",
        "parplan.cli.session",
        "parplan.cli.shell",
        "parplan.cli.streams",
        "parplan.cli.user_settings",
    }
    assert not {"rich", "jinja2", "babel"} & modules


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_imports_no_other(command: str, imported: Imported) -> None:
    own = f"parplan.commands.{COMMANDS[command].module}"
    modules = imported(*command.split(), "--help")
    shared = {f"parplan.commands.{name}" for name in BUILT_ON.get(command, ())}

    assert own in modules
    assert modules & ALL_COMMANDS == {own, *shared}
    assert not {"rich", "jinja2", "babel"} & modules


@pytest.mark.parametrize("command", ["due", "list", "check"])
def test_a_pipe_needs_no_terminal_library(command: str, imported: Imported) -> None:
    modules = imported(command)

    assert "yaml" in modules
    assert not {"rich", "jinja2", "babel", "jsonschema"} & modules


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_explains_itself(command: str, option: str, run: Run) -> None:
    ended = run(*command.split(), option, env={"PARPLAN_LANG": "en"})

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith(f"Usage: parplan {command} ")
    assert COMMANDS[command].summary in " ".join(ended.stdout.split())
    assert f"  parplan {command}" in ended.stdout.partition("Examples:")[2]
    assert max(map(width, ended.stdout.splitlines())) <= 100
    assert not [line for line in ended.stdout.splitlines() if re.fullmatch(r"  --[a-z-]+", line)]


@pytest.mark.parametrize(
    ("command", "help_text"),
    [
        pytest.param("due", "Period; this month by default.", id="period"),
        pytest.param("list", "Words of the task; accents do not matter.", id="words"),
        pytest.param("show", "Number of the task, such as 4.", id="task"),
    ],
)
def test_the_help_explains_arguments(command: str, help_text: str, run: Run) -> None:
    ended = run(command, "--help", env={"PARPLAN_LANG": "en"})

    assert help_text in " ".join(ended.stdout.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["don", "1"], "Không có lệnh 'don'; có phải là 'done'?", id="letter-short"),
        pytest.param(["Due"], "Không có lệnh 'Due'; có phải là 'due'?", id="capital"),
        pytest.param(["score", "gap"], "có phải là 'gaps'?", id="second-word"),
        pytest.param(["lenh", "1"], "Không có lệnh 'lenh'.", id="nothing-near"),
        pytest.param(
            ["--month", "6", "due"],
            "Tùy chọn '--month' phải đứng sau tên lệnh: parplan due --month …",
            id="option-first",
        ),
        pytest.param(["--moth", "6"], "Không có tùy chọn '--moth'.", id="option-without-command"),
        pytest.param(["due", "–month", "6"], "hãy gõ lại: --month\n", id="long-dash"),
        pytest.param(["due", "—-month=6"], "hãy gõ lại: --month=6\n", id="long-and-short-dash"),
        pytest.param(
            ["note", "8", "Đã", "gửi"],
            "nội dung có nhiều chữ phải đặt trong ngoặc kép: parplan note 8 'Đã gửi'",
            id="quotes-left-out",
        ),
    ],
)
def test_a_command_line_typed_wrong_is_told_what_was_meant(
    words: list[str], said: str, run: Run, workspace: Path
) -> None:
    ended = run(*words)

    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr.replace('"', "'")  # which Windows quotes with
    assert not list(workspace.glob("plan/*.journal.yaml"))


def test_a_dash_in_what_is_said_stays(run: Run) -> None:
    assert run("note", "8", "– Đã họp", "--as-of", "2025-06-20").returncode == 0


@pytest.mark.parametrize("option", ["--year", "--dir", "--as-of", "--lang"])
@pytest.mark.parametrize("command", COMMANDS)
def test_options_are_the_same_everywhere(command: str, option: str, run: Run) -> None:
    assert f"  {option} " in run(*command.split(), "--help", env={"PARPLAN_LANG": "en"}).stdout


def test_the_help_of_all_lists_every_command(run: Run) -> None:
    ended = run("--help", env={"PARPLAN_LANG": "en"})
    listed = ended.stdout.partition("Commands:\n")[2]

    assert (ended.returncode, ended.stderr) == (0, "")
    assert [line.split()[0].rstrip(",") for line in listed.splitlines() if line[2:3].strip()] == [
        name for name in COMMANDS if " " not in name
    ]


def test_the_help_of_score_lists_its_own_commands(run: Run) -> None:
    ended = run("score", "--help", env={"PARPLAN_LANG": "en"})
    listed = ended.stdout.partition("Commands:\n")[2].partition("\n\n")[0]

    assert (ended.returncode, ended.stderr) == (0, "")
    assert [f"score {line.split()[0]}" for line in listed.splitlines() if line[2:3].strip()] == [
        name for name in COMMANDS if name.startswith("score ")
    ]


def test_version(run: Run) -> None:
    assert re.fullmatch(r"parplan [0-9]+\.[0-9]+\.[0-9]+\n", run("--version").stdout)

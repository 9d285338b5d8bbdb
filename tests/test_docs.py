"""The documentation says what the program does.

No generated page is stale, no command line names what is not there, no link leads nowhere.
"""

from __future__ import annotations

import gettext
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click
import msgspec
import pytest

from parplan.cli.command_table import COMMANDS
from parplan.cli.group import load
from parplan.doctor.lines import DoctorAnswer
from parplan.render.answers.changes import DiffAnswer, RevisionsAnswer
from parplan.render.answers.deadline import ExplainAnswer
from parplan.render.answers.forms import FormsAnswer
from parplan.render.answers.imported import ImportAnswer
from parplan.render.answers.problems import CheckAnswer
from parplan.render.answers.rollup import RollupAnswer, RollupByAnswer, RollupDueAnswer
from parplan.render.answers.score import EvidenceAnswer, GapsAnswer, RiskAnswer, ScoreAnswer
from parplan.render.answers.show import ShowAnswer
from parplan.render.answers.status import StatusAnswer
from parplan.render.answers.tasks import DueAnswer, ListAnswer, LogAnswer
from parplan.render.data import to_json
from parplan.schedule.rules import AnyRule
from parplan.schema import ANSWERS
from tests.helpers.doc_pages import (
    LINK,
    Typed,
    leads_somewhere,
    lines_of,
    needs_git,
    parse,
    words_of,
)
from tests.helpers.rules import read_rule
from tests.helpers.running import PATIENCE
from tests.helpers.schemas import mistakes

if TYPE_CHECKING:
    from tests.conftest import Run

ROOT = Path(__file__).parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
# A prompt, a way to the program, its name: '$ parplan', '.venv/bin/parplan', 'uv run parplan'.
PROGRAM = re.compile(r"(?:\$ |PS> )?(?:uv run |(?:[\w.]+[/\\])+)?parplan +(?=\S)")
JSON_ANSWERS: tuple[tuple[type[msgspec.Struct], str], ...] = (
    (DueAnswer, "due 2025-06"),
    (ListAnswer, "list giao ban"),
    (ShowAnswer, "show 4"),
    (LogAnswer, "log"),
    (RevisionsAnswer, "log --revisions"),
    (ScoreAnswer, "score"),
    (GapsAnswer, "score gaps"),
    (RiskAnswer, "score risk"),
    (FormsAnswer, "forms --quarter 2"),
    (EvidenceAnswer, "evidence"),
    (StatusAnswer, "status"),
    (RollupAnswer, "rollup"),
    (RollupByAnswer, "rollup --by task"),
    (RollupDueAnswer, "rollup due"),
    (CheckAnswer, "check"),
    (DoctorAnswer, "doctor"),
    (ExplainAnswer, "explain Trước ngày 25 hàng tháng"),
    (ImportAnswer, "import plan.csv --year 2026"),
    (DiffAnswer, "diff"),
)
"""The struct of every JSON answer, and a command line that gives it."""


def typed_in(page: Path) -> Iterator[Typed]:
    for line in lines_of(page):
        pieces = line.text.split(" && ") if line.is_code else re.findall(r"`([^`]+)`", line.text)
        for piece in map(str.strip, pieces):
            found = PROGRAM.match(piece)
            if found:
                yield Typed(line.place, words_of(piece[found.end() :]), line.is_code)


EVERY_COMMAND = [
    pytest.param(one, id=f"{one.place} {' '.join(one.words)}")
    for page in PAGES
    for one in typed_in(page)
]


@pytest.mark.parametrize("typed", EVERY_COMMAND)
def test_a_command_line_is_one_of_parplan(typed: Typed) -> None:
    parse(typed)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        pytest.param("deu --month 6", True, id="command"),
        pytest.param("due --mont 6", True, id="option"),
        pytest.param("due --month 13", True, id="value"),
        pytest.param("show 4 5", True, id="one-word-too-many"),
        pytest.param("show", True, id="one-word-too-few"),
        pytest.param("--verzion", True, id="root-option"),
    ],
)
def test_what_is_not_there_is_found(text: str, whole: bool) -> None:
    with pytest.raises(click.ClickException):
        parse(Typed("", words_of(text), whole))


@pytest.mark.slow
@needs_git
def test_generated_pages_are_fresh(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )

    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.parametrize("page", ["parplan.1", "parplan.vi.1"])
def test_the_manual_tells_every_command_and_option(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    parts = re.split(r"^\.SS ", text, flags=re.MULTILINE)[1:]

    assert [part.partition("\n")[0] for part in parts] == [f"parplan {name}" for name in COMMANDS]
    assert set(re.findall(r"^\.\w+", text, re.MULTILINE)) == {
        *(".TH", ".SH", ".SS", ".P", ".TP", ".ad", ".nf", ".fi"),
    }
    for name, part in zip(COMMANDS, parts, strict=True):
        options = {option for param in load(name).params for option in param.opts}
        escaped = {option.replace("-", "\\-") for option in options if option.startswith("-")}
        assert {option for option in escaped if option not in part} == set()


def test_every_command_of_the_first_week_is_run() -> None:
    """What stands in a ``console`` block is run for ``test_generated_pages_are_fresh``."""
    text = (ROOT / "docs" / "tuan-dau-tien.md").read_text(encoding="utf-8")
    console = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    lines = [line for block in console.findall(text) for line in block.splitlines()]
    run = [words_of(line.removeprefix("$ parplan")) for line in lines if line.startswith("$ ")]
    elsewhere = re.findall(r"(?:`|\n)parplan +([a-z]+)", console.sub("", text))

    assert len(run) > 20
    assert set(elsewhere) <= {words[0] for words in run if words}
    assert [line for line in lines if line.startswith(("parplan:", "Lỗi:"))] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [
        target
        for line in lines_of(page)
        if not line.is_code
        for target in LINK.findall(re.sub(r"`[^`]*`", "", line.text))
        if not target.startswith(("http://", "https://"))
    ]

    assert [target for target in targets if not leads_somewhere(page, target)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_powershell_is_given_no_bare_comma(page: Path) -> None:
    """PowerShell makes two words of ``a,b``."""
    text = page.read_text(encoding="utf-8")
    for block in re.findall(r"^ *```powershell\n(.*?)```", text, re.M | re.S):
        assert "," not in re.sub(r"\"[^\"]*\"|'[^']*'|#.*", "", block)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_of_the_repository_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`((?:\.ci|benchmarks|docs|parplan|tests)/[\w./-]+)`", text)

    real = [name for name in named if "CODE" not in name and "NAME" not in name]
    assert [name for name in real if not (ROOT / name).exists()] == []


def test_what_the_recipes_name_is_there() -> None:
    text = " ".join((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split())
    files = re.findall(r"(?<![\w/])(?:docs|parplan|tests)/[\w/.-]*\w", text)
    listed = r"(?:`\w+`(?:,| \([^)]*\))? (?:or |and )?)*`\w+`"
    places = re.findall(rf"({listed}) (?:in|of) `([\w/]+/\w+\.py)`", text)
    named = [(name, file) for names, file in places for name in re.findall(r"`(\w+)`", names)]

    real = [file for file in files if "CODE" not in file and "NAME" not in file]
    assert [file for file in real if not (ROOT / file).exists()] == []
    assert len(named) > 20
    assert [
        (name, file)
        for name, file in named
        if not re.search(rf"\b{name}\b", (ROOT / file).read_text(encoding="utf-8"))
    ] == []


@pytest.mark.parametrize("page", ["format.md", "huong-dan.md"])
def test_every_kind_of_deadline_rule_has_its_example(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    table = text.partition("<!-- generated: schedule -->")[2].partition("<!-- end -->")[0]
    entries = re.findall(r"\| `\{(.+?)\}` \|", table)

    assert {type(read_rule(entry)) for entry in entries} == set(get_args(AnyRule))


def test_messages_explained_in_the_guide_are_those_of_the_program() -> None:
    catalogue = gettext.translation("parplan", ROOT / "parplan" / "locale", ["vi"])
    known = re.compile("|".join(map(as_pattern, vars(catalogue)["_catalog"].values())))
    rows = section("huong-dan.md", "Sửa kế hoạch").partition("<!-- messages -->\n")[2]
    explained = re.findall(r"^\| `(.+?)` \|", rows, re.MULTILINE)

    assert len(explained) > 10
    assert [message for message in explained if not known.fullmatch(message)] == []


def as_pattern(text: str) -> str:
    """Return a pattern for ``text`` with anything but quotes in its gaps."""
    return "[^']+".join(map(re.escape, re.split(r"%\(\w+\)s", text)))


@pytest.mark.parametrize("name", ["main", "test"])
def test_readme_marks_its_two_commands(name: str) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    found = re.findall(rf"^<!-- command: {name} -->\n```sh\n((?:.+\n)+)```$", text, re.MULTILINE)

    assert len(found) == 1
    assert found[0].startswith("python3 -m venv .venv && ")


@needs_git
@pytest.mark.parametrize(("answer", "line"), JSON_ANSWERS, ids=[line for _, line in JSON_ANSWERS])
def test_the_json_output_has_the_keys_of_its_struct(
    answer: type[msgspec.Struct],
    line: str,
    workspace: Path,
    run: Run,
    environment: dict[str, str],
) -> None:
    run("score", "example")
    run("forms", "example")
    for git in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "a"]):
        user = ["-c", "user.name=An", "-c", "user.email=an@example.org"]
        subprocess.run(
            ["git", *user, *git], cwd=workspace, env=environment, check=True, timeout=PATIENCE
        )
    run("note", "4@2025-06", "Đã gửi giấy mời", "--evidence", "TB 12", "--author", "An")
    run("note", "99", "x", "--author", "An")
    with (workspace / "plan" / "2025.journal.yaml").open("a", encoding="utf-8") as journal:
        journal.write("- ?\n")
    table = "TT,Nội dung công việc,Đơn vị thực hiện,Thời gian\n1,Giao ban,Văn phòng,khi rảnh\n"
    (workspace / "plan.csv").write_text(table, encoding="utf-8")

    ended = run(*line.split(), "--format", "json")

    assert to_json(msgspec.json.decode(ended.stdout, type=answer)) == ended.stdout
    data = json.loads(ended.stdout)
    name = next(name for name in reversed(tuple(ANSWERS)) if f"{line} ".startswith(f"{name} "))
    assert mistakes(name, data) == []
    assert (next(iter(data)), data["format"]) == ("format", 1)
    assert mistakes(name, data | {"format": 2}) != []


@pytest.mark.parametrize("answer", [answer for answer, _ in JSON_ANSWERS])
def test_every_key_of_the_json_output_is_described(answer: type[msgspec.Struct]) -> None:
    described = set(re.findall(r"`([a-z_]+)`", section("format.md", "JSON output")))

    assert keys_of(answer) - described == set()


def test_every_command_with_json_has_its_struct_here() -> None:
    with_json = {
        name
        for name in COMMANDS
        for param in load(name).params
        if param.name == "format" and "json" in getattr(param.type, "choices", ())
    }

    assert set(ANSWERS) == with_json
    assert {struct for structs in ANSWERS.values() for struct in structs} == {
        struct for struct, _ in JSON_ANSWERS
    }


def section(page: str, title: str) -> str:
    """Return the text under the heading ``title``, up to the next one of its rank."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def keys_of(hint: Any) -> set[str]:
    """Return every key of the structs in the type ``hint``."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        fields = msgspec.structs.fields(hint)
        inside = {key for field in fields for key in keys_of(field.type)}
        return {field.encode_name for field in fields} | inside
    return {key for part in get_args(hint) for key in keys_of(part)}

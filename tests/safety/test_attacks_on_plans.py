"""Attacks × outlets again, for what a plan and an index hold: every field of theirs is hostile.

Each cell asks that the text is there, as text: what was dropped would be no proof.  The attacks
and what a journal holds are in ``test_attacks``.
"""

from __future__ import annotations

import csv
import functools
import io
import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from unittest import mock

import msgspec
import openpyxl
import pytest

from parplan.journal.record import Evidence
from parplan.plan.document import Basis
from parplan.plan.file import read_plan
from parplan.plan.model import Dated, Unit
from parplan.plan.write import write_plan
from parplan.render.document import drafts
from parplan.schedule.rules import Every
from parplan.text import one_line, visible
from tests.helpers.attacks import (
    ATTACKS,
    BY_LIBREOFFICE,
    FORBIDDEN,
    FORMS,
    PLAN,
    kept,
    plain,
    wrapped,
)
from tests.helpers.board_server import serving
from tests.helpers.document_readers import Page, docx_texts, markdown_page, seen
from tests.helpers.office import Office, made, on_terminal, tree
from tests.helpers.pages import having, read, words
from tests.helpers.running import clean_environment

NAMES = list(ATTACKS)
TEXTS = [wrapped(kept(text)) for text in ATTACKS.values()]
ALL = " ".join(TEXTS)
WORDS = {
    "due": "due --month 6",
    "report": "report --month 6",
}
"""What follows the name of a command that cannot do without."""
LISTS = (
    *("due", "list", "evidence", "forms", "score", "score gaps", "score risk", "status"),
    *("rollup", "rollup due"),
)
DRAFTERS = ("document", "forms report", "report", "rollup report", "score report")
COMMANDS = {
    **{
        f"{name}-{form}": f"{WORDS.get(name, name)} --format {form}"
        for name in LISTS
        for form in FORMS[name]
    },
    **{
        f"{name}-{form}": f"{WORDS.get(name, name)} --format {form} -o -"
        for name in DRAFTERS
        for form in FORMS[name]
    },
    "check": "check", "doctor": "doctor", "board": "board -o -",
}  # fmt: skip


def hostile_plan() -> str:
    """Return the plan of 2025 with a task for each attack, which stands in all of its fields."""
    plan = read_plan("", PLAN.read_bytes()).value
    assert plan is not None
    first = plan.sections[0].tasks[0]
    tasks = [
        msgspec.structs.replace(
            first,
            id=str(number),
            title=text,
            short="",
            requirement=text,
            target=None,
            deadline_text=text,
            schedule=[Every(every="month", by=9, label=text)],
            units=[text],
            supporting=[text],
            by=text,
        )
        for number, text in enumerate(TEXTS, 1)
    ]
    changed = msgspec.structs.replace(
        plan,
        issuer=ALL,
        document=msgspec.structs.replace(plan.document, title=ALL),
        bases=[Basis(text=text) for text in TEXTS],
        superior=[Dated(name=ALL)],
        recipients=TEXTS,
        units=[Unit(id=f"u{n}", name=text, aliases=[f"{text} 2"]) for n, text in enumerate(TEXTS)],
        sections=[msgspec.structs.replace(plan.sections[0], title=ALL, tasks=tasks)],
        reporting=[],
    )
    return write_plan(changed, [], {})


def hostile_index() -> str:
    """Return an index with a criterion for each attack."""
    criteria = [
        {
            "id": f"1.{number}",
            "title": text,
            "points": 1,
            "rule": {"yes_no": True},
            "rule_text": text,
            "tasks": [str(number)],
            "evidence": [text],
            "note": text,
        }
        for number, text in enumerate(TEXTS, 1)
    ]
    field = {"id": "1", "title": ALL, "points": len(TEXTS), "criteria": criteria}
    lacking = [
        {**criterion, "id": f"2.{number}", "rule": {"by_hand": True}, "tasks": []}
        for number, criterion in enumerate(criteria, 1)
    ]
    other = {"id": "2", "title": "x", "points": len(TEXTS), "criteria": lacking}
    both = {"points": 2 * len(TEXTS), "fields": [field, other]}
    index = {"schema": 1, "year": 2025, "title": ALL, **both}
    return json.dumps({**index, "source": ALL})  # which is YAML too


def hostile_forms() -> str:
    """Return statistical forms with a row for each attack."""
    rows = [
        {"id": str(number), "title": text, "unit": text} for number, text in enumerate(TEXTS, 1)
    ]
    forms = [{"id": "1", "title": ALL, "rows": rows}]
    return json.dumps({"schema": 1, "year": 2025, "title": ALL, "source": ALL, "forms": forms})


@pytest.fixture(scope="module")
def haunted(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return an office whose plan, index, forms and journal are hostile throughout."""
    root = tmp_path_factory.mktemp("kế hoạch")
    (root / "plan").mkdir()
    office = Office(root, clean_environment())
    (root / "plan" / "2025.yaml").write_text(hostile_plan(), encoding="utf-8", newline="\n")
    (root / "plan" / "2025.index.yaml").write_text(hostile_index(), encoding="utf-8", newline="\n")
    (root / "plan" / "2025.forms.yaml").write_text(hostile_forms(), encoding="utf-8", newline="\n")
    office.write(
        *(
            made(
                number,
                ref=f"{number}@2025-05",
                text=text,
                reason=text,
                proposal=text,
                by=one_line(text),
                evidence=(Evidence(number=text),),
            )
            for number, text in enumerate(TEXTS, 1)
        )
    )
    return office


@functools.cache
def printed(office: Office, name: str) -> str:
    """Return what a command says; nothing in it drives a terminal."""
    environment = {"PARPLAN_LANG": "en", "COLUMNS": "30000"}
    with mock.patch("parplan.render.terminal.paint._WIDEST", 30_000):  # each text on its line
        done = office.run(*COMMANDS[name].split(), env=environment)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    assert FORBIDDEN.findall(done.stdout.replace("\r\n", "\n")) == []
    return done.stdout


def folded(text: str) -> str:
    return " ".join(visible(text).split())


def in_lines(name: str, office: Office, text: str) -> None:
    assert folded(text) in folded(printed(office, name))


def in_rows(name: str, office: Office, text: str) -> None:
    rows = csv.reader(io.StringIO(printed(office, name)))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(tuple("=+@＝＋－＠"))]
    assert any(folded(text) in folded(cell) for cell in cells)


def texts_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from texts_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of(part)


def in_data(name: str, office: Office, text: str) -> None:
    texts = list(texts_of(json.loads(printed(office, name))))
    assert any(text in value or one_line(text) in value for value in texts)


HARMLESS = {"table", "thead", "tbody", "tr", "th", "td", "br", "p", "ul", "li", "h1", "h2", "h3"}
HARMLESS |= {"b", "i", "em", "strong", "ol"}


def in_markdown(name: str, office: Office, text: str) -> None:
    page = markdown_page(drafts.read("x.md", printed(office, name)).body)
    assert set(page.tags) <= HARMLESS
    assert seen(text) in page.text


def in_a_table(name: str, office: Office, text: str) -> None:
    page = markdown_page(printed(office, name))
    assert set(page.tags) <= HARMLESS
    assert seen(text) in page.text


def in_html(name: str, office: Office, text: str) -> None:
    page = Page(printed(office, name))
    assert not {"script", "img", "a", "svg", "code", "link"} & set(page.tags)
    assert not [tag for tag in page.tags if " on" in tag]
    assert seen(text) in page.text


@functools.cache
def board(office: Office) -> tuple[str, str]:
    """Return the board's words and the words of its attributes; it is valid and inert."""
    page = printed(office, "board")
    parsed = read(page)
    assert page.count("<script>") == 1
    assert not [
        element
        for element in parsed.iter()
        if any(str(key).startswith("on") for key in element.attrib)
    ]
    assert not {"img", "iframe", "object", "embed"} & {element.tag for element in parsed.iter()}
    links = [element.attrib["href"] for element in having(parsed, "href")]
    assert all(link.startswith("#") for link in links)
    labels = [
        element.attrib[name] for name in ("title", "aria-label") for element in having(parsed, name)
    ]
    return words(parsed), folded(" | ".join(labels))


def on_the_board(office: Office, text: str) -> None:
    screen, labels = board(office)
    assert folded(text) in screen
    assert folded(text) in labels  # the label of each occurrence


@functools.cache
def served(office: Office) -> str:
    with serving(office) as running:
        status, page, headers = running.ask()
    assert status == 200
    assert headers["x-content-type-options"] == "nosniff"
    return words(read(page))


def on_the_served_board(office: Office, text: str) -> None:
    assert folded(text) in served(office)


@functools.cache
def on_a_screen(office: Office) -> str:
    return plain(on_terminal(office, "list", env={"COLUMNS": "30000"})[1]).replace("\r\n", "\n")


def on_the_terminal(office: Office, text: str) -> None:
    assert FORBIDDEN.findall(on_a_screen(office)) == []
    assert folded(text) in folded(on_a_screen(office))


@functools.cache
def score_sheet(office: Office) -> list[str]:
    office.say("score", "xlsx", "-o", "s.xlsx")
    values = []
    for page in openpyxl.load_workbook(office.root / "s.xlsx"):
        cells = [cell for row in page.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.hyperlink]
        assert not [cell for cell in cells if cell.data_type == "f" and "Đầu" in str(cell.value)]
        values += [folded(str(cell.value)) for cell in cells if cell.value is not None]
    return values


def in_the_score_sheet(office: Office, text: str) -> None:
    assert any(folded(text) in value for value in score_sheet(office))


@functools.cache
def document(office: Office, name: str) -> str:
    words = COMMANDS[name].removesuffix("-o -").split()
    office.say(*words, "-o", f"{name.replace(' ', '-')}.docx")
    return "\n".join(docx_texts((office.root / f"{name.replace(' ', '-')}.docx").read_bytes()))


def in_a_docx(name: str, office: Office, text: str) -> None:
    assert seen(text) in document(office, name)


@functools.cache
def letters(office: Office) -> str:
    """Return the letters to all units; their names lie in the folder."""
    before = set(tree(office.root))
    office.say("reminder", "--format", "md")
    new = [Path(path) for path in set(tree(office.root)) - before if path.endswith(".md")]
    assert len(new) == len(TEXTS)
    assert {path.parent.parent for path in new} <= {office.root, office.root / "reports"}
    pages = [markdown_page(drafts.read("x.md", path.read_text("utf-8")).body) for path in new]
    assert set().union(*(letter.tags for letter in pages)) <= HARMLESS
    return "\n".join(letter.text for letter in pages)


def in_a_letter(office: Office, text: str) -> None:
    assert seen(text) in letters(office)


@functools.cache
def next_plan(office: Office) -> str:
    office.say("new", "2026")
    text = (office.root / "plan" / "2026.yaml").read_text(encoding="utf-8")
    assert FORBIDDEN.findall(text) == []
    return text


def in_next_years_plan(office: Office, text: str) -> None:
    plan = read_plan("", next_plan(office).encode()).value
    (office.root / "plan" / "2026.yaml").unlink(missing_ok=True)
    assert plan is not None
    assert unicodedata.normalize("NFC", text) in [task.title for _s, task in plan.tasks()]


def when_explained(office: Office, text: str) -> None:
    """As words of the command line; 1 for what is not understood."""
    done = office.run("explain", "--", text, env={"COLUMNS": "30000"})
    assert done.returncode == 1, done.stderr
    assert FORBIDDEN.findall(done.stdout) == []
    assert folded(text) in folded(done.stdout)


def when_amended(office: Office, text: str) -> None:
    """In the plan, and in what is said of it."""
    before = (office.root / "plan" / "2025.yaml").read_bytes()
    words = ("amend", "superior", f"--to={text} mới", "--from", "2025-07-01", f"--by={text}")
    done = office.run(*words, env={"COLUMNS": "30000"})
    written = (office.root / "plan" / "2025.yaml").read_text(encoding="utf-8")
    (office.root / "plan" / "2025.yaml").write_bytes(before)

    assert done.returncode == 0, done.stderr
    assert FORBIDDEN.findall(done.stdout + written) == []
    plan = read_plan("", written.encode()).value
    assert plan is not None
    added = plan.superior[-1]
    assert (folded(added.name), folded(added.by)) == (f"{folded(one_line(text))} mới", folded(text))


def when_imported(form: str, office: Office, text: str) -> None:
    """As title, deadline and unit of a table: in the plan, and in what is said of it."""
    out = io.StringIO(newline="")
    rows = ("STT", "Nội dung", "Thời gian", "Bộ phận thực hiện"), ("1", text, text, text)
    csv.writer(out).writerows(rows)
    (office.root / "a.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    words = ("import", "a.csv", "--year", "2031", "-o", "2031.yaml", "--format", form)
    done = office.run(*words, env={"COLUMNS": "30000"})
    written = (office.root / "2031.yaml").read_text(encoding="utf-8")
    (office.root / "2031.yaml").unlink()

    assert done.returncode == 0, done.stderr
    assert FORBIDDEN.findall(done.stdout + written) == []
    plan = read_plan("", written.encode()).value
    assert plan is not None
    assert [folded(task.title) for _section, task in plan.tasks()] == [folded(text)]


def in_the_name_of_a_file(office: Office, text: str) -> None:
    """A unit's board: its name keeps letters and digits only, and lies in the folder."""
    before = set(tree(office.root))
    done = office.run("board", f"--unit={one_line(text)}")
    new = [path for path in set(tree(office.root)) - before if ".parplan" not in path]
    for path in new:
        Path(path).unlink()

    assert done.returncode == 0, done.stderr
    (made_file,) = new
    name = Path(made_file).name
    assert Path(made_file).parent == office.root
    assert re.fullmatch(r"board-2025-[\w-]+\.html", name)
    assert len(name.encode()) <= 255


OF_LISTS = {"table": in_lines, "csv": in_rows, "json": in_data, "md": in_a_table}
OF_DRAFTS = {"md": in_markdown, "html": in_html, "docx": in_a_docx}
OUTLETS: Mapping[str, Callable[[Office, str], None]] = {
    **{
        f"{name}-{form}": functools.partial(readers[form], f"{name}-{form}")
        for names, readers in ((LISTS, OF_LISTS), (DRAFTERS, OF_DRAFTS))
        for name in names
        for form in FORMS[name]
        if form not in BY_LIBREOFFICE
    },
    "board": on_the_board,
    "board-served": on_the_served_board,
    "terminal": on_the_terminal,
    "reminder": in_a_letter,
    "score-xlsx": in_the_score_sheet,
    "new": in_next_years_plan,
    "explain": when_explained,
    "amend": when_amended,
    **{f"import-{form}": functools.partial(when_imported, form) for form in FORMS["import"]},
    "file-name": in_the_name_of_a_file,
}


OTHERWISE = {
    "reminder": "above",
    "explain": "above",
    "check": "below",
    "doctor": "below",
    "log": "test_attacks",
    "show": "test_attacks",
    "export": "test_attacks",
    "diff": "test_recording",
    "import": "above",
}
"""Commands with formats that other tests attack than those of the table."""


def test_no_command_that_has_formats_escapes() -> None:
    assert {*LISTS, *DRAFTERS, *OTHERWISE} == set(FORMS)


@pytest.mark.parametrize("outlet", OUTLETS)
@pytest.mark.parametrize("attack", NAMES)
def test_what_a_plan_holds_is_text(attack: str, outlet: str, haunted: Office) -> None:
    OUTLETS[outlet](haunted, TEXTS[NAMES.index(attack)])
    assert not (haunted.root / "x").exists()


@pytest.mark.parametrize("name", ["check", "doctor"])
def test_complaints_about_a_hostile_plan_are_text(name: str, haunted: Office) -> None:
    assert printed(haunted, name)


@pytest.mark.parametrize("attack", NAMES)
def test_doctor_shows_the_name_of_a_file_as_text(attack: str, tmp_path: Path) -> None:
    """Each attack that a name of a file can hold is a draft and what a killed parplan left."""
    name = ATTACKS[attack].replace("/", "").replace("\0", "")
    office = Office(tmp_path, clean_environment())
    assert office.run("init", "--sample", "--no-git").returncode == 0
    for folder, file in (("reports", f"{name}\x1b[31m"), ("plan", f".{name}.1.tmp")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / file).touch()
        os.utime(tmp_path / folder / file, (0, 0))

    screen = printed(office, "doctor")

    assert f"reports/{visible(name)}\\x1b[31m:1:1: " in screen


EVIL = "x\n\nSigned-off-by: evil <evil@example.org>\n# x\n# --- >8 ---\n\0\x1b[31m"


@pytest.mark.parametrize("cleanup", ["default", "strip", "scissors", "verbatim"])
def test_a_title_is_no_part_of_the_message_but_its_words(cleanup: str, tmp_path: Path) -> None:
    """No trailer, no comment, no end of the message, whatever git makes of messages here."""
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "2025.yaml").write_bytes(PLAN.read_bytes())
    office = Office(tmp_path, clean_environment())
    office.begin()
    office.git("config", "commit.cleanup", cleanup)
    plan = read_plan("", PLAN.read_bytes()).value
    assert plan is not None
    task = msgspec.structs.replace(plan.sections[0].tasks[0], title=EVIL, units=[EVIL])
    section = msgspec.structs.replace(
        plan.sections[0], title=EVIL, tasks=[task, *plan.sections[0].tasks[1:]]
    )
    changed = msgspec.structs.replace(plan, sections=[section, *plan.sections[1:]])
    text = write_plan(changed, [], {})
    (tmp_path / "plan" / "2025.yaml").write_text(text, encoding="utf-8", newline="\n")

    done = office.run("commit", "--message=Theo biên bản\n# số 3\x1b[31m")

    assert done.returncode == 0, done.stderr
    message = office.git("log", "-1", "--format=%B")
    assert FORBIDDEN.findall(message) == []
    assert [line for line in message.splitlines() if line.startswith("Signed")] == []
    assert "Signed-off-by: evil" in message
    assert message.strip().endswith("\n\nTheo biên bản\n# số 3\\x1b[31m")
    assert office.git("log", "-1", "--format=%(trailers)").strip() == ""

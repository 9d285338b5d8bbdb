"""Attacks × outlets: whatever a person may have written, each way out shows it as text.

Each cell of the table is a test.  What reaches parplan as a file that is made to do harm, and
what has tests of its own elsewhere, is named in ``ELSEWHERE``, and those tests must be there.
"""

from __future__ import annotations

import ast
import csv
import functools
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
import pytest

from parplan import i18n
from parplan.journal.file import read_journal
from parplan.journal.record import Evidence
from parplan.plan.diff import compare_plans
from parplan.plan.file import read_plan
from parplan.plan.write import write_plan
from parplan.render.document import drafts, html
from parplan.render.export.formats import FORMATS
from parplan.render.template import markdown_values
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
from tests.helpers.document_readers import Page, docx_texts, markdown_page, seen
from tests.helpers.exports import READERS, hostile
from tests.helpers.office import JOURNAL, Office, lines, made, on_terminal, tree
from tests.helpers.running import ROOT, clean_environment

# Where text goes out by a process, all attacks in one run.


@pytest.fixture(scope="module")
def haunted(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return an office whose journal holds each attack as a text, an author and evidence."""
    root = tmp_path_factory.mktemp("văn phòng")
    (root / "plan").mkdir()
    (root / "plan" / "2025.yaml").write_bytes(PLAN.read_bytes())
    office = Office(root, clean_environment())
    office.begin()
    office.write(
        *(
            made(
                number,
                ref="8",
                text=wrapped(kept(text)),
                by=one_line(kept(text)),
                evidence=(Evidence(number=kept(text)), Evidence(file=kept(text))),
            )
            for number, text in enumerate(ATTACKS.values(), 1)
        )
    )
    return office


@functools.cache
def printed(office: Office, *words: str) -> tuple[int, str, str]:
    """Return the end of a command, its output and its complaints."""
    done = office.run(*words, env={"PARPLAN_LANG": "en", "COLUMNS": "2000", "FORCE_COLOR": "1"})
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def in_the_log(office: Office, text: str) -> None:
    screen = plain(printed(office, "log")[1])
    assert FORBIDDEN.findall(screen) == []
    assert visible(one_line(wrapped(text))) in screen


def in_a_task(office: Office, text: str) -> None:
    screen = plain(printed(office, "show", "8")[1])
    assert FORBIDDEN.findall(screen) == []
    assert " ".join(visible(wrapped(text)).split()) in " ".join(screen.split())


@functools.cache
def on_a_screen(office: Office) -> str:
    return on_terminal(office, "log", env={"COLUMNS": "2000"})[1]


def on_the_terminal(office: Office, text: str) -> None:
    assert FORBIDDEN.findall(plain(on_a_screen(office)).replace("\r\n", "\n")) == []


def in_complaints(office: Office, text: str) -> None:
    status, _out, error = printed(office, "check")
    assert status == 1
    assert FORBIDDEN.findall(plain(error)) == []
    assert visible(one_line(text)) in plain(error)


def in_csv(office: Office, text: str) -> None:
    rows = list(csv.reader(io.StringIO(printed(office, "log", "--format", "csv")[1])))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(tuple("=+@＝＋－＠"))]
    assert visible(wrapped(text)) in cells


def in_markdown(office: Office, text: str) -> None:
    page = markdown_page(printed(office, "log", "--format", "md")[1])
    assert set(page.tags) <= {"table", "thead", "tbody", "tr", "th", "td", "br", "p"}
    assert seen(wrapped(text)) in page.text


def in_json(office: Office, text: str) -> None:
    output = printed(office, "log", "--format", "json")[1]
    assert FORBIDDEN.findall(output) == []
    assert wrapped(text) in [item["text"] for item in json.loads(output)["items"]]


def draft(office: Office) -> drafts.Draft:
    words = ("report", "--month", "6", "--format", "md", "-o", "-")
    return drafts.read("x.md", printed(office, *words)[1])


def in_a_draft(office: Office, text: str) -> None:
    page = markdown_page(draft(office).body)
    assert not {"script", "img", "a", "svg", "code"} & set(page.tags)
    assert seen(wrapped(text)) in page.text


def on_a_page(office: Office, text: str) -> None:
    page = Page(html.render(draft(office)))
    assert not {"script", "img", "a", "svg", "code", "link"} & set(page.tags)
    assert not [tag for tag in page.tags if " on" in tag]
    assert seen(wrapped(text)) in page.text


@functools.cache
def paragraphs(office: Office) -> str:
    from parplan.render.document import docx

    return "\n".join(docx_texts(docx.render(draft(office), office.root)))


def in_a_docx(office: Office, text: str) -> None:
    assert seen(wrapped(text)) in paragraphs(office)


def in_a_message(office: Office, text: str) -> None:
    """Evidence is committed by its name; what 'commit' says and git keeps is text."""
    office.git("reset", "--quiet", "--soft", "HEAD")
    before = office.git("rev-parse", "HEAD")
    done = office.run("commit", f"--message={text}")
    office.git("reset", "--quiet", "--soft", before.strip())
    office.git("reset", "--quiet")
    assert done.returncode == 0, done.stderr
    assert FORBIDDEN.findall(plain(done.stdout)) == []


# Where text goes out by a function.


def in_an_export(form: str, _office: Office, text: str) -> None:
    reader, forms = READERS[form]
    texts = list(reader(FORMATS[form](hostile(text))))
    assert any(shape in texts for shape in forms(text)), texts[:5]


def in_a_plan(_office: Office, text: str) -> None:
    """As 'new' and 'import' write it."""
    plan = read_plan("", (Path(__file__).parents[2] / "plan" / "2025.yaml").read_bytes()).value
    assert plan is not None
    changed = msgspec.structs.replace(plan, issuer=kept(text), recipients=[kept(text)])
    written = write_plan(changed, ["x"], {})
    assert FORBIDDEN.findall(written) == []
    back = read_plan("", written.encode()).value
    assert back == changed
    assert list(compare_plans(changed, back)) == []


def in_the_journal(_office: Office, text: str) -> None:
    record = made(1, text=kept(text), by=kept(text), reason=kept(text))
    line = lines(record)
    assert line.count(b"\n") == 1
    assert FORBIDDEN.findall(line.decode().rstrip("\n")) == []
    assert read_journal(JOURNAL, line).records == [record]


def in_a_template(_office: Office, text: str, folder: Path | None = None) -> None:
    """A value is never read as a template, nor a name as a way out of the folder."""
    page = markdown_page(markdown_values.render("value.md.j2", {"a": text}, folder))
    assert seen(wrapped(text)) in page.text


# Where text comes in as an argument.


def refused(office: Office, *words: str) -> str:
    """Return the complaint about ``words``; nothing in the workspace or around it changes."""
    before = tree(office.root, leave_out=[".git", ".parplan"])
    done = office.run(*words, env={"PARPLAN_LANG": "en"})
    assert done.returncode == 2, done.stdout
    assert "Traceback" not in done.stderr
    assert FORBIDDEN.findall(plain(done.stderr)) == []
    assert tree(office.root, leave_out=[".git", ".parplan"]) == before
    return done.stderr


def as_a_revision(office: Office, text: str) -> None:
    assert "git knows no revision" in refused(office, "diff", "--", text)


def as_evidence(office: Office, text: str) -> None:
    error = refused(office, "note", "8", "x", f"--file={text}")
    assert "no file" in error or "is not in the folder" in error


def as_a_template(office: Office, text: str) -> None:
    error = refused(office, "report", "--month", "6", f"--template={text}")
    assert "no template" in error


def as_a_file(office: Office, text: str) -> None:
    assert refused(office, "import", "--year", "2026", "--", f"{text}/x")


def as_a_unit(office: Office, text: str) -> None:
    """The unit's name becomes a part of the file's name."""
    assert "no unit" in refused(office, "report", "--month", "6", f"--unit={text}")


def as_a_task(office: Office, text: str) -> None:
    assert refused(office, "note", "--", text, "x")


def as_a_date(office: Office, text: str) -> None:
    assert refused(office, "due", f"--as-of={text}")


LOGS = {"table": in_the_log, "csv": in_csv, "md": in_markdown, "json": in_json}
DRAFTS = {"md": in_a_draft, "html": on_a_page, "docx": in_a_docx}
OUTLETS: Mapping[str, Callable[[Office, str], None]] = {
    **{f"log-{form}": LOGS[form] for form in FORMS["log"]},
    **{f"report-{form}": DRAFTS[form] for form in FORMS["report"] if form not in BY_LIBREOFFICE},
    "show": in_a_task,
    "terminal": on_the_terminal,
    "complaints": in_complaints,
    **{f"export-{form}": functools.partial(in_an_export, form) for form in FORMS["export"]},
    "plan": in_a_plan,
    "journal": in_the_journal,
    "template-value": in_a_template,
    "commit": in_a_message,
    "as-revision": as_a_revision,
    "as-evidence": as_evidence,
    "as-template": as_a_template,
    "as-file": as_a_file,
    "as-unit": as_a_unit,
    "as-task": as_a_task,
    "as-date": as_a_date,
}


@pytest.mark.parametrize("outlet", OUTLETS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_written_is_text(attack: str, outlet: str, haunted: Office, tmp_path: Path) -> None:
    text = ATTACKS[attack]
    if outlet == "template-value":
        (tmp_path / "value.md.j2").write_text("{{ 'Đầu ' }}{{ a }}{{ ' cuối.' }}", encoding="utf-8")
        in_a_template(haunted, text, tmp_path)
    else:
        inside = outlet.startswith(("export", "as-", "plan", "journal"))
        OUTLETS[outlet](haunted, text if inside else kept(text))
    assert not (haunted.root / "x").exists()
    assert not (Path.cwd() / "x").exists()


# Files that are made to do harm.

ELSEWHERE = {
    "render.test_templates": (
        "test_no_way_out_of_the_sandbox",
        "test_no_such_template",  # by paths
    ),
    "safety.test_links": (
        "test_no_link_leads_a_command_out_of_the_workspace",
        "test_a_template_folder_outside_is_not_read",
        "test_evidence_elsewhere_is_told_and_never_committed",  # paths, shares, devices
    ),
    "report.test_drafts": ("test_a_picture_that_cannot_be_had_is_a_place_to_fill",),
    "workspace.test_git": (
        "test_an_evidence_file_is_taken_by_its_very_name",
        "test_a_revision_is_nothing_but_a_revision",
        "test_a_message_that_looks_like_an_option_is_a_message",
    ),
    "yamlfile.test_parse": (
        "test_the_place_where_it_is_too_deep",
        "test_problems",  # tags, anchors, aliases
    ),
    "commands.test_import": (
        "test_hostile_files_end_in_a_clear_error",  # zip bombs, XML entities, huge sheets
        "test_a_sheet_that_claims_to_be_huge_is_read_or_refused",
    ),
    "render.test_export": ("test_libreoffice_opens_hostile_workbooks",),
    "render.test_ics": ("test_any_text_stays_inside_its_property",),
    "safety.test_bombs": (
        "test_a_plan_in_yaml",
        "test_a_journal",
        "test_an_office_file_of_long_runs",
    ),
    "importer.test_hostile_documents": ("test_the_docx_draws_no_picture_and_links_nowhere",),
}


@pytest.mark.parametrize("module", ELSEWHERE)
def test_what_is_tested_elsewhere_is(module: str) -> None:
    path = (ROOT / "tests").joinpath(*module.split(".")).with_suffix(".py")
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert set(ELSEWHERE[module]) <= {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef)
    }


DEEP = 100_000
BOMBS = {
    "lists": b"[" * DEEP,
    "objects": b'{"a":' * DEEP,
    "records": b'- {"id":' * DEEP,
    "evidence": b'- {"id":"x","evidence":' + b"[" * DEEP + b"]" * DEEP + b"}",
    "long-line": b'- {"id":"' + b"x" * 5_000_000,
    "long-number": b'- {"id":"x","percent":' + b"9" * 100_000 + b"}",
    "laughs": b"a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n- *c\n",
    "python": b"- !!python/object/apply:os.system ['touch x']\n",
    "merge": b"- &a {id: x}\n- {<<: *a}\n",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_in_a_journal_are_damaged_lines(bomb: str) -> None:
    good = made(1)

    parsed = read_journal(JOURNAL, lines(good) + BOMBS[bomb] + b"\n" + lines(made(2)))

    assert good in parsed.records
    assert {problem.code for problem in parsed.problems} == {"damaged-record"}
    assert all(len(i18n.message(problem)) < 500 for problem in parsed.problems)


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_in_a_plan_are_problems(bomb: str) -> None:
    reading = read_plan("plan/2025.yaml", BOMBS[bomb])

    assert reading.value is None
    assert reading.problems
    assert all(len(i18n.message(problem)) < 500 for problem in reading.problems)

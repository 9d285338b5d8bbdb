"""One budget bounds what a file to import may cost, and no reader works without it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from parplan.importer import budget
from parplan.importer.budget import Budget, too_big_error
from parplan.importer.office import pdf_pages
from parplan.importer.office.guard import STARTS
from parplan.importer.office.other_formats import CONVERTED
from parplan.importer.read import read_office_file
from parplan.importer.updates.lines import read_lines
from parplan.problem import UserError
from parplan.schedule.typed_day import TypedContext
from tests.helpers.imports import COLUMNS, import_limited
from tests.helpers.office_files import document, pdf, saved, sheet
from tests.safety.costly import COSTLY, SMALL

IMPORTER = Path(__file__).parents[2] / "parplan" / "importer"


@pytest.mark.slow
@pytest.mark.parametrize("name", COSTLY)
def test_a_costly_file_is_read_or_refused_in_time(
    name: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    """Within 10 s of the processor and 500 MB, which the system itself sees to."""
    pytest.importorskip("resource", reason="this system bounds no memory")
    ending, make = COSTLY[name]
    saved(tmp_path, f"a.{ending}", make())

    ended = import_limited(tmp_path, f"a.{ending}", environment)

    assert ended.returncode in (0, 2), (ended.returncode, ended.stderr[-500:])
    if ended.returncode:
        assert ended.stderr.startswith("parplan: ")
        assert len(ended.stderr.splitlines()) == 1
        assert not (tmp_path / "plan").exists()


# What opens a file, or takes apart what one holds.
OPENS = {"open", "read", "read_bytes", "read_text", "ZipFile", "ParserCreate", "reader", "Parse"}
# These look at the first bytes of a file, or for a name in it, once.
NEED_NONE = {"check_kind"}
IN_PROPORTION = {"compound_file.py", "doc_end.py"}
"""Modules that take a fixed number of steps for each byte that a budget has let in."""


def readers(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Yield the functions and classes that read bytes, or open what holds some."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef) or not isinstance(node, ast.FunctionDef):
            if isinstance(node, ast.ClassDef) and any(readers(node)):
                yield node
            continue
        takes = {ast.unparse(a.annotation) for a in node.args.args if a.annotation}
        calls = {
            call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
            for call in ast.walk(node)
            if isinstance(call, ast.Call)
        }
        if ("bytes" in takes or calls & OPENS) and node.name not in NEED_NONE:
            yield node


def names(node: ast.AST) -> set[str]:
    return {
        part.attr if isinstance(part, ast.Attribute) else part.id
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute | ast.Name)
    }


def without_budget(source: str) -> list[str]:
    return [
        node.name
        for node in readers(ast.parse(source))
        if names(node).isdisjoint({"budget", "Budget"})
    ]


def test_every_reader_has_a_budget() -> None:
    modules = [path for path in IMPORTER.rglob("*.py") if path.name not in IN_PROPORTION]
    sources = {path: path.read_text(encoding="utf-8") for path in modules}
    count = sum(len(list(readers(ast.parse(source)))) for source in sources.values())

    assert {path.name: bad for path, text in sources.items() if (bad := without_budget(text))} == {}
    assert count >= 8


@pytest.mark.parametrize(
    "source",
    ["def f(data: bytes): return data", "def f(path): return path.open()",
     "class f:\n def g(self): return csv.reader(self.x)"],
)  # fmt: skip
def test_a_reader_without_a_budget_is_noticed(source: str) -> None:
    assert without_budget(source) == ["f"]


KINDS = sorted(set(STARTS) - set(CONVERTED) - {".pdf"})


@pytest.mark.parametrize("amount", ["CELLS", "LETTERS"])
@pytest.mark.parametrize("ending", [*KINDS, ".txt", ".pdf"])
def test_each_kind_of_file_spends(
    ending: str, amount: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, amount, 0)
    if ending == ".txt":
        with pytest.raises(UserError, match="far more"):
            read_lines(b"4@6: a", TypedContext(2025, date(2025, 6, 20)), Budget(tmp_path / "a.txt"))
        return
    if ending == ".pdf":
        pytest.importorskip("pdfplumber", reason="reading PDF files is an extra")
        path = saved(tmp_path, "a.pdf", pdf(b"BT /F 9 Tf 50 700 Td (Ke hoach) Tj ET"))
        assert pdf_pages.main(str(path)).refusal == too_big_error(path).text
        return
    csv = "\n".join(map(";".join, (COLUMNS, *SMALL[1:]))).encode()
    make = {".docx": document(SMALL), ".xlsx": sheet(("PL", SMALL)), ".csv": csv}
    data = make.get(ending.replace("m", "x"), csv)

    with pytest.raises(UserError, match="far more"):
        read_office_file(saved(tmp_path, f"a{ending}", data))


@pytest.mark.parametrize("ending", KINDS)
def test_the_bytes_of_each_kind_are_spent(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "SIZE", 5)

    with pytest.raises(UserError, match="far more"):
        read_office_file(saved(tmp_path, f"a{ending}", b"PK\3\4 a"))


def test_time_is_spent_by_whoever_works_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by the reader alone: a heading is looked for, a task understood."""
    monkeypatch.setattr(budget, "SECONDS", -1)

    with pytest.raises(UserError, match="far more"):
        read_office_file(saved(tmp_path, "a.csv", b"STT;a\n1;b\n"))


@pytest.mark.parametrize(("count", "is_read"), [(30, True), (31, False)])
def test_marks_on_one_letter(count: int, is_read: bool) -> None:
    spent = Budget(Path("a.csv"))
    text = "ế" + "a" + "\u0323" * count

    if is_read:
        assert len(spent.text(text)) == len(text) - 1
    else:
        with pytest.raises(UserError, match="far more"):
            spent.text(text)


def test_letters_of_other_scripts_are_no_marks() -> None:
    text = "क" * 40 + "漢" * 40 + "😀" * 40

    assert Budget(Path("a.csv")).text(text) == text

"""Imports point down: a module uses only modules of lower rows of this table.

A module that is missing here fails too, so whoever adds one decides where it belongs.
The rows up to ``PURE`` open no file, read no clock and print nothing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "parplan"

LAYERS: tuple[set[str], ...] = (
    # places and findings; text; the calendar
    {"problem", "text", "workdays"},
    {"gitfiles", "health", "i18n", "period", "portable", "unitid"},
    {"gitsigns", "machine"},
    {"signs"},
    # rules to occurrences; YAML to data; what is wrong with data
    {"schedule", "scorerules", "validate", "yamltext"},
    # the model; a record and its line
    {"document", "journal", "yamlwriter", "grammar.tokens"},
    {"plan"},
    # Vietnamese deadline phrases, from words to clauses
    {"grammar.dates"},
    {"grammar.orders", "grammar.recurrences", "grammar.series"},
    {"grammar.days", "grammar.limits", "grammar.meaning"},
    {"grammar.dated", "grammar.labels"},
    {"grammar.parts", "grammar.recurrent"},
    {"grammar.clause"},
    # a phrase to rules, and rules to a phrase
    {"phrase", "wording"},
    # the index; which documents are cited
    {"index"},
    {"evidence"},
    # records to states; text to plan, and back; two plans compared
    {
        "amended",
        "plandiff",
        "planedit",
        "planfile",
        "planyaml",
        "progress",
        "indexyaml",
        "journaldiff",
    },
    # rules over a plan; plan, progress, period and today to items
    {"checks", "dues", "indexfile", "journalchecks"},
    {"agenda"},
    # rules over an index; what tasks give to measure; what a score tells
    {"indexchecks", "scoremeasure", "scoremodel"},
    {"scorepoints"},
    {"scoring"},
    # the one context that every report gets, and every picture of the year; what both count
    {"counts"},
    {"nextyear", "reportmodel", "summary"},
    {"export", "exportmodel", "report"},
    # the only ones that touch files and other programs
    {"files", "git", "holidays", "journalfile", "plancache"},
    {"cachefolder", "schema", "server", "snapshot"},
    {"lock"},
    {"store"},
    {"mend"},
    # one output format a module
    {
        "render.budget",
        "render.data",
        "render.markdown",
        "render.metrics",
        "render.ooxml",
        "render.pdf",
        "render.records",
        "render.table",
    },
    {"render.columns", "render.paying", "survey"},
    {"render.bounded"},
    {"render.paint", "render.sandbox", "render.words"},
    {"render.export_json", "render.marks", "render.scores", "render.sheets"},
    {"render.template"},
    {"render.chart", "render.draft", "render.ics", "render.overview", "render.strips"},
    {"render.html_form", "render.workbook"},
    {"render.xlsx_score", "render.xlsx_summary"},
    {"render.xlsx"},
    {"render.board", "render.html", "render.letterhead", "render.pages"},
    {"render.docx"},
    # plans that arrive as files of office programs
    {"importer.bodies", "importer.citation", "importer.clean", "importer.grid", "importer.guard"},
    {
        "importer.clauses",
        "importer.columns",
        "importer.csvfile",
        "importer.numbering",
        "importer.sheetvalues",
        "importer.units",
    },
    {"importer.letterhead", "importer.printed", "importer.sheetfile", "importer.styles"},
    {"importer.appendix", "importer.cover", "importer.numbers", "importer.wordfile"},
    {"importer.assemble", "importer.read", "importer.scoresheet"},
    {"importer.scoreindex"},
    # what commands share
    {
        "commands.changes",
        "commands.complaints",
        "commands.complete",
        "commands.completion",
        "commands.mistyped",
        "commands.waiting",
    },
    {"commands.types"},
    {"commands.options"},
    {"commands.delivery", "commands.output", "commands.session"},
    {"commands.drafts", "commands.recording", "commands.revisions", "commands.serving"},
    {"commands.scores"},
    # the commands
    {
        "commands.amend",
        "commands.board",
        "commands.check",
        "commands.commit",
        "commands.diff",
        "commands.directive",
        "commands.due",
        "commands.evidence",
        "commands.explain",
        "commands.export",
        "commands.import_",
        "commands.init",
        "commands.list",
        "commands.log",
        "commands.new",
        "commands.report",
        "commands.score",
        "commands.scoreexample",
        "commands.scoregaps",
        "commands.scorerisk",
        "commands.scoreset",
        "commands.scorexlsx",
        "commands.show",
        "commands.states",
        "commands.status",
        "commands.undo",
    },
    {
        "commands.doctor",
        "commands.document",
        "commands.reminder",
        "commands.scoreimport",
        "commands.scorereport",
    },
    {"streams"},
    {"cli"},
    {"__main__"},
)
PURE = next(number for number, layer in enumerate(LAYERS) if "files" in layer)
"""How many rows, from the first, have no side effects."""

MODULES = set().union(*LAYERS)
EFFECTS = {
    *("open", "print", "input", "exec", "eval"),
    *("read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "iterdir", "glob"),
    *("now", "utcnow", "today", "time", "time_ns", "monotonic", "localtime"),
}
"""Functions by their last name that read or write something, or look at a clock."""

OUTWARD = {"os", "sys", "time", "pathlib", "io", "subprocess", "shutil", "random", "locale"}
"""Modules of the standard library that a pure module has no use for."""

ALLOWED = {"i18n": {"os", "pathlib"}, "checks": {"pathlib"}}
"""The language catalogues are files of our own; a path's name can be looked at."""


def tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8"))


def imports(module: str) -> Iterator[str]:
    """Yield the parplan modules that ``module`` imports, inside functions too."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("parplan"))
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield "a relative import"
            elif node.module and node.module.split(".")[0] == "parplan":
                yield from (imported(node.module, name.name) for name in node.names)


def imported(package: str, name: str) -> str:
    """Return the module that ``from package import name`` uses: the name itself or its package."""
    path = f"{package}.{name}".removeprefix("parplan.")
    return path if path in MODULES else package.removeprefix("parplan.")


@pytest.mark.parametrize(
    ("module", "below"),
    [
        pytest.param(module, set().union(*LAYERS[:number]), id=module)
        for number, layer in enumerate(LAYERS)
        for module in sorted(layer)
    ],
)
def test_imports_point_down(module: str, below: set[str]) -> None:
    used = set(imports(module)) - {"parplan"}  # the version, from the package itself

    assert used <= below


def test_every_module_has_a_layer_and_only_one() -> None:
    files = {path.relative_to(PACKAGE).with_suffix("") for path in PACKAGE.rglob("*.py")}
    found = {".".join(path.parts) for path in files if path.name != "__init__"}

    assert found == MODULES
    assert sum(map(len, LAYERS)) == len(MODULES)


def test_the_page_names_every_module_on_one_floor() -> None:
    """The table of docs/architecture.md is what a newcomer reads; this one is what holds."""
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([0-7]) \| ([^|]*) \|", page, re.MULTILINE))
    named = {floor: re.findall(r"`([\w/*]+)`", modules) for floor, modules in rows.items()}
    pure = {name for floor in "012345" for name in named[floor]}
    top = {f"{module.split('.')[0]}/*" if "." in module else module for module in MODULES}

    assert sorted(name for names in named.values() for name in names) == sorted(top - {"__main__"})
    assert {name for name in top if name.replace("/*", ".meaning") in PURE_MODULES} == pure


def test_packages_import_nothing() -> None:
    """Whoever imports a module gets that module, not its neighbours."""
    for path in PACKAGE.rglob("__init__.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        assert not [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]


PURE_MODULES = sorted(set().union(*LAYERS[:PURE]))


@pytest.mark.parametrize("module", PURE_MODULES)
def test_low_layers_have_no_side_effects(module: str) -> None:
    called = {last_name(node.func) for node in ast.walk(tree(module)) if isinstance(node, ast.Call)}

    assert not called & EFFECTS


@pytest.mark.parametrize("module", PURE_MODULES)
def test_low_layers_do_not_look_outside(module: str) -> None:
    used = {
        name.split(".")[0]
        for node in ast.walk(tree(module))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert not (used & OUTWARD) - ALLOWED.get(module, set())


def last_name(function: ast.expr) -> str:
    """Return ``today`` for ``dt.date.today`` and ``open`` for ``open``."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""

"""Imports point down: a room uses only rooms of lower rows of this table, and modules never circle.

A room that is missing here fails too, so whoever adds one decides where it belongs.
``CORE`` opens no file, reads no clock and prints nothing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "parplan"

ROOMS: tuple[set[str], ...] = (
    {"problem", "text"},
    {"schedule", "yamlfile"},
    {"i18n", "deadlines"},
    {"plan"},
    {"journal"},
    {"agenda", "workspace"},
    {"report", "rollup", "score", "forms", "sync"},
    {"importer"},
    {"render"},
    {"cli", "doctor"},
    {"schema"},
    {"commands"},
    {"__main__"},
)
"""Folders of the package, and the modules that stand beside them."""

CORE = (
    "schedule",
    "deadlines",
    "yamlfile",
    "plan",
    "journal",
    "agenda",
    "report",
    "score",
    "forms",
)

EFFECTS = {
    *("open", "print", "input", "exec", "eval"),
    *("read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "iterdir", "glob"),
    *("now", "utcnow", "today", "time", "time_ns", "monotonic", "localtime"),
}
"""Functions by their last name that read or write something, or look at a clock."""

OUTWARD = {"os", "sys", "time", "pathlib", "io", "subprocess", "shutil", "random", "locale"}
"""Modules of the standard library that the core has no use for."""

MAY_OPEN = {"plan.holidays": {"open"}}
MAY_USE = {"plan.holidays": {"pathlib"}, "plan.checks": {"pathlib"}}
"""The public holidays are a file of our own; a path's name can be looked at."""

MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): ast.parse(
        path.read_text(encoding="utf-8")
    )
    for path in PACKAGE.rglob("*.py")
    if path.name != "__init__.py"
}
CORE_MODULES = sorted(name for name in MODULES if name.startswith(tuple(f"{r}." for r in CORE)))


def room(module: str) -> str:
    """Return the room in which a module stands: 'plan' of 'plan.model'."""
    return module.partition(".")[0]


def imports(module: str) -> Iterator[str]:
    """Yield the parplan modules that ``module`` imports, inside functions too."""
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("parplan"))
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield "a relative import"
            elif node.module and node.module.split(".")[0] == "parplan":
                for name in node.names:
                    path = f"{node.module}.{name.name}".removeprefix("parplan.")
                    yield path if path in MODULES else node.module.removeprefix("parplan.")


@pytest.mark.parametrize(
    ("name", "below"),
    [
        pytest.param(name, set().union(*ROOMS[:number]), id=name)
        for number, row in enumerate(ROOMS)
        for name in sorted(row)
    ],
)
def test_imports_point_down(name: str, below: set[str]) -> None:
    used = {room(other) for module in MODULES if room(module) == name for other in imports(module)}

    assert used - {name, "parplan"} <= below  # the version comes from the package itself


def test_every_room_stands_in_one_row() -> None:
    assert {room(module) for module in MODULES} == set().union(*ROOMS)
    assert sum(map(len, ROOMS)) == len(set().union(*ROOMS))


def test_no_modules_import_each_other_in_a_circle() -> None:
    left = {module: set(imports(module)) & MODULES.keys() for module in MODULES}
    while left:
        free = {module for module, used in left.items() if not used & left.keys()}
        assert free, f"a circle among {sorted(left)}"
        left = {module: used for module, used in left.items() if module not in free}


def test_the_page_names_every_room() -> None:
    """The table of docs/architecture.md is what a newcomer reads; this one is what holds."""
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = [
        re.findall(r"`([\w]+)/?`", row) for row in re.findall(r"^\| \d+ \| ([^|]*) \|", page, re.M)
    ]

    assert [set(row) for row in rows] == list(ROOMS)


def test_packages_import_nothing() -> None:
    """Whoever imports a module gets that module, not its neighbours."""
    for path in PACKAGE.rglob("__init__.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        assert not [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]


@pytest.mark.parametrize("module", CORE_MODULES)
def test_the_core_has_no_side_effects(module: str) -> None:
    calls = (node.func for node in ast.walk(MODULES[module]) if isinstance(node, ast.Call))

    assert not {last_name(function) for function in calls} & EFFECTS - MAY_OPEN.get(module, set())


@pytest.mark.parametrize("module", CORE_MODULES)
def test_the_core_does_not_look_outside(module: str) -> None:
    used = {
        name.split(".")[0]
        for node in ast.walk(MODULES[module])
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert not (used & OUTWARD) - MAY_USE.get(module, set())


def last_name(function: ast.expr) -> str:
    """Return ``today`` for ``dt.date.today`` and ``open`` for ``open``."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""

"""The small faults that a module could have: each changes one thing in its syntax tree.

Left alone: what is no behaviour (docstrings, types, texts for translation, ``frozen``, which mypy
keeps) and what any test would notice (names).
"""

from __future__ import annotations

import ast
import copy
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

Mutant: TypeAlias = str
"""A change as ``MODULE.FUNCTION: OLD -> NEW``."""

_COMPARE: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_RECKON: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_NAMES = {
    "min": "max",
    "max": "min",
    "all": "any",
    "any": "all",
    "reversed": "list",
    "startswith": "endswith",
    "removeprefix": "removesuffix",
    "removesuffix": "removeprefix",
    "rstrip": "lstrip",
}
_PARTS = {ast.BoolOp: "values", ast.Call: "keywords", ast.comprehension: "ifs"}
_NUMBER = re.compile(r"-?[0-9.]+(e-?[0-9]+)?")
_NAMED = (ast.FunctionDef, ast.ClassDef)
SHOWN = 70


def _expression(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what could stand in place of an expression by mistake."""
    if isinstance(node, ast.Constant):
        yield from _constant(node)
    elif isinstance(node, ast.Compare):
        for number, operator in enumerate(node.ops):
            for other in _COMPARE[type(operator)]:
                yield _changed(node, "ops", [*node.ops[:number], other(), *node.ops[number + 1 :]])
    elif isinstance(node, ast.BoolOp):
        yield _changed(node, "op", ast.And() if isinstance(node.op, ast.Or) else ast.Or())
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in _RECKON:
        yield _changed(node, "op", _RECKON[type(node.op)]())
    elif isinstance(node, ast.Name) and node.id in _NAMES:
        yield ast.Name(_NAMES[node.id], ast.Load())
    elif isinstance(node, ast.Attribute) and node.attr in _NAMES:
        yield _changed(node, "attr", _NAMES[node.attr])
    elif isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)


def _shortened(node: ast.AST) -> Iterator[ast.AST]:
    """Yield ``node`` without one of its parts: an operand, a keyword, a filter, an error."""
    if isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Tuple):
        for number in range(len(node.type.elts)):
            yield _changed(node, "type", _fewer(node.type, "elts", number))
    for kind, field in _PARTS.items():
        if isinstance(node, kind):
            for number in range(len(getattr(node, field))):
                yield _fewer(node, field, number)


def _constant(node: ast.Constant) -> Iterator[ast.expr]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
        yield ast.Constant(value - 1)
    elif isinstance(value, str):
        yield ast.Constant(f"{value}1" if _NUMBER.fullmatch(value) else "" if value else "x")
    elif isinstance(value, bytes):
        yield ast.Constant(b"" if value else b"x")


def _statement(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.If):
        for value in (True, False):
            yield _changed(node, "test", ast.Constant(value))
    elif isinstance(node, ast.Return) and node.value and ast.unparse(node.value) != "None":
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Continue):
        yield ast.Break()
    elif isinstance(node, ast.Expr | ast.Raise | ast.AugAssign):
        yield ast.Pass()
    elif isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name | ast.Tuple):
        yield ast.Pass()  # without a name everything would end in an error


def _changed(node: Any, field: str, value: Any) -> Any:
    other = copy.copy(node)
    setattr(other, field, value)
    return other


def _fewer(node: Any, field: str, number: int) -> Any:
    """Return ``node`` without one of the nodes in ``field``."""
    rest = list(getattr(node, field))
    del rest[number]
    if isinstance(node, ast.BoolOp) and len(rest) == 1:
        return rest[0]
    return _changed(node, field, rest)


_BOUNDS = ("ge", "le", "min_length", "pattern")


def _is_behaviour(node: ast.AST, parent: ast.AST, field: str) -> bool:
    """Tell whether a fault at ``node`` and below could change what the module does."""
    if isinstance(node, ast.keyword):
        return node.arg not in ("frozen", "description")
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return False  # a docstring
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "N_":
        return False
    return not isinstance(node, ast.arg | ast.alias) and field not in ("returns", "decorator_list")


class _Slot(NamedTuple):
    """A place in the tree: the field of the innermost node, or one of a list in it."""

    above: tuple[ast.AST, ...]
    field: str
    number: int | None

    def put(self, node: ast.AST) -> None:
        if self.number is None:
            setattr(self.above[-1], self.field, node)
        else:
            getattr(self.above[-1], self.field)[self.number] = node


def _slots(
    node: ast.AST, above: tuple[ast.AST, ...] = (), is_type: bool = False
) -> Iterator[tuple[_Slot, ast.AST]]:
    above = (*above, node)
    is_alias = isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias"
    for field, value in ast.iter_fields(node):
        for number, child in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(child, ast.AST) or not _is_behaviour(child, node, field):
                continue
            types = is_type or is_alias or field == "annotation"
            if isinstance(child, ast.keyword) and child.arg in _BOUNDS:
                types = False
            if not types:
                yield _Slot(above, field, number if isinstance(value, list) else None), child
            yield from _slots(child, above, types)


def _others(node: ast.AST) -> list[ast.AST]:
    return [*_expression(node), *_shortened(node), *_statement(node)]


def _around(slot: _Slot, node: ast.AST) -> ast.AST:
    """Return the largest expression around ``node`` that is short enough to be shown."""
    statement = node
    for ancestor in reversed(slot.above):
        is_block = isinstance(ancestor, ast.stmt) and not isinstance(
            ancestor, ast.Assign | ast.AnnAssign
        )
        if is_block or len(ast.unparse(ancestor)) > SHOWN:
            break
        statement = ancestor
    return statement


def _first_line(node: ast.AST) -> str:
    return re.sub(r"\s+", " ", ast.unparse(node).strip().partition("\n")[0])


def mutants(name: str, source: str) -> Iterator[tuple[Mutant, ast.Module]]:
    """Yield every change of the module with its tree, which is so changed until the next."""
    tree = ast.parse(source)
    named: Counter[str] = Counter()
    for slot, node in list(_slots(tree)):
        for other in _others(node):
            statement = _around(slot, node)
            old = _first_line(statement)
            slot.put(other)
            new = _first_line(other if statement is node else statement)
            inside = [ancestor.name for ancestor in slot.above if isinstance(ancestor, _NAMED)]
            mutant = f"{'.'.join([name, *inside])}: {old} -> {new}"
            named[mutant] += 1
            yield (
                (mutant if named[mutant] == 1 else f"{mutant} #{named[mutant]}"),
                (ast.fix_missing_locations(tree)),
            )
            slot.put(node)

"""How does the code of a template pay for what it repeats, joins and compares?

Jinja writes a template as Python.  Here it writes into that what takes from the
``budget`` of the environment: at the start of whatever can be run again, and around every
value that can grow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, operators

from parplan.render.template import budget

_PRICES: Mapping[type[nodes.Node], int] = {
    nodes.Block: budget.CALL,
    nodes.Macro: budget.CALL,
    nodes.CallBlock: budget.CALL,
    nodes.For: budget.ROUND,
}


def put_prices(template: nodes.Template) -> None:
    """Let each body that can be run again pay first: its price, and the text that stands in it."""
    bodies: list[Any] = [template, *template.find_all(tuple(_PRICES))]
    for one in bodies:
        price = _PRICES.get(type(one), budget.FILE)
        texts = sum(len(part.data) for part in one.find_all(nodes.TemplateData))
        texts += sum(len(str(part.value)) for part in one.find_all(nodes.Const))
        one.body.insert(0, nodes.ExprStmt(nodes.Const(price + texts), lineno=one.lineno))


class _Generator(CodeGenerator):
    """Writes the Python of a template, and into it what pays for the budget."""

    def _output_child_to_const(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> str:
        # What is worked out while compiling would be paid for once only; plain words stay.
        if not isinstance(node, nodes.Const | nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def visit_ExprStmt(self, node: nodes.ExprStmt, frame: Frame) -> None:
        self.newline(node)
        assert isinstance(node.node, nodes.Const)
        self.write(f"environment.budget.spend({int(node.node.value)})")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self.write("environment.joined((")
        for one in node.nodes:
            self.visit(one, frame)
            self.write(", ")
        self.write("))")

    def visit_Operand(self, node: nodes.Operand, frame: Frame) -> None:
        self.write(f" {operators[node.op]} ")
        self._taken(self.visit, node.expr, frame)

    def visit_List(self, node: nodes.List, frame: Frame) -> None:
        self._taken(super().visit_List, node, frame)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:
        if node.ctx == "store":
            super().visit_Tuple(node, frame)
        else:
            self._taken(super().visit_Tuple, node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:
        self._taken(super().visit_Dict, node, frame)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        if isinstance(node.arg, nodes.Slice):
            self._taken(super().visit_Getitem, node, frame)
        else:
            super().visit_Getitem(node, frame)

    def _taken(self, visit: Callable[..., None], node: nodes.Node, frame: Frame) -> None:
        self.write("environment.budget.take(")
        visit(node, frame)
        self.write(")")


GENERATOR: type[CodeGenerator] = _Generator
"""For an environment that has a ``budget``."""

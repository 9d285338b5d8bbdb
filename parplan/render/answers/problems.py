"""The answer of ``check``: problems with their places."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from parplan.i18n import message
from parplan.problem import Problem
from parplan.render.answers.answer import JsonAnswer


class ProblemRecord(msgspec.Struct, frozen=True):
    """A problem; its message is in the language in use, its code never changes."""

    path: str
    line: int
    column: int
    code: str
    message: str


def problem_fields(problem: Problem) -> tuple[str, int, int, str, str]:
    """Return the values of a ``ProblemRecord``."""
    where = problem.where
    return where.path, where.line, where.column, problem.code, message(problem)


class CheckAnswer(JsonAnswer, frozen=True):
    """The problems of one year or of all."""

    items: list[ProblemRecord]

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> CheckAnswer:
        """Return ``problems`` in their order."""
        return cls([ProblemRecord(*problem_fields(problem)) for problem in problems])

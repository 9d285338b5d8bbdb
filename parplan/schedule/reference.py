"""What does a reference such as ``4@2025-06`` name?

The only place that takes references apart and the only one that puts them together.
"""

from __future__ import annotations

from typing import Self

import msgspec

_AT = "@"


class Ref(msgspec.Struct, frozen=True):
    """A task, or one occurrence of it.

    ``period`` is the name of the occurrence's period as somebody wrote it, which need not be
    that of any period; None means the task as a whole.  A task's number holds no ``@``.
    """

    task: str
    period: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return what ``text`` names; every text names something.

        >>> Ref.parse("4@2025-06"), Ref.parse("8")
        (Ref(task='4', period='2025-06'), Ref(task='8', period=None))
        """
        task, at, period = text.partition(_AT)
        return cls(task, period if at else None)

    def __str__(self) -> str:
        return ref_text(self.task, self.period)


def ref_text(task: str, period: str | None) -> str:
    """Return the reference of an occurrence, or of a task where ``period`` is None.

    Every record and occurrence has one, as the key of its progress, so it is made without a
    ``Ref`` between, which takes three times as long.
    """
    return task if period is None else f"{task}{_AT}{period}"

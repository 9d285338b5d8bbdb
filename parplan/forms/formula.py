"""How does a row follow from others of its form: as a sum, or as the share of one in another?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal

import msgspec

_NUMBER = r"[0-9]+(?:\.[0-9]+)*"
_SUM = re.compile(rf"{_NUMBER}(?: *\+ *{_NUMBER})+")
_SHARE = re.compile(rf"{_NUMBER} */ *{_NUMBER}")
_CENT = Decimal("0.01")
_WIDE = Context(prec=60)
"""Digits enough for any two figures of a journal."""


class Formula(msgspec.Struct, frozen=True):
    """A sum of ``rows``, or the share of the first of two in the second; rows by their numbers."""

    kind: Literal["sum", "share"]
    rows: tuple[str, ...]

    def of(self, values: Sequence[Decimal | None]) -> Decimal | None:
        """Return what follows from the ``values`` of its rows, None where it cannot be told.

        A share is in per cent, to two decimals, half up; a share of nothing is none.

        >>> read_formula("2.2 / 2.1").of([Decimal(11), Decimal(49)])
        Decimal('22.45')
        """
        operands = [value for value in values if value is not None]
        if len(operands) < len(values):
            return None
        if self.kind == "sum":
            return sum(operands, Decimal(0))
        part, whole = operands
        if not whole:
            return None
        share = _WIDE.divide(_WIDE.multiply(Decimal(100), part), whole)
        return share.quantize(_CENT, ROUND_HALF_UP, _WIDE)


def read_formula(text: str) -> Formula | None:
    """Return the formula that ``text`` writes, None where it writes none.

    >>> read_formula("1.1 + 1.2").rows, read_formula("1.1 - 1.2")
    (('1.1', '1.2'), None)
    """
    rows = tuple(re.findall(_NUMBER, text))
    if _SUM.fullmatch(text.strip()):
        return Formula("sum", rows)
    return Formula("share", rows) if _SHARE.fullmatch(text.strip()) else None

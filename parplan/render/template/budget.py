"""How much may one filling of a template do and make?

Everything that a template repeats or makes is counted in signs, about a byte each: a round
of a loop, a call of a macro, a text, a list.  What grows faster than what it is made from
is reckoned before it is made.  Nothing looks at a clock, so a template that is refused is
refused on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec
from jinja2.exceptions import SecurityError

from parplan.i18n import fill
from parplan.problem import N_, gaps

MOST = 120_000_000
"""Signs that one filling may take; a year's report on 10 000 tasks takes a quarter of it."""

VALUE, ROUND, CALL, FILE = 20, 50, 100, 1_000
"""What a value that is written, a round of a loop, a call of a macro or block and an included
file cost besides: they take time, however little they make."""

LONGEST = 1_000_000
"""What one expression may make: signs of a text, items of a list and of the lists in it."""

_WIDEST = 10_000
_FIELD = re.compile(r"%|\{")


class Budget:
    """What is left of the signs that one filling may take."""

    def __init__(self) -> None:
        self.left = MOST

    def spend(self, signs: int) -> None:
        """Take ``signs`` off; raises SecurityError where there are no more."""
        self.left -= signs
        if self.left < 0:
            raise SecurityError(fill(N_("it does more than any document needs"), ()))

    def take(self, value: Any) -> Any:
        """Return ``value``, which a template has made or looks through, and count it.

        Raises SecurityError where it is larger than one expression may make.
        """
        if isinstance(value, str | bytes):
            self.spend(len(value))
        elif isinstance(value, list | tuple | dict | set):
            self.spend(weight(value))
        return value


def weight(value: Any, *, as_text: bool = False) -> int:
    """Return how many signs and items ``value`` holds, however deep; raises above ``LONGEST``.

    What belongs to the plan counts one, unless all of it is to be written out ``as_text``.
    """
    total, rest = 0, [value]
    while rest:
        one = rest.pop()
        if isinstance(one, str | bytes):
            total += len(one)
        elif isinstance(one, Mapping):
            total += len(one)
            rest += [*one, *one.values()] if total <= LONGEST else []
        elif isinstance(one, Collection):
            total += len(one)
            rest += one if total <= LONGEST else []
        elif as_text and isinstance(one, msgspec.Struct):
            total += len(one.__struct_fields__)
            rest += [getattr(one, name) for name in one.__struct_fields__]
        else:
            total += 1 + _digits(one)
        bound(total)
    return total


def _digits(value: Any) -> int:
    """Return about how many digits a number takes written out."""
    if isinstance(value, int):
        return value.bit_length() // 3
    return abs(value.adjusted()) if isinstance(value, Decimal) else 0


def bound(number: int, most: int = LONGEST) -> None:
    """Raise SecurityError where ``number`` is above ``most``."""
    if number > most:
        text = N_("%(number)s is more than %(most)s")
        raise SecurityError(fill(text, gaps(number=shown(number), most=most)))


def shown(number: int) -> str:
    """Return ``number``, or its size where Python would not write all its digits."""
    return str(number) if number.bit_length() < 200 else f"2^{number.bit_length()}"


# What a text becomes by a method or filter of this name, before it does: text, then arguments.


def _replaced(text: str, old: object = "", new: object = "", *_rest: object, **_: object) -> int:
    return len(text) + text.count(str(old)) * len(str(new))


def _joined(text: str, parts: Any = (), *_rest: object) -> int:
    return len(text) * len(parts) + weight(parts, as_text=True)


def _translated(text: str, table: object = (), *_rest: object) -> int:
    return len(text) * weight(table, as_text=True)


def _formatted(text: str, *values: object, **named: object) -> int:
    """Return the most that places in ``text`` can take, each the widest of the values."""
    widest = max((weight(one, as_text=True) for one in (*values, *named.values())), default=0)
    wide = _WIDEST if re.search("[0-9]{3}", text) else 100
    return len(text) + len(_FIELD.findall(text)) * (widest + wide)


def _spread(text: str, tabsize: int = 8) -> int:
    return len(text) + text.count("\t") * tabsize


def _indented(text: str, width: object = 4, *_rest: object, **_named: object) -> int:
    one = width if isinstance(width, int) else len(str(width))
    return len(text) + (text.count("\n") + 1) * one


GROWTH: Mapping[str, Callable[..., int]] = {
    "expandtabs": _spread,
    "format": _formatted,
    "format_map": _formatted,
    "indent": _indented,
    "join": _joined,
    "replace": _replaced,
    "translate": _translated,
}


def reckon(name: str, text: Any, given: Sequence[Any], named: Mapping[str, Any]) -> None:
    """Raise SecurityError where the method or filter ``name`` makes too long a text of ``text``.

    ``given`` and ``named`` are its arguments.
    """
    for one in (text, *given, *named.values()):
        weight(one, as_text=True)
    if name in GROWTH:
        bound(GROWTH[name](str(text), *given, **named))


def repeated(left: Any, right: Any) -> None:
    """Raise SecurityError where ``left * right`` is too large: a text, a list or a number."""
    if isinstance(left, int) and isinstance(right, int):
        if left.bit_length() + right.bit_length() > 1000:
            text = N_("a number of that many digits is no part of a document")
            raise SecurityError(fill(text, ()))
        return
    for one, times in ((left, right), (right, left)):
        if isinstance(one, Sequence) and isinstance(times, int):
            bound(weight(one, as_text=True) * times)

"""Does this machine have what parplan needs?

Each rule is named for what holds.  Facts in, signs out; nothing is looked up here.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping

from parplan.doctor.model import Facts, Sign, sign
from parplan.problem import N_, params

TESTED = ((3, 11), (3, 14))
"""The first and the last Python that the tests run on, both inclusive."""

_LEAST_COLUMNS = 40
_UTF8 = {"", "utf8", "cp65001"}
_BOUND = re.compile(r"(>=|<=|==|!=|<|>)\s*([0-9][^,\s]*)")
_COMPARE: Mapping[str, Callable[[list[int], list[int]], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
}


def python_is_one_that_was_tested(facts: Facts) -> Iterator[Sign]:
    """Python is as new as parplan needs, and no newer than the tests have seen."""
    found = facts.machine.python
    if not TESTED[0] <= found <= TESTED[1]:
        text = N_("this is Python %(found)s; parplan is tested on %(first)s to %(last)s")
        names = {"found": found, "first": TESTED[0], "last": TESTED[1]}
        said = {name: ".".join(map(str, version)) for name, version in names.items()}
        yield sign(
            "fault" if found < TESTED[0] else "hint", "other-python", text, values=params(**said)
        )


def libraries_are_within_their_bounds(facts: Facts) -> Iterator[Sign]:
    """Every library is one that parplan was made for."""
    for one in facts.machine.libraries:
        if not one.version:
            text = N_("the library %(name)s is missing; install parplan again")
            yield sign("fault", "other-library", text, values=params(name=one.name))
        elif not within(one.version, one.bounds):
            text = N_("%(name)s %(version)s is installed; parplan was made for %(bounds)s")
            values = {"name": one.name, "version": one.version, "bounds": one.bounds}
            yield sign("fault", "other-library", text, values=params(**values))


def within(version: str, bounds: str) -> bool:
    """Tell whether ``version`` keeps ``bounds``, by the numbers before any letter.

    >>> within("0.25.1", ">=0.24.2,<0.26"), within("0.26", ">=0.24.2,<0.26")
    (True, False)
    >>> within("2.9.0.post0", "<3,>=2.9")
    True
    """
    for how, bound in _BOUND.findall(bounds):
        one, other = _same_length(_numbers(version), _numbers(bound))
        if not _COMPARE[how](one, other):
            return False
    return True


def _numbers(version: str) -> list[int]:
    found = re.match(r"[0-9]+(\.[0-9]+)*", version)
    return [int(number) for number in found[0].split(".")] if found else []


def _same_length(one: list[int], other: list[int]) -> tuple[list[int], list[int]]:
    length = max(len(one), len(other))
    return one + [0] * (length - len(one)), other + [0] * (length - len(other))


def the_console_speaks_utf8(facts: Facts) -> Iterator[Sign]:
    """What is printed as UTF-8 is read as UTF-8."""
    charset = facts.machine.charset
    if re.sub("[-_]", "", charset.lower()) not in _UTF8:
        text = N_(
            "the console speaks %(charset)s and parplan UTF-8: letters may show wrongly; "
            "'chcp 65001' on Windows, or a UTF-8 locale, mends it"
        )
        yield sign("hint", "code-page", text, values=params(charset=charset))


def the_screen_is_wide_enough(facts: Facts) -> Iterator[Sign]:
    """The tables fit the terminal."""
    if 0 < facts.machine.columns < _LEAST_COLUMNS:
        text = N_("the screen has %(columns)s columns; tables want 40 or more")
        yield sign("hint", "narrow-screen", text, values=params(columns=facts.machine.columns))


def git_is_installed(facts: Facts) -> Iterator[Sign]:
    """Git keeps the history."""
    if not facts.machine.has_git:
        text = N_("git is not installed; everything but commit and diff works without it")
        yield sign("hint", "no-git", text)


def libreoffice_is_installed(facts: Facts) -> Iterator[Sign]:
    """LibreOffice makes documents into pdf."""
    if not facts.machine.has_office:
        yield sign("hint", "no-libreoffice", N_("LibreOffice is not installed: no pdf can be made"))


CHECKS: tuple[Callable[[Facts], Iterator[Sign]], ...] = (
    python_is_one_that_was_tested,
    libraries_are_within_their_bounds,
    the_console_speaks_utf8,
    the_screen_is_wide_enough,
    git_is_installed,
    libreoffice_is_installed,
)

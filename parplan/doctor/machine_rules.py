"""The rules for the machine: what parplan needs of Python, libraries, console and programs.

Each rule is named for what holds.  Facts in, diagnostics out; nothing is looked up here.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping

from parplan.doctor.model import Diagnostic, Observations, diagnose
from parplan.problem import N_, params
from parplan.workspace.git_process import NOT_INSTALLED

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


def python_is_one_that_was_tested(facts: Observations) -> Iterator[Diagnostic]:
    """Python is as new as parplan needs, and no newer than the tests have seen."""
    python = facts.machine.python
    if not TESTED[0] <= python <= TESTED[1]:
        text = N_("this is Python %(found)s; parplan is tested on %(first)s to %(last)s")
        names = {"found": python, "first": TESTED[0], "last": TESTED[1]}
        values = {name: ".".join(map(str, version)) for name, version in names.items()}
        yield diagnose(
            "fault" if python < TESTED[0] else "hint", "other-python", text, values=params(**values)
        )


def libraries_are_within_their_bounds(facts: Observations) -> Iterator[Diagnostic]:
    """Every library is one that parplan was made for."""
    for library in facts.machine.libraries:
        if not library.version:
            if facts.machine.frozen:
                text = N_("the library %(name)s is missing in %(folder)s; unpack parplan again")
            else:
                text = N_("the library %(name)s is missing; install parplan again")
            values = {"name": library.name, "folder": facts.machine.frozen}
            yield diagnose("fault", "other-library", text, values=params(**values))
        elif not within(library.version, library.bounds):
            text = N_("%(name)s %(version)s is installed; parplan was made for %(bounds)s")
            values = {"name": library.name, "version": library.version, "bounds": library.bounds}
            yield diagnose("fault", "other-library", text, values=params(**values))


def within(version: str, bounds: str) -> bool:
    """Tell whether ``version`` keeps ``bounds``, by the numbers before any letter.

    >>> within("0.25.1", ">=0.24.2,<0.26"), within("0.26", ">=0.24.2,<0.26")
    (True, False)
    >>> within("2.9.0.post0", "<3,>=2.9")
    True
    """
    for how, bound in _BOUND.findall(bounds):
        if not _COMPARE[how](_numbers(version), _numbers(bound)):
            return False
    return True


def _numbers(version: str) -> list[int]:
    """Return the numbers of ``version`` without the zeros at the end: 2.0 is 2."""
    match = re.match(r"[0-9]+(\.[0-9]+)*", version)
    numbers = [int(number) for number in match[0].split(".")] if match else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers


def the_console_speaks_utf8(facts: Observations) -> Iterator[Diagnostic]:
    """What is printed as UTF-8 is read as UTF-8."""
    charset = facts.machine.charset
    if re.sub("[-_]", "", charset.lower()) not in _UTF8:
        text = N_(
            "the console speaks %(charset)s and parplan UTF-8: letters may show wrongly; "
            "'chcp 65001' on Windows, or a UTF-8 locale, mends it"
        )
        yield diagnose("hint", "code-page", text, values=params(charset=charset))


def the_screen_is_wide_enough(facts: Observations) -> Iterator[Diagnostic]:
    """The tables fit the terminal."""
    if 0 < facts.machine.columns < _LEAST_COLUMNS:
        text = N_("the screen has %(columns)s columns; tables want 40 or more")
        yield diagnose("hint", "narrow-screen", text, values=params(columns=facts.machine.columns))


def git_is_installed(facts: Observations) -> Iterator[Diagnostic]:
    """Git keeps the history."""
    if not facts.machine.has_git:
        yield diagnose("hint", "no-git", NOT_INSTALLED)


def libreoffice_is_installed(facts: Observations) -> Iterator[Diagnostic]:
    """LibreOffice makes documents into pdf."""
    if not facts.machine.has_office:
        yield diagnose(
            "hint",
            "no-libreoffice",
            N_("LibreOffice is not installed: no pdf can be made, no .doc or .odt be read"),
        )


CHECKS: tuple[Callable[[Observations], Iterator[Diagnostic]], ...] = (
    python_is_one_that_was_tested,
    libraries_are_within_their_bounds,
    the_console_speaks_utf8,
    the_screen_is_wide_enough,
    git_is_installed,
    libreoffice_is_installed,
)

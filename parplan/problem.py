"""Values that say what is wrong in a file, and where.

A problem is a value: it can be sorted, counted, translated, printed as text or
JSON.  Its ``code`` never changes its meaning; its sentence may be improved.
Low floors say what is wrong by a path into the data (a ``Finding``); whoever
holds the text turns that path into a line and a column (a ``Problem``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

import msgspec

DataPath: TypeAlias = tuple[str | int, ...]
"""Keys and list positions from the top of a file's data, such as ``("sections", 0, "id")``."""


def N_(text: str) -> str:
    """Mark ``text`` for translation; the rim of the program looks it up."""
    return text


class Marked(str):
    """A text marked for translation that fills a gap of another: the rim translates both."""

    __slots__ = ()


Value: TypeAlias = str | dt.date | Decimal
"""What fills a gap of a marked text: a ``Marked`` text, a date, a number, or text as it is.

A gap of one text has values of one type wherever it is filled, so that problems can be sorted.
"""

Values: TypeAlias = tuple[tuple[str, Value], ...]
"""The values for the named gaps of a marked text."""


class Location(msgspec.Struct, frozen=True, order=True):
    """A place in a file.  ``line`` and ``column`` count from 1; 0 means the whole file."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line or 1}:{self.column or 1}"


class Problem(msgspec.Struct, frozen=True, order=True):
    """One finding with its place.

    ``text`` is the untranslated sentence with named gaps, ``values`` fills them.
    """

    where: Location
    code: str
    text: str
    values: Values = ()


class Finding(msgspec.Struct, frozen=True):
    """One finding whose place is a path into the data.

    ``at_key`` points at the key rather than at its value.
    """

    path: DataPath
    code: str
    text: str
    values: Values = ()
    at_key: bool = False


def params(**values: object) -> Values:
    """Return ``values`` in the form that ``Problem`` and ``Finding`` keep them in.

    A date, a ``Marked`` text and an exact number are said in the user's language later; all else
    becomes text.
    """
    return tuple((name, _fill(value)) for name, value in values.items())


def _fill(value: object) -> Value:
    if isinstance(value, Marked) or type(value) is dt.date or type(value) is Decimal:
        return value
    return str(value)


CODES: Mapping[str, str] = {
    "not-utf8": N_("The file is not UTF-8 text."),
    "empty-file": N_("The file holds nothing."),
    "not-yaml": N_("The text breaks the rules of YAML."),
    "tab": N_("A line is indented with a tab; YAML wants spaces."),
    "repeated-key": N_("A key is written twice in one block."),
    "alias": N_("An alias, anchor or tag is used; parplan reads plain values only."),
    "too-deep": N_("Values are nested deeper than any plan needs."),
    "unknown-key": N_("A key is not one that parplan knows at this place."),
    "missing-key": N_("A key that must be there is missing."),
    "wrong-type": N_("A value is of another kind than it should be."),
    "not-one-of": N_("A value is not one of those allowed."),
    "out-of-range": N_("A number or text is outside its bounds."),
    "impossible-date": N_("A date does not exist, or is not written as 2025-06-30."),
    "bad-rule": N_("A schedule entry contradicts itself, or is of no known kind."),
    "no-schedule": N_("A task has no schedule entry: nobody can say when it is due."),
    "repeated-id": N_("Two tasks have the same number."),
    "repeated-ref": N_("Two occurrences of one task share a period."),
    "repeated-officer": N_("An officer is listed twice."),
    "repeated-unit": N_("A name or alias stands for two units."),
    "unknown-unit": N_("A task names a unit that the plan does not list."),
    "deadline-differs": N_("The wording of a deadline means other dates than its schedule."),
    "never-due": N_("A single deadline lies before the plan takes effect, so it is never due."),
    "data-days": N_("The data of two reports in a row overlap, or leave days out between them."),
    "wrong-year": N_("The plan's year is not the one in the file's name."),
    "overlapping-dates": N_(
        "Two dated entries are in force on the same day, or one ends too early."
    ),
    "ended-unit": N_("A unit has ended and nobody takes over what falls due after its last day."),
    "bad-swap": N_("A swapped working day is no weekend day, or its day off is one."),
    "conflict": N_("Git left a conflict in the file."),
    "damaged-record": N_("A line of the journal is no record; the other records still count."),
    "zero-tail": N_("The journal ends in zero bytes; its records still count."),
    "repeated-record": N_("Two different records of the journal have the same id."),
    "unknown-task": N_("A record, or 'replaces', names a task or occurrence that is not there."),
    "early-record": N_("A record tells of a day long before the plan's year."),
    "unknown-record": N_("A record corrects one that the journal does not have."),
    "unknown-criterion": N_("A record scores a criterion that the index does not have."),
    "wrong-sum": N_("Points do not add up to what is said of the whole."),
    "repeated-criterion": N_("Two fields, groups or criteria of an index have the same number."),
    "bad-criterion": N_("A criterion has no rule, or things that do not go together."),
    "bad-steps": N_("Steps, grades or bounds of a rule overlap or are out of order."),
    "impossible-score": N_("A score can never be reached, or goes beyond the highest."),
    "repeated-row": N_("Two statistical forms, or two rows of one, have the same number."),
    "bad-row": N_("A row of a statistical form has a formula or a source that cannot be."),
    "unknown-row": N_("A record is about a row that the statistical forms do not have."),
    "bad-figure": N_("A figure can be none of its row, or contradicts others."),
    "missing-file": N_("A file named as evidence is not there."),
    "copy": N_(
        "A name like that of a copy of a plan, a journal, an index or forms, which is not read."
    ),
    "records-aside": N_("A copy of a journal has records that count nowhere."),
}
"""Every code that ``check`` can report, with what it means."""

NOT_UTF8 = N_("the file is not UTF-8 text; save it again with the encoding 'UTF-8'")
"""What is said of a text file in another encoding."""


class Contradiction(ValueError):
    """What a type of the model raises when its fields do not go together.

    ``text`` is marked for translation; ``code`` is the problem's, and ``key`` the field at
    fault where it is one.
    """

    code = "bad-rule"
    key = ""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class ImpossibleDate(Contradiction):
    """A date that does not exist, in the field ``date``."""

    code = "impossible-date"
    key = "date"


class UserError(Exception):
    """A request that cannot be met, for a reason that the user can mend.

    ``text`` is marked for translation and has named gaps for ``values``.
    """

    def __init__(self, text: str, values: Values = ()) -> None:
        super().__init__(text)
        self.text = text
        self.values = values

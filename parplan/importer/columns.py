"""Finds which column of a table holds what, by headings in any order and near wording.

A caller says which roles it looks for by words that their headings hold; the plan's
appendix is one set of roles, a score sheet another.  The word that stands first in a
heading decides: "Kết quả thực hiện" is a result, "Đơn vị thực hiện" a unit.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import msgspec

from parplan.importer.grid import Row, Table
from parplan.text import fold

_LOOKED_AT = 60
"""Rows from the top of a table in which a heading is looked for."""

# Letters of one heading, and of a row of them; what is longer is text.
_LONGEST = 120
_LONGEST_ROW = 1_500
# "(1)", "a", and "5=3+4" as in tables with sums.
_NUMBERS = re.compile(r"\(?([0-9]{1,2}|[a-h])\)?|\(?[0-9]\s*=.*", re.IGNORECASE)
# What joins two headings in one: "Mục tiêu, nhiệm vụ", "Kết quả và thời gian".
_PARTS = re.compile(r"[,;/&\n]|\svà\s")
YEAR_BEHIND = re.compile(r" (?:nam )?(20[0-9]{2})$")
"""The year of a heading such as "T1/2026", simplified."""
_PUNCTUATION = re.compile(r"[^\w%]+")


class Role(msgspec.Struct, frozen=True):
    """What a column can be, by words without accents.

    ``weak`` words count where a heading has no other; one with an ``unlike`` word is
    never this.  ``first`` roles win over those whose word stands before theirs.  ``whole``
    are headings that are this and hold nothing else, such as "Đến".
    """

    name: str
    words: tuple[str, ...]
    weak: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    first: bool = False
    whole: tuple[str, ...] = ()


Roles: TypeAlias = Sequence[Role]
Accept: TypeAlias = Callable[[frozenset[str]], bool]
"""Tells whether columns with these roles make the table that is looked for."""


class Heading(msgspec.Struct, frozen=True):
    """The rows of a heading, from ``first`` to ``last`` (inclusive), and its columns by role."""

    first: int
    last: int
    texts: tuple[str, ...]
    columns: Mapping[str, tuple[int, ...]]

    def of(self, role: str) -> tuple[int, ...]:
        """Return the columns that hold ``role``, from left to right."""
        return self.columns.get(role, ())

    def with_role(self, role: str, columns: Sequence[int]) -> Heading:
        """Return the heading with ``role`` in ``columns`` alone, and without it where none is."""
        by_role = {**self.columns, role: tuple(columns)}
        return msgspec.structs.replace(self, columns={r: at for r, at in by_role.items() if at})

    def repeated_in(self, row: Row) -> bool:
        """Tell whether ``row`` says the heading once more, as on the top of a page."""
        texts = [simplify_heading(row.text(column)) for column in range(len(self.texts))]
        titles = [simplify_heading(text) for text in self.texts]
        pairs = [(text, title) for text, title in zip(texts, titles, strict=True) if text]
        return len(pairs) >= 2 and all(text in title for text, title in pairs)


def find_heading(table: Table, roles: Roles, accept: Accept) -> Heading | None:
    """Return the heading of ``table``, None where no row near its top is one."""
    for index in range(min(len(table.rows), _LOOKED_AT)):
        table.budget.check_clock()
        if sum(len(cell.text) for cell in table.rows[index].different()) > _LONGEST_ROW:
            continue
        # A heading may take several rows: "Thời gian" over "Bắt đầu" and "Hoàn thành".
        for count in (1, 2, 3):
            rows = table.rows[index : index + count]
            if len(rows) == count and all(map(_divides, rows, rows[1:])):
                heading = _accepted(index, rows, roles, accept)
                if heading is not None:
                    return _with_lower_rows(table, heading, roles, accept)
    return None


def _accepted(index: int, rows: Sequence[Row], roles: Roles, accept: Accept) -> Heading | None:
    """Return the heading that ``rows`` are, if it is accepted as it stands or read otherwise.

    "Mục tiêu, nhiệm vụ" can be either of two: the second where nothing else is that.
    """
    for preferred in ("", *(role.name for role in roles)):
        heading = _heading_of_rows(index, rows, roles, preferred)
        if heading is not None and accept(frozenset(heading.columns)):
            return heading
    return None


def _with_lower_rows(table: Table, heading: Heading, roles: Roles, accept: Accept) -> Heading:
    """Return ``heading`` with the rows under it that only divide its columns further."""
    for last in (heading.last + 1, heading.last + 2):
        rows = table.rows[heading.first : last + 1]
        if len(rows) != last - heading.first + 1 or not _divides(*rows[-2:]):
            break
        heading = _accepted(heading.first, rows, roles, accept) or heading
    return heading


def _divides(above: Row, below: Row) -> bool:
    """Tell whether ``below`` divides the cells ``above`` it, as a heading's second row.

    It shares a cell with the row above, and so has no text of its own in that column.
    """
    shared = [upper is lower for upper, lower in zip(above.cells, below.cells, strict=False)]
    divided = any(
        left is right and low_left is not low_right
        for (left, right), (low_left, low_right) in zip(
            itertools.pairwise(above.cells), itertools.pairwise(below.cells), strict=False
        )
    )
    return (any(shared) and not all(shared)) or (divided and not below.text(0))


def _heading_of_rows(
    index: int, rows: Sequence[Row], roles: Roles, preferred: str = ""
) -> Heading | None:
    width = max(len(row.cells) for row in rows)
    # A title above all columns names none of them.
    naming = [row for row in rows if sum(bool(cell.text) for cell in row.different()) > 1]
    texts = [_text_above(naming, column) for column in range(width)]
    if len(set(map(simplify_heading, filter(None, texts)))) < 2 or any(
        len(t) > _LONGEST for t in texts
    ):
        return None
    columns: dict[str, list[int]] = {}
    for column, text in enumerate(texts):
        lowest = next((row.text(column) for row in reversed(rows) if row.text(column)), "")
        role = role_of(lowest, roles, weak=False)
        if not role and text != lowest:
            tail = " ".join(simplify_heading(text).split()[-2:])  # "II" under "(quý)"
            role = _whole_role(tail, roles)
        role = role or role_of(text, roles)
        if preferred and preferred in [role_of(part, roles) for part in _PARTS.split(text)]:
            role = preferred
        if role:
            columns.setdefault(role, []).append(column)
    by_role = {role: tuple(_different(rows[-1], where)) for role, where in columns.items()}
    return Heading(index, index + len(rows) - 1, tuple(texts), by_role)


def _text_above(rows: Sequence[Row], column: int) -> str:
    cells = [cell for row in rows if (cell := row.cell(column)) is not None]
    return " ".join(cell.text for cell in {id(cell): cell for cell in cells}.values() if cell.text)


def _different(row: Row, columns: Sequence[int]) -> list[int]:
    """Return ``columns`` without those that are one cell with another."""
    return list({id(row.cell(column)): column for column in reversed(columns)}.values())[::-1]


def role_of(heading: str, roles: Roles, *, weak: bool = True) -> str:
    """Return the role whose word stands first in ``heading``, or nothing.

    Its ``weak`` words count where it has no other, unless they are to be left out.
    """
    bare = simplify_heading(heading)
    whole = _whole_role(bare, roles)
    if whole:
        return whole
    words = f" {bare} "
    for is_weak in (False, True)[: 1 + weak]:
        candidates = [
            (not role.first, where, role.name)
            for role in roles
            if not any(f" {word} " in words for word in role.unlike)
            and (where := _first_word(words, role.weak if is_weak else role.words)) is not None
        ]
        if candidates:
            return min(candidates)[2]
    return ""


def _whole_role(bare: str, roles: Roles) -> str:
    """Return the role that ``bare`` is the whole heading of, a year behind it or not."""
    without_year = YEAR_BEHIND.sub("", bare)
    return next((r.name for r in roles if bare in r.whole or without_year in r.whole), "")


def _first_word(heading: str, words: Sequence[str]) -> int | None:
    places = [heading.find(f" {word} ") for word in words]
    return min((place for place in places if place >= 0), default=None)


def simplify_heading(text: str) -> str:
    """Return ``text`` for comparing headings: no accents, case or punctuation.

    >>> simplify_heading("Cơ quan, đơn vị\\n(chủ trì)")
    'co quan don vi chu tri'
    """
    return _PUNCTUATION.sub(" ", fold(text)).strip()


def counts_columns(row: Row) -> bool:
    """Tell whether ``row`` only numbers the columns: (1) (2) (3), or A B 1 2."""
    texts = [cell.text.strip() for cell in row.different() if cell.text.strip()]
    return (
        len(texts) >= 3
        and all(_NUMBERS.fullmatch(text) for text in texts)
        and len(set(texts)) == len(texts)
    )

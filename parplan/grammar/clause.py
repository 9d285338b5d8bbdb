"""What does one clause of a deadline phrase mean, as schedule rules?

A clause is what stands between labels and semicolons: "hoàn thành trước ngày 30/9",
"hàng quý và đột xuất khi có yêu cầu".  Every word must be understood; else ``Stuck``
names the first that is not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from parplan import period as periods
from parplan.grammar import limits, orders, recurrences, recurrent
from parplan.grammar.meaning import DATELESS, Context, Meaning
from parplan.grammar.recurrences import Lengths
from parplan.grammar.tokens import Cursor, Stuck
from parplan.period import Period
from parplan.schedule import AnyRule, Continuous, Every, In, On

_JOINTS = (", va", "va", ",", "va ca", "&", "+")


def read(cursor: Cursor, context: Context, given: Lengths = ()) -> list[AnyRule]:
    """Return the rules of the clause at ``cursor``, up to its end.

    ``given`` are the periods that the label names: "Báo cáo quý, năm: …".  Raises Stuck.
    """
    limits.skip_filling(cursor)
    found = [_piece(cursor, context, given)]
    _finish(cursor)
    while not cursor.ended:
        at = cursor.at
        joint = cursor.take("hoac", "va hoac", *_JOINTS) or _line_break(cursor)
        if not joint:
            raise Stuck(at)
        limits.skip_filling(cursor, activities=found[-1].sort in DATELESS)
        found.append(_piece(cursor, context, given))
        _require_joint(found[-2], found[-1], joint, at)
        _finish(cursor)
    return [rule for piece in found for rule in piece.rules]


def _finish(cursor: Cursor) -> None:
    limits.skip_filling(cursor)
    cursor.take(".")


def _line_break(cursor: Cursor) -> str:
    token = cursor.peek()
    return "line" if token is not None and token.line else ""


def _require_joint(one: Meaning, other: Meaning, joint: str, at: int) -> None:
    """Raise Stuck unless two pieces can be joined in that way.

    "Trong năm, trước ngày 15/12" may be one deadline or two; "tháng 6 và tháng 12" are two.
    """
    if other.sort in DATELESS:
        return
    if joint == "hoac":
        raise Stuck(at)
    if one.sort in DATELESS:
        return
    if joint in (",", "line") and (one.sort != other.sort or _nested(one, other)):
        raise Stuck(at)
    if _is_another_year(one, other):
        raise Stuck(at)  # "tháng 6 năm 2025 và năm 2026": is it June there too?


def _nested(one: Meaning, other: Meaning) -> bool:
    """Tell whether a period of the one lies within a period of the other."""
    first = [found for rule in one.rules if (found := _named(rule))]
    second = [found for rule in other.rules if (found := _named(rule))]
    return any(a.covers(b) or b.covers(a) for a in first for b in second)


def _named(rule: AnyRule) -> Period | None:
    return periods.parse(rule.in_) if isinstance(rule, In) else None


def _is_another_year(one: Meaning, other: Meaning) -> bool:
    last, year = one.rules[-1], other.rules[0]
    if not (isinstance(year, In) and year.in_.isdigit()) or not isinstance(last, In | On):
        return False
    due = next(day for _period, day in last.due_dates(0))
    whole = isinstance(last, In) and last.in_.isdigit()
    return not whole and str(due.year) != year.in_


def _piece(cursor: Cursor, context: Context, given: Lengths) -> Meaning:
    start = cursor.at
    for reader in _READERS:
        found = reader(cursor, context, given)
        if found is not None:
            return found
        cursor.at = start
    raise Stuck(start)


def _continuous(cursor: Cursor, context: Context, _given: Lengths) -> Meaning | None:
    if not cursor.take("thuong xuyen", "lien tuc", "hang ngay", "quanh nam"):
        return None
    while cursor.take(", lien tuc", "va lien tuc", "lien tuc", ", hang ngay", "hang ngay"):
        pass
    recurrent.skip_own_year(cursor, context)
    return Meaning("continuous", [Continuous(True)])


def _directed(cursor: Cursor, _context: Context, _given: Lengths) -> Meaning | None:
    rule = orders.event(cursor) or orders.directed(cursor)
    return Meaning("directed", [rule]) if rule else None


def _how_often(cursor: Cursor, context: Context, _given: Lengths) -> Meaning | None:
    start = cursor.at
    count, units = recurrences.times(cursor)
    if not units:
        return None
    if count == 1:
        recurrent.skip_own_year(cursor, context)
        return Meaning("recurring", [Every(units[0][0])])
    bracket = cursor.take("(", ":", "vao", ",")
    if units[0][0] != "year" or not bracket:
        raise Stuck(start)  # twice a year: but when?
    found = _piece(cursor, context, ())
    while cursor.word() in ("va", ","):
        cursor.at += 1
        more = _piece(cursor, context, ())
        found = Meaning(found.sort, found.rules + more.rules)
    if bracket == "(":
        cursor.need(")")
    if found.sort not in ("date", "period") or len(found.rules) != count:
        raise Stuck(start)
    return found


_Reader: TypeAlias = Callable[[Cursor, Context, Lengths], Meaning | None]
_READERS: tuple[_Reader, ...] = (
    _continuous,
    _directed,
    _how_often,
    recurrent.read,
    recurrent.bounded,
)

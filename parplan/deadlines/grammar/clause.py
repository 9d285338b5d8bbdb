"""What does one clause of a deadline phrase mean, as schedule rules?

A clause is what stands between labels and semicolons: "hoàn thành trước ngày 30/9",
"hàng quý và đột xuất khi có yêu cầu".  Every word must be understood; else ``ParseError``
names the first that is not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from parplan.deadlines.grammar.labels import accept_trailing_label
from parplan.deadlines.grammar.limits import skip_filling
from parplan.deadlines.grammar.meaning import DATELESS, Context, Meaning
from parplan.deadlines.grammar.orders import read_directive, read_event
from parplan.deadlines.grammar.recurrences import Lengths, read_times
from parplan.deadlines.grammar.recurrent import read_bounded, read_recurrent, skip_own_year
from parplan.deadlines.grammar.tokens import Cursor, ParseError
from parplan.schedule.period import Period
from parplan.schedule.rules import AnyRule, Continuous, Every, In, On

_JOINTS = (", va", "va", ",", "va ca", "&", "+")


def read_clause(cursor: Cursor, context: Context, given: Lengths = ()) -> list[AnyRule]:
    """Return the rules of the clause at ``cursor``, up to its end.

    ``given`` are the periods that the label names: "Báo cáo quý, năm: …".  Raises ParseError.
    """
    skip_filling(cursor)
    found = [_read_piece(cursor, context, given)]
    found[-1] = _finish(cursor, found[-1], context)
    while not cursor.ended:
        at = cursor.at
        if cursor.take("( hoac", "( va", "("):
            found.append(_order_in_brackets(cursor, at))
            continue
        joint = cursor.take("hoac", "va hoac", *_JOINTS) or _line_break(cursor)
        if not joint:
            raise ParseError(at)
        skip_filling(cursor, activities=found[-1].sort in DATELESS)
        if joint == "," and cursor.word() in ("cham", "muon", "khong"):
            raise ParseError(at)  # "trước ngày 15/6, chậm nhất ngày 20/6": one deadline said twice
        found.append(_read_piece(cursor, context, given))
        _require_joint(found[-2], found[-1], joint, at)
        found[-1] = _finish(cursor, found[-1], context)
    return [rule for piece in found for rule in piece.rules]


def _finish(cursor: Cursor, found: Meaning, context: Context) -> Meaning:
    """Step over what may follow a piece; return it with the label behind it, if there is one."""
    at = cursor.at
    if found.sort in ("date", "period") and (label := accept_trailing_label(cursor, context.year)):
        if not label.fits(found.rules, context.year):
            raise ParseError(at)
        named = [msgspec.structs.replace(rule, label=label.text) for rule in found.rules]
        found = msgspec.structs.replace(found, rules=named)
    skip_filling(cursor)
    cursor.take(".")
    return found


def _order_in_brackets(cursor: Cursor, at: int) -> Meaning:
    """Read "(hoặc khi có yêu cầu)" behind its bracket."""
    rule = read_directive(cursor)
    if rule is None:
        raise ParseError(at)
    cursor.need(")")
    return Meaning("directed", [rule])


def _line_break(cursor: Cursor) -> str:
    token = cursor.peek()
    return "line" if token is not None and token.line else ""


def _require_joint(one: Meaning, other: Meaning, joint: str, at: int) -> None:
    """Raise ParseError unless two pieces can be joined in that way.

    "Trong năm, trước ngày 15/12" may be one deadline or two; "tháng 6 và tháng 12" are two.
    """
    sorts = (one.sort, other.sort)
    if sorts in (("continuous", "period"), ("period", "continuous")):
        raise ParseError(at)  # "thường xuyên, tháng 6": which of them?
    if other.sort in DATELESS:
        return
    if joint == "hoac" or (one.sort == "directed" and other.is_bare):
        raise ParseError(at)  # "theo kế hoạch của Quận, ngày 15/3": the plan's own date
    if one.sort in DATELESS:
        return
    if other.is_bare and isinstance(one.rules[-1], On) and one.rules[-1].before:
        raise ParseError(at)  # "trước ngày 15/6 (nếu có) và 15/12": before the second, too?
    mixed = one.sort != other.sort
    if (mixed or joint in (",", "line")) and _is_within_either(one, other):
        raise ParseError(at)  # "tháng 6 và ngày 12/6"
    if joint in (",", "line") and mixed:
        raise ParseError(at)
    if _is_another_year(one, other):
        raise ParseError(at)  # "tháng 6 năm 2025 và năm 2026": is it June there too?


def _is_within_either(one: Meaning, other: Meaning) -> bool:
    """Tell whether a period of the one lies within a period of the other."""
    first = [found for rule in one.rules for found in _periods_of(rule)]
    second = [found for rule in other.rules for found in _periods_of(rule)]
    return any(a.covers(b) or b.covers(a) for a in first for b in second)


def _periods_of(rule: AnyRule) -> list[Period]:
    return [period for period, _due in rule.due_dates(0)] if isinstance(rule, In | On) else []


def _is_another_year(one: Meaning, other: Meaning) -> bool:
    last, year = one.rules[-1], other.rules[0]
    if not (isinstance(year, In) and year.in_.isdigit()) or not isinstance(last, In | On):
        return False
    due = next(day for _period, day in last.due_dates(0))
    whole = isinstance(last, In) and last.in_.isdigit()
    return not whole and str(due.year) != year.in_


def _read_piece(cursor: Cursor, context: Context, given: Lengths) -> Meaning:
    start = cursor.at
    for reader in _PIECE_READERS:
        found = reader(cursor, context, given)
        if found is not None:
            return found
        cursor.at = start
    raise ParseError(start)


def _read_continuous(cursor: Cursor, context: Context, _given: Lengths) -> Meaning | None:
    if not cursor.take("thuong xuyen", "lien tuc", "hang ngay", "quanh nam"):
        return None
    cursor.take("( hang ngay )")
    cursor.take(", ca nam", "ca nam")
    if cursor.sees(", trong"):
        cursor.at += 1
    while cursor.take(", lien tuc", "va lien tuc", "lien tuc", ", hang ngay", "hang ngay"):
        pass
    skip_own_year(cursor, context)
    return Meaning("continuous", [Continuous(True)])


def _read_order(cursor: Cursor, _context: Context, _given: Lengths) -> Meaning | None:
    rule = read_event(cursor) or read_directive(cursor)
    return Meaning("directed", [rule]) if rule else None


def _read_times(cursor: Cursor, context: Context, _given: Lengths) -> Meaning | None:
    start = cursor.at
    count, units = read_times(cursor)
    if not units:
        return None
    if count == 1:
        skip_own_year(cursor, context)
        if units[0][0] != "year" or not cursor.sees("(") or _is_order(cursor):
            return Meaning("recurring", [Every(units[0][0])])
    bracket = cursor.take("(", ":", "vao", ",")
    if units[0][0] != "year" or not bracket:
        raise ParseError(start)  # twice a year: but when?
    found = _read_piece(cursor, context, ())
    while cursor.word() in ("va", ","):
        cursor.at += 1
        more = _read_piece(cursor, context, ())
        if more.sort != found.sort:
            raise ParseError(start)
        found = Meaning(found.sort, found.rules + more.rules)
    if bracket == "(":
        cursor.need(")")
    if found.sort not in ("date", "period") or len(found.rules) != count:
        raise ParseError(start)
    return found


def _is_order(cursor: Cursor) -> bool:
    return cursor.word(1) in ("hoac", "va", "khi", "theo", "dot", "neu")


_PieceReader: TypeAlias = Callable[[Cursor, Context, Lengths], Meaning | None]
_PIECE_READERS: tuple[_PieceReader, ...] = (
    _read_continuous,
    _read_order,
    _read_times,
    read_recurrent,
    read_bounded,
)

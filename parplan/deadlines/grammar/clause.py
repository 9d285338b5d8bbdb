"""Reads one clause of a deadline phrase into schedule rules.

A clause is what stands between labels and semicolons: "hoàn thành trước ngày 30/9",
"hàng quý và đột xuất khi có yêu cầu".  Every word must be understood; else ``ParseError``
names the first that is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import msgspec

from parplan.deadlines.grammar.actions import (
    skip_action,
    skip_next_action,
    skip_other_words,
    skip_share,
)
from parplan.deadlines.grammar.after_date import skip_remark
from parplan.deadlines.grammar.before_date import skip_duration, skip_source, skip_start
from parplan.deadlines.grammar.continuous import read_continuous, skip_season
from parplan.deadlines.grammar.dates import accept_numeral
from parplan.deadlines.grammar.day_within import read_narrowed
from parplan.deadlines.grammar.frequency import TIMES, Lengths, read_times
from parplan.deadlines.grammar.joinable import accept_break, require_joint
from parplan.deadlines.grammar.labels import label_without_colon
from parplan.deadlines.grammar.limits import skip_filling
from parplan.deadlines.grammar.meaning import DATELESS, Context, Meaning
from parplan.deadlines.grammar.names import skip_percentage
from parplan.deadlines.grammar.occasions import skip_occasion, skip_place
from parplan.deadlines.grammar.orders import read_directive, read_event
from parplan.deadlines.grammar.outcomes import skip_deed
from parplan.deadlines.grammar.purposes import skip_purpose, skip_to_end
from parplan.deadlines.grammar.recurring import (
    read_bounded,
    read_day_of_label,
    read_of_units,
    read_recurrent,
    read_within,
    within,
)
from parplan.deadlines.grammar.summaries import is_summary, read_summary
from parplan.deadlines.grammar.tokens import Cursor, ParseError, is_about_time
from parplan.deadlines.grammar.trailing_labels import accept_trailing_label
from parplan.deadlines.grammar.vocabulary import APART, EMPHASES, NEXT_PERIODS
from parplan.problem import N_
from parplan.schedule.periods import Length, Period
from parplan.schedule.rules import AnyRule, Continuous, Every, In
from parplan.text import fold

NO_DAY = N_("its beginning or middle names no day")
_JOINTS = (", dong thoi", "dong thoi", ", va", "va", ",", "va ca", "&", "+")

_SOME = ("các", "đối", "với", "những", "xã", "phường", "vùng", "đơn", "trường", "hộ", "thôn", "cấp")
"""Words of some of those who do it: whether this office is one of them, is not told."""
_OWN_REPORT: dict[Length, tuple[str, ...]] = {
    "month": ("( bao cao thang )",),
    "quarter": ("( bao cao quy )",),
    "year": ("( bao cao nam )",),
}
"""Says what recurs once more: "ngày 15 hằng tháng (báo cáo tháng)"."""


def read_clause(cursor: Cursor, context: Context, lengths: Lengths) -> list[AnyRule]:
    """Return the rules of the clause at ``cursor``, up to its end.

    ``lengths`` are the periods that the label names: "Báo cáo quý, năm: …".  Raises ParseError.
    """
    start = cursor.position
    is_free = _skip_beginning(cursor, context)
    is_named = bool(cursor.accept(*NEXT_PERIODS))
    bracket = cursor.accept("(") if is_free or lengths or is_named else ""
    if is_named and not bracket:
        raise ParseError(start)
    pieces = [_read_piece(cursor, context, lengths)]
    if bracket:
        cursor.expect(")")
    if is_free and min(context.years, default=context.year) < context.year:
        raise ParseError(start)  # "kiểm kê tài sản mua trước ngày 01/01/2020": its own date
    # Filling and a full stop may stand behind a piece: "trước 15/6 (dự kiến)."
    pieces[-1] = _finish(cursor, pieces[-1], context)
    while not cursor.at_end:
        if not _read_behind(cursor, context, pieces):
            _read_joined(cursor, context, lengths, pieces, is_free=is_free)
    for piece in pieces:
        if any(
            due < context.after for rule in piece.rules for _, due in rule.due_dates(context.year)
        ):
            raise ParseError(start)
    if context.is_parted or (len(pieces) > 1 and all(piece.deed for piece in pieces)):
        return [rule for piece in pieces for rule in _labelled(piece)]
    return [rule for piece in pieces for rule in piece.rules]


def _skip_beginning(cursor: Cursor, context: Context) -> bool:
    """Step over what stands before the first date, and tell whether it was an action."""
    skip_source(cursor, context)
    begins = cursor.first_of(("bat dau tu", "ke tu"))
    if begins and any(cursor.word(at) == "den" for at in range(3, 10)):
        cursor.position += begins.count(" ")  # "từ" belongs to the span
    skip_start(cursor, context.year)
    skip_percentage(cursor)
    skip_duration(cursor)
    is_free = bool(skip_action(cursor, context.year))
    if not (is_free or is_summary(cursor)):
        skip_filling(cursor)
        skip_duration(cursor)
    return is_free


def _read_behind(cursor: Cursor, context: Context, pieces: list[Meaning]) -> bool:
    """Read what belongs to the last of ``pieces`` or stands in brackets; tell whether some did."""
    at = cursor.position
    last = pieces[-1]
    if skip_purpose(cursor) or (last.sort in DATELESS and skip_to_end(cursor)):
        return True
    if skip_place(cursor):
        return True
    if deed := skip_deed(cursor):
        pieces[-1] = msgspec.structs.replace(last, deed=deed[:1].upper() + deed[1:])
        return True
    if last.sort == "period" and (day := read_narrowed(cursor, context, last)):
        pieces[-1] = _finish(cursor, day, context)
    elif last.sort == "continuous" and cursor.accept(*EMPHASES):
        if not skip_season(cursor):
            _read_piece(cursor, context, ())  # when more of it is done
    elif last.sort in ("date", "period") and _begins_apart(cursor):
        cursor.accept(*APART)
        pieces.append(_read_apart(cursor, context, in_brackets=False))
    elif last.sort == "continuous" and (cursor.accept(*APART) or cursor.is_at("( bao cao")):
        pieces.append(
            _read_apart(cursor, context, in_brackets=cursor.phrase.tokens[at].text == "(")
        )
    elif cursor.accept("( hoac", "( va", "("):
        pieces.append(_order_in_brackets(cursor, at))
    else:
        return False
    return True


def _begins_apart(cursor: Cursor) -> bool:
    """Tell whether ", riêng (công trình X … chậm nhất …)" stands here, and no other period."""
    words = cursor.first_of(APART)
    token = cursor.peek(words.count(" ") + 1) if words.endswith("rieng") else None
    return token is not None and not is_about_time(token) and token.accented not in _SOME


def _read_joined(
    cursor: Cursor, context: Context, lengths: Lengths, pieces: list[Meaning], *, is_free: bool
) -> None:
    """Read what is joined to the last of ``pieces``; raises ParseError where nothing is."""
    at = cursor.position
    is_beside = pieces[-1].sort == "continuous"
    joint = cursor.accept("hoac", "va hoac", *_JOINTS) or accept_break(cursor, is_beside=is_beside)
    if not joint:
        raise ParseError(at)
    skip_share(cursor)
    deed = skip_next_action(cursor, context.year, is_step=is_free and joint == ",")
    start = cursor.position
    if not (is_beside and skip_action(cursor, context.year, is_known=True)):
        skip_filling(cursor, activities=pieces[-1].sort in DATELESS)
    report = cursor.phrase.between(start, cursor.position)
    is_latest = joint == "," and cursor.word() in ("cham", "muon", "khong") and not report
    meaning = _finish(cursor, _read_piece(cursor, context, lengths), context)
    if meaning.sort == "continuous" and deed:
        meaning = msgspec.structs.replace(meaning, deed=deed)
    elif is_beside and fold(report).startswith("bao cao"):
        meaning = msgspec.structs.replace(meaning, deed=report[:1].upper() + report[1:])
    if is_latest and not (pieces[-1].deed and meaning.deed):
        raise ParseError(at)  # "trước ngày 15/6, chậm nhất ngày 20/6": one deadline said twice
    if joint == "," and meaning.sort == "recurring" and (span := _span(pieces, context)):
        pieces[-1] = within(meaning, span, context, at)
        return
    require_joint(pieces[-1], meaning, joint, at)
    pieces.append(meaning)


def _span(pieces: list[Meaning], context: Context) -> Period | None:
    """Return the span of "từ tháng 7 đến tháng 12, (trước ngày 25 hằng tháng)", if that is all."""
    rules = pieces[-1].rules if len(pieces) == 1 and not pieces[-1].deed else []
    is_span = len(rules) == 1 and isinstance(rules[0], In) and ".." in rules[0].in_
    return next(period for period, _due in rules[0].due_dates(context.year)) if is_span else None


def _finish(cursor: Cursor, meaning: Meaning, context: Context) -> Meaning:
    """Step over what may follow a piece; return it with the label behind it, if there is one."""
    at = cursor.position
    if meaning.sort == "recurring":
        meaning = read_within(cursor, context, meaning)
    if meaning.sort == "period" and cursor.word() == "(":
        meaning = read_narrowed(cursor, context, meaning) or meaning
    if meaning.sort in ("date", "period") and (
        label := accept_trailing_label(cursor, context.year)
    ):
        outer = [each for rule in meaning.rules for each, _day in rule.due_dates(context.year)]
        is_covered = all(any(name.covers(each) for name in label.named) for each in outer)
        if meaning.sort == "period" and label.named and not is_covered:
            raise ParseError(at)  # "quý II, III (tháng 5-8)": when in them?
        if not label.fits(meaning.rules, context.year):
            raise ParseError(at)
        named = [msgspec.structs.replace(rule, label=label.text) for rule in meaning.rules]
        meaning = msgspec.structs.replace(meaning, rules=named)
    if meaning.sort in ("date", "period"):
        skip_remark(cursor)
    units = {rule.every for rule in meaning.rules if isinstance(rule, Every)}
    if len(units) == 1 and meaning.sort == "recurring":
        cursor.accept(*_OWN_REPORT.get(units.pop(), ()))
    if not (skip_purpose(cursor) or (_is_short(meaning, context) and skip_occasion(cursor))):
        meaning = _with_deed(cursor, meaning)
    cursor.accept(".")
    return meaning


def _is_short(meaning: Meaning, context: Context) -> bool:
    """Tell whether ``meaning`` is one of days, which no occasion within a month makes earlier."""
    spans = [period for rule in meaning.rules for period, _due in rule.due_dates(context.year)]
    is_single = meaning.sort in ("date", "period")
    return is_single and all(period.kind in ("day", "range") for period in spans)


def _with_deed(cursor: Cursor, meaning: Meaning) -> Meaning:
    deed = skip_deed(cursor)
    if not deed:
        skip_filling(cursor)
        return meaning
    return msgspec.structs.replace(meaning, deed=deed[:1].upper() + deed[1:])


def _labelled(meaning: Meaning) -> Iterator[AnyRule]:
    """Yield the rules of ``meaning``, each without a label with what is done."""
    for rule in meaning.rules:
        if meaning.deed and not isinstance(rule, Continuous) and not rule.label:
            yield msgspec.structs.replace(rule, label=meaning.deed)
        else:
            yield rule


def _order_in_brackets(cursor: Cursor, at: int) -> Meaning:
    """Read "(hoặc khi có yêu cầu)" behind its bracket."""
    rule = read_directive(cursor)
    if rule is None:
        raise ParseError(at)
    cursor.expect(")")
    return Meaning("directed", [rule])


def _read_apart(cursor: Cursor, context: Context, *, in_brackets: bool) -> Meaning:
    """Read what has a date beside what has no end: "(báo cáo hằng quý)", ", riêng việc …"."""
    cursor.accept("viec", "doi voi", "co", "(")
    start = cursor.position
    label = label_without_colon(cursor.phrase, start, cursor.stop, context.year)
    if label:
        cursor.position = label[1]
    elif not (skip_action(cursor, context.year) or skip_other_words(cursor)):
        skip_filling(cursor, activities=cursor.is_at("bao cao"))
    deed = cursor.phrase.between(start, cursor.position)
    meaning = _finish(
        cursor, _read_piece(cursor, context, label[0].lengths if label else ()), context
    )
    if not deed or (label and not label[0].fits(meaning.rules, context.year)):
        raise ParseError(start)  # "riêng tháng 6": of which one does not know what is due
    if in_brackets:
        cursor.expect(")")
    named = msgspec.structs.replace(meaning, deed=deed[:1].upper() + deed[1:])
    return msgspec.structs.replace(named, rules=list(_labelled(named)))


def _read_piece(cursor: Cursor, context: Context, lengths: Lengths) -> Meaning:
    start = cursor.position
    for reader in _PIECE_READERS:
        meaning = reader(cursor, context, lengths)
        if meaning is not None:
            return meaning
        cursor.position = start
    cursor.accept("vao", "trong", "tu", "khoang")
    is_vague = cursor.word() in ("dau", "giua") and is_about_time(cursor.peek(1))
    raise ParseError(start, NO_DAY if is_vague else "")


def _read_order(cursor: Cursor, _context: Context, _lengths: Lengths) -> Meaning | None:
    rule = read_event(cursor) or read_directive(cursor)
    return Meaning("directed", [rule]) if rule else None


def _read_times(cursor: Cursor, context: Context, _lengths: Lengths) -> Meaning | None:
    start = cursor.position
    count, units = read_times(cursor)
    if not units:
        return _read_single_time(cursor, context)
    if count == 1 and (units[0][0] != "year" or not _says_when(cursor)):
        return read_of_units(cursor, context, units)
    bracket = cursor.accept("(", ":", "vao", ",")
    if units[0][0] != "year" or not bracket:
        raise ParseError(start)  # twice a year: but when?
    meaning = _read_piece(cursor, context, ())
    while cursor.word() in ("va", ","):
        cursor.position += 1
        more = _read_piece(cursor, context, ())
        if more.sort != meaning.sort:
            raise ParseError(start)
        meaning = Meaning(meaning.sort, meaning.rules + more.rules)
    if bracket == "(":
        cursor.expect(")")
    if meaning.sort not in ("date", "period") or len(meaning.rules) != count:
        raise ParseError(start)
    return meaning


def _read_single_time(cursor: Cursor, context: Context) -> Meaning | None:
    """Read "01 lần trong năm 2026", "01 lần, vào tháng 6"."""
    if accept_numeral(cursor, 1) != 1 or not cursor.accept(*TIMES):
        return None
    cursor.accept(",")
    meaning = _read_piece(cursor, context, ())
    is_single = meaning.sort in ("date", "period") and len(meaning.rules) == 1
    return meaning if is_single else None


def _says_when(cursor: Cursor) -> bool:
    """Tell whether "(tháng 6)" or ", quý IV" follows, not an order: "(hoặc khi có yêu cầu)"."""
    if cursor.word() == "(":
        return cursor.word(1) not in ("hoac", "va", "khi", "theo", "dot", "neu")
    return cursor.word() in (",", ":", "vao") and cursor.word(1) in ("quy", "thang")


_PieceReader: TypeAlias = Callable[[Cursor, Context, Lengths], Meaning | None]
_PIECE_READERS: tuple[_PieceReader, ...] = (
    read_summary,
    read_continuous,
    _read_order,
    _read_times,
    read_recurrent,
    read_bounded,
    read_day_of_label,
)

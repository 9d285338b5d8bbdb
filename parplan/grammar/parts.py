"""Into which parts does a deadline phrase fall, and what do their labels say?

"-Báo cáo tháng: … -Báo cáo quý, năm: …", "Lần 1: tháng 6 Lần 2 tháng 11".  A label may
name the periods that its clause speaks of; one with a date of its own must agree with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from parplan import period as periods
from parplan.grammar import limits, recurrences
from parplan.grammar.orders import is_about_time
from parplan.grammar.recurrences import Lengths, Recurring
from parplan.grammar.series import series
from parplan.grammar.tokens import Cursor, Phrase, Stuck, Token
from parplan.period import Period
from parplan.schedule import AnyRule, Every, In, On, OnDirective

_BULLETS = ("-", "+", "*", "•", "·", "●", "▪", "")
_ORDINALS = ("lan", "dot")
_NUMBERS = {"nhat": 1, "mot": 1, "hai": 2, "ba": 3, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_LATE = dt.timedelta(days=45)
_EARLY = dt.timedelta(days=92)
"""A dated report of a period is due within these days around the period's end."""


class Part(msgspec.Struct, frozen=True):
    """A clause from token ``start`` up to, not including, ``stop``, with its label."""

    first: int
    start: int
    stop: int
    label: str = ""
    ordinal: int = 0
    lengths: Lengths = ()
    named: tuple[Period, ...] = ()
    """The periods that the label itself names: "Quý I"."""

    def fits(self, rules: Sequence[AnyRule], year: int) -> bool:
        """Tell whether the label lets ``rules`` stand: no yearly report in January of its year."""
        dated = [rule for rule in rules if isinstance(rule, In | On)]
        if self.named and any(isinstance(rule, Every) for rule in rules):
            return False
        due = [day for rule in dated for _period, day in rule.due_dates(year)]
        if self.named:
            last = max(one.last for one in self.named)
            return all(self.named[0].first <= day <= last + _LATE for day in due)
        if not self.lengths:
            return True
        if any(not isinstance(rule, Every | In | On | OnDirective) for rule in rules):
            return False
        ends = [one.last for unit, _w in self.lengths for one in periods.each(unit, year)]
        return all(any(end - _EARLY <= day <= end + _LATE for end in ends) for day in due) and (
            not due or not any(unit in ("week", "month") for unit, _words in self.lengths)
        )


def parts(phrase: Phrase, year: int) -> list[Part]:
    """Return the parts of ``phrase`` in the plan of ``year``, in order.

    Raises Stuck at a label that says more than is understood.
    """
    found = [_part(phrase, year, first, stop) for first, stop in _pieces(phrase)]
    return [part for part in found if part.start < part.stop or part.label]


def _pieces(phrase: Phrase) -> Iterator[tuple[int, int]]:
    """Yield where each part begins and ends, bullets and what joins the parts left out."""
    tokens = phrase.tokens
    labels = _labels_ahead(tokens)
    if not tokens:
        return
    starts = [at for at in range(len(tokens)) if at == 0 or _begins(tokens, at, labels)]
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        first, stop = start, end
        while first < stop and (tokens[first].text in (*_BULLETS, ";") or _is_dot(tokens, first)):
            first += 1
        while stop > first and tokens[stop - 1].text in (";", ",", ".", "va"):
            stop -= 1
        if first < stop:
            yield first, stop


def _is_dot(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].text == "."


def _begins(tokens: Sequence[Token], at: int, labels: Sequence[bool]) -> bool:
    """Tell whether a new part begins with token ``at``."""
    token = tokens[at]
    if token.text == ";" or (token.text == "." and labels[at + 1]):
        return True
    if token.text in _BULLETS and token.space and at + 1 < len(tokens):
        return tokens[0].text in _BULLETS or labels[at + 1]
    if token.line and labels[at]:
        return True
    return token.text in _ORDINALS and _ordinal(tokens, at) > 0 and not _is_count(tokens, at)


def _is_count(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "lần" here ends a count: "1 lần", "mỗi tháng một lần", "quý/lần"."""
    before = tokens[at - 1]
    if before.number < 0:
        return before.text in ("/", "mot", "moi", *_BULLETS)
    return at < 2 or tokens[at - 2].text not in ("thang", "quy", "nam", "/", ".", "-")


def _labels_ahead(tokens: Sequence[Token]) -> list[bool]:
    """Tell for each token whether a label's colon follows before the part can end."""
    found = [False] * (len(tokens) + 1)
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        is_end = token.text in (";", ".") or (token.text in _BULLETS and token.space)
        is_colon = token.text == ":" and not _in_clock(tokens, at)
        found[at] = is_colon or (found[at + 1] and not is_end)
    return found


def _in_clock(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the colon is that of "16:30"."""
    around = tokens[max(at - 1, 0) : at + 2]
    return (
        len(around) == 3
        and all(one.number >= 0 for one in (around[0], around[2]))
        and not (around[1].space or around[2].space)
    )


def _ordinal(tokens: Sequence[Token], at: int) -> int:
    """Return the number of "Lần 1", "Đợt II", "Lần thứ nhất", else 0."""
    place = at + 1
    if place < len(tokens) and tokens[place].text == "thu":
        place += 1
    if place >= len(tokens):
        return 0
    token = tokens[place]
    return token.number if token.number > 0 else _NUMBERS.get(token.text, 0)


def _part(phrase: Phrase, year: int, first: int, stop: int) -> Part:
    tokens = phrase.tokens
    colon = next(
        (at for at in range(first, stop) if tokens[at].text == ":" and not _in_clock(tokens, at)),
        None,
    )
    number = _ordinal(tokens, first) if tokens[first].text in _ORDINALS else 0
    if number:
        end = first + (3 if tokens[first + 1].text == "thu" else 2)
        if colon is not None and colon != end:
            raise Stuck(end)
        start = end if colon is None else colon + 1
        return Part(first, start, stop, phrase.between(first, end), ordinal=number)
    if colon is None:
        return Part(first, first, stop)
    return _with_label(phrase, year, first, colon, stop)


def _with_label(phrase: Phrase, year: int, first: int, colon: int, stop: int) -> Part:
    start, label = colon + 1, phrase.between(first, colon)
    if start >= stop:
        raise Stuck(first)
    cursor = Cursor(phrase, first, colon)
    cursor.take("rieng", "doi voi", "cac")
    limits.skip_filling(cursor)
    if cursor.ended:
        is_deadline = phrase.tokens[first].text in ("thoi", "han")
        return Part(first, start, stop, "" if is_deadline else label)
    prefix = phrase.between(first, cursor.at)
    lengths = recurrences.recurring(cursor) or recurrences.listed(cursor, "")
    if lengths and cursor.ended:
        return Part(first, start, stop, label, lengths=_named_lengths(prefix, lengths))
    cursor.at = first + (prefix.count(" ") + 1 if prefix else 0)
    named = series(cursor)
    if named and cursor.ended:
        found = tuple(filter(None, (one.in_year(year).period() for one in named.items)))
        return Part(first, start, stop, label, named=found)
    for at in range(first, colon):
        if is_about_time(phrase.tokens[at]):
            raise Stuck(at)
    return Part(first, start, stop, label)


def _named_lengths(prefix: str, lengths: Lengths) -> list[tuple[Recurring, str]]:
    return [(unit, f"{prefix} {words}".strip()) for unit, words in lengths]

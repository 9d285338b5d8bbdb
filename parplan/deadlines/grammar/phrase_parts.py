"""Cuts a deadline phrase into parts, each with its label.

"-Báo cáo tháng: … -Báo cáo quý, năm: …", "Lần 1: tháng 6 Lần 2 tháng 11".  A label may
stand without a colon before a limit: "báo cáo năm trước ngày 15/12".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from parplan.deadlines.grammar.brackets import is_remark, unbracketed
from parplan.deadlines.grammar.dates import read_date
from parplan.deadlines.grammar.free_words import skip_free
from parplan.deadlines.grammar.frequency import read_lengths, read_recurring, read_times
from parplan.deadlines.grammar.labels import (
    DateLabel,
    has_label_with_colon,
    label_before_colon,
    label_without_colon,
)
from parplan.deadlines.grammar.limit_begins import begins_with_date
from parplan.deadlines.grammar.limits import accept_limit
from parplan.deadlines.grammar.named_periods import read_series
from parplan.deadlines.grammar.ordinals import (
    BULLETS,
    MOST_TIMES,
    ORDINALS,
    is_class,
    is_count,
    is_in_brackets,
    is_inside,
    is_lettered,
    is_of_object,
    joins_dates,
    numbering,
    ordinal_end,
    ordinal_number,
)
from parplan.deadlines.grammar.steps import read_bare_step, read_deed, read_step
from parplan.deadlines.grammar.tokens import Cursor, ParseError, Phrase, Token

_BEGINNINGS = ("thuong", "lien", "thu")
"""First words of what has no end, and of weekdays."""


class Part(msgspec.Struct, frozen=True):
    """A clause from token ``start`` up to, not including, ``stop``, with its label."""

    first: int
    start: int
    stop: int
    label: DateLabel = DateLabel()
    ordinal: int = 0


def split_parts(phrase: Phrase, year: int) -> list[Part]:
    """Return the parts of ``phrase`` in the plan of ``year``, in order.

    Raises ParseError at a label that says more than is understood.
    """
    pieces = _without_head(phrase, list(_with_deeds(phrase, _pieces(phrase, year))))
    parts = _steps(phrase, pieces, year) or [
        _read_part(phrase, year, first, stop) for first, stop in pieces
    ]
    return [part for part in parts if part.start < part.stop or part.label.text]


def _with_deeds(phrase: Phrase, pieces: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield ``pieces``, what is done besides with its date: "từ 20/7: thăm hỏi; viếng nghĩa trang".

    Words alone behind a semicolon belong to the date before them.
    """
    before: tuple[int, int] | None = None
    for first, stop in pieces:
        if before is not None:
            start, end = before
            has_deed = any(_is_colon(phrase.tokens, at) for at in range(start, end))
            is_deed = phrase.tokens[first - 1].text == ";" and read_deed(phrase, first, stop)
            if has_deed and is_deed and begins_with_date(phrase.tokens, start):
                before = start, stop
                continue
            yield before
        before = first, stop
    if before is not None:
        yield before


def _without_head(phrase: Phrase, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ``pieces`` without what is counted in them: "kiểm tra 02 đợt: đợt 1 …, đợt 2 …"."""
    heads = next((n for n, (at, _) in enumerate(pieces) if ordinal_end(phrase.tokens, at)), 0)
    rest = pieces[heads:]
    if not heads or not all(ordinal_end(phrase.tokens, first) for first, _ in rest):
        return pieces
    if len(rest) < 2:
        return pieces
    first, stop = pieces[0][0], pieces[heads - 1][1]
    cursor = Cursor(phrase, first, stop - (1 if phrase.tokens[stop - 1].text == ":" else 0))
    while skip_free(cursor):
        pass
    if cursor.number(2, MOST_TIMES) == len(rest) and cursor.word(1) in ORDINALS:
        cursor.position += 2
        cursor.accept("/ nam", "trong nam", "mot nam", "moi nam", "hang nam")
    return rest if cursor.at_end else pieces


def _steps(phrase: Phrase, pieces: Sequence[tuple[int, int]], year: int) -> list[Part]:
    """Return the parts where each is a step of the work, labelled by what is done; else none.

    "Ban hành trong tháng 01, kiểm tra chậm nhất tháng 6".
    """
    parts: list[Part] = []
    for first, stop in pieces if len(pieces) > 1 else ():
        step = read_step(phrase, first, stop, is_first=not parts)
        if step is None or any(_is_colon(phrase.tokens, at) for at in range(first, stop)):
            return []
        if label_without_colon(phrase, first, stop, year):
            return []  # "báo cáo định kỳ 6 tháng đầu năm trước …" names its period
        words, start = step
        parts.append(Part(first, start, stop, DateLabel(_label(words))))
    return parts


def _pieces(phrase: Phrase, year: int) -> Iterator[tuple[int, int]]:
    """Yield where each part begins and ends, bullets and what joins the parts left out."""
    tokens = phrase.tokens
    ahead = _labels_ahead(tokens)
    if not tokens:
        return
    starts, has_limit = [0], False
    has_steps = _begins_with_step(phrase, 0)
    for at in range(1, len(tokens)):
        has_limit = has_limit or tokens[at].text in ("truoc", "nhat", ":", "ngay")
        if (
            _begins(tokens, at, ahead)
            or (has_limit and _has_label(phrase, at, year))
            or _has_date_before_colon(phrase, at, starts[-1], year)
            or (has_steps and _is_next_step(phrase, at, starts[-1]))
        ):
            starts.append(at)
            has_limit = False
            has_steps = has_steps or (tokens[at].text == ";" and _begins_with_step(phrase, at))
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        first, stop = start, end
        while first < stop and tokens[first].text in (*BULLETS, ";", "."):
            first += 1
        first += numbering(tokens, first)
        while stop > first and tokens[stop - 1].text in (";", ",", ".", "va", "-"):
            stop -= 1
        if first < stop:
            yield first, stop


def _begins_with_step(phrase: Phrase, at: int) -> bool:
    first = _first_word(phrase.tokens, at)
    return read_step(phrase, first, len(phrase.tokens), is_first=at == 0) is not None


def _first_word(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) - 1 and tokens[at].text in (*BULLETS, ";"):
        at += 1
    return at


def _is_next_step(phrase: Phrase, at: int, start: int) -> bool:
    """Tell whether a step begins at token ``at``, behind the date of the step at ``start``."""
    tokens = phrase.tokens
    parted = tokens[at - 1].text in (",", "va") or tokens[at].line
    if not parted or read_step(phrase, at, len(tokens)) is None:
        return False
    before = read_step(phrase, _first_word(tokens, start), len(tokens), is_first=start == 0)
    return before is not None and before[1] < at - 1


def _has_date_before_colon(phrase: Phrase, at: int, start: int, year: int) -> bool:
    """Tell whether a comma or "và" ends a part: "tháng 3: xây dựng, tháng 6: kiểm tra"."""
    has_colon = any(_is_colon(phrase.tokens, before) for before in range(start, at))
    if phrase.tokens[at - 1].text not in (",", "va") or not has_colon:
        return False
    cursor = Cursor(phrase, at, min(len(phrase.tokens), at + 10))
    accept_limit(cursor)
    if read_date(cursor, year) is None:
        series = read_series(cursor)
        if series is None or series.unit not in ("month", "quarter"):
            return False
    return cursor.word() == ":"


def _has_label(phrase: Phrase, at: int, year: int) -> bool:
    """Tell whether a comma or "và" ends a part: "…, báo cáo năm trước", "… và hằng năm (…".

    Only where a limit went before: "quý I, quý II trước ngày 15/6" may be one deadline.
    """
    tokens = phrase.tokens
    if tokens[at - 1].text not in (",", "va") and not tokens[at].line:
        return False
    cursor = Cursor(phrase, at, min(len(tokens), at + 6))
    if (read_recurring(cursor) or read_lengths(cursor, "")) and cursor.word() == "(":
        return True
    stop = len(tokens)
    report = Cursor(phrase, at, min(stop, at + 9))
    if report.accept("bao cao dinh ky", "bao cao") and read_recurring(report):
        return report.word() in ("truoc", "cham")
    return has_label_with_colon(phrase, at, stop, year) or (
        label_without_colon(phrase, at, stop, year) is not None
    )


def _begins(tokens: Sequence[Token], at: int, labels: Sequence[bool]) -> bool:
    """Tell whether a new part begins with token ``at``."""
    token = tokens[at]
    is_apart = not labels[at + 1] and any(t.accented == "riêng" for t in tokens[at + 1 : at + 2])
    if (token.text == ";" and not is_apart) or (token.text == "." and labels[at + 1]):
        return True
    if token.text in BULLETS and token.space and at + 1 < len(tokens) and not is_inside(tokens, at):
        if joins_dates(tokens, at):
            if tokens[0].text in BULLETS and _is_bare(tokens[1]):
                raise ParseError(at)  # "- 15/6 - 15/12": two days, or from one to the other?
            return False
        has_colon = any(_is_colon(tokens, before) for before in range(at))
        return tokens[0].text in BULLETS or (labels[at + 1] and has_colon)
    if token.line and (labels[at] or numbering(tokens, at)):
        return True
    if at and (is_lettered(tokens, at) or (at + 2 < len(tokens) and is_in_brackets(tokens, at))):
        return True
    is_ordinal = token.text in ORDINALS and ordinal_end(tokens, at) > 0
    is_ordinal = is_ordinal and tokens[at - 1].text != "hoc"  # "học kỳ I"
    return is_ordinal and not (
        is_count(tokens, at) or is_class(tokens, at) or is_of_object(tokens, at)
    )


def _is_bare(token: Token) -> bool:
    """Tell whether a date begins with ``token``, without "từ"."""
    return token.number >= 0 or token.text in ("ngay", "thang", "quy")


def _labels_ahead(tokens: Sequence[Token]) -> list[bool]:
    """Tell for each token whether a label's colon follows before the part can end."""
    has_label = [False] * (len(tokens) + 1)
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        is_end = token.text in (";", ".") or (token.text in BULLETS and token.space)
        has_label[at] = _is_colon(tokens, at) or (has_label[at + 1] and not is_end)
    return has_label


def _is_colon(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].text == ":" and not _in_clock(tokens, at)


def _in_clock(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the colon is that of "16:30"."""
    around = tokens[max(at - 1, 0) : at + 2]
    return (
        len(around) == 3
        and all(token.number >= 0 for token in (around[0], around[2]))
        and not (around[1].space or around[2].space)
    )


def _read_part(phrase: Phrase, year: int, first: int, stop: int) -> Part:
    part = _labelled_part(phrase, year, first, stop)
    start, stop = unbracketed(phrase.tokens, part.start, part.stop)
    return msgspec.structs.replace(part, start=start, stop=stop)


def _labelled_part(phrase: Phrase, year: int, first: int, stop: int) -> Part:
    tokens = phrase.tokens
    colon = next((at for at in range(first, stop) if _is_colon(tokens, at)), None)
    end = 0 if is_class(tokens, first) else ordinal_end(tokens, first)
    if end and colon is not None and colon > end and is_remark(phrase, end, colon):
        label = DateLabel(phrase.between(first, colon))
        return Part(first, colon + 1, stop, label, ordinal=ordinal_number(tokens[end - 1]))
    if end and (colon == end or tokens[first].text in ORDINALS):
        if colon is not None and colon != end:
            raise ParseError(end)
        start = end if colon is None else colon + 1
        label = DateLabel(phrase.between(first, end))
        return Part(first, start, stop, label, ordinal=ordinal_number(tokens[end - 1]))
    if colon is None:
        labelled = label_without_colon(phrase, first, stop, year) or _report(phrase, first, stop)
        return Part(first, labelled[1], stop, labelled[0]) if labelled else Part(first, first, stop)
    if colon + 1 >= stop:
        raise ParseError(first)
    begins = begins_with_date(tokens, first) or tokens[first].text in _BEGINNINGS
    if begins and (deed := read_deed(phrase, colon + 1, stop)):
        label = label_before_colon(phrase, first, colon, year, is_date=True)
        named = msgspec.structs.replace(label, text=_label(deed), is_date=True)
        return Part(first, first, colon, named)
    cursor = Cursor(phrase, first, colon)
    if read_times(cursor)[0] and cursor.at_end:
        return Part(first, first, stop)  # "2 lần/năm: tháng 6, tháng 12"
    if read_recurring(cursor) and cursor.at_end and tokens[first].text != "dinh":
        return Part(first, first, stop, DateLabel(phrase.between(first, colon)))
    label = label_before_colon(phrase, first, colon, year)
    inner = label_without_colon(phrase, colon + 1, stop, year)
    if inner and not (label.lengths or label.named):  # "Báo cáo PCTN: 9 tháng trước 05/9"
        named = msgspec.structs.replace(inner[0], text=phrase.between(first, inner[1]))
        return Part(first, inner[1], stop, named)
    return Part(first, colon + 1, stop, label)


def _report(phrase: Phrase, first: int, stop: int) -> tuple[DateLabel, int] | None:
    """Return the label of a report behind another part: "thường xuyên; báo cáo trong tháng 11"."""
    step = None
    if first or stop < len(phrase.tokens) - 1:
        step = read_step(phrase, first, stop) or read_bare_step(phrase, first, stop)
    return (DateLabel(_label(step[0])), step[1]) if step else None


def _label(words: str) -> str:
    return words[:1].upper() + words[1:].rstrip(" ,(")

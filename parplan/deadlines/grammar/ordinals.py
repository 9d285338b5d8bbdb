"""Tells what is counted: "lần 1", "đợt II", "giai đoạn 2"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from parplan.deadlines.grammar.tokens import Token

BULLETS = ("-", "+", "*", "•", "·", "●", "▪", "")
# "Lần 1: tháng 6 Lần 2 tháng 11": these count deadlines even without a colon.
ORDINALS = ("lan", "dot", "lop", "vong", "buoc", "ky")
_FIRST = 1900
MOST_TIMES = 30
_HEADS = ("lan", "dot", "lop", "ky", "buoc", "vong", "giai doan", "b", "hoc ky")
"""What is counted in plans; all but the first two only before a colon."""
_NUMBERS = {"nhat": 1, "mot": 1, "hai": 2, "ba": 3, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_NEAR = 12
"""A bracket is open for no more tokens than this."""


def ordinal_end(tokens: Sequence[Token], at: int) -> int:
    """Return where "Lần 1", "Đợt II", "Lần thứ nhất", "Giai đoạn 2" ends, 0 where none is."""
    words = [token.text for token in tokens[at : at + 2]]
    head = next((head for head in _HEADS if head in (words[0], " ".join(words))), "")
    place = at + len(head.split())
    if head and place < len(tokens) and tokens[place].text == "thu":
        place += 1
    if not head or place >= len(tokens) or not ordinal_number(tokens[place]):
        return 0
    following = [token.text for token in tokens[place + 1 : place + 4]]
    has_year = len(following) == 3 and following[0] == "/" and tokens[place + 2].number > _FIRST
    return place + 3 if has_year and following[2] in ("xong", "truoc", "cham") else place + 1


def ordinal_number(token: Token) -> int:
    """Return the number that ``token`` counts with, else 0."""
    return token.number if 0 < token.number < MOST_TIMES else _NUMBERS.get(token.text, 0)


def is_class(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "lớp 6" here is a class of a school, not the sixth course."""
    if tokens[at].text not in ("lop", "vong", "buoc", "ky"):
        return False
    pairs = itertools.pairwise(tokens)
    numbers = [ordinal_number(second) for first, second in pairs if first.text == tokens[at].text]
    return [number for number in numbers if number > 0][:2] != [1, 2]


def is_of_object(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "đợt 1" is the only one, of a thing: "báo cáo tiến độ đợt 1 về UBND"."""
    heads = sum(token.text == tokens[at].text for token in tokens)
    following = tokens[at + 2 : at + 3]
    return (
        heads == 1
        and tokens[at - 1].text.isalpha()
        and not (following and following[0].text in ("(", "/", "-"))
    )


def is_count(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "lần" here ends a count: "1 lần", "mỗi tháng một lần", "quý/lần"."""
    before = tokens[at - 1]
    if before.number < 0:
        marks = BULLETS if tokens[0].text in BULLETS else ()
        return before.text in ("/", "mot", "moi", *marks)
    return at < 2 or tokens[at - 2].text not in ("thang", "quy", "nam", "/", ".", "-")


def joins_dates(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the dash at token ``at`` reaches from one date to another: "01/11 - 31/12"."""
    before, following = tokens[at - 1], tokens[at + 1]
    is_end = before.number >= 0 or before.text in _NUMBERS
    is_start = following.number >= 0 or following.text in ("ngay", "thang", "quy", "het")
    return tokens[at].text == "-" and not tokens[at].line and is_end and is_start


def is_inside(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a bracket is open at token ``at``: "đợt 1 (Km0 - Km3): …"."""
    marks = [token.text for token in tokens[max(at - _NEAR, 0) : at] if token.text in ("(", ")")]
    return marks[-1:] == ["("]


def numbering(tokens: Sequence[Token], at: int) -> int:
    """Return how many tokens number a line: 2 for "1. Trước ngày 15/6", "b) …", else 0."""
    if at + 2 >= len(tokens):
        return 0
    if is_in_brackets(tokens, at):
        return 3
    begins = tokens[at].line or (at > 0 and tokens[at - 1].text == ";") or is_lettered(tokens, at)
    if not begins or tokens[at + 1].text not in (".", ")"):
        return 0
    number, mark, following = tokens[at : at + 3]
    is_number = 0 < number.number < 30 or number.text in ("a", "b", "c", "d")
    return 2 if is_number and not mark.space and following.space and following.number < 0 else 0


def is_in_brackets(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "(2)" stands at token ``at`` of a text that begins with "(1)"."""
    is_list = [token.text.lstrip("0") for token in tokens[:3]] in (["(", "1", ")"], ["(", "a", ")"])
    number = tokens[at + 1 : at + 2]
    is_item = bool(number) and (0 < number[0].number < MOST_TIMES or number[0].text in "abcde")
    return is_list and tokens[at].text == "(" and is_item and tokens[at + 2].text == ")"


def is_lettered(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "b)" stands at token ``at`` of a text that begins with "a)"."""
    is_list = [token.text for token in tokens[:2]] == ["a", ")"]
    is_letter = tokens[at].text in ("b", "c", "d", "e") and tokens[at].space
    return is_list and is_letter and at + 1 < len(tokens) and tokens[at + 1].text == ")"

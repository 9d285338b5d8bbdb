"""Splits a Vietnamese phrase into words, numbers and marks, and walks them with a cursor.

Accents and case are folded for comparing; the accented form is kept where it decides
("tháng sáu" is June, "tháng sau" is next month).  One pass, linear in the text.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence

import msgspec

from parplan.text import fold, one_line

# Copied texts carry them, and they would part a word: soft hyphen, zero-width space, marks, quotes.
_INVISIBLE = re.compile('[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\u201c\u201d"«»]')
# Digits and letters apart, since "T6" is a month; every other sign is a token of its own.
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|[^\s]")
# "Trướcngày", "quýIII", "QIII": words that were typed together, and belong to the calendar.
_TOGETHER = re.compile(
    r"\b(?:trước|trong|đến|vào|hàng|hằng|mỗi|cuối|hết)(?=(?:ngày|tháng|quý|năm|tuần)\b)"
    r"|thành(?=(?:trong|trước|vào|đến)\b)"
    r"|\b(?:quý|q)(?=(?:i{1,3}|iv)\b)",
    re.IGNORECASE,
)
# "tháng 9;10;11", "trước 15/3; 15/6", "hàng tháng; 6 tháng; năm".
_LISTED = re.compile(
    r"(?<=[0-9]);(?=[0-9])"
    r"|(?<=/[0-9]|[0-9]{2});(?=\s*[0-9]{1,2}/[0-9]{1,2}\s*(?:;|$))"
    r"|(?<=tháng);(?=\s*(?:(?:0?6|0?9) tháng(?: đầu năm)?|quý|năm)\s*(?:;|$))"
    r"|(?<=6 tháng đầu năm);(?=\s*năm\s*$)"
    r"|(?<=quý);(?=\s*(?:(?:0?6|0?9) tháng|năm)\s*(?:;|$))",
    re.IGNORECASE,
)
_SPELT = (
    (re.compile(r"\bq\.\s?(?=(?:i{1,3}|iv)\b)", re.IGNORECASE), "quý "),
    (re.compile(r"\b(0?[369])T\b"), r"\1 tháng"),
    (re.compile(r"\bb/c\b", re.IGNORECASE), "báo cáo"),
    (re.compile(r"\by/c\b", re.IGNORECASE), "yêu cầu"),
    (re.compile(r"\bt\.\s?xuyên\b", re.IGNORECASE), "thường xuyên"),
    (re.compile(r"(?<=[0-9])\s?->\s?"), " - "),
)
"""What is written short, and how it is spelt out."""
_END = re.compile(r"\s*\./\.\s*$")
"""How official texts end: "trước ngày 10/12./."."""
# Hyphens and dashes as Word puts them in, and the minus sign.
_DASHES = "÷→-\u2010\u2011\u2012\u2013\u2014\u2212"
# A year is the longest number of a deadline.
_MOST_DIGITS = 4
_MOST_DAYS = 1900
_SHORT = {"trc": "trước", "trươc": "trước", "thg": "tháng", "ko": "không"}
"""Words as they are shortened or mistyped."""
_INITIALS: dict[str, tuple[str, ...]] = {
    "BC": ("báo", "cáo"),
    "KH": ("kế", "hoạch"),
    "CĐ": ("chỉ", "đạo"),
    "VB": ("văn", "bản"),
    "HN": ("hội", "nghị"),
    "XD": ("xây", "dựng"),
    "YC": ("yêu", "cầu"),
}
"""Two words that are written as one, in capitals; each is a token of the same place."""
_OTHER_WORDS = frozenset(
    (
        *("quỹ", "quỷ", "hạng", "hãng", "mới", "mời", "đền", "đen", "lá", "lạ", "tuân", "tuấn"),
        *("trọng", "trồng", "thắng", "bà", "hải", "hại", "tâm", "tạm", "nắm", "nấm", "dấu"),
        *("dầu", "đâu", "cười", "cưới", "hệt", "vá"),
    )
)
"""Words that would fold to one of the calendar: "Quỹ II" is no quarter."""


_CALENDAR = (
    *("ngày", "ngay", "tháng", "thang", "quý", "tuần", "tuan", "năm", "kỳ", "trước", "truoc"),
    *("hàng", "hằng", "hang", "mỗi", "moi", "chậm", "cham", "muộn", "muon", "lần", "lan"),
    *("đợt", "dot", "cuối", "cuoi", "hạn", "han", "giữa", "giua", "đến"),
)
"""Words that speak of time: where one stands in free text, the text is not understood."""


class Token(msgspec.Struct, frozen=True):
    """One word, number or mark of a phrase."""

    text: str
    """Folded: no accents, no case; every dash is '-'."""
    accented: str
    """As written, in lower case and NFC."""
    number: int
    """Its value where it is a number of at most four digits, else -1."""
    start: int
    end: int
    space: bool
    """White space stands before it, or it is the first."""
    line: bool
    """It begins a line."""


class Phrase(msgspec.Struct, frozen=True):
    """A text and its tokens; ``start`` and ``end`` of a token count in ``text``."""

    text: str
    tokens: list[Token]

    def between(self, first: int, last: int) -> str:
        """Return what is written from token ``first`` up to, not including, ``last``."""
        if first >= last:
            return ""
        return one_line(self.text[self.tokens[first].start : self.tokens[last - 1].end])


def tokenize(text: str) -> Phrase:
    """Return the tokens of ``text``.

    >>> [token.text for token in tokenize("Trước ngày 05/6").tokens]
    ['truoc', 'ngay', '05', '/', '6']
    """
    clean = _TOGETHER.sub(r"\g<0> ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    clean = _END.sub("", _LISTED.sub(",", clean))
    for pattern, spelt in _SPELT:
        clean = pattern.sub(spelt, clean)
    tokens: list[Token] = []
    before = 0
    for match in _TOKEN.finditer(clean):
        gap = clean[before : match.start()]
        words = _INITIALS.get(match[0], ()) if _stands_alone(clean, match) else ()
        token = _token(match, gap, is_first=not tokens)
        tokens += _each_word(token, words) if words else [token]
        before = match.end()
    # A dash at the beginning of a line is a bullet, but between days with years it may be a span.
    is_list = clean.lstrip()[:1] in _DASHES or ":" in clean
    mark = "+" if is_list or all(token.number < _MOST_DAYS for token in tokens) else "\n-"
    tokens[1:] = [
        msgspec.structs.replace(token, text=mark) if token.text == "-" and token.line else token
        for token in tokens[1:]
    ]
    return Phrase(clean, _with_quarters(tokens))


def _each_word(token: Token, words: Sequence[str]) -> list[Token]:
    """Return a token of the same place for each of ``words``, of which the first begins a line."""
    first, *others = (
        msgspec.structs.replace(token, text=_fold(word), accented=word) for word in words
    )
    return [first, *(msgspec.structs.replace(other, line=False) for other in others)]


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Tell whether ``match`` is no part of a number like "15-KH/ĐU"."""
    return not {text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]} & {
        *"/-."
    }


def _with_quarters(tokens: list[Token]) -> list[Token]:
    """Read every "Q2" as a quarter, if one has its year; else it may be a district."""
    quarters = [
        at
        for at, token in enumerate(tokens[:-1])
        if token.text == "q" and 1 <= tokens[at + 1].number <= 4 and not tokens[at + 1].space
    ]
    have_year = any(
        at + 3 < len(tokens) and tokens[at + 2].text in "/-" and tokens[at + 3].number > _MOST_DAYS
        for at in quarters
    )
    changed = list(tokens)
    for at in quarters if have_year else ():
        changed[at] = msgspec.structs.replace(tokens[at], text="quy", accented="quý")
    return changed


def _token(match: re.Match[str], gap: str, *, is_first: bool) -> Token:
    written = match[0]
    is_number = written[0] in "0123456789"
    written = _SHORT.get(written.lower(), written)
    accented = written.lower()
    return Token(
        "-" if written in _DASHES else written if accented in _OTHER_WORDS else _fold(written),
        accented,
        int(written) if is_number and len(written) <= _MOST_DIGITS else -1,
        match.start(),
        match.end(),
        is_first or bool(gap),
        is_first or "\n" in gap or "\r" in gap,
    )


@functools.lru_cache(4096)  # plans use the same few hundred words over and over
def _fold(written: str) -> str:
    return fold(written) or written  # a lone mark, which belongs to no letter, is itself


@functools.cache  # the words are the program's own
def _split_words(words: str) -> tuple[str, list[tuple[int, str]]]:
    """Return the first word, and the others with their places."""
    first, *rest = words.split()
    return first, list(enumerate(rest, 1))


@functools.cache  # as above
def _by_first_word(choices: tuple[str, ...]) -> dict[str, list[tuple[list[tuple[int, str]], str]]]:
    """Return the choices by their first words, as most begin with none that stands there."""
    by_word: dict[str, list[tuple[list[tuple[int, str]], str]]] = {}
    for words in choices:
        first, rest = _split_words(words)
        by_word.setdefault(first, []).append((rest, words))
    return by_word


def is_about_time(token: Token | None) -> bool:
    """Tell whether ``token`` is a number or a word of the calendar, which free text has not."""
    if token is None:
        return False
    return token.text[0].isdigit() or token.accented in _CALENDAR


class ParseError(Exception):
    """Nothing at token ``at`` is understood; whoever split the phrase says which words.

    ``reason`` is a marked text where the words alone do not show what is wrong.
    """

    def __init__(self, at: int, reason: str = "") -> None:
        super().__init__()
        self.position = at
        self.reason = reason


class Cursor:
    """A place in a phrase, from which words are taken in order."""

    def __init__(self, phrase: Phrase, start: int, stop: int) -> None:
        self.phrase = phrase
        self.start = self.position = start
        self.stop = stop

    def peek(self, ahead: int = 0) -> Token | None:
        """Return the token ``ahead`` places on, or None past the end or before the phrase."""
        place = self.position + ahead
        return self.phrase.tokens[place] if 0 <= place < self.stop else None

    def word(self, ahead: int = 0) -> str:
        """Return the folded text of the token ``ahead`` places on, empty past the end."""
        place = self.position + ahead
        return self.phrase.tokens[place].text if 0 <= place < self.stop else ""

    def accented(self, ahead: int = 0) -> str:
        """Return the same as it is written, in lower case."""
        token = self.peek(ahead)
        return token.accented if token else ""

    def is_at(self, words: str, ahead: int = 0) -> bool:
        """Tell whether the folded ``words``, parted by spaces, stand here."""
        first, rest = _split_words(words)
        return self.word(ahead) == first and self._follow(rest, ahead)

    def _follow(self, rest: list[tuple[int, str]], ahead: int) -> bool:
        return all(self.word(ahead + n) == word for n, word in rest)

    def first_of(self, choices: tuple[str, ...], ahead: int = 0) -> str:
        """Return the first of ``choices`` that stands here, else ''."""
        for rest, words in _by_first_word(choices).get(self.word(ahead), ()):
            if self._follow(rest, ahead):
                return words
        return ""

    def accept(self, *choices: str) -> str:
        """Step over the first of ``choices`` that stands here and return it, else ''."""
        words = self.first_of(choices)
        if words:
            self.position += words.count(" ") + 1
        return words

    def expect(self, *choices: str) -> str:
        """Step over the first of ``choices`` that stands here; raises ParseError for none."""
        accepted = self.accept(*choices)
        if not accepted:
            raise ParseError(self.position)
        return accepted

    def number(self, least: int, most: int, ahead: int = 0) -> int:
        """Return the number here if it is from ``least`` to ``most``, else 0."""
        token = self.peek(ahead)
        return token.number if token and least <= token.number <= most else 0

    def ahead(self, steps: int = 0) -> Cursor:
        """Return another cursor that begins ``steps`` places on, to look what stands there."""
        return Cursor(self.phrase, self.position + steps, self.stop)

    @property
    def at_end(self) -> bool:
        """Whether nothing is left."""
        return self.position >= self.stop

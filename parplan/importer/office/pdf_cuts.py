"""Puts words together again that a column too narrow for them cuts where its lines end.

It cuts between any two letters, and nothing on the page says so.  A word of Vietnamese is one
syllable, so that "Nộ" over "i" is one and "Sơ" over "kết" are two; numbers are one only where
nothing else can be meant.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence

from parplan.text import fold

_SYLLABLE = re.compile(
    r"(?:ngh?|nh|th|tr|ch|kh|gh|gi|ph|qu|[bcdghklmnprstvx])?"
    r"(?:[aeiouy]|a[iouy]|e[ou]|i[aeu]|o[aeio]|u[aeiouy]|y[eu]|[iy]eu|oa[iy]|oeo|u[ao][iuy]|uy[aeu])"
    r"(?:ng|nh|ch|[cmnpt])?"
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_MOST_PIECES = 8
"""Of a word: those of a syllable of seven letters, or of a date, one a letter."""
_AROUND = "()[]“”\"'.,;:?!…"
_ABBREVIATION = 4
"""Letters of "UBND", "TTHC"; two that stand beside each other have more."""
_UNKNOWN = 10
"""What a word costs that is no syllable: as much as ten words."""
_TO_YEAR = re.compile(r"(?:[0-9]{1,2}[/.-]){1,2}20[0-9]{2}")
_MONTH_OR_NUMBER = re.compile(r"T?1[0-2]|[0-9]{2}|[0-9]{1,2}\.[0-9]{2}")


def rejoin(pieces: Sequence[str]) -> list[list[str]]:
    """Return ``pieces``, each at the end of a full line, by the words that they make up.

    >>> ["".join(word) for word in rejoin(["kết", "qu", "ả", "tu", "ần"])]
    ['kết', 'quả', 'tuần']
    >>> rejoin(["15/11/202", "6"]), rejoin(["15/1", "2/2026"])
    ([['15/11/202', '6']], [['15/1'], ['2/2026']])
    """
    best: list[tuple[int, list[list[str]]]] = [(0, [])]
    for end in range(1, len(pieces) + 1):
        options = []
        for start in range(max(0, end - _MOST_PIECES), end):
            word = list(pieces[start:end])
            if len(word) == 1 or _can_be_one(word):
                cost, words = best[start]
                options.append((cost + _cost("".join(word)), [*words, word]))
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][1]


def is_certain(word: Sequence[str]) -> bool:
    """Tell whether the pieces of a ``word`` with digits can only be one date."""
    joined = "".join(word)
    last = max(map(joined.rfind, "/.-"))
    ends = itertools.accumulate(map(len, word[:-1]))
    return _TO_YEAR.fullmatch(joined) is not None and all(
        end > last + 1 or not joined[end - 1 : end + 1].isdigit() for end in ends
    )


def _can_be_one(word: Sequence[str]) -> bool:
    joined = "".join(word)
    if any(map(str.isdigit, joined)):
        is_short = len(word) == 2 and len(word[1]) == 1
        return is_certain(word) or (is_short and _MONTH_OR_NUMBER.fullmatch(joined) is not None)
    letters = joined.strip(_AROUND)
    if not letters.isalpha() or any(piece[-1] in _AROUND for piece in word[:-1]):
        return False
    if letters.isupper():
        return len(letters) <= _ABBREVIATION or _is_syllable(letters)
    return letters.islower() or letters.istitle()


def _cost(word: str) -> int:
    letters = word.strip(_AROUND)
    return 1 if not letters.isalpha() or _is_syllable(letters) else 1 + _UNKNOWN


def _is_syllable(word: str) -> bool:
    tones = sum(letter in _TONES for letter in unicodedata.normalize("NFD", word))
    return tones <= 1 and _SYLLABLE.fullmatch(fold(word)) is not None

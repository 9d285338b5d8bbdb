"""Compares names of units: written otherwise, shorter, without accents, or mistyped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from parplan.plan.model import Unit
from parplan.text import fold

_SIGNS = re.compile(r"[^\w]+")
# "Công an phường" is the "Công an" here, but "xã Hàm Thắng" is not "phường Hàm Thắng".
_OPTIONAL = re.compile(r"\bbo phan\b|\bva\b|(?<=\w) (?:phuong|xa|thi tran)$")


def known_forms(name: str) -> Iterator[tuple[str, str]]:
    """Yield what a name is known by, nearest first: as written, without signs, its core."""
    yield "name", name
    if key := comparison_key(name):
        yield "key", key
    if len(core := core_name(name)) > 3:
        yield "core", core


def shorter_forms(name: str) -> list[tuple[str, ...]]:
    """Return the core of ``name`` less each of its words, by which names that are alike meet."""
    words = core_name(name).split()
    return [(str(i), *words[:i], *words[i + 1 :]) for i in range(len(words))][:12]


def fits_accents(name: str, unit: Unit) -> bool:
    """Tell whether the accents of ``name`` are those of a name of ``unit``, or say nothing."""
    # An alias typed without accents says nothing of them; the name of a plan without any does.
    accented = [alias for alias in unit.aliases if _has_accents(alias)]
    return any(_same_accents(name, other) for other in (unit.name, *accented))


def _same_accents(first: str, second: str) -> bool:
    """Tell whether no shared word has other accents, "hoá" and "hóa" being the same.

    Names typed without any accents fit all.
    """
    letters = [_accented_words(name) for name in (first, second)]
    if any(not any(map(_has_accents, words.values())) for words in letters):
        return True
    words, others = letters
    return all(others.get(bare, word) == word for bare, word in words.items())


def _accented_words(name: str) -> dict[str, str]:
    """Return the words of ``name`` by the same without accents, their letters sorted."""
    words = _SIGNS.sub(" ", unicodedata.normalize("NFC", name).lower()).split()
    return {fold(word): "".join(sorted(unicodedata.normalize("NFD", word))) for word in words}


def _has_accents(letters: str) -> bool:
    return any(ord(letter) > 127 for letter in letters)


def comparison_key(name: str) -> str:
    """Return ``name`` for comparing: no accents, capitals or signs.

    >>> comparison_key("Bộ phận Văn hoá – Thông tin")
    'bo phan van hoa thong tin'
    """
    return _SIGNS.sub(" ", fold(name)).strip()


def core_name(name: str) -> str:
    """Return ``comparison_key`` without the words that names of units have or have not.

    >>> core_name("Bộ phận Tài chính – Kế toán") == core_name("Tài chính kế toán")
    True
    """
    words = " ".join(_OPTIONAL.sub(" ", comparison_key(name)).split())
    return words or comparison_key(name)


def nearly_same(first: str, second: str) -> bool:
    """Tell whether two cores are the same, or differ by a letter or two in longer words."""
    words, others = first.split(), second.split()
    if len(words) != len(others) or len(words) < 2:
        return False
    wrong = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    # In short words one letter makes another word: "Hội" and "Đội", "thu" and "thi".
    return len(wrong) <= 1 and all(
        min(len(a), len(b)) > 3 and (a + b).isalpha() and _letters_apart(a, b) <= 2
        for a, b in wrong
    )


def _letters_apart(first: str, second: str) -> int:
    """Return how many letters two short words differ by, set in, left out or changed."""
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        above, row = row, [i]
        for j, other in enumerate(second, 1):
            change = above[j - 1] + (letter != other)
            row.append(min(change, above[j] + 1, row[-1] + 1))
    return row[-1]

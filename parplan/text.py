"""How text looks on a screen, and when two texts are the same to a reader."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator

_TAME = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff\u1e00-\u1eff\u2013\u2014\u2018-\u201d\u2026\n]*")
"""Letters of Vietnamese and other Latin texts, a column each; composed, as they are typed."""

# Controls but tab and line feed; signs of no width; line separators; signs that turn the order
# of text (U+202A to U+202E, U+2066 to U+2069); halves of surrogate pairs.
_UNSAFE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)
# The same without C0 controls and surrogates, which JSON escapes or refuses by itself.
_MISTAKEN = "[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
# "đ" is a letter of its own: unlike "ó" it does not decompose into a letter and a mark.
_D_STROKE = str.maketrans("đĐ", "dD")


def fold(text: str) -> str:
    """Return ``text`` for comparing: no accents, no case, single spaces.

    >>> fold("  Báo cáo QUÝ,\\nđúng hạn")
    'bao cao quy, dung han'
    """
    plain = unicodedata.normalize("NFD", text.translate(_D_STROKE))
    if not plain.isascii():
        plain = "".join(itertools.filterfalse(unicodedata.combining, plain))
    return one_line(plain).casefold()


def width(text: str) -> int:
    """Return how many columns ``text`` takes on a terminal.

    >>> width("Báo cáo"), width(unicodedata.normalize("NFD", "Báo cáo"))
    (7, 7)
    """
    if text.isascii() or _TAME.fullmatch(text):
        return len(text)
    return sum(map(_columns, text))


@functools.cache
def _columns(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def visible(text: str) -> str:
    """Return ``text`` with control and direction characters shown, not obeyed.

    Line ends and tabs stay; an escape becomes ``\\x1b``, so that no text can drive a terminal.
    """
    if _TAME.fullmatch(text):
        return text
    return re.sub(_UNSAFE, lambda match: _escape_letter(match[0]), text)


def printable(text: str) -> str:
    """Return ``text`` as XML and the decree take it: no control characters, letters composed."""
    return unicodedata.normalize("NFC", visible(text))


def _escape_letter(letter: str) -> str:
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def wrap(text: str, columns: int) -> list[str]:
    """Break ``text`` at spaces into lines of at most ``columns``; a longer word is cut.

    >>> wrap("Tổ chức giao ban Ban Chỉ đạo", 12)
    ['Tổ chức giao', 'ban Ban Chỉ', 'đạo']
    """
    words = text.split()
    whole = " ".join(words)
    if width(whole) <= columns:
        return [whole]
    measure = len if _TAME.fullmatch(whole) else width
    lines: list[str] = []
    used = columns
    for word in words:
        taken = measure(word)
        if used + 1 + taken <= columns:
            lines[-1] += f" {word}"
            used += 1 + taken
        else:
            lines += _cut(word, columns) if taken > columns else [word]
            used = measure(lines[-1])
    return lines


def _cut(word: str, columns: int) -> Iterator[str]:
    """Yield the pieces of a web address or the name of a file, each as wide as a line."""
    piece, used = "", 0
    for letter in word:
        step = _columns(letter)
        if piece and used + step > columns:
            yield piece
            piece, used = "", 0
        piece += letter
        used += step
    yield piece


def pad(text: str, columns: int) -> str:
    """Return ``text`` filled with spaces to ``columns``."""
    return text + " " * (columns - width(text))


def sentence(text: str) -> str:
    """Return ``text`` as a sentence: capital first, full stop last."""
    text = text.rstrip()
    ended = text if text.endswith((".", "!", "?", "…", ":", ";")) else f"{text}."
    return ended[:1].upper() + ended[1:]


def lower_first(text: str) -> str:
    """Return ``text`` as it goes on within a sentence; an abbreviation keeps its capitals.

    >>> lower_first("Cải cách hành chính"), lower_first("PCCC và CNCH")
    ('cải cách hành chính', 'PCCC và CNCH')
    """
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def whole_number(text: str) -> int | None:
    """Return the number that ``text`` writes in digits alone, None for anything else.

    None too for more than 18 digits: Python itself refuses to read some thousands of them.

    >>> whole_number("08"), whole_number("²"), whole_number("9" * 5000)
    (8, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def one_line(text: str) -> str:
    """Return ``text`` with every run of white space as one space."""
    return " ".join(text.split())


def escape_json(encoded: str) -> str:
    """Return the JSON text ``encoded`` with what editors, YAML or terminals mistake escaped.

    Control and direction characters, line and paragraph separators, byte order marks.
    """
    return re.sub(_MISTAKEN, lambda match: f"\\u{ord(match[0]):04x}", encoded)

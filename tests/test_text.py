"""Text on a screen: its width, its lines, what may not be shown as it is; and folding."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.text import fold, one_line, pad, visible, width, wrap

VIETNAMESE = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
    "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXYẰẾỘỮ0123456789 ,.;:–-()/%"
)
SHOWN = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]))
"""Any script, without characters that steer a terminal."""

DIRECTIONS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Unicode's bidirectional formatting characters (UAX 9, section 2)."""


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def letters(text: str) -> str:
    """Return ``text`` without its white space."""
    return "".join(text.split())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("Báo cáo QUÝ", "bao cao quy", id="accents-and-capitals"),
        pytest.param(nfd("Báo cáo QUÝ"), "bao cao quy", id="decomposed"),
        pytest.param("Đề án 06, đúng hạn", "de an 06, dung han", id="d-with-stroke"),
        pytest.param("ươ ƯƠ ăâêô", "uo uo aaeo", id="horn-breve-circumflex"),
        pytest.param("ấầẩẫậ ếềểễệ", "aaaaa eeeee", id="two-marks-on-a-letter"),
        pytest.param("  kế \t hoạch\n ", "ke hoach", id="spaces"),
        pytest.param("kế\u00a0hoạch", "ke hoach", id="no-break-space"),
        pytest.param("giai đoạn 2021 – 2025", "giai doan 2021 – 2025", id="dash-stays"),
        pytest.param("STRASSE straße", "strasse strasse", id="full-case-folding"),
        pytest.param("", "", id="empty"),
        pytest.param(" \n ", "", id="only-spaces"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(VIETNAMESE)
def test_folding_does_not_depend_on_how_letters_are_composed(text: str) -> None:
    assert fold(nfc(text)) == fold(nfd(text))


@given(VIETNAMESE)
def test_folded_vietnamese_is_plain(text: str) -> None:
    assert fold(text).replace("–", "-").isascii()
    assert fold(fold(text)) == fold(text) == fold(text.upper())


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        pytest.param("", 0, id="empty"),
        pytest.param("parplan", 7, id="ascii"),
        pytest.param("Báo cáo", 7, id="composed"),
        pytest.param(nfd("Báo cáo"), 7, id="decomposed"),
        pytest.param("Ngưỡng", 6, id="two-marks-composed"),
        pytest.param(nfd("Ngưỡng"), 6, id="two-marks-decomposed"),
        pytest.param("Đăng", 4, id="d-with-stroke"),
        pytest.param("– “đ” …", 7, id="punctuation"),
        pytest.param("漢字", 4, id="wide"),
        pytest.param("ｶﾅ", 2, id="half-width"),
        pytest.param("Ａ１", 4, id="full-width"),
        pytest.param("한글", 4, id="hangul"),
        pytest.param("a\u200bb", 2, id="zero-width-space"),
        pytest.param("a\u200db", 2, id="zero-width-joiner"),
        pytest.param("a\u20dd", 1, id="enclosing-mark"),
        pytest.param("✅", 2, id="emoji"),
    ],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


@given(VIETNAMESE)
def test_vietnamese_takes_a_column_a_letter(text: str) -> None:
    assert width(nfd(text)) == width(nfc(text)) == len(nfc(text))


@given(SHOWN, SHOWN)
def test_widths_add_up(one: str, other: str) -> None:
    assert width(one + other) == width(one) + width(other)


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        pytest.param("", 10, [""], id="empty"),
        pytest.param("   ", 10, [""], id="only-spaces"),
        pytest.param("Báo cáo quý", 11, ["Báo cáo quý"], id="just-fits"),
        pytest.param("Báo cáo quý", 10, ["Báo cáo", "quý"], id="one-too-many"),
        pytest.param(nfd("Báo cáo quý"), 11, [nfd("Báo cáo quý")], id="decomposed-just-fits"),
        pytest.param("abcdefgh", 3, ["abc", "def", "gh"], id="a-longer-word-is-cut"),
        pytest.param("a bcdefg", 3, ["a", "bcd", "efg"], id="a-cut-word-begins-a-line"),
        pytest.param("a  b\nc", 10, ["a b c"], id="single-spaces"),
        pytest.param("漢字漢", 4, ["漢字", "漢"], id="wide-letters"),
        pytest.param("漢字", 3, ["漢", "字"], id="a-wide-letter-is-not-halved"),
        pytest.param("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"], id="marks-stay-on"),
    ],
)
def test_wrap(text: str, columns: int, lines: list[str]) -> None:
    assert wrap(text, columns) == lines


@given(SHOWN, st.integers(2, 90))
def test_no_line_is_wider_than_asked(text: str, columns: int) -> None:
    assert all(width(line) <= columns for line in wrap(text, columns))


@given(SHOWN, st.integers(1, 90))
def test_no_letter_is_lost(text: str, columns: int) -> None:
    assert letters("".join(wrap(text, columns))) == letters(text)


@given(SHOWN, st.integers(2, 90))
def test_no_line_but_the_only_one_is_empty(text: str, columns: int) -> None:
    lines = wrap(text, columns)

    assert lines == [""] or all(lines)
    assert lines == [line.strip() for line in lines]


@given(SHOWN, st.integers(2, 90))
def test_wrapping_again_changes_nothing(text: str, columns: int) -> None:
    lines = wrap(text, columns)

    assert [piece for line in lines for piece in wrap(line, columns)] == lines


@given(VIETNAMESE, st.integers(2, 90))
def test_a_next_word_would_not_have_fitted(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    words = [line.split()[0] for line in lines[1:]]

    assert all(
        width(line) + 1 + width(word) > columns for line, word in zip(lines, words, strict=False)
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Báo cáo – 100%", "Báo cáo – 100%", id="plain"),
        pytest.param("a\tb\nc", "a\tb\nc", id="tabs-and-line-ends-stay"),
        pytest.param("\x1b[31mred", "\\x1b[31mred", id="escape"),
        pytest.param("\x9b31mred", "\\x9b31mred", id="escape-of-one-character"),
        pytest.param("\x07", "\\x07", id="bell"),
        pytest.param("\x00", "\\x00", id="nul"),
        pytest.param("a\rb", "a\\x0db", id="carriage-return"),
        pytest.param("a\x08b", "a\\x08b", id="backspace"),
        pytest.param("\x7f", "\\x7f", id="delete"),
        pytest.param("\u202egnirts", "\\u202egnirts", id="right-to-left-override"),
        pytest.param("\u2066x\u2069", "\\u2066x\\u2069", id="isolates"),
        pytest.param("a\u2028b", "a\\u2028b", id="line-separator"),
        pytest.param("a\u200bb", "a\\u200bb", id="zero-width-space"),
        pytest.param("\ufeffa", "\\ufeffa", id="byte-order-mark"),
        pytest.param("\ud800", "\\ud800", id="lone-surrogate"),
        pytest.param("\\x1b", "\\x1b", id="what-looks-escaped"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters()))
def test_nothing_visible_drives_a_terminal(text: str) -> None:
    shown = visible(text)

    assert not [one for one in shown if unicodedata.category(one) == "Cc" and one not in "\t\n"]
    assert not [one for one in shown if unicodedata.category(one) in ("Cs", "Zl", "Zp")]
    assert not DIRECTIONS & set(shown)
    assert visible(shown) == shown


@pytest.mark.parametrize("code", [*range(0x20), *range(0x7F, 0xA0), *map(ord, sorted(DIRECTIONS))])
def test_every_control_and_direction_character_is_shown(code: int) -> None:
    text = f"a{chr(code)}b"

    assert (visible(text) == text) is (chr(code) in "\t\n")


@given(VIETNAMESE)
def test_vietnamese_stays_as_it_is(text: str) -> None:
    assert visible(text) == text
    assert visible(nfd(text)) == nfd(text)


@pytest.mark.parametrize(
    ("text", "columns", "padded"),
    [
        pytest.param("quý", 5, "quý  ", id="short"),
        pytest.param("quý", 3, "quý", id="full"),
        pytest.param("quý", 2, "quý", id="too-long-stays"),
        pytest.param(nfd("quý"), 5, nfd("quý") + "  ", id="decomposed"),
        pytest.param("漢", 3, "漢 ", id="wide"),
        pytest.param("", 2, "  ", id="empty"),
    ],
)
def test_pad(text: str, columns: int, padded: str) -> None:
    assert pad(text, columns) == padded


@given(SHOWN, st.integers(0, 90))
def test_padded_text_fills_its_columns(text: str, columns: int) -> None:
    assert width(pad(text, columns)) == max(columns, width(text))


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)

    assert line == " ".join(line.split())
    assert letters(line) == letters(text)

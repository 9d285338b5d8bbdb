"""The guide by sections: found by number, title or words, shown as lines and as a page."""

from __future__ import annotations

from urllib.parse import unquote

import html5lib
import pytest

from parplan.render.guide import PAGES, GuideSection, find_sections, read_sections, within
from parplan.render.guide_page import guide_page
from parplan.render.terminal.guide import markdown_lines, section_lines
from parplan.render.terminal.table import Line
from parplan.text import width
from tests.helpers.running import ROOT

GUIDE = [(ROOT / name).read_text(encoding="utf-8") for name in PAGES]
SMALL = """\
# Hướng dẫn

Lời đầu.

## Cài đặt

Cần *Python*, xem [bước 2](#ghi).

```sh
## không phải mục
```

## Ghi tiến độ
<!-- today: 2025-06-05 -->
Gõ `parplan note`.

### Nhiều việc

- Phiếu
  Excel
  1. một
- thư

Hết.

## Đọc bảng

| Cột | Nghĩa |
|---|---|
| Kỳ | tên của `4@6` |
"""


def sections() -> list[GuideSection]:
    return read_sections(SMALL)


def text(lines: list[Line]) -> list[str]:
    return ["".join(part for part, _style in line) for line in lines]


def test_sections_have_numbers_and_code_has_no_headings() -> None:
    assert [(one.number, one.level, one.title) for one in sections()] == [
        ("1", 1, "Cài đặt"),
        ("2", 1, "Ghi tiến độ"),
        ("2.1", 2, "Nhiều việc"),
        ("3", 1, "Đọc bảng"),
    ]
    assert "today" not in sections()[1].body


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        pytest.param("2.1", ["2.1"], id="number"),
        pytest.param("doc bang", ["3"], id="title-without-accents"),
        pytest.param("NHIỀU", ["2.1"], id="word-of-a-title-in-capitals"),
        pytest.param("ti do", ["2"], id="words-cut-short"),
        pytest.param("excel", ["2.1"], id="body"),
        pytest.param("parplan note", ["2"], id="command"),
        pytest.param("cai phieu", [], id="words-of-two-sections"),
        pytest.param("khong co", [], id="nothing"),
        pytest.param("(", ["1"], id="sign"),
    ],
)
def test_words_find_sections(words: str, numbers: list[str]) -> None:
    assert [one.number for one in find_sections(sections(), words)] == numbers


def test_a_section_has_those_within_it_and_no_others() -> None:
    numbers = [one.number for one in within(sections(), sections()[1])]
    tens = [GuideSection("1", "a", ""), GuideSection("1.1", "b", ""), GuideSection("10", "c", "")]

    assert numbers == ["2", "2.1"]
    assert within(tens, tens[0]) == tens[:2]


def test_markdown_becomes_lines() -> None:
    first, second, inner, last = (text(section_lines(one, 40)) for one in sections())

    assert first == [
        "1. Cài đặt",
        "",
        "Cần Python, xem bước 2.",
        "",
        "    ## không phải mục",
        "",
    ]
    assert second == ["2. Ghi tiến độ", "", "Gõ 'parplan note'.", ""]
    assert inner == ["2.1. Nhiều việc", "", "- Phiếu Excel", "  1. một", "- thư", "", "Hết.", ""]
    assert last == ["3. Đọc bảng", "", "Cột  Nghĩa", "Kỳ   tên của '4@6'", ""]


def test_a_further_page_is_a_section_with_its_own_within_it() -> None:
    every = read_sections(SMALL, "# Tuần\n\nLời.\n\n## Ngày\n\n### Sáng\n\nviệc\n")

    assert [(one.number, one.title, one.body.strip()) for one in every[4:]] == [
        ("4", "Tuần", "Lời."),
        ("4.1", "Ngày", ""),
        ("4.2", "Sáng", "việc"),
    ]


@pytest.mark.parametrize("screen", [40, 80])
def test_the_whole_guide_fits_but_for_its_code(screen: int) -> None:
    for section in read_sections(*GUIDE):
        lines = text(section_lines(section, screen))
        assert [
            line for line in lines if width(line) > screen and not line.startswith("    ")
        ] == []


def test_nothing_of_a_paragraph_is_lost() -> None:
    body = "một **hai** `ba` [bốn](x.md) <năm> &amp; ![sáu](y.png)\\\nbảy"

    assert text(markdown_lines(body, 80)) == ["một hai 'ba' bốn <năm> & sáu", "bảy", ""]


def test_the_page_is_valid_and_its_links_lead_somewhere() -> None:
    page = guide_page(GUIDE)
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    links = [unquote(one.get("href")) for one in tree.iter("a")]
    targets = {f"#{one.get('id')}" for one in tree.iter() if one.get("id")}

    assert len(targets) > 20
    assert {link for link in links if link.startswith("#")} <= targets
    assert all(link.startswith(("#", "https://")) for link in links)
    assert "#hai-người-cùng-ghi" in links  # of the other page
    assert "<!--" not in page

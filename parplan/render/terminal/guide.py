"""How does a section of the guide look on a terminal: Markdown as lines, and lists of sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from parplan.render.guide import GuideSection, line_with
from parplan.render.terminal.table import Line, Span, TextColumn, lay_out, paragraph
from parplan.text import wrap

_CODE_INDENT = 4


def section_lines(section: GuideSection, screen: int) -> list[Line]:
    """Return ``section`` under its title."""
    title = paragraph(f"{section.number}. {section.title}", screen, "head")
    return [*title, [], *markdown_lines(section.body, screen)]


def contents_lines(sections: Sequence[GuideSection], screen: int) -> list[Line]:
    """Return the titles of ``sections`` with their numbers."""
    return [line for section in sections for line in _entry(section, screen)]


def matches_lines(sections: Sequence[GuideSection], words: str, screen: int) -> list[Line]:
    """Return the titles of ``sections``, each with a line that has the ``words``."""
    lines: list[Line] = []
    for section in sections:
        lines += _entry(section, screen)
        if words and (line := line_with(section, words)):
            lines += paragraph(wrap(line, max(screen - 6, 20))[0], screen, "dim", indent=6)
    return lines


def _entry(section: GuideSection, screen: int) -> list[Line]:
    before = f"{'  ' * (section.level - 1)}{section.number:<6}"
    first, *others = wrap(section.title, screen - len(before))
    return [[Span(before + first)], *([Span(" " * len(before) + line)] for line in others)]


def markdown_lines(markdown: str, screen: int) -> list[Line]:
    """Return ``markdown`` as lines, a blank one between its blocks; code is not wrapped."""
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(markdown)
    lines: list[Line] = []
    for block in _blocks(iter(tokens), screen):
        lines += block
    return lines


def _blocks(tokens: Iterator[Token], screen: int) -> Iterator[list[Line]]:
    """Yield the lines of each block, a blank one last but within a list whose items are short.

    An item begins with its sign.
    """
    signs: list[str] = []
    opening = ""
    is_tight = False
    for token in tokens:
        indent = 2 * len(signs)
        if token.type in ("bullet_list_open", "ordered_list_open"):
            signs.append("-" if token.type.startswith("bullet") else ".")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            signs.pop()
            if is_tight and not signs:
                yield [[]]
        elif token.type == "list_item_open":
            opening = f"{token.info}. " if signs[-1] == "." else "- "
        elif token.type == "paragraph_open":
            is_tight = token.hidden
        elif token.type == "inline":
            lines = _paragraph(opening, _text(token), indent, screen)
            yield lines if is_tight else [*lines, []]
            opening = ""
        elif token.type in ("fence", "code_block"):
            yield [
                [Span(" " * (indent + _CODE_INDENT) + line, "good")] if line else []
                for line in token.content.split("\n")
            ]
        elif token.type == "table_open":
            yield [*_table(tokens, screen), []]


def _paragraph(opening: str, text: str, indent: int, screen: int) -> list[Line]:
    if not opening:
        return paragraph(text, screen, indent=indent)
    before = max(indent - 2, 0)
    lines = paragraph(text, screen, indent=before + len(opening))
    first = lines[0][0].text.strip()
    return [[Span(" " * before + opening + first)], *lines[1:]]


def _table(tokens: Iterator[Token], screen: int) -> list[Line]:
    rows: list[list[Span]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(Span(_text(token)))
    titles, *cells = rows
    columns = [
        TextColumn(title.text, flexible=number == len(titles) - 1, most=screen * 2 // 5)
        for number, title in enumerate(titles)
    ]
    return lay_out(columns, cells, screen)


def _text(token: Token) -> str:
    """Return the words of a paragraph or a cell, without the signs of Markdown."""
    words = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(
        f"'{child.content}'"
        if child.type == "code_inline"
        else words.get(child.type, child.content)
        for child in token.children or ()
    )

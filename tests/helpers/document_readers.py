"""What a reader sees of a document: of Markdown, of a page and of a docx."""

from __future__ import annotations

from html.parser import HTMLParser

from markdown_it import MarkdownIt

from parplan.text import visible
from tests.helpers.docx_checker import Docx, W, text_of


def seen(text: str) -> str:
    """Return ``text`` as a reader is to see it, white space folded."""
    return " ".join(visible(text).split())


class Page(HTMLParser):
    """What a browser shows of a page: the text of its items and cells, and its elements."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.shown: list[str] = []
        self.open: list[tuple[str, list[str]]] = []
        self.found: dict[str, list[str]] = {}
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element, and what it would run."""
        self.tags.append(tag)
        self.tags += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]
        if tag == "br":
            self.handle_data(" ")
        elif tag not in ("img", "hr", "meta"):
            self.open.append((tag, []))

    def handle_endtag(self, tag: str) -> None:
        """Keep the text of the element."""
        while self.open:
            name, pieces = self.open.pop()
            self.found.setdefault(name, []).append(" ".join("".join(pieces).split()))
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        """Add text to every element that is open."""
        if not any(name == "style" for name, _ in self.open):
            self.shown.append(data)
        for _, pieces in self.open:
            pieces.append(data)

    @property
    def text(self) -> str:
        """All that is shown, white space folded."""
        return " ".join("".join(self.shown).split())


def markdown_page(source: str) -> Page:
    """Return what a Markdown viewer shows; it knows tables and struck-out text."""
    viewer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return Page(viewer.render(source))


def docx_texts(data: bytes) -> list[str]:
    """Return the paragraphs of a docx as Word shows them, white space folded."""
    return [" ".join(text_of(one).split()) for one in Docx(data).body.iter(f"{W}p")]

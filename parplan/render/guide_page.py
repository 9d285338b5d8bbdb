"""The guide as one HTML page, for the browser."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

_STYLE = """
body{font-family:system-ui,sans-serif;max-width:50rem;margin:1rem auto;padding:0 1rem;
line-height:1.5;overflow-wrap:anywhere}
pre{overflow-x:auto;padding:.6rem;background:#f4f4f4}
table{border-collapse:collapse;width:100%}
td,th{border:1px solid #aaa;padding:.2rem .5rem;text-align:left;vertical-align:top}
"""


def guide_page(markdown: str) -> str:
    """Return the guide as a page that needs nothing else; links to other files are plain text."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.add_render_rule("html_block", lambda *_of_comments: "")
    tokens = parser.parse(markdown)
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and following is not None:
            token.attrSet("id", anchor(following.content))
        _without_files(token.children or ())
    title = next(token.content for token in tokens if token.type == "inline")
    body = parser.renderer.render(tokens, parser.options, {})
    return (
        '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style></head>\n"
        f"<body>\n{body}</body></html>\n"
    )


def anchor(title: str) -> str:
    """Return the name by which a heading is linked to, as GitHub makes it.

    >>> anchor("“Trước ngày 25” là hạn ngày 24")
    'trước-ngày-25-là-hạn-ngày-24'
    """
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _without_files(tokens: Sequence[Token]) -> None:
    """Make links to other pages, which are not installed, spans without a target."""
    is_file = False
    for token in tokens:
        target: Any = token.attrGet("href") if token.type == "link_open" else None
        if target:
            is_file = not str(target).startswith(("#", "http://", "https://"))
        if is_file and token.type in ("link_open", "link_close"):
            token.tag, token.attrs = "span", {}

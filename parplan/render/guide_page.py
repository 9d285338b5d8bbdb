"""The guide as one HTML page, for the browser."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from parplan.render.guide import PAGES

_OTHER_PAGE = re.compile("|".join(f"^{re.escape(name.rpartition('/')[2])}#" for name in PAGES))
_STYLE = """
body{font-family:system-ui,sans-serif;max-width:50rem;margin:1rem auto;padding:0 1rem;
line-height:1.5;overflow-wrap:anywhere}
pre{overflow-x:auto;padding:.6rem;background:#f4f4f4}
table{border-collapse:collapse;width:100%}
td,th{border:1px solid #aaa;padding:.2rem .5rem;text-align:left;vertical-align:top}
"""


def guide_page(pages: Sequence[str]) -> str:
    """Return the Markdown ``pages`` of the guide as one page that needs nothing else.

    Links from one to another stay; those to other files, which are not installed, are plain text.
    """
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.add_render_rule("html_block", lambda *_of_comments: "")
    tokens = parser.parse("\n\n".join(pages))
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
    """Make links to files that are not in the page spans without a target."""
    is_file = False
    for token in tokens:
        if token.type == "link_open":
            target = _OTHER_PAGE.sub("#", str(token.attrGet("href")))
            token.attrSet("href", target)
            is_file = not target.startswith(("#", "http://", "https://"))
        if is_file and token.type in ("link_open", "link_close"):
            token.tag, token.attrs = "span", {}

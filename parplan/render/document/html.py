"""A draft as one HTML page that needs nothing else, for reading on a screen or a phone."""

from __future__ import annotations

import html
from typing import Any

from markdown_it import MarkdownIt

from parplan.render.document.drafts import Draft, date_in_words
from parplan.render.places import IN_TEXT
from parplan.text import visible

_STYLE = """
body{font-family:"Times New Roman",serif;max-width:50rem;margin:1rem auto;padding:0 1rem;
line-height:1.4;overflow-wrap:anywhere}
.head{display:flex;flex-wrap:wrap;justify-content:space-between;text-align:center;gap:1rem}
.title,.to,h6{text-align:center}h6{font-size:1em}table{border-collapse:collapse;width:100%}
td,th{border:1px solid;padding:.2rem .4rem;text-align:left;vertical-align:top}
.sign{display:flex;justify-content:space-between;margin-top:1rem}
.sign div:last-child{text-align:center}
mark{background:#ff0;color:#000}
img{max-width:100%}
"""


def render(draft: Draft) -> str:
    """Return ``draft`` as a page."""
    header = draft.header
    number = header.number or "…"
    superior = f"{_text(header.superior.upper())}<br>" if header.superior else ""
    about = f"<br>V/v {_text(header.title)}" if not header.type else ""
    to = "".join(f"<br>{_text(addressee)}" for addressee in header.to)
    head = (
        f'<header class="head"><div>{superior}<b>{_text(header.issuer.upper())}</b><br>'
        f"Số: {_text(number)}/{_text(header.symbol)}{about}</div>"
        "<div><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b><br>"
        f"<i>{_text(header.place)}, {_text(date_in_words(header.date))}</i></div></header>"
    )
    title = ""
    if header.type:
        title = f'<h1 class="title">{_text(header.type.upper())}<br>{_text(header.title)}</h1>'
    kind = f'<p class="to">Kính gửi:{to}</p>' if header.to else ""
    return (
        '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(header.title)}</title><style>{_STYLE}</style></head>\n<body>\n"
        f"{head}\n{title}\n{kind}\n{_body(draft)}\n{_signature(draft)}\n</body></html>\n"
    )


def _body(draft: Draft) -> str:
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    markdown.add_render_rule("html_inline", _only_breaks)
    markdown.add_render_rule("html_block", _as_text)
    markdown.add_render_rule("text", _marked)
    return str(markdown.render(draft.body))


def _only_breaks(_self: Any, tokens: Any, index: int, _options: Any, _env: Any) -> str:
    content: str = tokens[index].content
    return "<br>" if content == "<br>" else html.escape(content)


def _as_text(_self: Any, tokens: Any, index: int, _options: Any, _env: Any) -> str:
    parts = str(tokens[index].content).split("<br>")
    return f"<p>{'<br>'.join(html.escape(part) for part in parts)}</p>"


def _marked(_self: Any, tokens: Any, index: int, _options: Any, _env: Any) -> str:
    return IN_TEXT.sub(r"<mark>\1</mark>", html.escape(tokens[index].content))


def _signature(draft: Draft) -> str:
    header = draft.header
    lines = "".join(f"<br>- {_text(recipient)}" for recipient in header.recipients)
    left = f"<b><i>Nơi nhận:</i></b>{lines}" if header.recipients else ""
    right = ""
    if header.signer:
        signer = header.signer
        parts = filter(None, (signer.authority, signer.position))
        right = "<br>".join(f"<b>{_text(part)}</b>" for part in parts)
        right += f"<br><br><br><b>{_text(signer.name)}</b>"
    return f'<footer class="sign"><div>{left}</div><div>{right}</div></footer>'


def _text(plain: str) -> str:
    return html.escape(visible(plain))

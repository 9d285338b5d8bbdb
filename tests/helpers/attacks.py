"""Texts that attack, and what no outlet may let through of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import click

from parplan.cli.command_table import COMMANDS
from parplan.cli.group import load
from parplan.render.export.formats import FORMATS
from tests.helpers.running import ROOT

ATTACKS = {
    "terminal": "\x1b]0;x\x07\x1b[2J\x1b[31mđỏ\x9b31m\r\x08",
    "direction": "a\u202egpj.exe\u202c\u2066b\u2069",
    "rich": "[red]a[/red] [link=file:///etc/passwd]b[/link] [/] [bold",
    "markdown": "**a** | [b](javascript:alert(1)) ![c](/etc/passwd) `d` # e <br> \\",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;",
    "svg": "</svg></style><svg onload=alert(1)><![CDATA[x]]>",
    "formula": "=cmd|' /C calc'!A0",
    "wide-formula": "＠SUM(1+1)",
    "calendar": "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil",
    "option": "--output=x",
    "short-option": "-o/tmp/x",
    "revision": "HEAD:plan/2025.yaml",
    "traversal": "../../etc/passwd",
    "absolute": "/etc/passwd",
    "share": "\\\\server\\share\\x",
    "device": "LPT1",
    "template": "{{ ''.__class__.__mro__ }}{% include '/etc/passwd' %}{# x #}",
    "format": "%(title)s %s {0.__class__} ${HOME} $(touch x) `touch x` ; touch x",
    "yaml": '!!python/object/apply:os.system ["touch x"] &a *a <<: ',
    "json": '"}\n- {"id":"evil"',
    "quotes": "'\"'; DROP TABLE x; --",
}

PLAN = ROOT / "plan" / "2025.yaml"

FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


def wrapped(text: str) -> str:
    """Return ``text`` as a part of a sentence, which no outlet changes."""
    return f"Đầu {text} cuối."


def kept(text: str) -> str:
    """Return ``text`` as the journal keeps it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def plain(shown: str) -> str:
    """Return what a terminal shows, without the colours that are parplan's own."""
    return re.sub(r"\x1b\[[0-9;]*m", "", shown)


def forms(command: str) -> tuple[str, ...]:
    """Return what ``--format`` of ``command`` takes; nothing where it has no such option."""
    kinds = [one.type for one in load(command).params if "--format" in one.opts]
    return tuple(form for kind in kinds if isinstance(kind, click.Choice) for form in kind.choices)


FORMS: Mapping[str, tuple[str, ...]] = {
    "export": tuple(FORMATS),
    **{name: forms(name) for name in COMMANDS if forms(name)},
}
"""The commands that answer in several formats, with these; a new one is attacked with them."""
BY_LIBREOFFICE = {"pdf"}
"""Formats that LibreOffice makes of the docx."""

"""What the tests of the board share: a page made, read strictly, and shown by Chromium."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.helpers.office import Office, lacking

RECORDED = Path(__file__).parents[1] / "data" / "report.journal.yaml"
AS_OF = "2025-06-20"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HOSTILE = (
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=1</script>",
    "</style><style>body{display:none}</style>",
    "</svg><img src=x onerror=window.hacked=1>",
    "</title><body onload=window.hacked=1>",
    '" onmouseover="window.hacked=1" x=\'',
    "javascript:window.hacked=1",
    "<a href='javascript:window.hacked=1'>x</a>",
    "{{ 7 * 7 }}{% raw %}",
    "<!-- --> ]]> &lt;b&gt; &amp;",
    "\u202egnirts\u202c \u2066x\u2069 \u200f\ufeff",
    "\x1b[31mred\x07",
)
"""Texts that would do harm on a page."""
SIZES = {"phone": (360, 740), "desk": (1280, 900)}


def record(office: Office) -> None:
    """Give the office the journal of half a year."""
    shutil.copy(RECORDED, office.journal)


def board(office: Office, *options: str) -> str:
    """Return the page that ``board`` prints."""
    return office.say("board", "-o", "-", "--as-of", AS_OF, *options)


def read(page: str) -> Element:
    """Return the page's tree; whatever HTML forbids is an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(page)
    for one in tree.iter():
        if isinstance(one.tag, str):  # a drawing's elements stand in a namespace of their own
            one.tag = one.tag.rpartition("}")[2]
    return tree


def having(tree: Element, name: str) -> list[Element]:
    """Return the elements that have the attribute ``name``."""
    return [one for one in tree.iter() if isinstance(one.tag, str) and name in one.attrib]


def words(element: Element) -> str:
    """Return the text of ``element`` as one line."""
    return " ".join("".join(element.itertext()).split())


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Give the machine's Chromium, started afresh; complain where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        lacking("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Watched:
    """A page that tells what it asked for and complained about."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda said: self.complaints.append(f"{said.type}: {said.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._refuse)

    def _refuse(self, dialog: Any) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()


def shown(browser: Browser, path: Path, size: str = "desk", **options: Any) -> Watched:
    """Return the file ``path`` as Chromium shows it on a screen of that ``size``."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    watched = Watched(context)
    watched.page.goto(path.as_uri())
    return watched


def visible_rows(page: Page) -> Sequence[str]:
    """Return the numbers of the tasks that the year's table shows."""
    found: list[str] = page.eval_on_selector_all(
        ".grid tr[data-s]",
        "rows => rows.filter(row => row.checkVisibility())"
        ".map(row => row.querySelector('.no').textContent)",
    )
    return found

"""The board as people meet it: in a real Chromium, on phone, desk and paper."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from benchmarks.generate import write_workspace
from tests.helpers.office import Office, lacking, made
from tests.helpers.pages import HOSTILE, SIZES, board, chromium, record, shown, visible_rows

pytestmark = pytest.mark.slow

PAPER = {"format": "A4", "landscape": True, "prefer_css_page_size": True}
ALL = [str(number) for number in range(1, 36)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser to the tests of this file."""
    with chromium() as found:
        yield found


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office that has recorded half a year."""
    found = Office(workspace, environment)
    record(found)
    return found


@pytest.fixture
def page(office: Office) -> Path:
    """Return the board as a file, in Vietnamese."""
    return saved(office)


def saved(office: Office, *options: str) -> Path:
    path = office.root / "board.html"
    path.write_text(board(office, *options), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_shown_in_silence_and_without_a_request(
    language: str, size: str, scheme: Any, office: Office, browser: Browser
) -> None:
    path = saved(office, "--lang", language)

    watched = shown(browser, path, size, color_scheme=scheme)

    assert watched.complaints == []
    assert watched.requests == [path.as_uri()]
    assert visible_rows(watched.page) == ALL
    width = watched.page.evaluate("document.documentElement.scrollWidth")
    assert width <= SIZES[size][0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_accessible(
    language: str, size: str, scheme: Any, office: Office, browser: Browser
) -> None:
    """By axe-core; the page's own policy would not let it in."""
    path = saved(office, "--lang", language)
    watched = shown(browser, path, size, color_scheme=scheme, bypass_csp=True)
    watched.page.eval_on_selector_all(
        "details", "all => all.slice(0, 3).forEach(x => x.open = true)"
    )

    found = Axe().run(watched.page).response

    assert len(found["passes"]) > 20
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


def test_the_filters_show_what_was_chosen(page: Path, office: Office, browser: Browser) -> None:
    watched = shown(browser, page)
    unit, section = watched.page.locator("select").all()
    wanted = {
        one["task"] for one in office.items("list", "--unit", "tu-phap", "--as-of", "2025-06-20")
    }

    unit.select_option(label="Bộ phận Tư pháp – Hộ tịch")
    assert set(visible_rows(watched.page)) == wanted
    assert f"({len(wanted)})" in watched.page.inner_text("#shown")

    section.select_option(label="II. Cải cách thể chế")
    chosen = [one for one in visible_rows(watched.page) if one in ("13", "14", "15")]
    assert visible_rows(watched.page) == chosen != []

    watched.page.click("button[type=reset]")
    expect(watched.page.locator("#shown")).to_have_text("")
    assert visible_rows(watched.page) == ALL
    assert watched.complaints == []


def test_a_filter_leaves_no_empty_section(page: Path, browser: Browser) -> None:
    watched = shown(browser, page)

    watched.page.locator("select").nth(1).select_option(label="V. Cải cách chế độ công vụ")

    heads = watched.page.locator(".grid .sec:visible").all_inner_texts()
    assert heads == ["V. Cải cách chế độ công vụ"]


def test_readable_without_script(page: Path, browser: Browser) -> None:
    watched = shown(browser, page, java_script_enabled=False)

    assert watched.page.locator("form").is_hidden()
    assert watched.page.locator(".grid tr[data-s] .no").all_inner_texts() == ALL
    assert watched.page.locator(".list li:visible").count() == 2 + 6 + 10


def test_the_keyboard_reaches_all(page: Path, browser: Browser) -> None:
    watched = shown(browser, page)
    reached = []
    for time in range(4 + 36):
        watched.page.keyboard.press("Tab")
        reached.append(watched.page.evaluate("document.activeElement.tagName"))
        if time == 0:
            assert watched.page.locator(".skip").is_visible()

    assert reached[:4] == ["A", "SELECT", "SELECT", "BUTTON"]
    assert reached.count("SUMMARY") == 35 + 1
    watched.page.locator(".grid summary").first.press("Enter")
    assert watched.page.locator(".grid details[open]").count() == 1


def test_the_policy_keeps_everything_in(page: Path, browser: Browser) -> None:
    """Whatever got into the page could not tell anybody."""
    watched = shown(browser, page)
    told: list[str] = []

    class Ear(BaseHTTPRequestHandler):
        timeout = 2  # a browser may call without saying anything

        def do_GET(self) -> None:
            told.append(self.path)

        def log_message(self, format: str, *args: object) -> None:
            """Keep silent: the next test's commands write to the same process's stderr."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Ear) as ear:
        threading.Thread(target=ear.serve_forever, daemon=True).start()
        far = f"http://127.0.0.1:{ear.server_port}/x"
        refused = watched.page.evaluate(TALES, [far, *WAYS_OUT])
        ear.shutdown()

    assert set(refused) >= WAYS_OUT
    assert told == []
    assert watched.page.evaluate("window.hacked") is None


WAYS_OUT = {"img-src", "connect-src", "script-src-elem", "frame-src"}

# What is refused is told in its own time; who waits for it in vain ends after half a minute.
TALES = """async ([far, ...ways]) => {
            const found = [];
            document.addEventListener("securitypolicyviolation",
                event => found.push(event.effectiveDirective));
            new Image().src = far;
            await fetch(far).catch(() => 0);
            const script = document.createElement("script");
            script.textContent = "window.hacked = 1";
            document.body.append(script);
            const frame = document.createElement("iframe");
            frame.src = far;
            document.body.append(frame);
            await new Promise(done => {
                const look = () => ways.every(way => found.includes(way)) && done();
                document.addEventListener("securitypolicyviolation", look);
                setTimeout(done, 30000);
                look();
            });
            return found;
        }"""


def test_hostile_texts_do_nothing(office: Office, browser: Browser) -> None:
    office.write(
        *(made(number, text=text, reason=text) for number, text in enumerate(reversed(HOSTILE)))
    )
    watched = shown(browser, saved(office))

    watched.page.locator(".grid details").nth(3).evaluate("one => one.open = true")
    watched.page.mouse.move(300, 900)

    assert watched.complaints == []
    assert watched.page.evaluate("window.hacked") is None
    said = watched.page.inner_text("#main")
    assert "<script>window.hacked=1</script>" in said
    assert "javascript:window.hacked=1" in said
    assert visible_rows(watched.page) == ALL


# On paper.

MARKS = """all => all.forEach((one, number) => {
    const mark = (text) => {
        const made = document.createElement("div");
        made.textContent = text + number + "_";
        return made;
    };
    const cell = one.querySelector("th, div") || one;
    cell.prepend(mark("begin"));
    cell.append(mark("between"), mark("end"));
})"""


def printed(page: Page, path: Path) -> list[str]:
    """Return the text of each sheet of the page on A4."""
    if shutil.which("pdftotext") is None:
        lacking("pdftotext is not installed")
    page.pdf(path=path, **PAPER)  # type: ignore[arg-type]
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout.split("\f")[:-1]


def cut(page: Page, path: Path) -> list[int]:
    """Return which rows of tables and lists do not end on the sheet on which they begin."""
    page.eval_on_selector_all("tbody tr, .list li", MARKS)
    sheets = printed(page, path)
    count = page.locator("tbody tr, .list li").count()
    where = {
        word: [number for number, sheet in enumerate(sheets) if word in sheet]
        for row in range(count)
        for word in (f"begin{row}_", f"end{row}_")
    }
    assert sum(map(len, where.values())) > count  # closed details are not printed
    return [row for row in range(count) if where[f"begin{row}_"] != where[f"end{row}_"]]


@pytest.mark.parametrize("as_of", ["2025-06-20", "2025-12-20"])
def test_no_row_is_cut_on_paper(as_of: str, office: Office, browser: Browser) -> None:
    watched = shown(browser, saved(office, "--as-of", as_of))

    assert cut(watched.page, office.root / "board.pdf") == []


def test_rows_would_be_cut_without_the_rule(page: Path, office: Office, browser: Browser) -> None:
    """The test above can fail."""
    watched = shown(browser, page, bypass_csp=True)
    watched.page.add_style_tag(content="*{break-inside:auto!important}")

    assert cut(watched.page, office.root / "board.pdf") != []


def test_every_sheet_of_the_year_has_the_months(
    page: Path, office: Office, browser: Browser
) -> None:
    sheets = printed(shown(browser, page).page, office.root / "board.pdf")

    of_year = [sheet for sheet in sheets if "Thu ngân sách" in sheet or "Báo cáo CCHC" in sheet]
    assert len(of_year) >= 2
    year = [sheet for sheet in sheets if " T11 " in sheet]
    assert all("T1 " in sheet and "T12" in sheet for sheet in year)
    names = ("Giao ban BCĐ CCHC", "Giải ngân vốn đầu tư công", "Nhiệm vụ, chỉ tiêu kinh tế")
    assert all(any(name in sheet for sheet in year) for name in names)
    assert len(sheets) <= 6


def test_paper_has_no_controls(page: Path, browser: Browser) -> None:
    watched = shown(browser, page, color_scheme="dark")
    watched.page.emulate_media(media="print")

    assert watched.page.locator("form").is_hidden()
    ground = "getComputedStyle(document.body).backgroundColor"
    assert watched.page.evaluate(ground) == "rgb(255, 255, 255)"


def test_a_large_plan_is_still_usable(office: Office, tmp_path: Path, browser: Browser) -> None:
    root = tmp_path / "large"
    write_workspace(root, 2000, 4000)
    watched = shown(browser, saved(office, "--dir", str(root)))

    watched.page.locator("select").nth(1).select_option(index=1)

    rows = visible_rows(watched.page)
    assert 0 < len(rows) < 400
    assert watched.complaints == []

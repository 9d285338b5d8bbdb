"""The board of many offices: valid, self-contained, and right in every number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.helpers.office import Office
from tests.helpers.offices import COUNTED, open_office, three_wards
from tests.helpers.pages import HOSTILE, SIZES, chromium, having, read, shown, words

__all__ = ["city"]


def made(city: Office, *options: str) -> str:
    done = city.run("rollup", "board", "-o", "-", *options)
    assert done.stderr == ""
    return done.stdout


@pytest.fixture
def city(tmp_path: Path) -> Office:
    return three_wards(tmp_path)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_is_valid_and_says_what_it_is(city: Office, language: str) -> None:
    tree = read(made(city, "--lang", language))

    assert tree.attrib["lang"] == language
    ids = [one.attrib["id"] for one in having(tree, "id")]
    assert len(ids) == len(set(ids))
    assert having(tree, "style") == []
    (table,) = tree.findall(".//table")
    assert words(table.findall("caption")[0])
    assert all(row.find("th") is not None for row in table.iter("tr"))
    links = [one.attrib["href"] for one in having(tree, "href")]
    assert links == ["#main"]
    assert not having(tree, "src")


def test_every_number_is_that_of_rollup(city: Office) -> None:
    tree = read(made(city))
    (body,) = tree.findall(".//tbody")

    for row, counted in zip(body, COUNTED.values(), strict=True):
        numbers = [int(cell.attrib["data-v"]) for cell in row.findall("td")[:5]]
        _wanted, due, done, _early, _on_time, late, overdue, not_reached, *_rest = counted
        assert numbers == [due, done, late, overdue, not_reached]
    cells = [[words(cell) for cell in row.findall("td")[5:]] for row in body]
    assert cells == [["2/4", "1/1"], ["0/4 Q 2", ""], ["0/4 Q 2", "0/1"]]
    (total,) = tree.findall(".//tfoot/tr")
    assert [words(cell) for cell in total.findall("td")] == [
        *("6", "3", "1", "4", "7", "2/12 Q 4", "1/2"),
    ]


def test_a_faulty_office_has_its_problem(city: Office) -> None:
    (city.root / "b" / "plan" / "2025.yaml").write_text("x: 1\n", encoding="utf-8")
    with (city.root / "a" / "plan" / "2025.journal.yaml").open("ab") as file:
        file.write(b"- ?\n")

    done = city.run("rollup", "board", "-o", "-", "--lang", "en")

    assert done.returncode == 1
    text = words(read(done.stdout))
    assert "b/plan/2025.yaml:1:1: " in text
    assert "a/plan/2025.journal.yaml:4:1: " in text


def test_what_people_wrote_is_text(city: Office) -> None:
    for number, text in enumerate(HOSTILE):
        issuer = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if not re.search("[\x00-\x1f\ufeff]", text):
            open_office(city.root, f"h{number}")
            plan = city.root / f"h{number}" / "plan" / "2025.yaml"
            whole = plan.read_text(encoding="utf-8")
            plan.write_text(whole.replace(f"UBND h{number}", issuer), encoding="utf-8")

    tree = read(made(city))

    assert len(list(tree.iter("script"))) == 1
    assert not {"img", "iframe"} & {str(one.tag) for one in tree.iter()}
    assert "<script>window.hacked=1</script>" in words(tree)


# In a real browser.


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser to the tests of this file."""
    with chromium() as found:
        yield found


@pytest.fixture
def page(city: Office) -> Path:
    """Return the page as a file, in Vietnamese."""
    path = city.root / "board.html"
    path.write_text(made(city), encoding="utf-8")
    return path


def rows(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        ".offices tbody tr",
        "rows => rows.filter(row => row.checkVisibility()).map(row => row.cells[0].textContent)",
    )
    return found


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_shown_in_silence_and_accessible(
    size: str, scheme: Any, page: Path, browser: Browser
) -> None:
    watched = shown(browser, page, size, color_scheme=scheme)
    assert watched.complaints == []
    assert watched.requests == [page.as_uri()]
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]

    opened = shown(browser, page, size, color_scheme=scheme, bypass_csp=True)
    result = Axe().run(opened.page)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.slow
def test_offices_are_found_without_accents_and_sorted(page: Path, browser: Browser) -> None:
    text = page.read_text(encoding="utf-8").replace("UBND c", "Ủy ban Đống Đa")
    page.write_text(text, encoding="utf-8")
    opened = shown(browser, page).page

    opened.fill("input[name=q]", "dong da")
    assert rows(opened) == ["Ủy ban Đống Đa"]
    opened.click("button[type=reset]")  # the fields are emptied after the event
    expect(opened.locator("#shown")).to_have_text("")
    assert len(rows(opened)) == 3
    opened.click("thead th:nth-child(3) button")
    assert rows(opened)[0] == "UBND a"
    opened.click("thead th:nth-child(3) button")
    assert rows(opened)[-1] == "UBND a"
    assert opened.get_attribute("thead th:nth-child(3)", "aria-sort") == "ascending"


@pytest.mark.slow
def test_readable_without_script(page: Path, browser: Browser) -> None:
    opened = shown(browser, page, java_script_enabled=False).page

    assert len(opened.locator(".offices tbody tr").all()) == 3
    assert not opened.is_visible("form")

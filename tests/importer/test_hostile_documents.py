"""Text is text: whatever signs a note or a title holds, a reader sees those signs.

Held against what markdown-it shows of the Markdown, a browser of the page, and Word of the
docx: equal but for white space, and control characters shown as ``\\x1b``.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parplan import i18n
from parplan.journal.record import Evidence, Record
from parplan.plan.document import Appendix, Basis, Clause
from parplan.plan.model import Plan, Section, Task
from parplan.render.document import docx, drafts, html, official
from parplan.render.document.official import Official
from parplan.render.places import places_to_fill
from parplan.render.template.markdown import escape
from parplan.report.build import build
from parplan.schedule import periods
from tests.helpers.document_readers import Page, docx_texts, markdown_page, seen
from tests.helpers.docx_checker import Docx, W, order_faults, text_of
from tests.helpers.office import ZONE, made
from tests.helpers.plans import the_plan

ROOT = Path(__file__).parents[2]

HOSTILE: Mapping[str, str] = {
    "pipe": "a | b || c |",
    "stars": "* a ** b *** c _d_ __e__ ~~f~~ `g`",
    "emphasis": "**đậm** *nghiêng* ***cả hai***",
    "hash": "# a",
    "hashes-only": "##",
    "hash-at-the-end": "a #",
    "less-and-ampersand": "a < b > c & d &lt; &amp; &#60; &nbsp; &copy",
    "template": "{{ 7 * 7 }} {% for a in b %} {# c #} ${d} {0} %s %(e)s",
    "backslashes": "\\ \\\\ \\| \\* C:\\Users\\n\\t\\x41 \\",
    "backslash-at-the-end": "a\\",
    "line-ends": "a\nb\n\n\nc\n",
    "line-end-first": "\n\n a",
    "blank-lines": "a\n \nb",
    "hard-breaks": "a  \nb\\\nc",
    "tabs": "\ta\tb\t",
    "other-spaces": "\u00a0a\u00a0b\u2003c\u3000",
    "control": "\x00\x01\x08\x0b\x0c\x0e\x1b[31m\x1f\x7f\x85\x9f",
    "carriage-return": "a\rb",
    "right-to-left": "\u202eabc\u202c \u200fd\u200e \u2066e\u2069 \u061cf",
    "invisible": "a\u200bb\ufeffc\u2060d",
    "separators": "a\u2028b\u2029c",
    "no-characters": "a\ufffeb\uffffc",
    "emoji": "👨\u200d👩\u200d👧 🇻🇳 é",
    "long-word": "w" * 5000,
    "long-word-of-signs": "*|_" * 1500,
    "dash": "- a",
    "dash-alone": "-",
    "plus": "+ a",
    "star": "* a",
    "number": "1. a",
    "number-alone": "1.",
    "number-with-bracket": "12) a",
    "long-number": "123456789. a",
    "longer-number": "1234567890. a",
    "rule": "---",
    "rule-of-stars": "* * *",
    "rule-of-lines": "___",
    "underline": "===",
    "table": "| a | b |\n|---|---|\n| 1 | 2 |",
    "table-rule": "|---|",
    "fence": "```",
    "fence-of-waves": "~~~",
    "code": "```python\nprint(1)\n```",
    "indented": "    a\n        b",
    "quotation": "> a",
    "link": "[x](javascript:alert(1))",
    "picture": "![x](/etc/passwd)",
    "picture-of-the-office": "![x](plan/2025.yaml)",
    "reference": "[x]: http://example.org 'y'",
    "note": "[^1] ^[a] [^1]: b",
    "box": "[ ] a [x] b",
    "address": "http://example.org www.example.org lan@example.org <http://example.org>",
    "script": "<script>alert(1)</script>",
    "handler": "<img src=x onerror=alert(1)>",
    "comment": "<!-- a -->",
    "instruction": "<?xml?> <![CDATA[a]]> <!DOCTYPE a>",
    "word": "</w:t></w:r></w:p><w:p>",
    "tag-of-a-line-end": "a<br>b<br/>c",
    "tag-of-a-line-end-alone": "<br>",
    "header": "---\ntype: x\n---",
    "mathematics": "$a$ $$b$$ \\(c\\)",
    "definition": ": a",
    "formula": "=1+1 @SUM(A1) +84",
    "exclamation": "!a ![b]",
    "quotes": "\"a\" 'b' “c”",
    "mark": "[cần bổ sung: a]",
}
TEXTS = list(HOSTILE.values())


EXPECTED = [seen(text) for text in TEXTS]


# Readers.


# Every text wherever a plan or a journal can hold one.


def hostile_plan() -> Plan:
    """Return a plan each wording of which is hostile: a task for each text."""
    rule = the_plan().sections[0].tasks[3].schedule[0]
    tasks = [
        Task(
            id=str(number),
            title=text,
            schedule=[rule],
            requirement=text,
            deadline_text=text,
            units=[text],
        )
        for number, text in enumerate(TEXTS, 1)
    ]
    return msgspec.structs.replace(
        the_plan(),
        bases=[Basis(text=f"Căn cứ {text};") for text in TEXTS],
        preamble=TEXTS[0],
        text=[
            Clause(number="I", title="ĐIỂM", points=TEXTS),
            Clause(
                number="II",
                title="ĐOẠN",
                items=[Clause(text=text, remark=text) for text in TEXTS],
            ),
            Clause(
                number="III",
                title="MỤC",
                items=[Clause(number="1", title=text) for text in TEXTS],
            ),
        ],
        appendix=Appendix(title="TÊN", reference="(Kèm theo)", columns=[]),
        sections=[Section(id="I", title=text, tasks=tasks[:1]) for text in TEXTS[:1]]
        + [Section(id="II", title="Lĩnh vực", tasks=tasks[1:])],
    )


def written(document: Official) -> str:
    """Return the draft of ``document`` by its packaged template."""
    return official.fill(document, document.template, None).text


@pytest.fixture(scope="module")
def document() -> str:
    """Return the draft of the hostile plan."""
    return written(official.plan_document(hostile_plan()))


def list_items(items: Sequence[str]) -> list[str]:
    return list(items[: len(TEXTS)])


def rows_of(cells: Sequence[str], columns: int) -> list[list[str]]:
    return [list(cells[start : start + columns]) for start in range(0, len(cells), columns)]


def task_rows(cells: Sequence[str]) -> list[list[str]]:
    return [row for row in rows_of(cells, 5) if row[0].isdigit()]


WANTED_ROWS = [[str(number), *[text] * 4] for number, text in enumerate(EXPECTED, 1)]


def test_points_and_cells_in_the_markdown(document: str) -> None:
    page = markdown_page(drafts.read("x.md", document).body)

    assert list_items(page.found["li"]) == EXPECTED
    assert task_rows(page.found["td"]) == WANTED_ROWS


def test_points_and_cells_in_the_page(document: str) -> None:
    page = Page(html.render(drafts.read("x.md", document)))

    assert list_items(page.found["li"]) == EXPECTED
    assert task_rows(page.found["td"]) == WANTED_ROWS


def test_points_and_cells_in_the_docx(document: str) -> None:
    written = Docx(docx.render(drafts.read("x.md", document), ROOT))
    paragraphs = [" ".join(text_of(element).split()) for element in written.body.findall(f"{W}p")]
    tables = written.body.findall(f"{W}tbl")
    rows = [
        [" ".join(text_of(cell).split()) for cell in row.iter(f"{W}tc")]
        for row in tables[-1].iter(f"{W}tr")
    ]
    first = paragraphs.index("I. ĐIỂM") + 1

    assert paragraphs[first : first + len(TEXTS)] == [f"- {text}".strip() for text in EXPECTED]
    assert [row for row in rows if row[0].isdigit()] == WANTED_ROWS
    assert list(order_faults(written.body)) == []


def test_paragraphs_and_headings(document: str) -> None:
    """In Markdown, on the page and in the docx, in the same order."""
    read = drafts.read("x.md", document)
    page = markdown_page(read.body)
    expected = [text for text in EXPECTED for _ in range(2) if text]

    paragraphs = page.found["p"]
    start = next(i for i, text in enumerate(paragraphs) if text == f"Căn cứ {EXPECTED[-1]};") + 2
    assert paragraphs[start : start + len(expected)] == expected
    assert page.found["h3"] == [f"1. {text}".strip() for text in EXPECTED]
    in_docx = docx_texts(docx.render(read, ROOT))
    start = in_docx.index("II. ĐOẠN") + 1
    assert in_docx[start : start + len(expected)] == expected
    start = in_docx.index("III. MỤC") + 1
    assert in_docx[start : start + len(TEXTS)] == [f"1. {text}".strip() for text in EXPECTED]


@pytest.mark.parametrize("form", ["markdown", "page"])
def test_nothing_of_the_data_becomes_an_element(form: str, document: str) -> None:
    read = drafts.read("x.md", document)
    page = markdown_page(read.body) if form == "markdown" else Page(html.render(read))

    ours = {"html", "head", "meta", "title", "style", "body", "header", "footer", "div", "mark"}
    text = {"p", "br", "b", "i", "em", "strong", "ul", "li", "h1", "h2", "h3"}
    table = {"table", "thead", "tbody", "tr", "th", "td"}
    assert set(page.tags) <= ours | text | table
    assert page.tags.count("table") == 1
    assert page.tags.count("h2") == 3


def test_the_docx_draws_no_picture_and_links_nowhere(document: str) -> None:
    written = Docx(docx.render(drafts.read("x.md", document), ROOT))
    names = {element.tag.rpartition("}")[2] for element in written.body.iter()}

    assert names.isdisjoint({"drawing", "pict", "hyperlink", "object", "altChunk", "blip"})


# The report: notes, reasons, proposals, evidence.


def wrapped(text: str) -> str:
    """Return ``text`` as part of a sentence that begins and ends as sentences do."""
    return f"Đầu {text} cuối."


def hostile_records() -> list[Record]:
    """Return a note for each text, with the text in every place that a record has."""
    at = dt.datetime(2025, 6, 1, 8, tzinfo=ZONE)
    records = [
        made(
            number,
            at=at + dt.timedelta(minutes=number),
            text=wrapped(text),
            proposal=wrapped(text),
            evidence=(Evidence(number=f"Số {text}"),),
        )
        for number, text in enumerate(TEXTS)
    ]
    late = ("1@2025-03", "1@2025-04", "1@2025-05", "1@2025-Q2", "23@2025-03", "24@2025-Q1")
    reasons = [
        made(1000 + number, ref=ref, reason=f"Vì {' '.join(TEXTS[number::6])} đó.")
        for number, ref in enumerate(late)
    ]
    return [*records, *reasons]


@pytest.fixture(scope="module")
def report() -> str:
    """Return the draft of a report with hostile notes on a hostile plan."""
    before = i18n.language()
    i18n.use("vi")
    plan, day = the_plan(), dt.date(2025, 6, 14)
    period = periods.month(2025, 6)
    content = build(plan, hostile_records(), period, day)
    text = written(official.report(content))
    i18n.use(before)
    return text


def readings(source: str) -> Mapping[str, str]:
    """Return all that each form of the draft shows."""
    read = drafts.read("x.md", source)
    return {
        "markdown": markdown_page(read.body).text,
        "page": Page(html.render(read)).text,
        "docx": " ".join(docx_texts(docx.render(read, ROOT))),
    }


@pytest.fixture(scope="module")
def outlets(report: str) -> Mapping[str, str]:
    return readings(report)


@pytest.mark.parametrize("form", ["markdown", "page", "docx"])
def test_notes_proposals_and_evidence_are_read_as_written(
    form: str, outlets: Mapping[str, str]
) -> None:
    """Twice: the note in the text and in the appendix; the proposal in the text makes three."""
    counts = {
        name: (outlets[form].count(seen(wrapped(text))), outlets[form].count(seen(f"Số {text}")))
        for name, text in HOSTILE.items()
    }
    few = {name: count for name, count in counts.items() if count[0] < 3 or count[1] < 2}

    assert few == {}


@pytest.mark.parametrize("form", ["markdown", "page", "docx"])
def test_reasons_are_read_as_written(form: str, outlets: Mapping[str, str]) -> None:
    reasons = [f"Vì {' '.join(TEXTS[number::6])} đó." for number in range(6)]

    assert [text for text in reasons if seen(text) not in outlets[form]] == []


def test_hostile_notes_do_not_change_the_structure(report: str) -> None:
    page = markdown_page(drafts.read("x.md", report).body)

    assert page.tags.count("table") == 2
    assert page.tags.count("h2") == 5
    assert page.tags.count("h3") == 7
    assert {"script", "img", "a", "code", "pre", "hr", "blockquote", "s"}.isdisjoint(page.tags)
    assert {len(row) for row in rows_of(page.found["th"][3:], 8)} == {8}


def test_what_was_written_is_not_listed_as_a_place_to_fill(report: str) -> None:
    places = [place for _, place in places_to_fill(report)]

    assert places
    assert [place for place in places if place.startswith("[cần bổ sung: a")] == []


def test_letters_in_pieces_are_composed_in_the_docx() -> None:
    """A4 of the layout: TCVN 6909 knows composed letters only."""
    pieces = unicodedata.normalize("NFD", "Tổ chức đối thoại")
    source = f"---\n{HEADER}---\n\n{escape(pieces)}\n"

    texts = docx_texts(docx.render(drafts.read("x.md", source), ROOT))
    assert "Tổ chức đối thoại" in texts


HEADER = "type: Báo cáo\nissuer: UBND\nsymbol: BC-UBND\nplace: Phú La\ntitle: kết quả\n"


# Headers: titles and names stand above the text, as YAML.


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_title_stays_one(name: str) -> None:
    """It is written as YAML and read again; then it stands in the head of page and docx."""
    text = HOSTILE[name]
    plan = msgspec.structs.replace(
        the_plan(),
        document=msgspec.structs.replace(the_plan().document, title=text or "x"),
        text=[],
        sections=[],
    )
    filled = official.fill(official.plan_document(plan), "document.md.j2", None)
    read = drafts.read("", filled.text)

    assert read == filled.draft  # what a document is made of before anybody reads the file

    assert " ".join(read.header.title.split()) == " ".join(text.split())
    either = (seen(text), " ".join(text.split()))  # control characters shown, or as they are
    for page_text in (Page(html.render(read)).text, " ".join(docx_texts(docx.render(read, ROOT)))):
        assert any(title in page_text for title in either)


# Any text at all.

PLACES = {
    "paragraph": ("%s\n", "p"),
    "point": ("- %s\n", "li"),
    "cell": ("| A | B |\n|---|---|\n| %s | b |\n", "td"),
    "heading": ("## %s\n", "h2"),
    "bold": ("| A |\n|---|\n| **a %s a** |\n", "td"),
    "after-text": ("- a: %s (b)\n", "li"),
}


@settings(max_examples=60)
@given(text=st.text())
@example(text="1\n.")
@example(text=" \n ")
@example(text="a\\|b")
@example(text="\n- a\n1. b")
@pytest.mark.parametrize("place", PLACES)
def test_any_text_is_shown_as_it_is(place: str, text: str) -> None:
    pattern, tag = PLACES[place]

    page = markdown_page(pattern % escape(text))

    expected = {"bold": f"a {text} a", "after-text": f"a: {text} (b)"}.get(place, text)
    assert (page.found.get(tag) or [""])[0] == seen(expected)


SIGNS = st.text(alphabet="\\|*_`~<>[](){}#!&$+-=.:1\n\t ab", max_size=12)


@settings(max_examples=120)
@given(text=SIGNS)
@pytest.mark.parametrize("place", PLACES)
def test_any_mix_of_signs_is_shown_as_it_is(place: str, text: str) -> None:
    pattern, tag = PLACES[place]

    page = markdown_page(pattern % escape(text))

    expected = {"bold": f"a {text} a", "after-text": f"a: {text} (b)"}.get(place, text)
    assert (page.found.get(tag) or [""])[0] == seen(expected)


@settings(max_examples=10)
@given(texts=st.lists(st.text() | SIGNS, min_size=20, max_size=40))
@example(texts=["\uf900"] * 20)
def test_any_texts_reach_page_and_docx(texts: list[str]) -> None:
    body = "".join(f"- a {escape(text)} b\n" for text in texts)
    read = drafts.read("x.md", f"---\n{HEADER}---\n\n{body}")
    expected = [seen(f"a {text} b") for text in texts]

    assert Page(html.render(read)).found["li"] == expected
    points = [line for line in docx_texts(docx.render(read, ROOT)) if line.startswith("- ")]
    # Composed letters: U+F900 too is another one by then.
    assert points == [f"- {unicodedata.normalize('NFC', text)}" for text in expected]


@settings(max_examples=200)
@given(text=st.text() | SIGNS)
def test_markdown_of_any_text_is_one_line(text: str) -> None:
    written = escape(text)

    assert written.splitlines() in ([], [written])
    assert re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", written) is None

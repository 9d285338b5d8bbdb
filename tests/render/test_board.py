"""The board as a file: valid, self-contained, bounded, and right in every number."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from benchmarks.generate import write_workspace
from parplan.agenda.year import Point
from parplan.render.board.chart import draw
from parplan.yamlfile.parse import load_yaml
from tests.helpers.office import Office, made
from tests.helpers.pages import HOSTILE, board, having, read, record, words
from tests.helpers.plans import day


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office that has recorded half a year."""
    found = Office(workspace, environment)
    record(found)
    return found


@pytest.fixture(params=["vi", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Return each language."""
    return str(request.param)


# Valid HTML that says what it is.


def test_the_page_is_valid_html(office: Office, language: str) -> None:
    tree = read(board(office, "--lang", language))

    assert tree.attrib["lang"] == language
    ids = [one.attrib["id"] for one in having(tree, "id")]
    assert len(ids) == len(set(ids))
    named = [
        name
        for key in ("aria-labelledby", "aria-describedby", "for")
        for one in having(tree, key)
        for name in one.attrib[key].split()
    ]
    assert set(named) <= set(ids)
    assert having(tree, "style") == []


def test_the_page_has_landmarks_and_headings_in_order(office: Office) -> None:
    tree = read(board(office))
    levels = [int(one.tag[1]) for one in tree.iter() if re.fullmatch("h[1-6]", str(one.tag))]

    assert [len(tree.findall(f".//{name}")) for name in ("header", "main", "footer", "h1")] == [
        *(1, 1, 1, 1)
    ]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
    skip = tree.findall(".//body/a")[0]
    assert skip.attrib["href"] == "#main"


def test_tables_say_what_they_are(office: Office) -> None:
    tree = read(board(office))

    tables = tree.findall(".//table")
    assert len(tables) == 4
    for table in tables:
        assert words(table.findall("caption")[0])
        assert all(one.attrib["scope"] for one in table.iter("th"))
        assert all(row.find("th") is not None for row in table.iter("tr"))


def test_drawings_have_a_name_or_say_nothing(office: Office) -> None:
    tree = read(board(office))

    for svg in tree.iter("svg"):
        assert svg.attrib.get("aria-hidden") == "true" or svg.attrib["role"] == "img"
    (chart,) = [one for one in tree.iter("svg") if one.attrib.get("role") == "img"]
    assert words(chart.findall("title")[0])
    assert "20/06/2025" in words(chart.findall("desc")[0])
    for mark in (one for one in tree.iter("span") if one.attrib.get("role") == "img"):
        assert mark.attrib["aria-label"] == mark.attrib["title"] != ""


# Nothing leaves the page.


def test_the_page_allows_only_its_own_style_and_script(office: Office) -> None:
    tree = read(board(office))
    (policy,) = [
        one.attrib["content"]
        for one in tree.iter("meta")
        if one.attrib.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    inline = {name: [one.text or "" for one in tree.iter(name)] for name in ("style", "script")}

    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["style-src"].split() == [hashed(text) for text in inline["style"]]
    assert rules["script-src"].split() == [hashed(text) for text in inline["script"]]
    assert set(rules) == {"default-src", "base-uri", "form-action", "style-src", "script-src"}


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_page_points_nowhere_else(office: Office) -> None:
    tree = read(board(office))
    style = "".join(one.text or "" for one in tree.iter("style"))
    ids = {one.attrib["id"] for one in having(tree, "id")}

    for name in ("src", "srcset", "action", "data", "poster", "background"):
        assert having(tree, name) == []
    targets = {one.attrib["href"] for one in having(tree, "href")}
    assert all(target.startswith("#") and target[1:] in ids for target in targets)
    assert "url(" not in style
    assert "@import" not in style
    assert not [one for one in tree.iter() if any(key.startswith("on") for key in one.attrib)]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_shown_and_not_obeyed(text: str, office: Office) -> None:
    path = office.root / "plan" / "2025.yaml"
    plan = load_yaml("", path.read_text(encoding="utf-8"))
    clean = re.sub("[\x00-\x1f\ufeff]", "", text)
    plan["document"]["title"] = plan["issuer"] = plan["sections"][0]["title"] = clean
    plan["units"][0]["name"] = clean
    task = plan["sections"][0]["tasks"][0]
    task |= {"title": clean, "short": clean, "requirement": clean, "deadline_text": clean}
    plan["sections"][1]["tasks"][0]["units"] = [clean]
    path.write_text(json.dumps(plan), encoding="utf-8")
    office.write(
        made(1, text=text, reason=text, by=text),
        made(2, ref="1@2025-05", text=text, reason=text),
    )
    before = read(board(office))

    shape = [one.tag for one in before.iter()]
    assert shape.count("script") == shape.count("style") == 1
    assert not {"img", "iframe", "object", "embed", "b:b"} & set(map(str, shape))
    assert not [one for one in before.iter() if any(key.startswith("on") for key in one.attrib)]
    said = words(before)
    expected = re.sub(
        "[\x00-\x1f\u200f\u202c\u202e\u2066\u2069\ufeff]",
        lambda found: (
            f"\\x{ord(found[0]):02x}" if ord(found[0]) < 256 else f"\\u{ord(found[0]):04x}"
        ),
        text,
    )
    assert said.count(" ".join(expected.split())) >= 3
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x1b]", board(office))


# What it says.


def tiles(tree: Element) -> list[int]:
    (found,) = [one for one in tree.iter("dl") if one.attrib.get("class") == "tiles"]
    return [int(words(one)) for one in found.iter("b")]


def test_headline(office: Office) -> None:
    """Counted by hand from the journal of half a year, as of 20 June."""
    assert tiles(read(board(office))) == [8, 5, 2, 2, 1, 7]


@pytest.mark.parametrize("options", [(), ("--unit", "tu-phap"), ("--section", "V")])
def test_the_page_agrees_with_status(options: tuple[str, ...], office: Office) -> None:
    tree = read(board(office, *options))
    told = office.json("status", "--as-of", "2025-06-20", *options)
    counts, fallen = told["counts"], told["fallen_due"]

    assert tiles(tree) == [
        fallen["wanted"],
        *(counts[name] for name in ("on_time", "late", "overdue", "due_soon")),
        len(told["no_deadline"]),
    ]
    labels = [one.attrib["aria-label"] for one in tree.iter("span") if "role" in one.attrib]
    assert len(labels) == counts["wanted"] + counts["cancelled"]
    (_grid, sections, units, _curve) = tree.findall(".//table")
    assert [words(row.findall("td")[0]) for row in sections.findall("tbody/tr")] == [
        f"{one['counts']['done']}/{one['counts']['wanted']}" for one in told["sections"]
    ]
    assert [words(row.findall("td")[1]) for row in units.findall("tbody/tr")] == [
        str(one["counts"]["overdue"]) for one in told["units"]
    ]


def panel(tree: Element) -> list[Element]:
    return [one for one in tree.iter("section") if one.get("aria-labelledby") == "h-score"]


def test_the_score_panel_says_what_score_says(office: Office) -> None:
    assert panel(read(board(office))) == []
    office.say("score", "example")
    told = office.json("score", "--as-of", "2025-06-20")

    page = board(office, "--lang", "en")

    (shown,) = panel(read(page))
    counted = [one for one in told["parts"] if one["id"] != "8"]  # a survey gives its points
    rows = [[words(cell) for cell in row] for row in shown.findall(".//tbody/tr")]
    assert [row[0].partition(".")[0] for row in rows] == [one["id"] for one in counted]
    assert [Decimal(row[1].partition("/")[0]) for row in rows] == [
        Decimal(one["points"]) for one in counted
    ]
    assert "This index is an example" in words(shown)
    assert len(page.encode()) <= 150_000


def test_a_wrong_index_is_told_with_its_place(office: Office) -> None:
    (office.root / "plan" / "2025.index.yaml").write_text("schema: 1\n", encoding="utf-8")

    assert "plan/2025.index.yaml:1:1:" in office.refuse("board")


def test_every_occurrence_has_a_mark_that_says_all(office: Office) -> None:
    tree = read(board(office))
    said = [one.attrib["aria-label"] for one in tree.iter("span") if "role" in one.attrib]

    assert "Báo cáo tháng (1@2025-04), hạn 24/04/2025: trễ hạn" in said
    assert "5@2025-06" in next(one for one in said if "đang làm, 50%" in one)
    assert next(one for one in said if "23@2025-04" in one).endswith("đã hủy")
    symbols = {one.attrib["id"] for one in tree.iter("symbol")}
    used = {one.attrib["href"][1:] for one in tree.iter("use")}
    assert used <= symbols
    assert {"m-on-time", "m-late", "m-overdue", "m-cancelled", "m-upcoming-in-progress"} <= used


def test_each_kind_of_mark_has_its_own_shape_and_letter(office: Office) -> None:
    symbols = {one.attrib["id"]: one for one in read(board(office)).iter("symbol")}
    kinds = ("on-time", "late", "overdue", "due-soon", "upcoming", "cancelled")
    drawn = [
        (one.tag, one.attrib.get("d", "")) for one in (symbols[f"m-{kind}"][0] for kind in kinds)
    ]
    classes = [symbols[f"m-{kind}"][0].attrib["class"] for kind in kinds]
    letters = [words(symbols[f"m-{kind}"]) for kind in kinds]

    assert letters == ["Đ", "T", "Q", "S", "C", ""]
    assert len(set(zip(drawn, classes, strict=True))) == len(kinds)


def test_overdue_tells_why(office: Office) -> None:
    said = words(read(board(office)))

    assert "Lý do: chưa có hướng dẫn của quận" in said
    assert "Chưa ghi lý do." in said


def test_damaged_lines_of_the_journal_are_told_on_the_page(office: Office) -> None:
    with office.journal.open("a", encoding="utf-8") as file:
        file.write("- {oops\n")

    done = office.run("board", "-o", "-", "--as-of", "2025-06-20")

    line = len(office.journal.read_text(encoding="utf-8").splitlines())
    assert done.returncode == 0
    assert f"2025.journal.yaml:{line}:1:" in words(read(done.stdout))
    assert f"2025.journal.yaml:{line}:1:" in done.stderr


def test_the_same_day_gives_the_same_bytes(office: Office) -> None:
    assert board(office) == board(office)
    assert "20/06/2025" in board(office)


def test_a_year_without_records_has_a_board(office: Office, language: str) -> None:
    office.journal.unlink()

    tree = read(office.say("board", "-o", "-", "--as-of", "2025-01-01", "--lang", language))

    assert tiles(tree)[:4] == [0, 0, 0, 0]


# How large it is.


@pytest.mark.parametrize("as_of", ["2025-06-20", "2025-12-31"])
def test_the_page_of_35_tasks_is_small(as_of: str, office: Office, language: str) -> None:
    office.write(
        *(made(number, ref=f"{number % 35 + 1}", text="nội dung " * 30) for number in range(500))
    )

    page = office.say("board", "-o", "-", "--as-of", as_of, "--lang", language)

    assert len(page.encode()) <= 150_000


def test_a_large_plan_keeps_to_what_matters(office: Office, tmp_path: Path) -> None:
    root = tmp_path / "large"
    write_workspace(root, 1000, 0)

    page = board(office, "--dir", str(root), "--lang", "en")

    tree = read(page)
    said = words(tree)
    assert len(page.encode()) < 2_000_000
    assert "600 less urgent tasks are left out" in said
    rows = [one for one in tree.iter("tr") if "data-s" in one.attrib]
    assert len(rows) == 400
    told = json.loads(
        office.say("status", "--dir", str(root), "--as-of", "2025-06-20", "--format", "json")
    )
    assert f"and {told['counts']['overdue'] - 150} more, not shown here" in said
    kept = {words(one.findall(".//*[@class='no']")[0]) for one in rows}
    urgent = list(dict.fromkeys(one["task"] for one in told["items"]))
    assert set(urgent[:400]) <= kept


# Where it goes.


def test_the_page_is_never_written_over_a_file(office: Office) -> None:
    assert "board-2025.html" in office.say("board", "--as-of", "2025-06-20")
    path = office.root / "board-2025.html"
    assert path.read_text(encoding="utf-8") == board(office)
    path.write_text("mine", encoding="utf-8")

    assert "--force replaces it" in office.refuse("board")
    assert path.read_text(encoding="utf-8") == "mine"

    office.say("board", "--force", "--as-of", "2025-06-20")
    assert path.read_text(encoding="utf-8") == board(office)


def test_a_unit_has_its_own_file(office: Office) -> None:
    office.say("board", "--unit", "tu-phap")

    assert (office.root / "board-2025-tu-phap.html").exists()


def test_the_workspace_may_dress_the_page(office: Office) -> None:
    folder = office.root / "templates" / "board"
    folder.mkdir(parents=True)
    (folder / "style.css").write_text("body{color:#123}</style><b>", encoding="utf-8")

    tree = read(board(office))

    (style,) = tree.iter("style")
    assert style.text == "body{color:#123}<\\/style><b>"


def test_a_mistake_in_a_template_has_its_place(office: Office) -> None:
    folder = office.root / "templates" / "board"
    folder.mkdir(parents=True)
    (folder / "page.html.j2").write_text("<p>\n{{ nobody }}", encoding="utf-8")

    assert "board/page.html.j2:2: the template has a mistake" in office.refuse("board")


def test_serving_writes_no_file(office: Office) -> None:
    assert "leave out -o" in office.refuse("board", "--serve", "-o", "x.html")


# The chart.


def test_chart_of_a_year() -> None:
    curve = [
        Point(day("01-01"), 0, 0),
        Point(day("04-01"), 4, 1),
        Point(day("07-01"), 6, None),
        Point(day("12-31"), 10, None),
    ]

    drawn = draw(curve, day("04-01"))

    assert [one.number for one in drawn.levels] == [0, 2, 4, 6, 8, 10]
    assert drawn.due == "M29 252H168.8V157.6H310.2V110.4H594.4V16H596"
    assert drawn.done == "M29 252H168.8V228.4"
    assert drawn.done_end is not None
    assert drawn.done_end.number == 1
    assert drawn.today is not None
    assert len(drawn.months) == 12

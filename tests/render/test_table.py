"""Tables that fit any screen, plain or in colour, whatever text their cells hold."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parplan.render.terminal import paint
from parplan.render.terminal.table import Line, Span, Style, TextColumn, lay_out, paragraph
from parplan.text import visible, width

SCREENS = (200, 80, 60, 40, 20)
COLUMNS = (
    TextColumn("Ref"),
    TextColumn("Due"),
    TextColumn("Standing", most=24),
    TextColumn("Task", flexible=True),
    TextColumn("Unit", most=20),
)
ROWS = (
    ("1@2025-Q2", "2025-06-09", "1 day overdue", "Báo cáo CCHC định kỳ, đột xuất", "Văn phòng"),
    ("23@2025-06", "30/06/2025", "20 days left", "Đánh giá, xếp loại cán bộ, công chức", "Một cửa"),
    ("8", "", "no deadline", "Nhiệm vụ quận giao trên hệ thống", ""),
)
ANSI = re.compile("\x1b\\[[0-9;]*m")

HOSTILE = (
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x9b2J",
    "[bold]x[/]",
    "[link=https://example.org]x[/link]",
    "[/]",
    ":smile:",
    "a\r\nb",
    "a\tb",
    "\u202egnirts",
    "a\u2028b",
    "%s %(x)s {} {0}",
    "http://example.org 123 'quoted' None True",
)


def text_of(lines: Sequence[Line]) -> list[str]:
    return ["".join(span.text for span in line) for line in lines]


def table(screen: int, rows: Sequence[Sequence[str]] = ROWS) -> list[str]:
    return text_of(lay_out(COLUMNS, [[Span(cell) for cell in row] for row in rows], screen))


def painted(lines: Sequence[Line], monkeypatch: pytest.MonkeyPatch, colour: bool) -> str:
    """Return what is written to a screen, with or without colour."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR" if colour else "NO_COLOR", "1")
    out = io.StringIO()
    paint.write(lines, out)
    return out.getvalue()


def test_columns_are_as_wide_as_they_need() -> None:
    assert table(200) == [
        "Ref         Due         Standing       Task                                  Unit",
        "1@2025-Q2   2025-06-09  1 day overdue  Báo cáo CCHC định kỳ, đột xuất        Văn phòng",
        "23@2025-06  30/06/2025  20 days left   Đánh giá, xếp loại cán bộ, công chức  Một cửa",
        "8                       no deadline    Nhiệm vụ quận giao trên hệ thống",
    ]


def test_one_column_takes_what_is_left_and_wraps() -> None:
    assert table(80) == [
        "Ref         Due         Standing       Task                            Unit",
        "1@2025-Q2   2025-06-09  1 day overdue  Báo cáo CCHC định kỳ, đột xuất  Văn phòng",
        "23@2025-06  30/06/2025  20 days left   Đánh giá, xếp loại cán bộ,      Một cửa",
        "                                       công chức",
        "8                       no deadline    Nhiệm vụ quận giao trên hệ",
        "                                       thống",
    ]


def test_where_too_little_is_left_rows_are_stacked() -> None:
    assert table(60) == [
        "1@2025-Q2  2025-06-09  1 day overdue  Văn phòng",
        "  Báo cáo CCHC định kỳ, đột xuất",
        "23@2025-06  30/06/2025  20 days left  Một cửa",
        "  Đánh giá, xếp loại cán bộ, công chức",
        "8  no deadline",
        "  Nhiệm vụ quận giao trên hệ thống",
    ]


def test_a_stacked_row_takes_as_many_lines_as_it_needs() -> None:
    assert table(20, ROWS[:1]) == [
        "1@2025-Q2",
        "2025-06-09",
        "1 day overdue",
        "Văn phòng",
        "  Báo cáo CCHC định",
        "  kỳ, đột xuất",
    ]


def test_a_narrow_column_keeps_to_its_most() -> None:
    rows = [["1", "", "x" * 24 + " y", "Báo cáo", "Văn phòng Ủy ban nhân dân"]]

    assert table(200, rows)[1:] == [
        "1" + " " * 9 + "x" * 24 + "  Báo cáo  Văn phòng Ủy ban",
        " " * 10 + "y" + " " * 34 + "nhân dân",
    ]


def test_numbers_may_stand_at_the_right() -> None:
    columns = (TextColumn("No.", right=True), TextColumn("Task", flexible=True))
    rows = [[Span("7"), Span("Một")], [Span("12"), Span("Hai")]]

    assert text_of(lay_out(columns, rows, 80)) == ["No.  Task", "  7  Một", " 12  Hai"]


def test_decomposed_letters_line_up() -> None:
    rows = [["1", "", "a", "Ba\u0301o ca\u0301o", "x"], ["2", "", "b", "Báo cáo", "x"]]
    lines = table(80, rows)

    assert width(lines[1]) == width(lines[2]) == len(lines[2])


def test_a_table_without_rows_is_its_heading() -> None:
    assert table(80, []) == ["Ref  Due  Standing  Task  Unit"]


@pytest.mark.parametrize("screen", SCREENS)
def test_no_line_is_wider_than_the_screen(screen: int) -> None:
    assert max(map(width, table(screen))) <= screen


@pytest.mark.parametrize("screen", SCREENS)
def test_dates_and_references_are_never_lost_or_cut(screen: int) -> None:
    shown = "\n".join(table(screen))

    assert all(row[0] in shown and row[1] in shown for row in ROWS)


def test_a_line_has_no_blanks_at_its_end() -> None:
    assert all(line == line.rstrip() for screen in SCREENS for line in table(screen))


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
ONE_ROW = st.tuples(
    st.from_regex(r"[0-9]{1,2}@2025-(Q[1-4]|0[1-9])", fullmatch=True),
    st.dates().map(str),
    CELLS,
    CELLS,
    CELLS,
)


@given(rows=st.lists(ONE_ROW, min_size=1, max_size=3), screen=st.integers(20, 120))
@example(rows=[("1@2025-Q2", "2025-06-09", "x" * 90, "y" * 90, "z" * 90)], screen=20)
@example(rows=[("1@2025-Q2", "2025-06-09", "漢" * 30, "字" * 30, "漢" * 30)], screen=21)
def test_whatever_the_cells_hold_it_fits(rows: list[Sequence[str]], screen: int) -> None:
    lines = table(screen, rows)

    assert max(map(width, lines)) <= screen
    assert all(visible(line) == line and "\n" not in line and "\t" not in line for line in lines)
    assert all(row[0] in "\n".join(lines) and row[1] in "\n".join(lines) for row in rows)


@given(rows=st.lists(ONE_ROW, min_size=1, max_size=3), screen=st.integers(20, 120))
def test_no_letter_of_a_cell_is_lost(rows: list[Sequence[str]], screen: int) -> None:
    lines = table(screen, rows)
    shown = sorted("".join("".join(lines).split()))
    heading = sorted("".join(column.title for column in COLUMNS))
    cells = sorted("".join(visible("".join(cell.split())) for row in rows for cell in row))

    assert shown in (cells, sorted([*cells, *heading]))


@given(text=CELLS, screen=st.integers(20, 120), indent=st.integers(0, 4))
def test_a_paragraph_fits(text: str, screen: int, indent: int) -> None:
    lines = text_of(paragraph(text, screen, indent=indent))

    assert max(map(width, lines)) <= screen
    assert all(visible(line) == line for line in lines)


def test_a_paragraph_keeps_its_own_line_ends() -> None:
    lines = paragraph("- Báo cáo tháng\n\n- Báo cáo quý", 80, indent=2)

    assert text_of(lines) == ["  - Báo cáo tháng", "", "  - Báo cáo quý"]


@pytest.mark.parametrize("screen", SCREENS)
def test_colour_changes_no_text(screen: int, monkeypatch: pytest.MonkeyPatch) -> None:
    styles: tuple[Style, ...] = ("head", "bad", "warn", "good", "dim")
    rows = [list(map(Span, row, styles)) for row in ROWS]
    lines = lay_out(COLUMNS, rows, screen)
    plain = painted(lines, monkeypatch, colour=False)
    coloured = painted(lines, monkeypatch, colour=True)

    assert plain == "".join(f"{line}\n" for line in text_of(lines))
    assert coloured != plain
    assert ANSI.sub("", coloured) == plain


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([], id="none"),
        pytest.param([[]], id="a-blank-one"),
        pytest.param([[], [Span("Báo cáo")], []], id="between-blank-ones"),
    ],
)
def test_colour_adds_no_line(lines: list[Line], monkeypatch: pytest.MonkeyPatch) -> None:
    plain = painted(lines, monkeypatch, colour=False)

    assert plain.count("\n") == len(lines)
    assert painted(lines, monkeypatch, colour=True) == plain


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("screen", [80, 40])
def test_hostile_text_comes_out_as_text(
    text: str, screen: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = lay_out(
        COLUMNS, [[Span("1"), Span(""), Span(text, "bad"), Span(text), Span("")]], screen
    )
    plain = painted(lines, monkeypatch, colour=False)
    coloured = painted(lines, monkeypatch, colour=True)

    assert visible(plain) == plain
    assert ANSI.sub("", coloured) == plain
    assert all(visible(word) in plain for word in text.split())


@pytest.mark.parametrize(
    ("variables", "terminal", "colour"),
    [
        pytest.param({}, True, True, id="terminal"),
        pytest.param({}, False, False, id="pipe"),
        pytest.param({"NO_COLOR": "1"}, True, False, id="no-color-on-a-terminal"),
        pytest.param({"NO_COLOR": ""}, True, True, id="empty-no-color-counts-for-nothing"),
        pytest.param({"FORCE_COLOR": "1"}, False, True, id="force-color-into-a-pipe"),
        pytest.param(
            {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False, id="no-color-before-force-color"
        ),
        pytest.param({"TERM": "dumb"}, True, False, id="dumb-terminal"),
    ],
)
def test_where_colour_shows(
    variables: dict[str, str], terminal: bool, colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: terminal)

    assert paint.in_colour(stream) is colour


@pytest.mark.parametrize(
    ("columns", "wide"), [("0", 80), ("1", 20), ("99", 99), ("501", 500), ("9" * 30, 500)]
)
def test_a_screen_has_20_to_500_columns(
    columns: str, wide: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    assert paint.screen_width() == wide

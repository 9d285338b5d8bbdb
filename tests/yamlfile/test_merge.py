"""Two people's changes to one text come together, and what nobody touched stays as typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.yamlfile.merge import merge_texts
from parplan.yamlfile.parse import load_yaml
from parplan.yamlfile.pieces import cut
from tests.helpers.running import ROOT

BASE = """\
# Đầu tệp
year: 2025   # năm

units:
  # Hai bộ phận
  - {id: a, name: A}
  - {id: b, name: B}   # b

tasks:
  - id: "1"
    title: >-
      Một dòng
      hai dòng
    deadline_text: Tháng 6
    schedule:
      - {in: 2025-06}
    units: [a, b]
  # Việc hai
  - id: "2"
    title: |
      # không phải chú thích
      chữ
    units:
    - a

signer: {name: X}
# Cuối tệp
"""
COUPLED = (("deadline_text", "schedule"),)
SECOND = BASE[BASE.index("  # Việc hai") : BASE.index("\nsigner")]
THIRD = SECOND.replace("Việc hai", "Việc ba").replace('"2"', '"3"').replace("chữ", "chữ ba")
THIRD = THIRD.replace("- a", "- b")
FOURTH = THIRD.replace('"3"', '"4"')


def edited(*pairs: tuple[str, str], text: str = BASE) -> str:
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def merged(here: str, there: str, base: str = BASE) -> str:
    """Return the text of both sides, which changed no same thing."""
    result = merge_texts([base], here, there, {}, COUPLED)
    assert result.clashes == []
    assert result.text is not None
    return result.text


# What each side changed, alone and together.

EDITS = {
    "value": [("year: 2025", "year: 2026")],
    "comment": [("# Hai bộ phận", "# Các bộ phận")],
    "flow": [("{id: a, name: A}", '{id: a, name: "A A"}')],
    "new-entry": [("\ntasks:", "  - {id: c, name: C}\n\ntasks:")],
    "new-task": [("\nsigner", f"{THIRD}\nsigner")],
    "folded": [("      hai dòng", "      ba dòng")],
    "deadline": [("Tháng 6", "Tháng 7"), ("{in: 2025-06}", "{in: 2025-07}")],
    "new-key": [("    units: [a, b]\n", "    units: [a, b]\n    by: QĐ 1\n")],
    "block-list": [("    - a\n", "    - a\n    - b\n")],
    "literal": [("      chữ\n", "      chữ\n\n      nữa\n")],
    "signer": [("{name: X}", "{name: Y} # mới")],
    "end": [("# Cuối tệp", "# Hết")],
}  # fmt: skip
NAMES = sorted(EDITS)


@pytest.mark.parametrize("first", NAMES)
@pytest.mark.parametrize("second", NAMES)
def test_two_edits_stand_as_if_one_had_made_both(first: str, second: str) -> None:
    here, there = edited(*EDITS[first]), edited(*EDITS[second])
    both = here if first == second else edited(*EDITS[first], *EDITS[second])

    assert merged(here, there) == both


@pytest.mark.parametrize("name", NAMES)
def test_what_was_taken_away_goes_and_other_edits_stay(name: str) -> None:
    without = BASE.replace(SECOND, "")
    if name in ("block-list", "literal"):
        result = merge_texts([BASE], without, edited(*EDITS[name]), {}, COUPLED)
        assert [(clash.path, clash.here) for clash in result.clashes] == [(("tasks", "2"), "")]
        return

    assert merged(without, edited(*EDITS[name])) == edited(*EDITS[name], text=without)
    assert merged(edited(*EDITS[name]), without) == edited(*EDITS[name], text=without)


@given(st.sets(st.sampled_from(NAMES)), st.sets(st.sampled_from(NAMES)))
def test_any_edits_of_both_sides(here: set[str], there: set[str]) -> None:
    first, second = (
        edited(*(pair for name in sorted(names) for pair in EDITS[name])) for names in (here, there)
    )
    both = edited(*(pair for name in sorted(here | there) for pair in EDITS[name]))

    assert merged(first, second) == both
    assert merged(second, first) == both


def test_both_added_behind_the_same_entry() -> None:
    here = edited(("\nsigner", f"{THIRD}\nsigner"))
    there = edited(("\nsigner", f"{FOURTH}\nsigner"))

    text = merged(here, there)

    assert [task["id"] for task in load_yaml("", text)["tasks"]] == ["1", "2", "3", "4"]


def test_a_text_laid_out_anew_takes_what_the_other_changed() -> None:
    """An editor that moves every line changes nothing that is meant."""
    there = BASE.replace("\n  ", "\n    ")
    here = edited(*EDITS["new-task"], *EDITS["signer"])

    for first, second in ((here, there), (there, here)):
        assert load_yaml("", merged(first, second)) == load_yaml("", here)


def test_one_side_s_order_is_taken() -> None:
    tasks = BASE[BASE.index('  - id: "1"') : BASE.index("  # Việc hai")]
    there = BASE.replace(tasks + SECOND, SECOND + tasks)

    text = merged(edited(*EDITS["value"]), there)

    assert [task["id"] for task in load_yaml("", text)["tasks"]] == ["2", "1"]


def test_comments_of_both_above_one_entry_stay() -> None:
    here = edited(("  # Việc hai\n", "  # Việc hai\n  # của tôi\n"))
    there = edited(("  # Việc hai\n", "  # Việc hai\n  # của bạn\n"))

    assert merged(here, there).count("  # Việc hai\n  # của tôi\n  # của bạn\n") == 1


# What both changed.


@pytest.mark.parametrize(
    ("here", "there", "path"),
    [
        pytest.param(("year: 2025", "year: 1"), ("year: 2025", "year: 2"), ("year",), id="value"),
        pytest.param(
            ("{name: X}", "{name: Y}"), ("{name: X}", "{name: Z}"), ("signer",), id="flow"
        ),
        pytest.param(
            ("Tháng 6", "Tháng 7"),
            ("{in: 2025-06}", "{in: 2025-08}"),
            ("tasks", "1", "deadline_text"),
            id="wording-and-dates",
        ),
        pytest.param(
            ("\nsigner", f"{THIRD}\nsigner"),
            ("\nsigner", f"{THIRD.replace('chữ ba', 'khác')}\nsigner"),
            ("tasks", "3"),
            id="both-added",
        ),
    ],
)
def test_what_both_changed_is_chosen(
    here: tuple[str, str], there: tuple[str, str], path: tuple[str, ...]
) -> None:
    texts = [BASE], edited(here, ("# Đầu", "# ĐẦU")), edited(there, ("# Cuối", "# CUỐI"))

    (clash,) = merge_texts(*texts, {}, COUPLED).clashes
    assert clash.path == path
    for side, chosen in (("here", here), ("there", there)):
        result = merge_texts(*texts, {path: side}, COUPLED)  # type: ignore[dict-item]
        assert result.clashes == []
        assert result.text == edited(chosen, ("# Đầu", "# ĐẦU"), ("# Cuối", "# CUỐI"))


def test_with_two_bases_what_either_side_took_back_is_asked() -> None:
    """They had merged each other's halves: neither base alone tells who changed what."""
    other = edited(("year: 2025", "year: 2026"))

    assert merge_texts([BASE, other], BASE, other, {}).clashes[0].path == ("year",)
    assert merge_texts([BASE, other], other, other, {}).text == other


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("path", sorted((ROOT / "plan").glob("*.yaml")), ids=lambda path: path.name)
def test_pieces_put_together_are_the_text(path: Path, end: str) -> None:
    text = path.read_text(encoding="utf-8").replace("\n", end)
    document = cut(text)

    assert len(document.entries) > 3
    assert "".join(piece.written(piece.column) for piece in document.entries) + document.end == text


def test_what_does_not_fit_together_is_no_text() -> None:
    assert merge_texts(["a: 1\n"], "{a: 2}\n", "a: 3\n", {}).text is None


# What one side moved to another list.

SECTIONS = """\
sections:
  - id: I
    tasks:
      - id: "1"
        title: một
        units: [a]
      # Việc hai
      - id: "2"   # hai
        title: hai
        units: [a]
      - {id: "3", title: ba}
  - id: II
    tasks:
        - id: "4"
          title: bốn
        - id: "5"
          title: năm
"""
TWO = SECTIONS[SECTIONS.index("      # Việc hai") : SECTIONS.index("      - {id")]
DEEPER = "".join(f"  {line}" for line in TWO.splitlines(keepends=True))
FIVE = SECTIONS[SECTIONS.index('        - id: "5"') :]


def move(text: str = SECTIONS) -> str:
    """Return ``text`` with task 2 between 4 and 5."""
    return text.replace(TWO, "").replace(FIVE, DEEPER + FIVE)


@pytest.mark.parametrize(
    "edit",
    [
        ("title: hai", "title: hai!"),
        ("# Việc hai", "# Việc hai, sửa"),
        ("        title: hai\n        units: [a]\n", "        title: hai\n        units: [b]\n"),
        ("        title: hai\n", "        title: hai\n        by: QĐ 1\n"),
        ("title: một", "title: một!"),
        ("title: bốn", "title: bốn!"),
        ("title: năm", "title: năm!"),
    ],
    ids=lambda edit: edit[1].strip(),
)
def test_an_edit_follows_what_the_other_side_moved(edit: tuple[str, str]) -> None:
    edits = edited(edit, text=SECTIONS)
    deeper = ["\n".join(f"  {line}" if line[:1] == " " else line for line in each.split("\n"))
              for each in edit]  # fmt: skip
    pair = (deeper[0], deeper[1]) if edit[0] in TWO else edit
    both = edited(pair, text=move())

    assert merged(move(), edits, SECTIONS) == merged(edits, move(), SECTIONS) == both
    assert merged(both, edits, SECTIONS) == merged(move(), both, SECTIONS) == both


def test_what_the_mover_edited_is_in_too() -> None:
    here = edited(('units: [a]\n        - id: "5', 'units: [b]\n        - id: "5'), text=move())
    there = edited(("title: hai", "title: hai!"), text=SECTIONS)

    for text in (merged(here, there, SECTIONS), merged(there, here, SECTIONS)):
        tasks = load_yaml("", text)["sections"][1]["tasks"]
        assert tasks[1] == {"id": "2", "title": "hai!", "units": ["b"]}


def test_the_same_key_of_a_moved_entry_is_asked() -> None:
    here = edited(("title: hai", "title: hai!"), text=move())
    there = edited(("title: hai", "title: hai?"), text=SECTIONS)

    result = merge_texts([SECTIONS], here, there, {})

    assert [clash.path for clash in result.clashes] == [("sections", "II", "tasks", "2", "title")]
    path = result.clashes[0].path
    assert merge_texts([SECTIONS], here, there, {path: "there"}).text == edited(
        ("title: hai", "title: hai?"), text=move()
    )


def test_both_moved_one_entry_to_the_same_list() -> None:
    here, there = move(), edited(("title: hai", "title: hai!"), text=move())

    assert merged(here, there, SECTIONS) == there


def test_a_moved_entry_that_the_other_dropped_stays() -> None:
    assert merged(move(), SECTIONS.replace(TWO, ""), SECTIONS) == move()


def test_what_has_no_list_to_go_to_is_asked_as_dropped_and_edited() -> None:
    """The section is new: the other side has none."""
    here = f"{SECTIONS.replace(TWO, '')}  - id: III\n    tasks:\n{TWO}"
    there = edited(("title: hai", "title: hai!"), text=SECTIONS)

    result = merge_texts([SECTIONS], here, there, {})

    assert [clash.path for clash in result.clashes] == [("sections", "I", "tasks", "2")]

"""New data come into a draft, and nothing that a person wrote is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.render.document.draft_merge import merge_bodies, merge_headers, renew

GAP = "[cần bổ sung: kết quả thực hiện nhiệm vụ 8]"
NEW = "[cần bổ sung: số liệu mới: {}]"


def merged(base: str, edited: str, fresh: str) -> str:
    return "\n".join(merge_bodies(base, edited, fresh).lines)


@pytest.mark.parametrize(
    ("base", "edited", "fresh", "expected"),
    [
        pytest.param("a\nb", "a\nb", "a\nc", "a\nc", id="untouched"),
        pytest.param("a\nb", "a\nB", "a\nb", "a\nB", id="edited-alone"),
        pytest.param("a\nb", "A\nb", "a\nc", "A\nc", id="next-to-each-other"),
        pytest.param("a\nb", "a\nc", "a\nc", "a\nc", id="the-same-on-both-sides"),
        pytest.param("a\nz", "a\nown\nz", "a\nnew\nz", "a\nnew\nown\nz", id="both-add"),
        pytest.param("a\nb\nz", "a\nz", "a\nb\nz", "a\nz", id="removed-by-hand"),
        pytest.param("a\nb\nz", "a\nb\nz", "a\nz", "a\nz", id="not-generated-any-more"),
        pytest.param("a\nb\nz", "a\nB\nz", "a\nz", "a\nB\nz", id="edited-and-no-more-generated"),
        pytest.param("a\nb\nz", "a\nz", "a\nc\nz", "a\nz", id="removed-and-generated-anew"),
        pytest.param(
            f"x\n- Nhiệm vụ giao: {GAP}\nz",
            f"x\n- Nhiệm vụ giao: {GAP}\nz",
            "x\n- Nhiệm vụ giao: Xong.\nz",
            "x\n- Nhiệm vụ giao: Xong.\nz",
            id="gap",
        ),
        pytest.param(
            f"x\n- Nhiệm vụ giao: {GAP}\nz",
            "x\n- Nhiệm vụ giao: Tự viết.\nz",
            "x\n- S: Mới.\n- Nhiệm vụ giao: Xong [1].\nz",
            f"x\n- S: Mới.\n- Nhiệm vụ giao: Tự viết. {NEW.format('Nhiệm vụ giao: Xong (1).')}\nz",
            id="gap-filled-twice",
        ),
        pytest.param(
            "| 1 | x | y |", "| 1 | x | own |", "| 1 | z | y |", "| 1 | z | own |", id="two-cells"
        ),
        pytest.param(
            "| 1 | x | y |",
            "| 1 | x | own |",
            "| 1 | x | new |",
            f"| 1 | x | own {NEW.format('new')} |",
            id="one-cell",
        ),
        pytest.param(
            "| 1 | x |", "| 1 | x \\| 2 |", "| 1 | x |", "| 1 | x \\| 2 |", id="a-bar-in-a-cell"
        ),
    ],
)
def test_merge(base: str, edited: str, fresh: str, expected: str) -> None:
    assert merged(base, edited, fresh) == expected


def test_both_sides_are_named_where_they_changed_the_same() -> None:
    (conflict,) = merge_bodies("a\nb", "a\nmine", "a\nnew").conflicts

    assert (conflict.edited, conflict.fresh) == ("mine", "new")


def test_the_same_conflict_is_marked_once() -> None:
    once = merged("a\nb", "a\nmine", "a\nnew")

    assert merged("a\nb", once, "a\nnew") == once


def test_a_header_keeps_what_was_filled_in_and_takes_the_data() -> None:
    data = "data:\n  records: {}\n  until: x\n"
    base, fresh = (f'number: ""\ndate: "2025-06"\n{data.format(n)}' for n in (1, 2))
    edited = f'number: "95"\ndate: "2025-06-20"\n{data.format(1)}'

    lines = merge_headers(base, edited, fresh.replace("2025-06", "2025-07")).lines

    assert lines == ['number: "95"', 'date: "2025-06-20"', *data.format(2).splitlines()]


def test_a_draft_whose_header_alone_was_edited_needs_no_base() -> None:
    text = '---\nnumber: "{}"\ndata:\n  records: {}\n---\n\n{}\n'

    renewed = renew(None, text.format(95, 1, "alt"), text.format("", 2, "neu"))

    assert renewed.text == text.format(95, 2, "neu")


texts = st.lists(st.sampled_from(["", "a", "b", "c", "- d", "| e | f |", "| g | f |"]), max_size=9)


@given(texts, texts, texts)
def test_every_line_of_the_clerk_stays(
    base: list[str], edited: list[str], fresh: list[str]
) -> None:
    """A line that the clerk added or changed is there after the merge, in its order."""
    own = [f"own {n}" if n % 2 else line for n, line in enumerate(edited)]

    lines = merge_bodies("\n".join(base), "\n".join(own), "\n".join(fresh)).lines

    kept = [line.partition(" [cần")[0] for line in lines]
    assert [line for line in kept if line.startswith("own ")] == [
        line for line in own if line.startswith("own ")
    ]


@given(texts, texts)
def test_laws(one: list[str], other: list[str]) -> None:
    base, changed = "\n".join(one), "\n".join(other)

    assert merged(base, base, changed) == changed
    assert merged(base, changed, base) == changed
    assert merged(base, changed, changed) == changed

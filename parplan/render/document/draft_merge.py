"""How do new data come into a draft that the clerk has changed meanwhile?

A three-way merge by lines, since a paragraph, a list item and a table row are one line
each: what the clerk left as it was generated becomes what is generated now, what the clerk
changed stays.  Where both changed the same line or cell, the clerk's stays and the new one
follows it as a place to fill.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

import msgspec

from parplan.render.document.drafts import split
from parplan.render.places import MISSING, PLACE

_DATA = re.compile(r"^data:\n(?:[ \t].*\n)*", re.MULTILINE)
_CELL = re.compile(r"(?<!\\)\|")
_PLACE = re.compile(PLACE)
_LONGEST = 900  # characters; a place to fill has at most a thousand
_ALIKE = 0.5
"""From this ratio of equal letters on, two lines are the same one, changed."""
_MOST_PAIRS = 400


class DraftConflict(msgspec.Struct, frozen=True):
    """Lines that the clerk changed and that are generated otherwise now."""

    edited: str
    fresh: str


class Merged(msgspec.Struct, frozen=True):
    """The lines of a merged text; ``updated`` counts those taken from the new one."""

    lines: list[str]
    updated: int
    conflicts: list[DraftConflict]


class Renewed(msgspec.Struct, frozen=True):
    """A draft with new data in it; ``updated`` counts the lines that these changed."""

    text: str
    updated: int
    conflicts: list[DraftConflict]
    header_conflicts: list[DraftConflict]


class _Edit(msgspec.Struct, frozen=True):
    """``lines`` stand where the base has its lines from ``start`` to before ``end``."""

    start: int
    end: int
    lines: list[str]


def renew(base: str | None, edited: str, fresh: str) -> Renewed:
    """Return the draft ``edited``, generated as ``base``, with what is generated now.

    Without ``base`` only its header was changed by hand, and its body is as it was generated.
    All have a header.
    """
    (edited_head, edited_body), (fresh_head, fresh_body) = split(edited), split(fresh)
    base_head, base_body = (fresh_head, edited_body) if base is None else split(base)
    head = merge_headers(base_head, edited_head, fresh_head)
    body = merge_bodies(base_body, edited_body, fresh_body)
    text = "\n".join(["---", *head.lines, "---", *body.lines])
    return Renewed(text, head.updated + body.updated, body.conflicts, head.conflicts)


def merge_bodies(base: str, edited: str, fresh: str) -> Merged:
    """Return ``edited`` with what changed from ``base`` to ``fresh``; conflicts are marked."""
    return _merge(base.split("\n"), edited.split("\n"), fresh.split("\n"), marks=True)


def merge_headers(base: str, edited: str, fresh: str) -> Merged:
    """Return the header ``edited`` likewise, with the data of ``fresh``; nothing is marked."""
    parts = [_DATA.sub("", text).splitlines() for text in (base, edited, fresh)]
    merged = _merge(*parts, marks=False)
    data = _DATA.search(fresh)
    lines = [*merged.lines, *(data[0].splitlines() if data else ())]
    return msgspec.structs.replace(merged, lines=lines)


def _merge(base: list[str], edited: list[str], fresh: list[str], *, marks: bool) -> Merged:
    lines: list[str] = []
    conflicts: list[DraftConflict] = []
    updated = place = 0
    for start, end, ours, theirs in _clusters(_edits(base, edited), _edits(base, fresh)):
        lines += base[place:start]
        place = end
        if not theirs:
            lines += _applied(base, start, end, ours)
            continue
        new = _applied(base, start, end, theirs)
        if not ours:
            updated += max(len(new), 1)
            lines += new
            continue
        our_lines = _applied(base, start, end, ours)
        if our_lines == new:
            lines += our_lines
        elif start == end:  # both added something here
            updated += len(new)
            lines += [*new, *our_lines]
        else:
            text, conflict = _settle(base[start:end], our_lines, new, marks=marks)
            lines += text
            conflicts += conflict
    return Merged([*lines, *base[place:]], updated, conflicts)


def _edits(base: list[str], other: list[str]) -> list[_Edit]:
    """Return what makes ``other`` of ``base``, in order, a line each as far as lines are alike."""
    matcher = difflib.SequenceMatcher(None, base, other, autojunk=False)
    edits = []
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            edits += _line_by_line(base[start:end], other[first:last], start)
    return edits


def _line_by_line(old: list[str], new: list[str], start: int) -> list[_Edit]:
    """Return the edits that make ``new`` of ``old``, which stands from line ``start`` on."""
    if not old and not new:
        return []
    if len(old) == len(new):
        return [_Edit(start + i, start + i + 1, [line]) for i, line in enumerate(new)]
    if not old or not new or len(old) * len(new) > _MOST_PAIRS:
        return [_Edit(start, start + len(old), new)]
    likeness, i, j = max(
        (_likeness(old_text, other), -i, -j)
        for i, old_text in enumerate(old)
        for j, other in enumerate(new)
    )
    i, j = -i, -j
    if likeness < _ALIKE:
        return [_Edit(start, start + len(old), new)]
    return [
        *_line_by_line(old[:i], new[:j], start),
        _Edit(start + i, start + i + 1, [new[j]]),
        *_line_by_line(old[i + 1 :], new[j + 1 :], start + i + 1),
    ]


def _likeness(first: str, other: str) -> float:
    """Return the ratio of equal letters, 0 to 1; what a place to fill asks for counts nothing."""
    texts = (_PLACE.sub("", first), _PLACE.sub("", other))
    return difflib.SequenceMatcher(None, *texts, autojunk=False).ratio()


def _clusters(
    ours: list[_Edit], theirs: list[_Edit]
) -> Iterator[tuple[int, int, list[_Edit], list[_Edit]]]:
    """Yield stretches of the base with the edits of both sides there, which touch no others."""
    edits = sorted(
        [*((hunk, 0) for hunk in ours), *((hunk, 1) for hunk in theirs)],
        key=lambda pair: (pair[0].start, pair[0].end, pair[1]),
    )
    index = 0
    while index < len(edits):
        first, side = edits[index]
        start, end = first.start, first.end
        sides: tuple[list[_Edit], list[_Edit]] = ([], [])
        sides[side].append(first)
        index += 1
        while index < len(edits) and _meet(start, end, edits[index][0]):
            edit, side = edits[index]
            sides[side].append(edit)
            end = max(end, edit.end)
            index += 1
        yield start, end, *sides


def _meet(start: int, end: int, edit: _Edit) -> bool:
    return edit.start < end or (start == end == edit.start == edit.end)


def _applied(base: list[str], start: int, end: int, edits: list[_Edit]) -> list[str]:
    """Return the lines of ``base`` from ``start`` to ``end`` as ``edits`` make them."""
    lines: list[str] = []
    for edit in edits:
        lines += [*base[start : edit.start], *edit.lines]
        start = edit.end
    return [*lines, *base[start:end]]


def _settle(
    base: Sequence[str], edited: list[str], new: list[str], *, marks: bool
) -> tuple[list[str], list[DraftConflict]]:
    """Return the clerk's lines where both sides changed them, with the new text as places."""
    if len(base) == len(edited) == len(new) == 1 and edited[0].startswith("|"):
        rows = [_CELL.split(lines[0]) for lines in (base, edited, new)]
        if len({len(row) for row in rows}) == 1:
            return _settle_cells(*rows)
    conflict = DraftConflict("\n".join(edited).strip(), "\n".join(new).strip())
    if marks and conflict.edited and conflict.fresh:
        last = max(i for i, line in enumerate(edited) if line.strip())
        edited = [
            *edited[:last],
            _marked(edited[last], conflict.fresh),
            *edited[last + 1 :],
        ]
    return edited, [conflict]


def _settle_cells(
    base: list[str], edited: list[str], new: list[str]
) -> tuple[list[str], list[DraftConflict]]:
    cells, conflicts = [], []
    for old, cell, fresh in zip(base, edited, new, strict=True):
        if fresh in (old, cell):
            cells.append(cell)
        elif cell == old:
            cells.append(fresh)
        else:
            conflicts.append(DraftConflict(cell.strip(), fresh.strip()))
            cells.append(f" {_marked(cell.strip(), fresh.strip())} ")
    return ["|".join(cells)], conflicts


def _marked(edited: str, fresh: str) -> str:
    """Return ``edited`` with ``fresh`` behind it as a place to fill, before the end of a row."""
    text = re.sub(r"\s*\n\s*", " / ", fresh).removeprefix("- ").strip("| ")
    text = text.replace("[", "(").replace("]", ")")
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}…"
    place = f"[{MISSING}: số liệu mới: {text}]"
    if place in edited:
        return edited
    if edited.startswith("|") and edited.rstrip().endswith("|"):
        return f"{edited.rstrip()[:-1]}{place} |"
    return f"{edited} {place}".lstrip()


def line_of(text: str, conflict: DraftConflict) -> int:
    """Return the line of ``text``, from 1, where ``conflict`` is; 1 where the lines are gone."""
    first = conflict.edited.partition("\n")[0]
    lines = text.split("\n")
    return next((i for i, line in enumerate(lines, 1) if first and first in line), 1)

"""Finds titles: that of the plan, by the type that it begins with, and that of an appendix."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import msgspec

from parplan.importer.grid import Block, Paragraph, Table
from parplan.importer.plan.clauses import begins_part
from parplan.text import fold, one_line

TYPES = (
    "ke hoach", "chuong trinh", "quyet dinh", "nghi quyet", "chi thi", "phuong an", "de an",
    "thong bao", "huong dan", "cong van", "chuong trinh cong tac",
)  # fmt: skip
# Lines drawn with signs under a heading.
RULE = re.compile(r"[\s\-_–—*.…=]*")
# A plan's title in one line, which is its type and its subject.
_IN_ONE_LINE = re.compile(r"(KẾ HOẠCH|CHƯƠNG TRÌNH|PHƯƠNG ÁN|ĐỀ ÁN)\s+(\S.*)", re.DOTALL)
_REFERS = ("(", "Kèm theo", "Ban hành")
_APPENDIX = re.compile(r"(phu luc|bieu so|danh muc)\b")


def find_type(blocks: Sequence[Block]) -> int | None:
    """Return where the line that is the type of the document stands, such as "KẾ HOẠCH"."""
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and fold(block.text.partition("\n")[0]) in TYPES:
            return index
    return None


def with_type_apart(before: Sequence[Block]) -> list[Block]:
    """Return ``before`` with "KẾ HOẠCH CÔNG TÁC NĂM 2026" in two lines, if it has no other type.

    What stands under "PHỤ LỤC", or over "(Kèm theo …)", is the title of an appendix.
    """
    blocks = list(before)
    if find_type(blocks) is not None:
        return blocks
    lines = [(i, b) for i, b in enumerate(blocks) if isinstance(b, Paragraph) and b.text]
    for (index, line), (_i, below) in itertools.pairwise([*lines, (0, Paragraph(""))]):
        if _APPENDIX.match(fold(line.text)):
            break
        title = _IN_ONE_LINE.fullmatch(line.text.strip())
        is_title = line.text.isupper() and (line.bold or line.centred)
        if title and is_title and not below.text.startswith(_REFERS):
            blocks[index] = msgspec.structs.replace(line, text=f"{title[1]}\n{title[2]}")
            break
    return blocks


def appendix_begins(before: Sequence[Block]) -> int:
    """Return where the heading of the appendix begins: at 'PHỤ LỤC', else right above it."""
    cut, is_near, is_named = len(before), True, False
    for index in range(len(before) - 1, -1, -1):
        block = before[index]
        if isinstance(block, Table):
            break
        text = one_line(block.text)
        if fold(block.text.partition("\n")[0]) in TYPES:
            return cut if is_named else len(before)  # what stands here is the plan's own title
        prominent = block.bold or block.centred or text.isupper()
        if _APPENDIX.match(fold(text)) and (prominent or len(text) < 60):
            cut, is_near, is_named = index, True, True
            continue
        heads = (prominent or text.startswith("(") or not text) and not begins_part(text)
        is_near = is_near and heads
        if is_named and not is_near:
            break
        cut = index if is_near and text and not is_named else cut
    return cut


def appendix_heading(above: Sequence[Block]) -> tuple[str, str]:
    """Return the name and the reference line of an appendix from what stands before its table."""
    heading = above[appendix_begins(above) :]
    lines = [block.text for block in heading if isinstance(block, Paragraph) and block.text]
    references = [line for line in lines if line.startswith(_REFERS)]
    titles = [
        one_line(line)
        for line in lines
        if line not in references
        and not re.fullmatch(r"phu luc( so)?( [\divxl]+)?[.:]?", fold(line))
        and not RULE.fullmatch(line)
    ]
    return " ".join(titles), " ".join(references)  # blanks to fill stay as wide as they are

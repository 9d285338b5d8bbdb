"""What does the document around the appendix say: who issued it, when, on what, to whom?

Nghị định 30/2020, Phụ lục I, says where each of these stands.  What does not stand there
is left empty; nothing is concluded from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from parplan.importer.columns import simplify_heading
from parplan.importer.grid import Block, Paragraph, Table
from parplan.importer.plan.bodies import as_written, split_bodies
from parplan.importer.plan.citation import (
    cites_number,
    read_basis,
    read_date_line,
    read_number_line,
)
from parplan.importer.plan.clauses import begins_part, read_clauses
from parplan.plan.document import Basis, Clause, Signer
from parplan.text import fold, one_line

_TYPES = (
    "ke hoach", "chuong trinh", "quyet dinh", "nghi quyet", "chi thi", "phuong an", "de an",
    "thong bao", "huong dan", "cong van", "chuong trinh cong tac",
)  # fmt: skip
_CITES = re.compile(
    r"(Căn cứ|Thực hiện|Xét|Theo|Quyết định|Nghị quyết|Nghị định|Kế hoạch|Luật|Thông tư|Công văn|"
    r"Chỉ thị|Chương trình|Văn bản|Hướng dẫn|Thông báo|Tiếp tục thực hiện)\b"
)
_RULE = re.compile(r"[\s\-_–—*.…=]*")
_AUTHORITY = re.compile(r"(TM|KT|TL|TUQ|Q)\s*\.", re.IGNORECASE)
_POSITION = re.compile(
    r"(PHÓ )?(CHỦ TỊCH|CHÁNH VĂN PHÒNG|GIÁM ĐỐC|TRƯỞNG PHÒNG|TRƯỞNG BAN|BÍ THƯ|CHÁNH)\b",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"^(Trên đây|Yêu cầu|Đề nghị|Trong quá trình|Nhận được|Căn cứ Kế hoạch)\b|\./\.$"
)
_APPENDIX = re.compile(r"(phu luc|bieu so|danh muc)\b")
_HEAD_BLOCKS = 6
"""Blocks that the head takes at most where no type of document stands below it."""

_NATION = "cong hoa xa hoi chu nghia viet nam"


class Letterhead(msgspec.Struct):
    """What was told of the document; empty where it was not."""

    type: str = ""
    number: str = ""
    symbol: str = ""
    date: str = ""
    place: str = ""
    title: str = ""
    issuer: str = ""
    superior: str = ""
    bases: list[Basis] = []
    preamble: str = ""
    text: list[Clause] = []
    closing: str = ""
    recipients: list[str] = []
    signer: Signer | None = None
    appendix_title: str = ""
    appendix_reference: str = ""


def read_letterhead(blocks: Sequence[Block], first_table: int) -> Letterhead:
    """Return what ``blocks`` say; the table of tasks is ``blocks[first_table]``."""
    found = Letterhead()
    before = list(blocks[:first_table])
    cut = _appendix_begins(before)
    found.appendix_title, found.appendix_reference = appendix_heading(before[cut:])
    main = before[:cut] + list(blocks[first_table + 1 :])  # a signature may stand below
    heading = _find_type(main)
    _take_head(found, main[: heading + 1 if heading is not None else _HEAD_BLOCKS])
    if heading is not None:
        body = _take_title(found, main, heading)
        _take_body(found, _until_signature(main[body:], cut - body))
    _take_tail(found, main[(heading or 0) :])
    _spell(found, " ".join(one.text for one in main if isinstance(one, Paragraph)))
    return found


def _appendix_begins(before: Sequence[Block]) -> int:
    """Return where the heading of the appendix begins: at 'PHỤ LỤC', else right above it."""
    cut, is_near, is_named = len(before), True, False
    for index in range(len(before) - 1, -1, -1):
        block = before[index]
        if isinstance(block, Table):
            break
        text = one_line(block.text)
        if fold(block.text.partition("\n")[0]) in _TYPES:
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
    """Return the name and the reference line of an appendix from what stands above its table."""
    lines = [one.text for one in above if isinstance(one, Paragraph) and one.text]
    references = [line for line in lines if line.startswith(("(", "Kèm theo", "Ban hành"))]
    titles = [
        one_line(line)
        for line in lines
        if line not in references
        and not re.fullmatch(r"phu luc( so)?( [\divxl]+)?[.:]?", fold(line))
        and not _RULE.fullmatch(line)
    ]
    return " ".join(titles), " ".join(references)  # blanks to fill stay as wide as they are


def _text_lines(blocks: Sequence[Block]) -> Iterator[tuple[str, bool, int]]:
    """Yield every line of text with whether it is bold, and its column in a table."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from ((line.strip(), block.bold, 0) for line in re.split(r"[\n\t]+", block.text))
            continue
        for row in block.rows:
            for column, cell in enumerate(row.different()):
                for one in cell.paragraphs or [Paragraph(cell.text)]:
                    yield from ((line.strip(), one.bold, column) for line in one.text.split("\n"))


def _find_type(blocks: Sequence[Block]) -> int | None:
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and fold(block.text.partition("\n")[0]) in _TYPES:
            return index
    return None


def _take_head(found: Letterhead, blocks: Sequence[Block]) -> None:
    """Take the bodies, the number, the place and the date from above the type."""
    names: list[tuple[str, bool]] = []
    is_open = any(simplify_heading(text) == _NATION for text, _bold, _column in _text_lines(blocks))
    for text, bold, column in _text_lines(blocks):
        if not text or _RULE.fullmatch(text):
            continue
        numbered, dated = read_number_line(text), read_date_line(text)
        if numbered:
            found.number, found.symbol = numbered
            is_open = False  # the bodies stand above the number
        elif dated:
            found.place, found.date = dated
        elif is_open and column == 0 and text.isupper() and simplify_heading(text) != _NATION:
            names.append((one_line(text), bold))
    whole = [body for body in split_bodies(names) if fold(body) not in _TYPES]
    if whole:
        found.issuer = whole[-1]
        found.superior = whole[0] if len(whole) > 1 else ""


def _take_title(found: Letterhead, blocks: Sequence[Block], heading: int) -> int:
    """Take the type and the subject below it; return where the text goes on."""
    first = blocks[heading]
    assert isinstance(first, Paragraph)
    kind, *lines = (line.strip() for line in first.text.split("\n"))
    found.type = kind[:1].upper() + kind[1:].lower()
    index = heading + 1
    while index < len(blocks):
        block = blocks[index]
        if not isinstance(block, Paragraph):
            break
        text = one_line(block.text)
        if not text or _RULE.fullmatch(text):
            if lines:
                break
        elif (
            (lines and not (block.bold or block.centred))
            or begins_part(text)
            or (lines and _CITES.match(text) and not block.bold)
        ):
            break
        else:
            lines.append(text)
        index += 1
    found.title = " ".join(lines)
    return index


def _until_signature(blocks: Sequence[Block], appendix: int) -> Sequence[Block]:
    """Return the running text: up to 'Nơi nhận', else up to the appendix, else all.

    Where the tasks stand in the middle of the text, it goes on below them.
    """
    for index, block in enumerate(blocks):
        if any(
            simplify_heading(text) == "noi nhan" for text, _bold, _column in _text_lines([block])
        ):
            return blocks[:index]
    return blocks[:appendix] if appendix > 0 else blocks


def _take_body(found: Letterhead, blocks: Sequence[Block]) -> None:
    """Take the legal bases, the preamble, the numbered text and the closing."""
    paragraphs = [
        one for one in blocks if isinstance(one, Paragraph) and not _RULE.fullmatch(one.text)
    ]
    start = next(
        (i for i, one in enumerate(paragraphs) if begins_part(one_line(one.text))),
        len(paragraphs),
    )
    preamble: list[str] = []
    for one in paragraphs[:start]:
        said = one_line(one.text)
        cites = _CITES.match(said) and (cites_number(said) or said.startswith("Căn cứ"))
        if cites and not said.endswith(":"):
            found.bases.append(read_basis(said))
        else:
            preamble.append(said)
    found.preamble = "\n".join(preamble)
    text = paragraphs[start:]
    if text and _CLOSES.search(one_line(text[-1].text)):
        found.closing = one_line(text.pop().text)
    found.text = read_clauses(text)


def _take_tail(found: Letterhead, blocks: Sequence[Block]) -> None:
    """Take 'Nơi nhận' and the signature, beside each other or one under the other."""
    lines = [line for line in _text_lines(blocks) if line[0]]
    start = next(
        (i for i, line in enumerate(lines) if simplify_heading(line[0]) == "noi nhan"), None
    )
    if start is None:
        return
    column = lines[start][2]
    for text, _bold, where in lines[start + 1 :]:
        dash = re.match(r"[-–•*]\s*(\S.*)", text)
        if where == column and dash:
            found.recipients.append(one_line(dash[1]))
        elif where == column and found.recipients:
            break
    # The signature is in the other column, read before or after this one.
    signed = [one for one in lines[max(start - 8, 0) :] if not one[0].startswith(("-", "–", "•"))]
    at = next((i for i, one in enumerate(signed) if _POSITION.search(one[0])), None)
    if at is not None:
        found.signer = _signer([one[0] for one in signed[max(at - 2, 0) : at + 4]])


def _signer(lines: Sequence[str]) -> Signer | None:
    authority, position, name = "", "", ""
    for text in lines:
        said = one_line(text)
        if _AUTHORITY.match(said) and not (position and name):
            authority = "\n".join(filter(None, (authority, said)))
        elif _POSITION.match(said) and not position:
            position = said
        elif position and not said.isupper() and not _RULE.fullmatch(said) and said[:1].isupper():
            name = name or said
    return Signer(position=position, name=name, authority=authority) if position else None


def _spell(found: Letterhead, text: str) -> None:
    """Write the bodies, printed in capitals, as the running text does."""
    found.issuer = as_written(found.issuer, text)
    found.superior = as_written(found.superior, text)

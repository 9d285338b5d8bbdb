"""Reads the document around the appendix: who issued it, when, on what, to whom.

Nghị định 30/2020, Phụ lục I, says where each of these stands.  What does not stand there
is left empty; nothing is concluded from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from parplan.importer.budget import Budget
from parplan.importer.columns import simplify_heading
from parplan.importer.grid import Block, Paragraph
from parplan.importer.plan.capitals import as_written, split_bodies
from parplan.importer.plan.citation import (
    cites_number,
    read_basis,
    read_date_line,
    read_number_line,
)
from parplan.importer.plan.clauses import begins_part, read_clauses
from parplan.importer.plan.titles import (
    RULE,
    TYPES,
    appendix_begins,
    appendix_heading,
    find_type,
    with_type_apart,
)
from parplan.plan.document import Basis, Clause, Signer
from parplan.text import fold, one_line

_CITES = re.compile(
    r"(Căn cứ|Thực hiện|Xét|Theo|Quyết định|Nghị quyết|Nghị định|Kế hoạch|Luật|Thông tư|Công văn|"
    r"Chỉ thị|Chương trình|Văn bản|Hướng dẫn|Thông báo|Tiếp tục thực hiện)\b"
)
# "TM." on behalf of the body, "KT." for its head, "TL." by order, "TUQ." authorised, "Q." acting.
_AUTHORITY = re.compile(r"(TM|KT|TL|TUQ|Q)\s*\.", re.IGNORECASE)
_POSITION = re.compile(
    r"(PHÓ )?(CHỦ TỊCH|CHÁNH VĂN PHÒNG|(TỔNG )?GIÁM ĐỐC|TRƯỞNG PHÒNG|TRƯỞNG BAN|TRƯỞNG TRẠM|BÍ THƯ|"
    r"HIỆU TRƯỞNG|(CHI )?CỤC TRƯỞNG|VIỆN TRƯỞNG|CHÁNH)\b",
    re.IGNORECASE,
)
# "./." ends an official document; the words begin its last paragraph.
_CLOSES = re.compile(
    r"^(Trên đây|Yêu cầu|Đề nghị|Trong quá trình|Nhận được|Căn cứ Kế hoạch)\b|\./\.$"
)
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


def read_letterhead(blocks: Sequence[Block], first_table: int, budget: Budget) -> Letterhead:
    """Return what ``blocks`` say; the table of tasks is ``blocks[first_table]``.

    Each step looks at all lines, so the clock of ``budget`` is asked between them.
    """
    head = Letterhead()
    budget.check_clock()
    before = with_type_apart(blocks[:first_table])
    budget.check_clock()
    cut = appendix_begins(before)
    budget.check_clock()
    head.appendix_title, head.appendix_reference = appendix_heading(before)
    budget.check_clock()
    main = before[:cut] + list(blocks[first_table + 1 :])  # a signature may stand below
    heading = find_type(main)
    _take_head(head, main[: heading + 1 if heading is not None else _HEAD_BLOCKS])
    if heading is not None:
        body = _take_title(head, main, heading)
        budget.check_clock()
        _take_body(head, _until_signature(main[body:], cut - body))
    budget.check_clock()
    _take_tail(head, main[(heading or 0) :])
    # The bodies are printed in capitals, and spelled in the running text.
    text = " ".join(block.text for block in main if isinstance(block, Paragraph))
    head.issuer, head.superior = as_written(head.issuer, text), as_written(head.superior, text)
    return head


def _text_lines(blocks: Sequence[Block]) -> Iterator[tuple[str, bool, int]]:
    """Yield every line of text with whether it is bold, and its column in a table."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from ((line.strip(), block.bold, 0) for line in re.split(r"[\n\t]+", block.text))
            continue
        for row in block.rows:
            for column, cell in enumerate(row.different()):
                for paragraph in cell.paragraphs or [Paragraph(cell.text)]:
                    yield from (
                        (line.strip(), paragraph.bold, column)
                        for line in paragraph.text.split("\n")
                    )


def _take_head(head: Letterhead, blocks: Sequence[Block]) -> None:
    """Take the bodies, the number, the place and the date from above the type."""
    names: list[tuple[str, bool]] = []
    is_open = any(simplify_heading(text) == _NATION for text, _bold, _column in _text_lines(blocks))
    for text, bold, column in _text_lines(blocks):
        if not text or RULE.fullmatch(text):
            continue
        numbered, dated = read_number_line(text), read_date_line(text)
        if numbered:
            head.number, head.symbol = numbered
            is_open = False  # the bodies stand above the number
        elif dated:
            head.place, head.date = dated
        elif is_open and column == 0 and text.isupper() and simplify_heading(text) != _NATION:
            names.append((one_line(text), bold))
    whole = [body for body in split_bodies(names) if fold(body) not in TYPES]
    if whole:
        head.issuer = whole[-1]
        head.superior = whole[0] if len(whole) > 1 else ""


def _take_title(head: Letterhead, blocks: Sequence[Block], heading: int) -> int:
    """Take the type and the subject below it; return where the text goes on."""
    first = blocks[heading]
    assert isinstance(first, Paragraph)
    kind, *lines = (line.strip() for line in first.text.split("\n"))
    head.type = kind[:1].upper() + kind[1:].lower()
    index = heading + 1
    while index < len(blocks):
        block = blocks[index]
        if not isinstance(block, Paragraph):
            break
        text = one_line(block.text)
        if not text or RULE.fullmatch(text):
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
    head.title = " ".join(lines)
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


def _take_body(head: Letterhead, blocks: Sequence[Block]) -> None:
    """Take the legal bases, the preamble, the numbered text and the closing."""
    paragraphs = [
        paragraph
        for paragraph in blocks
        if isinstance(paragraph, Paragraph) and not RULE.fullmatch(paragraph.text)
    ]
    start = next(
        (i for i, paragraph in enumerate(paragraphs) if begins_part(one_line(paragraph.text))),
        len(paragraphs),
    )
    preamble: list[str] = []
    for paragraph in paragraphs[:start]:
        line = one_line(paragraph.text)
        cites = _CITES.match(line) and (cites_number(line) or line.startswith("Căn cứ"))
        if cites and not line.endswith(":"):
            head.bases.append(read_basis(line))
        else:
            preamble.append(line)
    head.preamble = "\n".join(preamble)
    text = paragraphs[start:]
    if text and _CLOSES.search(one_line(text[-1].text)):
        head.closing = one_line(text.pop().text)
    head.text = read_clauses(text)


def _take_tail(head: Letterhead, blocks: Sequence[Block]) -> None:
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
            head.recipients.append(one_line(dash[1]))
        elif where == column and head.recipients:
            break
    # The signature is in the other column, read before or after this one.
    signed = [
        line for line in lines[max(start - 8, 0) :] if not line[0].startswith(("-", "–", "•"))
    ]
    at = next((i for i, line in enumerate(signed) if _POSITION.search(line[0])), None)
    if at is not None:
        head.signer = _signer([line[0] for line in signed[max(at - 2, 0) : at + 4]])


def _signer(lines: Sequence[str]) -> Signer | None:
    authority, position, name = "", "", ""
    for text in lines:
        line = one_line(text)
        if _AUTHORITY.match(line) and not (position and name):
            authority = "\n".join(filter(None, (authority, line)))
        elif _POSITION.match(line) and not position:
            position = line
        elif position and not line.isupper() and not RULE.fullmatch(line) and line[:1].isupper():
            name = name or line
    return Signer(position=position, name=name, authority=authority) if position else None

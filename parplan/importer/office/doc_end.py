"""Gives a .doc file that ends with its table the paragraph with which Word ends every document.

LibreOffice leaves it out where a docx had none, and reads the last table of such a file as text
without anything between the cells.  The file's own tables stay where they are: the letter goes
into the room behind the text (names of fields as in [MS-DOC], its places too).
"""

from __future__ import annotations

import struct

from parplan.importer.office.compound_file import CompoundFile, Stream

_DOCUMENT = "WordDocument"
_SINCE_97 = 0xC1  # nFib
_WORD = 0xA5EC  # wIdent
_FLAGS, _FC_MIN, _FC_MAC, _CCP_TEXT, _OTHER_CCP = 10, 24, 28, 76, range(80, 108, 4)
_ENCRYPTED, _IN_TABLE_1 = 0x100, 0x200
_FC_PAPX, _FC_CLX = 258, 418
_PAGE = 512
_BX = 13
"""Bytes that a page of paragraphs has for each, beside where it begins."""
_ONLY_PIECES = b"\2"
_CELL_END, _PARAGRAPH_END = b"\x07\0", b"\r\0"


def with_last_paragraph(data: bytes) -> bytes:
    """Return the .doc file ``data`` with a paragraph at its end; as it is where it has one."""
    try:
        return _completed(data)
    except (IndexError, KeyError, struct.error):  # of an older kind, or not whole
        return data


def _completed(data: bytes) -> bytes:
    file = CompoundFile(data)
    word = file.stream(_DOCUMENT)
    flags = word.number(_FLAGS, "<H")
    table = file.stream("1Table" if flags & _IN_TABLE_1 else "0Table")
    if word.number(0, "<H") != _WORD or word.number(2, "<H") < _SINCE_97 or flags & _ENCRYPTED:
        return data
    pieces, length = _pieces(table, word.number(_FC_CLX)), word.number(_CCP_TEXT)
    end = word.number(_FC_MAC)
    if (
        any(word.number(at) for at in _OTHER_CCP)  # headers or notes: LibreOffice ends the text
        or not table.number(pieces) == length == (end - word.number(_FC_MIN)) // 2
        or word.read(end - 2, 2) != _CELL_END
        or end % _PAGE == 0
        or word.read(end, 2) != b"\0\0"
    ):
        return data
    if not _add_paragraph(word, table, end):
        return data
    word.write(end, _PARAGRAPH_END)
    word.put(_FC_MAC, end + 2)
    word.put(_CCP_TEXT, length + 1)
    table.put(pieces, length + 1)
    return bytes(file.data)


def _pieces(table: Stream, at: int) -> int:
    """Return where the last place of the table of pieces stands, that of the text's end."""
    if table.read(at, 1) != _ONLY_PIECES:  # Word saved in haste
        raise KeyError
    return at + 5 + (table.number(at + 1) - 4) // 12 * 4


def _add_paragraph(word: Stream, table: Stream, end: int) -> bool:
    """Add a plain paragraph behind ``end`` to the last page of them, where that has room."""
    first, size = word.number(_FC_PAPX), word.number(_FC_PAPX + 4)
    pages = (size - 4) // 8
    start = _PAGE * (table.number(first + 8 * pages) & 0x3FFFFF)
    page = word.read(start, _PAGE)
    count = page[-1]
    places, bxs = page[: 4 * (count + 1)], page[4 * (count + 1) :][: _BX * count]
    wider = places + struct.pack("<I", end + 2) + bxs + bytes(_BX)
    lowest = min((2 * bxs[_BX * number] or _PAGE for number in range(count)), default=0)
    if len(wider) > lowest or struct.unpack("<I", places[-4:])[0] != end:
        return False
    word.write(start, wider + page[len(wider) : -1] + bytes([count + 1]))
    table.put(first + 4 * pages, end + 2)
    return True

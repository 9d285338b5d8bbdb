"""Refuses files that are not what they say they are, and hands out what is inside piece by piece.

Whoever sent the file chose its bytes.  What its parts inflate to and the XML inside are taken
out of the ``Budget``; a document type declaration, the door to external entities, is refused
before anything behind it is looked at.  Nothing here opens another file or the network.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias
from xml.parsers import expat

from parplan.importer.budget import PART, Budget, too_big_error
from parplan.problem import N_, UserError, params
from parplan.workspace import files

MAX_FILE = 50_000_000
"""Bytes of a file; a plan of hundreds of tasks has some 100 000, pictures included."""

_CHUNK = 1 << 16
# Bytes of one tag with its attributes: Word keeps drawings in some.  All of a tag is in memory
# before anybody is asked about it.
_LONGEST_TAG = 2_000_000
# How the entry of a part begins in the list of an archive.
_ENTRY = b"PK\1\2"
# The container of .doc and .xls; a docx or xlsx with a password is packed into one, too.
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What the container holds is by these names: of Word 6 and later, of Excel 97 and 5.
_STREAMS = {".doc": ("WordDocument",), ".xls": ("Workbook", "Book")}
_ZIP = b"PK"
_RTF = b"{\\rtf"
OPEN_DOCUMENT = (".odt", ".ods")
_ODF = b"mimetypeapplication/vnd.oasis.opendocument"

STARTS: Mapping[str, tuple[bytes, ...]] = {
    **dict.fromkeys((".docx", ".docm", ".xlsx", ".xlsm", *OPEN_DOCUMENT), (_ZIP,)),
    ".doc": (_OLE, _RTF),  # many programs write RTF and call it .doc
    ".xls": (_OLE,),
    ".rtf": (_RTF,),
    ".pdf": (b"%PDF-",),
    ".csv": (),
}
"""How files begin whose names end so; a csv begins with anything."""

# What a file is by how it begins, and the endings of names that are right for it.
_KINDS: tuple[tuple[bytes, tuple[str, ...], str], ...] = (
    (_OLE, (".doc", ".xls"), N_("%(path)s is of an old kind; let its name end in .doc or .xls")),
    (b"%PDF-", (".pdf",), N_("%(path)s is a PDF file; let its name end in .pdf")),
    (_RTF, (".rtf", ".doc"), N_("%(path)s is an RTF file; let its name end in .rtf")),
    (b"<html", (), N_("%(path)s is a web page; open it in Word and save it as .docx")),
    (b"<!doctype html", (), N_("%(path)s is a web page; open it in Word and save it as .docx")),
    (b"\x89PNG", (), N_("%(path)s is a picture; parplan reads text only")),
    (b"\xff\xd8\xff", (), N_("%(path)s is a picture; parplan reads text only")),
)

Start: TypeAlias = Callable[[str, Mapping[str, str]], None]
"""Called with the name of an element that begins, and its attributes."""


def read_bounded_file(budget: Budget) -> bytes:
    """Return the bytes of the file that ``budget`` is for; UserError when too large or none."""
    path = budget.path
    if path.exists() and not path.is_file():
        raise UserError(N_("%(path)s is no file"), params(path=path))
    if path.exists() and path.stat().st_size > MAX_FILE:
        text = N_("%(path)s is larger than %(size)s MB; remove pictures or save only the plan")
        raise UserError(text, params(path=path, size=MAX_FILE // 1_000_000))
    data = files.read_bytes(path)
    budget.spend(size=len(data))
    if not data.strip(b"\0 \r\n\t"):
        raise UserError(N_("%(path)s is empty"), params(path=path))
    return data


def check_kind(path: Path, data: bytes) -> None:
    """Raise UserError where ``data`` is not of the kind that the end of the name ``path`` says."""
    ending = path.suffix.lower()
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise locked_error(path)
    start = data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for magic, endings, text in _KINDS:
        if start.startswith(magic.lower()) and ending not in endings:
            raise UserError(text, params(path=path))
    if _ODF in data[:120] and ending not in OPEN_DOCUMENT:
        text = N_("%(path)s is an OpenDocument file; let its name end in .odt or .ods")
        raise UserError(text, params(path=path))
    if ending not in STARTS:
        text = N_("%(path)s should end in %(endings)s")
        raise UserError(text, params(path=path, endings=" ".join(STARTS)))
    starts = tuple(magic.lower() for magic in STARTS[ending])
    is_right = start.startswith(starts) if starts else not data.startswith(_ZIP)
    if data.startswith(_OLE):
        is_right = any(name.encode("utf-16-le") in data for name in _STREAMS[ending])
    if not is_right:
        raise damaged_error(path)


def locked_error(path: Path) -> UserError:
    """Return the refusal of a file that only a password opens."""
    text = N_("%(path)s is locked with a password; open it and save it without one")
    return UserError(text, params(path=path))


def damaged_error(path: Path) -> UserError:
    """Return the refusal of a file that is not whole."""
    text = N_("%(path)s is damaged or not of the kind its name says; save it once more")
    return UserError(text, params(path=path))


class Package:
    """The parts of a docx or xlsx file, each inflated when it is asked for, out of ``budget``."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self.budget = budget
        self.path = budget.path
        budget.spend(elements=data.count(_ENTRY) * PART)  # each becomes an object
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._infos = {info.filename.lower(): info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise damaged_error(self.path) from error

    def has(self, name: str) -> bool:
        """Tell whether there is a part called ``name``."""
        return name.lower() in self._infos

    def part(self, name: str) -> bytes:
        """Return the part ``name``; raises UserError when it is missing, damaged or too large."""
        return b"".join(self._pieces(name))

    def _pieces(self, name: str) -> Iterator[bytes]:
        info = self._infos.get(name.lower())
        if info is None or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged_error(self.path)
        if info.flag_bits & 1:
            raise locked_error(self.path)
        try:
            with self._zip.open(info) as file:
                while piece := file.read(_CHUNK):  # what it inflates to, whatever it claims
                    self.budget.spend(size=len(piece))
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError) as why:
            raise damaged_error(self.path) from why

    def walk(
        self,
        name: str,
        start: Start,
        end: Callable[[str], None] = lambda _name: None,
        text: Callable[[str], None] = lambda _text: None,
    ) -> None:
        """Call the functions for the elements and the text of the part ``name``, in order.

        Names come without their namespace.  Raises UserError for what is no safe XML.
        """
        # Without namespaces: expat would write the address of one before each name.
        parser = expat.ParserCreate()
        parser.buffer_text = True
        # Before anything else: entities that nest ("billion laughs") are declared in the doctype.
        parser.StartDoctypeDeclHandler = self._refuse_doctype

        def begin(full: str, attributes: dict[str, str]) -> None:
            self.budget.spend(elements=1 + len(attributes) // 16)
            start(_local(full), _local_keys(attributes))

        def finish(full: str) -> None:
            end(_local(full))

        parser.StartElementHandler, parser.EndElementHandler = begin, finish
        parser.CharacterDataHandler = text
        fed = 0
        try:
            for piece in self._pieces(name):
                parser.Parse(piece, False)
                fed += len(piece)
                if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                    raise too_big_error(self.path)
            parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise damaged_error(self.path) from error

    def _refuse_doctype(self, *_declared: object) -> None:
        text = N_("%(path)s declares entities, which no office program does; it was not read")
        raise UserError(text, params(path=self.path))


def is_on(attributes: Mapping[str, str]) -> bool:
    """Tell whether an element such as ``strike``, by its ``val``, switches something on."""
    return attributes.get("val", "") not in ("0", "false", "off", "none")


def attribute_number(text: str, digits: int = 5) -> int:
    """Return the whole number that an attribute writes, 0 for anything else.

    One of more than ``digits`` digits is 0 too: a list that starts at 99999999 would make a
    label of millions of letters.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else 0


def _local(full: str) -> str:
    return full.rpartition(":")[2]


def _local_keys(attributes: Mapping[str, str]) -> dict[str, str]:
    return {_local(key): value for key, value in attributes.items() if not key.startswith("xmlns:")}

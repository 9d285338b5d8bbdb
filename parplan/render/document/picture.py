"""Tells whether Word will show a picture that a draft names, before it goes into a document.

python-docx reads the head of a picture alone: one that was copied by half goes in, and Word shows
a red cross.
"""

from __future__ import annotations

import io
import struct
from pathlib import Path

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.image.image import Image

from parplan.problem import N_, UserError, params
from parplan.workspace import files

_MOST_BYTES = 20_000_000
_MOST_DOTS = 50_000_000


# python-docx trusts each number and each offset of a picture.
_UNREADABLE = (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
    EOFError,
    struct.error,
    *(ArithmeticError, AttributeError, LookupError, TypeError, ValueError),
)


class _Picture(io.BytesIO):
    """The bytes of a picture; reading at their end is an error, which python-docx words badly."""

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        if size and size > 0 and not data:
            raise EOFError
        return data


def read_picture(root: Path, start: str, name: str) -> bytes:
    """Return the picture called ``name``, from the folder ``start`` or the workspace ``root``.

    Raises UserError with the reason where it is not there, lies elsewhere, is not whole, or has
    more than 50 million dots or 20 MB.
    """
    path = _path(root, start, name)
    if path.stat().st_size > _MOST_BYTES:
        raise UserError(N_("it is larger than %(most)s MB"), params(most=_MOST_BYTES // 1_000_000))
    data = files.read_bytes(path)
    try:
        image = Image.from_file(_Picture(data))
        dots = image.px_width * image.px_height
        is_right = dots > 0 and min(image.width, image.height) > 0 and _is_whole(data)
    except _UNREADABLE:
        is_right, dots = False, 0
    if not is_right:
        raise UserError(N_("it is damaged, not whole or of another kind; save it as PNG or JPEG"))
    if dots > _MOST_DOTS:
        text = N_("it has more than %(most)s million dots; make it smaller")
        raise UserError(text, params(most=_MOST_DOTS // 1_000_000))
    return data


def _path(root: Path, start: str, name: str) -> Path:
    """Return where the picture is; nothing outside ``root`` is looked at."""
    places = [files.look(root, name, folder) for folder in (start, "")]
    if "there" in places:
        return root / (start if places[0] == "there" else "") / name
    if "outside" in places:
        raise UserError(N_("it is not in the workspace's folder; copy it there"))
    if "hidden" in places:
        raise UserError(N_("it is hidden, with a dot in front; copy it to another name"))
    raise UserError(N_("there is no such file"))


def _is_whole(data: bytes) -> bool:
    """Tell whether the picture ``data`` has its end; only kinds that say where that is are asked.

    >>> _is_whole(b"\\x89PNG\\r\\n\\x1a\\n"), _is_whole(b"II*\\0")
    (False, True)
    """
    if data.startswith(b"\x89PNG"):
        return b"IEND" in data[-64:]
    if data.startswith(b"\xff\xd8"):
        return data.rfind(b"\xff\xd9") > data.rfind(b"\xff\xda") > 0
    if data.startswith(b"GIF8"):
        return data.rstrip(b"\0").endswith(b";")
    if data.startswith(b"BM"):
        return int.from_bytes(data[2:6], "little") <= len(data)
    return True

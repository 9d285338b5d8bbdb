"""Reads and changes the streams of a compound file, as .doc and .xls are ([MS-CFB]), in place."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_SIZES = bytes((9, 0, 6, 0))
"""Of sectors and small ones, as powers of two; others are for files of gigabytes."""
_SECTOR, _MINI = 512, 64
_MOST_FAT = 109
"""Sectors of the table of sectors that the head names; a larger file goes on elsewhere."""
_LAST_SECTOR = 0xFFFFFFF0


class CompoundFile:
    """The streams of a file, which are changed where they lie."""

    def __init__(self, data: bytes) -> None:
        """Find the streams of ``data``; raises KeyError or struct.error where it is none."""
        self.data = bytearray(data)
        if data[30:34] != _SIZES:
            raise KeyError
        fat = [self._number(76 + 4 * number) for number in range(min(self._number(44), _MOST_FAT))]
        self._fat = self._numbers(fat)
        self._smallest = self._number(56)
        self._mini_fat = self._numbers(_chain(self._fat, self._number(60)))
        self._entries: dict[bytes, tuple[int, int]] = {}
        for sector in _chain(self._fat, self._number(48)):
            for entry in range(self._at(sector), self._at(sector + 1), 128):
                name = self.data[entry : entry + max(self._number(entry + 64, "<H") - 2, 0)]
                self._entries[bytes(name)] = self._number(entry + 116), self._number(entry + 120)

    def stream(self, name: str) -> Stream:
        """Return the stream called ``name``; raises KeyError where there is none."""
        first, size = self._entries[name.encode("utf-16-le")]
        if size >= self._smallest:
            places = [self._at(sector) for sector in _chain(self._fat, first)]
            return Stream(self.data, places, _SECTOR)
        root, _size = self._entries["Root Entry".encode("utf-16-le")]
        sectors = _chain(self._fat, root)
        inside = [_MINI * block for block in _chain(self._mini_fat, first)]
        places = [self._at(sectors[at // _SECTOR]) + at % _SECTOR for at in inside]
        return Stream(self.data, places, _MINI)

    def _at(self, sector: int) -> int:
        return (sector + 1) * _SECTOR

    def _number(self, at: int, form: str = "<I") -> int:
        (number,) = struct.unpack_from(form, self.data, at)
        return int(number)

    def _numbers(self, sectors: Sequence[int]) -> list[int]:
        count = _SECTOR // 4
        return [
            number
            for sector in sectors
            for number in struct.unpack_from(f"<{count}I", self.data, self._at(sector))
        ]


def _chain(fat: Sequence[int], first: int) -> list[int]:
    """Return the sectors from ``first`` on; one that goes in a circle ends."""
    sectors: list[int] = []
    while first < _LAST_SECTOR and len(sectors) < len(fat):
        sectors.append(first)
        first = fat[first]
    return sectors


class Stream:
    """Bytes that lie in the file ``data`` in blocks of ``size``, at ``places``."""

    def __init__(self, data: bytearray, places: list[int], size: int) -> None:
        self._data, self._places, self._size = data, places, size

    def read(self, at: int, count: int) -> bytes:
        """Return ``count`` bytes; raises IndexError where there are not so many."""
        return bytes(self._data[self._place(at + number)] for number in range(count))

    def write(self, at: int, new: bytes) -> None:
        """Put ``new`` in the place of what stands there."""
        for number, byte in enumerate(new):
            self._data[self._place(at + number)] = byte

    def number(self, at: int, form: str = "<I") -> int:
        """Return the number that stands there, written as ``form`` says."""
        (number,) = struct.unpack(form, self.read(at, struct.calcsize(form)))
        return int(number)

    def put(self, at: int, number: int) -> None:
        """Put ``number`` in the place of what stands there."""
        self.write(at, struct.pack("<I", number))

    def _place(self, at: int) -> int:
        if at < 0:
            raise IndexError(at)
        return self._places[at // self._size] + at % self._size

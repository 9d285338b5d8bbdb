"""A picture that Word would not show is left out and told; the rest of the document is made."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import Path

import pytest

from parplan.problem import UserError
from parplan.render.document import docx, drafts
from parplan.render.document.picture import read_picture
from tests.helpers.docx_checker import Docx

HEADER = "type: Báo cáo\nissuer: UBND\nsymbol: BC-UBND\nplace: Phú La\ntitle: kết quả\n"


def png(width: int = 4, height: int = 2) -> bytes:
    rows = zlib.compress(b"\0" * 100)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", rows),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def jpeg(dpi: int = 96) -> bytes:
    app = b"\xff\xe0\x00\x10JFIF\0\x01\x01\x01" + struct.pack(">HH", dpi, dpi) + b"\0\0"
    frame = b"\xff\xc0\x00\x11\x08\x00\x02\x00\x04\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
    return b"\xff\xd8" + app + frame + b"\xff\xda\x00\x08\x01\x01\0\0\0\0" + b"a" * 30 + b"\xff\xd9"


GIF = b"GIF89a\x04\x00\x02\x00\x80\0\0" + b"\0" * 6 + b",\0\0\0\0\x04\0\x02\0\0\x02\x01\0\0;"
BMP = b"BM" + struct.pack(
    "<IHHIIiiHHIIiiII", 78, 0, 0, 54, 40, 4, 2, 1, 24, 0, 24, 2835, 2835, 0, 0
)
PICTURES = {"png": png(), "jpg": jpeg(), "gif": GIF, "bmp": BMP + b"\0" * 24}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_whole_picture_is_taken(kind: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(PICTURES[kind])

    assert read_picture(tmp_path, "", "a") == PICTURES[kind]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        *[pytest.param(data[:-12], "not whole", id=f"half-{k}") for k, data in PICTURES.items()],
        pytest.param(jpeg(dpi=0), "damaged", id="0-dpi"),
        pytest.param(b"RIFF....WEBPVP8 ", "another kind", id="unknown"),
        pytest.param(png(0, 2), "damaged", id="no-dots"),
        pytest.param(png(10_000, 10_000), "more than %(most)s million dots", id="100-megapixels"),
        pytest.param(b"", "damaged", id="empty"),
    ],
)
def test_what_cannot_be_shown_is_refused(data: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(data)

    with pytest.raises(UserError) as refusal:
        read_picture(tmp_path, "", "a")

    assert reason in refusal.value.text


def rendered(folder: Path, body: str) -> tuple[Docx, list[tuple[int, str]]]:
    told: list[tuple[int, str]] = []
    document = docx.render(
        drafts.read("reports/x.md", f"---\n{HEADER}---\n{body}"),
        folder,
        refused=lambda line, name, _why: told.append((line, name)),
    )
    return Docx(document), told


def test_the_line_of_the_draft_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png()[:-12])

    document, told = rendered(tmp_path, "một\n\n![hai](a.png)\n\nba\n")

    assert told == [(3, "a.png")]
    assert "ba" in "".join(document.body.itertext())


@pytest.mark.slow
def test_mutated_pictures_end_nothing(tmp_path: Path) -> None:
    chance = random.Random(19)
    for number in range(500):
        data = bytearray(chance.choice(list(PICTURES.values())))
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.choice(
                (0, 1, 127, 255, chance.randrange(256))
            )
        (tmp_path / "a.png").write_bytes(data[: chance.choice((len(data), number % len(data)))])

        try:
            read_picture(tmp_path, "", "a.png")
        except UserError:
            continue
        _document, told = rendered(tmp_path, "![a](a.png)\n")
        assert told == []


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../x.png", "//server/share/a.png", "\\\\server\\share\\a.png"]
)
def test_nothing_outside_is_looked_at(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked(path: Path) -> bool:
        raise AssertionError(path)

    monkeypatch.setattr(Path, "is_file", looked)

    with pytest.raises(UserError, match="not in the workspace"):
        read_picture(tmp_path, "", name)


def test_lines_of_code_are_written_as_fast_as_they_are_many(tmp_path: Path) -> None:
    """Each of them without going through the styles, or through those before it."""
    document, _told = rendered(tmp_path, "```\n" + "x = 1\n" * 300 + "```\n")

    texts = ["".join(line.itertext()) for line in document.body if line.tag.endswith("}p")]
    assert texts.count("x = 1") == 300

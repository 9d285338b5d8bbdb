"""Of a docx of the office the styles are taken, whatever it holds; a broken one is one sentence."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from docx import Document

from parplan.i18n import fill
from parplan.problem import UserError
from parplan.render.document import docx
from parplan.render.document.drafts import Draft, Header
from tests.helpers.office_files import relations
from tests.safety.costly import with_parts

STYLES, MAIN = "word/styles.xml", "word/document.xml"
HEADER = Header(type="Báo cáo", symbol="BC-UBND", issuer="UBND phường", place="A", title="a")
BODY = "Đoạn\n\n- mục\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n# PHỤ LỤC\n\nx\n"
HOST = "http://127.0.0.1:9"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NORMAL = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
)


def base() -> bytes:
    """Return a docx with what an office has in one: styles of ours too, a header, a table."""
    document = Document()
    document.styles.add_style("Noi dung", 1).font.size = 165100
    document.styles.add_style("O bang", 1)
    document.sections[0].header.paragraphs[0].text = "ĐẦU TRANG CỦA MẪU"
    document.add_table(2, 2)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def styles(content: str) -> dict[str, str]:
    return {STYLES: f"<w:styles {W}>{content}</w:styles>"}


def style(name: str, more: str = "", kind: str = "paragraph") -> str:
    head = f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>'
    return f"{head}{more}</w:style>"


VALUES = ("", "-1", "9" * 30, "Normal", "ô", "NaN", "paragraph", "table", "1")
DOCTYPE = f'<!DOCTYPE a [<!ENTITY b SYSTEM "{HOST}/b">]>'
TAKEN: Mapping[str, Mapping[str, str]] = {
    "template": {"word/_rels/settings.xml.rels": relations("attachedTemplate", f"{HOST}/t.dotm")},
    "picture": {"word/_rels/header1.xml.rels": relations("image", f"{HOST}/p.png")},
    "styles": {"word/_rels/styles.xml.rels": relations("image", f"{HOST}/p.png")},
    "field": {MAIN: f'<a>INCLUDEPICTURE "{HOST}/p.png"</a>'},
    "main-no-xml": {MAIN: "<"},
    "main-with-doctype": {MAIN: f"{DOCTYPE}<a>&b;</a>"},
    "no-relations": {"_rels/.rels": "", "[Content_Types].xml": ""},
    "no-defaults": styles(NORMAL),
    "cycle": styles(
        NORMAL + style("Noi dung", '<w:basedOn w:val="O bang"/>')
        + style("O bang", '<w:basedOn w:val="Noi dung"/>')
    ),
    "same-names": styles(NORMAL * 3 + style("Noi dung") * 3),
    "many": styles(NORMAL + "".join(style(f"s{n}") for n in range(4_000))),
}  # fmt: skip
REFUSED: Mapping[str, Mapping[str, str]] = {
    "no-names": styles(NORMAL + '<w:style w:type="paragraph"/><w:style/>'),
    "no-normal": styles(""),
    "too-many": styles(NORMAL + "".join(style(f"s{n}") for n in range(6_000))),
    "another-kind": styles(NORMAL + style("Noi dung", kind="character")),
    "unknown-kind": styles(NORMAL + style("Noi dung", kind="ô")),
    "cell-of-another-kind": styles(NORMAL + style("O bang", kind="table")),
    "another-root": {STYLES: "<styles/>"},
    "no-xml": {STYLES: "<w:styles"},
    "doctype": {STYLES: f"{DOCTYPE}<w:styles {W}>&b;</w:styles>"},
    "deep": styles("<w:style>" * 20_000 + "</w:style>" * 20_000),
    "bomb": {STYLES: " " * 120_000_000},
}


def made(data: bytes, folder: Path) -> bytes | str:
    """Return the document with the styles of ``data``, or the sentence of a refusal."""
    path = folder / "mẫu.docx"
    path.write_bytes(data)
    try:
        return docx.render(Draft("a.md", HEADER, BODY), folder, path)
    except UserError as error:
        return fill(error.text, error.values)


def texts(document: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


@pytest.mark.parametrize("name", TAKEN)
def test_the_styles_alone_are_taken(name: str, tmp_path: Path) -> None:
    document = made(with_parts(base(), TAKEN[name]), tmp_path)

    assert isinstance(document, bytes), document
    content = texts(document)
    assert 'TargetMode="External"' not in content
    assert HOST not in content
    assert "ĐẦU TRANG CỦA MẪU" not in content
    assert Document(io.BytesIO(document)).paragraphs


@pytest.mark.parametrize("name", REFUSED)
def test_styles_that_cannot_be_used_are_one_sentence(name: str, tmp_path: Path) -> None:
    sentence = made(with_parts(base(), REFUSED[name]), tmp_path)

    assert isinstance(sentence, str)
    assert re.fullmatch(r".*mẫu\.docx [a-z][^\n]*", sentence)


@pytest.mark.slow
def test_two_hundred_broken_bases_end_in_a_document_or_a_sentence(tmp_path: Path) -> None:
    whole = base()
    ends = []
    for seed in range(200):
        chance = random.Random(seed)
        data = broken_file(whole, chance) if seed % 4 == 0 else broken_styles(whole, chance)
        ends.append(made(data, tmp_path))

    sentences = [end for end in ends if isinstance(end, str)]
    assert all("\n" not in sentence and "mẫu.docx" in sentence for sentence in sentences)
    for end in ends:
        assert isinstance(end, str) or Document(io.BytesIO(end)).paragraphs
    assert 20 < len(sentences) < 180  # both happen


def broken_file(data: bytes, chance: random.Random) -> bytes:
    """Return the file cut off, or with some bytes changed."""
    if chance.random() < 0.3:
        return data[: chance.randrange(len(data))]
    changed = bytearray(data)
    for _time in range(chance.choice((1, 10, 200))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def broken_styles(data: bytes, chance: random.Random) -> bytes:
    """Return the file with pieces of the styles' XML left out, doubled, put elsewhere, changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        pieces = re.findall(r"<[^>]*>|[^<]+", parts.read(STYLES).decode())
    for _time in range(chance.choice((1, 3, 20))):
        where = chance.randrange(1, len(pieces))
        how = chance.randrange(5)
        if how == 0:
            del pieces[where]
        elif how == 1:
            pieces.insert(chance.randrange(1, len(pieces)), pieces[where])
        elif how == 2:
            pieces[where] = re.sub(r'="[^"]*"', f'="{chance.choice(VALUES)}"', pieces[where])
        elif how == 3:
            pieces[where] = re.sub(r"\b(w:\w+)=", "w:x=", pieces[where], count=1)
        else:
            start, end = sorted(chance.sample(range(1, len(pieces)), 2))
            pieces[start : min(end, start + 30)] = []
    return with_parts(data, {STYLES: "".join(pieces)})

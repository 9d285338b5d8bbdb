"""Do the documents keep Nghị định 30/2020, point by point, and open without a repair?

A report, a plan and a letter are made once; the checker reads the files itself and is
checked with spoilt ones.  LibreOffice turns each into pages once.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

import parplan
from parplan.render.document import docx, drafts
from parplan.render.document.columns import column_widths
from tests.helpers import docx_checker as checker
from tests.helpers.docx_checker import KINDS, NOT_ASKED, POINTS, Kind, Line, Paper, text_of
from tests.helpers.office import JOURNAL, Office, any_letters, lacking
from tests.helpers.running import PATIENCE

ROOT = Path(__file__).parents[2]
TODAY = "2025-06-16"
COMMANDS: Mapping[Kind, tuple[str, ...]] = {
    "report": ("report", "--month", "6"),
    "document": ("document",),
    "reminder": ("reminder", "--unit", "van-phong"),
}
ASKED = [
    pytest.param(kind, point, id=f"{kind}-{point}")
    for kind in KINDS
    for point in POINTS
    if point not in NOT_ASKED[kind]
]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[Kind, bytes]:
    """Return a docx of each kind, from the plan of 2025 and the journal of these tests."""
    root = tmp_path_factory.mktemp("office")
    (root / "plan").mkdir()
    shutil.copy(ROOT / "plan" / "2025.yaml", root / "plan" / "2025.yaml")
    shutil.copy(ROOT / "tests" / "data" / "report.journal.yaml", root / JOURNAL)
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    path = {"PYTHONPATH": str(Path(parplan.__file__).parents[1]), "PARPLAN_TODAY": TODAY}
    office = Office(root, kept)
    for kind, words in COMMANDS.items():
        office.run(*words, "--format", "docx", "-o", f"{kind}.docx", env=path)
    return {kind: (root / f"{kind}.docx").read_bytes() for kind in KINDS}


@pytest.fixture(scope="module")
def papers(files: dict[Kind, bytes]) -> dict[Kind, Paper]:
    """Return the same documents, taken apart."""
    return {kind: Paper(data, kind) for kind, data in files.items()}


def made(header: str, body: str = "Nội dung.\n") -> Paper:
    """Return the document that a draft of a report with other header lines gives."""
    return Paper(written(header, body), "report")


def written(header: str, body: str) -> bytes:
    """Return the docx that a draft of a report with such header lines and such a text gives."""
    text = (
        "---\ntype: Báo cáo\nissuer: Ủy ban nhân dân phường Phú La\nsymbol: BC-UBND\n"
        f"place: Phú La\ntitle: Kết quả\n{header}---\n\n{body}"
    )
    return docx.render(drafts.read("x.md", text), ROOT)


# The points of the decree.


@pytest.mark.parametrize(("kind", "point"), ASKED)
def test_point(kind: Kind, point: str, papers: dict[Kind, Paper]) -> None:
    assert list(POINTS[point](papers[kind])) == []


def test_every_point_is_checked_or_does_not_apply() -> None:
    wanted = {f"A{number}" for number in range(1, 35)}
    for kind in KINDS:
        assert set(NOT_ASKED[kind]) <= wanted
        assert wanted - set(POINTS) - set(NOT_ASKED[kind]) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_elements_stand_in_the_order_of_the_schema(kind: Kind, papers: dict[Kind, Paper]) -> None:
    paper = papers[kind].docx
    roots = (paper.body, paper.style_part, *paper.headers.values())

    assert [fault for root in roots for fault in checker.order_faults(root)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_tables_repeat_their_heading_and_cut_no_word(kind: Kind, papers: dict[Kind, Paper]) -> None:
    paper = papers[kind]

    assert paper.tables
    assert list(checker.table_faults(paper)) == []


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        pytest.param(
            "report",
            "STT|Nội dung nhiệm vụ|Yêu cầu|Thời gian hoàn thành|Bộ phận thực hiện|Kết quả"
            "|Tình trạng|Tài liệu kiểm chứng",
            id="report",
        ),
        pytest.param(
            "document",
            "STT|Nội dung nhiệm vụ|Yêu cầu năm 2025|Thời gian hoàn thành|Bộ phận thực hiện",
            id="document",
        ),
    ],
)
def test_the_appendix_lies_and_holds_every_task(
    kind: Kind, headings: str, papers: dict[Kind, Paper]
) -> None:
    paper = papers[kind]
    size = paper.docx.sections[1].find(f"{checker.W}pgSz")
    rows = [
        [text_of(cell) for cell in row.iter(f"{checker.W}tc")]
        for row in paper.tables[-1].iter(f"{checker.W}tr")
    ]

    assert checker.attribute(size, "orient") == "landscape"
    assert "|".join(rows[0]) == headings
    numbers = [row[0] for row in rows if row[0].isdigit()]
    assert numbers == [str(number) for number in range(1, 36)]
    fields = [row[0] for row in rows[1:] if len(row) == 2]
    assert " ".join(fields) == "I II III IV V VI VII VIII"


@pytest.mark.parametrize("kind", KINDS)
def test_headings_stay_with_their_text(kind: Kind, papers: dict[Kind, Paper]) -> None:
    headings = papers[kind].headings
    keep = f"{checker.W}pPr/{checker.W}keepNext"

    assert headings
    assert [one.text for one in headings if not checker.is_on(one.paragraph.find(keep))] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_text_is_vietnamese_for_the_spelling_check(
    kind: Kind, papers: dict[Kind, Paper]
) -> None:
    paper = papers[kind].docx
    runs = checker.inked_runs(paper.body)
    languages = {checker.attribute(paper.of_run(*run, "lang"), "val") for run in runs}

    assert languages == {"vi-VN"}


def test_places_to_fill_are_highlighted(papers: dict[Kind, Paper]) -> None:
    paper = papers["report"]
    runs = checker.inked_runs(paper.docx.body)
    lit = {
        text_of(run)
        for run, paragraph in runs
        if checker.attribute(paper.docx.of_run(run, paragraph, "highlight"), "val") == "yellow"
    }

    said = {text for run, _ in runs for text in re.findall(r"\[cần bổ sung: .*?\]", text_of(run))}
    assert said
    assert lit == said


# What the three documents do not show.


@pytest.mark.parametrize(
    ("date", "said"),
    [
        pytest.param("2025-01-05", "ngày 05 tháng 01 năm 2025", id="both-below-ten"),
        pytest.param("2025-02-10", "ngày 10 tháng 02 năm 2025", id="february"),
        pytest.param("2025-03-09", "ngày 09 tháng 3 năm 2025", id="march"),
        pytest.param("2025-06-29", "ngày 29 tháng 6 năm 2025", id="of-the-decree"),
        pytest.param("2025-12-31", "ngày 31 tháng 12 năm 2025", id="last"),
    ],
)
def test_date_of_issue(date: str, said: str) -> None:
    paper = made(f"date: {date}\n")

    assert paper.head_cell(1, 1)[0].text == f"Phú La, {said}"
    assert list(POINTS["A17"](paper)) == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        pytest.param("7", "Số: 07/BC-UBND", id="below-ten"),
        pytest.param("12", "Số: 12/BC-UBND", id="two-digits"),
        pytest.param("139", "Số: 139/BC-UBND", id="three-digits"),
    ],
)
def test_number_of_issue(number: str, said: str) -> None:
    paper = made(f'number: "{number}"\n')

    assert paper.head_cell(1, 0)[0].text == said
    assert list(POINTS["A13"](paper)) == []


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("UBND xã An", id="short"),
        pytest.param("Ủy ban nhân dân phường Văn Miếu – Quốc Tử Giám", id="long"),
    ],
)
def test_the_line_under_the_issuer_fits_its_name(name: str) -> None:
    text = (
        f"---\ntype: Báo cáo\nsuperior: UBND thành phố\nissuer: {name}\nsymbol: BC-UBND\n"
        "place: Phú La\ntitle: Kết quả\n---\n\nNội dung.\n"
    )
    paper = Paper(docx.render(drafts.read("x.md", text), ROOT), "report")

    assert list(POINTS["A11"](paper)) == []
    assert list(POINTS["A12"](paper)) == []


def test_several_addressees_stand_below_each_other() -> None:
    """A30: a line each with a dash under the colon; ';' ends each, '.' the last."""
    paper = made("to: [UBND quận, Phòng Nội vụ quận, Đảng ủy phường]\n")
    place = next(i for i, one in enumerate(paper.middle) if one.text == "Kính gửi:")
    lines = paper.middle[place + 1 : place + 4]

    assert [one.text for one in lines] == [
        "- UBND quận;",
        "- Phòng Nội vụ quận;",
        "- Đảng ủy phường.",
    ]
    colon = (paper.page_room + checker.text_width("Kính gửi", 28, bold=False)) / 2
    for line in lines:
        indent = paper.docx.length(line.paragraph, "ind", "left")
        assert abs(indent - colon) < 300, f"dash at {indent}, colon at {colon:.0f}"


@pytest.mark.parametrize(
    "authority",
    [pytest.param("", id="alone"), pytest.param("TM. ỦY BAN NHÂN DÂN", id="for-the-body")],
)
def test_position_of_the_signer_is_in_capitals(authority: str) -> None:
    """A28."""
    paper = made(
        f'signer: {{authority: "{authority}", position: Phó Chủ tịch, name: Trần Văn Minh}}\n'
    )
    lines = [one for one in paper.signature if one.text.strip()]

    assert lines[-2].in_capitals
    assert lines[-1].text == "Trần Văn Minh"


def test_each_appendix_is_a_section_of_its_own() -> None:
    """A32, A34: with two, each is numbered and counts its own pages."""
    table = "| STT | Việc |\n|---|---|\n| 1 | a |\n"
    paper = made(
        "", f"Xem Phụ lục.\n\n# Phụ lục I\n\nTÊN\n\n{table}\n# Phụ lục II\n\nTÊN\n\n{table}"
    )
    starts = [
        checker.attribute(one.find(f"{checker.W}pgNumType"), "start") for one in paper.docx.sections
    ]

    assert starts == [None, "1", "1"]


# The checker itself: spoilt files are noticed.

Edit = Callable[[str], str]


def replaced(old: str, new: str, count: int = 1) -> Edit:
    """Return the edit that puts ``new`` in place of the pattern ``old``, which must be there."""

    def edit(text: str) -> str:
        changed, found = re.subn(old, new, text, count=count, flags=re.DOTALL)
        assert found
        return changed

    return edit


def spoilt(data: bytes, edit: Edit, part: str = "word/document.xml") -> bytes:
    """Return the docx ``data`` with one of its parts edited."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, edit(content.decode()).encode() if name == part else content)
    return out.getvalue()


def _last(text: str, old: str, new: str) -> str:
    before, found, after = text.rpartition(old)
    assert found
    return before + new + after


def _drawn_in(text: str, which: int, twips: int) -> str:
    """Return ``text`` with the ``which``-th drawn line shorter by ``twips`` at both ends."""
    place = [*re.finditer("</w:pBdr>", text)][which - 1].end()
    paragraph, end, after = text[place:].partition("</w:p>")
    moved = re.sub(
        r'(w:(?:left|right)=")(\d+)', lambda it: f"{it[1]}{int(it[2]) + twips}", paragraph
    )
    assert moved != paragraph
    return text[:place] + moved + end + after


def _without_signature(text: str) -> str:
    body, section, rest = text.partition("<w:sectPr")
    before, _table, after = body.rpartition("<w:tbl>")
    return before + after.partition("</w:tbl>")[2] + section + rest


def _without(text: str, name: str, which: int) -> str:
    """Return ``text`` without the element ``name`` that comes ``which``-th, from 1."""
    place = [*re.finditer(f"<w:{name}>.*?</w:{name}>", text)][which - 1]
    return text[: place.start()] + text[place.end() :]


def _narrow(text: str, wide: int) -> str:
    """Return ``text`` with the last table's first column ``wide`` twips wide."""
    before, table, after = text.rpartition("<w:tblGrid>")
    return before + table + re.sub(r'w:w="\d+"', f'w:w="{wide}"', after, count=1)


STYLES, HEADER = "word/styles.xml", "word/header1.xml"


@pytest.mark.parametrize(
    ("point", "part", "edit"),
    [
        pytest.param("A1", "", replaced(r'w:w="11906"', 'w:w="12240"'), id="letter-paper"),
        pytest.param(
            "A2", "", replaced(r'w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906"'), id="lying"
        ),
        pytest.param("A3", "", replaced(r'w:left="1701"', 'w:left="1134"'), id="margin"),
        pytest.param("A3", "", lambda t: _last(t, 'w:right="850"', 'w:right="720"'), id="margin-2"),
        pytest.param(
            "A4",
            "",
            replaced(r"(<w:r><w:rPr>)(<w:b/>)", r'\1<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>\2'),
            id="font-of-a-run",
        ),
        pytest.param(
            "A4",
            STYLES,
            replaced(r'w:ascii="Times New Roman"', 'w:asciiTheme="minorHAnsi"', count=0),
            id="font-of-the-theme",
        ),
        pytest.param(
            "A4",
            "",
            replaced(r'(<w:sz w:val="28"/>)', r'<w:color w:val="1F497D"/>\1'),
            id="colour",
        ),
        pytest.param("A4", "", lambda t: unicodedata.normalize("NFD", t), id="letters-in-pieces"),
        pytest.param("A5", "", replaced("<w:titlePg/>", ""), id="number-on-page-1"),
        pytest.param("A5", HEADER, replaced('w:val="center"', 'w:val="right"'), id="number-aside"),
        pytest.param("A5", HEADER, replaced(" PAGE ", " NUMPAGES "), id="number-of-pages"),
        pytest.param("A5", HEADER, replaced('"28"', '"22"', count=0), id="small-number"),
        pytest.param("A6", "", replaced("HÒA XÃ HỘI", "HOÀ XÃ HỘI"), id="nation"),
        pytest.param("A7", "", replaced("Độc lập - Tự do", "Độc lập-Tự do"), id="no-spaces"),
        pytest.param("A7", "", replaced("Độc lập - Tự do", "Độc lập – Tự do"), id="a-dash"),
        pytest.param("A8", "", lambda t: _without(t, "pBdr", 2), id="no-line-under-the-motto"),
        pytest.param("A8", "", lambda t: _drawn_in(t, 2, 900), id="short-line-under-the-motto"),
        pytest.param("A9", "", replaced('w:line="240"', 'w:line="276"', count=0), id="wide"),
        pytest.param(
            "A10", "", replaced(r'<w:b w:val="0"/>(?=.{,60}UBND QUẬN)', "<w:b/>"), id="bold"
        ),
        pytest.param(
            "A11", "", replaced(r"<w:b/>(?=.{,60}PHƯỜNG PHÚ LA)", '<w:b w:val="0"/>'), id="plain"
        ),
        pytest.param("A12", "", lambda t: _drawn_in(t, 1, -800), id="long-line-under-the-issuer"),
        pytest.param("A12", "", lambda t: _without(t, "pBdr", 1), id="no-line-under-the-issuer"),
        pytest.param("A13", "", replaced(r"Số: +/", "Số: 5/"), id="one-digit"),
        pytest.param("A13", "", replaced(r"Số: +/", "Số: /"), id="no-room"),
        pytest.param("A14", "", replaced("BC-UBND", "KH-UBND"), id="wrong-type"),
        pytest.param(
            "A16", "", replaced(r"<w:i/>(?=.{,60}Phú La, ngày)", '<w:i w:val="0"/>'), id="upright"
        ),
        pytest.param("A17", "", replaced("tháng 6 năm", "tháng 06 năm"), id="padded"),
        pytest.param("A18", "", replaced(">BÁO CÁO<", ">Báo cáo<"), id="lower-case"),
        pytest.param("A20", "", lambda t: _without(t, "pBdr", 3), id="no-line-under-the-title"),
        pytest.param("A20", "", lambda t: _drawn_in(t, 3, 900), id="short-line-under-the-title"),
        pytest.param("A24", STYLES, replaced('w:val="both"', 'w:val="left"', count=0), id="ragged"),
        pytest.param(
            "A24", STYLES, replaced('w:firstLine="720"', 'w:firstLine="0"'), id="no-indent"
        ),
        pytest.param("A24", STYLES, replaced('w:before="120"', 'w:before="0"'), id="no-gap"),
        pytest.param("A26", "", replaced("CÔNG TÁC CHỈ ĐẠO", "Công tác chỉ đạo"), id="part"),
        pytest.param("A28", "", lambda t: _last(t, "CHỦ TỊCH", "Chủ tịch"), id="position"),
        pytest.param("A28", "", _without_signature, id="no-signature"),
        pytest.param("A30", "", replaced("Kính gửi:", "Kính gửi"), id="no-colon"),
        pytest.param("A31", "", replaced("- Lưu: VT.", "Lưu: VT."), id="no-dash"),
        pytest.param("A31", "", replaced(r'"24"(?=/>.{,40}Nơi nhận)', '"28"'), id="too-big"),
        pytest.param("A32", "", replaced(">Phụ lục<", ">PHỤ LỤC<"), id="appendix"),
        pytest.param("A33", "", replaced(r"số {6,}/", "số /"), id="no-room-for-the-number"),
        pytest.param("A34", "", replaced("<w:pgNumType[^>]*>", ""), id="numbers-run-on"),
    ],
)
def test_a_spoilt_report_is_noticed(
    point: str,
    part: str,
    edit: Edit,
    files: dict[Kind, bytes],
    papers: dict[Kind, Paper],
) -> None:
    broken = Paper(spoilt(files["report"], edit, part or "word/document.xml"), "report")
    faults = list(POINTS[point](broken))

    assert faults
    assert faults != list(POINTS[point](papers["report"]))


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(replaced(r"(<w:spacing [^>]*>)(<w:ind [^>]*>)", r"\2\1"), id="pPr"),
        pytest.param(replaced(r"(<w:b/>)(<w:i [^>]*>)", r"\2\1"), id="rPr"),
        pytest.param(replaced(r"(<w:tblW [^>]*>)(.*?)(<w:tblLook)", r"\2\1\3"), id="tblPr"),
        pytest.param(replaced(r"(<w:tcW [^>]*>)(<w:gridSpan [^>]*>)", r"\2\1"), id="tcPr"),
        pytest.param(replaced("<w:cantSplit/>", "<w:jc/><w:cantSplit/><w:tcW/>"), id="trPr"),
        pytest.param(replaced(r"(<w:pgNumType[^>]*>)(<w:cols[^>]*>)", r"\2\1"), id="sectPr"),
        pytest.param(
            replaced(r"(<w:tblPr>.*?</w:tblPr>)(<w:tblGrid>.*?</w:tblGrid>)", r"\2\1"), id="tbl"
        ),
        pytest.param(
            replaced(r"(<w:tc>)(<w:tcPr>.*?</w:tcPr>)(<w:p>.*?</w:p>)", r"\1\3\2"), id="tc"
        ),
        pytest.param(
            replaced(r"(</w:tcPr>)<w:p>(?:(?!</w:p>).)*</w:p></w:tc>", r"\1</w:tc>"), id="no-p"
        ),
        pytest.param(replaced(r"(<w:b/>)", r"\1\1"), id="twice"),
        pytest.param(replaced(r"(<w:pPr>)", r"\1<w:sz/>"), id="unknown"),
        pytest.param(replaced(r"(<w:sectPr .*?</w:sectPr>)(</w:body>)", r"\1<w:p/>\2"), id="body"),
    ],
)
def test_a_wrong_order_is_noticed(edit: Edit, files: dict[Kind, bytes]) -> None:
    broken = checker.Docx(spoilt(files["report"], edit))

    assert list(checker.order_faults(broken.body))


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(replaced("<w:tblHeader/>", "", count=0), id="heading-not-repeated"),
        pytest.param(lambda t: _last(t, "<w:cantSplit/>", ""), id="row-split"),
        pytest.param(lambda t: _narrow(t, 400), id="stt-wraps"),
        pytest.param(
            lambda t: _last(t, '<w:tcW w:type="dxa" w:w="', '<w:tcW w:type="dxa" w:w="9'),
            id="cell-off-the-grid",
        ),
    ],
)
def test_a_spoilt_table_is_noticed(edit: Edit, files: dict[Kind, bytes]) -> None:
    broken = Paper(spoilt(files["report"], edit), "report")

    assert list(checker.table_faults(broken))


# Pages, as LibreOffice lays them out.


@pytest.fixture(scope="module")
def pages(
    files: dict[Kind, bytes], tmp_path_factory: pytest.TempPathFactory
) -> dict[Kind, list[str]]:
    """Return the text of every page of each kind of document."""
    found = laid_out(tmp_path_factory.mktemp("pages"), [files[kind] for kind in KINDS])
    return dict(zip(KINDS, found, strict=True))


def laid_out(folder: Path, documents: Sequence[bytes]) -> list[list[str]]:
    """Return the text of every page of each of ``documents``."""
    for program in ("soffice", "pdftotext"):
        if shutil.which(program) is None:
            lacking(f"{program} is not installed")
    names = [folder / f"{number}.docx" for number in range(len(documents))]
    for name, data in zip(names, documents, strict=True):
        name.write_bytes(data)
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"),
            *("--outdir", str(folder), *map(str, names)),
        ],
        env=any_letters(),
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    return [list(_pages(name.with_suffix(".pdf"))) for name in names]


def _pages(pdf: Path) -> Iterator[str]:
    done = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=PATIENCE
    )
    *found, last = done.stdout.decode().split("\f")
    assert not last.strip()
    yield from found


def squeezed(text: str) -> str:
    """Return ``text`` without white space: a pdf has blanks inside words of accented letters."""
    return "".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [
        pytest.param("report", 6, 14, id="report"),
        pytest.param("document", 5, 9, id="document"),
        pytest.param("reminder", 1, 3, id="reminder"),
    ],
)
def test_number_of_pages(kind: Kind, least: int, most: int, pages: dict[Kind, list[str]]) -> None:
    assert least <= len(pages[kind]) <= most


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_pages_hold_the_whole_text(
    kind: Kind, papers: dict[Kind, Paper], pages: dict[Kind, list[str]]
) -> None:
    paper = papers[kind]
    text = squeezed("".join(pages[kind]))
    wanted = [*paper.head_cell(0, 1), *paper.titles[:1], *paper.headings, *paper.signature]

    assert [one.text for one in wanted if squeezed(one.text) not in text] == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_the_signature_is_on_one_page(
    kind: Kind, papers: dict[Kind, Paper], pages: dict[Kind, list[str]]
) -> None:
    paper = papers[kind]
    lines = [squeezed(one.text) for one in (*paper.recipients, *paper.signature) if one.text]
    name = lines[-1]
    (page,) = [squeezed(page) for page in pages[kind] if name in squeezed(page)]

    assert [line for line in lines if line not in page] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "last",
    [
        pytest.param("Xin báo cáo.", id="line"),
        pytest.param("Đoạn cuối dài. " * 40, id="paragraph"),
        pytest.param("| Việc | Kết quả |\n| --- | --- |\n| Cuối | bảng |", id="table"),
        pytest.param(
            "| Việc | Kết quả |\n| --- | --- |\n| Cuối | " + "dòng<br>" * 10 + " |", id="high-row"
        ),
    ],
)
def test_no_page_holds_the_signature_alone(last: str, tmp_path: Path) -> None:
    sizes = range(6, 28)
    header = 'recipients: ["Quận", "Lưu: VT"]\nsigner: {position: Chủ tịch, name: Lê Văn An}\n'
    texts = [f"{'Một dòng.' + chr(10) * 2}" * size + last for size in sizes]
    found = laid_out(tmp_path, [written(header, text) for text in texts])

    ends = [squeezed(pages[-1]) for pages in found]
    assert {len(pages) for pages in found} == {1, 2}
    assert {end.endswith("LêVănAn") for end in ends} == {True}
    assert [size for size, end in zip(sizes, ends, strict=True) if end.startswith("2Nơi")] == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_pages_are_numbered_from_the_second(kind: Kind, pages: dict[Kind, list[str]]) -> None:
    tops = [(page.strip().split("\n") or [""])[0].strip() for page in pages[kind]]
    appendix = next(
        (place for place, top in enumerate(tops) if squeezed(top).startswith("Phụlục")), len(tops)
    )

    assert not tops[0].isdigit()
    assert tops[1:appendix] == [str(number) for number in range(2, appendix + 1)]
    assert tops[appendix + 1 :] == [str(n) for n in range(2, len(tops) - appendix + 1)]


def test_a_line_knows_its_looks() -> None:
    """The checker's own words: a line that is missing has nothing to be right about."""
    paper = made("")

    assert list(paper.line([], 0).faults(sizes=(26, 28))) == ["the line is missing"]
    assert isinstance(paper.titles[0], Line)


TABLE = "| STT | Việc | Hạn |\n| --- | --- | --- |\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param(
            "{fill}Dẫn vào bảng:\n\n" + TABLE + "| 1 | Việc đầu | 24/06 |\n",
            "Dẫnvàobảng:",
            id="a-line-and-its-table",
        ),
        pytest.param(
            "{fill}" + TABLE + "| 1 | Việc đầu | 24/06 |\n",
            "STTViệcHạn",
            id="the-head-of-a-table-and-its-first-row",
        ),
        pytest.param(
            TABLE + "{rows}| **II** | **Lĩnh vực hai** | |\n| 9 | Việc đầu | 24/06 |\n",
            "Lĩnhvựchai",
            id="a-field-and-its-first-task",
        ),
    ],
)
def test_no_page_ends_with_what_leads_to_the_next(text: str, kept: str, tmp_path: Path) -> None:
    sizes = range(16, 42, 2) if "{rows}" in text else range(14, 30)
    documents = [
        written("", text.format(fill="Một dòng.\n\n" * size, rows="| 1 | Việc | 30/06 |\n" * size))
        for size in sizes
    ]
    found = laid_out(tmp_path, documents)

    assert {len(pages) for pages in found} == {1, 2}
    ends = [squeezed(page) for pages in found for page in pages]
    assert [end[-60:] for end in ends if end.endswith(kept)] == []


FIELD = "| **{no}** | **Lĩnh vực {no}** | | | | | | |\n"
ROW = "| {no} | Việc{no}x | Đầy đủ | Trong năm | Văn phòng | {text} Cuối{no}x | đang làm | 5/BC |\n"


def table_with(lines: int) -> str:
    """Return an appendix whose first task takes so many lines, and thirteen tasks of few."""
    cells = "| STT | Nội dung | Yêu cầu | Thời gian | Bộ phận | Kết quả | Tình trạng | Tài liệu |\n"
    rows = [
        FIELD.format(no="I"),
        ROW.format(no=1, text="dòng<br>" * lines),
        *(ROW.format(no=no, text="dòng<br>" * 3) for no in range(2, 10)),
        FIELD.format(no="II"),
        *(ROW.format(no=no, text="") for no in range(10, 15)),
    ]
    return f"Xem Phụ lục.\n\n# Phụ lục\n\nTÊN\n\n{cells}{'| --- ' * 8}|\n{''.join(rows)}"


@pytest.mark.slow
@pytest.mark.parametrize("first", [8, 18, 28, 38])
def test_every_row_is_on_paper_however_long_the_first_is(first: int, tmp_path: Path) -> None:
    """Where a row that is not to break fills a page, LibreOffice 7.4 loses those after it."""
    sizes = range(first, first + 10)
    found = laid_out(tmp_path, [written("", table_with(size)) for size in sizes])

    marks = [f"{word}{no}x" for no in range(1, 15) for word in ("Việc", "Cuối")]
    marks += ["LĩnhvựcI", "LĩnhvựcII"]
    texts = [squeezed("".join(pages)) for pages in found]
    lost = [
        (size, mark)
        for size, text in zip(sizes, texts, strict=True)
        for mark in marks
        if mark not in text
    ]
    assert lost == []
    ends = [squeezed(page) for pages in found for page in pages]
    assert [end[-60:] for end in ends if end.endswith(("LĩnhvựcI", "LĩnhvựcII", "TÊN"))] == []


def test_each_column_holds_ten_letters_a_line() -> None:
    long = "các bộ phận của phường thực hiện theo kế hoạch " * 12
    rows = [["STT", *["Nội dung"] * 7], *[["1", *["theo quy định đã ban hành"] * 6, long]] * 9]

    widths = column_widths(rows, 14282)

    assert sum(widths) <= 14282
    letters = checker.text_width("các bộ phậ", 24, bold=False)
    assert [wide for wide in widths[1:] if wide < letters + 216] == []
    assert widths[0] < min(widths[1:]) < widths[-1]


def test_a_year_of_days_takes_a_line_each() -> None:
    """In two lines each, a task of every month and quarter made a row that no page could hold."""
    days = [f"24/{month:02}/2025: đúng hạn" for month in range(1, 13)]
    long = "Các bộ phận chuyên môn của phường " * 3
    rows = [["24", *[long] * 6, "<br>".join(days)], *[["25", *[long] * 6, "chưa làm"]] * 9]

    widths = column_widths(rows, 14282)

    assert sum(widths) <= 14282
    assert widths[-1] >= checker.text_width(days[0], 24, bold=False) + 216

"""Nothing of the clerk's is lost, and the same data give the same bytes.

Drafts are edited here as a clerk edits them, by hand and in Word; every command that could
harm one is tried on it.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import select
import shutil
import struct
import zipfile
import zlib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element

import pytest
from docx import Document

from parplan.journal.file import read_journal
from parplan.problem import UserError
from parplan.render.document import docx, drafts, html, pdf
from parplan.workspace.bounded import Bounds
from tests.helpers.docx_checker import Docx, W, attribute, text_of
from tests.helpers.office import JOURNAL, Office, lacking, made, tree
from tests.helpers.running import PATIENCE, Text, run_process

RECORDED = Path(__file__).parents[1] / "data" / "report.journal.yaml"
JUNE = ("report", "--month", "6", "--as-of", "2025-06-16")
MARKDOWN = (*JUNE, "--format", "md")
ENGLISH = {"PARPLAN_LANG": "en"}
OWN = "Câu do cán bộ văn phòng viết thêm."


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office with the journal that was written by hand for these tests."""
    found = Office(workspace, environment)
    shutil.copy(RECORDED, workspace / JOURNAL)
    return found


@pytest.fixture
def reports(office: Office) -> Path:
    """Return the folder of its drafts."""
    return office.root / "reports"


def edited(office: Office) -> bytes:
    """Write the draft of June, let the clerk add a sentence, and return the draft."""
    office.say(*MARKDOWN)
    path = office.root / "reports" / "2025-06.md"
    text = path.read_text(encoding="utf-8").replace("\n## II.", f"\n{OWN}\n\n## II.", 1)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path.read_bytes()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def refused(done: Text) -> str:
    """Return the complaint of a command that parplan refuses."""
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def texts(data: bytes) -> list[str]:
    """Return the text of every paragraph of a docx."""
    return [text_of(one) for one in Docx(data).body.iter(f"{W}p")]


# An edited draft stays.


@pytest.mark.parametrize(
    ("words", "status"),
    [
        pytest.param([], 0, id="again"),
        pytest.param(["--format", "md"], 0, id="md"),
        pytest.param(["--format", "docx"], 0, id="docx"),
        pytest.param(["--format", "md", "--format", "html"], 0, id="md-and-html"),
        pytest.param(["--docx-only"], 0, id="docx-only"),
        pytest.param(["--new", "--format", "md"], 0, id="new"),
        pytest.param(["-o", "reports/2025-06.md"], 2, id="output-to-it"),
        pytest.param(["-o", "elsewhere.md"], 0, id="output"),
        pytest.param(["-o", "-", "--format", "md"], 0, id="standard-output"),
        pytest.param(["--template", "none.md.j2"], 2, id="no-such-template"),
        pytest.param(["2025-06"], 2, id="two-periods"),
    ],
)
def test_an_edited_draft_is_never_touched(
    words: list[str], status: int, office: Office, reports: Path
) -> None:
    before = edited(office)

    done = office.run(*JUNE, *words)

    assert done.returncode == status, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert (reports / "2025-06.md").read_bytes() == before


def test_new_writes_beside_it(office: Office, reports: Path) -> None:
    edited(office)
    office.say(*JUNE, "--new")
    office.say(*MARKDOWN, "--new")

    assert names(reports) == [
        "2025-06.md",
        "2025-06.new-1.docx",
        "2025-06.new-1.md",
        "2025-06.new-2.md",
    ]


def test_force_keeps_the_old_one(office: Office, reports: Path) -> None:
    before = edited(office)
    said = office.say(*MARKDOWN, "--force", env=ENGLISH)
    second = (reports / "2025-06.md").read_bytes()
    office.say(*MARKDOWN, "--force")

    assert "kept     reports/2025-06.old-1.md" in said
    assert names(reports) == ["2025-06.md", "2025-06.old-1.md", "2025-06.old-2.md"]
    assert (reports / "2025-06.old-1.md").read_bytes() == before
    assert (reports / "2025-06.old-2.md").read_bytes() == second
    assert OWN.encode() not in second


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["--template", "none.md.j2"], id="no-such-template"),
        pytest.param(["--template", "broken.md.j2"], id="mistake-in-a-template"),
    ],
)
def test_force_that_fails_leaves_the_draft_where_it_was(
    words: list[str], office: Office, reports: Path
) -> None:
    (office.root / "templates").mkdir()
    (office.root / "templates" / "broken.md.j2").write_text("{{ nothing }}", encoding="utf-8")
    before = edited(office)

    refused(office.run(*MARKDOWN, "--force", *words))

    assert names(reports) == ["2025-06.md"]
    assert (reports / "2025-06.md").read_bytes() == before


def test_a_docx_changed_in_word_is_kept(office: Office, reports: Path) -> None:
    office.say(*JUNE)
    path = reports / "2025-06.docx"
    document = Document(str(path))
    document.paragraphs[-1].add_run(OWN)
    document.save(str(path))
    changed = path.read_bytes()
    edited_markdown = (reports / "2025-06.md").read_bytes()

    said = office.say(*JUNE, "--docx-only", env=ENGLISH)

    assert "kept     reports/2025-06.old-1.docx" in said
    assert (reports / "2025-06.old-1.docx").read_bytes() == changed
    assert OWN not in "".join(texts(path.read_bytes()))
    assert (reports / "2025-06.md").read_bytes() == edited_markdown


def test_a_docx_that_is_the_same_is_not_kept_twice(office: Office, reports: Path) -> None:
    office.say(*JUNE)
    before = (reports / "2025-06.docx").read_bytes()

    said = office.say(*JUNE, "--docx-only", env=ENGLISH)

    assert "kept" not in said
    assert names(reports) == ["2025-06.docx", "2025-06.md"]
    assert (reports / "2025-06.docx").read_bytes() == before


def test_docx_only_makes_the_docx_from_the_edited_draft(office: Office, reports: Path) -> None:
    edited(office)
    office.say(*JUNE, "--docx-only")

    assert OWN in texts((reports / "2025-06.docx").read_bytes())


def test_docx_only_into_a_file_takes_the_edited_draft_too(office: Office) -> None:
    edited(office)
    office.say(*JUNE, "--docx-only", "-o", "to-send.docx")

    assert OWN in texts((office.root / "to-send.docx").read_bytes())


def test_docx_only_without_a_draft(office: Office, reports: Path) -> None:
    assert "2025-06.md" in refused(office.run(*JUNE, "--docx-only"))
    assert not reports.exists()


def test_the_other_documents_keep_their_drafts_too(office: Office, reports: Path) -> None:
    unit = ("reminder", "--unit", "van-phong", "--as-of", "2025-06-16")
    for words in (("document",), unit):
        office.say(*words, "--format", "md")
    for path in reports.iterdir():
        path.write_bytes(path.read_bytes() + OWN.encode())
    before = tree(reports)

    for words in (("document",), unit):
        refused(office.run(*words, "--format", "md"))

    assert tree(reports) == before


# What changed since.


@pytest.fixture
def small(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office in which one thing was recorded and reported."""
    found = Office(workspace, environment)
    found.write(made(1, text="Đã gửi giấy mời"))
    found.say(*MARKDOWN)
    return found


def since(office: Office, *words: str) -> str:
    """Return what the second report says of the first one."""
    said = office.say(*(words or MARKDOWN), env=ENGLISH)
    return said.partition("reports/")[0].partition("written ")[0]


def test_nothing_changed_since(small: Office) -> None:
    assert since(small) == "the data have not changed since the draft was written\n"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param(1, "1 record more", id="one"),
        pytest.param(3, "3 records more", id="three"),
    ],
)
def test_more_was_recorded_since(more: int, said: str, small: Office) -> None:
    small.write(*(made(number, text="Đã gửi giấy mời") for number in range(1, more + 2)))

    news = "  2025-06-01  note 4@2025-06: Đã gửi giấy mời\n" * more
    assert since(small) == f"since the draft was written: {said}\n{news}"


def test_another_day_was_chosen_since(small: Office) -> None:
    words = ("report", "--month", "6", "--as-of", "2025-06-13", "--format", "md")

    said = since(small, *words)

    assert said == "since the draft was written: data from 2025-05-15 to 2025-06-13\n"


def test_something_was_retracted_since(small: Office) -> None:
    small.write(made(1, text="Đã gửi giấy mời"), made(2, "undo", retracts=made(1).id))

    assert re.fullmatch(
        "since the draft was written: .*(1 record fewer|retracted).*\n", since(small)
    )


def test_a_record_was_corrected_since(small: Office) -> None:
    """One retracted, another in its place: the draft is out of date though the number is not."""
    small.write(
        made(1, text="Đã gửi giấy mời"),
        made(2, "undo", retracts=made(1).id),
        made(3, text="Đã gửi 12 giấy mời"),
    )

    assert "have not changed" not in since(small)


def test_the_plan_was_changed_since(small: Office) -> None:
    small.edit_plan("short: Giao ban BCĐ CCHC, CĐS, Đề án 06", "short: Giao ban Ban Chỉ đạo")

    assert "have not changed" not in since(small)


def test_a_draft_that_does_not_say_its_data(small: Office) -> None:
    path = small.root / "reports" / "2025-06.md"
    text = re.sub(r"(?s)data:\n.*?---", "---", path.read_text(encoding="utf-8"), count=1)
    path.write_text(text, encoding="utf-8")

    done = small.run(*MARKDOWN, env=ENGLISH)

    assert "--new writes beside it" in refused(done)
    assert "does not say which data" in done.stdout
    assert path.read_text(encoding="utf-8") == text


# New data come into the draft.


def draft_of(office: Office) -> str:
    return (office.root / "reports" / "2025-06.md").read_text(encoding="utf-8")


def write_draft(office: Office, text: str) -> None:
    path = office.root / "reports" / "2025-06.md"
    path.write_text(text, encoding="utf-8", newline="\n")


def line_with(text: str, part: str) -> str:
    (line,) = [line for line in text.split("\n") if part in line]
    return line


GAP = "[cần bổ sung: kết quả thực hiện nhiệm vụ 15]"


def test_a_gap_is_filled_by_recording_what_it_asks_for(small: Office) -> None:
    write_draft(
        small, draft_of(small).replace('number: ""', 'number: "95"').replace("III. ", "3. ")
    )
    small.say("note", "15", "Tuyên truyền 03 buổi", "--on", "2025-06-10")

    small.say(*MARKDOWN)

    text = draft_of(small)
    assert GAP not in text
    assert "Tuyên truyền 03 buổi" in line_with(text, "- Phổ biến, giáo dục pháp luật")
    assert 'number: "95"' in text
    assert "## 3. ĐÁNH GIÁ CHUNG" in text
    assert "records: 2\n" in text


def test_what_both_changed_is_shown(small: Office) -> None:
    write_draft(small, draft_of(small).replace(GAP, "Đã làm tốt."))
    small.say("note", "15", "Tuyên truyền 03 buổi", "--on", "2025-06-10")

    said = small.say(*MARKDOWN, env=ENGLISH)

    line = line_with(draft_of(small), "Đã làm tốt.")
    assert line.startswith("- Phổ biến, giáo dục pháp luật: Đã làm tốt. [cần bổ sung: số liệu mới:")
    assert "Tuyên truyền 03 buổi" in line
    number = draft_of(small).split("\n").index(line) + 1
    assert f"reports/2025-06.md:{number}: changed by hand and stays so" in said
    again = draft_of(small)
    small.say(*MARKDOWN)
    assert draft_of(small) == again


def test_a_draft_whose_base_is_lost_stays_as_it_is(small: Office) -> None:
    write_draft(small, draft_of(small).replace(GAP, "Đã làm tốt."))
    shutil.rmtree(small.root / "reports" / ".generated")
    small.say("note", "15", "Tuyên truyền 03 buổi", "--on", "2025-06-10")
    before = draft_of(small)

    assert "--new writes beside it" in refused(small.run(*MARKDOWN, env=ENGLISH))
    assert draft_of(small) == before


def test_one_base_is_kept_and_git_has_it(small: Office) -> None:
    small.begin()
    for number in (1, 2):
        small.say("note", "15", f"Tuyên truyền lần {number}", "--on", "2025-06-10")
        small.say(*JUNE)
    small.say(*JUNE, "--force")
    small.say("commit")

    kept = small.git("ls-files", "reports").split()
    assert [re.sub("[0-9a-f]{16}", "DIGEST", name) for name in kept] == [
        "reports/.generated/2025-06.DIGEST.md",
        "reports/2025-06.docx",
        "reports/2025-06.md",
    ]
    assert names(small.root / "reports") == ["2025-06.docx", "2025-06.md", "2025-06.old-1.md"]


# Output to a file, or to the output.


@pytest.mark.parametrize("form", ["md", "html", "docx"])
def test_output_in_the_form_of_its_ending(form: str, office: Office, reports: Path) -> None:
    office.say(*JUNE, "-o", f"out.{form}")
    office.say(*JUNE, "--format", form)

    assert (office.root / f"out.{form}").read_bytes() == (reports / f"2025-06.{form}").read_bytes()


def test_the_output_is_the_draft_and_nothing_else(office: Office, reports: Path) -> None:
    said = office.say(*MARKDOWN, "-o", "-")
    office.say(*MARKDOWN)

    assert said == (reports / "2025-06.md").read_text(encoding="utf-8")


def test_a_file_that_is_there_is_not_replaced(office: Office) -> None:
    path = office.root / "out.md"
    path.write_text(OWN, encoding="utf-8")

    assert "--force replaces it" in refused(office.run(*MARKDOWN, "-o", "out.md", env=ENGLISH))
    assert path.read_text(encoding="utf-8") == OWN

    office.say(*MARKDOWN, "-o", "out.md", "--force")
    assert path.read_text(encoding="utf-8").startswith("---\ntype: Báo cáo\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(
            ["-o", "a.docx", "--format", "md", "--format", "docx"], "one --format", id="two"
        ),
        pytest.param(["-o", "out.txt"], "out.txt", id="unknown-ending"),
        pytest.param(["-o", "plan"], "plan", id="a-folder"),
        pytest.param(["-o", "plan", "--force"], "plan", id="a-folder-by-force"),
        pytest.param(["-o", "plan/2025.yaml/x.md"], "x.md", id="below-a-file"),
    ],
)
def test_output_that_cannot_be_written(words: list[str], said: str, office: Office) -> None:
    before = tree(office.root, leave_out=[".parplan"])

    assert said in refused(office.run(*JUNE, *words, env=ENGLISH))
    assert tree(office.root, leave_out=[".parplan"]) == before


def test_no_pdf_without_libreoffice(office: Office, reports: Path) -> None:
    nowhere = {**ENGLISH, "PATH": str(office.root)}
    done = office.run(*JUNE, "--format", "docx", "--format", "pdf", env=nowhere)

    assert (done.returncode, done.stderr) == (
        0,
        "no pdf: LibreOffice is not installed; the docx has it all\n",
    )
    assert names(reports) == ["2025-06.docx", "2025-06.md"]


def test_no_empty_pdf_without_libreoffice(office: Office) -> None:
    nowhere = {**ENGLISH, "PATH": str(office.root)}
    done = office.run(*JUNE, "-o", "out.pdf", env=nowhere)

    assert "LibreOffice is not installed" in done.stderr
    assert "written" not in done.stdout
    assert not (office.root / "out.pdf").exists()


@pytest.mark.slow
def test_pdf(office: Office) -> None:
    if shutil.which("soffice") is None:
        lacking("LibreOffice is not installed")
    office.say(*JUNE, "-o", "out.pdf")

    assert (office.root / "out.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.slow
def test_pdf_in_a_locale_of_ascii_only(office: Office, tmp_path: Path) -> None:
    """LibreOffice waited for ever for a folder whose name it could not read."""
    if shutil.which("soffice") is None:
        lacking("LibreOffice is not installed")
    folder = tmp_path / "tệp tạm"
    folder.mkdir()

    plain = {"LC_ALL": "C", "TMPDIR": str(folder)}
    Office(office.root, {**office.env, **plain}, run_process).say(*JUNE, "-o", "out.pdf")

    assert (office.root / "out.pdf").read_bytes().startswith(b"%PDF-")


HANGS = """#!/bin/sh
sleep 1000 9>"$0.held" &
wait
"""


@pytest.mark.slow
@pytest.mark.posix(reason="the program is a shell script")
def test_a_libreoffice_that_hangs_is_ended_with_what_it_began(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text(HANGS)
    program.chmod(0o755)
    held = tmp_path / "soffice.held"
    os.mkfifo(held)
    reader = os.open(held, os.O_RDONLY | os.O_NONBLOCK)
    monkeypatch.setenv("PATH", os.pathsep.join((str(tmp_path), os.environ["PATH"])))
    monkeypatch.setattr(pdf, "_BOUNDS", Bounds(seconds=2))

    with pytest.raises(UserError, match="could not make the pdf"):
        pdf.convert(b"")

    end = select.poll()
    end.register(reader)
    ((_reader, event),) = end.poll(PATIENCE * 1000)  # until nobody holds the other end
    assert event & select.POLLHUP
    os.close(reader)


# Same input, same bytes.


def test_two_runs_give_the_same_bytes(office: Office) -> None:
    sums: list[str] = []
    for run in ("one", "two"):
        for form in ("md", "docx", "html"):
            office.say(*JUNE, "-o", f"{run}.{form}", env={"TZ": f"X{len(sums)}"})
            data = (office.root / f"{run}.{form}").read_bytes()
            sums.append(hashlib.sha256(data).hexdigest())

    assert sums[:3] == sums[3:]


def test_the_docx_tells_no_time_and_no_machine(office: Office) -> None:
    office.say(*JUNE, "-o", "out.docx")
    with zipfile.ZipFile(office.root / "out.docx") as archive:
        times = {info.date_time for info in archive.infolist()}
        core = archive.read("docProps/core.xml").decode()

    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2000-01-01T00:00:00Z"}
    assert "python-docx" not in core


# Drafts that cannot be read.

HEADER = "type: Báo cáo\nissuer: UBND\nsymbol: BC-UBND\nplace: Phú La\ntitle: Kết quả\n"


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        pytest.param("", "1:1", "no-header", id="empty"),
        pytest.param("# Báo cáo\n", "1:1", "no-header", id="no-header"),
        pytest.param(f"---\n{HEADER}", "1:1", "no-header", id="header-without-end"),
        pytest.param(f"---\n{HEADER}- a\n---\n", "7:1", "not-yaml", id="not-yaml"),
        pytest.param(f"---\n{HEADER}sybmol: x\n---\n", "7:1", "unknown-key", id="unknown-key"),
        pytest.param(f"---\n{HEADER}title: b\n---\n", "7:1", "repeated-key", id="key-twice"),
        pytest.param(f"---\n{HEADER}date: nay\n---\n", "7:7", "out-of-range", id="no-date"),
        pytest.param(f"---\n{HEADER}to: quận\n---\n", "7:5", "wrong-type", id="text-for-a-list"),
        pytest.param(
            f"---\n{HEADER}signer: {{name: An}}\n---\n", "7:9", "missing-key", id="no-position"
        ),
        pytest.param("---\ntype: Báo cáo\n---\n", "2:1", "missing-key", id="keys-missing"),
        pytest.param("---\n- a\n---\n", "2:1", "wrong-type", id="a-list"),
        pytest.param(f"---\n{HEADER}to: [a\n---\n", "8:1", "not-yaml", id="bracket-not-closed"),
        pytest.param(f"---\n{HEADER}\ttype: x\n---\n", "7:1", "tab", id="tab"),
        pytest.param(f"---\n{HEADER}date: 2025-13\n---\n", "7:7", "impossible-date", id="month-13"),
        pytest.param(
            f"---\n{HEADER}date: 2025-06-31\n---\n", "7:7", "impossible-date", id="no-such-day"
        ),
    ],
)
def test_a_mistake_in_a_header_has_its_place(text: str, place: str, code: str) -> None:
    with pytest.raises(drafts.DraftError) as caught:
        drafts.read("2025-06.md", text)

    first = caught.value.problems[0]
    assert (str(first.where), first.code) == (f"2025-06.md:{place}", code)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(
            f"---\n{HEADER}sybmol: x\n---\n".encode(),
            r"reports/2025-06\.md:7:1: .*sybmol.* \[unknown-key\]\n",
            id="unknown-key",
        ),
        pytest.param(
            b"# no header", r"reports/2025-06\.md:1:1: .* \[no-header\]\n", id="no-header"
        ),
        pytest.param(
            HEADER.encode("utf-16"),
            r"parplan: reports/2025-06\.md is not UTF-8 text\n",
            id="utf-16",
        ),
    ],
)
def test_a_draft_that_cannot_be_read_is_left_alone(
    data: bytes, said: str, office: Office, reports: Path
) -> None:
    reports.mkdir()
    (reports / "2025-06.md").write_bytes(data)

    for words in ((*JUNE, "--docx-only"), MARKDOWN):
        assert re.fullmatch(said, refused(office.run(*words, env=ENGLISH)))
    assert tree(reports) == {str(reports / "2025-06.md"): data}


NOTEPAD = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"%s", id="plain"),
        pytest.param(NOTEPAD + b"%s", id="byte-order-mark"),
    ],
)
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"], ids=["unix", "windows"])
def test_a_draft_that_an_editor_saved_anew(data: bytes, line_end: bytes) -> None:
    text = f"---\n{HEADER}---\n\na\nb\n\n| c |\n|---|\n| d |\n"
    saved = (data % text.encode()).replace(b"\n", line_end).decode()

    assert drafts.read("x.md", saved) == drafts.read("x.md", text)


def test_the_docx_of_a_draft_that_notepad_saved(office: Office, reports: Path) -> None:
    before = edited(office)
    office.say(*JUNE, "--docx-only")
    plain = (reports / "2025-06.docx").read_bytes()
    (reports / "2025-06.md").write_bytes(NOTEPAD + before.replace(b"\n", b"\r\n"))
    office.say(*JUNE, "--docx-only")

    assert (reports / "2025-06.docx").read_bytes() == plain


# Places to fill.


def test_places_to_fill_are_listed_with_their_lines(office: Office, reports: Path) -> None:
    said = office.say(*MARKDOWN, env=ENGLISH)
    listed = re.findall(r"^  reports/2025-06\.md:(\d+): (.*)$", said, re.MULTILINE)
    lines = (reports / "2025-06.md").read_text(encoding="utf-8").split("\n")
    expected = [
        (str(number), place)
        for number, line in enumerate(lines, 1)
        for place in re.findall(r"\[cần bổ sung: .*?\]", line)
    ]

    assert len(expected) == 5
    assert listed == expected
    assert "5 places to fill:" in said


def test_what_people_wrote_is_no_place_to_fill(office: Office) -> None:
    office.write(made(1, text="[cần bổ sung: số liệu]"))
    said = office.say(*MARKDOWN, env=ENGLISH)

    assert "số liệu]" not in said


# What the body of a draft may hold.

PNG = (
    b"\x89PNG\r\n\x1a\n"
    + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", 4, 2, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(b"\x00" + b"\xff\x00\x00" * 4 + b"\x00" + b"\x00\xff\x00" * 4)),
            (b"IEND", b""),
        )
    )
)  # fmt: skip


def written(body: str, folder: Path) -> Docx:
    """Return the docx of a draft with this body."""
    return Docx(docx.render(drafts.read("x.md", f"---\n{HEADER}---\n\n{body}"), folder))


def body_texts(body: str, folder: Path) -> list[str]:
    """Return the paragraphs and table cells that the body becomes."""
    found = [text_of(one) for one in written(body, folder).body.iter(f"{W}p")]
    start = next(place for place, text in enumerate(found) if text == "Kết quả") + 2
    return [text for text in found[start:] if text]


def pictures(found: Docx) -> list[Element]:
    return [one for one in found.body.iter() if one.tag.endswith("}blip")]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("anh.png", id="plain"),
        pytest.param("hinh/anh.png", id="in-a-folder"),
        pytest.param("<ảnh giao ban.png>", id="letters-with-accents-and-blanks"),
        pytest.param("./anh.png", id="with-a-dot"),
    ],
)
def test_a_picture_reaches_the_docx(name: str, tmp_path: Path) -> None:
    path = tmp_path / name.strip("<>")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(PNG)

    found = written(f"Xem:\n\n![ảnh]({name})\n", tmp_path)

    assert len(pictures(found)) == 1
    assert [part for part in found.parts if part.startswith("word/media/")]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("../secret.png", id="above"),
        pytest.param("{outside}/secret.png", id="absolute"),
        pytest.param("link.png", id="through-a-link"),
        pytest.param("none.png", id="not-there"),
        pytest.param("folder.png", id="a-folder"),
        pytest.param("http://example.org/a.png", id="of-the-web"),
        pytest.param("file:///etc/passwd", id="by-address"),
        pytest.param("%00.png", id="nul"),
        pytest.param(f"{'a' * 5000}.png", id="long-name"),
        pytest.param("text.png", id="no-picture"),
        pytest.param("cut.png", id="cut-off"),
        pytest.param("empty.png", id="empty"),
    ],
)
def test_a_picture_that_cannot_be_had_is_a_place_to_fill(name: str, tmp_path: Path) -> None:
    inside = tmp_path / "office"
    inside.mkdir()
    (tmp_path / "secret.png").write_bytes(PNG)
    (inside / "link.png").symlink_to(tmp_path / "secret.png")
    (inside / "folder.png").mkdir()
    (inside / "text.png").write_text("no picture", encoding="utf-8")
    (inside / "cut.png").write_bytes(PNG[:20])
    (inside / "empty.png").write_bytes(b"")

    found = written(f"![Giao ban]({name.format(outside=quote(str(tmp_path)))})\n", inside)

    assert pictures(found) == []
    said = "".join(text_of(one) for one in found.body.iter(f"{W}p"))
    if "file:" not in name:  # such an address is no picture to Markdown either: it stays text
        assert "[cần bổ sung: hình Giao ban]" in said


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("a\n\nb\n", ["a", "b"], id="paragraphs"),
        pytest.param("a\nb\n", ["a b"], id="one-paragraph"),
        pytest.param("a<br>b\\\nc\n", ["a\nb\nc"], id="line-ends"),
        pytest.param("- a\n- b\n", ["- a", "- b"], id="dashes"),
        pytest.param("3. a\n4. b\n", ["3. a", "4. b"], id="numbers"),
        pytest.param("0. a\n1. b\n", ["0. a", "1. b"], id="numbers-from-0"),
        pytest.param(
            "- a\n  1. b\n  2. c\n     - d\n- e\n",
            ["- a", "1. b", "2. c", "- d", "- e"],
            id="nested-lists",
        ),
        pytest.param("1. a\n\n   b\n2. c\n", ["1. a", "b", "2. c"], id="item-of-two-paragraphs"),
        pytest.param("- a\n\n  b\n- c\n", ["- a", "b", "- c"], id="point-of-two-paragraphs"),
        pytest.param("## I. A\n\n### 1. b\n", ["I. A", "1. b"], id="headings"),
        pytest.param("A\n===\n", ["A"], id="underlined-heading"),
        pytest.param("> a\n", ["a"], id="quotation"),
        pytest.param("a\n\n---\n\nb\n", ["a", "b"], id="rule"),
        pytest.param("`a < b` *c* **d** [e](http://x.vn)\n", ["a < b c d e"], id="inside-a-line"),
        pytest.param("```\na\n  b\n\nc\n```\n", ["a", "  b", "c"], id="fence"),
        pytest.param("    a\n    b\n", ["a", "b"], id="indented-code"),
        pytest.param("<b>a</b> &lt;c&gt; &amp;\n", ["<b>a</b> <c> &"], id="tags-are-text"),
        pytest.param("<div>a</div>\n", ["<div>a</div>"], id="block-of-tags-is-text"),
        pytest.param(
            "| A | B |\n|---|---|\n| a \\| b | c<br>d |\n| e |\n",
            ["A", "B", "a | b", "c\nd", "e"],
            id="table",
        ),
        pytest.param("| A |\n|---|\n| a |\n", ["A", "a"], id="table-of-one-column"),
        pytest.param(
            f"|{'a|' * 40}\n|{'---|' * 40}\n|{'b|' * 40}\n", ["a"] * 40 + ["b"] * 40, id="wide"
        ),
        pytest.param("a\x0bb\x01c\x1b[1m\x00\n", ["a\\x0bb\\x01c\\x1b[1m\ufffd"], id="control"),
        pytest.param("a\ufffeb\uffff\n", ["a\\ufffeb\\uffff"], id="no-characters"),
        pytest.param("a&#1;b\n", ["a\ufffdb"], id="control-by-number"),
        pytest.param("x" * 5000 + "\n", ["x" * 5000], id="long-word"),
    ],
)
def test_body(body: str, expected: list[str], tmp_path: Path) -> None:
    assert body_texts(body, tmp_path) == expected


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<br>\n", id="alone"),
        pytest.param("- <br>\n", id="in-a-list"),
        pytest.param("a\n\n<br>\n\nb\n", id="between-paragraphs"),
    ],
)
def test_the_tag_of_a_line_end_is_no_text(body: str, tmp_path: Path) -> None:
    found = drafts.read("x.md", f"---\n{HEADER}---\n\n{body}")

    assert "<br>" not in "".join(texts(docx.render(found, tmp_path)))
    assert "&lt;br&gt;" not in html.render(found)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param('title: "a\\u0001b"', id="control-in-the-title"),
        pytest.param('title: "a\\u0085b"', id="next-line-in-the-title"),
        pytest.param('issuer: "a\\u000bb"', id="vertical-tab-in-the-issuer"),
        pytest.param('place: "\\ufffe"', id="no-character-in-the-place"),
        pytest.param('to: ["\\u0000"]', id="nul-in-the-addressee"),
        pytest.param('recipients: ["a\\u001bb"]', id="escape-in-the-recipients"),
        pytest.param('signer: {position: "\\u0001", name: "\\u0002"}', id="control-in-the-signer"),
        pytest.param('number: "²"', id="a-digit-that-is-no-number"),
        pytest.param(f"title: {'rất dài ' * 500}", id="long-title"),
        pytest.param('title: ""', id="no-title"),
        pytest.param('issuer: ""', id="no-issuer"),
        pytest.param('date: ""', id="no-date"),
    ],
)
def test_whatever_the_header_holds_a_document_is_made(lines: str, tmp_path: Path) -> None:
    key = lines.partition(":")[0]
    rest = "".join(one for one in HEADER.splitlines(True) if not one.startswith(f"{key}:"))
    found = drafts.read("x.md", f"---\n{rest}{lines}\n---\n\nNội dung.\n")

    assert "Nội dung." in texts(docx.render(found, tmp_path))
    assert "Nội dung." in html.render(found)


def test_a_plan_without_a_signer_gives_documents_too(office: Office, reports: Path) -> None:
    path = office.root / "plan" / "2025.yaml"
    text = re.sub(r"(?m)^signer:\n(  .*\n)+", "", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")

    office.say(*JUNE)
    office.say(*JUNE, "--docx-only")

    assert names(reports) == ["2025-06.docx", "2025-06.md"]


def test_headings_and_emphasis_keep_their_looks(tmp_path: Path) -> None:
    found = written("## I. A\n\nb **c** *d*\n", tmp_path)
    looks = {
        text_of(run): (found.bold(run, paragraph), found.italic(run, paragraph))
        for paragraph in found.body.iter(f"{W}p")
        for run in paragraph.iter(f"{W}r")
    }

    assert looks["I. A"] == (True, False)
    assert looks["b "] == (False, False)
    assert looks["c"] == (True, False)
    assert looks["d"] == (False, True)


def test_deeper_points_stand_further_in(tmp_path: Path) -> None:
    found = written("- a\n  - b\n    - c\n", tmp_path)
    indents = {
        text_of(one): found.length(one, "ind", "left")
        for one in found.body.iter(f"{W}p")
        if text_of(one).startswith("- ")
    }

    assert indents["- a"] < indents["- b"] < indents["- c"]


def test_the_html_page_needs_nothing_else(office: Office) -> None:
    edited(office)
    office.say(*JUNE, "-o", "page.html")
    page = (office.root / "page.html").read_text(encoding="utf-8")
    found: list[str] = []

    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(f"{tag} {name}" for name, _ in attrs if name in ("href", "src"))
            if tag in ("script", "link", "iframe", "object"):
                found.append(tag)

    Links().feed(page)
    assert found == []
    assert "url(" not in page
    assert page.count("<mark>") == 5


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("a <b onclick=alert(1)>c</b> <script>d</script>\n", id="inside-a-line"),
        pytest.param("<script>\nalert(1)\n</script>\n", id="block"),
        pytest.param("- a\n\n  <iframe src=x></iframe>\n", id="in-a-list"),
        pytest.param("| a |\n|---|\n| <svg onload=x> |\n", id="in-a-cell"),
        pytest.param("```\n<script>\n```\n\n`<script>`\n", id="code"),
        pytest.param("a [b](javascript:alert(1)) <javascript:alert(1)>\n", id="address"),
    ],
)
def test_tags_in_a_draft_are_text_on_the_page(body: str) -> None:
    page = html.render(drafts.read("x.md", f"---\n{HEADER}---\n\n{body}"))
    found: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append(tag)
            found.extend(f"{name}={value}" for name, value in attrs if name != "class")

    Tags().feed(page)
    assert {"script", "iframe", "svg"}.isdisjoint(found)
    assert [one for one in found if one.startswith(("on", "href=javascript"))] == []


# The office's own styles.


def test_styles_of_the_office(office: Office) -> None:
    base = Document()
    base.styles["Normal"].font.size = 165100  # 13 points
    base.add_paragraph("Văn bản mẫu của phường")
    base.save(str(office.root / "mau.docx"))
    office.say(*JUNE, "-o", "out.docx", "--base", "mau.docx")
    found = texts((office.root / "out.docx").read_bytes())

    assert "Văn bản mẫu của phường" not in found
    assert "BÁO CÁO" in found


def test_a_style_of_the_office_wins(office: Office) -> None:
    base = Document()
    style = base.styles.add_style("Noi dung", 1)
    style.font.size = 165100
    base.save(str(office.root / "mau.docx"))
    office.say(*JUNE, "-o", "out.docx", "--base", "mau.docx")
    found = Docx((office.root / "out.docx").read_bytes())

    (line,) = [one for one in found.body.iter(f"{W}p") if text_of(one).startswith("I. CÔNG TÁC")]
    assert {found.size(run, line) for run in line.iter(f"{W}r")} == {26}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("text.docx", b"no document", id="text"),
        pytest.param("empty.docx", b"", id="empty"),
        pytest.param("zip.docx", None, id="another-zip"),
        pytest.param("none.docx", b"-", id="not-there"),
    ],
)
def test_a_base_that_is_no_docx(name: str, data: bytes | None, office: Office) -> None:
    path = office.root / name
    if data is None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a.txt", "a")
        data = out.getvalue()
    if data != b"-":
        path.write_bytes(data)

    assert name in refused(office.run(*JUNE, "-o", "out.docx", "--base", name, env=ENGLISH))
    assert not (office.root / "out.docx").exists()


def test_the_journal_of_these_tests_is_sound() -> None:
    found = read_journal("report.journal.yaml", RECORDED.read_bytes())

    assert (len(found.records), found.problems) == (22, [])
    assert attribute(None, "w") is None


@pytest.mark.parametrize(
    ("title", "within"),
    [
        ("CCHC năm 2025", "CCHC năm 2025"),
        ("KẾ HOẠCH NĂM 2025", "KẾ HOẠCH NĂM 2025"),
        ("Ý thức chấp hành", "ý thức chấp hành"),
        ("Đề án 06", "đề án 06"),
    ],
)
def test_a_title_goes_on_in_a_sentence_but_for_abbreviations(
    office: Office, title: str, within: str
) -> None:
    issued = "Cải thiện, nâng cao Chỉ số cải cách hành chính – PAR INDEX phường Phú La năm 2025"
    office.edit_plan(f"  title: >-\n    {issued}\n", f"  title: {title}\n")
    office.say("amend", "task", "9", "--drop", "--from", "1/7/2025", "--by", "QĐ 15")

    report = office.say(*MARKDOWN, "-o", "-")
    decision = office.say("document", "--amendment", "QĐ 15", "--format", "md", "-o", "-")

    assert f"Kết quả thực hiện Kế hoạch {within}" in report
    assert f"về {within}, " in report
    assert f"điều chỉnh Kế hoạch {within}" in decision


def test_marks_of_the_encoding_before_a_draft_are_no_change(office: Office) -> None:
    office.say(*JUNE, "--format", "md")
    (path,) = (office.root / "reports").glob("*.md")
    path.write_bytes("\ufeff\ufeff".encode() + path.read_bytes() + OWN.encode())
    office.say("note", "8", "x", "--on", "2/6/2025")

    office.say(*JUNE, "--format", "md")

    assert path.read_text(encoding="utf-8").endswith(OWN)


def test_a_duty_that_comes_often_next_month_is_one_row(office: Office) -> None:
    old = "{in: 2025-06, label: Lần 1}\n          - {in: 2025-11, label: Lần 2}\n        units"
    twice_a_week, twice_a_month = "days: [2, 4], of: week, label: Trực", "days: [4, 18], label: Họp"
    office.edit_plan(old, f"{{{twice_a_week}}}\n          - {{{twice_a_month}}}\n        units")

    draft = office.say(*MARKDOWN, "-o", "-")

    name, unit = "Giao ban BCĐ CCHC, CĐS, Đề án 06", "Văn phòng UBND"
    rows = [line for line in draft.split("\n") if line.startswith("|") and f"{name} – " in line]
    assert rows == [
        f"| 14 lần, từ 17/6/2025 đến 31/7/2025 | {name} – Trực | {unit} |",
        f"| 18/6/2025 | {name} – Họp | {unit} |",
        f"| 04/7/2025 | {name} – Họp | {unit} |",
        f"| 18/7/2025 | {name} – Họp | {unit} |",
    ]


def test_a_duty_that_was_missed_often_is_one_line_with_one_gap(office: Office) -> None:
    """Twice a week, once recorded in time, once late with its cause, else not at all.

    The cause of the latest is asked for, once: another's does not explain it.
    """
    rules = "{in: 2025-06, label: Lần 1}\n          - {in: 2025-11, label: Lần 2}\n        units"
    office.edit_plan(rules, "{days: [2, 4], of: week, label: Trực}\n        units")
    office.say("done", "4@2025-06-03", "--on", "3/6/2025")
    office.say("done", "4@2025-06-05", "--on", "9/6/2025", "--reason", "Mất điện")

    draft = office.say(*MARKDOWN, "-o", "-")
    lines = [line for line in draft.split("\n") if "Trực: " in line and "Nguyên nhân" in line]
    assert lines == [
        "- Giao ban BCĐ CCHC, CĐS, Đề án 06 – Trực: 01 lần trễ hạn (hạn 05/6/2025); "
        "24 lần quá hạn (hạn từ 18/3/2025 đến 12/6/2025) (Văn phòng UBND). Nguyên nhân: Mất điện. "
        "[cần bổ sung: nguyên nhân chậm 4@2025-06-12]"
    ]

    office.say("note", "4@2025-06-12", "--reason", "Thiếu người", "--on", "12/6/2025")

    assert "Nguyên nhân: Mất điện. Thiếu người.\n" in office.say(*MARKDOWN, "-o", "-")

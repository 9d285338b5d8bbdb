"""``export``: where its files go, what CSV and JSON hold, and hostile text in every format."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from parplan.journal.record import Evidence
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from parplan.render.export import content as export
from parplan.render.export import json_file as export_json
from tests.helpers.attacks import FORMS
from tests.helpers.calendar_checker import read as read_calendar
from tests.helpers.exports import READERS, hostile, rendered
from tests.helpers.office import Office, any_letters, calc, made, tree
from tests.helpers.running import PATIENCE, ROOT
from tests.helpers.schemas import mistakes

FORMATS = FORMS["export"]
SCHEMA = ROOT / "plan" / "export.schema.json"
RECORDS = (
    made(1, "note", "4@2025-06", text="Đã gửi giấy mời", percent=50),
    made(2, "done", "4@2025-06", evidence=(Evidence("TB 12", "tai-lieu/a.pdf"),)),
    made(3, "note", "17", value=Decimal("98.50"), proposal="Thêm máy"),
    made(4, "cancel", "6@2025-08"),
    made(5, "note", "2@2025", text="nhầm"),
    made(6, "undo", "2@2025", retracts="r00000000005"),
    made(7, "directive", "1@2025-08-15", text="Báo cáo đột xuất", due=dt.date(2025, 8, 15)),
)


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    found = Office(workspace, environment)
    found.write(*RECORDS)
    return found


def written(office: Office, form: str, *args: str) -> bytes:
    office.say("export", form, "-o", f"out.{form}", "--force", *args)
    return (office.root / f"out.{form}").read_bytes()


# Where the file goes.


NO_FILES = ("", ".", "./", "/", "..", "new/", "plan")


@pytest.mark.parametrize("output", NO_FILES)
@pytest.mark.parametrize(
    "words", ["export json", "document --format md", "board", "sheet", "rollup xlsx"]
)
def test_what_names_no_file_is_refused(words: str, output: str, office: Office) -> None:
    before = tree(office.root, leave_out=[".parplan"])

    complaint = office.refuse(*words.split(), "-o", output)

    assert complaint.startswith(f"parplan: '{output}' is no name of a file; ")
    assert tree(office.root, leave_out=[".parplan"]) == before


@pytest.mark.parametrize("form", FORMATS)
def test_a_name_by_default_and_never_over_a_file(form: str, office: Office) -> None:
    path = office.root / f"parplan-2025.{form}"

    told = office.say("export", form)
    first = path.read_bytes()
    path.write_bytes(b"mine")
    complaint = office.refuse("export", form)

    assert told.splitlines()[0] == f"đã ghi   parplan-2025.{form}"
    assert complaint == f"parplan: parplan-2025.{form} is there already; --force replaces it\n"
    assert path.read_bytes() == b"mine"
    office.say("export", form, "--force")
    assert path.read_bytes() == first


@pytest.mark.parametrize("form", FORMATS)
def test_the_output_and_a_file_get_the_same_bytes(form: str, office: Office) -> None:
    to_file = written(office, form)
    done = subprocess.run(
        [sys.executable, "-m", "parplan", "export", form, "-o", "-"],
        cwd=office.root,
        env=office.env,
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )

    assert done.stdout == to_file
    assert done.stderr == b""


@pytest.mark.parametrize("form", FORMATS)
def test_a_folder_that_is_not_there_is_made(form: str, office: Office) -> None:
    office.say("export", form, "-o", f"a/b/out.{form}")

    assert (office.root / "a" / "b" / f"out.{form}").is_file()


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_else_in_the_workspace_changes(form: str, office: Office) -> None:
    before = tree(office.root, leave_out=[".parplan"])

    office.say("export", form, "-o", f"new.{form}")

    after = tree(office.root, leave_out=[".parplan"])
    assert set(after) - set(before) == {str(office.root / f"new.{form}")}
    assert before.items() <= after.items()


def test_a_part_has_a_name_of_its_own(office: Office) -> None:
    told = office.say("export", "csv", "--unit", "Tư pháp hộ tịch", "--section", "II")

    assert told == "đã ghi   parplan-2025-II-Tư-pháp-hộ-tịch.csv\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(("export",), "Missing argument", id="no-format"),
        pytest.param(("export", "docx"), "'docx' is not one of", id="unknown-format"),
        pytest.param(
            ("export", "csv", "--todo"), "--todo and --update go with ics", id="todo-elsewhere"
        ),
        pytest.param(("export", "csv", "--unit", "xyz"), "no unit 'xyz'", id="no-such-unit"),
        pytest.param(("export", "csv", "-o", "plan"), "plan", id="a-folder"),
        pytest.param(("export", "csv", "-o", "plan", "--force"), "folder", id="a-folder-by-force"),
    ],
)
def test_what_cannot_be_done_is_refused(args: tuple[str, ...], said: str, office: Office) -> None:
    before = tree(office.root / "plan")

    assert said in office.refuse(*args)
    assert tree(office.root / "plan") == before


def test_damaged_records_are_told_and_the_others_go_out(office: Office) -> None:
    office.journal.write_bytes(office.journal.read_bytes() + b"- {damaged}\n")

    done = office.run("export", "json", "-o", "-")

    assert (done.returncode, done.stderr.count("[damaged-record]")) == (0, 1)
    assert len(json.loads(done.stdout)["journal"]) == len(RECORDS)


# CSV.


def rows_of(office: Office, *args: str) -> list[dict[str, str]]:
    text = written(office, "csv", *args).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_as_excel_wants_it(office: Office) -> None:
    data = written(office, "csv")

    assert data.startswith(b"\xef\xbb\xbfK\xe1\xbb\xb3,STT,")  # "Kỳ" after the byte order mark
    assert data.endswith(b"\r\n")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len({len(line) for line in lines}) == 1
    assert data.count(b"\r\n") == len(lines)
    assert b"\r" not in data.replace(b"\r\n", b"")


def test_csv_has_a_row_for_each_occurrence_and_each_undated_task(office: Office) -> None:
    rows = rows_of(office)
    dated = [row["Kỳ"] for row in rows if row["Hạn cuối"]]

    assert dated == [one["ref"] for one in json.loads(written(office, "json"))["occurrences"]]
    assert [row["Kỳ"] for row in rows if not row["Hạn cuối"]] == [
        "8",
        "12",
        "15",
        "17",
        "18",
        "20",
        "21",
    ]


def test_a_row_of_csv_in_full(office: Office) -> None:
    rows = {row["Kỳ"]: row for row in rows_of(office)}

    assert rows["4@2025-06"] == {
        "Kỳ": "4@2025-06",
        "STT": "4",
        "Lĩnh vực": "I",
        "Nhiệm vụ": "Giao ban BCĐ CCHC, CĐS, Đề án 06",
        "Lần": "Lần 1",
        "Hạn cuối": "2025-06-30",
        "Ngày làm việc cuối": "2025-06-30",
        "Tình trạng": "hoàn thành",
        "Thời hạn": "đúng hạn",
        "Còn (ngày)": "",
        "Đã làm (%)": "100",
        "Ngày xong": "2025-06-01",
        "Đo được": "",
        "Bộ phận thực hiện": "Văn phòng UBND",
        "Người phụ trách": "",
        "Kiểm chứng": "TB 12 tai-lieu/a.pdf",
        "Nguyên nhân chậm": "",
        "Ghi chú mới nhất": "Đã gửi giấy mời",
        "Thời kỳ": "tháng 6/2025",
        "Tên lĩnh vực": "Công tác chỉ đạo điều hành CCHC",
        "Nhiệm vụ (nguyên văn)": "Tổ chức giao ban BCĐ CCHC, Chuyển đổi số, đề án 06",
        "Yêu cầu": "2 lần/năm",
        "Chỉ tiêu": "ít nhất 2 lần mỗi năm",
        "Thời gian hoàn thành (nguyên văn)": "Lần 1: tháng 6 Lần 2 tháng 11",
    }
    assert rows["17"]["Đo được"] == "98.50"
    assert rows["1@2025-08-15"]["Hạn cuối"] == "2025-08-15"


def test_csv_in_english(office: Office) -> None:
    (row,) = [one for one in rows_of(office, "--lang", "en") if one["Ref"] == "6@2025-08"]

    assert (row["State"], row["Timing"], row["Period"]) == (
        "cancelled",
        "cancelled",
        "month 8 of 2025",
    )


# JSON.


def everything(office: Office, *args: str) -> Any:
    return json.loads(written(office, "json", *args))


@pytest.mark.parametrize("args", [(), ("--unit", "tu-phap"), ("--section", "II", "--lang", "en")])
def test_json_fits_the_shipped_schema(args: tuple[str, ...], office: Office) -> None:
    assert mistakes("export", everything(office, *args)) == []


def test_the_schema_describes_every_key_and_no_other(office: Office) -> None:
    data = everything(office)
    blocks = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]

    for name, block in (
        ("ExportFile", data),
        ("ExportedTask", data["tasks"][0]),
        ("ExportedOccurrence", data["occurrences"][0]),
        ("ExportedRecord", data["journal"][0]),
        ("Plan", data["plan"]),
    ):
        assert list(blocks[name]["properties"]) == list(block), name
        assert blocks[name]["required"] == list(block) or name == "Plan", name
        assert all(
            "description" in json.dumps(one) for one in blocks[name]["properties"].values()
        ), name


CHANGES: Mapping[str, Callable[[Any], object]] = {
    "no-occurrences": lambda data: data.pop("occurrences"),
    "later-format": lambda data: data.update(format=2),
    "day-as-written-in-vietnam": lambda data: data["occurrences"][0].update(due="24/3/2025"),
    "unknown-state": lambda data: data["tasks"][0].update(state="finished"),
    "number-for-a-decimal": lambda data: data["tasks"][16].update(value=98.5),
    "no-author": lambda data: data["journal"][0].pop("by"),
    "no-issuer": lambda data: data["plan"].pop("issuer"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_schema_finds_mistakes(change: str, office: Office) -> None:
    data = everything(office)
    CHANGES[change](data)

    assert len(mistakes("export", data)) == 1


def test_json_gives_what_the_commands_give(office: Office) -> None:
    data = everything(office)
    due = {one["ref"]: one for one in office.items("due", "--year-report")}
    listed = office.items("list")
    log = office.items("log")

    assert data["tasks"] == listed
    assert data["journal"] == log[::-1]
    by_ref = {one["ref"]: one for one in data["occurrences"]}
    assert len(by_ref) == len(data["occurrences"])
    assert due.keys() <= by_ref.keys()
    for ref, item in due.items():
        assert item.items() <= by_ref[ref].items()
    assert by_ref["4@2025-06"]["evidence"] == [{"number": "TB 12", "file": "tai-lieu/a.pdf"}]
    assert by_ref["4@2025-06"]["done_on"] == "2025-06-01"
    assert data["tasks"][16]["value"] == "98.50"  # every digit


def test_the_plan_comes_back_whole(office: Office) -> None:
    plan = read_plan("2025.yaml", (ROOT / "plan" / "2025.yaml").read_bytes()).value

    assert msgspec.convert(everything(office)["plan"], Plan) == plan


def test_a_part_of_json_is_that_part_everywhere(office: Office) -> None:
    data = everything(office, "--unit", "van-phong", "--section", "I")

    kept = {one["task"] for one in data["tasks"]}
    assert (data["unit"], data["section"]) == ("van-phong", "I")
    assert [one["id"] for one in data["plan"]["sections"]] == ["I"]
    assert {one["id"] for one in data["plan"]["sections"][0]["tasks"]} == kept
    assert {one["task"] for one in data["occurrences"]} <= kept
    assert [one["id"][-1] for one in data["journal"]] == ["1", "2", "5", "6", "7"]


def test_an_export_of_an_earlier_day(office: Office) -> None:
    data = everything(office, "--as-of", "2025-05-31")

    assert data["journal"] == []
    assert {one["state"] for one in data["occurrences"]} == {"not-started"}
    assert data["as_of"] == "2025-05-31"


def test_a_record_of_a_task_that_is_gone_is_kept_unless_filtered() -> None:
    plan = read_plan("2025.yaml", (ROOT / "plan" / "2025.yaml").read_bytes()).value
    assert plan is not None
    day = RECORDS[0].day

    def refs(keep: Any) -> list[str]:
        found = export.build(plan, [made(1, "note", "99@2025")], day, keep)
        return [entry.record.ref for entry in found.entries]

    assert refs(lambda _section, _task: True) == ["99@2025"]
    assert refs(lambda section, _task: section.id == "I") == []


def test_a_row_names_the_units_of_its_due_date() -> None:
    plan = read_plan("2025.yaml", (ROOT / "plan" / "2025.yaml").read_bytes()).value
    data = msgspec.to_builtins(plan)
    data["sections"][0]["tasks"][3]["handed_over"] = [{"from": "2025-07-01", "units": ["Một cửa"]}]
    found = export.build(msgspec.convert(data, Plan), [], dt.date(2025, 8, 1))

    assert {row.ref: row.task.units for row in found.rows if row.task.id == "4"} == {
        "4@2025-06": ["Văn phòng UBND"],
        "4@2025-11": ["Một cửa"],
    }


# Hostile text.

ATTACKS = {
    "script": "<script>alert(1)</script>",
    "svg": "</svg></style><svg onload=alert(1)>",
    "formula": "=1+1",
    "program": "=cmd|' /C calc'!A0",
    "sum": "@SUM(1+1)*cmd|' /C calc'!A0",
    "wide-formula": "＝1+1",
    "spaced-formula": "  +1+1",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "address": "javascript:alert(1)",
    "link": '=HYPERLINK("http://example.org/?"&A1;"x")',
    "web": "http://example.org/" + "x" * 3000,
    "right-to-left": "a\u202egpj.exe\u202c \u200fb\u2066c",
    "escapes": "\x1b]0;x\x07\x1b[31mđỏ\x1b[0m\x9b31m",
    "null": "a\x00b\x01c\x7fd",
    "event": "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\nSUMMARY:evil",
    "line-event": "x\nBEGIN:VEVENT\nATTACH:file:///etc/passwd",
    "separators": "a\u2028BEGIN:VEVENT\u2029b\x85c\x0bd\x0ce",
    "signs-of-a-calendar": 'a;b,c\\d\\ne\\,f:"g"^n',
    "cells": '","=1+1","\r\n"=2+2"',
    "semicolons": ";=1+1;\t=1+1",
    "markup-of-a-writer": "<r><t>x</t></oops></r>",
    "escape-of-xml": "_x0041__x000D_",
    "xml": "]]> <!-- <![CDATA[ <?x?> &amp; &#0; <!DOCTYPE a [<!ENTITY b SYSTEM 'file:///'>]>",
    "page": '&P&N &L&"Arial"&24&G',
    "format": "%(title)s %s {0} {{x}} {%x%}",
    "decomposed": unicodedata.normalize("NFD", "Tổ chức đánh giá"),
    "emoji": "👨\u200d👩\u200d👧 🇻🇳 " + "😀" * 40,
    "no-characters": "a\ufffeb\uffffc\ufeff",
    "apostrophe": "'=1+1",
    "yaml": '"}\n- {"id":"evil"',
}
LONG = "Nội dung dài, nhiều chữ. " * 4200  # more than 100 kB


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_is_shown_as_text(attack: str, form: str) -> None:
    reader, shown = READERS[form]

    found = list(reader(rendered(form, ATTACKS[attack])))

    assert shown(ATTACKS[attack]) & set(found)
    if form != "ics":  # as many cells as for a harmless text; of events see below
        assert len(found) == len(list(reader(rendered(form, "x"))))


@pytest.mark.parametrize("form", FORMATS)
def test_a_long_text_goes_out(form: str) -> None:
    assert len(LONG.encode()) > 100_000
    reader, _shown = READERS[form]

    found = {text.strip() for text in reader(rendered(form, LONG))}

    if form == "xlsx":
        assert max(map(len, found)) == 32_767
    else:
        assert LONG.strip() in found


DANGEROUS = ("markup-of-a-writer", "escape-of-xml", "xml", "page", "null", "no-characters", "cells")


@pytest.mark.slow
def test_libreoffice_opens_hostile_workbooks(tmp_path: Path) -> None:
    program = calc()
    for attack in DANGEROUS:
        (tmp_path / f"{attack}.xlsx").write_bytes(rendered("xlsx", ATTACKS[attack]))

    done = subprocess.run(
        [
            *(program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"),
            *("--convert-to", "pdf", "--outdir", str(tmp_path)),
            *(str(tmp_path / f"{attack}.xlsx") for attack in DANGEROUS),
        ],
        env=any_letters(),
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )

    assert b"rror" not in done.stderr, done.stderr
    assert {path.stem for path in tmp_path.glob("*.pdf")} == set(DANGEROUS)


def test_events_stay_as_many_as_there_are_occurrences() -> None:
    counts = {
        len(read_calendar(rendered("ics", text)).parts) for text in (*ATTACKS.values(), "x", LONG)
    }

    assert len(counts) == 1


def test_the_keys_stand_in_the_order_of_the_schema() -> None:
    payload = json.loads(export_json.render(hostile("x")))

    assert list(payload) == [
        *("format", "as_of", "year", "unit", "section", "officer"),
        *("plan", "tasks", "occurrences", "journal"),
    ]

"""The sheet that units fill in, and how it is read back, as they go from hand to hand."""

from __future__ import annotations

import datetime as dt
import importlib
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parplan.journal.record import Done, Evidence, News, Note, Start
from tests.helpers.office import Office, any_letters, calc, made, on_terminal
from tests.helpers.running import PATIENCE

openpyxl: Any = importlib.import_module("openpyxl")  # it has no types of its own

HEADING = 6
TITLES = ("Kỳ", "Nhiệm vụ", "Hạn cuối", "Bộ phận thực hiện", "Tình trạng hiện nay", "Kết quả",
          "Tình trạng mới", "Đã làm (%)", "Đo được", "Ngày", "Số văn bản", "Nguyên nhân chậm",
          "Kiến nghị, đề xuất", "Bản ghi gần nhất")  # fmt: skip


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    office = Office(workspace, environment)
    office.write(made(1, "done", "1@2025-03"), made(2, "start", "9@2025", text="Bắt đầu"))
    return office


class Filled:
    """A sheet that was opened in a spreadsheet program."""

    def __init__(self, office: Office, *args: str) -> None:
        self.path = office.root / "phieu.xlsx"
        office.say("sheet", "--month", "6", "-o", str(self.path), "--force", *args)
        self.book = openpyxl.load_workbook(self.path)
        self.sheet = self.book.active
        self.columns = {cell.value: cell.column for cell in self.sheet[HEADING]}

    def refs(self) -> list[str]:
        """Return the references of the rows, from the top."""
        cells = self.sheet["A"][HEADING:]
        return [cell.value for cell in cells if cell.value]

    def type(self, ref: str, **cells: Any) -> None:
        """Type into the row of ``ref``: ``Kết_quả="…"``."""
        row = HEADING + 1 + self.refs().index(ref)
        for title, value in cells.items():
            self.sheet.cell(row, self.columns[title.replace("_", " ")], value)

    def save(self) -> str:
        """Save the file and return its path."""
        self.book.save(self.path)
        return str(self.path)


def new_records(office: Office) -> list[News]:
    records = office.records()[2:]
    assert all(isinstance(record, News) for record in records)
    return records  # type: ignore[return-value]


def test_it_lists_what_is_overdue_due_running_and_without_a_date(office: Office) -> None:
    refs = Filled(office).refs()

    answer = office.json("due", "--month", "6", "--all")
    still_open = [item["ref"] for item in answer["items"] if item["state"] != "done"]
    assert refs == [*still_open, *answer["running"], *answer["no_deadline"]]
    assert "1@2025-03" not in refs
    assert {"23@2025-03", "4@2025-06", "9@2025", "8"} <= set(refs)


def test_what_stands_in_a_row(office: Office) -> None:
    sheet = Filled(office)
    rows = {row[0].value: row for row in sheet.sheet.iter_rows(min_row=HEADING)}

    assert tuple(cell.value for cell in rows["Kỳ"]) == TITLES
    values = [cell.value for cell in rows["9@2025"]]
    assert values[:5] == [
        "9@2025",
        "Cuộc thi sáng kiến, giải pháp CCHC",
        dt.datetime.fromisoformat("2025-12-31"),
        "Các bộ phận chuyên môn",
        "còn 194 ngày, đang làm",
    ]
    assert values[5:13] == [None] * 8
    assert values[13] == office.records()[1].id
    locked = [cell.protection.locked for cell in rows["9@2025"]]
    assert locked == [True] * 5 + [False] * 8 + [True]
    assert sheet.sheet.protection.sheet
    assert sheet.sheet.column_dimensions["N"].hidden


def test_what_units_type_becomes_records(office: Office) -> None:
    sheet = Filled(office, "--unit", "tu-phap")
    assert sheet.sheet["B2"].value == "Bộ phận Tư pháp – Hộ tịch"
    sheet = Filled(office)
    sheet.sheet["B2"] = "Văn phòng"
    sheet.type("4@2025-06", Kết_quả="Đã gửi giấy mời", Số_văn_bản="TB 12/TB-UBND; 3/GM-UBND")
    sheet.type("23@2025-03", Tình_trạng_mới="xong", Ngày=dt.date(2025, 6, 18))
    sheet.type("9@2025", Tình_trạng_mới="đang làm", **{"Đã_làm_(%)": 45})
    sheet.type("2@2025", Tình_trạng_mới="đang làm", Đo_được=98.5)
    done = office.run("record", sheet.save(), "--yes")

    assert (done.returncode, done.stderr) == (0, "")
    assert "Đã ghi 4 cập nhật." in done.stdout
    records = {record.ref: record for record in new_records(office)}
    assert {record.by for record in records.values()} == {"Văn phòng"}
    note, finished = records["4@2025-06"], records["23@2025-03"]
    assert isinstance(note, Note)
    assert note.text == "Đã gửi giấy mời"
    assert note.evidence == (Evidence("TB 12/TB-UBND"), Evidence("3/GM-UBND"))
    assert note.on == dt.date(2025, 6, 20)
    assert isinstance(finished, Done)
    assert finished.on == dt.date(2025, 6, 18)
    # What is under way already is not begun once more.
    assert isinstance(records["9@2025"], Note)
    assert records["9@2025"].percent == 45
    assert isinstance(records["2@2025"], Start)
    assert str(records["2@2025"].value) == "98.5"


def test_a_file_read_twice_records_nothing_twice(office: Office) -> None:
    sheet = Filled(office)
    sheet.type("4@2025-06", Kết_quả="Đã gửi giấy mời")
    sheet.type("23@2025-03", Tình_trạng_mới="xong")
    sheet.type("2@2025", Tình_trạng_mới="đang làm", Kết_quả="Bắt đầu")
    path = sheet.save()
    office.say("record", path, "--yes")
    before = office.journal.read_bytes()

    assert "3 đã ghi từ trước" in office.say("record", path, "--yes")
    assert office.journal.read_bytes() == before


def test_what_is_not_understood_keeps_nothing_else_back(office: Office) -> None:
    sheet = Filled(office)
    sheet.type("4@2025-06", Kết_quả="Đã gửi giấy mời")
    sheet.type("23@2025-03", Tình_trạng_mới="gần xong")
    path = sheet.save()
    done = office.run("record", path, "--yes")

    assert done.returncode == 1
    row = HEADING + 1 + sheet.refs().index("23@2025-03")
    assert f"ô G{row}" in done.stdout
    assert [record.ref for record in new_records(office)] == ["4@2025-06"]

    sheet.type("23@2025-03", Tình_trạng_mới="xong")
    done = office.run("record", sheet.save(), "--yes")
    assert done.returncode == 0
    assert [record.ref for record in new_records(office)] == ["4@2025-06", "23@2025-03"]


def test_what_others_recorded_since_is_shown(office: Office) -> None:
    sheet = Filled(office)
    sheet.type("9@2025", Kết_quả="Đã thu 3 sáng kiến")
    office.say("note", "9@2025", "Đã phát động", "--author", "Trần Văn Bình")
    done = office.run("record", sheet.save())

    shown = " ".join(done.stdout.split())
    assert "đã ghi thêm sau khi lập phiếu: Đã phát động" in shown
    assert "đã ghi thêm" not in office.run("record", Filled(office).save()).stdout


def shuffle(sheet: Any) -> None:
    """Sort the rows the other way round, as a unit does that looks for its own."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADING + 1)]
    for line, values in enumerate(reversed(rows), HEADING + 1):
        for column, value in enumerate(values, 1):
            sheet.cell(line, column).value = value


def delete_others(sheet: Any) -> None:
    for line in range(sheet.max_row, HEADING, -1):
        if sheet.cell(line, 1).value not in ("4@2025-06", "23@2025-03"):
            sheet.delete_rows(line)


def add_row(sheet: Any) -> None:
    line = sheet.max_row + 2
    sheet.cell(line, 1, "5@2025-06")
    sheet.cell(line, 6, "Đã đối thoại")


def hide_columns(sheet: Any) -> None:
    for letter in "BCDE":
        sheet.column_dimensions[letter].hidden = True


def delete_columns(sheet: Any) -> None:
    sheet.delete_cols(14)
    sheet.delete_cols(2, 4)


def retype(sheet: Any) -> None:
    """Let every typed cell be text, as after a paste from elsewhere."""
    for row in sheet.iter_rows(min_row=HEADING + 1, min_col=6, max_col=13):
        for cell in row:
            cell.number_format = "@"
            if isinstance(cell.value, dt.date):
                cell.value = f"{cell.value.day}/{cell.value.month}/{cell.value.year}"
            elif cell.value is not None:
                cell.value = str(cell.value)


ADDED = ["5@2025-06"]


@pytest.mark.parametrize(
    ("change", "added"),
    [
        (shuffle, []),
        (delete_others, []),
        (add_row, ADDED),
        (hide_columns, []),
        (delete_columns, []),
        (retype, []),
    ],
)
def test_a_sheet_changed_by_hand(
    change: Callable[[Any], None], added: list[str], office: Office
) -> None:
    sheet = Filled(office)
    sheet.type("4@2025-06", Kết_quả="Đã gửi giấy mời", **{"Đã_làm_(%)": 50})
    sheet.type("23@2025-03", Tình_trạng_mới="xong", Ngày=dt.date(2025, 6, 18))
    change(sheet.sheet)
    done = office.run("record", sheet.save(), "--yes")

    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    records = {record.ref: record for record in new_records(office)}
    assert set(records) == {"4@2025-06", "23@2025-03", *added}
    assert records["4@2025-06"].percent == 50
    assert records["23@2025-03"].on == dt.date(2025, 6, 18)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "csv", "ods", "xls"])
def test_a_sheet_saved_by_libreoffice(form: str, office: Office, tmp_path: Path) -> None:
    sheet = Filled(office)
    sheet.sheet["B2"] = "Văn phòng"
    sheet.type("4@2025-06", Kết_quả="Đã gửi giấy mời", **{"Đã_làm_(%)": 50})
    sheet.type("23@2025-03", Tình_trạng_mới="xong", Ngày=dt.date(2025, 6, 18), Đo_được=98.5)
    profile = (tmp_path / "profile").as_uri()
    as_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
    subprocess.run(
        [
            *(calc(), f"-env:UserInstallation={profile}", "--headless", "--convert-to"),
            *(as_csv if form == "csv" else form, "--outdir", str(tmp_path), sheet.save()),
        ],
        env=any_letters(),
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    office.say("record", str(tmp_path / f"phieu.{form}"), "--yes")

    records = {record.ref: record for record in new_records(office)}
    assert set(records) == {"4@2025-06", "23@2025-03"}
    assert records["4@2025-06"].percent == 50
    assert records["23@2025-03"].on == dt.date(2025, 6, 18)
    assert str(records["23@2025-03"].value) == "98.5"
    assert {record.by for record in records.values()} == {"Văn phòng"}


def test_each_unit_gets_a_file_with_its_rows(office: Office) -> None:
    printed = office.say("sheet", "--month", "6", "--each-unit")

    names = {line.split()[-1] for line in printed.splitlines()}
    assert {path.name for path in office.root.glob("sheet-*.xlsx")} == names
    book = openpyxl.load_workbook(office.root / "sheet-2025-06-20-mot-cua.xlsx")
    refs = [cell.value for cell in book.active["A"][HEADING:]]
    expected = office.json("due", "--month", "6", "--all", "--unit", "mot-cua")
    due = [item["ref"] for item in expected["items"]]
    assert refs == [*due, *expected["running"], *expected["no_deadline"]]


def test_a_sheet_that_is_there_is_not_replaced(office: Office) -> None:
    office.say("sheet", "-o", "a.xlsx")
    assert "a.xlsx is there already; --force replaces it" in office.refuse("sheet", "-o", "a.xlsx")
    assert "go with neither --unit" in office.refuse("sheet", "--each-unit", "-o", "b.xlsx")


def test_lines_are_read_as_they_are_typed_and_days_said_in_full(office: Office) -> None:
    lines = '4@6: đã gửi giấy mời; 50%\n"đối thoại"@T6: xong; hôm qua\n23@Q2: 98,5%; 5/6\n'
    done = office.run("record", "-", "--yes", stdin=lines.encode())

    assert done.returncode == 0
    assert "thứ Năm 19/06/2025" in done.stdout
    assert "thứ Năm 05/06/2025; số đo 98,5" in done.stdout
    assert [(record.ref, str(record.on)) for record in new_records(office)] == [
        ("4@2025-06", "2025-06-20"),
        ("5@2025-06", "2025-06-19"),
        ("23@2025-Q2", "2025-06-05"),
    ]


def test_a_number_completes_nothing_that_has_not_begun(office: Office) -> None:
    office.say("done", "4@6")
    done = office.run("record", "-", "--yes", stdin=b"4: xong; TB 3/TB-UBND\n")

    assert done.returncode == 1
    assert "nếu đúng là kỳ này thì ghi 4@2025-11" in " ".join(done.stdout.split())
    done = office.run("record", "-", "--yes", stdin=b"4@11: xong; TB 3/TB-UBND\n")
    assert done.returncode == 0
    assert "lưu ý: 4@2025-11 thuộc kỳ" in " ".join(done.stdout.split())
    assert office.last().ref == "4@2025-11"


def test_without_a_terminal_it_shows_and_records_nothing(office: Office) -> None:
    before = office.journal.read_bytes()
    done = office.run("record", "-", stdin="8: đã kiểm tra\n".encode())

    assert done.returncode == 1
    assert "đã kiểm tra" in done.stdout
    assert "--yes" in done.stdout
    assert office.journal.read_bytes() == before


@pytest.mark.parametrize(("typed", "agreed"), [("c", True), ("", False), ("k", False)])
def test_on_a_terminal_it_asks(typed: str, agreed: bool, office: Office) -> None:
    (office.root / "u.txt").write_text("8: đã kiểm tra\n", encoding="utf-8")
    status, shown = on_terminal(office, "record", "u.txt", env={"NO_COLOR": "1"}, typed=typed)

    assert "Ghi 1 cập nhật này? [c/K]" in shown
    assert status == (0 if agreed else 1)
    assert [record.text for record in new_records(office)] == (["đã kiểm tra"] if agreed else [])


def test_twenty_updates_are_one_append_of_twenty_lines(office: Office) -> None:
    """The records follow each other in the journal and in time, in the order of the rows."""
    text = "".join(f"8: việc thứ {number}\n" for number in range(20))
    before = office.journal.read_bytes()
    done = office.run("record", "-", "--yes", stdin=text.encode())

    assert done.returncode == 0
    assert office.journal.read_bytes().startswith(before)
    assert [record.text for record in new_records(office)] == [
        f"việc thứ {number}" for number in range(20)
    ]

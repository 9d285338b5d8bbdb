"""What a line of text and a cell of a sheet say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from parplan.agenda.updates import Rejection, Update
from parplan.importer.budget import Budget
from parplan.importer.grid import Place
from parplan.importer.updates.lines import read_lines
from parplan.importer.updates.read import read_update_file
from parplan.journal.record import Evidence
from parplan.problem import UserError
from parplan.schedule.reference import Ref
from parplan.schedule.typed_day import TypedContext

HERE = TypedContext(2025, date(2025, 6, 20))
TITLES = "Kỳ,Kết quả,Tình trạng,Đã làm (%),Đo được,Ngày,Số văn bản,Nguyên nhân,Đề xuất"


def numbers(*texts: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(number=text) for text in texts)


def from_line(line: str) -> Update | str:
    (row,) = read_lines(line.encode(), HERE, Budget(Path("u.txt")))
    return row.update.text if isinstance(row.update, Rejection) else row.update


def update(ref: str = "4@2025-06", **rest: Any) -> Update:
    return Update(Ref.parse(ref), **rest)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("4@2025-06: đã gửi giấy mời", update(text="đã gửi giấy mời")),
        (
            "4@2025-06: đã gửi giấy mời; 50%; TB 12/TB-UBND",
            update(text="đã gửi giấy mời", percent=50, evidence=numbers("TB 12/TB-UBND")),
        ),
        ("- 8: đã kiểm tra 5 hồ sơ", update("8", text="đã kiểm tra 5 hồ sơ")),
        ("VII.1@2025 : xong", update("VII.1@2025", state="done")),
        ("9: XONG; 19/6", update("9", state="done", on=date(2025, 6, 19))),
        ("9: xong; ngày 19/6/2025", update("9", state="done", on=date(2025, 6, 19))),
        ("9: xong; hôm qua", update("9", state="done", on=date(2025, 6, 19))),
        ("9: xong; thứ hai", update("9", state="done", on=date(2025, 6, 16))),
        # December has not come yet, and last year's is far away.
        ("9: xong; 30/12", "'%(value)s' can be %(either)s"),
        ("9: xong; T6", "'%(value)s' can be %(either)s"),
        # References are read as on the command line, and so are words.
        ("4@6: xong", update(state="done")),
        ("4@T6: xong", update(state="done")),
        ("1@quý II: xong", update("1@2025-Q2", state="done")),
        ("1@6/2025: xong", update("1@2025-06", state="done")),
        ("1@6 tháng: xong", "'%(value)s' can be %(either)s"),
        ("4@lần 1: xong", update("4@lần 1", state="done")),
        ('"giao ban"@6: xong', update("giao ban@2025-06", state="done")),
        ("- giao  ban : xong", update("giao ban", state="done")),
        ("9: tạm dừng; chờ kinh phí", update("9", state="paused", text="chờ kinh phí")),
        (
            "9: Quyết định số 5/QĐ-UBND ngày 3/6/2025; 41-KH/ĐU",
            update("9", evidence=numbers("Quyết định số 5/QĐ-UBND ngày 3/6/2025", "41-KH/ĐU")),
        ),
        # What only looks like a share, a day or a document is text.
        ("9: đạt 98,5%", update("9", text="đạt 98,5%")),
        ("9: 3/5 hồ sơ", update("9", text="3/5 hồ sơ")),
        ("9: 50%; 60%", update("9", percent=50, text="60%")),
        ("9: 98,5%; 45 %", update("9", percent=45, value=Decimal("98.5"))),
        ("9: họp lúc 8:30", update("9", text="họp lúc 8:30")),
        ("9: 150%", "'%(text)s' is no whole number from 0 to 100"),
        ("9:", "the line says nothing"),
        ("9: ; ;", "the line says nothing"),
        ("đã gửi giấy mời", "write the reference and a colon first: 4@6: đã gửi giấy mời"),
    ],
)
def test_a_line(line: str, expected: Update | str) -> None:
    assert from_line(line) == expected


def test_lines_keep_their_numbers() -> None:
    text = "\ufeff# tháng 6\r\n\r\n4@2025-06: a\r\n9: b\r\n"
    rows = read_lines(text.encode(), HERE, Budget(Path("u.txt")))

    assert [(row.place, row.ref) for row in rows] == [
        (Place(line=3), "4@2025-06"),
        (Place(line=4), "9"),
    ]


def test_what_is_no_utf_8_is_refused_with_its_line() -> None:
    with pytest.raises(UserError) as caught:
        read_lines(b"9: a\n8: " + b"\xe9\n", HERE, Budget(Path("u.txt")))
    assert dict(caught.value.values) == {"path": "u.txt", "line": "2"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("4@2025-06,đã gửi,,,,,,,", update(text="đã gửi")),
        ("4@2025-06,,Hoàn thành,,,19/6/2025,,,", update(state="done", on=date(2025, 6, 19))),
        ("4@2025-06,,,45%,,,,,", update(percent=45)),
        ("4@2025-06,,,45,,,,,", update(percent=45)),
        ('4@2025-06,,,,"98,5",,,,', update(value=Decimal("98.5"))),
        ('4@2025-06,,,,"98,5%",,,,', update(value=Decimal("98.5"))),
        ("4@2025-06,,,,,,TB 1/TB-UBND; QĐ 2/QĐ-UBND,,",
         update(evidence=numbers("TB 1/TB-UBND", "QĐ 2/QĐ-UBND"))),
        ("4@2025-06,,,,,,,mưa,thêm kinh phí", update(reason="mưa", proposal="thêm kinh phí")),
        (",đã gửi,,,,,,,", "the row has no reference such as 4@6"),
        ("4@2025-06,,xng,,,,,,", "C2 '%(text)s' is no state"),
        ('4@2025-06,,,"0,5",,,,,', "D2 '%(text)s' is no whole number from 0 to 100"),
        ("4@2025-06,,,101,,,,,", "D2 '%(text)s' is no whole number from 0 to 100"),
        ("4@T6,,,45 %,,hôm qua,,,", update(percent=45, on=date(2025, 6, 19))),
        ("4@6 tháng,,xong,,,,,,", "A2 '%(value)s' can be %(either)s"),
        ("4@2025-06,,,,,T6,,,", "F2 '%(value)s' can be %(either)s"),
        ("4@2025-06,,,,nhiều,,,,", "E2 '%(text)s' is no number"),
        ("4@2025-06,,,,1.250,,,,", "E2 '%(value)s' can be read in two ways"),
        ("4@2025-06,,,,,31/2,,,", "F2 '%(text)s' is no day"),
    ],
)  # fmt: skip
def test_a_row_of_a_table(cells: str, expected: Update | str, tmp_path: Path) -> None:
    path = tmp_path / "u.csv"
    path.write_text(f"{TITLES}\n{cells}\n", encoding="utf-8")
    (row,) = read_update_file(str(path), HERE).rows

    if isinstance(row.update, Update):
        assert row.update == expected
    else:
        column = (
            " ABCDEFGHI"[row.place.column] + str(row.place.line) + " " if row.place.column else ""
        )
        assert column + row.update.text.split(";")[0] == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("06/19/2025", date(2025, 6, 19)),
        ("6/6/2025", date(2025, 6, 6)),
        ("19/6/2025", date(2025, 6, 19)),  # typed by a person into the text
        ("2025-06-05", date(2025, 6, 5)),
        ("5/6/2025", None),
    ],
)
def test_a_program_that_puts_the_month_first(
    typed: str, expected: date | None, tmp_path: Path
) -> None:
    """An American spreadsheet writes 30 June so into CSV; nothing else tells that it did."""
    path = tmp_path / "u.csv"
    rows = f"9@2025,06/30/2025,,\n4@2025-06,06/30/2025,{typed},xong\n"
    path.write_text(f"Kỳ,Hạn cuối,Ngày,Tình trạng mới\n{rows}", encoding="utf-8")
    (row,) = read_update_file(str(path), HERE).rows

    if expected is None:
        assert isinstance(row.update, Rejection)
    else:
        assert isinstance(row.update, Update)
        assert row.update.on == expected


def test_rows_in_which_nothing_was_typed_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "u.csv"
    path.write_text(f"{TITLES}\n4@2025-06,,,,,,,,\n9,,chưa làm,,,,,,\n", encoding="utf-8")

    assert read_update_file(str(path), HERE).rows == []


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "a.csv").write_text("Nội dung,Thời gian\nHọp,Tháng 6\n", encoding="utf-8")
    for name in ("a.pdf", "a.csv", "absent.xlsx"):
        with pytest.raises(UserError):
            read_update_file(str(tmp_path / name), HERE)

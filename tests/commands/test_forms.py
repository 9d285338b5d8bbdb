"""``forms`` and its commands as a clerk meets them."""

from __future__ import annotations

import contextlib
import importlib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from parplan.journal.record import Figure
from parplan.text import width
from parplan.workspace.workspace import workspace_lock
from tests.helpers.office import Office
from tests.helpers.stat_forms import drafted, figures_of

if TYPE_CHECKING:
    from tests.conftest import Golden

FORMS = "plan/2025.forms.yaml"

openpyxl: Any = importlib.import_module("openpyxl")  # it has no types of its own


@pytest.fixture
def bare(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office without statistical forms."""
    return Office(workspace, environment)


@pytest.fixture
def office(bare: Office) -> Office:
    """Return an office with the example for its forms."""
    bare.say("forms", "example")
    return bare


def test_without_forms_the_commands_say_what_to_do(bare: Office) -> None:
    assert f"there is no {FORMS}; 'parplan forms example'" in bare.refuse("forms")


def test_the_example_is_written_once_and_checks_out(bare: Office) -> None:
    assert FORMS in bare.say("forms", "example")
    assert (bare.root / "plan" / "forms.schema.json").is_file()
    assert f"{FORMS}: không có lỗi" in bare.say("check")
    (bare.root / FORMS).write_text("mine", encoding="utf-8")

    assert f"{FORMS} is there already; nothing was written" in bare.refuse("forms", "example")
    assert (bare.root / FORMS).read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("columns", [80, 40])
def test_a_table(columns: int, office: Office, golden: Golden) -> None:
    year = drafted("example_2025", "2025-Q2")
    earlier = {"6/1.2@2025-Q1": "1000", "6/2.2@2025-Q1": "11", "6/2.2@2024-Q2": "9"}
    office.write(*year, *figures_of(earlier, first=500))

    shown = office.say("forms", "--quarter", "2", "--form", "6", env={"COLUMNS": str(columns)})

    golden(f"forms-{columns}.txt", shown)
    assert max(map(width, shown.splitlines())) <= columns


def test_by_default_it_is_the_quarter_of_today(office: Office) -> None:
    assert office.json("forms")["period"] == "2025-Q2"
    assert office.json("forms", "--as-of", "2026-11-29", "--year", "2025")["period"] == "2025-Q4"


@pytest.mark.parametrize("options", [("--week", "3"), ("--within", "5")])
def test_there_are_no_figures_of_a_week(options: tuple[str, ...], office: Office) -> None:
    assert "statistics are of a month" in office.refuse("forms", *options)


def test_a_form_that_is_not_there(office: Office) -> None:
    assert "no form 8; there are: 1, 2, 3, 4, 5, 6, 7" in office.refuse("forms", "--form", "8")


def test_check_says_where_a_figure_stands(office: Office) -> None:
    office.write(*drafted("example_q1_2026", "2025-Q1"))

    done = office.run("check", "--lang", "vi")

    assert done.returncode == 1
    assert [line.partition(": ")[0] for line in done.stderr.splitlines()] == [
        f"plan/2025.journal.yaml:{line}:1" for line in (4, 47, 48)
    ]
    assert "tỷ lệ 22,45 lại đúng khi đổi chỗ" in done.stderr


# One figure.


def test_a_figure_is_recorded_and_the_next_one_replaces_it(office: Office) -> None:
    said = office.say("forms", "set", "3/3.1.1@Q1", "125.712", "--note", "Chốt ngày 14/3")
    assert "số liệu 3/3.1.1@2025-Q1; hiện nay: 125.712; Chốt ngày 14/3" in said
    office.say("forms", "set", "3/3.1.1@Q1", "125.713", "--evidence", "BC 9/BC-UBND")

    first, second = office.records()
    assert isinstance(first, Figure)
    assert (first.row, first.period, first.value) == ("3/3.1.1", "2025-Q1", Decimal(125712))
    assert row_of(office, "3/3.1.1", "--quarter", "1")["value"] == "125713"
    assert "hiện nay: 125.712; Chốt ngày 14/3" in office.say("undo", second.id)
    assert row_of(office, "3/3.1.1", "--quarter", "1")["value"] == "125712"
    assert "hiện nay: chưa có số liệu" in office.say("undo", first.id)
    assert [item["ref"] for item in office.items("log", "3/3.1.1")] == ["3/3.1.1@2025-Q1"] * 4


def row_of(office: Office, row: str, *args: str) -> dict[str, Any]:
    (found,) = [item for item in office.items("forms", *args) if item["row"] == row]
    return found


@pytest.mark.parametrize(
    ("row", "text", "value"),
    [
        ("3/3.1.1@Q2", "1250", "1250"),
        ("3/3.1.1@Q2", "1.250", "1250"),
        ("3/3.1.1@Q2", "04", "4"),
        ("6/1.1@Q2", "13.203.300", "13203300"),
        ("6/1.1@Q2", "9.037,5", "9037.5"),
        ("7/2@6", "98,5%", "98.5"),
        ("5/1.1@H1", "-", None),
        ("1/5.2@2025", "2", "2"),
        ("3/3.1.1@9M", "0", "0"),
    ],
)
def test_a_figure_is_read_as_officials_write_it(
    row: str, text: str, value: str | None, office: Office
) -> None:
    office.say("forms", "set", row, text)

    record = office.last()
    assert isinstance(record, Figure)
    assert (None if record.value is None else str(record.value)) == value


@pytest.mark.parametrize(
    ("row", "text", "complaint"),
    [
        ("3/3.1.1@Q2", "125,712", "can be read in two ways"),
        ("7/2@Q2", "1.250", "can be read in two ways"),
        ("7/2@Q2", "124", "row 7/2 is in %, and 124 is more than 100: is it a count?"),
        ("3/3.1.1@Q2", "nhiều", "'nhiều' is no figure"),
        ("3/3.1.1@Q2", "1e3", "'1e3' is no figure"),
        ("1/5.2@Q2", "3", "row 1/5.2 takes one of 0, 1, 2, not 3"),
        ("6/2@Q2", "1.647", "row 6/2 only heads others"),
        ("6/2@Q2", "-", "row 6/2 only heads others"),
        ("3/3.1.1", "5", "write the period behind the row: 3/3.1.1@Q1"),
        ("3/3.1.1@W23", "5", "write the period behind the row"),
        ("3/3.1.1@2025-06-01", "5", "write the period behind the row"),
        ("3/9@Q2", "5", "the forms have no row 3/9"),
        ("x@Q2", "5", "a row is named by form and number: 3/3.1.1"),
    ],
)
def test_a_figure_that_does_not_fit_is_refused(
    row: str, text: str, complaint: str, office: Office
) -> None:
    assert complaint in office.refuse("forms", "set", row, text)


def test_what_is_computed_is_not_recorded_beside_its_parts(office: Office) -> None:
    office.say("forms", "set", "3/3.1@Q1", "100")  # its parts may never come
    office.say("forms", "set", "3/3.1.1@Q1", "4")
    office.say("forms", "set", "3/3.1.2@Q2", "3")

    done = office.run("forms", "set", "3/3.1.2@Q1", "3", "--lang", "en")

    assert "Row 3/3.1: 100 was recorded, and 3.1.2 / 3.1.1 gives 75.00." in done.stderr
    assert "3.1.2 / 3.1.1 gives 75.00; record those rows" in office.refuse(
        "forms", "set", "3/3.1@Q1", "75"
    )


def test_what_is_doubtful_is_said_at_once(office: Office) -> None:
    office.say("forms", "set", "1/2.1@Q1", "11")

    done = office.run("forms", "set", "1/2.2@Q1", "49")

    assert (done.returncode, done.stderr) == (
        0,
        "Dòng 1/2.2 (49) lớn hơn dòng 2.1 (11) mà nó là một phần.\n",
    )


def test_figures_of_a_year_without_a_plan_stand_beside_this_years(office: Office) -> None:
    office.say("forms", "set", "4/2.1@2024", "12")

    assert row_of(office, "4/2.1", "--year-report")["year_before"] == "12"


def test_last_years_plan_answers_for_last_year(office: Office) -> None:
    """In a workspace of two years, what stands beside comes from the journal of each."""
    office.say("done", "5@2025-06", "--on", "2025-06-10")
    office.say("forms", "set", "3/3.1.1@2025-Q4", "7")
    office.say("new", "2026", "--superior", "UBND thành phố")
    forms = (office.root / FORMS).read_text(encoding="utf-8")
    (office.root / "plan" / "2026.forms.yaml").write_text(forms, encoding="utf-8")

    asked = ("--year", "2026", "--as-of", "2026-04-02", "--quarter", "1")
    assert row_of(office, "3/3.1.1", *asked)["before"] == "7"
    half = ("--year", "2026", "--as-of", "2026-07-02", "--half", "1")
    assert row_of(office, "1/6", *half)["year_before"] == "1"


# Many of them.


class FilledIn:
    """A sheet that was opened in a spreadsheet program."""

    def __init__(self, office: Office, *args: str) -> None:
        self.path = office.root / "so-lieu.xlsx"
        office.say("forms", "sheet", *args, "-o", str(self.path), "--force")
        self.book = openpyxl.load_workbook(self.path)
        self.sheet = self.book.active
        self.rows = {cell.value: cell.row for cell in self.sheet["A"] if cell.value}

    def type(self, ref: str, value: Any, note: str | None = None) -> None:
        """Type a figure and a remark into the row of ``ref``."""
        self.sheet.cell(self.rows[ref], 7, value)
        if note is not None:
            self.sheet.cell(self.rows[ref], 8, note)

    def save(self) -> str:
        """Save the file and return its path."""
        self.book.save(self.path)
        return str(self.path)


def test_the_sheet_is_read_back(office: Office) -> None:
    office.say("forms", "set", "3/1.2@Q2", "109")
    sheet = FilledIn(office, "Q2")
    sheet.type("3/3.1.1@2025-Q2", 125712)
    sheet.type("3/3.1.2@2025-Q2", "120.088", "Chốt ngày 14/6")
    sheet.type("7/2@2025-Q2", 98.5)
    sheet.type("5/1.1@2025-Q2", "-")
    sheet.type("1/2.2@2025-Q2", 3)

    shown = office.say("forms", "record", sheet.save(), "--yes")

    assert "Đã ghi 5 số liệu." in shown
    items = {item["row"]: item for item in office.items("forms")}
    assert [items[row]["value"] for row in ("3/3.1", "7/2", "5/1.1", "1/2.2", "3/1.2")] == [
        *("95.53", "98.5", None, "3", "109")
    ]
    assert items["3/3.1.2"]["note"] == "Chốt ngày 14/6"
    assert "0 cập nhật sẽ ghi" in office.say("forms", "record", FilledIn(office, "Q2").save())


def test_a_sheet_in_which_nothing_is_typed_changes_nothing(office: Office) -> None:
    office.write(*drafted("example_2025", "2025"))
    sheet = FilledIn(office, "2025")
    before = office.journal.read_bytes()

    office.say("forms", "record", sheet.save(), "--yes")

    assert office.journal.read_bytes() == before


def test_a_sheet_keeps_what_adds_up_apart_from_the_period(office: Office) -> None:
    office.write(*figures_of({"5/3@2025-Q1": "2", "5/3@2025-Q2": "3"}))
    sheet = FilledIn(office, "Q2")

    assert sheet.sheet.cell(sheet.rows["5/3@2025-Q2"], 7).value == 3
    assert row_of(office, "5/3", "--quarter", "2")["value"] == "5"


def test_what_was_recorded_meanwhile_is_not_overwritten(office: Office) -> None:
    sheet = FilledIn(office, "Q2")
    office.say("forms", "set", "3/1.2@Q2", "109")
    sheet.type("3/1.2@2025-Q2", 110)
    sheet.type("3/1.3@2025-Q2", 130)

    done = office.run("forms", "record", sheet.save(), "--yes")

    assert done.returncode == 1
    assert "từ khi lập phiếu đã có người ghi 109" in " ".join(done.stdout.split())
    assert [record.ref for record in office.records()] == ["3/1.2@2025-Q2", "3/1.3@2025-Q2"]


def test_what_another_records_at_the_last_moment_counts(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else records between the look at the rows and the lock: nothing is recorded."""
    sheet = FilledIn(office, "Q2")
    sheet.type("3/1.2@2025-Q2", 110)
    sheet.type("3/1.3@2025-Q2", 130)
    others = figures_of({"3/1.2@2025-Q2": "109"})

    def lock(root: Path) -> contextlib.AbstractContextManager[None]:
        office.write(*others)
        return workspace_lock(root)

    monkeypatch.setattr("parplan.workspace.workspace.workspace_lock", lock)

    done = office.run("forms", "record", sheet.save(), "--yes", "--lang", "en")

    assert (done.returncode, "somebody recorded meanwhile" in done.stderr) == (2, True)
    assert office.records() == others


def test_a_row_that_cannot_be_is_named_with_its_place(office: Office) -> None:
    sheet = FilledIn(office, "Q2")
    sheet.type("7/2@2025-Q2", 124)
    sheet.type("3/1.1@2025-Q2", None, "Chưa có")

    done = office.run("forms", "record", sheet.save(), env={"COLUMNS": "200"})

    assert done.returncode == 1
    assert f"ô G{sheet.rows['7/2@2025-Q2']}" in done.stdout
    assert "124 lớn hơn 100" in done.stdout
    assert "hãy điền cả số liệu bên cạnh ghi chú" in done.stdout
    assert not office.journal.exists()


def test_without_yes_nobody_there_records_nothing(office: Office) -> None:
    sheet = FilledIn(office, "Q2")
    sheet.type("3/1.1@2025-Q2", 5)

    done = office.run("forms", "record", sheet.save())

    assert done.returncode == 1
    assert "--yes" in done.stdout
    assert not office.journal.exists()


def test_figures_from_a_table_of_the_clerks_own(office: Office) -> None:
    table = office.root / "so-lieu.csv"
    table.write_text("Dòng và kỳ;Số liệu\n3/1.1@2025-Q2;5\n3/1.2@2025-Q2;1.250\n", encoding="utf-8")

    office.say("forms", "record", str(table), "--yes")

    assert [record.value for record in office.records() if isinstance(record, Figure)] == [5, 1250]


def test_a_file_without_figures_is_refused(office: Office) -> None:
    (office.root / "a.csv").write_text("STT;Nội dung\n1;x\n", encoding="utf-8")

    assert "a.csv holds no table of figures" in office.refuse("forms", "record", "a.csv")


# What is signed.


@pytest.fixture
def reported(office: Office) -> Office:
    """Return an office that recorded the figures of a real draft, of last year's quarter too."""
    earlier = {"3/3.1.1@2024-Q1": "98000", "3/3.1.1@2024-Q4": "101000.5"}
    office.write(*drafted("example_q1_2026", "2025-Q1"), *figures_of(earlier, first=900))
    return office


def test_the_draft(reported: Office, golden: Golden) -> None:
    """As printed, but for the shares, which follow from their parts."""
    done = reported.run("forms", "report", "--quarter", "1", "-o", "-")

    golden("forms-report.md", done.stdout)
    assert "đúng khi đổi chỗ" in done.stderr


def test_the_draft_names_what_is_lacking(office: Office) -> None:
    draft = office.say("forms", "report", "--quarter", "1", "-o", "-")

    places = [line for line in draft.splitlines() if line.startswith("[cần bổ sung: số liệu")]
    assert len(places) == 7
    assert places[2].startswith("[cần bổ sung: số liệu các dòng 1.1, 1.2, 1.3, 1.4.1, 1.4.2")
    assert "VÍ DỤ" in draft


def test_every_form_has_a_page_of_its_own(reported: Office) -> None:
    reported.run("forms", "report", "--quarter", "1")

    document = docx.Document(str(reported.root / "reports" / "forms-2025-Q1.docx"))
    tables = document.tables[-7:]
    assert len(document.sections) == 1 + 7
    assert [len(table.rows) - 1 for table in tables] == [19, 13, 21, 19, 13, 13, 25]
    heading, row = tables[5].rows[4], tables[5].rows[2]
    assert [cell.text for cell in row.cells][:4] == [
        *("1.1", "Kế hoạch được giao", "Triệu đồng", "13.203.300")
    ]
    aligned = [cell.paragraphs[0].alignment for cell in row.cells]
    assert aligned == [ALIGN.CENTER, None, ALIGN.CENTER, ALIGN.RIGHT, None]
    assert len({id(cell._tc) for cell in heading.cells}) == 2


def test_the_workbook(reported: Office) -> None:
    reported.run("forms", "xlsx", "--quarter", "1")

    book = openpyxl.load_workbook(reported.root / "reports" / "forms-2025-Q1.xlsx")
    assert book.sheetnames == [f"Biểu mẫu {number}" for number in range(1, 8)]
    rows = {row[0].value: row for row in book["Biểu mẫu 3"].iter_rows(min_row=6)}
    assert [cell.value for cell in rows["3.1.1"]] == [
        *("3.1.1", "Tổng số hồ sơ TTHC đã giải quyết xong", "Hồ sơ", 125712, 101000.5, 98000, None)
    ]
    assert [cell.number_format for cell in rows["3.1.1"]][3:5] == ["#,##0", "#,##0.0"]
    assert rows["3.1"][3].value == 95.53
    heading = [cell.value for cell in book["Biểu mẫu 3"][6]]
    assert heading[3:6] == ["Số liệu", "Kỳ trước: quý IV/2024", "Cùng kỳ: quý I/2024"]
    assert book["Biểu mẫu 5"]["D7"].value is None
    dashes = [row[3].value for row in book["Biểu mẫu 5"].iter_rows(min_row=8, max_row=10)]
    assert dashes == ["-", "-", "-"]


def test_a_report_has_the_forms_as_its_last_appendices(reported: Office) -> None:
    report = reported.say("report", "--quarter", "1", "-o", "-")
    alone = reported.run("forms", "report", "--quarter", "1", "-o", "-").stdout

    pages = alone[alone.index("# Biểu mẫu 1") :]
    assert report.endswith(pages)
    assert report.count("# Biểu mẫu") == 7
    for words in (("--month", "3"), ("--quarter", "1", "--section", "I")):
        assert "# Biểu mẫu" not in reported.say("report", *words, "-o", "-")


def test_the_forms_of_a_report_take_its_data(office: Office) -> None:
    office.say("done", "13", "--on", "2025-06-18")

    def done(*words: str) -> str:
        report = office.say("report", "--quarter", "2", *words, "-o", "-")
        (row,) = [line for line in report.splitlines() if "Số nhiệm vụ đã hoàn thành |" in line]
        return row

    assert "| Nhiệm vụ | 0 |" in done()  # the plan cuts its data off on the 14th
    assert "| Nhiệm vụ | 1 |" in done("--data-until", "2025-06-18")


def test_the_data_of_the_plan_begin_where_the_report_before_ended(office: Office) -> None:
    """As those of the report that the forms go with; the quarter before ends with its draft."""
    office.say("report", "--quarter", "2", "--format", "md", "--as-of", "2025-06-05")
    later = {"PARPLAN_TODAY": "2025-09-20"}

    office.say("forms", "report", "--quarter", "3", "--format", "md", env=later)

    draft = (office.root / "reports" / "forms-2025-Q3.md").read_text(encoding="utf-8")
    assert '  from: "2025-06-06"\n  until: "2025-09-14"\n' in draft


def test_the_figures_of_the_quarter_before_are_those_of_its_report(office: Office) -> None:
    office.say("report", "--quarter", "2", "--format", "md", "--as-of", "2025-06-05")
    office.say("done", "5@2025-06", "--on", "2025-06-08")
    later = {"PARPLAN_TODAY": "2025-09-20"}

    items = office.json("forms", "--quarter", "3", env=later)["items"]

    (line,) = [item for item in items if item["row"] == "1/6"]
    assert (line["value"], line["before"]) == ("1", "0")

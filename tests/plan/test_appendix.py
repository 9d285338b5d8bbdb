"""The appendix as issued, and as it holds on a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import docx
import pytest

from parplan.plan.appendix import AppendixRow, consolidated_appendix, issued_appendix
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from tests.helpers.office import Office


@pytest.fixture
def amended(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office that replaced task 4, dropped 20 and gave 7 to others on 1 July."""
    office = Office(workspace, environment)
    start = ("--from", "2025-07-01", "--by", "QĐ 15/QĐ-UBND")
    office.say("amend", "task", "4", "--deadline", "Tháng 12/2025", *start)
    office.say("amend", "task", "20", "--drop", *start)
    office.say("amend", "task", "7", "--to", "Một cửa", *start)
    return office


def plan_of(office: Office) -> Plan:
    plan = read_plan("2025.yaml", (office.root / "plan" / "2025.yaml").read_bytes()).value
    assert plan is not None
    return plan


def rows_on(office: Office, day: str) -> dict[str, AppendixRow]:
    sections = consolidated_appendix(plan_of(office), dt.date.fromisoformat(day))
    return {row.task.id: row for section in sections for row in section.rows}


def test_the_issued_appendix_knows_no_amendment(amended: Office) -> None:
    rows = [row for section in issued_appendix(plan_of(amended)) for row in section.rows]

    assert [row.task.id for row in rows] == [str(number) for number in range(1, 36)]
    assert {(row.last_day, row.added, row.handed_over) for row in rows} == {(None, None, None)}
    assert rows[6].task.units == ["Bộ phận Văn hoá thông tin"]


@pytest.mark.parametrize(
    ("day", "ended", "added", "units"),
    [
        pytest.param("2025-06-30", [], [], ["Bộ phận Văn hoá thông tin"], id="the-day-before"),
        pytest.param("2025-07-01", ["4", "20"], ["36"], ["Một cửa"], id="the-first-day"),
        pytest.param("2025-12-31", ["4", "20"], ["36"], ["Một cửa"], id="later"),
    ],
)
def test_the_appendix_of_a_day(
    day: str, ended: list[str], added: list[str], units: list[str], amended: Office
) -> None:
    rows = rows_on(amended, day)

    assert [name for name, row in rows.items() if row.last_day] == ended
    assert [name for name, row in rows.items() if row.added] == added
    assert rows["7"].task.units == units
    assert len(rows) == 35 + len(added)


def test_the_document_is_the_plan_as_issued(amended: Office) -> None:
    amended.say("document", "--format", "md", "-o", "plan.md")
    text = (amended.root / "plan.md").read_text(encoding="utf-8")

    assert "| 36 |" not in text
    assert "~~" not in text
    assert "hợp nhất" not in text


def test_the_consolidated_document_strikes_and_marks(amended: Office) -> None:
    on = ("--as-of", "2025-08-15")
    amended.say("document", "--consolidated", "--format", "md", "-o", "plan.md", *on)
    text = (amended.root / "plan.md").read_text(encoding="utf-8")

    assert "*(Bản hợp nhất các thay đổi đến ngày 15/8/2025, để theo dõi;" in text
    assert "| ~~4~~ | ~~Tổ chức giao ban BCĐ CCHC, Chuyển đổi số, đề án 06~~ |" in text
    assert "*(thôi thực hiện sau ngày 30/6/2025 theo QĐ 15/QĐ-UBND)*" in text
    assert "*(bổ sung từ ngày 01/7/2025, thay nhiệm vụ 4, theo QĐ 15/QĐ-UBND)*" in text
    assert "| Một cửa<br>*(giao từ ngày 01/7/2025 theo QĐ 15/QĐ-UBND)* |" in text


def test_what_ended_is_struck_on_paper(amended: Office) -> None:
    on = ("--as-of", "2025-08-15")
    amended.say("document", "--consolidated", "--format", "docx", "-o", "plan.docx", *on)
    table = docx.Document(str(amended.root / "plan.docx")).tables[-1]

    struck = {
        row.cells[0].text
        for row in table.rows
        if any(run.font.strike for cell in row.cells for run in cell.paragraphs[0].runs)
    }
    assert struck == {"4", "20"}

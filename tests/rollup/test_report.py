"""``rollup report``: every number is the tally's, and what the desk wrote stays."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from parplan.render.places import places_to_fill
from tests.helpers.office import Office, lines, made
from tests.helpers.offices import TODAY, open_office, three_wards
from tests.helpers.running import clean_environment

ROOT = Path(__file__).parents[2]
DRAFT = Path("reports/rollup-2025.md")


@pytest.fixture
def city(tmp_path: Path) -> Office:
    return three_wards(tmp_path)


def drafted(desk: Office, *words: str) -> str:
    return desk.say("rollup", "report", *words, "-o", "-")


def test_it_tells_what_was_counted_by_hand(city: Office) -> None:
    text = drafted(city)

    # a: 3 done, 1 of them late, 1 before its day; b and c: 2 overdue each.
    assert "**07**, trong đó hoàn thành **03** (42,9%), chưa hoàn thành **04** (57,1%)" in text
    assert "- Hoàn thành đúng hạn: 02 (28,6%), trong đó 01 việc xong trước hạn" in text
    assert "- Hoàn thành trễ hạn: 01 (14,3%)." in text
    assert "- Quá hạn chưa hoàn thành: 04 (57,1%)." in text
    assert "01/03 đơn vị hoàn thành toàn bộ số việc đến hạn: UBND a." in text
    assert "02/03 đơn vị có việc quá hạn" in text
    assert "- Báo cáo quý – Báo cáo quý: hạn 09/3/2025, quá hạn 103 ngày (Văn phòng)." in text
    rows = [line for line in text.splitlines() if line.startswith(("| 1", "| 2", "| 3", "| |"))]
    assert rows == [
        "| 1 | UBND a | 3 | 3 | 2 | 1 | 0 | 100,0 |",
        "| 2 | UBND b | 2 | 0 | 0 | 0 | 2 | 0,0 |",
        "| 3 | UBND c | 2 | 0 | 0 | 0 | 2 | 0,0 |",
        "| | **Tổng cộng** | **7** | **3** | **2** | **1** | **4** | **42,9** |",
    ]


@pytest.mark.parametrize("words", [(), ("--quarter", "2"), ("--section", "II")], ids=" ".join)
@pytest.mark.parametrize("day", ["2025-01-02", "2025-06-30", "2025-12-31"])
def test_the_total_is_that_of_rollup(words: tuple[str, ...], day: str, city: Office) -> None:
    total = city.json("rollup", *words, "--as-of", day)["total"]
    reached = total["due"] + total["early"]
    numbers = (reached, *(total[name] for name in ("done", "on_time", "late", "overdue")))

    text = drafted(city, *words, "--as-of", day)

    expected = " | ".join(f"**{number}**" for number in numbers)
    assert f"| | **Tổng cộng** | {expected} |" in text


def test_who_reports_and_who_signs_is_for_the_desk_to_fill(city: Office) -> None:
    places = [place for _line, place in places_to_fill(drafted(city))]

    assert [place[len("[cần bổ sung: ") : -1] for place in places[:6]] == [
        "ký hiệu cơ quan",
        "cơ quan báo cáo",
        "địa danh",
        "cơ quan nhận báo cáo",
        "chức vụ người ký",
        "họ tên người ký",
    ]


def test_what_the_desk_wrote_stays_and_new_data_come_in(city: Office) -> None:
    city.say("rollup", "report")
    path = city.root / DRAFT
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("[cần bổ sung: nguyên nhân các việc quá hạn]", "thiếu người").replace(
            '"[cần bổ sung: cơ quan báo cáo]"', '"UBND thành phố"'
        ),
        encoding="utf-8",
    )
    done = made(7, "done", "1@2025-Q1", on=dt.date(2025, 6, 19))
    with Office(city.root / "b", city.env).journal.open("ab") as journal:
        journal.write(lines(done))

    answer = city.say("rollup", "report")

    text = path.read_text(encoding="utf-8")
    assert "thêm 1 bản ghi" in answer
    assert 'issuer: "UBND thành phố"' in text
    assert "Nguyên nhân: thiếu người." in text
    assert "| **7** | **4** | **2** | **2** | **3** | **57,1** |" in text
    assert path.with_suffix(".docx").exists()


def test_many_tasks_and_offices_are_counted_behind_those_that_are_named(tmp_path: Path) -> None:
    for number in range(23):
        open_office(tmp_path, f"phường {number:02}")
    desk = Office(tmp_path, clean_environment())

    text = drafted(desk, "--as-of", "2025-12-31")

    # Four quarters and task 3 are overdue in each.
    assert text.count("### ") == 20
    assert "việc khác" not in text
    assert "Ngoài ra, 03 đơn vị khác có 15 việc quá hạn (Phụ lục)." in text
    assert "- Và 03 đơn vị khác." in text  # that never recorded anything
    assert text.count("| UBND phường ") == 23


def test_of_much_that_is_overdue_the_oldest_is_named(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    shutil.copy(ROOT / "plan" / "2025.yaml", tmp_path / "plan")
    desk = Office(tmp_path, clean_environment())

    text = drafted(desk, "--month", "6")

    overdue = desk.json("rollup", "due", "--month", "6")["items"]
    named = [line for line in text.splitlines() if ", quá hạn " in line]
    assert len(named) == 5
    assert f"hạn 24/3/2025, quá hạn {-overdue[0]['days_left']} ngày" in named[0]
    assert f"- Và {len(overdue) - 5:02} việc khác." in text


def test_offices_that_are_silent_or_cannot_be_read_are_named(city: Office) -> None:
    (city.root / "quận/c/plan/2025.yaml").write_text("schema: 1\nyear: [", encoding="utf-8")
    with Office(city.root / "a", city.env).journal.open("ab") as journal:
        journal.write(b"- {\n")

    ended = city.run("rollup", "report", "-o", "-", "--as-of", "2025-07-02")

    assert ended.returncode == 1
    assert "01 đơn vị chưa tổng hợp được" in ended.stdout
    assert "- quận/c: tệp plan/2025.yaml, dòng 3: " in ended.stdout
    assert "| 3 | quận/c (chưa tổng hợp được) | | | | | | |" in ended.stdout
    assert "- UBND a: tệp a/plan/2025.journal.yaml, dòng 4: " in ended.stdout
    assert "- UBND b: lần gần nhất ngày 01/6/2025." in ended.stdout
    assert "UBND b: lần gần nhất" not in city.run("rollup", "report", "-o", "-").stdout


def test_a_title_that_differs_by_the_office_alone_is_told(tmp_path: Path) -> None:
    for name, title in (
        ("a", "Cải cách hành chính a năm 2025"),
        ("b", "Cải cách hành chính b năm 2025"),
    ):
        office = open_office(tmp_path, name)
        path = office.root / "plan/2025.yaml"
        text = path.read_text(encoding="utf-8").replace("Cải cách hành chính", title)
        path.write_text(text, encoding="utf-8")
    desk = Office(tmp_path, clean_environment())

    whole_year, quarter = drafted(desk), drafted(desk, "--quarter", "2")

    subject = "Kết quả thực hiện kế hoạch cải cách hành chính năm 2025 của các đơn vị"
    assert f'title: "{subject}"' in whole_year
    assert f'title: "{subject}, quý II/2025"' in quarter


def test_different_plans_are_called_plans(tmp_path: Path) -> None:
    open_office(tmp_path, "a")
    open_office(tmp_path, "b", third="Khác")
    path = tmp_path / "b/plan/2025.yaml"
    text = path.read_text(encoding="utf-8").replace("Cải cách hành chính", "Chuyển đổi số")
    path.write_text(text, encoding="utf-8")

    text = drafted(Office(tmp_path, clean_environment()), "--as-of", TODAY)

    assert 'title: "Kết quả thực hiện kế hoạch của các đơn vị, năm 2025"' in text

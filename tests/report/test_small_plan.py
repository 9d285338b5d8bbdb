"""What is drafted from a plan of a few printed rows, as the one who signs it reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.office import Office

HEADING = "STT,Nội dung nhiệm vụ,Yêu cầu,Thời gian hoàn thành,Bộ phận thực hiện"
ROWS = """\
1,Họp giao ban,Biên bản,Trước ngày 15 hàng tháng,Văn phòng UBND
2,Ban hành kế hoạch,Kế hoạch,Tháng 1,Văn phòng UBND
3,Rà soát thủ tục,Báo cáo,Tháng 8,Văn phòng UBND
4,Kiểm tra,Báo cáo,Quý I,Văn phòng UBND
"""

AMEND = (
    "amend",
    "task",
    "3",
    "--deadline",
    "Tháng 9",
    "--from",
    "1/4/2026",
    "--by",
    "QĐ 1/QĐ-UBND",
)


def planned(folder: Path, environment: dict[str, str], rows: str, heading: str = HEADING) -> Office:
    """Return an office in ``folder`` whose plan of 2026 has ``rows``."""
    office = Office(folder, {**environment, "PARPLAN_TODAY": "2026-01-02"})
    (folder / "k.csv").write_text(f"{heading}\n{rows}", encoding="utf-8")
    office.say("init", "--no-git", "--year", "2026", ".")
    said = office.run("import", "k.csv", "--year", "2026")
    assert said.returncode == 0, said.stderr
    return office


@pytest.fixture
def office(tmp_path: Path, environment: dict[str, str]) -> Office:
    """Return an office with the four tasks of ``ROWS``."""
    return planned(tmp_path, environment, ROWS)


def say(office: Office, as_of: str, *words: str) -> None:
    """Record ``words`` on the day ``as_of``."""
    office.say(*words, "--as-of", as_of)


def draft(office: Office, as_of: str, period: str) -> str:
    """Return the text of the report on ``period`` without its appendix."""
    return whole_draft(office, as_of, period).partition("\n# Phụ lục\n")[0]


def whole_draft(office: Office, as_of: str, period: str) -> str:
    """Return the report on ``period``."""
    ended = office.run("report", period, "--as-of", as_of, "--format", "md", "-o", "-")
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def ahead(text: str) -> str:
    """Return part IV of ``text``."""
    return text.partition("\n## IV. ")[2].partition("\n## V. ")[0]


# What comes next.


def test_after_the_last_day_of_the_year_nothing_of_it_is_left(office: Office) -> None:
    whole = ahead(draft(office, "2026-12-31", "2026"))

    assert "đến hết năm 2026" not in whole
    assert "\nTiếp tục thực hiện:\n\n1\\. Hoàn thành dứt điểm 15 việc" in whole
    assert "Từ sau ngày 30/12/2026 đến hết năm 2026, tiếp tục thực hiện:\n" in ahead(
        draft(office, "2026-12-30", "2026")
    )


# What was late, and why.


def test_the_cause_of_one_delay_is_not_that_of_the_latest(office: Office) -> None:
    say(office, "2026-01-16", "done", "1@1", "--reason", "trùng họp HĐND")
    gap = "Nguyên nhân: Trùng họp HĐND. [cần bổ sung: nguyên nhân chậm 1@2026-12]\n"

    assert gap in draft(office, "2026-12-31", "2026")

    say(office, "2026-12-20", "note", "1@12", "--reason", "thiếu người")

    assert "Nguyên nhân: Trùng họp HĐND. Thiếu người.\n" in draft(office, "2026-12-31", "2026")


def test_what_is_due_on_the_last_day_is_named_with_its_cause(office: Office) -> None:
    say(office, "2026-03-20", "note", "4", "--reason", "Chờ xe.")
    counted = "đến hạn trong ngày chốt số liệu 01: Kiểm tra (nguyên nhân: chờ xe).\n"
    listed = (
        "\n- Đến hạn trong ngày chốt số liệu, đang thực hiện: 01, "
        "gồm: Kiểm tra (nguyên nhân: chờ xe).\n"
    )

    assert counted in draft(office, "2026-03-31", "Q1")
    assert listed in draft(office, "2026-03-31", "3")
    assert "ngày chốt số liệu 01: Ban hành kế hoạch.\n" in draft(office, "2026-01-31", "Q1")


# What is told of no task.


QUIET = "hưa có kết quả mới"


def test_a_task_with_a_new_deadline_is_told_or_silent_once(office: Office) -> None:
    say(office, "2026-04-01", *AMEND)
    silent = draft(office, "2026-06-30", "H1")
    say(office, "2026-04-01", "note", "5", "Đã rà soát 12 thủ tục")
    told = draft(office, "2026-06-30", "H1")

    assert "\nChưa có kết quả mới trong kỳ: Rà soát thủ tục.\n" in silent
    assert "- Rà soát thủ tục: Đã rà soát 12 thủ tục (" in told
    assert QUIET not in told


def test_what_was_told_before_the_new_deadline_is_told(office: Office) -> None:
    say(office, "2026-03-10", "note", "3", "Đã rà soát 12 thủ tục")
    say(office, "2026-04-01", *AMEND)

    assert QUIET not in draft(office, "2026-06-30", "H1")


def test_what_was_finished_before_the_window_does_not_lack_a_result(office: Office) -> None:
    say(office, "2026-01-20", "done", "2")
    say(office, "2026-02-20", "done", "4")

    text = draft(office, "2026-07-20", "Q3")

    assert (
        "\nĐã hoàn thành trước kỳ báo cáo: Ban hành kế hoạch; Kiểm tra. "
        "Chưa có kết quả mới trong kỳ: Rà soát thủ tục.\n" in text
    )
    assert "trước kỳ báo cáo" not in draft(office, "2026-03-20", "Q1")


def test_what_was_cancelled_before_the_window_does_not_lack_a_result(office: Office) -> None:
    say(office, "2026-02-20", "cancel", "3", "--reason", "tỉnh làm chung")
    text = draft(office, "2026-07-20", "Q3")

    assert "\nĐã thôi thực hiện trước kỳ báo cáo: Rà soát thủ tục.\n" in text
    assert QUIET not in text


# What proves it, and on which day it was done.


def test_the_day_is_that_of_the_completion_and_not_of_the_document(office: Office) -> None:
    say(office, "2026-03-12", "done", "4", "--evidence", "BB 15/BB-UBND 10/3/2026")
    say(office, "2026-01-14", "done", "1@1", "--evidence", "TB 2")
    say(office, "2026-01-31", "done", "2")

    text = draft(office, "2026-03-31", "Q1")

    assert "- Kiểm tra: Đã hoàn thành (ngày 12/3/2026; BB 15/BB-UBND 10/3/2026).\n" in text
    assert "; gần nhất ngày 14/01/2026 (TB 2).\n" in text
    assert "- Ban hành kế hoạch: Đã hoàn thành (ngày 31/01/2026).\n" in text


def test_a_note_before_a_completion_without_words_does_not_hide_it(office: Office) -> None:
    say(office, "2026-03-10", "note", "4", "đã trình dự thảo")
    say(office, "2026-03-12", "done", "4", "--evidence", "KH 15/KH-UBND")

    assert (
        "- Kiểm tra: Đã trình dự thảo (ngày 10/3/2026); "
        "đã hoàn thành (ngày 12/3/2026; KH 15/KH-UBND).\n"
    ) in draft(office, "2026-03-31", "Q1")


# Who does it.


def test_brackets_without_a_unit_are_left_out_or_name_the_officer(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    rows = "1,Hội nghị,Biên bản,Tháng 1,,\n2,Kiểm tra,Báo cáo,Tháng 2,,Lê Văn Nam\n"
    office = planned(tmp_path, environment, rows, f"{HEADING},Cán bộ phụ trách")

    month, quarter = draft(office, "2026-03-03", "3"), draft(office, "2026-03-03", "Q1")

    assert "()" not in month + quarter
    assert "- Hội nghị: hạn 31/01/2026, quá hạn 31 ngày. Nguyên nhân" in month
    assert "- Kiểm tra: hạn 28/02/2026, quá hạn 3 ngày (Lê Văn Nam). Nguyên nhân" in month
    assert "- Hội nghị: 01 lần quá hạn" in quarter
    assert "- Kiểm tra (Lê Văn Nam): 01 lần quá hạn" in quarter
    assert "| 28/02/2026 | Kiểm tra | Lê Văn Nam |" in draft(office, "2026-01-31", "1")


# What a task without a date waits for.


@pytest.mark.parametrize(
    ("deadline", "in_report", "in_list", "shown"),
    [
        pytest.param(
            "Theo chỉ đạo của UBND tỉnh",
            "chờ chỉ đạo của UBND tỉnh",
            "chờ UBND tỉnh",
            "Chờ chỉ đạo của: UBND tỉnh\n",
            id="body",
        ),
        pytest.param(
            "30 ngày kể từ ngày HĐND xã quyết nghị",
            "khi HĐND xã quyết nghị",
            "khi HĐND xã quyết nghị",
            "Chờ sự việc: khi HĐND xã quyết nghị\n",
            id="event-with-days",
        ),
        pytest.param("Khi cần", "khi cần", "khi cần", "Chờ sự việc: khi cần\n", id="event"),
        pytest.param(
            "Theo chỉ đạo của UBND tỉnh; khi cần",
            "chờ chỉ đạo của UBND tỉnh; khi cần",
            "chờ UBND tỉnh; khi cần",
            "Chờ chỉ đạo của: UBND tỉnh\n  Chờ sự việc: khi cần\n",
            id="both",
        ),
    ],
)
def test_an_event_is_waited_for_in_other_words_than_a_body(
    deadline: str,
    in_report: str,
    in_list: str,
    shown: str,
    tmp_path: Path,
    environment: dict[str, str],
) -> None:
    office = planned(tmp_path, environment, f'1,Họp,Biên bản,"{deadline}",Văn phòng\n')

    assert f" |  | {in_report} |  |\n" in whole_draft(office, "2026-03-31", "Q1")
    wide = {"COLUMNS": "200"}
    assert f" {in_list}  " in office.say("list", "--as-of", "2026-03-31", env=wide)
    agenda = office.say("due", "--month", "3", "--all", "--as-of", "2026-03-31", env=wide)
    assert f" {in_list}  " in agenda
    assert shown in office.say("show", "1", "--as-of", "2026-03-31")


def test_the_count_of_what_waits_says_that_some_of_it_waits_for_an_event(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    rows = "1,Họp,Biên bản,Khi cần,Văn phòng\n2,Báo cáo,Báo cáo,Theo chỉ đạo của tỉnh,Văn phòng\n"
    office = planned(tmp_path, environment, rows)
    path = office.root / "plan" / "2026.yaml"
    outline = "outline:\n  leading:\n    - {title: Kết quả chung, counts: true}\n"
    path.write_text(path.read_text(encoding="utf-8") + outline, encoding="utf-8")

    text = draft(office, "2026-03-31", "Q1")

    assert ", chờ chỉ đạo của cấp trên hoặc chờ sự việc 02." in text

"""``score`` and ``evidence`` as a clerk meets them: real processes in a workspace."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest

from parplan.text import width
from tests.helpers.office import Office, made, tree

if TYPE_CHECKING:
    from tests.conftest import Golden

INDEX = "plan/2025.index.yaml"
EXAMPLE = "not an official set"


@pytest.fixture
def bare(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office without an index."""
    return Office(workspace, environment)


@pytest.fixture
def office(bare: Office) -> Office:
    """Return an office with the example for its index."""
    bare.say("score", "example")
    return bare


@pytest.fixture
def at_work(office: Office) -> Office:
    """Return an office that has done a part of its work by 20 June."""
    (office.root / "tb12.pdf").write_bytes(b"%PDF")
    office.say("done", "4@2025-06", "--on", "2025-06-10", "--evidence", "TB 12/TB-UBND",
               "--file", "tb12.pdf")  # fmt: skip
    office.say("done", "13", "--on", "2025-06-12", "--evidence", "BC 7/BC-UBND")
    office.say("done", "1@2025-Q2", "--on", "2025-06-09", "--evidence", "BC 9/BC-UBND")
    office.say("note", "17", "--value", "96,5")
    office.say("score", "set", "3.1", "--value", "72,25", "--evidence", "Số liệu tháng 6")
    office.say("score", "set", "5.1", "--grade", "tot")
    office.say("score", "set", "4.1", "--not-applicable", "--why", "Quận chưa chỉ đạo")
    office.say("score", "set", "2.2", "--points", "2,5", "--why", "Mới xong một nửa")
    return office


def test_without_an_index_the_commands_say_what_to_do(bare: Office) -> None:
    for command in ("score", "score risk", "score gaps", "score report", "score set 1.1 --why x"):
        assert "there is no plan/2025.index.yaml; 'parplan score example'" in bare.refuse(
            *command.split()
        )
    assert bare.json("evidence")["items"] == []


def test_the_example_is_written_once_and_checks_out(bare: Office) -> None:
    assert "plan/2025.index.yaml" in bare.say("score", "example")
    assert (bare.root / "plan" / "index.schema.json").is_file()
    assert f"{INDEX}: không có lỗi" in bare.say("check")
    (bare.root / INDEX).write_text("mine", encoding="utf-8")

    assert f"{INDEX} is there already; nothing was written" in bare.refuse("score", "example")
    assert (bare.root / INDEX).read_text(encoding="utf-8") == "mine"


def test_the_example_is_for_the_year_of_the_plan(bare: Office) -> None:
    plan = (bare.root / "plan" / "2025.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("\nyear: 2025\n", "\nyear: 2026\n"),
        ("effective_from: 2025", "effective_from: 2026"),
    ):
        assert plan.count(old) == 1
        plan = plan.replace(old, new)
    (bare.root / "plan" / "2026.yaml").write_text(plan, encoding="utf-8")

    assert "plan/2026.index.yaml" in bare.say("score", "example", "--year", "2026")
    assert "\nyear: 2026\n" in (bare.root / "plan" / "2026.index.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["score", "score-gaps", "score-risk", "evidence"])
@pytest.mark.parametrize("columns", [80, 40])
def test_tables(name: str, columns: int, at_work: Office, golden: Golden) -> None:
    said = at_work.say(*name.split("-"), env={"COLUMNS": str(columns)})

    golden(f"{name}-{columns}.txt", said)
    assert max(map(width, said.splitlines())) <= columns


def test_every_table_says_that_it_is_an_example(at_work: Office) -> None:
    for command in ("score", "score risk", "score gaps"):
        assert EXAMPLE in at_work.say(*command.split(), "--lang", "en")
    assert at_work.json("score")["example"] is True
    assert "VÍ DỤ" in at_work.say("score", "report", "-o", "-")


def test_the_answer_in_json(at_work: Office) -> None:
    """3.1: 72.25/85 x 10 = 8.5; 3.2: 96.5 reaches 95; 5.1: 75 % of 6; 4.1 does not apply."""
    found = at_work.json("score")
    points = {one["criterion"]: one["points"] for one in found["items"]}

    assert {name: points[name] for name in ("1.1.2", "2.1", "2.2", "3.1", "3.2", "4.1", "5.1")} == {
        "1.1.2": "1.00", "2.1": "5.00", "2.2": "2.50", "3.1": "8.50",
        "3.2": "7.00", "4.1": "0.00", "5.1": "4.50",
    }  # fmt: skip
    assert (found["most"], found["survey"], found["not_applicable"]) == ("80.00", "20.00", "5.00")
    status = {one["criterion"]: one["status"] for one in found["items"]}
    assert (status["4.1"], status["8.1"], status["7.1"]) == ("not-applicable", "survey", "waiting")
    fields = [one for one in found["parts"] if one["kind"] == "field"]
    sums = sum(round(float(one["points"]) * 100) for one in fields)
    off = next(one for one in found["parts"] if one["kind"] == "penalty")
    # rescaled: 75 of the 80 points apply
    expected = (sums * 80 * 2 + 75) // (75 * 2) - round(float(off["points"]) * 100)
    assert round(float(found["total"]["now"]) * 100) == expected


def test_csv_and_markdown(at_work: Office) -> None:
    rows = at_work.say("score", "--format", "csv").splitlines()

    assert rows[0].startswith("criterion,part,title,status,points,most,last_year,target,best,worst")
    assert len(rows) == 1 + len(at_work.json("score")["items"])
    assert at_work.say("score", "--format", "md").startswith("| STT | Tiêu chí |")


SET = ("score", "set")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["1.3", "--points", "5", "--why", "x"], "5 is not between 0 and 4", id="high"),
        pytest.param(["1.3", "--points", "-1", "--why", "x"], "-1 is not between 0", id="negative"),
        pytest.param(["1.3", "--points", "1,005", "--why", "x"], "two decimals", id="decimals"),
        pytest.param(["1.3", "--points", "1"], "needs --why", id="unexplained"),
        pytest.param(["1.3", "--points", "1", "--why", "  "], "needs --why", id="blank"),
        pytest.param(["1.3", "--not-applicable"], "needs --why", id="unexplained-exemption"),
        pytest.param(["1.3"], "nothing to record", id="nothing"),
        pytest.param(["8.1", "--points", "9", "--why", "x"], "scored by a survey", id="survey"),
        pytest.param(
            ["1.1", "--why", "x"], "made of others, which are scored: 1.1.1, 1.1.2", id="sum"
        ),
        pytest.param(["1.9", "--why", "x"], "no criterion 1.9", id="unknown"),
        pytest.param(["4.1", "--value", "3"], "4.1 takes no value", id="value"),
        pytest.param(["4.1", "--grade", "Tốt"], "4.1 takes no grade", id="grade"),
        pytest.param(
            ["5.1", "--grade", "A"], "there are: Xuất sắc, Tốt, Hoàn thành", id="no-grade"
        ),
        pytest.param(
            ["3.1", "--value", "3", "--points", "1", "--why", "x"], "give one of", id="two-results"
        ),
        pytest.param(["3.1", "--points", "abc", "--why", "x"], "is no number", id="words"),
        pytest.param(["3.1", "--why", "x", "--on", "2025-06-21"], "in the future", id="tomorrow"),
        pytest.param(["3.1", "--why", "x", "--file", "gone.pdf"], "no file gone.pdf", id="no-file"),
    ],
)
def test_what_cannot_be_set(words: list[str], said: str, office: Office) -> None:
    assert said in " ".join(office.refuse(*SET, *words).split())


def test_a_score_is_one_line_of_the_journal_and_can_be_taken_back(office: Office) -> None:
    said = office.say(*SET, "1.3", "--points", "1,50", "--why", "Có văn bản", "--lang", "en")
    line = office.journal.read_text(encoding="utf-8")

    assert line.count("\n") == 1
    assert '"kind":"score"' in line
    assert '"criterion":"1.3","points":"1.50"' in line
    assert '"task"' not in line
    assert "self-score 1.3; now 1.5 of 4 points" in said
    assert "tự chấm" in office.say("log", "1.3")
    assert "1,5 điểm; lý do: Có văn bản" in " ".join(office.say("log").split())
    assert "now 0 of 4 points" in office.say("undo", "--lang", "en")
    (leaf,) = [one for one in office.json("score")["items"] if one["criterion"] == "1.3"]
    assert (leaf["status"], leaf["points"]) == ("waiting", "0.00")
    assert office.json("check")["items"] == []


def test_a_score_changes_nothing_of_the_tasks(at_work: Office) -> None:
    scores = [record for record in at_work.records() if record.kind == "score"]
    others = [record for record in at_work.records() if record.kind != "score"]
    with_scores = [at_work.say(name, "--format", "json") for name in ("due", "list")]
    draft = at_work.say("report", "--month", "6", "-o", "-")
    at_work.write(*others)

    assert scores
    assert [at_work.say(name, "--format", "json") for name in ("due", "list")] == with_scores
    assert at_work.say("report", "--month", "6", "-o", "-") == draft


def test_recording_goes_on_after_a_score(office: Office) -> None:
    """The kept state of the journal takes a score in without losing its place."""
    for number in range(3):
        office.say("note", "8", f"việc {number}")
        office.say(*SET, "1.3", "--points", str(number), "--why", "x")
    office.say("start", "9")

    assert [record.kind for record in office.records()] == [*["note", "score"] * 3, "start"]
    assert office.item("9@2025")["state"] == "in-progress"


def test_check_names_a_score_that_fits_nothing(office: Office) -> None:
    office.write(made(1, "score", "", criterion="9.9", reason="x"))
    ended = office.run("check", "--lang", "en")

    assert ended.returncode == 1
    assert "plan/2025.journal.yaml:1:1: the index scores no criterion 9.9" in ended.stderr
    assert "9.9" not in office.say("score")


def test_a_broken_index_stops_score_and_no_other_command(office: Office) -> None:
    path = office.root / INDEX
    path.write_text(
        path.read_text(encoding="utf-8").replace("points: 100", "points: x", 1), encoding="utf-8"
    )

    assert f"{INDEX}:24:9: 'x' should be a number [wrong-type]" in office.refuse("score")
    for command in ("due", "list", "log"):
        office.say(command)


def test_gaps_close_with_evidence_or_an_explanation(at_work: Office) -> None:
    def lacking() -> dict[str, list[str]]:
        return {one["criterion"]: one["lacks"] for one in at_work.items("score", "gaps")}

    before = lacking()
    at_work.say(*SET, "1.1.2", "--why", "Lần 2 họp tháng 11")
    at_work.say(*SET, "5.1", "--evidence", "QĐ 5/QĐ-UBND")

    assert before["1.1.2"] == ["evidence", "explanation"]
    assert before["5.1"] == ["evidence", "explanation"]
    assert before["2.2"] == ["evidence"]
    assert lacking() == {name: lacks for name, lacks in before.items() if name != "5.1"} | {
        "1.1.2": ["evidence"]
    }


def test_risk_leaves_out_what_is_done(at_work: Office) -> None:
    tasks = [one["task"] for one in at_work.items("score", "risk")]

    assert "13" not in tasks  # done
    assert "14" not in tasks  # its criterion was set by hand
    assert "11" in tasks


def test_missing_files_and_disagreements(at_work: Office) -> None:
    at_work.say("done", "5@2025-06", "--evidence", "tb 12/tb-ubnd")
    at_work.say("done", "14", "--evidence", "BC 1/BC-UBND", "--file", "tb12.pdf")
    (at_work.root / "tb12.pdf").unlink()

    found = at_work.json("evidence")

    assert [one["file"] for one in found["items"] if one["missing"]] == ["tb12.pdf", "tb12.pdf"]
    assert [(one["kind"], one["variants"]) for one in found["disagreements"]] == [
        ("numbers", ["TB 12/TB-UBND", "BC 1/BC-UBND"]),
        ("spelling", ["TB 12/TB-UBND", "tb 12/tb-ubnd"]),
    ]
    gone = [one["criterion"] for one in at_work.items("score", "gaps") if "file" in one["lacks"]]
    assert gone == ["1.1.2", "2.2"]


def test_the_report_as_markdown(at_work: Office, golden: Golden) -> None:
    at_work.say("score", "report", "--format", "md")

    golden("score-report.md", (at_work.root / "reports/score-2025.md").read_text(encoding="utf-8"))


def test_the_report_as_docx_has_a_row_for_each_line_of_the_index(at_work: Office) -> None:
    said = at_work.say("score", "report")
    document = docx.Document(io.BytesIO((at_work.root / "reports/score-2025.docx").read_bytes()))
    rows = [[cell.text for cell in row.cells] for row in document.tables[-1].rows]
    found = at_work.json("score")

    assert "chỗ cần bổ sung" in said
    assert rows[0][:2] == ["STT", "Lĩnh vực, tiêu chí, tiêu chí thành phần"]
    numbers = [row[0] for row in rows[1:]]
    assert {one["criterion"] for one in found["items"]} < set(numbers)
    by_number = {row[0]: row for row in rows}
    assert by_number["3.1"][2:5] == ["10", "7,06", "8,5"]
    assert by_number["3.1"][5:] == ["Số liệu tháng 6", "Kết quả đo: 72,25."]
    assert by_number["4.1"][6] == "Không áp dụng. Quận chưa chỉ đạo."
    assert by_number["1.1.2"][6].endswith("[cần bổ sung: giải trình 1.1.2]")
    assert rows[-1][4] == found["total"]["now"].rstrip("0").rstrip(".").replace(".", ",")


def test_a_report_that_is_there_stays(at_work: Office) -> None:
    at_work.say("score", "report")
    before = tree(at_work.root / "reports")

    ended = at_work.run("score", "report", "--lang", "en")
    assert ended.returncode == 0
    assert "have not changed" in ended.stdout
    assert tree(at_work.root / "reports") == before


def test_the_workbook_has_numbers_for_points_and_text_for_text(at_work: Office) -> None:
    at_work.say("score", "set", "1.4", "--why", "=1+1")
    at_work.say("score", "xlsx")
    book = openpyxl.load_workbook(at_work.root / "reports/score-2025.xlsx")
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    by_number = {str(row[0]): row for row in rows if row[0] is not None}
    found = at_work.json("score")

    assert any("ví dụ, không phải bộ chính thức" in str(row[0]) for row in rows)
    assert {one["criterion"] for one in found["items"]} < set(by_number)
    assert by_number["3.1"][2:6] == [10, 7.06, 8.5, "Số liệu tháng 6"]
    assert by_number["1.4"][6] == "=1+1."
    assert "[cần giải trình]" in str(by_number["1.1.2"][6])
    assert rows[-1][4] == float(found["total"]["now"])
    assert "there already" in at_work.refuse("score", "xlsx")


def test_commit_names_the_index(at_work: Office) -> None:
    at_work.git("init", "--quiet")
    at_work.begin()
    path = at_work.root / INDEX
    path.write_text(path.read_text(encoding="utf-8") + "\n# xem lại\n", encoding="utf-8")

    assert f"Sửa bộ chỉ số: {INDEX}" in at_work.say("commit")


def test_an_unknown_command_of_score_is_refused(office: Office) -> None:
    assert "No such command 'gap'" in office.refuse("score", "gap")


def test_the_forecast_narrows_until_the_year_ends(at_work: Office) -> None:
    """The best falls and the worst stays, day by day, while nobody does anything."""
    days = [dt.date(2025, 6, 20), dt.date(2025, 9, 30), dt.date(2025, 12, 31), dt.date(2026, 2, 1)]
    totals = [
        at_work.json("score", env={"PARPLAN_TODAY": day.isoformat()})["total"] for day in days
    ]

    assert [float(one["best"]) for one in totals] == sorted(
        (float(one["best"]) for one in totals), reverse=True
    )
    assert len({one["worst"] for one in totals}) == 1


def test_a_task_that_replaces_another_takes_its_place(at_work: Office) -> None:
    """The index names task 4, whose second session is task 36 since 1 July."""
    before = {leaf["criterion"]: leaf for leaf in at_work.json("score")["items"]}
    at_work.say("amend", "task", "4", "--deadline", "Tháng 12/2025", "--from", "2025-07-01")
    at_work.say("amend", "task", "36", "--deadline", "Tháng 10/2025", "--from", "2025-09-01")
    (number,) = [name for name, leaf in before.items() if "4" in leaf["tasks"]]

    def measured(*words: str) -> tuple[str, list[str]]:
        (leaf,) = [
            leaf for leaf in at_work.json("score", *words)["items"] if leaf["criterion"] == number
        ]
        return leaf["measured"], leaf["tasks"]

    assert measured("--as-of", "2025-10-15") == (before[number]["measured"], ["37", "36", "4"])
    at_work.say("done", "37@2025-10", "--as-of", "2025-10-10")
    assert measured("--as-of", "2025-10-15")[0] == "2.00"

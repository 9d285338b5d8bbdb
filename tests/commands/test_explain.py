"""``explain``, and ``check`` comparing a deadline's wording with its schedule."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Golden, Run

MONTHLY = "Trước ngày 25 hàng tháng"


def change(workspace: Path, old: str, new: str) -> None:
    plan = workspace / "plan" / "2025.yaml"
    text = plan.read_text(encoding="utf-8")
    assert old in text
    plan.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def test_explain_prints_the_contract(run: Run) -> None:
    ended = run("explain", "Lần 1: tháng 6 Lần 2 tháng 11", "--year", "2026", "--format", "json")

    found = json.loads(ended.stdout)
    assert ended.returncode == 0
    assert {key: found[key] for key in ("phrase", "kind", "rules", "due", "unread")} == {
        "phrase": "Lần 1: tháng 6 Lần 2 tháng 11",
        "kind": "dated",
        "rules": [{"in": "2026-06", "label": "Lần 1"}, {"in": "2026-11", "label": "Lần 2"}],
        "due": ["2026-06-30", "2026-11-30"],
        "unread": "",
    }


def test_what_is_not_understood_is_a_finding(run: Run) -> None:
    ended = run("explain", "trước", "ngày", "30/02", "--format", "json")

    found = json.loads(ended.stdout)
    assert ended.returncode == 1
    assert (found["kind"], found["rules"], found["due"]) == ("unread", [], [])
    assert found["unread"] == "ngày 30/02"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_screens(language: str, run: Run, golden: Golden) -> None:
    said = [
        run("explain", phrase, "--lang", language, columns=columns).stdout
        for phrase in (MONTHLY, "Khi có yêu cầu", "Hàng quý và khi cần", "trong vòng 24 giờ")
        for columns in (80, 40)
    ]

    golden(f"explain.{language}.txt", "\n".join(said))


def test_the_plan_says_whether_before_includes_the_day(workspace: Path, run: Run) -> None:
    change(workspace, "language: vi\n", "language: vi\nbefore_included: true\n")

    found = json.loads(run("explain", MONTHLY, "--format", "json").stdout)

    assert found["rules"] == [{"every": "month", "by": 25}]


def test_explain_needs_no_workspace(tmp_path_factory: pytest.TempPathFactory, run: Run) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    ended = run("explain", "trong năm", "--as-of", "2031-05-01", "--format", "json", cwd=elsewhere)

    assert (ended.returncode, json.loads(ended.stdout)["due"]) == (0, ["2031-12-31"])


def test_a_folder_that_is_named_must_be_a_workspace(
    tmp_path_factory: pytest.TempPathFactory, run: Run
) -> None:
    ended = run("explain", MONTHLY, "--dir", str(tmp_path_factory.mktemp("elsewhere")))

    assert (ended.returncode, ended.stdout) == (2, "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("- {every: month, before: 25", "- {every: month, by: 25", id="other-day"),
        pytest.param("{in: 2025-08}", "{in: 2025-09}", id="other-month"),
        pytest.param("- {continuous: true}", '- {in: "2025"}', id="dated-for-continuous"),
        pytest.param(
            "- {on_directive: UBND quận}", "- {continuous: true}", id="continuous-for-directed"
        ),
    ],
)
def test_check_names_a_schedule_that_says_something_else(
    workspace: Path, run: Run, old: str, new: str
) -> None:
    change(workspace, old, new)

    ended = run("check")

    assert ended.returncode == 1
    assert ended.stderr.count("[deadline-differs]") == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("deadline_text: Tháng 8/2025", "deadline_text: Dịp hè", id="unread"),
        pytest.param(
            "deadline_text: Hàng quý\n        schedule:\n          - {every: quarter}",
            "deadline_text: Hàng quý\n        schedule: [{in: 2025-Q1}, {in: 2025-Q2}, "
            "{in: 2025-Q3}, {in: 2025-Q4}]",
            id="same-days-written-otherwise",
        ),
    ],
)
def test_check_is_silent_where_it_cannot_compare_or_the_days_agree(
    workspace: Path, run: Run, old: str, new: str
) -> None:
    plan = workspace / "plan" / "2025.yaml"
    text = plan.read_text(encoding="utf-8").replace(
        "        # Cách hiểu: Kế hoạch không ghi ngày, nên hạn là ngày cuối quý.\n", ""
    )
    plan.write_text(text, encoding="utf-8", newline="\n")
    change(workspace, old, new)

    assert "[deadline-differs]" not in run("check").stderr

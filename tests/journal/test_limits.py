"""What a record takes is bounded when it is written, and read whatever its length."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from parplan.journal.file import read_journal
from parplan.journal.limits import MOST_LETTERS, require_short_texts
from parplan.journal.record import Evidence
from parplan.problem import UserError
from tests.helpers.absurd import findings, office_with
from tests.helpers.office import lines, made

LONGEST = "ệ" * MOST_LETTERS
APART = unicodedata.normalize("NFD", "Đã gửi giấy mời, việc gấp")


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"text": LONGEST}, id="longest"),
        pytest.param({"text": APART}, id="apart"),
        pytest.param({"text": "e" + "\u0301" * 4}, id="four-marks"),
        pytest.param({"reason": "\u0301" * 4 + "e"}, id="marks-on-nothing"),
    ],
)
def test_what_people_write_is_taken(values: dict[str, Any]) -> None:
    record = made(**values)

    require_short_texts(record)
    assert read_journal("x", lines(record)).records == [record]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        pytest.param({"text": LONGEST + "x"}, "has %(count)s letters", id="one-too-many"),
        pytest.param({"proposal": "x" * 400_000}, "has %(count)s letters", id="far-too-many"),
        pytest.param({"reason": "e" + "\u0301" * 5}, "marks on it", id="five-marks"),
        pytest.param(
            {"evidence": (Evidence(number="a" + "\u20dd" * 5),)}, "marks on it", id="evidence"
        ),
    ],
)
def test_more_is_refused(values: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError, match=re.escape(words)):
        require_short_texts(made(**values))


def test_a_refused_note_leaves_the_journal_and_an_older_one_is_read(tmp_path: Path) -> None:
    office = office_with(tmp_path, {"text": "a" + "\u0301" * 9000})

    said = office.refuse("note", "4@2025-06", "x" * 5001)

    assert said == (
        "parplan: 'text' has 5001 letters; a record takes 5000: name a file with --file\n"
    )
    assert findings(office) == []
    assert len(office.json("log")["items"]) == 2

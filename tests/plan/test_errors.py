"""Every problem code has a bad file, and the whole complaint about it beside it.

``errors/CODE.yaml`` is a short plan with one mistake; ``errors/CODE.journal.yaml`` is a
journal to the plan of 2025 with one, ``errors/CODE.index.yaml`` an index,
``errors/CODE.forms.yaml`` statistical forms, ``errors/CODE.journal-MAY2.yaml`` a copy of a journal
that OneDrive left; ``errors/CODE.txt`` is what ``check`` prints.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from parplan.problem import CODES

if TYPE_CHECKING:
    from tests.conftest import Golden, Run

ERRORS = Path(__file__).parents[1] / "errors"
LINE = re.compile(
    r"plan/2025(?:\.journal|\.index|\.forms)?(?:-MAY2)?\.yaml"
    r":[1-9][0-9]*:[1-9][0-9]*: .+ \[([a-z0-9-]+)\]"
)


def bad_file(code: str) -> Path:
    """Return the bad file of ``code``: a plan, a journal, an index or forms."""
    (file,) = ERRORS.glob(f"{code}.*yaml")
    return file


@pytest.mark.parametrize("code", CODES)
def test_check_complains(code: str, workspace: Path, run: Run, golden: Golden) -> None:
    bad = bad_file(code)
    shutil.copy(bad, workspace / "plan" / bad.name.replace(code, "2025", 1))

    ended = run("check", "--lang", "en")

    golden(ERRORS / f"{code}.txt", ended.stderr)
    assert ended.returncode == 1
    complaints = [LINE.fullmatch(line) for line in ended.stderr.splitlines()]
    assert complaints
    assert {match and match[1] for match in complaints} == {code}


def test_every_code_has_its_pair_and_every_pair_its_code() -> None:
    bad = {path.name.partition(".")[0] for path in ERRORS.glob("*.yaml")}
    texts = {path.stem for path in ERRORS.glob("*.txt")}

    assert bad == texts == set(CODES)
    assert len(list(ERRORS.iterdir())) == 2 * len(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_a_name_with_an_explanation(code: str) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", code)
    assert CODES[code].endswith(".")


@pytest.mark.parametrize("of_plan", ["NFC", "NFD"])
def test_a_unit_with_its_accents_apart_is_told_from_one_mistyped(
    of_plan: Literal["NFC", "NFD"], workspace: Path, run: Run
) -> None:
    """The two names look the same, so no other word for it would help."""
    path = workspace / "plan" / "2025.yaml"
    text = path.read_text(encoding="utf-8")
    name = "units: [Văn phòng UBND]"
    head, tail = text.split(name, 1)
    name = unicodedata.normalize("NFD" if of_plan == "NFC" else "NFC", name)
    path.write_text(unicodedata.normalize(of_plan, head) + name + tail, encoding="utf-8")

    complaint = run("check", "--lang", "en").stderr.splitlines()[0]

    assert "the accents are coded otherwise; type it anew [unknown-unit]" in complaint

"""How the program ends where it cannot even begin."""

from __future__ import annotations

from pathlib import Path

import pytest

from parplan import i18n
from tests.conftest import Run


def test_a_checkout_without_compiled_texts_says_what_to_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path / "nowhere")

    ended = run("due", "--month", "6")

    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "parplan: the Vietnamese texts are not compiled; 'pip install .' makes them\n"
    )

"""Both languages are complete: every text of ours has a translation with the same gaps."""

from __future__ import annotations

import gettext
import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
CATALOGUES = sorted((ROOT / "parplan" / "locale").rglob("*.po"))
GAP = re.compile(r"%\((\w+)\)s|\{(\w+)(?:![rs])?\}")


def tool() -> ModuleType:
    """Return the program that collects the texts."""
    sys.path.insert(0, str(ROOT / ".ci"))  # it imports its neighbour
    spec = importlib.util.spec_from_file_location("messages", ROOT / ".ci" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def ours(message: Message) -> bool:
    """Whether the text is parplan's own; Click says things that we never show."""
    return any(place.startswith(("parplan/", "templates/")) for place, _line in message.locations)


def forms(texts: object) -> list[str]:
    return [texts] if isinstance(texts, str) else [str(one) for one in texts or ()]  # type: ignore[attr-defined]


def gaps(text: str) -> set[str]:
    return {one or other for one, other in GAP.findall(text)}


def test_there_is_a_vietnamese_catalogue() -> None:
    assert [path.parent.parent.name for path in CATALOGUES] == ["vi"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_every_text_of_ours_is_there_and_translated(path: Path) -> None:
    wanted = {str(one.id) for one in tool().collect() if one.id and ours(one)}
    catalogue = {str(one.id): one for one in read(path) if one.id}

    assert sorted(wanted - catalogue.keys()) == []
    assert [name for name in sorted(wanted) if not all(forms(catalogue[name].string))] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_nothing_is_obsolete(path: Path) -> None:
    known = {str(one.id) for one in tool().collect()}

    assert [one.id for one in read(path) if one.id and ours(one) and str(one.id) not in known] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_translation_fills_no_gap_that_there_is_not(path: Path) -> None:
    """A translation may leave a gap out (one form for all numbers), and add none."""
    roman = {"roman"}  # given beside 'number' for the quarter in Vietnamese

    assert [
        one.id
        for one in read(path)
        if one.id
        and any(
            gaps(said) - set().union(*map(gaps, forms(one.id))) - roman
            for said in forms(one.string)
        )
    ] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_the_compiled_catalogue_says_what_the_source_says(path: Path) -> None:
    """Compared by texts: the bytes are those of whichever Babel compiled it."""
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    for message in read(path):
        if message.id and any(forms(message.string)):
            first, last = forms(message.id)[0], forms(message.id)[-1]  # singular and plural
            says = compiled.gettext(first) if first == last else compiled.ngettext(first, last, 1)
            assert says == forms(message.string)[0]


def test_no_compiled_catalogue_is_committed() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "*.mo"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert listed.stdout == ""

"""What is handed to others: wheel, sdist, the page of a package index, the hook of pre-commit.

Built by hatchling, which asks no network; ``.ci/run`` installs the wheel besides.
"""

from __future__ import annotations

import email.message
import email.policy
import re
import subprocess
import sys
import tarfile
import zipfile
from email.parser import BytesParser
from pathlib import Path

import pytest
import yaml

from parplan import __version__
from tests.helpers.doc_pages import LINK, Typed, leads_somewhere, needs_git, parse, words_of
from tests.helpers.running import PATIENCE, ROOT

slow = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a wheel and an sdist of what stands here."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> zipfile.ZipFile:
    (path,) = built.glob("*.whl")
    return zipfile.ZipFile(path)


@pytest.fixture
def metadata(wheel: zipfile.ZipFile) -> email.message.EmailMessage:
    data = wheel.read(f"parplan-{__version__}.dist-info/METADATA")
    return BytesParser(policy=email.policy.default).parsebytes(data)


@slow
@needs_git
def test_the_sdist_holds_every_file_of_the_repository(built: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
    )
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert set(tracked.stdout.split("\0")) - {""} - names == set()


@slow
def test_the_wheel_holds_the_guide_with_all_that_it_links_to(
    wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    wheel.extractall(tmp_path)
    share = tmp_path / f"parplan-{__version__}.data" / "data" / "share"

    pages = sorted((share / "doc" / "parplan").glob("*.md"))

    assert "huong-dan.md" in {page.name for page in pages}
    assert (share / "man" / "man1" / "parplan.1").is_file()
    assert (share / "man" / "vi" / "man1" / "parplan.1").is_file()
    for page in pages:
        targets = LINK.findall(re.sub(r"`[^`]*`", "", page.read_text(encoding="utf-8")))
        files = [target for target in targets if not target.startswith("https://")]
        assert [target for target in files if not leads_somewhere(page, target)] == []


@slow
def test_the_wheel_says_that_it_has_types_and_a_licence(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()

    assert "parplan/py.typed" in names
    assert f"parplan-{__version__}.dist-info/licenses/LICENSE" in names


@slow
def test_the_page_of_an_index_is_the_readme_without_links_to_files(
    metadata: email.message.EmailMessage,
) -> None:
    page = metadata.get_payload()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert metadata["Description-Content-Type"] == "text/markdown"
    assert isinstance(page, str)
    assert page.startswith("# parplan\n")
    assert [target for target in LINK.findall(page) if not target.startswith("https://")] == []
    assert "`docs/huong-dan.md`" in page
    assert len(page.splitlines()) == len(readme.splitlines())


@slow
def test_the_metadata_name_author_keywords_and_no_place_that_is_not_there(
    metadata: email.message.EmailMessage,
) -> None:
    assert metadata["Author"] in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "UBND" in metadata["Keywords"].split(",")
    assert "Typing :: Typed" in metadata.get_all("Classifier", [])
    assert metadata.get_all("Project-URL") is None


def test_the_hook_for_other_repositories_checks_what_a_workspace_holds() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    parse(Typed("hook", words_of(hook["entry"].removeprefix("parplan ")), whole=True))
    assert (hook["language"], hook["pass_filenames"]) == ("python", False)
    files = ("plan/2025.yaml", "plan/2025.journal.yaml", "plan/2025.index.yaml")
    others = (
        "plan/plan.schema.json",
        "plan/2025.yaml.bak",
        "reports/2025-06.md",
        "x/plan/2025.yaml",
    )
    assert [name for name in (*files, *others) if re.search(hook["files"], name)] == list(files)

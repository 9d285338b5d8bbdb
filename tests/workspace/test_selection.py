"""A commit takes what is the workspace's, and says what of it is left out; so does ``doctor``."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import pytest

from parplan.journal.record import Evidence
from parplan.workspace import files
from tests.helpers.office import JOURNAL, Office, made

ENGLISH = {"PARPLAN_LANG": "en"}
LITTER = (
    *("~$bao cao.docx", ".~lock.bao cao.odt#", "Thumbs.db", "desktop.ini", ".DS_Store"),
    *(".2025-06.md.swp", "2025-06.md~"),
)


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office whose workspace is a repository, with settings of git's user."""
    office = Office(workspace, environment)
    settings = workspace.parent / f"{workspace.name}-settings"
    settings.write_text("[core]\n\tfsync = none\n")
    office.env["GIT_CONFIG_GLOBAL"] = str(settings)
    office.begin()
    (office.root / "reports").mkdir()
    return office


def committed(office: Office) -> list[str]:
    """Return the files of the last commit."""
    output = office.git("show", "--name-only", "--format=", "-z", "HEAD")
    return sorted(output.strip("\0").split("\0"))


def cite(office: Office, file: str) -> None:
    (office.root / file).write_text("x", encoding="utf-8")
    office.write(made(1, ref="8", evidence=(Evidence(file=file),)))


def test_what_other_programs_leave_stays_out(office: Office) -> None:
    for name in (*LITTER, "2025-06.md"):
        (office.root / "reports" / name).write_text("x", encoding="utf-8")

    office.say("commit")

    assert committed(office) == ["reports/2025-06.md"]
    assert office.say("commit", env=ENGLISH) == "Nothing to commit.\n"


def test_what_other_programs_left_in_git_goes_from_it(office: Office) -> None:
    path = office.root / "reports" / "Thumbs.db"
    path.write_text("x", encoding="utf-8")
    office.git("add", "--all")
    office.git("commit", "--quiet", "--message", "x")
    path.write_text("y", encoding="utf-8")
    assert office.say("commit", env=ENGLISH) == "Nothing to commit.\n"

    path.unlink()
    office.say("commit")

    assert committed(office) == ["reports/Thumbs.db"]


def test_evidence_is_taken_whatever_its_name(office: Office) -> None:
    cite(office, "reports/bản cũ~")

    office.say("commit")

    assert committed(office) == [JOURNAL, "reports/bản cũ~"]


def test_a_file_that_is_held_stops_nothing_else(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows refuses to open what another program has for itself."""
    (office.root / "reports" / "2025-06.docx").write_bytes(b"x")
    office.say("note", "8", "x")
    real = files.opened

    def opened(path: Path) -> BinaryIO:
        if path.name == "2025-06.docx":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(files, "opened", opened)

    done = office.run("commit", env=ENGLISH)

    assert (done.returncode, committed(office)) == (0, [JOURNAL])
    assert done.stderr == (
        "not committed, since another program holds it or it cannot be read: reports/2025-06.docx\n"
    )
    monkeypatch.undo()
    office.say("commit")
    assert committed(office) == ["reports/2025-06.docx"]


@pytest.mark.parametrize("place", ["global", "exclude"])
def test_evidence_that_only_this_user_ignores_is_taken(place: str, office: Office) -> None:
    rules = office.root / ".git" / "info" / "exclude"
    if place == "global":
        rules = office.root.parent / f"{office.root.name}-ignore"
        office.git("config", "--global", "core.excludesFile", str(rules))
    rules.parent.mkdir(exist_ok=True)
    rules.write_text("*.pdf\n")
    cite(office, "BC 45.pdf")
    (office.root / "reports" / "khác.pdf").write_bytes(b"%PDF")
    assert "'parplan commit' takes it" in office.run("doctor", env=ENGLISH).stdout

    office.say("commit")

    assert committed(office) == ["BC 45.pdf", JOURNAL]
    assert "evidence" not in office.run("doctor", env=ENGLISH).stdout


def test_evidence_that_the_office_ignores_is_told_by_both(office: Office) -> None:
    with (office.root / ".gitignore").open("a") as file:
        file.write("*.mp4\n")
    cite(office, "họp.mp4")
    sentence = "evidence that .gitignore here leaves out of git"

    done = office.run("commit", env=ENGLISH)

    assert (done.returncode, committed(office)) == (0, [".gitignore", JOURNAL])
    assert done.stderr.startswith(f"họp.mp4: {sentence}")
    assert f"họp.mp4:1:1: remark: {sentence}" in " ".join(
        office.run("doctor", env=ENGLISH).stdout.split()
    )


OUTPUT = {
    "log.showSignature": "true", "log.date": "relative", "log.decorate": "full",
    "log.abbrevCommit": "false", "log.showRoot": "true", "log.mailmap": "false",
    "log.diffMerges": "on", "log.follow": "true", "format.pretty": "fuller",
    "color.ui": "always", "color.diff": "always", "color.pager": "true", "core.quotePath": "true",
    "core.pager": "cat", "pager.log": "true", "i18n.logOutputEncoding": "UTF-16",
    "notes.displayRef": "refs/notes/*", "diff.renames": "copies", "diff.noprefix": "true",
    "diff.external": "false", "diff.wordRegex": ".", "diff.submodule": "log",
    "diff.relative": "true", "diff.orderFile": "/nowhere", "diff.mnemonicPrefix": "true",
    "status.showUntrackedFiles": "no", "status.relativePaths": "false", "status.short": "true",
    "status.branch": "true", "core.commentChar": ";", "column.ui": "always",
    "log.excludeDecoration": "x", "diff.ignoreSubmodules": "none", "core.abbrev": "40",
}  # fmt: skip
"""What changes the output of git for the eye."""


@pytest.mark.parametrize("scope", ["--local", "--global"])
def test_no_setting_of_output_changes_an_answer(scope: str, office: Office) -> None:
    sign = office.root.parent / f"{office.root.name}-sign"
    sign.write_text(
        "#!/bin/sh\ncat > /dev/null\nprintf '\\n[GNUPG:] SIG_CREATED \\n' >&2\necho x\n"
    )
    sign.chmod(0o755)
    office.edit_plan("issuer: UBND phường Phú La\n", "issuer: UBND A\n")
    office.git("-c", f"gpg.program={sign}", "commit", "--quiet", "-S", "-am", "Ký số")
    office.git("notes", "add", "-m", "ghi chú")
    office.say("note", "8", "x")
    commands = (["log", "--revisions"], ["diff"], ["diff", "HEAD~1"])
    before = [office.items(*words) for words in commands]

    for key, value in OUTPUT.items():
        office.git("config", scope, key, value)
    after = [office.items(*words) for words in commands]
    office.say("commit")

    for rows in (before[0], after[0]):
        for row in rows:
            row["revision"] = row["revision"][:7]
    assert after == before
    assert [row["subject"] for row in after[0]] == ["Ký số", "begin"]
    office.git("diff-index", "--quiet", "HEAD")  # all is committed

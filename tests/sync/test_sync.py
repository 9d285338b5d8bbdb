"""Desks that exchange by a shared repository have the same in the end, whatever comes between."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from parplan.i18n import fill
from parplan.workspace import git_process, git_remote
from tests.helpers.desks import ENGLISH, begin, join
from tests.helpers.office import JOURNAL, Office, lines, made

SAFE = "what is recorded is safe in git here"


@pytest.fixture
def office(
    workspace: Path, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Office:
    """Return the first desk, which has sent all that it has."""
    return begin(workspace, environment, tmp_path_factory.mktemp("desks"))[0]


@pytest.fixture
def shared(office: Office) -> Path:
    """Return the repository that the desks share."""
    return Path(office.git("remote", "get-url", "origin").strip())


@pytest.fixture
def colleague(office: Office, shared: Path) -> Office:
    """Return a second desk."""
    return join(office, shared, "bàn hai")


def texts(desk: Office) -> list[str]:
    return sorted(record.text for record in desk.records())


def refused(desk: Office) -> str:
    """Return why ``sync`` went no further; what was noted is in the last commit all the same."""
    done = desk.run("sync", env=ENGLISH)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert desk.git("status", "--porcelain") == ""
    return done.stderr


def test_what_both_recorded_is_at_both(office: Office, colleague: Office) -> None:
    for number in range(3):
        office.say("note", "8", f"ở đây {number}")
    colleague.say("note", "9", "ở kia")

    assert colleague.say("sync", env=ENGLISH) == "received: nothing; sent: 1 record\n"
    assert office.say("sync", env=ENGLISH) == "received: 1 record; sent: 3 records\n"
    assert colleague.say("dongbo") == "nhận: 3 bản ghi; gửi: không có gì\n"
    assert colleague.say("sync", env=ENGLISH) == "received: nothing; sent: nothing\n"

    assert texts(office) == ["ở kia", "ở đây 0", "ở đây 1", "ở đây 2"]
    assert colleague.journal.read_bytes() == office.journal.read_bytes()
    for desk in (office, colleague):
        assert desk.git("status", "--porcelain", "--branch").count("\n") == 1


def test_other_files_are_merged_by_whole_files(office: Office, colleague: Office) -> None:
    for desk, name in ((office, "a"), (colleague, "b")):
        (desk.root / "reports").mkdir()
        (desk.root / "reports" / f"{name}.md").write_text(f"{name}\n")
    (office.root / ".gitignore").write_text(".parplan/\n*.tmp\n")
    office.say("sync")

    assert colleague.say("sync", env=ENGLISH) == "received: 2 other files; sent: 1 other file\n"
    office.say("sync")
    office.root.joinpath("reports", "b.md").unlink()
    office.say("sync")
    colleague.say("sync")

    assert {path.name for path in (colleague.root / "reports").iterdir()} == {"a.md"}
    assert (colleague.root / ".gitignore").read_text() == ".parplan/\n*.tmp\n"


def test_somebody_who_is_faster_is_taken_in_first(
    office: Office, colleague: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    push, races = git_remote.push, iter(range(3))

    def slow(*arguments: object) -> str:
        if next(races, None) is not None:
            monkeypatch.setattr(git_remote, "push", push)
            colleague.say("note", "9", "nhanh hơn")
            colleague.say("sync")
            monkeypatch.setattr(git_remote, "push", slow)
        return push(*arguments)  # type: ignore[arg-type]

    office.say("note", "8", "chậm")
    monkeypatch.setattr(git_remote, "push", slow)

    assert office.say("sync", env=ENGLISH) == "received: 3 records; sent: 1 record\n"
    assert texts(office) == ["chậm", "nhanh hơn", "nhanh hơn", "nhanh hơn"]


def test_a_git_that_was_killed_while_it_merged_stands_in_nobodys_way(
    office: Office, colleague: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.say("note", "8", "ở đây")
    colleague.say("note", "9", "ở kia")
    colleague.say("sync")
    real = git_process.run
    earlier = office.root / ".git" / "parplan-index.lock"
    earlier.touch()

    def run(
        folder: Path, words: list[str], *rest: Any, index: str = "", **options: Any
    ) -> subprocess.CompletedProcess[bytes]:
        if not index:
            return real(folder, words, *rest, **options)
        Path(f"{index}.lock").touch()
        return subprocess.CompletedProcess(words, -9, b"", b"")

    with monkeypatch.context() as patch:
        patch.setattr(git_process, "run", run)
        assert "git broke off" in refused(office)

    assert [*(office.root / ".git").glob("*.lock")] == [earlier]
    assert office.say("sync", env=ENGLISH) == "received: 1 record; sent: 1 record\n"


def test_what_a_server_lost_in_its_own_merge_comes_back(office: Office, colleague: Office) -> None:
    office.write(made(1), made(2))
    office.say("sync")
    colleague.git("pull", "--quiet")
    colleague.journal.write_bytes(lines(made(2), made(3)))
    colleague.git("commit", "--quiet", "--all", "--message", "merge of a server")
    colleague.git("push", "--quiet")

    assert office.say("sync", env=ENGLISH) == "received: 1 record; sent: 1 record\n"
    assert office.records() == [made(1), made(2), made(3)]
    colleague.say("sync")
    assert colleague.records() == office.records()


def test_markers_that_a_server_left_in_a_journal_go(office: Office, colleague: Office) -> None:
    office.write(made(1))
    office.say("sync")
    colleague.git("pull", "--quiet")
    marked = b"<<<<<<< main\n%s=======\n%s>>>>>>> x\n" % (lines(made(2)), lines(made(3)))
    colleague.journal.write_bytes(lines(made(1)) + marked)
    colleague.git("commit", "--quiet", "--all", "--message", "x")
    colleague.git("push", "--quiet")

    office.say("sync")

    assert office.journal.read_bytes() == lines(made(1), made(2), made(3))


def test_a_plan_that_cannot_be_read_does_not_come_in(office: Office, colleague: Office) -> None:
    colleague.edit_plan("schema: 1\n", "<<<<<<< a\nschema: 1\n=======\nschema: 1\n>>>>>>> b\n")
    colleague.git("commit", "--quiet", "--all", "--message", "x")
    colleague.git("push", "--quiet")
    office.say("note", "8", "x")

    assert (
        "the plan that was sent cannot be read, so that nothing was taken in: plan/2025.yaml:"
        in (refused(office))
    )
    office.say("check")


def test_a_plan_that_was_deleted_elsewhere_is_asked(office: Office, colleague: Office) -> None:
    """Without it no command would run here, not even the one that could take it back."""
    colleague.git("rm", "-q", "plan/2025.yaml")
    colleague.git("commit", "-qm", "x")
    colleague.git("push", "-q")
    plan = (office.root / "plan/2025.yaml").read_bytes()

    assert "plan/2025.yaml\n  here: the file as it is here\n  there: it is gone\n" in refused(
        office
    )
    assert (office.root / "plan/2025.yaml").read_bytes() == plan
    office.say("sync", "--take", "here")
    colleague.git("pull", "-q")
    assert (colleague.root / "plan/2025.yaml").read_bytes() == plan


def test_a_file_that_is_a_folder_elsewhere_is_told_before_anything_is_written(
    office: Office, colleague: Office
) -> None:
    (colleague.root / "plan/a.txt").write_text("a", encoding="utf-8")
    (colleague.root / "reports/giao ban").mkdir(parents=True)
    (colleague.root / "reports/giao ban/1.md").write_text("1", encoding="utf-8")
    colleague.git("add", "-A")
    colleague.git("commit", "-qm", "x")
    colleague.git("push", "-q")
    (office.root / "reports").mkdir()
    (office.root / "reports/giao ban").write_text("2", encoding="utf-8")

    assert "reports/giao ban is a file on one side and a folder on the other" in refused(office)

    assert not (office.root / "plan/a.txt").exists()
    (office.root / "reports/giao ban").rename(office.root / "reports/giao ban.md")
    office.say("sync")
    assert (office.root / "reports/giao ban/1.md").exists()
    assert (office.root / "reports/giao ban.md").exists()


def test_another_repository_in_it_is_no_obstacle(office: Office, colleague: Office) -> None:
    commit = colleague.git("rev-parse", "HEAD").strip()
    colleague.git("update-index", "--add", "--cacheinfo", f"160000,{commit},kho khác")
    colleague.git("commit", "-qm", "x")
    colleague.git("push", "-q")

    assert office.say("sync", env=ENGLISH) == "received: 1 other file; sent: nothing\n"
    office.say("note", "8", "x")
    assert office.say("sync", env=ENGLISH) == "received: nothing; sent: 1 record\n"


@pytest.mark.parametrize("take", ["here", "there"])
def test_no_link_comes_in_place_of_records(take: str, office: Office, colleague: Office) -> None:
    office.say("note", "8", "x")
    office.say("sync")
    colleague.git("pull", "-q")
    (colleague.root / JOURNAL).unlink()
    (colleague.root / JOURNAL).symlink_to("/etc/passwd")
    colleague.git("commit", "-qam", "x")
    colleague.git("push", "-q")
    office.say("note", "8", "y")

    office.say("sync", "--take", take)

    assert not office.journal.is_symlink()
    assert texts(office) == ["x", "y"]


@pytest.mark.parametrize("choice", ["here", "there"])
def test_a_file_that_both_changed_is_chosen(choice: str, office: Office, colleague: Office) -> None:
    for desk, text in ((office, "here\n"), (colleague, "there\n")):
        (desk.root / "reports").mkdir()
        (desk.root / "reports" / "2025-06.md").write_text(text)
    colleague.say("sync")
    draft = office.root / "reports" / "2025-06.md"

    message = refused(office)
    assert "both sides changed the same thing; nothing was taken in" in message
    assert "reports/2025-06.md" in message
    assert draft.read_text() == "here\n"

    office.say("sync", "--take", choice)
    assert draft.read_text() == f"{choice}\n"
    colleague.say("sync")
    assert (colleague.root / "reports" / "2025-06.md").read_text() == f"{choice}\n"


# Where nothing can be exchanged.


def test_without_a_shared_repository_it_says_so(
    workspace: Path, environment: dict[str, str]
) -> None:
    alone = Office(workspace, environment)
    alone.begin()

    assert alone.refuse("sync") == (
        "parplan: there is no shared repository to send to; 'git remote add origin ADDRESS' names "
        "one, and 'parplan exchange FOLDER' does without\n"
    )


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        pytest.param("http://127.0.0.1:9/x.git", "cannot be reached", id="offline"),
        pytest.param("https://nowhere.invalid/x.git", "cannot be reached", id="no-name"),
        pytest.param("/nowhere/x.git", "no repository at the address of 'origin'", id="no-folder"),
    ],
)
def test_what_is_recorded_is_safe_where_it_cannot_be_sent(
    address: str, sentence: str, office: Office
) -> None:
    office.git("remote", "set-url", "origin", address)
    office.say("note", "8", "x")

    message = refused(office)

    assert sentence in message
    assert SAFE in message
    assert office.git("show", f"HEAD:{JOURNAL}") == office.journal.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        "fatal: could not read Username for 'https://x': terminal prompts disabled",
        "git@x: Permission denied (publickey,password).\nfatal: Could not read from remote",
        "remote: HTTP Basic: Access denied\nfatal: Authentication failed for 'https://x/'",
        "fatal: unable to access 'https://x/': The requested URL returned error: 403",
        "Host key verification failed.\nfatal: Could not read from remote repository.",
    ],
)
def test_a_refused_password_is_one_sentence(words: str, office: Office) -> None:
    upstream = git_remote.find_upstream(office.root)

    refusal = git_remote.refusal(words, upstream)

    assert "type 'git fetch' to enter them" in refusal.text


@pytest.mark.parametrize(
    "words",
    [
        "fatal: unable to access 'https://x/': The requested URL returned error: 502",
        "fatal: unable to access 'https://x/': Empty reply from server",
        "remote: Máy chủ đang bảo trì\r\nfatal: Could not read from remote repository.\n\nPlease",
    ],
)
def test_words_that_nobody_foresaw_are_one_sentence_too(words: str, office: Office) -> None:
    refusal = git_remote.refusal(words, git_remote.find_upstream(office.root))

    message = fill(refusal.text, refusal.values)
    assert " ".join(words.split()) in message
    assert SAFE in message
    assert "\n" not in message


def test_what_git_says_is_understood_in_any_language(office: Office, shared: Path) -> None:
    """That there is no such branch yet git says in parplan's language, where it is let."""
    office.git("init", "--quiet", "--bare", str(shared.parent / "mới.git"))
    office.git("remote", "set-url", "origin", str(shared.parent / "mới.git"))

    done = office.process("sync", env={"LC_ALL": "vi_VN.UTF-8", "PARPLAN_LANG": "vi"})

    assert (done.returncode, done.stderr) == (0, ""), done


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "====\nGitLab: You are not allowed to push to protected branches\n",
            "GitLab: You are not allowed to push to protected branches",
        ),
        ("Nhánh này\nđược bảo vệ", "Nhánh này được bảo vệ"),
        ("", "pre-receive hook declined"),
    ],
)
def test_a_branch_that_takes_nothing_is_told_with_the_reason(
    said: str, told: str, office: Office, shared: Path
) -> None:
    (shared / "hooks").mkdir(exist_ok=True)
    hook = shared / "hooks" / "pre-receive"
    hook.write_text(f"#!/bin/sh\ncat <<'END'\n{said}\nEND\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    trusted = Path(office.env["GIT_CONFIG_GLOBAL"])
    trusted.write_text(trusted.read_text() + f"[parplan]\n\ttrust = {office.root}\n")
    office.say("note", "8", "x")

    message = refused(office)

    assert f"does not take it: {told}; what is recorded" in message
    assert "'main' (it may be protected)" in message
    assert SAFE in message


def test_hooks_of_a_shared_folder_do_not_run(office: Office, shared: Path) -> None:
    for name in ("pre-receive", "update", "post-receive", "post-update", "reference-transaction"):
        hook = shared / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\n: > {shared}/{name}.ran\nexit 1\n")
        hook.chmod(0o755)
    office.say("note", "8", "x")

    office.say("sync")

    assert list(shared.glob("*.ran")) == []


def test_on_no_branch_nothing_is_sent_and_commit_tells(office: Office) -> None:
    office.git("checkout", "--quiet", "--detach")
    office.say("note", "8", "x")

    assert "git is on no branch here (detached HEAD)" in office.refuse("sync")
    done = office.run("commit", env=ENGLISH)
    assert done.returncode == 0
    assert "'git switch -c NAME' keeps it" in done.stderr


def test_a_rebase_is_finished_first(office: Office) -> None:
    """It is on no branch; 'git switch' would not go to one."""
    office.git("checkout", "--quiet", "--detach")
    (office.root / ".git" / "rebase-merge").mkdir()

    assert "git is in the middle of a rebase; finish it with" in office.refuse("sync")


def test_a_shallow_clone_is_made_whole(office: Office, shared: Path) -> None:
    for number in range(3):
        office.say("note", "8", f"lần {number}")
        office.say("sync")
    office.git("clone", "--quiet", "--depth", "1", f"file://{shared}", str(shared.parent / "nông"))
    shallow = Office(shared.parent / "nông", office.env)
    shallow.env.update(office.env)
    office.say("note", "8", "lần 3")
    office.say("sync")
    shallow.say("note", "8", "lần 4")

    assert shallow.say("sync", env=ENGLISH) == "received: 1 record; sent: 1 record\n"
    assert texts(shallow) == [f"lần {number}" for number in range(5)]


def test_a_bare_repository_has_no_files(office: Office, shared: Path) -> None:
    done = office.run("sync", "--dir", str(office.root), env={"GIT_DIR": str(shared), **ENGLISH})
    assert done.returncode == 0  # that of another repository does not count
    (shared / "plan").mkdir()
    (shared / "plan" / "2025.yaml").write_bytes((office.root / "plan" / "2025.yaml").read_bytes())

    message = Office(shared, office.env).refuse("sync")

    assert "is in a bare repository" in message


def test_foreign_histories_are_not_mixed(
    office: Office, shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stranger = Office(tmp_path_factory.mktemp("khác"), office.env)
    stranger.env.update(office.env)
    stranger.run("init", "--sample")
    stranger.git("remote", "add", "origin", str(shared))

    message = refused(stranger)

    assert "has a history of its own" in message
    assert "parplan exchange FOLDER" in message


def test_what_is_not_committed_is_not_written_over(office: Office, colleague: Office) -> None:
    for desk in (office, colleague):
        (desk.root / "other.txt").write_text("1\n")
    colleague.git("add", "other.txt")
    colleague.git("commit", "--quiet", "--message", "x")
    colleague.say("sync")
    (office.root / "other.txt").write_text("2\n")
    office.say("note", "8", "x")

    done = office.run("sync", env=ENGLISH)

    assert done.returncode == 2
    assert re.search(r"commit or move away first, then merge: other\.txt", done.stderr)
    assert (office.root / "other.txt").read_text() == "2\n"


def test_a_workspace_below_the_top_of_its_repository(
    office: Office, shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    desks = []
    for name in ("a", "b"):
        top = tmp_path_factory.mktemp(name)
        if name == "a":
            office.git("clone", "--quiet", str(shared), str(top / "phường"), cwd=top)
            office.git("init", "--quiet", "--bare", str(top / "s.git"), cwd=top)
            (top / "phường" / ".git").rename(top / "old")
            office.git("init", "--quiet", cwd=top)
            office.git("add", "phường", cwd=top)
            office.git("commit", "--quiet", "--message", "x", cwd=top)
            office.git("remote", "add", "origin", str(top / "s.git"), cwd=top)
            office.git("push", "--quiet", "origin", "HEAD", cwd=top)
            server = top / "s.git"
        else:
            office.git("clone", "--quiet", str(server), str(top / "c"), cwd=top)
            top = top / "c"
        desk = Office(top / "phường", office.env)
        desk.env.update(office.env)
        desks.append(desk)
        desk.say("note", "8", name)

    desks[0].say("sync")
    assert desks[1].say("sync", env=ENGLISH) == "received: 1 record; sent: 1 record\n"
    desks[0].say("sync")
    assert texts(desks[0]) == ["a", "b"]

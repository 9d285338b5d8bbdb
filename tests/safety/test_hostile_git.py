"""Git starts nothing that the settings and hooks of somebody else's folder name."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from parplan.workspace import git_process
from tests.helpers.office import JOURNAL, Office, lines, made
from tests.helpers.running import PATIENCE

pytestmark = pytest.mark.slow

ENGLISH = {"PARPLAN_LANG": "en"}
HOOKS = (
    *("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "post-index-change"),
    *("reference-transaction", "pre-auto-gc", "post-checkout", "post-merge", "post-rewrite"),
    *("fsmonitor-watchman", "pre-push", "pre-rebase", "applypatch-msg", "pre-receive"),
)
PROGRAMS = (
    *("core.fsmonitor", "core.sshCommand", "core.askPass", "core.editor", "core.pager"),
    *("core.gitProxy", "core.alternateRefsCommand", "sequence.editor", "pager.log"),
    *("pager.status", "pager.diff", "diff.external", "diff.evil.textconv", "diff.evil.command"),
    *("filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "merge.evil.driver"),
    *("gpg.ssh.program", "gpg.ssh.defaultKeyCommand"),
    *("credential.helper", "remote.evil.uploadpack", "gc.recentObjectsHook"),
    *("trailer.evil.command", "hook.evil.command", "interactive.diffFilter"),
)
"""Settings whose value git, or a git to come, takes for a command."""

SIGNING = """#!/bin/sh
# As gpg signs, as far as git can tell.
cat > /dev/null
printf '\\n[GNUPG:] SIG_CREATED \\n' >&2
echo '-----BEGIN PGP SIGNATURE-----

x
-----END PGP SIGNATURE-----'
"""
READING = (
    "diff", "diff HEAD~1", "diff HEAD~1 HEAD", "log --revisions", "doctor", "doctor --fix --yes",
    "check --hook", "check", "note 8 x", "due", "init", "init --hook", "export json", "board",
)  # fmt: skip


@pytest.fixture
def marks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which each program that was started leaves its name."""
    return tmp_path_factory.mktemp("marks")


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office with a history of two commits."""
    office = Office(workspace, environment)
    office.env["GIT_CONFIG_GLOBAL"] = str(workspace.parent / f"{workspace.name}-settings")
    Path(office.env["GIT_CONFIG_GLOBAL"]).touch()
    office.begin()
    office.journal.write_bytes(lines(made(1, ref="8")))
    office.say("commit")
    return office


def command(marks: Path, name: str) -> str:
    """Return a command that leaves the mark ``name``, and passes on what it reads."""
    return f": > {shlex.quote(str(marks / name))}; cat; :"


def set_traps(office: Office, marks: Path, *, attributes: bool = True) -> None:
    """Let the settings and hooks of the repository name a program wherever they can."""
    sign = marks.parent / f"{marks.name}-sign"
    sign.write_text(SIGNING, encoding="utf-8")
    sign.chmod(0o755)
    office.edit_plan("issuer: UBND phường Phú La\n", "issuer: UBND phường Phú La \n")
    office.git("-c", f"gpg.program={sign}", "commit", "--quiet", "-S", "-am", "signed")
    for key in PROGRAMS:
        office.git("config", key, command(marks, key))
    scripts = marks.parent / f"{marks.name}-scripts"
    for name in ("gpg", "ext"):  # git starts these without a shell
        hook(scripts / name, f": > {shlex.quote(str(marks / name))}")
    for key, value in {
        "filter.evil.required": "true",
        "commit.gpgSign": "true",
        "log.showSignature": "true",
        "alias.status": f"!{command(marks, 'alias')}",
        "alias.commit": f"!{command(marks, 'alias')}",
        "submodule.evil.update": f"!{command(marks, 'submodule')}",
        "remote.evil.url": f"ext::{scripts / 'ext'}".replace(" ", "% "),
        "gpg.program": str(scripts / "gpg"),
        "gpg.openpgp.program": str(scripts / "gpg"),
        "protocol.ext.allow": "always",
        "hook.evil.event": "pre-commit",
        "gc.auto": "1",
    }.items():
        office.git("config", key, value)
    if attributes:
        (office.root / ".git" / "info").mkdir(exist_ok=True)
        rule = "* filter=evil diff=evil merge=evil\n"
        (office.root / ".git" / "info" / "attributes").write_text(rule)
    for name in HOOKS:
        hook(office.root / ".git" / "hooks" / name, command(marks, name))
    for name in ("plan/2025.yaml", "plan/plan.schema.json", ".gitignore"):
        os.utime(office.root / name, (1, 1))  # git would compare what it holds


def hook(path: Path, script: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def started(marks: Path) -> set[str]:
    return {path.name for path in marks.iterdir()}


def plain_git(office: Office, *words: str) -> None:
    """Run git as somebody types it, whatever comes of that."""
    subprocess.run(
        ["git", *words],
        cwd=office.root,
        env=office.env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


def global_setting(office: Office, *words: str) -> None:
    office.git("config", "--global", *words)


# What the traps are worth.


def test_git_by_itself_springs_the_traps(office: Office, marks: Path) -> None:
    set_traps(office, marks)

    attributes = office.root / ".git" / "info" / "attributes"
    plain_git(office, "add", "plan")
    attributes.write_text("* diff=evil\n")
    for words in (
        ["status"],
        ["diff", "HEAD~1", "HEAD"],
        ["diff", "--no-ext-diff", "HEAD~1", "HEAD"],
        ["log", "-1"],
        ["fetch", "evil"],
    ):
        plain_git(office, *words)
    office.write(made(1, ref="8"), made(2, ref="8"))
    plain_git(office, "commit", "-am", "x")

    assert started(marks) >= {
        *("core.fsmonitor", "diff.evil.command", "diff.evil.textconv", "filter.evil.process"),
        *("gpg", "ext", "pre-commit", "post-index-change"),
    }


# Reading.


@pytest.mark.parametrize("line", READING)
def test_a_reading_command_starts_nothing(line: str, office: Office, marks: Path) -> None:
    set_traps(office, marks)

    done = office.run(*line.split(), env={"PARPLAN_AUTHOR": ""})

    assert done.returncode in (0, 1, 2)
    assert "Traceback" not in done.stderr
    assert started(marks) == set()


def test_an_object_that_is_not_there_is_not_fetched(office: Office, marks: Path) -> None:
    set_traps(office, marks)
    office.git("config", "extensions.partialClone", "evil")
    office.git("config", "remote.evil.promisor", "true")
    blob = office.git("rev-parse", "HEAD~1:plan/2025.yaml").strip()
    (office.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()

    plain_git(office, "cat-file", "blob", blob)
    assert "ext" in started(marks)
    (marks / "ext").unlink()
    for words in (["diff", "HEAD~1"], ["log", "--revisions"], ["doctor"], ["commit"]):
        office.run(*words)

    assert started(marks) == set()


# Committing.


def test_commit_starts_nothing_and_names_the_hooks(office: Office, marks: Path) -> None:
    set_traps(office, marks, attributes=False)
    office.git("config", "--unset", "commit.gpgSign")
    office.write(made(1, ref="8"), made(2, ref="8"))

    done = office.run("commit", env=ENGLISH)

    assert (done.returncode, done.stdout) == (0, "Record progress: 1 note\n1 file committed\n")
    assert done.stderr.startswith(f"not run: {office.root}/.git/hooks/applypatch-msg, ")
    assert f"type: git config --global --add parplan.trust {office.root}\n" in done.stderr
    assert started(marks) == set()
    assert office.git("-c", "core.fsmonitor=false", "show", f"HEAD:{JOURNAL}").encode() == (
        office.journal.read_bytes()
    )


def test_a_signature_is_made_by_the_user_s_own_program(office: Office, marks: Path) -> None:
    set_traps(office, marks, attributes=False)
    global_setting(office, "gpg.program", str(marks.parent / f"{marks.name}-sign"))
    global_setting(office, "gpg.openpgp.program", str(marks.parent / f"{marks.name}-sign"))
    office.write(made(1, ref="8"), made(2, ref="8"))

    done = office.run("commit", env=ENGLISH)

    assert (done.returncode, started(marks)) == (0, set())
    assert "BEGIN PGP SIGNATURE" in office.git("cat-file", "commit", "HEAD")


def test_a_filter_of_the_folder_is_refused_and_not_left_out(office: Office, marks: Path) -> None:
    """Left out, it might put plain text where the folder's owner keeps it encrypted."""
    set_traps(office, marks)
    office.write(made(1, ref="8"), made(2, ref="8"))
    head = (office.root / ".git" / "logs" / "HEAD").read_bytes()

    assert office.refuse("commit") == (
        "parplan: a filter in git's settings of this folder would change the files; if you trust "
        f"the folder, type: git config --global --add parplan.trust {office.root}\n"
    )
    assert started(marks) == set()
    assert (office.root / ".git" / "logs" / "HEAD").read_bytes() == head


def test_a_filter_that_cannot_be_turned_off_is_refused(office: Office, marks: Path) -> None:
    office.git("config", "filter.a=b.clean", command(marks, "clean"))
    (office.root / ".gitattributes").write_text("* filter=a=b\n")

    message = office.refuse("commit")

    assert "in a way that nothing turns off: filter.a=b.clean" in message
    assert started(marks) == set()


@pytest.mark.parametrize("state", ["committed", "new"])
def test_a_repository_inside_starts_nothing(state: str, office: Office, marks: Path) -> None:
    inner = office.root / "plan" / "inner"
    inner.mkdir()
    (inner / "a.txt").write_text("a\n")
    office.git("init", "--quiet", cwd=inner)
    office.git("add", "a.txt", cwd=inner)
    office.git("commit", "--quiet", "-m", "x", cwd=inner)
    if state == "committed":
        office.git("-c", "advice.addEmbeddedRepo=false", "add", "plan/inner")
        office.git("commit", "--quiet", "-m", "inner")
    (inner / ".gitattributes").write_text("* filter=evil\n")
    office.git("config", "filter.evil.clean", command(marks, "clean"), cwd=inner)
    office.git("config", "core.fsmonitor", command(marks, "fsmonitor"), cwd=inner)
    office.git("config", "submodule.inner.ignore", "none")
    (inner / "a.txt").write_text("b\n")
    office.write(made(1, ref="8"), made(2, ref="8"))

    for words in (["diff"], ["doctor"], ["commit"]):
        office.run(*words)

    assert started(marks) == set()
    assert office.git("show", "--name-only", "--format=", "HEAD") == f"{JOURNAL}\n"


# What the user chose runs.


def test_in_a_trusted_folder_git_is_as_ever(office: Office, marks: Path) -> None:
    office.git("config", "filter.own.clean", "tr a-z A-Z")
    (office.root / "reports").mkdir()
    (office.root / "reports" / ".gitattributes").write_text("*.md filter=own\n")
    (office.root / "reports" / "a.md").write_text("abc\n")
    hook(office.root / ".git" / "hooks" / "pre-commit", command(marks, "pre-commit"))
    global_setting(office, "--add", "parplan.trust", "/elsewhere")
    global_setting(office, "--add", "parplan.trust", str(office.root))

    office.say("commit")

    assert started(marks) == {"pre-commit"}
    assert office.git("show", "HEAD:reports/a.md") == "ABC\n"
    assert "starts-program" not in office.run("doctor").stdout


@pytest.mark.parametrize("scope", ["--local", "--worktree"])
def test_a_folder_cannot_trust_itself(scope: str, office: Office, marks: Path) -> None:
    office.git("config", "extensions.worktreeConfig", "true")
    office.git("config", scope, "parplan.trust", str(office.root))
    hook(office.root / ".git" / "hooks" / "pre-commit", command(marks, "pre-commit"))
    office.write(made(1, ref="8"), made(2, ref="8"))

    office.run("commit")

    assert started(marks) == set()


def test_every_program_is_told(office: Office, marks: Path) -> None:
    set_traps(office, marks)

    output = office.run("doctor", env=ENGLISH).stdout

    names = {key.lower() for key in PROGRAMS} | {"alias.commit", "remote.evil.url"}
    assert [name for name in sorted(names) if f": {name} = " not in output] == []
    for name in HOOKS:
        assert f".git/hooks/{name}:1:1: remark: git would run this hook" in output
    assert started(marks) == set()


def test_a_folder_cannot_borrow_the_trust_of_another(
    office: Office, marks: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    trusted = tmp_path_factory.mktemp("trusted")
    global_setting(office, "--add", "parplan.trust", str(trusted))
    office.git("config", "include.path", str(office.root / "plan" / "settings"))
    (office.root / "plan" / "settings").write_text(f"[parplan]\ntrust = {office.root}\n")
    hook(office.root / ".git" / "hooks" / "pre-commit", command(marks, "pre-commit"))
    office.write(made(1, ref="8"), made(2, ref="8"))

    office.run("commit")

    assert started(marks) == set()


def test_hooks_and_filters_of_the_user_s_own_run(
    office: Office, marks: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    hooks = tmp_path_factory.mktemp("hooks")
    hook(hooks / "pre-commit", command(marks, "own"))
    hook(office.root / ".git" / "hooks" / "pre-commit", command(marks, "foreign"))
    global_setting(office, "core.hooksPath", str(hooks))
    global_setting(office, "filter.own.clean", "tr a-z A-Z")
    office.git("config", "filter.own.clean", command(marks, "clean"))
    (office.root / "reports").mkdir()
    (office.root / "reports" / ".gitattributes").write_text("*.md filter=own\n")
    (office.root / "reports" / "a.md").write_text("abc\n")

    office.say("commit")

    assert started(marks) == {"own"}
    assert office.git("show", "HEAD:reports/a.md") == "ABC\n"


def test_hooks_that_the_user_looks_for_in_every_folder_are_the_folder_s(
    office: Office, marks: Path
) -> None:
    global_setting(office, "core.hooksPath", ".githooks")
    hook(office.root / ".githooks" / "pre-commit", command(marks, "foreign"))
    office.write(made(1, ref="8"), made(2, ref="8"))

    done = office.run("commit", env=ENGLISH)

    assert "not run: " in done.stderr
    assert started(marks) == set()


def test_parplans_own_hook_is_kept_among_others(office: Office, marks: Path) -> None:
    office.say("init", "--hook")
    hook(office.root / ".git" / "hooks" / "post-commit", command(marks, "foreign"))
    office.edit_plan("units: [Một cửa]", "units: [Hai cửa]")

    message = office.refuse("commit")

    assert "[unknown-unit]" in message
    assert message.endswith("parplan: the plan has mistakes; nothing was committed\n")
    assert started(marks) == set()


def test_an_own_hook_with_a_line_more_is_somebody_s(office: Office, marks: Path) -> None:
    office.say("init", "--hook")
    path = office.root / ".git" / "hooks" / "pre-commit"
    path.write_text(path.read_text() + command(marks, "foreign") + "\n")
    office.write(made(1, ref="8"), made(2, ref="8"))

    done = office.run("commit", env=ENGLISH)

    assert f"not run: {path}; " in done.stderr
    assert started(marks) == set()


# Another repository's variables.


def test_no_variable_points_at_another_repository(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    office.git("init", "--quiet", cwd=other)
    (other / "a.txt").write_text("a\n")
    office.git("add", "a.txt", cwd=other)
    before = office.git("ls-files", "--stage", cwd=other)
    office.write(made(1, ref="8"), made(2, ref="8"))
    names = office.git("rev-parse", "--local-env-vars").split()
    env = {
        **dict.fromkeys(names, str(other / ".git")),
        "GIT_INDEX_FILE": str(other / ".git" / "index"),
        "GIT_WORK_TREE": str(other),
        "GIT_CONFIG_COUNT": "x",
        "GIT_ICASE_PATHSPECS": "1",
    }

    for words in (["diff"], ["doctor"], ["check", "--hook"], ["log", "--revisions"], ["commit"]):
        done = office.run(*words, env=env)
        assert done.returncode == 0, done.stderr

    assert office.git("show", "--name-status", "--format=", "HEAD") == f"M\t{JOURNAL}\n"
    assert office.git("status", "--porcelain") == ""
    assert office.git("ls-files", "--stage", cwd=other) == before
    assert set(names) <= set(git_process._INHERITED)


def test_the_hook_of_another_repository_checks_what_is_staged_here(
    office: Office, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    office.git("init", "--quiet", cwd=other)
    office.edit_plan("units: [Một cửa]", "units: [Hai cửa]")
    office.git("add", "plan")

    done = office.run("check", "--hook", env={"GIT_INDEX_FILE": str(other / ".git" / "index")})

    assert done.returncode == 1
    assert "[unknown-unit]" in done.stderr


# Ctrl-C, and what a killed git leaves.


def test_git_may_take_as_long_as_it_needs(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[object] = []
    wait = subprocess.Popen.communicate

    def communicate(process: Any, input: Any = None, timeout: float | None = None) -> Any:
        limits.append(timeout)
        return wait(process, input, timeout)

    monkeypatch.setattr(subprocess.Popen, "communicate", communicate)
    office.write(made(1, ref="8"), made(2, ref="8"))

    office.say("commit")

    assert set(limits) == {None}


def stop_amid(office: Office, waiting: Path) -> tuple[int, str, str]:
    """Press Ctrl-C when ``waiting`` is there: for all of the terminal's processes at once."""
    with subprocess.Popen(
        [sys.executable, "-m", "parplan", "commit", "--lang", "en"],
        cwd=office.root,
        env=office.env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        while not waiting.exists():
            assert process.poll() is None, process.communicate()
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        out, error = process.communicate(timeout=PATIENCE)
    return process.returncode, out, error


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg", "gpg"])
def test_ctrl_c_ends_a_commit_cleanly(name: str, office: Office, marks: Path) -> None:
    script = f": > {shlex.quote(str(marks / name))}\nexec sleep {PATIENCE}"
    hooks = marks.parent / f"{marks.name}-hooks"
    hook(hooks / name, script)
    global_setting(office, "core.hooksPath", str(hooks))
    if name == "gpg":
        global_setting(office, "gpg.program", str(hooks / name))
        global_setting(office, "commit.gpgSign", "true")
    office.write(made(1, ref="8"), made(2, ref="8"))
    head = office.git("rev-parse", "HEAD")

    ended = stop_amid(office, marks / name)

    assert ended == (130, "", "stopped; nothing was committed\n")
    assert office.git("rev-parse", "HEAD") == head
    assert list((office.root / ".git").rglob("*.lock")) == []
    Path(office.env["GIT_CONFIG_GLOBAL"]).write_text("")
    office.say("commit")
    assert office.git("show", f"HEAD:{JOURNAL}").encode() == office.journal.read_bytes()


def test_ctrl_c_after_the_commit_does_not_deny_it(office: Office, marks: Path) -> None:
    hooks = marks.parent / f"{marks.name}-hooks"
    hook(hooks / "post-commit", f": > {shlex.quote(str(marks / 'x'))}\nexec sleep {PATIENCE}")
    global_setting(office, "core.hooksPath", str(hooks))
    office.write(made(1, ref="8"), made(2, ref="8"))

    ended = stop_amid(office, marks / "x")

    assert ended == (0, "Record progress: 1 note\n1 file committed\n", "")
    assert office.git("rev-list", "--count", "HEAD") == "3\n"


def test_a_hook_that_does_not_listen_is_not_waited_for(office: Office, marks: Path) -> None:
    hooks = marks.parent / f"{marks.name}-hooks"
    go_on = marks / "go-on"
    script = f"trap '' INT\n: > {marks}/x\nwhile [ ! -e {go_on} ]; do sleep 0.05; done"
    hook(hooks / "pre-commit", script)
    global_setting(office, "core.hooksPath", str(hooks))
    office.write(made(1, ref="8"), made(2, ref="8"))

    ended = stop_amid(office, marks / "x")

    go_on.touch()
    assert ended == (130, "", "stopped; nothing was committed\n")


@pytest.mark.parametrize(
    ("seconds", "age"),
    [(0, "0 minutes"), (90, "1 minute"), (3 * 3600, "3 hours"), (50 * 3600, "2 days")],
)
def test_a_lock_that_was_left_is_told_with_its_age(seconds: int, age: str, office: Office) -> None:
    office.write(made(1, ref="8"), made(2, ref="8"))
    lock = office.root / ".git" / "index.lock"
    lock.touch()
    os.utime(lock, (time.time() - seconds,) * 2)

    assert office.refuse("commit") == (
        f"parplan: git is at work here, or was killed and left a lock that is {age} old; try "
        f"again, and if no git is running, delete this file: {lock}\n"
    )
    lock.unlink()
    office.say("commit")


@pytest.mark.parametrize("address", ["folder", "ssh://nowhere.invalid/x.git", "ext::sh -c true"])
def test_sync_starts_nothing_either(address: str, office: Office, marks: Path) -> None:
    shared = marks.parent / f"{marks.name}-chung.git"
    office.git("init", "--quiet", "--bare", str(shared))
    office.git("remote", "add", "origin", str(shared) if address == "folder" else address)
    set_traps(office, marks, attributes=False)
    office.git("config", "--unset", "commit.gpgSign")
    for key in ("remote.origin.uploadpack", "remote.origin.receivepack", "credential.helper"):
        office.git("config", key, command(marks, key))
    for name in HOOKS:
        hook(shared / "hooks" / name, command(marks, name))
    office.git("config", "core.alternateRefsCommand", command(marks, "refs"), cwd=shared)
    for path in marks.iterdir():  # of the git that set the traps
        path.unlink()
    office.say("note", "8", "x")

    done = office.run("sync", env=ENGLISH)

    assert done.returncode == (0 if address == "folder" else 2), done.stderr
    assert started(marks) == set()

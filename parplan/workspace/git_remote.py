"""Fetch from the repository that colleagues share, and push to it.

What the network or the server refuses becomes one sentence; git's own words, where they
are not known here.  No password is ever waited for where nobody sits.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from parplan.problem import N_, UserError, params
from parplan.text import one_line
from parplan.workspace.git_process import NO_HOOKS, READING, Guard, answer, run

FETCHED = "refs/parplan/fetched"
"""Where the last fetch is kept: another git's fetch leaves it alone, and it is never cleaned up."""

NO_REMOTE = N_(
    "there is no shared repository to send to; 'git remote add origin ADDRESS' names one, and "
    "'parplan exchange FOLDER' does without"
)
DETACHED = N_(
    "git is on no branch here (detached HEAD), so that nothing can be sent; 'git switch BRANCH' "
    "goes back to one"
)
_OFFLINE = N_(
    "the shared repository cannot be reached; what is recorded is safe in git here, and goes out "
    "with the next 'parplan sync'"
)
_NO_PASSWORD = N_(
    "the shared repository takes no name and password from git; type 'git fetch' to enter them, "
    "or ask who runs it; what is recorded is safe in git here"
)
_NO_REPOSITORY = N_(
    "there is no repository at the address of '%(remote)s' ('git remote -v' shows it), or it is "
    "not open to you; what is recorded is safe in git here"
)
_REFUSED = N_(
    "the shared repository does not take it: %(reason)s; what is recorded is safe in git here. "
    "Ask who runs it whether you may write to '%(branch)s' (it may be protected)"
)
_UNKNOWN = N_(
    "nothing was exchanged with the shared repository, git says: %(words)s; what is recorded is "
    "safe in git here, and goes out with the next 'parplan sync'"
)
_REASONS = (
    (
        re.compile(
            r"could not resolve|unreachable|no route to host|timed out|connection refused"
            r"|failed to connect|couldn't connect|name resolution|connection (was )?reset"
            r"|network is down",
            re.IGNORECASE,
        ),
        _OFFLINE,
    ),
    (
        re.compile(
            r"terminal prompts disabled|authentication failed|could not read (username|password)"
            r"|permission denied|host key verification|access denied|error: 40[13]",
            re.IGNORECASE,
        ),
        _NO_PASSWORD,
    ),
    (
        re.compile(
            r"not appear to be a git repository|repository .*not found|no such remote"
            r"|does not exist|not a git repository",
            re.IGNORECASE,
        ),
        _NO_REPOSITORY,
    ),
)
_FROM_GIT = re.compile(r"(remote: )?error: (hook declined|failed to push)")
_MARKED = re.compile(r"gitlab:|error:|! ", re.IGNORECASE)
_FASTER = re.compile(r"fetch first|non-fast-forward|cannot lock ref|failed to update ref|incorrect")
_REJECTED = re.compile(r"^!\t[^\t]*\t\[(?:remote )?rejected\] \((.*)\)$", re.MULTILINE)

Pushed: TypeAlias = Literal["done", "faster"]


class Upstream(msgspec.Struct, frozen=True):
    """The branch here and that in the repository ``remote``, both as refs.

    ``is_set`` says that git knows the two belong together.
    """

    ours: str
    remote: str
    theirs: str
    is_set: bool


def current_branch(folder: Path) -> str:
    """Return the ref of the branch that HEAD is on, "" where it is on none."""
    done = run(folder, ["symbolic-ref", "--quiet", "HEAD"])
    return done.stdout.decode("utf-8", "surrogateescape").strip()


def find_upstream(folder: Path) -> Upstream:
    """Return with which branch of which repository this one is kept in step.

    That of git's settings, else the branch of the same name at the one remote, or at
    'origin'.  Raises UserError where there is none, or HEAD is on no branch.
    """
    ours = current_branch(folder)
    if not ours:
        raise UserError(DETACHED)
    name = ours.removeprefix("refs/heads/")
    remote, theirs = (_setting(folder, f"branch.{name}.{key}") for key in ("remote", "merge"))
    remotes = answer(folder, "remote").decode("utf-8", "surrogateescape").split("\n")[:-1]
    if remote in remotes and theirs:
        return Upstream(ours, remote, theirs, True)
    if "origin" in remotes or len(remotes) == 1:
        return Upstream(ours, "origin" if "origin" in remotes else remotes[0], ours, False)
    raise UserError(NO_REMOTE)


def _setting(folder: Path, key: str) -> str:
    done = run(folder, ["config", "--get", key])
    return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")


def fetch(folder: Path, upstream: Upstream, guard: Guard) -> str | None:
    """Return the commit that the shared branch is at, None where there is no such branch yet.

    A history that was cut off (a shallow clone) is fetched whole, so that what both sides
    come from is known.  Raises UserError where it cannot be reached.
    """
    words = ["fetch", "--quiet", "--no-tags", "--no-recurse-submodules"]
    if _is_guarded(guard):
        words.append("--upload-pack=git-upload-pack")  # the first of a setting wins, not -c
    shallow = answer(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"
    refspec = f"+{upstream.theirs}:{FETCHED}"
    done = run(folder, [*words, *(["--unshallow"] * shallow), upstream.remote, refspec], guard)
    errors = done.stderr.decode("utf-8", "replace")
    if done.returncode and "couldn't find remote ref" in errors:
        return None
    if done.returncode:
        raise refusal(errors, upstream)
    return answer(folder, "rev-parse", "--verify", FETCHED).decode("ascii").strip()


def push(folder: Path, upstream: Upstream, guard: Guard) -> Pushed:
    """Send the branch to the shared repository; "faster" where somebody else sent before.

    Raises UserError where it is refused or cannot be reached.
    """
    words = ["push", "--porcelain", "--no-recurse-submodules", "--no-follow-tags"]
    if not upstream.is_set:
        words.append("--set-upstream")
    if _is_guarded(guard):
        program = _without_hooks() if _is_folder(folder, upstream) else "git-receive-pack"
        words.append(f"--receive-pack={program}")
    refspec = f"{upstream.ours}:{upstream.theirs}"
    done = run(folder, [*words, upstream.remote, refspec], guard)
    if done.returncode == 0:
        return "done"
    rejected = _REJECTED.search(done.stdout.decode("utf-8", "replace"))
    if rejected and _FASTER.search(rejected[1]):
        return "faster"
    errors = done.stderr.decode("utf-8", "replace")
    if rejected:
        branch = upstream.theirs.removeprefix("refs/heads/")
        values = params(reason=_says(errors) or rejected[1], branch=branch)
        raise UserError(_REFUSED, values)
    raise refusal(errors, upstream)


def _is_guarded(guard: Guard) -> bool:
    """Tell whether git may start nothing that the folder's settings name."""
    return guard.settings[: len(READING.settings)] == READING.settings


def _is_folder(folder: Path, upstream: Upstream) -> bool:
    """Tell whether the shared repository is a folder, where git itself would run its hooks."""
    url = answer(folder, "remote", "get-url", "--push", upstream.remote)
    address = url.decode("utf-8", "surrogateescape").removesuffix("\n")
    host, colon, _path = address.partition(":")
    is_host = colon and "/" not in host and len(host) > 1  # a single letter is a drive
    return address.startswith("file://") or not is_host


def _without_hooks() -> str:
    settings = (f"core.hooksPath={NO_HOOKS}", "core.alternateRefsCommand=:", "receive.autogc=false")
    quoted = (shlex.quote(word) for setting in settings for word in ("-c", setting))
    return f"git {' '.join(quoted)} receive-pack"


def _says(errors: str) -> str:
    """Return what the server itself says of a refusal, in whatever language, in one line."""
    lines = [line.strip() for line in errors.splitlines() if not _FROM_GIT.match(line)]
    words = [line.removeprefix("remote:").strip() for line in lines if line.startswith("remote:")]
    marked = [line for line in words or lines if _MARKED.match(line)]
    return one_line(" ".join(marked or words))


def refusal(errors: str, upstream: Upstream) -> UserError:
    """Return what git said of the network or the server as a sentence."""
    for pattern, text in _REASONS:
        if pattern.search(errors):
            values = params(remote=upstream.remote) if "%(remote)s" in text else ()
            return UserError(text, values)
    return UserError(_UNKNOWN, params(words=one_line(errors)))

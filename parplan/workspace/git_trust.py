"""What would git start in this folder because its own settings and hooks say so?

And what of that may ``commit`` let it start: what the user's own settings name, and all in a
folder that he named in ``parplan.trust`` there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath

import msgspec

from parplan.problem import N_, UserError, params
from parplan.workspace import files, git, git_setup
from parplan.workspace.git_process import NO_HOOKS, READING, TRUSTING, Guard, answer

TRUST = "parplan.trust"
"""Names a folder in the user's own settings of git; there may be several."""

_USERS = ("system", "global")
_OURS = "command"
_HOOK_NAME = re.compile(r"[a-z0-9-]+")
_BOOLEANS = {"", "true", "false", "yes", "no", "on", "off", "0", "1"}
# The keys whose value git, or another program of git's, takes for a command.
_NAMES_PROGRAM = re.compile(
    r"core\.(fsmonitor|sshcommand|gitproxy|askpass|editor|pager|alternaterefscommand)"
    r"|sequence\.editor|pager\..+|diff\.external|diff\..+\.textconv|merge\..+\.driver"
    r"|filter\..+\.(clean|smudge|process)|credential\.(.+\.)?helper|(diff|tar|hook)\..+\.command"
    r"|(mergetool|difftool|guitool|browser|man)\..+\.cmd|sendemail\..+cmd"
    r"|gpg\.(.+\.)?program|gpg\.ssh\.defaultkeycommand|remote\..+\.(uploadpack|receivepack)"
    r"|trailer\..+\.(cmd|command)|gc\.recentobjectshook|interactive\.difffilter"
)
# The same only where the value begins so.
_BEGINS = ((re.compile(r"alias\..+|submodule\..+\.update"), "!"), (re.compile(r".+\.url"), "ext::"))
# What 'status', 'diff', 'add' and 'commit' start of these, the rest being off in READING.
_STARTED = re.compile(
    r"filter\..+\.(clean|smudge|process|required)"
    r"|gpg\.(.+\.)?program|gpg\.ssh\.defaultkeycommand|gc\.recentobjectshook|hook\..+\.command"
)
# The same of 'fetch' and 'push'; helpers for passwords are a list of their own.
_STARTED_ONLINE = re.compile(r"core\.(sshcommand|askpass)")
_HELPER = re.compile(r"credential\.(.+\.)?helper")
_DEFAULTS = {
    "core.sshcommand": "ssh",
    "gpg.program": "gpg",
    "gpg.openpgp.program": "gpg",
    "gpg.x509.program": "gpgsm",
    "gpg.ssh.program": "ssh-keygen",
}


class Setting(msgspec.Struct, frozen=True):
    """A setting of git: where it holds ('local', 'global', …), its file, name and value."""

    scope: str
    file: str
    key: str
    value: str


class Choice(msgspec.Struct, frozen=True):
    """How ``commit`` lets git run.

    ``skipped`` are hooks that git would start and may not.  ``checks`` says that parplan's own is
    among those of the folder, so that ``commit`` looks itself for what that one would find.
    """

    guard: Guard
    filters: frozenset[str] = frozenset()
    skipped: tuple[Path, ...] = ()
    checks: bool = False


def choose(folder: Path) -> Choice:
    """Return what ``commit`` lets git start in ``folder``; raises UserError where git fails."""
    settings = _settings(folder)
    if _is_trusted(folder, settings):
        return Choice(TRUSTING)
    hooks = _users_hooks(folder, settings)
    guard = Guard((*READING.settings, f"core.hooksPath={hooks}", *_replaced(settings)))
    names = {
        setting.key.removeprefix("filter.").rpartition(".")[0]
        for setting in programs_of(settings)
        if setting.key.startswith("filter.") and not _users_value(settings, setting.key)
    }
    hook = git.hooks_folder(folder) / "pre-commit"
    checks = hooks == NO_HOOKS and _is_own(hook) and os.access(hook, os.X_OK)
    return Choice(guard, frozenset(names), tuple(_hooks(folder, hooks)), checks)


def choose_online(folder: Path, guard: Guard, *, may_ask: bool) -> Guard:
    """Return how git, which may run by ``guard`` here, may run to talk to another repository.

    Where it ``may_ask``, git and ssh ask at the terminal for a password; else they do without.
    """
    settings = _settings(folder)
    variables = {"GIT_TERMINAL_PROMPT": "1"}
    more: list[str] = ["maintenance.auto=false", "gc.auto=0"]
    if not may_ask:
        variables = {"GCM_INTERACTIVE": "never", "SSH_ASKPASS_REQUIRE": "never"}
        ssh = _users_value(settings, "core.sshcommand")
        if not ssh and not {"GIT_SSH", "GIT_SSH_COMMAND"} & os.environ.keys():
            more.append("core.sshCommand=ssh -o BatchMode=yes")
    if guard is not TRUSTING:
        variables["GIT_ALLOW_PROTOCOL"] = "file:http:https:ssh"
        more = [*_replaced_online(settings), *more]
    return Guard((*guard.settings, *more), False, tuple(variables.items()))


def _replaced_online(settings: Sequence[Setting]) -> Iterator[str]:
    """Yield the user's own value, or the usual one, for what the folder would have started."""
    for setting in settings:
        key = setting.key
        if setting.scope not in _USERS and _STARTED_ONLINE.fullmatch(key):
            yield f"{key}={_users_value(settings, key) or _DEFAULTS.get(key, '')}"
    helpers = [setting for setting in settings if _HELPER.fullmatch(setting.key)]
    if any(helper.scope not in _USERS for helper in helpers):
        yield "credential.helper="  # an empty one takes back those before it
        for helper in helpers:
            if helper.scope in _USERS:
                yield f"{helper.key}={helper.value}"


def starts(folder: Path) -> tuple[list[Setting], list[Path]]:
    """Return the settings and the hooks of ``folder`` itself by which git would start a program.

    None in a folder that the user trusts, and neither what his own settings name, nor the hook
    that parplan made.
    """
    settings = _settings(folder)
    if _is_trusted(folder, settings):
        return [], []
    return list(programs_of(settings)), list(_hooks(folder, _users_hooks(folder, settings)))


def programs_of(settings: Iterable[Setting]) -> Iterator[Setting]:
    """Yield those of ``settings`` that name a program and are not the user's own."""
    for setting in settings:
        named = _NAMES_PROGRAM.fullmatch(setting.key) and setting.value.lower() not in _BOOLEANS
        begins = (
            setting.value.startswith(begin) for key, begin in _BEGINS if key.fullmatch(setting.key)
        )
        if setting.scope not in _USERS and (named or any(begins)):
            yield setting


def _settings(folder: Path) -> list[Setting]:
    """Return all settings of git in ``folder``, the last of one name being the one that holds."""
    words = ("config", "--list", "--show-scope", "--show-origin", "-z")
    fields = answer(folder, *words).decode("utf-8", "surrogateescape").split("\0")
    settings = []
    for scope, origin, entry in zip(fields[0::3], fields[1::3], fields[2::3], strict=False):
        key, _end, value = entry.partition("\n")
        if scope != _OURS:
            settings.append(Setting(scope, origin.removeprefix("file:"), key, value))
    return settings


def _users_value(settings: Iterable[Setting], key: str) -> str:
    values = [each.value for each in settings if each.key == key and each.scope in _USERS]
    return values[-1] if values else ""


def _is_trusted(folder: Path, settings: Iterable[Setting]) -> bool:
    top = os.path.normcase(git.top(folder))
    trusted = (each.value for each in settings if each.key == TRUST and each.scope in _USERS)
    return any(
        os.path.normcase(os.path.realpath(os.path.expanduser(path))) == top  # noqa: PTH111
        for path in trusted
    )


def _users_hooks(folder: Path, settings: Iterable[Setting]) -> str:
    """Return the folder of hooks that the user chose for all repositories, else ``NO_HOOKS``.

    One inside the repository is filled by whoever made that.
    """
    path = os.path.expanduser(_users_value(settings, "core.hookspath"))  # noqa: PTH111
    if PurePath(path).is_absolute() and not git.is_in_repository(folder, path):
        return path
    return NO_HOOKS


def _replaced(settings: Sequence[Setting]) -> Iterator[str]:
    """Yield the user's own value, or none, for what the folder would have started."""
    for setting in settings:
        key = setting.key
        if setting.scope in _USERS or not _STARTED.fullmatch(key):
            continue
        if "=" in key:
            text = N_("git's settings here name a program in a way that nothing turns off: %(key)s")
            raise UserError(text, params(key=key))
        if key.startswith("hook."):
            yield f"{key.removesuffix('command')}enabled=false"
        elif key == "gc.recentobjectshook":
            yield "maintenance.auto=false"  # it is a list, to which -c would only add
        else:
            default = "false" if key.endswith(".required") else _DEFAULTS.get(key, "")
            yield f"{key}={_users_value(settings, key) or default}"


def _hooks(folder: Path, users: str) -> Iterator[Path]:
    """Yield the hooks that git would start but for those in ``users``, and parplan's own."""
    hooks = git.hooks_folder(folder)
    if os.path.realpath(hooks) == os.path.realpath(users):
        return
    try:
        paths = sorted(hooks.iterdir())
    except OSError:
        return
    for path in paths:
        if _HOOK_NAME.fullmatch(path.name) and os.access(path, os.X_OK) and not _is_own(path):
            yield path


def _is_own(path: Path) -> bool:
    if path.name != "pre-commit":
        return False
    try:
        with files.opened(path) as file:
            return git_setup.is_own_hook(file.read().decode("utf-8", "replace"))
    except OSError:
        return False

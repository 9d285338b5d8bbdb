"""What git needs to be told of a workspace: the lines of its own files, and the hook.

``init`` writes these, ``doctor`` looks whether they are there.
"""

from __future__ import annotations

import re
import shlex
import stat
from pathlib import Path

from parplan.i18n import _
from parplan.problem import N_, UserError, params
from parplan.workspace import files, git

ATTRIBUTES_PATH = ".gitattributes"
UNION = "*.journal.yaml merge=union text eol=lf"
ATTRIBUTES = f"""\
# Two branches that both record progress are merged line by line.
{UNION}
"""
IGNORE_PATH = ".gitignore"
CACHE, OLD, NEW, MESSAGES = IGNORED = (
    ".parplan/",
    "reports/*.old-*",
    "reports/*.new-*",
    "reports/digest-*.eml",
)
IGNORE = f"""\
{CACHE}
# Drafts that others replaced: what git has of them is in its history.
{OLD}
{NEW}
# Messages to be sent: parplan writes them again, and only their calendars tell what went out.
{MESSAGES}
"""
HIDDEN_EVIDENCE = N_(
    "evidence that .gitignore here leaves out of git; take its line out there, or type 'git add "
    "--force' once"
)
SHARED_HOOKS = N_(
    "git takes its hooks from %(folder)s, outside this repository, where parplan writes nothing; "
    "'git config core.hooksPath .git/hooks' gives this repository its own"
)

_HOOK = """\
#!/bin/sh
# Made by 'parplan init --hook': no plan with mistakes is committed.
command -v parplan >/dev/null || {{ echo {absent} >&2; exit 0; }}
exec parplan check --hook --dir {folder}
"""
_OURS = re.compile(
    r"#!/bin/sh\n# Made by 'parplan init --hook'[^\n]*\n"
    r"(command -v parplan [^\n]*\n)?(exec )?parplan check --hook[^\n]*\n?"
)


def hook(folder: str) -> str:
    """Return the hook that checks the plans in ``folder``, from the top of the repository.

    Where there is no parplan, it says so in the language in use.
    """
    absent = _("parplan is not on the PATH: the plan was not checked")
    return _HOOK.format(folder=shlex.quote(folder), absent=shlex.quote(absent))


def install_hook(root: Path) -> tuple[Path, bool]:
    """Return where the hook of the workspace ``root`` stands, and whether it was put there now.

    Raises UserError where git takes its hooks from elsewhere.
    """
    git.require_work_tree(root)
    hooks = git.hooks_folder(root)
    path = hooks / "pre-commit"
    shared = git.foreign_hooks(root, hooks)
    if shared:
        raise UserError(SHARED_HOOKS, params(folder=shared))
    is_new = files.create(path, hook(git.prefix(root) or ".").encode())
    if is_new:
        path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return path, is_new


def is_own_hook(text: str) -> bool:
    """Tell whether ``text`` is a hook that some parplan made, nothing added by anybody."""
    return _OURS.fullmatch(text.replace("\r\n", "\n")) is not None


def says_last(text: str, line: str) -> bool:
    """Tell whether ``line`` is the last of a file that says anything; the last one wins in git."""
    stripped = [each.strip() for each in text.splitlines()]
    entries = [each for each in stripped if each and not each.startswith("#")]
    return entries[-1:] == [line]

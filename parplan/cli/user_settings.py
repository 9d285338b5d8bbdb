"""What has the user set once and for all: name, language, workspace, officer?

One small file in the user's configuration folder; an option of the command line and a variable
of the environment come before it, the plan and git after it.
"""

from __future__ import annotations

import codecs
import os
import sys
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import msgspec

from parplan.i18n import LANGUAGES, Language
from parplan.problem import N_, UserError, params
from parplan.workspace import files
from parplan.workspace.workspace import Workspace, find_workspace_above

Name: TypeAlias = Literal["author", "language", "workspace", "officer"]

NAMES: tuple[Name, ...] = get_args(Name)

VARIABLES: dict[Name, str] = {
    "author": "PARPLAN_AUTHOR",
    "language": "PARPLAN_LANG",
    "workspace": "PARPLAN_DIR",
}
"""The variable of the environment that comes before a setting, where there is one."""


class Settings(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Who records, in which language parplan speaks, which workspace is meant where none is around.

    ``officer`` is the user's name where tasks name officers.  An empty text is not set.
    """

    author: str = ""
    language: Language | Literal[""] = ""
    workspace: str = ""
    officer: str = ""


def settings_path() -> Path:
    """Return where the settings are kept: a file that need not be there.

    Windows: ``%APPDATA%``; elsewhere ``$XDG_CONFIG_HOME``, by default ``~/.config``
    (https://specifications.freedesktop.org/basedir/latest/).
    """
    variable = "APPDATA" if sys.platform == "win32" else "XDG_CONFIG_HOME"
    folder = os.environ.get(variable) or os.path.expanduser("~/.config")  # noqa: PTH111 - no error
    return Path(folder) / "parplan" / "settings.json"


def read_settings() -> Settings:
    """Return what is set; nothing where there is no file.

    Raises UserError where the file cannot be read, or holds something else.
    """
    path = settings_path()
    try:
        data = path.read_bytes() if path.is_file() else b"{}"
        return msgspec.json.decode(data.removeprefix(codecs.BOM_UTF8), type=Settings)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        text = N_("cannot read the settings in %(path)s: %(reason)s; mend the file or delete it")
        raise UserError(text, params(path=path, reason=str(error))) from error


def change_setting(name: Name, value: str) -> None:
    """Set ``name`` to ``value``; an empty text takes it out.

    Raises UserError where the value cannot be, or the file cannot be written.
    """
    if name == "language" and value and value not in LANGUAGES:
        text = N_("'%(value)s' is no language of parplan; there are: %(languages)s")
        raise UserError(text, params(value=value, languages=", ".join(LANGUAGES)))
    if name == "workspace" and value:
        workspace = find_workspace_above(Path(value).resolve())
        if workspace is None:
            raise UserError(N_("there is no plan in %(folder)s"), params(folder=value))
        value = str(workspace.root)
    path = settings_path()
    seen = files.read_bytes(path) if path.exists() else None
    settings = msgspec.structs.replace(read_settings(), **{name: value})
    data = msgspec.json.format(msgspec.json.encode(settings), indent=2) + b"\n"
    files.put(path, data, seen)


def workspace_at(folder: str | None) -> Workspace | None:
    """Return the workspace that ``folder`` lies in; that of the settings where none is named.

    A workspace around the working folder comes before that of the settings: who stands in
    one means it.  Raises UserError where the settings name a folder that is none.
    """
    workspace = find_workspace_above(Path(folder or os.curdir).absolute())
    if workspace is not None or folder is not None:
        return workspace
    default = read_settings().workspace
    if not default:
        return None
    workspace = find_workspace_above(Path(default))
    if workspace is None:
        text = N_(
            "there is no plan in %(folder)s, which 'parplan settings' has as workspace; 'parplan "
            "settings workspace FOLDER' names another one"
        )
        raise UserError(text, params(folder=default))
    return workspace

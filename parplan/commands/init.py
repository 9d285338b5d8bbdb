"""``parplan init``: make a workspace.  What is there already stays as it is."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Annotated

import click
import typer

from parplan.cli.options import Shared
from parplan.cli.session import today
from parplan.i18n import _, fill
from parplan.problem import N_, UserError, params
from parplan.text import visible
from parplan.workspace import files, git, git_setup
from parplan.workspace.workspace import packaged_file, plan_years, workspace_lock

EXAMPLES = (
    "parplan init --sample",
    "parplan init phuong-phu-la --year 2026",
    "parplan init --hook",
)

_SAMPLE_YEAR = 2025


def init(
    where: Annotated[
        str | None, typer.Argument(metavar=N_("[FOLDER]"), help=N_("Where; here by default."))
    ] = None,
    sample: Annotated[
        bool, typer.Option("--sample", help=N_("Begin with the sample plan of 2025."))
    ] = False,
    templates: Annotated[
        bool, typer.Option("--templates", help=N_("Also copy the templates, to change them."))
    ] = False,
    hook: Annotated[
        bool, typer.Option("--hook", help=N_("Let git check the plan before each commit."))
    ] = False,
    no_git: Annotated[bool, typer.Option("--no-git", help=N_("Make no git repository."))] = False,
    *,
    shared: Shared,
) -> None:
    """Make the files of a workspace."""
    root = Path(where or shared.folder or ".").absolute()
    year = _SAMPLE_YEAR if sample else shared.year or today(shared).year
    with files.refusing(root):
        root.mkdir(parents=True, exist_ok=True)
    with workspace_lock(root):
        for name, data in _files(root, year, sample, templates, shared.year):
            _tell(files.create(files.inside(root, root / name), data), name)
        if not no_git and not git.is_work_tree(root):
            _make_repository(root)
        if hook:
            _install_hook(root)
    click.echo(_("Now try: %(command)s") % {"command": "parplan due"})


def _tell(made: bool, name: str) -> None:
    click.echo((_("made  %(name)s") if made else _("kept  %(name)s")) % {"name": name})


def _files(
    root: Path, year: int, sample: bool, templates: bool, asked: int | None
) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    if sample or asked or not plan_years(root):
        plan = packaged_file("plan/2025.yaml").read_bytes() if sample else _skeleton(year)
        found.append((f"plan/{year}.yaml", plan))
    found.append(("plan/plan.schema.json", packaged_file("plan/plan.schema.json").read_bytes()))
    found += [(git_setup.ATTRIBUTES_PATH, git_setup.ATTRIBUTES.encode())]
    found += [(git_setup.IGNORE_PATH, git_setup.IGNORED.encode())]
    if templates:
        folder = packaged_file("templates")
        found += [
            (f"templates/{one.name}", one.read_bytes()) for one in sorted(folder.glob("*.j2"))
        ]
    return found


def _skeleton(year: int) -> bytes:
    from parplan.render.template import markdown_values as template

    return template.render("plan.yaml.j2", {"year": year}).encode()


def _make_repository(root: Path) -> None:
    try:
        git.init(root)
        _tell(True, ".git")
    except UserError as refusal:  # the folder works without history
        click.echo(f"parplan: {visible(fill(refusal.text, refusal.values))}", err=True)


def _install_hook(root: Path) -> None:
    git.require_work_tree(root)
    path = git.hooks_folder(root) / "pre-commit"
    shared = git.foreign_hooks(root)
    if shared:
        raise UserError(git_setup.SHARED_HOOKS, params(folder=shared))
    absent = _(git_setup.ABSENT)
    folder = git.prefix(root) or "."
    if files.create(path, git_setup.hook(folder, absent).encode()):
        path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
        _tell(True, str(path))
    else:
        click.echo(_("kept  %(path)s; add the line: parplan check --hook") % {"path": path})


CALLBACKS = {"init": init}

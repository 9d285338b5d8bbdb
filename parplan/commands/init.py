"""``parplan init``: make a workspace.  What is there already stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from parplan.cli.options import Shared
from parplan.cli.session import today
from parplan.cli.streams import say
from parplan.i18n import _, fill
from parplan.problem import N_, UserError
from parplan.render.new_plan import skeleton
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
        plan = sample or shared.year is not None or not plan_years(root)
        for name, data in _files(year, plan=plan, sample=sample, templates=templates):
            _tell(files.create(files.inside(root, root / name), data), name)
        if not no_git and not git.is_work_tree(root):
            _make_repository(root)
        if hook:
            path, is_new = git_setup.install_hook(root)
            if is_new:
                _tell(True, str(path))
            else:
                text = _("kept  %(path)s; add the line: parplan check --hook")
                say(text % {"path": path})
    say(_("Now try: %(command)s") % {"command": "parplan due"})


def _tell(is_new: bool, name: str) -> None:
    say((_("made  %(name)s") if is_new else _("kept  %(name)s")) % {"name": name})


def _files(year: int, *, plan: bool, sample: bool, templates: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each file; the ``plan`` is empty or the ``sample``."""
    if plan:
        content = packaged_file("plan/2025.yaml").read_bytes() if sample else skeleton(year)
        yield f"plan/{year}.yaml", content
    yield "plan/plan.schema.json", packaged_file("plan/plan.schema.json").read_bytes()
    yield git_setup.ATTRIBUTES_PATH, git_setup.ATTRIBUTES.encode()
    yield git_setup.IGNORE_PATH, git_setup.IGNORE.encode()
    if templates:
        for path in sorted(packaged_file("templates").glob("*.j2")):
            yield f"templates/{path.name}", path.read_bytes()


def _make_repository(root: Path) -> None:
    try:
        git.init(root)
        _tell(True, ".git")
    except UserError as error:  # the folder works without history
        say(f"parplan: {fill(error.text, error.values)}", error=True)


CALLBACKS = {"init": init}

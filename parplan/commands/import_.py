"""``parplan import``: a plan from a Word, Excel or CSV file, as a new YAML file."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from parplan.cli import delivery
from parplan.cli.options import NewFile, ReportFormat, Shared
from parplan.cli.output import show_lines
from parplan.cli.progress_bar import tracked
from parplan.i18n import _, fill, ngettext
from parplan.importer.grid import Source
from parplan.importer.places import place_in_words, place_record
from parplan.importer.plan.assemble import ImportedPlan, assemble_plan
from parplan.importer.plan.text import document_title, imported_plan_text, note_in_words
from parplan.plan.model import Plan
from parplan.problem import N_
from parplan.render.terminal import paint
from parplan.render.terminal.table import Line, dashed, paragraph
from parplan.text import visible
from parplan.workspace.workspace import Workspace, find_workspace_above

EXAMPLES = (
    "parplan import ke-hoach-2026.docx",
    "parplan import phu-luc.xlsx --year 2026",
    "parplan import nhiem-vu.csv --year 2026 -o plan/2026.yaml",
)


def import_plan(
    file: Annotated[
        str, typer.Argument(metavar=N_("FILE"), help=N_("The plan: a .docx, .xlsx or .csv file."))
    ],
    *,
    format: ReportFormat = "table",
    output: NewFile = None,
    shared: Shared,
) -> None:
    """Read a plan and write it as a new file; what is not understood is left empty and told."""
    path = Path(file)
    workspace = find_workspace_above(Path(shared.folder or ".").absolute())
    work = _Work(path, shared.year, _newest_plan(workspace))
    for step in tracked(
        (work.read, work.understand, work.write), _("reading %(name)s") % {"name": path.name}
    ):
        step()
    found = work.found
    root = workspace.root if workspace else Path(shared.folder or ".")
    target = delivery.put(work.text.encode(), root, f"plan/{found.plan.year}.yaml", output)
    if target is None:
        return
    if format == "json":
        _print_json(path, target, found)
    else:
        show_lines(list(_summary(target, found, shared.folder)))


class _Work:
    """The steps of an import, in order."""

    source: Source
    found: ImportedPlan
    text: str

    def __init__(self, path: Path, year: int | None, known: Plan | None) -> None:
        self.path = path
        self.year = year
        self.known = known

    def read(self) -> None:
        """Read the file's tables and paragraphs."""
        from parplan.importer.read import read_office_file

        self.source = read_office_file(self.path)

    def understand(self) -> None:
        """Make a plan of them; raises UserError where no table holds tasks."""
        from parplan.importer.read import no_table_error

        found = assemble_plan(self.source, self.year, self.known)
        if found is None:
            raise no_table_error(self.path, self.source)
        self.found = found

    def write(self) -> None:
        """Put the plan into words."""
        self.text = imported_plan_text(self.path, self.found)


def _newest_plan(workspace: Workspace | None) -> Plan | None:
    """Return the newest plan that can be read, None where there is none."""
    for year in reversed(workspace.years() if workspace else []):
        assert workspace is not None
        plan = workspace.read_plan(year).value
        if plan is not None:
            return plan
    return None


def _summary(target: str, found: ImportedPlan, folder: str | None) -> Iterator[Line]:
    screen = paint.screen_width()
    plan = found.plan
    tasks = sum(len(section.tasks) for section in plan.sections)
    values = {
        "tasks": ngettext("%(n)s task", "%(n)s tasks", tasks),
        "sections": ngettext("%(n)s section", "%(n)s sections", len(plan.sections)),
        "places": ", ".join(map(place_in_words, found.tables)),
    }
    yield from paragraph(_("written  %(path)s") % {"path": target}, screen, "head")
    yield []
    said = _("Document: %(title)s") % {"title": document_title(found)}
    yield from paragraph(visible(said), screen)
    said = _("Tasks: %(tasks)s, in %(sections)s (%(places)s)") % values
    yield from paragraph(visible(said), screen)
    yield from _units(found, screen)
    if found.missing:
        said = _("Not in the file: %(parts)s") % {"parts": ", ".join(map(_, found.missing))}
        yield from paragraph(said, screen)
    if found.left_out:
        said = _("Columns left out: %(columns)s") % {"columns": "; ".join(found.left_out)}
        yield from paragraph(visible(said), screen)
    yield []
    if found.notes:
        count = ngettext("%(n)s place to look at:", "%(n)s places to look at:", len(found.notes))
        yield from paragraph(count, screen, "head")
        for note in found.notes:
            yield from dashed(note_in_words(note), screen)
        yield []
    for said in _next(target, plan.year, folder):
        yield from paragraph(said, screen)


def _next(target: str, year: int, folder: str | None) -> Iterator[str]:
    """Yield what to do now: read the plan, check it, and make the rest of a new workspace."""
    place = f"plan/{year}.yaml"
    command = f"parplan check --year {year}"
    if folder:
        command += f" --dir {shlex.quote(folder)}"
    if not target.endswith(place):
        text = _("Next: put %(path)s at %(place)s, then type: %(command)s")
        yield text % {"path": target, "place": place, "command": command}
        return
    text = _("Next: look through %(path)s, then type: %(command)s")
    yield text % {"path": target, "command": command}
    if not Path(target).with_name("plan.schema.json").exists():
        yield _("'parplan init' adds what else a folder of plans has.")


def _units(found: ImportedPlan, screen: int) -> Iterator[Line]:
    names = {unit.id: unit.name for unit in found.plan.units}
    new = [names[one] for one in found.new_units]
    values = {"known": len(names) - len(new), "new": len(new), "names": "; ".join(new)}
    text = (
        N_("Units: %(known)s known, %(new)s new: %(names)s")
        if new
        else N_("Units: %(known)s known, no new ones")
    )
    yield from paragraph(visible(_(text) % values), screen)
    for one in found.units:
        if not one.is_exact and one.written != names[one.unit]:
            text = _("“%(written)s” is taken for “%(unit)s”")
            yield from dashed(text % {"written": one.written, "unit": names[one.unit]}, screen)


def _print_json(path: Path, target: str, found: ImportedPlan) -> None:
    from parplan.render import data

    plan = found.plan
    payload = {
        "file": str(path),
        "plan": target,
        "year": plan.year,
        "tasks": sum(len(section.tasks) for section in plan.sections),
        "sections": [{"id": one.id, "title": one.title} for one in plan.sections],
        "units": [
            {"written": one.written, "unit": one.unit, "new": one.unit in found.new_units}
            for one in found.units
        ],
        "missing": found.missing,
        "left_out": found.left_out,
        "items": [
            {
                "code": note.code,
                "task": note.task,
                "place": place_in_words(note.place),
                "where": place_record(note.place),
                "message": fill(note.text, note.values),
            }
            for note in found.notes
        ],
    }
    sys.stdout.write(data.to_json(payload))


CALLBACKS = {"import": import_plan}

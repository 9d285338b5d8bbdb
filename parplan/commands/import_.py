"""``parplan import``: a plan from a file of an office program, as a new YAML file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parplan.cli import delivery
from parplan.cli.options import NewFile, ReportFormat, Shared
from parplan.cli.output import print_json, show_lines
from parplan.cli.progress_bar import tracked
from parplan.i18n import _
from parplan.importer.grid import Source
from parplan.importer.plan.assemble import ImportedPlan, assemble_plan
from parplan.importer.plan.text import imported_plan_text
from parplan.plan.model import Plan
from parplan.problem import N_, UserError, params
from parplan.render.answers.imported import ImportAnswer
from parplan.render.new_plan import skeleton
from parplan.render.terminal.imported import plan_lines
from parplan.workspace.workspace import Workspace, find_workspace_above

EXAMPLES = (
    "parplan import ke-hoach-2026.docx",
    "parplan import phu-luc.xlsx --year 2026",
    "parplan import nhiem-vu.csv --year 2026 -o plan/2026.yaml",
)


def import_plan(
    file: Annotated[
        str,
        typer.Argument(
            metavar=N_("FILE"),
            help=N_("The plan: a file of Word, Excel or LibreOffice, .pdf or .csv."),
        ),
    ],
    *,
    format: ReportFormat = "table",
    sheet: Annotated[
        str | None,
        typer.Option(metavar=N_("NAME"), help=N_("Read this sheet of a workbook alone.")),
    ] = None,
    report: Annotated[
        str | None,
        typer.Option(metavar=N_("FILE"), help=N_("Excel file to tell row by row what was read.")),
    ] = None,
    output: NewFile = None,
    shared: Shared,
) -> None:
    """Read a plan and write it as a new file; what is not understood is left empty and told."""
    path = Path(file)
    workspace = find_workspace_above(Path(shared.folder or ".").absolute())
    if report and Path(report).exists():
        text = N_("%(path)s is there already and stays as it is; name another file")
        raise UserError(text, params(path=report))
    work = _Work(path, sheet, shared.year, _newest_plan(workspace))
    for step in tracked(
        (work.read, work.understand, work.write), _("reading %(name)s") % {"name": path.name}
    ):
        step()
    imported = work.imported
    root = workspace.root if workspace else Path(shared.folder or ".")
    year = imported.plan.year
    is_blank = workspace is not None and output is None and _is_skeleton(workspace, year)
    old = skeleton(year) if is_blank else None
    target = delivery.put(work.text.encode(), root, f"plan/{year}.yaml", output, old=old)
    if report:
        from parplan.render.export.import_report import render

        delivery.put(render(imported), root, "", report)
    if target is None:
        return
    if format == "json":
        print_json(ImportAnswer.of(str(path), target, imported))
    else:
        show_lines(list(plan_lines(imported, target, shared.folder, report)))


class _Work:
    """The steps of an import, in order."""

    source: Source
    imported: ImportedPlan
    text: str

    def __init__(
        self, path: Path, sheet: str | None, year: int | None, earlier: Plan | None
    ) -> None:
        self.path = path
        self.sheet = sheet
        self.year = year
        self.earlier = earlier

    def read(self) -> None:
        """Read the file's tables and paragraphs."""
        from parplan.importer.read import only_sheet, read_office_file

        source = read_office_file(self.path)
        self.source = only_sheet(self.path, source, self.sheet) if self.sheet else source

    def understand(self) -> None:
        """Make a plan of them; raises UserError where no table holds tasks."""
        from parplan.importer.read import no_table_error

        imported = assemble_plan(self.source, self.year, self.earlier)
        if imported is None:
            raise no_table_error(self.path, self.source)
        self.imported = imported

    def write(self) -> None:
        """Put the plan into words."""
        self.text = imported_plan_text(self.path, self.imported)


def _newest_plan(workspace: Workspace | None) -> Plan | None:
    """Return the newest plan that can be read, None where there is none."""
    for year in reversed(workspace.years() if workspace else []):
        assert workspace is not None
        if _is_skeleton(workspace, year):
            continue
        plan = workspace.read_plan(year).value
        if plan is not None:
            return plan
    return None


def _is_skeleton(workspace: Workspace, year: int) -> bool:
    """Tell whether the plan of ``year`` is still the one that ``init`` made, as it made it."""
    if year not in workspace.years():
        return False
    return workspace.read_file(workspace.shown(workspace.plan_path(year))) == skeleton(year)


CALLBACKS = {"import": import_plan}

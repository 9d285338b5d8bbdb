"""``parplan board``: the year on one page, as a file or shown live on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from parplan.agenda.year import summarize
from parplan.cli.options import FilterOptions, OutputOptions, Shared
from parplan.cli.params import Number
from parplan.cli.session import Session, open_session, task_filter
from parplan.problem import N_, UserError, params

EXAMPLES = (
    "parplan board",
    "parplan board --unit tu-phap -o tu-phap.html",
    "parplan board --serve",
)


def board(
    serve: Annotated[
        bool,
        typer.Option(
            "--serve", help=N_("Show the page on this machine alone, live, until Ctrl-C.")
        ),
    ] = False,
    port: Annotated[
        int,
        typer.Option(
            parser=Number(0, 65535),
            metavar="0-65535",
            help=N_("Port of --serve; 0 is any free one."),
        ),
    ] = 8425,
    *,
    output: OutputOptions,
    filters: FilterOptions,
    shared: Shared,
) -> None:
    """Write the page, or serve it."""
    if serve:
        if output.output is not None:
            raise UserError(N_("--serve writes no file: leave out %(option)s"), params(option="-o"))
        from parplan.cli import serving

        serving.serve(lambda session, version: board_page(session, filters, version), port, shared)
        return
    from parplan.cli.delivery import deliver, part_name

    session = open_session(shared)
    deliver(
        board_page(session, filters).encode(),
        session.workspace.root,
        f"board-{session.plan.year}{part_name(filters)}.html",
        output,
    )


def board_page(session: Session, filters: FilterOptions, version: str = "") -> str:
    """Return the page of the plan that ``session`` has opened; served if it has a ``version``."""
    from parplan.render.board import page

    keep = task_filter(session, filters)
    # One reading for both: what cannot be read is told on the page too.
    recorded = session.read_and_complain()
    progress = session.progress_after(recorded.records)
    summary = summarize(session.plan, progress, session.as_of, keep)
    folder = session.workspace.root / "templates"
    score = None
    if session.index_or_none() is not None:
        from parplan.cli.scores import scored

        score = scored(session, recorded.records)
    return page.page(summary, recorded.problems, folder, version, score)


CALLBACKS = {"board": board}

"""``parplan forms``: the statistical forms of a period, with what stands beside each figure."""

from __future__ import annotations

from typing import Annotated

import typer

from parplan.cli.form_figures import open_for_period
from parplan.cli.options import Format, PeriodOptions, Shared
from parplan.cli.output import emit
from parplan.problem import N_, UserError, params
from parplan.render.answers.forms import FormsAnswer
from parplan.render.terminal.forms import forms_table

EXAMPLES = (
    "parplan forms --quarter 2",
    "parplan forms --half 1 --form 3",
    "parplan forms set 3/3.1.1@Q2 125.712",
    "parplan forms sheet --quarter 2",
    "parplan forms report --quarter 2",
)


def run(
    form: Annotated[
        str | None, typer.Option("--form", help=N_("Only this form."), metavar=N_("FORM"))
    ] = None,
    *,
    period_options: PeriodOptions,
    format: Format = "table",
    shared: Shared,
) -> None:
    """Print every row with its figures."""
    opened, period = open_for_period(shared, None, period_options)
    filled = opened.filled(period)
    lines = [line for line in filled.lines if form in (None, line.form.id)]
    if not lines:
        numbers = ", ".join(each.id for each in opened.forms.forms)
        raise UserError(
            N_("no form %(form)s; there are: %(known)s"), params(form=form, known=numbers)
        )
    doubtful = opened.doubts(period, form)
    emit(
        format,
        lambda: FormsAnswer.of(filled, opened.session.as_of),
        lambda: forms_table(filled, lines, doubtful),
    )


CALLBACKS = {"forms": run}

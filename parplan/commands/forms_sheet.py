"""``parplan forms sheet``: an Excel sheet in which the figures of a period are filled in."""

from __future__ import annotations

from parplan import i18n
from parplan.cli.delivery import deliver
from parplan.cli.form_figures import FormsPeriod, open_for_period
from parplan.cli.options import OutputOptions, PeriodOptions, Shared

EXAMPLES = ("parplan forms sheet --quarter 2", "parplan forms sheet H1 -o so-lieu.xlsx")


def sheet(
    period: FormsPeriod = None,
    *,
    period_options: PeriodOptions,
    output: OutputOptions,
    shared: Shared,
) -> None:
    """Write the sheet."""
    from parplan.render.export import forms_sheet  # XlsxWriter takes its time

    opened, chosen = open_for_period(shared, period, period_options)
    plan = opened.session.plan
    with i18n.speaking(plan.language):
        data = forms_sheet.render(plan, opened.filled(chosen))
    deliver(data, opened.session.workspace.root, f"forms-sheet-{chosen.name}.xlsx", output)


CALLBACKS = {"forms sheet": sheet}

"""``parplan forms xlsx``: the statistical forms of a period as an Excel workbook."""

from __future__ import annotations

from parplan import i18n
from parplan.cli.delivery import deliver
from parplan.cli.form_figures import FormsPeriod, open_for_period, say_doubts
from parplan.cli.options import OutputOptions, PeriodOptions, Shared

EXAMPLES = ("parplan forms xlsx --quarter 2", "parplan forms xlsx H1 -o bieu-mau.xlsx")


def xlsx(
    period: FormsPeriod = None,
    *,
    period_options: PeriodOptions,
    output: OutputOptions,
    shared: Shared,
) -> None:
    """Write the workbook."""
    from parplan.render.export import xlsx_forms

    opened, chosen = open_for_period(shared, period, period_options)
    plan = opened.session.plan
    with i18n.speaking(plan.language):
        data = xlsx_forms.render(plan, opened.filled(chosen))
    deliver(data, opened.session.workspace.root, f"reports/forms-{chosen.name}.xlsx", output)
    say_doubts(opened.doubts(chosen))


CALLBACKS = {"forms xlsx": xlsx}

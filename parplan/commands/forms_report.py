"""``parplan forms report``: the statistical forms of a period as a draft, a page for each form."""

from __future__ import annotations

from parplan.cli.drafts import write
from parplan.cli.form_figures import FormsPeriod, open_for_period, say_doubts
from parplan.cli.options import DraftOptions, PeriodOptions, Shared
from parplan.render.document import official
from parplan.render.document.official import Official

EXAMPLES = ("parplan forms report --quarter 2", "parplan forms report 2025 --format docx")


def report(
    period: FormsPeriod = None,
    *,
    period_options: PeriodOptions,
    options: DraftOptions,
    shared: Shared,
) -> None:
    """Write the draft."""
    opened, chosen = open_for_period(shared, period, period_options)
    session = opened.session

    def document() -> Official:
        counted = sum(record.day <= session.as_of for record in opened.records)
        return official.statistics(session.plan, opened.filled(chosen), session.as_of, counted)

    write(session.workspace.root, f"forms-{chosen.name}", options, document)
    say_doubts(opened.doubts(chosen))


CALLBACKS = {"forms report": report}

"""``parplan score xlsx``: the self-assessment as an Excel workbook."""

from __future__ import annotations

from parplan import i18n
from parplan.cli.delivery import deliver
from parplan.cli.options import OutputOptions, Shared
from parplan.cli.scores import scored
from parplan.cli.session import open_session

EXAMPLES = ("parplan score xlsx", "parplan score xlsx -o tu-cham-diem.xlsx")


def xlsx(output: OutputOptions, shared: Shared) -> None:
    """Write the workbook."""
    from parplan.render.export import xlsx_score

    session = open_session(shared)
    score = scored(session)
    with i18n.speaking(session.plan.language):
        data = xlsx_score.render(score, session.plan)
    deliver(data, session.workspace.root, f"reports/score-{session.plan.year}.xlsx", output)


CALLBACKS = {"score xlsx": xlsx}

"""``parplan score xlsx``: the self-assessment as an Excel workbook."""

from __future__ import annotations

from parplan import i18n
from parplan.commands import options
from parplan.commands.delivery import deliver
from parplan.commands.scores import scored
from parplan.commands.session import open_session

OPTIONS = (options.OUTPUT,)
EXAMPLES = ("parplan score xlsx", "parplan score xlsx -o tu-cham-diem.xlsx")


def xlsx() -> None:
    """Write the workbook."""
    from parplan.render import xlsx_score

    session = open_session()
    found = scored(session).score
    with i18n.speaking(session.plan.language):
        data = xlsx_score.render(found, session.plan)
    deliver(data, session.workspace.root, f"reports/score-{session.plan.year}.xlsx")


CALLBACKS = {"score xlsx": xlsx}

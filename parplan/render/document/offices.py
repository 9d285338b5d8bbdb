"""The report of a desk on many offices.

The desk has no plan: who reports to whom, and who signs, are places that it fills.
"""

from __future__ import annotations

from parplan import i18n
from parplan.i18n import message, period_name
from parplan.plan.document import Signer
from parplan.problem import Problem
from parplan.render.document.drafts import Data, Header
from parplan.render.document.official import USUAL_RECIPIENTS, Official, addressee
from parplan.render.places import MISSING
from parplan.rollup.report import SILENT_DAYS, OfficesReport
from parplan.text import fold, lower_first

LANGUAGE: i18n.Language = "vi"
"""In which the packaged template is written."""


def offices_report(content: OfficesReport) -> Official:
    """Return the report that ``content`` tells."""
    request, period = content.request, content.period
    with i18n.speaking(LANGUAGE):
        title = _title(content)
        unreadable, doubtful = (
            [_fault(name, problem) for name, problem in faulty]
            for faulty in (content.unreadable, content.doubtful)
        )
    names = {
        "as_of": request.as_of,
        "period": period,
        "title": title,
        "plan": content.plan,
        "unit": request.unit or "",
        "section": request.section or "",
        "total": content.total,
        "offices": content.offices,
        "complete": content.complete,
        "idle": content.idle,
        "behind": content.behind,
        "silent": content.silent,
        "silent_days": SILENT_DAYS,
        "unreadable": unreadable,
        "doubtful": doubtful,
    }
    return Official(
        "offices.md.j2", LANGUAGE, names, _header(content, title), ("type", "recipients")
    )


def _header(content: OfficesReport, title: str) -> Header:
    as_of, period = content.request.as_of, content.period
    return Header(
        type="Báo cáo",
        symbol=f"BC-{_gap('ký hiệu cơ quan')}",
        issuer=_gap("cơ quan báo cáo"),
        place=_gap("địa danh"),
        date=f"{as_of:%Y-%m}",
        title=title,
        to=(addressee(""),),
        recipients=USUAL_RECIPIENTS,
        signer=Signer(_gap("chức vụ người ký"), _gap("họ tên người ký")),
        data=Data(
            period=period.name,
            from_=period.first.isoformat(),
            until=as_of.isoformat(),
            records=content.records,
        ),
    )


def _fault(name: str, problem: Problem) -> tuple[str, str, int, str]:
    """Return an office, the file and the line in it that are wrong, and why."""
    path = problem.where.path.removeprefix(f"{name}/")
    return name, "" if path == name else path, problem.where.line, message(problem)


def _gap(what: str) -> str:
    return f"[{MISSING}: {what}]"


def _title(content: OfficesReport) -> str:
    plan, period = content.plan, period_name(content.period)
    subject = f"kế hoạch {lower_first(plan)}".rstrip() if plan else "kế hoạch"
    when = "" if fold(period) in fold(subject) else f", {period}"
    part = " – chuyên đề" if content.request.unit or content.request.section else ""
    return f"Kết quả thực hiện {subject} của các đơn vị{when}{part}"

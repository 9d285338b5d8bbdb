"""Which documents does the office write: what is their template given, and what is their head?

Each is one ``Official``: the names that its template can use, and one ``Header``.  The
template fills the body alone, in the plan's language whatever is spoken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import asdict, replace

from parplan import i18n
from parplan.agenda.items import Item
from parplan.forms.figures import ComparedFigure, FilledForms
from parplan.forms.model import Form
from parplan.i18n import Language, period_name
from parplan.journal.record import News
from parplan.plan.appendix import consolidated_appendix, issued_appendix
from parplan.plan.document import Signer
from parplan.plan.model import Plan, Unit, superior_on
from parplan.render.document import drafts
from parplan.render.document.drafts import Data, Draft, Header
from parplan.render.places import MISSING
from parplan.render.template import markdown_values
from parplan.render.template.markdown_values import full_name
from parplan.report.model import Kind, Report
from parplan.score.model import SelfScore
from parplan.score.total import score_lines
from parplan.text import fold, lower_first

OUTLINED: tuple[Kind, ...] = ("quarter", "half", "9-months", "year")
"""The reports that are built by the plan's outline; others tell record by record."""

USUAL_RECIPIENTS = ("Như trên;", "Lưu: VT.")


class Official(msgspec.Struct, frozen=True):
    """A document to be written: ``template`` is the packaged one, ``names`` what it can use.

    ``language`` is that of the office, ``plain`` are keys of the header whose values are
    parplan's own words, ``recorded`` the records that it rests on.
    """

    template: str
    language: Language
    names: dict[str, object]
    header: Header
    plain: tuple[str, ...] = ()
    recorded: Sequence[News] = ()


class Filled(msgspec.Struct, frozen=True):
    """The file of a draft; ``draft`` is what it holds, None where that must be read first.

    ``recorded`` are the records that it rests on.
    """

    text: str
    draft: Draft | None = None
    recorded: Sequence[News] = ()


def fill(document: Official, template_name: str, folder: Path | None) -> Filled:
    """Return ``document`` as a draft, by a template of ``folder`` or a packaged one.

    Raises UserError where the template has a mistake.  A template that begins with a header of
    its own, between lines of ``---``, keeps it.
    """
    with i18n.speaking(document.language):
        text = markdown_values.render(template_name, document.names, folder)
    header = document.header
    if drafts.begins_with_header(text):
        digest = drafts.digest(text.partition("\n---\n")[2])
        return Filled(
            text.replace('\n  digest: ""\n', f'\n  digest: "{digest}"\n', 1),
            None,
            document.recorded,
        )
    body = "\n" + text
    if header.data is not None:
        header = replace(header, data=replace(header.data, digest=drafts.digest(body)))
    draft = Draft("", header, body)
    return Filled(drafts.write(draft, document.plain), draft, document.recorded)


def plan_document(plan: Plan, consolidated_on: dt.date | None = None) -> Official:
    """Return the plan itself, as it was issued, or with the amendments until that day."""
    issued = plan.document
    superior = superior_on(plan, plan.effective_from)
    header = Header(
        type=issued.type,
        number=issued.number,
        symbol=issued.symbol,
        superior=superior,
        issuer=full_name(plan.issuer),
        place=issued.place,
        date=issued.date,
        title=issued.title,
        recipients=tuple(plan.recipients),
        signer=plan.signer,
    )
    names = {
        "plan": plan,
        "superior": superior,
        "columns": plan.columns,
        "consolidated_on": consolidated_on,
        "sections": consolidated_appendix(plan, consolidated_on)
        if consolidated_on
        else issued_appendix(plan),
    }
    return Official("document.md.j2", plan.language, names | common_names(plan), header)


def report(
    content: Report, *, thematic: bool = False, forms: FilledForms | None = None
) -> Official:
    """Return the report that ``content`` tells; ``thematic`` where it is on a part of the plan.

    The ``forms`` are appendices of it.
    """
    plan = content.plan
    title = _report_title(content, thematic=thematic)
    data = Data(
        period=content.period.name,
        from_=content.window.first.isoformat(),
        until=content.window.last.isoformat(),
        records=content.records,
        newest=content.recorded[-1].at.isoformat() if content.recorded else "",
    )
    header = _report_header(plan, content.as_of, content.recipient, title, data)
    if content.recipients:
        header = replace(header, recipients=tuple(content.recipients))
    appended = {
        "forms": forms.forms if forms else None,
        "pages": form_pages(forms) if forms else [],
    }
    names = asdict(content) | common_names(plan) | {"title": title} | appended
    follows_outline = content.kind in OUTLINED and not thematic
    template_name = "report-outline.md.j2" if follows_outline else "report.md.j2"
    return Official(template_name, plan.language, names, header, ("type",), content.recorded)


def _report_header(plan: Plan, as_of: dt.date, superior: str, title: str, data: Data) -> Header:
    """Return the head of a report to ``superior``."""
    return written_now(
        plan,
        as_of,
        type="Báo cáo",
        symbol=f"BC-{issuer_symbol(plan)}",
        superior=superior,
        title=title,
        to=(addressee(superior),),
        recipients=USUAL_RECIPIENTS,
        data=data,
    )


def addressee(body: str) -> str:
    """Return the name of ``body`` after "Kính gửi:", or the place for it where none is known."""
    return full_name(body) if body else f"[{MISSING}: cơ quan nhận báo cáo]"


def reminder(plan: Plan, unit: Unit, urgent: Sequence[Item], as_of: dt.date) -> Official:
    """Return the letter to ``unit`` about its ``urgent`` items."""
    superior = superior_on(plan, as_of)
    header = written_now(
        plan,
        as_of,
        type="",
        symbol=f"{issuer_symbol(plan)}-VP",
        superior=superior,
        title=f"đôn đốc thực hiện nhiệm vụ theo Kế hoạch năm {plan.year}",
        to=(unit.name,),
        recipients=USUAL_RECIPIENTS,
    )
    urgent = sorted(urgent, key=lambda item: item.due)
    names = {
        "plan": plan,
        "unit": unit,
        "as_of": as_of,
        "superior": superior,
        "overdue": [item for item in urgent if item.timing == "overdue"],
        "due_soon": [item for item in urgent if item.timing == "due-soon"],
    }
    return Official(
        "reminder.md.j2",
        plan.language,
        names | common_names(plan),
        header,
        ("title", "recipients"),
    )


def self_assessment(plan: Plan, score: SelfScore, records: int) -> Official:
    """Return the report on ``score``, which rests on so many ``records``."""
    year, superior = score.index.year, superior_on(plan, score.as_of)
    title = f"Kết quả tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm {year}"
    data = Data(
        period=str(year), from_=f"{year}-01-01", until=score.as_of.isoformat(), records=records
    )
    header = _report_header(plan, score.as_of, superior, title, data)
    names = asdict(score) | {
        "plan": plan,
        "superior": superior,
        "leaves": score.leaves,
        "lines": list(score_lines(score)),
        "records": records,
    }
    plain = ("type", "title", "recipients")
    return Official("score.md.j2", plan.language, names | common_names(plan), header, plain)


def statistics(plan: Plan, filled: FilledForms, as_of: dt.date, records: int) -> Official:
    """Return the statistical forms as a report of their own, which rests on so many ``records``."""
    data = Data(
        period=filled.period.name,
        from_=filled.window.first.isoformat(),
        until=filled.window.last.isoformat(),
        records=records,
    )
    title = _statistics_title(plan, filled)
    header = _report_header(plan, as_of, superior_on(plan, as_of), title, data)
    names = {
        "plan": plan,
        "as_of": as_of,
        "forms": filled.forms,
        "period": filled.period,
        "window": filled.window,
        "pages": form_pages(filled),
    }
    return Official(
        "forms.md.j2", plan.language, names | common_names(plan), header, ("type", "recipients")
    )


def form_pages(filled: FilledForms) -> list[tuple[Form, list[ComparedFigure]]]:
    """Return each form with its rows, as the pages of an appendix have them."""
    return [(form, filled.of(form)) for form in filled.forms.forms]


def _statistics_title(plan: Plan, filled: FilledForms) -> str:
    with i18n.speaking(plan.language):
        return f"{filled.forms.title}, {period_name(filled.period)}"


def issuer_symbol(plan: Plan) -> str:
    """Return how documents abbreviate the issuing body: ``UBND`` of ``KH-UBND``."""
    return plan.document.symbol.partition("-")[2] or plan.document.symbol


def written_now(plan: Plan, as_of: dt.date, **more: Any) -> Header:
    """Return the head of a document that has no number yet, of the month of ``as_of``.

    ``more`` are its other fields, or these.
    """
    signer = plan.signer
    fields = {"date": f"{as_of:%Y-%m}", **more}
    return Header(
        issuer=full_name(plan.issuer),
        place=plan.document.place,
        signer=Signer(signer.position, signer.name, _authority(plan)) if signer else None,
        **fields,
    )


def common_names(plan: Plan) -> dict[str, object]:
    """Return the names that every template can use."""
    issued = plan.document.date
    return {
        "issuer_symbol": issuer_symbol(plan),
        "authority": _authority(plan),
        "plan_date": dt.date.fromisoformat(issued) if len(issued) == len("2025-03-18") else None,
    }


def _authority(plan: Plan) -> str:
    authority = plan.signer.authority if plan.signer else ""
    if not authority and plan.issuer.startswith("UBND"):
        return "TM. ỦY BAN NHÂN DÂN"  # Nghị định 30/2020, Phụ lục I, mục II.7.a
    return authority


def _report_title(report: Report, *, thematic: bool) -> str:
    document = report.plan.document
    with i18n.speaking(report.plan.language):
        period, next_period = period_name(report.period), period_name(report.following)
    subject = lower_first(document.title)
    title = f"Kết quả thực hiện {document.type} {subject}"
    if report.kind != "year" or fold(period) not in fold(subject):  # not "năm 2025 (năm 2025)"
        title += f" ({period})"
    if thematic:
        return f"{title} – chuyên đề"
    if report.kind in OUTLINED:
        return f"{title} và phương hướng, nhiệm vụ {next_period}"
    return title

"""``parplan report``: the draft of a periodic or thematic report."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Annotated

import typer

from parplan import i18n
from parplan.agenda.items import Keep
from parplan.cli import candidates as complete
from parplan.cli.delivery import part_name
from parplan.cli.drafts import Request, tell_served, write
from parplan.cli.options import DraftOptions, FilterOptions, PeriodOptions, Shared, chosen_period
from parplan.cli.params import PeriodName
from parplan.cli.session import Session, open_session, task_filter
from parplan.i18n import period_name
from parplan.plan.lookup import find_task
from parplan.plan.model import Plan
from parplan.problem import N_, UserError, params
from parplan.render.template import markdown_values as template
from parplan.report import build as reports
from parplan.report.model import Report
from parplan.schedule.period import Period

EXAMPLES = (
    "parplan report --month 6",
    "parplan report --quarter 2 --format md --format docx",
    "parplan report 2025-03-18..2025-06-30 --section V",
    "parplan report --month 6 --docx-only",
)


def report(
    period: Annotated[
        Period | None,
        typer.Argument(
            parser=PeriodName(), metavar=N_("[PERIOD]"), help=N_("Period to report on.")
        ),
    ] = None,
    task: Annotated[
        tuple[str, ...],
        typer.Option(
            metavar=N_("TASK"),
            help=N_("Only this task; may be repeated."),
            autocompletion=complete.tasks,
        ),
    ] = (),
    *,
    period_options: PeriodOptions,
    filters: FilterOptions,
    options: DraftOptions,
    shared: Shared,
) -> None:
    """Write a draft."""
    session = open_session(shared, period.year if period else None)
    chosen = _period(session, period, period_options)
    keep, name = _part(session, filters, task)
    request = Request(
        session=session,
        name=chosen.name.replace("..", "_") + name,
        template=options.template or "report.md.j2",
        options=options,
    )
    built: list[Report] = []

    def text() -> str:
        found = _build(session, chosen, keep)
        built.append(found)
        return render(session, found, request.template, name)

    write(request, text)
    if built and not name and options.output is None:
        tell_served(built[0], issuer_symbol(session.plan))


def _period(session: Session, given: Period | None, options: PeriodOptions) -> Period:
    chosen = chosen_period(given, options, session.plan.year, session.as_of)
    if chosen is None:
        text = N_(
            "name the period: --month 6, --quarter 2, 2025-H1, or two days 2025-03-18..2025-06-30"
        )
        raise UserError(text)
    return chosen


def _part(session: Session, filters: FilterOptions, tasks: tuple[str, ...]) -> tuple[Keep, str]:
    """Return the filter of a thematic report, and what it adds to the file's name."""
    chosen = {find_task(session.plan, one).id for one in tasks}
    keep = task_filter(session.plan, filters)
    return (
        lambda section, task: keep(section, task) and (not chosen or task.id in chosen),
        part_name(filters, tasks),
    )


def _build(session: Session, period: Period, keep: Keep) -> Report:
    window = reports.window_of(reports.reporting_for(session.plan, period), period, session.as_of)
    if window.last < window.first:
        text = N_("the data of %(period)s begin on %(day)s: it is too early for a report")
        raise UserError(text, params(period=period_name(period), day=window.first))
    return reports.build(
        session.plan, session.read_and_complain().records, period, session.as_of, keep
    )


def render(session: Session, found: Report, name: str, part: str = "") -> str:
    """Return the Markdown draft of ``found``, in the plan's language whatever is spoken."""
    with i18n.speaking(session.plan.language):
        return with_digest(_fill(session, found, name, part))


def with_digest(text: str) -> str:
    """Return the draft ``text`` with a digest of its body in the header."""
    digest = hashlib.blake2b(text.partition("\n---\n")[2].encode(), digest_size=8).hexdigest()
    return text.replace('\n  digest: ""\n', f'\n  digest: "{digest}"\n', 1)


def _fill(session: Session, found: Report, name: str, part: str) -> str:
    context = {key: getattr(found, key) for key in found.__struct_fields__}
    context |= common(session.plan)
    context["title"] = _title(found, part)
    return template.render(name, context, session.workspace.root / "templates")


def common(plan: Plan) -> dict[str, object]:
    """Return what every document's header is made of."""
    signer = plan.signer
    authority = signer.authority if signer else ""
    if not authority and plan.issuer.startswith("UBND"):
        authority = "TM. ỦY BAN NHÂN DÂN"  # Nghị định 30/2020, Phụ lục I, mục II.7.a
    issued = plan.document.date
    return {
        "issuer_symbol": issuer_symbol(plan),
        "authority": authority,
        "plan_date": dt.date.fromisoformat(issued) if len(issued) == len("2025-03-18") else None,
    }


def issuer_symbol(plan: Plan) -> str:
    """Return how documents abbreviate the issuing body: ``UBND`` of ``KH-UBND``."""
    return plan.document.symbol.partition("-")[2] or plan.document.symbol


def _title(found: Report, part: str) -> str:
    subject = found.plan.document.title
    said = period_name(found.period)
    kind = found.plan.document.type
    title = f"Kết quả thực hiện {kind} {subject[:1].lower()}{subject[1:]} ({said})"
    return title if not part else f"{title} – chuyên đề"


CALLBACKS = {"report": report}

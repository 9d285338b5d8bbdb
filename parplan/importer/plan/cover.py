"""Makes the head of a plan, with marks for the clerk where the file said nothing.

The letterhead becomes the head of a ``Plan``.  Where a plan must say something and the
file did not, a word in brackets stands for the clerk to replace.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from parplan.importer.grid import Source
from parplan.importer.plan.letterhead import Letterhead
from parplan.plan.document import Appendix, Document
from parplan.plan.holidays import days_off
from parplan.plan.model import Calendar, Dated, Plan, Section, Unit
from parplan.problem import N_, DataPath, UserError, Values, params

# Not the years of a range: "giai đoạn năm 2021-2025" is about none of them.
_YEAR = re.compile(
    r"(?<![\d/.\-–])\b(?:năm|NĂM)\s+(20[0-9]{2}|19[0-9]{2})\b(?!\s*[-–/]\s*\d)", re.IGNORECASE
)
_UNKNOWN = {
    "symbol": "[cần bổ sung: ký hiệu]",
    "title": "[cần bổ sung: trích yếu của kế hoạch]",
    "place": "[cần bổ sung: địa danh]",
    "issuer": "[cần bổ sung: cơ quan ban hành]",
}
"""What stands in the plan where it must say something and the file did not."""


def year_of(head: Letterhead, source: Source) -> int:
    """Return the one year that the subject names, else the appendix, else the text above it."""
    above = [row.text(0) for table in source.tables()[:1] for row in table.rows[:6]]
    for text in (head.title, head.appendix_title, " ".join(above)):
        years = {int(year) for year in _YEAR.findall(text)}
        if len(years) == 1:
            return years.pop()
    # With a subject that names no year the date is no help: a plan may be issued the year before.
    if head.date and not head.title:
        return int(head.date[:4])
    raise UserError(N_("the file does not say for certain which year it is for: add --year"))


def make_plan(
    head: Letterhead,
    year: int,
    effective_from: dt.date,
    columns: Sequence[str],
    units: list[Unit],
    sections: list[Section],
) -> Plan:
    """Return the plan of ``year`` that these parts make."""
    off = days_off(year)
    appendix = Appendix(
        title=head.appendix_title or _UNKNOWN["title"],
        reference=head.appendix_reference,
        columns=[column for column in columns if column],
    )
    return Plan(
        schema=1,
        year=year,
        document=Document(
            type=head.type or "Kế hoạch",
            number=head.number,
            symbol=head.symbol or _UNKNOWN["symbol"],
            date=head.date,
            place=head.place or _UNKNOWN["place"],
            title=head.title or head.appendix_title or _UNKNOWN["title"],
        ),
        issuer=head.issuer or _UNKNOWN["issuer"],
        superior=[Dated(name=head.superior)] if head.superior else [],
        effective_from=effective_from,
        bases=head.bases,
        preamble=head.preamble,
        text=head.text,
        closing=head.closing,
        recipients=head.recipients,
        signer=head.signer,
        appendix=appendix if head.appendix_title or head.appendix_reference else None,
        units=units,
        sections=sections,
        calendar=off.calendar if off else Calendar(),
    )


def effective_from(head: Letterhead, year: int) -> tuple[dt.date, tuple[str, Values] | None]:
    """Return the date of the document, or the earliest it can be with a sentence that says so."""
    date = head.date
    if len(date) == len("2025-03-18"):
        return dt.date.fromisoformat(date), None
    earliest = dt.date(year, 1, 1)
    text = N_("The file does not say the day; nothing falls due before 1 January.")
    values: Values = ()
    if len(date) == len("2025-03"):
        earliest = dt.date.fromisoformat(f"{date}-01")
        text = N_("The file says only the month: nothing falls due before its first day.")
    cited = [basis.date for basis in head.bases if basis.date and basis.date.year == earliest.year]
    if date and cited and max(cited) > earliest:
        earliest = max(cited)
        text = N_("The day is not filled in; the plan cites a document of %(day)s.")
        values = params(day=earliest)
    return earliest, (text, values)


def head_values(head: Letterhead) -> Mapping[str, object]:
    """Return what a plan says of itself, by the words for it."""
    return {
        N_("number of the document"): head.number,
        N_("date of issue"): head.date if len(head.date) == len("2025-03-18") else "",
        N_("symbol"): head.symbol,
        N_("place"): head.place,
        N_("subject"): head.title,
        N_("issuer"): head.issuer,
        N_("superior body"): head.superior,
        N_("legal bases"): head.bases,
        N_("numbered text"): head.text,
        N_("recipients"): head.recipients,
        N_("signer"): head.signer,
    }


def gaps_to_fill(head: Letterhead) -> Iterator[DataPath]:
    """Yield the path of each part of a plan's head that the file did not tell."""
    for name in ("number", "symbol", "date", "place"):
        if not getattr(head, name):
            yield ("document", name)
    if not head.title and not head.appendix_title:
        yield ("document", "title")
    if not head.issuer:
        yield ("issuer",)

"""Which facts of a plan are filled in or put right, and by which edits of its file?

The number and date of the document, who signs and receives it, the days that a report tells of.
They hold for the whole year: nothing of before has to stay.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from parplan.plan.checks import LAST_DAY
from parplan.plan.document import Signer
from parplan.plan.model import Plan, Reporting
from parplan.plan.write import entry_lines, flow_text
from parplan.problem import N_, UserError, params
from parplan.schedule.periods import Length
from parplan.text import fold
from parplan.yamlfile.edit import AddEntry, Edit, SetKey, SetList

_NAMES: Mapping[Length, str] = {
    "week": "Báo cáo tuần",
    "month": "Báo cáo tháng",
    "quarter": "Báo cáo quý",
    "half": "Báo cáo 6 tháng",
    "9-months": "Báo cáo 9 tháng",
    "year": "Báo cáo năm",
}
"""What a report is called in the plan where it was not named yet."""


class Facts(msgspec.Struct, frozen=True):
    """What the plan shall say; None and an empty list leave it as it is."""

    date: dt.date | None = None
    effective: dt.date | None = None
    signer: str | None = None
    position: str | None = None
    recipients: Sequence[str] = ()
    data_from: int | None = None
    data_until: int | None = None


def document_edits(plan: Plan, number: str | None, facts: Facts) -> list[Edit]:
    """Return the edits that let the plan's document say ``number`` and ``facts``."""
    if facts.data_from is not None or facts.data_until is not None:
        raise UserError(N_("the days of the data are a report's: 'parplan amend report month …'"))
    edits = list(_document(plan, number, facts))
    if not edits:
        text = N_(
            "say what the plan's document is to have: --number, --date, --effective, --signer, "
            "--position or --recipient"
        )
        raise UserError(text)
    return edits


def _document(plan: Plan, number: str | None, facts: Facts) -> Iterator[Edit]:
    if number is not None:
        yield SetKey(("document",), "number", flow_text(number))
    if facts.date:
        yield SetKey(("document",), "date", facts.date.isoformat())
    if facts.effective:
        yield SetKey((), "effective_from", facts.effective.isoformat())
    yield from _signer(plan, facts)
    if facts.recipients:
        yield _recipients((), facts)


def _signer(plan: Plan, facts: Facts) -> Iterator[Edit]:
    new = {"name": facts.signer, "position": facts.position}
    if plan.signer is not None:
        for key, value in new.items():
            if value is not None:
                yield SetKey(("signer",), key, flow_text(value))
    elif facts.position:
        signer = Signer(position=facts.position, name=facts.signer or "")
        yield SetKey((), "signer", flow_text(signer))
    elif facts.signer:
        raise UserError(N_('say the position of who signs, too: --position "CHỦ TỊCH"'))


def report_edits(plan: Plan, name: str | None, facts: Facts) -> list[Edit]:
    """Return the edits that let the report called ``name``, or each report, say ``facts``.

    One that the plan does not name yet is added.
    """
    days = _data_days(facts)
    others = (facts.date, facts.effective, facts.signer, facts.position)
    is_said = any(value is not None for value in days.values()) or facts.recipients
    if not is_said or any(value is not None for value in others):
        raise UserError(N_("say what a report is to have: --data-from, --data-until, --recipient"))
    length = _length(name or "")
    if length is not None and length not in [report.every for report in plan.reporting]:
        return [_new_report(length, days, facts)]
    edits: list[Edit] = []
    for index in _reports(plan, name):
        for key, value in days.items():
            if value is not None:
                edits.append(SetKey(("reporting", index), key, str(value)))
        if facts.recipients:
            edits.append(_recipients(("reporting", index), facts))
    return edits


def _length(name: str) -> Length | None:
    """Return the length of the periods that the report called ``name`` is on: "tháng", "month"."""
    words = fold(name).removeprefix("bao cao ")
    names = {length: fold(name).removeprefix("bao cao ") for length, name in _NAMES.items()}
    return next((length for length in names if words in (length, names[length])), None)


def _new_report(length: Length, days: dict[str, int | None], facts: Facts) -> AddEntry:
    report = Reporting(
        every=length,
        name=_NAMES[length],
        data_from=days["data_from"],
        data_until=days["data_until"],
        recipients=list(facts.recipients),
    )
    return AddEntry(("reporting",), entry_lines(report))


def _data_days(facts: Facts) -> dict[str, int | None]:
    """Return the first and last day of the data; where one is said, the other is beside it."""
    first, last = facts.data_from, facts.data_until
    if first is None and last is not None and last < LAST_DAY:
        first = last + 1
    elif last is None and first is not None and first > 1:
        last = first - 1
    return {"data_from": first, "data_until": last}


def _recipients(path: tuple[str | int, ...], facts: Facts) -> SetList:
    return SetList((*path, "recipients"), [f"- {flow_text(name)}" for name in facts.recipients])


def _reports(plan: Plan, name: str | None) -> list[int]:
    """Return the places of the reports that ``name`` means: all for None, else one."""
    if not plan.reporting:
        text = N_("the plan names no report yet; say which: parplan amend report month …")
        raise UserError(text)
    if name is None:
        return list(range(len(plan.reporting)))
    words = fold(name)
    for accepts in (_is_called, _mentions):
        matches = [i for i, report in enumerate(plan.reporting) if accepts(report, words)]
        if len(matches) == 1:
            return matches
    names = ", ".join(report.name for report in plan.reporting)
    text = N_("'%(wanted)s' is not one report of the plan; it has: %(known)s")
    raise UserError(text, params(wanted=name, known=names))


def _is_called(report: Reporting, words: str) -> bool:
    return words == report.every or fold(report.name) in (words, f"bao cao {words}")


def _mentions(report: Reporting, words: str) -> bool:
    return f" {words}" in f" {fold(report.name)}"

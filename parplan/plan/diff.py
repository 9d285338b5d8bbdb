"""Compare two states of a plan and word each change in the plan's terms.

Two plans in; marked sentences out, in the order of the plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from parplan.plan.document import Clause, Document
from parplan.plan.model import Dated, Plan, Reporting, Task, Unit
from parplan.problem import N_, Value, Values, params


class Difference(msgspec.Struct, frozen=True):
    """One difference: a marked sentence, and the values for its gaps."""

    text: str
    values: Values


def _change(text: str, **values: Value) -> Difference:
    return Difference(text, params(**values))


def compare_plans(old: Plan, new: Plan) -> list[Difference]:
    """Return what ``new`` says otherwise than ``old``."""
    return [*_document(old, new), *_units(old, new), *_tasks(old, new)]


_DOCUMENT_FIELDS = {
    "issuer": N_("the issuing body changed"),
    "bases": N_("the legal bases changed"),
    "preamble": N_("the preamble was reworded"),
    "closing": N_("the closing was reworded"),
    "recipients": N_("the recipients changed"),
    "signer": N_("the signer changed"),
    "email": N_("the address of the head of the office changed"),
    "officers": N_("the addresses of officers changed"),
    "appendix": N_("the heading of the appendix changed"),
    "calendar": N_("the calendar of holidays changed"),
    "language": N_("the language changed"),
    "before_included": N_("'trước ngày' is meant otherwise"),
    "outline": N_("the outline of the reports changed"),
}


def _document(old: Plan, new: Plan) -> Iterator[Difference]:
    if old.effective_from != new.effective_from:
        text = N_("the plan takes effect on %(new)s, no longer on %(old)s")
        yield _change(text, old=old.effective_from, new=new.effective_from)
    yield from _identity(old.document, new.document)
    for name, text in _DOCUMENT_FIELDS.items():
        if getattr(old, name) != getattr(new, name):
            yield _change(text)
    yield from _reporting(old.reporting, new.reporting)
    yield from _superior(old.superior, new.superior)
    before, after = dict(_clauses(old.text)), dict(_clauses(new.text))
    for number in dict.fromkeys([*before, *after]):
        if before.get(number) != after.get(number):
            yield _change(N_("part %(number)s of the text was changed"), number=number)


def _identity(old: Document, new: Document) -> Iterator[Difference]:
    """Yield what identifies the document otherwise now."""
    number = N_("the plan's number is '%(new)s', no longer '%(old)s'")
    date = N_("the plan was issued on %(new)s, no longer on %(old)s")
    for name, filled, changed in (
        ("number", N_("the plan's number is '%(new)s'"), number),
        ("date", N_("the plan was issued on %(new)s"), date),
    ):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield _change(changed if before else filled, old=_day(before), new=_day(after))
    rest = {"number": "", "date": ""}
    if msgspec.structs.replace(old, **rest) != msgspec.structs.replace(new, **rest):
        yield _change(N_("the document's type, symbol, place or title changed"))


def _reporting(old: Sequence[Reporting], new: Sequence[Reporting]) -> Iterator[Difference]:
    """Yield which days reports tell of now, and whether anything else of them changed."""
    before = {report.every: report for report in old}
    same_days = []
    for report in new:
        was = before.get(report.every, report)
        if (was.data_from, was.data_until) != (report.data_from, report.data_until):
            text = N_("%(name)s: data of the days %(new)s, no longer %(old)s")
            yield _change(text, name=report.name, old=_data_days(was), new=_data_days(report))
        days = {"data_from": was.data_from, "data_until": was.data_until}
        same_days.append(msgspec.structs.replace(report, **days))
    if same_days != list(old):
        yield _change(N_("the rules of the reports changed"))


def _data_days(report: Reporting) -> str:
    return f"{report.data_from or '…'}–{report.data_until or '…'}"


def _day(text: str) -> Value:
    """Return ``text`` as a day where it is one."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text


def _superior(old: Sequence[Dated], new: Sequence[Dated]) -> Iterator[Difference]:
    before, after = {entry.name: entry for entry in old}, {entry.name: entry for entry in new}
    any_named = False
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        if was == now:
            continue
        any_named = True
        if now is None:
            yield _change(N_("'%(name)s' is no superior any more"), name=name)
        elif now.until and (was is None or was.until != now.until):
            text = N_("'%(name)s' is the superior until %(day)s")
            yield _change(text, name=name, day=now.until)
        elif now.from_ and (was is None or was.from_ != now.from_):
            text = N_("'%(name)s' is the superior from %(day)s")
            yield _change(text, name=name, day=now.from_)
        elif was is None:
            yield _change(N_("'%(name)s' is the superior"), name=name)
        else:
            yield _change(N_("the entry of the superior '%(name)s' changed"), name=name)
    if not any_named and old != new:
        yield _change(N_("the superior bodies changed"))


def _clauses(text: Iterable[Clause], above: str = "") -> Iterator[tuple[str, object]]:
    for place, clause in enumerate(text, 1):
        number = f"{above}{clause.number or place}"
        yield number, (clause.title, clause.text, clause.points, clause.remark)
        yield from _clauses(clause.items, f"{number}.")


def _units(old: Plan, new: Plan) -> Iterator[Difference]:
    before, after = {unit.id: unit for unit in old.units}, {unit.id: unit for unit in new.units}
    for name in dict.fromkeys([*before, *after]):
        if name not in after:
            yield _change(N_("unit '%(unit)s' removed"), unit=before[name].name)
        elif name not in before:
            yield _change(N_("unit '%(unit)s' added"), unit=after[name].name)
        elif before[name] != after[name]:
            yield _unit(before[name], after[name], after)


def _unit(old: Unit, new: Unit, units: Mapping[str, Unit]) -> Difference:
    if new.until is None or new.until == old.until:
        return _change(N_("unit '%(unit)s' changed"), unit=new.name)
    if new.successor not in units:
        return _change(N_("unit '%(unit)s' until %(day)s"), unit=new.name, day=new.until)
    text = N_("unit '%(unit)s' until %(day)s, then '%(successor)s'")
    return _change(text, unit=new.name, day=new.until, successor=units[new.successor].name)


def _tasks(old: Plan, new: Plan) -> Iterator[Difference]:
    titles = {section.id: section.title for section in old.sections}
    for section in new.sections:
        was = titles.get(section.id, section.title)
        if was != section.title:
            text = N_("section %(section)s: title reworded from '%(old)s' to '%(new)s'")
            yield _change(text, section=section.id, old=was, new=section.title)
    before = {task.id: (section.id, task) for section, task in old.tasks()}
    after = {task.id: (section.id, task) for section, task in new.tasks()}
    for number in dict.fromkeys([*after, *before]):
        if number not in before:
            text = N_("task %(task)s added: %(name)s")
            yield _change(text, task=number, name=after[number][1].name)
        elif number not in after:
            text = N_("task %(task)s removed: %(name)s")
            yield _change(text, task=number, name=before[number][1].name)
        else:
            if before[number][0] != after[number][0]:
                text = N_("task %(task)s moved from section %(old)s to %(new)s")
                yield _change(text, task=number, old=before[number][0], new=after[number][0])
            yield from _wording(before[number][1], after[number][1])
            yield from _deadlines(old, new, before[number][1], after[number][1])
            yield from _amendments(before[number][1], after[number][1])


def _amendments(old: Task, new: Task) -> Iterator[Difference]:
    if old.until != new.until:
        text = N_("task %(task)s: in the plan until %(day)s")
        if new.until is None:
            yield _change(N_("task %(task)s: in the plan to the end again"), task=new.id)
        else:
            yield _change(text, task=new.id, day=new.until)
    if old.from_ != new.from_ and new.from_:
        yield _change(N_("task %(task)s: in the plan from %(day)s"), task=new.id, day=new.from_)
    for handover in new.handed_over:
        if handover not in old.handed_over:
            text = N_("task %(task)s: handed over to %(units)s from %(day)s")
            yield _change(
                text,
                task=new.id,
                units=", ".join([*handover.units, *handover.officers]),
                day=handover.from_,
            )
    for handover in old.handed_over:
        if handover not in new.handed_over:
            text = N_("task %(task)s: no longer handed over to %(units)s")
            yield _change(text, task=new.id, units=", ".join([*handover.units, *handover.officers]))
    if old.replaces != new.replaces:
        text = N_("task %(task)s: replaces task '%(old)s'")
        yield _change(text, task=new.id, old=new.replaces)
    if old.by != new.by:
        yield _change(N_("task %(task)s: decided by '%(by)s'"), task=new.id, by=new.by)


def _wording(old: Task, new: Task) -> Iterator[Difference]:
    for name, text in (
        ("title", N_("task %(task)s: title reworded from '%(old)s' to '%(new)s'")),
        ("short", N_("task %(task)s: short name changed from '%(old)s' to '%(new)s'")),
        ("requirement", N_("task %(task)s: requirement reworded from '%(old)s' to '%(new)s'")),
        ("deadline_text", N_("task %(task)s: deadline reworded from '%(old)s' to '%(new)s'")),
    ):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield _change(text, task=new.id, old=before, new=after)
    if old.target != new.target:
        yield _change(N_("task %(task)s: target changed"), task=new.id)
    for name, text, first in (
        (
            "units",
            N_("task %(task)s: units changed from '%(old)s' to '%(new)s'"),
            N_("task %(task)s: unit now '%(new)s'"),
        ),
        (
            "supporting",
            N_("task %(task)s: supporting units changed from '%(old)s' to '%(new)s'"),
            N_("task %(task)s: supporting unit now '%(new)s'"),
        ),
        (
            "officers",
            N_("task %(task)s: officers changed from '%(old)s' to '%(new)s'"),
            N_("task %(task)s: officer now '%(new)s'"),
        ),
    ):
        before, after = ", ".join(getattr(old, name)), ", ".join(getattr(new, name))
        if before != after:
            yield _change(text if before else first, task=new.id, old=before, new=after)


def _deadlines(old: Plan, new: Plan, was: Task, now: Task) -> Iterator[Difference]:
    before = {occurrence.ref: occurrence.due for occurrence in old.occurrences(was)}
    after = {occurrence.ref: occurrence.due for occurrence in new.occurrences(now)}
    gone, come = before.keys() - after.keys(), after.keys() - before.keys()
    if len(gone) == len(come) == 1:  # a single date is its own period: it moved
        text = N_("task %(task)s: deadline moved from %(old)s to %(new)s")
        yield _change(text, task=now.id, old=before[gone.pop()], new=after[come.pop()])
        return
    for ref in dict.fromkeys([*before, *after]):
        if ref not in after:
            yield _change(N_("%(ref)s removed; it was due %(old)s"), ref=ref, old=before[ref])
        elif ref not in before:
            yield _change(N_("%(ref)s added, due %(new)s"), ref=ref, new=after[ref])
        elif before[ref] != after[ref]:
            text = N_("%(ref)s: deadline moved from %(old)s to %(new)s")
            yield _change(text, ref=ref, old=before[ref], new=after[ref])
    if before == after and was.schedule != now.schedule:
        yield _change(N_("task %(task)s: schedule rewritten, same dates"), task=now.id)

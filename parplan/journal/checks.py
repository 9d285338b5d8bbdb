"""Which records of a journal fit nothing in the plan?"""

from __future__ import annotations

from collections.abc import Container, Iterator

import msgspec

from parplan.journal.active import active
from parplan.journal.file import Journal
from parplan.journal.record import Directive, Figure, News, Score
from parplan.plan.model import Plan
from parplan.problem import N_, Location, Problem, params


def orphans(
    plan: Plan, path: str, journal: Journal, criteria: Container[str] | None
) -> Iterator[Problem]:
    """Yield the records about a task, an occurrence or a time that ``plan`` does not have.

    ``path`` is where the ``journal`` stands.  ``criteria`` are those that the index scores, None
    where it cannot be read.  Records about nothing do not count; somebody wrote them, so it must
    be said.  Those of another time do: a clock that begins anew in 2009 makes late work punctual.
    """
    tasks = {task.id: task for _section, task in plan.tasks()}
    ids = {record.id for record in journal.records}
    counted = active(journal.records)
    directed = {record.ref for record in counted if isinstance(record, Directive)}
    as_issued = (msgspec.structs.replace(task, from_=None, until=None) for task in tasks.values())
    refs = {item.ref for task in as_issued for item in plan.occurrences(task)} | directed
    for record in counted:
        where = Location(path, journal.lines[record.id], 1)
        if record.day < plan.first_record:
            text = N_("%(day)s is long before the plan: a clock was wrong, or the date mistyped")
            values = params(day=record.day.isoformat())  # as it stands in the file
            yield Problem(where, "early-record", text, values)
        if isinstance(record, News) and record.replaces and record.replaces not in ids:
            text = N_("it corrects a record %(id)s, which is not there")
            yield Problem(where, "unknown-record", text, params(id=record.replaces))
        if isinstance(record, Score):
            if criteria is not None and record.criterion not in criteria:
                text = N_("the index scores no criterion %(name)s")
                yield Problem(where, "unknown-criterion", text, params(name=record.criterion))
        elif isinstance(record, Figure):
            continue  # parplan.forms.doubts knows the rows
        elif record.task not in tasks:
            text = N_("the plan has no task %(task)s")
            yield Problem(where, "unknown-task", text, params(task=record.task))
        elif record.period and record.ref not in refs:
            text = N_("the plan has no occurrence %(ref)s")
            yield Problem(where, "unknown-task", text, params(ref=record.ref))

"""Which rules has a task of several dated sessions ("Lần 1", "Lần 2") once some get another date?

The sessions stay together under one task: those before the change stay in its schedule, so that
"2 lần/năm" is still two of them there, next year's plan has both, and each has its name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from parplan.plan.model import Plan, Task
from parplan.problem import N_, UserError, params
from parplan.schedule.rules import AnyRule, In, On


def with_other_sessions(
    plan: Plan, task: Task, typed: Sequence[AnyRule], start: dt.date
) -> list[AnyRule]:
    """Return the rules of the task that replaces ``task`` from the day ``start`` on.

    ``typed`` are those of the deadline that was decided: of the sessions from then on, or of
    all.  Raises UserError where they are fewer and do not say which they are.
    """
    sessions = [rule for rule in task.schedule if isinstance(rule, In | On)]
    if len(sessions) < 2 or len(sessions) < len(task.schedule):
        return list(typed)
    if not all(isinstance(rule, In | On) for rule in typed):
        return list(typed)
    before = [rule for rule in sessions if _last_due(rule, plan.year) < start]
    after = [rule for rule in sessions if rule not in before]
    labels = {rule.label for rule in typed if isinstance(rule, In | On)} - {""}
    if labels:
        return [*(rule for rule in before if rule.label not in labels), *typed]
    if len(typed) == len(after):
        return [*before, *_labelled(typed, after)]
    if len(typed) == len(sessions):
        return _labelled(typed, sessions)
    if len(typed) < len(after):
        text = N_(
            "task %(task)s has %(count)s sessions from that day on (%(labels)s): write the "
            "deadline of each, such as 'Lần 1: tháng 10, Lần 2: tháng 12'"
        )
        names = ", ".join(rule.label or task.name for rule in after)
        raise UserError(text, params(task=task.id, count=len(after), labels=names))
    return list(typed)


def _labelled(rules: Sequence[AnyRule], sessions: Sequence[In | On]) -> list[AnyRule]:
    """Return ``rules``, each with the label of the session in its place."""
    return [
        msgspec.structs.replace(rule, label=session.label)
        for rule, session in zip(rules, sessions, strict=True)
    ]


def _last_due(rule: In | On, year: int) -> dt.date:
    return max((due for _period, due in rule.due_dates(year)), default=dt.date.min)

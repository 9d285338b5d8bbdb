"""The answer of ``explain``: what a deadline's wording means."""

from __future__ import annotations

import datetime as dt
from typing import Any

from parplan.deadlines.read import DeadlineKind, DeadlineReading
from parplan.deadlines.write import deadline_wording
from parplan.render.answers.answer import JsonAnswer
from parplan.render.records import rule_record
from parplan.schedule.workdays import Workdays


class ExplainAnswer(JsonAnswer, frozen=True):
    """The rules that a wording stands for, and the days on which they fall due in a plan's year."""

    phrase: str
    kind: DeadlineKind
    rules: list[dict[str, Any]]
    due: list[dt.date]
    unread: str
    year: int
    wording: str

    @classmethod
    def of(
        cls, phrase: str, reading: DeadlineReading, year: int, workdays: Workdays
    ) -> ExplainAnswer:
        """Return how ``phrase`` was read, with its days in the plan of ``year``."""
        return cls(
            phrase=phrase,
            kind=reading.kind,
            rules=[rule_record(rule) for rule in reading.rules],
            due=reading.due_dates(year, workdays),
            unread=reading.unread,
            year=year,
            wording=deadline_wording(reading.rules),
        )

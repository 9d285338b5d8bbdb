"""The answer of ``show``: one task, its occurrences and its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec

from parplan.agenda.standings import Standing
from parplan.plan.model import Unit
from parplan.render.answers.answer import JsonAnswer
from parplan.render.records import ExportedRecord, ExportedTask, ItemRecord

ShowAnswer: Any = msgspec.defstruct(
    "ShowAnswer",
    [
        ("as_of", dt.date),
        *(
            (field.name, field.type, msgspec.field(name=field.encode_name))
            for field in msgspec.structs.fields(ExportedTask)
        ),
        ("items", list[ItemRecord]),
        ("history", list[ExportedRecord]),
    ],
    bases=(JsonAnswer,),
    frozen=True,
)
"""The keys of one task of ``list``, between its day and what belongs to it."""


def show_answer(as_of: dt.date, standing: Standing, units: Mapping[str, Unit]) -> JsonAnswer:
    """Return how a task stands; ``units`` by every name."""
    answer: JsonAnswer = ShowAnswer(
        as_of,
        *msgspec.structs.astuple(ExportedTask.of(standing, units)),
        [ItemRecord.of(item, units) for item in standing.items],
        [ExportedRecord.of(record) for record in standing.records()],
    )
    return answer

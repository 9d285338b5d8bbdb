"""How does a table of criteria become an index?

Points that are missing are the sum of the parts, else 0 with a comment.  A criterion is
scored by hand until somebody writes its rule, unless the table says that a survey does.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from parplan.importer.index.sheet import RawCriterion, Sheet, SheetNote
from parplan.problem import N_, DataPath
from parplan.score.index import Criterion, Field, Group, Index
from parplan.score.rules import ByHand, Survey

_NONE = Decimal(0)


class ImportedIndex(msgspec.Struct, frozen=True):
    """An index, and what is said about its places in comments."""

    index: Index
    comments: dict[DataPath, list[SheetNote]]


def assemble_index(sheet: Sheet, year: int, name: str) -> ImportedIndex:
    """Return the index for ``year`` that ``sheet`` holds, called ``name``."""
    comments: dict[DataPath, list[SheetNote]] = {}
    fields: list[Field] = []
    groups: list[Group] = []
    for one in sheet.parts:
        is_field = one.kind == "field"
        path: DataPath = ("fields", len(fields)) if is_field else ("groups", len(groups))
        # A field without criteria is scored as a whole: it is a criterion of its own.
        inner = one.inside or [_alone(one)]
        criteria = [_criterion(i, (*path, "criteria", n), comments) for n, i in enumerate(inner)]
        points = _points_or(one, sum((each.points for each in criteria), _NONE))
        if one.notes:
            comments[path] = one.notes
        if is_field:
            fields.append(Field(one.number, one.title or one.number, points, criteria))
        else:
            title = one.title or one.number
            kind: Literal["bonus", "penalty"] = "bonus" if one.kind == "bonus" else "penalty"
            groups.append(Group(one.number, title, kind, points, criteria))
    total = sum((field.points for field in fields), _NONE)
    return ImportedIndex(Index(1, year, name, fields, points=total, groups=groups), comments)


def _alone(one: RawCriterion) -> RawCriterion:
    return msgspec.structs.replace(one, number=f"{one.number}.1", notes=[])


def _points_or(one: RawCriterion, otherwise: Decimal) -> Decimal:
    return otherwise if one.points is None else one.points


def _criterion(
    one: RawCriterion, path: DataPath, comments: dict[DataPath, list[SheetNote]]
) -> Criterion:
    inside = [_criterion(i, (*path, "items", n), comments) for n, i in enumerate(one.inside)]
    notes = list(one.notes)
    if one.points is None and not inside and not notes:
        notes.append(SheetNote(one.place, N_("its points are missing")))
    if notes:
        comments[path] = notes
    rule = None if inside else Survey(True) if one.survey else ByHand(True)
    return Criterion(
        id=one.number,
        title=one.title or one.number,
        points=_points_or(one, sum((each.points for each in inside), _NONE)),
        items=inside,
        rule=rule,
        rule_text="\n".join(one.rule_text),
        evidence=[] if inside else list(dict.fromkeys(one.evidence)),
        last_year=None if inside else one.last_year,
        note="\n".join(one.remarks),
    )

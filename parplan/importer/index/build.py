"""Makes an index of a table of criteria.

Points that are missing are the sum of the parts, else 0 with a comment.  A criterion is
scored by hand until somebody writes its rule, unless the table says that a survey does.
"""

from __future__ import annotations

from decimal import Decimal

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
    for part in sheet.parts:
        is_field = part.kind == "field"
        path: DataPath = ("fields", len(fields)) if is_field else ("groups", len(groups))
        # A field without criteria is scored as a whole: it is a criterion of its own.
        inner = part.inside or [msgspec.structs.replace(part, number=f"{part.number}.1", notes=[])]
        criteria = [_criterion(i, (*path, "criteria", n), comments) for n, i in enumerate(inner)]
        points = _points_or(part, sum((each.points for each in criteria), _NONE))
        if part.notes:
            comments[path] = part.notes
        title = part.title or part.number
        if part.kind == "field":
            fields.append(Field(part.number, title, points, criteria))
        else:
            groups.append(Group(part.number, title, part.kind, points, criteria))
    total = sum((field.points for field in fields), _NONE)
    return ImportedIndex(Index(1, year, name, fields, points=total, groups=groups), comments)


def _points_or(part: RawCriterion, otherwise: Decimal) -> Decimal:
    return otherwise if part.points is None else part.points


def _criterion(
    part: RawCriterion, path: DataPath, comments: dict[DataPath, list[SheetNote]]
) -> Criterion:
    inside = [_criterion(item, (*path, "items", n), comments) for n, item in enumerate(part.inside)]
    notes = list(part.notes)
    if part.points is None and not inside and not notes:
        notes.append(SheetNote(part.place, N_("its points are missing")))
    if notes:
        comments[path] = notes
    rule = None if inside else Survey(True) if part.survey else ByHand(True)
    return Criterion(
        id=part.number,
        title=part.title or part.number,
        points=_points_or(part, sum((each.points for each in inside), _NONE)),
        items=inside,
        rule=rule,
        rule_text="\n".join(part.rule_text),
        evidence=[] if inside else list(dict.fromkeys(part.evidence)),
        last_year=None if inside else part.last_year,
        note="\n".join(part.remarks),
    )

"""What can be recorded: the ten kinds of a record, and what each may say.

A correction is a new record; nothing that was recorded is ever changed.
"""

# Annotations are evaluated here: msgspec asks for them, and would have to compile texts.

import datetime as dt
import functools
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, cast

import msgspec
from msgspec import Meta
from msgspec.structs import FieldInfo

from parplan.problem import N_
from parplan.schedule.bounds import OutOfRange, require_days, require_numbers
from parplan.schedule.reference import ref_text

Kind: TypeAlias = Literal[
    "note", "start", "done", "pause", "cancel", "reopen", "directive", "undo", "score", "figure"
]
Text: TypeAlias = Annotated[str, Meta(min_length=1)]

SHOWN_ID = 7
"""Characters of a record's id that are shown; any unique beginning of four or more names it."""


_TASK = re.compile(r"[^@\s]+")


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A document that proves what was done: its number, or a file in the workspace."""

    number: str = ""
    file: str = ""


class Common(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag=str.lower,
):
    """What a line of the journal says whatever its kind.

    ``at`` is when it was written, ``on`` the day that it tells of.
    """

    kind: ClassVar[Kind]
    """The name of the class in small letters, as it stands in the line."""

    id: Text
    at: Annotated[dt.datetime, Meta(tz=True)]
    by: str
    on: dt.date | None = None
    text: str = ""
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""

    def __post_init__(self) -> None:
        require_days(self, ("at", "on"))

    def __init_subclass__(cls, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        cls.kind = cast(Kind, cls.__name__.lower())

    @property
    def day(self) -> dt.date:
        """The day that the record tells of."""
        return self.on or self.at.date()


class News(Common, frozen=True):
    """What is new about an occurrence, or about a task as a whole: then ``period`` is empty.

    ``replaces`` is the id of the record that this one corrects.
    """

    task: Text
    period: str = ""
    percent: Annotated[int, Meta(ge=0, le=100)] | None = None
    value: Decimal | None = None
    proposal: str = ""
    replaces: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        require_numbers(self, ("value",))
        if not _TASK.fullmatch(self.task):
            raise OutOfRange("task", N_("a task's number holds no space and no '@'"))

    @property
    def ref(self) -> str:
        """What the record is about: occurrence ``4@2025-06`` or task ``8``."""
        return ref_text(self.task, self.period or None)


class Note(News, frozen=True):
    """Something happened, or was measured."""


class Start(News, frozen=True):
    """Work began."""


class Done(News, frozen=True):
    """It is done."""


class Pause(News, frozen=True):
    """Work waits."""


class Cancel(News, frozen=True):
    """It is not to be done any more."""


class Reopen(News, frozen=True):
    """It is open again."""


class Directive(News, frozen=True):
    """Somebody above gave or moved a deadline, in the document ``authority``."""

    due: dt.date | None = None
    authority: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        require_days(self, ("due",))


class Undo(Common, frozen=True):
    """The record ``retracts`` no longer counts; the rest names what that was about."""

    task: str = ""
    period: str = ""
    criterion: str = ""
    row: str = ""
    retracts: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if sum(map(bool, (self.task, self.criterion, self.row))) != 1:
            raise ValueError("an undo is about a task, a criterion or a row of the forms")

    @property
    def ref(self) -> str:
        """What was retracted is about: an occurrence, a task, a criterion, a row in a period."""
        return self.criterion or ref_text(self.task or self.row, self.period or None)


class Score(Common, frozen=True):
    """What the office says of a criterion of the index itself; ``reason`` explains it."""

    criterion: Text
    value: Decimal | None = None
    points: Decimal | None = None
    grade: str = ""
    not_applicable: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        require_numbers(self, ("value", "points"))

    @property
    def ref(self) -> str:
        """What the record is about: criterion ``1.3``."""
        return self.criterion


class Figure(Common, frozen=True):
    """The figure of a row of the statistical forms in a period; without ``value`` there is none.

    ``text`` is what stands beside it as a remark.
    """

    row: Text
    period: Text
    value: Decimal | None = None

    @property
    def ref(self) -> str:
        """What the record is about: row 3.1.1 of form 3 in a quarter, ``3/3.1.1@2025-Q2``."""
        return ref_text(self.row, self.period)


Record: TypeAlias = News | Undo | Score | Figure
"""One line of the journal, of one of ten kinds; seven of them are news."""

KINDS: Mapping[Kind, type[News] | type[Undo] | type[Score] | type[Figure]] = {
    kind.kind: kind
    for kind in (Note, Start, Done, Pause, Cancel, Reopen, Directive, Undo, Score, Figure)
}

KEYS = (
    *("id", "at", "by", "kind", "task", "period", "on", "text", "percent", "value", "evidence"),
    *("reason", "proposal", "due", "authority", "retracts", "replaces", "criterion", "points"),
    *("grade", "not_applicable", "row"),
)
"""The keys of all kinds, in the order in which a line has them."""


def every_field(record: Record) -> dict[str, Any]:
    """Return all keys that a line can have, in its order; empty what ``record`` does not say."""
    return {
        key: getattr(record, key, None if field is None else field.default)
        for key, field in fields_by_key().items()
    }


@functools.cache
def fields_by_key() -> dict[str, FieldInfo | None]:
    """Return the fields of all kinds by key, in the order of a line; ``kind`` itself is none."""
    fields = {
        field.name: field
        for kind in (Score, Directive, Figure, Undo)
        for field in msgspec.structs.fields(kind)
    }
    return {key: fields.get(key) for key in KEYS}

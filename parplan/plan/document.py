"""The model of a plan's text, apart from its tasks.

The document as issued: what identifies it, its parts word for word, who signs it.
"""

# Annotations are evaluated here: msgspec asks for them, and would have to compile texts.

import datetime as dt
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta
from msgspec.structs import force_setattr

from parplan.problem import N_, ImpossibleDate
from parplan.schedule import periods
from parplan.schedule.bounds import require_days

Name = Annotated[str, Meta(min_length=1)]


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A block of the plan; a key that it does not know is an error."""

    days: ClassVar[tuple[str, ...]] = ()
    """The fields that hold a day."""

    def __post_init__(self) -> None:
        require_days(self, self.days)


class Clause(Model, frozen=True):
    """A numbered piece of the plan's text, word for word."""

    number: Annotated[str, Meta(description="'I', '1' or 'a', without the dot.")] = ""
    title: Annotated[str, Meta(description="Heading.")] = ""
    text: Annotated[str, Meta(description="Paragraph under the heading.")] = ""
    points: Annotated[list[Name], Meta(description="Paragraphs that begin with a dash.")] = []
    items: Annotated[list["Clause"], Meta(description="Numbered pieces inside this one.")] = []
    remark: Annotated[str, Meta(description="Paragraph that closes this piece.")] = ""


class Basis(Model, frozen=True):
    """A document that the plan rests on."""

    text: Annotated[str, Meta(min_length=1, description="The citation, word for word.")]
    number: Annotated[str, Meta(description="Number and symbol: '139/KH-UBND'.")] = ""
    date: Annotated[dt.date, Meta(description="Its date.")] | None = None
    issuer: Annotated[str, Meta(description="Who issued it.")] = ""


class Document(Model, frozen=True):
    """What identifies the plan as an official document."""

    type: Annotated[str, Meta(min_length=1, description="Type of document: 'Kế hoạch'.")]
    symbol: Annotated[str, Meta(min_length=1, description="Symbol after the number: 'KH-UBND'.")]
    title: Annotated[str, Meta(min_length=1, description="Subject, word for word.")]
    place: Annotated[str, Meta(min_length=1, description="Place in the date line: 'Phú La'.")]
    number: Annotated[str, Meta(description="Number; empty until it is issued.")] = ""
    date: Annotated[
        str,
        Meta(
            pattern="^([12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?)?$",
            description="Date of issue, as far as it is known: 2025-03-18, 2025-03 or 2025.",
            extra={"form": N_("'%(value)s' is no date; write it as 2025-03-18, 2025-03 or 2025")},
        ),
    ] = ""

    def __post_init__(self) -> None:
        require_date(self.date)
        force_setattr(self, "number", bare_number(self.number, self.symbol))

    @property
    def has_number_and_date(self) -> bool:
        """Whether the number and the day of issue are known."""
        return bool(self.number) and len(self.date) == len("2025-03-18")


def bare_number(number: str, symbol: str) -> str:
    """Return the ``number`` of a document without the ``symbol`` that people write behind it.

    >>> bare_number("41/KH-UBND", "KH-UBND"), bare_number("41", "KH-UBND")
    ('41', '41')
    """
    bare = number.strip()
    while bare.endswith(f"/{symbol}"):
        bare = bare.removesuffix(f"/{symbol}").rstrip()
    return bare


def require_date(text: str) -> None:
    """Raise ImpossibleDate unless ``text`` is empty, or a date as far as it is known."""
    if text and periods.parse(text) is None:
        raise ImpossibleDate(
            N_("this date does not exist; write it as 2025-03-18, 2025-03 or 2025")
        )


class Signer(Model, frozen=True):
    """Who signs."""

    position: Annotated[str, Meta(min_length=1, description="Position: 'CHỦ TỊCH'.")]
    name: Annotated[str, Meta(description="Full name.")] = ""
    authority: Annotated[str, Meta(description="'TM. ỦY BAN NHÂN DÂN', where it is written.")] = ""


class Appendix(Model, frozen=True):
    """The heading of the appendix; its rows stand in ``sections``."""

    title: Annotated[str, Meta(min_length=1, description="Name, word for word.")]
    reference: Annotated[str, Meta(description="'(Ban hành kèm theo …)', word for word.")] = ""
    columns: Annotated[list[Name], Meta(description="Column headings, word for word.")] = []

"""What does a Markdown draft hold: its header, its body, and the places still to fill?

A draft begins with a header between two lines of ``---``: who writes to whom, number,
date, title, signature.  The clerk may change all of it; a mistake there is reported
with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from parplan.plan.document import Model, Signer, require_date
from parplan.plan.file import locate
from parplan.problem import N_, Location, Problem
from parplan.render.template.markdown_values import PLACE
from parplan.yamlfile.parse import YamlError, load_yaml
from parplan.yamlfile.validate import validate_data

_FENCE = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_PLACE = re.compile(rf"(?<!\\){PLACE}")


class Data(Model, frozen=True):
    """Which data the draft was made from; parplan's own note."""

    period: str
    from_: str = msgspec.field(name="from")
    until: str
    records: int
    digest: str = ""


class Header(Model, frozen=True):
    """What stands around the text of an official document."""

    type: Annotated[str, Meta(description="Type of document: 'Báo cáo'; empty for a letter.")]
    issuer: Annotated[str, Meta(description="Body that issues it, written out.")]
    symbol: Annotated[str, Meta(description="Symbol after the number: 'BC-UBND'.")]
    place: Annotated[str, Meta(description="Place in the date line.")]
    title: Annotated[str, Meta(description="Subject.")]
    number: Annotated[str, Meta(description="Number; empty until it is issued.")] = ""
    superior: Annotated[str, Meta(description="Superior body, above the issuer.")] = ""
    date: Annotated[
        str,
        Meta(
            pattern="^([12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?)?$",
            description="Date, as far as it is known: 2025-06-20, 2025-06.",
        ),
    ] = ""
    to: Annotated[tuple[str, ...], Meta(description="'Kính gửi'.")] = ()
    recipients: Annotated[tuple[str, ...], Meta(description="'Nơi nhận', line by line.")] = ()
    signer: Signer | None = None
    data: Data | None = None

    def __post_init__(self) -> None:
        require_date(self.date)


class Draft(msgspec.Struct, frozen=True):
    """A draft that was read; ``body_line`` is the line, from 1, on which the body begins."""

    path: str
    header: Header
    body: str
    body_line: int


class DraftError(Exception):
    """Carries what is wrong in a draft's header."""

    def __init__(self, problems: list[Problem], text: str) -> None:
        super().__init__()
        self.problems = problems
        self.text = text


def read(path: str, text: str) -> Draft:
    """Return the draft that ``text`` holds; raises DraftError where its header is wrong."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    found = _FENCE.match(text)
    if found is None:
        problem = Problem(
            Location(path, 1, 1), "no-header", N_("the draft has no header between '---' lines")
        )
        raise DraftError([problem], text)
    above = "\n" + found[1]  # so that lines count as in the file
    try:
        content = load_yaml(path, above)
    except YamlError as error:
        raise DraftError([error.problem], text) from error
    if isinstance(content, dict) and type(content.get("number")) is int:
        content["number"] = str(content["number"])  # a number is what a clerk types there
    findings = validate_data(content, Header)
    if findings:
        raise DraftError(locate(path, above, findings), text)
    header = msgspec.convert(content, Header)
    return Draft(path, header, text[found.end() :], found[0].count("\n") + 1)


def places_to_fill(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line, from 1, and the text of every place that the clerk must fill."""
    for number, line in enumerate(text.split("\n"), 1):
        for found in _PLACE.finditer(line):
            yield number, found[0]


def date_in_words(date: str) -> str:
    """Return the date line, with blanks for what is not known yet.

    Days below 10 and months 1 and 2 have a leading zero (Nghị định 30/2020, Phụ lục I, mục II.4).
    """
    year, month, day = [*date.split("-"), "", "", ""][:3]
    if month:
        month = month if int(month) <= 2 else str(int(month))
    return f"ngày {day or '     '} tháng {month or '     '} năm {year or '       '}"

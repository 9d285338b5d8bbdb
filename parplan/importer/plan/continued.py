"""Tells whether a row goes on with the task above it: a step of its work, or more of its text."""

from __future__ import annotations

import re

from parplan.importer.clean import DASHES, tidy
from parplan.importer.columns import Heading
from parplan.importer.grid import Row

# Word makes a curly quote of the mark, opening or closing, and a long dash beside it.
_AS_ABOVE = re.compile(
    r"\W*(?:nt|n/t|như trên)\W*"
    r"|[-–—]?\s*(?:[\"“”„″〃]{1,2}|//|''|‘‘|’’|,,)\s*[-–—]?",
    re.IGNORECASE,
)


def is_step(heading: Heading, row: Row, above: Row, number: str, at_top: bool) -> bool:
    """Tell whether ``row`` is a step under the number ``above``, with a deadline of its own.

    ``at_top`` tells that a table or page begins with it, where a row split in two may go on.
    """
    where = heading.of("number")
    shares = bool(where) and row.cell(where[0]) is above.cell(where[0])
    titles = _own(heading, row, above, "title")
    if not shares and (number or titles or at_top):
        return False
    others = [*_own(heading, row, above, "requirement"), *_own(heading, row, above, "units")]
    dates = _own(heading, row, above, "deadline")
    if not dates or not (others or titles):
        return False
    # Without merged cells, a row cut in two by a page looks alike: its pieces go on.
    return shares or all(map(stands_alone, [*dates, *others]))


def _own(heading: Heading, row: Row, above: Row, part: str) -> list[str]:
    """Return what ``row`` says in ``part`` that is not merged with the row above."""
    columns = [c for c in heading.of(part) if row.cell(c) is not above.cell(c)]
    return [text for column in columns if (text := tidy(row.text(column)))]


def is_more(heading: Heading, row: Row, above: Row | None, number: str) -> bool:
    """Tell whether ``row`` goes on with the text above: split over a page, or merged."""
    where = heading.of("number")
    if above is not None and where and row.cell(where[0]) is above.cell(where[0]):
        return True
    title = tidy(texts(heading, row, "title"))
    if number:
        return False
    merged = above is not None and all(
        row.cell(column) is above.cell(column) for column in heading.of("title")
    )
    alone = not any(tidy(texts(heading, row, part)) for part in ("deadline", "units"))
    # A title that begins small goes on with the sentence above, cut in two by a page.
    return merged or not title or title[0].islower() or (alone and bool(where))


def may_head(heading: Heading, row: Row, above: Row | None, at_top: bool) -> bool:
    """Tell whether ``row`` has a title alone that begins like one, and no number beside it."""
    if above is None or at_top or not heading.of("number"):
        return False
    titles = _own(heading, row, above, "title")
    others = (tidy(row.text(c)) for c in range(len(row.cells)) if c not in heading.of("title"))
    return len(titles) == 1 and titles[0][:1].isupper() and not any(others)


def texts(heading: Heading, row: Row, part: str) -> str:
    """Return what ``row`` says in the columns of ``part``."""
    return " ".join(filter(None, (row.text(column) for column in heading.of(part))))


def stands_alone(text: str) -> bool:
    """Tell whether ``text`` begins something, and is not the rest of what stands above."""
    return text[0] in DASHES or text[:1].isupper()


def says_as_above(text: str) -> bool:
    """Tell whether ``text`` is a ditto mark: what stands in the cell above holds here, too.

    >>> says_as_above('"'), says_as_above("-nt-"), says_as_above("NT của tỉnh")
    (True, True, False)
    """
    return _AS_ABOVE.fullmatch(text) is not None

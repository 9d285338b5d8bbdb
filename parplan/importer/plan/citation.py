"""Reads number, date and issuer from citations and date lines of official documents."""

from __future__ import annotations

import contextlib
import datetime as dt
import re

from parplan.plan.document import Basis
from parplan.text import one_line

_LONGEST = 200
_NUMBER = re.compile(r"số\s*:?\s*([0-9][\w.]*/[0-9A-ZĐƯ][\w\-/&.]*[\w])", re.IGNORECASE)
_DATE = re.compile(
    r"ngày\s+([0-9]{1,2})\s*(?:[/.\-]\s*([0-9]{1,2})\s*[/.\-]\s*([0-9]{4})"
    r"|tháng\s+([0-9]{1,2})\s+năm\s+([0-9]{4}))",
    re.IGNORECASE,
)
_BODIES = (
    "UBND|Ủy ban|Uỷ ban|HĐND|Hội đồng|Chính phủ|Thủ tướng|Quốc hội|Bộ|Sở|Ban|Thành ủy|Tỉnh ủy|"
    "Đảng ủy|Huyện ủy|Quận ủy|Chủ tịch|Phòng|Văn phòng|Trung ương|Bộ Chính trị"
)
_VERBS = "về|ban hành|quy định|phê duyệt|công bố|v/v|triển khai|hướng dẫn|sửa đổi|thực hiện|tại"
# From "của" to the next verb or mark: "của UBND thành phố Hà Nội về việc …".
_ISSUER = re.compile(
    rf"\bcủa\s+((?:{_BODIES})\b[^,;.:()]{{0,120}}?)(?=\s(?:{_VERBS})\b|\s?[,;.:()]|\s?$)"
)
# "Phú La, ngày   tháng 3 năm 2025": day and month stay empty, or dotted, until it is signed.
_LINE = re.compile(
    r"^(?P<place>[^\W\d_][^,\n]{0,60}?)\s*,\s*ngày(?P<day>[\s.…_]*[0-9]{0,2}[\s.…_]*)"
    r"(?:tháng|/)(?P<month>[\s.…_]*[0-9]{0,2}[\s.…_]*)(?:năm|/)\s*(?P<year>[0-9]{4})?",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"^Số\s*:?(?P<number>[\s.…_]*[0-9]{0,6}[a-zđ]?[\s.…_]*)[/-]\s*(?P<symbol>[A-ZĐƯ0-9][\w\-&/.]*[\w])",
)


def read_basis(text: str) -> Basis:
    """Return the cited document with what its citation says for certain."""
    citation = one_line(text)
    number = _NUMBER.search(citation)
    date = _DATE.search(citation)
    issuer = _ISSUER.search(citation)
    return Basis(
        text=citation,
        number=number[1] if number else "",
        date=_date_of(date) if date else None,
        issuer=issuer[1].strip() if issuer else "",
    )


def cites_number(text: str) -> bool:
    """Tell whether ``text`` cites a document by its number."""
    return _NUMBER.search(text) is not None


def _date_of(match: re.Match[str]) -> dt.date | None:
    day, month, year = match[1], match[2] or match[4], match[3] or match[5]
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_date_line(text: str) -> tuple[str, str] | None:
    """Return the place and the date, as far as it is filled in, of a document's date line.

    >>> read_date_line("Phú La, ngày      tháng 3 năm 2025")
    ('Phú La', '2025-03')
    """
    match = _LINE.match(text[:_LONGEST])
    if match is None:
        return None
    year, month, day = (
        "".join(filter(str.isdecimal, match[name] or "")) for name in ("year", "month", "day")
    )
    date = year
    if year and month and 1 <= int(month) <= 12:
        date = f"{year}-{int(month):02}"
        with contextlib.suppress(ValueError):  # no such day, or none
            date = dt.date(int(year), int(month), int(day)).isoformat()
    return match["place"].strip(), date if not date or 1900 <= int(date[:4]) <= 2999 else ""


def read_number_line(text: str) -> tuple[str, str] | None:
    """Return the number, where it is filled in, and the symbol of a document.

    >>> read_number_line("Số:       /KH-UBND"), read_number_line("Số: 05/KH-UBND")
    (('', 'KH-UBND'), ('05', 'KH-UBND'))
    """
    match = _PRINTED.match(text[:_LONGEST])
    if match is None:
        return None
    return re.sub(r"[\s.…_]", "", match["number"]), match["symbol"]

"""Shows a stored number as Excel does: as a number, a per cent, or a date with its parts.

A date typed as "6/2025" is stored as 1 June; only its format tells that no day was
meant, so the day is left out again.  Formats: ISO/IEC 29500-1, 18.8.30.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from parplan.importer.office.guard import Package, attribute_number
from parplan.text import whole_number

SYSTEM_DATE = "dd/mm/yyyy;system"
"""The format for which each computer has its own order of day and month."""

_PART = "xl/styles.xml"
_BUILT_IN = {
    9: "0%",
    10: "0.00%",
    14: SYSTEM_DATE,
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    22: f"{SYSTEM_DATE} hh:mm",
}
# Parts of a format that are no letters of a date: "ngày", \-, [Red], _).
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
DIGITS = 8
"""Digits of a number that counts something in a workbook; the last row, 1048576, has 7."""
_LONGEST_NUMBER = 40
_LAST_DAY = 2_958_465  # 31 December 9999


def read_formats(package: Package) -> list[str]:
    """Return the number format of every cell style, by the style's number."""
    formats: list[str] = []
    if package.has(_PART):
        parser = _FormatsParser(formats)
        package.walk(_PART, parser.start, parser.end, lambda _text: None)
    return formats


class _FormatsParser:
    def __init__(self, formats: list[str]) -> None:
        self.formats = formats
        self.custom: dict[int, str] = {}
        self.inside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        number = attribute_number(attributes.get("numFmtId", ""), DIGITS)
        if name == "numFmt":
            self.custom[number] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            self.formats.append(self.custom.get(number) or _BUILT_IN.get(number, ""))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.inside = False


def display_number(value: str, form: str, from_1904: bool = False) -> str:
    """Return the stored number ``value`` as a cell of the format ``form`` shows it.

    >>> display_number("45838", "dd/mm/yyyy"), display_number("45809", "mmm-yy")
    ('30/06/2025', '06/2025')
    >>> display_number("1", "0%")
    '100%'
    """
    if len(value) > _LONGEST_NUMBER:
        return value
    try:
        number = Decimal(value)
        if not number.is_finite() or not -(10**15) < number < 10**15:
            return value
    except InvalidOperation:
        return value
    # Only the first section counts: the others are for negative numbers, zero and text.
    letters = _QUOTED.sub("", form.partition(";")[0]).lower()
    if "%" in letters:
        return f"{_display_plain(number * 100)}%"
    if re.search("[dy]", letters) or "mmm" in letters:
        return _display_date(number, letters, from_1904) or _display_plain(number)
    return _display_plain(number)


def may_be_swapped(text: str, form: str) -> bool:
    """Tell whether ``text``, shown in ``form``, is a date that Excel may have typed in wrongly.

    An Excel set to American dates takes 5/6 for 6 May; no trace of that is left in the file.

    >>> may_be_swapped("05/06/2026", SYSTEM_DATE), may_be_swapped("30/06/2026", SYSTEM_DATE)
    (True, False)
    """
    day, _slash, rest = text.partition("/")
    return form.startswith(SYSTEM_DATE) and rest[:2] != day and (whole_number(day) or 13) <= 12


def _display_plain(number: Decimal) -> str:
    """Return ``number`` as Excel shows it: at most 11 digits, none for nothing."""
    rounded = f"{float(number):.11g}"
    return rounded.replace(".", ",") if "e" not in rounded else str(number)


def _display_date(number: Decimal, letters: str, from_1904: bool) -> str:
    days = int(number) + (1462 if from_1904 else 0)
    if not 60 < days <= _LAST_DAY:  # before March 1900 Excel counts a day that never was
        return ""
    day = dt.date(1899, 12, 30) + dt.timedelta(days=days)
    if "d" in letters and "y" not in letters:
        return f"{day.day:02}/{day.month:02}"
    if "d" in letters:
        return f"{day.day:02}/{day.month:02}/{day.year}"
    return f"{day.month:02}/{day.year}" if "m" in letters else str(day.year)

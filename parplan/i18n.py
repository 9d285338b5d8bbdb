"""How is a marked text said in the user's language?

The msgids are English, so English needs no catalogue; Vietnamese has one.  The
low floors mark texts (``N_``); the rim translates them here.  Click looks
its own texts up through the same catalogue.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import functools
import gettext as _gettext
import os
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from parplan.problem import N_, Marked, Problem, Value, Values
from parplan.schedule.periods import ROMAN, Period

Language: TypeAlias = Literal["vi", "en"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
DOMAIN = "parplan"
LOCALE_DIR = Path(__file__).parent / "locale"

_translations: _gettext.NullTranslations = _gettext.NullTranslations()
_language: Language = "en"


def use(language: Language) -> None:
    """Speak ``language`` from now on, Click's own texts included."""
    global _translations, _language
    _language = language
    _translations = _gettext.translation(DOMAIN, LOCALE_DIR, [language], fallback=language == "en")
    os.environ["LANGUAGE"] = language  # what the functions that Click calls go by
    _gettext.bindtextdomain(DOMAIN, str(LOCALE_DIR))
    _gettext.textdomain(DOMAIN)


@contextlib.contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak ``language`` inside the block: a document is in the office's, whatever the screen."""
    before = _language
    use(language)
    try:
        yield
    finally:
        use(before)


def language() -> Language:
    """Return the language in use."""
    return _language


def _(text: str) -> str:
    """Return ``text`` in the language in use."""
    return _translations.gettext(text)


def optional(text: str | None) -> str | None:
    """Return ``text`` in the language in use, None where there is none."""
    return _(text) if text else None


def ngettext(singular: str, many: str, number: int) -> str:
    """Return the form of the text that goes with ``number``, its gap ``%(n)s`` filled."""
    return _translations.ngettext(singular, many, number) % {"n": number}


def message(problem: Problem) -> str:
    """Return the sentence of ``problem``, translated and filled."""
    return fill(problem.text, problem.values)


def problem_line(problem: Problem) -> str:
    """Return ``problem`` as one line; one of no code is about a whole folder or file."""
    place = problem.where if problem.code else problem.where.path
    code = f" [{problem.code}]" if problem.code else ""
    return f"{place}: {message(problem)}{code}"


def fill(text: str, values: Values) -> str:
    """Return the marked ``text`` translated, its named gaps filled with ``values``."""
    translated = _(text)
    if not values:
        return translated
    return translated % {name: _value(value) for name, value in values}


def _value(value: Value) -> str:
    if isinstance(value, dt.date):
        return date(value)
    if isinstance(value, Decimal):
        return number(value)
    return _(value) if isinstance(value, Marked) else value


def number(value: Decimal) -> str:
    """Return ``value`` with its decimals as officials write it, thousands apart: 1.250 or 98,50.

    In English 1,250 and 98.50.
    """
    if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
        return str(value)
    text = f"{value:,f}"
    return text.translate(_VIETNAMESE_NUMBER) if _language == "vi" else text


_VIETNAMESE_NUMBER = str.maketrans(",.", ".,")
_MOST_DIGITS = 30
"""A file may say 1e999999, which nobody wants to read in full."""


_REASONS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: N_("no permission"),
    errno.EPERM: N_("no permission"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
    errno.EEXIST: N_("a part of the path is no folder"),  # where a folder was to be made
    errno.ELOOP: N_("links lead in a circle"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EROFS: N_("the disk is read-only"),
    errno.EFBIG: N_("the file is too large"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ENXIO: N_("it is no file but a pipe, a socket or a device"),
    errno.EADDRINUSE: N_("the port is in use"),
    errno.EBUSY: N_("it is open in Word, Excel or another program; close it there and try again"),
    errno.EREMOTE: N_("it lies in the cloud alone; have OneDrive keep it on this device"),
}
_WINDOWS_REASONS = {
    32: errno.EBUSY,  # ERROR_SHARING_VIOLATION
    33: errno.EBUSY,  # ERROR_LOCK_VIOLATION
    206: errno.ENAMETOOLONG,  # ERROR_FILENAME_EXCED_RANGE
    **dict.fromkeys(
        (362, 388, 389, 395, 397, 404, 426), errno.EREMOTE
    ),  # ERROR_CLOUD_FILE_…, not to be had
}
"""What Windows calls the reasons for which Python has one number among others, or none."""


def os_reason(error: OSError) -> str:
    """Return why the system refused, translated where it is a common reason."""
    number = _WINDOWS_REASONS.get(getattr(error, "winerror", None) or 0, error.errno)
    reason = _REASONS.get(number or 0)
    return _(reason) if reason else str(error.strerror or error)


def date(day: dt.date) -> str:
    """Return ``day`` as the language writes it: 09/06/2025 or 2025-06-09."""
    return _date(day, _language)


@functools.lru_cache(maxsize=1024)
def _date(day: dt.date, language: Language) -> str:
    if language == "vi":
        return f"{day.day:02}/{day.month:02}/{day.year}"
    return day.isoformat()


def short_date(day: dt.date) -> str:
    """Return ``day`` without its year: 09/06 or 06-09."""
    return f"{day.day:02}/{day.month:02}" if _language == "vi" else f"{day:%m-%d}"


_WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


def weekday(day: dt.date) -> str:
    """Return the name of the day of the week."""
    return _(_WEEKDAYS[day.weekday()])


def long_date(day: dt.date) -> str:
    """Return ``day`` with its weekday: 'thứ Sáu 20/06/2025'."""
    return f"{weekday(day)} {date(day)}"


def period_name(period: Period) -> str:
    """Return ``period`` as people say it: 'quý II/2025', 'quarter 2 of 2025'."""
    if period.ends is not None:
        start, stop = period.ends
        return _("%(start)s to %(stop)s") % {"start": _end(start), "stop": _end(stop)}
    year, number = period.year, period.number
    if period.kind == "year":
        return _("the year %(year)s") % {"year": year}
    if period.kind == "quarter":
        values = {"year": year, "number": number, "roman": ROMAN[number]}
        return _("quarter %(number)s of %(year)s") % values
    if period.kind == "week":
        return _("week %(number)s of %(year)s") % {"year": year, "number": number}
    if period.kind == "9-months":
        return _("the nine months of %(year)s") % {"year": year}
    if period.kind == "half":
        text = (
            N_("the first half of %(year)s") if number == 1 else N_("the second half of %(year)s")
        )
        return _(text) % {"year": year}
    if period.kind == "month":
        return _("month %(month)s of %(year)s") % {"year": year, "month": number}
    return _("day %(day)s") % {"day": date(period.first)}


def _end(period: Period) -> str:
    return date(period.first) if period.kind == "day" else period_name(period)


CAN_BE = N_("'%(value)s' can be %(either)s")
"""What is said of a text with several meanings; ``either`` is ``any_of`` them."""


def any_of(meanings: Iterable[Period | None]) -> str:
    """Return what a text can mean, each period and day with what to type for it."""
    texts = [
        _("%(meaning)s (type %(typed)s)")
        % {"meaning": _meaning(period), "typed": _unmistakable(period)}
        for period in meanings
        if period is not None
    ]
    conjunction = _("or")
    return f" {conjunction} ".join(texts)


def _meaning(period: Period) -> str:
    return long_date(period.first) if period.kind == "day" else period_name(period)


def _unmistakable(period: Period) -> str:
    day = period.first
    return f"{day.day}/{day.month}/{day.year}" if period.kind == "day" else period.name

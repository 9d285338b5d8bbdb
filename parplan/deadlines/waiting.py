"""Says what a rule without a date waits for: somebody's word, or what has to happen.

Apart from the grammar, which takes a while to import: every list says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from parplan.text import fold, lower_first

ORDERS = (
    *("su chi dao", "y kien chi dao", "van ban chi dao", "chi dao", "yeu cau cong viec"),
    *("yeu cau , nhiem vu duoc giao", "yeu cau nhiem vu duoc giao", "yeu cau", "van ban huong dan"),
    *("huong dan", "van ban yeu cau", "van ban", "cong van", "thong bao", "ket luan", "de nghi"),
    *("su phan cong", "phan cong", "lenh", "menh lenh", "trieu tap", "su trieu tap"),
    *("don dat hang", "quyet dinh", "giay mời", "thu mời", "giay trieu tap", "cong dien"),
)
_EVENTS = ("ngay ", "khi ", "sau khi ")
_PAPERS = tuple(f"{order} " for order in (*ORDERS, "qd", "cv", "tb", "kh", "nghi quyet", "nq"))
_ON_THE_DAY = re.compile(r"^ngày (?!\d)")


def is_order(text: str) -> bool:
    """Tell whether ``text`` is the order itself ("yêu cầu"), not who gives it."""
    return fold(text).replace(",", " ,") in ORDERS


def is_event(text: str) -> bool:
    """Tell whether ``text`` begins as what happens does: "khi …", "ngày …"."""
    return fold(text).startswith(_EVENTS)


def event_of(what: str) -> str:
    """Return the event for which ``what`` stands, "khi có yêu cầu"; "" where it names a body.

    >>> event_of("ngày HĐND xã quyết nghị"), event_of("UBND tỉnh")
    ('khi HĐND xã quyết nghị', '')
    """
    words = lower_first(what)
    if is_event(what) or fold(what) == "dot xuat":
        return _ON_THE_DAY.sub("khi ", words)
    if is_order(what) or fold(what).startswith(_PAPERS):
        return f"khi có {words}"
    return ""


def bodies(waited_for: Iterable[str]) -> list[str]:
    """Return who is waited for, each once: what of ``waited_for`` is no event."""
    return [what for what in dict.fromkeys(waited_for) if not event_of(what)]


def events(waited_for: Iterable[str]) -> list[str]:
    """Return which events are waited for, in words and each once."""
    return list(dict.fromkeys(filter(None, map(event_of, waited_for))))

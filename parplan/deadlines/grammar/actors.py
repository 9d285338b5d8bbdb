"""Steps over who does something: "các phòng, ban (gửi)", "đoàn kiểm tra (làm việc)"."""

from __future__ import annotations

from parplan.deadlines.grammar.free_words import accept_action, skip_free
from parplan.deadlines.grammar.limit_begins import is_certain_period, is_limit
from parplan.deadlines.grammar.tokens import Cursor
from parplan.deadlines.grammar.vocabulary import ACTORS

MOST_TOKENS = 45
"""What is done takes fewer words than this; steps are looked for behind every comma."""
_MOST_OF_NAME = 3
"""An actor alone, "cấp xã trước ngày …", has no more words."""
_BEGINNINGS = ("thanh lap", "dang ky", "tiep nhan")
"""Of the actor itself: "đơn vị thành lập trước ngày 01/7"."""
_BEFALLING = ("xay dung", "cong nhan", "sap xep", "dat chuan")
"""Without an object they may be: "trường xây dựng trước ngày 01/7", "thôn công nhận trước …"."""


def skip_actor(cursor: Cursor) -> int:
    """Step over who acts and the action: "các phòng, ban gửi"; return where the action begins.

    -1 where nobody acts here.
    """
    start = cursor.position
    pairs = [cursor.accented(n) for n in range(2)]
    if pairs[0] not in ACTORS and " ".join(pairs) not in ACTORS:
        return -1
    cursor.position += 1 if pairs[0] == "đoàn" else 0  # "đoàn kiểm tra" is who does it
    while cursor.position - start < MOST_TOKENS and skip_free(cursor):
        acts = cursor.position
        verb = accept_action(cursor)
        befalls = pairs[0] != "ubnd" and verb in _BEFALLING and is_limit(cursor)
        if verb and not (verb in _BEGINNINGS or befalls):
            return acts
        if (
            not verb
            and acts - start <= _MOST_OF_NAME
            and (is_limit(cursor) or is_certain_period(cursor))
        ):
            return start
    cursor.position = start
    return -1

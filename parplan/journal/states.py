"""What are the states of work called by those who type them?"""

from __future__ import annotations

from collections.abc import Mapping

from parplan.journal.progress import State
from parplan.text import fold

VIETNAMESE: Mapping[State, str] = {
    "not-started": "chưa-làm",
    "in-progress": "đang-làm",
    "done": "hoàn-thành",
    "paused": "tạm-dừng",
    "cancelled": "đã-hủy",
}
"""Each state as it is offered, in one word of a command line."""

_NAMES: Mapping[str, State] = {
    **dict.fromkeys(("chua lam", "chua thuc hien", "not started"), "not-started"),
    **dict.fromkeys(("dang lam", "dang thuc hien", "in progress"), "in-progress"),
    **dict.fromkeys(("xong", "da xong", "hoan thanh", "da hoan thanh", "done"), "done"),
    **dict.fromkeys(("tam dung", "tam hoan", "paused"), "paused"),
    **dict.fromkeys(("huy", "da huy", "khong thuc hien", "cancelled"), "cancelled"),
}


def read_state(text: str) -> State | None:
    """Return the state that ``text`` names in either language; None where it names none.

    Accents, capitals and what stands between the words do not matter.

    >>> read_state("đang-làm"), read_state("In progress"), read_state("sắp xong")
    ('in-progress', 'in-progress', None)
    """
    return _NAMES.get(fold(text.replace("-", " ").replace("_", " ")))

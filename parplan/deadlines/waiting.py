"""Says what a rule without a date waits for: somebody's word, or what has to happen.

Apart from the grammar, which takes a while to import: every list says it.
"""

from __future__ import annotations

from parplan.text import fold

ORDERS = (
    *("su chi dao", "y kien chi dao", "van ban chi dao", "chi dao", "yeu cau cong viec"),
    *("yeu cau , nhiem vu duoc giao", "yeu cau nhiem vu duoc giao", "yeu cau", "van ban huong dan"),
    *("huong dan", "van ban yeu cau", "van ban", "cong van", "thong bao", "ket luan", "de nghi"),
    *("su phan cong", "phan cong", "lenh", "menh lenh", "trieu tap", "su trieu tap"),
    *("don dat hang", "quyet dinh", "giay mời", "thu mời", "giay trieu tap", "cong dien"),
)


def is_order(text: str) -> bool:
    """Tell whether ``text`` is the order itself ("yêu cầu"), not who gives it."""
    return fold(text).replace(",", " ,") in ORDERS

"""Does a rule without a date wait for somebody's word, or for something to happen?"""

from __future__ import annotations

import pytest

from parplan.deadlines.waiting import event_of


@pytest.mark.parametrize(
    ("what", "event"),
    [
        ("UBND tỉnh", ""),
        ("HĐND xã", ""),
        ("Phòng Kế hoạch", ""),
        ("ngành dọc", ""),
        ("các sở, ban, ngành", ""),
        ("ngay khi có QĐ công bố", "ngay khi có QĐ công bố"),
        ("Sau khi thủ tục được công bố", "sau khi thủ tục được công bố"),
        ("Khi cần", "khi cần"),
        ("KHI CẦN", "KHI CẦN"),
        ("Đột xuất", "đột xuất"),
        ("ngày HĐND xã quyết nghị", "khi HĐND xã quyết nghị"),
        ("ngày 15/3", "ngày 15/3"),
        ("yêu cầu", "khi có yêu cầu"),
        ("QĐ thành lập", "khi có QĐ thành lập"),
        ("Quyết định của tỉnh", "khi có quyết định của tỉnh"),
    ],
)
def test_what_is_waited_for(what: str, event: str) -> None:
    assert event_of(what) == event

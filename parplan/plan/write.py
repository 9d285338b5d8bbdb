"""Write a plan as a YAML file that a clerk can read and go on with.

With the order of keys and the comments of the sample plan.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from parplan.plan.document import Document, Signer
from parplan.plan.model import (
    Calendar,
    Dated,
    Handover,
    Holiday,
    Officer,
    Plan,
    Serves,
    Swap,
    Target,
    Task,
)
from parplan.plan.outline import OutlinePoint
from parplan.schedule.rules import Rule
from parplan.yamlfile.write import Comments, Layout, write_entry, write_flow, write_model

_SHARED = ("schema", "year")
_TEXT = ("bases", "preamble", "text", "closing", "recipients", "signer", "appendix")
_TOP = (
    *("document", "issuer", "superior", "effective_from"),
    *_TEXT,
    *("units", "officers", "reporting", "outline"),
)
_LAYOUT = Layout(
    order={
        Plan: (*_SHARED, "language", "before_included", *_TOP, "sections", "calendar"),
        Document: ("type", "number", "symbol", "date", "place", "title"),
        Task: (
            *("id", "title", "short", "requirement", "target"),
            *("deadline_text", "schedule", "units"),
        ),
    },
    always=frozenset(
        {
            *((Document, "number"), (Document, "date"), (Task, "schedule"), (Plan, "units")),
            *((Plan, "calendar"), (Calendar, "holidays"), (Calendar, "swaps")),
            (Plan, "language"),
        }
    ),
    in_one_line=(
        *(Target, Rule, Dated, Handover, Signer, Officer, Holiday, Swap, Serves),
        OutlinePoint,
    ),
    spaced=frozenset({*_TOP, "sections", "calendar"}),
    apart=frozenset({"sections", "text"}),
    one_a_line=frozenset({"recipients"}),
)

UNREAD = "CHƯA ĐỌC: "
"""What the comment above something begins with that an import left open."""

PLAN_GUIDE: Comments = {
    ("superior",): (
        'Khi cơ quan cấp trên thay đổi giữa năm: thêm "until: NĂM-THÁNG-NGÀY" vào dòng cũ',
        'và thêm một dòng mới có "from: NĂM-THÁNG-NGÀY".',
    ),
    ("units",): (
        '"name" là tên đầy đủ; "aliases" là cách gọi khác trong Kế hoạch.',
        "Một cách gọi chỉ được chỉ một bộ phận. Hai tên là một bộ phận thì gộp làm một mục.",
    ),
    ("sections",): (
        "Cách ghi một nhiệm vụ:",
        "  title, requirement, deadline_text   đúng lời văn của Phụ lục",
        "  short       tên ngắn dùng trong bảng; bỏ trống thì dùng title",
        '  target      phần đo đếm được của yêu cầu, ví dụ {at_least: 100, unit: "%"}',
        "  schedule    cách hiểu thời gian hoàn thành:",
        '              {in: "2025"}                trong năm đó (riêng năm phải có dấu ngoặc kép)',
        "              {in: 2025-06, label: Lần 1} trong tháng 6; quý: 2025-Q2",
        "              {every: month, before: 25}  mỗi tháng, trước ngày 25 (hạn là ngày 24)",
        "              {by: 2025-11-30}            chậm nhất ngày 30/11",
        "              {continuous: true}          thường xuyên, không có hạn",
        "              {on_directive: UBND quận}   chưa có hạn, chờ văn bản chỉ đạo",
    ),
    ("calendar",): ("Ngày nghỉ lễ và ngày làm bù theo thông báo chính thức của năm.",),
}
"""What to know to go on with a plan, above the keys that it is about."""


def write_plan(plan: Plan, heading: Sequence[str] = (), comments: Comments | None = None) -> str:
    """Return ``plan`` as the text of a YAML file.

    ``heading`` are the sentences at its top.  Reading it (``plan/file.py``) gives an equal plan
    back.
    """
    return write_model(plan, "plan.schema.json", _LAYOUT, heading, comments)


def entry_lines(value: msgspec.Struct) -> list[str]:
    """Return the lines of a list entry, the first beginning with "- ", without indentation."""
    return write_entry(value, _LAYOUT)


def flow_text(value: msgspec.Struct | str) -> str:
    """Return ``value`` in one line, as it may stand inside brackets."""
    return write_flow(value, _LAYOUT)

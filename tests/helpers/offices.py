"""What the tests of many offices share: wards made by hand, and what is due in them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from tests.helpers.office import Office, lines, made
from tests.helpers.running import clean_environment

TODAY = "2025-06-20"
FIGURES = (
    *("wanted", "due", "done", "early", "on_time", "late", "overdue", "not_reached"),
    *("due_soon", "cancelled", "no_deadline", "unread"),
)
PLAN = """\
schema: 1
year: {year}
document: {{type: Kế hoạch, symbol: KH-UBND, place: Hà Nội, title: Cải cách hành chính}}
issuer: {issuer}
effective_from: {year}-01-01
units:
  - {{id: vp, name: Văn phòng, aliases: [VP]}}
  - {{id: tp, name: Tư pháp}}
reporting:
  - every: quarter
    name: Báo cáo quý
    before: 10
    serves: [{{task: "1", every: [quarter]}}]
sections:
  - id: I
    title: Chỉ đạo
    tasks:
      - id: "1"
        title: Báo cáo quý
        deadline_text: Trước ngày 10 của tháng cuối quý
        schedule: [{{every: quarter, before: 10, label: Báo cáo quý}}]
        units: [Văn phòng]
      - {{id: "2", title: Tiếp dân, schedule: [{{continuous: true}}], units: [VP]}}
  - id: II
    title: Thể chế
    tasks:
      - id: "3"
        title: {third}
        schedule: [{{by: 2025-06-30}}]
        deadline_text: {deadline}
        units: [Tư pháp]
        supporting: [Văn phòng]
      - {{id: "4", title: Đo lường, schedule: [], deadline_text: Khi có hướng dẫn}}
"""


def open_office(root: Path, name: str, *records: Any, **values: object) -> Office:
    """Make a workspace below ``root``."""
    filled = {
        "issuer": f"UBND {name}",
        "year": 2025,
        "third": "Rà soát văn bản",
        "deadline": "Trước ngày 1/7/2025",
        **values,
    }
    folder = root / name / "plan"
    folder.mkdir(parents=True)
    text = PLAN.format(**filled)
    (folder / f"{filled['year']}.yaml").write_text(text, encoding="utf-8", newline="\n")
    office = Office(root / name, clean_environment())
    if records:
        office.journal.write_bytes(lines(*records))
    return office


def three_wards(root: Path) -> Office:
    """Return the desk above three wards; what is due, by hand, stands in ``COUNTED``.

    Quarters are due on 9 March, 9 June, 9 September and 9 December, task 3 on 30 June.
    """
    open_office(
        root,
        "a",
        made(1, "done", "1@2025-Q1", on=dt.date(2025, 3, 9)),
        made(2, "done", "1@2025-Q2", on=dt.date(2025, 6, 12)),
        made(3, "done", "3@2025-06-30", on=dt.date(2025, 6, 18)),
    )
    open_office(root, "b", made(1, "cancel", "3@2025-06-30", on=dt.date(2025, 6, 1)))
    open_office(root / "quận", "c")
    return Office(root, clean_environment())


#          wanted due done early on_time late overdue not_reached soon cancelled no_date unread
COUNTED = {
    "a": (5, 2, 3, 1, 2, 1, 0, 2, 0, 0, 1, 1),
    "b": (4, 2, 0, 0, 0, 0, 2, 2, 0, 1, 1, 1),
    "quận/c": (5, 2, 0, 0, 0, 0, 2, 3, 0, 0, 1, 1),
}

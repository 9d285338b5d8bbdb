"""Tells where a table of tasks ends, and the signatures or notes below it begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parplan.importer.clean import tidy
from parplan.importer.columns import Heading, simplify_heading
from parplan.importer.grid import Row
from parplan.importer.plan.continued import texts
from parplan.problem import N_

BELOW = N_("a signature or a note below the table, which is no task")

# Nghị định 30/2020, Phụ lục I: who signs for whom, and in whose place.
_FOR_WHOM = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.\s*\S.*", re.DOTALL)
_PLACE_AND_DAY = re.compile(r"[^,;:]{2,40}, ngày [\d .…_]* ?tháng [\d .…_]* ?năm [\d .…_]+")
_NOTE = re.compile(
    r"(?:ghi chú|chú thích|chú giải|ký hiệu|nguồn|lưu ý)\s*:.*", re.DOTALL | re.IGNORECASE
)
_WHO_SIGNS = frozenset(
    (
        *("nguoi lap", "nguoi lap bieu", "nguoi lap bang", "nguoi lap ke hoach", "nguoi tong hop"),
        *("thu truong don vi", "thu truong co quan", "lanh dao don vi", "xac nhan cua lanh dao"),
        *("noi nhan", "ky ghi ro ho ten", "ky ten dong dau", "ky dong dau", "ky va ghi ro ho ten"),
    )
)
_POSTS = re.compile(
    r"(?:pho )?(?:chu tich|giam doc|hieu truong|truong phong|truong ban|chanh van phong|bi thu|"
    r"vien truong|cuc truong|chi cuc truong|truong tram|doi truong|ke toan truong)\b.*"
)
"""Posts, which below a table stand in capitals alone: "CHỦ TỊCH"."""
_TIME = re.compile(r"[0-9]|\b(?:thuong xuyen|hang|quy|thang|tuan|nam|theo|khi|dot xuat)\b")


def last_task_row(heading: Heading, rows: Sequence[Row]) -> int:
    """Return the index of the last row with a numbered task, or a task with a day; -1 without."""
    return max((i for i, row in enumerate(rows) if _lists_task(heading, row)), default=-1)


def stands_below(row: Row) -> bool:
    """Tell whether ``row`` says who signs, where and when, who receives it, or is a note."""
    return any(_signs(tidy(cell.text)) for cell in row.different())


def _signs(text: str) -> bool:
    simple = simplify_heading(text)
    return (
        _FOR_WHOM.fullmatch(text) is not None
        or _PLACE_AND_DAY.fullmatch(text) is not None
        or _NOTE.fullmatch(text) is not None
        or simple in _WHO_SIGNS
        or (text.isupper() and _POSTS.fullmatch(simple) is not None)
    )


def _lists_task(heading: Heading, row: Row) -> bool:
    title, number, day = (texts(heading, row, part) for part in ("title", "number", "deadline"))
    has_day = _TIME.search(simplify_heading(day)) is not None
    # A cell over two columns, such as "Nơi nhận:", is no number and no day.
    return bool(title) and title not in (number, day) and (number[:1].isalnum() or has_day)

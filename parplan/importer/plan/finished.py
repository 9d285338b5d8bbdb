"""Tells what is done already from what is to do: lists of finished tasks, days of completion.

Neither may become a live deadline: what is certain is left out, the rest is left open, and both
are told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from parplan.importer.columns import Heading, simplify_heading
from parplan.importer.grid import Table
from parplan.problem import N_

FINISHED = N_("a list of what is finished; nothing in it is still to do")
DONE_DAY = N_("the column may say when the task was done, not by when")

# A title, not a sentence of the text: "Trong năm, phường đã hoàn thành 20 nhiệm vụ".
_FINISHED = re.compile(
    r"(?:[ivx]{1,4} |[a-z0-9]{1,2} |(?:phu luc|bieu|bang)(?: [ivx0-9]+)? )?"
    r"(?:(?:tong hop|danh muc|danh sach|bang|bieu|thong ke|cac|nhung|ket qua|phan)(?: \w+){0,6} |"
    r"(?:nhiem vu|cong viec|noi dung|dau viec)(?: \w+){0,4} )?"
    r"da (?:hoan thanh|thuc hien xong|giai quyet xong|ket thuc)\b.{0,60}"
)
# "Nhiệm vụ đã hoàn thành và đang thực hiện" lists both, "… cần duy trì" what goes on.
_OPEN = re.compile(r"\b(?:chua|dang|se|tiep tuc|phai|con|va|giao|can|duy tri|moi|chuyen)\b")
_DONE_DAYS = frozenset(
    ("ngay hoan thanh", "hoan thanh ngay", "ngay thang hoan thanh", "ngay thang nam hoan thanh")
)
_DONE_TIMES = frozenset(("thoi gian hoan thanh", "thoi diem hoan thanh"))
# Headings that say by when; beside one of them "Ngày nộp" says when it was done.
_BY_WHEN = re.compile(r"\b(?:thoi (?:gian|han|diem)|tien do|lo trinh|han|ket thuc|den)\b")
_BY_END = re.compile(r"\b(?:han|ket thuc)\b")
_REAL, _PLANNED = re.compile(r"\bthuc (?:te|hien)\b"), re.compile(r"\bke hoach\b")
_OF_DOCUMENT = re.compile(r"(?:so )?(?:van ban|cong van|quyet dinh)\b.*\bngay(?: thang)?")
# Other days than these may be those of anything: "Ngày mở hồ sơ".
_OTHER_DAY = re.compile(
    r"ngay (?!thang|hoan thanh|hop|to chuc|thuc hien|trien khai|dien ra|kiem tra|thanh tra|"
    r"giam sat|ket thuc|den|het|du kien|phai|can|trinh|lam viec|khai mac|tap huan|thi\b|xong).*"
)
_PLAIN_DAY = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}([/.-][0-9]{2,4})?")


def lists_finished(title: str) -> bool:
    """Tell whether what stands under ``title`` is done.

    >>> lists_finished("Danh mục nhiệm vụ đã hoàn thành"), lists_finished("Phải hoàn thành")
    (True, False)
    """
    words = simplify_heading(title)
    return _FINISHED.fullmatch(words) is not None and not _OPEN.search(words)


class FinishedSection(msgspec.Struct):
    """The section that is being read, where it lists what is done; ``style`` is its numbering's."""

    style: str = ""
    is_open: bool = False

    def take(self, style: str, title: str) -> bool:
        """Take in a section's heading, and tell whether a list of what is done begins with it."""
        if self.is_open and style and style != self.style:
            return False  # a heading inside of it
        self.style, self.is_open = style, lists_finished(title)
        return self.is_open


def without_done_days(heading: Heading) -> Heading:
    """Return ``heading`` without days of documents, and of completion beside a deadline."""
    titles = {column: simplify_heading(heading.texts[column]) for column in heading.of("deadline")}
    titles = {c: title for c, title in titles.items() if not _OF_DOCUMENT.fullmatch(title)}
    due = tuple(
        column
        for column, title in titles.items()
        if not _is_done_beside(title, [titles[other] for other in titles if other != column])
    )
    return heading.with_role("deadline", due or tuple(titles))


def doubt_done_days(table: Table, heading: Heading) -> None:
    """Doubt a column of plain days where these may tell when each task was done, or began."""
    where = heading.of("deadline")
    is_alone = len(where) == 1 and not heading.of("start")
    for column in where:
        title = simplify_heading(heading.texts[column])
        if not (_OTHER_DAY.fullmatch(title) or (is_alone and title in _DONE_DAYS)):
            continue
        cells = [row.cells[column] for row in table.rows[heading.last + 1 :] if row.text(column)]
        if all(_PLAIN_DAY.fullmatch(cell.text.strip()) for cell in cells):
            for cell in cells:
                cell.doubt = cell.doubt or DONE_DAY


def _is_done_beside(title: str, others: Sequence[str]) -> bool:
    """Tell whether days under ``title``, beside ``others``, say when work was done."""
    if title in _DONE_DAYS:
        return True
    if _REAL.search(title) and not _PLANNED.search(title) and any(map(_PLANNED.search, others)):
        return True
    if title in _DONE_TIMES:
        return any(map(_BY_END.search, others))
    return not _BY_WHEN.search(title) and any(map(_BY_WHEN.search, others))

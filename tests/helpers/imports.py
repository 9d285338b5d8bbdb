"""A plan read from an office file, and what was read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from parplan.importer.plan.assemble import ImportedPlan, assemble_plan
from parplan.importer.read import read_office_file
from tests.helpers.office_files import HEAD, LEFT, TAIL, TEXT, TITLE, document
from tests.helpers.running import Text
from tests.helpers.warm import run_warm

COLUMNS = ("STT", "Nội dung nhiệm vụ", "Yêu cầu", "Thời gian hoàn thành", "Bộ phận thực hiện")

Summary = list[tuple[str, str, str, list[str]]]


def imported(path: Path, year: int | None = 2026) -> ImportedPlan:
    result = assemble_plan(read_office_file(path), year, None)
    assert result is not None
    return result


def import_limited(folder: Path, name: str, env: Mapping[str, str]) -> Text:
    """Import the file ``name`` in ``folder`` within 10 s of the processor and 500 MB."""
    words = ["import", name, "--year", "2026", "--lang", "en"]
    limits = {"RLIMIT_DATA": 500_000_000, "RLIMIT_CPU": 10}
    return run_warm(words, folder, env, limits=limits)


def summary(result: ImportedPlan) -> Summary:
    """Return number, title, deadline and units of every task."""
    return [(t.id, t.title, t.deadline_text, t.units) for _section, t in result.plan.tasks()]


NUMBERED = document(
    HEAD,
    *TITLE,
    *TEXT,
    TAIL,
    "*^PHỤ LỤC",
    "*^DANH MỤC NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2026",
    "^(Kèm theo Kế hoạch số 15/KH-UBND ngày 12/01/2026 của UBND phường An Hòa)",
    [
        COLUMNS,
        ("I", "CÔNG TÁC CHỈ ĐẠO", LEFT, LEFT, LEFT),
        ("1", "Ban hành kế hoạch", "Kế hoạch", "Quý I/2026", "Văn phòng HĐND và UBND"),
        ("2", "Báo cáo kết quả", "Báo cáo đúng hạn", "Hàng quý", "Văn phòng HĐND và UBND"),
        ("II", "CẢI CÁCH THỂ CHẾ", LEFT, LEFT, LEFT),
        (*COLUMNS,),
        ("1", "Rà soát văn bản quy phạm pháp luật do", "100% văn bản", "Trước ngày", "Phòng Văn"),
        ("", "phường ban hành", "được rà soát", "15/11/2026", "hóa – Xã hội"),
        ("2", "Phổ biến pháp luật", "", "Thường xuyên", "Tư pháp; Công an phường"),
    ],
)

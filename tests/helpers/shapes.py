"""Shapes of tables as offices send them, with what is true of each, decided by hand."""

from __future__ import annotations

from tests.helpers.imports import COLUMNS
from tests.helpers.office_files import LEFT, UP, Rows

Truth = list[tuple[str, str, str, str]]
"""Number, title, the days due (dd/mm, all of 2026), units; each of several joined by a space."""


MONTHS = tuple(f"T{month}" for month in range(1, 13))


NUMBERS = tuple(map(str, range(1, 13)))


def marks(*months: int, sign: str = "x") -> tuple[str, ...]:
    return tuple(sign if month in months else "" for month in range(1, 13))


SHAPES: dict[str, tuple[Rows, Truth]] = {
    # Cells merged downwards.
    "two-steps-of-one-task": (
        [
            COLUMNS,
            ("1", "Kế hoạch tuyên truyền", "Kế hoạch", "Tháng 1/2026", "Văn phòng"),
            (UP, UP, "Báo cáo", "Trước ngày 10/12/2026", "Tư pháp"),
            ("2", "Rà soát", "Danh mục", "Quý II/2026", "Tư pháp"),
        ],
        [
            ("1.1", "Kế hoạch tuyên truyền", "31/01", "Văn phòng"),
            ("1.2", "Kế hoạch tuyên truyền", "09/12", "Tư pháp"),
            ("2", "Rà soát", "30/06", "Tư pháp"),
        ],
    ),
    "three-steps-one-unit": (
        [
            COLUMNS,
            ("5", "Đề án vị trí việc làm", "Dự thảo", "Tháng 3/2026", "Nội vụ"),
            (UP, UP, "Tờ trình", "Tháng 4/2026", UP),
            (UP, UP, "Quyết định", "Tháng 6/2026", UP),
        ],
        [
            ("5.1", "Đề án vị trí việc làm", "31/03", "Nội vụ"),
            ("5.2", "Đề án vị trí việc làm", "30/04", "Nội vụ"),
            ("5.3", "Đề án vị trí việc làm", "30/06", "Nội vụ"),
        ],
    ),
    "steps-with-titles": (
        [
            COLUMNS,
            ("1", "Xây dựng dự thảo", "Dự thảo", "Tháng 1/2026", "Văn phòng"),
            (UP, "Ban hành", "Kế hoạch", "Tháng 2/2026", "Văn phòng"),
        ],
        [
            ("1.1", "Xây dựng dự thảo", "31/01", "Văn phòng"),
            ("1.2", "Ban hành", "28/02", "Văn phòng"),
        ],
    ),
    "two-dates-of-one-product": (
        [
            COLUMNS,
            ("1", "Giao ban", "2 lần", "Tháng 6/2026", "Văn phòng"),
            (UP, UP, UP, "Tháng 11/2026", UP),
        ],
        [("1", "Giao ban", "30/06 30/11", "Văn phòng")],
    ),
    "one-deadline-for-several-tasks": (
        [
            COLUMNS,
            ("1", "Thu thập số liệu", "", "Quý I/2026", "Tư pháp"),
            ("2", "Lập báo cáo", "", UP, UP),
            ("3", "Đăng tải", "", "Quý II/2026", UP),
        ],
        [
            ("1", "Thu thập số liệu", "31/03", "Tư pháp"),
            ("2", "Lập báo cáo", "31/03", "Tư pháp"),
            ("3", "Đăng tải", "30/06", "Tư pháp"),
        ],
    ),
    "steps-with-empty-cells": (
        [
            COLUMNS,
            ("1", "Kiểm tra công vụ", "Kế hoạch", "Tháng 2/2026", "Nội vụ"),
            ("", "", "Báo cáo", "Tháng 11/2026", "Văn phòng"),
        ],
        [
            ("1.1", "Kiểm tra công vụ", "28/02", "Nội vụ"),
            ("1.2", "Kiểm tra công vụ", "30/11", "Văn phòng"),
        ],
    ),
    # Columns of months.
    "months-t1-t12": (
        [
            ("STT", "Nội dung", "Đơn vị", *MONTHS),
            ("1", "Tập huấn", "Nội vụ", *marks(3, 9)),
            ("2", "Sơ kết", "Văn phòng", *marks(6, sign="X")),
        ],
        [("1", "Tập huấn", "31/03 30/09", "Nội vụ"), ("2", "Sơ kết", "30/06", "Văn phòng")],
    ),
    "months-under-one-heading": (
        [
            ("STT", "Nội dung", "Thời gian thực hiện (tháng)", *[LEFT] * 11, "Đơn vị"),
            (UP, UP, *NUMBERS, UP),
            ("1", "Tập huấn", *marks(2, sign="✓"), "Nội vụ"),
            ("2", "Phát động", *marks(4, 5), "Văn phòng"),
        ],
        [("1", "Tập huấn", "28/02", "Nội vụ"), ("2", "Phát động", "30/04 31/05", "Văn phòng")],
    ),
    "months-without-unit-or-deadline": (
        [
            ("TT", "Nhiệm vụ", *(f"Tháng {month}" for month in range(1, 13))),
            ("1", "Tập huấn", *marks(12)),
        ],
        [("1", "Tập huấn", "31/12", "")],
    ),
    "months-beside-a-deadline": (
        [
            ("STT", "Nội dung", "Thời hạn", "Đơn vị", *MONTHS),
            ("1", "Tập huấn", "Trước ngày 20/3/2026", "Nội vụ", *marks(1, 2, 3)),
            ("2", "Sơ kết", "", "Nội vụ", *marks(7)),
        ],
        [("1", "Tập huấn", "19/03", "Nội vụ"), ("2", "Sơ kết", "31/07", "Nội vụ")],
    ),
    "a-mark-over-several-months": (
        [
            ("STT", "Nội dung", "Đơn vị", *MONTHS),
            ("1", "Tập huấn", "Nội vụ", "", "", "x", LEFT, LEFT, *[""] * 7),
        ],
        [("1", "Tập huấn", "31/05", "Nội vụ")],
    ),
    "quarters": (
        [
            ("STT", "Nội dung", "Đơn vị", "Quý I", "Quý II", "Quý III", "Quý IV"),
            ("1", "Kiểm tra", "Thanh tra", "", "x", "", "x"),
        ],
        [("1", "Kiểm tra", "30/06 31/12", "Thanh tra")],
    ),
    "numbers-in-months-are-no-marks": (
        [
            ("STT", "Nội dung", "Đơn vị", *MONTHS),
            ("1", "Thu gom", "Môi trường", *marks(3, sign="25")),
        ],
        [("1", "Thu gom", "", "Môi trường")],
    ),
    # Headings of two rows, start and end.
    "lead-and-support": (
        [
            ("STT", "Nội dung", "Sản phẩm", "Đơn vị thực hiện", LEFT, "Thời gian"),
            (UP, UP, UP, "Chủ trì", "Phối hợp", UP),
            ("1", "Ban hành", "Kế hoạch", "Văn phòng", "Công an", "Quý I/2026"),
        ],
        [("1", "Ban hành", "31/03", "Văn phòng")],
    ),
    "start-and-end": (
        [
            ("STT", "Nội dung", "Thời gian", LEFT, "Phụ trách"),
            (UP, UP, "Từ", "Đến", UP),
            ("1", "Rà soát", "01/02/2026", "28/02/2026", "Tư pháp"),
        ],
        [("1", "Rà soát", "28/02", "Tư pháp")],
    ),
    "start-and-end-columns": (
        [
            ("STT", "Nội dung", "Ngày bắt đầu", "Ngày kết thúc", "Phụ trách"),
            ("1", "Rà soát", "01/02/2026", "15/03/2026", "Tư pháp"),
        ],
        [("1", "Rà soát", "15/03", "Tư pháp")],
    ),
    "from-day-to-day": (
        [
            ("STT", "Nội dung", "Từ ngày", "Đến ngày", "Phụ trách"),
            ("1", "Rà soát", "01/02/2026", "15/03/2026", "Tư pháp"),
        ],
        [("1", "Rà soát", "15/03", "Tư pháp")],
    ),
    # Groups.
    "letters-under-a-group": (
        [
            COLUMNS,
            ("1", "Tuyên truyền", "", "", ""),
            ("a)", "Phát tờ rơi", "", "Quý II/2026", "Văn hóa"),
            ("b)", "Phát thanh", "", "Quý III/2026", "Văn hóa"),
            ("2", "Tập huấn", "", "Quý I/2026", "Văn hóa"),
        ],
        [
            ("1a", "Phát tờ rơi", "30/06", "Văn hóa"),
            ("1b", "Phát thanh", "30/09", "Văn hóa"),
            ("2", "Tập huấn", "31/03", "Văn hóa"),
        ],
    ),
    "groups-with-units-of-their-own": (
        [
            COLUMNS,
            ("1", "Cải cách thể chế", "Đồng bộ", "", "Tư pháp"),
            ("1.1", "Rà soát", "", "Quý I/2026", "Tư pháp"),
            ("1.2", "Phổ biến", "", "Quý II/2026", "Văn hóa"),
        ],
        [("1.1", "Rà soát", "31/03", "Tư pháp"), ("1.2", "Phổ biến", "30/06", "Văn hóa")],
    ),
    "groups-inside-sections": (
        [
            COLUMNS,
            ("I", "THỂ CHẾ", LEFT, LEFT, LEFT),
            ("1", "Văn bản", "", "", ""),
            ("1.1", "Rà soát", "", "Quý I/2026", "Tư pháp"),
            ("1.2", "Phổ biến", "", "Quý II/2026", "Tư pháp"),
            ("2", "Theo dõi thi hành", "", "Quý III/2026", "Tư pháp"),
            ("II", "THỦ TỤC", LEFT, LEFT, LEFT),
            ("3", "Niêm yết", "", "Quý IV/2026", "Một cửa"),
        ],
        [
            ("1.1", "Rà soát", "31/03", "Tư pháp"),
            ("1.2", "Phổ biến", "30/06", "Tư pháp"),
            ("2", "Theo dõi thi hành", "30/09", "Tư pháp"),
            ("3", "Niêm yết", "31/12", "Một cửa"),
        ],
    ),
    "dashes-under-a-group": (
        [
            COLUMNS,
            ("1", "Tuyên truyền", "", "", ""),
            ("", "- Phát tờ rơi", "", "Quý II/2026", "Văn hóa"),
            ("", "- Phát thanh", "", "Quý III/2026", "Văn hóa"),
        ],
        [
            ("1.1", "- Phát tờ rơi", "30/06", "Văn hóa"),
            ("1.2", "- Phát thanh", "30/09", "Văn hóa"),
        ],
    ),
    "groups-in-groups": (
        [
            COLUMNS,
            ("1", "Cải cách", "", "", ""),
            ("1.1", "Thể chế", "", "", ""),
            ("1.1.1", "Rà soát", "", "Quý I/2026", "Tư pháp"),
            ("1.2", "Phổ biến", "", "Quý II/2026", "Tư pháp"),
        ],
        [("1.1.1", "Rà soát", "31/03", "Tư pháp"), ("1.2", "Phổ biến", "30/06", "Tư pháp")],
    ),
    "a-task-without-deadline-stays-a-task": (
        [
            COLUMNS,
            ("1", "Phối hợp tuyên truyền", "Theo yêu cầu", "", "Văn hóa"),
            ("2", "Tập huấn", "", "Quý I/2026", "Văn hóa"),
        ],
        [
            ("1", "Phối hợp tuyên truyền", "", "Văn hóa"),
            ("2", "Tập huấn", "31/03", "Văn hóa"),
        ],
    ),
    # Columns of codes and sections.
    "codes": (
        [
            ("TT", "Mã nhiệm vụ", "Tên nhiệm vụ", "Thời hạn", "Đơn vị"),
            ("1", "NV-01", "Rà soát", "30/6/2026", "Tư pháp"),
        ],
        [("1", "Rà soát", "30/06", "Tư pháp")],
    ),
    "codes-for-numbers": (
        [
            ("Mã nhiệm vụ", "Tên nhiệm vụ", "Thời hạn", "Đơn vị"),
            ("NV01", "Rà soát", "30/6/2026", "Tư pháp"),
            ("NV02", "Niêm yết", "31/7/2026", "Tư pháp"),
        ],
        [("NV01", "Rà soát", "30/06", "Tư pháp"), ("NV02", "Niêm yết", "31/07", "Tư pháp")],
    ),
    "places-that-are-inspected": (
        [
            ("STT", "Đơn vị được kiểm tra", "Thời gian kiểm tra"),
            ("1", "Trường THCS Đông", "Tháng 3/2026"),
            ("2", "Trạm Y tế", "Tháng 5/2026"),
        ],
        [("1", "Trường THCS Đông", "31/03", ""), ("2", "Trạm Y tế", "31/05", "")],
    ),
    # Numbers.
    "ten-after-nine": (
        [
            COLUMNS,
            ("1", "Nhóm", "", "", ""),
            *((f"1.{n}", f"Việc {n}", "", "Quý I/2026", "Tư pháp") for n in range(1, 12)),
        ],
        [(f"1.{n}", f"Việc {n}", "31/03", "Tư pháp") for n in range(1, 12)],
    ),
    # Rows that are no tasks, and such that only look so.
    "sections-named-as-work": (
        [
            COLUMNS,
            ("Công tác chỉ đạo", LEFT, LEFT, LEFT, LEFT),
            ("1", "Rà soát", "", "Quý I/2026", "Tư pháp"),
            ("Tổng kết", LEFT, LEFT, LEFT, LEFT),
            ("1", "Tổng hợp", "", "Quý II/2026", "Tư pháp"),
        ],
        [("I.1", "Rà soát", "31/03", "Tư pháp"), ("II.1", "Tổng hợp", "30/06", "Tư pháp")],
    ),
    "totals": (
        [
            COLUMNS,
            ("1", "Rà soát", "", "Quý I/2026", "Tư pháp"),
            ("", "Cộng: 1 nhiệm vụ", "", "", ""),
            ("2", "Công khai", "", "Quý I/2026", "Tư pháp"),
            ("", "Cộng mục I", "", "", ""),
            ("", "Tổng cộng", LEFT, LEFT, LEFT),
        ],
        [("1", "Rà soát", "31/03", "Tư pháp"), ("2", "Công khai", "31/03", "Tư pháp")],
    ),
}

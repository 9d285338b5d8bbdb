"""Tables with which offices follow up what was assigned, and lists of inspections and reports.

Beside the deadline they have columns of days, times and shares that are none; decided before
reading.
"""

from __future__ import annotations

from tests.helpers.office_files import LEFT, UP, Rows
from tests.helpers.shapes import Truth

TRACKING_SHAPES: dict[str, tuple[Rows, Truth]] = {
    "end-and-time-of-completion": (
        [
            ("Mã CV", "Tên công việc", "Người thực hiện", "Ngày bắt đầu", "Thời gian kết thúc",
             "Thời gian hoàn thành", "Trạng thái"),
            ("CV01", "Số hóa hồ sơ", "Lan", "05/01/2026", "15/03/2026", "10/03/2026", "Xong"),
            ("CV02", "Nâng cấp trang tin", "Minh", "01/02/2026", "30/06/2026", "", "Đang làm"),
        ],
        [
            ("CV01", "Số hóa hồ sơ", "15/03", "Lan"),
            ("CV02", "Nâng cấp trang tin", "30/06", "Minh"),
        ],
    ),
    "deadline-and-day-of-sending": (
        [
            ("STT", "Nội dung giao", "Đơn vị", "Thời hạn", "Ngày nộp", "Ngày báo cáo"),
            ("1", "Rà soát nhà ở", "Phòng Kinh tế", "20/01/2026", "18/01/2026", "19/01/2026"),
            ("2", "Góp ý dự thảo", "Tư pháp", "Quý I/2026", "", "12/02/2026"),
        ],
        [
            ("1", "Rà soát nhà ở", "20/01", "Phòng Kinh tế"),
            ("2", "Góp ý dự thảo", "31/03", "Tư pháp"),
        ],
    ),
    "how-far-it-has-come": (
        [
            ("TT", "Công việc cụ thể", "Người chủ trì", "Tiến độ", "Mức độ hoàn thành"),
            ("1", "Rà soát dữ liệu", "Nguyễn Văn An", "30/4/2026", "100%"),
            ("2", "Cập nhật sổ", "Trần Thị Bình", "Quý III", "50%"),
        ],
        [
            ("1", "Rà soát dữ liệu", "30/04", "Nguyễn Văn An"),
            ("2", "Cập nhật sổ", "30/09", "Trần Thị Bình"),
        ],
    ),
    "inspections-that-last": (
        [
            ("TT", "Đối tượng thanh tra", "Nội dung thanh tra", "Thời kỳ thanh tra",
             "Thời hạn thanh tra", "Thời gian tiến hành", "Đơn vị chủ trì"),
            ("1", "Trường THCS Đông", "Tài chính", "Năm 2024, 2025", "45 ngày làm việc",
             "Quý II/2026", "Thanh tra"),
            ("2", "Trạm Y tế", "Mua sắm", "Năm 2025", "30 ngày", "Tháng 9/2026", "Thanh tra"),
        ],
        [
            ("1", "Trường THCS Đông\nTài chính", "30/06", "Thanh tra"),
            ("2", "Trạm Y tế\nMua sắm", "30/09", "Thanh tra"),
        ],
    ),
    "reports-by-name": (
        [
            ("TT", "Tên báo cáo", "Kỳ báo cáo", "Thời hạn gửi", "Nơi nhận", "Bộ phận thực hiện"),
            ("1", "Báo cáo cải cách hành chính", "Hằng quý", "Trước ngày 25 tháng cuối quý",
             "Sở Nội vụ", "Văn phòng"),
            ("2", "Báo cáo dân vận", "6 tháng, năm", "15/6 và 15/12/2026", "Đảng ủy", "Văn phòng"),
        ],
        [
            ("1", "Báo cáo cải cách hành chính", "24/03 24/06 24/09 24/12", "Văn phòng"),
            ("2", "Báo cáo dân vận", "15/06 15/12", "Văn phòng"),
        ],
    ),
    "shares-by-quarter": (
        [
            ("STT", "Nhiệm vụ", "Chỉ tiêu năm 2026", "Quý I", "Quý II", "Quý III", "Quý IV",
             "Đơn vị"),
            ("1", "Số hóa hồ sơ", "100%", "20%", "50%", "80%", "100%", "Một cửa"),
            ("2", "Thanh toán trực tuyến", "80%", "x", "", "x", "", "Một cửa"),
        ],
        [
            ("1", "Số hóa hồ sơ", "31/03 30/06 30/09 31/12", "Một cửa"),
            ("2", "Thanh toán trực tuyến", "31/03 30/09", "Một cửa"),
        ],
    ),
    "months-under-quarters": (
        [
            ("STT", "Nội dung công việc", "Thời gian thực hiện năm 2026", *[LEFT] * 11,
             "Người phụ trách"),
            (UP, UP, "Quý I", LEFT, LEFT, "Quý II", LEFT, LEFT, "Quý III", LEFT, LEFT, "Quý IV",
             LEFT, LEFT, UP),
            (UP, UP, *map(str, range(1, 13)), UP),
            ("1", "Tổng kết thi đua", "x", *[""] * 10, "x", "Lan"),
            ("2", "Kiểm tra nội bộ", *[""] * 4, "x", "x", *[""] * 6, "Minh"),
        ],
        [
            ("1", "Tổng kết thi đua", "31/01 31/12", "Lan"),
            ("2", "Kiểm tra nội bộ", "31/05 30/06", "Minh"),
        ],
    ),
    "planned-and-real": (
        [
            ("STT", "Hạng mục công việc", "Kế hoạch", LEFT, "Thực tế", LEFT, "Đơn vị thực hiện"),
            (UP, UP, "Bắt đầu", "Kết thúc", "Bắt đầu", "Kết thúc", UP),
            ("1", "Khảo sát", "05/01/2026", "31/01/2026", "10/01/2026", "05/02/2026", "Ban Dự án"),
            ("2", "Thiết kế", "01/02/2026", "31/03/2026", "", "", "Ban Dự án"),
        ],
        [
            ("1", "Khảo sát", "31/01", "Ban Dự án"),
            ("2", "Thiết kế", "31/03", "Ban Dự án"),
        ],
    ),
    "planned-and-done": (
        [
            ("STT", "Công việc", "Hoàn thành", LEFT, "Phụ trách"),
            (UP, UP, "Kế hoạch", "Thực hiện", UP),
            ("1", "Khảo sát", "31/01/2026", "05/02/2026", "Lan"),
            ("2", "Thiết kế", "31/03/2026", "", "Minh"),
        ],
        [
            ("1", "Khảo sát", "31/01", "Lan"),
            ("2", "Thiết kế", "31/03", "Minh"),
        ],
    ),
    "as-above": (
        [
            ("STT", "Nội dung", "Thời hạn", "Đơn vị"),
            ("1", "Rà soát", "Quý II/2026", "Tư pháp"),
            ("2", "Tổng hợp", "-nt-", "nt"),
            ("3", "Công bố", "Như trên", '"'),
            ("4", "Niêm yết", "Tháng 9/2026", "Như trên"),
        ],
        [
            ("1", "Rà soát", "30/06", "Tư pháp"),
            ("2", "Tổng hợp", "30/06", "Tư pháp"),
            ("3", "Công bố", "30/06", "Tư pháp"),
            ("4", "Niêm yết", "30/09", "Tư pháp"),
        ],
    ),
    "days-of-documents": (
        [
            ("STT", "Văn bản giao việc", LEFT, "Nội dung", "Đơn vị"),
            (UP, "Số", "Ngày", UP, UP),
            ("1", "12/CV-UBND", "05/01/2026", "Rà soát", "Tư pháp"),
        ],
        [("1", "Rà soát", "", "Tư pháp")],
    ),
    "who-leads-in-one-cell": (
        [
            ("TT", "Nhiệm vụ", "Phân công thực hiện", "Thời gian"),
            ("1", "Đối thoại", "Chủ trì: Một cửa; Phối hợp: Công an phường", "Tháng 5/2026"),
            ("2", "Kiểm tra", "Phòng Kinh tế chủ trì, phối hợp với Văn phòng", "Hằng quý"),
            ("3", "Tập huấn", "Văn phòng (chủ trì)", "Tháng 6/2026"),
        ],
        [
            ("1", "Đối thoại", "31/05", "Một cửa"),
            ("2", "Kiểm tra", "31/03 30/06 30/09 31/12", "Phòng Kinh tế"),
            ("3", "Tập huấn", "30/06", "Văn phòng"),
        ],
    ),
    "periods-with-their-year": (
        [
            ("STT", "Nhiệm vụ", "Quý IV/2025", "Quý I/2026", "Quý II/2026", "Quý III/2026",
             "Đơn vị"),
            ("1", "Kiểm tra", "", "", "x", "", "Thanh tra"),
            ("2", "Tổng kết", "", "Trước 15/3", "", "x", "Văn phòng"),
        ],
        [
            ("1", "Kiểm tra", "30/06", "Thanh tra"),
            ("2", "Tổng kết", "14/03 30/09", "Văn phòng"),
        ],
    ),
    "months-with-their-year": (
        [
            ("STT", "Nhiệm vụ", *(f"T{n}/2026" for n in range(1, 13)), "Đơn vị"),
            ("1", "Kiểm tra", *[""] * 3, "x", *[""] * 8, "Thanh tra"),
            ("2", "Báo cáo", *[""] * 5, "Trước 20", *[""] * 6, "Thanh tra"),
        ],
        [
            ("1", "Kiểm tra", "30/04", "Thanh tra"),
            ("2", "Báo cáo", "19/06", "Thanh tra"),
        ],
    ),
    "quarters-by-roman-numbers": (
        [
            ("STT", "Nhiệm vụ", "Thời gian thực hiện (quý)", LEFT, LEFT, LEFT, "Đơn vị"),
            (UP, UP, "I", "II", "III", "IV", UP),
            ("1", "Kiểm tra", "", "x", "", "", "Thanh tra"),
        ],
        [("1", "Kiểm tra", "30/06", "Thanh tra")],
    ),
    "quarters-by-numbers": (
        [
            ("STT", "Nhiệm vụ", "Quý", LEFT, LEFT, LEFT, "Đơn vị"),
            (UP, UP, "1", "2", "3", "4", UP),
            ("1", "Kiểm tra", "", "x", "", "", "Thanh tra"),
        ],
        [("1", "Kiểm tra", "30/06", "Thanh tra")],
    ),
    "weeks-are-no-months": (
        [
            ("STT", "Nhiệm vụ", "Tuần", LEFT, LEFT, LEFT, "Đơn vị"),
            (UP, UP, "1", "2", "3", "4", UP),
            ("1", "Kiểm tra", "", "x", "", "", "Thanh tra"),
        ],
        [("1", "Kiểm tra", "", "Thanh tra")],
    ),
    "days-of-something-else": (
        [
            ("STT", "Họ và tên", "Ngày sinh", "Nhiệm vụ được phân công", "Bộ phận"),
            ("1", "Nguyễn Văn An", "12/5", "Phụ trách chung", "Văn phòng"),
        ],
        [("1", "Phụ trách chung", "", "Văn phòng")],
    ),
    "days-of-the-sheet": (
        [
            ("STT", "Công việc", "Đơn vị", "Ngày cập nhật", "Thời gian tạo", "Ngày mở hồ sơ"),
            ("1", "Số hóa", "Văn phòng", "12/5/2026", "01/02/2026", "03/02/2026"),
        ],
        [("1", "Số hóa", "", "Văn phòng")],
    ),
    "days-that-no-word-explains": (
        [
            ("STT", "Công việc", "Ngày mở", "Ngày đóng", "Đơn vị"),
            ("1", "Số hóa", "12/5/2026", "01/6/2026", "Văn phòng"),
        ],
        [("1", "Số hóa", "", "Văn phòng")],
    ),
    "how-late-it-is": (
        [
            ("STT", "Nội dung", "Số ngày còn lại", "Hạn", "Thời gian trễ", "Đơn vị"),
            ("1", "Sửa đường", "12", "30/4/2026", "3 ngày", "Kinh tế"),
        ],
        [("1", "Sửa đường", "30/04", "Kinh tế")],
    ),
    "day-of-a-meeting": (
        [
            ("Ngày họp", "Nội dung", "Nơi họp", "Chủ trì"),
            ("15/3/2026", "Sơ kết quý I", "Hội trường", "Chủ tịch"),
        ],
        [("1", "Sơ kết quý I", "15/03", "Chủ tịch")],
    ),
}  # fmt: skip

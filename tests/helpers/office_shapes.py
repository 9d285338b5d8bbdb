"""Tables as offices of all levels write them, whole, with what is true of each.

Like ``shapes``, decided by hand before anything was read; several shapes meet in one table here.
"""

from __future__ import annotations

from tests.helpers.office_files import LEFT, UP, Rows
from tests.helpers.shapes import Truth, marks

MONTHS = tuple(map(str, range(1, 13)))


def months(**texts: str) -> tuple[str, ...]:
    """Return the twelve columns of months; ``t3`` is what stands in that of March."""
    return tuple(texts.get(f"t{month}", "") for month in range(1, 13))


CULTURE, ECONOMY = "Phòng Văn hóa - Xã hội", "Phòng Kinh tế"
ALL_MONTHS = "31/01 28/02 31/03 30/04 31/05 30/06 31/07 31/08 30/09 31/10 30/11 31/12"

OFFICE_SHAPES: dict[str, tuple[Rows, Truth]] = {
    "province-with-steps": (
        [
            ("TT", "Nội dung nhiệm vụ", "Sản phẩm", "Cơ quan thực hiện", LEFT, "Thời hạn"),
            (UP, UP, UP, "Chủ trì", "Phối hợp", UP),
            ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
            ("A", "CẢI CÁCH THỂ CHẾ", LEFT, LEFT, LEFT, LEFT),
            ("1", "Kế hoạch rà soát", "Kế hoạch", "Sở Tư pháp", "Các sở, ban, ngành",
             "Ban hành trong tháng 01/2026"),
            (UP, UP, "Báo cáo kết quả", "Sở Nội vụ", UP, "Chậm nhất 15/11/2026"),
            ("2¹", "Theo dõi thi hành pháp luật", "Báo cáo", "Sở Tư pháp", "UBND các xã, phường",
             "Trong Quý IV/2026, chậm nhất 10/12/2026"),
            ("B", "HIỆN ĐẠI HÓA", LEFT, LEFT, LEFT, LEFT),
            ("3", "Kết nối dữ liệu dân cư", "", "Công an tỉnh;\nSở Khoa học và Công nghệ", "",
             "T6, T12"),
            ("", "Tổng cộng: 03 nhiệm vụ", LEFT, LEFT, LEFT, LEFT),
        ],
        [
            ("1.1", "Kế hoạch rà soát", "31/01", "Sở Tư pháp"),
            ("1.2", "Kế hoạch rà soát", "15/11", "Sở Nội vụ"),
            ("2", "Theo dõi thi hành pháp luật", "10/12", "Sở Tư pháp"),
            ("3", "Kết nối dữ liệu dân cư", "30/06 31/12",
             "Công an tỉnh, Sở Khoa học và Công nghệ"),
        ],
    ),
    "ward-by-months-with-days": (
        [
            ("STT", "Nội dung công việc", "Người thực hiện", "Thời gian thực hiện (tháng)",
             *[LEFT] * 11, "Ghi chú"),
            (UP, UP, UP, *MONTHS, UP),
            ("I", "CÔNG TÁC VĂN PHÒNG", *[LEFT] * 14),
            ("1", "Lịch công tác tuần", "Lan", *marks(*range(1, 13)), ""),
            ("2", "Báo cáo kết quả quý", "Lan",
             *months(t3="Trước 20", t6="Trước ngày 20", t9="trước 20", t12="Chậm nhất 15"), ""),
            ("3", "Rà soát thủ tục", "Minh", "Cả năm", *[LEFT] * 11, ""),
            ("II", "CÔNG TÁC NỘI VỤ", *[LEFT] * 14),
            ("4", "Nâng lương thường xuyên", "Hà", *months(t4="x", t10="Ngày 5"), "theo đợt"),
            ("5", "Kiểm kê tài sản", "Minh", *months(t12="25"), ""),
        ],
        [
            ("1", "Lịch công tác tuần", ALL_MONTHS, "Lan"),
            ("2", "Báo cáo kết quả quý", "19/03 19/06 19/09 15/12", "Lan"),
            ("3", "Rà soát thủ tục", "", "Minh"),
            ("4", "Nâng lương thường xuyên", "30/04 05/10", "Hà"),
            ("5", "Kiểm kê tài sản", "", "Minh"),
        ],
    ),
    "fields-codes-and-letters": (
        [
            ("STT", "Lĩnh vực", "Mã nhiệm vụ", "Nhiệm vụ", "Thời hạn", "Đơn vị chủ trì"),
            ("1", "Văn hóa", "VH-01", "Tổ chức lễ hội", "", CULTURE),
            ("a)", "", "", "Xây dựng kế hoạch", "Trước ngày 05/02/2026", CULTURE),
            ("b)", "", "", "Báo cáo kết quả", "Trước ngày 15/3/2026", CULTURE),
            ("2", "Văn hóa", "VH-02", "Kiểm tra dịch vụ văn hóa", "Quý III/2026", CULTURE),
            ("3", "Đất đai", "DD-01", "Lập kế hoạch sử dụng đất", "30/9/2026", ECONOMY),
            ("a)", "", "", "Lấy ý kiến nhân dân", "31/7/2026", ECONOMY),
        ],
        [
            ("1a", "Xây dựng kế hoạch", "04/02", CULTURE),
            ("1b", "Báo cáo kết quả", "14/03", CULTURE),
            ("2", "Kiểm tra dịch vụ văn hóa", "30/09", CULTURE),
            ("3", "Lập kế hoạch sử dụng đất", "30/09", ECONOMY),
            ("3a", "Lấy ý kiến nhân dân", "31/07", ECONOMY),
        ],
    ),
    "rows-under-their-month": (
        [
            ("Thời gian", "Nội dung công việc", "Đơn vị thực hiện"),
            ("THÁNG 01/2026", LEFT, LEFT),
            ("Ngày 10", "Họp giao ban Ủy ban", "Văn phòng"),
            ("Trước ngày 25", "Báo cáo tháng", "Văn phòng"),
            ("THÁNG 02/2026", LEFT, LEFT),
            ("Ngày 05-07", "Chúc Tết gia đình chính sách", CULTURE),
            ("Cả tháng", "Trực Tết", "Văn phòng"),
            ("28/02", "Báo cáo sau Tết", "Văn phòng"),
            ("28/03", "Báo cáo quý", "Văn phòng"),
            ("10", "Họp chi bộ", "Văn phòng"),
        ],
        [
            ("I.1", "Họp giao ban Ủy ban", "10/01", "Văn phòng"),
            ("I.2", "Báo cáo tháng", "24/01", "Văn phòng"),
            ("II.1", "Chúc Tết gia đình chính sách", "07/02", CULTURE),
            ("II.2", "Trực Tết", "28/02", "Văn phòng"),
            ("II.3", "Báo cáo sau Tết", "28/02", "Văn phòng"),
            ("II.4", "Báo cáo quý", "", "Văn phòng"),
            ("II.5", "Họp chi bộ", "", "Văn phòng"),
        ],
    ),
    "start-end-and-day-of-completion": (
        [
            ("STT", "Nhiệm vụ được giao", "Ngày giao", "Thời gian", LEFT, "Ngày hoàn thành",
             "Cán bộ phụ trách"),
            (UP, UP, UP, "Bắt đầu", "Kết thúc", UP, UP),
            ("1", "Rà soát hộ nghèo", "05/01/2026", "10/01/2026", "30/10/2026", "",
             "Nguyễn Thị Hoa"),
            ("2", "Chi trả trợ cấp", "05/01/2026", "15/01/2026", "", "", "Trần Văn Hòa"),
            ("3", "Cấp thẻ bảo hiểm", "06/01/2026", "", "15/04/2026", "10/04/2026",
             "Nguyễn Thị Hoa"),
            ("4", "Trực một cửa", "", "Cả năm", "", "", "Trần Văn Hòa"),
        ],
        [
            ("1", "Rà soát hộ nghèo", "30/10", "Nguyễn Thị Hoa"),
            ("2", "Chi trả trợ cấp", "", "Trần Văn Hòa"),
            ("3", "Cấp thẻ bảo hiểm", "15/04", "Nguyễn Thị Hoa"),
            ("4", "Trực một cửa", "", "Trần Văn Hòa"),
        ],
    ),
    "inspections-with-weekdays": (
        [
            ("TT", "Đơn vị được kiểm tra", "Nội dung kiểm tra", "Thời gian kiểm tra"),
            ("1", "UBND xã Hàm Thạnh", "Kỷ cương", "Thứ Ba, ngày 10/3/2026"),
            ("2", "UBND xã Hàm Thắng", "Kỷ cương", "Ngày 17/3/2026 (buổi sáng)"),
            ("3", "Trường Phú Long", "Thu chi", "Trong tháng 10, chậm nhất 25/10/2026"),
            ("4", "Trạm Y tế", "Đấu thầu thuốc", "Đột xuất"),
            ("5", "UBND xã Hàm Nhơn", "Kỷ cương", "Thứ Hai, ngày 10/3/2026"),
        ],
        [
            ("1", "UBND xã Hàm Thạnh\nKỷ cương", "10/03", ""),
            ("2", "UBND xã Hàm Thắng\nKỷ cương", "17/03", ""),
            ("3", "Trường Phú Long\nThu chi", "25/10", ""),
            ("4", "Trạm Y tế\nĐấu thầu thuốc", "", ""),
            ("5", "UBND xã Hàm Nhơn\nKỷ cương", "", ""),
        ],
    ),
    "works-under-letters-and-roman-numbers": (
        [
            ("STT", "Hạng mục", "ĐVT", "Kinh phí", "Thời gian thực hiện", LEFT, "Đơn vị thực hiện",
             "Ghi chú"),
            (UP, UP, UP, UP, "Bắt đầu", "Kết thúc", UP, UP),
            ("", "TỔNG CỘNG", "", "4965", "", "", "", ""),
            ("A", "CÔNG TRÌNH GIAO THÔNG", "", "2740", "", "", "", ""),
            ("I", "Đường trục xã", "", "1750", "", "", "", ""),
            ("1", "Vá ổ gà đường trục", "m2", "450", "01/3/2026", "15/4/2026", "Phòng Kinh tế", ""),
            ("II", "Đường thôn, ngõ xóm", "", "990", "", "", "", ""),
            ("2", "Bê tông hóa ngõ thôn Đông", "m", "430", "Quý II", "Quý III", "Thôn Đông", "nt"),
            ("B", "CÔNG TRÌNH THỦY LỢI", "", "900", "", "", "", ""),
            ("3", "Nạo vét kênh N2", "m3", "900", "", "Trước 30/4", "Phòng Kinh tế", ""),
        ],
        [
            ("1", "Vá ổ gà đường trục", "15/04", "Phòng Kinh tế"),
            ("2", "Bê tông hóa ngõ thôn Đông", "30/09", "Thôn Đông"),
            ("3", "Nạo vét kênh N2", "29/04", "Phòng Kinh tế"),
        ],
    ),
    "months-with-a-day-in-the-remark": (
        [
            ("TT", "Công tác", *MONTHS, "Phụ trách", "Ghi chú"),
            ("1", "Tiêm chủng mở rộng", *marks(*range(1, 13)), "Trạm Y tế", "Ngày 10 hằng tháng"),
            ("2", "Khám học sinh", *marks(9, 10), "Trạm Y tế", "Tại các trường"),
            ("3", "Báo cáo quý", *marks(3, 6, 9, 12), "Văn phòng", "Trước ngày 20"),
        ],
        [
            ("1", "Tiêm chủng mở rộng", "", "Trạm Y tế"),
            ("2", "Khám học sinh", "30/09 31/10", "Trạm Y tế"),
            ("3", "Báo cáo quý", "", "Văn phòng"),
        ],
    ),
    "time-and-place-in-one-cell": (
        [
            ("TT", "Nội dung", "Thời gian, địa điểm", "Đơn vị thực hiện"),
            ("1", "Ngày Quốc tế Hạnh phúc", "20/3/2026\nNhà văn hóa phường", CULTURE),
            ("2", "Lớp dạy bơi", "Tháng 6 đến tháng 8/2026\nBể bơi Trường Ngọc Hà", CULTURE),
            ("3", "Tập huấn", "Quý II/2026\nHoãn lại", CULTURE),
        ],
        [
            ("1", "Ngày Quốc tế Hạnh phúc", "20/03", CULTURE),
            ("2", "Lớp dạy bơi", "31/08", CULTURE),
            ("3", "Tập huấn", "", CULTURE),
        ],
    ),
}  # fmt: skip

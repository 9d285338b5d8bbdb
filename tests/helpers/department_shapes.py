"""Tables of departments and wards, whole, with what is true of each; decided before reading.

A second six, written when the first were read right: to see how the reader does on new ones.
"""

from __future__ import annotations

from tests.helpers.office_files import LEFT, UP, Rows
from tests.helpers.shapes import Truth

DEPARTMENT_SHAPES: dict[str, tuple[Rows, Truth]] = {
    "department-in-three-levels": (
        [
            (
                "STT",
                "Nhiệm vụ, giải pháp",
                "Sản phẩm đầu ra",
                "Đơn vị chủ trì",
                "Đơn vị phối hợp",
                "Thời gian hoàn thành",
                "Ghi chú",
            ),
            ("I", "Hoàn thiện thể chế", LEFT, LEFT, LEFT, LEFT, LEFT),
            ("1", "Xây dựng văn bản", "", "", "", "", ""),
            (
                "1.1",
                "Trình ban hành Quyết định quy định chức năng",
                "Quyết định",
                "Văn phòng Sở",
                "Các phòng thuộc Sở",
                "Quý II/2026",
                "",
            ),
            (
                "1.2",
                "Rà soát văn bản hết hiệu lực",
                "Báo cáo",
                "Phòng Pháp chế",
                "Văn phòng Sở",
                "Thường xuyên, báo cáo trước ngày 15/11",
                "",
            ),
            (
                "2",
                "Kiểm tra việc thi hành",
                "Kế hoạch; Kết luận",
                "Thanh tra Sở",
                "Phòng Pháp chế",
                "Theo kế hoạch được phê duyệt",
                "",
            ),
            ("II", "Chuyển đổi số", LEFT, LEFT, LEFT, LEFT, LEFT),
            (
                "3",
                "Số hóa kết quả",
                "100% hồ sơ",
                "Trung tâm Công nghệ thông tin",
                "",
                "Hằng quý, trước ngày 25",
                "",
            ),
            (
                "4",
                "Nâng cấp cổng",
                "Cổng hoạt động",
                "Trung tâm Công nghệ thông tin",
                "",
                "30-09-2026",
                "NSNN",
            ),
        ],
        [
            ("1.1", "Trình ban hành Quyết định quy định chức năng", "30/06", "Văn phòng Sở"),
            ("1.2", "Rà soát văn bản hết hiệu lực", "14/11", "Phòng Pháp chế"),
            ("2", "Kiểm tra việc thi hành", "", "Thanh tra Sở"),
            ("3", "Số hóa kết quả", "24/03 24/06 24/09 24/12", "Trung tâm Công nghệ thông tin"),
            ("4", "Nâng cấp cổng", "30/09", "Trung tâm Công nghệ thông tin"),
        ],
    ),
    "quarters-with-words": (
        [
            ("TT", "Nội dung", "Người phụ trách", "Quý I", "Quý II", "Quý III", "Quý IV"),
            (
                "1",
                "Báo cáo CCHC",
                "Nguyễn Lan",
                "Trước 15/3",
                "Trước 15/6",
                "Trước 15/9",
                "Trước 15/12",
            ),
            ("2", "Tập huấn", "Trần Minh", "", "x", "", ""),
            ("3", "Đối thoại doanh nghiệp", "Trần Minh", "", "Tháng 5", "", "Tháng 10"),
            ("4", "Kiểm tra nội bộ", "Lê Hà", "", "03 cuộc", "", "02 cuộc"),
        ],
        [
            ("1", "Báo cáo CCHC", "14/03 14/06 14/09 14/12", "Nguyễn Lan"),
            ("2", "Tập huấn", "30/06", "Trần Minh"),
            ("3", "Đối thoại doanh nghiệp", "31/05 31/10", "Trần Minh"),
            ("4", "Kiểm tra nội bộ", "", "Lê Hà"),
        ],
    ),
    "a-section-for-each-unit": (
        [
            ("STT", "Nội dung công việc", "Kết quả", "Thời hạn hoàn thành"),
            ("A. PHÒNG KINH TẾ", LEFT, LEFT, LEFT),
            ("1", "Lập dự toán 2027", "Dự toán", "Trước 20/7/2026"),
            ("2", "Quyết toán 2025", "Báo cáo", "Tháng 3"),
            ("B. PHÒNG VĂN HÓA - XÃ HỘI", LEFT, LEFT, LEFT),
            ("1", "Hội thi gia đình", "Hội thi", "28/6/2026"),
            ("2", "Chính sách người có công", "100%", "Thường xuyên"),
            ("3", "Tổng kết", "Báo cáo", "Trước ngày 15/12/2026 (hoặc theo chỉ đạo)"),
        ],
        [
            ("A.1", "Lập dự toán 2027", "19/07", ""),
            ("A.2", "Quyết toán 2025", "31/03", ""),
            ("B.1", "Hội thi gia đình", "28/06", ""),
            ("B.2", "Chính sách người có công", "", ""),
            ("B.3", "Tổng kết", "14/12", ""),
        ],
    ),
    "table-that-follows-documents": (
        [
            (
                "STT",
                "Số văn bản giao",
                "Ngày văn bản",
                "Nội dung nhiệm vụ",
                "Đơn vị chủ trì",
                "Hạn xử lý",
                "Ngày hoàn thành",
                "Kết quả",
                "Trễ hạn (ngày)",
            ),
            (
                "1",
                "15/CV-UBND",
                "05/01/2026",
                "Báo cáo tình hình Tết",
                "Văn phòng",
                "20/01/2026",
                "19/01/2026",
                "Đã xong",
                "0",
            ),
            (
                "2",
                "22/TB-UBND",
                "12/01/2026",
                "Giải quyết đơn bà H",
                "Tư pháp",
                "12/02/2026",
                "",
                "Đang xử lý",
                "",
            ),
            (
                "3",
                "31/QĐ-UBND",
                "02/02/2026",
                "Thành lập tổ công tác",
                "Nội vụ",
                "Không có hạn",
                "",
                "",
                "",
            ),
        ],
        [
            ("1", "Báo cáo tình hình Tết", "20/01", "Văn phòng"),
            ("2", "Giải quyết đơn bà H", "12/02", "Tư pháp"),
            ("3", "Thành lập tổ công tác", "", "Nội vụ"),
        ],
    ),
    "calendar-of-a-week": (
        [
            ("STT", "Thứ", "Ngày", "Nội dung", "Chủ trì"),
            ("1", "Hai", "05/01/2026", "Giao ban tuần", "Chủ tịch"),
            ("2", "Ba", "13/01/2026", "Tiếp công dân", "Phó Chủ tịch"),
        ],
        [
            ("1", "Giao ban tuần", "05/01", "Chủ tịch"),
            ("2", "Tiếp công dân", "13/01", "Phó Chủ tịch"),
        ],
    ),
    "units-merged-downwards": (
        [
            ("STT", "Nhiệm vụ", "Cơ quan, đơn vị thực hiện", "Thời gian"),
            ("1", "Tuyên truyền trên loa", "Đài truyền thanh\nxã", "Hằng quý"),
            ("2", "Tuyên truyền trên cổng", UP, "Thường xuyên"),
            (
                "3",
                "Phát tờ rơi",
                "Đoàn Thanh niên, Hội Phụ nữ\nvà các thôn",
                "Đợt 1: tháng 3; đợt 2: tháng 9",
            ),
            ("", "Ghi chú: các đơn vị báo cáo trước ngày 25 hằng tháng", LEFT, LEFT),
        ],
        [
            ("1", "Tuyên truyền trên loa", "31/03 30/06 30/09 31/12", "Đài truyền thanh xã"),
            ("2", "Tuyên truyền trên cổng", "", "Đài truyền thanh xã"),
            ("3", "Phát tờ rơi", "31/03 30/09", "Đoàn Thanh niên, Hội Phụ nữ, các thôn"),
        ],
    ),
}

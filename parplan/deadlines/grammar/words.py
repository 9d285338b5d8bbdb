"""The words of what is done around a date, as lists: verbs, who does them, what turns the sense.

Folded where a reader compares folded words, accented where the accent decides.
"""

from __future__ import annotations

STARTS_OR_ENDS = (
    *("trien khai", "to chuc trien khai", "to chuc thuc hien", "thuc hien", "hoan thanh"),
    *("phai hoan thanh", "phan dau hoan thanh", "du kien hoan thanh"),
)
"""They begin or end one piece of work, so that two dates after them are no two deadlines."""

REPORTS = (
    *("bao cao", "cham diem", "danh gia", "so ket", "thong ke", "tong hop", "tong ket"),
    *(
        "tu danh gia",
        "tu cham diem",
        "kiem tra",
        "tu kiem tra",
        "ra soat",
        "theo doi",
        "nghiem thu",
    ),
    *("doi chieu", "kiem ke", "quyet toan", "so sanh", "thanh tra", "tong ra soat", "cap nhat"),
)
"""Of what they look at, a period may be told: "báo cáo tình hình thu chi trong quý I"."""
ACTIONS = (
    *("ban giao", "ban hanh", "bao dam", "bien soan", "bo sung", "bo tri", "boi duong"),
    *("cai tao", "cam ket", "cap doi", "cap giay", "cap phat", "chao co", "chi tra"),
    *("chinh ly", "chinh trang", "cho y kien", "chu dong", "chuan bi", "chung thuc", "cong bo"),
    *("co ban", "cong khai", "cung cap", "cung co", "dam bao", "dang ky", "dang tai", "dao tao"),
    *("dau gia", "dau noi", "dau thau", "dau tu", "de nghi", "de xuat", "dien tap"),
    *("dieu chinh", "dieu tra", "doi moi", "don dep", "don doc", "du kien ban hanh"),
    *("du kien to chuc", "du kien trinh", "duy tri", "duy tu", "ghi nhan", "giai ngan"),
    *("giai phong", "giai quyet", "giam sat", "giai trinh", "giao ban", "giao luu", "gioi thieu"),
    *("gop y", "hoan chinh", "hoan tat", "hoan thien", "hop giao ban", "huong dan"),
    *("huy dong", "ke hoach", "ke khai", "ket noi", "khac phuc", "khai giang", "khai mac"),
    *(
        "khai thac",
        "khanh thanh",
        "khao sat",
        "khen thuong",
        "khan truong",
        "kien nghi",
        "kien toan",
    ),
    *("ky ban giao", "ky cam ket", "ky giao uoc", "ky ket", "lam viec", "lap dat"),
    *("lay phieu", "lay y kien", "long ghep", "luu tru", "mo lop", "mo rong", "mua sam"),
    *("nang cap", "nghien cuu", "nhan rong", "niem yet", "nop luu", "phan anh", "phan bo"),
    *("phan cong", "phan loai", "phan dau", "phan tich", "phat dong", "phat hanh", "phat phieu"),
    *(
        "phat trien",
        "phe duyet",
        "pho bien",
        "phoi hop",
        "phong chong",
        "phuc vu",
        "quan triet",
        "ra mat",
    ),
    *("ra quan", "ra soat", "sap xep", "so hoa", "soan thao", "sua chua", "sua doi"),
    *("tang cuong", "tap hop", "tap huan", "tap trung", "tham dinh", "tham du", "tham gia"),
    *("tham hoi", "tham muu", "tham quan", "thanh lap", "thanh ly", "thanh toan", "thi cong"),
    *("thi diem", "thong bao", "thong nhat", "thong qua", "thu gom", "thu hoach", "thu nop"),
    *("thu thap", "tiep can", "tiep cong dan", "tiep nhan", "tiep thu", "tiep tuc", "tiep xuc"),
    *("tinh gian", "to chuc", "tra ket qua", "tra loi", "trao doi", "trao giai", "tri an"),
    *("trien lam", "truc tiep", "truyen thong", "tuyen dung", "tuyen duong", "tuyen truyen"),
    *("ung dung", "van dong", "van hanh", "ve sinh", "vinh danh", "xac dinh", "xac minh"),
    *("xay dung", "xem xet", "xu ly", "xuc tien", "y kien"),
    *REPORTS,
    *STARTS_OR_ENDS,
)
"""What is done.  Those of one syllable are in ``SHORT_ACTIONS``, where accents tell them apart."""
SHORT_ACTIONS = frozenset(
    (
        *("cấp", "chi", "chốt", "cử", "gắn", "giao", "gửi", "họp", "in", "ký", "lập", "mời", "mở"),
        *("nhập", "nộp", "phát", "thu", "tiêm", "trao", "trình", "trồng", "trực", "viết", "xét"),
        *("đạt", "chấm"),
    )
)
MADE_ONCE = (
    *("de an", "du thao de an", "du thao", "phe duyet", "nghi quyet", "quyet dinh", "tham dinh"),
    *("ban hanh", "thong qua"),
)
"""Objects that no month has of its own: "dự thảo tháng 5" is made in May."""
TURNS = frozenset(
    (
        *("không", "chưa", "đã", "trừ", "riêng", "ngoài", "sau", "từ", "kể", "khi", "nếu"),
        *("hoặc", "dừng", "hoãn", "lùi", "được", "còn", "đột", "theo", ":", ";", "kỳ"),
    )
)
"""Words after which a date may be that of something else: "hồ sơ đã nhận trước ngày 15/6"."""
UNDONE = (
    *("phat sinh", "nghi huu", "nghi viec", "sinh", "tiep nhan", "thuc hien", "ton dong", "thu ly"),
    *("ket nap", "khoi cong", "hoan thanh", "con no", "het han", "dien ra", "da nhan"),
)
"""Verbs at the end of an object that tell of it when a period follows: "thuế phát sinh trong"."""
HAPPENED = (
    *("giao", "bo nhiem", "mua sam", "khoi cong", "nghi viec", "nghi", "het han", "cong nhan"),
    *("ban hanh", "tiep nhan", "nhan", "nop", "sinh", "phat sinh", "cap", "ky", "thanh lap"),
    *("dang ky", "xay dung", "lap", "ton dong", "thu ly", "hoan thanh", "gui", "ket nap"),
    *("tuyen dung", "nhap ngu", "xay ra", "co mat", "de nghi", "phe duyet", "nghi huu", "hieu luc"),
)
SUBJECTS = (
    *("người", "công dân", "đảng viên", "đoàn viên", "thanh niên"),
    *("trường hợp", "đối tượng", "công trình", "công chức", "cán bộ", "viên chức", "hộ", "vụ"),
)
"""Those of whom a date may tell something: "công dân nhập ngũ trước ngày 15/2"."""
PREPOSITIONS = ("về", "cho", "gửi", "lên", "với", "tại", "và", "trình", "(", ")", ",", "qua")
BODIES = frozenset(
    (
        *("ubnd", "hđnd", "chủ", "đảng", "ban", "sở", "phòng", "thường", "cấp", "bộ", "ủy"),
        *("hội", "trung", "lãnh", "về", "cho", "công an"),
    )
)
"""First words of whom it goes to: "trình UBND phường ban hành trước …" is done by them."""
MOVES = frozenset(
    (
        *(
            "âm",
            "âl",
            "al",
            "lịch",
            "trở",
            "bắt",
            "khởi",
            "lùi",
            "giãn",
            "dời",
            "hoãn",
            "dừng",
            "đổi",
        ),
        *("lễ", "thay", "chuyển", "sang", "sớm", "thêm", "vượt", "quá", "trễ", "lỡ", "gia", "tạm"),
        *("nhận", "hiệu", "áp", "bỏ", "hủy", "huỷ", "dự", "cũ", "nghỉ", "bù", "trừ", "loại"),
    )
)
"""Words of a remark that may move the date beside it, or make it another thing than a deadline."""
ACTORS = (
    *("các phòng", "các ban", "các ngành", "các đơn vị", "các cơ quan", "các phường", "các xã"),
    *("các trường", "các tổ", "các địa phương", "các sở", "các hội", "các đoàn thể", "các khu phố"),
    *("các thôn", "các bộ phận", "đơn vị", "cơ quan", "ubnd", "hđnd", "mttq", "phòng", "sở"),
    *("văn phòng", "công an", "ban chỉ", "trung tâm", "trường", "đảng ủy", "chủ tịch", "bí thư"),
    *("thủ trưởng", "bộ phận", "tổ công", "ban chỉ huy", "trạm", "hội", "ủy ban", "thanh tra"),
)
"""Who does it, at the beginning of a deadline: "các phòng, ban gửi báo cáo trước ngày …"."""

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
    *("tu danh gia", "tu cham diem", "kiem tra", "tu kiem tra", "ra soat", "theo doi"),
    *("nghiem thu", "doi chieu", "kiem ke", "quyet toan", "so sanh", "thanh tra", "tong ra soat"),
    *("cap nhat", "doi soat", "kiem dem", "phuc tra", "thanh quyet toan"),
)
"""Of what they look at, a period may be told: "báo cáo tình hình thu chi trong quý I"."""
ACTIONS = (
    *("ap dung", "bai bo", "ban giao", "ban giao mat bang", "ban hanh", "ban hanh moi"),
    *("bao dam", "bao duong", "bao quan", "bao tri", "bao ve", "bat giu", "bau cu", "be giang"),
    *("bien soan", "bieu dien", "binh xet", "bo nhiem", "bo sung", "bo tri", "boc tham"),
    *("boi duong", "boi thuong", "cai tao", "cai thien", "cam ket", "cam moc", "cap doi"),
    *("cap dong", "cap giay", "cap ma", "cap nhat du lieu", "cap nuoc", "cap phat", "cap phep"),
    *("cap tai khoan", "cap the", "cat tia", "cham soc", "chan chinh", "chao co", "chao mung"),
    *("chi dao", "chi tra", "chieu phim", "chinh ly", "chinh sua", "chinh trang", "cho y kien"),
    *("chu dong", "chuan bi", "chuan hoa", "chung thuc", "chuyen doi", "chuyen giao", "co ban"),
    *("cong bo", "cong khai", "cong nhan", "cung cap", "cung co", "cuong che", "dam bao"),
    *("dang huong", "dang ky", "dang tai", "dao tao", "dat chuan", "dau gia", "dau noi"),
    *("dau thau", "dau tu", "de cu", "de nghi", "de xuat", "den bu", "di doi", "dien tap"),
    *("dieu chinh", "dieu tra", "dieu tri", "dinh gia", "doi moi", "doi thoai", "don dep"),
    *("don doc", "don quan", "don tiep", "dong bo", "dong dang phi", "dong goi", "du gio"),
    *("du kien ban hanh", "du kien to chuc", "du kien trinh", "du thao", "dua tin", "duy tri"),
    *("duy tu", "duyet", "gap mat", "ghi nhan", "giai ngan", "giai phong", "giai quyet"),
    *("giai the", "giai toa", "giai trinh", "giam dinh", "giam sat", "giao ban", "giao luu"),
    *("giao nhan quan", "gieo cay", "gieo trong", "gioi thieu", "goi nhap ngu", "gop y"),
    *("hau kiem", "hiep thuong", "hieu chinh", "ho tro", "hoa giai", "hoan chinh", "hoan tat"),
    *("hoan thien", "hoc tap", "hoi thao", "hop giao ban", "hop nhat", "huan luyen"),
    *("huong dan", "huong ung", "huy dong", "ke hoach", "ke khai", "ke khai thue", "ket luan"),
    *("ket nap", "ket noi", "khac phuc", "khai giang", "khai mac", "khai thac", "khai truong"),
    *("kham nghia vu", "kham suc khoe", "kham tuyen", "khan truong", "khanh thanh", "khao sat"),
    *("khen thuong", "khoanh vung", "khoi cong", "khoi dong", "khoi phuc", "khoi tao"),
    *("khu khuan", "kich hoat", "kiem diem", "kiem dinh", "kiem lam", "kiem soat", "kiem thu"),
    *("kien nghi", "kien tap", "kien toan", "ky ban giao", "ky cam ket", "ky giao uoc"),
    *("ky ho so", "ky ket", "ky niem", "ky so", "lam sach", "lam thu tuc", "lam viec"),
    *("lap bien ban", "lap dat", "lay mau", "lay phieu", "lay y kien", "le phat dong"),
    *("lien ket", "long ghep", "lua chon", "luan chuyen", "luu tru", "mat phuc", "mo lop"),
    *("mo rong", "mo tai khoan", "mua sam", "nang cao", "nang cap", "nao vet", "neo dau"),
    *("nghien cuu", "nhan ho so", "nhan rong", "nhap du lieu", "nhap lieu", "niem yet"),
    *("nop bao hiem", "nop luu", "on tap", "phan anh", "phan bo", "phan cong", "phan dau"),
    *("phan loai", "phan tich", "phat dong", "phat hanh", "phat ho so", "phat phieu"),
    *("phat song", "phat thuoc", "phat trien", "phe duyet", "pho bien", "phoi hop"),
    *("phong chong", "phong ngua", "phu song", "phuc hoi", "phuc khao", "phuc vu", "phun khu"),
    *("phun thuoc", "quan ly", "quan triet", "quyen gop", "ra mat", "ra quan", "ra soat"),
    *("ra soat lai", "sang loc", "sap xep", "sinh hoat", "so duyet", "so hoa", "so tuyen"),
    *("soan thao", "sua chua", "sua doi", "tang cuong", "tang qua", "tap hop", "tap huan"),
    *("tap trung", "tay giun", "tham dinh", "tham du", "tham gia", "tham hoi", "tham muu"),
    *("tham quan", "tham tra", "thanh lap", "thanh ly", "thanh toan", "thao do", "thao giang"),
    *("thay the", "thi cong", "thi dau", "thi diem", "thi giao vien", "thi hanh"),
    *("thi hoc sinh", "thi tuyen", "thong bao", "thong nhat", "thong qua", "thong xe"),
    *("thu gom", "thu ho so", "thu hoach", "thu hoi", "thu mua", "thu nop", "thu phi"),
    *("thu quy", "thu thap", "thu thue", "thuc tap", "thue tu van", "tich hop", "tiem bo sung"),
    *("tiem chung", "tiem phong", "tiep can", "tiep cong dan", "tiep don", "tiep nhan"),
    *("tiep song", "tiep suc", "tiep thu", "tiep tuc", "tiep xuc", "tieu doc", "tinh gian"),
    *("to chuc", "toa dam", "tong dieu tra", "tong duyet", "tong kiem ke", "tong kiem tra"),
    *("tong ve sinh", "tra cuu", "tra ket qua", "tra lai", "tra loi", "tra luong", "trang bi"),
    *("trang tri", "trao doi", "trao giai", "tri an", "trien lam", "trieu tap"),
    *("truc san sang", "truc tiep", "truc tiep cong dan", "trung bay", "truy quet"),
    *("truyen thong", "tu bo", "tu kiem diem", "tu sua", "tu van", "tuan hanh", "tuan tra"),
    *("tuyen chon", "tuyen dung", "tuyen duong", "tuyen sinh", "tuyen the", "tuyen truyen"),
    *("ung dung", "ung ho", "van dong", "van hanh", "ve dich", "ve sinh", "vinh danh"),
    *("xac dinh", "xac minh", "xay dung", "xem xet", "xep loai", "xet chon", "xet duyet"),
    *("xet nghiem", "xet tang", "xet xu", "xu ly", "xu phat", "xuat ban", "xuc tien"),
    *("xuong giong", "y kien"),
    *("ban dau gia", "bao cao nhanh", "bieu duong", "binh bau", "binh chon", "cai dat"),
    *("can do", "canh bao", "cham thi", "chot so", "cuu tro", "dieu chuyen", "do dac"),
    *("gia co", "giao nop", "giao quan", "gieo sa", "hiep y", "hoan ung", "in an"),
    *("kham benh", "khoa so", "khoi thong", "kiem nghiem", "ky ban hanh"),
    *("ky duyet", "lam dat", "mo thau", "nhac nho", "phan cap", "phan hoi", "phan khai"),
    *("phan luong", "phat lenh", "phat quang", "rut kinh nghiem", "san lap"),
    *("suu tam", "tat toan", "tham duyet", "tham nhap", "tia canh"),
    *("tiep dan", "tieu huy", "truc ban", "tu phe binh", "tuyen quan", "ung pho", "ung truc"),
    *("xac nhan", "xet tuyen"),
    *REPORTS,
    *STARTS_OR_ENDS,
)
"""What is done.  Those of one syllable are in ``SHORT_ACTIONS``, where accents tell them apart."""
SHORT_ACTIONS = frozenset(
    (
        *("chi", "chốt", "cử", "gắn", "giao", "gửi", "họp", "in", "ký", "lập", "mời", "mở"),
        *("nhập", "nộp", "phát", "tiêm", "trao", "trình", "trồng", "trực", "viết", "xét"),
        *("đạt", "chấm", "treo", "duyệt", "xóa", "xoá", "lắp", "thuê", "dán", "sửa", "đặt"),
        *("khám", "tiếp", "thăm", "tặng", "viếng", "phun", "diệt", "đăng", "mua"),
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
    *("nghi he", "nghi tet", "nghi le", "neu", "nhan", "phat hien", "xay ra"),
    *("ket nap", "khoi cong", "hoan thanh", "con no", "het han", "dien ra", "da nhan"),
)
"""Verbs at the end of an object that tell of it when a period follows: "thuế phát sinh trong"."""
HAPPENED = (
    *("giao", "bo nhiem", "mua sam", "khoi cong", "luu tru", "hinh thanh", "nghi viec", "nghi"),
    *("het han", "cong nhan"),
    *("ban hanh", "tiep nhan", "nhan", "nop", "sinh", "phat sinh", "cap", "ky", "thanh lap"),
    *("dang ky", "xay dung", "lap", "ton dong", "thu ly", "hoan thanh", "gui", "ket nap"),
    *("tuyen dung", "nhap ngu", "xay ra", "co mat", "de nghi", "phe duyet", "nghi huu", "hieu luc"),
    *("xuat ngu", "tot nghiep", "tu vong", "mua", "thanh ly"),
)
SUBJECTS = (
    *("người", "công dân", "đảng viên", "đoàn viên", "thanh niên"),
    *("trường hợp", "đối tượng", "công trình", "công chức", "cán bộ", "viên chức", "hộ", "vụ"),
)
"""Those of whom a date may tell something: "công dân nhập ngũ trước ngày 15/2"."""
PREPOSITIONS = (
    *("xã", "phường", "thôn", "ấp", "tổ", "khu", "tỉnh", "huyện", "cấp", "chủ", "quản", "lãnh"),
    *("cơ", "công", "viên", "của", "trong", "thuộc", "trên", "ở", "nghèo", "cận", "làm"),
    *("về", "cho", "gửi", "lên", "với", "tại", "và", "trình", "(", ")", ",", "qua"),
)
QUALIFIERS = ("chính", "dân", "bảo", "yếu")
"""Words behind a subject that say of which sort it is: "đối tượng chính sách", "hộ dân"."""
BODIES = frozenset(
    (
        *("ubnd", "hđnd", "chủ", "đảng", "ban", "sở", "phòng", "thường", "cấp", "bộ", "ủy"),
        *("hội", "trung", "lãnh", "về", "công an"),
    )
)
"""First words of whom it goes to: "trình UBND phường ban hành trước …" is done by them."""
MOVES = frozenset(
    (
        *("âm", "âl", "al", "lịch", "trở", "bắt", "khởi", "lùi", "giãn", "dời", "hoãn", "dừng"),
        *("đổi", "lễ", "tức", "nghĩa", "hay", "thay", "chuyển", "sang", "sớm", "thêm", "vượt"),
        *("quá", "trễ", "lỡ", "gia", "tạm", "nhận", "hiệu", "áp", "bỏ", "hủy", "huỷ", "phòng"),
        *("cũ", "nghỉ", "bù", "trừ", "loại"),
    )
)
"""Words of a remark that may move the date beside it, or make it another thing than a deadline."""
ACTORS = (
    *("các phòng", "các ban", "các ngành", "các đơn vị", "các cơ quan", "các phường", "các xã"),
    *("các trường", "các tổ", "các địa phương", "các sở", "các hội", "các đoàn thể", "các khu phố"),
    *("cấp xã", "chi bộ", "chi đoàn", "đảng bộ", "mặt trận", "ban thường", "btv", "bch", "gv"),
    *("gvcn", "bgh", "giáo viên", "hiệu trưởng", "nhà trường", "tpt", "kế toán", "văn thư"),
    *("cấp tỉnh", "cấp ủy", "cấp có", "các thôn", "các bộ phận", "đơn vị", "cơ quan", "ubnd"),
    *("hđnd", "mttq", "phòng", "sở", "văn phòng", "công an", "ban chỉ", "trung tâm", "trường"),
    *("đảng ủy", "chủ tịch", "bí thư", "thủ trưởng", "bộ phận", "tổ công", "ban chỉ huy", "trạm"),
    *("hội", "ủy ban", "thanh tra", "thôn", "tổ dân", "khu phố", "chi cục", "kho bạc", "bộ nội"),
    *("bộ y", "bộ giáo", "bộ nông", "bộ tư", "bộ khoa", "bộ chỉ", "chủ đầu", "nhà thầu"),
    *("ban chấp", "ban điều", "các hộ", "hợp tác", "doanh nghiệp", "đoàn kiểm", "đoàn giám"),
    *("đoàn công", "đoàn thanh", "đoàn liên", "đoàn kt", "tiểu ban", "thường trực", "xã", "phường"),
    *("tỉnh", "tổ", "nhóm", "hội đồng", "các lớp", "ban tổ", "đội", "chi hội", "ban giám"),
    *("ban thanh", "mỗi đơn", "mỗi phòng", "từng đơn", "các khoa", "các chi", "các cấp", "các cụm"),
    *("các ấp", "các doanh", "các chủ"),
)
"""Who does it, at the beginning of a deadline: "các phòng, ban gửi báo cáo trước ngày …"."""
STATES = frozenset(
    (
        *("tình", "dân", "bệnh", "học", "số", "mức", "tỷ", "doanh", "nguồn", "khối", "giá", "hợp"),
        *("phương", "chỉ", "kinh", "kết", "lượng", "tổng", "hiện", "thực", "quá", "tỉ", "nhà"),
        *("đất", "hồ", "văn", "giấy", "đơn", "công", "nhân", "người", "lao", "khách", "sản", "tài"),
        *("thời", "đang", "cao", "xuyên", "suốt", "vi", "nhu", "thuế", "tai", "tội", "lệ", "phí"),
        *("lương", "tiền", "vốn", "chậm", "vượt", "hết", "lúc", "cấm", "nghỉ", "bảo", "miễn"),
        *("ngừng", "thu", "tồn"),
    )
)
"""First words of what something is or has, not of what is done: "tình hình … trước ngày 15/6"."""
OF_PERIODS = frozenset(
    (
        *REPORTS,
        *("cong tac", "nhiem vu", "ke hoach", "ket qua", "so lieu", "hoat dong", "chi tieu"),
        *("du toan", "danh sach", "bang luong", "tien luong", "hoc phi", "lich", "chuong trinh"),
        *("hoa don", "tien do", "ho so", "chung tu", "noi dung", "chuyen de", "ban tin"),
        "tien dien",
    )
)
"""Objects of which a period may be told: "họp đánh giá quý I"."""
EMPHASES = tuple(
    f", {words}"
    for words in ("cao diem", "trọng tam", "tap trung", "nhat la", "chu trong", "cao diem vao")
)
APART = tuple(f"{mark} {words}" for mark in ",;.(" for words in ("rieng", "trong do"))
"""Words that take one thing out of what has no end, with a date of its own."""
NEXT_PERIODS = tuple(
    f"{words}{unit} {which}"
    for words in ("trong ", "")
    for unit in ("thang", "quy", "tuan", "nam")
    for which in ("toi", "nay")
)
"""Which is told in brackets: "tháng tới (tháng 4/2026)"."""

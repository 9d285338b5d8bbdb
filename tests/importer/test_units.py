"""Units named in a cell: told apart, and matched to those that are known."""

from __future__ import annotations

import pytest

from parplan.importer.plan.units import Units
from parplan.plan.model import Unit
from parplan.plan.unit_ids import unit_id

KNOWN = (
    Unit("van-phong", "Văn phòng UBND phường", ["Văn phòng UBND", "Văn phòng tổng hợp"]),
    Unit("tu-phap", "Bộ phận Tư pháp – Hộ tịch", ["Tư pháp – tiếp dân", "Tư pháp hộ tịch"]),
    Unit("van-hoa", "Bộ phận Văn hóa – Thông tin", []),
    Unit("tai-chinh", "Bộ phận Tài chính – Kế toán", []),
    Unit("thcs-1", "Trường THCS số 1", []),
    Unit("thcs-2", "Trường THCS số 2", []),
    Unit("to-1", "Tổ dân phố Đông", []),
    Unit("thpt-a", "Trường THPT A", []),
)


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        pytest.param("Văn phòng UBND", ["van-phong"], id="as-written"),
        pytest.param("VĂN PHÒNG  UBND", ["van-phong"], id="capitals"),
        pytest.param("van phong ubnd phuong", ["van-phong"], id="no-accents"),
        pytest.param("Tư pháp - Hộ tịch", ["tu-phap"], id="hyphen"),
        pytest.param("Văn hoá thông tin", ["van-hoa"], id="other-accents-no-prefix"),
        pytest.param("Bộ phận Tài chánh – Kế toán", ["tai-chanh-ke-toan"], id="one-letter"),
        pytest.param("Trường THPT A; Kế hoạch", ["thpt-a", "ke-hoach"], id="semicolon"),
        pytest.param("Ban Quản lý\nChợ Đông", ["ban-quan-ly-cho-dong"], id="line-inside-a-name"),
        pytest.param("Trạm Y tế\nCông an", ["tram-y-te", "cong-an"], id="two-lines"),
        pytest.param("Tư pháp hộ tịch\nVăn phòng UBND", ["tu-phap", "van-phong"], id="known-lines"),
        pytest.param("Đội xung kích\nTrạm Y tế", ["doi-xung-kich", "tram-y-te"], id="heads"),
        pytest.param("P. VH-XH\nĐoàn TN", ["p-vh-xh", "doan-tn"], id="short"),
        pytest.param("P. Kinh tế\nCA xã", ["p-kinh-te", "ca-xa"], id="short-police"),
        pytest.param("P. VH-XH\nCác trưởng thôn", ["p-vh-xh", "cac-truong-thon"], id="short-group"),
        pytest.param("Công an xã\nBưu điện", ["cong-an-xa", "buu-dien"], id="post-office"),
        pytest.param("P. Văn hóa -\nTT", ["p-van-hoa-tt"], id="short-name-in-two-lines"),
        pytest.param(
            "Phòng KT\nTư vấn giám sát", ["phong-kt", "tu-van-giam-sat"], id="consultants"
        ),
        pytest.param("Phòng KT\nNhà thầu", ["phong-kt", "nha-thau"], id="contractors"),
        pytest.param(
            "Chi hội thôn 2, Chi hội thôn 5", ["chi-hoi-thon-2", "chi-hoi-thon-5"], id="chapters"
        ),
        pytest.param("Người dạy\nTrạm Y tế", ["nguoi-day-tram-y-te"], id="one-is-no-unit"),
        pytest.param("Các sở, ban, ngành", ["cac-so-ban-nganh"], id="group"),
        pytest.param("Các phòng, trung tâm phường", ["cac-phong-trung-tam-phuong"], id="g2"),
        pytest.param(
            "Các sở, ban, ngành, đoàn thể; UBND các xã, phường",
            ["cac-so-ban-nganh-doan-the", "ubnd-cac-xa-phuong"],
            id="two-groups",
        ),
        pytest.param(
            "Trạm Y tế; Văn phòng UBND, Công an", ["tram-y-te", "van-phong", "cong-an"], id="both"
        ),
        pytest.param("Trường THCS số 3", ["truong-thcs-so-3"], id="another-number"),
        pytest.param("Trường THPT B", ["truong-thpt-b"], id="another-letter"),
        pytest.param("Tổ dân phố Bắc", ["to-dan-pho-bac"], id="another-word"),
        pytest.param("Văn phòng UBND, Tư pháp hộ tịch", ["van-phong", "tu-phap"], id="comma"),
        pytest.param("Văn phòng UBND;\nVăn hóa – Thông tin.", ["van-phong", "van-hoa"], id="lines"),
        pytest.param("- Văn phòng UBND\n- Công an phường", ["van-phong", "cong-an-phuong"], id="-"),
        pytest.param("Văn phòng UBND và Công an", ["van-phong", "cong-an"], id="and"),
        pytest.param("Phòng Văn hóa -\nXã hội", ["phong-van-hoa-xa-hoi"], id="dash-at-the-end"),
        pytest.param("Phòng Văn hóa\n- Xã hội", ["phong-van-hoa-xa-hoi"], id="dash-begins-a-line"),
        pytest.param(
            "Phòng Văn\nhóa - Xã\nhội; Công an", ["phong-van-hoa-xa-hoi", "cong-an"], id="narrow"
        ),
        pytest.param("Trạm Y tế\n- Công an", ["tram-y-te", "cong-an"], id="a-list-behind-a-line"),
        pytest.param("Văn phòng\nUBND", ["van-phong"], id="broken-line"),
        pytest.param("Phòng Nội vụ, Lao động và Y tế", ["phong-noi-vu-lao-dong-va-y-te"], id="one"),
        pytest.param(
            "Phòng Kinh tế, Hạ tầng và Đô thị, Văn phòng UBND",
            ["phong-kinh-te-ha-tang-va-do-thi", "van-phong"],
            id="one-with-a-comma-and-another",
        ),
        pytest.param("Văn phòng HĐND và UBND phường", ["van-phong-hdnd-va-ubnd-phuong"], id="hdnd"),
        pytest.param(
            "- Công an tỉnh\n- Thuế tỉnh\n- VNPT tỉnh",
            ["cong-an-tinh", "thue-tinh", "vnpt-tinh"],
            id="a-list-of-any-names",
        ),
        pytest.param("1. Trạm Y tế\n2. VNPT", ["tram-y-te", "vnpt"], id="a-numbered-list"),
        pytest.param(
            "Khoa Vi sinh, Khoa Dược lý và Khoa Nội",
            ["khoa-vi-sinh", "khoa-duoc-ly", "khoa-noi"],
            id="departments-of-a-hospital",
        ),
        pytest.param("Xưởng 1, Xưởng 2", ["xuong-1", "xuong-2"], id="one-word-before-each"),
        pytest.param(
            "Công an tỉnh, Thuế tỉnh, Tỉnh đoàn", ["cong-an-tinh", "thue-tinh", "tinh-doan"], id="p"
        ),
        pytest.param("Sở Nội vụ - Sở Tài chính", ["so-noi-vu", "so-tai-chinh"], id="a-dash"),
        pytest.param("Sở Nội vụ/Sở Tài chính", ["so-noi-vu", "so-tai-chinh"], id="a-stroke"),
        pytest.param(
            "Phòng Tài chính - Kế toán - Phòng Tổ chức - Hành chính",
            ["phong-tai-chinh-ke-toan", "phong-to-chuc-hanh-chinh"],
            id="dashes-between-and-inside",
        ),
        pytest.param("Phòng PA03 - Công an tỉnh", ["phong-pa03-cong-an-tinh"], id="part-of-it"),
        pytest.param("Thôn 1 - Thôn 5", ["thon-1-thon-5"], id="perhaps-a-range"),
        pytest.param("Tổ Hành chính - Tổ chức", ["to-hanh-chinh-to-chuc"], id="not-another-team"),
        pytest.param("Phòng Đào tạo, Tổ chức cán bộ", ["phong-dao-tao-to-chuc-can-bo"], id="f1"),
        pytest.param("Phòng Văn hóa, Khoa học", ["phong-van-hoa-khoa-hoc"], id="f2"),
        pytest.param("Ban Y tế, Phòng chống dịch", ["ban-y-te-phong-chong-dich"], id="f3"),
        pytest.param("", [], id="empty"),
        pytest.param(" ;, .", [], id="signs-only"),
    ],
)  # fmt: skip
def test_units_in_a_cell(cell: str, units: list[str]) -> None:
    reader = Units(KNOWN, [cell])

    lead, supporting = reader.named_in(cell)

    assert [reader.resolve(name).id for name in lead] == units
    assert supporting == []


@pytest.mark.parametrize(
    ("cell", "lead", "supporting"),
    [
        ("Chủ trì: Văn phòng UBND; phối hợp: Công an", ["Văn phòng UBND"], ["Công an"]),
        ("Văn phòng UBND\nPhối hợp: Công an phường", ["Văn phòng UBND"], ["Công an phường"]),
        ("Văn phòng UBND (phối hợp Công an phường)", ["Văn phòng UBND"], ["Công an phường"]),
        (
            "- Đơn vị chủ trì: Văn phòng UBND.\n- Đơn vị phối hợp: Công an, Tư pháp hộ tịch.",
            ["Văn phòng UBND"],
            ["Công an", "Tư pháp hộ tịch"],
        ),
        (
            "Công an phường (chủ trì), Thường trực HĐND, Hội Nông dân",
            ["Công an phường"],
            ["Thường trực HĐND", "Hội Nông dân"],
        ),
        ("Hội Nông dân, Công an (Chủ trì)", ["Công an"], ["Hội Nông dân"]),
        ("Công an (chủ trì); Hội Nông dân (phối hợp)", ["Công an"], ["Hội Nông dân"]),
        ("Công an\n(chủ trì)\nHội Nông dân", ["Công an"], ["Hội Nông dân"]),
    ],
)  # fmt: skip
def test_who_helps_may_stand_in_the_same_cell(
    cell: str, lead: list[str], supporting: list[str]
) -> None:
    assert Units(KNOWN, [cell]).named_in(cell) == (lead, supporting)


def test_who_leads_may_support_too() -> None:
    cell = "Văn phòng UBND; phối hợp: Văn phòng UBND, Công an"

    assert Units(KNOWN, [cell]).named_in(cell) == (
        ["Văn phòng UBND"],
        ["Văn phòng UBND", "Công an"],
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("UBND xã Hàm Thạnh", "UBND xã Hàm Thắng"),
        ("Nguyễn Văn Thành", "Nguyễn Văn Thanh"),
        ("Nguyễn Văn Tú", "Nguyễn Văn Tư"),
        ("Trần Thị Phương", "Trần Thị Phượng"),
        ("Lê Minh Cường", "Lê Minh Chương"),
        ("Bộ phận Tài chính", "Bộ phận Tài chánh"),
    ],
)
def test_near_names_are_told_never_merged(first: str, second: str) -> None:
    reader = Units([], [])
    units = [reader.resolve(name) for name in (first, second)]

    assert [unit.name for unit in units] == [first, second]
    assert [match.near for match in reader.matches.values()] == [(), (first,)]


def test_a_name_without_accents_does_not_join_two() -> None:
    reader = Units([], [])

    ids = [reader.resolve(n).id for n in ("Trần Phương", "Tran Phuong", "Trần Phượng")]

    assert ids == ["tran-phuong", "tran-phuong", "tran-phuong-2"]


def test_names_that_are_far_apart_are_not_told() -> None:
    reader = Units([], [])
    for name in ("xã Hàm Thắng", "phường Hàm Thắng", "Tổ dân phố Nam", "Tổ dân phố Bắc"):
        reader.resolve(name)

    assert len(reader.new) == 4
    assert not any(match.near for match in reader.matches.values())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Văn hoá thông tin", "Văn hóa – Thông tin"),
        ("Thuỷ lợi", "THỦY LỢI"),
        ("Công an phường", "Công an"),
        ("Trần Thị Phượng", "Tran Thi Phuong"),
    ],
)
def test_one_name_written_otherwise(first: str, second: str) -> None:
    reader = Units([], [])

    assert reader.resolve(first).id == reader.resolve(second).id


def test_another_way_of_writing_becomes_an_alias() -> None:
    reader = Units(KNOWN, [])

    for name in ("Van phong UBND", "Đội Thanh tra", "Đội thanh tra", "Tư pháp hộ tịch"):
        reader.resolve(name)

    assert [(unit.id, unit.aliases) for unit in reader.all()] == [
        ("van-phong", ["Văn phòng UBND", "Văn phòng tổng hợp", "Van phong UBND"]),
        ("tu-phap", ["Tư pháp – tiếp dân", "Tư pháp hộ tịch"]),
        ("doi-thanh-tra", ["Đội thanh tra"]),
    ]
    assert reader.new == ["doi-thanh-tra"]


def test_what_fits_two_units_is_neither() -> None:
    reader = Units([Unit("a", "Phòng Thanh tra", []), Unit("b", "Phòng Thanh trb", [])], [])

    assert reader.resolve("Phòng Thanh trc").id == "phong-thanh-trc"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Bộ phận Địa chính – Xây dựng", "dia-chinh-xay-dung"),
        ("Bộ phận", "bo-phan"),
        ("日本", "don-vi"),
        ("a" * 60, "a" * 40),
        (
            "Phòng Kinh tế, Hạ tầng và Đô thị phường Hà Đông",
            "phong-kinh-te-ha-tang-va-do-thi-phuong",
        ),
    ],
)
def test_ids(name: str, slug: str) -> None:
    assert unit_id(name) == slug

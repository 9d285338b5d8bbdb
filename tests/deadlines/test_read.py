"""Deadline phrases as they stand in real plans, and the dates they mean."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.deadlines.grammar.after_date import OTHER_WEEKDAY
from parplan.deadlines.grammar.clause import NO_DAY
from parplan.deadlines.grammar.tokens import Cursor, tokenize
from parplan.deadlines.read import read_deadline
from parplan.deadlines.write import deadline_wording
from parplan.schedule import periods
from parplan.schedule.counted import WEEKDAYS
from parplan.schedule.rules import AnyRule, Continuous, Days, Every, In, On, OnDirective, Rule
from tests.helpers.rules import ENTRIES, read_rule

TABLE = Path(__file__).parents[1] / "data" / "deadlines.tsv"
YEAR = 2025


def rows() -> Iterator[tuple[str, int, str, str]]:
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        text, year, kind, due = line.split("\t")
        yield text, int(year), kind, due


def days(text: str, year: int = YEAR, *, before_included: bool = False) -> str:
    """Return the due dates of ``text`` as "06-30 11-30", with the year where it is another."""
    reading = read_deadline(text, year, before_included=before_included)
    return " ".join(
        f"{day:%m-%d}" if day.year == year else str(day) for day in reading.due_dates(year)
    )


@pytest.mark.parametrize(("text", "year", "kind", "due"), list(rows()))
def test_listed_phrases_mean_what_the_list_says(text: str, year: int, kind: str, due: str) -> None:
    reading = read_deadline(text, year)

    assert (reading.kind, " ".join(map(str, reading.due_dates(year)))) == (kind, due)


MONTHS_END = "01-31 02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31"
QUARTERS_END = "03-31 06-30 09-30 12-31"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        # fixed dates
        ("15/12", "12-15"),
        ("15.12.2025", "12-15"),
        ("15-12-2025", "12-15"),
        ("15 / 12 / 2025", "12-15"),
        ("trước ngày 15/12/25", "12-14"),
        ("ngày 5 tháng 6 năm 2025", "06-05"),
        ("ngày 05 tháng 06 năm 2026", "2026-06-05"),
        ("ngày mùng 5 tháng 9", "09-05"),
        ("ngày mười lăm tháng mười hai năm 2025", "12-15"),
        ("15/6 và 15/12", "06-15 12-15"),
        ("Trước 15/6 và 15/12 hằng năm", "06-14 12-14"),
        ("trước ngày 15/6 và trước ngày 15/12 hàng năm", "06-14 12-14"),
        ("Hằng năm, trước ngày 15/12", "12-14"),
        ("ngày 15 các tháng 3, 6, 9, 12", "03-15 06-15 09-15 12-15"),
        ("Từ ngày 01/3 đến ngày 15/3/2025", "03-15"),
        # before, no later than
        ("chậm nhất trước ngày 15/12", "12-14"),
        ("chậm nhất là ngày 15/12", "12-15"),
        ("Muộn nhất ngày 15/12/2025", "12-15"),
        ("không quá ngày 15/12", "12-15"),
        ("Đến ngày 30/6/2025", "06-30"),
        ("đến hết ngày 30/6", "06-30"),
        ("trước tháng 6/2025", "05-31"),
        ("trước quý II", "03-31"),
        ("trước năm 2026", "12-31"),
        ("trước ngày 01/01/2026", "12-31"),
        ("trước ngày 01/3/2024", "2024-02-29"),
        # hours
        ("trước 17 giờ 00 ngày 20/6/2025", "06-20"),
        ("Trước 16h00 ngày 20/6", "06-20"),
        ("Trước 0h ngày 25/6", "06-24"),
        ("16:30 ngày 25/6", "06-25"),
        ("chậm nhất 24h ngày 30/6", "06-30"),
        # months
        ("6/2025", "06-30"),
        ("T6/2025", "06-30"),
        ("tháng sáu", "06-30"),
        ("tháng tư/2025", "04-30"),
        ("Tháng 2-3/2026", "2026-03-31"),
        ("Tháng 3 và tháng 9", "03-31 09-30"),
        ("tháng 3, 6, 9, 12", QUARTERS_END),
        ("tháng 3, 9/2026", "2026-03-31 2026-09-30"),
        ("Từ tháng 3 đến tháng 6/2025", "06-30"),
        ("Tháng 11/2025 - tháng 2/2026", "2026-02-28"),
        ("cuối tháng 6", "06-30"),
        ("Tháng 6 hằng năm", "06-30"),
        # quarters
        ("Quý 3 năm 2025", "09-30"),
        ("Quý I, II", "03-31 06-30"),
        ("Quý IV/2025 - Quý I/2026", "2026-03-31"),
        ("Quý IV/2025-I/2026", "2026-03-31"),
        ("quý IV/2025 và quý I/2026", "12-31 2026-03-31"),
        ("cuối quý II/2025", "06-30"),
        # longer
        ("6 tháng đầu năm 2025", "06-30"),
        ("06 tháng cuối năm", "12-31"),
        ("nửa đầu năm 2025", "06-30"),
        ("9 tháng đầu năm", "09-30"),
        ("9 tháng năm 2025", "09-30"),
        ("3 tháng đầu năm", "03-31"),
        ("6 tháng đầu năm và cả năm", "06-30 12-31"),
        ("Cuối năm 2025", "12-31"),
        ("cuối năm", "12-31"),
        ("Trong năm", "12-31"),
        ("2025-2030", "2030-12-31"),
        ("Giai đoạn 2021-2025", "12-31"),
        ("Năm 2025 - 2026", "2026-12-31"),
        # recurring
        ("Hằng tháng", MONTHS_END),
        (
            "Hàng tháng, trước ngày 25",
            MONTHS_END.replace("-31", "-24").replace("-30", "-24").replace("-28", "-24"),
        ),
        ("hàng quý, trước ngày 10 của tháng cuối quý", "03-09 06-09 09-09 12-09"),
        ("Ngày 31 tháng cuối quý", QUARTERS_END),
        ("Báo cáo quý: trước ngày 10 tháng đầu quý sau", "04-09 07-09 10-09 2026-01-09"),
        ("Báo cáo quý, năm: trước ngày 10 tháng cuối quý", "03-09 06-09 09-09 12-09"),
        ("Định kỳ 6 tháng, năm", "06-30 12-31"),
        ("6 tháng một lần", "06-30 12-31"),
        ("1 lần/quý", QUARTERS_END),
        ("Mỗi quý 1 lần", QUARTERS_END),
        ("Cuối mỗi quý", QUARTERS_END),
        (
            "từ ngày 20 đến ngày 25 hàng tháng",
            MONTHS_END.replace("-31", "-25").replace("-30", "-25").replace("-28", "-25"),
        ),
        ("2 lần/năm (tháng 6 và tháng 11)", "06-30 11-30"),
        # several in one cell
        ("Lần 1 trước ngày 15/6, lần 2 trước ngày 15/12", "06-14 12-14"),
        ("Lần thứ nhất: trước ngày 15/6; lần thứ hai: trước ngày 15/12", "06-14 12-14"),
        ("Đợt 1: Quý II; Đợt 2: Quý IV", "06-30 12-31"),
        ("-Tháng 6\n-Tháng 11", "06-30 11-30"),
        ("Báo cáo 6 tháng: trước ngày 15/6; báo cáo năm: trước ngày 15/12", "06-14 12-14"),
        ("Quý I: trước ngày 10/3; Quý II: trước ngày 10/6", "03-09 06-09"),
        ("Ban hành kế hoạch: trước ngày 31/01; tổng kết: trước ngày 15/12", "01-30 12-14"),
        ("Hàng quý hoặc đột xuất khi có yêu cầu", QUARTERS_END),
        ("Thường xuyên, báo cáo hàng quý", QUARTERS_END),
    ],
)
def test_dates(text: str, due: str) -> None:
    assert days(text) == due


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        pytest.param("Trước ngày 30/02", "ngày 30/02", id="no-such-day"),
        pytest.param("29/2/2025", "29/2/2025", id="no-leap-year"),
        pytest.param("trước ngày 32/12", "ngày 32/12", id="no-day-32"),
        pytest.param("trước ngày 15 tháng 13", "ngày 15 tháng 13", id="no-month-13"),
        pytest.param("sau ngày 15/12", "sau ngày 15/12", id="after-is-a-start"),
        pytest.param("Từ ngày 15/12/2025", "", id="from-is-a-start"),
        pytest.param("Không trước ngày 15/12", "Không trước ngày 15/12", id="not-before"),
        pytest.param(
            "trước hoặc trong ngày 15/12", "trước hoặc trong ngày 15/12", id="before-or-on"
        ),
        pytest.param("đến tháng 6/2025", "tháng 6/2025", id="until-june-with-or-without-it"),
        pytest.param("đầu năm", "đầu năm", id="early-in-the-year"),
        pytest.param("giữa tháng 6", "giữa tháng 6", id="middle-of-june"),
        pytest.param("thang sau", "thang sau", id="june-or-next-month-without-accents"),
        pytest.param("tháng sau", "tháng sau", id="next-month-of-what"),
        pytest.param("tháng năm", "tháng năm", id="may-or-month-and-year"),
        pytest.param("T6", "T6", id="june-or-friday"),
        pytest.param("10-11/2025", "10-11/2025", id="day-or-month"),
        pytest.param("Tháng 10/11", "/11", id="two-months-or-a-date"),
        pytest.param("Hằng năm trước ngày 10", "trước ngày 10", id="tenth-of-which-month"),
        pytest.param("Báo cáo tháng: trước ngày 5", "trước ngày 5", id="of-this-month-or-the-next"),
        pytest.param(
            "Báo cáo quý: trước ngày 25 hàng tháng", "ngày 25 hàng tháng", id="label-differs"
        ),
        pytest.param("Báo cáo năm: trước ngày 15/01", "", id="january-of-which-year"),
        pytest.param(
            "Trong năm 2025, trước ngày 15/12", "trước ngày 15/12", id="one-deadline-or-two"
        ),
        pytest.param("Trong năm 2025; trước ngày 15/12", "", id="one-deadline-or-two-parts"),
        pytest.param("Tháng 6; tháng 11/2026", "", id="june-of-which-year"),
        pytest.param("tháng 6 năm 2025 và năm 2026", "và năm 2026", id="june-of-both-years"),
        pytest.param("ngày 15 tháng 6 và tháng 12", "và tháng 12", id="fifteenth-of-both"),
        pytest.param("Lần 1: tháng 11; Lần 2: tháng 6", "", id="second-before-first"),
        pytest.param("Hàng tháng (trừ tháng 12)", "(trừ tháng 12)", id="but-for-december"),
        pytest.param("Hàng tháng từ tháng 3", "từ tháng 3", id="from-march-on"),
        pytest.param("Trước ngày 25 hàng tháng năm 2026", "năm 2026", id="of-another-year"),
        pytest.param("2 lần/năm", "2 lần/năm", id="twice-but-when"),
        pytest.param(
            "Chậm nhất 5 ngày làm việc sau khi kết thúc quý", "kết thúc quý", id="after-a-quarter"
        ),
        pytest.param("trong 5 ngày kể từ ngày 15/3", "15/3", id="days-from-a-date"),
        pytest.param(
            "Theo yêu cầu của quận trước ngày 15/12", "trước ngày 15/12", id="order-with-a-date"
        ),
        pytest.param("Theo quy định", "Theo quy định", id="as-the-law-says"),
        pytest.param("Theo kế hoạch", "Theo kế hoạch", id="whose-plan"),
        pytest.param("Trước Tết Nguyên đán", "Tết Nguyên đán", id="lunar"),
        pytest.param("Năm học 2025-2026", "Năm học 2025-2026", id="school-year"),
        pytest.param(
            "Triển khai tháng 3, hoàn thành tháng 6", "hoàn thành tháng 6", id="begun-and-done"
        ),
        pytest.param(
            "Rà soát văn bản ban hành trước ngày 01/6/2025",
            "văn bản ban hành trước ngày 01/6/2025",
            id="issued-before",
        ),
        pytest.param(
            "Kiểm tra hồ sơ tiếp nhận trước ngày 15/6",
            "tiếp nhận trước ngày 15/6",
            id="received-before",
        ),
        pytest.param(
            "Thống kê công dân nhập ngũ trước ngày 15/2",
            "công dân nhập ngũ trước ngày 15/2",
            id="enlisted-before",
        ),
        pytest.param(
            "Lập danh sách đảng viên kết nạp trước ngày 03/02",
            "Lập danh sách đảng viên kết nạp trước ngày 03/02",
            id="admitted-before",
        ),
        pytest.param(
            "Kiểm kê tài sản mua sắm trước ngày 01/01/2020",
            "Kiểm kê tài sản mua sắm trước ngày 01/01/2020",
            id="a-year-long-past",
        ),
        pytest.param(
            "Rà soát hồ sơ đã nhận trước ngày 15/6", "đã nhận trước ngày 15/6", id="has-received"
        ),
        pytest.param(
            "Báo cáo tình hình thu chi trong quý I",
            "tình hình thu chi trong quý I",
            id="of-its-own",
        ),
        pytest.param(
            "Trước ngày 20/11 để báo cáo tỉnh trước ngày 25/11",
            "để báo cáo tỉnh trước ngày 25/11",
            id="whose-deadline",
        ),
        pytest.param(
            "Trước ngày 15/6, báo cáo nếu có phát sinh", "báo cáo nếu có phát sinh", id="if"
        ),
        pytest.param("", "", id="empty"),
        pytest.param("---", "", id="only-marks"),
        pytest.param("9" * 5000, "9" * 2000, id="long-number"),
    ],
)
def test_what_is_not_understood_is_said(text: str, unread: str) -> None:
    reading = read_deadline(text, YEAR)

    assert (reading.rules, reading.kind) == ([], "unread")
    assert reading.unread.endswith(unread or text.replace("---", ""))


@pytest.mark.parametrize("text", ["Thứ Ba, ngày 15/6/2026", "15/6 (Chủ nhật)"])
def test_a_weekday_that_the_day_is_not_is_the_reason(text: str) -> None:
    assert read_deadline(text, 2026).reason == OTHER_WEEKDAY
    assert read_deadline("Trước ngày 15/6 năm sau nữa", 2026).reason == ""


@pytest.mark.parametrize("text", ["Giữa tháng 10/2026", "Đầu quý II", "vào đầu tháng 6"])
def test_that_no_day_is_named_is_the_reason(text: str) -> None:
    assert read_deadline(text, 2026).reason == NO_DAY


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (
            "Ban hành kế hoạch trong tháng 01, kiểm tra chậm nhất tháng 6, báo cáo tháng 8",
            [
                In("2025-01", label="Ban hành kế hoạch"),
                In("2025-06", label="Kiểm tra"),
                In("2025-08", label="Báo cáo"),
            ],
        ),
        ("Ngày 15 và 30 hàng tháng", [Days((15, 30))]),
        ("Trước ngày 15 và 30 hàng tháng", [Days((14, 29))]),
        ("Thứ Ba và thứ Năm hằng tuần", [Days((2, 4), of="week")]),
        ("Họp giao ban sáng thứ Hai, thứ Sáu hằng tuần", [Days((1, 5), of="week")]),
        (
            "Ngày làm việc cuối cùng hàng tháng",
            [Every("month", by=31, count="working-days")],
        ),
        ("Thứ Sáu tuần thứ ba hàng tháng", [Every("month", by=3, count="fridays")]),
        ("Trình UBND tỉnh trước ngày 30/9", [On(before=dt.date(2025, 9, 30))]),
        ("Thường xuyên, báo cáo định kỳ theo quý", [Continuous(True), Every("quarter")]),
        ("Từ 20 giờ 15 phút ngày 23 tháng 1", [On(by=dt.date(2025, 1, 23))]),
        ("Thường xuyên, liên tục", [Continuous(True)]),
        ("Thường xuyên trong năm 2025", [Continuous(True)]),
        ("Theo chỉ đạo của quận", [OnDirective("UBND quận")]),
        ("Theo yêu cầu của Quận ủy", [OnDirective("Quận ủy")]),
        ("Khi có yêu cầu của cấp trên", [OnDirective("cấp trên")]),
        ("Theo kế hoạch của Thành phố", [OnDirective("UBND thành phố")]),
        ("theo hướng dẫn của Sở Kế hoạch và Đầu tư", [OnDirective("Sở Kế hoạch và Đầu tư")]),
        ("khi phát sinh", [OnDirective("khi phát sinh")]),
        (
            "Trong 05 ngày làm việc kể từ ngày nhận được văn bản",
            [OnDirective("ngày nhận được văn bản", within="5 working days")],
        ),
        (
            "-Báo cáo tháng: Trước ngày 25 hàng tháng\n-Báo cáo quý, năm: Trước ngày 10 của tháng "
            "cuối kỳ báo cáo\n-Báo cáo chuyên đề, đột xuất: theo yêu cầu của Quận",
            [
                Every("month", before=25, label="Báo cáo tháng"),
                Every("quarter", before=10, label="Báo cáo quý"),
                Every("year", before=10, label="Báo cáo năm"),
                OnDirective("UBND quận", label="Báo cáo chuyên đề, đột xuất"),
            ],
        ),
        (
            "Lần 1: tháng 6 Lần 2 tháng 11",
            [In("2025-06", label="Lần 1"), In("2025-11", label="Lần 2")],
        ),
        ("Trước 16h thứ Sáu hằng tuần", [Every("week", by=5)]),
        (
            "hàng quý, 6 tháng",
            [Every("quarter", label="Hàng quý"), Every("half", label="Hàng 6 tháng")],
        ),
    ],
)
def test_rules_and_their_labels(text: str, rules: list[AnyRule]) -> None:
    assert read_deadline(text, YEAR).rules == rules


def test_the_office_may_include_the_day_of_before() -> None:
    assert days("Trước ngày 15/12", before_included=True) == "12-15"
    assert days("trước tháng 6", before_included=True) == "05-31"
    assert read_deadline("trước ngày 25 hàng tháng", YEAR, before_included=True).rules == [
        Every("month", by=25)
    ]


@pytest.mark.parametrize(("text", "year", "kind", "due"), list(rows()))
def test_case_spaces_breaks_and_decomposed_letters_change_nothing(
    text: str, year: int, kind: str, due: str
) -> None:
    expected = read_deadline(text, year).due_dates(year)
    variants = [
        text.upper(),
        text.replace("  ", " ").replace(" ", "\u00a0 "),
        unicodedata.normalize("NFD", text),
        f"\u200b{text} \n",
    ]

    assert [read_deadline(variant, year).due_dates(year) for variant in variants] == [expected] * 4


WITHOUT_ACCENTS = [
    "truoc ngay 25 hang thang",
    "Hang quy",
    "Thuong xuyen",
    "thang 8/2025",
    "nam 2025",
]


@pytest.mark.parametrize("text", WITHOUT_ACCENTS)
def test_missing_accents_on_common_words(text: str) -> None:
    assert read_deadline(text, YEAR).kind != "unread"


day_numbers = st.integers(1, 31)
period_names = st.sampled_from(
    [
        *("2025", "2026", "2025-H1", "2026-H2", "2025-9M", "2025-Q2", "2025-06", "2026-12"),
        *("2025-W23", "2025-06..2025-08", "2025-Q4..2026-Q2", "2025-06-02..2025-06-20"),
        *("2025-06..2025-H2", "2025..2027"),
    ]
)
dates = st.dates(dt.date(1990, 1, 1), dt.date(YEAR + 10, 12, 31))
recurring = st.one_of(
    st.builds(Every, st.sampled_from(get_args(periods.Length))),
    *(
        st.builds(
            lambda unit, day, of, key: Every(unit, of=of, **{key: day}),
            st.sampled_from(get_args(periods.Length)[1:]),
            day_numbers,
            st.sampled_from([None, "next-month"]),
            st.just(key),
        )
        for key in ("before", "by")
    ),
    *(
        st.builds(lambda day, key: Every("week", **{key: day}), st.integers(1, 7), st.just(key))
        for key in ("before", "by")
    ),
)
counted = st.one_of(
    *(
        st.builds(
            lambda length, number, counted, of, key: Every(
                length, count=counted, of=of, **{key: number}
            ),
            st.sampled_from(get_args(periods.Length)[1:]),
            st.one_of(st.integers(1, most), st.just(31)),
            st.sampled_from(kinds),
            st.sampled_from([None, "next-month"]),
            st.sampled_from(["before", "by"]),
        )
        for most, kinds in ((15, ("working-days",)), (4, WEEKDAYS))
    ),
    st.builds(
        lambda numbers: Days(tuple(sorted(numbers))), st.sets(day_numbers, min_size=2, max_size=6)
    ),
    st.builds(
        lambda numbers: Days(tuple(sorted(numbers)), of="week"),
        st.sets(st.integers(1, 7), min_size=2),
    ),
)
rules = st.one_of(
    recurring,
    counted,
    st.builds(In, period_names),
    st.builds(lambda day: On(by=day), dates),
    st.builds(lambda day: On(before=day), dates),
    st.just(Continuous(True)),
    st.sampled_from(
        [
            OnDirective("UBND quận"),
            OnDirective("yêu cầu"),
            OnDirective("khi cần thiết"),
            OnDirective("ngày kế hoạch được ban hành", within="30 days"),
            OnDirective("khi có văn bản của UBND quận", within="2 weeks"),
        ]
    ),
)


@given(rules, st.booleans())
def test_rules_said_in_words_are_read_back_the_same(rule: AnyRule, before_included: bool) -> None:
    wording = deadline_wording([rule], before_included=before_included)

    assert read_deadline(wording, YEAR, before_included=before_included).rules == [rule]


@pytest.mark.parametrize("kind", ENTRIES)
def test_every_kind_of_rule_is_said_and_read_back(kind: type[Rule]) -> None:
    rule = read_rule(ENTRIES[kind])

    assert read_deadline(deadline_wording([rule]), YEAR).rules == [rule]


WORDS = sorted({token.accented for text, *_ in rows() for token in tokenize(text).tokens})
jumbled = st.lists(
    st.sampled_from([*WORDS, "(", ";", "\n-", "31/2", "2026", "II", "và"]), max_size=14
)


@given(st.one_of(st.text(), jumbled.map(" ".join)))
def test_any_text_is_read_or_quoted(text: str) -> None:
    reading = read_deadline(text, YEAR)

    assert bool(reading.rules) != (reading.kind == "unread")
    assert not (reading.rules and reading.unread)
    assert reading.unread or reading.rules or not any(map(str.isalnum, text))


# "trước ngày 25 để …": whatever a report is written for may follow.
PURPOSE = re.compile(r"\b(?:để|nhằm|phục vụ|căn cứ|cơ sở|trình|báo cáo|gửi|cho|tổng hợp)\b", re.I)


@given(jumbled.map(" ".join).filter(lambda text: not PURPOSE.search(text)))
def test_a_phrase_with_a_strange_word_at_its_end_is_unread(text: str) -> None:
    assert read_deadline(f"{text} ngoặc", YEAR).kind in ("unread", "directed")


LONGEST = 1_990
REPEATED = [
    "-",
    "- ",
    "báo cáo ",
    "lần 1 ",
    "tháng 1, ",
    "a: ",
    "; ",
    "1/",
    "ngày 1/1 và ",
    "hàng ",
    "định kỳ 6 tháng ",
    "từ ",
    "của ",
    "theo chỉ đạo của ",
    "(",
    "trước ",
    "quý I-",
    "2025, ",
    "6 tháng, ",
    "quý I, 6 tháng, năm, ",
    "báo cáo năm trước ",
    "báo cáo 6 tháng, ",
    ", hàng quý (",
    "1. \n",
    "15-",
    "15/6-",
    "(báo cáo năm)",
    "tháng, quý và ",
    "15/6 (năm), ",
    ", ",
    "và tháng 1 ",
]


@pytest.mark.parametrize("piece", REPEATED)
def test_no_text_makes_the_reader_run_away(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps grow with the length of the text: looks at a token, counted, not timed."""
    steps = 0

    def counted(look: Callable[..., object]) -> Callable[..., object]:
        def call(self: Cursor, ahead: int = 0) -> object:
            nonlocal steps
            steps += 1
            return look(self, ahead)

        return call

    for name in ("peek", "word"):
        monkeypatch.setattr(Cursor, name, counted(getattr(Cursor, name)))
    text = (piece * LONGEST)[:LONGEST]
    read_deadline(text, YEAR)

    assert steps <= 150 * len(text)

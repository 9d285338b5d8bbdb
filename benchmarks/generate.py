"""What would a plan of many tasks, or a long journal, look like?

``python -m benchmarks.generate --tasks 10000 --records 100000 FOLDER`` makes a
workspace.  The same numbers give the same bytes every time.  Both files are written
piece by piece, so that the process stays small however many there are.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from parplan.journal.file import to_line
from parplan.journal.record import Evidence, Note, Record, Start
from parplan.schedule import periods

YEAR = 2025

Reference: TypeAlias = tuple[str, str]
"""A task and one of its periods; an empty period where the task has no occurrence."""

_SECTION_TASKS = 50
_SEED = 2025


class _Schedule(NamedTuple):
    """A deadline: its wording, its rules, and some periods in which it falls due."""

    wording: str
    rules: tuple[str, ...]
    periods: tuple[str, ...]


_YEAR = _Schedule("Trong năm 2025", ('{in: "2025"}',), ("2025",))
_CONTINUOUS = _Schedule("Thường xuyên", ("{continuous: true}",), ("",))
_DIRECTED = _Schedule("Theo chỉ đạo của quận", ("{on_directive: UBND quận}",), ("",))
_AUGUST = _Schedule("Tháng 8/2025", ("{in: 2025-08}",), ("2025-08",))
_TWICE = _Schedule(
    "Lần 1 trong tháng 6, lần 2 trong tháng 11",
    ("{in: 2025-06, label: Lần 1}", "{in: 2025-11, label: Lần 2}"),
    ("2025-06", "2025-11"),
)
_QUARTERLY = _Schedule(
    "Trước ngày 10 của tháng cuối quý",
    ("{every: quarter, before: 10, label: Báo cáo quý}",),
    ("2025-Q2", "2025-Q3", "2025-Q4"),
)
_REPORTS = _Schedule(
    "Báo cáo tháng trước ngày 25 hàng tháng; báo cáo quý trước ngày 10 của tháng cuối kỳ báo cáo",
    (
        "{every: month, before: 25, label: Báo cáo tháng}",
        "{every: quarter, before: 10, label: Báo cáo quý}",
    ),
    ("2025-04", "2025-05", "2025-06", "2025-09", "2025-Q2", "2025-Q3"),
)
_BY_DATE = _Schedule("Trước ngày 30/11/2025", ("{before: 2025-11-30}",), ("2025-11-29",))

# As they follow one another in a plan: most tasks have the whole year, some none at all.
_SCHEDULES = (
    *(_REPORTS, _YEAR, _YEAR, _TWICE, _TWICE, _AUGUST, _YEAR, _CONTINUOUS, _YEAR, _YEAR),
    *(_YEAR, _DIRECTED, _YEAR, _YEAR, _CONTINUOUS, _YEAR, _CONTINUOUS, _BY_DATE, _YEAR, _DIRECTED),
    *(_YEAR, _CONTINUOUS, _REPORTS, _QUARTERLY, _YEAR, _YEAR, _YEAR, _CONTINUOUS, _YEAR, _YEAR),
)

VERBS = (
    "Tổ chức thực hiện",
    "Triển khai",
    "Xây dựng và ban hành",
    "Rà soát, cập nhật",
    "Kiểm tra, giám sát",
    "Tham mưu xây dựng",
    "Đánh giá kết quả thực hiện",
    "Phối hợp triển khai",
    "Đôn đốc các bộ phận thực hiện",
)
MATTERS = (
    ("kế hoạch cải cách hành chính", "Kế hoạch CCHC"),
    ("kế hoạch chuyển đổi số và Đề án 06", "Chuyển đổi số, Đề án 06"),
    ("công tác tiếp công dân, giải quyết khiếu nại, tố cáo", "Tiếp dân, xử lý đơn thư"),
    ("việc giải quyết hồ sơ thủ tục hành chính theo cơ chế một cửa", "Giải quyết hồ sơ một cửa"),
    ("kế hoạch tuyên truyền, phổ biến, giáo dục pháp luật", "Phổ biến, giáo dục pháp luật"),
    ("phương án sắp xếp tổ chức bộ máy, tinh giản biên chế", "Sắp xếp tổ chức bộ máy"),
    ("kế hoạch đào tạo, bồi dưỡng cán bộ, công chức", "Đào tạo, bồi dưỡng công chức"),
    ("dự toán thu, chi ngân sách và công khai tài chính", "Dự toán, công khai ngân sách"),
    ("quy trình nội bộ, hệ thống quản lý chất lượng ISO 9001", "Quy trình nội bộ, ISO 9001"),
    ("chương trình phát triển kinh tế – xã hội", "Phát triển kinh tế – xã hội"),
    ("công tác bảo vệ môi trường, trật tự đô thị", "Môi trường, trật tự đô thị"),
    ("khảo sát mức độ hài lòng của người dân, tổ chức", "Khảo sát sự hài lòng"),
)
SCOPES = (
    "trên địa bàn phường",
    "tại các tổ dân phố",
    "theo quy định",
    "theo chỉ đạo của Thành phố và quận",
    "tại Bộ phận Tiếp nhận và Trả kết quả",
    "trong cán bộ, công chức phường",
    "giai đoạn 2021 – 2025",
)
_REQUIREMENTS = (
    ("Hoàn thành 100% kế hoạch", '{at_least: 100, unit: "%"}'),
    ("100% nhiệm vụ đúng hạn", '{at_least: 100, unit: "%"}'),
    ("Ít nhất 2 lần trong năm", "{at_least: 2, unit: lần, per: year}"),
    ("Ít nhất 95% hồ sơ giải quyết trước hạn", '{at_least: 95, unit: "%"}'),
    ("Thực hiện đầy đủ, kịp thời, đúng quy định", ""),
    ("Báo cáo đầy đủ, đúng thời gian", ""),
)
UNITS = (
    ("van-phong", "Văn phòng UBND"),
    ("chuyen-mon", "Các bộ phận chuyên môn"),
    ("mot-cua", "Bộ phận Một cửa"),
    ("tu-phap", "Tư pháp – Hộ tịch"),
    ("van-hoa", "Văn hóa – Thông tin"),
    ("tai-chinh", "Tài chính – Kế toán"),
    ("dia-chinh", "Địa chính – Xây dựng"),
    ("do-thi", "Quản lý trật tự đô thị"),
    ("noi-vu", "Nội vụ – Thi đua"),
    ("lao-dong", "Lao động – Thương binh và Xã hội"),
    ("quan-su", "Ban Chỉ huy Quân sự"),
    ("cong-an", "Công an phường"),
)
_HOLIDAYS = ("2025-04-07", "2025-04-30", "2025-05-01", "2025-09-01", "2025-09-02")

_DONE = (
    "Đã gửi giấy mời và tài liệu họp đến các bộ phận",
    "Đã tổng hợp số liệu của các tổ dân phố",
    "Đã trình Chủ tịch UBND phường xem xét, phê duyệt dự thảo",
    "Đã kiểm tra thực tế và lập biên bản",
    "Đã cập nhật kết quả lên hệ thống theo dõi nhiệm vụ của quận",
    "Đã giải quyết xong các hồ sơ tồn đọng của tháng trước",
)
_NEXT = (
    "đang chờ ý kiến góp ý của bộ phận chuyên môn",
    "còn hai đơn vị chưa gửi báo cáo",
    "dự kiến hoàn thành trước ngày 20 của tháng",
    "đề nghị các bộ phận tiếp tục phối hợp thực hiện",
    "chưa bố trí được kinh phí thực hiện",
)
_AUTHORS = ("Nguyễn Thị Hoa", "Trần Văn Minh", "Lê Thu Hà", "Phạm Quốc Bảo")
_ZONE = dt.timezone(dt.timedelta(hours=7))
_FIRST = dt.datetime(YEAR, 3, 18, 8, tzinfo=_ZONE)
_LAST = dt.datetime(YEAR, 12, 31, 17, tzinfo=_ZONE)


def write_workspace(folder: Path, tasks: int, records: int) -> None:
    """Make ``folder`` a workspace with a plan and, where there are records, a journal.

    Raises FileExistsError where it holds a plan already.
    """
    (folder / "plan").mkdir(parents=True)
    with (folder / "plan" / f"{YEAR}.yaml").open("x", encoding="utf-8", newline="\n") as file:
        file.writelines(plan(tasks))
    if records:
        write_journal(folder, records, references(tasks))


def write_journal(folder: Path, records: int, among: Sequence[Reference]) -> None:
    """Write the journal of the workspace ``folder`` anew."""
    path = folder / "plan" / f"{YEAR}.journal.yaml"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(map(to_line, progress(records, among)))


def plan(tasks: int) -> Iterator[str]:
    """Yield the text of a plan with so many tasks, in pieces."""
    drawn = random.Random(_SEED)
    yield _HEAD
    yield "units:\n"
    yield from (f"  - {{id: {name}, name: {title}}}\n" for name, title in UNITS)
    yield "calendar:\n  holidays:\n"
    yield from (f"    - {{date: {day}}}\n" for day in _HOLIDAYS)
    yield "sections:\n" if tasks else "sections: []\n"
    for number in range(1, tasks + 1):
        section, place = divmod(number - 1, _SECTION_TASKS)
        if place == 0:
            title = _sentence(drawn.choice(MATTERS)[0])
            yield f"  - id: {roman(section + 1)}\n    title: {title}\n    tasks:\n"
        yield _task(number, drawn)


_HEAD = f"""\
# yaml-language-server: $schema=plan.schema.json
schema: 1
year: {YEAR}
language: vi
document:
  type: Kế hoạch
  number: "12"
  symbol: KH-UBND
  date: 2025-03-18
  place: Phú La
  title: Cải cách hành chính phường Phú La năm 2025
issuer: UBND phường Phú La
effective_from: 2025-03-18
"""


def _task(number: int, drawn: random.Random) -> str:
    schedule = _schedule(number)
    matter, short = drawn.choice(MATTERS)
    requirement, target = drawn.choice(_REQUIREMENTS)
    units = drawn.sample(UNITS, drawn.choice((1, 1, 1, 2)))
    lines = (
        f'      - id: "{number}"',
        f"        title: {drawn.choice(VERBS)} {matter} {drawn.choice(SCOPES)}",
        f"        short: {short} {number}",
        f"        requirement: {requirement}",
        *([f"        target: {target}"] if target else []),
        f"        deadline_text: {schedule.wording}",
        "        schedule:",
        *(f"          - {rule}" for rule in schedule.rules),
        f"        units: [{', '.join(title for _name, title in units)}]",
        "",
    )
    return "\n".join(lines)


def _schedule(number: int) -> _Schedule:
    return _SCHEDULES[(number - 1) % len(_SCHEDULES)]


def first_due(number: int, day: dt.date) -> dt.date | None:
    """Return the last day of the first period of the task ``number`` that ends on ``day`` or later.

    None where the task has no occurrence: what a to-do list knows of it is one date.
    """
    return min((due for due in period_ends(number) if due >= day), default=None)


def period_ends(number: int) -> list[dt.date]:
    """Return the last days of the periods of the task ``number``, one for each occurrence."""
    parsed = (periods.parse(name) for name in _schedule(number).periods)
    return [period.last for period in parsed if period is not None]


def references(tasks: int) -> list[Reference]:
    """Return what records about a plan of so many tasks can be about."""
    return [
        (str(number), period)
        for number in range(1, tasks + 1)
        for period in _schedule(number).periods
    ]


def progress(records: int, among: Sequence[Reference]) -> Iterator[Record]:
    """Yield so many records over the year, oldest first, each about one of ``among``.

    Nothing is ever done in them: what is due stays due however many there are, so that
    two lengths of the journal differ in the reading of it alone.
    """
    drawn = random.Random(_SEED)
    step = (_LAST - _FIRST) / max(records, 1)
    for number in range(records):
        task, period = drawn.choice(among)
        at = _FIRST + number * step
        chance = drawn.random()
        document = Evidence(number=f"BC {number % 500}/BC-UBND {at.day}/{at.month}/{YEAR}")
        kind = Start if chance < 0.1 else Note
        yield kind(
            id=f"{drawn.getrandbits(48):012x}",
            at=at,
            by=drawn.choice(_AUTHORS),
            task=task,
            period=period,
            on=at.date(),
            text=f"{drawn.choice(_DONE)}; {drawn.choice(_NEXT)}.",
            percent=drawn.randrange(5, 100, 5) if chance > 0.7 else None,
            evidence=(document,) if chance > 0.85 else (),
        )


def roman(number: int) -> str:
    """Return ``number`` (1-3999) in Roman numerals.

    >>> roman(8), roman(1994)
    ('VIII', 'MCMXCIV')
    """
    numeral = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        numeral += letters * times
    return numeral


_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def main() -> None:
    """Make the workspace that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate")
    parser.add_argument("--tasks", type=int, default=35)
    parser.add_argument("--records", type=int, default=0)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    try:
        write_workspace(options.folder, options.tasks, options.records)
    except FileExistsError:
        parser.error(f"{options.folder} holds a plan already")


if __name__ == "__main__":
    main()

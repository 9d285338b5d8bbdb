"""The messages of a day as mail programs read them, and what a year of them leaves in calendars."""

from __future__ import annotations

import datetime as dt
import email
import importlib
import io
import json
import shutil
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from parplan.workspace import git_setup
from tests.helpers.calendar_program import Program, by_icalendar, by_vobject
from tests.helpers.office import JOURNAL, Office, made

openpyxl: Any = importlib.import_module("openpyxl")  # it has no types of its own

RECORDED = Path(__file__).parents[1] / "data" / "simulated-year" / JOURNAL
DAY = "2025-06-23"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    office = Office(workspace, environment)
    done = ("1@2025-03", "1@2025-04", "1@2025-05", "1@2025-06", "1@2025-Q2", "23@2025-03",
            "23@2025-04", "23@2025-Q1")  # fmt: skip
    office.write(*(made(number, "done", ref) for number, ref in enumerate(done)))
    return office


class Mail(NamedTuple):
    """A message as a mail program reads it."""

    message: EmailMessage
    text: str
    html: str
    attached: dict[str, bytes]


def read(office: Office, name: str, day: str = DAY) -> Mail:
    data = (office.root / "reports" / f"digest-{day}{name}.eml").read_bytes()
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))  # RFC 5322, 2.1.1
    assert data.isascii()
    assert max(map(len, data.partition(b"\r\n\r\n")[0].split(b"\r\n"))) <= 78  # RFC 2047, 2
    assert b"\n" not in data.replace(b"\r\n", b"")
    message = email.message_from_bytes(data, _class=EmailMessage, policy=policy.default)
    assert not [defect for part in message.walk() for defect in part.defects]
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    text, html = (body.get_content().replace("\r\n", "\n") for body in bodies if body)
    attached: dict[str, Any] = {
        part.get_filename() or "": part.get_payload(decode=True)
        for part in message.iter_attachments()
    }
    return Mail(message, text, html, attached)


def digest(office: Office, day: str = DAY) -> list[str]:
    """Return the files that were written for the day."""
    office.say("digest", "--as-of", day)
    return files(office, day)


def files(office: Office, day: str = DAY) -> list[str]:
    start = f"digest-{day}"
    paths = (office.root / "reports").glob(f"{start}*")
    return sorted(path.name.removeprefix(start) for path in paths)


def test_a_message_and_a_calendar_for_each_who_has_urgent_work(office: Office) -> None:
    office.edit_plan("    name: Văn phòng UBND phường\n",
                     "    name: Văn phòng UBND phường\n    email: vp@phula.gov.vn\n")  # fmt: skip
    told = office.say("digest", "--as-of", DAY)

    assert files(office) == ["-van-phong.eml", "-van-phong.ics", ".eml", ".ics"]
    assert told.splitlines()[-2:] == [
        "Mở các tệp .eml bằng chương trình thư rồi bấm gửi; parplan không tự gửi.",
        "chưa có địa chỉ thư: Lãnh đạo UBND phường Phú La; hãy ghi 'email' vào plan/2025.yaml",
    ]


def test_what_mail_programs_need_to_open_it_ready_to_send(office: Office) -> None:
    office.edit_plan("    name: Văn phòng UBND phường\n",
                     "    name: Văn phòng UBND phường\n    email: vp@phula.gov.vn\n")  # fmt: skip
    digest(office)
    message = read(office, "-van-phong").message

    assert message["X-Unsent"] == "1"
    assert not {"Date", "From", "Message-ID"} & set(message.keys())
    assert address_of(office) == ("Văn phòng UBND phường", "vp@phula.gov.vn")
    assert message["Subject"] == "Kế hoạch 2025: 2 việc quá hạn, 5 việc sắp đến hạn (23/06/2025)"
    assert read(office, "").message["To"] is None


def test_officers_are_written_to_in_place_of_units(office: Office) -> None:
    for task, name in (("4", "Nguyễn Thị Lan"), ("5", "Nguyễn Thị Lan"), ("23", "Lê Văn Bình")):
        office.say("amend", "task", task, "--officer", name)
    lan = "{name: nguyễn thị lan, email: lan@phula.gov.vn}"
    office.edit_plan("reporting:\n", f"officers:\n  - {lan}\nreporting:\n")

    answer = office.say("digest", "--each-officer", "--as-of", DAY)

    assert files(office) == [
        *("-le-van-binh.eml", "-le-van-binh.ics", "-nguyen-thi-lan.eml", "-nguyen-thi-lan.ics"),
        *(".eml", ".ics"),
    ]
    assert answer.splitlines()[-1] == (
        "chưa có địa chỉ thư: Lãnh đạo UBND phường Phú La, Lê Văn Bình; hãy ghi 'name' và 'email' "
        "của từng người vào mục 'officers' trong plan/2025.yaml"
    )
    mail = read(office, "-nguyen-thi-lan")
    assert parseaddr(mail.message["To"])[1] == "lan@phula.gov.vn"
    assert mail.text.startswith("Kính gửi: Nguyễn Thị Lan\n")
    due = {item["ref"] for item in office.json(
        "due", "--officer", "Lan", "--within", "7", "--as-of", DAY)["items"]}  # fmt: skip
    assert due
    assert {ref for ref in due if ref in mail.text} == due
    assert "23@2025-06" not in mail.text
    assert set(mail.attached) == {
        f"sheet-{DAY}-nguyen-thi-lan.xlsx",
        f"digest-{DAY}-nguyen-thi-lan.ics",
    }


def test_who_lost_a_task_is_told_as_a_unit_is(office: Office) -> None:
    office.say("amend", "task", "5", "--officer", "Nguyễn Thị Lan")
    office.say("digest", "--each-officer", "--as-of", DAY)
    office.say("done", "5@2025-06", "--as-of", DAY)
    to_another = ("--officer", "Lê Văn Bình", "--from", "1/10/2025", "--by", "QĐ 7")
    office.say("amend", "task", "5", *to_another)

    office.say("digest", "--each-officer", "--as-of", "2025-06-24")

    mail = read(office, "-nguyen-thi-lan", "2025-06-24")
    (calendar,) = mail.attached.values()
    assert "lịch có thay đổi" in str(mail.message["Subject"])
    assert calendar.count(b"STATUS:CANCELLED") == 1
    assert b"DTSTART;VALUE=DATE:202510" in calendar


def test_without_officers_it_says_how_to_name_one(office: Office) -> None:
    assert "parplan amend task 4 --officer" in office.refuse("digest", "--each-officer")


LONG = 'Tổ, nhóm; "công nghệ" <số> (Một cửa) – ' + "phường Phú La " * 9


def address_of(office: Office) -> tuple[str, str]:
    """Return name and address by RFC 2047 alone: Python's newer parser puts spaces into names."""
    path = office.root / "reports" / f"digest-{DAY}-van-phong.eml"
    name, address = parseaddr(email.message_from_bytes(path.read_bytes())["To"])
    return str(make_header(decode_header(name))), address


@pytest.mark.parametrize("name", [LONG, "Van phong", "x" * 200, "ủy " * 100])
def test_a_name_of_any_letters_and_length_comes_whole(name: str, office: Office) -> None:
    office.edit_plan("    name: Văn phòng UBND phường\n",
                     f"    name: {name!r}\n    email: vp@phula.gov.vn\n")  # fmt: skip
    digest(office)

    assert address_of(office) == (" ".join(name.split()), "vp@phula.gov.vn")
    assert read(office, "-van-phong").text.startswith(f"Kính gửi: {' '.join(name.split())}\n")


HOSTILE = "</td><script>alert(1)</script>\x1b[31m\u202e\nBcc: x@y.vn\n\n--=_parplan"


def test_texts_of_a_plan_are_texts_of_the_message(office: Office) -> None:
    for old in ("name: Văn phòng UBND phường", "short: Giao ban BCĐ CCHC, CĐS, Đề án 06"):
        key = old.partition(": ")[0]
        office.edit_plan(f"{old}\n", f"{key}: {json.dumps(HOSTILE)}\n")
    office.edit_plan("title: Tổ chức giao ban BCĐ CCHC, Chuyển đổi số, đề án 06",
                     f"title: {json.dumps(HOSTILE)}")  # fmt: skip
    digest(office)
    mail = read(office, "-van-phong")

    assert "Bcc" not in mail.message
    assert len(mail.attached) == 2
    shown = "</td><script>alert(1)</script>\\x1b[31m\\u202e Bcc: x@y.vn --=_parplan"
    assert mail.text.count(shown) == 2
    assert mail.html.count(escape(shown)) == 2
    assert "<script>" not in mail.html


WRONG_ADDRESSES = ("tuphap", "a@b", "a b@c.vn", "a@b.vn, c@d.vn", "a@b.vn\\nBcc: x@y.vn", "ă@b.vn")


@pytest.mark.parametrize("address", WRONG_ADDRESSES)
def test_what_is_no_address_is_refused(address: str, office: Office) -> None:
    office.edit_plan("    name: Văn phòng UBND phường\n",
                     f'    name: Văn phòng UBND phường\n    email: "{address}"\n')  # fmt: skip

    assert "2025.yaml:190:12: " in office.refuse("digest")
    assert not (office.root / "reports").exists()


def test_it_tells_what_due_lists(office: Office) -> None:
    digest(office)
    listed = office.items("due", "--within", "7", "--unit", "van-phong", "--as-of", DAY)
    refs = [item["ref"] for item in listed if item["timing"] in ("overdue", "due-soon")]
    mail = read(office, "-van-phong")

    assert len(refs) == 7
    for body in (mail.text, mail.html):
        places = [body.index(f"({ref})") for ref in refs]
        assert places == sorted(places)
        assert body.count("@2025") == len(refs)
    assert "QUÁ HẠN (2)" in mail.text
    assert "nguyên nhân chậm" in mail.text
    assert mail.text.endswith("Trân trọng,\nUBND phường Phú La\n")


def test_the_sheet_and_the_calendar_go_with_it(office: Office) -> None:
    digest(office)
    mail = read(office, "-van-phong")

    kinds = [part.get_content_type() for part in mail.message.iter_attachments()]
    assert kinds == [XLSX, "text/calendar"]
    sheet, calendar = mail.attached.values()
    name = f"digest-{DAY}-van-phong.ics"
    assert mail.attached[name] == calendar == (office.root / "reports" / name).read_bytes()
    rows = openpyxl.load_workbook(io.BytesIO(sheet)).active.iter_rows(min_row=7, values_only=True)
    refs = [row[0] for row in rows if row[0]]
    assert {"4@2025-06", "23@2025-05", "2@2025"} <= set(refs)
    assert list(read(office, "").attached) == [f"digest-{DAY}.ics"]  # nothing for the head to fill


def test_a_sheet_from_a_message_is_recorded(office: Office) -> None:
    digest(office)
    sheet = next(iter(read(office, "-van-phong").attached.values()))
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    cells = {cell.value: cell for cell in book.active["A"]}
    book.active.cell(cells["4@2025-06"].row, 6, "Đã họp giao ban")
    book.save(office.root / "tra-loi.xlsx")

    office.say("record", "tra-loi.xlsx", "--yes")

    assert office.item("4@2025-06")["state"] == "in-progress"


def test_the_same_data_give_the_same_bytes_and_no_other_file(office: Office) -> None:
    digest(office)
    before = {path.name: path.read_bytes() for path in (office.root / "reports").iterdir()}
    digest(office)

    assert {path.name: path.read_bytes() for path in (office.root / "reports").iterdir()} == before


def test_a_message_that_is_there_is_never_lost(office: Office) -> None:
    digest(office)
    path = office.root / "reports" / f"digest-{DAY}-van-phong.eml"
    path.write_bytes(path.read_bytes() + b"viet them")
    mine = path.read_bytes()
    told = office.say("digest", "--as-of", DAY)

    assert path.with_name(f"{path.stem}.old-1.eml").read_bytes() == mine
    assert f"giữ lại  reports/{path.stem}.old-1.eml\n" in told


def test_new_data_of_the_day_replace_what_nobody_changed(office: Office) -> None:
    digest(office)
    before = read(office, "-van-phong").text
    office.say("directive", "12", "--due", "2025-06-27", "--as-of", DAY)

    after = digest(office)

    assert after == ["-van-phong.eml", "-van-phong.ics", ".eml", ".ics"]
    assert read(office, "-van-phong").text != before


def test_a_calendar_that_somebody_changed_is_kept(office: Office) -> None:
    digest(office)
    path = office.root / "reports" / f"digest-{DAY}.ics"
    mine = path.read_bytes().replace(b"END:VCALENDAR", b"X-MINE:1\r\nEND:VCALENDAR")
    path.write_bytes(mine)

    digest(office)

    assert path.with_name(f"{path.stem}.old-1.ics").read_bytes() == mine


def test_git_takes_the_calendars_and_no_messages(office: Office) -> None:
    office.git("init", "-q")
    (office.root / ".gitignore").write_text(git_setup.IGNORE, encoding="utf-8")
    digest(office)

    office.git("add", "--all")

    names = [Path(line).suffix for line in office.git("ls-files", "reports").splitlines()]
    assert set(names) == {".ics"}


def test_nothing_is_written_where_nothing_is_urgent(office: Office) -> None:
    office.edit_plan("effective_from: 2025-03-18", "effective_from: 2025-06-30")
    told = office.say("digest", "--as-of", "2025-06-20", env={"PARPLAN_LANG": "en"})

    assert told == "Nothing is overdue or due soon: no message is needed.\n"
    assert not (office.root / "reports").exists()


def test_who_lost_a_task_is_told_though_nothing_else_is_urgent(office: Office) -> None:
    late = ("--as-of", "2025-08-28")
    assert "-cong-chuc.eml" in digest(office, "2025-08-28")
    office.say("amend", "task", "6", "--to", "mot-cua", "--from", "2025-08-29", *late)
    written = digest(office, "2025-08-29")

    assert {"-cong-chuc.ics", "-mot-cua.ics"} <= set(written)
    mail = read(office, "-cong-chuc", "2025-08-29")
    assert mail.message["Subject"] == "Kế hoạch 2025: lịch có thay đổi (29/08/2025)"
    assert b"STATUS:CANCELLED" in mail.attached["digest-2025-08-29-cong-chuc.ics"]


def test_what_an_ended_unit_left_undone_goes_to_its_successor(office: Office) -> None:
    office.say("amend", "unit", "van-phong", "--to", "mot-cua", "--from", "2025-07-01")
    written = digest(office, "2025-07-02")

    assert "-mot-cua.eml" in written
    assert "-van-phong.eml" not in written
    assert "(4@2025-06)" in read(office, "-mot-cua", "2025-07-02").text


def test_last_years_calendar_is_no_earlier_one(office: Office) -> None:
    digest(office)
    plan = (office.root / "plan" / "2025.yaml").read_text(encoding="utf-8")
    text = plan.replace("year: 2025", "year: 2026", 1)
    (office.root / "plan" / "2026.yaml").write_text(text, encoding="utf-8")
    office.run("digest", "--year", "2026", "--as-of", "2026-01-05")

    assert "STATUS:CANCELLED" not in "".join(
        path.read_text(encoding="utf-8") for path in (office.root / "reports").glob("*2026*.ics")
    )


# Days on which the plan is edited by hand, and how.
EDITS = {
    "2025-05-08": ("month, before: 25,", "month, before: 21,"),
    "2025-06-05": ("month, before: 21,", "month, before: 25,"),
    "2025-07-17": ("{in: 2025-08}", "{in: 2025-09}"),
    "2025-08-14": ("units: [Công chức phường]\n      - id: \"7\"",
                   "units: [Một cửa]\n      - id: \"7\""),
    "2025-10-09": ("    Cải thiện, nâng cao Chỉ số", "    Nâng cao Chỉ số"),
}  # fmt: skip
AMENDED = {
    "2025-09-18": ("task", "31", "--deadline", "Trước ngày 15/11/2025", "--from", "2025-09-15"),
    "2025-10-16": ("task", "4", "--drop", "--from", "2025-10-16"),
    "2025-10-23": ("task", "5", "--to", "tu-phap", "--from", "2025-10-23"),
}
FIRST = dt.date(2025, 3, 20)


def a_year(office: Office, days: list[dt.date]) -> tuple[Program, dict[str, Program]]:
    """Let the year go by; return the calendars of who takes in everything, and of each unit.

    Who takes in everything does so twice, from the last file to the first the second time.
    """
    everything, units = Program(by_icalendar), dict[str, Program]()
    files: list[bytes] = []
    shutil.copy(RECORDED, office.root / JOURNAL)
    export = office.root / "parplan-2025.ics"
    for number, day in enumerate(days):
        text = day.isoformat()
        before = days[number - 1].isoformat() if number else ""
        for when, change in EDITS.items():
            if before < when <= text:
                office.edit_plan(*change)
        for when, words in AMENDED.items():
            if before < when <= text:
                office.say("amend", *words, "--by", "QĐ 1", "--as-of", text)
        digest(office, text)
        for path in sorted((office.root / "reports").glob(f"digest-{text}*.ics")):
            files.append(path.read_bytes())
            unit = path.stem.removeprefix(f"digest-{text}").lstrip("-")
            units.setdefault(unit, Program(by_vobject)).take(path.read_bytes())
        if number % 3 == 0 or day == days[-1]:
            how = ("--update", str(export)) if export.exists() else ()
            office.say("export", "ics", *how, "--as-of", text)
            files.append(export.read_bytes())
    for data in (*files, *reversed(files)):
        everything.take(data)
    return everything, units


def listed(office: Office, day: str, *args: str) -> list[tuple[str, dt.date]]:
    """Return what ``due --all`` lists of the year on the day, apart from what was cancelled."""
    items = office.items("due", "2025", "--all", "--as-of", day, *args)
    return sorted(
        (item["ref"], dt.date.fromisoformat(item["due"]))
        for item in items
        if item["state"] != "cancelled" and item["due"]
    )


def require_what_due_lists(office: Office, days: list[dt.date]) -> None:
    everything, units = a_year(office, days)
    last = days[-1].isoformat()
    assert len(everything.shown()) > 50
    assert everything.shown() == listed(office, last)
    for unit, program in units.items():
        assert program.shown() == listed(office, last, *(("--unit", unit) if unit else ())), unit


def test_messages_and_exports_of_some_days_leave_what_due_lists(office: Office) -> None:
    days = ("2025-05-08", "2025-06-05", "2025-08-28", "2025-10-23", "2025-12-31")
    require_what_due_lists(office, list(map(dt.date.fromisoformat, days)))


@pytest.mark.slow
def test_a_year_of_messages_and_exports_leaves_what_due_lists(office: Office) -> None:
    days = [FIRST + dt.timedelta(days=11 * number) for number in range(26)]
    require_what_due_lists(office, [*days, dt.date(2025, 12, 31)])

"""Which parts of the documentation does the program itself know?

The help of every command, tables from the model and the code, what each module says of
itself, and the sessions of the guide, each run again.  ``python docs/generate.py`` brings
the pages up to date; ``--check`` only tells which are stale.  The sessions need git.
"""

from __future__ import annotations

import csv
import difflib
import itertools
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from manual import manual_page
from msgspec import inspect

from parplan import i18n
from parplan.cli.command_table import COMMANDS
from parplan.doctor.model import CODES as DOCTOR_CODES
from parplan.forms.model import Forms
from parplan.plan.file import kind_of_rule
from parplan.plan.model import Plan
from parplan.problem import CODES
from parplan.render.export.json_file import ExportFile
from parplan.schedule.rules import AnyRule, Rule
from parplan.schema import ANSWERS, SCHEMAS, schema_text
from parplan.score.index import Index
from parplan.yamlfile.parse import load_yaml

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
YEAR = 2025

# Whatever could change what a process prints.
_UNWANTED = (
    "PARPLAN_",
    "_PARPLAN_",
    "XDG_",
    "PYTHON",
    "GIT_",
    "LC_",
    "LANG",
    "TERM",
    "NO_C",
    "FORCE_C",
)
_NO_SETTINGS = dict.fromkeys(("XDG_CONFIG_HOME", "APPDATA"), os.devnull)

_ENTRIES = (
    ("Trước ngày 25 hàng tháng", "{every: month, before: 25}"),
    ("Hàng tháng", "{every: month}"),
    ("Chậm nhất ngày 31 hàng tháng", "{every: month, by: 31}"),
    ("Trước ngày 05 của tháng kế tiếp", "{every: month, before: 5, of: next-month}"),
    ("Trước ngày 10 của tháng cuối quý", "{every: quarter, before: 10}"),
    ("Chậm nhất ngày 20 của tháng cuối kỳ 6 tháng", "{every: half, by: 20}"),
    ("Kỳ 9 tháng", "{every: 9-months}"),
    ("Trước ngày 10 của tháng cuối năm", "{every: year, before: 10}"),
    ("Chậm nhất thứ Sáu hàng tuần", "{every: week, by: 5}"),
    ("Ngày 15 và 30 hàng tháng", "{days: [15, 30]}"),
    ("Thứ Ba và thứ Năm hàng tuần", "{days: [2, 4], of: week}"),
    ("Ngày làm việc cuối cùng hàng tháng", "{every: month, by: 31, count: working-days}"),
    (
        "Chậm nhất ngày làm việc thứ 5 của tháng kế tiếp",
        "{every: month, by: 5, count: working-days, of: next-month}",
    ),
    ("Thứ Sáu tuần thứ ba hàng tháng", "{every: month, by: 3, count: fridays}"),
    ("Trong năm 2025", '{in: "2025"}'),
    ("Trong 6 tháng đầu năm 2025", "{in: 2025-H1}"),
    ("Lần 1: tháng 6", "{in: 2025-06, label: Lần 1}"),
    ("Từ quý IV/2025 đến quý II/2026", "{in: 2025-Q4..2026-Q2}"),
    ("Chậm nhất ngày 30/11/2025", "{by: 2025-11-30}"),
    ("Trước ngày 15/12/2025", "{before: 2025-12-15}"),
    ("Thường xuyên", "{continuous: true}"),
    ("Theo chỉ đạo của quận", "{on_directive: UBND quận}"),
    ("Trong 20 ngày kể từ ngày có yêu cầu", "{on_directive: UBND quận, within: 20 days}"),
)
"""Deadline wordings with the schedule entries that mean them."""


def run(code: Sequence[str], folder: Path, more: Mapping[str, str]) -> str:
    """Return all that Python prints for ``code`` in ``folder``, on both streams."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(_UNWANTED)
    }
    done = subprocess.run(
        [sys.executable, *code],
        cwd=folder,
        env={**inherited, **_NO_SETTINGS, "PYTHONPATH": str(ROOT), "COLUMNS": "80", **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )
    if "Traceback" in done.stdout:
        raise SystemExit(done.stdout)
    return done.stdout


def helps() -> str:
    """Return the help of the program and of each command."""
    parts = []
    with tempfile.TemporaryDirectory() as empty:
        for words in ([], *(name.split() for name in COMMANDS)):
            text = run(["-m", "parplan", *words, "--help"], Path(empty), {})
            parts.append(f"## {' '.join(['parplan', *words])}\n\n```text\n{text}```\n")
    return "\n".join(parts)


def key_tables(model: type) -> str:
    """Return a table of keys for every block of ``model``, outermost first."""
    return "\n".join(_block(cls, where) for cls, where in _places(model).items())


def export_tables() -> str:
    """Return the same for an export as JSON, but for the blocks of the plan in it."""
    plan_blocks = _places(Plan)
    places = {cls: where for cls, where in _places(ExportFile).items() if cls not in plan_blocks}
    tables = "\n".join(_block(cls, where) for cls, where in places.items())
    return tables.replace("| number |", "| decimal, as text |")


def _places(top: type) -> dict[type, list[str]]:
    """Return each kind of block in ``top`` with the paths at which it stands."""
    places: dict[type, list[str]] = {}
    _find_places(inspect.type_info(top), "", places)
    return places


def _find_places(kind: inspect.Type, path: str, places: dict[type, list[str]]) -> None:
    """Note at which ``path`` each kind of block stands, in the order of the model."""
    kind = _bare(kind)
    if isinstance(kind, inspect.ListType | inspect.VarTupleType):
        _find_places(kind.item_type, f"{path}[]", places)
    elif isinstance(kind, inspect.UnionType):
        for choice in kind.types:
            _find_places(choice, path, places)
    elif isinstance(kind, inspect.StructType):
        is_listed = kind.cls in places
        places.setdefault(kind.cls, []).append(path)
        for field in () if is_listed else kind.fields:
            _find_places(field.type, f"{path}.{field.encode_name}".lstrip("."), places)


def _block(cls: type, where: list[str]) -> str:
    kind = inspect.type_info(cls)
    assert isinstance(kind, inspect.StructType)
    summary = " ".join((cls.__doc__ or "").partition("\n\n")[0].replace("``", "`").split())
    place = ", ".join(f"`{path}`" for path in where) if where != [""] else "the top of the file"
    rows = [
        (
            f"`{field.encode_name}`",
            _value(field.type),
            "yes" if field.required else "",
            _meaning(field.type),
        )
        for field in kind.fields
    ]
    table = _table(("key", "value", "needed", "meaning"), rows)
    return f"#### {cls.__name__}\n\n{summary} Place: {place}.\n\n{table}"


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    cells = ([cell.replace("|", r"\|") for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


def _bare(kind: inspect.Type) -> inspect.Type:
    return kind.type if isinstance(kind, inspect.Metadata) else kind


def _meaning(kind: inspect.Type) -> str:
    """Return the description that the model gives a key."""
    if isinstance(kind, inspect.Metadata):
        return str((kind.extra_json_schema or {}).get("description", ""))
    if isinstance(kind, inspect.UnionType):
        return next((meaning for meaning in map(_meaning, kind.types) if meaning), "")
    return ""


def _value(kind: inspect.Type) -> str:
    """Return in words what may be written for a key."""
    kind = _bare(kind)
    if isinstance(kind, inspect.UnionType):
        choices = [choice for choice in kind.types if not isinstance(choice, inspect.NoneType)]
        return " or ".join(map(_value, choices))
    if isinstance(kind, inspect.ListType | inspect.VarTupleType):
        return f"list of {_value(kind.item_type)}"
    if isinstance(kind, inspect.StructType):
        return f"[{kind.cls.__name__}](#{kind.cls.__name__.lower()})"
    if isinstance(kind, inspect.LiteralType):
        return ", ".join(f"`{str(literal).replace('True', 'true')}`" for literal in kind.values)
    if isinstance(kind, inspect.IntType):
        return "whole number" if kind.ge is None else f"whole number, {kind.ge} to {kind.le}"
    if isinstance(kind, inspect.StrType):
        return f"text like `{kind.pattern}`" if kind.pattern else "text"
    return {
        inspect.DateType: "date",
        inspect.DecimalType: "number",
        inspect.BoolType: "true or false",
        inspect.DateTimeType: "date and time",
        inspect.DictType: "mapping",
    }[type(kind)]


def schedule_table(titles: Sequence[str], no_date: str) -> str:
    """Return the schedule entries with the due dates that the program gives them."""
    rows = [(words, f"`{entry}`", _due_dates(entry) or no_date) for words, entry in _ENTRIES]
    return _table(titles, rows)


def _due_dates(entry: str) -> str:
    data = load_yaml("", entry)
    rule: Rule = msgspec.convert({**data, "rule": kind_of_rule(data)}, AnyRule)
    days = [i18n.date(due) for _period, due in rule.due_dates(YEAR)]
    return ", ".join(days if len(days) <= 3 else [*days[:2], "…", days[-1]])


_TYPED = {
    "period": "Kỳ: `parplan due`, `status`, `report`, `--month`, `--quarter`…",
    "reference": "Nhiệm vụ và kỳ của nhiệm vụ",
    "day done": "Ngày đã làm: `--on`",
    "deadline": "Hạn và ngày bắt đầu: `--due`, `--event`, `--from`",
    "share": "Số đo: `--value`",
    "percent": "Phần trăm đã làm: `--percent`",
    "year": "Năm: `--year`, `parplan new`",
    "day count": "Số ngày: `--within`",
    "day of month": "Ngày chốt số liệu: `--data-from`, `--data-until`",
}


def typed_tables() -> str:
    """Return the forms that people type with their meanings, a table for each kind of value."""
    with (DOCS / "cach-go.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    parts = []
    for kind, title in _TYPED.items():
        titles = ("Gõ", "Nghĩa", "Hôm nay")
        cells = [
            (f"`{row['typed'] or ' '}`", _meanings(row), _day(row))
            for row in rows
            if row["what"] == kind
        ]
        parts.append(f"## {title}\n\n{_table(titles, cells)}")
    return "\n".join(parts)


_TODAY = "2025-06-20"
"""The day that most rows of the table are read on."""


def _meanings(row: Mapping[str, str]) -> str:
    return " hoặc ".join(f"`{meaning}`" for meaning in row["meaning"].split(" | "))


def _day(row: Mapping[str, str]) -> str:
    return "" if row["today"] == _TODAY else f"{row['today']}, kế hoạch {row['plan']}"


def code_table(codes: Mapping[str, str]) -> str:
    """Return every problem code among ``codes`` with its meaning in both languages."""
    i18n.use("vi")
    rows = [(f"`{code}`", text, i18n._(text)) for code, text in codes.items()]
    return _table(("code", "meaning", "tiếng Việt"), rows)


def filled(text: str, sections: Mapping[str, str]) -> str:
    """Return ``text`` with each of its generated ``sections`` as of today."""
    for name, content in sections.items():
        mark = f"<!-- generated: {name} -->\n"
        before, opening, rest = text.partition(mark)
        _old, end, after = rest.partition("<!-- end -->")
        if not (opening and end):
            raise SystemExit(f"no section {mark.strip()} … <!-- end -->")
        text = f"{before}{mark}\n{content}\n{end}{after}"
    return text


# Ids come from os.urandom: here from the command's number, so that they stay the same.
_SEEDED = """\
import os, random, sys
os.urandom = random.Random(int(sys.argv.pop(1))).randbytes
from parplan.cli.app import main
main()
"""
_STEP = re.compile(
    r"<!-- (today|replace|file): ([^\n]+?) -->(?:\n\n```(?:csv|text)\n(.*?)```)?"
    r"|```console\n(.*?)```",
    re.DOTALL,
)


class Session:
    """The ``console`` blocks of a page, run in one workspace from the first to the last.

    ``<!-- today: DATE -->`` sets the day, ``<!-- replace: OLD => NEW -->`` edits the plan,
    ``<!-- file: NAME -->`` saves the ``csv`` or ``text`` block that follows.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        names = ("PARPLAN_AUTHOR", "GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME")
        self.environment = {
            "XDG_CONFIG_HOME": str(folder / ".config"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **dict.fromkeys(names, "Nguyễn Thị Lan"),
            **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "lan@example.org"),
        }

    def step(self, match: re.Match[str]) -> str:
        """Return the mark or block ``match`` with what it prints today."""
        mark, value, content, block = match.groups()
        if mark == "today":
            self.environment["PARPLAN_TODAY"] = value
        elif mark == "replace":
            self._edit(*value.split(" => "))
        elif mark == "file":
            (self.folder / value).write_text(content, encoding="utf-8", newline="\n")
        else:
            typed = [line for line in block.splitlines() if line.startswith("$ ")]
            return f"```console\n{''.join(map(self._answer, typed))}```"
        return match[0]

    def _edit(self, old: str, new: str) -> None:
        path = self.folder / "plan" / f"{YEAR}.yaml"
        text = path.read_text(encoding="utf-8")
        if old not in text:
            raise SystemExit(f"the plan does not hold: {old}")
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")

    def _answer(self, line: str) -> str:
        self.count += 1
        words = shlex.split(line, comments=True)[2:]
        code = ["-c", _SEEDED, str(self.count), *words]
        return f"{line}\n{run(code, self.folder, self.environment)}"


def guide_page(text: str) -> str:
    """Return the guide with its table of deadlines, and its sessions run again."""
    i18n.use("vi")
    titles = ("Kế hoạch viết", "Ghi vào `schedule`", "Hạn cuối (kế hoạch năm 2025)")
    return session_page(filled(text, {"schedule": schedule_table(titles, "không có hạn")}))


def session_page(text: str) -> str:
    """Return a page with its sessions run again."""
    with tempfile.TemporaryDirectory() as folder:
        return _STEP.sub(Session(Path(folder)).step, text)


def format_page(text: str) -> str:
    """Return the page of the formats with its generated sections as of today."""
    i18n.use("en")
    schedule = schedule_table(("wording", "entry", "due in the plan of 2025"), "no date")
    sections = {
        "keys": key_tables(Plan),
        "index": key_tables(Index),
        "forms": key_tables(Forms),
        "schedule": schedule,
        "codes": code_table(CODES),
        "doctor-codes": code_table(DOCTOR_CODES),
        "export": export_tables(),
    }
    return filled(text, sections)


def pages() -> Iterator[tuple[Path, str]]:
    """Yield each file that is generated, a page often in part, as it should be."""
    makers = {
        "cach-go.md": lambda text: filled(text, {"typed": typed_tables()}),
        "commands.md": lambda text: filled(text, {"help": helps()}),
        "format.md": format_page,
        "huong-dan.md": guide_page,
        "tuan-dau-tien.md": session_page,
    }
    for name, make in makers.items():
        yield DOCS / name, make((DOCS / name).read_text(encoding="utf-8"))
    for name in SCHEMAS:
        yield schema_path(name), schema_text(name)
    yield DOCS / "parplan.1", manual_page("en")
    yield DOCS / "parplan.vi.1", manual_page("vi")


def schema_path(name: str) -> Path:
    """Return where the schema called ``name`` is shipped."""
    if name in ANSWERS:
        return DOCS / "schema" / f"{name.replace(' ', '-')}.json"
    return ROOT / "plan" / f"{name.removesuffix(' file')}.schema.json"


def _content(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _difference(present: str, text: str) -> list[str]:
    """Return the first lines that differ, without those around them."""
    lines = difflib.unified_diff(present.split("\n"), text.split("\n"), n=0, lineterm="")
    return list(itertools.islice(lines, 12))


def main() -> int:
    """Write what is stale, or with ``--check`` name it; return the exit status."""
    only_check = "--check" in sys.argv[1:]
    stale = [(path, text) for path, text in pages() if _content(path) != text]
    for path, text in stale:
        name = path.relative_to(ROOT).as_posix()
        if only_check:
            difference = "\n".join(_difference(_content(path), text))
            print(f"{name} is stale; run: python docs/generate.py\n{difference}", file=sys.stderr)
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"{name}: written")
    return 1 if stale and only_check else 0


if __name__ == "__main__":
    sys.exit(main())

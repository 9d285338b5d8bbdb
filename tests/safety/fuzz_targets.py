"""Targets of ``python -m tests.safety.fuzz``: readers, and bytes that they were not made for.

A target reads bytes and uses what it read; anything but a result or a complaint with a place
is a fault, and so is taking longer than ``LIMIT`` seconds of the processor.  Nor may an input
take memory: the most that the process ever had in use (its peak resident set) grows by no
more than ``MEMORY``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import random
import re
import signal
import socket
import sys
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType

from parplan import i18n
from parplan.agenda.items import items
from parplan.agenda.year import summarize
from parplan.cli.app import main
from parplan.cli.session import Unreadable
from parplan.deadlines.read import read_deadline
from parplan.importer.plan.assemble import assemble_plan
from parplan.importer.read import read_office_file
from parplan.journal import progress
from parplan.journal.file import read_journal, to_line, without_markers
from parplan.plan.checks import check_plan
from parplan.plan.diff import compare_plans
from parplan.plan.file import read_plan
from parplan.plan.write import write_plan
from parplan.problem import Problem, UserError
from parplan.render.answers.score import ScoreAnswer
from parplan.render.board import page as board
from parplan.render.board import server
from parplan.render.document import docx, drafts, html
from parplan.render.template import markdown_values
from parplan.score.index_checks import check_index
from parplan.score.index_file import read_index
from parplan.score.points import office
from parplan.score.total import risks, score
from parplan.workspace import files
from parplan.yamlfile.edit import AddEntry, Edit, SetKey, apply_edits
from tests.helpers.office import made
from tests.helpers.office_files import document, sheet

ROOT = Path(__file__).parents[2]
LIMIT = 20
WAITING = 10 * LIMIT
"""Seconds by the clock, for what does nothing; a busy machine must not look like a fault."""

MEMORY = 500_000_000
ANSWERS = (UserError, Unreadable)
"""How parplan says that it will not do something."""

DAY = dt.date(2025, 6, 20)
PLAN = (ROOT / "plan" / "2025.yaml").read_bytes()
JOURNAL = (ROOT / "tests" / "data" / "report.journal.yaml").read_bytes()
_PLAN = read_plan("plan/2025.yaml", PLAN).value
assert _PLAN is not None
SOUND = _PLAN
YEAR = summarize(SOUND, progress.progress_by_ref(read_journal("x", JOURNAL).records, DAY), DAY)
PHRASES = [
    line.split("\t")[0]
    for name in ("deadlines.tsv", "phrases.tsv")
    for line in (ROOT / "tests" / "data" / name).read_text(encoding="utf-8").splitlines()[1:]
]
ROWS = [
    ("STT", "Nhiệm vụ", "Thời gian hoàn thành", "Đơn vị thực hiện"),
    ("I", "Thể chế", "", ""),
    ("1", "Giao ban", "Trước ngày 25 hàng tháng", "Văn phòng; Tư pháp"),
    ("2", "Rà soát", "Quý I/2026", "Một cửa"),
]
TOKENS: Sequence[bytes] = [
    *(b"\0", b"\x1b[31m", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n", b"\r\n", b"\t", b" "),
    *(b'"', b"'", b"''", b"[", b"]", b"{", b"}", b": ", b"- ", b"&a ", b"*a", b"!!str ", b"|"),
    *(b">", b"#", b"0", b"-1", b"99999999999999999999", b"1e999", b"0.1", b"NaN", b"null"),
    *(b"true", b"2025-02-30", b"2025-06-30", b"9999-12-31", b"0001-01-01", b"every: month"),
    *(b"before: 31", b"of: next-month", b"in: 2025-Q4..2026-Q2", b"continuous: true"),
    *(b"on_directive: x", b"schema: 1", b"until: ", b"\xed\xa0\x80", b"e\xcc\x80"),
    *(
        text.encode()
        for text in ("\u202e", "\u2028", "ề", "😀", "ngày ", "tháng ", "quý ", "trước ")
    ),
    *(b"{{ ", b" }}", b"{% for a in b %}", b"{% endfor %}", b"{% include 'x' %}", b"~ 'a' * 99"),
    *(b"31/12", b"29/2", b"<<<<<<< HEAD\n", b"=======\n", b">>>>>>> x\n", b"---\n", b"...\n"),
    *(b"</w:t>", b'w:val="99"'),
]


def is_told(problems: Sequence[Problem]) -> None:
    """Fail unless each problem has a place and a sentence."""
    for problem in problems:
        assert problem.where.path
        assert i18n.message(problem)


def fuzz_plan(data: bytes) -> None:
    """Read a plan, and use it if it is one."""
    reading = read_plan("plan/2025.yaml", data)
    is_told(reading.problems)
    if reading.value is None:
        assert reading.problems
        return
    is_told(reading.locate(check_plan(reading.value, "plan/2025.yaml")))
    list(items(reading.value, {}, DAY))
    assert read_plan("", write_plan(reading.value).encode()).value == reading.value


def fuzz_journal(data: bytes) -> None:
    """Read a journal, join its conflicts and fold it."""
    parsed = read_journal("plan/2025.journal.yaml", data)
    is_told(parsed.problems)
    for record in parsed.records:
        assert parsed.lines[record.id] > 0
        assert read_journal("x", to_line(record).encode()).records == [record]
    progress.progress_by_ref(parsed.records, DAY)
    joined = without_markers(data)
    assert without_markers(joined) == joined


def fuzz_phrase(data: bytes) -> None:
    """Read a phrase: rules, or what is not understood."""
    phrase = data.decode("utf-8", "replace")
    reading = read_deadline(phrase, 2025)
    reading.due_dates(2025)
    assert bool(reading.rules) != bool(reading.unread) or not phrase.strip()


def fuzz_draft(data: bytes) -> None:
    """Read a draft that a clerk changed, and show it."""
    with contextlib.suppress(drafts.DraftError):
        html.render(drafts.read("reports/x.md", data.decode("utf-8", "replace")))


def fuzz_paper(data: bytes) -> None:
    """Make a Word document of a draft that a clerk changed."""
    with contextlib.suppress(drafts.DraftError):
        docx.render(drafts.read("reports/x.md", data.decode("utf-8", "replace")), ROOT)


def fuzz_template(data: bytes) -> None:
    """Fill a template."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "templates"
        folder.mkdir()
        (folder / "x.j2").write_bytes(data)
        markdown_values.render("x.j2", {"plan": None, "year": 2025, "b": ["1", "2"]}, folder)


def fuzz_board(data: bytes) -> None:
    """Make the board with a changed template; what is not refused escapes what it shows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "templates" / "board"
        folder.mkdir(parents=True)
        (folder / "page.html.j2").write_bytes(data)
        page = board.page(YEAR, folder=folder.parent)
        assert "<script>alert" not in page or b"safe" in data or b"<script>alert" in data


def fuzz_index(data: bytes) -> None:
    """Read an index, and score the office by it if it is one."""
    reading = read_index("plan/2025.index.yaml", data)
    is_told(reading.problems)
    if reading.value is None:
        assert reading.problems
        return
    is_told(reading.locate(check_index(reading.value, SOUND, "plan/2025.index.yaml")))
    base = office(reading.value, SOUND, read_journal("x", JOURNAL).records, DAY, set())
    scored = score(base)
    list(risks(base, scored))
    ScoreAnswer.of(scored)


def fuzz_edit(data: bytes) -> None:
    """Change a plan in three ways: it reads as before but for that, or is left alone."""
    reading = read_plan("plan/2025.yaml", data)
    if reading.value is None:
        return
    text = reading.text
    edits: list[Edit] = [AddEntry(("recipients",), ["- 'Lưu: VT, \U0001f5ce'"])]
    for number, section in enumerate(reading.value.sections):
        for place, task in enumerate(section.tasks[-1:], len(section.tasks) - 1):
            if not task.by:
                edits.append(SetKey(("sections", number, "tasks", place), "by", "'QĐ: 1'"))
    for edit in edits:
        new = apply_edits(text, [edit])
        if new is None:
            continue
        after = read_plan("", new.encode()).value
        assert after is not None
        changes = list(compare_plans(reading.value, after))
        assert len(changes) <= 1, changes
        old_lines = set(text.splitlines())
        assert sum(line not in old_lines for line in new.splitlines()) <= 3


def fuzz_merge(data: bytes) -> None:
    """Join two journals as git's union does: no record of either is lost or counts twice."""
    cut = data.rfind(b"\n", 0, max(len(data) // 2, 1)) + 1
    ours, theirs = data[:cut], data[cut:]
    records = {record.id for part in (ours, theirs) for record in read_journal("x", part).records}
    conflict = b"<<<<<<< a\n" + ours + b"=======\n" + theirs + b"\n>>>>>>> b\n"
    for joined in (data, theirs + b"\n" + ours, data + data, without_markers(conflict)):
        records_after = read_journal("x", joined).records
        assert len({record.id for record in records_after}) == len(records_after)
        if not any(line[:1] in b" \t#" for line in data.split(b"\n")):  # no record in several lines
            assert records <= {record.id for record in records_after}


def fuzz_request(data: bytes) -> None:
    """Ask the board's server: it answers as HTTP does, and gives the page to its own name only."""
    site = server.Site(lambda: server.Response("secret page"), lambda: "secret version")
    with server.Server(site, 0) as running:
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        host = f"127.0.0.1:{running.server_port}"
        with socket.create_connection((server.HOST, running.server_port), timeout=WAITING) as asked:
            asked.sendall(data.replace(b"OWN", host.encode()))
            asked.shutdown(socket.SHUT_WR)
            answer = b""
            with contextlib.suppress(ConnectionError):
                while piece := asked.recv(65536):
                    answer += piece
        running.shutdown()
    head = answer.partition(b"\r\n")[0]
    assert not answer or re.match(
        rb"HTTP/1\.[01] [2-5][0-9][0-9] |<!DOCTYPE|not here|secret", head
    ), head
    if b"OWN" not in data and b"localhost" not in data:
        assert b"secret" not in answer


def fuzz_import(ending: str, data: bytes) -> None:
    """Read a plan from a file of an office program."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / f"a.{ending}"
        path.write_bytes(data)
        assemble_plan(read_office_file(path), 2026, None)


def fuzz_arguments(data: bytes) -> None:
    """Run a command line, a word to a line; none leads out of the workspace."""
    words = [word for word in data.decode("utf-8", "replace").split("\n") if word]
    if any(word.startswith(("/", "~")) or ".." in word or "\0" in word for word in words):
        return
    before, language = Path.cwd(), i18n.language()
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "plan").mkdir()
        (Path(name) / "plan" / "2025.yaml").write_bytes(PLAN)
        (Path(name) / "plan" / "2025.journal.yaml").write_bytes(JOURNAL)
        os.chdir(name)
        error, status = io.StringIO(), None
        sys.stdin = io.TextIOWrapper(io.BytesIO())
        try:
            with (
                tempfile.TemporaryFile("w+", encoding="utf-8") as out,
                contextlib.redirect_stdout(out),
                contextlib.redirect_stderr(error),
            ):
                main(words)
        except SystemExit as end:
            status = end.code
        finally:
            sys.stdin = sys.__stdin__
            os.chdir(before)
            i18n.use(language)
        assert status in (0, 1, 2), (status, error.getvalue())
        assert "Traceback" not in error.getvalue()
        left = [path for path in Path(name).rglob("*") if files.is_leftover(path.name)]
        assert not left, left


COMMAND_LINES = [
    "due\n--month\n6\n--format\njson", "due\n--within\n14", "list\n--section\nV", "show\n4",
    "note\n8\nđã họp\n--percent\n50\n--on\n1/6/2025", "done\n4@2025-06\n--evidence\nBC 1",
    "directive\n12\n--due\n2025-11-15", "undo", "log\n--format\ncsv", "cancel\n6\n--reason\nx",
    "report\n--month\n6\n--format\nmd\n-o\n-", "report\n2025-03-18..2025-06-30\n--section\nV",
    "document\n--format\nmd\n-o\n-", "reminder\n--format\nmd", "check\n--format\njson", "new\n2026",
    "amend\ntask\n4\n--deadline\nTháng 12/2025\n--from\n1/7/2025", "amend\nsuperior\n--to\nX",
    "explain\nTrước ngày 25 hàng tháng\n--year\n2025", "export\ncsv\n-o\n-", "export\nics\n--todo",
    "import\nplan/2025.yaml", "init\n--no-git", "--version", "--lang\nen\n--help", "diff", "commit",
]  # fmt: skip

ASKED = (
    b"GET / HTTP/1.1\r\nHost: OWN\r\n\r\n",
    b"HEAD /version HTTP/1.0\r\nHost: evil.example\r\n\r\n",
    b"POST /../plan/2025.yaml HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na=1",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nHost: y\r\n\r\n",
)
INDEX = (ROOT / "plan" / "example.index.yaml").read_bytes()
TARGETS: dict[str, tuple[Callable[[bytes], None], Sequence[bytes]]] = {
    "plan": (fuzz_plan, [PLAN, PLAN[:2500], b"schema: 1\nyear: 2025\nsections: []\n"]),
    "journal": (fuzz_journal, [JOURNAL, to_line(made(1)).encode() * 2]),
    "phrase": (fuzz_phrase, [phrase.encode() for phrase in PHRASES]),
    "draft": (
        fuzz_draft,
        [path.read_bytes() for path in sorted((ROOT / "tests" / "golden").glob("report*.md"))]
        + [b"---\ntype: x\n---\n# a\n\n- b\n  - c\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"],
    ),
    "paper": (
        fuzz_paper,
        [
            b"---\ntype: x\nissuer: x\nsymbol: x\nplace: x\ntitle: x\nnumber: 7\ndate: 2025-06\n"
            b"---\n# a\n\n- b\n  - c\n\n1. **d** *e* `f`\n\n| a | b |\n|---|---|\n| 1 | 2<br>3 |\n"
            b"\n![g](h.png) [i](j) [c\xe1\xba\xa7n b\xe1\xbb\x95 sung: k]\n\n> l\n\n---\n\n    m\n"
        ],
    ),
    "template": (
        fuzz_template,
        [path.read_bytes() for path in sorted((ROOT / "templates").glob("*.j2"))]
        + [b"{{ year }}", b"{% for a in b %}{{ a * 3 }}{% endfor %}", b"{{ b|join('x') }}"],
    ),
    "board": (
        fuzz_board,
        [
            (ROOT / "templates" / "board" / "page.html.j2").read_bytes(),
            b"{% for one in overdue %}{{ one.item.task.title }}{% endfor %}",
        ],
    ),
    "index": (fuzz_index, [INDEX, INDEX[:3000]]),
    "edit": (fuzz_edit, [PLAN, PLAN[:2500], write_plan(SOUND).encode()]),
    "merge": (fuzz_merge, [JOURNAL, b"".join(to_line(made(n)).encode() for n in range(9))]),
    "request": (fuzz_request, ASKED),
    "docx": (lambda data: fuzz_import("docx", data), [document(ROWS)]),
    "xlsx": (lambda data: fuzz_import("xlsx", data), [sheet(("PL", ROWS))]),
    "csv": (
        lambda data: fuzz_import("csv", data),
        ["\n".join(sign.join(row) for row in ROWS).encode() for sign in ",;\t"],
    ),
    "arguments": (fuzz_arguments, [line.encode() for line in COMMAND_LINES]),
}


_NO_ZIP = (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, zlib.error)
"""What Python's zipfile raises for a file that is none, or no longer."""


def mutated(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """Return ``data`` with a few changes; a zip file is changed inside its parts."""
    if data.startswith(b"PK") and chance.random() < 0.95:
        with contextlib.suppress(*_NO_ZIP):  # one of those that were changed outside
            return _mutated_zip(data, seeds, chance)
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        start = chance.randrange(len(changed) + 1)
        stop = min(start + int(chance.expovariate(0.05)), len(changed))
        kind = chance.randrange(6)
        if kind == 0:
            del changed[start:stop]
        elif kind == 1:
            changed[start:start] = chance.choice(TOKENS)
        elif kind == 2:
            changed[start:stop] = chance.choice(TOKENS) * chance.choice((1, 1, 2, 50))
        elif kind == 3:
            changed[start:start] = changed[start:stop] * chance.choice((1, 2, 9))
        elif kind == 4 and changed:
            changed[start % len(changed)] = chance.randrange(256)
        else:
            other = chance.choice(seeds)
            cut = chance.randrange(len(other) + 1)
            changed[start:stop] = other[cut : cut + int(chance.expovariate(0.02))]
    return bytes(changed[:200_000])


def _mutated_zip(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    big = [name for name in parts if name.endswith((".xml", ".rels"))]
    name = chance.choice(big)
    texts = [content for content in parts.values() if content]
    parts[name] = mutated(parts[name], texts, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


@contextlib.contextmanager
def limited() -> Iterator[None]:
    """End what takes longer than ``LIMIT`` seconds, or more than ``MEMORY``."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"longer than {LIMIT} seconds")

    clocks = (
        (signal.SIGPROF, signal.ITIMER_PROF, LIMIT),
        (signal.SIGALRM, signal.ITIMER_REAL, WAITING),
    )
    old = [(number, signal.signal(number, stop)) for number, _clock, _limit in clocks]
    before = peak()
    for _number, clock, limit in clocks:
        signal.setitimer(clock, limit)
    try:
        yield
    finally:
        for _number, clock, _limit in clocks:
            signal.setitimer(clock, 0)
        for number, handler in old:
            signal.signal(number, handler)
    if peak() - before > MEMORY:
        raise MemoryError(f"{(peak() - before) // 1_000_000} MB")


def peak() -> int:
    """Return the most bytes that this process ever had in use."""
    import resource  # not on Windows, where the tests of this module do not run

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def try_one(target: str, data: bytes) -> None:
    """Give ``data`` to ``target``; raises whatever is neither a result nor a complaint."""
    with limited(), contextlib.suppress(*ANSWERS):
        TARGETS[target][0](data)


def inputs(target: str, seed: int, rounds: int) -> Iterator[bytes]:
    """Yield ``rounds`` inputs for ``target``, the same ones for the same ``seed``."""
    chance = random.Random(seed)
    seeds = TARGETS[target][1]
    for _ in range(rounds):
        yield mutated(chance.choice(seeds), seeds, chance)

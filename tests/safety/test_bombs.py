"""Small inputs that want all memory, or for ever: each reader ends in time and within bounds.

The system itself sees to it, by ``LIMITS`` of the process that reads: seconds of the
processor, bytes of addresses.  What Word, Excel and CSV files can do is in
``test_costly_files``.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
import pytest

from parplan.journal.record import Evidence
from parplan.plan.document import Basis
from parplan.plan.file import read_plan
from parplan.plan.write import write_plan
from parplan.schedule.rules import In
from tests.helpers.attacks import BY_LIBREOFFICE, FORMS
from tests.helpers.office import lines, made
from tests.helpers.office_files import document, sheet
from tests.helpers.warm import run_warm

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
LIMITS = {"RLIMIT_AS": 1_000_000_000, "RLIMIT_CPU": 20}
PLAN = (ROOT / "plan" / "2025.yaml").read_bytes()
MB = 1_000_000
DRAFTS = [form for form in FORMS["report"] if form not in BY_LIBREOFFICE]


def limited(folder: Path, environment: Mapping[str, str], *words: str) -> tuple[int, str, str]:
    """Return how parplan ends within the limits; it says what is wrong, and never falls over."""
    pytest.importorskip("resource", reason="this system bounds no memory")
    env = {**environment, "PARPLAN_TODAY": "2025-06-20", "PARPLAN_LANG": "en"}
    ended = run_warm(words, folder, env, limits=LIMITS)
    assert ended.returncode in (0, 1, 2), (ended.returncode, ended.stderr[-500:])
    assert "Traceback" not in ended.stderr, ended.stderr[-500:]
    return ended.returncode, ended.stdout, ended.stderr


def laughs(levels: int) -> bytes:
    rows = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"]
    for number in range(1, levels):
        inside = ",".join([f"*a{number - 1}"] * 10)
        rows.append(f"a{number}: &a{number} [{inside}]")
    return "\n".join(rows).encode()


# What stands in a YAML file; the same for the plan, the index and the header of a draft.
YAML: Mapping[str, Callable[[], bytes]] = {
    "laughs": lambda: laughs(12),
    "laughs-of-merges": lambda: b"a: &a {x: 1}\nb: {<<: [*a,*a,*a]}\n",
    "lists": lambda: b"schema: " + b"[" * MB,
    "mappings": lambda: b"{a: " * MB,
    "keys-of-lists": lambda: b"? " * MB,
    "dashes": lambda: b"- " * MB,
    "steps": lambda: b"".join(b" " * n + b"a:\n" for n in range(2_000)),
    "long-text": lambda: b"schema: " + b"x" * 20 * MB,
    "long-key": lambda: b"x" * 5 * MB + b": 1",
    "long-quoted-key": lambda: b'"' + b"x" * 5 * MB + b'": 1',
    "long-number": lambda: b"schema: " + b"9" * 10 * MB,
    "long-decimal": lambda: b"schema: 0." + b"9" * 10 * MB,
    "far-exponent": lambda: b"schema: 1e999999999",
    "octal": lambda: b"schema: 0o" + b"7" * 5 * MB,
    "sexagesimal": lambda: b"schema: " + b"59:" * MB + b"1",
    "many-keys": lambda: b"".join(b"k%d: 1\n" % n for n in range(20_000)),
    "many-items": lambda: b"schema: [" + b"1," * (MB // 5) + b"]",
    "many-documents": lambda: b"---\n" * MB,
    "many-directives": lambda: b"%YAML 1.2\n" * MB,
    "many-tags": lambda: b"%TAG ! tag:x,2000:\n" * MB,
    "many-comments": lambda: b"# x\n" * 5 * MB,
    "escapes": lambda: b'schema: "' + b"\\x41" * 3 * MB + b'"',
    "line-ends": lambda: b"schema: |\n" + b"\n" * 10 * MB + b" x\n",
    "folded": lambda: b"schema: >\n" + b" x\n\n" * 2 * MB,
    "spaces": lambda: b"schema: x" + b" " * 10 * MB + b"y",
    "tabs": lambda: b"\t" * 10 * MB,
    "quotes": lambda: b"schema: '" + b"''" * 5 * MB + b"'",
    "brackets-in-turn": lambda: b"schema: [" + b"[]," * (MB // 5) + b"]",
    "colons": lambda: b"a" + b": " * MB,
    "anchors": lambda: b"schema: [" + b"&a x," * MB + b"]",
    "nul": lambda: b"\0" * 10 * MB,
    "half-a-letter": lambda: b"\xe1\xbb" * 5 * MB,
}


@pytest.mark.parametrize("bomb", YAML)
def test_a_plan_in_yaml(bomb: str, tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "2025.yaml").write_bytes(YAML[bomb]())

    status, out, error = limited(tmp_path, environment, "due")

    assert (status, out) == (2, "")
    assert error.startswith("plan/2025.yaml:")


@pytest.mark.parametrize("bomb", YAML)
def test_an_index_in_yaml(bomb: str, tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "2025.yaml").write_bytes(PLAN)
    (tmp_path / "plan" / "2025.index.yaml").write_bytes(YAML[bomb]())

    status, out, error = limited(tmp_path, environment, "score")

    assert (status, out) == (2, "")
    assert error.startswith("plan/2025.index.yaml:")


@pytest.mark.parametrize("bomb", YAML)
def test_the_header_of_a_draft(bomb: str, tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "2025.yaml").write_bytes(PLAN)
    (tmp_path / "reports").mkdir()
    header = b"---\n" + YAML[bomb]() + b"\n---\nx\n"
    (tmp_path / "reports" / "2025-06.md").write_bytes(header)

    status, out, error = limited(tmp_path, environment, *MONTH, "--docx-only")

    assert (status, out) == (2, "")
    assert error
    assert not (tmp_path / "reports" / "2025-06.docx").exists()


MONTH = ("report", "--month", "6", "--force")

# Long runs of one sign or one word, which a careless pattern reads again from each place: read
# so, each of them takes tens of seconds.  All of them at once, for each outlet and reader.
RUNS = [
    *(" ", "\u3000", "\n", "a", "À", "\u0301", "1", ".", ", ", ";", ":", "/", "\u200d", "😀"),
    *("số 1", "ngày 1", "ngày 1 tháng ", "quý I, ", "năm 2025 ", "của Ban", " và ", "phối hợp "),
]
SIGNS = ["-", "[", "(", "*", "_", "`", "[a](", "![", "<", "<!--", "&", "|", "\\", "> ", "%(a)s"]
SIGNS += ["{", "\u202e", "[cần bổ sung: "]  # each of them is written as several
LONG = [f"a{(sign * 30_000)[:30_000]}b" for sign in RUNS]
LONG += [f"a{(sign * 4_000)[:4_000]}b" for sign in SIGNS]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with a note, a reason and a document for each long run."""
    root = tmp_path_factory.mktemp("office")
    (root / "plan").mkdir()
    (root / "plan" / "2025.yaml").write_bytes(PLAN)
    records = [
        made(
            number,
            "directive",
            ref="8",
            text=text,
            reason=text,
            proposal=text,
            authority=text,
            evidence=(Evidence(number=text),),
        )
        for number, text in enumerate(LONG)
    ]
    late = made(999, "done", "1@2025-05", reason=" ".join(LONG))
    (root / "plan" / "2025.journal.yaml").write_bytes(lines(*records, late))
    return root


@pytest.mark.parametrize(
    "words",
    [
        "show 8", "due --month 6", "status", "evidence", "board -o -", "check",
        *(f"log --format {form}" for form in FORMS["log"]),
        *(f"report --month 6 --format {form} -o x.{form}" for form in DRAFTS),
        *(f"export {form} -o y.{form}" for form in FORMS["export"]),
    ],
)  # fmt: skip
def test_notes_of_long_runs(words: str, office: Path, environment: dict[str, str]) -> None:
    limited(office, environment, *words.split())


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace whose plan has a task for each long run."""
    root = tmp_path_factory.mktemp("planned")
    (root / "plan").mkdir()
    plan = read_plan("", PLAN).value
    assert plan is not None
    task = next(task for _s, task in plan.tasks() if isinstance(task.schedule[0], In))
    tasks = [
        msgspec.structs.replace(
            task,
            id=str(number),
            title=text,
            short=text,
            requirement=text,
            deadline_text=text,
            units=[text],
            supporting=[text],
        )
        for number, text in enumerate(LONG, 1)
    ]
    section = msgspec.structs.replace(plan.sections[0], title=LONG[0], tasks=tasks)
    changed = msgspec.structs.replace(
        plan,
        sections=[section],
        recipients=LONG,
        issuer=" ".join(LONG),
        bases=[Basis(text=text) for text in LONG],
        document=msgspec.structs.replace(plan.document, title=" ".join(LONG)),
    )
    text = write_plan(changed, [], {})
    (root / "plan" / "2025.yaml").write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    "words",
    [
        "due --month 6", "list", "show 4", "check", "status", "board -o -", "new 2026",
        "reminder --format md",
        *(f"document --format {form} -o x.{form}" for form in DRAFTS),
        *(f"export {form} -o y.{form}" for form in FORMS["export"]),
        "amend superior --to X --from 1/7/2025",
    ],
)  # fmt: skip
def test_a_plan_of_long_runs(words: str, planned: Path, environment: dict[str, str]) -> None:
    limited(planned, environment, *words.split())


def office_file(ending: str) -> bytes:
    """Return a plan whose text and table hold long runs, as far as such a file can."""
    texts = [text.replace("\n", " \n"[: 1 + (ending != "docx")]) for text in LONG]
    head = ("STT", "Nhiệm vụ", "Thời gian hoàn thành", "Đơn vị thực hiện")
    rows = [head, *((str(number), text, text, text) for number, text in enumerate(texts, 1))]
    if ending == "csv":
        out = io.StringIO(newline="")
        csv.writer(out).writerows(rows)
        return out.getvalue().encode()
    if ending == "xlsx":
        return sheet(("PL", rows))
    above = (*texts, *(f"Căn cứ {text}" for text in texts), *(f"1. {text}" for text in texts))
    return document("KẾ HOẠCH", *above, rows)


@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv"])
def test_an_office_file_of_long_runs(
    ending: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / f"a.{ending}").write_bytes(office_file(ending))

    limited(tmp_path, environment, "import", f"a.{ending}", "--year", "2026")


def test_a_draft_of_long_runs(tmp_path: Path, environment: dict[str, str]) -> None:
    """As a clerk may write it, unescaped."""
    header = "type: x\nissuer: x\nsymbol: x\nplace: x\ntitle: x\n"
    body = "\n\n".join(LONG)
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "2025.yaml").write_bytes(PLAN)
    (tmp_path / "reports").mkdir()
    draft = tmp_path / "reports" / "2025-06.md"
    draft.write_text(f"---\n{header}---\n{body}\n", encoding="utf-8")

    limited(tmp_path, environment, *MONTH, "--docx-only")


# Numbers of thousands of digits: Python itself refuses to read them.
DIGITS = "9" * 5_000


@pytest.mark.parametrize(
    "words",
    [
        f"due --within {DIGITS}", f"due --month {DIGITS}", f"due --week {DIGITS}",
        f"due --year {DIGITS}", f"due --as-of {DIGITS}", f"due --as-of 1/{DIGITS}/2025",
        f"due 2025-W{DIGITS}", f"due {DIGITS}", f"note 8 x --percent {DIGITS}", f"show {DIGITS}",
        f"new {DIGITS}", f"board --serve --port {DIGITS}", f"undo {DIGITS}", f"diff {DIGITS}",
        f"score set 1.1 --points {DIGITS}", f"explain trước ngày {DIGITS}",
        f"explain trong {DIGITS} ngày", f"import a.csv --year {DIGITS}",
        f"directive 12 --due {DIGITS}", f"amend task 4 --drop --from {DIGITS}",
    ],
    ids=lambda words: words.replace(DIGITS, "N").replace("/", "-"),
)  # fmt: skip
def test_numbers_of_thousands_of_digits(
    words: str, workspace: Path, environment: dict[str, str]
) -> None:
    status, out, error = limited(workspace, environment, *words.split())

    assert status == (1 if words.startswith("explain") else 2)
    assert len(out + error) > 100


def test_a_task_number_of_thousands_of_digits(workspace: Path, environment: dict[str, str]) -> None:
    """What counts on from it does not count it."""
    plan = workspace / "plan" / "2025.yaml"
    plan.write_bytes(PLAN.replace(b'- id: "35"', b'- id: "%s"' % DIGITS.encode()))
    assert DIGITS.encode() in plan.read_bytes()

    words = ("amend", "task", "4", "--deadline", "Tháng 12/2025", "--from", "1/7/2025")
    status, _out, error = limited(workspace, environment, *words)

    assert (status, error) == (0, "")
    assert b'- id: "35"' in plan.read_bytes()  # after 34, the highest that is a number


def test_a_document_number_of_thousands_of_digits(
    workspace: Path, environment: dict[str, str]
) -> None:
    (workspace / "reports").mkdir()
    header = f"type: x\nissuer: x\nsymbol: x\nplace: x\ntitle: x\nnumber: '{DIGITS}'\n"
    draft = workspace / "reports" / "2025-06.md"
    draft.write_text(f"---\n{header}---\nx\n", encoding="utf-8")

    assert limited(workspace, environment, *MONTH, "--docx-only")[0] == 0


@pytest.mark.parametrize("length", [10**9, 10**12, 2**62, 2**64 - 1])
def test_a_kept_plan_that_claims_to_be_huge_is_read_anew(
    length: int, workspace: Path, environment: dict[str, str]
) -> None:
    whole = limited(workspace, environment, "due", "--month", "6")
    cached = workspace / ".parplan" / "2025.plan"
    data = cached.read_bytes()
    start = data.index(b"\n") + 1
    for place in range(4):  # the lengths of its parts, and their sum
        at = start + 8 * place
        cached.write_bytes(data[:at] + length.to_bytes(8, "big") + data[at + 8 :])

        assert limited(workspace, environment, "due", "--month", "6") == whole


# What stands in a journal; the other records still count.
JOURNAL: Mapping[str, Callable[[], bytes]] = {
    "lists": lambda: b"[" * MB,
    "records": lambda: b'- {"id":' * MB,
    "evidence": lambda: b'- {"id":"x","evidence":' + b"[" * MB + b"]" * MB + b"}",
    "blocks": lambda: b"".join(b"-\n" + b"  id: x\n" * 3 for _ in range(20_000)),
    "dashes": lambda: b"- " * MB,
    "long-line": lambda: b'- {"id":"' + b"x" * 20 * MB + b'"}',
    "open-line": lambda: b'- {"id":"' + b"x" * 20 * MB,
    "long-number": lambda: b'- {"id":"x","percent":' + b"9" * 5 * MB + b"}",
    "far-exponent": lambda: b'- {"id":"x","percent":1e999999999}',
    "far-decimal": lambda: b'- {"id":"x","points":"1e999999999"}',
    "many-keys": lambda: b"- {" + b",".join(b'"k%d":1' % n for n in range(300_000)) + b"}",
    "line-ends": lambda: b"\n" * 20 * MB,
    "indented": lambda: b"- id: x\n" + b"  # x\n" * MB,
    "markers": lambda: b"<<<<<<< a\n=======\n>>>>>>> b\n" * 20_000,
    "nul": lambda: b"\0" * 20 * MB,
    "laughs": lambda: laughs(12),
}


@pytest.mark.parametrize("bomb", JOURNAL)
def test_a_journal(bomb: str, workspace: Path, environment: dict[str, str]) -> None:
    good = lines(made(1, text="vẫn đọc được"))
    journal = workspace / "plan" / "2025.journal.yaml"
    journal.write_bytes(good + JOURNAL[bomb]() + b"\n" + lines(made(2)))

    status, out, _said = limited(workspace, environment, "log")

    assert status == 0
    assert "vẫn đọc được" in out


def test_too_little_memory_is_told(workspace: Path, environment: dict[str, str]) -> None:
    few = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_DATA, ({60 * MB}, {60 * MB}))
from parplan.cli.app import main
main(sys.argv[1:])
"""
    (workspace / "plan" / "2025.journal.yaml").write_bytes(b"x" * 100 * MB)
    pytest.importorskip("resource", reason="this system bounds no memory")

    ended = subprocess.run(
        [sys.executable, "-c", few, "log", "--lang", "en"],
        cwd=workspace,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    expected = "parplan: there is not enough memory for this\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", expected)

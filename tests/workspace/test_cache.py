"""A plan that was kept is the plan that would be read: the same answers, or none from it."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parplan.agenda import items as agenda
from parplan.plan import model
from parplan.plan.document import Appendix, Basis, Clause, Document, Signer
from parplan.plan.file import read_plan
from parplan.plan.model import Plan, Task
from parplan.schedule import periods
from parplan.schedule.rules import AnyRule, Continuous, Days, Every, In, Occurrence, On, OnDirective
from parplan.workspace import files
from parplan.workspace.cache import _KINDS, DamagedCache, decode_plan, encode_plan
from parplan.workspace.workspace import Workspace
from tests.conftest import Run
from tests.helpers.office import lines, made
from tests.helpers.rules import ENTRIES, read_rule
from tests.helpers.running import ROOT, clean_environment, run_here

PLAN = ROOT / "plan" / "2025.yaml"
KEPT = ".parplan/2025.plan"
SEEN = PLAN.stat()

words = st.text("aăâđêôơưABCĐế 0129–\"'#:{}[]-,%", min_size=1, max_size=12).map(str.strip)
named = words.filter(bool)
days = st.dates(dt.date(2025, 1, 1), dt.date(2025, 12, 31))
day_numbers = st.integers(1, 31)
rules = st.one_of(
    st.builds(
        Every,
        every=st.sampled_from(("month", "quarter", "half", "9-months", "year")),
        before=st.none() | day_numbers,
        label=words,
    ),
    st.builds(
        Every,
        every=st.just("month"),
        by=st.integers(1, 15),
        count=st.just("working-days"),
        of=st.none() | st.just("next-month"),
    ),
    st.builds(lambda numbers: Days(tuple(sorted(numbers))), st.sets(day_numbers, min_size=2)),
    st.just(Days((2, 4), of="week")),
    st.builds(In, in_=st.sampled_from(("2025", "2025-06", "2025-Q2", "2025-H1"))),
    st.builds(On, by=days, label=words),
    st.just(Continuous(True)),
    st.builds(OnDirective, on_directive=named, within=st.none() | st.just("20 days")),
)
targets = st.builds(
    model.Target,
    at_least=st.none() | st.decimals(0, 100, places=1),
    unit=st.sampled_from(("", "%", "lần")),
    per=st.none() | st.just("year"),
)
units = st.sampled_from(("Văn phòng", "Tư pháp", "tai-chinh"))
tasks = st.builds(
    Task,
    id=st.sampled_from([*map(str, range(1, 30)), "II.1", "4a"]),
    title=named,
    schedule=st.lists(rules, min_size=1, max_size=2),
    short=words,
    requirement=words,
    target=st.none() | targets,
    deadline_text=words,
    units=st.lists(units, max_size=2, unique=True),
    supporting=st.lists(units, max_size=1),
    from_=st.none() | days,
    until=st.none() | days,
    by=words,
    replaces=words,
    handed_over=st.lists(
        st.builds(model.Handover, from_=days, units=st.lists(units, min_size=1, max_size=1)),
        max_size=1,
    ),
)
plans = st.builds(
    Plan,
    schema=st.just(1),
    year=st.just(2025),
    document=st.builds(
        Document, type=named, symbol=named, title=named, place=named, date=st.just("2025")
    ),
    issuer=named,
    effective_from=days,
    sections=st.lists(
        st.builds(
            model.Section,
            id=st.sampled_from(("I", "II", "III")),
            title=named,
            tasks=st.lists(tasks, max_size=6),
        ),
        max_size=3,
    ),
    superior=st.lists(st.builds(model.Dated, name=named, from_=st.none() | days), max_size=2),
    bases=st.lists(st.builds(Basis, text=named, date=st.none() | days), max_size=1),
    text=st.lists(
        st.builds(
            Clause,
            number=words,
            items=st.lists(st.builds(Clause, points=st.lists(named, max_size=2)), max_size=1),
        ),
        max_size=1,
    ),
    signer=st.none() | st.builds(Signer, position=named),
    appendix=st.none() | st.builds(Appendix, title=named),
    units=st.just(
        [
            model.Unit(
                id="van-phong", name="Văn phòng", until=dt.date(2025, 6, 30), successor="tu-phap"
            ),
            model.Unit(id="tu-phap", name="Tư pháp", aliases=["Hộ tịch"]),
        ]
    ),
    calendar=st.builds(
        model.Calendar, holidays=st.lists(st.builds(model.Holiday, date=days), max_size=2)
    ),
    reporting=st.just(
        [
            model.Reporting(
                every="month",
                name="Báo cáo tháng",
                before=10,
                serves=[model.Serves(task="4", every=["month"])],
            )
        ]
    ),
)


def as_yaml(plan: Plan) -> bytes:
    """Return a file with ``plan`` in it: JSON is YAML too."""
    data = msgspec.to_builtins(plan)
    for section in data["sections"]:
        for task in section["tasks"]:
            for rule in task["schedule"]:
                del rule["rule"]
                for key in [key for key, value in rule.items() if value is None]:
                    del rule[key]
    return msgspec.json.encode(data)


def kept(plan: Plan, source: bytes) -> bytes:
    return encode_plan(plan, source, SEEN)


def taken(data: bytes, source: bytes) -> Plan:
    return decode_plan(data, source, SEEN)


def read(source: bytes) -> Plan:
    reading = read_plan("plan/2025.yaml", source)
    assert reading.value is not None, reading.problems
    return reading.value


@given(plans)
def test_what_is_kept_is_the_plan(plan: Plan) -> None:
    source = as_yaml(plan)
    plan = read(source)
    data = kept(plan, source)

    assert taken(data, source) == plan


def test_the_sample_plan_is_kept_whole() -> None:
    source = PLAN.read_bytes()
    plan = read(source)

    assert taken(kept(plan, source), source) == plan


def test_every_type_of_the_model_is_known() -> None:
    """A field more or less in any of them makes another cache."""
    kinds: set[type] = set()

    def look(kind: Any) -> None:
        if isinstance(kind, msgspec.inspect.StructType) and kind.cls not in kinds:
            kinds.add(kind.cls)
            for field in kind.fields:
                look(field.type)
        inside = (getattr(kind, "item_type", None), getattr(kind, "type", None))
        for inner in (*getattr(kind, "types", ()), *inside):
            if inner is not None:
                look(inner)

    look(msgspec.inspect.type_info(Plan))

    assert kinds <= set(_KINDS)


def test_every_kind_of_rule_is_kept() -> None:
    source = PLAN.read_bytes()
    plan = read(source)
    plan.sections[0].tasks[0].schedule[:] = map(read_rule, ENTRIES.values())

    assert taken(kept(plan, source), source) == plan


@pytest.mark.parametrize("change", ["longer", "shorter", "other"])
def test_other_bytes_are_another_plan(change: str) -> None:
    source = PLAN.read_bytes()
    changed = {"longer": source + b" ", "shorter": source[:-1], "other": b"\t" + source[1:]}

    with pytest.raises(DamagedCache):
        taken(kept(read(source), source), changed[change])


def test_no_damage_goes_unseen() -> None:
    """Cut off anywhere, or with a byte changed anywhere, it is the same plan or none."""
    source = PLAN.read_bytes()
    plan = read(source)
    data = kept(plan, source)
    for place in range(0, len(data), 97):
        with pytest.raises(DamagedCache):
            taken(data[:place], source)
        spoilt = data[:place] + bytes([data[place] ^ 0x41]) + data[place + 1 :]
        with pytest.raises(DamagedCache):
            taken(spoilt, source)


@given(st.binary(max_size=200))
def test_foreign_bytes_are_no_plan(data: bytes) -> None:
    mark = kept(read(PLAN.read_bytes()), b"").partition(b"\n")[0] + b"\n"
    for whole in (data, mark + data, mark + bytes(8) + data):
        with pytest.raises(DamagedCache):
            taken(whole, b"")


def test_a_plan_of_another_version_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    source = PLAN.read_bytes()
    plan = read(source)
    with monkeypatch.context() as patch:
        patch.setattr("parplan.workspace.cache.__version__", "99.0")
        later = kept(plan, source)

    with pytest.raises(DamagedCache):
        taken(later, source)


COMMANDS = (
    ("due", "--month", "6"),
    ("due", "2025", "--all", "--as-of", "2025-09-01", "--format", "json"),
    ("due", "--quarter", "2", "--unit", "tu phap", "--format", "csv"),
    ("due", "--month", "11", "--all", "--lang", "en"),
    ("list",),
    ("list", "--section", "I", "--format", "json"),
    ("show", "4"),
    ("show", "1", "--format", "json"),
    ("check",),
    ("report", "--month", "6", "--format", "md", "-o", "-", "--as-of", "2025-06-20"),
    ("note", "999", "x"),
    ("note", "4@2031-01", "x"),
    ("done", "1"),
    ("reopen", "II.1"),
)


def said(folder: Path, *args: str) -> tuple[str, str, int]:
    """Return what a command prints and how it ends."""
    words = [args[0], "--dir", str(folder), "--as-of", "2025-06-20", *args[1:]]
    end = run_here(words, folder, clean_environment())
    return re.sub(r"^Đã ghi \w+", "Đã ghi", end.stdout), end.stderr, end.returncode


@contextlib.contextmanager
def office(source: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "plan").mkdir()
        (root / "plan" / "2025.yaml").write_bytes(source)
        yield root


def answers(root: Path, cold: bool) -> list[object]:
    results: list[object] = []
    for command in COMMANDS:
        if cold:
            shutil.rmtree(root / ".parplan", ignore_errors=True)
        journal = root / "plan" / "2025.journal.yaml"
        before = journal.read_bytes()
        results.append((command, *said(root, *command)))
        journal.write_bytes(before)
    return results


@pytest.mark.slow
@settings(max_examples=20)
@given(plans)
def test_every_command_says_the_same_without_the_kept_plan(plan: Plan) -> None:
    with office(as_yaml(plan)) as root:
        (root / "plan" / "2025.journal.yaml").write_bytes(
            lines(made(1, ref="4@2025-06"), made(2, "done", ref="1@2025-Q2"), made(3, ref="II.1"))
        )
        cold = answers(root, cold=True)
        answers(root, cold=False)

        assert (root / KEPT).is_file()
        assert answers(root, cold=False) == cold


def test_a_kept_plan_spares_the_yaml(run: Run, workspace: Path) -> None:
    """PyYAML is imported by the first command and by no later one."""
    watch = (
        "import sys; from parplan.cli.app import main\n"
        "try: main(['due', '--month', '6'])\n"
        "except SystemExit: print('yaml' in sys.modules)"
    )

    def imported() -> str:
        done = subprocess.run(
            [sys.executable, "-c", watch],
            cwd=workspace,
            capture_output=True,
            encoding="utf-8",
            check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        return done.stdout.splitlines()[-1]

    assert (imported(), imported()) == ("True", "False")


def test_an_edit_within_the_same_second_is_seen(run: Run, workspace: Path) -> None:
    path = workspace / "plan" / "2025.yaml"
    run("due", "--month", "6")
    before = path.stat()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("in: 2025-08", "in: 2025-06"), encoding="utf-8", newline="\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert path.stat().st_size == before.st_size
    assert "6@2025-06" in run("due", "--month", "6").stdout


def test_a_kept_plan_that_was_made_elsewhere_is_not_believed(run: Run, workspace: Path) -> None:
    """In a folder that came as an archive or with git: right in everything but what it says."""
    plan = workspace / "plan" / "2025.yaml"
    asked = run("due", "--month", "6", "--as-of", "2025-06-10").stdout
    source = plan.read_bytes()
    other = read_plan("", source.replace(b"before: 25", b"before: 29")).value
    assert other is not None
    other_file = workspace / "elsewhere.yaml"
    other_file.write_bytes(source)
    forged = encode_plan(other, source, other_file.stat())
    (workspace / KEPT).write_bytes(forged)

    assert run("due", "--month", "6", "--as-of", "2025-06-10").stdout == asked
    assert (workspace / KEPT).read_bytes() != forged

    os.chmod(plan, 0o600)  # noqa: PTH101  # changed in a way: read once more, and kept again
    assert run("due", "--month", "6", "--as-of", "2025-06-10").stdout == asked


def test_a_faulty_plan_is_never_kept(run: Run, workspace: Path) -> None:
    path = workspace / "plan" / "2025.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "nonsense: 1\n", encoding="utf-8")

    first, second = run("due"), run("due")

    assert first.returncode == second.returncode == 2
    assert first.stderr == second.stderr != ""
    assert not (workspace / KEPT).exists()


def _folder(path: Path) -> None:
    path.mkdir(parents=True)


def _link_to_itself(path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to(path.name)


def _pipe(path: Path) -> None:
    path.parent.mkdir()
    os.mkfifo(path)


def _file_in_place_of_the_folder(path: Path) -> None:
    path.parent.write_bytes(b"")


def _nonsense(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(os.urandom(5000))


@pytest.mark.posix(reason="Windows has neither such links nor such pipes")
@pytest.mark.parametrize(
    "spoil", [_folder, _link_to_itself, _pipe, _file_in_place_of_the_folder, _nonsense]
)
def test_whatever_stands_in_its_place_is_ignored(
    run: Run, workspace: Path, spoil: Callable[[Path], None]
) -> None:
    expected = run("due", "--month", "6", env={"PARPLAN_TODAY": "2025-06-20"})
    shutil.rmtree(workspace / ".parplan")
    spoil(workspace / KEPT)

    result = run("due", "--month", "6", env={"PARPLAN_TODAY": "2025-06-20"})

    assert (result.stdout, result.stderr, result.returncode) == (expected.stdout, "", 0)


def test_a_workspace_that_cannot_be_written_is_followed(run: Run, workspace: Path) -> None:
    """For root no folder is read-only: there the next test stands for it."""
    expected = run("due", "--month", "6").stdout
    shutil.rmtree(workspace / ".parplan")
    with contextlib.ExitStack() as stack:
        workspace.chmod(0o555)
        stack.callback(workspace.chmod, 0o755)
        result = run("due", "--month", "6")

    assert (result.stdout, result.stderr) == (expected, "")


def test_a_full_disk_is_no_fault(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "temporary", full)

    assert Workspace(workspace).read_plan(2025).value == read(PLAN.read_bytes())
    assert not (workspace / KEPT).exists()


def test_two_processes_may_race(workspace: Path, environment: Mapping[str, str], run: Run) -> None:
    """Each removes what the other keeps, over and over: both say the same all the time."""
    expected = run("due", "--month", "6", env={"PARPLAN_TODAY": "2025-06-20"}).stdout
    race = (
        "import contextlib, pathlib; from parplan.workspace.workspace import Workspace\n"
        "office = Workspace(pathlib.Path.cwd())\n"
        "plans = []\n"
        "for number in range(40):\n"
        "    with contextlib.suppress(PermissionError):  # on Windows the other has it open\n"
        "        if number % 3 == 0: pathlib.Path('.parplan/2025.plan').unlink(missing_ok=True)\n"
        "    plans.append(office.read_plan(2025).value)\n"
        "assert all(plan == plans[0] for plan in plans)\n"
    )
    racing = [
        subprocess.Popen(
            [sys.executable, "-c", race], cwd=workspace, env=environment, stderr=subprocess.PIPE
        )
        for _number in range(2)
    ]

    assert [process.communicate()[1] for process in racing] == [b"", b""]
    assert run("due", "--month", "6", env={"PARPLAN_TODAY": "2025-06-20"}).stdout == expected
    assert {path.name for path in (workspace / ".parplan").iterdir()} == {".gitignore", "2025.plan"}


def test_the_agenda_works_out_each_schedule_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rules: list[list[AnyRule]] = [[In("2025-06")], [Every("month")]]
    tasks = [Task(str(n), "Việc", rules[n % 2]) for n in range(1000)]
    section = model.Section("I", "Một", tasks)
    plan = msgspec.structs.replace(read(PLAN.read_bytes()), sections=[section])
    asked: list[Task] = []
    occurrences = Plan.occurrences

    def counted(self: Plan, task: Task) -> list[Occurrence]:
        asked.append(task)
        return occurrences(self, task)

    monkeypatch.setattr(Plan, "occurrences", counted)
    items = agenda.agenda(plan, {}, periods.month(2025, 6), dt.date(2025, 6, 1))

    assert len(asked) == 2
    # June for all; March to May, overdue, for those that recur.
    assert len({item.occurrence.ref for item in items.items}) == 1000 + 500 * 3


def test_decimals_stay_exact() -> None:
    plan = read(PLAN.read_bytes())
    target = model.Target(at_least=Decimal("98.50"))
    row = Task("1", "Việc", [], target=target)
    plan = msgspec.structs.replace(plan, sections=[model.Section("I", "Một", [row])])

    ((_section, task),) = taken(kept(plan, b""), b"").tasks()

    assert task.target is not None
    assert str(task.target.at_least) == "98.50"

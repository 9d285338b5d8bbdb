"""Branches that both record progress are merged by real git, and every record is there once."""

from __future__ import annotations

import datetime as dt
import random
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from parplan.journal.file import Journal, read_journal, without_markers
from parplan.journal.record import Kind, Record
from tests.helpers.office import JOURNAL, MORNING, Office, lines, made
from tests.helpers.running import PATIENCE

pytestmark = pytest.mark.slow

PLAN = "plan/2025.yaml"
PLAN_TEXT = (Path(__file__).parents[2] / PLAN).read_text(encoding="utf-8")
REFS = ("4@2025-06", "4@2025-11", "8", "9@2025", "1@2025-06")
KINDS: tuple[Kind, ...] = ("note", "note", "note", "start", "done", "pause", "reopen")
# Lines of the plan that stand far apart, so that git sees two edits and no conflict.
EDITS = (
    ("issuer: UBND phường Phú La\n", "issuer: UBND phường Hà Đông\n"),
    (
        "Tháng 8/2025\n        schedule:\n          - {in: 2025-08}",
        "Tháng 9/2025\n        schedule:\n          - {in: 2025-09}",
    ),
    ("name: Phan Cao Đăng", "name: Nguyễn Văn A"),
)
QUICK = ("-c", "core.fsync=none", "-c", "gc.auto=0", "-c", "maintenance.auto=false")


class History(msgspec.Struct):
    """A base and branches of it: the journal's bytes, the plan's text, the records of each."""

    base: bytes
    branches: list[list[tuple[bytes, str]]]
    records: list[Record]

    def plan(self) -> str:
        """Return the plan with the edits of all branches."""
        text = PLAN_TEXT
        for (old, new), branch in zip(EDITS, self.branches, strict=False):
            if branch[-1][1] != PLAN_TEXT:
                text = text.replace(old, new)
        return text


def appended(data: bytes, record: Record) -> bytes:
    """Return ``data`` with ``record`` after it, as ``Workspace.append`` writes it."""
    return data + (b"\n" if data and not data.endswith(b"\n") else b"") + lines(record)


def invent(chance: random.Random, branches: int = 2) -> History:
    """Return a history of ``branches`` that each append; the second also undoes and edits."""
    numbers = iter(range(1, 1000))

    def step(known: Sequence[Record]) -> Record:
        number = next(numbers)
        at = MORNING + dt.timedelta(minutes=number + chance.randrange(-20, 20))  # clocks differ
        ref = chance.choice(REFS)
        if known and chance.random() < 0.25:
            wanted = chance.choice(known)
            return made(number, "undo", wanted.ref, retracts=wanted.id, at=at)
        text = "dòng một\ndòng hai" * chance.randrange(3)
        return made(number, chance.choice(KINDS), ref, text=text, at=at)

    base: list[Record] = []
    for _ in range(chance.randrange(7)):
        base.append(step(base))
    data = lines(*base)
    if chance.random() < 0.2:
        data = data.rstrip(b"\n")  # an editor left it so
    found = list(base)
    drawn = []
    for number in range(branches):
        own, branch, plan = data, [], PLAN_TEXT
        known = base if number == 1 else []
        for _ in range(chance.randrange(1, 4)):
            for _ in range(chance.randrange(1, 4)):
                record = step(known)
                own = appended(own, record)
                found.append(record)
                known = [*known, record]
            if number == 1 or chance.random() < 0.3:
                plan = PLAN_TEXT.replace(*EDITS[number])
            branch.append((own, plan))
        drawn.append(branch)
    return History(data, drawn, found)


class Repository:
    """A repository with histories, made in one go: ``h0-base``, ``h0-0``, ``h0-1``, …"""

    def __init__(
        self, root: Path, office: Office, attributes: bytes, histories: Sequence[History]
    ) -> None:
        self.root = root
        self.env = office.env
        office.git("version")  # skips where there is none
        self.git("init", "--quiet")
        stream = b"".join(self._stream(attributes, histories))
        subprocess.run(
            ["git", *QUICK, "fast-import", "--quiet"],
            cwd=root,
            env=self.env,
            input=stream,
            check=True,
            timeout=PATIENCE,
        )

    def _stream(self, attributes: bytes, histories: Sequence[History]) -> Iterator[bytes]:
        for number, history in enumerate(histories):
            base = f"h{number}-base"
            files = {".gitattributes": attributes, PLAN: PLAN_TEXT.encode(), JOURNAL: history.base}
            yield _commit(base, None, {name: data for name, data in files.items() if data})
            for index, branch in enumerate(history.branches):
                parent = base
                for data, plan in branch:
                    name = f"h{number}-{index}"
                    yield _commit(name, parent, {JOURNAL: data, PLAN: plan.encode()})
                    parent = name

    def git(self, *args: str) -> str:
        """Return what git prints; raises CalledProcessError where it fails."""
        return subprocess.run(
            ["git", *QUICK, *args],
            cwd=self.root,
            env=self.env,
            capture_output=True,
            encoding="utf-8",
            check=True,
            timeout=PATIENCE,
        ).stdout

    def found(self) -> Journal:
        """Return what the journal of the work tree holds."""
        return read_journal(JOURNAL, (self.root / JOURNAL).read_bytes())

    def plan(self) -> str:
        """Return the plan of the work tree."""
        return (self.root / PLAN).read_text(encoding="utf-8")


def _commit(branch: str, parent: str | None, files: dict[str, bytes]) -> bytes:
    parts = [
        f"commit refs/heads/{branch}\ncommitter A <a@example.org> 1750000000 +0700\ndata 1\nx\n"
    ]
    if parent is not None and parent != branch:
        parts.append(f"from refs/heads/{parent}\n")
    out = "".join(parts).encode()
    for name, data in files.items():
        out += f"M 100644 inline {name}\ndata {len(data)}\n".encode() + data + b"\n"
    return out + b"\n"


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    return Office(workspace, environment)


@pytest.fixture
def attributes(office: Office) -> bytes:
    """Return the ``.gitattributes`` that ``init`` writes."""
    office.say("init", "--no-git")
    return (office.root / ".gitattributes").read_bytes()


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("repository")


def assert_whole(history: History, repository: Repository) -> None:
    """Fail unless every record is there once, in order, and every edit of the plan."""
    expected = sorted(history.records, key=lambda one: (one.at, one.id))
    found = repository.found()
    assert found.problems == []
    assert found.records == expected
    written = (repository.root / JOURNAL).read_bytes()
    assert sorted(written.splitlines()) == sorted(lines(*expected).splitlines())
    assert repository.plan() == history.plan()


@pytest.mark.parametrize("seed", range(8))
def test_two_branches_merged(seed: int, place: Path, office: Office, attributes: bytes) -> None:
    chance = random.Random(seed)
    histories = [invent(chance) for _ in range(25)]
    repository = Repository(place, office, attributes, histories)

    for number, history in enumerate(histories):
        ours, theirs = (f"h{number}-{index}" for index in chance.sample([0, 1], 2))
        repository.git("checkout", "--quiet", "--force", ours)
        repository.git("merge", "--quiet", "--no-edit", theirs)
        assert_whole(history, repository)


@pytest.mark.parametrize("backend", ["--merge", "--apply"])
@pytest.mark.parametrize("seed", range(2))
def test_one_branch_rebased_on_the_other(
    seed: int, backend: str, place: Path, office: Office, attributes: bytes
) -> None:
    chance = random.Random(100 + seed)
    histories = [invent(chance) for _ in range(15)]
    repository = Repository(place, office, attributes, histories)

    for number, history in enumerate(histories):
        ours, theirs = (f"h{number}-{index}" for index in chance.sample([0, 1], 2))
        repository.git("checkout", "--quiet", "--force", ours)
        repository.git("rebase", "--quiet", backend, theirs)
        assert_whole(history, repository)


@pytest.mark.parametrize("seed", range(2))
def test_three_branches_merged_one_after_the_other(
    seed: int, place: Path, office: Office, attributes: bytes
) -> None:
    chance = random.Random(200 + seed)
    histories = [invent(chance, branches=3) for _ in range(20)]
    repository = Repository(place, office, attributes, histories)

    for number, history in enumerate(histories):
        first, *others = (f"h{number}-{index}" for index in chance.sample([0, 1, 2], 3))
        repository.git("checkout", "--quiet", "--force", first)
        for other in others:
            repository.git("merge", "--quiet", "--no-edit", other)
        assert_whole(history, repository)


def test_three_branches_merged_at_once(place: Path, office: Office, attributes: bytes) -> None:
    """Git's octopus knows no union: it may refuse, but it must not half do it."""
    chance = random.Random(300)
    histories = [invent(chance, branches=3) for _ in range(10)]
    repository = Repository(place, office, attributes, histories)

    for number, history in enumerate(histories):
        first, *others = (f"h{number}-{index}" for index in range(3))
        repository.git("checkout", "--quiet", "--force", first)
        try:
            repository.git("merge", "--quiet", "--no-edit", *others)
        except subprocess.CalledProcessError:
            repository.git("reset", "--quiet", "--hard")
            assert repository.found().records == sorted(
                read_journal(JOURNAL, history.branches[0][-1][0]).records,
                key=lambda one: (one.at, one.id),
            )
        else:
            assert_whole(history, repository)


def test_branches_that_merged_each_other_before(
    place: Path, office: Office, attributes: bytes
) -> None:
    """A criss-cross: each takes the other's half, goes on, and they meet again."""
    chance = random.Random(400)
    histories = [invent(chance) for _ in range(10)]
    repository = Repository(place, office, attributes, histories)

    for number, history in enumerate(histories):
        ours, theirs = f"h{number}-0", f"h{number}-1"
        repository.git("branch", "half", theirs)
        for branch, other in ((ours, theirs), ("half", ours + "~1"), ("half", ours)):
            repository.git("checkout", "--quiet", "--force", branch)
            repository.git("merge", "--quiet", "--no-edit", other)
            data = appended(
                (place / JOURNAL).read_bytes(), extra := made(900 + len(history.records))
            )
            (place / JOURNAL).write_bytes(data)
            repository.git("commit", "--quiet", "-am", "x")
            history.records.append(extra)
        assert_whole(history, repository)
        repository.git("checkout", "--quiet", "--force", "--detach")
        repository.git("branch", "-D", "half")


def test_a_record_picked_to_another_branch_counts_once(
    place: Path, office: Office, attributes: bytes
) -> None:
    chance = random.Random(500)
    histories = [invent(chance) for _ in range(10)]
    repository = Repository(place, office, attributes, histories)

    for number, history in enumerate(histories):
        repository.git("checkout", "--quiet", "--force", f"h{number}-0")
        repository.git("cherry-pick", f"h{number}-base..h{number}-1")
        repository.git("merge", "--quiet", "--no-edit", f"h{number}-1")

        found = repository.found()
        assert found.problems == []
        assert found.records == sorted(history.records, key=lambda one: (one.at, one.id))


def test_a_merged_workspace_is_right_to_parplan(
    place: Path, office: Office, attributes: bytes
) -> None:
    history = invent(random.Random(600))
    repository = Repository(place, office, attributes, [history])
    repository.git("checkout", "--quiet", "--force", "h0-0")
    repository.git("merge", "--quiet", "--no-edit", "h0-1")

    there = Office(place, office.env)

    assert there.say("check", env={"PARPLAN_LANG": "en"}) == (
        "plan/2025.yaml: no mistakes\nplan/2025.journal.yaml: no mistakes\n"
    )
    assert len(there.items("log")) == len(history.records)
    there.say("note", "8", "x")
    assert len(there.records()) == len(history.records) + 1


# A server that merges without the attribute.

STYLES = ["merge", "diff3", "zdiff3"]
MARKERS = (b"<" * 7, b"|" * 7, b"=" * 7, b">" * 7)


def conflicted(repository: Repository, style: str, ours: str, theirs: str) -> None:
    repository.git("checkout", "--quiet", "--force", ours)
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("-c", f"merge.conflictStyle={style}", "merge", "--quiet", theirs)


@pytest.mark.parametrize("style", STYLES)
def test_conflicts_are_joined_and_nothing_is_lost(style: str, place: Path, office: Office) -> None:
    chance = random.Random(700)
    histories = [invent(chance) for _ in range(25)]
    repository = Repository(place, office, b"", histories)

    for number, history in enumerate(histories):
        conflicted(repository, style, f"h{number}-0", f"h{number}-1")
        before = repository.found()
        data = without_markers((place / JOURNAL).read_bytes())

        joined = read_journal(JOURNAL, data)
        expected = sorted(history.records, key=lambda one: (one.at, one.id))
        assert {problem.code for problem in before.problems} == {"conflict"}
        assert before.records == expected  # no record waits for the conflict to be solved
        assert (joined.records, joined.problems) == (expected, [])


@pytest.mark.parametrize("style", STYLES)
def test_check_says_where_a_conflict_is_and_joins_both_sides(
    style: str, place: Path, office: Office
) -> None:
    history = invent(random.Random(800))
    repository = Repository(place, office, b"", [history])
    conflicted(repository, style, "h0-0", "h0-1")
    there = Office(place, {**office.env, "PARPLAN_LANG": "en"})
    data = there.journal.read_bytes().split(b"\n")
    markers = [number for number, line in enumerate(data, 1) if line[:7] in MARKERS]

    checked = there.run("check", env={"PARPLAN_LANG": "en"})
    fixed = there.run("check", "--fix-journal", env={"PARPLAN_LANG": "en"})
    again = there.run("check", "--fix-journal", env={"PARPLAN_LANG": "en"})

    assert checked.returncode == 1
    assert checked.stderr.splitlines() == [
        f"{JOURNAL}:{line}:1: git left a conflict here; "
        "'parplan check --fix-journal' keeps both sides [conflict]"
        for line in markers
    ]
    assert (fixed.returncode, fixed.stderr) == (0, "")
    assert fixed.stdout.startswith(f"{JOURNAL}: both sides kept; now 'git add' it\n")
    assert again.stdout == fixed.stdout.partition("\n")[2]
    assert there.records() == sorted(history.records, key=lambda one: (one.at, one.id))
    assert not list(there.journal.parent.glob(".*"))  # no temporary file is left
    repository.git("add", JOURNAL)
    repository.git("commit", "--quiet", "--no-edit")


def test_a_note_made_in_the_middle_of_a_conflict_is_kept(place: Path, office: Office) -> None:
    history = invent(random.Random(900))
    repository = Repository(place, office, b"", [history])
    conflicted(repository, "merge", "h0-0", "h0-1")
    there = Office(place, office.env)

    noted = there.run("note", "8", "giữa chừng")
    fixed = there.run("check", "--fix-journal")

    assert (noted.returncode, fixed.returncode) == (0, 0)
    assert len(there.records()) == len(history.records) + 1
    assert there.last().text == "giữa chừng"

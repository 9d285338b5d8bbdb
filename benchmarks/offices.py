"""What would the communes of a country look like, each with its plan and its journal?

``python -m benchmarks.offices --offices 3321 FOLDER`` makes workspaces, some in the folder of a
province each.  The offices follow one plan of the district above them, each in its own name;
the same numbers give the same bytes every time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks.generate import YEAR, plan, progress, references
from parplan.journal.file import to_line
from parplan.journal.record import Done, Note, Record

OFFICES = 3321
"""The communes, wards and special zones of the country since July 2025."""

_A_PROVINCE = 97
_DONE_BY_PER_CENT = 8


def write_offices(folder: Path, offices: int, tasks: int, records: int) -> None:
    """Make workspaces below ``folder``, which is not there yet."""
    text = "".join(plan(tasks))
    among = references(tasks)
    records_of_all = list(progress(records, among))
    for number in range(offices):
        place = folder / f"tinh-{number // _A_PROVINCE + 1:02}" / f"xa-{number + 1:04}" / "plan"
        place.mkdir(parents=True)
        named = text.replace("phường Phú La", f"xã số {number + 1}")
        (place / f"{YEAR}.yaml").write_text(named, encoding="utf-8", newline="\n")
        lines = map(to_line, _of_office(records_of_all, number))
        path = place / f"{YEAR}.journal.yaml"
        path.write_text("".join(lines), encoding="utf-8", newline="\n")


def _of_office(records: list[Record], number: int) -> Iterator[Record]:
    """Yield the records of an office: its own ids and days, and its own share that finish work."""
    drawn = random.Random(number)
    share = drawn.randrange(2, 2 * _DONE_BY_PER_CENT)
    finished: set[str] = set()
    for record in records:
        at = record.at + dt.timedelta(minutes=drawn.randrange(600))
        own = msgspec.structs.replace(record, id=f"{drawn.getrandbits(48):012x}", at=at)
        finishes = drawn.randrange(100) < share and isinstance(own, Note) and own.period
        if finishes and own.ref not in finished:
            finished.add(own.ref)
            fields = {name: getattr(own, name) for name in own.__struct_fields__}
            own = Done(**fields)
        yield own


def main() -> None:
    """Make the workspaces that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.offices")
    parser.add_argument("--offices", type=int, default=OFFICES)
    parser.add_argument("--tasks", type=int, default=35)
    parser.add_argument("--records", type=int, default=500)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    write_offices(options.folder, options.offices, options.tasks, options.records)


if __name__ == "__main__":
    main()

"""What do many offices come to?

The same section, unit or task of several offices is one: units and sections by their names,
tasks by number and wording, for offices issue the plan of the district in their own name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from parplan.rollup.figures import Figures, total
from parplan.rollup.tally import Late, OfficeRow, OfficeTally, TallyGroup


class JoinedRow(msgspec.Struct, frozen=True):
    """A section, a unit or a task of ``offices`` offices.

    ``number`` and ``title`` are those of the first; ``deadlines`` the wordings of a task's
    deadline, each with the number of its offices.
    """

    number: str
    title: str
    figures: Figures
    offices: int
    deadlines: dict[str, int]

    @classmethod
    def of(cls, group: TallyGroup) -> JoinedRow:
        """Return what one office has."""
        deadlines = {group.deadline: 1} if group.deadline else {}
        return cls(group.number, group.title, group.figures, 1, deadlines)

    def __add__(self, other: JoinedRow) -> JoinedRow:
        """Return what both are together."""
        deadlines = dict(self.deadlines)
        for wording, offices in other.deadlines.items():
            deadlines[wording] = deadlines.get(wording, 0) + offices
        return replace(
            self,
            figures=self.figures + other.figures,
            offices=self.offices + other.offices,
            deadlines=deadlines,
        )


class Rollup(msgspec.Struct):
    """The answer about some offices, to which those about others can be added.

    ``groups`` by what joins them; ``has_tasks`` tells whether any office has tasks that were
    asked for.
    """

    rows: list[OfficeRow] = []
    groups: dict[str, JoinedRow] = {}
    late: list[Late] = []
    has_tasks: bool = False

    @property
    def total(self) -> Figures:
        """The figures of all offices that could be read."""
        return total(row.figures for row in self.rows if row.figures)

    @property
    def names(self) -> list[str]:
        """What to call the offices; several of one name, or of none, by their folders, too."""
        times = Counter(row.office for row in self.rows)
        return [
            row.folder
            if not row.office
            else row.office
            if times[row.office] == 1
            else f"{row.office} ({row.folder})"
            for row in self.rows
        ]

    @property
    def overdue(self) -> list[Late]:
        """What is overdue, longest first."""
        return sorted(self.late, key=lambda item: item.due)

    @property
    def unreadable(self) -> list[OfficeRow]:
        """The offices that could not be read."""
        return [row for row in self.rows if row.figures is None]

    def add(self, other: Rollup) -> None:
        """Take the answer about other offices in, behind what is there."""
        self.rows += other.rows
        self.late += other.late
        self.has_tasks |= other.has_tasks
        for key, group in other.groups.items():
            present = self.groups.get(key)
            self.groups[key] = present + group if present else group


def join(tallies: Iterable[OfficeTally]) -> Rollup:
    """Return the answer about the offices of ``tallies``."""
    rollup = Rollup()
    for tally in tallies:
        groups = {group.key: JoinedRow.of(group) for group in tally.groups}
        rollup.add(Rollup([tally.row], groups, tally.late, tally.has_tasks))
    return rollup


def renumbered(groups: Iterable[JoinedRow]) -> list[str]:
    """Return the numbers of tasks that stand for different wordings in different offices."""
    seen: dict[str, int] = {}
    for group in groups:
        seen[group.number] = seen.get(group.number, 0) + 1
    return [number for number, wordings in seen.items() if wordings > 1]

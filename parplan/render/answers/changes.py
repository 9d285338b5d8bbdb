"""The answers of ``diff`` and ``log --revisions``: what git's history says of the plan."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from parplan.render.answers.answer import JsonAnswer
from parplan.workspace.changes import Changes
from parplan.workspace.git import Revision


class ChangesRecord(msgspec.Struct, frozen=True):
    """What changed in one year: sentences, new records by kind, refs closed, records gone.

    ``renumbered`` are sentences on records of tasks that have another number now.
    """

    year: int
    plan: list[str]
    recorded: dict[str, int]
    done: list[str]
    lost: int
    renumbered: list[str]


class DiffAnswer(JsonAnswer, frozen=True):
    """What changed, a year each."""

    items: list[ChangesRecord]

    @classmethod
    def of(cls, changes: Iterable[Changes]) -> DiffAnswer:
        """Return ``changes`` in the language in use."""
        return cls(
            [
                ChangesRecord(
                    change.year,
                    change.plan,
                    change.recorded.counts,
                    change.recorded.done,
                    change.recorded.lost,
                    change.renumbered,
                )
                for change in changes
            ]
        )


class RevisionRecord(msgspec.Struct, frozen=True):
    """A commit that changed the plan."""

    revision: str
    day: str
    author: str
    subject: str


class RevisionsAnswer(JsonAnswer, frozen=True):
    """The commits that changed the plan of a year, newest first."""

    year: int
    items: list[RevisionRecord]

    @classmethod
    def of(cls, year: int, revisions: Iterable[Revision]) -> RevisionsAnswer:
        """Return ``revisions`` of the plan of ``year``."""
        items = [
            RevisionRecord(revision.name, revision.day, revision.author, revision.subject)
            for revision in revisions
        ]
        return cls(year, items)

"""``parplan note``, ``start``, ``done``, ``pause``, ``cancel``, ``reopen``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from parplan.cli import candidates
from parplan.cli.options import ProgressOptions, RecordOptions, Shared, Yes
from parplan.cli.positionals import references_and_text, task_or_text
from parplan.cli.recording import record
from parplan.cli.session import open_for
from parplan.importer.updates.lines import require_letters
from parplan.journal.record import Cancel, Done, News, Note, Pause, Reopen, Start
from parplan.problem import N_, UserError

EXAMPLES = (
    'parplan note 4@2025-06 "Đã gửi giấy mời" --percent 50',
    'parplan note 17 --value "98,5" --evidence "BC 45/BC-UBND 20/6/2025"',
    "parplan start 9",
    'parplan done 4@2025-06 --on 20/6/2025 --evidence "TB 12/TB-UBND"',
    'parplan pause 9 "Chờ kinh phí"',
    'parplan cancel 6 "Quận không mở lớp"',
    "parplan reopen 4@2025-06",
)

Words = Annotated[
    tuple[str, ...],
    typer.Argument(
        metavar=N_("TASK[@PERIOD]... [TEXT]"),
        help=N_(
            "Occurrences, such as 4@6 (a bare number or words of the task mean its one open "
            "occurrence), then what to write; '-' reads it from the input."
        ),
        autocompletion=candidates.references,
    ),
]


def _step(kind: type[News]) -> Callable[..., None]:
    def run(
        words: Words,
        yes: Yes = False,
        *,
        progress: ProgressOptions,
        options: RecordOptions,
        shared: Shared,
    ) -> None:
        refs, text = references_and_text(words, kind.kind)
        session = open_for(shared, refs)
        refs, text = task_or_text(session.plan, refs, text)
        record(session, kind, refs, _read(text), progress, options, yes=yes)

    run.__doc__ = f"Record '{kind.kind}'; the editor is opened for a note of nothing."
    return run


def _read(text: str | None) -> str | None:
    """Return ``text``, or what stands on the input where it is a dash."""
    if text != "-":
        return text
    try:
        piped = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(N_("the text is not valid UTF-8")) from error
    require_letters(piped)
    return piped


CALLBACKS: dict[str, Callable[..., None]] = {
    "note": _step(Note),
    "start": _step(Start),
    "done": _step(Done),
    "pause": _step(Pause),
    "cancel": _step(Cancel),
    "reopen": _step(Reopen),
}

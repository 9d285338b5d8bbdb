"""Which stage of one command takes which part of its CPU time?

Run by ``benchmarks.where`` as a process of its own, with parplan's words; imports nothing
that parplan would not import itself.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

LIBRARIES = ("interpreter", "Click", "Typer", "msgspec")
PARTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "read the plan": (("parplan.workspace.workspace", "Workspace.read_plan"),),
    "read the journal": (("parplan.cli.session", "Session.progress"),),
    "agenda": (("parplan.commands.due", "agenda"), ("parplan.cli.recording", "find_target")),
    "work out the report": (("parplan.commands.report", "_build"),),
    "fill the template": (("parplan.render.document.official", "fill"),),
    "print": (("parplan.commands.due", "emit"), ("parplan.cli.recording", "announce")),
    "who records (git)": (("parplan.cli.recording", "author"),),
    "write the record": (("parplan.workspace.workspace", "Workspace.append"),),
}
"""Functions whose time is counted, by what they do; those that a command lacks count nothing."""


def main(words: list[str]) -> None:
    """Run parplan with ``words``; print the CPU seconds of each stage to stderr, as JSON."""
    gc.disable()
    marks = [("interpreter", time.process_time())]
    for name, module in zip(LIBRARIES[1:], ("click", "typer", "msgspec"), strict=True):
        import_module(module)
        marks.append((name, time.process_time()))
    app = import_module("parplan.cli.app")
    commands = import_module("parplan.cli.command_table").COMMANDS
    spent = dict.fromkeys(PARTS, 0.0)
    import_module(f"parplan.commands.{commands[words[0]].module}")
    marks.append(("parplan's modules", time.process_time()))
    for part, functions in PARTS.items():
        for module, name in functions:
            if module in sys.modules:
                _count(sys.modules[module], name, part, spent)
    try:
        app.main(words)
    except SystemExit as end:
        if end.code:
            raise
    seconds: dict[str, float] = {}
    before = 0.0
    for name, mark in marks:
        seconds[name], before = mark - before, mark
    seconds |= spent
    seconds["command line, rest"] = time.process_time() - before - sum(spent.values())
    import json

    print(json.dumps(seconds), file=sys.stderr)


def _count(module: Any, name: str, part: str, spent: dict[str, float]) -> None:
    """Make ``name`` of ``module`` add its time to ``spent[part]``, less what inner parts take."""
    holder = module
    *path, last = name.split(".")
    for step in path:
        holder = getattr(holder, step)
    function: Callable[..., Any] | None = getattr(holder, last, None)
    if function is None:
        return

    def timed(*args: Any, **options: Any) -> Any:
        start, inner = time.process_time(), sum(spent.values())
        try:
            return function(*args, **options)
        finally:
            net = time.process_time() - start - (sum(spent.values()) - inner)
            spent[part] += net

    setattr(holder, last, timed)


if __name__ == "__main__":
    main(sys.argv[1:])

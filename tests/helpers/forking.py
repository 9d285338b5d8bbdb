"""Serves forks of one Python that has imported all of parplan; ``warm.py`` says what for.

It is started by its path, since it imports parplan from where the tests say, and nothing of
them.  Requests are lines of JSON on its standard input, answers lines on its standard output.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import signal
import sys
import time
from typing import Any

ATTACHED = 2_000_000_000
"""What strace makes ``getppid`` answer as soon as it watches: no process has such a number."""


def main() -> None:
    """Serve until there are no more requests."""
    import parplan

    for module in pkgutil.walk_packages(parplan.__path__, "parplan."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    sys.dont_write_bytecode = True
    gc.disable()
    gc.freeze()  # else the system copies for each fork what the collector has touched
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    for line in requests:
        request = json.loads(line)
        child = os.fork()
        if not child:
            _run(request)
        _pid, status = os.waitpid(child, 0)
        answers.write(b"%d\n" % os.waitstatus_to_exitcode(status))
        answers.flush()


def _run(request: dict[str, Any]) -> None:
    """Be what was asked for, to the end."""
    streams = ((os.devnull, os.O_RDONLY), *((name, os.O_WRONLY) for name in request["streams"]))
    for number, (name, mode) in enumerate(streams):
        os.dup2(os.open(name, mode), number)
    signal.alarm(request["seconds"])
    import resource  # which only systems that fork have

    for name, most in request["limits"].items():
        resource.setrlimit(getattr(resource, name), (most, most))
    if request["watch"]:
        _be_watched(request["watch"])
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    os.chdir(request["cwd"])
    sys.argv = ["parplan", *request["words"]]
    from parplan.__main__ import main as begin

    try:
        begin()
    except SystemExit as end:
        atexit._run_exitfuncs()
        # To take a thousand modules down takes longer than most commands.
        os._exit(end.code if isinstance(end.code, int) else 1)


def _be_watched(watch: list[str]) -> None:
    """Go on as a child of strace, which may watch its children whoever runs it."""
    parent = os.getpid()
    child = os.fork()
    if child:
        os.execvp(watch[0], [*watch, "-p", str(child)])
    while (answer := os.getppid()) != ATTACHED:
        if answer != parent:  # strace could not, and has said why
            os._exit(1)
        time.sleep(0.0005)


if __name__ == "__main__":
    main()

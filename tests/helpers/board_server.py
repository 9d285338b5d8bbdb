"""A board that is served by a process of its own."""

from __future__ import annotations

import contextlib
import http.client
import re
import subprocess
import sys
from collections.abc import Iterator

from tests.helpers.office import Office
from tests.helpers.running import PATIENCE

READY = re.compile(r"http://127\.0\.0\.1:(\d+)/")


class Served:
    """A running server and its port."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stdout is not None
        line = process.stdout.readline()
        found = READY.search(line)
        assert found is not None, line + (process.stderr.read() if process.stderr else "")
        self.port = int(found[1])
        self.url = found[0]

    def ask(
        self, path: str = "/", method: str = "GET", host: str = ""
    ) -> tuple[int, str, dict[str, str]]:
        """Return status, body and headers of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, headers={"Host": host or f"127.0.0.1:{self.port}"})
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body, {key.lower(): value for key, value in answer.getheaders()}


@contextlib.contextmanager
def serving(office: Office, *options: str) -> Iterator[Served]:
    process = subprocess.Popen(
        [sys.executable, "-m", "parplan", "board", "--serve", "--port", "0", *options],
        cwd=office.root,
        env=office.env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        yield Served(process)
    finally:
        process.kill()
        process.communicate()

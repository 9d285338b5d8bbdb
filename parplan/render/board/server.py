"""How is a page shown to this machine alone, and told when it is out of date?

A small web server on the loopback address.  It answers two paths, the page and its
version, and only under the names of this machine, so that no page from elsewhere can
read it through a name of its own (DNS rebinding).
"""

from __future__ import annotations

import http.server
import sys
import threading
from collections.abc import Callable
from http import HTTPStatus
from typing import NamedTuple

HOST = "127.0.0.1"


class Response(NamedTuple):
    """A page, and whether it shows what was asked for or what is wrong."""

    html: str
    is_right: bool = True


class Site(NamedTuple):
    """What is served: the page as it is now, and a text that changes when the page does."""

    page: Callable[[], Response]
    version: Callable[[], str]


class Server(http.server.ThreadingHTTPServer):
    """A server of ``site``; raises OSError where ``port`` is taken.  Port 0 is any free one."""

    daemon_threads = True

    def __init__(self, site: Site, port: int) -> None:
        self.site = site
        self.lock = threading.Lock()  # one page at a time: the language is one per process
        super().__init__((HOST, port), _Handler)

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://{HOST}:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a reader who went away before the answer was there: a closed tab."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def names(self) -> set[str]:
        """Return the names under which a browser of this machine may ask."""
        return {f"{name}:{self.server_port}" for name in (HOST, "localhost")}


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Server
    server_version = "parplan"
    sys_version = ""
    timeout = 20
    """Seconds after which a connection that asks nothing is closed."""

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        if self.headers.get("Host", "") not in self.server.names():
            self._send(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", "not here\n", with_body)
        elif self.path == "/version":
            with self.server.lock:
                version = self.server.site.version()
            self._send(HTTPStatus.OK, "text/plain", version, with_body)
        elif self.path == "/":
            with self.server.lock:
                page = self.server.site.page()
            status = HTTPStatus.OK if page.is_right else HTTPStatus.INTERNAL_SERVER_ERROR
            self._send(status, "text/html", page.html, with_body)
        elif self.path == "/favicon.ico":
            self._send(HTTPStatus.NO_CONTENT, "image/x-icon", "", with_body)
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", "not here\n", with_body)

    def _send(self, status: HTTPStatus, kind: str, text: str, with_body: bool) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", "frame-ancestors 'none'")  # more in the page
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep silent: the terminal belongs to the person."""

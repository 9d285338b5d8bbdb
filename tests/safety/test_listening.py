"""Whoever listens on this machine hears nothing from any command, whatever the files name."""

from __future__ import annotations

import base64
import contextlib
import io
import socket
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn

from parplan.journal.record import Evidence
from tests.helpers.libreoffice import made_by_libreoffice
from tests.helpers.office import Office, calc, made
from tests.helpers.office_files import relations
from tests.safety.costly import with_parts

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LINES = (
    "evidence", "score", "score gaps", "score risk", "score report --format docx", "show 4",
    "board", "check", "doctor", "log", "export json", "export xlsx", "export csv", "status",
    "rollup . ..", "rollup board . .. --force", "import kế-hoạch.docx --year 2027",
    "report --month 6 --docx-only --format docx --format html",
    "document --format docx --base mẫu.docx",
    "report --month 5 --format docx --base mẫu.docx",
)  # fmt: skip
IN_LIBREOFFICE = (
    "report --month 6 --docx-only --format pdf",
    "document --format pdf --base mẫu.docx",
)


class Listener:
    """Hears who connects to a port of this machine."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.heard = 0
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            connection, _address = self._socket.accept()
            with connection, contextlib.suppress(OSError):
                connection.settimeout(5)
                if connection.recv(99) == b"end":
                    return
                self.heard += 1

    def end(self) -> None:
        """Stop listening; who connected before is counted."""
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.sendall(b"end")
        self._thread.join()
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    if listener._thread.is_alive():
        listener.end()


@pytest.fixture
def office(workspace: Path, environment: dict[str, str], listener: Listener) -> Office:
    """Return an office whose journal, plan, index, draft and docx name what is not here."""
    root = workspace / "phường"
    root.mkdir()
    (workspace / "plan").rename(root / "plan")
    office = Office(root, environment)
    office.say("score", "example")
    paths = names(listener.port)
    evidence = [Evidence(file=path) for path in paths]
    office.write(
        made(1, ref="8", evidence=evidence, text=" ".join(paths)),
        made(2, "done", "4@2025-06", evidence=evidence),
    )
    title = "    Cải thiện, nâng cao Chỉ số"
    office.edit_plan(title, f"    ![a]({paths[1]}) <img src={paths[1]}>\n{title}")
    office.say("report", "--month", "6", "--format", "md")
    with (root / "reports" / "2025-06.md").open("a", encoding="utf-8") as file:
        for path in paths:
            file.write(f'\n![hình]({path}) <img src="{path}">\n\n<img src="{path}">\n')
    (root / "mẫu.docx").write_bytes(linked(paths[1]))
    (root / "kế-hoạch.docx").write_bytes(linked(paths[1]))
    for name, path in zip("abc", paths, strict=True):
        with contextlib.suppress(OSError):
            (root.parent / f"{name}.json").symlink_to(path)
    return office


def names(port: int) -> list[str]:
    """Return paths that lead to a server and out of the folder."""
    return [
        f"//127.0.0.1:{port}/share/x.png", f"http://127.0.0.1:{port}/x.png", "../../x.png"
    ]  # fmt: skip


def linked(address: str) -> bytes:
    """Return a docx with a template, and in header and body a picture, from ``address``."""
    document = Document()
    for place in (document.sections[0].header, document):
        paragraph = place.add_paragraph()
        paragraph.add_run().add_picture(io.BytesIO(PICTURE))
        (blip,) = paragraph._p.iter(qn("a:blip"))
        del blip.attrib[qn("r:embed")]
        blip.set(qn("r:link"), place.part.relate_to(address, RT.IMAGE, is_external=True))
    out = io.BytesIO()
    document.save(out)
    settings = {"word/_rels/settings.xml.rels": relations("attachedTemplate", address)}
    return with_parts(out.getvalue(), settings)


def heard(office: Office, listener: Listener, lines: Sequence[str]) -> int:
    """Return how often somebody connected while the commands ``lines`` ran."""
    for line in lines:
        done = office.run(*line.split())
        assert done.returncode in (0, 1, 2)
        assert "--help" not in done.stderr, done.stderr  # the command is there
    listener.end()
    return listener.heard


@pytest.mark.slow
def test_no_command_calls_a_server(office: Office, listener: Listener) -> None:
    assert heard(office, listener, LINES) == 0


@pytest.mark.slow
def test_nor_does_libreoffice_for_one(office: Office, listener: Listener) -> None:
    calc()

    assert heard(office, listener, IN_LIBREOFFICE) == 0
    assert len(list((office.root / "reports").glob("*.pdf"))) == 1


@pytest.mark.slow
def test_libreoffice_by_itself_would(office: Office, listener: Listener) -> None:
    made_by_libreoffice(office.root, "pdf", "mẫu.docx")
    listener.end()

    assert listener.heard > 0


def test_who_calls_is_heard(listener: Listener) -> None:
    with socket.create_connection(("127.0.0.1", listener.port)) as connection:
        connection.sendall(b"GET")
    listener.end()

    assert listener.heard == 1

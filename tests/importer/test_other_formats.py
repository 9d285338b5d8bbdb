"""Files of other programs: read as the docx or xlsx that they were made from, by LibreOffice.

LibreOffice itself writes them here, from documents built by python-docx and openpyxl.
"""

from __future__ import annotations

import http.server
import io
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from parplan.importer.budget import Budget
from parplan.importer.office import other_formats
from parplan.importer.office.other_formats import CONVERTED
from parplan.importer.plan.assemble import ImportedPlan
from parplan.importer.read import read_office_file
from parplan.problem import UserError
from parplan.workspace import bounded, libreoffice
from parplan.workspace.bounded import Bounds
from tests.helpers.imports import imported
from tests.helpers.libreoffice import commands, dead_sockets, made_by_libreoffice
from tests.helpers.office_files import (
    HEAD,
    TAIL,
    TEXT,
    TITLE,
    Rows,
    document,
    saved,
    sheet,
    with_part,
)
from tests.helpers.shapes import SHAPES

PLANS = ("three-steps-one-unit", "groups-inside-sections", "months-under-one-heading")
"""Tables of the shapes that are measured; each with a document around it."""


def word(rows: Rows) -> bytes:
    """Return a plan as docx, which ends with its table."""
    return document(HEAD, *TITLE, *TEXT, TAIL, "*^PHỤ LỤC", rows)


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with each plan in every format."""
    folder = tmp_path_factory.mktemp("plans")
    for name in PLANS:
        saved(folder, f"{name}.docx", word(SHAPES[name][0]))
        saved(folder, f"{name}.xlsx", sheet(("Phụ lục", SHAPES[name][0])))
    for ending, source in CONVERTED.items():
        made_by_libreoffice(folder, ending[1:], *(f"{name}{source}" for name in PLANS))
    return folder


def everything(plan: ImportedPlan) -> tuple[object, ...]:
    """Return all that was read and noted."""
    return plan.plan, plan.notes, plan.places, plan.missing, plan.left_out


@pytest.mark.slow
@pytest.mark.parametrize("ending", CONVERTED)
@pytest.mark.parametrize("name", PLANS)
def test_the_same_as_from_word_or_excel(name: str, ending: str, plans: Path) -> None:
    source = imported(plans / f"{name}{CONVERTED[ending]}")

    assert everything(imported(plans / f"{name}{ending}")) == everything(source)


def with_macros(data: bytes, kind: str) -> bytes:
    """Return the docx or xlsx ``data`` as Word or Excel saves it with macros."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(f"{kind}/vbaProject.bin", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(99))
    return with_part(
        out.getvalue(),
        "[Content_Types].xml",
        lambda part: part.replace(
            b"openxmlformats-officedocument.wordprocessingml.document.main",
            b"ms-word.document.macroEnabled.main",
        ).replace(
            b"openxmlformats-officedocument.spreadsheetml.sheet.main",
            b"ms-excel.sheet.macroEnabled.main",
        ),
    )


@pytest.mark.parametrize(("ending", "kind"), [("docm", "word"), ("xlsm", "xl")])
def test_macros_are_ignored(ending: str, kind: str, tmp_path: Path) -> None:
    rows = SHAPES[PLANS[0]][0]
    data = word(rows) if kind == "word" else sheet(("Phụ lục", rows))
    plain = imported(saved(tmp_path, "a.docx" if kind == "word" else "a.xlsx", data))
    again = imported(saved(tmp_path, f"a.{ending}", with_macros(data, kind)))

    assert everything(again) == everything(plain)


def test_without_libreoffice_one_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(UserError, match="which is not installed; install it, or save"):
        read_office_file(saved(tmp_path, "a.rtf", b"{\\rtf1 a}"))


# What strangers put into a file.


class Server(http.server.ThreadingHTTPServer):
    """Answers every request with nothing much, and remembers it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(http.server.BaseHTTPRequestHandler):
    def answer(self) -> None:
        assert isinstance(self.server, Server)
        self.server.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    do_GET = do_HEAD = do_OPTIONS = do_PROPFIND = answer  # noqa: N815 - names of the base class

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running
        running.shutdown()


def with_links(odt: bytes, address: str) -> bytes:
    """Return the document with a picture and a section that lie on a server."""
    links = (
        '<text:p><draw:frame draw:name="a" text:anchor-type="as-char" svg:width="5cm" '
        f'svg:height="5cm"><draw:image xlink:href="{address}/picture.png" xlink:type="simple"/>'
        '</draw:frame></text:p><text:section text:name="s"><text:section-source '
        f'xlink:href="{address}/section.odt" xlink:type="simple"/><text:p>x</text:p></text:section>'
    )
    end = b"</office:text>"
    return with_part(odt, "content.xml", lambda part: part.replace(end, links.encode() + end))


@pytest.mark.slow
def test_nothing_is_asked_of_a_server(plans: Path, tmp_path: Path, server: Server) -> None:
    data = with_links((plans / f"{PLANS[0]}.odt").read_bytes(), server.address)
    path = saved(tmp_path, "a.odt", data)

    plan = imported(path)

    assert [task.id for _section, task in plan.plan.tasks()] == ["5.1", "5.2", "5.3"]
    assert server.asked == []
    made_by_libreoffice(tmp_path, "docx", "a.odt")  # as it is set up by itself, it asks
    assert "/picture.png" in server.asked


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="this system bounds no memory")
@pytest.mark.parametrize(
    ("bounds", "ends"),
    [
        pytest.param(Bounds(seconds=0.5), subprocess.TimeoutExpired, id="by-the-clock"),
        pytest.param(
            Bounds(seconds=60, memory=30_000_000), subprocess.CalledProcessError, id="by-memory"
        ),
    ],
)
def test_nothing_is_left_of_a_libreoffice_that_is_ended(
    bounds: Bounds,
    ends: type[Exception],
    plans: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = dead_sockets()

    with pytest.raises(ends):
        libreoffice.convert((plans / f"{PLANS[0]}.odt").read_bytes(), "odt", "docx", bounds)

    assert list(tmp_path.iterdir()) == []
    assert dead_sockets() <= before
    assert str(tmp_path) not in commands()


def test_a_file_that_takes_too_long_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(command: object, bounds: Bounds, variables: Mapping[str, str]) -> bytes:
        raise subprocess.TimeoutExpired("soffice", bounds.seconds)

    monkeypatch.setattr(libreoffice, "program", lambda: "soffice")
    monkeypatch.setattr(bounded, "run", never)

    with pytest.raises(UserError, match="takes too long to read"):
        other_formats.convert(b"{\\rtf1 a}", Budget(tmp_path / "a.rtf"))

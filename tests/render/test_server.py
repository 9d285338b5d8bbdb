"""``board --serve``: a real process, on this machine alone, live, and ended by Ctrl-C."""

from __future__ import annotations

import shutil
import signal
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.board_server import Served, serving
from tests.helpers.office import Office
from tests.helpers.pages import chromium, having, read, record, words
from tests.helpers.running import PATIENCE, ROOT, clean_environment


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office that has recorded half a year."""
    found = Office(workspace, environment)
    record(found)
    return found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Give a server that every question is put to: an answer changes nothing."""
    root = tmp_path_factory.mktemp("served")
    (root / "plan").mkdir()
    shutil.copy(ROOT / "plan" / "2025.yaml", root / "plan")
    office = Office(root, clean_environment())
    record(office)
    with serving(office) as running:
        yield running


def test_the_board_is_served_and_says_nothing_of_it(office: Office) -> None:
    with serving(office) as served:
        status, body, headers = served.ask()

        assert status == 200
        assert headers["content-type"] == "text/html; charset=utf-8"
        assert headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "20/06/2025" in words(read(body))
        assert "connect-src" in body
        served.process.send_signal(signal.SIGINT)
        out, complaint = served.process.communicate(timeout=PATIENCE)
        assert (served.process.returncode, out, complaint) == (130, "", "đã dừng\n")


def test_a_saved_page_asks_nobody(office: Office) -> None:
    page = office.say("board", "-o", "-")

    assert "connect-src" not in page
    assert "fetch(" not in page


@pytest.mark.parametrize(
    ("path", "method", "host", "status"),
    [
        pytest.param("/", "GET", "localhost:{port}", 200, id="localhost"),
        pytest.param("/", "GET", "evil.example:{port}", 421, id="rebound-name"),
        pytest.param("/", "GET", "127.0.0.1", 421, id="another-port"),
        pytest.param("/version", "GET", "evil.example", 421, id="version-rebound"),
        pytest.param("/plan/2025.yaml", "GET", "", 404, id="a-file"),
        pytest.param("/../plan/2025.yaml", "GET", "", 404, id="a-file-above"),
        pytest.param("/?x=1", "GET", "", 404, id="a-query"),
        pytest.param("/", "HEAD", "", 200, id="head"),
        pytest.param("/", "POST", "", 501, id="post"),
        pytest.param("/", "OPTIONS", "", 501, id="options"),
        pytest.param("/favicon.ico", "GET", "", 204, id="icon"),
    ],
)
def test_what_is_answered(path: str, method: str, host: str, status: int, served: Served) -> None:
    found, body, _headers = served.ask(path, method, host.format(port=served.port))

    assert found == status
    assert status == 200 or "Báo cáo" not in body
    assert method != "HEAD" or body == ""


def test_only_this_machine_is_answered(office: Office) -> None:
    with serving(office) as served, socket.socket() as other:
        # Another address of this machine is still free at that port.
        other.bind(("127.0.0.2", served.port))
        with socket.socket() as same:
            assert same.connect_ex(("127.0.0.1", served.port)) == 0


@pytest.mark.slow
@pytest.mark.posix(reason="sends Ctrl-C as POSIX does")
def test_a_reader_who_goes_away_leaves_no_trace(office: Office) -> None:
    """Who closes the tab while the page is on its way, or before, as a browser does."""
    at_once = struct.pack("ii", 1, 0)
    with serving(office) as served:
        for heard in (0, 10, 1000) * 5:
            with socket.create_connection(("127.0.0.1", served.port), timeout=30) as reader:
                reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
                reader.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n".encode())
                if heard:
                    reader.recv(heard)
        assert served.ask()[0] == 200
        served.process.send_signal(signal.SIGINT)
        said = served.process.communicate(timeout=60)[1]

    assert said.strip() in ("đã dừng", "stopped")


def test_a_taken_port_is_refused(office: Office) -> None:
    with serving(office) as served:
        said = office.refuse("board", "--serve", "--port", str(served.port))

    assert said == (
        f"parplan: port {served.port} cannot be used: the port is in use; "
        "--port names another one\n"
    )


def test_the_version_follows_the_files(office: Office) -> None:
    with serving(office) as served:
        _status, first, _headers = served.ask("/version")
        _status, page, _headers = served.ask()
        assert [one.attrib["data-version"] for one in having(read(page), "data-version")] == [first]
        assert served.ask("/version")[1] == first

        office.say("note", "4@2025-06", "mới ghi")
        second = served.ask("/version")[1]
        assert second != first
        assert "mới ghi" in served.ask()[1]

        office.edit_plan("UBND quận Hà Đông}", "UBND quận Hà Đông mới}")
        assert served.ask("/version")[1] != second


def test_a_wrong_plan_is_told_on_the_page_and_mended_there(office: Office) -> None:
    with serving(office) as served:
        path = office.root / "plan" / "2025.yaml"
        right = path.read_bytes()
        path.write_bytes(right.replace(b"schema: 1", b"schema: 7"))

        status, body, _headers = served.ask()
        assert status == 500
        said = words(read(body))
        assert "plan/2025.yaml:8:9:" in said
        assert "[not-one-of]" in said

        path.unlink()
        assert served.ask()[0] == 500

        path.write_bytes(right)
        assert served.ask()[0] == 200


def test_a_wrong_template_is_told_on_the_page(office: Office) -> None:
    folder = office.root / "templates" / "board"
    folder.mkdir(parents=True)
    with serving(office, "--lang", "en") as served:
        (folder / "page.html.j2").write_text("{{ nobody }}", encoding="utf-8")

        status, body, _headers = served.ask()

        assert status == 500
        assert "board/page.html.j2:1: the template has a mistake" in words(read(body))


def test_options_hold_for_the_served_page(office: Office) -> None:
    with serving(office, "--section", "V", "--lang", "en", "--as-of", "2025-12-20") as served:
        said = words(read(served.ask()[1]))

    assert "As of 2025-12-20" in said
    assert "V. Cải cách chế độ công vụ" in said
    assert "II. Cải cách thể chế" not in said


@pytest.mark.slow
def test_a_browser_sees_what_changes(office: Office) -> None:
    with chromium() as browser, serving(office) as served:
        page = browser.new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(served.url)

        office.say("note", "4@2025-06", "vừa mới ghi xong")
        page.locator(".notes").get_by_text("vừa mới ghi xong").wait_for()
        assert complaints == []

        path = office.root / "plan" / "2025.yaml"
        right = path.read_bytes()
        path.write_bytes(b"schema: 7\n")
        page.get_by_text("plan/2025.yaml:1:").first.wait_for()
        path.write_bytes(right)
        page.locator(".notes").get_by_text("vừa mới ghi xong").wait_for()

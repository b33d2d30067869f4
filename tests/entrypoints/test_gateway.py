"""The gateway as a process: all doors on real ports, on a database of its own."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import smtplib
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

import gateway
from entrypoints.deliver import by_http, by_smtp
from models.domain.errors import Misconfigured, Rejected
from models.store.schema import migrate
from settings import Settings


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@dataclass
class Running:
    """A gateway process and where its doors are."""

    process: subprocess.Popen[bytes]
    var: Path
    http: int
    smtp: int

    @property
    def token(self) -> str:
        return (self.var / "api-token").read_text()

    def get(self, path: str, **options: object) -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{self.http}{path}", timeout=10, **options)  # type: ignore[arg-type]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Temporal is away on a port that nobody listens on."""
    var = tmp_path / "var"
    migrate(Settings(var=var, database_url="").database)
    return {
        **os.environ,
        "ORDERWRIGHT_VAR": str(var),
        "ORDERWRIGHT_DATABASE_URL": "",
        "ORDERWRIGHT_HTTP_PORT": str(free_port()),
        "ORDERWRIGHT_SMTP_PORT": str(free_port()),
        "TEMPORAL_ADDRESS": f"127.0.0.1:{free_port()}",
    }


@contextlib.contextmanager
def started(environment: dict[str, str]) -> Iterator[Running]:
    process = subprocess.Popen([sys.executable, "gateway.py"], env=environment, stderr=subprocess.PIPE)
    ports = int(environment["ORDERWRIGHT_HTTP_PORT"]), int(environment["ORDERWRIGHT_SMTP_PORT"])
    running = Running(process, Path(environment["ORDERWRIGHT_VAR"]), *ports)
    try:
        while True:
            with contextlib.suppress(httpx.TransportError):
                running.get("/static/mark.svg")
                break
            assert process.poll() is None, process.communicate()
            time.sleep(0.1)
        yield running
    finally:
        process.kill()
        process.communicate()


def test_every_door_keeps_what_it_is_given_while_temporal_is_away(environment: dict[str, str]) -> None:
    """Mail, file and upload stand in the list; health says who is away; SIGTERM ends it in good order."""
    with started(environment) as running:
        with smtplib.SMTP("127.0.0.1", running.smtp, timeout=10) as client:
            client.sendmail("a@example.com", ["b@example.com"], b"Subject: by mail\r\n\r\norder")
        sent = httpx.post(
            f"http://127.0.0.1:{running.http}/v1/documents",
            headers={"Authorization": f"Bearer {running.token}"},
            files={"file": ("by-http.csv", b"sku;quantity")},
        )
        assert sent.status_code == 202
        (running.var / "drop" / "by-folder.csv").write_bytes(b"another;one")
        while "by-folder.csv" not in (page := running.get("/").text):
            time.sleep(0.2)
        assert "by mail.eml" in page
        assert "by-http.csv" in page
        assert running.get("/healthz").json() == {"store": "ok", "temporal": "away"}
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(15) == 0


def test_your_own_document_goes_through_each_door(environment: dict[str, str], tmp_path: Path) -> None:
    """As `orderwright send` hands it over; sent twice it is one message."""
    document = tmp_path / "own order.csv"
    document.write_bytes(b"sku;quantity\nHX;5\n")
    mail = tmp_path / "own.eml"
    mail.write_bytes(b"From: Jo <jo@example.com>\r\nSubject: own mail\r\n\r\n5 HX\r\n")
    with started(environment) as running:
        for _ in range(2):
            assert "taken by SMTP" in by_smtp(document, "127.0.0.1", running.smtp, "you@example.com")
            assert "taken by SMTP" in by_smtp(mail, "127.0.0.1", running.smtp, "you@example.com")
            assert "/messages/" in by_http(document, f"http://127.0.0.1:{running.http}", running.token, "you@example.com")
        page = running.get("/").text
        with pytest.raises(Rejected, match="401"):
            by_http(document, f"http://127.0.0.1:{running.http}", "wrong", "")
    assert page.count('class="rowlink"') == 3
    assert "jo@<wbr>example.com" in page
    assert "own order.csv.eml" in page


def test_what_was_said_yes_to_survives_a_kill(environment: dict[str, str]) -> None:
    """After SIGKILL and a new start the message is there, once."""
    content = b"Subject: survives\r\n\r\norder"
    for _ in range(2):
        with started(environment) as running, smtplib.SMTP("127.0.0.1", running.smtp, timeout=10) as client:
            client.sendmail("a@example.com", ["b@example.com"], content)
            running.process.kill()
            running.process.wait(10)
    with started(environment) as running:
        assert len(re.findall("survives.eml", running.get("/").text)) == 1


def test_a_taken_port_is_named_with_the_way_out(environment: dict[str, str]) -> None:
    """The message names door, port and setting, without a traceback."""
    with socket.create_server(("127.0.0.1", int(environment["ORDERWRIGHT_SMTP_PORT"]))):
        ended = subprocess.run([sys.executable, "gateway.py"], env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert f"127.0.0.1:{environment['ORDERWRIGHT_SMTP_PORT']}" in ended.stderr
    assert "ORDERWRIGHT_SMTP_PORT" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_token_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    """A second start finds the first one's token; the setting goes before it."""
    settings = Settings(var=tmp_path / "var")
    token = gateway.api_token(settings)
    assert len(token) >= 43
    assert gateway.api_token(settings) == token
    assert stat.S_IMODE((tmp_path / "var" / "api-token").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["api-token"]
    assert gateway.api_token(Settings(var=tmp_path / "var", api_token="given")) == "given"


def test_a_folder_that_cannot_hold_the_token_is_named(tmp_path: Path) -> None:
    """With the setting that helps."""
    (tmp_path / "var").write_text("a file where the folder should be")
    with pytest.raises(Misconfigured, match="ORDERWRIGHT_API_TOKEN"):
        gateway.api_token(Settings(var=tmp_path / "var"))


@pytest.mark.parametrize(
    ("host", "asks"), [("127.0.0.1", False), ("localhost", False), ("::1", False), ("0.0.0.0", True), ("10.1.2.3", True)]
)
def test_pages_are_for_those_who_signed_in_where_others_can_reach_them(tmp_path: Path, host: str, asks: bool) -> None:
    """On this machine alone they do not."""
    assert gateway.presence_of(Settings(var=tmp_path, http_host=host)).pages_need_sign_in is asks


def test_the_gateway_answers_to_its_own_names(tmp_path: Path) -> None:
    """Its public name and this machine's, and no others."""
    hosts = gateway.presence_of(Settings(var=tmp_path, public_url="https://orders.example.com/")).hosts
    assert set(hosts) == {"127.0.0.1", "localhost", "[::1]", "orders.example.com"}

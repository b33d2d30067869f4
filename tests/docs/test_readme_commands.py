"""Every command block of the README, run in order against the stack that its first command starts."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from entrypoints.stack_ports import Ports
from models.store.inbox import SqlInbox
from models.store.order_book import SqlOrderBook
from models.store.session import engine_for
from tests.docs.readme import BLOCKS, ROOT
from tests.stack_at_work import free_offset

pytestmark = pytest.mark.journey

_RUN, _TEST = "make run\n", "make test\n"
_START_SECONDS = 480


@dataclass(frozen=True)
class Running:
    """A stack that `make run` started, and how commands in another terminal reach it."""

    ports: Ports
    var: Path
    environment: dict[str, str]

    def adapted(self, block: str) -> str:
        """The block with the addresses of this run in place of the usual ones."""
        usual = Ports()
        moved = {usual.http: self.ports.http, usual.smtp: self.ports.smtp, usual.temporal: self.ports.temporal}
        for port, here in moved.items():
            block = block.replace(f"127.0.0.1:{port}", f"127.0.0.1:{here}")
        return re.sub(r"(?<![\w/])var/", f"{self.var}/", block)

    def run(self, block: str) -> subprocess.CompletedProcess[str]:
        command = ["bash", "-euo", "pipefail", "-c", self.adapted(block)]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("readme")
    offset, var, output = free_offset(), folder / "var", folder / "output.txt"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ORDERWRIGHT_", "TEMPORAL_"))}
    assert BLOCKS[0] == _RUN
    command = ["make", "run", f"PORTS={offset}", f"ARGS=--var {var}"]
    with output.open("w") as file:
        stack = subprocess.Popen(command, cwd=ROOT, env=clean, stdout=file, stderr=file, start_new_session=True)
    try:
        wait_for("Everything is running", output, stack)
        told = re.search(r"^export (.+)$", output.read_text(encoding="utf-8"), re.MULTILINE)
        assert told is not None
        places = dict(word.split("=", 1) for word in told[1].split())
        path = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{clean['PATH']}"
        yield Running(Ports().moved(offset), var, {**clean, **places, "PATH": path})
    finally:
        os.killpg(stack.pid, signal.SIGINT)
        stack.wait(60)
        shutil.rmtree(var, ignore_errors=True)


def wait_for(words: str, output: Path, stack: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while words not in output.read_text(encoding="utf-8"):
        assert stack.poll() is None, output.read_text(encoding="utf-8")
        assert time.monotonic() < deadline, output.read_text(encoding="utf-8")
        time.sleep(0.5)


@pytest.mark.timeout(900)
def test_every_command_works_in_the_order_of_the_page(running: Running) -> None:
    """Each block ends with exit code 0; what they send ends as the page says."""
    for block in BLOCKS[1:]:
        if block == _TEST:
            continue  # it is what runs this test
        done = running.run(block)
        assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
    engine = engine_for(f"sqlite:///{running.var / 'orderwright.db'}")
    orders, inbox = SqlOrderBook(engine), SqlInbox(engine)
    deadline = time.monotonic() + 120
    wanted = {"2026-1093": "Closed", "68/2026": "Closed", "ERP-1": "Closed", "ERP-2": "Closed"}
    while (found := statuses(orders, wanted)) != wanted or any(each.outcome is None for each in inbox.recent(5)):
        assert time.monotonic() < deadline, f"{found}, {[(each.name, each.outcome) for each in inbox.recent(5)]}"
        time.sleep(0.5)
    sent = {each.name: each.outcome for each in inbox.recent(500) if each.channel in ("http", "folder")}
    assert sent["15-tidewater-850.x12"] == "duplicate"
    assert sent["16-westland-order.xml"] == "duplicate"
    engine.dispose()


def statuses(orders: SqlOrderBook, wanted: dict[str, str]) -> dict[str, str]:
    found = {order.purchase_order.po_number or "": order.status.value for order in orders.recent(500)}
    return {number: found.get(number, "not there") for number in wanted}

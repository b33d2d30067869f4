"""Measures the running stack: an EDI order from SMTP to the warehouse, the memory of all its processes, a whole sample run.

Run it on an idle machine as `python -m benchmarks.stack`. It takes free ports and a folder of its own; what it starts it ends.
The first order of a fresh stack is shown apart: it pays for caches.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from statistics import median

import httpx
from rich.console import Console
from rich.table import Table

from demo.delivery import SampleMail, deliver, sample_mails
from entrypoints.stack_processes import MARK
from models.domain.errors import Rejected
from models.domain.identifiers import OrderId
from models.domain.lifecycle import OrderStatus
from models.store.inbox import SqlInbox
from models.store.order_book import SqlOrderBook
from models.store.session import engine_for

_HOME = Path(__file__).parents[1]
_RELEASED = {OrderStatus.RELEASED, OrderStatus.SHIPPED, OrderStatus.DELIVERED, OrderStatus.CLOSED}
_SAMPLE, _ITS_NUMBER = "edifact-d96a", b"8830011702"
_PATIENCE = 120.0


class RunningStack:
    """A stack that this script started."""

    def __init__(self, var: Path, offset: int) -> None:
        self.var = var
        self.smtp = 2525 + offset
        self._http = 8080 + offset
        command = [sys.executable, "-m", "stack", "--no-samples", "--port-offset", str(offset), "--var", str(var)]
        self._process = subprocess.Popen(command, cwd=_HOME, stdout=subprocess.DEVNULL)
        self._wait()
        engine = engine_for(f"sqlite:///{var / 'orderwright.db'}")
        self._inbox, self._orders = SqlInbox(engine), SqlOrderBook(engine)

    def stop(self) -> None:
        self._process.send_signal(signal.SIGINT)
        self._process.wait(60)

    def seconds_to_warehouse(self, mail: SampleMail) -> float:
        """From the first byte of the SMTP session to an order whose shipments are released."""
        began = time.monotonic()
        deliver(mail, "127.0.0.1", self.smtp)
        while time.monotonic() < began + _PATIENCE:
            if any(status in _RELEASED for status in self._statuses(mail)):
                return time.monotonic() - began
            time.sleep(0.02)
        raise SystemExit(f"{mail.name} was not released within {_PATIENCE:g} s: {self._statuses(mail)}. See {self.var}/log.")

    def memory(self) -> dict[str, int]:
        """Proportional set size in bytes of every process, by name."""
        found: dict[str, int] = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if f"{MARK}={self.var}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                    name = _name((folder / "cmdline").read_bytes())
                    found[name] = found.get(name, 0) + _pss(folder)
        found["stack"] = _pss(Path(f"/proc/{self._process.pid}"))
        return found

    def _statuses(self, mail: SampleMail) -> list[OrderStatus]:
        try:
            message = self._inbox.get(mail.message_id)
        except Rejected:
            return []
        # The order is there before its message has been concluded.
        ids = message.order_ids or (f"order:10023:{mail.name}",)
        orders = (self._orders.find(OrderId(order_id)) for order_id in ids)
        return [order.status for order in orders if order]

    def _wait(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            with suppress(httpx.HTTPError):
                if httpx.get(f"http://127.0.0.1:{self._http}/healthz", trust_env=False).is_success:
                    time.sleep(3)  # the workers begin to poll
                    return
            time.sleep(0.2)
        raise SystemExit("the stack did not start")


def orders(count: int) -> list[SampleMail]:
    """EDI orders that differ in their number alone."""
    (sample,) = (mail for mail in sample_mails(_HOME / "demo" / "inbox") if mail.name == _SAMPLE)
    interchange = (_HOME / "demo" / "inbox" / sample.file).read_bytes()
    return [_numbered(sample, interchange, number) for number in range(count)]


def _numbered(sample: SampleMail, interchange: bytes, number: int) -> SampleMail:
    po_number = f"99{number:08d}"
    content = interchange.replace(_ITS_NUMBER, po_number.encode())
    head = (
        f"From: {sample.sender}\r\nTo: orders@brueckner-hale.example\r\nSubject: ORDERS {po_number}\r\n"
        f"Date: Fri, 20 Nov 2026 09:00:00 +0100\r\nMessage-ID: <{po_number}@bench.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: application/edifact; name="orders.edi"\r\nContent-Disposition: attachment; filename="orders.edi"\r\n\r\n'
    )
    return replace(sample, name=po_number, content=head.encode() + re.sub(rb"\r?\n", b"\r\n", content.rstrip()) + b"\r\n")


def _name(command_line: bytes) -> str:
    words = command_line.decode("utf-8", "replace").split("\0")
    if "-m" in words:
        return words[words.index("-m") + 1]
    return Path(words[0]).name


def _pss(folder: Path) -> int:
    for line in (folder / "smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _free_offset() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return 10_000 + int(server.getsockname()[1]) % 20_000


def _sample_run(var: Path, offset: int) -> tuple[float, int]:
    """Wall time in seconds and exit code of a whole sample run on fresh folders."""
    began = time.monotonic()
    arguments = ["make", "run", "ONCE=1", f"PORTS={offset}", f"ARGS=--var {var}"]
    code = subprocess.run(arguments, cwd=_HOME, stdout=subprocess.DEVNULL, check=False).returncode
    return time.monotonic() - began, code


def _memory_rows(memory: dict[str, int]) -> list[tuple[str, str]]:
    rows = [(f"memory: {name}", f"{size / 1e6:,.0f} MB") for name, size in sorted(memory.items())]
    return [*rows, ("memory: all", f"{sum(memory.values()) / 1e6:,.0f} MB")]


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=10)
    parser.add_argument("--no-sample-run", dest="sample_run", action="store_false")
    wanted = parser.parse_args()
    rows = [("load of the machine before", f"{os.getloadavg()[0]:.2f} of {os.cpu_count()} cores")]
    with tempfile.TemporaryDirectory() as folder:
        stack = RunningStack(Path(folder).resolve() / "var", _free_offset())
        try:
            first, *times = [stack.seconds_to_warehouse(mail) for mail in orders(wanted.orders)]
            rows += [
                ("EDI order, SMTP to released: first", f"{first:.2f} s"),
                (f"EDI order, SMTP to released: median of {len(times)}", f"{median(times):.2f} s"),
                ("EDI order, SMTP to released: slowest", f"{max(times):.2f} s"),
                *_memory_rows(stack.memory()),
            ]
        finally:
            stack.stop()
        if wanted.sample_run:
            seconds, code = _sample_run(Path(folder) / "samples", _free_offset())
            rows.append(("make run ONCE=1, all samples", f"{seconds:.0f} s, exit code {code}"))
    table = Table("what", "measured")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


if __name__ == "__main__":
    main()

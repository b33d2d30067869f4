"""The whole stack as its processes, started as `make run` starts it, on ports and a folder of its own."""

from __future__ import annotations

import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx
from sqlalchemy import Engine

from entrypoints.stack_ports import Ports, check_ports
from models.domain.errors import Misconfigured, Rejected
from models.domain.identifiers import OrderId
from models.domain.lifecycle import OrderStatus
from models.domain.messages import InboundMessage
from models.domain.sales_order import SalesOrder
from models.store.inbox import SqlInbox
from models.store.order_book import SqlOrderBook
from models.store.session import engine_for

ROOT = Path(__file__).parents[1]
OUR_MAILBOX = "orders@brueckner-hale.example"
T = TypeVar("T")


@dataclass(frozen=True)
class StackAtWork:
    """A stack that runs, and the hands to feed, look into and hurt it."""

    ports: Ports
    var: Path
    process: subprocess.Popen[bytes]
    engine: Engine

    @property
    def inbox(self) -> SqlInbox:
        return SqlInbox(self.engine)

    @property
    def orders(self) -> SqlOrderBook:
        return SqlOrderBook(self.engine)

    @property
    def output(self) -> str:
        return (self.var / "stack.out").read_text(encoding="utf-8", errors="replace")

    def mail(self, content: bytes, sender: str) -> None:
        """Hand a mail to the SMTP door."""
        with smtplib.SMTP("127.0.0.1", self.ports.smtp, timeout=30) as server:
            server.sendmail(sender, [OUR_MAILBOX], content)

    def kill(self, name: str) -> None:
        """Kill a program as a power cut would. The supervisor starts it again."""
        os.kill(int((self.var / "run" / f"{name}.pid").read_text()), signal.SIGKILL)

    def message(self, message_id: str) -> InboundMessage:
        """The message once its intake has ended."""

        def look() -> InboundMessage | None:
            with suppress(Rejected):
                message = self.inbox.get(message_id)
                return message if message.outcome is not None else None
            return None

        return eventually(look, f"message {message_id[:12]} to be concluded", 120)

    def order_at(self, order_id: str, *statuses: OrderStatus) -> SalesOrder:
        """The order once it has come to one of the statuses."""

        def look() -> SalesOrder | None:
            order = self.orders.find(OrderId(order_id))
            return order if order is not None and order.status in statuses else None

        return eventually(look, f"{order_id} to be {' or '.join(statuses)}", 120)

    def is_well(self) -> bool:
        with suppress(httpx.HTTPError):
            return httpx.get(f"http://127.0.0.1:{self.ports.http}/healthz", timeout=5, trust_env=False).is_success
        return False


def eventually(look: Callable[[], T | None], what: str, seconds: float) -> T:
    """What `look` finds as soon as it finds something."""
    deadline = time.monotonic() + seconds
    while (found := look()) is None:
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s for {what}"
        time.sleep(0.2)
    return found


@contextmanager
def stack_at_work(folder: Path, *arguments: str, **settings: str) -> Iterator[StackAtWork]:
    """Start the stack with these arguments and ORDERWRIGHT_ settings; it is ended and gone when this ends."""
    offset, var = free_offset(), folder / "var"
    var.mkdir(parents=True)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ORDERWRIGHT_", "TEMPORAL_"))}
    environment = clean | {f"ORDERWRIGHT_{name.upper()}": value for name, value in settings.items()}
    # setpriv (util-linux): a test run that is killed takes its stack with it.
    command = [
        "setpriv",
        "--pdeathsig",
        "TERM",
        sys.executable,
        "-m",
        "stack",
        "--port-offset",
        str(offset),
        "--var",
        str(var),
        *arguments,
    ]
    with (var / "stack.out").open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True)
    engine = engine_for(f"sqlite:///{var / 'orderwright.db'}")
    stack = StackAtWork(Ports().moved(offset), var, process, engine)
    try:
        eventually(lambda: (stack.is_well() or process.poll() is not None) or None, "the stack to be up", 180)
        assert process.poll() is None, stack.output
        yield stack
    finally:
        engine.dispose()
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)


def free_offset() -> int:
    """An offset that leads to free ports only."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        first = server.getsockname()[1] % 20_000
    for offset in range(1000 + first, 50_000, 97):
        with suppress(Misconfigured):
            check_ports(Ports().moved(offset))
            return offset
    raise AssertionError("no free ports")

"""The process that reads documents: imports the reader once, then forks a limited child for each document.

Run as `python -m activities.gateways.reading_server module:function` with a Unix socket as standard input. Over it come
the sockets of single requests; each child answers on its own with frames (one letter, eight bytes of length, content)
that hold JSON and pictures, never pickles, so that a hostile document that takes over the child gains nothing by it.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import resource
import selectors
import signal
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol

from models.contracts.reading_v1 import ReadingV1
from models.domain.document import PagePicture
from models.domain.errors import Misconfigured, OrderwrightError, Rejected, Unavailable
from models.domain.party import PartnerProfile

HEADER = struct.Struct("!cQ")
PID, READING, PICTURE, REFUSAL, END = b"P", b"J", b"B", b"R", b"E"
_PR_SET_PDEATHSIG = 1
_MOST_OPEN_FILES = 512


class Result(Protocol):
    """What the reader's function gives."""

    @property
    def reading(self) -> ReadingV1: ...

    @property
    def pictures(self) -> tuple[PagePicture, ...]: ...

    @property
    def body_text(self) -> str: ...


Target = Callable[..., Result]


def send_frame(connection: socket.socket, kind: bytes, content: bytes) -> None:
    connection.sendall(HEADER.pack(kind, len(content)))
    connection.sendall(content)


def receive_exactly(connection: socket.socket, length: int) -> bytes:
    """`length` bytes. Raises `EOFError` where the other side ends before."""
    pieces: list[bytes] = []
    while length:
        piece = connection.recv(min(length, 1 << 20))
        if not piece:
            raise EOFError("the connection ended within a frame")
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)


def serve(target: Target, control: socket.socket) -> None:
    """Takes request sockets from `control` until its other side closes; then ends, and with it every child."""
    children: dict[int, socket.socket] = {}
    wake, wakened = socket.socketpair()
    wakened.setblocking(False)
    signal.set_wakeup_fd(wakened.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    with selectors.DefaultSelector() as selector:
        selector.register(control, selectors.EVENT_READ)
        selector.register(wake, selectors.EVENT_READ)
        while True:
            ready = [key.fileobj for key, _ in selector.select()]
            if wake in ready:
                wake.recv(4096)
                _reap(children)
            if control in ready and not _accept(target, control, children):
                return


def _accept(target: Target, control: socket.socket, children: dict[int, socket.socket]) -> bool:
    """Forks a child for the next request; False where there will be none any more."""
    _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
    if not descriptors:
        return False
    connection = socket.socket(fileno=descriptors[0])
    server = os.getpid()
    pid = os.fork()
    if pid == 0:
        for other in (control, *children.values()):
            other.close()  # no document's reader can hear or answer for another's
        _child(target, connection, server)
    with suppress(ProcessLookupError, PermissionError):
        os.setpgid(pid, pid)  # the child does so too: whoever comes first
    children[pid] = connection
    return True


def _reap(children: dict[int, socket.socket]) -> None:
    while children:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        connection = children.pop(pid, None)
        if connection is not None:
            with connection, suppress(OSError):  # the asker may be gone
                connection.settimeout(1)
                send_frame(connection, END, str(os.waitstatus_to_exitcode(status)).encode())


def _child(target: Target, connection: socket.socket, server: int) -> None:
    """Reads one document and never returns."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setpgid(0, 0)
        _die_with(server)
        send_frame(connection, PID, str(os.getpid()).encode())
        _answer(target, connection)
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


def _die_with(server: int) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != server:
        os._exit(1)  # it died before this child asked to die with it


def _answer(target: Target, connection: socket.socket) -> None:
    _, length = HEADER.unpack(receive_exactly(connection, HEADER.size))
    request: dict[str, Any] = json.loads(receive_exactly(connection, length))
    content = receive_exactly(connection, request["size"])
    _limit(request["memory"], request["cpu_seconds"], request["file_bytes"])
    received_at = datetime.fromisoformat(request["received_at"]) if request["received_at"] else None
    try:
        partners = [PartnerProfile.model_validate(partner) for partner in request["partners"]]
        result = target(content, request["name"], received_at, *([partners] if partners else []))
    except OrderwrightError as error:
        send_frame(connection, REFUSAL, json.dumps(_refusal(error)).encode())
        return
    except MemoryError:
        message = f"{request['name']} needs more than {request['memory'] // 1024**2} MB to be read: send it in smaller parts"
        send_frame(connection, REFUSAL, json.dumps({"kind": "rejected", "code": "reader_memory", "message": message}).encode())
        return
    _send_result(connection, result)


def _refusal(error: OrderwrightError) -> dict[str, str]:
    if isinstance(error, Rejected):
        return {"kind": "rejected", "code": error.code, "message": str(error)}
    kind = (
        "unavailable" if isinstance(error, Unavailable) else "misconfigured" if isinstance(error, Misconfigured) else "rejected"
    )
    return {"kind": kind, "code": "rejected", "message": str(error)}


def _limit(memory: int, cpu_seconds: int, file_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    most = min(_MOST_OPEN_FILES, hard) if hard != resource.RLIM_INFINITY else _MOST_OPEN_FILES
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _send_result(connection: socket.socket, result: Result) -> None:
    pictures = [
        {"part": picture.part, "page": picture.page, "width": picture.width, "height": picture.height}
        for picture in result.pictures
    ]
    answer = {"reading": result.reading.model_dump(mode="json"), "pictures": pictures, "body_text": result.body_text}
    send_frame(connection, READING, json.dumps(answer).encode("utf-8", "surrogatepass"))
    for picture in result.pictures:
        send_frame(connection, PICTURE, picture.png)


def _nothing() -> None:
    """The preparation of a reader that needs none."""


def main() -> None:
    """Serves the function that the first argument names until standard input's other side closes.

    Where its module has a function `prepare`, that is called once before the first document.
    """
    module, _, function = sys.argv[1].partition(":")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us; we end when it does
    reader = importlib.import_module(module)
    target: Target = getattr(reader, function)
    getattr(reader, "prepare", _nothing)()
    gc.freeze()  # what is shared with the children is not to be copied by their garbage collection
    serve(target, socket.socket(fileno=os.dup(0)))


if __name__ == "__main__":
    main()

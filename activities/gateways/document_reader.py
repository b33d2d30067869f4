"""Reads untrusted documents in child processes with limits on time, memory and files.

A document that crashes, hangs or exhausts its reader costs only itself. The reader is given by name, as the composition
root knows it; it is imported once, in a server process of ours that forks for every document.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from pydantic import ValidationError

from activities.gateways.reading_server import END, HEADER, PICTURE, PID, READING, REFUSAL, send_frame
from models.contracts.reading_v1 import ReadingV1
from models.domain.document import PagePicture
from models.domain.errors import Misconfigured, Rejected, Unavailable
from models.domain.party import PartnerProfile

MEGABYTE = 1024 * 1024
_LARGEST_ANSWER = 64 * MEGABYTE
_LARGEST_PICTURE = 32 * MEGABYTE
_MOST_PAGES = 100
_BYTES_A_PAGE = 100_000
_TICK_SECONDS = 1.0
#: Numerical libraries start a thread per core, and forking a process with threads is unsafe; one per document is enough.
_SINGLE_THREADED = dict.fromkeys(("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True, slots=True)
class ReadDocumentResult:
    """What one document gave."""

    reading: ReadingV1
    pictures: tuple[PagePicture, ...]
    body_text: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may use. Its time is `seconds` and `seconds_a_page` for each page that it seems to have."""

    memory_bytes: int = 1536 * MEGABYTE
    input_bytes: int = 50 * MEGABYTE
    file_bytes: int = 256 * MEGABYTE
    seconds: float = 60.0
    seconds_a_page: float = 4.0

    def seconds_for(self, content: bytes) -> float:
        """The time for `content`: pages are counted in a PDF's open text or reckoned from its size."""
        pages = max(len(re.findall(rb"/Type\s*/Page\b", content)), len(content) // _BYTES_A_PAGE)
        return self.seconds + self.seconds_a_page * min(pages, _MOST_PAGES)


@dataclass(slots=True)
class _Answer:
    """The frames of one child as they come in."""

    pid: int = 0
    reading: dict[str, Any] | None = None
    refusal: dict[str, str] | None = None
    exit_code: int | None = None
    timed_out: bool = False
    pngs: list[bytes] | None = None


class ChildDocumentReader:
    """Reads documents with the function `reader` ("module:function") in children of a server process.

    Safe to use from several threads. `close` ends the server and whatever it still reads; so does the end of this process.
    """

    def __init__(self, reader: str, *, limits: Limits | None = None) -> None:
        self._reader = reader
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._server: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            self._stop()

    def read(
        self,
        content: bytes,
        name: str,
        received_at: datetime | None = None,
        on_tick: Callable[[], None] | None = None,
        partners: Sequence[PartnerProfile] = (),
    ) -> ReadDocumentResult:
        """All that the document says; `on_tick` is called about every second meanwhile, `partners` say what their codes mean.

        Raises `Rejected` (too_large, reader_crashed, reader_timeout, reader_memory) naming the document and the cause,
        and what the reader itself raises of `models.domain.errors`.
        """
        if len(content) > self._limits.input_bytes:
            size, most = len(content) // MEGABYTE, self._limits.input_bytes // MEGABYTE
            raise Rejected(f"{name} has {size} MB; at most {most} MB are read: send the order alone", code="too_large")
        seconds = self._limits.seconds_for(content)
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._hand_over(theirs)
            answer = _Exchange(ours, time.monotonic() + seconds, on_tick).run(
                self._request(content, name, received_at, seconds, partners), content
            )
        return self._result(answer, name, seconds)

    def _request(
        self, content: bytes, name: str, received_at: datetime | None, seconds: float, partners: Sequence[PartnerProfile]
    ) -> bytes:
        request = {
            "name": name,
            "size": len(content),
            "received_at": received_at.isoformat() if received_at else None,
            "memory": self._limits.memory_bytes,
            "cpu_seconds": int(seconds) + 5,
            "file_bytes": self._limits.file_bytes,
            "partners": [partner.model_dump(mode="json") for partner in partners if partner.has_own_codes],
        }
        return json.dumps(request).encode()

    def _hand_over(self, connection: socket.socket) -> None:
        """Gives the child's end of a connection to the server, which is started anew where it has ended."""
        with self._lock:
            for attempt in (1, 2):
                control = self._running()
                try:
                    socket.send_fds(control, [b"+"], [connection.fileno()])
                except OSError as error:
                    self._stop()
                    if attempt == 2:
                        raise Unavailable(f"the process that reads documents cannot be reached: {error}") from error
                else:
                    return

    def _running(self) -> socket.socket:
        if self._server is not None and self._control is not None and self._server.poll() is None:
            return self._control
        self._stop()
        ours, theirs = socket.socketpair()
        path = os.pathsep.join(entry or str(os.getcwd()) for entry in sys.path)  # noqa: PTH109
        with theirs:
            self._server = subprocess.Popen(  # noqa: S603 (our own interpreter, and a name that our own code gives)
                [sys.executable, "-m", "activities.gateways.reading_server", self._reader],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env={**os.environ, **_SINGLE_THREADED, "PYTHONPATH": path},
            )
        self._control = ours
        return ours

    def _stop(self) -> None:
        """Ends the server; it takes its children with it."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._server is not None:
            with suppress(subprocess.TimeoutExpired):
                self._server.wait(timeout=2)
            self._server.kill()
            self._server.wait()
            self._server = None

    def _result(self, answer: _Answer, name: str, seconds: float) -> ReadDocumentResult:
        if answer.refusal is not None:
            raise _raised(answer.refusal, name)
        if answer.exit_code is None and not answer.timed_out:
            raise Unavailable(f"the process that reads documents ended while it read {name}")
        if answer.reading is None or answer.pngs is None or answer.timed_out:
            raise _died(answer, name, seconds)
        try:
            reading = ReadingV1.model_validate(answer.reading["reading"])
            shown = zip(answer.reading["pictures"], answer.pngs, strict=True)
            pictures = tuple(PagePicture(**_picture(said), png=png) for said, png in shown)
            text = str(answer.reading["body_text"])
        except (ValidationError, KeyError, ValueError, TypeError) as error:
            raise Rejected(f"{name}: its reader answered with what is no reading ({error})", code="reader_crashed") from error
        return ReadDocumentResult(reading, pictures, text)


def _picture(said: dict[str, Any]) -> dict[str, Any]:
    return {"part": str(said["part"]), "page": int(said["page"]), "width": float(said["width"]), "height": float(said["height"])}


def _raised(refusal: dict[str, str], name: str) -> Exception:
    message = refusal.get("message", f"{name} was refused")
    if refusal.get("kind") == "unavailable":
        return Unavailable(message)
    if refusal.get("kind") == "misconfigured":
        return Misconfigured(message)
    return Rejected(message, code=refusal.get("code", "rejected"))


def _died(answer: _Answer, name: str, seconds: float) -> Rejected:
    """Why a child ended without an answer: killed for its time, ended by a signal, or by an error of its own."""
    code = answer.exit_code
    if code is None or answer.timed_out or code == -signal.SIGXCPU:
        return Rejected(
            f"{name} was not read within {seconds:.0f} seconds: send the order in a simpler form", code="reader_timeout"
        )
    if code == -signal.SIGKILL:
        return Rejected(f"{name}: its reader was killed, most likely because memory ran out", code="reader_memory")
    cause = signal.Signals(-code).name if code < 0 else f"exit status {code}"
    return Rejected(f"{name} crashed its reader ({cause}): it is kept, and needs a person to look at it", code="reader_crashed")


class _Exchange:
    """Sends one request and collects the frames of its answer, until `deadline` (monotonic seconds)."""

    def __init__(self, connection: socket.socket, deadline: float, on_tick: Callable[[], None] | None) -> None:
        self._connection = connection
        self._deadline = deadline
        self._on_tick = on_tick or (lambda: None)
        self._answer = _Answer()
        self._last_tick = time.monotonic()

    def run(self, request: bytes, content: bytes) -> _Answer:
        """The answer as far as it came; without an exit code where the time ran out or the server ended."""
        self._connection.settimeout(_TICK_SECONDS)
        sender = threading.Thread(target=self._send, args=(request, content), daemon=True)
        sender.start()
        try:
            while self._answer.exit_code is None and self._next_frame():
                pass
        except (EOFError, ConnectionError):
            self._kill()
        except BaseException:
            self._kill()
            raise
        finally:
            with suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)
            sender.join()
        return self._answer

    def _send(self, request: bytes, content: bytes) -> None:
        # on a thread of its own: a child that dies or hangs before it has read all must not block us
        with suppress(OSError):
            duplicate = self._connection.dup()
            with duplicate:
                duplicate.settimeout(max(1.0, self._deadline - time.monotonic()))
                send_frame(duplicate, READING, request)
                duplicate.sendall(content)

    def _next_frame(self) -> bool:
        """Takes in one frame; False where the time is over."""
        head = self._exactly(HEADER.size)
        if head is None:
            return False
        kind, length = HEADER.unpack(head)
        if length > (_LARGEST_PICTURE if kind == PICTURE else _LARGEST_ANSWER):
            raise EOFError("a frame is larger than any honest answer")
        content = self._exactly(length)
        if content is None:
            return False
        self._take(kind, content)
        return True

    def _take(self, kind: bytes, content: bytes) -> None:
        if kind == PID:
            self._answer.pid = int(content)
        elif kind == READING:
            self._answer.reading, self._answer.pngs = json.loads(content), []
        elif kind == PICTURE and self._answer.pngs is not None:
            self._answer.pngs.append(content)
        elif kind == REFUSAL:
            self._answer.refusal = json.loads(content)
        elif kind == END:
            self._answer.exit_code = int(content)

    def _exactly(self, length: int) -> bytes | None:
        """`length` bytes, ticking meanwhile; None after the child was killed because its time is over."""
        pieces: list[bytes] = []
        while length:
            if time.monotonic() > self._deadline:
                self._answer.timed_out = True
                self._kill()
                return None
            self._tick()
            try:
                piece = self._connection.recv(min(length, MEGABYTE))
            except TimeoutError:
                continue
            if not piece:
                raise EOFError("the reader's connection ended")
            pieces.append(piece)
            length -= len(piece)
        return b"".join(pieces)

    def _tick(self) -> None:
        if time.monotonic() - self._last_tick >= _TICK_SECONDS:
            self._last_tick = time.monotonic()
            self._on_tick()

    def _kill(self) -> None:
        """Ends the child and all that it started."""
        if self._answer.pid > 1:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._answer.pid, signal.SIGKILL)

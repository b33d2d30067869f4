"""Readers for the child process to run in tests: one is well-behaved, the others do what hostile documents make parsers do."""

from __future__ import annotations

import ctypes
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.contracts.extraction_v1 import DocumentV1, ExtractionV1, Intent
from models.contracts.reading_v1 import ReadingV1
from models.domain.document import PagePicture
from models.domain.errors import Misconfigured, Rejected, Unavailable


@dataclass(frozen=True)
class Result:
    reading: ReadingV1
    pictures: tuple[PagePicture, ...] = ()
    body_text: str = ""


def read(content: bytes, name: str, received_at: datetime | None) -> Result:
    """Does what the first word of the content says."""
    word, _, rest = content[:200].decode("utf-8", "replace").partition(" ")
    act = _ACTS.get(word)
    if act is not None:
        act(rest)
    document = DocumentV1(name=name, sha256="0" * 64, media_type="text/plain", language=str(received_at) if received_at else None)
    extraction = ExtractionV1(document=document, intent=Intent.OTHER)
    pictures = (PagePicture("p", 1, 10, 20, b"png" * 400_000), PagePicture("p", 2, 10, 20, b""))
    return Result(ReadingV1(extraction=extraction), pictures, f"{os.getpid()} {len(content)}")


def _hang(_: str) -> None:
    while True:
        time.sleep(1)


def _hang_with_child(where: str) -> None:
    child = subprocess.Popen(["sleep", "1000"])
    Path(where).write_text(str(child.pid))
    _hang("")


def _raise(kind: str) -> None:
    raise {
        "rejected": Rejected("no order", code="damaged"),
        "unavailable": Unavailable("later"),
        "misconfigured": Misconfigured("no tesseract"),
    }[kind]


def _eat_memory(_: str) -> None:
    hoard = []
    while True:
        hoard.append(bytearray(32 * 1024 * 1024))


def _write_much(where: str) -> None:
    with Path(where).open("wb") as file:
        for _ in range(64):
            file.write(bytes(1024 * 1024))


_ACTS: dict[str, Callable[[str], object]] = {
    "segfault": lambda _: ctypes.string_at(0),
    "hang": _hang,
    "hang_with_child": _hang_with_child,
    "eat": _eat_memory,
    "exit": lambda code: os._exit(int(code)),
    "bug": lambda _: 1 / 0,
    "sleep": lambda seconds: time.sleep(float(seconds)),
    "raise": _raise,
    "write": _write_much,
    "spin": lambda _: all(True for _ in iter(int, 1)),
}

"""Files that are there wholly or not at all, and still there after the power failed."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.domain.errors import Unavailable

#: Unfinished files lie here until they are complete; what a crash leaves in it is never read.
_UNFINISHED = ".unfinished"


def create_once(root: Path, path: Path, content: bytes) -> bool:
    """Create the file under `root` with this content; False where there is one already, which stays as it is.

    Raises `Unavailable` where the disk refuses.
    """
    with _complete(root, path, content) as finished:
        try:
            os.link(finished, path, follow_symlinks=False)
        except FileExistsError:
            return False
        _sync_folder(path.parent)
        return True


def replace(root: Path, path: Path, content: bytes) -> None:
    """Put the file in the place of whatever is there, in one step. Raises `Unavailable` where the disk refuses."""
    with _complete(root, path, content) as finished:
        finished.replace(path)
        _sync_folder(path.parent)


def move(path: Path, to: Path) -> None:
    """Move a complete file within one disk, in one step. Raises `Unavailable` where the disk refuses."""
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        path.replace(to)
        _sync_folder(to.parent)
    except OSError as error:
        raise Unavailable(f"{to} cannot be written: {error.strerror}") from error


def read(path: Path) -> bytes:
    """The content of a file that is no link. Raises `FileNotFoundError`, or `Unavailable` where the disk refuses."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as opened:
            return opened.read()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Unavailable(f"{path} cannot be read: {error.strerror}") from error


def file_name(words: str) -> str:
    """A file name for any words: readable where they are plain, and different for different words."""
    readable = re.sub(r"[^A-Za-z0-9_-]+", "-", words).strip("-")[:60] or "unnamed"
    return readable if readable == words else f"{readable}-{hashlib.sha256(words.encode()).hexdigest()[:12]}"


@contextmanager
def _complete(root: Path, path: Path, content: bytes) -> Iterator[Path]:
    try:
        unfinished = root / _UNFINISHED
        for folder in (unfinished, path.parent):
            folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=unfinished)
        try:
            with os.fdopen(descriptor, "wb") as opened:
                opened.write(content)
                opened.flush()
                os.fsync(opened.fileno())
            yield Path(name)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable(f"{path} cannot be written: {error.strerror}") from error


def _sync_folder(folder: Path) -> None:
    """The name of a file is as durable as its folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

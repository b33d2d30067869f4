"""The watched folder: what is put there is taken in. Taken files move to `taken/`, others to `refused/` with the reason.

A file is taken when it has not changed between two looks. Dotfiles and names that end in .part, .tmp, .crdownload or ~ are
still being written and stay. Only plain files are read: links, pipes and devices are refused.
"""

from __future__ import annotations

import asyncio
import logging
import os
import stat
from pathlib import Path

from entrypoints.backend import safe_name
from entrypoints.intake_door import IntakeDoor
from models.domain.errors import Misconfigured, Rejected, Unavailable

_UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart", "~")
_FILES_PER_LOOK = 100

_log = logging.getLogger(__name__)

Look = tuple[int, int, int]


class WatchedFolder:
    """Takes the files of one folder in. Its parts `taken` and `refused` are made beside them."""

    def __init__(self, folder: Path, door: IntakeDoor, max_bytes: int, pause: float = 1.0) -> None:
        self._folder = folder
        self._door = door
        self._max_bytes = max_bytes
        self._pause = pause
        self._seen: dict[str, Look] = {}

    async def run(self) -> None:
        """Watch until cancelled. Where nothing can be kept, files stay where they are and are tried again."""
        while True:
            try:
                await self.look()
            except (Unavailable, Misconfigured, OSError) as outage:
                _log.warning("files wait in the watched folder, none is lost: %s", outage)
                await asyncio.sleep(5 * self._pause)
            await asyncio.sleep(self._pause)

    async def look(self) -> int:
        """Take what has not changed since the last look and return how many files that were."""
        taken = 0
        for path in await asyncio.to_thread(self._settled):
            taken += await self._take(path)
        return taken

    def _settled(self) -> list[Path]:
        for part in (self._folder, self._folder / "taken", self._folder / "refused"):
            part.mkdir(parents=True, exist_ok=True)
        with os.scandir(self._folder) as entries:
            looks = {entry.name: _look(entry) for entry in entries if _is_finished(entry)}
        settled = [name for name, look in looks.items() if self._seen.get(name) == look]
        self._seen = looks
        return [self._folder / name for name in sorted(settled)[:_FILES_PER_LOOK]]

    async def _take(self, path: Path) -> bool:
        try:
            content = await asyncio.to_thread(_read, path, self._max_bytes)
            await self._door.take_in(content, _text(path.name), "folder", "")
        except Rejected as refusal:
            await asyncio.to_thread(self._refuse, path, str(refusal))
            return False
        except FileNotFoundError:
            return False
        await asyncio.to_thread(_move, path, self._folder / "taken")
        return True

    def _refuse(self, path: Path, reason: str) -> None:
        kept = _move(path, self._folder / "refused")
        kept.with_name(f"{kept.name}.txt").write_text(f"{_text(path.name)} was not taken: {reason}\n", encoding="utf-8")


def _is_finished(entry: os.DirEntry[str]) -> bool:
    is_folder = entry.is_dir(follow_symlinks=False)
    return not is_folder and not entry.name.startswith(".") and not entry.name.lower().endswith(_UNFINISHED)


def _look(entry: os.DirEntry[str]) -> Look:
    seen = entry.stat(follow_symlinks=False)
    return seen.st_ino, seen.st_size, seen.st_mtime_ns


def _read(path: Path, max_bytes: int) -> bytes:
    """The file's bytes. Raises `Rejected` for what is no plain file, is too large or may not be read."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise Rejected("it is a link, a pipe or a device: put a copy of the file itself here", code="not_a_file")
    try:
        # O_NOFOLLOW and O_NONBLOCK: the name may have become a link or a pipe since it was looked at.
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except PermissionError as error:
        raise Rejected("it may not be read: give this user the right to, and put it here again", code="not_readable") from error
    with os.fdopen(opened, "rb") as file:
        content = file.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise Rejected(f"it is larger than the {max_bytes:,} bytes that are taken: split it", code="too_large")
    return content


def _move(path: Path, folder: Path) -> Path:
    """Move into `folder` under a name that is free there."""
    name = safe_name(_text(path.name))
    target = folder / name
    count = 1
    while target.exists() or target.is_symlink():
        count += 1
        target = folder / f"{Path(name).stem}-{count}{Path(name).suffix}"
    return path.rename(target)


def _text(name: str) -> str:
    """A file name as text: bytes that are not UTF-8 become question marks."""
    return os.fsencode(name).decode("utf-8", "replace").replace("\ufffd", "?")

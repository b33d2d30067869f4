"""The files of a search index: sorted words, the rows that bear each, and the rows themselves, read where they lie.

Arrays are memory-mapped, so that all workers of a machine share one copy. A folder is written beside its place and moved
there whole; a manifest with the sizes of its files is its proof, and without a fitting one the folder is no index.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Counts up whenever the meaning of the files changes: an index of another format is built anew.
FORMAT = 1
_MANIFEST = "manifest.json"

Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Words:
    """Sorted words as bytes; a word's number is its place."""

    sorted: NDArray[np.bytes_]

    def __len__(self) -> int:
        return len(self.sorted)

    def find(self, word: str) -> int:
        """The word's number, -1 where it is none of them."""
        key = self._key(word)
        at = int(np.searchsorted(self.sorted, key))
        return at if at < len(self.sorted) and self.sorted[at] == key else -1

    def beginning(self, prefix: str) -> range:
        """The numbers of the words that begin so."""
        key = self._key(prefix)
        start = int(np.searchsorted(self.sorted, key))
        return range(start, int(np.searchsorted(self.sorted, np.bytes_(bytes(key) + b"\xff"))))

    def word(self, number: int) -> str:
        return bytes(self.sorted[number]).decode("utf-8", "ignore")

    def _key(self, word: str) -> np.bytes_:
        return np.bytes_(encoded(word, self.sorted.itemsize))


def encoded(word: str, width: int) -> bytes:
    """The word as the bytes that are kept of it."""
    return word.encode("utf-8", "replace")[:width]


@dataclass(frozen=True, slots=True)
class Postings:
    """For each number the rows that bear it, ascending."""

    starts: NDArray[np.int64]
    rows: Rows

    def of(self, number: int) -> Rows:
        return self.rows[self.starts[number] : self.starts[number + 1]]

    def count(self, number: int) -> int:
        return int(self.starts[number + 1] - self.starts[number])


def posted(keys: Rows, rows: Rows, count: int) -> Postings:
    """Postings of pairs (key, row), keys being 0 to `count` - 1 and rows ascending."""
    order = np.argsort(keys, kind="stable")
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(keys, minlength=count), out=starts[1:])
    return Postings(starts, rows[order])


def sorted_words(words: Sequence[str], width: int) -> tuple[Words, Rows]:
    """The words in their order, and for each given word its number there. Words that are alike in `width` bytes are one."""
    if not words:
        return Words(np.array([], dtype=f"S{width}")), np.array([], dtype=np.int32)
    keys = np.array([encoded(word, width) for word in words], dtype=f"S{width}")
    found, numbers = np.unique(keys, return_inverse=True)
    return Words(found), numbers.astype(np.int32).reshape(-1)


class IndexWriter:
    """Collects the arrays of an index in a folder of its own beside `place` and moves them there at `finish`."""

    def __init__(self, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        self._place = place
        self._folder = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent))

    def array(self, name: str, values: NDArray[Any]) -> None:
        np.save(self._folder / f"{name}.npy", values, allow_pickle=False)

    def words(self, name: str, words: Words) -> None:
        self.array(name, words.sorted)

    def postings(self, name: str, postings: Postings) -> None:
        self.array(f"{name}_starts", postings.starts)
        self.array(f"{name}_rows", postings.rows)

    def records(self, name: str, records: Iterable[str]) -> int:
        """Texts one after the other, and where each begins."""
        starts = [0]
        with (self._folder / f"{name}.txt").open("wb") as file:
            for record in records:
                starts.append(starts[-1] + file.write(record.encode("utf-8", "replace")))
        self.array(f"{name}_starts", np.array(starts, dtype=np.int64))
        return len(starts) - 1

    def finish(self, version: str) -> None:
        """Make it the index at `place`. Readers of an older one keep it as long as they like."""
        sizes = {file.name: file.stat().st_size for file in sorted(self._folder.iterdir())}
        manifest = {"format": FORMAT, "version": version, "files": sizes}
        (self._folder / _MANIFEST).write_text(json.dumps(manifest))
        if self._place.exists():
            # A folder cannot replace a full one: the old one is moved away first, and is whole until then.
            old = Path(tempfile.mkdtemp(prefix=f".{self._place.name}.old.", dir=self._place.parent))
            self._place.rename(old / "index")
            self._folder.rename(self._place)
            shutil.rmtree(old)
        else:
            self._folder.rename(self._place)

    def abandon(self) -> None:
        """Leave nothing behind of an index that was not finished."""
        shutil.rmtree(self._folder, ignore_errors=True)


class IndexReader:
    """The arrays of the index at a place."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def array(self, name: str) -> NDArray[Any]:
        path = self._place / f"{name}.npy"
        # An empty array has nothing to map.
        mapped: NDArray[Any] = np.load(path, mmap_mode="r" if _has_values(path) else None, allow_pickle=False)
        return mapped.view(np.ndarray)

    def words(self, name: str) -> Words:
        return Words(self.array(name))

    def postings(self, name: str) -> Postings:
        return Postings(self.array(f"{name}_starts"), self.array(f"{name}_rows"))

    def records(self, name: str) -> Records:
        starts = self.array(f"{name}_starts")
        path = self._place / f"{name}.txt"
        mapped = np.memmap(path, dtype=np.uint8, mode="r") if path.stat().st_size else np.array([], dtype=np.uint8)
        return Records(starts, mapped.view(np.ndarray))


@dataclass(frozen=True, slots=True)
class Records:
    """Texts by their number."""

    starts: NDArray[np.int64]
    content: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:
        return bytes(self.content[self.starts[number] : self.starts[number + 1]]).decode("utf-8", "replace")


def version_at(place: Path) -> str | None:
    """The version of the whole index at `place`; None where there is none, or one that is torn or of another format."""
    try:
        manifest = json.loads((place / _MANIFEST).read_text())
        sizes = {name: os.stat(place / name).st_size for name in manifest["files"]}  # noqa: PTH116 (a stat a file, no more)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    fits = manifest.get("format") == FORMAT and sizes == manifest["files"]
    return str(manifest["version"]) if fits else None


def _has_values(path: Path) -> bool:
    with path.open("rb") as file:
        major, _ = np.lib.format.read_magic(file)
        read = np.lib.format.read_array_header_1_0 if major == 1 else np.lib.format.read_array_header_2_0
        shape, _, _ = read(file)
    return 0 not in shape

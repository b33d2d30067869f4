"""One document of the benchmark with what a careful person reads in it, and the split that its layout belongs to.

The split hangs on the layout alone: a layout that tests is never one that somebody improved or trained the reader with.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Literal, get_args

Source = Literal["native_pdf", "scan", "photo", "email", "spreadsheet", "word"]
Split = Literal["train", "calibrate", "test"]
SOURCES: tuple[Source, ...] = get_args(Source)
SPLITS: tuple[Split, ...] = get_args(Split)

_TRAIN, _CALIBRATE = 0.4, 0.6
#: Layouts up to here tested until 2026-11-23 and were given to training then: what only test showed had nobody to learn from it.
_GIVEN = 0.8


@dataclass(frozen=True, slots=True)
class Case:
    """A document to read. `layout` is the id of its layout or template, `language` ISO 639-1.

    `truth` is `{"intent": …, "orders": [order of the extraction contract with plain values]}`. A list as a value means that
    any of these is right (None among them: may also be missing), "*" that the field is not judged; a field that is not named
    must be null. A line may have `deliveries` ([{"quantity", "requested_delivery_date"}]): one line each or their sum is right.
    An order with `"asks": "true"` is one that no clerk enters without asking, however well its values were read: touchless, it
    is a silent error.
    """

    name: str
    source: Source
    layout: str
    language: str
    split: Split
    content: bytes
    truth: dict[str, Any]


def split_of(layout: str) -> Split:
    """Where everything of `layout` belongs: 60 % of all layouts train, 20 % calibrate, 20 % test, by the hash of the id."""
    share = int.from_bytes(hashlib.sha256(layout.encode()).digest()[:8], "big") / 2**64
    if share < _TRAIN or _CALIBRATE <= share < _GIVEN:
        return "train"
    return "calibrate" if share < _CALIBRATE else "test"

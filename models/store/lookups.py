"""How numbers are compared when people write them in their own ways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from models.domain.normalisation import normalised_part_number

T = TypeVar("T")


def number_key(number: str) -> str:
    """A part number as it is compared. PostgreSQL takes no NUL, and no number of ours has one."""
    return normalised_part_number(number).replace("\x00", "")


def storable(numbers: Iterable[str]) -> list[str]:
    """Those that a database can hold at all: PostgreSQL takes no NUL in text, so nothing there can equal them."""
    return [number for number in numbers if "\x00" not in number]


def unambiguous(given: str, found: Sequence[tuple[str, T]]) -> T | None:
    """The one that `given` means among (number, value) of the same key: the only one, or the one written exactly so."""
    exact = [value for number, value in found if number == given]
    meant = exact or [value for _, value in found]
    return meant[0] if len(meant) == 1 else None

"""How numbers are compared when people write them in their own ways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import Engine, select

from models.domain.normalisation import normalised_part_number
from models.store.session import reading
from models.store.tables import data_version

T = TypeVar("T")


def number_key(number: str) -> str:
    """A part number as it is compared. PostgreSQL takes no NUL, and no number of ours has one."""
    return normalised_part_number(number).replace("\x00", "")


def storable(numbers: Iterable[str]) -> list[str]:
    """Those that a database can hold at all: PostgreSQL takes no NUL in text, so nothing there can equal them."""
    return [number for number in numbers if "\x00" not in number]


def data_state(engine: Engine, name: str) -> str:
    """The version of what is loaded under a name, and where it began: an index on the disk may outlive its database."""
    names = (name, f"{name}_origin")
    with reading(engine) as connection:
        wanted = select(data_version.c.name, data_version.c.version).where(data_version.c.name.in_(names))
        kept = {row.name: row.version for row in connection.execute(wanted)}
    return ".".join(str(kept.get(each, 0)) for each in reversed(names))


def unambiguous(given: str, found: Sequence[tuple[str, T]]) -> T | None:
    """The one that `given` means among (number, value) of the same key: the only one, or the one written exactly so."""
    exact = [value for number, value in found if number == given]
    meant = exact or [value for _, value in found]
    return meant[0] if len(meant) == 1 else None

"""Compound files ([MS-CFB]), which hold xls workbooks and Outlook's mails: whether their chains of sectors come to an end.

A chain that runs in a circle lets readers of such files take all memory; it is refused here before any of them sees it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from itertools import islice

from models.domain.errors import Rejected

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER, _LISTED = 512, 109  # bytes of the header, and the FAT sectors that it names ([MS-CFB] 2.2)
_LAST_REGULAR = 0xFFFFFFFA
_SHIFTS = frozenset({9, 12})


def demand_ends(content: bytes, part: str) -> None:
    """Raises `Rejected` (damaged) for a compound file whose chains of sectors run in circles, or lead out of the file."""
    if not content.startswith(SIGNATURE) or len(content) < _HEADER:
        return
    (shift,) = struct.unpack_from("<H", content, 30)
    if shift not in _SHIFTS:
        raise _damaged(part, "its sectors have no size that such files have")
    size = 1 << shift
    table = list(_table(content, size, part))
    small = list(_numbers(content, _chain(struct.unpack_from("<I", content, 60)[0], table), size))
    if any(map(_runs_in_circles, (table, small))):
        raise _damaged(part, "its sectors follow one another in a circle")


def _table(content: bytes, size: int, part: str) -> Iterator[int]:
    """The file allocation table: for each sector the one that follows it."""
    sectors = list(struct.unpack_from(f"<{_LISTED}I", content, 76))
    more, count = struct.unpack_from("<II", content, 68)
    seen: set[int] = set()
    while count and more < _LAST_REGULAR:
        if more in seen:
            raise _damaged(part, "its sectors follow one another in a circle")
        seen.add(more)
        *listed, more = [*_numbers(content, [more], size)] or [_LAST_REGULAR]
        sectors += listed
    yield from _numbers(content, (sector for sector in sectors if sector < _LAST_REGULAR), size)


def _numbers(content: bytes, sectors: Iterator[int] | Sequence[int], size: int) -> Iterator[int]:
    """The numbers that `sectors` hold; those beyond the file hold none."""
    for sector in islice(sectors, len(content) // size + 1):
        whole = content[(sector + 1) * size : (sector + 2) * size]
        yield from struct.unpack(f"<{len(whole) // 4}I", whole[: len(whole) // 4 * 4])


def _chain(first: int, table: Sequence[int]) -> Iterator[int]:
    while first < len(table):
        yield first
        first = table[first]


def _runs_in_circles(table: Sequence[int]) -> bool:
    """Whether a walk along `table` from any of its sectors comes back to one that it passed; each sector is passed once."""
    walks = [0] * len(table)
    for start in range(len(table)):
        at = start
        while at < len(table) and not walks[at]:
            walks[at] = start + 1
            at = table[at]
        if at < len(table) and walks[at] == start + 1:
            return True
    return False


def _damaged(part: str, why: str) -> Rejected:
    return Rejected(f"{part} is damaged ({why}): save it anew and send it again", code="damaged")

"""Counts of packs with what each holds, in one cell: "2 ctn of 6", "3 Karton à 12 Stk"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from models.domain.values import UnitCode
from parsers.values.numbers import NumberStyle, parse_number
from parsers.values.units import unit_code

_OF = r"(?:of|with|à|á|a|je|zu|von|mit|de|avec|con|da|di|van|met|po|z)"
_FORM = re.compile(
    rf"(?P<packs>\d{{1,5}})\s?(?:x\s)?(?P<pack>[^\W\d_]{{2,12}}\.?)\s{_OF}\s?(?P<pieces>\d{{1,5}})(?:\s(?P<unit>[^\W\d_]{{1,12}}\.?))?",
    re.IGNORECASE,
)
_PIECE = UnitCode("C62")


class PackCount(NamedTuple):
    """So many packs of `pieces` each, which `unit` counts."""

    packs: Decimal
    pieces: Decimal
    unit: UnitCode


@lru_cache(maxsize=16_384)
def pack_count(text: str, style: NumberStyle) -> PackCount | None:
    """What a cell says of packs and of what one holds; None for anything else."""
    match = _FORM.fullmatch(" ".join(text.split()))
    if match is None or unit_code(match["pack"], style.language) in (None, _PIECE):
        return None
    packs, pieces = parse_number(match["packs"], style), parse_number(match["pieces"], style)
    unit = unit_code(match["unit"], style.language) if match["unit"] else _PIECE
    return PackCount(packs, pieces, unit) if packs and pieces and unit is not None else None

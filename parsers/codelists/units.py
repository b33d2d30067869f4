"""Unit codes of electronic orders as UN/ECE Recommendation 20 (and 21) codes."""

from __future__ import annotations

from functools import lru_cache

from models.domain.values import UnitCode
from parsers.codelists import table


@lru_cache(maxsize=1024)
def rec20_unit(code: str) -> UnitCode | None:
    """A code that claims to be of Recommendation 20: itself, or what replaced it (PCE is C62, XBX is BX). None where unknown."""
    row = table("rec20_units").get(code.strip().upper())
    return UnitCode(row[1] or code) if row is not None else None


@lru_cache(maxsize=1024)
def x12_unit(code: str) -> UnitCode | None:
    """An X12 355 code as a Recommendation 20 code: EA is C62, CA (case) is CS. None where there is none."""
    row = table("x12_units").get(code.strip().upper())
    return UnitCode(row[1]) if row is not None and row[1] else None


def x12_code(unit: str) -> str:
    """The X12 355 code of a Recommendation 20 unit, "ZZ" (mutually defined) where X12 has none."""
    if unit == "C62":
        return "EA"
    return next((code for code, row in table("x12_units").items() if row[1] == unit), "ZZ")

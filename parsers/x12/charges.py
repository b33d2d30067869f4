"""SAC in words: an allowance or charge that the extraction has no field for, as people read it."""

from __future__ import annotations

from decimal import Decimal

from parsers import codelists
from parsers.electronic.segments import Segment

_KINDS = {"A": "allowance", "C": "charge", "N": "no allowance or charge", "P": "promotion", "S": "service", "D": "deposit"}


def charge_in_words(segment: Segment) -> str:
    """ "charge 25.00, freight (SAC*C*D240***2500)"; SAC05 has two implied decimals (X12 data type N2), SAC08 is a rate."""
    kind = _KINDS.get(segment.get(1), "allowance or charge")
    name = codelists.meaning("x12_charges", segment.get(2)) or segment.get(2)
    parts = [kind, _amount(segment.get(5)), f"{segment.get(7)} %" if segment.get(7) else "", _rate(segment)]
    words = " ".join(filter(None, parts))
    return ", ".join(filter(None, (words, name, segment.get(15)))) + f" ({segment.text})"


def _amount(raw: str) -> str:
    if not (raw.isascii() and raw.lstrip("-").isdigit()) or len(raw) > 15:
        return raw
    return f"{Decimal(raw) / 100:.2f}"


def _rate(segment: Segment) -> str:
    if not segment.get(8):
        return ""
    return f"{segment.get(8)} per {segment.get(9) or 'unit'}"

"""X12's dates (DT, data element 373): six digits before 004010, eight since; DTM05 and 06 state other formats and ranges."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from models.contracts.extraction_v1 import StatedValue
from parsers.electronic.segments import Segment
from parsers.electronic.structured import CERTAIN, OrderDraft, stated


def stated_date(
    draft: OrderDraft, segment: Segment, element: int, path: str, *, confidence: float = CERTAIN
) -> StatedValue | None:
    """The date of an element as an ISO date; an impossible one becomes a fault (X12 723, code 8)."""
    raw = segment.get(element)
    if not raw:
        return None
    day = day_of(raw)
    if day is None:
        message = f"{raw[:40]!r} is not a date; ask the sender for {path}"
        draft.fault("invalid_date", segment, message, element=element, value=raw, path=path)
        return None
    return stated(day, confidence, segment.evidence)


def segment_date(draft: OrderDraft, segment: Segment, path: str, *, confidence: float = CERTAIN) -> StatedValue | None:
    """The date of a DTM: its second element, else the first day of its sixth (X12 1250: D8, RD8, D6, RD6 …)."""
    if segment.get(2) or not segment.get(6):
        return stated_date(draft, segment, 2, path, confidence=confidence)
    raw = segment.get(6)
    day = day_of(raw.split("-")[0] if segment.get(5).startswith("RD") else raw[:8])
    if day is None:
        message = f"{raw[:40]!r} with format {segment.get(5) or 'unstated'} is not a date; ask the sender for {path}"
        draft.fault("invalid_date", segment, message, element=6, value=raw, path=path)
        return None
    return stated(day, confidence, segment.evidence)


@lru_cache(maxsize=4096)
def day_of(raw: str) -> str | None:
    """An ISO day of ccyymmdd or yymmdd (69 to 99 are the last century's), None where there is no such day."""
    if not (raw.isascii() and raw.isdigit()) or len(raw) not in {6, 8}:
        return None
    full = raw if len(raw) == 8 else f"{19 if int(raw[:2]) >= 69 else 20}{raw}"
    try:
        return date(int(full[:4]), int(full[4:6]), int(full[6:])).isoformat()
    except ValueError:
        return None

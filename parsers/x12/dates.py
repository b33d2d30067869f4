"""X12's dates (DT, data element 373): six digits before 004010, eight since."""

from __future__ import annotations

from datetime import date

from models.contracts.extraction_v1 import StatedValue
from parsers.segments import Segment
from parsers.structured import CERTAIN, OrderDraft


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
    return StatedValue(value=day, confidence=confidence, evidence=segment.evidence)


def day_of(raw: str) -> str | None:
    """An ISO day of ccyymmdd or yymmdd (69 to 99 are the last century's), None where there is no such day."""
    if not (raw.isascii() and raw.isdigit()) or len(raw) not in {6, 8}:
        return None
    full = raw if len(raw) == 8 else f"{19 if int(raw[:2]) >= 69 else 20}{raw}"
    try:
        return date(int(full[:4]), int(full[4:6]), int(full[6:])).isoformat()
    except ValueError:
        return None

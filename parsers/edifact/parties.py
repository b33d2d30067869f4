"""EDIFACT's header groups as our fields: parties (NAD), dates (DTM), payment terms (PAT)."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from models.contracts.extraction_v1 import StatedValue
from parsers.electronic.deliveries import Fields
from parsers.electronic.segments import Segment
from parsers.electronic.structured import CERTAIN, OWNER_UNCLEAR, OrderDraft, stated

#: UNCL 3035 to the contract's parties, the surest first; the others (SU, SE: the seller; UC, CA …) have no place in it.
PARTY_ROLES = {
    "buyer": ("BY", "OB"), "ship_to": ("DP", "ST", "CN"), "bill_to": ("IV", "BT", "ITO", "PR"),
}  # fmt: skip

_PERIODS = {"D": "days", "WD": "working days", "W": "weeks", "M": "months", "Y": "years", "CD": "calendar days"}


def role_of(qualifier: str) -> str:
    """The contract's party that a NAD is, "" where it has no place there."""
    return next((role for role, qualifiers in PARTY_ROLES.items() if qualifier in qualifiers), "")


def party_fields(segment: Segment, draft: OrderDraft, role: str) -> Fields:
    """The fields of NAD: identification (C082), name and address structured (C080, C059 …) or as lines (C058)."""
    fields = _identification(segment, draft, role)
    fields["name"] = draft.text(" ".join(segment.components(4)[:5]), segment)
    fields["street"] = draft.text(", ".join(filter(None, map(str.strip, segment.components(5)[:4]))), segment)
    fields["city"] = draft.text(segment.get(6), segment)
    fields["region"] = draft.text(segment.get(7), segment)
    fields["postal_code"] = draft.text(segment.get(8), segment)
    fields["country"] = draft.country(segment.get(9), segment, f"{role}.country", element=9)
    lines = [line.strip() for line in segment.components(3)[:5] if line.strip()]
    if lines and fields["name"] is None:
        fields["name"] = draft.text(lines.pop(0), segment)
    if lines and fields["street"] is None:
        fields["street"] = draft.text(", ".join(lines), segment, confidence=0.9)
    return fields


def _identification(segment: Segment, draft: OrderDraft, role: str) -> Fields:
    """C082: agency 9 (GS1) makes it a GLN, 91 the seller's number for the party; else it is not said whose number it is."""
    number, agency = segment.get(2), segment.get(2, 3)
    if agency == "9" or (not agency and re.fullmatch(r"\d{13}", number)):
        return {"gln": draft.gln(number, segment, f"{role}.gln", element=2)}
    return {"customer_number": draft.text(number, segment, confidence=CERTAIN if agency == "91" else OWNER_UNCLEAR)}


def party_reference(segment: Segment, draft: OrderDraft) -> Fields:
    """RFF below NAD: VA the VAT id, IT and API the customer's number in the seller's books. Empty for any other."""
    qualifier, number = segment.get(1), segment.get(1, 2)
    if qualifier == "VA":
        return {"vat_id": draft.text(number, segment)}
    if qualifier in {"IT", "AVC"}:
        return {"customer_number": draft.text(number, segment)}
    return {}


def stated_date(segment: Segment, draft: OrderDraft, path: str, *, confidence: float = CERTAIN) -> StatedValue | None:
    """DTM's C507 as an ISO date, by its format code (UNCL 2379): 102, 203, 201 …; of a period its first day."""
    raw, form = segment.get(1, 2), segment.get(1, 3)
    if not raw:
        return None
    day = day_of(raw, form)
    if day is None:
        message = f"{raw[:40]!r} with format {form or 'unstated'} is not a date; ask the sender for {path}"
        draft.fault("invalid_date", segment, message, element=1, value=raw, path=path)
        return None
    return stated(day, confidence, segment.evidence)


@lru_cache(maxsize=4096)
def day_of(raw: str, form: str) -> str | None:
    """An ISO day of `raw` in a UNCL 2379 format: 2 ddmmyy, 101 yymmdd, 102 ccyymmdd, 616 ccyyww, 718 a period."""
    digits = re.split(r"[-/]", raw.strip())[0] if form in {"718", "719", "711"} else raw.strip()
    if not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return _by_format(digits, form)
    except ValueError:
        return None


def _by_format(digits: str, form: str) -> str | None:
    if form == "2":
        return _century(digits[4:6], digits[2:4], digits[:2])
    if form in {"101", "201", "202", "713", "717"} and len(digits) in {6, 10, 12}:
        return _century(digits[:2], digits[2:4], digits[4:6])
    if form == "616" and len(digits) == 6:
        return date.fromisocalendar(int(digits[:4]), int(digits[4:]), 1).isoformat()
    if form in {"", "102", "203", "204", "718", "719", "711"} and len(digits) in {8, 12, 14, 16}:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).isoformat()
    return None


def _century(year: str, month: str, day: str) -> str:
    """Two-digit years as POSIX reads them: 69 to 99 are the last century's."""
    full = int(year) + (1900 if int(year) >= 69 else 2000)
    return date(full, int(month), int(day)).isoformat()


def payment_terms(segments: list[Segment]) -> str:
    """PAT groups in words: the stated text where there is one, else "30 days net", "2 % within 10 days" or "due on" a day."""
    phrases: list[str] = []
    percent = due = ""
    for segment in reversed(segments):
        if segment.tag == "PCD" and segment.get(1) in {"12", "7", "2"}:
            percent = segment.get(1, 2)
        elif segment.tag == "DTM":
            due = day_of(segment.get(1, 2), segment.get(1, 3)) or due
        elif segment.tag == "PAT":
            phrases.insert(0, _phrase(segment, percent) or (f"due on {due}" if due else ""))
            percent = due = ""
    return "; ".join(filter(None, phrases))


def _phrase(segment: Segment, percent: str) -> str:
    words = " ".join(filter(None, (component.strip() for component in segment.components(2)[3:5])))
    if words:
        return words
    period, number = _PERIODS.get(segment.get(3, 3), ""), segment.get(3, 4)
    span = f"{number} {period}" if number and period else ""
    if percent:
        return f"{percent} % within {span}" if span else f"{percent} %"
    return f"{span} net" if span else ""


def free_text(segment: Segment) -> str:
    """FTX's C108: up to five texts that are one."""
    return " ".join(filter(None, (text.strip() for text in segment.components(4))))

"""N1 loops: a party's name, number and address over N1 to N4, and its address for electronic mail in PER."""

from __future__ import annotations

from models.contracts.extraction_v1 import StatedValue
from parsers import codelists
from parsers.electronic.deliveries import Fields
from parsers.electronic.segments import Segment
from parsers.electronic.structured import CERTAIN, OWNER_UNCLEAR, OrderDraft

#: N101 (X12 98) to the contract's parties, the surest first; the seller's (SE, VN, SU, SF, RE …) have no place in it.
ROLES = {"buyer": ("BY", "BO", "SO", "OB"), "ship_to": ("ST", "BS", "CN"), "bill_to": ("BT", "BS", "PR")}


class PartyLoop:
    """One N1 loop while it is read."""

    __slots__ = ("emails", "head", "segments")

    def __init__(self, head: Segment) -> None:
        self.head = head
        self.segments: list[Segment] = []
        self.emails: list[Segment] = []

    @property
    def qualifier(self) -> str:
        return self.head.get(1)

    def take(self, segment: Segment) -> bool:
        """Keep N2, N3 and N4; of PER its address for electronic mail. False for what else there is."""
        if segment.tag in {"N2", "N3", "N4"}:
            self.segments.append(segment)
            return True
        if segment.tag == "PER" and email_of(segment):
            self.emails.append(segment)
        return False

    def in_words(self) -> str:
        """The whole loop for people, as a party that has no place of its own."""
        meaning = codelists.meaning("x12_parties", self.qualifier)
        texts = [self.head.text, *(segment.text for segment in self.segments)]
        return f"{f'{meaning}: ' if meaning else ''}{', '.join(texts)}"

    def fields(self, draft: OrderDraft, role: str) -> Fields:
        """The party as the loop states it; of several N3 or N4 the streets join and the last town counts."""
        found = _identity(self.head, draft, role)
        found["name"] = self._joined(draft, "N2", self.head, (self.head.get(2),), " ")
        found["street"] = self._joined(draft, "N3", None, (), ", ")
        for segment in self.segments:
            if segment.tag == "N4":
                found["city"] = draft.text(segment.get(1), segment)
                found["region"] = draft.text(segment.get(2) or _subdivision(segment), segment)
                found["postal_code"] = draft.text(segment.get(3), segment)
                found["country"] = draft.country(segment.get(4), segment, f"{role}.country", element=4)
        if self.emails:
            found["email"] = draft.text(email_of(self.emails[0]), self.emails[0])
        return found

    def _joined(
        self, draft: OrderDraft, tag: str, first: Segment | None, words: tuple[str, ...], glue: str
    ) -> StatedValue | None:
        more = [segment for segment in self.segments if segment.tag == tag]
        texts = [*words, *(segment.get(element) for segment in more for element in (1, 2))]
        sources = [*([first] if first is not None and words[0] else []), *more]
        return draft.joined(glue.join(filter(None, texts)), sources) if sources else None


def _identity(head: Segment, draft: OrderDraft, role: str) -> Fields:
    """N103 (X12 66): UL makes N104 a GLN, 91 the seller's number for the party; else it is not said whose number it is."""
    number, qualifier = head.get(4), head.get(3)
    if qualifier == "UL":
        return {"gln": draft.gln(number, head, f"{role}.gln", element=4)}
    return {"customer_number": draft.text(number, head, confidence=CERTAIN if qualifier == "91" else OWNER_UNCLEAR)}


def _subdivision(segment: Segment) -> str:
    """N405 and N406 name a state or province outside North America (X12 309: SP)."""
    return segment.get(6) if segment.get(5) == "SP" else ""


def email_of(segment: Segment) -> str:
    """PER03/04, 05/06, 07/08: the address for electronic mail."""
    return next((segment.get(place + 1) for place in (3, 5, 7) if segment.get(place) == "EM"), "")

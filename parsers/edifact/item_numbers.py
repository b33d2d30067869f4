"""The numbers of a line's goods (C212 in LIN and PIA), by whose they are."""

from __future__ import annotations

from models.contracts.extraction_v1 import StatedValue
from models.domain.findings import Severity
from parsers import codelists
from parsers.electronic.deliveries import Fields
from parsers.electronic.segments import Segment
from parsers.electronic.structured import CERTAIN, OWNER_UNCLEAR, OrderDraft, gtin_of_isbn

_NUMBERS = ("seller_part_number", "buyer_part_number", "gtin")


class ItemNumbers:
    """Fills the number fields of one line; `at` is where the line's fields lie in the order."""

    __slots__ = ("_strange", "at", "draft", "fields")

    def __init__(self, draft: OrderDraft, at: str, fields: Fields) -> None:
        self.draft = draft
        self.at = at
        self.fields = fields
        self._strange: list[tuple[str, str, Segment]] = []

    def take(self, segment: Segment, element: int) -> bool:
        """Use the C212 of an element by its UNCL 7143 code. False where it has no place."""
        number = segment.get(element)
        if not number:
            return True
        kind = segment.get(element, 2)
        use = self.draft.owners.get(kind) or codelists.role("edifact_items", kind)
        if use == "gtin":
            return self._set("gtin", self.draft.gtin(number, segment, self.at + "gtin", element=element))
        if use == "isbn":
            return self._isbn(number, segment)
        if use and use != "ignore":
            return self._set(f"{use}_part_number", self.draft.text(number, segment))
        if use or kind in codelists.table("edifact_items"):
            return False
        self._strange.append((number, kind, segment))
        return True

    def settle(self, label: str) -> None:
        """A number under no code, or one of nobody's list (PZN), identifies the goods where nothing else does.

        Whose it is stays open; where another number is there, it is left over.
        """
        for number, kind, segment in self._strange:
            if any(self.fields.get(name) for name in _NUMBERS):
                self.draft.leave(segment.tag, f"{label}: {segment.text}")
                continue
            self.fields["seller_part_number"] = self.draft.text(number, segment, confidence=OWNER_UNCLEAR)
            if kind:
                message = f"{label}: {kind!r} does not say whose number {number!r} is; the partner's part_numbers may"
                self.draft.problem("unknown_number_code", Severity.INFO, message, self.at + "seller_part_number")

    def _isbn(self, number: str, segment: Segment) -> bool:
        """An ISBN is nobody's own number; the GTIN that it stands for is inferred, so it has no evidence."""
        gtin = gtin_of_isbn(number)
        if gtin is None:
            message = f"{number!r} is not an ISBN: its check digit is wrong"
            self.draft.fault("invalid_value", segment, message, value=number, path=self.at + "gtin", severity=Severity.WARNING)
        elif self.fields.get("gtin") is None:
            self.fields["gtin"] = StatedValue(value=gtin, confidence=0.95)
        if self.fields.get("seller_part_number") is None:
            self.fields["seller_part_number"] = self.draft.text(number, segment, confidence=OWNER_UNCLEAR)
            return True
        return False

    def _set(self, name: str, value: StatedValue | None) -> bool:
        """Keep the first statement of a field; a second, different one is left over."""
        present = self.fields.get(name)
        if present is None or present.confidence < CERTAIN:
            self.fields[name] = value or present
            return True
        return value is None or value.value == present.value

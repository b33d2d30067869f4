"""The detail of 850 and 860: a PO1 or POC loop becomes one order line, or one for each of its dated deliveries."""

from __future__ import annotations

from decimal import Decimal

from models.contracts.extraction_v1 import OrderLineV1, StatedValue
from models.domain.findings import Severity
from parsers import codelists
from parsers.codelists.units import x12_unit
from parsers.electronic.deliveries import Delivery, Fields, by_delivery, store_shares
from parsers.electronic.segments import Segment
from parsers.electronic.structured import (
    CERTAIN,
    OWNER_UNCLEAR,
    REQUESTED_DATES,
    OrderDraft,
    Source,
    gtin_of_isbn,
    line_fields,
    order_line,
    stated,
)
from parsers.x12.charges import charge_in_words
from parsers.x12.dates import segment_date, stated_date
from parsers.x12.parties import PartyLoop

#: CTP02 (X12 236) that state what the buyer pays; RES, MSR, RTL … are the consumer's prices.
_PAID_PRICES = frozenset({"UCP", "NET", "CON", "CUP", "PUR", "INV", ""})
#: Units (X12 355) that count by the dozen, hundred or thousand themselves: a price per dozen is then one per ordered unit.
_COUNTED = {"12": ("DZ",), "100": ("HU", "HC"), "1000": ("TH",)}
#: Units of nobody knows how many pieces.
_CONTAINERS = frozenset({"CA", "CT", "BX", "PK", "BG", "PL", "CR", "BD"})
#: X12 639 for the price of one piece.
_EACH = frozenset({"PE", "LE", "QE", "TE", "WE"})
_LOOPS = frozenset({"N1", "N9", "SAC", "SLN", "SCH"})


class LineDraft:
    """One PO1 or POC loop while it is read."""

    __slots__ = (
        "at", "change", "dates", "descriptions", "discounts", "draft", "fields", "group", "head", "index", "manufacturer",
        "party", "schedule", "shares",
    )  # fmt: skip

    def __init__(self, draft: OrderDraft, index: int, head: Segment) -> None:
        self.draft = draft
        self.index = index
        #: Where the line's fields lie in the order.
        self.at = f"lines[{index}]."
        self.head = head
        #: POC02 (X12 670): AI adds, DI deletes, NC changes nothing …
        self.change = head.get(2) if head.tag == "POC" else ""
        self.fields: Fields = line_fields()
        self.dates: dict[str, Segment] = {}
        self.descriptions: list[Segment] = []
        self.schedule: list[Segment] = []
        self.shares: list[tuple[str, str, Source, int]] = []
        self.discounts: list[Segment] = []
        self.manufacturer = ""
        self.group = ""
        self.party: PartyLoop | None = None

    @property
    def label(self) -> str:
        return f"Line {self.head.get(1) or self.index + 1}"

    def take(self, segment: Segment) -> None:
        """Use a segment of the loop; what has no place goes to the leftovers."""
        tag = segment.tag
        if tag in _LOOPS:
            self.group = tag
        use = _USES.get(tag)
        if use is None or not use(self, segment):
            self.draft.leave_of(self, segment, weighty=tag in {"SAC", "CTP", "TXI", "TAX"})

    def lines(self) -> list[OrderLineV1]:
        """The order lines of the loop: one, or one for each of its dated deliveries when several add up to what is ordered."""
        head = self.head
        self.fields["line_number"] = self.draft.text(head.get(1), head)
        self._numbers()
        self._quantity_and_price()
        self._description()
        if self.discounts:
            self._discount()
        if self.dates:
            self._requested_date()
        deliveries = self._deliveries() if self.schedule else []
        if self.shares:
            store_shares(self.draft, self.fields, self.shares, label=self.label, path=self.at + "quantity")
        if self.change == "DI":
            self.fields["quantity"] = stated("0", CERTAIN, head.evidence)
            deliveries = []
        whole = order_line(self.fields)
        if not deliveries:
            return [whole]
        return by_delivery(self.draft, whole, deliveries, label=self.label, path=self.at[:-1], total="AMT")

    def _numbers(self) -> None:
        """The pairs of qualifier (X12 235) and number from PO106 or POC08 on."""
        first = 8 if self.change else 6
        values = self.head.values(first)
        for place, (kind, number) in enumerate(zip(values[::2], values[1::2], strict=False)):
            if number and not self._number(kind, number, first + 2 * place + 1):
                name = codelists.meaning("x12_items", kind)
                self.draft.leave(self.head.tag, f"{self.label}: {kind}{f' ({name})' if name else ''} {number}")
        if self.manufacturer:
            self._manufacturers_number()

    def _manufacturers_number(self) -> None:
        """It identifies the goods where nothing else does."""
        if not any(self.fields.get(name) for name in ("seller_part_number", "buyer_part_number", "gtin")):
            self.fields["seller_part_number"] = self.draft.text(self.manufacturer, self.head, confidence=OWNER_UNCLEAR)
        else:
            self.draft.leave(self.head.tag, f"{self.label}: MG (manufacturer's part number) {self.manufacturer}")

    def _number(self, kind: str, number: str, element: int) -> bool:
        draft, head = self.draft, self.head
        use = draft.owners.get(kind) or codelists.role("x12_items", kind)
        if use in {"seller", "buyer"}:
            return self._set(f"{use}_part_number", draft.text(number, head))
        if use == "gtin":
            return self._set("gtin", draft.gtin(number, head, self.at + "gtin", element=element))
        if use == "ignore":
            return False
        if use == "isbn":
            gtin = gtin_of_isbn(number)
            self._set("gtin", StatedValue(value=gtin, confidence=0.95) if gtin else None)
            return self._set("seller_part_number", self.draft.text(number, self.head, confidence=OWNER_UNCLEAR))
        if use == "manufacturer" and not self.manufacturer:
            self.manufacturer = number
            return True
        return False

    def _set(self, name: str, value: StatedValue | None) -> bool:
        """Keep the first statement of a field; a second, different one is left over."""
        present = self.fields.get(name)
        if present is None:
            self.fields[name] = value
            return True
        return value is None or value.value == present.value

    def _quantity_and_price(self) -> None:
        quantity, unit, price = (3, 5, 6) if self.change else (2, 3, 4)
        head, draft, at = self.head, self.draft, self.at
        self.fields["quantity"] = draft.number(head.get(quantity), head, at + "quantity", element=quantity)
        self.fields["unit"] = draft.unit(head.get(unit), head, at + "unit", x12_unit, element=unit)
        amount = draft.number(head.get(price), head, at + "unit_price", element=price)
        if amount is not None:
            self.fields["unit_price"] = amount
            basis = head.get(price + 1)
            if basis:
                self._basis(basis)
        if self.change in {"QI", "QD"}:
            message = (
                f"{self.label}: change code {self.change} leaves open whether {head.get(3)} is the new quantity or the difference"
            )
            draft.problem("ambiguous_quantity", Severity.ERROR, message, self.at + "quantity")

    def _basis(self, code: str) -> None:
        """PO105 (X12 639): per hundred, per dozen …; a price per another unit than the ordered one is a doubt."""
        row = codelists.table("x12_price_bases").get(code)
        if row is None:
            self.draft.leave(self.head.tag, f"{self.label}: basis of unit price {code}")
            return
        unit = self.head.get(5 if self.change else 3)
        if row[1] and unit not in _COUNTED.get(row[1], ()):
            self.fields["price_basis_quantity"] = stated(row[1], CERTAIN, self.head.evidence)
        if (row[2] and row[2] != unit) or (unit in _CONTAINERS and (row[1] or code in _EACH)):
            message = f"{self.label}: {row[0]}, but the quantity is in another unit; find out how many make one"
            self.draft.problem("price_unit_differs", Severity.WARNING, message, self.at + "unit_price")

    def _description(self) -> None:
        if self.descriptions:
            words = dict.fromkeys([segment.get(5) for segment in self.descriptions])
            self.fields["description"] = self.draft.joined(" ".join(words), self.descriptions)

    def _discount(self) -> None:
        """One allowance in percent is the line's discount; several, or amounts, are for people."""
        if len(self.discounts) == 1 and self.fields.get("discount_percent") is None:
            segment = self.discounts[0]
            self.fields["discount_percent"] = self.draft.number(segment.get(7), segment, self.at + "discount_percent", element=7)
            return
        for segment in self.discounts:
            self.draft.leave("SAC", f"{self.label}: {charge_in_words(segment)}", weighty=True)

    def _requested_date(self) -> None:
        path = self.at + "requested_delivery_date"
        for use, confidence in REQUESTED_DATES:
            if use not in self.dates:
                continue
            if self.fields["requested_delivery_date"] is None:
                day = segment_date(self.draft, self.dates[use], path, confidence=confidence)
                self.fields["requested_delivery_date"] = day
            else:
                self.draft.leave_of(self, self.dates[use])

    def _deliveries(self) -> list[Delivery]:
        found = []
        for segment in self.schedule:
            amount = self.draft.number(segment.get(1), segment, self.at + "quantity", element=1)
            day = stated_date(self.draft, segment, 6, self.at + "requested_delivery_date")
            if amount is not None and day is not None and codelists.role("x12_dates", segment.get(5)):
                found.append((amount, day))
            else:
                self.draft.leave("SCH", f"{self.label}: {segment.text}", weighty=True)
        return found


def _take_pid(line: LineDraft, segment: Segment) -> bool:
    if not segment.get(5):
        return False
    if line.group == "SLN":
        line.draft.note(f"subline: {segment.get(5)}", segment, about=line.label)
    else:
        line.descriptions.append(segment)
    return True


def _take_ctp(line: LineDraft, segment: Segment) -> bool:
    """CTP states the price where PO104 does not, per CTP04 units. Retail prices are kept for people."""
    if segment.get(2) not in _PAID_PRICES:
        line.draft.leave_of(line, segment)
        return True
    head = line.head.get(6 if line.change else 4)
    if head or line.fields.get("unit_price") is not None:
        return bool(head) and _same_number(head, segment.get(3))
    line.fields["unit_price"] = line.draft.number(segment.get(3), segment, line.at + "unit_price", element=3)
    line.fields["price_basis_quantity"] = line.draft.number(segment.get(4), segment, line.at + "price_basis_quantity", element=4)
    return line.fields["unit_price"] is not None


def _same_number(left: str, right: str) -> bool:
    try:
        return Decimal(left) == Decimal(right)
    except ArithmeticError:
        return False


def _take_dtm(line: LineDraft, segment: Segment) -> bool:
    use = codelists.role("x12_dates", segment.get(1))
    if not use or use == "ordered" or use in line.dates or line.group == "N9":
        name = codelists.meaning("x12_dates", segment.get(1))
        line.draft.leave("DTM", f"{line.label}: {name} {segment.text}" if name else f"{line.label}: {segment.text}")
        return True
    line.dates[use] = segment
    return True


def _take_sch(line: LineDraft, segment: Segment) -> bool:
    line.schedule.append(segment)
    return True


def _take_sdq(line: LineDraft, segment: Segment) -> bool:
    """SDQ: a unit, whose codes the stores are, then pairs of store and quantity."""
    for element in range(3, len(segment.elements), 2):
        if segment.get(element + 1):
            line.shares.append((segment.get(element), segment.get(element + 1), segment, element + 1))
    return True


def _take_sac(line: LineDraft, segment: Segment) -> bool:
    if segment.get(1) == "A" and segment.get(7):
        line.discounts.append(segment)
    else:
        line.draft.leave("SAC", f"{line.label}: {charge_in_words(segment)}", weighty=segment.get(1) != "N")
    return True


def _take_text(line: LineDraft, segment: Segment) -> bool:
    """MSG01, NTE02, N903, PKG05: free text about the line."""
    text = segment.get({"MSG": 1, "NTE": 2, "N9": 3, "PKG": 5}[segment.tag])
    line.draft.note(text, segment, about=line.label)
    return bool(text)


def _take_sln(line: LineDraft, segment: Segment) -> bool:
    """SLN: what a pack or set consists of, with its numbers as in PO1."""
    numbers = (f"{segment.get(at)} {segment.get(at + 1)}" for at in range(9, len(segment.elements), 2) if segment.get(at + 1))
    amount = " ".join(filter(None, (segment.get(4), segment.get(5))))
    words = ", ".join(filter(None, (f"subline {segment.get(1)}", amount, *numbers)))
    line.draft.note(words, segment, about=line.label)
    return True


def _take_amt(line: LineDraft, segment: Segment) -> bool:
    if segment.get(1) != "1" or line.fields.get("line_total") is not None:
        return False
    line.fields["line_total"] = line.draft.number(segment.get(2), segment, line.at + "line_total", element=2)
    return True


def _take_n1(line: LineDraft, segment: Segment) -> bool:
    """A line may say where it goes; the order then says whether all lines agree. Other parties are shown whole."""
    if line.party is not None and line.party.qualifier == "ST":
        line.draft.leave("N1", f"{line.label}: {segment.text}", weighty=True)
        return True
    if line.party is not None:
        line.draft.leave("N1", f"{line.label}: {line.party.in_words()}")
    line.party = PartyLoop(segment)
    return True


def _take_of_party(line: LineDraft, segment: Segment) -> bool:
    return line.group == "N1" and line.party is not None and line.party.take(segment)


_USES = {
    "PID": _take_pid, "CTP": _take_ctp, "DTM": _take_dtm, "SCH": _take_sch, "SDQ": _take_sdq, "SAC": _take_sac,
    "MSG": _take_text, "NTE": _take_text, "N9": _take_text, "PKG": _take_text, "SLN": _take_sln, "AMT": _take_amt,
    "N1": _take_n1, "N2": _take_of_party, "N3": _take_of_party, "N4": _take_of_party,
}  # fmt: skip

"""The detail of 850 and 860: a PO1 or POC loop becomes one order line, or one for each of its dated deliveries."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from models.contracts.extraction_v1 import OrderLineV1, StatedValue
from models.domain.findings import Severity
from parsers import codelists
from parsers.codelists.units import x12_unit
from parsers.segments import Segment
from parsers.structured import CERTAIN, OWNER_UNCLEAR, REQUESTED_DATES, OrderDraft, gtin_of_isbn
from parsers.x12.dates import stated_date

#: CTP02 (X12 236) that state what the buyer pays; RES, MSR, RTL … are the consumer's prices.
_PAID_PRICES = frozenset({"UCP", "NET", "CON", "CUP", "PUR", "INV", ""})


@dataclass(slots=True)
class LineDraft:
    """One PO1 or POC loop while it is read."""

    draft: OrderDraft
    index: int
    head: Segment
    fields: dict[str, StatedValue | None] = field(default_factory=dict)
    dates: dict[str, Segment] = field(default_factory=dict)
    descriptions: list[Segment] = field(default_factory=list)
    schedule: list[Segment] = field(default_factory=list)
    stores: list[Segment] = field(default_factory=list)
    discounts: list[Segment] = field(default_factory=list)
    manufacturer: tuple[str, int] = ("", 0)
    group: str = ""

    @property
    def is_change(self) -> bool:
        return self.head.tag == "POC"

    @property
    def change(self) -> str:
        """POC02 (X12 670): AI adds, DI deletes, NC changes nothing …"""
        return self.head.get(2) if self.is_change else ""

    @property
    def label(self) -> str:
        return f"Line {self.head.get(1) or self.index + 1}"

    def path(self, name: str) -> str:
        return f"lines[{self.index}].{name}"

    def take(self, segment: Segment) -> None:
        """Use a segment of the loop; what has no place goes to the leftovers."""
        if segment.tag in {"N1", "N9", "SAC", "SLN"}:
            self.group = segment.tag
        use = _USES.get(segment.tag)
        if use is None or not use(self, segment):
            weighty = segment.tag in {"SAC", "CTP"} or self.group == "N1"
            self.draft.leave(segment.tag, f"{self.label}: {segment.text}", weighty=weighty)

    def lines(self) -> list[OrderLineV1]:
        """The order lines of the loop: one, or one for each dated delivery when several add up to what is ordered."""
        self.fields["line_number"] = self.draft.text(self.head.get(1), self.head)
        self._numbers()
        self._quantity_and_price()
        self._description()
        self._discount()
        self._requested_date()
        deliveries = self._deliveries()
        self._stores()
        if self.change == "DI":
            self.fields["quantity"] = StatedValue(value="0", confidence=CERTAIN, evidence=self.head.evidence)
            deliveries = []
        return self._split(OrderLineV1(**self.fields), deliveries)

    def _numbers(self) -> None:
        """The pairs of qualifier (X12 235) and number from PO106 or POC08 on."""
        first = 8 if self.is_change else 6
        for element in range(first, len(self.head.elements), 2):
            kind, number = self.head.get(element), self.head.get(element + 1)
            if number and not self._number(kind, number, element + 1):
                name = codelists.meaning("x12_items", kind)
                self.draft.leave(self.head.tag, f"{self.label}: {kind}{f' ({name})' if name else ''} {number}")
        number, element = self.manufacturer
        if number and not {"seller_part_number", "buyer_part_number", "gtin"} & {n for n, v in self.fields.items() if v}:
            self.fields["seller_part_number"] = self.draft.text(number, self.head, confidence=OWNER_UNCLEAR)
        elif number:
            self.draft.leave(self.head.tag, f"{self.label}: MG (manufacturer's part number) {number}")

    def _number(self, kind: str, number: str, element: int) -> bool:
        use = codelists.role("x12_items", kind)
        if use == "gtin":
            return self._set("gtin", self.draft.gtin(number, self.head, self.path("gtin"), element=element))
        if use == "isbn":
            gtin = gtin_of_isbn(number)
            self._set("gtin", StatedValue(value=gtin, confidence=0.95) if gtin else None)
            return self._set("seller_part_number", self.draft.text(number, self.head, confidence=OWNER_UNCLEAR))
        if use == "manufacturer" and not self.manufacturer[0]:
            self.manufacturer = (number, element)
            return True
        return bool(use) and self._set(f"{use}_part_number", self.draft.text(number, self.head))

    def _set(self, name: str, value: StatedValue | None) -> bool:
        """Keep the first statement of a field; a second, different one is left over."""
        present = self.fields.get(name)
        if present is None:
            self.fields[name] = value
            return True
        return value is None or value.value == present.value

    def _quantity_and_price(self) -> None:
        quantity, unit, price = (3, 5, 6) if self.is_change else (2, 3, 4)
        head = self.head
        self.fields["quantity"] = self.draft.number(head.get(quantity), head, self.path("quantity"), element=quantity)
        self.fields["unit"] = self.draft.unit(head.get(unit), head, self.path("unit"), x12_unit, element=unit)
        stated = self.draft.number(head.get(price), head, self.path("unit_price"), element=price)
        if stated is not None:
            self.fields["unit_price"] = stated
            self._basis(head, head.get(price + 1))
        if self.change in {"QI", "QD"}:
            message = (
                f"{self.label}: change code {self.change} leaves open whether {head.get(3)} is the new quantity or the difference"
            )
            self.draft.problem("ambiguous_quantity", Severity.ERROR, message, self.path("quantity"))

    def _basis(self, segment: Segment, code: str) -> None:
        """PO105 (X12 639): per hundred, per dozen …; a price per another unit than the ordered one is a doubt."""
        row = codelists.table("x12_price_bases").get(code)
        if row is None:
            if code:
                self.draft.leave(segment.tag, f"{self.label}: basis of unit price {code}")
            return
        if row[1]:
            self.fields["price_basis_quantity"] = StatedValue(value=row[1], confidence=CERTAIN, evidence=segment.evidence)
        if row[2] and row[2] != self.head.get(5 if self.is_change else 3):
            message = f"{self.label}: {row[0]}, but the quantity is in another unit; find out how many make one"
            self.draft.problem("price_unit_differs", Severity.WARNING, message, self.path("unit_price"))

    def _description(self) -> None:
        words = dict.fromkeys(text for segment in self.descriptions if (text := segment.get(5)))
        if words:
            self.fields["description"] = self.draft.joined(" ".join(words), self.descriptions)

    def _discount(self) -> None:
        """One allowance in percent is the line's discount; several, or amounts, are for people."""
        if len(self.discounts) == 1 and self.fields.get("discount_percent") is None:
            segment = self.discounts[0]
            self.fields["discount_percent"] = self.draft.number(segment.get(7), segment, self.path("discount_percent"), element=7)
            return
        for segment in self.discounts:
            self.draft.leave("SAC", f"{self.label}: {segment.text}", weighty=True)

    def _requested_date(self) -> None:
        path = self.path("requested_delivery_date")
        for use, confidence in REQUESTED_DATES:
            segment = self.dates.pop(use, None)
            if segment is not None and self.fields.get("requested_delivery_date") is None:
                self.fields["requested_delivery_date"] = stated_date(self.draft, segment, 2, path, confidence=confidence)
            elif segment is not None:
                self.draft.leave("DTM", f"{self.label}: {segment.text}")

    def _deliveries(self) -> list[tuple[StatedValue, StatedValue]]:
        found = []
        for segment in self.schedule:
            amount = self.draft.number(segment.get(1), segment, self.path("quantity"), element=1)
            day = stated_date(self.draft, segment, 6, self.path("requested_delivery_date"))
            if amount is not None and day is not None and codelists.role("x12_dates", segment.get(5)):
                found.append((amount, day))
            else:
                self.draft.leave("SCH", f"{self.label}: {segment.text}", weighty=True)
        return found

    def _stores(self) -> None:
        """SDQ distributes the line over stores; the contract has no place for it, so the sum stands and people are told."""
        shares: list[tuple[str, Decimal]] = []
        for segment in self.stores:
            for element in range(3, len(segment.elements), 2):
                amount = self.draft.number(segment.get(element + 1), segment, self.path("quantity"), element=element + 1)
                if amount is not None:
                    shares.append((segment.get(element), Decimal(amount.value)))
        if not shares:
            return
        total = sum((amount for _, amount in shares), Decimal(0))
        listed = ", ".join(f"{store}: {amount}" for store, amount in shares)
        self.draft.note(f"goes to stores {listed}", self.stores[0], about=self.label)
        message = f"{self.label} is for {len(shares)} stores: {listed[:1000]}"
        self.draft.problem("store_distribution", Severity.WARNING, message, self.path("quantity"))
        stated = self.fields.get("quantity")
        if stated is None:
            self.fields["quantity"] = StatedValue(value=f"{total:f}", confidence=0.9, evidence=self.stores[0].evidence)
        elif Decimal(stated.value) != total:
            message = f"{self.label}: {stated.value} are ordered but the stores' shares add up to {total}; ask the sender"
            self.draft.problem("schedule_mismatch", Severity.ERROR, message, self.path("quantity"))

    def _split(self, whole: OrderLineV1, deliveries: list[tuple[StatedValue, StatedValue]]) -> list[OrderLineV1]:
        if not deliveries:
            return [whole]
        total = sum((Decimal(amount.value) for amount, _ in deliveries), Decimal(0))
        if whole.quantity is not None and Decimal(whole.quantity.value) != total:
            message = f"{self.label}: {whole.quantity.value} are ordered but the deliveries add up to {total}; ask the sender"
            self.draft.problem("schedule_mismatch", Severity.ERROR, message, self.path("quantity"))
            return [whole]
        if len(deliveries) == 1:
            amount, day = deliveries[0]
            return [whole.model_copy(update={"quantity": whole.quantity or amount, "requested_delivery_date": day})]
        if whole.line_total is not None:
            self.draft.leave("AMT", f"{self.label}: {whole.line_total.value} for all its deliveries together")
        return [
            whole.model_copy(update={"line_total": None, "quantity": amount, "requested_delivery_date": day})
            for amount, day in deliveries
        ]


def _take_pid(line: LineDraft, segment: Segment) -> bool:
    if segment.get(5):
        line.descriptions.append(segment)
    return bool(segment.get(5))


def _take_ctp(line: LineDraft, segment: Segment) -> bool:
    """CTP states the price where PO104 does not, per CTP04 units."""
    if (
        segment.get(2) not in _PAID_PRICES
        or line.fields.get("unit_price") is not None
        or line.head.get(6 if line.is_change else 4)
    ):
        return False
    line.fields["unit_price"] = line.draft.number(segment.get(3), segment, line.path("unit_price"), element=3)
    line.fields["price_basis_quantity"] = line.draft.number(segment.get(4), segment, line.path("price_basis_quantity"), element=4)
    return line.fields["unit_price"] is not None


def _take_dtm(line: LineDraft, segment: Segment) -> bool:
    use = codelists.role("x12_dates", segment.get(1))
    if use not in dict(REQUESTED_DATES) or use in line.dates or line.group == "N9":
        name = codelists.meaning("x12_dates", segment.get(1))
        line.draft.leave("DTM", f"{line.label}: {name} {segment.text}" if name else f"{line.label}: {segment.text}")
        return True
    line.dates[use] = segment
    return True


def _take_sch(line: LineDraft, segment: Segment) -> bool:
    line.schedule.append(segment)
    return True


def _take_sdq(line: LineDraft, segment: Segment) -> bool:
    line.stores.append(segment)
    return True


def _take_sac(line: LineDraft, segment: Segment) -> bool:
    if segment.get(1) != "A" or not segment.get(7):
        return False
    line.discounts.append(segment)
    return True


def _take_text(line: LineDraft, segment: Segment) -> bool:
    """MSG01, NTE02, N903: free text about the line."""
    text = segment.get({"MSG": 1, "NTE": 2, "N9": 3, "PKG": 5}[segment.tag])
    line.draft.note(text, segment, about=line.label)
    return bool(text)


def _take_sln(line: LineDraft, segment: Segment) -> bool:
    line.draft.note(f"subline {segment.text}", segment, about=line.label)
    return True


def _take_amt(line: LineDraft, segment: Segment) -> bool:
    if segment.get(1) != "1" or line.fields.get("line_total") is not None:
        return False
    line.fields["line_total"] = line.draft.number(segment.get(2), segment, line.path("line_total"), element=2)
    return True


_USES = {
    "PID": _take_pid, "CTP": _take_ctp, "DTM": _take_dtm, "SCH": _take_sch, "SDQ": _take_sdq, "SAC": _take_sac,
    "MSG": _take_text, "NTE": _take_text, "N9": _take_text, "PKG": _take_text, "SLN": _take_sln, "AMT": _take_amt,
}  # fmt: skip

"""The detail section of ORDERS and ORDCHG: a LIN group becomes one order line, or one for each of its dated deliveries."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from models.contracts.extraction_v1 import OrderLineV1, StatedValue
from models.domain.findings import Severity
from parsers import codelists
from parsers.codelists.units import rec20_unit
from parsers.edifact.parties import stated_date
from parsers.segments import Segment
from parsers.structured import CERTAIN, OWNER_UNCLEAR, REQUESTED_DATES, OrderDraft, gtin_of_isbn

#: UNCL 5125 in the order in which we take a line's price: net before gross; others (AAE, AAF …) include taxes.
_PRICES = ("AAA", "NTP", "CAL", "AAB", "GRP", "INV")
_NET_PRICES = frozenset({"AAA", "NTP"})
#: UNCL 6063 that state what is ordered.
_ORDERED = ("21", "1", "47")
#: UNCL 5025 for the amount of a line, best first.
_LINE_AMOUNTS = ("203", "66", "38")
_GROUPS = frozenset({"PRI", "RFF", "PAC", "LOC", "TAX", "NAD", "ALC", "TDT", "TOD", "EQD", "SCC", "PAT", "APR"})


@dataclass(slots=True)
class LineDraft:
    """One LIN group while it is read."""

    draft: OrderDraft
    index: int
    lin: Segment
    fields: dict[str, StatedValue | None] = field(default_factory=dict)
    group: str = ""
    prices: dict[str, Segment] = field(default_factory=dict)
    quantities: dict[str, Segment] = field(default_factory=dict)
    amounts: dict[str, Segment] = field(default_factory=dict)
    dates: dict[str, Segment] = field(default_factory=dict)
    discounts: list[Segment] = field(default_factory=list)
    allowance: str = ""
    descriptions: list[Segment] = field(default_factory=list)
    schedule: list[tuple[Segment, list[Segment]]] = field(default_factory=list)

    @property
    def label(self) -> str:
        return f"Line {self.lin.get(1) or self.index + 1}"

    @property
    def is_component(self) -> bool:
        """Whether it is a sub-line (C829): part of a set that another line orders."""
        return self.lin.get(4) == "1"

    def path(self, name: str) -> str:
        return f"lines[{self.index}].{name}"

    def take(self, segment: Segment) -> None:
        """Use a segment of the group; what has no place goes to the leftovers."""
        if segment.tag in _GROUPS:
            self.group = segment.tag
        use = _USES.get(segment.tag)
        if use is None or not use(self, segment):
            weighty = segment.tag in {"ALC", "NAD", "LOC"} or self.group == "ALC"
            self.draft.leave(segment.tag, f"{self.label}: {segment.text}", weighty=weighty)

    def lines(self) -> list[OrderLineV1]:
        """The order lines of the group: one, or one for each dated delivery when several add up to what is ordered."""
        self._identify_item()
        self._price()
        self._discount()
        deliveries = self._deliveries()
        self._quantity()
        self._requested_date()
        if self.lin.get(2) == "2":
            self.fields["quantity"] = StatedValue(value="0", confidence=CERTAIN, evidence=self.lin.evidence)
            deliveries = []
        self.fields["line_number"] = self.draft.text(self.lin.get(1), self.lin)
        whole = OrderLineV1(**self.fields)
        return self._split(whole, deliveries)

    def _identify_item(self) -> None:
        self.item_number(self.lin, 3)
        if self.descriptions:
            words = dict.fromkeys(text for segment in self.descriptions if (text := _description(segment)))
            self.fields["description"] = self.draft.joined(" ".join(words), self.descriptions)

    def item_number(self, segment: Segment, element: int) -> bool:
        """C212: a number of the goods, by whose it is (UNCL 7143). False where it has no place."""
        number, kind = segment.get(element), segment.get(element, 2)
        if not number:
            return True
        field_name = codelists.role("edifact_items", kind)
        if field_name == "gtin":
            return self._set("gtin", self.draft.gtin(number, segment, self.path("gtin"), element=element))
        if field_name == "isbn":
            return self._isbn(number, segment)
        if field_name:
            return self._set(f"{field_name}_part_number", self.draft.text(number, segment))
        if not kind and self.fields.get("seller_part_number") is None:
            return self._set("seller_part_number", self.draft.text(number, segment, confidence=OWNER_UNCLEAR))
        return False

    def _isbn(self, number: str, segment: Segment) -> bool:
        """An ISBN is nobody's own number; the GTIN that it stands for is inferred, so it has no evidence."""
        gtin = gtin_of_isbn(number)
        if gtin is None:
            message = f"{number!r} is not an ISBN: its check digit is wrong"
            self.draft.fault("invalid_value", segment, message, value=number, path=self.path("gtin"), severity=Severity.WARNING)
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

    def _price(self) -> None:
        chosen = next((self.prices[kind] for kind in _PRICES if kind in self.prices), None)
        for segment in self.prices.values():
            if segment is not chosen:
                self.draft.leave("PRI", f"{self.label}: {segment.text}")
        if chosen is None:
            return
        self.fields["unit_price"] = self.draft.number(chosen.get(1, 2), chosen, self.path("unit_price"), element=1)
        self.fields["price_basis_quantity"] = self.draft.number(
            chosen.get(1, 5), chosen, self.path("price_basis_quantity"), element=1
        )
        unit, ordered = chosen.get(1, 6), next((self.quantities[kind] for kind in _ORDERED if kind in self.quantities), None)
        if unit and ordered is not None and ordered.get(1, 3) not in {"", unit}:
            message = f"{self.label}: the price is per {unit}, the quantity in {ordered.get(1, 3)}; find out how many make one"
            self.draft.problem("price_unit_differs", Severity.WARNING, message, self.path("unit_price"))

    def _discount(self) -> None:
        """One allowance in percent is the line's discount, unless the price is already net of it (UNCL 5125 AAA)."""
        net = bool(_NET_PRICES & self.prices.keys())
        if len(self.discounts) == 1 and not (net and not self._total_needs_discount()):
            segment = self.discounts[0]
            self.fields["discount_percent"] = self.draft.number(
                segment.get(1, 2), segment, self.path("discount_percent"), element=1
            )
            return
        for segment in self.discounts:
            self.draft.leave("PCD", f"{self.label}: {segment.text}", weighty=not net)

    def _total_needs_discount(self) -> bool:
        """Whether the stated amount is only right when the discount is taken off the net price."""
        amount = next((self.amounts[kind].get(1, 2) for kind in _LINE_AMOUNTS if kind in self.amounts), "")
        ordered = next((self.quantities[kind].get(1, 2) for kind in _ORDERED if kind in self.quantities), "")
        price = self.fields.get("unit_price")
        try:
            stated, percent = Decimal(amount), Decimal(self.discounts[0].get(1, 2))
            whole = Decimal(ordered) * Decimal(price.value if price else "") / self._basis()
        except (ArithmeticError, ValueError):
            return False
        return abs(whole * (100 - percent) / 100 - stated) < abs(whole - stated)

    def _basis(self) -> Decimal:
        basis = self.fields.get("price_basis_quantity")
        return Decimal(basis.value) if basis and Decimal(basis.value) else Decimal(1)

    def _quantity(self) -> None:
        chosen = next((self.quantities[kind] for kind in _ORDERED if kind in self.quantities), None)
        for segment in self.quantities.values():
            if segment is not chosen:
                self.draft.leave("QTY", f"{self.label}: {segment.text}", weighty=segment.get(1) in {"192", "83"})
        if chosen is None:
            return
        self.fields["quantity"] = self.draft.number(chosen.get(1, 2), chosen, self.path("quantity"), element=1)
        self.fields["unit"] = self.draft.unit(chosen.get(1, 3), chosen, self.path("unit"), rec20_unit, element=1)
        amount = next((self.amounts[kind] for kind in _LINE_AMOUNTS if kind in self.amounts), None)
        if amount is not None:
            self.fields["line_total"] = self.draft.number(amount.get(1, 2), amount, self.path("line_total"), element=1)

    def _requested_date(self) -> None:
        for use, confidence in REQUESTED_DATES:
            segment = self.dates.pop(use, None)
            if segment is None:
                continue
            if self.fields.get("requested_delivery_date") is None:
                path = self.path("requested_delivery_date")
                self.fields["requested_delivery_date"] = stated_date(segment, self.draft, path, confidence=confidence)
            else:
                self.draft.leave("DTM", f"{self.label}: {segment.text}")

    def _deliveries(self) -> list[tuple[StatedValue, StatedValue]]:
        """The firm deliveries (SCC, QTY, DTM) that state both a quantity and a date."""
        found: list[tuple[StatedValue, StatedValue]] = []
        path = self.path("requested_delivery_date")
        for quantity, dates in self.schedule:
            amount = self.draft.number(quantity.get(1, 2), quantity, self.path("quantity"), element=1)
            day = next((stated_date(segment, self.draft, path) for segment in dates), None)
            if amount is not None and day is not None:
                found.append((amount, day))
            elif amount is not None:
                self.draft.leave("SCC", f"{self.label}: {quantity.text}")
        return found

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
            self.draft.leave("MOA", f"{self.label}: {whole.line_total.value} for all its deliveries together")
        shared = {"line_total": None}
        return [
            whole.model_copy(update={**shared, "quantity": amount, "requested_delivery_date": day}) for amount, day in deliveries
        ]


def _description(segment: Segment) -> str:
    """C273's two texts (7008), which are one text cut in two."""
    return " ".join("".join(segment.components(3)[3:5]).split())


def _take_pia(line: LineDraft, segment: Segment) -> bool:
    placed = [line.item_number(segment, element) for element in range(2, len(segment.elements) + 1)]
    return all(placed)


def _take_imd(line: LineDraft, segment: Segment) -> bool:
    language = segment.get(3, 6)
    first = line.descriptions[0].get(3, 6) if line.descriptions else language
    if not _description(segment) or language != first:
        return False
    line.descriptions.append(segment)
    return True


def _take_qty(line: LineDraft, segment: Segment) -> bool:
    if line.group == "SCC":
        line.schedule.append((segment, []))
        return True
    return line.group not in {"ALC", "LOC", "PAC"} and _keep_first(line.quantities, segment, line)


def _take_pri(line: LineDraft, segment: Segment) -> bool:
    return _keep_first(line.prices, segment, line)


def _take_moa(line: LineDraft, segment: Segment) -> bool:
    known = segment.get(1) in _LINE_AMOUNTS and line.group not in {"ALC", "TAX", "PAT"}
    return known and _keep_first(line.amounts, segment, line)


def _take_dtm(line: LineDraft, segment: Segment) -> bool:
    use = codelists.role("edifact_dates", segment.get(1))
    if line.group == "SCC" and line.schedule:
        line.schedule[-1][1].append(segment)
        return True
    if use not in dict(REQUESTED_DATES) or use in line.dates:
        return False
    line.dates[use] = segment
    return True


def _take_alc(line: LineDraft, segment: Segment) -> bool:
    line.allowance = segment.get(1)
    return False if segment.get(1) == "C" else not segment.get(5)


def _take_pcd(line: LineDraft, segment: Segment) -> bool:
    if segment.get(1) in {"12", "1"} or (line.group == "ALC" and line.allowance == "A" and segment.get(1) == "3"):
        line.discounts.append(segment)
        return True
    return False


def _take_ftx(line: LineDraft, segment: Segment) -> bool:
    text = free_text(segment)
    line.draft.note(text, segment, about=line.label)
    return bool(text)


def _take_scc(line: LineDraft, segment: Segment) -> bool:
    """Planning figures (SCC 2, 3, 4 …) are no order; what follows them must not count as deliveries."""
    firm = segment.get(1) in {"", "1", "7", "10"}
    line.group = "SCC" if firm else "PAC"
    return firm and len(segment.elements) < 2


def _keep_first(kept: dict[str, Segment], segment: Segment, line: LineDraft) -> bool:
    """Keep the first of each qualifier; a second that says something else is a doubt about the line."""
    qualifier = segment.get(1)
    if qualifier not in kept:
        kept[qualifier] = segment
        return True
    if kept[qualifier].get(1, 2) != segment.get(1, 2):
        message = (
            f"{line.label}: {segment.place} states another {segment.tag}+{qualifier} than before; ask the sender which holds"
        )
        line.draft.problem("contradiction", Severity.ERROR, message, line.path("quantity"))
    return False


def free_text(segment: Segment) -> str:
    """FTX's C108: up to five texts that are one."""
    return " ".join(filter(None, (text.strip() for text in segment.components(4))))


_USES = {
    "PIA": _take_pia, "IMD": _take_imd, "QTY": _take_qty, "PRI": _take_pri, "MOA": _take_moa, "DTM": _take_dtm,
    "ALC": _take_alc, "PCD": _take_pcd, "FTX": _take_ftx, "SCC": _take_scc,
}  # fmt: skip

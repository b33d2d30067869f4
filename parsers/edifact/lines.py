"""The detail section of ORDERS and ORDCHG: a LIN group becomes one order line, or one for each of its dated deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from models.contracts.extraction_v1 import OrderLineV1
from models.domain.findings import Severity
from parsers import codelists
from parsers.codelists.units import rec20_unit
from parsers.edifact.item_numbers import ItemNumbers
from parsers.edifact.parties import free_text, party_fields, role_of, stated_date
from parsers.electronic.deliveries import Delivery, Fields, by_delivery, store_shares
from parsers.electronic.segments import Segment
from parsers.electronic.structured import CERTAIN, REQUESTED_DATES, OrderDraft, Source, line_fields, order_line, stated

#: UNCL 5125 in the order in which we take a line's price: net before gross; others (AAE, AAF …) include taxes.
_PRICES = ("AAA", "NTP", "CAL", "AAB", "GRP", "INV", "CON", "CT")
_NET_PRICES = frozenset({"AAA", "NTP"})
#: UNCL 5387 of prices that the buyer's own customers pay: a discount from them is what the buyer pays.
_CONSUMER_PRICES = frozenset({"SRP", "RTP", "MSR", "RES"})
#: UNCL 6063 that state what is ordered.
_ORDERED = ("21", "1", "47")
#: UNCL 6063 of a part of it that comes on a day of its own (SCC) or goes to a place of its own (LOC).
_PARTS = frozenset({"", "1", "11", "21", "47", "113"})
#: UNCL 5025 for the amount of a line, best first.
_LINE_AMOUNTS = ("203", "66", "38")
#: The group of an SCC whose figures are plans.
_FORECAST = "SCC of a forecast"
_GROUPS = frozenset({"PRI", "RFF", "PAC", "LOC", "TAX", "NAD", "ALC", "TDT", "TOD", "EQD", "SCC", "PAT", "APR"})


class LineDraft:
    """One LIN group while it is read."""

    __slots__ = (
        "allowance", "amounts", "at", "currencies", "dates", "descriptions", "discounts", "draft", "fields", "group",
        "index", "lin", "numbers", "place", "prices", "quantities", "schedule", "shares", "ship_to",
    )  # fmt: skip

    def __init__(self, draft: OrderDraft, index: int, lin: Segment) -> None:
        self.draft = draft
        self.index = index
        #: Where the line's fields lie in the order.
        self.at = f"lines[{index}]."
        self.lin = lin
        self.fields: Fields = line_fields()
        self.numbers = ItemNumbers(draft, self.at, self.fields)
        self.group = self.allowance = self.place = ""
        self.prices: dict[str, Segment] = {}
        self.quantities: dict[str, Segment] = {}
        self.amounts: dict[str, Segment] = {}
        self.dates: dict[str, Segment] = {}
        #: Currencies that the line's prices and amounts name (CUX C504 6345, MOA C516 6345).
        self.currencies: set[str] = set()
        self.descriptions: list[Segment] = []
        self.discounts: list[Segment] = []
        self.schedule: list[tuple[Segment, list[Segment]]] = []
        self.shares: list[tuple[str, str, Source, int]] = []
        self.ship_to: tuple[Segment, Fields] | None = None

    @property
    def label(self) -> str:
        return f"Line {self.lin.get(1) or self.index + 1}"

    @property
    def is_component(self) -> bool:
        """Whether it is a sub-line (C829): part of a set that another line orders."""
        return self.lin.get(4) == "1"

    def take(self, segment: Segment) -> None:
        """Use a segment of the group; what has no place goes to the leftovers."""
        tag = segment.tag
        if tag in _GROUPS:
            self.group = tag
        use = _USES.get(tag)
        if use is None or not use(self, segment):
            weighty = tag in {"ALC", "LOC"} or self.group == "ALC"
            self.draft.leave_of(self, segment, weighty=weighty)

    def lines(self) -> list[OrderLineV1]:
        """The order lines of the group: one, or one for each dated delivery when several add up to what is ordered."""
        self._identify_item()
        self._price()
        self._discount()
        deliveries = self._deliveries() if self.schedule else []
        self._quantity()
        if self.dates:
            self._requested_date()
        if self.shares:
            store_shares(self.draft, self.fields, self.shares, label=self.label, path=self.at + "quantity")
        if self.lin.get(2) == "2":
            self.fields["quantity"] = stated("0", CERTAIN, self.lin.evidence)
            deliveries = []
        self.fields["line_number"] = self.draft.text(self.lin.get(1), self.lin)
        whole = order_line(self.fields)
        if not deliveries:
            return [whole]
        return by_delivery(self.draft, whole, deliveries, label=self.label, path=self.at[:-1], total="MOA")

    def _identify_item(self) -> None:
        if not self.numbers.take(self.lin, 3):
            self.draft.leave_of(self, self.lin)
        self.numbers.settle(self.label)
        if self.descriptions:
            words = dict.fromkeys(text for segment in self.descriptions if (text := _description(segment)))
            self.fields["description"] = self.draft.joined(" ".join(words), self.descriptions)

    def _price(self) -> None:
        prices = self.prices
        chosen = _first(_PRICES, prices)
        for segment in prices.values():
            if segment is not chosen:
                self.draft.leave_of(self, segment)
        if chosen is None:
            return
        self.fields["unit_price"] = self.draft.number(chosen.get(1, 2), chosen, self.at + "unit_price", element=1)
        if chosen.get(1, 4) in _CONSUMER_PRICES and not self.discounts:
            message = f"{self.label}: {chosen.text} is what consumers pay; find out what the buyer pays"
            self.draft.problem("retail_price", Severity.WARNING, message, self.at + "unit_price")
        basis, unit = chosen.get(1, 5), chosen.get(1, 6)
        if basis:
            self.fields["price_basis_quantity"] = self.draft.number(basis, chosen, self.at + "price_basis_quantity", element=1)
        ordered = _first(_ORDERED, self.quantities) if unit else None
        if ordered is not None and rec20_unit(ordered.get(1, 3) or unit) != rec20_unit(unit):
            message = f"{self.label}: the price is per {unit}, the quantity in {ordered.get(1, 3)}; find out how many make one"
            self.draft.problem("price_unit_differs", Severity.WARNING, message, self.at + "unit_price")

    def _discount(self) -> None:
        """One allowance in percent is the line's discount, unless the price is already net of it (UNCL 5125 AAA)."""
        if not self.discounts:
            return
        net = bool(_NET_PRICES & self.prices.keys())
        if len(self.discounts) == 1 and not (net and not self._total_needs_discount()):
            segment = self.discounts[0]
            path = self.at + "discount_percent"
            self.fields["discount_percent"] = self.draft.number(segment.get(1, 2), segment, path, element=1)
            return
        for segment in self.discounts:
            self.draft.leave("PCD", f"{self.label}: {segment.text}", weighty=not net)

    def _total_needs_discount(self) -> bool:
        """Whether the stated amount is only right when the discount is taken off the net price."""
        amount, ordered = _first(_LINE_AMOUNTS, self.amounts), _first(_ORDERED, self.quantities)
        price = self.fields.get("unit_price")
        if amount is None or ordered is None or price is None:
            return False
        try:
            total, percent = Decimal(amount.get(1, 2)), Decimal(self.discounts[0].get(1, 2))
            whole = Decimal(ordered.get(1, 2)) * Decimal(price.value) / self._basis()
        except (ArithmeticError, ValueError):
            return False
        return abs(whole * (100 - percent) / 100 - total) < abs(whole - total)

    def _basis(self) -> Decimal:
        basis = self.fields.get("price_basis_quantity")
        return Decimal(basis.value) if basis and Decimal(basis.value) else Decimal(1)

    def _quantity(self) -> None:
        quantities = self.quantities
        chosen = _first(_ORDERED, quantities)
        for segment in quantities.values():
            if segment is not chosen:
                self.draft.leave_of(self, segment, weighty=segment.get(1) in {"192", "83"})
        if chosen is not None:
            self.fields["quantity"] = self.draft.number(chosen.get(1, 2), chosen, self.at + "quantity", element=1)
            self.fields["unit"] = self.draft.unit(chosen.get(1, 3), chosen, self.at + "unit", rec20_unit, element=1)
        amount = _first(_LINE_AMOUNTS, self.amounts)
        if amount is not None:
            self.fields["line_total"] = self.draft.number(amount.get(1, 2), amount, self.at + "line_total", element=1)
        for segment in self.amounts.values():
            if segment is not amount:
                self.draft.leave_of(self, segment)

    def _requested_date(self) -> None:
        path = self.at + "requested_delivery_date"
        for use, confidence in REQUESTED_DATES:
            segment = self.dates.pop(use, None)
            if segment is None:
                continue
            if self.fields.get("requested_delivery_date") is None:
                self.fields["requested_delivery_date"] = stated_date(segment, self.draft, path, confidence=confidence)
            else:
                self.draft.leave_of(self, segment)

    def _deliveries(self) -> list[Delivery]:
        """The firm deliveries (SCC, QTY, DTM) that state both a quantity and a date."""
        found: list[Delivery] = []
        path = self.at + "requested_delivery_date"
        for quantity, dates in self.schedule:
            amount = self.draft.number(quantity.get(1, 2), quantity, self.at + "quantity", element=1)
            day = next((stated_date(segment, self.draft, path) for segment in dates), None)
            if amount is not None and day is not None:
                found.append((amount, day))
            elif amount is not None:
                self.draft.leave("SCC", f"{self.label}: {quantity.text}")
        return found


def _first(codes: Iterable[str], found: Mapping[str, Segment]) -> Segment | None:
    """The segment whose qualifier stands first in `codes`."""
    if found:
        for code in codes:
            if code in found:
                return found[code]
    return None


def _description(segment: Segment) -> str:
    """C273's two texts (7008), which are one text cut in two."""
    return " ".join("".join(segment.components(3)[3:5]).split())


def _take_pia(line: LineDraft, segment: Segment) -> bool:
    """PIA 1 and 5 say what the item is; 2, 3 and 4 (UNCL 4347) name what may stand in for it or what it stands in for."""
    if segment.get(1) in {"2", "3", "4"}:
        return False
    placed = True
    for element in range(2, len(segment.elements) + 1):
        placed &= line.numbers.take(segment, element)
    return placed


def _take_imd(line: LineDraft, segment: Segment) -> bool:
    language = segment.get(3, 6)
    first = line.descriptions[0].get(3, 6) if line.descriptions else language
    if not _description(segment) or language != first:
        return False
    line.descriptions.append(segment)
    return True


def _take_qty(line: LineDraft, segment: Segment) -> bool:
    if line.group == "SCC" and segment.get(1) in _PARTS:
        line.schedule.append((segment, []))
        return True
    if line.group == "LOC" and line.place and segment.get(1) in _PARTS:
        line.shares.append((line.place, segment.get(1, 2), segment, 1))
        return True
    return line.group not in {"ALC", "LOC", "PAC", "SCC", _FORECAST} and _keep_first(line.quantities, segment, line)


def _take_loc(line: LineDraft, segment: Segment) -> bool:
    """LOC 7 (place of delivery): the quantity below it goes there. A place alone is left over."""
    line.place = segment.get(2) if segment.get(1) == "7" else ""
    return False


def _take_pri(line: LineDraft, segment: Segment) -> bool:
    return _keep_first(line.prices, segment, line)


def _take_moa(line: LineDraft, segment: Segment) -> bool:
    known = segment.get(1) in _LINE_AMOUNTS and line.group not in {"ALC", "TAX", "PAT"}
    if known and segment.get(1, 3):
        line.currencies.add(segment.get(1, 3))
    return known and _keep_first(line.amounts, segment, line)


def _take_cux(line: LineDraft, segment: Segment) -> bool:
    """The currency of the line's price; a rate of exchange beside it has no place."""
    if not segment.get(1, 2):
        return False
    line.currencies.add(segment.get(1, 2))
    return not any(segment.get(place) for place in range(2, len(segment.elements) + 1))


def _take_dtm(line: LineDraft, segment: Segment) -> bool:
    if line.group == _FORECAST:
        return False
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


def _take_nad(line: LineDraft, segment: Segment) -> bool:
    """A line may say where it goes; the order then says whether all lines agree."""
    if role_of(segment.get(1)) != "ship_to" or line.ship_to is not None:
        return False
    line.ship_to = (segment, party_fields(segment, line.draft, "ship_to"))
    return True


def _take_scc(line: LineDraft, segment: Segment) -> bool:
    """Planning figures (SCC 2, 3, 4 …) are no order; what follows them must not count as deliveries."""
    firm = segment.get(1) in {"", "1", "7", "10"}
    line.group = "SCC" if firm else _FORECAST
    return segment.get(1) in {"", "1"} and len(segment.elements) < 2


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
        line.draft.problem("contradiction", Severity.ERROR, message, line.at + "quantity")
    return False


_USES = {
    "PIA": _take_pia, "IMD": _take_imd, "QTY": _take_qty, "PRI": _take_pri, "MOA": _take_moa, "DTM": _take_dtm,
    "CUX": _take_cux, "ALC": _take_alc, "PCD": _take_pcd, "FTX": _take_ftx, "SCC": _take_scc, "LOC": _take_loc, "NAD": _take_nad,
}  # fmt: skip

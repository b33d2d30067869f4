"""Which stock meets an order: in as few shipments as possible, from as near as possible, the rest from expected deliveries.

Stock is planned warehouse by warehouse; what no stock covers waits for inbound supply by its date, and what nothing
covers is a shortfall. Nothing is planned twice, and nothing beyond what is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

from models.domain.allocation import Demand, Hold, InboundSupply, Shortfall, StockPlan, StockPosition
from models.domain.geography import nearest_first
from models.domain.identifiers import Sku
from models.domain.party import Warehouse

#: Up to so many warehouses every choice of shipments is looked at; beyond, they are taken nearest first.
_MOST_COMPARED = 10


def plan_stock(
    demands: Sequence[Demand],
    positions: Sequence[StockPosition],
    inbound: Sequence[InboundSupply],
    *,
    warehouses: Sequence[Warehouse],
    ship_to_country: str | None,
    today: date,
    takes_partial_deliveries: bool = True,
) -> StockPlan:
    """The holds that meet the demands, and what stays short.

    Scarce stock goes to the line wanted first. For a customer who takes no partial deliveries every part waits for the
    last one (`available_on`).
    """
    near = [warehouse.code for warehouse in nearest_first(warehouses, ship_to_country)]
    shelf = _Shelf(positions, today)
    ordered = sorted(demands, key=lambda demand: (demand.requested_on or date.max, demand.line))
    planning = _Planning(ordered, today)
    for warehouse in _shipping_from(ordered, shelf, near):
        planning.take_whole_lines(warehouse, shelf)
    for warehouse in _shipping_from(planning.open_demands(), shelf, near):
        planning.take_rest(warehouse, shelf)
    planning.wait_for(inbound, near)
    holds = planning.holds()
    plan = StockPlan(holds=holds, shortfalls=shortfalls_of(demands, holds))
    return plan if takes_partial_deliveries else _all_at_once(plan)


def shortfalls_of(demands: Sequence[Demand], holds: Sequence[Hold]) -> tuple[Shortfall, ...]:
    """What these holds leave open of the demands: nothing is remembered, so a step that runs again finds the same."""
    held: defaultdict[int, Decimal] = defaultdict(Decimal)
    for hold in holds:
        held[hold.line] += hold.quantity
    left = (Shortfall(line=demand.line, sku=demand.sku, quantity=demand.quantity - held[demand.line]) for demand in demands)
    return tuple(sorted((short for short in left if short.quantity > 0), key=lambda short: short.line))


class _Shelf:
    """What is left in the bins while planning."""

    def __init__(self, positions: Sequence[StockPosition], today: date) -> None:
        self.today = today
        self._bins: defaultdict[tuple[str, Sku], dict[str, Decimal]] = defaultdict(dict)
        for position in positions:
            if position.available > 0:
                held = self._bins[position.warehouse, position.sku]
                held[position.bin] = held.get(position.bin, Decimal(0)) + position.available

    def available(self, warehouse: str, sku: Sku) -> Decimal:
        return sum(self._bins[warehouse, sku].values(), Decimal(0))

    def take(self, warehouse: str, sku: Sku, quantity: Decimal) -> Iterator[tuple[str, Decimal]]:
        """Parts by bin: one bin if one suffices (the one that it empties most), else the fullest bins first."""
        bins = self._bins[warehouse, sku]
        enough = [code for code, held in bins.items() if held >= quantity]
        walk = (
            [min(enough, key=lambda code: (bins[code], code))] if enough else sorted(bins, key=lambda code: (-bins[code], code))
        )
        for code in walk:
            part = min(quantity, bins[code])
            if part > 0:
                bins[code] -= part
                quantity -= part
                yield code, part


class _Planning:
    """Collects the holds of each line as they are found."""

    def __init__(self, demands: Sequence[Demand], today: date) -> None:
        self._demands = demands
        self._today = today
        self._open = {demand.line: demand.quantity for demand in demands}
        self._holds: defaultdict[int, list[Hold]] = defaultdict(list)

    def open_demands(self) -> tuple[Demand, ...]:
        left = ((demand, self._open[demand.line]) for demand in self._demands)
        return tuple(demand.model_copy(update={"quantity": quantity}) for demand, quantity in left if quantity > 0)

    def take_whole_lines(self, warehouse: str, shelf: _Shelf) -> None:
        """The lines that this warehouse covers alone: one pick, one parcel."""
        for demand in self.open_demands():
            if shelf.available(warehouse, demand.sku) >= demand.quantity:
                self._take(demand, warehouse, shelf)

    def take_rest(self, warehouse: str, shelf: _Shelf) -> None:
        for demand in self.open_demands():
            self._take(demand, warehouse, shelf)

    def wait_for(self, inbound: Sequence[InboundSupply], near: Sequence[str]) -> None:
        """The rest from expected deliveries, the earliest first, among those of one day the nearest."""
        rank = {code: place for place, code in enumerate(near)}
        left = {index: supply.available for index, supply in enumerate(inbound)}
        due = sorted(
            left, key=lambda i: (inbound[i].expected_on, rank.get(inbound[i].warehouse, len(rank)), inbound[i].reference)
        )
        for demand in self.open_demands():
            for index in due:
                supply = inbound[index]
                part = min(self._open[demand.line], left[index])
                if supply.sku == demand.sku and supply.warehouse in rank and part > 0:
                    left[index] -= part
                    self._hold(demand, supply.warehouse, part, inbound=supply)

    def holds(self) -> tuple[Hold, ...]:
        lines = sorted(self._holds)
        return tuple(hold.model_copy(update={"part": part}) for line in lines for part, hold in enumerate(self._holds[line], 1))

    def _take(self, demand: Demand, warehouse: str, shelf: _Shelf) -> None:
        for code, part in shelf.take(warehouse, demand.sku, demand.quantity):
            self._hold(demand, warehouse, part, bin_code=code)

    def _hold(
        self,
        demand: Demand,
        warehouse: str,
        quantity: Decimal,
        *,
        bin_code: str | None = None,
        inbound: InboundSupply | None = None,
    ) -> None:
        self._open[demand.line] -= quantity
        available_on = max(self._today, inbound.expected_on) if inbound else self._today
        hold = Hold(
            line=demand.line,
            part=1,
            sku=demand.sku,
            warehouse=warehouse,
            quantity=quantity,
            bin=bin_code,
            inbound_reference=inbound.reference if inbound else None,
            available_on=available_on,
        )
        self._holds[demand.line].append(hold)


def _shipping_from(demands: Sequence[Demand], shelf: _Shelf, near: Sequence[str]) -> tuple[str, ...]:
    """The fewest warehouses that cover as much as all together do; among as few, the nearest."""
    wanted: defaultdict[Sku, Decimal] = defaultdict(Decimal)
    for demand in demands:
        wanted[demand.sku] += demand.quantity
    useful = [code for code in near if any(shelf.available(code, sku) > 0 for sku in wanted)]
    if len(useful) > _MOST_COMPARED:
        return tuple(useful)
    full = _coverage(useful, wanted, shelf)
    for count in range(len(useful) + 1):
        # Combinations keep the sequence given, so that the first that suffices is the nearest.
        for chosen in combinations(useful, count):
            if _coverage(chosen, wanted, shelf) == full:
                return chosen
    return tuple(useful)


def _coverage(codes: Sequence[str], wanted: dict[Sku, Decimal], shelf: _Shelf) -> Decimal:
    total = Decimal(0)
    for sku, quantity in wanted.items():
        total += min(quantity, sum((shelf.available(code, sku) for code in codes), Decimal(0)))
    return total


def _all_at_once(plan: StockPlan) -> StockPlan:
    last = max((hold.available_on for hold in plan.holds), default=None)
    holds = tuple(hold.model_copy(update={"available_on": last}) for hold in plan.holds)
    return plan.model_copy(update={"holds": holds})

"""Stock: what is there, what is coming, and which of it an order line holds. The rules live beside these values."""

from __future__ import annotations

from datetime import date
from typing import Literal

from models.domain.identifiers import Sku
from models.domain.values import Exact, Value


class StockPosition(Value):
    """What a bin holds of a SKU and nobody has reserved, in base units."""

    warehouse: str
    sku: Sku
    bin: str
    available: Exact


class InboundSupply(Value):
    """A delivery to a warehouse that is expected on a day, less what is promised of it already, in base units."""

    warehouse: str
    sku: Sku
    reference: str
    available: Exact
    expected_on: date


class Demand(Value):
    """What one sales-order line needs, in base units."""

    line: int
    sku: Sku
    quantity: Exact
    requested_on: date | None = None


class Hold(Value):
    """A part of a line's demand held against one bin (`bin`) or one expected delivery (`inbound_reference`).

    Soft while the order is promised (a reservation), hard once allocated. `part` counts a line's holds from 1.
    """

    line: int
    part: int
    sku: Sku
    warehouse: str
    quantity: Exact
    bin: str | None = None
    inbound_reference: str | None = None
    available_on: date


class Shortfall(Value):
    """What no stock and no expected delivery covers."""

    line: int
    sku: Sku
    quantity: Exact


class StockPlan(Value):
    """How the demand of an order is met: holds on stock and inbound supply, and what is left."""

    holds: tuple[Hold, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()

    @property
    def is_backordered(self) -> bool:
        return bool(self.shortfalls) or any(hold.inbound_reference for hold in self.holds)


HoldState = Literal["reserved", "allocated", "issued", "released"]

"""ERPs that misbehave, as `activities.outside_ports.Erp` allows them to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from models.domain.errors import Rejected, Unavailable
from models.domain.sales_order import SalesOrder


@dataclass
class ErpThatRefusesOnce:
    """Turns the first call of every order down for good, and takes the order when it comes again."""

    reason: str = "customer is locked in the ERP"
    refused: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    def create_sales_order(self, order: SalesOrder) -> str:
        if order.order_id not in self.refused:
            self.refused.append(order.order_id)
            raise Rejected(self.reason, code="erp_refused")
        if order.order_id not in self.taken:
            self.taken.append(order.order_id)
        return f"ERP-{self.taken.index(order.order_id) + 1}"

    def cancel_sales_order(self, order: SalesOrder, undelivered: Mapping[int, Decimal]) -> None:
        self.taken.remove(order.order_id)


@dataclass
class ErpThatIsAway:
    """Cannot be reached, however often it is asked, until it comes back."""

    asked: int = 0
    is_back: bool = False

    def create_sales_order(self, order: SalesOrder) -> str:
        self._answer()
        return "ERP-1"

    def cancel_sales_order(self, order: SalesOrder, undelivered: Mapping[int, Decimal]) -> None:
        self._answer()

    def _answer(self) -> None:
        self.asked += 1
        if not self.is_back:
            raise Unavailable("the ERP cannot be reached")

"""Agreed with an electronic partner: what becomes of prices that it leaves out, and of places named by its own codes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from models.domain.findings import Finding, Severity
from models.domain.party import PartnerProfile
from models.domain.purchase_order import PurchaseOrder
from models.domain.sales_order import Decision, SalesOrder

#: The finding that rejects an order without a person.
PRICE_REFUSED = "price_missing_refused"


def missing_prices(order: PurchaseOrder, partner: PartnerProfile | None) -> Iterator[Finding]:
    """A finding for each line without a price, where the profile wants one asked for or the order refused."""
    if partner is None or partner.price_missing == "take_ours":
        return
    is_refused = partner.price_missing == "reject"
    for line in order.lines:
        if line.unit_price is None and line.quantity != 0:
            then = "the order is refused" if is_refused else "ask the buyer, or give the price"
            yield Finding(
                code=PRICE_REFUSED if is_refused else "price_missing",
                severity=Severity.ERROR,
                message=f"Line {line.number} states no price, and with this partner every line must: {then}.",
                field=f"lines[{line.number - 1}].unit_price",
                line=line.number,
            )


def with_own_place(order: PurchaseOrder, partner: PartnerProfile | None) -> PurchaseOrder:
    """The order with our ship-to's code where the profile says what the partner's code stands for."""
    place = order.ship_to
    ours = partner.ship_to_codes.get(place.customer_number or "") if partner and place else None
    if ours is None or place is None:
        return order
    return order.model_copy(update={"ship_to": place.model_copy(update={"customer_number": ours})})


def refusal_by_terms(order: SalesOrder, at: datetime) -> Decision | None:
    """The refusal that the partner's terms want without a person; None where they want none."""
    refused = [finding for finding in order.findings if finding.code == PRICE_REFUSED]
    if not refused:
        return None
    lines = ", ".join(str(finding.line) for finding in refused[:20])
    return Decision(outcome="rejected", by="orderwright", at=at, why=f"No price in line {lines}: agreed orders state one.")

"""A typed order as its sender would state it: what a round trip is held against."""

from __future__ import annotations

from decimal import Decimal

from models.contracts.extraction_v1 import OrderLineV1, PartyV1, PurchaseOrderV1, StatedValue
from models.domain.party import StatedParty
from models.domain.purchase_order import PurchaseOrder, PurchaseOrderLine
from models.domain.values import plain

#: How sure a country is that the reader took from something else than its name.
_INFERRED = 0.5


def restated(order: PurchaseOrder) -> PurchaseOrderV1:
    """The order as its sender would state it: every value with confidence 1 and no evidence."""
    return PurchaseOrderV1(
        kind=order.kind,
        po_number=_text(order.po_number),
        release_number=_text(order.release_number),
        blanket_number=_text(order.blanket_number),
        order_date=_text(order.order_date),
        requested_delivery_date=_text(order.requested_date),
        currency=_text(order.currency),
        buyer=_party_v1(order.buyer),
        ship_to=_party_v1(order.ship_to),
        bill_to=_party_v1(order.bill_to),
        payment_terms=_text(order.payment_terms),
        incoterm=_text(order.incoterm),
        notes=_text(order.notes),
        lines=tuple(map(_line_v1, order.lines)),
        total_net=_text(order.total_net),
        total_tax=_text(order.total_tax),
        total_gross=_text(order.total_gross),
    )


def _text(value: object) -> StatedValue | None:
    if value is None:
        return None
    return StatedValue(value=plain(value) if isinstance(value, Decimal) else str(value))


def _party_v1(party: StatedParty | None) -> PartyV1 | None:
    if party is None:
        return None
    stated = PartyV1(**{name: _text(getattr(party, name)) for name in PartyV1.model_fields})
    if stated.country is None or not party.country_is_inferred:
        return stated
    return stated.model_copy(update={"country": StatedValue(value=stated.country.value, confidence=_INFERRED)})


def _line_v1(line: PurchaseOrderLine) -> OrderLineV1:
    return OrderLineV1(
        line_number=_text(line.stated_number),
        buyer_part_number=_text(line.buyer_part_number),
        seller_part_number=_text(line.seller_part_number),
        gtin=_text(line.gtin),
        description=_text(line.description),
        quantity=_text(line.quantity),
        unit=_text(line.unit),
        unit_price=_text(line.unit_price),
        price_basis_quantity=_text(line.price_basis),
        discount_percent=_text(line.discount_percent),
        line_total=_text(line.line_total),
        requested_delivery_date=_text(line.requested_date),
        pack_contents=_text(line.pack_contents),
    )

"""The head, the lines and the parties of one document put together into one purchase order."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from models.contracts.extraction_v1 import OrderKind, PartyV1, PurchaseOrderV1, StatedValue
from parsers.fields import HeaderReading
from parsers.freight_terms import with_noted_freight
from parsers.tables.reader import GridReading
from parsers.totals import settled_totals

_BESIDE_THE_BLOCK = 0.85


def assembled(
    kind: OrderKind, header: HeaderReading, lines: GridReading, parties: Mapping[str, PartyV1 | None] | None = None
) -> PurchaseOrderV1:
    """The order that `header` and `lines` make. `parties` (by role: buyer, ship_to, bill_to) win over the header's own.

    Totals stated at the table win over those of the head; a lone total is judged by the sum of the lines.
    """
    roles = {**header.parties, **{role: party for role, party in (parties or {}).items() if party is not None}}
    totals = settled_totals({**header.foot, **lines.foot}, _sum_of(lines))
    order = PurchaseOrderV1(
        kind=kind,
        po_number=header.po_number,
        order_date=header.order_date,
        requested_delivery_date=header.requested_delivery_date,
        currency=header.currency or lines.currency,
        buyer=_with_numbers(roles.get("buyer"), header.numbers),
        ship_to=roles.get("ship_to"),
        bill_to=roles.get("bill_to"),
        payment_terms=header.payment_terms,
        incoterm=header.incoterm,
        freight_terms=header.freight_terms,
        notes=header.notes,
        lines=lines.lines if kind != "order_cancellation" else (),
        total_net=totals.get("total_net"),
        total_tax=totals.get("total_tax"),
        total_gross=totals.get("total_gross"),
    )
    return with_noted_freight(order)


def _sum_of(lines: GridReading) -> Decimal | None:
    amounts = [Decimal(line.line_total.value) for line in lines.lines if line.line_total]
    return sum(amounts, Decimal(0)) if amounts else None


def _with_numbers(buyer: PartyV1 | None, numbers: Mapping[str, StatedValue]) -> PartyV1 | None:
    """The buyer, with the numbers that the head states apart from any block: they are most likely the buyer's."""
    party = buyer or PartyV1()
    missing = {
        name: number.model_copy(update={"confidence": round(number.confidence * _BESIDE_THE_BLOCK, 4)})
        for name, number in numbers.items()
        if getattr(party, name) is None
    }
    return party.model_copy(update=missing) if buyer is not None or missing else None

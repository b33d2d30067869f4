"""Settle a return: the credit note, and the order for a replacement where one is wanted."""

from __future__ import annotations

from temporalio import activity

from activities.authorise_return import return_message
from activities.failures import told_to_temporal
from activities.heartbeats import heartbeating
from activities.outgoing import Outgoing
from activities.ports import NumberRanges, Parties
from activities.return_records import ReturnRecord
from models.contracts.extraction_v1 import OrderLineV1, PartyV1, PurchaseOrderV1, StatedValue
from models.contracts.order_submission_v1 import OrderSubmissionV1
from models.contracts.return_io import ReturnBrief, ReturnStep
from models.domain.identifiers import OrderId
from models.domain.return_policy import credit_amount
from models.domain.returns import ReturnOrder
from models.domain.sales_order import SalesOrder
from models.domain.values import plain


class CreditIssuing:
    """Credits what came back. A replacement is a new order at the agreed price beside the credit: both stand in the books."""

    def __init__(self, record: ReturnRecord, numbers: NumberRanges, parties: Parties, outgoing: Outgoing) -> None:
        self._record = record
        self._numbers = numbers
        self._parties = parties
        self._outgoing = outgoing

    @activity.defn
    @told_to_temporal()
    def issue_credit(self, step: ReturnStep) -> ReturnBrief:
        """Number the credit note once, tell the customer, and say which replacement to order."""
        kept = self._record.returns.load(step.rma)
        order = self._record.orders.load(kept.order_id)
        if kept.credit is None:
            reasons = {line.line: line.reason for line in kept.lines}
            number = f"CN-{100_000 + self._numbers.number('credit_note', kept.rma)}"
            updates = {"credit": credit_amount(order, kept.inspected, reasons), "credit_note": number, "state": "settled"}
            kept = self._record.returns.save(kept.model_copy(update=updates))
        language = self._parties.customer(kept.customer_number).language
        with heartbeating():
            self._outgoing.send(
                return_message(kept, "credit", language, number=kept.credit_note, cause=f"{kept.credit} ({kept.rma})")
            )
        self._record.note(kept, "CreditIssued", f"Credit note {kept.credit_note} over {kept.credit}.")
        brief = self._record.brief(kept)
        if kept.resolution == "credit":
            return brief
        wanted = _replacement(kept, order)
        number = wanted.po_number.value if wanted.po_number else kept.rma
        return brief.model_copy(
            update={
                "replacement": OrderSubmissionV1(sender=kept.sender, purchase_order=wanted, message_id=kept.rma),
                "replacement_order_id": OrderId.of(kept.customer_number, number),
            }
        )


def _replacement(kept: ReturnOrder, order: SalesOrder) -> PurchaseOrderV1:
    """The same goods to the same place once more, under a number that names the return."""
    units = {line.number: line.base_unit for line in order.lines}
    return PurchaseOrderV1(
        po_number=StatedValue(value=f"{order.purchase_order.po_number or order.number}-{kept.rma}"),
        buyer=PartyV1(customer_number=StatedValue(value=kept.customer_number)),
        ship_to=_place(order),
        notes=StatedValue(value=f"Replacement for {kept.rma}"),
        lines=tuple(
            OrderLineV1(
                seller_part_number=StatedValue(value=line.sku),
                quantity=StatedValue(value=plain(line.quantity)),
                unit=StatedValue(value=unit) if (unit := units.get(line.line)) else None,
            )
            for line in kept.lines
        ),
    )


def _place(order: SalesOrder) -> PartyV1 | None:
    place = order.ship_to
    if place is None:
        return None
    stated = {name: getattr(place, name) for name in ("name", "gln", "street", "postal_code", "city", "region", "country")}
    return PartyV1.model_validate({name: {"value": str(value)} for name, value in stated.items() if value})

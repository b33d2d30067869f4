"""What a buyer reads of a change: taken where the order says the same by now, refused where it does not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from models.domain.acknowledgement import OrderAcknowledgement
from models.domain.change_answers import are_taken, change_answer
from models.domain.duplicates import unmet, wished_corrections
from models.domain.lifecycle import OrderStatus
from models.domain.purchase_order import PurchaseOrderLine, Source
from models.domain.sales_order import ChangeRequest, Correction
from tests.domain.made import NOW, company, line, purchase_order, sales_order

ORDER = sales_order(status=OrderStatus.ACCEPTED)
(ASKED,) = ORDER.purchase_order.lines


def changed(**parts: Any) -> PurchaseOrderLine:
    return ASKED.model_copy(update=parts)


def change(*lines: PurchaseOrderLine, kind: str = "order_change") -> ChangeRequest:
    wanted = purchase_order(*lines, kind=kind).model_copy(update={"requested_date": None, "lines": lines})
    return ChangeRequest(source=Source(channel="http", message_id="m", received_at=NOW), purchase_order=wanted)


def answer(wanted: ChangeRequest, status: OrderStatus = OrderStatus.ACCEPTED, **fields: str) -> OrderAcknowledgement:
    corrections = tuple(Correction(field=field, value=value, by="jo", at=NOW) for field, value in fields.items())
    order = ORDER.model_copy(update={"status": status, "corrections": corrections})
    return change_answer(order, wanted, company(), NOW)


def test_a_change_that_the_order_does_not_follow_is_refused_with_what_was_asked() -> None:
    """The order stands as it was acknowledged."""
    told = answer(change(changed(quantity=Decimal(50))))
    assert (told.kind, [one.status for one in told.lines]) == ("rejected", ["rejected"])
    assert "50 instead of" in told.lines[0].reason


def test_a_change_that_a_correction_took_over_is_accepted_as_asked() -> None:
    """With the quantity that the buyer wants now."""
    told = answer(change(changed(quantity=Decimal(50))), **{"1.quantity": "50"})
    assert (told.kind, told.lines[0].status, told.lines[0].ordered.amount) == ("accepted", "accepted", Decimal(50))


def test_lines_that_a_change_does_not_name_stay_as_they_are() -> None:
    """A partial change asks nothing of them."""
    order = purchase_order(line(1), line(2, buyer_part_number="Z-9", seller_part_number=None, gtin=None, description="Other"))
    assert unmet(order, order.model_copy(update={"lines": order.lines[:1]})) == {}


def test_a_new_line_is_refused_and_cannot_be_a_correction() -> None:
    """What a reviewer may correct is what is there."""
    new = line(7, buyer_part_number="N-1", seller_part_number=None, gtin=None, description="Something new", stated_number="70")
    assert answer(change(new)).lines[0].status == "rejected"
    assert wished_corrections(ORDER.purchase_order, change(new).purchase_order) is None


def test_a_quantity_of_zero_takes_the_line_out() -> None:
    """As the correction that a reviewer can accept."""
    gone = change(changed(quantity=Decimal(0)))
    assert wished_corrections(ORDER.purchase_order, gone.purchase_order) == {"1.drop": "yes"}
    assert answer(gone).kind == "rejected"


def test_a_cancellation_is_accepted_only_of_an_order_that_ended_without_goods() -> None:
    """Rejected by a reviewer for the buyer's sake, or cancelled; else it is refused, line by line."""
    wanted = change(kind="order_cancellation")
    assert answer(wanted, OrderStatus.REJECTED).kind == "accepted"
    refused = answer(wanted, OrderStatus.RELEASED)
    assert (refused.kind, {one.status for one in refused.lines}) == ("rejected", {"rejected"})


def test_a_change_is_settled_by_corrections_that_bring_the_order_to_it() -> None:
    """Not by none, and not by others."""
    order = ORDER.model_copy(update={"changes": (change(changed(quantity=Decimal(50))),)})
    right = Correction(field="1.quantity", value="50", by="jo", at=NOW)
    assert not are_taken(order)
    assert are_taken(order.model_copy(update={"corrections": (right,)}))
    assert not are_taken(order.model_copy(update={"corrections": (right.model_copy(update={"value": "60"}),)}))

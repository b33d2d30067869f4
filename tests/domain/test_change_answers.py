"""What a buyer reads of a change: taken where the order says the same by now, refused where it does not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.domain.acknowledgement import OrderAcknowledgement
from models.domain.added_lines import with_offered
from models.domain.allocation import Shortfall, StockPlan
from models.domain.change_answers import are_taken, change_answer, is_followed, is_met
from models.domain.corrections import check_corrections
from models.domain.duplicates import unmet, wished_corrections
from models.domain.identifiers import OrderId, Sku
from models.domain.lifecycle import OrderStatus
from models.domain.party import StatedParty
from models.domain.purchase_order import PurchaseOrderLine, Source
from models.domain.sales_order import ChangeRequest, Correction, OrderPart, SalesOrder
from models.domain.values import Currency, UnitCode
from tests.domain.made import EUR, NOW, TODAY, company, line, order_line, purchase_order, sales_order

ORDER = sales_order(status=OrderStatus.ACCEPTED)
(ASKED,) = ORDER.purchase_order.lines


def changed(**parts: Any) -> PurchaseOrderLine:
    return ASKED.model_copy(update=parts)


def change(*lines: PurchaseOrderLine, kind: str = "order_change") -> ChangeRequest:
    wanted = purchase_order(*lines, kind=kind).model_copy(update={"requested_date": None, "lines": lines})
    return ChangeRequest(source=Source(channel="http", message_id="m", received_at=NOW), purchase_order=wanted)


def answer(
    wanted: ChangeRequest, status: OrderStatus = OrderStatus.ACCEPTED, fields: Mapping[str, str] = {}
) -> OrderAcknowledgement:
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
    told = answer(change(changed(quantity=Decimal(50))), fields={"1.quantity": "50"})
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


NEW = line(2, buyer_part_number="N-1", seller_part_number=None, gtin=None, description="Something new", stated_number="70")


def test_a_line_that_a_change_adds_is_taken_in_by_a_reviewer() -> None:
    """Numbered on, and answered as accepted under the buyer's own number."""
    wanted = change(NEW.model_copy(update={"number": 1, "is_added": True}))
    order = with_offered(ORDER, wanted.purchase_order)
    assert [one.number for one in order.asked.lines] == [1]
    assert wished_corrections(order.asked, wanted.purchase_order, order.offered) == {"2.add": "yes"}
    taken = order.model_copy(update={"corrections": (Correction(field="2.add", value="yes", by="jo", at=NOW),)})
    assert [one.number for one in taken.asked.lines] == [1, 2]
    told = change_answer(taken.model_copy(update={"lines": (order_line(1), order_line(2))}), wanted, company(), NOW)
    assert [(one.buyer_line_number, one.ordered.amount, one.reason) for one in told.lines] == [("70", Decimal(400), "")]
    assert not unmet(taken.asked, wanted.purchase_order)


def test_more_of_an_item_as_a_line_of_its_own_changes_no_line_that_is_there() -> None:
    """By the change's own word it is added, though the order has the item."""
    more = changed(stated_number="20", quantity=Decimal(50), is_added=True)
    assert "is new" in answer(change(more)).lines[0].reason
    assert with_offered(ORDER, change(more).purchase_order).offered[0].quantity == Decimal(50)


def test_the_same_change_again_adds_nothing_more() -> None:
    """Nor does the same line in another message."""
    wanted = change(NEW.model_copy(update={"is_added": True})).purchase_order
    once = with_offered(ORDER, wanted)
    assert with_offered(once, wanted) == once


def test_only_a_change_of_an_order_that_is_whole_adds_lines() -> None:
    """Whose part a new line would be nobody has said, and what is cancelled adds nothing."""
    wanted = change(NEW).purchase_order
    part = ORDER.model_copy(update={"part": OrderPart(lines=(1,), other=OrderId("order:10010:4711.rest"))})
    assert with_offered(part, wanted) == part
    assert with_offered(ORDER, wanted.model_copy(update={"kind": "order_cancellation"})) == ORDER


def test_new_lines_are_numbered_after_all_that_are_there() -> None:
    """Those of an earlier order that is repeated, and those that another change offered before."""
    again = line(2, seller_part_number="B-7", description="Washer")
    once = with_offered(ORDER.model_copy(update={"repeated": (again,)}), change(NEW).purchase_order)
    other = line(1, seller_part_number="C-9", description="Nut", stated_number="80")
    twice = with_offered(once, change(other).purchase_order)
    assert [(one.number, one.seller_part_number, one.is_added) for one in twice.offered] == [(3, None, True), (4, "C-9", True)]
    assert with_offered(twice, change(again).purchase_order) == twice


def test_a_line_without_a_quantity_adds_nothing() -> None:
    """None, or none any more."""
    for quantity in (None, Decimal(0)):
        assert with_offered(ORDER, change(NEW.model_copy(update={"quantity": quantity})).purchase_order).offered == ()


def test_another_item_under_a_known_number_is_no_added_line() -> None:
    """It would leave the line that it swaps where it is: a person decides."""
    order = ORDER.model_copy(update={"purchase_order": purchase_order(changed(stated_number="70"))})
    assert with_offered(order, change(NEW).purchase_order).offered == ()


def test_only_what_a_change_adds_can_be_taken_in() -> None:
    """Else the reviewer reads what is wrong."""
    order = with_offered(ORDER, change(NEW).purchase_order)
    assert check_corrections({"2.add": "yes", "2.quantity": "5"}, order) == []
    assert check_corrections({"3.add": "yes"}, order)
    assert check_corrections({"1.add": "yes"}, order)


def test_of_two_lines_for_an_item_the_one_with_the_buyers_number_is_meant() -> None:
    """Whatever stands first; 020 is 20."""
    order = purchase_order(changed(stated_number="10"), changed(number=2, stated_number="20", quantity=Decimal(700)))
    wanted = change(changed(stated_number="020", quantity=Decimal(800))).purchase_order
    assert wished_corrections(order, wanted) == {"2.quantity": "800"}


def test_a_replacement_leaves_out_what_it_does_not_name() -> None:
    """It takes the whole order's place; what is kept must not be answered as accepted."""
    order = purchase_order(ASKED, NEW)
    wanted = change(ASKED).purchase_order.model_copy(update={"is_replacement": True})
    assert wished_corrections(order, wanted) == {"2.drop": "yes"}
    kept = ORDER.model_copy(update={"purchase_order": order})
    told = change_answer(kept, ChangeRequest(source=ORDER.source, purchase_order=wanted), company(), NOW)
    assert told.kind == "rejected"
    assert "is taken out" in told.note


@pytest.mark.parametrize(
    ("status", "said"),
    [(OrderStatus.CLOSED, "have left"), (OrderStatus.CANCELLED, "without a delivery"), (OrderStatus.RELEASED, "warehouse")],
)
def test_a_refusal_says_how_far_the_order_has_come(status: OrderStatus, said: str) -> None:
    """For each line of the change."""
    assert said in answer(change(changed(quantity=Decimal(50))), status).lines[0].reason


def test_a_quantity_of_zero_takes_the_line_out() -> None:
    """As the correction that a reviewer can accept."""
    gone = change(changed(quantity=Decimal(0)))
    assert wished_corrections(ORDER.purchase_order, gone.purchase_order) == {"1.drop": "yes"}
    assert answer(gone).kind == "rejected"


def test_a_cancellation_is_accepted_only_of_an_order_that_ended_without_goods() -> None:
    """Rejected by a reviewer for the buyer's sake, or cancelled; else it is refused, line by line."""
    wanted = change(kind="order_cancellation")
    taken = answer(wanted, OrderStatus.REJECTED)
    assert (taken.kind, taken.note, {(one.status, one.reason) for one in taken.lines}) == ("accepted", "", {("accepted", "")})
    refused = answer(wanted, OrderStatus.RELEASED)
    assert (refused.kind, {one.status for one in refused.lines}) == ("rejected", {"rejected"})


def test_a_change_is_settled_by_corrections_that_bring_the_order_to_it() -> None:
    """Not by none, and not by others."""
    order = ORDER.model_copy(update={"changes": (change(changed(quantity=Decimal(50))),)})
    right = Correction(field="1.quantity", value="50", by="jo", at=NOW)
    assert not are_taken(order)
    assert are_taken(order.model_copy(update={"corrections": (right,)}))
    assert not are_taken(order.model_copy(update={"corrections": (right.model_copy(update={"value": "60"}),)}))


def bare(number: str, quantity: int) -> PurchaseOrderLine:
    """A line that says its number and nothing of the goods: "position 2: only 5"."""
    return changed(
        number=1, stated_number=number, buyer_part_number=None, seller_part_number=None, gtin=None, description=None,
        quantity=Decimal(quantity),
    )  # fmt: skip


def test_a_line_that_names_no_item_is_told_by_its_number() -> None:
    """By the buyer's own numbers where the order states them, else by its place."""
    numbered = purchase_order(line(1, stated_number="10"), line(2, stated_number="20"))
    plain = purchase_order(line(1, stated_number=None), line(2, stated_number=None))
    wanted = change(bare("20", 5)).purchase_order
    assert wished_corrections(numbered, wanted) == {"2.quantity": "5"}
    assert wished_corrections(plain, change(bare("2", 5)).purchase_order) == {"2.quantity": "5"}
    assert wished_corrections(plain, wanted) is None


def test_a_line_to_take_out_that_the_order_never_had_is_refused() -> None:
    """Else the buyer would believe that something is gone."""
    told = answer(change(bare("7", 0)))
    assert (told.kind, told.lines[0].status) == ("rejected", "rejected")
    assert "line 7 out, which the order does not have" in told.lines[0].reason


def test_a_change_that_was_not_understood_is_never_taken() -> None:
    """It names no line, so nothing of it differs from the order: that makes it no less a change."""
    doubted = change().model_copy(update={"is_doubted": True})
    told = answer(doubted)
    assert (told.kind, "not understood" in told.note, len(told.lines)) == ("rejected", True, 1)
    assert not is_met(ORDER, doubted)


def open_with(*changes: ChangeRequest, **fields: str) -> SalesOrder:
    corrections = tuple(Correction(field=f"1.{name}", value=value, by="jo", at=NOW) for name, value in fields.items())
    return ORDER.model_copy(update={"changes": changes, "corrections": corrections})


def test_changes_are_taken_only_all_of_them_and_only_by_a_reviewers_word() -> None:
    """One of two is not enough, nor is an order that says so already, nor words that name no line."""
    wanted = change(changed(quantity=Decimal(50)))
    assert are_taken(open_with(wanted, quantity="50"))
    assert not are_taken(open_with(wanted, change(changed(quantity=Decimal(60))), quantity="50"))
    assert not are_taken(open_with(change(ASKED)))
    assert not are_taken(open_with(change(), quantity="50"))
    assert not are_taken(open_with(quantity="50"))


def test_a_cancellation_that_is_open_beside_a_change_does_not_keep_the_change_from_being_taken() -> None:
    """It is decided for itself."""
    assert are_taken(open_with(change(changed(quantity=Decimal(50))), change(kind="order_cancellation"), quantity="50"))


@pytest.mark.parametrize(
    ("status", "is_so"),
    [
        (OrderStatus.ACCEPTED, True),
        (OrderStatus.RECEIVED, False),
        (OrderStatus.NEEDS_REVIEW, False),
        (OrderStatus.CANCELLED, False),
    ],
)
def test_a_change_is_followed_by_an_order_that_was_agreed_and_says_the_same(status: str, is_so: bool) -> None:
    """Not by one that a person still decides, nor by one that ended."""
    order = ORDER.model_copy(update={"status": OrderStatus(status)})
    assert is_followed(order, change(ASKED)) is is_so
    assert not is_followed(order, change(changed(quantity=Decimal(50))))
    assert not is_followed(order, change(kind="order_cancellation"))


def test_a_line_that_was_taken_out_as_asked_is_accepted_without_a_promise() -> None:
    """Nothing of it comes, and the answer does not say that the order never had it."""
    told = answer(change(changed(quantity=Decimal(0))), fields={"1.drop": "yes"})
    (line,) = told.lines
    assert (told.kind, line.status, line.reason, line.promised, line.ordered.amount) == ("accepted", "accepted", "", (), 0)


def test_a_refused_line_that_names_only_its_number_is_answered_as_the_thing_it_is() -> None:
    """With our number, our words and the quantity that stands."""
    wanted = changed(
        stated_number="1", buyer_part_number=None, seller_part_number=None, description=None, quantity=None, unit=None,
        requested_date=TODAY,
    )  # fmt: skip
    stated = sales_order(status=OrderStatus.ACCEPTED, purchase_order=purchase_order(line(requested_date="2026-12-24")))
    (told,) = change_answer(stated, change(wanted), company(), NOW).lines
    assert (told.status, told.sku, told.description) == ("rejected", "HX-M8-40", "Hex bolt M8x40 zinc plated")
    assert (told.ordered.amount, told.ordered.unit) == (Decimal(400), "C62")


def test_a_line_that_nothing_is_known_of_is_refused_in_the_buyers_words_and_unit() -> None:
    """Pieces, where no unit is stated."""
    for unit, told_unit in (("BX", "BX"), (None, "C62")):
        told = answer(change(NEW.model_copy(update={"unit": unit and UnitCode(unit)}))).lines[0]
        assert (told.sku, told.description, told.ordered.amount, told.ordered.unit) == (None, "Something new", 400, told_unit)


def test_a_change_that_was_taken_over_still_says_that_goods_are_awaited() -> None:
    """The buyer's wish is met, the goods are not there."""
    waiting = StockPlan(shortfalls=(Shortfall(line=1, sku=Sku("HX-M8-40"), quantity=Decimal(50)),))
    order = open_with(quantity="50").model_copy(update={"stock_plan": waiting})
    (told,) = change_answer(order, change(changed(quantity=Decimal(50))), company(), NOW).lines
    assert (told.status, told.reason != "") == ("backordered", True)


def test_a_day_and_a_place_that_the_order_never_named_are_wishes_of_their_own() -> None:
    """ "Please deliver it on the 15th" changes an order that named no day; it is not the same order again."""
    order = purchase_order(line(1)).model_copy(update={"requested_date": None, "ship_to": None})
    same = order.model_copy(update={"kind": "order_change"})
    assert unmet(order, same) == {}
    assert unmet(order, same.model_copy(update={"requested_date": TODAY})) == {0: (f"delivery is wanted on {TODAY}",)}
    elsewhere = StatedParty(name="Ada Baustelle", city="Hamburg")
    assert unmet(order, same.model_copy(update={"ship_to": elsewhere}))[0][0].startswith("it goes to ")
    dated = order.lines[0].model_copy(update={"requested_date": TODAY})
    assert unmet(order, same.model_copy(update={"lines": (dated,)}))[1] == (f"line 1 (HX-M8-40): wanted on {TODAY}",)


@pytest.mark.parametrize(
    ("quantity", "fields", "kind"),
    [("50", {"1.quantity": "50"}, "accepted_with_changes"), ("400", {}, "rejected")],
    ids=["the line is changed as asked", "the line is only named"],
)
def test_another_day_that_is_refused_leaves_standing_what_was_taken_of_the_lines(
    quantity: str, fields: dict[str, str], kind: str
) -> None:
    """A refused wish for the whole order does not take back a quantity that goes out as the buyer wants it now."""
    wanted = change(changed(quantity=Decimal(quantity)))
    later = wanted.purchase_order.model_copy(update={"requested_date": TODAY + timedelta(days=30)})
    assert answer(wanted.model_copy(update={"purchase_order": later}), fields=fields).kind == kind


def test_a_change_that_is_taken_in_part_is_accepted_with_changes() -> None:
    """One line as asked, another not; refused as a whole where what was asked of the whole order is all that it asks."""
    order = sales_order(order_line(1), order_line(2), purchase_order=purchase_order(ASKED, NEW), status=OrderStatus.ACCEPTED)
    wanted = change(ASKED, NEW.model_copy(update={"quantity": Decimal(9)}))
    assert change_answer(order, wanted, company(), NOW).kind == "accepted_with_changes"
    later = change(ASKED, NEW)
    moved = later.model_copy(update={"purchase_order": later.purchase_order.model_copy(update={"currency": Currency("USD")})})
    dear = order.model_copy(update={"purchase_order": purchase_order(ASKED, NEW, currency=EUR)})
    told = change_answer(dear, moved.model_copy(update={"is_doubted": True}), company(), NOW)
    assert (told.kind, "USD" in told.note, "not understood" in told.note) == ("rejected", True, True)

"""What reviewers say on one order counts on the next: for that customer alone, with a receipt, until it is undone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from models.contracts.activity_io import OrderStep
from models.domain.learning import FactKind, Lesson
from models.domain.lifecycle import OrderStatus
from models.domain.sales_order import SalesOrder
from tests.activities.shop import Killed
from tests.activities.small_shop import open_shop
from tests.activities.taught import Learner, codes

UNKNOWN = {"buyer_part_number": "KD 77-81"}
BOLT, CABLE = "HX-M8-40", "CBL-1"
NEW_PLACE = {"name": "Ada Baustelle", "street": "Hafenring 9", "postal_code": "20457", "city": "Hamburg", "country": "DE"}


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    return Learner(open_shop(tmp_path))


def taught(learner: Learner) -> SalesOrder:
    """An order whose unknown number a reviewer corrected to the bolt."""
    return learner.correct(learner.take(UNKNOWN), **{"1.sku": BOLT})


def is_touchless(order: SalesOrder) -> bool:
    return order.decisions[-1].outcome == "touchless" and order.status is OrderStatus.ACCEPTED


def test_a_number_that_was_corrected_once_is_known_on_the_next_order(learner: Learner) -> None:
    """However the customer writes it; nobody has to look again, and the receipt says who taught it."""
    first = taught(learner)
    second = learner.take({"buyer_part_number": "kd77-81"})
    assert is_touchless(second)
    (line,) = second.lines
    assert (line.sku, line.match.how if line.match else "") == (BOLT, "learned_part_number")
    (receipt,) = second.learned
    assert f"corrected by jo.reviewer on {datetime.now(UTC):%Y-%m-%d} in {first.order_id}" in receipt.words


def test_a_learned_number_is_nothing_to_another_customer(learner: Learner) -> None:
    """The same digits mean other goods elsewhere."""
    taught(learner)
    assert "unknown_item" in codes(learner.take(UNKNOWN, customer="70038", sender="buy@cole.example"))


def test_undoing_a_fact_flags_the_next_order(learner: Learner) -> None:
    """And teaching it anew makes it count again."""
    taught(learner)
    (fact,) = learner.lessons.facts()
    word = Lesson(statement=fact.statement, kind="undone", key="undone:1", by="jo.reviewer", at=datetime.now(UTC))
    learner.lessons.teach([word])
    third = learner.take(UNKNOWN)
    assert codes(third) == ["unknown_item"]
    learner.correct(third, **{"1.sku": BOLT})
    assert is_touchless(learner.take(UNKNOWN))


def test_a_fact_counts_the_orders_that_it_served(learner: Learner) -> None:
    """Two orders went through with it; their ids are named."""
    taught(learner)
    served = [learner.take(UNKNOWN).order_id for _ in range(2)]
    (fact,) = learner.lessons.facts()
    assert (fact.count("held"), list(fact.touched)) == (2, served)


def test_learning_twice_from_one_order_teaches_once(learner: Learner) -> None:
    """A worker that died after the commit runs the step again."""
    first = taught(learner)
    learner.learn(first.order_id)
    (fact,) = learner.lessons.facts()
    assert [lesson.kind for lesson in fact.lessons] == ["corrected"]


def test_a_worker_killed_at_the_commit_has_taught_nothing_and_teaches_once_afterwards(learner: Learner) -> None:
    """Lessons are kept all or none."""
    shop = learner.shop
    order = learner.take(UNKNOWN)
    shop.decide("correct", order.order_id, **{"1.sku": BOLT})
    shop.check(order.order_id)

    def die(_connection: Connection) -> None:
        raise Killed

    event.listen(Engine, "commit", die)
    try:
        with pytest.raises(Killed):
            shop.run("learn_from_order", OrderStep(order_id=order.order_id))
    finally:
        event.remove(Engine, "commit", die)
    assert learner.lessons.facts() == []
    learner.learn(order.order_id)
    learner.learn(order.order_id)
    assert [len(fact.lessons) for fact in learner.lessons.facts()] == [1]


def test_a_number_that_means_another_item_overrules_what_was_learned(learner: Learner) -> None:
    """Our own SKU stands beside their number: the fact is set aside, and a person is told."""
    taught(learner)
    order = learner.take({**UNKNOWN, "seller_part_number": CABLE, "unit": "MTR"})
    assert order.lines[0].sku == CABLE
    assert "learned_set_aside" in {finding.code for finding in order.findings}
    assert order.learned == ()


def test_a_gtin_with_a_good_check_digit_is_believed_before_what_was_learned(learner: Learner) -> None:
    """A GTIN that we do not sell says that the line means something else."""
    taught(learner)
    order = learner.take({**UNKNOWN, "gtin": "4012345678901"})
    assert codes(order) == ["unknown_item"]
    assert order.learned == ()


def test_words_that_speak_of_other_goods_set_a_fact_aside(learner: Learner) -> None:
    """The number was taught beside a bolt; beside a cable a person decides."""
    learner.correct(learner.take({**UNKNOWN, "description": "Schraube verzinkt"}), **{"1.sku": BOLT})
    assert is_touchless(learner.take({**UNKNOWN, "description": "Schraube, verzinkt"}))
    other = learner.take({**UNKNOWN, "description": "Gummistiefel gelb"})
    assert other.lines[0].sku is None
    assert "unknown_item" in codes(other)


def test_a_number_that_the_catalogue_knows_is_not_taught_anew(learner: Learner) -> None:
    """Who gets a successor instead of what he named does not rename it."""
    order = learner.take({"seller_part_number": "HX-M8-45"})
    learner.correct(order, **{"1.sku": BOLT})
    assert learner.lessons.facts() == []


def test_wording_that_was_corrected_is_known_where_no_number_stands(learner: Learner) -> None:
    """Case, accents and marks are nothing."""
    learner.correct(learner.take({"description": "die üblichen Achter"}), **{"1.sku": BOLT})
    assert is_touchless(learner.take({"description": "Die üblichen ACHTER!"}))


def test_a_correction_to_something_else_overrules_the_fact(learner: Learner) -> None:
    """One careless click is mended by the next: the newer word counts, and the older says that it was overruled."""
    learner.correct(learner.take(UNKNOWN), **{"1.sku": CABLE, "1.unit": "MTR"})
    flagged = learner.take({**UNKNOWN, "unit_price": "0.01"})
    learner.correct(flagged, **{"1.sku": BOLT, "1.price": "0.115"})
    again = learner.take(UNKNOWN)
    assert again.lines[0].sku == BOLT
    numbers = [fact for fact in learner.lessons.facts() if fact.statement.kind is FactKind.PART_NUMBER]
    assert {fact.statement.meaning: fact.count("overruled") for fact in numbers} == {CABLE: 1, BOLT: 0}


def test_their_box_holds_what_a_reviewer_said_it_holds(learner: Learner) -> None:
    """Ours holds 100, theirs 50: the unit was corrected once, the next order counts by it."""
    line = {"seller_part_number": BOLT, "quantity": "2", "unit": "BX"}
    first = learner.correct(
        learner.take({**line, "unit_price": "99"}), **{"1.unit": "C62", "1.quantity": "100", "1.price": "0.115"}
    )
    assert first.status is OrderStatus.ACCEPTED
    second = learner.take(line)
    assert (str(second.lines[0].base_quantity), is_touchless(second)) == ("100", True)
    assert "BX of HX-M8-40 holds 50 C62" in second.learned[0].words


def test_our_own_box_counts_where_the_page_proves_it(learner: Learner) -> None:
    """The price fits our box and not theirs: the fact is set aside."""
    line = {"seller_part_number": BOLT, "quantity": "2", "unit": "BX"}
    learner.correct(learner.take({**line, "unit_price": "99"}), **{"1.unit": "C62", "1.quantity": "100", "1.price": "0.115"})
    second = learner.take({**line, "unit_price": "11.50"})
    assert (str(second.lines[0].base_quantity), second.learned) == ("200", ())
    assert "learned_set_aside" in {finding.code for finding in second.findings}


def test_a_place_that_was_named_once_is_known_by_the_same_words(learner: Learner) -> None:
    """Their site is our W2, said the reviewer."""
    first = learner.take({"seller_part_number": BOLT}, ship_to=NEW_PLACE)
    assert "new_ship_to" in codes(first)
    learner.correct(first, ship_to="W2")
    second = learner.take({"seller_part_number": BOLT}, ship_to=NEW_PLACE)
    assert is_touchless(second)
    assert second.ship_to is not None
    assert (second.ship_to.city, second.learned[0].kind) == ("Berlin", "ship_to")


def test_an_approval_in_passing_is_no_more_than_a_hint_until_it_comes_again(learner: Learner) -> None:
    """A new place that was let pass once is asked about once more; let pass twice, it is known."""
    for _ in range(2):
        flagged = learner.take({"seller_part_number": BOLT}, ship_to=NEW_PLACE)
        assert "new_ship_to" in codes(flagged)
        learner.approve(flagged)
    assert is_touchless(learner.take({"seller_part_number": BOLT}, ship_to=NEW_PLACE))


def test_a_sender_whose_customer_was_named_is_known_the_next_time(learner: Learner) -> None:
    """From a mailbox that anybody could have; the customer's name is still none of ours."""
    mail = {"customer": "", "sender": "bauleitung.ada@gmx.de", "channel": "smtp", "buyer_name": "Bauleitung Nord"}
    first = learner.take({"seller_part_number": BOLT}, **mail)
    assert "unknown_customer" in codes(first)
    first = learner.correct(first, customer="10010")
    if first.status is not OrderStatus.ACCEPTED:
        first = learner.approve(first)
    second = learner.take({"seller_part_number": BOLT}, **mail)
    assert second.customer_number == "10010"
    assert second.customer_match is not None
    assert "learned_sender" in second.customer_match.agreeing


def test_a_rejected_order_teaches_nothing(learner: Learner) -> None:
    """What was said on it never counted."""
    order = learner.take(UNKNOWN, {"buyer_part_number": "NOBODY-KNOWS"})
    order = learner.correct(order, **{"1.sku": BOLT})
    assert "unknown_item" in codes(order)
    learner.shop.decide("reject", order.order_id, reason="no")
    assert learner.lessons.facts() == []


def test_words_that_leave_open_what_is_meant_name_what_the_customer_had_before(learner: Learner) -> None:
    """And for a customer who never had it they do not."""
    learner.take({"seller_part_number": BOLT})
    reason = "the customer had it in 1 earlier order"
    asked = {"description": "hex bolt plated"}
    mine, other = learner.take(asked), learner.take(asked, customer="70038", sender="buy@cole.example")
    told = [[why for finding in each.findings for one in finding.candidates for why in one.reasons] for each in (mine, other)]
    assert [reason in reasons for reasons in told] == [True, False]

"""Parting an order: what becomes of its lines, when it is proposed, and when the policy does it by itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from temporalio.exceptions import ApplicationError

from models.contracts.activity_io import AcceptPart, OpenOrder, OrderBrief
from models.contracts.decision_v1 import DecisionV1
from models.domain.decision_record import decisions_of, records_in
from models.domain.identifiers import CustomerNumber, OrderId
from models.domain.lifecycle import OrderStatus
from models.domain.sales_order import SalesOrder
from models.store.audit_trail import SqlAuditTrail
from models.store.order_book import SqlOrderBook
from tests.activities.small_shop import ORDER, SmallShop, open_shop
from tests.store.company_folder import change

REST = ORDER.rest
GOOD, UNKNOWN = ("HX-M8-40", "100"), ("NO-SUCH-ITEM", "5")
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def shop(tmp_path: Path) -> SmallShop:
    """A company whose customer Ada allows parts."""
    opened = open_shop(tmp_path)
    allow(opened)
    return opened


def allow(shop: SmallShop, policy: str = "name: built in\n") -> None:
    customers = (shop.folder / "customers.csv").read_text("utf-8").splitlines()
    head, ada, *others = customers
    rows = [f"{head},partial_acceptance", f"{ada},yes", *(f"{other},no" for other in others)]
    (shop.folder / "customers.csv").write_text("\n".join(rows) + "\n", "utf-8")
    (shop.folder / "policy.yaml").write_text(policy, "utf-8")
    shop.load()


def accept(shop: SmallShop, order_id: OrderId = ORDER, **words: str) -> OrderBrief:
    said = DecisionV1.model_validate({"by": "jo", **words})
    brief: OrderBrief = shop.run("accept_part", AcceptPart(order_id=order_id, decision=said, at=AT))
    return brief


def waiting(shop: SmallShop) -> SalesOrder:
    """An order whose second line nobody knows."""
    return shop.take(GOOD, UNKNOWN, GOOD)


def test_the_lines_that_may_wait_are_proposed(shop: SmallShop) -> None:
    """With the order, and in the record of the decision."""
    order = waiting(shop)
    assert (order.status, order.may_wait) == (OrderStatus.NEEDS_REVIEW, (2,))
    assert order.decisions[-1].runner_up.endswith("The other lines could go on without line 2.")


def test_nothing_is_proposed_to_a_customer_who_does_not_allow_it(tmp_path: Path) -> None:
    """That is the default."""
    assert waiting(open_shop(tmp_path)).may_wait == ()


def test_the_good_lines_pass_every_check_and_the_others_wait(shop: SmallShop) -> None:
    """Sums, tax and credit are those of the part; whoever accepted it approved it."""
    waiting(shop)
    brief = accept(shop, note="the bolts are urgent")
    assert (brief.status, brief.other_part, brief.is_rest) == (OrderStatus.NEEDS_REVIEW, REST, False)
    first = [shop.check(), shop.order()][1]
    rest = [shop.check(REST), shop.order(REST)][1]
    assert isinstance(first, SalesOrder)
    assert isinstance(rest, SalesOrder)
    assert [line.number for line in first.lines] == [1, 3]
    assert [line.number for line in rest.lines] == [2]
    assert (first.status, first.decisions[-1].outcome, first.decisions[-1].by) == (OrderStatus.ACCEPTED, "approved", "jo")
    assert (rest.status, [finding.code for finding in rest.open_findings]) == (OrderStatus.NEEDS_REVIEW, ["unknown_item"])
    assert str(first.net) == "23.00 EUR"
    assert first.credit is not None
    assert first.credit.order_total == first.gross
    assert first.purchase_order == rest.purchase_order


def test_who_parted_an_order_and_why_is_on_record_of_both(shop: SmallShop) -> None:
    """In the timelines and in the records of decisions."""
    waiting(shop)
    accept(shop, note="the bolts are urgent")
    for order_id, event in ((ORDER, "PartAccepted"), (REST, "RestOpened")):
        trail = SqlAuditTrail(shop.engine)
        assert event in [entry.event for entry in trail.timeline(order_id)]
        record = records_in(trail.timeline(decisions_of(order_id)))[-1]
        assert (record.outcome, record.by, record.is_automatic) == ("part_accepted", "jo", False)
        assert record.why.endswith("the bolts are urgent")


def test_the_rest_is_not_opened_anew_by_its_workflow(shop: SmallShop) -> None:
    """Its workflow begins with the submission of the whole order."""
    waiting(shop)
    accept(shop)
    submission = shop.submission(GOOD, UNKNOWN, GOOD)
    brief = shop.run("open_order", OpenOrder(order_id=REST, submission=submission, started_at=AT))
    assert (brief.other_part, brief.is_rest, brief.line_numbers) == (ORDER, True, (2,))


def test_an_order_of_good_lines_cannot_be_parted(shop: SmallShop) -> None:
    """Nor one that is a part."""
    shop.take(GOOD)
    with pytest.raises(ApplicationError, match="waits for nobody"):
        accept(shop)
    shop.take(UNKNOWN, po_number="PO-2")
    with pytest.raises(ApplicationError, match="doubts are not about single lines"):
        accept(shop, OrderId("order:10010:PO-2"))
    shop.take(GOOD, UNKNOWN, po_number="PO-3")
    accept(shop, OrderId("order:10010:PO-3"))
    with pytest.raises(ApplicationError, match="is a part already"):
        accept(shop, OrderId("order:10010:PO-3:rest"))


def test_the_policy_may_part_orders_by_itself(shop: SmallShop) -> None:
    """Then the workflow is told so, and the good lines are touchless."""
    allow_file = shop.folder / "policy.yaml"
    allow_file.write_text("name: eager\npartial_acceptance: automatic\n", "utf-8")
    shop.load()
    waiting(shop)
    assert shop.check().parts_itself
    accept(shop, by="orderwright")
    assert not shop.check().parts_itself
    assert shop.order().decisions[-1].outcome == "touchless"


def test_a_policy_that_never_parts_orders_proposes_nothing(shop: SmallShop) -> None:
    """Whatever the customer allows."""
    (shop.folder / "policy.yaml").write_text("name: strict\npartial_acceptance: never\n", "utf-8")
    shop.load()
    assert waiting(shop).may_wait == ()


def test_a_policy_with_another_word_is_refused(shop: SmallShop) -> None:
    """And the last good one stays in force."""
    (shop.folder / "policy.yaml").write_text("name: odd\npartial_acceptance: sometimes\n", "utf-8")
    with pytest.raises(Exception, match="partial_acceptance"):
        shop.load()


def test_what_went_on_and_the_rest_are_one_order_in_the_customers_history(shop: SmallShop) -> None:
    """Neither is its own sibling's past."""
    waiting(shop)
    accept(shop)
    shop.check()
    shop.decide("correct", REST, by="jo", **{"2.sku": "HX-M8-40", "2.quantity": "100"})
    shop.check(REST)
    book = SqlOrderBook(shop.engine)
    assert book.load(REST).status is OrderStatus.ACCEPTED
    known = book.history(CustomerNumber("10010"), OrderId("order:10010:OTHER"))
    assert (known.order_count, known.usual_quantities) == (1, {"HX-M8-40": 300})
    for part in (ORDER, REST):
        assert book.history(CustomerNumber("10010"), part).order_count == 0


def test_the_first_part_counts_for_the_credit_of_the_rest(shop: SmallShop) -> None:
    """What went on is owed, what waits is not yet."""
    waiting(shop)
    accept(shop)
    shop.check()
    shop.decide("correct", REST, by="jo", **{"2.sku": "HX-M8-40", "2.quantity": "100"})
    shop.check(REST)
    first, rest = shop.order(), shop.order(REST)
    assert rest.credit is not None
    assert first.credit is not None
    assert rest.credit.exposure == first.gross
    assert first.credit.exposure.amount == 0


def test_a_word_that_is_neither_yes_nor_no_leaves_the_last_one_in_force(shop: SmallShop) -> None:
    """As with every row that is wrong."""
    change(shop.folder, "customers.csv", ",yes\n70038", ",maybe\n70038")
    shop.load()
    assert waiting(shop).may_wait == (2,)

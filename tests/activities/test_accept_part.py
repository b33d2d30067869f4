"""Parting an order: what becomes of its lines, when it is proposed, and when the policy does it by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.gateways.blob_store import FileBlobStore
from activities.gateways.clock import SystemClock
from activities.order_records import OrderRecord
from activities.submit_order import OrderSubmitting
from models.contracts.activity_io import AcceptPart, OpenOrder, OrderBrief, RoutedOrder, SubmitOrder
from models.contracts.decision_v1 import DecisionV1
from models.contracts.extraction_v1 import OrderKind
from models.contracts.order_submission_v1 import OrderSubmissionV1, SubmissionReceiptV1
from models.domain.decision_record import decisions_of, records_in
from models.domain.identifiers import CustomerNumber, OrderId, Sku
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
    assert (known.order_count, known.usual_quantities) == (1, {Sku("HX-M8-40"): Decimal(300)})
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


@dataclass
class Desk:
    """The workflows: notes to which of them a change was put."""

    changed: list[str] = field(default_factory=list)

    async def submit(self, order_id: str, submission: OrderSubmissionV1) -> SubmissionReceiptV1 | None:
        raise AssertionError(f"{order_id} is open already, whatever {submission.message_id} says")

    async def request_change(self, order_id: str, submission: OrderSubmissionV1) -> SubmissionReceiptV1 | None:
        self.changed.append(order_id)
        return SubmissionReceiptV1(
            order_id=order_id,
            disposition="change_requested",
            status="NeedsReview",
            differences=(order_id,),
            is_taken=len(self.changed) == 1,
        )


async def put(shop: SmallShop, desk: Desk, *lines: tuple[str, str], kind: OrderKind = "order_change") -> SubmissionReceiptV1:
    """Hand in a change of these lines, as the intake of its message does."""
    submission = shop.submission(*lines)
    assert submission.purchase_order is not None
    change = submission.purchase_order.model_copy(
        update={"kind": kind, "lines": submission.purchase_order.lines if lines else ()}
    )
    routed = RoutedOrder(
        order_id=ORDER, kind=kind, submission=submission.model_copy(update={"purchase_order": change, "message_id": "c" * 64})
    )
    record = OrderRecord(SqlOrderBook(shop.engine), SqlAuditTrail(shop.engine), SystemClock(), gateway="")
    submitting = OrderSubmitting(desk, record, FileBlobStore(shop.settings.var / "blobs"))
    receipt = await ActivityEnvironment().run(submitting.submit_order, SubmitOrder(order=routed))
    assert receipt is not None
    return receipt


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        ([GOOD], [ORDER]),
        ([UNKNOWN], [REST]),
        ([GOOD, ("NO-SUCH-ITEM", "7")], [ORDER, REST]),
        ([("NEW-ITEM", "1")], [ORDER]),
        ([], [ORDER, REST]),
    ],
    ids=["good line", "waiting line", "both", "new line", "the head"],
)
async def test_a_change_is_put_to_each_part_that_it_is_about(
    shop: SmallShop, lines: list[tuple[str, str]], asked: list[str]
) -> None:
    """One receipt says what both say, and is taken only where both took it."""
    waiting(shop)
    accept(shop)
    desk = Desk()
    receipt = await put(shop, desk, *lines)
    assert desk.changed == asked
    assert (list(receipt.differences), receipt.is_taken) == (asked, len(asked) == 1)


async def test_a_cancellation_of_everything_reaches_both_parts(shop: SmallShop) -> None:
    """Neither goes on because only the other was asked."""
    waiting(shop)
    accept(shop)
    desk = Desk()
    await put(shop, desk, kind="order_cancellation")
    assert desk.changed == [ORDER, REST]


async def test_a_change_of_a_part_that_has_ended_is_answered_by_the_books(shop: SmallShop) -> None:
    """The other part is still asked."""
    waiting(shop)
    accept(shop)
    book = SqlOrderBook(shop.engine)
    book.save(book.load(ORDER).model_copy(update={"status": OrderStatus.CLOSED}))
    desk = Desk()
    receipt = await put(shop, desk, ("HX-M8-40", "900"), ("NO-SUCH-ITEM", "7"))
    assert desk.changed == [REST]
    assert (receipt.order_id, receipt.is_taken, receipt.ended) == (ORDER, False, (ORDER,))
    assert "900 instead of 100" in receipt.differences[0]


def test_a_word_that_is_neither_yes_nor_no_leaves_the_last_one_in_force(shop: SmallShop) -> None:
    """As with every row that is wrong."""
    change(shop.folder, "customers.csv", ",yes\n70038", ",maybe\n70038")
    shop.load()
    assert waiting(shop).may_wait == (2,)

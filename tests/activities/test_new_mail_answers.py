"""A buyer who writes a new mail instead of replying: which question it answers, and where nobody can tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from activities.take_reply import Meant, question_meant
from models.contracts.reading_v1 import MailV1
from models.domain.identifiers import OrderId
from models.domain.lifecycle import OrderStatus
from models.domain.questions import BuyerQuestion, question_key
from models.domain.reply_reading import names_number
from models.domain.sales_order import SalesOrder
from tests.fakes.records import MemoryOrders
from tests.store import samples

BUYER = "einkauf@buyer.example"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@dataclass
class Asked:
    """A desk that asked this buyer about some orders."""

    orders: MemoryOrders

    def about(self, number: int, po_number: str, recipient: str = BUYER) -> OrderId:
        question = BuyerQuestion(
            number=1,
            reference="r",
            recipient=recipient,
            subject="s",
            text="t",
            language="en",
            asked_by="jo",
            asked_at=NOW,
            sent_at=NOW,
        )
        order: SalesOrder = samples.order(number)
        asked = order.purchase_order.model_copy(update={"po_number": po_number})
        updates = {"questions": (question,), "status": OrderStatus.ON_HOLD, "purchase_order": asked}
        return self.orders.open(order.model_copy(update=updates)).order_id


@pytest.fixture
def asked() -> Asked:
    return Asked(MemoryOrders())


def mail(text: str, sender: str = f"Jo <{BUYER.upper()}>", subject: str = "Your question") -> MailV1:
    return MailV1(sender=sender, subject=subject, newest=text)


def test_a_new_mail_that_names_the_order_answers_its_question(asked: Asked) -> None:
    """In its text or in its subject."""
    first, second = asked.about(1, "77-4410-Q"), asked.about(2, "77-4411-Q")
    meant = question_meant(mail("for order 77-4410-Q we mean LC-2-4"), asked.orders)
    assert meant == Meant(first, question_key(first, 1))
    assert question_meant(mail("B please", subject="PO 77-4411-Q"), asked.orders).order_id == second


def test_a_new_mail_that_names_no_order_or_two_is_for_a_person(asked: Asked) -> None:
    """Who is told which orders it may be about."""
    both = {asked.about(1, "77-4410-Q"), asked.about(2, "77-4411-Q")}
    for text in ("we mean LC-2-4", "77-4410-Q and 77-4411-Q: yes to both"):
        meant = question_meant(mail(text), asked.orders)
        assert (meant.key, set(meant.may_answer)) == ("", both)


def test_somebody_who_was_not_asked_answers_nothing(asked: Asked) -> None:
    """Whatever order they name."""
    asked.about(1, "77-4410-Q")
    for sender in ("einkauf@buyer.example.evil.test", "other@buyer.example", ""):
        assert question_meant(mail("77-4410-Q: ship it to me", sender=sender), asked.orders) == Meant()


def test_a_machine_answers_nothing(asked: Asked) -> None:
    """Out of office, and naming the order in the subject that it repeats."""
    asked.about(1, "77-4410-Q")
    automatic = mail("I am away", subject="Out of office: 77-4410-Q").model_copy(update={"is_automatic": True})
    assert question_meant(automatic, asked.orders) == Meant()


@pytest.mark.parametrize(
    ("text", "number", "is_named"),
    [
        ("PO 4711.", "4711", True), ("(4711)", "4711", True), ("po-4711", "PO-4711", True), ("2026 1093", "2026  1093", True),
        ("47110", "4711", False), ("4711-2", "4711", False), ("A4711", "4711", False), ("4711/2", "4711", False),
        ("order 12", "12", False), ("our order", "order", False), ("anything", None, False),
    ],
)  # fmt: skip
def test_a_number_is_named_as_a_whole_or_not_at_all(text: str, number: str | None, is_named: bool) -> None:
    """A longer number is another order's."""
    assert names_number(text, number) is is_named

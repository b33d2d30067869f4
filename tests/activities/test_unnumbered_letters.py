"""A customer who orders by mail without a number is asked for one until two such orders were approved."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.domain.learning import FactKind, Lesson
from models.domain.sales_order import SalesOrder
from tests.activities.small_shop import open_shop
from tests.activities.taught import Learner, codes

BOLT = {"seller_part_number": "HX-M8-40"}


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    return Learner(open_shop(tmp_path))


def test_two_approvals_settle_that_a_customer_needs_no_number(learner: Learner) -> None:
    """The first is one careless click, perhaps; the order that goes without a question shows who taught it."""
    for _ in range(2):
        asked = letter(learner)
        assert codes(asked) == ["missing_po_number"]
        learner.approve(asked)
    third = letter(learner)
    assert third.decisions[-1].outcome == "touchless"
    (receipt,) = third.learned
    assert receipt.kind is FactKind.UNNUMBERED
    assert receipt.words.startswith("this customer's letters need no number: approved by jo.reviewer")


def test_printed_forms_are_asked_for_their_number_all_the_same(learner: Learner) -> None:
    """A number is overlooked there more easily than in a letter."""
    for _ in range(2):
        learner.approve(letter(learner))
    assert codes(letter(learner, source_format="pdf")) == ["missing_po_number"]


def test_another_customer_is_asked(learner: Learner) -> None:
    for _ in range(2):
        learner.approve(letter(learner))
    assert "missing_po_number" in codes(letter(learner, customer="70038", sender="buy@cole.example"))


def test_a_number_that_a_reviewer_gives_brings_the_question_back(learner: Learner) -> None:
    """Then the letters do state numbers, or should."""
    learner.approve(letter(learner))
    learner.correct(letter(learner), po_number="4711")
    learner.approve(letter(learner))
    assert codes(letter(learner)) == ["missing_po_number"]


def test_undoing_what_was_learned_asks_again(learner: Learner) -> None:
    for _ in range(2):
        learner.approve(letter(learner))
    (fact,) = learner.lessons.facts()
    word = Lesson(statement=fact.statement, kind="undone", key="undone:1", by="jo.reviewer", at=datetime.now(UTC))
    learner.lessons.teach([word])
    assert codes(letter(learner)) == ["missing_po_number"]


def letter(learner: Learner, *, source_format: str = "email", **parts: str) -> SalesOrder:
    """An order for bolts whose document states no number."""
    return learner.take(BOLT, po_number="", channel="smtp", source_format=source_format, **parts)

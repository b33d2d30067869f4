"""What became of touchless orders, as the error budget reads it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from models.domain.budget_standing import BudgetPolicy, BudgetStanding, JudgedOrders, order_kind
from models.domain.errors import Rejected
from models.domain.lifecycle import OrderStatus
from models.domain.messages import AuditEntry
from models.domain.returns import ReturnLine, ReturnOrder
from models.domain.sales_order import Correction, Decision
from models.domain.values import Money
from models.store.audit_trail import SqlAuditTrail
from models.store.fulfilments import SqlReturns
from models.store.order_book import SqlOrderBook
from models.store.outcomes import SqlOutcomes
from tests.store import samples

KIND = order_kind("pdf", "TRADE", 0.1, 0.5)
POLICY = BudgetPolicy()
SOON = samples.NOON + timedelta(days=1)
LATER = samples.NOON + timedelta(days=31)


def decided(engine: Engine, number: int, *outcomes: str, **parts: Any) -> str:
    decisions = tuple(Decision.model_validate({"outcome": each, "by": "ada", "at": samples.NOON, "why": ""}) for each in outcomes)
    standing = BudgetStanding(
        kind=KIND, outcomes=JudgedOrders(), is_drawn=parts.pop("is_drawn", False), counts=parts.pop("counts", True)
    )
    order = samples.order(number, "100", OrderStatus.ACCEPTED)
    kept = order.model_copy(update={"decisions": decisions, "budget": standing, **parts})
    return SqlOrderBook(engine).open(kept).order_id


def found(order_id: str) -> AuditEntry:
    return AuditEntry(subject_id=order_id, key="look", event="LookedAt", actor="ada", at=SOON, summary="looked at")


def come_back(engine: Engine, order_id: str, reason: str) -> None:
    line = ReturnLine.model_validate({"line": 1, "sku": samples.BOLT, "quantity": "5", "reason": reason})
    value = Money.zero(samples.EUR)
    request = {"rma": f"RMA-{order_id}", "order_id": order_id, "customer_number": samples.BUYER, "requested_at": SOON}
    SqlReturns(engine).open(ReturnOrder(lines=(line,), value=value, **request))


def known(engine: Engine, at: Any = SOON) -> tuple[int, int]:
    seen = SqlOutcomes(engine).judged(KIND, POLICY, at)
    return seen.judged, seen.wrong


def test_a_touchless_order_is_right_once_nobody_complained_for_so_long(engine: Engine) -> None:
    """Before, nobody knows."""
    decided(engine, 1, "touchless")
    assert (known(engine), known(engine, LATER)) == ((0, 0), (1, 0))
    assert SqlOutcomes(engine).judged(KIND, POLICY, SOON).pending == 1


def test_a_look_settles_an_order_at_once(engine: Engine) -> None:
    """Right or wrong, with the entry that tells of it; another order than a touchless one cannot be looked at."""
    outcomes = SqlOutcomes(engine)
    outcomes.look(found(decided(engine, 1, "touchless")), is_right=True)
    outcomes.look(found(decided(engine, 2, "touchless")), is_right=False)
    assert known(engine) == (2, 1)
    with pytest.raises(Rejected, match="nothing to look at"):
        outcomes.look(found("order:10010:9"), is_right=True)
    trail = SqlAuditTrail(engine)
    assert [len(trail.timeline(f"order:10010:{number}")) for number in (1, 2, 9)] == [1, 1, 0]


def test_goods_that_were_never_ordered_make_the_order_wrong_and_damage_does_not(engine: Engine) -> None:
    """Only what speaks against the reading counts."""
    come_back(engine, decided(engine, 1, "touchless"), "wrong article")
    come_back(engine, decided(engine, 2, "touchless"), "damaged in transit")
    assert (known(engine), known(engine, LATER)) == ((1, 1), (2, 1))


def test_an_order_that_was_put_back_was_wrong(engine: Engine) -> None:
    """Although somebody mended it."""
    decided(engine, 1, "touchless", "needs_review", "approved")
    assert known(engine) == (1, 1)


def test_what_only_the_budget_held_back_proves_the_kind_right_or_wrong_again(engine: Engine) -> None:
    """Confirmed as it stood, or corrected."""
    decided(engine, 1, "needs_review", "approved")
    word = Correction(field="1.quantity", value="3", by="ada", at=samples.NOON)
    decided(engine, 2, "needs_review", "corrected", corrections=(word,))
    assert known(engine) == (2, 1)


def test_orders_that_people_decided_for_other_reasons_prove_nothing(engine: Engine) -> None:
    """They were doubtful, which touchless ones are not."""
    decided(engine, 1, "needs_review", "approved", counts=False)
    assert known(engine, LATER) == (0, 0)


def test_drawn_orders_wait_for_a_look(engine: Engine) -> None:
    """Once each."""
    outcomes = SqlOutcomes(engine)
    first = decided(engine, 1, "touchless", is_drawn=True)
    decided(engine, 2, "touchless")
    assert [each.order_id for each in outcomes.drawn()] == [first]
    outcomes.look(found(first), is_right=True)
    assert outcomes.drawn() == []


def test_a_look_stays_when_the_order_moves_on(engine: Engine) -> None:
    """Its row is brought up to date, not written anew."""
    book, outcomes = SqlOrderBook(engine), SqlOutcomes(engine)
    order_id = decided(engine, 1, "touchless")
    outcomes.look(found(order_id), is_right=False)
    order = book.load(samples.order_id(1))
    book.save(order.model_copy(update={"status": OrderStatus.CLOSED}))
    assert known(engine) == (1, 1)


def test_the_latest_orders_count(engine: Engine) -> None:
    """Old sins are forgotten, and new ones weigh."""
    for number in range(120):
        decided(engine, number, "touchless")
    seen = SqlOutcomes(engine).judged(KIND, BudgetPolicy(window=100), LATER)
    assert seen.judged == 100

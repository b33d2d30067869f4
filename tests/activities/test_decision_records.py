"""Decisions are put on record by the steps that make them, in the trail that cannot be altered unnoticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.domain.decision_record import DecisionRecord, decisions_of, records_in
from models.store.audit_trail import SqlAuditTrail
from tests.activities.small_shop import ORDER, SmallShop, open_shop


@pytest.fixture
def shop(tmp_path: Path) -> SmallShop:
    """A company with the built-in policy."""
    return open_shop(tmp_path)


def records(shop: SmallShop) -> list[DecisionRecord]:
    return records_in(SqlAuditTrail(shop.engine).timeline(decisions_of(ORDER)))


def test_a_touchless_decision_is_on_record_with_what_it_was_made_with(shop: SmallShop) -> None:
    """The policy's version, the rules' digest, the facts."""
    order = shop.take()
    (record,) = records(shop)
    assert (record.outcome, record.is_automatic, record.verdict.people) == ("touchless", True, 0)
    assert set(record.versions) == {"release", "rules"}
    assert record.facts.total == order.gross


def test_deciding_again_without_news_leaves_one_record(shop: SmallShop) -> None:
    """A step that runs again after a crash."""
    shop.take(("HX-M8-40", "100"), total_net="99.00")
    shop.check()
    shop.check()
    assert len(records(shop)) == 1


def test_a_persons_decision_is_on_record_beside_the_checks(shop: SmallShop) -> None:
    """Who, when, why, and which questions were accepted."""
    shop.take(("HX-M8-40", "100"), total_net="99.00")
    shop.decide("approve", by="ada", note="agreed by phone")
    asked, approved = records(shop)
    assert (asked.outcome, approved.outcome, approved.by, approved.why) == ("needs_review", "approved", "ada", "agreed by phone")
    assert len(approved.accepted) == 1
    assert not approved.is_automatic


def test_the_records_are_part_of_the_chain(shop: SmallShop) -> None:
    """So that a changed record shows."""
    shop.take()
    trail = SqlAuditTrail(shop.engine)
    assert [entry.subject_id for entry in trail.of_kind("decision:")] == [decisions_of(ORDER)]
    assert trail.verify() == []

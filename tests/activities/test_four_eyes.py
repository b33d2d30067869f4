"""Two people approve what the policy says two must: through the very steps that the workflow takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from temporalio.exceptions import ApplicationError

from models.domain.lifecycle import OrderStatus
from tests.activities.small_shop import SmallShop, open_shop

POLICY = "name: strict\nrules:\n- name: large\n  needs: two_people\n  total_above: {EUR: 10}\n"


@pytest.fixture
def shop(tmp_path: Path) -> SmallShop:
    """A company whose every order above 10 EUR needs two people."""
    opened = open_shop(tmp_path)
    (opened.folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
    opened.load()
    opened.take()
    return opened


def test_the_second_person_lets_the_order_go(shop: SmallShop) -> None:
    """The first one's approval alone leaves it waiting."""
    assert shop.order().status is OrderStatus.NEEDS_REVIEW
    assert shop.decide("approve", by="ada").status is OrderStatus.NEEDS_REVIEW
    assert shop.decide("approve", by="ben").status is OrderStatus.ACCEPTED
    assert [decision.outcome for decision in shop.order().decisions] == ["needs_review", "first_approval", "approved"]


def test_the_same_person_is_refused_and_nothing_changes(shop: SmallShop) -> None:
    """Version and status stay."""
    brief = shop.decide("approve", by="ada")
    with pytest.raises(ApplicationError, match="a second person must"):
        shop.decide("approve", by="Ada")
    assert shop.order().version == brief.version


def test_who_corrected_is_refused(shop: SmallShop) -> None:
    """A correction that mends everything still leaves the policy's question open, for two others."""
    shop.decide("correct", by="ada", **{"1.quantity": "200"})
    shop.check()
    assert [finding.code for finding in shop.order().open_findings] == ["approval_required"]
    with pytest.raises(ApplicationError, match="corrected this order"):
        shop.decide("approve", by="ada")


def test_a_correction_voids_the_first_approval(shop: SmallShop) -> None:
    """What was approved is another order now."""
    shop.decide("approve", by="ada")
    shop.decide("correct", by="cleo", **{"1.quantity": "200"})
    shop.check()
    assert shop.decide("approve", by="ben").status is OrderStatus.NEEDS_REVIEW
    assert shop.decide("approve", by="ada").status is OrderStatus.ACCEPTED

"""Rehearsing corrections: the checks' answer is the one that the workflow would give, and the books keep no trace of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks import rehearsal_of
from models.domain.errors import Rejected
from models.domain.lifecycle import OrderStatus
from models.store.audit_trail import SqlAuditTrail
from tests.activities.small_shop import ORDER, SmallShop, open_shop


@pytest.fixture
def shop(tmp_path: Path) -> SmallShop:
    """A shop with an order of something that it does not sell."""
    shop = open_shop(tmp_path)
    shop.take(("NO-SUCH-THING", "100"))
    return shop


def test_a_rehearsed_correction_ends_as_the_real_one_does(shop: SmallShop) -> None:
    """Same status, same lines, same totals: the same steps ran."""
    rehearsed = rehearsal_of(shop.settings).rehearse(ORDER, {"1.sku": "HX-M8-40"}, "jo")
    shop.decide("correct", **{"1.sku": "HX-M8-40", "by": "jo"})
    shop.check()
    real = shop.order()
    assert rehearsed.status is OrderStatus.ACCEPTED
    assert (rehearsed.status, rehearsed.lines, rehearsed.gross) == (real.status, real.lines, real.gross)


def test_a_rehearsal_leaves_no_trace(shop: SmallShop) -> None:
    """Neither in the order nor in the trail, whatever it would have come to."""
    before, trail = shop.order(), SqlAuditTrail(shop.engine).head()
    rehearsal_of(shop.settings).rehearse(ORDER, {"1.sku": "HX-M8-40"}, "jo")
    assert (shop.order(), SqlAuditTrail(shop.engine).head()) == (before, trail)


@pytest.mark.parametrize(
    ("corrections", "sentence"),
    [
        ({"1.sku": "STILL-NONE"}, "we have no item STILL-NONE"),
        ({"1.quantity": "minus two"}, "1.quantity"),
        ({"9.sku": "HX-M8-40"}, "9"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_as_the_real_one_is(
    shop: SmallShop, corrections: dict[str, str], sentence: str
) -> None:
    """With the sentence that teaches."""
    with pytest.raises(Rejected, match=sentence):
        rehearsal_of(shop.settings).rehearse(ORDER, corrections, "jo")

"""What a partner's profile says about missing prices and codes of places."""

from __future__ import annotations

from decimal import Decimal

from models.domain.identifiers import CustomerNumber
from models.domain.partner_terms import PRICE_REFUSED, missing_prices, with_own_place
from models.domain.party import PartnerProfile, StatedParty
from models.domain.purchase_order import PurchaseOrder, PurchaseOrderLine

PROFILE = PartnerProfile(
    customer_number=CustomerNumber("70038"), standard="x12", our_id="US", partner_id="THEM", ship_to_codes={"0042": "DC3"}
)
ORDER = PurchaseOrder(
    lines=(
        PurchaseOrderLine(number=1, quantity=Decimal(5), unit_price=Decimal(2)),
        PurchaseOrderLine(number=2, quantity=Decimal(5)),
    ),
    ship_to=StatedParty(customer_number="0042", name="Store 42"),
)


def codes(price_missing: str) -> list[tuple[str, int | None]]:
    profile = PROFILE.model_copy(update={"price_missing": price_missing})
    return [(finding.code, finding.line) for finding in missing_prices(ORDER, profile)]


def test_a_missing_price_is_ours_unless_the_profile_says_otherwise() -> None:
    """Without a profile too."""
    assert codes("take_ours") == []
    assert list(missing_prices(ORDER, None)) == []


def test_a_missing_price_is_asked_for_or_refused_line_by_line() -> None:
    """Only the line without one."""
    assert codes("ask") == [("price_missing", 2)]
    assert codes("reject") == [(PRICE_REFUSED, 2)]


def test_a_partners_code_of_a_place_becomes_ours() -> None:
    """What else it says of the place stays, to be held against our books."""
    place = with_own_place(ORDER, PROFILE).ship_to
    assert place == StatedParty(customer_number="DC3", name="Store 42")
    assert with_own_place(ORDER, None) == ORDER

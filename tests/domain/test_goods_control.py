"""Goods that the law watches, where they go."""

from __future__ import annotations

import pytest

from models.domain.catalogue import GoodsFlag
from models.domain.goods_control import goods_findings, leaves_customs_territory
from models.domain.identifiers import Sku
from models.domain.party import Address
from tests.domain.made import address, order_line

DUAL_USE = GoodsFlag(kind="dual_use", reference="3A001")
AEROSOL = GoodsFlag(kind="hazardous", reference="UN 1950")
METAL = GoodsFlag(kind="reverse_charge", reference="metals")
HOME = address()


def codes(flag: GoodsFlag, to: Address) -> list[str]:
    return [finding.code for finding in goods_findings([order_line()], {Sku("HX-M8-40"): (flag,)}, HOME, to)]


@pytest.mark.parametrize(("country", "asked"), [("CH", ["dual_use"]), ("US", ["dual_use"]), ("FR", []), ("DE", [])])
def test_listed_goods_that_leave_the_union_want_an_authorisation(country: str, asked: list[str]) -> None:
    """Within the Union the list of Annex I does not ask."""
    assert codes(DUAL_USE, address(country=country, postal_code="1000")) == asked


def test_hazardous_goods_are_noted_wherever_they_go() -> None:
    """The warehouse packs them."""
    assert codes(AEROSOL, HOME) == ["hazardous_goods"]


def test_other_flags_and_unflagged_goods_are_nobodys_question() -> None:
    """A tax rule is no matter of control."""
    assert codes(METAL, address(country="US")) == []
    assert goods_findings([order_line(sku=None)], {}, HOME, HOME) == ()


def test_northern_ireland_is_within_and_great_britain_without() -> None:
    """As for VAT on goods."""
    belfast = address(country="GB", postal_code="BT1 5GS")
    leeds = address(country="GB", postal_code="LS1 4AP")
    assert (leaves_customs_territory(HOME, belfast), leaves_customs_territory(HOME, leeds)) == (False, True)

"""What a buyer's pack holds, against ours: a box of 100 is none of 200."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.domain.purchase_order import PurchaseOrderLine
from models.domain.units import to_base
from tests.domain.made import item, line


def codes(asked: PurchaseOrderLine) -> list[str]:
    return [finding.code for finding in to_base(asked, item())[1]]


def test_a_pack_of_another_content_is_asked_about() -> None:
    """Ours holds 200; the message names both."""
    asked = line(quantity="3", unit="BX").model_copy(update={"pack_contents": Decimal(100)})
    (finding,) = to_base(asked, item())[1]
    assert (finding.code, finding.read, finding.expected) == ("pack_contents_differ", "100", "200")


def test_a_pack_of_the_same_content_is_ours() -> None:
    """Nobody is asked."""
    assert codes(line(quantity="3", unit="BX").model_copy(update={"pack_contents": Decimal(200)})) == []


@pytest.mark.parametrize(
    "words",
    ["box of 100 pcs", "Packung zu je 100 Stück", "boîte de 100 pièces", "caja de 100 uds", "100 szt/opak.", "100 per box"],
)
def test_what_a_description_says_of_its_packs_counts(words: str) -> None:
    """In the languages that are read."""
    assert codes(line(quantity="3", unit="BX", description=f"Hex bolt M8x40 {words}")) == ["pack_contents_differ"]


@pytest.mark.parametrize(
    "words", ["DIN 933 8.8", "M8 of 40 mm", "price per 100 pcs", "set of 2 and box of 100 pcs or 50 per box"]
)
def test_other_numbers_of_a_description_are_no_contents(words: str) -> None:
    """Norms, measures, what prices are for; and two contents are none."""
    assert codes(line(quantity="3", unit="BX", description=f"Hex bolt {words}")) == []


def test_pieces_have_no_contents() -> None:
    """Whatever the description says of packs."""
    assert codes(line(quantity="300", unit="C62", description="Hex bolt, box of 100 pcs")) == []


def test_what_our_own_text_says_of_the_goods_is_no_packs_content() -> None:
    """A carton of ten sets of six pieces each holds ten."""
    sets = item().model_copy(update={"description": "Screwdriver set of 6 pcs"})
    asked = line(quantity="3", unit="BX", description="Screwdriver set of 6 pcs")
    assert to_base(asked, sets)[1] == ()

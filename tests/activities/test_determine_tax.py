"""The tax step: whose word counts, and what an order's delivery terms mean."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from models.domain.values import Money
from tests.activities.small_shop import open_shop


def test_the_tables_tax_the_order(tmp_path: Path) -> None:
    """A hundred bolts at 11.50, with 19 %."""
    order = open_shop(tmp_path).take()
    assert order.tax is not None
    assert (order.tax.treatment, order.tax.total) == (
        "domestic",
        Money(amount=Decimal("2.19"), currency=order.tax.total.currency),
    )


def test_a_service_that_does_not_answer_leaves_the_tables_in_force(tmp_path: Path) -> None:
    """The order goes on, and says so."""
    shop = open_shop(tmp_path, tax_service_url="http://127.0.0.1:9/tax", tax_service_countries="DE")
    order = shop.take()
    assert order.tax is not None
    assert (order.tax.treatment, [finding.code for finding in order.findings]) == ("domestic", ["tax_service_unavailable"])


def test_flagged_goods_are_taxed_by_their_law(tmp_path: Path) -> None:
    """Scrap is the customer's to tax."""
    shop = open_shop(tmp_path)
    flags = "category,kind,reference,source\nFasteners,reverse_charge,scrap,§ 13b Abs. 2 Nr. 7 UStG\n"
    (shop.folder / "goods_flags.csv").write_text(flags, encoding="utf-8")
    shop.load()
    order = shop.take()
    assert order.tax is not None
    assert order.tax.treatment == "reverse_charge"


def test_terms_that_burden_us_more_than_agreed_stop_the_order(tmp_path: Path) -> None:
    """Agreed is DAP."""
    order = open_shop(tmp_path).take(incoterm="DDP Berlin")
    assert [finding.code for finding in order.open_findings] == ["incoterm_shifted"]

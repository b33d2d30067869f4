"""The invoice of a shipment: what was packed, at the order's prices, in the units that were ordered."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.domain.identifiers import Sku, Sscc
from models.domain.invoice import Invoice
from models.domain.invoices import invoice_of
from models.domain.sales_order import SalesOrder
from models.domain.shipment import PackedCarton, PackedGoods, Shipment
from models.domain.tax import TaxResult, TaxShare
from models.domain.values import UnitCode
from tests.domain.made import TODAY, address, company, customer, money, order_line, sales_order

TAX = TaxResult(
    treatment="domestic", total=money("9.50"), reason="19 % German VAT",
    shares=(TaxShare(category="S", rate=Decimal(19), base=money("50"), tax=money("9.50"), item_categories=("standard",)),),
)  # fmt: skip
LINE: dict[str, Any] = {
    "ordered": Decimal(4), "unit": UnitCode("BX"), "base_quantity": Decimal(400), "base_unit": UnitCode("C62"),
    "unit_price": Decimal("12.50"), "price_basis": Decimal(100), "net": money("50"),
}  # fmt: skip


def billed(*cartons: str, tax: TaxResult = TAX) -> Invoice:
    order: SalesOrder = sales_order(order_line(**LINE), tax=tax)
    return invoice_of(order, packed(order, *cartons), {}, company(), customer(), number="IN-1", today=TODAY)


def packed(order: SalesOrder, *cartons: str) -> Shipment:
    size = {"length_mm": Decimal(1), "width_mm": Decimal(1), "height_mm": Decimal(1), "weight_kg": Decimal(1)}
    held = tuple(
        PackedCarton(
            sscc=Sscc.numbered("4012345", number), carton_type="S", **size,
            goods=(PackedGoods(line=1, sku=Sku("HX-M8-40"), quantity=Decimal(quantity)),),
        )
        for number, quantity in enumerate(cartons, 1)
    )  # fmt: skip
    return Shipment(shipment_id="shipment:1", order_id=order.order_id, warehouse="WUP", ship_to=address(), cartons=held)


def test_cartons_of_one_line_are_billed_together_in_the_ordered_unit() -> None:
    """Three hundred pieces are three boxes; the price is for a box."""
    [line] = billed("100", "200").lines
    assert (line.quantity.amount, line.quantity.unit, line.net) == (Decimal(3), "BX", Decimal("37.50"))
    assert line.unit_price / line.price_basis * line.quantity.amount == line.net


def test_what_is_no_even_number_of_ordered_units_is_billed_in_pieces() -> None:
    """At the price per hundred pieces that our list has."""
    third = billed("33.3333")
    [line] = third.lines
    assert (line.quantity.unit, line.unit_price, line.price_basis) == ("C62", Decimal("12.50"), Decimal(100))


@pytest.mark.parametrize("quantity", ["100", "400"])
def test_tax_and_due_day_are_the_orders_and_the_customers(quantity: str) -> None:
    """The rate of the share that the line's goods are in."""
    invoice = billed(quantity)
    [line] = invoice.lines
    assert (line.tax_category, line.tax_percent) == ("S", Decimal(19))
    assert invoice.gross == invoice.net + invoice.tax
    assert invoice.due_on == TODAY + timedelta(days=customer().payment_days)


def test_an_invoice_without_tax_says_why() -> None:
    """As the law wants it; one with tax says nothing."""
    reverse = TAX.model_copy(update={"treatment": "reverse_charge", "reason": "Reverse charge, Art. 196"})
    assert billed("100", tax=reverse).note == "Reverse charge, Art. 196"
    assert billed("100").note == ""

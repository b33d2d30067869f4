"""The invoice of a shipment: what was packed, at the order's prices, in the units that were ordered."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.domain.catalogue import GoodsFlag
from models.domain.identifiers import Sku, Sscc
from models.domain.invoice import Invoice
from models.domain.invoices import invoice_of
from models.domain.return_policy import credit_amount
from models.domain.returns import InspectedLine
from models.domain.sales_order import SalesOrder
from models.domain.shipment import PackedCarton, PackedGoods, Shipment
from models.domain.tax import TaxResult, TaxShare
from models.domain.values import Currency, UnitCode
from tests.domain.made import (
    NOW,
    TODAY,
    address,
    company,
    customer,
    item,
    line,
    money,
    order_line,
    purchase_order,
    sales_order,
)
from tests.domain.test_taxation import taxed

TAX = TaxResult(
    treatment="domestic", total=money("9.50"), reason="19 % German VAT",
    shares=(TaxShare(category="S", rate=Decimal(19), base=money("50"), tax=money("9.50"), item_categories=("standard",)),),
)  # fmt: skip
LINE: dict[str, Any] = {
    "ordered": Decimal(4), "unit": UnitCode("BX"), "base_quantity": Decimal(400), "base_unit": UnitCode("C62"),
    "unit_price": Decimal("12.50"), "price_basis": Decimal(100), "net": money("50"),
}  # fmt: skip


def billed(*cartons: str, tax: TaxResult | None = TAX) -> Invoice:
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
    (share,) = TAX.shares
    untaxed = share.model_copy(update={"category": "AE", "rate": Decimal(0), "tax": money("0")})
    reverse = TaxResult(treatment="reverse_charge", total=money("0"), reason="Reverse charge, Art. 196", shares=(untaxed,))
    assert billed("100", tax=reverse).note == "Reverse charge, Art. 196"
    assert billed("100").note == ""


def test_goods_that_the_customer_owes_the_tax_for_are_billed_without_it_beside_others_of_their_category() -> None:
    """Tablets and cables have one tax category and not one share; the law is named, and what comes back is credited alike."""
    lines = (order_line(1, net=money("6000")), order_line(2, sku=Sku("CABLE"), net=money("100")))
    goods = {Sku("HX-M8-40"): (GoodsFlag(kind="reverse_charge", reference="tablets"),)}
    tax, _ = taxed(*lines, goods=goods)
    order = sales_order(*lines, tax=tax)
    shipment = packed(order, "100")
    carton = shipment.cartons[0]
    both = (*carton.goods, PackedGoods(line=2, sku=Sku("CABLE"), quantity=Decimal(400)))
    shipment = shipment.model_copy(update={"cartons": (carton.model_copy(update={"goods": both}),)})
    invoice = invoice_of(order, shipment, {}, company(), customer(), number="IN-1", today=TODAY)
    assert [(line.tax_category, line.tax_percent) for line in invoice.lines] == [("AE", Decimal(0)), ("S", Decimal(19))]
    assert "§ 13b Abs. 2 Nr. 10 UStG" in invoice.note
    found: dict[str, Any] = {"quantity": Decimal(400), "condition": "as_new", "disposition": "restock"}
    back = [InspectedLine(line=number, sku=Sku("HX-M8-40"), **found) for number in (1, 2)]
    assert credit_amount(order, back, {}) == money("6119.00")


def test_a_share_that_says_neither_its_lines_nor_their_categories_holds_for_all() -> None:
    """As a tax service answers that knows of one rate."""
    (share,) = TAX.shares
    told = TAX.model_copy(update={"shares": (share.model_copy(update={"item_categories": ()}),)})
    assert billed("100", tax=told).lines[0].tax_percent == Decimal(19)


def test_an_order_whose_tax_is_not_known_is_billed_without() -> None:
    """Outside of what is taxed, by its code."""
    line = billed("100", tax=None).lines[0]
    assert (line.tax_category, line.tax_percent) == ("O", Decimal(0))


def test_lines_of_two_rates_are_billed_at_their_own() -> None:
    """By the categories of the goods, in results that do not say their lines."""
    (full,) = TAX.shares
    less = full.model_copy(update={"rate": Decimal(7), "item_categories": ("reduced",)})
    order = sales_order(order_line(**LINE, tax_category="reduced"), tax=TAX.model_copy(update={"shares": (full, less)}))
    invoice = invoice_of(order, packed(order, "100"), {}, company(), customer(), number="IN-1", today=TODAY)
    assert invoice.lines[0].tax_percent == Decimal(7)


def test_an_invoice_bears_the_numbers_by_which_the_buyer_knows_order_and_goods() -> None:
    """Theirs and ours; the order's key where there is no number."""
    line = order_line(**LINE, stated_number="10", buyer_part_number="K-77")
    asked = purchase_order(po_number="4711", release_number="2")
    order = sales_order(line, tax=TAX, purchase_order=asked, number="SO-1")
    items = {Sku("HX-M8-40"): item(gtin="4012345000016")}
    invoice = invoice_of(order, packed(order, "100"), items, company(), customer(), number="IN-1", today=TODAY)
    assert (invoice.po_number, invoice.release_number, invoice.sales_order_number) == ("4711", "2", "SO-1")
    [billed_line] = invoice.lines
    assert (billed_line.buyer_line_number, billed_line.sku, billed_line.gtin, billed_line.buyer_part_number) == (
        "10", "HX-M8-40", "04012345000016", "K-77",
    )  # fmt: skip
    bare = sales_order(order_line(**LINE), purchase_order=asked.model_copy(update={"po_number": None, "release_number": None}))
    plain = invoice_of(bare, packed(bare, "100"), {}, company(), customer(vat_id=None), number="IN-1", today=TODAY)
    assert (plain.po_number, plain.sales_order_number) == (bare.order_id, bare.order_id)
    assert (plain.release_number, plain.lines[0].gtin, plain.buyer.vat_id) == ("", "", "")
    assert invoice.buyer.vat_id == "DE216311718"


def test_an_invoice_is_of_the_day_that_the_goods_left_and_in_the_orders_currency() -> None:
    """Not of the day that it is written, nor in ours."""
    order = sales_order(order_line(**LINE), tax=TAX, currency=Currency("USD"))
    sent = packed(order, "100").model_copy(update={"dispatched_at": NOW - timedelta(days=2)})
    invoice = invoice_of(order, sent, {}, company(), customer(), number="IN-1", today=TODAY)
    assert (invoice.delivered_on, invoice.issued_on, invoice.currency) == (TODAY - timedelta(days=2), TODAY, "USD")
    unsaid = order.model_copy(update={"currency": None})
    assert invoice_of(unsaid, sent, {}, company(), customer(), number="IN-1", today=TODAY).currency == "EUR"


def test_only_what_was_packed_is_billed_and_per_as_many_as_the_buyer_asked() -> None:
    """The second line stays for another invoice; a price per hundred stays one per hundred."""
    order = sales_order(
        order_line(**{**LINE, "unit": UnitCode("C62"), "ordered": Decimal(400)}), order_line(2), tax=TAX,
        purchase_order=purchase_order(line(price_basis="1000"), line(2)),
    )  # fmt: skip
    [billed_line] = invoice_of(order, packed(order, "100"), {}, company(), customer(), number="IN-1", today=TODAY).lines
    assert (billed_line.unit_price, billed_line.price_basis, billed_line.net) == (Decimal(125), Decimal(1000), Decimal("12.50"))

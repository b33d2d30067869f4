"""Native PDFs to orders: every drawn layout's values, exactly."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.contracts.extraction_v1 import Intent, OrderLineV1, PartyV1, PurchaseOrderV1
from parsers.part_reading import PartReading
from parsers.pdf.reader import read_pdf
from tests.parsers.pdf import pdf_documents as drawn
from tests.parsers.pdf import pdf_documents_odd as odd


def read(content: bytes, page_limit: int = 200) -> PartReading:
    return read_pdf(content, "po.pdf", ocr=None, page_limit=page_limit)


def order_of(content: bytes) -> PurchaseOrderV1:
    reading = read(content)
    assert reading.intent is Intent.ORDER
    (order,) = reading.orders
    return order.order


def values(model: OrderLineV1 | PartyV1 | None) -> dict[str, str]:
    return {} if model is None else {name: stated.value for name, stated in model if stated is not None}


def head(order: PurchaseOrderV1) -> dict[str, str]:
    names = ("po_number", "order_date", "requested_delivery_date", "currency", "payment_terms", "incoterm")
    totals = ("total_net", "total_tax", "total_gross")
    return {name: stated.value for name in (*names, *totals) if (stated := getattr(order, name)) is not None}


HEADS = [
    (
        drawn.label_left_and_ruled_table,
        {
            "po_number": "LF-20418",
            "order_date": "2026-03-14",
            "currency": "USD",
            "payment_terms": "Net 30",
            "incoterm": "DAP",
            "total_net": "2240.00",
            "total_tax": "0.00",
            "total_gross": "2240.00",
        },
    ),
    (
        drawn.bands_with_labels_above,
        {
            "po_number": "77120",
            "order_date": "2026-03-04",
            "requested_delivery_date": "2026-03-21",
            "currency": "USD",
            "payment_terms": "NET 40",
            "total_net": "890.00",
        },
    ),
    (
        drawn.german_letter,
        {
            "po_number": "4500123456",
            "order_date": "2026-11-03",
            "requested_delivery_date": "2026-11-20",
            "currency": "EUR",
            "payment_terms": "30 Tage netto",
            "incoterm": "DAP",
            "total_net": "560.00",
            "total_tax": "106.40",
            "total_gross": "666.40",
        },
    ),
    (
        drawn.french_on_two_pages,
        {
            "po_number": "BC-2026-077",
            "order_date": "2026-03-14",
            "currency": "EUR",
            "payment_terms": "45 jours fin de mois",
            "total_net": "11625.00",
            "total_tax": "2325.00",
            "total_gross": "13950.00",
        },
    ),
    (
        drawn.two_row_heads,
        {"po_number": "70000451", "order_date": "2026-03-04", "currency": "GBP", "total_net": "1235.00"},
    ),
    (
        odd.sub_rows_below_lines,
        {"po_number": "TM-5501", "order_date": "2026-03-14", "currency": "USD", "total_net": "1332.50"},
    ),
    (
        odd.buyer_only_in_ship_to,
        {"po_number": "300145", "order_date": "2026-03-14", "currency": "USD", "total_net": "238.80"},
    ),
    (
        odd.landscape_with_lines_on_page_two,
        {
            "po_number": "2026-00318",
            "order_date": "2026-03-14",
            "currency": "USD",
            "payment_terms": "2% 10, Net 30",
            "total_net": "6849.25",
        },
    ),
    (
        odd.table_goes_on_without_a_head,
        {"po_number": "HV-9001", "order_date": "2026-03-14", "currency": "SEK", "total_net": "5100.00"},
    ),
    (
        odd.spanish_with_wrapped_cells,
        {
            "po_number": "PC-0457",
            "order_date": "2026-03-14",
            "currency": "EUR",
            "payment_terms": "Transferencia a 60 días",
            "total_net": "452.50",
            "total_tax": "95.03",
            "total_gross": "547.53",
        },
    ),
    (
        odd.with_pages_of_terms,
        {"po_number": "TM-5504", "order_date": "2026-03-14", "currency": "USD", "total_net": "860.00"},
    ),
]


@pytest.mark.parametrize(("draw", "expected"), HEADS, ids=lambda case: getattr(case, "__name__", ""))
def test_the_head_is_read_exactly(draw: Callable[[], bytes], expected: dict[str, str]) -> None:
    """Labels left, above and in bands; totals at the foot; nothing that is not stated."""
    assert head(order_of(draw())) == expected


@pytest.mark.parametrize("draw", [draw for draw, _ in HEADS], ids=lambda draw: draw.__name__)
def test_an_order_that_adds_up_has_no_problems(draw: Callable[[], bytes]) -> None:
    """What multiplies and adds up leaves nothing to ask."""
    reading = read(draw())
    assert [*reading.problems, *reading.orders[0].problems] == []


PARTIES = [
    (drawn.label_left_and_ruled_table, "Larkspur Fabrication Inc.", "45402", "Larkspur Fabrication Inc. - Plant 2", "45373"),
    (drawn.bands_with_labels_above, "Bramwell & Sons", "44301", "Bramwell & Sons", "44310"),
    (drawn.german_letter, "Kessler Anlagenbau GmbH", "70327", "Kessler Anlagenbau GmbH", "70565"),
    (drawn.french_on_two_pages, "Ateliers Moreau SARL", "69003", "Ateliers Moreau - Dépôt Nord", "59000"),
    (drawn.two_row_heads, "VANTERPOOL SHIPYARD LTD", "HU1 2AB", "VANTERPOOL STORES", "HU9 5PQ"),
    (odd.sub_rows_below_lines, "Tamarack Mining Corp.", "55802", "Tamarack Pit 4", "55792"),
    (odd.buyer_only_in_ship_to, "Ostrander Foods LLC", "14850", "Ostrander Foods LLC", "14850"),
    (odd.landscape_with_lines_on_page_two, "Ironwood Utilities District", "83702", "Ironwood Substation 9", "83705"),
    (odd.spanish_with_wrapped_cells, "Conservas Almadraba S.A.", "11160", "Almacén Almadraba", "11160"),
]


@pytest.mark.parametrize(("draw", "buyer", "buyer_code", "ship_to", "ship_to_code"), PARTIES, ids=lambda case: str(case)[:12])
def test_buyer_and_ship_to_are_told_from_the_seller(
    draw: Callable[[], bytes], buyer: str, buyer_code: str, ship_to: str, ship_to_code: str
) -> None:
    """The letterhead is the buyer, the block under a seller's label or in the envelope window is neither."""
    order = order_of(draw())
    found = values(order.buyer), values(order.ship_to)
    assert [(each["name"], each["postal_code"]) for each in found] == [(buyer, buyer_code), (ship_to, ship_to_code)]


def test_a_buyer_taken_from_the_ship_to_is_not_believed_much() -> None:
    """It is a reading with a question mark, and its confidence says so."""
    order = order_of(odd.buyer_only_in_ship_to())
    assert order.buyer is not None
    assert order.buyer.name is not None
    assert order.buyer.name.confidence <= 0.6


def test_bill_to_is_a_block_of_its_own() -> None:
    """Three address columns side by side stay apart."""
    order = order_of(odd.landscape_with_lines_on_page_two())
    assert values(order.bill_to)["street"] == "PO Box 88"


def test_the_customer_number_is_the_buyers() -> None:
    """ "Our customer number with you" stands in the order's box, not in an address."""
    assert values(order_of(drawn.german_letter()).buyer)["customer_number"] == "K-4411"


LINES = [
    (
        drawn.label_left_and_ruled_table,
        0,
        {
            "line_number": "1",
            "seller_part_number": "HX-M8-40",
            "description": "Hex bolt M8x40 zinc",
            "quantity": "1200",
            "unit": "C62",
            "unit_price": "0.1250",
            "line_total": "150.00",
        },
    ),
    (
        drawn.bands_with_labels_above,
        0,
        {
            "seller_part_number": "4711",
            "description": "BRACKET, STEEL ZINC PLATED, PACKED 20 PER BOX",
            "quantity": "400",
            "unit": "C62",
            "unit_price": "2.15",
            "line_total": "860.00",
        },
    ),
    (
        drawn.german_letter,
        1,
        {
            "line_number": "20",
            "buyer_part_number": "A-890",
            "description": "Unterlegscheibe M8",
            "quantity": "2500",
            "unit": "C62",
            "unit_price": "2.40",
            "price_basis_quantity": "100",
            "line_total": "60.00",
        },
    ),
    (
        drawn.two_row_heads,
        0,
        {
            "line_number": "00010",
            "seller_part_number": "0000-4711",
            "description": "BRACKET",
            "quantity": "400",
            "unit": "C62",
            "unit_price": "2150.00",
            "price_basis_quantity": "1000",
            "line_total": "860.00",
        },
    ),
    (
        odd.sub_rows_below_lines,
        1,
        {
            "line_number": "20",
            "buyer_part_number": "5200",
            "seller_part_number": "HH-34",
            "description": "HOSE, HYDRAULIC 3/4 your account 0000, packed 20 per box",
            "quantity": "150",
            "unit": "FOT",
            "unit_price": "315.00",
            "price_basis_quantity": "100",
            "line_total": "472.50",
            "requested_delivery_date": "2026-05-04",
        },
    ),
    (
        odd.schedule_below_the_line,
        1,
        {
            "line_number": "2",
            "seller_part_number": "5200",
            "description": "FLANGE",
            "quantity": "12",
            "unit": "C62",
            "unit_price": "31.25",
            "line_total": "375.00",
            "requested_delivery_date": "2026-04-18",
        },
    ),
    (
        odd.spanish_with_wrapped_cells,
        1,
        {
            "seller_part_number": "CJ-12",
            "description": "Caja de cartón para doce latas, impresa a dos colores",
            "quantity": "125",
            "unit": "C62",
            "unit_price": "0.80",
            "line_total": "100.00",
        },
    ),
]


@pytest.mark.parametrize(("draw", "place", "expected"), LINES, ids=lambda case: getattr(case, "__name__", ""))
def test_lines_are_read_exactly(draw: Callable[[], bytes], place: int, expected: dict[str, str]) -> None:
    """Every value of the line as it stands, and none that does not."""
    assert values(order_of(draw()).lines[place]) == expected


@pytest.mark.parametrize(
    ("draw", "count"),
    [
        (drawn.french_on_two_pages, 30),
        (odd.table_goes_on_without_a_head, 34),
        (odd.schedule_below_the_line, 2),
        (odd.landscape_with_lines_on_page_two, 2),
        (odd.units_glued_to_numbers, 2),
    ],
)
def test_no_line_is_lost_or_doubled(draw: Callable[[], bytes], count: int) -> None:
    """Page breaks, carried-over sums and deliveries make no lines."""
    assert len(order_of(draw()).lines) == count


@pytest.mark.parametrize(
    ("kind", "intent"),
    [
        ("invoice", Intent.OTHER),
        ("quotation", Intent.OTHER),
        ("request", Intent.QUOTE_REQUEST),
        ("change", Intent.ORDER_CHANGE),
    ],
)
def test_other_papers_are_told_from_orders(kind: str, intent: Intent) -> None:
    """Only an order or a change of one has orders."""
    reading = read(odd.other_paper(kind))
    assert reading.intent is intent
    assert [order.order.kind for order in reading.orders] == (["order_change"] if kind == "change" else [])

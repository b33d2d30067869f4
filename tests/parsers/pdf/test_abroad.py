"""Orders of other countries and trades, drawn and read back exactly."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.contracts.extraction_v1 import Intent, PurchaseOrderV1
from parsers.pdf.reader import read_pdf
from tests.parsers.pdf import pdf_documents_abroad as abroad

CASES = [
    (abroad.dutch_letter, ("260334", "2026-03-14", "2026-03-28", "EUR", "381.70"), ["212.50", "169.20"], "1131 AB"),
    (
        abroad.hospital_boxes,
        ("NH-77-1201", "2026-03-14", "2026-04-02", "USD", "1550.00"),
        ["970.00", "155.00", "425.00"],
        "12209",
    ),
    (abroad.retail_grid, ("12345-678", "2026-03-04", "2026-05-18", "GBP", "2900.00"), ["870.00", "1450.00", "580.00"], "LE1 3RA"),
    (abroad.polish_table, ("ZM/204/2026", "2026-03-14", "2026-03-30", "PLN", "580.00"), ["540.00", "40.00"], None),
    (abroad.line_printer_script, ("0045107 OP", "2026-03-14", "2026-04-10", "USD", "245.00"), ["150.00", "95.00"], "66603"),
]


def order_of(content: bytes) -> PurchaseOrderV1:
    reading = read_pdf(content, "po.pdf", ocr=None)
    assert reading.intent is Intent.ORDER
    (order,) = reading.orders
    return order.order


@pytest.mark.parametrize(("draw", "head", "amounts", "code"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_head_lines_and_ship_to_are_read(
    draw: Callable[[], bytes], head: tuple[str, ...], amounts: list[str], code: str | None
) -> None:
    """Number, days, currency, net total, every line's amount and where the goods go."""
    order = order_of(draw())
    stated = (order.po_number, order.order_date, order.requested_delivery_date, order.currency, order.total_net)
    assert tuple(each.value for each in stated if each is not None) == head
    assert [line.line_total.value for line in order.lines if line.line_total is not None] == amounts
    found = order.ship_to.postal_code if order.ship_to is not None else None
    assert (found.value if found is not None else None) == code


def test_dashes_of_a_printed_rule_are_no_text() -> None:
    """They part rows and belong to no description."""
    lines = order_of(abroad.line_printer_script()).lines
    assert [line.description.value for line in lines if line.description] == ["BEARING 6204 2RS SKF OR EQUAL", "OIL SEAL 20X35X7"]


def test_a_size_is_part_of_what_its_line_describes() -> None:
    """Three sizes of one style are three lines with their own barcodes."""
    lines = order_of(abroad.retail_grid()).lines
    found = [(line.gtin and line.gtin.value, line.description and line.description.value) for line in lines]
    assert found[1] == ("05012345678917", "Linen shirt Navy M")


def test_the_seller_in_a_letter_is_not_the_buyer() -> None:
    """Behind "Aan" stands who is asked to deliver."""
    buyer = order_of(abroad.dutch_letter()).buyer
    assert buyer is not None
    assert buyer.name is not None
    assert buyer.name.value == "Van Houten Techniek B.V."

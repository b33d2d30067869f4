"""Layouts unlike one another to orders: every line, every date, and no line where there is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.contracts.extraction_v1 import Intent
from models.domain.findings import Severity
from tests.parsers.pdf import pdf_documents_varied as varied
from tests.parsers.pdf.test_pdf import head, order_of, read, values

_SHACKLE = ("SH-12", "40", "C62", "3.20", "128.00")
_ROPE = ("WR-8", "250", "MTR", "1.10", "275.00")

LINES = [
    (varied.turned_landscape, [_SHACKLE, _ROPE]),
    (varied.totals_on_the_left, [_SHACKLE, _ROPE]),
    (varied.band_with_empty_cells, [_SHACKLE]),
    (varied.same_item_twice, [_SHACKLE, _SHACKLE]),
    (varied.terms_on_page_two, [_SHACKLE]),
    (varied.heads_in_three_rows, [_SHACKLE, _ROPE, ("TB-16", "8", "C62", "14.50", "116.00")]),
    (varied.letterhead_in_columns, [_SHACKLE]),
    (varied.title_larger_than_the_letterhead, [_SHACKLE]),
    (
        varied.price_per_thousand,
        [("SK-0840", "5000", "C62", "120.00", "540.00"), ("MU-08", "12500", "C62", "24.00", "300.00")],
    ),
]


@pytest.mark.parametrize(("draw", "expected"), LINES)
def test_every_line_is_read_and_no_other(draw: Callable[[], bytes], expected: list[tuple[str, ...]]) -> None:
    """Sums, terms and empty cells make no lines; equal lines stay two."""
    names = ("seller_part_number", "quantity", "unit", "unit_price", "line_total")
    lines = [values(line) for line in order_of(draw()).lines]
    assert [tuple(line[name] for name in names) for line in lines] == expected


HEADS = [
    (
        varied.turned_landscape,
        {"po_number": "PO-7001", "order_date": "2026-03-14", "currency": "GBP", "total_net": "403.00"},
    ),
    (
        varied.totals_on_the_left,
        {
            "po_number": "PO-7002",
            "order_date": "2026-03-14",
            "currency": "GBP",
            "total_net": "403.00",
            "total_tax": "80.60",
            "total_gross": "483.60",
        },
    ),
    (
        varied.band_with_empty_cells,
        {"po_number": "PO-7003", "order_date": "2026-03-14", "currency": "GBP", "payment_terms": "Net 30"},
    ),
    (varied.price_per_thousand, {"po_number": "4711-26", "order_date": "2026-03-14", "currency": "EUR", "total_net": "840.00"}),
    (varied.terms_on_page_two, {"po_number": "PO-7007", "order_date": "2026-03-14", "currency": "GBP"}),
    (varied.letterhead_in_columns, {"po_number": "PO-7011", "order_date": "2026-03-14", "currency": "GBP"}),
    (varied.title_larger_than_the_letterhead, {"po_number": "PO-7012", "order_date": "2026-03-14", "currency": "GBP"}),
]


@pytest.mark.parametrize(("draw", "expected"), HEADS)
def test_the_head_says_what_is_stated_and_no_more(draw: Callable[[], bytes], expected: dict[str, str]) -> None:
    """An empty cell of a band stays empty, and the days and percents of terms are none of the order's."""
    assert head(order_of(draw())) == expected


def test_quantities_that_lead_their_lines_are_quantities() -> None:
    """The description follows them, its code first."""
    lines = [values(line) for line in order_of(varied.quantity_first()).lines]
    assert [(line["quantity"], line["unit"], line["line_total"]) for line in lines] == [
        ("40", "C62", "128.00"),
        ("250", "MTR", "275.00"),
        ("1", "C62", "3.20"),
    ]


def test_discounts_and_days_stay_with_their_lines() -> None:
    """The second line states no discount, so it has none."""
    first, second = (values(line) for line in order_of(varied.price_per_thousand()).lines)
    names = ("price_basis_quantity", "discount_percent", "requested_delivery_date")
    assert [first.get(name) for name in names] == ["1000", "10", "2026-03-20"]
    assert [second.get(name) for name in names] == ["1000", None, "2026-04-02"]


def test_two_lines_of_one_item_keep_their_own_days() -> None:
    """They are two orders of the same thing."""
    lines = [values(line) for line in order_of(varied.same_item_twice()).lines]
    assert [line["requested_delivery_date"] for line in lines] == ["2026-04-01", "2026-05-01"]


@pytest.mark.parametrize("draw", [varied.order_confirmation, varied.delivery_note])
def test_a_sellers_papers_are_no_orders(draw: Callable[[], bytes]) -> None:
    """They name the order's number and its goods, yet order nothing."""
    reading = read(draw())
    assert reading.intent is Intent.OTHER
    assert reading.orders == ()


def test_a_short_letterhead_is_spelled_out_by_the_invoice_address() -> None:
    """The logo says FENWICK; who that is and where stands with the invoices."""
    order = order_of(varied.letterhead_in_columns())
    buyer = values(order.buyer)
    assert (buyer["name"], buyer["street"], buyer["postal_code"]) == ("Fenwick Rigging Ltd", "4 Chandler Row", "LS1 6AA")
    assert values(order.ship_to)["name"] == "Fenwick Yard 2"


def test_a_title_is_nobodys_name() -> None:
    """ "Order #PO-7012" in the largest letters is the order's number, not the buyer."""
    assert values(order_of(varied.title_larger_than_the_letterhead()).buyer)["name"] == "Fenwick Rigging Ltd"


def test_a_row_like_a_line_below_the_total_is_named() -> None:
    """It may be a line, so a person must look: it is neither taken nor passed over."""
    (reading,) = read(varied.line_below_the_total()).orders
    problems = [problem for problem in reading.problems if problem.code == "unread_values"]
    assert len(reading.order.lines) == 2
    assert "TB-16 Turnbuckle M16 8" in problems[0].message
    assert problems[0].severity is Severity.ERROR


@pytest.mark.parametrize("draw", [case[0] for case in LINES])
def test_a_paper_that_is_read_whole_asks_nothing(draw: Callable[[], bytes]) -> None:
    """Sums, feet and terms are not taken for lines that were overlooked."""
    (reading,) = read(draw()).orders
    assert [problem.code for problem in reading.problems if problem.code == "unread_values"] == []

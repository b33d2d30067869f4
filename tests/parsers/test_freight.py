"""Freight between the lines and the total: no line is missing where it explains the difference."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas

from parsers.part_reading import OrderReading
from parsers.pdf.reader import read_pdf

COLUMNS = (50, 130, 320, 370, 420, 500)
TABLE = (
    (700, ("Item", "Description", "Qty", "Unit", "Unit Price", "Amount")),
    (680, ("AB-100", "Bracket steel", "10", "EA", "5.00", "50.00")),
    (664, ("AB-200", "Bracket zinc", "4", "EA", "2.50", "10.00")),
)


def _read(freight: str, total: str) -> OrderReading:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for x, y, text in (
        (50, 800, "ACME Fabrication Ltd"),
        (50, 786, "12 Mill Road, Leeds LS1 4AP"),
        (350, 800, "PURCHASE ORDER"),
        (350, 780, "PO Number: 77120"),
        (400, 620, "Freight"),
        (500, 620, freight),
        (400, 604, "Total GBP"),
        (500, 604, total),
        *((x, y, cell) for y, row in TABLE for x, cell in zip(COLUMNS, row, strict=True)),
    ):
        canvas.drawString(x, y, text)
    canvas.save()
    (order,) = read_pdf(buffer.getvalue(), "po.pdf", ocr=None).orders
    return order


def test_freight_that_explains_the_total_is_no_reason_to_ask() -> None:
    """50 + 10 and 12 of freight are 72."""
    assert [problem for problem in _read("12.00", "72.00").problems if problem.severity == "error"] == []


def test_a_total_that_freight_does_not_explain_is_an_error() -> None:
    """Where 28 are left over, a line may be missing."""
    assert "lines_do_not_add_up" in [problem.code for problem in _read("12.00", "100.00").problems if problem.severity == "error"]

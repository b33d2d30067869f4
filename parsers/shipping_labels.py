"""Shipping labels as PDF: one page per carton, 100 × 150 mm, with the SSCC as GS1-128.

GS1 General Specifications 5.4 and 6.6: application identifier (00), Code 128 with FNC1 first, the digits below the bars.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from models.domain.party import Address
from models.domain.shipment import PackedCarton, Shipment
from models.domain.values import plain

_WIDTH, _HEIGHT, _MARGIN = 100 * mm, 150 * mm, 6 * mm
#: FNC1 in reportlab's Code 128: it tells scanners that a GS1 application identifier follows.
_FNC1 = "\xf1"
_PLAIN = {"Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "ı": "i", "Ħ": "H", "ħ": "h"}


def shipping_labels(shipment: Shipment, origin: Address) -> bytes:
    """The labels of all cartons of a shipment, in their order, as one PDF."""
    buffer = io.BytesIO()
    # Without a date and a random id in the file, the same shipment gives the same label again.
    canvas = Canvas(buffer, pagesize=(_WIDTH, _HEIGHT), invariant=1)
    canvas.setTitle(f"Labels of {shipment.shipment_id}")
    for number, carton in enumerate(shipment.cartons, start=1):
        _draw(canvas, shipment, origin, carton, f"{number} / {len(shipment.cartons)}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Canvas, shipment: Shipment, origin: Address, carton: PackedCarton, count: str) -> None:
    _block(canvas, 143 * mm, 7, ("From", *_address(origin)))
    canvas.line(_MARGIN, 121 * mm, _WIDTH - _MARGIN, 121 * mm)
    _block(canvas, 116 * mm, 11, ("To", *_address(shipment.ship_to)), bold=True)
    canvas.line(_MARGIN, 83 * mm, _WIDTH - _MARGIN, 83 * mm)
    choice = shipment.choice
    service = f"{choice.carrier} {choice.service}" if choice else ""
    _block(canvas, 77 * mm, 10, (service, f"Tracking {shipment.tracking_number or ''}"), bold=True)
    _block(canvas, 66 * mm, 8, (f"Carton {count}   {plain(carton.weight_kg)} kg   {carton.carton_type}", shipment.shipment_id))
    barcode = Code128(f"{_FNC1}00{carton.sscc}", barHeight=32 * mm, barWidth=0.33 * mm, quiet=0)
    barcode.drawOn(canvas, (_WIDTH - barcode.width) / 2, 18 * mm)
    canvas.setFont("Helvetica", 11)
    canvas.drawCentredString(_WIDTH / 2, 11 * mm, f"(00) {carton.sscc}")


def _address(address: Address) -> Iterator[str]:
    yield address.name
    if address.street:
        yield address.street
    yield " ".join(part for part in (address.postal_code, address.city, address.region) if part)
    yield str(address.country)


def _block(canvas: Canvas, top: float, size: float, lines: Sequence[str], *, bold: bool = False) -> None:
    font = "Helvetica-Bold" if bold else "Helvetica"
    canvas.setFont(font, size)
    for number, line in enumerate(line for line in lines if line):
        canvas.drawString(_MARGIN, top - number * size * 1.25, _fitting(line, font, size))


def _fitting(line: str, font: str, size: float) -> str:
    """The line, cut where it would run over the label's edge, in letters that the font has (Łódź becomes Lódz)."""
    text = "".join(_printable(char) for char in line)
    while text and stringWidth(text, font, size) > _WIDTH - 2 * _MARGIN:
        text = text[:-1]
    return text


def _printable(char: str) -> str:
    """A letter of the built-in fonts (WinAnsi): carriers sort by letters that they can read, never by question marks."""
    for candidate in (char, _PLAIN.get(char, ""), unicodedata.normalize("NFKD", char)[:1]):
        if candidate and candidate.encode("cp1252", "ignore"):
            return candidate
    return "?"


class ShippingLabels:
    """Fulfils the port `LabelPrinter`."""

    def label(self, shipment: Shipment, origin: Address) -> bytes:
        """See `shipping_labels`."""
        return shipping_labels(shipment, origin)

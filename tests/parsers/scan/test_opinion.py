"""A second reading vouches for values that nothing proves, or doubts them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from models.contracts.extraction_v1 import OrderLineV1, PartyV1, PurchaseOrderV1, StatedValue
from models.domain.document import Word
from models.domain.evidence import Evidence
from parsers.scan.opinion import SecondLook
from parsers.scan.prepare import png_of
from parsers.scan.seen import SeenPage
from parsers.scan.votes import AGREED, DISAGREED

DPI = 300


class Echo:
    """An engine that reads one text in every band of the strip that it is shown."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts

    def words(self, png: bytes, *, dpi: int, page: int, languages: tuple[str, ...], layout: str = "block") -> tuple[Word, ...]:
        step = 72 / 8 + 12 + 2 * 72 / 50  # a gap, and a cut with its margins
        return tuple(
            Word(text=text, page=1, x0=10, top=12 + place * step, x1=50, bottom=18 + place * step, confidence=0.9)
            for place, text in enumerate(self.texts)
            if text
        )

    def reads(self, language: str) -> bool:
        return language == "en"

    def lines(self, pngs: Sequence[bytes]) -> None:
        return None


def value(text: str, top: float, confidence: float = 0.9) -> StatedValue:
    place = Evidence(part="scan.png", page=1, bbox=(100.0, top, 160.0, top + 12), text=text)
    return StatedValue(value=text, confidence=confidence, evidence=(place,))


def looked(order: PurchaseOrderV1, *seconds: str) -> PurchaseOrderV1:
    words = (Word(text="PO-17", page=1, x0=100, top=50, x1=160, bottom=62, confidence=0.9),)
    page = SeenPage(png_of(np.full((1500, 1500), 255, np.uint8)), DPI, words)
    return SecondLook({1: page}, Echo(*seconds))(order, "en")[0]


@pytest.mark.parametrize(("second", "confidence"), [("PO-17", AGREED), ("PO-I7", DISAGREED), ("Order PO-17", AGREED), ("", 0.81)])
def test_an_order_number_is_as_sure_as_both_readings_make_it(second: str, confidence: float) -> None:
    """Letter by letter; nothing read at all is a little less than it was."""
    order = looked(PurchaseOrderV1(po_number=value("PO-17", 50)), second)
    assert order.po_number is not None
    assert order.po_number.confidence == pytest.approx(confidence, abs=0.001)


def test_figures_that_come_out_are_not_read_again() -> None:
    """Arithmetic is the better witness: only the article is looked at."""
    line = OrderLineV1(
        seller_part_number=value("SH-12", 80),
        quantity=value("40", 80),
        unit_price=value("3.20", 80),
        line_total=value("128.00", 80),
    )
    (seen,) = looked(PurchaseOrderV1(lines=(line,)), "SH-I2").lines
    assert seen.seller_part_number is not None
    assert (seen.seller_part_number.confidence, seen.quantity) == (DISAGREED, line.quantity)


def test_a_second_reading_settles_a_line_that_does_not_come_out() -> None:
    """The price that makes quantity times price the total is the right one."""
    line = OrderLineV1(quantity=value("40", 80), unit_price=value("9.70", 100), line_total=value("128.00", 120))
    (seen,) = looked(PurchaseOrderV1(lines=(line,)), "40", "3.20", "128.00").lines
    assert seen.unit_price is not None
    assert seen.unit_price.value == "3.20"


def test_words_that_differ_by_a_stroke_are_the_same_street() -> None:
    """Accents and stops are read one way or the other; figures may not differ."""
    order = PurchaseOrderV1(ship_to=PartyV1(street=value("Poligono El Olivar. nave 4", 60)))
    same, other = (looked(order, text).ship_to for text in ("Polígono El Olivar, nave 4", "Poligono El Olivar, nave 9"))
    assert same is not None
    assert other is not None
    assert same.street is not None
    assert other.street is not None
    assert (same.street.confidence > 0.8, other.street.confidence) == (True, DISAGREED)

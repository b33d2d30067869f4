"""Boxes round the words that spell a value, and round no neighbour."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import OrderLineV1, PurchaseOrderV1, StatedValue
from models.domain.document import Word
from models.domain.evidence import Evidence
from parsers.layout.pointing import pointed
from parsers.page_text import PageText


def words(text: str) -> tuple[Word, ...]:
    return tuple(
        Word(text=word, x0=100.0 * place, top=10.0, x1=100.0 * place + 90, bottom=20.0, page=1, size=10.0)
        for place, word in enumerate(text.split())
    )


def spelled(field: str, value: str, text: str) -> str:
    """The text of the box of a value that was read from all of `text`."""
    page = PageText(number=1, width=2000, height=100, words=words(text))
    box = Evidence(part="order.pdf", page=1, bbox=(0, 10, 2000, 20), text=text)
    stated = StatedValue(value=value, evidence=(box,))
    if field in OrderLineV1.model_fields and field not in PurchaseOrderV1.model_fields:
        order = pointed(PurchaseOrderV1(lines=(OrderLineV1(**{field: stated}),)), [page])
        found = getattr(order.lines[0], field)
    else:
        found = getattr(pointed(PurchaseOrderV1(**{field: stated}), [page]), field)
    return str(found.evidence[0].text)


@pytest.mark.parametrize(
    ("field", "value", "text", "box"),
    [
        ("po_number", "4501127390", "4501127390 / 10/21/2026", "4501127390"),
        ("order_date", "2026-10-21", "4501127390 / 10/21/2026", "10/21/2026"),
        ("order_date", "2026-11-10", "Tuesday 10 Nov 2026 Sent by: Cascade", "10 Nov 2026"),
        ("order_date", "2026-11-13", "CFR2611-0442 du 13/11/26", "13/11/26"),
        ("quantity", "12", "12 (EA)", "12"),
        ("unit_price", "2.15", "2,15 / 100", "2,15"),
    ],
)
def test_a_box_covers_only_the_words_that_spell_its_value(field: str, value: str, text: str, box: str) -> None:
    """The neighbours in the same cell or row stay outside."""
    assert spelled(field, value, text) == box


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [("quantity", "12", "12 12"), ("order_date", "2026-11-10", "next week"), ("unit", "C62", "12 pcs")],
)
def test_a_box_stays_where_no_single_run_of_words_spells_its_value(field: str, value: str, text: str) -> None:
    """Said twice, in other words, or by a word that stands for it."""
    assert spelled(field, value, text) == text

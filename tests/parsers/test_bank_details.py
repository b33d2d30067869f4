"""Changed bank details are held with the words that say so; letterheads and conditions of purchase are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contracts.extraction_v1 import Problem, StatedValue
from models.contracts.purchase_order_v1 import problems_of, to_purchase_order
from models.domain.document import Word
from models.domain.evidence import Evidence
from models.domain.findings import Owner
from parsers.bank_details import bank_doubts, bank_doubts_in_notes, bank_doubts_on
from parsers.page_text import PageText
from parsers.reading import read_document


@pytest.mark.parametrize(
    "text",
    [
        "Please note our new bank account: DE89 3704 0044 0532 0130 00",
        "Our bank details have changed.",
        "Please use the following bank account for refunds.",
        "Change of bank details: see below",
        "any credits? Credit to bank account 1234",
        "Bitte beachten Sie unsere neue Bankverbindung.",
        "Unsere Bankverbindung hat sich geändert.",
        "Änderung unserer Kontoverbindung zum 1.12.",
        "Veuillez noter nos nouvelles coordonnées bancaires.",
        "Nos coordonnées bancaires ont changé.",
        "Les informamos del cambio de cuenta bancaria.",
        "Nuestros nuevos datos bancarios son",
        "Le nostre coordinate bancarie sono cambiate.",
        "Vi comunichiamo le nuove coordinate bancarie",
        "Let op: nieuw rekeningnummer",
        "Onze bankgegevens zijn gewijzigd",
        "Zmiana numeru rachunku bankowego",
        "Prosimy o zapisanie: nowy numer konta",
    ],
)
def test_words_that_change_where_money_goes_are_a_doubt(text: str) -> None:
    """In the languages that orders come in."""
    (doubt,) = bank_doubts("body", text)
    (place,) = doubt.evidence
    assert place.span is not None
    assert text[slice(*place.span)] == place.text
    assert place.text in doubt.message


@pytest.mark.parametrize(
    "text",
    [
        "Bankverbindung: Sparkasse Musterstadt, IBAN DE89 3704 0044 0532 0130 00",
        "Neue Straße 12, 44787 Bochum · Bankverbindung Volksbank",
        "Bank account: Citibank New York",
        "New York bank branch, IBAN on request",
        "Changes to your bank details must be confirmed in writing.",
        "If your bank details have changed, tell our accounts department.",
        "Eine Änderung der Bankverbindung ist uns schriftlich mitzuteilen.",
        "Jede Änderung Ihrer Bankverbindung bedarf der Schriftform.",
        "Any change of bank details has to be notified by the supplier.",
        "Please deliver to our new warehouse.",
        "New: 10 x bank of switches",
        "IBAN: FR76 3000 6000 0112 3456 7890 189 RIB: 30006 00001",
        "",
    ],
)
def test_letterheads_and_conditions_of_purchase_are_none(text: str) -> None:
    """A touchless order must not stop for what stands on every page."""
    assert bank_doubts("body", text) == ()


def test_a_mail_that_orders_and_changes_its_bank_details_is_held_by_compliance() -> None:
    """With the very words as evidence; no policy can wave it through."""
    mail = (
        b"From: einkauf@kessler-metallbau.example\r\nTo: orders@seller.example\r\nSubject: Order 4711\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
        b"Hello,\r\n\r\nwe order under PO 4711:\r\n10 x HX-M8-40\r\n\r\nPlease note our new bank account: DE89 3704 0044.\r\n\r\n"
        b"Regards\r\n"
    )
    extraction = read_document(mail, "order.eml", ocr=None).reading.extraction
    found = {finding.code: finding for finding in to_purchase_order(extraction.orders[0], problems=problems_of(extraction, 0))[1]}
    held = found["bank_details"]
    assert held.blocks
    assert held.owner is Owner.COMPLIANCE
    assert held.evidence[0].part == "body"
    assert "new bank account" in held.evidence[0].text


def test_on_a_page_the_words_have_their_box_even_over_two_rows() -> None:
    """A sentence breaks where the paper ends."""
    words = [*_row("Please note our new", 100), *_row("bank account at once", 112)]
    (doubt,) = bank_doubts_on([PageText(1, 600, 800, tuple(words))], "po.pdf")
    (place,) = doubt.evidence
    assert (place.page, place.bbox) == (1, (50.0, 100.0, 170.0, 122.0))


def test_notes_of_electronic_orders_count_too() -> None:
    """With the segment they stand in."""
    segment = Evidence(part="order.edi", segment="FTX[1]", text="FTX+AAI+++new bank account'")
    notes = StatedValue(value="Please pay refunds to our new bank account", evidence=(segment,))
    (doubt,) = bank_doubts_in_notes(notes, "order.edi")
    assert doubt.evidence == (segment,)
    assert "new bank account" in doubt.message
    assert bank_doubts_in_notes(None, "order.edi") == ()


def test_problems_without_evidence_look_on_the_wire_as_they_always_did() -> None:
    """Readers of an older release see nothing new."""
    assert "evidence" not in Problem(code="c", severity="error", message="m").model_dump()


@given(st.text(max_size=400))
def test_no_text_makes_it_fail(text: str) -> None:
    """And what it finds stands there."""
    for doubt in bank_doubts("body", f"our new bank account {text}", text):
        assert doubt.evidence[0].text


def _row(text: str, top: float) -> list[Word]:
    return [
        Word(text=word, page=1, x0=50 + 30 * place, top=top, x1=78 + 30 * place + 2 * (place == 3), bottom=top + 10)
        for place, word in enumerate(text.split())
    ]

"""Letters that a clerk would ask about, although lines could be read from them, and those that need no question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.parsers.letters import extraction, mail

_PLAIN = "Hi,\n\nplease send 20 boxes of nitrile gloves (art. NG-200) on our PO 4711.\n\nThanks\nJo"


def _errors(body: str, subject: str = "Order") -> set[str]:
    return {problem.code for problem in extraction(mail(body, subject)).problems if problem.severity == "error"}


def test_a_plain_order_raises_no_doubt() -> None:
    """Number, goods and quantity are stated and nothing else is."""
    assert _errors(_PLAIN) == set()


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Only if you can send them by Friday.", "conditional_order"),
        ("Das gilt nur, sofern lieferbar.", "conditional_order"),
        ("No wait, make that 25 boxes.", "may_be_corrected"),
        ("Ach Moment, doch lieber 25 Kartons.", "may_be_corrected"),
        ("Wacht, maak daar 25 van.", "may_be_corrected"),
        ("We need some safety goggles too.", "vague_quantity"),
        ("Il nous faut aussi quelques lunettes de protection.", "vague_quantity"),
        ("Please add this to the order we placed on Monday.", "may_be_change"),
        ("Your order will leave our warehouse on Monday.", "may_be_no_order"),
    ],
)
def test_words_of_doubt_are_asked_about(sentence: str, code: str) -> None:
    """A condition, a second thought, an amount without a number, an earlier order, a supplier's voice."""
    assert code in _errors(_PLAIN.replace("\n\nThanks", f" {sentence}\n\nThanks"))


@pytest.mark.parametrize(
    "sentence",
    [
        "Please send us your order confirmation.",
        "We can take delivery some time next week.",
        "Call us if you have any questions.",
        "Goods to gate 4, please, our cost centre is 8812.",
        "We are closed for 3 weeks from 18 December 2026.",
        "Please do not send any more goggles, we still have 30 pieces.",
        "Questions to Jo on +44 161 555 0142.",
    ],
)
def test_usual_sentences_raise_no_doubt(sentence: str) -> None:
    """What every other order says beside its goods."""
    assert _errors(_PLAIN.replace("\n\nThanks", f" {sentence}\n\nThanks")) == set()


def test_a_number_that_no_line_took_is_named() -> None:
    """A price without a currency is neither a quantity nor of the goods."""
    assert "unread_values" in _errors(_PLAIN.replace("(art. NG-200)", "(art. NG-200) quoted 4.85"))


def test_what_looks_like_an_article_number_within_the_goods_is_named() -> None:
    """Capitals and figures in the words of goods that have no number."""
    body = "Hi,\n\nplease send 20 boxes of XR77-200B nitrile gloves black and 5 boxes of goggles on our PO 4711.\n\nThanks\nJo"
    found = extraction(mail(body, "Order"))
    numbers = [line.seller_part_number.value for order in found.orders for line in order.lines if line.seller_part_number]
    assert numbers == ["XR77-200B"] or "unread_values" in {problem.code for problem in found.problems}


@pytest.mark.parametrize(
    "place", ["to 88 Wattle Street, Ballarat VIC 3350", "to the yard in Ringstraße 14", "to 5 rue des Lilas"]
)
def test_a_place_that_no_address_took_is_asked_about(place: str) -> None:
    """A street within a sentence may be where the goods go."""
    assert "unread_place" in _errors(_PLAIN.replace("\n\nThanks", f" It all goes {place}.\n\nThanks"))


@given(st.text(max_size=300))
def test_no_text_breaks_the_reckoning(text: str) -> None:
    """Whatever people type, a reading comes of it."""
    assert extraction(mail(f"{_PLAIN[:70]} {text}".replace("\r", " "), "Order")).intent is not None

"""Letters that a clerk would ask about, although lines could be read from them, and those that need no question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.parsers.prose.letters import extraction, mail, the_order

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
        ("Can you also quote me on 200 ft of dock line?", "may_be_quotation"),
        ("Was kostet bei euch eine Palette davon?", "may_be_quotation"),
        ("We need some safety goggles too.", "vague_quantity"),
        ("Please also send 12 x 6 pcs CT-100-NA.", "vague_quantity"),
        ("Bitte auch 12 × 6 Stück CT-100-NA.", "vague_quantity"),
        ("Il nous faut aussi quelques lunettes de protection.", "vague_quantity"),
        ("Please also send 1 200 bolts HX-M8-40.", "ambiguous_quantity"),
        ("Bitte liefern Sie auch 1 200 Schrauben HX-M8-40.", "ambiguous_quantity"),
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
        "Your truck bay is 12 x 6 m wide.",
        "Please also send 5 250 ml bottles.",
        "We can take delivery some time next week.",
        "Call us if you have any questions.",
        "Goods to gate 4, please, our cost centre is 8812.",
        "We are closed for 3 weeks from 18 December 2026.",
        "Please do not send any more goggles, we still have 30 pieces.",
        "Questions to Jo on +44 161 555 0142.",
        "Please call before delivery (0341 5550188), the gate is closed otherwise.",
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


@pytest.mark.parametrize("place", ["to the yard in Ringstraße 14", "to 5 rue des Lilas", "to 3 Mill Lane Matlock"])
def test_a_street_without_its_town_is_asked_about(place: str) -> None:
    """Half an address ships to nobody."""
    order = _PLAIN.replace("\n\nThanks", f" It all goes {place}.\n\nThanks")
    codes = {problem.code for problem in extraction(mail(order, "Order")).problems}
    street = the_order(mail(order, "Order")).ship_to
    assert "unread_place" in codes or (street and street.street and street.street.confidence < 0.8)


def test_a_place_named_in_passing_is_where_the_goods_go() -> None:
    """One street with its town, and a word that leads there."""
    place = the_order(mail(_PLAIN.replace("\n\nThanks", " To 88 Wattle Street, Ballarat VIC 3350.\n\nThanks"))).ship_to
    assert place is not None
    stated = [getattr(place, name).value for name in ("street", "city", "postal_code")]
    assert stated == ["88 Wattle Street", "Ballarat", "3350"]


def test_two_places_in_one_order_are_asked_about() -> None:
    """Which goods go where is not for a reader to guess."""
    places = "20 go to 88 Wattle Street, Ballarat VIC 3350 and the rest to 4 Mill Road, Geelong VIC 3220."
    assert "unread_place" in _errors(_PLAIN.replace("\n\nThanks", f" {places}\n\nThanks"))


def test_goods_beside_a_table_are_asked_about() -> None:
    """A sentence may add a line to the table, or say again what it says."""
    table = "Article   Description   Qty  Unit\nNG-200    gloves        20   boxes\n"
    body = f"Hi,\n\nour PO 4711:\n\n{table}\nPlease also send 5 boxes of safety goggles.\n\nThanks\nJo"
    assert "unread_values" in _errors(body)


def test_goods_below_the_closing_are_asked_about() -> None:
    """What somebody adds below the own name is an order too."""
    assert "unread_values" in _errors(f"{_PLAIN}\n\nPS: please add 5 boxes of goggles (art. SG-5)")


def test_an_address_below_the_closing_is_no_goods() -> None:
    """A Dutch postal code begins as a quantity with its unit does."""
    assert _errors(f"{_PLAIN} Miller\nMiller BV\nKade 3\n3526 KT Utrecht\n") == set()


def test_a_price_for_some_goods_alone_is_asked_about() -> None:
    """The other may have lost its own."""
    body = "Hi,\n\nour PO 4711:\n- 20 boxes gloves (art. NG-200) at 4.85 EUR\n- 5 boxes goggles (art. SG-5)\n\nThanks\nJo"
    assert "missing_price" in _errors(body)


def test_two_numbers_of_the_order_are_asked_about() -> None:
    """Each of them could be the one."""
    assert "several_po_numbers" in _errors(_PLAIN.replace("\n\nThanks", " Order number: 4812.\n\nThanks"))


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Our order number for all of this is TR/2026/118.", "TR/2026/118"),
        ("Es geht um Kommission 26-1190 (bitte als Bestellnummer angeben).", "26-1190"),
        ("Its job 7714, use that as the order number.", "7714"),
        ("Bitte unter BE-26-3370 liefern.", "BE-26-3370"),
    ],
)
def test_the_number_of_the_order_is_found_in_speech(sentence: str, number: str) -> None:
    """Words between the label and the number, or a number that is called so afterwards."""
    order = the_order(mail(_PLAIN.replace(" on our PO 4711", "").replace("\n\nThanks", f" {sentence}\n\nThanks")))
    assert order.po_number is not None
    assert order.po_number.value == number


@pytest.mark.parametrize(
    ("entry", "goods", "quantity"),
    [
        ("Flachstahl 50x5, 6 m - 12 Stück, Art. FL-50-5", "Flachstahl 50x5, 6 m", "12"),
        ("Rundrohr 42,4 x 2,6 verzinkt - 18 m, Art. RR-42", "Rundrohr 42,4 x 2,6 verzinkt", "18"),
        ("Trennscheiben 125 mm Art. TS-125 2x", "Trennscheiben 125 mm", "2"),
        ("A4 Papier x 12 Kartons (5 Ries je Karton), Art. PA-4", "A4 Papier", "12"),
    ],
)
def test_the_quantity_of_an_entry_is_told_from_its_sizes(entry: str, goods: str, quantity: str) -> None:
    """A count before a measure, a number set apart before one in brackets."""
    order = the_order(mail(f"Hallo,\n\nBestellung 4711, bitte liefern:\n\n1) {entry}\n\nMfG\nHauck"))
    assert [(line.description.value, line.quantity.value) for line in order.lines if line.description and line.quantity] == [
        (goods, quantity)
    ]


def test_a_part_of_an_order_is_not_cancelled_as_the_whole() -> None:
    """What stays must not be lost."""
    body = "Hi,\n\nplease cancel our purchase order 4711, we keep only the gloves.\n\nThanks\nJo"
    found = extraction(mail(body, "Cancellation of PO 4711"))
    assert found.intent != "order_cancellation" or "may_be_partial" in {problem.code for problem in found.problems}


@given(st.text(max_size=300))
def test_no_text_breaks_the_reckoning(text: str) -> None:
    """Whatever people type, a reading comes of it."""
    assert extraction(mail(f"{_PLAIN[:70]} {text}".replace("\r", " "), "Order")).intent is not None


def test_what_a_carton_holds_is_no_quantity_that_was_missed() -> None:
    """The entry counted its cartons; the sheets in them are what they hold."""
    goods = "- 10 Kartons Papierhandtücher 3000 Blatt weiß, Art. HT2-ZF\n- 6 Stück Reiniger, Art. CLN-10"
    assert _errors(f"Hallo,\n\nwir bestellen unter Bestellnummer OL-17:\n\n{goods}\n\nGruß\nRamona") == set()


def test_the_house_number_below_a_title_is_no_number_of_the_order() -> None:
    """A title ends with its line."""
    head = "ACME INC.     PURCHASE ORDER\n615 GRAIN EXCHANGE WAY    PO NO. PSE-90417"
    assert "several_po_numbers" not in _errors(f"{head}\n\nplease send 20 boxes of nitrile gloves (art. NG-200)")


def test_a_total_below_the_goods_is_no_value_that_was_missed() -> None:
    """Where it was read as the total."""
    goods = "  10 pcs  WA-12 wedge anchor  EUR 5.00 per 1 = EUR 50.00\n  20 pcs  HN-12 hex nut  EUR 1.00 per 1 = EUR 20.00"
    below = "Total EUR 70.00. Deliver to the yard, Werfkade 1, 9936 HX Farmsum."
    assert "unread_values" not in _errors(f"Hi,\n\nwe order under our PO NK-45:\n\n{goods}\n\n{below}\n\nRegards\nJo")

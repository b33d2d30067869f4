"""Letters that think twice, speak twice or stand in two columns."""

from __future__ import annotations

import pytest

from parsers.reading import read_document
from tests.parsers.prose.letters import goods, mail, reading, the_order

HINGES = "Please send on our order 5521:\n\n12 pairs butt hinges 100mm (HNG-100)\n8 x mortice locks (LCK-5L)\n\n"


def quantities(body: str) -> list[str]:
    return [line.quantity.value for line in the_order(mail(body)).lines if line.quantity]


def codes(body: str) -> list[str]:
    return [problem.code for problem in reading(mail(body)).reading.extraction.problems]


@pytest.mark.parametrize(
    ("body", "amounts"),
    [
        (HINGES + "Actually make that 10 of LCK-5L please.\n", ["12", "10"]),
        ("bitte 10 Eimer Farbe und 4 Rollen Vlies liefern.\n\nAch nein, bitte statt 10 doch 15 Eimer.\n", ["15", "4"]),
        ("il nous faut\n8 bidons d'huile 5 l\n6 sacs farine\n\nah non plutôt 12 bidons au lieu de 8\n", ["12", "6"]),
        ("necesitamos\n20 cajas tornillos\n5 bolsas tacos\n\nPerdona, de los tornillos mejor 30 cajas.\n", ["30", "5"]),
    ],
)
def test_a_second_thought_changes_the_line_it_names(body: str, amounts: list[str]) -> None:
    """By its goods, its article, or its old quantity; and a person is asked."""
    assert quantities(body) == amounts
    assert "may_be_corrected" in codes(body)


@pytest.mark.parametrize(
    ("body", "amounts"),
    [
        (HINGES + "Sorry, make the hinges 20 pairs instead of 12.\n", ["20", "8"]),
        (
            "bitte 10 Kartons Vakuumfolie und 20 Packungen Handschuhe.\nEntschuldigung, 12 Kartons Vakuumfolie, nicht 10.\n",
            ["12", "20"],
        ),
    ],
)
def test_a_second_thought_that_names_goods_and_old_quantity_is_no_question(body: str, amounts: list[str]) -> None:
    """It leaves nothing open: the goods are those of one line, whose quantity is the one that it takes back."""
    assert quantities(body) == amounts
    assert "may_be_corrected" not in codes(body)


def test_a_second_thought_whose_old_quantity_is_another_is_asked_about() -> None:
    """Who remembers a number that nobody wrote may mean another line."""
    assert "may_be_corrected" in codes(HINGES + "Sorry, make the hinges 20 pairs instead of 15.\n")


def test_a_second_thought_that_fits_two_lines_changes_none() -> None:
    """Which of the two is meant only the buyer knows."""
    body = "Please send\n\n5 boxes of red caps\n5 boxes of blue caps\n\nOh wait, make that 7 boxes instead of 5.\n"
    assert quantities(body)[:2] == ["5", "5"]
    assert "may_be_corrected" in codes(body)


def test_a_change_of_an_order_that_was_made_before_stays_one() -> None:
    """ "We ordered 10, make it 15" is nobody's new order."""
    body = "On PO 4711 we ordered 10 boxes of gloves HX-1. Please make it 15 instead of 10.\n"
    assert read_document(mail(body), "mail.eml", ocr=None).reading.extraction.intent.value == "order_change"


BILINGUAL = """Dear team,

please deliver our order IMP-3002:

- 60 pcs LT-440 desk lamp black
- 15 pcs LT-455 floor lamp chrome

--- Deutsch ---

Liebes Team,

bitte liefern Sie uns mit der Bestellung IMP-3002 das Folgende:

- {first} Stück LT-440 Schreibtischlampe schwarz
- 15 Stück LT-455 Bogenlampe chrom
"""


def test_what_is_ordered_in_two_languages_is_ordered_once() -> None:
    """The same articles in the same quantities, said again."""
    assert quantities(BILINGUAL.format(first=60)) == ["60", "15"]


def test_two_languages_that_disagree_are_asked_about() -> None:
    """Sixty or sixteen."""
    assert "may_be_twice" in codes(BILINGUAL.format(first=16))


COLUMNS = """Purchase order 20711

Ship To:                            Bill To:
Beech Court Nursing Home            Beech Court Care Ltd
14 Langton Road                     2 Calverley Park
Tunbridge Wells                     Tunbridge Wells
TN4 8XD                             TN1 2SH

24 boxes nitrile gloves
"""


def test_addresses_side_by_side_are_two() -> None:
    """Each label has the column below it."""
    order = the_order(mail(COLUMNS))
    assert order.ship_to is not None
    assert order.bill_to is not None
    read = [party.street and party.street.value for party in (order.ship_to, order.bill_to)]
    assert read == ["14 Langton Road", "2 Calverley Park"]


def test_the_name_before_an_address_in_a_sentence_is_its() -> None:
    """And the day behind it is no part of the town."""
    body = "Merci de livrer 10 cartons de gants à Durand SARL, 12 rue des Lilas, 38000 Grenoble pour le 30/11. Commande 778.\n"
    ship_to = the_order(mail(body)).ship_to
    assert ship_to is not None
    assert [value and value.value for value in (ship_to.name, ship_to.street, ship_to.postal_code, ship_to.city)] == [
        "Durand SARL",
        "12 rue des Lilas",
        "38000",
        "Grenoble",
    ]


@pytest.mark.parametrize(
    ("subject", "body", "intent"),
    [
        ("Lieferung", "von den 20 Sack Mehl waren 3 aufgerissen, holt die wieder ab und schreibt uns das gut.", "return_request"),
        ("pedido 7781", "al final anúlanos el pedido 7781 entero por favor", "order_cancellation"),
        ("PO 12", "Can we up PO 12 from 10 to 14 boxes please", "order_change"),
        ("WZ 2231", "informujemy, że towar z zamówienia ZK/889 został wydany przewoźnikowi. Pręt fi 12 - 400 kg", "other"),
        ("vernici", "mi fate avere prezzo e disponibilità per 12 lt di trasparente?", "quote_request"),
        ("Kabel", "mach mir bitte 3 Ringe Kabel fertig, hol ich morgen ab", "order"),
    ],
)
def test_letters_of_all_kinds_are_told_apart(subject: str, body: str, intent: str) -> None:
    """Each names goods with their numbers, and one of them orders."""
    assert reading(mail(body, subject)).reading.extraction.intent.value == intent


def test_a_wish_ends_what_was_said_of_last_week() -> None:
    """The goods behind it are wanted, however the sentence began."""
    body = "Further to our conversation last week I would like to order sixty archive boxes A3 and three rolls of glassine paper."
    assert [quantity for _, _, quantity, _ in goods(the_order(mail(body, "Order MUS/0447")))] == ["60", "3"]

"""Rows of goods in one sentence, however it asks for them; packs that are themselves the goods; goods that a change drops."""

from __future__ import annotations

import pytest

from tests.parsers.prose.letters import extraction, goods, mail, the_order

_ROWS = {
    "en": "40 steel hooks 8 mm, 12 packs of white napkins and 3 drums of hand soap",
    "de": "40 Stahlhaken 8 mm, 12 Packungen weiße Servietten und 3 Kanister Handseife",
    "es": "40 ganchos de acero 8 mm, 12 paquetes de servilletas blancas y 3 garrafas de jabón",
    "it": "40 ganci in acciaio 8 mm, 12 confezioni di tovaglioli bianchi e 3 taniche di sapone",
    "nl": "40 stalen haken 8 mm, 12 pakken witte servetten en 3 jerrycans handzeep",
    "pl": "40 haków stalowych 8 mm, 12 paczek białych serwetek i 3 kanistry mydła",
}
_NUMBERS = {
    "en": "Our order number is R-515.",
    "de": "Unsere Bestellnummer ist R-515.",
    "es": "El número de pedido es R-515.",
    "it": "Il nostro numero d'ordine è R-515.",
    "nl": "Ons bestelnummer is R-515.",
    "pl": "Numer zamówienia R-515.",
}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Could we please have {}?"),
        ("en", "We would be grateful for {}."),
        ("de", "Zur nächsten Lieferung hätten wir gerne {}."),
        ("de", "Wir würden gerne {} bestellen."),
        ("es", "Para el viernes necesitaríamos {}."),
        ("es", "Precisamos {} para el viernes."),
        ("it", "Gradiremmo ricevere {}."),
        ("it", "Per venerdì: {}."),
        ("nl", "Voor vrijdag heb ik {} nodig."),
        ("pl", "Na piątek potrzebowalibyśmy {}."),
        ("pl", "Proszę dopisać {}."),
    ],
)
def test_a_row_is_read_however_it_is_asked_for(language: str, sentence: str) -> None:
    """Its first number without a unit counts as those behind it do, and nothing is asked."""
    read = extraction(mail(f"{sentence.format(_ROWS[language])} {_NUMBERS[language]}\n\nJo", "R-515"))
    counted = [line.quantity.value for line in read.orders[0].lines if line.quantity]
    assert (counted, [problem.code for problem in read.problems if problem.severity == "error"]) == (["40", "12", "3"], [])


def test_hundreds_of_trays_are_trays() -> None:
    """Where the letter writes "de" between other packs and their goods."""
    text = "Merci de livrer, commande R-515 :\n6 rouleaux de film\n400 barquettes alu 1 litre\n2 bidons de liquide plonge"
    assert goods(the_order(mail(text, "R-515")))[1] == (None, "barquettes alu 1 litre", "400", None)


def test_few_of_what_may_be_a_pack_are_doubted() -> None:
    """ "Cajas de cartón" may be boxes, or boxes of cardboard."""
    order = the_order(mail("Envíennos 20 cajas de cartón, pedido nº 4711.\n\nUn saludo", "4711"))
    unit = order.lines[0].unit
    assert unit is not None
    assert unit.confidence < 0.8


def test_what_a_change_drops_without_a_number_is_asked_about() -> None:
    """ "Take the wooden forks off" beside a quantity that is raised."""
    text = (
        "Could I change our order EV-3320? We need 30 packs of plates instead of 20, and please take the wooden forks off.\n\nSam"
    )
    assert "unread_values" in {problem.code for problem in extraction(mail(text, "Amendment to PO EV-3320")).problems}


def test_a_type_in_a_name_is_no_quantity() -> None:
    """ "Farina tipo 00" is one thing."""
    order = the_order(mail("Mi servono 10 sacchi di farina tipo 00 da 25 kg, ordine n. 4711.\n\nNello", "ordine 4711"))
    assert len(order.lines) == 1


def test_an_order_is_not_dated_after_its_mail() -> None:
    """ "Bestellung 26-1407 vom Montag" was made last Monday."""
    order = the_order(
        mail("Können Sie die Bestellung 26-1407 vom Montag bitte stornieren?\n\nBjörn", "Bestellung 26-1407 stornieren")
    )
    assert order.order_date is None or order.order_date.value <= "2026-11-02"

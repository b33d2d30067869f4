"""What letters say beside their goods: hours, counts behind "order", sizes, lines that stay, answers within quotations."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import Intent
from parsers.reading import read_document
from tests.parsers.prose.letters import mail, reading, the_order


def codes(body: str) -> list[str]:
    return [problem.code for problem in reading(mail(body)).reading.extraction.problems]


def amounts(body: str) -> list[str]:
    return [line.quantity.value for line in the_order(mail(body)).lines if line.quantity]


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("Hi,\n\nplease order 40 gloves size L and 30 hats.\n\nThanks", "40"),
        ("Hallo,\n\nBestellung: 100 Ries Kopierpapier A4, bitte bis Freitag.\n\nGruß", "100"),
        ("Bonjour,\n\ncommande : 100 ramettes papier A4, merci.\n", "100"),
        ("Prosimy o realizację zamówienia: 100 ryz papieru A4.\n", "100"),
    ],
)
def test_a_number_that_counts_goods_is_no_number_of_an_order(body: str, count: str) -> None:
    """ "Order 40 gloves" orders forty."""
    order = the_order(mail(body))
    assert order.po_number is None
    assert order.lines[0].quantity is not None
    assert order.lines[0].quantity.value == count


def test_a_number_before_a_name_is_that_of_the_order() -> None:
    """ "Order 118 Oakwood House" heads what follows."""
    order = the_order(mail("Hi,\n\nOrder 118 Oakwood House\n\n20 boxes gloves L\n\nThanks"))
    assert order.po_number is not None
    assert order.po_number.value == "118"


@pytest.mark.parametrize(
    "body",
    [
        "bitte liefern am Dienstag zwischen 7 und 9 Uhr mit Kran:\n\nPos. 1: 120 Stk. CW-Profil\n",
        "merci de livrer demain entre 7h et 9h :\n\n- 120 sacs ciment\n",
        "Please deliver between 7 and 9 in the morning:\n\n- 120 bags cement\n",
        "graag leveren tussen 7 en 9 uur:\n\n- 120 zakken cement\n",
    ],
)
def test_hours_of_a_day_count_no_goods(body: str) -> None:
    """Between seven and nine the gate is open."""
    assert amounts(body) == ["120"]


def test_a_measure_behind_the_goods_is_their_size() -> None:
    """Two hundred glue sticks of 21 grams."""
    order = the_order(mail("Bonjour,\n\nmerci d'enregistrer :\n\n- 200 bâtons de colle 21 g\n- 30 règles 30 cm\n"))
    assert [line.quantity.value for line in order.lines if line.quantity] == ["200", "30"]


def test_so_many_off_are_pieces() -> None:
    """As engineers write."""
    (line,) = the_order(
        mail("Please accept this as our order 71000.\n\n10. GSK-110 Gasket EPDM, 300 off, £12.50 per 100\n")
    ).lines
    assert line.quantity is not None
    assert line.unit is not None
    assert (line.quantity.value, line.unit.value) == ("300", "C62")


def test_the_number_of_a_house_stands_behind_a_comma() -> None:
    """As in Spain and Italy."""
    body = (
        "Pedido 4711\n\n- 20 cajas guantes\n\nDirección de entrega:\nIES Sierra\nAvda. de la Constitución, 45\n29601 Marbella\n"
    )
    place = the_order(mail(body)).ship_to
    assert place is not None
    assert place.street is not None
    assert place.street.value == "Avda. de la Constitución, 45"


def test_a_day_behind_a_comma_belongs_to_the_order_that_its_line_names() -> None:
    """Two orders in one letter, each with its number and its day on a line of its own."""
    body = (
        "anbei zwei Bestellungen.\n\n1) Bestellung G-7701, Liefertermin 09.12.2026\n- 80 Säcke Rindenmulch\n\n"
        "2) Bestellung G-7702, Liefertermin 16.12.2026\n- 45 Stück Borde\n"
    )
    orders = reading(mail(body)).reading.extraction.orders
    days = [order.requested_delivery_date.value for order in orders if order.requested_delivery_date]
    assert days == ["2026-12-09", "2026-12-16"]


def test_a_line_that_stays_as_it_is_is_not_asked_about() -> None:
    """Only line 20 is changed."""
    body = "merci de modifier la ligne 20 de notre commande CF-4471 : 12 bobines au lieu de 8. La ligne 10 reste inchangée.\n"
    assert codes(body) == []


def test_two_clauses_of_a_change_are_two_lines() -> None:
    """One line is dropped, the other gets a new quantity."""
    body = "nell'ordine 2026/588 togliete i bicchieri (BIC-CAL-40) e portate i tovaglioli TOV-100 da 20 a 30 confezioni.\n"
    order = the_order(mail(body, "modifica ordine 2026/588"))
    assert [line.quantity.value for line in order.lines if line.quantity] == ["0", "30"]


def test_answers_between_quoted_lines_are_read_and_asked_about() -> None:
    """What each of them answers stands in the quotation."""
    body = (
        "Dag Wim, zie mijn antwoord.\n\nOp wo 2 dec 2026 om 16:30 schreef Wim <wim@hallberg.example>:\n"
        "> art. 4410 nitril handschoenen M\nDoe maar 20 dozen.\n> art. 4431 nekpapier\nHebben we nog.\n"
    )
    assert "answers_quotation" in codes(body)


def test_a_delayed_building_site_is_the_buyers_own() -> None:
    """A carrier speaks of deliveries."""
    body = "leider verzögert sich unsere Baustelle. Bitte verschieben Sie Bestellung B-4711 auf den 18.12.2026.\n"
    assert "may_be_no_order" not in codes(body)


def test_who_asks_to_quote_a_number_asks_for_no_price() -> None:
    """It is to stand on the invoice."""
    assert "may_be_quotation" not in codes(
        "Please send 20 boxes of gloves. Please quote our order number 4711 on all invoices.\n"
    )


@pytest.mark.parametrize(
    ("body", "intent"),
    [
        (
            "We have received your invoice 88213 against PO 55120 for 12 cases of blue roll. Please send a corrected invoice.",
            "other",
        ),
        ("Conforme a su presupuesto nº P-1178, les confirmamos el pedido siguiente:\n\n- 10 mesas\n", "order"),
        ("Bonjour, nous acceptons votre devis n° 448, merci de livrer 20 chaises.", "order"),
    ],
)
def test_who_writes_about_an_invoice_orders_nothing_and_who_accepts_a_quotation_does(body: str, intent: str) -> None:
    """What is quoted and invoiced is named in both."""
    extraction = read_document(mail(body), "mail.eml", ocr=None).reading.extraction
    assert extraction.intent is Intent(intent)


@pytest.mark.parametrize(
    "wish",
    [
        "If anything is out of stock, just let me know.",
        "Sollte etwas nicht vorrätig sein, sagen Sie bitte Bescheid.",
    ],
)
def test_who_only_wants_to_be_told_alters_nothing(wish: str) -> None:
    """What is ordered stays as it was read."""
    assert "unread_wish" not in codes(f"Please send on PO 4711:\n\n- 20 boxes of gloves HX-12\n\n{wish}\n")


def test_who_wants_to_be_told_and_something_else_instead_is_asked_about() -> None:
    """Those other goods may be what they will get."""
    wish = "If they are out of stock let me know and send 10 boxes of HX-14 instead."
    assert "unread_wish" in codes(f"Please send on PO 4711:\n\n- 20 boxes of gloves HX-12\n\n{wish}\n")


def test_of_two_codes_the_one_that_stands_apart_is_the_articles() -> None:
    """The other is the name of an alloy."""
    plate = "8 ea   6061-2X12   6061-T6 plate 2 x 12 x 48    $214.00 ea\n"
    body = f"Please ship on PO# 18834:\n\n{plate}24 ea  CTR-05      center drill HSS   $6.35 ea\n"
    numbers = [line.seller_part_number.value for line in the_order(mail(body)).lines if line.seller_part_number]
    assert numbers == ["6061-2X12", "CTR-05"]


def test_a_street_a_house_and_a_town_behind_a_dash_are_one_address() -> None:
    """As Italians write it in a sentence."""
    body = "ordiniamo 30 confezioni di pannolini, consegna presso Asilo Il Girasole, Via dei Mille, 22 - 25124 Brescia.\n"
    place = the_order(mail(body)).ship_to
    assert place is not None
    assert [value and value.value for value in (place.street, place.postal_code, place.city)] == [
        "Via dei Mille, 22",
        "25124",
        "Brescia",
    ]


def test_goods_that_only_a_price_is_asked_for_are_asked_about() -> None:
    """They stand beside goods that are ordered."""
    body = "Please send 4 hose reels on PO WB-7741. Could you also let me have a price for 10 wall brackets and 25 couplings?\n"
    assert "may_be_quotation" in codes(body)


def test_how_many_go_into_one_stands_in_brackets_before_the_quantity() -> None:
    """A hundred and twenty packs, a hundred in each."""
    assert codes("Zamówienie nr ZAM/4410, zamawiamy:\n\n1. REK-12 rękawice nitrylowe (100 szt.) - 120 op.\n") == []

"""Orders as sales inboxes get them every day: machine's small print, account numbers, forwards by sales reps, polite endings."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import Intent
from tests.parsers.prose.letters import codes, extraction, mail, the_order

GOODS = "PO 4711-08, please send:\n\n40 x HB-22015 isolating valve\n"


@pytest.mark.parametrize("lead", ["bitte liefern Sie uns schnellstmöglich:", "Bitte um Lieferung:", "merci de nous livrer :"])
def test_goods_counted_in_a_unit_below_a_word_of_delivering_are_no_address(lead: str) -> None:
    """Three rows of goods below "deliver:" look like a name, a street and a town, and are none."""
    text = f"{lead}\n\n100 Stk. Art. 4711-08 Trennscheiben\n20 Stk. Art. 4720-60 Fächerscheiben\n2 Rollen Art. 8800-15 Draht\n"
    order = the_order(mail(text))
    assert [line.quantity and line.quantity.value for line in order.lines] == ["100", "20", "2"]


def test_letters_before_five_figures_are_an_article_where_they_are_no_country() -> None:
    """ "HB-61020 Pallet truck" is no town with its postal code."""
    order = the_order(mail("Order 2027-0391, please send:\n\nHB-61020 Pallet truck - qty 2\n"))
    assert order.lines[0].seller_part_number is not None
    assert order.lines[0].seller_part_number.value == "HB-61020"


@pytest.mark.parametrize(
    "said",
    [
        "All orders are subject to our standard terms and conditions.",
        "Unless otherwise agreed, our terms of purchase apply.",
        "Diese Bestellung wurde maschinell erstellt und ist ohne Unterschrift gültig.",
        "Message envoyé automatiquement, merci de ne pas y répondre.",
        "This address cannot receive replies.",
        "Si más de una dirección de correo está asociada a su organización, este mensaje se ha enviado a todas ellas.",
    ],
)
def test_the_small_print_of_machines_alters_nothing(said: str) -> None:
    """What stands below every order of a system is no condition and no wish."""
    assert not {"conditional_order", "unread_wish"} & set(codes(mail(f"{GOODS}\n{said}\n")))


def test_a_condition_about_something_else_is_still_asked_about() -> None:
    """ "subject to our customer's approval" is no small print."""
    assert "conditional_order" in codes(mail(f"{GOODS}\nThis is subject to our customer's approval.\n"))


@pytest.mark.parametrize("said", ["Kunde 20877.", "acc J0417", "kod klienta K-1180", "client n° 4711"])
def test_who_forwards_may_name_the_account(said: str) -> None:
    """The number of the customer in our books orders nothing, and says who the buyer is."""
    forwarded = (
        f"Hi,\n\nplease enter. {said}\n\nGareth\n\nFrom: Mick <mick@jessop.example>\nSent: 1 May 2026\nTo: G\nSubject: o\n\n"
    )
    found = extraction(mail(forwarded + GOODS, subject="FW: order"))
    assert "unread_wish" not in {problem.code for problem in found.problems}
    buyer = found.orders[0].buyer
    assert buyer is not None
    assert buyer.customer_number is not None
    assert buyer.customer_number.value in said


@pytest.mark.parametrize("thanks", ["Grazie mille", "Mille excuses", "Mil gracias"])
def test_nothing_is_ordered_by_the_thousand_in_thanks(thanks: str) -> None:
    """ "Grazie mille" counts no goods."""
    assert "unread_values" not in codes(mail(f"{GOODS}\n{thanks} per tutto.\n"))


def test_a_unit_may_stand_before_its_number() -> None:
    """ "pz 400 scatole da 6 bottiglie": four hundred pieces; what goes into one belongs to the goods."""
    line = the_order(mail("Ordine n. 88/27:\n\npz 5000 TAP-550 Tappi sughero\npz 400 SCA-6 Scatole da 6 bottiglie\n")).lines[1]
    assert line.quantity
    assert line.unit
    assert line.description
    assert (line.quantity.value, line.unit.value, line.description.value) == ("400", "C62", "Scatole da 6 bottiglie")


def test_two_capitals_within_goods_end_no_name() -> None:
    """ "Viti TE M8x30" are hexagonal screws; "te" is a small word of the Dutch."""
    line = the_order(mail("Ordine OF-2270, vi chiediamo:\n\n1000 pz Viti TE M8x30 zincate cod. VTE-M8X30\n")).lines[0]
    assert line.description is not None
    assert line.description.value == "Viti TE M8x30 zincate"


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        ("Quedamos a la espera de su confirmación.", "Orden de compra OC-271104 obra Los Olivos"),
        ("In attesa di Vs. conferma, porgiamo cordiali saluti.", "Ordine OF-2270 cantiere"),
        ("Czekamy na potwierdzenie.", "Zamówienie ZM/2027/118 magazyn"),
    ],
)
def test_who_waits_for_a_confirmation_orders(said: str, subject: str) -> None:
    """The polite end of an order asks after no other."""
    assert extraction(mail(f"{subject}:\n\n40 pz HB-22015\n\n{said}\n", subject=subject)).intent is Intent.ORDER


def test_the_first_version_of_an_order_is_no_change() -> None:
    """ "Revision 0" is the order itself."""
    assert extraction(mail(f"{GOODS}\nRevision: 0\n", subject="Purchase order 4711-08")).intent is Intent.ORDER


def test_a_week_may_stand_before_the_place() -> None:
    """ "Lieferung KW 8 auf die Baustelle:" leads to an address as it does without the week."""
    text = f"{GOODS}\nLieferung bitte KW 8 direkt auf die Baustelle:\nBV Kita\nAm Sonnenhang 3\n99425 Weimar\n"
    place = the_order(mail(text)).ship_to
    assert place is not None
    assert place.street is not None
    assert place.street.confidence > 0.8


def test_a_unit_of_an_estate_is_read_with_the_estate() -> None:
    """ "Unit 6, Calder Park": both are where the goods go."""
    text = f"{GOODS}\nShip to:\nMeridian Foods\nUnit 6, Calder Park\nWakefield\nWF2 7UA\n"
    place = the_order(mail(text)).ship_to
    assert place is not None
    assert place.street is not None
    assert place.street.value == "Unit 6 Calder Park"


@pytest.mark.parametrize("closing", ["Z góry dziękuję i pozdrawiam", "Grazie, buona serata", "Muchas gracias y un saludo"])
def test_thanks_and_wishes_sign_off(closing: str) -> None:
    """The address below them is the writer's, not that of the goods."""
    order = the_order(mail(f"{GOODS}\n{closing}\nTomasz Mazur\nAuto Mazur, ul. Polna 3, 05-800 Pruszków\n"))
    assert order.ship_to is None


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("Commande n° 2027-A-066, merci de livrer :\n\n1 200 verres sérigraphiés, réf. VER-25T\n", "1200"),
        ("Zamówienie nr 77/03/27, proszę o dostawę:\n\n2 500 szt. kołki KOL-10\n", "2500"),
        ("Bestellung 4711-08, bitte liefern Sie:\n\n1 200 Stk. TR-08 Trennscheiben\n", "1200"),
        ("Order 4711-08, please send:\n\n5 200 mm brackets BR-200\n", "5"),
    ],
)
def test_a_blank_may_part_the_groups_of_a_quantity(text: str, quantity: str) -> None:
    """ "1 200 verres" are twelve hundred; "5 200 mm brackets" are five."""
    stated = the_order(mail(text)).lines[0].quantity
    assert stated is not None
    assert stated.value == quantity


def test_every_line_may_begin_with_its_unit() -> None:
    """ "Stk. 80 PF-1010" counts pieces of an article, and none of pallets."""
    rows = "Stk. 80 PF-1010 Palisade Granit 10x10x60\nStk. 6 SP-0216 Splitt\nlfm 45 RK-0500 Kante\n"
    lines = the_order(mail(f"für das BV Rosenhof bestellen wir:\n\n{rows}", subject="Bestellung 4711-08")).lines
    assert [(line.quantity and line.quantity.value, line.unit and line.unit.value) for line in lines] == [
        ("80", "C62"),
        ("6", "C62"),
        ("45", "MTR"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Pedido nº P-0098/27\n\n- ABO-NPK Abono: 60 sacos\n- FIL-2 Filtro malla: 4 uds\n",
        "Ordine A/2027/0774:\n\n25 pz CAR-300 Carta patinata\n\nVi preghiamo di restituirci copia firmata.\n",
        "Bestelling 26.4417:\n\n40 st GB-1250 platen\n\nGraag ondertekend retour.\n",
    ],
)
def test_goods_and_signed_copies_send_nothing_back(text: str) -> None:
    """ "Abono" is a fertiliser as well as a credit note, and a signed copy that is sent back returns no goods."""
    assert extraction(mail(text)).intent is Intent.ORDER


def test_one_line_may_say_when_and_where() -> None:
    """ "Consegna: entro il 22/04/2027 presso Tipografia Lombarda, Via Ticino 14, 20025 Legnano"."""
    said = "Consegna: entro il 22/04/2027 presso Tipografia L., Via Ticino 14, 20025 Legnano (MI)"
    order = the_order(mail(f"Ordine A/2027/0774:\n\n25 pz CAR-300 Carta\n\n{said}\n"))
    assert order.requested_delivery_date is not None
    assert order.requested_delivery_date.value == "2027-04-22"


def test_the_telephone_of_who_forwards_alters_nothing() -> None:
    """ "Delegado comercial - 600 555 071" stands below what a sales rep writes."""
    head = "From: Mick <mick@jessop.example>\nSent: 1 May 2026\nTo: Andrés\nSubject: order\n\n"
    forwarded = mail(f"Hi, please enter.\n\nAndrés Molina\nSales - 600 555 071\n\n{head}{GOODS}", subject="FW: order")
    assert "unread_wish" not in codes(forwarded)

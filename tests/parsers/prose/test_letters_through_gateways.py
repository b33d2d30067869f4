"""Letters as gateways, shops and those who forward send them: sizes in a run, days above goods, numbers in the subject."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from models.contracts.extraction_v1 import Intent
from parsers.prose.sizes import size_runs
from tests.parsers.prose.letters import codes, extraction, mail, the_order


def quantities(content: bytes) -> list[str]:
    return [line.quantity.value for line in the_order(content).lines if line.quantity]


def descriptions(content: bytes) -> list[str]:
    return [line.description.value for line in the_order(content).lines if line.description]


def days(content: bytes) -> list[str | None]:
    stated = [line.requested_delivery_date for line in the_order(content).lines]
    return [day.value if day else None for day in stated]


def test_each_size_of_a_run_is_a_line() -> None:
    """ "S:3 M:5" are three small ones and five of middle size, not five metres."""
    text = "Order ASD-019, please send:\n\nPN-20 Polo navy   S:3  M:5  L:2\nFG-07 Grey hoodie   M:4  XL:1\n"
    found = zip(descriptions(mail(text)), quantities(mail(text)), strict=True)
    wanted = [("Polo navy S", "3"), ("Polo navy M", "5"), ("Polo navy L", "2"), ("Grey hoodie M", "4"), ("Grey hoodie XL", "1")]
    assert list(found) == wanted


def test_the_sum_of_a_run_of_sizes_orders_nothing_more() -> None:
    """Ten polos are those of the sizes behind."""
    assert quantities(mail("Please send, PO 4711:\n\n10 polo shirts navy 3x S, 5x M, 2x L\n12 caps red\n")) == [
        "3",
        "5",
        "2",
        "12",
    ]


def test_metres_and_litres_are_no_sizes() -> None:
    """ "5 M, 3 L" may be a length and a volume."""
    assert size_runs("5 M, 3 L") == []


@given(
    st.lists(
        st.tuples(st.sampled_from(["S", "M", "L", "XL", "2XL"]), st.integers(1, 999)), max_size=5, unique_by=lambda pair: pair[0]
    )
)
def test_a_run_gives_back_its_sizes(pairs: list[tuple[str, int]]) -> None:
    """What was written as sizes with their counts is read as these."""
    text = "polo " + "  ".join(f"{size}:{count}" for size, count in pairs)
    sizes = {size for size, _ in pairs}
    expected = [] if len(pairs) < 2 or sizes <= {"M", "L"} else [[(size, Decimal(count)) for size, count in pairs]]
    assert [[(each.size, each.count) for each in run.counts] for run in size_runs(text)] == expected


def test_a_heading_dates_the_goods_below_it() -> None:
    """Two deliveries, each under its day."""
    first = "Delivery Monday 14 December:\n20 MDF boards 18 mm\n6 rolls edging white"
    text = f"Order 77/2026\n\n{first}\n\nDelivery Monday 11 January:\n200 hinges\n"
    assert days(mail(text)) == ["2026-12-14", "2026-12-14", "2027-01-11"]


def test_goods_under_two_days_give_the_order_none() -> None:
    """The order as a whole is wanted on neither."""
    text = "Order 77/2026\n\nDelivery Monday 14 December:\n20 MDF boards 18 mm\n\nDelivery Monday 11 January:\n200 hinges\n"
    assert the_order(mail(text)).requested_delivery_date is None


def test_4_before_a_day_counts_no_goods() -> None:
    """Text messages write "for" so."""
    assert quantities(mail("can u send 3 cases tonic and 2 cases lemonade 4 fri thx", "SMS")) == ["3", "2"]


def test_the_day_of_the_order_is_not_the_day_wanted() -> None:
    """Polish letters date the order's number with "z dnia"."""
    text = "Dzień dobry,\n\nprzesyłam zamówienie nr ZD/118/12 z dnia 08.12.2026:\n\n36 szt. mydło w płynie\n24 szt. szampon\n"
    assert the_order(mail(text, "Zamówienie")).requested_delivery_date is None


def test_your_po_in_the_subject_of_a_reply_is_the_buyers() -> None:
    """The seller wrote that subject."""
    order = the_order(
        mail("Please make it 12 instead of 10 on the CO2-10 cylinders.", "RE: Order acknowledgement SO-118204 / your PO PB-5502")
    )
    assert order.po_number is not None
    assert order.po_number.value == "PB-5502"


def test_the_old_number_of_a_change_is_no_part_of_the_goods() -> None:
    """Behind "12 instead of 10 on the" stand the goods."""
    content = mail("Please make it 12 instead of 10 on the CO2-10 cylinders.", "RE: your PO PB-5502")
    assert (quantities(content), descriptions(content)) == (["12"], ["cylinders"])


def test_the_order_that_a_verb_cancels_is_cancelled() -> None:
    """Of two that are named the other goes on."""
    text = "De los dos pedidos que os pasamos el viernes, anulad por favor el P-4412. El P-4411 sigue adelante tal cual."
    order = the_order(mail(text, "pedidos P-4411 y P-4412"))
    assert (order.kind, order.po_number and order.po_number.value) == ("order_cancellation", "P-4412")


def test_a_number_above_what_is_forwarded_is_the_orders() -> None:
    """Who forwards gives the number."""
    text = (
        "See below, please process. Our PO is 20418.\n\nJill\n\n________________________________\n"
        "From: Karl <karl@acme.example>\n"
        "Sent: Wednesday, 28 October 2026 17:47\nTo: Jill\nSubject: stuff\n\n40 bags plaster 25kg\n6 rolls scrim tape 90m\n"
    )
    order = the_order(mail(text, "FW: stuff"))
    assert order.po_number is not None
    assert order.po_number.value == "20418"


def test_who_orders_and_asks_for_a_price_orders() -> None:
    """A person sees which goods are only priced."""
    goods = "- 40 Sack Streusalz à 25 kg\n- 2x 10er Pack Kreppband"
    text = f"ich brauche bis Mittwoch:\n{goods}\n\nAußerdem: was kosten bei Ihnen Schneefräsen?"
    found = extraction(mail(text, "Bestellung H-2291 und Preisanfrage"))
    assert found.intent is Intent.ORDER
    assert "may_be_quotation" in {problem.code for problem in found.problems}


def test_the_sum_below_a_pasted_table_is_no_lost_value() -> None:
    """It has no label, and is what the lines come to."""
    rows = "EL-60\tLED panel\t10\t£21.50\t£215.00\nEL-25\tCable drum\t2\t£68.75\t£137.50\n\t\t\t\t£352.50\n"
    found = extraction(mail(f"Please send, PO 88213:\n\nCode\tItem\tQty\tEach\tTotal\n{rows}", "order 88213"))
    assert "unread_values" not in {problem.code for problem in found.problems}


SHOP = """<html><body><h1>New order: #10482</h1><p>You have received the following order:</p>
<h2>[Order #10482] (December 9, 2026)</h2>
<table><tr><th>Product</th><th>Quantity</th><th>Price</th></tr>
<tr><td>Espresso beans Forte 1 kg (#ESP-1000)</td><td>6</td><td>&euro;119.40</td></tr>
<tr><td>Cappuccino cup white (#CUP-12)</td><td>4</td><td>&euro;26.00</td></tr>
<tr><th colspan="2">Subtotal:</th><td>&euro;145.40</td></tr>
<tr><th colspan="2">Payment method:</th><td>Invoice</td></tr></table></body></html>"""


def test_a_shops_prices_that_add_up_are_amounts() -> None:
    """The notice of a shop prints under "Price" what the line costs."""
    lines = the_order(mail(None, "New order (#10482)", html=SHOP)).lines
    assert [(line.unit_price, line.line_total and line.line_total.value) for line in lines] == [(None, "119.40"), (None, "26.00")]


def test_a_shops_hash_marks_the_articles_number() -> None:
    """It stands in brackets behind the name."""
    lines = the_order(mail(None, "New order (#10482)", html=SHOP)).lines
    assert [line.seller_part_number and line.seller_part_number.value for line in lines] == ["ESP-1000", "CUP-12"]


def test_a_label_below_the_goods_is_not_their_name() -> None:
    """ "Payment method:" ends in a colon."""
    assert descriptions(mail(None, "New order (#10482)", html=SHOP)) == ["Espresso beans Forte 1 kg", "Cappuccino cup white"]


FORWARDED = """{}

Laura

-----Original Message-----
From: Matt <matt@acme.example>
Sent: Monday, November 2, 2026 9:12 AM
To: Laura <laura@acme.example>
Subject: PO 4711

Hi Laura, please order on PO 4711:

- 10 oil filters FO-1192
{}"""


def test_a_day_above_what_is_forwarded_is_the_orders() -> None:
    """Where the order itself names none."""
    order = the_order(mail(FORWARDED.format("please enter this, deliver on 12 November.", ""), "FW: PO 4711"))
    assert order.requested_delivery_date is not None
    assert order.requested_delivery_date.value == "2026-11-12"


def test_another_day_above_what_is_forwarded_is_asked_about() -> None:
    """Two days, and who forwards has the last word."""
    text = FORWARDED.format("please enter this, deliver on 12 November.", "Delivery date: 20 November 2026\n")
    assert "unread_wish" in codes(mail(text, "FW: PO 4711"))


COLUMNS = """Commande fournisseur CA012764 du 09/12/2026

Lig Référence   Désignation                      Qté Unité  Prix unit. Par   Montant HT
  1 VBT-8X200   VIS BOIS TORX 8X200 ZN JAUNE     600 PCE         48,90 100       293,40
  2 SAB-80X150  SABOT AILES EXT 80X150            80 PCE          5,00   1       400,00
"""


def test_heads_a_space_apart_are_two_columns() -> None:
    """ "Prix unit. Par" holds the price and what it is for, "Lig Référence" the line and its article."""
    lines = the_order(mail(COLUMNS, "Commande CA012764")).lines
    names = ("line_number", "seller_part_number", "unit_price", "price_basis_quantity")
    assert [[getattr(line, name).value for name in names] for line in lines] == [
        ["1", "VBT-8X200", "48.90", "100"],
        ["2", "SAB-80X150", "5.00", "1"],
    ]


def test_a_name_of_a_place_begins_behind_the_day() -> None:
    """ "leveren op dinsdag 12 januari aan Hotel Maaszicht, …"."""
    text = (
        "Graag leveren op dinsdag 12 januari aan Hotel Maaszicht, Wilhelminakade 40, 6221 KT Maastricht.\n\n120 handdoeken wit\n"
    )
    place = the_order(mail(text, "Bestelling HM-2027-014")).ship_to
    assert place is not None
    assert place.name is not None
    assert place.name.value == "Hotel Maaszicht"


def test_numbers_between_the_lines_of_an_offer_are_no_other_mail() -> None:
    """What they order a person must see."""
    quoted = (
        "Am 09.12.2026 um 16:20 schrieb Prahl:\n> BR-2210 Bremssattel, 84,00 €\n\n2 Stück bitte\n\n> KU-77 Kupplung\n\nnein\n"
    )
    text = f"Moin,\n\nAntworten unten.\n\n{quoted}"
    found = extraction(mail(text, "AW: Angebot 4471"))
    assert found.intent is Intent.ORDER
    assert "answers_quotation" in {problem.code for problem in found.problems}


def test_goods_behind_a_place_and_a_colon_are_all_read() -> None:
    """The place leads to them, and is not their name."""
    text = (
        "bitte liefern Sie:\n\nStandort Bonn, Rheinweg 12, 53113 Bonn: 6 Kartons Handschuhe M und 12 Rollen Papier 59 cm\n"
        "Standort Siegburg, Kaiserstraße 80, 53721 Siegburg: 4 Kartons Handschuhe M\n"
    )
    assert descriptions(mail(text, "Bestellung MVZ-77120")) == ["Handschuhe M", "Papier 59 cm", "Handschuhe M"]


PORTAL = """<html><body><p>Nuovo ordine di acquisto.</p><table><tr><td>Numero ordine:</td><td>4500098812</td><td>Data ordine:</td>
<td>14/01/2027</td></tr><tr><td>Consegna richiesta:</td><td>01/02/2027</td><td>Resa:</td><td>Franco destino</td></tr></table>
<table><tr><th>Pos.</th><th>Codice</th><th>Descrizione</th><th>Quantità</th></tr>
<tr><td>10</td><td>GR-6204</td><td>Cuscinetto 6204 2RS</td><td>300</td></tr></table></body></html>"""


def test_a_table_of_labels_above_that_of_the_lines_is_the_head() -> None:
    """Portals print the head of an order in cells, two labels to a row."""
    order = the_order(mail(None, "Nuovo ordine", html=PORTAL))
    stated = [order.po_number, order.order_date, order.requested_delivery_date]
    assert [value and value.value for value in stated] == ["4500098812", "2027-01-14", "2027-02-01"]


def test_two_deliveries_are_no_goods() -> None:
    """They say how often the goods come."""
    text = (
        "proszę o dwie dostawy:\n\nw środę 20 stycznia:\n- 10 worków mąki 25 kg\n\nw środę 27 stycznia:\n- 50 paczek serwetek\n"
    )
    assert quantities(mail(text, "zamówienie nr 117/01")) == ["10", "50"]


def test_what_each_pack_holds_is_no_part_of_the_goods() -> None:
    """ "4 packs of 100 syringes" orders four packs."""
    assert (
        descriptions(mail("Please send, PO 4711:\n\n4 packs of 100 syringes 5ml\n10 boxes gloves size M\n"))[0] == "syringes 5ml"
    )


def test_each_order_goes_where_its_own_address_says() -> None:
    """Two orders of one mail, each with its number and its place."""
    text = (
        "Commande CF-1180\nLibrairie du Port\n9 quai des Belges\n13001 Marseille\n- 40 carnets A5\n- 15 rouleaux de papier\n\n"
        "Commande CF-1181\nLibrairie des Alpes\n22 rue Lafayette\n38000 Grenoble\n- 25 carnets A5\n- 12 stylos noirs\n"
    )
    orders = extraction(mail(text, "Commandes CF-1180 et CF-1181")).orders
    places = [order.ship_to.city for order in orders if order.ship_to]
    assert [(place.value, place.confidence >= 0.8) for place in places if place] == [("Marseille", True), ("Grenoble", True)]

"""Orders that people write into mails: sentences, lists and tables in several languages."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import Intent
from tests.parsers.prose.letters import extraction, goods, mail, reading, the_order

GERMAN_LIST = """Guten Tag Herr Kaiser,

für unsere Bestellung Nr. 4500-778 vom 02.11.2026 benötigen wir bis KW 47:

- 400 Stück Sechskantschraube M8x40, Art.-Nr. HX-M8-40, zu 12,50 €/100
- 12 Kartons à 50 Stück Nitrilhandschuhe Gr. 9 (Ihre Art.-Nr. NH-9)
- ein Dutzend Schutzbrillen

Lieferadresse:
Muster Maschinenbau GmbH
Werk 2, Tor 3
Industriestr. 12
70565 Stuttgart

Bitte vorher telefonisch avisieren.

Mit freundlichen Grüßen
Petra Muster
Einkauf
Muster Maschinenbau GmbH
Industriestr. 10
70565 Stuttgart
USt-IdNr. DE123456789

Diese E-Mail enthält vertrauliche Informationen.
"""

ENGLISH_PROSE = """Hi team,

please send us 20 boxes of nitrile gloves size L (art. 4711-L) and two dozen safety goggles (art. SG-12) by Friday.

Deliver to:
ACME Ltd
12 Mill Road
Leeds LS1 4AB

Kind regards
Jo Miller
"""

FRENCH_PROSE = """Bonjour,

Merci de nous livrer une douzaine de gants taille 9 (réf. G-900) et 30 casques blancs avant le 12 novembre.
Notre commande n° CDE-2026-88. Livraison à notre dépôt : Société Martin, 5 rue des Lilas, 69003 Lyon.

Cordialement,
Luc Martin
Société Martin SARL
"""

SPANISH_NUMBERED = """Hola,

Necesitamos:
1. 40 cajas de guantes de nitrilo talla M, ref. GN-M
2. 15 rollos de cinta adhesiva 50 mm
Pedido nº 2026/311, entrega el 20 de noviembre.

Un saludo
Ana"""

PLAIN_TABLE = """Hello,

Order no. 778-A

Article     Description        Qty   Unit   Price
HX-M8-40    Hex bolt M8x40     400   pcs    0.12
            Washer M8          100   pcs    0.02

Deliver by 2026-11-20 please.

Thanks
Ann"""

HTML_TABLE = """<html><body><p>Hello,</p><p>please supply the following:</p><table border=1>
<tr><th>Article</th><th>Description</th><th>Qty</th><th>Unit price</th></tr>
<tr><td>W-8</td><td>Washer M8</td><td>200 pcs</td><td>0.05 EUR</td></tr>
<tr><td>N-8</td><td>Nut M8</td><td>100 pcs</td><td>0.07 EUR</td></tr></table>
<script>document.write("<p>999 boxes of spam</p>")</script><p style="display:none">500 boxes of traps</p>
<p>Best regards<br>Ann Lee<br>Lee Ltd</p></body></html>"""


def test_a_german_list_gives_its_lines() -> None:
    """Sizes, pack contents and numbers in words are told from quantities."""
    assert goods(the_order(mail(GERMAN_LIST, "Bestellung 4500-778"))) == [
        ("HX-M8-40", "Sechskantschraube M8x40", "400", "C62"),
        ("NH-9", "Nitrilhandschuhe Gr. 9", "12", "CT"),
        (None, "Schutzbrillen", "12", None),
    ]


def test_a_price_per_hundred_keeps_its_basis() -> None:
    """12,50 €/100 is 12.50 per 100."""
    line = the_order(mail(GERMAN_LIST)).lines[0]
    assert (line.unit_price and line.unit_price.value, line.price_basis_quantity and line.price_basis_quantity.value) == (
        "12.50",
        "100",
    )


def test_the_head_of_a_german_letter_is_read_from_its_sentences() -> None:
    """Number, order date and calendar week stand in one sentence."""
    order = the_order(mail(GERMAN_LIST))
    head = (order.po_number, order.order_date, order.requested_delivery_date, order.currency)
    assert [value and value.value for value in head] == ["4500-778", "2026-11-02", "2026-11-20", "EUR"]


def test_an_address_below_its_label_is_the_ship_to() -> None:
    """A gate in the second line does not end the address, nor is its house number a quantity."""
    party = the_order(mail(GERMAN_LIST)).ship_to
    assert party is not None
    assert (party.name and party.name.value, party.postal_code and party.postal_code.value) == (
        "Muster Maschinenbau GmbH",
        "70565",
    )


def test_the_signing_company_is_the_buyer() -> None:
    """The person who signs is not the buyer's name; the mail's sender is its address."""
    buyer = the_order(mail(GERMAN_LIST, sender="P. Muster <p@muster.example>")).buyer
    assert buyer is not None
    assert (buyer.name and buyer.name.value, buyer.email and buyer.email.value) == (
        "Muster Maschinenbau GmbH",
        "p@muster.example",
    )


def test_an_instruction_is_a_note() -> None:
    """What the warehouse should know is kept in the buyer's words."""
    notes = the_order(mail(GERMAN_LIST)).notes
    assert notes is not None
    assert notes.value == "Bitte vorher telefonisch avisieren."


def test_english_prose_gives_its_lines() -> None:
    """Two items in one sentence, one of them counted in dozens."""
    assert goods(the_order(mail(ENGLISH_PROSE, "PO 4711"))) == [
        ("4711-L", "nitrile gloves size L", "20", "BX"),
        ("SG-12", "safety goggles", "24", None),
    ]


def test_a_weekday_is_reckoned_from_the_mails_own_date() -> None:
    """Friday after Monday 2 November 2026 is the 6th."""
    day = the_order(mail(ENGLISH_PROSE)).requested_delivery_date
    assert day is not None
    assert day.value == "2026-11-06"


def test_a_number_in_the_subject_alone_is_the_po_number() -> None:
    """And its evidence says where it stood."""
    number = the_order(mail(ENGLISH_PROSE, "PO 4711")).po_number
    assert number is not None
    assert (number.value, number.evidence[0].part, number.evidence[0].span) == ("4711", "subject", (3, 7))


def test_french_prose_gives_its_lines() -> None:
    """A dozen, and a bare number in a sentence that orders."""
    assert goods(the_order(mail(FRENCH_PROSE, "Commande"))) == [
        ("G-900", "gants taille 9", "12", None),
        (None, "casques blancs", "30", None),
    ]


def test_a_place_in_a_french_sentence_is_the_ship_to() -> None:
    """An address in one line is taken apart at its commas."""
    party = the_order(mail(FRENCH_PROSE)).ship_to
    assert party is not None
    assert [value and value.value for value in (party.name, party.street, party.postal_code, party.city)] == [
        "Société Martin", "5 rue des Lilas", "69003", "Lyon",
    ]  # fmt: skip


def test_a_spanish_numbered_list_gives_its_lines() -> None:
    """The digits of the list are no quantities."""
    assert goods(the_order(mail(SPANISH_NUMBERED, "Pedido"))) == [
        ("GN-M", "guantes de nitrilo talla M", "40", "BX"),
        (None, "cinta adhesiva 50 mm", "15", "RO"),
    ]


def test_a_number_with_a_slash_is_a_po_number() -> None:
    """And the day behind it is the one of delivery."""
    order = the_order(mail(SPANISH_NUMBERED))
    assert [value and value.value for value in (order.po_number, order.requested_delivery_date)] == ["2026/311", "2026-11-20"]


def test_a_table_of_spaces_is_read_by_its_columns() -> None:
    """An empty cell does not move the others."""
    assert goods(the_order(mail(PLAIN_TABLE))) == [
        ("HX-M8-40", "Hex bolt M8x40", "400", "C62"),
        (None, "Washer M8", "100", "C62"),
    ]


def test_a_table_in_html_is_read_and_what_is_hidden_is_not() -> None:
    """Scripts and invisible paragraphs order nothing."""
    assert goods(the_order(mail(None, "Order 5512", html=HTML_TABLE))) == [
        ("W-8", "Washer M8", "200", "C62"),
        ("N-8", "Nut M8", "100", "C62"),
    ]


def test_an_html_table_wins_over_a_plain_alternative_without_one() -> None:
    """The plain text of mail programs loses the columns."""
    both = mail("please supply the following: Article Description Qty W-8 Washer M8 200 pcs", "Order 5512", html=HTML_TABLE)
    assert len(the_order(both).lines) == 2


def test_goods_that_are_not_wanted_are_not_ordered() -> None:
    """ "Do not send" and "still have" keep their goods out."""
    body = (
        "We need 20 boxes of gloves. Please do not send the 5 boxes of masks, we still have enough. Also add 3 pallets of paper."
    )
    assert [line[1] for line in goods(the_order(mail(body, "PO 123")))] == ["gloves", "paper"]


def test_a_bare_list_without_a_word_is_an_order() -> None:
    """Articles and quantities say enough."""
    assert goods(the_order(mail("20 x HX-M8-40\n10 x W-M8-ZN\n", ""))) == [
        ("HX-M8-40", None, "20", None),
        ("W-M8-ZN", None, "10", None),
    ]


def test_an_entry_with_its_own_day_keeps_it() -> None:
    """A day in a list's entry is the line's."""
    order = the_order(
        mail("Please supply:\n- 20 boxes gloves by 12 November 2026\n- 5 rolls tape by 19 November 2026\n", "PO 100-1")
    )
    days = [line.requested_delivery_date for line in order.lines]
    assert [day and day.value for day in days] == ["2026-11-12", "2026-11-19"]


def test_evidence_spans_point_at_the_words_in_the_text_that_people_see() -> None:
    """Cutting away quotations and signatures does not move them."""
    document = reading(mail(GERMAN_LIST))
    line = document.reading.extraction.orders[0].lines[0]
    assert line.description is not None
    span = line.description.evidence[0].span
    assert span is not None
    assert document.body_text[span[0] : span[1]] == "Sechskantschraube M8x40"


@pytest.mark.parametrize(
    ("subject", "body", "intent"),
    [
        ("Change to PO 4711", "Please change line 3 from 20 to 30 boxes.", Intent.ORDER_CHANGE),
        ("PO 4711", "Please cancel line 3 of our order.", Intent.ORDER_CHANGE),
        ("Bestellung 4711", "Bitte erhöhen Sie Position 20 auf 500 Stück.", Intent.ORDER_CHANGE),
        ("Commande 4711", "Merci de modifier la quantité de la ligne 2 : 30 au lieu de 20.", Intent.ORDER_CHANGE),
        ("Storno", "Leider müssen wir unsere Bestellung 4711 vollständig stornieren.", Intent.ORDER_CANCELLATION),
        ("PO 4711", "Unfortunately we have to cancel our order PO 4711.", Intent.ORDER_CANCELLATION),
        ("Commande n° 4711", "Bonjour, merci d'annuler la commande 4711.", Intent.ORDER_CANCELLATION),
        ("PO 4711", "Where is our order PO 4711? We are still waiting for the 20 boxes of gloves.", Intent.ORDER_STATUS_ENQUIRY),
        ("Bestellung 4711", "Wann kommt unsere Bestellung 4711? Wir warten noch auf 20 Kartons.", Intent.ORDER_STATUS_ENQUIRY),
        ("Commande 4711", "Bonjour, où en est notre commande ?", Intent.ORDER_STATUS_ENQUIRY),
        ("Return", "We would like to return 3 boxes of gloves from PO 4711, they arrived damaged.", Intent.RETURN_REQUEST),
        ("Retoure", "Wir möchten 3 Kartons Handschuhe zurücksenden, sie kamen beschädigt an.", Intent.RETURN_REQUEST),
        ("Retour", "Nous souhaitons retourner 3 cartons de gants endommagés.", Intent.RETURN_REQUEST),
        ("Price enquiry", "Could you quote 200 boxes of gloves size M please? Delivery by Friday.", Intent.QUOTE_REQUEST),
        ("Anfrage", "Bitte senden Sie uns ein Angebot über 400 Stück Schrauben.", Intent.QUOTE_REQUEST),
        ("Newsletter May", "Our latest offers: 20 boxes of gloves at 50.00 EUR. Unsubscribe here.", Intent.OTHER),
        ("Automatic reply: PO 4711", "I am out of the office until 12 November.", Intent.OTHER),
        ("Abwesenheitsnotiz: Bestellung 4711", "Ich bin bis 12.11. nicht im Büro.", Intent.OTHER),
        ("Invoice 2026-1", "Please find attached our invoice for your order 4711: 20 boxes of gloves 50.00 EUR.", Intent.OTHER),
        ("Ihre Bestellung", "Wir bestätigen Ihre Bestellung über 20 Kartons Handschuhe.", Intent.OTHER),
    ],
)
def test_a_mail_is_what_it_asks_for(subject: str, body: str, intent: Intent) -> None:
    """An order number and quantities alone do not make an order."""
    assert extraction(mail(body, subject)).intent is intent


def test_a_mail_that_is_no_order_fills_none() -> None:
    """Goods that are named in a return are not ordered."""
    assert extraction(mail("We would like to return 3 boxes of gloves, they arrived damaged.", "Return")).orders == ()


def test_a_change_names_the_changed_lines_alone() -> None:
    """The new quantity counts, and a dropped line has quantity 0."""
    order = the_order(mail("Please change line 3 of our PO 4711 from 20 to 30 boxes and cancel line 4.", "Change to PO 4711"))
    changed = [(line.line_number and line.line_number.value, line.quantity and line.quantity.value) for line in order.lines]
    assert (order.kind, changed) == ("order_change", [("3", "30"), ("4", "0")])


def test_instead_of_replaces_the_old_quantity() -> None:
    """ "Instead of 10" is not ordered."""
    order = the_order(mail("Change to our order PO 88-1: instead of 10 boxes of gloves please send 15 boxes.", "Change"))
    assert [(line[1], line[2]) for line in goods(order)] == [("gloves", "15")]


def test_a_cancellation_has_a_number_and_no_lines() -> None:
    """A full cancellation needs nothing else."""
    order = the_order(mail("Please cancel our purchase order 4711-A with the 20 boxes of gloves.", "Cancel"))
    assert (order.kind, order.po_number and order.po_number.value, order.lines) == ("order_cancellation", "4711-A", ())


def test_long_gaps_behind_leading_words_take_no_time() -> None:
    """Blanks behind words that lead to numbers, dates and places; the test's time limit is its bound."""
    leads = (
        "PO no",
        "our order",
        "deliver to",
        "by",
        "price",
        "art.",
        "qty",
        "Bestellung",
        "Von:",
        "at",
        "per",
        "pos",
        "(",
        "- 5",
    )
    body = "Please send us 5 boxes of gloves.\n" + "".join(lead + " " * 3000 + "x\n" for lead in leads)
    assert extraction(b"From: a@b.example\nSubject: PO 4711\nDate: x\n\n" + body.encode()).intent is Intent.ORDER


def test_entries_with_positions_keep_their_own_numbers() -> None:
    """ "Pos. 10:" opens an entry, it does not end a sentence."""
    entries = "Pos. 10: 200 Stück CD-125 (Trennscheibe 125 mm) à 1,20 EUR\nPos. 20: 5 Stück SPN-17 (Schlüssel 17 mm) à 9,31 EUR\n"
    body = f"unsere Bestellung 4711-B:\n\n{entries}"
    lines = [
        (line.line_number and line.line_number.value, line.quantity and line.quantity.value)
        for line in the_order(mail(body)).lines
    ]
    assert lines == [("10", "200"), ("20", "5")]


def test_sizes_and_packs_behind_the_goods_are_no_lines() -> None:
    """An entry of a list names one thing."""
    body = (
        "Wir bestellen:\n- 10 Kartons Papierhandtücher 3000 Blatt, Karton, Art. HT2-ZF\n- 6 Stück Reiniger, 10 l, Art. CLN-10\n"
    )
    assert [(line[0], line[2]) for line in goods(the_order(mail(body, "Bestellung 47-1")))] == [("HT2-ZF", "10"), ("CLN-10", "6")]


def test_two_headings_with_numbers_are_two_orders() -> None:
    """Each with the goods below it."""
    body = "Two orders today please:\n\nPO 1001:\n- 5 x A-100\n- 6 x A-200\n\nPO 1002:\n- 7 x B-100\n\nThanks"
    found = [(order.po_number and order.po_number.value, len(order.lines)) for order in extraction(mail(body, "Orders")).orders]
    assert found == [("1001", 2), ("1002", 1)]


def test_dutch_dozen_are_boxes() -> None:
    """And "en" is "and", not a European standard."""
    body = "Graag bestellen wij 10 dozen handschoenen maat L (art. 4711-L) en 24 veiligheidsbrillen. Ons ordernummer is B-5512."
    assert goods(the_order(mail(body, "Bestelling"))) == [
        ("4711-L", "handschoenen maat L", "10", "BX"),
        (None, "veiligheidsbrillen", "24", None),
    ]


def test_polish_prose_gives_its_lines() -> None:
    """Genitives and abbreviations."""
    body = "Dzień dobry,\nprosimy o dostawę 200 szt. śrub M8x40 (indeks HX-M8-40) oraz 2 opakowań nakrętek M8, nr kat. N-8."
    assert [(line[0], line[2], line[3]) for line in goods(the_order(mail(body, "Zamówienie nr ZAM/88")))] == [
        ("HX-M8-40", "200", "C62"),
        ("N-8", "2", "PK"),
    ]


def test_a_correction_of_a_confirmed_order_is_a_change() -> None:
    """Not a new order of the right quantity."""
    body = "we received your order confirmation for PO 5512, but we need 40 boxes of gloves instead of 30. Please correct."
    order = the_order(mail(body, "Re: Order confirmation 5512"))
    assert (order.kind, goods(order)[0][1:3]) == ("order_change", ("gloves", "40"))


@pytest.mark.parametrize(
    ("body", "subject", "lines"),
    [
        (
            "Please send us 20 metres of PVC cable 3x1.5 (art. IK-70) and 5 boxes of gloves size 9 (art. NH-21).",
            "PO 100-1",
            [("IK-70", "PVC cable 3x1.5", "20", "MTR"), ("NH-21", "gloves size 9", "5", "BX")],
        ),
        (
            "prosimy o dostawę:\n1. tarcze do cięcia 125 mm, kod TC-12 - 60 szt.\n2. sól drogowa 25 kg, kod SD-33 - 8 worków",
            "Zamówienie ZAM/1",
            [("TC-12", "tarcze do cięcia 125 mm", "60", "C62"), ("SD-33", "sól drogowa 25 kg", "8", "BG")],
        ),
        (
            "Can we get two dozen safety goggles, six rolls of tape 50 mm and half a dozen dust masks tomorrow?",
            "PO 100-2",
            [(None, "safety goggles", "24", None), (None, "tape 50 mm", "6", "RO"), (None, "dust masks", "6", None)],
        ),
    ],
)
def test_words_that_look_like_ends_or_sizes_are_told_apart(
    body: str, subject: str, lines: list[tuple[str | None, str, str, str | None]]
) -> None:
    """A measure where an item begins is a quantity; "do" ends no goods unless a day follows; one counted thing leads others."""
    assert goods(the_order(mail(body, subject))) == lines


def test_a_day_with_a_point_does_not_end_its_sentence() -> None:
    """ "zum 7. Januar 2027" is one day."""
    day = the_order(
        mail("bitte liefern Sie uns zum 7. Januar 2027 die 5 Kartons Handschuhe.", "Bestellung 100-1")
    ).requested_delivery_date
    assert day is not None
    assert day.value == "2027-01-07"


@pytest.mark.parametrize(
    ("closing", "name"),
    [
        ("Jo Miller\nMill Road Joinery Ltd", "Mill Road Joinery Ltd"),
        ("Best,\nJo\nCambio Labs", "Cambio Labs"),
        ("Cheers\nJo", None),
        ("Kind regards\nJo Miller\nPurchasing Manager", None),
    ],
)
def test_who_signs_is_the_company_and_no_person(closing: str, name: str | None) -> None:
    """With or without a closing word; a first name or a position is nobody's company."""
    buyer = the_order(mail(f"Please send 5 boxes of gloves.\n\n{closing}", "PO 100-1")).buyer
    assert (buyer.name.value if buyer and buyer.name else None) == name


def test_a_unit_in_brackets_is_the_unit() -> None:
    """And no part of the description."""
    body = "we would like to order:\n20 x RS-34 rock salt 25 kg (bags)\n6 x HS-10 hand sanitiser 500 ml (bottles)"
    assert goods(the_order(mail(body, "PO 100-1"))) == [
        ("RS-34", "rock salt 25 kg", "20", "BG"),
        ("HS-10", "hand sanitiser 500 ml", "6", "BO"),
    ]


def test_a_day_that_is_past_is_not_wanted() -> None:
    """ "Last Friday" says when something was; "next week is fine" says when it may come."""
    past = the_order(mail("Please send 5 boxes of gloves, we spoke last Friday.", "PO 100-1"))
    fine = the_order(mail("Please send 5 boxes of gloves.\n\nNext week is fine.", "PO 100-1"))
    assert past.requested_delivery_date is None
    assert fine.requested_delivery_date is not None


def test_a_number_alone_in_the_subject_is_the_orders() -> None:
    """No word says so, but there is no other; the number of a quotation is another paper's."""
    body = "8 cans of cleaner\n40 rolls of film"
    named = the_order(mail(body, "BE26-1909 - stock order")).po_number
    quoted = the_order(mail(f"Please send us:\n{body}", "Quotation 2026-188")).po_number
    assert (named and named.value, quoted) == ("BE26-1909", None)


def test_goods_that_both_know_of_are_not_ordered() -> None:
    """ "The 24 rolls on backorder" are no new order, the sentence before them is."""
    body = "We need 20 boxes of gloves. The 24 rolls of tape on backorder can be left as they are."
    assert [line[1] for line in goods(the_order(mail(body, "PO 100-1")))] == ["gloves"]


def test_goods_with_a_number_that_is_not_understood_stop_the_order() -> None:
    """An entry of a list without a line is named, and blocks."""
    body = "please supply:\n1. gloves, art. NH-1 - 60 boxes\n2. hand soap, art. HS-2 - 2500 zorbs refilled weekly\n"
    found = extraction(mail(body, "PO 100-1"))
    problems = [problem for problem in found.problems if problem.code == "unread_values"]
    assert len(found.orders[0].lines) == 2 or (problems and "2500" in problems[0].message)


def test_a_sentence_ends_behind_a_bracket() -> None:
    """What follows "(ref. S-12)." is another sentence."""
    wanted = "Il nous faut 5 boîtes de gants (G-12) et 4 paires de chaussures pointure 43 (S-12)."
    body = f"{wanted} N'envoyez pas de masques, il nous en reste 60."
    assert [(line[1], line[2]) for line in goods(the_order(mail(body, "Commande 100-1")))] == [
        ("gants", "5"),
        ("chaussures pointure 43", "4"),
    ]


@pytest.mark.parametrize(
    ("subject", "body", "lines"),
    [
        (
            "Bestellung 26-1",
            "bitte liefern Sie:\n  8 St.  660.12.4  Kugelhahn DN25 PN40\n 40 St.  710.00.1  Flachdichtung DN50",
            [("660.12.4", "Kugelhahn DN25 PN40", "8", "C62"), ("710.00.1", "Flachdichtung DN50", "40", "C62")],
        ),
        (
            "PO 8841",
            "kindly send:\nQty 15 boxes - GLV-S - gloves, small\nQty 20 boxes - GLV-M - gloves, medium",
            [("GLV-S", "gloves, small", "15", "BX"), ("GLV-M", "gloves, medium", "20", "BX")],
        ),
        (
            "pièces",
            "mets-moi de côté pour demain matin :\n4 x W712/75 filtre à huile\n1 x DF6123 jeu de disques\nje passe les prendre.",
            [("W712/75", "filtre à huile", "4", None), ("DF6123", "jeu de disques", "1", None)],
        ),
        ("bags", "could you do me 200 half-dozen egg boxes for Saturday?", [(None, "half-dozen egg boxes", "200", None)]),
    ],
)
def test_lists_and_requests_in_peoples_own_style_are_read(
    subject: str, body: str, lines: list[tuple[str | None, str, str, str | None]]
) -> None:
    """Articles numbered by figures or letters alone, what is said below a list, packs named by a number."""
    assert goods(the_order(mail(body, subject))) == lines


def test_a_greeting_is_no_day() -> None:
    """ "Guten Morgen" is not tomorrow."""
    body = "Guten Morgen Herr Ott,\n\nkönnen Sie mir am Donnerstag 5 Rollen Müllsäcke 120 l bringen?"
    day = the_order(mail(body, "Bestellung 100-1")).requested_delivery_date
    assert day is not None
    assert day.value == "2026-11-05"


@pytest.mark.parametrize(
    "body",
    [
        "Bestellung 4711" + " " * 20_000 + "vom 3.11.2026: 5 Kartons Handschuhe",
        "our PO" + " word" * 4_000 + " 4711-A please send 5 boxes of gloves",
        "please send 5 boxes of gloves\n\nKind regards\n" + "Jo" + " " * 20_000 + "Miller\nMill Ltd",
    ],
)
def test_long_gaps_and_long_lines_take_no_time(body: str) -> None:
    """What a fuzzer found to be slow; the test's time limit is its bound."""
    assert extraction(mail(body, "Order 4711-B")).intent is Intent.ORDER

"""What documents are, by the words that head them."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import Intent
from parsers.intent import intent_of_document, intent_of_mail
from parsers.phrases import Phrasebook, folded, tokens_of

DOCUMENTS = [
    ("ACME\nPURCHASE ORDER\nInvoice to:\nx", Intent.ORDER),
    ("B E S T E L L U N G  4711\nRechnung an: x", Intent.ORDER),
    ("Bon de commande n° 12\nAdresse de facturation", Intent.ORDER),
    ("Orden de compra 55", Intent.ORDER),
    ("Ordine di acquisto n. 55", Intent.ORDER),
    ("Inkooporder 55", Intent.ORDER),
    ("ZAMÓWIENIE NR 5/2026", Intent.ORDER),
    ("Purchase order change 3\nPO number 4711", Intent.ORDER_CHANGE),
    ("Bestelländerung\nBestellnummer 4711", Intent.ORDER_CHANGE),
    ("BESTELLAENDERUNG", Intent.ORDER_CHANGE),
    ("Stornierung der Bestellung 4711", Intent.ORDER_CANCELLATION),
    ("Annulation de commande", Intent.ORDER_CANCELLATION),
    ("Request for quotation", Intent.QUOTE_REQUEST),
    ("Anfrage 55\nBitte bieten Sie an", Intent.QUOTE_REQUEST),
    ("INVOICE\nInvoice No 4\nOrder number 33\nShip to", Intent.OTHER),
    ("Auftragsbestätigung\nIhre Bestellnummer: 3\nBestelldatum", Intent.OTHER),
    ("Order confirmation 44\nOrder number 4", Intent.OTHER),
    ("Rechnung Nr. 12\nIhre Bestellung 4711 vom 3.3.", Intent.OTHER),
    ("FACTURE\nVotre commande 12", Intent.OTHER),
    ("Lieferschein\nBestellnummer 4711", Intent.OTHER),
    ("Statement of account\nInvoice number", Intent.OTHER),
    ("nothing to see", Intent.OTHER),
]


@pytest.mark.parametrize(("text", "intent"), DOCUMENTS)
def test_a_document_is_what_its_head_says(text: str, intent: Intent) -> None:
    """Titles count, references to other papers do not."""
    assert intent_of_document(text) is intent


def test_the_largest_letters_count_most() -> None:
    """A title outweighs a form's small heading."""
    assert intent_of_document("Invoice\n", "PURCHASE ORDER") is Intent.ORDER


def test_where_nothing_says_the_caller_decides() -> None:
    """A bare table is what its reader takes it for."""
    assert intent_of_document("A-1 20\nA-2 30", default=Intent.ORDER) is Intent.ORDER


@pytest.mark.parametrize(
    ("subject", "body", "intent"),
    [
        ("Pedido 55", "Por favor envíen 20 cajas.", Intent.ORDER),
        ("Zamówienie nr 5", "Prosimy o dostawę 20 szt.", Intent.ORDER),
        ("Ordine 12", "Vi preghiamo di inviarci 20 scatole.", Intent.ORDER),
        ("Bestelling 12", "Graag ontvangen wij 20 dozen.", Intent.ORDER),
        ("Ordine 12", "Vorremmo annullare il nostro ordine 12.", Intent.ORDER_CANCELLATION),
        ("Bestelling 12", "Wat is de status van onze bestelling?", Intent.ORDER_STATUS_ENQUIRY),
        ("Zwrot", "Chcemy zwrócić 3 kartony, są uszkodzone.", Intent.RETURN_REQUEST),
        ("Presupuesto", "¿Cuál es su mejor precio para 200 cajas?", Intent.QUOTE_REQUEST),
        (
            "Order",
            "As per your quotation Q-12 please supply 20 boxes. Please confirm the order and send the invoice to ap@acme.",
            Intent.ORDER,
        ),
        (
            "Bestellung",
            "Gemäß Ihrem Angebot bestellen wir 20 Stück. Bitte um Auftragsbestätigung. Rechnung an die Zentrale.",
            Intent.ORDER,
        ),
    ],
)
def test_mails_of_other_languages_are_understood(subject: str, body: str, intent: Intent) -> None:
    """And courtesies do not turn an order into something else."""
    assert intent_of_mail(subject, body) is intent


def test_a_phrase_does_not_reach_over_a_sentence_end() -> None:
    """A gap stays within its sentence."""
    book = Phrasebook([("cancel ... order", "cancel")])
    texts = ("cancel our last order", "We cancel nothing. Our order follows")
    assert [bool(book.matches(tokens_of(text))) for text in texts] == [True, False]


def test_umlauts_match_their_two_letter_spelling() -> None:
    """ "ä" and "ae" are one."""
    assert folded("Änderung") == folded("Aenderung")


@pytest.mark.parametrize(
    ("subject", "body", "intent"),
    [
        ("Re: Quotation 88", "Thanks for the quote, please go ahead with 5 boxes.", Intent.ORDER),
        ("AW: Ihre Anfrage", "danke für das Angebot. Dann bestellen wir 10 Rollen.", Intent.ORDER),
        ("PO 4711", "Please disregard PO 4711, it was raised twice.", Intent.ORDER_CANCELLATION),
        ("4711", "wir brauchen die 5 Kartons nicht mehr, bitte die ganze Bestellung zurücknehmen", Intent.ORDER_CANCELLATION),
        ("Your order 4711", "Your order 4711 is on its way.", Intent.OTHER),
        ("Uw bestelling 4711", "Uw bestelling is vandaag verzonden.", Intent.OTHER),
        ("PO 4711", "Can you let me know when PO 4711 will arrive?", Intent.ORDER_STATUS_ENQUIRY),
    ],
)
def test_a_mail_in_other_words_is_understood(subject: str, body: str, intent: Intent) -> None:
    """The subject of a reply is an old one; "your order" is said by sellers."""
    assert intent_of_mail(subject, body) is intent


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "Witam, czy wiadomo już kiedy przyjedzie reszta z zamówienia 2311/26? Brakuje 20 wędek."),
        ("es", "Hola, ¿se sabe ya cuándo viene el resto del pedido 2311?"),
        ("fr", "Bonjour, sait-on déjà quand arrive le reste de la commande 2311 ?"),
        ("it", "Buongiorno, si sa già quando arriva il resto dell'ordine 2311?"),
        ("nl", "Hallo, is al bekend wanneer de rest van bestelling 2311 komt?"),
        ("de", "Hallo, ist schon bekannt wann der Rest der Bestellung 2311 kommt?"),
        ("en", "Hello, do we know when the rest of order 2311 gets here?"),
    ],
)
def test_whoever_asks_when_the_rest_comes_asks_for_the_status(language: str, text: str) -> None:
    """The rest was ordered before."""
    assert intent_of_mail("2311/26", text, language) is Intent.ORDER_STATUS_ENQUIRY


def test_what_stays_as_it_was_makes_a_change() -> None:
    """Only an order that was made before can stay as it was."""
    text = "Hola: en el pedido P-9090 queremos 10 pares de botas talla 44 en lugar de 6. Lo demás queda igual."
    assert intent_of_mail("pedido P-9090", text, "es") is Intent.ORDER_CHANGE

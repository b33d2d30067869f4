"""Numbers that count no goods make no lines; what adds to an order and names no goods is asked about, in seven languages."""

from __future__ import annotations

import pytest

from benchmarks.capture.scoring import blocking_findings
from parsers.wordlists import terms, words_file
from tests.parsers.prose.letters import extraction, goods, mail, the_order
from tests.parsers.prose.orders import ORDERS


def _stops(language: str, sentence: str) -> bool:
    """Whether a person is asked about an order with such a sentence."""
    found = extraction(mail(ORDERS[language].format(sentence), "4711"))
    return not found.orders or any(blocking_findings(found, place) for place in range(len(found.orders)))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The gateway is only 3.20 m high, no lorry over 7.5 t please."),
        ("de", "Unser Hof ist nur für Fahrzeuge bis 18 t."),
        ("fr", "Le passage ne fait que 3,20 m de haut, pas de camion de plus de 7,5 t."),
        ("es", "Nuestro patio solo admite vehículos de hasta 18 t."),
        ("it", "Il passaggio è alto solo 3,20 m, niente camion oltre 7,5 t."),
        ("nl", "Ons terrein is alleen voor voertuigen tot 18 t."),
        ("pl", "Przejazd ma tylko 3,20 m wysokości, żadnych ciężarówek powyżej 7,5 t."),
        ("en", "Please send the invoice in 2 copies."),
        ("fr", "Merci d'envoyer la facture en deux exemplaires."),
        ("es", "Enviad la factura por 2 copias."),
        ("it", "Inviateci la fattura in 2 copie."),
        ("nl", "De factuur graag in 2-voud."),
        ("pl", "Fakturę prosimy w 2 egzemplarzach."),
        ("en", "Two of my colleagues are on holiday, so please send questions to me."),
        ("de", "Wir haben am Samstag 120 Gäste und es wird knapp."),
        ("fr", "Deux de mes collègues sont en congé, adressez-moi vos questions."),
        ("es", "El sábado tenemos 120 invitados y vamos justos."),
        ("it", "Sabato abbiamo 120 ospiti e siamo quasi a secco."),
        ("nl", "Twee van mijn collega's zijn met vakantie, vragen graag aan mij."),
        ("pl", "W sobotę mamy 120 gości i kończy nam się zapas."),
        ("en", "Use entrance 3 and ring at gate 2."),
        ("de", "Bitte Einfahrt 3 benutzen und an Tor 2 klingeln."),
        ("fr", "Prenez l'entrée 3 et sonnez au portail 2."),
        ("es", "Entrega en el edificio 12, planta 3, despacho 304."),
        ("it", "Consegna all'edificio 12, 3° piano, stanza 304."),
        ("nl", "Aflevering bij gebouw 12, 3e verdieping, kamer 304."),
        ("pl", "Dostawa do budynku 12, 3 piętro, pokój 304."),
    ],
)
def test_numbers_of_lorries_copies_people_and_doors_are_no_goods(language: str, sentence: str) -> None:
    """The order has its one line, and nobody is asked."""
    assert not _stops(language, sentence)
    assert [line[2] for line in goods(the_order(mail(ORDERS[language].format(sentence), "4711")))] == ["20"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "And 5 of the blue ones."),
        ("de", "Und 5 von den blauen."),
        ("fr", "Et 2 grands."),
        ("es", "Y 5 de los azules."),
        ("it", "E 5 di quelli blu."),
        ("nl", "En 5 van de blauwe."),
        ("pl", "I 2 duże."),
        ("en", "12 on Monday and the 8 others later."),
        ("fr", "12 lundi et les 8 autres plus tard."),
        ("es", "12 el lunes y las otras 8 más tarde."),
        ("it", "12 lunedì e le altre 8 più avanti."),
        ("de", "5 weniger gingen auch."),
        ("fr", "5 de moins iraient aussi."),
        ("es", "5 menos también valdrían."),
        ("it", "Anche 5 in meno andrebbero bene."),
        ("nl", "5 minder mag ook."),
        ("pl", "3 mniej z pierwszej pozycji."),
        ("de", "Dazu noch 6 wie immer."),
        ("fr", "Et encore 6 comme d'habitude."),
        ("it", "E altri 6 come al solito."),
        ("nl", "Nog 4 zoals altijd."),
        ("pl", "I jeszcze 6 jak zwykle."),
        ("en", "Goods for 2 sites."),
        ("de", "Ware für 2 Baustellen."),
        ("fr", "La marchandise est pour 2 chantiers."),
        ("es", "Es para 2 obras."),
        ("it", "Merce per 2 cantieri."),
        ("nl", "Spullen voor 2 bouwplaatsen."),
        ("pl", "Towar na 2 budowy."),
        ("en", "Half for each of our 2 shops."),
        ("nl", "Graag per 10 verpakken."),
    ],
)
def test_numbers_without_goods_and_several_places_are_asked_about(language: str, sentence: str) -> None:
    """A colour, a day, a comparison names nothing that could be sent; two sites are two deliveries."""
    assert _stops(language, sentence)


def test_a_colour_behind_a_number_of_the_goods_is_their_name() -> None:
    """The article number says what it is."""
    body = "Hello,\n\nplease send on PO 4711:\n\n- 5 x blue (KB-200-BL)\n- 3 x red (KB-200-RD)\n\nThanks\nJo"
    found = extraction(mail(body, "4711"))
    assert "unread_wish" not in {problem.code for problem in found.problems}


def test_copies_that_are_ordered_are_goods() -> None:
    """Only "in so many copies" is how a paper is made."""
    order = the_order(
        mail("Bonjour,\n\nmerci de livrer 500 exemplaires du catalogue (réf. CAT-27), commande n° 4711.\n\nJo", "4711")
    )
    assert [line[2] for line in goods(order)] == ["500"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Mon poste est le 212."),
        ("pl", "Certyfikaty prosimy w 3 egzemplarzach."),
        ("nl", "Hopelijk komen we zo boven de 250 EUR."),
        ("nl", "Uw laatste levering van 12 oktober kwam prima aan."),
    ],
)
def test_words_that_only_look_like_days_ask_for_none(language: str, sentence: str) -> None:
    """ "Mon" is Monday in English alone, "we zo" leads to no Sunday, a past delivery was another one."""
    assert the_order(mail(ORDERS[language].format(sentence), "4711")).requested_delivery_date is None


def test_a_week_that_a_polish_letter_names_is_one() -> None:
    """Behind "w" stands the number, and then the word for a week."""
    order = the_order(mail(ORDERS["pl"].format("Dostawa w 48 tygodniu."), "4711"))
    assert order.requested_delivery_date is not None
    assert order.requested_delivery_date.value == "2026-11-27"


def test_every_language_has_words_for_what_is_not_counted() -> None:
    """Seven languages, none forgotten."""
    for name, lists in words_file("not_counted.yaml").items():
        assert set(lists) == set(ORDERS), name
        assert all(list(terms(listed)) for listed in lists.values()), name

"""Sentences that customers write beside their orders: what alters nothing is asked nothing, what alters something is."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import Intent
from tests.parsers.prose.letters import extraction, mail
from tests.parsers.prose.orders import ORDERS


def _errors(language: str, sentence: str) -> set[str]:
    body = ORDERS[language].format(sentence)
    return {problem.code for problem in extraction(mail(body, "4711")).problems if problem.severity == "error"}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Deliveries go to the lodge, 8 to 5, except Wednesday afternoons."),
        ("fr", "Livraison à la loge de 8h à 17h, sauf le mercredi après-midi."),
        ("de", "Die leeren Kisten vom letzten Mal können Sie gleich wieder mitnehmen, sie stehen im Hof."),
        ("it", "Se passi dopo le 15 ci trovi sicuramente, la mattina il locale è chiuso."),
        ("fr", "Livraison à notre laboratoire habituel."),
        ("es", "Si falta algo me avisáis, por favor."),
        ("en", "Before 11 if at all possible as we open at 12."),
        ("en", "Please don't leave it out in the rain."),
        ("de", "Unsere Bestellnummer muss auf dem Lieferschein stehen, sonst wird die Ware nicht angenommen."),
        ("es", "Perdón por el pedido tan tarde, ayer se me olvidó mandarlo."),
        ("nl", "Het pakket van vorige week is goed aangekomen, bedankt."),
    ],
)
def test_sentences_that_alter_nothing_are_asked_nothing(language: str, sentence: str) -> None:
    """Hours, empties, usual places, weather, what came last week."""
    assert _errors(language, sentence) == set()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Don't send them until I call you."),
        ("pl", "Proszę nie wysyłać, dopóki nie zadzwonię."),
        ("fr", "Merci d'attendre notre confirmation avant de livrer."),
        ("en", "Please pack them in tens."),
        ("de", "Bitte zu je zehn verpacken."),
        ("fr", "Merci de les emballer par dix."),
        ("pl", "Proszę pakować po dziesięć."),
        ("en", "We only take the ones with long cuffs."),
        ("nl", "Wij nemen alleen die met lange manchetten."),
        ("it", "Prendiamo solo quelli col polsino lungo."),
        ("pl", "Plus to co zwykle do sprzątania."),
    ],
)
def test_wishes_in_few_words_are_asked_about(language: str, sentence: str) -> None:
    """Goods that wait, goods packed by number, some of the goods alone."""
    assert _errors(language, sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "See you at the fair on Thursday."),
        ("es", "Nos vemos el jueves en la feria."),
        ("de", "Ich bin am Montag nicht da, meine Kollegin Anna nimmt es an."),
        ("nl", "Ik ben er maandag niet, mijn collega Anna neemt het aan."),
        ("fr", "Marion est malade cette semaine, c'est donc moi qui commande à sa place."),
        ("en", "Deliveries go to the lodge, 8 to 5, except Wednesday afternoons."),
    ],
)
def test_days_of_fairs_and_of_absence_are_no_days_of_delivery(language: str, sentence: str) -> None:
    """Nor is a day on which nobody takes goods in."""
    (order,) = extraction(mail(ORDERS[language].format(sentence), "4711")).orders
    assert order.requested_delivery_date is None


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "If the boxes are longer than 2 m please ring first."),
        ("it", "Se le scatole sono più lunghe di 2 m chiamateci."),
        ("en", "Our street is narrow, so nothing bigger than 7.5 tonnes please."),
    ],
)
def test_what_something_is_compared_with_is_no_quantity(language: str, sentence: str) -> None:
    """ "Longer than 2 m" orders no two metres."""
    (order,) = extraction(mail(ORDERS[language].format(sentence), "4711")).orders
    assert len(order.lines) == 1


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("nl", "Mijn telefoon is kapot, dus alleen per mail."), ("pl", "Jeśli wyjdzie ponad 100 euro, to rezygnujemy.")],
)
def test_one_sentence_makes_an_order_no_return_and_no_cancellation(language: str, sentence: str) -> None:
    """What asks for goods under a number of its own is an order, whatever else is told."""
    assert extraction(mail(ORDERS[language].format(sentence), "4711")).intent is Intent.ORDER


def test_a_complaint_beside_an_order_is_asked_about() -> None:
    """The order is read, and a person sees the rest."""
    assert "may_be_no_order" in _errors("nl", "Van de vorige zending zijn drie dozen kapot, graag een creditnota.")

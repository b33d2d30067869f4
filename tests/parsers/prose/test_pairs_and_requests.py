"""Pairs in words are pairs, polite questions order, and discounts are no goods."""

from __future__ import annotations

import pytest

from tests.parsers.prose.letters import codes, goods, mail, the_order


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Hallo,\n\nwir brauchen fünfzehn Paar Handschuhe.\n\nGruß", ("Handschuhe", "15", "PR")),
        ("Hoi,\n\ngraag vijftien paar handschoenen.\n\nGroet", ("handschoenen", "15", "PR")),
        ("Hello,\n\nplease send fifteen pair of gloves.\n\nThanks", ("gloves", "15", "PR")),
        ("Bonjour,\n\nmerci de livrer une paire de gants.\n\nCordialement", ("gants", "1", "PR")),
        ("Hola,\n\nnecesitamos un par de cajas de guantes.\n\nSaludos", ("guantes", "2", "BX")),
    ],
)
def test_pairs_are_counted_as_pairs(sentence: str, wanted: tuple[str, str, str]) -> None:
    """Fifteen pairs are neither thirty pieces nor thirty pairs; a pair of boxes are two boxes."""
    ((_, *read),) = goods(the_order(mail(sentence, "PO-4711")))
    assert tuple(read) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "Ciao Sara,\n\nmi mandi 8 scatole di coppette da 200 cc e 20 confezioni di palettine legno?\n\nCiao",
        "Hoi,\n\nkunnen jullie morgen een dozijn veiligheidsbrillen en vijftien dozen handschoenen leveren?\n\nGroetjes",
    ],
)
def test_a_polite_question_orders(question: str) -> None:
    """However much stands between its verbs."""
    assert "may_be_no_order" not in codes(mail(question, "spullen"))


def test_a_question_about_what_was_sent_orders_nothing() -> None:
    """Its verb stands in a question, but nobody is asked to do it."""
    assert "may_be_no_order" in codes(mail("Hi,\n\ndid you send 15 boxes of gloves?\n\nKim", "delivery"))


def test_a_discount_is_no_part_of_the_goods_name() -> None:
    """It is the price's."""
    body = "Hoi,\n\ngraag bestel ik:\n\n1. 2000 stuks pluggen 8 mm grijs, art. PLG-8, € 3,20 per 100, korting 10%\n\nGroet"
    assert goods(the_order(mail(body, "Bestelling IB-2611")))[0][1] == "pluggen 8 mm grijs"

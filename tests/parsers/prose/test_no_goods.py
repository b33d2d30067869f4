"""Words that stand where goods are named and name none are asked about, in seven languages."""

from __future__ import annotations

import pytest

from tests.parsers.prose.letters import extraction, goods, mail, the_order

_ORDER = {
    "en": "Hello,\n\nplease send 200 pcs KB-200-SW{}.\n\nThanks\nJo",
    "de": "Guten Tag,\n\nwir bestellen 200 Stück KB-200-SW{}.\n\nViele Grüße\nJo",
    "fr": "Bonjour,\n\nmerci de nous livrer 200 pièces KB-200-SW{}.\n\nCordialement\nJo",
    "es": "Buenos días,\n\nenvíennos por favor 200 uds. KB-200-SW{}.\n\nUn saludo\nJo",
    "it": "Buongiorno,\n\nordiniamo 200 pz KB-200-SW{}.\n\nSaluti\nJo",
    "nl": "Goedemorgen,\n\ngraag 200 stuks KB-200-SW{}.\n\nGroet\nJo",
    "pl": "Dzień dobry,\n\nzamawiamy 200 szt. KB-200-SW{}.\n\nPozdrawiam\nJo",
}


def _errors(body: str) -> set[str]:
    return {problem.code for problem in extraction(mail(body, "PO-4711")).problems if problem.severity == "error"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ", not from the old batch"),
        ("en", " without lids"),
        ("en", " only with certificate"),
        ("en", " and the delivery in two halves"),
        ("en", " in two deliveries"),
        ("en", " (of which 50 now, the others in January)"),
        ("en", ", half now, half in January"),
        ("de", ", nicht aus der alten Charge"),
        ("de", " ohne Deckel"),
        ("de", ", nur mit Zeugnis"),
        ("de", " und die Lieferung in zwei Hälften"),
        ("de", " in zwei Lieferungen"),
        ("de", ", davon 50 sofort"),
        ("fr", ", pas de l'ancien lot"),
        ("fr", " sans couvercle"),
        ("fr", " et la livraison en deux fois"),
        ("fr", ", dont 50 tout de suite"),
        ("es", ", no del lote antiguo"),
        ("es", " sin tapa"),
        ("es", " en dos entregas"),
        ("es", ", de los cuales 50 ya"),
        ("it", ", non dal vecchio lotto"),
        ("it", " senza coperchio"),
        ("it", " in due consegne"),
        ("it", ", di cui 50 subito"),
        ("nl", ", niet uit de oude partij"),
        ("nl", " zonder deksel"),
        ("nl", " in twee leveringen"),
        ("nl", ", waarvan 50 meteen"),
        ("pl", ", nie ze starej partii"),
        ("pl", " bez pokrywy"),
        ("pl", " w dwóch dostawach"),
        ("pl", ", z czego 50 od razu"),
    ],
)
def test_what_is_denied_or_cut_up_behind_a_code_is_asked_about(language: str, words: str) -> None:
    """It would pass for the name of the goods."""
    assert "unread_wish" in _errors(_ORDER[language].format(words))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", " nitrile gloves without powder"),
        ("en", " delivery note books"),
        ("de", " Handschuhe ohne Puder"),
        ("de", " Lieferscheinblöcke"),
        ("fr", " gants sans poudre"),
        ("es", " guantes sin polvo"),
        ("it", " guanti in lattice, non sterili"),
        ("nl", " handschoenen zonder poeder"),
        ("pl", " rękawice bez pudru"),
    ],
)
def test_names_of_goods_with_such_words_are_names(language: str, words: str) -> None:
    """Goods are named first."""
    assert _errors(_ORDER[language].format(words)) == set()


def test_instalments_whose_days_the_lines_state_are_not_asked_about() -> None:
    """Each line says when it comes."""
    body = (
        "Hello,\n\nplease find our order in two deliveries.\n\nDelivery on 14 December 2026:\n- 20 boxes nitrile gloves\n\n"
        "Delivery on 11 January 2027:\n- 40 boxes paper towels\n\nThanks\nJo"
    )
    assert "unread_wish" not in _errors(body)


def test_halves_are_no_goods() -> None:
    """A number before what an order is cut into counts nothing."""
    order = the_order(mail(_ORDER["de"].format(" und die Lieferung in zwei Hälften"), "PO-4711"))
    assert [line[2] for line in goods(order)] == ["200"]

"""What a writer tells of himself, of people and the weather is asked nothing; what somebody thinks of goods is asked about."""

from __future__ import annotations

import pytest

from tests.parsers.prose.letters import extraction, mail
from tests.parsers.prose.orders import ORDERS


def _errors(language: str, sentence: str) -> set[str]:
    body = ORDERS[language].format(sentence)
    return {problem.code for problem in extraction(mail(body, "4711")).problems if problem.severity == "error"}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "We have had nothing but rain for weeks."),
        ("en", "My husband is not well at the moment."),
        ("en", "It's been quiet, but Christmas always picks up."),
        ("de", "Mein Mann kommt mit dem Computer nicht klar."),
        ("de", "Der Sommer war nass, aber wir sind guter Dinge."),
        ("de", "Die Kinder waren krank, aber es war nicht schlimm."),
        ("fr", "Il a fait froid, mais la saison était belle."),
        ("fr", "Mon mari n'est pas encore rentré."),
        ("es", "Mi marido todavía no está bien."),
        ("es", "La temporada fue floja, pero el verano fue bueno."),
        ("it", "Mio marito non sta ancora bene."),
        ("it", "L'estate non è stata un granché."),
        ("nl", "Mijn man is nog niet beter."),
        ("nl", "Het weer was niet best."),
        ("pl", "Mój mąż jeszcze nie wrócił z sanatorium."),
        ("pl", "Pogoda była fatalna, ale sezon był dobry."),
    ],
)
def test_what_somebody_tells_of_himself_is_asked_nothing(language: str, sentence: str) -> None:
    """It alters no goods, whatever small words stand in it."""
    assert "unread_wish" not in _errors(language, sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "My boss does not like plastic."),
        ("en", "The team won't use the old kind."),
        ("en", "My husband says not too many."),
        ("de", "Mein Chef mag kein Plastik."),
        ("de", "Die Kinder vertragen kein Latex."),
        ("de", "Das Team will nicht die billigen."),
        ("fr", "Mon patron n'aime pas le plastique."),
        ("fr", "L'équipe ne veut pas de latex."),
        ("es", "A mi jefe no le gusta el plástico."),
        ("es", "El equipo no usa látex."),
        ("it", "Il capo non vuole plastica."),
        ("it", "I ragazzi non usano lattice."),
        ("nl", "Mijn baas wil geen plastic."),
        ("nl", "Het team gebruikt geen latex."),
        ("pl", "Szef nie lubi plastiku."),
        ("pl", "Zespół nie używa lateksu."),
    ],
)
def test_what_somebody_thinks_of_goods_is_asked_about(language: str, sentence: str) -> None:
    """A wish may be worded as what somebody likes or uses."""
    assert "unread_wish" in _errors(language, sentence)

"""The language of a text, of seven, by its commonest words. Short texts of numbers alone have none."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

_WORDS = {
    "en": "the and of to for with please this that from you your our are is on by we have be will as"
    " at it order quantity price delivery date unit address can could would hi hello thanks need send us any but not which if",
    "de": "der die das und für mit bitte von zu den dem ist wir sie ein eine im auf nicht bei nach"
    " ihre unsere bestellung menge preis lieferung liefertermin datum stück hallo ich uns noch oder aber wie bis am wird haben"
    " morgen danke brauchen können guten",
    "fr": "le la les et de des du pour avec nous vous votre notre est une un sur par dans merci au"
    " aux commande quantité prix livraison désignation bonjour il faut je que qui ne pas ce cette ainsi mais demain",
    "es": "el la los las y de del para con por en una un su nuestro se que favor es al pedido"
    " cantidad precio entrega fecha descripción hola nos les gracias necesitamos buenos días mañana pero como",
    "it": "il lo la gli le e di del della per con una un vostro nostro si che da in alla ordine"
    " quantità prezzo consegna data descrizione buongiorno ci vi non grazie domani servono ma come questo",
    "nl": "de het een en van voor met op aan in is wij u uw ons onze niet te bij dat bestelling"
    " aantal prijs levering datum omschrijving jullie we kunnen graag morgen hallo nog als maar dit ook naar hebben wordt beste"
    " goedemorgen bedankt",
    "pl": "i w z na do dla się nie jest o od oraz prosimy nasz nasze przez zamówienie ilość cena dostawa data nazwa szt"
    " dzień dobry proszę potrzebujemy jutro jak witam dziękuję ale czy",
}
_SAMPLE = 20_000


@cache
def _by_word() -> dict[str, tuple[str, ...]]:
    languages: dict[str, tuple[str, ...]] = {}
    for language, words in _WORDS.items():
        for word in words.split():
            languages[word] = (*languages.get(word, ()), language)
    return languages


def language_of(text: str) -> str | None:
    """ISO 639-1 of the language with the most of its common words, where these are enough and clearly more than others'."""
    scores: Counter[str] = Counter()
    found = re.findall(r"[^\W\d_]+", text[:_SAMPLE].casefold())
    # Single letters are often no words: a size, an initial, a speck that was read. Each says something once.
    for word in [*(word for word in found if len(word) > 1), *sorted({word for word in found if len(word) == 1})]:
        for language in _by_word().get(word, ()):
            scores[language] += 12 // len(_by_word()[word])
    ranked = scores.most_common(2)
    if not ranked or ranked[0][1] < 24:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else None

"""What a scan most likely states though it was not read, and what no order says: each is a question to a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from models.contracts.extraction_v1 import PartyV1, Problem, PurchaseOrderV1
from models.domain.document import Word
from models.domain.evidence import Evidence
from models.domain.findings import Severity
from parsers.lexicon import meaning_of_header, meaning_of_label
from parsers.page_text import PageText, Phrase
from parsers.values.towns import town_of

_PLACE = ("gln", "street", "postal_code", "city")
#: Units that are counted (UN/ECE Rec 20): nobody orders 12.72 pieces.
_COUNTED = frozenset({"C62", "BX", "CT", "PK", "PR", "RO", "SET", "BG", "BO", "CA", "TU"})
#: Columns of which no order with their head lacks all cells; goods are numbered by any of three.
_COLUMNS = {
    "unit": frozenset({"unit"}),
    "unit_price": frozenset({"unit_price"}),
    "seller_part_number": frozenset({"seller_part_number", "buyer_part_number", "gtin"}),
}
#: Languages with letters that no other language's pack knows: without their own, an l stands for each crossed one.
_OWN_LETTERS = {"pl": "Polish"}

_Words = Mapping[int, Sequence[Word]]


def gaps(order: PurchaseOrderV1, words: _Words, language: str | None, *, readable: bool) -> Iterator[Problem]:
    """The questions about an order whose pages hold `words` by page number; `readable` where the engine has their language."""
    if order.kind != "order":
        return
    yield from _places(order, words, language, readable=readable)
    yield from _cells(order)
    yield from _columns(order, words)
    for place, line in enumerate(order.lines):
        counted = line.unit is not None and line.unit.value in _COUNTED
        if counted and line.quantity is not None and Decimal(line.quantity.value) % 1:
            message = f"{line.quantity.value} is no number of whole pieces: price and quantity may have changed places"
            field = f"lines[{place}].quantity"
            yield Problem(code="fraction_of_a_piece", severity=Severity.ERROR, field=field, message=message)


def _places(order: PurchaseOrderV1, words: _Words, language: str | None, *, readable: bool) -> Iterator[Problem]:
    stated = order.ship_to is not None and any(getattr(order.ship_to, name) for name in _PLACE)
    if not stated and _may_name_a_place(order, words, language):
        message = "no delivery address was read on the scan, but the page has one that belongs to nobody: look where goods go"
        yield Problem(code="ship_to_not_read", severity=Severity.ERROR, field="ship_to", message=message)
    if stated and not readable and language in _OWN_LETTERS:
        message = (
            f"the address is in {_OWN_LETTERS[language]}, whose letters cannot be told without the language's own pack:"
            " compare it with the page, and install that pack for tesseract"
        )
        yield Problem(code="letters_not_readable", severity=Severity.ERROR, field="ship_to", message=message)


def _cells(order: PurchaseOrderV1) -> Iterator[Problem]:
    for name in ("unit", "unit_price"):
        missing = [place for place, line in enumerate(order.lines) if getattr(line, name) is None]
        if 0 < len(missing) < len(order.lines):
            message = f"other lines state their {name.replace('_', ' ')}, but on this one none was read: look at the page"
            yield Problem(code="cell_not_read", severity=Severity.ERROR, field=f"lines[{missing[0]}].{name}", message=message)


def _columns(order: PurchaseOrderV1, words: _Words) -> Iterator[Problem]:
    """Heads on the page of units, prices or article numbers of which no line has any: lone letters are lost first, and a
    torn head takes its column along."""
    lacking = [name for name, fields in _COLUMNS.items() if not any(getattr(line, one) for line in order.lines for one in fields)]
    if not order.lines or not lacking:
        return
    phrases = (phrase for number, here in words.items() for phrase in PageText(number, 0, 0, tuple(here), scanned=True).phrases)
    meanings = {meaning.name for phrase in phrases if (meaning := meaning_of_header(phrase.text)) is not None}
    for name in lacking:
        if meanings & _COLUMNS[name]:
            said = name.replace("_", " ")
            message = f"the page has a column of {said}s, but no {said} was read in it: look at the page"
            yield Problem(code="cell_not_read", severity=Severity.ERROR, field=f"lines[0].{name}", message=message)


def _may_name_a_place(order: PurchaseOrderV1, words: _Words, language: str | None) -> bool:
    """Whether a label of the ship-to stands on a page, or a town that is neither the buyer's nor, most likely, the seller's."""
    towns: set[str] = set()
    explained = False
    for number, here in words.items():
        for phrase in PageText(number, 0, 0, tuple(here), scanned=True).phrases:
            if (meaning := meaning_of_label(phrase.text)) is not None and meaning.name == "ship_to":
                return True
            if town_of(phrase.text, language and language.upper()) is not None:
                known = any(_within(phrase, number, place) for place in _known_places(order))
                explained |= known
                towns |= set() if known else {phrase.text.casefold()}
    return len(towns) > explained


def _known_places(order: PurchaseOrderV1) -> Iterator[Evidence]:
    parties: tuple[PartyV1 | None, ...] = (order.buyer, order.bill_to)
    for party in parties:
        for name in ("postal_code", "city"):
            value = getattr(party, name) if party is not None else None
            yield from value.evidence if value is not None else ()


def _within(phrase: Phrase, number: int, place: Evidence) -> bool:
    if place.page != number or place.bbox is None:
        return False
    x0, top, x1, bottom = place.bbox
    return top <= phrase.middle <= bottom and phrase.x0 <= x1 and phrase.x1 >= x0

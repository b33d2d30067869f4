"""Boxes drawn closer: of the words that a value was read from, those that spell it, so that a box covers no neighbour.

Only where exactly one run of words within the box, in one of its rows, spells the whole value; any other box stays as it is.
A country that no word names is where its town stands, and a currency that only the label of an amount names is at that label.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from models.contracts.extraction_v1 import PartyV1, PurchaseOrderV1
from models.domain.document import Word
from models.domain.evidence import Evidence
from parsers.page_text import PageText, baselines, word_box
from parsers.spelling import Spells, Stated, closest_runs, placed

_Box = tuple[float, float, float, float]
#: Parts of an address that show its country.
_SHOW_COUNTRY = ("city", "postal_code", "region")


@dataclass(frozen=True, slots=True)
class _Words:
    """A page's words from the top down, with the heights of their middles."""

    words: Sequence[Word]
    middles: Sequence[float]

    @classmethod
    def of(cls, page: PageText) -> _Words:
        ordered = sorted(page.words, key=_middle)
        return cls(ordered, [_middle(word) for word in ordered])

    def within(self, bbox: _Box) -> list[Word]:
        x0, top, x1, bottom = bbox
        band = self.words[bisect_left(self.middles, top) : bisect_right(self.middles, bottom)]
        return [word for word in band if x0 <= (word.x0 + word.x1) / 2 <= x1]


def _middle(word: Word) -> float:
    return (word.top + word.bottom) / 2


def pointed(order: PurchaseOrderV1, pages: Sequence[PageText]) -> PurchaseOrderV1:
    """`order` with every box of its values round the words that spell them."""
    words = {page.number: _Words.of(page) for page in pages}
    parties = {role: _closer_party(party, words) for role in ("buyer", "ship_to", "bill_to") if (party := getattr(order, role))}
    lines = tuple(_closer(line, words) for line in order.lines)
    return _closer(order, words).model_copy(update={**parties, "lines": lines})


def _closer(stated: Stated, words: Mapping[int, _Words]) -> Stated:
    return placed(stated, lambda name, spells, place: _place(place, words, spells, is_label=name == "currency"))


def _closer_party(party: PartyV1, words: Mapping[int, _Words]) -> PartyV1:
    closer = _closer(party, words)
    if closer.country is None or party.country is None or closer.country.evidence != party.country.evidence:
        return closer
    places = tuple(_place_of_town(place, closer, words) for place in closer.country.evidence)
    return closer.model_copy(update={"country": closer.country.model_copy(update={"evidence": places})})


def _place_of_town(place: Evidence, party: PartyV1, words: Mapping[int, _Words]) -> Evidence:
    """Where town, code and region stand within the place of a country that they show."""
    if place.bbox is None or place.page is None or place.page not in words:
        return place
    shown = [
        word
        for name in _SHOW_COUNTRY
        if (value := getattr(party, name)) is not None
        for other in value.evidence
        if other.page == place.page and other.bbox is not None and other.part == place.part and _holds(place.bbox, other.bbox)
        for word in words[place.page].within(other.bbox)
    ]
    return _round(list({id(word): word for word in shown}.values()), place) if shown else place


def _place(place: Evidence, words: Mapping[int, _Words], spells: Spells, *, is_label: bool) -> Evidence:
    if place.bbox is None or place.page is None or place.page not in words:
        return place
    inside = words[place.page].within(place.bbox)
    if is_label and not spells([place.text]) and not any(spells([word.text]) for word in inside):
        return _before(place, words[place.page], spells)
    if len(inside) < 2:
        return place
    found = list(_closest(inside, spells))
    return place if len(found) != 1 or len(found[0]) == len(inside) else _round(found[0], place)


def _closest(words: Sequence[Word], spells: Spells) -> Iterator[Sequence[Word]]:
    """The shortest runs of neighbours in a row that spell a value."""
    rows = [sorted(row, key=lambda word: word.x0) for row in baselines(words)]
    found = [row[run.start : run.stop] for row in rows for run in closest_runs([word.text for word in row], spells)]
    shortest = min(map(len, found), default=0)
    return (run for run in found if len(run) == shortest)


def _before(place: Evidence, words: _Words, spells: Spells) -> Evidence:
    """The nearest words left of a place, in its row, that spell what the place itself does not."""
    x0, top, _, bottom = place.bbox or (0.0, 0.0, 0.0, 0.0)
    left = sorted((word for word in words.within((0.0, top, x0, bottom)) if word.x1 <= x0 + 1), key=lambda word: word.x0)
    runs = closest_runs([word.text for word in left], spells)
    return _round(left[runs[-1].start : runs[-1].stop], place) if runs else place


def _round(words: Sequence[Word], place: Evidence) -> Evidence:
    box = word_box(words, place.part).evidence
    return replace(place, bbox=box.bbox, text=box.text)


def _holds(outer: _Box, inner: _Box) -> bool:
    return outer[0] - 1 <= inner[0] and outer[1] - 1 <= inner[1] and inner[2] <= outer[2] + 1 and inner[3] <= outer[3] + 1

"""A page's head taken apart, and what it says: labels and what is none, blocks of parties, labelled values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.domain.values import CountryCode
from parsers.fields import HeaderReading, LabelledValue, header_from
from parsers.layout.blocks import Block, Surroundings, labelled_blocks, phrases_of_blocks, unlabelled_blocks
from parsers.layout.labels import labelled_values, labels_of
from parsers.layout.parties import Parties, parties_of
from parsers.layout.stacked import with_colons_at_labels, with_whole_towns
from parsers.layout.tables import Area
from parsers.page_text import PageText
from parsers.values.number_style import NumberStyle, number_style
from parsers.values.towns import country_of

_NUMBERS_OF_PARTIES = frozenset({"customer_number", "vendor_number"})
_SENTENCE = 10  # words
#: The country that addresses without one are likely in, by the paper's language; English says nothing.
_LANDS = {language: CountryCode(language.upper()) for language in ("de", "fr", "es", "it", "nl", "pl")}
_SHORT_CODE = 3


@dataclass(frozen=True, slots=True)
class PageParts:
    """One page taken apart: what stands on it outside the tables of lines, and the blocks under the labels of parties."""

    number: int
    surroundings: Surroundings
    blocks: tuple[Block, ...]
    first_table: float
    #: The phrases (by identity) outside the tables that are too long for a label, though they may begin with one.
    sentences: frozenset[int] = frozenset()

    @property
    def used(self) -> set[int]:
        """The phrases (by identity) that a party's block holds: they are no label's value."""
        return {id(phrase) for phrase in phrases_of_blocks(self.blocks)}


def taken_apart(page: PageText, areas: Sequence[Area]) -> PageParts:
    """The page outside `areas`, those of its tables of lines."""
    phrases = [phrase for phrase in page.phrases if not any(area.top <= phrase.middle <= area.bottom for area in areas)]
    labels, others = labels_of(with_whole_towns(with_colons_at_labels(phrases)))
    surroundings = Surroundings(labels, others, page.rules, page.width, page.height)
    first_table = min((area.top for area in areas), default=page.height)
    sentences = frozenset(id(phrase) for phrase in phrases if len(phrase.words) >= _SENTENCE)
    return PageParts(page.number, surroundings, tuple(labelled_blocks(surroundings)), first_table, sentences)


@dataclass(frozen=True, slots=True)
class HeadOfOrder:
    """What the heads of all pages say by their labels: the values as they stand, page by page, and what they make."""

    values: tuple[tuple[LabelledValue, ...], ...]
    parties: Parties
    style: NumberStyle
    header: HeaderReading


def head_of(sheets: Sequence[PageParts], part: str, language: str | None, texts: Sequence[str]) -> HeadOfOrder:
    """The head; `texts` are those of all pages, by which is told how numbers are written."""
    values = tuple(tuple(_values(sheet, part)) for sheet in sheets)
    parties = _parties(sheets, values[0] if values else (), part, language)
    style = number_style(texts, language=language, country=_country(parties))
    return HeadOfOrder(values, parties, style, header_from([value for own in values for value in own], style))


def _values(sheet: PageParts, part: str) -> list[LabelledValue]:
    around = sheet.surroundings
    free = [phrase for phrase in around.others if id(phrase) not in sheet.used]
    # A number within a party's block has a label of its own there.
    numbers = [label for label in around.labels if set(label.fields) <= _NUMBERS_OF_PARTIES]
    own = labelled_values(numbers, around.others, around.rules, part, around.labels)
    others = [label for label in around.labels if label not in numbers]
    return own + labelled_values(others, free, around.rules, part, around.labels)


def _parties(sheets: Sequence[PageParts], values: Sequence[LabelledValue], part: str, language: str | None) -> Parties:
    """`values` are those of the first sheet: what a label of its own explains is no letterhead."""
    blocks = [block for sheet in sheets for block in sheet.blocks]
    if not sheets:
        return Parties()
    first = sheets[0]
    explained = {value.value.evidence.bbox for value in values}
    named = [phrase for phrase in first.surroundings.others if phrase.box(part).evidence.bbox in explained]
    free = unlabelled_blocks(first.surroundings, [*phrases_of_blocks(first.blocks), *named], first.first_table)
    return parties_of(blocks, free, first.surroundings.height, part, _land(sheets, language))


def _land(sheets: Sequence[PageParts], language: str | None) -> CountryCode | None:
    """The country that addresses are likely in: the paper's language's, unless a line of the paper names another."""
    likely = _LANDS.get(language or "")
    named = {country for sheet in sheets for phrase in sheet.surroundings.others for country in _countries_in(phrase.text)}
    return likely if likely is not None and (not named or likely in named) else None


def _countries_in(text: str) -> Iterator[CountryCode]:
    tail = text.rpartition(",")[2]
    return (country for piece in {text, tail} if len(piece) > _SHORT_CODE and (country := country_of(piece)) is not None)


def _country(parties: Parties) -> str | None:
    """The buyer's country, else where the goods or the bill go."""
    stated = (party.country for party in (parties.buyer, parties.ship_to, parties.bill_to) if party is not None)
    return next((country.value for country in stated if country is not None), None)

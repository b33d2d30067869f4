"""What is read from running text: the text itself with how its values are stated, and the lines found in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.contracts.extraction_v1 import OrderLineV1, StatedValue
from models.domain.evidence import Evidence
from parsers.prose.segments import Segment
from parsers.values.number_style import NumberStyle

IDENTIFIERS = ("seller_part_number", "buyer_part_number", "gtin")


@dataclass(frozen=True, slots=True)
class Item:
    """A line as read, where its segment stands and whether that is an entry of a list, and the currency of its price."""

    line: OrderLineV1
    segment: Segment
    currency: StatedValue | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The text that items are read from."""

    part: str
    text: str
    style: NumberStyle
    language: str | None = None

    def stated(self, value: str, start: int, end: int, confidence: float) -> StatedValue:
        text = " ".join(self.text[start:end].split())
        return StatedValue(value=value, confidence=confidence, evidence=(Evidence(part=self.part, span=(start, end), text=text),))


@dataclass(frozen=True, slots=True)
class ItemsReading:
    """The items of a text, and the words that look like an item which was not understood."""

    items: tuple[Item, ...] = ()
    overlooked: tuple[str, ...] = ()


_CAPITALS = re.compile(r"([A-Z0-9]{2,}(?:[-./][A-Z0-9]+)+)\s+(?=\S)")


def with_leading_codes(items: Sequence[Item]) -> Iterator[Item]:
    """Where the entries of a list begin with article numbers, the capitals that begin the others are numbers too."""
    leading = any(item.segment.listed and _begins_with_code(item.line) for item in items)
    for item in items:
        stated = item.line.description
        found = _CAPITALS.match(stated.value) if stated and leading and item.segment.listed else None
        if not found or not stated or any(getattr(item.line, name) for name in IDENTIFIERS):
            yield item
            continue
        words = {"seller_part_number": stated.model_copy(update={"value": found[1]})}
        rest = stated.model_copy(update={"value": stated.value[found.end() :]})
        yield replace(item, line=item.line.model_copy(update={**words, "description": rest}))


def _begins_with_code(line: OrderLineV1) -> bool:
    part, goods = line.seller_part_number, line.description
    places = [value.evidence[0].span for value in (part, goods) if value and value.evidence]
    return len(places) == 2 and places[0] is not None and places[1] is not None and places[0] < places[1]

"""Order lines in running text: "20 boxes of nitrile gloves size L (art. 4711) and two dozen safety goggles".

Each quantity that is ordered opens an item; its words are the description, its marks the other fields. A number without
unit counts only in a list or in a sentence that orders. What the sender says not to want is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.contracts.extraction_v1 import OrderLineV1, StatedValue
from models.domain.evidence import Evidence
from parsers.lexicon import folded
from parsers.marks import Mark, MarkKind
from parsers.number_style import NumberStyle
from parsers.prose_goods import Window, goods_words
from parsers.prose_marks import find_marks
from parsers.prose_quantities import opens_item, quantities_in
from parsers.prose_segments import Segment, clauses_of
from parsers.prose_words import pattern, word_set

#: Behind a quantity, these tell what is ordered; sizes stay in the description.
_NOT_DESCRIPTION = frozenset(
    ["seller_part", "buyer_part", "part", "gtin", "line_number", "price", "total", "discount", "date", "skip", "quantity", "unit"]
)
_NAMES = frozenset(["seller_part", "buyer_part", "part", "bare_part", "gtin", "line_number"])
_PARTS: tuple[MarkKind, ...] = ("seller_part", "buyer_part", "part", "bare_part")


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


def items_of(source: Source, segments: list[Segment], *, changes: bool = False) -> list[Item]:
    """The items of all segments. With `changes`, a line or article that is named with a new quantity, or dropped, counts."""
    items: list[Item] = []
    ordering = False
    for segment in (piece for whole in segments for piece in (clauses_of(source.text, whole) if changes else [whole])):
        text = segment.of(source.text)
        ordering = ordering or _orders(text)
        reader = _SegmentReader(source, segment, ordering=_orders(text) or (ordering and segment.listed), changes=changes)
        items += reader.items()
    return items


def _orders(text: str) -> bool:
    return pattern(r"(?<!\w){{orders}}").search(text) is not None


class _SegmentReader:
    """Reads one segment. Offsets of marks are relative to it until they become evidence."""

    def __init__(self, source: Source, segment: Segment, *, ordering: bool, changes: bool) -> None:
        self.source = source
        self.segment = segment
        self.ordering = ordering
        self.changes = changes
        self.text = segment.of(source.text)
        self.marks = find_marks(self.text, source.style, source.language) if len(self.text) < 4000 else ()
        self.counted: list[Mark] = []

    def items(self) -> Iterator[Item]:
        quantities = [mark for mark in quantities_in(self.marks, self.text) if self._counts(mark)]
        if self.segment.listed and quantities and not self.changes and self._leads(quantities[0]):
            quantities = quantities[:1]  # an entry of a list names one thing; what follows is its size and pack
        self.counted = quantities
        wanted = [mark for mark in quantities if not self._is_unwanted(mark, quantities)]
        if self.changes and not wanted and (dropped := self._dropped()):
            yield dropped
        if len(wanted) == 1 and len(quantities) == 1:
            yield from self._single(wanted[0])
            return
        for place, quantity in enumerate(quantities):
            if quantity in wanted:
                yield from self._one_of(quantities, place)

    def _leads(self, quantity: Mark) -> bool:
        """Whether a quantity stands at the head of its entry: only a position, an article number or a label before it."""
        before = self._without_marks(0, quantity.start)
        parts = [mark for mark in self.marks if mark.kind == "bare_part" and mark.end <= quantity.start]
        for mark in parts:
            before = before[: mark.start] + " " * (mark.end - mark.start) + before[mark.end :]
        return re.search(r"[^\W\d_]{3,}", before) is None

    def _counts(self, mark: Mark) -> bool:
        """Whether a number is a quantity at all, by what stands round it."""
        if mark.firm and (mark.unit is not None or self.segment.listed or self.ordering or self._names_article()):
            return True
        if mark.firm and self._is_one_of_several(mark):
            return True
        if self.changes and re.search(
            r"\b(?:to|auf|à|naar|na|statt|bitte|now|neu|new)\s*$", self.text[: mark.start], re.IGNORECASE
        ):
            return True
        if re.search(
            r"(?:\b(?:the|those|der|die|das|den|les|los|las|gli|le|de)|\([^()]*)\s*$", self.text[: mark.start], re.IGNORECASE
        ):
            return False  # "the 90 degree ones", "(ten to a bag)"
        if self.segment.listed:
            alone = not any(other.kind == "quantity" and other.firm for other in self.marks)
            return len(mark.value) < 5 and alone and (self._leads(mark) or self._at_an_end(mark))
        asked = (self.ordering and self._is_asked_for(mark)) or self._is_one_of_several(mark)
        return asked and self._says_goods(mark.end, min(len(self.text), mark.end + 60))

    def _is_one_of_several(self, mark: Mark) -> bool:
        """Whether a number stands in a row with a sure quantity: "12 boxes of gloves and 24 goggles"."""
        sure = any(other.kind == "quantity" and other.firm and other.unit is not None for other in self.marks)
        return sure and opens_item(self.text, mark)

    def _is_asked_for(self, mark: Mark) -> bool:
        """Whether the verb of ordering stands before the number, or behind it where the language puts it there."""
        behind = self.text[mark.end :]
        return _orders(self.text[: mark.start]) or (
            (self.source.language in {"de", "nl"} and _orders(behind))
            or re.search(r"needed|required|please|bitte", behind) is not None
        )

    def _names_article(self) -> bool:
        return any(mark.kind in {*_PARTS, "gtin", "price"} for mark in self.marks)

    def _at_an_end(self, mark: Mark) -> bool:
        before, behind = self.text[: mark.start], self.text[mark.end :].strip(" \t.,;)")
        parted = re.search(r"(?:[:=–x×-]|\s{2}|\t)\s*$", before) is not None or self._names_article()
        return not before.strip(" \t(") or (parted and (not behind or not self._says_goods(mark.end, len(self.text))))

    def _is_unwanted(self, mark: Mark, quantities: list[Mark]) -> bool:
        earlier = [other.end for other in quantities if other.end <= mark.start]
        before = self.text[max(earlier, default=0) : mark.start]
        contrast = list(
            re.finditer(
                r"\b(?:but|instead(?!\s+of)|aber|sondern|mais|sino|pero|ma|maar|ale|dafür|stattdessen)\b|:", before, re.IGNORECASE
            )
        )
        before = before[contrast[-1].end() :] if contrast else before
        later = [other.start for other in quantities if other.start >= mark.end]
        behind = re.split(r"[,;.]\s", self.text[mark.end : min(later, default=len(self.text))])[0]
        if (
            self.changes
            and re.search(r"\b(?:from|von|de|da|van|z|was|war|bisher|previously)\s*$", before, re.IGNORECASE)
            and later
        ):
            return True
        if pattern(r"(?<!\w){{instead}}(?!\w)\s*(?:[^\W\d_]+\s+){0,3}$").search(before):
            return True
        return bool(
            pattern(r"(?<!\w){{unwanted}}(?!\w)").search(before) or pattern(r"(?<!\w){{unwanted_behind}}(?!\w)").search(behind)
        )

    def _says_goods(self, start: int, end: int) -> bool:
        """Whether words between `start` and `end` name a thing: an article, or a word that is no filler."""
        if any(mark.kind in {*_PARTS, "gtin"} and start <= mark.start and mark.end <= end for mark in self.marks):
            return True
        text = self._without_marks(start, end)
        ending = pattern(r"(?<!\w){{ends}}(?!\w)").search(text)
        text = text[: ending.start()] if ending else text
        words = re.findall(r"[^\W\d_]{3,}", text)
        return any(folded(word) not in word_set("trims") and folded(word) not in word_set("orders") for word in words)

    def _without_marks(self, start: int, end: int) -> str:
        """The text between, with marks that are no description blanked."""
        text = self.text
        for mark in self.marks:
            if mark.kind in _NOT_DESCRIPTION and not self._is_size(mark):
                text = text[: mark.start] + " " * (mark.end - mark.start) + text[mark.end :]
        return text[start:end]

    def _is_size(self, mark: Mark) -> bool:
        """Whether a number that is no quantity here belongs to the goods: "10 litre buckets", but not "boxes of 50 pieces"."""
        if mark.kind != "quantity" or not self.counted or mark in self.counted:
            return False
        return mark.unit is None or mark.unit.casefold() in word_set("measure_units")

    def _single(self, quantity: Mark, since: int = 0) -> Iterator[Item]:
        """One quantity: all marks of the segment are its own; the goods stand behind it, or else before it, from `since` on."""
        behind = self._says_goods(quantity.end, len(self.text))
        names_behind = behind and bool(self._description(quantity.end, len(self.text)))
        window = (quantity.end, len(self.text)) if names_behind else (since, quantity.start)
        if not self._is_item(window):
            return
        yield self._item(quantity, self.marks, window)

    def _is_item(self, window: tuple[int, int]) -> bool:
        named = any(mark.kind in {*_PARTS, "gtin"} for mark in self.marks)
        numbered = self.changes and any(mark.kind == "line_number" for mark in self.marks)
        return named or numbered or bool(self._description(*window))

    def _one_of(self, quantities: list[Mark], place: int) -> Iterator[Item]:
        """One of several: the goods between it and the next quantity, or, where the first has none behind, before it."""
        quantity = quantities[place]
        before = quantities[place - 1].end if place else 0
        behind = quantities[place + 1].start if place + 1 < len(quantities) else len(self.text)
        first_end = quantities[1].start
        leads = self._says_goods(quantities[0].end, first_end) and not self._trails(quantities)
        window = (quantity.end, behind) if leads else (before, quantity.start)
        own = [
            mark for mark in self.marks if window[0] <= mark.start < window[1] or (mark.kind in {"price", "total", "discount"})
        ]
        own = [mark for mark in own if mark.kind not in {"price", "total", "discount"} or quantity.end <= mark.start < behind]
        if any(mark.kind in _NAMES for mark in own) or self._description(*window):
            yield self._item(quantity, own, window)
        elif len([other for other in quantities if other is not quantity]) == 1 and self.changes:
            # "instead of 20 boxes please 30": the goods stand at the other number
            yield from self._single(quantity, since=quantities[1 - place].end if place else 0)

    def _trails(self, quantities: list[Mark]) -> bool:
        """Whether goods stand before the first quantity and none behind the last."""
        return self._says_goods(0, quantities[0].start) and not self._says_goods(quantities[-1].end, len(self.text))

    def _dropped(self) -> Item | None:
        """A line or article that is cancelled: its quantity becomes 0."""
        if not pattern(r"(?<!\w){{drops}}").search(self.text):
            return None
        named = [mark for mark in self.marks if mark.kind in _NAMES]
        if not named:
            return None
        item = self._item(None, named, (0, 0))
        word = pattern(r"(?<!\w){{drops}}\w*").search(self.text)
        start, end = word.span() if word else (0, 0)
        zero = self._stated("0", start, end, 0.85)
        return Item(item.line.model_copy(update={"quantity": zero}), item.segment)

    def _stated(self, value: str, start: int, end: int, confidence: float) -> StatedValue:
        return self.source.stated(value, self.segment.start + start, self.segment.start + end, confidence)

    def _first(self, marks: Sequence[Mark], kind: MarkKind, confidence: float) -> StatedValue | None:
        found = next((mark for mark in marks if mark.kind == kind), None)
        return (
            None
            if found is None
            else self._stated(found.value, found.start, found.end, confidence if found.firm else confidence - 0.1)
        )

    def _item(self, quantity: Mark | None, marks: Sequence[Mark], window: tuple[int, int]) -> Item:
        description = self._description(*window) if window[1] > window[0] else None
        if self.changes and quantity is not None and window[1] <= quantity.start and any(mark.kind in _NAMES for mark in marks):
            description = None  # what stands before the number is the verb of the change
        price = next((mark for mark in marks if mark.kind == "price"), None)
        owned = self._first(marks, "seller_part", 0.92)
        line = OrderLineV1(
            line_number=self._first(marks, "line_number", 0.9),
            buyer_part_number=self._first(marks, "buyer_part", 0.92),
            seller_part_number=owned or self._first(marks, "part", 0.8) or self._first(marks, "bare_part", 0.82),
            gtin=self._first(marks, "gtin", 0.97),
            description=description,
            quantity=self._quantity(quantity),
            unit=self._unit(quantity, marks, price),
            unit_price=self._stated(price.value, price.start, price.end, 0.92 if price.firm else 0.8) if price else None,
            price_basis_quantity=self._stated(price.basis, price.start, price.end, 0.9) if price and price.basis else None,
            discount_percent=self._first(marks, "discount", 0.88),
            line_total=self._first(marks, "total", 0.85),
        )
        currency = self._stated(price.currency, price.start, price.end, 0.95) if price and price.currency else None
        return Item(line, self.segment, currency)

    def _quantity(self, mark: Mark | None) -> StatedValue | None:
        if mark is None:
            return None
        confidence = 0.93 if mark.firm and self.segment.listed else 0.88 if mark.firm else 0.78
        return self._stated(mark.value, mark.start, mark.end, confidence)

    def _unit(self, quantity: Mark | None, marks: Sequence[Mark], price: Mark | None) -> StatedValue | None:
        if quantity is not None and quantity.unit and quantity.unit_span:
            return self._stated(quantity.unit, *quantity.unit_span, 0.93)
        if bracketed := self._first(marks, "unit", 0.85):
            return bracketed
        if price is not None and price.unit and quantity is not None:
            return self._stated(price.unit, price.start, price.end, 0.75)
        return None

    def _description(self, start: int, end: int) -> StatedValue | None:
        """The words of the goods, without fillers at their ends and without what follows the goods in the sentence."""
        sizes = [(mark.start - start, mark.end - start) for mark in self.marks if mark.kind == "size" or self._is_size(mark)]
        found = goods_words(self._without_bare_part(start, end), Window(self.text, start, self.source.style), sizes)
        if found is None:
            return None
        value, first, last = found
        return self._stated(value, start + first, start + last, 0.88 if self.segment.listed else 0.8)

    def _without_bare_part(self, start: int, end: int) -> str:
        text = self._without_marks(start, end)
        labelled = any(mark.kind in _PARTS and mark.kind != "bare_part" for mark in self.marks)
        bare = [mark for mark in self.marks if mark.kind == "bare_part" and start <= mark.start and mark.end <= end]
        if bare and not labelled:
            mark = bare[0]
            text = text[: mark.start - start] + " " * (mark.end - mark.start) + text[mark.end - start :]
        return text

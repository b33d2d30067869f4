"""Order lines in running text: "20 boxes of nitrile gloves size L (art. 4711) and two dozen safety goggles".

Each quantity that is ordered opens an item; its words are the description, its marks the other fields. A number without
unit counts only in a list or in a sentence that orders. What the sender says not to want is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.contracts.extraction_v1 import OrderLineV1, StatedValue
from parsers.prose.codes import surest_code
from parsers.prose.counting import COURTESY, PARTS, Numbers, goes_on, orders
from parsers.prose.entries import entry_quantity, is_apart, is_clear, trails
from parsers.prose.goods import Window, goods_words
from parsers.prose.items import IDENTIFIERS, Item, ItemsReading, Source, with_leading_codes
from parsers.prose.marks import Mark, MarkKind
from parsers.prose.packs import is_doubtful_pack, with_packs_as_goods
from parsers.prose.quantities import contents_of, quantities_in
from parsers.prose.remainder import Taken, unexplained, unexplained_code
from parsers.prose.segments import Segment, clauses_of
from parsers.prose.sizes import SizeCount, size_runs
from parsers.prose.word_marks import find_marks
from parsers.prose.words import pattern

_LONGEST_SEGMENT = 4000
_SHOWN, _MOST_PACKS = 60, 20
_NAMES = frozenset(["seller_part", "buyer_part", "part", "bare_part", "gtin", "line_number"])


_EACH = re.compile(r"\b(?:je|jeweils|à|elk|ieder|po|cada uno|each)\s*$", re.IGNORECASE)
#: Verbs of dropping in two words.
_DROPS = re.compile(
    r"\b(?:take|leave|strike|nimm|nehmen|lassen|lass|haal|laat)\b.{1,50}?\b(?:off|out|raus|heraus|weg|eraf|uit)\b", re.IGNORECASE
)


def items_of(source: Source, segments: list[Segment], *, changes: bool = False) -> ItemsReading:
    """The items of all segments. With `changes`, a line or article that is named with a new quantity, or dropped, counts."""
    items: list[Item] = []
    overlooked: list[str] = []
    ordering = False
    bare: list[str] = []
    for segment in (piece for whole in segments for piece in (clauses_of(source.text, whole) if changes else [whole])):
        text = segment.of(source.text)
        ordering = ordering or orders(text)
        continued = ordering and (segment.listed or goes_on(text))
        reader = _SegmentReader(source, segment, ordering=orders(text) or continued, changes=changes)
        found = list(reader.items())
        items += found
        overlooked += reader.overlooked(found)
        heading = re.search(r"[-=_*]{2}\s*$", text)
        if segment.listed and not found and not heading and reader.says_goods(0, len(text)) and not changes:
            bare.append(" ".join(text.split())[:_SHOWN])
    if any(item.segment.listed for item in items):
        overlooked += bare  # entries of a list that names goods, and no number in them was understood
    items = list(with_leading_codes(items))
    codes = (code for item in items if (code := _unread_code(item.line, source)) is not None)
    return ItemsReading(tuple(items), (*overlooked, *codes))


def _unread_code(line: OrderLineV1, source: Source) -> str | None:
    """What looks like an article number in the words of goods that have none."""
    if line.description is None or any(getattr(line, name) for name in IDENTIFIERS):
        return None
    text = line.description.value
    sizes = [(mark.start, mark.end) for mark in find_marks(text, source.style, source.language) if mark.kind == "size"]
    return unexplained_code(text, sizes)


_FROM_TO = re.compile(
    r"(?<!\w)(?:from|von|de|da|van|z|ze)\s\d[\d.,]*(?:\s[^\W\d_]{1,12}){0,2}\s(?:to|auf|à|a|naar|na|do)\s$", re.IGNORECASE
)


def _announced(lead: str) -> bool:
    """Whether words before the first number announce goods and tell nothing: "for the Leeds branch: 15 cases ..."."""
    tells = pattern(r"(?<!\w)(?:{{earlier}}|{{ordered_before}}|{{unwanted}}|{{talk}}|{{not_wanted_days}})(?!\w)").search(lead)
    return re.search(r":\s*$", lead) is not None and tells is None


def _values(line: OrderLineV1) -> Iterator[StatedValue]:
    return (value for name in OrderLineV1.model_fields if (value := getattr(line, name)) is not None)


class _SegmentReader(Numbers):
    """Reads one segment. Offsets of marks are relative to it until they become evidence."""

    def __init__(self, source: Source, segment: Segment, *, ordering: bool, changes: bool) -> None:
        text = segment.of(source.text)
        marks = find_marks(text, source.style, source.language) if len(text) < _LONGEST_SEGMENT else ()
        marks = with_packs_as_goods(marks, text, source.text, source.language)
        super().__init__(text, marks, listed=segment.listed, ordering=ordering, changes=changes, language=source.language)
        self.source = source
        self.segment = segment
        self.doubtful = False
        self.runs = size_runs(text) if any(mark.kind == "size_run" for mark in marks) else []

    def items(self) -> Iterator[Item]:
        if self.runs:
            yield from self._of_sizes()
            return
        quantities = [mark for mark in quantities_in(self.marks, self.text) if self.counts(mark)]
        if self.segment.listed and not self.changes:
            quantities = self._of_entry(quantities)
        self.counted = quantities
        packs = (contents_of(quantity, self.marks, self.text) for quantity in quantities[:_MOST_PACKS])
        self.contents = frozenset(mark for mark in packs if mark is not None)
        wanted = [mark for mark in quantities if not self.is_unwanted(mark, quantities)]
        if self.changes and not wanted and (dropped := self._dropped()):
            yield dropped
        if len(wanted) == 1 and len(quantities) == 1:
            yield from self._each(wanted[0]) or self._single(wanted[0])
            return
        for place, quantity in enumerate(quantities):
            if quantity in wanted:
                yield from self._each(quantity) or self._one_of(quantities, place)

    def _of_entry(self, quantities: list[Mark]) -> list[Mark]:
        """An entry of a list names one thing, the other numbers are its size and pack; unless it joins several by "and"."""
        if several := self.joined(quantities):
            return several
        apart = [mark for mark in quantities_in(self.marks, self.text) if mark in quantities or is_apart(self, mark)]
        chosen = entry_quantity(self, apart)
        self.doubtful = chosen is not None and not is_clear(self, chosen, apart)
        return [chosen] if chosen is not None else []

    def _of_sizes(self) -> Iterator[Item]:
        """A line for each size of a run, of the goods before it, or else behind; the sum of a run counts nothing more."""
        totals = {f"{run.total:f}" for run in self.runs}
        self.marks = tuple(
            replace(mark, kind="skip") if mark.kind == "quantity" and mark.value in totals else mark for mark in self.marks
        )
        ends = [0, *(run.end for run in self.runs)]
        for run, since, until in zip(self.runs, ends, [*(run.start for run in self.runs[1:]), len(self.text)], strict=False):
            window = (since, run.start) if self.says_goods(since, run.start) else (run.end, until)
            if self.says_goods(*window):
                own = [mark for mark in self.marks if since <= mark.start < until]
                yield from (self._of_size(each, own, window) for each in run.counts)

    def _of_size(self, counted: SizeCount, marks: Sequence[Mark], window: tuple[int, int]) -> Item:
        item = self._item(None, marks, window)
        size = self._stated(counted.size, counted.start, counted.end, 0.9)
        goods = item.line.description
        words = goods.model_copy(update={"value": f"{goods.value} {counted.size}"}) if goods else size
        count = self._stated(f"{counted.count:f}", counted.start, counted.end, 0.9)
        return replace(item, line=item.line.model_copy(update={"description": words, "quantity": count}))

    def overlooked(self, items: Sequence[Item]) -> Iterator[str]:
        """The words at numbers of this segment that no value of its items holds and that nothing explains."""
        if self.runs and not items:
            return iter([" ".join(self.text[self.runs[0].start :][:_SHOWN].split())])
        dropped = _DROPS.search(self.text) if self.changes else None
        if dropped and not any(item.line.quantity and item.line.quantity.value == "0" for item in items):
            return iter([" ".join(dropped[0].split())[:_SHOWN]])  # goods that no number names
        values = [value for item in items for value in _values(item.line)]
        goods = [item.line.description for item in items if item.line.description]
        used = [span for value in values if value not in goods for span in self._places(value)]
        worded = [(span, value.value) for value in goods for span in self._places(value)]
        return unexplained(self, Taken(used, worded), has_items=bool(items))

    def _places(self, value: StatedValue) -> list[tuple[int, int]]:
        """Where a value stands, within the segment."""
        at = self.segment.start
        return [(place.span[0] - at, place.span[1] - at) for place in value.evidence if place.span]

    def _single(self, quantity: Mark, since: int = 0) -> Iterator[Item]:
        """One quantity: all marks of the segment are its own; the goods stand behind it, or else before it, from `since` on."""
        start = self._past_old(quantity)
        behind = self.says_goods(start, len(self.text)) and not (self.segment.listed and trails(self, quantity))
        names_behind = behind and bool(self._description(start, len(self.text)))
        window = (start, len(self.text)) if names_behind else (since, quantity.start)
        if not self._is_item(window):
            return
        yield self._item(quantity, self.marks, window)

    def _past_old(self, quantity: Mark) -> int:
        """The end of a quantity with the old one that it replaces: "make it | 12 instead of 10 | on the pumps"."""
        joint = pattern(r"\s{{instead}}\s+").match(self.text, quantity.end)
        old = (mark.end for mark in self.marks if mark.kind == "quantity" and joint and mark.start == joint.end())
        return next(old, quantity.end)

    def _is_item(self, window: tuple[int, int]) -> bool:
        named = any(mark.kind in {*PARTS, "gtin"} for mark in self.marks)
        numbered = self.changes and any(mark.kind == "line_number" for mark in self.marks)
        return named or numbered or bool(self._description(*window))

    def _one_of(self, quantities: list[Mark], place: int) -> Iterator[Item]:
        """One of several: the goods between it and the next quantity, or, where the first has none behind, before it."""
        quantity = quantities[place]
        before = quantities[place - 1].end if place else self._past_lead(quantity)
        behind = quantities[place + 1].start if place + 1 < len(quantities) else len(self.text)
        first_end = quantities[1].start
        leads = self.says_goods(quantities[0].end, first_end) and not self._trails(quantities)
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
        first = quantities[0]
        before = self.says_goods(0, first.start) or self.says_goods(self._past_lead(first), first.start)
        return before and not self.says_goods(quantities[-1].end, len(self.text))

    def _past_lead(self, quantity: Mark) -> int:
        """The end of the words that lead to goods before their number: "please send: | bolts M10 200 pcs"."""
        colon = self.text.rfind(": ", 0, quantity.start)
        return colon + 1 if colon > 0 else 0

    def _each(self, quantity: Mark) -> list[Item]:
        """ "je 20 Stück Steckdosen (5512) und Schalter (5513)": each article that is named has the quantity."""
        parts = self._alike(quantity)
        if len(parts) < 2 or not _EACH.search(self.text[: quantity.start]):
            return []
        starts = [quantity.end, *(part.end for part in parts)]
        return [self._item(quantity, [part], (start, part.start)) for start, part in zip(starts, parts, strict=False)]

    def _alike(self, quantity: Mark) -> list[Mark]:
        """The article numbers of one kind between a quantity and the next: several are of several goods."""
        end = min((mark.start for mark in self.counted if mark.start > quantity.start), default=len(self.text))
        behind = [mark for mark in self.marks if quantity.end <= mark.start < end and mark.kind in PARTS]
        return [mark for mark in behind if mark.kind == behind[0].kind]

    def _dropped(self) -> Item | None:
        """A line or article that is cancelled: its quantity becomes 0."""
        if not _DROPS.search(self.text) and not pattern(r"(?<!\w){{drops}}").search(self.text):
            return None
        named = [mark for mark in self.marks if mark.kind in _NAMES]
        if not named:
            return None
        item = self._item(None, named, (0, 0))
        word = pattern(r"(?<!\w){{drops}}\w*").search(self.text) or _DROPS.search(self.text)
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
            seller_part_number=owned or self._first(marks, "part", 0.84) or self._bare_part(marks),
            gtin=self._first(marks, "gtin", 0.97),
            description=description,
            quantity=self._quantity(quantity),
            unit=self._unit(quantity, marks, price),
            unit_price=self._stated(price.value, price.start, price.end, 0.92 if price.firm else 0.8) if price else None,
            price_basis_quantity=self._stated(price.basis, price.start, price.end, 0.9) if price and price.basis else None,
            discount_percent=self._first(marks, "discount", 0.88),
            line_total=self._first(marks, "total", 0.85),
            pack_contents=self._contents(quantity, marks),
        )
        currency = self._stated(price.currency, price.start, price.end, 0.95) if price and price.currency else None
        return Item(line, self.segment, currency)

    def _bare_part(self, marks: Sequence[Mark]) -> StatedValue | None:
        found = surest_code(self, marks)
        return self._stated(found[0].value, found[0].start, found[0].end, found[1]) if found else None

    def _contents(self, quantity: Mark | None, marks: Sequence[Mark]) -> StatedValue | None:
        found = contents_of(quantity, marks, self.text) if quantity is not None else None
        return self._stated(found.value, found.start, found.end, 0.9) if found is not None else None

    def _quantity(self, mark: Mark | None) -> StatedValue | None:
        if mark is None:
            return None
        return self._stated(mark.value, mark.start, mark.end, self._certainty(mark))

    def _certainty(self, mark: Mark) -> float:
        shared = len(self._alike(mark)) > 1 and not self.segment.listed and not _EACH.search(self.text[: mark.start])
        if shared or self.doubtful:
            return 0.7  # two articles and one number, or two numbers of an entry: which is it?
        if self.segment.listed and (mark.firm or self.leads(mark)):
            return 0.93 if mark.firm else 0.86
        if self.segment.listed and trails(self, mark) and is_apart(self, mark) and not self.text[mark.end :].strip(" .,;"):
            return 0.84  # "pots terracotta - 500"
        replaces = _FROM_TO.search(self.text[: mark.start]) or self._past_old(mark) > mark.end
        if self.changes and replaces and any(other.kind in _NAMES for other in self.marks):
            return 0.88  # "reduce line 5 from 36 to 24", "12 instead of 10"
        if mark.firm:
            return 0.88 if self._is_said(mark) or self.is_times_beside_sure(mark) else 0.78
        in_row = (self.begins_row(mark) or self.is_one_of_several(mark)) and self._is_said(mark)
        return 0.82 if (in_row or orders(self.text[: mark.start])) and self.says_goods(mark.end, mark.end + 40) else 0.78

    def _is_said(self, mark: Mark) -> bool:
        """Whether a sentence orders, asks for so many of something, or is not more than goods with their number."""
        asks = COURTESY.search(self.text) or self.text.rstrip().endswith("?")
        if asks and mark.unit is not None and self.says_goods(mark.end, len(self.text)):
            return True
        if self.changes or orders(self.text) or self.is_asked_for(mark) or not self.says_goods(0, self.counted[0].start):
            return True
        return _announced(self.text[: self.counted[0].start])

    def _unit(self, quantity: Mark | None, marks: Sequence[Mark], price: Mark | None) -> StatedValue | None:
        if quantity is not None and quantity.unit and quantity.unit_span:
            doubtful = is_doubtful_pack(quantity, self.text, self.source.text, self.source.language)
            return self._stated(quantity.unit, *quantity.unit_span, 0.7 if doubtful else 0.93)
        if bracketed := self._first(marks, "unit", 0.85):
            return bracketed
        if price is not None and price.unit and quantity is not None:
            return self._stated(price.unit, price.start, price.end, 0.75)
        return None

    def _description(self, start: int, end: int) -> StatedValue | None:
        """The words of the goods, without fillers at their ends and without what follows the goods in the sentence."""
        sizes = [(mark.start - start, mark.end - start) for mark in self.marks if mark.kind == "size" or self.is_size(mark)]
        found = goods_words(self._without_bare_part(start, end), Window(self.text, start, self.source.style), sizes)
        if found is None:
            return None
        value, first, last = found
        return self._stated(value, start + first, start + last, 0.88 if self.segment.listed else 0.8)

    def _without_bare_part(self, start: int, end: int) -> str:
        text = self.without_marks(start, end)
        labelled = any(mark.kind in PARTS and mark.kind != "bare_part" for mark in self.marks)
        bare = [mark for mark in self.marks if mark.kind == "bare_part" and start <= mark.start and mark.end <= end]
        if not labelled and (found := surest_code(self, bare)):
            mark = found[0]
            text = text[: mark.start - start] + " " * (mark.end - mark.start) + text[mark.end - start :]
        return text

"""The reckoning after a letter was read: numbers, codes and places of its text that nothing took are named, never passed over.

A number is explained if a value of the order holds it, if it is a day, a time, a size or a telephone number, if the words
round it say that it is something else ("gate 4", "quote 2026-881"), or if the goods behind it are not wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from parsers.lexicon import folded
from parsers.prose.counting import Numbers, orders
from parsers.prose.marks import CURRENCY, NUMBER, Mark
from parsers.prose.places import places_in, towns_alone_in
from parsers.prose.quantities import quantities_in
from parsers.prose.words import pattern, word_set
from parsers.values.number_style import NumberStyle
from parsers.values.numbers import parse_number

_Span = tuple[int, int]
_SHOWN = 60
_BESIDE = 40
#: A number of an article that nothing marks as one: four digits or more, or capitals and digits with hyphens between.
_CODE = re.compile(r"(?<![\w.,/-])(?:\d{4,10}|(?=[\w/-]*[\d-])[A-Z][A-Z0-9]+(?:[-/][A-Z0-9]+)*)(?![\w%]|[.,/-]\w)")
#: "0341 5550188", "+49 (0)341/555-188": nothing is counted in numbers that begin with nought.
_TELEPHONE = re.compile(r"(?<![\w.,-])(?:\+\d{1,3}[\s/()-]{0,3}|\()?\(?0\d{1,5}\)?(?:[\s/-]{1,3}\d{2,9}){1,5}(?![\w%])")
_FIGURES = re.compile(r"(?<![\w.,/+-])\d+(?:[.,]\d+)*(?!\d)")


@dataclass(frozen=True, slots=True)
class Taken:
    """The places within a segment that the values of its items hold; the words of goods beside what was made of them."""

    spans: Sequence[_Span]
    goods: Sequence[tuple[_Span, str]]

    def holds(self, text: str, start: int, end: int) -> bool:
        """Whether a value holds the words at `start`, or names of goods show them. A price is in no name of goods."""
        if _inside(start, end, self.spans):
            return True
        figures = re.search(r"\d[\d.,]*", text[start:end])
        shown = figures is None or not re.fullmatch(r"\d+[.,]\d{2}", figures[0].rstrip(".,"))
        return any(
            _inside(start, end, [span]) and (figures is None or (shown and figures[0].rstrip(".,") in words))
            for span, words in self.goods
        )


def unexplained(numbers: Numbers, taken: Taken, *, has_items: bool) -> Iterator[str]:
    """The words at each number of a segment that stands where a quantity, a price or an article number does and that
    no value of its items holds."""
    places = [
        (mark.start, mark.end)
        for mark in _candidates(numbers)
        if not _is_explained(numbers, mark) and (mark.kind != "quantity" or _is_quantity(numbers, mark, has_items=has_items))
    ]
    places += _unmarked(numbers) if has_items else []
    telephones = [found.span() for found in _TELEPHONE.finditer(numbers.text)]
    for start, end in sorted(places):
        if not taken.holds(numbers.text, start, end) and not _inside(start, end, telephones):
            yield " ".join(numbers.text[start:][:_SHOWN].split())


def _unmarked(numbers: Numbers) -> Iterator[_Span]:
    """Figures that are nothing known: neither a quantity nor a size nor a day."""
    marked = [(mark.start, mark.end) for mark in numbers.marks]
    for found in _FIGURES.finditer(numbers.text):
        if not _inside(*found.span(), marked) and not _is_called_otherwise(numbers.text, *found.span()):
            yield found.span()


def _is_called_otherwise(text: str, start: int, end: int) -> bool:
    """Whether the word before a number, or the one behind it, says that it counts no goods: "gate 4", "3 weeks"."""
    before = [folded(word) for word in re.findall(r"[^\W\d_]+", text[max(0, start - _BESIDE) : start])[-2:]]
    behind = re.match(r"\s*-?\s*([^\W\d_]+)", text[end:])
    if word_set("references") & {*before} or (before and before[-1] in word_set("not_before")):
        return True
    return behind is not None and folded(behind[1]) in word_set("not_after")


def _candidates(numbers: Numbers) -> Iterator[Mark]:
    yield from quantities_in(numbers.marks, numbers.text)
    for mark in numbers.marks:
        if mark.kind in {"price", "total", "seller_part", "buyer_part", "part", "bare_part", "gtin"}:
            yield mark
        elif mark.kind == "discount" or (mark.kind == "size" and numbers.text[mark.start : mark.end].endswith("%")):
            yield mark  # a share that is no part of the goods' name is one of the price
        elif numbers.changes and mark.kind == "line_number" and not pattern(r"(?<!\w){{unchanged}}(?!\w)").search(numbers.text):
            yield mark  # each line that a change names is changed, unless it says that it stays


def _inside(start: int, end: int, spans: Sequence[_Span]) -> bool:
    return any(begin < end and start < stop for begin, stop in spans)


def _is_content(numbers: Numbers, mark: Mark, quantities: Sequence[Mark]) -> bool:
    """ "10 cartons hand towels 3000 sheets": how many go into what the entry counted first, in another unit."""
    first = next((other for other in quantities if other.end <= mark.start), None)
    if first is None or not numbers.listed or None in (first.unit, mark.unit) or first.unit == mark.unit:
        return False
    between = numbers.text[first.end : mark.start]
    return numbers.leads(first) and re.search(r"[,;:+&]|\d\s|\b(?:und|and|et|y|e|en|i|plus)\b", between) is None


def _is_bracketed_content(numbers: Numbers, mark: Mark) -> bool:
    """ "rękawice M (100 szt.) - 120 op.": how many go into one, in brackets before what the entry counts at its end."""
    alone = re.search(r"\(\s*$", numbers.text[: mark.start]) and re.match(r"\s*\)", numbers.text[mark.end :])
    counted = numbers.counted[-1] if numbers.counted else None
    behind = counted is not None and counted.start > mark.end and counted.unit not in (None, mark.unit)
    return numbers.listed and alone is not None and behind


def _is_explained(numbers: Numbers, mark: Mark) -> bool:
    if mark.unit is None and _is_called_otherwise(numbers.text, mark.start, mark.end):
        return True
    quantities = [other for other in quantities_in(numbers.marks, numbers.text) if other is not mark]
    if mark.kind == "quantity" and (_is_content(numbers, mark, quantities) or _is_bracketed_content(numbers, mark)):
        return True
    return numbers.is_known(numbers.text[: mark.start]) or numbers.is_unwanted(mark, quantities)


def _is_quantity(numbers: Numbers, mark: Mark, *, has_items: bool) -> bool:
    """Whether a number that was not taken may be ordered: in figures with goods, a unit or an order beside it; in words
    only with a unit, where something is ordered."""
    ordered = numbers.listed or has_items or orders(numbers.text)
    if not numbers.text[mark.start].isdigit() and not re.match(r"[x×]", numbers.text[mark.start :]):
        return ordered and mark.unit is not None and mark.value != "1"
    if _is_further(numbers.text, mark):
        return True
    return ordered or mark.unit is not None or numbers.says_goods(mark.end, min(len(numbers.text), mark.end + _SHOWN))


def _is_further(text: str, mark: Mark) -> bool:
    """Whether the words beside a number add to what was counted or take from it: "noch 6 wie immer", "5 in meno"."""
    behind = re.match(r"\s*([^\W\d_]+)", text[mark.end :])
    if behind is not None and folded(behind[1]) in word_set("not_goods"):
        return False  # "noch 2 Fragen"
    before = pattern(r"(?<!\w){{further}}\s+$").search(text[max(0, mark.start - _BESIDE) : mark.start])
    return before is not None or pattern(r"\s+{{fewer}}(?!\w)").match(text, mark.end) is not None


def unexplained_code(text: str, sizes: Sequence[_Span]) -> str | None:
    """What looks like a number of an article within the words of goods that have none; `sizes` are the places of measures:
    letters right before one are its kind ("NYM-J 3x1,5")."""
    for found in _CODE.finditer(text):
        code = found[0]
        long_enough = len(code) >= 4 and (any(sign.isdigit() for sign in code) or "-" in code)
        measured = any(start == found.end() + 1 for start, _ in sizes) and not any(sign.isdigit() for sign in code)
        if long_enough and not measured and not _inside(*found.span(), sizes):
            return code
    return None


def unexplained_places(text: str, used: Sequence[_Span]) -> Iterator[str]:
    """Streets and towns of a letter that are no part of an address that was read."""
    spans = [*((place.start, place.end) for place in places_in(text)), *towns_alone_in(text)]
    for start, end in sorted(spans):
        if not _inside(start, end, used):
            yield " ".join(text[start:][:_SHOWN].split())


def only_states(words: str, totals: Sequence[str]) -> bool:
    """Whether all figures of these words stand in the totals that were read from a sentence below the goods."""
    figures = [found[0].strip(".,") for found in re.finditer(r"\d[\d.,]*", words)]
    return bool(figures) and all(any(figure in total for total in totals) for figure in figures)


def is_sum(words: str, whole: Decimal | None, style: NumberStyle) -> bool:
    """Whether these words are an amount alone, and what the lines come to: the unlabelled foot of a pasted table."""
    amount = re.fullmatch(rf"(?:{CURRENCY})?\s?({NUMBER})\s?(?:{CURRENCY})?", words.strip())
    return whole is not None and amount is not None and parse_number(amount[1], style) == whole

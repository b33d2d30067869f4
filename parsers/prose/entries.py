"""Which number of a list's entry is its quantity, where sizes and contents of packs stand beside: "flat bar 50x5, 6 m - 12 bars".

What a clerk goes by, the surest first: a times sign or a label, a unit that counts, the place at the head of the entry, a dash
or a gap that sets the number apart behind the goods. What stands in brackets is hardly ever it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.lexicon import folded
from parsers.prose.counting import PARTS, Numbers, behind_place
from parsers.prose.marks import Mark
from parsers.prose.words import word_set

#: What sets a quantity apart from the goods before it.
_APART = re.compile(r"(?:\s[-–—=x×*]|[=×–—:]|\.{3,}|\t|\s{2,}|[-–])\s*$")
_TIMES = re.compile(r"\s?[x×*]\s?\d|.*\d\s?[x×*](?:\s|$)", re.IGNORECASE)
_CLEARLY = 0.4


def entry_quantity(numbers: Numbers, candidates: Sequence[Mark]) -> Mark | None:
    """The mark among `candidates` that is most likely what is ordered; None where there is none."""
    return max(candidates, key=lambda mark: (_rank(numbers, mark), -mark.start), default=None)


def is_clear(numbers: Numbers, chosen: Mark, candidates: Sequence[Mark]) -> bool:
    """Whether no other candidate is nearly as likely."""
    return all(mark is chosen or _rank(numbers, chosen) - _rank(numbers, mark) >= _CLEARLY for mark in candidates)


def trails(numbers: Numbers, quantity: Mark) -> bool:
    """Whether the goods stand before the quantity: it is set apart from them, and little but an article number follows."""
    if behind_place(numbers.text, quantity.start):
        return False
    before = re.findall(r"[^\W\d_]{3,}", numbers.without_marks(0, quantity.start))
    if all(folded(word) in word_set("trims") for word in before):
        return False
    behind = numbers.text[quantity.end :]
    for mark in numbers.marks:
        if mark.start >= quantity.end and mark.kind in {*PARTS, "gtin", "price", "total", "date", "discount"}:
            behind = behind.replace(numbers.text[mark.start : mark.end], " ")
    words = re.findall(r"[^\W\d_]{3,}", re.sub(r"\([^()]*\)", " ", behind))
    words = [word for word in words if folded(word) not in word_set("trims")]
    return not words or (len(words) == 1 and is_apart(numbers, quantity))


def is_apart(numbers: Numbers, mark: Mark) -> bool:
    """Whether a dash, a gap, a times sign or an article number in brackets parts a number from what stands before it."""
    coded = any(
        other.kind in PARTS and numbers.text[other.end : mark.start].strip() == ")" for other in numbers.marks
    )  # "washing up liquid 5L (ND-90) 4"
    return coded or _APART.search(numbers.text[: mark.start]) is not None or bool(re.match(r"[x×]", numbers.text[mark.start :]))


def _rank(numbers: Numbers, mark: Mark) -> float:
    text = numbers.text
    measured = mark.unit is not None and mark.unit.casefold() in word_set("measure_units")
    rank = 0.0 if mark.unit is None else 1.0 if measured else 3.0
    if (mark.firm and mark.unit is None) or _TIMES.match(text[mark.start : mark.end]):
        rank = max(rank, 3.5)
    if numbers.leads(mark):
        rank += 2.0
    elif is_apart(numbers, mark):
        rank += 1.5
    if text.count("(", 0, mark.start) > text.count(")", 0, mark.start):
        rank -= 3.0
    return rank

"""Two pages side by side on one sheet, as copiers set them to save paper: read across, rows of one would run into the other's.

A sheet is taken for two pages where it is wider than high, nothing crosses a gutter in its middle, and each half says itself that
it is a page: it counts its pages, or has its own heads of a table of lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from models.domain.document import Word
from parsers.lexicon import column_of_header
from parsers.page_text import PageText, Phrase, Rule

_WIDER, _LEAST_GUTTER, _MIDDLE = 1.15, 0.02, (0.36, 0.64)
_LEAST_WORDS, _LEAST_HEADS = 8, 3
_PAGE_MARK = re.compile(
    r"(?:page|pg\.?|seite|blatt|p\.|página|pagina|pág\.|pag\.|strona|str\.|blad)\s*:?\s*(\d{1,3})\b", re.IGNORECASE
)


def gutter_of(page: PageText) -> float | None:
    """Where, in points from the left, a sheet with two pages parts; None for one that is a single page."""
    if page.width < _WIDER * page.height or len(page.words) < 2 * _LEAST_WORDS:
        return None
    gap = _widest_gap(page)
    if gap is None:
        return None
    gutter = (gap[0] + gap[1]) / 2
    left, right = (_half(page, gutter, right=right) for right in (False, True))
    if min(len(left.words), len(right.words)) < _LEAST_WORDS:
        return None
    return gutter if _both_are_pages(left, right) else None


def one_below_other(page: PageText, gutter: float) -> PageText:
    """The sheet's right page below its left one, as wide as the wider of them."""
    left, right = (_half(page, gutter, right=right) for right in (False, True))
    return replace(
        page,
        width=max(gutter, page.width - gutter),
        height=2 * page.height,
        words=(*left.words, *right.words),
        rules=(*left.rules, *right.rules),
        struck=(*left.struck, *right.struck),
        gutter=gutter,
    )


def _widest_gap(page: PageText) -> tuple[float, float] | None:
    """The widest stretch about the sheet's middle over which no word and no level line runs, wide enough for two margins."""
    low, high = (share * page.width for share in _MIDDLE)
    level = [(rule.x0, rule.x1) for rule in page.rules if not rule.upright]
    printed = sorted((*((word.x0, word.x1) for word in (*page.words, *page.struck)), *level))
    gaps, reach = [], 0.0
    for x0, x1 in (*printed, (page.width, page.width)):
        if x0 > reach and reach < high and x0 > low and low <= (reach + x0) / 2 <= high:
            gaps.append((reach, x0))
        reach = max(reach, x1)
    widest = max(gaps, key=lambda gap: gap[1] - gap[0], default=(0.0, 0.0))
    return widest if widest[1] - widest[0] >= _LEAST_GUTTER * page.width else None


def _half(page: PageText, gutter: float, *, right: bool) -> PageText:
    """One page of the two: the left one as it lies, the right one set below it."""
    across, down = (gutter, page.height) if right else (0.0, 0.0)

    def moved(words: Sequence[Word]) -> tuple[Word, ...]:
        own = [word for word in words if ((word.x0 + word.x1) / 2 > gutter) == right]
        return tuple(
            replace(word, x0=word.x0 - across, x1=word.x1 - across, top=word.top + down, bottom=word.bottom + down)
            for word in own
        )

    rules = tuple(
        Rule(rule.x0 - across, rule.top + down, rule.x1 - across, rule.bottom + down)
        for rule in page.rules
        if ((rule.x0 + rule.x1) / 2 > gutter) == right
    )
    return replace(page, words=moved(page.words), rules=rules, struck=moved(page.struck))


def _both_are_pages(left: PageText, right: PageText) -> bool:
    counted = [_page_marks(half.phrases) for half in (left, right)]
    if all(counted) and counted[0] != counted[1]:
        return True
    heads = [_heads(half) for half in (left, right)]
    return len(heads[0] & heads[1]) >= _LEAST_HEADS and "quantity" in heads[0] & heads[1]


def _page_marks(phrases: Sequence[Phrase]) -> set[str]:
    return {mark[1] for phrase in phrases if (mark := _PAGE_MARK.match(phrase.text.strip("-–— ")))}


def _heads(half: PageText) -> frozenset[str]:
    """What the columns hold of the row that names most of them."""
    roles = [frozenset(role for phrase in row.phrases if (role := column_of_header(phrase.text))) for row in half.rows]
    stacked = [one | other for one, other in pairwise(roles)]
    return max((*roles, *stacked), key=len, default=frozenset())

"""A table's head in drawn boxes: each box is one name, however many rows its words take and wherever they stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from models.domain.document import Word
from parsers.layout.columns import drawn_edges
from parsers.layout.heads import Head, TableHead, wanted
from parsers.lexicon import column_of_header, meaning_of_header
from parsers.page_text import PageText, Phrase, Row, Rule, baselines

_LEAST_COLUMNS = 3
_ROWS_BEYOND = 2.2


def boxed(head: TableHead, rows: Sequence[Row], page: PageText) -> TableHead:
    """The head as its drawn boxes part it; as it is where it stands in none, or names no more columns so."""
    edges = drawn_edges(page.rules, head.top, head.bottom)
    if head.levels > 1 or len(edges) < _LEAST_COLUMNS:
        return head
    band = _band(head, edges, page.rules)
    if band is None:
        return head
    top, bottom = band
    words = [word for word in page.words if top <= (word.top + word.bottom) / 2 <= bottom]
    heads = [each for left, right in pairwise(edges) for each in _named(words, left, right)]
    inside = [place for place, row in enumerate(rows) if top <= (row.top + row.bottom) / 2 <= bottom]
    if not inside or len(heads) < _LEAST_COLUMNS:
        return head
    found = TableHead(tuple(heads), min(inside), max(inside), top, bottom)
    return found if len(found.roles) >= _LEAST_COLUMNS else head


def _band(head: TableHead, edges: Sequence[float], rules: Sequence[Rule]) -> tuple[float, float] | None:
    """Top and bottom of the boxes that hold the head; None where no rule parts it from the lines below."""
    wide = 0.5 * (edges[-1] - edges[0])
    across = [rule.top for rule in rules if not rule.upright and _shared(rule, edges) > wide]
    size = max(phrase.size for each in head.heads for phrase in each.phrases)
    above = [y for y in across if head.top - _ROWS_BEYOND * size <= y <= head.top + 3]
    below = [y for y in across if head.bottom - 3 <= y <= head.bottom + _ROWS_BEYOND * size]
    return (max(above), min(below)) if above and below else None


def _shared(rule: Rule, edges: Sequence[float]) -> float:
    return min(rule.x1, edges[-1]) - max(rule.x0, edges[0])


def _named(words: Sequence[Word], left: float, right: float) -> list[Head]:
    inside = [word for word in words if left <= (word.x0 + word.x1) / 2 < right]
    if not inside:
        return []
    phrases = tuple(Phrase.of(line) for line in baselines(inside))
    return [Head(phrases, _role([phrase.text for phrase in phrases]))]


def _role(texts: Sequence[str]) -> str | None:
    """The role that the whole text names, else that of the longest run of its rows that names one."""
    whole = meaning_of_header(" ".join(texts))
    if whole is not None and wanted(whole.name):
        return whole.name
    runs = sorted(
        (texts[first:last] for first in range(len(texts)) for last in range(first + 1, len(texts) + 1)), key=len, reverse=True
    )
    roles = [role for run in runs if (role := column_of_header(" ".join(run))) is not None]
    return next((role for role in roles if wanted(role)), roles[0] if roles else None)

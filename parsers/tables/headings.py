"""Where the heads of line tables stand in a grid, and the heads of pages that a printed report repeats between its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from parsers.lexicon import folded, meaning_of_label, split_at_label
from parsers.tables.columns import Heading, heading_at
from parsers.tables.head_rows import Row, texts_of

_MOST_HEAD_ROWS = 40
_FEWEST_HEADS = 3
_LABELS_OF_PAGES = frozenset({"page", "print_date"})


def headings_of(rows: Sequence[Row]) -> dict[int, Heading]:
    """The headings of `rows` by their first row, in order."""
    found: dict[int, Heading] = {}
    at = 0
    while at < len(rows):
        heading = heading_at(rows, at)
        if heading is not None:
            found[at] = heading
        at += heading.rows if heading is not None else 1
    return found


def tables_of(rows: Sequence[Row]) -> tuple[Sequence[Row], dict[int, Heading]]:
    """`rows` and their headings, with tables that stand side by side under the same heads one after the other, left before
    right."""
    headings = headings_of(rows)
    cuts = {at: cut for at in headings if (cut := _repeats_at(texts_of(rows[at])))}
    if not cuts:
        return rows, headings
    result: list[Row] = list(rows[: min(cuts)])
    for at, end in zip(cuts, [*list(cuts)[1:], len(rows)], strict=True):
        span = rows[at:end]
        result += [row[: cuts[at]] for row in span] + [row[cuts[at] :] for row in span]
    return tables_of(result)


def _repeats_at(texts: Sequence[str]) -> int | None:
    """Where a row of heads begins anew: its first three heads and all after them stand there again."""
    places = [place for place, text in enumerate(texts) if text]
    for start in places[_FEWEST_HEADS:]:
        first, second = texts[places[0] : start], texts[start:]
        width = len([text for text in first if text])
        if [text for text in first if text] == [text for text in second if text][:width]:
            return start
    return None


def page_heads(rows: Sequence[Row], headings: Mapping[int, Heading]) -> frozenset[int]:
    """The rows above a repeated heading that say again what stands above the first one: titles, labels, numbers of pages.

    Going up from the repeated heading, a row belongs to the page's head if it stands above the first heading too (with
    other figures, as "Page 2"), or has labels of the order's head alone.
    """
    places = list(headings)
    if len(places) < 2:
        return frozenset()
    first = places[0]
    above = {_shape(row) for row in rows[max(0, first - _MOST_HEAD_ROWS) : first]} - {()}
    found: set[int] = set()
    for place in places[1:]:
        if headings[place].key() == headings[first].key() or any(_shape(row) in above for row in rows[max(0, place - 3) : place]):
            found |= set(_head_above(rows, place, above))
    return frozenset(found)


def _head_above(rows: Sequence[Row], place: int, above: set[tuple[str, ...]]) -> Iterator[int]:
    blanks: list[int] = []
    for at in range(place - 1, max(0, place - _MOST_HEAD_ROWS), -1):
        shape = _shape(rows[at])
        if not shape:
            blanks.append(at)
        elif shape in above or _is_labelled(rows[at]):
            yield from blanks
            blanks = []
            yield at
        else:
            return


def _shape(row: Row) -> tuple[str, ...]:
    """The row's texts without case and figures."""
    return tuple(re.sub(r"\d+", "0", folded(text)) for text in texts_of(row) if text)


def _is_labelled(row: Row) -> bool:
    """Whether the row begins with a label of the order's head, or says which page it is and when it was printed."""
    texts = [text for text in texts_of(row) if text]
    first = split_at_label(texts[0])
    begins = first is not None or (len(texts) > 1 and meaning_of_label(texts[0].rstrip(" :")) is not None)
    return begins or any((found := split_at_label(text)) is not None and found[0].name in _LABELS_OF_PAGES for text in texts)

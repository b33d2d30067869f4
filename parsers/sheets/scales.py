"""Tables with several scales of sizes stacked over the same columns, of which each line names its own: as tables of one.

"Scale 1 | 36 | 38 | 40" over "Scale 2 | S | M | L": a line with 2 under "Scale" counts S, M and L.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from models.domain.document import Grid, TextBox
from parsers.lexicon import meaning_of_header
from parsers.tables.head_rows import Row, is_size, texts_of

_ROWS_ASKED, _ROWS_SEEN, _MOST_KEY = 200, 60, 30


@dataclass(frozen=True, slots=True)
class _Scales:
    """The sizes of each scale by its key, the heads of the other columns, the column of the keys, and where the lines begin."""

    sizes: Mapping[str, Mapping[int, TextBox]]
    heads: Mapping[int, TextBox]
    key: int
    first: int
    body: int


def with_scales_apart(sheet: Grid) -> Grid:
    """`sheet` with the sizes of its own scale above each run of lines; as it is where there are not several scales."""
    scales = _scales(sheet.rows)
    if scales is None:
        return sheet
    rows = (*sheet.rows[: scales.first], *_lines(sheet.rows[scales.body :], scales))
    return replace(sheet, rows=tuple(tuple(row) for row in rows))


def _scales(rows: Sequence[Row]) -> _Scales | None:
    stacked = [(at, found) for at, row in enumerate(rows[:_ROWS_ASKED]) if (found := _scale(row)) is not None]
    for (at, first), (below, second) in pairwise(stacked):
        if below == at + 1 and min(first) == min(second):
            block = [each for each in stacked if at <= each[0] and min(each[1]) == min(first)]
            block = [each for place, each in enumerate(block) if each[0] == at + place]
            if (scales := _settled(rows, block)) is not None:
                return scales
    return None


def _scale(row: Row) -> dict[int, TextBox] | None:
    """The sizes of a row that holds a run of them, or a lone one right of its key, and heads at most."""
    found: dict[int, TextBox] = {}
    for place, cell in enumerate(row):
        text = cell.text.strip() if cell is not None else ""
        if cell is not None and text and is_size(text) and (not found or place == max(found) + 1) and any(row[:place]):
            found[place] = cell
    left = [cell.text.strip() for cell in row[: min(found)] if cell is not None and cell.text.strip()] if found else []
    beyond = [cell for cell in row[max(found) + 1 :] if cell is not None and cell.text.strip()] if found else []
    known = all(meaning_of_header(cell.text.strip()) is not None for cell in beyond)
    figures = [int(cell.text) for cell in found.values() if cell.text.strip().isdecimal()]
    rising = all(one < other for one, other in pairwise(figures))  # what is counted seldom rises
    return found if left and known and rising and len(left[-1]) <= _MOST_KEY else None


def _settled(rows: Sequence[Row], block: Sequence[tuple[int, Mapping[int, TextBox]]]) -> _Scales | None:
    first, last = block[0][0], block[-1][0]
    start, end = min(block[0][1]), max(place for _, sizes in block for place in sizes)
    keys = {_key(rows[at][start - 1]): sizes for at, sizes in block if start and rows[at][start - 1] is not None}
    follows = texts_of(rows[last + 1]) if last + 1 < len(rows) else []
    has_heads = sum(meaning_of_header(text) is not None for text in follows if text) >= 2
    body = last + 2 if has_heads else last + 1
    counted = [row for row in rows[body : body + _ROWS_SEEN] if any(row)]
    key = next((place for place in range(start) if _names_scales(counted, place, keys)), None)
    if key is None or len(keys) != len(block):
        return None
    above = [rows[at] for at in (last + 1, *range(first, last + 1), first - 1) if 0 <= at < body]
    heads = {
        place: cell
        for place in range(max(map(len, above)))
        if place != key and not start <= place <= end and (cell := _head(above, place)) is not None
    }
    return _Scales(keys, heads, key, first, body)


def _key(cell: TextBox | None) -> str:
    """ "Scale 2" is told by its last word."""
    return cell.text.split()[-1].casefold() if cell is not None and cell.text.split() else ""


def _names_scales(rows: Sequence[Row], place: int, keys: Mapping[str, object]) -> bool:
    named = [_key(row[place]) for row in rows if place < len(row) and row[place] is not None]
    return len(named) > 1 and 2 * sum(key in keys for key in named) > len(named) and len(set(named) & keys.keys()) > 1


def _head(rows: Sequence[Row], place: int) -> TextBox | None:
    cells = (row[place] for row in rows if place < len(row))
    return next((cell for cell in cells if cell is not None and meaning_of_header(cell.text.strip()) is not None), None)


def _lines(rows: Sequence[Row], scales: _Scales) -> Iterator[Row]:
    now = ""
    width = 1 + max(max(scales.heads, default=0), *(max(sizes) for sizes in scales.sizes.values()))
    for row in rows:
        key = _key(row[scales.key]) if scales.key < len(row) else ""
        if key not in scales.sizes:
            yield row
            continue
        if key != now:
            heads = {**scales.heads, **scales.sizes[key]}
            yield tuple(heads.get(place) for place in range(width))
            now = key
        yield tuple(None if place == scales.key else cell for place, cell in enumerate(row))

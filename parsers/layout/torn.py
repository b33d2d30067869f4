"""Lines that a page's end tears: their code and text stand last on one page, their quantity and price first on the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.domain.document import TextBox
from parsers.layout.bands import Cells
from parsers.layout.columns import Columns
from parsers.tables.column_guess import PARTS
from parsers.totals import foot_field

_KEYS = frozenset({"line_number", *PARTS})
_AMOUNTS = frozenset({"quantity", "unit_price", "line_total"})


@dataclass(frozen=True, slots=True)
class _Places:
    """The columns that number a line or its goods, and those that hold its amounts."""

    keys: frozenset[int]
    amounts: frozenset[int]


def mended(above: Sequence[Cells], below: Sequence[Cells], columns: Columns) -> tuple[list[Cells], list[Cells]]:
    """The rows of a table on one page and on the next, both under `columns`: the line that the page's end tears stands whole on
    the second. It is one where the last rows above have a code or number and no amount, and the first amounts below no code
    although every other line has one."""
    places = _places(columns)
    starts = [place for place, row in enumerate(above) if _counts(row, places)]
    first = next((place for place, row in enumerate(below) if _counts(row, places)), None)
    if not starts or first is None:
        return list(above), list(below)
    usual = frozenset.intersection(*(_filled(above[place]) & places.keys for place in starts))
    torn = next((place for place in range(starts[-1] + 1, len(above)) if usual and usual <= _filled(above[place])), None)
    if torn is None or any(_filled(row) & usual for row in below[: first + 1]):
        return list(above), list(below)
    tail, lead = above[torn:], below[: first + 1]
    upper = [*above[:torn], *(row for row in tail if _sums(row))]
    whole = _joined([row for row in (*tail, *lead) if not _sums(row)])
    return upper, [*(row for row in lead if _sums(row)), whole, *below[first + 1 :]]


def _places(columns: Columns) -> _Places:
    roles = [head.role if head is not None else None for head in columns.heads]
    keys = {place for place, role in enumerate(roles) if role in _KEYS}
    return _Places(frozenset(keys), frozenset(place for place, role in enumerate(roles) if role in _AMOUNTS))


def _filled(row: Cells) -> frozenset[int]:
    return frozenset(place for place, cell in enumerate(row) if cell is not None and any(sign.isalnum() for sign in cell.text))


def _counts(row: Cells, places: _Places) -> bool:
    """Whether a figure stands under an amount, and no sum is carried over."""
    if _sums(row):
        return False
    cells = (row[place] for place in places.amounts if place < len(row))
    return any(cell is not None and any(sign.isdigit() for sign in cell.text) for cell in cells)


def _sums(row: Cells) -> bool:
    return any(cell is not None and foot_field(cell.text) is not None for cell in row)


def _joined(rows: Sequence[Cells]) -> Cells:
    """The rows as one, each column's texts one after the other."""
    width = max(len(row) for row in rows)
    return tuple(_whole([row[place] for row in rows if place < len(row)]) for place in range(width))


def _whole(cells: Sequence[TextBox | None]) -> TextBox | None:
    stated = [cell for cell in cells if cell is not None]
    return replace(stated[0], text=" ".join(cell.text for cell in stated)) if stated else None

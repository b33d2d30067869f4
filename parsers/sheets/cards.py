"""Forms that give each article a card of its own, label beside value, or a column beside the labels: set as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from models.domain.document import Grid, TextBox
from parsers.lexicon import meaning_of_header, split_at_header
from parsers.tables.column_guess import PARTS
from parsers.tables.head_rows import Row
from parsers.tables.headings import headings_of
from parsers.values.units import unit_code

_NAMED = frozenset({"description", *PARTS})
_OF_A_LINE = frozenset(
    {*_NAMED, "quantity", "unit", "unit_price", "line_total", "discount_percent", "price_basis_quantity", "line_number"}
    | {"requested_delivery_date", "colour", "size"}
)
_CODE = re.compile(r"\b(?:c[oó]d|kod)", re.IGNORECASE)
_ROWS_ASKED, _MOST_COLUMNS, _FEWEST_LABELS = 2_000, 40, 3


@dataclass(slots=True)
class _Card:
    """Labels with the values right of them by role, in rows below one another, and the number that a title gives it."""

    place: int
    rows: dict[str, tuple[TextBox, Row]] = field(default_factory=dict)
    number: TextBox | None = None


def lines_of_cards(sheet: Grid) -> Grid:
    """`sheet` with its cards as rows under heads; as it is where it has a table of lines, or cards that count nothing."""
    rows = sheet.rows[:_ROWS_ASKED]
    if len(sheet.rows) > _ROWS_ASKED or any(heading.is_order_table for heading in headings_of(rows).values()):
        return sheet
    cards = [card for card in _cards(rows) if "quantity" in card.rows and _NAMED & card.rows.keys()]
    lines = [line for card in cards for line in _lines_of(card)]
    if not lines or (len(lines) == 1 and (len(lines[0]) < _FEWEST_LABELS or lines[0].keys().isdisjoint(PARTS))):
        return sheet  # a lone card without a number of its article may have it under a label that is not known
    roles = list(dict.fromkeys(role for line in lines for role in line))
    labels = {role: label for card in cards for role, (label, _) in card.rows.items()}
    numbered = [card.number for card in cards if card.number is not None]
    if "line_number" in roles and "line_number" not in labels:
        labels["line_number"] = replace(numbered[0], text="Line")
    heads = tuple(labels[role] for role in roles)
    return replace(sheet, rows=(heads, *(tuple(line.get(role) for role in roles) for line in lines)))


def cells_of_cards(sheet: Grid) -> frozenset[int]:
    """The ids of the cells that say something of a card's article, and nothing of the order: its "Total" is the line's."""
    cards = lines_of_cards(sheet)
    return frozenset() if cards is sheet else frozenset(id(cell) for row in cards.rows[1:] for cell in row if cell is not None)


def _cards(rows: Sequence[Row]) -> Iterator[_Card]:
    """The runs of rows that begin with labels of a line in the same column; a label that comes again begins another card."""
    card: _Card | None = None
    for at, row in enumerate(rows):
        found = _label(row)
        if found is None:
            if card is not None and sum(cell is not None for cell in row) < 2:  # a blank row or a title, no other label
                yield card
                card = None
            continue
        place, role, label = found
        if card is None or card.place != place or role in card.rows:
            if card is not None:
                yield card
            card = _Card(place, number=_numbered(rows[at - 1]) if at else None)
        card.rows[role] = (label, row)
    if card is not None:
        yield card


def _label(row: Row) -> tuple[int, str, TextBox] | None:
    """The first filled cell of a row, if it is a head of a line's column and a value stands right of it."""
    filled = [(place, cell) for place, cell in enumerate(row[:_MOST_COLUMNS]) if cell is not None and cell.text.strip()]
    if len(filled) < 2:
        return None
    place, label = filled[0]
    meaning = meaning_of_header(label.text.strip().rstrip(" :"))
    role = meaning.name if meaning is not None else None
    if role == "head.vendor_number" and _CODE.search(label.text):
        role = "seller_part_number"  # "Supplier code" is the vendor's in a head, and the article's among what a card says of it
    if role not in _OF_A_LINE:
        return None
    value = filled[1][1].text.strip()
    if meaning_of_header(value.rstrip(" :")) is not None and unit_code(value) is None:
        return None
    return place, role, label


def _numbered(row: Row) -> TextBox | None:
    """The number in a title such as "Item 2"."""
    filled = [cell for cell in row if cell is not None and cell.text.strip()]
    split = split_at_header(filled[0].text) if len(filled) == 1 else None
    return replace(filled[0], text=split[2]) if split is not None and split[0].name == "line_number" else None


def _lines_of(card: _Card) -> Iterator[Mapping[str, TextBox]]:
    """A line for each column in which the card's quantity stands."""
    _, counted = card.rows["quantity"]
    for place in range(card.place + 1, min(len(counted), _MOST_COLUMNS)):
        line = {role: cell for role, (_, row) in card.rows.items() if place < len(row) and (cell := row[place]) is not None}
        if "quantity" in line and _NAMED & line.keys():
            yield {"line_number": card.number, **line} if card.number is not None else line

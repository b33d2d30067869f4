"""Places to deliver to that a form names by a code or a short name, and whose address a list in the same workbook holds.

Such forms let people choose from the list: "ALM-03" beside "Deliver to", and on a sheet of its own the row that begins so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.domain.document import Grid, TextBox
from parsers.fields import LabelledValue
from parsers.lexicon import folded
from parsers.tables.head_rows import Row
from parsers.values.addresses import pieces_of_line
from parsers.values.towns import town_of

_PARTIES = frozenset({"ship_to", "bill_to"})
_MOST_ROWS, _LONGEST = 5_000, 60
_CODE_AND_NAME = re.compile(r"\s+[-–—:|]\s+")
_POSTAL_CODE = re.compile(r"(?:[A-Z]{1,2}-?)?\d{3,6}(?:[- ]?[A-Z\d]{2,4})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}")
_NO_ADDRESS = re.compile(r"@|\d{1,2}:\d{2}|^\+?[\d\s()/.-]{9,}$|^(?:tel|fax|phone)\b", re.IGNORECASE)


def with_places_listed(values: Sequence[LabelledValue], sheets: Sequence[Grid]) -> Iterator[LabelledValue]:
    """`values`, with the address from a list of `sheets` in place of a party's code; what several rows say is left as it is."""
    for value in values:
        found = list(_addresses(value.value, sheets)) if value.field in _PARTIES and _is_short(value.value.text) else []
        only = found[0] if len({box.text for box in found}) == 1 else value.value
        yield replace(value, value=only)


def _is_short(text: str) -> bool:
    return "\n" not in text.strip() and len(text) <= _LONGEST and not _has_town([text])


def _addresses(chosen: TextBox, sheets: Sequence[Grid]) -> Iterator[TextBox]:
    """The addresses in rows that name what is chosen in one of their cells, each as that cell's."""
    names = {folded(chosen.text.strip()), folded(_CODE_AND_NAME.split(chosen.text.strip())[0])}
    for sheet in sheets:
        for row in sheet.rows[:_MOST_ROWS]:
            place = next((at for at, cell in enumerate(row) if cell is not None and folded(cell.text.strip()) in names), None)
            named = row[place] if place is not None else None
            if place is None or named is None or named.evidence.cell == chosen.evidence.cell:
                continue
            lines = list(_lines_of(row, place))
            if len(lines) > 1 and _has_town(lines):
                yield replace(named, text="\n".join(lines))


def _has_town(lines: Sequence[str]) -> bool:
    return any(town_of(piece) is not None for line in lines for piece in pieces_of_line(line))


def _lines_of(row: Row, place: int) -> Iterator[str]:
    """The lines of the address in a row: its name, its street, and its postal code with its town, whichever stands first. The
    cell that was chosen is the name where none follows that could be it."""
    cells = [cell.text.strip() for cell in row[place + 1 :] if cell is not None and cell.text.strip()]
    cells = [text for text in cells if not _NO_ADDRESS.search(text)]
    chosen = row[place]
    if chosen is not None and (not cells or any(sign.isdigit() for sign in cells[0])):
        cells.insert(0, chosen.text.strip())
    at = 0
    while at < len(cells):
        following = cells[at + 1] if at + 1 < len(cells) else ""
        last = cells[at + 2] if at + 2 < len(cells) else ""
        if _POSTAL_CODE.fullmatch(cells[at]) and following and not any(sign.isdigit() for sign in following):
            yield f"{cells[at]} {following}"
            at += 2
        elif re.fullmatch(r"[A-Z]{2}", following) and _POSTAL_CODE.fullmatch(last):
            yield f"{cells[at]}, {following} {last}"
            at += 3
        elif at > 0 and not any(sign.isdigit() for sign in cells[at]) and _POSTAL_CODE.fullmatch(following):
            yield f"{following} {cells[at]}" if following.isdigit() else f"{cells[at]} {following}"
            at += 2
        else:
            yield cells[at]
            at += 1

"""Where the goods of a table's lines go: addresses in its columns, and addresses of a sheet that no reading took."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from models.contracts.extraction_v1 import PartyV1, Problem, PurchaseOrderV1, StatedValue
from models.domain.document import Grid, TextBox
from models.domain.findings import Severity
from parsers.tables.head_rows import Row
from parsers.tables.headings import headings_of
from parsers.values.addresses import pieces_of_line
from parsers.values.cells import stated
from parsers.values.party_blocks import party_from_block
from parsers.values.streets import is_street
from parsers.values.towns import country_of, town_of

_PLACE = ("name", "street", "postal_code", "city", "region", "country")
_DECIDES = ("street", "postal_code", "city")
_COLUMN = 0.95
_ROWS_ASKED, _ROWS_BELOW, _SHOWN = 400, 60, 3

#: What a line says that goes where the order's head says.
_AS_THE_HEAD = re.compile(
    r"\b(?:same|see|siehe|wie|s\.|voir|idem|ver|mismo|vedi|come|zie|als|patrz|jak)\b.{0,20}"
    r"\b(?:above|header|head|order|oben|kopf|ci-dessus|en-t[eê]te|arriba|cabecera|sopra|testata|boven|kop|wy[zż]ej)\b|^(?:same|idem|dito)$",
    re.IGNORECASE,
)

_Columns = Sequence[Mapping[str, TextBox]]


def place_in_columns(columns: _Columns, role: str = "ship_to") -> PartyV1 | None:
    """The party that columns state: its name, street, town … each, or all of it in one; None where lines differ in it."""
    found: dict[str, StatedValue | None] = {}
    for field in _PLACE:
        box = _only(columns, f"{role}.{field}")
        if box is not None:
            text = country_of(box.text) if field == "country" else box.text
            found[field] = stated(text, [box], _COLUMN) if text else None
    whole = _only(columns, role)
    if whole is not None:
        block = party_from_block([whole])
        if found.keys() & {"postal_code", "city"}:
            found = {"street": stated(whole.text, [whole], _COLUMN), **found}  # "2210 Route 9" beside its town is a street
        elif block.postal_code is not None:
            found = {**{name: value for name in _PLACE if (value := getattr(block, name)) is not None}, **found}
        else:
            found.setdefault("street" if "name" in found else "name", stated(whole.text, [whole], _COLUMN))
    return PartyV1(**found) if found.keys() - {"name"} else None


def _only(columns: _Columns, name: str) -> TextBox | None:
    boxes = [own[name] for own in columns if name in own]
    return boxes[0] if boxes and len({box.text.strip() for box in boxes}) == 1 else None


def doubts_of_place(
    order: PurchaseOrderV1, parties: Iterable[PartyV1], columns: _Columns, sheets: Sequence[Grid]
) -> Iterator[Problem]:
    """What speaks against sending all lines to the ship-to that was read: columns that name several, or, where none was
    read, an address that none of `parties` (those of the order's head) has."""
    several = _several(columns, has_place=_has_place(order.ship_to))
    if several:
        shown = ", ".join(f'"{text}"' for text in several[:_SHOWN])
        message = (
            f"the lines name {len(several)} places to deliver to ({shown}): see where each goes, or ask for an order for each"
        )
        yield Problem(code="several_ship_tos", severity=Severity.ERROR, field="ship_to", message=message)
    elif not _has_place(order.ship_to) and (address := _untaken_address(parties, columns, sheets)) is not None:
        text, place = " ".join(address.text.split())[:80], address.evidence.cell or address.evidence.part
        message = f'"{text}" ({place}) looks like an address, but it is not said whose: see whether the goods go there'
        yield Problem(code="unread_address", severity=Severity.ERROR, field="ship_to", message=message)


def _has_place(party: PartyV1 | None) -> bool:
    return party is not None and (party.gln is not None or any(getattr(party, name) is not None for name in _DECIDES))


def _several(columns: _Columns, *, has_place: bool) -> list[str]:
    """The places that differ from line to line; names alone (of shops) do not count where the head says where to deliver."""
    for field in ("street", "city", "postal_code", "", "name"):
        name = f"ship_to.{field}" if field else "ship_to"
        texts = list(dict.fromkeys(" ".join(own[name].text.split()) for own in columns if name in own))
        texts = [text for text in texts if not (has_place and _AS_THE_HEAD.search(text))]
        if len(texts) > 1 and not (has_place and field in ("", "name") and not any(map(_is_address, texts))):
            return texts
    return []


def _is_address(text: str) -> bool:
    pieces = pieces_of_line(text)
    return any(town_of(piece) is not None for piece in pieces) and any(is_street(piece) for piece in pieces)


def _untaken_address(parties: Iterable[PartyV1], columns: _Columns, sheets: Sequence[Grid]) -> TextBox | None:
    known = {party.postal_code.value for party in parties if party.postal_code is not None}
    town, postcode = _only(columns, "place.city"), _only(columns, "place.postal_code")
    if town is not None and (postcode is None or postcode.text.strip() not in known) and _is_behind_a_street(town, sheets):
        return town  # "Address | City | Code" that say whose they are as little
    for sheet in sheets:
        rows = (*sheet.rows[:_ROWS_ASKED], *sheet.rows[max(_ROWS_ASKED, len(sheet.rows) - _ROWS_BELOW) :])
        tables = _rows_of_lines(rows)
        for at, row in enumerate(rows):
            for place, cell in enumerate(row if at not in tables else ()):
                if cell is not None and (code := _code_of_address(cell, rows[at - 1] if at else (), place)) and code not in known:
                    return cell
    return None


def _is_behind_a_street(town: TextBox, sheets: Sequence[Grid]) -> bool:
    for row in (row for sheet in sheets for row in sheet.rows[:_ROWS_ASKED] if town in row):
        place = row.index(town)
        return any(cell is not None and is_street(cell.text) for cell in row[max(0, place - 2) : place])
    return False


def _rows_of_lines(rows: Sequence[Row]) -> set[int]:
    """The rows below heads of lines down to the next blank one: "2210 Boot Lola" is goods there."""
    found: set[int] = set()
    for start, heading in headings_of(rows).items():
        if heading.is_order_table:
            end = next((at for at in range(start, len(rows)) if not any(rows[at])), len(rows))
            found.update(range(start, end))
    return found


def _code_of_address(cell: TextBox, above: Row, place: int) -> str | None:
    """The postal code of an address that ends in `cell`: its town here, its street before it in the cell or in that above."""
    if not 4 < len(cell.text) <= 300 or not any(map(str.isdigit, cell.text)):
        return None
    pieces = [piece for line in cell.text.splitlines() for piece in pieces_of_line(line)]
    town = next((town for piece in reversed(pieces) if (town := town_of(piece)) is not None and town.city), None)
    over = above[place] if place < len(above) else None
    has_street = any(is_street(piece) and town_of(piece) is None for piece in pieces) or (
        over is not None and is_street(over.text)
    )
    return town.postal_code if town is not None and has_street else None

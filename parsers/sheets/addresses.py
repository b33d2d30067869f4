"""Addresses that a form takes apart: a party's name beside its label, and below it street, code and town beside theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.domain.document import TextBox
from parsers.fields import LabelledValue
from parsers.head_words import kinds_of
from parsers.lexicon import meaning_of_label
from parsers.tables.head_rows import Row

_PARTIES = frozenset({"ship_to", "bill_to", "buyer"})
_TITLES = frozenset({*_PARTIES, "seller", "ship_from"})
_OF_AN_ADDRESS = frozenset({"place", "street", "postcode", "city", "country", "region", "code", "number", "filler"})
_TELLING = frozenset({"place", "street", "postcode", "city"})
_OF_A_NAME = frozenset({"company", "text", "filler"})
_MOST_ROWS, _REACH_RIGHT, _REACH_UP = 8, 3, 2
_LABELLED = 0.96

_Pieces = Iterator[tuple[frozenset[str], str]]


def addresses_apart(rows: Sequence[Row]) -> Iterator[LabelledValue]:
    """The parties whose addresses stand in rows of their own below their names; "Name", "Firma" say whose name it is by the
    title above them."""
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            name = _beside(row, place) if cell is not None and cell.text.strip() else None
            role = _party_named(rows, at, place) if name is not None else None
            if cell is None or name is None or role is None:
                continue
            pieces = list(_pieces_below(rows, at, place))
            if pieces:
                text = "\n".join([name.text, *_lines_of(pieces)])
                yield LabelledValue(role, cell.text, TextBox(text, name.evidence, name.confidence), _LABELLED)


def is_party_form(rows: Sequence[Row], at: int, place: int) -> bool:
    """Whether a title's party is told by labels of its own below: a cell that asks for something and has it beside it."""
    cell = rows[at][place] if at < len(rows) and place < len(rows[at]) else None
    return cell is not None and cell.text.rstrip().endswith(":") and _beside(rows[at], place) is not None


def _party_named(rows: Sequence[Row], at: int, place: int) -> str | None:
    """Whose name stands beside the label."""
    cell = rows[at][place]
    meaning = _field(cell)
    kinds = kinds_of(cell.text.strip().rstrip(" :")) if cell is not None else None
    title = _title_above(rows, at, place) if kinds and all(each & _OF_A_NAME for each in kinds) else None
    named = title or meaning or ("buyer" if any("company" in each for each in kinds or ()) else None)
    return named if named in _PARTIES else None


def _title_above(rows: Sequence[Row], at: int, place: int) -> str | None:
    """The party that the nearest cell above names without naming it itself: "Besteller:", "Datos de entrega"."""
    for row in reversed(rows[max(0, at - _REACH_UP) : at]):
        cell = row[place] if place < len(row) else None
        if cell is not None and cell.text.strip():
            field = _field(cell)
            return field if field in _TITLES and (place + 1 >= len(row) or row[place + 1] is None) else None
    return None


def _field(cell: TextBox | None) -> str | None:
    meaning = meaning_of_label(cell.text.strip().rstrip(" :")) if cell is not None else None
    return meaning.name if meaning is not None else None


def _pieces_below(rows: Sequence[Row], at: int, place: int) -> _Pieces:
    """What the labels below name of an address, with their values; a row without a label goes on with the one above it. Between
    them may stand what else is said of a party (who to ask, a telephone), up to a gap or the next party."""
    begun: frozenset[str] | None = None
    for row in rows[at + 1 : at + 1 + _MOST_ROWS]:
        label = row[place] if place < len(row) else None
        value = _beside(row, place)
        if label is not None and label.text.strip():
            if _field(label) in _TITLES:
                return
            begun = _kinds(label.text)
        elif value is None:
            return
        if begun and value is not None:
            yield begun, value.text


def _kinds(label: str) -> frozenset[str]:
    kinds = kinds_of(label.strip().rstrip(" :")) or ()
    whole = frozenset().union(*kinds)
    return whole if whole & _TELLING and all(each & _OF_AN_ADDRESS for each in kinds) else frozenset()


def _lines_of(pieces: Sequence[tuple[frozenset[str], str]]) -> Iterator[str]:
    """The address's lines; a code alone, its town and its state make one."""
    town: dict[str, str] = {}
    for kinds, text in pieces:
        single = next((kind for kind in ("postcode", "city", "region") if kinds & {"postcode", "city", "region"} == {kind}), None)
        if single is not None and "street" not in kinds and single not in town:
            town[single] = text
        else:
            yield text
    code, city, region = (town.get(kind, "") for kind in ("postcode", "city", "region"))
    if region or (code and not code[:1].isdigit()):
        yield f"{city}, {region} {code}" if region else f"{city} {code}"
    elif code or city:
        yield f"{code} {city}".strip()


def _beside(row: Row, place: int) -> TextBox | None:
    """The filled cell right of a label, which is no label itself."""
    right = (row[index] for index in range(place + 1, min(len(row), place + 1 + _REACH_RIGHT)))
    found = next((cell for cell in right if cell is not None and cell.text.strip()), None)
    return found if found is not None and _field(found) is None else None

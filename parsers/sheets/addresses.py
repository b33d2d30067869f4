"""Addresses that a form takes apart: a party's name beside its label, and below it street, code and town beside theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.domain.document import TextBox
from parsers.fields import LabelledValue
from parsers.head_words import kinds_of
from parsers.lexicon import meaning_of_label
from parsers.tables.head_rows import Row

_PARTIES = frozenset({"ship_to", "bill_to", "buyer"})
_OF_AN_ADDRESS = frozenset({"place", "street", "postcode", "city", "country", "region", "code"})
_TELLING = frozenset({"place", "street", "postcode", "city"})
_MOST_ROWS, _REACH_RIGHT = 6, 3
_LABELLED = 0.96


def addresses_apart(rows: Sequence[Row]) -> Iterator[LabelledValue]:
    """The parties whose addresses stand in rows of their own below their names."""
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            meaning = meaning_of_label(cell.text.strip().rstrip(" :")) if cell is not None else None
            name = _beside(row, place) if meaning is not None and meaning.name in _PARTIES else None
            if cell is None or meaning is None or name is None:
                continue
            pieces = list(_pieces_below(rows, at, place))
            if pieces:
                text = "\n".join([name.text, *_lines_of(pieces)])
                yield LabelledValue(meaning.name, cell.text, TextBox(text, name.evidence, name.confidence), _LABELLED)


def _pieces_below(rows: Sequence[Row], at: int, place: int) -> Iterator[tuple[frozenset[str], str]]:
    """What the labels below name of an address, with their values; a row without a label goes on with the one above it."""
    begun: frozenset[str] | None = None
    for row in rows[at + 1 : at + 1 + _MOST_ROWS]:
        label = row[place] if place < len(row) else None
        value = _beside(row, place)
        if value is None:
            return
        if label is not None and label.text.strip():
            begun = _kinds(label.text)
        if not begun:
            return
        yield begun, value.text


def _kinds(label: str) -> frozenset[str]:
    kinds = kinds_of(label.strip().rstrip(" :")) or ()
    whole = frozenset().union(*kinds)
    return whole if whole & _TELLING and all(each & _OF_AN_ADDRESS for each in kinds) else frozenset()


def _lines_of(pieces: Sequence[tuple[frozenset[str], str]]) -> Iterator[str]:
    """The address's lines; a code alone and its town alone make one."""
    code = ""
    for kinds, text in pieces:
        if "postcode" in kinds and "city" not in kinds:
            code = text
        elif code and "city" in kinds:
            yield f"{code} {text}"
            code = ""
        else:
            yield text


def _beside(row: Row, place: int) -> TextBox | None:
    """The filled cell right of a label, which is no label itself."""
    right = (row[index] for index in range(place + 1, min(len(row), place + 1 + _REACH_RIGHT)))
    found = next((cell for cell in right if cell is not None and cell.text.strip()), None)
    return found if found is not None and meaning_of_label(found.text.strip().rstrip(" :")) is None else None

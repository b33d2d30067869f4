"""Several columns that name one place to deliver to: "Ship-To Name | Ship-To Address | Ship-To Address 2", told by cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.head_words import kinds_of
from parsers.tables.column_guess import cells_of, mostly
from parsers.tables.columns import Column, Heading
from parsers.values.streets import is_street

_PLACE, _NAME, _STREET, _MORE = "head.ship_to", "head.ship_to.name", "head.ship_to.street", "ignore.address_line"
_CITY = "head.ship_to.city"


def with_parted_places(heading: Heading, rows: Sequence[Sequence[str]]) -> Heading:
    """The heading where the first of such columns that holds streets is the street, and one left of it the name."""
    places = [column for column in heading.columns if column.roles in ((_PLACE,), (_STREET,))]
    if len(places) < 2:
        return heading
    street = next((column for column in places if mostly(cells_of(rows, column.index), is_street)), None)
    if street is None:
        return heading
    columns = (replace(each, roles=(_role(each, street, heading),)) if each in places else each for each in heading.columns)
    return replace(heading, columns=tuple(columns))


def _role(column: Column, street: Column, heading: Heading) -> str:
    if column is street:
        return _STREET
    if not heading.has(_CITY) and any("city" in kinds for kinds in kinds_of(column.head) or ()):
        return _CITY  # "Lieferort" beside the street
    return _NAME if column.index < street.index and not heading.has(_NAME) else _MORE

"""Values that were read of a text or page set anew for reading, pointed at where their words stand in the document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from models.contracts.extraction_v1 import StatedValue
from models.contracts.wire import Wire
from models.domain.evidence import Evidence
from parsers.part_reading import OrderReading, PartReading

#: Where the words at a place of what was read stand: one place, or several.
Places = Callable[[Evidence], tuple[Evidence, ...]]


def relocated_reading(reading: PartReading, places: Places) -> PartReading:
    """`reading` with all its evidence where `places` says."""
    return replace(
        reading,
        orders=tuple(relocated_order(order, places) for order in reading.orders),
        problems=_relocated(reading.problems, places),
        numbers=tuple(number.model_copy(update={"evidence": places(number.evidence)[0]}) for number in reading.numbers),
    )


def relocated_order(order: OrderReading, places: Places) -> OrderReading:
    """`order` with all its evidence where `places` says."""
    return replace(order, order=_relocated(order.order, places), problems=_relocated(order.problems, places))


def _relocated(value: Any, places: Places) -> Any:
    """`value` with all evidence in it relocated; what has none is given back as it is."""
    if isinstance(value, StatedValue):
        return value.model_copy(update={"evidence": _relocated(value.evidence, places)}) if value.evidence else value
    if isinstance(value, tuple):
        if value and isinstance(value[0], Evidence):
            return tuple(own for place in value for own in places(place))
        return tuple(_relocated(each, places) for each in value)
    if isinstance(value, Wire):
        whole = {name: getattr(value, name) for name in type(value).model_fields}
        moved = {name: _relocated(each, places) for name, each in whole.items()}
        return value.model_copy(update={name: each for name, each in moved.items() if each is not whole[name]})
    return value

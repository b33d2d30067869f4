"""Days of a column that no head calls the wanted ones: where they lie before the order's own day, nobody can wish for them."""

from __future__ import annotations

from collections.abc import Sequence

from models.contracts.extraction_v1 import OrderLineV1, StatedValue

#: The confidence of a day under a head that says it is the wanted one.
_SAID = 0.8


def without_past_guesses(lines: Sequence[OrderLineV1], ordered: StatedValue | None) -> tuple[OrderLineV1, ...]:
    """`lines` without the days that were only guessed to be the wanted ones, if one of them is before the day of the order: it
    is the last order's, or the end of a price."""
    guessed = [line.requested_delivery_date for line in lines]
    days = [day.value for day in guessed if day is not None and day.confidence < _SAID]
    if ordered is None or not days or min(days) >= ordered.value:
        return tuple(lines)
    return tuple(
        line.model_copy(update={"requested_delivery_date": None}) if day is not None and day.confidence < _SAID else line
        for line, day in zip(lines, guessed, strict=True)
    )

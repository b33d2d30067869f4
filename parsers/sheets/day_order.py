"""Sheets whose days could be two ("03/05/2026", no figure above twelve): read as the country that they name writes days."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.domain.document import Grid
from parsers.part_reading import PartReading
from parsers.values.number_style import DateOrder, number_style

_OPEN_DAY = re.compile(r"(?:0?[1-9]|1[0-2])([/-])(?:0?[1-9]|1[0-2])\1(?:\d{4}|\d{2})")
_ROWS_ASKED = 2_000


def order_of_days(sheets: Sequence[Grid], reading: PartReading) -> DateOrder | None:
    """How the one country that the orders' buyers and places lie in writes days, where a cell leaves that open."""
    if not any(map(_leaves_open, sheets)):
        return None
    parties = [party for each in reading.orders for party in (each.order.ship_to, each.order.buyer) if party is not None]
    countries = {party.country.value for party in parties if party.country is not None}
    return number_style((), country=countries.pop()).date_order if len(countries) == 1 else None


def is_wanted_in_time(reading: PartReading) -> bool:
    """Whether no order wants its goods before the day on which it was written."""
    return not any(
        (ordered := each.order.order_date) is not None and wanted is not None and wanted.value < ordered.value
        for each in reading.orders
        for wanted in (each.order.requested_delivery_date, *(line.requested_delivery_date for line in each.order.lines))
    )


def _leaves_open(sheet: Grid) -> bool:
    cells = (cell.text.strip() for row in sheet.rows[:_ROWS_ASKED] for cell in row if cell is not None)
    return any(_OPEN_DAY.fullmatch(text) for text in cells if len(text) < 11)

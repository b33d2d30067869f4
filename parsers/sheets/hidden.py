"""Lines in rows and sheets that nobody sees who opens the workbook: old orders, what a filter took away, copies for programs.

The total settles whether they are ordered; where it does not, the lines that can be seen are read, and a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from models.contracts.extraction_v1 import OrderLineV1, Problem
from models.domain.document import Grid
from models.domain.findings import Severity
from parsers.part_reading import OrderReading, PartReading

#: The rows that each sheet hides, counted from 1.
Hidden = Mapping[str, frozenset[int]]

_CELL = re.compile(r"(.+)![A-Z]{1,3}(\d{1,7})", re.DOTALL)
_SHOWN = 3


def without_hidden(
    reading: PartReading, sheets: Sequence[Grid], hidden: Hidden, read: Callable[[Sequence[Grid]], PartReading]
) -> PartReading:
    """`reading` of `sheets` as it is where no line of it is hidden, or its totals say that those that are belong to it; else
    what is read without them, with an error unless the totals bear that out."""
    places = places_of_lines(reading, hidden)
    if not places or comes_out(reading):
        return reading
    seen = read([without_rows(sheet, {row for name, row in places if name == sheet.name}) for sheet in sheets])
    if not any(order.order.lines for order in seen.orders):
        return replace(
            reading, problems=(*reading.problems, _problem(places, "are read all the same, since no others are there"))
        )
    if comes_out(seen):
        return seen
    return replace(seen, problems=(*seen.problems, _problem(places, "were left out")))


def places_of_lines(reading: PartReading, rows: Hidden) -> set[tuple[str, int]]:
    """(sheet, row) of the lines that stand in any of `rows`."""
    cells = (cell for order in reading.orders for line in order.order.lines for cell in _cells(line))
    found = ((match[1], int(match[2])) for cell in cells if (match := _CELL.fullmatch(cell)))
    return {(name, row) for name, row in found if row in rows.get(name, ())}


def _cells(line: OrderLineV1) -> Iterator[str]:
    """Where the line's quantity stands, or what it costs."""
    value = line.quantity or line.line_total
    yield from (evidence.cell for evidence in (value.evidence if value is not None else ()) if evidence.cell)


def comes_out(reading: PartReading) -> bool:
    """Whether every order states a total that its lines add up to."""
    return bool(reading.orders) and all(map(_adds_up, reading.orders))


def _adds_up(reading: OrderReading) -> bool:
    order = reading.order
    amounts = [line.line_total.value for line in order.lines if line.line_total is not None]
    whole = sum(map(Decimal, amounts), Decimal(0))
    totals = [Decimal(total.value) for total in (order.total_net, order.total_gross) if total is not None]
    return len(amounts) == len(order.lines) > 0 and whole in totals


def without_rows(sheet: Grid, rows: Collection[int]) -> Grid:
    """`sheet` with the rows, counted from 1, empty."""
    return replace(sheet, rows=tuple(() if at in rows else row for at, row in enumerate(sheet.rows, start=1)))


def _problem(places: set[tuple[str, int]], what: str) -> Problem:
    shown = ", ".join(f"row {row} of {name}" for name, row in sorted(places)[:_SHOWN])
    more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
    message = f"lines that the workbook hides ({shown}{more}) {what}: unhide them, and see whether they are ordered"
    return Problem(code="hidden_lines", severity=Severity.ERROR, field="lines", message=message)

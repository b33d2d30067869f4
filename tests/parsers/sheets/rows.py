"""Sheets for tests, written as rows with bars between the cells, and what their orders say."""

from __future__ import annotations

from collections.abc import Sequence

from models.contracts.extraction_v1 import OrderLineV1
from parsers.part_reading import OrderReading
from parsers.sheets.delimited import read_delimited


def read(rows: str) -> OrderReading:
    """The order of a sheet whose rows are lines with bars between the cells."""
    cells = [line.split("|") for line in rows.strip("\n").splitlines()]
    width = max(map(len, cells))
    text = "\n".join("|".join([*line, *[""] * (width - len(line))]) for line in cells)
    (order,) = read_delimited(text.encode(), "sheet.csv").orders
    return order


def values(lines: Sequence[OrderLineV1], *names: str) -> list[list[str | None]]:
    return [[value.value if (value := getattr(line, name)) is not None else None for name in names] for line in lines]


def errors(order: OrderReading) -> set[str]:
    return {problem.code for problem in order.problems if problem.severity.value == "error"}

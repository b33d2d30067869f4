"""Assortments: a row of a size matrix that says what one pack holds, and beside it how many packs are wanted.

The sizes are then a ratio, and what is ordered of each is ratio times packs. Two figures of the row must bear that out: the
packs and the pieces of all of them, under heads that speak of packs or of pieces, and not of money.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from models.domain.document import TextBox
from parsers.head_words import kinds_of
from parsers.tables.columns import Column, Heading
from parsers.tables.head_rows import Row
from parsers.values.cells import quantity_cell
from parsers.values.numbers import NumberStyle

_MONEY = frozenset({"unit_price", "line_total", "ignore.list_price"})


class Packs(NamedTuple):
    """How many packs, and the cells that say so."""

    number: Decimal
    boxes: tuple[TextBox, ...]


class _Figure(NamedTuple):
    column: Column
    box: TextBox
    number: Decimal


def packs_of(row: Row, heading: Heading, style: NumberStyle) -> Packs | None:
    """How often the row's sizes are wanted; None where they are the quantities themselves."""
    sizes = [box for column in heading.sizes if column.index < len(row) and (box := row[column.index]) is not None]
    ratio = sum((cell.number for box in sizes if (cell := quantity_cell(box.text, style)) is not None), Decimal(0))
    figures = [figure for figure in _figures(row, heading, style) if figure.number > 1]
    for packs in figures:
        for whole in figures:
            if ratio > 0 and whole is not packs and packs.number * ratio == whole.number and _count_packs(packs, whole):
                held = [figure.box for figure in figures if figure.number == ratio]
                return Packs(packs.number, (packs.box, whole.box, *held))
    return None


def _figures(row: Row, heading: Heading, style: NumberStyle) -> Iterator[_Figure]:
    for column in heading.columns:
        box = row[column.index] if column.index < len(row) else None
        cell = quantity_cell(box.text, style) if box is not None and not column.size else None
        if box is not None and cell is not None and column.roles[0] not in _MONEY and cell.number == int(cell.number):
            yield _Figure(column, box, cell.number)


def _count_packs(packs: _Figure, whole: _Figure) -> bool:
    """Whether the heads speak of packs, or of pieces in all."""
    return "pack" in _kinds(packs.column) or whole.column.roles[0] == "quantity" or "quantity" in _kinds(whole.column)


def _kinds(column: Column) -> frozenset[str]:
    return frozenset().union(*(kinds_of(column.head) or ()))

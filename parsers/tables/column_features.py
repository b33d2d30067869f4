"""What a column looks like, in figures: the shapes of its cells, where it stands, what multiplies out with others, and how
its head sounds. The inputs of the learned vote on columns whose heads are unknown."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from itertools import combinations, pairwise
from math import log10

from parsers.tables.head_rows import is_number
from parsers.values.cells import date_cell, gtin_of, price_cell
from parsers.values.multiplying import multiplies
from parsers.values.numbers import NumberStyle, currency_of
from parsers.values.units import unit_code
from parsers.wordlists import folded, terms, words_file

#: What a column can be voted to be.
ROLES = (
    "line_number", "part_number", "gtin", "description", "quantity", "unit", "unit_price", "line_total", "discount_percent",
    "price_basis_quantity", "requested_delivery_date", "other",
)  # fmt: skip
_PARTS = frozenset({"part_number", "buyer_part_number", "seller_part_number"})
_MOST_CELLS, _MOST_FIGURES = 30, 8
_SHAPES: tuple[str, ...] = (
    "filled", "number", "whole", "two_places", "more_places", "currency", "percent", "date", "unit", "gtin", "spaced", "wordy",
    "letters_and_digits", "length", "distinct", "rising", "even_steps", "first_low", "size", "one", "hundreds", "below_hundred",
)  # fmt: skip
_PLACES = ("from_left", "from_right", "factor", "factor_beside_smaller", "product", "before_unit", "after_unit", "after_number")
FEATURES = (*_SHAPES, *_PLACES, *(f"sounds_{role}" for role in ROLES), *(f"claimed_{role}" for role in ROLES[:-1]))

_WORD = re.compile(r"[^\W\d_]{4,}")


def kind_of(role: str | None) -> str:
    """The role to vote for: whose part number it is shows in no cell, and what no line states is `other`."""
    name = "part_number" if role in _PARTS else role
    return name if name in ROLES else "other"


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table as texts, with what is looked at more than once: cells and numbers by column."""

    rows: Sequence[Sequence[str]]
    style: NumberStyle
    width: int
    cells: Sequence[Sequence[str]] = field(default=())
    numbers: Sequence[Sequence[Decimal | None]] = field(default=())

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]], style: NumberStyle) -> Table:
        seen = rows[:_MOST_CELLS]
        width = max(map(len, seen), default=0)
        columns = [[texts[index] if index < len(texts) else "" for texts in seen] for index in range(width)]
        return cls(seen, style, width, columns, [[_number(text, style) for text in column] for column in columns])


def _number(text: str, style: NumberStyle) -> Decimal | None:
    cell = price_cell(text, style) if text else None
    return cell.number if cell else None


def looks(table: Table, index: int, head: str) -> list[float]:
    """The figures of the column at `index` under `head` that hang on nothing else."""
    return [*_shape(table, index), *_place(table, index), *sounds_like(head)]


def features(own: Sequence[float], claimed: Collection[str]) -> list[float]:
    """All figures of a column that looks like `own`, beside columns that are known to be what `claimed` names."""
    return [*own, *(float(role in claimed) for role in ROLES[:-1])]


def _share(cells: Sequence[str], test: Callable[[str], object]) -> float:
    return sum(1 for text in cells if test(text)) / len(cells) if cells else 0.0


def _shape(table: Table, index: int) -> list[float]:
    cells = [text for text in table.cells[index] if text]
    numbers = [number for number in table.numbers[index] if number is not None]
    places = [-int(number.as_tuple().exponent) for number in numbers if isinstance(number.as_tuple().exponent, int)]
    steps = [after - before for before, after in pairwise(numbers)]
    count = len(cells) or 1
    mean = sum(map(abs, numbers), Decimal(0)) / len(numbers) if numbers else Decimal(0)
    return [
        len(cells) / (len(table.rows) or 1),
        len(numbers) / count,
        sum(number == int(number) for number in numbers) / count,
        sum(place == 2 for place in places) / count,
        sum(place > 2 for place in places) / count,
        _share(cells, currency_of),
        _share(cells, lambda text: "%" in text),
        _share(cells, lambda text: date_cell(text, table.style) is not None),
        _share(cells, lambda text: unit_code(text) is not None and not is_number(text)),
        _share(cells, lambda text: len(text) >= 12 and gtin_of(text) is not None),
        _share(cells, lambda text: " " in text),
        _share(cells, _WORD.search),
        _share(cells, lambda text: re.search(r"\d", text) and re.search(r"[^\W\d_]", text) and " " not in text),
        min(sum(map(len, cells)) / count, 60.0),
        len(set(cells)) / count,
        float(len(steps) > 0 and all(step > 0 for step in steps)),
        float(len(set(steps)) == 1 and steps[0] > 0),
        float(bool(numbers) and numbers[0] <= 10),
        log10(float(mean) + 0.01),
        sum(number == 1 for number in numbers) / count,
        sum(number in (100, 1000) for number in numbers) / count,
        sum(0 < number < 100 for number in numbers) / count,
    ]


def _place(table: Table, index: int) -> list[float]:
    factor, beside_smaller, product = _products(table, index)
    before = table.cells[index - 1] if index > 0 else ()
    after = table.cells[index + 1] if index + 1 < table.width else ()

    def is_unit(text: str) -> bool:
        return unit_code(text) is not None and not is_number(text)

    beside = [[text for text in column if text] for column in (after, before)]
    return [
        min(index, 10) / 10,
        min(table.width - 1 - index, 10) / 10,
        factor,
        beside_smaller,
        product,
        _share(beside[0], is_unit),
        _share(beside[1], is_unit),
        _share(beside[1], is_number),
    ]


def _products(table: Table, index: int) -> tuple[float, float, float]:
    """How well the column multiplies with another to a third, whether that other is the more whole, and whether it is the
    product of two."""
    figures = [place for place in range(table.width) if sum(map(_filled, table.numbers[place])) * 2 > len(table.rows)]
    factor = beside_smaller = product = 0.0
    others = [place for place in figures if place != index][:_MOST_FIGURES]
    for one, other in combinations(others, 2):
        product = max(product, _fits(table, one, other, index))
        for partner, whole in ((one, other), (other, one)):
            fit = _fits(table, index, partner, whole)
            if fit > factor:
                factor, beside_smaller = fit, float(_wholeness(table, partner) > _wholeness(table, index))
    return factor, beside_smaller, product


def _filled(number: Decimal | None) -> bool:
    return number is not None


def _wholeness(table: Table, index: int) -> float:
    numbers = [number for number in table.numbers[index] if number is not None]
    return sum(number == int(number) for number in numbers) / (len(numbers) or 1)


def _fits(table: Table, one: int, other: int, whole: int) -> float:
    """The share of rows that multiply out; rows in which a factor is 1 or both are the same prove nothing."""
    rows = list(zip(table.numbers[one], table.numbers[other], table.numbers[whole], strict=True))
    stated = [(a, b, c) for a, b, c in rows if a is not None and b is not None and c is not None]
    telling = [row for row in stated if row[0] != 1 and row[1] != 1]
    return sum(multiplies(*row) for row in telling) / len(telling) if telling else 0.0


@lru_cache(maxsize=4_096)
def sounds_like(head: str) -> tuple[float, ...]:
    """For each role how much of the head's groups of three letters the likest listed head of that role shares, 0 to 1."""
    own = _groups(head)
    if not own:
        return (0.0,) * len(ROLES)
    best = dict.fromkeys(ROLES, 0.0)
    for role, groups in _listed():
        shared = len(own & groups)
        if shared:
            best[role] = max(best[role], 2 * shared / (len(own) + len(groups)))
    return tuple(best.values())


def _groups(text: str) -> frozenset[str]:
    spaced = f"  {' '.join(folded(text[:60]).split())} "
    return frozenset(spaced[place : place + 3] for place in range(len(spaced) - 2)) if text.strip() else frozenset()


@cache
def _listed() -> tuple[tuple[str, frozenset[str]], ...]:
    heads: Mapping[str, Mapping[str, str]] = words_file("columns.yaml")
    return tuple(
        (kind_of(role), groups)
        for role, languages in heads.items()
        for listed in languages.values()
        for groups in dict.fromkeys(_groups(term) for term in terms(listed))
    )

"""Columns whose heads say nothing that is known: what they hold by their cells, and by what multiplies out with the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from parsers.head_words import kinds_of, names_place
from parsers.tables.column_features import Table, kind_of
from parsers.tables.column_votes import shipped_votes, voted
from parsers.tables.columns import Column, Heading
from parsers.tables.head_rows import is_number
from parsers.values.cells import date_cell, gtin_of, price_cell, quantity_cell
from parsers.values.multiplying import multiplies
from parsers.values.numbers import NumberStyle
from parsers.values.units import unit_code

PARTS = ("part_number", "buyer_part_number", "seller_part_number", "gtin")
STEPS = frozenset({1, 2, 5, 10, 100, 1000, 10000})  #: in which lines are counted
_MONEY = ("quantity", "unit_price", "line_total")
_POSITION = re.compile(r"\d{1,2}\.\d{1,2}\.?")
_PROVEN, _SURE, _LIKELY = 0.95, 0.9, 0.5
_MOST_OPEN = 8
_SHORTEST_GTIN = 12
_WORD = re.compile(r"[^\W\d_]{4,}")

_Rows = Sequence[Sequence[str]]


def completed(heading: Heading, rows: _Rows, style: NumberStyle) -> Heading:
    """`heading` with roles for the columns that have none, where their cells leave no choice. `rows` are the texts of the
    rows below it."""
    if heading.levels > 1 or not rows:
        return heading
    heading = _with_variants(_by_product(_with_headless(heading, rows), rows, style), rows, style)
    votes = _votes(heading, rows, style)
    for column in heading.columns:
        cells = cells_of(rows, column.index)
        if column.roles[0] is not None or column.size or not cells:
            continue
        found = _agreed(votes.get(column.index), _role(cells, heading, style))
        is_place = found is not None and found[0] == "unit" and names_place(column.head)  # "MT" is a state, too
        if found is not None and not heading.has(found[0]) and not is_place:
            heading = _given(heading, column, *found)
    return replace(heading, columns=tuple(column for column in heading.columns if column.head or column.roles[0]))


def _votes(heading: Heading, rows: _Rows, style: NumberStyle) -> dict[int, str]:
    """What the columns without a role are voted to be; sizes across have no row that a vote was trained on."""
    unknown = {column.index: column.head for column in heading.columns if column.roles[0] is None and not column.size}
    if not unknown or heading.sizes:
        return {}
    claimed = frozenset(kind_of(role) for column in heading.columns for role in column.roles if role is not None)
    votes = voted(Table.of(rows, style), unknown, claimed, shipped_votes())
    return {index: role for index, role, _ in votes if role != "line_number" or _rises(cells_of(rows, index))}


def _agreed(vote: str | None, rule: tuple[str, float] | None) -> tuple[str, float] | None:
    """The role that a vote gives, with doubt unless the rule says the same; the rule's where there is no vote."""
    if vote is None or (rule is not None and rule[0] == vote):
        return rule
    return vote, _LIKELY


def cells_of(rows: _Rows, index: int) -> list[str]:
    """The filled cells of a column."""
    return [texts[index] for texts in rows if index < len(texts) and texts[index]]


def mostly(cells: Sequence[str], test: Callable[[str], bool]) -> bool:
    """Whether more than half of `cells` pass."""
    return 2 * sum(1 for text in cells if test(text)) > len(cells)


def is_wordy(text: str) -> bool:
    """Whether `text` describes rather than numbers: it has a word, or three pieces."""
    return len(text.split()) > 2 or bool(_WORD.search(text)) or not re.search(r"\d", text)


def counts_up(cells: Sequence[str]) -> bool:
    """Whether `cells` are whole numbers in even steps, from a low one on."""
    figures = [int(text.strip(".")) for text in cells if text.strip(".").isdecimal() and len(text) < 10]
    steps = {after - before for before, after in pairwise(figures)}
    return len(figures) == len(cells) and len(steps) == 1 and steps <= STEPS and figures[0] <= max(1000, *steps)


def _rises(cells: Sequence[str]) -> bool:
    """Whether the numbers in `cells` rise from line to line, as those of lines do and stocks do not."""
    figures = [int(digits[0]) for text in cells if (digits := re.findall(r"\d{1,9}", text))]
    return all(before <= after for before, after in pairwise(figures))


def are_gtins(cells: Sequence[str]) -> bool:
    """Whether `cells` are several numbers of the length of GTINs, with right check digits."""
    return len(cells) > 1 and all(len(text) >= _SHORTEST_GTIN and gtin_of(text) is not None for text in cells)


def is_code(text: str) -> bool:
    """Whether `text` can be the number of a part: a digit, and no words beside it; "4.2" is a position."""
    return bool(re.search(r"\d", text)) and len(text) <= 30 and len(text.split()) <= 2 and not _POSITION.fullmatch(text)


def _is_day(text: str, style: NumberStyle) -> bool:
    """Whether a text is a day of which the year stands elsewhere: "23 Jun"."""
    return date_cell(f"{text} 2026", style) is not None or date_cell(text, style) is not None


def with_counted_packs(heading: Heading) -> Heading:
    """ "Cases", "Kartons" where nothing else is counted: what is ordered, with doubt, since a price may be for a piece."""
    if heading.sizes or heading.levels > 1 or any(map(heading.has, ("quantity", "size", "colour"))):
        return heading
    counted = [column for column in heading.columns if column.roles == ("ignore.pack",) and _counts_packs(column.head)]
    return _given(heading, counted[0], "quantity", _LIKELY) if len(counted) == 1 else heading


def _counts_packs(head: str) -> bool:
    kinds = kinds_of(head) or ()
    named = bool(kinds) and all(each & {"pack", "number", "order", "filler"} for each in kinds)
    return named and unit_code(head.rsplit(maxsplit=1)[-1]) is not None


def _with_headless(heading: Heading, rows: _Rows) -> Heading:
    """Also the columns within the table that have cells but no head."""
    known = {column.index for column in heading.columns}
    spare = (index for index in range(min(known), max(known) + 2) if index not in known)
    added = [Column(index, "", (None,), 0.0) for index in spare if 2 * len(cells_of(rows, index)) > len(rows)]
    return replace(heading, columns=tuple(sorted((*heading.columns, *added), key=lambda column: column.index)))


def _given(heading: Heading, column: Column, role: str, strength: float) -> Heading:
    columns = (replace(each, roles=(role,), strength=strength) if each is column else each for each in heading.columns)
    return replace(heading, columns=tuple(columns))


def _by_product(heading: Heading, rows: _Rows, style: NumberStyle) -> Heading:
    """Quantity, price and amount that no head names, or a head that has other meanings too ("Tariff"), where most rows multiply
    out with them."""
    for open_roles in ((None,), (None, "ignore.other")):
        found = _by_product_of(heading, open_roles, rows, style)
        if found is not heading:
            return found
    return heading


def _by_product_of(heading: Heading, open_roles: Sequence[str | None], rows: _Rows, style: NumberStyle) -> Heading:
    missing = [role for role in _MONEY if not heading.has(role)]
    spare = [column for column in heading.columns if column.roles[0] in open_roles and not column.size]
    spare = [column for column in spare if mostly(cells_of(rows, column.index), lambda text: price_cell(text, style) is not None)]
    if not missing or len(missing) == len(_MONEY) or len(spare) < len(missing):
        return heading
    for chosen in _placed(spare[:_MOST_OPEN], len(missing)):
        places = {role: column.index for role in _MONEY if (column := heading.column_of(role))}
        places |= {role: column.index for role, column in zip(missing, chosen, strict=True)}
        if _multiply(rows, places, style):
            for role, column in zip(missing, chosen, strict=True):
                heading = _given(heading, column, role, _PROVEN)
            return heading
    return heading


def _with_variants(heading: Heading, rows: _Rows, style: NumberStyle) -> Heading:
    """Colours, shops or days across: neighbouring columns of whole numbers under heads of their own. They are quantities
    where no other column is, or where one is their sum (which is then no quantity, nor an amount)."""
    sizes = heading.sizes or tuple(_run_of_counts(heading, rows, style))
    if len(sizes) < 2 or not (heading.has("description") or any(map(heading.has, PARTS)) or heading.has("colour")):
        return heading
    places = {column.index for column in sizes}
    whole = next(
        (column for column in heading.columns if column.index not in places and _sums(column, places, rows, style)), None
    )
    if whole is None and not heading.sizes and (heading.has("quantity") or heading.has("line_total")):
        return heading
    columns = []
    for column in heading.columns:
        if column.index in places:
            columns.append(replace(column, size=column.head, roles=(None,), strength=1.0))
        elif column is whole:
            columns.append(replace(column, roles=("ignore.row_sum",)))
        else:  # "Total" of the pieces beside "Montant": the amount was only second to it
            was_second = whole is not None and column.roles == (f"ignore.second_{whole.roles[0]}",)
            columns.append(replace(column, roles=whole.roles) if whole is not None and was_second else column)
    return replace(heading, columns=tuple(columns))


def _run_of_counts(heading: Heading, rows: _Rows, style: NumberStyle) -> list[Column]:
    """The longest run of neighbouring columns without a role whose cells are whole numbers."""
    best: list[Column] = []
    run: list[Column] = []
    for column in heading.columns:
        cells = cells_of(rows, column.index)
        counts = all((cell := quantity_cell(text, style)) is not None and cell.number == int(cell.number) for text in cells)
        if column.roles[0] is None and column.head and counts and (not run or column.index == run[-1].index + 1):
            run = [*run, column]
        else:
            run = []
        best = max(best, run, key=len)
    return best if any(cells_of(rows, column.index) for column in best) else []


def _sums(column: Column, places: set[int], rows: _Rows, style: NumberStyle) -> bool:
    """Whether the column's cells are the sums of those at `places`, in nearly all rows and in more than by chance."""
    stated, fits = 0, 0
    for texts in rows:
        whole = quantity_cell(texts[column.index], style) if column.index < len(texts) else None
        parts = [cell.number for place in places if place < len(texts) and (cell := quantity_cell(texts[place], style))]
        if whole is not None and parts:
            stated += 1
            fits += whole.number == sum(parts)
    return stated > 0 and 10 * fits >= 9 * stated and column.roles[0] not in ("unit_price", "line_number")


def _placed(spare: Sequence[Column], count: int) -> Iterator[Sequence[Column]]:
    return combinations(spare, count)


def _multiply(rows: _Rows, places: dict[str, int], style: NumberStyle) -> bool:
    known = 0
    fits = 0
    for texts in rows:
        cells = [price_cell(texts[places[role]], style) if places[role] < len(texts) else None for role in _MONEY]
        if None not in cells:
            known += 1
            fits += multiplies(*(cell.number if cell else None for cell in cells))
    return known > 0 and 10 * fits >= 8 * known


def _differ(cells: Sequence[str]) -> bool:
    """Whether nearly every line has a code of its own: one that several share is a job's or an account's."""
    return 10 * len(set(cells)) >= 8 * len(cells)


def _role(cells: Sequence[str], heading: Heading, style: NumberStyle) -> tuple[str, float] | None:
    """The role that `cells` alone can have, of those that the heading has not yet."""
    unnumbered = not any(map(heading.has, PARTS))
    undated = not heading.has("head.requested_delivery_date")
    tests: tuple[tuple[str, float, bool, Callable[[str], bool]], ...] = (
        ("quantity", _LIKELY, not heading.sizes, lambda text: quantity_cell(text, style) is not None),
        ("unit", _SURE, True, lambda text: unit_code(text, style.language) is not None and not is_number(text)),
        ("requested_delivery_date", _LIKELY, undated, lambda text: not is_number(text) and date_cell(text, style) is not None),
        (
            "part_number",
            _SURE,
            unnumbered and _differ(cells),
            lambda text: is_code(text) and not (_WORD.search(text) or _is_day(text, style)),
        ),
        ("description", _SURE, True, is_wordy),
    )
    if counts_up(cells):
        return None if heading.has("line_number") else ("line_number", _SURE)
    if len(cells[0]) >= 12 and all(gtin_of(text) for text in cells):
        return None if heading.has("gtin") else ("gtin", _SURE)
    found = next(((role, sure, allowed) for role, sure, allowed, test in tests if mostly(cells, test)), None)
    return found[:2] if found is not None and found[2] and not heading.has(found[0]) else None

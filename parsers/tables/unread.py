"""The reckoning after a table was read: cells that hold numbers and that nothing took are named, never passed over.

A cell is accounted for if a line, a delivery or a total took it, if its column is known to say nothing, or if it repeats
what its line says. What is left looks like goods (an error: a line may be missing) or like some other figure (a warning).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from itertools import combinations
from typing import NamedTuple

from models.contracts.extraction_v1 import Problem
from models.domain.document import TextBox
from models.domain.findings import Severity
from parsers.head_words import kinds_of
from parsers.lexicon import meaning_of_label, split_at_label
from parsers.tables.column_guess import PARTS
from parsers.tables.columns import Column, Heading
from parsers.tables.head_rows import Row
from parsers.tables.line_draft import LineDraft
from parsers.tables.remarks import is_remark
from parsers.values.cells import basis_cell, clean_text, date_cell, discount_cell, gtin_of, price_cell, quantity_cell
from parsers.values.multiplying import multiplies
from parsers.values.number_style import DateOrder
from parsers.values.numbers import NumberStyle, parse_number
from parsers.values.units import pack_unit, unit_code

_SHOWN, _LONGEST_SHOWN = 5, 80
_LONGEST_ROW, _LONGEST_CELL = 300, 60
_MOST_FIGURES = 10
_AMOUNT = re.compile(r"\d[.,]\d{2,5}$")
_PRICED = re.compile(r"\d[.,]\d{2,5}(?:\s?[€$£]|\s?/|\s|$)")
_CODE = re.compile(r"(?=.*\d)(?:(?=.*[^\W\d_])[\w./+-]{4,30}|\d{6,14}|\d{2,}[-/.]\d[\w./-]*)")
_FIGURE = re.compile(r"\d")
_UNIT_WORDS = re.compile(r"[^\W\d_]{1,20}\.?(?:[ ./]{0,2}[^\W\d_]{1,12}\.?){0,2}")
_NOT_GOODS = re.compile(
    r"@|://|\bwww\.|%|^[+(]?[\d\s()/-]*\d{3}[\s()/-]+\d{3,}[\s()/-]|\d{1,2}:\d{2}|^[A-Z]{2}\d{2}(?: ?\w{4}){3,}"
)
_DATE_ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy")
_LETTERHEAD = frozenset({"phone", "bank", "vat_id", "gln", "page", "print_date", "website", "contact", "job"})
_MONEY = ("unit_price", "line_total")
_CHECKED = frozenset({"quantity", "unit", "discount_percent", "requested_delivery_date", "gtin", "price_basis_quantity", *_MONEY})


class Fate(Enum):
    """What became of a row: `KNOWN` a total, a delivery or a repetition; `LINE` it went to a line; `DROPPED` nothing was
    made of it; `AFTER` it stands below the table's total; `LOOSE` it stands under heads that are no line table's."""

    KNOWN = "known"
    LINE = "line"
    DROPPED = "dropped"
    AFTER = "after"
    LOOSE = "loose"


class SeenRow(NamedTuple):
    """A row of the table's body, the heads above it, what became of it and to which line it went."""

    row: Row
    heading: Heading | None
    fate: Fate
    draft: LineDraft | None = None


class _Unread(NamedTuple):
    box: TextBox
    is_goods: bool


def unread_values(
    rows: Sequence[SeenRow], wanted: Sequence[LineDraft], unwanted: Sequence[LineDraft], style: NumberStyle
) -> tuple[Problem, ...]:
    """At most one error and one warning, each with the code `unread_values`, the places and the texts.

    `wanted` are the lines that are ordered, `unwanted` those that an order form leaves empty.
    """
    known = {id(draft) for draft in (*wanted, *unwanted)}
    taken = {id(box.evidence) for draft in (*wanted, *unwanted) for box in draft.boxes()}
    found = [unread for draft in wanted for unread in _unreadable(draft, style)]
    taken |= set(_sums(rows, taken, wanted, style))
    for seen in rows:
        found += _left_over(seen if id(seen.draft) in known else seen._replace(draft=None), taken, style)
    found += [_Unread(box, is_goods=True) for draft in wanted for box in draft.description if _hides_a_line(box.text, style)]
    goods = [unread.box for unread in found if unread.is_goods]
    others = [unread.box for unread in found if not unread.is_goods]
    return (*_problem(goods, Severity.ERROR), *_problem(others, Severity.WARNING))


def _sums(rows: Sequence[SeenRow], taken: set[int], wanted: Sequence[LineDraft], style: NumberStyle) -> Iterator[int]:
    """The lone figures of rows that say the sum of all amounts or of all quantities, whether or not a word says so."""
    whole = {
        sum((cell.number for draft in wanted if (cell := price_cell(draft.text(role), style)) is not None), Decimal(0))
        for role in ("quantity", "line_total")
    }
    for seen in rows if len(wanted) > 1 else ():
        cells = [cell for cell in seen.row if cell is not None and _FIGURE.search(cell.text)]
        if len(cells) == 1 and _counts_packages(seen.row, cells[0]):
            yield id(cells[0].evidence)
        if 0 < len(cells) <= 2 and not any(id(cell.evidence) in taken for cell in cells):
            numbers = [price_cell(cell.text, style) for cell in cells]
            if all(number is not None and number.number in whole for number in numbers):
                yield from (id(cell.evidence) for cell in cells)


def _counts_packages(row: Row, figure: TextBox) -> bool:
    """A sum of packages, pieces or kilos under the lines: "Total bultos | 19"."""
    words = next((cell.text for cell in row if cell is not None and cell is not figure), "")
    kinds = frozenset().union(*(kinds_of(words.strip(" :")) or ()))
    return "amount" in kinds and bool(kinds & {"pack", "weight", "position"})


def _problem(boxes: Sequence[TextBox], severity: Severity) -> Iterator[Problem]:
    if not boxes:
        return
    shown = "; ".join(f'"{_short(box.text)}" ({_place(box)})' for box in boxes[:_SHOWN])
    more = f" and {len(boxes) - _SHOWN} more" if len(boxes) > _SHOWN else ""
    advice = (
        "a line may have been overlooked or misread; compare the lines with the document"
        if severity is Severity.ERROR
        else "see whether they change what is ordered"
    )
    message = f"values in the table of lines were not understood: {shown}{more}; {advice}"
    yield Problem(code="unread_values", severity=severity, field="lines", message=message)


def _short(text: str) -> str:
    clean = " ".join(text.split())
    return clean if len(clean) <= _LONGEST_SHOWN else f"{clean[:_LONGEST_SHOWN]}…"


def _place(box: TextBox) -> str:
    place = box.evidence
    if place.cell is not None:
        return place.cell
    return f"{place.part}, page {place.page}" if place.page is not None else place.part


def _unreadable(draft: LineDraft, style: NumberStyle) -> Iterator[_Unread]:
    """Cells that a line took for a role and that do not have the role's form."""
    for role, read in draft.read.items():
        if role == "price_basis_quantity" and _is_its_price(draft, read.box):
            yield _Unread(read.box, is_goods=True)
        elif role in _CHECKED and _fails(role, read.box.text, style):
            # What is counted decides how much is shipped.
            yield _Unread(read.box, role in ("quantity", "unit", *_MONEY))


def _fails(role: str, raw: str, style: NumberStyle) -> bool:
    text = clean_text(raw)
    if role == "unit" and not _FIGURE.search(text):
        return unit_code(text, style.language) is None and bool(_UNIT_WORDS.fullmatch(text))
    if not _FIGURE.search(text):
        return False
    match role:
        case "quantity":
            failed = quantity_cell(text, style) is None or _is_stacked(raw)
        case "unit_price":
            failed = price_cell(text, style) is None
        case "line_total":
            failed = price_cell(text, style) is None or _is_stacked(raw)
        case "discount_percent":
            failed = discount_cell(text, style) is None
        case "requested_delivery_date":
            failed = date_cell(text, style) is None and _days(text) != {None}
        case "gtin":
            failed = gtin_of(text) is None
        case "unit":
            failed = unit_code(text, style.language) is None and (
                pack_unit(text, style.language) is None or _is_amount(text.split()[-1], style)  # "cs 92.4000" holds a price
            )
        case _:
            failed = role == "price_basis_quantity" and basis_cell(text, style) == (None, None)
    return failed


def _days(text: str) -> set[object]:
    return {date_cell(text, NumberStyle(".", order)) for order in _DATE_ORDERS}


def _is_stacked(text: str) -> bool:
    """Figures in several lines of one cell: the rows of a table that has no rules between them."""
    return sum(1 for line in text.splitlines() if _FIGURE.search(line)) > 1


def _left_over(seen: SeenRow, taken: set[int], style: NumberStyle) -> Iterator[_Unread]:
    rest = [
        (place, cell)
        for place, cell in enumerate(seen.row)
        if cell is not None and id(cell.evidence) not in taken and _FIGURE.search(cell.text)
    ]
    if not rest:
        return
    hidden = [cell for _, cell in rest if _is_whole_row(cell.text, style)]
    if hidden:
        yield from (_Unread(cell, is_goods=True) for cell in hidden)
        return
    match seen.fate:
        case Fate.LINE if _stands_like_a_line(seen, rest):
            yield from (_Unread(cell, is_goods=True) for _, cell in rest)
        case Fate.LINE:
            yield from (unread for place, cell in rest if (unread := _beside_a_line(seen, place, cell, style)))
        case Fate.DROPPED:
            yield from (
                _Unread(cell, _is_goods(cell.text, style))
                for place, cell in rest
                if not _is_ignored(_column(seen, place)) and _is_of_interest(cell.text, style)
            )
        case Fate.AFTER | Fate.LOOSE:
            if _reads_as_line(seen, rest, style):
                yield from (_Unread(cell, is_goods=True) for _, cell in rest)


def _stands_like_a_line(seen: SeenRow, rest: Iterable[tuple[int, TextBox]]) -> bool:
    """Whether what is left of a row numbers and counts goods: it is no part of the line that it went to."""
    roles = {role for place, _ in rest for column in [_column(seen, place)] for role in (column.roles if column else ())}
    return "quantity" in roles and len(roles & {"line_number", *PARTS}) > 0


def _column(seen: SeenRow, place: int) -> Column | None:
    return seen.heading.at(place) if seen.heading is not None else None


def _is_ignored(column: Column | None) -> bool:
    return column is not None and any(role is not None and role.startswith(("ignore", "schedule")) for role in column.roles)


def _beside_a_line(seen: SeenRow, place: int, cell: TextBox, style: NumberStyle) -> _Unread | None:
    """A cell that its line did not take: no matter in an ignored column, as a repetition or a remark; else in doubt."""
    column = _column(seen, place)
    if _is_the_lines_unit(cell.text, seen.draft, style):
        return _Unread(cell, is_goods=True)
    if _is_ignored(column) or not _is_of_interest(cell.text, style) or _repeats(cell.text, seen.draft, style):
        return None
    if column is None:
        return _Unread(cell, _is_goods(cell.text, style))
    roles = {role for role in column.roles if role is not None}
    if roles & {"description", "colour", "size"}:
        return None  # a remark below the goods
    if seen.draft is not None and _is_its_price(seen.draft, cell):
        return _Unread(cell, is_goods=True)
    # Goods free of charge beside paid ones; pieces in all, other than those of the sizes.
    counted = roles & {*_MONEY, "free_quantity"} or ("quantity" in roles and _has_sizes(seen))
    return _Unread(cell, is_goods=bool(counted) and price_cell(cell.text, style) is not None)


def _is_its_price(draft: LineDraft, cell: TextBox) -> bool:
    """Whether a line with an amount and no price has one here, under a head that was taken for something else."""
    return draft.has("line_total") and not draft.has("unit_price") and _PRICED.search(cell.text) is not None


def _is_the_lines_unit(text: str, draft: LineDraft | None, style: NumberStyle) -> bool:
    """Whether a day and a unit stand in one cell ("07.05.2026 pcs") beside a line that has none: two columns ran together."""
    day, _, unit = text.strip().rpartition(" ")
    if draft is None or draft.has("unit") or _days(day) == {None} or unit_code(unit, style.language) is None:
        return False
    own = draft.ordered(style)
    return own is not None and own.unit is None


def _has_sizes(seen: SeenRow) -> bool:
    return seen.heading is not None and len(seen.heading.sizes) > 1


def _repeats(text: str, draft: LineDraft | None, style: NumberStyle) -> bool:
    if draft is None:
        return False
    clean = " ".join(text.split())
    if any(clean == draft.text(role) for role in draft.read):
        return True
    cell = price_cell(clean, style)
    own = [price_cell(draft.text(role), style) for role in ("quantity", *_MONEY)]
    return cell is not None and any(each is not None and each.number == cell.number for each in own)


def _is_of_interest(text: str, style: NumberStyle) -> bool:
    """Whether a cell looks like a quantity, an amount or a part number, and not like a date, a number to call, a labelled
    remark or a sentence."""
    clean = " ".join(text.split())
    if len(clean) > _LONGEST_CELL or _NOT_GOODS.search(clean) or _days(clean) != {None}:
        return False
    if split_at_label(clean) is not None or meaning_of_label(clean) is not None or is_remark(clean):
        return False
    return quantity_cell(clean, style) is not None or _is_goods(clean, style)


def _is_goods(text: str, style: NumberStyle) -> bool:
    words = text.split()
    return len(words) <= 6 and any(_is_amount(word, style) or _CODE.fullmatch(word) for word in words)


def _is_amount(word: str, style: NumberStyle) -> bool:
    word = word.strip("€$£;|")
    return bool(_AMOUNT.search(word)) and parse_number(word, style) is not None


def _figures(text: str, style: NumberStyle) -> list[Decimal]:
    words = (word.strip("€$£;|") for word in text.split()[:60])
    return [number for word in words if (number := parse_number(word, style)) is not None and _FIGURE.search(word)]


def _is_whole_row(text: str, style: NumberStyle) -> bool:
    """Whether one cell holds what a row holds: amounts beside quantities and numbers of parts, and few words between."""
    words = text.split()
    if len(words) < 3 or len(text) > _LONGEST_ROW or re.search(r"[+]\d\d\b", text) or is_remark(text):
        return False
    if (label := split_at_label(text)) is not None and label[0].name in _LETTERHEAD:
        return False
    amounts = sum(_is_amount(word, style) for word in words)
    figures = len(_figures(text, style))
    codes = sum(
        1 for word in words if _CODE.fullmatch(word) and not _is_amount(word, style) and parse_number(word, style) is None
    )
    named = any(re.search(r"[^\W\d]{3}", word) for word in words)
    dense = 3 * (figures + codes) >= len(words)
    return dense and ((amounts >= 1 and figures >= 2 and (codes > 0 or named)) or (codes >= 1 and figures >= 2))


def _hides_a_line(text: str, style: NumberStyle) -> bool:
    """Whether a description holds a quantity, a price and their product: another line that ran into it."""
    if not any(_is_amount(word, style) for word in text.split()[:60]):
        return False
    figures = _figures(text, style)[-_MOST_FIGURES:]
    return any(
        multiplies(quantity, price, total) and quantity != 1 and price != 1 and total.as_tuple().exponent == -2
        for quantity, price, total in combinations(figures, 3)
    )


def _reads_as_line(seen: SeenRow, rest: Iterable[tuple[int, TextBox]], style: NumberStyle) -> bool:
    """Whether a row below the total, or under other heads, has a quantity and money in their columns, or a number of a
    part beside figures."""
    cells = list(rest)
    if seen.heading is None:
        codes = sum(1 for _, cell in cells if _CODE.fullmatch(cell.text.strip()) and _is_of_interest(cell.text, style))
        figures = sum(1 for _, cell in cells if price_cell(cell.text, style) is not None)
        return codes > 0 and figures > 1
    forms = {
        role
        for place, cell in cells
        for column in [seen.heading.at(place)]
        for role in (column.roles if column is not None else ())
        if (role == "quantity" and quantity_cell(cell.text, style) is not None)
        or (role in _MONEY and price_cell(cell.text, style) is not None)
        or (role in PARTS and _CODE.fullmatch(cell.text.strip()))
    }
    return "quantity" in forms and len(forms) > 1

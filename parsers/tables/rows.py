"""What single rows of a line table hold: cells by role, labelled values below a line, the filled cells of a size matrix."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from models.contracts.extraction_v1 import StatedValue
from models.domain.document import TextBox
from models.domain.values import plain, round_half_up
from parsers.head_words import kinds_of
from parsers.lexicon import listed_header, meaning_of_header, meaning_of_label, split_at_header
from parsers.tables.column_guess import PARTS
from parsers.tables.columns import Column, Heading
from parsers.tables.head_rows import Row, texts_of
from parsers.tables.labelled import labelled_values
from parsers.tables.leading_codes import owned_number
from parsers.tables.line_draft import LineDraft, Read, glued
from parsers.tables.packs import packs_of
from parsers.tables.remarks import is_remark
from parsers.tables.rows_below import takes_place
from parsers.tables.wrapped_cells import goes_on_below
from parsers.totals import CHARGES, FootValue, foot_field, is_foot_label
from parsers.values.cells import date_cell, price_cell, quantity_cell, stated
from parsers.values.numbers import NumberStyle, currency_of
from parsers.values.units import MEASURES, unit_code, unit_of_head

_BELOW_A_LINE = frozenset(
    {"requested_delivery_date", "line_number", "discount_percent", "price_basis_quantity", "unit", "colour", "size", *PARTS}
)
_CONDITION = re.compile(
    r"(?:gross price|net price|list price|bruttopreis|nettopreis|listenpreis|prix brut|prix net|precio bruto|precio neto"
    r"|prezzo lordo|prezzo netto|bruto ?prijs|netto ?prijs|cena brutto|cena netto"
    r"|(?:discount|rabatt|remise|descuento|sconto|korting|rabat)\b(?: ?%)?"
    r"(?: (?:on|auf|sur|sobre|su|op|od) [^\W\d]+)?)(?=\W|$)[:.]?",
    re.IGNORECASE,
)
_MOST_CONDITION_CELLS = 5
_OF_CHARGE = ("description", "unit_price", "line_total", *PARTS)
_TARIFF = re.compile(r"\b(?:HSN|SAC|HS code|tariff|commodity|taric|intrastat)\b", re.IGNORECASE)
_OTHERS = {"seller_part_number": "buyer_part_number", "buyer_part_number": "seller_part_number"}
_SECONDARY = re.compile(r"[A-Z0-9][A-Z0-9./_-]*\d[A-Z0-9./_-]*", re.IGNORECASE)
LINE_NUMBER = re.compile(r"[A-Z]?\d{1,6}(?:(?:[.-]|- )\d{1,4})*\.?")


def by_role(heading: Heading, row: Row, level: int = 0) -> dict[str, Read]:
    """The row's filled cells under the roles of their columns; a price cell that says nothing is left out."""
    read: dict[str, Read] = {}
    for column in heading.columns:
        role = column.roles[min(level, len(column.roles) - 1)]
        cell = row[column.index] if column.index < len(row) else None
        if cell is None or not cell.text.strip():
            continue
        if role == "ignore.pack" and not heading.has("unit") and _measures(cell.text):
            role = "unit"  # among packs of goods, "kg" says that these are weighed
        if role is None or role.startswith("ignore"):
            continue
        if role == "quantity" and (split := split_at_header(cell.text)) and split[0].name == "line_number":
            continue  # "Item 3" under the quantity
        if role not in read:
            read[role] = Read(cell, column.strength)
    free = read.pop("free_quantity", None)
    if free is not None and "quantity" not in read:
        read["quantity"] = free  # goods free of charge have a column of their own; beside a quantity they are asked about
    return read


def is_priced_charge(texts: Sequence[str], heading: Heading, style: NumberStyle) -> bool:
    """Whether a charge is ordered like goods: it has a number and a price of its own, though no quantity."""
    at = {role: texts[column.index] for role in _OF_CHARGE if (column := heading.column_of(role)) and column.index < len(texts)}
    numbered = any(at.get(role) and not foot_field(at[role]) for role in PARTS)
    money = (price_cell(at.get(role, ""), style) for role in ("unit_price", "line_total"))
    return numbered and foot_field(at.get("description", "")) in CHARGES and all(money)


def _measures(text: str) -> bool:
    """Whether all of a cell is a unit by which goods are weighed or measured."""
    return unit_code(text) in MEASURES


def level_of(heading: Heading, row: Row, style: NumberStyle, before: int) -> int:
    """Under which row of a two-row head `row` stands: the one whose roles its cells have the form of."""
    fits = [sum(_has_form(role, read.box.text, style) for role, read in by_role(heading, row, level).items()) for level in (0, 1)]
    if fits[0] == fits[1]:
        return 1 - before
    return 0 if fits[0] > fits[1] else 1


def _has_form(role: str, text: str, style: NumberStyle) -> float:
    text = " ".join(text.split())
    match role:
        case "quantity":
            return 1.0 if quantity_cell(text, style) else -1.0
        case "unit_price" | "line_total":
            return 1.0 if price_cell(text, style) else -1.0
        case "unit":
            return 1.0 if unit_code(text, style.language) else -1.0
        case "line_number":
            return 1.0 if LINE_NUMBER.fullmatch(text) else -1.0
        case "requested_delivery_date":
            return 1.0 if date_cell(text, style) else -1.0
    return 0.5


def take_row_below(draft: LineDraft, row: Row, heading: Heading, style: NumberStyle, level: int, *, after_blank: bool) -> None:
    """A row that belongs to the open line: labelled values, missing numbers, a second part number, more description."""
    labelled = _take_labelled_values(draft, row, style)
    places = {column.index: column for column in heading.columns}
    for place, cell in enumerate(row):
        if cell is None or not cell.text.strip() or place in labelled or place not in places:
            continue
        column_roles = places[place].roles
        role = column_roles[min(level, len(column_roles) - 1)]
        if role is None:
            continue
        if role == "requested_delivery_date" and draft.day_label:
            _take_day(draft, cell, style)
        elif takes_place(draft, role, cell) or _is_tariff(draft, role, cell, places[place].head):
            draft.joined.append(cell)
        elif role == "description" and (draft.remarks or is_remark(cell.text)):
            draft.remarks.append(cell)
        elif role == "description" and not after_blank and _is_more_text(cell.text):
            draft.take(role, cell, places[place].strength)
        elif role in PARTS and not heading.has("description") and is_remark(cell.text):
            draft.remarks.append(cell)
        elif role in PARTS and not heading.has("description") and _is_text(cell.text):
            draft.take("description", cell, places[place].strength)
        elif role in PARTS:
            below = places[place].below or _named_behind_slash(draft, role, cell, places[place].head)
            _take_second_part(draft, role, cell, style, below)
        elif goes_on_below(draft, role, cell, style):
            continue
        elif not draft.has(role) and _has_form(role, cell.text, style) > 0.5:
            draft.take(role, cell, places[place].strength)


def _take_labelled_values(draft: LineDraft, row: Row, style: NumberStyle) -> set[int]:
    """Takes what labels in the row name, and gives the places of its cells."""
    taken: set[int] = set()
    for label, box, value, place in labelled_values(row):
        taken.update({place} if box is row[place] else {place, place + 1})
        if label == "head.ship_to":
            draft.take(label, TextBox(value, box.evidence, box.confidence))
        elif label in _BELOW_A_LINE and not (label == "requested_delivery_date" and not date_cell(value, style)):
            _take_labelled(draft, label, TextBox(value, box.evidence, box.confidence))
    return taken


def is_money(value: FootValue, row: Row, heading: Heading) -> bool:
    """Whether an amount below a matrix stands apart from its columns of pieces."""
    place = next((place for place, cell in enumerate(row) if cell is value.box), None)
    column = heading.at(place) if place is not None else None
    return column is None or column.roles[0] == "line_total"


def names_rate_alone(texts: Sequence[str], heading: Heading) -> bool:
    """Whether a row that names goods names a tax under a head of taxes alone: "Capon | VAT 5.5% | 85 kg" is a line."""
    named = [place for place, text in enumerate(texts) if text and is_foot_label(text)]
    goods = heading.place_of("description")
    rates = {column.index for column in heading.columns if column.roles[0] == "ignore.tax"}
    return bool(named) and goods is not None and bool(texts[goods : goods + 1]) and rates.issuperset(named)


def is_price_condition(row: Row) -> bool:
    """A row below a line that says how its price came about: "Gross price 300.00 EUR 100 PC", "Discount % on gross 5.3-%"."""
    cells = [" ".join(cell.text.split()) for cell in row if cell is not None and cell.text.strip()]
    if not 0 < len(cells) <= _MOST_CONDITION_CELLS or not (found := _CONDITION.match(cells[0])):
        return False
    figures = " ".join([cells[0][found.end() :], *cells[1:]])
    return bool(re.search(r"\d[.,]\d{2}", figures)) and not re.search(r"[^\W\d]{9}", figures)


def _is_tariff(draft: LineDraft, role: str, cell: TextBox, head: str) -> bool:
    """Whether the cell is the customs' number below the article's."""
    whole = draft.text(role)[-1:].isalnum() and cell.text.strip().isdecimal()
    return role in PARTS and _TARIFF.search(head) is not None and whole


def _take_day(draft: LineDraft, cell: TextBox, style: NumberStyle) -> None:
    """A cell below a label of the day column: another label, or the day that the label names; a promised one is not asked."""
    if cell.text.rstrip().endswith(":"):
        draft.day_label = cell.text
        draft.joined.append(cell)
    elif date_cell(cell.text, style):
        meaning = meaning_of_header(draft.day_label.rstrip(": "))
        if meaning is not None and meaning.name == "requested_delivery_date":
            draft.take("requested_delivery_date", cell)
        else:
            draft.joined.append(cell)


def _take_labelled(draft: LineDraft, role: str, box: TextBox) -> None:
    if role in ("colour", "size"):
        draft.take("description", box)
    elif role == "part_number" and draft.has(role) and (owned := owned_number(draft.description_head)) is not None:
        draft.take(owned, box)  # "Ref. GN-500" where the head says "Description / Supplier ref."
    elif role != "line_number" or LINE_NUMBER.fullmatch(box.text.strip()):
        draft.take(role, box)


def _is_more_text(text: str) -> bool:
    """A further line of a description, not a label alone ("Payment method:") or a remark that begins like one of the head."""
    head, colon, value = text.partition(":")
    return not (colon and (not value.strip() or meaning_of_label(head) is not None))


def _is_text(text: str) -> bool:
    """Words under a number in a column that has both: the article's text."""
    return _SECONDARY.fullmatch(text.strip()) is None and sum(sign.isalpha() for sign in text) >= 3 and _is_more_text(text)


def _named_behind_slash(draft: LineDraft, role: str, cell: TextBox, head: str) -> str | None:
    """Whose number a second one is under a head such as "Kod / Kod u dostawcy", whose first part says whose the first is."""
    upper, slash, lower = (piece.strip() for piece in head.partition("/"))
    names = [meaning.name for text in (upper, lower) if (meaning := listed_header(text)) is not None]
    if not slash or len(names) != 2 or names[0] == names[1] or not set(names) <= set(PARTS) or not draft.has(role):
        return None
    if names[1] == "part_number" or draft.has(names[1]) != (names[1] == role) or not _SECONDARY.fullmatch(cell.text.strip()):
        return None
    own = names[0] if names[0] != "part_number" else _OTHERS[names[1]]
    draft.read[own] = draft.read.pop(role)
    return names[1]


def _take_second_part(draft: LineDraft, role: str, cell: TextBox, style: NumberStyle, named: str | None = None) -> None:
    """Below a part number: the rest of a broken one, or the other party's; `named` is whose the head says."""
    text, first = cell.text.strip(), draft.read.get(role)
    if named is not None and (second := draft.read.get(named)) is not None:
        if second.box.text.strip().endswith("-"):
            second.box = glued(second.box, cell)  # the rest of the second; a third number is nobody's that the head names
            draft.joined.append(cell)
        return
    if named is not None:
        draft.take(named, cell)
    elif first is None:
        draft.take(role, cell)
    elif first.box.text.strip().endswith(("-", "/", ".")):
        first.box = glued(first.box, cell)
        draft.joined.append(cell)
    elif goes_on_below(draft, role, cell, style):
        return
    elif _SECONDARY.fullmatch(text):
        other = {"part_number": "buyer_part_number", "buyer_part_number": "seller_part_number"}.get(role, "buyer_part_number")
        draft.take(other, cell, strength=0.0)


def matrix_lines(row: Row, heading: Heading, style: NumberStyle, open_line: LineDraft | None) -> list[LineDraft]:
    """A line for each filled cell of a size matrix; what the row leaves empty is taken over from the row above."""
    read = by_role(heading, row)
    if not any(role in read for role in ("description", "colour", *PARTS)) and open_line is None:
        return []
    packs = packs_of(row, heading, style)
    drafts = []
    for column in heading.sizes:
        cell = row[column.index] if column.index < len(row) else None
        quantity = quantity_cell(cell.text, style) if cell is not None else None
        if cell is None or quantity is None or quantity.number == 0:
            continue
        draft = LineDraft()
        _fill_matrix_line(draft, read, open_line, named=heading.has("description"))
        draft.take("quantity", cell if packs is None else replace(cell, text=_figure(quantity.number * packs.number, style)))
        head = column.size or column.head
        said = column.says(head) or replace(cell, text=head)
        if date_cell(head, style) is not None:
            draft.take("requested_delivery_date", said)
        else:
            draft.variant = said
        drafts.append(draft)
    if drafts:
        drafts[0].joined += _sums_of(drafts, row, heading, style) + (list(packs.boxes) if packs is not None else [])
    return drafts


def _figure(number: Decimal, style: NumberStyle) -> str:
    return plain(number).replace(".", style.decimal)


def _sums_of(drafts: list[LineDraft], row: Row, heading: Heading, style: NumberStyle) -> list[TextBox]:
    """The cells beside the sizes that say their pieces' sum, or what these cost together: known, and nothing of a line's."""
    quantities = (quantity_cell(draft.text("quantity"), style) for draft in drafts)
    pieces = sum((cell.number for cell in quantities if cell is not None), Decimal(0))
    price = price_cell(drafts[0].text("unit_price"), style)
    known = {pieces, round_half_up(pieces * price.number)} if price is not None else {pieces}
    sizes = {column.index for column in heading.sizes}
    beside = [cell for place, cell in enumerate(row) if cell is not None and place not in sizes]
    return [cell for cell in beside if (found := price_cell(cell.text, style)) is not None and found.number in known]


def _fill_matrix_line(draft: LineDraft, read: Mapping[str, Read], above: LineDraft | None, *, named: bool) -> None:
    """`named`: whether a column says what articles are called, so that a row of another colour may take it over."""
    for role in ("line_number", "description", "unit", "unit_price", "requested_delivery_date", *PARTS):
        if role in read:
            draft.take(role, read[role].box, read[role].strength)
        elif role == "description" and "colour" in read and not named:
            continue  # what the row above is called is its own colour
        elif above is not None and role in above.read and role != "line_number" and not any(part in read for part in PARTS):
            draft.take(role, above.read[role].box, above.read[role].strength)
    if "colour" in read:
        draft.take("description", read["colour"].box)


def is_matrix_sum(row: Row, heading: Heading) -> bool:
    """A row of numbers alone under the sizes, or of numbers beside "Total units": their totals."""
    texts = texts_of(row)
    first = next((text for text in texts if text), "")
    if any("amount" in kinds for kinds in kinds_of(first) or ()):
        return True
    return not re.search(r"[^\W\d]{2}", first) and not any(
        texts[column.index]
        for column in heading.columns
        if column.index < len(texts) and column.roles[0] in ("description", "colour", *PARTS)
    )


def is_left_empty(row: Row, heading: Heading, style: NumberStyle) -> bool:
    """A row of a matrix of which nothing is ordered: named, but without a quantity under any size."""
    cells = [row[column.index] for column in heading.sizes if column.index < len(row)]
    quantities = [quantity_cell(cell.text, style) for cell in cells if cell is not None]
    named = any(role in by_role(heading, row) for role in ("description", "colour", *PARTS))
    return named and all(quantity is not None and quantity.number == 0 for quantity in quantities)


def head_currency(heading: Heading) -> StatedValue | None:
    """The currency that the head of a money column names ("Gesamt EUR")."""
    for column in heading.columns:
        if (column.roles[0] in ("unit_price", "line_total")) and (code := currency_of(column.head)):
            said = column.says(code)
            return stated(code, [said], 0.95) if said is not None else None
    return None


def head_unit(column: Column | None) -> TextBox | None:
    """The packs or the measure that a quantity's head names ("Gewicht kg")."""
    unit = unit_of_head(column.head) if column is not None else None
    return column.says(unit) if column is not None and unit is not None else None

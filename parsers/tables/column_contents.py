"""Which column of a grid holds what, by its cells: heads that misname their column or rival each other, and no heads at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from parsers.head_words import kinds_of, names_place
from parsers.lexicon import field_of_label
from parsers.tables.column_explained import explained
from parsers.tables.column_guess import (
    PARTS,
    STEPS,
    are_gtins,
    cells_of,
    completed,
    is_code,
    is_wordy,
    mostly,
    with_counted_packs,
)
from parsers.tables.column_places import with_parted_places
from parsers.tables.column_products import (
    with_amounts_for_numbers,
    with_discounted_price,
    with_open_quantity,
    without_taxed_amounts,
)
from parsers.tables.column_rivals import counts_the_lines, counts_up, without_order_totals, without_rivals
from parsers.tables.columns import Column, Heading
from parsers.tables.head_rows import Row, is_number, texts_of
from parsers.tables.leading_codes import is_article_number
from parsers.totals import foot_field
from parsers.values.cells import discount_cell, price_cell, quantity_cell
from parsers.values.numbers import NumberStyle
from parsers.values.units import pack_unit, unit_code

_INFERRED = 0.7
_ROWS_SEEN = 100
_FEWEST_ALIKE = 2
_WORDS_OF_THE_HEAD = ("head.incoterm", "head.payment_terms", "head.contact", "head.currency", "head.freight")
_NUMBERS_OF_THE_HEAD = ("head.po_number", "head.vendor_number", "head.seller")
#: What is counted or weighed beside the quantity.
_COUNTED = ("ignore.balance", "ignore.weight")
_AT_MOST_ONE = (
    *("quantity", "unit_price", "line_total", "unit", "part_number", "description", "line_number"),
    *("requested_delivery_date", "discount_percent"),
)
_LINE_NUMBER = re.compile(r"[A-Z]?\d{1,6}(?:(?:[.-]|- )\d{1,4})*\.?|[a-z]\)")
_LONG_TAIL = re.compile(r"[A-Z]?\d{1,6}[.-]\d{3,4}")  # of parts that a sign joins, the last has three figures or more
#: What heads may be said to hold that hold units: "Por", "UNITSYMBOL", and what no list knows.
_PERHAPS_UNITS = ("price_basis_quantity", "part_number", None)
#: Marks of the American and British trades for prices per hundred, beside which M is a thousand and no metre.
_HUNDRED = frozenset({"C", "CWT", "/C", "HD"})
_PARTIES_NUMBERS = ("part_number", "buyer_part_number", "seller_part_number")
_OWNED = ("buyer_part_number", "seller_part_number")
_AMOUNT = re.compile(r"[$€£]?\s?\d[\d.,' ]*[.,]\d{2}")
_JOINED_CAPITALS = re.compile(r"[A-Z0-9]+(?:[-_/.][A-Z0-9]+)+")
_PERCENT = re.compile(r"%|\b(?:percent|pct|prozent|pourcent|por ?ciento|procent|proc)\b", re.IGNORECASE)


def settled(heading: Heading, body: Sequence[Row], style: NumberStyle) -> Heading:
    """`heading` after a look at the cells: a role that two columns claim goes to the one that multiplies out, and a
    column that cannot hold what its head says gets the role that its cells have."""
    rates = {column.index for column in heading.columns if column.roles[0] == "ignore.tax"}
    rows = [texts for texts in map(texts_of, body[:_ROWS_SEEN]) if not _is_of_the_foot(texts, rates)]
    least = 2 if len(heading.columns) > 4 else 1  # a lone cell is a title or a remark, two may stand below a line
    rows = [texts for texts in rows if sum(map(bool, texts)) > least] or rows
    heading = _with_own_numbers(_with_telling_text(_with_names(heading, rows), rows), rows)
    heading = _without_keys_of_orders(_without_parties_numbers(heading, rows))
    for whose in (False, True):  # whether a number is the article's depends on what the other columns hold
        columns = (
            _by_content(column, cells_of(rows, column.index), heading, style)
            if (column.roles[0] in _NUMBERS_OF_THE_HEAD) is whose
            else column
            for column in heading.columns
        )
        heading = replace(heading, columns=tuple(columns))
    heading = _with_packs_as_units(with_parted_places(with_counted_packs(_with_order_date(heading)), rows), rows)
    for role in _AT_MOST_ONE:
        heading = without_rivals(heading, role, rows, style)
    heading = with_open_quantity(with_discounted_price(heading, rows, style), rows, style)
    heading = without_taxed_amounts(with_amounts_for_numbers(heading, rows, style), rows, style)
    heading = explained(without_order_totals(heading, rows, style), rows, style)
    return completed(heading, rows, style)


def _is_of_the_foot(texts: Sequence[str], rates: Collection[int]) -> bool:
    """Whether a cell names a total; what stands in the columns of `rates` names the line's."""
    return any(foot_field(text) for place, text in enumerate(texts) if text and place not in rates)


def _with_names(heading: Heading, rows: Sequence[Sequence[str]]) -> Heading:
    """ "Ref. | Product": of two columns that may number the articles, the one with more words names them."""
    parts = [column for column in heading.columns if column.roles == ("part_number",)]
    if len(parts) < 2 or heading.has("description"):
        return heading
    words = [sum(len(text.split()) - 1 for text in cells_of(rows, column.index)) for column in parts]
    most = max(words)
    if words.count(most) > 1 or not mostly(cells_of(rows, parts[words.index(most)].index), is_wordy):
        return heading
    named = parts[words.index(most)]
    columns = (replace(each, roles=("description",)) if each is named else each for each in heading.columns)
    return replace(heading, columns=tuple(columns))


def _with_telling_text(heading: Heading, rows: Sequence[Sequence[str]]) -> Heading:
    """ "Name | Item | Memo" of a ledger: a text that is the same in all rows is the supplier's, and the memo names the goods."""
    text = heading.column_of("description")
    same = cells_of(rows, text.index) if text is not None else []
    if text is None or len(same) < _FEWEST_ALIKE or len(set(same)) > 1:
        return heading
    for column in heading.columns:
        cells = cells_of(rows, column.index)
        if column.roles == ("ignore.other",) and len(set(cells)) == len(same) and mostly(cells, is_wordy):
            roles = {id(column): ("description",), id(text): ("ignore.other",)}
            columns = (replace(each, roles=roles.get(id(each), each.roles)) for each in heading.columns)
            return replace(heading, columns=tuple(columns))
    return heading


def _with_own_numbers(heading: Heading, rows: Sequence[Sequence[str]]) -> Heading:
    """ "Reference" over the same words in all rows, beside codes that no two rows share: these number the articles."""
    parts = [column for column in heading.columns if column.roles[0] in PARTS]
    same = cells_of(rows, parts[0].index) if len(parts) == 1 else []
    if len(same) < _FEWEST_ALIKE or len(set(same)) > 1 or is_code(same[0]):
        return heading
    for column in heading.columns:
        cells = cells_of(rows, column.index)
        if column.roles[0] is not None or column.size or any(map(is_number, cells)):
            continue
        if len(set(cells)) == len(same) and mostly(cells, is_code):
            told = {id(column): replace(column, roles=parts[0].roles, strength=0.9)}
            told[id(parts[0])] = replace(parts[0], roles=("ignore.other",))
            return replace(heading, columns=tuple(told.get(id(each), each) for each in heading.columns))
    return heading


def _without_parties_numbers(heading: Heading, rows: Sequence[Sequence[str]]) -> Heading:
    """ "Code fournisseur" over one and the same code, beside numbers that differ from line to line, numbers the supplier."""
    cells = {column.index: cells_of(rows, column.index) for column in heading.columns if column.roles[0] in PARTS}
    # "Item" may stand over positions, and over numbers of articles: codes with letters are no positions.
    items = [cells_of(rows, column.index) for column in heading.columns if column.roles[0] == "line_number"]
    coded = [own for own in items if not any(map(str.isdigit, own))]
    told_apart = any(len(set(own)) == len(own) >= _FEWEST_ALIKE for own in (*cells.values(), *coded))
    same = {index for index, own in cells.items() if len(own) >= _FEWEST_ALIKE and len(set(own)) == 1}
    if not told_apart or not same:
        return heading
    columns = (
        replace(each, roles=("ignore.other",)) if each.index in same and _may_number_a_party(each) else each
        for each in heading.columns
    )
    return replace(heading, columns=tuple(columns))


def _without_keys_of_orders(heading: Heading) -> Heading:
    """ "Purchase Order ID" beside "Purchase Order Number" is a program's own key."""
    numbers = [column for column in heading.columns if column.roles == ("head.po_number",)]
    ends = {id(column): (kinds_of(column.head) or [frozenset()])[-1] for column in numbers}
    if not any("number" in kinds for kinds in ends.values()):
        return heading
    columns = (replace(each, roles=("ignore.other",)) if "code" in ends.get(id(each), ()) else each for each in heading.columns)
    return replace(heading, columns=tuple(columns))


def _may_number_a_party(column: Column) -> bool:
    """Whether a head says whose number it is and not of what: "Supplier code"; "Your part no" numbers an article, however often
    it is ordered."""
    names_article = any("thing" in kinds for kinds in kinds_of(column.head) or ())
    return column.roles[0] in _OWNED and not names_article and field_of_label(column.head) != "po_number"


def _with_packs_as_units(heading: Heading, rows: Sequence[Sequence[str]]) -> Heading:
    """ "Packaging | Price per pack" over "box of 10": where prices are for packs, packs are what is counted."""
    prices = [each for each in heading.columns if each.roles[0] == "unit_price"]
    last = [kinds[-1] for each in prices if (kinds := kinds_of(each.head))]
    by_pack = any(kinds & {"pack", "basis"} for kinds in last)  # "Price per" of what stands in the next column's head
    packs = [each for each in heading.columns if each.roles == ("ignore.pack",)]
    packs = [each for each in packs if mostly(cells_of(rows, each.index), lambda text: pack_unit(text) is not None)]
    if not by_pack or heading.has("unit") or len(packs) != 1:
        return heading
    columns = (replace(each, roles=("unit",)) if each is packs[0] else each for each in heading.columns)
    return replace(heading, columns=tuple(columns))


def _by_content(column: Column, cells: Sequence[str], heading: Heading, style: NumberStyle) -> Column:
    if len(column.roles) > 1 or not cells or column.size or (column.roles[0] is None and names_place(column.head)):
        return column
    if (number := _number_held(column, cells, heading)) is not None:
        return replace(column, roles=(number,))
    if column.roles[0] in _NUMBERS_OF_THE_HEAD and _numbers_articles(column.roles[0], cells, heading):
        return replace(column, roles=("seller_part_number",), strength=min(column.strength, 0.9))
    if column.roles[0] in _WORDS_OF_THE_HEAD and all(re.fullmatch(r"\d{1,6}", text) for text in cells):
        return replace(column, roles=(None,))  # "Porto" is a town, too
    if column.roles[0] == "unit_price" and _is_second(column, heading) and all(re.fullmatch(r"10*", text) for text in cells):
        return replace(column, roles=("price_basis_quantity",))  # "Price unit" beside the price
    role, strength = _role_by_content(column.roles[0], cells, heading, style)
    return replace(column, roles=(role,), strength=min(column.strength, strength)) if role != column.roles[0] else column


def _number_stock(column: Column, cells: Sequence[str], heading: Heading) -> bool:
    """Whether a "Stores code" is the goods' in the buyer's stores, and no shop's: each line has its own and no other number."""
    coded = re.search(r"\bstores?\s(?:code|no|item|ref)", column.head, re.IGNORECASE) is not None
    return coded and len(set(cells)) == len(cells) > 1 and not any(map(heading.has, PARTS))


def _are_counts(cells: Sequence[str], heading: Heading) -> bool:
    """Whether small whole numbers stand in a table that names and prices goods, and counts them nowhere else."""
    small = all(re.fullmatch(r"[1-9]\d{0,3}", text) for text in cells)
    return small and heading.has("unit_price") and any(map(heading.has, (*PARTS, "description")))


def _number_held(column: Column, cells: Sequence[str], heading: Heading) -> str | None:
    """Which number stands under a head that also says another: "Bestellnummer", "PO", "External ID"."""
    role = column.roles[0]
    if role == "head.po_number" and not heading.has("quantity") and _are_counts(cells, heading):
        return "quantity"  # "Your order" beside a price list
    if role == "seller_part_number" and _repeats_po_number(column, cells, heading):
        return "head.po_number"
    if role == "line_number" and field_of_label(column.head) == "po_number" and not _are_line_numbers(cells):
        own = len(set(cells)) == len(cells) >= _FEWEST_ALIKE and mostly(cells, is_code)  # "Nr." over each line's own code
        free = not any(map(heading.has, ("part_number", "buyer_part_number")))
        return "part_number" if own and free else "head.po_number"
    if role == "ignore.manufacturer" and not any(map(heading.has, PARTS)) and mostly(cells, is_code):
        return "seller_part_number"  # "Supplier" over numbers that each line has one of
    if role == "head.ship_to" and _number_stock(column, cells, heading):
        return "part_number"
    return "gtin" if role == "ignore.other" and not heading.has("gtin") and are_gtins(cells) else None


def _of_units(role: str | None, cells: Sequence[str], heading: Heading, style: NumberStyle) -> tuple[str, float] | None:
    """ "Qty", "VE", "Price" over units: the column is the unit's, or says again what that one says."""
    if role not in ("quantity", "unit_price", "ignore.pack") and (role not in _PERHAPS_UNITS or heading.has("unit")):
        return None
    if role == "price_basis_quantity" and any(re.search(r"\d", text) or text.upper() in _HUNDRED for text in cells):
        return None  # "ud", "ud", "100 uds" under "Por": what the price is for, not only in which unit
    units = mostly(cells, lambda text: unit_code(text) is not None and not is_number(text))
    if role == "quantity" and mostly(cells, lambda text: text[0].isdigit()):
        return None  # "12 (EA)" under "Qty (Unit)"
    if role == "unit_price" and mostly(cells, lambda text: price_cell(text, style) is not None):
        return None  # "USD0.86/PC"
    return ("unit" if not heading.has("unit") else "ignore.other", 0.9) if units else None


def _role_by_content(role: str | None, cells: Sequence[str], heading: Heading, style: NumberStyle) -> tuple[str | None, float]:
    """The role that `cells` can have under a head that says `role`, and how sure that is."""
    if role in ("part_number", "seller_part_number") and not heading.has("line_number") and _counts(cells, heading):
        return "line_number", 1.0  # "Part." is a Mexican partida
    if role == "description" and heading.has("unit_price") and all(_AMOUNT.fullmatch(text) for text in cells):
        return ("line_total" if not heading.has("line_total") else "ignore.other"), _INFERRED  # "Goods" over what they cost
    if role == "unit" and not heading.has("unit_price") and all(_AMOUNT.fullmatch(text) for text in cells):
        return "unit_price", _INFERRED  # "Unit" beside "U/M" is what one costs
    if role in _COUNTED and mostly(cells, lambda text: is_article_number(text) and quantity_cell(text, style) is None):
        return None, 1.0  # "Stock / Property No." over codes counts no stock
    return _of_units(role, cells, heading, style) or _of_forms(role, cells, heading, style)


def _counts(cells: Sequence[str], heading: Heading) -> bool:
    """Whether cells count the lines from one on, or go on counting overleaf beside a column that numbers the articles."""
    if counts_the_lines(cells):
        return True
    beside = sum(column.roles[0] in PARTS for column in heading.columns) > 1
    figures = [int(text) for text in cells if re.fullmatch(r"\d{1,3}", text)]
    return beside and len(figures) == len(cells) and (counts_up(figures) or len(figures) == 1)


def _of_forms(role: str | None, cells: Sequence[str], heading: Heading, style: NumberStyle) -> tuple[str | None, float]:
    amounts = mostly(cells, lambda text: _AMOUNT.fullmatch(text) is not None)  # "Line" over what a line comes to
    if role == "line_number" and not amounts and not _are_line_numbers(cells):
        wordy = mostly(cells, lambda text: " " in text) and not heading.has("description")
        return ("description" if wordy else "part_number"), _INFERRED
    # "[SH-12] Bow shackle", "TS-ALMA"
    numbered = mostly(cells, lambda text: text.startswith("[") or _JOINED_CAPITALS.fullmatch(text) is not None)
    if role in _PARTIES_NUMBERS and not heading.has("description") and mostly(cells, is_wordy) and not numbered:
        return "description", 0.9
    if role == "price_basis_quantity" and heading.has("ignore.balance") and not mostly(cells, _is_basis):
        return "ignore.balance", 1.0  # "Par" beside "On hand" is the level to fill up to
    if role == "unit" and not heading.has("quantity") and mostly(cells, lambda text: quantity_cell(text, style) is not None):
        return "quantity", _INFERRED
    if role == "discount_percent" and not mostly(cells, lambda text: discount_cell(text, style) is not None):
        return "ignore.list_price", 1.0
    return role, 1.0


def _is_second(column: Column, heading: Heading) -> bool:
    return any(other is not column and other.roles == column.roles for other in heading.columns)


def _is_basis(text: str) -> bool:
    return re.match(r"10*(?!\d)", text) is not None


def _repeats_po_number(column: Column, cells: Sequence[str], heading: Heading) -> bool:
    """ "Bestellnummer" is the seller's article number, but the order's where it repeats beside an article number, or where a
    lone line has it before its own number."""
    if field_of_label(column.head) != "po_number":
        return False
    named = any(other is not column and other.roles[0] in PARTS for other in heading.columns)
    leads = len(cells) == 1 and "line_number" in [
        other.roles[0] for other in heading.columns[heading.columns.index(column) + 1 :]
    ]
    return named and (leads or len(set(cells)) < len(cells) or heading.has("head.order_date"))


def _numbers_articles(role: str, cells: Sequence[str], heading: Heading) -> bool:
    """Numbers that differ from line to line, where no other column numbers the articles, are not the order's; a lone one
    under "Supplier code" is the article's too. Beside the buyer's own numbers, codes that no line repeats are the supplier's."""
    distinct = len(set(cells))
    if any(heading.has(role) for role in ("part_number", "seller_part_number")):
        return False
    if heading.has("buyer_part_number"):
        return role == "head.vendor_number" and distinct == len(cells) > 1 and mostly(cells, is_code)
    return distinct == len(cells) > 1 if role == "head.po_number" else distinct > 1 or len(cells) == 1


def _with_order_date(heading: Heading) -> Heading:
    """ "Date" beside the order's number in each row is the order's day, not the line's."""
    if not heading.has("head.po_number"):
        return heading
    columns = (
        replace(column, roles=("head.order_date",))
        if column.roles == ("requested_delivery_date",) and field_of_label(column.head) == "order_date"
        else column
        for column in heading.columns
    )
    return replace(heading, columns=tuple(columns))


def _are_line_numbers(cells: Sequence[str]) -> bool:
    """Short numbers that begin low or count up evenly; article numbers under "Item" or "No." do neither."""
    if not mostly(cells, lambda text: bool(_LINE_NUMBER.fullmatch(text))):
        return False
    figures = [int(text.strip(".")) for text in cells if text.strip(".").isdecimal()]
    if not figures and all(_LONG_TAIL.fullmatch(text) for text in cells):
        tails = [int(re.split(r"\D", text)[-1]) for text in cells]
        # "01.0010", "01.0020" and "1.000", "2.000", but "44-1010", "44-1047" are articles
        return counts_up(tails) or tails[0] in STEPS or not any(tails)
    return len(figures) < len(cells) or figures[0] <= 1000 or (len(figures) > 2 and counts_up(figures))

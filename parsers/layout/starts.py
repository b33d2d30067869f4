"""Where an order line starts among a table's rows: numbers under quantities or amounts, and no total, label or mere charge."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from models.domain.document import Word
from parsers.layout.columns import Columns
from parsers.layout.heads import SIZE
from parsers.lexicon import field_of_label, split_label
from parsers.page_text import Row
from parsers.values.units import unit_code

AMOUNTS = frozenset({"quantity", "unit_price", "line_total", SIZE})
_CHARGES = frozenset({"freight", "surcharge"})
_BELOW_LINES = frozenset({"subtotal", "order_discount"}) | _CHARGES
_OWN_NUMBERS = frozenset({"line_number", "part_number", "buyer_part_number", "seller_part_number"})
_COUNTED = re.compile(r"\d[\d.,]*\s?([^\W\d]{1,20}\.?)")


def is_start(row: Row, columns: Columns) -> bool:
    """Whether an order line starts here: a number under a quantity or amount and something else beside it; no total."""
    cells = columns.parted(row)
    if len(cells) < 2 or not amounts_of(row, columns):
        return False
    if is_total(row) and not _names_rates_alone(row, columns):
        return _is_priced_charge(row, columns, cells)
    return not is_labelled(row)


def _names_rates_alone(row: Row, columns: Columns) -> bool:
    """Whether what names a tax in the row is the line's rate, under a head of taxes: "Chapon | TVA 5,5% | 85 kg"."""
    named = [phrase for phrase in row.phrases[:4] if total_field(phrase.text)]
    heads = [columns.heads[columns.place((phrase.x0 + phrase.x1) / 2)] for phrase in named]
    return row.phrases[0] not in named and all(head is not None and head.role == "ignore.tax" for head in heads)


def _is_priced_charge(row: Row, columns: Columns, cells: Mapping[int, Sequence[Word]]) -> bool:
    """Whether a charge is ordered like goods: "FRT | Delivery charge | 45.00 | 45.00" with a number and a price of its own."""
    filled = {head.role: words for place, words in cells.items() if (head := columns.heads[place]) is not None}
    numbers = [" ".join(word.text for word in filled[role]) for role in _OWN_NUMBERS & filled.keys()]
    named = any(total_field(number) is None and any(sign.isalpha() for sign in number) for number in numbers)
    priced = all(role in filled and _numeric(filled[role]) for role in ("unit_price", "line_total"))
    return named and priced and {field for each in row.phrases[:4] if (field := total_field(each.text))} <= _CHARGES


def amounts_of(row: Row, columns: Columns) -> list[str]:
    cells = columns.parted(row)
    return [
        head.role
        for place, words in cells.items()
        if (head := columns.heads[place]) is not None and head.role in AMOUNTS and _numeric(words)
    ]


def _numeric(words: Sequence[Word]) -> bool:
    text = " ".join(word.text for word in words)
    digits = sum(letter.isdigit() for letter in text)
    if digits > 0 and sum(letter.isalpha() for letter in text) <= max(6, digits):
        return True
    counted = _COUNTED.fullmatch(text)
    return counted is not None and unit_code(counted[1]) is not None


def is_total(row: Row) -> bool:
    """Whether a row states a total, a subtotal, a tax or freight below the lines, and has no position of its own."""
    lead = row.phrases[0].words[0].text
    numbered = lead.rstrip(".").isdigit() and len(row.phrases) > 3
    return not numbered and any(total_field(phrase.text) for phrase in row.phrases[:4])


def total_field(text: str) -> str | None:
    """The total that a phrase names, its own number aside; None for other text, and for a word in brackets: "(Packung)"."""
    if text.startswith("(") and text.find(")") == len(text) - 1:
        return None
    split = split_label(text)
    # Only a number that stands apart is the total's: SH-12 is a part number, and no "S/H".
    bare = re.sub(r"[\s:$€£][\d.,%:\s$€£]*$", "", text)
    field = (split[0] if split else None) or field_of_label(text) or (field_of_label(bare) if bare else None)
    return field if field is not None and (field.startswith("total") or field in _BELOW_LINES) else None


def is_labelled(row: Row) -> bool:
    first = row.phrases[0]
    # A part number may begin like a label: NO-10 and REF-7 are codes, "No. 10" is none.
    apart = len(first.words) > 1 or ":" in first.text
    return (apart and split_label(first.text) is not None) or first.text.endswith(":")

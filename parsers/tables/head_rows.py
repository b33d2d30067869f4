"""Which rows of a grid are heads, told by their words, and how far the rows below go on with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from models.domain.document import TextBox
from parsers.lexicon import listed_header, meaning_of_header, meaning_of_label
from parsers.tables.merged_heads import padded, spread
from parsers.values.numbers import NumberStyle, parse_number
from parsers.values.units import unit_code

Row = Sequence[TextBox | None]

_LONGEST_HEAD, _SHORT_HEAD = 45, 14
_FEWEST_ACROSS, _ROWS_BELOW, FEWEST_SIZES = 2, 4, 3
_COUNT = re.compile(r"\d{1,6}(?:[.,]0+)?|[-–—.]")
_PAPER = re.compile(r"(?=.*\d{4})[^\s]{5,40}|\d{1,4}[./-]\d{1,2}[./-]\d{2,4}")
#: What only the columns of lines hold.
LINE_SIGNS = frozenset(
    {"quantity", "unit_price", "line_total", "description", "part_number", "gtin", "seller_part_number", "buyer_part_number"}
)
_NUMBERS = frozenset({"part_number", "seller_part_number", "buyer_part_number"})
_SIZE = re.compile(
    r"(?:[2-6]?X{0,4}[SL]|M|[2-6]X|OS|ONE SIZE|\d{1,3}(?:[.,]5)?(?:[/-]\d{1,3})?[A-DFSRL]?|\d{2,3}\s?CM|T\d|[1-6]T|UNI(?:CA)?"
    r"|T\.?U\.?)",
    re.IGNORECASE,
)


def texts_of(row: Row) -> list[str]:
    """The row's texts, "" where a cell is empty."""
    return [" ".join(cell.text.split()) if cell is not None else "" for cell in row]


def is_number(text: str) -> bool:
    """Whether `text` is a figure in any style, with marks of money or percent."""
    return parse_number(text, NumberStyle(".")) is not None


def begins_head(rows: Sequence[Row], start: int) -> bool:
    """Whether `rows[start]` is the first row of heads, by itself or with what stands below it."""
    texts = texts_of(rows[start])
    if any(_is_value(text) for text in texts if text):
        return False
    return _is_head_row(texts) or _heads_counts(texts, rows, start) or _is_top_of_head(rows, start)


def _is_head_row(texts: Sequence[str]) -> bool:
    filled = [text for text in texts if text]
    if len(filled) < 2 or any(_is_value(text) for text in filled) or _alternates(filled):
        return False
    meanings = [meaning.name for text in filled if (meaning := meaning_of_header(text))]
    known = {name for name in meanings if not name.startswith(("ignore", "head"))}
    share = 3 if len(known & LINE_SIGNS) > 2 else 2  # beside three such heads may stand the colours or shops of a matrix
    if known & {"size", "colour"} and sum(map(is_size, filled)) > 1:
        return True
    return len(known) >= 2 and bool(known & LINE_SIGNS) and share * len(meanings) >= sum(not is_size(text) for text in filled)


def _alternates(filled: Sequence[str]) -> bool:
    """Labels with values beside them ("Order no. | PX-60171 | Date | 2026-08-26"), which are no heads: what stands right of
    a label and left of another is a day or the number of a paper."""
    values = [bool(_PAPER.fullmatch(text)) for text in filled]
    alone = [
        place
        for place in range(1, len(values))
        if values[place] and not values[place - 1] and not (place + 1 < len(values) and values[place + 1])
    ]
    return any(meaning_of_label(filled[place - 1]) is not None for place in alone)


def _is_foreign(head: str) -> bool:
    """Whether a head says nothing of a line: unknown, or a word of the order's head ("Porto" is a town, too)."""
    meaning = meaning_of_header(head)
    return meaning is None or meaning.name == "head.incoterm"


def _heads_counts(texts: Sequence[str], rows: Sequence[Row], start: int) -> bool:
    """Heads of which most are unknown, since they name shops, colours or days: what is unknown stands over counts alone."""
    unknown = [place for place, text in enumerate(texts) if text and _is_foreign(text)]
    if len(unknown) < _FEWEST_ACROSS or unknown[-1] - unknown[0] != len(unknown) - 1:
        return False
    below = [texts_of(row) for row in rows[start + 1 : start + 1 + _ROWS_BELOW]]
    cells = [row[place] for row in below for place in unknown if place < len(row) and row[place]]
    known = [text if place not in unknown else "" for place, text in enumerate(texts)]
    return bool(cells) and all(_COUNT.fullmatch(cell) for cell in cells) and _is_head_row(known)


def _is_value(text: str) -> bool:
    return len(text) > _LONGEST_HEAD or (is_number(text) and not is_size(text)) or ("@" in text)


def _is_top_of_head(rows: Sequence[Row], start: int) -> bool:
    """A row such as "Unit | Ext. | Qty" over "Price | Price | Ordered": heads only when read with the row below."""
    texts = texts_of(rows[start])
    if start + 1 >= len(rows) or sum(map(bool, texts)) < 2 or any(_is_value(text) or len(text) > 20 for text in texts):
        return False
    filled = [text for text in texts if text]
    if any(re.search(r"\d", value) and meaning_of_label(label) is not None for label, value in pairwise(filled)):
        return False  # a label and its value, right above the heads
    below = texts_of(rows[start + 1])
    if any(_is_value(text) for text in below if text):
        return False
    return _is_head_row([f"{top} {under}".strip() for top, under in zip(padded(texts, below), padded(below, texts), strict=True)])


def continues_head(texts: Sequence[str], above: Sequence[str]) -> bool:
    """Whether a row goes on with the heads in the row above it."""
    filled = filled_of(texts)
    if not filled or any(_is_value(text) for _, text in filled):
        return False
    if are_sizes_across(filled, above):
        return True
    if len(filled) == 1 and len(filled_of(above)) > 2 and _names_a_group(*filled[0], above):
        return False
    groups = spread(above, texts)
    heads = sum(1 for place, text in filled if _is_head_text(text, groups[place] if place < len(groups) else ""))
    return heads == len(filled) or (heads >= 2 and heads >= len(filled) - 1)


def _names_a_group(place: int, text: str, above: Sequence[str]) -> bool:
    """Whether a lone cell right below the heads is the title of a group of goods ("PRODUCE") rather than a head's second row: it
    resembles a head's word at most, and makes no head of what stands above it."""
    over = above[place] if place < len(above) else ""
    if text.startswith("(") or names_other_number(over, text):
        return False
    return listed_header(text) is None and listed_header(f"{over} {text}".strip()) is None


def names_other_number(over: str, under: str) -> bool:
    """Whether two names of one column call the article's numbers of two owners: "Item number" over "Supplier item"."""
    upper, lower = (meaning_of_header(text) if text else None for text in (over, under))
    if upper is None or lower is None or upper.name == lower.name or lower.name not in _NUMBERS:
        return False
    return upper.name in _NUMBERS or (upper.name == "line_number" and len(over.split()) > 1)  # "Item number" is also a position's


def filled_of(texts: Sequence[str]) -> list[tuple[int, str]]:
    """The places and texts of the cells that are not empty."""
    return [(place, text) for place, text in enumerate(texts) if text]


def are_sizes_across(filled: Sequence[tuple[int, str]], above: Sequence[str]) -> bool:
    """A row of sizes alone, side by side under one head ("Assortment" over 36, 37, 38): numbers of sizes rise."""
    places, sizes = [place for place, _ in filled], [text for _, text in filled]
    if len(filled) < FEWEST_SIZES or places[-1] - places[0] != len(places) - 1 or not all(map(is_size, sizes)):
        return False
    if any(place < len(above) and above[place] for place in places[1:]):
        return False
    figures = [Decimal(text.replace(",", ".")) for text in sizes if re.fullmatch(r"\d+(?:[.,]\d)?", text)]
    return not figures or (len(figures) == len(sizes) and all(one < other for one, other in pairwise(figures)))


#: What parts the two languages of a head.
_TWO_TONGUES = re.compile(r"\s*/\s*|\s+[-–|]\s+")


def _is_head_text(text: str, above: str) -> bool:
    # Below a head in two languages ("Qté / Qty"), what goes on with one of them goes on with the last.
    over = above if _TWO_TONGUES.search(text) else _TWO_TONGUES.split(above)[-1]
    goes_on = bool(over and listed_header(f"{over} {text}"))
    # A value can be a word of the trade ("Box", "EA"), so a unit alone is a head only if nothing stands above it.
    if unit_code(text) is not None and over and not goes_on:
        return False
    composed = bool(over) and len(text) <= _SHORT_HEAD and meaning_of_header(f"{over} {text}") is not None
    return meaning_of_header(text) is not None or goes_on or composed or text.startswith("(")


def is_size(text: str) -> bool:
    """Whether a head looks like a size: S, 2XL, 38, 38/40, 7.5."""
    return bool(_SIZE.fullmatch(text.strip()))

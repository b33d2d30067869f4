"""Labels and their values in the rows of a line: "Your part no: B-9", in one cell or two, one after the other without signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.domain.document import TextBox
from parsers.lexicon import Meaning, meaning_of_header, split_at_coded_header
from parsers.tables.column_guess import PARTS
from parsers.tables.head_rows import Row
from parsers.tables.wrapped_cells import is_unit_under_figure

#: Labels whose words are everyday ones too ("sheets 250 x"): without a colon or a long number they are text.
_PASSING = ("ignore", "head.page")
#: Ends of labels that want a number behind them.
_SIGNED = re.compile(r"[#°º]$|\b(?:no|nr|num|nummer|number)\.?$", re.IGNORECASE)
_PIECES = re.compile(r"\s+[·•|]\s+")
_NUMBERS = re.compile(r"([^\W\d][^:]{0,30}):\s*((?=\S*\d)\S+)")
_COUNTED = frozenset(
    {"line_number", "quantity", "unit_price", "line_total", "discount_percent", "price_basis_quantity", "requested_delivery_date"}
)
_DASHED = re.compile(r"(?P<code>(?=\S*\d|[A-Z]+-[A-Z])\S{3,})\s[-–—]\s(?=[^\W\d_]{3})")
_SHORT, _MOST_WORDS = 3, 5
_MOST_PAIRED, _LABEL_WORDS = 16, 4
_FIGURES_IN = re.compile(r"\d")


def labelled_values(row: Row) -> Iterator[tuple[str, TextBox, str, int]]:
    """(role, box, value, place) of a row's labelled cells: "Your part no: B-9" in one cell, or label and value in two, or
    several parted by dots or bars: "SKU B-9 · case of 6"."""
    taken = -1
    for place, cell in enumerate(row):
        if cell is None or not cell.text.strip() or place <= taken:
            continue
        text = " ".join(cell.text.split())
        if named := _named_piece(text):
            yield named[0], cell, named[1], place
            continue
        if pairs := list(_pairs(text)):
            yield from ((name, cell, value, place) for name, value in pairs)
            continue
        split = split_at_coded_header(text)
        if split and split[0].name in PARTS:
            split = (split[0], split[1], _up_to_label(_code_alone(split[2])))
        if split and _is_labelled(text, split):
            yield split[0].name, cell, split[2], place
            continue
        following = row[place + 1] if place + 1 < len(row) else None
        meaning = meaning_of_header(text.rstrip(": ")) if len(text) < 40 and following is not None else None
        if meaning is not None and following is not None and is_unit_under_figure(text, following.text):
            continue
        if meaning is not None and following is not None and meaning.strength >= 1 and not meaning_of_header(following.text):
            yield meaning.name, following, following.text, place
            taken = place + 1


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Two or more labels, each with its code, that make up all of `text`: "COMMODITY 80160 SUPPLIER PART NUMBER BG-2430"."""
    words, pairs, at = text.split(), [], 0
    while at < len(words) <= _MOST_PAIRED:
        ends = range(min(len(words) - 1, at + _LABEL_WORDS), at, -1)
        coded = (end for end in ends if _FIGURES_IN.search(words[end]) and not any(map(_FIGURES_IN.search, words[at:end])))
        named = ((end, meaning) for end in coded if (meaning := meaning_of_header(" ".join(words[at:end]).rstrip(":#"))))
        found = next(((end, meaning) for end, meaning in named if meaning.strength >= 1), None)
        if found is None:
            return
        pairs.append((found[1].name, words[found[0]]))
        at = found[0] + 1
    if len(pairs) > 1 and at == len(words) and any(name in PARTS for name, _ in pairs):
        yield from pairs


def _named_piece(text: str) -> tuple[str, str] | None:
    """Which number of the article one of several pieces gives, parted by dots or bars: "Small · SKU TRAY-S · case of 4"."""
    pieces = _PIECES.split(text)
    splits = (split_at_coded_header(piece) for piece in pieces) if len(pieces) > 1 else ()
    return next(((split[0].name, split[2]) for split in splits if split and split[0].name in PARTS and " " not in split[2]), None)


def labelled_numbers(cell: TextBox) -> list[tuple[str, TextBox]]:
    """The numbers of an article that one cell names by labels: "GTIN: 4006381333931 Vendor Item: B-9"; empty without any."""
    pairs = [(label.strip(), value) for label, value in _NUMBERS.findall(" ".join(cell.text.split()))]
    named = [(meaning.name, value) for label, value in pairs if (meaning := meaning_of_header(label)) and meaning.name in PARTS]
    return [(name, TextBox(value, cell.evidence, cell.confidence)) for name, value in named]


def _code_alone(value: str) -> str:
    """A number without what a dash parts from it: "BR-500 - cost centre 902"."""
    found = _DASHED.match(value)
    return found["code"] if found is not None else value


def _up_to_label(value: str) -> str:
    """A number up to the next label of its row: "KAV-12 Manufacturer: Corlink Mfr. Part: CL12"."""
    words = value.split()
    end = next((at for at in range(1, len(words)) if words[at].endswith(":")), None)
    if end is None:
        return value
    start = next((at for at in range(max(1, end - 3), end) if meaning_of_header(" ".join(words[at : end + 1]).rstrip(":"))), end)
    return " ".join(words[:start])


def _is_labelled(text: str, split: tuple[Meaning, str, str]) -> bool:
    """Whether a label and its value stand in `text`: without a sign between them, the value must have its role's form, for
    "Extension wire 20 AWG" and "PA/PE 90 µm" name goods."""
    meaning, label, value = split
    if ":" in text or _SIGNED.search(label):
        return ":" in text or not meaning.name.startswith(_PASSING) or re.search(r"\d{4}", value) is not None
    if meaning.name.startswith(("ignore", "head.")):
        return re.search(r"\d{4}", value) is not None
    if meaning.name in PARTS:
        return " " not in value
    return (
        meaning.name in _COUNTED
        and value[0].isdigit()
        and len(value.split()) < _MOST_WORDS
        and len(max(re.split(r"\W", label), key=len)) > _SHORT
    )

"""The form of a document: which of its lines' values stand where across the page or sheet, from left to right.

Two orders that one program prints for one buyer have the same form, whatever they order. A form that nobody met may be read
wrongly in ways that no arithmetic shows, such as a column of stocks for one of quantities; one that was read rightly before
will hardly be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from statistics import median

from models.contracts.extraction_v1 import OrderLineV1, PurchaseOrderV1
from models.domain.evidence import Evidence

#: So many lines show where the columns are.
_LINES = 100
#: Nearer than this two columns are one, in PDF points; the columns of a sheet lie further apart.
_NEAR, _SHEET_COLUMN = 12.0, 100.0
#: As readers tell texts; also those that are set on pages.
_LETTERS = frozenset({"email", "text"})
_CELL = re.compile(r"!([A-Z]{1,3})\d+$")


def form_of(order: PurchaseOrderV1, source_format: str) -> str:
    """The source's format and its lines' fields from left to right: "pdf line_number description quantity unit unit_price".

    Empty where the values have no place across, as in EDI and XML, or one by chance, as in letters. Fields of one column stand
    by their names.
    """
    if source_format in _LETTERS:
        return ""
    across = sorted((middle, name) for name, middle in _places(order.lines).items())
    if not across:
        return ""
    columns: list[list[str]] = []
    before = float("-inf")
    for place, name in across:
        if place - before < _NEAR:
            columns[-1].append(name)
        else:
            columns.append([name])
        before = place
    return " ".join([source_format, *(name for column in columns for name in sorted(column))])


def _places(lines: Sequence[OrderLineV1]) -> dict[str, float]:
    found: defaultdict[str, list[float]] = defaultdict(list)
    for line in islice(lines, _LINES):
        for name in OrderLineV1.model_fields:
            value = getattr(line, name)
            place = _place(value.evidence[0]) if value is not None and value.evidence else None
            if place is not None:
                found[name].append(place)
    return {name: median(places) for name, places in found.items()}


def _place(evidence: Evidence) -> float | None:
    if evidence.bbox is not None:
        return evidence.bbox[0]
    cell = _CELL.search(evidence.cell or "")
    if cell is None:
        return None
    number = 0
    for letter in cell[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number * _SHEET_COLUMN

"""Lines without a part number beside others that have one: goods whose number may not have been read, or work that has none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.contracts.extraction_v1 import OrderLineV1, Problem, PurchaseOrderV1
from models.domain.findings import Severity
from parsers.tables.leading_codes import is_article_number, named_number
from parsers.totals import foot_field

#: UN/ECE Recommendation 20: hour, day, week, month, year, service unit, activity, lump sum, lot, job.
_UNITS_OF_WORK = frozenset({"HUR", "DAY", "WEE", "MON", "ANN", "E48", "ACT", "LS", "LO", "E51"})


def unnumbered_goods(order: PurchaseOrderV1, *, was_typed: bool) -> Iterator[Problem]:
    """An error for each line of goods without a number of their own where most lines have one.

    Where the page's letters are not seen but known (`was_typed`), only a number within the line's text can have been passed
    over.
    """
    bare = [
        place for place, line in enumerate(order.lines) if not (line.gtin or line.buyer_part_number or line.seller_part_number)
    ]
    if order.kind != "order" or 2 * len(bare) > len(order.lines):
        return
    for place in bare:
        line = order.lines[place]
        if line.description is None or foot_field(line.description.value) is not None or _is_work(line):
            continue  # freight with a position of its own has no number, nor has work
        if was_typed and not _holds_number(line.description.value):
            continue
        name = line.line_number.value if line.line_number else str(place + 1)
        message = (
            f'line {name} ("{line.description.value[:60]}") has no part number though others have: see which article is meant'
        )
        yield Problem(code="missing_part_number", severity=Severity.ERROR, field=f"lines[{place}]", message=message)


def _is_work(line: OrderLineV1) -> bool:
    return line.unit is not None and line.unit.value in _UNITS_OF_WORK


def _holds_number(text: str) -> bool:
    """Whether a word of the text may be the number of an article, or follows a label of one."""
    words = [word.strip("()[],;:") for word in text.split()]
    labels = (named_number(re.sub(r"[:#]$", "", word)) for word in words)
    return any(is_article_number(word) for word in words) or any(label is not None for label in labels)

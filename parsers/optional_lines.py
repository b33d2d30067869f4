"""Positions that are offered beside others and not ordered: alternatives and options, known by their words and by the total."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from models.contracts.extraction_v1 import OrderLineV1, Problem, PurchaseOrderV1
from models.domain.findings import Severity

_OPTIONAL = re.compile(
    r"\b(?:alternativ\w*|option(?:al\w*|eel|nel\w*)|opcional\w*|opzional\w*|opcjonal\w*|eventual ?position\w*|"
    r"bedarfs ?position\w*|wahl ?position\w*|wahlweise|(?:en|in|als) (?:option|opzione|optie)|not ordered|nicht bestellt)\b",
    re.IGNORECASE,
)

#: Takes lines and gives what they cost together, None where one has no amount.
_Sum = Callable[[Sequence[OrderLineV1]], Decimal | None]


def without_optional(
    order: PurchaseOrderV1, whole: _Sum, charges: Sequence[Decimal] = ()
) -> tuple[PurchaseOrderV1, tuple[Problem, ...]]:
    """The order without the optional lines that its total leaves out, each told in a warning.

    Where the total counts them they are ordered; where no total says so, each is an error that a person must settle.
    `charges` (discounts below zero) may stand between the lines and the total.
    """
    optional = [line for line in order.lines if line.description is not None and _OPTIONAL.search(line.description.value)]
    if order.kind != "order" or not optional:
        return order, ()
    net = order.total_net or order.total_gross
    total = Decimal(net.value) if net is not None else None
    totals = {total, total - sum(charges)} if total is not None else set()
    if whole(order.lines) in totals:
        return order, ()
    for out in (optional, *([line] for line in optional)):
        kept = tuple(line for line in order.lines if not any(line is each for each in out))
        if kept and whole(kept) in totals:
            return order.model_copy(update={"lines": kept}), tuple(_problem(line, Severity.WARNING) for line in out)
    return order, tuple(_asked(optional, order))


def _asked(optional: Sequence[OrderLineV1], order: PurchaseOrderV1) -> Iterator[Problem]:
    for place, line in enumerate(order.lines):
        if any(line is each for each in optional):
            yield _problem(line, Severity.ERROR, f"lines[{place}]")


def _problem(line: OrderLineV1, severity: Severity, field: str = "lines") -> Problem:
    name = line.line_number.value if line.line_number else (line.description.value if line.description else "")[:60]
    left_out = (
        "the total leaves it out, so it was not taken as ordered" if severity is Severity.WARNING else "ask whether it is ordered"
    )
    return Problem(
        code="optional_line", severity=severity, field=field, message=f"line {name} is an alternative or an option: {left_out}"
    )

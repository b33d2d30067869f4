"""What rehearsed corrections would change, beside the order as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.domain.findings import Finding
from models.domain.sales_order import SalesOrder, SalesOrderLine


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would be different: its name, as it stands, as it would be."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RehearsalView:
    """Where the order would stand, and what would be settled, still open or new."""

    status: str
    goes_on: bool
    settled: tuple[Finding, ...]
    still_open: tuple[Finding, ...]
    new: tuple[Finding, ...]
    changes: tuple[Change, ...]


def rehearsal_view(order: SalesOrder, rehearsed: SalesOrder) -> RehearsalView:
    before = {finding.key: finding for finding in order.open_findings}
    after = {finding.key: finding for finding in rehearsed.open_findings}
    return RehearsalView(
        status=rehearsed.status.value,
        goes_on=not rehearsed.status.waits_for_person,
        settled=tuple(finding for key, finding in before.items() if key not in after),
        still_open=tuple(finding for key, finding in after.items() if key in before),
        new=tuple(finding for key, finding in after.items() if key not in before),
        changes=tuple(_changes(order, rehearsed)),
    )


def _changes(order: SalesOrder, rehearsed: SalesOrder) -> Iterator[Change]:
    pairs = [
        ("Customer", order.customer_name, rehearsed.customer_name),
        ("Ship-to", _place(order), _place(rehearsed)),
        ("Net", _money(order.net), _money(rehearsed.net)),
        ("Gross", _money(order.gross), _money(rehearsed.gross)),
    ]
    yield from (Change(name, before, after) for name, before, after in pairs if before != after)
    known = {line.number: _line(line) for line in order.lines}
    kept = {line.number: _line(line) for line in rehearsed.lines}
    for number in sorted({*known, *kept}):
        if known.get(number) != kept.get(number):
            yield Change(f"Line {number}", known.get(number, "none"), kept.get(number, "left out"))


def _line(line: SalesOrderLine) -> str:
    quantity = "?" if line.base_quantity is None else f"{line.base_quantity:,f}"
    return f"{quantity} × {line.sku or 'no SKU'}{f' = {line.net}' if line.net else ''}"


def _place(order: SalesOrder) -> str:
    return order.ship_to.one_line() if order.ship_to else ""


def _money(amount: object) -> str:
    return "" if amount is None else str(amount)

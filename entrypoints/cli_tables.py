"""Orders as tables for a terminal. Whatever a document says is shown as plain text: no markup, no control characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from entrypoints.backend import Presence, Records
from entrypoints.order_list import tone
from entrypoints.rendering import money, number, when, words
from entrypoints.verdict import verdict
from models.domain.bounds import upper_bound
from models.domain.budget_standing import BudgetPolicy, JudgedOrders, OrderKind, state_of
from models.domain.decision_record import DecisionRecord
from models.domain.display_words import unit_words
from models.domain.error_budget import BudgetUse
from models.domain.explanation import explained, made_with, verdict_words
from models.domain.findings import Finding
from models.domain.sales_order import SalesOrder, SalesOrderLine

_STYLES = {"waiting": "yellow", "moving": "blue", "done": "green", "stopped": "red"}
_SEVERITIES = {"error": "red", "warning": "yellow", "info": "blue"}


def plain_text(text: object, style: str = "") -> Text:
    """Text without the characters that could steer a terminal."""
    return Text("".join(letter for letter in str(text) if letter == "\n" or unicodedata.category(letter)[0] != "C"), style=style)


def order_table(orders: Iterable[SalesOrder]) -> Table:
    table = Table("Order", "Customer", "PO number", "Lines", "Total", "Status", "How it went", expand=True)
    table.columns[3].justify = table.columns[4].justify = "right"
    table.columns[6].ratio = 1
    for order in orders:
        table.add_row(
            plain_text(order.order_id),
            plain_text(order.customer_name or order.purchase_order.buyer.name or "unknown"),
            plain_text(order.purchase_order.po_number or "–"),
            str(len(order.lines) or len(order.purchase_order.lines)),
            money(order.gross or order.net),
            plain_text(words(order.status.value), _STYLES[tone(order.status)]),
            plain_text(verdict(order)),
        )
    return table


def order_at_a_glance(order: SalesOrder, records: Records, presence: Presence) -> RenderableType:
    """Verdict, lines, open questions, decisions, shipments and timeline."""
    title = f"{order.customer_name or 'unknown customer'}, PO {order.purchase_order.po_number or '–'}"
    style = _STYLES[tone(order.status)]
    head = Group(
        plain_text(
            f"{words(order.status.value)}, version {order.version}, total {money(order.gross or order.net)}", f"bold {style}"
        ),
        plain_text(verdict(order)),
        plain_text(presence.order_page(order.order_id), "dim"),
    )
    parts: list[RenderableType] = [Panel(head, title=plain_text(title), border_style=style), _lines(order.lines)]
    parts += [_finding(finding, order) for finding in order.findings]
    parts += [_fact(f"{words(each.outcome)} by {each.by}, {when(each.at)}", each.why) for each in order.decisions]
    parts += [_fact(f"corrected {each.field} to {each.value} by {each.by}", each.why) for each in order.corrections]
    for shipment in records.shipments.of_order(order.order_id):
        cartons = f"{len(shipment.cartons)} cartons from {shipment.warehouse}"
        parts.append(
            _fact(f"shipment {shipment.shipment_id}: {words(shipment.state)}", f"{cartons} {shipment.tracking_number or ''}")
        )
    parts.append(_timeline(order, records))
    return Group(*parts)


def decision_explained(record: DecisionRecord) -> RenderableType:
    """A decision in plain words: who and why, each check in sentences, and with what it was decided."""
    parts: list[RenderableType] = [plain_text(verdict_words(record), "bold")]
    for check in explained(record):
        parts.append(
            plain_text(f"{'●' if check.is_open else '○'} {check.title}: {check.outcome}", "yellow" if check.is_open else "")
        )
        parts += [plain_text(f"    {sentence}", "dim") for sentence in check.sentences]
    if record.runner_up:
        parts.append(plain_text(record.runner_up))
    parts.append(plain_text(made_with(record), "dim"))
    return Group(*parts)


def budget_table(use: Iterable[BudgetUse]) -> Table:
    """Each source's touchless orders, how many were wrong, the bound, and what it uses of the budget."""
    table = Table("Source", "Touchless", "Wrong", "At most", "Budget used", "Proven up to risk")
    for one in use:
        style = "red" if one.used > 1 else "green"
        proven = "–" if one.threshold is None else f"{one.threshold:.2f}"
        table.add_row(
            plain_text(one.group),
            str(one.touchless),
            str(one.wrong),
            f"{one.upper:.2%}",
            plain_text(f"{one.used:.0%}", style),
            proven,
        )
    return table


def kinds_table(kinds: Iterable[tuple[OrderKind, JudgedOrders]], policy: BudgetPolicy) -> Table:
    """Each kind of order as the error budget holds it: what is known of it, and whether it may go touchless."""
    table = Table("Source", "Customers", "Risk", "Judged", "Wrong", "Looked at", "At most", "Budget used", "State")
    for kind, seen in kinds:
        state = state_of(seen, policy)
        upper = upper_bound(seen.wrong, seen.judged, policy.confidence)
        used = f"{upper / policy.tolerated:.0%}" if seen.judged else "–"
        style = "red" if state in ("broken", "unproven") else "green" if state == "proven" else ""
        counts = (str(seen.judged), str(seen.wrong), str(seen.looked_at), f"{upper:.2%}", used)
        names = (plain_text(kind.source), plain_text(kind.group), plain_text(kind.band))
        table.add_row(*names, *counts, plain_text(state, style))
    return table


def _lines(lines: Sequence[SalesOrderLine]) -> Table:
    table = Table("#", "Asked", "SKU", "Description", "Quantity", "Price", "Net", expand=True)
    for place in (4, 5, 6):
        table.columns[place].justify = "right"
    for line in lines:
        table.add_row(
            str(line.number),
            plain_text(f"{number(line.ordered)} {unit_words(line.unit)} {line.buyer_part_number or ''}"),
            plain_text(line.sku or "?", "" if line.sku else "yellow"),
            plain_text(line.description),
            f"{number(line.base_quantity)} {unit_words(line.base_unit)}",
            _price(line.unit_price, line.price_basis),
            money(line.net),
        )
    return table


def _price(price: Decimal | None, basis: Decimal) -> str:
    return "–" if price is None else number(price) + ("" if basis == 1 else f" per {number(basis)}")


def _finding(finding: Finding, order: SalesOrder) -> RenderableType:
    is_open = any(each.key == finding.key for each in order.open_findings)
    mark = "●" if is_open else "○"
    line = f" line {finding.line}" if finding.line else ""
    text = plain_text(f"{mark} {words(finding.code)}{line}: {finding.message}", _SEVERITIES[finding.severity.value])
    for key, value in (finding.proposal or {}).items():
        text.append_text(plain_text(f"\n  proposed: orderwright correct {order.order_id} {key}={value} --why …", "dim"))
    return text


def _fact(head: str, detail: str) -> Text:
    return plain_text(f"– {head}" + (f": {detail}" if detail.strip() else ""))


def _timeline(order: SalesOrder, records: Records) -> Table:
    table = Table("When", "What", "Who", "Summary", expand=True)
    for entry in records.audit.timeline(order.order_id):
        table.add_row(when(entry.at), plain_text(words(entry.event)), plain_text(entry.actor), plain_text(entry.summary))
    return table

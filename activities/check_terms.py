"""Check an order's terms: units and packs, prices, totals, payment terms and dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from temporalio import activity

from activities.failures import told_to_temporal
from activities.order_records import OrderRecord
from activities.ports import Catalogue, Parties
from models.contracts.activity_io import OrderStep
from models.domain.catalogue import Item, PriceEntry
from models.domain.corrections import corrected, last_word
from models.domain.findings import Finding
from models.domain.identifiers import Sku
from models.domain.party import Customer
from models.domain.pricing import price_line
from models.domain.purchase_order import PurchaseOrder
from models.domain.sales_order import SalesOrder, SalesOrderLine
from models.domain.terms import date_findings, order_currency, terms_finding, total_findings
from models.domain.values import Currency, Percentage


class TermsChecking:
    """Holds what was asked against what was agreed. Needs a customer: without one the order waits for a person anyway."""

    def __init__(self, record: OrderRecord, catalogue: Catalogue, parties: Parties) -> None:
        self._record = record
        self._catalogue = catalogue
        self._parties = parties

    @activity.defn
    @told_to_temporal()
    def check_terms(self, step: OrderStep) -> None:
        """Price every line and collect every doubt about the terms."""
        order = self._record.load(step.order_id)
        if order.customer_number is None:
            return
        customer = self._parties.customer(order.customer_number)
        asked = corrected(order.purchase_order, order.corrections)
        today = self._record.clock.now().date()
        currency, doubts = order_currency(asked, customer)
        tolerance = Percentage(points=self._parties.company().policy.price_tolerance_percent)
        lines, line_doubts = self._priced(order, asked, customer, currency, today, tolerance)
        terms = terms_finding(asked, customer)
        findings = [
            *order.findings,
            *doubts,
            *line_doubts,
            *total_findings(asked, lines),
            *((terms,) if terms else ()),
            *date_findings(asked, today),
        ]
        order = order.model_copy(
            update={
                "lines": lines,
                "currency": currency,
                "requested_date": asked.requested_date,
                "findings": tuple(findings),
            }
        )
        self._record.save(order)

    def _priced(
        self,
        order: SalesOrder,
        asked: PurchaseOrder,
        customer: Customer,
        currency: Currency,
        today: date,
        tolerance: Percentage,
    ) -> tuple[tuple[SalesOrderLine, ...], list[Finding]]:
        skus = sorted({line.sku for line in order.lines if line.sku})
        items = self._catalogue.items(skus)
        entries = _by_sku(self._catalogue.prices(customer.price_list, skus, today))
        stated = {line.number: line for line in asked.lines}
        lines: list[SalesOrderLine] = []
        findings: list[Finding] = []
        for line in order.lines:
            item: Item | None = items.get(line.sku) if line.sku else None
            if item is None or line.match is None or line.number not in stated:
                lines.append(line)
                continue
            priced, doubts = price_line(
                stated[line.number],
                item,
                line.match,
                entries=entries.get(item.sku, []),
                currency=currency,
                on=today,
                tolerance=tolerance,
                reviewed_price=last_word(order.corrections, f"{line.number}.price") is not None,
            )
            lines.append(priced)
            findings += doubts
        return tuple(lines), findings


def _by_sku(entries: Sequence[PriceEntry]) -> Mapping[Sku, list[PriceEntry]]:
    by_sku: dict[Sku, list[PriceEntry]] = {}
    for entry in entries:
        by_sku.setdefault(entry.sku, []).append(entry)
    return by_sku

"""Check an order's terms: units and packs, prices, totals, payment terms and dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from temporalio import activity

from activities.failures import told_to_temporal
from activities.learning_ports import LessonBook
from activities.order_records import OrderRecord
from activities.partners import message_of, partner_of
from activities.ports import BlobStore, Catalogue, Parties
from models.contracts.activity_io import OrderStep
from models.domain.catalogue import Item, PriceEntry
from models.domain.corrections import corrected, last_word
from models.domain.delivery_terms import (
    earliest_arrivals,
    minimum_order_finding,
    net_of,
    receiving_days_of,
    receiving_findings,
)
from models.domain.findings import Finding
from models.domain.freight_terms import freight_finding
from models.domain.identifiers import Sku
from models.domain.learned_items import unit_set_aside, with_learned_unit
from models.domain.learning import FactKind, LearnedFact, Receipt, unit_fact_key
from models.domain.partner_terms import missing_prices
from models.domain.party import Customer
from models.domain.payment_terms import terms_finding
from models.domain.pricing import price_line
from models.domain.purchase_order import PurchaseOrder, PurchaseOrderLine
from models.domain.sales_order import Match, SalesOrder, SalesOrderLine
from models.domain.terms import date_findings, order_currency, total_findings
from models.domain.values import Currency, Percentage
from models.domain.working_hours import Weekday


@dataclass(frozen=True)
class _Terms:
    """What holds for the whole order."""

    asked: PurchaseOrder
    customer: Customer
    currency: Currency
    today: date
    tolerance: Percentage


@dataclass(frozen=True)
class _Priced:
    """Our line with its doubts, and the learned fact that it was counted by."""

    line: SalesOrderLine
    doubts: tuple[Finding, ...] = ()
    receipt: Receipt | None = None


class TermsChecking:
    """Holds what was asked against what was agreed. Needs a customer: without one the order waits for a person anyway."""

    def __init__(
        self, record: OrderRecord, catalogue: Catalogue, parties: Parties, lessons: LessonBook, blobs: BlobStore
    ) -> None:
        self._record = record
        self._catalogue = catalogue
        self._parties = parties
        self._lessons = lessons
        self._blobs = blobs

    @activity.defn
    @told_to_temporal()
    def check_terms(self, step: OrderStep) -> None:
        """Price every line and collect every doubt about the terms."""
        order = self._record.load(step.order_id)
        if order.customer_number is None:
            return
        customer = self._parties.customer(order.customer_number)
        asked = corrected(order.asked, order.corrections)
        now, company = self._record.clock.now(), self._parties.company()
        today, own = now.date(), customer.price_tolerance_percent
        currency, doubts = order_currency(asked, customer)
        tolerance = company.policy.price_tolerance_percent if own is None else own
        terms = _Terms(asked, customer, currency, today, Percentage(points=tolerance))
        items = self._catalogue.items(sorted({line.sku for line in order.lines if line.sku}))
        priced = self._priced(order, terms, items)
        lines = tuple(one.line for one in priced)
        too_small = minimum_order_finding(customer, net_of(lines, currency))
        wrong_terms = (terms_finding(asked, customer), freight_finding(asked, customer))
        findings = [
            *order.findings,
            *doubts,
            *(doubt for one in priced for doubt in one.doubts),
            *total_findings(asked, lines, beside=order.beside_net, tolerance=terms.tolerance),
            *(one for one in wrong_terms if one),
            *((too_small,) if too_small else ()),
            *date_findings(asked, today, by_line=earliest_arrivals(company, lines, items, now)),
            *receiving_findings(asked, self._receiving_days(order, customer)),
            *missing_prices(asked, partner_of(message_of(order.source, self._blobs), self._parties)),
        ]
        learned = tuple(each for each in order.learned if each.kind is not FactKind.UNIT)
        order = order.model_copy(
            update={
                "lines": lines,
                "currency": currency,
                "requested_date": asked.requested_date,
                "price_tolerance": tolerance,
                "findings": tuple(findings),
                "learned": (*learned, *(one.receipt for one in priced if one.receipt)),
            }
        )
        self._record.save(order)

    def _receiving_days(self, order: SalesOrder, customer: Customer) -> Sequence[Weekday]:
        code = order.ship_to_match.value if order.ship_to_match else ""
        return receiving_days_of(customer, self._parties.ship_tos(customer.number), code)

    def _priced(self, order: SalesOrder, terms: _Terms, items: Mapping[Sku, Item]) -> list[_Priced]:
        customer = terms.customer
        entries = _by_sku(self._catalogue.prices(customer.price_list, sorted(items), terms.today, customer.contract_price_list))
        stated = {line.number: line for line in terms.asked.lines}
        facts = self._unit_facts(order, stated)
        priced: list[_Priced] = []
        for line in order.lines:
            item: Item | None = items.get(line.sku) if line.sku else None
            if item is None or line.match is None or line.number not in stated:
                priced.append(_Priced(line))
                continue
            is_reviewed = last_word(order.corrections, f"{line.number}.price") is not None
            prices = entries.get(item.sku, [])
            # A reviewer's unit is ours, whatever the customer means by it.
            own = () if last_word(order.corrections, f"{line.number}.unit") else facts
            priced.append(_priced_line(stated[line.number], item, line.match, terms, prices, own, is_reviewed=is_reviewed))
        return priced

    def _unit_facts(self, order: SalesOrder, stated: Mapping[int, PurchaseOrderLine]) -> Sequence[LearnedFact]:
        """What was learned of the units of this order's items."""
        units = {line.number: stated[line.number].unit for line in order.lines if line.number in stated}
        keys = [unit_fact_key(line.sku, unit) for line in order.lines if line.sku and (unit := units.get(line.number))]
        return self._lessons.about(order.customer_number, keys) if order.customer_number and keys else ()


def _priced_line(
    asked: PurchaseOrderLine,
    item: Item,
    match: Match,
    terms: _Terms,
    entries: Sequence[PriceEntry],
    facts: Sequence[LearnedFact],
    *,
    is_reviewed: bool,
) -> _Priced:
    """The line as this customer counts it; as we count it where only that agrees with the price on the page."""

    def priced(counted: Item) -> tuple[SalesOrderLine, tuple[Finding, ...]]:
        return price_line(
            asked, counted, match, entries=entries, currency=terms.currency, on=terms.today, tolerance=terms.tolerance,
            reviewed_price=is_reviewed, contract=terms.customer.contract_price_list,
        )  # fmt: skip

    counted, receipt = with_learned_unit(item, asked, facts, terms.today)
    line, doubts = priced(counted)
    if receipt is None:
        return _Priced(line, doubts)
    ours, own_doubts = priced(item)
    if _has_wrong_price(doubts) and ours.base_quantity is not None and not _has_wrong_price(own_doubts):
        return _Priced(ours, (*own_doubts, unit_set_aside(asked, receipt)))
    return _Priced(line, doubts, receipt)


def _has_wrong_price(doubts: Sequence[Finding]) -> bool:
    return any(doubt.code == "price_mismatch" for doubt in doubts)


def _by_sku(entries: Sequence[PriceEntry]) -> Mapping[Sku, list[PriceEntry]]:
    by_sku: dict[Sku, list[PriceEntry]] = {}
    for entry in entries:
        by_sku.setdefault(entry.sku, []).append(entry)
    return by_sku

"""Determine an order's tax, with its legal reason, and who pays what under its delivery terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from temporalio import activity

from activities.decision_ports import TaxService
from activities.failures import told_to_temporal
from activities.order_records import OrderRecord
from activities.ports import Catalogue, Parties, TaxTables
from models.contracts.activity_io import OrderStep
from models.domain.corrections import corrected
from models.domain.errors import Unavailable
from models.domain.findings import Finding, Severity
from models.domain.freight_terms import stated_rule
from models.domain.goods_control import leaves_customs_territory
from models.domain.identifiers import CustomerNumber
from models.domain.incoterms import incoterm_findings
from models.domain.party import Address, Warehouse
from models.domain.pricing import TOLERANCE
from models.domain.sales_order import SalesOrder
from models.domain.tax import TaxResult
from models.domain.tax_facts import TaxFacts, rate_countries
from models.domain.tax_ledger import tax_finding
from models.domain.taxation import determine_tax
from models.domain.terms import total_findings
from models.domain.values import Currency, Percentage


class TaxDetermining:
    """Applies the dated tables of rates and certificates to the place of supply, or asks an outside service where one is set."""

    def __init__(
        self,
        record: OrderRecord,
        parties: Parties,
        tables: TaxTables,
        catalogue: Catalogue,
        service: TaxService | None = None,
    ) -> None:
        self._record = record
        self._parties = parties
        self._tables = tables
        self._catalogue = catalogue
        self._service = service

    @activity.defn
    @told_to_temporal()
    def determine_tax(self, step: OrderStep) -> None:
        """The tax of the priced lines; an order that is not priced yet has none."""
        order = self._record.load(step.order_id)
        if order.customer_number is None or order.ship_to is None or order.net is None:
            self._record.save(order.model_copy(update={"tax": None}))
            return
        facts = self._facts(order, order.customer_number, order.ship_to, self._record.clock.now().date())
        tax, doubts = self._determined(facts, order, order.net.currency)
        asked = corrected(order.asked, order.corrections)
        terms = incoterm_findings(
            stated_rule(asked), facts.customer.incoterm, is_export=leaves_customs_territory(facts.ship_from, facts.ship_to)
        )
        known = {finding.key for finding in order.findings}
        tolerance = TOLERANCE if order.price_tolerance is None else Percentage(points=order.price_tolerance)
        totals = total_findings(asked, order.lines, tax, beside=order.beside_net, tolerance=tolerance)
        fresh = [one for one in (*doubts, *terms, *totals) if one.key not in known]
        self._record.save(order.model_copy(update={"tax": tax, "findings": (*order.findings, *fresh)}))

    def _determined(self, facts: TaxFacts, order: SalesOrder, currency: Currency) -> tuple[TaxResult | None, tuple[Finding, ...]]:
        """The service's word where it is asked; our own tables else, and whenever it does not answer."""
        if self._service is None or not self._service.knows(facts):
            return determine_tax(facts, order.lines, currency)
        try:
            return self._service.determine(facts, order.lines, currency), ()
        except Unavailable as outage:
            tax, doubts = determine_tax(facts, order.lines, currency)
            message = f"The tax is by our own tables: {str(outage)[:200]}."
            return tax, (*doubts, tax_finding("tax_service_unavailable", message, severity=Severity.WARNING))

    def _facts(self, order: SalesOrder, number: CustomerNumber, ship_to: Address, today: date) -> TaxFacts:
        company = self._parties.company()
        origin = dispatched_from(company.address, self._parties.warehouses(), ship_to)
        items = self._catalogue.items(sorted({line.sku for line in order.lines if line.sku}))
        return TaxFacts(
            company=company,
            customer=self._parties.customer(number),
            ship_from=origin,
            ship_to=ship_to,
            on=today,
            rates=tuple(rate for country in rate_countries(origin, ship_to) for rate in self._tables.rates(country, today)),
            exemptions=tuple(self._tables.exemptions(number)),
            goods={sku: item.goods_flags for sku, item in items.items() if item.goods_flags},
        )


def dispatched_from(seat: Address, warehouses: Sequence[Warehouse], ship_to: Address) -> Address:
    """Where the goods set out, as stock planning prefers it: a warehouse in the ship-to's country, else near our seat."""
    near = (house.address for house in warehouses if house.address.country == ship_to.country)
    return next(near, seat)

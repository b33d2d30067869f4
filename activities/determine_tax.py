"""Determine an order's tax, with its legal reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from temporalio import activity

from activities.failures import told_to_temporal
from activities.order_records import OrderRecord
from activities.ports import Parties, TaxTables
from models.contracts.activity_io import OrderStep
from models.domain.corrections import corrected
from models.domain.identifiers import CustomerNumber
from models.domain.party import Address, Warehouse
from models.domain.taxation import TaxFacts, determine_tax
from models.domain.terms import total_findings


class TaxDetermining:
    """Applies the dated tables of rates and certificates to the place of supply."""

    def __init__(self, record: OrderRecord, parties: Parties, tables: TaxTables) -> None:
        self._record = record
        self._parties = parties
        self._tables = tables

    @activity.defn
    @told_to_temporal()
    def determine_tax(self, step: OrderStep) -> None:
        """The tax of the priced lines; an order that is not priced yet has none."""
        order = self._record.load(step.order_id)
        if order.customer_number is None or order.ship_to is None or order.net is None:
            self._record.save(order.model_copy(update={"tax": None}))
            return
        today = self._record.clock.now().date()
        facts = self._facts(order.customer_number, order.ship_to, today)
        tax, doubts = determine_tax(facts, order.lines, order.net.currency)
        asked = corrected(order.purchase_order, order.corrections)
        known = {finding.key for finding in order.findings}
        fresh = [finding for finding in (*doubts, *total_findings(asked, order.lines, tax)) if finding.key not in known]
        self._record.save(order.model_copy(update={"tax": tax, "findings": (*order.findings, *fresh)}))

    def _facts(self, number: CustomerNumber, ship_to: Address, today: date) -> TaxFacts:
        company = self._parties.company()
        origin = _dispatched_from(company.address, self._parties.warehouses(), ship_to)
        countries = sorted({origin.country, ship_to.country})
        return TaxFacts(
            company=company,
            customer=self._parties.customer(number),
            ship_from=origin,
            ship_to=ship_to,
            on=today,
            rates=tuple(rate for country in countries for rate in self._tables.rates(country, today)),
            exemptions=tuple(self._tables.exemptions(number)),
        )


def _dispatched_from(seat: Address, warehouses: Sequence[Warehouse], ship_to: Address) -> Address:
    """Where the goods set out, as stock planning prefers it: a warehouse in the ship-to's country, else near our seat."""
    near = (house.address for house in warehouses if house.address.country == ship_to.country)
    return next(near, seat)

"""Ourselves, our customers and partners, and the tax that touches them: what the operator's files said last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Engine, Select, bindparam, or_, select

from models.domain.errors import Misconfigured, Rejected
from models.domain.identifiers import CustomerNumber
from models.domain.party import Company, Customer, PartnerProfile, ShipTo, Warehouse
from models.domain.tax import Exemption, TaxRate
from models.store.lookups import data_state, storable
from models.store.session import in_chunks, reading
from models.store.tables import company, customer, exemption, partner, ship_to, tax_rate, warehouse

#: Asked for by nearly every step of every order: put together once.
_COMPANY = select(company.c.document)
_CUSTOMER = select(customer.c.document).where(customer.c.number == bindparam("number"))
_WAREHOUSES = select(warehouse.c.document).order_by(warehouse.c.code)
_SHIP_TOS = select(ship_to.c.document).where(ship_to.c.customer_number == bindparam("number")).order_by(ship_to.c.code)
_EXEMPTIONS = (
    select(exemption.c.document)
    .where(exemption.c.customer_number == bindparam("number"))
    .order_by(exemption.c.region, exemption.c.certificate)
)
_RATES = (
    select(tax_rate.c.document)
    .where(
        tax_rate.c.country == bindparam("country"),
        tax_rate.c.valid_from <= bindparam("day"),
        or_(tax_rate.c.valid_to.is_(None), tax_rate.c.valid_to >= bindparam("day")),
    )
    .order_by(tax_rate.c.region, tax_rate.c.category)
)


class SqlParties:
    """Fulfils `activities.ports.Parties`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def company(self) -> Company:
        """Raises `Misconfigured` before the operator's files were loaded."""
        found = _all(self._engine, _COMPANY)
        if not found:
            raise Misconfigured("the books know no company yet: load the folder with company.yaml (orderwright load)")
        ourselves: Company = found[0]
        return ourselves

    def customer(self, number: CustomerNumber) -> Customer:
        found = _all(self._engine, _CUSTOMER, number=number) if storable([number]) else ()
        if not found:
            raise Rejected(f"there is no customer {number}", code="not_found")
        known: Customer = found[0]
        return known

    def customers(self) -> Sequence[Customer]:
        return _all(self._engine, select(customer.c.document).order_by(customer.c.number))

    def customers_numbered(self, numbers: Sequence[str]) -> Sequence[Customer]:
        """Those of the customers that there are, by number."""
        wanted = select(customer.c.document).order_by(customer.c.number)
        chunks = (wanted.where(customer.c.number.in_(some)) for some in in_chunks(storable(numbers)))
        return [found for chunk in chunks for found in _all(self._engine, chunk)]

    def each_customer(self) -> Iterator[Customer]:
        """As `customers`, one after the other, so that very many are never in memory together."""
        with reading(self._engine) as connection:
            yield from connection.execution_options(yield_per=1000).scalars(
                select(customer.c.document).order_by(customer.c.number)
            )

    def state(self) -> str:
        """Changes whenever a load has changed a customer, and is another for every database."""
        return data_state(self._engine, "customers")

    def ship_tos(self, number: CustomerNumber) -> Sequence[ShipTo]:
        return _all(self._engine, _SHIP_TOS, number=number) if storable([number]) else ()

    def warehouses(self) -> Sequence[Warehouse]:
        return _all(self._engine, _WAREHOUSES)

    def partners(self) -> Sequence[PartnerProfile]:
        return _all(self._engine, select(partner.c.document).order_by(partner.c.customer_number, partner.c.standard))


class SqlTaxTables:
    """Fulfils `activities.ports.TaxTables`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def rates(self, country: str, on: date) -> Sequence[TaxRate]:
        return _all(self._engine, _RATES, country=country.upper(), day=on) if storable([country]) else ()

    def exemptions(self, customer: CustomerNumber) -> Sequence[Exemption]:
        return _all(self._engine, _EXEMPTIONS, number=customer) if storable([customer]) else ()


def _all(engine: Engine, wanted: Select[Any], **parameters: object) -> Sequence[Any]:
    with reading(engine) as connection:
        return connection.scalars(wanted, parameters).all()

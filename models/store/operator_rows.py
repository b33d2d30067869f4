"""The columns of the operator's files with what each may hold, and how a row becomes a value of the domain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from models.domain.catalogue import CustomerItem, GoodsFlag, Item, PriceEntry, UnitConversion
from models.domain.identifiers import CustomerNumber, Gln, Gtin, Sku, VatId
from models.domain.party import (
    Address,
    Company,
    Customer,
    ShipTo,
    VatRegistration,
    Warehouse,
)
from models.domain.policy import DecisionPolicy
from models.domain.shipment import CarrierService
from models.domain.tax import TaxRounding
from models.domain.values import CountryCode, Currency, Money, UnitCode, Value, exact, iso_date
from models.domain.working_hours import DeskRules, Weekday


def _number(raw: object) -> object:
    return exact(raw) if isinstance(raw, str) else raw


def _day(raw: object) -> object:
    return iso_date(raw) if isinstance(raw, str) else raw


def _parts(raw: object) -> object:
    return tuple(part.strip().lower() for part in raw.split("|") if part.strip()) if isinstance(raw, str) else raw


def _addresses(addresses: tuple[str, ...]) -> tuple[str, ...]:
    for address in addresses:
        local, _, domain = address.rpartition("@")
        if not local or "." not in domain or any(sign.isspace() or sign in "<>,;" for sign in address):
            raise ValueError(f"{address!r} is not a mail address such as orders@example.com")
    return addresses


def _not_reserved(price_list: str) -> str:
    if price_list == "LIST":
        raise ValueError("'LIST' is the list_price column of items.csv: name this price list otherwise")
    return price_list


Number = Annotated[Decimal, BeforeValidator(_number)]
Positive = Annotated[Number, Field(gt=0)]
NotNegative = Annotated[Number, Field(ge=0)]
Day = Annotated[date, BeforeValidator(_day)]
Parts = Annotated[tuple[str, ...], BeforeValidator(_parts)]
MailAddresses = Annotated[Parts, AfterValidator(_addresses)]
#: "monday|tuesday|friday".
Weekdays = Annotated[tuple[Weekday, ...], BeforeValidator(_parts)]
YesNo = Literal["yes", "no"]
#: standard, reduced, zero, or the operator's word for goods that have a rate of their own somewhere (food, books, …).
TaxCategory = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Text = Annotated[str, Field(min_length=1, max_length=500)]
Code = Annotated[str, Field(min_length=1, max_length=60)]


class PlaceRow(Value):
    """The columns that make an address."""

    name: Text
    street: Text
    postal_code: Code = ""
    city: Text
    region: Code = ""
    country: CountryCode
    gln: Gln | None = None

    def address(self) -> Address:
        return Address(**{name: getattr(self, name) for name in Address.model_fields})


class CompanyWarehouse(Value):
    """A warehouse as company.yaml lists it; its address stands in warehouses.csv."""

    code: Code
    country: CountryCode


class CompanyFile(PlaceRow):
    """company.yaml."""

    vat_id: Code
    gs1_prefix: Annotated[str, Field(pattern=r"^[0-9]{6,12}$")]
    currency: Currency
    iban: str = ""
    email: Text
    phone: str = ""
    nexus_states: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...] = ()
    vat_registrations: tuple[VatRegistration, ...] = ()
    tax_rounding: TaxRounding = "document"
    delivery_days: Annotated[int, Field(ge=0, le=365)] | None = None
    order_cut_off: time | None = None
    warehouses: tuple[CompanyWarehouse, ...] = ()

    def company(self, policy: DecisionPolicy, desk: DeskRules) -> Company:
        taken = {name: getattr(self, name) for name in Company.model_fields if name not in {"address", "policy", "desk"}}
        return Company(address=self.address(), policy=policy, desk=desk, **taken)


class ItemRow(Value):
    """items.csv. Weight in kg and dimensions in mm are those of one base unit; a pack holds `pack_size` base units."""

    optional_columns: ClassVar[frozenset[str]] = frozenset({"lead_time_days"})

    sku: Sku
    gtin: Gtin | None = None
    manufacturer: str = ""
    mpn: str = ""
    description: Text
    description_de: str = ""
    description_fr: str = ""
    category: str = ""
    base_unit: UnitCode
    pack_unit: UnitCode | None = None
    pack_size: Positive | None = None
    order_multiple: Positive = Decimal(1)
    minimum_quantity: Positive = Decimal(1)
    weight_kg: NotNegative = Decimal(0)
    length_mm: NotNegative = Decimal(0)
    width_mm: NotNegative = Decimal(0)
    height_mm: NotNegative = Decimal(0)
    tax_category: TaxCategory = "standard"
    list_price: NotNegative
    price_basis: Positive = Decimal(1)
    currency: Currency
    status: Literal["active", "discontinued", "blocked"] = "active"
    successor: Sku | None = None
    lead_time_days: Annotated[int, Field(ge=0, le=365)] = 0

    @model_validator(mode="after")
    def _states_whole_packs(self) -> ItemRow:
        if (self.pack_unit is None) != (self.pack_size is None):
            raise ValueError("pack_unit and pack_size go together: give both or neither")
        if self.pack_unit == self.base_unit and self.pack_size != 1:
            raise ValueError(f"pack_unit {self.pack_unit} is the base unit, so pack_size must be 1, not {self.pack_size}")
        return self

    def item(self, conversions: Iterable[UnitConversion], goods_flags: Iterable[GoodsFlag] = ()) -> Item:
        held = {conversion.unit: conversion for conversion in conversions}
        if self.pack_unit is not None and self.pack_size is not None and self.pack_unit != self.base_unit:
            held[self.pack_unit] = UnitConversion(unit=self.pack_unit, base_quantity=self.pack_size)
        taken = {name: getattr(self, name) for name in Item.model_fields if name in type(self).model_fields}
        ordered = tuple(held[unit] for unit in sorted(held))
        return Item(
            **taken,
            conversions=ordered,
            is_discontinued=self.status == "discontinued",
            is_blocked=self.status == "blocked",
            goods_flags=tuple(goods_flags),
        )

    def list_entry(self, price_list: str, since: date) -> PriceEntry:
        return PriceEntry(
            price_list=price_list,
            sku=self.sku,
            unit_price=self.list_price,
            price_basis=self.price_basis,
            currency=self.currency,
            valid_from=since,
        )


class UnitConversionRow(Value):
    """unit_conversions.csv: one `unit` of the SKU holds `base_quantity` base units."""

    sku: Sku
    unit: UnitCode
    base_quantity: Positive

    def conversion(self) -> UnitConversion:
        return UnitConversion(unit=self.unit, base_quantity=self.base_quantity)


class CustomerRow(PlaceRow):
    """customers.csv. Amounts are in the customer's currency; several mail domains or addresses are separated by `|`."""

    optional_columns: ClassVar[frozenset[str]] = frozenset(
        {
            "tax_rounding",
            "partial_acceptance",
            "contract_price_list",
            "price_tolerance_percent",
            "minimum_order",
            "receiving_days",
            "freight_terms",
        }
    )

    number: CustomerNumber
    legal_form: str = ""
    vat_id: VatId | None = None
    email_domains: Parts = ()
    order_emails: MailAddresses = ()
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] = "en"
    currency: Currency
    price_list: Code
    payment_terms: str = ""
    payment_days: Annotated[int, Field(ge=0, le=365)] = 30
    incoterm: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | Literal[""] = ""
    credit_limit: NotNegative
    open_balance: Number = Decimal(0)
    status: Literal["active", "blocked"] = "active"
    tax_exempt: YesNo = "no"
    partial_delivery: YesNo = "yes"
    partial_acceptance: YesNo = "no"
    carrier_preference: str = ""
    tax_rounding: TaxRounding | None = None
    contract_price_list: Annotated[Code, AfterValidator(_not_reserved)] | None = None
    price_tolerance_percent: Annotated[NotNegative, Field(le=100)] | None = None
    minimum_order: NotNegative | None = None
    receiving_days: Weekdays = ()
    freight_terms: Literal["", "prepaid", "prepaid_and_add", "collect"] = ""

    def customer(self, vat_registrations: Iterable[VatRegistration] = ()) -> Customer:
        same = ("number", "vat_id", "email_domains", "order_emails", "language", "currency", "price_list", "payment_terms")
        taken: dict[str, Any] = {name: getattr(self, name) for name in (*same, "payment_days", "incoterm", "carrier_preference")}
        return Customer(
            **taken,
            address=self.address(),
            credit_limit=Money(amount=self.credit_limit, currency=self.currency),
            open_balance=Money(amount=self.open_balance, currency=self.currency),
            is_blocked=self.status == "blocked",
            takes_partial_deliveries=self.partial_delivery == "yes",
            takes_part_orders=self.partial_acceptance == "yes",
            vat_registrations=tuple(vat_registrations),
            tax_rounding=self.tax_rounding,
            contract_price_list=self.contract_price_list or "",
            price_tolerance_percent=self.price_tolerance_percent,
            minimum_order=None if self.minimum_order is None else Money(amount=self.minimum_order, currency=self.currency),
            receiving_days=self.receiving_days,
            freight_terms=self.freight_terms,
        )


class ShipToRow(PlaceRow):
    """ship_to.csv."""

    optional_columns: ClassVar[frozenset[str]] = frozenset({"receiving_days"})

    customer_number: CustomerNumber
    code: Code
    receiving_days: Weekdays = ()

    def ship_to(self) -> ShipTo:
        return ShipTo(
            customer_number=self.customer_number, code=self.code, address=self.address(), receiving_days=self.receiving_days
        )


class CustomerItemRow(Value):
    """customer_items.csv."""

    customer_number: CustomerNumber
    customer_part_number: Code
    sku: Sku

    def customer_item(self) -> CustomerItem:
        return CustomerItem(**dict(self))


class PriceRow(Value):
    """prices.csv: a price per `price_basis` base units, from `minimum_quantity` base units on."""

    price_list: Annotated[Code, AfterValidator(_not_reserved)]
    sku: Sku
    minimum_quantity: Positive = Decimal(1)
    unit_price: NotNegative
    price_basis: Positive = Decimal(1)
    currency: Currency
    valid_from: Day
    valid_to: Day | None = None

    def entry(self) -> PriceEntry:
        return PriceEntry(**dict(self))


class WarehouseRow(Value):
    """warehouses.csv."""

    code: Code
    name: Text
    street: Text
    postal_code: Code = ""
    city: Text
    country: CountryCode

    def warehouse(self) -> Warehouse:
        place = {name: getattr(self, name) for name in ("name", "street", "postal_code", "city", "country")}
        return Warehouse(code=self.code, address=Address(**place))


class StockRow(Value):
    """stock.csv: the opening balance of a bin in base units, taken once."""

    warehouse: Code
    sku: Sku
    bin: Code
    on_hand: NotNegative


class InboundRow(Value):
    """inbound.csv: a delivery that is expected so many days after the load, taken once per reference and SKU."""

    warehouse: Code
    sku: Sku
    quantity: Positive
    expected_in_days: Annotated[int, Field(ge=0, le=3650)]
    reference: Code


class CarrierRow(Value):
    """carriers.csv: a row of a rate table."""

    code: Code
    name: Text
    service: Code
    from_country: CountryCode
    to_zone: Code
    max_weight_kg: Positive
    base_price: NotNegative
    price_per_kg: NotNegative
    currency: Currency
    transit_days: Annotated[int, Field(ge=0, le=365)]

    def carrier_service(self) -> CarrierService:
        return CarrierService(**dict(self))


class ZoneRow(Value):
    """zones.csv: the zone of a country in the carriers' rate tables."""

    country: CountryCode
    zone: Code

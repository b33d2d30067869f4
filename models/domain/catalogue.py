"""The things we sell: items, their units and packs, and agreed prices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from models.domain.identifiers import CustomerNumber, Gtin, Sku
from models.domain.values import Currency, Exact, UnitCode, Value


class UnitConversion(Value):
    """One `unit` holds `base_quantity` base units."""

    unit: UnitCode
    base_quantity: Exact


class GoodsFlag(Value):
    """What the law says of a kind of goods. `reference` names the rule: a group of reverse-charge goods
    (`mobile_phones`, …), an entry of a dual-use list (`3A001`) or a UN number (`UN 1950`)."""

    kind: Literal["reverse_charge", "dual_use", "hazardous"]
    reference: str


class Item(Value):
    """A thing that we stock under one SKU. Weight in kg and dimensions in mm are those of one base unit;
    `lead_time_days` are the working days that it takes beyond what is on the shelf. One that is blocked is not sold for now."""

    sku: Sku
    gtin: Gtin | None = None
    manufacturer: str = ""
    mpn: str = ""
    description: str
    description_de: str = ""
    description_fr: str = ""
    category: str = ""
    base_unit: UnitCode
    conversions: tuple[UnitConversion, ...] = ()
    order_multiple: Exact = Decimal(1)
    minimum_quantity: Exact = Decimal(1)
    weight_kg: Exact = Decimal(0)
    length_mm: Exact = Decimal(0)
    width_mm: Exact = Decimal(0)
    height_mm: Exact = Decimal(0)
    tax_category: str = "standard"
    is_discontinued: bool = False
    is_blocked: bool = False
    lead_time_days: int = 0
    successor: Sku | None = None
    goods_flags: tuple[GoodsFlag, ...] = ()

    def base_quantity(self, amount: Decimal, unit: UnitCode) -> Decimal | None:
        """`amount` of `unit` in base units, or None where this item is not sold in `unit`."""
        if unit == self.base_unit:
            return amount
        return next((amount * held.base_quantity for held in self.conversions if held.unit == unit), None)

    @property
    def units(self) -> tuple[UnitCode, ...]:
        return (self.base_unit, *(held.unit for held in self.conversions))


class CustomerItem(Value):
    """A customer's own number for one of our items."""

    customer_number: CustomerNumber
    customer_part_number: str
    sku: Sku


class PriceEntry(Value):
    """An agreed price per `price_basis` base units, from `minimum_quantity` base units on, valid on both days named."""

    price_list: str
    sku: Sku
    minimum_quantity: Exact = Decimal(1)
    unit_price: Exact
    price_basis: Exact = Decimal(1)
    currency: Currency
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

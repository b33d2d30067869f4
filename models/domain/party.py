"""Parties: as a document states them, and as our books know them."""

from __future__ import annotations

from datetime import date, time
from typing import Literal

from pydantic import Field

from models.domain.identifiers import CustomerNumber, Gln, Sku, VatId
from models.domain.policy import DecisionPolicy
from models.domain.values import CountryCode, Currency, Exact, Money, UnitCode, Value
from models.domain.working_hours import DeskRules, Weekday


class Address(Value):
    """A place that goods or letters reach."""

    name: str
    street: str = ""
    postal_code: str = ""
    city: str = ""
    region: str = ""
    country: CountryCode
    gln: Gln | None = None

    def one_line(self) -> str:
        town = " ".join(part for part in (self.postal_code, self.city, self.region) if part)
        return ", ".join(part for part in (self.name, self.street, town, self.country) if part)


class StatedParty(Value):
    """A party as a document states it: every part may be missing or wrong. `country_is_inferred` where the reader took the
    country from something else than its name."""

    name: str | None = None
    customer_number: str | None = None
    gln: str | None = None
    vat_id: str | None = None
    email: str | None = None
    street: str | None = None
    city: str | None = None
    postal_code: str | None = None
    region: str | None = None
    country: str | None = None
    country_is_inferred: bool = False

    @property
    def has_address(self) -> bool:
        return bool(self.street or self.city or self.postal_code)


class VatRegistration(Value):
    """A VAT id with the days on which it holds (both included; None is open) and the day it was last confirmed (VIES)."""

    vat_id: VatId
    valid_from: date | None = None
    valid_to: date | None = None
    checked_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Customer(Value):
    """Who buys from us, and on which terms. `vat_registrations` date the VAT id and add those of other countries.

    `takes_part_orders`: good lines of an order may go on while doubtful ones wait, which delivers in parts too.
    `contract_price_list` holds prices of their own, before those of `price_list`, which a group shares; `minimum_order` is the
    least net value of an order; `freight_terms` is who pays the carrier, where `incoterm` does not say it;
    `receiving_days` are those on which their places take goods in, all of them where it is empty.
    """

    number: CustomerNumber
    address: Address
    vat_id: str | None = None
    email_domains: tuple[str, ...] = ()
    order_emails: tuple[str, ...] = ()
    language: str = "en"
    currency: Currency
    price_list: str
    contract_price_list: str = ""
    price_tolerance_percent: Exact | None = None
    minimum_order: Money | None = None
    receiving_days: tuple[Weekday, ...] = ()
    payment_terms: str = ""
    payment_days: int = 30
    incoterm: str = ""
    freight_terms: Literal["", "prepaid", "prepaid_and_add", "collect"] = ""
    credit_limit: Money
    open_balance: Money
    is_blocked: bool = False
    takes_partial_deliveries: bool = True
    takes_part_orders: bool = False
    carrier_preference: str = ""
    vat_registrations: tuple[VatRegistration, ...] = ()
    tax_rounding: Literal["document", "line"] | None = None

    @property
    def name(self) -> str:
        return self.address.name


class ShipTo(Value):
    """A known delivery place of a customer. `code` is unique within the customer."""

    customer_number: CustomerNumber
    code: str
    address: Address
    receiving_days: tuple[Weekday, ...] = ()


class Warehouse(Value):
    """A place that holds our stock."""

    code: str
    address: Address


class Company(Value):
    """Ourselves: the seller on every order, how we decide, and when our desk works. `vat_registrations` are our VAT ids
    outside our seat's country. `delivery_days` is how many working days goods on the shelf take to arrive, None where no day is
    promised; what comes after `order_cut_off`, by the desk's clock, counts as the next day's."""

    address: Address
    vat_id: str
    gs1_prefix: str
    currency: Currency
    email: str
    iban: str = ""
    phone: str = ""
    nexus_states: tuple[str, ...] = ()
    vat_registrations: tuple[VatRegistration, ...] = ()
    tax_rounding: Literal["document", "line"] = "document"
    delivery_days: int | None = None
    order_cut_off: time | None = None
    policy: DecisionPolicy = DecisionPolicy()
    desk: DeskRules = DeskRules()


#: Whose number a part number is; "ignore" leaves it out.
PartNumberOwner = Literal["seller", "buyer", "gtin", "ignore"]
PriceMissing = Literal["take_ours", "ask", "reject"]


class PartnerProfile(Value):
    """How an electronic partner and we address each other, and which answers it gets. `standard` is "edifact" or "x12".

    `syntax_acknowledgement` is the standard's own (CONTRL, 997), a 999 in its place, or none. `acknowledge_within_hours` is
    what was agreed for our order acknowledgement, `acknowledged_within_hours` for their CONTRL or 997 on what we send;
    without it nobody waits for one.

    What the partner's codes mean where they mean something of their own: `units` gives our unit for theirs, `part_numbers`
    whose number a qualifier stands before, `ship_to_codes` our ship-to's code for theirs. `price_missing` is what a line
    without a price gets: ours, a person's question, or a refusal.
    """

    customer_number: CustomerNumber
    standard: str
    our_id: str
    our_qualifier: str = ""
    partner_id: str
    partner_qualifier: str = ""
    version: str = ""
    name: str = ""
    syntax_acknowledgement: Literal["standard", "999", "none"] = "standard"
    order_acknowledgement: bool = True
    ship_notice: bool = True
    invoice: bool = True
    acknowledge_within_hours: int | None = None
    acknowledged_within_hours: int | None = None
    units: dict[str, UnitCode] = Field(default_factory=dict)
    part_numbers: dict[str, PartNumberOwner] = Field(default_factory=dict)
    ship_to_codes: dict[str, str] = Field(default_factory=dict)
    price_missing: PriceMissing = "take_ours"

    @property
    def has_own_codes(self) -> bool:
        """Whether codes of theirs must be read as the profile says."""
        return bool(self.units or self.part_numbers)

    def sends_as(self, standard: str, sender: str) -> bool:
        """Whether a message of this standard from this sender is the partner's. Blanks round an id do not count."""
        return self.standard == standard and self.partner_id.strip() == sender.strip()


class CustomerHistory(Value):
    """What the books say of a customer's earlier accepted orders: counts, and totals in the customer's currency.

    `usual_quantities` holds the median ordered quantity of a SKU in base units, where the customer ordered it before;
    `total_spread` is how far totals swing (median deviation of natural logarithms). Where the customer's own orders are few,
    `trade_total` is what others usually order and `trade_orders` how many of their orders say so. `days` are those of the
    orders, rising, `known_forms` those in which their documents were read rightly. The latest 200 orders count.
    """

    order_count: int = 0
    median_total: Exact | None = None
    largest_total: Exact | None = None
    known_senders: tuple[str, ...] = ()
    known_forms: frozenset[str] = frozenset()
    usual_quantities: dict[Sku, Exact] = Field(default_factory=dict)
    total_spread: float | None = None
    trade_total: Exact | None = None
    trade_orders: int = 0
    days: tuple[date, ...] = ()

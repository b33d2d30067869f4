"""What the law asks about an order, and which of its tables holds on the day."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import Field

from models.domain.catalogue import GoodsFlag
from models.domain.identifiers import Sku, VatId
from models.domain.party import Address, Company, Customer, VatRegistration
from models.domain.sales_order import SalesOrderLine
from models.domain.tax import Exemption, TaxRate
from models.domain.values import Value
from models.domain.vat_territory import MEMBER_STATES, tax_area, vat_state

#: A confirmation of a VAT id that is older than this no longer shows good faith at the delivery.
CHECK_HOLDS = timedelta(days=180)


class TaxFacts(Value):
    """Who sells, who buys, from where to where, on which day, at which rates.

    `rates` are those of `rate_countries`; `exemptions` those of the customer; `goods` the flags of the items by SKU.
    """

    company: Company
    customer: Customer
    ship_from: Address
    ship_to: Address
    on: date
    rates: tuple[TaxRate, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    goods: dict[Sku, tuple[GoodsFlag, ...]] = Field(default_factory=dict)

    def rate(self, country: str, region: str, category: str) -> TaxRate | None:
        """The latest rate that holds. US states have one rate for what they tax, so other categories fall back to it."""
        wanted = (category, "standard") if country == "US" else (category,)
        holding = [rate for rate in self.rates if (rate.country, rate.region) == (country, region) and rate.holds_on(self.on)]
        for name in wanted:
            rates = [rate for rate in holding if rate.category == name]
            if rates:
                return max(rates, key=lambda rate: rate.valid_from)
        return None

    def group_of(self, line: SalesOrderLine) -> str | None:
        """The group of reverse-charge goods that a line's item belongs to."""
        flags = self.goods.get(line.sku, ()) if line.sku else ()
        return next((flag.reference for flag in flags if flag.kind == "reverse_charge"), None)

    def customer_ids(self) -> tuple[VatRegistration, ...]:
        """Every VAT id of the customer that has the form of one: dated where a date is known, each once."""
        dated = self.customer.vat_registrations
        own = VatId.parse(self.customer.vat_id)
        undated = () if own is None or any(known.vat_id == own for known in dated) else (VatRegistration(vat_id=own),)
        return (*undated, *dated)

    def customer_id_for(self, origin: str, destination: str) -> VatRegistration | None:
        """The id under which the customer acquires goods from `origin`: that of the destination, else of another state."""
        holding = [known for known in self.customer_ids() if known.holds_on(self.on)]
        usable = [known for known in holding if (state := identifying_state(known.vat_id)) and state != origin]
        return min(usable, key=lambda known: identifying_state(known.vat_id) != destination, default=None)

    def is_identified_in(self, country: str) -> VatId | None:
        """The customer's VAT id of a country that holds on the day."""
        ids = (known.vat_id for known in self.customer_ids() if known.holds_on(self.on))
        return next((vat_id for vat_id in ids if vat_id.country == country and not vat_id.startswith("XI")), None)

    def seller_is_registered_in(self, country: str) -> bool:
        """Whether we are identified for VAT in a country: at our seat, or by a registration that holds on the day."""
        if country == self.company.address.country:
            return True
        held = self.company.vat_registrations
        return any(known.holds_on(self.on) and known.vat_id.country == country for known in held)


def rate_country(address: Address) -> str:
    """Whose rates hold at a place: France's in Monaco, the UK's on the Isle of Man, Switzerland's in Liechtenstein."""
    area = tax_area(address)
    return area if len(area) == 2 else str(address.country)


def rate_countries(ship_from: Address, ship_to: Address) -> tuple[str, ...]:
    """The countries whose rates an order can bear."""
    return tuple(sorted({rate_country(ship_from), rate_country(ship_to)}))


def identifying_state(vat_id: VatId | None) -> str | None:
    """The member state (or "XI") that gave the id; None for an id from outside the Union."""
    if vat_id is None:
        return None
    state = "XI" if vat_id.startswith("XI") else vat_id.country
    return state if state == "XI" or state in MEMBER_STATES else None


def origin_state(facts: TaxFacts) -> str | None:
    """The member state that the goods leave, or None outside the Union."""
    return vat_state(facts.ship_from)

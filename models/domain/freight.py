"""Which carrier's service takes a shipment: the cheapest that arrives by the promised day, the customer's wish first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from models.domain.errors import Misconfigured
from models.domain.shipment import CarrierService, PackedCarton, ServiceChoice
from models.domain.values import Currency, Money, Value
from models.domain.working_days import add_working_days


class Offer(Value):
    """What one service would cost and when it would arrive."""

    service: CarrierService
    cost: Money
    arrives_on: date

    @property
    def label(self) -> str:
        return f"{self.service.name} {self.service.service} for {self.cost}, arriving {self.arrives_on.isoformat()}"


def choose_service(
    services: Sequence[CarrierService],
    cartons: Sequence[PackedCarton],
    *,
    today: date,
    promised_on: date | None,
    preference: str = "",
) -> ServiceChoice:
    """The choice with its reason and its runner-up. `services` reach the destination; `preference` is a carrier's code.

    Raises `Misconfigured` where no rate row takes these cartons, or where rows in several currencies cannot be compared.
    """
    offers = [_offer(service, cartons, today) for service in services if _carries(service, cartons)]
    if not offers:
        heaviest = max((carton.weight_kg for carton in cartons), default=Decimal(0))
        raise Misconfigured(f"no carrier's rate takes a carton of {heaviest} kg to this country: add a row to the rate tables")
    if len({offer.cost.currency for offer in offers}) > 1:
        raise Misconfigured("the rate tables for this country mix currencies: state them in one")
    ranked = sorted(
        offers, key=lambda offer: (*_merit(offer, promised_on, preference), offer.service.code, offer.service.service)
    )
    best = ranked[0]
    return ServiceChoice(
        carrier=best.service.code,
        service=best.service.service,
        cost=best.cost,
        arrives_on=best.arrives_on,
        reason=_reason(best, offers, promised_on, preference),
        runner_up=_why_not(ranked[1], best, promised_on) if ranked[1:] else "",
    )


def _carries(service: CarrierService, cartons: Sequence[PackedCarton]) -> bool:
    return all(carton.weight_kg <= service.max_weight_kg for carton in cartons)


def _offer(service: CarrierService, cartons: Sequence[PackedCarton], today: date) -> Offer:
    cost = sum((service.base_price + service.price_per_kg * carton.weight_kg for carton in cartons), Decimal(0))
    money = Money(amount=cost, currency=Currency(service.currency)).rounded()
    return Offer(service=service, cost=money, arrives_on=add_working_days(today, service.transit_days))


def _merit(offer: Offer, promised_on: date | None, preference: str) -> tuple[bool, date, bool, Decimal, date]:
    """In time before late; late ones by arrival; the customer's carrier before others; then the cost."""
    late = promised_on is not None and offer.arrives_on > promised_on
    other_carrier = offer.service.code != preference
    return late, offer.arrives_on if late else date.min, other_carrier, offer.cost.amount, offer.arrives_on


def _reason(best: Offer, offers: Sequence[Offer], promised_on: date | None, preference: str) -> str:
    if promised_on is not None and best.arrives_on > promised_on:
        return f"none arrives by {promised_on.isoformat()}; this one is the soonest"
    within = f" that arrives by {promised_on.isoformat()}" if promised_on else ""
    if best.service.code == preference and any(offer.service.code != preference for offer in offers):
        return f"the cheapest{within} of the carrier that the customer wants"
    return f"the cheapest{within}"


def _why_not(other: Offer, best: Offer, promised_on: date | None) -> str:
    if promised_on is not None and other.arrives_on > promised_on >= best.arrives_on:
        return f"{other.label}: too late"
    if other.cost.amount > best.cost.amount:
        return f"{other.label}: {other.cost - best.cost} dearer"
    if other.cost == best.cost:
        return f"{other.label}: costs the same"
    return f"{other.label}: {'later' if other.arrives_on > best.arrives_on else 'not the carrier that the customer wants'}"

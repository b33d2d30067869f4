"""What the buyer is told of an order: per line how much comes when, at which price, and what differs from what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from models.domain.acknowledgement import (
    AcknowledgedLine,
    AcknowledgementKind,
    AckParty,
    LineStatus,
    OrderAcknowledgement,
    PromisedDelivery,
)
from models.domain.allocation import StockPlan
from models.domain.corrections import corrected
from models.domain.lifecycle import OrderStatus
from models.domain.normalisation import normalised_part_number
from models.domain.party import Company
from models.domain.purchase_order import PurchaseOrder, PurchaseOrderLine
from models.domain.sales_order import SalesOrder, SalesOrderLine
from models.domain.units import as_decimal
from models.domain.values import PIECE, Money, Quantity, plain
from models.domain.working_days import add_working_days

#: Working days from our door to the buyer's that a promise reckons with; the carrier is chosen to keep it.
TRANSIT_DAYS = 3

_UNDECIDED = frozenset({OrderStatus.RECEIVED, OrderStatus.NEEDS_REVIEW, OrderStatus.ON_HOLD})
_REFUSED = frozenset({OrderStatus.REJECTED, OrderStatus.CANCELLED})


_REASONS = {
    "en": {
        "item": "we deliver {given} for {asked}",
        "quantity": "quantity {given} instead of {asked}",
        "price": "price {given} instead of {asked}",
        "delivery": "delivery on {given} instead of {asked}",
        "open": "part of it has no delivery date yet",
        "left_out": "this line is left out",
        "waits": "this line is on hold: we are checking it, and our answer follows",
    },
    "de": {
        "item": "wir liefern {given} für {asked}",
        "quantity": "Menge {given} statt {asked}",
        "price": "Preis {given} statt {asked}",
        "delivery": "Lieferung am {given} statt am {asked}",
        "open": "für einen Teil steht der Liefertermin noch nicht fest",
        "left_out": "diese Position entfällt",
        "waits": "diese Position wird noch geprüft; unsere Antwort folgt",
    },
    "fr": {
        "item": "nous livrons {given} pour {asked}",
        "quantity": "quantité {given} au lieu de {asked}",
        "price": "prix {given} au lieu de {asked}",
        "delivery": "livraison le {given} au lieu du {asked}",
        "open": "la date de livraison d'une partie n'est pas encore fixée",
        "left_out": "cette ligne n'est pas livrée",
        "waits": "cette ligne est en cours de vérification ; notre réponse suit",
    },
}


def promises(
    plan: StockPlan, order: SalesOrder, *, transit_days: int = TRANSIT_DAYS
) -> dict[int, tuple[tuple[Decimal, date | None], ...]]:
    """Per line the quantities in base units with the days they arrive, earliest first; None where nothing covers them.

    Goods arrive no earlier than they are wanted.
    """
    wanted = {line.number: line.requested_date or order.requested_date for line in order.lines}
    arriving: dict[int, dict[date, Decimal]] = {line.number: {} for line in order.lines}
    for hold in plan.holds:
        possible = add_working_days(hold.available_on, transit_days)
        day = max(possible, wanted.get(hold.line) or possible)
        by_day = arriving.setdefault(hold.line, {})
        by_day[day] = by_day.get(day, Decimal(0)) + hold.quantity
    open_ones = {shortfall.line: shortfall.quantity for shortfall in plan.shortfalls}
    return {
        number: (*((by_day[day], day) for day in sorted(by_day)), *([(open_ones[number], None)] if number in open_ones else []))
        for number, by_day in arriving.items()
    }


def acknowledgement_of(
    order: SalesOrder, company: Company, at: datetime, *, language: str = "en", others_wait: bool = False
) -> OrderAcknowledgement:
    """Our answer as the order stands now: received while a person decides, rejected, or accepted line by line.

    `language` (ISO 639-1) is that of the reasons; English where we do not write it. `others_wait`: the lines of the purchase
    order that are another order's are told to be pending; without it nothing is said of them.
    """
    asked = corrected(order.asked, order.corrections)
    say = _Phrases(language)
    own = tuple(_lines(order, asked, say))
    lines = tuple(sorted((*own, *_pending(order, say)), key=lambda line: line.number)) if others_wait else own
    return OrderAcknowledgement(
        order_id=order.order_id,
        sales_order_number=order.number or order.order_id,
        po_number=asked.po_number or "",
        release_number=asked.release_number or "",
        kind=_kind(order, lines),
        currency=order.currency or company.currency,
        buyer=AckParty(name=order.customer_name or asked.buyer.name or "", gln=asked.buyer.gln, number=order.customer_number),
        seller=AckParty(name=company.address.name, gln=company.address.gln),
        acknowledged_on=at.date(),
        ordered_on=asked.order_date,
        lines=lines,
        total_net=order.net if order.status not in _REFUSED else None,
        note=_last_reason(order) if order.status in _REFUSED else "",
        is_part=order.part is not None,
    )


class _Phrases:
    """The reasons in a language, "given instead of asked" in each."""

    def __init__(self, language: str) -> None:
        self._texts = _REASONS.get(language[:2].lower(), _REASONS["en"])

    def __call__(self, matter: str, given: str = "", asked: str = "") -> str:
        return self._texts[matter].format(given=given, asked=asked)


def _kind(order: SalesOrder, lines: tuple[AcknowledgedLine, ...]) -> AcknowledgementKind:
    if order.status in _UNDECIDED:
        return "received"
    if order.part is not None:
        # A head that accepts or rejects would speak of the other part's lines too.
        return "accepted_with_changes"
    if order.status in _REFUSED or (lines and all(line.status == "rejected" for line in lines)):
        return "rejected"
    return "accepted" if all(line.status == "accepted" for line in lines) else "accepted_with_changes"


def _last_reason(order: SalesOrder) -> str:
    return next((decision.why for decision in reversed(order.decisions) if decision.outcome in {"rejected", "cancelled"}), "")


def _lines(order: SalesOrder, asked: PurchaseOrder, say: _Phrases) -> Iterator[AcknowledgedLine]:
    """Every line that the buyer wrote is answered, a dropped one too."""
    ours = {line.number: line for line in order.lines}
    effective = {line.number: line for line in asked.lines}
    arriving = promises(order.stock_plan, order) if order.stock_plan else {}
    for stated in order.asked.lines:
        line, now = ours.get(stated.number), effective.get(stated.number)
        if order.status in _REFUSED:
            yield _answered(stated, line, "rejected", reason=_last_reason(order))
        elif line is None or now is None:
            yield _answered(stated, line, "rejected", reason=say("left_out"))
        elif order.status in _UNDECIDED:
            yield _answered(stated, line, "accepted")
        else:
            yield _accepted(order, stated, now, line, arriving.get(line.number, ()), say)


def _pending(order: SalesOrder, say: _Phrases) -> Iterator[AcknowledgedLine]:
    """The lines of the same purchase order that another order has, and nobody has decided on."""
    own = {line.number for line in order.asked.lines}
    for stated in order.whole.lines:
        if stated.number not in own:
            yield _answered(stated, None, "pending", reason=say("waits"))


def _accepted(
    order: SalesOrder,
    stated: PurchaseOrderLine,
    now: PurchaseOrderLine,
    line: SalesOrderLine,
    arriving: tuple[tuple[Decimal, date | None], ...],
    say: _Phrases,
) -> AcknowledgedLine:
    promised = _promised(line, arriving)
    changes, late = tuple(_changes(stated, now, line, say)), tuple(_lateness(order, line, promised, say))
    waits = any(delivery.date is None for delivery in promised) or _waits_for_supply(order, line.number)
    status: LineStatus = "accepted"
    if changes or late:
        status = "substituted" if _is_substituted(stated, line) else "changed"
    if waits and late:
        status = "backordered"
    answered = _answered(stated, line, status, reason="; ".join((*changes, *late)))
    price = _price_as_ordered(now, line)
    return answered.model_copy(update={"promised": promised, "unit_price": price, "price_basis": now.price_basis})


def _answered(
    stated: PurchaseOrderLine, line: SalesOrderLine | None, status: LineStatus, *, reason: str = ""
) -> AcknowledgedLine:
    amount = stated.quantity if stated.quantity is not None else (line.ordered if line else None)
    unit = stated.unit or (line.unit if line else None) or PIECE
    return AcknowledgedLine(
        number=stated.number,
        buyer_line_number=stated.stated_number,
        sku=line.sku if line else None,
        buyer_part_number=stated.buyer_part_number,
        gtin=stated.gtin,
        description=(line.description if line else None) or stated.description or "",
        ordered=Quantity(amount=amount if amount is not None else Decimal(0), unit=unit),
        status=status,
        reason=reason,
    )


def _factor(line: SalesOrderLine) -> Fraction:
    """Base units per ordered unit."""
    return Fraction(line.base_quantity) / Fraction(line.ordered) if line.base_quantity and line.ordered else Fraction(1)


def _promised(line: SalesOrderLine, arriving: tuple[tuple[Decimal, date | None], ...]) -> tuple[PromisedDelivery, ...]:
    unit, factor = line.unit or line.base_unit or PIECE, _factor(line)
    if not arriving and line.ordered is not None:
        return (PromisedDelivery(quantity=Quantity(amount=line.ordered, unit=unit)),)
    return tuple(
        PromisedDelivery(quantity=Quantity(amount=as_decimal(Fraction(quantity) / factor), unit=unit), date=day)
        for quantity, day in arriving
    )


def _price_as_ordered(now: PurchaseOrderLine, line: SalesOrderLine) -> Money | None:
    """Our price per the price basis that the buyer uses, in the unit that the line is ordered in."""
    if line.unit_price is None or line.net is None:
        return None
    each = Fraction(line.unit_price) / Fraction(line.price_basis) * _factor(line)
    return Money(amount=as_decimal(each * Fraction(now.price_basis)), currency=line.net.currency)


def _changes(stated: PurchaseOrderLine, now: PurchaseOrderLine, line: SalesOrderLine, say: _Phrases) -> Iterator[str]:
    """What differs from the buyer's own words."""
    if _is_substituted(stated, line):
        yield say("item", line.sku or "", (stated.seller_part_number or "")[:60])
    if stated.quantity is not None and now.quantity is not None and (now.quantity, now.unit) != (stated.quantity, stated.unit):
        unit = now.unit or line.unit or PIECE
        yield say("quantity", f"{plain(now.quantity)} {unit}", f"{plain(stated.quantity)} {stated.unit or unit}")
    asked, given = stated.net_price, now.net_price
    if asked is not None and given is not None and asked != given:
        yield say("price", *(plain(as_decimal(price * Fraction(now.price_basis))) for price in (given, asked)))


def _is_substituted(stated: PurchaseOrderLine, line: SalesOrderLine) -> bool:
    """Whether a reviewer chose another item than the number that the buyer gave."""
    if line.sku is None or line.match is None or line.match.how != "reviewer" or not stated.seller_part_number:
        return False
    return normalised_part_number(stated.seller_part_number) != normalised_part_number(line.sku)


def _lateness(order: SalesOrder, line: SalesOrderLine, promised: tuple[PromisedDelivery, ...], say: _Phrases) -> Iterator[str]:
    wanted = line.requested_date or order.requested_date
    if any(delivery.date is None for delivery in promised) and order.stock_plan is not None:
        yield say("open")
    last = max((delivery.date for delivery in promised if delivery.date), default=None)
    if wanted and last and last > wanted:
        yield say("delivery", last.isoformat(), wanted.isoformat())


def _waits_for_supply(order: SalesOrder, number: int) -> bool:
    plan = order.stock_plan
    return plan is not None and any(hold.line == number and hold.inbound_reference for hold in plan.holds)

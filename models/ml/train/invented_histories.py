"""A seeded generator of order histories: customers with habits of their own, and now and then an order that is wrong.

No order in it is real. How often orders are wrong and in which ways is set here by hand; what a model learns from it is which
signs speak for what, not how often an operator's own orders are wrong.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from math import exp
from statistics import median

from models.domain.customer_history import PastOrder, history_of
from models.domain.findings import Finding, Severity
from models.domain.identifiers import CustomerNumber, OrderId, Sku
from models.domain.mail_trust import MailTrust
from models.domain.party import Customer
from models.domain.purchase_order import PurchaseOrder, Source
from models.domain.risk_facts import risk_facts
from models.domain.risk_features import COLD_ORDERS, risk_features
from models.domain.sales_order import SalesOrder, SalesOrderLine
from models.domain.values import PIECE, UnitCode
from models.ml.train.invented_buyers import COUNTRIES, EUR, Buyer, Draft, InventedGoods, line_of, money_of, place_of
from models.ml.train.spoiled_orders import spoiled

SEED, DAYS = 20261122, 720
_START = date(2025, 1, 1)
_PACK = UnitCode("BX")
_TRADES, _PACKS = (300, 700, 1500, 2500, 4000, 9000), (1, 1, 10, 20, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class Example:
    """An order's features as they were when it came, and whether it proved wrong; `kind` names the way."""

    features: dict[str, float]
    is_wrong: bool
    day: date
    customer: str
    kind: str = ""


def invented_examples(seed: int = SEED, customers: int = 450) -> Iterator[Example]:
    """The orders of so many customers over two years, in the order in which they came."""
    draw = random.Random(seed)  # noqa: S311 (the same histories for the same seed are the point)
    buyers = [_buyer(draw, number) for number in range(customers)]
    due = sorted((day, number, is_again) for number, buyer in enumerate(buyers) for day, is_again in _order_days(draw, buyer))
    recent: deque[Decimal] = deque(maxlen=500)
    for day, number, is_again in due:
        yield _example(draw, buyers[number], buyers, _START + timedelta(days=day), recent, is_again=is_again)


def _buyer(draw: random.Random, number: int) -> Buyer:
    level = draw.choice(_TRADES) * exp(draw.gauss(0, 0.7))
    name = f"firm{number}"
    country = draw.choice(COUNTRIES)
    is_free = draw.random() < 0.08
    domain = "gmail.com" if is_free else f"{name}-works.example"
    customer = Customer(
        number=CustomerNumber(str(10_000 + number)),
        address=place_of(name, country),
        email_domains=() if is_free else (domain,),
        order_emails=(f"{name}@{domain}",),
        currency=EUR,
        price_list="TRADE",
        payment_terms=f"{draw.choice((30, 14, 45))} days net",
        credit_limit=money_of(Decimal(round(level * draw.uniform(4, 25)))),
        open_balance=money_of(Decimal(0)),
    )
    return Buyer(
        customer=customer,
        goods=[_goods(draw, number, place, level) for place in range(draw.randint(12, 50))],
        swing=draw.uniform(0.15, 0.8),
        gap=min(max(exp(draw.gauss(2.6, 0.8)), 2.5), 60),
        first_day=0 if draw.random() < 0.5 else draw.randrange(DAYS),
        channel="smtp" if draw.random() < 0.65 else "folder",
        senders=[f"{name}@{domain}", *(f"{name}.{each}@{domain}" for each in range(draw.randint(0, 3)))],
        checks_fail=draw.choice((0.0, 0.0, 0.01, 0.02, 0.3)) if draw.random() < 0.5 else 0.0,
        asks_longer=draw.random() < 0.04,
        abroad=draw.choice(COUNTRIES) if draw.random() < 0.1 else "",
    )


def _goods(draw: random.Random, owner: int, place: int, level: float) -> InventedGoods:
    pack = draw.choice(_PACKS)
    usual = max(round(exp(draw.gauss(3, 1.1))), 1) * (pack if draw.random() < 0.6 else 1)
    # A line is worth about a quarter of an order.
    price = Decimal(str(round(level / 4 * exp(draw.gauss(0, 0.6)) / usual, 4) or 0.0001))
    return InventedGoods(Sku(f"S{owner}-{place}"), usual, pack, price, pack > 1 and usual >= pack and draw.random() < 0.4)


def _order_days(draw: random.Random, buyer: Buyer) -> Iterator[tuple[int, bool]]:
    """The days with whether the last order comes once more by mistake; people who forgot something also write twice."""
    day = buyer.first_day + draw.uniform(0, buyer.gap)
    while day < DAYS:
        yield int(day), False
        chance = draw.random()
        if chance < 0.025:
            yield int(day) + draw.randint(0, 1), chance < 0.004
        day += max(buyer.gap * exp(draw.gauss(-0.1, 0.5)), 0.3)


def _example(
    draw: random.Random, buyer: Buyer, buyers: Sequence[Buyer], day: date, recent: deque[Decimal], *, is_again: bool
) -> Example:
    """One order: an honest one, or one that somebody or something spoiled."""
    draft = _honest(draw, buyer)
    kind = ""
    if is_again and buyer.last is not None:
        draft.lines, kind = list(buyer.last.lines), "again"
    elif draw.random() < 0.026:
        kind = spoiled(draw, buyer, buyers, draft)
    order = _order(buyer, draft, day)
    trade = median(recent) if len(buyer.past) < COLD_ORDERS and len(recent) >= COLD_ORDERS else None
    trust = MailTrust(sender=draft.sender, reply_to=draft.reply_to, **dict.fromkeys(draft.failed, "fail"))
    facts = risk_facts(
        order, buyer.customer, history_of(buyer.past, trade), day, trust=trust if buyer.channel == "smtp" else None
    )
    _keep(draw, buyer, draft, order, day, recent, is_wrong=bool(kind))
    return Example(_blurred(draw, risk_features(facts)), bool(kind), day, buyer.customer.number, kind)


def _blurred(draw: random.Random, features: dict[str, float]) -> dict[str, float]:
    """Anything may be unknown of an order, and that alone must speak neither for nor against it."""
    if draw.random() > 0.2:
        return features
    return {name: value for name, value in features.items() if draw.random() > 0.25}


def _keep(
    draw: random.Random, buyer: Buyer, draft: Draft, order: SalesOrder, day: date, recent: deque[Decimal], *, is_wrong: bool
) -> None:
    """What the books know afterwards: most wrong orders were turned down, some slipped through."""
    if is_wrong and draw.random() < 0.7:
        return
    total = order.net
    taken = {line.sku: line.base_quantity for line in order.lines if line.sku and line.base_quantity}
    buyer.past.append(PastOrder(total=total.amount if total else None, sender=draft.sender, day=day, quantities=taken))
    buyer.last = draft
    if total:
        recent.append(total.amount)


def _honest(draw: random.Random, buyer: Buyer) -> Draft:
    """A usual order, with what also happens to honest people."""
    project = draw.uniform(3, 8) if draw.random() < 0.02 else 1.0
    scale = exp(draw.gauss(0, buyer.swing)) * project
    draft = Draft(
        lines=[line_of(draw, each, scale) for each in draw.sample(list(buyer.goods), draw.randint(1, min(8, len(buyer.goods))))],
        sender=draw.choice(buyer.senders)
        if draw.random() < 0.97
        else f"new{draw.randrange(99)}@{buyer.senders[0].split('@')[1]}",
        days_to_delivery=None if draw.random() < 0.4 else draw.randint(0, 2) if draw.random() < 0.08 else draw.randint(3, 25),
        undercut=min(abs(draw.gauss(0, 1.2)), 4.0) if draw.random() < 0.1 else 0.0,
        goes_abroad=bool(buyer.abroad) and draw.random() < 0.6,
        longer_terms=buyer.asks_longer or draw.random() < 0.005,
        incoterm=draw.random() < 0.004,
    )
    if draw.random() < 0.01:
        draft.sender = f"{buyer.customer.address.name}{draw.randrange(9)}@outlook.com"
    if draw.random() < max(buyer.checks_fail, 0.003):
        draft.failed = ("spf",) if draw.random() < 0.6 else ("spf", "dmarc")
    if draw.random() < 0.004:
        draft.reply_to = "office-services.example"
    if draw.random() < 0.02:
        country = draw.choice(COUNTRIES) if draw.random() < 0.08 else buyer.customer.address.country
        draft.new_place = place_of("Freight Centre" if draw.random() < 0.03 else "Site", country)
    return draft


def _order(buyer: Buyer, draft: Draft, day: date) -> SalesOrder:
    """The draft as the checks would have left it, as far as risk looks at it."""
    is_mail = buyer.channel == "smtp"
    source = Source.model_construct(
        channel=buyer.channel, sender=draft.sender if is_mail else "", received_at=datetime.combine(day, time(9), UTC)
    )
    wanted = None if draft.days_to_delivery is None else day + timedelta(days=draft.days_to_delivery)
    return SalesOrder.model_construct(
        order_id=OrderId("order:invented:1"),
        source=source,
        purchase_order=PurchaseOrder.model_construct(),
        customer_number=buyer.customer.number,
        currency=EUR,
        ship_to=draft.new_place or (place_of("Own hall", buyer.abroad) if draft.goes_abroad else buyer.customer.address),
        lines=tuple(_sales_line(number, draft, *each) for number, each in enumerate(draft.lines, 1)),
        requested_date=wanted,
        findings=tuple(_findings(buyer, draft, is_mail=is_mail)),
    )


def _sales_line(number: int, draft: Draft, goods: InventedGoods, count: int, packs: bool) -> SalesOrderLine:
    base = Decimal(count * (goods.pack if packs else 1))
    return SalesOrderLine.model_construct(
        number=number,
        sku=goods.sku,
        ordered=Decimal(count),
        unit=_PACK if packs else PIECE,
        base_quantity=base,
        price_deviation=Decimal(str(round(-draft.undercut, 2))) if number == 1 else None,
        net=money_of(base * goods.price),
    )


def _findings(buyer: Buyer, draft: Draft, *, is_mail: bool) -> Iterator[Finding]:
    if draft.new_place:
        yield Finding(code="new_ship_to", severity=Severity.ERROR, message="")
    if draft.imitates and is_mail:
        yield Finding(code="suspicious_sender", severity=Severity.ERROR, message="", expected=draft.imitates)
    if draft.longer_terms:
        agreed = buyer.customer.payment_terms
        yield Finding(code="terms_differ", severity=Severity.WARNING, message="", read="90 days net", expected=agreed)
    if draft.incoterm:
        yield Finding(code="incoterm_shifted", severity=Severity.ERROR, message="")

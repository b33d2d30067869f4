"""Seeded invented orders: who orders what from whom, at which prices, charges and taxes; and the truth that a document must give.

The same `random.Random` gives the same order. Amounts are exact: quantity × price ÷ basis less discount, rounded half up.
"""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from benchmarks.capture.goods import LANGUAGES, TRADES, Good, goods_of
from benchmarks.capture.parties import CURRENCY_OF, Company, invent_company

__all__ = ["LANGUAGES", "TRADES", "Charge", "Delivery", "InventedLine", "InventedOrder", "cents", "invent_order", "truth_of"]

_TAX = {"GB": 20, "IE": 23, "US": 0, "DE": 19, "AT": 20, "CH": "8.1", "FR": 20, "BE": 21, "ES": 21, "IT": 22, "NL": 21, "PL": 23}
_TERMS = {
    "en": "Net 30;Net 45 days;2% 10 days, net 30;Upon receipt;30 days end of month",
    "de": "30 Tage netto;14 Tage 2 % Skonto, 30 Tage netto;sofort ohne Abzug;60 Tage netto",
    "fr": "30 jours fin de mois;45 jours nets;30 jours date de facture",
    "es": "30 días fecha factura;60 días;contado",
    "it": "30 gg d.f. f.m.;60 giorni data fattura;bonifico a vista",
    "nl": "30 dagen netto;14 dagen;30 dagen na factuurdatum",
    "pl": "przelew 14 dni;30 dni od daty faktury;przelew 21 dni",
}
_INCOTERMS = ("DAP", "EXW", "FCA", "CPT", "DDP", "FOB", "CIP")
_FREIGHT = {
    "en": "Freight", "de": "Fracht", "fr": "Frais de port", "es": "Portes", "it": "Trasporto", "nl": "Vrachtkosten",
    "pl": "Transport",
}  # fmt: skip
_NUMBERS = (
    "45{0:08d}",
    "PO-{0:05d}",
    "{1}/{0:05d}",
    "P{0:06d}",
    "{0:06d}",
    "BE{1}-{0:04d}",
    "PUR{0:07d}",
    "{1}-{0:05d}",
    "A{0:04d}.{2}",
)


@dataclass(frozen=True, slots=True)
class Charge:
    """Freight or the like at the foot: no line. `label` in the order's language."""

    kind: str
    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Delivery:
    """A dated part of a line's quantity."""

    quantity: Decimal
    day: date


@dataclass(frozen=True, slots=True)
class InventedLine:
    """A line as its buyer means it. `price` is per `basis` units; `discount` in percent; codes may be empty."""

    number: str
    buyer_part: str
    seller_part: str
    gtin: str
    description: str
    quantity: Decimal
    unit: str
    price: Decimal
    basis: int = 1
    discount: Decimal | None = None
    day: date | None = None
    deliveries: tuple[Delivery, ...] = ()

    @property
    def total(self) -> Decimal:
        """The amount of the line after its discount, in cents."""
        return cents(self.quantity * self.price / self.basis * (1 - (self.discount or Decimal(0)) / 100))


@dataclass(frozen=True, slots=True)
class InventedOrder:
    """An order with more than any one document prints; `extra` holds numbers that mislead (quotation, job, contract …)."""

    language: str
    trade: str
    po_number: str
    order_date: date
    requested: date
    currency: str
    buyer: Company
    seller: Company
    ship_to: Company
    bill_to: Company
    customer_number: str
    vendor_number: str
    payment_terms: str
    incoterm: str
    lines: tuple[InventedLine, ...]
    charges: tuple[Charge, ...] = ()
    tax_rate: Decimal = Decimal(0)
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def goods(self) -> Decimal:
        """The sum of the lines."""
        return sum((line.total for line in self.lines), Decimal("0.00"))

    @property
    def net(self) -> Decimal:
        """Lines and charges without tax."""
        return self.goods + sum((charge.amount for charge in self.charges), Decimal(0))

    @property
    def tax(self) -> Decimal:
        """The tax on all of it."""
        return cents(self.net * self.tax_rate / 100)

    @property
    def gross(self) -> Decimal:
        """What is to be paid."""
        return self.net + self.tax


def cents(amount: Decimal) -> Decimal:
    """The amount in cents, halves up."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def invent_order(
    draw: random.Random,
    *,
    language: str | None = None,
    trade: str | None = None,
    lines: int | None = None,
    country: str | None = None,
    discounts: float = 0.15,
    bases: float = 0.2,
    charged: float = 0.2,
    taxed: float = 0.4,
) -> InventedOrder:
    """An order; what is not given is drawn. `discounts` and `bases` are the shares of lines with a discount and with a price
    per 100 or 1,000, `charged` and `taxed` the chances of freight and of tax. `lines` defaults to few, seldom many."""
    tongue = language or draw.choice(LANGUAGES)
    field_of_trade = trade or draw.choice(TRADES)
    buyer = invent_company(draw, tongue, country)
    ordered = date(2026, 1, 7) + timedelta(days=draw.randint(0, 320))
    count = lines or draw.choice((1, 1, 1, 2, 2, 3, 4, 5, 7, 9, 14, 24))
    step = draw.choice((1, 1, 10, 10, 10))
    form = draw.choice(("{}", "{}", "{:03d}", "{:05d}"))
    goods = [draw.choice(goods_of(field_of_trade)) for _ in range(count)]
    prefix = draw.choice("ABHKMRSTVX") + draw.choice("ABCDEFGHX")
    own = [
        _line(draw, good, tongue, form.format((place + 1) * step), prefix, place, discounts, bases)
        for place, good in enumerate(goods)
    ]
    return InventedOrder(
        language=tongue,
        trade=field_of_trade,
        po_number=draw.choice(_NUMBERS).format(draw.randint(1000, 99999), ordered.year % 100, draw.randint(10, 99)),
        order_date=ordered,
        requested=ordered + timedelta(days=draw.randint(3, 60)),
        currency=CURRENCY_OF.get(buyer.country, "EUR"),
        buyer=buyer,
        seller=invent_company(draw, tongue, buyer.country if draw.random() < 0.7 else None),
        ship_to=_ship_to(draw, buyer, tongue),
        bill_to=buyer if draw.random() < 0.6 else invent_company(draw, tongue, buyer.country),
        customer_number=str(draw.randint(10000, 999999)),
        vendor_number=f"{draw.choice(('', 'V', 'L-'))}{draw.randint(1000, 79999)}",
        payment_terms=draw.choice(_TERMS[tongue].split(";")),
        incoterm=draw.choice(_INCOTERMS),
        lines=tuple(own),
        charges=_charges(draw, tongue, charged),
        tax_rate=Decimal(str(_TAX[buyer.country])) if draw.random() < taxed else Decimal(0),
        extra=_extra(draw, ordered),
    )


def _ship_to(draw: random.Random, buyer: Company, language: str) -> Company:
    """The buyer itself, a site of its own, or somebody else's warehouse."""
    kind = draw.random()
    if kind < 0.35:
        return buyer
    other = invent_company(draw, language, buyer.country)
    return replace(other, name=buyer.name) if kind < 0.65 else other


def _line(
    draw: random.Random, good: Good, language: str, number: str, prefix: str, place: int, discounts: float, bases: float
) -> InventedLine:
    size = draw.choice(good.sizes)
    price = Decimal(draw.randint(good.cheapest, good.dearest)) / 100
    basis = 1
    if good.unit in ("C62", "MTR") and good.dearest < 1500 and draw.random() < bases:
        basis = draw.choice((100, 1000))
        price = cents(price * basis)
    elif price < 2 and draw.random() < 0.3:
        price += Decimal(draw.randint(1, 99)) / 10000
    return InventedLine(
        number=number,
        buyer_part=f"{draw.randint(100000, 999999)}-{place:02d}",
        seller_part=f"{prefix}{draw.choice('-.A')}{draw.randint(100, 999)}{place:02d}{draw.choice(('', '-Z', '/4', '-BK'))}",
        gtin=_gtin(draw),
        description=f"{good.names[language]} {size}",
        quantity=_quantity(draw, good, basis),
        unit=good.unit,
        price=price,
        basis=basis,
        discount=Decimal(draw.choice(("5", "10", "12.5", "3", "20"))) if draw.random() < discounts else None,
    )


def _quantity(draw: random.Random, good: Good, basis: int) -> Decimal:
    if basis > 1:
        return Decimal(draw.choice((200, 500, 1000, 2500, 5000, 12000)))
    if good.unit in ("KGM", "MTR", "LTR") and draw.random() < 0.25:
        return Decimal(draw.randint(11, 4999)) / 10
    if good.cheapest > 2000:
        return Decimal(draw.randint(1, 12))
    return Decimal(draw.choice((1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 24, 25, 36, 48, 50, 75, 100, 120, 150, 200, 250, 400, 1200)))


def _gtin(draw: random.Random) -> str:
    digits = "29" + "".join(str(draw.randint(0, 9)) for _ in range(10))  # 20 to 29 are for use within a company
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-weighed % 10}"


def _charges(draw: random.Random, language: str, chance: float) -> tuple[Charge, ...]:
    if draw.random() >= chance:
        return ()
    return (Charge("freight", _FREIGHT[language], Decimal(draw.choice(("9.90", "12.50", "25.00", "48.00", "120.00")))),)


def _extra(draw: random.Random, ordered: date) -> dict[str, str]:
    return {
        "quotation": f"{draw.choice(('Q', 'AN', 'OF'))}-{draw.randint(10000, 99999)}",
        "contract": f"46{draw.randint(10000000, 99999999)}",
        "job": f"J{draw.randint(1000, 9999)}",
        "requisition": f"10{draw.randint(100000, 999999)}",
        "account": f"{draw.randint(4000, 9999)}.{draw.randint(10, 99)}",
        "printed": (ordered + timedelta(days=draw.randint(1, 9))).isoformat(),
        "barcode": "".join(str(draw.randint(0, 9)) for _ in range(12)),
    }


def truth_of(order: InventedOrder, *, leaving_out: Collection[str] = (), not_judged: Collection[str] = ()) -> dict[str, Any]:
    """What a document that states all of `order` must give. `leaving_out` names what it does not print ("bill_to",
    "lines.gtin", "ship_to.country"), `not_judged` what may be read either way."""
    stated = _plain_order(order)
    for path in leaving_out:
        _set(stated, path.split("."), None)
    for path in not_judged:
        _set(stated, path.split("."), "*")
    return {"intent": "order", "orders": [stated]}


def _plain_order(order: InventedOrder) -> dict[str, Any]:
    return {
        "kind": "order",
        "po_number": order.po_number,
        "order_date": order.order_date.isoformat(),
        "requested_delivery_date": order.requested.isoformat(),
        "currency": order.currency,
        "buyer": {**_plain_party(order.buyer), "customer_number": order.customer_number},
        "ship_to": _plain_party(order.ship_to),
        "bill_to": _plain_party(order.bill_to),
        "payment_terms": order.payment_terms,
        "incoterm": order.incoterm,
        "lines": [_plain_line(line) for line in order.lines],
        "total_net": str(order.net),
        "total_tax": str(order.tax),
        "total_gross": str(order.gross),
    }


def _plain_party(party: Company) -> dict[str, Any]:
    names = ("name", "street", "postal_code", "city", "country")
    return {name: getattr(party, name) for name in names} | {"region": "*", "vat_id": "*", "email": "*"}


def _plain_line(line: InventedLine) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "line_number": line.number,
        "buyer_part_number": line.buyer_part or None,
        "seller_part_number": line.seller_part or None,
        "gtin": line.gtin.zfill(14) if line.gtin else None,
        "description": line.description,
        "quantity": str(line.quantity),
        "unit": line.unit,
        "unit_price": str(line.price),
        "price_basis_quantity": str(line.basis),
        "discount_percent": str(line.discount) if line.discount is not None else None,
        "line_total": str(line.total),
        "requested_delivery_date": line.day.isoformat() if line.day else None,
    }
    if line.deliveries:
        plain["deliveries"] = [
            {"quantity": str(part.quantity), "requested_delivery_date": part.day.isoformat()} for part in line.deliveries
        ]
    return plain


def _set(tree: dict[str, Any], path: list[str], value: Any) -> None:
    name, *rest = path
    if not rest:
        tree[name] = value
        return
    below = tree.get(name)
    for branch in below if isinstance(below, list) else [below]:
        if isinstance(branch, dict):
            _set(branch, rest, value)

"""Prices: what was agreed, what is asked, and whether they are the same; line amounts are exact and rounded once.

An asked price within the tolerance is honoured, below the agreed one too. A price is per `price_basis` units; prices
are compared per base unit by cross-multiplication, so that nothing is rounded before it is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from models.domain.catalogue import Item, PriceEntry
from models.domain.findings import Finding, Severity
from models.domain.identifiers import Sku
from models.domain.purchase_order import PurchaseOrderLine
from models.domain.sales_order import Match, SalesOrderLine
from models.domain.units import as_decimal, ordered_factor, to_base
from models.domain.values import Currency, Exact, Money, Percentage, Quantity, Value, plain, round_half_up

TOLERANCE = Percentage(points=Decimal(2))
LIST = "LIST"
#: Two amounts that rounding alone may part: half a cent on each.
_CENT = Fraction(1, 100)


class BasePrice(Value):
    """A price per `basis` base units, any discount taken off. `per` says which unit the sender meant by it."""

    amount: Exact
    basis: Exact
    per: Literal["ordered_unit", "base_unit"] = "ordered_unit"

    @property
    def each(self) -> Fraction:
        return Fraction(self.amount) / Fraction(self.basis)


def agreed_price(
    entries: Iterable[PriceEntry],
    *,
    sku: Sku,
    quantity: Decimal,
    on: date,
    currency: Currency | None = None,
    contract: str = "",
) -> PriceEntry | None:
    """The entry that holds for `quantity` base units on the day: in the order's currency, then from the customer's contract
    before the list of their group before the general one, then the highest quantity break reached, then the latest to begin."""
    holding = [
        entry for entry in entries if entry.sku == sku and entry.holds_on(on) and entry.minimum_quantity <= quantity
    ]  # fmt: skip
    return max(
        holding,
        key=lambda entry: (
            entry.currency == currency,
            entry.price_list == contract,
            entry.price_list != LIST,
            entry.minimum_quantity,
            entry.valid_from,
        ),
        default=None,
    )


def asked_base_price(line: PurchaseOrderLine, factor: Fraction) -> BasePrice | None:
    """The asked price in base units, of which an ordered unit holds `factor`, or None where the line states none.

    A stated line total tells whether the price is per ordered unit or per base unit, as for boxes priced by the piece.
    """
    if line.unit_price is None:
        return None
    rate = Fraction(100 - (line.discount_percent or Decimal(0))) / 100
    amount = as_decimal(Fraction(line.unit_price) * rate)
    if _multiplies_out(line, rate * factor) and not _multiplies_out(line, rate):
        return BasePrice(amount=amount, basis=line.price_basis, per="base_unit")
    return BasePrice(amount=amount, basis=as_decimal(Fraction(line.price_basis) * factor))


def _multiplies_out(line: PurchaseOrderLine, factor: Fraction) -> bool:
    if line.line_total is None or line.quantity is None or line.unit_price is None:
        return False
    total = Fraction(line.quantity) * factor * Fraction(line.unit_price) / Fraction(line.price_basis)
    return abs(total - Fraction(line.line_total)) <= _CENT


def price_finding(
    line: PurchaseOrderLine, item: Item, asked: BasePrice, agreed: PriceEntry, *, factor: Fraction, tolerance: Percentage
) -> Finding | None:
    """A price off by more than the tolerance, either way, goes to review; within it the asked price is honoured."""
    deviation = deviation_of(asked, agreed)
    if deviation is not None and abs(deviation) <= tolerance.points:
        return None
    basis = Fraction(asked.basis)
    expected = as_decimal(Fraction(agreed.unit_price) / Fraction(agreed.price_basis) * basis)
    off = ", above" if deviation is None else f", {abs(round_half_up(deviation, 1))} % {'above' if deviation > 0 else 'below'}"
    message = (
        f"Line {line.number}: {_price(asked.amount, asked.basis, agreed.currency)} asked{off} what was agreed "
        f"({_price(expected, asked.basis, agreed.currency)}, list {agreed.price_list}); {plain(tolerance.points)} % is tolerated."
        f"{_unit_hint(asked, agreed, item)}"
    )
    return Finding(
        code="price_mismatch",
        severity=Severity.ERROR,
        message=message,
        field=f"lines[{line.number - 1}].unit_price",
        line=line.number,
        read=None if line.unit_price is None else plain(line.unit_price),
        expected=_price(expected, asked.basis, agreed.currency),
        proposal={f"{line.number}.price": _price_correction(line, agreed, factor)},
    )


def deviation_of(asked: BasePrice, agreed: PriceEntry) -> Decimal | None:
    """The asked price against the agreed one in percent, above zero where more is asked; None against a price of zero."""
    known = Fraction(agreed.unit_price) / Fraction(agreed.price_basis)
    if known == 0:
        return Decimal(0) if asked.each == 0 else None
    return as_decimal((asked.each - known) / known * 100)


def _price(amount: Decimal, basis: Decimal, currency: str) -> str:
    return f"{plain(_trimmed(amount))} {currency}" + ("" if basis == 1 else f" per {plain(basis)}")


def _trimmed(amount: Decimal) -> Decimal:
    """At least two places, at most six, without zeros that say nothing."""
    short = as_decimal(Fraction(round_half_up(amount, 6)))
    return round_half_up(short, max(2, -int(short.as_tuple().exponent)))


def _price_correction(line: PurchaseOrderLine, agreed: PriceEntry, factor: Fraction) -> str:
    """The agreed price as a `N.price` correction: in the unit that the line is ordered in."""
    basis = line.price_basis
    amount = _trimmed(as_decimal(Fraction(agreed.unit_price) / Fraction(agreed.price_basis) * factor * Fraction(basis)))
    return plain(amount) if basis == 1 else f"{plain(amount)}/{plain(basis)}"


def _unit_hint(asked: BasePrice, agreed: PriceEntry, item: Item) -> str:
    """Where the two differ by just what a pack or a hundred holds, the sender meant another unit."""
    known = Fraction(agreed.unit_price) / Fraction(agreed.price_basis)
    if known == 0:
        return ""
    ratio = asked.each / known
    packs = [Fraction(held.base_quantity) for held in item.conversions]
    for size in (*packs, Fraction(100), Fraction(1000)):
        for factor in (size, 1 / size):
            if abs(ratio / factor - 1) <= Fraction(TOLERANCE.points) / 100:
                return f" The two differ by a factor of {plain(as_decimal(size))}: look at the unit and the price basis."
    return ""


def price_line(
    line: PurchaseOrderLine,
    item: Item,
    match: Match,
    *,
    entries: Sequence[PriceEntry],
    currency: Currency,
    on: date,
    tolerance: Percentage = TOLERANCE,
    reviewed_price: bool = False,
    contract: str = "",
) -> tuple[SalesOrderLine, tuple[Finding, ...]]:
    """Our line for the buyer's: quantity in base units, price, net, and every doubt about them.

    `reviewed_price` says that the line's price is a reviewer's word: it stands even where nothing was agreed. `contract` is the
    price list whose prices come before all others.
    """
    quantity, findings = to_base(line, item)
    ours = SalesOrderLine(
        number=line.number,
        stated_number=line.stated_number,
        buyer_part_number=line.buyer_part_number,
        sku=item.sku,
        match=match,
        description=item.description,
        ordered=line.quantity,
        unit=line.unit or item.base_unit,
        base_quantity=quantity.amount if quantity else None,
        base_unit=item.base_unit,
        tax_category=item.tax_category,
        requested_date=line.requested_date,
    )
    factor = ordered_factor(line, item)
    if quantity is None or factor is None:
        return ours, findings
    asked = asked_base_price(line, factor)
    agreed = agreed_price(entries, sku=item.sku, quantity=quantity.amount, on=on, currency=currency, contract=contract)
    price, source = _price_that_counts(asked, agreed, currency, reviewed_price)
    doubts = _price_doubts(
        line, item, asked, agreed, currency=currency, factor=factor, tolerance=tolerance, reviewed=reviewed_price
    )
    deviation = deviation_of(asked, agreed) if asked and agreed and agreed.currency == currency else None
    return _with_price(ours, quantity, price, source, currency, deviation), (*findings, *doubts)


def unmatched_line(line: PurchaseOrderLine) -> SalesOrderLine:
    """Our line while nobody knows which item it means."""
    return SalesOrderLine(
        number=line.number,
        stated_number=line.stated_number,
        buyer_part_number=line.buyer_part_number,
        description=line.description or "",
        ordered=line.quantity,
        unit=line.unit,
        requested_date=line.requested_date,
    )


def _price_that_counts(
    asked: BasePrice | None, agreed: PriceEntry | None, currency: Currency, reviewed: bool
) -> tuple[BasePrice | None, str]:
    if asked is not None and reviewed:
        return asked, "reviewer"
    if agreed is None or agreed.currency != currency:
        return None, ""
    ours = BasePrice(amount=agreed.unit_price, basis=agreed.price_basis)
    if asked is None:
        return ours, agreed.price_list
    if asked.each == ours.each:
        return asked, f"as ordered, agreed in {agreed.price_list}"
    return asked, f"as ordered; {agreed.price_list} says {plain(ours.amount)} per {plain(ours.basis)}"


def _price_doubts(
    line: PurchaseOrderLine,
    item: Item,
    asked: BasePrice | None,
    agreed: PriceEntry | None,
    *,
    currency: Currency,
    factor: Fraction,
    tolerance: Percentage,
    reviewed: bool,
) -> tuple[Finding, ...]:
    if agreed is None:
        return () if asked is not None and reviewed else (_no_price(line, item),)
    if agreed.currency != currency:
        return (_other_currency(line, agreed, currency),)
    doubt = price_finding(line, item, asked, agreed, factor=factor, tolerance=tolerance) if asked is not None else None
    return (doubt,) if doubt else ()


def _no_price(line: PurchaseOrderLine, item: Item) -> Finding:
    asked = None if line.unit_price is None else plain(line.unit_price)
    correction = asked if asked is None or line.price_basis == 1 else f"{asked}/{plain(line.price_basis)}"
    return Finding(
        code="no_price",
        severity=Severity.ERROR,
        message=f"Line {line.number}: no price for {item.sku} is agreed or listed for this quantity and day: give one with "
        f'{{"{line.number}.price": "…"}}.',
        field=f"lines[{line.number - 1}].unit_price",
        line=line.number,
        read=asked,
        proposal={f"{line.number}.price": correction} if correction else None,
    )


def _other_currency(line: PurchaseOrderLine, agreed: PriceEntry, currency: Currency) -> Finding:
    return Finding(
        code="currency_mismatch",
        severity=Severity.ERROR,
        message=f"Line {line.number}: the order is in {currency}, but {agreed.sku} is priced in {agreed.currency} "
        f"(list {agreed.price_list}).",
        field="currency",
        line=line.number,
        read=currency,
        expected=agreed.currency,
        proposal={"currency": str(agreed.currency)},
    )


def _with_price(
    ours: SalesOrderLine, quantity: Quantity, price: BasePrice | None, source: str, currency: Currency, deviation: Decimal | None
) -> SalesOrderLine:
    if price is None:
        return ours
    net = round_half_up(as_decimal(Fraction(quantity.amount) * price.each))
    return ours.model_copy(
        update={
            "unit_price": price.amount,
            "price_basis": price.basis,
            "price_source": source,
            "net": Money(amount=net, currency=currency),
            "price_deviation": None if deviation is None else round_half_up(deviation, 2),
        }
    )

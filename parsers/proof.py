"""Proof by arithmetic: what multiplies and adds up is surer than it was read, what does not is doubted and named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from models.contracts.extraction_v1 import OrderLineV1, PartyV1, Problem, PurchaseOrderV1, StatedValue, read_value
from models.domain.findings import Severity
from models.domain.unchecked import changed
from models.domain.values import plain, round_half_up
from parsers.amounts_for_prices import with_amounts_for_prices
from parsers.optional_lines import without_optional
from parsers.part_reading import OrderReading
from parsers.unnumbered import unnumbered_goods

_PROVEN, _CONTRADICTED = 0.99, 0.4
_CENT = Decimal("0.01")
_CHARGES = ("freight", "surcharge", "order_discount")
_EURO = (
    "AT", "BE", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE",
    "IT", "LT", "LU", "LV", "MT", "NL", "PT", "SI", "SK", "BG",
)  # fmt: skip
_CURRENCIES = {
    "US": "USD", "GB": "GBP", "CH": "CHF", "LI": "CHF", "PL": "PLN", "CZ": "CZK", "HU": "HUF", "RO": "RON", "SE": "SEK",
    "DK": "DKK", "NO": "NOK", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "MX": "MXN", "JP": "JPY", "CN": "CNY", "IN": "INR",
    "TR": "TRY", **dict.fromkeys(_EURO, "EUR"),
}  # fmt: skip


def proven(order: PurchaseOrderV1, source_format: str = "", *, charges: Mapping[str, StatedValue] | None = None) -> OrderReading:
    """`order` with confidences that its arithmetic bears out, and its problems (their paths start at the order).

    A price basis of 100 or 1,000 is inferred where the line comes out only so; the currency from the buyer's country
    where none is stated. Both then have empty evidence. `charges` are the labelled amounts of the foot: a total that
    differs from the lines' sum and that no freight, surcharge or discount among them explains is an error, since a line
    may be missing.
    """
    amounts = {name: Decimal(value.value) for name, value in (charges or {}).items()}
    extra = next(_signed({name: amounts[name] for name in _CHARGES if name in amounts}), [])
    order, optional = without_optional(with_amounts_for_prices(order), lines_sum, extra)
    problems: list[Problem] = [*optional]
    lines = tuple(_proven_line(line, place, problems) for place, line in enumerate(order.lines))
    order = order.model_copy(update={"lines": lines})
    order = _with_currency(_proven_totals(order, problems, charges or {}))
    problems += _missing(order)
    problems += unnumbered_goods(order, was_typed=source_format == "pdf")
    problems += _gaps(order)
    return OrderReading(order=order, problems=tuple(problems), source_format=source_format)


def _number(value: StatedValue | None) -> Decimal | None:
    return Decimal(value.value) if value is not None else None


def _half_place(number: Decimal) -> Decimal:
    """Half a unit in the number's last printed place: how far it may be from what it was rounded from."""
    exponent = number.as_tuple().exponent
    return Decimal(5).scaleb(exponent - 1) if isinstance(exponent, int) and exponent < 0 else Decimal(0)


def _surer(value: StatedValue | None) -> StatedValue | None:
    if value is None or not value.evidence:
        return value
    # Arithmetic bears out a value that was read with doubt, but not one that was hardly read at all.
    confidence = max(value.confidence, _PROVEN if value.confidence >= 0.9 else min(0.97, value.confidence + 0.25))
    return read_value(value.value, confidence, value.evidence)


def _doubted(value: StatedValue | None) -> StatedValue | None:
    return value and value.model_copy(update={"confidence": min(value.confidence, _CONTRADICTED)})


def _proven_line(line: OrderLineV1, place: int, problems: list[Problem]) -> OrderLineV1:
    quantity, price, total = _number(line.quantity), _number(line.unit_price), _number(line.line_total)
    if quantity is None or price is None or total is None:
        return line
    basis = _number(line.price_basis_quantity) or Decimal(1)
    if _comes_out(line, quantity, price / basis, total, Decimal(0)):
        return _with(line, ("quantity", "unit_price", "line_total", "price_basis_quantity", "discount_percent"), surer=True)
    if _comes_out(line, quantity, price / basis, total, _half_place(price) / basis):
        return line  # a rounded price explains it: no contradiction, but no proof either
    found = _basis_that_fits(line, quantity, price, total)
    if found is not None and price and quantity:
        inferred = StatedValue(value=plain(found), confidence=0.85)
        return _with(line, ("quantity", "unit_price", "line_total"), surer=True).model_copy(
            update={"price_basis_quantity": inferred}
        )
    problems.append(_line_mismatch(line, place, quantity * price / basis, total))
    return _with(line, ("quantity", "unit_price", "line_total"), surer=False)


def _with(line: OrderLineV1, names: tuple[str, ...], *, surer: bool) -> OrderLineV1:
    change = _surer if surer else _doubted
    return changed(line, {name: change(getattr(line, name)) for name in names})


def _comes_out(line: OrderLineV1, quantity: Decimal, price: Decimal, total: Decimal, price_slack: Decimal) -> bool:
    """Whether quantity × price is the total, with the line's discount or with a price from which it is already taken."""
    slack = abs(quantity) * price_slack + max(_half_place(total), _CENT / 2) + _CENT / 2
    gross = quantity * price
    discount = _number(line.discount_percent)
    nets = [gross] if discount is None else [gross * (1 - discount / 100), gross]
    return any(abs(net - total) <= slack for net in nets)


def _basis_that_fits(line: OrderLineV1, quantity: Decimal, price: Decimal, total: Decimal) -> Decimal | None:
    stated = _number(line.price_basis_quantity)
    if stated not in (None, Decimal(1)):
        return None
    bases = (Decimal(100), Decimal(1000), Decimal(10))
    return next((basis for basis in bases if _comes_out(line, quantity, price / basis, total, Decimal(0))), None)


def _line_mismatch(line: OrderLineV1, place: int, reckoned: Decimal, total: Decimal) -> Problem:
    name = line.line_number.value if line.line_number else str(place + 1)
    return Problem(
        code="arithmetic_mismatch",
        severity=Severity.ERROR,
        field=f"lines[{place}].line_total",
        message=(
            f"line {name}: quantity times price is {plain(round(reckoned, 4).normalize() + 0)}, but the line total says "
            f"{plain(total)}; check quantity, price and price basis against the document"
        ),
    )


def _proven_totals(order: PurchaseOrderV1, problems: list[Problem], charges: Mapping[str, StatedValue]) -> PurchaseOrderV1:
    """Lines against the net total, then net and tax against the gross one."""
    net, tax, gross = _number(order.total_net), _number(order.total_tax), _number(order.total_gross)
    changes: dict[str, StatedValue | None] = {}
    whole = lines_sum(order.lines)
    if net is not None and whole is not None:
        agrees = _is_near(whole, net, order)
        changes["total_net"] = _surer(order.total_net) if agrees else _capped(order.total_net, 0.7)
        if not agrees:
            problems.append(_sum_mismatch(order, "total_net", whole, net, charges))
    elif net is not None and (found := _unpriced(order, net)):
        problems.append(found)
    elif gross is not None and whole is not None and (found := _gross_mismatch(order, whole, gross, tax, charges)):
        problems.append(found)
        changes["total_gross"] = _capped(order.total_gross, 0.7)
    elif gross is not None and (found := _unpriced(order, gross)):
        problems.append(found)
    if net is not None and tax is not None and gross is not None:
        extra = {name: Decimal(charges[name].value) for name in _CHARGES if name in charges}
        sums = [net + tax, *(net + tax + sum(signed) for signed in _signed(extra))]
        agrees = any(abs(whole - gross) <= 2 * _CENT for whole in sums)
        change = _surer if agrees else _doubted
        changes |= {"total_tax": change(order.total_tax), "total_gross": change(order.total_gross)}
        if agrees:
            changes["total_net"] = _surer(changes.get("total_net", order.total_net))
        else:
            problems.append(_tax_mismatch(net + tax, gross))
    return order.model_copy(update=changes)


def _unpriced(order: PurchaseOrderV1, total: Decimal) -> Problem | None:
    """Lines without any amount beside others that alone make up the total: what they say may stand in the others already.
    A total of lines of which none has an amount: their prices were not read."""
    priced = [line for line in order.lines if _line_amount(line) is not None]
    if order.lines and not priced and total > 0:
        message = f"a total of {plain(total)} is stated, but no line has a price: compare the lines with the document"
        return Problem(code="lines_without_price", severity=Severity.ERROR, field="lines", message=message)
    whole = lines_sum(priced)
    if whole is None or len(priced) == len(order.lines) or not _is_near(whole, total, order):
        return None
    message = (
        f"{len(order.lines) - len(priced)} lines have no price, and the others alone add up to {plain(total)}: they may be"
        " deliveries or parts of the others; compare the lines with the document"
    )
    return Problem(code="lines_without_price", severity=Severity.ERROR, field="lines", message=message)


def _is_near(whole: Decimal, total: Decimal, order: PurchaseOrderV1) -> bool:
    return abs(whole - total) <= _CENT * max(1, len(order.lines)) / 2 + _CENT / 2


def _gross_mismatch(
    order: PurchaseOrderV1, whole: Decimal, gross: Decimal, tax: Decimal | None, charges: Mapping[str, StatedValue]
) -> Problem | None:
    """A gross total without a net one: less its tax, or at some whole rate of tax, it must come from the lines' sum."""
    if _is_near(whole, gross - (tax or 0), order) or (tax is None and _is_taxed(order, whole, gross)):
        return None
    return _sum_mismatch(order, "total_gross", whole, gross - (tax or 0), charges)


def _is_taxed(order: PurchaseOrderV1, whole: Decimal, gross: Decimal) -> bool:
    """Whether `gross` is `whole` with one of the rates in use: whole and half percents, Switzerland's 8.1, 2.6 and 3.8."""
    rates = [Decimal(half) / 2 for half in range(1, 55)] + [Decimal("8.1"), Decimal("2.6"), Decimal("3.8")]
    return any(_is_near(whole * (1 + rate / 100), gross, order) for rate in rates)


def _capped(value: StatedValue | None, most: float) -> StatedValue | None:
    return value and value.model_copy(update={"confidence": min(value.confidence, most)})


def lines_sum(lines: Sequence[OrderLineV1]) -> Decimal | None:
    """The sum of the lines' totals, reckoned where a line states none; None if a line has neither."""
    amounts = [_line_amount(line) for line in lines]
    return sum((amount for amount in amounts if amount is not None), Decimal(0)) if amounts and None not in amounts else None


def _line_amount(line: OrderLineV1) -> Decimal | None:
    if line.line_total is not None:
        return Decimal(line.line_total.value)
    quantity, price = _number(line.quantity), _number(line.unit_price)
    if quantity is None or price is None:
        return None
    share = 1 - (_number(line.discount_percent) or Decimal(0)) / 100
    return round_half_up(quantity * price / (_number(line.price_basis_quantity) or 1) * share)


def _sum_mismatch(
    order: PurchaseOrderV1, field: str, whole: Decimal, total: Decimal, charges: Mapping[str, StatedValue]
) -> Problem:
    """An error, unless the charges that the foot states stand between the lines and the total."""
    stated = {name: Decimal(charges[name].value) for name in _CHARGES if name in charges}
    difference = f"the lines add up to {plain(whole)}, but {field} stands for {plain(total)}"
    if any(_is_near(whole + sum(signed), total, order) for signed in _signed(stated)):
        message = f"{difference}: {' and '.join(stated)} stand between them"
        return Problem(code="lines_do_not_add_up", severity=Severity.WARNING, field=field, message=message)
    message = f"{difference}: a line may be missing, read twice or misread; compare the lines with the document"
    return Problem(code="lines_do_not_add_up", severity=Severity.ERROR, field=field, message=message)


def _signed(charges: Mapping[str, Decimal]) -> Iterator[list[Decimal]]:
    """What the charges together may change: all of them, or each alone (others may be within a line); discounts less."""
    amounts = [-abs(amount) if name == "order_discount" else amount for name, amount in charges.items()]
    if amounts:
        yield amounts
        yield from ([amount] for amount in amounts)


def _tax_mismatch(reckoned: Decimal, stated: Decimal) -> Problem:
    return Problem(
        code="arithmetic_mismatch",
        severity=Severity.WARNING,
        field="total_gross",
        message=f"net and tax add up to {plain(reckoned)}, but total_gross says {plain(stated)}: check the document's foot",
    )


def _with_currency(order: PurchaseOrderV1) -> PurchaseOrderV1:
    """Prices without a currency are in that of the buyer's country, else of the places the goods and the bill go to."""
    has_money = any(line.unit_price or line.line_total for line in order.lines) or order.total_net or order.total_gross
    if order.currency is not None or not has_money:
        return order
    parties: tuple[tuple[PartyV1 | None, float], ...] = ((order.buyer, 0.85), (order.bill_to, 0.8), (order.ship_to, 0.7))
    for party, confidence in parties:
        country = party.country.value if party is not None and party.country is not None else ""
        if country in _CURRENCIES:
            return order.model_copy(update={"currency": StatedValue(value=_CURRENCIES[country], confidence=confidence)})
    return order


def _missing(order: PurchaseOrderV1) -> Iterator[Problem]:
    if order.po_number is None:
        yield Problem(
            code="missing_po_number",
            severity=Severity.WARNING,
            field="po_number",
            message="no purchase order number was found; ask the buyer, or take the order as unnumbered",
        )
    if order.kind == "order_cancellation":
        return
    moves_day = order.kind == "order_change" and order.requested_delivery_date is not None
    if not order.lines and not moves_day:
        message = "no order lines were found in the document; read them off by hand"
        yield Problem(code="no_lines", severity=Severity.ERROR, field="lines", message=message)
    if order.kind != "order":
        return  # a change may alter a price or a day alone
    for place, line in enumerate(order.lines):
        if not any((line.gtin, line.buyer_part_number, line.seller_part_number, line.description)):
            name = line.line_number.value if line.line_number else str(place + 1)
            message = f"line {name} does not say what is wanted: its text may stand elsewhere; compare it with the document"
            yield Problem(code="missing_item", severity=Severity.ERROR, field=f"lines[{place}]", message=message)
        if line.quantity is None:
            name = line.line_number.value if line.line_number else str(place + 1)
            message = f"line {name} states no quantity; ask the buyer how much is wanted"
            yield Problem(code="missing_quantity", severity=Severity.ERROR, field=f"lines[{place}].quantity", message=message)


def _gaps(order: PurchaseOrderV1) -> Iterator[Problem]:
    """A hole in evenly counted line numbers may be a line that was not read."""
    numbers = [int(number) for line in order.lines if (number := _line_number(line)).isdecimal() and len(number) <= 7]
    steps = [after - before for before, after in pairwise(numbers) if after > before]
    if order.kind != "order" or len(numbers) < 3 or len(numbers) != len(order.lines) or not steps:
        return
    known, usual = set(numbers), min(steps)
    if (numbers[-1] - numbers[0]) // usual > 2 * len(numbers):
        return
    missing = [str(number) for number in range(numbers[0], numbers[-1], usual) if number not in known]
    if 0 < len(missing) <= max(2, len(numbers) // 4):
        yield Problem(
            code="line_number_gap",
            severity=Severity.WARNING,
            field="lines",
            message=f"line numbers count in steps of {usual}, but {', '.join(missing[:5])} is missing: was a line not read?",
        )


def _line_number(line: OrderLineV1) -> str:
    return line.line_number.value if line.line_number else ""

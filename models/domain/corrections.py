"""Corrections: a reviewer's word beside the document's. The purchase order stays as asked; what counts is reckoned here.

Fields: `po_number`, `currency`, `requested_date`, `customer`, `ship_to`, `repeat` (an earlier order whose goods are meant),
`freight_terms` (who pays the carrier), and per line `2.sku`, `2.quantity`, `2.unit`, `2.price`, `2.requested_date`, `2.drop`,
and `3.add` for a line that a change of the buyer's adds. Whether a SKU, customer or ship-to code exists
is for the catalogue to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from models.domain.findings import Finding
from models.domain.freight_terms import FreightTerms
from models.domain.identifiers import CustomerNumber, PoNumber, Sku
from models.domain.party import Address, StatedParty
from models.domain.purchase_order import PurchaseOrder, PurchaseOrderLine
from models.domain.sales_order import Correction, SalesOrder
from models.domain.values import MOST, CountryCode, Currency, UnitCode, exact, iso_date

_LONGEST = 300
_LINE_PLACE = re.compile(r"lines\[([0-9]{1,6})\]")
_LINE_KEY = re.compile(r"([1-9][0-9]{0,5})\.([a-z_]+)")


def corrected(order: PurchaseOrder, corrections: Sequence[Correction]) -> PurchaseOrder:
    """The order that counts: `order` with the corrections in the sequence given, the last word on a field winning.

    `N.sku` and `customer` leave what the buyer wrote as it stands: they choose among our records (see `last_word`).
    """
    changes = {correction.field: correction.value for correction in corrections}
    lines = [_corrected_line(line, changes) for line in order.lines if f"{line.number}.drop" not in changes]
    head = {name: _HEAD_READERS[name](changes[name]) for name in _HEAD_FIELDS if name in changes}
    return order.model_copy(update={**head, "lines": tuple(lines)})


def last_word(corrections: Sequence[Correction], field: str) -> str | None:
    """What a reviewer last said of `field` (`customer`, `ship_to`, `2.sku`, …), or None."""
    return next((correction.value.strip() for correction in reversed(corrections) if correction.field == field), None)


def stated_ship_to(value: str) -> StatedParty:
    """The place that a `ship_to` correction means: a known code, or "Name; Street; Postal code; City; Country[; Region]"."""
    address = address_from(value)
    if address is None:
        return StatedParty(customer_number=value.strip())
    return StatedParty(**address.model_dump(exclude={"gln"}))


def address_from(value: str) -> Address | None:
    """The address in "Name; Street; Postal code; City; Country[; Region]", or None where that is not its form."""
    parts = [part.strip() for part in value.split(";")]
    country = CountryCode.parse(parts[4]) if len(parts) in {5, 6} else None
    if country is None or not all(parts[:4]):
        return None
    region = parts[5] if len(parts) == 6 else ""
    return Address(name=parts[0], street=parts[1], postal_code=parts[2], city=parts[3], country=country, region=region)


def asked_price(value: str) -> tuple[Decimal, Decimal]:
    """A `N.price` correction as price and basis: "12.50", or "12.50/100" for a price per hundred. Otherwise ValueError."""
    price, _, basis = value.partition("/")
    amount, per = exact(price), exact(basis) if basis else Decimal(1)
    if not (0 <= amount <= MOST and 0 < per <= MOST):
        raise ValueError(f"{value!r}: a price is from zero to {MOST}, its basis more than zero")
    return amount, per


def unanswered(findings: Sequence[Finding], corrections: Sequence[Correction]) -> tuple[Finding, ...]:
    """The findings of reading that no correction has settled: who gives a value need not confirm what was read there."""
    places = tuple(place for correction in corrections for place in _answered_places(correction.field))
    return tuple(finding for finding in findings if not _is_within(finding.field or "", places))


def answering_keys(field: str) -> tuple[str, ...]:
    """The corrections that would settle a doubt about this place, the nearest first: "lines[1].unit_price" is "2.price"."""
    line = _LINE_PLACE.match(field)
    if line is None:
        return tuple(key for key, places in _HEAD_PLACES.items() if _is_within(field, places))
    below = field[line.end() :]
    return tuple(f"{int(line[1]) + 1}.{key}" for key, places in _LINE_PLACES.items() if key != "drop" and below in places)


def _is_within(field: str, places: Sequence[str]) -> bool:
    return any(field == place or field.startswith(f"{place}.") for place in places)


def _answered_places(field: str) -> tuple[str, ...]:
    line = _LINE_KEY.fullmatch(field)
    if line is None:
        return _HEAD_PLACES.get(field, ())
    return tuple(f"lines[{int(line[1]) - 1}]{name}" for name in _LINE_PLACES.get(line[2], ()))


def correction_refusals(fields: Mapping[str, str], lines: Sequence[int]) -> list[str]:
    """What is wrong with the corrections of an order with these line numbers, in sentences that say what would be right."""
    if not fields:
        return ['Nothing to correct was given. Send one field and its right value, such as {"1.sku": "HX-M8-40"}.']
    return [complaint for key, value in fields.items() if (complaint := _complaint(key, value, set(lines)))]


def check_corrections(fields: Mapping[str, str], order: SalesOrder) -> list[str]:
    """As `correction_refusals`, and whether anything of the order would be left; empty where all may be applied."""
    offered = {line.number for line in order.offered} if order.part is None else set()
    numbers = {line.number for line in order.asked.lines} | {number for number in offered if f"{number}.add" in fields}
    complaints = correction_refusals(fields, sorted(numbers))
    complaints += [
        f"{key}: no change of the buyer's adds such a line."
        for key in fields
        if key.endswith(".add") and key not in {f"{number}.add" for number in offered} and not complaints
    ]
    earlier = {correction.field for correction in order.corrections}
    dropped = {number for number in numbers if f"{number}.drop" in fields or f"{number}.drop" in earlier}
    if numbers and dropped == numbers and not complaints:
        complaints.append("These corrections would drop every line. Reject the order instead, and give the reason.")
    return complaints


def _complaint(key: str, value: object, numbers: Collection[int]) -> str | None:
    if not isinstance(value, str):
        return f'{key}: write the value as text in quotes, such as {{"{key}": "12.50"}}; a bare number would lose digits.'
    if len(value) > _LONGEST:
        return f"{key}: the value has {len(value)} characters; at most {_LONGEST} make sense."
    read = _reader(key)
    if isinstance(read, str):
        return read
    line = _LINE_KEY.fullmatch(key)
    if line and int(line[1]) not in numbers:
        known = ", ".join(map(str, sorted(numbers)[:20])) or "none"
        return f"{key}: the order has no line {line[1]}. Its lines: {known}."
    try:
        read(value)
    except ValueError as error:
        return f"{key}: {error}."
    return None


def _reader(key: str) -> Callable[[str], object] | str:
    """How to read a value for `key`, or a sentence that names the keys there are."""
    if key in _HEAD_READERS:
        return _HEAD_READERS[key]
    line = _LINE_KEY.fullmatch(key)
    if line and line[2] in _LINE_READERS:
        return _LINE_READERS[line[2]]
    head, below = ", ".join(_HEAD_READERS), ", ".join(f"2.{name}" for name in _LINE_READERS)
    return f"{key[:60]!r} cannot be corrected. Fields: {head}; for a line (here the second) {below}."


def _corrected_line(line: PurchaseOrderLine, changes: Mapping[str, str]) -> PurchaseOrderLine:
    said = {name: changes[f"{line.number}.{name}"] for name in _LINE_READERS if f"{line.number}.{name}" in changes}
    updates: dict[str, Any] = {name: _LINE_READERS[name](said[name]) for name in _LINE_FIELDS if name in said}
    if "price" in said:
        updates["unit_price"], updates["price_basis"] = asked_price(said["price"])
        # A price that a reviewer gives is net, and what the document multiplied out no longer belongs to it.
        updates |= {"discount_percent": None, "line_total": None}
    elif "quantity" in said or "unit" in said:
        updates["line_total"] = None
    if "quantity" in said or "unit" in said:
        updates["pack_contents"] = None
    return line.model_copy(update=updates) if updates else line


def _quantity(value: str) -> Decimal:
    number = exact(value)
    if number <= 0:
        raise ValueError(f'{value!r} should be more than zero; to leave the line out, correct its "drop" with "yes"')
    if number > MOST:
        raise ValueError(f"{value!r} is more than the {MOST} that a line can hold")
    return number


def _yes(value: str) -> bool:
    if value.strip().lower() not in {"yes", "true"}:
        raise ValueError(f'{value!r} should be "yes"')
    return True


def _ship_to(value: str) -> StatedParty:
    if not value.strip():
        raise ValueError('a ship-to cannot be empty: a known code, or "Name; Street; Postal code; City; Country"')
    if ";" in value and address_from(value) is None:
        raise ValueError(f'{value!r} is not an address: write "Name; Street; Postal code; City; Country" with a country as DE')
    return stated_ship_to(value)


def _earlier_order(value: str) -> str:
    if not value.strip():
        raise ValueError("name an earlier order of this customer by its id or PO number")
    return value.strip()


def _freight_terms(value: str) -> str:
    """ValueError where it is none."""
    try:
        return FreightTerms(value.strip()).value
    except ValueError as error:
        raise ValueError(f"{value[:40]!r}: freight terms are {', '.join(FreightTerms)}") from error


def _po_number(value: str) -> str:
    return str(PoNumber(value))


_HEAD_READERS: dict[str, Callable[[str], object]] = {
    "po_number": _po_number,
    "currency": Currency,
    "requested_date": iso_date,
    "customer": CustomerNumber,
    "ship_to": _ship_to,
    "repeat": _earlier_order,
    "freight_terms": _freight_terms,
}
_HEAD_FIELDS = ("po_number", "currency", "requested_date", "ship_to", "freight_terms")
_LINE_READERS: dict[str, Callable[[str], object]] = {
    "sku": Sku,
    "quantity": _quantity,
    "unit": UnitCode,
    "price": asked_price,
    "requested_date": iso_date,
    "drop": _yes,
    "add": _yes,
}
_LINE_FIELDS = ("quantity", "unit", "requested_date")
_HEAD_PLACES = {
    "po_number": ("po_number",),
    "currency": ("currency",),
    "requested_date": ("requested_delivery_date",),
    "customer": ("buyer",),
    "ship_to": ("ship_to",),
    "repeat": ("lines", "notes"),
    "freight_terms": ("freight_terms",),
}
_LINE_PLACES = {
    "sku": (".gtin", ".buyer_part_number", ".seller_part_number", ".description"),
    "quantity": (".quantity", ".line_total"),
    "unit": (".unit",),
    "price": (".unit_price", ".price_basis_quantity", ".discount_percent", ".line_total"),
    "requested_date": (".requested_delivery_date",),
    "drop": ("",),
}

"""Whether two purchase orders ask for the same thing: the second one is then the first, sent again.

Formats differ in what they carry, so what only one of the two states is no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from models.domain.normalisation import (
    folded,
    normalised_part_number,
    normalised_postal_code,
    similarity,
    street_similarity,
)
from models.domain.party import StatedParty
from models.domain.purchase_order import PurchaseOrder, PurchaseOrderLine
from models.domain.units import is_same_unit
from models.domain.values import plain

_SHOWN = 20


def same_order(earlier: PurchaseOrder, later: PurchaseOrder) -> tuple[bool, tuple[str, ...]]:
    """Whether both ask for the same goods, quantities, prices, dates and place; if not, the differences in words (at most 20)."""
    differences = [*_head_differences(earlier, later), *_line_differences(earlier, later)]
    return not differences, tuple(differences[:_SHOWN])


def change_asked(order: PurchaseOrder, change: PurchaseOrder) -> tuple[str, ...]:
    """What a change or cancellation would alter of the order, line by line, in words (at most 20)."""
    if change.kind != "order_cancellation":
        wishes = [wish for found in unmet(order, change).values() for wish in found]
        _, others = paired(order.lines, change.lines)
        # Whether a change lists all lines or only those that change, only a person can see where it does not say so itself.
        unnamed = [f"{_named(line)} is not named and stays" for line in others if not change.is_replacement]
        return tuple([*wishes, *unnamed][:_SHOWN])
    lines = tuple(f"{_named(line)} is cancelled" for line in change.lines[:_SHOWN])
    return lines or ("the whole order is cancelled",)


def unmet(now: PurchaseOrder, change: PurchaseOrder) -> dict[int, tuple[str, ...]]:
    """Per line of a change what the order as it stands `now` does not give it; lines that it does not name stay as they are,
    unless it replaces the whole.

    A quantity of zero takes a line out. Under 0 stands what the change wants of the order as a whole.
    """
    pairs, free = paired(now.lines, change.lines)
    left_out = [f"{_named(line)} is taken out" for line in free if change.is_replacement]
    head = (*_head_differences(now, change.model_copy(update={"kind": now.kind})), *_head_additions(now, change), *left_out)
    found = {0: head} if head else {}
    for line, known in pairs:
        differences = tuple(_wishes(known, line))
        if differences:
            found[line.number] = differences
    return found


def paired(
    lines: Sequence[PurchaseOrderLine], wanted: Sequence[PurchaseOrderLine]
) -> tuple[list[tuple[PurchaseOrderLine, PurchaseOrderLine | None]], list[PurchaseOrderLine]]:
    """Each line of a change with the order's line that it means, None where it is new; and the order's lines that none means.

    Of several lines for one item it is the one that the buyer numbered so, and a line that names no item ("position 2: 5
    pieces") is told by its number alone. A line that is added, by the change's own word, means only itself, taken in before.
    """
    free = list(lines)
    pairs = []
    for line in wanted:
        alike = [known for known in free if same_item(known, line)] if _names_item(line) else _at_position(line, lines, free)
        numbered = next((known for known in alike if is_numbered_alike(known, line)), None)
        known = numbered or (alike[0] if alike and not line.is_added else None)
        if known is not None:
            free.remove(known)
        pairs.append((line, known))
    return pairs, free


def _names_item(line: PurchaseOrderLine) -> bool:
    return bool(_numbers(line) or line.description)


def _at_position(
    line: PurchaseOrderLine, lines: Sequence[PurchaseOrderLine], free: Sequence[PurchaseOrderLine]
) -> list[PurchaseOrderLine]:
    """The line of that number: the buyer's own numbers where the order states any, else its lines in their order."""
    if any(known.stated_number for known in lines):
        return [known for known in free if is_numbered_alike(known, line)]
    return [known for known in free if str(known.number) == (line.stated_number or "").strip().lstrip("0")]


def is_numbered_alike(one: PurchaseOrderLine, other: PurchaseOrderLine) -> bool:
    """Whether the buyer gave both the same number; one says 10 where another says 0010."""
    numbers = [(line.stated_number or "").strip().lstrip("0") for line in (one, other)]
    return bool(numbers[0]) and numbers[0] == numbers[1]


def wished_corrections(
    now: PurchaseOrder, change: PurchaseOrder, offered: Sequence[PurchaseOrderLine] = ()
) -> dict[str, str] | None:
    """The corrections that bring the order to what the change asks; None where corrections cannot.

    `offered` are the new lines that a correction can take in (see `models/domain/added_lines.py`).
    """
    wanted: dict[str, str] = {}
    if change.requested_date and change.requested_date != now.requested_date:
        wanted["requested_date"] = change.requested_date.isoformat()
    pairs, free = paired(now.lines, change.lines)
    new_ones = list(offered)
    for line, known in pairs:
        if known is None:
            new = next((one for one in new_ones if same_item(one, line) and one.stated_number == line.stated_number), None)
            if new is None:
                return None
            new_ones.remove(new)
            wanted[f"{new.number}.add"] = "yes"
        else:
            wanted |= {f"{known.number}.{name}": value for name, value in _corrections(known, line)}
    if change.is_replacement:
        wanted |= {f"{line.number}.drop": "yes" for line in free}
    return wanted or None


def _wishes(known: PurchaseOrderLine | None, line: PurchaseOrderLine) -> Iterator[str]:
    if line.quantity == 0:
        if known is not None:
            yield f"{_named(line)} is taken out"
    elif known is None:
        yield f"{_named(line)} is new"
    else:
        yield from _value_differences(known, line)
        if known.requested_date is None and line.requested_date:
            yield f"{_named(line)}: wanted on {line.requested_date}"


def _corrections(known: PurchaseOrderLine, line: PurchaseOrderLine) -> Iterator[tuple[str, str]]:
    if line.quantity == 0:
        yield "drop", "yes"
        return
    if line.quantity is not None and line.quantity != known.quantity:
        yield "quantity", plain(line.quantity)
    if line.unit and not (known.unit and is_same_unit(line.unit, known.unit)):
        yield "unit", str(line.unit)
    if line.unit_price is not None and (known.unit_price is None or _is_other_price(known, line)):
        # A price that is corrected is net: it takes the place of the discount as well.
        net = line.unit_price * (100 - line.discount_percent) / 100 if line.discount_percent else line.unit_price
        yield "price", plain(net) + (f"/{plain(line.price_basis)}" if line.price_basis != 1 else "")
    if line.requested_date and line.requested_date != known.requested_date:
        yield "requested_date", line.requested_date.isoformat()


def _head_differences(earlier: PurchaseOrder, later: PurchaseOrder) -> Iterator[str]:
    if earlier.kind != later.kind:
        yield f"it is an {later.kind.replace('_', ' ')}, not an {earlier.kind.replace('_', ' ')}"
    if earlier.currency and later.currency and earlier.currency != later.currency:
        yield f"the currency is {later.currency}, not {earlier.currency}"
    if earlier.requested_date and later.requested_date and earlier.requested_date != later.requested_date:
        yield f"delivery is wanted on {later.requested_date}, not {earlier.requested_date}"
    if earlier.ship_to and later.ship_to and not _same_place(earlier.ship_to, later.ship_to):
        yield f"it goes to {_place(later.ship_to)}, not {_place(earlier.ship_to)}"


def _head_additions(now: PurchaseOrder, change: PurchaseOrder) -> Iterator[str]:
    """What a change asks for where the order asks for nothing: sent again, an order may leave it out; a change means it."""
    if now.requested_date is None and change.requested_date:
        yield f"delivery is wanted on {change.requested_date}"
    if now.ship_to is None and change.ship_to:
        yield f"it goes to {_place(change.ship_to)}"


def _same_place(one: StatedParty, other: StatedParty) -> bool:
    if one.gln and other.gln:
        return one.gln == other.gln
    if (
        one.postal_code
        and other.postal_code
        and normalised_postal_code(one.postal_code) != normalised_postal_code(other.postal_code)
    ):
        return False
    if one.street and other.street and street_similarity(one.street, other.street) < 0.8:
        return False
    return not (one.city and other.city and similarity(folded(one.city), folded(other.city)) < 0.6)


def _place(party: StatedParty) -> str:
    return (
        ", ".join(part for part in (party.name, party.street, party.postal_code, party.city, party.gln) if part)[:120]
        or "elsewhere"
    )


def _line_differences(earlier: PurchaseOrder, later: PurchaseOrder) -> Iterator[str]:
    """Each later line takes the first earlier one for the same thing that is still free, one with its quantity if there is."""
    free = list(earlier.lines)
    for line in later.lines:
        alike = [known for known in free if same_item(known, line)]
        if not alike:
            yield f"{_named(line)} is new"
            continue
        known = next((known for known in alike if not any(_value_differences(known, line))), alike[0])
        free.remove(known)
        yield from _value_differences(known, line)
    yield from (f"{_named(line)} is missing" for line in free)


def same_item(one: PurchaseOrderLine, other: PurchaseOrderLine) -> bool:
    """Whether both lines mean one item: any number in common, whosever it is; else no numbers to compare and like words."""
    left, right = _numbers(one), _numbers(other)
    if left & right:
        return True
    if left and right and not (_only_gtin(one) ^ _only_gtin(other)):
        return False
    return similarity(folded(one.description or ""), folded(other.description or "")) >= 0.85


def _numbers(line: PurchaseOrderLine) -> set[str]:
    numbers = (line.buyer_part_number, line.seller_part_number, line.gtin.lstrip("0") if line.gtin else None)
    return {normalised_part_number(number) for number in numbers if number}


def _only_gtin(line: PurchaseOrderLine) -> bool:
    return bool(line.gtin) and not (line.buyer_part_number or line.seller_part_number)


def _value_differences(earlier: PurchaseOrderLine, later: PurchaseOrderLine) -> Iterator[str]:
    what = _named(later)
    if earlier.quantity is not None and later.quantity is not None and earlier.quantity != later.quantity:
        yield f"{what}: {plain(later.quantity)} instead of {plain(earlier.quantity)}"
    if earlier.unit and later.unit and not is_same_unit(earlier.unit, later.unit):
        yield f"{what}: in {later.unit} instead of {earlier.unit}"
    if _is_other_price(earlier, later):
        yield f"{what}: price {_price(later)} instead of {_price(earlier)}"
    if earlier.requested_date and later.requested_date and earlier.requested_date != later.requested_date:
        yield f"{what}: wanted on {later.requested_date} instead of {earlier.requested_date}"


def _is_other_price(one: PurchaseOrderLine, other: PurchaseOrderLine) -> bool:
    """Whether both state a price and not the same: a discount counts, unless only one of the two states any."""
    if one.net_price is None or other.net_price is None or one.net_price == other.net_price:
        return False
    if one.discount_percent is None or other.discount_percent is None:
        one, other = (line.model_copy(update={"discount_percent": None}) for line in (one, other))
    return one.net_price != other.net_price


def _price(line: PurchaseOrderLine) -> str:
    basis = f" per {plain(line.price_basis)}" if line.price_basis != 1 else ""
    return (
        plain(line.unit_price or Decimal(0))
        + basis
        + (f" less {plain(line.discount_percent)} %" if line.discount_percent else "")
    )


def _named(line: PurchaseOrderLine) -> str:
    name = line.buyer_part_number or line.seller_part_number or line.gtin or line.description or "without a number"
    return f"line {line.stated_number or line.number} ({name[:60]})"

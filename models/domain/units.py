"""Units: which stated unit an item knows, how much that is in base units, and whether that much may be ordered."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

from models.domain.catalogue import Item
from models.domain.findings import Candidate, Finding, Severity
from models.domain.pack_contents import contents_differ
from models.domain.purchase_order import PurchaseOrderLine
from models.domain.values import Quantity, UnitCode, plain

#: Codes that different senders use for the same unit: Rec 20 pieces, and the Rec 21 packages with and without their X.
_SAME = {"EA": "C62", "H87": "C62", "PCE": "C62", "NAR": "C62", "PCS": "C62", "LM": "MTR", "KG": "KGM"}


def unit_factor(item: Item, unit: UnitCode) -> Fraction | None:
    """How many base units one `unit` holds, or None where the item is not sold in it."""
    for known, held in _holdings(item):
        if is_same_unit(known, unit):
            return Fraction(held) if held else None
    return None


def ordered_factor(line: PurchaseOrderLine, item: Item) -> Fraction | None:
    """How many base units one of what the line counts holds: one where it states no unit, None where the unit is not sold."""
    return Fraction(1) if line.unit is None else unit_factor(item, line.unit)


def _holdings(item: Item) -> tuple[tuple[UnitCode, Decimal], ...]:
    """The units that the item is sold in, the base unit first, and how many base units each holds."""
    return ((item.base_unit, Decimal(1)), *((held.unit, held.base_quantity) for held in item.conversions))


def is_same_unit(one: UnitCode, other: UnitCode) -> bool:
    """Whether two codes mean one unit: EA and C62, XBX and BX."""
    return _plain_unit(one) == _plain_unit(other)


def _plain_unit(unit: str) -> str:
    package = unit[1:] if len(unit) == 3 and unit.startswith("X") else unit
    return _SAME.get(package, package)


def to_base(line: PurchaseOrderLine, item: Item) -> tuple[Quantity | None, tuple[Finding, ...]]:
    """The ordered quantity in the item's base unit, with the findings on unit, minimum and order multiple."""
    factor = ordered_factor(line, item)
    if factor is None:
        return None, (_not_sold(line, item),)
    if line.quantity is None:
        return None, ()
    base = as_decimal(Fraction(line.quantity) * factor)
    quantity = Quantity(amount=base, unit=item.base_unit)
    assumed = (_assumed(line, item),) if line.unit is None else ()
    contents = contents_differ(line, item, factor)
    return quantity, (*assumed, *((contents,) if contents else ()), *_amount_findings(line, item, base, factor))


def as_decimal(number: Fraction) -> Decimal:
    """`number` to at most 12 places, without trailing zeros."""
    with localcontext(prec=60):
        value = (Decimal(number.numerator) / Decimal(number.denominator)).quantize(Decimal("1e-12"))
    text = plain(value).rstrip("0").rstrip(".")
    return Decimal(text)


def _not_sold(line: PurchaseOrderLine, item: Item) -> Finding:
    allowed = ", ".join(_described(item, unit, held) for unit, held in _holdings(item))
    packs = [unit for unit in item.units if unit != item.base_unit]
    proposal = {f"{line.number}.unit": str(packs[0])} if len(packs) == 1 else None
    return Finding(
        code="unit_not_sold",
        severity=Severity.ERROR,
        message=f"Line {line.number}: {item.sku} is not sold in {line.unit}. Units: {allowed}.",
        field=f"lines[{line.number - 1}].unit",
        line=line.number,
        read=line.unit,
        expected=allowed,
        candidates=_units_by_fit(line, item),
        proposal=proposal,
    )


def _units_by_fit(line: PurchaseOrderLine, item: Item) -> tuple[Candidate, ...]:
    """The units that the item is sold in: those first in which just this quantity may be ordered."""
    quantity = line.quantity or Decimal(0)
    rated = [(unit, held, is_orderable(item, quantity * held)) for unit, held in _holdings(item)]
    return tuple(
        Candidate(
            value=unit,
            label=_described(item, unit, held),
            score=0.5 if fits else 0.2,
            reasons=(f"{plain(quantity)} of it {'may' if fits else 'may not'} be ordered",),
        )
        for unit, held, fits in sorted(rated, key=lambda each: (not each[2], each[0] == item.base_unit))
    )


def _described(item: Item, unit: UnitCode, held: Decimal) -> str:
    return str(unit) if unit == item.base_unit else f"{unit} (of {plain(held)} {item.base_unit})"


def _assumed(line: PurchaseOrderLine, item: Item) -> Finding:
    """A missing unit is the base unit; a quantity that is none for sale in base units, but is one in packs, is doubtful."""
    quantity = line.quantity or Decimal(0)
    packs = [held for held in item.conversions if is_orderable(item, quantity * held.base_quantity)]
    doubtful = bool(packs) and not is_orderable(item, quantity)
    hint = f"; {plain(quantity)} {packs[0].unit} would fit" if doubtful else ""
    return Finding(
        code="unit_assumed",
        severity=Severity.WARNING if doubtful else Severity.INFO,
        message=f"Line {line.number} states no unit: {plain(quantity)} is taken as {item.base_unit}{hint}.",
        field=f"lines[{line.number - 1}].unit",
        line=line.number,
        expected=item.base_unit,
        proposal={f"{line.number}.unit": str(packs[0].unit)} if doubtful else None,
    )


def is_orderable(item: Item, base: Decimal) -> bool:
    """Whether so many base units are sold at once: no less than the least, in whole multiples."""
    return base >= item.minimum_quantity and (item.order_multiple <= 0 or base % item.order_multiple == 0)


def _amount_findings(line: PurchaseOrderLine, item: Item, base: Decimal, factor: Fraction) -> tuple[Finding, ...]:
    if base < item.minimum_quantity:
        cause = f"the least that is sold is {plain(item.minimum_quantity)} {item.base_unit}"
        return (_amount_finding("below_minimum", cause, line, item, orderable(item, base, factor)),)
    if not is_orderable(item, base):
        cause = f"it is sold in multiples of {plain(item.order_multiple)} {item.base_unit}"
        return (_amount_finding("not_order_multiple", cause, line, item, orderable(item, base, factor)),)
    return ()


def _amount_finding(code: str, cause: str, line: PurchaseOrderLine, item: Item, amount: Decimal) -> Finding:
    unit = line.unit or item.base_unit
    ordered = plain(line.quantity or Decimal(0))
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=f"Line {line.number}: {ordered} {unit} of {item.sku} were ordered, but {cause}; "
        f"{plain(amount)} {unit} would be right.",
        field=f"lines[{line.number - 1}].quantity",
        line=line.number,
        read=ordered,
        expected=plain(amount),
        proposal={f"{line.number}.quantity": plain(amount)},
    )


def orderable(item: Item, base: Decimal, factor: Fraction) -> Decimal:
    """The least whole amount, in units of `factor` base units, that covers `base` and that the item may be ordered in."""
    multiple = Fraction(item.order_multiple) if item.order_multiple > 0 else factor
    least = Fraction(max(base, item.minimum_quantity)) / factor
    # n units are n*factor/multiple multiples: whole exactly where n is a multiple of the reduced fraction's numerator.
    step = Fraction((multiple / factor).numerator)
    steps = (least / step).__ceil__()
    return as_decimal(steps * step)

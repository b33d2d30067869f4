"""A line while its rows are being read: cells by role, until the line is complete and can be stated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from models.contracts.extraction_v1 import OrderLineV1, StatedValue
from models.domain.document import TextBox
from models.domain.unchecked import maker
from models.domain.values import UnitCode, plain
from parsers.tables.amounts_off import WITH_DISCOUNT, share_of_amount
from parsers.tables.pack_counts import PackCount, pack_count
from parsers.values.cells import (
    CLEAN,
    PriceCell,
    QuantityCell,
    basis_cell,
    clean_text,
    date_cell,
    discount_cell,
    gtin_of,
    is_broken,
    price_cell,
    quantity_cell,
    stated,
    stated_number,
)
from parsers.values.multiplying import multiplies
from parsers.values.numbers import NumberStyle
from parsers.values.units import pack_unit, unit_code

#: Read beyond doubt, but whose it is stays open: surer than a guess, less sure than a number under a label of its own.
_UNCLEAR_OWNER = 0.82
_THREE_DECIMALS = re.compile(r"\D*\d{1,3}[.,]\d{3}\D*")
_UNIT_BY_HEAD = 0.85
_HALF_A_PERCENT = 0.7  # a discount below one percent, which may be a fraction
_CENT = Decimal("0.01")
#: A further discount, taken off what the first one leaves.
SECOND_DISCOUNT, _UNPROVEN_CHAIN = "second_discount", 0.7
_MOST_PIECES = 60
#: A pail in Recommendation 21, a pallet in ASC X12 355: which of the two a paper means, only its people know. In English a set
#: (X12 355), unless somebody German wrote it for "Stück".
_OPEN_UNITS, _OPEN_UNIT = frozenset({("PL", None), ("ST", "en")}), 0.7


@dataclass(slots=True)
class Read:
    """A cell taken for a role, with the strength of its head."""

    box: TextBox
    strength: float = 1.0

    @property
    def confidence(self) -> float:
        return CLEAN if self.strength >= 1 else 0.6 + 0.3 * self.strength


@dataclass(slots=True)
class Delivery:
    """A part of the line with its own day."""

    quantity: Read
    day: Read | None
    total: Read | None = None


@dataclass(slots=True)
class LineDraft:
    """One line's cells so far. `basis` is the price basis that the head of the price column states, `variant` the size or colour
    over its quantity, `joined` the cells whose text went into another's, `remarks` what stands below the line and is no part of
    it, `description_head` the head over its text, `unit_head` the unit that the quantity's head names, `day_label` what stands
    over its day, `place_is_open` whether rows of an address follow, `priced_below` whether one said its price."""

    read: dict[str, Read] = field(default_factory=dict)
    description: list[TextBox] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    basis: tuple[Decimal, TextBox] | None = None
    variant: TextBox | None = None
    joined: list[TextBox] = field(default_factory=list)
    remarks: list[TextBox] = field(default_factory=list)
    description_head: str = ""
    unit_head: TextBox | None = None
    discounts_are_fractions: bool = False
    day_label: str = ""
    place_is_open: bool = False
    priced_below: bool = False

    def boxes(self) -> Iterator[TextBox]:
        """All cells that the line took."""
        yield from (read.box for read in self.read.values())
        yield from self.description
        yield from self.joined
        yield from self.remarks
        for delivery in self.deliveries:
            yield from (read.box for read in (delivery.quantity, delivery.day, delivery.total) if read is not None)
        if self.variant is not None:
            yield self.variant

    def take(self, role: str, box: TextBox, strength: float = 1.0) -> None:
        """The first cell for a role stays; descriptions grow."""
        if role == "description":
            if self.description and is_broken(self.description[-1].text, box.text.strip()):
                self._glue(box)
            elif len(self.description) < _MOST_PIECES:
                self.description.append(box)
            self.read.setdefault(role, Read(box, strength))
        else:
            self.read.setdefault(role, Read(box, strength))

    def _glue(self, box: TextBox) -> None:
        first = self.description[-1]
        self.description[-1] = glued(first, box)
        self.joined.append(box)
        if self.read["description"].box is first:
            self.read["description"].box = self.description[-1]

    def has(self, *roles: str) -> bool:
        return not self.read.keys().isdisjoint(roles)

    def text(self, role: str) -> str:
        found = self.read.get(role)
        return clean_text(found.box.text) if found else ""

    def ordered(self, style: NumberStyle) -> QuantityCell | None:
        return quantity_cell(self.text("quantity"), style)


def ordered_lines(
    draft: LineDraft, style: NumberStyle, *, part_owner: str | None, reference: date | None
) -> Iterator[OrderLineV1]:
    """The line, or one line per dated delivery where several deliveries add up to its quantity."""
    style = _style_that_fits(draft, style)
    line = _line(draft, style, part_owner, reference)
    parts = [part for delivery in draft.deliveries if (part := _part(line, delivery, style, reference))]
    quantities = {part.quantity.value for part in parts if part.quantity}
    whole = sum((Decimal(part.quantity.value) for part in parts if part.quantity), Decimal(0))
    ordered = Decimal(line.quantity.value) if line.quantity else None
    days = {part.requested_delivery_date.value for part in parts if part.requested_delivery_date}
    texts = [draft.text(role) for role in ("unit_price", "line_total")]
    price, total = (cell.number if (cell := price_cell(text, style)) is not None else None for text in texts)
    if len(parts) > 1 and (ordered in (whole, None) or multiplies(whole, price, total)):
        yield from parts
    elif parts and ordered is not None and whole != ordered and line.requested_delivery_date and days and quantities:
        yield from (line, *parts)
    elif len(days) == 1 and line.requested_delivery_date is None:
        yield line.model_copy(update={"requested_delivery_date": parts[0].requested_delivery_date})
    else:
        yield line


def _part(line: OrderLineV1, delivery: Delivery, style: NumberStyle, reference: date | None) -> OrderLineV1 | None:
    cell = quantity_cell(delivery.quantity.box.text, style)
    if cell is None:
        return None
    total = price_cell(delivery.total.box.text, style) if delivery.total else None
    stated_parts = {
        "quantity": stated_number(cell.number, delivery.quantity.box, delivery.quantity.confidence),
        "requested_delivery_date": _day(delivery.day, style, reference) or line.requested_delivery_date,
        "line_total": stated_number(total.number, delivery.total.box) if total and delivery.total else None,
    }
    return line.model_copy(update=stated_parts)


def _style_that_fits(draft: LineDraft, style: NumberStyle) -> NumberStyle:
    """ "1.250" is read the other way where only then the line multiplies out."""
    texts = [draft.text(role) for role in ("quantity", "unit_price", "line_total")]
    if not any(_THREE_DECIMALS.fullmatch(text) for text in texts):
        return style
    other = NumberStyle("," if style.decimal == "." else ".", style.date_order, style.language)
    if not _multiplies(texts, style) and _multiplies(texts, other):
        return other
    return style


def _multiplies(texts: list[str], style: NumberStyle) -> bool:
    quantity, price, total = (price_cell(text, style) for text in texts)
    return multiplies(quantity.number if quantity else None, price.number if price else None, total.number if total else None)


def _line(draft: LineDraft, style: NumberStyle, part_owner: str | None, reference: date | None) -> OrderLineV1:
    quantity, price = draft.ordered(style), price_cell(draft.text("unit_price"), style)
    buyer, seller = _part_numbers(draft, part_owner)
    held = pack_count(draft.text("quantity"), style)
    if held is not None and _are_priced_by_piece(draft, held, style):
        quantity, held = QuantityCell(held.packs * held.pieces, held.unit), None
    return _made_line(
        {
            "line_number": _text(draft, "line_number", strip="."),
            "buyer_part_number": buyer,
            "seller_part_number": seller,
            "gtin": _gtin(draft),
            "description": _description(draft),
            "quantity": _number(draft, "quantity", quantity.number) if quantity else None,
            "unit": _unit(draft, quantity, price, style),
            "unit_price": _number(draft, "unit_price", price.number) if price else None,
            "price_basis_quantity": _basis(draft, price, style),
            "discount_percent": _discount(draft, style),
            "line_total": _total(draft, style),
            "requested_delivery_date": _day(draft.read.get("requested_delivery_date"), style, reference),
            "pack_contents": _number(draft, "quantity", held.pieces) if held is not None else None,
        }
    )


def _are_priced_by_piece(draft: LineDraft, held: PackCount, style: NumberStyle) -> bool:
    """Whether the line's amount is that of all pieces, and not of the packs."""
    cells = [price_cell(draft.text(role), style) for role in ("unit_price", "line_total")]
    price, total = (cell.number if cell is not None else None for cell in cells)
    return multiplies(held.packs * held.pieces, price, total) and not multiplies(held.packs, price, total)


_made_line = maker(OrderLineV1)


def _text(draft: LineDraft, role: str, strip: str = "") -> StatedValue | None:
    found = draft.read.get(role)
    return stated(found.box.text.strip().rstrip(strip or None), [found.box], found.confidence) if found else None


def _number(draft: LineDraft, role: str, number: Decimal) -> StatedValue | None:
    found = draft.read[role]
    return stated_number(number, found.box, found.confidence)


def _total(draft: LineDraft, style: NumberStyle) -> StatedValue | None:
    cell = price_cell(draft.text("line_total"), style)
    return _number(draft, "line_total", cell.number) if cell else None


def _discount(draft: LineDraft, style: NumberStyle) -> StatedValue | None:
    if (chained := chained_discount(draft, style)) is not None:
        return chained
    share = share_of_amount(map(draft.text, WITH_DISCOUNT), style) or discount_cell(draft.text("discount_percent"), style)
    if not share or share >= 1 or "%" in draft.text("discount_percent"):
        return _number(draft, "discount_percent", share) if share else None
    if draft.discounts_are_fractions:
        return _number(draft, "discount_percent", (share * 100).normalize())
    proven = _takes_off(draft, share / 100, style)
    found = draft.read["discount_percent"]
    return stated_number(share, found.box, found.confidence if proven else min(found.confidence, _HALF_A_PERCENT))


def with_discounts_as_meant(drafts: Sequence[LineDraft], style: NumberStyle) -> None:
    """A workbook keeps "10 %" as 0.1: where lines come out only so, all discounts of the table are meant so."""
    shares = [(draft, discount_cell(draft.text("discount_percent"), style)) for draft in drafts if draft.has("discount_percent")]
    if all(share is None or share < 1 for _, share in shares) and any(
        share and _takes_off(draft, share, style) and not _takes_off(draft, share / 100, style) for draft, share in shares
    ):
        for draft, _ in shares:
            draft.discounts_are_fractions = True


def chained_discount(draft: LineDraft, style: NumberStyle) -> StatedValue | None:
    """Two discounts one after the other as one: 40 % and then 10 % are 46 %; doubted where the line's total is not so reached.
    None where there is one at most."""
    texts = [draft.text(role) for role in ("discount_percent", SECOND_DISCOUNT)]
    first, second = (discount_cell(text, style) if text else None for text in texts)
    if not first or not second:
        return None
    scale = 1 if draft.discounts_are_fractions else 100
    whole = (1 - (1 - first / scale) * (1 - second / scale)) * 100
    if _takes_off(draft, first / scale, style) and not _takes_off(draft, whole / 100, style):
        return None  # the second one is said, and not given
    boxes = [draft.read[role].box for role in ("discount_percent", SECOND_DISCOUNT)]
    sure = CLEAN if _takes_off(draft, whole / 100, style) else _UNPROVEN_CHAIN
    return stated(plain(whole.normalize() + 0), boxes, sure)


def _takes_off(draft: LineDraft, share: Decimal, style: NumberStyle) -> bool:
    """Whether quantity times price, less `share` of it, is the line's total."""
    quantity, price, total = (price_cell(draft.text(role), style) for role in ("quantity", "unit_price", "line_total"))
    if quantity is None or price is None or total is None:
        return False
    return abs(quantity.number * price.number * (1 - share) - total.number) <= _CENT


def _day(found: Read | None, style: NumberStyle, reference: date | None) -> StatedValue | None:
    day = date_cell(found.box.text, style, reference) if found else None
    return stated(day.isoformat(), [found.box], found.confidence) if day and found else None


def _unit(draft: LineDraft, quantity: QuantityCell | None, price: PriceCell | None, style: NumberStyle) -> StatedValue | None:
    """The unit of its own column, else the one glued to the quantity, else the one that the price is for, here or in a column
    of its own."""
    candidates: list[tuple[str, UnitCode | None]] = [
        ("unit", unit_code(draft.text("unit"), style.language) or pack_unit(draft.text("unit"), style.language)),
        ("quantity", quantity.unit if quantity else None),
        ("unit_price", price.unit if price else None),
        ("price_basis_quantity", basis_cell(draft.text("price_basis_quantity"), style)[1]),
    ]
    for role, unit in candidates:
        if unit is not None:
            found = draft.read[role]
            mark = found.box.text.strip(" .").upper()
            sure = _OPEN_UNIT if {(mark, None), (mark, style.language)} & _OPEN_UNITS else found.confidence
            return stated(unit, [found.box], min(sure, 0.8) if role in ("unit_price", "price_basis_quantity") else sure)
    return stated(draft.unit_head.text, [draft.unit_head], _UNIT_BY_HEAD) if draft.unit_head and quantity else None


def _basis(draft: LineDraft, price: PriceCell | None, style: NumberStyle) -> StatedValue | None:
    if price is not None and price.basis is not None:
        return _number(draft, "unit_price", price.basis)
    own, _ = basis_cell(draft.text("price_basis_quantity"), style)
    if own is not None and own > 0:
        return _number(draft, "price_basis_quantity", own)
    return stated_number(draft.basis[0], draft.basis[1]) if draft.basis and price is not None else None


def _gtin(draft: LineDraft) -> StatedValue | None:
    for role, sure in (("gtin", CLEAN), ("part_number", 0.8), ("seller_part_number", 0.8), ("buyer_part_number", 0.7)):
        found = draft.read.get(role)
        gtin = gtin_of(found.box.text) if found and (role == "gtin" or len(found.box.text.strip()) >= 12) else None
        if found and gtin is not None:
            return stated(gtin, [found.box], sure)
    return None


def _description(draft: LineDraft) -> StatedValue | None:
    pieces = list(draft.description)
    text = " ".join(box.text for box in pieces)
    if draft.variant is not None:
        text, pieces = f"{text} {draft.variant.text}", [*pieces, draft.variant]
    found = draft.read.get("description")
    return stated(text, pieces, found.confidence if found else 0.8)


def _part_numbers(draft: LineDraft, part_owner: str | None) -> tuple[StatedValue | None, StatedValue | None]:
    """Buyer's and seller's number. One without an owner is the one that is missing, else the seller's, with doubt."""
    buyer, seller = _text(draft, "buyer_part_number"), _text(draft, "seller_part_number")
    unclear = draft.read.get("part_number")
    if unclear is None:
        return buyer, seller
    if seller is None and (part_owner == "seller" or buyer is not None):
        return buyer, _doubted(unclear, 0.9 if part_owner == "seller" else 0.8)
    if buyer is None and (part_owner == "buyer" or seller is not None):
        return _doubted(unclear, 0.9 if part_owner == "buyer" else 0.8), seller
    return buyer, seller or _doubted(unclear, _UNCLEAR_OWNER)


def _doubted(found: Read, confidence: float) -> StatedValue | None:
    return stated(found.box.text, [found.box], min(confidence, found.confidence))


def glued(first: TextBox, second: TextBox) -> TextBox:
    """Two pieces of one code that a line break parted."""
    return first.with_rest(first.text.strip() + second.text.strip(), second)

"""What the buyer is told of a change: taken where the order as it stands says the same, else refused, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from models.domain.acknowledgement import AcknowledgedLine, AcknowledgementKind, OrderAcknowledgement
from models.domain.acknowledgements import acknowledgement_of
from models.domain.corrections import corrected
from models.domain.duplicates import paired, unmet
from models.domain.lifecycle import OrderStatus
from models.domain.party import Company
from models.domain.purchase_order import PurchaseOrder, PurchaseOrderLine
from models.domain.sales_order import ChangeRequest, SalesOrder
from models.domain.values import PIECE, Quantity

_ENDED = frozenset({OrderStatus.REJECTED, OrderStatus.CANCELLED})
#: By how far the order has come (see `ChangeStage`).
_PHRASES: dict[str, dict[str, str]] = {
    "en": {
        "open": "the order stands as it was acknowledged; what you asked: {wish}",
        "in_warehouse": "the goods are in the warehouse's hands, and the order stands as it was acknowledged; you asked: {wish}",
        "left": "the goods have left already; what you asked: {wish}",
        "ended": "the order ended without a delivery, please order anew; what you asked: {wish}",
    },
    "de": {
        "open": "die Bestellung gilt wie bestätigt; Ihr Wunsch: {wish}",
        "in_warehouse": "die Ware ist schon im Lager in Arbeit, die Bestellung gilt wie bestätigt; Ihr Wunsch: {wish}",
        "left": "die Ware ist schon unterwegs oder geliefert; Ihr Wunsch: {wish}",
        "ended": "die Bestellung endete ohne Lieferung, bitte bestellen Sie neu; Ihr Wunsch: {wish}",
    },
    "fr": {
        "open": "la commande reste telle que confirmée ; votre demande : {wish}",
        "in_warehouse": "la commande est déjà en préparation et reste telle que confirmée ; votre demande : {wish}",
        "left": "la marchandise est déjà partie ; votre demande : {wish}",
        "ended": "la commande a pris fin sans livraison, merci de commander à nouveau ; votre demande : {wish}",
    },
}
_CANCELLATION = {"en": "cancel the order", "de": "Storno der Bestellung", "fr": "annuler la commande"}


def are_taken(order: SalesOrder) -> bool:
    """Whether a reviewer has brought the order to what all open changes ask for, as far as they say it in fields."""
    wanted = [change for change in order.open_changes if change.purchase_order.kind == "order_change"]
    return bool(wanted and order.corrections) and all(
        bool(change.purchase_order.lines) and is_met(order, change) for change in wanted
    )


def is_met(order: SalesOrder, change: ChangeRequest) -> bool:
    """Whether the order as it stands, corrections included, is what the change asks for."""
    if change.purchase_order.kind == "order_cancellation":
        return order.status in _ENDED
    return order.status not in _ENDED and not open_wishes(order, change)


def is_followed(order: SalesOrder, change: ChangeRequest) -> bool:
    """Whether an order that was agreed already is what the change asks for: nobody has to decide it, and its buyer hears so."""
    is_undecided = order.status.waits_for_person or order.status is OrderStatus.RECEIVED
    return change.purchase_order.kind == "order_change" and not is_undecided and is_met(order, change)


def open_wishes(order: SalesOrder, change: ChangeRequest) -> dict[int, tuple[str, ...]]:
    """What the order as it stands does not give the change, as `unmet` says it, and what of the change means nothing here: words
    that were not understood, and lines to take out that the order never had."""
    wishes = unmet(_now(order), change.purchase_order)
    pairs, _ = paired(order.asked.lines, change.purchase_order.lines)
    unknown = [line for line, known in pairs if known is None and line.quantity == 0]
    wishes |= {line.number: (f"line {line.stated_number or line.number} out, which the order does not have",) for line in unknown}
    if change.is_doubted:
        wishes[0] = (*wishes.get(0, ()), "something that was not understood")
    return wishes


def change_answer(
    order: SalesOrder, change: ChangeRequest, company: Company, at: datetime, *, language: str = "en"
) -> OrderAcknowledgement:
    """Our answer to a change, line by line of the change; of the whole order where the change names no lines."""
    whole = acknowledgement_of(order, company, at, language=language)
    wishes = open_wishes(order, change)
    say = _PHRASES.get(language[:2], _PHRASES["en"])[order.status.change_stage]
    if change.purchase_order.kind == "order_cancellation":
        return _cancellation(whole, is_met(order, change), say.format(wish=_CANCELLATION.get(language[:2], _CANCELLATION["en"])))
    lines = tuple(_lines(order, whole, change.purchase_order, wishes, say)) or whole.lines
    followed = {number for number in unmet(order.purchase_order, change.purchase_order) if number and number not in wishes}
    kind = _kind(lines, has_head_wish=0 in wishes, is_followed_in_lines=bool(followed))
    note = say.format(wish="; ".join(wishes[0])) if 0 in wishes else ""
    return whole.model_copy(update={"lines": lines, "kind": kind, "note": note[:500], "total_net": None})


def _now(order: SalesOrder) -> PurchaseOrder:
    return corrected(order.asked, order.corrections)


def _cancellation(whole: OrderAcknowledgement, is_cancelled: bool, refusal: str) -> OrderAcknowledgement:
    """Taken: the answer says that it is accepted. Refused: nothing of what was asked happens."""
    kind: AcknowledgementKind = "accepted" if is_cancelled else "rejected"
    status = "accepted" if is_cancelled else "rejected"
    reason = "" if is_cancelled else refusal
    lines = tuple(line.model_copy(update={"status": status, "promised": (), "reason": reason}) for line in whole.lines)
    return whole.model_copy(update={"lines": lines, "kind": kind, "note": reason, "total_net": None})


def _lines(
    order: SalesOrder, whole: OrderAcknowledgement, change: PurchaseOrder, wishes: dict[int, tuple[str, ...]], say: str
) -> Iterator[AcknowledgedLine]:
    """Each line of the change with what stands for it now; one that was taken out is accepted without a promise."""
    answered = {line.number: line for line in whole.lines}
    pairs, _ = paired(order.asked.lines, change.lines)
    for line, known in pairs:
        base = answered.get(known.number) if known is not None else None
        yield _line(line, base, wishes.get(line.number, ()), say)


def _line(line: PurchaseOrderLine, base: AcknowledgedLine | None, wishes: tuple[str, ...], say: str) -> AcknowledgedLine:
    own = {
        "number": line.number,
        "buyer_line_number": line.stated_number,
        "buyer_part_number": line.buyer_part_number,
        "gtin": line.gtin,
        "description": line.description or (base.description if base else ""),
        "ordered": _ordered(line, base),
        "is_added": line.is_added,
    }
    sku = base.sku if base else None
    if wishes:
        return AcknowledgedLine(**own, sku=sku, status="rejected", reason=say.format(wish="; ".join(wishes)))
    if base is None or line.quantity == 0:
        return AcknowledgedLine(**own, sku=sku, status="accepted")
    # What the buyer changed to is no deviation of ours any more; a refused line and a late delivery still are.
    kept = base.status in {"backordered", "rejected"}
    return base.model_copy(update={**own, "status": base.status if kept else "accepted", "reason": base.reason if kept else ""})


def _ordered(line: PurchaseOrderLine, base: AcknowledgedLine | None) -> Quantity:
    if line.quantity is None and base is not None:
        return base.ordered
    return Quantity(amount=line.quantity or Decimal(0), unit=line.unit or (base.ordered.unit if base else PIECE))


def _kind(lines: tuple[AcknowledgedLine, ...], *, has_head_wish: bool, is_followed_in_lines: bool) -> AcknowledgementKind:
    """What is said of the change as a whole. Lines that it merely names beside a refused wish for the order were not taken."""
    rejected = sum(line.status == "rejected" for line in lines)
    if rejected == len(lines) or (has_head_wish and not rejected and not is_followed_in_lines):
        return "rejected"
    return "accepted_with_changes" if rejected or has_head_wish else "accepted"

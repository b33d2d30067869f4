"""The answer to an openTRANS order: an ORDERRESPONSE of version 2.1, whatever version the order had.

The standard has no codes for what becomes of a line: an item states what will come and when, and its remark says why that is
not what was ordered. An item of which nothing comes has the quantity 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from models.contracts.interchange_v1 import MessageRefV1
from models.domain.acknowledgement import AcknowledgedLine, AckParty, OrderAcknowledgement, PromisedDelivery
from models.domain.values import plain
from parsers.xml.writing import Part, document, el

_NAMES: dict[str | None, str] = {
    None: "http://www.opentrans.org/XMLSchema/2.1",
    "bmecat": "http://www.bmecat.org/bmecat/2005",
}
_CENT = Decimal("0.01")
#: What is said of an item that has no reason of its own.
_REMARKS = {
    "changed": "changed", "backordered": "not all in stock: the rest follows", "substituted": "replaced by another article",
    "rejected": "not accepted", "pending": "not yet decided: a further answer follows",
}  # fmt: skip
_KINDS = {
    "rejected": "the order is not accepted", "received": "the order was received and is being checked; a further answer follows",
}  # fmt: skip


def write_opentrans_response(ack: OrderAcknowledgement, answered: MessageRefV1, *, control_reference: str, at: datetime) -> bytes:
    """An ORDERRESPONSE with every line, quoting the order's number and its line numbers."""
    root: Part = el(
        "ORDERRESPONSE",
        [
            el(
                "ORDERRESPONSE_HEADER",
                [
                    el("CONTROL_INFO", [el("GENERATOR_INFO", "orderwright"), el("GENERATION_DATE", _stamp(at))]),
                    el("ORDERRESPONSE_INFO", _info(ack, answered, control_reference, at)),
                ],
            ),
            el("ORDERRESPONSE_ITEM_LIST", [el("ORDERRESPONSE_ITEM", _item(line)) for line in ack.lines]),
            el("ORDERRESPONSE_SUMMARY", _summary(ack)),
        ],
        {"version": "2.1"},
    )
    return document(root, _NAMES)


def _info(ack: OrderAcknowledgement, answered: MessageRefV1, control_reference: str, at: datetime) -> Iterator[Part]:
    buyer, seller = answered.sender or ack.buyer.number or ack.buyer.name, answered.receiver or ack.seller.name
    yield el("ORDER_ID", ack.po_number)
    yield el("ORDERRESPONSE_DATE", _stamp(at))
    if ack.ordered_on is not None:
        yield el("ORDER_DATE", ack.ordered_on.isoformat())
    yield el("SUPPLIER_ORDER_ID", ack.sales_order_number)
    parties = [_party(buyer, answered.sender_qualifier, "buyer", ack.buyer)]
    parties.append(_party(seller, answered.receiver_qualifier, "supplier", ack.seller))
    yield el("PARTIES", parties)
    yield el("ORDER_PARTIES_REFERENCE", [el("bmecat:BUYER_IDREF", buyer), el("bmecat:SUPPLIER_IDREF", seller)])
    yield el("bmecat:CURRENCY", ack.currency)
    for remark in filter(None, (_KINDS.get(ack.kind), ack.note, f"our reference {control_reference}")):
        yield el("REMARKS", remark, {"type": "general"})


def _party(number: str, kind: str, role: str, party: AckParty) -> Part:
    identity = el("bmecat:PARTY_ID", number, {"type": kind or "party_specific"})
    return el("PARTY", [identity, el("PARTY_ROLE", role), el("ADDRESS", [el("bmecat:NAME", party.name)])])


def _item(line: AcknowledgedLine) -> Iterator[Part]:
    yield el("LINE_ITEM_ID", line.buyer_line_number or str(line.number))
    yield el("PRODUCT_ID", _product(line))
    promised = _promised(line)
    yield el("QUANTITY", plain(_coming(line)))
    yield el("bmecat:ORDER_UNIT", promised[0].quantity.unit if promised else line.ordered.unit)
    if line.unit_price is not None:
        price = [el("bmecat:PRICE_AMOUNT", plain(line.unit_price.amount)), el("bmecat:PRICE_QUANTITY", plain(line.price_basis))]
        yield el("PRODUCT_PRICE_FIX", price)
        yield el("PRICE_LINE_AMOUNT", plain(_amount(line)))
    if len(promised) == 1:
        yield from _day("DELIVERY_DATE", promised[0])
    elif promised:
        yield el("PARTIAL_DELIVERY_LIST", [el("PARTIAL_DELIVERY", _part(delivery)) for delivery in promised])
    remark = line.reason or _REMARKS.get(line.status, "")
    if remark:
        yield el("REMARKS", remark, {"type": "orderresponse"})


def _product(line: AcknowledgedLine) -> Iterator[Part]:
    if line.sku:
        yield el("bmecat:SUPPLIER_PID", line.sku, {"type": "supplier_specific"})
    if line.gtin:
        yield el("bmecat:INTERNATIONAL_PID", line.gtin, {"type": "gtin"})
    if line.buyer_part_number:
        yield el("bmecat:BUYER_PID", line.buyer_part_number, {"type": "buyer_specific"})
    yield el("bmecat:DESCRIPTION_SHORT", line.description)


def _promised(line: AcknowledgedLine) -> tuple[PromisedDelivery, ...]:
    if line.status in {"rejected", "pending"}:
        return ()
    return line.promised or (PromisedDelivery(quantity=line.ordered),)


def _coming(line: AcknowledgedLine) -> Decimal:
    """How much comes; of what is not decided yet as much as was ordered."""
    if line.status == "pending":
        return line.ordered.amount
    return sum((delivery.quantity.amount for delivery in _promised(line)), Decimal(0))


def _part(delivery: PromisedDelivery) -> list[Part]:
    return [*_day("DELIVERY_DATE", delivery), el("QUANTITY", plain(delivery.quantity.amount))]


def _day(name: str, delivery: PromisedDelivery) -> Iterator[Part]:
    if delivery.date is not None:
        day = delivery.date.isoformat()
        yield el(name, [el("DELIVERY_START_DATE", day), el("DELIVERY_END_DATE", day)])


def _amount(line: AcknowledgedLine) -> Decimal:
    """What comes costs so much, in cents; nothing where no price is known."""
    if line.unit_price is None:
        return Decimal(0).quantize(_CENT)
    return (_coming(line) * line.unit_price.amount / line.price_basis).quantize(_CENT, ROUND_HALF_UP)


def _summary(ack: OrderAcknowledgement) -> list[Part]:
    total = ack.total_net.amount if ack.total_net is not None else sum(map(_amount, ack.lines), Decimal(0))
    return [el("TOTAL_ITEM_NUM", str(len(ack.lines))), el("TOTAL_AMOUNT", plain(total))]


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="seconds")

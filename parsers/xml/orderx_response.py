"""The answer to an Order-X or CII order: an order response (UNCL 1001: 231) in the profile of the order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from models.contracts.interchange_v1 import MessageRefV1
from models.domain.acknowledgement import AcknowledgedLine, AckParty, OrderAcknowledgement, PromisedDelivery
from models.domain.values import Quantity, plain
from parsers.xml.writing import Part, document, el

_STANDARD = "urn:un:unece:uncefact:data:standard"
_NAMES: dict[str | None, str] = {
    "rsm": "urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100",
    "udt": f"{_STANDARD}:UnqualifiedDataType:128",
    "ram": f"{_STANDARD}:ReusableAggregateBusinessInformationEntity:128",
}
_CENT = Decimal("0.01")
#: UNCL 1373 for each kind of acknowledgement.
_STATUS = {"accepted": "1", "accepted_with_changes": "3", "rejected": "8", "received": "5"}
#: UNCL 1229: 4 not affected by this message, 5 accepted, 6 accepted with amendment, 7 not accepted.
_ACTIONS = {"accepted": "5", "changed": "6", "backordered": "6", "substituted": "6", "rejected": "7", "pending": "4"}
#: Of these nothing comes, or nothing that this answer promises.
_NOTHING_COMES = ("rejected", "pending")


def write_orderx_response(ack: OrderAcknowledgement, answered: MessageRefV1, *, control_reference: str, at: datetime) -> bytes:
    """An order response with a line for each promised delivery, quoting the order's number and line numbers."""
    guideline = answered.version or "urn:order-x.eu:1p0:basic"
    root: Part = el(
        "rsm:SCRDMCCBDACIOMessageStructure",
        [
            el(
                "rsm:ExchangedDocumentContext",
                [
                    el("ram:TestIndicator", [el("udt:Indicator", "true" if answered.test else "false")]),
                    el("ram:BusinessProcessSpecifiedDocumentContextParameter", [el("ram:ID", answered.group_code)]),
                    el("ram:GuidelineSpecifiedDocumentContextParameter", [el("ram:ID", guideline)]),
                ],
            ),
            el(
                "rsm:ExchangedDocument",
                [
                    el("ram:ID", f"{ack.sales_order_number}-{control_reference}"),
                    el("ram:TypeCode", "231"),
                    el("ram:StatusCode", _STATUS[ack.kind]),
                    el("ram:IssueDateTime", [_day(at.date())]),
                    el("ram:PurposeCode", "9"),
                    el("ram:IncludedNote", [el("ram:Content", ack.note)]),
                ],
            ),
            el("rsm:SupplyChainTradeTransaction", [*_lines(ack), *_head(ack)]),
        ],
    )
    return document(root, _NAMES)


def _head(ack: OrderAcknowledgement) -> list[Part]:
    of_lines = sum((_amount(line, delivery) for line in ack.lines for delivery in _deliveries(line)), Decimal(0))
    net = plain(ack.total_net.amount if ack.total_net is not None else of_lines)
    totals = [el("ram:LineTotalAmount", net), el("ram:TaxBasisTotalAmount", net)]
    summation = el("ram:SpecifiedTradeSettlementHeaderMonetarySummation", totals)
    return [
        el(
            "ram:ApplicableHeaderTradeAgreement",
            [
                el("ram:SellerTradeParty", _party(ack.seller)),
                el("ram:BuyerTradeParty", _party(ack.buyer)),
                el("ram:SellerOrderReferencedDocument", [el("ram:IssuerAssignedID", ack.sales_order_number)]),
                el("ram:BuyerOrderReferencedDocument", [el("ram:IssuerAssignedID", ack.po_number)]),
            ],
        ),
        el("ram:ApplicableHeaderTradeDelivery", ""),
        el("ram:ApplicableHeaderTradeSettlement", [el("ram:OrderCurrencyCode", ack.currency), summation]),
    ]


def _party(party: AckParty) -> list[Part]:
    return [
        el("ram:ID", "" if party.gln else party.number or ""),
        el("ram:GlobalID", party.gln or "", {"schemeID": "0088"}),
        el("ram:Name", party.name),
    ]


def _lines(ack: OrderAcknowledgement) -> Iterator[Part]:
    number = 0
    for line in ack.lines:
        for delivery in _deliveries(line):
            number += 1
            yield el("ram:IncludedSupplyChainTradeLineItem", _line(number, line, delivery))


def _deliveries(line: AcknowledgedLine) -> Sequence[PromisedDelivery]:
    if line.status in _NOTHING_COMES:
        return (PromisedDelivery(quantity=Quantity(amount=Decimal(0), unit=line.ordered.unit)),)
    return line.promised or (PromisedDelivery(quantity=line.ordered),)


def _amount(line: AcknowledgedLine, delivery: PromisedDelivery) -> Decimal:
    """What a delivery costs, in cents; nothing where no price is known."""
    if line.unit_price is None:
        return Decimal(0).quantize(_CENT)
    return (delivery.quantity.amount * line.unit_price.amount / line.price_basis).quantize(_CENT, ROUND_HALF_UP)


def _line(number: int, line: AcknowledgedLine, delivery: PromisedDelivery) -> list[Part]:
    unit = {"unitCode": line.ordered.unit}
    # The schema wants a price of every line; where none was agreed, the note says that this one is none.
    price = plain(line.unit_price.amount) if line.unit_price is not None else "0"
    unpriced = "" if line.unit_price is not None or line.status in _NOTHING_COMES else "no price was stated"
    return [
        el(
            "ram:AssociatedDocumentLineDocument",
            [
                el("ram:LineID", str(number)),
                el("ram:LineStatusCode", _ACTIONS[line.status]),
                el("ram:IncludedNote", [el("ram:Content", "; ".join(filter(None, (line.reason, unpriced))))]),
            ],
        ),
        el(
            "ram:SpecifiedTradeProduct",
            [
                el("ram:GlobalID", line.gtin or "", {"schemeID": "0160"}),
                el("ram:SellerAssignedID", line.sku or ""),
                el("ram:BuyerAssignedID", line.buyer_part_number or ""),
                el("ram:Name", line.description or line.sku or line.buyer_part_number or str(line.number)),
            ],
        ),
        el(
            "ram:SpecifiedLineTradeAgreement",
            [
                el("ram:BuyerOrderReferencedDocument", [el("ram:LineID", line.buyer_line_number or str(line.number))]),
                el(
                    "ram:NetPriceProductTradePrice",
                    [el("ram:ChargeAmount", price), el("ram:BasisQuantity", plain(line.price_basis), unit)],
                ),
            ],
        ),
        el(
            "ram:SpecifiedLineTradeDelivery",
            [
                el("ram:RequestedQuantity", plain(line.ordered.amount), unit),
                el("ram:AgreedQuantity", plain(delivery.quantity.amount), {"unitCode": delivery.quantity.unit}),
                *_promised(delivery.date),
            ],
        ),
        el(
            "ram:SpecifiedLineTradeSettlement",
            [
                el(
                    "ram:SpecifiedTradeSettlementLineMonetarySummation",
                    [el("ram:LineTotalAmount", plain(_amount(line, delivery)))],
                )
            ],
        ),
    ]


def _promised(day: date | None) -> Iterator[Part]:
    if day is not None:
        yield el("ram:RequestedDeliverySupplyChainEvent", [el("ram:OccurrenceDateTime", [_day(day)])])


def _day(day: date) -> Part:
    return el("udt:DateTimeString", day.strftime("%Y%m%d"), {"format": "102"})

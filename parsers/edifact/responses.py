"""EDIFACT answers: ORDRSP (what we accept), DESADV (what is on its way).

The codes are data; a message is the rows that its function lists in the standard's order.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from models.contracts.interchange_v1 import MessageRefV1
from models.domain.acknowledgement import AcknowledgedLine, AckParty, Carton, OrderAcknowledgement, ShipNotice
from models.domain.party import Address
from models.domain.values import NO_CURRENCY
from parsers.edifact.writing import Row, interchange, item_number, number, pieces

#: BGM 1225 and 4343 for each kind of acknowledgement.
_FUNCTIONS = {"accepted": ("29", "AP"), "accepted_with_changes": ("4", "AC"), "rejected": ("27", "RE"), "received": ("11", "AB")}
#: LIN 1229: 4 not affected by this message, 5 accepted without amendment, 6 accepted with amendment, 7 not accepted.
_ACTIONS = {"accepted": "5", "changed": "6", "backordered": "6", "substituted": "6", "rejected": "7", "pending": "4"}
#: EANCOM's version of the answer to each version of the order (0057): 1997 on D.96A, 2002 on D.01B.
_EANCOM = {
    "96A": {"ORDRSP": "EAN005", "DESADV": "EAN005", "INVOIC": "EAN008"},
    "01B": {"ORDRSP": "EAN009", "DESADV": "EAN007", "INVOIC": "EAN010"},
}


def write_ordrsp(ack: OrderAcknowledgement, answered: MessageRefV1, *, control_reference: str, at: datetime) -> bytes:
    """ORDRSP in the directory of the order that it answers."""
    function, response = _FUNCTIONS[ack.kind]
    rows: list[Row] = [
        ("BGM", "231", ack.sales_order_number[:35], function, response),
        date_row("137", ack.acknowledged_on),
        *([("FTX", "AAI", "", "", pieces(ack.note, 70, 5))] if ack.note else []),
        ("RFF", ("ON", ack.po_number[:35])),
        ("RFF", ("VN", ack.sales_order_number[:35])),
        *_party("BY", ack.buyer, agency="91"),
        *_party("SU", ack.seller, agency="92"),
        *([("CUX", ("2", ack.currency, "9"))] if ack.currency != NO_CURRENCY else []),
    ]
    for line in ack.lines:
        rows += _ordrsp_line(line, answered)
    rows.append(("UNS", "S"))
    if ack.total_net is not None:
        rows.append(("MOA", ("79", number(ack.total_net.amount, answered), ack.total_net.currency)))
    rows.append(("CNT", ("2", str(len(ack.lines)))))
    return interchange(answered, answer_kind("ORDRSP", answered), rows, control_reference=control_reference, at=at)


def _ordrsp_line(line: AcknowledgedLine, answered: MessageRefV1) -> Iterator[Row]:
    yield (
        "LIN",
        (line.buyer_line_number or str(line.number))[:6],
        _ACTIONS[line.status],
        item_number(line.gtin),
    )
    yield from number_rows(line.sku, line.buyer_part_number)
    if line.description:
        yield ("IMD", "F", "", ("", "", "", *pieces(line.description, 35, 2)))
    yield ("QTY", ("21", number(line.ordered.amount, answered), line.ordered.unit))
    dated = [promise for promise in line.promised if promise.date is not None]
    waiting = [promise for promise in line.promised if promise.date is None and line.status == "backordered"]
    if line.promised and not waiting and line.status != "rejected":
        total = sum((promise.quantity.amount for promise in line.promised), Decimal(0))
        yield ("QTY", ("113", number(total, answered), line.promised[0].quantity.unit))
    for promise in waiting:
        yield ("QTY", ("83", number(promise.quantity.amount, answered), promise.quantity.unit))
    if len(dated) == 1 and not waiting:
        yield date_row("69", dated[0].date)
    if line.reason:
        yield ("FTX", "AAI", "", "", pieces(line.reason, 70, 5))
    if line.unit_price is not None:
        basis = (number(line.price_basis, answered), line.ordered.unit) if line.price_basis != 1 else ()
        yield ("PRI", ("AAA", number(line.unit_price.amount, answered), "", "", *basis))
    if len(dated) > 1 or (dated and waiting):
        for promise in dated:
            yield ("SCC", "1")
            yield ("QTY", ("113", number(promise.quantity.amount, answered), promise.quantity.unit))
            yield date_row("69", promise.date)


def write_desadv(notice: ShipNotice, answered: MessageRefV1, *, control_reference: str, at: datetime) -> bytes:
    """DESADV with a CPS for the shipment and one for each carton, its SSCC in GIN."""
    rows: list[Row] = [
        ("BGM", "351", notice.shipment_id[:35], "9"),
        date_row("137", at.date()),
        date_row("11", notice.ship_date),
        *([date_row("17", notice.delivery_date)] if notice.delivery_date else []),
        ("RFF", ("ON", notice.po_number[:35])),
        ("RFF", ("VN", notice.sales_order_number[:35])),
        *([("RFF", ("CN", notice.tracking_number[:35]))] if notice.tracking_number else []),
        *_party("SU", notice.seller, agency="92"),
        address_row("DP", notice.ship_to),
        *([("TDT", "20", "", "30", "", ("", "", "", notice.carrier[:35]))] if notice.carrier else []),
        ("CPS", "1"),
        ("PAC", str(len(notice.cartons)), "", "CT"),
    ]
    counted = 0
    for index, carton in enumerate(notice.cartons, start=2):
        rows += _carton(carton, index, counted, notice.po_number, answered)
        counted += len(carton.lines)
    rows.append(("CNT", ("2", str(counted))))
    return interchange(answered, answer_kind("DESADV", answered), rows, control_reference=control_reference, at=at)


def _carton(carton: Carton, index: int, counted: int, po_number: str, answered: MessageRefV1) -> Iterator[Row]:
    yield ("CPS", str(index), "1")
    yield ("PAC", "1", "", "CT")
    yield ("MEA", "PD", "AAB", ("KGM", number(carton.weight_kg, answered)))
    yield ("PCI", "33E")
    yield ("GIN", "BJ", carton.sscc)
    for place, content in enumerate(carton.lines, start=counted + 1):
        yield ("LIN", str(place), "", item_number(content.gtin))
        yield from number_rows(content.sku, content.buyer_part_number)
        yield ("QTY", ("12", number(content.quantity.amount, answered), content.quantity.unit))
        yield ("RFF", ("ON", po_number[:35], str(content.number)))


def answer_kind(message_type: str, answered: MessageRefV1) -> str:
    """The answer's S009 in the directory of what it answers; EANCOM's version only where the order stated one."""
    parts = (answered.version or "D:96A:UN").split(":")
    eancom = _EANCOM.get(parts[1] if len(parts) > 1 else "", {}).get(message_type, "")
    known = [*parts[:3], eancom] if len(parts) > 3 and parts[3].startswith("EAN") and eancom else parts[:3]
    return ":".join([message_type, *known])


def date_row(qualifier: str, day: date | None) -> Row:
    """DTM with a day (UNCL 2379: 102)."""
    return ("DTM", (qualifier, day.strftime("%Y%m%d") if day else "", "102"))


def _party(qualifier: str, party: AckParty, *, agency: str) -> Iterator[Row]:
    """NAD by GLN, else by the number that `agency` (91 seller, 92 buyer) gave, with its name; none that says nothing."""
    identity = (party.gln, "", "9") if party.gln else (party.number[:17], "", agency) if party.number else ("",)
    if party.name or any(identity):
        yield ("NAD", qualifier, identity, "", pieces(party.name, 35, 5))


def address_row(qualifier: str, address: Address) -> Row:
    """NAD with the GLN where there is one, name and address in full."""
    identity = (address.gln, "", "9") if address.gln else ("",)
    return (
        "NAD", qualifier, identity, "", pieces(address.name, 35, 5), pieces(address.street, 35, 4),
        address.city[:35], address.region[:9], address.postal_code[:9], address.country,
    )  # fmt: skip


def number_rows(sku: str | None, buyer_part_number: str | None) -> Iterator[Row]:
    """PIA with the seller's and the buyer's number (UNCL 7143: SA, IN)."""
    ours, theirs = (((text or "")[:35], kind) for text, kind in ((sku, "SA"), (buyer_part_number, "IN")))
    if ours[0] and theirs[0]:
        yield ("PIA", "1", ours, theirs)
    elif ours[0] or theirs[0]:
        yield ("PIA", "1", ours if ours[0] else theirs)

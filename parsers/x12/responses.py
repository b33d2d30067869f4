"""X12 answers: 855 (what we accept), 865 (what we accept of a change), 856 (what is on its way).

The codes are data; a transaction set is the rows that its function lists in the standard's order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal

from models.contracts.interchange_v1 import MessageRefV1
from models.domain.acknowledgement import AcknowledgedLine, AckParty, CartonContent, OrderAcknowledgement, ShipNotice
from models.domain.values import NO_CURRENCY, plain
from parsers.codelists.units import x12_code
from parsers.x12.writing import Row, interchange

#: BAK02 (X12 587) for each kind of acknowledgement.
_TYPES = {"accepted": "AD", "accepted_with_changes": "AC", "rejected": "RD", "received": "AK"}
#: ACK01 (X12 668) for each line; a changed line whose quantity differs is IQ instead.
_LINES = {"accepted": "IA", "changed": "IC", "backordered": "IB", "rejected": "IR", "substituted": "IS", "pending": "IH"}
#: PO105 (X12 639) for a price per so many units; any other basis is written as CTP.
PRICE_BASES = {Decimal(1): "PE", Decimal(12): "PD", Decimal(100): "HP", Decimal(1000): "TP"}


def write_855(ack: OrderAcknowledgement, answered: MessageRefV1, *, control_reference: str, at: datetime) -> bytes:
    """A purchase order acknowledgement. BAK04, which must be there, is our date where the order states none."""
    ordered, day = _days(ack)
    number, release = ack.po_number[:22], ack.release_number[:30]
    heading = ("BAK", "00", _TYPES[ack.kind], number, ordered, release, "", "", ack.sales_order_number[:30], day)
    rows = _acknowledgement(heading, ack, _ordered)
    return interchange(answered, "855", [rows], control_reference=control_reference, at=at)


def write_865(ack: OrderAcknowledgement, answered: MessageRefV1, *, control_reference: str, at: datetime) -> bytes:
    """The acknowledgement of an 860, line by line in the POC loops that answer its own."""
    ordered, day = _days(ack)
    number, release = ack.po_number[:22], ack.release_number[:30]
    heading = ("BCA", "00", _TYPES[ack.kind], number, release, "", ordered, "", "", ack.sales_order_number[:30], day)
    rows = _acknowledgement(heading, ack, _changed)
    return interchange(answered, "865", [rows], control_reference=control_reference, at=at)


def _days(ack: OrderAcknowledgement) -> tuple[str, str]:
    """The day of the order and the day of our answer."""
    return (ack.ordered_on or ack.acknowledged_on).strftime("%Y%m%d"), ack.acknowledged_on.strftime("%Y%m%d")


def _acknowledgement(heading: Row, ack: OrderAcknowledgement, repeated: Callable[[AcknowledgedLine], Row]) -> list[Row]:
    """The rows that the 855 and the 865 have in common; `repeated` says an answered line again as its own set does."""
    rows: list[Row] = [
        heading,
        *([("CUR", "SE", ack.currency)] if ack.currency != NO_CURRENCY else []),
        *([("N9", "L1", "NOTE"), ("MSG", ack.note[:264])] if ack.note else []),
        *_party("BY", ack.buyer, qualifier="91"),
        *_party("SE", ack.seller, qualifier="92"),
    ]
    for line in ack.lines:
        rows += [repeated(line), *_line(line)]
    rows.append(("CTT", str(len(ack.lines))))
    if ack.total_net is not None:
        rows.append(("AMT", "TT", plain(ack.total_net.amount)))
    return rows


def _ordered(line: AcknowledgedLine) -> Row:
    return ("PO1", _number(line), plain(line.ordered.amount), x12_code(line.ordered.unit), *_priced(line))


def _changed(line: AcknowledgedLine) -> Row:
    """POC with what becomes of the change (X12 670: AI adds, DI deletes, CA changes)."""
    kind = "AI" if line.is_added else "DI" if line.ordered.amount == 0 else "CA"
    return ("POC", _number(line), kind, plain(line.ordered.amount), "", x12_code(line.ordered.unit), *_priced(line))


def _number(line: AcknowledgedLine) -> str:
    return (line.buyer_line_number or str(line.number))[:20]


def _priced(line: AcknowledgedLine) -> tuple[str, ...]:
    """Price and its basis where a code says it, then the item's numbers."""
    basis = PRICE_BASES.get(line.price_basis, "")
    stated = (plain(line.unit_price.amount), basis) if line.unit_price is not None and basis else ("", "")
    return (*stated, *item_numbers(line.gtin, line.sku, line.buyer_part_number))


def _line(line: AcknowledgedLine) -> Iterator[Row]:
    """What follows the repeated line: a price of another basis, the description, our promises and the reason."""
    unit, price = x12_code(line.ordered.unit), line.unit_price
    if price is not None and line.price_basis not in PRICE_BASES:
        yield ("CTP", "", "UCP", plain(price.amount), plain(line.price_basis), unit)
    if line.description:
        yield ("PID", "F", "", "", "", line.description[:80])
    yield from _promises(line, unit)
    if line.reason:
        yield ("N9", "L1", "REASON")
        yield ("MSG", line.reason[:264])


def _promises(line: AcknowledgedLine, unit: str) -> Iterator[Row]:
    """An ACK for each promised delivery, dated by 067 (current schedule delivery)."""
    code = _LINES[line.status]
    total = sum((promise.quantity.amount for promise in line.promised), Decimal(0))
    if line.status == "changed" and line.promised and total != line.ordered.amount:
        code = "IQ"
    if not line.promised or line.status == "rejected":
        yield ("ACK", code, plain(line.ordered.amount), unit)
        return
    for promise in line.promised:
        dated = ("067", promise.date.strftime("%Y%m%d")) if promise.date else ()
        open_ended = "IB" if promise.date is None and line.status == "backordered" else code
        yield ("ACK", open_ended, plain(promise.quantity.amount), x12_code(promise.quantity.unit), *dated)


def write_856(notice: ShipNotice, answered: MessageRefV1, *, control_reference: str, at: datetime) -> bytes:
    """A ship notice of structure 0001: shipment, order, pack (a carton with its SSCC), item."""
    weight = sum((carton.weight_kg for carton in notice.cartons), Decimal(0))
    place = notice.ship_to
    rows: list[Row] = [
        ("BSN", "00", notice.shipment_id[:30], at.strftime("%Y%m%d"), at.strftime("%H%M"), "0001"),
        ("HL", "1", "", "S"),
        ("TD1", "CTN25", str(len(notice.cartons)), "", "", "", "G", plain(weight), "KG"),
        *([("TD5", "", "", "", "", notice.carrier[:35])] if notice.carrier else []),
        *([("REF", "CN", notice.tracking_number[:30])] if notice.tracking_number else []),
        ("DTM", "011", notice.ship_date.strftime("%Y%m%d")),
        *([("DTM", "017", notice.delivery_date.strftime("%Y%m%d"))] if notice.delivery_date else []),
        *_party("SF", notice.seller, qualifier="92"),
        ("N1", "ST", place.name[:60], *(("UL", place.gln) if place.gln else ())),
        *([("N3", place.street[:55])] if place.street else []),
        ("N4", place.city[:30], place.region[:2], place.postal_code[:15], place.country),
        ("HL", "2", "1", "O"),
        ("PRF", notice.po_number[:22], notice.release_number[:30]),
        ("REF", "VN", notice.sales_order_number[:30]),
    ]
    level = 2
    for carton in notice.cartons:
        level += 1
        pack = level
        rows += [("HL", str(pack), "2", "P"), ("MAN", "GM", f"00{carton.sscc}")]
        for content in carton.lines:
            level += 1
            rows += _content(content, level, pack)
    rows.append(("CTT", str(level)))
    return interchange(answered, "856", [rows], control_reference=control_reference, at=at)


def _content(content: CartonContent, level: int, pack: int) -> Iterator[Row]:
    yield ("HL", str(level), str(pack), "I")
    yield ("LIN", str(content.number), *item_numbers(content.gtin, content.sku, content.buyer_part_number))
    yield ("SN1", "", plain(content.quantity.amount), x12_code(content.quantity.unit))


def item_numbers(gtin: str | None, sku: str | None, buyer_part_number: str | None) -> tuple[str, ...]:
    """Pairs of qualifier (X12 235) and number: UK the GTIN-14, VN ours, BP the buyer's."""
    stated = (("UK", gtin), ("VN", sku), ("BP", buyer_part_number))
    return tuple(word for kind, text in stated if text for word in (kind, text[:48]))


def _party(role: str, party: AckParty, *, qualifier: str) -> Iterator[Row]:
    """N1 by GLN, else by the number that `qualifier` gave; none of a party without name and number (N1: R0203)."""
    identity = ("UL", party.gln) if party.gln else (qualifier, party.number[:80]) if party.number else ()
    if party.name or identity:
        yield ("N1", role, party.name[:60], *identity)

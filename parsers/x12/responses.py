"""X12 answers: 997 (we could read it), 855 (what we accept), 856 (what is on its way).

The codes are data; a transaction set is the rows that its function lists in the standard's order.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import InterchangeV1, SyntaxErrorV1
from models.domain.acknowledgement import AcknowledgedLine, AckParty, CartonContent, OrderAcknowledgement, ShipNotice
from models.domain.values import plain
from parsers.codelists.units import x12_code
from parsers.envelopes import errors_by_message
from parsers.x12.writing import Row, interchange

#: BAK02 (X12 587) for each kind of acknowledgement.
_TYPES = {"accepted": "AD", "accepted_with_changes": "AC", "rejected": "RD", "received": "AK"}
#: ACK01 (X12 668) for each line; a changed line whose quantity differs is IQ instead.
_LINES = {"accepted": "IA", "changed": "IC", "backordered": "IB", "rejected": "IR", "substituted": "IS"}
#: PO105 (X12 639) for a price per so many units; any other basis is written as CTP.
_BASES = {Decimal(1): "PE", Decimal(12): "PD", Decimal(100): "HP", Decimal(1000): "TP"}
#: X12 718 that make a transaction set unacceptable.
_REJECTING = frozenset({"2", "3", "4", "7", "23"})
_FUNCTIONAL = {"850": "PO", "860": "PC", "810": "IN", "840": "RQ", "869": "RS", "180": "AN"}
_ACKNOWLEDGEMENTS = frozenset({"997", "999"})


def rejects(error: SyntaxErrorV1) -> bool:
    """Whether an error makes its transaction set unacceptable, so that the 997 rejects it."""
    if not error.message_ref or error.element_position is not None:
        return False
    return error.code in _REJECTING if error.segment_position is None else error.code == "3"


def awaits_997(received: InterchangeV1) -> bool:
    """An acknowledgement is never acknowledged; every other group of X12 is."""
    return received.envelope.standard == "x12" and any(m.message_type not in _ACKNOWLEDGEMENTS for m in received.messages)


def write_997(received: InterchangeV1, *, control_reference: str, at: datetime) -> bytes:
    """A 997 with a transaction set for each functional group of the interchange; AK3 and AK4 name segment and element."""
    messages = [message for message in received.messages if message.message_type not in _ACKNOWLEDGEMENTS]
    groups: dict[str, list[MessageRefV1]] = {}
    for message in messages:
        groups.setdefault(message.group_ref, []).append(message)
    sets = [_group(members, received) for members in groups.values()]
    answered = messages[0] if messages else received.envelope
    return interchange(answered, "997", sets, control_reference=control_reference, at=at)


def _group(messages: list[MessageRefV1], received: InterchangeV1) -> list[Row]:
    first, errors, by_message = messages[0], received.errors, errors_by_message(received)
    rows: list[Row] = [("AK1", first.group_code or _FUNCTIONAL.get(first.message_type, "PO"), first.group_ref)]
    verdicts: list[str] = []
    for message in messages:
        own = by_message.get((message.group_ref, message.message_ref), [])
        verdicts.append("R" if any(map(rejects, own)) else "E" if own else "A")
        rows += _set(message, own, verdicts[-1])
    accepted = sum(verdict != "R" for verdict in verdicts)
    of_group = [e.code for e in errors if not e.message_ref and e.group_ref == first.group_ref and e.segment_tag in {"GS", "GE"}]
    count = str(len(messages))
    stated = next((e.value for e in errors if e.group_ref == first.group_ref and e.segment_tag == "GE" and e.code == "5"), count)
    whole = "R" if not accepted else "P" if accepted < len(messages) else "E" if "E" in verdicts or of_group else "A"
    return [*rows, ("AK9", whole, stated if stated.isdigit() else count, count, str(accepted), *of_group[:5])]


def _set(message: MessageRefV1, errors: list[SyntaxErrorV1], verdict: str) -> Iterator[Row]:
    yield ("AK2", message.message_type, message.message_ref)
    placed = [error for error in errors if error.segment_position is not None]
    for position in dict.fromkeys(error.segment_position for error in placed):
        here = [error for error in placed if error.segment_position == position]
        segment = next((error.code for error in here if error.element_position is None), "8")
        yield ("AK3", here[0].segment_tag, str(position), "", segment)
        for error in here:
            if error.element_position is not None:
                yield ("AK4", str(error.element_position), "", error.code, error.value[:99])
    codes = list(dict.fromkeys(error.code for error in errors if error.segment_position is None))
    yield ("AK5", verdict, *(codes + (["5"] if placed else []))[:5])


def write_855(ack: OrderAcknowledgement, answered: MessageRefV1, *, control_reference: str, at: datetime) -> bytes:
    """A purchase order acknowledgement. BAK04 repeats our date where the order's own is not known here."""
    day = ack.acknowledged_on.strftime("%Y%m%d")
    rows: list[Row] = [
        ("BAK", "00", _TYPES[ack.kind], ack.po_number[:22], day, "", "", "", ack.sales_order_number[:30], day),
        ("CUR", "SE", ack.currency),
        *([("N9", "L1", "NOTE"), ("MSG", ack.note[:264])] if ack.note else []),
        _party("BY", ack.buyer, qualifier="91"),
        _party("SE", ack.seller, qualifier="92"),
    ]
    for line in ack.lines:
        rows += _line(line)
    rows.append(("CTT", str(len(ack.lines))))
    if ack.total_net is not None:
        rows.append(("AMT", "TT", plain(ack.total_net.amount)))
    return interchange(answered, "855", [rows], control_reference=control_reference, at=at)


def _line(line: AcknowledgedLine) -> Iterator[Row]:
    unit, price = x12_code(line.ordered.unit), line.unit_price
    basis = _BASES.get(line.price_basis, "")
    stated = (plain(price.amount), basis) if price is not None and basis else ("", "")
    numbers = _numbers(line.gtin, line.sku, line.buyer_part_number)
    yield ("PO1", (line.buyer_line_number or str(line.number))[:20], plain(line.ordered.amount), unit, *stated, *numbers)
    if price is not None and not basis:
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
        _party("SF", notice.seller, qualifier="92"),
        ("N1", "ST", place.name[:60], *(("UL", place.gln) if place.gln else ())),
        *([("N3", place.street[:55])] if place.street else []),
        ("N4", place.city[:30], place.region[:2], place.postal_code[:15], place.country),
        ("HL", "2", "1", "O"),
        ("PRF", notice.po_number[:22]),
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
    yield ("LIN", str(content.number), *_numbers(content.gtin, content.sku, content.buyer_part_number))
    yield ("SN1", "", plain(content.quantity.amount), x12_code(content.quantity.unit))


def _numbers(gtin: str | None, sku: str | None, buyer_part_number: str | None) -> tuple[str, ...]:
    """Pairs of qualifier (X12 235) and number: UK the GTIN-14, VN ours, BP the buyer's."""
    stated = (("UK", gtin), ("VN", sku), ("BP", buyer_part_number))
    return tuple(word for kind, text in stated if text for word in (kind, text[:48]))


def _party(role: str, party: AckParty, *, qualifier: str) -> Row:
    identity = ("UL", party.gln) if party.gln else (qualifier, party.number[:80]) if party.number else ()
    return ("N1", role, party.name[:60], *identity)

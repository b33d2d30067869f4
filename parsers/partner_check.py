"""What a sample message of a partner would need: `orderwright partner check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.contracts.extraction_v1 import OrderLineV1, PurchaseOrderV1
from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import ReadingV1
from models.domain.party import PartnerProfile

_PRICE_MISSING = {"take_ours": "ours is taken", "ask": "a person asks", "reject": "the order is refused"}
_SYNTAX = {"edifact": "CONTRL", "x12": "997"}


def check_sample(reading: ReadingV1, profiles: Sequence[PartnerProfile]) -> Iterator[str]:
    """Sentences, one for each thing that is agreed, missing or to be arranged; none for what is no electronic order."""
    for index, order in enumerate(reading.extraction.orders):
        message = reading.messages[index] if index < len(reading.messages) else None
        if message is None:
            continue
        yield f"{message.message_type} {order.po_number.value if order.po_number else 'without a number'}, {_version(message)}"
        yield from _partner(message, profiles)
        yield from _contents(order, _profile(message, profiles))
        own = f"orders[{index}]"
        for problem in reading.extraction.problems:
            mine = (problem.field or "").startswith(own)
            if mine and problem.code != "not_mapped":
                yield f"  {problem.severity.value}: {problem.message}"
    for interchange in reading.interchanges:
        for error in interchange.errors:
            place = f" at segment {error.segment_position} {error.segment_tag}" if error.segment_position else ""
            answered = interchange.envelope.interchange_ref
            yield f"  the acknowledgement of {answered} will report {error.code}{place}: {error.message}"


def _version(message: MessageRefV1) -> str:
    return f"{message.standard} {message.version}".strip()


def _partner(message: MessageRefV1, profiles: Sequence[PartnerProfile]) -> Iterator[str]:
    profile = _profile(message, profiles)
    if profile is None:
        yield f"  no partner profile sends as {message.sender!r}: save this as partners/NAME.yaml in the company's folder"
        yield from (f"    {line}" for line in _draft(message))
        return
    yield f"  partner {profile.name or profile.customer_number}: {_promised(profile)}"
    pairs = (
        ("the sender's qualifier", profile.partner_qualifier, message.sender_qualifier),
        ("our id", profile.our_id, message.receiver),
        ("our qualifier", profile.our_qualifier, message.receiver_qualifier),
    )
    for name, agreed, stated in pairs:
        if agreed and agreed.strip() != stated.strip():
            yield f"  {name} is {stated!r}, the profile says {agreed!r}"
    if profile.version and profile.version not in message.version.replace(":", ""):
        yield f"  the version is {message.version!r}, the profile says {profile.version!r}"


def _profile(message: MessageRefV1, profiles: Sequence[PartnerProfile]) -> PartnerProfile | None:
    return next((one for one in profiles if one.sends_as(message.standard, message.sender)), None)


def _promised(profile: PartnerProfile) -> str:
    syntax = {"standard": _SYNTAX[profile.standard], "999": "999", "none": "no syntax acknowledgement"}
    within = f" within {profile.acknowledge_within_hours} hours" if profile.acknowledge_within_hours else ""
    answers = [
        syntax[profile.syntax_acknowledgement],
        f"an order acknowledgement{within}" if profile.order_acknowledgement else "no order acknowledgement",
        "a ship notice" if profile.ship_notice else "no ship notice",
        "an invoice" if profile.invoice else "no invoice",
    ]
    owed = profile.acknowledged_within_hours
    due = f"; it owes us its acknowledgement within {owed} hours" if owed else ""
    return f"it gets {', '.join(answers)}{due}"


def _draft(message: MessageRefV1) -> Iterator[str]:
    """A profile with what the sample says; the customer's number is the operator's to fill in."""
    yield "customer_number: ???"
    yield f"standard: {message.standard}"
    for name, value in (
        ("our_id", message.receiver),
        ("our_qualifier", message.receiver_qualifier),
        ("partner_id", message.sender),
        ("partner_qualifier", message.sender_qualifier),
    ):
        if value:
            yield f'{name}: "{value.strip()}"'
    yield "syntax_acknowledgement: standard"
    yield "acknowledge_within_hours: 24"


def _contents(order: PurchaseOrderV1, profile: PartnerProfile | None) -> Iterator[str]:
    """How many lines leave open what we need: whose number, the unit, the price, the day, the place."""
    count = len(order.lines)
    numbers = ("seller_part_number", "buyer_part_number", "gtin")
    open_ones = {
        "our part number or a GTIN: load the customer's numbers as customer_items.csv": [
            line for line in order.lines if line.seller_part_number is None and line.gtin is None
        ],
        "any part number": [line for line in order.lines if not any(getattr(line, name) for name in numbers)],
        "a unit that we know: the item's own is taken": [line for line in order.lines if line.unit is None],
        f"a price: {_PRICE_MISSING[profile.price_missing if profile else 'take_ours']}": [
            line for line in order.lines if line.unit_price is None
        ],
    }
    for what, lines in open_ones.items():
        if lines:
            yield f"  {len(lines)} of {count} lines are without {what} ({_numbers_of(lines)})"
    if order.requested_delivery_date is None and not all(line.requested_delivery_date for line in order.lines):
        yield "  no delivery date is stated for all of it: it goes as soon as it can"
    if order.ship_to is None:
        yield "  no delivery place is stated: the customer's only one is taken, or a person asks"
    elif order.ship_to.street is None and order.ship_to.gln is None and order.ship_to.customer_number is not None:
        code = order.ship_to.customer_number.value
        ours = profile.ship_to_codes.get(code) if profile else None
        known = f"which is our {ours}" if ours else "load it as ship_to.csv, or name ours under ship_to_codes in the profile"
        yield f"  the delivery place is the code {code}: {known}"


def _numbers_of(lines: Sequence[OrderLineV1]) -> str:
    shown = [line.line_number.value if line.line_number else "?" for line in lines[:5]]
    return ", ".join(shown) + (" …" if len(lines) > 5 else "")

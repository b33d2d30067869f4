"""Electronic messages that came without their envelope (no UNB, no ISA): who sent them, the door may know."""

from __future__ import annotations

from activities.partners import partner_at_door
from activities.ports import Parties
from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import ReadingV1


def addressed(reading: ReadingV1, sender: str, parties: Parties) -> ReadingV1:
    """The reading whose bare messages name the partner that the door's `sender` is, and us as it knows us.

    So they are acknowledged and answered like any other of that partner's; from a sender who is no partner they stay as they are.
    """
    messages = tuple(message and _addressed(message, sender, parties) for message in reading.messages)
    interchanges = tuple(
        interchange.model_copy(
            update={
                "envelope": _addressed(interchange.envelope, sender, parties),
                "messages": tuple(_addressed(message, sender, parties) for message in interchange.messages),
            }
        )
        if not interchange.envelope.sender
        else interchange
        for interchange in reading.interchanges
    )
    return reading.model_copy(update={"messages": messages, "interchanges": interchanges})


def _addressed(message: MessageRefV1, sender: str, parties: Parties) -> MessageRefV1:
    if message.sender or message.standard not in {"edifact", "x12"}:
        return message
    partner = partner_at_door(sender, message.standard, parties)
    if partner is None:
        return message
    known = {
        "sender": partner.partner_id,
        "sender_qualifier": partner.partner_qualifier,
        "receiver": partner.our_id,
        "receiver_qualifier": partner.our_qualifier,
    }
    return message.model_copy(update=known)

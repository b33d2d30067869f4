"""CONTRL (ISO 9735-4) says that we could read an interchange, and where we could not."""

from __future__ import annotations

from datetime import datetime

from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import InterchangeV1, SyntaxErrorV1
from parsers.edifact.writing import Row, interchange
from parsers.electronic.envelopes import errors_by_message

#: UN/ECE 0085 that make a message unacceptable where they concern it as a whole, or its BGM. Other errors are reported below a
#: message that is acknowledged nevertheless: people settle them as the order's findings.
_REJECTING = frozenset({"13", "26", "28", "29"})
_ACKNOWLEDGEMENTS = frozenset({"CONTRL", "APERAK"})


def rejects(error: SyntaxErrorV1) -> bool:
    """Whether an error makes its message unacceptable, so that CONTRL rejects it."""
    concerns_all = error.segment_position is None or error.segment_tag == "BGM"
    return error.code in _REJECTING and bool(error.message_ref) and concerns_all


def awaits_contrl(received: InterchangeV1) -> bool:
    """An acknowledgement is never acknowledged, nor what came bare from nobody knows whom; everything else of EDIFACT is."""
    kinds = {message.message_type for message in received.messages}
    return (
        received.envelope.standard == "edifact" and bool(received.envelope.sender) and not (kinds and kinds <= _ACKNOWLEDGEMENTS)
    )


def write_contrl(received: InterchangeV1, *, control_reference: str, at: datetime) -> bytes:
    """CONTRL (ISO 9735-4, D.3 for syntax versions up to 3) for one received interchange.

    A message is rejected (0083 code 4) or acknowledged (7), with every error's segment, element and component either way.
    What is wrong with the interchange's own trailer stands in UCI and rejects no message that is sound in itself.
    """
    envelope = received.envelope
    version = "CONTRL:4:1:UN" if envelope.syntax.endswith(":4") else "CONTRL:D:3:UN"
    rows = [_uci(received)]
    errors = errors_by_message(received)
    group = ""
    for message, own in zip(received.messages, errors, strict=True):
        if message.group_ref != group:
            group = message.group_ref
            rows.append(("UCF", group, message.group_sender, message.group_receiver, "7"))
        rows += _ucm(message, own)
    return interchange(envelope, version, rows, control_reference=control_reference, at=at)


def _uci(received: InterchangeV1) -> Row:
    envelope = received.envelope
    error = next((error for error in received.errors if not error.message_ref), None)
    sender = (envelope.sender, envelope.sender_qualifier, envelope.sender_routing)
    receiver = (envelope.receiver, envelope.receiver_qualifier, envelope.receiver_routing)
    return (
        "UCI",
        envelope.interchange_ref or next((message.message_ref for message in received.messages), ""),
        sender,
        receiver,
        "7",
        error.code if error else "",
        error.segment_tag if error else "",
    )


def _ucm(message: MessageRefV1, errors: list[SyntaxErrorV1]) -> list[Row]:
    """A message with our verdict and its errors: one of the message as a whole in UCM, the others by segment and element."""
    kind = (message.message_type, *message.version.split(":"))
    verdict = "4" if any(map(rejects, errors)) else "7"
    of_message = sorted((error for error in errors if error.segment_position is None), key=lambda error: not rejects(error))
    whole = (of_message[0].code, of_message[0].segment_tag) if of_message else ()
    rows: list[Row] = [("UCM", message.message_ref, kind, verdict, *whole)]
    placed = [error for error in errors if error.segment_position is not None]
    for position in dict.fromkeys(error.segment_position for error in placed):
        here = [error for error in placed if error.segment_position == position]
        segment = next((error.code for error in here if error.element_position is None), "")
        rows.append(("UCS", str(position), segment))
        rows += [("UCD", error.code, _position(error)) for error in here if error.element_position is not None]
    return rows


def _position(error: SyntaxErrorV1) -> tuple[str, ...]:
    """S011: the element's place, and the component's where the element has several."""
    return tuple(str(place) for place in (error.element_position, error.component_position) if place is not None)

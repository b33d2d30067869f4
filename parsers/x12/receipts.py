"""X12 functional acknowledgements: 997 and 999 say that we could read an interchange, and where we could not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import InterchangeV1, SyntaxErrorV1
from parsers import codelists
from parsers.electronic.envelopes import errors_by_message
from parsers.x12.writing import Row, interchange

#: A transaction set and what was wrong with it.
_Received = tuple[MessageRefV1, list[SyntaxErrorV1]]


@dataclass(frozen=True, slots=True)
class _Tags:
    """What the two acknowledgements call their segments; their structure and the codes we use are the same."""

    kind: str
    segment: str
    element: str
    verdict: str
    version: str = ""


_TAGS_997 = _Tags("997", "AK3", "AK4", "AK5")
_TAGS_999 = _Tags("999", "IK3", "IK4", "IK5", version="005010X231A1")
#: X12 718 that make a transaction set unacceptable.
_REJECTING = frozenset({"2", "3", "4", "7", "23"})
#: The codes of I18 have three digits, those of 716 and 718 one or two.
_LENGTH_OF_I18 = 3
_ACKNOWLEDGEMENTS = frozenset({"997", "999"})


def rejects(error: SyntaxErrorV1) -> bool:
    """Whether an error makes its transaction set unacceptable, so that the 997 rejects it."""
    if not error.message_ref or error.element_position is not None:
        return False
    return error.code in _REJECTING if error.segment_position is None else error.code == "3"


def awaits_997(received: InterchangeV1) -> bool:
    """An acknowledgement is never acknowledged, nor what came bare from nobody knows whom; every other group of X12 is."""
    is_addressed = received.envelope.standard == "x12" and bool(received.envelope.sender)
    return is_addressed and any(message.message_type not in _ACKNOWLEDGEMENTS for message in received.messages)


def write_997(received: InterchangeV1, *, control_reference: str, at: datetime) -> bytes:
    """A 997 with a transaction set for each functional group of the interchange; AK3 and AK4 name segment and element."""
    return _acknowledged(received, _TAGS_997, control_reference=control_reference, at=at)


def write_999(received: InterchangeV1, *, control_reference: str, at: datetime) -> bytes:
    """A 999 (005010X231A1), which took the 997's place where a partner asks for it: IK3 and IK4 name segment and element."""
    return _acknowledged(received, _TAGS_999, control_reference=control_reference, at=at)


def _acknowledged(received: InterchangeV1, tags: _Tags, *, control_reference: str, at: datetime) -> bytes:
    groups: dict[str, list[_Received]] = {}
    for message, errors in zip(received.messages, errors_by_message(received), strict=True):
        if message.message_type not in _ACKNOWLEDGEMENTS:
            groups.setdefault(message.group_ref, []).append((message, errors))
    sets = [_group(members, received.errors, tags) for members in groups.values()]
    answered = next((members[0][0] for members in groups.values()), received.envelope)
    receipt = _ta1(received) if received.envelope.receipt_wanted else None
    return interchange(
        answered, tags.kind, sets, version=tags.version, control_reference=control_reference, at=at, receipt=receipt
    )


def _ta1(received: InterchangeV1) -> Row:
    """The receipt of the interchange itself, for a sender that asks for it (ISA14): accepted, or accepted with an error of I18.

    What is wrong with the envelope never costs the messages in it, so no interchange that could be read is rejected.
    """
    envelope = received.envelope
    of_envelope = [error.code for error in received.errors if len(error.code) == _LENGTH_OF_I18]
    verdict = ("E", of_envelope[0]) if of_envelope else ("A", "000")
    return ("TA1", envelope.interchange_ref, envelope.prepared[:6], envelope.prepared[6:10], *verdict)


def _group(messages: list[_Received], errors: Sequence[SyntaxErrorV1], tags: _Tags) -> list[Row]:
    first = messages[0][0]
    code = first.group_code or codelists.meaning("x12_functional_groups", first.message_type) or "PO"
    rows: list[Row] = [("AK1", code, first.group_ref or first.message_ref, first.version if tags.version else "")]
    verdicts: list[str] = []
    for message, own in messages:
        verdicts.append("R" if any(map(rejects, own)) else "E" if own else "A")
        rows += _set(message, own, verdicts[-1], tags)
    accepted = sum(verdict != "R" for verdict in verdicts)
    of_group = [e.code for e in errors if not e.message_ref and e.group_ref == first.group_ref and e.segment_tag in {"GS", "GE"}]
    count = str(len(messages))
    stated = next((e.value for e in errors if e.group_ref == first.group_ref and e.segment_tag == "GE" and e.code == "5"), count)
    whole = "R" if not accepted else "P" if accepted < len(messages) else "E" if "E" in verdicts or of_group else "A"
    return [*rows, ("AK9", whole, stated if stated.isdigit() else count, count, str(accepted), *of_group[:5])]


def _set(message: MessageRefV1, errors: list[SyntaxErrorV1], verdict: str, tags: _Tags) -> Iterator[Row]:
    yield ("AK2", message.message_type, message.message_ref)
    placed = [error for error in errors if error.segment_position is not None]
    for position in dict.fromkeys(error.segment_position for error in placed):
        here = [error for error in placed if error.segment_position == position]
        segment = next((error.code for error in here if error.element_position is None), "8")
        yield (tags.segment, here[0].segment_tag, str(position), "", segment)
        for error in here:
            if error.element_position is not None:
                yield (tags.element, str(error.element_position), "", error.code, error.value[:99])
    codes = list(dict.fromkeys(error.code for error in errors if error.segment_position is None))
    yield (tags.verdict, verdict, *(codes + (["5"] if placed else []))[:5])

"""The envelope of an EDI file while it is read: what EDIFACT (UNB, UNG, UNH) and X12 (ISA, GS, ST) have in common.

A message that is wrong costs only itself: its problems are its own, and the next header starts afresh. What differs, the
segments' names and the codes of the errors, is the readers'.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar, Protocol

from models.contracts.extraction_v1 import Intent, PurchaseOrderV1
from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import InterchangeV1, ReceiptV1, SyntaxErrorV1
from models.domain.findings import Severity
from models.domain.party import PartnerProfile
from parsers.electronic.segments import Segment
from parsers.electronic.structured import Fault, OrderDraft, control_characters, intent_of
from parsers.part_reading import OrderReading, PartReading

_MOST_SUSPECTS = 100  # segments whose control characters are reported


class OrderMapper(Protocol):
    """Makes an order of the segments between a message's header and its trailer."""

    draft: OrderDraft

    def take(self, segment: Segment) -> None: ...

    def order(self) -> PurchaseOrderV1: ...

    def missing(self) -> list[tuple[str, int | None]]:
        """The tags of mandatory segments that did not come, each with its place; None for that of the trailer."""
        ...


class ReceiptMapper(Protocol):
    """Makes receipts of the segments of a partner's acknowledgement."""

    def take(self, segment: Segment) -> None: ...

    def receipts(self) -> tuple[ReceiptV1, ...]: ...


@dataclass(slots=True)
class OpenMessage:
    """A message while it is read, and how many segments of each tag it had."""

    ref: MessageRefV1
    mapper: OrderMapper | None
    draft: OrderDraft
    receipt: ReceiptMapper | None = None
    occurrences: dict[str, int] = field(default_factory=dict)
    count: int = 0

    def number(self, segment: Segment) -> None:
        """Give the segment its place in the message."""
        tag = segment.tag
        self.count += 1
        occurrence = self.occurrences.get(tag, 0) + 1
        self.occurrences[tag] = occurrence
        segment.position, segment.occurrence = self.count, occurrence


@dataclass(slots=True)
class EnvelopeReader(ABC):
    """What was read of a file so far: finished orders and interchanges, and the ones that are open."""

    source_format: ClassVar[str]
    media_type: ClassVar[str]
    other_intents: ClassVar[dict[str, Intent]]
    #: Messages that forecast and call off in one (automotive); none of them is an order by itself.
    schedules: ClassVar[dict[str, str]]
    #: Messages that order goods in a form that is not read here.
    unread_orders: ClassVar[dict[str, str]] = {}
    #: Our faults as codes of the standard, and the code of a mandatory segment that is missing.
    fault_codes: ClassVar[dict[str, str]]
    missing_segment: ClassVar[str]
    #: The code of a segment that does not begin with a tag.
    no_tag: ClassVar[str]
    #: What uses each of the service segments.
    services: ClassVar[Mapping[str, Callable[[Any, Segment, Any], None]]]
    message_name: ClassVar[str]
    test_mark: ClassVar[str]
    shortest_tag: ClassVar[int]

    partners: Sequence[PartnerProfile] = ()
    #: Per tag the elements (and components) that the standard makes mandatory.
    mandatory: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    orders: list[OrderReading] = field(default_factory=list)
    interchanges: list[InterchangeV1] = field(default_factory=list)
    receipts: list[ReceiptV1] = field(default_factory=list)
    draft: OrderDraft = field(default_factory=OrderDraft)
    envelope: MessageRefV1 | None = None
    groups: int = 0
    group_messages: int = 0
    messages: list[MessageRefV1] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    received: set[tuple[str, str]] = field(default_factory=set)
    errors: list[SyntaxErrorV1] = field(default_factory=list)
    others: list[Intent] = field(default_factory=list)
    message: OpenMessage | None = None
    #: Control characters that the file may hold, and in how many more segments others are looked for.
    separators: str = ""
    suspects: int = 0

    def read(self, found: Iterable[tuple[Segment, object]]) -> None:
        """Use the segments of a file, each with the separators that it was read with."""
        services = self.services
        for segment, delimiters in found:
            message = self.message
            service = services.get(segment.tag)
            if service is not None:
                service(self, segment, delimiters)
            elif message is not None:
                self._take_in_message(message, segment)
            else:
                self.outside(segment)

    @abstractmethod
    def outside(self, segment: Segment) -> None:
        """Say of a segment that it stands in no message."""

    @abstractmethod
    def error(
        self, code: str, text: str, *, tag: str = "", element: int | None = None, value: str = "", segment: Segment | None = None
    ) -> None:
        """A syntax error of the open message, or of the group or interchange where none is open."""

    def check_characters(self, text: str, part: str, *, allowed: str) -> None:
        strange = control_characters(text, allowed=allowed)
        if strange:
            self.separators, self.suspects = allowed, _MOST_SUSPECTS
            message = f"{part} holds control characters ({strange}); they were read as blanks"
            self.draft.problem("control_characters", Severity.WARNING, message)

    def reading(self, part: str) -> PartReading:
        """Everything that was read, after the last segment."""
        intent = intent_of([reading.order.kind for reading in self.orders])
        if intent is Intent.OTHER and self.others:
            intent = self.others[0]
        self.draft.list_leftovers()
        return PartReading(
            part=part, media_type=self.media_type, intent=intent, orders=tuple(self.orders),
            problems=tuple(self.draft.problems), interchanges=tuple(self.interchanges),
            receipts=tuple(self.receipts),
        )  # fmt: skip

    @abstractmethod
    def receipt_of(self, ref: MessageRefV1) -> ReceiptMapper | None:
        """What reads this message where it acknowledges one of ours, else None."""

    def open(
        self, ref: MessageRefV1, mapper: OrderMapper | None, header: Segment, *, repeated: str, element: int | None = None
    ) -> None:
        """Begin a message; `repeated` is the code for a reference that its group had before."""
        draft = mapper.draft if mapper is not None else OrderDraft()
        for partner in self.partners:
            if partner.sends_as(ref.standard, ref.sender):
                draft.units, draft.owners = partner.units, partner.part_numbers
        self.message = OpenMessage(ref, mapper, draft, None if mapper is not None else self.receipt_of(ref))
        self.message.number(header)
        self.messages.append(ref)
        self.group_messages += 1
        if (ref.group_ref, ref.message_ref) in self.seen:
            what = f"the reference {ref.message_ref!r} occurs twice in its group"
            self.error(repeated, what, tag=header.tag, element=element)
        self.seen.add((ref.group_ref, ref.message_ref))

    def _take_in_message(self, message: OpenMessage, segment: Segment) -> None:
        """Use a segment between header and trailer."""
        tag = segment.tag
        # what `number` does, without a call for each of a long order's segments
        message.count = segment.position = message.count + 1
        message.occurrences[tag] = segment.occurrence = message.occurrences.get(tag, 0) + 1
        if segment.unterminated:
            text = f"{segment.place} has lost its terminator; it was read up to the next segment"
            message.draft.problem("missing_terminator", Severity.WARNING, text)
        if self.suspects:
            self._check_segment(segment)
        wanted = self.mandatory.get(tag)
        if wanted is None and not is_tag(tag, self.shortest_tag):
            self.error(self.no_tag, f"{segment.text[:60]!r} does not begin with a segment tag", segment=segment)
        elif message.mapper is not None:
            if wanted is not None:
                _check_mandatory(message.draft, segment, wanted)
            message.mapper.take(segment)
        elif message.receipt is not None:
            message.receipt.take(segment)

    def _check_segment(self, segment: Segment) -> None:
        """Report its first element with a control character."""
        for element in range(1, len(segment.elements) + 1):
            strange = control_characters("".join(segment.elements[element - 1]), allowed=self.separators)
            if strange:
                self.suspects -= 1
                text = f"{segment.place}, element {element}: control characters ({strange})"
                self.error(self.fault_codes["invalid_characters"], text, element=element, segment=segment)
                return

    def finish(self, message: OpenMessage) -> None:
        """Take the message's order, or say what it is instead."""
        if message.mapper is None:
            self._leave_other(message)
        else:
            self._finish_order(message, message.mapper)
        self.message = None

    def _leave_other(self, message: OpenMessage) -> None:
        kind = message.ref.message_type
        if message.receipt is not None:
            self.receipts.extend(message.receipt.receipts())
        self.others.append(self.other_intents.get(kind, Intent.OTHER))
        text = f"{self.message_name} {message.ref.message_ref} is {kind or 'of no stated type'}, not an order"
        schedule = self.schedules.get(kind)
        if schedule:
            asked = f"{text}: a {schedule}; it may call goods off, so look at it, and ask the sender for orders"
            self.draft.problem("delivery_schedule", Severity.WARNING, asked)
        elif kind in self.unread_orders:
            asked = (
                f"{self.message_name} {message.ref.message_ref} is {kind}, a {self.unread_orders[kind]}, which is not read here"
            )
            self.draft.problem("may_be_order", Severity.ERROR, f"{asked}: see what it orders, or ask the sender for an order")
        else:
            self.draft.problem("other_message", Severity.INFO, text)
        for problem in message.draft.problems:
            self.draft.problem(problem.code, problem.severity, problem.message)

    def _finish_order(self, message: OpenMessage, mapper: OrderMapper) -> None:
        order = mapper.order()
        if message.ref.test:
            text = f"the interchange is marked as a test ({self.test_mark}): do not ship for it"
            message.draft.problem("test_message", Severity.ERROR, text)
        for tag, place in mapper.missing():
            position = message.count if place is None else place
            self.errors.append(self.syntax_error(self.missing_segment, f"{tag} is missing", tag=tag, position=position))
        self.errors.extend(map(self._fault, message.draft.faults))
        problems = tuple(message.draft.problems)
        self.orders.append(OrderReading(order=order, problems=problems, message=message.ref, source_format=self.source_format))

    def keep_interchange(self, envelope: MessageRefV1, *, repeated: str) -> None:
        """Close the interchange; `repeated` is the code for one whose reference the file had before, from the same sender."""
        if envelope.interchange_ref and (envelope.sender, envelope.interchange_ref) in self.received:
            what = f"the file holds the interchange {envelope.interchange_ref!r} of {envelope.sender!r} more than once"
            self.error(repeated, what, value=envelope.interchange_ref)
        self.received.add((envelope.sender, envelope.interchange_ref))
        self.interchanges.append(InterchangeV1(envelope=envelope, messages=tuple(self.messages), errors=tuple(self.errors)))

    def keep_bare(self) -> None:
        """Close what came without an envelope: its messages are acknowledged where the door knows whose they are."""
        if self.messages:
            first = self.messages[0]
            envelope = MessageRefV1(
                standard=first.standard,
                message_type="",
                sender=first.sender,
                receiver=first.receiver,
                delimiters=first.delimiters,
            )
            self.interchanges.append(InterchangeV1(envelope=envelope, messages=tuple(self.messages), errors=tuple(self.errors)))

    def check_count(self, trailer: Segment, counted: int, code: str, *, element: int | None = None) -> None:
        """A trailer's count, its first element."""
        stated = trailer.get(1)
        if not (stated.isascii() and stated.isdigit()) or int(stated[:12]) != counted:
            text = f"{trailer.tag} states {stated[:20]!r}, but {counted} were received; something may be missing"
            self.error(code, text, tag=trailer.tag, element=element, value=stated)

    def _fault(self, fault: Fault) -> SyntaxErrorV1:
        segment = fault.source if isinstance(fault.source, Segment) else None
        code = self.fault_codes[fault.kind]
        return self.syntax_error(code, fault.message, segment=segment, element=fault.element, value=fault.value)

    def owner(self) -> MessageRefV1 | None:
        """The message, or else the group, that an error found now belongs to."""
        return self.message.ref if self.message is not None else None

    def syntax_error(
        self, code: str, text: str, *, tag: str = "", position: int | None = None, element: int | None = None, value: str = "",
        segment: Segment | None = None,
    ) -> SyntaxErrorV1:  # fmt: skip
        """An error as the acknowledgement will report it; a code may name its list ("723:7")."""
        ref = self.owner()
        parts = segment.components(element) if segment is not None and element is not None else ()
        component = next((place for place, part in enumerate(parts, 1) if part.strip() == value), None)
        return SyntaxErrorV1(
            code=code.rpartition(":")[2], message=text, message_ref=ref.message_ref if ref else "",
            group_ref=ref.group_ref if ref else "", segment_tag=segment.tag if segment else tag,
            segment_position=segment.position if segment else position, element_position=element, value=value,
            component_position=component if len(parts) > 1 and value else None,
            message_index=len(self.messages) - 1 if self.message is not None else None,
        )  # fmt: skip


def _check_mandatory(draft: OrderDraft, segment: Segment, wanted: Sequence[tuple[int, int]]) -> None:
    elements = segment.elements
    for element, component in wanted:
        if len(elements) < element or len(elements[element - 1]) < component or not elements[element - 1][component - 1]:
            what = f"component {component} of it must be stated" if component > 1 else "it must be stated"
            draft.fault("missing", segment, what, element=element, severity=Severity.WARNING)


@lru_cache(maxsize=1024)
def is_tag(tag: str, shortest: int) -> bool:
    """Whether it has the form of a segment's tag: capitals or digits, three or (in X12) two."""
    return shortest <= len(tag) <= 3 and tag.isascii() and tag.isalnum() and tag.isupper()


def errors_by_message(received: InterchangeV1) -> list[list[SyntaxErrorV1]]:
    """The errors of each message, in the messages' order; those of the envelope are left out."""
    found: list[list[SyntaxErrorV1]] = [[] for _ in received.messages]
    places: dict[tuple[str, str], int] = {}
    for index, message in enumerate(received.messages):
        places.setdefault((message.group_ref, message.message_ref), index)
    for error in received.errors:
        place = error.message_index
        if place is None and error.message_ref:
            place = places.get((error.group_ref, error.message_ref))
        if place is not None and place < len(found):
            found[place].append(error)
    return found

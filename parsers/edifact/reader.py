"""An EDIFACT file as orders: the envelope (UNB, UNG, UNH and their trailers) with the checks that ISO 9735 asks for.

A message that is wrong costs only itself: its problems are its own, and the next UNH starts afresh.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from models.contracts.extraction_v1 import Intent, Problem
from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import InterchangeV1, SyntaxErrorV1
from models.domain.findings import Severity
from parsers.edifact.orders import OrderMapper
from parsers.edifact.syntax import Decoded, Delimiters, decoded, segments
from parsers.part_reading import OrderReading, PartReading
from parsers.segments import Segment
from parsers.structured import Fault, OrderDraft, control_characters, intent_of

_ORDER_TYPES = frozenset({"ORDERS", "ORDCHG"})
_OTHER_INTENTS = {"REQOTE": Intent.QUOTE_REQUEST, "RETANN": Intent.RETURN_REQUEST, "OSTENQ": Intent.ORDER_STATUS_ENQUIRY}
#: Our faults as UN/ECE 0085.
_CODES = {
    "missing": "13", "invalid_value": "12", "invalid_date": "12", "invalid_code": "12", "invalid_characters": "21",
    "too_long": "39",
}  # fmt: skip


def read_edifact(content: bytes, part: str) -> PartReading:
    """The orders of an EDIFACT file with one or several interchanges. `Rejected` where it is no EDIFACT.

    `interchanges` holds for each UNB its messages and the errors that a CONTRL must report (codes of UN/ECE 0085).
    """
    text = decoded(content)
    reader = _Reader()
    reader.check_charset(text, part)
    for segment, delimiters in segments(text.text, part):
        reader.take(segment, delimiters)
    return reader.reading(part)


@dataclass(slots=True)
class _Message:
    ref: MessageRefV1
    mapper: OrderMapper | None
    draft: OrderDraft
    tags: Counter[str] = field(default_factory=Counter)
    count: int = 0
    errors: list[SyntaxErrorV1] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    orders: list[OrderReading] = field(default_factory=list)
    interchanges: list[InterchangeV1] = field(default_factory=list)
    draft: OrderDraft = field(default_factory=OrderDraft)
    envelope: MessageRefV1 | None = None
    group: Segment | None = None
    groups: int = 0
    group_messages: int = 0
    messages: list[MessageRefV1] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    errors: list[SyntaxErrorV1] = field(default_factory=list)
    others: list[Intent] = field(default_factory=list)
    message: _Message | None = None

    def check_charset(self, text: Decoded, part: str) -> None:
        if text.misdeclared:
            message = f"{part} promises {text.promised} in UNB but is {text.codec}; it was read as {text.codec}"
            self.draft.problem("wrong_charset", Severity.WARNING, message)
        strange = control_characters(text.text, allowed="\x1c\x1d\x1f" if "\x1d" in text.text[:4] else "")
        if strange:
            message = f"{part} holds control characters ({strange}); they were read as blanks"
            self.draft.problem("control_characters", Severity.WARNING, message)

    def take(self, segment: Segment, delimiters: Delimiters) -> None:
        """Use one segment of the file, service segments and others."""
        if segment.tag == "UNB":
            self._open_interchange(segment, delimiters)
        elif segment.tag == "UNZ":
            self._close_interchange(segment)
        elif segment.tag in {"UNG", "UNE"}:
            self._end_message(None)
            self._open_group(segment) if segment.tag == "UNG" else self._close_group(segment)
        elif segment.tag == "UNH":
            self._open_message(segment, delimiters)
        elif self.message is None:
            self._error("33", f"{segment.tag} stands outside any message: {segment.text[:80]}", tag=segment.tag)
        else:
            self._take_in_message(self.message, segment)

    def reading(self, part: str) -> PartReading:
        """Everything that was read, after the last segment."""
        self._close_interchange(None)
        intent = intent_of([reading.order.kind for reading in self.orders])
        if intent is Intent.OTHER and self.others:
            intent = self.others[0]
        self.draft.list_leftovers()
        return PartReading(
            part=part, media_type="application/edifact", intent=intent, orders=tuple(self.orders),
            problems=tuple(self.draft.problems), interchanges=tuple(self.interchanges),
        )  # fmt: skip

    def _open_interchange(self, segment: Segment, delimiters: Delimiters) -> None:
        self._close_interchange(None)
        self.envelope = MessageRefV1(
            standard="edifact", message_type="", syntax=":".join(segment.components(1)[:2]),
            sender=segment.get(2), sender_qualifier=segment.get(2, 2),
            receiver=segment.get(3), receiver_qualifier=segment.get(3, 2),
            interchange_ref=segment.get(5), delimiters=str(delimiters), test=segment.get(11) == "1",
        )  # fmt: skip
        if not segment.get(5):
            self._error("13", "UNB has no interchange reference", tag="UNB", element=5)

    def _close_interchange(self, trailer: Segment | None) -> None:
        self._end_message(None)
        self._end_group(None)
        if self.envelope is None:
            if trailer is not None:
                self._error("33", "UNZ without UNB", tag="UNZ")
            self._reset()
            return
        if trailer is None:
            self._error(
                "13", "the trailer UNZ is missing: the file may have been cut off; ask whether messages are missing", tag="UNZ"
            )
        else:
            self._check("UNZ", trailer, counted=self.groups or len(self.messages), ref=self.envelope.interchange_ref)
        self.interchanges.append(InterchangeV1(envelope=self.envelope, messages=tuple(self.messages), errors=tuple(self.errors)))
        self._reset()

    def _reset(self) -> None:
        self.envelope, self.group, self.groups, self.group_messages = None, None, 0, 0
        self.messages, self.errors, self.seen = [], [], set()

    def _open_group(self, segment: Segment) -> None:
        self._end_group(None)
        self.group, self.group_messages = segment, 0
        self.groups += 1

    def _close_group(self, trailer: Segment) -> None:
        if self.group is None:
            self._error("33", "UNE without UNG", tag="UNE")
        self._end_group(trailer)

    def _end_group(self, trailer: Segment | None) -> None:
        group, self.group = self.group, None
        if group is None:
            return
        if trailer is None:
            self._error("13", f"the group {group.get(5)} has no trailer UNE", tag="UNE")
        else:
            self._check("UNE", trailer, counted=self.group_messages, ref=group.get(5))

    def _open_message(self, segment: Segment, delimiters: Delimiters) -> None:
        self._end_message(None)
        ref = self._message_ref(segment, delimiters)
        draft = OrderDraft()
        mapper = OrderMapper(ref.message_type, draft) if ref.message_type in _ORDER_TYPES else None
        self.message = _Message(ref, mapper, draft)
        self._number(self.message, segment)
        if (ref.group_ref, ref.message_ref) in self.seen:
            self._error("26", f"the message reference {ref.message_ref!r} occurs twice in its interchange", tag="UNH", element=1)
        self.seen.add((ref.group_ref, ref.message_ref))
        self.messages.append(ref)
        self.group_messages += 1

    def _message_ref(self, unh: Segment, delimiters: Delimiters) -> MessageRefV1:
        """UNH's S009, completed from UNG where the message leaves it to its group."""
        base = self.envelope or MessageRefV1(standard="edifact", message_type="", delimiters=str(delimiters))
        group = self.group or Segment("UNG", (), "")
        version = [unh.get(2, 2) or group.get(7), unh.get(2, 3) or group.get(7, 2), unh.get(2, 4) or group.get(6), unh.get(2, 5)]
        found = {
            "message_type": (unh.get(2) or group.get(1)).upper(), "version": ":".join(version).rstrip(":"),
            "message_ref": unh.get(1),
            "group_ref": group.get(5), "group_code": group.get(1), "group_sender": group.get(2), "group_receiver": group.get(3),
        }  # fmt: skip
        return base.model_copy(update=found)

    def _take_in_message(self, message: _Message, segment: Segment) -> None:
        self._number(message, segment)
        if segment.unterminated:
            text = f"{segment.place} has lost its terminator; it was read up to the next segment"
            message.draft.problem("missing_terminator", Severity.WARNING, text)
        if segment.tag == "UNT":
            self._end_message(segment)
        elif not (len(segment.tag) == 3 and segment.tag.isalnum() and segment.tag.isascii() and segment.tag.isupper()):
            self._error("12", f"{segment.text[:60]!r} does not begin with a segment tag", segment=segment)
        elif message.mapper is not None:
            message.mapper.take(segment)

    def _number(self, message: _Message, segment: Segment) -> None:
        message.count += 1
        message.tags[segment.tag] += 1
        segment.position, segment.occurrence = message.count, message.tags[segment.tag]

    def _end_message(self, trailer: Segment | None) -> None:
        message = self.message
        if message is None:
            return
        if trailer is None:
            self._error("13", f"message {message.ref.message_ref} has no trailer UNT: it may have been cut off", tag="UNT")
        else:
            self._check("UNT", trailer, counted=message.count, ref=message.ref.message_ref)
        if message.mapper is None:
            self._leave_other(message)
        else:
            self._finish_order(message, message.mapper)
        self.errors.extend(message.errors)
        self.message = None

    def _leave_other(self, message: _Message) -> None:
        kind = message.ref.message_type
        self.others.append(_OTHER_INTENTS.get(kind, Intent.OTHER))
        text = f"message {message.ref.message_ref} is {kind or 'of no stated type'}, not an order"
        self.draft.problem("other_message", Severity.INFO, text)
        for problem in message.draft.problems:
            self.draft.problem(problem.code, problem.severity, problem.message)

    def _finish_order(self, message: _Message, mapper: OrderMapper) -> None:
        order = mapper.order()
        if message.ref.test:
            text = "the interchange is marked as a test (UNB 0035): do not ship for it"
            message.draft.problem("test_message", Severity.ERROR, text)
        if mapper.bgm is None:
            message.errors.append(self._syntax_error("13", "BGM is missing", tag="BGM", position=2))
        message.errors.extend(self._fault(fault) for fault in message.draft.faults)
        problems: tuple[Problem, ...] = tuple(message.draft.problems)
        self.orders.append(OrderReading(order=order, problems=problems, message=message.ref, source_format="edifact"))

    def _check(self, tag: str, trailer: Segment, *, counted: int, ref: str) -> None:
        """A trailer's count (element 1) and reference (element 2)."""
        stated = trailer.get(1)
        if not (stated.isascii() and stated.isdigit()) or int(stated[:12]) != counted:
            self._error("29", f"{tag} states {stated[:20]!r}, but {counted} were received; something may be missing",
                        tag=tag, element=1, value=stated)  # fmt: skip
        if trailer.get(2) != ref:
            self._error("28", f"{tag} quotes {trailer.get(2)!r}, the header {ref!r}", tag=tag, element=2, value=trailer.get(2))

    def _error(
        self, code: str, text: str, *, tag: str = "", element: int | None = None, value: str = "", segment: Segment | None = None
    ) -> None:
        """A syntax error of the open message, or of the interchange where none is open."""
        position = segment.position if segment is not None else None
        error = self._syntax_error(
            code, text, tag=segment.tag if segment else tag, position=position, element=element, value=value
        )
        message = self.message
        if message is None:
            self.errors.append(error)
            self.draft.problem("edifact_syntax", Severity.WARNING, f"{text} (UN/ECE 0085: {code})")
        else:
            message.errors.append(error)
            severity = Severity.ERROR if code in {"26", "29"} or (code == "13" and tag == "UNT") else Severity.WARNING
            message.draft.problem("edifact_syntax", severity, f"{text} (UN/ECE 0085: {code})")

    def _fault(self, fault: Fault) -> SyntaxErrorV1:
        segment = fault.source
        tag, position = (segment.tag, segment.position) if isinstance(segment, Segment) else ("", None)
        return self._syntax_error(
            _CODES[fault.kind], fault.message, tag=tag, position=position, element=fault.element, value=fault.value
        )

    def _syntax_error(
        self, code: str, text: str, *, tag: str = "", position: int | None = None, element: int | None = None, value: str = ""
    ) -> SyntaxErrorV1:
        ref = self.message.ref if self.message is not None else None
        return SyntaxErrorV1(
            code=code, message=text, message_ref=ref.message_ref if ref else "", group_ref=ref.group_ref if ref else "",
            segment_tag=tag, segment_position=position, element_position=element, value=value,
        )  # fmt: skip

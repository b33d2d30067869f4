"""An X12 file as orders: the envelope (ISA, GS, ST and their trailers) with the checks that X12.5 and X12.6 ask for.

A transaction set that is wrong costs only itself: its problems are its own, and the next ST starts afresh.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from models.contracts.extraction_v1 import Intent
from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import InterchangeV1, SyntaxErrorV1
from models.domain.findings import Severity
from parsers.part_reading import OrderReading, PartReading
from parsers.segments import Segment
from parsers.structured import Fault, OrderDraft, control_characters, intent_of
from parsers.x12.orders import OrderMapper
from parsers.x12.syntax import Delimiters, decoded, segments

_ORDER_TYPES = frozenset({"850", "860"})
_OTHER_INTENTS = {"840": Intent.QUOTE_REQUEST, "869": Intent.ORDER_STATUS_ENQUIRY, "180": Intent.RETURN_REQUEST}
#: Our faults as X12 723 (AK403).
_CODES = {
    "missing": "1", "invalid_value": "7", "invalid_date": "8", "invalid_code": "7", "invalid_characters": "6", "too_long": "5",
}  # fmt: skip


def read_x12(content: bytes, part: str) -> PartReading:
    """The orders of an X12 file with one or several interchanges. `Rejected` where it is no X12.

    `interchanges` holds for each ISA its transaction sets and the errors that a 997 must report (716, 718, 720, 723).
    """
    text = decoded(content)
    reader = _Reader()
    first: Delimiters | None = None
    for segment, delimiters in segments(text, part):
        first = first or delimiters
        reader.take(segment, delimiters)
    reader.check_characters(text, part, first or Delimiters())
    return reader.reading(part)


@dataclass(slots=True)
class _Set:
    ref: MessageRefV1
    mapper: OrderMapper | None
    draft: OrderDraft
    tags: Counter[str] = field(default_factory=Counter)
    count: int = 0


@dataclass(slots=True)
class _Reader:
    orders: list[OrderReading] = field(default_factory=list)
    interchanges: list[InterchangeV1] = field(default_factory=list)
    draft: OrderDraft = field(default_factory=OrderDraft)
    envelope: MessageRefV1 | None = None
    group: MessageRefV1 | None = None
    groups: int = 0
    group_sets: int = 0
    messages: list[MessageRefV1] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    errors: list[SyntaxErrorV1] = field(default_factory=list)
    others: list[Intent] = field(default_factory=list)
    set: _Set | None = None

    def check_characters(self, text: str, part: str, delimiters: Delimiters) -> None:
        strange = control_characters(text, allowed=str(delimiters))
        if strange:
            message = f"{part} holds control characters ({strange}); they were read as blanks"
            self.draft.problem("control_characters", Severity.WARNING, message)

    def take(self, segment: Segment, delimiters: Delimiters) -> None:
        """Use one segment of the file, service segments and others."""
        envelope = _ENVELOPE.get(segment.tag)
        if envelope is not None:
            envelope(self, segment, delimiters)
        elif segment.tag == "TA1" and self.set is None:
            self.others.append(Intent.OTHER)
        elif self.set is None:
            self._error("I18:022", f"{segment.tag} stands outside any transaction set: {segment.text[:80]}", tag=segment.tag)
        else:
            self._take_in_set(self.set, segment)

    def reading(self, part: str) -> PartReading:
        """Everything that was read, after the last segment."""
        self._close_interchange(None)
        intent = intent_of([reading.order.kind for reading in self.orders])
        if intent is Intent.OTHER and self.others:
            intent = self.others[0]
        return PartReading(
            part=part, media_type="application/edi-x12", intent=intent, orders=tuple(self.orders),
            problems=tuple(self.draft.problems), interchanges=tuple(self.interchanges),
        )  # fmt: skip

    def open_interchange(self, segment: Segment, delimiters: Delimiters) -> None:
        self._close_interchange(None)
        self.envelope = MessageRefV1(
            standard="x12", message_type="", syntax=segment.get(12), sender_qualifier=segment.get(5), sender=segment.get(6),
            receiver_qualifier=segment.get(7), receiver=segment.get(8), interchange_ref=segment.get(13),
            delimiters=str(delimiters), test=segment.get(15) == "T",
        )  # fmt: skip

    def close_interchange(self, trailer: Segment, delimiters: Delimiters) -> None:  # noqa: ARG002 - the shape of the table's calls
        self._close_interchange(trailer)

    def _close_interchange(self, trailer: Segment | None) -> None:
        self._end_set(None)
        self._end_group(None)
        envelope, self.envelope = self.envelope, None
        if envelope is None:
            if trailer is not None:
                self._error("I18:022", "IEA without ISA", tag="IEA")
            return
        if trailer is None:
            self._error(
                "I18:023", "the trailer IEA is missing: the file may have been cut off; ask whether orders are missing", tag="IEA"
            )
        else:
            self._check_trailer(trailer, counted=self.groups, ref=envelope.interchange_ref, codes=("I18:021", "I18:001"))
        self.interchanges.append(InterchangeV1(envelope=envelope, messages=tuple(self.messages), errors=tuple(self.errors)))
        self.groups, self.messages, self.errors, self.seen = 0, [], [], set()

    def open_group(self, segment: Segment, delimiters: Delimiters) -> None:
        self._end_set(None)
        self._end_group(None)
        base = self.envelope or MessageRefV1(standard="x12", message_type="", delimiters=str(delimiters))
        found = {
            "group_code": segment.get(1), "group_sender": segment.get(2), "group_receiver": segment.get(3),
            "group_ref": segment.get(6), "version": segment.get(8),
        }  # fmt: skip
        self.group, self.group_sets = base.model_copy(update=found), 0
        self.groups += 1

    def close_group(self, trailer: Segment, delimiters: Delimiters) -> None:  # noqa: ARG002
        self._end_set(None)
        if self.group is None:
            self._error("I18:022", "GE without GS", tag="GE")
        self._end_group(trailer)

    def _end_group(self, trailer: Segment | None) -> None:
        group = self.group
        if group is None:
            return
        if trailer is None:
            self._error("716:3", f"the group {group.group_ref} has no trailer GE", tag="GE")
        else:
            self._check_trailer(trailer, counted=self.group_sets, ref=group.group_ref, codes=("716:5", "716:4"))
        self.group = None

    def open_set(self, segment: Segment, delimiters: Delimiters) -> None:
        self._end_set(None)
        base = self.group or self.envelope or MessageRefV1(standard="x12", message_type="", delimiters=str(delimiters))
        ref = base.model_copy(update={"message_type": segment.get(1), "message_ref": segment.get(2)})
        draft = OrderDraft()
        mapper = OrderMapper(ref.message_type, draft) if ref.message_type in _ORDER_TYPES else None
        self.set = _Set(ref, mapper, draft)
        self._number(self.set, segment)
        if (ref.group_ref, ref.message_ref) in self.seen:
            self._error("718:23", f"the control number {ref.message_ref!r} occurs twice in its group", tag="ST")
        self.seen.add((ref.group_ref, ref.message_ref))
        self.messages.append(ref)
        self.group_sets += 1

    def close_set(self, trailer: Segment, delimiters: Delimiters) -> None:  # noqa: ARG002
        if self.set is None:
            self._error("I18:022", "SE without ST", tag="SE")
            return
        self._number(self.set, trailer)
        self._end_set(trailer)

    def _take_in_set(self, transaction: _Set, segment: Segment) -> None:
        self._number(transaction, segment)
        if segment.unterminated:
            text = f"{segment.place} has lost its terminator; it was read up to the next segment"
            transaction.draft.problem("missing_terminator", Severity.WARNING, text)
        if not (2 <= len(segment.tag) <= 3 and segment.tag.isalnum() and segment.tag.isascii() and segment.tag.isupper()):
            error = self._syntax_error("720:2", f"{segment.text[:60]!r} does not begin with a segment tag", segment=segment)
            self.errors.append(error)
            transaction.draft.problem("x12_syntax", Severity.WARNING, f"{segment.place}: {error.message}")
        elif transaction.mapper is not None:
            transaction.mapper.take(segment)

    def _number(self, transaction: _Set, segment: Segment) -> None:
        transaction.count += 1
        transaction.tags[segment.tag] += 1
        segment.position, segment.occurrence = transaction.count, transaction.tags[segment.tag]

    def _end_set(self, trailer: Segment | None) -> None:
        transaction = self.set
        if transaction is None:
            return
        if trailer is None:
            text = f"transaction set {transaction.ref.message_ref} has no trailer SE: it may have been cut off"
            self._error("718:2", text, tag="SE")
        else:
            self._check_trailer(trailer, counted=transaction.count, ref=transaction.ref.message_ref, codes=("718:4", "718:3"))
        if transaction.mapper is None:
            self._leave_other(transaction)
        else:
            self._finish_order(transaction, transaction.mapper)
        self.set = None

    def _leave_other(self, transaction: _Set) -> None:
        kind = transaction.ref.message_type
        self.others.append(_OTHER_INTENTS.get(kind, Intent.OTHER))
        text = f"transaction set {transaction.ref.message_ref} is {kind or 'of no stated type'}, not an order"
        self.draft.problem("other_message", Severity.INFO, text)
        for problem in transaction.draft.problems:
            self.draft.problem(problem.code, problem.severity, problem.message)

    def _finish_order(self, transaction: _Set, mapper: OrderMapper) -> None:
        order = mapper.order()
        if transaction.ref.test:
            transaction.draft.problem(
                "test_message", Severity.ERROR, "the interchange is marked as a test (ISA15): do not ship for it"
            )
        if mapper.begin is None:
            tag = "BCH" if transaction.ref.message_type == "860" else "BEG"
            self.errors.append(self._syntax_error("720:3", f"{tag} is missing", tag=tag, position=2))
        self.errors.extend(map(self._fault, transaction.draft.faults))
        problems = tuple(transaction.draft.problems)
        self.orders.append(OrderReading(order=order, problems=problems, message=transaction.ref, source_format="x12"))

    def _check_trailer(self, trailer: Segment, *, counted: int, ref: str, codes: tuple[str, str]) -> None:
        """A trailer's count (element 1) and control number (element 2); `codes` are those for either."""
        stated = trailer.get(1)
        if not (stated.isascii() and stated.isdigit()) or int(stated[:12]) != counted:
            text = f"{trailer.tag} states {stated[:20]!r}, but {counted} were received; something may be missing"
            self._error(codes[0], text, tag=trailer.tag, value=stated)
        if trailer.get(2) != ref and trailer.get(2).lstrip("0") != ref.lstrip("0"):
            text = f"{trailer.tag} quotes {trailer.get(2)!r}, the header {ref!r}"
            self._error(codes[1], text, tag=trailer.tag, value=trailer.get(2))

    def _error(self, code: str, text: str, *, tag: str = "", value: str = "") -> None:
        """A syntax error of the open transaction set, or of the group or interchange where none is open."""
        self.errors.append(self._syntax_error(code, text, tag=tag, value=value))
        listed, _, number = code.partition(":")
        message = f"{text} (X12 {listed}: {number})"
        if self.set is None:
            self.draft.problem("x12_syntax", Severity.WARNING, message)
            return
        severity = Severity.ERROR if code in {"718:2", "718:4", "718:23"} else Severity.WARNING
        self.set.draft.problem("x12_syntax", severity, message)

    def _fault(self, fault: Fault) -> SyntaxErrorV1:
        source = fault.source
        segment = source if isinstance(source, Segment) else None
        return self._syntax_error(
            f"723:{_CODES[fault.kind]}", fault.message, segment=segment, element=fault.element, value=fault.value
        )

    def _syntax_error(
        self, code: str, text: str, *, tag: str = "", position: int | None = None, element: int | None = None, value: str = "",
        segment: Segment | None = None,
    ) -> SyntaxErrorV1:  # fmt: skip
        ref = self.set.ref if self.set is not None else self.group
        return SyntaxErrorV1(
            code=code.partition(":")[2], message=text, message_ref=ref.message_ref if ref else "",
            group_ref=ref.group_ref if ref else "", segment_tag=segment.tag if segment else tag,
            segment_position=segment.position if segment else position, element_position=element, value=value,
        )  # fmt: skip


_ENVELOPE = {
    "ISA": _Reader.open_interchange, "GS": _Reader.open_group, "ST": _Reader.open_set,
    "SE": _Reader.close_set, "GE": _Reader.close_group, "IEA": _Reader.close_interchange,
}  # fmt: skip

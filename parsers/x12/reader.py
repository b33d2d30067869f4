"""An X12 file as orders: the envelope (ISA, GS, ST and their trailers) with the checks that X12.5 and X12.6 ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from models.contracts.extraction_v1 import Intent
from models.contracts.interchange_v1 import MessageRefV1
from models.domain.findings import Severity
from models.domain.party import PartnerProfile
from parsers import codelists
from parsers.electronic.envelopes import EnvelopeReader, ReceiptMapper
from parsers.electronic.segments import Segment
from parsers.garbage import uncollected
from parsers.part_reading import PartReading
from parsers.x12.orders import OrderMapper
from parsers.x12.partner_receipts import FunctionalMapper, receipt_of_ta1
from parsers.x12.syntax import Delimiters, decoded, segments

_ORDER_TYPES = frozenset({"850", "860"})


def read_x12(content: bytes, part: str, partners: Sequence[PartnerProfile] = ()) -> PartReading:
    """The orders of an X12 file with one or several interchanges. `Rejected` where it is no X12.

    `partners` say what their own codes mean.

    `interchanges` holds for each ISA its transaction sets and the errors that a 997 must report (716, 718, 720, 723).
    """
    text = decoded(content)
    reader = _Reader(partners=partners, mandatory=codelists.mandatory("x12_mandatory"))
    with uncollected():
        found = segments(text, part)
        first = next(found)
        reader.check_characters(text, part, allowed=str(first[1]))
        reader.read(chain([first], found))
        reader.close_interchange(None)
        return reader.reading(part)


@dataclass(slots=True)
class _Reader(EnvelopeReader):
    source_format = "x12"
    media_type = "application/edi-x12"
    message_name = "transaction set"
    test_mark = "ISA15"
    shortest_tag = 2
    missing_segment = "720:3"
    no_tag = "720:2"
    other_intents = {  # noqa: RUF012 - ClassVar is said where it is declared
        "840": Intent.QUOTE_REQUEST, "869": Intent.ORDER_STATUS_ENQUIRY, "180": Intent.RETURN_REQUEST,
    }  # fmt: skip
    schedules = {  # noqa: RUF012
        "830": "planning schedule with release capability", "862": "shipping schedule", "866": "production sequence",
    }  # fmt: skip
    unread_orders = {  # noqa: RUF012
        "875": "grocery products order", "876": "grocery products order change",
    }  # fmt: skip
    #: Our faults as X12 723 (AK403).
    fault_codes = {  # noqa: RUF012
        "missing": "723:1", "invalid_value": "723:7", "invalid_number": "723:6", "invalid_date": "723:8", "invalid_code": "723:7",
        "invalid_characters": "723:6", "too_long": "723:5",
    }  # fmt: skip

    group: MessageRefV1 | None = None

    def outside(self, segment: Segment) -> None:
        if segment.tag == "TA1" and self.envelope is not None:
            self.others.append(Intent.OTHER)
            self.receipts.extend(receipt_of_ta1(segment, self.envelope.sender))
        else:
            self.error("I18:022", f"{segment.tag} stands outside any transaction set: {segment.text[:80]}", tag=segment.tag)

    def open_interchange(self, segment: Segment, delimiters: Delimiters) -> None:
        self.close_interchange(None)
        self.envelope = MessageRefV1(
            standard="x12", message_type="", syntax=segment.get(12), sender_qualifier=segment.get(5), sender=segment.get(6),
            receiver_qualifier=segment.get(7), receiver=segment.get(8), interchange_ref=segment.get(13),
            delimiters=str(delimiters), test=segment.get(15) == "T", receipt_wanted=segment.get(14) == "1",
            prepared=segment.get(9) + segment.get(10),
        )  # fmt: skip

    def end_interchange(self, trailer: Segment, delimiters: Delimiters) -> None:  # noqa: ARG002 - the shape of the table's calls
        self.close_interchange(trailer)

    def close_interchange(self, trailer: Segment | None) -> None:
        """End what is open; None where the interchange ended without its IEA, or there was none."""
        self._close_set(None)
        self._close_group(None)
        envelope = self.envelope
        if envelope is None:
            if trailer is not None:
                self.error("I18:022", "IEA without ISA", tag="IEA")
            self.keep_bare()
        elif trailer is None:
            cut_off = "the trailer IEA is missing: the file may have been cut off; ask whether orders are missing"
            self.error("I18:023", cut_off, tag="IEA")
        else:
            self._check(trailer, counted=self.groups, ref=envelope.interchange_ref, codes=("I18:021", "I18:001"))
        if envelope is not None:
            self.keep_interchange(envelope, repeated="I18:025")
        self.envelope, self.groups, self.messages, self.errors, self.seen = None, 0, [], [], set()

    def open_group(self, segment: Segment, delimiters: Delimiters) -> None:
        self._close_set(None)
        self._close_group(None)
        base = self.envelope or MessageRefV1(
            standard="x12", message_type="", delimiters=str(delimiters), sender=segment.get(2), receiver=segment.get(3)
        )
        found = {
            "group_code": segment.get(1), "group_sender": segment.get(2), "group_receiver": segment.get(3),
            "group_ref": segment.get(6), "version": segment.get(8),
        }  # fmt: skip
        self.group, self.group_messages = base.model_copy(update=found), 0
        self.groups += 1

    def end_group(self, trailer: Segment, delimiters: Delimiters) -> None:  # noqa: ARG002
        self._close_set(None)
        if self.group is None:
            self.error("I18:022", "GE without GS", tag="GE")
        self._close_group(trailer)

    def _close_group(self, trailer: Segment | None) -> None:
        group = self.group
        if group is None:
            return
        if trailer is None:
            self.error("716:3", f"the group {group.group_ref} has no trailer GE", tag="GE")
        else:
            self._check(trailer, counted=self.group_messages, ref=group.group_ref, codes=("716:5", "716:4"))
        self.group = None

    def open_set(self, segment: Segment, delimiters: Delimiters) -> None:
        self._close_set(None)
        base = self.group or self.envelope or MessageRefV1(standard="x12", message_type="", delimiters=str(delimiters))
        ref = base.model_copy(update={"message_type": segment.get(1), "message_ref": segment.get(2)})
        mapper = OrderMapper(ref.message_type) if ref.message_type in _ORDER_TYPES else None
        self.open(ref, mapper, segment, repeated="718:23")
        group = codelists.meaning("x12_functional_groups", ref.message_type)
        if self.group is not None and group and ref.group_code != group:
            what = f"{ref.message_type} stands in a group {ref.group_code!r} instead of {group}"
            self.error("718:6", what, tag="ST", value=ref.message_type)

    def receipt_of(self, ref: MessageRefV1) -> ReceiptMapper | None:
        return FunctionalMapper(ref) if ref.message_type in {"997", "999"} else None

    def end_set(self, trailer: Segment, delimiters: Delimiters) -> None:  # noqa: ARG002
        if self.message is None:
            self.error("I18:022", "SE without ST", tag="SE")
            return
        self.message.number(trailer)
        self._close_set(trailer)

    def _close_set(self, trailer: Segment | None) -> None:
        message = self.message
        if message is None:
            return
        if trailer is None:
            cut_off = f"transaction set {message.ref.message_ref} has no trailer SE: it may have been cut off"
            self.error("718:2", cut_off, tag="SE")
        else:
            self._check(trailer, counted=message.count, ref=message.ref.message_ref, codes=("718:4", "718:3"))
        self.finish(message)

    def _check(self, trailer: Segment, *, counted: int, ref: str, codes: tuple[str, str]) -> None:
        """A trailer's count (element 1) and control number (element 2); `codes` are those for either."""
        self.check_count(trailer, counted, codes[0])
        quoted = trailer.get(2)
        if quoted != ref and quoted.lstrip("0") != ref.lstrip("0"):
            self.error(codes[1], f"{trailer.tag} quotes {quoted!r}, the header {ref!r}", tag=trailer.tag, value=quoted)

    def owner(self) -> MessageRefV1 | None:
        return self.message.ref if self.message is not None else self.group

    def error(
        self, code: str, text: str, *, tag: str = "", element: int | None = None, value: str = "", segment: Segment | None = None
    ) -> None:
        """A syntax error of the open transaction set, or of the group or interchange where none is open."""
        self.errors.append(self.syntax_error(code, text, tag=tag, element=element, value=value, segment=segment))
        listed, _, number = code.partition(":")
        draft = self.draft if self.message is None else self.message.draft
        stops = self.message is not None and code in {"718:2", "718:4", "718:23"}
        severity = Severity.ERROR if stops else Severity.WARNING
        draft.problem("x12_syntax", severity, f"{text} (X12 {listed}: {number})")

    services = {  # noqa: RUF012
        "ISA": open_interchange, "GS": open_group, "ST": open_set, "SE": end_set, "GE": end_group, "IEA": end_interchange,
    }  # fmt: skip

"""An EDIFACT file as orders: the envelope (UNB, UNG, UNH and their trailers) with the checks that ISO 9735 asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.contracts.extraction_v1 import Intent
from models.contracts.interchange_v1 import MessageRefV1
from models.domain.findings import Severity
from models.domain.party import PartnerProfile
from parsers import codelists
from parsers.edifact.orders import OrderMapper
from parsers.edifact.partner_receipts import ContrlMapper
from parsers.edifact.syntax import Decoded, Delimiters, decoded, segments
from parsers.electronic.envelopes import EnvelopeReader, ReceiptMapper
from parsers.electronic.segments import Segment
from parsers.garbage import uncollected
from parsers.part_reading import PartReading

_ORDER_TYPES = frozenset({"ORDERS", "ORDCHG"})


def read_edifact(content: bytes, part: str, partners: Sequence[PartnerProfile] = ()) -> PartReading:
    """The orders of an EDIFACT file with one or several interchanges. `Rejected` where it is no EDIFACT.

    `partners` say what their own codes mean.

    `interchanges` holds for each UNB its messages and the errors that a CONTRL must report (codes of UN/ECE 0085).
    """
    text = decoded(content)
    reader = _Reader(partners=partners, mandatory=codelists.mandatory("edifact_mandatory"))
    reader.check_charset(text, part)
    with uncollected():
        reader.read(segments(text.text, part))
        reader.close_interchange(None)
        return reader.reading(part)


@dataclass(slots=True)
class _Reader(EnvelopeReader):
    source_format = "edifact"
    media_type = "application/edifact"
    message_name = "message"
    test_mark = "UNB 0035"
    shortest_tag = 3
    missing_segment = "13"
    no_tag = "12"
    other_intents = {  # noqa: RUF012 - ClassVar is said where it is declared
        "REQOTE": Intent.QUOTE_REQUEST, "RETANN": Intent.RETURN_REQUEST, "OSTENQ": Intent.ORDER_STATUS_ENQUIRY,
    }  # fmt: skip
    schedules = {  # noqa: RUF012
        "DELFOR": "delivery forecast", "DELJIT": "just-in-time call-off", "SLSFCT": "sales forecast",
    }  # fmt: skip
    #: Our faults as UN/ECE 0085.
    fault_codes = {  # noqa: RUF012
        "missing": "13", "invalid_value": "12", "invalid_number": "37", "invalid_date": "12", "invalid_code": "12",
        "invalid_characters": "21", "too_long": "39", "control_total_mismatch": "29",
    }  # fmt: skip

    group: Segment | None = None

    def check_charset(self, text: Decoded, part: str) -> None:
        if text.misdeclared:
            message = f"{part} promises {text.promised} in UNB but is {text.codec}; it was read as {text.codec}"
            self.draft.problem("wrong_charset", Severity.WARNING, message)
        self.check_characters(text.text, part, allowed="\x1c\x1d\x1f" if "\x1d" in text.text[:4] else "")

    def outside(self, segment: Segment) -> None:
        self.error("33", f"{segment.tag} stands outside any message: {segment.text[:80]}", tag=segment.tag)

    def open_interchange(self, segment: Segment, delimiters: Delimiters) -> None:
        self.close_interchange(None)
        self.envelope = MessageRefV1(
            standard="edifact", message_type="", syntax=":".join(segment.components(1)[:2]),
            sender=segment.get(2), sender_qualifier=segment.get(2, 2),
            receiver=segment.get(3), receiver_qualifier=segment.get(3, 2),
            sender_routing=segment.get(2, 3), receiver_routing=segment.get(3, 3),
            interchange_ref=segment.get(5), delimiters=str(delimiters), test=segment.get(11) == "1",
        )  # fmt: skip
        if not segment.get(5):
            self.error("13", "UNB has no interchange reference", tag="UNB", element=5)

    def end_interchange(self, trailer: Segment, delimiters: Delimiters) -> None:  # noqa: ARG002 - the shape of the table's calls
        self.close_interchange(trailer)

    def close_interchange(self, trailer: Segment | None) -> None:
        """End what is open; None where the interchange ended without its UNZ, or there was none."""
        self._close_message(None)
        self._close_group(None)
        if self.envelope is None:
            if trailer is not None:
                self.error("33", "UNZ without UNB", tag="UNZ")
            self.keep_bare()
        else:
            if trailer is None:
                cut_off = "the trailer UNZ is missing: the file may have been cut off; ask whether messages are missing"
                self.error("13", cut_off, tag="UNZ")
            else:
                self._check(trailer, counted=self.groups or len(self.messages), ref=self.envelope.interchange_ref)
            self.keep_interchange(self.envelope, repeated="26")
        self.envelope, self.group, self.groups, self.group_messages = None, None, 0, 0
        self.messages, self.errors, self.seen = [], [], set()

    def open_group(self, segment: Segment, delimiters: Delimiters) -> None:  # noqa: ARG002
        self._close_message(None)
        self._close_group(None)
        self.group, self.group_messages = segment, 0
        self.groups += 1

    def end_group(self, trailer: Segment, delimiters: Delimiters) -> None:  # noqa: ARG002
        self._close_message(None)
        if self.group is None:
            self.error("33", "UNE without UNG", tag="UNE")
        self._close_group(trailer)

    def _close_group(self, trailer: Segment | None) -> None:
        group, self.group = self.group, None
        if group is None:
            return
        if trailer is None:
            self.error("13", f"the group {group.get(5)} has no trailer UNE", tag="UNE")
        else:
            self._check(trailer, counted=self.group_messages, ref=group.get(5))

    def open_message(self, segment: Segment, delimiters: Delimiters) -> None:
        self._close_message(None)
        ref = self._message_ref(segment, delimiters)
        mapper = OrderMapper(ref.message_type) if ref.message_type in _ORDER_TYPES else None
        self.open(ref, mapper, segment, repeated="26", element=1)
        if self.groups and self.group is None:
            self.error("30", f"message {ref.message_ref} stands beside the interchange's groups, in none of them", tag="UNH")

    def receipt_of(self, ref: MessageRefV1) -> ReceiptMapper | None:
        return ContrlMapper(ref) if ref.message_type == "CONTRL" else None

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

    def end_message(self, trailer: Segment, delimiters: Delimiters) -> None:  # noqa: ARG002
        if self.message is None:
            self.error("33", f"UNT stands outside any message: {trailer.text[:80]}", tag="UNT")
            return
        self.message.number(trailer)
        self._close_message(trailer)

    def _close_message(self, trailer: Segment | None) -> None:
        message = self.message
        if message is None:
            return
        if trailer is None:
            self.error("13", f"message {message.ref.message_ref} has no trailer UNT: it may have been cut off", tag="UNT")
        else:
            self._check(trailer, counted=message.count, ref=message.ref.message_ref)
        self.finish(message)

    def _check(self, trailer: Segment, *, counted: int, ref: str) -> None:
        """A trailer's count (element 1) and reference (element 2)."""
        self.check_count(trailer, counted, "29", element=1)
        quoted = trailer.get(2)
        if quoted != ref:
            self.error("28", f"{trailer.tag} quotes {quoted!r}, the header {ref!r}", tag=trailer.tag, element=2, value=quoted)

    def error(
        self, code: str, text: str, *, tag: str = "", element: int | None = None, value: str = "", segment: Segment | None = None
    ) -> None:
        """A syntax error of the open message, or of the interchange where none is open."""
        self.errors.append(self.syntax_error(code, text, tag=tag, element=element, value=value, segment=segment))
        draft = self.draft if self.message is None else self.message.draft
        stops = self.message is not None and (code in {"26", "29"} or (code == "13" and tag == "UNT"))
        severity = Severity.ERROR if stops else Severity.WARNING
        draft.problem("edifact_syntax", severity, f"{text} (UN/ECE 0085: {code})")

    services = {  # noqa: RUF012
        "UNB": open_interchange, "UNG": open_group, "UNH": open_message,
        "UNT": end_message, "UNE": end_group, "UNZ": end_interchange,
    }  # fmt: skip

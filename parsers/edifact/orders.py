"""ORDERS and ORDCHG (UN/EDIFACT D.93A to D.01B, EANCOM 1997 and 2002) as purchase orders with evidence.

Takes one message's segments in turn, so that a long message needs no more memory than what it says. What has no place
in the extraction contract is listed in the draft's problems, never dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from models.contracts.extraction_v1 import OrderLineV1, PartyV1, PurchaseOrderV1
from models.domain.findings import Severity
from parsers import codelists
from parsers.edifact.functions import kind_of
from parsers.edifact.lines import LineDraft
from parsers.edifact.parties import (
    PARTY_ROLES,
    free_text,
    party_fields,
    party_reference,
    payment_terms,
    role_of,
    stated_date,
)
from parsers.electronic.currencies import check_currencies
from parsers.electronic.deliveries import Fields, destination, note_added, ordered_in_all
from parsers.electronic.segments import Segment
from parsers.electronic.structured import CERTAIN, REQUESTED_DATES, OrderDraft
from parsers.freight_terms import freight_stated

_GROUPS = frozenset({"NAD", "RFF", "CUX", "PAT", "TAX", "TDT", "TOD", "PAC", "ALC", "SCC", "APR", "RCS"})
#: What may follow a NAD and belongs to it.
_OF_PARTIES = frozenset({"LOC", "FII", "RFF", "DOC", "CTA", "COM"})


@dataclass(slots=True)
class OrderMapper:
    """One message while it is read: give every segment between UNH and UNT to `take`, then ask for the `order`."""

    message_type: str
    draft: OrderDraft = field(default_factory=lambda: OrderDraft(decimal_comma=True))
    fields: Fields = field(default_factory=dict)
    parties: dict[str, Fields] = field(default_factory=dict)
    destinations: list[tuple[str, Fields]] = field(default_factory=list)
    lines: list[OrderLineV1] = field(default_factory=list)
    bgm: Segment | None = None
    order_number: Segment | None = None
    section: str = "header"
    group: str = ""
    party: str = ""
    dates: dict[str, Segment] = field(default_factory=dict)
    terms: list[Segment] = field(default_factory=list)
    amounts: dict[str, Segment] = field(default_factory=dict)
    controls: dict[str, Segment] = field(default_factory=dict)
    line: LineDraft | None = None
    currencies: set[str] = field(default_factory=set)
    line_count: int = 0
    is_dated: bool = False
    is_divided: bool = False

    def take(self, segment: Segment) -> None:
        """Use one segment. Order of sections: header, LIN groups, UNS, summary."""
        if segment.tag == "LIN":
            self._open_line(segment)
        elif segment.tag == "UNS":
            self._close_line()
            self.is_divided = True
            self.section = self.section if segment.get(1) == "D" else "summary"
        elif self.line is not None:
            self.line.take(segment)
        else:
            self._take_outside_lines(segment)

    def _take_outside_lines(self, segment: Segment) -> None:
        if segment.tag in _GROUPS:
            self.group = segment.tag
        use = _USES.get(segment.tag)
        if use is None or not use(self, segment):
            weighty = segment.tag in {"ALC", "MOA"} or self.group == "ALC"
            below = f"of {self.party}: " if self.party and segment.tag in _OF_PARTIES else ""
            self.draft.leave(segment.tag, f"{below}{segment.text}", weighty=weighty)

    def missing(self) -> list[tuple[str, int | None]]:
        """BGM, a DTM of the head and UNS, which every directory makes mandatory."""
        found: list[tuple[str, int | None]] = [("BGM", 2)] if self.bgm is None else []
        if not self.is_dated:
            found.append(("DTM", 2 if self.bgm is None else 3))
        return found if self.is_divided else [*found, ("UNS", None)]

    def order(self) -> PurchaseOrderV1:
        """The order as the message states it."""
        self._close_line()
        kind = kind_of(self.bgm, self.message_type, self.draft)
        self._head()
        self._totals()
        self._check_controls()
        for tag, _ in self.missing():
            if tag != "BGM":
                self._doubt("missing_segment", Severity.WARNING, f"the mandatory segment {tag} is missing: look whether more is")
        if kind == "order_cancellation" and self.lines:
            self.draft.problem(
                "lines_of_cancellation", Severity.INFO, f"the cancelled order's {len(self.lines)} lines are not shown"
            )
            self.lines = []
        elif not self.lines and kind == "order":
            self.draft.problem("no_lines", Severity.ERROR, "the message has no LIN segment: it orders nothing; ask the sender")
        check_currencies(self.draft, self.fields.get("currency"), self.currencies)
        parties = self._parties()
        self.fields["notes"] = self.draft.notes()
        self.draft.list_leftovers()
        return PurchaseOrderV1(kind=kind, lines=tuple(self.lines), **self.fields, **parties)

    def _parties(self) -> dict[str, PartyV1]:
        """The surest of each role; another NAD of the same role is left over."""
        chosen: dict[str, Fields] = {}
        for role, qualifiers in PARTY_ROLES.items():
            stated = [self.parties[qualifier] for qualifier in qualifiers if qualifier in self.parties]
            chosen[role] = next(iter(stated), {})
            for fields in stated[1:]:
                words = ", ".join(value.value for value in fields.values() if value is not None)
                self.draft.leave("NAD", f"another {role.replace('_', ' ')}: {words}", weighty=role == "ship_to")
        chosen["ship_to"] = destination(self.draft, chosen["ship_to"], self.destinations, self.line_count)
        return {role: PartyV1(**fields) for role, fields in chosen.items() if any(fields.values())}

    def _open_line(self, segment: Segment) -> None:
        self._close_line()
        if self.section == "summary":
            self.draft.problem("segment_order", Severity.WARNING, f"{segment.place} stands after UNS; it is read as a line")
        self.line = LineDraft(self.draft, len(self.lines), segment)

    def _close_line(self) -> None:
        line, self.line = self.line, None
        if line is None:
            return
        self.line_count += 1
        lines = line.lines()
        self.currencies |= line.currencies
        if line.is_component or line.lin.get(2) == "4":
            what = "a component of another line" if line.is_component else "unchanged"
            self.draft.leave("LIN", f"{line.label} ({what}): {line.lin.text}")
            return
        if line.lin.get(2) == "1" and self.message_type == "ORDCHG":
            note_added(self.draft, len(self.lines), len(lines), line.label)
        self.lines.extend(lines)
        if line.ship_to is not None:
            self.destinations.append((line.label, line.ship_to[1]))

    def _doubt(self, code: str, severity: Severity, message: str) -> None:
        self.draft.problem(code, severity, message)

    def _head(self) -> None:
        self._number_and_type()
        for use in ("issued", "ordered"):
            segment = self.dates.pop(use, None)
            if segment is not None and self.fields.get("order_date") is None:
                self.fields["order_date"] = stated_date(segment, self.draft, "order_date")
            elif segment is not None:
                self.draft.leave("DTM", segment.text)
        for use, confidence in REQUESTED_DATES:
            segment = self.dates.pop(use, None)
            if segment is not None and self.fields.get("requested_delivery_date") is None:
                self.fields["requested_delivery_date"] = stated_date(
                    segment, self.draft, "requested_delivery_date", confidence=confidence
                )
            elif segment is not None:
                self.draft.leave("DTM", f"{codelists.meaning('edifact_dates', segment.get(1))}: {segment.text}")
        self._payment_terms()

    def _number_and_type(self) -> None:
        if self.bgm is None:
            message = "the mandatory segment BGM is missing: there is no order number; ask the sender"
            self.draft.problem("missing_segment", Severity.ERROR, message, "po_number")
            return
        use = codelists.role("edifact_documents", self.bgm.get(1))
        if use == "blanket":
            self._doubt("blanket_order", Severity.ERROR, "a blanket or standing order: it sets terms, it does not call goods off")
        elif use == "calloff":
            self._doubt("call_off", Severity.INFO, "a call-off from a blanket order")
        if self.bgm.get(4):
            self.draft.leave("BGM", f"response wanted (UNCL 4343): {self.bgm.get(4)}")
        bgm = self.draft.text(self.bgm.get(2), self.bgm)
        if self.order_number is None or (self.message_type == "ORDERS" and bgm is not None):
            self.fields["po_number"] = bgm
            if self.order_number is not None and self.order_number.get(1, 2) != self.bgm.get(2):
                self.draft.leave("RFF", self.order_number.text)
        else:
            self.fields["po_number"] = self.draft.text(self.order_number.get(1, 2), self.order_number)
            self.draft.leave("BGM", f"number of the change: {self.bgm.text}")
        if self.fields.get("po_number") is None:
            self.draft.fault("missing", self.bgm, "no order number is stated; ask the sender", element=2, path="po_number")

    def _payment_terms(self) -> None:
        words = payment_terms(self.terms)
        if words:
            self.fields["payment_terms"] = self.draft.joined(words, self.terms, confidence=0.95)
        else:
            for segment in self.terms:
                self.draft.leave(segment.tag, segment.text)

    def _totals(self) -> None:
        """MOA by UNCL 5025: 125 (taxable) or 79 (lines) is net, 124 or 176 tax, 86 gross only where a tax is stated."""
        net = self.amounts.pop("125", None) or self.amounts.pop("79", None)
        tax = self.amounts.pop("124", None) or self.amounts.pop("176", None)
        gross = next((self.amounts.pop(code) for code in ("39", "77", "139", "9") if code in self.amounts), None)
        whole = self.amounts.pop("86", None) or self.amounts.pop("128", None)
        if whole is not None and gross is None and tax is not None:
            gross, whole = whole, None
        elif whole is not None and net is None:
            net, whole = whole, None
        for name, segment in (("total_net", net), ("total_tax", tax), ("total_gross", gross)):
            if segment is not None:
                confidence = 0.8 if segment.get(1) in {"86", "128"} and name == "total_net" else CERTAIN
                self.fields[name] = self.draft.number(segment.get(1, 2), segment, name, element=1, confidence=confidence)
        for segment in [whole, *self.amounts.values()]:
            if segment is not None:
                self.draft.leave("MOA", segment.text)

    def _check_controls(self) -> None:
        """CNT 2 counts the LIN segments, CNT 1 adds up their quantities (UNCL 6069)."""
        for code in ("2", "1"):
            segment = self.controls.get(code)
            if segment is None:
                continue
            counted = Decimal(self.line_count) if code == "2" else ordered_in_all(self.lines)
            try:
                agrees = Decimal(segment.get(1, 2)) == counted
            except InvalidOperation:
                agrees = False
            if not agrees:
                what = "lines" if code == "2" else "units in all lines"
                message = f"{segment.text} states {segment.get(1, 2)} {what}, but there are {counted}; a line may be missing"
                self.draft.fault(
                    "control_total_mismatch", segment, message, element=1, value=segment.get(1, 2), severity=Severity.WARNING
                )


def _take_bgm(order: OrderMapper, segment: Segment) -> bool:
    if order.bgm is None:
        order.bgm = segment
    return order.bgm is segment


def _take_dtm(order: OrderMapper, segment: Segment) -> bool:
    order.is_dated = True
    use = codelists.role("edifact_dates", segment.get(1))
    if order.group == "PAT" and segment.get(1) in {"13", "140", "265"}:
        order.terms.append(segment)
        return True
    if not use or use in order.dates or order.section != "header":
        name = codelists.meaning("edifact_dates", segment.get(1))
        order.draft.leave("DTM", f"{name}: {segment.text}" if name else segment.text)
        return True
    order.dates[use] = segment
    return True


def _take_ftx(order: OrderMapper, segment: Segment) -> bool:
    text = free_text(segment)
    order.draft.note(text, segment)
    return bool(text)


def _take_nad(order: OrderMapper, segment: Segment) -> bool:
    order.party = qualifier = segment.get(1)
    role = role_of(qualifier)
    if not role or qualifier in order.parties:
        return False
    order.parties[qualifier] = party_fields(segment, order.draft, role)
    return True


def _take_rff(order: OrderMapper, segment: Segment) -> bool:
    if order.party:
        found = party_reference(segment, order.draft)
        if order.party in order.parties:
            order.parties[order.party].update(found)
            return bool(found)
        return False
    if segment.get(1) == "ON" and order.order_number is None:
        order.order_number = segment
        return True
    if segment.get(1) == "BO" and "blanket_number" not in order.fields:
        order.fields["blanket_number"] = order.draft.text(segment.get(1, 2), segment)
        return True
    return False


def _take_com(order: OrderMapper, segment: Segment) -> bool:
    """COM below NAD and CTA: the party's first address for electronic mail."""
    fields = order.parties.get(order.party)
    if fields is None or segment.get(1, 2) != "EM" or fields.get("email") is not None:
        return False
    fields["email"] = order.draft.text(segment.get(1), segment)
    return True


def _take_cux(order: OrderMapper, segment: Segment) -> bool:
    order.party = ""
    if segment.get(1) not in {"2", ""} or segment.get(1, 3) not in {"9", "4", ""} or order.fields.get("currency") is not None:
        return False
    order.fields["currency"] = order.draft.currency(segment.get(1, 2), segment, "currency", element=1)
    if segment.get(2, 2) not in {"", segment.get(1, 2)} or segment.get(3):
        order.draft.leave("CUX", f"another currency or a rate of exchange: {segment.text}", weighty=True)
    return True


def _take_pat(order: OrderMapper, segment: Segment) -> bool:
    order.party = ""
    order.terms.append(segment)
    return True


def _take_pcd(order: OrderMapper, segment: Segment) -> bool:
    if order.group == "PAT":
        order.terms.append(segment)
    return order.group == "PAT"


def _take_tod(order: OrderMapper, segment: Segment) -> bool:
    order.party = ""
    if order.fields.get("incoterm") is not None:
        return False
    order.fields["incoterm"] = order.draft.incoterm(segment.get(3) or segment.get(3, 4), segment, "TOD")
    order.fields["freight_terms"] = freight_stated(segment.get(3, 4), segment.evidence, segment.get(2))
    return True


def _take_moa(order: OrderMapper, segment: Segment) -> bool:
    if order.group in {"ALC", "TAX", "PAT"} and order.section == "header":
        return False
    return order.amounts.setdefault(segment.get(1), segment) is segment


def _take_cnt(order: OrderMapper, segment: Segment) -> bool:
    return order.controls.setdefault(segment.get(1), segment) is segment and segment.get(1) in {"1", "2"}


_USES = {
    "BGM": _take_bgm, "DTM": _take_dtm, "FTX": _take_ftx, "NAD": _take_nad, "RFF": _take_rff, "COM": _take_com,
    "CUX": _take_cux, "PAT": _take_pat, "PCD": _take_pcd, "TOD": _take_tod, "MOA": _take_moa, "CNT": _take_cnt,
}  # fmt: skip

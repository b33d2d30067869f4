"""850 and 860 (ASC X12 003010 to 005010, VICS among them) as purchase orders with evidence.

Takes one transaction set's segments in turn, so that a long order needs no more memory than what it says. What has no
place in the extraction contract is listed in the draft's problems, never dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import cast

from models.contracts.extraction_v1 import OrderKind, OrderLineV1, PartyV1, PurchaseOrderV1
from models.domain.findings import Severity
from parsers import codelists
from parsers.electronic.deliveries import Fields, destination, note_added, ordered_in_all
from parsers.electronic.segments import Segment
from parsers.electronic.structured import REQUESTED_DATES, OrderDraft
from parsers.freight_terms import freight_stated
from parsers.x12.charges import charge_in_words
from parsers.x12.dates import day_of, segment_date, stated_date
from parsers.x12.lines import LineDraft
from parsers.x12.parties import ROLES, PartyLoop, email_of


@dataclass(slots=True)
class OrderMapper:
    """One transaction set while it is read: give every segment between ST and SE to `take`, then ask for the `order`."""

    message_type: str
    draft: OrderDraft = field(default_factory=OrderDraft)
    fields: Fields = field(default_factory=dict)
    parties: dict[str, PartyLoop] = field(default_factory=dict)
    destinations: list[tuple[str, Fields]] = field(default_factory=list)
    lines: list[OrderLineV1] = field(default_factory=list)
    begin: Segment | None = None
    section: str = "header"
    party: PartyLoop | None = None
    contact: Segment | None = None
    dates: dict[str, Segment] = field(default_factory=dict)
    terms: list[Segment] = field(default_factory=list)
    counts: Segment | None = None
    line: LineDraft | None = None
    line_count: int = 0

    def take(self, segment: Segment) -> None:
        """Use one segment. Order of sections: header, PO1 or POC loops, CTT and what follows it."""
        if segment.tag in {"PO1", "POC"}:
            self._close_line()
            self.line = LineDraft(self.draft, len(self.lines), segment)
        elif segment.tag == "CTT":
            self._close_line()
            self.section, self.counts, self.party = "summary", segment, None
        elif self.line is not None:
            self.line.take(segment)
        else:
            self._take_outside_lines(segment)

    def _take_outside_lines(self, segment: Segment) -> None:
        use = _USES.get(segment.tag)
        if use is None or not use(self, segment):
            self.draft.leave(segment.tag, _readable(segment), weighty=segment.tag in {"SAC", "AMT", "CTB", "CSH", "TAX", "TXI"})

    def missing(self) -> list[tuple[str, int | None]]:
        """BEG or BCH, and of an 850 that does not cancel a PO1."""
        begin = "BCH" if self.message_type == "860" else "BEG"
        found: list[tuple[str, int | None]] = [(begin, 2)] if self.begin is None else []
        purpose = codelists.role("x12_purposes", self.begin.get(1)) if self.begin is not None else ""
        needs_lines = self.message_type == "850" and purpose != "order_cancellation"
        return [*found, ("PO1", None)] if needs_lines and not self.line_count else found

    def order(self) -> PurchaseOrderV1:
        """The order as the transaction set states it."""
        self._close_line()
        kind = self._kind()
        self._head()
        self._check_counts()
        if kind == "order_cancellation" and self.lines:
            self.draft.problem(
                "lines_of_cancellation", Severity.INFO, f"the cancelled order's {len(self.lines)} lines are not shown"
            )
            self.lines = []
        elif not self.lines and kind == "order":
            self.draft.problem("no_lines", Severity.ERROR, "the order has no PO1 segment: it orders nothing; ask the sender")
        parties = self._parties()
        self.fields["notes"] = self.draft.notes()
        self.draft.list_leftovers()
        return PurchaseOrderV1(kind=kind, lines=tuple(self.lines), **self.fields, **parties)

    def _parties(self) -> dict[str, PartyV1]:
        """The surest loop of each role; the others are shown whole."""
        chosen: dict[str, Fields] = {}
        used: set[str] = set()
        for role, qualifiers in ROLES.items():
            loop = next((self.parties[qualifier] for qualifier in qualifiers if qualifier in self.parties), None)
            chosen[role] = loop.fields(self.draft, role) if loop is not None else {}
            used |= {loop.qualifier} if loop is not None else set()
        if self.contact is not None and chosen["buyer"].get("email") is None:
            chosen["buyer"]["email"] = self.draft.text(email_of(self.contact), self.contact)
        for qualifier, loop in self.parties.items():
            if qualifier not in used:
                self.draft.leave("N1", loop.in_words())
        chosen["ship_to"] = destination(self.draft, chosen["ship_to"], self.destinations, self.line_count)
        return {role: PartyV1(**fields) for role, fields in chosen.items() if any(fields.values())}

    def _close_line(self) -> None:
        line, self.line = self.line, None
        if line is None:
            return
        self.line_count += 1
        lines = line.lines()
        if line.change in {"NC", "OA"}:
            self.draft.leave("POC", f"{line.label} (unchanged): {line.head.text}")
            return
        if line.change in {"AI", "AM"}:
            note_added(self.draft, len(self.lines), len(lines), line.label)
        self.lines.extend(lines)
        if line.party is not None:
            self._place_party(line, line.party)

    def _place_party(self, line: LineDraft, party: PartyLoop) -> None:
        if party.qualifier in ROLES["ship_to"]:
            self.destinations.append((line.label, party.fields(self.draft, "ship_to")))
        else:
            self.draft.leave("N1", f"{line.label}: {party.in_words()}")

    def _kind(self) -> OrderKind:
        """From BEG01 or BCH01 (X12 353); an 860 is a change unless it cancels the whole."""
        code = self.begin.get(1) if self.begin is not None else ""
        meaning, role = codelists.meaning("x12_purposes", code), codelists.role("x12_purposes", code)
        if code == "05":
            self.draft.problem("replacement", Severity.WARNING, "purpose 05 (replace): it takes the earlier order's place")
        elif code in {"07", "22", "15"}:
            self.draft.problem("copy", Severity.WARNING, f"purpose {code} ({meaning}): it may have come before")
        elif code not in {"", "06"} and not role:
            self._unclear_purpose(code, meaning)
        default = "order_change" if self.message_type == "860" else "order"
        return cast(OrderKind, role if role and not (role == "order" and default == "order_change") else default)

    def _unclear_purpose(self, code: str, meaning: str) -> None:
        what = f"purpose {code!r} {f'({meaning}) ' if meaning else ''}does not say whether this is an order; ask the sender"
        if meaning or self.begin is None:
            self.draft.problem("unknown_function", Severity.ERROR, what)
        else:
            self.draft.fault("invalid_code", self.begin, what, element=1, value=code, code="unknown_function")

    def _head(self) -> None:
        begin = self.begin
        if begin is None:
            tag = "BCH" if self.message_type == "860" else "BEG"
            message = f"the mandatory segment {tag} is missing: there is no order number; ask the sender"
            self.draft.problem("missing_segment", Severity.ERROR, message, "po_number")
        else:
            self._begin(begin)
        self._dates()
        self._terms()

    def _begin(self, begin: Segment) -> None:
        """BEG: 03 number, 04 release, 05 date. BCH: 03, 04, 05 change number, 06 date of the order, 11 of the change."""
        self.fields["po_number"] = self.draft.text(begin.get(3), begin)
        if self.fields["po_number"] is None:
            self.draft.fault("missing", begin, "no order number is stated; ask the sender", element=3, path="po_number")
        day = 6 if begin.tag == "BCH" else 5
        self.fields["order_date"] = stated_date(self.draft, begin, day, "order_date")
        use = codelists.role("x12_order_types", begin.get(2))
        meaning = codelists.meaning("x12_order_types", begin.get(2))
        if use == "blanket":
            self.draft.problem("blanket_order", Severity.ERROR, f"{meaning}: it sets terms, it does not call goods off")
        elif use == "firm_blanket":
            self.draft.problem("blanket_order", Severity.WARNING, f"{meaning}: look whether it calls goods off")
        elif use == "release":
            self.draft.problem("call_off", Severity.INFO, f"{meaning}: a call-off from a blanket order")
            self.fields["blanket_number"] = self.draft.text(begin.get(3), begin)
        elif meaning:
            self.draft.leave(begin.tag, f"order type {begin.get(2)}: {meaning}")
        if begin.get(4):
            self.fields["release_number"] = self.draft.text(begin.get(4), begin)
        for element in range(day + 1, len(begin.elements) + 1):
            if begin.get(element):
                name = _OF_BEGIN[begin.tag].get(element, "")
                self.draft.leave(begin.tag, " ".join(filter(None, (f"{begin.tag}{element:02d}", name, begin.get(element)))))
        if begin.tag == "BCH" and begin.get(5):
            self.draft.leave("BCH", f"number of the change: {begin.get(5)}")

    def _dates(self) -> None:
        ordered = self.dates.pop("ordered", None)
        if ordered is not None and self.fields.get("order_date") is None:
            self.fields["order_date"] = segment_date(self.draft, ordered, "order_date")
        for use, confidence in REQUESTED_DATES:
            segment = self.dates.pop(use, None)
            if segment is not None and self.fields.get("requested_delivery_date") is None:
                self.fields["requested_delivery_date"] = segment_date(
                    self.draft, segment, "requested_delivery_date", confidence=confidence
                )
            elif segment is not None:
                self.draft.leave("DTM", _readable(segment))

    def _terms(self) -> None:
        words = "; ".join(filter(None, map(_terms_in_words, self.terms)))
        if words:
            self.fields["payment_terms"] = self.draft.joined(words, self.terms, confidence=0.95)
        else:
            for segment in self.terms:
                self.draft.leave("ITD", segment.text)

    def _check_counts(self) -> None:
        """CTT01 counts the lines, CTT02 adds up their quantities (a hash total)."""
        if self.counts is None:
            return
        for element, what in ((1, "lines"), (2, "units in all lines")):
            stated = self.counts.get(element)
            if not stated:
                continue
            counted = Decimal(self.line_count) if element == 1 else ordered_in_all(self.lines)
            try:
                agrees = Decimal(stated) == counted
            except InvalidOperation:
                agrees = False
            if not agrees:
                # X12 723 has no code for it: a count of goods is no matter of syntax, so only people hear of it.
                place = f"{self.counts.place}, element {element}: {self.counts.text}"
                message = f"{place} states {stated} {what}, but there are {counted}; a line may be missing"
                self.draft.problem("control_total_mismatch", Severity.WARNING, message)


def _terms_in_words(segment: Segment) -> str:
    """ITD12 as stated, with the days where it does not name them; without it "2 % within 10 days, 30 days net"."""
    percent, days, net, words = segment.get(3), segment.get(5), segment.get(7), segment.get(12)
    discount = f"{percent} % within {days} days" if percent and days else f"{percent} %" if percent else ""
    due = day_of(segment.get(6))
    until = f"{net} days net" if net else f"due on {due}" if due else ""
    whole = ", ".join(filter(None, (discount, until)))
    if words and (not net or net in words):
        return words
    return ", ".join(filter(None, (whole, words)))


def _readable(segment: Segment) -> str:
    """A leftover segment with its qualifier in words where our tables know it."""
    table = {"DTM": "x12_dates", "REF": "x12_references", "N9": "x12_references"}.get(segment.tag)
    name = codelists.meaning(table, segment.get(1)) if table else ""
    return f"{name}: {segment.text}" if name else segment.text


def _take_begin(order: OrderMapper, segment: Segment) -> bool:
    if order.begin is None:
        order.begin = segment
    return order.begin is segment


def _take_cur(order: OrderMapper, segment: Segment) -> bool:
    if order.fields.get("currency") is not None:
        return False
    order.fields["currency"] = order.draft.currency(segment.get(2), segment, "currency", element=2)
    if any(segment.values(3)):
        order.draft.leave(
            "CUR", f"another currency or a rate of exchange: {segment.text}", weighty=bool(segment.get(3).strip("0."))
        )
    return True


def _take_dtm(order: OrderMapper, segment: Segment) -> bool:
    use = codelists.role("x12_dates", segment.get(1))
    if not use or use in order.dates or order.section != "header":
        return False
    order.dates[use] = segment
    return True


def _take_n1(order: OrderMapper, segment: Segment) -> bool:
    """A second loop of the same kind is another party, and is shown."""
    order.party = PartyLoop(segment)
    if order.parties.setdefault(segment.get(1), order.party) is order.party:
        return True
    order.parties[f"{segment.get(1)} {segment.position}"] = order.party
    return True


def _take_of_party(order: OrderMapper, segment: Segment) -> bool:
    """N2, N3, N4 and PER below an N1. In the head, PER names the buyer's people (X12 366: BD, OC, IC)."""
    if order.party is not None:
        return order.party.take(segment)
    if segment.tag == "PER" and segment.get(1) in {"BD", "OC", "IC"} and email_of(segment):
        order.contact = order.contact or segment
    return False


def _take_sac(order: OrderMapper, segment: Segment) -> bool:
    order.draft.leave("SAC", charge_in_words(segment), weighty=segment.get(1) != "N")
    return True


def _take_itd(order: OrderMapper, segment: Segment) -> bool:
    order.terms.append(segment)
    return True


def _take_fob(order: OrderMapper, segment: Segment) -> bool:
    """FOB05 holds an Incoterms rule where FOB04 says so (01); many partners leave FOB04 out."""
    taken: set[int] = set()
    if segment.get(5) and order.fields.get("incoterm") is None:
        order.fields["incoterm"] = order.draft.incoterm(segment.get(5), segment, "FOB")
        taken |= {4, 5} if order.fields["incoterm"] is not None else set()
    if order.fields.get("freight_terms") is None:
        order.fields["freight_terms"] = freight_stated(segment.get(3), segment.evidence, segment.get(1))
        taken |= {1} if order.fields["freight_terms"] is not None else set()
    return not any(segment.get(place) for place in range(1, len(segment.elements) + 1) if place not in taken)  # places have none


def _take_text(order: OrderMapper, segment: Segment) -> bool:
    """MSG01, NTE02, N903, PKG05, TD505: free text for people."""
    text = segment.get({"MSG": 1, "NTE": 2, "N9": 3, "PKG": 5, "TD5": 5}[segment.tag])
    order.draft.note(text, segment)
    return bool(text)


def _take_amt(order: OrderMapper, segment: Segment) -> bool:
    """AMT after CTT: TT and 1 are the order's total; nothing says that it holds tax."""
    if segment.get(1) not in {"TT", "1"} or order.section != "summary" or order.fields.get("total_net") is not None:
        return False
    order.fields["total_net"] = order.draft.number(segment.get(2), segment, "total_net", element=2, confidence=0.9)
    return True


#: What stands in BEG and BCH after the date of the order (X12 004010).
_OF_BEGIN = {
    "BEG": {6: "contract number", 7: "acknowledgment type", 8: "invoice type", 9: "contract type", 10: "purchase category"},
    "BCH": {7: "request reference", 8: "contract number", 9: "reference", 10: "acknowledgment type", 11: "date of the change"},
}

_USES = {
    "BEG": _take_begin, "BCH": _take_begin, "CUR": _take_cur, "DTM": _take_dtm, "N1": _take_n1, "N2": _take_of_party,
    "N3": _take_of_party, "N4": _take_of_party, "PER": _take_of_party, "SAC": _take_sac, "ITD": _take_itd, "FOB": _take_fob,
    "MSG": _take_text, "NTE": _take_text, "N9": _take_text, "PKG": _take_text, "TD5": _take_text, "AMT": _take_amt,
}  # fmt: skip

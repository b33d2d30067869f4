"""Blanket orders and the call-offs that draw them down.

A blanket order sets goods and terms and ships nothing by itself; an accepted one is a balance for each of its lines. Framework
contracts that state no quantities ("Rahmenvertrag") are none: whoever mentions theirs orders as usual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from models.domain.duplicates import same_item
from models.domain.findings import Candidate, Finding, Severity
from models.domain.lifecycle import OrderStatus
from models.domain.normalisation import normalised_part_number
from models.domain.purchase_order import PurchaseOrder, PurchaseOrderLine
from models.domain.sales_order import SalesOrder
from models.domain.units import is_same_unit
from models.domain.values import Exact, Value, iso_date, plain

#: How readers of electronic orders tell them (BGM 1001 221 and 226, BEG02 BK and RL, orderType).
_TOLD_BLANKET, _TOLD_CALL_OFF = "blanket_order", "call_off"
_BLANKET = r"(?:rahmen(?:auftrag|bestellung)s?|blanket (?:purchase )?orders?|blanket po|commande[- ]cadre|commande ouverte)"
_IS_BLANKET = re.compile(rf"\b{_BLANKET}\b", re.IGNORECASE)
_CALL = r"(?:(?:teil)?abruf(?:auftrag|bestellung)?e?s?|call[- ]?offs?|releases?|appel(?:s)? (?:de livraison )?sur|drawdown)"
#: The verbs of the same: "wir rufen aus unserem Rahmenauftrag 4711 ab", "we call off from blanket order 4711".
_CALLING = (
    r"(?:(?:rufen|rufe|bestellen|bitte)\s(?:wir|ich|sie)?|abzurufen|ab(?:ge)?rufen|call(?:ing)?\soff|release|draw(?:ing)?\s(?:down|on)|"
    r"nous\sappelons|appelons)"
)
_FROM = r"(?:aus|vom|von|zu|gegen|against|from|under|on|off|of|sur)"
_NUMBERED = rf"{_BLANKET}\b(?:\s*(?:nr|no|n°|number|nummer))?[\s.:#]{{0,4}}(?P<number>[\w][\w/-]{{2,30}})?"
_CALLED_OFF = re.compile(rf"\b{_CALL}\b[^\n.;]{{0,40}}?\b{_NUMBERED}", re.IGNORECASE)
_BEING_CALLED = re.compile(rf"\b{_CALLING}\b[^\n.;]{{0,60}}?\b{_FROM}\s[^\n.;]{{0,25}}?\b{_NUMBERED}", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:gültig bis|laufzeit bis|valid (?:until|till|through|to)|expires(?: on)?|valable jusqu'au)[\s:]{0,3}(?:zum |the )?"
    r"(?:(?P<iso>\d{4}-\d{2}-\d{2})|(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4}))",
    re.IGNORECASE,
)
_AGREED = frozenset(OrderStatus) - {
    OrderStatus.RECEIVED, OrderStatus.NEEDS_REVIEW, OrderStatus.ON_HOLD, OrderStatus.REJECTED, OrderStatus.CANCELLED,
}  # fmt: skip
_LONGEST = 5_000
_LONGEST_LETTER = 20_000


class CallOff(Value):
    """That an order calls goods off, and the number of the blanket order that it names. `is_said` is False where it bears that
    number itself, as a release does, and may be an order by itself all the same."""

    number: str | None = None
    is_said: bool = True


class CallOffWords(Value):
    """Words of a letter that call goods off: where they stand in it, and the blanket order that they name."""

    start: int
    end: int
    words: str
    number: str | None = None


def call_off_in(text: str) -> CallOffWords | None:
    """The first words of a letter that call goods off."""
    for form in (_CALLED_OFF, _BEING_CALLED):
        said = form.search(text[:_LONGEST_LETTER])
        if said is not None:
            return CallOffWords(start=said.start(), end=said.end(), words=said[0].strip(), number=_number_of(said))
    return None


def names_blanket(label: str) -> bool:
    """Whether a label is that of a blanket order's number."""
    return _IS_BLANKET.search(label) is not None


def call_off_of(order: SalesOrder) -> CallOff | None:
    """What the order says of a blanket order that it draws on; None where it does not."""
    asked = order.purchase_order
    if asked.blanket_number:
        return CallOff(number=asked.blanket_number)
    said = call_off_in(_words(order))
    if said is not None:
        return CallOff(number=said.number)
    if asked.own_number != asked.po_number and not _is_told(order, _TOLD_BLANKET):
        return CallOff(number=asked.po_number, is_said=False)
    return CallOff() if _is_told(order, _TOLD_CALL_OFF) else None


def _number_of(said: re.Match[str]) -> str | None:
    number = said["number"]
    return number if number and any(map(str.isdigit, number)) else None


def is_blanket(order: SalesOrder) -> bool:
    """Whether the order sets goods and terms to be called off, and ships nothing by itself."""
    if call_off_of(order) is not None:
        return False
    return _is_told(order, _TOLD_BLANKET) or bool(_IS_BLANKET.search(order.source.subject))


def blanket_finding(order: SalesOrder) -> tuple[Finding, ...]:
    """A blanket order is always put to a person, also where only its subject says that it is one."""
    if not is_blanket(order) or _is_told(order, _TOLD_BLANKET):
        return ()
    message = "The subject calls this a blanket order: approved, it ships nothing and is drawn down by call-offs."
    return (
        Finding(code=_TOLD_BLANKET, severity=Severity.ERROR, message=message, field="notes", read=order.source.subject[:200]),
    )


class Balance(Value):
    """What a line of a blanket order still has, in the unit that it was ordered in."""

    line: PurchaseOrderLine
    called: Exact

    @property
    def left(self) -> Decimal:
        return (self.line.quantity or Decimal(0)) - self.called


def balances(blanket: SalesOrder, others: Sequence[SalesOrder]) -> tuple[Balance, ...]:
    """Each line of a blanket order with what the customer's agreed call-offs took of it."""
    taken: dict[int, Decimal] = {}
    drawing = [other for other in others if other.status in _AGREED and other.order_id != blanket.order_id]
    for other in drawing:
        if (call := call_off_of(other)) is not None and _meant(call, [blanket]):
            for number, quantity in _drawn(blanket.asked, other.asked).items():
                taken[number] = taken.get(number, Decimal(0)) + quantity
    return tuple(Balance(line=line, called=taken.get(line.number, Decimal(0))) for line in blanket.asked.lines)


def call_off_findings(order: SalesOrder, earlier: Sequence[SalesOrder], on: date) -> tuple[Finding, ...]:
    """What a call-off's blanket order has against it: unknown, expired, or not enough left; else what is left, as a note.

    `earlier` are the customer's other orders. An electronic call-off that names no number draws on the only blanket order.
    """
    call = call_off_of(order)
    if call is None:
        return ()
    blankets = [each for each in earlier if each.status in _AGREED and is_blanket(each)]
    blanket = _meant(call, blankets)
    if blanket is None:
        return (_unknown(call, blankets, is_told_by_code=_is_told(order, _TOLD_CALL_OFF)),) if call.is_said else ()
    return tuple(_held_against(order, blanket, balances(blanket, earlier), on))


def _held_against(order: SalesOrder, blanket: SalesOrder, left: Sequence[Balance], on: date) -> Iterator[Finding]:
    name = blanket.purchase_order.po_number or blanket.order_id
    until = _valid_until(blanket)
    if until is not None and until < on:
        yield _finding("call_off_expired", f"Blanket order {name} was valid until {until}: ask the buyer for a new one.", name)
    wanted = _drawn(blanket.asked, order.asked)
    for balance in left:
        if wanted.get(balance.line.number, Decimal(0)) > balance.left:
            asked, rest = plain(wanted[balance.line.number]), plain(max(balance.left, Decimal(0)))
            message = f"{_named(balance.line)}: {asked} called off, {rest} left of blanket order {name}."
            yield _finding("call_off_exceeds", message, f"{name}:{balance.line.number}")
    for line in order.asked.lines:
        own = next((each.line for each in left if same_item(each.line, line)), None)
        if own is not None and not _is_counted_alike(own, line):
            message = f"{_named(line)}: called off in {line.unit}; blanket order {name} counts {own.unit}: see what is left."
            yield _finding("call_off_exceeds", message, f"{name}:{own.number}", line=line.number)
        if own is None:
            message = f"{_named(line)} is not in blanket order {name}: it is ordered at today's terms."
            yield _finding("call_off_not_in_blanket", message, f"{name}:{line.number}", line=line.number)
    rest = "; ".join(f"{_named(one.line)}: {plain(one.left - wanted.get(one.line.number, Decimal(0)))} left" for one in left[:10])
    yield Finding(
        code="call_off_balance",
        severity=Severity.INFO,
        message=f"Called off from blanket order {name}; after it {rest}.",
        read=name,
    )


def _drawn(blanket: PurchaseOrder, order: PurchaseOrder) -> Mapping[int, Decimal]:
    """Per line of the blanket order what an order takes of it, where both count in one unit."""
    drawn: dict[int, Decimal] = {}
    for line in order.lines:
        own = next((known for known in blanket.lines if same_item(known, line)), None)
        if own is not None and _is_counted_alike(own, line):
            drawn[own.number] = drawn.get(own.number, Decimal(0)) + (line.quantity or Decimal(0))
    return drawn


def _is_counted_alike(one: PurchaseOrderLine, other: PurchaseOrderLine) -> bool:
    return one.unit is None or other.unit is None or is_same_unit(one.unit, other.unit)


def _meant(call: CallOff, blankets: Sequence[SalesOrder]) -> SalesOrder | None:
    if call.number is None:
        return blankets[0] if len(blankets) == 1 else None
    number = normalised_part_number(call.number)
    own = ((each, {normalised_part_number(n) for n in (each.purchase_order.po_number, each.number) if n}) for each in blankets)
    return next((each for each, numbers in own if number in numbers), None)


def _unknown(call: CallOff, blankets: Sequence[SalesOrder], *, is_told_by_code: bool) -> Finding:
    """A code alone says little where nothing was agreed with us: many systems call every order under a contract a release."""
    named = f"blanket order {call.number}" if call.number else "a blanket order without naming it"
    known = ", ".join(each.purchase_order.po_number or each.order_id for each in blankets[:5]) or "none"
    return Finding(
        code="call_off_unknown",
        severity=Severity.WARNING if is_told_by_code and not blankets else Severity.ERROR,
        message=f"It calls goods off {named}; agreed with this customer: {known}. Ask the buyer which is meant.",
        field="notes",
        read=call.number or "call-off",
        candidates=tuple(
            Candidate(value=each.order_id, label=each.purchase_order.po_number or "", score=0.5, reasons=("a blanket order",))
            for each in blankets[:5]
        ),
    )


def _finding(code: str, message: str, read: str, *, line: int | None = None) -> Finding:
    return Finding(code=code, severity=Severity.ERROR, message=message, read=read, line=line)


def _valid_until(blanket: SalesOrder) -> date | None:
    """The last day that its notes or its subject state; None where they state none that exists."""
    said = _UNTIL.search(_words(blanket))
    if said is None:
        return None
    try:
        return iso_date(said["iso"]) if said["iso"] else date(int(said["year"]), int(said["month"]), int(said["day"]))
    except ValueError:
        return None


def _is_told(order: SalesOrder, code: str) -> bool:
    return any(finding.code == code for finding in order.reading_findings)


def _words(order: SalesOrder) -> str:
    return f"{order.source.subject}\n{order.purchase_order.notes or ''}"[:_LONGEST]


def _named(line: PurchaseOrderLine) -> str:
    name = line.buyer_part_number or line.seller_part_number or line.gtin or line.description or "without a number"
    return f"line {line.number} ({name[:60]})"

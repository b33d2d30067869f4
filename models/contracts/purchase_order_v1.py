"""From the wire to the domain: a purchase order as its document states it made the typed one.

Nothing is guessed here. What does not parse becomes None with a finding, and what was read with little confidence is
kept with a finding, so that a person looks at the very place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from models.contracts.extraction_v1 import (
    ExtractionV1,
    OrderLineV1,
    PartyV1,
    Problem,
    PurchaseOrderV1,
    StatedValue,
    stated_fields,
)
from models.domain.findings import Finding, Owner, Severity
from models.domain.identifiers import Gtin
from models.domain.party import StatedParty
from models.domain.purchase_order import PurchaseOrder, PurchaseOrderLine
from models.domain.values import MOST, Currency, UnitCode, exact, iso_date

T = TypeVar("T")

#: Notes that say what kind of order it is, though nothing is wrong with it.
_KINDS_OF_ORDER = frozenset({"call_off"})
_IDENTIFIERS = ("gtin", "buyer_part_number", "seller_part_number")
_PLACE = ("gln", "street", "postal_code", "city")
#: How sure a country is that the reader took from something else than its name.
_INFERRED = 0.5


def to_purchase_order(
    stated: PurchaseOrderV1, *, problems: Sequence[Problem] = (), threshold: float = 0.8
) -> tuple[PurchaseOrder, tuple[Finding, ...]]:
    """The typed order and every doubt about its reading. Never raises for what a document says.

    `problems` are those of this order and of its document (see `problems_of`); `threshold` is the confidence below
    which a value that decides what is shipped, where to or at which price needs a person.
    """
    reading = _Reading()
    order = _as_changed(_order(stated, reading), problems)
    findings = [*_missing(order), *reading.findings, *_low_confidence(stated, threshold), *map(_from_problem, problems)]
    telling = (finding for finding in findings if finding.severity is not Severity.INFO or finding.code in _KINDS_OF_ORDER)
    return order, tuple(_each_once(telling))


def problems_of(extraction: ExtractionV1, order_index: int) -> tuple[Problem, ...]:
    """The problems of one order of a document and those of the document as a whole."""
    own = f"orders[{order_index}]"
    return tuple(
        problem
        for problem in extraction.problems
        if problem.field is None or not problem.field.startswith("orders[") or re.match(rf"{re.escape(own)}(\.|$)", problem.field)
    )


def evidenced(findings: Iterable[Finding], stated: PurchaseOrderV1) -> tuple[Finding, ...]:
    """The findings with the evidence and confidence of the value that their `field` names, where they have none yet."""
    values = dict(stated_fields(stated))
    return tuple(_with_place(finding, values.get(finding.field or "")) for finding in findings)


@dataclass
class _Reading:
    """Parses stated values and remembers what did not parse."""

    findings: list[Finding] = field(default_factory=list)

    def parsed(
        self, path: str, stated: StatedValue | None, parse: Callable[[str], T], severity: Severity = Severity.ERROR
    ) -> T | None:
        if stated is None or not stated.value.strip():
            return None
        try:
            return parse(stated.value)
        except ValueError as error:
            self._doubt("unreadable_value", path, stated, str(error), severity)
            return None

    def check_gtin(self, path: str, stated: StatedValue | None) -> None:
        if stated is not None and Gtin.parse(stated.value) is None:
            message = f"{_short(stated.value)!r} is not a GTIN: its length or its check digit is wrong"
            self._doubt("invalid_gtin", path, stated, message, Severity.WARNING)

    def _doubt(self, code: str, path: str, stated: StatedValue, message: str, severity: Severity) -> None:
        self.findings.append(_finding(code, severity, message, path, stated))


def _order(stated: PurchaseOrderV1, reading: _Reading) -> PurchaseOrder:
    def total(name: str) -> Decimal | None:
        return reading.parsed(name, getattr(stated, name), exact, Severity.WARNING)

    return PurchaseOrder(
        kind=stated.kind,
        po_number=_value(stated.po_number),
        release_number=_value(stated.release_number),
        blanket_number=_value(stated.blanket_number),
        order_date=reading.parsed("order_date", stated.order_date, iso_date, Severity.WARNING),
        requested_date=reading.parsed("requested_delivery_date", stated.requested_delivery_date, iso_date),
        currency=reading.parsed("currency", _read(stated.currency), Currency),
        buyer=_party(stated.buyer) or StatedParty(),
        ship_to=_party(stated.ship_to),
        bill_to=_party(stated.bill_to),
        payment_terms=_value(stated.payment_terms),
        incoterm=_value(stated.incoterm),
        freight_terms=_value(stated.freight_terms),
        notes=_value(stated.notes),
        lines=tuple(_line(index, line, stated.kind, reading) for index, line in enumerate(stated.lines)),
        total_net=total("total_net"),
        total_tax=total("total_tax"),
        total_gross=total("total_gross"),
    )


def _line(index: int, stated: OrderLineV1, kind: str, reading: _Reading) -> PurchaseOrderLine:
    path = f"lines[{index}]"
    reading.check_gtin(f"{path}.gtin", stated.gtin)
    quantity = _not_below_zero if kind == "order_change" else _above_zero
    return PurchaseOrderLine(
        number=index + 1,
        stated_number=_value(stated.line_number),
        buyer_part_number=_value(stated.buyer_part_number),
        seller_part_number=_value(stated.seller_part_number),
        gtin=_value(stated.gtin),
        description=_value(stated.description),
        quantity=reading.parsed(f"{path}.quantity", stated.quantity, quantity),
        unit=reading.parsed(f"{path}.unit", stated.unit, UnitCode),
        unit_price=reading.parsed(f"{path}.unit_price", stated.unit_price, _not_below_zero),
        price_basis=reading.parsed(f"{path}.price_basis_quantity", stated.price_basis_quantity, _above_zero) or Decimal(1),
        discount_percent=reading.parsed(f"{path}.discount_percent", stated.discount_percent, _percent),
        line_total=reading.parsed(f"{path}.line_total", stated.line_total, exact, Severity.WARNING),
        requested_date=reading.parsed(f"{path}.requested_delivery_date", stated.requested_delivery_date, iso_date),
        pack_contents=reading.parsed(f"{path}.pack_contents", stated.pack_contents, _above_zero),
    )


def _as_changed(order: PurchaseOrder, problems: Sequence[Problem]) -> PurchaseOrder:
    """The order with what its document says of a change beside the lines' own values: see `line_added` and `replacement`."""
    codes = {problem.code for problem in problems}
    if order.kind != "order_change" or not codes & {"line_added", "replacement"}:
        return order
    added = {_line_number(_own_path(problem)) for problem in problems if problem.code == "line_added"}
    lines = tuple(line.model_copy(update={"is_added": True}) if line.number in added else line for line in order.lines)
    return order.model_copy(update={"lines": lines, "is_replacement": "replacement" in codes})


def _above_zero(raw: str) -> Decimal:
    number = _not_below_zero(raw)
    if number == 0:
        raise ValueError(f"{raw[:60]!r} should be more than zero")
    return number


def _not_below_zero(raw: str) -> Decimal:
    number = exact(raw)
    if not 0 <= number <= MOST:
        raise ValueError(f"{raw[:60]!r} should not be below zero, nor above {MOST}")
    return number


def _percent(raw: str) -> Decimal:
    number = exact(raw)
    if not 0 <= number <= 100:
        raise ValueError(f"{raw[:60]!r} is not a percentage from 0 to 100")
    return number


def _missing(order: PurchaseOrder) -> Iterable[Finding]:
    if order.po_number is None:
        yield Finding(
            code="missing_po_number",
            severity=Severity.ERROR,
            field="po_number",
            message='The document states no purchase order number: ask the buyer, or give one with {"po_number": "…"}.',
        )
    moves_day = order.kind == "order_change" and order.requested_date is not None
    if not order.lines and order.kind != "order_cancellation" and not moves_day:
        message = "No order line was read: look at the document, and ask the buyer to send the lines again."
        yield Finding(code="no_lines", severity=Severity.ERROR, field="lines", message=message)
    yield from (_missing_quantity(line) for line in order.lines if line.quantity is None)


def _missing_quantity(line: PurchaseOrderLine) -> Finding:
    return Finding(
        code="missing_quantity",
        severity=Severity.ERROR,
        field=f"lines[{line.number - 1}].quantity",
        line=line.number,
        message=f'Line {line.number} has no quantity that can be read: give it with {{"{line.number}.quantity": "…"}}.',
    )


def _read(value: StatedValue | None) -> StatedValue | None:
    """A value that the sender stated; one that was only inferred (a currency from a country) says nothing against the books."""
    return value if value is not None and (value.evidence or value.confidence == 1.0) else None


def _low_confidence(stated: PurchaseOrderV1, threshold: float) -> Iterable[Finding]:
    for path, value in _critical(stated):
        if value.confidence < threshold and value.value.strip():
            own = f" ({value.reasoned:.2f} as the reader reckons)" if value.reasoned is not None else ""
            message = (
                f"{_short(value.value)!r} was read with confidence {value.confidence:.2f}{own}: compare it with the document."
            )
            yield _finding("low_confidence", Severity.ERROR, message, path, value)


def _critical(stated: PurchaseOrderV1) -> Iterable[tuple[str, StatedValue]]:
    """The values that decide what is shipped, where to and at which price."""
    if stated.po_number:
        yield "po_number", stated.po_number
    if stated.ship_to:
        places = ((name, getattr(stated.ship_to, name)) for name in _PLACE)
        yield from ((f"ship_to.{name}", value) for name, value in places if value)
    for index, line in enumerate(stated.lines):
        values = [_identifier(line), *((name, getattr(line, name)) for name in ("quantity", "unit", "unit_price"))]
        yield from ((f"lines[{index}].{name}", value) for name, value in values if value)


def _identifier(line: OrderLineV1) -> tuple[str, StatedValue | None]:
    """The surest of the line's identifiers: one that is read well is enough. Without a number the description is it."""
    stated = [(name, value) for name in _IDENTIFIERS if (value := getattr(line, name))]
    return max(stated, key=lambda named: named[1].confidence) if stated else ("description", line.description)


def _from_problem(problem: Problem) -> Finding:
    path = _own_path(problem)
    return Finding(
        code=problem.code,
        severity=problem.severity,
        message=_short(problem.message, 500),
        field=path,
        line=_line_number(path),
        owner=Owner.COMPLIANCE if problem.code == "bank_details" else Owner.SALES,
        evidence=problem.evidence,
        candidates=problem.candidates,
    )


def _own_path(problem: Problem) -> str | None:
    """The problem's place within its order."""
    return re.sub(r"^orders\[\d+\]\.?", "", problem.field or "") or None


def _each_once(findings: Iterable[Finding]) -> Iterable[Finding]:
    """One finding per code and place, and no low confidence where the value could not be read at all."""
    seen: set[tuple[str, str | None]] = set()
    for finding in findings:
        unread = finding.code == "low_confidence" and ("unreadable_value", finding.field) in seen
        if not unread and (finding.code, finding.field) not in seen:
            seen.add((finding.code, finding.field))
            yield finding


def _with_place(finding: Finding, value: StatedValue | None) -> Finding:
    if value is None or finding.evidence:
        return finding
    return finding.model_copy(update={"evidence": value.evidence, "confidence": value.confidence})


def _finding(code: str, severity: Severity, message: str, path: str, stated: StatedValue) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        message=message,
        field=path,
        line=_line_number(path),
        read=_short(stated.value),
        confidence=stated.confidence,
        evidence=stated.evidence,
    )


def _line_number(path: str | None) -> int | None:
    found = re.match(r"lines\[(\d{1,6})\]", path or "")
    return int(found[1]) + 1 if found else None


def _short(text: str, longest: int = 120) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _value(stated: StatedValue | None) -> str | None:
    return (stated.value.strip() or None) if stated else None


def _party(stated: PartyV1 | None) -> StatedParty | None:
    if stated is None:
        return None
    parts = {name: _value(getattr(stated, name)) for name in PartyV1.model_fields}
    return StatedParty(**parts, country_is_inferred=stated.country is not None and _read(stated.country) is None)

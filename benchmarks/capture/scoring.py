"""What a reading is worth against the truth: fields of the head, aligned lines, perfect, touchless and silently wrong orders.

A silent error is an order that would go touchless at the shipped threshold while a value that decides what is shipped, where
to or at which price is wrong. What our books would settle or catch later is not reckoned with, for better or worse.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np
from rapidfuzz import fuzz

from models.contracts.extraction_v1 import ExtractionV1, OrderLineV1, PurchaseOrderV1, StatedValue
from models.contracts.purchase_order_v1 import problems_of, to_purchase_order

HEAD = ("po_number", "order_date", "requested_delivery_date", "currency", "payment_terms", "incoterm")
TOTALS = ("total_net", "total_tax", "total_gross")
PLACE = ("name", "street", "postal_code", "city", "country")
PARTIES = {"buyer": (*PLACE, "customer_number"), "ship_to": PLACE, "bill_to": PLACE}
LINE = (
    "line_number", "buyer_part_number", "seller_part_number", "gtin", "description", "quantity", "unit", "unit_price",
    "price_basis_quantity", "discount_percent", "line_total", "requested_delivery_date",
)  # fmt: skip
_NUMBERS = frozenset({*TOTALS, "quantity", "unit_price", "price_basis_quantity", "discount_percent", "line_total"})
_IDENTIFIERS = ("gtin", "buyer_part_number", "seller_part_number")
_CRITICAL_LINE = ("quantity", "unit", "unit_price", "price_basis_quantity", "discount_percent")
_CRITICAL_PLACE = ("street", "postal_code", "city")
#: Free text that differs by less than this share is the same text: hyphens at a line's end, a joint of two lines.
_SAME_TEXT = 90


@dataclass(frozen=True, slots=True)
class Verdict:
    """One field: what was to be read and what was read, at which confidence; `right` for equal or both absent."""

    path: str
    wanted: Any
    read: str | None
    confidence: float
    right: bool
    critical: bool = False
    #: Whether it was inferred rather than read.
    inferred: bool = False
    #: Whether it is a field of its own; that a line is missing or names other goods shows in its fields too.
    counted: bool = True


@dataclass
class Score:
    """One document judged."""

    intent_right: bool
    head: list[Verdict] = field(default_factory=list)
    lines: list[Verdict] = field(default_factory=list)
    orders: int = 0
    perfect: int = 0
    touchless: int = 0
    #: Orders that a clerk would enter without a question: they say so in their truth, and state their number.
    clear: int = 0
    clear_touchless: int = 0
    silent: int = 0
    blocking: tuple[str, ...] = ()

    @property
    def wrong(self) -> list[Verdict]:
        """All that was read wrongly, missed or invented."""
        return [verdict for verdict in (*self.head, *self.lines) if not verdict.right]


def judge(extraction: ExtractionV1, truth: Mapping[str, Any]) -> Score:
    """The reading of one document against its truth; orders are paired by number, else by place."""
    score = Score(extraction.intent.value in options_of(truth["intent"]))
    wanted = list(truth["orders"])
    places = _paired_orders(extraction.orders, wanted)
    for place, order in zip(places, wanted, strict=True):
        _judge_order(score, extraction, place, order)
    for place in set(range(len(extraction.orders))) - set(places):
        _judge_order(score, extraction, place, None)
    return score


def _paired_orders(read: Sequence[PurchaseOrderV1], wanted: Sequence[Mapping[str, Any]]) -> list[int | None]:
    free = list(range(len(read)))
    places: list[int | None] = []
    for order in wanted:
        same = [place for place in free if _is_right("po_number", order.get("po_number"), _value(read[place].po_number))]
        place = next(iter(same or free), None)
        places.append(place)
        if place is not None:
            free.remove(place)
    return places


def _judge_order(score: Score, extraction: ExtractionV1, place: int | None, wanted: Mapping[str, Any] | None) -> None:
    """Adds one pair: an order that was not read has only missed fields, one that nobody wrote only invented ones."""
    read = extraction.orders[place] if place is not None else PurchaseOrderV1()
    head = list(_head_verdicts(read, wanted or {}))
    lines = _line_verdicts(read.lines, (wanted or {}).get("lines", []))
    wrong = [verdict for verdict in (*head, *lines) if not verdict.right]
    score.head += head
    score.lines += lines
    score.orders += wanted is not None
    clear = wanted is not None and _is_clear(wanted)
    score.clear += clear
    kind_right = wanted is not None and read.kind in options_of(wanted.get("kind", "order"))
    score.perfect += bool(kind_right and score.intent_right and not wrong)
    if place is None:
        return
    score.blocking = (*score.blocking, *blocking_findings(extraction, place))
    if not blocking_findings(extraction, place):
        score.touchless += 1
        score.clear_touchless += clear
        asked_for = wanted is not None and wanted.get("asks") == "true"
        score.silent += bool(not kind_right or asked_for or any(verdict.critical for verdict in wrong))


def _is_clear(wanted: Mapping[str, Any]) -> bool:
    return wanted.get("asks") != "true" and None not in options_of(wanted.get("po_number"))


def blocking_findings(extraction: ExtractionV1, place: int) -> tuple[str, ...]:
    """What keeps the order at `place` from going touchless by its reading alone, at the shipped threshold."""
    _, findings = to_purchase_order(extraction.orders[place], problems=problems_of(extraction, place))
    return tuple(f"{finding.code} {finding.field or ''}".strip() for finding in findings if finding.blocks)


def _head_verdicts(read: PurchaseOrderV1, wanted: Mapping[str, Any]) -> Iterator[Verdict]:
    for name in (*HEAD, *TOTALS):
        yield from _verdict(name, name, wanted.get(name), getattr(read, name), critical=name == "po_number")
    for role, names in PARTIES.items():
        party, stated = getattr(read, role), wanted.get(role)
        if stated == "*":
            continue
        for name in names:
            value = getattr(party, name) if party is not None else None
            critical = role == "ship_to" and name in _CRITICAL_PLACE
            yield from _verdict(f"{role}.{name}", name, (stated or {}).get(name), value, critical=critical)


def _verdict(path: str, name: str, wanted: Any, read: StatedValue | None, *, critical: bool = False) -> Iterator[Verdict]:
    """The verdict on one field; none where it is not judged, or nothing was there and nothing was read."""
    value = _value(read)
    if wanted == "*" or (value is None and wanted is None):
        return
    right = _is_right(name, wanted, value)
    if value is None and right:
        return
    confidence, inferred = (read.confidence, not read.evidence) if read is not None else (0.0, False)
    yield Verdict(path, wanted, value, confidence, right, critical, inferred)


def _line_verdicts(read: Sequence[OrderLineV1], wanted: Sequence[Mapping[str, Any]]) -> list[Verdict]:
    """The verdicts on all lines under the kindest way to take schedules: as one line each or as their sum."""
    ways = [_aligned_verdicts(read, [line for each in wanted for line in _as_sum(each)])]
    if any(line.get("deliveries") for line in wanted):
        ways.append(_aligned_verdicts(read, [line for each in wanted for line in _as_parts(each)]))
    return min(ways, key=lambda verdicts: sum(not verdict.right for verdict in verdicts))


def _as_sum(line: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    parts = line.get("deliveries")
    if not parts:
        yield line
        return
    days = [part["requested_delivery_date"] for part in parts]
    yield {**line, "requested_delivery_date": [*days, None]}


def _as_parts(line: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for part in line.get("deliveries") or [{}]:
        amount = {"line_total": "*"} if part else {}
        yield {**line, **amount, **part}


def _aligned_verdicts(read: Sequence[OrderLineV1], wanted: Sequence[Mapping[str, Any]]) -> list[Verdict]:
    verdicts: list[Verdict] = []
    for ours, theirs in align(read, wanted):
        line = read[ours] if ours is not None else OrderLineV1()
        truth = wanted[theirs] if theirs is not None else {}
        label = f"lines[{theirs if theirs is not None else f'+{ours}'}]"
        found = [
            verdict
            for name in LINE
            for verdict in _verdict(
                f"{label}.{name}", name, _default(name, truth), getattr(line, name), critical=name in _CRITICAL_LINE
            )
        ]
        verdicts += found
        verdicts += _whole_line(label, line, truth, ours, theirs)
    return verdicts


def _default(name: str, truth: Mapping[str, Any]) -> Any:
    """A price basis of 1 may stand or be left out."""
    basis = truth.get(name)
    return ["1", None] if name == "price_basis_quantity" and basis in (None, "1") else basis


def _whole_line(
    label: str, line: OrderLineV1, truth: Mapping[str, Any], ours: int | None, theirs: int | None
) -> Iterator[Verdict]:
    """A line too many, a line too few or a line for other goods: wrong as such, and critical."""
    if ours is None or theirs is None:
        wanted, found = ("a line", None) if ours is None else (None, "a line")
        yield Verdict(label, wanted, found, 0.0, right=False, critical=True, counted=False)
        return
    read = {_plain(value) for name in _IDENTIFIERS if (value := _value(getattr(line, name)))}
    codes = {_plain(option) for name in _IDENTIFIERS for option in options_of(truth.get(name)) if option not in (None, "*")}
    judged = all(truth.get(name) != "*" for name in _IDENTIFIERS)
    if not read and any(isinstance(truth.get(name), list) and None in truth[name] for name in _IDENTIFIERS):
        return  # the number is part of the text, and may be left there
    if judged and ((codes and not read & codes) or (not codes and read)):
        yield Verdict(
            f"{label}.identifier", sorted(codes), " ".join(sorted(read)) or None, 0.0, right=False, critical=True, counted=False
        )


def align(read: Sequence[OrderLineV1], wanted: Sequence[Mapping[str, Any]]) -> list[tuple[int | None, int | None]]:
    """Pairs (read, wanted) in order that agree in the most fields; what has no partner stands alone."""
    likeness = np.array([[_likeness(line, truth) for truth in wanted] for line in read]).reshape(len(read), len(wanted))
    best = np.zeros((len(read) + 1, len(wanted) + 1))
    for i in range(len(read) - 1, -1, -1):
        for j in range(len(wanted) - 1, -1, -1):
            best[i, j] = max(likeness[i, j] + best[i + 1, j + 1], best[i + 1, j], best[i, j + 1])
    return list(_path(best, likeness))


def _path(best: Any, likeness: Any) -> Iterator[tuple[int | None, int | None]]:
    i = j = 0
    rows, columns = likeness.shape
    while i < rows and j < columns:
        if likeness[i, j] > 0 and best[i, j] == likeness[i, j] + best[i + 1, j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i, j] == best[i + 1, j]:
            yield i, None
            i += 1
        else:
            yield None, j
            j += 1
    yield from ((place, None) for place in range(i, rows))
    yield from ((None, place) for place in range(j, columns))


def _likeness(line: OrderLineV1, truth: Mapping[str, Any]) -> int:
    weights = {"buyer_part_number": 3, "seller_part_number": 3, "gtin": 3, "description": 2, "line_number": 2}
    total = 0
    for name in LINE:
        value = _value(getattr(line, name))
        if value is not None and truth.get(name) not in (None, "*") and _is_right(name, truth[name], value):
            total += weights.get(name, 1)
    return total


def _value(read: StatedValue | None) -> str | None:
    return read.value if read is not None else None


def options_of(wanted: Any) -> list[Any]:
    """The values that the truth allows for a field: each of a list, else the one."""
    return list(wanted) if isinstance(wanted, list | tuple) else [wanted]


def _is_right(name: str, wanted: Any, value: str | None) -> bool:
    return any(_equals(name, option, value) for option in options_of(wanted))


def _equals(name: str, wanted: Any, value: str | None) -> bool:
    if wanted == "*":
        return True
    if wanted is None or value is None:
        return wanted is None and value is None
    if name in _NUMBERS:
        return _number(str(wanted)) == _number(value)
    one, other = _plain(str(wanted)), _plain(value)
    if one == other:
        return True
    if name == "line_number":
        return one.lstrip("0") == other.lstrip("0")
    # Digits must agree: a text that is nearly right but for a size is another thing.
    digits = re.sub(r"\D", "", one) == re.sub(r"\D", "", other)
    return name in ("description", "payment_terms", "name", "street") and digits and fuzz.ratio(one, other) >= _SAME_TEXT


def _number(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _plain(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in folded if sign.isalnum())

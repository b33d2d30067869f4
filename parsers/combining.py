"""The same order read from two places made one: the better source counts, the other fills gaps, and disagreement is named.

Two readings are the same order if they bear the same PO number, or if one bears none and they name the same goods.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from pydantic import BaseModel
from rapidfuzz import fuzz

from models.contracts.extraction_v1 import Intent, OrderLineV1, PartyV1, Problem, PurchaseOrderV1, StatedValue
from models.domain.findings import Candidate, Severity
from models.domain.identifiers import normalised_po_number
from parsers.lexicon import folded
from parsers.part_reading import OrderReading, PartReading

FILLS_ORDERS = frozenset([Intent.ORDER, Intent.ORDER_CHANGE, Intent.ORDER_CANCELLATION])
#: What the mail's own words may turn an attached order into, or say it is not.
_BODY_DECIDES = frozenset(
    [Intent.ORDER_CHANGE, Intent.ORDER_CANCELLATION, Intent.ORDER_STATUS_ENQUIRY, Intent.RETURN_REQUEST, Intent.QUOTE_REQUEST]
)
_NUMBERS = ("quantity", "unit_price", "price_basis_quantity", "line_total", "total_net", "total_tax", "total_gross")
_LINE_PARTS = ("seller_part_number", "buyer_part_number", "gtin")
_COMPARED = ("po_number", "requested_delivery_date", "currency", "total_net", "total_gross")
_COMPARED_IN_LINES = (*_LINE_PARTS, "quantity", "unit", "unit_price", "requested_delivery_date")
_GRAVE = frozenset(["quantity", "unit_price", "po_number", *_LINE_PARTS])
_ALIKE = 80
_SURE = 0.6
#: Formats that state values rather than show them.
_STRUCTURED = frozenset(["edifact", "x12", "ubl", "cxml", "orderx", "opentrans", "spreadsheet", "delimited"])


def combined_intent(body: PartReading | None, parts: Sequence[PartReading]) -> Intent:
    """The intent of a mail: what its words decide, else what its attachments are, else what its words hint at."""
    with_orders = [part.intent for part in parts if part.orders and part.intent in FILLS_ORDERS]
    if body is None:
        return _first_telling([*with_orders, *(part.intent for part in parts)])
    if body.intent in _BODY_DECIDES:
        return body.intent
    if any(order.order.lines for order in body.orders):
        return body.intent
    return _first_telling([*with_orders, *(part.intent for part in parts if part.intent is not Intent.ORDER), body.intent])


def _first_telling(intents: Iterable[Intent]) -> Intent:
    return next((intent for intent in intents if intent is not Intent.OTHER), Intent.OTHER)


def combined_mail(body: PartReading, parts: Sequence[PartReading]) -> PartReading:
    """A mail's text and its attachments as one part."""
    intent = combined_intent(body, parts)
    attached = combined_parts(parts)
    orders = combined(attached, body.orders, "the attachment", "the mail's text") if intent in FILLS_ORDERS else ()
    decided = intent in _BODY_DECIDES
    return replace(
        body,
        intent=intent,
        orders=tuple(_of_kind(order, intent) if decided else order for order in orders),
        problems=(*body.problems, *(problem for part in parts for problem in part.problems)),
        language=body.language or next((part.language for part in parts if part.language), None),
        pages=max([1, *(part.pages for part in parts)]) if len(parts) < 2 else sum(part.pages for part in parts),
        pictures=tuple(picture for part in parts for picture in part.pictures),
        interchanges=tuple(interchange for part in parts for interchange in part.interchanges),
        receipts=tuple(receipt for part in parts for receipt in part.receipts),
        numbers=(*body.numbers, *(number for part in parts for number in part.numbers)),
    )


def _of_kind(reading: OrderReading, intent: Intent) -> OrderReading:
    """An attached order that the mail changes or cancels; a full cancellation has no lines."""
    changes: dict[str, object] = {"kind": intent.value}
    if intent is Intent.ORDER_CANCELLATION:
        changes["lines"] = ()
    whole = tuple(problem for problem in reading.problems if problem.field in {None, "po_number"})  # lines matter no more
    problems = reading.problems if intent is not Intent.ORDER_CANCELLATION else whole
    return replace(reading, order=reading.order.model_copy(update=changes), problems=problems)


def combined_parts(parts: Sequence[PartReading]) -> tuple[OrderReading, ...]:
    """The orders of several files: one that two files bear with the same number is one order, what states it first."""
    wanted = [part for part in parts if part.intent in FILLS_ORDERS]
    ranked = sorted(wanted, key=lambda part: not any(order.source_format in _STRUCTURED for order in part.orders))
    orders: tuple[OrderReading, ...] = ()
    for part in ranked:
        orders = combined(orders, part.orders, "one file", part.part, by_number=True) if orders else part.orders
    return orders


def combined(
    first: Sequence[OrderReading], second: Sequence[OrderReading], one: str, other: str, *, by_number: bool = False
) -> tuple[OrderReading, ...]:
    """The orders of `first`, filled from those of `second` that are the same, and those of `second` that are not.

    `one` and `other` name the sources in problems. With `by_number`, only the PO number makes two the same.
    """
    orders = list(first)
    rest = list(second)
    for place, order in enumerate(orders):
        alone = len(first) == len(second) == 1
        match = next((each for each in rest if _is_same(order, each, alone=alone, by_number=by_number)), None)
        if match is not None:
            rest.remove(match)
            orders[place] = _merged(order, match, one, other)
    return (*orders, *(each for each in rest if _stands_alone(each, bool(orders))))


def checked_against(
    stated: Sequence[OrderReading], shown: Sequence[OrderReading], name: str, other_name: str
) -> tuple[OrderReading, ...]:
    """The orders of `stated` as they are, with a problem for each quantity, price or total that `shown` has otherwise, and
    with the place on the page of each value that `shown` has alike.

    For a file that carries an order as data beside the pages that show it: the pages prove nothing where they were hard
    to read, so values of little confidence are left out.
    """
    checked = []
    for order in stated:
        match = next((each for each in shown if _is_same(order, each, alone=len(stated) == 1, by_number=False)), None)
        if match is None:
            checked.append(order)
            continue
        problems = _differences(order.order, match, name, other_name)
        checked.append(replace(order, order=_seen_on_pages(order.order, match.order), problems=(*order.problems, *problems)))
    return tuple(checked)


def _seen_on_pages(one: PurchaseOrderV1, other: PurchaseOrderV1) -> PurchaseOrderV1:
    """`one` with the evidence of `other` added to each value that both state alike, so that people see it on the page."""
    lines = list(one.lines)
    for place, match in _paired(one.lines, other.lines):
        lines[place] = lines[place].model_copy(update=_alike(lines[place], other.lines[match]))
    parties = {
        role: mine.model_copy(update=_alike(mine, theirs))
        for role in ("buyer", "ship_to", "bill_to")
        if (mine := getattr(one, role)) is not None and (theirs := getattr(other, role)) is not None
    }
    return one.model_copy(update={**_alike(one, other), **parties, "lines": tuple(lines)})


def _alike(one: BaseModel, other: BaseModel) -> dict[str, StatedValue]:
    """The values of one that the other states alike, with the places of both."""
    found: dict[str, StatedValue] = {}
    for name in type(one).model_fields:
        mine, theirs = getattr(one, name), getattr(other, name)
        if isinstance(mine, StatedValue) and isinstance(theirs, StatedValue) and _says_same(name, mine.value, theirs.value):
            found[name] = mine.model_copy(update={"evidence": (*mine.evidence, *theirs.evidence)})
    return found


def _differences(one: PurchaseOrderV1, shown: OrderReading, name: str, other_name: str) -> list[Problem]:
    problems: list[Problem] = []
    other = shown.order
    for field in ("total_net", "total_gross"):
        _compare(problems, field, getattr(one, field), _sure(getattr(other, field)), name, other_name)
    is_torn = any(each.code == "unread_values" and each.severity is Severity.ERROR for each in shown.problems)
    for place, match in _paired(one.lines, other.lines):
        if _is_exchanged(one.lines[place], other.lines[match]) or (is_torn and other.lines[match].unit_price is None):
            continue  # columns were taken for one another, or a row whose values were not all understood
        for field in ("quantity", "unit_price"):
            mine, theirs = getattr(one.lines[place], field), _sure(getattr(other.lines[match], field))
            _compare(problems, field, mine, theirs, name, other_name, f"lines[{place}].")
    return problems


def _is_exchanged(stated: OrderLineV1, shown: OrderLineV1) -> bool:
    """Whether the page shows as its price what the data has as quantity, and the other way round, perhaps rounded: both name
    the same two numbers, whose product is the same, so only the page's columns were taken for one another."""
    pairs = ((stated.quantity, shown.unit_price), (stated.unit_price, shown.quantity))
    return all(mine is not None and theirs is not None and _is_rounded(mine.value, theirs.value) for mine, theirs in pairs)


def _is_rounded(exact: str, shown: str) -> bool:
    try:
        places = len(shown.partition(".")[2])
        return places >= 2 and round(Decimal(exact), places) == Decimal(shown)
    except InvalidOperation:
        return False


def _sure(value: StatedValue | None) -> StatedValue | None:
    return value if value is not None and value.confidence >= _SURE else None


def _stands_alone(reading: OrderReading, beside_others: bool) -> bool:
    """Whether a reading is an order in itself: a number without goods, beside orders that have some, is a mere mention."""
    if reading.order.lines:
        return True
    return not beside_others and reading.order.kind != "order"


def _is_same(one: OrderReading, other: OrderReading, *, alone: bool, by_number: bool) -> bool:
    numbers = [order.order.po_number for order in (one, other)]
    if numbers[0] is not None and numbers[1] is not None:
        return normalised_po_number(numbers[0].value) == normalised_po_number(numbers[1].value)
    if by_number:
        return False
    if not other.order.lines or not one.order.lines:
        return alone
    return alone or bool(_paired(one.order.lines, other.order.lines))


def _paired(ones: Sequence[OrderLineV1], others: Sequence[OrderLineV1]) -> list[tuple[int, int]]:
    """Places of lines that name the same goods, each line once."""
    pairs: list[tuple[int, int]] = []
    free = list(range(min(len(others), 500)))
    for place, line in enumerate(ones[:500]):
        match = max(free, key=lambda each: _likeness(line, others[each]), default=None)
        if match is not None and _likeness(line, others[match]) >= _ALIKE:
            pairs.append((place, match))
            free.remove(match)
    return pairs


def _likeness(one: OrderLineV1, other: OrderLineV1) -> float:
    """0 to 100: the same number of an article, or how alike the descriptions are."""
    mine, theirs = _part_numbers(one), _part_numbers(other)
    if mine & theirs:
        return 100
    if one.description is None or other.description is None:
        return 0
    likeness = fuzz.token_set_ratio(_singular(one.description.value), _singular(other.description.value))
    # the same words with other article numbers are two sizes of one thing, or one of the two is wrong: a person sees it
    return likeness if not (mine and theirs) else likeness - 15


def _singular(text: str) -> str:
    """Words alone, without the s of a plural: "draps-housses" and "Drap housse" are the same goods."""
    return re.sub(r"(?<=\w{3})s(?!\w)", "", re.sub(r"[-/,;.]", " ", folded(text)))


def _part_numbers(line: OrderLineV1) -> set[str]:
    values = (getattr(line, name) for name in _LINE_PARTS)
    return {normalised_po_number(value.value) for value in values if value is not None}


def _merged(one: OrderReading, other: OrderReading, name: str, other_name: str) -> OrderReading:
    """`one`, with what it lacks taken from `other`, and a problem for each value on which they disagree."""
    problems: list[Problem] = []
    for field in _COMPARED:
        _compare(problems, field, getattr(one.order, field), getattr(other.order, field), name, other_name)
    lines = _merged_lines(one.order.lines, other.order.lines, problems, name, other_name)
    order = _filled(one.order, other.order).model_copy(update={"lines": lines})
    kept = [problem for problem in one.problems if not _is_supplied(problem, order)]
    kept += [problem for problem in other.problems if problem.field is None and problem.severity is Severity.ERROR]
    return replace(one, order=order, problems=(*kept, *problems), message=one.message or other.message)


def _is_supplied(problem: Problem, order: PurchaseOrderV1) -> bool:
    """Whether a head field that one source lacked has come from the other."""
    return problem.code.startswith("missing_") and getattr(order, problem.field or "", None) is not None


def _filled(one: PurchaseOrderV1, other: PurchaseOrderV1) -> PurchaseOrderV1:
    updates: dict[str, object] = {}
    for name in PurchaseOrderV1.model_fields:
        mine, theirs = getattr(one, name), getattr(other, name)
        if isinstance(mine, PartyV1) and isinstance(theirs, PartyV1):
            missing = {each: getattr(theirs, each) for each in PartyV1.model_fields if getattr(mine, each) is None}
            updates[name] = mine.model_copy(update=missing)
        elif mine is None and theirs is not None:
            updates[name] = theirs
        elif isinstance(mine, StatedValue) and isinstance(theirs, StatedValue):
            updates[name] = _agreed(name, mine, theirs)
    return one.model_copy(update=updates)


def _agreed(field: str, one: StatedValue, other: StatedValue) -> StatedValue:
    """A value that two sources state alike is surer than either says alone; where they differ, the first stands as it is."""
    if not _says_same(field, one.value, other.value):
        return one
    together = min(1 - (1 - one.confidence) * (1 - other.confidence), 0.99)
    evidence = (*one.evidence, *other.evidence)
    return one.model_copy(update={"confidence": max(one.confidence, round(together, 4)), "evidence": evidence})


def _merged_lines(
    ones: Sequence[OrderLineV1], others: Sequence[OrderLineV1], problems: list[Problem], name: str, other_name: str
) -> tuple[OrderLineV1, ...]:
    if not ones:
        return tuple(others)
    merged = list(ones)
    pairs = _paired(ones, others)
    for place, match in pairs:
        for field in _COMPARED_IN_LINES:
            _compare(
                problems, field, getattr(ones[place], field), getattr(others[match], field), name, other_name, f"lines[{place}]."
            )
        missing = {each: getattr(others[match], each) for each in OrderLineV1.model_fields if getattr(ones[place], each) is None}
        merged[place] = ones[place].model_copy(update=missing)
    for place in set(range(len(others))) - {match for _, match in pairs}:
        said = others[place].description or others[place].seller_part_number or others[place].buyer_part_number
        problems.append(
            _conflict(
                None, f"{other_name} also names {said.value if said else 'another line'}, which {name} does not", grave=True
            )
        )
    return tuple(merged)


def _compare(
    problems: list[Problem],
    field: str,
    one: StatedValue | None,
    other: StatedValue | None,
    name: str,
    other_name: str,
    path: str = "",
) -> None:
    if one is None or other is None or _says_same(field, one.value, other.value):
        return
    message = f"{field.replace('_', ' ')}: {name} says {one.value}, {other_name} says {other.value}"
    said = (
        Candidate(value=each.value, label=source, score=each.confidence) for each, source in ((one, name), (other, other_name))
    )
    both = {"candidates": tuple(said), "evidence": (*one.evidence, *other.evidence)}
    problems.append(_conflict(path + field, message, grave=field in _GRAVE).model_copy(update=both))


def _conflict(field: str | None, message: str, *, grave: bool) -> Problem:
    severity = Severity.ERROR if grave else Severity.WARNING
    return Problem(code="conflicting_sources", severity=severity, field=field, message=message)


def _says_same(field: str, one: str, other: str) -> bool:
    if field in _NUMBERS:
        try:
            return Decimal(one) == Decimal(other)
        except InvalidOperation:
            return one == other
    return normalised_po_number(one) == normalised_po_number(other)

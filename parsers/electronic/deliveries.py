"""Lines in parts: dated deliveries (an order line for each), shares of several stores, and places of their own."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from models.contracts.extraction_v1 import OrderLineV1, StatedValue
from models.domain.findings import Severity
from parsers.electronic.structured import OrderDraft, Source, stated

#: What is stated of a party or a line, by the contract's names.
Fields = dict[str, StatedValue | None]

#: A quantity and the day that it is wanted.
Delivery = tuple[StatedValue, StatedValue]


def by_delivery(
    draft: OrderDraft, whole: OrderLineV1, deliveries: list[Delivery], *, label: str, path: str, total: str
) -> list[OrderLineV1]:
    """The line itself, or a line for each delivery.

    Deliveries that do not add up leave the line whole, for a person to ask about. An amount stated for the whole line
    belongs to none of several deliveries and is left over under `total`, the tag that stated it. `path` is the line's.
    """
    if not deliveries:
        return [whole]
    scheduled = sum((Decimal(amount.value) for amount, _ in deliveries), Decimal(0))
    if whole.quantity is not None and Decimal(whole.quantity.value) != scheduled:
        message = f"{label}: {whole.quantity.value} are ordered but the deliveries add up to {scheduled}; ask the sender"
        draft.problem("schedule_mismatch", Severity.ERROR, message, f"{path}.quantity")
        return [whole]
    if len(deliveries) == 1:
        amount, day = deliveries[0]
        return [whole.model_copy(update={"quantity": whole.quantity or amount, "requested_delivery_date": day})]
    if whole.line_total is not None:
        draft.leave(total, f"{label}: {whole.line_total.value} for all its deliveries together")
    return [
        whole.model_copy(update={"line_total": None, "quantity": amount, "requested_delivery_date": day})
        for amount, day in deliveries
    ]


def ordered_in_all(lines: Sequence[OrderLineV1]) -> Decimal:
    """The sum of all lines' quantities, for the hash total of a message."""
    return sum((Decimal(line.quantity.value) for line in lines if line.quantity is not None), Decimal(0))


def note_added(draft: OrderDraft, first: int, count: int, label: str) -> None:
    """Say of a change's lines from `first` on that they are new: the contract's lines have no place for it."""
    for index in range(first, first + count):
        draft.problem("line_added", Severity.INFO, f"{label} is added by this change", f"lines[{index}]")


def store_shares(
    draft: OrderDraft, fields: Fields, shares: Sequence[tuple[str, str, Source, int]], *, label: str, path: str
) -> None:
    """A line that is distributed over stores (SDQ, or LOC with QTY): (store, quantity, where it stands, its element).

    The contract has no place for the shares: their sum is the line's quantity, the note lists them, and a person is asked,
    since the goods must be packed for each store.
    """
    found: list[tuple[str, Decimal]] = []
    for store, raw, source, element in shares:
        amount = draft.number(raw, source, path, element=element)
        if amount is not None:
            found.append((store, Decimal(amount.value)))
    if not found:
        return
    source = shares[0][2]
    total = sum((amount for _, amount in found), Decimal(0))
    listed = ", ".join(f"{store}: {amount}" for store, amount in found)
    draft.note(f"goes to store{'s'[: len(found) > 1]} {listed}", source, about=label)
    draft.problem(
        "store_distribution", Severity.WARNING, f"{label} is for {len(found)} store{'s'[: len(found) > 1]}: {listed[:1000]}", path
    )
    quantity = fields.get("quantity")
    if quantity is None:
        fields["quantity"] = stated(f"{total:f}", 0.9, source.evidence)
    elif Decimal(quantity.value) != total:
        message = f"{label}: {quantity.value} are ordered but the stores' shares add up to {total}; ask the sender"
        draft.problem("schedule_mismatch", Severity.ERROR, message, path)


def destination(draft: OrderDraft, head: Fields, of_lines: Sequence[tuple[str, Fields]], line_count: int) -> Fields:
    """Where the order goes: what its head says, else what every line says alike.

    A line that goes elsewhere cannot be said in the contract and is a problem that a person must solve.
    """
    if not of_lines:
        return head
    common = head if any(head.values()) else of_lines[0][1]
    astray = [(label, fields) for label, fields in of_lines if _differs(fields, common)]
    for label, fields in astray:
        message = f"{label} goes to {_place(fields)}, not to {_place(common)}: split the order, or ask the sender"
        draft.problem("ship_to_differs", Severity.ERROR, message, "ship_to")
    if common is not head and len(of_lines) < line_count:
        message = f"{len(of_lines)} of {line_count} lines say where they go, the order does not; ask the sender"
        draft.problem("ship_to_differs", Severity.ERROR, message, "ship_to")
        return head
    return common


def _differs(fields: Fields, common: Fields) -> bool:
    """Whether both say something and not the same: a name in one and a number in the other may be the same place."""
    return any(
        value is not None and (other := common.get(name)) is not None and value.value.casefold() != other.value.casefold()
        for name, value in fields.items()
    ) or not any(value is not None and common.get(name) is not None for name, value in fields.items())


def _place(fields: Fields) -> str:
    return ", ".join(value.value for value in fields.values() if value is not None)[:200] or "no stated place"

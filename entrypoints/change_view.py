"""A buyer's changes of an order as its page shows them: what was asked, what became of each line, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.domain.change_answers import is_met, open_wishes
from models.domain.corrections import corrected
from models.domain.display_words import unit_words
from models.domain.duplicates import change_asked
from models.domain.purchase_order import PurchaseOrder, PurchaseOrderLine
from models.domain.sales_order import ChangeRequest, SalesOrder
from models.domain.values import plain

_ANSWERS = {"accepted": "taken", "accepted_with_changes": "taken in part", "rejected": "not taken"}
#: What a person may still do, by how far the order has come (see `ChangeStage`).
_NEXT = {
    "open": "The order stands as it was answered; a person may still agree something with the buyer.",
    "in_warehouse": "The goods are in the warehouse's hands: what was not taken can only be stopped there, by a person.",
    "left": "The goods have left: what was not taken can only come back as a return, or be ordered anew.",
    "ended": "The order ended without a delivery: what is still wanted must be ordered anew.",
}


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """One thing that a change asks: in words, what became of it ("taken", "not taken", "open"), and what differs now."""

    asked: str
    state: str
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change of the buyer's: what it is, our answer to it in words, line by line, and what comes next."""

    change: ChangeRequest
    kind: str
    answer: str
    lines: tuple[ChangedLine, ...]
    next_step: str

    @property
    def is_open(self) -> bool:
        return not self.change.answer


def change_views(order: SalesOrder) -> tuple[ChangeView, ...]:
    """The order's changes, the latest first."""
    return tuple(_view(order, change) for change in reversed(order.changes))


def _view(order: SalesOrder, change: ChangeRequest) -> ChangeView:
    lines = tuple(_lines(order, change))
    kind = "cancellation" if change.purchase_order.kind == "order_cancellation" else "change"
    return ChangeView(
        change=change,
        kind=kind,
        answer=_ANSWERS.get(change.answer, "not answered yet"),
        lines=lines,
        next_step=_next_step(order, change, lines),
    )


def _next_step(order: SalesOrder, change: ChangeRequest, lines: tuple[ChangedLine, ...]) -> str:
    if all(line.state == "taken" for line in lines):
        return ""
    if not change.answer:
        waits = order.status.waits_for_person
        return "It waits for your decision on the questions below." if waits else "Its answer is on the way."
    return _NEXT[order.status.change_stage]


def _lines(order: SalesOrder, change: ChangeRequest) -> Iterator[ChangedLine]:
    asked = change.purchase_order
    open_state = "not taken" if change.answer else "open"
    if asked.kind == "order_cancellation":
        state = "taken" if is_met(order, change) else open_state
        yield from (ChangedLine(wish, state) for wish in change_asked(corrected(order.asked, order.corrections), asked))
        return
    wishes = open_wishes(order, change)
    yield from (ChangedLine(wish, open_state) for wish in wishes.get(0, ()))
    for line in asked.lines:
        differs = wishes.get(line.number, ())
        yield ChangedLine(_asked(line), open_state if differs else "taken", differs)
    if not asked.lines and 0 not in wishes:
        yield from _of_the_whole(asked, open_state if not is_met(order, change) else "taken")


def _of_the_whole(asked: PurchaseOrder, state: str) -> Iterator[ChangedLine]:
    """A change that names no lines and whose wishes, as far as they are fields, the order meets."""
    day = f"delivery on {asked.requested_date}" if asked.requested_date else ""
    yield ChangedLine(day or (asked.notes or "what its document says")[:200], state)


def _asked(line: PurchaseOrderLine) -> str:
    """The line as the change has it: "line 2 (AB-1): 500 pieces at 1.20 on 2026-12-01"."""
    name = line.buyer_part_number or line.seller_part_number or line.gtin or line.description or "without a number"
    said = [f"line {line.stated_number or line.number} ({name[:60]}):"]
    if line.quantity == 0:
        return f"{said[0]} taken out"
    if line.quantity is not None:
        said.append(f"{plain(line.quantity)} {unit_words(line.unit)}".strip())
    if line.unit_price is not None:
        said.append(f"at {plain(line.unit_price)}")
    if line.requested_date is not None:
        said.append(f"for {line.requested_date}")
    return " ".join(said) if len(said) > 1 else f"{said[0]} as before"

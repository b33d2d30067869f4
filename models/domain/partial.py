"""Partial acceptance: the good lines of an order go on, the doubtful ones wait as an order of their own, the rest.

Both parts keep the whole purchase order, its evidence and its line numbers, and are checked anew for themselves; each line
is in exactly one of them. An order is parted once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from models.domain.approval import has_head_gap, has_line_gap, open_questions
from models.domain.blankets import is_blanket
from models.domain.duplicates import is_numbered_alike, paired
from models.domain.lifecycle import OrderStatus
from models.domain.party import Customer
from models.domain.policy import DecisionPolicy
from models.domain.purchase_order import PurchaseOrder, PurchaseOrderLine
from models.domain.sales_order import Decision, OrderPart, SalesOrder


def allows_part(customer: Customer, policy: DecisionPolicy) -> bool:
    """Whether doubtful lines of this customer's may wait alone. Who takes no partial deliveries gets all lines at once too."""
    return policy.partial_acceptance != "never" and customer.takes_part_orders and customer.takes_partial_deliveries


def waiting_lines(order: SalesOrder) -> tuple[int, ...]:
    """The lines without which the others could go on.

    None where a doubt is about more than single lines (who buys, where it goes, credit, risk, what the policy asks), where
    all lines are doubtful or none is, and of an order that ships nothing by itself or is a part already.
    """
    questions = open_questions(order)
    if order.part is not None or has_head_gap(order) or is_blanket(order):
        return ()
    numbers = {line.number for line in order.lines}
    doubtful = {question.line for question in questions} | {line.number for line in order.lines if has_line_gap(line)}
    return tuple(sorted(number for number in doubtful if number)) if doubtful and doubtful < numbers else ()


def part_refusal(order: SalesOrder) -> str | None:
    """Why no part of the order can go on alone now, in a sentence that says what can be done; None where one can."""
    if order.part is not None:
        return f"This order is a part already; the other lines are {order.part.other}. Nothing was changed."
    if not order.status.waits_for_person:
        return f"This order waits for nobody: its status is {order.status}. Nothing was changed."
    if order.open_question is not None:
        return "The buyer was asked about this order, and the answer belongs to all of it: wait for it, or correct the lines."
    if not order.may_wait:
        return (
            "No part of this order can go on alone: its doubts are not about single lines, or its customer does not allow it "
            "(partial_acceptance in customers.csv). Use correct or approve."
        )
    return None


def other_part_words(part: OrderPart) -> str:
    """What the other part is to this one, for a link to it."""
    return "The lines that went on" if part.is_rest else "The lines that wait"


def lines_in_words(numbers: Sequence[int]) -> str:
    """ "line 2", "lines 2 and 5", "lines 2, 3 and 5"; at most twenty are named."""
    named = [*map(str, numbers[:20]), *([f"{len(numbers) - 20} more"] if len(numbers) > 20 else [])]
    return f"line {named[0]}" if len(named) == 1 else f"lines {', '.join(named[:-1])} and {named[-1]}"


def parted(order: SalesOrder, decision: Decision) -> tuple[SalesOrder, SalesOrder]:
    """The order with its good lines, and the rest with those that may wait (`may_wait`), both to be checked anew.

    Both share source, evidence, corrections and what was decided before. What the rest comes to is held against the stated
    net total less what the good lines came to.
    """
    waiting = order.may_wait
    going = tuple(line.number for line in order.whole.lines if line.number not in waiting)
    rest_id = order.order_id.rest
    beside = sum((line.net.amount for line in order.lines if line.net and line.number in going), Decimal(0))
    shared = {"decisions": (*order.decisions, decision), "status": OrderStatus.NEEDS_REVIEW, "may_wait": ()}
    by_itself = decision.by == "orderwright"
    first = _with_lines(order, going).model_copy(
        update={
            **shared,
            "part": OrderPart(lines=going, other=rest_id),
            # A person who looked at the order says nothing of those that nobody looks at.
            "budget": None if by_itself else order.budget,
        }
    )
    rest = _with_lines(order, waiting).model_copy(
        update={
            **shared,
            "order_id": rest_id,
            "version": 0,
            "number": None,
            "erp_reference": None,
            "part": OrderPart(lines=waiting, other=order.order_id, is_rest=True, beside_net=beside),
            "acknowledge_by": None,
            "changes": (),
        }
    )
    return first, rest


def _with_lines(order: SalesOrder, numbers: Collection[int]) -> SalesOrder:
    """The order with what concerns these lines, or no line in particular; sums and stock are reckoned anew."""
    return order.model_copy(
        update={
            "lines": tuple(line for line in order.lines if line.number in numbers),
            "findings": tuple(one for one in order.findings if one.line is None or one.line in numbers),
            "reading_findings": tuple(one for one in order.reading_findings if one.line is None or one.line in numbers),
            "tax": None,
            "credit": None,
            "stock_plan": None,
        }
    )


def concerning(order: SalesOrder, change: PurchaseOrder) -> PurchaseOrder | None:
    """What of a buyer's change this order answers for; None where all of it is about the other part's lines.

    A change that names no lines concerns both parts; what is new is added to the first one.
    """
    part = order.part
    if part is None or not change.lines:
        return change
    own: list[PurchaseOrderLine] = []
    pairs, free = paired(order.whole.lines, change.lines)
    for line, same in pairs:
        # Other goods under a line's number are that line's too, unless the change says that they are added.
        known = same or next((one for one in free if not line.is_added and is_numbered_alike(line, one)), None)
        if not part.is_rest if known is None else known.number in part.lines:
            own.append(line)
    return change.model_copy(update={"lines": tuple(own)}) if own else None


def also_concerned(order: SalesOrder, change: PurchaseOrder) -> str:
    """The other part of the order, where a change names lines of that one; "" where it does not."""
    own = concerning(order, change)
    return order.part.other if order.part and (own is None or len(own.lines) < len(change.lines)) else ""

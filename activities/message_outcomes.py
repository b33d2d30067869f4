"""What a message came to, from the receipts of the orders in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.contracts.order_submission_v1 import SubmissionReceiptV1
from models.contracts.return_request_v1 import ReturnRequestV1
from models.domain.lifecycle import OrderStatus
from models.domain.messages import Outcome


@dataclass(frozen=True)
class Answer:
    """The outcome, why, and what to write back: a matter of `answer_text`, or nothing."""

    outcome: Outcome
    explanation: str
    matter: str = ""
    numbers: str = ""
    cause: str = ""
    return_request: ReturnRequestV1 | None = None


def outcome_of_receipts(receipts: Sequence[SubmissionReceiptV1], unmatched: Sequence[str]) -> Answer:
    """The gravest of what the orders came to decides: what a person must look at, before changes, before what is new."""
    differing = [receipt for receipt in receipts if receipt.disposition == "differs"]
    if unmatched:
        numbers = _numbers(unmatched)
        return Answer("needs_person", f"It would change {numbers}, which is not open.", "unmatched", numbers)
    if differing:
        numbers = _numbers([receipt.order_id for receipt in differing])
        cause = "\n".join(f"- {difference}" for receipt in differing for difference in receipt.differences)
        return Answer("needs_person", f"{numbers} is known and says something else.", "differs", numbers, cause)
    changed = [receipt for receipt in receipts if receipt.disposition == "change_requested"]
    if changed:
        return _outcome_of_change(changed)
    opened = [receipt.order_id for receipt in receipts if receipt.disposition == "opened"]
    if opened:
        return Answer("orders_opened", f"Opened {_numbers(opened)}.")
    again = _numbers([receipt.order_id for receipt in receipts])
    return Answer("duplicate", f"{again} is known already and says the same.", "duplicate", again)


def _outcome_of_change(changed: Sequence[SubmissionReceiptV1]) -> Answer:
    """By how far the orders have come; one that is further than the others decides."""
    numbers = _numbers([receipt.order_id for receipt in changed])
    lines = "\n".join(f"- {difference}" for receipt in changed for difference in receipt.differences)
    stages = {OrderStatus(receipt.status).change_stage for receipt in changed}
    if all(receipt.is_taken for receipt in changed):
        return Answer("change_requested", f"A change to {numbers}, which the warehouse follows.", "change_taken", numbers, lines)
    if "ended" in stages:
        return Answer("needs_person", f"It would change {numbers}, which ended without a delivery.", "unmatched", numbers)
    if "left" in stages:
        return Answer("needs_person", f"It would change {numbers}, which has left already.", "change_too_late", numbers, lines)
    if "in_warehouse" in stages:
        explanation = f"It would change {numbers}, which is in the warehouse: stop what can be stopped, and tell the buyer."
        return Answer("needs_person", explanation, "change_in_warehouse", numbers, lines)
    return Answer("change_requested", f"A change to {numbers}.", "change_requested", numbers)


def outcome_of_unplaced_answer(order_ids: Sequence[str]) -> Answer:
    """A mail of somebody who was asked about these orders, and who does not say which of them it is about."""
    explanation = f"Its sender was asked about {_numbers(order_ids)}, and it does not say which order it answers."
    return Answer("needs_person", explanation, "passed_on")


def _numbers(order_ids: Sequence[str]) -> str:
    """The PO numbers behind order ids, for people."""
    return ", ".join(order_id.split(":", 2)[-1] for order_id in order_ids[:20])

"""The human task: what may be decided on an order now, and sentences for what may not.

Validators run without I/O on what the workflow knows of its order; what needs the books (does this SKU exist?) is checked
by the step that records the decision.
"""

from __future__ import annotations

from temporalio.exceptions import ApplicationError

from models.contracts.activity_io import OrderBrief
from models.contracts.decision_v1 import DecisionReceiptV1, DecisionV1
from models.domain.corrections import correction_refusals
from models.domain.lifecycle import OrderStatus
from models.domain.questions import LONGEST_TEXT

_EXAMPLE = '{"2.sku": "HX-M8-40"}'


def refuse_unless_waiting(brief: OrderBrief | None, decision: DecisionV1) -> None:
    """Refuse a decision on an order that waits for nobody, or that moved on since it was looked at."""
    if brief is None:
        raise _refusal("This order is still being read and checked. Try again in a few seconds.")
    if not brief.status.waits_for_person:
        raise _refusal(f"This order waits for nobody: its status is {brief.status}. Nothing was changed.")
    if decision.version is not None and str(decision.version) != str(brief.version):
        raise _refusal(
            f"This order moved on: you looked at version {decision.version}, it is at version {brief.version} now. "
            "Reload it and decide again."
        )


def refuse_approval(brief: OrderBrief | None, decision: DecisionV1) -> None:
    """Refuse to approve what approval alone does not mend."""
    refuse_unless_waiting(brief, decision)
    _refuse_extras(decision, "approve", '{"note": "checked with the buyer"}')
    if brief and brief.obstacles:
        raise _refusal("Approval alone does not mend this order: " + " ".join(brief.obstacles))


def refuse_rejection(brief: OrderBrief | None, decision: DecisionV1) -> None:
    """Refuse a rejection without a reason: the buyer is told why."""
    refuse_unless_waiting(brief, decision)
    _refuse_extras(decision, "reject", '{"reason": "we do not sell this"}')
    if not said(decision.reason):
        raise _refusal('A rejection needs a reason, which the buyer is told: {"reason": "we do not sell this"}')


def refuse_hold(brief: OrderBrief | None, decision: DecisionV1) -> None:
    """Refuse to hold with keys that mean nothing here."""
    refuse_unless_waiting(brief, decision)
    _refuse_extras(decision, "hold", '{"reason": "waiting for the buyer\'s call"}')


def refuse_correction(brief: OrderBrief | None, decision: DecisionV1) -> None:
    """Refuse corrections whose keys or values have not the form."""
    refuse_unless_waiting(brief, decision)
    if not decision.extras:
        raise _refusal(f"A correction names what it corrects, one key each: {_EXAMPLE}")
    lines = brief.line_numbers if brief else ()
    wrong = correction_refusals({key: said(value) for key, value in decision.extras.items()}, lines)
    if wrong:
        raise _refusal(" ".join(wrong))


def refuse_part(brief: OrderBrief | None, decision: DecisionV1) -> None:
    """Refuse to let a part go on where no part can, and keys that mean nothing here."""
    refuse_unless_waiting(brief, decision)
    _refuse_extras(decision, "accept_part", '{"note": "the bolts are urgent"}')
    if brief and brief.part_refusal:
        raise _refusal(brief.part_refusal)


def refuse_proposals(brief: OrderBrief | None, decision: DecisionV1) -> None:
    """Refuse to take proposals where there are none."""
    refuse_unless_waiting(brief, decision)
    _refuse_extras(decision, "take_proposals", "no data")
    if not (brief and brief.proposals):
        raise _refusal(f"Nothing is proposed for this order. Use correct and say what is right, such as {_EXAMPLE}")


def refuse_question(brief: OrderBrief | None, decision: DecisionV1) -> None:
    """Refuse a question with keys that mean nothing here, or one that is far too long."""
    refuse_unless_waiting(brief, decision)
    others = sorted(set(decision.extras) - {"text"})
    if others:
        raise _refusal(f'`ask` does not know {", ".join(others)}. It takes no data, or your own words: {{"text": "Which size?"}}')
    if len(said(decision.extras.get("text"))) > LONGEST_TEXT:
        raise _refusal(f"A question has at most {LONGEST_TEXT} characters. Ask for less at once.")


#: The refusals of each decision.
REFUSALS = {"approve": refuse_approval, "reject": refuse_rejection, "hold": refuse_hold, "correct": refuse_correction}


def _refuse_extras(decision: DecisionV1, action: str, example: str) -> None:
    if decision.extras:
        unknown = ", ".join(sorted(decision.extras))
        raise _refusal(f"`{action}` does not know {unknown}. Corrections go to `correct`; `{action}` takes {example}")


def said(raw: object) -> str:
    """What a lenient field holds, as text."""
    return raw.strip() if isinstance(raw, str) else "" if raw is None else str(raw)


def _refusal(sentence: str) -> ApplicationError:
    return ApplicationError(sentence, type="DecisionRefused", non_retryable=True)


def receipt_of(order_id: str, brief: OrderBrief | None) -> DecisionReceiptV1:
    """What a decision led to: the status, and what is open still."""
    status = brief.status if brief else OrderStatus.RECEIVED
    open_findings = tuple(finding.message for finding in brief.open_findings) if brief else ()
    return DecisionReceiptV1(order_id=order_id, status=status.value, open_findings=open_findings)

"""The decision: touchless only where nothing that blocks is open and the risk is low; everything else becomes a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from models.domain.budget_standing import CODE as ERROR_BUDGET
from models.domain.finding_words import told_together, words_for
from models.domain.findings import Finding, Owner, Severity
from models.domain.item_matching import ACCEPT
from models.domain.model_question import CODE as RISK_MODEL
from models.domain.policy import DecisionPolicy, FindingFact, PolicyFacts, PriceFact, policy_findings, waived_keys
from models.domain.pricing import TOLERANCE
from models.domain.sales_order import Decision, SalesOrder, SalesOrderLine
from models.domain.values import Percentage, plain

#: What a person cannot approve away, with what would mend it: without this the order cannot be delivered or billed.
_NEEDS_CORRECTION = {
    "unknown_item": '{{"{line}.sku": "…"}}',
    "ambiguous_item": '{{"{line}.sku": "…"}}',
    "missing_quantity": '{{"{line}.quantity": "…"}}',
    "unknown_customer": '{{"customer": "…"}}',
    "no_price": '{{"{line}.price": "…"}}',
    "unit_not_sold": '{{"{line}.unit": "…"}}',
    "reorder": '{{"repeat": "…"}}',
}


def approval_findings(order: SalesOrder) -> tuple[Finding, ...]:
    """The doubts that only the whole order shows: a risk from the threshold on, or a sign that always needs a person."""
    risk = order.risk
    if risk is None or not risk.needs_review:
        return ()
    reasons = "; ".join(reason.message for reason in sorted(risk.reasons, key=lambda reason: not reason.stops))
    when = "this one always needs a person" if risk.score < risk.threshold else f"from {risk.threshold:.2f} on a person decides"
    return (
        Finding(
            code="risk_high",
            severity=Severity.ERROR,
            message=f"The risk is {risk.score:.2f} of 1; {when}: {reasons}.",
            read=f"{risk.score:.2f}",
            expected=f"below {risk.threshold:.2f}",
            owner=Owner.COMPLIANCE,
        ),
    )


def policy_facts(order: SalesOrder, checked_with: DecisionPolicy | None = None) -> PolicyFacts:
    """What a policy looks at: the order as its checks left it, without what a policy itself asked of it. `checked_with` is
    the policy that the checks went by, where that is to be kept beside it."""
    own = {"approval_required", "risk_high", RISK_MODEL, ERROR_BUDGET}
    reasons = order.risk.reasons if order.risk else ()
    model = order.risk.model if order.risk else None
    return PolicyFacts(
        customer=order.customer_number or "",
        total=order.gross or order.net,
        risk_score=order.risk.score if order.risk else 0.0,
        risk_reasons=tuple(reason.code for reason in reasons),
        risk_stops=any(reason.stops for reason in reasons),
        findings=tuple(
            FindingFact(code=finding.code, key=finding.key, blocks=finding.blocks, line=finding.line)
            for finding in order.findings
            if finding.code not in own
        ),
        gaps=tuple(_gaps(order)),
        accepted=tuple(sorted({key for one in order.decisions if one.by != "orderwright" for key in one.accepted})),
        channel=order.source.channel,
        source_format=order.source.source_format,
        is_first_order=any(reason.code == "first_order" for reason in reasons),
        is_new_form=any(reason.code == "new_form" for reason in reasons),
        model_score=model.score if model else None,
        model_reasons=model.reasons if model else (),
        is_cold=model is not None and model.is_cold,
        risk_features=model.features if model else {},
        budget=order.budget,
        price_tolerance=checked_with.price_tolerance_percent if checked_with else None,
        prices=tuple(_prices(order)) if checked_with else (),
        embargoed=checked_with.embargoed_countries if checked_with and order.screening else None,
        countries=order.screening.countries if checked_with and order.screening else (),
    )


def _prices(order: SalesOrder) -> Iterator[PriceFact]:
    for line in order.lines:
        if line.price_deviation is not None:
            yield PriceFact(line=line.number, percent=line.price_deviation)


def all_findings(order: SalesOrder, policy: DecisionPolicy) -> tuple[Finding, ...]:
    """The order's findings with those that only the whole order shows: its risk, and what the policy asks."""
    return (*order.findings, *approval_findings(order), *policy_findings(policy_facts(order), policy))


def decide(
    order: SalesOrder, at: datetime, *, tolerance: Percentage = TOLERANCE, policy: DecisionPolicy | None = None
) -> Decision:
    """Touchless if no finding that blocks is open and the risk is below its threshold, with the reasons and what tipped it.

    An order that a person corrected until every check passed, or of which one let a part go on, is approved by that person:
    somebody had a hand in it. What the policy waives is accepted in its name.
    """
    waived = waived_keys(order.findings, policy, order.customer_number or "") if policy else ()
    blocking = tuple(finding for finding in open_questions(order) if finding.key not in waived)
    obstacles = _gaps(order)
    if blocking or obstacles:
        what = told_together(finding.code for finding in blocking)
        why = f"A person decides: {what}." if blocking else f"A person decides: {' '.join(obstacles)}"
        runner_up = f"It would have gone touchless without {what}." if blocking else ""
        return Decision(outcome="needs_review", by="orderwright", at=at, why=why, runner_up=runner_up, accepted=waived)
    hand = _hand_in_it(order)
    return Decision(
        outcome="approved" if hand else "touchless",
        by=hand or "orderwright",
        at=at,
        why=_touchless_reasons(order) + (f" The policy waived {len(waived)} findings." if waived else ""),
        runner_up=_nearest_miss(order, tolerance),
        accepted=waived,
    )


def _hand_in_it(order: SalesOrder) -> str:
    """Who brought the order to pass its checks; empty where nobody had to."""
    if order.corrections:
        return order.corrections[-1].by
    return next((one.by for one in order.decisions if one.outcome == "part_accepted" and one.by != "orderwright"), "")


def open_questions(order: SalesOrder) -> tuple[Finding, ...]:
    """The findings that block and that no decision has accepted, the risk among them."""
    accepted = order.accepted_findings
    found = {finding.key: finding for finding in (*order.findings, *approval_findings(order)) if finding.blocks}
    return tuple(finding for key, finding in found.items() if key not in accepted)


def approval_obstacles(order: SalesOrder) -> list[str]:
    """Why approving alone would not mend the order, in sentences that say what would; empty where it may be approved."""
    needing = [finding for finding in order.open_findings if _NEEDS_CORRECTION.get(finding.code)]
    sentences = [_obstacle(finding) for finding in needing]
    settled_lines = {finding.line for finding in needing}
    missing_customer = any(finding.code == "unknown_customer" for finding in needing)
    return [*sentences, *_gaps(order, told_lines=settled_lines, told_customer=missing_customer)]


def _obstacle(finding: Finding) -> str:
    example = _NEEDS_CORRECTION[finding.code].format(line=finding.line)
    if finding.proposal:
        key, value = next(iter(finding.proposal.items()))
        example = f'{{"{key}": "{value}"}}'
    what = words_for(finding.code)
    where = f"Line {finding.line}: {what}" if finding.line else f"{what[:1].upper()}{what[1:]}"
    return f"{where} cannot be approved as it stands; use correct, such as {example}."


def has_head_gap(order: SalesOrder) -> bool:
    """Whether the order as a whole lacks what an accepted one must have."""
    return any(_head_gaps(order, told_customer=False))


def has_line_gap(line: SalesOrderLine) -> bool:
    """Whether a line lacks what an accepted one must have."""
    return bool(_line_gap(line.sku is None, line.base_quantity, line.net is None))


def _gaps(order: SalesOrder, *, told_lines: set[int | None] | None = None, told_customer: bool = False) -> list[str]:
    """What an accepted order must have, whatever the findings say."""
    told = told_lines or set()
    return list(_head_gaps(order, told_customer)) + [
        f'Line {line.number} has no {what}; use correct, such as {{"{line.number}.{key}": "…"}}.'
        for line in order.lines
        if line.number not in told
        for what, key in _line_gap(line.sku is None, line.base_quantity, line.net is None)
    ]


def _head_gaps(order: SalesOrder, told_customer: bool) -> Iterator[str]:
    if order.customer_number is None and not told_customer:
        yield 'No customer is known; use correct, such as {"customer": "10010"}.'
    if order.ship_to is None and order.customer_number is not None:
        yield (
            "The delivery place is not known well enough to send goods; use correct, such as "
            '{"ship_to": "Name; Street; Postal code; City; DE"}, or with the code of a known place.'
        )
    if not order.lines and not any(finding.code == "reorder" for finding in order.findings):
        yield "The order has no lines; ask the buyer to send it again and reject this one."


def _line_gap(no_item: bool, quantity: Decimal | None, no_net: bool) -> Sequence[tuple[str, str]]:
    """The first thing a line lacks: with that mended, the next check finds the rest."""
    if no_item:
        return (("item", "sku"),)
    if quantity is None:
        return (("quantity in a unit that is sold", "quantity"),)
    return (("price", "price"),) if no_net else ()


def _touchless_reasons(order: SalesOrder) -> str:
    customer = order.customer_match.how if order.customer_match else "not matched"
    how = Counter(line.match.how for line in order.lines if line.match)
    lines = ", ".join(f"{count} by {kind.replace('_', ' ')}" for kind, count in how.items())
    accepted = len(order.accepted_findings)
    tail = f" {accepted} findings were accepted by a person before." if accepted else ""
    return f"Every check passed: customer by {customer.replace('_', ' ')}, lines {lines}; no open finding, risk is low.{tail}"


def _nearest_miss(order: SalesOrder, tolerance: Percentage) -> str:
    """What would have tipped it, the nearest first: limits with how near each was."""
    misses = [miss for miss in (_price_miss(order, tolerance), _risk_miss(order), _match_miss(order)) if miss]
    if not misses:
        return ""
    return "It would have gone to review at " + "; at ".join(text for _, text in sorted(misses, reverse=True)) + "."


def _price_miss(order: SalesOrder, tolerance: Percentage) -> tuple[float, str] | None:
    off = [(abs(line.price_deviation), line.number) for line in order.lines if line.price_deviation is not None]
    if not off or tolerance.points <= 0:
        return None
    largest, number = max(off)
    text = f"a price deviation above {plain(tolerance.points)} % (largest was {plain(largest)} %, line {number})"
    return float(largest / tolerance.points), text


def _risk_miss(order: SalesOrder) -> tuple[float, str] | None:
    risk = order.risk
    if risk is None or risk.threshold <= 0:
        return None
    return risk.score / risk.threshold, f"a risk from {risk.threshold:.2f} on (it was {risk.score:.2f})"


def _match_miss(order: SalesOrder) -> tuple[float, str] | None:
    matches = [(line.match, line.number) for line in order.lines if line.match and line.match.how == "description"]
    if not matches:
        return None
    lowest, number = min(matches, key=lambda pair: (pair[0].score, pair[1]))
    accept = lowest.accept or ACCEPT
    return accept / lowest.score, f"an item match below {accept:.2f} (lowest was {lowest.score:.2f}, line {number})"

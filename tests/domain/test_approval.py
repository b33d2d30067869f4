"""What goes untouched, what a person may approve, what approval cannot mend; credit and duplicates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from models.domain.approval import approval_findings, approval_obstacles, decide, policy_facts
from models.domain.credit import blocked_finding, credit_finding, credit_standing
from models.domain.findings import Finding, Owner, Severity
from models.domain.risk import RiskReason, RiskScore
from models.domain.sales_order import Correction, Decision, Match
from models.domain.values import Percentage
from tests.domain.made import NOW, customer, money, order_line, sales_order

MISMATCH = Finding(code="price_mismatch", severity=Severity.ERROR, message="m", line=1, read="0.14")
RISKY = RiskScore(score=0.71, threshold=0.5, reasons=(RiskReason(code="rush", weight=0.15, message="wanted in two days"),))


def test_an_order_without_open_findings_and_risk_goes_untouched_with_its_reasons() -> None:
    """And says what would have tipped it."""
    order = sales_order(order_line(price_deviation=Decimal("1.2")), risk=RiskScore(score=0.1, threshold=0.5))
    decision = decide(order, NOW)
    assert (decision.outcome, decision.by) == ("touchless", "orderwright")
    assert "customer by order email" in decision.why
    assert decision.runner_up.startswith(
        "It would have gone to review at a price deviation above 2 % (largest was 1.2 %, line 1)"
    )


def test_an_order_that_a_person_corrected_is_approved_by_that_person() -> None:
    """Touchless is what nobody touched."""
    correction = Correction(field="1.quantity", value="5", by="ada", at=NOW)
    decision = decide(sales_order(order_line(), corrections=(correction,)), NOW)
    assert (decision.outcome, decision.by) == ("approved", "ada")


def test_an_order_is_never_clean_while_a_finding_is_open() -> None:
    """The decision names it."""
    decision = decide(sales_order(findings=(MISMATCH,)), NOW)
    assert decision.outcome == "needs_review"
    assert decision.why == "A person decides: a price other than the agreed one."
    assert decision.runner_up == "It would have gone touchless without a price other than the agreed one."


def test_warnings_do_not_stop_an_order() -> None:
    """A person should know; alone they stop nothing."""
    warning = MISMATCH.model_copy(update={"severity": Severity.WARNING})
    assert decide(sales_order(findings=(warning,)), NOW).outcome == "touchless"


def test_a_finding_that_a_decision_accepted_is_open_no_more() -> None:
    """Until the same place reads differently."""
    approved = Decision(outcome="approved", by="ada", at=NOW, why="agreed by phone", accepted=(MISMATCH.key,))
    assert decide(sales_order(findings=(MISMATCH,), decisions=(approved,)), NOW).outcome == "touchless"
    changed = MISMATCH.model_copy(update={"read": "0.19"})
    assert decide(sales_order(findings=(changed,), decisions=(approved,)), NOW).outcome == "needs_review"


def test_a_risk_from_the_threshold_on_is_a_finding_with_its_reasons() -> None:
    """It can be accepted like any other."""
    order = sales_order(risk=RISKY)
    (finding,) = approval_findings(order)
    assert (finding.code, finding.owner) == ("risk_high", Owner.COMPLIANCE)
    assert "wanted in two days" in finding.message
    assert decide(order, NOW).outcome == "needs_review"
    accepted = Decision(outcome="approved", by="ada", at=NOW, why="known", accepted=(finding.key,))
    assert decide(order.model_copy(update={"decisions": (accepted,)}), NOW).outcome == "touchless"


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("unknown_item", '{"1.sku": "…"}'),
        ("missing_quantity", '{"1.quantity": "…"}'),
        ("no_price", '{"1.price": "…"}'),
        ("unit_not_sold", '{"1.unit": "…"}'),
        ("unknown_customer", '{"customer": "…"}'),
    ],
)
def test_what_approval_cannot_mend_says_what_would(code: str, advice: str) -> None:
    """The sentence holds an example to copy."""
    finding = Finding(code=code, severity=Severity.ERROR, message="m", line=1)
    (sentence,) = approval_obstacles(sales_order(findings=(finding,)))
    assert advice in sentence


def test_a_proposal_is_the_example() -> None:
    """So that it can be sent as it stands."""
    finding = Finding(code="unknown_item", severity=Severity.ERROR, message="m", line=2, proposal={"2.sku": "A-1"})
    assert '{"2.sku": "A-1"}' in approval_obstacles(sales_order(findings=(finding,)))[0]


def test_a_price_off_may_be_approved() -> None:
    """Nothing else is missing."""
    assert approval_obstacles(sales_order(findings=(MISMATCH,))) == []


def test_gaps_stop_an_order_whatever_its_findings_say() -> None:
    """No item, no place, no customer: never touchless and never approvable."""
    order = sales_order(order_line(sku=None, net=None), ship_to=None)
    assert decide(order, NOW).outcome == "needs_review"
    assert len(approval_obstacles(order)) == 2
    nobody = sales_order(customer_number=None, customer_match=None)
    assert '{"customer"' in approval_obstacles(nobody)[0]


def test_a_match_by_words_names_how_near_it_was() -> None:
    """The lowest score against the limit."""
    by_words = order_line(match=Match(value="HX-M8-40", how="description", score=0.85))
    assert "lowest was 0.85" in decide(sales_order(by_words), NOW).runner_up


def test_credit_adds_invoices_open_orders_and_this_order() -> None:
    """1,000 and 5,000 and 4,000.01 exceed 10,000; a cent less does not."""
    finding = credit_finding(customer(), Decimal(5000), money("4000.01"))
    assert finding is not None
    assert (finding.code, finding.owner, finding.read) == ("credit_limit_exceeded", Owner.CREDIT, "10000.01")
    assert credit_finding(customer(), Decimal(5000), money("4000.00")) is None


def test_an_order_in_another_currency_than_the_limit_is_a_question() -> None:
    """There is no rate to reckon with."""
    finding = credit_finding(customer(), Decimal(0), money("10", "USD"))
    assert finding is not None
    assert finding.code == "credit_not_comparable"


def test_a_customer_who_owes_in_another_currency_is_a_question_however_small_the_order() -> None:
    """Dollars owed say nothing of how much of a limit in euros is left, and no room is shown that nobody knows."""
    owing = customer(open_balance=money("1000", "USD"))
    finding = credit_finding(owing, Decimal(0), money("10"))
    assert finding is not None
    assert (finding.code, "in USD" in finding.message) == ("credit_not_comparable", True)
    assert credit_standing(owing, Decimal(0), money("10")).room is None
    limited = customer(credit_limit=money("1000", "USD"))
    assert credit_standing(limited, Decimal(0), money("10")).room is None


def test_a_blocked_customer_is_a_finding() -> None:
    """Whatever the limit says."""
    finding = blocked_finding(customer(is_blocked=True))
    assert finding is not None
    assert finding.code == "customer_blocked"
    assert blocked_finding(customer()) is None


def test_a_sign_that_always_needs_a_person_is_told_as_that_and_first() -> None:
    """Below the threshold nobody is told that the score was it; from the threshold on it was."""
    rush = RiskReason(code="rush", weight=0.15, message="wanted in two days")
    bank = RiskReason(code="bank", weight=0.0, message="another bank account", stops=True)
    for score, words in ((0.2, "this one always needs a person: another"), (0.5, "from 0.50 on a person decides: another")):
        (finding,) = approval_findings(sales_order(risk=RiskScore(score=score, threshold=0.5, reasons=(rush, bank))))
        assert words in finding.message


def test_what_approval_cannot_mend_is_said_once_a_line_and_for_every_line() -> None:
    """A finding that told of a line's item is not repeated as a gap; the next line's gap is."""
    lost = Finding(code="unknown_item", severity=Severity.ERROR, message="m", line=1)
    order = sales_order(order_line(1, sku=None, base_quantity=None, net=None), order_line(2, net=None), findings=(lost,))
    first, second = approval_obstacles(order)
    assert first.startswith("Line 1: ")
    assert second == 'Line 2 has no price; use correct, such as {"2.price": "…"}.'


def test_an_unknown_customer_is_said_once_and_no_place_is_asked_for_before_there_is_one() -> None:
    """Whose places would they be?"""
    nobody = Finding(code="unknown_customer", severity=Severity.ERROR, message="m")
    order = sales_order(customer_number=None, customer_match=None, ship_to=None)
    (told,) = approval_obstacles(order.model_copy(update={"findings": (nobody,)}))
    assert not told.startswith("Line")
    assert told[0].isupper()
    assert approval_obstacles(order) == ['No customer is known; use correct, such as {"customer": "10010"}.']


def test_a_line_lacks_its_item_then_its_quantity_then_its_price() -> None:
    """One after the other: the next check finds the rest."""
    gaps: list[dict[str, Any]] = [
        {"sku": None, "base_quantity": None, "net": None},
        {"base_quantity": None, "net": None},
        {"net": None},
        {},
    ]
    told = [approval_obstacles(sales_order(order_line(**gap))) for gap in gaps]
    assert [sentences[0].split(";")[0] if sentences else "" for sentences in told] == [
        "Line 1 has no item", "Line 1 has no quantity in a unit that is sold", "Line 1 has no price", "",
    ]  # fmt: skip
    assert [decide(sales_order(order_line(**gap)), NOW).outcome for gap in gaps] == ["needs_review"] * 3 + ["touchless"]


def test_an_order_without_lines_is_sent_back_unless_it_asks_for_an_earlier_ones_goods() -> None:
    """Then the finding about that says what to do."""
    empty = sales_order().model_copy(update={"lines": ()})
    assert "The order has no lines" in approval_obstacles(empty)[0]
    assert "The order has no lines" in decide(empty, NOW).why
    again = Finding(code="reorder", severity=Severity.ERROR, message="m")
    (told,) = approval_obstacles(empty.model_copy(update={"findings": (MISMATCH, again)}))
    assert '{"repeat": "…"}' in told


def test_an_order_says_how_its_lines_were_understood_and_what_was_accepted_before() -> None:
    """A line without a match is none of them, and nothing is said of nothing."""
    approved = Decision(outcome="approved", by="ada", at=NOW, why="agreed", accepted=(MISMATCH.key,))
    seen = decide(sales_order(findings=(MISMATCH,), decisions=(approved,)), NOW)
    assert "1 findings were accepted by a person before." in seen.why
    plain = decide(sales_order(order_line(1), order_line(2, match=None), customer_match=None), NOW)
    assert "customer by not matched, lines 1 by seller part number; no open finding" in plain.why
    assert ("accepted" in plain.why, "waived" in plain.why) == (False, False)


def test_what_was_nearest_to_tipping_an_order_comes_first() -> None:
    """Of prices the largest deviation, of words the least sure; each by how near it was to its own limit."""
    words = [
        Match(value="HX-M8-40", how="description", score=score, accept=accept) for score, accept in ((0.95, None), (0.9, 0.88))
    ]
    lines = [
        order_line(1, price_deviation=Decimal("0.5")),
        order_line(2, price_deviation=Decimal("-1.9")),
        *(order_line(number, match=match) for number, match in enumerate(words, 3)),
    ]
    told = decide(sales_order(*lines, risk=RiskScore(score=0.45, threshold=0.5)), NOW).runner_up
    places = [told.index(words) for words in ("line 4", "largest was 1.9 %, line 2", "a risk from 0.50 on (it was 0.45)")]
    assert "0.88" in told
    assert places == sorted(places)


def test_limits_that_nothing_can_come_near_to_are_not_told() -> None:
    """No tolerance for prices, a threshold of nothing: there is no nearness to them."""
    order = sales_order(order_line(price_deviation=Decimal(0)), risk=RiskScore(score=-1.0, threshold=0.0))
    assert decide(order, NOW, tolerance=Percentage(points=Decimal(0))).runner_up == ""
    assert decide(sales_order(risk=None), NOW).runner_up == ""


def test_what_a_policy_looks_at_is_the_order_and_not_what_it_said_of_it_itself() -> None:
    """Else it would answer itself; what a program accepted, nobody did."""
    own = Finding(code="approval_required", severity=Severity.ERROR, message="m")
    decisions = (
        Decision(outcome="touchless", by="orderwright", at=NOW, why="", accepted=("waived",)),
        Decision(outcome="approved", by="ada", at=NOW, why="", accepted=("b", "a")),
    )
    facts = policy_facts(sales_order(findings=(own, MISMATCH), decisions=decisions))
    assert [finding.code for finding in facts.findings] == ["price_mismatch"]
    assert (facts.accepted, facts.customer, facts.is_cold, facts.prices) == (("a", "b"), "10010", False, ())
    assert policy_facts(sales_order(customer_number=None)).customer == ""


def test_a_person_who_let_a_part_go_on_had_a_hand_in_it() -> None:
    """A program that did had none; of two who corrected, the last."""
    part = Decision(outcome="part_accepted", by="ada", at=NOW, why="")
    assert decide(sales_order(decisions=(part,)), NOW).by == "ada"
    assert decide(sales_order(decisions=(part.model_copy(update={"by": "orderwright"}),)), NOW).outcome == "touchless"
    words = tuple(Correction(field="1.quantity", value="5", by=by, at=NOW) for by in ("ada", "jo"))
    assert decide(sales_order(corrections=words), NOW).by == "jo"

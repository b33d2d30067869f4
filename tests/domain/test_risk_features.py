"""What the risk model looks at, and what its word does to an order."""

from __future__ import annotations

from decimal import Decimal
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.approval import policy_facts
from models.domain.checks import checks_of
from models.domain.finding_codes import FINDING_CODES
from models.domain.findings import Finding, Owner, Severity
from models.domain.identifiers import Sku
from models.domain.model_question import asked_features, model_finding, score_left, would_change
from models.domain.party import CustomerHistory
from models.domain.policy import DecisionPolicy, FindingFact, PolicyFacts, policy_findings, verdict_on
from models.domain.risk import ModelRisk, RiskReason, RiskScore
from models.domain.risk_facts import RiskFacts, risk_facts
from models.domain.risk_features import FEATURES, SIGNS, feature_words, risk_features
from models.domain.values import UnitCode
from tests.domain.made import TODAY, address, customer, order_line, sales_order

BOLT = Sku("HX-M8-40")
HISTORY = CustomerHistory(order_count=12, median_total=Decimal(50), usual_quantities={BOLT: Decimal(100)})
UNDERCUT = RiskReason(code="price_undercut", weight=4.31, message="a price is up to 12 % below the agreed one")
UNITS = RiskReason(code="units_confused", weight=2.5, message="a usual number stands in a larger unit")


def word(score: float, *, is_cold: bool = False) -> ModelRisk:
    return ModelRisk(
        score=score, version="risk@1", trained_on="x", is_cold=is_cold, reasons=(UNITS,), without={"units_confused": 0.04}
    )


def test_a_hundred_boxes_for_a_hundred_pieces_are_seen() -> None:
    """The number is the usual one, the unit is not."""
    boxes = order_line(ordered=Decimal(100), unit=UnitCode("BX"), base_quantity=Decimal(20_000))
    facts = risk_facts(sales_order(boxes), customer(), HISTORY, TODAY)
    assert facts.confused_units_line == 1
    assert risk_features(facts)["quantity_to_usual"] == pytest.approx(log(200), abs=1e-3)


def test_a_customer_who_takes_more_boxes_than_usual_confuses_nothing() -> None:
    """Two boxes of 200 where 100 pieces are usual are a larger order."""
    boxes = order_line(ordered=Decimal(2), unit=UnitCode("BX"), base_quantity=Decimal(400))
    assert risk_facts(sales_order(boxes), customer(), HISTORY, TODAY).confused_units_line is None


def test_goods_that_a_customer_never_took_are_a_share_of_the_lines() -> None:
    """Of nobody's first order is that said."""
    order = sales_order(order_line(), order_line(2, sku=Sku("SH-42")))
    assert risk_facts(order, customer(), HISTORY, TODAY).new_item_share == Decimal("0.5")
    assert risk_facts(order, customer(), CustomerHistory(), TODAY).new_item_share is None


@pytest.mark.parametrize(
    ("name", "is_forwarder"),
    [("Atlantic Freight Forwarding Ltd", True), ("Spedition Wagner", True), ("Werk 2", False), ("Forward Motion Cycles", False)],
)
def test_a_new_place_that_sends_goods_on_is_told_by_its_name(name: str, is_forwarder: bool) -> None:
    """A word that only sounds like it is none."""
    facts = risk_facts(_at_new_place(name), customer(), HISTORY, TODAY)
    assert facts.is_forwarder is is_forwarder


def test_a_customer_who_is_a_forwarder_may_have_goods_sent_to_one() -> None:
    """It is their trade."""
    own = customer(address=address(name="Spedition Wagner GmbH"))
    assert not risk_facts(_at_new_place("Spedition Wagner, Halle 3"), own, HISTORY, TODAY).is_forwarder


def _at_new_place(name: str):  # type: ignore[no-untyped-def]
    finding = Finding(code="new_ship_to", severity=Severity.ERROR, message="m")
    return sales_order(findings=(finding,), ship_to=address(name=name))


@given(
    st.builds(
        RiskFacts, order_count=st.integers(0, 500), is_mail=st.booleans(), days_until_requested=st.none() | st.integers(-9, 99)
    )
)
def test_every_feature_has_a_sign_and_words(facts: RiskFacts) -> None:
    """What is not known is missing, and can be said too."""
    features = risk_features(facts)
    assert set(features) <= set(SIGNS)
    assert all(feature_words(name, features.get(name)) for name in FEATURES)


def test_a_score_from_the_threshold_on_is_a_question_with_its_reasons() -> None:
    """Units are for those who sell to clear up."""
    finding = model_finding(0.61, 0.5, (UNITS,))
    assert finding is not None
    assert finding.owner is Owner.SALES
    assert "a usual number stands in a larger unit" in finding.message
    assert model_finding(0.49, 0.5) is None


def test_a_customer_with_few_orders_gets_the_stricter_threshold() -> None:
    """And the record says why."""
    policy = DecisionPolicy(model_threshold=0.5, cold_start_threshold=0.3)
    known, cold = (PolicyFacts(model_score=0.4, is_cold=is_cold) for is_cold in (False, True))
    assert (verdict_on(known, policy).people, verdict_on(cold, policy).people) == (0, 1)
    order = sales_order(risk=RiskScore(score=0.1, threshold=0.5, model=word(0.4, is_cold=True)))
    check = next(one for one in checks_of(order, policy, policy_facts(order)) if one.name == "model")
    assert check.threshold == "0.30"
    assert "stricter" in check.inputs["cold start"]


def test_an_operator_without_history_is_told_so_in_the_record() -> None:
    """Until a model has learnt from their own orders."""
    found = {}
    for is_own in (False, True):
        model = word(0.1).model_copy(update={"is_own": is_own})
        order = sales_order(risk=RiskScore(score=0.1, threshold=0.5, model=model))
        check = next(one for one in checks_of(order, DecisionPolicy(), policy_facts(order)) if one.name == "model")
        found[is_own] = check.inputs.get("no own history", "")
    assert "a customer with few orders is asked about from 0.25 on" in found[False]
    assert found[True] == ""


def test_a_low_score_takes_no_question_of_a_rule_away() -> None:
    """The model only adds."""
    order = sales_order(risk=RiskScore(score=0.8, threshold=0.5, model=word(0.001)))
    assert verdict_on(policy_facts(order), DecisionPolicy()).people == 1


def test_the_record_says_what_would_have_changed_the_models_word() -> None:
    """The exact score without the strongest reason."""
    assert would_change(word(0.61), 0.5) == "0.04 were it not that a usual number stands in a larger unit"
    assert would_change(word(0.2), 0.5) == "a score higher by 0.30"


def test_what_another_question_asks_is_not_asked_again() -> None:
    """The price alone carries the score: one question about it is enough, answered or not."""
    facts = _priced_too_low()
    (found,) = facts.findings
    assert verdict_on(facts, DecisionPolicy()).reasons == ("a price other than the agreed one",)
    assert verdict_on(facts.model_copy(update={"accepted": (found.key,)}), DecisionPolicy()).people == 0


def test_what_the_policy_waives_is_left_for_the_model_to_ask() -> None:
    """Nobody else asks then."""
    verdict = verdict_on(_priced_too_low(), DecisionPolicy(waived=("price_mismatch",)))
    assert "price is up to 12 % below" in verdict.reasons[0]


def test_a_score_that_stays_high_without_what_is_asked_tells_the_other_reasons() -> None:
    """The price is asked about elsewhere, the units are not."""
    (finding,) = policy_findings(_priced_too_low(UNITS), DecisionPolicy())
    assert finding.code == "risk_model"
    assert "a usual number stands in a larger unit" in finding.message
    assert "below" not in finding.message.split(":")[1]


def test_the_reasons_of_a_high_risk_by_rules_are_not_asked_again() -> None:
    """As long as those are a question at all."""
    haste = RiskReason(code="days_to_delivery", weight=3.0, message="delivery is wanted in 0 days")
    facts = PolicyFacts(risk_score=0.6, risk_reasons=("rush",), model_score=0.6, model_reasons=(haste,))
    assert policy_findings(facts, DecisionPolicy(risk_threshold=0.5)) == ()
    assert [one.code for one in policy_findings(facts, DecisionPolicy(risk_threshold=0.7))] == ["risk_model"]


def test_the_record_says_what_is_not_asked_twice() -> None:
    """With the score that is left."""
    finding = Finding(code="price_mismatch", severity=Severity.ERROR, message="m", line=1)
    model = word(0.61).model_copy(update={"reasons": (UNDERCUT,)})
    order = sales_order(findings=(finding,), risk=RiskScore(score=0.1, threshold=0.5, model=model))
    check = next(one for one in checks_of(order, DecisionPolicy(), policy_facts(order)) if one.name == "model")
    assert check.inputs["not asked twice"] == "a price other than the agreed one: asked about already, 0.02 without"
    assert check.would_change == "a score that is higher by 0.28 without what is asked about already"


@given(st.floats(0, 1), st.lists(st.sampled_from(FEATURES), max_size=5, unique=True), st.floats(0.01, 9))
def test_the_score_that_is_left_is_never_higher(score: float, asked: list[str], weight: float) -> None:
    """And stays the same where nothing is asked."""
    reasons = tuple(RiskReason(code=name, weight=weight, message="m") for name in FEATURES)
    assert 0 <= score_left(score, reasons, asked) <= score + 1e-9
    assert score_left(score, reasons, ()) == score


def test_every_feature_that_a_question_is_about_is_one_of_the_models() -> None:
    """And every question is a code that there is."""
    by_question = asked_features(FINDING_CODES)
    assert set(by_question) <= set(FEATURES)
    assert set(by_question.values()) <= FINDING_CODES
    assert len(by_question) > 8


def _priced_too_low(*reasons: RiskReason) -> PolicyFacts:
    found = FindingFact(code="price_mismatch", key="price_mismatch|||", blocks=True, line=1)
    return PolicyFacts(findings=(found,), model_score=0.99 if reasons else 0.7, model_reasons=(UNDERCUT, *reasons))


def test_a_policy_may_waive_the_models_questions() -> None:
    """It is the operator's to say."""
    facts = PolicyFacts(model_score=0.9)
    assert policy_findings(facts, DecisionPolicy(waived=("risk_model",))) == ()

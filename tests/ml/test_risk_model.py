"""The trained risk model: what it says, that it only works the ways that make sense, and what is refused."""

from __future__ import annotations

import logging
from math import log
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.errors import Misconfigured, Rejected
from models.domain.risk_features import FEATURES, SIGNS
from models.ml.registry import shipped
from models.ml.risk_model import RiskModel, RiskModels, risk_model_at, shipped_risk_model
from models.ml.train.invented_histories import Example, invented_examples
from models.ml.train.own_risk import retrained
from trainer import put_in_force

#: An order that nothing speaks against, of a customer with a long history.
USUAL = {
    "amount_to_usual": 0.0, "amount_in_spreads": 0.0, "amount_to_largest": -1.2, "credit_share": 0.1, "earlier_orders": 40.0,
    "quantity_to_usual": 0.2, "quantity_below_usual": 0.2, "quantity_stands_out": 0.1, "units_confused": 0.0, "new_items": 0.0,
    "price_undercut": 0.0, "orders_this_week": 0.0, "gap_to_usual": 1.0, "new_place": 0.0, "forwarder": 0.0, "abroad": 0.0,
    "unknown_sender": 0.0, "free_mail": 0.0, "failed_checks": 0.0, "answers_elsewhere": 0.0, "look_alike": 0.0,
    "days_to_delivery": 10.0, "longer_terms": 0.0, "incoterm_shifted": 0.0, "by_mail": 1.0,
}  # fmt: skip
UNITS_CONFUSED = USUAL | {
    "units_confused": 1.0,
    "quantity_to_usual": log(200),
    "amount_to_usual": log(60),
    "amount_in_spreads": 9.0,
    "amount_to_largest": 3.0,
    "quantity_stands_out": log(150),
}


@pytest.fixture(scope="module")
def model() -> RiskModel:
    return shipped_risk_model()


def test_a_usual_order_scores_low_and_confused_units_high(model: RiskModel) -> None:
    """What it is for."""
    assert model.judged(USUAL).score < 0.05
    assert model.judged(UNITS_CONFUSED).score > 0.5


def test_the_contributions_add_up_to_the_score(model: RiskModel) -> None:
    """They are exact, not an estimate: all told, they are the score's log-odds."""
    said = model.judged(UNITS_CONFUSED)
    told = said.base + sum(reason.weight for reason in said.reasons)
    assert told == pytest.approx(log(said.score / (1 - said.score)), abs=0.02)


def test_what_would_have_changed_it_is_the_score_without_a_reason(model: RiskModel) -> None:
    """Reckoned by the model itself."""
    said = model.judged(UNITS_CONFUSED)
    assert said.without
    assert min(said.without.values()) < said.score


@settings(deadline=None, max_examples=60)
@given(st.sampled_from([name for name, sign in SIGNS.items() if sign]), st.floats(0.1, 5))
def test_more_of_a_doubt_never_lowers_the_score(name: str, step: float) -> None:
    """Each feature works only the way that makes sense."""
    known = USUAL | {name: USUAL.get(name, 0.0)}
    before, after = shipped_risk_model().scores([known, known | {name: known[name] + SIGNS[name] * step}])
    assert after >= before - 1e-6


def _own_folder(folder: Path) -> Path:
    folder.mkdir()
    for name in ("risk.ubj", "risk.card.json"):
        (folder / name).write_bytes((shipped() / name).read_bytes())
    return folder


def test_the_operators_model_is_taken_and_a_broken_one_refused_with_the_last_good_one_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """With the reason in the log."""
    models = RiskModels(_own_folder(tmp_path / "models"))
    good = models.current()
    (tmp_path / "models" / "risk.ubj").write_bytes(b"not a model")
    with caplog.at_level(logging.WARNING):
        assert models.current() is good
    assert "is not the model that its card describes" in caplog.text


def test_without_a_model_of_their_own_operators_get_the_shipped_one(tmp_path: Path) -> None:
    """Nothing to set up."""
    assert RiskModels(tmp_path / "none").current().version == shipped_risk_model().version


def test_the_shipped_model_says_that_it_learnt_from_nobodys_own_orders(model: RiskModel) -> None:
    """The record tells it on."""
    assert not model.judged({}).is_own


def test_a_file_of_another_name_is_no_risk_model(tmp_path: Path) -> None:
    """Said with what one is."""
    with pytest.raises(Misconfigured, match=r"risk\.card\.json"):
        risk_model_at(tmp_path / "model.bin")


@pytest.fixture(scope="module")
def invented() -> list[Example]:
    return list(invented_examples(seed=7, customers=40))


def test_the_same_seed_gives_the_same_histories(invented: list[Example]) -> None:
    """And both kinds of orders are in them."""
    assert list(invented_examples(seed=7, customers=40))[:200] == invented[:200]
    assert {each.is_wrong for each in invented} == {True, False}
    assert all(set(each.features) <= set(FEATURES) for each in invented)


def test_too_few_orders_of_ones_own_train_nothing(invented: list[Example], model: RiskModel) -> None:
    """The reason says how many are needed."""
    with pytest.raises(Rejected, match="too few"):
        retrained(invented[:100], invented, model)


def _told_apart(invented: list[Example]) -> list[Example]:
    """A history in which orders above the credit limit are wrong, and only those."""
    return [
        Example({**USUAL, "credit_share": 3.0 if place % 10 == 0 else 0.1}, place % 10 == 0, each.day, each.customer)
        for place, each in enumerate(invented[:800])
    ]


def test_a_model_that_learnt_the_operators_own_ways_goes_to_work(
    invented: list[Example], model: RiskModel, tmp_path: Path
) -> None:
    """It does better on their newest orders than the shipped one, and the loader takes it."""
    files, words = retrained(_told_apart(invented), invented, model)
    put_in_force(files, tmp_path / "models")
    own = RiskModels(tmp_path / "models").current()
    assert own.version != model.version
    assert own.judged(USUAL).is_own
    assert own.scores([USUAL | {"credit_share": 3.0}])[0] > 0.5 > own.scores([USUAL])[0]
    assert "newest orders" in words

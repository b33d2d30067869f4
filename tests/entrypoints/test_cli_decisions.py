"""`orderwright explain` and `orderwright replay`, on books of their own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from models.domain.decision_record import decisions_of, records_in
from models.ml.train.invented_histories import Example
from models.ml.train.risk import files_of, fitted
from models.store.audit_trail import SqlAuditTrail
from tests.activities.small_shop import SmallShop, open_shop
from tests.entrypoints.conftest import Said

STRICT = "name: strict\nrules:\n- name: large\n  needs: two_people\n  total_above: {EUR: 20}\n"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> SmallShop:
    """A small order, a larger one, and one with a wrong total, all decided; the commands only read."""
    opened = open_shop(tmp_path_factory.mktemp("books"))
    opened.take(("HX-M8-40", "100"), po_number="PO-SMALL")
    opened.take(("HX-M8-40", "200"), po_number="PO-LARGE")
    opened.take(("HX-M8-40", "100"), po_number="PO-WRONG", total_net="99.00")
    return opened


@pytest.fixture
def shop(books: SmallShop, monkeypatch: pytest.MonkeyPatch) -> SmallShop:
    """The books as the command line finds them."""
    monkeypatch.setenv("ORDERWRIGHT_VAR", str(books.settings.var))
    monkeypatch.setenv("ORDERWRIGHT_DATABASE_URL", "")
    return books


def policy(folder: Path, content: str) -> str:
    file = folder / "other.yaml"
    file.write_text(content, encoding="utf-8")
    return str(file)


def test_an_order_is_explained_in_plain_words(shop: SmallShop, run: Said) -> None:
    """Its verdict, the check that asked, and what would have changed it."""
    status, said = run("explain", "PO-WRONG")
    assert status == 0
    assert "was put to a person" in said
    assert "Totals: asked a person" in said
    assert "without a total that does not come out" in said


def test_an_order_without_a_decision_says_so(shop: SmallShop, run: Said) -> None:
    """Nothing is made up."""
    assert run("explain", "PO-NONE")[0] == 1


def test_the_policy_in_force_changes_nothing(shop: SmallShop, run: Said, tmp_path: Path) -> None:
    """Status 0, for a pipeline."""
    assert run("replay", "--since", "2026-01-01", "--policy", policy(tmp_path, "name: same\n")) == (
        0,
        "0 of 3 decisions since 2026-01-01 would change",
    )


def test_exactly_the_orders_that_change_are_named(shop: SmallShop, run: Said, tmp_path: Path) -> None:
    """Status 1 and why."""
    status, said = run("replay", "--since", "2026-01-01", "--policy", policy(tmp_path, STRICT))
    assert status == 1
    assert "PO-LARGE" in said
    assert "touchless -> two people" in said
    assert "PO-SMALL" not in said
    assert "PO-WRONG" not in said


def test_an_embargo_that_comes_into_force_names_the_orders_it_would_have_stopped(
    shop: SmallShop, run: Said, tmp_path: Path
) -> None:
    """The one that a person decided already is no change."""
    file = policy(tmp_path, "name: embargo\nembargoed_countries: [DE]\n")
    status, said = run("replay", "--since", "2026-01-01", "--policy", file)
    assert status == 1
    assert "PO-LARGE" in said
    assert "PO-SMALL" in said
    assert "PO-WRONG" not in said
    assert "2 of 3 decisions" in said


def test_another_risk_model_names_exactly_the_orders_it_would_ask_about(shop: SmallShop, run: Said, tmp_path: Path) -> None:
    """One that learnt to doubt whatever takes more of the credit limit than the small order did."""
    features = {key: features_of(shop, f"order:10010:{key}") for key in ("PO-SMALL", "PO-LARGE")}
    between = (features["PO-SMALL"]["credit_share"] + features["PO-LARGE"]["credit_share"]) / 2
    day = date(2026, 11, 1)
    examples = [Example({"credit_share": n * between / 50}, n > 50, day, "10010") for n in range(101)] * 3
    for name, content in files_of(fitted(examples), trained_on="a line", command="none", accept=0.3).items():
        (tmp_path / name).write_bytes(content)
    status, said = run("replay", "--since", "2026-01-01", "--risk-model", str(tmp_path / "risk.ubj"))
    assert status == 1
    assert "PO-LARGE" in said
    assert "the risk model gives" in said.lower()
    assert "PO-SMALL" not in said
    assert "PO-WRONG" not in said


def features_of(shop: SmallShop, order_id: str) -> dict[str, float]:
    (record,) = records_in(SqlAuditTrail(shop.engine).timeline(decisions_of(order_id)))
    return record.facts.risk_features


def test_decisions_before_the_day_are_left_out(shop: SmallShop, run: Said, tmp_path: Path) -> None:
    """Nothing was decided in the year 2100 yet."""
    assert run("replay", "--since", "2100-01-01", "--policy", policy(tmp_path, STRICT))[0] == 0


@pytest.mark.parametrize("content", ["name: x\nrules: [{name: y, needs: two_people}]\n", "name: [\n", "- 1\n"])
def test_a_wrong_policy_is_refused_with_a_status_of_its_own(shop: SmallShop, run: Said, tmp_path: Path, content: str) -> None:
    """2 is neither a change nor none."""
    status, said = run("replay", "--since", "2026-01-01", "--policy", policy(tmp_path, content))
    assert status == 2
    assert "other.yaml" in said


def test_the_budget_is_told_by_source(shop: SmallShop, run: Said) -> None:
    """Two touchless orders prove little: the bound is far above half a per cent."""
    status, said = run("budget")
    assert status == 0
    assert "Touchless" in said
    assert "all" in said
    assert "77.64%" in said

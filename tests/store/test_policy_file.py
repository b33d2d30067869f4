"""policy.yaml: what is refused with line and reason, and what stays in force then."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.domain.errors import Misconfigured
from models.domain.policy import DecisionPolicy
from models.store.company_files import read_policy
from models.store.loading import load_company
from models.store.parties import SqlParties
from tests.store.company_folder import write_company
from tests.store.samples import TODAY

SHIPPED = Path(__file__).parents[2] / "demo" / "company" / "policy.yaml"
POLICY = """\
name: ours
risk_threshold: 0.4
rules:
- name: large
  needs: two_people
  total_above: {EUR: 5000}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small company's files with a policy."""
    write_company(tmp_path / "company")
    (tmp_path / "company" / "policy.yaml").write_text(POLICY, encoding="utf-8")
    return tmp_path / "company"


def in_force(engine: Engine) -> DecisionPolicy:
    return SqlParties(engine).company().policy


def test_the_policy_is_kept_with_the_company(sqlite_engine: Engine, folder: Path) -> None:
    """Its rules, in their order."""
    load_company(folder, sqlite_engine, today=TODAY)
    policy = in_force(sqlite_engine)
    assert (policy.name, policy.risk_threshold, [rule.name for rule in policy.rules]) == ("ours", 0.4, ["large"])


def test_without_a_file_the_built_in_policy_holds(sqlite_engine: Engine, tmp_path: Path) -> None:
    """Findings and risk alone decide."""
    load_company(write_company(tmp_path / "plain"), sqlite_engine, today=TODAY)
    assert in_force(sqlite_engine) == DecisionPolicy()


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("two_people", "2", r"policy.yaml, line 5, key rules.0.needs: '2'"),
        ("risk_threshold: 0.4", "risk_threshold: 4", r"policy.yaml, line 2, key risk_threshold"),
        ("total_above: {EUR: 5000}", "total_above: {EURO: 5000}", r"policy.yaml, line 6, key rules.0.total_above"),
        ("  total_above: {EUR: 5000}\n", "", r"policy.yaml, line 4, key rules.0: .*gives no condition"),
        ("name: ours", "nam: ours", r"policy.yaml, line 1, key nam: .*did you mean name\?"),
        ("  needs:", "  need: x\n  needs:", r"policy.yaml, line 5, key rules.0.need: .*did you mean needs\?"),
        ("name: ours", "waived: [price_missmatch]", r"line 1, key waived: .*'price_missmatch'; did you mean price_mismatch\?"),
        ("total_above: {EUR: 5000}", "findings: [new_shipto]", r"line 6, key rules.0.findings: .*did you mean new_ship_to\?"),
        ("rules:", "rules: [", r"policy.yaml: is no valid YAML"),
    ],
)
def test_a_wrong_policy_is_refused_with_its_line_and_the_last_good_one_stays(
    sqlite_engine: Engine, folder: Path, old: str, new: str, cause: str
) -> None:
    """Orders go on being decided as before."""
    load_company(folder, sqlite_engine, today=TODAY)
    (folder / "policy.yaml").write_text(POLICY.replace(old, new), encoding="utf-8")
    with pytest.raises(Misconfigured, match=cause):
        load_company(folder, sqlite_engine, today=TODAY)
    assert in_force(sqlite_engine).name == "ours"


def test_a_kept_policy_stays_readable_when_a_code_goes_away() -> None:
    """What was in force yesterday must not stop the company today."""
    kept = DecisionPolicy(name="old").model_copy(update={"waived": ("a_code_of_old",)})
    assert DecisionPolicy.model_validate_json(kept.model_dump_json()) == kept


def test_the_shipped_policy_is_a_policy() -> None:
    """And names every rule."""
    assert [rule.needs for rule in read_policy(SHIPPED).rules] == ["two_people", "two_people"]

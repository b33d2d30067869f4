"""The invented companies and orders on which the matching of customers is measured."""

from __future__ import annotations

from benchmarks.matching.companies import companies, orders
from benchmarks.matching.parties import outcome


def test_companies_and_orders_are_the_same_for_a_seed() -> None:
    """So that figures can be measured again."""
    assert companies(50, 1) == companies(50, 1)
    assert orders(companies(50, 1), 2, 20) == orders(companies(50, 1), 2, 20)


def test_strangers_bear_no_customers_name() -> None:
    """They are one in ten, and none of them may be given to a customer."""
    customers = companies(200, 1)
    strangers = [one for one in orders(customers, 2, 100) if one.meant is None]
    assert len(strangers) == 10
    assert {one.stated.name for one in strangers}.isdisjoint(one.address.name for one in customers)


def test_each_outcome_is_told_apart() -> None:
    """Asking is neither right nor wrong; giving a stranger's order to a customer is wrong."""
    [known, *_, stranger] = orders(companies(20, 1), 2, 20)
    told = [outcome(known, known.meant), outcome(known, "1"), outcome(known, None), outcome(stranger, "1")]
    assert told == ["right", "wrong", "asked", "stranger taken"]

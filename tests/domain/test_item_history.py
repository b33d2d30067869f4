"""What a customer ordered before chooses among what a line's words may mean, and makes nothing sure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.domain.findings import Candidate
from models.domain.item_history import with_everyones, with_history
from models.domain.matching import ItemLookups, asks_history, match_item
from tests.domain.made import item, line


def found(*scores: float) -> tuple[Candidate, ...]:
    return tuple(Candidate(value=f"S{place}", label=f"Washer {place}", score=score) for place, score in enumerate(scores))


def test_of_two_that_fit_alike_the_one_ordered_before_is_proposed_and_still_asked_about() -> None:
    """Both stand there with the reason: habit weighs, it does not decide."""
    lookups = ItemLookups(candidates=found(0.49, 0.48), accept=0.92, ordered={"S1": 3})
    match, (finding,) = match_item(line(description="washer", seller_part_number=None), lookups)
    assert (match, finding.code, finding.proposal) == (None, "ambiguous_item", {"1.sku": "S1"})
    assert "the customer had it in 3 earlier orders" in finding.candidates[0].reasons


def test_what_words_nearly_settle_is_settled_by_habit_for_the_same_thing() -> None:
    """The runner-up loses what habit takes from it."""
    match, findings = match_item(
        line(description="washer", seller_part_number=None),
        ItemLookups(candidates=found(0.88, 0.1), accept=0.92, ordered={"S0": 1}),
    )
    assert match is not None
    assert (match.value, findings, match.score > 0.92) == ("S0", (), True)
    assert "the customer had it in 1 earlier order" in match.reasons


def test_habit_makes_nothing_of_words_that_fit_badly() -> None:
    """They may speak of something that we do not sell, whatever was ordered before."""
    match, (finding,) = match_item(
        line(description="washer", seller_part_number=None), ItemLookups(candidates=found(0.75), accept=0.92, ordered={"S0": 50})
    )
    assert (match, finding.code) == (None, "unknown_item")


def test_history_is_not_asked_where_a_number_or_the_words_say_enough() -> None:
    """It costs a look into the books."""
    assert asks_history(line(), ItemLookups(candidates=found(0.5), accept=0.92))
    assert not asks_history(line(), ItemLookups(candidates=found(0.5), accept=0.92, by_sku=item()))
    assert not asks_history(line(), ItemLookups(candidates=found(0.95), accept=0.92))


@given(st.lists(st.floats(0, 1), max_size=6), st.dictionaries(st.sampled_from(["S0", "S1", "S2", "S9"]), st.integers(0, 9)))
def test_history_neither_loses_candidates_nor_makes_one_of_them_likelier_at_all(
    scores: list[float], ordered: dict[str, int]
) -> None:
    """They stay chances, the same things, best first, and what was ordered loses nothing."""
    before = found(*sorted(scores, reverse=True))
    after = with_history(before, ordered)
    assert {each.value for each in after} == {each.value for each in before}
    assert [each.score for each in after] == sorted((each.score for each in after), reverse=True)
    chance = {each.value: each.score for each in before}
    assert all(each.score >= round(chance[each.value], 4) for each in after if ordered.get(each.value))
    assert sum(each.score for each in after) <= max(sum(chance.values()), 1.0) + 0.001


def test_what_everyone_orders_comes_first_for_who_had_none() -> None:
    """With the reason, and below what is taken without a person."""
    after = with_everyones(found(0.5, 0.45), {"S1": 20})
    assert ([each.value for each in after], after[0].score) == (["S1", "S0"], 0.8)
    assert after[0].reasons[-1] == "it stands in 20 of the latest orders of all customers"


def test_what_everyone_orders_says_nothing_where_the_customer_has_a_habit() -> None:
    """Their own orders are the better witness."""
    lookups = ItemLookups(candidates=found(0.5, 0.45), accept=0.92, ordered={"S0": 1}, ordered_by_all={"S1": 50})
    _, (finding,) = match_item(line(description="washer", seller_part_number=None), lookups)
    assert finding.candidates[0].value == "S0"


@given(st.lists(st.floats(0, 1), max_size=6), st.dictionaries(st.sampled_from(["S0", "S1", "S2", "S9"]), st.integers(0, 9)))
def test_what_everyone_orders_settles_nothing(scores: list[float], ordered: dict[str, int]) -> None:
    """Nothing gets above 0.8 by it, nothing is lost, and nothing becomes likelier at all."""
    before = found(*sorted(scores, reverse=True))
    after = with_everyones(before, ordered)
    chance = {each.value: each.score for each in before}
    assert {each.value for each in after} == set(chance)
    assert all(each.score <= max(0.8, chance[each.value]) + 0.0001 for each in after)
    assert sum(each.score for each in after) <= max(sum(chance.values()), 1.0) + 0.001

"""Which of several witnesses decides what a line means, and when they leave it to a person."""

from __future__ import annotations

from typing import Any

import pytest

from models.domain.catalogue import Item
from models.domain.findings import Candidate
from models.domain.identifiers import Sku
from models.domain.item_matching import (
    ItemLookups,
    asks_history,
    description_likeness,
    match_item,
    settles_reading,
    wants_candidates,
)
from models.domain.learned_items import LearnedItem
from models.domain.learning import FactKind, LearnedFact, Lesson, Statement
from tests.domain.made import NOW, item, line

TIE = "Cable tie 200 mm black"


def tie(sku: str = "CT-200-BK", **parts: Any) -> Item:
    return item(sku, **{"description": TIE, "description_de": "Kabelbinder 200 mm schwarz", **parts})


def looks(sku: str, score: float, label: str = "Hex bolt M8x40 zinc plated") -> Candidate:
    return Candidate(value=sku, label=label, score=score)


def told(lookups: ItemLookups, **parts: Any) -> tuple[str | None, list[str]]:
    """The SKU that the line is taken to mean, and the doubts about it."""
    match, findings = match_item(line(**parts), lookups)
    return match.value if match else None, [finding.code for finding in findings]


def test_the_item_that_most_numbers_name_is_meant_even_against_the_surest_one() -> None:
    """The customer's number says one thing, bar code and our own number another: a person hears of all of it."""
    lookups = ItemLookups(by_customer_number=tie(), by_gtin=item(), by_sku=item())
    match, (finding,) = match_item(line(), lookups)
    assert match is not None
    assert (match.value, match.how, finding.code) == ("HX-M8-40", "gtin", "item_conflict")
    assert match.score == 0.99


def test_of_two_numbers_that_disagree_the_surer_one_is_proposed() -> None:
    """The customer's own before ours; neither is shipped unseen."""
    assert told(ItemLookups(by_customer_number=tie(), by_sku=item()), description=None) == ("CT-200-BK", ["item_conflict"])


@pytest.mark.parametrize(
    ("makers", "description", "meant"),
    [
        ((tie(), item()), "Hex bolt M8x40 zinc plated", "HX-M8-40"),
        ((item(), item("HX-M8-45", description="Hex bolt M8x45 zinc plated")), "Hex bolt M8 zinc plated", None),
        ((tie(), item()), "Druckerpatrone", None),
        ((tie(), item()), None, None),
    ],
)
def test_of_several_makers_with_one_number_the_words_must_name_one_clearly(
    makers: tuple[Item, ...], description: str | None, meant: str | None
) -> None:
    """Not two alike, nor goods that are neither."""
    value, doubts = told(ItemLookups(by_mpn=makers), description=description)
    assert (value, "ambiguous_item" in doubts) == (meant, meant is None)


def test_a_second_number_settles_which_of_several_makers_is_meant() -> None:
    """Whatever the words say or leave out."""
    assert told(ItemLookups(by_mpn=(tie(), item()), by_sku=item()), description=None) == ("HX-M8-40", [])


def test_words_that_fit_other_goods_much_better_than_the_number_are_a_conflict() -> None:
    """Sure of themselves, and far ahead of what the number means; anything less is people's own way of saying it."""
    words = "Zinc bolt of some kind"
    for accept, codes in ((0.9, ["item_conflict"]), (0.91, [])):
        candidates = (looks("CT-200-BK", 0.9, TIE), looks("HX-M8-40", 0.6))
        lookups = ItemLookups(by_sku=item(), candidates=candidates, accept=accept)
        assert told(lookups, description=words) == ("HX-M8-40", codes)
    near = ItemLookups(by_sku=item(), candidates=(looks("CT-200-BK", 0.95, TIE), looks("HX-M8-40", 0.9)))
    assert told(near, description=words) == ("HX-M8-40", [])


def test_a_rival_that_lacks_the_stated_size_as_well_speaks_against_no_number() -> None:
    """M8x50 is neither of the two."""
    for label, codes in (("Hex bolt M8x50 zinc plated", ["item_conflict"]), ("Hex bolt M8x45 zinc plated", [])):
        lookups = ItemLookups(by_sku=item(), candidates=(looks("HX-2", 0.97, label), looks("HX-M8-40", 0.93)))
        assert told(lookups, description="Hex bolt M8x50 zinc plated") == ("HX-M8-40", codes)


def test_the_sizes_of_goods_that_were_loaded_are_theirs_and_not_their_labels() -> None:
    """The label was shortened; the item has the size that the line states."""
    known = item("HX-2", description="Hex bolt M8x50 zinc plated")
    shortened = (looks("HX-2", 0.97, "Hex bolt"), looks("HX-M8-40", 0.93))
    lookups = ItemLookups(by_sku=item(), candidates=shortened, described=(tie(), known))
    assert told(lookups, description="Hex bolt M8x50 zinc plated") == ("HX-M8-40", ["item_conflict"])


@pytest.mark.parametrize("description", [None, "", "X", "Hex"])
def test_a_line_that_hardly_says_anything_speaks_against_no_number(description: str | None) -> None:
    """One word is no description."""
    assert told(ItemLookups(by_sku=tie()), description=description) == ("CT-200-BK", [])


def test_the_makers_name_in_a_description_is_something_in_common() -> None:
    """People write whose goods they want."""
    by_maker = item(manufacturer="Würth", description="Sechskantschraube", description_de="")
    assert told(ItemLookups(by_sku=by_maker), description="Dübel grau von Würth") == ("HX-M8-40", [])
    assert told(ItemLookups(by_sku=by_maker), description="Dübel grau von Fischer") == ("HX-M8-40", ["item_conflict"])


def test_goods_that_are_no_longer_sold_are_told_also_where_words_alone_named_them() -> None:
    """And those of the item, not of another that was loaded."""
    lookups = ItemLookups(candidates=(looks("HX-M8-40", 0.95),), described=(tie(is_blocked=True), item(is_discontinued=True)))
    assert told(lookups, seller_part_number=None) == ("HX-M8-40", ["discontinued_item"])


def test_what_was_learned_of_another_item_makes_clear_words_a_question() -> None:
    """What was learned of this one does not."""
    for sku, expected in (("HX-M8-45", (None, ["ambiguous_item"])), ("HX-M8-40", ("HX-M8-40", []))):
        hinted = ItemLookups(candidates=(looks("HX-M8-40", 0.95),), hints=(looks(sku, 0.5),))
        assert told(hinted, seller_part_number=None) == expected


def test_every_answer_to_an_ambiguous_line_that_is_near_is_offered_once() -> None:
    """The likeliest, what stands against it, and nothing that is far off."""
    hinted = ItemLookups(
        candidates=(looks("HX-M8-40", 0.95), looks("HX-M8-41", 0.8), looks("WP-8", 0.3)), hints=(looks("HX-M8-45", 0.4),)
    )
    _, (finding,) = match_item(line(seller_part_number=None), hinted)
    assert [candidate.value for candidate in finding.candidates] == ["HX-M8-40", "HX-M8-45", "HX-M8-41"]


@pytest.mark.parametrize(
    ("scores", "code"),
    [
        ((0.45, 0.44), "ambiguous_item"),
        ((0.45, 0.3), "unknown_item"),
        ((0.3, 0.29), "unknown_item"),
        ((0.41, 0.4), "unknown_item"),
    ],
)
def test_two_that_share_what_would_be_enough_for_one_are_a_choice_between_them(scores: tuple[float, float], code: str) -> None:
    """Less than enough together, or far apart, they are guesses."""
    candidates = tuple(looks(f"S{place}", score) for place, score in enumerate(scores))
    assert told(ItemLookups(candidates=candidates), seller_part_number=None) == (None, [code])
    assert told(ItemLookups(candidates=candidates[:1]), seller_part_number=None) == (None, ["unknown_item"])


def test_just_enough_is_enough_and_just_clear_is_clear() -> None:
    """Limits themselves are within."""
    assert told(ItemLookups(candidates=(looks("HX-M8-40", 0.9),), accept=0.9), seller_part_number=None)[0] == "HX-M8-40"
    apart = (looks("HX-M8-40", 1.0), looks("HX-M8-41", 0.75, "Hex bolt M8x41"))
    assert told(ItemLookups(candidates=apart), seller_part_number=None, description="Hex bolt M8x41")[0] == "HX-M8-40"


def test_left_out_words_make_a_description_no_less_alike_and_one_word_is_too_few() -> None:
    """In the language that is the nearest; without words there is no likeness at all."""
    bolt = item()
    assert description_likeness("M8x40 bolt", bolt) == pytest.approx(0.95)
    assert description_likeness("verzinkt Sechskantschraube", bolt) == pytest.approx(0.95)
    single, anything = description_likeness("bolt", bolt), description_likeness("bolt of lightning", item(description="Bolt"))
    assert single is not None
    assert anything is not None
    assert (single < 0.6, anything < 0.6) == (True, True)
    assert description_likeness(" . ", bolt) is None


def test_the_runner_up_is_another_item_than_the_one_meant() -> None:
    """Whoever looks at the choice sees what else it might have been."""
    candidates = (looks("HX-M8-40", 0.95), looks("HX-M8-45", 0.6))
    match, _ = match_item(line(), ItemLookups(by_sku=item(), candidates=candidates))
    assert match is not None
    assert match.runner_up == candidates[1]


def test_words_are_searched_for_unless_a_number_says_just_the_same() -> None:
    """Search costs time, and a number whose words fit leaves nothing to find; another size does."""
    assert wants_candidates(line(), ItemLookups())
    assert not wants_candidates(line(description=None), ItemLookups())
    assert not wants_candidates(line(), ItemLookups(by_sku=item()))
    assert not wants_candidates(line(), ItemLookups(reviewed=item()))
    assert wants_candidates(line(description="Hex bolt M8x45 zinc plated"), ItemLookups(by_sku=item()))
    assert wants_candidates(line(description="Galvanised fastener"), ItemLookups(by_sku=item()))


def test_what_a_reviewer_named_settles_a_doubtful_reading() -> None:
    """They saw the document; nothing else is asked of what was ordered before either."""
    match, _ = match_item(line(), ItemLookups(reviewed=item()))
    assert settles_reading(match)
    assert not settles_reading(None)
    likely = (looks("HX-M8-40", 0.5),)
    assert not asks_history(line(), ItemLookups(candidates=likely, reviewed=item()))
    assert not asks_history(line(description=None), ItemLookups(candidates=likely))
    assert not asks_history(line(), ItemLookups())
    assert not asks_history(line(), ItemLookups(candidates=(looks("HX-M8-40", 0.9),), accept=0.9))


def test_an_item_without_a_successor_is_asked_about_without_a_proposal() -> None:
    """Blocked and discontinued are told both."""
    for successor, proposal in ((None, None), (Sku("HX-M8-41"), {"1.sku": "HX-M8-41"})):
        gone = item(is_discontinued=True, is_blocked=True, successor=successor)
        _, findings = match_item(line(), ItemLookups(by_sku=gone))
        assert [finding.code for finding in findings] == ["item_blocked", "discontinued_item"]
        assert findings[1].proposal == proposal


def test_a_guess_is_proposed_only_where_it_is_likely() -> None:
    """A person reads what was read, and picks from five at most."""
    for score, proposal in ((0.6, {"1.sku": "S0"}), (0.5, None)):
        many = tuple(looks(f"S{place}", score - place / 10) for place in range(7))
        _, (finding,) = match_item(line(seller_part_number="HX-9"), ItemLookups(candidates=many))
        assert (finding.proposal, len(finding.candidates)) == (proposal, 5)
        assert "HX-9" in (finding.read or "")
    _, (bare,) = match_item(line(seller_part_number=None, description=None), ItemLookups())
    assert (bare.read, bare.proposal, "which names nothing" in bare.message) == (None, None, True)


def taught(sku: Item, wording: str) -> LearnedItem:
    """What a reviewer once said of the buyer's number K-77, beside these words."""
    said = Statement(kind=FactKind.PART_NUMBER, scope="10010", key="K77", written="K-77", meaning=str(sku.sku), wording=wording)
    lesson = Lesson(statement=said, kind="corrected", key="1", by="ada", at=NOW)
    return LearnedItem(fact=LearnedFact(statement=said, lessons=(lesson,)), item=sku)


@pytest.mark.parametrize(
    "description",
    [
        "Verschraubung Typ 3",
        None,
        "Hex bolt M8x40 zinc",
        "bolt",
    ],
)
def test_what_was_taught_of_a_number_holds_beside_its_words_the_items_own_or_hardly_any(description: str | None) -> None:
    """The wording of then, nothing, what the catalogue says, one word."""
    value, doubts = told(ItemLookups(learned=taught(item(), "Verschraubung Typ 3")), description=description)
    assert (value, doubts) == ("HX-M8-40", [])


@pytest.mark.parametrize("description", ["Hex bolt M8x50 zinc plated", "Verschraubung Typ 4", "Druckerpatrone schwarz"])
def test_what_was_taught_is_set_aside_where_the_line_speaks_of_other_goods(description: str) -> None:
    """Another size, another type, something else altogether: a person decides."""
    value, doubts = told(ItemLookups(learned=taught(item(), "Verschraubung Typ 3")), description=description)
    assert (value, "learned_set_aside" in doubts, "unknown_item" in doubts) == (None, True, True)


def test_what_was_taught_is_set_aside_where_the_words_fit_other_goods_much_better() -> None:
    """And told beside what the words alone make of it."""
    lookups = ItemLookups(learned=taught(item(), "Verschraubung Typ 3"), candidates=(looks("CT-200-BK", 0.95, TIE),))
    assert told(lookups, description="Cable tie black") == ("CT-200-BK", ["unknown_part_number", "learned_set_aside"])


def test_a_number_that_means_another_item_goes_before_what_was_taught_and_one_that_agrees_beside_it() -> None:
    """The one is told; the other needs no word."""
    fact = taught(item(), "Verschraubung Typ 3")
    assert told(ItemLookups(learned=fact, by_sku=tie()), description=None) == ("CT-200-BK", ["learned_set_aside"])
    assert told(ItemLookups(learned=fact, by_sku=item()), description=None) == ("HX-M8-40", [])


def test_goods_that_were_taught_and_are_no_longer_sold_are_told() -> None:
    """Habit does not bring them back."""
    gone = taught(item(is_discontinued=True), "Verschraubung Typ 3")
    assert told(ItemLookups(learned=gone), description=None) == ("HX-M8-40", ["discontinued_item"])

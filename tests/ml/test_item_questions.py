"""Queries against a catalogue: what is sure, what is not, and what is not sold at all."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.errors import Misconfigured
from models.ml.goods import Goods
from models.ml.item_features import FEATURES
from models.ml.item_judge import shipped_judge
from models.ml.item_matcher import matcher_of
from models.ml.item_questions import ItemAnswer, ItemAnswers, ItemQuery
from models.ml.registry import load_model, shipped

GTIN, OTHER_GTIN = "04006381333931", "04012345000016"
CATALOGUE = [
    *(
        Goods(
            f"HX-M{size}-{length}",
            (f"Hex bolt DIN 933 M{size} x {length} 8.8, zinc plated",),
            mpn=f"FN-{size:02}{length:03}",
        )
        for size in (6, 8, 10)
        for length in (20, 30, 40, 45)
    ),
    Goods("HAM-500", ("Claw hammer 500 g, fibreglass handle",), gtin=GTIN),
    Goods("TAPE", ("Packing tape 50 mm x 66 m, brown",), mpn="PT-66-BN"),
    Goods("TAPE-2", ("Duct tape 50 mm x 50 m, grey",), mpn="PT-66-BN", manufacturer="Other"),
]
ANSWERS = ItemAnswers(matcher_of(CATALOGUE), shipped_judge(), {"4711": "HAM-500"})


def answer(**stated: str) -> ItemAnswer:
    return ANSWERS.answer(ItemQuery.read(json.dumps({"id": "q", **stated})))


def first(**stated: str) -> tuple[str, bool]:
    found = answer(**stated)
    return (found.ranked[0].goods.sku if found.ranked else "", found.accept)


@pytest.mark.parametrize(
    ("stated", "sku"),
    [
        ({"query": "hex bolt m8 x 40 8.8 zinc plated"}, "HX-M8-40"),
        ({"query": "Claw hammer 500g fibreglass handle"}, "HAM-500"),
        ({"customer_part_number": "hx m8/40"}, "HX-M8-40"),
        ({"customer_part_number": "FN-08O40"}, "HX-M8-40"),
        ({"customer_part_number": "4711", "query": "hammer"}, "HAM-500"),
        ({"gtin": "4006381333931", "query": "hammer"}, "HAM-500"),
        ({"customer_part_number": "PT-66-BN", "query": "packing tape brown"}, "TAPE"),
    ],
)
def test_what_fits_one_thing_alone_is_accepted(stated: dict[str, str], sku: str) -> None:
    """By its words, its numbers, or both."""
    assert first(**stated) == (sku, True)


@pytest.mark.parametrize(
    "stated",
    [
        {"query": "hex bolt m8 zinc plated"},
        {"query": "hex bolt M8 x 50 8.8 zinc plated"},
        {"query": "espresso machine"},
        {"query": "Claw hammer 500 g, fibreglass handle", "customer_part_number": "FN-08040"},
        {"query": "hex bolt m8 x 45 8.8 zinc plated", "customer_part_number": "FN-08040"},
        {"query": "Claw hammer 500 g, fibreglass handle", "gtin": OTHER_GTIN},
        {"customer_part_number": "PT-66-BN"},
        {"query": "\u202e\U0001f528" * 3000},
    ],
)
def test_what_is_not_sure_waits_for_a_person(stated: dict[str, str]) -> None:
    """Several that fit, none that fits, a number against words, a maker's number of two makers."""
    assert not answer(**stated).accept


def test_a_gtin_with_a_wrong_check_digit_tells_nothing() -> None:
    """And the reasons say so."""
    found = answer(query="Claw hammer 500 g, fibreglass handle", gtin="4006381333932")
    assert found.accept
    assert "wrong check digit" in " ".join(found.ranked[0].reasons)


def test_an_answer_has_at_most_ten_candidates_best_first() -> None:
    """With a score and reasons each."""
    shown = answer(query="hex bolt zinc").shown("q")
    scores = [one["score"] for one in shown["candidates"]]
    assert (len(scores), scores) == (10, sorted(scores, reverse=True))
    assert all(one["reasons"] for one in shown["candidates"])


@pytest.mark.parametrize("line", ["nonsense", "[1]", '{"id": 1}', '{"query": ["a"]}', "[" * 100_000])
def test_a_line_that_is_no_query_is_told(line: str) -> None:
    """With its cause."""
    with pytest.raises(ValueError, match=r"."):
        ItemQuery.read(line)


@given(st.text(max_size=300), st.text(max_size=30), st.text(max_size=20))
@settings(max_examples=50)
def test_any_query_is_answered(text: str, number: str, gtin: str) -> None:
    """Confidence is a probability, whatever stands there."""
    found = ANSWERS.answer(ItemQuery("q", text, number, gtin))
    assert 0 <= found.confidence <= 1


def test_a_model_that_is_not_its_cards_is_refused(tmp_path: object) -> None:
    """An altered file decides nothing."""
    from pathlib import Path

    folder = Path(str(tmp_path))
    for name in ("item_matcher.ubj", "item_matcher.card.json"):
        (folder / name).write_bytes((shipped() / name).read_bytes())
    (folder / "item_matcher.ubj").write_bytes(b"x" + (folder / "item_matcher.ubj").read_bytes())
    with pytest.raises(Misconfigured, match="not the model"):
        load_model("item_matcher", FEATURES, folder)


@pytest.mark.parametrize("text", ["🔩" * 40, "مسمار سداسي", "=HYPERLINK(1)", "@SUM(A1:A9)"])
def test_signs_and_writings_that_nothing_of_ours_bears_are_nobodys_goods(text: str) -> None:
    """Emoji, right-to-left text and formulas are words like others, and are not guessed at."""
    assert not answer(query=text).accept


def test_a_text_of_ten_thousand_characters_is_read_no_further_than_its_beginning() -> None:
    """What comes after costs nothing and changes nothing."""
    text = "unheard of thing " * 30
    assert answer(query=text + "x" * 10_000) == answer(query=text + "hex bolt " * 1_000)

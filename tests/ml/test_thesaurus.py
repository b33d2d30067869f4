"""Lines in other words than the catalogue's: what they are called there, and that nothing is taken for that alone."""

from __future__ import annotations

import csv
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.item_matching import ACCEPT
from models.ml.goods import Goods
from models.ml.item_judge import shipped_judge
from models.ml.item_matcher import matcher_of
from models.ml.item_questions import ItemAnswer, ItemAnswers, ItemQuery
from models.ml.thesaurus import Thesaurus, thesaurus

CATALOGUE = [
    Goods("CT-200", ("Cable tie 200 x 4.8 mm, black",)),
    Goods("CT-300", ("Cable tie 300 x 4.8 mm, black",)),
    Goods("HX-M8", ("Hexagon bolt M8x40 8.8, zinc plated",)),
    Goods("SOAP", ("Hand soap, 5 l",)),
    Goods("PAPER", ("Copy paper A4 80 g, white",)),
]
MATCHER = matcher_of(CATALOGUE)
ANSWERS = ItemAnswers(MATCHER, shipped_judge(), other_words=thesaurus())


def answer(text: str) -> ItemAnswer:
    return ANSWERS.answer(ItemQuery(None, text))


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        ("Kabelbinder 200x4,8 schwarz", "CT-200"),
        ("serre-câbles noirs 300 x 4,8", "CT-300"),
        ("zip ties black 200 x 4.8", "CT-200"),
        ("śruby sześciokątne M8x40 ocynkowane", "HX-M8"),
        ("sapone liquido 5 l", "SOAP"),
        ("papel de copia blanco A4", "PAPER"),
        ("kopieerpapier wit A4 80g", "PAPER"),
    ],
)
def test_a_line_in_other_words_finds_its_goods(text: str, sku: str) -> None:
    """In seven languages, whatever the endings."""
    assert answer(text).ranked[0].goods.sku == sku


def test_the_reason_says_what_was_put_for_what() -> None:
    """For the person who decides."""
    assert answer("Kabelbinder 200x4,8").ranked[0].reasons[0] == "Kabelbinder = cable tie"


def test_what_is_found_in_other_words_alone_is_never_taken() -> None:
    """Even where everything else agrees."""
    told = answer("Kabelbinder 200 x 4,8 mm schwarz")
    assert (told.accept, told.confidence <= 0.8) == (False, True)
    assert ACCEPT > 0.8


def test_goods_that_we_do_not_sell_are_not_found_in_other_words() -> None:
    """Nothing of ours is called like that."""
    assert list(thesaurus().translations("Feuerlöscher 6 kg", MATCHER.index.knows)) == []


def test_the_parts_of_a_compound_are_known() -> None:
    """ "Edelstahlschraube" stands in no row."""
    told = Thesaurus([{"en": ("stainless",), "de": ("Edelstahl",)}, {"en": ("bolt",), "de": ("Schraube",)}])
    (found,) = told.translations("Edelstahlschrauben M8", {"stainless", "bolt"}.__contains__)
    assert (found.text, found.reasons) == ("stainless bolt M8", ("Edelstahl = stainless", "schrauben = bolt"))


@given(st.text(max_size=500))
def test_no_text_has_more_than_three_translations(text: str) -> None:
    """However many concepts stand in it."""
    assert len(list(thesaurus().translations(f"{text} Schraube Kabel Papier", lambda _: True))) <= 3


def test_every_row_names_its_concept_in_all_seven_languages() -> None:
    """A hole would be found by nobody."""
    text = resources.files("models.ml").joinpath("words", "thesaurus.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))
    assert rows[0] == ["trade", "en", "de", "fr", "es", "it", "nl", "pl"]
    assert [row for row in rows if len(row) != 8 or not all(cell.strip() for cell in row)] == []

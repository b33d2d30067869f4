"""The index over descriptions: finds what is meant, and says clearly when something else is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.catalogue import Item, UnitConversion
from models.domain.identifiers import Sku
from models.domain.values import UnitCode
from models.ml.found import Found
from models.ml.goods import goods_of
from models.ml.item_matcher import matcher_of

PIECE = UnitCode("C62")


def item(sku: str, description: str, german: str = "", french: str = "", **parts: object) -> Item:
    known = Item(sku=Sku(sku), description=description, description_de=german, description_fr=french, base_unit=PIECE)
    return known.model_copy(update=parts)


def bolts() -> list[Item]:
    finishes = (("ZN", "zinc plated", "verzinkt", "zinguée"), ("A2", "stainless A2-70", "Edelstahl A2-70", "inox A2-70"))
    return [
        item(
            f"HB-M{thread}X{length}-{code}",
            f"Hex head bolt DIN 933 M{thread}x{length} 8.8, {english}",
            f"Sechskantschraube DIN 933 M{thread}x{length} 8.8, {german}",
            f"Vis à tête hexagonale DIN 933 M{thread}x{length} 8.8, {french}",
            manufacturer="Ferrum Nord",
            mpn=f"FN{thread:02}{length:03}{code}",
        )
        for thread in (6, 8, 10)
        for length in (20, 30, 40, 45)
        for code, english, german, french in finishes
    ]


def gloves() -> list[Item]:
    colours = (("BK", "black", "schwarz"), ("BU", "blue", "blau"))
    box = (UnitConversion(unit=UnitCode("BX"), base_quantity=Decimal(100)),)
    return [
        item(
            f"NG-{code}-{size}",
            f"Nitrile disposable glove {english}, {size}",
            f"Nitril-Einweghandschuh {german}, {size}",
            manufacturer="Handschutz",
            conversions=box,
        )
        for code, english, german in colours
        for size in ("S", "M", "L")
    ]


CATALOGUE = [
    *bolts(),
    *gloves(),
    item("FW-M8", "Flat washer DIN 125 M8, zinc plated", "Unterlegscheibe DIN 125 M8, verzinkt"),
    item("NYM-3G1.5", "Installation cable NYM-J 3G1.5 mm², grey", "Mantelleitung NYM-J 3G1,5 mm², grau"),
    item("NYM-3G2.5", "Installation cable NYM-J 3G2.5 mm², grey", "Mantelleitung NYM-J 3G2,5 mm², grau"),
    item("NYM-5G1.5", "Installation cable NYM-J 5G1.5 mm², grey", "Mantelleitung NYM-J 5G1,5 mm², grau"),
    item("MCB-B16", "Miniature circuit breaker B16 A, 1-pole, 6 kA", "Leitungsschutzschalter B16 A, 1-polig, 6 kA"),
    item("MCB-C16", "Miniature circuit breaker C16 A, 1-pole, 6 kA", "Leitungsschutzschalter C16 A, 1-polig, 6 kA"),
    item("RD-400-600", "Panel radiator type 11, H 400 x L 600 mm, white", "Flachheizkörper Typ 11, H 400 x L 600 mm, weiß"),
    item("RD-600-400", "Panel radiator type 11, H 600 x L 400 mm, white", "Flachheizkörper Typ 11, H 600 x L 400 mm, weiß"),
    item("MASK-V", "Respirator mask FFP2, with valve", "Atemschutzmaske FFP2, mit Ventil"),
    item("MASK", "Respirator mask FFP2, without valve", "Atemschutzmaske FFP2, ohne Ventil"),
    item("ROD-1000", "Threaded rod DIN 976 M12 x 1000 mm, zinc plated", "Gewindestange DIN 976 M12 x 1000 mm, verzinkt"),
    item("ROD-2000", "Threaded rod DIN 976 M12 x 2000 mm, zinc plated", "Gewindestange DIN 976 M12 x 2000 mm, verzinkt"),
    item("BV-34", 'Ball valve brass 3/4", full bore', 'Kugelhahn Messing 3/4", voller Durchgang'),
    item("BV-114", 'Ball valve brass 1 1/4", full bore', 'Kugelhahn Messing 1 1/4", voller Durchgang'),
    item("TAPE", "Packing tape 50 mm x 66 m, brown", "Packband 50 mm x 66 m, braun"),
]
MATCHER = matcher_of(goods_of(CATALOGUE))


def scores(text: str) -> dict[str, float]:
    return {found.goods.sku: found.weighed.score for found in MATCHER.found(text, 60)}


def first(text: str) -> Found:
    return MATCHER.found(text)[0]


@given(st.sampled_from(CATALOGUE), st.sampled_from(["description", "description_de", "description_fr"]))
def test_an_items_own_text_finds_it_first_and_is_certain(known: Item, language: str) -> None:
    """In every language it has."""
    text = getattr(known, language) or known.description
    found = first(text)
    assert (found.goods.sku, found.weighed.score) == (known.sku, 1.0)


@given(st.sampled_from(CATALOGUE))
def test_no_other_item_is_near_acceptance_for_a_full_text(known: Item) -> None:
    """Neighbours differ by one size, colour or word, and that must show."""
    others = {sku: score for sku, score in scores(known.description).items() if sku != known.sku}
    assert max(others.values(), default=0.0) < 0.82


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        ("hex bolt M8x40 8.8 zinc plated", "HB-M8X40-ZN"),
        ("Hex bolts M 8 × 40 zinc", "HB-M8X40-ZN"),
        ("M8X40 HEXAGON HEAD BOLT, galvanised", "HB-M8X40-ZN"),
        ("hex haed bolt M8x40 zinc plated", "HB-M8X40-ZN"),
        ("Sechskantschraube M8x40 verzinkt", "HB-M8X40-ZN"),
        ("6kt-Schr. ISO 4017 M8x40 Edelstahl A2", "HB-M8X40-A2"),
        ("Vis tête hexagonale M8x40 inox A2", "HB-M8X40-A2"),
        ("NYM-J 3 x 1,5 mm2 grau", "NYM-3G1.5"),
        ("circuit breaker B16 1 pole", "MCB-B16"),
        ("LS Leitungsschutzschalter C 16A 1polig 6kA", "MCB-C16"),
        ("Nitrile gloves black size M, box of 100", "NG-BK-M"),
        ("Nitril Einweghandschuhe blau L", "NG-BU-L"),
        ("threaded rod M12 1 m zinc", "ROD-1000"),
        ('ball valve 1¼" brass', "BV-114"),
        ("Kugelhahn 3/4 Zoll Messing", "BV-34"),
        ("mask FFP2 without valve", "MASK"),
        ("Packband braun 50mm 66m", "TAPE"),
    ],
)
def test_people_write_the_same_thing_in_their_own_way(text: str, sku: str) -> None:
    """Spacing, case, plurals, slips, languages, units, left-out words."""
    assert first(text).goods.sku == sku


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        ("Hex head bolt DIN 933 M8x45 8.8, zinc plated", "HB-M8X40-ZN"),
        ("Hex head bolt DIN 933 M8x40 8.8, zinc plated", "HB-M10X40-ZN"),
        ("Hex head bolt DIN 933 M8x40 8.8, zinc plated", "HB-M8X40-A2"),
        ("Hex head bolt DIN 931 M8x40 8.8, zinc plated", "HB-M8X40-ZN"),
        ("Hex head bolt DIN 933 M8x40 10.9, zinc plated", "HB-M8X40-ZN"),
        ("Installation cable NYM-J 3G2.5 mm², grey", "NYM-3G1.5"),
        ("Installation cable NYM-J 5x1.5 mm², grey", "NYM-3G1.5"),
        ("Miniature circuit breaker B16 A, 1-pole, 6 kA", "MCB-C16"),
        ("Nitrile disposable glove black, M", "NG-BU-M"),
        ("Nitrile disposable glove black, M", "NG-BK-L"),
        ("Respirator mask FFP2, with valve", "MASK"),
        ("Atemschutzmaske FFP2, ohne Ventil", "MASK-V"),
        ("Threaded rod DIN 976 M12 x 2 m, zinc plated", "ROD-1000"),
        ('Ball valve brass 1 1/4", full bore', "BV-34"),
        ("Hex head bolt DIN 933 M40x8 8.8, zinc plated", "HB-M8X40-ZN"),
    ],
)
def test_a_neighbour_with_another_size_or_trait_is_clearly_another_thing(text: str, sku: str) -> None:
    """Well below 0.6, however alike the words."""
    assert scores(text).get(sku, 0.0) < 0.6


def test_dimensions_the_other_way_round_are_not_the_same_thing() -> None:
    """A radiator of 400 by 600 is not one of 600 by 400."""
    found = scores("Panel radiator type 11, 600 x 400 mm, white")
    assert found["RD-600-400"] - found["RD-400-600"] > 0.1


@pytest.mark.parametrize(
    "text",
    [
        "office chair black adjustable",
        "Espresso machine 230 V stainless steel",
        "Laptop docking station USB-C",
        "Kopierpapier A4 80 g weiß",
        "hydraulic oil HLP 46, 20 l",
        "titanium anchor M8 x 40",
        "Flat file M8 bracket",
        "wood glue 500 g",
        "ball bearing 6204-2RS",
        "Solarpanel 400 W",
        "Dienstleistung Montage pauschal",
    ],
)
def test_what_we_do_not_sell_is_like_nothing_of_ours(text: str) -> None:
    """Below 0.5, so that nobody is sent a washer for a bearing."""
    assert max(scores(text).values(), default=0.0) < 0.5


def test_reasons_say_what_agrees_and_what_differs() -> None:
    """In words that a reviewer reads."""
    best, *others = MATCHER.found("hex bolt M8x40 zinc plated", 30)
    assert "size M8X40 agrees" in best.weighed.reasons
    assert "material zinc agrees" in best.weighed.reasons
    reasons = {candidate.goods.sku: candidate.weighed.reasons for candidate in others}
    assert "size M8X40 differs: M8X45" in reasons["HB-M8X45-ZN"]
    assert "material differs: zinc asked, stainless ours" in reasons["HB-M8X40-A2"]


def test_a_pack_that_the_item_is_sold_in_agrees() -> None:
    """Box of 100."""
    assert "pack of 100 agrees" in first("Nitrile gloves black M, box of 100").weighed.reasons


def test_a_number_of_the_makers_in_the_text_finds_its_item() -> None:
    """Alone it is nearly certain; beside words for something else it is not."""
    assert (first("FN-08040-ZN").goods.sku, first("FN-08040-ZN").weighed.score) == ("HB-M8X40-ZN", 0.95)
    assert first("hex bolt FN08040ZN").goods.sku == "HB-M8X40-ZN"
    assert first("office chair FN08040ZN").weighed.score < 0.7


def test_another_makers_name_speaks_against_an_item() -> None:
    """And its own maker's name does not."""
    ours, others = first("Ferrum Nord hex bolt M8x40 zinc"), first("Handschutz hex bolt M8x40 zinc")
    assert ours.weighed.score > others.weighed.score
    assert "made by Ferrum Nord" in ours.weighed.reasons


def test_candidates_are_as_many_as_asked_and_best_first() -> None:
    """Scores from 0 to 1."""
    found = MATCHER.found("hex bolt zinc", 7)
    assert len(found) == 7
    assert [each.weighed.score for each in found] == sorted((each.weighed.score for each in found), reverse=True)


@given(st.text(max_size=600))
def test_any_text_is_answered(text: str) -> None:
    """Whatever a document contains."""
    found = MATCHER.found(text, 3)
    assert all(0 < candidate.weighed.score <= 1 for candidate in found)


@given(st.text(alphabet='0123456789xM ./,-mW"', max_size=400))
def test_any_heap_of_numbers_is_answered(text: str) -> None:
    """Sizes are read with patterns: none of them may run away or break."""
    assert len(MATCHER.found(text, 3)) <= 3


def test_an_empty_catalogue_has_no_candidates() -> None:
    """Before the first load."""
    assert matcher_of([]).found("hex bolt") == []

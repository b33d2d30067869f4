"""Units as people write them."""

from __future__ import annotations

import csv
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.codelists.units import rec20_unit, x12_unit
from parsers.values.units import unit_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pcs", "C62"), ("EA", "C62"), ("each", "C62"), ("Stk.", "C62"), ("Stück", "C62"), ("Stueck", "C62"),
        ("ST", "C62"), ("pièces", "C62"), ("unidades", "C62"), ("szt.", "C62"), ("EA(each)", "C62"), ("box", "BX"),
        ("Karton", "CT"), ("ctn", "CT"), ("PK", "PK"), ("VE", "PK"), ("pair", "PR"), ("DZ", "DZN"), ("Satz", "SET"),
        ("Rolle", "RO"), ("kg", "KGM"), ("m", "MTR"), ("lfm", "MTR"), ("m²", "MTK"), ("qm", "MTK"), ("l", "LTR"),
        ("Palette", "PX"), ("LB", "LBR"), ("ft", "FOT"), ("BX / 12 EA", "BX"), ("foo", None), ("", None),
        ("4711", None),
    ],
)  # fmt: skip
def test_words_and_abbreviations_are_units(text: str, code: str | None) -> None:
    """Seven languages, plurals, points and glued explanations."""
    assert unit_code(text) == code


def test_no_word_is_listed_under_two_units() -> None:
    """A word that two units claim would be read as the first by accident."""
    text = resources.files("parsers").joinpath("words", "units.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    owners = [(word.strip().casefold(), row["code"]) for row in rows for word in row["words"].split(";")]
    claimed: dict[str, str] = {}
    for word, code in owners:
        assert claimed.setdefault(word, code) == code, word


def test_x12_codes_are_of_their_own_list() -> None:
    """CA is a case in X12, a can in words."""
    assert x12_unit("CA") == "CS"
    assert unit_code("can") == "CA"


@given(st.text(max_size=60))
def test_no_text_breaks_the_unit_reader(text: str) -> None:
    """Any text is a unit or none."""
    assert unit_code(text) is None or len(unit_code(text) or "") <= 3


def test_the_number_of_articles_counts_pieces() -> None:
    """Wholesalers' EDIFACT orders write NAR where Recommendation 20 has C62."""
    assert rec20_unit("NAR") == "C62"

"""What codes are called where people read them."""

from __future__ import annotations

from models.domain.display_words import country_words, tax_category_words, unit_words


def test_a_country_is_told_by_name_and_code() -> None:
    """Two letters alone are taken for something else: BY is also Bavaria."""
    assert country_words("BY") == "Belarus (BY)"


def test_a_code_that_nobody_named_is_told_as_it_is() -> None:
    """Rather than left out."""
    assert (country_words("XX"), unit_words("ZZ"), tax_category_words("B")) == ("XX", "ZZ", "category B")

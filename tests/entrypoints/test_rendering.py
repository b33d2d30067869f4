"""What the pages make of words that were written for other places."""

from __future__ import annotations

import pytest

from entrypoints.rendering import capitalise, on_page, sentence


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ('It fits nothing: name the item with {"3.sku": "…"}, or drop it.', "It fits nothing: name the item, or drop it."),
        ('Line 1 has no price; use correct, such as {"1.price": "…"}.', "Line 1 has no price."),
        ("A pipe with {braces} 2 m", "A pipe with {braces} 2 m"),
    ],
)
def test_the_page_shows_no_json_that_only_the_temporal_ui_wants(message: str, shown: str) -> None:
    """It has a field for it; what a document says stays as it is."""
    assert on_page(message) == shown


def test_a_sentence_begins_large_and_leaves_names_as_they_are() -> None:
    """IDs and names keep their letters."""
    assert (sentence("the ID of Ada is gone"), capitalise("eBay says")) == ("The ID of Ada is gone.", "EBay says")

"""Labels in words that no list holds: what is put in their place."""

from __future__ import annotations

import pytest

from benchmarks.capture.damaged_heads import Wording
from benchmarks.capture.unheard_labels import FIELDS, wordings
from parsers.lexicon import field_of_label

_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pl")


@pytest.mark.parametrize("wording", ["train", "held_out"])
def test_no_unheard_wording_is_known_for_its_field(wording: Wording) -> None:
    """What the reader's lists hold would be read by them, and show nothing."""
    known = [
        (field, term)
        for field in FIELDS
        for language in _LANGUAGES
        for term in wordings(wording, field, language)
        if field_of_label(term) == field
    ]
    assert known == []


def test_two_languages_are_kept_for_judging() -> None:
    """Nothing is drawn from Dutch and Polish wording."""
    assert [wordings("train", field, language) for field in FIELDS for language in ("nl", "pl")] == [[]] * (2 * len(FIELDS))

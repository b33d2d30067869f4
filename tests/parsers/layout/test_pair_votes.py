"""Labels that no list holds: what the vote makes of them, how sure it is, and which weights it takes."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contracts.model_card import trained_file
from models.domain.errors import Misconfigured
from parsers.layout.page_parts import HeadOfOrder, PageParts, head_of, taken_apart
from parsers.layout.pair_features import FEATURES, ROLES, features, looks, sounds_like
from parsers.layout.pair_votes import FILE, around_of, open_pairs, shipped_votes, with_votes
from parsers.layout.pairs import may_be_label, shape_of
from parsers.page_text import PageText
from tests.parsers.layout.test_labels import words

KNOWN = (
    (40, 40, "Brightwell Motors Ltd"),
    (40, 52, "8 Mill Lane"),
    (40, 64, "Leeds LS10 1QQ"),
    (340, 60, "Order Date:"),
    (440, 60, "03/11/2026"),
    (40, 110, "Supplier:"),
    (40, 122, "Acme Fasteners Ltd"),
    (40, 134, "12 Forge Road"),
    (40, 146, "Derby DE1 3QF"),
)


def head(*phrases: tuple[float, float, str]) -> tuple[list[PageParts], HeadOfOrder]:
    page = PageText(1, 600, 800, tuple(words(*phrases)))
    sheets = [taken_apart(page, ())]
    texts = [phrase.text for phrase in page.phrases]
    known, found = with_votes(sheets, head_of(sheets, "po.pdf", "en", texts), lambda own: head_of(own, "po.pdf", "en", texts))
    return list(known), found


def test_a_day_under_words_that_no_list_has_is_the_requested_one() -> None:
    """It lies behind the order's own, and the words speak of goods that come."""
    header = head(*KNOWN, (340, 84, "Goods needed here by:"), (470, 84, "20/11/2026"))[1].header
    assert header.requested_delivery_date is not None
    assert header.requested_delivery_date.value == "2026-11-20"


def test_what_only_a_vote_names_is_read_with_doubt() -> None:
    """A person sees the order's number, and where the goods go."""
    found = head(*KNOWN, (340, 72, "Purchase file ident:"), (480, 72, "BW-260114"))[1]
    assert found.header.po_number is not None
    assert found.header.po_number.value == "BW-260114"
    assert found.header.po_number.confidence < 0.8


def test_an_address_under_words_that_no_list_has_is_the_ship_tos() -> None:
    """With doubt, and it does not become the buyer's."""
    place = (
        (340, 110, "Where goods arrive:"),
        (340, 122, "Brightwell Workshop"),
        (340, 134, "5 Canal Street"),
        (340, 146, "York YO1 7HH"),
    )
    parties = head(*KNOWN, *place)[1].parties
    assert parties.ship_to is not None
    assert parties.ship_to.postal_code is not None
    assert parties.ship_to.postal_code.value == "YO1 7HH"
    assert parties.ship_to.postal_code.confidence < 0.8


def test_what_the_lists_name_is_not_voted_on() -> None:
    """A second number beside the order's own stays unread."""
    labels = ((340, 72, "PO Number:"), (440, 72, "4711-26"), (340, 84, "Our purchase ident:"), (460, 84, "BW-260114"))
    number = head(*KNOWN, *labels)[1].header.po_number
    assert number is not None
    assert (number.value, number.confidence > 0.8) == ("4711-26", True)


def test_another_papers_number_is_not_the_orders() -> None:
    """Though nothing else may be."""
    assert head(*KNOWN, (340, 72, "Your price proposal:"), (460, 72, "Q-118822"))[1].header.po_number is None


@pytest.mark.parametrize("text", ["Domaine : EMOP", "Unsere Materialnummer", "Raum 118"])
def test_words_that_cannot_be_a_heads_label(text: str) -> None:
    """They have their value already, are an article's, or hold figures."""
    assert not may_be_label(text)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("Thu 19 Nov 2026", "day"),
        ("30 days net", "terms"),
        ("DAP", "rule"),
        ("12 rue des Tisserands", None),
        ("Leeds LS10 1QQ", "address"),
        ("BW-260114", "code"),
        ("0113 496 0142", None),
        ("480 Harborview Dr", None),
    ],
)
def test_a_value_by_its_look(text: str, shape: str | None) -> None:
    """Telephones and streets are no numbers of papers."""
    assert shape_of(text) == shape


def test_words_sound_most_like_the_field_that_their_spelling_is_near() -> None:
    """Though a letter is missing and another is doubled."""
    sounds = dict(zip(ROLES, sounds_like("Delivry Adresss"), strict=False))
    assert max(sounds, key=lambda role: sounds[role]) == "ship_to"


@given(st.text(max_size=40), st.text(max_size=30))
def test_any_pair_has_a_figure_for_each_feature_and_a_share_for_each_role(said: str, apart_from: str) -> None:
    """Whatever its words are."""
    page = PageText(1, 600, 800, tuple(words(*KNOWN, (340, 84, "Zrqk vlom"), (470, 84, "20/11/2026"))))
    sheet = taken_apart(page, ())
    found = head_of([sheet], "po.pdf", "en", [])
    pair = open_pairs(sheet, found, {"day"})[0]
    figures = features(looks(pair, around_of(sheet, found), said, apart_from), set())
    assert len(figures) == len(FEATURES)
    assert sum(shipped_votes().shares(figures).values()) == pytest.approx(1)


def test_weights_that_are_not_the_shipped_ones_are_refused(tmp_path: Path) -> None:
    """By name, and with what to do."""
    for name in (FILE, "labels.card.json"):
        (tmp_path / name).write_bytes((resources.files("parsers") / "learnt" / name).read_bytes() + b" ")
    with pytest.raises(Misconfigured, match="is not the model that its card describes"):
        trained_file(tmp_path, FILE)

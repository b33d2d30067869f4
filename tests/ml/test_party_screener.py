"""Listed names are found however they are written, and others are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.screening import WatchEntry, WatchList
from models.ml.party_screener import PartyScreener, likeness, words_of

NAMES = (
    "Ilya Petrovich Zarembov",
    "Qashir al-Danfar",
    "Vostokgrom Maschinery OAO",
    "Qalmarid Trading FZE",
    "Hongtianwei Electronics Co. Ltd",
    *(f"{word} Trading LLC" for word in ("Borilov", "Tafanar", "Verandoso", "Guichang", "Nordvirat")),
)


def screener(*names: str, version: str = "2026-11-20") -> PartyScreener:
    entries = tuple(WatchEntry(list_name="OFAC SDN", entry_id=str(n), names=(name,)) for n, name in enumerate(names or NAMES))
    listed = WatchList(name="OFAC SDN", version=version, digest="d", entries=entries)
    return PartyScreener(lambda: [listed], lambda: "d")


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("Ilya Petrovich Zarembov", "Ilya Petrovich Zarembov"),
        ("ZAREMBOW, Ilja", "Ilya Petrovich Zarembov"),
        ("Илья Зарембов", "Ilya Petrovich Zarembov"),
        ("Ilya Zarmebov", "Ilya Petrovich Zarembov"),
        ("Kashir Aldanfar", "Qashir al-Danfar"),
        ("قاشر الدنفر", "Qashir al-Danfar"),
        ("Wostokgrom Mashinery", "Vostokgrom Maschinery OAO"),
        ("Vostok Grom Maschinery", "Vostokgrom Maschinery OAO"),
        ("Kalmarid Trading", "Qalmarid Trading FZE"),
        ("Hong Tianwei Electronics", "Hongtianwei Electronics Co. Ltd"),
    ],
)
def test_a_listed_name_is_found_however_it_is_written(written: str, listed: str) -> None:
    """Misspelt, turned round, shortened, joined, parted, in another script."""
    assert [hit.listed for hit in screener().hits(written)][:1] == [listed]


@pytest.mark.parametrize(
    "name",
    [
        "Brandt Trading GmbH",
        "Kessler Metallbau GmbH",
        "Petrovich Catering",
        "Ilya Electronics",
        "Trading Co.",
        "",
        "---",
        "株式会社",
    ],
)
def test_other_names_are_left_alone(name: str) -> None:
    """A common trade or a first name alone is nobody."""
    assert screener().hits(name) == []


def test_a_hit_names_its_list_and_version() -> None:
    """So that it can be looked up as it was."""
    (hit,) = screener().hits("Qashir al Danfar")
    assert (hit.list_name, hit.list_version, hit.entry_id, hit.score) == ("OFAC SDN", "2026-11-20", "1", 100.0)


def test_lists_that_change_are_screened_against_at_once() -> None:
    """What was remembered of the old ones is forgotten."""
    lists: dict[str, list[WatchList]] = {"now": []}
    found = PartyScreener(lambda: lists["now"], lambda: str(len(lists["now"])))
    assert found.hits("Qalmarid Trading") == []
    entry = WatchEntry(list_name="EU", entry_id="1", names=("Qalmarid Trading",))
    lists["now"] = [WatchList(name="EU", version="1", digest="x", entries=(entry,))]
    assert [hit.list_name for hit in found.hits("Qalmarid Trading")] == ["EU"]
    assert [one.version for one in found.versions()] == ["1"]


def test_legal_forms_and_articles_do_not_tell_names_apart() -> None:
    """Unless there is nothing else."""
    assert words_of("The Qalmarid Trading Co. Ltd.") == ("qalmarid", "trading")
    assert words_of("SA") == ("sa",)


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    """Whatever the names hold."""
    left, right = words_of(one), words_of(other)
    if left and right:
        assert 0 <= likeness(left, right) <= 100
        assert likeness(left, right) == pytest.approx(likeness(right, left))
        assert likeness(left, left) == pytest.approx(100)

"""A town's name ends where the gazetteer says so: what no comma parts from it is a street, a remark, or a doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contracts.extraction_v1 import PartyV1
from models.domain.document import TextBox
from models.domain.evidence import Evidence
from parsers.values.addresses import pieces_of_line
from parsers.values.gazetteer import FILE, is_town, settled_name, town_at_end, town_at_start
from parsers.values.party_blocks import party_from_block
from parsers.values.towns import town_of
from scripts.gazetteer import files


def _party(*lines: str) -> PartyV1:
    return party_from_block([TextBox(line, Evidence(part="order.pdf", page=1, text=line)) for line in lines])


@pytest.mark.parametrize(
    "name", ["Leeds", "LEEDS", "München", "Muenchen", "Sankt Gallen", "St. Gallen", "Saint-Étienne", "'s-Hertogenbosch", "Łódź"]
)
def test_a_town_is_known_however_its_name_is_written(name: str) -> None:
    assert is_town(name)


@pytest.mark.parametrize("words", ["Leeds Goods In", "Goods In", "Tor 3", "Salzburg 3", "", "-", "x"])
def test_what_is_not_a_name_alone_is_no_town(words: str) -> None:
    assert not is_town(words)


def test_the_longest_name_is_taken() -> None:
    assert town_at_start("Frankfurt am Main Flughafen") == ("Frankfurt am Main", "Flughafen")
    assert town_at_end("4 Park Street West Bromwich") == ("4 Park Street", "West Bromwich")


@pytest.mark.parametrize(
    ("line", "city"),
    [
        ("5020 Salzburg Tor 3", "Salzburg"),
        ("5020 Salzburg bitte anrufen", "Salzburg"),
        ("12 Mill Lane Leeds LS1 4AP", "Leeds"),
        ("1200 Main St Springfield IL 62701", "Springfield"),
        ("31000 Toulouse Cedex 4", "Toulouse Cedex 4"),
        ("75011 Paris 11", "Paris 11"),
        ("21079 Hamburg-Harburg", "Hamburg-Harburg"),
        ("2475 Steinbrunn an der Leitha", "Steinbrunn an der Leitha"),
        ("12345 Wolfenau", "Wolfenau"),
    ],
)
def test_a_town_is_read_without_its_street_and_remarks(line: str, city: str) -> None:
    town = town_of(line)
    assert town is not None
    assert (town.city, town.is_doubtful) == (city, False)


@pytest.mark.parametrize("line", ["60549 Frankfurt Flughafen", "00-950 Warszawa Dostawa do magazynu", "12345 lieferung frei"])
def test_words_that_may_be_a_town_s_or_a_remark_are_in_doubt(line: str) -> None:
    town = town_of(line)
    assert town is not None
    assert town.is_doubtful


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("12 Mill Lane Leeds LS1 4AP", ["12 Mill Lane", "Leeds LS1 4AP"]),
        ("Acme Ltd 12 Mill Lane Leeds LS1 4AP", ["Acme Ltd", "12 Mill Lane", "Leeds LS1 4AP"]),
        ("Unit 4 Calder Park Wakefield WF4 3QQ", ["Unit 4 Calder Park", "Wakefield WF4 3QQ"]),
        ("1200 Main St Springfield, IL 62701", ["1200 Main St", "Springfield, IL 62701"]),
        ("Kerkweg 8, 3755 CT Eemnes", ["Kerkweg 8", "3755 CT Eemnes"]),
    ],
)
def test_an_address_without_commas_parts_at_its_town(line: str, pieces: list[str]) -> None:
    assert list(pieces_of_line(line)) == pieces


def test_a_party_in_one_line_without_commas_has_name_street_and_town() -> None:
    party = _party("Acme Ltd 12 Mill Lane Leeds LS1 4AP")
    assert [part.value if part else None for part in (party.name, party.street, party.city, party.postal_code)] == [
        "Acme Ltd", "12 Mill Lane", "Leeds", "LS1 4AP",
    ]  # fmt: skip


def _address(party: PartyV1) -> list[str | None]:
    return [part.value if part else None for part in (party.street, party.city, party.region, party.postal_code)]


@pytest.mark.parametrize(
    ("lines", "address"),
    [
        (["14 Station Road, Hungerford, Berkshire RG17 0DY"], ["14 Station Road", "Hungerford", "Berkshire", "RG17 0DY"]),
        (["14 Station Road", "Hungerford Berkshire RG17 0DY"], ["14 Station Road", "Hungerford", "Berkshire", "RG17 0DY"]),
        (["3 North Bailey", "Durham DH1 3ET"], ["3 North Bailey", "Durham", None, "DH1 3ET"]),
        (["12 Smith St", "Collingwood Victoria 3066"], ["12 Smith St", "Collingwood", "VIC", "3066"]),
        (["1200 Main St", "Suite 400", "Springfield", "IL", "62701"], ["1200 Main St Suite 400", "Springfield", "IL", "62701"]),
        (["4410 Overland Rd", "Springfield, IL", "62701"], ["4410 Overland Rd", "Springfield", "IL", "62701"]),
    ],
)
def test_counties_and_states_stand_beside_the_town(lines: list[str], address: list[str]) -> None:
    assert _address(_party("Acme Ltd", *lines)) == address


@pytest.mark.parametrize(
    ("lines", "address"),
    [
        (["4 Dock Road", "Felixstowe", "Suffolk"], ["4 Dock Road", "Felixstowe", None, None]),
        (["Unit 4, 12 Smith Road", "Lagos", "Nigeria"], ["Unit 4 12 Smith Road", "Lagos", None, None]),
        (["Goethestraße 5", "Bremen"], ["Goethestraße 5", "Bremen", None, None]),
    ],
)
def test_a_known_town_below_a_street_needs_no_postal_code(lines: list[str], address: list[str]) -> None:
    assert _address(_party("Acme Ltd", *lines)) == address


def test_a_name_with_a_street_s_word_over_a_town_is_no_street() -> None:
    assert _address(_party("Dublin Road Stores", "Athlone")) == [None, None, None, None]


def test_a_doubtful_town_is_stated_below_what_nobody_need_see() -> None:
    party = _party("Acme GmbH", "Hauptstraße 5", "60549 Frankfurt Flughafen")
    assert party.city is not None
    assert party.city.confidence < 0.8


@given(st.lists(st.sampled_from(["Leeds", "Bad", "Salzburg", "l'Hospitalet", "Tor", "3", "am", "x", "-", "İ", "№"]), max_size=9))
def test_a_text_is_parted_without_losing_a_word(words: list[str]) -> None:
    text = " ".join(words)
    for parted, is_last in ((town_at_start(text), False), (town_at_end(text), True)):
        if parted is not None:
            assert " ".join(parted).split() == words
            assert is_town(parted[is_last])


@given(st.text(max_size=80))
def test_a_name_is_made_of_words_of_its_text_whatever_it_holds(text: str) -> None:
    for is_behind_code in (True, False):
        name, _ = settled_name(text, is_behind_code=is_behind_code)
        assert " ".join(name.split()) in " ".join(text.split())


def test_a_name_of_many_small_words_ends_too() -> None:
    """The ways to part them would double with each, if one could go on over the next."""
    assert settled_name("Leeds " + "l'a " * 60 + "!", is_behind_code=True) == ("Leeds", False)


def test_the_file_holds_other_names_of_our_countries_alone_and_no_codes() -> None:
    towns = [
        {"name": "Milan", "countrycode": "IT", "alternatenames": ["Milano", "MIL", "Мілан"]},
        {"name": "Abidjan", "countrycode": "CI", "alternatenames": ["Abijan"]},
    ]
    made = files(towns)
    assert made == files(reversed(towns))
    assert len(made[FILE]) == len(("milan", "milano", "abidjan")) * 4

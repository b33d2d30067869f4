"""Whose order it is, where it goes and what each line means."""

from __future__ import annotations

import pytest

from models.domain.catalogue import Item
from models.domain.findings import Candidate, Finding, Severity
from models.domain.identifiers import CustomerNumber, Sku
from models.domain.matching import ItemLookups, match_customer, match_item, match_ship_to, normalised_part_number, settles_reading
from models.domain.normalisation import normalised_name, similarity, street_similarity
from models.domain.party import StatedParty
from tests.domain.made import address, customer, hansewerk, item, line, ship_to

CUSTOMERS = (customer(), hansewerk())


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("stated", "sender", "how"),
    [
        (StatedParty(customer_number="100 10"), "", "customer_number"),
        (StatedParty(vat_id="DE 216 311 718"), "", "vat_id"),
        (StatedParty(), "Einkauf <EINKAUF@kessler-metallbau.example>", "order_email"),
        (StatedParty(), "jo@mail.kessler-metallbau.example", "email_domain"),
        (StatedParty(name="KESSLER METALLBAU", postal_code="D-58511"), "", "name_and_place"),
        (StatedParty(name="Kessler Metallbau G.m.b.H.", city="LUEDENSCHEID"), "", "name_and_place"),
        (StatedParty(name="Kessler Metallbau GmbH"), "", "name"),
    ],
)
def test_each_kind_of_evidence_names_the_customer(stated: StatedParty, sender: str, how: str) -> None:
    """However it is written."""
    match, findings = match_customer(stated, sender, CUSTOMERS)
    assert match is not None
    assert (match.value, match.how, findings) == ("10010", how, ())


def test_a_gln_names_the_customer() -> None:
    """GS1 numbers are one party's alone."""
    match, _ = match_customer(StatedParty(gln="9521002300000"), "", CUSTOMERS)
    assert match is not None
    assert match.value == "10023"


def test_the_electronic_partner_names_the_customer() -> None:
    """The interchange's own address is evidence like a mail address."""
    match, _ = match_customer(StatedParty(), "", CUSTOMERS, partner=CustomerNumber("10023"))
    assert match is not None
    assert match.how == "partner"


def test_agreeing_evidence_is_surer_than_either_alone() -> None:
    """Two witnesses together."""
    alone, _ = match_customer(StatedParty(vat_id="DE216311718"), "", CUSTOMERS)
    both, _ = match_customer(StatedParty(vat_id="DE216311718", customer_number="10010"), "", CUSTOMERS)
    assert alone is not None
    assert both is not None
    assert both.score > alone.score
    assert both.agreeing == ("customer_number", "vat_id")


def test_evidence_for_two_customers_is_a_conflict_that_names_both() -> None:
    """A VAT id of one and a mail of the other: a person decides."""
    _, findings = match_customer(StatedParty(vat_id="DE216311718"), "jo@hansewerk.example", CUSTOMERS)
    assert codes(findings) == ["customer_conflict"]
    assert {candidate.value for candidate in findings[0].candidates} == {"10010", "10023"}


def test_two_customers_behind_one_mail_domain_are_not_guessed_between() -> None:
    """Equal evidence chooses nobody."""
    twin = customer("10011", order_emails=(), vat_id=None)
    match, findings = match_customer(StatedParty(), "jo@kessler-metallbau.example", (CUSTOMERS[0], twin))
    assert match is None
    assert codes(findings) == ["customer_conflict"]


def test_a_mail_domain_does_not_stand_against_another_name_on_the_order() -> None:
    """The order names a company that its sender's domain does not belong to."""
    stated = StatedParty(name="Zimmerei Obermoser OHG", city="Rosenheim")
    _, findings = match_customer(stated, "jo@kessler-metallbau.example", CUSTOMERS)
    assert codes(findings) == ["customer_conflict"]


def test_free_mail_names_nobody() -> None:
    """Anybody has such an address, whatever our books say."""
    careless = customer(email_domains=("gmail.com",))
    match, findings = match_customer(StatedParty(), "somebody@gmail.com", (careless,))
    assert match is None
    assert codes(findings) == ["unknown_customer"]


def test_an_unknown_buyer_comes_with_the_nearest_customers() -> None:
    """The likeliest one is proposed."""
    match, (finding,) = match_customer(StatedParty(name="Kesler Metalbau"), "", CUSTOMERS)
    assert match is None
    assert finding.candidates[0].value == "10010"
    assert finding.proposal == {"customer": "10010"}


@pytest.mark.parametrize(
    "domain",
    ["kessIer-metallbau.example", "kessler-metalbau.example", "kesslermetallbau.example", "kessler-metallbau.shop",
     "xn--kssler-metallbau-5nb.example"],
)  # fmt: skip
def test_a_look_alike_domain_is_suspicious(domain: str) -> None:
    """One letter off, another ending, or other letters that look the same."""
    _, findings = match_customer(StatedParty(customer_number="10010"), f"einkauf@{domain}", CUSTOMERS)
    assert "suspicious_sender" in codes(findings)


def test_a_reviewers_word_ends_the_doubt_about_who_but_not_about_the_sender() -> None:
    """Naming the customer does not make the sender theirs."""
    match, findings = match_customer(StatedParty(), "jo@kessler-metalbau.example", CUSTOMERS, chosen="10010")
    assert match is not None
    assert match.how == "reviewer"
    assert codes(findings) == ["suspicious_sender"]


def test_a_reviewer_may_name_only_a_customer_that_exists() -> None:
    """A number that leads nowhere stays a question."""
    match, findings = match_customer(StatedParty(), "", CUSTOMERS, chosen="99999")
    assert match is None
    assert codes(findings) == ["unknown_customer"]


def test_nothing_stated_means_the_main_address_or_the_only_place() -> None:
    """The usual place, and a warning only where there are several that it might be."""
    main = ship_to("HQ", **address().model_dump())
    found, match, findings = match_ship_to(None, customer(), (main, ship_to()))
    assert (found, match and match.value, match and match.how, findings) == (main.address, "HQ", "default", ())
    _, only, _ = match_ship_to(StatedParty(), customer(), (ship_to(),))
    assert only is not None
    assert only.value == "W2"
    _, _, doubts = match_ship_to(None, customer(), (ship_to(), ship_to("W3", street="Am Hang 1")))
    assert codes(doubts) == ["ship_to_assumed"]


@pytest.mark.parametrize(
    "stated",
    [
        StatedParty(street="Altenaer Landstr. 112", postal_code="58769", city="Nachrodt-Wiblingwerde"),
        StatedParty(name="Kessler Werk II", street="ALTENAER LANDSTRASSE 112", city="Nachrodt"),
        StatedParty(customer_number="w2"),
        StatedParty(name="Kessler Werk 2", city="Nachrodt"),
    ],
)
def test_a_known_place_is_found_however_it_is_written(stated: StatedParty) -> None:
    """Abbreviations, case, a code, or the place's name with its town."""
    _, match, findings = match_ship_to(stated, customer(), (ship_to(),))
    assert match is not None
    assert (match.value, findings) == ("W2", ())


def test_another_house_number_is_a_new_place_with_the_nearest_known_one() -> None:
    """112 is not 12, and a person sees both."""
    stated = StatedParty(name="Kessler", street="Altenaer Landstraße 12", postal_code="58769", city="Nachrodt")
    found, match, (finding,) = match_ship_to(stated, customer(), (ship_to(),))
    assert match is None
    assert found is not None
    assert found.street == "Altenaer Landstraße 12"
    assert (finding.code, finding.severity, finding.candidates[0].value) == ("new_ship_to", Severity.ERROR, "W2")


def test_a_new_place_without_street_is_no_address_to_ship_to() -> None:
    """There is nothing that a carrier could find."""
    found, _, findings = match_ship_to(StatedParty(city="Lagos", country="NG"), customer(), (ship_to(),))
    assert found is None
    assert codes(findings) == ["new_ship_to"]


def test_the_same_street_in_another_country_is_another_place() -> None:
    """A stated country counts."""
    stated = StatedParty(street="Altenaer Landstraße 112", postal_code="58769", city="Nachrodt", country="PL")
    assert codes(match_ship_to(stated, customer(), (ship_to(),))[2]) == ["new_ship_to"]


def test_a_code_beside_a_different_address_is_a_conflict() -> None:
    """The code means one place, the address another."""
    stated = StatedParty(customer_number="W2", street="Hafenkai 40", postal_code="20457", city="Hamburg")
    assert codes(match_ship_to(stated, customer(), (ship_to(),))[2]) == ["ship_to_conflict"]


def test_a_reviewer_may_name_a_code_or_write_an_address_out() -> None:
    """Either ends the doubt."""
    stated = StatedParty(street="Hafenkai 40", city="Hamburg")
    by_code, match, _ = match_ship_to(stated, customer(), (ship_to(),), chosen="W2")
    assert (by_code, match and match.how) == (ship_to().address, "reviewer")
    written, _, findings = match_ship_to(stated, customer(), (), chosen="Lager; Hafenkai 40; 20457; Hamburg; DE")
    assert written is not None
    assert (written.city, findings) == ("Hamburg", ())


def rival(sku: str = "HX-M8-45", score: float = 0.97, label: str = "Hex bolt M8x45 zinc plated") -> Candidate:
    return Candidate(value=sku, label=label, score=score)


def other(sku: str = "CT-200-BK", **parts: str) -> Item:
    return item(sku, **{"description": "Cable tie 200 mm black", "description_de": "Kabelbinder 200 mm schwarz", **parts})


def test_the_customers_own_number_comes_first() -> None:
    """It was agreed for this very purpose."""
    match, findings = match_item(line(), ItemLookups(by_customer_number=item(), by_mpn=(item(),)))
    assert match is not None
    assert (match.value, match.how, findings) == ("HX-M8-40", "customer_part_number", ())
    assert match.agreeing == ("customer_part_number", "mpn", "description")


@pytest.mark.parametrize(
    ("found", "how"),
    [({"by_gtin": item()}, "gtin"), ({"by_sku": item()}, "seller_part_number"), ({"by_mpn": (item(),)}, "mpn")],
)
def test_any_number_that_fits_names_the_item(found: dict[str, Item], how: str) -> None:
    """GTIN, our SKU, the maker's number."""
    match, findings = match_item(line(), ItemLookups.model_validate(found))
    assert match is not None
    assert (match.value, match.how, findings) == ("HX-M8-40", how, ())


def test_two_numbers_that_mean_different_items_are_a_conflict() -> None:
    """Nothing is shipped on one number against another."""
    _, findings = match_item(line(), ItemLookups(by_gtin=item(), by_sku=other()))
    assert codes(findings) == ["item_conflict"]
    assert {candidate.value for candidate in findings[0].candidates} == {"HX-M8-40", "CT-200-BK"}


def test_a_number_against_a_description_of_something_else_is_a_conflict() -> None:
    """A bolt's number on a line that describes cable ties."""
    _, findings = match_item(line(description="Kabelbinder schwarz lang"), ItemLookups(by_sku=item()))
    assert codes(findings) == ["item_conflict"]


def test_a_number_against_the_size_in_the_description_is_a_conflict() -> None:
    """M8x40 by number, M8x45 by words, and there is an M8x45."""
    own = Candidate(value="HX-M8-40", label="Hex bolt M8x40 zinc plated", score=0.93)
    lookups = ItemLookups(by_sku=item(), candidates=(rival(), own))
    _, findings = match_item(line(description="Hex bolt M8x45 zinc plated"), lookups)
    assert codes(findings) == ["item_conflict"]
    assert findings[0].candidates[1].value == "HX-M8-45"


def test_a_description_in_other_words_is_no_conflict_where_it_shares_some() -> None:
    """People describe goods in their own way."""
    _, findings = match_item(line(description="Schraube verzinkt fuer Anlage 3"), ItemLookups(by_sku=item()))
    assert findings == ()


def test_two_agreeing_numbers_outweigh_a_description() -> None:
    """It is worth knowing, not worth stopping."""
    lookups = ItemLookups(by_sku=item(), by_gtin=item())
    _, (finding,) = match_item(line(description="Śruba z łbem sześciokątnym ocynkowana"), lookups)
    assert (finding.code, finding.severity) == ("description_differs", Severity.WARNING)


def test_a_clear_description_is_enough() -> None:
    """High enough, and clear of the runner-up."""
    lookups = ItemLookups(candidates=(rival("HX-M8-40", 0.93, "Hex bolt M8x40 zinc plated"), rival("WP-8", 0.6, "Washer M8")))
    match, _ = match_item(line(seller_part_number=None), lookups)
    assert match is not None
    assert (match.how, match.value, match.runner_up and match.runner_up.value) == ("description", "HX-M8-40", "WP-8")


def test_a_near_tie_is_put_to_a_person_with_a_proposal() -> None:
    """Two near-identical things are never guessed between."""
    lookups = ItemLookups(candidates=(rival("HX-M8-40", 0.93, "Hex bolt M8x40"), rival(score=0.90)))
    match, (finding,) = match_item(line(seller_part_number=None), lookups)
    assert match is None
    assert (finding.code, finding.proposal) == ("ambiguous_item", {"1.sku": "HX-M8-40"})
    assert [candidate.value for candidate in finding.candidates] == ["HX-M8-40", "HX-M8-45"]


def test_a_runner_up_with_the_stated_size_is_too_near() -> None:
    """The best by letters has the wrong size; the second has the right one."""
    lookups = ItemLookups(candidates=(rival("HX-M8-40", 0.95, "Hex bolt M8x40 zinc plated"), rival(score=0.8)))
    match, findings = match_item(line(seller_part_number=None, description="Hex bolt M8x45 zinc plated"), lookups)
    assert match is None
    assert codes(findings) == ["ambiguous_item"]


def test_what_we_do_not_sell_is_not_matched() -> None:
    """No answer is an answer; the nearest are shown."""
    match, (finding,) = match_item(line(), ItemLookups(candidates=(rival(score=0.7),)))
    assert match is None
    assert (finding.code, finding.candidates[0].value) == ("unknown_item", "HX-M8-45")


def test_a_number_with_a_slip_offers_what_it_may_mean() -> None:
    """A person picks it with one click; nothing is taken on a slip alone."""
    near = Candidate(value="HX-M8-45", label="Hex bolt M8x45", score=0.6, reasons=("one sign away from 'HX-M8-54'",))
    match, (finding,) = match_item(line(seller_part_number="HX-M8-54", description=None), ItemLookups(nearly_numbered=(near,)))
    assert match is None
    assert (finding.code, finding.candidates, finding.proposal) == ("unknown_item", (near,), {"1.sku": "HX-M8-45"})


def test_words_and_a_slip_in_the_number_speak_together() -> None:
    """What both point at comes first, with the reasons of both."""
    near = Candidate(value="HX-M8-45", label="Hex bolt M8x45", score=0.3, reasons=("one sign away",))
    words = (rival("HX-M8-40", 0.5), rival("HX-M8-45", 0.2))
    _, (finding,) = match_item(line(seller_part_number="HX-M8-54"), ItemLookups(nearly_numbered=(near,), candidates=words))
    first = finding.candidates[0]
    assert (first.value, first.score, first.reasons[0]) == ("HX-M8-45", 0.3, "one sign away")


def test_numbers_that_lead_nowhere_beside_a_clear_description_are_worth_a_warning() -> None:
    """The words chose alone, and a person may know better."""
    lookups = ItemLookups(candidates=(rival("HX-M8-40", 0.95, "Hex bolt M8x40 zinc plated"),))
    _, (finding,) = match_item(line(seller_part_number="77-1"), lookups)
    assert (finding.code, finding.severity) == ("unknown_part_number", Severity.WARNING)


def test_a_discontinued_item_names_its_successor() -> None:
    """With the correction that takes it."""
    _, (finding,) = match_item(line(), ItemLookups(by_sku=item(is_discontinued=True, successor=Sku("HX-M8-41"))))
    assert (finding.code, finding.proposal) == ("discontinued_item", {"1.sku": "HX-M8-41"})


def test_a_makers_number_that_several_makers_use_is_settled_by_the_words_or_by_a_person() -> None:
    """The same number on a bolt and on a cable tie."""
    lookups = ItemLookups(by_mpn=(other(), item()))
    match, _ = match_item(line(), lookups)
    assert match is not None
    assert match.value == "HX-M8-40"
    assert codes(match_item(line(description=None), lookups)[1]) == ["ambiguous_item"]


def test_a_reviewers_item_wins_over_every_number() -> None:
    """They looked at the document."""
    match, findings = match_item(line(), ItemLookups(reviewed=other(), by_gtin=item()))
    assert match is not None
    assert (match.value, match.how, findings) == ("CT-200-BK", "reviewer", ())


def test_a_doubtful_number_is_settled_by_a_second_witness_alone() -> None:
    """Read badly, yet the description says the same."""
    agreed, _ = match_item(line(), ItemLookups(by_sku=item()))
    alone, _ = match_item(line(description=None), ItemLookups(by_sku=item()))
    assert settles_reading(agreed)
    assert not settles_reading(alone)


def test_part_numbers_compare_without_marks_and_case() -> None:
    """As the catalogue keeps them."""
    assert normalised_part_number(" hx-M8/40.a ") == "HXM840A"


@pytest.mark.parametrize(
    ("one", "other_name"),
    [
        ("Müller & Söhne GmbH & Co. KG", "MUELLER UND SOEHNE"),
        ("Société Générale S.A.", "societe generale"),
        ("Łódź Sp. z o.o.", "Lodz"),
    ],
)
def test_names_compare_without_legal_forms_accents_and_case(one: str, other_name: str) -> None:
    """They are one company on paper."""
    assert normalised_name(one) == normalised_name(other_name)


def test_a_hostile_text_costs_no_more_than_its_share() -> None:
    """Ten thousand characters are cut before they are compared."""
    assert 0 <= similarity(normalised_name("a b " * 10_000), normalised_name("b a " * 10_000)) <= 1
    assert street_similarity("1" * 10_000, "2" * 10_000) < 0.6


@pytest.mark.parametrize("name", ["Baustelle Volders Süd", "c/o Nordkai Logistik GmbH", "MS Logistics", "Montage Schulte"])
def test_a_bare_name_of_another_place_is_never_the_usual_place(name: str) -> None:
    """Goods for a building site that nobody knows must not go to the office."""
    found, match, (finding,) = match_ship_to(StatedParty(name=name), customer(), (ship_to(),))
    assert (found, match) == (None, None)
    assert (finding.code, finding.severity) == ("new_ship_to", Severity.ERROR)
    assert {candidate.value for candidate in finding.candidates} == {"W2", "10010"}


@pytest.mark.parametrize(
    "name",
    [
        "Kessler Metallbau GmbH",
        "Kessler Metallbau",
        "z. Hd. Frau Winter",
        "c/o Wareneingang",
        "Attn: Goods In",
        "Lager",
        "l'atelier",
    ],
)
def test_the_customers_own_name_or_a_person_there_means_the_usual_place(name: str) -> None:
    """Nothing else is said."""
    main = ship_to("HQ", **address().model_dump())
    found, match, findings = match_ship_to(StatedParty(name=name), customer(), (main, ship_to()))
    assert (found, match and match.value, findings) == (customer().address, "HQ", ())


@pytest.mark.parametrize(
    "stated",
    [
        StatedParty(name="Kessler Werk 2"),
        StatedParty(name="Werk 2"),
        StatedParty(name="Kessler Metallbau, Nachrodt"),
        StatedParty(name="ALTENAER LANDSTRASSE 112"),
        StatedParty(street="Altenaer Landstr. 112"),
        StatedParty(city="Nachrodt"),
        StatedParty(postal_code="58769"),
        StatedParty(name="Kessler Metallbau GmbH", city="Nachrodt"),
    ],
)
def test_a_part_of_one_known_place_means_it(stated: StatedParty) -> None:
    """Its name, its town or its street alone."""
    main = ship_to("HQ", **address().model_dump())
    found, match, findings = match_ship_to(stated, customer(), (main, ship_to()))
    assert (found, match and match.value, findings) == (ship_to().address, "W2", ())


@pytest.mark.parametrize(
    "stated",
    [StatedParty(street="Am Hang 1"), StatedParty(city="Hagen"), StatedParty(name="Montage Schulte", city="Nachrodt")],
)
def test_a_part_of_no_known_place_is_asked_about(stated: StatedParty) -> None:
    """A street, a town, or a stranger in a known town."""
    found, match, findings = match_ship_to(stated, customer(), (ship_to(),))
    assert (found, match) == (None, None)
    assert codes(findings) == ["new_ship_to"]


def test_a_town_with_two_known_places_is_asked_about() -> None:
    """Which of them is not for us to guess."""
    places = (ship_to(), ship_to("W3", street="Am Hang 1"))
    (finding,) = match_ship_to(StatedParty(city="Nachrodt"), customer(), places)[2]
    assert (finding.code, [candidate.value for candidate in finding.candidates]) == ("ship_to_unclear", ["W2", "W3"])


def test_the_customers_name_in_another_country_is_another_place() -> None:
    """A swindler keeps the name and changes the land."""
    stated = StatedParty(name="Kessler Metallbau GmbH", country="RO")
    assert codes(match_ship_to(stated, customer(), (ship_to(),))[2]) == ["new_ship_to"]

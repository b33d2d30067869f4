"""From when until when: rates, rules, VAT ids, registrations and checks hold on their days, first and last included."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from models.domain.catalogue import GoodsFlag
from models.domain.identifiers import Sku, VatId
from models.domain.party import Address, VatRegistration
from models.domain.reverse_charge import rule_for
from models.domain.tax import TaxResult
from models.domain.tax_facts import CHECK_HOLDS, rate_country
from models.domain.taxation import TaxFacts, determine_tax
from models.domain.values import Currency
from models.domain.vat_territory import tax_area
from tests.domain.made import EUR, TODAY, company, customer, money, order_line
from tests.domain.test_taxation import ALLENTOWN, RATES, WUPPERTAL, certificate, place, rate, taxed

YESTERDAY = TODAY - timedelta(days=1)


def registered(vat_id: str, **days: date) -> VatRegistration:
    return VatRegistration(vat_id=VatId(vat_id), **days)


def asked(to: Address, *ids: VatRegistration, vat_id: str | None = None) -> tuple[TaxResult | None, str]:
    """The result for a customer with these ids, and what is asked about it."""
    buyer = customer(vat_id=vat_id, vat_registrations=ids)
    facts = TaxFacts(company=company(), customer=buyer, ship_from=WUPPERTAL, ship_to=to, on=TODAY, rates=RATES)
    result, findings = determine_tax(facts, (order_line(),), EUR)
    return result, " ".join(finding.message for finding in findings)


def test_a_rate_that_ended_without_another_is_no_rate() -> None:
    """The table was not kept: a question for tax, not the rate of the past."""
    ended = (rate("DE", "19", valid_to=YESTERDAY),)
    assert taxed(rates=ended)[0].treatment == "undetermined"
    assert taxed(rates=(rate("DE", "19", valid_to=TODAY),))[0].total == money("19.00")


def test_of_two_rates_that_hold_the_newer_counts() -> None:
    """A new rate is entered, and nobody wrote down that the old one ended."""
    both = (rate("DE", "21", valid_from=date(2026, 7, 1)), rate("DE", "19"))
    assert [taxed(rates=rates)[0].total for rates in (both, both[::-1])] == [money("21.00")] * 2


def test_a_rule_for_goods_holds_from_its_first_day_to_its_last() -> None:
    """Italy's for laptops, from 2 May 2016 to the end of 2026."""
    days = (date(2016, 5, 1), date(2016, 5, 2), date(2026, 12, 31), date(2027, 1, 1))
    assert [rule_for("IT", "laptops", day) is not None for day in days] == [False, True, True, False]


def test_an_id_that_ended_exempts_nothing_though_the_books_still_name_it() -> None:
    """And the question says until when it held."""
    result, message = asked(place("FR"), registered("FR12345678901", valid_to=YESTERDAY), vat_id="FR12345678901")
    assert result is not None
    assert result.treatment == "domestic"
    assert f"has the VAT id FR12345678901, which holds from ever to {YESTERDAY} and not on {TODAY}" in message


def test_an_id_of_our_own_state_that_ended_is_not_what_was_missing() -> None:
    """Of the two the French one would have exempted the supply."""
    ids = (registered("DE216311718", valid_to=YESTERDAY), registered("FR12345678901", valid_from=TODAY + timedelta(days=1)))
    assert "the VAT id FR12345678901, which holds from" in asked(place("FR"), *ids)[1]
    assert "has the VAT id DE216311718, which is none of another member state" in asked(place("FR"), vat_id="DE216311718")[1]
    assert "has no VAT id" in asked(place("FR"))[1]


def test_stock_abroad_is_reverse_charged_only_while_the_customers_id_there_holds() -> None:
    """Afterwards the French rate is due."""
    french = place("FR", postal_code="69001")
    known = [customer(vat_id=None, vat_registrations=(registered("FR12345678901", valid_to=end),)) for end in (TODAY, YESTERDAY)]
    results = [taxed(to=french, ship_from=french, customer=buyer)[0].treatment for buyer in known]
    assert results == ["reverse_charge", "domestic"]


@pytest.mark.parametrize(
    ("ours", "treatment"),
    [
        ((), "reverse_charge"),
        ((registered("PL5260001246"),), "domestic"),
        ((registered("PL5260001246", valid_to=YESTERDAY),), "reverse_charge"),
        ((registered("FR12345678901"),), "reverse_charge"),
    ],
)
def test_our_own_registration_counts_in_its_country_and_time(ours: tuple[VatRegistration, ...], treatment: str) -> None:
    """In Poland the customer owes the tax only of a supplier that is not registered there."""
    polish = place("PL", postal_code="00-001")
    result, _ = taxed(
        to=polish,
        ship_from=polish,
        customer=customer(vat_id="PL5260001246"),
        company=company(vat_registrations=ours),
        rates=(rate("PL", "23"),),
    )
    assert result.treatment == treatment


def test_a_check_of_an_id_holds_for_just_its_days() -> None:
    """A day more, and it is confirmed anew."""
    codes = []
    for days in (CHECK_HOLDS, CHECK_HOLDS + timedelta(days=1)):
        buyer = customer(vat_id=None, vat_registrations=(registered("FR12345678901", checked_on=TODAY - days),))
        codes.append(taxed(to=place("FR"), customer=buyer)[1])
    assert codes == [[], ["vat_id_unconfirmed"]]


def test_a_certificate_exempts_on_its_first_day_and_on_its_last() -> None:
    """Both days named are included."""
    for span in ({"valid_from": TODAY}, {"valid_to": TODAY}):
        assert taxed(to=ALLENTOWN, exemptions=(certificate(**span),))[0].treatment == "exempt"


def test_of_several_certificates_that_ended_the_last_is_named() -> None:
    """That is the one to renew."""
    held = tuple(certificate(certificate=f"PA-{year}", valid_to=date(year, 1, 31)) for year in (2024, 2026, 2025))
    facts = TaxFacts(
        company=company(nexus_states=("PA",)), customer=customer(), ship_from=WUPPERTAL, ship_to=ALLENTOWN, on=TODAY,
        rates=RATES, exemptions=held,
    )  # fmt: skip
    _, (finding,) = determine_tax(facts, (order_line(),), EUR)
    assert finding.read == "PA-2026"


def test_an_order_is_taxed_only_as_a_whole() -> None:
    """Not while one of two lines has no price, nor without lines."""
    facts = TaxFacts(company=company(), customer=customer(), ship_from=WUPPERTAL, ship_to=place("DE"), on=TODAY, rates=RATES)
    assert determine_tax(facts, (order_line(1), order_line(2, net=None)), EUR) == (None, ())
    assert determine_tax(facts, (), EUR) == (None, ())


def test_tax_is_rounded_as_the_customer_wishes_else_as_we_do() -> None:
    """19 % of three cents, twice: two cents line by line, one on the sum."""
    lines = (order_line(1, net=money("0.03")), order_line(2, net=money("0.03")))
    by_line, by_rate = company(tax_rounding="line"), customer(tax_rounding="document")
    assert taxed(*lines, company=by_line)[0].total == money("0.02")
    assert taxed(*lines, company=by_line, customer=by_rate)[0].total == money("0.01")


@pytest.mark.parametrize(
    ("currency", "net", "tax"), [("JPY", "105", "20.00"), ("KWD", "1.005", "0.191"), ("EUR", "1.05", "0.20")]
)
def test_tax_is_rounded_to_the_smallest_coin_of_its_currency(currency: str, net: str, tax: str) -> None:
    """A yen has no hundredths, a dinar has thousandths."""
    facts = TaxFacts(company=company(), customer=customer(), ship_from=WUPPERTAL, ship_to=place("DE"), on=TODAY, rates=RATES)
    result, _ = determine_tax(facts, (order_line(net=money(net, currency)),), Currency(currency))
    assert result is not None
    assert result.total == money(tax, currency)


def test_the_source_of_a_rate_is_told_where_the_table_names_one() -> None:
    """In brackets, and no empty ones."""
    assert "(DE law)" in taxed()[0].reason
    assert "()" not in taxed(rates=(rate("DE", "19", source=""),))[0].reason


def test_what_no_rate_is_known_for_leaves_the_whole_order_untaxed_beside_goods_that_the_customer_owes_the_tax_for() -> None:
    """Half an answer would be booked as a whole one; a known rate makes two shares, and the law of the first is named."""
    lines = (order_line(1, net=money("6000.00")), order_line(2, sku=Sku("OTHER"), net=money("100.00"), tax_category="books"))
    goods = {
        Sku("HX-M8-40"): (GoodsFlag(kind="dual_use", reference="3A001"), GoodsFlag(kind="reverse_charge", reference="tablets"))
    }
    result, findings = taxed(*lines, goods=goods)
    assert (result.treatment, findings) == ("undetermined", ["tax_undetermined"])
    result, _ = taxed(*lines, goods=goods, rates=(*RATES, rate("DE", "7", "books")))
    assert sorted((share.category, share.rate) for share in result.shares) == [("AE", Decimal(0)), ("S", Decimal(7))]
    assert "§ 13b Abs. 2 Nr. 10 UStG" in result.reason


def test_a_missing_id_is_asked_for_beside_a_missing_rate() -> None:
    """One answer does not hide the other question."""
    _, findings = taxed(to=place("FR"), customer=customer(vat_id=None), rates=())
    assert sorted(findings) == ["tax_undetermined", "vat_id_missing"]


def test_northern_ireland_exports_under_british_law() -> None:
    """It is of the Union for its trade in goods with the Union, and no code of the Union stands for its exports."""
    result, _ = taxed(to=place("CH"), ship_from=place("GB", postal_code="BT1 5GS"))
    assert (result.treatment, result.reason_code) == ("export", "")
    assert "Value Added Tax Act 1994" in result.reason


@pytest.mark.parametrize(
    ("where", "country"),
    [
        (place("MC"), "FR"),
        (place("LI"), "CH"),
        (place("IM"), "GB"),
        (place("IT", postal_code="23041"), "IT"),
        (place("IT"), "IT"),
    ],
)
def test_a_place_has_the_rates_of_the_country_whose_tax_law_holds_there(where: Address, country: str) -> None:
    """Monaco, Liechtenstein, Man; Livigno, outside the Union, asks its own country's table."""
    assert rate_country(where) == country


@pytest.mark.parametrize("where", [place("US", postal_code="78266"), place("HU", postal_code="7563")])
def test_a_postal_code_means_a_place_only_in_its_own_country(where: Address) -> None:
    """78266 is Busingen in Germany and Garden Ridge in Texas; 7563 is Samnaun in Switzerland and a village in Hungary."""
    assert tax_area(where) == where.country

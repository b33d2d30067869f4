"""Which tax an order bears and the law that says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.identifiers import CustomerNumber
from models.domain.party import Address
from models.domain.sales_order import SalesOrderLine
from models.domain.tax import Exemption, TaxRate, TaxResult
from models.domain.taxation import TaxFacts, determine_tax
from models.domain.values import CountryCode, Money
from models.domain.vat_territory import vat_state
from tests.domain.made import EUR, TODAY, address, company, customer, money, order_line


def rate(country: str, percent: str, category: str = "standard", **parts: Any) -> TaxRate:
    usual: dict[str, Any] = {"valid_from": date(2021, 1, 1), "source": f"{country} law"}
    return TaxRate(country=CountryCode(country), category=category, rate=Decimal(percent), **{**usual, **parts})


RATES = (
    rate("DE", "16", valid_from=date(2020, 7, 1), valid_to=date(2020, 12, 31)),
    rate("DE", "19"),
    rate("DE", "7", "reduced"),
    rate("DE", "0", "zero"),
    rate("FR", "20"),
    rate("US", "6", region="PA"),
    rate("CH", "8.1"),
    rate("GB", "20"),
)
WUPPERTAL = company().address
ALLENTOWN = address(
    name="Allentown", street="350 Lehigh Commerce Way", postal_code="18106", city="Allentown", region="PA", country="US"
)


def taxed(*lines: SalesOrderLine, to: Address | None = None, **parts: Any) -> tuple[TaxResult, list[str]]:
    usual: dict[str, Any] = {
        "company": company(nexus_states=("PA", "CA")),
        "customer": customer(),
        "ship_from": WUPPERTAL,
        "ship_to": to or address(),
        "on": TODAY,
        "rates": RATES,
    }
    result, findings = determine_tax(TaxFacts(**{**usual, **parts}), lines or (order_line(net=money("100.00")),), EUR)
    assert result is not None
    return result, [finding.code for finding in findings]


def place(country: str, **parts: str) -> Address:
    return address(country=country, **{"postal_code": "1000", "city": "Somewhere", **parts})


def test_a_domestic_order_bears_the_rate_of_the_day() -> None:
    """19 % in November 2026, 16 % in the second half of 2020."""
    result, findings = taxed()
    assert (result.treatment, result.total, findings) == ("domestic", money("19.00"), [])
    assert "§ 12 UStG" in result.reason
    assert taxed(on=date(2020, 8, 1))[0].total == money("16.00")


def test_each_category_has_its_share_and_zero_is_a_rate() -> None:
    """Standard, reduced and zero on one order."""
    lines = [order_line(n, net=money("100.00"), tax_category=name) for n, name in enumerate(("standard", "reduced", "zero"), 1)]
    result, _ = taxed(*lines)
    assert [(share.category, share.rate, share.tax) for share in result.shares] == [
        ("S", Decimal(19), money("19.00")), ("S", Decimal(7), money("7.00")), ("Z", Decimal(0), money("0.00")),
    ]  # fmt: skip
    assert result.total == money("26.00")


@pytest.mark.parametrize(
    ("to", "vat_id", "treatment", "category", "code", "law"),
    [
        (place("FR"), "FR12345678901", "intra_community", "K", "VATEX-EU-IC", "Art. 138(1)"),
        (place("GR"), "EL123456789", "intra_community", "K", "VATEX-EU-IC", "§ 6a UStG"),
        (place("GB", postal_code="BT1 5GS"), "XI123456789", "intra_community", "K", "VATEX-EU-IC", "XI"),
        (place("CH"), None, "export", "G", "VATEX-EU-G", "Art. 146(1)(a)"),
        (place("GB", postal_code="EC1A 1BB"), "GB123456789", "export", "G", "VATEX-EU-G", "§ 6 UStG"),
        (place("NO"), None, "export", "G", "VATEX-EU-G", "NO"),
        (place("ES", postal_code="35001"), "ESB12345674", "export", "G", "VATEX-EU-G", "ES"),
        (place("DE", postal_code="27498", city="Helgoland"), None, "export", "G", "VATEX-EU-G", "DE"),
    ],
)
def test_across_borders_the_order_is_exempt_for_its_legal_reason(
    to: Address, vat_id: str | None, treatment: str, category: str, code: str, law: str
) -> None:  # fmt: skip
    """Within the Union by VAT id, out of it as export; the Canary Islands and Heligoland are out of it."""
    result, findings = taxed(to=to, customer=customer(vat_id=vat_id))
    assert (result.treatment, result.shares[0].category, result.reason_code, findings) == (treatment, category, code, [])
    assert result.total == money("0.00")
    assert law in result.reason


@pytest.mark.parametrize("vat_id", [None, "FR1", "DE216311718", "CHE123456789MWST"])
def test_without_a_vat_id_of_another_member_state_the_supply_is_taxed_and_asked_about(vat_id: str | None) -> None:
    """Missing, malformed, of the state of dispatch or of no member state."""
    result, findings = taxed(to=place("FR"), customer=customer(vat_id=vat_id))
    assert (result.treatment, result.total, findings) == ("domestic", money("19.00"), ["vat_id_missing"])


def test_a_vat_id_of_a_third_member_state_is_worth_a_warning() -> None:
    """It may be a triangular trade."""
    result, findings = taxed(to=place("FR"), customer=customer(vat_id="ATU12345678"))
    assert (result.treatment, findings) == ("intra_community", ["triangulation"])


def test_stock_abroad_sold_to_a_business_there_is_reverse_charged_where_that_state_says_so() -> None:
    """Article 194 in France; a private buyer there pays the French rate."""
    french = place("FR", postal_code="69001")
    result, _ = taxed(to=french, ship_from=french, customer=customer(vat_id="FR12345678901"))
    assert (result.treatment, result.shares[0].category, result.reason_code) == ("reverse_charge", "AE", "VATEX-EU-AE")
    assert taxed(to=french, ship_from=french, customer=customer(vat_id=None))[0].total == money("20.00")


def test_swiss_stock_to_a_swiss_customer_bears_swiss_tax() -> None:
    """And out of Switzerland it is an export under Swiss law, without a code of the Union."""
    swiss = place("CH")
    assert taxed(to=swiss, ship_from=swiss)[0].total == money("8.10")
    result, _ = taxed(to=address(), ship_from=swiss)
    assert (result.treatment, result.reason_code) == ("export", "")
    assert "MWSTG" in result.reason


def test_sales_tax_falls_due_where_we_have_nexus() -> None:
    """Pennsylvania yes, Texas no; what leaves the Union is exempt from VAT either way."""
    result, findings = taxed(to=ALLENTOWN)
    assert (result.treatment, result.total, findings) == ("us_sales_tax", money("6.00"), [])
    assert "Art. 146(1)(a)" in result.reason
    texas = address(country="US", region="TX", postal_code="77001", city="Houston")
    result, _ = taxed(to=texas)
    assert (result.treatment, result.reason_code) == ("us_no_nexus", "VATEX-EU-G")
    result, _ = taxed(to=texas, ship_from=ALLENTOWN)
    assert (result.shares[0].category, result.reason_code) == ("O", "")


def certificate(**parts: Any) -> Exemption:
    usual: dict[str, Any] = {"customer_number": CustomerNumber("10010"), "region": "PA", "certificate": "PA-1"}
    return Exemption(**{**usual, "valid_from": date(2026, 1, 1), "valid_to": date(2027, 12, 31), **parts})


def test_a_certificate_exempts_in_its_state_and_time() -> None:
    """Its number is the reason."""
    result, _ = taxed(to=ALLENTOWN, exemptions=(certificate(),))
    assert (result.treatment, result.total) == ("exempt", money("0.00"))
    assert "PA-1" in result.reason


@pytest.mark.parametrize("parts", [{"valid_to": date(2026, 1, 31)}, {"region": "CA"}, {"customer_number": CustomerNumber("2")}])
def test_a_certificate_that_does_not_hold_exempts_nobody(parts: dict[str, Any]) -> None:
    """Ended, of another state, of another customer."""
    result, findings = taxed(to=ALLENTOWN, exemptions=(certificate(**parts),))
    assert result.treatment == "us_sales_tax"
    assert findings == (["exemption_expired"] if "valid_to" in parts else [])


@pytest.mark.parametrize(
    "parts",
    [
        {"rates": ()},
        {"to": address(country="US", region="", city="Allentown")},
        {"to": address(country="US", region="CA", city="Fresno")},
    ],
)
def test_what_the_tables_do_not_answer_is_a_question_for_tax(parts: dict[str, Any]) -> None:
    """No rate, no state, no rate of a state with nexus."""
    result, findings = taxed(**parts)
    assert (result.treatment, findings) == ("undetermined", ["tax_undetermined"])


def test_nothing_is_taxed_while_a_line_has_no_price() -> None:
    """The other findings say so."""
    facts = TaxFacts(company=company(), customer=customer(), ship_from=WUPPERTAL, ship_to=address(), on=TODAY, rates=RATES)
    assert determine_tax(facts, [order_line(net=None)], EUR) == (None, ())


@pytest.mark.parametrize(
    ("where", "state"),
    [(place("MC"), "FR"), (place("FR", postal_code="97400"), None), (place("IT", postal_code="23041"), None), (place("IT"), "IT"),
     (place("FI", postal_code="22100"), None), (place("GB", postal_code="LS1 4AP"), None)],
)  # fmt: skip
def test_the_vat_territory_is_not_the_map(where: Address, state: str | None) -> None:
    """Articles 5 to 7 of the Directive."""
    assert vat_state(where) == state


@given(
    st.lists(st.tuples(st.decimals("0.01", "9999.99", places=2), st.sampled_from(["standard", "reduced", "zero"])), min_size=1)
)
def test_tax_is_rounded_once_per_rate_and_the_shares_add_up(nets: list[tuple[Decimal, str]]) -> None:
    """Bases sum to the net, taxes to the total, each within half a cent of its rate."""
    lines = [order_line(n, net=Money(amount=net, currency=EUR), tax_category=name) for n, (net, name) in enumerate(nets, 1)]
    result, _ = taxed(*lines)
    assert sum(share.base.amount for share in result.shares) == sum(net for net, _ in nets)
    assert sum(share.tax.amount for share in result.shares) == result.total.amount
    for share in result.shares:
        assert abs(share.tax.amount - share.base.amount * share.rate / 100) <= Decimal("0.005")

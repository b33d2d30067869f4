"""Golden cases of tax by jurisdiction, written from the legal texts and reckoned on the rates that ship with the demo company.

`golden/tax_cases.csv` is for reading: places are "country postal-code [state]", VAT ids may be followed by the days from and
to which they hold and the day they were confirmed, a line is "category[:group of reverse-charge goods] net", a share
"EN 16931 category, rate, base, tax [VATEX code]". `law` says by which text the outcome is right.
"""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks.tax_cases import PAGE, page
from models.domain.catalogue import GoodsFlag
from models.domain.identifiers import CustomerNumber, Sku, VatId
from models.domain.party import Address, VatRegistration
from models.domain.sales_order import SalesOrderLine
from models.domain.tax import Exemption, TaxRate, TaxResult
from models.domain.taxation import TaxFacts, determine_tax, rate_countries
from models.domain.values import Currency
from models.store.file_problems import Problems
from models.store.operator_files import read_rows
from models.store.operator_tax_rows import TaxRateRow
from tests.domain.made import address, company, customer, money, order_line

Case = dict[str, str]
HERE = Path(__file__).parent
RATES = HERE.parents[1] / "demo" / "company"


def cases() -> list[Case]:
    with (HERE / "golden" / "tax_cases.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter=";"))


@cache
def shipped_rates() -> tuple[TaxRate, ...]:
    problems = Problems()
    rates = tuple(entry.row.tax_rate() for entry in read_rows(RATES, "tax_rates.csv", TaxRateRow, problems))
    assert problems.found == []
    return rates


def parts(cell: str) -> list[list[str]]:
    return [part.split() for part in cell.split(",") if part.strip()]


def place(cell: str) -> Address:
    country, postal_code, *region = cell.split()
    return address(country=country, postal_code=postal_code, region=" ".join(region), city="Town")


def registration(vat_id: str, *days: str) -> VatRegistration:
    since, until, checked = (*(None if day == "-" else date.fromisoformat(day) for day in days), None, None, None)[:3]
    return VatRegistration(vat_id=VatId(vat_id), valid_from=since, valid_to=until, checked_on=checked)


def facts_of(case: Case) -> TaxFacts:
    more = {name: values for name, *values in parts(case["more"])}
    ids = parts(case["vat_ids"])
    seat = address(country=case["seat"], postal_code="99999")
    us = company(address=seat, nexus_states=tuple(more.get("nexus", ())))
    if "registered" in more:
        us = us.model_copy(update={"vat_registrations": (registration(more["registered"][0]),)})
    buyer = customer(
        vat_id=ids[0][0] if ids and len(ids[0]) == 1 else None,
        vat_registrations=tuple(registration(*held) for held in ids if len(held) > 1),
        tax_rounding=more.get("rounding", [None])[0],
    )
    ship_from, ship_to = place(case["from"]), place(case["to"])
    countries = rate_countries(ship_from, ship_to)
    return TaxFacts(
        company=us,
        customer=buyer,
        ship_from=ship_from,
        ship_to=ship_to,
        on=date.fromisoformat(case["on"]),
        rates=tuple(rate for rate in shipped_rates() if rate.country in countries),
        exemptions=tuple(certificate(*more["certificate"]) for _ in more.get("certificate", ())[:1]),
        goods={sku_of(kind): flags for (kind, _) in parts(case["lines"]) if (flags := flags_of(kind))},
    )


def certificate(state: str, since: str, until: str) -> Exemption:
    days = {"valid_from": date.fromisoformat(since), "valid_to": date.fromisoformat(until)}
    return Exemption(customer_number=CustomerNumber("10010"), region=state, certificate=f"{state}-1", **days)


def sku_of(kind: str) -> Sku:
    return Sku(kind.replace(":", "-"))


def flags_of(kind: str) -> tuple[GoodsFlag, ...]:
    group = kind.partition(":")[2]
    return (GoodsFlag(kind="reverse_charge", reference=group),) if group else ()


def lines_of(case: Case, currency: str) -> list[SalesOrderLine]:
    return [
        order_line(number, sku=sku_of(kind), net=money(net, currency), tax_category=kind.partition(":")[0])
        for number, (kind, net) in enumerate(parts(case["lines"]), 1)
    ]


def outcome(case: Case) -> tuple[TaxResult, list[str]]:
    more: dict[str, Any] = {name: values for name, *values in parts(case["more"])}
    currency = more.get("currency", ["EUR"])[0]
    result, findings = determine_tax(facts_of(case), lines_of(case, currency), Currency(currency))
    assert result is not None
    return result, [finding.code for finding in findings]


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case["case"]))
def test_the_law_is_applied(case: Case) -> None:
    """Treatment, EN 16931 categories, rates, bases and taxes, VATEX code and findings."""
    result, findings = outcome(case)
    shares = [(share.category, share.rate, share.base.amount, share.tax.amount, share.reason_code) for share in result.shares]
    expected = [
        (category, Decimal(rate), Decimal(base), Decimal(tax), code[0] if code else "")
        for category, rate, base, tax, *code in parts(case["shares"])
    ]
    assert (result.treatment, shares) == (case["treatment"], expected)
    assert (result.reason_code, findings) == (case["vatex"], case["findings"].split())
    assert result.total.amount == sum((tax for _, _, _, tax, _ in expected), Decimal(0))


def test_there_are_cases_enough_and_each_names_its_law() -> None:
    """At least 150, none twice, every one with its source."""
    table = cases()
    assert len(table) >= 150
    assert len({case["case"] for case in table}) == len(table)
    assert all(case["law"].strip() for case in table)


def test_the_page_of_cases_is_the_file() -> None:
    """Make it anew with python -m benchmarks.tax_cases."""
    assert PAGE.read_text(encoding="utf-8") == page()

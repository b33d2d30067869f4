"""The demo company is consistent: identifiers check, references resolve, periods do not overlap, and it comes out the same."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from demo.make_company import TARGET, write
from models.domain.identifiers import Gln, Gtin, VatId
from models.domain.values import UnitCode

Rows = list[dict[str, str]]
DECIMALS = {
    "items": [
        "pack_size",
        "order_multiple",
        "minimum_quantity",
        "weight_kg",
        "length_mm",
        "width_mm",
        "height_mm",
        "list_price",
        "price_basis",
    ],
    "unit_conversions": ["base_quantity"],
    "customers": ["credit_limit", "open_balance"],
    "prices": ["minimum_quantity", "unit_price", "price_basis"],
    "stock": ["on_hand"],
    "inbound": ["quantity", "expected_in_days"],
    "carriers": ["max_weight_kg", "base_price", "price_per_kg", "transit_days"],
}


def rows(name: str) -> Rows:
    with (TARGET / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def column(name: str, key: str) -> list[str]:
    return [row[key] for row in rows(name)]


@pytest.fixture(scope="module")
def seller() -> dict[str, object]:
    loaded = yaml.safe_load((TARGET / "company.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def test_the_seeded_script_writes_the_same_bytes_again(tmp_path: Path) -> None:
    """What is committed is what the script makes."""
    write(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in TARGET.iterdir()}


def test_the_company_has_the_size_it_promises() -> None:
    """About 2,000 articles of several trades, 40 customers, three warehouses, two carriers."""
    assert 1900 <= len(rows("items")) <= 2100
    assert len({category.split(" / ")[0] for category in column("items", "category")}) >= 8
    assert len(rows("customers")) == 40
    assert len(rows("warehouses")) == 3
    assert {(row["code"], row["service"]) for row in rows("carriers")} == {("RKL", "economy"), ("OWX", "express")}


def test_customers_live_in_six_countries_and_the_us() -> None:
    """The countries of the brief."""
    assert set(column("customers", "country")) == {"DE", "AT", "FR", "NL", "IT", "PL", "US"}


@pytest.mark.parametrize(
    ("table", "key"), [("items", "sku"), ("items", "gtin"), ("items", "mpn"), ("customers", "number"), ("warehouses", "code")]
)
def test_keys_are_unique(table: str, key: str) -> None:
    """No two rows share an identifier."""
    values = column(table, key)
    assert len(values) == len(set(values))


def test_every_gtin_checks_and_lies_under_our_prefix(seller: dict[str, object]) -> None:
    """GTIN-13s start with the company prefix, GTIN-14s with an indicator before it."""
    for gtin in column("items", "gtin"):
        assert Gtin(gtin)[1:].startswith(str(seller["gs1_prefix"]))


def test_every_gln_checks(seller: dict[str, object]) -> None:
    """Ours, the customers' and their addresses'."""
    for gln in [str(seller["gln"]), *column("customers", "gln"), *column("ship_to", "gln")]:
        assert Gln(gln) == gln


def test_every_vat_id_has_its_countrys_form(seller: dict[str, object]) -> None:
    """US customers have none."""
    assert VatId(str(seller["vat_id"])).country == seller["country"]
    for row in rows("customers"):
        assert row["vat_id"] == "" if row["country"] == "US" else VatId(row["vat_id"]).country == row["country"]


def test_every_mail_address_lies_under_example() -> None:
    """No demo mail can reach anybody."""
    for row in rows("customers"):
        addresses = row["order_emails"].split("|")
        assert all(address.split("@")[1] in row["email_domains"].split("|") for address in addresses)
        assert all(domain.endswith(".example") for domain in row["email_domains"].split("|"))


@pytest.mark.parametrize("table", ["unit_conversions", "prices", "stock", "inbound", "customer_items"])
def test_every_sku_that_is_named_exists(table: str) -> None:
    """No dangling articles."""
    assert set(column(table, "sku")) <= set(column("items", "sku"))


@pytest.mark.parametrize("table", ["ship_to", "customer_items", "exemptions", "partners"])
def test_every_customer_that_is_named_exists(table: str) -> None:
    """No dangling customers."""
    assert set(column(table, "customer_number")) <= set(column("customers", "number"))


@pytest.mark.parametrize("table", ["stock", "inbound"])
def test_every_warehouse_that_is_named_exists(table: str) -> None:
    """No dangling warehouses."""
    assert set(column(table, "warehouse")) <= set(column("warehouses", "code"))


def test_every_customer_has_a_head_office_address() -> None:
    """Code HQ is where goods go when nothing else is said."""
    assert {row["customer_number"] for row in rows("ship_to") if row["code"] == "HQ"} == set(column("customers", "number"))


def test_a_successor_is_an_active_article() -> None:
    """A chain of discontinued articles would lead nowhere."""
    status = {row["sku"]: row["status"] for row in rows("items")}
    successors = [row["successor"] for row in rows("items") if row["successor"]]
    assert successors
    assert {status[sku] for sku in successors} == {"active"}


def test_every_article_has_a_current_price_on_every_list_in_use() -> None:
    """From the first piece on, in the list's one currency, which is its customers'."""
    current = {
        (row["price_list"], row["sku"]) for row in rows("prices") if row["minimum_quantity"] == "1" and not row["valid_to"]
    }
    currency = {row["price_list"]: row["currency"] for row in rows("prices")}
    for customer in rows("customers"):
        assert currency[customer["price_list"]] == customer["currency"]
        assert all((customer["price_list"], sku) in current for sku in column("items", "sku"))


def test_bigger_quantities_never_cost_more() -> None:
    """Quantity breaks fall."""
    offers: dict[tuple[str, str], list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for row in rows("prices"):
        if not row["valid_to"]:
            offers[row["price_list"], row["sku"]].append((Decimal(row["minimum_quantity"]), Decimal(row["unit_price"])))
    assert any(len(steps) > 1 for steps in offers.values())
    assert all(lower[1] <= higher[1] for steps in offers.values() for higher, lower in pairwise(sorted(steps)))


@pytest.mark.parametrize(
    ("table", "key"), [("tax_rates", ("country", "region", "category")), ("prices", ("price_list", "sku", "minimum_quantity"))]
)
def test_periods_of_one_thing_do_not_overlap(table: str, key: tuple[str, ...]) -> None:
    """One rate and one price on any day."""
    periods: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for row in rows(table):
        periods[tuple(row[part] for part in key)].append((row["valid_from"], row["valid_to"] or "9999-12-31"))
    for spans in periods.values():
        assert all(start <= end for start, end in spans)
        assert all(earlier[1] < later[0] for earlier, later in pairwise(sorted(spans)))


def test_every_place_we_may_tax_has_a_rate_with_its_legal_source(seller: dict[str, object]) -> None:
    """The customers' EU countries, Switzerland, the United Kingdom, and every state of nexus."""
    open_rates = {
        (row["country"], row["region"]) for row in rows("tax_rates") if row["category"] == "standard" and not row["valid_to"]
    }
    states = seller["nexus_states"]
    assert isinstance(states, list)
    wanted = {(country, "") for country in ("DE", "AT", "FR", "NL", "IT", "PL", "CH", "GB")} | {("US", state) for state in states}
    assert wanted <= open_rates
    assert all(column("tax_rates", "source"))


def test_exemption_certificates_belong_to_exempt_customers() -> None:
    """And exempt customers have one."""
    exempt = {row["number"] for row in rows("customers") if row["tax_exempt"] == "yes"}
    assert set(column("exemptions", "customer_number")) == exempt


def test_every_customer_can_be_reached_by_both_carriers_from_germany() -> None:
    """Each country has a zone, each zone a rate."""
    zones = {row["country"]: row["zone"] for row in rows("zones")}
    rates = {(row["code"], row["to_zone"]) for row in rows("carriers") if row["from_country"] == "DE"}
    assert all(
        (carrier, zones[country]) in rates for carrier in ("RKL", "OWX") for country in set(column("customers", "country"))
    )


def test_a_customers_own_number_names_one_article() -> None:
    """Two articles under one number could not be told apart."""
    numbers = [(row["customer_number"], row["customer_part_number"]) for row in rows("customer_items")]
    assert len(numbers) == len(set(numbers))


def test_units_are_recommendation_20_codes_and_convert_once() -> None:
    """A unit of an article has one size, and the base unit none."""
    base = {row["sku"]: row["base_unit"] for row in rows("items")}
    pairs = [(row["sku"], row["unit"]) for row in rows("unit_conversions")]
    assert len(pairs) == len(set(pairs))
    assert all(UnitCode(unit) == unit != base[sku] for sku, unit in pairs)


def test_packs_hold_whole_order_multiples() -> None:
    """Who orders packs never breaks the multiple."""
    for row in rows("items"):
        pack, multiple = int(row["pack_size"]), int(row["order_multiple"])
        assert pack % multiple == 0 or multiple % pack == 0


@pytest.mark.parametrize("table", sorted(DECIMALS))
def test_numbers_are_plain_decimals_and_positive(table: str) -> None:
    """Digits with a point, no exponent, no grouping."""
    for row in rows(table):
        for key in DECIMALS[table]:
            assert Decimal(row[key]) > 0
            assert set(row[key]) <= set("0123456789.")


def test_articles_speak_german_and_mostly_french() -> None:
    """English and German always, French for most."""
    assert all(row["description"] and row["description_de"] for row in rows("items"))
    french = sum(bool(row["description_fr"]) for row in rows("items"))
    assert len(rows("items")) * 0.8 < french < len(rows("items"))

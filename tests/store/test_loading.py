"""Loading the operator's files: in one transaction, and never over what has moved."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.domain.errors import Misconfigured
from models.domain.identifiers import CustomerNumber, Gtin, Sku
from models.domain.values import Currency, Money
from models.store.catalogue import SqlCatalogue
from models.store.fulfilments import SqlShipments
from models.store.loading import Change, LoadReport, load_company
from models.store.parties import SqlParties, SqlTaxTables
from models.store.stock_ledger import SqlStockLedger
from tests.store.company_folder import change, write_company
from tests.store.samples import BOLT, BUYER, TODAY, on_bin, order_id


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small company's files."""
    return write_company(tmp_path / "company")


@pytest.fixture
def loaded(engine: Engine, folder: Path) -> Engine:
    """Books that know the small company."""
    load_company(folder, engine, today=TODAY)
    return engine


def reload(engine: Engine, folder: Path) -> LoadReport:
    return load_company(folder, engine, today=date(2026, 11, 25))


def test_loading_again_changes_nothing(loaded: Engine, folder: Path) -> None:
    """Every row is recognised as the one that is kept."""
    changes = reload(loaded, folder).changes.values()
    assert {(change.added, change.changed, change.removed, change.kept) for change in changes} == {(0, 0, 0, 0)}


def test_ourselves_and_our_customers_are_known(loaded: Engine) -> None:
    """As the files say, with money in the customer's currency."""
    parties = SqlParties(loaded)
    ada, cole = parties.customers()
    assert (parties.company().address.postal_code, parties.company().nexus_states) == ("01067", ("CA", "OH"))
    assert (ada.email_domains, ada.order_emails) == (("ada.example",), ("buy@ada.example", "b@ada.example"))
    assert cole.credit_limit == Money(amount=Decimal(500), currency=Currency("USD"))
    assert (cole.is_blocked, cole.takes_partial_deliveries, ada.is_blocked) == (True, False, False)
    assert [place.code for place in parties.ship_tos(BUYER)] == ["W2"]
    assert [profile.version for profile in parties.partners()] == ["D96A"]


def test_an_item_is_sold_in_its_packs_and_further_units(loaded: Engine) -> None:
    """pack_unit of items.csv and the rows of unit_conversions.csv."""
    bolt = SqlCatalogue(loaded).items([BOLT])[BOLT]
    assert {str(held.unit): held.base_quantity for held in bolt.conversions} == {"BX": Decimal(100), "CT": Decimal(1000)}


def test_items_are_found_by_every_number_however_it_is_written(loaded: Engine) -> None:
    """Case, spaces, dashes, dots and slashes do not matter."""
    catalogue = SqlCatalogue(loaded)
    assert list(catalogue.by_gtin([Gtin("4006381333931")])) == [Gtin("04006381333931")]
    assert [item.sku for item in catalogue.by_mpn(["f88.40"])["f88.40"]] == [BOLT]
    assert catalogue.by_normalised_sku(["hx m8/40", "nothing"])["hx m8/40"].sku == BOLT
    assert catalogue.customer_items(BUYER, ["a889"])["a889"].sku == BOLT


def test_a_number_that_could_mean_two_items_means_none_unless_it_is_exact(loaded: Engine) -> None:
    """`B 1` and `B-1` are two items of the customer's: `b1` is a guess."""
    found = SqlCatalogue(loaded).customer_items(BUYER, ["b1", "B-1", "B 1"])
    assert {number: known.sku for number, known in found.items()} == {"B-1": "CBL-1", "B 1": "HX-M8-45"}


def test_numbers_that_are_nothing_or_hostile_find_nothing(loaded: Engine) -> None:
    """Marks alone, a NUL, an enormous number."""
    catalogue = SqlCatalogue(loaded)
    odd = ["", "-/.", "\x00", "9" * 100_000]
    assert (catalogue.by_mpn(odd), catalogue.by_normalised_sku(odd), catalogue.customer_items(BUYER, odd)) == ({}, {}, {})
    assert catalogue.items([Sku("HX\x00")]) == {}


def test_more_numbers_than_a_statement_takes_are_asked_in_parts(loaded: Engine) -> None:
    """A long order is no error."""
    many = [Sku(f"X-{number}") for number in range(2500)]
    assert list(SqlCatalogue(loaded).items([*many, BOLT])) == [BOLT]


def test_prices_hold_by_day_and_fall_back_to_the_list(loaded: Engine) -> None:
    """Own scale prices of the year; the cable has none of its own."""
    entries = SqlCatalogue(loaded).prices("TRADE", [BOLT, Sku("CBL-1")], date(2026, 5, 1))
    assert [(entry.price_list, str(entry.unit_price)) for entry in entries] == [
        ("LIST", "0.58"),
        ("TRADE", "11.50"),
        ("TRADE", "10.25"),
    ]


def test_tax_rates_hold_by_day(loaded: Engine) -> None:
    """The half-year of 16 %."""
    taxes = SqlTaxTables(loaded)
    assert [rate.rate for rate in taxes.rates("DE", date(2020, 12, 31))] == [Decimal(16)]
    assert {rate.category: rate.rate for rate in taxes.rates("de", TODAY)} == {"standard": Decimal(19), "reduced": Decimal(7)}
    assert [held.certificate for held in taxes.exemptions(CustomerNumber("70038"))] == ["OH-1"]


def test_carrier_services_reach_the_zone_of_the_country(loaded: Engine) -> None:
    """Or nothing, for a country without a zone."""
    shipments = SqlShipments(loaded)
    prices = [shipments.services("DE", country) for country in ("DE", "AT", "JP")]
    assert [[row.base_price for row in found] for found in prices] == [[Decimal("5.90")], [Decimal("9.80")], []]


def test_loading_again_takes_over_what_changed_and_withdraws_prices(loaded: Engine, folder: Path) -> None:
    """Prices that are gone from the file no longer hold."""
    change(folder, "items.csv", "Hex bolt M8x40, zinc", "Hex bolt M8x40, galvanised")
    change(folder, "prices.csv", "TRADE,HX-M8-40,1000,10.25,100,EUR,2026-01-01,\n", "")
    report = reload(loaded, folder)
    assert (report.changes["item"], report.changes["price"].removed) == (Change(changed=1, unchanged=2), 1)
    assert SqlCatalogue(loaded).items([BOLT])[BOLT].description == "Hex bolt M8x40, galvanised"


def test_the_version_of_the_items_moves_when_they_do(loaded: Engine, folder: Path) -> None:
    """An index knows when to build itself anew."""
    catalogue = SqlCatalogue(loaded)
    before = catalogue.version()
    reload(loaded, folder)
    same = catalogue.version()
    change(folder, "items.csv", "Cable 3G1.5", "Cable 3G2.5")
    reload(loaded, folder)
    assert (same, catalogue.version()) == (before, before + 1)


def test_loading_again_never_resets_stock_that_moved(loaded: Engine, folder: Path) -> None:
    """Opening balances are taken once, new bins are added."""
    ledger = SqlStockLedger(loaded)
    ledger.reserve(order_id(1), [on_bin("100")])
    ledger.allocate(order_id(1))
    ledger.issue("ship:1", order_id(1), [(1, 1)])
    change(folder, "stock.csv", "A-1,500", "A-1,900\nWUP,HX-M8-40,A-2,7")
    reload(loaded, folder)
    assert {position.bin: position.available for position in ledger.positions([BOLT])} == {"A-1": Decimal(400), "A-2": Decimal(7)}


def test_expected_deliveries_keep_their_first_day(loaded: Engine, folder: Path) -> None:
    """Days count from the load that brought them."""
    reload(loaded, folder)
    assert [supply.expected_on for supply in SqlStockLedger(loaded).inbound([BOLT])] == [date(2026, 11, 30)]


def test_an_item_that_is_named_no_more_is_kept_as_discontinued_and_frees_its_gtin(loaded: Engine, folder: Path) -> None:
    """Open orders still speak of it; its GTIN may have moved to a new SKU."""
    for name in ("items.csv", "unit_conversions.csv", "customer_items.csv", "prices.csv", "stock.csv", "inbound.csv"):
        change(folder, name, "HX-M8-40", "HX-M8-40-N")
    report = reload(loaded, folder)
    catalogue = SqlCatalogue(loaded)
    assert (report.changes["item"].kept, catalogue.items([BOLT])[BOLT].is_discontinued) == (1, True)
    assert catalogue.by_gtin([Gtin("4006381333931")])[Gtin("4006381333931")].sku == "HX-M8-40-N"


def test_a_customer_who_is_named_no_more_is_blocked(loaded: Engine, folder: Path) -> None:
    """Their orders stay readable."""
    for name in ("customers.csv", "ship_to.csv", "customer_items.csv", "partners.csv"):
        change(folder, name, "10010", "10011")
    reload(loaded, folder)
    assert SqlParties(loaded).customer(BUYER).is_blocked


WRONG = [
    ("items.csv", "C62,BX", "PIECES,BX", r"items\.csv, line 2, column base_unit: 'PIECES' is not a UN/ECE"),
    ("items.csv", "4006381333931", "4006381333932", r"items\.csv, line 2, column gtin: .*check digit should be 1"),
    ("items.csv", "discontinued", "gone", r"items\.csv, line 3, column status: 'gone': .*'active', 'discontinued' or 'blocked'"),
    ("items.csv", "12.50", "12,50", r"items\.csv, line 2: has 24 cells, the header has 23"),
    ("items.csv", "12.50", "abc", r"line 2, column list_price: 'abc' is not a decimal number"),
    ("items.csv", "HX-M8-45,,", "HX-M8-40,,", r"line 3, column sku: HX-M8-40 stands in line 2 already"),
    ("items.csv", "discontinued,HX-M8-40", "discontinued,HX-9", r"line 3, column successor: 'HX-9' is not defined"),
    ("items.csv", "discontinued,HX-M8-40", "discontinued,HX-M8-45", r"line 3, column successor: 'HX-M8-45' leads back to"),
    ("items.csv", "EUR,active", "USD,active", r"line 2, column currency: USD: .*EUR"),
    ("unit_conversions.csv", "BX,100", "BX,50", r"line 2, column base_quantity: 50 disagrees with items\.csv, which says 100"),
    ("customers.csv", "buy@ada", "buy ada", r"customers\.csv, line 2, column order_emails: .*mail address"),
    ("customers.csv", "1000.00", "", r"line 2, column credit_limit: is empty; a value is required"),
    ("customers.csv", "active,no", "active,yes", r"line 2, column tax_exempt: 'yes', but exemptions\.csv has no certificate"),
    ("prices.csv", "2025-12-31", "2026-06-30", r"prices\.csv, line 3, column valid_from: 2026-01-01 lies within .*line 2"),
    ("prices.csv", "2026-01-01", "01.01.2026", r"line 3, column valid_from: '01\.01\.2026'"),
    ("prices.csv", "TRADE", "LIST", r"column price_list: 'LIST'"),
    ("tax_rates.csv", "2020-12-31", "2021-01-01", r"tax_rates\.csv, line 3, column valid_from"),
    ("tax_rates.csv", "2020-12-31", "2019-01-01", r"line 2, column valid_to: 2019-01-01 lies before"),
    ("stock.csv", "A-1,500", "A-1,-500", r"stock\.csv, line 2, column on_hand: '-500'.*greater than or equal to 0"),
    ("stock.csv", "WUP,HX", "XXX,HX", r"stock\.csv, line 2, column warehouse: 'XXX' is not defined"),
    ("carriers.csv", "code,name", "code,title", r"carriers\.csv, line 1: .*missing: name; unknown: title"),
    ("zones.csv", "country,zone", "country;zone", r"separated by commas"),
    ("company.yaml", "'4012345000009'", "'4012345000008'", r"company\.yaml, line \d+, key gln: .*check digit should be 9"),
    ("company.yaml", "name: Brook", "name: [Brook", r"company\.yaml: is no valid YAML"),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), WRONG, ids=[f"{name}:{new}" for name, _, new, _ in WRONG])
def test_a_wrong_cell_is_named_and_nothing_is_loaded(
    sqlite_engine: Engine, folder: Path, name: str, old: str, new: str, message: str
) -> None:
    """File, line, column, value and what is allowed, where nothing but the whole will do."""
    change(folder, name, old, new)
    with pytest.raises(Misconfigured, match=message):
        load_company(folder, sqlite_engine, today=TODAY, is_strict=True)
    assert SqlParties(sqlite_engine).customers() == []


def test_all_problems_are_named_at_once(sqlite_engine: Engine, folder: Path) -> None:
    """The operator mends them in one go."""
    change(folder, "stock.csv", "500", "x")
    change(folder, "zones.csv", "AT", "Austria")
    (folder / "partners.csv").unlink()
    with pytest.raises(Misconfigured) as caught:
        load_company(folder, sqlite_engine, today=TODAY, is_strict=True)
    assert all(name in str(caught.value) for name in ("stock.csv", "zones.csv", "partners.csv: is missing"))


def test_a_failure_half_way_leaves_the_books_as_they_were(loaded: Engine, folder: Path) -> None:
    """One transaction: here the database refuses the last table."""
    change(folder, "items.csv", "Cable 3G1.5", "Cable 3G2.5")
    with loaded.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE data_version RENAME TO elsewhere")
    with pytest.raises(Misconfigured):
        reload(loaded, folder)
    assert SqlCatalogue(loaded).items([Sku("CBL-1")])[Sku("CBL-1")].description == "Cable 3G1.5"


def test_a_spreadsheet_programs_byte_order_mark_is_no_part_of_the_header(sqlite_engine: Engine, folder: Path) -> None:
    """Excel writes one."""
    content = (folder / "zones.csv").read_bytes()
    (folder / "zones.csv").write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    assert load_company(folder, sqlite_engine, today=TODAY).changes["zone"].added == 2


def test_a_file_that_is_not_utf8_says_so(sqlite_engine: Engine, folder: Path) -> None:
    """With the place of the first wrong byte."""
    (folder / "zones.csv").write_bytes("country,zone\nDE,Z1\n".encode("utf-16"))
    with pytest.raises(Misconfigured, match=r"zones\.csv, byte 0: is not UTF-8"):
        load_company(folder, sqlite_engine, today=TODAY)


def test_books_without_a_company_ask_for_one(sqlite_engine: Engine) -> None:
    """The operator reads what to do first."""
    with pytest.raises(Misconfigured, match=r"company\.yaml"):
        SqlParties(sqlite_engine).company()


def test_the_terms_of_a_customer_are_optional_columns(sqlite_engine: Engine, folder: Path) -> None:
    """A contract's list, a tolerance, the least order, receiving days, lead times and the company's cut-off."""
    for name, columns, cells in (
        (
            "customers.csv",
            "contract_price_list,price_tolerance_percent,minimum_order,receiving_days",
            "TRADE,0.5,50,monday|friday",
        ),
        ("ship_to.csv", "receiving_days", "tuesday"),
        ("items.csv", "lead_time_days", "7"),
    ):
        head, *rows = (folder / name).read_text("utf-8").strip().split("\n")
        (folder / name).write_text("\n".join([f"{head},{columns}", *(f"{row},{cells}" for row in rows)]) + "\n", "utf-8")
    (folder / "company.yaml").write_text(
        (folder / "company.yaml").read_text("utf-8") + "delivery_days: 2\norder_cut_off: '14:00'\n"
    )
    load_company(folder, sqlite_engine, today=TODAY, is_strict=True)
    parties = SqlParties(sqlite_engine)
    ada, us = parties.customer(BUYER), parties.company()
    assert (ada.contract_price_list, ada.price_tolerance_percent, ada.receiving_days) == (
        "TRADE",
        Decimal("0.5"),
        ("monday", "friday"),
    )
    assert ada.minimum_order == Money(amount=Decimal(50), currency=Currency("EUR"))
    assert ([place.receiving_days for place in parties.ship_tos(BUYER)], us.delivery_days) == ([("tuesday",)], 2)
    assert str(us.order_cut_off) == "14:00:00"
    assert SqlCatalogue(sqlite_engine).items([Sku("CBL-1")])[Sku("CBL-1")].lead_time_days == 7

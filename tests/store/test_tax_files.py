"""What the operator's files say of tax: dated VAT ids, flags of goods, rounding; and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.domain.errors import Misconfigured
from models.domain.identifiers import CustomerNumber, Sku
from models.store.catalogue import SqlCatalogue
from models.store.loading import load_company
from models.store.parties import SqlParties, SqlTaxTables
from tests.store.company_folder import change, write_company
from tests.store.samples import TODAY

BUYER = CustomerNumber("10010")
VAT_IDS = "customer_number,vat_id,valid_from,valid_to,checked_on\n10010,FR27491549288,2024-01-01,,2026-10-01\n"
FLAGS = (
    "category,kind,reference,source\nCable,reverse_charge,metals,§ 13b Abs. 2 Nr. 11 UStG\nFasteners,hazardous,UN 1950,ADR 3.2\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small company's files."""
    return write_company(tmp_path / "company")


def test_dated_vat_ids_belong_to_their_customer(sqlite_engine: Engine, folder: Path) -> None:
    """vat_ids.csv, which may be missing."""
    (folder / "vat_ids.csv").write_text(VAT_IDS, encoding="utf-8")
    load_company(folder, sqlite_engine, today=TODAY)
    held = SqlParties(sqlite_engine).customer(BUYER).vat_registrations
    assert [(one.vat_id, one.valid_from, one.checked_on) for one in held] == [
        ("FR27491549288", date(2024, 1, 1), date(2026, 10, 1))
    ]


def test_goods_are_flagged_by_their_category(sqlite_engine: Engine, folder: Path) -> None:
    """goods_flags.csv, a category and all beneath it."""
    (folder / "goods_flags.csv").write_text(FLAGS, encoding="utf-8")
    load_company(folder, sqlite_engine, today=TODAY)
    items = SqlCatalogue(sqlite_engine).items([Sku("CBL-1"), Sku("HX-M8-40")])
    assert {sku: [(flag.kind, flag.reference) for flag in item.goods_flags] for sku, item in items.items()} == {
        "CBL-1": [("reverse_charge", "metals")],
        "HX-M8-40": [("hazardous", "UN 1950")],
    }


def test_a_customer_may_have_its_tax_rounded_line_by_line(sqlite_engine: Engine, folder: Path) -> None:
    """An optional column of customers.csv; company.yaml says what holds for the others."""
    header = (folder / "customers.csv").read_text(encoding="utf-8").splitlines()
    rows = [f"{header[0]},tax_rounding", f"{header[1]},line", *(f"{row}," for row in header[2:])]
    (folder / "customers.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    load_company(folder, sqlite_engine, today=TODAY)
    parties = SqlParties(sqlite_engine)
    assert [one.tax_rounding for one in parties.customers()] == ["line", None]
    assert parties.company().tax_rounding == "document"


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        (
            "vat_ids.csv",
            VAT_IDS + "10010,FR27491549288,2026-01-01,,\n",
            "vat_ids.csv, line 3, column valid_from: 2026-01-01 lies",
        ),
        ("vat_ids.csv", VAT_IDS.replace("FR27", "FR2-"), "vat_ids.csv, line 2, column vat_id"),
        ("goods_flags.csv", FLAGS.replace("metals", "phones"), "goods_flags.csv, line 2"),
    ],
)
def test_a_wrong_tax_file_is_refused_with_line_and_reason(
    sqlite_engine: Engine, folder: Path, name: str, content: str, cause: str
) -> None:
    """Overlapping periods, a VAT id without its form, a group that no law names."""
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(Misconfigured, match=cause):
        load_company(folder, sqlite_engine, today=TODAY, is_strict=True)


def test_an_item_in_a_tax_category_without_any_rate_is_refused(sqlite_engine: Engine, folder: Path) -> None:
    """A typing error would leave every order with it without tax."""
    change(folder, "items.csv", "13,13,standard,12.50", "13,13,standrad,12.50")
    with pytest.raises(Misconfigured, match=r"items.csv, line 2, column tax_category: 'standrad'"):
        load_company(folder, sqlite_engine, today=TODAY, is_strict=True)


def test_overlapping_rates_are_refused_and_the_last_good_ones_stay(sqlite_engine: Engine, folder: Path) -> None:
    """File, line and reason; orders go on being taxed as before."""
    load_company(folder, sqlite_engine, today=TODAY)
    change(folder, "tax_rates.csv", "DE,,standard,19,2021-01-01,,", "DE,,standard,20,2020-12-01,,")
    with pytest.raises(
        Misconfigured, match=r"tax_rates.csv, line 3, column valid_from: 2020-12-01 lies within the period of line 2"
    ):
        load_company(folder, sqlite_engine, today=TODAY, is_strict=True)
    rates = {rate.category: rate.rate for rate in SqlTaxTables(sqlite_engine).rates("DE", TODAY)}
    assert rates == {"standard": Decimal(19), "reduced": Decimal(7)}

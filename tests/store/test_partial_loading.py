"""Company files that are partly wrong: loaded as far as they are right, each wrong row named, and nothing half-loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from entrypoints.cli import app
from models.domain.errors import Misconfigured
from models.domain.identifiers import Sku
from models.store.catalogue import SqlCatalogue
from models.store.loading import LoadReport, load_company
from models.store.parties import SqlParties
from models.store.schema import migrate
from models.store.session import engine_for
from tests.store.company_folder import change, write_company
from tests.store.samples import BUYER, TODAY

BOLT, OLD_BOLT, CABLE = Sku("HX-M8-40"), Sku("HX-M8-45"), Sku("CBL-1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small company's files."""
    return write_company(tmp_path / "company")


def load(engine: Engine, folder: Path) -> LoadReport:
    return load_company(folder, engine, today=TODAY)


def skus(engine: Engine) -> set[Sku]:
    return set(SqlCatalogue(engine).items([BOLT, OLD_BOLT, CABLE]))


WRONG_ITEMS = [
    ("a wrong check digit", "4006381333931", "4006381333932", r"items.csv, line 2, column gtin: '4006381333932'", {CABLE}),
    ("a missing unit", "Fasteners,C62,BX", "Fasteners,,BX", r"items.csv, line 2, column base_unit: is empty", {CABLE}),
    ("a SKU twice", "HX-M8-45,,", "HX-M8-40,,", r"items.csv, line 3, column sku: HX-M8-40 stands in line 2", {CABLE}),
    ("a successor of itself", "active,\nHX", "active,HX-M8-45\nHX", r"leads back to 'HX-M8-40'", {CABLE}),
    ("an unknown successor", "discontinued,HX-M8-40", "discontinued,HX-9", r"line 3, column successor: 'HX-9'", {BOLT, CABLE}),
    ("a unit that contradicts", "BX,100\n", "BX,50\n", r"unit_conversions.csv, line 2, column base_quantity", {CABLE}),
]


@pytest.mark.parametrize(("old", "new", "cause", "loaded"), [row[1:] for row in WRONG_ITEMS], ids=[row[0] for row in WRONG_ITEMS])
def test_a_wrong_row_is_left_out_and_named_and_the_others_are_loaded(
    sqlite_engine: Engine, folder: Path, old: str, new: str, cause: str, loaded: set[Sku]
) -> None:
    """With file, line, column, value and cause; so is what speaks of it, which has no item to speak of."""
    name = "unit_conversions.csv" if cause.startswith("unit_c") else "items.csv"
    change(folder, name, old, new)
    report = load(sqlite_engine, folder)
    assert skus(sqlite_engine) == loaded
    assert any(cause.replace("\\", "") in str(problem) for problem in report.left_out), report.left_out


def test_a_row_of_another_encoding_is_left_out(sqlite_engine: Engine, folder: Path) -> None:
    """A line typed in Windows-1252 costs itself; the rest of the file is UTF-8."""
    content = (folder / "items.csv").read_text("utf-8").replace("Cable 3G1.5", "Kabel für außen")
    (folder / "items.csv").write_bytes(content.encode("cp1252"))
    report = load(sqlite_engine, folder)
    assert skus(sqlite_engine) == {BOLT, OLD_BOLT}
    assert "items.csv, line 4, column description" in str(report.left_out[0])
    assert "save the file as UTF-8" in str(report.left_out[0])


def test_what_a_wrong_row_is_about_stays_as_it_was(sqlite_engine: Engine, folder: Path) -> None:
    """Item, units, numbers and prices together: it is neither taken off the shelf nor sold at half of its new terms."""
    load(sqlite_engine, folder)
    before = SqlCatalogue(sqlite_engine).items([BOLT])[BOLT]
    change(folder, "items.csv", "Hex bolt M8x40, zinc", "Hex bolt M8x40, black")
    change(folder, "unit_conversions.csv", "CT,1000", "CT,-1")
    change(folder, "prices.csv", "11.50", "12.50")
    change(folder, "items.csv", "Cable 3G1.5", "Cable 3G2.5")
    report = load(sqlite_engine, folder)
    now = SqlCatalogue(sqlite_engine).items([BOLT, CABLE])
    assert (now[BOLT], now[CABLE].description) == (before, "Cable 3G2.5")
    assert (report.changes["price"].removed, report.changes["price"].changed, report.changes["price"].added) == (0, 0, 0)
    assert report.changes["customer_item"].removed == 0


def test_a_customer_whose_row_is_wrong_is_still_served_as_before(sqlite_engine: Engine, folder: Path) -> None:
    """Neither blocked nor without a place."""
    load(sqlite_engine, folder)
    change(folder, "customers.csv", "1000.00", "")
    report = load(sqlite_engine, folder)
    ada = SqlParties(sqlite_engine).customer(BUYER)
    assert (ada.is_blocked, [place.code for place in SqlParties(sqlite_engine).ship_tos(BUYER)]) == (False, ["W2"])
    assert any("'10010' is left out itself" in str(problem) for problem in report.left_out)


def test_a_corrected_row_is_loaded_the_next_time(sqlite_engine: Engine, folder: Path) -> None:
    """And the report is empty again."""
    change(folder, "items.csv", "4006381333931", "4006381333932")
    load(sqlite_engine, folder)
    change(folder, "items.csv", "4006381333932", "4006381333931")
    report = load(sqlite_engine, folder)
    assert (skus(sqlite_engine), report.left_out) == ({BOLT, OLD_BOLT, CABLE}, ())


def test_a_gtin_does_not_move_to_another_item_while_its_own_row_is_wrong(sqlite_engine: Engine, folder: Path) -> None:
    """Nothing is loaded then: both items would claim it."""
    load(sqlite_engine, folder)
    change(folder, "items.csv", "HX-M8-40,4006381333931,Ferrum", "HX-M8-40,1,Ferrum")
    change(folder, "items.csv", "CBL-1,,", "CBL-1,4006381333931,")
    with pytest.raises(Misconfigured, match=r"line 4, column gtin: .*is still that of HX-M8-40"):
        load(sqlite_engine, folder)


@pytest.mark.parametrize(("options", "status", "customers"), [([], 3, 2), (["--strict"], 1, 0)], ids=["usual", "strict"])
def test_the_command_tells_what_was_left_out_by_its_status(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], status: int, customers: int
) -> None:
    """3 where rows were left out; with --strict nothing is loaded."""
    database = f"sqlite:///{tmp_path / 'books.db'}"
    monkeypatch.setenv("ORDERWRIGHT_DATABASE_URL", database)
    monkeypatch.setenv("ORDERWRIGHT_VAR", str(tmp_path / "var"))
    migrate(database)
    change(folder, "items.csv", "4006381333931", "4006381333932")
    outcome = CliRunner().invoke(app, ["load", str(folder), *options])
    assert outcome.exit_code == status
    assert len(SqlParties(engine_for(database)).customers()) == customers
    assert status == 1 or "items.csv, line 2, column gtin: '4006381333932'" in outcome.stdout

"""The operator's files together: read, and checked one against the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from models.domain.catalogue import GoodsFlag, Item, UnitConversion
from models.domain.identifiers import CustomerNumber, Sku
from models.domain.party import Customer, VatRegistration
from models.domain.policy import DecisionPolicy
from models.domain.working_hours import DeskRules
from models.store import operator_rows as rows
from models.store import operator_tax_rows as tax_rows
from models.store import partner_rows
from models.store.file_problems import Entry, Problems, RowProblem, Subject, subject_of
from models.store.operator_files import (
    read_rows,
    read_yaml,
    refuse_circles,
    refuse_duplicates,
    refuse_overlaps,
    refuse_unknown,
)


@dataclass(frozen=True, slots=True)
class CompanyFiles:
    """The rows of every file of a company's folder, as they stand; without those that are wrong, which are `left_out`, and
    those that are `held` back with them."""

    company: rows.CompanyFile
    items: list[Entry[rows.ItemRow]]
    conversions: list[Entry[rows.UnitConversionRow]]
    customers: list[Entry[rows.CustomerRow]]
    ship_tos: list[Entry[rows.ShipToRow]]
    customer_items: list[Entry[rows.CustomerItemRow]]
    prices: list[Entry[rows.PriceRow]]
    warehouses: list[Entry[rows.WarehouseRow]]
    stock: list[Entry[rows.StockRow]]
    inbound: list[Entry[rows.InboundRow]]
    carriers: list[Entry[rows.CarrierRow]]
    zones: list[Entry[rows.ZoneRow]]
    tax_rates: list[Entry[tax_rows.TaxRateRow]]
    exemptions: list[Entry[tax_rows.ExemptionRow]]
    partners: list[Entry[partner_rows.PartnerRow]]
    vat_ids: list[Entry[tax_rows.VatIdRow]]
    goods_flags: list[Entry[tax_rows.GoodsFlagRow]]
    policy: DecisionPolicy
    desk: DeskRules
    folder: Path
    left_out: tuple[RowProblem, ...] = ()
    held: frozenset[Subject] = frozenset()

    def catalogue(self) -> list[Item]:
        """The items with the units that they are sold in."""
        held: dict[Sku, list[UnitConversion]] = defaultdict(list)
        for entry in self.conversions:
            held[entry.row.sku].append(entry.row.conversion())
        return [entry.row.item(held[entry.row.sku], self._flags_of(entry.row.category)) for entry in self.items]

    def parties(self) -> list[Customer]:
        """The customers with their dated VAT ids."""
        dated: dict[CustomerNumber, list[VatRegistration]] = defaultdict(list)
        for entry in self.vat_ids:
            dated[entry.row.customer_number].append(entry.row.registration())
        return [entry.row.customer(dated[entry.row.number]) for entry in self.customers]

    def without(self, held: Collection[Subject]) -> CompanyFiles:
        """The files without the rows of these subjects."""
        kept: dict[str, Any] = {
            each.name: [entry for entry in rows if subject_of(entry) not in held]
            for each in fields(self)
            if isinstance(rows := getattr(self, each.name), list)
        }
        return replace(self, **kept)

    def _flags_of(self, category: str) -> list[GoodsFlag]:
        return [entry.row.flag() for entry in self.goods_flags if entry.row.covers(category)]


def read_company(folder: Path, *, is_strict: bool = False) -> CompanyFiles:
    """The files of the folder as far as they are right. Raises `Misconfigured` where one cannot be read as a whole, and with
    `is_strict` for every problem: which file, line, column, value, what is allowed."""
    if not folder.is_dir():
        problems = Problems([f"{folder}: is no folder"])
        problems.raise_any(folder)
    problems = Problems()
    company = read_yaml(folder, "company.yaml", rows.CompanyFile, problems)
    policy = read_yaml(folder, "policy.yaml", DecisionPolicy, problems, is_optional=True) or DecisionPolicy()
    desk = read_yaml(folder, "desk.yaml", DeskRules, problems, is_optional=True) or DeskRules()
    read = {
        "items": read_rows(folder, "items.csv", rows.ItemRow, problems),
        "conversions": read_rows(folder, "unit_conversions.csv", rows.UnitConversionRow, problems),
        "customers": read_rows(folder, "customers.csv", rows.CustomerRow, problems),
        "ship_tos": read_rows(folder, "ship_to.csv", rows.ShipToRow, problems),
        "customer_items": read_rows(folder, "customer_items.csv", rows.CustomerItemRow, problems),
        "prices": read_rows(folder, "prices.csv", rows.PriceRow, problems),
        "warehouses": read_rows(folder, "warehouses.csv", rows.WarehouseRow, problems),
        "stock": read_rows(folder, "stock.csv", rows.StockRow, problems),
        "inbound": read_rows(folder, "inbound.csv", rows.InboundRow, problems),
        "carriers": read_rows(folder, "carriers.csv", rows.CarrierRow, problems),
        "zones": read_rows(folder, "zones.csv", rows.ZoneRow, problems),
        "tax_rates": read_rows(folder, "tax_rates.csv", tax_rows.TaxRateRow, problems),
        "exemptions": read_rows(folder, "exemptions.csv", tax_rows.ExemptionRow, problems),
        "partners": [*read_rows(folder, "partners.csv", partner_rows.PartnerRow, problems), *_partner_files(folder, problems)],
        "vat_ids": read_rows(folder, "vat_ids.csv", tax_rows.VatIdRow, problems, is_optional=True),
        "goods_flags": read_rows(folder, "goods_flags.csv", tax_rows.GoodsFlagRow, problems, is_optional=True),
    }
    # A row that cannot be read would make every reference to it a problem of its own: say what is at the root first.
    problems.raise_any(folder, is_strict=is_strict)
    assert company is not None
    files = CompanyFiles(company=company, policy=policy, desk=desk, folder=folder, **read)  # type: ignore[arg-type]
    files = _checked(files, problems)
    problems.raise_any(folder, is_strict=is_strict)
    return replace(files, left_out=tuple(problems.rows), held=frozenset(problems.held))


def read_policy(file: Path) -> DecisionPolicy:
    """A policy of its own, such as one to try. Raises `Misconfigured` with file, line and reason."""
    problems = Problems()
    policy = read_yaml(file.parent, file.name, DecisionPolicy, problems)
    problems.raise_any(file)
    assert policy is not None
    return policy


def _partner_files(folder: Path, problems: Problems) -> Iterator[Entry[partner_rows.PartnerRow]]:
    """The partners that have a file of their own, partners/NAME.yaml."""
    for path in sorted((folder / "partners").glob("*.yaml")):
        name = f"partners/{path.name}"
        partner = read_yaml(folder, name, partner_rows.PartnerFile, problems)
        if partner is not None:
            yield Entry(name, 1, partner)


def _checked(files: CompanyFiles, problems: Problems) -> CompanyFiles:
    """The files without what is wrong, nor what speaks of it, until nothing more is."""
    while True:
        held = set(problems.held)
        files = files.without(held)
        _check(files, problems)
        if problems.held == held:
            return files


def _check(files: CompanyFiles, problems: Problems) -> None:
    _check_keys(files, problems)
    _check_references(files, problems)
    _check_units(files, problems)
    _check_exemptions(files, problems)
    _check_company(files, problems)
    refuse_overlaps(files.tax_rates, lambda row: (row.country, row.region, row.category), problems)
    refuse_overlaps(files.vat_ids, lambda row: (row.customer_number, row.vat_id), problems)
    refuse_overlaps(files.prices, lambda row: (row.price_list, row.sku, row.currency, row.minimum_quantity.normalize()), problems)


def _check_keys(files: CompanyFiles, problems: Problems) -> None:
    refuse_duplicates(files.items, "sku", lambda row: row.sku, problems)
    refuse_duplicates(files.items, "gtin", lambda row: row.gtin, problems)
    refuse_duplicates(files.conversions, "unit", lambda row: (row.sku, row.unit), problems)
    refuse_duplicates(files.customers, "number", lambda row: row.number, problems)
    refuse_duplicates(files.ship_tos, "code", lambda row: (row.customer_number, row.code), problems)
    refuse_duplicates(
        files.customer_items, "customer_part_number", lambda row: (row.customer_number, row.customer_part_number), problems
    )
    refuse_duplicates(files.warehouses, "code", lambda row: row.code, problems)
    refuse_duplicates(files.stock, "bin", lambda row: (row.warehouse, row.sku, row.bin), problems)
    refuse_duplicates(files.inbound, "reference", lambda row: (row.reference, row.sku), problems)
    refuse_duplicates(
        files.carriers,
        "service",
        lambda row: (row.code, row.service, row.from_country, row.to_zone, row.max_weight_kg),
        problems,
    )
    refuse_duplicates(files.zones, "country", lambda row: (row.country, row.zone), problems)
    refuse_duplicates(files.exemptions, "certificate", lambda row: (row.customer_number, row.region, row.certificate), problems)
    refuse_duplicates(files.partners, "standard", lambda row: (row.customer_number, row.standard), problems)


def _check_references(files: CompanyFiles, problems: Problems) -> None:
    skus = [entry.row.sku for entry in files.items]
    customers = [entry.row.number for entry in files.customers]
    warehouses = [entry.row.code for entry in files.warehouses]
    refuse_unknown(files.items, "successor", lambda row: row.successor, skus, problems, "item")
    refuse_circles(files.items, "successor", lambda row: row.sku, lambda row: row.successor, problems)
    refuse_unknown(files.conversions, "sku", lambda row: row.sku, skus, problems, "item")
    refuse_unknown(files.prices, "sku", lambda row: row.sku, skus, problems, "item")
    refuse_unknown(files.customer_items, "sku", lambda row: row.sku, skus, problems, "item")
    refuse_unknown(files.stock, "sku", lambda row: row.sku, skus, problems, "item")
    refuse_unknown(files.inbound, "sku", lambda row: row.sku, skus, problems, "item")
    refuse_unknown(files.customer_items, "customer_number", lambda row: row.customer_number, customers, problems, "customer")
    refuse_unknown(files.ship_tos, "customer_number", lambda row: row.customer_number, customers, problems, "customer")
    refuse_unknown(files.exemptions, "customer_number", lambda row: row.customer_number, customers, problems, "customer")
    refuse_unknown(files.partners, "customer_number", lambda row: row.customer_number, customers, problems, "customer")
    refuse_unknown(files.stock, "warehouse", lambda row: row.warehouse, warehouses, problems, "warehouse")
    refuse_unknown(files.inbound, "warehouse", lambda row: row.warehouse, warehouses, problems, "warehouse")
    _check_ship_to_codes(files, problems)
    price_lists = [entry.row.price_list for entry in files.prices]
    refuse_unknown(files.customers, "contract_price_list", lambda row: row.contract_price_list, price_lists, problems)
    refuse_unknown(files.vat_ids, "customer_number", lambda row: row.customer_number, customers, problems, "customer")
    taxed = ["standard", "reduced", "zero", *(entry.row.category for entry in files.tax_rates)]
    refuse_unknown(files.items, "tax_category", lambda row: row.tax_category, taxed, problems)
    zones = [entry.row.zone for entry in files.zones]
    refuse_unknown(files.carriers, "to_zone", lambda row: row.to_zone, zones, problems, "zone")


def _check_ship_to_codes(files: CompanyFiles, problems: Problems) -> None:
    """What a partner's place codes stand for must be places of that customer."""
    known = {(entry.row.customer_number, entry.row.code) for entry in files.ship_tos}
    for entry in files.partners:
        if isinstance(entry.row, partner_rows.PartnerFile):
            for theirs, ours in entry.row.ship_to_codes.items():
                if (entry.row.customer_number, ours) not in known:
                    cause = f"customer {entry.row.customer_number} has no place {ours!r} in ship_to.csv"
                    problems.add_key(files.folder, entry, ("ship_to_codes", theirs), cause)


def _check_units(files: CompanyFiles, problems: Problems) -> None:
    """A unit means one quantity: what items.csv says of packs and what unit_conversions.csv says must agree."""
    items = {entry.row.sku: entry.row for entry in files.items}
    for entry in files.conversions:
        item = items.get(entry.row.sku)
        if item is None:
            continue
        said = 1 if entry.row.unit == item.base_unit else item.pack_size if entry.row.unit == item.pack_unit else None
        if said is not None and said != entry.row.base_quantity:
            problems.add(entry, "base_quantity", f"{entry.row.base_quantity} disagrees with items.csv, which says {said}")


def _check_exemptions(files: CompanyFiles, problems: Problems) -> None:
    certified = {entry.row.customer_number for entry in files.exemptions}
    for entry in files.customers:
        if (entry.row.tax_exempt == "yes") != (entry.row.number in certified):
            cause = (
                f"{entry.row.tax_exempt!r}, but exemptions.csv has {'a' if entry.row.number in certified else 'no'} certificate"
            )
            problems.add(entry, "tax_exempt", cause)


def _check_company(files: CompanyFiles, problems: Problems) -> None:
    own = files.company
    for entry in files.items:
        if entry.row.currency != own.currency:
            problems.add(entry, "currency", f"{entry.row.currency}: list prices are in the company's currency {own.currency}")
    known = {entry.row.code: entry.row.country for entry in files.warehouses}
    for listed in own.warehouses:
        if known.get(listed.code) != listed.country:
            problems.found.append(f"company.yaml, key warehouses: {listed.code} in {listed.country} is not in warehouses.csv")

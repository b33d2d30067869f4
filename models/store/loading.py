"""Loads the operator's files into the books, as often as they change: in one transaction, and as far as they are right.

What the files say of parties, items, prices, taxes and carriers holds from then on. Stock and expected deliveries are
opening balances: taken once, so that loading again never undoes what has moved since.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, and_, bindparam, delete, insert, select, update

from models.domain.errors import Misconfigured
from models.store import stock_rows, tables
from models.store.catalogue import LIST_PRICES
from models.store.company_files import CompanyFiles, read_company
from models.store.file_problems import RowProblem, Subject, subject_of_kept
from models.store.lookups import number_key
from models.store.session import insert_new, writing

#: List prices have no period in items.csv: they hold for every order that can still be open.
_LIST_SINCE = date(2000, 1, 1)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What a load did to one table. `kept` counts rows that the files no longer name and that stay, because orders may
    still speak of them; `removed` those that were withdrawn."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did, by table."""

    changes: Mapping[str, Change]
    left_out: tuple[RowProblem, ...] = ()

    def lines(self) -> list[str]:
        """A sentence for each table, and for what was left out."""
        tables = [*self._tables()]
        if not self.left_out:
            return tables
        rows = len({(problem.file, problem.line) for problem in self.left_out})
        is_one = rows == 1
        head = (
            f"{rows} {'row is' if is_one else 'rows are'} wrong and {'was' if is_one else 'were'} left out; "
            "what they are about stays as it was:"
        )
        return [*tables, head, *(f"  {problem}" for problem in self.left_out)]

    def _tables(self) -> list[str]:
        return [
            f"{name}: {change.added} added, {change.changed} changed, {change.unchanged} unchanged, "
            f"{change.removed} removed, {change.kept} kept though no longer named"
            for name, change in self.changes.items()
        ]


def load_company(folder: Path, engine: Engine, *, today: date, is_strict: bool = False) -> LoadReport:
    """Load the folder in one transaction, as far as it is right: the report names every row that was left out.

    Raises `Misconfigured` where a file cannot be read as a whole, with `is_strict` for every wrong cell; then nothing was loaded.
    """
    files = read_company(folder, is_strict=is_strict)
    with writing(engine) as connection:
        changes = {
            **_load_parties(connection, files),
            **_load_catalogue(connection, files),
            **_load_rates(connection, files),
            "stock": _open_stock(connection, files),
            "inbound": _expect_deliveries(connection, files, today),
        }
        for table, name in (("item", "items"), ("customer", "customers")):
            change = changes[table]
            if change.added or change.changed or change.kept:
                _count_version(connection, name)
    return LoadReport(changes, files.left_out)


def _load_parties(connection: Connection, files: CompanyFiles) -> dict[str, Change]:
    customers = files.parties()
    ship_tos = [entry.row.ship_to() for entry in files.ship_tos]
    warehouses = [entry.row.warehouse() for entry in files.warehouses]
    partners = [entry.row.profile() for entry in files.partners]
    own = [{"id": 1, "document": files.company.company(files.policy, files.desk)}]
    return {
        "company": _keep(connection, tables.company, own, files.held),
        "customer": _keep(connection, tables.customer, _documents(customers, "number"), files.held, _no_longer_served),
        "ship_to": _replace(connection, tables.ship_to, _documents(ship_tos, "customer_number", "code"), files.held),
        "warehouse": _keep(connection, tables.warehouse, _documents(warehouses, "code"), files.held),
        "partner": _replace(connection, tables.partner, _documents(partners, "customer_number", "standard"), files.held),
    }


def _load_catalogue(connection: Connection, files: CompanyFiles) -> dict[str, Change]:
    _refuse_taken_gtins(connection, files)
    items = [
        {
            "sku": str(item.sku),
            "sku_key": number_key(item.sku),
            "gtin": item.gtin,
            "mpn_key": number_key(item.mpn) or None,
            "document": item,
        }
        for item in files.catalogue()
    ]
    prices = [entry.row.entry() for entry in files.prices]
    prices += [entry.row.list_entry(LIST_PRICES, _LIST_SINCE) for entry in files.items]
    price_rows = _documents(prices, "price_list", "sku", "currency", "minimum_quantity", "valid_from", "valid_to")
    own_numbers = [entry.row.customer_item() for entry in files.customer_items]
    number_rows = [
        {**row, "number_key": number_key(row["customer_part_number"])}
        for row in _documents(own_numbers, "customer_number", "customer_part_number")
    ]
    return {
        "item": _keep(connection, tables.item, items, files.held, _no_longer_sold),
        "customer_item": _replace(connection, tables.customer_item, number_rows, files.held),
        "price": _replace(connection, tables.price, price_rows, files.held),
    }


def _refuse_taken_gtins(connection: Connection, files: CompanyFiles) -> None:
    """A GTIN cannot go to another item while the row of the one that has it is wrong: both would claim it."""
    given = {entry.row.gtin: entry for entry in files.items if entry.row.gtin}
    kept = select(tables.item.c.sku, tables.item.c.gtin).where(tables.item.c.gtin.is_not(None))
    for sku, gtin in connection.execute(kept) if any(subject[0] == "item" for subject in files.held) else ():
        if ("item", sku) in files.held and gtin in given:
            entry = given[gtin]
            raise Misconfigured(
                f"nothing was loaded: {entry.file}, line {entry.line}, column gtin: {gtin} is still that of {sku}, whose own row "
                "is wrong; correct that one first"
            )


def _load_rates(connection: Connection, files: CompanyFiles) -> dict[str, Change]:
    rates = [entry.row.tax_rate() for entry in files.tax_rates]
    exemptions = [entry.row.exemption() for entry in files.exemptions]
    services = [entry.row.carrier_service() for entry in files.carriers]
    zones = [{"country": str(entry.row.country), "zone": entry.row.zone} for entry in files.zones]
    rate_rows = _documents(rates, "country", "region", "category", "valid_from", "valid_to")
    exemption_rows = _documents(exemptions, "customer_number", "region", "certificate")
    service_rows = _documents(services, "code", "service", "from_country", "to_zone", "max_weight_kg")
    return {
        "tax_rate": _replace(connection, tables.tax_rate, rate_rows, files.held),
        "exemption": _replace(connection, tables.exemption, exemption_rows, files.held),
        "carrier_service": _replace(connection, tables.carrier_service, service_rows, files.held),
        "zone": _replace(connection, tables.zone, zones, files.held),
    }


def _open_stock(connection: Connection, files: CompanyFiles) -> Change:
    """Opening balances of bins that had none yet; every other bin has moved on and is left alone."""
    opened = set(connection.scalars(select(tables.stock_movement.c.key).where(tables.stock_movement.c.key.like("opening:%"))))
    added = 0
    for entry in files.stock:
        row = entry.row
        key = f"opening:{row.warehouse}:{row.sku}:{row.bin}"
        if key not in opened:
            stock_rows.move_stock(connection, key, (row.warehouse, str(row.sku), row.bin), row.on_hand)
            added += 1
    return Change(added=added, unchanged=len(files.stock) - added)


def _expect_deliveries(connection: Connection, files: CompanyFiles, today: date) -> Change:
    added = 0
    for entry in files.inbound:
        row = entry.row
        added += insert_new(
            connection,
            tables.inbound,
            reference=row.reference,
            sku=row.sku,
            warehouse=row.warehouse,
            quantity=row.quantity,
            expected_on=today + timedelta(days=row.expected_in_days),
            is_received=False,
        )
    return Change(added=added, unchanged=len(files.inbound) - added)


def _documents(values: Iterable[Any], *columns: str) -> list[Row]:
    """Rows with the values as documents and these parts of them as columns."""
    return [{**{column: _plain_text(getattr(value, column)) for column in columns}, "document": value} for value in values]


def _plain_text(part: Any) -> Any:
    return str(part) if isinstance(part, str) else part


def _keep(
    connection: Connection,
    table: Table,
    rows: Sequence[Row],
    held: Collection[Subject],
    retire: Callable[[Row], Row] | None = None,
) -> Change:
    """Write what is new or changed; rows that are no longer named stay, as `retire` leaves them, and as they are where held."""
    added, changed, gone = _compare(connection, table, rows)
    retired = [(row, retire(row)) for row in gone if not _is_held(table, row, held)] if retire else []
    rewritten = [*changed, *((old, new) for old, new in retired if old != new)]
    _delete(connection, table, [old for old, _ in rewritten])
    _insert(connection, table, [*added, *(new for _, new in rewritten)])
    return Change(len(added), len(changed), len(rows) - len(added) - len(changed), kept=len(gone))


def _no_longer_sold(row: Row) -> Row:
    """An item that is named no more can still be read, but a new order finds it by its SKU alone, as discontinued."""
    document = row["document"].model_copy(update={"is_discontinued": True})
    return {**row, "gtin": None, "mpn_key": None, "document": document}


def _no_longer_served(row: Row) -> Row:
    """A customer who is named no more keeps their orders; a new one waits for a person."""
    return {**row, "document": row["document"].model_copy(update={"is_blocked": True})}


def _replace(connection: Connection, table: Table, rows: Sequence[Row], held: Collection[Subject]) -> Change:
    """Write what is new or changed and withdraw what is no longer named, but for what is held."""
    added, changed, unnamed = _compare(connection, table, rows)
    gone = [row for row in unnamed if not _is_held(table, row, held)]
    _delete(connection, table, [*gone, *(old for old, _ in changed)])
    _insert(connection, table, [*added, *(new for _, new in changed)])
    unchanged = len(rows) - len(added) - len(changed)
    return Change(len(added), len(changed), unchanged, removed=len(gone), kept=len(unnamed) - len(gone))


def _is_held(table: Table, row: Row, held: Collection[Subject]) -> bool:
    """Whether a row stays as it is, because what the files say of its subject is wrong. A list price is its item's."""
    if table is tables.price and row["price_list"] == LIST_PRICES:
        return ("item", str(row["sku"])) in held
    return subject_of_kept(table.name, row) in held


def _compare(connection: Connection, table: Table, rows: Sequence[Row]) -> tuple[list[Row], list[tuple[Row, Row]], list[Row]]:
    """The rows that are new, those that changed (as kept, as given), and those that are kept but not given."""
    key = _key_of(table)
    kept: list[Row] = [dict(row) for row in connection.execute(select(table)).mappings()]
    known = {key(row): row for row in kept}
    given = {key(row): row for row in rows}
    added = [row for identity, row in given.items() if identity not in known]
    changed = [
        (known[identity], row)
        for identity, row in given.items()
        if identity in known and any(known[identity][column] != value for column, value in row.items())
    ]
    gone = [row for identity, row in known.items() if identity not in given]
    return added, changed, gone


def _key_of(table: Table) -> Callable[[Row], tuple[Any, ...]]:
    names = [column.name for column in table.primary_key.columns]
    return lambda row: tuple(row[name] for name in names)


def _insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(insert(table), [dict(row) for row in rows])


def _delete(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    columns = list(table.primary_key.columns)
    if rows:
        one = and_(*(column == bindparam(f"old_{column.name}", type_=column.type) for column in columns))
        keys = [{f"old_{column.name}": row[column.name] for column in columns} for row in rows]
        connection.execute(delete(table).where(one), keys)


def _count_version(connection: Connection, name: str) -> None:
    insert_new(connection, tables.data_version, name=f"{name}_origin", version=secrets.randbits(62))
    insert_new(connection, tables.data_version, name=name, version=0)
    version = tables.data_version
    connection.execute(update(version).where(version.c.name == name).values(version=version.c.version + 1))

"""The items, by every number they are known by, and what they cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Engine, Select, bindparam, or_, select

from models.domain.catalogue import CustomerItem, Item, PriceEntry
from models.domain.identifiers import CustomerNumber, Gtin, Sku
from models.store.lookups import data_state, number_key, storable, unambiguous
from models.store.session import in_chunks, reading
from models.store.tables import customer_item, data_version, item, price

#: The price list that holds for whoever has no price of their own.
LIST_PRICES = "LIST"

#: The values that a question is about; `_documents` fills them in.
_ASKED: BindParameter[Any] = bindparam("asked", expanding=True)


def _items_by(column: ColumnElement[Any]) -> Select[Any]:
    return select(item.c.document).where(column.in_(_ASKED))


#: Put together once: every order asks these, and to make a statement takes longer than to run it.
_BY_SKU, _BY_GTIN = _items_by(item.c.sku), _items_by(item.c.gtin)
_BY_MPN, _BY_SKU_KEY = _items_by(item.c.mpn_key), _items_by(item.c.sku_key)
_OWN_NUMBERS = select(customer_item.c.document).where(
    customer_item.c.customer_number == bindparam("customer"), customer_item.c.number_key.in_(_ASKED)
)
_PRICES = select(price.c.document).where(
    price.c.sku.in_(_ASKED),
    price.c.price_list.in_(bindparam("lists", expanding=True)),
    price.c.valid_from <= bindparam("day"),
    or_(price.c.valid_to.is_(None), price.c.valid_to >= bindparam("day")),
)

T = TypeVar("T")


class SqlCatalogue:
    """Fulfils `activities.ports.Catalogue`, and gives a search index all items with the version of their data.

    A number that means two items, compared without spaces and marks, and is written exactly like neither, finds none.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def items(self, skus: Sequence[Sku]) -> dict[Sku, Item]:
        return {found.sku: found for found in self._documents(_BY_SKU, skus)}

    def version(self) -> int:
        """Grows whenever a load has changed an item; 0 before the first load. Cheap enough to ask before each search."""
        with reading(self._engine) as connection:
            return connection.scalar(select(data_version.c.version).where(data_version.c.name == "items")) or 0

    def each_item(self) -> Iterator[Item]:
        """Every item, discontinued ones too, by SKU: one after the other, for a large catalogue is never in memory as a whole."""
        with reading(self._engine) as connection:
            yield from connection.execution_options(yield_per=1000).scalars(select(item.c.document).order_by(item.c.sku))

    def state(self) -> str:
        """As `version`, and another for every database: an index on the disk may outlive the one that it was built from."""
        return data_state(self._engine, "items")

    def by_gtin(self, gtins: Sequence[Gtin]) -> dict[Gtin, Item]:
        found = self._documents(_BY_GTIN, gtins)
        return {known.gtin: known for known in found if known.gtin is not None}

    def by_mpn(self, mpns: Sequence[str]) -> dict[str, Sequence[Item]]:
        """Keys are the numbers as given; those that no item bears are left out."""
        keys = _keys(mpns)
        known: dict[str, list[Item]] = defaultdict(list)
        for found in self._documents(_BY_MPN, keys.values()):
            known[number_key(found.mpn)].append(found)
        return {given: known[key] for given, key in keys.items() if key in known}

    def by_normalised_sku(self, numbers: Sequence[str]) -> dict[str, Item]:
        keys = _keys(numbers)
        found = self._documents(_BY_SKU_KEY, keys.values())
        return _meant(keys, ((known.sku, known) for known in found))

    def customer_items(self, customer: CustomerNumber, numbers: Sequence[str]) -> dict[str, CustomerItem]:
        keys = _keys(numbers)
        found = self._documents(_OWN_NUMBERS, keys.values(), customer=customer) if storable([customer]) else []
        return _meant(keys, ((known.customer_part_number, known) for known in found))

    def own_numbers(self, customer: CustomerNumber) -> Sequence[CustomerItem]:
        """Every part number of a customer's own."""
        with reading(self._engine) as connection:
            own = select(customer_item.c.document).where(customer_item.c.customer_number == str(customer))
            return connection.scalars(own).all()

    def prices(self, price_list: str, skus: Sequence[Sku], on: date, contract: str = "") -> Sequence[PriceEntry]:
        lists = storable([price_list, LIST_PRICES, *([contract] if contract else [])])
        found: list[PriceEntry] = self._documents(_PRICES, skus, lists=lists, day=on)
        agreed = {entry.sku for entry in found if entry.price_list == price_list}
        kept = [entry for entry in found if entry.price_list in {price_list, contract} or entry.sku not in agreed]
        return sorted(kept, key=lambda entry: (entry.sku, entry.minimum_quantity))

    def _documents(self, wanted: Select[Any], values: Iterable[str], **others: object) -> list[Any]:
        """The documents that are asked for by the values, in a stable order."""
        keys = sorted({str(value) for value in storable(values)})
        with reading(self._engine) as connection:
            return [found for some in in_chunks(keys) for found in connection.scalars(wanted, {"asked": some, **others})]


def _keys(numbers: Sequence[str]) -> dict[str, str]:
    """The numbers as given to what they are compared by, without those that are nothing but marks."""
    keys = {given: number_key(given) for given in numbers}
    return {given: key for given, key in keys.items() if key}


def _meant(keys: dict[str, str], found: Iterable[tuple[str, T]]) -> dict[str, T]:
    by_key: dict[str, list[tuple[str, T]]] = defaultdict(list)
    for number, known in found:
        by_key[number_key(number)].append((number, known))
    meant = {given: unambiguous(given, by_key[key]) for given, key in keys.items() if key in by_key}
    return {given: known for given, known in meant.items() if known is not None}

"""Match each line of an order to one of our items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from temporalio import activity

from activities.failures import told_to_temporal
from activities.order_records import OrderRecord
from activities.ports import Catalogue, ItemSearch
from models.contracts.activity_io import OrderStep
from models.domain.catalogue import CustomerItem, Item
from models.domain.corrections import corrected, last_word
from models.domain.findings import Candidate, Finding
from models.domain.identifiers import Gtin, Sku
from models.domain.matching import ItemLookups, match_item
from models.domain.pricing import unmatched_line
from models.domain.purchase_order import PurchaseOrderLine
from models.domain.sales_order import Match, SalesOrder, SalesOrderLine

#: Descriptions are searched for every line: to find what no number names, and to hold against what a number says.
_CANDIDATES = 5


@dataclass(frozen=True)
class _Found:
    """What the catalogue knows of all numbers of an order, looked up together."""

    customer_items: Mapping[str, CustomerItem]
    by_sku: Mapping[str, Item]
    by_mpn: Mapping[str, Sequence[Item]]
    by_gtin: Mapping[Gtin, Item]
    items: Mapping[Sku, Item] = field(default_factory=dict)


class ItemMatching:
    """Looks every number up at once, then lets the rule weigh each line."""

    def __init__(self, record: OrderRecord, catalogue: Catalogue, search: ItemSearch) -> None:
        self._record = record
        self._catalogue = catalogue
        self._search = search

    @activity.defn
    @told_to_temporal()
    def match_items(self, step: OrderStep) -> None:
        """Give every line its SKU, or a finding that says why it has none."""
        order = self._record.load(step.order_id)
        asked = corrected(order.purchase_order, order.corrections).lines
        found = self._found(order, asked)
        matched = [self._matched(order, line, found) for line in asked]
        findings = (*order.findings, *(finding for _, doubts in matched for finding in doubts))
        lines = tuple(line for line, _ in matched)
        self._record.save(order.model_copy(update={"lines": lines, "findings": findings}))

    def _found(self, order: SalesOrder, lines: Sequence[PurchaseOrderLine]) -> _Found:
        numbers = sorted({number for line in lines for number in _numbers(line)})
        reviewed = [Sku(word) for line in lines if (word := last_word(order.corrections, f"{line.number}.sku"))]
        known = self._catalogue.customer_items(order.customer_number, numbers) if order.customer_number else {}
        gtins = [gtin for line in lines if (gtin := Gtin.parse(line.gtin))]
        return _Found(
            customer_items=known,
            by_sku=self._catalogue.by_normalised_sku([*numbers, *reviewed]),
            by_mpn=self._catalogue.by_mpn(numbers),
            by_gtin=self._catalogue.by_gtin(gtins),
            items=self._catalogue.items([entry.sku for entry in known.values()]),
        )

    def _matched(self, order: SalesOrder, line: PurchaseOrderLine, found: _Found) -> tuple[SalesOrderLine, tuple[Finding, ...]]:
        lookups = self._lookups(order, line, found)
        match, doubts = match_item(line, lookups)
        ours = unmatched_line(line)
        item = _item(match, lookups)
        if item is not None:
            ours = ours.model_copy(update={"sku": item.sku, "match": match, "description": item.description})
        return ours, doubts

    def _lookups(self, order: SalesOrder, line: PurchaseOrderLine, found: _Found) -> ItemLookups:
        numbers = _numbers(line)
        reviewed = last_word(order.corrections, f"{line.number}.sku")
        own = next((found.customer_items[number] for number in numbers if number in found.customer_items), None)
        gtin = Gtin.parse(line.gtin)
        candidates = tuple(self._search.candidates(line.description, _CANDIDATES)) if line.description else ()
        return ItemLookups(
            reviewed=found.by_sku.get(Sku(reviewed)) if reviewed else None,
            by_customer_number=found.items.get(own.sku) if own else None,
            by_gtin=found.by_gtin.get(gtin) if gtin else None,
            by_sku=next((found.by_sku[number] for number in numbers if number in found.by_sku), None),
            by_mpn=next((tuple(found.by_mpn[number]) for number in numbers if found.by_mpn.get(number)), ()),
            candidates=candidates,
            described=self._described(candidates),
        )

    def _described(self, candidates: tuple[Candidate, ...]) -> tuple[Item, ...]:
        return tuple(self._catalogue.items([Sku(candidate.value) for candidate in candidates]).values()) if candidates else ()


def _item(match: Match | None, lookups: ItemLookups) -> Item | None:
    if match is None:
        return None
    known = (lookups.reviewed, lookups.by_customer_number, lookups.by_gtin, lookups.by_sku)
    every = (*(item for item in known if item), *lookups.by_mpn, *lookups.described)
    return next((item for item in every if item.sku == match.value), None)


def _numbers(line: PurchaseOrderLine) -> tuple[str, ...]:
    """The part numbers of a line; whose each is, documents often leave open."""
    return tuple(number for number in (line.buyer_part_number, line.seller_part_number) if number)

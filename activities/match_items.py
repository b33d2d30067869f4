"""Match each line of an order to one of our items."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from temporalio import activity

from activities.failures import told_to_temporal
from activities.learning_ports import LessonBook
from activities.order_records import OrderRecord
from activities.ports import Catalogue, ItemSearch
from models.contracts.activity_io import OrderStep
from models.domain.blankets import blanket_finding, call_off_findings, call_off_of
from models.domain.catalogue import CustomerItem, Item
from models.domain.corrections import corrected, last_word
from models.domain.findings import Candidate, Finding
from models.domain.identifiers import Gtin, Sku
from models.domain.item_history import times_ordered
from models.domain.learned_items import LearnedItem, hint
from models.domain.learning import (
    FactKind,
    LearnedFact,
    Recalled,
    number_fact_key,
    recalled,
    receipt_of,
    wording_fact_key,
)
from models.domain.lifecycle import OrderStatus
from models.domain.matching import ItemLookups, asks_history, is_numbered, match_item, wants_candidates
from models.domain.pricing import unmatched_line
from models.domain.purchase_order import PurchaseOrderLine
from models.domain.reorders import also_again, asked_again, reorder_finding
from models.domain.sales_order import Match, SalesOrder, SalesOrderLine

#: Descriptions are searched to find what no number names, and to hold against what a number says.
_CANDIDATES = 5
#: How far back an order may lie that is wanted again, and what was never agreed.
_EARLIER_ORDERS = 200
_NEVER_AGREED = frozenset({
    OrderStatus.RECEIVED, OrderStatus.NEEDS_REVIEW, OrderStatus.ON_HOLD, OrderStatus.REJECTED, OrderStatus.CANCELLED,
})  # fmt: skip
_ITEM_FACTS = frozenset({FactKind.PART_NUMBER, FactKind.DESCRIPTION})


@dataclass(frozen=True)
class _Found:
    """What the catalogue knows of all numbers of an order, looked up together."""

    customer_items: Mapping[str, CustomerItem]
    by_sku: Mapping[str, Item]
    by_mpn: Mapping[str, Sequence[Item]]
    by_gtin: Mapping[Gtin, Item]
    items: Mapping[Sku, Item] = field(default_factory=dict)
    recalled: Mapping[int, Recalled] = field(default_factory=dict)


@dataclass(frozen=True)
class _History:
    """In how many orders each SKU stands: read once, and only where a line's words leave open what is meant."""

    own: Callable[[], Mapping[str, int]]
    of_all: Callable[[], Mapping[str, int]]


class ItemMatching:
    """Looks every number up at once, then lets the rule weigh each line."""

    def __init__(self, record: OrderRecord, catalogue: Catalogue, search: ItemSearch, lessons: LessonBook) -> None:
        self._record = record
        self._catalogue = catalogue
        self._search = search
        self._lessons = lessons

    @activity.defn
    @told_to_temporal()
    def match_items(self, step: OrderStep) -> None:
        """Give every line its SKU, or a finding that says why it has none."""
        order = self._record.load(step.order_id)
        asked = corrected(order.asked, order.corrections).lines
        found = self._found(order, asked)
        history = _History(cache(lambda: times_ordered(self._agreed(order))), cache(lambda: times_ordered(self._of_everyone())))
        matched = [self._matched(order, line, found, history) for line in asked]
        found_out = (*(finding for _, doubts in matched for finding in doubts), *self._reorder(order), *self._called_off(order))
        findings = (*order.findings, *found_out)
        lines = tuple(line for line, _ in matched)
        receipts = tuple(
            receipt_of(fact, line.number)
            for line in lines
            if line.match and line.match.how.startswith("learned_") and (fact := found.recalled[line.number].fact)
        )
        learned = tuple(each for each in order.learned if each.kind not in _ITEM_FACTS)
        self._record.save(order.model_copy(update={"lines": lines, "findings": findings, "learned": (*learned, *receipts)}))

    def _called_off(self, order: SalesOrder) -> tuple[Finding, ...]:
        """What speaks against drawing on a blanket order of the customer's; and that the order is one itself."""
        if order.customer_number is None or call_off_of(order) is None:
            return blanket_finding(order)
        known = self._record.orders.of_customer(order.customer_number, _EARLIER_ORDERS)
        earlier = [each for each in known if each.order_id != order.order_id]
        return call_off_findings(order, earlier, order.source.received_at.date())

    def _reorder(self, order: SalesOrder) -> tuple[Finding, ...]:
        """The question which earlier order is meant, where the buyer named no goods but that, or others besides."""
        asks = also_again if order.purchase_order.lines else asked_again
        asked = None if order.repeated else asks(order.purchase_order.notes or "")
        if asked is None or order.customer_number is None:
            return ()
        return (reorder_finding(asked, self._agreed(order), order.source.received_at.date()),)

    def _agreed(self, order: SalesOrder) -> Sequence[SalesOrder]:
        """What the customer ordered before, as far as it was agreed."""
        known = self._record.orders.of_customer(order.customer_number, _EARLIER_ORDERS) if order.customer_number else ()
        return [each for each in known if each.order_id != order.order_id and each.lines and each.status not in _NEVER_AGREED]

    def _of_everyone(self) -> Sequence[SalesOrder]:
        """The latest orders of all customers, as far as they were agreed."""
        return [each for each in self._record.orders.recent(_EARLIER_ORDERS) if each.lines and each.status not in _NEVER_AGREED]

    def _found(self, order: SalesOrder, lines: Sequence[PurchaseOrderLine]) -> _Found:
        numbers = sorted({number for line in lines for number in _numbers(line)})
        reviewed = [Sku(word) for line in lines if (word := last_word(order.corrections, f"{line.number}.sku"))]
        known = self._catalogue.customer_items(order.customer_number, numbers) if order.customer_number else {}
        gtins = [gtin for line in lines if (gtin := Gtin.parse(line.gtin))]
        recalled_by_line = self._recalled(order, lines)
        meant = [Sku(fact.statement.meaning) for one in recalled_by_line.values() for fact in _all_of(one)]
        return _Found(
            customer_items=known,
            by_sku=self._catalogue.by_normalised_sku([*numbers, *reviewed]),
            by_mpn=self._catalogue.by_mpn(numbers),
            by_gtin=self._catalogue.by_gtin(gtins),
            items=self._catalogue.items([*(entry.sku for entry in known.values()), *meant]),
            recalled=recalled_by_line,
        )

    def _recalled(self, order: SalesOrder, lines: Sequence[PurchaseOrderLine]) -> dict[int, Recalled]:
        """What this customer's earlier orders taught of each line, as far as they taught anything."""
        if order.customer_number is None:
            return {}
        asked = {line.number: asked_of for line in lines if (asked_of := _fact_key(line))}
        facts = self._lessons.about(order.customer_number, [key for _, key in asked.values()])
        day = self._record.clock.now().date()
        told = {number: recalled(facts, kind, key, day) for number, (kind, key) in asked.items()}
        return {number: one for number, one in told.items() if one.fact or one.hints}

    def _matched(
        self,
        order: SalesOrder,
        line: PurchaseOrderLine,
        found: _Found,
        history: _History,
    ) -> tuple[SalesOrderLine, tuple[Finding, ...]]:
        lookups = self._lookups(order, line, found)
        if asks_history(line, lookups):
            own = history.own()
            of_all = {} if any(own.get(each.value) for each in lookups.candidates) else history.of_all()
            lookups = lookups.model_copy(update={"ordered": own, "ordered_by_all": of_all})
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
        lookups = ItemLookups(
            reviewed=found.by_sku.get(Sku(reviewed)) if reviewed else None,
            by_customer_number=found.items.get(own.sku) if own else None,
            by_gtin=found.by_gtin.get(gtin) if gtin else None,
            by_sku=next((found.by_sku[number] for number in numbers if number in found.by_sku), None),
            by_mpn=next((tuple(found.by_mpn[number]) for number in numbers if found.by_mpn.get(number)), ()),
            accept=self._search.accept,
            learned=_learned(found.recalled.get(line.number), found.items),
            hints=_hints(found.recalled.get(line.number), found.items),
        )
        if not is_numbered(lookups):
            near = {each.value: each for number in numbers for each in self._search.nearly_numbered(number)}
            lookups = lookups.model_copy(update={"nearly_numbered": tuple(near.values())})
        if not line.description or not wants_candidates(line, lookups):
            return lookups
        candidates = tuple(self._search.candidates(line.description, _CANDIDATES))
        return lookups.model_copy(update={"candidates": candidates, "described": self._described(candidates)})

    def _described(self, candidates: tuple[Candidate, ...]) -> tuple[Item, ...]:
        return tuple(self._catalogue.items([Sku(candidate.value) for candidate in candidates]).values()) if candidates else ()


def _item(match: Match | None, lookups: ItemLookups) -> Item | None:
    if match is None:
        return None
    learned = lookups.learned.item if lookups.learned else None
    known = (lookups.reviewed, lookups.by_customer_number, lookups.by_gtin, lookups.by_sku, learned)
    every = (*(item for item in known if item), *lookups.by_mpn, *lookups.described)
    return next((item for item in every if item.sku == match.value), None)


def _all_of(one: Recalled) -> tuple[LearnedFact, ...]:
    return (one.fact, *one.hints) if one.fact else one.hints


def _fact_key(line: PurchaseOrderLine) -> tuple[FactKind, str] | None:
    """Under which key something may have been learned of a line: its number, or its wording where it states none."""
    numbers = [key for number in _numbers(line) if (key := number_fact_key(number))]
    if numbers:
        return FactKind.PART_NUMBER, numbers[0]
    wording = wording_fact_key(line.description or "")
    return (FactKind.DESCRIPTION, wording) if wording else None


def _learned(told: Recalled | None, items: Mapping[Sku, Item]) -> LearnedItem | None:
    item = items.get(Sku(told.fact.statement.meaning)) if told and told.fact else None
    return LearnedItem(fact=told.fact, item=item) if told and told.fact and item else None


def _hints(told: Recalled | None, items: Mapping[Sku, Item]) -> tuple[Candidate, ...]:
    named = [(fact, items.get(Sku(fact.statement.meaning))) for fact in told.hints] if told else []
    return tuple(hint(fact, item) for fact, item in named if item is not None)


def _numbers(line: PurchaseOrderLine) -> tuple[str, ...]:
    """The part numbers of a line; whose each is, documents often leave open."""
    return tuple(number for number in (line.buyer_part_number, line.seller_part_number) if number)

"""Where a learned fact about an item is used, and what speaks against using it: a number that means another item, a GTIN with
a good check digit, or words on the page that speak of something else than when it was taught."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from models.domain.catalogue import Item, UnitConversion
from models.domain.findings import Candidate, Finding, Severity
from models.domain.identifiers import Gtin
from models.domain.learning import FactKind, LearnedFact, Receipt, recalled, receipt_of, unit_fact_key
from models.domain.normalisation import folded, numbers_in, similarity
from models.domain.purchase_order import PurchaseOrderLine
from models.domain.sales_order import Match
from models.domain.values import UnitCode, Value

#: Wordings this much alike, with the same sizes, are the same wording.
_SAME_WORDING = 0.8
_SURE, _SURER_EACH, _SUREST = 0.9, 0.05, 0.99


class LearnedItem(Value):
    """A fact that names the item a line means, and that item."""

    fact: LearnedFact
    item: Item


def number_against(line: PurchaseOrderLine, learned: LearnedItem, named: Iterable[tuple[str, Sequence[Item]]]) -> str | None:
    """Which number on the line means another item than the fact does, in words; None where none does.

    `named` are the kinds of number that found something, with what they found.
    """
    for words, items in named:
        if all(item.sku != learned.item.sku for item in items):
            return f"{words} means {items[0].sku}"
    stated = Gtin.parse(line.gtin)
    if stated is not None and stated != learned.item.gtin:
        return f"the line states the GTIN {stated}, which is another item's"
    return None


def says_what_was_taught(line: PurchaseOrderLine, fact: LearnedFact) -> bool:
    """Whether the line's words are those that stood there when the fact was taught, or there are none to differ."""
    if not line.description:
        return True
    wording = fact.statement.wording
    if numbers_in(line.description) != numbers_in(wording):
        return False
    return similarity(folded(line.description), folded(wording)) >= _SAME_WORDING


def learned_match(learned: LearnedItem, runner_up: Candidate | None, *, is_described: bool) -> Match:
    """The match that a fact makes; its score grows with what speaks for the fact."""
    how = f"learned_{learned.fact.statement.kind}"
    score = min(_SUREST, _SURE + _SURER_EACH * learned.fact.weight)
    return Match(
        value=learned.item.sku,
        how=how,
        score=round(score, 4),
        reasons=(f"learned: {learned.fact.receipt()}",),
        runner_up=runner_up,
        agreeing=(how, "description") if is_described else (how,),
    )


def set_aside(line: PurchaseOrderLine, learned: LearnedItem, against: str) -> Finding:
    """Tells a person which fact was not used, and why."""
    return Finding(
        code="learned_set_aside",
        severity=Severity.WARNING,
        message=f"Line {line.number}: what was learned is not used, because {against}. {learned.fact.receipt()}",
        field=f"lines[{line.number - 1}].buyer_part_number",
        line=line.number,
        read=learned.fact.statement.written[:200],
        expected=learned.item.sku,
    )


def unit_set_aside(line: PurchaseOrderLine, receipt: Receipt) -> Finding:
    """Tells a person that the price on the page agrees with our unit and not with the learned one."""
    return Finding(
        code="learned_set_aside",
        severity=Severity.WARNING,
        message=f"Line {line.number}: what was learned is not used, because the price fits our own {line.unit}. {receipt.words}",
        field=f"lines[{line.number - 1}].unit",
        line=line.number,
        read=line.unit,
        expected=receipt.statement.meaning,
    )


def hint(fact: LearnedFact, item: Item) -> Candidate:
    """A fact that is not certain, or contested, as a candidate for a person to choose."""
    return Candidate(
        value=item.sku,
        label=item.description,
        score=round(min(0.9, 0.5 + 0.3 * fact.weight), 4),
        reasons=(f"not certain: {fact.receipt()}",),
    )


def with_learned_unit(
    item: Item, line: PurchaseOrderLine, facts: Iterable[LearnedFact], day: date
) -> tuple[Item, Receipt | None]:
    """The item as this customer counts it: their `unit` holds what was learned of it. Unchanged where nothing was."""
    if line.unit is None:
        return item, None
    found = recalled(facts, FactKind.UNIT, unit_fact_key(item.sku, line.unit), day).fact
    if found is None:
        return item, None
    held = UnitConversion(unit=UnitCode(line.unit), base_quantity=Decimal(found.statement.meaning.partition(" ")[0]))
    others = tuple(known for known in item.conversions if known.unit != line.unit)
    if item.base_unit == line.unit:
        return item, None
    return item.model_copy(update={"conversions": (held, *others)}), receipt_of(found, line.number)

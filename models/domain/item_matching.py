"""Which item a line means: by the buyer's own number, GTIN, our SKU, the maker's number, and only then by its words.

A number that fits is believed unless another number or the description speaks against it. No answer is an answer:
a line for something we do not sell must not be matched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.domain.catalogue import Item
from models.domain.findings import Candidate, Finding, Severity
from models.domain.item_findings import (
    NAMES,
    ambiguous_item,
    item_conflict,
    not_for_sale,
    numbers_conflict,
    several_makers,
    unknown_item,
    unknown_numbers,
)
from models.domain.item_history import with_everyones, with_history
from models.domain.learned_items import LearnedItem, learned_match, number_against, says_what_was_taught, set_aside
from models.domain.normalisation import folded, numbers_in, similarity, words_in
from models.domain.purchase_order import PurchaseOrderLine
from models.domain.sales_order import Match
from models.domain.values import Value

#: A description must be this like the item's, and this much liker than the next one: at 0.82 typing errors and left-out
#: words pass and other goods of the same kind do not; 0.08 is about one word in twelve, less than a size that differs.
ACCEPT, MARGIN = 0.82, 0.08
#: With letters this far apart and no word in common, number and description speak of different things.
_UNLIKE = 0.5
#: Two that are equally likely have no more than half each, which rounding may take a little of.
_HALF = 0.4
#: So much liker another item must be to speak against a number.
_AHEAD = 0.25

_WEIGHTS = {"customer_part_number": 0.99, "gtin": 0.99, "seller_part_number": 0.98, "mpn": 0.95}


class ItemLookups(Value):
    """What the catalogue answered for one line: items by each number the line gives, and what its words look like.

    `reviewed` is the item that a reviewer named; `candidates` come best first, their values are SKUs; `described` holds
    the items of the candidates as far as they were loaded. `learned` is what this customer's earlier orders taught of the
    line, `hints` what they taught without being certain; `ordered` says in how many of them an SKU stands,
    `ordered_by_all` in how many of all customers' latest orders. From the score `accept` on the words alone are enough.
    `nearly_numbered` are items whose number is a slip away from the line's: offered to a person, never taken.
    """

    reviewed: Item | None = None
    by_customer_number: Item | None = None
    by_gtin: Item | None = None
    by_sku: Item | None = None
    by_mpn: tuple[Item, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    described: tuple[Item, ...] = ()
    accept: float = ACCEPT
    learned: LearnedItem | None = None
    hints: tuple[Candidate, ...] = ()
    ordered: Mapping[str, int] = {}
    ordered_by_all: Mapping[str, int] = {}
    nearly_numbered: tuple[Candidate, ...] = ()


def match_item(line: PurchaseOrderLine, lookups: ItemLookups) -> tuple[Match | None, tuple[Finding, ...]]:
    """The item's SKU with its reasons, and every doubt. None where no item is sure enough to be shipped unseen."""
    if lookups.reviewed is not None:
        item = lookups.reviewed
        match = Match(value=item.sku, how="reviewer", score=1.0, reasons=("chosen by a reviewer",), agreeing=("reviewer",))
        return match, not_for_sale(line, item)
    hits = tuple(_hits(lookups))
    if lookups.learned is None:
        return _by_number(line, hits, lookups) if hits else _by_description(line, lookups)
    against = _against(line, lookups.learned, hits, lookups)
    if against is None and not hits:
        return _by_fact(line, lookups.learned, lookups)
    found, doubts = _by_number(line, hits, lookups) if hits else _by_description(line, lookups)
    return found, doubts if against is None else (*doubts, set_aside(line, lookups.learned, against))


def _against(
    line: PurchaseOrderLine, learned: LearnedItem, hits: tuple[tuple[str, tuple[Item, ...]], ...], lookups: ItemLookups
) -> str | None:
    """What on the line speaks against the learned fact, in words: another number, or words of other goods."""
    against = number_against(line, learned, ((NAMES[kind], items) for kind, items in hits))
    if against is not None or line.description is None or says_what_was_taught(line, learned.fact):
        return against
    item, likeness = learned.item, description_likeness(line.description, learned.item) or 0.0
    if (rival := _better_rival(line.description, item, likeness, lookups)) is not None:
        return f"the words fit {rival.value} ({rival.label}) better"
    if _missing_sizes(line.description, _texts(item)):
        return f"the line says {line.description[:100]!r}, which has other sizes than {item.sku}"
    if likeness < _UNLIKE and len(words_in(line.description)) >= 2 and not _shares_anything(line.description, item):
        return f"the line describes {line.description[:100]!r}"
    return None


def _by_fact(line: PurchaseOrderLine, learned: LearnedItem, lookups: ItemLookups) -> tuple[Match, tuple[Finding, ...]]:
    likeness = description_likeness(line.description, learned.item)
    runner_up = next((candidate for candidate in lookups.candidates if candidate.value != learned.item.sku), None)
    match = learned_match(learned, runner_up, is_described=likeness is not None and likeness >= 0.6)
    return match, not_for_sale(line, learned.item)


def is_numbered(lookups: ItemLookups) -> bool:
    """Whether a number of the line is known."""
    return any(_hits(lookups))


def wants_candidates(line: PurchaseOrderLine, lookups: ItemLookups) -> bool:
    """Whether the words must be searched for: not where a number's item has just these words and sizes, for then no other can
    be so much liker that it mattered."""
    if not line.description:
        return False
    named = next((items[0] for _, items in _hits(lookups)), lookups.reviewed)
    if named is None:
        return True
    likeness = description_likeness(line.description, named) or 0.0
    return likeness <= 1 - _AHEAD or bool(_missing_sizes(line.description, _texts(named)))


def settles_reading(match: Match | None) -> bool:
    """Whether a doubtfully read part number is beyond doubt, because another number or the description agrees with it."""
    return match is not None and (match.how == "reviewer" or len(match.agreeing) >= 2)


def _hits(lookups: ItemLookups) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """The kinds of number that found something, the surest first."""
    single = {
        "customer_part_number": lookups.by_customer_number,
        "gtin": lookups.by_gtin,
        "seller_part_number": lookups.by_sku,
    }
    yield from ((kind, (item,)) for kind, item in single.items() if item is not None)
    if lookups.by_mpn:
        yield "mpn", lookups.by_mpn


def _by_number(
    line: PurchaseOrderLine, hits: tuple[tuple[str, tuple[Item, ...]], ...], lookups: ItemLookups
) -> tuple[Match | None, tuple[Finding, ...]]:
    item = _most_named(line, hits)
    if item is None:
        return None, (several_makers(line, hits[0][1]),)
    agreeing = [kind for kind, found in hits if item.sku in {one.sku for one in found}]
    against = [(kind, found[0]) for kind, found in hits if kind not in agreeing]
    likeness = description_likeness(line.description, item)
    if likeness is not None and likeness >= 0.6:
        agreeing.append("description")
    match = Match(
        value=item.sku,
        how=agreeing[0],
        score=max(_WEIGHTS[kind] for kind in agreeing if kind in _WEIGHTS),
        reasons=tuple(f"{NAMES.get(kind, 'the description')} fits" for kind in agreeing),
        runner_up=next((candidate for candidate in lookups.candidates if candidate.value != item.sku), None),
        agreeing=tuple(agreeing),
    )
    if against:
        conflicts: tuple[Finding, ...] = (numbers_conflict(line, item, agreeing[0], against),)
    else:
        conflicts = _description_conflict(line, item, agreeing, likeness, lookups)
    return match, (*conflicts, *not_for_sale(line, item))


def _most_named(line: PurchaseOrderLine, hits: tuple[tuple[str, tuple[Item, ...]], ...]) -> Item | None:
    """The item that most numbers name, the surer number first; among one number's several makers the one whose words fit."""
    named = {item.sku: item for _, found in hits for item in found}
    votes = {sku: sum(sku in {item.sku for item in found} for _, found in hits) for sku in named}
    most = max(votes.values())
    best = [item for sku, item in named.items() if votes[sku] == most]
    if len(hits[0][1]) == 1 or len(best) == 1:
        return best[0]
    likenesses = sorted(((description_likeness(line.description, item) or 0.0, item.sku) for item in best), reverse=True)
    clear = likenesses[0][0] >= 0.6 and likenesses[0][0] - likenesses[1][0] >= MARGIN
    return named[likenesses[0][1]] if clear else None


def description_likeness(description: str | None, item: Item) -> float | None:
    """How like an item's description (in any of its languages) the stated one is, 0 to 1; None where none is stated."""
    stated = folded(description or "")
    if not stated:
        return None
    texts = [folded(text) for text in (item.description, item.description_de, item.description_fr) if text]
    return max((_likeness(stated, text) for text in texts), default=0.0)


def _likeness(stated: str, known: str) -> float:
    """Letters in sequence, or the share of the shorter text's words that the longer one has: people leave words out."""
    words, own = set(stated.split()), set(known.split())
    shared = len(words & own) / min(len(words), len(own)) if len(words) > 1 and len(own) > 1 else 0.0
    return max(similarity(stated, known), 0.95 * shared)


def _description_conflict(
    line: PurchaseOrderLine, item: Item, agreeing: list[str], likeness: float | None, lookups: ItemLookups
) -> tuple[Finding, ...]:
    if likeness is None or not line.description:
        return ()
    rival = _better_rival(line.description, item, likeness, lookups)
    if rival is not None:
        cause = (
            f"{NAMES[agreeing[0]]} means {item.sku} ({item.description}), but the words fit {rival.value} ({rival.label}) better"
        )
        return (item_conflict(line, cause, item, (rival,)),)
    if likeness >= _UNLIKE or len(words_in(line.description)) < 2 or _shares_anything(line.description, item):
        return ()
    cause = f"{NAMES[agreeing[0]]} means {item.sku} ({item.description}), but the line describes {line.description[:100]!r}"
    if len(agreeing) >= 2:
        # Two numbers that agree outweigh words: people describe goods in their own way and language.
        return (item_conflict(line, cause, item, (), severity=Severity.WARNING, code="description_differs"),)
    return (item_conflict(line, cause, item, ()),)


def _better_rival(description: str, item: Item, likeness: float, lookups: ItemLookups) -> Candidate | None:
    """A near-certain other item: much liker than the one numbered, or with the stated sizes where the numbered one has others."""
    own = max([likeness, *(candidate.score for candidate in lookups.candidates if candidate.value == item.sku)])
    others = [candidate for candidate in lookups.candidates if candidate.value != item.sku and candidate.score >= lookups.accept]
    for rival in others:
        if rival.score - own >= _AHEAD:
            return rival
        missing = _missing_sizes(description, _texts(item))
        if missing and rival.score > own and not missing & _missing_sizes(description, _label(rival, lookups)):
            return rival
    return None


def _missing_sizes(description: str, text: str) -> frozenset[str]:
    return numbers_in(description) - numbers_in(text)


def _label(candidate: Candidate, lookups: ItemLookups) -> str:
    item = next((item for item in lookups.described if item.sku == candidate.value), None)
    return _texts(item) if item else candidate.label


def _texts(item: Item) -> str:
    return f"{item.description} {item.sku} {item.mpn}"


def _shares_anything(description: str, item: Item) -> bool:
    text = " ".join((item.description, item.description_de, item.description_fr, item.manufacturer))
    return bool(words_in(description) & words_in(text))


def _with_habits(lookups: ItemLookups) -> tuple[Candidate, ...]:
    """The candidates after what the customer ordered; of who had none of them, after what everyone orders."""
    if any(lookups.ordered.get(each.value) for each in lookups.candidates):
        return with_history(lookups.candidates, lookups.ordered)
    return with_everyones(lookups.candidates, lookups.ordered_by_all)


def _by_description(line: PurchaseOrderLine, lookups: ItemLookups) -> tuple[Match | None, tuple[Finding, ...]]:
    tied = _near_tie(lookups)
    lookups = lookups.model_copy(update={"candidates": _with_habits(lookups)})
    if not lookups.candidates or lookups.candidates[0].score < lookups.accept:
        near = next((each for each in lookups.candidates[1:] if each.value in tied), None)
        return None, (ambiguous_item(line, lookups.candidates, near) if near else unknown_item(line, _offered(lookups)),)
    best, rest = lookups.candidates[0], lookups.candidates[1:]
    missing = _missing_sizes(line.description or "", _label(best, lookups))
    hinted = next((each for each in lookups.hints if each.value != best.value), None)
    rival = next((c for c in rest if _rivals(line, best, c, missing, lookups)), hinted)
    if rival is not None:
        return None, (ambiguous_item(line, tuple(dict.fromkeys((best, rival, *rest))), rival),)
    match = Match(
        value=best.value,
        how="description",
        score=best.score,
        reasons=best.reasons or ("the description fits",),
        runner_up=rest[0] if rest else None,
        agreeing=("description",),
        accept=lookups.accept,
    )
    item = next((item for item in lookups.described if item.sku == best.value), None)
    return match, (*unknown_numbers(line, match), *(not_for_sale(line, item) if item else ()))


def _near_tie(lookups: ItemLookups) -> frozenset[str]:
    """The SKUs of two that share what would be enough for one, as the same words under several of our numbers do."""
    if len(lookups.candidates) < 2 or lookups.hints:
        return frozenset()
    best, second = lookups.candidates[:2]
    is_tie = best.score - second.score < MARGIN and best.score >= _HALF and best.score + second.score >= lookups.accept
    return frozenset({best.value, second.value}) if is_tie else frozenset()


def asks_history(line: PurchaseOrderLine, lookups: ItemLookups) -> bool:
    """Whether words alone name something without being enough: only then what the customer ordered before is looked at."""
    if not lookups.candidates or lookups.learned is not None or any(_hits(lookups)) or lookups.reviewed is not None:
        return False
    return bool(line.description) and lookups.candidates[0].score < lookups.accept


def _rivals(line: PurchaseOrderLine, best: Candidate, other: Candidate, missing: frozenset[str], lookups: ItemLookups) -> bool:
    """Whether `other` is too near: by its score, or because it has a stated size that the best one lacks."""
    if best.score - other.score < MARGIN:
        return True
    lacks = _missing_sizes(line.description or "", _label(other, lookups))
    return best.score - other.score < 0.25 and bool(missing - lacks)


def _offered(lookups: ItemLookups) -> tuple[Candidate, ...]:
    """What was learned without certainty, then what is a slip away from the line's number, then what the words look like."""
    by_words = {each.value: each for each in lookups.candidates}
    near = [_both(each, by_words.get(each.value)) for each in lookups.nearly_numbered]
    offered: dict[str, Candidate] = {}
    for each in (*lookups.hints, *near, *lookups.candidates):
        offered.setdefault(each.value, each)
    return tuple(offered.values())


def _both(by_number: Candidate, by_words: Candidate | None) -> Candidate:
    """A candidate that number and words speak for, with the reasons of both."""
    if by_words is None:
        return by_number
    score, reasons = max(by_number.score, by_words.score), (*by_number.reasons, *by_words.reasons)
    return by_number.model_copy(update={"score": score, "reasons": reasons})

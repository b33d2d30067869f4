"""Which item a line means: by the buyer's own number, GTIN, our SKU, the maker's number, and only then by its words.

A number that fits is believed unless another number or the description speaks against it. No answer is an answer:
a line for something we do not sell must not be matched.
"""

from __future__ import annotations

from collections.abc import Iterator

from models.domain.catalogue import Item
from models.domain.findings import Candidate, Finding, Severity
from models.domain.normalisation import folded, numbers_in, similarity, words_in
from models.domain.purchase_order import PurchaseOrderLine
from models.domain.sales_order import Match
from models.domain.values import Value

#: A description must be this like the item's, and this much liker than the next one: at 0.82 typing errors and left-out
#: words pass and other goods of the same kind do not; 0.08 is about one word in twelve, less than a size that differs.
ACCEPT, MARGIN = 0.82, 0.08
#: With letters this far apart and no word in common, number and description speak of different things.
_UNLIKE = 0.5

_WEIGHTS = {"customer_part_number": 0.99, "gtin": 0.99, "seller_part_number": 0.98, "mpn": 0.95}
_NAMES = {
    "customer_part_number": "the customer's part number",
    "gtin": "the GTIN",
    "seller_part_number": "our SKU",
    "mpn": "the manufacturer's part number",
}


class ItemLookups(Value):
    """What the catalogue answered for one line: items by each number the line gives, and what its words look like.

    `reviewed` is the item that a reviewer named; `candidates` come best first, their values are SKUs; `described` holds
    the items of the candidates as far as they were loaded.
    """

    reviewed: Item | None = None
    by_customer_number: Item | None = None
    by_gtin: Item | None = None
    by_sku: Item | None = None
    by_mpn: tuple[Item, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    described: tuple[Item, ...] = ()


def match_item(line: PurchaseOrderLine, lookups: ItemLookups) -> tuple[Match | None, tuple[Finding, ...]]:
    """The item's SKU with its reasons, and every doubt. None where no item is sure enough to be shipped unseen."""
    if lookups.reviewed is not None:
        item = lookups.reviewed
        match = Match(value=item.sku, how="reviewer", score=1.0, reasons=("chosen by a reviewer",), agreeing=("reviewer",))
        return match, _discontinued(line, item)
    hits = tuple(_hits(lookups))
    if hits:
        return _by_number(line, hits, lookups)
    return _by_description(line, lookups)


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
        return None, (_several_makers(line, hits[0][1]),)
    agreeing = [kind for kind, found in hits if item.sku in {one.sku for one in found}]
    against = [(kind, found[0]) for kind, found in hits if kind not in agreeing]
    likeness = description_likeness(line.description, item)
    if likeness is not None and likeness >= 0.6:
        agreeing.append("description")
    match = Match(
        value=item.sku,
        how=agreeing[0],
        score=max(_WEIGHTS[kind] for kind in agreeing if kind in _WEIGHTS),
        reasons=tuple(f"{_NAMES.get(kind, 'the description')} fits" for kind in agreeing),
        runner_up=next((candidate for candidate in lookups.candidates if candidate.value != item.sku), None),
        agreeing=tuple(agreeing),
    )
    if against:
        conflicts: tuple[Finding, ...] = (_numbers_conflict(line, item, agreeing[0], against),)
    else:
        conflicts = _description_conflict(line, item, agreeing, likeness, lookups)
    return match, (*conflicts, *_discontinued(line, item))


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
            f"{_NAMES[agreeing[0]]} means {item.sku} ({item.description}), but the words fit {rival.value} ({rival.label}) better"
        )
        return (_conflict(line, cause, item, (rival,)),)
    if likeness >= _UNLIKE or len(words_in(line.description)) < 2 or _shares_anything(line.description, item):
        return ()
    cause = f"{_NAMES[agreeing[0]]} means {item.sku} ({item.description}), but the line describes {line.description[:100]!r}"
    if len(agreeing) >= 2:
        # Two numbers that agree outweigh words: people describe goods in their own way and language.
        return (_conflict(line, cause, item, (), severity=Severity.WARNING, code="description_differs"),)
    return (_conflict(line, cause, item, ()),)


def _better_rival(description: str, item: Item, likeness: float, lookups: ItemLookups) -> Candidate | None:
    """A near-certain other item: much liker than the one numbered, or with the stated sizes where the numbered one has others."""
    own = max([likeness, *(candidate.score for candidate in lookups.candidates if candidate.value == item.sku)])
    others = [candidate for candidate in lookups.candidates if candidate.value != item.sku and candidate.score >= ACCEPT]
    for rival in others:
        if rival.score - own >= 0.25:
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


def _by_description(line: PurchaseOrderLine, lookups: ItemLookups) -> tuple[Match | None, tuple[Finding, ...]]:
    if not lookups.candidates or lookups.candidates[0].score < ACCEPT:
        return None, (_unknown(line, lookups.candidates),)
    best, rest = lookups.candidates[0], lookups.candidates[1:]
    missing = _missing_sizes(line.description or "", _label(best, lookups))
    rival = next((c for c in rest if _rivals(line, best, c, missing, lookups)), None)
    if rival is not None:
        return None, (_ambiguous(line, lookups.candidates, rival),)
    match = Match(
        value=best.value,
        how="description",
        score=best.score,
        reasons=best.reasons or ("the description fits",),
        runner_up=rest[0] if rest else None,
        agreeing=("description",),
    )
    item = next((item for item in lookups.described if item.sku == best.value), None)
    unknown_numbers = _unknown_numbers(line, match)
    return match, (*unknown_numbers, *(_discontinued(line, item) if item else ()))


def _rivals(line: PurchaseOrderLine, best: Candidate, other: Candidate, missing: frozenset[str], lookups: ItemLookups) -> bool:
    """Whether `other` is too near: by its score, or because it has a stated size that the best one lacks."""
    if best.score - other.score < MARGIN:
        return True
    lacks = _missing_sizes(line.description or "", _label(other, lookups))
    return best.score - other.score < 0.25 and bool(missing - lacks)


def _unknown_numbers(line: PurchaseOrderLine, match: Match) -> tuple[Finding, ...]:
    """A person should know that the line's numbers led nowhere and its words alone chose the item."""
    read = next((number for number in (line.buyer_part_number, line.seller_part_number, line.gtin) if number), None)
    if read is None:
        return ()
    message = f"Line {line.number}: we know no number {read!r}; the description alone chose {match.value}."
    return (_finding("unknown_part_number", line, message, severity=Severity.WARNING, read=read, expected=match.value),)


def _unknown(line: PurchaseOrderLine, candidates: tuple[Candidate, ...]) -> Finding:
    numbers = (line.buyer_part_number, line.seller_part_number, line.gtin, line.description)
    read = " · ".join(text for text in numbers if text)[:200] or None
    what = f"{read!r}" if read else "the line, which names nothing,"
    message = (
        f'Line {line.number}: {what} fits nothing that we sell: name the item with {{"{line.number}.sku": "…"}}, or drop it.'
    )
    proposal = {f"{line.number}.sku": candidates[0].value} if candidates and candidates[0].score >= 0.6 else None
    return _finding("unknown_item", line, message, read=read, candidates=candidates[:5], proposal=proposal)


def _ambiguous(line: PurchaseOrderLine, candidates: tuple[Candidate, ...], rival: Candidate) -> Finding:
    best = candidates[0]
    message = f"Line {line.number}: {best.value} and {rival.value} both fit {line.description!r:.120}: say which one is meant."
    near = tuple(c for c in candidates if c in {best, rival} or best.score - c.score < 0.25)[:5]
    proposal = {f"{line.number}.sku": best.value}
    return _finding("ambiguous_item", line, message, read=line.description, candidates=near, proposal=proposal)


def _several_makers(line: PurchaseOrderLine, items: tuple[Item, ...]) -> Finding:
    candidates = tuple(_as_candidate(item, "the manufacturer's part number fits") for item in items[:5])
    message = f"Line {line.number}: several makers use this part number: say whose item is meant."
    proposal = {f"{line.number}.sku": candidates[0].value}
    return _finding("ambiguous_item", line, message, read=line.description, candidates=candidates, proposal=proposal)


def _numbers_conflict(line: PurchaseOrderLine, item: Item, kind: str, against: list[tuple[str, Item]]) -> Finding:
    other_kind, other = against[0]
    cause = f"{_NAMES[kind]} means {item.sku} ({item.description}), {_NAMES[other_kind]} means {other.sku} ({other.description})"
    return _conflict(line, cause, item, tuple(_as_candidate(other, f"{_NAMES[kind]} fits") for kind, other in against))


def _conflict(
    line: PurchaseOrderLine,
    cause: str,
    item: Item,
    others: tuple[Candidate, ...],
    *,
    severity: Severity = Severity.ERROR,
    code: str = "item_conflict",
) -> Finding:
    candidates = (_as_candidate(item, "its number fits"), *others)
    message = f"Line {line.number}: {cause}. Approving ships {item.sku}."
    proposal = {f"{line.number}.sku": str(item.sku)}
    return _finding(
        code, line, message, severity=severity, read=line.description, expected=item.description,
        candidates=candidates, proposal=proposal,
    )  # fmt: skip


def _discontinued(line: PurchaseOrderLine, item: Item) -> tuple[Finding, ...]:
    if not item.is_discontinued:
        return ()
    instead = f"its successor is {item.successor}" if item.successor else "it has no successor"
    message = f"Line {line.number}: {item.sku} ({item.description}) is discontinued; {instead}."
    proposal = {f"{line.number}.sku": str(item.successor)} if item.successor else None
    return (_finding("discontinued_item", line, message, read=item.sku, expected=item.successor, proposal=proposal),)


def _as_candidate(item: Item, reason: str) -> Candidate:
    return Candidate(value=item.sku, label=item.description, score=0.95, reasons=(reason,))


def _finding(
    code: str,
    line: PurchaseOrderLine,
    message: str,
    *,
    severity: Severity = Severity.ERROR,
    read: str | None = None,
    expected: str | None = None,
    candidates: tuple[Candidate, ...] = (),
    proposal: dict[str, str] | None = None,
) -> Finding:
    numbered = {"gtin": line.gtin, "seller_part_number": line.seller_part_number, "buyer_part_number": line.buyer_part_number}
    name = next((name for name in reversed(numbered) if numbered[name]), "description")
    return Finding(
        code=code,
        severity=severity,
        message=message,
        field=f"lines[{line.number - 1}].{name}",
        line=line.number,
        read=read,
        expected=expected,
        candidates=candidates,
        proposal=proposal,
    )

"""The doubts about which item a line means, in words, with the candidates, their reasons and what would mend it."""

from __future__ import annotations

from models.domain.catalogue import Item
from models.domain.findings import Candidate, Finding, Severity
from models.domain.purchase_order import PurchaseOrderLine
from models.domain.sales_order import Match

#: The kinds of number that name an item, in words.
NAMES = {
    "customer_part_number": "the customer's part number",
    "gtin": "the GTIN",
    "seller_part_number": "our SKU",
    "mpn": "the manufacturer's part number",
}


def unknown_numbers(line: PurchaseOrderLine, match: Match) -> tuple[Finding, ...]:
    """A person should know that the line's numbers led nowhere and its words alone chose the item."""
    read = next((number for number in (line.buyer_part_number, line.seller_part_number, line.gtin) if number), None)
    if read is None:
        return ()
    message = f"Line {line.number}: we know no number {read!r}; the description alone chose {match.value}."
    return (_finding("unknown_part_number", line, message, severity=Severity.WARNING, read=read, expected=match.value),)


def unknown_item(line: PurchaseOrderLine, candidates: tuple[Candidate, ...]) -> Finding:
    numbers = (line.buyer_part_number, line.seller_part_number, line.gtin, line.description)
    read = " · ".join(text for text in numbers if text)[:200] or None
    what = f"{read!r}" if read else "the line, which names nothing,"
    fits, pick = ("fits nothing that we sell surely", "pick or name") if candidates else ("fits nothing that we sell", "name")
    message = f'Line {line.number}: {what} {fits}: {pick} the item with {{"{line.number}.sku": "…"}}, or drop it.'
    proposal = {f"{line.number}.sku": candidates[0].value} if candidates and candidates[0].score >= 0.6 else None
    return _finding("unknown_item", line, message, read=read, candidates=candidates[:5], proposal=proposal)


def ambiguous_item(line: PurchaseOrderLine, candidates: tuple[Candidate, ...], rival: Candidate) -> Finding:
    best = candidates[0]
    message = f"Line {line.number}: {best.value} and {rival.value} both fit {line.description!r:.120}: say which one is meant."
    near = tuple(c for c in candidates if c in {best, rival} or best.score - c.score < 0.25)[:5]
    proposal = {f"{line.number}.sku": best.value}
    return _finding("ambiguous_item", line, message, read=line.description, candidates=near, proposal=proposal)


def several_makers(line: PurchaseOrderLine, items: tuple[Item, ...]) -> Finding:
    candidates = tuple(as_candidate(item, "the manufacturer's part number fits") for item in items[:5])
    message = f"Line {line.number}: several makers use this part number: say whose item is meant."
    proposal = {f"{line.number}.sku": candidates[0].value}
    return _finding("ambiguous_item", line, message, read=line.description, candidates=candidates, proposal=proposal)


def numbers_conflict(line: PurchaseOrderLine, item: Item, kind: str, against: list[tuple[str, Item]]) -> Finding:
    other_kind, other = against[0]
    cause = f"{NAMES[kind]} means {item.sku} ({item.description}), {NAMES[other_kind]} means {other.sku} ({other.description})"
    return item_conflict(line, cause, item, tuple(as_candidate(other, f"{NAMES[kind]} fits") for kind, other in against))


def item_conflict(
    line: PurchaseOrderLine,
    cause: str,
    item: Item,
    others: tuple[Candidate, ...],
    *,
    severity: Severity = Severity.ERROR,
    code: str = "item_conflict",
) -> Finding:
    candidates = (as_candidate(item, "its number fits"), *others)
    message = f"Line {line.number}: {cause}. Approving ships {item.sku}."
    proposal = {f"{line.number}.sku": str(item.sku)}
    return _finding(
        code, line, message, severity=severity, read=line.description, expected=item.description,
        candidates=candidates, proposal=proposal,
    )  # fmt: skip


def not_for_sale(line: PurchaseOrderLine, item: Item) -> tuple[Finding, ...]:
    """What speaks against selling the item at all."""
    if item.is_blocked:
        message = f"Line {line.number}: {item.sku} ({item.description}) is blocked: nothing of it is sold without a release."
        return (_finding("item_blocked", line, message, read=item.sku), *discontinued(line, item))
    return discontinued(line, item)


def discontinued(line: PurchaseOrderLine, item: Item) -> tuple[Finding, ...]:
    if not item.is_discontinued:
        return ()
    instead = f"its successor is {item.successor}" if item.successor else "it has no successor"
    message = f"Line {line.number}: {item.sku} ({item.description}) is discontinued; {instead}."
    if item.successor is None:
        return (_finding("discontinued_item", line, message, read=item.sku),)
    successor = Candidate(value=item.successor, score=0.9, reasons=(f"it is the successor of {item.sku}",))
    proposal = {f"{line.number}.sku": str(item.successor)}
    return (
        _finding(
            "discontinued_item", line, message, read=item.sku, expected=item.successor, candidates=(successor,), proposal=proposal
        ),
    )


def as_candidate(item: Item, reason: str) -> Candidate:
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

"""Orders that name no goods but an earlier order: "same as last time", "wie letzte Woche", "repeat our order 4711".

Which order is meant is put to a person, always: the earlier ones are ranked with reasons, and the person names one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from models.domain.findings import Candidate, Finding, Severity
from models.domain.normalisation import folded, normalised_part_number
from models.domain.purchase_order import PurchaseOrderLine
from models.domain.sales_order import SalesOrder
from models.domain.values import Value

Period = Literal["last time", "last week", "last month"]

_MOST_SENTENCES, _SHOWN = 400, 5
#: Words as `folded` leaves them.
_LIKE = "same as|same|as|like|wie|comme|como|come|zoals|net als|tak jak|jak"
_WHEN: dict[Period, str] = {
    "last week": "last week|letzte woche|vorige woche|letzter woche|semaine derniere|semaine passee|semana pasada"
    "|settimana scorsa|vorige week|zeszlym tygodniu|ubieglym tygodniu",
    "last month": "last month|letzten monat|letztem monat|vorigen monat|mois dernier|mes pasado|mese scorso|vorige maand|"
    "zeszlym miesiacu|ubieglym miesiacu",
    "last time": "last time|last order|previous order|before|usual|letztes mal|letzten mal|letzte mal|letzte bestellung"
    "|beim letzten|letzten auftrag|ueblich|immer|zuletzt|gehabt|derniere fois|derniere commande|d habitude"
    "|ultima vez|ultimo pedido|siempre"
    "|ultima volta|ultimo ordine|solito|vorige keer|vorige bestelling|altijd|ostatnio|poprzednio|zawsze",
}
_ANY_WHEN = "|".join(_WHEN.values())
_AGAIN = re.compile(
    rf"\b(?:{_LIKE})(?: \w+){{0,3}}? (?:{_ANY_WHEN})\b"
    r"|\bsame (?:order |again|quantities )again\b|\bsame again\b|\brepeat(?: \w+){0,3} (?:order|po)\b|\brepeat order\b"
    r"|\b(?:noch ?mal|noch einmal|erneut|wieder)(?: \w+){0,2} (?:dasselbe|das gleiche|die gleiche|dieselbe)\b"
    r"|\b(?:bestellung|auftrag)(?: \w+){0,3} (?:wiederholen|nochmal|nochmals|noch einmal)\b|\bnachbestellung (?:zu|von|der) "
    r"|\bmeme (?:commande|chose)\b|\bmismo pedido\b|\blo mismo\b|\bstesso ordine\b|\bhetzelfde\b|\bto samo\b"
)
_NUMBER = re.compile(r"(?<![\w/.-])[A-Za-z]{0,6}[-/]?\d[\w/-]{2,30}(?:\.\d+)*")
#: Right after the words that ask for the same again; and what is as usual without being goods.
_BESIDES = re.compile(
    r"(?: \w+){0,5}? (?:plus|and also|and in addition|additionally|as well as|zusaetzlich|und dazu|dazu noch|ausserdem|"
    r"sowie|und noch|en plus|et aussi|ainsi que|y ademas|ademas|e in piu|inoltre|en daarbij|plus noch|oraz dodatkowo|dodatkowo)\b"
)
_OTHER_THING = re.compile(
    r"\b(?:\w*adres\w*|lieferung|delivery|price\w*|preise?|terms|konditionen|versand\w*|shipping|livraison|prix|conditions)\b"
)
_NEAR_BY = 80
#: In front of the number that the new order itself bears.
_OWN_CUE = re.compile(
    r"(?:under|unter|sous|con|sotto|onder|pod|new|neue|our po|bestellnummer|bestell nr|po number|po no)(?: \w+){0,2} ?$"
)


class AskedAgain(Value):
    """That earlier goods are wanted again: the words and their place in the text, of when, and the numbers that are named:
    that of the order meant, and the new order's own."""

    words: str
    start: int
    end: int
    period: Period = "last time"
    number: str | None = None
    own_number: str | None = None


def asked_again(text: str) -> AskedAgain | None:
    """What the text says of ordering the same again; None where it does not. What is quoted says nothing."""
    sentences = list(_sentences(text))[:_MOST_SENTENCES]
    found = next(((at, words) for at, words in sentences if _AGAIN.search(folded(words))), None)
    if found is None:
        return None
    at, words = found
    plain = folded(words)
    period = next((name for name, when in _WHEN.items() if re.search(rf"\b(?:{when})\b", plain)), "last time")
    numbers = [
        (one[0], bool(_OWN_CUE.search(folded(said[: one.start()])))) for _, said in sentences for one in _NUMBER.finditer(said)
    ]
    in_sentence = {one[0] for one in _NUMBER.finditer(words)}
    return AskedAgain(
        words=words,
        start=at,
        end=at + len(words),
        period=period,
        number=next((number for number, is_own in numbers if number in in_sentence and not is_own), None),
        own_number=next((number for number, is_own in numbers if is_own), None),
    )


def also_again(text: str) -> AskedAgain | None:
    """As `asked_again`, where further goods are wanted besides: "same as last time plus 2 rolls". An address or a price that is
    "as usual" asks for no goods."""
    asked = asked_again(text)
    if asked is None:
        return None
    again = _AGAIN.search(folded(text[asked.start : asked.end + _NEAR_BY]))
    return (
        asked
        if again and _BESIDES.match(again.string, again.end()) and not _OTHER_THING.search(again.string[: again.end()])
        else None
    )


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences that the sender wrote himself, with their places."""
    for found in re.finditer(r"[^\n.!?;]+(?:\.(?=\S)[^\n.!?;]+)*", text[:20_000]):
        words = found[0].strip()
        if words and not words.startswith(">"):
            yield found.start() + found[0].index(words), words[:300]


def reorder_finding(asked: AskedAgain, earlier: Sequence[SalesOrder], on: date) -> Finding:
    """The question which order is meant, with the customer's `earlier` orders ranked by what speaks for each."""
    ranked = sorted((_candidate(asked, order, earlier, on) for order in earlier), key=lambda each: -each.score)[:_SHOWN]
    said = f"The buyer orders goods by an earlier order alone: {asked.words[:160]!r}."
    advice = 'Name the order whose goods are meant with {"repeat": "…"}; today\'s prices hold.' if ranked else (
        "We have no earlier order of theirs: ask the buyer which goods are meant, and reject this one."
    )  # fmt: skip
    return Finding(
        code="reorder",
        severity=Severity.ERROR,
        message=f"{said} {advice}",
        field="notes",
        read=asked.words[:200],
        candidates=tuple(ranked),
        proposal={"repeat": ranked[0].value} if ranked and ranked[0].score >= 0.6 else None,
    )


def _candidate(asked: AskedAgain, order: SalesOrder, earlier: Sequence[SalesOrder], on: date) -> Candidate:
    received = order.source.received_at.date()
    reasons = [f"received {received}"]
    score = 0.3
    if _is_named(asked.number, order):
        score = 0.95
        reasons.append(f"its number {asked.number} is named")
    if _is_within(asked.period, received, on):
        alone = sum(_is_within(asked.period, other.source.received_at.date(), on) for other in earlier) == 1
        score, reasons = (
            max(score, 0.85 if alone else 0.5),
            [*reasons, f"it is of {asked.period}{', and the only one' if alone else ''}"],
        )
    if order == max(earlier, key=lambda each: each.source.received_at):
        usual = 0.8 if asked.period == "last time" and asked.number is None else 0.4
        score = max(score, usual)
        reasons.append("it is their latest order")
    goods = ", ".join(f"{line.ordered or Decimal(0):f} {line.unit or ''} {line.sku}" for line in order.lines[:4])
    more = f" and {len(order.lines) - 4} more lines" if len(order.lines) > 4 else ""
    return Candidate(value=order.order_id, label=f"{goods}{more}", score=score, reasons=tuple(reasons))


def _is_named(number: str | None, order: SalesOrder) -> bool:
    own = {normalised_part_number(each) for each in (order.purchase_order.po_number, order.number) if each}
    return number is not None and normalised_part_number(number) in own


def _is_within(period: Period, day: date, on: date) -> bool:
    """Whether the day lies in the calendar week or month before that of `on`."""
    if period == "last week":
        monday = on - timedelta(days=on.weekday() + 7)
        return monday <= day < monday + timedelta(days=7)
    if period == "last month":
        last = on.replace(day=1) - timedelta(days=1)
        return (day.year, day.month) == (last.year, last.month)
    return False


def lines_again(order: SalesOrder, *, after: int = 0) -> tuple[PurchaseOrderLine, ...]:
    """The goods of an earlier order as they are asked again: our SKUs and quantities, without the prices of then.

    Their numbers follow on `after`, the last of the lines that the buyer wrote himself.
    """
    return tuple(
        PurchaseOrderLine(
            number=number,
            seller_part_number=line.sku,
            buyer_part_number=line.buyer_part_number,
            description=line.description or None,
            quantity=line.ordered,
            unit=line.unit,
        )
        for number, line in enumerate((line for line in order.lines if line.sku), start=after + 1)
    )

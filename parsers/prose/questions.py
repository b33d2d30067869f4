"""What a clerk asks of a letter whose lines were read: goods beside the order, and prices that some of them lack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from models.contracts.extraction_v1 import Problem
from models.domain.findings import Severity
from parsers.prose.items import Item, Source
from parsers.prose.labels import LetterHead
from parsers.prose.lines import items_of
from parsers.prose.places import without_places
from parsers.prose.po_number import po_number_in
from parsers.prose.segments import segments_of
from parsers.prose.wanted_days import bare_day_in, day_in
from parsers.prose.words import pattern

_SHOWN = 80
_FORWARDED = 0.85
#: "Kunde 20877", "(acc J0417)", "kod klienta K-1180".
_ACCOUNT = (
    r"(?<!\w){{accounts}}\.?\s*:?\s*(?:(?:no|nr|n[°º]|#)\.?\s*)?"
    r"(?P<code>(?=[A-Z]{0,4}[-/]?\d{2})[A-Z]{0,4}[-/]?\d[\w-]{1,10})(?![\w/]|[.,]\d)"
)


def take_from_remark(head: LetterHead, remark: Source, written_on: date | None) -> None:
    """The number, the day and the customer's number that who forwards an order gives it, where the order itself has none."""
    if "po_number" not in head.fields:
        head.take("po_number", po_number_in(remark))
    if "requested_delivery_date" not in head.fields:
        segments = segments_of(remark.text, remark.style, remark.language)
        days = (day_in(remark, segment, written_on) or bare_day_in(remark, segment, written_on) for segment in segments)
        head.take("requested_delivery_date", next((day for day in days if day is not None), None))
    if "customer_number" not in head.numbers and (found := pattern(_ACCOUNT).search(remark.text)):
        head.numbers["customer_number"] = remark.stated(found["code"], *found.span("code"), _FORWARDED)


def without_values(remark: Source, head: LetterHead) -> Source:
    """The remark with the numbers and the day blanked that the order has, wherever it has them from."""
    text = remark.text
    stated = [head.fields.get("po_number"), head.fields.get("requested_delivery_date"), head.numbers.get("customer_number")]
    for value in stated:
        for words in {place.text for place in value.evidence if place.text} if value is not None else ():
            text = text.replace(words, " " * len(words))
    return replace(remark, text=text)


def said_aside(aside: Source) -> Iterator[Problem]:
    """Goods with their number above what is forwarded or below the sign-off: nothing there was read."""
    source = replace(aside, text=without_places(aside.text))
    found = items_of(source, segments_of(source.text, source.style, source.language)).items if source.text.strip() else ()
    if goods := [item for item in found if item.line.unit or item.line.seller_part_number]:
        words = " ".join(goods[0].segment.of(source.text).split())[:_SHOWN]
        message = f'{source.part} names goods beside the order ("{words}"), which were not read: see whether they count'
        yield Problem(code="unread_values", severity=Severity.ERROR, field="lines", message=message)


def priced_unevenly(items: Sequence[Item], part: str) -> Iterator[Problem]:
    """Where some goods have a price, one that has none may have lost it, or its price went to another."""
    priced = [item.line.unit_price is not None for item in items]
    if any(priced) and not all(priced):
        message = f"line {priced.index(False) + 1} has no price, others have: see whether {part} states one"
        yield Problem(code="missing_price", severity=Severity.ERROR, field=f"lines[{priced.index(False)}]", message=message)

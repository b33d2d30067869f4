"""Rows and labels of an order's foot: totals, tax, freight, and what a lone total can mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from models.contracts.extraction_v1 import StatedValue
from models.domain.document import TextBox
from models.domain.values import plain
from parsers.head_words import kinds_of
from parsers.lexicon import folded, meaning_of_label, split_at_label
from parsers.values.cells import CLEAN, price_cell, stated_number
from parsers.values.numbers import NumberStyle, currency_of, parse_number

#: Labels of the foot. `total` says nothing about tax; `subtotal` may be a page's; the rest are charges beside the lines.
FOOT = frozenset(
    {"total_net", "total_tax", "total_gross", "total", "subtotal", "carried_over", "freight", "surcharge", "order_discount"}
)
CLOSING = frozenset({"total_net", "total_gross", "total"})
CHARGES = frozenset({"freight", "surcharge", "order_discount"})
_WHOLE = frozenset({"total", "total_net", "total_gross", "subtotal"})
_IN_ALL = re.compile(r"\b(?:tota\w{1,3}|gesamt\w*|ges|summe|sum[ae]?|somm[ea]|razem|lacznie)\b")
_COUNTED = frozenset({"quantity", "pack", "unit", "position"})
_BESIDE_COUNTS = frozenset({"amount", "number", "filler", "order", "thing", "text"})
_COLUMNS = ("total_net", "total_tax", "total_gross")
_MOST_GROUP_WORDS = 6
_POSITION = re.compile(r"\d{1,3}(?:[.]\d{1,4}){0,4}\.?")
_BRACKETED = re.compile(r"\([^()]*\)")
_LONGEST_ROW = 200
#: A label and its amount among several in one row.
_SUMMED = re.compile(
    r"(?P<label>[^\d:]{3,40}?)[:\s]\s*(?P<amount>(?:[A-Z]{3}\s|[$€£]\s?)?\d[\d.,'’]*(?:\s?[€£$]|\s[A-Z]{3}\b)?)(?:\s+|$)"
)
_FIGURES = re.compile(r"(?<![\d.,])\d+(?:[.,'’\u00a0\u202f ]\d{3})*(?:[.,]\d{1,2})?(?![\d])")
#: Rates of tax on sales, and how sure a tax is that only the difference of the sums names.
_LEAST_TAX, _MOST_TAX, _BETWEEN = Decimal("0.019"), Decimal("0.271"), 0.9
_SHARE = re.compile(r"[(@]?\s?\d{1,2}(?:[.,]\d{1,3})?\s?%\s?\)?")


#: "Net 30", "Netto 14 Tage": terms of payment, which begin like a total.
TERMS = re.compile(
    r"net(?:to|ti|s)?\.?\s+\d{1,3}(?:\s*(?:d|days?|tage|jours|d[ií]as|giorni|gg|dagen|dni))?\b(?![.,]\d).*", re.IGNORECASE
)


class FootValue(NamedTuple):
    """An amount of the foot, where its label stands in its row, and what the label says."""

    field: str
    box: TextBox
    number: Decimal
    place: int
    label: TextBox


@lru_cache(maxsize=8_192)
def foot_field(text: str) -> str | None:
    """The foot's field that a label names ("MwSt 19 %" is total_tax, "Zwischensumme Gemüse" is subtotal), or None."""
    label = _SHARE.sub(" ", text).strip(" :.=*-")
    if _BRACKETED.fullmatch(label):
        return None  # "(Packung)" explains a word above
    meaning = meaning_of_label(label)
    if meaning is None:
        return "subtotal" if _is_sum_of_a_group(label) else None
    return meaning.name if meaning.name in FOOT else None


def _is_sum_of_a_group(label: str) -> bool:
    """Whether a subtotal's label goes on with the name of what it sums up."""
    words = label.split()
    named = [word for word in words if not _POSITION.fullmatch(word)]  # "Summe 02.01 Beton und Bewehrung"
    if not 1 < len(words) <= _MOST_GROUP_WORDS or any(sign.isdigit() for word in named for sign in word):
        return False
    sums = {"subtotal"} if len(named) == len(words) else {"subtotal", "total"}
    names = (meaning_of_label(" ".join(words[:count])) for count in (1, 2))
    return any(meaning is not None and meaning.name in sums and meaning.strength >= 1 for meaning in names)


@lru_cache(maxsize=8_192)
def is_foot_label(text: str) -> bool:
    """Whether a text labels an amount of the foot, or what all lines count together: "Totaal aantal dozen"."""
    if foot_field(text) is not None:
        return True
    kinds = kinds_of(text.strip(" :.=*-")) or [] if _IN_ALL.search(folded(text)) else []
    return any(each & _COUNTED for each in kinds) and all(each & (_COUNTED | _BESIDE_COUNTS) for each in kinds)


def foot_values(row: Sequence[TextBox | None], style: NumberStyle, money: int | None = None) -> list[FootValue]:
    """The labelled amounts of a row: "Net total | | 860.00", "VAT: 12.00 | Total: 72.00". Empty ones are left out. `money` is the
    place of the lines' amounts, whose sum a row of several sums means."""
    values = []
    for place, cell in enumerate(row):
        if cell is not None and (several := _several(cell, place, style)):
            values += several
            continue
        if cell is None or not cell.text.strip() or len(cell.text) > 80 or TERMS.fullmatch(cell.text.strip()):
            continue
        if field := foot_field(cell.text):
            if field in _WHOLE and (three := _net_tax_gross(row, place, style)):
                values += three
            elif amount := _amount_after(row, place, style, money):
                values.append(FootValue(field, *amount, place, cell))
        elif (split := split_at_label(_SHARE.sub(" ", cell.text))) and split[0].name in FOOT:
            price = price_cell(split[2], style)
            of_part = _amount_after(row, place, style) if re.search(r"[.,]\d", split[2]) is None else None
            if of_part is not None:
                values.append(FootValue("subtotal", *of_part, place, cell))  # "Sum of lot 2"
            elif price is not None:
                values.append(FootValue(split[0].name, cell, price.number, place, replace(cell, text=split[1])))
    return values


def _several(cell: TextBox, place: int, style: NumberStyle) -> list[FootValue]:
    """The amounts of a cell that says several sums in a row: "Total Units: 1,140 Total Cost: $8,820.00"."""
    text = cell.text[:_LONGEST_ROW]
    found = list(_SUMMED.finditer(text))
    if len(found) < 2 or "".join(part[0] for part in found).strip() != text.strip():
        return []
    pairs = [(each["label"].strip(" :;,·|"), price_cell(each["amount"], style)) for each in found]
    named = [(foot_field(label), label, price) for label, price in pairs]
    said = [(field, replace(cell, text=label), price) for field, label, price in named if field]
    return [FootValue(field, cell, price.number, place, label) for field, label, price in said if price is not None]


def tax_between(
    totals: Mapping[str, StatedValue], foot: Collection[str], boxes: Iterable[TextBox], style: NumberStyle
) -> StatedValue | None:
    """The tax that no label names: the amount among `boxes` that net and gross differ by, where that can be a tax and none of
    the charges that the `foot` states."""
    net, gross = totals.get("total_net"), totals.get("total_gross")
    if net is None or gross is None or "total_tax" in totals or _amount(net) <= 0 or not CHARGES.isdisjoint(foot):
        return None
    tax = _amount(gross) - _amount(net)
    if not _LEAST_TAX < tax / _amount(net) < _MOST_TAX:
        return None
    stating = (
        box for box in boxes if any(parse_number(text, style) == tax for text in _FIGURES.findall(box.text[:_LONGEST_ROW]))
    )
    box = next(stating, None)
    return stated_number(tax, box, min(_BETWEEN, net.confidence, gross.confidence)) if box is not None else None


def _net_tax_gross(row: Sequence[TextBox | None], place: int, style: NumberStyle) -> list[FootValue]:
    """The totals of a row that sums a net, a tax and a gross column: three amounts, of which the last is the others' sum."""
    cells = [cell for cell in row[place + 1 :] if cell is not None and "%" not in cell.text]
    found = [(cell, price.number) for cell in cells if (price := price_cell(cell.text, style)) is not None]
    if len(found) != len(_COLUMNS) or found[1][1] <= 0 or found[0][1] + found[1][1] != found[2][1]:
        return []
    label = row[place] or cells[0]
    return [FootValue(field, *amount, place, label) for field, amount in zip(_COLUMNS, found, strict=True)]


def _amount_after(
    row: Sequence[TextBox | None], place: int, style: NumberStyle, money: int | None = None
) -> tuple[TextBox, Decimal] | None:
    """The amount in the column of the lines' amounts, else the last one right of a label and before the next label."""
    found = None
    own = row[money] if money is not None and place < money < len(row) else None
    if any(cell is not None and cell.text.rstrip().endswith(":") for cell in row[place + 1 : money]):
        own = None  # what stands there has a label of its own
    if own is not None and (price := price_cell(own.text, style)) is not None:
        return own, price.number
    for cell in row[place + 1 :]:
        if cell is None or not cell.text.strip():
            continue
        price = price_cell(cell.text, style)
        if price is not None and "%" not in cell.text:
            found = (cell, price.number)
        elif foot_field(cell.text) or (found is not None and cell.text.rstrip().endswith(":")):
            break
    return found


def stated_total(value: FootValue) -> StatedValue | None:
    return stated_number(value.number, value.box, CLEAN)


def added(first: StatedValue, second: StatedValue) -> StatedValue:
    """Two amounts of one kind as one, with the evidence of both."""
    whole = plain(Decimal(first.value) + Decimal(second.value))
    return StatedValue(
        value=whole, confidence=min(first.confidence, second.confidence), evidence=(*first.evidence, *second.evidence)
    )


def foot_currency(value: FootValue) -> tuple[str, TextBox] | None:
    """The currency that the amount or its label names."""
    named = ((currency_of(box.text), box) for box in (value.box, value.label))
    return next(((code, box) for code, box in named if code), None)


def settled_totals(found: Mapping[str, StatedValue], lines_sum: Decimal | None) -> dict[str, StatedValue]:
    """`total_net`, `total_tax`, `total_gross` out of what the foot states.

    A subtotal is the net total if nothing else is. A lone total is the net total where it is the sum of the lines, and
    the gross one where net and tax (and charges) add up to it; else it is given as gross, with doubt.
    """
    totals = {name: found[name] for name in ("total_net", "total_tax", "total_gross") if name in found}
    lone, subtotal = found.get("total"), found.get("subtotal")
    if "total_net" not in totals and subtotal is not None and lines_sum in (_amount(subtotal), None):
        totals["total_net"] = subtotal
    if lone is None:
        return totals
    net, discount = totals.get("total_net"), found.get("order_discount")
    if net is not None and discount is not None and 0 < abs(_amount(discount)) == _amount(lone) - _amount(net):
        return totals  # "Total 7.535,00, total discount 630,00, net total 6.905,00"
    if net is not None and lines_sum is not None and _amount(net) != lines_sum == _amount(lone):
        totals["total_net"] = lone  # "Goods total" leaves out lines of services
        if "total_tax" in totals and not _amount(totals["total_tax"]):
            totals.setdefault("total_gross", lone)
    elif "total_net" in totals or "total_tax" in totals:
        totals.setdefault("total_gross", lone)
    elif "total_gross" in totals or (lines_sum is not None and _amount(lone) == lines_sum):
        totals["total_net"] = lone
    else:
        totals["total_gross"] = lone.model_copy(update={"confidence": min(lone.confidence, 0.5)})
    return totals


def _amount(value: StatedValue) -> Decimal:
    return Decimal(value.value)

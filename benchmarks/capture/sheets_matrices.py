"""Workbooks whose lines are no rows: sizes, colours, stores and weeks across; several orders, or one article without a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from benchmarks.capture.sheets_clerk import Clerk
from benchmarks.capture.sheets_forms import Rows, Written, kind_of, name_of
from benchmarks.capture.sheets_words import labels_of
from benchmarks.capture.workbooks import Cell, Sheet, workbook

_SIZES = (
    ("S", "M", "L", "XL"),
    ("XS", "S", "M", "L", "XL", "XXL"),
    ("38", "39", "40", "41", "42", "43"),
    ("48", "50", "52", "54"),
)


def _amounts(clerk: Clerk, count: int) -> list[Decimal | None]:
    """A quantity in some of `count` cells, in one at least."""
    cells = [
        Decimal(clerk.draw.choice((1, 2, 3, 4, 6, 8, 10, 12, 24))) if clerk.draw.random() < 0.6 else None for _ in range(count)
    ]
    return cells if any(cells) else [Decimal(5), *cells[1:]]


def _each(
    clerk: Clerk, truth: dict[str, Any], variants: Sequence[str], amounts: Sequence[Decimal | None]
) -> list[dict[str, Any]]:
    """A line for each filled cell; its text must show the variant, before or behind."""
    lines = []
    for variant, amount in zip(variants, amounts, strict=True):
        if amount is not None:
            text = truth["description"]
            shown = [f"{text} {variant}", f"{variant} {text}", f"{text} {clerk.head('size')} {variant}"]
            lines.append({**truth, "description": shown, "quantity": str(amount), "unit": None})
    return lines


def _head(clerk: Clerk) -> Rows:
    rows: Rows = [[clerk.say("title")]]
    rows += [[label, cell] for label, cell in clerk.pairs("po_number", "order_date", "requested")]
    return [*rows, [clerk.say("ship_to"), clerk.in_one("ship_to")], []]


def _with_sums(row: list[Cell], amounts: Sequence[Decimal | None], price: Decimal | None) -> list[Cell]:
    pieces = sum((amount for amount in amounts if amount is not None), Decimal(0))
    return [*row, *amounts, pieces, *([] if price is None else [price, pieces * price])]


def size_matrix(clerk: Clerk) -> Written:
    """Articles down, sizes across, the sum of pieces, the price and the amount behind; a row of sums below."""
    sizes = clerk.draw.choice(_SIZES)
    rows = _head(clerk)
    clerk.write("part", "description", "price")
    heads: list[Cell] = [clerk.head("part"), clerk.head("description"), *sizes]
    rows.append([*heads, clerk.say("total"), clerk.head("price"), clerk.head("total")])
    lines = []
    sums = [Decimal(0)] * len(sizes)
    for line in clerk.order.lines:
        amounts = _amounts(clerk, len(sizes))
        sums = [total + (amount or 0) for total, amount in zip(sums, amounts, strict=True)]
        rows.append(_with_sums([line.seller_part, line.description], amounts, line.price))
        lines += _each(clerk, clerk.line_truth(line), sizes, amounts)
    rows.append([clerk.say("total"), None, *sums, sum(sums, Decimal(0))])
    return workbook([Sheet(name_of(clerk), rows)], kind_of(clerk)), clerk.truth(lines)


def colour_matrix(clerk: Clerk) -> Written:
    """Colours across: words, where sizes would show by their form."""
    colours = labels_of("colours", clerk.language)
    rows = _head(clerk)
    clerk.write("part", "description", "price")
    rows.append([clerk.head("part"), clerk.head("description"), clerk.head("price"), *colours])
    lines = []
    for line in clerk.order.lines:
        amounts = _amounts(clerk, len(colours))
        rows.append([*clerk.row(line), *amounts])
        lines += _each(clerk, clerk.line_truth(line), colours, amounts)
    return workbook([Sheet(name_of(clerk), rows)], kind_of(clerk)), clerk.truth(lines)


def colour_by_size(clerk: Clerk) -> Written:
    """A row for each colour of an article, sizes across; the article stands once, above its colours."""
    sizes = clerk.draw.choice(_SIZES)
    colours = labels_of("colours", clerk.language)
    rows = _head(clerk)
    clerk.write("part", "price")
    rows.append([clerk.head("part"), clerk.head("colour"), clerk.head("price"), *sizes])
    lines = []
    for line in clerk.order.lines[:5]:
        for place, colour in enumerate(clerk.draw.sample(colours, clerk.draw.randint(1, 3))):
            amounts = _amounts(clerk, len(sizes))
            rows.append([line.seller_part if place == 0 else None, colour, line.price if place == 0 else None, *amounts])
            lines += _each(clerk, {**clerk.line_truth(line), "description": colour}, sizes, amounts)
    return workbook([Sheet(name_of(clerk), rows)], kind_of(clerk)), clerk.truth(lines)


def store_by_size(clerk: Clerk) -> Written:
    """Stores down, sizes across, the article in a column before."""
    sizes = clerk.draw.choice(_SIZES)
    stores = labels_of("stores", clerk.language)
    rows = _head(clerk)
    clerk.write("seller", "price")
    rows.append([clerk.head("store"), clerk.head("seller"), clerk.head("price"), *sizes, clerk.say("total")])
    lines = []
    for line in clerk.order.lines[:4]:
        for store in stores[: clerk.draw.randint(1, 4)]:
            amounts = _amounts(clerk, len(sizes))
            rows.append(_with_sums([store, line.seller_part, line.price], amounts, None))
            lines += [
                {**each, "description": "*"}
                for each in _each(clerk, {**clerk.line_truth(line), "description": ""}, sizes, amounts)
            ]
    return workbook([Sheet(name_of(clerk), rows)], kind_of(clerk)), clerk.truth(lines)


def store_columns(clerk: Clerk) -> Written:
    """Articles down, stores across: each filled cell goes to a store of its own."""
    stores = labels_of("stores", clerk.language)
    rows = _head(clerk)
    clerk.write("part", "description", "price")
    rows.append([*clerk.heads(), *stores, clerk.say("total")])
    lines = []
    for line in clerk.order.lines:
        amounts = _amounts(clerk, len(stores))
        rows.append(_with_sums(clerk.row(line), amounts, None))
        lines += _each(clerk, clerk.line_truth(line), stores, amounts)
    return workbook([Sheet(name_of(clerk), rows)], kind_of(clerk)), clerk.truth(lines)


def variant_rows(clerk: Clerk) -> Written:
    """Colour and size in columns of their own, a row for each."""
    rows = _head(clerk)
    sizes, colours = clerk.draw.choice(_SIZES), labels_of("colours", clerk.language)
    clerk.write("part", "gtin", "quantity", "price")
    rows.append([*clerk.heads()[:2], clerk.head("colour"), clerk.head("size"), *clerk.heads()[2:]])
    lines = []
    for line in clerk.order.lines:
        colour, size = clerk.draw.choice(colours), clerk.draw.choice(sizes)
        cells = clerk.row(line)
        rows.append([*cells[:2], colour, size, *cells[2:]])
        lines.append({**clerk.line_truth(line), "description": [f"{colour} {size}", f"{size} {colour}"]})
    return workbook([Sheet(name_of(clerk), rows)], kind_of(clerk)), clerk.truth(lines)


def many_orders(clerk: Clerk) -> Written:
    """A sheet for each of two orders, and a contact sheet; the second order is the first's lines from the end."""
    truths = []
    sheets: list[Sheet] = []
    for number in (clerk.order.po_number, f"{clerk.order.po_number}-B"):
        own = Clerk(replace(clerk.order, po_number=number, lines=clerk.order.lines[:: 1 if not sheets else -1]), clerk.draw)
        rows: Rows = [[label, cell] for label, cell in own.pairs("po_number", "order_date", "requested")]
        rows += [[own.say("ship_to"), own.in_one("ship_to")], []]
        own.write("part", "description", "quantity", "unit", "price")
        lines = own.order.lines if not sheets else tuple(replace(line, quantity=line.quantity + 1) for line in own.order.lines)
        own.order = replace(own.order, lines=lines)
        rows += [own.heads(), *own.rows()]
        sheets.append(Sheet(f"{number}".replace("/", "-"), rows))
        truths += own.truth()["orders"]
    sheets.append(Sheet("Info", [["Tel.", clerk.order.buyer.phone], ["Mail", clerk.order.buyer.email]]))
    return workbook(sheets, kind_of(clerk)), {"intent": "order", "orders": truths}


def single_article(clerk: Clerk) -> Written:
    """No table at all: one article, its number, quantity and price as labelled cells."""
    clerk.order = replace(clerk.order, lines=clerk.order.lines[:1])
    rows: Rows = [[clerk.say("title")], []]
    rows += [[label, cell] for label, cell in clerk.pairs("po_number", "order_date", "requested")]
    rows += [[clerk.say("ship_to"), clerk.in_one("ship_to")], []]
    clerk.write("seller", "description", "quantity", "unit", "price", "total")
    rows += [[head, cell] for head, cell in zip(clerk.heads(), clerk.rows()[0], strict=True)]
    return workbook([Sheet(name_of(clerk), rows)], kind_of(clerk)), clerk.truth()


def call_off_weeks(clerk: Clerk) -> Written:
    """A call-off: articles down, delivery days across, a quantity in some of the crossings."""
    days = [date.fromordinal(clerk.order.requested.toordinal() + 7 * week) for week in range(4)]
    rows: Rows = [[label, cell] for label, cell in clerk.pairs("po_number", "order_date")]
    rows += [[clerk.say("ship_to"), clerk.in_one("ship_to")], []]
    clerk.write("seller", "description", "unit", "price")
    rows.append([*clerk.heads(), *days])
    lines = []
    for line in clerk.order.lines:
        wanted = sorted(clerk.draw.sample(range(4), clerk.draw.randint(1, 3)))
        amounts = {week: Decimal(clerk.draw.choice((10, 20, 25, 40, 60))) for week in wanted}
        rows.append([*clerk.row(line), *(amounts.get(week) for week in range(4))])
        parts = [{"quantity": str(amounts[week]), "requested_delivery_date": days[week].isoformat()} for week in wanted]
        truth = {**clerk.line_truth(line), "quantity": str(sum(amounts.values()))}
        lines.append({**truth, "deliveries": parts})
    return workbook([Sheet(name_of(clerk), rows)], kind_of(clerk)), clerk.truth(lines)

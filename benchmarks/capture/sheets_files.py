"""Delimited files: separators, charsets and number styles of seven countries; the head above the table or again in each row."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from benchmarks.capture.sheets_clerk import Clerk
from benchmarks.capture.sheets_forms import Rows, Written
from benchmarks.capture.workbooks import Cell

#: The names of the fields in a German ERP's table of purchase orders, as its exports head their columns.
_TABLE_NAMES = {
    "po_number": "EBELN", "order_date": "BEDAT", "line_number": "EBELP", "part": "MATNR", "description": "TXZ01",
    "quantity": "MENGE", "unit": "MEINS", "price": "NETPR", "basis": "PEINH", "total": "NETWR", "day": "EINDT",
    "currency": "WAERS",
}  # fmt: skip
_SNAKE_NAMES = {
    "po_number": "po_number", "order_date": "order_date", "line_number": "line_no", "part": "item_code",
    "description": "item_description", "quantity": "qty_ordered", "unit": "uom", "price": "unit_price", "total": "line_amount",
    "day": "required_date", "currency": "currency_code",
}  # fmt: skip


def _file(rows: Rows, separator: str, charset: str, *, quote_all: bool = False, end: str = "\r\n") -> bytes:
    buffer = io.StringIO()
    options = csv.writer(
        buffer, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    )
    options.writerows(_even(rows))
    return buffer.getvalue().encode(charset)


def _even(rows: Rows) -> Rows:
    width = max(map(len, rows))
    return [[*("" if cell is None else cell for cell in row), *[""] * (width - len(row))] for row in rows]


def _separator(clerk: Clerk) -> str:
    return "," if clerk.decimal == "." else ";"


def _charset(clerk: Clerk) -> str:
    """What Windows writes in the country."""
    return "cp1250" if clerk.language == "pl" else "cp1252"


def block_and_table(clerk: Clerk) -> Written:
    """Labels and values, a blank row, the table, the totals, as saved from a form."""
    rows: Rows = [[label, cell] for label, cell in clerk.pairs("po_number", "order_date", "requested", "terms", colon=":")]
    rows += [[clerk.say("ship_to"), clerk.in_one("ship_to")], []]
    clerk.write("line_number", "seller", "description", "quantity", "unit", "price", "discount", "total")
    rows += [clerk.heads(), *clerk.rows(), []]
    for label, amount in clerk.foot("net", "tax", "gross"):
        rows.append([*[None] * 6, label, amount])
    return _file(rows, _separator(clerk), _charset(clerk)), clerk.truth()


def _flat_heads(clerk: Clerk) -> list[Cell]:
    return [clerk.say("po_number"), clerk.say("order_date"), clerk.say("ship_to"), *clerk.heads()]


def _flat_rows(clerk: Clerk) -> Rows:
    """Each row with the order's number, its day and its ship-to before the line."""
    (_, number), (_, day) = clerk.pair("po_number"), clerk.pair("order_date")
    place = clerk.in_one("ship_to")
    return [[number, day, place, *row] for row in clerk.rows()]


def head_in_each_row(clerk: Clerk) -> Written:
    """PO number, day and ship-to in each row."""
    clerk.write("line_number", "seller", "description", "quantity", "unit", "price", "day")
    clerk.order = replace(clerk.order, lines=tuple(replace(line, day=clerk.order.requested) for line in clerk.order.lines))
    rows: Rows = [_flat_heads(clerk), *_flat_rows(clerk)]
    return _file(rows, _separator(clerk), "utf-8-sig", quote_all=True), clerk.truth()


_ADDRESS_HEADS = {
    "en": ("Name", "Street", "Postcode", "City", "Country"),
    "de": ("Name", "Straße", "PLZ", "Ort", "Land"),
    "fr": ("Nom", "Rue", "Code postal", "Ville", "Pays"),
    "es": ("Nombre", "Calle", "Código postal", "Población", "País"),
    "it": ("Nome", "Via", "CAP", "Città", "Paese"),
    "nl": ("Naam", "Straat", "Postcode", "Plaats", "Land"),
    "pl": ("Nazwa", "Ulica", "Kod pocztowy", "Miasto", "Kraj"),
}


def address_in_columns(clerk: Clerk) -> Written:
    """The ship-to in columns of its own, one for each part of the address, in each row."""
    clerk.write("line_number", "part", "description", "quantity", "unit", "price")
    party, word = clerk.order.ship_to, clerk.say("ship_to")
    names = [f"{word} {name}" for name in _ADDRESS_HEADS[clerk.language]]
    address: list[Cell] = [party.name, party.street, party.postal_code, party.city, party.country]
    (_, number), (_, day) = clerk.pair("po_number"), clerk.pair("order_date")
    heads = [clerk.say("po_number"), clerk.say("order_date"), *names, *clerk.heads()]
    rows: Rows = [heads, *([number, day, *address, *row] for row in clerk.rows())]
    fields = ("name", "street", "postal_code", "city", "country")
    clerk.stated["ship_to"] = {**dict(zip(fields, address, strict=True)), "region": "*"}
    return _file(rows, _separator(clerk), "utf-8"), clerk.truth()


def orders_in_rows(clerk: Clerk) -> Written:
    """Several orders below one another, told apart by their numbers."""
    rows: Rows = []
    truths = []
    for number in range(clerk.draw.randint(2, 4)):
        own = Clerk(replace(clerk.order, po_number=f"{clerk.order.po_number}{number}"), clerk.draw, text=True)
        own.decimal, own.grouped, own.day_form, own._heads = clerk.decimal, False, clerk.day_form, clerk._heads
        own.names_currency = False
        own.write("seller", "description", "quantity", "unit", "price")
        rows = rows or [[own.say("po_number"), own.say("order_date"), own.say("ship_to"), *own.heads()]]
        rows += _flat_rows(own)
        truths += own.truth()["orders"]
    return _file(rows, _separator(clerk), _charset(clerk)), {"intent": "order", "orders": truths}


def wide_tabs(clerk: Clerk) -> Written:
    """Tabs in UTF-16, as a spreadsheet saves "Unicode text"."""
    rows: Rows = [[label, cell] for label, cell in clerk.pairs("po_number", "order_date", "requested", "currency")]
    rows += [[clerk.say("ship_to"), clerk.in_one("ship_to")], []]
    clerk.write("line_number", "buyer", "seller", "description", "quantity", "unit", "price", "total")
    rows += [clerk.heads(), *clerk.rows()]
    return _file(rows, "\t", "utf-16"), clerk.truth()


def _export(clerk: Clerk, names: dict[str, str], separator: str) -> Written:
    roles = [role for role in names if role not in ("po_number", "order_date", "currency")]
    clerk.grouped = False
    clerk.order = replace(clerk.order, lines=tuple(replace(line, day=clerk.order.requested) for line in clerk.order.lines))
    clerk.write(*roles)
    clerk.pair("po_number"), clerk.pair("order_date"), clerk.pair("currency")
    head = [clerk.order.po_number, clerk.day(clerk.order.order_date)]
    rows: Rows = [[names["po_number"], names["order_date"], *(names[role] for role in roles), names["currency"]]]
    rows += [[*head, *row, clerk.order.currency] for row in clerk.rows()]
    return _file(rows, separator, "utf-8", end="\n"), clerk.truth()


def table_names(clerk: Clerk) -> Written:
    """The names of an ERP's own table fields as heads."""
    return _export(clerk, _TABLE_NAMES, ";")


def snake_names(clerk: Clerk) -> Written:
    """Heads in a programmer's spelling, days and figures in a program's."""
    clerk.day_form, clerk.decimal = "%Y-%m-%d", "."
    return _export(clerk, _SNAKE_NAMES, clerk.draw.choice((",", "|")))


def padded_bars(clerk: Clerk) -> Written:
    """Cells padded to even columns between bars, codes and line numbers with leading zeros."""
    clerk.write("line_number", "part", "description", "quantity", "unit", "price", "total")
    (label, number), (dated, day) = clerk.pair("po_number"), clerk.pair("order_date")
    rows: Rows = [[label, dated, *clerk.heads()], *([number, day, *row] for row in clerk.rows())]
    widths = [max(len(str(row[place] or "")) for row in rows) for place in range(len(rows[0]))]
    lines = [
        "|".join(_padded(str(cell or ""), width, place > 4) for place, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]
    return "\n".join(lines).encode(), clerk.truth()


def _padded(text: str, width: int, right: bool) -> str:
    return text.rjust(width) if right else text.ljust(width)


def subtotals_in_rows(clerk: Clerk) -> Written:
    """A listing with its own title rows, subtotals after groups, a total and an end-of-report row."""
    facts: Sequence[tuple[str, Cell]] = clerk.pairs("po_number", "order_date", "terms")
    rows: Rows = [[clerk.order.buyer.name, None, clerk.say("printed"), "02.01.2027 06:02"]]
    clerk.stated["buyer"] = {"name": clerk.order.buyer.name}
    rows += [[label, cell] for label, cell in facts]
    rows += [[clerk.say("ship_to"), clerk.in_one("ship_to")], []]
    clerk.write("line_number", "part", "description", "quantity", "unit", "price", "total")
    rows.append(clerk.heads())
    lines = list(clerk.order.lines)
    for start in range(0, len(lines), 3):
        group = lines[start : start + 3]
        rows += [clerk.row(line) for line in group]
        pieces, amount = (
            sum(values, Decimal(0)) for values in ([line.quantity for line in group], [line.total for line in group])
        )
        rows.append(
            [None, None, f"{clerk.say('subtotal')} {start // 3 + 1}", clerk.number(pieces), None, None, clerk.number(amount)]
        )
    for label, total in clerk.foot("total"):
        rows.append([None, None, label, clerk.number(sum((line.quantity for line in lines), Decimal(0))), None, None, total])
    rows.append([clerk.say("end")])
    return _file(rows, _separator(clerk), _charset(clerk), quote_all=True), clerk.truth()


def no_heads(clerk: Clerk) -> Written:
    """Rows without any head: code, text, quantity, unit, price, amount."""
    clerk.grouped, clerk.names_currency = False, False
    clerk.write("part", "description", "quantity", "unit", "price", "total")
    clerk.stated["currency"] = None
    clerk.stated["currency"] = [clerk.order.currency, None]
    return _file(clerk.rows(), ";", "utf-8", end="\n"), clerk.truth()


def matrix_file(clerk: Clerk) -> Written:
    """Sizes across in a delimited file."""
    sizes = ("S", "M", "L", "XL")
    rows: Rows = [[label, cell] for label, cell in clerk.pairs("po_number", "order_date", "requested")]
    rows += [[clerk.say("ship_to"), clerk.in_one("ship_to")], []]
    clerk.write("part", "description", "price")
    rows.append([*clerk.heads(), *sizes])
    lines = []
    for line in clerk.order.lines:
        amounts = [
            Decimal(clerk.draw.choice((2, 4, 6, 12))) if place == 1 or clerk.draw.random() < 0.5 else None for place in range(4)
        ]
        rows.append([*clerk.row(line), *(None if amount is None else str(amount) for amount in amounts)])
        for size, amount in zip(sizes, amounts, strict=True):
            if amount is not None:
                lines.append({**clerk.line_truth(line), "description": f"{line.description} {size}", "quantity": str(amount)})
    return _file(rows, _separator(clerk), _charset(clerk)), clerk.truth(lines)

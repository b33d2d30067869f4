"""Workbooks that hold an order as a form: head, table and foot in ever other places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from benchmarks.capture.sheets_clerk import Clerk
from benchmarks.capture.workbooks import Cell, Format, Formula, Sheet, workbook

Written = tuple[bytes, dict[str, Any]]
Rows = list[list[Cell]]
_FULL = ("line_number", "seller", "description", "quantity", "unit", "price", "total")


def kind_of(clerk: Clerk, *kinds: Format) -> Format:
    return clerk.draw.choice(kinds or ("xlsx", "xlsx", "xls", "ods"))


def name_of(clerk: Clerk) -> str:
    return clerk.draw.choice((clerk.say("title").title(), "Sheet1", "Tabelle1", clerk.order.po_number.replace("/", "-")))


def _column(texts: Sequence[str]) -> Rows:
    return [[text] for text in texts]


def _foot(clerk: Clerk, rows: Rows, *names: str, at: int | None = None) -> None:
    """Adds the totals below the amounts, the label in the cell before (or further left)."""
    place = clerk.columns.index("total")
    for label, amount in clerk.foot(*names):
        row: list[Cell] = [None] * (place + 1)
        row[place], row[place - 1 if at is None else at] = amount, label
        rows.append(row)


def _totals(clerk: Clerk) -> tuple[str, ...]:
    return ("net", "tax", "gross") if clerk.order.tax_rate else clerk.draw.choice((("net",), ("total",), ()))


def plain_block(clerk: Clerk) -> Written:
    """Labels in A, values in B, then the table, then the totals."""
    rows: Rows = [[clerk.say("title")], []]
    rows += [[label, cell] for label, cell in clerk.pairs("po_number", "order_date", "requested", "terms", colon=":")]
    rows += [[clerk.say("ship_to"), clerk.in_one("ship_to")], []]
    clerk.write(*_FULL)
    rows += [clerk.heads(), *clerk.rows(), []]
    _foot(clerk, rows, *_totals(clerk))
    return workbook([Sheet(name_of(clerk), rows)], kind_of(clerk)), clerk.truth()


def letterhead_two_blocks(clerk: Clerk) -> Written:
    """The company on top, addresses left and right, facts beside them, the table far below from column B on."""
    buyer, ship_to = clerk.block("buyer"), clerk.block("ship_to")
    rows: Rows = [[None, line] for line in buyer]
    rows += [[], [None, clerk.say("ship_to"), None, None, clerk.say("title")]]
    facts = clerk.pairs("po_number", "order_date", "requested", colon=":")
    for place in range(max(len(ship_to), len(facts))):
        left = ship_to[place] if place < len(ship_to) else None
        label, cell = facts[place] if place < len(facts) else (None, None)
        rows.append([None, left, None, None, label, cell])
    rows += [[], [None, clerk.say("thanks")], []]
    clerk.write("line_number", "buyer", "seller", "description", "quantity", "unit", "price", "total")
    rows += [[None, *clerk.heads()], *([None, *row] for row in clerk.rows())]
    return workbook([Sheet(name_of(clerk), rows)], kind_of(clerk)), clerk.truth()


def two_row_heads(clerk: Clerk) -> Written:
    """Heads in two rows, the upper one merged over its group."""
    rows: Rows = [[clerk.say("title"), None, clerk.order.po_number]]
    clerk.stated["po_number"] = clerk.order.po_number
    rows += [[label, None, cell] for label, cell in clerk.pairs("order_date", "requested", "incoterm")]
    rows += [[clerk.say("ship_to"), None, clerk.in_one("ship_to")], []]
    clerk.write("line_number", "buyer", "seller", "description", "quantity", "unit", "price", "total")
    heads = clerk.heads()
    top = len(rows) + 1
    rows.append([heads[0], clerk.say("goods"), None, None, heads[4], None, clerk.order.currency, None])
    rows.append([None, heads[1], heads[2], heads[3], None, heads[5], heads[6], heads[7]])
    rows += clerk.rows()
    merged = (f"B{top}:D{top}", f"E{top}:F{top}", f"G{top}:H{top}", f"A{top}:A{top + 1}")
    clerk.stated["currency"] = [clerk.order.currency, None]
    return workbook([Sheet(name_of(clerk), rows, merged=merged)], kind_of(clerk, "xlsx", "ods")), clerk.truth()


def merged_form(clerk: Clerk) -> Written:
    """A printed form's boxes: label and value in merged cells, an address of several lines in one cell."""
    rows: Rows = [[clerk.say("title"), *[None] * 7]]
    merged = ["A1:H1"]
    for label, cell in clerk.pairs("po_number", "order_date", "requested", "customer", "terms"):
        rows.append([label, None, cell])
        merged += [f"A{len(rows)}:B{len(rows)}", f"C{len(rows)}:E{len(rows)}"]
    rows.append([clerk.say("ship_to"), None, "\n".join(clerk.block("ship_to"))])
    rows += [[], []]
    clerk.write("line_number", "part", "description", "quantity", "unit", "price", "total")
    rows += [clerk.heads(), *clerk.rows()]
    _foot(clerk, rows, *_totals(clerk))
    return workbook([Sheet(name_of(clerk), rows, merged=merged)], "xlsx"), clerk.truth()


def cover_sheet(clerk: Clerk) -> Written:
    """Head on one sheet, lines on the next, terms on a third."""
    cover: Rows = [[clerk.say("title")], []]
    cover += [[label, cell] for label, cell in clerk.pairs("po_number", "order_date", "requested", "terms", "currency")]
    cover += [[], [clerk.say("ship_to")], *_column(clerk.block("ship_to"))]
    clerk.write("line_number", "seller", "gtin", "description", "quantity", "unit", "price")
    lines = [clerk.heads(), *clerk.rows()]
    terms: Rows = [[clerk.say("thanks")], ["1.", clerk.say("please")]]
    sheets = [Sheet("1", cover), Sheet(clerk.say("goods"), lines), Sheet("AGB", terms)]
    return workbook(sheets, kind_of(clerk)), clerk.truth()


def hidden_lists(clerk: Clerk) -> Written:
    """Pick lists in hidden columns far right and on a hidden-looking sheet, articles not wanted in hidden rows."""
    rows: Rows = [[label, cell] for label, cell in clerk.pairs("po_number", "order_date", "requested")]
    rows += [[clerk.say("ship_to"), clerk.in_one("ship_to")], []]
    clerk.write("seller", "description", "quantity", "unit", "price")
    rows.append(clerk.heads())
    hidden = []
    for line in clerk.order.lines:
        rows.append(clerk.row(line))
        if clerk.draw.random() < 0.4:
            rows.append(clerk.row(replace(line, seller_part=f"X{line.seller_part}", quantity=Decimal(0))))
            hidden.append(len(rows))
    for place, word in enumerate(("A", "B", "C", "D"), start=2):
        if place < len(rows):
            rows[place] += [None] * (16 - len(rows[place])) + [word, Decimal(place)]
    lists: Rows = [[unit] for unit in ("Stk", "m", "kg", "Set")]
    sheet = Sheet(name_of(clerk), rows, hidden_rows=hidden, hidden_columns=["Q", "R"])
    return workbook([sheet, Sheet("Lists", lists)], kind_of(clerk, "xlsx", "xls")), clerk.truth()


def grouped_subtotals(clerk: Clerk) -> Written:
    """Lines in named groups, each with its subtotal and a blank row."""
    rows: Rows = [[label, None, cell] for label, cell in clerk.pairs("po_number", "order_date", "requested")]
    rows += [[clerk.say("ship_to"), None, clerk.in_one("ship_to")], []]
    clerk.write("line_number", "part", "description", "quantity", "unit", "price", "total")
    rows.append(clerk.heads())
    lines = list(clerk.order.lines)
    cut = max(1, len(lines) // 2)
    for number, group in enumerate((lines[:cut], lines[cut:]), start=1):
        if group:
            rows.append([f"{clerk.say('group')} {number}"])
            rows += [clerk.row(line) for line in group]
            amount = clerk.number(sum((line.total for line in group), Decimal(0)))
            rows += [[None, None, f"{clerk.say('subtotal')} {number}", None, None, None, amount], []]
    _foot(clerk, rows, *_totals(clerk), at=2)
    return workbook([Sheet(name_of(clerk), rows)], kind_of(clerk)), clerk.truth()


def _catalogue(clerk: Clerk, empty: Cell, amount_of_empty: Cell) -> Rows:
    """The table of a seller's order form: all articles with their prices, quantities in few."""
    rows: Rows = []
    for place, line in enumerate(clerk.order.lines):
        if place % 4 == 0:
            rows.append([clerk.say("group") + f" {place // 4 + 1}"])
        for extra in range(clerk.draw.randint(0, 5)):
            other = replace(line, seller_part=f"{line.seller_part[:-1]}{extra}X", description=f"{line.description} /{extra}")
            row = clerk.row(replace(other, price=line.price + extra))
            row[clerk.columns.index("quantity")] = empty
            if "total" in clerk.columns:
                row[clerk.columns.index("total")] = amount_of_empty
            rows.append(row)
        rows.append(clerk.row(line))
    return rows


def catalogue_form(clerk: Clerk) -> Written:
    """A form with every article; the quantities of what is not wanted are blank."""
    rows: Rows = [[clerk.say("title")], [clerk.say("please")], []]
    rows += [[label, cell] for label, cell in clerk.pairs("po_number", "order_date", "requested", "customer", colon=":")]
    rows += [[clerk.say("ship_to") + ":", clerk.in_one("ship_to")], []]
    clerk.write("part", "description", "pack", "unit", "price", "quantity")
    rows += [clerk.heads(), *_catalogue(clerk, None, None)]
    return workbook([Sheet(name_of(clerk), rows)], kind_of(clerk)), clerk.truth()


def catalogue_zeros(clerk: Clerk) -> Written:
    """The same with zeros prefilled, amounts reckoned, and the sum above the table."""
    rows: Rows = [[clerk.say("title"), None, None, clerk.order.po_number]]
    clerk.stated["po_number"] = clerk.order.po_number
    rows += [[label, None, None, cell] for label, cell in clerk.pairs("order_date", "requested")]
    rows += [[clerk.say("ship_to"), None, None, clerk.in_one("ship_to")], []]
    clerk.write("seller", "gtin", "description", "quantity", "unit", "price", "total")
    rows += [clerk.heads(), *_catalogue(clerk, Decimal(0), Decimal(0))]
    _foot(clerk, rows, "total")
    return workbook([Sheet(name_of(clerk), rows)], kind_of(clerk)), clerk.truth()


def numbers_as_text(clerk: Clerk) -> Written:
    """Every cell is a text: figures in the country's style, days too, codes with their zeros."""
    clerk.text = True
    rows: Rows = [[label, cell] for label, cell in clerk.pairs("po_number", "order_date", "requested", "terms")]
    rows += [[clerk.say("ship_to"), clerk.in_one("ship_to")], []]
    clerk.write("line_number", "seller", "description", "quantity", "unit", "price", "basis", "discount", "total")
    rows += [clerk.heads(), *clerk.rows()]
    _foot(clerk, rows, *_totals(clerk))
    return workbook([Sheet(name_of(clerk), rows)], kind_of(clerk)), clerk.truth()


def serial_days(clerk: Clerk) -> Written:
    """A binary workbook without formats: days are the numbers of days since 1900."""
    lines = [replace(line, day=clerk.order.requested) for line in clerk.order.lines]
    clerk.order = replace(clerk.order, lines=tuple(lines))
    rows: Rows = [[label, cell] for label, cell in clerk.pairs("po_number", "order_date")]
    rows += [[clerk.say("ship_to"), clerk.in_one("ship_to")], []]
    clerk.write("line_number", "seller", "description", "quantity", "unit", "price", "day")
    rows += [clerk.heads(), *clerk.rows()]
    return workbook([Sheet(name_of(clerk), rows)], "xlsb"), clerk.truth()


def _with_formulas(clerk: Clerk, *, cached: bool, kind: Format) -> Written:
    rows: Rows = [[label, cell] for label, cell in clerk.pairs("po_number", "order_date", "requested")]
    rows += [[clerk.say("ship_to"), clerk.in_one("ship_to")], []]
    clerk.write("line_number", "part", "description", "quantity", "unit", "price", "basis", "discount", "total")
    rows.append(clerk.heads())
    first = len(rows) + 1
    for line in clerk.order.lines:
        row = clerk.row(line)
        row[-1] = clerk.formula_total(len(rows) + 1, line, cached=cached)
        rows.append(row)
    (label, _), *_rest = clerk.foot("total")
    amount = Formula(f"SUM(I{first}:I{len(rows)})", clerk.order.goods if cached else None)
    rows += [[], [*[None] * 7, label, amount]]
    return workbook([Sheet(name_of(clerk), rows)], kind), clerk.truth()


def formulas_kept(clerk: Clerk) -> Written:
    """Amounts are formulas with their results."""
    return _with_formulas(clerk, cached=True, kind=kind_of(clerk, "xlsx", "ods"))


def formulas_unreckoned(clerk: Clerk) -> Written:
    """Amounts are formulas that no program has reckoned yet."""
    return _with_formulas(clerk, cached=False, kind="xlsx")


def misspelt_heads(clerk: Clerk) -> Written:
    """Heads and labels with letters swapped, lost or doubled."""
    rows: Rows = [[_misspelt(clerk, label), cell] for label, cell in clerk.pairs("po_number", "order_date", "requested")]
    rows += [[_misspelt(clerk, clerk.say("ship_to")), clerk.in_one("ship_to")], []]
    clerk.write("line_number", "part", "description", "quantity", "unit", "price", "total")
    rows.append([_misspelt(clerk, str(head)) for head in clerk.heads()])
    rows += clerk.rows()
    return workbook([Sheet(name_of(clerk), rows)], kind_of(clerk)), clerk.truth()


def _misspelt(clerk: Clerk, text: str) -> str:
    """One slip in a word of at least eight letters; a short head is left as it is."""
    if len(text) < 8:
        return text
    place = clerk.draw.randint(2, len(text) - 3)
    slip = clerk.draw.choice(("swap", "lose", "double"))
    if slip == "swap":
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return text[:place] + text[place + 1 :] if slip == "lose" else text[:place] + text[place] + text[place:]


def place_as_code(clerk: Clerk) -> Written:
    """The ship-to is no more than a code."""
    code = clerk.draw.choice(("WH-03", "DC 14", "L0417", "Depot 7", "PLT2"))
    rows: Rows = [[label, cell] for label, cell in clerk.pairs("po_number", "order_date", "requested")]
    rows += [[clerk.say("buyer"), clerk.in_one("buyer")], [clerk.say("ship_to"), code], []]
    clerk.stated["ship_to"] = {"name": code}
    clerk.write("line_number", "part", "description", "quantity", "unit", "price")
    rows += [clerk.heads(), *clerk.rows()]
    return workbook([Sheet(name_of(clerk), rows)], kind_of(clerk)), clerk.truth()


def banner_cell(clerk: Clerk) -> Written:
    """Several fields in one wide cell above the table."""
    clerk.text = True
    facts = [clerk.pair(name) for name in ("po_number", "order_date", "requested")]
    clerk.text = False
    gap = clerk.draw.choice(("   ", " | ", "; ", " / "))
    banner = gap.join(f"{label}: {cell}" for label, cell in facts)
    rows: Rows = [[clerk.order.buyer.name], [banner], [f"{clerk.say('ship_to')}: {clerk.in_one('ship_to')}"], []]
    clerk.stated["buyer"] = {"name": clerk.order.buyer.name}
    clerk.write("line_number", "part", "description", "quantity", "unit", "price", "total")
    rows += [clerk.heads(), *clerk.rows()]
    _foot(clerk, rows, "total")
    return workbook([Sheet(name_of(clerk), rows, merged=("A2:G2",))], kind_of(clerk, "xlsx", "ods")), clerk.truth()


def report_pages(clerk: Clerk) -> Written:
    """A report in pages: printed on, page n, the heads again on each, an end-of-report row."""
    clerk.write("line_number", "buyer", "description", "quantity", "unit", "price", "total", "day")
    lines = [replace(line, day=clerk.order.requested) for line in clerk.order.lines]
    clerk.order = replace(clerk.order, lines=tuple(lines))
    head: Sequence[Cell] = [item for pair in clerk.pairs("po_number", "order_date", "terms") for item in pair]
    rows: Rows = []
    for page, start in enumerate(range(0, len(lines), 4), start=1):
        rows += [
            [clerk.say("title"), None, None, f"{clerk.say('printed')} 30.12.2026 07:15", None, f"{clerk.say('page')} {page}"]
        ]
        rows += [list(head), [clerk.say("ship_to"), clerk.in_one("ship_to")], [], clerk.heads()]
        rows += [clerk.row(line) for line in lines[start : start + 4]]
        rows.append([])
    rows.append([clerk.say("end")])
    return workbook([Sheet("Report", rows)], kind_of(clerk, "xls", "xlsx")), clerk.truth()


def labels_above(clerk: Clerk) -> Written:
    """A band of labels with their values in the row below."""
    facts = clerk.pairs("po_number", "order_date", "requested", "terms", "customer")
    rows: Rows = [[line] for line in clerk.block("buyer")]
    rows += [[], [label for label, _ in facts], [cell for _, cell in facts], []]
    rows += [[clerk.say("ship_to"), None, None, clerk.say("seller")]]
    pairs = zip(clerk.block("ship_to")[:3], clerk.block("seller")[:3], strict=True)
    rows += [[left, None, None, right] for left, right in pairs]
    clerk.stated["ship_to"]["country"] = [clerk.order.ship_to.country, None]
    clerk.write("line_number", "part", "description", "quantity", "unit", "price", "total")
    rows += [[], clerk.heads(), *clerk.rows()]
    _foot(clerk, rows, *_totals(clerk))
    return workbook([Sheet(name_of(clerk), rows)], kind_of(clerk)), clerk.truth()


def goods_and_services(clerk: Clerk) -> Written:
    """Two tables with heads of their own on one sheet, the second for what is no goods; stock and packs beside."""
    rows: Rows = [[label, cell] for label, cell in clerk.pairs("po_number", "order_date", "requested")]
    rows += [[clerk.say("ship_to"), clerk.in_one("ship_to")], [], [clerk.say("goods")]]
    lines = list(clerk.order.lines)
    cut = len(lines) - 1 if len(lines) > 1 else 1
    clerk.write("line_number", "seller", "description", "on_hand", "quantity", "unit", "price", "total")
    rows += [clerk.heads(), *(clerk.row(line) for line in lines[:cut]), [], [clerk.say("services")]]
    rows += [clerk.heads(), *(clerk.row(line) for line in lines[cut:])]
    return workbook([Sheet(name_of(clerk), rows)], kind_of(clerk)), clerk.truth()

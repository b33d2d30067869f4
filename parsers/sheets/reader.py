"""Sheets of cells, from a workbook or a delimited file, to the orders in them: title block, table, foot, columns of heads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from models.contracts.extraction_v1 import Intent, OrderKind, OrderLineV1, Problem, StatedValue
from models.domain.document import Grid, TextBox
from parsers.assembly import assembled
from parsers.fields import HeaderReading, LabelledValue, header_from
from parsers.garbage import uncollected
from parsers.intent import intent_of_document
from parsers.lexicon import meaning_of_label
from parsers.part_reading import OrderReading, PartReading
from parsers.printed_numbers import numbers_in_sheets
from parsers.proof import proven
from parsers.sheets.again import doubts_of_goods_again, doubts_of_places_apart, with_older_doubted
from parsers.sheets.cards import cells_of_cards, lines_of_cards
from parsers.sheets.day_order import is_wanted_in_time, order_of_days
from parsers.sheets.labels import labelled_values
from parsers.sheets.listed_places import with_places_listed
from parsers.sheets.more_tables import doubts_of_tables
from parsers.sheets.notes import doubts_of_notes
from parsers.sheets.order_forms import is_blank_form, is_filled_form
from parsers.sheets.records import lines_of_records, orders_of_records
from parsers.sheets.revisions import revises_quantities
from parsers.sheets.scales import with_scales_apart
from parsers.sheets.spoilt_codes import doubts_of_codes
from parsers.sheets.stacked import orders_apart
from parsers.sheets.unlabelled import with_lone_number, with_unlabelled, without_person
from parsers.tables.columns import heading_at
from parsers.tables.guessed_days import without_past_guesses
from parsers.tables.head_rows import Row
from parsers.tables.headings import headings_of
from parsers.tables.not_ordered import is_deletion_head, is_other_sheet, says_cancelled
from parsers.tables.places import doubts_of_place, place_in_columns
from parsers.tables.reader import GridReading, read_grid
from parsers.totals import FOOT
from parsers.values.numbers import NumberStyle

KINDS: Mapping[Intent, OrderKind] = {
    Intent.ORDER: "order",
    Intent.ORDER_CHANGE: "order_change",
    Intent.ORDER_CANCELLATION: "order_cancellation",
}
_MOST_HEAD_ROWS = 400
_MOST_TEXT_ROWS, _LONGEST_TITLE = 200, 40
_COLUMN = 0.95
_PLACE = ("name", "street", "postal_code", "city")
_PRICE_LIST = re.compile(
    r"\b(?:prices?|pricelist|cat[aá]log\w*|katalog\w*|preis\w*|tarif\w*|listino|cennik|prijs\w*|sortiment|assortiment\w*)\b",
    re.IGNORECASE,
)

_SheetReading = tuple[Grid, GridReading]


def reading_of_sheets(
    sheets: Sequence[Grid],
    style: NumberStyle,
    *,
    part: str,
    media_type: str,
    source_format: str,
    currency: StatedValue | None = None,
) -> PartReading:
    """The orders of `sheets`: one for the whole, or one for each PO number that sheets or a column of it state. `currency`
    is that of orders whose cells name none."""
    with uncollected():
        reading = _reading(sheets, style, part, media_type, source_format, currency)
        order = order_of_days(sheets, reading) if style.date_order is None else None
        if order is None:
            return reading
        again = _reading(sheets, replace(style, date_order=order), part, media_type, source_format, currency)
        return again if is_wanted_in_time(again) else reading


def _reading(
    sheets: Sequence[Grid], style: NumberStyle, part: str, media_type: str, source_format: str, currency: StatedValue | None
) -> PartReading:
    own = [order for sheet in sheets for piece in orders_of_records(sheet) for order in orders_apart(piece)]
    readings = [(sheet, _lines_of(sheet, style, currency)) for sheet in own]
    if len(readings) > 1:
        readings = _without_copies(_without_others(_without_notes(readings)), style)
    intent = _intent([sheet for sheet, _ in readings], any(lines.has_quantities for _, lines in readings))
    if intent not in KINDS or _is_blank(readings, style):
        intent = Intent.OTHER if intent in KINDS else intent
        return PartReading(part=part, media_type=media_type, intent=intent)
    orders = [_order(KINDS[intent], group, style, source_format, sheets) for group in _groups(readings, style)]
    return PartReading(
        part=part,
        media_type=media_type,
        intent=intent,
        orders=tuple(with_older_doubted(orders)),
        problems=_unordered(readings),
        numbers=numbers_in_sheets(sheets),
    )


def _lines_of(sheet: Grid, style: NumberStyle, currency: StatedValue | None) -> GridReading:
    lines = read_grid([with_scales_apart(lines_of_cards(lines_of_records(sheet)))], style, keep_zero=_is_change(sheet))
    return replace(lines, currency=lines.currency or currency)


def _order(
    kind: OrderKind, group: Sequence[_SheetReading], style: NumberStyle, source_format: str, sheets: Sequence[Grid]
) -> OrderReading:
    header, lines = _header_and_lines(group, style, sheets)
    lines = replace(lines, lines=without_past_guesses(lines.lines, header.order_date))
    parties = {role: place_in_columns(lines.order_columns, role) for role in ("ship_to", "bill_to")}
    read = proven(assembled(kind, header, lines, parties), source_format, charges={**header.foot, **lines.foot})
    places = doubts_of_place(read.order, header.parties.values(), lines.order_columns, [sheet for sheet, _ in group])
    with_lines = [(sheet, own) for sheet, own in group if own.lines]
    heads = [header_from(list(labelled_values(sheet)), style) for sheet, _ in with_lines] if len(with_lines) > 1 else []
    again = (
        *doubts_of_goods_again([(sheet.name, own.lines) for sheet, own in with_lines]),
        *doubts_of_places_apart([head.parties.get("ship_to") for head in heads]),
    )
    tables = (doubt for sheet, own in group if own.lines for doubt in (*doubts_of_tables(sheet), *doubts_of_notes(sheet)))
    codes = doubts_of_codes(read.order.lines)
    return replace(read, problems=(*header.problems, *lines.problems, *codes, *again, *tables, *places, *read.problems))


def _unordered(readings: Sequence[_SheetReading]) -> tuple[Problem, ...]:
    """What is wrong with sheets that gave no line, so that no order speaks of it."""
    return tuple(problem for _, lines in readings if not lines.lines for problem in lines.problems)


def _rows_of_text(sheet: Grid) -> str:
    rows = sheet.rows[:_MOST_TEXT_ROWS]
    first = next((at for at, heading in headings_of(rows).items() if heading.is_order_table), len(rows))
    return "\n".join("  ".join(_telling(row, in_table=at >= first)) for at, row in enumerate(rows))


def _telling(row: Row, *, in_table: bool) -> Iterator[str]:
    """The row's texts; of a table only those that do not speak against an order: "Expected Receipt Date" and "Storno" name
    columns, and "Rechnung" under "Zahlungsart" is no title."""
    for cell in row:
        if cell is not None and not _refers(cell.text) and not (in_table and _is_no_order(cell.text)):
            yield cell.text


@lru_cache(maxsize=4_096)
def _is_no_order(text: str) -> bool:
    if is_deletion_head(text) or says_cancelled(text):
        return True  # of a line, not of the order
    return len(text) <= _LONGEST_TITLE and intent_of_document(text, "", Intent.ORDER) is Intent.OTHER


def _refers(text: str) -> bool:
    """Whether a cell labels another paper's number ("Your quotation"), which does not make this one of that kind."""
    meaning = meaning_of_label(text.strip(" :"))
    return meaning is not None and meaning.name == "quotation_ref" and len(text.split()) > 1


def _is_change(sheet: Grid) -> bool:
    if revises_quantities(sheet.rows[:_MOST_HEAD_ROWS]):
        return True
    return intent_of_document(_rows_of_text(sheet), sheet.name, Intent.ORDER) is Intent.ORDER_CHANGE


def _intent(sheets: Sequence[Grid], has_order_table: bool) -> Intent:
    default = Intent.ORDER if has_order_table else Intent.OTHER
    text = "\n".join(_rows_of_text(sheet) for sheet in sheets)
    name = sheets[0].name if sheets else ""
    # A price list in which somebody wrote how much of each is an order form.
    intent = intent_of_document(text, "" if has_order_table and _PRICE_LIST.search(name) else name, default)
    if intent is Intent.OTHER and any(map(is_filled_form, sheets)):
        return Intent.ORDER  # "Ihre Bestell-Nr." on a seller's form
    revises = intent is Intent.ORDER and any(revises_quantities(sheet.rows[:_MOST_HEAD_ROWS]) for sheet in sheets)
    return Intent.ORDER_CHANGE if revises else intent


def _is_blank(readings: Sequence[_SheetReading], style: NumberStyle) -> bool:
    """Whether this is a form that nobody filled in: no goods are counted, and its head names neither number, day nor place."""
    if any(lines.lines for _, lines in readings) or not any(is_blank_form(sheet) for sheet, _ in readings):
        return False
    heads = [header_from(list(labelled_values(sheet)), style) for sheet, _ in readings]
    return not any(head.po_number or head.requested_delivery_date or head.parties.get("ship_to") for head in heads)


def _without_notes(readings: Sequence[_SheetReading]) -> list[_SheetReading]:
    """Without the lines of sheets of numbered notes: no heads, no money, beside a sheet whose lines have heads."""
    headed = [any(heading_at(sheet.rows, at) for at in range(min(len(sheet.rows), _MOST_HEAD_ROWS))) for sheet, _ in readings]
    return [
        (sheet, GridReading())
        if any(headed) and not has_heads and not any(line.unit_price or line.line_total for line in lines.lines)
        else (sheet, lines)
        for (sheet, lines), has_heads in zip(readings, headed, strict=True)
    ]


def _without_others(readings: Sequence[_SheetReading]) -> list[_SheetReading]:
    """Without the lines of sheets that are called for what is in stock or was ordered before, beside lines of others."""
    if not any(lines.lines and not is_other_sheet(sheet.name) for sheet, lines in readings):
        return list(readings)
    return [(sheet, GridReading() if is_other_sheet(sheet.name) else lines) for sheet, lines in readings]


def _without_copies(readings: Sequence[_SheetReading], style: NumberStyle) -> list[_SheetReading]:
    """Without sheets that show the same lines again (a summary, a print view); the same for another order or place is none."""
    kept: list[_SheetReading] = []
    seen: list[tuple[list[tuple[str, str]], Grid]] = []
    for sheet, lines in readings:
        goods = _goods(lines)
        if goods and any(goods == others and _heads_agree(sheet, other, style) for others, other in seen):
            continue
        seen.append((goods, sheet))
        kept.append((sheet, lines))
    return kept


def _heads_agree(sheet: Grid, other: Grid, style: NumberStyle) -> bool:
    """Whether two heads may be those of one order: no number, day or place of theirs differs."""
    one, two = (header_from(list(labelled_values(each)), style) for each in (sheet, other))
    pairs = [
        (one.po_number, two.po_number),
        (one.requested_delivery_date, two.requested_delivery_date),
        *((getattr(one.parties.get("ship_to"), name, None), getattr(two.parties.get("ship_to"), name, None)) for name in _PLACE),
    ]
    return not any(first and second and first.value != second.value for first, second in pairs)


def _goods(lines: GridReading) -> list[tuple[str, str]]:
    named = ((line.seller_part_number or line.buyer_part_number or line.description, line.quantity) for line in lines.lines)
    return sorted((name.value if name else "", quantity.value if quantity else "") for name, quantity in named)


def _groups(readings: Sequence[_SheetReading], style: NumberStyle) -> Iterator[list[_SheetReading]]:
    """What belongs to one order: the lines of one PO number, wherever it is stated; sheets without one go with the first."""
    by_number: dict[str, list[_SheetReading]] = {}
    for sheet, lines in readings:
        for number, share in _by_po_column(lines).items():
            own = number or _po_number(sheet, style)
            by_number.setdefault(own, []).append((sheet, share))
    unnumbered = by_number.pop("", [])
    groups = list(by_number.values())
    with_lines = [group for group in groups if any(lines.lines for _, lines in group)] or groups[:1]
    if not with_lines:
        yield unnumbered
        return
    with_lines[0].extend(unnumbered)
    yield from with_lines


def _po_number(sheet: Grid, style: NumberStyle) -> str:
    found = header_from(list(labelled_values(sheet)), style).po_number
    return found.value if found is not None else ""


def _by_po_column(lines: GridReading) -> dict[str, GridReading]:
    """The reading, split where a column states several PO numbers."""
    numbers: list[str] = []
    for columns in lines.order_columns:  # a number stands in the first of its lines, or in all of them
        numbers.append(columns["po_number"].text.strip() if "po_number" in columns else "".join(numbers[-1:]))
    distinct = list(dict.fromkeys(numbers))
    if len(distinct) < 2:
        return {distinct[0] if distinct else "": lines}
    parts = {}
    for number in distinct:
        places = [place for place, own in enumerate(numbers) if own == number]
        parts[number] = replace(
            lines,
            lines=tuple(lines.lines[place] for place in places),
            order_columns=tuple(lines.order_columns[place] for place in places),
            totals={},
            foot={},
        )
    return parts


def _header_and_lines(
    group: Sequence[_SheetReading], style: NumberStyle, sheets: Sequence[Grid]
) -> tuple[HeaderReading, GridReading]:
    values = with_places_listed([value for sheet, _ in group for value in _head_values(sheet)], sheets)
    columns = [columns for _, lines in group for columns in lines.order_columns]
    header = header_from(with_lone_number([*values, *_column_values(columns)], style), style)
    header = without_person(with_unlabelled(header, [sheet for sheet, _ in group], style))
    first = next((lines for _, lines in group if lines.lines), group[0][1])
    return header, replace(
        first,
        lines=tuple(line for lines in _dated(group, style) for line in lines),
        order_columns=tuple(columns),
        # Several sheets of lines may each state their own totals, of which none is the order's.
        foot=first.foot if sum(bool(lines.lines) for _, lines in group) <= 1 else {},
        problems=tuple(problem for _, lines in group if lines.lines for problem in lines.problems),
    )


def _head_values(sheet: Grid) -> Iterator[LabelledValue]:
    in_cards = cells_of_cards(sheet)
    yield from (each for each in labelled_values(sheet) if each.field not in FOOT or id(each.value) not in in_cards)


def _dated(group: Sequence[_SheetReading], style: NumberStyle) -> Iterator[Sequence[OrderLineV1]]:
    """The lines of each sheet, with the day that its own head wants them by where sheets are deliveries of different days."""
    heads = [header_from(list(labelled_values(sheet)), style) if own.lines else HeaderReading() for sheet, own in group]
    days = [head.requested_delivery_date for head in heads]
    differ = len({day.value for day in days if day is not None}) > 1
    for day, (_, own) in zip(days, group, strict=True):
        yield [
            line.model_copy(update={"requested_delivery_date": day}) if differ and line.requested_delivery_date is None else line
            for line in own.lines
        ]


def _column_values(columns: Sequence[Mapping[str, TextBox]]) -> Iterator[LabelledValue]:
    """Head fields that stand in columns, where all lines say the same; the first line's cell is the evidence."""
    for name in dict.fromkeys(name for own in columns for name in own):
        boxes = [own[name] for own in columns if name in own]
        if len({box.text.strip() for box in boxes}) == 1 and name not in FOOT:
            yield LabelledValue(name, name, boxes[0], _COLUMN)

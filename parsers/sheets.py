"""Sheets of cells, from a workbook or a delimited file, to the orders in them: title block, table, foot, columns of heads."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from models.contracts.extraction_v1 import Intent, OrderKind, PartyV1, Problem, StatedValue
from models.domain.document import Grid, TextBox
from models.domain.normalisation import folded, normalised_name
from parsers.addresses import country_of, town_of
from parsers.assembly import assembled
from parsers.cells import stated
from parsers.columns import Heading, heading_at
from parsers.fields import HeaderReading, LabelledValue, header_from
from parsers.intent import intent_of_document
from parsers.lexicon import Meaning, meaning_of_label, split_at_label
from parsers.numbers import NumberStyle
from parsers.part_reading import OrderReading, PartReading
from parsers.proof import proven
from parsers.tables import GridReading, read_grid
from parsers.totals import FOOT

KINDS: Mapping[Intent, OrderKind] = {
    Intent.ORDER: "order",
    Intent.ORDER_CHANGE: "order_change",
    Intent.ORDER_CANCELLATION: "order_cancellation",
}
_PARTIES = frozenset({"ship_to", "bill_to", "buyer", "seller", "ship_from"})
_PLACE = ("name", "street", "postal_code", "city", "region", "country")
_REACH_RIGHT, _BLOCK_ROWS = 5, 8
_MOST_HEAD_ROWS = 400
_GAP = re.compile(r"\s{2,}|\s*[|;•·\n\t]\s*|\s+/\s+|,\s+(?=[^\W\d_][^,:]{1,30}:)")
_LONGEST_BANNER = 1_000
_MOST_TEXT_ROWS = 200
_LETTERHEAD_ROWS, _LONGEST_NAME = 5, 80
_BESIDE, _BELOW, _COLUMN, _TITLE = 0.97, 0.85, 0.95, 0.5

_SheetReading = tuple[Grid, GridReading]


def reading_of_sheets(
    sheets: Sequence[Grid], style: NumberStyle, *, part: str, media_type: str, source_format: str
) -> PartReading:
    """The orders of `sheets`: one for the whole, or one for each PO number that sheets or a column of it state."""
    with _collector_at_rest():
        return _reading(sheets, style, part, media_type, source_format)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Cells and lines are many and refer to nothing in circles: looking for circles among them would take a third of the time."""
    was_awake = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_awake:
            gc.enable()


def _reading(sheets: Sequence[Grid], style: NumberStyle, part: str, media_type: str, source_format: str) -> PartReading:
    readings = [(sheet, read_grid([sheet], style, keep_zero=_is_change(sheet))) for sheet in sheets]
    readings = _without_copies(_without_notes(readings) if len(readings) > 1 else readings)
    intent = _intent([sheet for sheet, _ in readings], any(lines.has_quantities for _, lines in readings))
    if intent not in KINDS:
        return PartReading(part=part, media_type=media_type, intent=intent)
    orders = [_order(KINDS[intent], group, style, source_format) for group in _groups(readings, style)]
    return PartReading(part=part, media_type=media_type, intent=intent, orders=tuple(orders), problems=_unordered(readings))


def _order(kind: OrderKind, group: Sequence[_SheetReading], style: NumberStyle, source_format: str) -> OrderReading:
    header, lines = _header_and_lines(group, style)
    parties = {"ship_to": _place_in_columns(lines.order_columns)}
    read = proven(assembled(kind, header, lines, parties), source_format, charges={**header.foot, **lines.foot})
    return replace(read, problems=(*header.problems, *lines.problems, *read.problems))


def _unordered(readings: Sequence[_SheetReading]) -> tuple[Problem, ...]:
    """What is wrong with sheets that gave no line, so that no order speaks of it."""
    return tuple(problem for _, lines in readings if not lines.lines for problem in lines.problems)


def _rows_of_text(sheet: Grid) -> str:
    rows = sheet.rows[:_MOST_TEXT_ROWS]
    return "\n".join("  ".join(cell.text for cell in row if cell is not None and not _refers(cell.text)) for row in rows)


def _refers(text: str) -> bool:
    """Whether a cell labels another paper's number ("Your quotation"), which does not make this one of that kind."""
    meaning = meaning_of_label(text.strip(" :"))
    return meaning is not None and meaning.name == "quotation_ref" and len(text.split()) > 1


def _is_change(sheet: Grid) -> bool:
    return intent_of_document(_rows_of_text(sheet), sheet.name, Intent.ORDER) is Intent.ORDER_CHANGE


def _intent(sheets: Sequence[Grid], has_order_table: bool) -> Intent:
    default = Intent.ORDER if has_order_table else Intent.OTHER
    text = "\n".join(_rows_of_text(sheet) for sheet in sheets)
    return intent_of_document(text, sheets[0].name if sheets else "", default)


def _place_in_columns(columns: Sequence[Mapping[str, TextBox]]) -> PartyV1 | None:
    """The ship-to whose name, street, town … stand in columns of their own, where all lines say the same."""
    found: dict[str, StatedValue | None] = {}
    for field in _PLACE:
        names = (f"ship_to.{field}", *(("ship_to",) if field == "name" else ()))
        boxes = [own[name] for own in columns for name in names if name in own]
        if boxes and len({box.text.strip() for box in boxes}) == 1:
            text = country_of(boxes[0].text) if field == "country" else boxes[0].text
            found[field] = stated(text, [boxes[0]], _COLUMN) if text else None
    return PartyV1(**found) if found.keys() - {"name"} else None


def _without_notes(readings: Sequence[_SheetReading]) -> list[_SheetReading]:
    """Without the lines of sheets of numbered notes: no heads, no money, beside a sheet whose lines have heads."""
    headed = [any(heading_at(sheet.rows, at) for at in range(min(len(sheet.rows), _MOST_HEAD_ROWS))) for sheet, _ in readings]
    return [
        (sheet, GridReading())
        if any(headed) and not has_heads and not any(line.unit_price or line.line_total for line in lines.lines)
        else (sheet, lines)
        for (sheet, lines), has_heads in zip(readings, headed, strict=True)
    ]


def _without_copies(readings: Sequence[_SheetReading]) -> list[_SheetReading]:
    """Without sheets that show the same lines again (a summary, a print view)."""
    kept: list[_SheetReading] = []
    seen: list[list[tuple[str, str]]] = []
    for sheet, lines in readings:
        goods = _goods(lines)
        if goods and goods in seen:
            continue
        seen.append(goods)
        kept.append((sheet, lines))
    return kept


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
    numbers = [columns["po_number"].text.strip() if "po_number" in columns else "" for columns in lines.order_columns]
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


def _header_and_lines(group: Sequence[_SheetReading], style: NumberStyle) -> tuple[HeaderReading, GridReading]:
    values = [value for sheet, _ in group for value in labelled_values(sheet)]
    columns = [columns for _, lines in group for columns in lines.order_columns]
    header = header_from([*values, *_column_values(columns)], style)
    first = next((lines for _, lines in group if lines.lines), group[0][1])
    return header, replace(
        first,
        lines=tuple(line for _, lines in group for line in lines.lines),
        # Several sheets of lines may each state their own totals, of which none is the order's.
        foot=first.foot if sum(bool(lines.lines) for _, lines in group) <= 1 else {},
        problems=tuple(problem for _, lines in group if lines.lines for problem in lines.problems),
    )


def _column_values(columns: Sequence[Mapping[str, TextBox]]) -> Iterator[LabelledValue]:
    """Head fields that stand in columns, where all lines say the same; the first line's cell is the evidence."""
    for name in dict.fromkeys(name for own in columns for name in own):
        boxes = [own[name] for own in columns if name in own]
        if len({box.text.strip() for box in boxes}) == 1 and name not in FOOT:
            yield LabelledValue(name, name, boxes[0], _COLUMN)


def labelled_values(sheet: Grid) -> Iterator[LabelledValue]:
    """The labelled cells outside the line table: label and value in one cell, side by side, or one above the other."""
    rows = sheet.rows[:_MOST_HEAD_ROWS]
    table = next((at for at in range(len(rows)) if (found := heading_at(rows, at)) and _heads_lines(found)), len(rows))
    below = _end_of_table(rows, table)
    yield from _letterhead(rows[:table])
    yield from _labelled_in(rows[:table])
    yield from (value for value in _labelled_in(rows[below:]) if value.field not in FOOT)


def _heads_lines(heading: Heading) -> bool:
    return heading.is_order_table or sum(column.roles[0] is not None for column in heading.columns) > 2


def _letterhead(rows: Sequence[Sequence[TextBox | None]]) -> Iterator[LabelledValue]:
    """The company in the sheet's first cell and the address below it: who writes the order, unless a label says another."""
    block: list[TextBox] = []
    for row in rows[:_LETTERHEAD_ROWS]:
        filled = [cell for cell in row if cell is not None and cell.text.strip()]
        if len(filled) != 1 or (block and _has_label(filled[0].text)):
            break
        block += filled
    names = re.split(r"\s+[–—|-]\s+", block[0].text.strip()) if block else []
    has_town = any(town_of(box.text) is not None for box in block[1:])
    own = [name for name in names if meaning_of_label(name) is None and (has_town or normalised_name(name) != folded(name))]
    if len(own) == 1 and len(own[0]) <= _LONGEST_NAME:
        text = "\n".join([own[0], *(box.text for box in block[1:])])
        yield LabelledValue("buyer", "", TextBox(text, block[0].evidence, block[0].confidence), _TITLE)


def _end_of_table(rows: Sequence[Sequence[TextBox | None]], table: int) -> int:
    """The first blank row below the head of the table's lines, else the end."""
    for at in range(table + 1, len(rows)):
        if not any(cell is not None and cell.text.strip() for cell in rows[at]):
            return at
    return len(rows)


def _labelled_in(rows: Sequence[Sequence[TextBox | None]]) -> Iterator[LabelledValue]:
    taken: set[int] = set()
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell is None or not cell.text.strip() or id(cell) in taken:
                continue
            text = cell.text.strip()
            if banner := _pieces(cell):
                yield from banner
                continue
            meaning = meaning_of_label(text.rstrip(":"))
            split = split_at_label(text) if meaning is None or ": " in text else None
            if split is not None:
                yield from _in_one_cell(rows, at, place, split)
            elif meaning is not None:
                for value, box in _beside_or_below(rows, at, place, meaning):
                    taken.add(id(box))
                    yield value


def _pieces(cell: TextBox) -> list[LabelledValue]:
    """The fields of a banner: two or more labels with their values in one cell, apart by gaps, bars or line breaks."""
    pieces = [piece for piece in _GAP.split(cell.text[:_LONGEST_BANNER]) if ":" in piece] if cell.text.count(":") > 1 else []
    split = [found for piece in pieces if (found := split_at_label(piece)) is not None and found[0].name not in _PARTIES]
    if len(split) < 2:
        return []
    return [
        LabelledValue(meaning.name, label, TextBox(value, cell.evidence, cell.confidence), _BESIDE * meaning.strength)
        for meaning, label, value in split
    ]


def _in_one_cell(
    rows: Sequence[Sequence[TextBox | None]], at: int, place: int, split: tuple[Meaning, str, str]
) -> Iterator[LabelledValue]:
    meaning, label, value = split
    cell = rows[at][place]
    if cell is None:
        return
    box = TextBox(value, cell.evidence, cell.confidence)
    if meaning.name in _PARTIES:
        box = _block(rows, at, place, box)
    yield LabelledValue(meaning.name, label, box, _BESIDE * meaning.strength)


def _beside_or_below(
    rows: Sequence[Sequence[TextBox | None]], at: int, place: int, meaning: Meaning
) -> Iterator[tuple[LabelledValue, TextBox]]:
    """The next filled cell to the right, unless that is a label too; else the cell below. With the value, its cell."""
    row, label = rows[at], rows[at][place]
    right = next((index for index in range(place + 1, min(len(row), place + 1 + _REACH_RIGHT)) if _filled(row[index])), None)
    chosen, strength, where = (row[right], _BESIDE, (at, right)) if right is not None else (None, 0.0, (at, place))
    if chosen is None or _has_label(chosen.text):
        under = rows[at + 1][place] if at + 1 < len(rows) and place < len(rows[at + 1]) else None
        chosen, strength, where = (under, _BELOW, (at + 1, place))
    if chosen is None or not _filled(chosen) or _has_label(chosen.text) or label is None:
        return
    box = _block(rows, where[0], where[1] or 0, chosen) if meaning.name in _PARTIES else chosen
    yield LabelledValue(meaning.name, label.text, box, strength * meaning.strength), chosen


def _filled(cell: TextBox | None) -> bool:
    return cell is not None and bool(cell.text.strip())


def _has_label(text: str) -> bool:
    """Whether a cell is a label, or begins with one and a colon; "Net 30" beside "Terms" is neither."""
    text = text.strip()
    return meaning_of_label(text.rstrip(":")) is not None or (":" in text and split_at_label(text) is not None)


def _block(rows: Sequence[Sequence[TextBox | None]], at: int, place: int, first: TextBox) -> TextBox:
    """The lines of an address that go on below its first one, in the same column, up to a gap or the next label."""
    lines = [first.text]
    for below in range(at + 1, min(len(rows), at + _BLOCK_ROWS)):
        cell = rows[below][place] if place < len(rows[below]) else None
        if cell is None or not cell.text.strip() or _has_label(cell.text):
            break
        left = [other for other in rows[below][:place] if other is not None and other.text.strip()]
        # What stands right of a label, or directly beside another cell, belongs to that.
        if left and (_has_label(left[-1].text) or left[-1] is rows[below][place - 1]):
            break
        lines.append(cell.text)
    return TextBox("\n".join(lines), first.evidence, first.confidence)

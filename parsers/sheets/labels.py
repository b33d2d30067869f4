"""The labelled cells of a sheet outside its tables of lines: label and value in one cell, side by side, one above the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from models.domain.document import Grid, TextBox
from models.domain.normalisation import folded, normalised_name
from parsers.fields import LabelledValue
from parsers.head_words import kinds_of
from parsers.lexicon import Meaning, meaning_of_label, split_at_label
from parsers.sheets.addresses import addresses_apart, is_party_form
from parsers.sheets.records import head_of_records
from parsers.tables.columns import Heading
from parsers.tables.head_rows import Row
from parsers.tables.headings import headings_of
from parsers.totals import FOOT
from parsers.values.addresses import holds_address, pieces_of_line
from parsers.values.streets import is_street
from parsers.values.towns import country_of, town_of

_PARTIES = frozenset({"ship_to", "bill_to", "buyer", "seller", "ship_from"})
_ABOUT_A_PARTY = frozenset({"contact", "phone", "email", "website"})
_REACH_RIGHT, _BLOCK_ROWS = 5, 8
_MOST_HEAD_ROWS, _ROWS_BELOW = 400, 60
_GAP = re.compile(r"\s{2,}|\s*[|;•·\n\t]\s*|\s+/\s+|,\s+(?=[^\W\d_][^,:]{1,30}:)")
_LONGEST_BANNER = 1_000
_BETWEEN_NAMES = re.compile(r"\s+[–—|•·-]\s+")
_LETTERHEAD_ROWS, _LONGEST_NAME = 7, 80
_APART = 3  # columns from one block to the next
_CLAUSE = re.compile(r"\d{1,2}[.)]\s+[^\W\d]")  # "4. Invoices state the order's number", and "4. Stock" in an address
_LONGEST_LINE, _FEWEST_WORDS = 80, 4
_NUMBERED = re.compile(r"(?=(?:\D{0,20}\d){3})[^\s:]{4,40}")
_WEEK = re.compile(
    r"(?:week|wk|kw|kalenderwoche|woche|semaine|sem|semana|settimana|sett|tydzie[ńn]|tydz)[\s.:#]*\d{1,2}(?:\W+\d{2,4})?",
    re.IGNORECASE,
)
_DAY_OF = frozenset({"le", "dnia"})
_TITLE_ROWS, _NUMBER_OF_TITLE = 2, 1.0
_BESIDE, _BELOW, _TITLE = 0.97, 0.85, 0.5


def labelled_values(sheet: Grid) -> Iterator[LabelledValue]:
    """The labelled cells outside the line table: label and value in one cell, side by side, or one above the other."""
    rows = (*sheet.rows[:_MOST_HEAD_ROWS], *sheet.rows[max(_MOST_HEAD_ROWS, len(sheet.rows) - _ROWS_BELOW) :])
    headings = headings_of(rows)
    tables = [at for at, heading in headings.items() if _heads_lines(heading)]
    first = tables[0] if tables else len(rows)
    yield from head_of_records(rows)
    labelled = [*_labelled_in(rows[:first]), *addresses_apart(rows[:first])]
    if not any(map(_names_customer, labelled)):
        yield from _letterhead(rows[:first])
    yield from labelled
    ends = [_end_of_table(rows, at, headings[at]) for at in tables]
    for end, following in zip(ends, [*tables[1:], len(rows)], strict=False):
        yield from (value for value in _labelled_in(rows[end:following]) if value.field not in FOOT)


def _heads_lines(heading: Heading) -> bool:
    return heading.is_order_table or sum(column.roles[0] is not None for column in heading.columns) > 2


def _letterhead(rows: Sequence[Row]) -> Iterator[LabelledValue]:
    """The company in the sheet's first cell and the address below it: who writes the order, unless a label says another."""
    block: list[TextBox] = []
    for row in rows[:_LETTERHEAD_ROWS]:
        filled = _before_labels(row)
        if not block and len(filled) == 1 and (_is_title(filled[0].text) or filled[0] not in row[:_APART]):
            continue  # a title above the letterhead, a note in the other corner
        if len(filled) != 1 or (block and _has_label(filled[0].text)):
            if filled:
                break
            continue  # a gap between title, name and address
        block += filled
    names = _BETWEEN_NAMES.split(block[0].text.strip()) if block else []
    parts = pieces_of_line(block[0].text) if block and len(block[0].text) <= _LONGEST_BANNER else []
    if len(names) < 2 < len(parts) and not is_street(parts[0]) and holds_address(parts[1:]):
        names = list(parts)
    if len(names) > 2 and any(map(is_street, names)) and any(map(_holds_town, names)):
        block, names = [replace(block[0], text=name) for name in names], names[:1]  # all of it in one cell
    pieces = (piece for box in block[1:] for part in _BETWEEN_NAMES.split(box.text) for piece in pieces_of_line(part))
    has_town = any(town_of(piece) is not None for piece in pieces)
    named = [name for name in names if meaning_of_label(name) is None]
    companies = [name for name in named if normalised_name(name) != folded(name)]
    own = companies or (named if has_town else [])
    if len(own) == 1 and len(own[0]) <= _LONGEST_NAME:
        text = "\n".join([own[0], *(box.text for box in block[1:])])
        yield LabelledValue("buyer", "", TextBox(text, block[0].evidence, block[0].confidence), _TITLE)


def _holds_town(name: str) -> bool:
    return any(town_of(piece) is not None for piece in pieces_of_line(name))


def _names_customer(value: LabelledValue) -> bool:
    """ "Customer name", "Firma" on a seller's form, whose letterhead is the seller's."""
    kinds = kinds_of(value.label.strip(" :")) if value.field == "buyer" else None
    return any(each & {"client", "company"} for each in kinds or ()) and value.strength > _TITLE


def _is_title(text: str) -> bool:
    """Whether a cell is a label, unless it begins with a company: "Acme Ltd - Purchasing Department"."""
    first = _BETWEEN_NAMES.split(text.strip())[0]
    return meaning_of_label(text.strip()) is not None and normalised_name(first) == folded(first)


def _before_labels(row: Row) -> list[TextBox]:
    """The row's cells left of the first label beside them: a title, when it was printed, a date in the sheet's other corner."""
    placed = [place for place, cell in enumerate(row) if cell is not None and cell.text.strip()]
    apart = next((at for at, (one, other) in enumerate(pairwise(placed), 1) if other - one >= _APART), len(placed))
    filled = [cell for place in placed[:apart] if (cell := row[place]) is not None]
    labelled = (place for place, cell in enumerate(filled) if place > 0 and _has_label(cell.text))
    return filled[: next(labelled, len(filled))]


def _end_of_table(rows: Sequence[Row], table: int, heading: Heading) -> int:
    """The first row below the last one that counts something, no later than the first blank row below the table's head."""
    blank = (at for at in range(table + 1, len(rows)) if not any(map(_filled, rows[at])))
    end = next(blank, len(rows))
    column = heading.column_of("quantity")
    place = column.index if column is not None else len(rows[table])
    counted = (at for at in range(end - 1, table, -1) if place < len(rows[at]) and _filled(rows[at][place]))
    return next(counted, end - 1) + 1


def _labelled_in(rows: Sequence[Row]) -> Iterator[LabelledValue]:
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


def _in_one_cell(rows: Sequence[Row], at: int, place: int, split: tuple[Meaning, str, str]) -> Iterator[LabelledValue]:
    meaning, label, value = split
    cell = rows[at][place]
    if cell is None:
        return
    meaning = _meant(meaning, value)
    if meaning.name == "po_number" and _WEEK.fullmatch(value.strip()):
        return  # "Bestelling week 48" is a title
    box = TextBox(value, cell.evidence, cell.confidence)
    if meaning.name in _PARTIES:
        box = _block(rows, at, place, box)
    yield LabelledValue(meaning.name, label, box, _BESIDE * meaning.strength)


def _beside_or_below(rows: Sequence[Row], at: int, place: int, meaning: Meaning) -> Iterator[tuple[LabelledValue, TextBox]]:
    """The next filled cell to the right, unless that is a label too; else the cell below. With the value, its cell."""
    row, label = rows[at], rows[at][place]
    right = next((index for index in range(place + 1, min(len(row), place + 1 + _REACH_RIGHT)) if _filled(row[index])), None)
    chosen, strength, where = (row[right], _BESIDE, (at, right)) if right is not None else (None, 0.0, (at, place))
    if chosen is None or _has_label(chosen.text):
        below = at + 1
        if meaning.name in _PARTIES and _is_about_party(_cell_at(rows, below, place)):
            below += 1  # "ATTN: Rita Salas" over the name
        chosen, strength, where = (_cell_at(rows, below, place), _BELOW, (below, place))
    if chosen is None or not _filled(chosen) or _has_label(chosen.text) or label is None:
        return
    if meaning.name in _PARTIES and right is None and is_party_form(rows, *where):
        return
    meaning = _meant(meaning, chosen.text)
    if label.text.strip(" :").casefold() in _DAY_OF and meaning.name == "order_date" and _follows_a_delivery(row[:place]):
        meaning = Meaning("requested_delivery_date", 1.0)
    if meaning.name == "po_number" and _numbers_a_title(rows, at, place):
        meaning = Meaning(meaning.name, _NUMBER_OF_TITLE)
    box = _block(rows, where[0], where[1] or 0, chosen) if meaning.name in _PARTIES else chosen
    yield LabelledValue(meaning.name, label.text, box, strength * meaning.strength), chosen


def _follows_a_delivery(row: Row) -> bool:
    """ "Livraison : 14 place du Marché | Le : 27/11": the day of what the row says before."""
    labels = (meaning_of_label(cell.text.strip().rstrip(" :")) for cell in row if cell is not None)
    return any(meaning is not None and meaning.name in ("ship_to", "requested_delivery_date") for meaning in labels)


def _numbers_a_title(rows: Sequence[Row], at: int, place: int) -> bool:
    """Whether a bare "N°" stands right below, or behind, a title that says "purchase order" and has no number of its own."""
    for row in rows[max(0, at - _TITLE_ROWS) : at + 1]:
        for before, cell in enumerate(row[:place] if row is rows[at] else row):
            meaning = meaning_of_label(cell.text.strip()) if cell is not None else None
            right = next((other for other in row[before + 1 : before + 1 + _REACH_RIGHT] if other is not None), None)
            is_bare = right is None or _has_label(right.text)
            if meaning is not None and meaning.name == "po_number" and meaning.strength >= 1 and is_bare:
                return True
    return False


def _meant(meaning: Meaning, value: str) -> Meaning:
    """ "Livraison", "Delivery": the day by which goods are wanted, but beside an address the place where."""
    if meaning.name == "requested_delivery_date" and any(town_of(piece) is not None for piece in pieces_of_line(value)):
        return Meaning("ship_to", meaning.strength)
    return meaning


def _cell_at(rows: Sequence[Row], at: int, place: int) -> TextBox | None:
    return rows[at][place] if at < len(rows) and place < len(rows[at]) else None


def _is_about_party(cell: TextBox | None) -> bool:
    """Whether a cell labels who to ask, or a number to call, with its value: it stands within a party's block."""
    split = split_at_label(cell.text) if cell is not None and ":" in cell.text else None
    return split is not None and split[0].name in _ABOUT_A_PARTY


def _filled(cell: TextBox | None) -> bool:
    return cell is not None and bool(cell.text.strip())


def _has_label(text: str) -> bool:
    """Whether a cell is a label, or begins with one and a colon; "Net 30" beside "Terms" is neither."""
    text = text.strip()
    if _NUMBERED.fullmatch(text) or country_of(text) is not None:
        return False  # "ZD/1180/2026": a label and a number are one number; "France" is no misspelt "Franco"
    return meaning_of_label(text.rstrip(":")) is not None or (":" in text and split_at_label(text) is not None)


def _is_clause(text: str, above: Sequence[str]) -> bool:
    """Whether a cell below an address goes on with something else: the next of the numbered conditions, or a sentence."""
    text = text.strip()
    if len(text) > _LONGEST_LINE and ("." in text[:-1] or ";" in text):
        return True
    return bool(_CLAUSE.match(text)) and (len(text.split()) > _FEWEST_WORDS or any(town_of(line) is not None for line in above))


def _is_whole_address(lines: Sequence[str]) -> bool:
    """Whether street and town are there already: what stands below says something else, unless it names the country."""
    pieces = [piece for line in lines for piece in pieces_of_line(line)]
    return any(town_of(piece) is not None for piece in pieces) and any(map(is_street, pieces))


def _block(rows: Sequence[Row], at: int, place: int, first: TextBox) -> TextBox:
    """The lines of an address that go on below its first one, in the same column, up to a gap or the next label."""
    lines = [first.text]
    for below in range(at + 1, min(len(rows), at + _BLOCK_ROWS)):
        cell = rows[below][place] if place < len(rows[below]) else None
        if cell is None or not cell.text.strip() or _is_clause(cell.text, lines):
            break
        if _has_label(cell.text) and not _is_about_party(cell):
            break
        if _is_whole_address(lines) and country_of(cell.text) is None:
            break
        left = [other for other in rows[below][:place] if other is not None and other.text.strip()]
        # What stands right of a label, or directly beside another cell, belongs to that.
        if left and (_has_label(left[-1].text) or left[-1] is rows[below][place - 1]):
            break
        lines.append(cell.text)
    return TextBox("\n".join(lines), first.evidence, first.confidence)

"""What the head of a sheet says without saying it plainly: a lone number under a weak label, a day that stands by itself in a
corner, sentences in cells that say by when and where to the goods are wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from models.contracts.extraction_v1 import PartyV1, StatedValue
from models.domain.document import Grid, TextBox
from models.domain.normalisation import folded, normalised_name
from parsers.fields import HeaderReading, LabelledValue
from parsers.head_words import kinds_of
from parsers.lexicon import meaning_of_label, split_at_label
from parsers.prose.head import delivery_place_in
from parsers.prose.items import Source
from parsers.prose.segments import segments_of
from parsers.prose.wanted_days import day_in
from parsers.tables.head_rows import Row
from parsers.tables.headings import headings_of
from parsers.values.cells import date_cell, stated
from parsers.values.numbers import NumberStyle
from parsers.values.paper_numbers import paper_number

_ROWS_ASKED, _ROWS_OF_HEAD, _APART = 400, 15, 3
#: A number that somebody gave a paper: letters before figures, or four figures at least.
_GIVEN = re.compile(r"(?=(?:\D*\d){3})(?:[A-Za-z]{1,5}[ ./-]?)?\d[\w./-]{2,24}|(?=(?:\D*\d){3})[A-Za-z][\w./-]{3,24}")
_BARE_LABEL = re.compile(r"n\W*[rº°]?\W*|no\W*|num(?:ber|mer|er|[eé]ro)?\W*", re.IGNORECASE)
_LONE, _DOUBTED = 0.93, 0.5
_YOUR_REFERENCE = [frozenset({"owner_them"}), frozenset({"code"})]
_UNLABELLED_DAY, _SAID = 0.8, 0.9
_DATED = re.compile(r"\b(?:19|20)?\d{2}$|^\d{4}-")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_LONGEST_SENTENCE = 400
#: A sentence that says when goods are to be there, and none that says when to pay, or to send a form back.
_DELIVERS = re.compile(
    r"\b(?:deliver|shipped|arriv|needed|require[ds]?\b|liefer|anliefer|zustell|ben[oö]tig|brauch|livr|besoin|entreg|necesit|consegn"
    r"|lever|bezorg|nodig|dostaw|dostarcz|potrzeb)"
    r"|^(?:please|bitte|svp|merci|por favor|per favore|graag|prosz[eę])\W+\w+\W+[\d./-]+",
    re.IGNORECASE,
)
_NOT_DELIVERS = re.compile(
    r"\b(?:pa(?:y|id|go|gamento|gar|iement)|zahl|betal|p[lł]at|return|retour|zur[uü]ck|eintrag|ausf[uü]ll|fill|valid|g[uü]ltig|invoice)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[^\W\d_]\.\s?){0,2}[^\W\d_a-z][^\W\d_]+(?:[ -][^\W\d_a-z][^\W\d_]*\.?){0,2}")


def with_lone_number(values: Sequence[LabelledValue], style: NumberStyle) -> list[LabelledValue]:
    """The values, with more trust in the number under "Order", "Our ref" or "Bestellformular" where the sheet states no other
    that could be the order's; a bare "No." may number anything."""
    numbers = {paper_number(each.value.text, style) for each in values if each.field == "po_number"} - {None}
    if not numbers:
        return [*values, *_on_their_form(values, style)]
    return [
        replace(each, strength=max(each.strength, _LONE)) if len(numbers) == 1 and _is_given(each, style) else each
        for each in values
    ]


def _on_their_form(values: Sequence[LabelledValue], style: NumberStyle) -> Iterator[LabelledValue]:
    """ "Your reference" on the form of a seller who numbers the customer is the buyer's, with doubt: on a buyer's own paper it
    would be the seller's."""
    named = [each for each in values if each.field == "quotation_ref" and kinds_of(each.label) == _YOUR_REFERENCE]
    if len(named) == 1 and any(each.field == "customer_number" for each in values):
        number = replace(named[0], field="po_number", strength=_DOUBTED)
        if _is_given(number, style):
            yield number


def _is_given(value: LabelledValue, style: NumberStyle) -> bool:
    number = paper_number(value.value.text, style) if value.field == "po_number" and value.label else None
    return number is not None and _GIVEN.fullmatch(number) is not None and _BARE_LABEL.fullmatch(value.label.strip(" :")) is None


def with_unlabelled(header: HeaderReading, sheets: Sequence[Grid], style: NumberStyle) -> HeaderReading:
    """The head with the day of a corner and what sentences say, where no label says it."""
    if header.order_date is None and (day := _bare_day(sheets, header, style)) is not None:
        header = replace(header, order_date=day)
    if header.requested_delivery_date is not None and "ship_to" in header.parties:
        return header
    written_on = date.fromisoformat(header.order_date.value) if header.order_date else None
    for cell in (cell for sheet in sheets for cell in _sentences(sheet)):
        source = Source(cell.evidence.part, cell.text, style, style.language)
        if header.requested_delivery_date is None and (wanted := _wanted(source, cell, written_on)) is not None:
            header = replace(header, requested_delivery_date=wanted)
        place = delivery_place_in(source) if "ship_to" not in header.parties else None
        if place is not None:
            header = replace(header, parties={**header.parties, "ship_to": _placed(place[0], cell)})
    return header


def without_person(header: HeaderReading) -> HeaderReading:
    """ "Purchaser: Ann Perrin" where goods or the bill go to a company: who buys for it is none of its names."""
    buyer = header.parties.get("buyer")
    others = [header.parties[role] for role in ("ship_to", "bill_to") if role in header.parties]
    if buyer is None or buyer.name is None or buyer.street is not None or buyer.city is not None:
        return header
    named = _NAME.fullmatch(buyer.name.value) is not None and not _is_company(buyer) and " " in buyer.name.value
    if not named or not any(_is_company(other) for other in others) or any(_share_a_word(buyer, other) for other in others):
        return header
    own = buyer.model_copy(update={"name": None})
    return replace(header, parties={**header.parties, "buyer": own})


def _is_company(party: PartyV1) -> bool:
    return party.name is not None and normalised_name(party.name.value) != folded(party.name.value)


def _share_a_word(one: PartyV1, other: PartyV1) -> bool:
    names = [set(folded(party.name.value).split()) if party.name is not None else set() for party in (one, other)]
    return bool(names[0] & names[1])


def _bare_day(sheets: Sequence[Grid], header: HeaderReading, style: NumberStyle) -> StatedValue | None:
    """The one day above the lines that no label and no cell beside it explains: when the order was written."""
    found = {day: cell for sheet in sheets for day, cell in _bare_days(sheet, style)}
    wanted = header.requested_delivery_date
    if len(found) != 1 or any(wanted is not None and wanted.value < day for day in found):
        return None
    ((day, cell),) = found.items()
    return stated(day, [cell], _UNLABELLED_DAY)


def _bare_days(sheet: Grid, style: NumberStyle) -> Iterator[tuple[str, TextBox]]:
    rows = sheet.rows[:_ROWS_OF_HEAD]
    first = min((at for at, heading in headings_of(rows).items() if heading.is_order_table), default=0)
    for at, row in enumerate(rows[:first]):
        for place, cell in enumerate(row):
            if cell is None or not _DATED.search(cell.text.strip()) or any(row[max(0, place - _APART) : place]):
                continue
            over = rows[at - 1][place] if at and place < len(rows[at - 1]) else None
            day = date_cell(cell.text, style) if over is None or meaning_of_label(over.text.strip(" :")) is None else None
            if day is not None:
                yield day.isoformat(), cell


def _sentences(sheet: Grid) -> Iterator[TextBox]:
    """The cells outside of tables that hold words and figures and begin with no label."""
    rows = sheet.rows[:_ROWS_ASKED]
    tables = [at for at, heading in headings_of(rows).items() if heading.is_order_table]
    for row in (row for at, row in enumerate(rows) if not _is_in_table(rows, at, tables)):
        filled = [cell for cell in row if cell is not None and cell.text.strip()]
        cell = filled[0] if len(filled) == 1 else None
        if cell is not None and len(cell.text) <= _LONGEST_SENTENCE and _is_sentence(" ".join(cell.text.split())):
            yield cell


def _is_sentence(text: str) -> bool:
    return len(_WORDS.findall(text)) > 1 and any(map(str.isdigit, text)) and split_at_label(text) is None


def _is_in_table(rows: Sequence[Row], at: int, tables: Sequence[int]) -> bool:
    start = max((table for table in tables if table <= at), default=None)
    return start is not None and all(any(row) for row in rows[start:at])


def _wanted(source: Source, cell: TextBox, written_on: date | None) -> StatedValue | None:
    if _DELIVERS.search(cell.text) is None or _NOT_DELIVERS.search(cell.text) is not None:
        return None
    days = [
        day for segment in segments_of(cell.text, source.style, source.language) if (day := day_in(source, segment, written_on))
    ]
    values = {day.value for day in days}
    return stated(values.pop(), [cell], min(_SAID, *(day.confidence for day in days))) if len(values) == 1 else None


def _placed(party: PartyV1, cell: TextBox) -> PartyV1:
    fields = {name: value for name in PartyV1.model_fields if (value := getattr(party, name)) is not None}
    return PartyV1(**{name: stated(value.value, [cell], value.confidence) for name, value in fields.items()})

"""Order lines printed as blocks of labelled values, one under the other: the same labels come again for every line.

Read only where no table of lines stands. Labels and values stand beside one another; a value's own further rows join it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from models.domain.document import Grid, TextBox
from parsers.layout.heads import TEXT_ROLES, wanted
from parsers.lexicon import meaning_of_header, split_at_coded_header, split_at_header
from parsers.page_text import PageText, Phrase, Row, text_box
from parsers.wordlists import Meaning

_FAR = 260.0
_MOST_FIELDS = 40_000
_LEAST_ROLES = 3
_NEAR = 2.5
#: How far above its labels, in heights of letters, the title of a record may stand.
_TITLE_GAP = 1.6
_LEAST_LETTERS, _MOST_VALUE = 4, 4
#: A figure, with a mark of money or the unit that a price is for before it: "box € 24.80".
_COUNTED = re.compile(r"(?:[^\W\d_]{1,12}\s)?[$€£]?\s?\d")
_POSITION = re.compile(r"(?:#|no\.?)?\d{1,4}[.):]?", re.IGNORECASE)
_GOODS = ("line_number", *sorted(TEXT_ROLES))


@dataclass(frozen=True, slots=True)
class _Field:
    """A labelled value; `page` counts from 0."""

    role: str
    label: Phrase
    value: Phrase
    further: tuple[Phrase, ...]
    page: int


@dataclass(frozen=True, slots=True)
class Records:
    """The records that begin on one page as a grid, its labels first, and the strip (top, bottom) that they take up."""

    page: int
    grid: Grid
    top: float
    bottom: float


def records_of(pages: Sequence[PageText], part: str) -> list[Records]:
    """The lines that stand as records, page by page; none where the labels do not come again for each, unless there is one."""
    fields = [field for place, page in enumerate(pages) for field in _fields(page, place)][:_MOST_FIELDS]
    records = [_titled(record, pages) for record in _records(fields)]
    found = []
    for place, page in enumerate(pages):
        own = [record for record in records if next(iter(record.values())).page == place]
        if own:
            found.append(_grid(own, page, place, part))
    return found


def _fields(page: PageText, place: int) -> Iterator[_Field]:
    for row, below in pairwise([*page.rows, None]):
        if row is not None:
            yield from _of_row(row, below, place)


def _of_row(row: Row, below: Row | None, place: int) -> Iterator[_Field]:
    phrases = list(row.phrases)
    at = 0
    while at < len(phrases):
        found = _inline(phrases[at]) or _beside(phrases, at) or _unmarked(phrases[at])
        if found is not None:
            meaning, label, value = found
            if wanted(meaning.name):
                yield _Field(meaning.name, label, value, tuple(_further(value, row, below)), place)
            at += value in phrases
        at += 1


def _inline(phrase: Phrase) -> tuple[Meaning, Phrase, Phrase] | None:
    """Label and value in one phrase, parted by a colon."""
    split = split_at_header(phrase.text) if ":" in phrase.text else None
    if split is None:
        return None
    ends = next((place for place, word in enumerate(phrase.words) if ":" in word.text), None)
    if ends is None or ends + 1 >= len(phrase.words) or not phrase.words[ends].text.endswith(":"):
        return None
    return split[0], Phrase.of(phrase.words[: ends + 1]), Phrase.of(phrase.words[ends + 1 :])


def _unmarked(phrase: Phrase) -> tuple[Meaning, Phrase, Phrase] | None:
    """Label and value in one phrase with nothing between them: "Order qty 30 box", "Your code CMD-FS1010"."""
    split = split_at_coded_header(phrase.text)
    if split is None or ":" in phrase.text or split[0].strength < 1 or not wanted(split[0].name):
        return None
    count = len(split[1].split())
    if count >= len(phrase.words) or " ".join(word.text for word in phrase.words[:count]) != split[1]:
        return None
    coded = split[0].name.endswith("part_number") and " " not in split[2]
    counted = _COUNTED.match(split[2]) is not None and len(phrase.words) - count <= _MOST_VALUE
    return (split[0], Phrase.of(phrase.words[:count]), Phrase.of(phrase.words[count:])) if coded or counted else None


def _beside(phrases: Sequence[Phrase], at: int) -> tuple[Meaning, Phrase, Phrase] | None:
    """A label and the phrase to its right, which must not be a label itself."""
    meaning = meaning_of_header(phrases[at].text.rstrip(": "))
    value = phrases[at + 1] if at + 1 < len(phrases) else None
    if meaning is None or value is None or value.x0 - phrases[at].x1 > _FAR or value.text.endswith(":"):
        return None
    is_label = meaning_of_header(value.text) is not None or _unmarked(value) is not None
    return None if is_label else (meaning, phrases[at], value)


def _further(value: Phrase, row: Row, below: Row | None) -> Iterator[Phrase]:
    """What stands right below a value and begins where it does: the rest of its text."""
    if below is None or below.top - row.bottom > 0.6 * value.size:
        return
    for phrase in below.phrases:
        if abs(phrase.x0 - value.x0) < 2 and len(below.phrases) == 1 and meaning_of_header(phrase.text.rstrip(": ")) is None:
            yield phrase


def _records(fields: Sequence[_Field]) -> list[dict[str, _Field]]:
    counts = Counter(field.role for field in fields)
    number = counts["quantity"]
    if number == 0:
        return []
    if number == 1:
        record = _single(fields)
        return [record] if record else []
    first = next(role for role in dict.fromkeys(field.role for field in fields) if counts[role] == number)
    records: list[dict[str, _Field]] = []
    for field in fields:
        if field.role == first:
            records.append({})
        if records:
            records[-1].setdefault(field.role, field)
    shared = {role for role, _ in Counter(role for record in records for role in record).items() if _is_shared(role, records)}
    records = [{role: field for role, field in record.items() if role in shared} for record in records]
    return records if all(_is_line(record) for record in records) else []


def _titled(record: dict[str, _Field], pages: Sequence[PageText]) -> dict[str, _Field]:
    """The record with the text that stands alone right above its labels, where none of these says what the goods are:
    "1. Wound dressing, foam"."""
    first = min(record.values(), key=lambda field: (field.page, field.label.top))
    above = [row for row in pages[first.page].rows if 0 <= first.label.top - row.bottom < _TITLE_GAP * first.label.size]
    row = above[-1] if above else None
    if "description" in record or row is None or len(row.phrases) > 1 or sum(map(str.isalpha, row.text)) < _LEAST_LETTERS:
        return record
    title = row.phrases[0]
    numbered = len(title.words) > 1 and _POSITION.fullmatch(title.words[0].text) is not None
    text = Phrase.of(title.words[1:]) if numbered else title
    read = {"description": _Field("description", replace(title, text="Description"), text, (), first.page)}
    if numbered and "line_number" not in record:
        number = Phrase.of(title.words[:1])
        read["line_number"] = _Field("line_number", replace(number, text="Line"), number, (), first.page)
    return {**read, **record}


def _is_shared(role: str, records: Sequence[Mapping[str, _Field]]) -> bool:
    """Whether another record than the last has the role: one that the last alone has may be the order's own total."""
    return any(role in record for record in records[:-1])


def _is_line(record: Mapping[str, _Field]) -> bool:
    return "quantity" in record and len(record) >= _LEAST_ROLES and any(role in record for role in _GOODS)


def _single(fields: Sequence[_Field]) -> dict[str, _Field]:
    """The only line of a paper: the labels around its quantity, from the first of the goods' on."""
    middle = next(place for place, field in enumerate(fields) if field.role == "quantity")
    first = last = middle
    while first > 0 and _is_near(fields[first - 1], fields[first]):
        first -= 1
    while last + 1 < len(fields) and _is_near(fields[last], fields[last + 1]):
        last += 1
    cluster = fields[first : last + 1]
    start = next((place for place, field in enumerate(cluster) if field.role in _GOODS), len(cluster))
    record: dict[str, _Field] = {}
    for field in cluster[start:]:
        record.setdefault(field.role, field)
    return record if _is_line(record) and ("unit_price" in record or "line_total" in record) else {}


def _is_near(above: _Field, below: _Field) -> bool:
    return above.page == below.page and below.label.top - above.label.bottom < _NEAR * above.label.size


def _grid(records: Sequence[Mapping[str, _Field]], page: PageText, place: int, part: str) -> Records:
    heads: dict[str, Phrase] = {}
    for record in records:
        for role, field in record.items():
            heads.setdefault(role, field.label)
    rows: list[tuple[TextBox | None, ...]] = [tuple(text_box([label], part) for label in heads.values())]
    rows += [tuple(_cell(record[role], part) if role in record else None for role in heads) for record in records]
    own = [field for record in records for field in record.values() if field.page == place]
    phrases = [phrase for field in own for phrase in (field.label, field.value, *field.further)]
    top, bottom = min(phrase.top for phrase in phrases), max(phrase.bottom for phrase in phrases)
    return Records(page.number, Grid(tuple(rows), name="records"), top, bottom)


def _cell(field: _Field, part: str) -> TextBox:
    further = field.further if field.role == "description" else ()
    return text_box([field.value, *further], part)

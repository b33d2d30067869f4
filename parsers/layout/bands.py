"""Which rows below a table's head are lines, which belong to a line, and where the table ends."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median

from models.domain.document import TextBox, Word
from parsers.layout.columns import Columns
from parsers.layout.heads import TEXT_ROLES, Head, TableHead
from parsers.layout.starts import AMOUNTS, amounts_of, is_labelled, is_start, is_total, total_field
from parsers.page_text import Row, Rule, word_box

_WIDE_WHITE = 6.0
_RULED = 1000.0
_TWO = 2
#: Rows of one cell stand so close, in parts of the letters' height; edges meet within so many points.
_WITHIN_CELL, _FLUSH = 0.5, 1.5
#: No line has more rows of text.
_LONGEST_RUN = 80
#: A number with what may stand beside it, and no number to call.
_PLAIN_FIGURE = re.compile(r"[$€£]?\s?[\d.,']*\d[\d.,']*(?=\s*(?:[^\d\s-]|$))")

Cells = tuple[TextBox | None, ...]


def body_of(rows: Sequence[Row], columns: Sequence[Columns], rules: Sequence[Rule]) -> list[Row]:
    """The rows from below the head to the last line's last sub-row; empty where no line starts."""
    starts = _starts(rows, columns)
    if not starts:
        return []
    rules = _wide_rules(rules, columns[0])
    last = min(starts[-1] + len(columns) - 1, len(rows) - 1)
    if _rules_every_row(rows, starts, rules):
        rules = ()
    pitch = _pitch(rows[: last + 1])
    left = _text_edge(rows[starts[-1]], columns[0])
    while last + 1 < len(rows) and (
        _belongs(rows[last + 1], rows[last], columns[0], pitch, left, rules) or _recurs(rows, last + 1, starts, columns[0])
    ):
        last += 1
    return list(rows[: last + 1])


def _recurs(rows: Sequence[Row], place: int, starts: Sequence[int], columns: Columns) -> bool:
    """Whether a row stands below the last line as rows stand below every line before: as far down, in the same columns."""
    offset = place - starts[-1]
    fellows = [(start + offset, rows[start + offset]) for start, following in pairwise(starts) if start + offset < following]
    row, own = rows[place], columns.parted(rows[place])
    if len(starts) < _TWO or len(fellows) < len(starts) - 1 or is_total(row):
        return False
    gap = row.top - rows[place - 1].bottom
    return all(
        abs(fellow.phrases[0].x0 - row.phrases[0].x0) < _FLUSH
        and abs(fellow.top - rows[at - 1].bottom - gap) < _FLUSH
        and columns.parted(fellow).keys() == own.keys()
        for at, fellow in fellows
    )


def _starts(rows: Sequence[Row], columns: Sequence[Columns]) -> list[int]:
    """The places where a line starts: in a table of two levels the amounts may stand a row lower."""
    if len(columns) == 1:
        starts = [place for place, row in enumerate(rows) if is_start(row, columns[0])]
    else:
        leads = (place for place, row in enumerate(rows) if _fills_first(row, columns[0]))
        starts = [place for place in leads if _amounts_near(rows, place, columns)]
    filled = [len(columns[0].parted(rows[place])) for place in starts]
    usual = median(filled[:5]) if filled else 0
    below = range(starts[0] + 1, len(rows)) if starts else ()
    end = next((place for place in below if _may_end(rows, place, is_line=place in starts)), len(rows))
    # Below a total or wide white, only what is filled like the lines above is a line: not a tax table or the letter's foot.
    return [
        place
        for place, count in zip(starts, filled, strict=True)
        if (place < end or (count >= max(3, 0.7 * usual) and _counts(rows[place], columns)))
        and not (place > 0 and _names_totals(rows[place - 1]))
    ]


def _names_totals(row: Row) -> bool:
    """Whether a row only names totals, side by side over their amounts: "Goods | Net | VAT | TOTAL"."""
    plain = not any(sign.isdigit() for sign in row.text)
    return plain and sum(total_field(phrase.text) is not None for phrase in row.phrases) > 1


def _counts(row: Row, columns: Sequence[Columns]) -> bool:
    """Whether a figure stands under an amount, and not a telephone or an account number of the letter's foot."""
    texts = (
        " ".join(word.text for word in words)
        for level in columns
        for place, words in level.parted(row).items()
        if (head := level.heads[place]) is not None and head.role in AMOUNTS
    )
    return len(columns) > 1 or any(_PLAIN_FIGURE.match(text) for text in texts)


def _may_end(rows: Sequence[Row], place: int, *, is_line: bool) -> bool:
    """Whether the lines may be over here: at a total that is no line itself, or at what stands far below the row above."""
    row = rows[place]
    return (is_total(row) and not is_line) or row.top - rows[place - 1].bottom > _WIDE_WHITE * row.size


def _amounts_near(rows: Sequence[Row], place: int, columns: Sequence[Columns]) -> bool:
    band = [rows[at] for at in _band(rows, place, columns)]
    return not any(is_total(row) for row in band) and any(
        amounts_of(row, level) for row, level in zip(band, columns, strict=False)
    )


def _band(rows: Sequence[Row], place: int, columns: Sequence[Columns]) -> list[int]:
    """The places of a line's rows, one for each level: those from `place` on, less one of text that parts the first two."""
    last = min(place + len(columns), len(rows))
    if len(columns) == _TWO and place + _TWO < len(rows) and not amounts_of(rows[place], columns[0]):
        text, lower = rows[place + 1], rows[place + _TWO]
        named = _fills_first(text, columns[0]) or is_total(text)
        if not named and not amounts_of(text, columns[1]) and len(amounts_of(lower, columns[1])) > 1:
            return [place, place + _TWO]
    return list(range(place, last))


def _pitch(rows: Sequence[Row]) -> float:
    gaps = [below.top - above.bottom for above, below in pairwise(rows)]
    return max(median(gaps), 0.0) if gaps else 0.0


def _text_edge(start: Row, columns: Columns) -> float:
    """The left edge of the texts: that of their heads, or of a line's own text where a head stands in its column's middle."""
    cells = columns.parted(start)
    texts = [(place, head) for place, head in enumerate(columns.heads) if head is not None and head.role in TEXT_ROLES]
    own = (word.x0 for place, _ in texts for word in cells.get(place, ()))
    return min((*(head.x0 for _, head in texts), *own), default=0.0)


def _belongs(row: Row, above: Row, columns: Columns, pitch: float, left: float, rules: Sequence[Rule]) -> bool:
    """Whether a row after the last start still speaks of that line: close, inside the columns, under no closing rule."""
    if is_total(row) or row.top - above.bottom > max(0.9 * row.size, pitch + 2):
        return False
    if any(_closes(rule, above, row) for rule in rules):
        return False
    if row.phrases[0].x0 < left - 30:
        return _wraps(row, above, columns)
    return columns.place(row.phrases[0].x0) < len(columns.heads) - 1


def _wraps(row: Row, above: Row, columns: Columns) -> bool:
    """Whether a row goes on in narrow cells of the row above: close below it, and all its pieces flush with cells there."""
    if row.top - above.bottom > _WITHIN_CELL * row.size:
        return False
    cells, own = columns.parted(above), columns.parted(row)
    return len(own) > 1 and all(place in cells and _flush(words, cells[place]) for place, words in own.items())


def _flush(words: Sequence[Word], above: Sequence[Word]) -> bool:
    """Whether words stand below others at the same left or right edge, or in their middle."""
    left, right = words[0].x0 - above[0].x0, words[-1].x1 - above[-1].x1
    return min(abs(left), abs(right), abs(left + right) / 2) < _FLUSH


def _rules_every_row(rows: Sequence[Row], starts: Sequence[int], rules: Sequence[Rule]) -> bool:
    """Whether drawn lines part a line's own rows too, so that none closes the table."""
    below = (place + 1 for place, following in pairwise(starts) if following > place + 1)
    return any(_closes(rule, rows[place - 1], rows[place]) for place in below for rule in rules)


def _wide_rules(rules: Sequence[Rule], columns: Columns) -> list[Rule]:
    """The drawn lines across the table, such as part one line of an order from the next."""
    heads = [head for head in columns.heads if head is not None]
    width = max(head.x1 for head in heads) - min(head.x0 for head in heads)
    return [rule for rule in rules if not rule.upright and rule.x1 - rule.x0 > 0.5 * width]


def _closes(rule: Rule, above: Row, below: Row) -> bool:
    return above.bottom - 2 <= rule.top <= below.top + 2


def side_rows(body: Sequence[Row], heads: Sequence[TableHead]) -> list[tuple[TableHead, list[Row]]]:
    """The tables below a line that say the same goods again (its deliveries): each head with its rows, head rows first."""
    found: list[tuple[TableHead, list[Row]]] = []
    for head in heads:
        rows: list[Row] = []
        for row in (row for row in body if row.top >= head.top - 1):
            if row.top > head.bottom and not _repeats(row, head):
                break
            rows.append(row)
        if rows:
            found.append((head, rows))
    return found


def _repeats(row: Row, head: TableHead) -> bool:
    """Whether the row stands under the side table's heads and has no words of its own, as a line's description would be."""
    first = min(each.x0 for each in head.heads) - 12
    wordy = any(sum(letter.isalpha() for letter in phrase.text) > 5 for phrase in row.phrases)
    return row.phrases[0].x0 >= first and not wordy


def _fills_first(row: Row, columns: Columns) -> bool:
    first = next(head for head in columns.heads if head is not None)
    lead = row.phrases[0]
    return columns.place((lead.words[0].x0 + lead.words[0].x1) / 2) == columns.heads.index(first) and any(
        letter.isdigit() for letter in lead.words[0].text
    )


def line_cells(
    body: Sequence[Row], columns: Sequence[Columns], rules: Sequence[Rule], part: str, side: Mapping[int, Columns] | None = None
) -> list[Cells]:
    """The body's rows as cells. Cells wrapped above their line's numbers join it; rows of two levels stand side by side.
    `side` gives the columns of rows (by identity) that belong to a table within the table."""
    if len(columns) > 1:
        return _flat(body, columns, part)
    rules = _wide_rules(rules, columns[0])
    found: list[Cells] = []
    pending: list[Row] = []
    for place, row in enumerate(body):
        if side and id(row) in side:
            found.append(_cells([row], side[id(row)], part))
        elif is_start(row, columns[0]):
            found.append(_cells([*pending, row], columns[0], part))
            pending = []
        elif pending or _leans_down(body, place, columns[0], rules):
            pending.append(row)
        else:
            found.append(_cells([row], columns[0], part))
    return found + [_cells([row], columns[0], part) for row in pending]


def _leans_down(body: Sequence[Row], place: int, columns: Columns, rules: Sequence[Rule]) -> bool:
    """Whether a row without numbers belongs to the line that starts below: a drawn rule or the wider white lies above it."""
    row = body[place]
    start = next((below for below in body[place + 1 :] if is_start(below, columns)), None)
    if start is None or is_total(row) or is_labelled(row) or (_number_of(row, columns) and _number_of(start, columns)):
        return False
    if any(_closes(rule, row, start) for rule in rules):
        return False
    gap_below = body[place + 1].top - row.bottom
    if place == 0:
        ruled = any(_closes(rule, above, below) for above, below in pairwise(body) for rule in rules)
        return ruled or gap_below < 0.35 * row.size
    first = next((at for at in range(place - 1, max(place - _LONGEST_RUN, -1), -1) if is_start(body[at], columns)), place - 1)
    last = next(at for at in range(place + 1, len(body)) if body[at] is start)
    gaps = [_gap(body[at - 1], body[at], rules) for at in range(first + 1, last + 1)]
    own = place - first
    return max(gaps[:own]) > max(gaps[own:]) + 1.5


def _number_of(row: Row, columns: Columns) -> bool:
    """Whether the row has a figure of its own in the column of line numbers: a title that counts like the lines below it."""
    parted = columns.parted(row)
    return any(
        head is not None
        and head.role == "line_number"
        and any(sign.isdigit() for word in parted.get(place, ()) for sign in word.text)
        for place, head in enumerate(columns.heads)
    )


def _gap(above: Row, below: Row, rules: Sequence[Rule]) -> float:
    """The white between two rows; a drawn rule parts them more than any white."""
    return _RULED if any(_closes(rule, above, below) for rule in rules) else below.top - above.bottom


def _flat(body: Sequence[Row], columns: Sequence[Columns], part: str) -> list[Cells]:
    """Each line's rows side by side in one row; what follows them stands below under the first level's columns."""
    starts = set(_starts(body, columns))
    rest = sum(not goes_on(head, level) for level, own in enumerate(columns) if level for head in own.heads)
    found: list[Cells] = []
    place = 0
    while place < len(body):
        if place in starts:
            band = _band(body, place, columns)
            found.append(_side_by_side([body[at] for at in band], columns, part))
            between = (at for at in range(band[0], band[-1]) if at not in band)
            found += [(*_cells([body[at]], columns[0], part), *[None] * rest) for at in between]
            place = band[-1] + 1
        else:
            found.append((*_cells([body[place]], columns[0], part), *[None] * rest))
            place += 1
    return found


def goes_on(head: Head | None, level: int) -> bool:
    """Whether a head of a table of several levels stands higher, and its cells only go on in the row of `level`."""
    return head is not None and head.level < level


def _side_by_side(band: Sequence[Row], columns: Sequence[Columns], part: str) -> Cells:
    cells: list[list[list[Word]]] = [[[] for _ in own.heads] for own in columns]
    for level, (row, own) in enumerate(zip(band, columns, strict=False)):
        for place, words in own.parted(row).items():
            head = own.heads[place]
            above = columns[0].heads.index(head) if goes_on(head, level) else None
            (cells[level][place] if above is None else cells[0][above]).extend(words)
    kept = [
        words
        for level, (own, found) in enumerate(zip(columns, cells, strict=True))
        for head, words in zip(own.heads, found, strict=True)
        if not goes_on(head, level)
    ]
    return tuple(word_box(words, part) if words else None for words in kept)


def _cells(rows: Sequence[Row], columns: Columns, part: str) -> Cells:
    parted = [columns.parted(row) for row in rows]
    words = [[word for cells in parted for word in cells.get(place, ())] for place in range(len(columns.heads))]
    return tuple(word_box(each, part) if each else None for each in words)

"""Finds the head of a table of order lines among a page's rows: one to four stacked rows of known column names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from models.domain.document import Word
from parsers.lexicon import column_of_header
from parsers.page_text import Phrase, Row, is_typed
from parsers.tables.head_rows import is_size

#: The role of a column that holds what is wanted in one size: its quantities are lines of their own.
SIZE = "matrix_size"
NUMERIC_ROLES = frozenset({"quantity", "unit_price", "line_total", "discount_percent", "price_basis_quantity", SIZE})
TEXT_ROLES = frozenset({"description", "part_number", "buyer_part_number", "seller_part_number", "gtin"})

_MAX_ROWS = 4
_MAX_PHRASES = 40
#: Looks at each sign once, however long the text is.
_NUMBER = re.compile(r"[^A-Za-z\d]*\d[^A-Za-z]*")
_LABELLED = re.compile(r"[^\W\d][^:\d]{1,30}:\s+[^:]{0,20}\d")  # "Order: GA-1117"
_LEAST_SIZES = 3
_LEAST_ACROSS = 3
_DELIVERED = ("quantity", "requested_delivery_date")
_OF_DELIVERIES = frozenset({*_DELIVERED, "unit", "line_number", "line_total", "schedule"})
#: A gap wider than this many times the letter height is no blank, which is about 0.28 of it.
_WIDE_GAP = 0.5
#: What may name a column in a word that no list holds: "RG".
_UNKNOWN_NAME = re.compile(r"[^\W\d_]{1,12}\.?")
_LINKS = frozenset({"of", "per", "de", "del", "di", "van", "der", "pro"})
_ENDS_LOW = re.compile(r"[^\W\d_A-Z]\.?$")


@dataclass(frozen=True, slots=True)
class Head:
    """One column's head. `level` counts the rows of a line that it stands for: 0 for the first, 1 for one below."""

    phrases: tuple[Phrase, ...]
    role: str | None
    level: int = 0

    @property
    def text(self) -> str:
        return " ".join(phrase.text for phrase in self.phrases)

    @property
    def x0(self) -> float:
        return min(phrase.x0 for phrase in self.phrases)

    @property
    def x1(self) -> float:
        return max(phrase.x1 for phrase in self.phrases)


@dataclass(frozen=True, slots=True)
class TableHead:
    """A table's heads and the rows (`first` to `last`, indices into the page's rows) in which they stand."""

    heads: tuple[Head, ...]
    first: int
    last: int
    top: float
    bottom: float

    @property
    def roles(self) -> set[str]:
        return {head.role for head in self.heads if head.role is not None and wanted(head.role)}

    @property
    def levels(self) -> int:
        return max(head.level for head in self.heads) + 1

    @property
    def names_goods(self) -> bool:
        """Whether the columns say what the goods are, as they do in a table of lines and not in one of deliveries."""
        return bool(self.roles & TEXT_ROLES) and all(head.role != "schedule" for head in self.heads)

    @property
    def heads_lines(self) -> bool:
        """Whether order lines may stand below, rather than taxes or a band of the form."""
        roles = self.roles
        amounts = roles & NUMERIC_ROLES
        return len(roles) >= 3 and bool(amounts) and (self.names_goods or "line_number" in roles or len(amounts) >= 2)


def wanted(role: str | None) -> bool:
    """Whether a column of this role says something that an order line states."""
    return role is not None and not role.startswith(("ignore", "head.", "schedule"))


def find_heads(rows: Sequence[Row]) -> list[TableHead]:
    """Every table head among `rows`, top down and without overlaps; also those of schedules and other side tables."""
    found: list[TableHead] = []
    place = 0
    while place < len(rows):
        best = _best_head(rows, place)
        if best is None:
            place += 1
            continue
        found.append(best)
        place = best.last + 1
    return found


def _best_head(rows: Sequence[Row], first: int) -> TableHead | None:
    """The head that starts in this row: the number of rows that names the most columns, by the most names."""
    best: TableHead | None = None
    for last in range(first, min(first + _MAX_ROWS, len(rows))):
        if not _may_be_head(rows[last]) or (last > first and rows[last].top - rows[last - 1].bottom > 0.9 * rows[last].size):
            break
        if best is not None and _heads_deliveries(rows[last], best):
            break
        if all(len(list(_cells(row))) < _LEAST_ACROSS for row in rows[first : last + 1]):
            continue  # labels under one another, with their values beside them
        head = _head_of(rows[first : last + 1], first)
        if len(head.roles) >= 3 and _names_something(rows[first], head) and (best is None or _worth(head) > _worth(best)):
            best = head
    return best


def _heads_deliveries(row: Row, head: TableHead) -> bool:
    """Whether a row below a whole head heads a line's deliveries: it counts again, by days, and names no goods."""
    roles = {role for cell in _cells(row) if (role := column_of_header(cell.text)) is not None}
    return (
        head.heads_lines and head.names_goods and roles <= _OF_DELIVERIES and {*_DELIVERED} <= roles and "quantity" in head.roles
    )


def _names_something(row: Row, head: TableHead) -> bool:
    """Whether this row adds a name to the head: a note right above a head is not part of it."""
    return any(phrase.top < row.bottom for each in head.heads if each.role is not None for phrase in each.phrases)


def _worth(head: TableHead) -> tuple[int, int, int]:
    named = [each for each in head.heads if each.role is not None]
    names = sum(column_of_header(phrase.text) is not None for each in named for phrase in each.phrases)
    return len(head.roles), len(named), names


def _may_be_head(row: Row) -> bool:
    """A head names things: it holds no lone numbers or dates, and few enough phrases."""
    if len(row.phrases) > _MAX_PHRASES:
        return False
    if any(_LABELLED.match(phrase.text) or phrase.text.startswith(": ") for phrase in row.phrases):
        return False
    numbers = [phrase for phrase in row.phrases if _NUMBER.fullmatch(phrase.text)]
    return not numbers or _counts_sizes(numbers, row)


def _counts_sizes(numbers: Sequence[Phrase], row: Row) -> bool:
    """Whether the numbers among a head's names are sizes: three or more that rise from left to right."""
    texts = [word.text for phrase in numbers for word in phrase.words]
    if len(texts) < _LEAST_SIZES or not all(text.isdecimal() and is_size(text) for text in texts):
        return False
    figures = [int(text) for text in texts]
    named = sum(column_of_header(phrase.text) is not None for phrase in row.phrases)
    return named >= 2 and figures == sorted(set(figures))


def _head_of(rows: Sequence[Row], first: int) -> TableHead:
    cells = [(level, cell) for level, row in enumerate(rows) for cell in _cells(row)]
    stacks = _stacks(cells)
    groups = [_heads_of_stack(stack) for stack in stacks]
    if _translate(stacks):
        groups = [[_joined([phrase for head in group for phrase in head.phrases])] for group in groups]
    heads = _with_sizes([head for group in groups for head in group])
    # Only where two names of different columns stand over each other do the lines themselves have several rows.
    several = any(len(group) > 1 for group in groups)
    levels = sorted({head.level for head in heads if wanted(head.role)}) if several else []
    ranks = {level: rank for rank, level in enumerate(levels)}
    ranked = sorted(
        (Head(head.phrases, head.role, ranks.get(head.level, 0)) for head in heads), key=lambda each: (each.level, each.x0)
    )
    return TableHead(tuple(ranked), first, first + len(rows) - 1, min(row.top for row in rows), max(row.bottom for row in rows))


def _with_sizes(heads: Sequence[Head]) -> list[Head]:
    """The heads; three or more that are sizes and name nothing else are the columns of a matrix."""
    sizes = {id(head) for head in heads if is_size(head.text) and head.role in (None, "unit", "ignore.tax", "line_number")}
    if len(sizes) < _LEAST_SIZES:
        return list(heads)
    return [Head(head.phrases, SIZE, head.level) if id(head) in sizes else head for head in heads]


def _translate(stacks: Sequence[list[tuple[int, Phrase]]]) -> bool:
    """Whether the lower rows say the upper ones again in another language: most names stand over one of the same meaning."""
    roles = [[column_of_header(cell.text) for _, cell in stack] for stack in stacks if len(stack) > 1]
    known = [own for own in roles if None not in own]
    same = sum(len(set(own)) == 1 for own in known)
    return same >= 2 and same * 2 > len(known)


def _joined(phrases: Sequence[Phrase]) -> Head:
    """All of a stack as one column, named by the whole, else by the first row that names one."""
    roles = [column_of_header(text) for text in (" ".join(phrase.text for phrase in phrases), *(each.text for each in phrases))]
    return Head(tuple(phrases), next((role for role in roles if role is not None), None))


def flattened(head: TableHead) -> TableHead:
    """The head with one level: names that stand over one another are one column, named by the upper."""
    columns: list[list[Phrase]] = []
    for phrase in (phrase for each in head.heads for phrase in each.phrases):
        under = next((column for column in columns if any(_over(above, phrase) for above in column)), None)
        if under is None:
            columns.append([phrase])
        else:
            under.append(phrase)
    heads = sorted((_joined(column) for column in columns), key=lambda each: each.x0)
    return TableHead(tuple(heads), head.first, head.last, head.top, head.bottom)


def _cells(row: Row) -> Iterator[Phrase]:
    """The row's column names: its phrases, parted further where two names stand a blank apart, or touch."""
    for phrase in (piece for whole in row.phrases for piece in _at_wide_gaps(whole)):
        if column_of_header(phrase.text):
            yield phrase
        elif all(is_size(word.text) for word in phrase.words):
            yield from (Phrase.of([word]) for word in phrase.words)
        else:
            parts = _parted(phrase) if len(phrase.words) > 1 else [phrase]
            yield from parts if len(parts) > 1 else _parted(_parted_capitals(phrase), phrase)


def _at_wide_gaps(phrase: Phrase) -> list[Phrase]:
    """The phrase, parted at gaps wider than a blank where each piece names a column ("UOM   Part No.", "Price EUR   Per"), or
    most do: "Per   RG   Disc. %"."""
    pieces: list[list[Word]] = [[phrase.words[0]]]
    for before, word in pairwise(phrase.words):
        if word.x0 - before.x1 > _WIDE_GAP * phrase.size and not is_typed(before):
            pieces.append([word])
        else:
            pieces[-1].append(word)
    parts = [Phrase.of(words) for words in pieces]
    named = sum(_names_part(part) for part in parts)
    brief = all(_names_part(part) or _UNKNOWN_NAME.fullmatch(part.text) for part in parts)
    return parts if len(parts) > 1 and 2 * named > len(parts) and brief else [phrase]


def _names_part(phrase: Phrase) -> bool:
    """Whether a piece of a head names a column by itself or, as "Unit of" over "Measure" and "Art.-" over "Nr.", may with what
    stands below it."""
    return column_of_header(phrase.text) is not None or phrase.words[-1].text.casefold() in _LINKS or phrase.text.endswith(".-")


def _parted_capitals(phrase: Phrase) -> Phrase:
    """The phrase with "PriceAmount" as two words, their letters taken for equally wide."""
    words = [piece for word in phrase.words for piece in _at_capitals(word)]
    return phrase if len(words) == len(phrase.words) else Phrase.of(words)


def _at_capitals(word: Word) -> Iterator[Word]:
    text, begin = word.text, 0
    width = (word.x1 - word.x0) / max(len(text), 1)
    for end in range(1, len(text) + 1):
        if end == len(text) or (text[end].isupper() and _ENDS_LOW.search(text[:end])):
            yield replace(word, text=text[begin:end], x0=word.x0 + begin * width, x1=word.x0 + end * width)
            begin = end


def _parted(phrase: Phrase, otherwise: Phrase | None = None) -> list[Phrase]:
    """The names that `phrase` holds one after the other; `otherwise` (itself) where one is unknown."""
    words, parts, place = phrase.words, [], 0
    while place < len(words):
        reach = next((end for end in range(min(len(words), place + 4), place, -1) if _names_column(words[place:end])), None)
        if reach is None:
            return [otherwise or phrase]
        parts.append(Phrase.of(words[place:reach]))
        place = reach
    return parts


def _names_column(words: Sequence[object]) -> bool:
    return column_of_header(" ".join(getattr(word, "text", "") for word in words)) is not None


def _stacks(cells: Sequence[tuple[int, Phrase]]) -> list[list[tuple[int, Phrase]]]:
    """Cells that stand over one another, each group from the top down."""
    stacks: list[list[tuple[int, Phrase]]] = []
    for level, cell in cells:
        under = [stack for stack in stacks if any(_over(above, cell) for _, above in stack)]
        if len(under) == 1 and under[0][-1][0] < level:
            under[0].append((level, cell))
        else:
            stacks.append([(level, cell)])
    return stacks


def _over(above: Phrase, below: Phrase) -> bool:
    shared = min(above.x1, below.x1) - max(above.x0, below.x0)
    return shared > 0.3 * min(above.x1 - above.x0, below.x1 - below.x0)


def _heads_of_stack(stack: list[tuple[int, Phrase]]) -> list[Head]:
    """One head for names that read on from row to row, else one for each row's own."""
    joined = " ".join(cell.text for _, cell in stack)
    role = column_of_header(joined)
    own = [(level, cell, column_of_header(cell.text)) for level, cell in stack]
    known = [each for each in own if each[2] is not None]
    known = [each for each in known if wanted(each[2])] or known  # "Blanket" over "line" is a line's number
    if role is None and len({each[2] for each in known}) > 1:
        return [Head((cell,), found, level) for level, cell, found in own]
    if role is None and known:
        return [Head(tuple(cell for _, cell, _ in known), known[0][2], known[0][0])]
    return [Head(tuple(cell for _, cell in stack), role, stack[0][0])]

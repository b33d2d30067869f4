"""Which column of a grid holds what, by its heads: one or more stacked rows of them, and the sizes of a matrix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from models.domain.document import TextBox
from parsers.head_words import kinds_of
from parsers.lexicon import (
    Meaning,
    field_of_label,
    folded,
    is_weekday,
    listed_header,
    meaning_of_header,
    price_basis_of_header,
)
from parsers.tables.head_rows import (
    FEWEST_SIZES,
    LINE_SIGNS,
    Row,
    are_sizes_across,
    begins_head,
    continues_head,
    filled_of,
    is_size,
    names_other_number,
    texts_of,
)
from parsers.tables.merged_heads import spread

_STRONGEST = 1.0
_MOST_STACKED = 4


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place in the row, its head and the cells that this stands in, its role for the rows of each level, how
    sure the role is (0 to 1)."""

    index: int
    head: str
    roles: tuple[str | None, ...]
    strength: float = _STRONGEST
    basis: Decimal | None = None
    size: str | None = None
    #: Whose number stands in the row below the column's own: "Item number" over "Supplier item".
    below: str | None = None
    cells: tuple[TextBox, ...] = ()

    def says(self, text: str) -> TextBox | None:
        """`text`, which the head says, where that stands; None for a column without a head."""
        return self.cells[0].with_rest(text, *self.cells[1:]) if self.cells else None


@dataclass(frozen=True, slots=True)
class Heading:
    """The columns of a table. `rows` is how many rows the head takes, 0 where it was inferred from the cells below.

    `levels` is 2 where an article's values stand in two rows under two rows of heads.
    """

    columns: tuple[Column, ...]
    rows: int
    levels: int = 1

    def column_of(self, role: str, level: int = 0) -> Column | None:
        for column in self.columns:
            if column.roles[level if level < len(column.roles) else -1] == role:
                return column
        return None

    def place_of(self, role: str) -> int | None:
        column = self.column_of(role)
        return column.index if column is not None else None

    def at(self, index: int) -> Column | None:
        return next((column for column in self.columns if column.index == index), None)

    @property
    def counts_stock(self) -> bool:
        """Whether a column says what is in stock, as the guides do from which kitchens and wards fill up theirs."""
        balances = (column.head for column in self.columns if column.roles[0] == "ignore.balance")
        return any("stock" in kinds for head in balances for kinds in kinds_of(head) or ())

    def has(self, role: str) -> bool:
        for column in self.columns:  # noqa: SIM110 — asked for each row: a plain loop takes half the time
            if role in column.roles:
                return True
        return False

    @property
    def sizes(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.size)

    @property
    def is_order_table(self) -> bool:
        """Whether lines stand below: there is a quantity (or sizes) or money, and something that says what is wanted."""
        named = any(self.has(role) for role in ("description", "part_number", "seller_part_number", "buyer_part_number", "gtin"))
        return (self.has("quantity") or len(self.sizes) > 1 or (self.has("line_total") and named)) and (
            named or self.has("unit_price")
        )

    def key(self) -> tuple[tuple[int, tuple[str | None, ...]], ...]:
        """What makes a repeated head the same."""
        return tuple((column.index, column.roles) for column in self.columns)


def heading_at(rows: Sequence[Row], start: int) -> Heading | None:
    """The heading whose first row is `rows[start]`, or None. Stacked heads are joined column by column."""
    if not begins_head(rows, start):
        return None
    end = start + 1
    while end < len(rows) and end - start < _MOST_STACKED and continues_head(texts_of(rows[end]), texts_of(rows[end - 1])):
        end += 1
    block = [texts_of(row) for row in rows[start:end]]
    heading = _joined_heading(_unstacked(block[0]) if len(block) == 1 else block)
    heading = replace(heading, rows=len(block))
    heading = replace(heading, columns=tuple(_with_cells(column, rows[start:end]) for column in heading.columns))
    heads_lines = heading.is_order_table or _signs(heading) >= 2 or _has_variants(heading) or _lists_items(heading)
    return heading if heads_lines else None


def _unstacked(texts: Sequence[str]) -> list[Sequence[str]]:
    """A row of heads in two where a cell holds the names of two numbers that stood over one another, as the numbers of each line
    do below: "Item number Supplier item"."""
    cuts = [_cut_of(text) for text in texts]
    if not any(cuts):
        return [texts]
    upper = [cut[0] if cut else text for text, cut in zip(texts, cuts, strict=True)]
    return [upper, [cut[1] if cut else "" for cut in cuts]]


def _cut_of(text: str) -> tuple[str, str] | None:
    words = text.split()
    if len(words) < 2 or "/" in text or listed_header(text) is not None:
        return None
    cuts = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)))
    return next((cut for cut in cuts if all(map(listed_header, cut)) and names_other_number(*cut)), None)


def _with_cells(column: Column, rows: Sequence[Row]) -> Column:
    stack = [cell for row in rows for cell in row[column.index : column.index + 1] if cell is not None]
    return replace(column, cells=tuple(cell for cell in stack if texts_of([cell])[0] in column.head))


def _lists_items(heading: Heading) -> bool:
    """ "Item | How many": an item is a position, or the very thing."""
    return heading.has("quantity") and any(folded(column.head) in ("item", "items") for column in heading.columns)


def _has_variants(heading: Heading) -> bool:
    """Quantities of the sizes or colours of one article, which must be named elsewhere."""
    varied = heading.has("size") or heading.has("colour")
    return varied and (heading.has("quantity") or len(heading.sizes) > 1)


def _signs(heading: Heading) -> int:
    """How many kinds of columns only lines have. "Bestell-Nr." beside a day may as well be labels over one order's values."""
    of_lines = [
        column
        for column in heading.columns
        if column.roles[0] != "seller_part_number" or field_of_label(column.head) != "po_number"
    ]
    return len({role for column in of_lines for role in column.roles if role in LINE_SIGNS or role == "requested_delivery_date"})


def _joined_heading(block: Sequence[Sequence[str]]) -> Heading:
    if len(block) == 2 and (grouped := _under_groups(block[0], block[1])) is not None:
        return grouped
    block = [spread(block[0], block[1]), block[1]] if len(block) == 2 else block
    width = max(len(texts) for texts in block)
    stacks = [[texts[index] if index < len(texts) else "" for texts in block] for index in range(width)]
    if len(block) > 1 and are_sizes_across(filled_of(block[-1]), block[-2]):
        stacks = [["", stack[-1]] if stack[-1] else stack for stack in stacks]  # what stands over them names them all
    numbers = [names_other_number(stack[0], stack[-1]) for stack in stacks]
    several = [place for place, stack in enumerate(stacks) if len(block) > 1 and _has_two_roles(stack)]
    levels = 2 if any(not numbers[place] for place in several) else 1
    columns = [
        _numbers_column(index, stack) if levels == 1 and numbers[index] else _column(index, stack, levels)
        for index, stack in enumerate(stacks)
        if any(stack)
    ]
    return Heading(tuple(_with_sizes(columns)), rows=len(block), levels=levels)


def _numbers_column(index: int, stack: Sequence[str]) -> Column:
    """A column of an article's two numbers, one below the other."""
    upper, lower = meaning_of_header(stack[0]), meaning_of_header(stack[-1])
    role = upper.name if upper is not None and upper.name != "line_number" else "part_number"
    return Column(index, stack[0], (role,), below=lower.name if lower is not None else None)


def _under_groups(top: Sequence[str], heads: Sequence[str]) -> Heading | None:
    """The heading where `top` only groups the heads below it ("Order" over "Qty" and "UOM", "Price" over "Unit" and "Total"),
    which make a line's heading by themselves. The group settles what two of them say alike, and what one says not."""
    filled = sum(map(bool, top))
    if filled >= sum(map(bool, heads)) or any(text and not heads[place : place + 1] for place, text in enumerate(top)):
        return None
    alone = Heading(tuple(_column(place, [text], 1) for place, text in enumerate(heads) if text), rows=2)
    if not alone.is_order_table or not (alone.has("description") or alone.has("part_number")):
        return None
    reaching = [text or (top[place] if place < len(top) else "") for place, text in enumerate(heads)]  # one cell for both rows
    columns = [_column(place, [text], 1) for place, text in enumerate(reaching) if text]
    roles = [column.roles[0] for column in columns]
    group, groups = "", []
    for place in range(len(heads)):
        group = (top[place] if place < len(top) else "") or group
        groups.append(group)
    settled = [
        _grouped(column, groups[column.index]) if roles.count(column.roles[0]) > 1 or column.roles[0] is None else column
        for column in columns
    ]
    return Heading(tuple(_with_sizes(settled)), rows=2)


def _grouped(column: Column, group: str) -> Column:
    meaning = meaning_of_header(f"{group} {column.head}") if group else None
    return replace(column, roles=(meaning.name,), strength=meaning.strength) if meaning is not None else column


def _has_two_roles(stack: Sequence[str]) -> bool:
    if listed_header(" ".join(filter(None, stack))) is not None:
        return False
    names = [meaning.name for text in stack if text and (meaning := meaning_of_header(text))]
    return len(names) > 1 and names[0] != names[-1] and not any(name.startswith(("ignore", "head")) for name in names)


def _column(index: int, stack: Sequence[str], levels: int) -> Column:
    joined = " ".join(filter(None, stack))
    meaning = listed_header(joined)
    if levels == 2:
        top, under = (meaning_of_header(stack[0]) if stack[0] else None), _first_meaning(stack[1:])
        if meaning is not None and all(stack):
            top = under = meaning
        roles: tuple[str | None, ...] = (top.name if top else None, under.name if under else None)
        return Column(index, joined, roles, (top or under or Meaning("", 0.0)).strength, price_basis_of_header(joined))
    own = _first_meaning(stack[-1:])
    meaning = meaning or own or meaning_of_header(joined) or _first_meaning(reversed(stack))
    if meaning is None:
        return Column(index, joined, (None,), 0.0)
    return Column(index, joined, (meaning.name,), meaning.strength, price_basis_of_header(joined))


def _first_meaning(texts: Iterable[str]) -> Meaning | None:
    return next((meaning for text in texts if text and (meaning := meaning_of_header(text))), None)


def _with_sizes(columns: Sequence[Column]) -> list[Column]:
    """Two or more heads such as S, M, L or 36, 37, 38 are the sizes of a matrix, not units or unknown columns."""
    candidates = [
        column for column in columns if is_size(column.head) and column.roles[0] in (None, "unit", "ignore.tax", "line_number")
    ]
    figures = [column for column in candidates if column.head[0].isdigit()]
    letters = [column for column in candidates if not column.head[0].isdigit()]
    sizes = letters if len(letters) >= 2 else []
    if len(figures) >= 3 or (sizes and figures):
        sizes = sizes + figures
    if len(days := [column for column in columns if is_weekday(column.head)]) >= FEWEST_SIZES:
        sizes = days  # how many of it each day
    chosen = {column.index for column in sizes}
    return [
        replace(column, size=column.head, roles=(None,), strength=_STRONGEST) if column.index in chosen else column
        for column in columns
    ]

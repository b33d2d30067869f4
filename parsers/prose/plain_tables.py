"""Tables typed into plain text, by tabs, pipes or spaces, and articles described as blocks of labelled lines, as grids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.domain.document import Grid, TextBox
from models.domain.evidence import Evidence
from parsers.lexicon import column_of_header, field_of_label

_MOST_LINES = 20_000
_RULE = re.compile(r"^[\s|+:=_*-]*$")
#: Heads that a table of lines needs one of, to be told from an address in two columns.
_AMOUNTS = frozenset(["quantity", "unit_price", "line_total"])


#: How far the space of a row may be from that of the heads: what stands under them is set to the left or to the right.
_BESIDE_GAP = (0, 1, -1, 2, -2, 3, -3)


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table found in a text: its grid, and where it starts and ends there."""

    grid: Grid
    start: int
    end: int


def plain_tables(text: str, part: str) -> list[PlainTable]:
    """The tables of `text`, each from its row of heads down to the line where it ends."""
    lines = list(_lines(text))[:_MOST_LINES]
    found: list[PlainTable] = []
    at = 0
    while at < len(lines):
        table = _table_at(lines, at, part) or _record_at(lines, at, part)
        if table is None:
            at += 1
        else:
            found.append(table[0])
            at = table[1]
    return found


def extents(grids: tuple[Grid, ...]) -> list[tuple[int, int]]:
    """Where each of `grids` starts and ends in the text that its cells stand in."""
    found = []
    for grid in grids:
        spans = [box.evidence.span for row in grid.rows for box in row if box is not None and box.evidence.span is not None]
        if spans:
            found.append((min(start for start, _ in spans), max(end for _, end in spans)))
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _cells(start: int, line: str) -> list[_Cell]:
    """The cells of a line: between pipes or tabs, else between two spaces and more."""
    separator = r"\|" if line.count("|") >= 2 else r"\t" if "\t" in line.strip() else ";" if line.count(";") >= 2 else r" {2,}"
    cells = []
    at = 0
    for found in [*re.finditer(separator, line), None]:
        end = found.start() if found else len(line)
        raw = line[at:end]
        text = raw.strip()
        if text or separator != r" {2,}":
            offset = start + at + (len(raw) - len(raw.lstrip()) if text else 0)
            cells.append(_Cell(offset, offset + len(text), " ".join(text.split())))
        at = found.end() if found else at
    if separator == r"\|":
        cells = cells[1 if not cells[0].text else 0 : -1 if not cells[-1].text else None]
    return cells


def _is_head(cells: list[_Cell]) -> bool:
    roles = {role for cell in cells if cell.text and (role := column_of_header(cell.text)) is not None}
    return (
        len(cells) >= 2
        and len(roles) >= 2
        and bool(roles & _AMOUNTS)
        and not any(re.fullmatch(r"[\d.,\s]+", cell.text) for cell in cells)
    )


def _table_at(lines: list[tuple[int, str]], at: int, part: str) -> tuple[PlainTable, int] | None:
    start, head_line = lines[at]
    head = _cells(start, head_line)
    if not _is_head(head):
        return None
    aligned = "|" not in head_line and "\t" not in head_line.strip()
    gaps: list[int] = []
    if aligned:
        head, gaps = _with_joint_heads_parted(head, start)
    rows = [_row(head, head, start, aligned=False, part=part)]
    end, last, blanks = at + 1, at, 0
    while end < len(lines) and blanks < 2:
        offset, line = lines[end]
        cells = [piece for cell in _cells(offset, line) for piece in _parted(cell, [offset + gap for gap in gaps])]
        if not line.strip():
            blanks += 1
        elif not _RULE.match(line):
            if len(cells) < 2 and not (aligned and _is_set_in(line)):
                break
            rows.append(_row(head, cells, start, aligned=aligned, part=part, row_start=offset))
            last, blanks = end, 0
        end += 1
    if len(rows) < 2:
        return None
    return PlainTable(Grid(tuple(rows), name="table"), start, lines[last][0] + len(lines[last][1])), last + 1


def _with_joint_heads_parted(head: list[_Cell], start: int) -> tuple[list[_Cell], list[int]]:
    """The heads, where one cell holds two that stand a single space apart ("Lig Référence", "Prix unit. Par") as two; and how
    far into their line such spaces are."""
    parted: list[_Cell] = []
    gaps: list[int] = []
    for cell in head:
        gap = _joint(cell.text) if cell.end - cell.start == len(cell.text) else None
        parted += [cell] if gap is None else _cut(cell, gap)
        gaps += [] if gap is None else [cell.start + gap - start]
    return parted, gaps


def _joint(head: str) -> int | None:
    """Where the space is that parts two heads, of one that is no head as a whole."""
    if column_of_header(head) is not None:
        return None
    spaces = (found.start() for found in re.finditer(" ", head))
    return next((at for at in reversed(list(spaces)) if column_of_header(head[:at]) and column_of_header(head[at + 1 :])), None)


def _parted(cell: _Cell, gaps: list[int]) -> list[_Cell]:
    """A cell as two where a space of its own stands at one of `gaps`, or right beside, and parts a number from the rest."""
    inside = (
        at
        for gap in gaps
        for beside in _BESIDE_GAP
        if 0 < (at := gap + beside - cell.start) < len(cell.text) - 1
        and cell.text[at] == " "
        and _is_figure_beside(cell.text, at)
    )
    place = next(inside, None) if cell.end - cell.start == len(cell.text) else None
    if place is None:
        return [cell]
    first, rest = _cut(cell, place)
    return [first, *_parted(rest, gaps)]


def _cut(cell: _Cell, at: int) -> list[_Cell]:
    return [_Cell(cell.start, cell.start + at, cell.text[:at]), _Cell(cell.start + at + 1, cell.end, cell.text[at + 1 :])]


def _is_figure_beside(text: str, at: int) -> bool:
    return any(re.fullmatch(r"\d[\d.,]*", piece) for piece in (text[:at], text[at + 1 :].split(" ", maxsplit=1)[0]))


def _is_set_in(line: str) -> bool:
    return line.startswith(("    ", "\t"))


def _row(
    head: list[_Cell], cells: list[_Cell], head_start: int, *, aligned: bool, part: str, row_start: int = 0
) -> tuple[TextBox | None, ...]:
    if not aligned or len(cells) == len(head):
        return tuple(_box(cell, part) for cell in cells)
    placed: list[list[_Cell]] = [[] for _ in head]
    for cell in cells:
        columns = [_overlap(cell, row_start, column, head_start) for column in head]
        placed[columns.index(max(columns))].append(cell)
    return tuple(_box(_joined(group), part) if group else None for group in placed)


def _overlap(cell: _Cell, row_start: int, column: _Cell, head_start: int) -> int:
    """By how many characters a cell stands under a head; negative: how far beside it."""
    left, right = cell.start - row_start, cell.end - row_start
    return min(right, column.end - head_start) - max(left, column.start - head_start)


def _joined(cells: list[_Cell]) -> _Cell:
    return _Cell(cells[0].start, cells[-1].end, " ".join(cell.text for cell in cells))


def _box(cell: _Cell, part: str) -> TextBox | None:
    return TextBox(cell.text, Evidence(part=part, span=(cell.start, cell.end), text=cell.text)) if cell.text else None


#: White space is bounded: in unbounded runs behind one another, a line of blanks would be tried for ever.
_LABELLED = re.compile(
    r"\s{0,40}(?:[-*•]\s{1,8})?(?P<label>[^:=\t\s](?:[^:\t]{0,38}?[^:\t\s])?)\s{0,40}[:=\t]\s{0,40}(?P<value>\S.*)"
)


def _record_at(lines: list[tuple[int, str]], at: int, part: str) -> tuple[PlainTable, int] | None:
    """Articles as blocks ("Article: 4711 / Quantity: 20 boxes"): a block starts where a label comes again."""
    records: list[dict[str, TextBox]] = [{}]
    heads: dict[str, TextBox] = {}
    end, last = at, at
    while end < len(lines):
        offset, line = lines[end]
        found = _LABELLED.fullmatch(line.rstrip())
        role = column_of_header(found["label"]) if found else None
        if found is None or role is None or role.startswith(("head.", "ignore.")) or _is_head_field(found["label"], role):
            if line.strip() or not records[-1]:
                break
        else:
            if role in records[-1]:
                records.append({})
            records[-1][role] = _part_of(found, "value", offset, part)
            heads.setdefault(role, _part_of(found, "label", offset, part))
            last = end
        end += 1
    filled = [record for record in records if "quantity" in record and len(record) >= 2]
    if not filled:
        return None
    rows = [tuple(heads.values()), *(tuple(record.get(role) for role in heads) for record in filled)]
    return PlainTable(Grid(tuple(rows), name="records"), lines[at][0], lines[last][0] + len(lines[last][1])), last + 1


def _is_head_field(label: str, role: str) -> bool:
    """Dates and totals that are labelled alike for a line and for the order are the order's."""
    return role in {"requested_delivery_date", "line_total"} and field_of_label(label) is not None


def _part_of(found: re.Match[str], group: str, offset: int, part: str) -> TextBox:
    text = " ".join(found[group].split())
    return TextBox(text, Evidence(part=part, span=(offset + found.start(group), offset + found.end(group)), text=text))

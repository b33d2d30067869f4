"""Addresses that stand side by side in a plain text: "Ship To:      Bill To:" with a column of lines below each label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.contracts.extraction_v1 import PartyV1
from models.domain.document import TextBox
from models.domain.evidence import Evidence
from parsers.lexicon import meaning_of_label, split_at_label
from parsers.values.party_blocks import party_from_block

#: Roles of parties whose address may stand under a label of its own.
ROLES = frozenset(["ship_to", "bill_to", "buyer", "seller"])
_MOST_LINES = 8
#: Two spaces within a word's run are a slip; three, or a tab, part columns.
_RUN = re.compile(r"\S(?:\S| {1,2}(?=\S))*")
#: How far left of its label a line of a column may begin.
_SLACK = 3


@dataclass(slots=True)
class _Column:
    start: int
    role: str
    boxes: list[TextBox] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The parties of a row of columns, what it takes up of the text, and the number of the line below it."""

    parties: dict[str, PartyV1]
    span: tuple[int, int]
    after: int


def side_by_side(part: str, lines: Sequence[tuple[int, str]], at: int) -> SideBySide | None:
    """The addresses in columns whose labels stand in line `at` of `lines` (start and text of each); None where there are none."""
    start, line = lines[at]
    columns = _columns(part, start, line) if len(line) <= 300 and (":" in line or "  " in line or "\t" in line) else []
    if len(columns) < 2:
        return None
    end, after = start + len(line), at + 1
    while after < len(lines) and after <= at + _MOST_LINES and lines[after][1].strip():
        offset, below = lines[after]
        if not _fill(part, columns, offset, below):
            break
        end, after = offset + len(below), after + 1
    parties = {column.role: party_from_block(column.boxes) for column in columns if column.boxes and column.role != "seller"}
    placed = {role: party for role, party in parties.items() if party.street or party.postal_code or party.city}
    return SideBySide(placed, (start, end), after) if placed else None


def _columns(part: str, start: int, line: str) -> list[_Column]:
    """The columns that a line of labels opens; none unless at least two of its pieces name parties and all are labels."""
    columns: list[_Column] = []
    for found in _RUN.finditer(line):
        role, value_at = _role_of(found[0])
        if not role:
            return []
        column = _Column(found.start(), role)
        if value := found[0][value_at:].strip():
            column.boxes.append(_box(part, value, start + found.start() + found[0].rindex(value)))
        columns.append(column)
    roles = [column.role for column in columns]
    return columns if len(set(roles)) == len(roles) and sum(role in ROLES for role in roles) >= 2 else []


def _role_of(text: str) -> tuple[str, int]:
    """The field that a piece is the label of, and where its value starts, if it holds one."""
    bare = meaning_of_label(text.strip(" :*"))
    if bare is not None:
        return bare.name, len(text)
    found = split_at_label(text)
    return (found[0].name, text.rfind(found[2])) if found is not None and found[0].name in ROLES and ":" in text else ("", 0)


def _fill(part: str, columns: list[_Column], offset: int, line: str) -> bool:
    """Puts each piece of a line into the column above it; False where a piece is a label: another block starts there."""
    pieces = list(_RUN.finditer(line))
    if any(":" in piece[0] and meaning_of_label(piece[0].partition(":")[0]) is not None for piece in pieces):
        return False
    for piece in pieces:
        own = [column for column in columns if column.start <= piece.start() + _SLACK]
        (own[-1] if own else columns[0]).boxes.append(_box(part, piece[0].strip(), offset + piece.start()))
    return True


def _box(part: str, text: str, at: int) -> TextBox:
    return TextBox(text, Evidence(part=part, span=(at, at + len(text)), text=text), 0.95)

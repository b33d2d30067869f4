"""Tables of drawn documents whose heads are replaced by unheard wording, removed, misspelt or badly seen: what the vote on
columns is trained and judged on. What each column holds is what the reader makes of the undamaged table."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal
from unittest.mock import patch

import yaml

from benchmarks.capture.case import Case, Split
from benchmarks.capture.run import EXTENSIONS, RECEIVED
from parsers.reading import read_document
from parsers.tables import walk as table_reader
from parsers.tables.column_contents import settled
from parsers.tables.column_features import kind_of
from parsers.tables.columns import Heading
from parsers.tables.head_rows import Row, texts_of
from parsers.values.numbers import NumberStyle

Wording = Literal["train", "held_out"]
#: How many of a table's heads are damaged: one, a share of them, all, or there is no row of heads.
Extent = Literal["one", "some", "most", "all", "none"]
_SHARES: Mapping[Extent, float] = {"some": 0.4, "most": 0.8, "all": 1.0, "none": 1.0}
_MOST_ROWS = 60
_SEEN_AS = str.maketrans({"l": "1", "o": "0", "i": "l", "e": "c", "S": "5", "B": "8", "t": "f", "m": "rn", "n": "u", "a": "o"})


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """A table as it was read: its heads and what each column holds, by index, and the texts of the rows below."""

    layout: str
    split: Split
    style: NumberStyle
    heads: Mapping[int, str]
    roles: Mapping[int, str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class DamagedTable:
    """A table with some heads damaged: `heads` as they are now, `damaged` the columns in question."""

    table: HeadedTable
    heads: Mapping[int, str]
    damaged: frozenset[int]


def tables_of(case: Case) -> list[HeadedTable]:
    """The tables of order lines in a document, of one row of heads and without sizes across."""
    found: list[tuple[Heading, Heading, Sequence[Row], NumberStyle]] = []

    def seen(heading: Heading, below: Sequence[Row], style: NumberStyle) -> Heading:
        found.append((heading, settled(heading, below, style), below[:_MOST_ROWS], style))
        return found[-1][1]

    with patch.object(table_reader, "settled", seen):
        read_document(case.content, f"document{EXTENSIONS.get(case.source, '')}", ocr=None, received_at=RECEIVED)
    return [_table(case, *each) for each in found if each[1].is_order_table and each[1].levels == 1 and not each[1].sizes]


def _table(case: Case, heading: Heading, under: Heading, below: Sequence[Row], style: NumberStyle) -> HeadedTable:
    heads = {column.index: column.head for column in heading.columns if column.head}
    roles = {column.index: kind_of(column.roles[0]) for column in under.columns if column.index in heads}
    kept = {index: head for index, head in heads.items() if index in roles}
    return HeadedTable(case.layout, case.split, style, kept, roles, [texts_of(row) for row in below])


def damaged(tables: Iterable[HeadedTable], extent: Extent, wording: Wording, draw: random.Random) -> Iterator[DamagedTable]:
    """Each table with as many heads damaged as `extent` says."""
    for table in tables:
        places = sorted(table.heads)
        hit = {draw.choice(places)} if extent == "one" else {place for place in places if draw.random() < _SHARES[extent]}
        heads = {
            place: head if place not in hit else "" if extent == "none" else _spoilt(head, table.roles[place], wording, draw)
            for place, head in table.heads.items()
        }
        yield DamagedTable(table, heads, frozenset(hit))


@cache
def unheard_heads(wording: Wording) -> Mapping[str, Sequence[str]]:
    """Heads of columns that the reader's own lists do not have, by what they head."""
    listed = yaml.safe_load(Path(__file__).with_name("unseen_heads.yaml").read_text(encoding="utf-8"))[wording]
    return {role: [head.strip() for head in heads.split(";")] for role, heads in listed.items()}


def _spoilt(head: str, role: str, wording: Wording, draw: random.Random) -> str:
    way = draw.choices(("unheard", "removed", "misspelt", "seen badly"), (6, 2, 1, 1))[0]
    if way == "unheard":
        return draw.choice(unheard_heads(wording)[role])
    if way == "removed":
        return ""
    return misspelt(head, draw) if way == "misspelt" else "".join(_seen(sign, draw) for sign in head)


def _seen(sign: str, draw: random.Random) -> str:
    return sign.translate(_SEEN_AS) if draw.random() < 0.35 else sign


def misspelt(head: str, draw: random.Random) -> str:
    signs = list(head)
    for _ in range(draw.choice((1, 2, 2, 3))):
        place = draw.randrange(len(signs) + 1)
        slip = draw.choice(("left out", "put in", "twice"))
        if slip == "put in":
            signs.insert(place, draw.choice("aeinrstlou"))
        elif slip == "twice":
            signs[place:place] = signs[place : place + 1]
        else:
            del signs[place : place + 1]
    return "".join(signs)

"""What a table or a workbook shows and says itself is not ordered: lines marked as cancelled, sheets of stock or of last week.

The words are in `words/not_ordered.yaml`, for people to extend.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from models.contracts.extraction_v1 import Problem
from models.domain.document import TextBox
from models.domain.findings import Severity
from parsers.tables.columns import Heading
from parsers.tables.unread import SeenRow
from parsers.wordlists import folded, terms, words_file

_LONGEST, _MOST_MORE, _SHOWN = 60, 5, 3
_DIGITS = re.compile(r"\d+")
_COUNT = re.compile(r"(?=.*[1-9])\d[\d.,]{0,14}")


def cancellations(seen: Sequence[SeenRow]) -> dict[int, TextBox]:
    """The cells that say so of the lines that are cancelled, by the identity of the lines' drafts."""
    found: dict[int, TextBox] = {}
    asked: dict[int, _Columns] = {}
    for row in seen:
        if row.draft is None or id(row.draft) in found:
            continue
        columns = asked.get(id(row.heading)) or asked.setdefault(id(row.heading), _columns(row.heading))
        if (box := _says_so(row, columns)) is not None:
            found[id(row.draft)] = box
    return found


class _Columns(NamedTuple):
    """The columns that hold goods or what belongs to them, and those in which a mark takes a line back."""

    of_goods: frozenset[int]
    of_marks: frozenset[int]


def _columns(heading: Heading | None) -> _Columns:
    columns = heading.columns if heading is not None else ()
    of_goods = (
        column.index
        for column in columns
        if all(role is not None and role != "quantity" and not role.startswith("ignore") for role in column.roles)
    )
    return _Columns(frozenset(of_goods), frozenset(column.index for column in columns if is_deletion_head(column.head)))


def doubt_of_cancelled(boxes: Sequence[TextBox]) -> Problem:
    """That lines were left out: for a person to know, where the words are plain."""
    shown = ", ".join(f'"{" ".join(box.text.split())}" ({box.evidence.cell or box.evidence.part})' for box in boxes[:_SHOWN])
    more = f" and {len(boxes) - _SHOWN} more" if len(boxes) > _SHOWN else ""
    message = f"lines that the document marks as cancelled are not ordered: {shown}{more}"
    return Problem(code="cancelled_lines", severity=Severity.WARNING, field="lines", message=message)


def doubts_of_counts(seen: Sequence[SeenRow]) -> Iterator[Problem]:
    """An error where a column that takes lines back holds a count: so many of the line's pieces, or the word "yes"?"""
    for row in seen:
        heading = row.heading if row.draft is not None else None
        columns = [column for column in heading.columns if is_deletion_head(column.head)] if heading is not None else []
        for column in columns:
            cell = row.row[column.index] if column.index < len(row.row) else None
            if cell is not None and _COUNT.fullmatch(cell.text.strip()):
                message = (
                    f'"{cell.text.strip()[:20]}" under "{column.head[:40]}" ({cell.evidence.cell or cell.evidence.part}): '
                    "see how much of such lines is still ordered"
                )
                yield Problem(code="cancelled_lines", severity=Severity.ERROR, field="lines", message=message)
                return


def is_other_sheet(name: str) -> bool:
    """Whether a sheet is called for other times than the order's, or for what is in stock: "Vorige week", "Stock 11/26"."""
    return " ".join(_DIGITS.sub(" ", _plain(name)).split()) in _listed("other_sheets")


def _says_so(row: SeenRow, columns: _Columns) -> TextBox | None:
    for place, cell in enumerate(row.row):
        if cell is None or place in columns.of_goods:
            continue
        if says_cancelled(cell.text) or (place in columns.of_marks and _plain(cell.text) in _listed("marks")):
            return cell
    return None


@lru_cache(maxsize=4_096)
def is_deletion_head(head: str) -> bool:
    """Whether the head of a column says that marks below it take lines back."""
    return _plain(head) in _listed("heads")


def says_cancelled(text: str) -> bool:
    """Whether a cell says little else than that its line is cancelled: "ANNULLATO", "storniert am 12.11."."""
    return text[:1].isalpha() and len(text) <= _LONGEST and _begins_so(text)


@lru_cache(maxsize=16_384)
def _begins_so(text: str) -> bool:
    plain = _plain(text)
    return len(plain.split()) <= _MOST_MORE and _cancelled().match(plain) is not None


def says_provided(text: str) -> bool:
    """Whether a text is what stands over goods that the buyer provides, and orders nothing: "Beigestellte Komponenten:"."""
    return len(text) <= _LONGEST and _plain(text) in _listed("provided")


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[.:!_/-]", " ", folded(text)).split())


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(_of_all(name))


def _of_all(name: str) -> Iterator[str]:
    languages: dict[str, str] = words_file("not_ordered.yaml")[name]
    return (_plain(term) for listed in languages.values() for term in terms(listed))


@cache
def _cancelled() -> re.Pattern[str]:
    words = sorted(_listed("cancelled"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?!\w)")

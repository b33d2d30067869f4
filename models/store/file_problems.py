"""What is wrong with the operator's files, and what may be loaded all the same.

A wrong row holds back its whole subject (an item with its units, a customer with its VAT ids, a price list's item): nothing of
that subject changes, so that no item is half new and half old. What concerns a whole file refuses the load.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel

from models.domain.errors import Misconfigured

R = TypeVar("R", bound=BaseModel)
_SHOWN = 40

#: Of each file the table that its rows end up in, and the columns that name what they are about.
_SUBJECTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "items.csv": ("item", ("sku",)),
    "unit_conversions.csv": ("item", ("sku",)),
    "customers.csv": ("customer", ("number",)),
    "vat_ids.csv": ("customer", ("customer_number",)),
    "ship_to.csv": ("ship_to", ("customer_number", "code")),
    "customer_items.csv": ("customer_item", ("customer_number", "customer_part_number")),
    "prices.csv": ("price", ("price_list", "sku")),
    "warehouses.csv": ("warehouse", ("code",)),
    "stock.csv": ("stock", ("warehouse", "sku", "bin")),
    "inbound.csv": ("inbound", ("reference", "sku")),
    "carriers.csv": ("carrier_service", ("code", "service")),
    "zones.csv": ("zone", ("country",)),
    "exemptions.csv": ("exemption", ("customer_number",)),
    "partners.csv": ("partner", ("customer_number",)),
}

#: A table and the values of the columns that name a subject of it.
Subject = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """A row with the place where it stands."""

    file: str
    line: int
    row: R


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a row that is therefore left out. `line` counts from 1, `place` is the column or key in it, empty for
    the row as a whole."""

    file: str
    line: int
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}{', ' if self.place else ''}{self.place}: {self.message}"


@dataclass(slots=True)
class Problems:
    """All that is wrong, in the order in which it was found: `found` refuses everything, `rows` are left out with their subjects,
    which are `held`."""

    found: list[str] = field(default_factory=list)
    rows: dict[RowProblem, None] = field(default_factory=dict)
    held: set[Subject] = field(default_factory=set)

    def add(self, entry: Entry[Any], column: str, message: str) -> None:
        """A problem with one cell of a row that was read; it refuses everything where its file has no subjects."""
        self.add_row(RowProblem(entry.file, entry.line, f"column {column}", message), subject_of(entry))

    def add_row(self, problem: RowProblem, subject: Subject | None) -> None:
        """A problem with a row of this subject, None where its cells do not say which."""
        if _rule(problem.file) is None:
            self.found.append(str(problem))
            return
        self.rows[problem] = None
        if subject is not None:
            self.held.add(subject)

    def hold(self, entry: Entry[Any]) -> None:
        """Keep a row back that is not wrong by itself, but that nobody can tell apart from a wrong one."""
        subject = subject_of(entry)
        if subject is not None:
            self.held.add(subject)

    def is_left_out(self, table: str, name: str) -> bool:
        return (table, name) in self.held

    def add_key(self, folder: Path, entry: Entry[Any], place: Sequence[int | str], message: str) -> None:
        """A problem with one key of a YAML file that was read before."""
        root = yaml.compose((folder / entry.file).read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)
        where = RowProblem(entry.file, line_of(root, place), f"key {'.'.join(map(str, place))}", message)
        self.add_row(where, subject_of(entry))

    def raise_any(self, folder: Path, *, is_strict: bool = True) -> None:
        """Raise `Misconfigured` with the problems if there are any that refuse the load."""
        refusing = [*self.found, *map(str, self.rows)] if is_strict else self.found
        if not refusing:
            return
        more = [f"… and {len(refusing) - _SHOWN} more"] if len(refusing) > _SHOWN else []
        listed = "\n".join(refusing[:_SHOWN] + more)
        raise Misconfigured(f"nothing of {folder} was loaded, its files must be corrected first:\n{listed}")


def subject_of(entry: Entry[Any]) -> Subject | None:
    """What a row is about; None for the files that are read as a whole."""
    rule = _rule(entry.file)
    if rule is None:
        return None
    table, columns = rule
    return (table, *(str(getattr(entry.row, column) or "") for column in columns))


def subject_of_cells(file: str, given: Mapping[str, str]) -> Subject | None:
    """What a row is about that could not be read; None where its cells do not say."""
    rule = _rule(file)
    if rule is None:
        return None
    table, columns = rule
    subject = (table, *(given.get(column, "") for column in columns))
    return subject if any(subject[1:]) else None


def _rule(file: str) -> tuple[str, tuple[str, ...]] | None:
    return _SUBJECTS.get("partners.csv" if file.startswith("partners/") else file)


def subject_of_kept(table: str, row: Mapping[str, Any]) -> Subject:
    """What a row of the books is about."""
    columns = next((columns for name, columns in _SUBJECTS.values() if name == table), ())
    return (table, *(str(row.get(column) or "") for column in columns))


def line_of(node: yaml.Node | None, place: Sequence[int | str]) -> int:
    """The 1-based line on which a value stands, or the one that it is missing in."""
    line = 1
    for step in place:
        found = None
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == str(step)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            found = (node.value[step], node.value[step])
        if found is None:
            return line
        line, node = found[0].start_mark.line + 1, found[1]
    return line

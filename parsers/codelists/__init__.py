"""Code lists as tables that people can read: UN/EDIFACT (UNCL), ASC X12 and UN/ECE Recommendation 20, each naming its source.

Every table is a CSV file beside this module whose first line is a comment with the source; only the codes that orders
and their answers use are there.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType


@cache
def table(name: str) -> Mapping[str, tuple[str, ...]]:
    """The rows of `name`.csv: the code to the row's other columns."""
    text = files(__package__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    rows = csv.reader(line for line in text.splitlines() if line and not line.startswith("#"))
    return MappingProxyType({row[0]: tuple(row[1:]) for row in rows})


def meaning(name: str, code: str) -> str:
    """What `code` means in `name`.csv in a few words, "" where the table has it not."""
    return table(name).get(code, ("",))[0]


@lru_cache(maxsize=4096)
def role(name: str, code: str) -> str:
    """What our fields make of `code` in `name`.csv (its second column), "" where they make nothing of it."""
    row = table(name).get(code, ())
    return row[1] if len(row) > 1 else ""


@cache
def mandatory(name: str) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Per segment's tag in `name`.csv the elements that must be stated, as element and component from 1."""
    return MappingProxyType({tag: tuple(map(_place, row[0].split())) for tag, row in table(name).items()})


def _place(words: str) -> tuple[int, int]:
    element, _, component = words.partition(".")
    return int(element), int(component or 1)

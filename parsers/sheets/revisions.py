"""Tables that state old and new quantities side by side: they change an order, whatever the sheet is called."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from parsers.lexicon import folded
from parsers.tables.columns import Heading
from parsers.tables.head_rows import Row
from parsers.tables.headings import headings_of
from parsers.wordlists import terms, words_file


def revises_quantities(rows: Sequence[Row]) -> bool:
    """Whether a table of lines has a column of the quantities that were, and one of those that are to be."""
    return any(_revises(heading) for heading in headings_of(rows).values() if heading.is_order_table)


def _revises(heading: Heading) -> bool:
    said = [frozenset(_bare(column.head).split()) for column in heading.columns if column.roles[0] in _OF_QUANTITIES]
    return any(words & _listed("old") for words in said) and any(words & _listed("new") for words in said)


_OF_QUANTITIES = frozenset({"quantity", "ignore.balance", "ignore.second_quantity"})


def _bare(head: str) -> str:
    return folded(head).replace(".", " ").replace("/", " ")


@cache
def _listed(name: str) -> frozenset[str]:
    languages: dict[str, str] = words_file("revisions.yaml")[name]
    return frozenset(folded(term) for listed in languages.values() for term in terms(listed))

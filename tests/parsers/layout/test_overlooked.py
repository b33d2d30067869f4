"""What somebody wrote beside the table of lines, and wants more of."""

from __future__ import annotations

import pytest

from parsers.layout.overlooked import overlooked_lines
from parsers.layout.tables import tables_of
from parsers.page_text import PageText
from tests.parsers.layout.test_labels import words

_TABLE = [(10.0, 10.0, "Item"), (80.0, 10.0, "Description"), (220.0, 10.0, "Qty"), (280.0, 10.0, "Price")]
_LINES = [(10.0, 30.0, "LX-4"), (80.0, 30.0, "Disposable lid"), (220.0, 30.0, "40"), (280.0, 30.0, "11.20")]


def asked(note: str) -> list[str]:
    page = PageText(1, 600, 800, tuple(words(*_TABLE, *_LINES, (10.0, 300.0, note))))
    return [problem.code for problem in overlooked_lines([page], tables_of([page], "po.pdf"), "po.pdf")]


@pytest.mark.parametrize("note", ["+ 2 boxes of LX-9 as last time", "und 2 Kartons Handschuhe", "3 boxes of LX-9"])
def test_goods_written_below_the_table_are_asked_about(note: str) -> None:
    """A pen adds what the printed lines lack."""
    assert asked(note) == ["unread_values"]


@pytest.mark.parametrize("note", ["Terms: 30 days of invoice", "12 cartons", "plus 20 % VAT", "and 3 copies of the invoice"])
def test_what_counts_no_goods_is_not(note: str) -> None:
    """Days, rates, papers and a sum of packs add nothing."""
    assert asked(note) == []

"""Heads are damaged as far as asked, in wording that the reader does not have, and judging has wording of its own."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml

from benchmarks.capture import damaged_heads
from benchmarks.capture.damaged_heads import Extent, HeadedTable, damaged
from parsers.lexicon import listed_header
from parsers.values.numbers import NumberStyle

TABLE = HeadedTable(
    layout="l",
    split="train",
    style=NumberStyle("."),
    heads={0: "Item", 1: "Qty", 2: "Price"},
    roles={0: "part_number", 1: "quantity", 2: "unit_price"},
    rows=[["A-1", "4", "2.00"]],
)


def wording(name: str) -> set[str]:
    listed = yaml.safe_load(Path(damaged_heads.__file__).with_name("unseen_heads.yaml").read_text(encoding="utf-8"))[name]
    return {head.strip() for heads in listed.values() for head in heads.split(";")}


@pytest.mark.parametrize(("extent", "count"), [("one", 1), ("all", 3), ("none", 3)])
def test_as_many_heads_are_damaged_as_asked(extent: Extent, count: int) -> None:
    """And the others stay."""
    (case,) = damaged([TABLE], extent, "train", random.Random(1))
    assert len(case.damaged) == count
    assert all(case.heads[index] == head for index, head in TABLE.heads.items() if index not in case.damaged)


def test_no_head_is_held_out_that_was_trained_with() -> None:
    """Else the figures would flatter."""
    assert not wording("train") & wording("held_out")


def test_most_of_the_wording_is_unknown_to_the_reader() -> None:
    """A few of its words are known in another sense, as happens on paper."""
    words = [*wording("train"), *wording("held_out")]
    assert sum(listed_header(head) is None for head in words) > 0.8 * len(words)

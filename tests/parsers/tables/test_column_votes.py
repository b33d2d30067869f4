"""Columns under heads that no list knows: what the vote makes of them, how sure it is, and which weights it takes."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contracts.model_card import trained_file
from models.domain.document import Grid, TextBox
from models.domain.errors import Misconfigured
from models.domain.evidence import Evidence
from parsers.tables.column_features import FEATURES, ROLES, Table, features, looks, sounds_like
from parsers.tables.column_votes import FILE, shipped_votes, voted
from parsers.tables.reader import read_grid
from parsers.values.numbers import NumberStyle

STYLE = NumberStyle(",")
ROWS = [
    ["10", "HX-M8-40", "Hex bolt M8x40 zinc", "400", "Stk", "2,15", "860,00"],
    ["20", "WS-M8-20", "Washer M8 zinc plated", "1.000", "Stk", "0,05", "50,00"],
    ["30", "NT-M8-11", "Nut M8 stainless", "250", "Stk", "0,40", "100,00"],
]
FOREIGN = ["Sor", "Cikkszám", "Megnevezés", "Mennyiség", "M.e.", "Egységár", "Összesen"]
MEANT = ["line_number", "part_number", "description", "quantity", "unit", "unit_price", "line_total"]


def grid(*rows: list[str]) -> Grid:
    boxes = [
        tuple(
            TextBox(text=text, evidence=Evidence(part="po", cell=f"S!{place}:{at}")) if text else None
            for at, text in enumerate(row)
        )
        for place, row in enumerate(rows)
    ]
    return Grid(rows=tuple(boxes))


def test_heads_in_a_language_that_no_list_has_are_told_by_their_columns() -> None:
    """All seven columns, by what the cells look like and what multiplies out."""
    votes = {
        index: role for index, role, _ in voted(Table.of(ROWS, STYLE), dict(enumerate(FOREIGN)), frozenset(), shipped_votes())
    }
    assert [votes.get(index) for index in range(7)] == MEANT


def test_a_table_under_unknown_heads_is_read() -> None:
    """Its quantities, prices and amounts prove one another."""
    lines = read_grid([grid(FOREIGN, *ROWS)], STYLE).lines
    read = [(line.quantity and line.quantity.value, line.unit_price and line.unit_price.value) for line in lines]
    assert read == [("400", "2.15"), ("1000", "0.05"), ("250", "0.40")]


def test_what_only_a_vote_names_is_read_with_doubt() -> None:
    """A person looks at a price that nothing bears out."""
    heads = ["Pos.", "Artikelnummer", "Bezeichnung", "Menge", "Einheit", "Egységár"]
    lines = read_grid([grid(heads, *(row[:6] for row in ROWS))], STYLE).lines
    prices = [(line.unit_price.value, line.unit_price.confidence < 0.8) for line in lines if line.unit_price]
    assert prices == [("2.15", True), ("0.05", True), ("0.40", True)]


def test_a_claimed_role_is_voted_for_no_more() -> None:
    """A second column of amounts is no second unit price."""
    claimed = frozenset(MEANT) - {"line_number"}
    roles = {role for _, role, _ in voted(Table.of(ROWS, STYLE), {5: "", 6: ""}, claimed, shipped_votes())}
    assert roles.isdisjoint(claimed)


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=5), min_size=1, max_size=6), st.text(max_size=30))
def test_any_column_has_a_figure_for_each_feature_and_a_share_for_each_role(rows: list[list[str]], head: str) -> None:
    """Whatever its cells hold."""
    figures = features(looks(Table.of(rows, STYLE), 0, head), set())
    shares = shipped_votes().shares(figures)
    assert len(figures) == len(FEATURES)
    assert set(shares) == set(ROLES)
    assert sum(shares.values()) == pytest.approx(1)


def test_a_head_sounds_most_like_the_role_that_its_spelling_is_near() -> None:
    """Though a letter is missing and another is doubled."""
    sounds = dict(zip(ROLES, sounds_like("Quantitty orderd"), strict=True))
    assert max(sounds, key=lambda role: sounds[role]) == "quantity"


def test_weights_that_are_not_the_shipped_ones_are_refused(tmp_path: Path) -> None:
    """By name, and with what to do."""
    for name in (FILE, "columns.card.json"):
        (tmp_path / name).write_bytes((resources.files("parsers") / "learnt" / name).read_bytes() + b" ")
    with pytest.raises(Misconfigured, match="is not the model that its card describes"):
        trained_file(tmp_path, FILE)

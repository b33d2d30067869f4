"""Two pages on one sheet, told by what each half says of itself."""

from __future__ import annotations

import pytest

from models.domain.document import Word
from parsers.layout.facing import gutter_of, one_below_other
from parsers.page_text import PageText, Rule

_HEADS = "Item        Description          Qty        Price"
_LEFT = ("PURCHASE ORDER        No. 66125", _HEADS, "MB-50        Mineral block        40        18.20", "Page 1 of 2")
_RIGHT = ("PURCHASE ORDER        No. 66125", _HEADS, "GL-L        Work gloves        48        6.25", "Page 2 of 2")


def words(rows: tuple[str, ...], left: float) -> list[Word]:
    found = []
    for at, row in enumerate(rows):
        place = 0
        for text in row.split():
            place = row.index(text, place)
            x0, top = left + 5 * place, 60.0 + 20 * at
            found.append(Word(text, 1, x0, top, x0 + 5 * len(text), top + 9, 9.0))
            place += len(text)
    return found


def sheet(left: tuple[str, ...], right: tuple[str, ...], *, rules: tuple[Rule, ...] = (), width: float = 842.0) -> PageText:
    return PageText(1, width, 595.0, (*words(left, 40), *words(right, 470)), rules)


def test_a_wide_sheet_whose_halves_count_their_pages_has_a_gutter() -> None:
    """Half of it is page 1, the other page 2."""
    gutter = gutter_of(
        sheet((*_LEFT[:1], "Please send all of this soon", _LEFT[3]), ("We thank you very much for it all", _RIGHT[3]))
    )
    assert gutter is not None
    assert 300 < gutter < 470


def test_halves_with_heads_of_a_table_each_are_two_pages() -> None:
    """Two slips on one sheet count no pages."""
    assert gutter_of(sheet(_LEFT[:3], _RIGHT[:3])) is not None


@pytest.mark.parametrize(
    "page",
    [
        sheet(_LEFT, ("Deliver to", "Prairie Feed Cooperative", "310 Elevator Rd", "Salina, KS 67401 USA")),
        sheet(_LEFT, _RIGHT, rules=(Rule(40, 75, 800, 75),)),
        sheet(_LEFT, _RIGHT, width=590.0),
        PageText(1, 842.0, 595.0, ()),
    ],
    ids=["address-at-the-right", "line-across", "upright-sheet", "empty"],
)
def test_a_single_page_has_none(page: PageText) -> None:
    """What is not said twice, what a line joins, and a sheet of usual shape is read across."""
    assert gutter_of(page) is None


def test_the_right_page_comes_below_the_left_one() -> None:
    """Nothing is lost, and its rows begin at the left edge."""
    page = sheet(_LEFT, _RIGHT)
    stacked = one_below_other(page, 421.0)
    assert len(stacked.words) == len(page.words)
    assert stacked.rows[-1].text == "Page 2 of 2"
    assert min(word.x0 for word in stacked.words if word.top > page.height) == pytest.approx(49.0)

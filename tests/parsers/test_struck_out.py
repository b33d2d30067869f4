"""Print of a scan with a line through it is asked about; underlined print and the lines of forms are not."""

from __future__ import annotations

import pytest

from models.domain.document import Word
from parsers.page_text import PageText, Rule
from parsers.struck_out import struck_out_on

ROW = (("HX-4410", 50, 95), ("Hex", 120, 140), ("keys", 144, 168), ("12", 300, 312))


def page(*rules: Rule, rows: int = 6) -> PageText:
    words = tuple(
        Word(text, 1, x0, 100 + 20 * row, x1, 112 + 20 * row, size=12, confidence=1.0)
        for row in range(rows)
        for text, x0, x1 in ROW
    )
    return PageText(1, 595, 842, words, rules, scanned=True)


def level(y: float, x0: float = 45, x1: float = 320) -> Rule:
    return Rule(x0, y, x1, y + 0.5)


def struck(*rules: Rule) -> list[tuple[str, str]]:
    return [(each.code, each.evidence[0].text or "") for each in struck_out_on([page(*rules)], "order.pdf")]


def test_a_row_with_a_line_through_it_is_asked_about() -> None:
    """The words are named and shown: whether the goods are still wanted is for the buyer to say."""
    assert struck(level(126)) == [("struck_out", "HX-4410 Hex keys 12")]


def test_a_single_number_with_a_line_through_it_is_asked_about() -> None:
    """Another one may stand beside it, written by hand."""
    assert struck(level(146, 296, 318)) == [("struck_out", "12")]


@pytest.mark.parametrize(
    "rules",
    [
        (level(132.5),),
        (level(118),),
        (level(126, 40, 560),),
        (level(126, 150, 160),),
        tuple(level(106 + 20 * row) for row in range(6)),
        (Rule(130, 90, 130.5, 300),),
    ],
    ids=["underlined", "between rows", "across the sheet", "a short stroke", "slipped print", "upright"],
)
def test_the_lines_of_a_form_strike_nothing_out(rules: tuple[Rule, ...]) -> None:
    """They lie below or above the print, or go through all of it."""
    assert struck(*rules) == []


def test_a_line_of_a_forms_ruling_strikes_nothing_out_where_typing_slipped_onto_it() -> None:
    """Two more lines are as long and run through no print; a stroke of another length through the row is still seen."""
    ruling = (level(126, 100, 400), level(172, 100, 400), level(192, 100, 400), level(126.5, 140, 380))
    assert struck(*ruling) == []
    assert struck(*ruling[1:3], level(126, 45, 380)) == [("struck_out", "HX-4410 Hex keys 12")]


def test_the_bars_of_letters_that_touch_are_no_line_on_a_scan() -> None:
    """Such a line ends where the word ends; one that a pen drew does not."""
    within, beyond = level(126, 51, 94), level(126, 40, 99)
    assert [[each.code for each in struck_out_on([page(rule)], "")] for rule in (within, beyond)] == [
        [],
        ["struck_out"],
    ]

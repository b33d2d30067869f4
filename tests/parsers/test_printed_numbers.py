"""The numbers that documents print, with the words that name them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.domain.document import Grid, TextBox, Word
from models.domain.evidence import Evidence
from models.domain.layout_hints import PrintedNumber
from parsers.page_text import PageText
from parsers.printed_numbers import numbers_in_sheets, numbers_in_text, numbers_on_pages


def page(*phrases: tuple[float, float, str]) -> PageText:
    """A page of phrases at (x, y)."""
    words = []
    for x, y, text in phrases:
        left = x
        for piece in text.split():
            words.append(Word(piece, 1, left, y, left + 5 * len(piece), y + 9, size=9))
            left += 5 * len(piece) + 2.5
    return PageText(1, 595, 842, tuple(words))


def said(numbers: tuple[PrintedNumber, ...]) -> set[tuple[str, str]]:
    return {(number.spot, number.value) for number in numbers}


def test_labels_stand_beside_above_and_within() -> None:
    """Whatever the words are."""
    sheet = page(
        (50, 50, "Kommission"), (200, 50, "KM-26/118"), (50, 90, "Vorgang"), (50, 103, "77 4211"), (50, 150, "Ref.: AB 12/9")
    )
    assert {("beside kommission", "KM-26/118"), ("below vorgang", "77 4211"), ("beside ref", "AB 12/9")} <= said(
        numbers_on_pages([sheet], "po.pdf")
    )


def test_days_amounts_and_counts_are_no_numbers_of_papers() -> None:
    """They stand beside labels too."""
    sheet = page((50, 50, "Datum: 23.11.2026"), (50, 80, "Summe: 1.250,00"), (50, 110, "Seiten: 2"))
    assert numbers_on_pages([sheet], "po.pdf") == ()


def test_a_letter_names_its_numbers_line_by_line() -> None:
    """Their spans count in the letter's text."""
    text = "Guten Tag,\nUnsere Kommission lautet KM-26/118.\n"
    [number] = numbers_in_text(text, "body")
    assert (number.spot, number.value) == ("beside unsere kommission lautet", "KM-26/118")
    assert number.evidence.span is not None
    assert "KM-26/118" in text[slice(*number.evidence.span)]


def test_cells_are_named_by_the_cell_beside_and_above() -> None:
    """In a sheet both may be meant."""
    rows: list[list[str | None]] = [["Projekt", "P-100"], ["Vorgang", "V-200"], ["Zeichen", None], ["Z-300", None]]
    cells = tuple(
        tuple(
            TextBox(text, Evidence(part="po.xlsx", cell=f"{x}{y}")) if text else None for x, text in zip("AB", row, strict=True)
        )
        for y, row in enumerate(rows, start=1)
    )
    assert said(numbers_in_sheets([Grid(cells)])) == {
        ("beside projekt", "P-100"),
        ("beside vorgang", "V-200"),
        ("below zeichen", "Z-300"),
    }


@given(st.text(max_size=2_000))
def test_any_text_gives_few_short_numbers(text: str) -> None:
    """Nothing breaks it, and each has a label and a digit."""
    numbers = numbers_in_text(text, "body")
    assert len(numbers) <= 150
    assert all(number.label and any(map(str.isdigit, number.value)) and len(number.value) <= 40 for number in numbers)

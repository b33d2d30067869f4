"""The words of a PDF page as they are seen: their letters, places and lines, whatever the file's order of painting."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.pdf.forms import with_filled_fields
from parsers.pdf.second_opinion import read_again
from parsers.pdf.words import NativePage, native_page
from tests.parsers.pdf import pdf_documents as drawn
from tests.parsers.pdf import pdf_documents_odd, pdf_documents_varied
from tests.parsers.pdf.pdf_documents import Sheet
from tests.parsers.pdf.test_files import edited


def native(content: bytes) -> NativePage:
    with closing(pdfium.PdfDocument(content)) as file:
        return native_page(with_filled_fields(file, 1), 1)


def texts(content: bytes) -> list[str]:
    return [word.text for word in native(content).text.words]


@pytest.mark.parametrize(
    "draw",
    [
        drawn.german_letter,
        drawn.label_left_and_ruled_table,
        pdf_documents_odd.spanish_with_wrapped_cells,
        pdf_documents_varied.heads_in_three_rows,
    ],
)
def test_two_libraries_see_the_same_words(draw: Callable[[], bytes]) -> None:
    """PDFium and pdfplumber find the same words in the same places."""
    one = native(draw())
    other = read_again(draw(), one)
    assert other is not one
    assert [word.text for word in one.text.words] == [word.text for word in other.text.words]
    for word, twin in zip(one.text.words, other.text.words, strict=True):
        assert word.bbox == pytest.approx(twin.bbox, abs=0.6)
        assert (word.bold, word.size) == (twin.bold, pytest.approx(twin.size, abs=0.1))


@settings(max_examples=25)
@given(st.lists(st.sampled_from("ab4-/.,W"), min_size=1, max_size=12).map("".join), st.sampled_from([6, 9, 14]))
def test_a_word_is_read_as_it_was_drawn(text: str, points: float) -> None:
    """Letters come back in order, whatever they are, and the box is as wide as they are."""
    sheet = Sheet()
    sheet.at(100, 200, text, points)
    (word,) = native(sheet.pdf()).text.words
    assert (word.text, word.size) == (text, pytest.approx(points))
    assert (word.x0, word.x1) == pytest.approx((100, 100 + sheet.canvas.stringWidth(text, "Helvetica", points)), abs=0.5)


def test_words_painted_from_right_to_left_are_read_from_left_to_right() -> None:
    """The order of painting means nothing."""
    sheet = Sheet()
    for x, text in ((300, "price"), (200, "unit"), (100, "the")):
        sheet.at(x, 100, text)
    assert texts(sheet.pdf()) == ["the", "unit", "price"]


def test_a_leaning_watermark_is_no_words() -> None:
    """What is stamped slantwise across the page belongs to no line of it."""
    sheet = Sheet()
    sheet.at(100, 100, "Purchase Order 4711")
    sheet.canvas.saveState()
    sheet.canvas.rotate(40)
    sheet.canvas.drawString(300, 100, "DRAFT")
    sheet.canvas.restoreState()
    assert texts(sheet.pdf()) == ["Purchase", "Order", "4711"]


def test_a_page_upside_down_is_turned() -> None:
    """Most letters decide which way is up."""

    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(b"q -1 0 0 -1 612 792 cm", prepend=True)
        pdf.pages[0].contents_add(b"Q")

    turned = native(edited(drawn.label_left_and_ruled_table(), turn))
    assert turned.turned == 180
    straight = native(drawn.label_left_and_ruled_table())
    assert [word.text for word in turned.text.words] == [word.text for word in straight.text.words]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_the_viewer_turns_has_words_and_rules_where_they_are_shown(degrees: int) -> None:
    """The page's own rotation counts for words and lines alike."""
    straight = native(drawn.label_left_and_ruled_table())

    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Rotate = degrees

    turned = native(edited(drawn.label_left_and_ruled_table(), turn))
    assert turned.turned == (360 - degrees) % 360  # it is shown lying, and read upright
    assert [word.bbox for word in turned.text.words] == [pytest.approx(word.bbox, abs=0.1) for word in straight.text.words]
    assert len(turned.text.rules) == len(straight.text.rules)


def test_what_is_typed_into_a_form_is_read() -> None:
    """The values of a fillable order stand in its fields, not in its page."""
    sheet = Sheet()
    sheet.at(40, 100, "PO Number:")
    sheet.canvas.acroForm.textfield(
        name="number", value="LF-4711", x=120, y=int(sheet.height) - 104, width=120, height=16, borderWidth=0
    )
    assert sorted(texts(sheet.pdf())) == ["LF-4711", "Number:", "PO"]


def test_cells_drawn_one_by_one_give_whole_lines() -> None:
    """Edges that touch are one line, and a box's four sides are four."""
    sheet = Sheet()
    for column in range(4):
        sheet.box(100 + 50 * column, 100, 150 + 50 * column, 120)
    rules = native(sheet.pdf()).text.rules
    assert sum(rule.upright for rule in rules) == 5
    flat = sorted((rule for rule in rules if not rule.upright), key=lambda rule: rule.top)
    assert [(rule.x0, rule.x1) for rule in flat] == [pytest.approx((100, 300)), pytest.approx((100, 300))]


def test_lines_within_a_form_are_found_in_their_place() -> None:
    """A letterhead kept as a form of its own is moved by its map."""
    sheet = Sheet()
    sheet.canvas.beginForm("head")
    sheet.canvas.line(0, 0, 100, 0)
    sheet.canvas.endForm()
    sheet.canvas.translate(50, 700)
    sheet.canvas.doForm("head")
    (rule,) = native(sheet.pdf()).text.rules
    assert (rule.x0, rule.top, rule.x1) == pytest.approx((50, 92, 150))


def test_letters_without_meaning_are_counted_and_not_trusted() -> None:
    """A font whose letters map to nothing makes a page of unknown words: it is not believed."""

    def strip(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].Resources.Font.values():
            font.Encoding = pikepdf.Dictionary(
                Type=pikepdf.Name.Encoding, Differences=pikepdf.Array([32, *(pikepdf.Name(f"/g{n}") for n in range(200))])
            )

    garbled = native(edited(drawn.label_left_and_ruled_table(), strip))
    assert not garbled.is_trustworthy

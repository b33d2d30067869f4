"""Rich Text as blocks."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.capture.by_hand.texts import rich_text
from parsers.detect import Kind
from parsers.word.reader import read_word
from parsers.word.rtf import blocks_of_rtf
from parsers.word.typesetting import Block, Paragraph, Table, text_of

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="|/\\"), max_size=30)


def blocks(text: bytes) -> list[Block]:
    return list(blocks_of_rtf(text, []))


def test_cells_and_rows_make_a_table() -> None:
    """Paragraphs before and after it stay apart."""
    found = blocks(rich_text("Order P-1\n|Item|Qty|\n|Bolt|5|\nThank you"))
    assert [type(block) for block in found] == [Paragraph, Table, Paragraph, Paragraph]
    assert text_of(found).splitlines()[1:3] == ["Item\tQty", "Bolt\t5"]


def test_letters_are_of_the_charset_of_their_font() -> None:
    """One byte is a letter of Polish in one font, and of French in another."""
    fonts = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}}"
    assert text_of(blocks(fonts + rb"\f0 \'b3 \f1 \'b3}")) == "³ ł"


def test_what_stands_in_for_a_unicode_letter_is_left_out() -> None:
    """Older readers show the substitute."""
    assert text_of(blocks(rb"{\rtf1\ansi\uc1 4 \u8364?}")) == "4 €"


def test_hidden_text_and_pictures_are_left_out() -> None:
    """Nobody who opens the file sees them."""
    assert text_of(blocks(rb"{\rtf1 5{\v 00}{\pict 0a0b}{\*\generator Writer} boxes}")) == "5 boxes"


def test_an_address_of_a_delivery_that_no_label_names_is_asked_about() -> None:
    """A sentence says where the goods go."""
    sentence = "Bitte liefern Sie an Familie Lechner, Am Anger 4, 83666 Waakirchen:"
    text = f"Bestellung Nr. 26-418\n{sentence}\n|Pos.|Artikel|Menge|Preis|\n|1|Brett|4|14,70|"
    (order,) = read_word(rich_text(text), "po.rtf", Kind.RTF).orders
    assert order.order.ship_to is not None or "unread_address" in {problem.code for problem in order.problems}


@given(TEXT.filter(lambda text: not text.startswith("format:")))
def test_any_text_comes_back(text: str) -> None:
    """Whatever its letters are."""
    assert text_of(blocks(rich_text(text))).strip("\n") == text


@settings(deadline=None)
@given(st.lists(st.sampled_from([rb"\cell", rb"\row", rb"\par", rb"{", rb"}", rb"\u-10179?", rb"\'b3", rb"\f9 ", b"x", rb"\*"])))
def test_no_order_of_words_breaks_the_reader(words: list[bytes]) -> None:
    """Damaged files give what text they have."""
    assert "\x00" not in text_of(blocks(b"".join(words)))

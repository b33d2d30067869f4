"""Segments out of bytes: separators, release characters, line breaks, charsets, lost terminators."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydifact.parser import Parser

from models.domain.errors import Rejected
from parsers.edifact.syntax import Delimiters, decoded, segments
from parsers.electronic.segments import Segment


def read(text: str) -> list[Segment]:
    return [segment for segment, _ in segments(text, "a.edi")]


def test_elements_and_components_are_counted_from_one() -> None:
    """As the standard's own numbering does."""
    assert read("UNH+1+ORDERS:D:96A:UN'")[0].get(2, 3) == "96A"


def test_a_released_separator_is_text() -> None:
    """`?+`, `?:`, `?'` and `??` stand for the character itself."""
    assert read("UNH+a?+b?:c?'d??'BGM+1'")[0].get(1) == "a+b:c'd?"


def test_a_release_character_before_the_separator_may_itself_be_released() -> None:
    """`??+` is a question mark and then a separator."""
    assert read("UNH+a??+b'")[0].elements == [["a?"], ["b"]]


def test_una_gives_the_separators() -> None:
    """All six characters are the sender's to choose."""
    found = list(segments("UNA|^,! ~UNH^1^ORDERS|D~", "a.edi"))
    assert found[0][0].get(2, 2) == "D"
    assert str(found[0][1]) == "|^,! ~"


def test_each_interchange_may_bring_its_own_una() -> None:
    """Files of several interchanges need not agree on the separators."""
    tags = [segment.tag for segment in read("UNA:+.? 'UNB+UNOA:3'UNZ+0+1'UNA|^.? ~UNB^UNOA|3~UNZ^0^1~")]
    assert tags == ["UNB", "UNZ", "UNB", "UNZ"]


def test_una_with_one_character_for_two_purposes_is_refused() -> None:
    """Nothing after it could be read with certainty."""
    with pytest.raises(Rejected) as refusal:
        read("UNA++.? 'UNB+UNOA:3'")
    assert refusal.value.code == "invalid_separators"


@pytest.mark.parametrize("between", ["\r\n", "\n", "\r", "  \r\n"])
def test_line_breaks_after_segments_are_no_text(between: str) -> None:
    """CR and LF only make the file readable."""
    assert [segment.tag for segment in read(f"UNH+1'{between}BGM+220'{between}")] == ["UNH", "BGM"]


def test_a_line_break_within_a_segment_is_taken_out() -> None:
    """Some senders cut their file into records of 80 characters."""
    assert read("UNH+1+ORD\r\nERS:D'")[0].get(2) == "ORDERS"


def test_a_lost_terminator_before_a_line_break_is_seen() -> None:
    """The next line begins with a tag and a separator: it is a segment of its own."""
    found = read("UNH+1\nLIN+1'QTY+21:5'")
    assert [(segment.tag, segment.unterminated) for segment in found] == [("UNH", True), ("LIN", False), ("QTY", False)]


def test_the_last_terminator_may_be_missing() -> None:
    """A file that was cut at its very end still gives its last segment."""
    assert read("UNH+1'UNT+2+1")[-1].get(2) == "1"


def test_what_is_no_edifact_is_refused() -> None:
    """The refusal says what the file should begin with."""
    with pytest.raises(Rejected, match="UNA, UNB, UNG or UNH"):
        read("Dear Sirs, please send us")


def test_a_byte_order_mark_tells_the_charset() -> None:
    """Windows programs put one before UTF-8."""
    assert decoded("\ufeffUNB+UNOA:3+Ü'".encode()).text.endswith("Ü'")


@pytest.mark.parametrize(
    ("syntax", "codec", "text"),
    [("UNOC", "latin-1", "Müller"), ("UNOD", "iso8859-2", "Łódź"), ("UNOE", "iso8859-5", "Завод"), ("UNOY", "utf-8", "Łódź")],
)
def test_unb_tells_the_charset(syntax: str, codec: str, text: str) -> None:
    """UNOA to UNOY, each with its own table."""
    found = decoded(f"UNB+{syntax}:3+{text}'".encode(codec))
    assert text in found.text
    assert not found.misdeclared


def test_utf8_under_a_latin_promise_is_read_and_noticed() -> None:
    """UNOC says Latin-1; these bytes are UTF-8."""
    found = decoded("UNB+UNOC:3+Müller'".encode())
    assert "Müller" in found.text
    assert found.misdeclared


_TEXT = st.text(alphabet=st.sampled_from("ABab01 :+?'.,-ü*"), min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.lists(st.lists(st.lists(_TEXT, min_size=1, max_size=3), min_size=1, max_size=4), min_size=1, max_size=5))
def test_we_read_what_pydifact_reads(message: list[list[list[str]]]) -> None:
    """An independent reader agrees on every element of well-formed segments."""

    def released(text: str) -> str:
        return "".join("?" + mark if mark in "?:+'" else mark for mark in text)

    body = "".join("SEG+" + "+".join(":".join(map(released, element)) for element in segment) + "'" for segment in message)
    ours = [[list(element) for element in segment.elements] for segment in read("UNH+1'" + body)[1:]]
    theirs = [[[e] if isinstance(e, str) else e for e in segment.elements] for segment in Parser().parse(body)]
    assert ours == theirs


@given(st.text(alphabet="UNABHZ+:?' \r\n\x00ü1", max_size=60))
def test_any_text_is_read_or_refused(tail: str) -> None:
    """Hostile text costs neither time nor an exception that is not a refusal."""
    try:
        read("UNB" + tail)
    except Rejected:
        return


def test_the_default_separators_are_those_of_level_a() -> None:
    """ISO 9735 clause 5: without UNA."""
    assert str(Delimiters()) == ":+.? '"


@given(st.text(alphabet="LINBGM+:'\r\n 1", max_size=200))
def test_a_stretch_is_split_as_a_closer_look_would(tail: str) -> None:
    """A release character further on makes the reader look at every segment; before it the segments are the same."""
    text = f"UNH+1+ORDERS:D'{tail}'"
    at_once, looked_at = read(text), read(f"{text}FTX+a?+b'")
    assert [(each.text, each.elements, each.unterminated) for each in at_once] == [
        (each.text, each.elements, each.unterminated) for each in looked_at[:-1]
    ]


def test_a_long_message_is_read_across_its_stretches() -> None:
    """No segment is lost or cut where one stretch ends, with or without text to release."""
    wanted = [f"FTX+{number}+{'x' * (number % 97)}{'?+' if number % 500 == 0 else ''}" for number in range(3_000)]
    assert [segment.text for segment in read("UNH+1'\r\n" + "'\r\n".join(wanted) + "'\r\n")][1:] == wanted

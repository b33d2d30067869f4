"""X12 segments out of bytes: separators from ISA, blanks, lost terminators, a second opinion."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyx12.x12file import X12Reader

from models.domain.errors import Rejected
from parsers.electronic.segments import Segment
from parsers.x12.syntax import decoded, segments
from tests.parsers.x12.sets import LINE, interchange, order


def read(text: str) -> list[Segment]:
    return [segment for segment, _ in segments(text, "a.x12")]


def test_isa_shows_its_separators() -> None:
    """The character after the tag, ISA16 and the one behind it."""
    text = interchange(order(*LINE)).decode().translate({ord("*"): "|", ord("~"): "\x1d", ord(">"): "^"})
    found = list(segments(text, "a.x12"))
    assert str(found[0][1]) == "|^\x1d"
    assert [segment.tag for segment, _ in found][:3] == ["ISA", "GS", "ST"]


def test_a_line_feed_may_be_the_terminator() -> None:
    """Some partners write a segment a line."""
    found = read(interchange(order(*LINE)).decode().replace("~", "\n"))
    assert found[-1].tag == "IEA"


def test_an_isa_that_is_not_padded_is_read() -> None:
    """Its sixteen elements are counted, not its characters."""
    found = read("ISA*00**00**ZZ*A*ZZ*B*261103*0815*U*00401*000000001*0*P*>~GS*PO*A*B~")
    assert found[1].tag == "GS"


def test_the_repetition_separator_is_known_from_version_00402() -> None:
    """ISA11 was the standards identifier before."""
    text = "ISA*00**00**ZZ*A*ZZ*B*261103*0815*^*00501*000000001*0*P*>~"
    assert next(segments(text, "a"))[1].repetition == "^"


def test_blanks_and_line_breaks_round_segments_are_no_text() -> None:
    """Indented and wrapped files."""
    text = interchange(order(*LINE)).decode().replace("~", "~\r\n\t ")
    assert [segment.tag for segment in read(text)] == [segment.tag for segment in read(interchange(order(*LINE)).decode())]


def test_a_lost_terminator_before_a_line_break_is_seen() -> None:
    """The next line begins with a tag and a separator."""
    text = interchange(order(*LINE)).decode().replace("~", "~\n").replace("CUR*BY*USD~\n", "CUR*BY*USD\n")
    assert [(segment.tag, segment.unterminated) for segment in read(text) if segment.unterminated] == [("CUR", True)]


def test_a_byte_order_mark_is_no_text() -> None:
    """Windows programs put one in front."""
    assert decoded("\ufeffISA".encode()) == "ISA"


@pytest.mark.parametrize("text", ["", "Dear Sirs", "ISA", "ISA*1*2~", "ISA" + "*" * 30])
def test_what_has_no_readable_header_is_refused(text: str) -> None:
    """Without ISA there are no separators."""
    with pytest.raises(Rejected):
        read(text)


@given(
    st.lists(st.text(alphabet="ABC 019.,'+?:-#", min_size=1, max_size=12).map(str.strip).filter(bool), min_size=1, max_size=20)
)
def test_we_read_what_pyx12_reads(values: list[str]) -> None:
    """An independent reader agrees on every segment and element."""
    content = interchange(order(*LINE, *(f"MSG*{value}" for value in values)))
    ours = [
        [segment.tag, *(segment.get(place + 1) for place in range(len(segment.elements)))] for segment in read(content.decode())
    ]
    theirs = []
    for segment in X12Reader(io.StringIO(content.decode())):
        elements = [segment.get_value(f"{segment.get_seg_id()}{place:02d}") or "" for place in range(1, len(segment) + 1)]
        theirs.append([segment.get_seg_id(), *(element.strip() for element in elements)])
    assert ours == theirs


_HEAD = interchange(order(*LINE)).decode().partition("GS*")[0]


@given(st.text(alphabet="PO1*~\r\n 2", max_size=200))
def test_a_stretch_is_split_as_a_closer_look_would(tail: str) -> None:
    """The letters ISA further on make the reader look at every segment; before them the segments are the same."""
    text = f"{_HEAD}GS*PO~{tail}~"
    at_once, looked_at = read(text), read(f"{text}REF*VISA~")
    assert [(each.text, each.elements, each.unterminated) for each in at_once] == [
        (each.text, each.elements, each.unterminated) for each in looked_at[:-1]
    ]


def test_a_long_set_is_read_across_its_stretches() -> None:
    """No segment is lost or cut where one stretch ends."""
    wanted = [f"MSG*{number}*{'x' * (number % 97)}{'ISA' if number % 500 == 0 else ''}" for number in range(3_000)]
    assert [segment.text for segment in read(_HEAD + "~\n".join(wanted) + "~\n")][1:] == wanted


@pytest.mark.parametrize(
    ("text", "delimiters"),
    [
        ("GS*PO*A*B*20261103*0815*7*X*004010~\nST*850*0001~", "*~"),
        ("ST|850|0001\r\nBEG|00|SA|78||20261103\r\n", "|\n"),
        ("ST*850*0001*005010X~BEG*00~", "*~"),
    ],
)
def test_what_is_handed_over_without_isa_shows_its_separators_too(text: str, delimiters: str) -> None:
    """Behind the tag, and behind the header."""
    found = list(segments(text, "a.x12"))
    assert (str(found[0][1]), found[0][0].get(1), len(found)) == (delimiters, text[3:6].strip("*|"), 2)

"""The envelope's checks: counts, references, groups, trailers; one bad message costs only itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.domain.errors import Rejected
from models.domain.findings import Severity
from parsers.edifact.reader import read_edifact
from parsers.part_reading import PartReading
from tests.parsers.edifact.messages import ENVELOPE, LINE, interchange, order


def read(content: bytes) -> PartReading:
    return read_edifact(content, "po.edi")


def codes(reading: PartReading) -> list[str]:
    return [error.code for interchange_ in reading.interchanges for error in interchange_.errors]


def test_a_sound_interchange_has_no_errors() -> None:
    """Counts, references and trailers are right."""
    assert codes(read(interchange(order(*LINE), order(*LINE, ref="2")))) == []


def test_the_message_reference_carries_what_an_answer_quotes() -> None:
    """Sender, receiver, references, version, separators."""
    message = read(interchange(order(*LINE))).orders[0].message
    assert message is not None
    assert (message.sender, message.sender_qualifier, message.interchange_ref) == ("4000001000005", "14", "REF77")
    assert (message.message_ref, message.version, message.syntax) == ("1", "D:96A:UN:EAN008", "UNOC:3")


def test_a_wrong_segment_count_is_found_and_stops_the_order() -> None:
    """UNT 0074: a lost segment may be a lost line. 0085 code 29."""
    found = read(interchange(order(*LINE, count=99)))
    assert codes(found) == ["29"]
    assert Severity.ERROR in {problem.severity for problem in found.orders[0].problems}


def test_one_bad_message_costs_only_itself() -> None:
    """The second message is as sound as if it were alone."""
    found = read(interchange(order(*LINE, count=99), order(*LINE, ref="2")))
    assert [any(problem.severity is Severity.ERROR for problem in reading.problems) for reading in found.orders] == [True, False]


def test_a_wrong_reference_in_a_trailer_is_found() -> None:
    """0085 code 28."""
    assert codes(read(interchange(order(*LINE), ref="OTHER"))) == ["28"]


def test_a_wrong_message_count_is_found() -> None:
    """UNZ 0036, 0085 code 29."""
    assert codes(read(interchange(order(*LINE), count=2))) == ["29"]


def test_a_missing_message_trailer_ends_with_the_next_header() -> None:
    """Both messages are read; the first says that its trailer is missing."""
    cut = order(*LINE).replace("UNT+14+1'", "")
    found = read(interchange(cut, order(*LINE, ref="2")))
    assert len(found.orders) == 2
    assert ("13", "UNT", "1") in {(error.code, error.segment_tag, error.message_ref) for error in found.interchanges[0].errors}


def test_a_missing_interchange_trailer_is_found() -> None:
    """A file that was cut off."""
    assert codes(read((ENVELOPE + order(*LINE)).encode("latin-1"))) == ["13"]


def test_a_repeated_message_reference_is_found() -> None:
    """0085 code 26."""
    assert "26" in codes(read(interchange(order(*LINE), order(*LINE))))


def test_groups_are_counted_and_their_trailers_checked() -> None:
    """UNZ counts groups where there are any; UNE counts the group's messages."""
    group = "UNG+ORDERS+A:14+B:14+261103:0815+7+UN+D:96A'" + order(*LINE) + "UNE+1+7'"
    found = read(interchange(group))
    assert codes(found) == []
    assert found.orders[0].message is not None
    assert found.orders[0].message.group_ref == "7"


def test_a_wrong_group_count_is_found() -> None:
    """UNE 0060."""
    group = "UNG+ORDERS+A:14+B:14+261103:0815+7+UN+D:96A'" + order(*LINE) + "UNE+3+7'"
    assert codes(read(interchange(group))) == ["29"]


def test_a_bare_message_without_an_envelope_is_read() -> None:
    """Files handed over by mail often begin with UNH; whose they are, only the door can know."""
    found = read(order(*LINE).encode("latin-1"))
    assert len(found.orders) == 1
    assert [(received.envelope.sender, len(received.messages)) for received in found.interchanges] == [("", 1)]


def test_several_interchanges_in_a_file_are_read_apart() -> None:
    """Each is acknowledged for itself."""
    second = interchange(order(*LINE), envelope=ENVELOPE.replace("REF77", "REF78"), ref="REF78")
    found = read(interchange(order(*LINE)) + b"\r\n" + second)
    assert len(found.interchanges) == 2
    assert codes(found) == []


def test_an_interchange_that_a_file_holds_twice_is_found() -> None:
    """Its second occurrence carries the code for a duplicate (0085: 26)."""
    found = read(interchange(order(*LINE)) * 2)
    assert [[error.code for error in each.errors] for each in found.interchanges] == [[], ["26"]]


def test_a_test_indicator_stops_the_order() -> None:
    """UNB 0035: nobody may ship for a test."""
    envelope = "UNB+UNOC:3+A:14+B:14+261103:0815+REF77++++++1'"
    found = read(interchange(order(*LINE), envelope=envelope)).orders[0]
    assert found.message is not None
    assert found.message.test
    assert "test_message" in {problem.code for problem in found.problems}


def test_a_wrong_line_count_is_doubtful() -> None:
    """CNT+2 against the LIN segments."""
    text = order(*LINE, head=("BGM+220+1+9", "CNT+2:7"))
    assert "control_total_mismatch" in {problem.code for problem in read(interchange(text)).orders[0].problems}


def test_control_characters_are_named() -> None:
    """A NUL in a text is no reason to stop, but to say so."""
    found = read(interchange(order("LIN+1", "IMD+F++:::Bo\x00lt", "QTY+21:1:PCE")))
    assert found.orders[0].order.lines[0].description is not None
    assert found.orders[0].order.lines[0].description.value == "Bo lt"
    assert any("U+0000" in problem.message for problem in found.problems)


@given(st.binary(max_size=200))
def test_random_bytes_are_read_or_refused(content: bytes) -> None:
    """Nothing else may come out."""
    _read_or_refuse(content)
    _read_or_refuse(b"UNA:+.? '" + content)


@given(st.data())
def test_mutated_interchanges_are_read_or_refused(data: st.DataObject) -> None:
    """A sound interchange with bytes replaced, removed or doubled."""
    content = bytearray(
        interchange(order(*LINE, "SCC+1", "QTY+21:10", "DTM+2:20261201:102"), order(*LINE, ref="2"), una="UNA:+.? '")
    )
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=4))
    _read_or_refuse(bytes(content))


def _read_or_refuse(content: bytes) -> None:
    try:
        found = read(content)
    except Rejected:
        return
    assert isinstance(found, PartReading)

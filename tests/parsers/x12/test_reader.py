"""The envelope's checks: counts, control numbers, groups, trailers; one bad set costs only itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.domain.errors import Rejected
from models.domain.findings import Severity
from parsers.part_reading import PartReading
from parsers.x12.reader import read_x12
from tests.parsers.x12.sets import LINE, interchange, order


def read(content: bytes) -> PartReading:
    return read_x12(content, "po.x12")


def codes(reading: PartReading) -> list[str]:
    return [error.code for found in reading.interchanges for error in found.errors]


def test_a_sound_interchange_has_no_errors() -> None:
    """Counts and control numbers are right."""
    assert codes(read(interchange(order(*LINE), order(*LINE, number="0002")))) == []


def test_the_message_reference_carries_what_an_answer_quotes() -> None:
    """Ids of interchange and group, control numbers, version, separators."""
    message = read(interchange(order(*LINE))).orders[0].message
    assert message is not None
    assert (message.sender_qualifier, message.sender, message.receiver_qualifier, message.receiver) == (
        "ZZ",
        "BUYERCO",
        "12",
        "SELLERCO",
    )
    assert (message.group_code, message.group_sender, message.group_ref, message.version) == ("PO", "BUYERAPP", "7", "004010")


def test_a_wrong_segment_count_is_found_and_stops_the_order() -> None:
    """SE01: a lost segment may be a lost line. X12 718 code 4."""
    found = read(interchange(order(*LINE, count=99)))
    assert codes(found) == ["4"]
    assert Severity.ERROR in {problem.severity for problem in found.orders[0].problems}


def test_one_bad_set_costs_only_itself() -> None:
    """The second set is as sound as if it were alone."""
    found = read(interchange(order(*LINE, count=99), order(*LINE, number="0002")))
    assert [any(problem.severity is Severity.ERROR for problem in reading.problems) for reading in found.orders] == [True, False]


def test_a_wrong_group_count_and_number_are_found() -> None:
    """GE01 and GE02: X12 716 codes 5 and 4."""
    assert codes(read(interchange(order(*LINE), stated=3, group="8"))) == ["5", "4"]


def test_a_wrong_interchange_trailer_is_found() -> None:
    """IEA01 and IEA02: X12 I18 codes 021 and 001."""
    assert codes(read(interchange(order(*LINE), groups=2, control="000000043"))) == ["021", "001"]


def test_a_missing_set_trailer_ends_with_the_next_header() -> None:
    """X12 718 code 2."""
    cut = order(*LINE).replace("SE*11*0001~", "")
    found = read(interchange(cut, order(*LINE, number="0002")))
    assert len(found.orders) == 2
    assert "2" in codes(found)


def test_a_cut_off_file_is_found() -> None:
    """No GE, no IEA."""
    content = interchange(order(*LINE))
    assert codes(read(content[: content.index(b"GE*")])) == ["3", "023"]


def test_a_repeated_control_number_is_found() -> None:
    """X12 718 code 23."""
    assert "23" in codes(read(interchange(order(*LINE), order(*LINE))))


def test_several_interchanges_with_separators_of_their_own() -> None:
    """Each ISA shows its own."""
    other = interchange(order(*LINE)).replace(b"000000042", b"000000043").translate(bytes.maketrans(b"*~", b"|!"))
    found = read(interchange(order(*LINE)) + b"\n" + other)
    assert [message.delimiters for message in (reading.message for reading in found.orders) if message] == ["*>~", "|>!"]
    assert codes(found) == []


def test_an_interchange_that_a_file_holds_twice_is_found() -> None:
    """Its second occurrence carries the code for a duplicate (I18: 025)."""
    found = read(interchange(order(*LINE)) * 2)
    assert [[error.code for error in each.errors] for each in found.interchanges] == [[], ["025"]]


def test_a_test_interchange_stops_the_order() -> None:
    """ISA15 T: nobody may ship for a test."""
    found = read(interchange(order(*LINE), usage="T")).orders[0]
    assert "test_message" in {problem.code for problem in found.problems}


@given(st.binary(max_size=200))
def test_random_bytes_are_read_or_refused(content: bytes) -> None:
    """Nothing else may come out."""
    _read_or_refuse(content)
    _read_or_refuse(interchange()[:106] + content)


@given(st.data())
def test_mutated_interchanges_are_read_or_refused(data: st.DataObject) -> None:
    """A sound interchange with bytes replaced, removed or doubled."""
    lines = ("SCH*10*EA***002*20261201", "SDQ*EA*92*1*2", "SAC*A*C310****3*5", "CTP**UCP*1*2*EA", "CTT*1", "AMT*TT*5")
    content = bytearray(interchange(order(*LINE, *lines), order(*LINE, number="2")))
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

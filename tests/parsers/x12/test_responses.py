"""997, 855 and 856: right codes, right counts, and read back by an independent reader."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyx12.x12file import X12Reader

from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import InterchangeV1
from parsers.x12.reader import read_x12
from parsers.x12.receipts import awaits_997, write_997
from parsers.x12.responses import write_855, write_856
from parsers.x12.syntax import decoded, segments
from parsers.x12.writing import interchange as written_interchange
from tests.parsers.answers_written import ACCEPTED, AT, PENDING, acknowledgement, pieces, ship_notice
from tests.parsers.x12.sets import LINE, interchange, order


def received(content: bytes) -> InterchangeV1:
    (found,) = read_x12(content, "po.x12").interchanges
    return found


def answered() -> MessageRefV1:
    found = read_x12(interchange(order(*LINE)), "po.x12").orders[0].message
    assert found is not None
    return found


def texts(content: bytes) -> list[str]:
    return [segment.text for segment, _ in segments(decoded(content), "answer")]


def body(content: bytes) -> list[str]:
    """The segments between ST and SE of the first transaction set."""
    found = texts(content)
    return found[3 : next(place for place, text in enumerate(found) if text.startswith("SE*"))]


def test_the_envelope_changes_sender_and_receiver_round() -> None:
    """ISA with its ids and qualifiers, GS with the application ids and the partner's version."""
    isa, group, *_ = texts(write_997(received(interchange(order(*LINE))), control_reference="123", at=AT))
    assert isa.split("*")[5:9] == ["12", f"{'SELLERCO':15}", "ZZ", f"{'BUYERCO':15}"]
    assert isa.split("*")[12:] == ["00401", "000000123", "0", "P", ">"]
    assert group == "GS*FA*SELLERAPP*BUYERAPP*20261103*0930*123*X*004010"


def test_997_accepts_a_sound_group() -> None:
    """AK1, AK2, AK5 and AK9 with A."""
    content = write_997(received(interchange(order(*LINE))), control_reference="1", at=AT)
    assert body(content) == ["AK1*PO*7", "AK2*850*0001", "AK5*A", "AK9*A*1*1*1"]


def test_997_rejects_only_the_bad_set() -> None:
    """AK502 4: the number of segments does not match; the group is accepted in part."""
    content = write_997(received(interchange(order(*LINE, count=99), order(*LINE, number="0002"))), control_reference="1", at=AT)
    assert body(content) == ["AK1*PO*7", "AK2*850*0001", "AK5*R*4", "AK2*850*0002", "AK5*A", "AK9*P*2*2*1"]


def test_997_names_segment_and_element_of_an_error() -> None:
    """AK3 with the position, AK4 with element, code and value; the set is accepted with errors noted."""
    content = write_997(received(interchange(order("PO1*1*5*EA*2**UP*036000291453"))), control_reference="1", at=AT)
    assert body(content)[2:] == ["AK3*PO1*9**8", "AK4*7**7*036000291453", "AK5*E*5", "AK9*E*1*1*1"]


def test_997_reports_the_groups_own_errors() -> None:
    """AK905 5: the number of sets does not match, beside the stated number."""
    content = write_997(received(interchange(order(*LINE), stated=3)), control_reference="1", at=AT)
    assert body(content)[-1] == "AK9*E*3*1*1*5"


def test_an_acknowledgement_is_never_acknowledged() -> None:
    """A 997 answers no 997."""
    content = write_997(received(interchange(order(*LINE))), control_reference="1", at=AT)
    assert not awaits_997(received(content))
    assert awaits_997(received(interchange(order(*LINE))))


def test_855_says_what_becomes_of_each_line() -> None:
    """ACK codes IA, IB and IR, each promise with its day."""
    assert body(write_855(acknowledgement(), answered(), control_reference="2", at=AT)) == [
        "BAK*00*AC*4500123456*20261103****SO-1001*20261103", "CUR*SE*EUR", "N1*BY*Müller GmbH*UL*4000001000005",
        "N1*SE*Seller AG*92*V77",
        "PO1*10*1200*EA*12.50*HP*UK*04006381333931*VN*HX-M8-40*BP*A-889", "PID*F****Hex bolt M8x40",
        "ACK*IA*1200*EA*067*20261120",
        "PO1*2*50*EA***VN*NUT-8", "ACK*IB*30*EA*067*20261120", "ACK*IB*20*EA", "N9*L1*REASON",
        "MSG*part of it has no delivery date yet",
        "PO1*3*5*EA***BP*X", "ACK*IR*5*EA", "N9*L1*REASON", "MSG*no longer made", "CTT*3", "AMT*TT*150.00",
    ]  # fmt: skip


def test_855_names_the_release_that_it_answers() -> None:
    """BAK05 (X12 328): releases have one PO number."""
    released = acknowledgement().model_copy(update={"release_number": "7"})
    heading = body(write_855(released, answered(), control_reference="2", at=AT))[0]
    assert heading == "BAK*00*AC*4500123456*20261103*7***SO-1001*20261103"


def test_855_says_that_a_quantity_changed() -> None:
    """IQ where what comes is not what was ordered."""
    line = ACCEPTED.model_copy(update={"status": "changed", "ordered": pieces("1300")})
    assert "ACK*IQ*1200*EA*067*20261120" in body(write_855(acknowledgement(line), answered(), control_reference="2", at=AT))


@pytest.mark.parametrize(("kind", "code"), [("accepted", "AD"), ("rejected", "RD"), ("received", "AK")])
def test_855_tells_the_kind_in_bak(kind: str, code: str) -> None:
    """X12 587."""
    assert body(write_855(acknowledgement(kind=kind), answered(), control_reference="2", at=AT))[0].split("*")[2] == code


def test_856_nests_items_in_packs_in_the_order() -> None:
    """HL levels S, O, P, I; MAN GM with the SSCC behind its application identifier."""
    found = body(write_856(ship_notice(), answered(), control_reference="3", at=AT))
    assert [text for text in found if text.startswith("HL")] == [
        "HL*1**S", "HL*2*1*O", "HL*3*2*P", "HL*4*3*I", "HL*5*2*P", "HL*6*5*I", "HL*7*5*I",
    ]  # fmt: skip
    assert f"MAN*GM*00{ship_notice().cartons[0].sscc}" in found
    assert found[-1] == "CTT*7"


def test_a_separator_in_data_becomes_a_blank() -> None:
    """X12 has no release character."""
    content = write_855(acknowledgement(note="5 * 4 ~ 3 > 2"), answered(), control_reference="2", at=AT)
    assert "MSG*5 4 3 2" in body(content)


def test_every_answer_is_sound_and_read_by_pyx12() -> None:
    """Counts and control numbers are right; an independent reader finds nothing wrong."""
    for content in (
        write_997(received(interchange(order(*LINE))), control_reference="1", at=AT),
        write_855(acknowledgement(), answered(), control_reference="1", at=AT),
        write_856(ship_notice(), answered(), control_reference="1", at=AT),
    ):
        assert received(content).errors == ()
        reader = X12Reader(io.StringIO(content.decode()))
        tags = [segment.get_seg_id() for segment in reader]
        assert reader.pop_errors() == []
        assert tags == [text.partition("*")[0] for text in texts(content)]


_VALUE = st.text(
    alphabet=st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Zs"), blacklist_characters="*>~"),
    min_size=1,
    max_size=15,
)


@given(st.lists(st.lists(_VALUE, min_size=1, max_size=6), min_size=1, max_size=6))
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    """read(write(x)) = x for every segment without separators in its data."""
    reference = MessageRefV1(standard="x12", message_type="850", delimiters="*>~", sender="A", receiver="B")
    content = written_interchange(reference, "855", [[("MSG", *row) for row in rows]], control_reference="1", at=AT)
    found = [segment for segment, _ in segments(decoded(content), "x") if segment.tag == "MSG"]
    assert [list(segment.elements) for segment in found] == rows


def test_997_rejects_a_repeated_number_and_not_the_first_of_its_name() -> None:
    """The transaction set that came first is sound."""
    (received,) = read_x12(interchange(order(*LINE), order(*LINE)), "po.x12").interchanges
    content = write_997(received, control_reference="1", at=AT).decode()
    assert [row for row in content.split("~") if row.startswith(("AK5", "AK9"))] == ["AK5*A", "AK5*R*23", "AK9*P*2*2*1"]


def test_a_line_on_hold_is_acknowledged_as_such() -> None:
    """X12 668: IH, with all that was ordered, beside what is accepted."""
    written = body(write_855(acknowledgement(ACCEPTED, PENDING), answered(), control_reference="1", at=AT))
    assert [text for text in written if text.startswith("ACK*")] == ["ACK*IA*1200*EA*067*20261120", "ACK*IH*8*EA"]


@pytest.mark.parametrize(
    ("control", "receipt"), [("000000042", "TA1*000000042*261103*0815*A*000"), ("000000043", "TA1*000000042*261103*0815*E*001")]
)
def test_a_sender_that_asks_for_it_gets_a_receipt_of_the_interchange(control: str, receipt: str) -> None:
    """ISA14 1: a TA1 before the group of 997s, with the envelope's own error (I18)."""
    content = interchange(order(*LINE), control=control).replace(b"*000000042*0*P", b"*000000042*1*P")
    assert texts(write_997(received(content), control_reference="1", at=AT))[1] == receipt


def test_nobody_else_gets_a_receipt_of_the_interchange() -> None:
    """ISA14 0, whatever is wrong with the envelope."""
    content = write_997(received(interchange(order(*LINE), control="000000043")), control_reference="1", at=AT)
    assert not any(text.startswith("TA1") for text in texts(content))

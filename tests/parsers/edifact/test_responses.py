"""CONTRL, ORDRSP and DESADV: right codes, right counts, and read back by an independent reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydifact.parser import Parser

from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import InterchangeV1
from parsers.edifact.reader import read_edifact
from parsers.edifact.receipts import awaits_contrl, write_contrl
from parsers.edifact.responses import write_desadv, write_ordrsp
from parsers.edifact.syntax import decoded, segments
from parsers.edifact.writing import interchange as written_interchange
from tests.parsers.answers_written import ACCEPTED, AT, PENDING, acknowledgement, ship_notice
from tests.parsers.edifact.messages import LINE, interchange, order


def received(content: bytes) -> InterchangeV1:
    (found,) = read_edifact(content, "po.edi").interchanges
    return found


def answered(una: str = "") -> MessageRefV1:
    text = interchange(order(*LINE))
    if una:
        text = text.translate(bytes.maketrans(b":+'", bytes([ord(una[3]), ord(una[4]), ord(una[8])])))
        text = una.encode() + text
    found = read_edifact(text, "po.edi").orders[0].message
    assert found is not None
    return found


def texts(content: bytes) -> list[str]:
    return [segment.text for segment, _ in segments(decoded(content).text, "answer")]


def independent(content: bytes) -> list[tuple[str, list[object]]]:
    """What pydifact reads."""
    return [(segment.tag, list(segment.elements)) for segment in Parser().parse(content.decode("latin-1"))]


def is_sound(content: bytes) -> bool:
    """Whether our own reader finds counts and references right."""
    return received(content).errors == ()


def test_contrl_acknowledges_a_sound_interchange() -> None:
    """UCI and UCM with action 7, sender and receiver of the received UNB as they stood."""
    content = write_contrl(received(interchange(order(*LINE))), control_reference="55", at=AT)
    assert texts(content) == [
        "UNB+UNOC:3+4012345000009:14+4000001000005:14+261103:0930+55", "UNH+1+CONTRL:D:3:UN",
        "UCI+REF77+4000001000005:14+4012345000009:14+7", "UCM+1+ORDERS:D:96A:UN:EAN008+7", "UNT+4+1", "UNZ+1+55",
    ]  # fmt: skip


def test_contrl_rejects_only_the_bad_message() -> None:
    """Action 4 with the code and the segment; the other message stands."""
    content = write_contrl(received(interchange(order(*LINE, count=99), order(*LINE, ref="2"))), control_reference="55", at=AT)
    assert texts(content)[3:5] == ["UCM+1+ORDERS:D:96A:UN:EAN008+4+29+UNT", "UCM+2+ORDERS:D:96A:UN:EAN008+7"]


def test_contrl_names_segment_and_element_of_each_error() -> None:
    """UCS with the segment's position, UCD with the code and the element's position."""
    text = order("LIN+1++4006381333932:EN", "QTY+21:1:PCE", count=99)
    content = write_contrl(received(interchange(text)), control_reference="55", at=AT)
    assert texts(content)[4:6] == ["UCS+7", "UCD+12+3:1"]


def test_contrl_lists_groups() -> None:
    """UCF before the messages of a group."""
    group = "UNG+ORDERS+A:14+B:14+261103:0815+7+UN+D:96A'" + order(*LINE) + "UNE+1+7'"
    assert "UCF+7+A+B+7" in texts(write_contrl(received(interchange(group)), control_reference="55", at=AT))


def test_an_acknowledgement_is_never_acknowledged() -> None:
    """CONTRL answers no CONTRL."""
    contrl = write_contrl(received(interchange(order(*LINE))), control_reference="55", at=AT)
    assert not awaits_contrl(received(contrl))
    assert awaits_contrl(received(interchange(order(*LINE))))


def test_a_test_interchange_is_answered_as_a_test() -> None:
    """UNB 0035 goes back."""
    envelope = "UNB+UNOC:3+A:14+B:14+261103:0815+REF77++++++1'"
    content = write_contrl(received(interchange(order(*LINE), envelope=envelope)), control_reference="55", at=AT)
    assert received(content).envelope.test


def test_ordrsp_says_what_becomes_of_each_line() -> None:
    """LIN 1229: 5 accepted, 6 with amendment, 7 not accepted; the day of a promise, the quantity that waits."""
    content = write_ordrsp(acknowledgement(), answered(), control_reference="56", at=AT)
    assert texts(content)[1:] == [
        "UNH+1+ORDRSP:D:96A:UN:EAN005", "BGM+231+SO-1001+4+AC", "DTM+137:20261103:102", "RFF+ON:4500123456", "RFF+VN:SO-1001",
        "NAD+BY+4000001000005::9++Müller GmbH", "NAD+SU+V77::92++Seller AG", "CUX+2:EUR:9",
        "LIN+10+5+4006381333931:EN", "PIA+1+HX-M8-40:SA+A-889:IN", "IMD+F++:::Hex bolt M8x40", "QTY+21:1200:C62",
        "QTY+113:1200:C62", "DTM+69:20261120:102", "PRI+AAA:12.50:::100:C62",
        "LIN+2+6", "PIA+1+NUT-8:SA", "QTY+21:50:C62", "QTY+83:20:C62", "FTX+AAI+++part of it has no delivery date yet",
        "SCC+1", "QTY+113:30:C62", "DTM+69:20261120:102",
        "LIN+3+7", "PIA+1+X:IN", "QTY+21:5:C62", "FTX+AAI+++no longer made",
        "UNS+S", "MOA+79:150.00:EUR", "CNT+2:3", "UNT+31+1", "UNZ+1+56",
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "function"), [("accepted", "29"), ("rejected", "27"), ("received", "11")])
def test_ordrsp_tells_the_kind_in_bgm(kind: str, function: str) -> None:
    """UNCL 1225."""
    content = write_ordrsp(acknowledgement(kind=kind), answered(), control_reference="56", at=AT)
    assert texts(content)[2].split("+")[3] == function


def test_desadv_packs_goods_below_their_cartons() -> None:
    """A CPS for the shipment and one for each carton, its SSCC in GIN."""
    found = texts(write_desadv(ship_notice(), answered(), control_reference="57", at=AT))
    start = found.index("CPS+2+1")
    assert found[start : start + 9] == [
        "CPS+2+1", "PAC+1++CT", "MEA+PD+AAB+KGM:7.2", "PCI+33E", f"GIN+BJ+{ship_notice().cartons[0].sscc}",
        "LIN+1++4006381333931:EN", "PIA+1+HX-M8-40:SA+A-889:IN", "QTY+12:800:C62", "RFF+ON:4500123456:1",
    ]  # fmt: skip


@pytest.mark.filterwarnings("ignore::pydifact.exceptions.MissingImplementationWarning")  # it ships no service segments
def test_every_answer_is_sound_and_read_by_pydifact() -> None:
    """Counts and references are right, and an independent reader sees the same tags."""
    for content in (
        write_contrl(received(interchange(order(*LINE))), control_reference="1", at=AT),
        write_ordrsp(acknowledgement(), answered(), control_reference="1", at=AT),
        write_desadv(ship_notice(), answered(), control_reference="1", at=AT),
    ):
        assert is_sound(content)
        assert [tag for tag, _ in independent(content)] == [text[:3] for text in texts(content)]


def test_answers_use_the_partners_separators() -> None:
    """UNA goes back as it came, decimal comma included."""
    content = write_ordrsp(acknowledgement(), answered("UNA|^,? ~"), control_reference="56", at=AT)
    assert content.startswith(b"UNA|^,? ~UNB^UNOC|3^")
    assert b"PRI^AAA|12,50" in content


def test_what_the_charset_lacks_is_written_without_accents() -> None:
    """UNOA is ASCII; a question mark would be a release character."""
    reference = answered().model_copy(update={"syntax": "UNOA:3"})
    content = write_ordrsp(acknowledgement(note="Łódź ✓"), reference, control_reference="56", at=AT)
    assert b"Muller GmbH" in content
    assert b"FTX+AAI+++.odz ." in content


_VALUE = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1, max_size=15)


@given(
    st.lists(st.lists(st.lists(_VALUE, min_size=1, max_size=4).map(tuple), min_size=1, max_size=5), min_size=1, max_size=6),
    st.sampled_from([":+.? '", "|^,! ~", "*/.\\ ;"]),
)
def test_what_is_written_is_read_back(rows: list[list[tuple[str, ...]]], una: str) -> None:
    """read(write(x)) = x for every segment, whatever separators stand in the data."""
    reference = MessageRefV1(standard="edifact", message_type="ORDERS", syntax="UNOY:3", delimiters=una, sender="A", receiver="B")
    content = written_interchange(reference, "ORDRSP:D:96A:UN", [("FTX", *row) for row in rows], control_reference="1", at=AT)
    found = [segment for segment, _ in segments(decoded(content).text, "x") if segment.tag == "FTX"]
    assert [[tuple(element) for element in segment.elements] for segment in found] == rows


def test_contrl_rejects_a_repeated_reference_and_not_the_first_of_its_name() -> None:
    """The message that came first is sound."""
    content = interchange(order(*LINE), order(*LINE))
    (received,) = read_edifact(content, "po.edi").interchanges
    verdicts = [line for line in write_contrl(received, control_reference="1", at=AT).decode().split("'") if line[:3] == "UCM"]
    assert [verdict.split("+")[3] for verdict in verdicts] == ["7", "4"]


def test_separators_that_a_charset_lacks_are_not_used_in_answers() -> None:
    """A diaeresis as separator under UNOA is read, but cannot be written back."""
    content = "UNA\xa8+.? 'UNB+UNOA\xa83+A+B+261103\xa80815+7'UNH+1+ORDERS\xa8D\xa896A\xa8UN'BGM+220+1+9'UNT+3+1'UNZ+1+7'".encode(
        "latin-1"
    )
    written = write_contrl(received(content), control_reference="5", at=AT)
    assert texts(written)[2] == "UCI+7+A+B+7"


def test_a_line_on_hold_is_not_affected_by_the_response() -> None:
    """1229: 4; nothing of it is promised, and the reason stands in words."""
    written = texts(write_ordrsp(acknowledgement(ACCEPTED, PENDING), answered(), control_reference="1", at=AT))
    place = next(at for at, text in enumerate(written) if text.startswith("LIN+40+4"))
    assert [text for text in written[place:] if text.startswith(("QTY+", "FTX+"))] == ["QTY+21:8:C62", "FTX+AAI+++on hold"]

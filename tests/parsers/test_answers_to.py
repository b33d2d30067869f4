"""The answers that `orderwright ack` shows for a reading."""

from __future__ import annotations

from datetime import UTC, datetime

from models.domain.specimen_answers import Outcome
from parsers.answers_to import answers_to
from parsers.reading import read_document
from tests.parsers.edifact.messages import LINE as EDIFACT_LINE
from tests.parsers.edifact.messages import interchange as edifact
from tests.parsers.edifact.messages import order as edifact_order
from tests.parsers.x12.sets import LINE, interchange, order
from tests.parsers.xml.documents import CXML_LINE, UBL_HEAD, UBL_LINE, cxml, ubl

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def answers(content: bytes, name: str, *more: str, outcome: Outcome = "accepted") -> list[str]:
    reading = read_document(content, name, ocr=None).reading
    return [answer.written.content.decode("latin-1") for answer in answers_to(reading, outcome, frozenset(more), AT)]


def test_an_edifact_order_is_answered_by_contrl_and_ordrsp() -> None:
    """The syntax first, then the order."""
    syntax, response = answers(edifact(edifact_order(*EDIFACT_LINE)), "po.edi")
    assert "UCM+1+ORDERS:D:96A:UN:EAN008+7" in syntax
    assert "BGM+231+SPECIMEN+29+AP" in response
    assert "LIN+10+5+4006381333931:EN" in response


def test_an_850_is_answered_by_997_855_and_856_where_asked() -> None:
    """With control numbers that count on."""
    syntax, response, notice = answers(interchange(order(*LINE)), "po.x12", "ship-notice")
    assert "~AK5*A~" in syntax
    assert "~BAK*00*AD*4500123456*" in response
    assert "~ST*856*0001~" in notice
    assert [text.split("~")[0][-15:-6] for text in (syntax, response, notice)] == ["000000001", "000000002", "000000003"]


def test_a_999_takes_the_997s_place() -> None:
    """Where it is asked for, with its guide in GS08 and ST03."""
    syntax, _ = answers(interchange(order(*LINE)), "po.x12", "999")
    assert "*005010X231A1~ST*999*0001*005010X231A1~" in syntax
    assert "~IK5*A~" in syntax


def test_an_860_is_answered_by_an_865() -> None:
    """Line by line in POC loops."""
    change = order("POC*1*CA*5*0*EA*9.25*PE*VN*HX-M8-40", head=("BCH*04*SA*4500123456***20261103",), kind="860")
    _, response = answers(interchange(change, code="PC"), "po.x12")
    assert "~BCA*00*AD*4500123456***" in response
    assert "~POC*1*CA*5**EA*9.25*PE*VN*HX-M8-40~ACK*IA*5*EA~" in response


def test_an_added_line_is_answered_as_added() -> None:
    """POC02 AI (X12 670)."""
    change = order("POC*7*AI*5*0*EA*9.25*PE*VN*HX-M8-40", head=("BCH*04*SA*4500123456***20261103",), kind="860")
    _, response = answers(interchange(change, code="PC"), "po.x12")
    assert "~POC*7*AI*5**EA*9.25*PE*VN*HX-M8-40~ACK*IA*5*EA~" in response


def test_xml_orders_are_answered_in_kind() -> None:
    """They have no syntax acknowledgement of their own."""
    assert "<OrderResponse " in answers(ubl(UBL_HEAD, UBL_LINE), "po.xml")[0]
    (confirmed,) = answers(cxml(lines=CXML_LINE), "po.xml")
    assert "<ConfirmationRequest>" in confirmed


def test_a_rejection_rejects_every_line() -> None:
    """And nothing is shipped."""
    _, response = answers(interchange(order(*LINE)), "po.x12", "ship-notice", outcome="rejected")
    assert "~BAK*00*RD*" in response
    assert "~ACK*IR*120*EA~" in response


def test_a_letter_has_no_electronic_answer() -> None:
    """Its sender gets a mail."""
    assert answers(b"Purchase order 4711\n\nPlease deliver:\n- 20 boxes of gloves\n", "po.txt") == []

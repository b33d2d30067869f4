"""Every fault of a transaction set is an error with segment, element and value, and the code that a 997 has for it."""

from __future__ import annotations

import pytest

from parsers.x12.reader import read_x12
from parsers.x12.receipts import write_997
from tests.parsers.answers_written import AT
from tests.parsers.x12.sets import HEAD, interchange, order

Error = tuple[str, str, int | None, int | None, str]
LINE = "PO1*1*120*EA*9.25*TE*CB*A-889*VN*HX-M8-40*UP*036000291452"


def with_line(old: str, new: str) -> bytes:
    return interchange(order(LINE.replace(old, new)))


def with_head(old: str, new: str) -> bytes:
    return interchange(order(LINE, head=tuple(segment.replace(old, new) for segment in HEAD)))


@pytest.mark.parametrize(
    ("content", "error", "told"),
    [
        (with_line("452", "453"), ("7", "PO1", 9, 11, "036000291453"), "AK3*PO1*9**8~AK4*11**7*036000291453~AK5*E*5~"),
        (with_line("*120*", "*12O*"), ("6", "PO1", 9, 2, "12O"), "AK3*PO1*9**8~AK4*2**6*12O~AK5*E*5~"),
        (interchange(order(LINE, "MSG*")), ("1", "MSG", 10, 1, ""), "AK3*MSG*10**8~AK4*1**1~AK5*E*5~"),
        (with_head("BEG*00*", "BEG*ZQ*"), ("7", "BEG", 2, 1, "ZQ"), "AK3*BEG*2**8~AK4*1**7*ZQ~AK5*E*5~"),
        (interchange(order()), ("3", "PO1", 9, None, ""), "AK3*PO1*9**3~AK5*R*5~"),
        (with_line("*EA*", "*QQ*"), ("7", "PO1", 9, 3, "QQ"), "AK3*PO1*9**8~AK4*3**7*QQ~AK5*E*5~"),
        (with_head("20261120", "20261131"), ("8", "DTM", 4, 2, "20261131"), "AK3*DTM*4**8~AK4*2**8*20261131~AK5*E*5~"),
        (interchange(order(LINE, head=HEAD[1:])), ("3", "BEG", 2, None, ""), "AK3*BEG*2**3~AK5*R*5~"),
        (with_head("4500123456", ""), ("1", "BEG", 2, 3, ""), "AK3*BEG*2**8~AK4*3**1~AK5*E*5~"),
        (interchange(order(LINE, "+x*a")), ("2", "+x", 10, None, ""), "AK3*+x*10**2~AK5*E*5~"),
        (interchange(order(LINE, "MSG*a\x00b")), ("6", "MSG", 10, 1, ""), "AK3*MSG*10**8~AK4*1**6~AK5*E*5~"),
        (interchange(order(LINE), order(LINE)), ("23", "ST", None, None, ""), "AK5*A~AK2*850*0001~AK5*R*23~AK9*P*2*2*1~"),
        (interchange(order(LINE, count=99)), ("4", "SE", None, None, "99"), "AK5*R*4~AK9*R*1*1*0~"),
        (
            interchange(order(LINE), order("BIG*1", head=(), number="0002", kind="810")),
            ("6", "ST", None, None, "810"),
            "AK5*A~AK2*810*0002~AK5*E*6~",
        ),
    ],
)
def test_a_fault_is_named_with_its_place_and_code(content: bytes, error: Error, told: str) -> None:
    """X12 716, 718, 720 and 723; the only error of its interchange."""
    (received,) = read_x12(content, "po.x12").interchanges
    assert [
        (found.code, found.segment_tag, found.segment_position, found.element_position, found.value) for found in received.errors
    ] == [error]
    assert told in write_997(received, control_reference="5", at=AT).decode()

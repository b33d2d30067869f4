"""Every fault of a message is an error with segment, element and value, and the code of UN/ECE 0085 that CONTRL has for it."""

from __future__ import annotations

import pytest

from models.contracts.reading_v1 import SyntaxErrorV1
from models.domain.findings import Severity
from parsers.edifact.reader import read_edifact
from parsers.edifact.receipts import write_contrl
from tests.parsers.answers_written import AT
from tests.parsers.edifact.messages import HEAD, LINE, interchange, message, order

Error = tuple[str, str, int | None, int | None, str]


def errors(content: bytes) -> list[Error]:
    (received,) = read_edifact(content, "po.edi").interchanges
    return [_told(error) for error in received.errors]


def _told(error: SyntaxErrorV1) -> Error:
    return error.code, error.segment_tag, error.segment_position, error.element_position, error.value


def contrl(content: bytes) -> str:
    (received,) = read_edifact(content, "po.edi").interchanges
    return write_contrl(received, control_reference="5", at=AT).decode("latin-1")


def with_line(old: str, new: str) -> bytes:
    return interchange(order(*(new if segment == old else segment for segment in LINE)))


def with_head(old: str, new: str) -> bytes:
    return interchange(order(*LINE, head=tuple(segment.replace(old, new) for segment in HEAD)))


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (with_line("LIN+10++4006381333931:EN", "LIN+10++4006381333932:EN"), ("12", "LIN", 7, 3, "4006381333932")),
        (with_line("QTY+21:1200:PCE", "QTY+21:12OO:PCE"), ("37", "QTY", 10, 1, "12OO")),
        (with_line("QTY+21:1200:PCE", "QTY+21:1200:QQQ"), ("12", "QTY", 10, 1, "QQQ")),
        (with_head("20261120", "20261131"), ("12", "DTM", 4, 1, "20261131")),
        (with_head("4000001000005", "4000001000006"), ("12", "NAD", 5, 2, "4000001000006")),
        (with_head("+DE", "+DEU"), ("12", "NAD", 5, 9, "DEU")),
        (with_head("2:EUR:9", "2:EU:9"), ("12", "CUX", 6, 1, "EU")),
        (with_line("QTY+21:1200:PCE", "QTY+21::PCE"), ("13", "QTY", 10, 1, "")),
        (interchange(order(*LINE, "FTX++++a")), ("13", "FTX", 13, 1, "")),
        (with_head("BGM+220+4500123456+9", "BGM+220+4500123456+77"), ("12", "BGM", 2, 3, "77")),
        (interchange(message(*HEAD, *LINE, "UNS+S", "CNT+2:7")), ("29", "CNT", 14, 1, "7")),
        (interchange(message(*HEAD, *LINE)), ("13", "UNS", 13, None, "")),
        (interchange(order(*LINE, head=(HEAD[0], *HEAD[3:]))), ("13", "DTM", 3, None, "")),
        (interchange(order(*LINE, head=HEAD[1:])), ("13", "BGM", 2, None, "")),
        (interchange(order(*LINE, head=("BGM+220++9", *HEAD[1:]))), ("13", "BGM", 2, 2, "")),
        (interchange(order(*LINE, "1x+a")), ("12", "1x", 13, None, "")),
        (interchange(order(*LINE, "FTX+AAI+++a\x00b")), ("21", "FTX", 13, 4, "")),
        (interchange(order(*LINE), order(*LINE)), ("26", "UNH", None, 1, "")),
        (interchange(order(*LINE), "FTX+AAI+++x'", count=1), ("33", "FTX", None, None, "")),
        (
            interchange("UNG+ORDERS+A+B+261103:0815+1+UN+D:96A'", order(*LINE), "UNE+1+1'", order(*LINE, ref="2"), count=1),
            ("30", "UNH", None, None, ""),
        ),
    ],
)
def test_a_fault_is_named_with_its_place_and_code(content: bytes, error: Error) -> None:
    """The only error of its interchange, and a problem for people as well."""
    assert errors(content) == [error]
    found = read_edifact(content, "po.edi")
    assert [*found.problems, *(problem for reading in found.orders for problem in reading.problems)]


def test_a_message_without_its_number_is_rejected_at_the_very_element() -> None:
    """UCM 4, UCS with the segment, UCD with the element."""
    assert "UCM+1+ORDERS:D:96A:UN:EAN008+4'UCS+2'UCD+13+2'" in contrl(interchange(order(*LINE, head=("BGM+220++9", *HEAD[1:]))))


def test_a_wrong_value_is_reported_in_a_message_that_is_acknowledged() -> None:
    """UCM 7, since people settle it, and below it segment, element and component."""
    told = contrl(with_line("QTY+21:1200:PCE", "QTY+21:1200:QQQ"))
    assert "UCM+1+ORDERS:D:96A:UN:EAN008+7'UCS+10'UCD+12+1:3'" in told


def test_a_repeated_reference_rejects_the_second_message_alone() -> None:
    """Code 26 in its UCM."""
    told = contrl(interchange(order(*LINE), order(*LINE)))
    assert "EAN008+7'UCM+1+ORDERS:D:96A:UN:EAN008+4+26+UNH'" in told


def test_another_message_among_orders_costs_them_nothing() -> None:
    """An invoice in the same interchange is acknowledged and left alone."""
    content = interchange(order(*LINE), message("BGM+380+1+9", kind="INVOIC:D:96A:UN", ref="2"))
    found = read_edifact(content, "po.edi")
    assert (len(found.orders), errors(content)) == (1, [])
    assert [problem.severity for problem in found.problems if problem.code == "other_message"] == [Severity.INFO]


def test_only_so_many_control_characters_are_reported() -> None:
    """A file that is full of them says so once more than a hundred times, and no more."""
    found = errors(interchange(order(*LINE, *["FTX+AAI+++a\x01b"] * 300)))
    assert [error[0] for error in found] == ["21"] * 100

"""What a partner's acknowledgement says of our messages, read back from what our own writers make of one."""

from __future__ import annotations

from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import InterchangeV1, ReceiptV1, SyntaxErrorV1
from parsers.edifact.receipts import write_contrl
from parsers.reading import read_document
from parsers.x12.receipts import write_997, write_999
from tests.parsers.answers_written import AT
from tests.parsers.x12.sets import LINE, interchange, order

OURS = {
    "edifact": MessageRefV1(
        standard="edifact", message_type="ORDRSP", version="D:96A:UN:EAN005", sender="US", receiver="THEM",
        interchange_ref="45", message_ref="1", syntax="UNOC:3", delimiters=":+.? '",
    ),
    "x12": MessageRefV1(
        standard="x12", message_type="855", version="004010", sender="US", receiver="THEM", interchange_ref="000000045",
        message_ref="0001", group_ref="45", group_code="PR", delimiters="*>~",
    ),
}  # fmt: skip


def received(standard: str, *errors: SyntaxErrorV1) -> InterchangeV1:
    message = OURS[standard]
    return InterchangeV1(envelope=message, messages=(message,), errors=errors)


def receipts(content: bytes) -> tuple[ReceiptV1, ...]:
    return read_document(content, "answer.edi", ocr=None).reading.receipts


def test_a_contrl_names_our_interchange_and_that_it_stands() -> None:
    """UCI quotes our control number; its sender is the partner."""
    (found,) = receipts(write_contrl(received("edifact"), control_reference="9", at=AT))
    assert (found.reference, found.sender, found.is_accepted) == ("45", "THEM", True)


def test_a_contrl_that_rejects_quotes_what_is_wrong() -> None:
    """The message and the place of its error."""
    error = SyntaxErrorV1(code="13", message="missing", message_ref="1", segment_tag="BGM", segment_position=2, message_index=0)
    (found,) = receipts(write_contrl(received("edifact", error), control_reference="9", at=AT))
    assert not found.is_accepted
    assert "UCM+1+ORDRSP" in found.reason
    assert "UCS+2+13" in found.reason


def test_a_997_and_a_999_name_our_group() -> None:
    """AK102 is our GS06, which is the control number."""
    for write, kind in ((write_997, "997"), (write_999, "999")):
        (found,) = receipts(write(received("x12"), control_reference="9", at=AT))
        assert (found.message_type, found.reference, found.sender, found.is_accepted) == (kind, "45", "THEM", True)


def test_a_997_that_rejects_quotes_its_verdicts() -> None:
    """AK3 names the segment, AK5 and AK9 the end of it."""
    error = SyntaxErrorV1(
        code="3", message="missing", message_ref="0001", group_ref="45", segment_tag="BAK", segment_position=2, message_index=0
    )
    (found,) = receipts(write_997(received("x12", error), control_reference="9", at=AT))
    assert not found.is_accepted
    assert "AK3*BAK*2**3" in found.reason


def test_a_ta1_counts_only_when_it_rejects() -> None:
    """An accepted envelope says nothing of what is in it."""
    whole = write_997(received("x12"), control_reference="9", at=AT).decode()
    head = whole[: whole.index("GS*")]
    for code, count in (("A", 0), ("R", 1)):
        found = receipts(f"{head}TA1*000000045*261103*0930*{code}*{'000' if code == 'A' else '001'}~IEA*0*000000009~".encode())
        assert len(found) == count


def test_orders_are_no_receipts() -> None:
    """And an acknowledgement is no order."""
    assert receipts(interchange(order(*LINE))) == ()


def test_the_same_interchange_has_the_same_digest_however_its_lines_end() -> None:
    """As mail programs write them; one order number more is another interchange."""
    digests = [
        read_document(content, "po.x12", ocr=None).reading.interchanges[0].digest
        for content in (
            interchange(order(*LINE)),
            interchange(order(*LINE)).replace(b"~", b"~\r\n"),
            interchange(order(*LINE, number="0002")),
        )
    ]
    assert digests[0] == digests[1] != digests[2]

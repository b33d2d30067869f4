"""Each sample mail is read for what it is: what it wants, under which number, how much of how many things."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from demo.delivery import SampleMail, sample_mails
from demo.judging import expectations
from parsers.reading import read_document

DEMO = Path(__file__).parents[2] / "demo"
EXPECTED = expectations(DEMO / "expected.yaml")
MAILS = {mail.name: mail for mail in sample_mails(DEMO / "inbox")}
_INTENTS = {"not_an_order": "other", "enquiry_answered": "order_status_enquiry", "return_opened": "return_request"}
#: What needs the OCR engine is read by the runs of the whole stack.
_PICTURES = {"scan-fr", "photo-de"}
#: What cannot be read at all.
_DAMAGED = {"damaged-pdf"}


@pytest.mark.parametrize(
    "mail", [pytest.param(mail, id=name) for name, mail in MAILS.items() if name not in _PICTURES | _DAMAGED]
)
def test_a_sample_is_read_for_what_it_is(mail: SampleMail) -> None:
    """Its intent; where it orders, its number and its quantities."""
    expected = EXPECTED[mail.name]
    read = read_document(mail.content, mail.file, ocr=None).reading.extraction
    assert read.intent == _INTENTS.get(expected["outcome"], "order")
    if read.intent == "order":
        assert {order.po_number.value for order in read.orders if order.po_number} == {expected["po_number"]} - {None}
        quantities = Counter(Decimal(line.quantity.value) for order in read.orders for line in order.lines if line.quantity)
        assert quantities == Counter(Decimal(line["quantity"]) for line in expected["lines"])


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(mail, id=name)
        for name, mail in MAILS.items()
        if EXPECTED[name]["outcome"] in {"closed", "backordered"} and name not in _PICTURES
    ],
)
def test_a_sample_that_goes_touchless_raises_no_question_when_read(mail: SampleMail) -> None:
    """A question that a person could be spared is the second worst mistake."""
    read = read_document(mail.content, mail.file, ocr=None).reading.extraction
    assert [problem.message for problem in read.problems if problem.severity == "error"] == []

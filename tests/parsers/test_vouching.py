"""What a mail says of the order that it carries."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import PurchaseOrderV1
from models.domain.evidence import Evidence
from parsers.part_reading import OrderReading
from parsers.vouching import vouched

SCANNED = OrderReading(
    PurchaseOrderV1.model_validate(
        {
            "po_number": {
                "value": "BC26-2291",
                "confidence": 0.62,
                "evidence": [{"part": "scan.pdf", "page": 1, "text": "BC26-2291"}],
            }
        }
    )
)


def _number(subject: str) -> tuple[float, tuple[Evidence, ...]]:
    (reading,) = vouched([SCANNED], {"subject": subject})
    assert reading.order.po_number is not None
    return reading.order.po_number.confidence, reading.order.po_number.evidence


def test_a_number_that_the_subject_names_as_well_is_surer() -> None:
    """Two readings that agree outweigh a doubtful scan, and both stand as evidence."""
    confidence, evidence = _number("Bon de commande BC26-2291 (scan)")
    assert confidence > 0.95
    assert [place.part for place in evidence] == ["scan.pdf", "subject"]


@pytest.mark.parametrize("subject", ["Commande BC26-22910", "ABC26-2291", "BC26-2291/2", "Votre commande", ""])
def test_a_number_that_only_looks_alike_vouches_for_nothing(subject: str) -> None:
    """A longer number is another number."""
    assert _number(subject)[0] == 0.62


def test_a_text_that_was_read_already_does_not_vouch_for_itself() -> None:
    """A number that was taken from the subject is not surer for standing there."""
    (once,) = vouched([SCANNED], {"subject": "Order BC26-2291"})
    (twice,) = vouched([once], {"subject": "Order BC26-2291"})
    assert once == twice

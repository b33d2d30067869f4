"""What `orderwright partner check` says of a sample message."""

from __future__ import annotations

from models.domain.identifiers import CustomerNumber
from models.domain.party import PartnerProfile
from parsers.partner_check import check_sample
from parsers.reading import read_document
from tests.parsers.x12.sets import LINE, interchange, order

PROFILE = PartnerProfile(
    customer_number=CustomerNumber("70038"), standard="x12", our_id="SELLERCO", our_qualifier="12", partner_id="BUYERCO",
    partner_qualifier="ZZ", version="004010", name="Buyer & Co", acknowledge_within_hours=24,
)  # fmt: skip


def sentences(content: bytes, *profiles: PartnerProfile) -> str:
    return "\n".join(check_sample(read_document(content, "po.x12", ocr=None).reading, profiles))


def test_a_known_partner_is_named_with_what_it_gets() -> None:
    """And nothing is amiss where profile and sample agree."""
    said = sentences(interchange(order(*LINE)), PROFILE)
    assert "partner Buyer & Co: it gets 997, an order acknowledgement within 24 hours, a ship notice" in said
    assert "the profile says" not in said


def test_an_unknown_partner_gets_the_draft_of_a_profile() -> None:
    """With the ids and qualifiers of the sample."""
    said = sentences(interchange(order(*LINE)))
    assert 'partner_id: "BUYERCO"\n    partner_qualifier: "ZZ"' in said


def test_what_differs_from_the_profile_is_named() -> None:
    """Id, qualifier, version."""
    said = sentences(interchange(order(*LINE)), PROFILE.model_copy(update={"our_id": "OTHER", "version": "005010"}))
    assert "our id is 'SELLERCO', the profile says 'OTHER'" in said
    assert "the version is '004010', the profile says '005010'" in said


def test_what_lines_leave_open_is_counted() -> None:
    """Prices and numbers that we would have to supply."""
    said = sentences(interchange(order("PO1*1*5*EA***BP*A-889", "PO1*2*5*EA*2*PE*VN*HX")), PROFILE)
    assert "1 of 2 lines are without a price: ours is taken (1)" in said
    assert "1 of 2 lines are without our part number or a GTIN" in said


def test_what_the_acknowledgement_will_report_is_said() -> None:
    """A wrong count, with its code."""
    assert "will report 4: SE states '99'" in sentences(interchange(order(*LINE, count=99)), PROFILE)

"""Codes that mean something of their own with one partner, read as its profile says."""

from __future__ import annotations

from models.contracts.extraction_v1 import OrderLineV1
from models.domain.identifiers import CustomerNumber
from models.domain.party import PartnerProfile
from models.domain.values import UnitCode
from parsers.reading import read_document
from tests.parsers.x12.sets import interchange, order

PROFILE = PartnerProfile(
    customer_number=CustomerNumber("70038"), standard="x12", our_id="SELLERCO", partner_id="BUYERCO",
    units={"EA": UnitCode("BX"), "QQ": UnitCode("C62")}, part_numbers={"ZZ": "buyer", "VN": "ignore"},
)  # fmt: skip
EDIFACT = (
    b"UNB+UNOC:3+THEM:14+US:14+261120:0612+1'UNH+1+ORDERS:D:96A:UN'BGM+220+4711+9'DTM+137:20261120:102'NAD+BY+X::91'"
    b"LIN+1++4711:ZZ'PIA+1+A-9:ZZ'QTY+21:5:QQ'UNS+S'UNT+9+1'UNZ+1+1'"
)


def line(content: bytes, *partners: PartnerProfile) -> OrderLineV1:
    (found,) = read_document(content, "po", ocr=None, partners=partners).reading.extraction.orders
    return found.lines[0]


def stated(found: OrderLineV1) -> tuple[str | None, str | None, str | None]:
    return tuple(  # type: ignore[return-value]
        value.value if value else None for value in (found.unit, found.buyer_part_number, found.seller_part_number)
    )


def test_an_x12_partners_codes_mean_what_its_profile_says() -> None:
    """Its unit, the qualifier of its own numbers, and one that it fills with what is none of ours."""
    content = interchange(order("PO1*1*5*EA*2*PE*ZZ*A-9*VN*OLD"))
    assert stated(line(content, PROFILE)) == ("BX", "A-9", None)
    assert stated(line(content)) != ("BX", "A-9", None)


def test_another_partners_codes_stay_the_standards() -> None:
    """A profile speaks for its own sender alone."""
    content = interchange(order("PO1*1*5*EA*2*PE*VN*HX"))
    assert stated(line(content, PROFILE.model_copy(update={"partner_id": "OTHER"}))) == stated(line(content))


def test_an_edifact_partners_codes_mean_what_its_profile_says() -> None:
    """In PIA and QTY as in LIN."""
    profile = PROFILE.model_copy(update={"standard": "edifact", "partner_id": "THEM"})
    assert stated(line(EDIFACT, profile))[:2] == ("C62", "A-9")

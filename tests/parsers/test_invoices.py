"""INVOIC, 810, UBL Invoice and InvoiceDetailRequest of one invoice, read by pydifact, pyx12 and lxml."""

from __future__ import annotations

import io
import warnings
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import pyx12.x12file
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pydifact.segmentcollection import RawSegmentCollection

from models.contracts.interchange_v1 import MessageRefV1, Standard
from models.domain.identifiers import Gln
from models.domain.invoice import Invoice, InvoiceLine, InvoiceParty
from models.domain.party import Address
from models.domain.values import PIECE, CountryCode, Currency, Quantity
from parsers.answers import ElectronicAnswers
from parsers.edifact.reader import read_edifact
from parsers.x12.reader import read_x12

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
PLACE = Address(
    name="Müller GmbH", street="Hauptstr. 1", postal_code="50667", city="Köln", country=CountryCode("DE"),
    gln=Gln("4000001000005"),
)  # fmt: skip


def line(number: int, quantity: str, price: str, net: str, **rest: object) -> InvoiceLine:
    amount = Quantity(amount=Decimal(quantity), unit=PIECE)
    stated = {"number": number, "quantity": amount, "unit_price": Decimal(price), "net": Decimal(net), **rest}
    return InvoiceLine.model_validate({"tax_percent": Decimal(19), **stated})


BOLTS = line(
    1, "1200", "12.50", "150.00", price_basis=Decimal(100), sku="HX-M8-40", gtin="04006381333931", buyer_line_number="10"
)
BOOKS = line(2, "3", "9.99", "29.97", tax_percent=Decimal(7), description="Handbook")


def invoice(*lines: InvoiceLine) -> Invoice:
    return Invoice(
        number="INV-77", po_number="4500123456", sales_order_number="SO-1001", shipment_id="SH-7", issued_on=date(2026, 11, 20),
        delivered_on=date(2026, 11, 18), due_on=date(2026, 12, 20), currency=Currency("EUR"), payment_terms="30 days net",
        seller=InvoiceParty(address=PLACE, vat_id="DE123456789"), buyer=InvoiceParty(address=PLACE, number="C1"), ship_to=PLACE,
        lines=lines or (BOLTS, BOOKS), iban="DE02120300000000202051",
    )  # fmt: skip


def written(standard: Standard, bill: Invoice, **envelope: str) -> bytes:
    answered = MessageRefV1(standard=standard, message_type="", sender="BUYER", receiver="US", **envelope)
    answer = ElectronicAnswers().invoice(bill, answered, 7, AT)
    assert answer is not None
    return answer.content


def test_tax_is_reckoned_once_for_each_rate() -> None:
    """On the sum of its lines, rounded half up."""
    assert [(part.percent, part.base, part.tax) for part in invoice().subtotals()] == [
        (Decimal(19), Decimal("150.00"), Decimal("28.50")), (Decimal(7), Decimal("29.97"), Decimal("2.10")),
    ]  # fmt: skip
    assert (invoice().net, invoice().gross) == (Decimal("179.97"), Decimal("210.57"))


@given(st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=9), st.sampled_from(["0", "5.5", "7", "19", "25"]))
def test_gross_is_net_and_tax_whatever_the_lines(nets: list[Decimal], percent: str) -> None:
    """To the cent, in every standard's totals alike."""
    bill = invoice(*(line(at, "1", "1", str(net), tax_percent=Decimal(percent)) for at, net in enumerate(nets, start=1)))
    assert bill.gross == sum(nets) + bill.tax
    assert abs(bill.tax - sum(nets) * Decimal(percent) / 100) <= Decimal("0.005")


def test_an_invoic_is_sound_and_states_its_totals() -> None:
    """MOA 79 lines, 124 tax, 77 whole; price per hundred."""
    content = written("edifact", invoice(), version="D:96A:UN:EAN008", syntax="UNOC:3")
    assert read_edifact(content, "i.edi").interchanges[0].errors == ()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = RawSegmentCollection.from_str(content.decode("latin-1")).segments
    totals = [segment.elements[0] for segment in found if segment.tag == "MOA"][2:6]
    assert totals == [["79", "179.97"], ["125", "179.97"], ["124", "30.60"], ["77", "210.57"]]
    assert b"PRI+AAA:12.50:::100:C62'" in content
    assert b"UNH+1+INVOIC:D:96A:UN:EAN008'" in content


def test_an_810_is_sound_and_states_its_total_in_cents() -> None:
    """TDS without a decimal point; the order's number in BIG."""
    content = written("x12", invoice(), version="004010", syntax="00401", delimiters="*>~").decode()
    (received,) = read_x12(content.encode(), "i.x12").interchanges
    assert received.errors == ()
    segments = {segment.get_seg_id(): segment for segment in pyx12.x12file.X12Reader(io.StringIO(content))}
    assert segments["TDS"].get_value("TDS01") == "21057"
    assert segments["BIG"].get_value("BIG04") == "4500123456"
    assert "~IT1*10*1200*EA*12.5" in content.replace("12.50", "12.5")


def test_a_ubl_invoice_has_the_terms_of_en_16931() -> None:
    """Subtotals by rate that add up to the tax, and a payable amount."""
    root = etree.fromstring(written("ubl", invoice()))

    def texts(*names: str) -> list[str]:
        found = root.xpath("/" + "/".join(f"*[local-name()='{name}']" for name in ("Invoice", *names)))
        assert isinstance(found, list)
        return [str(node.text) for node in found if isinstance(node, etree._Element)]

    assert texts("LegalMonetaryTotal", "PayableAmount") == ["210.57"]
    assert texts("TaxTotal", "TaxAmount") == ["30.60"]
    assert texts("TaxTotal", "TaxSubtotal", "TaxAmount") == ["28.50", "2.10"]
    assert texts("InvoiceLine", "OrderLineReference", "LineID") == ["10", "2"]
    assert texts("AccountingSupplierParty", "Party", "PartyTaxScheme", "CompanyID") == ["DE123456789"]


def test_a_cxml_invoice_quotes_the_order() -> None:
    """And keeps the two indicators that its DTD demands empty."""
    root = etree.fromstring(written("cxml", invoice(), interchange_ref="payload-1"))
    assert [node.get("orderID") for node in root.iter("OrderReference")] == ["4500123456"]
    assert [node.findtext("Money") for node in root.iter("DueAmount")] == ["210.57"]
    assert len(list(root.iter("InvoiceDetailHeaderIndicator", "InvoiceDetailLineIndicator"))) == 2


@pytest.mark.parametrize("standard", ["orderx", "cii"])
def test_order_x_has_no_invoice(standard: Standard) -> None:
    """Its sister standard Factur-X is another document."""
    answered = MessageRefV1(standard=standard, message_type="220")
    assert ElectronicAnswers().invoice(invoice(), answered, 7, AT) is None

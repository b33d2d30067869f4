"""Each sample document is of its kind and says what `expected.yaml` says, checked without our own parsers."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import openpyxl
import pikepdf
import pypdfium2 as pdfium
import pytest
from lxml import etree

from demo.make_inbox import WRITERS
from tests.demo.inbox_samples import EXPECTATIONS, SAMPLES, body, content, mail, pdf_text, segments, truths

# Made without fonts, pictures and compression, whose versions would show in the bytes.
FONTLESS = [
    name
    for name, sample in SAMPLES.items()
    if sample.file.endswith((".edi", ".x12", ".xml", ".csv", ".eml"))
    and name not in ("email-body-and-attachment", "conflicting-sources")
]


@pytest.mark.parametrize("name", FONTLESS)
def test_a_document_without_fonts_comes_out_the_same_again(name: str) -> None:
    """What is committed is what the script makes of today's company."""
    assert WRITERS[name](SAMPLES[name]) == content(name)


@pytest.mark.parametrize(
    ("name", "language_words", "kind"),
    [
        ("email-prose-en", "Could you please send us", "plain"),
        ("email-list-de", "bestellen wir", "plain"),
        ("email-table-fr", "<table", "html"),
        ("email-forwarded", "Forwarded message", "plain"),
        ("email-forwarded", ">> Hi, can you quote", "plain"),
        ("backordered-line", "PURCHASE ORDER", "plain"),
    ],
)
def test_mails_are_written_as_people_write_them(name: str, language_words: str, kind: str) -> None:
    """Prose, a list, a table, a forward with quoted history."""
    assert language_words in body(name, kind)


@pytest.mark.parametrize("name", [name for name, sample in SAMPLES.items() if sample.file.endswith(".eml") and sample.lines])
def test_a_mail_names_its_articles_and_its_order(name: str) -> None:
    """Subject and body together."""
    message, sample = mail(name), SAMPLES[name]
    text = f"{message['Subject']}\n" + "\n".join(
        str(part.get_content()) for part in message.walk() if part.get_content_maintype() == "text"
    )
    assert sample.po_number in text
    assert all(line.sku in text for line in sample.lines)


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, sample in SAMPLES.items()
        if sample.file.endswith(".pdf") and sample.lines and name not in ("scan-fr", "damaged-pdf")
    ],
)
def test_a_native_pdf_prints_its_order_its_articles_and_its_total(name: str) -> None:
    """By our number or the buyer's own."""
    text, sample = pdf_text(content(name)), SAMPLES[name]
    digits = re.sub(r"[^0-9]", "", f"{sample.total}")
    assert sample.po_number in text
    assert all(line.sku in text or (line.own_number and line.own_number in text) for line in sample.lines)
    assert any(re.sub(r"[^0-9]", "", amount) == digits for amount in re.findall(r"[\d.,\u00a0 ]*\d", text))


def test_the_pdfs_differ_as_the_brief_wants() -> None:
    """Two pages, buyer part numbers alone, prices per 100 and 1000, landscape."""
    with pdfium.PdfDocument(content("pdf-two-pages")) as document:
        assert len(document) == 2
    own_numbers = pdf_text(content("pdf-own-numbers-at"))
    assert not any(line.sku in own_numbers or line.article["gtin"] in own_numbers for line in SAMPLES["pdf-own-numbers-at"].lines)
    assert {line["price_basis_quantity"] for line in truths("pdf-per-100-pl")} == {"100", "1000"}
    with pdfium.PdfDocument(content("split-warehouses")) as document:
        assert document[0].get_width() > document[0].get_height()


def test_the_scan_and_the_photo_hold_no_text() -> None:
    """They need OCR."""
    assert pdf_text(content("scan-fr")).strip() == ""
    assert content("photo-de").startswith(b"\xff\xd8\xff")


def test_the_damaged_file_is_a_pdf_that_cannot_be_opened() -> None:
    """Its head is right, its tail is gone."""
    raw = content("damaged-pdf")
    assert raw.startswith(b"%PDF-")
    assert b"%%EOF" not in raw
    with pytest.raises(pdfium.PdfiumError):
        pdfium.PdfDocument(raw)


def test_the_order_x_pdf_carries_its_xml_and_both_agree() -> None:
    """Number and total stand on the page and in the attachment."""
    with pikepdf.open(io.BytesIO(content("orderx-de"))) as pdf:
        tree = etree.fromstring(pdf.attachments["order-x.xml"].get_file().read_bytes())
        assert pdf.Root.AF[0].AFRelationship == pikepdf.Name.Data
    amounts = [Decimal(found.text) for found in tree.iter("{*}LineTotalAmount") if found.text]
    assert sum(amounts[:-1]) == amounts[-1] == Decimal(EXPECTATIONS["orderx-de"]["total_net"])
    assert tree.findtext("{*}ExchangedDocument/{*}ID") == SAMPLES["orderx-de"].po_number


@pytest.mark.parametrize(
    ("name", "release"), [("edifact-d96a", "ORDERS:D:96A:UN:EAN008"), ("edifact-d01b", "ORDERS:D:01B:UN:EAN010")]
)
def test_an_edifact_order_counts_and_adds_up(name: str, release: str) -> None:
    """UNT counts segments, CNT lines, the total is the sum of the line amounts."""
    found = segments(name, "'")
    amounts = [part[1].split(":") for part in found if part[0] == "MOA"]
    assert found[1][2] == release
    assert int(found[-2][1]) == len(found) - 2
    assert found[-3] == ["CNT", f"2:{len(truths(name))}"]
    assert sum(Decimal(amount) for code, amount in amounts if code == "203") == Decimal(EXPECTATIONS[name]["total_net"])
    assert [Decimal(amount) for code, amount in amounts if code != "203"] == [Decimal(EXPECTATIONS[name]["total_net"])]


def test_the_x12_order_counts_and_adds_up() -> None:
    """SE counts segments, CTT lines, AMT is the sum with HP per hundred."""
    found = segments("x12-850", "~")
    lines = [part for part in found if part[0] == "PO1"]
    total = sum(Decimal(part[2]) * Decimal(part[4]) / (100 if part[5] == "HP" else 1) for part in lines)
    by_tag = {part[0]: part for part in found}
    assert len("*".join(found[0])) + 1 == 106
    assert int(by_tag["SE"][1]) == len(found) - 4
    assert int(by_tag["CTT"][1]) == len(lines) == len(truths("x12-850"))
    assert Decimal(by_tag["AMT"][2]) == total == Decimal(EXPECTATIONS["x12-850"]["total_net"])


def test_the_ubl_order_adds_up() -> None:
    """Lines by quantity, price and base quantity; the sum is the payable amount."""
    tree = etree.fromstring(content("ubl-order"))
    total = Decimal(0)
    for item in tree.iter("{*}LineItem"):
        amount = Decimal(item.findtext("{*}LineExtensionAmount") or "")
        price, basis = item.findtext("{*}Price/{*}PriceAmount"), item.findtext("{*}Price/{*}BaseQuantity")
        assert amount == Decimal(item.findtext("{*}Quantity") or "") * Decimal(price or "") / Decimal(basis or "")
        total += amount
    assert Decimal(tree.findtext(".//{*}PayableAmount") or "") == total == Decimal(EXPECTATIONS["ubl-order"]["total_net"])


def test_the_cxml_order_adds_up_and_declares_its_type() -> None:
    """As procurement networks send it, with a DOCTYPE that must not be fetched."""
    raw = content("cxml-order")
    tree = etree.fromstring(raw, etree.XMLParser(load_dtd=False, no_network=True))
    total = sum(Decimal(item.get("quantity", "")) * Decimal(item.findtext(".//Money") or "") for item in tree.iter("ItemOut"))
    assert b"<!DOCTYPE cXML" in raw
    assert Decimal(tree.findtext(".//Total/Money") or "") == total == Decimal(EXPECTATIONS["cxml-order"]["total_net"])


def test_the_workbook_has_a_title_block_above_its_header_row_and_adds_up() -> None:
    """The header row is the twelfth."""
    sheet = openpyxl.load_workbook(io.BytesIO(content("xlsx-title-block")))["Bestellung"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[11][1] == "Art.-Nr. Lieferant"
    amounts = [Decimal(str(row[7])) for row in cells[12:] if isinstance(row[0], int)]
    assert sum(amounts) == Decimal(EXPECTATIONS["xlsx-title-block"]["total_net"])


def test_the_csv_has_semicolons_and_decimal_commas_and_adds_up() -> None:
    """In Windows-1252, with points for thousands."""
    found = list(csv.DictReader(io.StringIO(content("csv-decimal-commas").decode("cp1252")), delimiter=";"))
    assert any("." in row["Menge"] for row in found)
    assert sum(Decimal(row["Betrag"].replace(".", "").replace(",", ".")) for row in found) == SAMPLES["csv-decimal-commas"].total


def test_the_conflicting_mail_disagrees_with_its_attachment() -> None:
    """Forty in the body, sixty in the PDF."""
    (attached,) = list(mail("conflicting-sources").iter_attachments())
    assert "40 x TP3-64" in body("conflicting-sources")
    assert re.search(r"TP3-64.*\b60\b", pdf_text(attached.get_content()), re.DOTALL)


def test_the_mail_with_its_order_attached_agrees_with_it() -> None:
    """Each article and the total stand in both."""
    (attached,) = list(mail("email-body-and-attachment").iter_attachments())
    page = pdf_text(attached.get_content())
    for line in SAMPLES["email-body-and-attachment"].lines:
        assert line.sku in page
        assert line.sku in body("email-body-and-attachment")
    assert "313,41" in page
    assert "313,41" in body("email-body-and-attachment")

"""Word processors' files: forms read like pages, letters like letters, and what people do with tracked changes and scans."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.capture.by_hand.word_files import written_word
from models.contracts.extraction_v1 import ExtractionV1, Intent, PurchaseOrderV1
from parsers.detect import Kind, detect
from parsers.reading import read_document
from parsers.word.blocks import blocks_of_wordprocessing
from parsers.word.typesetting import Cell, Paragraph, Table, typeset
from parsers.xml.syntax import parsed
from tests.parsers.prose.letters import mail

FORM = """header: Northgate Fittings Ltd, 3 Mill Lane, Leeds LS1 4AB
PURCHASE ORDER
|Order No.|NF-2207|Date|19/11/2026|
|Deliver to|Northgate Fittings Ltd / 3 Mill Lane / Leeds LS1 4AB|Required by|26/11/2026|

|Code|Item|Qty|Unit price|Total|
|CC-4410|Greaseproof sheets white|6|£8.95|£53.70|
|CC-2207|Chip scoop large|2|£41.50|£83.00|
"""
_ODF = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">'
    "<office:body><office:text>{}</office:text></office:body></office:document-content>"
)


def _read(content: bytes, name: str = "order.docx") -> ExtractionV1:
    return read_document(content, name, ocr=None).reading.extraction


def _order(content: bytes, name: str = "order.docx") -> PurchaseOrderV1:
    extraction = _read(content, name)
    assert len(extraction.orders) == 1, extraction.problems
    return extraction.orders[0]


def _goods(order: PurchaseOrderV1) -> list[tuple[str | None, str | None]]:
    return [
        (line.seller_part_number.value if line.seller_part_number else None, line.quantity.value if line.quantity else None)
        for line in order.lines
    ]


def _zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _open_document(text: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), Kind.ODT.media_type)
        archive.writestr("content.xml", _ODF.format(text))
    return stream.getvalue()


def test_a_form_made_of_tables_is_read_like_a_printed_one() -> None:
    """Labels beside their values in cells, goods in a table below."""
    order = _order(written_word(FORM))
    assert order.po_number is not None
    assert order.po_number.value == "NF-2207"
    assert order.requested_delivery_date is not None
    assert order.requested_delivery_date.value == "2026-11-26"
    assert _goods(order) == [("CC-4410", "6"), ("CC-2207", "2")]


def test_evidence_points_at_the_page_that_is_shown() -> None:
    """The box of a quantity lies on the picture's page."""
    document = read_document(written_word(FORM), "order.docx", ocr=None)
    quantity = document.reading.extraction.orders[0].lines[0].quantity
    assert quantity is not None
    (place,) = quantity.evidence
    assert place.bbox is not None
    picture = next(picture for picture in document.pictures if picture.page == place.page)
    assert 0 < place.bbox[0] < place.bbox[2] < picture.width
    assert 0 < place.bbox[1] < place.bbox[3] < picture.height


def test_what_a_reviser_struck_out_is_not_ordered() -> None:
    """Tracked changes: ten struck out, twelve put in."""
    order = _order(written_word(FORM.replace("|6|£8.95|£53.70|", "|~~10~~++12++|£8.95|£107.40|")))
    assert _goods(order)[0] == ("CC-4410", "12")


def test_hidden_text_is_not_read() -> None:
    """A quantity that the file hides from its reader."""
    document = Document(io.BytesIO(written_word(FORM)))
    hidden = document.tables[1].rows[1].cells[2].paragraphs[0].add_run("00")
    hidden.font.hidden = True
    stream = io.BytesIO()
    document.save(stream)
    assert _goods(_order(stream.getvalue()))[0] == ("CC-4410", "6")


def test_a_letter_is_read_as_one() -> None:
    """A list in running text, without a table."""
    letter = "Purchase order 4711\nPlease deliver:\n- 20 boxes of gloves, item GL-20\n- 5 aprons, item AP-1\n"
    assert _goods(_order(written_word(letter))) == [("GL-20", "20"), ("AP-1", "5")]


def test_an_opendocument_text_is_read_too() -> None:
    """Paragraphs and a table of ODF; a cell that covers two columns keeps the others in place."""
    row = "<table:table-row>{}</table:table-row>"
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = [("Art.-Nr.", "Bezeichnung", "Menge", "Preis"), ("FK-7", "Farbe <text:span>weiß</text:span>", "16", "48,90 €")]
    table = "".join(row.format("".join(cell.format(text) for text in texts)) for texts in rows)
    text = f"<text:p>Bestellung Nr.<text:tab/>2026-118</text:p><table:table>{table}</table:table>"
    order = _order(_open_document(text), "bestellung.odt")
    assert order.po_number is not None
    assert order.po_number.value == "2026-118"
    assert [(line.description.value if line.description else None) for line in order.lines] == ["Farbe weiß"]


def test_rich_text_is_read_as_a_letter() -> None:
    """RTF with its control words."""
    rtf = rb"{\rtf1\ansi\deff0 {\b Purchase order 4711}\par Please deliver:\par - 20 boxes of gloves, item GL-20\par }"
    assert _goods(_order(rtf, "order.rtf")) == [("GL-20", "20")]


def test_an_attached_word_file_is_the_mails_order() -> None:
    """A mail that says only "attached"."""
    content = mail("Please find our order attached.", "Order", files=(("po.docx", written_word(FORM)),))
    assert _goods(_order(content, "mail.eml")) == [("CC-4410", "6"), ("CC-2207", "2")]


def test_a_sheet_put_into_a_document_that_says_nothing_is_read() -> None:
    """The goods stand in an embedded file."""
    sheet = b"PO Number;4711\n\nArticle;Description;Quantity;Unit;Unit price\nHX-M8-40;Hex bolt M8x40;400;pcs;0,12\n"
    members = {"word/document.xml": _document("Please see below."), "word/embeddings/list.bin": sheet}
    assert _goods(_order(_zipped(members))) == [("HX-M8-40", "400")]


def test_a_request_for_a_quotation_is_no_order() -> None:
    """Asks for an offer."""
    text = "Request for quotation RFQ-12\n|Item|Qty|\n|Ball valve DN 50|20|\n\nPlease quote your best price."
    assert _read(written_word(text)).intent is Intent.QUOTE_REQUEST


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(_zipped({"word/document.xml": b"<w:document"}), "malformed_xml", id="cut off"),
        pytest.param(
            _zipped({"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><document>&a;</document>'}),
            "entity_bomb",
            id="entities",
        ),
        pytest.param(_zipped({"word/document.xml": b"<a>" + b" " * (41 * 1024 * 1024) + b"</a>"}), "archive_bomb", id="bomb"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "unknown_format", id="Word 97"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(content: bytes, code: str) -> None:
    """Damaged, hostile or too old: no order, one problem that names the file."""
    extraction = _read(content)
    assert [problem.code for problem in extraction.problems] == [code]
    assert "order.docx" in extraction.problems[0].message


def test_no_more_is_set_than_a_document_has_room_for() -> None:
    """Twenty thousand paragraphs are more than 200 pages, and one row of twenty thousand words is more than a page."""
    assert [typeset([Paragraph(text)] * count).is_whole for text, count in (("gloves", 9_000), ("gloves", 20_000))] == [
        True,
        False,
    ]
    assert not typeset([Table(((Cell((Paragraph("gloves " * 20_000),)),),))]).is_whole


def test_text_boxes_stand_behind_the_paragraph_that_holds_them() -> None:
    """A letterhead in a box is read once."""
    blocks = list(blocks_of_wordprocessing(parsed(_document_of(written_word("box: Lycée / 26000 Valence\nBon")), "x")))
    assert [block.text for block in blocks if isinstance(block, Paragraph) and block.text.strip()] == [
        "Lycée",
        "26000 Valence",
        "Bon",
    ]


def test_kinds_of_documents_are_told_by_content() -> None:
    """Whatever the files are called."""
    contents = (written_word("x"), _open_document("<text:p>x</text:p>"), rb"{\rtf1 x}")
    assert [detect(content) for content in contents] == [Kind.DOCX, Kind.ODT, Kind.RTF]


_TEXTS = st.text("abc äß€ł\t\n7", max_size=60)
_CELLS = st.builds(lambda text, span: Cell((Paragraph(text),), span), _TEXTS, st.integers(1, 3))
_TABLES = st.builds(lambda rows: Table(tuple(map(tuple, rows))), st.lists(st.lists(_CELLS, max_size=5), max_size=6))


@settings(max_examples=60)
@given(st.lists(st.one_of(st.builds(Paragraph, _TEXTS), _TABLES), max_size=8))
def test_every_word_is_set_once_and_none_on_another(blocks: list[Paragraph | Table]) -> None:
    """What is typeset is what was written, in boxes that do not overlap."""
    pages = typeset(blocks).pages
    written = [cell.blocks[0] for block in blocks if isinstance(block, Table) for row in block.rows for cell in row]
    texts = [block.text for block in (*blocks, *written) if isinstance(block, Paragraph)]
    assert sorted(word.text for page in pages for word in page.text.words) == sorted(" ".join(texts).split())
    for page in pages:
        words = sorted(page.text.words, key=lambda word: (word.top, word.x0))
        assert all(left.x1 <= right.x0 + 0.01 for left, right in pairwise(words) if left.top == right.top)


def _document(*paragraphs: str) -> bytes:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return f'<w:document xmlns:w="{name}"><w:body>{body}</w:body></w:document>'.encode()


def _document_of(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml")

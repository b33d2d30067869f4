"""Words that somebody struck through, in every kind of document that can show it: left out, and asked about."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from models.contracts.extraction_v1 import ExtractionV1
from models.domain.document import Word
from parsers.detect import Kind
from parsers.page_text import Rule
from parsers.reading import read_document
from parsers.struck_out import CODE, struck_words
from tests.parsers.pdf.pdf_documents import Sheet, row
from tests.parsers.prose.letters import goods, mail

_HEADS = ("Pos", "Item", "Description", "Qty", "Price", "Total")
_ROWS = (
    ("1", "HX-100", "Hex bolt M8", "25", "1.00", "25.00"),
    ("2", "HX-200", "Hex bolt M10", "30", "2.00", "60.00"),
    ("3", "HX-300", "Hex bolt M12", "10", "3.00", "30.00"),
)
_PLACES = (40, 80, 160, 300, 360, 430)
_HTML_ROW = "<tr>" + "<td>{}</td>" * 6 + "</tr>"


def _read(content: bytes, name: str) -> ExtractionV1:
    return read_document(content, name, ocr=None).reading.extraction


def _questions(extraction: ExtractionV1) -> list[str]:
    return [problem.message for problem in extraction.problems if problem.code == CODE]


def _numbers(extraction: ExtractionV1) -> list[str | None]:
    return [number for number, *_ in goods(extraction.orders[0])]


def _sheet() -> Sheet:
    sheet = Sheet()
    sheet.at(40, 50, "Purchase Order 4711", 15)
    row(sheet, 120, list(zip(_PLACES, _HEADS, strict=True)))
    for place, cells in enumerate(_ROWS):
        row(sheet, 140 + 16 * place, list(zip(_PLACES, cells, strict=True)))
    return sheet


def test_a_line_that_a_pdf_strikes_through_is_left_out_and_asked_about() -> None:
    """The stroke runs across the row; the words it crosses are told."""
    sheet = _sheet()
    sheet.line(38, 153, 460, 153)
    extraction = _read(sheet.pdf(), "order.pdf")
    assert _numbers(extraction) == ["HX-100", "HX-300"]
    (question,) = _questions(extraction)
    assert "2 HX-200 Hex bolt M10 30 2.00 60.00" in question


def test_a_struck_quantity_beside_its_new_one_is_not_the_quantity() -> None:
    """However short the stroke."""
    sheet = _sheet()
    wide = stringWidth("25", "Helvetica", 9)
    sheet.at(300 + wide + 6, 140, "40")
    sheet.line(300, 137, 300 + wide, 137)
    extraction = _read(sheet.pdf(), "order.pdf")
    assert [line.quantity and line.quantity.value for line in extraction.orders[0].lines] == ["40", "30", "10"]
    assert len(_questions(extraction)) == 1


def test_a_line_that_a_reader_program_strikes_through_counts_as_well() -> None:
    """As an annotation with its own look (ISO 32000-1 12.5.6.10), which is no part of the page's content."""
    with pikepdf.open(io.BytesIO(_sheet().pdf())) as drawn:
        height = float(drawn.pages[0].MediaBox[3])
        box = [38, height - 160, 460, height - 148]
        look = drawn.make_stream(f"0.8 w 38 {height - 153} m 460 {height - 153} l S".encode())
        look.Type, look.Subtype, look.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array(box)
        stroke = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.StrikeOut, Rect=box, F=4, AP=pikepdf.Dictionary(N=look)
        )
        drawn.pages[0].Annots = pikepdf.Array([drawn.make_indirect(stroke)])
        stream = io.BytesIO()
        drawn.save(stream)
    extraction = _read(stream.getvalue(), "order.pdf")
    assert _numbers(extraction) == ["HX-100", "HX-300"]
    assert len(_questions(extraction)) == 1


@pytest.mark.parametrize("depth", [-10.0, 1.5, 4.0])
def test_lines_above_and_below_words_strike_nothing(depth: float) -> None:
    """The lines of a table and what is underlined."""
    sheet = _sheet()
    for place in range(3):
        sheet.line(38, 140 + 16 * place + depth, 460, 140 + 16 * place + depth)
    assert _questions(_read(sheet.pdf(), "order.pdf")) == []


def test_a_long_line_behind_a_heading_is_an_ornament() -> None:
    """It goes on far beyond words without a figure."""
    sheet = _sheet()
    sheet.centre(300, 90, "Goods")
    sheet.line(40, 87, 560, 87)
    assert _questions(_read(sheet.pdf(), "order.pdf")) == []


_HTML = (
    "<p>Hello, our purchase order 4711:</p><table>"
    + _HTML_ROW.format(*_HEADS)
    + _HTML_ROW.format(*_ROWS[0])
    + _HTML_ROW.replace("<tr>", "<tr style='text-decoration: line-through'>").format(*_ROWS[1])
    + _HTML_ROW.format(*_ROWS[2])
    + "</table>"
)


def test_a_struck_row_of_a_mail_is_left_out_and_asked_about() -> None:
    """The plain alternative cannot show it, and is not read for that reason."""
    plain = "\n".join("  ".join(cells) for cells in (_HEADS, *_ROWS))
    extraction = _read(mail(plain, "Purchase order 4711", html=_HTML), "mail.eml")
    assert _numbers(extraction) == ["HX-100", "HX-300"]
    assert len(_questions(extraction)) == 1


def test_a_struck_word_in_a_sentence_is_no_quantity() -> None:
    """<s>20</s> 25 boxes are 25."""
    extraction = _read(mail(None, "PO 4711", html="<p>Please send <s>20</s> 25 boxes of HX-100 hex bolts.</p>"), "mail.eml")
    assert [quantity for _, _, quantity, _ in goods(extraction.orders[0])] == ["25"]
    assert '"20"' in _questions(extraction)[0]


def test_what_is_struck_in_a_quoted_mail_is_not_asked_about() -> None:
    """Only the newest part orders."""
    newest = "<p>Please send 25 boxes of HX-100 hex bolts, PO 4711.</p>"
    quoted = "<p>On Mon, Jo wrote:</p><blockquote><p>We <s>sold</s> had 20 left</p></blockquote>"
    assert _questions(_read(mail(None, "PO 4711", html=newest + quoted), "mail.eml")) == []


def _docx() -> bytes:
    document = Document()
    document.add_paragraph("Purchase Order 4711")
    table = document.add_table(0, 6)
    for place, cells in enumerate((_HEADS, *_ROWS)):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.paragraphs[0].add_run(text).font.strike = place == 2
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


_ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles><style:style style:name="T1"'
    ' style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles>'
    "<office:body><office:text><text:p>Purchase Order 4711</text:p><table:table>{}</table:table></office:text></office:body>"
    "</office:document-content>"
)


def _odt() -> bytes:
    rows = ""
    for place, cells in enumerate((_HEADS, *_ROWS)):
        shown = [f'<text:span text:style-name="T1">{text}</text:span>' if place == 2 else text for text in cells]
        filled = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in shown)
        rows += f"<table:table-row>{filled}</table:table-row>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), Kind.ODT.media_type)
        archive.writestr("content.xml", _ODT.format(rows))
    return stream.getvalue()


def _rtf() -> bytes:
    rows = ""
    for place, cells in enumerate((_HEADS, *_ROWS)):
        look = "\\strike " if place == 2 else ""
        rows += "\\trowd " + "".join(f"\\intbl {{{look}{text}}}\\cell " for text in cells) + "\\row\n"
    return ("{\\rtf1\\ansi Purchase Order 4711\\par\n" + rows + "\\pard\\par}").encode("ascii")


@pytest.mark.parametrize(
    ("content", "name"), [(_docx(), "order.docx"), (_odt(), "order.odt"), (_rtf(), "order.rtf")], ids=["docx", "odt", "rtf"]
)
def test_a_struck_row_of_a_word_processors_table_is_left_out_and_asked_about(content: bytes, name: str) -> None:
    """By the runs' own look, or by their style."""
    extraction = _read(content, name)
    assert _numbers(extraction) == ["HX-100", "HX-300"]
    (question,) = _questions(extraction)
    assert "HX-200" in question


def test_a_page_that_is_struck_out_for_the_most_part_is_read_as_it_stands() -> None:
    """Then it is print and form that do not meet; nothing is left out on that ground."""
    words = [Word(text=f"A{place}", page=1, x0=10, top=20 * place, x1=30, bottom=20 * place + 12, size=12) for place in range(6)]
    rules = [Rule(10, 20 * place + 6, 30, 20 * place + 6) for place in range(6)]
    assert struck_words(words, rules) == ()
    assert len(struck_words(words, rules[:3])) == 3


@given(st.floats(0.36, 0.68), st.floats(4, 40), st.floats(0, 500))
def test_a_stroke_through_the_middle_of_a_word_strikes_it_wherever_it_stands(depth: float, height: float, left: float) -> None:
    """Its place on the page and the letters' size do not matter."""
    word, other = (
        Word(text=text, page=1, x0=left, top=top, x1=left + height, bottom=top + height, size=height)
        for text, top in (("20", 100), ("25", 200))
    )
    rule = Rule(left, 100 + depth * height, left + height, 100 + depth * height)
    assert struck_words([word, other], [rule]) == (word,)

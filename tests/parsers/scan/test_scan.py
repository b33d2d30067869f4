"""Scans, faxes and photographs of pages, read with the real engine."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from numpy.typing import NDArray
from PIL import Image

from activities.gateways.ocr_engine import TesseractEngine
from models.contracts.extraction_v1 import Intent, PurchaseOrderV1
from models.domain.document import Word
from models.domain.errors import Rejected
from parsers.pdf.reader import read_pdf
from parsers.scan.lines import without_lines
from parsers.scan.photo import page_cut_out
from parsers.scan.prepare import denoised, evened, is_bilevel, is_sideways, skew, straightened
from parsers.scan.reader import read_image, read_page
from tests.parsers.pdf import pdf_documents as drawn
from tests.parsers.pdf import pdf_documents_odd as odd

ENGINE = TesseractEngine(("eng",))


def rendered(content: bytes, dpi: int = 300) -> NDArray[np.uint8]:
    with pdfium.PdfDocument(content) as pdf:
        return np.array(pdf[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L"), dtype=np.uint8)


def turned_by(grey: NDArray[Any], degrees: float) -> NDArray[Any]:
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(grey, turn, (width, height), borderValue=255)


def noisy(grey: NDArray[Any]) -> NDArray[Any]:
    dust = np.random.default_rng(7).normal(0, 22, grey.shape)
    return np.clip(grey + dust, 0, 255).astype(np.uint8)


def photographed(grey: NDArray[Any]) -> NDArray[Any]:
    """The page on a dark desk, seen askew, with light that falls off to one side."""
    height, width = grey.shape
    tall, wide = int(height * 1.2), int(width * 1.2)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    seen = np.array([[0.10, 0.07], [0.93, 0.10], [0.97, 0.95], [0.05, 0.92]], dtype=np.float32) * np.array(
        [wide, tall], dtype=np.float32
    )
    turn = cv2.getPerspectiveTransform(corners, seen)
    page = cv2.warpPerspective(grey, turn, (wide, tall))
    paper = cv2.warpPerspective(np.full_like(grey, 255), turn, (wide, tall))
    light = np.linspace(1.0, 0.6, wide)[None, :] * np.linspace(1.0, 0.85, tall)[:, None]
    return np.clip(np.where(paper > 0, page, 60) * light, 0, 255).astype(np.uint8)


def faxed(grey: NDArray[Any]) -> NDArray[Any]:
    small = cv2.resize(grey, None, fx=2 / 3, fy=2 / 3, interpolation=cv2.INTER_AREA)
    return np.where(small < 150, 0, 255).astype(np.uint8)


def encoded(grey: NDArray[Any], form: str = "PNG", dpi: int | None = None) -> bytes:
    out = io.BytesIO()
    Image.fromarray(grey).save(out, form, **({"dpi": (dpi, dpi)} if dpi else {}))
    return out.getvalue()


def numbers_of(order: PurchaseOrderV1) -> list[tuple[str, ...]]:
    names = ("seller_part_number", "quantity", "unit_price", "line_total")
    return [tuple(stated.value for name in names if (stated := getattr(line, name)) is not None) for line in order.lines]


RULED = [
    ("HX-M8-40", "1200", "0.1250", "150.00"),
    ("WS-M8", "2000", "0.0200", "40.00"),
    ("NT-M8", "500", "4.10", "2050.00"),
]


@pytest.mark.parametrize(
    "spoil",
    [lambda grey: turned_by(grey, 3), noisy, photographed, faxed, lambda grey: np.rot90(grey, 2).copy()],
    ids=["skewed", "noisy", "photographed", "faxed", "upside down"],
)
def test_a_spoilt_page_is_read_like_the_clean_one(spoil: Any) -> None:
    """Three degrees of skew, dust, a photo from the side, a fax and a page fed upside down."""
    reading = read_image(encoded(spoil(rendered(drawn.label_left_and_ruled_table()))), "scan.png", ocr=ENGINE)
    order = reading.orders[0].order
    assert reading.intent is Intent.ORDER
    assert order.po_number is not None
    assert order.order_date is not None
    assert (order.po_number.value, order.order_date.value) == ("LF-20418", "2026-03-14")
    assert numbers_of(order) == RULED


def test_white_heads_on_a_dark_bar_are_read_from_a_scan() -> None:
    """The bar is turned to dark on white before the engine sees it."""
    scanned = read_page(rendered(odd.units_glued_to_numbers()), number=1, dpi=300, ocr=ENGINE)
    texts = {word.text for word in scanned.text.words}
    assert {"Description", "Order", "Qty", "Unit", "Cost"} <= texts


def test_a_pdf_of_pictures_is_a_scan_and_its_values_are_believed_less() -> None:
    """A value read by OCR carries the engine's own doubt."""
    out = io.BytesIO()
    Image.fromarray(rendered(drawn.bands_with_labels_above())).save(out, "PDF", resolution=300)
    reading = read_pdf(out.getvalue(), "scan.pdf", ocr=ENGINE)
    (order,) = reading.orders
    assert order.source_format == "scan"
    assert order.order.po_number is not None
    assert order.order.po_number.value == "77120"
    assert order.order.po_number.confidence < 0.95
    assert [line.line_total.value for line in order.order.lines if line.line_total] == ["860.00", "30.00"]


def test_a_scan_under_a_typed_fax_line_is_still_read_by_ocr() -> None:
    """A page of one picture with a few typed words over it says what the picture says."""
    page = Image.fromarray(rendered(drawn.label_left_and_ruled_table()))
    sheet = drawn.Sheet()
    sheet.canvas.drawInlineImage(page, 0, 0, 612, 792)
    sheet.at(20, 12, "Fax from Larkspur Fabrication 03/14/2026 09:11 page 1 of 1", 7)
    reading = read_pdf(sheet.pdf(), "fax.pdf", ocr=ENGINE)
    number = reading.orders[0].order.po_number
    assert number is not None
    assert (number.value, len(reading.orders[0].order.lines)) == ("LF-20418", 3)


def test_every_page_of_a_tiff_is_read() -> None:
    """A fax of several pages is one part."""
    pages = [Image.fromarray(faxed(rendered(drawn.label_left_and_ruled_table()))) for _ in range(2)]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], dpi=(200, 200))
    reading = read_image(out.getvalue(), "fax.tif", ocr=ENGINE)
    assert (reading.pages, reading.media_type, len(reading.pictures)) == (2, "image/tiff", 2)


def test_the_pictured_page_is_the_one_the_boxes_refer_to() -> None:
    """The box of the number, cut out of the upright picture, holds dark letters on white."""
    content = encoded(photographed(rendered(drawn.label_left_and_ruled_table())))
    reading = read_image(content, "photo.png", ocr=ENGINE)
    number = reading.orders[0].order.po_number
    (picture,) = reading.pictures
    assert number is not None
    assert number.evidence[0].bbox is not None
    with Image.open(io.BytesIO(picture.png)) as shown:
        scale = shown.width / picture.width
        cut = shown.crop(tuple(round(edge * scale) for edge in number.evidence[0].bbox))  # type: ignore[arg-type]
        shades = np.asarray(cut.convert("L"))
    assert (shades.min() < 90, shades.max() > 200) == (True, True)


class Silent:
    """An engine that reads nothing."""

    def words(self, png: bytes, *, dpi: int, page: int, languages: tuple[str, ...], layout: str = "block") -> tuple[Word, ...]:
        return ()

    def reads(self, language: str) -> bool:
        return language == "en"

    def lines(self, pngs: Sequence[bytes]) -> None:
        return None


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, b"GIF89a", encoded(np.zeros((9, 9), np.uint8))[:45]]
)
def test_a_damaged_picture_is_refused_by_name(content: bytes) -> None:
    """Cut off, empty and noisy pictures say what to do next."""
    with pytest.raises(Rejected, match=r"scan\.png") as refused:
        read_image(content, "scan.png", ocr=Silent())
    assert refused.value.code == "damaged_file"


def test_a_picture_of_too_many_dots_is_refused_before_it_is_decoded() -> None:
    """A small file can hold a huge picture."""
    bomb = io.BytesIO()
    Image.new("1", (12000, 12000)).save(bomb, "PNG")
    with pytest.raises(Rejected, match="million dots") as refused:
        read_image(bomb.getvalue(), "bomb.png", ocr=Silent())
    assert refused.value.code == "too_large"


def test_a_picture_without_text_is_no_order() -> None:
    """A logo is other matter, with no orders and its picture kept."""
    reading = read_image(encoded(np.full((400, 400), 128, np.uint8)), "logo.png", ocr=Silent())
    assert (reading.intent, reading.orders, len(reading.pictures)) == (Intent.OTHER, (), 1)


@pytest.mark.parametrize("degrees", [-7.0, -1.5, 0.0, 3.0])
def test_skew_is_measured_to_a_quarter_degree(degrees: float) -> None:
    """Turning the page back by what is measured leaves it level."""
    page = turned_by(rendered(drawn.german_letter(), 100), degrees)
    assert skew(page) == pytest.approx(-degrees, abs=0.25)
    assert abs(skew(straightened(page))) <= 0.25


def test_a_bilevel_page_is_neither_evened_nor_smoothed() -> None:
    """A fax's letters are a few dots wide: smoothing eats them."""
    fax = faxed(rendered(drawn.german_letter(), 100))
    assert is_bilevel(fax)
    assert np.array_equal(denoised(evened(fax)), fax)


def test_shadows_are_divided_away() -> None:
    """Paper is white everywhere afterwards."""
    page = rendered(drawn.german_letter(), 100)
    shaded = (page * np.linspace(1.0, 0.5, page.shape[1])[None, :]).astype(np.uint8)
    assert float(np.mean(evened(shaded) > 230)) > 0.9


def test_drawn_lines_are_taken_away_and_told() -> None:
    """What a rule parts is known from where it was, and the engine does not read it as a letter."""
    page = rendered(drawn.label_left_and_ruled_table())
    clean, lines = without_lines(page, 300)
    assert len(lines.boxes) >= 12
    assert float(np.mean(clean < 128)) < float(np.mean(page < 128))


def test_a_sheet_half_in_shadow_is_found_on_its_desk() -> None:
    """No one brightness parts this paper from this desk, but its sides do."""
    page = photographed(rendered(drawn.german_letter(), 100))
    shade = np.linspace(1.0, 0.62, page.shape[0])[:, None]
    cut = page_cut_out((page * shade).astype(np.uint8))
    assert cut.shape[1] < 0.95 * page.shape[1]


def test_a_sheet_with_a_corner_as_dark_as_its_desk_is_found_by_its_edges() -> None:
    """At every brightness the sheet's outline lacks the corner that lies in the shadow."""
    page = photographed(rendered(drawn.german_letter(), 100)).astype(np.float32)
    xs, ys = np.meshgrid(np.linspace(0, 1, page.shape[1]), np.linspace(0, 1, page.shape[0]))
    desk = page < 61
    page[desk] = 100 + 25 * np.sin(60 * ys[desk])
    shade = 1 - 0.55 / (1 + np.exp(-40 * (xs + ys - 1.3)))
    cut = page_cut_out((page * shade).astype(np.uint8))
    assert cut.shape[1] < 0.95 * page.shape[1]


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_page_fed_sideways_is_told_by_how_its_ink_lies(turns: int) -> None:
    """Rows of letters gather ink across the page; ruled boxes say nothing."""
    for document in (drawn.german_letter(), drawn.label_left_and_ruled_table()):
        assert is_sideways(np.rot90(rendered(document, 150), turns)) == (turns % 2 == 1)


def boxed(*texts: str, thick: int = 3, grey: int = 0) -> NDArray[np.uint8]:
    """Rows of text in a box whose left side is two dots from the letters."""
    page = np.full((700, 1400), 255, np.uint8)
    cv2.rectangle(page, (100, 60), (1300, 640), grey, thick)
    for place, text in enumerate(texts):
        cv2.putText(page, text, (107 + thick, 150 + 90 * place), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
    return page


@pytest.mark.parametrize("grey", [0, 185])
def test_a_letter_beside_a_drawn_line_keeps_its_strokes(grey: int) -> None:
    """The side of a box goes and the first letters of the address in it stay, whether the box is black or grey."""
    texts = ("Grand Rapids", "Calloway 4815", "Dallas 49503")
    clean, _ = without_lines(boxed(*texts, grey=grey), 300)
    assert int(np.count_nonzero((clean < 128) != (boxed(*texts, grey=255) < 128))) < 60


def test_a_line_with_the_gaps_of_a_fax_is_still_a_line() -> None:
    """A tenth of its dots is missing."""
    page = boxed(thick=4)
    gaps = np.random.default_rng(3).random((700, 1400)) < 0.1
    page[gaps] = 255
    clean, _ = without_lines(page, 300)
    assert int(np.count_nonzero(clean < 128)) < 100


@pytest.mark.parametrize("turns", [1, 2])
def test_a_page_is_set_upright_however_it_was_fed(turns: int) -> None:
    """Its words come out the same."""
    page = np.rot90(rendered(drawn.label_left_and_ruled_table()), turns)
    words = read_page(page, number=1, dpi=300, ocr=ENGINE).text.words
    assert {"HX-M8-40", "WS-M8", "NT-M8"} <= {word.text for word in words}


def test_a_page_that_fills_the_picture_is_not_cut() -> None:
    """A scan has no desk round it."""
    page = rendered(drawn.german_letter(), 100)
    assert page_cut_out(page) is page


@pytest.mark.parametrize("shape", [(1, 1), (3, 200), (49, 4000), (60, 5000), (70_000, 1)])
def test_a_picture_smaller_than_a_letter_is_no_page(shape: tuple[int, int]) -> None:
    """Tracking dots and hair lines are not prepared, let alone read."""
    reading = read_image(encoded(np.zeros(shape, np.uint8)), "dot.png", ocr=Silent())
    assert (reading.intent, reading.orders) == (Intent.OTHER, ())


class SeesNothing:
    """An engine without eyes."""

    def words(self, png: bytes, *, dpi: int, page: int, languages: tuple[str, ...], layout: str = "block") -> tuple[Word, ...]:
        return ()

    def reads(self, language: str) -> bool:
        return False

    def lines(self, pngs: Sequence[bytes]) -> None:
        return None


def test_a_fax_of_half_as_many_rows_as_dots_becomes_a_page_as_high_as_it_was() -> None:
    """Standard resolution (ITU-T T.4): 204 dots an inch across, 98 down."""
    page = Image.fromarray(faxed(rendered(drawn.german_letter()))).resize((1728, 1145)).convert("1")
    out = io.BytesIO()
    page.save(out, "TIFF", dpi=(204, 98), compression="group4")
    (picture,) = read_image(out.getvalue(), "fax.tif", ocr=SeesNothing()).pictures
    assert 1.3 < picture.height / picture.width < 1.5


def test_a_damaged_tag_of_a_tiff_is_no_warning_of_ours() -> None:
    """What the tag is for decides whether the picture is refused, not the library's grumbling."""
    out = io.BytesIO()
    Image.fromarray(np.full((200, 200), 255, np.uint8)).save(out, "TIFF", dpi=(200, 200))
    content = out.getvalue()
    at = content.index((282).to_bytes(2, "little") + (5).to_bytes(2, "little"))
    broken = content[: at + 4] + (2**31).to_bytes(4, "little") + content[at + 8 :]
    assert read_image(broken, "fax.tif", ocr=Silent()).orders == ()


def test_a_page_that_cannot_be_drawn_is_told_and_the_others_are_read() -> None:
    """The page tree names a page that is not there."""
    content = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Count 2/Kids[3 0 R 9 0 R]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj
trailer<</Root 1 0 R>>"""
    reading = read_pdf(content, "torn.pdf", ocr=Silent())
    assert [problem.code for problem in reading.problems] == ["damaged_page"]


def test_a_telephones_photograph_is_read() -> None:
    """HEIC, as telephones keep their pictures; made with libheif's encoder."""
    photograph = Path(__file__).parents[1] / "photographs/order.heic"
    reading = read_image(photograph.read_bytes(), "order.heic", ocr=ENGINE)
    assert reading.media_type == "image/heic"
    (order,) = reading.orders
    assert [line.quantity.value if line.quantity else None for line in order.order.lines] == ["400", "100"]

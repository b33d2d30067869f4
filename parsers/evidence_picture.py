"""Pages with a box round every word that a value was read from, for people to see whether the evidence is right."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from PIL import Image, ImageDraw

from models.contracts.extraction_v1 import ExtractionV1, stated_fields
from models.domain.document import PagePicture

_HEAD, _LINE, _DOUBTED = (20, 110, 200), (20, 150, 70), (210, 60, 30)
_DOUBT = 0.8
_MOST_PAGES = 20


def evidence_picture(pages: Sequence[tuple[PagePicture, ExtractionV1]]) -> bytes:
    """One PNG of the pages (the first 20) one below the other: blue boxes for the head, green for lines, red for what is
    doubted, each with its field's name."""
    drawn = [_page(picture, extraction) for picture, extraction in pages[:_MOST_PAGES]]
    sheet = Image.new("RGB", (max(page.width for page in drawn), sum(page.height for page in drawn)), "white")
    top = 0
    for page in drawn:
        sheet.paste(page, (0, top))
        top += page.height
    buffer = io.BytesIO()
    sheet.save(buffer, "PNG")
    return buffer.getvalue()


def _page(picture: PagePicture, extraction: ExtractionV1) -> Image.Image:
    with Image.open(io.BytesIO(picture.png)) as image:
        page = image.convert("RGB")
    pen = ImageDraw.Draw(page)
    across, down = page.width / picture.width, page.height / picture.height
    for path, confidence, box in _boxes(picture, extraction):
        colour = _DOUBTED if confidence < _DOUBT else _LINE if ".lines[" in path else _HEAD
        x0, y0, x1, y1 = box[0] * across, box[1] * down, box[2] * across, box[3] * down
        pen.rectangle((min(x0, x1) - 1, min(y0, y1) - 1, max(x0, x1) + 1, max(y0, y1) + 1), outline=colour, width=2)
        pen.text((min(x0, x1), min(y0, y1) - 11), path.rpartition(".")[2], fill=colour)
    return page


def _boxes(picture: PagePicture, extraction: ExtractionV1) -> Iterator[tuple[str, float, tuple[float, float, float, float]]]:
    for path, value in stated_fields(extraction):
        for place in value.evidence:
            if place.part == picture.part and place.page == picture.page and place.bbox is not None:
                yield path, value.confidence, place.bbox

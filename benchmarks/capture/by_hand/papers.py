"""Orders on paper as archives hold it: HTML in `papers/`, its truth in a YAML beside it, and there what befell the paper.

`ways` names in order what spoils the page (those of `paper_ways`), `dpi` at how many dots an inch it is seen, `container` the
file it comes in. `notes` are written on it by hand (text, place in shares of the width and height, height of a letter in points,
degrees, colour), `scrawls` are signatures (place, width, colour). Pages of the HTML that stand in `typed` (1, 2 …) stay text.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from benchmarks.capture.by_hand.paper_ways import WAYS, Colours, scrawled, written_on
from benchmarks.capture.by_hand.reading import cases_in
from benchmarks.capture.case import Case
from benchmarks.capture.html_parts import document
from benchmarks.capture.printed import printer

FOLDER = Path(__file__).parent / "papers"
#: Standard resolution of a fax (ITU-T T.4): its rows lie twice as far apart as its dots.
_FAX = (204, 98)
_SENSOR_LIES_LEFT = 6


def cases(seed: int = 20261122) -> Iterator[Case]:
    """All papers, by name; the same seed spoils them in the same way."""
    with printer() as press:

        def made(page: Path, facts: dict[str, Any]) -> bytes:
            clean = press.pdf(document(page.read_text("utf-8"), ".r{text-align:right}"), facts.get("paper", "A4"))
            return spoilt(clean, facts, np.random.default_rng([seed, zlib.crc32(page.stem.encode())]))

        yield from cases_in(FOLDER, "paper", writing=made)


def spoilt(clean: bytes, facts: dict[str, Any], draw: np.random.Generator) -> bytes:
    """The pages of the PDF `clean` as pictures of paper, in the container that `facts` name."""
    dpi, typed = int(facts["dpi"]), {int(number) for number in facts.get("typed", ())}
    with pdfium.PdfDocument(clean) as pdf:
        pages = [np.asarray(page.render(scale=dpi / 72).to_pil().convert("RGB")) for page in pdf]
    pictures = [_befallen(page, dpi, facts, draw) for number, page in enumerate(pages, start=1) if number not in typed]
    return _mixed(clean, pictures, typed, dpi) if typed else _file(pictures, facts["container"], dpi)


def _befallen(page: Colours, dpi: int, facts: dict[str, Any], draw: np.random.Generator) -> Colours:
    for text, x, y, size, angle, colour in facts.get("notes", ()):
        page = written_on(page, text, (float(x), float(y)), float(size) * dpi / 72, float(angle), colour)
    for x, y, width, colour in facts.get("scrawls", ()):
        page = scrawled(page, (float(x), float(y)), float(width), colour, draw)
    for way in facts["ways"]:
        page = WAYS[way](page, draw)
    return page


def _file(pages: Sequence[Colours], container: str, dpi: int) -> bytes:
    pictures = [Image.fromarray(page) for page in pages]
    out = io.BytesIO()
    if container == "fax":
        rows = [each.resize((each.width * _FAX[0] // dpi, each.height * _FAX[1] // dpi)).convert("L") for each in pictures]
        first, *rest = [row.point(lambda level: 255 if level > 150 else 0).convert("1") for row in rows]
        first.save(out, "TIFF", save_all=True, append_images=rest, dpi=_FAX, compression="group4")
    elif container == "tiff":
        pictures[0].save(out, "TIFF", save_all=True, append_images=pictures[1:], dpi=(dpi, dpi), compression="jpeg")
    elif container == "telephone":
        exif = Image.Exif()
        exif[0x0112] = _SENSOR_LIES_LEFT
        pictures[0].rotate(90, expand=True).save(out, "JPEG", quality=85, exif=exif)
    elif container == "jpeg":
        pictures[0].save(out, "JPEG", quality=80)
    else:
        pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi)
    return out.getvalue()


def _mixed(clean: bytes, pictures: Sequence[Colours], typed: set[int], dpi: int) -> bytes:
    """The PDF with its typed pages as they are and the others as pictures, in order."""
    scanned = iter(range(len(pictures)))
    with pdfium.PdfDocument(clean) as own, pdfium.PdfDocument(_file(pictures, "pdf", dpi)) as seen:
        mixed = pdfium.PdfDocument.new()
        for number in range(1, len(own) + 1):
            source, page = (own, number - 1) if number in typed else (seen, next(scanned))
            mixed.import_pages(source, [page])
        out = io.BytesIO()
        mixed.save(out)
    return out.getvalue()

"""Scans, faxes and photos: every layout of the native PDFs as paper that went through scanners, faxes and telephones.

Of each drawn layout two orders meet two scanners and one telephone or fax each; which ones hangs on the layout's place, so that
all of them occur. Each printout written by hand, of which there is but one order, meets one device, which hangs on its name.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from benchmarks.capture import native
from benchmarks.capture.by_hand import printouts
from benchmarks.capture.case import Case, Split
from benchmarks.capture.degraded import DEVICES, Device, Grey

_SCANNERS = tuple(device for device in DEVICES if device.source == "scan")
_CAMERAS = tuple(device for device in DEVICES if device.source == "photo")
_MOST_PAGES = 4
_PER_LAYOUT = 2
#: Which of its devices of a kind the second order of a layout begins with, counted from those of the first.
_FURTHER = 2
#: Of so many printouts by hand, so many are scanned and the others photographed.
_OF_PRINTOUTS, _SCANNED = 5, 3


def cases(seed: int = 20261122, split: Split | None = None) -> Iterator[Case]:
    """Four scans and two photos or faxes of each layout and one of each printout, of the layouts of `split` alone if it is
    named; the same seed gives the same pictures."""
    for place, clean in enumerate(native.cases(seed, per_layout=_PER_LAYOUT)):
        if split in (None, clean.split):
            for device in devices_of(*divmod(place, _PER_LAYOUT)):
                yield degraded(clean, device, seed)
    for clean in printouts.cases(seed):
        if split in (None, clean.split):
            yield degraded(clean, device_for(clean.name), seed)


def devices_of(layout: int, order: int) -> Sequence[Device]:
    """What the order in that place meets of the layout in that place: two scanners and a telephone or fax."""
    half, first = len(_SCANNERS) // 2, layout + order * _FURTHER
    camera = _CAMERAS[first % len(_CAMERAS)]
    return _SCANNERS[first % len(_SCANNERS)], _SCANNERS[(first + half) % len(_SCANNERS)], camera


def device_for(name: str) -> Device:
    """By the name alone, so that a printout more changes no other's picture."""
    drawn_by_name, kind = divmod(zlib.crc32(name.encode()), _OF_PRINTOUTS)
    devices = _SCANNERS if kind < _SCANNED else _CAMERAS
    return devices[drawn_by_name % len(devices)]


def degraded(clean: Case, device: Device, seed: int) -> Case:
    """The document `clean`, a PDF, as `device` makes a picture of it. It keeps its truth, its layout and its split."""
    draw = np.random.default_rng([seed, zlib.crc32(f"{clean.name} {device.name}".encode())])
    pages = [_spoilt(page, device, draw) for page in drawn(clean.content, device.dpi)]
    name = f"{clean.name}-{device.name}"
    content = _file(pages, device)
    return Case(
        name, "photo" if device.source == "photo" else "scan", clean.layout, clean.language, clean.split, content, clean.truth
    )


def drawn(content: bytes, dpi: int) -> list[Grey]:
    """The first pages of a PDF as pictures."""
    with pdfium.PdfDocument(content) as pdf:
        pages = [pdf[place] for place in range(min(len(pdf), _MOST_PAGES))]
        return [np.asarray(page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L"), dtype=np.uint8) for page in pages]


def _spoilt(page: Grey, device: Device, draw: np.random.Generator) -> Grey:
    for step in device.steps:
        page = step(page, draw)
    return page


def _file(pages: Sequence[Grey], device: Device) -> bytes:
    """The pages in the device's container; several in a PDF where it holds but one."""
    pictures = [Image.fromarray(page) for page in pages]
    out = io.BytesIO()
    if device.container == "tiff":
        first, *rest = [picture.convert("1") for picture in pictures]
        first.save(out, "TIFF", save_all=True, append_images=rest, dpi=(device.dpi, device.dpi), compression="group4")
    elif device.container == "pdf" or len(pictures) > 1:
        pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=device.dpi)
    elif device.container == "png":
        pictures[0].save(out, "PNG", dpi=(device.dpi, device.dpi))
    else:
        pictures[0].save(out, "JPEG", quality=90)
    return out.getvalue()

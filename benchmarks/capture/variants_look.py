"""Printed orders altered in their look alone: fonts, sizes, sheets, rules, alignment, sides, where a table breaks."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import pypdfium2
from lxml import html

from benchmarks.capture.variants_page import LinesTable, PrintedPage

#: Alters a page; False where there is nothing to alter.
Alter = Callable[[PrintedPage], bool]


def _other_font(page: PrintedPage) -> bool:
    font = page.draw.choice(("Liberation Serif", "DejaVu Sans", "Liberation Mono", "Liberation Sans Narrow"))
    page.style += f"*{{font-family:'{font}'!important;line-height:{page.draw.choice((1.0, 1.2, 1.6))}}}"
    return True


def _narrow(page: PrintedPage) -> bool:
    """Cells wrap where the page leaves them less room."""
    page.style += f"body{{width:{page.draw.choice((60, 72, 82))}%!important}}.r{{white-space:normal!important}}"
    return True


def _wide(page: PrintedPage) -> bool:
    page.sheet = "A4 landscape"
    return True


def _ruled(page: PrintedPage) -> bool:
    page.style += "td,th{border:1px solid #444!important}"
    return True


def _unruled(page: PrintedPage) -> bool:
    page.style += "*{border:none!important}"
    return True


def _aligned(page: PrintedPage) -> bool:
    page.style += f"td,th{{text-align:{page.draw.choice(('left', 'center', 'right'))}!important}}"
    return True


def _large(page: PrintedPage) -> bool:
    page.style += f"body{{zoom:{page.draw.choice(('1.15', '0.8', '0.7'))}}}"
    return True


def _sides_swapped(page: PrintedPage) -> bool:
    page.style += ".row{flex-direction:row-reverse!important}"
    return any("row" in (element.get("class") or "").split() for element in page.body.iter("div"))


def _turned(page: PrintedPage) -> bool:
    page.finishing = _turned_pages
    return True


def _turned_pages(content: bytes) -> bytes:
    book = pypdfium2.PdfDocument(content)
    for sheet in book:
        sheet.set_rotation(90)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _over_pages(page: PrintedPage) -> bool:
    """The table goes on overleaf, below its heads again or not."""
    if page.lines is None or len(page.lines.rows) < 2:
        return False
    _as_head(page.lines)
    page.lines.rows[len(page.lines.rows) // 2].set("style", "break-before:page")
    return True


def _as_head(lines: LinesTable) -> None:
    if lines.head.getparent().tag == "thead" or next(lines.element.iter("tr")) is not lines.head:
        return
    head = html.Element("thead")
    lines.head.getparent().remove(lines.head)
    head.append(lines.head)
    lines.element.insert(0, head)


LOOKS: Mapping[str, Alter] = {
    "font": _other_font, "narrower": _narrow, "landscape": _wide, "ruled": _ruled, "unruled": _unruled, "aligned": _aligned,
    "size": _large, "sides swapped": _sides_swapped, "turned": _turned, "over pages": _over_pages,
}  # fmt: skip

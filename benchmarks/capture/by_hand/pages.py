"""Pages written down as text and drawn as a PDF: what stands in the text's columns stands there on the page.

Above `---` stand the paper, the font, the grid (width of a column and height of a row in points) and the order of drawing. Below,
two spaces part strings, a string of figures ends where it ends in the text, `─` are rules, `!14 text` begins a row in 14 points,
bold, and `@ x y size text` is a string at a place of its own (points from the lower left). `=== page` begins a page.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.lib.pagesizes import A4, LETTER, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_RUN = re.compile(r"\S+(?: \S+)*")
_FIGURES = re.compile(r"[-–$€£]?\s?\d[\d.,']*\s?[%€]?")
_FAMILIES = {"Helvetica": "DejaVuSans", "Times-Roman": "DejaVuSerif", "Courier": "DejaVuSansMono"}
_FOLDERS = (Path("/usr/share/fonts/truetype/dejavu"), Path("/usr/share/fonts/TTF"))
_MARGIN = 40.0


@dataclass
class _Form:
    """How the text becomes a page."""

    paper: tuple[float, float] = A4
    font: str = "Helvetica"
    size: float = 9.0
    across: float = 5.0
    down: float = 12.0
    reversed: bool = False


def written_page(text: str) -> bytes:
    """The PDF that `text` writes down."""
    head, _, body = text.partition("---\n")
    form = _form(head)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=form.paper, invariant=1)
    for page in body.split("=== page\n"):
        rows = list(enumerate(page.rstrip("\n").splitlines()))
        for at, row in reversed(rows) if form.reversed else rows:
            _draw(canvas, form, at, row)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _form(head: str) -> _Form:
    form = _Form()
    for line in head.splitlines():
        word, *rest = line.split()
        match word:
            case "paper":
                paper = LETTER if rest[0] == "letter" else A4
                form.paper = landscape(paper) if "landscape" in rest else paper
            case "font":
                form.font, form.size = rest[0], float(rest[1])
            case "grid":
                form.across, form.down = float(rest[0]), float(rest[1])
            case "order":
                form.reversed = rest[0] == "reversed"
            case _:
                raise ValueError(f"{line!r} is no way to lay out a page: paper, font, grid or order")
    return form


def _draw(canvas: Canvas, form: _Form, at: int, row: str) -> None:
    if row.startswith("@ "):
        _, x, y, points, text = row.split(maxsplit=4)
        canvas.setFont(_font(form, text, bold=False), float(points))
        canvas.drawString(float(x), float(y), text)
        return
    size, bold = form.size, False
    if match := re.match(r"!(\d+) ", row):
        size, bold, row = float(match[1]), True, row[match.end() :]
    baseline = form.paper[1] - _MARGIN - at * form.down
    for run in _RUN.finditer(row):
        is_title = bold and run.start() == 0
        left = _MARGIN + run.start() * form.across
        _draw_run(canvas, form, run[0], (left, baseline), size if is_title else form.size, bold=bold)


def _draw_run(canvas: Canvas, form: _Form, text: str, at: tuple[float, float], size: float, *, bold: bool) -> None:
    x, y = at
    if set(text) == {"─"}:
        canvas.setLineWidth(0.6)
        canvas.line(x, y + size * 0.35, x + len(text) * form.across, y + size * 0.35)
        return
    canvas.setFont(_font(form, text, bold=bold), size)
    if _FIGURES.fullmatch(text):
        canvas.drawRightString(x + len(text) * form.across, y, text)
    else:
        canvas.drawString(x, y, text)


def _font(form: _Form, text: str, *, bold: bool) -> str:
    """The form's own font, or one that has the text's letters where the standard fonts have not (Polish)."""
    if all(ord(sign) < 0x180 and sign.encode("cp1252", "ignore") for sign in text):
        bold_name = "Times-Bold" if form.font == "Times-Roman" else f"{form.font}-Bold"
        return bold_name if bold else form.font
    return _embedded(_FAMILIES[form.font] + ("-Bold" if bold else ""))


@cache
def _embedded(name: str) -> str:
    file = next((path for folder in _FOLDERS if (path := folder / f"{name}.ttf").exists()), None)
    if file is None:
        raise FileNotFoundError(f"the font {name} is missing: install fonts-dejavu")
    pdfmetrics.registerFont(TTFont(name, str(file)))
    return name

"""The straight lines that a PDF page draws, edges of boxes among them, and how much of it pictures cover."""

from __future__ import annotations

import ctypes
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from parsers.page_text import Rule
from parsers.pdf.letters import View

#: Drawn lines beyond this many are a picture, not a form.
_MAX_RULES = 2000
_MAX_OBJECTS, _MAX_SEGMENTS, _MAX_DEPTH = 100_000, 60_000, 4
#: What is shorter strikes through no letter.
_SHORTEST = 3.0
_TOUCHING = 1.0
_STRAIGHT = 0.5


class _Matrix(NamedTuple):
    """An affine map (ISO 32000-1 8.3.3)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def __matmul__(self, outer: _Matrix) -> _Matrix:
        return _Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )

    def of(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


def drawn_on(page: Any, view: View) -> tuple[list[Rule], float]:
    """The rules of a pypdfium2 page in the points of its `view`, and the share (0 to 1) that its pictures cover.

    Pieces that touch are one rule. More than 2,000 rules are a drawing, and none is given.
    """
    rules: list[Rule] = []
    share, segments = 0.0, 0
    width, height = view.size
    for thing, matrix in things_on(page):
        kind = pdfium_c.FPDFPageObj_GetType(thing)
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            x0, top, x1, bottom = _unit_square(_own_matrix(thing) @ matrix, view)
            share += (x1 - x0) * (bottom - top) / max(width * height, 1.0)  # a scan may come in strips
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH and segments < _MAX_SEGMENTS and _is_painted(thing):
            segments += pdfium_c.FPDFPath_CountSegments(thing)
            rules += _rules_of(thing, _own_matrix(thing) @ matrix, view)
    joined = [*_joined(rules, upright=False), *_joined(rules, upright=True)]
    return (joined if len(joined) <= _MAX_RULES else []), min(share, 1.0)


def things_on(page: Any) -> Iterator[tuple[Any, _Matrix]]:
    """Everything that the page paints, and the map to its points, through forms within forms."""
    count = min(pdfium_c.FPDFPage_CountObjects(page), _MAX_OBJECTS)
    outermost = (pdfium_c.FPDFPage_GetObject(page, place) for place in range(count))
    stack: list[tuple[Iterator[Any], _Matrix]] = [(outermost, _Matrix())]
    left = _MAX_OBJECTS
    while stack and left > 0:
        things, matrix = stack[-1]
        thing = next(things, None)
        if thing is None:
            stack.pop()
            continue
        left -= 1
        yield thing, matrix
        if pdfium_c.FPDFPageObj_GetType(thing) == pdfium_c.FPDF_PAGEOBJ_FORM and len(stack) < _MAX_DEPTH:
            stack.append((_within(thing), _own_matrix(thing) @ matrix))


def _within(form: Any) -> Iterator[Any]:
    return (pdfium_c.FPDFFormObj_GetObject(form, place) for place in range(max(pdfium_c.FPDFFormObj_CountObjects(form), 0)))


def _own_matrix(thing: Any) -> _Matrix:
    found = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(thing, ctypes.byref(found)):
        return _Matrix()
    return _Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def _unit_square(matrix: _Matrix, view: View) -> tuple[float, float, float, float]:
    """Where a picture lies, as far as the page shows it."""
    corners = [view.place(*matrix.of(x, y)) for x in (0.0, 1.0) for y in (0.0, 1.0)]
    width, height = view.size
    xs, ys = [min(max(x, 0.0), width) for x, _ in corners], [min(max(y, 0.0), height) for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _is_painted(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), pdfium_c.FPDF_BOOL()
    pdfium_c.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(fill.value or stroke.value)


def _rules_of(path: Any, matrix: _Matrix, view: View) -> Iterator[Rule]:
    for (x0, y0), (x1, y1) in _strokes(path, matrix, view):
        if not all(map(math.isfinite, (x0, y0, x1, y1))):
            continue
        across, down = abs(x1 - x0), abs(y1 - y0)
        if max(across, down) >= _SHORTEST and min(across, down) <= _STRAIGHT:
            yield Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _strokes(path: Any, matrix: _Matrix, view: View) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight pieces of a path, each as its two ends."""
    x, y = ctypes.c_float(), ctypes.c_float()
    begin = here = (0.0, 0.0)
    for place in range(min(pdfium_c.FPDFPath_CountSegments(path), _MAX_SEGMENTS)):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, place)
        pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = view.place(*matrix.of(x.value, y.value))
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO:
            yield here, point
        here = point
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            yield here, begin
            here = begin


def _joined(rules: Iterable[Rule], *, upright: bool) -> Iterator[Rule]:
    """The rules of one direction, with pieces of one line that touch or overlap made one."""
    tracks: dict[int, list[Rule]] = defaultdict(list)
    for rule in rules:
        if rule.upright == upright:
            tracks[round((rule.x0 if upright else rule.top) * 2)].append(rule)
    for track in tracks.values():
        track.sort(key=lambda rule: rule.top if upright else rule.x0)
        whole = track[0]
        for _, rule in pairwise([whole, *track[1:]]):
            if (rule.top - whole.bottom if upright else rule.x0 - whole.x1) <= _TOUCHING:
                whole = Rule(whole.x0, whole.top, max(whole.x1, rule.x1), max(whole.bottom, rule.bottom))
            else:
                yield whole
                whole = rule
        yield whole

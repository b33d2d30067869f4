"""Finds the sheet of paper in a photograph and squares it up.

The sheet is the bright area with four straight sides along which paper and desk part clearly, at whatever brightness the
light gives them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
_Points = NDArray[np.float64]
_Corners = _Points

_WHITE = 255
_LOOKED_AT = 800
_LEAST_STEP = 12.0
_REACH = 6
#: An edge's length as a share of the picture's short side, and how many are tried, of all and for each side.
_LONG_EDGE, _MOST_EDGES, _CLEAREST = 0.3, 200, 3


def page_cut_out(grey: Grey) -> Grey:
    """The page alone, squared up, where its four edges stand out from what it lies on; else the picture as it is."""
    corners = _page_corners(grey)
    if corners is None:
        return grey
    top_left, top_right, bottom_right, bottom_left = corners
    width = round(max(np.linalg.norm(top_right - top_left), np.linalg.norm(bottom_right - bottom_left)))
    height = round(max(np.linalg.norm(bottom_left - top_left), np.linalg.norm(bottom_right - top_right)))
    target = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    return _grey(cv2.warpPerspective(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=_WHITE))


def _page_corners(grey: Grey) -> _Corners | None:
    """The corners (top left first, clockwise) of the sheet whose sides stand out most, if one does."""
    scale = _LOOKED_AT / max(grey.shape)
    small = _grey(cv2.GaussianBlur(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), (5, 5), 0))
    return next(
        (corners / scale for ways in (_quadrilaterals, _framed) if (corners := _best(small, ways(small))) is not None), None
    )


def _best(small: Grey, quadrilaterals: Iterable[_Corners]) -> _Corners | None:
    found = [(min(_steps(small, corners), default=0.0), corners) for corners in quadrilaterals]
    step, corners = max(found, key=lambda each: each[0], default=(0.0, np.zeros((4, 2))))
    return corners if step >= _LEAST_STEP else None


def _framed(small: Grey) -> Iterator[_Corners]:
    """The quadrilaterals that long straight edges make, for a sheet of which a shadow leaves no part as bright as the desk is."""
    low, high = np.percentile(small, (5, 95))
    edges = cv2.Canny(small, 0.2 * float(high - low), 0.5 * float(high - low))
    height, width = small.shape
    least = round(_LONG_EDGE * min(height, width))
    lines = cv2.HoughLinesP(edges, 1, np.pi / 360, least // 3, minLineLength=least, maxLineGap=least // 8)
    ends = [] if lines is None else [np.asarray(line, dtype=np.float64).reshape(2, 2) for line in lines[:_MOST_EDGES]]
    level = [line for line in ends if abs(line[1, 0] - line[0, 0]) > 2 * abs(line[1, 1] - line[0, 1])]
    steep = [line for line in ends if abs(line[1, 1] - line[0, 1]) > 2 * abs(line[1, 0] - line[0, 0])]
    tops, bottoms = (_clearest(small, level, 1, first=first) for first in (True, False))
    lefts, rights = (_clearest(small, steep, 0, first=first) for first in (True, False))
    for top, right, bottom, left in product(tops, rights, bottoms, lefts):
        corners = [_crossing(one, other) for one, other in ((top, left), (top, right), (bottom, right), (bottom, left))]
        if all(corner is not None for corner in corners):
            outline = np.array(corners)
            area = cv2.contourArea(outline.astype(np.float32))
            if 0.3 * small.size < area < 0.97 * small.size and cv2.isContourConvex(outline.astype(np.float32)):
                yield outline


def _clearest(small: Grey, lines: Sequence[_Corners], axis: int, *, first: bool) -> list[_Corners]:
    """Of the lines in the first or second half of the picture along `axis`, those beyond which it is darkest."""
    half = small.shape[1 - axis] / 2
    own = [line for line in lines if (float(line[:, axis].mean()) < half) == first]
    inward = np.eye(2)[axis] * (1 if first else -1)
    clear = [(_step(small, line[0], line[1], inward) or 0.0, at) for at, line in enumerate(own)]
    return [own[at] for step, at in sorted(clear, reverse=True)[:_CLEAREST] if step >= _LEAST_STEP]


def _crossing(one: _Corners, other: _Corners) -> NDArray[np.float64] | None:
    """Where two lines, drawn on, cross."""
    (along, beside), start = (one[1] - one[0], other[1] - other[0]), other[0] - one[0]
    turn = float(along[0] * beside[1] - along[1] * beside[0])
    if abs(turn) < 1e-6:
        return None
    return np.asarray(one[0] + along * float(start[0] * beside[1] - start[1] * beside[0]) / turn)


def _quadrilaterals(small: Grey) -> Iterator[_Corners]:
    """The outlines with four corners of what is brighter than each of several levels, in dots of the small picture."""
    low, high = np.percentile(small, (2, 98))
    for level in np.linspace(low, high, 16)[1:-1]:
        bright = cv2.threshold(small, float(level), _WHITE, cv2.THRESH_BINARY)[1]
        closed = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
        contours, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        largest = max(contours, key=cv2.contourArea, default=None)
        if largest is None or not 0.25 < cv2.contourArea(largest) / small.size < 0.97:
            continue
        hull = cv2.convexHull(largest)
        outline = cv2.approxPolyDP(hull, 0.02 * cv2.arcLength(hull, True), True)
        if len(outline) == 4 and cv2.contourArea(outline) >= 0.85 * cv2.contourArea(hull):
            yield _clockwise(outline.reshape(4, 2).astype(np.float64))


def _steps(small: Grey, corners: _Corners) -> Iterator[float]:
    """How much brighter it is within each side than beyond it; a side at the picture's own edge is not asked."""
    centre = corners.mean(axis=0)
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        step = _step(small, start, end, centre - start)
        if step is not None:
            yield step


def _step(small: Grey, start: _Points, end: _Points, inside: _Points) -> float | None:
    """How much brighter it is on the side of a line towards `inside` than beyond; None at the picture's own edge."""
    along = end - start
    normal = np.array([-along[1], along[0]]) / max(float(np.linalg.norm(along)), 1.0)
    inward = normal if float(np.dot(inside, normal)) > 0 else -normal
    points = start + np.linspace(0.1, 0.9, 25)[:, None] * along
    pairs = [(_dot(small, point + _REACH * inward), _dot(small, point - _REACH * inward)) for point in points]
    steps = [inner - outer for inner, outer in pairs if inner is not None and outer is not None]
    return float(np.median(steps)) if len(steps) >= 10 else None


def _dot(small: Grey, point: NDArray[np.float64]) -> float | None:
    x, y = round(float(point[0])), round(float(point[1]))
    return float(small[y, x]) if 0 <= y < small.shape[0] and 0 <= x < small.shape[1] else None


def _clockwise(corners: _Corners) -> _Corners:
    sums, differences = corners.sum(axis=1), np.diff(corners, axis=1).ravel()
    order = [int(sums.argmin()), int(differences.argmin()), int(sums.argmax()), int(differences.argmax())]
    return corners[order]


def _grey(picture: Any) -> Grey:
    return cast("Grey", picture.astype(np.uint8, copy=False))

"""Makes a page's picture readable: finds the page in a photo, evens its light, straightens it, takes drawn lines away.

Pictures are 8-bit grey arrays (0 black). A bilevel picture (fax) is never smoothed: its letters are a few dots wide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

_MAX_SKEW = 12.0
_WHITE = 255


@dataclass(frozen=True, slots=True)
class Lines:
    """Drawn lines in pixels: (x0, top, x1, bottom) each."""

    boxes: tuple[tuple[int, int, int, int], ...]


def is_bilevel(grey: Grey) -> bool:
    """Whether nearly all dots are black or white."""
    return bool(np.mean((grey < 20) | (grey > 235)) > 0.985)


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


def _page_corners(grey: Grey) -> NDArray[np.float64] | None:
    """The corners (top left first, clockwise) of the bright sheet that fills much, but not all, of the picture."""
    scale = 800 / max(grey.shape)
    small = cv2.GaussianBlur(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), (5, 5), 0)
    _, bright = cv2.threshold(small, 0, _WHITE, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    closed = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    contours, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest = max(contours, key=cv2.contourArea, default=None)
    if largest is None or not 0.25 < cv2.contourArea(largest) / closed.size < 0.97:
        return None
    hull = cv2.convexHull(largest)
    outline = cv2.approxPolyDP(hull, 0.02 * cv2.arcLength(hull, True), True)
    if len(outline) != 4 or cv2.contourArea(outline) < 0.85 * cv2.contourArea(hull):
        return None
    return _clockwise(outline.reshape(4, 2).astype(np.float64) / scale)


def _clockwise(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    sums, differences = corners.sum(axis=1), np.diff(corners, axis=1).ravel()
    order = [int(sums.argmin()), int(differences.argmin()), int(sums.argmax()), int(differences.argmax())]
    return corners[order]


def evened(grey: Grey) -> Grey:
    """The picture on white: shadows and grey paper divided away. Bilevel and clean pictures come back as they are."""
    if is_bilevel(grey):
        return grey
    scale = 600 / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 21)
    if float(np.percentile(paper, 5)) > 235:
        return grey
    full = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    even = np.clip(grey.astype(np.float32) * (_WHITE / np.maximum(full.astype(np.float32), 40)), 0, _WHITE)
    return _grey(even)


def denoised(grey: Grey) -> Grey:
    """The picture without speckle, where there is speckle."""
    if is_bilevel(grey):
        return grey
    calm = cv2.medianBlur(grey, 3)
    noise = float(np.mean(cv2.absdiff(grey, calm)[calm > 200]) if np.any(calm > 200) else 0.0)
    return _grey(calm) if noise > 4 else grey


def straightened(grey: Grey) -> Grey:
    """The picture turned by the few degrees at which its rows of letters are sharpest."""
    angle = skew(grey)
    if abs(angle) < 0.1:
        return grey
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return _grey(cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=_WHITE))


def skew(grey: Grey) -> float:
    """Degrees by which to turn the picture counter-clockwise so that its rows lie level; 0 where it has too little ink."""
    scale = min(1.0, 1000 / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    _, ink = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    if not 0.001 < float(ink.mean()) < 0.4:
        return 0.0
    best = 0.0
    for reach, step in ((_MAX_SKEW, 1.0), (1.0, 0.2), (0.2, 0.05)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _sharpness(ink, float(angle))))
    return best


def _sharpness(ink: NDArray[Any], angle: float) -> float:
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_NEAREST).sum(axis=1, dtype=np.float64)
    return float(np.sum(np.diff(rows) ** 2))


def without_lines(grey: Grey, dpi: int) -> tuple[Grey, Lines]:
    """The picture without drawn lines and with white-on-dark boxes turned to dark-on-white, and where the lines were."""
    clean = grey.copy()
    for x, y, width, height in _dark_boxes(grey, dpi):
        clean[y : y + height, x : x + width] = _WHITE - clean[y : y + height, x : x + width]
    ink = _grey((clean < 160).astype(np.uint8))
    found: list[tuple[int, int, int, int]] = []
    for shape in ((dpi // 2, 1), (1, dpi // 3)):
        line = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        found.extend(_thin_boxes(line, dpi))
        clean[cv2.dilate(line, np.ones((3, 3), np.uint8)) > 0] = _WHITE
    return clean, Lines(tuple(found))


def _dark_boxes(grey: Grey, dpi: int) -> Iterator[tuple[int, int, int, int]]:
    """Filled dark boxes at least an inch wide and a letter high: heads of tables, title bars."""
    dark = _grey((grey < 110).astype(np.uint8))
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((dpi // 30, dpi // 30), np.uint8))
    joined = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((dpi // 10, dpi // 6), np.uint8))
    contours, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        x, y, width, height = cv2.boundingRect(contour)
        filled = float(np.mean(dark[y : y + height, x : x + width]))
        if width >= dpi and dpi // 12 <= height <= 2 * dpi and filled > 0.55:
            yield x, y, width, height


def _thin_boxes(line: NDArray[Any], dpi: int) -> Iterator[tuple[int, int, int, int]]:
    contours, _ = cv2.findContours(line, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours[:2000]:
        x, y, width, height = cv2.boundingRect(contour)
        if min(width, height) <= dpi // 20:
            yield x, y, x + width, y + height


def turned(grey: Grey, degrees: int) -> Grey:
    """The picture turned clockwise by a multiple of 90 degrees."""
    codes = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return _grey(cv2.rotate(grey, codes[degrees])) if degrees in codes else grey


def resized(grey: Grey, factor: float) -> Grey:
    """The picture `factor` times as wide and high."""
    if abs(factor - 1) < 0.02:
        return grey
    way = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    return _grey(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=way))


def png_of(grey: Grey) -> bytes:
    """The picture as PNG."""
    done, encoded = cv2.imencode(".png", grey, [cv2.IMWRITE_PNG_COMPRESSION, 3])
    if not done:
        raise ValueError(f"a picture of {grey.shape} dots cannot be written as PNG")
    return bytes(encoded.tobytes())


def _grey(picture: Any) -> Grey:
    return cast("Grey", picture.astype(np.uint8, copy=False))

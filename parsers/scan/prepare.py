"""Makes a page's picture readable: evens its light, takes dust away, stands it straight.

Pictures are 8-bit grey arrays (0 black). A bilevel picture (fax) is never smoothed: its letters are a few dots wide.
"""

from __future__ import annotations

from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

_MAX_SKEW = 12.0
_WHITE = 255
_PAPER = 225  # what evened paper is at least, noise aside
_ALL_BUT_WHITE = 236


def is_bilevel(grey: Grey) -> bool:
    """Whether nearly all dots are black or white."""
    seen = grey[:: max(grey.shape[0] // 800, 1)]
    return bool(np.mean((seen < 20) | (seen >= _ALL_BUT_WHITE)) > 0.985)


def cleaned(grey: Grey, dpi: int) -> Grey:
    """The picture as black letters on white paper: a bilevel one without dust, another in even light and without noise."""
    clean = despeckled(grey, dpi) if is_bilevel(grey) else denoised(evened(grey))
    return without_edges(clean)


def without_edges(grey: Grey) -> Grey:
    """The picture without the dark bands and wedges at its edges that come from the scanner's lid or the desk."""
    scale = min(1.0, 600 / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = cv2.copyMakeBorder((small < 200).astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    _, labels = cv2.connectedComponents(dark, connectivity=4, ltype=cv2.CV_32S)
    edge = (labels == labels[0, 0]).astype(np.uint8)[1:-1, 1:-1]
    if not edge.any() or np.mean(edge) > 0.4:
        return grey
    wide = cv2.dilate(edge, np.ones((3, 3), np.uint8))
    mask = cv2.resize(wide, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST)
    return _grey(np.where(mask > 0, _WHITE, grey))


def evened(grey: Grey) -> Grey:
    """The picture on white: shadows and grey paper divided away, faint print darkened. A bilevel one comes back as it is."""
    if is_bilevel(grey):
        return grey
    scale = 600 / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 21)
    if float(np.percentile(paper, 5)) <= 245:
        full = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
        grey = _grey(cv2.divide(grey, np.maximum(full, 40).astype(np.uint8), scale=_WHITE))
    return grey


def denoised(grey: Grey) -> Grey:
    """The picture without noise, where there is noise, and its paper pure white."""
    if is_bilevel(grey):
        return grey
    noise = _noise(grey)
    if noise > 4:
        grey = _grey(cv2.GaussianBlur(cv2.medianBlur(grey, 3), (3, 3), 0) if noise > 9 else cv2.medianBlur(grey, 3))
    dark = float(np.percentile(grey[::8, ::8], 0.5))
    levels = np.clip((np.arange(256) - dark) * (_WHITE / max(_PAPER - dark, 60)), 0, _WHITE).astype(np.uint8)
    return _grey(cv2.LUT(grey, levels))


def _noise(grey: Grey) -> float:
    """How far dots of the paper stand off from their neighbours, on average."""
    middle = grey[grey.shape[0] // 4 : grey.shape[0] * 3 // 4]
    calm = cv2.medianBlur(middle, 3)
    paper = calm > 200
    return float(np.mean(cv2.absdiff(middle, calm)[paper])) if np.any(paper) else 0.0


def despeckled(grey: Grey, dpi: int) -> Grey:
    """A bilevel picture without the dust on its paper: dots that have no more ink round them than a full stop has, and what is
    all but white, which costs time to keep and to read."""
    ink = _grey(cv2.threshold(grey, 127, 1, cv2.THRESH_BINARY_INV)[1])
    # A tenth of an inch: a typewriter's decimal point has its figures within it.
    reach = max(dpi // 10, 3) | 1
    around = cv2.boxFilter(ink, -1, (reach, reach), normalize=False)
    dust = (ink > 0) & (around <= max(round((dpi / 60) ** 2), 2))
    return _grey(np.where(dust | (grey >= _ALL_BUT_WHITE), _WHITE, grey))


def straightened(grey: Grey, factor: float = 1.0) -> Grey:
    """The picture turned by the few degrees at which its rows of letters are sharpest, and enlarged by `factor`."""
    angle = skew(grey)
    if abs(angle) < 0.1:
        return resized(grey, factor)
    height, width = grey.shape
    turn = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), dtype=np.float64) * factor
    if factor < 1:
        # A warp does not average dots away, so a smaller picture is made small first.
        return straightened(resized(grey, factor))
    size = (round(width * factor), round(height * factor))
    return _grey(cv2.warpAffine(grey, turn, size, flags=cv2.INTER_CUBIC, borderValue=_WHITE))


def skew(grey: Grey) -> float:
    """Degrees by which to turn the picture counter-clockwise so that its rows lie level; 0 where it has too little ink."""
    scale = min(1.0, 1000 / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    _, ink = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    if not 0.001 < float(ink.mean()) < 0.4:
        return 0.0
    ys, xs = (place.astype(np.float32) for place in np.nonzero(ink))
    best = 0.0
    for reach, step in ((_MAX_SKEW, 1.0), (1.0, 0.2), (0.2, 0.05)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _sharpness(xs, ys, float(angle))))
    return best


def _sharpness(xs: NDArray[np.float32], ys: NDArray[np.float32], angle: float) -> float:
    """How much the dots gather in rows when the picture is turned by `angle` degrees."""
    slope = np.deg2rad(angle)
    rows = ys * np.cos(slope) - xs * np.sin(slope)
    counts = np.bincount((rows - rows.min()).astype(np.int32))
    return float(np.sum(np.diff(counts.astype(np.float64)) ** 2))


def is_sideways(grey: Grey) -> bool:
    """Whether the page's rows of letters run from top to bottom: they gather ink across more than along."""
    scale = min(1.0, 800 / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = (small < 160).astype(np.uint8)
    for shape in ((1, 25), (25, 1)):
        line = cv2.dilate(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8)), np.ones((3, 3), np.uint8))
        ink = np.where(line > 0, 0, ink).astype(np.uint8)
    across, along = (np.diff(ink.sum(axis=axis, dtype=np.int64)) for axis in (1, 0))
    return bool(np.sum(along.astype(np.float64) ** 2) > 1.5 * np.sum(across.astype(np.float64) ** 2))


def turned(grey: Grey, degrees: int) -> Grey:
    """The picture turned clockwise by a multiple of 90 degrees."""
    codes = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return _grey(cv2.rotate(grey, codes[degrees])) if degrees in codes else grey


def resized(grey: Grey, factor: float) -> Grey:
    """The picture larger or smaller."""
    if abs(factor - 1) < 0.01:
        return grey
    way = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    size = max(round(grey.shape[1] * factor), 1), max(round(grey.shape[0] * factor), 1)
    return _grey(cv2.resize(grey, size, interpolation=way))


def halves_stacked(grey: Grey, gutter: float) -> Grey:
    """The picture's part on the right of `gutter` (in dots) below the part on its left, on white."""
    parts = grey[:, : round(gutter)], grey[:, round(gutter) :]
    wide = max(part.shape[1] for part in parts)
    return _grey(np.vstack([np.pad(part, ((0, 0), (0, wide - part.shape[1])), constant_values=_WHITE) for part in parts]))


def png_of(grey: Grey) -> bytes:
    """The picture as PNG. Pages are white mostly: counting repeated dots is a third of the work, and packs them better."""
    done, encoded = cv2.imencode(".png", grey, [cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE])
    if not done:
        raise ValueError(f"a picture of {grey.shape} dots cannot be written as PNG")
    return bytes(encoded.tobytes())


def _grey(picture: Any) -> Grey:
    return cast("Grey", picture.astype(np.uint8, copy=False))

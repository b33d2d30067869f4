"""What befalls paper in offices, yards and kitchens, in colour: seeded, every way takes and gives a page of 8-bit RGB."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.capture import degraded

Colours = NDArray[np.uint8]
Way = Callable[[Colours, Generator], Colours]

_WHITE = 255
_INKS = {"blue": (35, 50, 150), "red": (190, 30, 40), "pencil": (120, 120, 120), "black": (25, 25, 30)}


def _colours(picture: NDArray[Any]) -> Colours:
    return cast("Colours", np.clip(picture, 0, _WHITE).astype(np.uint8))


def _each(step: degraded.Degradation) -> Way:
    """A way of grey pages, the same for each colour."""

    def apply(page: Colours, draw: Generator) -> Colours:
        seed = int(draw.integers(1 << 31))
        return _colours(np.dstack([step(np.ascontiguousarray(page[:, :, at]), np.random.default_rng(seed)) for at in range(3)]))

    return apply


def _inked(page: Colours, strokes: NDArray[Any], colour: str) -> Colours:
    """The page with ink where `strokes` (0 to 1) are, over what stands there."""
    ink = np.array(_INKS[colour], dtype=np.float32) / _WHITE
    return _colours(page.astype(np.float32) * (1 - strokes[:, :, None] * (1 - ink)))


def written_on(page: Colours, text: str, place: tuple[float, float], size: float, angle: float, colour: str) -> Colours:
    """A note by hand, its left foot at `place`; letters are single strokes, joined and slanted."""
    height, width = page.shape[:2]
    layer = np.zeros((height, width), dtype=np.uint8)
    x, y = round(place[0] * width), round(place[1] * height)
    cv2.putText(layer, text, (x, y), cv2.FONT_HERSHEY_SCRIPT_COMPLEX, size / 22, _WHITE, max(round(size / 16), 1), cv2.LINE_AA)
    turn = cv2.getRotationMatrix2D((float(x), float(y)), angle, 1.0)
    return _inked(page, cv2.warpAffine(layer, turn, (width, height)).astype(np.float32) / _WHITE, colour)


def scrawled(page: Colours, place: tuple[float, float], share: float, colour: str, draw: Generator) -> Colours:
    """A signature `share` of the page wide, its middle at `place`."""
    height, width = page.shape[:2]
    layer = np.zeros((height, width), dtype=np.uint8)
    turns = np.linspace(0, 1, 240)
    waves = sum(draw.uniform(0.2, 0.5) * np.sin(2 * np.pi * (turns * rate + draw.uniform())) for rate in (2, 5, 9, 13))
    loops = turns + 0.05 * np.sin(2 * np.pi * turns * 8)
    xs = (place[0] + share * (loops - 0.5)) * width
    ys = place[1] * height - share * 0.16 * width * np.asarray(waves) * (1 - 0.6 * turns)
    line = np.stack([xs, ys], axis=1).round().astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(layer, [line], False, _WHITE, max(width // 550, 2), cv2.LINE_AA)
    return _inked(page, layer.astype(np.float32) / _WHITE, colour)


def worn_ribbon(page: Colours, draw: Generator) -> Colours:
    """A typewriter's or printer's ribbon: each letter struck more or less hard, and with gaps in its ink."""
    height, width = page.shape[:2]
    blows = cv2.resize(draw.uniform(0.55, 1.0, (height // 30, width // 16)).astype(np.float32), (width, height))
    weave = cv2.GaussianBlur(draw.normal(0.97, 0.25, (height, width)).astype(np.float32), (0, 0), 1.0)
    strength = np.clip(blows * weave, 0.25, 1.0)[:, :, None]
    return _colours(_WHITE - (_WHITE - page.astype(np.float32)) * strength)


def carbon(page: Colours, draw: Generator) -> Colours:
    """The second sheet below the carbon paper: soft, blue, on yellow, with smears."""
    ink = 1 - cv2.GaussianBlur(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), (0, 0), 1.6).astype(np.float32) / _WHITE
    height, width = ink.shape
    smear = cv2.GaussianBlur(draw.normal(0, 1, (height // 8, width // 8)).astype(np.float32), (0, 0), 4)
    ink = np.clip(ink * 0.85 + 0.25 * np.clip(cv2.resize(smear, (width, height)), 0, 1), 0, 1)[:, :, None]
    return _colours(np.array([246, 236, 190]) * (1 - ink) + np.array([60, 62, 130]) * ink)


def rolled(page: Colours, draw: Generator) -> Colours:
    """Off a roll: the rows bend by two letters' height and more, and crowd towards the foot."""
    height, width = page.shape[:2]
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    depth = draw.uniform(0.035, 0.045) * width
    bend = depth * np.sin(np.pi * xs / width) * (0.4 + 0.6 * ys / height)
    return _colours(cv2.remap(page, xs, ys + bend, cv2.INTER_LINEAR, borderValue=(_WHITE,) * 3))


def on_wood(page: Colours, draw: Generator) -> Colours:
    """On a wooden desk with a pen beside it, seen from a slant, a shadow falling over a corner."""
    height, width = page.shape[:2]
    tall, wide = round(height * 1.25), round(width * 1.3)
    margins = draw.uniform(0.04, 0.11, (4, 2))
    seen = np.abs(np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) - margins) * np.array([wide, tall])
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    share = cv2.warpPerspective(np.full((height, width), 1, np.float32), turn, (wide, tall))[:, :, None]
    grain = cv2.GaussianBlur(draw.normal(0, 1, (tall, wide)).astype(np.float32), (0, 0), sigmaX=60, sigmaY=1.5)
    desk = np.array([150, 105, 66]) + 260 * grain[:, :, None] * np.array([1, 0.8, 0.6])
    cv2.line(desk, (round(wide * 0.02), round(tall * 0.2)), (round(wide * 0.05), round(tall * 0.7)), (20, 24, 60), wide // 80)
    whole = cv2.warpPerspective(page, turn, (wide, tall)) * share + desk * (1 - share)
    xs, ys = np.meshgrid(np.linspace(0, 1, wide), np.linspace(0, 1, tall))
    shade = 1 - 0.4 / (1 + np.exp(-30 * (xs + 0.6 * ys - 1.15)))
    return _colours(whole * (shade * (0.95 - 0.2 * xs))[:, :, None] * np.array([1.0, 0.97, 0.9]))


def copied_twice(page: Colours, draw: Generator) -> Colours:
    """A photocopy of a photocopy, scanned coarsely: hard, a little larger, askew, with dust and a dark edge."""
    grey: degraded.Grey = np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    steps = (degraded.skewed(1.5), degraded.blurred(0.6), degraded.noisy(10), degraded.speckled(0.0002))
    for level in (165, 150):
        for step in steps:
            grey = step(grey, draw)
        grey = degraded.bilevel(level)(grey, draw)
    grey = degraded.noisy(5)(degraded.blurred(0.6)(degraded.grey_edges(degraded.skewed(3)(grey, draw), draw), draw), draw)
    return _colours(np.dstack([grey] * 3))


def dotted(page: Colours, draw: Generator) -> Colours:
    """A printer of nine needles: ink in dots, rows of needles 1/72 inch apart as seen at 200 dots an inch."""
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    height, width = grey.shape
    needles = cv2.resize(grey, (round(width / 1.7), round(height / 2.3)), interpolation=cv2.INTER_AREA)
    struck = (needles < 170).astype(np.uint8)
    ys, xs = np.nonzero(struck)
    layer = np.zeros_like(grey)
    for y, x in zip(ys, xs, strict=True):
        cv2.circle(layer, (round(x * 1.7 + 1), round(y * 2.3 + 1)), 1, int(draw.integers(150, 256)), -1, cv2.LINE_AA)
    ink = layer.astype(np.float32)[:, :, None] / _WHITE
    return _colours(np.where(page.min(axis=2, keepdims=True) < 170, 255, page) * (1 - ink) + 40 * ink)


WAYS: dict[str, Way] = {
    "worn_ribbon": worn_ribbon,
    "carbon": carbon,
    "rolled": rolled,
    "on_wood": on_wood,
    "copied_twice": copied_twice,
    "dotted": dotted,
    "skewed": _each(degraded.skewed(2)),
    "noisy": _each(degraded.noisy(6)),
    "soft": _each(degraded.blurred(0.7)),
    "faxed": _each(degraded.bilevel(150)),
    "dusty": _each(degraded.speckled(0.0003)),
    "shadowed": _each(degraded.shadowed),
    "pressed": _each(degraded.compressed(60)),
    "upside_down": lambda page, _: _colours(np.ascontiguousarray(page[::-1, ::-1])),
}

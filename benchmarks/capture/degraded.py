"""What scanners, faxes and telephones do to a page: seeded degradations of 8-bit grey pictures (0 black).

Every function takes and gives a whole page; its strength comes from the random generator, so that a seed names a picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Degradation = Callable[[Grey, Generator], Grey]

_WHITE = 255


@dataclass(frozen=True, slots=True)
class Device:
    """A way in which paper becomes a picture. `dpi` is the resolution at which the page is drawn and told to the file."""

    name: str
    source: str
    dpi: int
    steps: tuple[Degradation, ...]
    container: str


def _grey(picture: NDArray[Any]) -> Grey:
    return cast("Grey", np.clip(picture, 0, _WHITE).astype(np.uint8))


def skewed(most: float) -> Degradation:
    """Turned by up to `most` degrees either way."""

    def apply(page: Grey, draw: Generator) -> Grey:
        height, width = page.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(draw.uniform(-most, most)), 1.0)
        return _grey(cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=_WHITE))

    return apply


def noisy(strength: float) -> Degradation:
    """Sensor noise of this standard deviation."""

    def apply(page: Grey, draw: Generator) -> Grey:
        return _grey(page + draw.normal(0, strength, page.shape).astype(np.float32))

    return apply


def blurred(radius: float) -> Degradation:
    """Out of focus, by a Gaussian of `radius` dots."""
    return lambda page, _: _grey(cv2.GaussianBlur(page, (0, 0), radius))


def compressed(quality: int) -> Degradation:
    """Through JPEG at `quality`."""

    def apply(page: Grey, _: Generator) -> Grey:
        code = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        return _grey(np.asarray(cv2.imdecode(np.asarray(code), cv2.IMREAD_GRAYSCALE)))

    return apply


def bilevel(level: int) -> Degradation:
    """Black and white alone, cut at `level`."""
    return lambda page, _: _grey(np.where(page < level, 0, _WHITE))


def speckled(share: float) -> Degradation:
    """Dust: dots of one to three pixels that turn black, and as many that turn white."""

    def apply(page: Grey, draw: Generator) -> Grey:
        worn = page.copy()
        for colour in (0, _WHITE):
            count = round(share * page.size)
            ys, xs = draw.integers(0, page.shape[0] - 2, count), draw.integers(0, page.shape[1] - 2, count)
            for size in (1, 2):
                part = slice(0, count) if size == 1 else slice(0, count // 4)
                for dy in range(size):
                    for dx in range(size):
                        worn[ys[part] + dy, xs[part] + dx] = colour
        return worn

    return apply


def lost_rows(count: int) -> Degradation:
    """A fax line's errors: rows of dots that came white, or twice."""

    def apply(page: Grey, draw: Generator) -> Grey:
        worn = page.copy()
        for row in draw.integers(1, page.shape[0] - 1, count):
            worn[row] = worn[row - 1] if draw.random() < 0.7 else _WHITE
        return worn

    return apply


def faint(ink: int) -> Degradation:
    """A worn ribbon or an empty toner: black comes out as grey `ink`, unevenly."""

    def apply(page: Grey, draw: Generator) -> Grey:
        coarse = draw.uniform(0.75, 1.0, (24, 18)).astype(np.float32)
        worn = cv2.resize(coarse, (page.shape[1], page.shape[0]), interpolation=cv2.INTER_CUBIC)
        return _grey(_WHITE - (_WHITE - page.astype(np.float32)) * worn * (_WHITE - ink) / _WHITE)

    return apply


def tinted(paper: int) -> Degradation:
    """Grey or coloured paper of brightness `paper` with a grain."""

    def apply(page: Grey, draw: Generator) -> Grey:
        grain = cv2.GaussianBlur(draw.normal(0, 12, page.shape).astype(np.float32), (0, 0), 2)
        return _grey(np.minimum(page, paper + grain))

    return apply


def grey_edges(page: Grey, draw: Generator) -> Grey:
    """The lid did not close: dark bands along two edges."""
    worn = page.astype(np.float32)
    height, width = page.shape
    side, top = round(width * draw.uniform(0.01, 0.035)), round(height * draw.uniform(0.008, 0.025))
    shade = np.linspace(draw.uniform(30, 110), _WHITE, side)
    worn[:, :side] = np.minimum(worn[:, :side], shade[None, :])
    worn[-top:, :] = np.minimum(worn[-top:, :], np.linspace(_WHITE, draw.uniform(20, 120), top)[:, None])
    return _grey(worn)


def shadowed(page: Grey, draw: Generator) -> Grey:
    """Light that falls off to one side, and the soft shadow of a hand or a telephone."""
    height, width = page.shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    angle, depth = draw.uniform(0, 2 * np.pi), draw.uniform(0.2, 0.45)
    across = (xs / width - 0.5) * np.cos(angle) + (ys / height - 0.5) * np.sin(angle) + 0.5
    light = 1 - depth * np.clip(across, 0, 1)
    x, y, reach = draw.uniform(0.1, 0.9) * width, draw.uniform(0.1, 0.9) * height, draw.uniform(0.2, 0.4) * width
    light *= 1 - 0.3 * np.exp(-((xs - x) ** 2 + (ys - y) ** 2) / (2 * reach**2))
    return _grey(page * light)


def folded(page: Grey, draw: Generator) -> Grey:
    """Creases across the page where it was folded for an envelope: a dark line with a lighter side."""
    worn = page.astype(np.float32)
    height = page.shape[0]
    for third in (1, 2):
        row = round(height * third / 3 + draw.uniform(-0.02, 0.02) * height)
        reach = round(height * 0.012)
        fall = np.linspace(draw.uniform(0.72, 0.85), 1.0, reach)
        worn[row : row + reach] *= fall[:, None]
        worn[row - 1 : row + 1] *= 0.8
    return _grey(worn)


def stamped(page: Grey, draw: Generator) -> Grey:
    """A round date stamp, half transparent, somewhere on the upper half or the foot."""
    layer = np.full_like(page, _WHITE)
    height, width = page.shape
    radius = round(width * 0.07)
    # People stamp where there is room: of six places, the one with the least print.
    places = [(int(draw.integers(radius, width - radius)), int(draw.integers(radius, height - radius))) for _ in range(6)]
    x, y = max(
        places, key=lambda place: page[place[1] - radius : place[1] + radius, place[0] - radius : place[0] + radius].mean()
    )
    thick = max(width // 500, 2)
    cv2.circle(layer, (x, y), radius, 90, thick)
    cv2.circle(layer, (x, y), round(radius * 0.8), 90, thick)
    scale = radius / 75
    for text, dy in (("RECEIVED", -0.15), ("12 MAR", 0.25)):
        cv2.putText(layer, text, (round(x - radius * 0.72), round(y + dy * radius)), cv2.FONT_HERSHEY_SIMPLEX, scale, 90, thick)
    turn = cv2.getRotationMatrix2D((float(x), float(y)), float(draw.uniform(-25, 25)), 1.0)
    layer = _grey(cv2.warpAffine(layer, turn, (width, height), borderValue=_WHITE))
    return _grey(page.astype(np.float32) * layer / _WHITE)


def turned(page: Grey, draw: Generator) -> Grey:
    """Fed sideways or upside down."""
    return np.ascontiguousarray(np.rot90(page, int(draw.integers(1, 4))))


def curled(page: Grey, draw: Generator) -> Grey:
    """A page that does not lie flat: its rows bend by up to about one letter's height."""
    height, width = page.shape
    depth = draw.uniform(0.002, 0.005) * height
    xs = np.arange(width, dtype=np.float32)
    bend = (depth * np.sin(np.pi * xs / width + draw.uniform(-0.4, 0.4))).astype(np.float32)
    map_x = np.repeat(xs[None, :], height, axis=0)
    map_y = np.arange(height, dtype=np.float32)[:, None] + bend[None, :]
    return _grey(cv2.remap(page, map_x, map_y, cv2.INTER_LINEAR, borderValue=_WHITE))


def on_a_desk(page: Grey, draw: Generator) -> Grey:
    """Seen by a telephone from a slant, on a desk that is darker than paper and has a grain."""
    height, width = page.shape
    tall, wide = round(height * 1.15), round(width * 1.15)
    margins = draw.uniform(0.02, 0.09, (4, 2))
    ends = np.array([[0, 0], [1, 0], [1, 1], [0, 1]])
    seen = np.abs(ends - margins) * np.array([wide, tall])
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    paper = cv2.warpPerspective(np.full_like(page, _WHITE), turn, (wide, tall))
    sheet = cv2.warpPerspective(page, turn, (wide, tall), flags=cv2.INTER_LINEAR)
    desk = draw.uniform(40, 130) + cv2.GaussianBlur(draw.normal(0, 40, (tall, wide)).astype(np.float32), (0, 0), 4)
    share = paper.astype(np.float32) / _WHITE
    return _grey(sheet * share + desk * (1 - share))


#: Eighteen ways, by the source they belong to. Telephones give about 150 to 220 dots an inch of paper.
DEVICES = (
    Device("flatbed", "scan", 300, (skewed(1.5), noisy(5), compressed(85)), "pdf"),
    Device("sheet_fed", "scan", 200, (skewed(5), grey_edges, noisy(10), compressed(75)), "pdf"),
    Device("noisy", "scan", 300, (skewed(3), blurred(0.8), noisy(22)), "png"),
    Device("copied", "scan", 300, (skewed(2), blurred(1.2), noisy(12), bilevel(150), speckled(0.0004)), "tiff"),
    Device("faint", "scan", 300, (skewed(2), faint(120), noisy(6), compressed(80)), "pdf"),
    Device("tinted", "scan", 240, (tinted(205), skewed(4), noisy(6), compressed(70)), "jpeg"),
    Device("stamped", "scan", 300, (stamped, skewed(2), noisy(8), compressed(80)), "pdf"),
    Device("fed_sideways", "scan", 200, (turned, skewed(2), noisy(6), compressed(80)), "pdf"),
    Device("bilevel_200", "scan", 200, (skewed(3), bilevel(140)), "tiff"),
    Device("soft", "scan", 200, (skewed(5), blurred(1.0), noisy(6), compressed(60)), "jpeg"),
    Device("photo", "photo", 200, (shadowed, on_a_desk, blurred(0.7), noisy(6), compressed(75)), "jpeg"),
    Device("curled_photo", "photo", 200, (curled, shadowed, on_a_desk, noisy(6), compressed(75)), "jpeg"),
    Device("folded_photo", "photo", 200, (folded, shadowed, on_a_desk, noisy(8), compressed(70)), "jpeg"),
    Device("dim_photo", "photo", 220, (shadowed, skewed(3), blurred(1.1), noisy(14), compressed(60)), "jpeg"),
    Device("draft_150", "photo", 150, (skewed(3), noisy(8), compressed(70)), "pdf"),
    Device("bilevel_150", "photo", 150, (skewed(2), bilevel(150)), "tiff"),
    Device("fax", "photo", 200, (skewed(2), blurred(0.9), noisy(14), bilevel(140), speckled(0.0005), lost_rows(30)), "tiff"),
    Device("worn_fax", "photo", 200, (skewed(3), blurred(1.2), noisy(18), bilevel(160), speckled(0.001), lost_rows(60)), "tiff"),
)  # fmt: skip

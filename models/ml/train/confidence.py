"""Fits the curves from reasoned confidences to the shares right: isotonic, few points, and drawn towards what is known of
more layouts where few bear them out.

A curve's point is the share right in a stretch of confidence, weighed against its prior as if that were so many layouts
more: the curve of all fields for a group's own, the reader's own reckoning for that of all fields.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from models.ml.calibration import ANY, DOUBTED, INFERRED, Calibration, Standing, interpolated

#: The threshold below which a person looks; a stretch never spans it.
THRESHOLD = 0.8
_STRETCHES = (0.3, 0.5, 0.6, 0.7, THRESHOLD, 0.83, 0.86, 0.89, 0.92, 0.945, 0.965, 0.98)
#: How many layouts a prior counts for, and how many a curve of a group's own needs.
_PRIOR, _FEWEST = 5.0, 4

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A value that was read: how sure the reader was, whether it was right, and the layout it stood in."""

    standing: Standing
    layout: str
    reasoned: float
    is_right: bool


def fitted(samples: Iterable[Sample]) -> Calibration:
    """The curves for each kind of document."""
    kinds: dict[str, list[Sample]] = {}
    for sample in samples:
        kinds.setdefault(sample.standing.kind, []).append(sample)
    return Calibration(threshold=THRESHOLD, curves={kind: _curves(own) for kind, own in sorted(kinds.items())})


def _curves(samples: Sequence[Sample]) -> dict[str, Points]:
    sound = [sample for sample in samples if not sample.standing.is_doubted]
    doubted = [sample for sample in samples if sample.standing.is_doubted]
    every = curve(sound, lambda reasoned: reasoned)
    curves = {ANY: every, DOUBTED: curve(doubted, lambda reasoned: reasoned)}
    for name in sorted({sample.standing.curve for sample in sound}):
        own = [sample for sample in sound if sample.standing.curve == name]
        # What was inferred has its own reasons: it shares no curve with what was read.
        if name == INFERRED or len({sample.layout for sample in own}) >= _FEWEST:
            curves[name] = curve(own, (lambda reasoned: reasoned) if name == INFERRED else _along(every))
    return {name: points for name, points in curves.items() if points}


def _along(points: Points) -> Callable[[float], float]:
    return lambda reasoned: interpolated(points, reasoned)


def curve(samples: Sequence[Sample], prior: Callable[[float], float]) -> Points:
    """The rising curve through `samples`; empty where there are none."""
    stretches: dict[int, list[Sample]] = {}
    for sample in samples:
        stretches.setdefault(bisect_right(_STRETCHES, sample.reasoned), []).append(sample)
    points = []
    for _, own in sorted(stretches.items()):
        reasoned = sum(sample.reasoned for sample in own) / len(own)
        layouts = len({sample.layout for sample in own})
        right = sum(sample.is_right for sample in own) / len(own)
        share = (right * layouts + prior(reasoned) * _PRIOR) / (layouts + _PRIOR)
        points.append((reasoned, share, float(layouts)))
    return tuple((round(reasoned, 4), round(share, 4)) for reasoned, share in rising(points))


def rising(points: Sequence[tuple[float, float, float]]) -> list[tuple[float, float]]:
    """The points (x, y, weight) by rising x with the nearest rising y, by squares: neighbours that fall share their mean."""
    blocks: list[tuple[list[float], float, float]] = []
    for x, y, weight in points:
        block = ([x], y, weight)
        while blocks and blocks[-1][1] >= block[1]:
            before = blocks.pop()
            whole = before[2] + block[2]
            block = ([*before[0], *block[0]], (before[1] * before[2] + block[1] * block[2]) / whole, whole)
        blocks.append(block)
    return [(x, y) for xs, y, _ in blocks for x in xs]


def error_of(told: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """The expected calibration error of confidences and whether they were right, in equally wide bins."""
    gaps: dict[int, float] = {}
    for confidence, is_right in told:
        place = min(int(confidence * bins), bins - 1)
        gaps[place] = gaps.get(place, 0.0) + confidence - is_right
    return sum(map(abs, gaps.values())) / len(told) if told else 0.0


def held_out_errors(samples: Sequence[Sample], folds: int = 5) -> dict[str, tuple[float, float]]:
    """The error by kind of document as reasoned and as mapped, each layout by curves that were fitted without it."""
    fold_of = {layout: place % folds for place, layout in enumerate(sorted({sample.layout for sample in samples}))}
    before: dict[str, list[tuple[float, bool]]] = {}
    after: dict[str, list[tuple[float, bool]]] = {}
    for fold in range(folds):
        by = fitted(sample for sample in samples if fold_of[sample.layout] != fold)
        for sample in samples:
            if fold_of[sample.layout] == fold:
                kind, told = sample.standing.kind, by.confidence(sample.reasoned, sample.standing)
                before.setdefault(kind, []).append((sample.reasoned, sample.is_right))
                after.setdefault(kind, []).append((told, sample.is_right))
    return {kind: (error_of(before[kind]), error_of(after[kind])) for kind in sorted(before)}

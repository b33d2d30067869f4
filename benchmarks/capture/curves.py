"""Reliability curves as a drawing: how often values of each confidence were right, a panel for each kind of document."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from benchmarks.capture.scoring import Verdict

_SIDE, _GAP, _MARGIN, _TOP = 170, 46, 44, 30
_BINS = 10
_FEWEST = 5


def reliability(kinds: Mapping[str, Sequence[Verdict]]) -> str:
    """An SVG with a panel for each kind: confidence to the right, share right upwards, a dot for each tenth of confidence
    (its area for how many values it holds), and the diagonal on which they should lie. Tenths of less than five values are
    left out."""
    width = _MARGIN + len(kinds) * (_SIDE + _GAP)
    height = _TOP + _SIDE + 46
    panels = "".join(
        f'<g transform="translate({_MARGIN + place * (_SIDE + _GAP)},{_TOP})">{_panel(name, verdicts)}</g>'
        for place, (name, verdicts) in enumerate(kinds.items())
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="11" fill="#222"><rect width="100%" height="100%" fill="#fff"/>{panels}</svg>\n'
    )


def _panel(name: str, verdicts: Sequence[Verdict]) -> str:
    ticks = "".join(_tick(tenth / 10) for tenth in (0, 2, 4, 6, 8, 10))
    dots = "".join(f'<circle cx="{_x(x)}" cy="{_y(y)}" r="{_radius(n)}" fill="#1668a8"/>' for x, y, n in points(verdicts))
    path = " ".join(f"{_x(x)},{_y(y)}" for x, y, _ in points(verdicts))
    return (
        f'<text x="0" y="-10" font-weight="bold">{escape(name)}, {len(verdicts)} values</text>'
        f'<rect width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#999"/>{ticks}'
        f'<line x1="0" y1="{_SIDE}" x2="{_SIDE}" y2="0" stroke="#999" stroke-dasharray="4 3"/>'
        f'<polyline points="{path}" fill="none" stroke="#1668a8"/>{dots}'
        f'<text x="{_SIDE / 2}" y="{_SIDE + 34}" text-anchor="middle">confidence</text>'
    )


def _tick(share: float) -> str:
    return (
        f'<text x="{_x(share)}" y="{_SIDE + 16}" text-anchor="middle" fill="#555">{share:.1f}</text>'
        f'<text x="-6" y="{_y(share) + 4}" text-anchor="end" fill="#555">{share:.1f}</text>'
    )


def points(verdicts: Iterable[Verdict]) -> list[tuple[float, float, int]]:
    """For each tenth of confidence that holds enough values: their mean confidence, the share right, how many they are."""
    bins: dict[int, list[Verdict]] = {}
    for verdict in verdicts:
        bins.setdefault(min(int(verdict.confidence * _BINS), _BINS - 1), []).append(verdict)
    return [
        (sum(each.confidence for each in own) / len(own), sum(each.right for each in own) / len(own), len(own))
        for _, own in sorted(bins.items())
        if len(own) >= _FEWEST
    ]


def _radius(count: int) -> float:
    return round(2 + math.sqrt(min(count, 2_500)) / 10, 1)


def _x(share: float) -> float:
    return round(share * _SIDE, 1)


def _y(share: float) -> float:
    return round((1 - share) * _SIDE, 1)

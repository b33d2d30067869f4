"""The figures of many documents that were judged: rates of orders, F1 of fields, and how far confidences are from being right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.capture.scoring import Score, Verdict, options_of


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of many documents of one kind."""

    documents: int
    orders: int
    head_f1: float
    line_f1: float
    perfect: float
    touchless: float
    clear_touchless: float
    silent: float
    silent_count: int
    calibration_error: float
    intent: float


def summarise(scores: Sequence[Score]) -> Summary:
    """Rates over all orders; F1 over all fields; silent errors as a share of all orders."""
    orders = sum(score.orders for score in scores) or 1
    head = [verdict for score in scores for verdict in score.head]
    lines = [verdict for score in scores for verdict in score.lines]
    silent = sum(score.silent for score in scores)
    return Summary(
        documents=len(scores),
        orders=sum(score.orders for score in scores),
        head_f1=f1(head),
        line_f1=f1(lines),
        perfect=sum(score.perfect for score in scores) / orders,
        touchless=sum(score.touchless for score in scores) / orders,
        clear_touchless=sum(score.clear_touchless for score in scores) / (sum(score.clear for score in scores) or 1),
        silent=silent / orders,
        silent_count=silent,
        calibration_error=calibration_error(
            verdict for verdict in (*head, *lines) if verdict.read is not None and verdict.counted
        ),
        intent=sum(score.intent_right for score in scores) / (len(scores) or 1),
    )


def f1(verdicts: Sequence[Verdict]) -> float:
    """The F1 of fields: a wrong value is both missed and invented. 1 where there was nothing to read."""
    counted = [verdict for verdict in verdicts if verdict.counted]
    right = sum(verdict.right for verdict in counted)
    read = sum(verdict.read is not None for verdict in counted)
    wanted = sum(any(option is not None for option in options_of(verdict.wanted)) for verdict in counted)
    return 2 * right / (read + wanted) if read + wanted else 1.0


def calibration_error(verdicts: Iterable[Verdict], bins: int = 10) -> float:
    """The expected calibration error over equally wide bins of confidence: how far confidence is from being right."""
    boxes: dict[int, list[Verdict]] = {}
    count = 0
    for verdict in verdicts:
        boxes.setdefault(min(int(verdict.confidence * bins), bins - 1), []).append(verdict)
        count += 1
    gaps = (abs(sum(each.confidence - each.right for each in box)) for box in boxes.values())
    return sum(gaps) / count if count else 0.0

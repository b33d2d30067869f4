"""The risk model's figures in words and tables, for its card and for the docs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from models.domain.errors import Misconfigured
from models.ml.train.invented_histories import Example
from models.ml.train.judging import Floats, Judged

_BEGIN, _END = "<!-- measured: begin -->", "<!-- measured: end -->"


def card_figures(told: Mapping[str, Judged]) -> dict[str, str]:
    """One line for each way of judging."""
    return {
        name: f"{each.orders} orders, {each.wrong} wrong; AUC {each.auc:.3f}, AUPRC {each.auprc:.3f}, "
        f"calibration error {each.calibration_error:.4f}"
        for name, each in told.items()
    }


def report(told: Mapping[str, Judged], later: Sequence[Example], scores: Floats, learnt: int) -> str:
    """The tables of the docs."""
    return "\n".join([
        f"Learnt from {learnt} invented orders.",
        "",
        "| judged on | orders | wrong | AUC | AUPRC | calibration error |",
        "|---|---|---|---|---|---|",
        *(f"| {name} | {each.orders} | {each.wrong} | {each.auc:.3f} | {each.auprc:.3f} | {each.calibration_error:.4f} |"
          for name, each in told.items()),
        "",
        "| a person looks from | share looked at | of the wrong ones found | of those looked at wrong |",
        "|---|---|---|---|",
        *(f"| {each.threshold:.2f} | {each.share:.1%} | {each.recall:.1%} | {each.precision:.1%} |"
          for each in told["out of time"].reviews),
        "",
        "| how the order was wrong (out of time) | orders | found at 0.20 | found at 0.50 |",
        "|---|---|---|---|",
        *_by_kind(later, scores),
    ])  # fmt: skip


def _by_kind(later: Sequence[Example], scores: Floats) -> list[str]:
    kinds = sorted({each.kind for each in later if each.kind})
    rows = []
    for kind in kinds:
        own = [float(score) for each, score in zip(later, scores, strict=True) if each.kind == kind]
        found = [sum(score >= limit for score in own) / len(own) for limit in (0.2, 0.5)]
        rows.append(f"| {kind} | {len(own)} | {found[0]:.0%} | {found[1]:.0%} |")
    return rows


def write_between(file: Path, text: str) -> None:
    """Put the tables between the marks of a page that stands."""
    page = file.read_text("utf-8")
    before, begin, rest = page.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise Misconfigured(f"{file} has no place for figures: put {_BEGIN} and {_END} where they shall stand")
    file.write_text(f"{before}{_BEGIN}\n{text}\n{_END}{after}", "utf-8")

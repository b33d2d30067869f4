"""The trained risk model at work: how likely an order is to prove wrong, with the exact contribution of each feature.

The model that comes with the program learnt from invented histories; one trained on the operator's own books takes its place as
soon as it lies in their folder, whole. One that is broken is refused with the reason, and the last good one stays.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, nan
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from models.contracts.model_card import Card
from models.domain.errors import Misconfigured
from models.domain.risk import ModelRisk, RiskReason
from models.domain.risk_features import FEATURES, Features, feature_words
from models.ml.registry import load_model

if TYPE_CHECKING:
    import xgboost

NAME = "risk"
#: Contributions (log-odds) below this say nothing to a reader, and so many reasons are enough.
_TELLING, _MOST_REASONS = 0.1, 8

log = logging.getLogger("orderwright.risk")


class RiskModel:
    """One trained model with its card."""

    def __init__(self, model: xgboost.Booster, card: Card) -> None:
        self._model = model
        self._card = card
        self.version = f"{card.name}@{card.sha256[:12]}"

    def judged(self, features: Features, *, is_cold: bool = False) -> ModelRisk:
        """The model's word on an order with these features; the reasons weightiest first, those that speak for it last."""
        row = _row(features)
        contributions = self._contributions(row)
        base, total = contributions[-1], float(sum(contributions))
        told = sorted(zip(FEATURES, contributions[:-1], strict=True), key=lambda pair: -pair[1])
        return ModelRisk(
            score=round(_share(total), 4),
            version=self.version,
            trained_on=self._card.trained_on,
            base=round(base, 4),
            is_cold=is_cold,
            is_own=self._card.is_own,
            features=dict(features),
            reasons=tuple(_reasons(told, features)),
            without=self._without(features, [name for name, weight in told if weight >= _TELLING][:_MOST_REASONS]),
        )

    def scores(self, rows: Sequence[Features]) -> list[float]:
        """The bare scores of many orders."""
        if not rows:
            return []
        told: list[float] = self._model.inplace_predict(np.concatenate([_row(each) for each in rows])).tolist()
        return [round(score, 4) for score in told]

    def _contributions(self, row: np.ndarray) -> list[float]:
        import xgboost

        # One row is quicker told by one thread.
        told: list[float] = self._model.predict(xgboost.DMatrix(row, nthread=1), pred_contribs=True)[0].tolist()
        return told

    def _without(self, features: Features, names: Sequence[str]) -> dict[str, float]:
        """The score were one of these as it is with an order that nothing speaks against."""
        usual = self._card.usual
        others = [{**features, name: usual[name]} for name in names if name in usual]
        return dict(zip([name for name in names if name in usual], self.scores(others), strict=True))


def _row(features: Features) -> np.ndarray:
    return np.array([[features.get(name, nan) for name in FEATURES]], dtype=np.float32)


def _share(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds))


def _reasons(told: Sequence[tuple[str, float]], features: Features) -> Iterator[RiskReason]:
    """The telling contributions by name, for it first, and the rest in one: together they are all of the score."""
    telling = sorted((pair for pair in told if abs(pair[1]) >= _TELLING), key=lambda pair: -abs(pair[1]))[:_MOST_REASONS]
    for name, weight in sorted(telling, key=lambda pair: -pair[1]):
        yield RiskReason(code=name, weight=round(weight, 3), message=feature_words(name, features.get(name)))
    rest = sum(weight for _, weight in told) - sum(weight for _, weight in telling)
    yield RiskReason(code="others", weight=round(rest, 3), message="everything else together")


def shipped_risk_model() -> RiskModel:
    """The model that comes with the program. Raises `Misconfigured` where it is not the one that was shipped."""
    return RiskModel(*load_model(NAME, FEATURES))


def risk_model_at(file: Path) -> RiskModel:
    """The model in a file `risk.ubj` with its card beside it. Raises `Misconfigured` where a part is missing or altered."""
    if file.name != f"{NAME}.ubj":
        raise Misconfigured(f"{file} is no risk model: it is a file {NAME}.ubj with {NAME}.card.json beside it")
    return RiskModel(*load_model(NAME, FEATURES, file.parent))


@dataclass(frozen=True, slots=True)
class _Held:
    model: RiskModel
    mark: tuple[int, ...]


class RiskModels:
    """Fulfils `activities.decision_ports.RiskJudge`: the operator's model where there is a good one, else the shipped one.

    Nothing is loaded before the first order. The operator's file is looked at again when it changed on the disk.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / f"{NAME}.ubj"
        self._held: _Held | None = None
        self._lock = Lock()

    def judged(self, features: Mapping[str, float], *, is_cold: bool = False) -> ModelRisk:
        return self.current().judged(features, is_cold=is_cold)

    def current(self) -> RiskModel:
        """The model in force."""
        mark = self._mark()
        with self._lock:
            if self._held is None or self._held.mark != mark:
                self._held = _Held(self._loaded(mark), mark)
            return self._held.model

    def _loaded(self, mark: tuple[int, ...]) -> RiskModel:
        before = self._held.model if self._held else None
        if not mark:
            return shipped_risk_model()
        try:
            return risk_model_at(self._file)
        except Misconfigured as error:
            kept = before or shipped_risk_model()
            log.warning("the risk model is refused, %s stays in force: %s", kept.version, error)
            return kept

    def _mark(self) -> tuple[int, ...]:
        """What changes when the operator's model or its card does; empty where there is none."""
        card = self._file.with_name(f"{NAME}.card.json")
        try:
            stats = [path.stat() for path in (self._file, card)]
        except OSError:
            # A model without its card is put there in parts: it counts once it is whole.
            return ()
        return tuple(number for stat in stats for number in (stat.st_mtime_ns, stat.st_size))

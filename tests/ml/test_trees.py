"""Trees evaluated in numpy say what the library says."""

from __future__ import annotations

import numpy as np
import pytest

from models.ml.item_features import FEATURES
from models.ml.registry import load_model
from models.ml.trees import Trees


@pytest.mark.parametrize("rows", [1, 7, 300])
def test_the_shipped_model_gives_the_same_probabilities(rows: int) -> None:
    """Rows at random, and rows that lie on the bounds of splits: there xgboost goes right."""
    model, _ = load_model("item_matcher", FEATURES)
    drawn = np.random.default_rng(rows)
    values = drawn.choice(np.array([0, 0.5, 1, 2, 3, 8], dtype=np.float32), (rows, len(FEATURES)))
    values += drawn.choice(np.array([0, 0, 0.3], dtype=np.float32), values.shape)
    np.testing.assert_allclose(Trees(model).probabilities(values), model.inplace_predict(values), atol=2e-6)

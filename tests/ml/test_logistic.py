"""The regression finds what parts the classes, and finds the same again."""

from __future__ import annotations

import numpy as np

from models.ml.train.logistic import fitted

ROWS = np.array([[0.0, 5.0], [1.0, 4.0], [9.0, 5.0], [8.0, 4.0], [5.0, -9.0], [4.0, -8.0]])
CLASSES = np.array([0, 0, 1, 1, 2, 2])


def test_rows_are_told_apart_by_what_parts_them() -> None:
    """Each row's likeliest class is its own, and its shares are a whole."""
    shares = fitted(ROWS, CLASSES, 3).shares(ROWS)
    assert shares.argmax(axis=1).tolist() == CLASSES.tolist()
    assert np.allclose(shares.sum(axis=1), 1)


def test_a_feature_that_never_changes_does_no_harm() -> None:
    """It has no spread to be scaled by."""
    rows = np.column_stack([ROWS, np.ones(len(ROWS))])
    assert np.isfinite(fitted(rows, CLASSES, 3).shares(rows)).all()


def test_training_again_gives_the_same_weights() -> None:
    """To the last digit."""
    assert np.array_equal(fitted(ROWS, CLASSES, 3).weights, fitted(ROWS, CLASSES, 3).weights)

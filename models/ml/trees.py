"""Boosted trees of xgboost evaluated in numpy: a handful of rows is answered without the cost of calling the library.

Only what our classifiers use is evaluated: numerical features that are all there, and the logistic objective.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import xgboost

Floats = NDArray[np.float32]


class Trees:
    """All trees in one row of nodes: each has its feature, the value from which on one goes right, and its left child, with
    the right one beside it. A leaf is its own left child, and nothing reaches its bound."""

    def __init__(self, model: xgboost.Booster) -> None:
        learner = json.loads(bytes(model.save_raw("json")))["learner"]
        trees: Sequence[Mapping[str, Any]] = learner["gradient_booster"]["model"]["trees"]
        nodes = [list(_nodes(tree)) for tree in trees]
        starts = np.cumsum([0, *map(len, nodes)])
        every = [node for each in nodes for node in each]
        self._features = np.array([node.feature for node in every], dtype=np.intp)
        self._bounds = np.array([node.bound for node in every], dtype=np.float32)
        self._lefts = np.array([node.left for node in every], dtype=np.intp) + np.repeat(starts[:-1], np.diff(starts))
        self._values = np.array([node.value for node in every], dtype=np.float32)
        self._roots = starts[:-1].astype(np.intp)
        self._depth = max(map(_depth, trees), default=0)
        share = float(str(learner["learner_model_param"]["base_score"]).strip("[]"))
        self._bias = np.log(share / (1 - share))

    def probabilities(self, rows: Floats) -> Floats:
        """How likely each row (of the features that the model was trained for) is a hit, 0 to 1."""
        values, width = rows.ravel(), rows.shape[1]
        begins = np.arange(len(rows), dtype=np.intp)[:, None] * width
        at = np.broadcast_to(self._roots, (len(rows), len(self._roots)))
        for _ in range(self._depth):
            at = self._lefts[at] + (values[begins + self._features[at]] >= self._bounds[at])
        told: Floats = 1 / (1 + np.exp(-(self._values[at].sum(axis=1) + self._bias)))
        return told


class _Node(NamedTuple):
    feature: int
    bound: float
    left: int
    value: float


def _nodes(tree: Mapping[str, Any]) -> Iterator[_Node]:
    """The nodes in the tree's own order."""
    for node, (left, right) in enumerate(zip(tree["left_children"], tree["right_children"], strict=True)):
        if left < 0:
            yield _Node(0, np.inf, node, tree["split_conditions"][node])
        else:
            if right != left + 1:
                raise ValueError(f"the children {left} and {right} of a node do not stand side by side")
            yield _Node(tree["split_indices"][node], tree["split_conditions"][node], left, 0.0)


def _depth(tree: Mapping[str, Any]) -> int:
    depths = [0] * len(tree["parents"])
    for node, left in enumerate(tree["left_children"]):
        if left >= 0:
            depths[left] = depths[left + 1] = depths[node] + 1
    return max(depths)

"""Pairs of product records: the same product or not, learnt from labelled pairs or without."""

from __future__ import annotations

import json

import pytest

from models.ml.pair_matching import Pair, matched


def pair(left: dict[str, object], right: dict[str, object], label: int | None = None) -> Pair:
    stated = {"id": "p", "left": left, "right": right, "label": label}
    return Pair.read(json.dumps(stated), labelled=label is not None)


def goods(kind: str, number: int, side: str) -> dict[str, object]:
    name = f"{kind} KX-{number}B widget" if side == "left" else f"widget {kind} kx{number}b silver"
    return {"name": name, "price": str(10 + number % 7)}


KINDS = ("lamp", "phone", "camera", "toaster", "printer")
SAME = [(goods(KINDS[n % 5], 1000 + 37 * n, "left"), goods(KINDS[n % 5], 1000 + 37 * n, "right")) for n in range(40)]
OTHER = [(SAME[n][0], SAME[(n + 5) % 40][1]) for n in range(40)]


def test_without_labels_the_same_model_is_a_match_and_another_is_not() -> None:
    """However its number is written."""
    verdicts = matched([pair(*sides) for sides in (*SAME[:10], *OTHER[:10])])
    assert [verdict.match for verdict in verdicts] == [True] * 10 + [False] * 10


def test_labelled_pairs_are_learnt_from() -> None:
    """Pairs that the training did not have are told apart."""
    labelled = [pair(*sides, label=1) for sides in SAME[:30]] + [pair(*sides, label=0) for sides in OTHER[:30]]
    verdicts = matched([pair(*sides) for sides in (*SAME[30:], *OTHER[30:])], labelled)
    assert [verdict.match for verdict in verdicts] == [True] * 10 + [False] * 10
    assert all(0 <= verdict.probability <= 1 for verdict in verdicts)


def test_too_few_labels_teach_nothing() -> None:
    """Said, not guessed."""
    with pytest.raises(ValueError, match="at least 10"):
        matched([pair(*SAME[0])], [pair(*SAME[1], label=1)])


@pytest.mark.parametrize(
    "line", ["x", "{}", '{"left": {"name": "a"}}', '{"left": {}, "right": {}}', '{"left": "a", "right": "b"}']
)
def test_a_line_that_is_no_pair_is_told(line: str) -> None:
    """With its cause."""
    with pytest.raises(ValueError, match=r"."):
        Pair.read(line)


def test_a_label_is_0_or_1() -> None:
    """Otherwise the pair teaches nothing."""
    with pytest.raises(ValueError, match="label"):
        Pair.read('{"left": {"name": "a"}, "right": {"name": "a"}, "label": "maybe"}', labelled=True)


def test_records_without_names_are_judged() -> None:
    """Whatever fields they have; none is needed."""
    verdicts = matched([pair({"colour": "red", "price": 5}, {"size": "XL"}), pair({"price": "12"}, {"name": ""})])
    assert [verdict.match for verdict in verdicts] == [False, False]
